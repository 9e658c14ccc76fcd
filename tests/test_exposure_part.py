"""Shared rooms of attendance lists: the same numbers as `compare_exposure`, honest words, and nothing of few people."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import studies

from netlearn import Panel, compare_exposure, read_study
from netlearn.analysis.data import How, StudyData
from netlearn.analysis.exposure_part import (
    ExposurePart,
    part_exposure,
    people_by_rooms,
    run_exposure,
)
from netlearn.analysis.outcome_result import OutcomeResult
from netlearn.analysis.shared_rooms import SharedRooms, without_few
from netlearn.errors import NetlearnError
from netlearn.report.section_exposure import exposure_section
from netlearn.study.plan import Study
from netlearn.study.planned import Outcome
from netlearn.survey.attendance import AttendanceList

PLAN = '\n[[attendance]]\nname = "rooms"\ntitle = "Learning rooms"\nfile = "rooms.csv"\nperiod = "period"\n'
N = 24


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    files = studies.grid() | {"rooms.csv": "person,room,period\na1,r,before\n"}
    files["study.toml"] += PLAN
    return read_study(studies.write(Path(tmp_path_factory.mktemp("s")) / "study", files))


def _panel(seed: int, extra: float = 0.0, n: int = N) -> tuple[Panel, np.ndarray]:
    """People in pairs dealt at random; pairs who shared a room form a tie with probability `extra` more."""
    rng = np.random.default_rng(seed)
    before, after = (rng.random((2, n, n)) < [[[0.2]], [[0.25]]]).astype(float)
    room = rng.permutation(np.repeat(np.arange(n // 4), 4))
    met = room[:, None] == room
    after[met & (rng.random((n, n)) < extra)] = 1
    area = ["east" if i % 2 else "west" for i in range(n)]
    group = [f"D{i % 4}" for i in range(n)]
    return Panel.from_arrays({"before": before, "after": after}, group, attributes={"area": area}), room


def _data(
    study: Study, panel: Panel, room: np.ndarray, *, people: int | None = None, **plan: object
) -> StudyData:
    rows = [(panel.ids[i], f"r{room[i]}", "before", 1) for i in range(people or panel.n)]
    frame = pd.DataFrame(rows, columns=["person", "room", "period", "times"])
    listed = AttendanceList("rooms", frame, panel.ids[: people or panel.n], staff=True)
    planned = replace(study, attendance=(replace(study.attendance[0], **plan),))  # type: ignore[arg-type]
    return StudyData(planned, {"contact": panel}, attendance={"rooms": listed})


def _run(data: StudyData, **other: object) -> SharedRooms:
    outcome = Outcome("contact", "shared_rooms", ("before", "after"), attendance="rooms")
    return run_exposure(data, replace(outcome, **other), How(199, 3))  # type: ignore[arg-type]


def _square(room: np.ndarray) -> np.ndarray:
    return (room[:, None] == room).astype(float)


@pytest.mark.parametrize("assigned", [False, True])
def test_the_result_is_that_of_compare_exposure(study: Study, assigned: bool) -> None:
    panel, room = _panel(1, 0.3)
    found = _run(_data(study, panel, room, assigned=assigned), alternative="greater", alpha=0.1)
    direct = compare_exposure(
        panel, _square(room), assigned=assigned, draws=199, seed=3, alternative="greater", alpha=0.1
    )
    row = direct.row("regression", "later_tie")
    assert [found.estimate, found.low, found.high] == pytest.approx(
        [row["estimate"], row["low"], row["high"]]
    )
    p = direct.redrawn.p_value if direct.redrawn is not None else row["p_value"]
    assert found.p_value == pytest.approx(p)
    assert (found.n_people, found.n_dyads, found.alpha) == (N, N * (N - 1) // 2, 0.1)
    assert found.scale == (1.0, "points")
    assert found.table.loc[0, "wave"] == "before -> after"


def test_alpha_moves_the_interval_and_no_other_number() -> None:
    panel, room = _panel(2)
    wide, narrow = (
        compare_exposure(panel, _square(room), draws=19, alpha=alpha).row("regression", "later_tie")
        for alpha in (0.01, 0.2)
    )
    assert wide["low"] < narrow["low"] < narrow["estimate"] < narrow["high"] < wide["high"]
    assert wide["p_value"] == narrow["p_value"]
    with pytest.raises(NetlearnError, match="alpha must lie between"):
        compare_exposure(panel, _square(room), alternative="less", alpha=0.5)


def test_strata_come_from_the_roster(study: Study) -> None:
    panel, room = _panel(3)
    for name, labels in (("area", panel.attributes["area"]), ("department", panel.group().tolist())):
        found = _run(_data(study, panel, room, strata=name))
        direct = compare_exposure(panel, _square(room), strata=labels, draws=19).row(
            "regression", "later_tie"
        )
        assert found.estimate == pytest.approx(direct["estimate"])
    with pytest.raises(NetlearnError, match="nothing is known of 'shift'"):
        _run(_data(study, panel, room, strata="shift"))


def test_rooms_count_by_period_and_up_to_the_later_wave() -> None:
    panel = Panel.from_arrays({w: np.zeros((4, 4)) for w in ("w0", "w1", "w2")}, list("aabb"))
    ids = panel.ids
    rows = [(ids[0], "r", "w0", 1), (ids[1], "r", "w1", 2), (ids[2], "r", "w1", 1), (ids[2], "s", "w2", 1)]
    frame = pd.DataFrame(rows, columns=["person", "room", "period", "times"])
    listed = AttendanceList("x", frame, ids[:3], staff=True)
    made = people_by_rooms(listed, panel, panel.labels, "w1")
    met = [(made[i] * made[j]).sum() for i, j in ((0, 1), (1, 2), (0, 2))]
    assert met == [0, 1, 0]
    assert np.isnan(made[3]).all()
    assert made.shape[1] != panel.n
    assert people_by_rooms(listed, panel, panel.labels, "w2")[2].sum() == 2
    whole = replace(listed, frame=frame.assign(period=""))
    assert people_by_rooms(whole, panel, panel.labels, "w0")[2].sum() == 2
    with pytest.raises(NetlearnError, match="not in the panel"):
        people_by_rooms(replace(listed, frame=frame.assign(person="x")), panel, panel.labels, "w1")


def test_people_who_are_not_on_the_list_are_left_out_not_alone(study: Study) -> None:
    panel, room = _panel(4, n=28)
    found = _run(_data(study, panel, room, people=24))
    assert found.n_people == 24
    assert found.found is not None
    assert found.found.n_unknown == 4


def test_words_of_chance_and_of_choice(study: Study) -> None:
    panel, room = _panel(5, 0.6)
    chosen, dealt = (_run(_data(study, panel, room, assigned=a)) for a in (False, True))
    assert (chosen.verdict, dealt.verdict) == ("associated", "changed")
    for language, effect, together in (
        ("en", "had an effect", "go together"),
        ("da", "havde en effekt", "følges ad"),
    ):
        assert effect in dealt.sentence(language)
        assert "effe" not in chosen.sentence(language)
        assert together in chosen.sentence(language)
        assert "Learning rooms" in chosen.sentence(language)
    panel, room = _panel(6)
    for assigned, text in (
        (False, "kan ikke afgøres ud fra disse svar"),
        (True, "effekt at være sammen, kan ikke afgøres"),
    ):
        found = _run(_data(study, panel, room, assigned=assigned))
        assert found.verdict == "undecided"
        assert text in found.sentence("da")


def test_what_cannot_be_compared_describes_only(study: Study) -> None:
    panel, room = _panel(7)
    none = _run(_data(study, panel, np.arange(N)))
    assert (none.verdict, none.reasons, none.n_people) == ("descriptive", ("undefined",), 0)
    assert np.isnan([none.estimate, none.p_value]).all()
    assert "kan ikke beregnes" in none.sentence("da")
    small, seats = _panel(8, n=8)
    few = _run(_data(study, small, seats))
    assert few.verdict == "descriptive"
    assert "few_respondents" in few.reasons
    assert "Vurdering: Tallene beskriver" in few.sentence("da")
    with pytest.raises(NetlearnError, match="no attendance list of staff is named 'partners'"):
        _run(_data(study, panel, room), attendance="partners")


def test_false_alarms_where_rooms_are_dealt_and_do_nothing(study: Study) -> None:
    """Rooms dealt by chance that do nothing: at most 5 of 100, give or take the luck of 100 tries."""
    outcome = Outcome("contact", "shared_rooms", ("before", "after"), attendance="rooms")
    wrong = 0
    for seed in range(100):
        panel, room = _panel(100 + seed, n=16)
        wrong += (
            run_exposure(_data(study, panel, room, assigned=True), outcome, How(39, seed)).verdict
            == "changed"
        )
    assert wrong <= 13


# -- the part and its section


def _part(data: StudyData) -> ExposurePart:
    part = part_exposure(data, How(99, 1))
    assert part is not None
    return part


def test_the_part_tells_rooms_and_pairs(study: Study) -> None:
    panel, room = _panel(9)
    titled = replace(
        study, waves=tuple(replace(w, title=t) for w, t in zip(study.waves, ("Start", "Slut"), strict=True))
    )
    one = _part(_data(titled, panel, room)).lists[0]
    # Six rooms of four people: 6 x 6 pairs.
    assert one.rooms.iloc[0].tolist() == [6, 24, 4, 36]
    assert one.result.waves == ("Start", "Slut")
    assert "ved »Slut«" in one.result.sentence("da")


def test_a_planned_outcome_is_told_as_it_came_out_given_holm(study: Study) -> None:
    panel, room = _panel(5, 0.6)
    plan = Outcome("contact", "shared_rooms", ("before", "after"), "greater", attendance="rooms", alpha=0.1)
    data = _data(replace(study, secondary=(plan,)), panel, room)
    ran = run_exposure(data, plan, How(99, 1))
    for p_holm, said, left in ((0.01, True, "Holms"), (0.5, False, "følges ad; hvad")):
        part = part_exposure(data, How(99, 1), (OutcomeResult("secondary", plan, ran, p_holm),))
        assert part is not None
        one = part.lists[0]
        assert one.result.found is ran.found
        assert one.result.alpha == 0.1
        text = " ".join(exposure_section(part, "da").texts)
        assert ("følges ad; hvad" in text) == said
        assert ("(Holms korrektion)" in text) != said
        assert left not in text


def test_a_list_in_no_planned_outcome_gets_no_verdict(study: Study) -> None:
    panel, room = _panel(5, 0.6)
    part = _part(_data(study, panel, room))
    assert part.lists[0].result.p_value <= 0.05
    for language, said, word in (
        ("da", "Ikke planlagt som udfald: ingen vurdering.", "Vurdering:"),
        ("en", "Not planned as an outcome: no verdict.", "Verdict:"),
    ):
        text = " ".join(exposure_section(part, language).texts)  # type: ignore[arg-type]
        assert said in text
        assert word not in text


def test_no_lists_no_part(study: Study) -> None:
    panel, room = _panel(11)
    data = _data(study, panel, room)
    assert part_exposure(replace(data, attendance={}), How()) is None
    assert part_exposure(replace(data, panels={}), How()) is None
    assert part_exposure(_data(study, panel, room, of="others"), How()) is None


def test_the_section_shows_the_counts(study: Study) -> None:
    panel, room = _panel(12)
    part = _part(_data(study, panel, room))
    found = part.lists[0].result.found
    assert found is not None
    section = exposure_section(part, "da")
    assert section.heading == "Hvem der var sammen, og nye forbindelser"
    rooms, groups, dose = section.tables
    assert rooms.rows[0] == ("Learning rooms", "6", "24", "4,0", "36", "ikke lodtrækning")
    together = found.groups.iloc[0]
    assert groups.rows[0][:3] == ("Var sammen", f"{together['open']:.0f}", f"{together['formed']:.0f}")
    assert groups.rows[2][1:3] == ("", "")
    assert [row[:2] for row in dose.rows] == [("0", "240"), ("1", "36")]
    for table in section.tables:
        assert all(len(row) == len(table.columns) == len(table.numeric) for row in table.rows)
    assert [text.split(":")[0] for text in section.small] == ["Vægtet"]
    made = part.machine_tables()
    assert set(made) == {f"shared-rooms{name}" for name in ("", "-groups", "-dose", "-estimates")}
    assert not any(
        column.endswith("_people") for frame in made.values() for column in frame if column != "n_people"
    )


def test_counts_of_few_people_are_left_out(study: Study) -> None:
    """One pair shares two rooms: what they did stands nowhere, and is not what remains of the others."""
    panel, room = _panel(13)
    data = _data(study, panel, room)
    listed = data.attendance["rooms"]
    pair = [panel.ids[i] for i in np.flatnonzero(room == 0)[:2]]
    more = pd.DataFrame([(p, "extra", "after", 1) for p in pair], columns=listed.frame.columns)
    both = pd.concat([listed.frame, more], ignore_index=True)
    part = _part(replace(data, attendance={"rooms": replace(listed, frame=both)}))
    found = part.lists[0].result.found
    assert found is not None
    assert (
        found.dose.loc[1:2, ["n_dyads", "open", "formed", "ties", "dissolved", "formation"]]
        .isna()
        .all(axis=None)
    )
    assert found.dose.loc[0, "open"] > 0
    assert np.isfinite(found.groups.loc[0, "open"])
    section = exposure_section(part, "da")
    assert section.small[-1].startswith("–: færre end 5")
    assert section.tables[2].rows[2] == ("2", *("–",) * 7)


def test_a_group_with_few_people_behind_its_ties_is_hidden_everywhere(study: Study) -> None:
    """Of pairs together only two people had ties before: how many ended is told neither in tables nor in words."""
    n = 24
    room = np.repeat(np.arange(6), 4)
    before, after = np.zeros((n, n)), np.zeros((n, n))
    rng = np.random.default_rng(1)
    apart = room[:, None] != room
    before[apart & (rng.random((n, n)) < 0.2)] = 1
    after[rng.random((n, n)) < 0.3] = 1
    before[0, 1] = before[1, 2] = 1
    panel = Panel.from_arrays({"before": before, "after": after}, [f"D{i % 4}" for i in range(n)])
    one = _part(_data(study, panel, room)).lists[0]
    found = one.result.found
    assert found is not None
    assert found.groups[["ties", "dissolved", "dissolution"]].isna().all(axis=None)
    assert found.dose[["ties", "dissolved", "n_dyads"]].isna().all(axis=None)
    assert found.groups.loc[0, "formation"] > 0
    assert "fra før ophørte" not in one.result.sentence("da")
    assert "nye forbindelser opstod" in one.result.sentence("da")


def test_nothing_is_left_out_where_many_stand_behind_all() -> None:
    panel, room = _panel(14)
    found = compare_exposure(panel, _square(room), draws=19)
    shown = without_few(found, 5)
    pd.testing.assert_frame_equal(shown.groups, found.groups, check_dtype=False)
    pd.testing.assert_frame_equal(shown.dose, found.dose, check_dtype=False)


@pytest.mark.parametrize("directed", [True, False])
def test_people_behind_the_counts_are_those_who_answered(directed: bool) -> None:
    """Ties before: A to B and A to C (together), D to E (apart): one person, or three and two if nobody sends."""
    before = np.zeros((6, 6))
    before[0, 1] = before[0, 2] = before[3, 5] = 1
    if not directed:
        before = before + before.T
    panel = Panel.from_arrays({"before": before, "after": before}, list("abcabc"), directed=directed)
    found = compare_exposure(panel, [[1, 0], [1, 0], [1, 0], [0, 1], [0, 1], [0, 0]], draws=19)
    assert found.groups["ties_people"].tolist()[:2] == ([1, 1] if directed else [3, 2])
    assert found.dose["ties_people"].tolist()[:2] == ([1, 1] if directed else [2, 3])
