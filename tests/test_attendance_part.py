"""Attendance of others than staff: changes against scipy and enumeration, tables against loops and attackers."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import studies
from scipy import stats

from netlearn import Panel, read_study
from netlearn.analysis.attendance_change import AttendanceChange, sign_flips
from netlearn.analysis.attendance_part import AttendancePart, part_attendance, run_attendance
from netlearn.analysis.data import How, StudyData
from netlearn.errors import NetlearnError
from netlearn.planning.attendance import Activity, simulate_attendance
from netlearn.report.section_attendance import attendance_section
from netlearn.study.plan import Study
from netlearn.study.planned import Outcome
from netlearn.survey.attendance import AttendanceList

WAVES = ("before", "after")
PLAN = """
[[attendance]]
name = "club"
title = "Activities"
file = "club.csv"
of = "others"
people = "citizens.csv"
period = "period"
"""


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    files = studies.grid()
    files["study.toml"] += PLAN
    files |= {"club.csv": "person,room,period\nk,r,before\n", "citizens.csv": "person\nk\n"}
    return read_study(studies.write(Path(tmp_path_factory.mktemp("s")) / "study", files))


def _data(study: Study, rows: list[tuple[str, str, str, int]], n: int) -> StudyData:
    """A list of people c1 to cn."""
    frame = pd.DataFrame(rows, columns=["person", "room", "period", "times"])
    people = tuple(f"c{i}" for i in range(1, n + 1))
    return StudyData(study, {}, attendance={"club": AttendanceList("club", frame, people, staff=False)})


def _run(data: StudyData, measure: str, draws: int = 4999, **other: object) -> AttendanceChange:
    outcome = Outcome("", measure, WAVES, attendance="club")
    return run_attendance(data, replace(outcome, **other), How(draws, 1))  # type: ignore[arg-type]


def _random(study: Study, seed: int, n: int = 30) -> StudyData:
    rng = np.random.default_rng(seed)
    rows = [
        (f"c{i}", room, wave, int(rng.integers(1, 5)))
        for i, room, wave in product(range(1, n + 1), "abcd", WAVES)
        if rng.random() < (0.25 if wave == "before" else 0.4)
    ]
    return _data(study, rows, n)


# -- the change


def test_a_hand_computed_change(study: Study) -> None:
    """Twelve people; three come to one activity more, one comes to one less, c1 only comes more often to the same."""
    rows = [("c1", "x", "before", 1), ("c2", "x", "before", 1), ("c1", "x", "after", 4)]
    rows += [(f"c{i}", "y", "after", 1) for i in (3, 4, 5)]
    data = _data(study, rows, 12)
    found = _run(data, "activities")
    change = np.array([0, -1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0])
    assert found.values == (pytest.approx(2 / 12), pytest.approx(4 / 12))
    assert found.estimate == pytest.approx(2 / 12)
    assert (found.n_people, found.n_dyads, found.scale) == (12, 0, (1.0, "activities"))
    expected = stats.ttest_1samp(change, 0).confidence_interval(0.95)
    assert (found.low, found.high) == (pytest.approx(expected.low), pytest.approx(expected.high))
    # Of the 16 ways 1 + 4 have a sum of 2 or more, 5 of -2 or less.
    assert found.p_value == pytest.approx(10 / 16)
    # No way of four can be below 2/16.
    assert found.reasons == ("few_changed",)
    assert found.verdict == "descriptive"
    visits = _run(data, "visits")
    assert visits.estimate == pytest.approx((3 - 1 + 3) / 12)
    assert visits.scale == (1.0, "visits")


@pytest.mark.parametrize("alternative", ["two-sided", "greater", "less"])
def test_the_sign_flip_counts_every_way(alternative: str) -> None:
    change = np.array([0, 2, 1, -1, 3, 1, 0, 1, 2], float)
    found = sign_flips(change, alternative, How(999))  # type: ignore[arg-type]
    assert found is not None
    sign = {"two-sided": np.abs, "greater": np.asarray, "less": np.negative}[alternative]
    ways = [
        stats.ttest_1samp(change * np.array(s), 0).statistic for s in product((1, -1), repeat=len(change))
    ]
    seen = stats.ttest_1samp(change, 0).statistic
    assert found.exact
    assert found.draws == 2**7
    assert found.statistic == pytest.approx(seen)
    assert found.p_value == pytest.approx(np.mean(sign(np.array(ways)) >= sign(seen) - 1e-9))
    assert found.smallest_p == pytest.approx((2 if alternative == "two-sided" else 1) / 2**7)


@pytest.mark.parametrize("measure", ["activities", "visits"])
def test_the_interval_is_that_of_a_paired_t_test(study: Study, measure: str) -> None:
    data = _random(study, 3)
    frame = data.attendance["club"].frame
    people = data.attendance["club"].people
    sums = [
        frame[frame["period"] == wave]
        .groupby("person")["times"]
        .agg("count" if measure == "activities" else "sum")
        for wave in WAVES
    ]
    before, after = (s.reindex(people, fill_value=0) for s in sums)
    for alternative, level in (("two-sided", 0.95), ("greater", 0.90)):
        found = _run(data, measure, alternative=alternative)
        expected = stats.ttest_rel(after, before).confidence_interval(level)
        assert found.low == pytest.approx(expected.low)
        assert found.high == pytest.approx(expected.high)
        assert found.level == pytest.approx(level)
    assert found.table["estimate"].tolist() == pytest.approx(
        [before.mean(), after.mean(), after.mean() - before.mean()]
    )


def test_false_alarms_are_as_rare_as_promised(study: Study) -> None:
    """Nothing changed: 5 of 100 at most, give or take the luck of 300 tries (standard error 1.3)."""
    rng, wrong = np.random.default_rng(5), 0
    for _ in range(300):
        before = rng.poisson(1.0, 40)
        change = (rng.poisson(1.0, 40) - before).astype(float)
        found = sign_flips(change, "two-sided", How(199, int(rng.integers(1e6))))
        wrong += found is not None and found.p_value <= 0.05
    assert 0.01 <= wrong / 300 <= 0.09


def test_what_cannot_be_computed_is_said(study: Study) -> None:
    none = _run(_data(study, [("c1", "x", "before", 1)], 12), "activities")
    assert np.isnan([none.estimate, none.low, none.p_value]).all()
    assert (none.verdict, none.reasons) == ("descriptive", ("undefined",))
    assert "fordi listen intet indeholder fra »before« eller fra »after«" in none.sentence("da")
    still = _run(_data(study, [("c1", "x", wave, 1) for wave in WAVES], 12), "activities")
    assert (still.estimate, still.verdict) == (0.0, "descriptive")
    few = _run(_data(study, [("c1", "x", "before", 1), ("c2", "x", "after", 1)], 9), "activities")
    assert "few_respondents" in few.reasons
    data = _data(study, [("c1", "x", "", 1)], 12)
    with pytest.raises(NetlearnError, match="with periods"):
        _run(data, "visits")
    with pytest.raises(NetlearnError, match="no attendance list 'other'"):
        run_attendance(data, Outcome("", "visits", WAVES, attendance="other"), How())


def test_staff_who_were_not_employed_did_not_stay_away(study: Study) -> None:
    """Of 14 staff c13 came later only and c14 left; c1 to c4 take part in one activity more, the rest in none."""
    rows = [(f"c{i}", "x", "after", 1) for i in (1, 2, 3, 4, 13)] + [("c14", "x", "before", 1)]
    others = _data(study, rows, 14)
    ids = [f"c{i}" for i in range(14, 0, -1)]  # another order than that of the list
    status = {wave: ["took_part"] * 14 for wave in WAVES}
    status["before"][ids.index("c13")] = "not_employed"
    status["after"][ids.index("c14")] = "not_employed"
    there = {wave: np.where(np.array(status[wave]) == "took_part", 0.0, np.nan) for wave in WAVES}
    ties = {wave: np.tile(there[wave][:, None], 14) for wave in WAVES}
    panel = Panel.from_arrays(ties, ["d"] * 14, ids=ids, status=status)  # type: ignore[arg-type]
    staff = {"club": replace(others.attendance["club"], staff=True)}
    found = _run(replace(others, panels={"contact": panel}, attendance=staff), "activities")
    assert found.n_people == 12
    assert (found.values, found.estimate) == ((0, pytest.approx(4 / 12)), pytest.approx(4 / 12))
    # A list of others is not touched by who is employed, nor is one of staff of whom nobody knows it.
    for data in (replace(others, panels={"contact": panel}), replace(others, attendance=staff)):
        assert _run(data, "activities").n_people == 14


def test_the_sentence_says_change_and_never_more(study: Study) -> None:
    rows = [(f"c{i}", "x", "after", 2) for i in range(1, 11)]
    data = _data(study, [*rows, ("c1", "x", "before", 2)], 20)
    found = _run(data, "visits")
    assert found.verdict == "changed"
    english, danish = found.sentence("en"), found.sentence("da")
    # 9 people of 20 came two times more.
    assert "on average a person came 0.9 more times in “after” than in “before” (95" in english
    assert "I gennemsnit kom en person 0,9 flere gange ved »after« end ved »before« (95" in danish
    assert "All 20 people on the list count" in english
    assert "Vurdering: Det har ændret sig." in danish
    assert "must" not in english
    assert "may not be called an effect" in english
    back = {"before": "after", "after": "before"}
    fewer = _run(
        _data(study, [(p, r, back[w], t) for p, r, w, t in [*rows, ("c1", "x", "before", 2)]], 20), "visits"
    )
    assert "0,9 færre gange ved »after« end ved »before« (ændring −0,9, 95" in fewer.sentence("da")


# -- the tables


def _part(data: StudyData) -> AttendancePart:
    part = part_attendance(data, How())
    assert part is not None
    return part


def _many(study: Study) -> StudyData:
    """Forty people: 20 come to brunch before, 12 of them and 14 newcomers after; 8 of these also to games (new)."""
    rows = [(f"c{i}", "brunch", "before", 2) for i in range(1, 21)]
    rows += [(f"c{i}", "brunch", "after", 1) for i in range(9, 35)]
    rows += [(f"c{i}", "games", "after", 3) for i in range(21, 29)]
    return _data(study, rows, 40)


def test_hand_computed_tables(study: Study) -> None:
    one = _part(_many(study)).lists[0]
    activities = one.activities.set_index(["period", "activity"])
    assert activities.loc[("before", ""), :].tolist() == [20, 40]
    assert activities.loc[("before", "games"), :].tolist() == [0, 0]
    assert activities.loc[("after", "brunch"), :].tolist() == [26, 26]
    assert activities.loc[("after", ""), :].tolist() == [26, 50]
    assert one.distribution["people"].tolist() == [20, 20, 0, 0, 14, 18, 8, 0]
    # 12 of the 20 who came before came after; of the 20 others 14.
    assert one.reach is not None
    assert one.reach[["people", "came"]].to_numpy().tolist() == [[20, 12], [20, 14]]
    assert one.meeting is not None
    assert one.meeting["share"].tolist() == pytest.approx([12 / 20, 14 / 20])
    # Everybody met everybody else who came: 20 x 19 / 2 and 26 x 25 / 2.
    assert one.pairs[["pairs", "others_met"]].to_numpy().tolist() == [[190, 19], [325, 25]]


@pytest.mark.parametrize("seed", range(6))
def test_tables_against_loops(study: Study, seed: int) -> None:
    data = _random(study, seed, n=60)
    listed, one = data.attendance["club"], _part(data).lists[0]
    rooms: dict[str, dict[str, set[str]]] = {w: {p: set() for p in listed.people} for w in WAVES}
    for row in listed.frame.itertuples():
        rooms[row.period][row.person].add(row.room)
    for wave in WAVES:
        met = sum(bool(rooms[wave][a] & rooms[wave][b]) for a, b in combinations(listed.people, 2))
        shown = one.pairs.set_index("period").loc[wave, "pairs"]
        assert np.isnan(shown) or shown == met
        for row in one.distribution[one.distribution["period"] == wave].itertuples():
            least, more = int(row.activities.rstrip("+")), row.activities.endswith("+")
            counted = sum(len(r) == least or (more and len(r) > least) for r in rooms[wave].values())
            assert np.isnan(row.people) or row.people == counted
    assert one.reach is not None
    new = [p for p in listed.people if not rooms["before"][p]]
    row = one.reach.iloc[1]
    expected = [len(new), sum(bool(rooms["after"][p]) for p in new)]
    assert np.isnan(row["came"]) or row[["people", "came"]].tolist() == expected


def _tables(data: StudyData) -> str:
    part = _part(data)
    return "\n".join(frame.to_csv() for frame in part.machine_tables().values())


def test_an_activity_of_few_is_hidden_with_one_more(study: Study) -> None:
    rows = [(f"c{i}", "food", w, 1) for i in range(1, 21) for w in WAVES]
    rows += [(f"c{i}", "games", w, 1) for i in range(10, 18) for w in WAVES]
    rows += [(f"c{i}", "choir", "after", 2) for i in range(1, 4)]
    one = _part(_data(study, rows, 40)).lists[0]
    shown = one.activities.set_index(["period", "activity"])
    assert shown.loc[("before", ["food", "games"]), "participants"].tolist() == [20, 8]
    # All visits after are 20 + 8 + 6: choir alone would be what remains.
    assert shown.loc[("after", ""), "visits"] == 34
    assert shown.loc[("after", ["choir", "games"]), :].isna().all(axis=None)
    assert shown.loc[("after", "food"), "visits"] == 20
    # Three of the choir come to two activities: 20 + 8 + 3 is no secret kept by this table.
    assert one.pairs["pairs"].isna().tolist() == [False, True]


def test_how_many_came_is_hidden_where_few_stayed_away(study: Study) -> None:
    """37 of 40 come: the three who do not would be told by any of these."""
    rows = [(f"c{i}", room, w, 1) for i in range(1, 38) for w in WAVES for room in ("x", "y")[: 1 + i % 2]]
    one = _part(_data(study, rows, 40)).lists[0]
    never = one.distribution[one.distribution["activities"] == "0"]["people"]
    assert never.isna().all()
    assert one.activities[one.activities["activity"] == ""]["participants"].isna().all()
    assert one.reach is not None
    assert one.reach[["people", "came"]].isna().all(axis=None)
    x = one.activities[one.activities["activity"] == "x"]
    assert x["participants"].isna().all()  # everybody who comes comes to x


def test_one_who_came_alone_is_not_told_by_the_difference(study: Study) -> None:
    data = _many(study)
    listed = data.attendance["club"]
    frame = pd.concat(
        [listed.frame, pd.DataFrame([("c40", "walk", "after", 1)], columns=listed.frame.columns)]
    )
    data = replace(data, attendance={"club": replace(listed, frame=frame)})
    one = _part(data).lists[0]
    assert one.reach is not None
    assert one.meeting is not None
    # 27 came and 26 met somebody.
    assert one.reach["came"].tolist() == [12, 15]
    assert one.meeting["met"].isna().all()


def test_lists_without_periods_and_lists_of_few(study: Study) -> None:
    part = _part(_data(study, [(f"c{i}", "x", "", 1) for i in range(1, 9)], 20))
    assert part.lists[0].compared is None
    assert part.lists[0].reach is None
    section = attendance_section(part, "da")
    assert len(section.tables) == 2
    assert section.texts[0].startswith("»Activities«: 20 personer kunne deltage.")
    assert part_attendance(_data(study, [("c1", "x", "", 1)], 4), How()) is None
    assert part_attendance(replace(_many(study), attendance={}), How()) is None


def test_the_section_tells_the_same_numbers(study: Study) -> None:
    part = _part(_many(study))
    english, danish = attendance_section(part, "en"), attendance_section(part, "da")
    assert "Of 20 who did not come in “before”, 14 (70" in english.texts[0]
    assert "Af 20, der ikke kom ved »before«, kom 14 (70" in danish.texts[0]
    assert (
        "var til samme aktivitet som i gennemsnit 19,0 andre ved »before« og 25,0 ved »after«"
        in danish.texts[0]
    )
    assert danish.texts[-1].startswith("Dette er en ændring over tid")
    assert danish.tables[0].rows[0] == ("Alle aktiviteter", "20", "40", "26", "50")
    assert danish.tables[2].rows[1] == ("Kom ikke", "20", "14", "70\N{NO-BREAK SPACE}%")
    assert not danish.small
    assert all(
        len(row) == len(table.columns) == len(table.numeric) for table in danish.tables for row in table.rows
    )
    assert set(part.machine_tables()) == {
        f"attendance-{name}" for name in ("activities", "distribution", "pairs", "reach", "meeting")
    }


def test_hidden_numbers_are_dashes_with_a_note(study: Study) -> None:
    rows = [(f"c{i}", "food", w, 1) for i in range(1, 21) for w in WAVES] + [("c1", "choir", "after", 2)]
    section = attendance_section(_part(_data(study, rows, 40)), "da")
    assert any("–" in row for table in section.tables for row in table.rows)
    assert section.small[0].startswith("–: færre end 5 personer")


# -- simulated lists


def test_simulated_attendance_has_the_chances_asked_for() -> None:
    """Without spread the share who come is the draw; after growth its odds are as many times larger."""
    people = [f"c{i}" for i in range(4000)]
    activities = {"food": Activity((8, 8), 0.3, 0.5), "games": Activity((0, 6), 0.2)}
    frame = simulate_attendance(people, activities, WAVES, seed=1, spread=0.0, growth=float(np.log(2)))
    counts = frame.groupby(["room", "period"]).size() / 4000
    assert set(counts.index) == {("food", "before"), ("food", "after"), ("games", "after")}
    odds = 2 * 0.3 / 0.7
    for key, chance in (
        (("food", "before"), 0.3),
        (("food", "after"), odds / (1 + odds)),
        (("games", "after"), 1 / 3),
    ):
        assert counts[key] == pytest.approx(chance, abs=0.03)
    food = frame[frame["room"] == "food"]["times"]
    assert food.between(1, 8).all()
    assert food.mean() == pytest.approx(1 + 7 * 0.5, abs=0.1)
    assert frame.equals(
        simulate_attendance(people, activities, WAVES, seed=1, spread=0.0, growth=float(np.log(2)))
    )


@pytest.mark.parametrize(
    "bad",
    [
        {"activities": {"x": Activity((1,), 0.5)}},
        {"activities": {"x": Activity((1, 1), 1.5)}},
        {"spread": -1.0},
        {"stability": 2.0},
    ],
)
def test_impossible_settings_are_refused(bad: dict[str, object]) -> None:
    given = {"activities": {"x": Activity((1, 1), 0.5)}} | bad
    with pytest.raises(NetlearnError):
        simulate_attendance(["a"], periods=WAVES, seed=1, **given)  # type: ignore[arg-type]


def test_who_came_again_is_told_beside_who_was_reached(study: Study) -> None:
    # 20 came before; of them 12 came again (c9-c20), and of the 20 others 14 came.
    danish = attendance_section(_part(_many(study)), "da")
    assert "Af 20, der kom, kom 12 (60\N{NO-BREAK SPACE}%) igen." in danish.texts[0]
    assert "Alle, der kom, deltog sammen med andre." in danish.texts[0]
    assert "der ikke mødte nogen" not in danish.texts[0]  # it would say the same again
    assert [row[0] for row in danish.tables[2].rows] == ["Kom", "Kom ikke"]
    assert danish.tables[2].columns[2] == "Kom ved »after«"
