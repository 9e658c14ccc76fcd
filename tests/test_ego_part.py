"""Personal networks of a study: planned outcomes, the part of the report, and nothing of a few people in it."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from test_wording import forbidden_words

from netlearn.analysis.data import How, StudyData
from netlearn.analysis.ego_part import part_egos
from netlearn.analysis.ego_run import numbers, read_reading, run_ego
from netlearn.errors import NetlearnError
from netlearn.planning.egos import simulate_egos
from netlearn.report.section_egos import ego_section
from netlearn.study.plan import FileFormat, RelationPlan, RosterPlan, Study, WavePlan
from netlearn.study.planned import FAMILIES, Outcome
from netlearn.survey.alters import EgoTables
from netlearn.wording import personal_networks as words

HOW = How(draws=199, seed=3)
WAVES = ("before", "after")


def study_of(**other: object) -> Study:
    known: dict[str, object] = {
        "folder": Path(),
        "title": "A course",
        "language": "en",
        "design": "ego",
        "seed": 1,
        "min_cell_size": 5,
        "grouping": "baseline",
        "tolerate": (),
        "files": FileFormat(),
        "roster": RosterPlan("roster.csv"),
        "waves": (
            WavePlan("before", date(2024, 1, 1), title="start"),
            WavePlan("after", date(2024, 9, 1), title="end"),
        ),
        "relations": (RelationPlan("worked_with", title="Worked with", kind="name-generator", n_slots=10),),
        "primary": Outcome("worked_with", "size", WAVES),
        "secondary": (Outcome("worked_with", "mean_score", WAVES, score="ease", title="How easy"),),
    }
    return Study(**(known | other))  # type: ignore[arg-type]


def data_of(tables: EgoTables, **other: object) -> StudyData:
    return StudyData(study_of(**other), {}, {"worked_with": tables})


def simulated(**settings: object) -> EgoTables:
    return simulate_egos(26, 6, seed=11, known=(1.0, 0.6), **settings)


def by_hand(rows: list[tuple[str, str, str, bool, str, str]], people: dict[str, str]) -> EgoTables:
    """Tables in which everybody answers both times; rows are ego, wave, alter, on the roster, department, ease."""
    egos = pd.DataFrame(
        [(e, w, d, True, False) for w in WAVES for e, d in people.items()],
        columns=["ego", "wave", "department", "answered", "ties_answered"],
    )
    alters = pd.DataFrame(rows, columns=["ego", "wave", "alter", "on_roster", "department", "ease"])
    return EgoTables(egos, alters, pd.DataFrame(columns=["ego", "wave", "alter_a", "alter_b"]))


def six() -> EgoTables:
    """Six people of North and South; all name South Street before, and one more each after."""
    people = {f"p{i}": "North" if i < 3 else "South" for i in range(6)}
    rows = [(e, "before", "s1", False, " South Street ", "2") for e in people]
    rows += [(e, "after", "s1", False, "South Street", "3,5") for e in people]
    rows += [("p0", "after", "p4", True, "South", "4"), ("p3", "after", "s2", False, "North", "")]
    return by_hand(rows, people)


# -- outcomes


@pytest.mark.parametrize("measure", FAMILIES["ego"])
def test_every_measure_of_the_family_has_the_face_of_a_result(measure: str) -> None:
    outcome = Outcome("worked_with", measure, WAVES, "greater", 0.05, score="ease", title="How easy")
    found = run_ego(data_of(simulated(growth=1.6, shift=1.0)), outcome, HOW)
    assert found.measure == measure
    assert found.waves == WAVES
    assert found.low < found.estimate < found.high
    assert (found.low > 0) == (found.p_value < 0.05)
    assert found.verdict in ("changed", "undecided")
    assert found.n_people >= 15
    assert found.n_dyads == 0
    assert list(found.table.columns)[-2:] == ["n_people", "n_dyads"]
    for language in ("en", "da"):
        said = found.sentence(language)
        assert not forbidden_words(said)
        assert "{" not in said
        assert "  " not in said
    assert ("How easy" in found.sentence("en")) == (measure == "mean_score")


def test_few_people_are_only_described() -> None:
    found = run_ego(data_of(six()), Outcome("worked_with", "size", WAVES), HOW)
    assert (found.n_people, found.estimate) == (6, pytest.approx(2 / 6))
    assert (found.verdict, found.reasons) == ("descriptive", ("few_respondents", "few_changed"))
    assert "fewer than 10 people" in found.sentence("en")
    assert "p = " not in found.sentence("en")


def test_the_margin_is_in_the_unit_that_is_told() -> None:
    data = data_of(simulated())
    found = run_ego(data, Outcome("worked_with", "share_elsewhere", WAVES, margin=90.0), HOW)
    assert found.equivalence is not None
    assert found.equivalence.equivalent
    assert found.equivalence.high < 90
    assert "smaller than what was said to matter" in found.sentence("en")


def test_answers_about_colleagues_become_numbers_or_an_error() -> None:
    column = pd.DataFrame({"ease": ["4", " 3,5 ", None, "", 2, 1.5]})
    assert np.array_equal(numbers(column, "ease"), [4, 3.5, np.nan, np.nan, 2, 1.5], equal_nan=True)
    assert numbers(column.iloc[:0], "ease").shape == (0,)
    with pytest.raises(NetlearnError, match="2 answers that are no numbers") as caught:
        numbers(pd.DataFrame({"ease": ["4", "Anna", "Bo"]}), "ease")
    assert "Anna" not in str(caught.value)
    with pytest.raises(NetlearnError, match="no column 'hurry'"):
        run_ego(data_of(six()), Outcome("worked_with", "mean_score", WAVES, score="hurry"), HOW)


def test_what_an_outcome_on_ego_networks_cannot_ask() -> None:
    with pytest.raises(NetlearnError, match="no ego networks of relation 'advice'"):
        run_ego(data_of(six()), Outcome("advice", "size", WAVES), HOW)
    with pytest.raises(NetlearnError, match="Leave `group` out"):
        run_ego(data_of(six()), Outcome("worked_with", "size", WAVES, group="area"), HOW)


def test_departments_are_the_same_only_by_the_same_words() -> None:
    tables = six()
    tables.alters.loc[0, "department"] = " North\n"
    tables.alters.loc[1, "department"] = "north"
    read = read_reading(data_of(tables), "worked_with")
    assert set(read.data.departments) == {"North", "South", "South Street", "north"}
    assert read.departments == ("North", "South")
    assert read.strange == 11  # all but the first row, and the two rows of the roster's own spelling
    share = read.data.values("share_elsewhere", "before")
    assert share.tolist() == [0, 1, 1, 1, 1, 1]


# -- the part


def test_there_is_a_part_for_ego_studies_only() -> None:
    assert part_egos(data_of(simulated(), design="pre-post"), HOW) is None
    assert part_egos(StudyData(study_of(), {}), HOW) is None
    assert part_egos(data_of(simulated(), waves=study_of().waves[:1]), HOW) is None


def test_the_part_of_six_people_by_hand() -> None:
    part = part_egos(data_of(six()), HOW)
    assert part is not None
    (picture,) = part.pictures
    rows = picture.measures.set_index("measure")
    assert rows.loc["size", ["before", "after", "estimate", "n_people"]].tolist() == pytest.approx(
        [1, 8 / 6, 1 / 3, 6]
    )
    assert rows.loc["mean_score", "after"] == pytest.approx((5 * 3.5 + 3.75) / 6)
    assert rows.loc["effective_size"].drop("title").isna().all()  # ties were not asked
    # All six name South Street; one names South and one North, which few people stand behind.
    assert picture.places.fillna(-1).to_numpy().tolist() == [["South Street", 6, 6], ["", 0, -1]]
    # One has a colleague with a code: nothing of it may be told, nor what it could be worked out from.
    assert picture.turnover.isna().all(axis=None)
    assert picture.full == (0, 0)
    assert picture.known is None


def test_what_becomes_of_colleagues_with_a_code() -> None:
    people = {f"p{i}": "North" for i in range(8)}
    rows = []
    for i in range(8):
        rows += [(f"p{i}", w, f"p{(i + 1) % 8}", True, "North", "3") for w in WAVES]  # kept
        rows.append((f"p{i}", "after", f"p{(i + 2) % 8}", True, "North", "3"))  # new
    rows += [(f"p{i}", "before", f"p{(i + 3) % 8}", True, "North", "3") for i in range(6)]  # gone
    part = part_egos(data_of(by_hand(rows, people)), HOW)
    assert part is not None
    assert part.pictures[0].turnover.iloc[0].tolist() == [1, 1, 0.75, 0, 0]


def test_the_figures_speak_of_the_people_who_answered_both_times() -> None:
    tables = simulated(nonresponse=(0.2, 0.2))
    part = part_egos(data_of(tables), HOW)
    assert part is not None
    (picture,) = part.pictures
    answered = {w: set(tables.egos.loc[tables.egos["wave"] == w, "ego"]) for w in WAVES}
    both = answered["before"] & answered["after"]
    assert picture.n_both == len(both) < min(map(len, answered.values()))
    assert picture.answered["n_answered"].tolist() == [len(answered[w]) for w in WAVES]
    mine = tables.alters[tables.alters["ego"].isin(both)]
    sizes = [len(mine[mine["wave"] == w]) / len(both) for w in WAVES]
    assert picture.measures.set_index("measure").loc["size", ["before", "after"]].tolist() == pytest.approx(
        sizes
    )
    home = tables.egos.drop_duplicates("ego").set_index("ego")["department"]
    elsewhere = mine[mine["department"] != mine["ego"].map(home)]
    for _, row in picture.places.iloc[:-1].iterrows():
        for wave in WAVES:
            here = elsewhere[(elsewhere["wave"] == wave) & (elsewhere["department"] == row["department"])]
            n = here["ego"].nunique()
            assert math.isnan(row[wave]) if 0 < n < 5 else row[wave] == n
    full = [(mine[mine["wave"] == w].groupby("ego").size() >= 10).sum() for w in WAVES]
    for share, n in zip(picture.full, full, strict=True):
        assert math.isnan(share) if 0 < n < 5 else share == pytest.approx(n / len(both))


def test_colleagues_known_before_and_new_ones() -> None:
    tables = simulated(new_ease=-1.0)
    part = part_egos(data_of(tables), HOW)
    assert part is not None
    found = part.pictures[0].known
    after = tables.alters[tables.alters["wave"] == "after"]
    means = after.groupby("known_before")["ease"].agg(lambda s: s.astype(float).mean())
    assert found is not None
    assert found.values == pytest.approx((means["yes"], means["no"]))
    assert found.change.high < 0
    tables.alters.loc[tables.alters["known_before"] == "no", "known_before"] = "2"
    part = part_egos(data_of(tables), HOW)
    assert part is not None
    assert part.pictures[0].known is None
    assert part.pictures[0].unread == (after["known_before"] == "no").sum()


@pytest.mark.parametrize(
    ("full", "said"),
    [
        ((0.0, 0.0), "Der var plads til 10 navne, og ingen brugte alle pladser."),
        (
            (0.0, 0.25),
            "Ved »start« brugte ingen alle pladser, ved »end« 25\N{NO-BREAK SPACE}% af personerne.",
        ),
        (
            (math.nan, 0.0),
            "Ved »start« brugte færre end 5 personer eller alle på nær færre end 5 alle pladser, ved »end« ingen.",
        ),
    ],
)
def test_who_filled_all_places(full: tuple[float, float], said: str) -> None:
    part = part_egos(data_of(simulated()), HOW)
    assert part is not None
    told = words.room(replace(part.pictures[0], room=10, full=full), 5, "da")
    assert said in told
    assert ("kan være større" in told) == any(full)


@pytest.mark.parametrize(("high", "by_chance"), [(0.4, True), (-0.1, False)])
def test_a_difference_that_chance_could_make_is_told_as_one(high: float, by_chance: bool) -> None:
    part = part_egos(data_of(simulated(new_ease=-1.0)), HOW)
    assert part is not None
    known = part.pictures[0].known
    assert known is not None
    told = replace(known, change=replace(known.change, high=high))
    said = words.known(replace(part.pictures[0], known=told), "da")
    assert ("tilfældigheder" in said) == by_chance


@pytest.mark.parametrize("language", ["en", "da"])
def test_the_section_tells_it_in_words_and_tables(language: str) -> None:
    part = part_egos(data_of(simulated(growth=1.5, max_slots=5, new_ease=-1.0)), HOW)
    assert part is not None
    section = ego_section(part, language)
    assert section.heading == {"en": "Personal networks", "da": "Personlige netværk"}[language]
    text = " ".join([*section.texts, *section.small])
    assert not forbidden_words(text)
    assert "{" not in text
    assert not re.search(r"\bnan\b", text)
    for word in ("start", "end", "Worked with", "How easy"):
        assert word in text
    for table in section.tables:
        assert {len(row) for row in table.rows} == {len(table.columns)} == {len(table.numeric)}
    assert "before" not in [name for table in section.tables for name in table.columns]
    assert {"en": "room for 10 names", "da": "plads til 10 navne"}[language] in text


def test_fewer_than_the_least_are_not_shown_at_all() -> None:
    part = part_egos(data_of(six(), min_cell_size=7), HOW)
    assert part is not None
    for name, table in part.machine_tables().items():
        numbers_of = table.select_dtypes("number")
        assert numbers_of.isna().all(axis=None) or name.endswith("places"), name
    places = part.machine_tables()["personal-networks-places"]
    assert places["department"].tolist() == [""]
    section = ego_section(part, "da")
    assert section.tables == ()
    assert "Færre end 7 personer" in section.texts[0]


def test_no_spelling_of_a_few_reaches_a_table() -> None:
    tables = simulated()
    tables.alters.loc[0, "department"] = "Where Anna sits"
    part = part_egos(data_of(tables), HOW)
    assert part is not None
    assert part.pictures[0].strange == 1
    section = ego_section(part, "en")
    frames = " ".join(frame.to_csv() for frame in part.machine_tables().values())
    assert "Anna" not in frames + repr(section)
    assert "p001" not in frames + repr(section)
    assert "1 of the colleagues named" in " ".join(section.small)


def test_counts_that_add_up_do_not_give_a_hidden_one_away() -> None:
    """Sizes are sums of what became of colleagues: with one part hidden no other may be shown."""
    tables = simulated()
    few = tables.alters[(tables.alters["on_roster"]) & (tables.alters["wave"] == "after")].index[3:]
    tables = replace_alters(tables, tables.alters.drop(few))
    part = part_egos(data_of(tables), HOW)
    assert part is not None
    assert part.pictures[0].turnover.isna().all(axis=None)


def replace_alters(tables: EgoTables, alters: pd.DataFrame) -> EgoTables:
    named = set(alters[["ego", "wave", "alter"]].itertuples(index=False, name=None))
    kept = [
        (e, w, a) in named and (e, w, b) in named
        for e, w, a, b in tables.ties[["ego", "wave", "alter_a", "alter_b"]].itertuples(index=False)
    ]
    return EgoTables(tables.egos, alters, tables.ties[kept])


def test_titles_of_waves_reach_a_sentence() -> None:
    found = run_ego(data_of(simulated()), Outcome("worked_with", "size", WAVES), HOW)
    assert "“end”" in replace(found, waves=("start", "end")).sentence("en")


@pytest.mark.parametrize(
    ("full", "share"), [(0, 0), (4, math.nan), (5, 5 / 12), (7, 7 / 12), (8, math.nan), (12, 1)]
)
def test_places_filled_by_few_or_by_all_but_few_are_hidden(full: int, share: float) -> None:
    """Of twelve people some fill both places before; nobody does after."""
    people = {f"p{i:02d}": "North" if i % 2 else "South" for i in range(12)}
    rows = [(e, wave, "s1", False, "East", "2") for e in people for wave in WAVES]
    rows += [(e, "before", "s2", False, "East", "2") for e in list(people)[:full]]
    relation = RelationPlan("worked_with", title="Worked with", kind="name-generator", n_slots=2)
    part = part_egos(data_of(by_hand(rows, people), relations=(relation,)), HOW)
    assert part is not None
    assert part.pictures[0].full == pytest.approx((share, 0), nan_ok=True)
