"""The shipped study: rebuilt to the byte, shaped as it says, and its planted change is covered."""

import csv
import json
import subprocess
import sys
import tomllib
from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binom

from netlearn.analysis.compare import compare
from netlearn.analysis.data import How
from netlearn.analysis.exposure_part import run_exposure
from netlearn.planning.simulate import simulate
from netlearn.planning.worlds import World
from netlearn.study.findings import Findings
from netlearn.study.plan import read_study
from netlearn.study.planned import Outcome
from netlearn.survey.attendance import read_attendance
from netlearn.survey.reader import read_panel, read_roster
from netlearn.survey.table import Tables

ROOT = Path(__file__).resolve().parents[1]
STUDY = ROOT / "data" / "cbu-aalborg"
SCRIPT = ROOT / "data" / "make" / "cbu_aalborg.py"
WAVES = {"before": date(2021, 1, 18), "midway": date(2021, 6, 14), "after": date(2021, 12, 6)}


@pytest.fixture(scope="module")
def script():
    """The script as a module."""
    sys.path.insert(0, str(SCRIPT.parent))
    try:
        import cbu_aalborg
    finally:
        sys.path.remove(str(SCRIPT.parent))
    return cbu_aalborg


@pytest.fixture(scope="module")
def shipped(script):
    return script.draw(np.random.SeedSequence(script.SEED))


@pytest.fixture(scope="module")
def study():
    return read_study(STUDY)


