"""Planned outcomes about competence on hand-made studies: scores, gaps, what goes with them, and the report."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from netlearn import Panel
from netlearn.analysis.competence import run_association, run_gap, run_scale, run_trained_score
from netlearn.analysis.competence_part import part_competence
from netlearn.analysis.data import ANSWERS, How, StudyData
from netlearn.analysis.outcome_result import OutcomeResult
from netlearn.errors import NetlearnError
from netlearn.report.section_competence import competence_section
from netlearn.study.beyond import AttendancePlan, GapPlan
from netlearn.study.plan import Assignment, FileFormat, RelationPlan, RosterPlan, ScalePlan, Study, WavePlan
from netlearn.study.planned import Outcome
from netlearn.survey.attendance import AttendanceList
from netlearn.wording.sentences import not_called
from netlearn.wording.terms import TERMS

WAVES = ("before", "after")
HOW = How(draws=199, seed=3)
GAP = Outcome("", "gap", WAVES, gap="skills")
SCORE = Outcome("", "score", WAVES, scale="trust")
LINKED = Outcome("contact", "association", WAVES, gap="skills")
RISEN = [[2, 3]] * 10 + [[2, 4], [2, 2]]  # what twelve people can do, before and after
AS_MUCH = [[4, 5]] * 4 + [[4, 6]] * 4 + [[4, 4]] * 4
PARTS = {"law": ("1", "2"), "talk": ("3",)}


def _scale(name, items=("1", "2", "3"), parts=PARTS, span=(1, 7)):
    made = {part: tuple(f"{name}{item}" for item in of) for part, of in parts.items()}
    return ScalePlan(name, items={f"{name}{item}": "" for item in items}, subscales=made, range=span)


def _study(**other):
    known = {
        "folder": Path(),
        "title": "Hand-made",
        "language": "da",
        "design": "pre-post",
        "seed": 1,
        "min_cell_size": 5,
        "grouping": "baseline",
        "tolerate": (),
        "files": FileFormat(),
        "roster": RosterPlan("roster.csv"),
        "waves": (
            WavePlan("before", date(2024, 1, 1), title="før"),
            WavePlan("after", date(2025, 1, 1), title="efter"),
        ),
        "relations": (RelationPlan("contact", title="Kontakt"),),
        "primary": GAP,
        "scales": (
            _scale("need"),
            _scale("can"),
            _scale("trust", parts={}, span=(1, 5)),
            _scale("use", parts={}, span=(1, 5)),
        ),
        "gaps": (GapPlan("skills", "need", "can", title="Faglighed"),),
        "attendance": (AttendancePlan("modules", "modules.csv", title="Moduler"),),
    }
    return Study(**(known | other))


def _answers(scale, wave, matrix):
    return [
        {
            "person": f"p{i:02d}",
            "wave": wave,
            "scale": scale,
            "item": f"{scale}{j + 1}",
            "state": "not answered" if np.isnan(value) else "answered",
            "answer": "",
            "value": value,
        }
        for i, row in enumerate(np.asarray(matrix, float))
        for j, value in enumerate(row)
    ]


def _panel(rng, n, more=None):
    """Departments of equal size; everybody names two at random, and later `more[i]` others elsewhere."""
    group = np.arange(n) % 6
    before = np.zeros((n, n))
    for i in range(n):
        before[i, rng.choice(np.flatnonzero(np.arange(n) != i), 2, replace=False)] = 1
    after = before.copy()
    for i in range(n):
        free = np.flatnonzero((group != group[i]) & (before[i] == 0))
        after[i, rng.choice(free, int(0 if more is None else more[i]), replace=False)] = 1
    attributes = {"trained": ["yes" if i // 6 % 2 else "no" for i in range(n)]}
    names = [f"d{g}" for g in group]
    return Panel.from_arrays(
        {"before": before, "after": after}, names, ids=[f"p{i:02d}" for i in range(n)], attributes=attributes
    )


def _data(n=48, rise=1.0, demand=0.0, spread=0.8, seed=0, link=False, **other):
    """Present level rises by `rise` steps and required by `demand`, before rounding to 1-7."""
    rng = np.random.default_rng(seed)
    own = rng.normal(3.5, 0.8, n)[:, None]
    gain = rng.normal(0, 1, n)[:, None] if link else 0

    def noisy(centre, top=7):
        return np.clip(np.rint(centre + rng.normal(0, spread, (n, 3))), 1, top)

    rows = _answers("need", "before", noisy(own * 0 + 5.2)) + _answers(
        "need", "after", noisy(own * 0 + 5.2 + demand)
    )
    rows += _answers("can", "before", noisy(own)) + _answers("can", "after", noisy(own + rise + gain))
    rows += _answers("trust", "before", noisy(own * 0 + 3, 5)) + _answers(
        "trust", "after", noisy(own * 0 + 3.5, 5)
    )
    rows += _answers("use", "after", noisy(own * 0 + 4, 5))
    more = np.clip(np.rint(3 + 2 * np.ravel(gain)), 0, 9) if link else None
    rooms = pd.DataFrame(
        [(f"p{i:02d}", f"r{k}", "", 1) for i in range(n) for k in range(i % 5)],
        columns=["person", "room", "period", "times"],
    )
    modules = AttendanceList("modules", rooms, tuple(f"p{i:02d}" for i in range(n)), True)
    return StudyData(
        _study(**other),
        {"contact": _panel(rng, n, more)},
        answers=pd.DataFrame(rows, columns=ANSWERS),
        attendance={"modules": modules},
    )


def _small(need, can):
    """A study of people with one answer per level and wave: (people, 2) each."""
    rows = []
    for name, given in (("need", need), ("can", can)):
        for wave, values in zip(WAVES, np.asarray(given, float).T, strict=True):
            rows += _answers(name, wave, np.column_stack([values] * 3))
    return StudyData(_study(), {}, answers=pd.DataFrame(rows, columns=ANSWERS))


def _means(data, scale, items=None):
    """Mean answer of people by waves."""
    rows = data.answers[data.answers["scale"] == scale]
    rows = rows if items is None else rows[rows["item"].isin(items)]
    return rows.pivot_table(index="person", columns="wave", values="value")


# -- runners


def test_gap_by_hand():
    """Twelve people: ten close by 1, two open by 1; one more is silent later. Closure (10 - 2) / 12."""
    need = np.column_stack([np.full(13, 5.0), np.full(13, 5.0)])
    can = np.column_stack([np.full(13, 3.0), [4] * 10 + [2] * 2 + [np.nan]])
    found = run_gap(_small(need, can), GAP, HOW)
    assert found.n_people == 12
    assert found.estimate == pytest.approx(8 / 12)
    assert found.values == pytest.approx((2.0, 2 - 8 / 12))
    assert (found.paired.n_risen, found.paired.n_fallen) == (10, 2)
    assert found.verdict == "changed"
    assert found.department is None
    assert not found.beyond_departments
    assert "færre end 3 afdelinger er kendt" in found.sentence("da")


def test_few_people_and_few_who_changed_describe_only():
    few = run_gap(_small([[5, 5]] * 8, [[3, 4]] * 7 + [[3, 3]]), GAP, HOW)
    assert (few.verdict, few.reasons) == ("descriptive", ("few_respondents",))
    still = run_gap(_small([[5, 5]] * 20, [[3, 4]] * 4 + [[3, 3]] * 16), GAP, HOW)
    assert still.reasons == ("few_changed",)
    alike = run_gap(_small([[5, 5]] * 12, [[3, 4]] * 12), GAP, HOW)
    assert alike.reasons == ("undefined",)
    assert np.isnan(alike.p_value)
    nobody = run_gap(_small([[5, np.nan]] * 6, [[3, np.nan]] * 6), GAP, HOW)
    assert nobody.reasons == ("few_respondents", "undefined")
    assert "kan ikke beregnes: 0 personer" in nobody.sentence("da")


def test_the_department_level_is_a_t_over_mean_changes():
    data = _data()
    found = run_gap(data, GAP, HOW)
    closure = pd.Series(found.gap.per_person, index=list(found.people))
    means = closure.groupby([int(code[1:]) % 6 for code in closure.index]).mean()
    assert found.department.estimate == pytest.approx(means.mean())
    assert found.department.se == pytest.approx(means.std() / np.sqrt(6))
    assert found.beyond_departments
    assert "også målt mod afdelingernes egne udsving" in found.sentence("da")


def test_a_subscale_and_one_side():
    data = _data()
    part = run_gap(data, replace(GAP, subscale="talk", alternative="greater"), HOW)
    need, can = _means(data, "need", ["need3"]), _means(data, "can", ["can3"])
    gaps = need - can
    assert part.estimate == pytest.approx((gaps["before"] - gaps["after"]).mean())
    assert part.low > 0
    said = part.sentence("da")
    assert "»Faglighed«, del »talk«" in said
    assert "90\N{NO-BREAK SPACE}%-interval" in said
    assert "Blev gabet mindre?" in said


def test_a_required_level_that_moved_is_said():
    moved = run_gap(_data(rise=1.5, demand=1.0), GAP, HOW)
    assert moved.estimate == pytest.approx(moved.gap.present.estimate - moved.gap.required.estimate)
    assert "det, de mener at kunne, steg endnu mere" in moved.sentence("da")  # by 0.6 points
    still = run_gap(_data(), GAP, HOW)
    assert "Om kravene selv blev bedømt anderledes end før, kan ikke afgøres" in still.sentence("da")


@pytest.mark.parametrize(
    ("need", "danish", "english", "verdict"),
    [
        # Required and present rise by one point each on average: the gap stays.
        (AS_MUCH, "holdt op mod det, opgaverne kræver, kan den ikke", "does not show",
         "Om gabet har ændret sig, kan ikke afgøres"),
        # Required falls in all but three: the gap closes without anybody learning as much.
        ([[5, 4]] * 9 + [[5, 5]] * 3, "kan skyldes en ny målestok", "may come from a new yardstick",
         "Gabet er blevet mindre"),
        # Required rises by three, present by one: the gap opens.
        ([[4, 7]] * 11 + [[4, 6]], "kan skyldes en ny målestok", "may come from a new yardstick",
         "Gabet er blevet større"),
    ],
)  # fmt: skip
def test_what_a_yardstick_that_moved_does_to_the_gap(need, danish, english, verdict):
    found = run_gap(_small(need, RISEN), GAP, HOW)
    assert danish in found.sentence("da")
    assert english in found.sentence("en")
    assert f"Vurdering: {verdict}" in found.sentence("da")


def test_an_interval_that_holds_both_ways_says_which_end_is_which():
    found = run_gap(_small(AS_MUCH, RISEN), GAP, HOW)
    # Closure is 0 in five people, -1 in four, 1 in two, 2 in one: mean 0, s.e. sqrt(10 / 11 / 12) = 0.2752, t = 2.201.
    assert "interval fra 0,61 større til 0,61 mindre; 12" in found.sentence("da")
    assert "interval from 0.61 larger to 0.61 smaller; 12" in found.sentence("en")
    # What is required rises by 1 in two of twelve people and falls by 1 in one: mean 1/12, s.e. 0.149, t = 2.201.
    found = run_gap(_small([[4, 5]] * 2 + [[5, 4]] + [[4, 4]] * 9, RISEN), GAP, HOW)
    assert (
        "steg med 0,08 point (95\N{NO-BREAK SPACE}%-interval fra et fald på 0,24 til en stigning på 0,41)"
        in (found.sentence("da"))
    )


def test_sentence_of_a_gap_in_danish():
    found = run_gap(_small([[5, 5]] * 12, [[3, 4]] * 9 + [[3, 3]] * 3), GAP, HOW)
    assert found.sentence("da").startswith(
        "Gabet mellem det, opgaverne kræver, og det, medarbejderne selv mener at kunne (»Faglighed«), var 0,8 point "
        "mindre på skalaen 1-7 ved »efter« end ved »før« (95\N{NO-BREAK SPACE}%-interval 0,5 til 1,0; 12 personer, "
        "der svarede begge gange): 2,0 point først, 1,2 senere."
    )
    worse = run_gap(_small([[5, 5]] * 12, [[3, 2]] * 9 + [[3, 3]] * 3), GAP, HOW)
    assert "0,8 point større på skalaen 1-7" in worse.sentence("da")
    assert "interval 0,5 til 1,0; 12" in worse.sentence("da")


def test_score_with_a_margin():
    data = _data()
    found = run_scale(data, replace(SCORE, margin=2.0), HOW)
    table = _means(data, "trust")
    assert found.estimate == pytest.approx((table["after"] - table["before"]).mean())
    assert found.scale[1] in TERMS["unit"]
    assert found.equivalence.equivalent
    assert "mindre end det, der er sat som betydende, 2" in found.sentence("da")
    assert "It cannot be ruled out" in run_scale(data, replace(SCORE, margin=0.1), HOW).sentence("en")
    assert len(found.table) == 3


def test_association_finds_what_goes_together_and_nothing_else():
    linked = run_association(_data(n=60, link=True), LINKED, HOW)
    assert linked.verdict == "associated"
    assert linked.estimate > 0.3
    assert "følges ad" in linked.sentence("da")
    assert "does not show that one brings about the other" in linked.sentence("en")
    assert linked.n_people == 60
    apart = run_association(_data(n=60), LINKED, HOW)
    assert apart.verdict == "descriptive"  # nobody's contact changed
    assert apart.reasons == ("undefined",)


def test_association_takes_gap_and_contact_before_into_account():
    data = _data(n=60, link=True)
    found = run_association(data, LINKED, HOW)
    panel = data.panels["contact"]
    table = _means(data, "need") - _means(data, "can")
    gaps = {wave: table.loc[list(panel.ids), wave].to_numpy() for wave in WAVES}
    cross = panel.group()[:, None] != panel.group()
    contact = [(panel.wave(w).ties & cross).sum(axis=1) for w in WAVES]
    design = np.column_stack([np.ones(60), gaps["before"], contact[0]])

    def rest(values):
        return values - design @ np.linalg.lstsq(design, values, rcond=None)[0]

    x, y = gaps["before"] - gaps["after"], (contact[1] - contact[0]).astype(float)
    assert found.estimate == pytest.approx(np.corrcoef(rest(x), rest(y))[0, 1])
    assert found.people.n_covariates == 2
    assert found.within.n_covariates == 7


def test_trained_score_is_a_randomization_test():
    data = _data(assignment=Assignment("trained", trained=("yes",)))
    found = run_trained_score(data, Outcome("", "trained_score", WAVES, scale="trust"), HOW)
    table = _means(data, "trust")
    change, trained = (table["after"] - table["before"]).to_numpy(), np.arange(48) // 6 % 2 == 1
    assert found.estimate == pytest.approx(change[trained].mean() - change[~trained].mean())
    assert found.verdict in ("differs", "undecided")
    assert found.sentence("da").startswith("Udfaldet er scoren på »trust« på skalaen 1-5, i point.")
    assert found.n_people == 48
    with pytest.raises(NetlearnError, match="who was trained"):
        run_trained_score(_data(), Outcome("", "trained_score", WAVES, scale="trust"), HOW)


@pytest.mark.parametrize(
    ("run", "outcome", "words"),
    [
        (run_gap, replace(GAP, gap="none"), "no gap 'none'"),
        (run_scale, replace(SCORE, scale="none"), "no scale 'none'"),
        (run_gap, replace(GAP, subscale="none"), "no subscale 'none'"),
        (run_scale, replace(SCORE, waves=("before", "later")), "no wave 'later'"),
    ],
)
def test_what_is_not_in_the_study(run, outcome, words):
    with pytest.raises(NetlearnError, match=words):
        run(_data(), outcome, HOW)


@pytest.mark.parametrize(("run", "outcome"), [(run_gap, GAP), (run_scale, SCORE), (run_association, LINKED)])
def test_every_result_has_the_face(run, outcome):
    found = run(_data(n=40, link=True), outcome, HOW)
    assert found.measure == outcome.measure
    assert found.waves == WAVES
    assert found.n_dyads == 0
    assert found.low <= found.estimate <= found.high
    assert found.reasons == ()
    assert found.scale[1] in TERMS["unit"]
    assert found.table["estimate"].iloc[-1] == found.estimate
    for language in ("en", "da"):
        assert found.sentence(language)
    assert "<table" in found._repr_html_()


# -- the part of the report


def test_part_holds_gaps_scales_and_what_was_asked_once():
    data = _data()
    part = part_competence(data, HOW)
    gaps = part.gap_table()
    assert gaps["subscale"].tolist() == ["", "law", "talk"]
    assert gaps["change"].iloc[0] == run_gap(data, GAP, HOW).estimate
    p = gaps["p_value"].to_numpy()[1:]
    order = np.sort(p)
    assert sorted(gaps["p_holm"].to_numpy()[1:]) == pytest.approx([2 * order[0], max(2 * order[0], order[1])])
    assert np.isnan(gaps["p_holm"].iloc[0])
    assert part.scale_table()["title"].tolist() == ["trust"]
    used = data.answers[data.answers["scale"] == "use"].groupby("person")["value"].mean()
    row = part.described.iloc[0]
    assert (row["mean"], row["share_high"]) == pytest.approx((used.mean(), (used >= 4).mean()))
    assert set(part.machine_tables()) == {
        *("competence-gaps", "competence-scales", "competence-described"),
        *("competence-dose", "competence-dose-correlation"),
    }


def test_dose_counts_different_rooms():
    """Person i was in i mod 5 rooms: 10 in none, 10 in one, 10 in two, 18 in three or four."""
    data = _data()
    (dose,) = part_competence(data, HOW).doses
    assert dose.groups["n_people"].tolist() == [10, 10, 10, 18]
    closure = run_gap(data, GAP, HOW).gap.per_person
    taken = np.arange(48) % 5
    assert dose.groups["closure"].tolist() == pytest.approx(
        [
            closure[taken == 0].mean(),
            closure[taken == 1].mean(),
            closure[taken == 2].mean(),
            closure[taken >= 3].mean(),
        ]
    )
    ranks = [pd.Series(v).rank() for v in (taken, closure)]
    assert dose.ranks.estimate == pytest.approx(np.corrcoef(*ranks)[0, 1])


def test_small_groups_are_hidden_and_cannot_be_worked_out():
    """Of 18 people 4, 4, 4 and 6 were in 0, 1, 2 and more rooms: nothing below five is shown."""
    groups = part_competence(_data(n=18), HOW).doses[0].groups
    assert groups["n_people"].isna().tolist()[:3] == [True] * 3
    assert groups["closure"].isna().tolist()[:3] == [True] * 3
    # 22: 5, 5, 4, 8: the four would be 22 less the rest, so another is hidden with them.
    groups = part_competence(_data(n=22), HOW).doses[0].groups
    assert groups["n_people"].isna().sum() >= 2
    assert (groups["n_people"].isna() == groups["closure"].isna()).all()


def test_fewer_than_five_people_show_nothing():
    data = _small([[5, 5]] * 4 + [[5, np.nan]] * 8, [[3, 4]] * 4 + [[3, np.nan]] * 8)
    part = part_competence(data, HOW)
    numbers = part.gap_table().drop(columns=["title", "subscale", "first", "second"])
    assert numbers.isna().all(axis=None)
    section = competence_section(part, "da")
    assert all("Faglighed" not in text for text in section.texts)


def test_figures_that_only_describe_have_no_p():
    part = part_competence(_small([[5, 5]] * 8, [[3, 4]] * 7 + [[3, 3]]), HOW)
    table = part.gap_table()
    assert table["change"].tolist() == pytest.approx([7 / 8] * 3)
    assert table[["p_value", "p_holm"]].isna().all(axis=None)


def test_no_part_without_two_waves():
    data = _data()
    once = replace(data, answers=data.answers[data.answers["wave"] == "after"])
    assert part_competence(once, HOW) is None
    assert part_competence(replace(data, study=replace(data.study, scales=(), gaps=())), HOW) is None


def test_a_section_without_gaps_is_not_about_competence():
    data = _data()
    part = replace(part_competence(data, HOW), gaps=(), doses=())
    section = competence_section(part, "da")
    assert section.heading == "Det, medarbejderne selv svarer"
    assert "Gabet" not in " ".join(section.small)
    asked = next(table for table in section.tables if table.caption.startswith("Svar, der er givet"))
    assert "p, Holm" not in asked.columns  # no subscale, so nothing to correct
    called = [text for text in section.texts if "må ikke kaldes en effekt" in text]
    assert called == [not_called("da")]


@pytest.mark.parametrize("language", ["en", "da"])
def test_section_in_words(language):
    section = competence_section(part_competence(_data(), HOW), language)
    assert section.key == "competence"
    assert len(section.tables) == 6
    for table in section.tables:
        assert all(len(row) == len(table.columns) == len(table.numeric) for row in table.rows)
    text = " ".join([*section.texts, *section.small, *(t.caption for t in section.tables)])
    assert not re.search(r"\bnan\b", text)
    assert "{" not in text
    told = text.replace("may not be called an effect", "").replace("må ikke kaldes en effekt", "")
    assert not re.search(r"signif|effect|effekt|\bcaus", told, re.IGNORECASE)


@pytest.mark.parametrize("value", ["yes", "no"])
def test_everybody_or_nobody_trained_is_told_as_undefined(value):
    data = _data(assignment=Assignment("trained", trained=("yes",)))
    panel = replace(data.panels["contact"], attributes={"trained": [value] * 48})
    asked = Outcome("", "trained_score", WAVES, scale="trust")
    found = run_trained_score(replace(data, panels={"contact": panel}), asked, HOW)
    assert (found.verdict, found.reasons, found.measure) == ("descriptive", ("undefined",), "trained_score")
    assert np.isnan([found.estimate, found.low, found.high, found.p_value]).all()
    for language in ("en", "da"):
        assert "nan" not in found.sentence(language).split()


def test_no_p_at_all_stands_beside_figures_that_only_describe():
    """Eight people, as many ups as can be: the figures stay, every p goes; with twelve they are told."""
    names = ["p_value", "p_holm", "wilcoxon_p", "required_p", "present_p"]
    few = part_competence(_small([[5, 6]] * 4 + [[5, 5]] * 4, [[3, 5]] * 7 + [[3, 3]]), HOW).gap_table()
    assert few[names].isna().all(axis=None)
    assert few[["change", "required_change", "present_change"]].notna().all(axis=None)
    many = part_competence(_small([[5, 6]] * 4 + [[5, 5]] * 8, [[3, 5]] * 10 + [[3, 3], [3, 4]]), HOW)
    row = many.gap_table().iloc[0]
    assert row[["p_value", "wilcoxon_p", "required_p", "present_p"]].notna().all()


@pytest.mark.parametrize(("n", "told"), [(4, (False, False)), (9, (True, False)), (20, (True, True))])
def test_a_correlation_of_few_has_no_p_and_of_fewer_is_hidden(n, told):
    row = part_competence(_data(n=n), HOW).doses[0].correlation.iloc[0]
    assert tuple(row[["n_people", "p_value"]].notna()) == told
    assert pd.notna(row["estimate"]) == told[0]


@pytest.mark.parametrize(("few", "share"), [(0, 0), (4, np.nan), (6, 0.5), (9, np.nan), (12, 1)])
def test_shares_of_few_or_of_all_but_few_are_hidden(few, share):
    """Of twelve people some have a gap before (5 against 3), and nobody after."""
    data = _small([[5, 5]] * 12, [[3, 5]] * few + [[5, 5]] * (12 - few))
    row = part_competence(data, HOW).gap_table().iloc[0]
    assert (row["share_before"], row["share_after"]) == pytest.approx((share, 0), nan_ok=True)


@pytest.mark.parametrize(("high", "share"), [(0, 0), (4, np.nan), (5, 5 / 12), (8, np.nan), (12, 1)])
def test_the_share_at_the_top_of_a_scale_is_hidden_alike(high, share):
    data = _data(n=12)
    answers = data.answers.copy()
    once = answers["scale"] == "use"
    people = sorted(set(answers["person"]))[:high]
    answers.loc[once, "value"] = np.where(answers.loc[once, "person"].isin(people), 4.0, 2.0)
    described = part_competence(replace(data, answers=answers), HOW).described
    assert described["share_high"].iloc[0] == pytest.approx(share, nan_ok=True)
    assert described["mean"].notna().all()


def test_rooms_after_the_later_wave_do_not_count_in_the_dose():
    """Everybody was in one room before the later wave; p00 to p23 in one more after it."""
    waves = (*_study().waves, WavePlan("afterwards", date(2026, 1, 1)))
    data = _data(waves=waves)
    rows = [(f"p{i:02d}", "r1", "after", 1) for i in range(48)]
    rows += [(f"p{i:02d}", "r2", "afterwards", 1) for i in range(24)]
    frame = pd.DataFrame(rows, columns=["person", "room", "period", "times"])
    listed = {"modules": replace(data.attendance["modules"], frame=frame)}
    groups = part_competence(replace(data, attendance=listed), HOW).doses[0].groups
    assert groups["n_people"].tolist() == [0, 48, 0, 0]


def _ran(data, role, outcome, p_holm=np.nan):
    run = run_gap if outcome.measure == "gap" else run_scale
    return OutcomeResult(role, outcome, run(data, outcome, HOW), p_holm)


@pytest.mark.parametrize(
    ("language", "holm", "changed"),
    [
        ("da", "Vurdering: kan ikke afgøres, når der er set på flere udfald (Holms korrektion).", "Det har ændret sig"),
        ("en", "Verdict: cannot be decided, now that several outcomes were looked at", "Verdict: this changed"),
    ],
)  # fmt: skip
def test_verdicts_are_those_of_the_table_of_outcomes(language, holm, changed):
    data = _data()
    for p_holm, kept in ((0.2, False), (0.01, True)):
        done = (_ran(data, "primary", GAP), _ran(data, "secondary", SCORE, p_holm))
        assert done[1].result.verdict == "changed"
        part = part_competence(data, HOW, done)
        assert part.gaps[0][0] is done[0].result
        assert part.scales[0][0] is done[1].result
        (said,) = (text for text in competence_section(part, language).texts if "trust" in text)
        assert (changed in said) == kept
        assert (holm in said) != kept
        assert part.scale_table()["p_holm"].tolist() == [p_holm]


@pytest.mark.parametrize(
    ("language", "none", "word"),
    [
        ("da", "Ikke planlagt som udfald: ingen vurdering.", "Vurdering:"),
        ("en", "Not planned as an outcome: no verdict.", "Verdict:"),
    ],
)
def test_what_was_not_planned_gets_no_verdict(language, none, word):
    data = _data()
    bare = competence_section(part_competence(data, HOW), language)
    assert sum(none in text for text in bare.texts) == 3  # the gap, the scale, and the rooms attended
    assert not any(word in text for text in bare.texts)
    planned = competence_section(part_competence(data, HOW, [_ran(data, "primary", GAP)]), language)
    assert [word in text for text in planned.texts].count(True) == 1
    beside = competence_section(part_competence(data, HOW, [_ran(data, "other_waves", GAP)]), language)
    assert not any(word in text for text in beside.texts)


def test_the_waves_of_the_plan_and_not_the_first_and_last():
    data = _data()
    later = data.answers[data.answers["wave"] == "after"].assign(wave="late")
    waves = (*data.study.waves, WavePlan("late", date(2026, 1, 1), title="sent"))
    more = replace(
        data,
        study=replace(data.study, waves=waves),
        answers=pd.concat([data.answers, later], ignore_index=True),
    )
    part = part_competence(more, HOW, [_ran(more, "primary", GAP)])
    assert part.gaps[0][0].waves == ("before", "after")
    assert part.scales[0][0].waves == ("before", "late")


def test_each_row_says_the_level_of_its_interval():
    data = _data()
    one_sided = replace(SCORE, alternative="greater")
    section = competence_section(part_competence(data, HOW, [_ran(data, "secondary", one_sided, 0.01)]), "da")
    levels = {
        t.caption.split(":")[0]: [row[-1] for row in t.rows]
        for t in section.tables
        if "niveau" in t.columns[-1]
    }
    assert levels["Gabet"] == ["95\N{NO-BREAK SPACE}%"] * 3
    assert levels["Svar, der er givet ved to målinger (point på skalaen, eller antal)"] == [
        "90\N{NO-BREAK SPACE}%"
    ]
    assert any("på det niveau, der står i rækken" in text for text in section.small)
    alike = competence_section(part_competence(data, HOW), "da")
    assert not any("niveau" in column for table in alike.tables for column in table.columns)
    assert any("Hvert interval er et 95\N{NO-BREAK SPACE}%-interval" in text for text in alike.small)
