"""The shipped study: rebuilt to the byte, shaped as it says, and its planted change is covered."""

import csv
import importlib
import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import binom

from netlearn.analysis.compare import compare
from netlearn.planning.simulate import simulate
from netlearn.planning.worlds import World
from netlearn.study.findings import Findings
from netlearn.study.plan import read_study
from netlearn.survey.reader import read_panel, read_roster
from netlearn.survey.table import Tables

ROOT = Path(__file__).resolve().parents[1]
STUDY = ROOT / "data" / "cbu-aalborg"
WAVES = {"before": date(2021, 1, 18), "midway": date(2021, 6, 14), "after": date(2021, 12, 6)}


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
    script = ROOT / "data" / "make" / "cbu_aalborg.py"
    subprocess.run([sys.executable, str(script), "--out", str(tmp_path)], check=True)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    # Folders are not shipped: `out` is there once somebody has run the study.
    files = [path for path in STUDY.iterdir() if path.is_file() and not path.name.startswith(".")]
    shipped = {path.name: path.read_bytes() for path in files}
    assert made == shipped
    assert not any(b"\r" in content for content in made.values())


@pytest.mark.parametrize("relation", ["contact", "knows_task", "advice"])
def test_what_is_read_is_what_was_simulated(relation, monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "data" / "make")
    script = importlib.import_module("cbu_aalborg")
    staff, made, _ = script.draw_study()
    study, findings = read_study(STUDY), Findings()
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