def rows(name):
    with (STUDY / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def employed(label):
    day = WAVES[label].isoformat()
    return [p for p in rows("roster.csv") if (p["start"] or day) <= day <= (p["end"] or day)]


def answers(label, relation):
    """For each response: {code: answer} of one relation."""
    mark = f"{relation}["
    return [
        {key[len(mark) : -1]: value for key, value in row.items() if key.startswith(mark)}
        for row in rows(f"survey_{label}.csv")
    ]


def test_the_script_rebuilds_the_folder_byte_for_byte(tmp_path):
    subprocess.run([sys.executable, str(SCRIPT), "--out", str(tmp_path)], check=True)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    # Folders are not shipped: `out` is there once somebody has run the study.
    files = [path for path in STUDY.iterdir() if path.is_file() and not path.name.startswith(".")]
    shipped = {path.name: path.read_bytes() for path in files}
    assert made == shipped
    assert not any(b"\r" in content for content in made.values())


@pytest.mark.parametrize("relation", ["contact", "knows_task", "advice"])
def test_what_is_read_is_what_was_simulated(relation, script, shipped, study):
    read = read_panel(study, relation)
    simulated = script.study_data(study, shipped).panels[relation]
    assert read.ids == simulated.ids
    assert read.group_names == simulated.group_names
    assert (read.groups == simulated.groups).all()
    assert (read.statuses == simulated.statuses).all()
    for seen, drawn in zip(read.waves, simulated.waves, strict=True):
        np.testing.assert_array_equal(seen.levels, drawn.levels)
        assert (seen.states == drawn.states).all()


@pytest.mark.parametrize("relation", ["contact", "knows_task", "advice"])
def test_what_is_simulated_is_what_was_drawn(relation, shipped, study):
    # From the world's panel and the codes of the roster, without the functions that make the data.
    staff, made, findings = shipped.staff, shipped.made, Findings()
    panel, roster = read_panel(study, relation), read_roster(study, Tables(study, findings), findings)
    place = [staff.ids.index(person) for person in sorted(roster.by_id, key=roster.by_id.get)]
    for label in WAVES:
        there = staff.employed(label)[place]
        expected = made[relation].panel.wave(label).levels[np.ix_(place, place)]
        seen = panel.wave(label).levels
        observed = ~np.isnan(seen)
        assert (seen[observed] == expected[observed]).all()
        possible = np.outer(there, there) & ~np.isnan(expected) & ~np.eye(146, dtype=bool)
        assert not (observed & ~possible).any()
        # Four people stop early, three leave an end blank, and at most 2 % of the rest is "don't know".
        assert observed.sum() > 0.92 * possible.sum()


@pytest.mark.parametrize("name", ["grupper", "makkere", "moduler"])
def test_rooms_that_are_read_are_those_that_were_dealt(name, script, shipped, study):
    read, simulated = read_attendance(study, name), script.study_data(study, shipped).attendance[name]
    assert (read.name, read.people, read.staff) == (simulated.name, simulated.people, simulated.staff)
    pd.testing.assert_frame_equal(read.frame, simulated.frame, check_dtype=False)


def test_the_exports_are_moderate_in_size():
    assert sum((STUDY / f"survey_{label}.csv").stat().st_size for label in WAVES) < 1_500_000


def test_the_roster_holds_joiners_leavers_movers_and_namesakes():
    people = rows("roster.csv")
    assert len(people) == len({p["id"] for p in people}) == len({p["token"] for p in people}) == 146
    assert len({p["name"] for p in people}) == 145
    assert sum(p["start"] != "" for p in people) == 6
    assert sum(p["end"] != "" for p in people) == 6
    moved = [p for p in people if p["department_midway"] or p["department_after"]]
    assert len(moved) == 2
    assert all((p["department_midway"] or p["department_after"]) != p["department"] for p in moved)
    assert all(letter in "".join(p["name"] for p in people) for letter in "æøåØ")


@pytest.mark.parametrize("label", WAVES)
def test_140_people_in_nine_functions_of_eight_or_more_at_any_time(label):
    there = employed(label)
    functions = {p["department"] for p in there}
    assert len(there) == 140
    assert len(functions) == 9
    assert min(sum(p["department"] == f for p in there) for f in functions) >= 8


@pytest.mark.parametrize("label", WAVES)
def test_between_12_and_25_percent_are_silent(label):
    tokens = [row["token"] for row in rows(f"survey_{label}.csv")]
    answered = [t for t, a in zip(tokens, answers(label, "contact"), strict=True) if any(a.values())]
    assert len(set(tokens)) == len(tokens)
    assert set(tokens) <= {p["token"] for p in employed(label)}
    assert 0.12 <= 1 - len(answered) / 140 <= 0.25


def test_the_silent_are_less_connected():
    # People who ever were silent name fewer colleagues when they answer than those who always answered.
    degree = {}
    for label in WAVES:
        for row, contact in zip(rows(f"survey_{label}.csv"), answers(label, "contact"), strict=True):
            if any(contact.values()):
                named = sum(v in {"A1", "A2", "A3", "A4"} for v in contact.values())
                degree.setdefault(row["token"], []).append(named)
    always = [np.mean(d) for d in degree.values() if len(d) == 3]
    sometimes = [np.mean(d) for d in degree.values() if len(d) < 3]
    assert np.mean(always) > np.mean(sometimes)


@pytest.mark.parametrize("label", WAVES)
def test_the_columns_are_the_people_employed_and_the_own_cell_is_blank(label):
    ids = {p["id"] for p in employed(label)}
    own = {p["token"]: p["id"] for p in rows("roster.csv")}
    tokens = [row["token"] for row in rows(f"survey_{label}.csv")]
    for relation, codes in {
        "contact": {"A0", "A1", "A2", "A3", "A4", "A9"},
        "knows_task": {"Y", "N", "U"},
        "advice": {"Y"},
    }.items():
        given = answers(label, relation)
        assert set(given[0]) == (ids | {"NONE"} if relation == "advice" else ids)
        assert {value for answer in given for value in answer.values()} == codes | {""}
        assert all(answer[own[token]] == "" for token, answer in zip(tokens, given, strict=True))


@pytest.mark.parametrize("label", WAVES)
def test_some_stop_after_the_first_page_and_some_leave_the_end_blank(label):
    responses = rows(f"survey_{label}.csv")
    contact = answers(label, "contact")
    stopped = [r for r in responses if r["lastpage"] == "1"]
    assert len(stopped) == 4
    assert all(r["submitdate"] == "" for r in stopped)
    assert sum(1 < list(c.values()).count("") < 140 for c in contact) == 3
    assert sum(not any(c.values()) for c in contact) == (1 if label == "midway" else 0)


def test_whoever_reached_the_last_page_named_somebody_or_nobody():
    for label in WAVES:
        for row, advice in zip(rows(f"survey_{label}.csv"), answers(label, "advice"), strict=True):
            named = [code for code, value in advice.items() if value == "Y" and code != "NONE"]
            assert (advice["NONE"] == "Y") == (row["lastpage"] == "3" and not named)


def test_truth_is_the_planted_change():
    relations = json.loads((STUDY / "truth.json").read_text(encoding="utf-8"))["relations"]
    changes = {name: r["expected_change"] for name, r in relations.items()}
    # An open cross cell (1 - 0.05 of them) forms a tie with chance 0.017; half of that by midway.
    assert changes["contact"]["before -> after"]["cross_density"] == pytest.approx(0.95 * 0.017)
    assert changes["contact"]["before -> midway"]["cross_density"] == pytest.approx(0.95 * 0.0085, abs=1e-6)
    assert 1.5 < changes["contact"]["before -> after"]["cross_out_degree"] < 2.5
    assert changes["knows_task"]["before -> after"]["cross_density"] == pytest.approx(0.88 * 0.008)
    assert set(changes["advice"]["before -> after"].values()) == {0.0}


def rooms(kind):
    """Who was in which room of a kind, and the survey that came next."""
    found = {}
    for row in rows("rooms.csv"):
        if row["kind"] == kind:
            found.setdefault((row["room"], row["wave"]), set()).add(row["id"])
    return found


def test_the_rooms_of_the_year_are_those_of_the_article():
    seen = Counter(row["kind"] for row in {(r["kind"], r["room"]): r for r in rows("rooms.csv")}.values())
    assert seen == {
        "læringsdag": 2,
        "workshop": 1,
        "onlinemodul": 4,
        "gruppe": 20,
        "partner": 3 * 70,
        "ledelsesdag": 4,
        "administrativ workshop": 1,
        "delområdemøde": 3 * 4,
    }
    listed = [(r["id"], r["room"]) for r in rows("rooms.csv")]
    assert len(listed) == len(set(listed))
    assert {r["wave"] for r in rows("rooms.csv")} == {"midway", "after"}


def test_nobody_is_in_a_room_of_a_half_year_in_which_they_were_not_employed():
    ends = dict(zip(("before", "midway", "after"), WAVES.values(), strict=True))
    halves = {later: (ends[first], ends[later]) for first, later in pairwise(ends)}
    people = {p["id"]: p for p in rows("roster.csv")}
    for row in rows("rooms.csv"):
        person, (begin, end) = people[row["id"]], halves[row["wave"]]
        assert (person["start"] or "0") <= end.isoformat()
        assert begin.isoformat() <= (person["end"] or "9")


def test_nearly_all_came_to_what_was_for_all_and_about_half_to_the_online_modules():
    for kind, low, high in (("læringsdag", 0.9, 1), ("workshop", 0.85, 1), ("onlinemodul", 0.45, 0.75)):
        assert all(low < len(people) / 140 < high for people in rooms(kind).values())
    for room in rooms("ledelsesdag").values():
        assert 3 <= len(room) <= 5


def test_leaders_and_secretaries_are_those_of_their_function():
    functions = {p["id"]: p["department"] for p in rows("roster.csv")}
    leaders = set().union(*rooms("ledelsesdag").values())
    office = set().union(*rooms("administrativ workshop").values())
    assert len(leaders) == 5
    assert not leaders & office
    assert {functions[p] for p in leaders | office} == {"Sekretærer og ledelse"}


def test_everybody_has_one_learning_group_and_groups_mix_functions():
    functions = {p["id"]: p["department"] for p in rows("roster.csv")}
    members = {}
    for (room, _), people in rooms("gruppe").items():
        members.setdefault(room, set()).update(people)
    assert sorted(person for people in members.values() for person in people) == sorted(functions)
    there = {p["id"] for p in employed("before")}
    for people in members.values():
        mix = Counter(functions[person] for person in people)
        assert len(people) in (7, 8)
        assert 5 <= len(people & there) <= 8  # a seat or two wait for those who come later
        assert max(mix.values()) <= 2
        assert len(mix) >= 5


def test_partners_are_pairs_that_change_in_each_of_three_rounds():
    pairs = rooms("partner")
    assert all(len(pair) == 2 for pair in pairs.values())
    assert len({frozenset(pair) for pair in pairs.values()}) == 210
    halves = {}
    for room, half in pairs:
        halves.setdefault(room.split(",")[0], set()).add(half)
    assert halves == {"runde 1": {"midway"}, "runde 2": {"midway"}, "runde 3": {"after"}}
    for name in halves:
        people = [person for (room, _), pair in pairs.items() if room.startswith(name) for person in pair]
        assert len(people) == len(set(people)) == 140


def test_the_lot_gives_any_two_people_the_same_chance_to_be_partners(script):
    from cbu_rooms import draw_rooms

    group = script.RELATIONS["contact"].group
    everybody = np.ones(146, bool)
    count, met = 200, np.zeros((146, 146))
    for k in range(count):
        pairs = {}
        for row in draw_rooms(list(script.FUNCTIONS), group, lambda _: everybody, np.random.default_rng(k)):
            if row.kind == "partner":
                pairs.setdefault(row.room, []).append(row.person)
        for one, other in pairs.values():
            met[one, other] += 1
            met[other, one] += 1
    inside = (group[:, None] == group) & ~np.eye(146, dtype=bool)
    # Three of 145 colleagues; 200 lots of some 24 pairs within functions leave an error of about 1.5 % of the mean.
    assert met[inside].mean() / count == pytest.approx(3 / 145, rel=0.06)
    assert met.sum() / count == 6 * 73


def test_claims_name_outcomes_of_the_plan(study):
    claims = tomllib.loads((STUDY / "claims.toml").read_text(encoding="utf-8"))["claims"]
    names = {outcome.name for outcome in (study.primary, *study.secondary)}
    assert {claim["outcome"] for claim in claims if "outcome" in claim} <= names
    assert all(("outcome" in claim) != ("because" in claim) for claim in claims)
    assert 5 <= len(claims) <= 7


def test_truth_tells_what_is_expected_of_every_planned_outcome(study):
    told = json.loads((STUDY / "truth.json").read_text(encoding="utf-8"))
    assert list(told["outcomes"]) == [outcome.name for outcome in (study.primary, *study.secondary)]
    expected = {name: value["expected"] for name, value in told["outcomes"].items()}
    # A planted chance, times the open cells, times the colleagues elsewhere that a person answered about both times.
    for name, relation, last, chance in (
        ("kontakt", "contact", "after", 0.95 * 0.017),
        ("kontakt_midtvejs", "contact", "midway", 0.95 * 0.0085),
        ("kendskab", "knows_task", "after", 0.88 * 0.008),
    ):
        panel = read_panel(study, relation)
        seen = panel.wave("before").observed & panel.wave(last).observed
        across = seen & (panel.group("before")[:, None] != panel.group("before"))
        colleagues = across.sum() / seen.any(axis=1).sum()
        assert expected[name] == pytest.approx(chance * colleagues, rel=0.02)
    assert expected["faglige_raad"] == expected["makkere"] == 0


def test_further_years_are_told_apart_by_what_was_planted(script):
    names = {outcome.name for outcome in (read_study(STUDY).primary, *read_study(STUDY).secondary)}
    assert set(script.truths()) == names
    (planted,), (plain,) = (list(script.studies(1, 5, planted=there)) for there in (True, False))
    assert planted.study.title == plain.study.title
    for wave in ("before", "after"):
        more = [data.panels["contact"].n_ties(wave) for data in (plain, planted)]
        assert (more[0] < more[1]) == (wave == "after")


def test_the_chances_are_those_of_the_simulation(script):
    import cbu_truth

    # Thirty worlds without people's non-response: the ties of each wave are as many as the chances say.
    world = replace(script.RELATIONS["contact"], nonresponse=(0.0, 0.0, 0.0))
    found, told = np.zeros(3), np.zeros(3)
    for luck in np.random.SeedSequence(3).spawn(30):
        panel = simulate(world, luck).panel
        for at, chance in enumerate(cbu_truth.tie_chances(world, luck)):
            found[at] += panel.waves[at].ties.sum()
            told[at] += chance[~np.eye(world.n, dtype=bool)].sum()
    # About 1,600 ties in each; ties of a pair hang together, so the error is a little over 1 / sqrt(48,000).
    np.testing.assert_allclose(found, told, rtol=0.02)


def test_the_rooms_do_nothing_to_ties(script, shipped, study):
    luck = np.random.SeedSequence(script.SEED)
    plain = script.draw(luck, planted=False)
    assert plain.rooms == shipped.rooms
    assert plain.staff == shipped.staff
    for name in shipped.made:
        first, second = (drawn.made[name].complete.wave("after").ties for drawn in (plain, shipped))
        gained, cross = second & ~first, script.RELATIONS[name].group[:, None] != script.RELATIONS[name].group
        assert not (first & ~second).any()
        assert not (gained & ~cross).any()
        assert gained.any() == (name != "advice")


@pytest.mark.parametrize("name", ["grupper", "makkere"])
def test_the_shipped_rooms_are_typical_of_rooms_that_do_nothing(name, script, shipped, study):
    data = script.study_data(study, shipped)
    found = run_exposure(data, plain_outcome(name), How(draws=199, seed=1))
    assert found.verdict == "undecided"
    assert abs(found.estimate) < (found.high - found.low) / 4  # a standard error


def plain_outcome(name):
    return Outcome("contact", "shared_rooms", ("before", "after"), attendance=name)


def test_rooms_dealt_anew_are_found_to_matter_at_the_nominal_rate(script, shipped, study):
    from cbu_rooms import draw_rooms

    group, staff, count = script.RELATIONS["contact"].group, shipped.staff, 25
    found = {"grupper": 0, "makkere": 0}
    for k in range(count):
        dealt = draw_rooms(list(script.FUNCTIONS), group, staff.employed_on, np.random.default_rng(100 + k))
        data = script.study_data(study, replace(shipped, rooms=dealt))
        for name in found:
            found[name] += run_exposure(data, plain_outcome(name), How(draws=59, seed=k)).p_value <= 0.05
    # Were it 5 %, more would be found once in 500 times.
    assert max(found.values()) <= binom.ppf(0.998, count, 0.05)


@pytest.mark.parametrize(
    ("relation", "measure"),
    [
        ("contact", "cross_density"),
        ("contact", "ei_index"),
        ("contact", "cross_log_odds"),
        ("advice", "cross_density"),
    ],
)
def test_the_default_interval_covers_the_planted_change_at_the_nominal_rate(relation, measure):
    relations = json.loads((STUDY / "truth.json").read_text(encoding="utf-8"))["relations"]
    world = World(**relations[relation]["model"])
    truth, count = world.truth()[measure], 200
    covered = 0
    for luck in np.random.SeedSequence(2022).spawn(count):
        change = compare(simulate(world, luck).panel, measure, draws=0)
        covered += change.low <= truth <= change.high
    # Were the coverage 95 %, the count would fall outside these bounds once in 500 times.
    low, high = binom.ppf([0.001, 0.999], count, 0.95)
    assert low <= covered <= high
