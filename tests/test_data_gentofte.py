"""data/gentofte-cfn: rebuilt byte for byte, read as it was simulated, too small to decide what was planted in it."""

import csv
import hashlib
import importlib
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from scipy.stats import binom

from netlearn.analysis.attendance_part import part_attendance, run_attendance
from netlearn.analysis.carry_out import run_network
from netlearn.analysis.competence import run_scale
from netlearn.analysis.data import How
from netlearn.study.claims import read_claims
from netlearn.study.findings import Findings
from netlearn.study.plan import read_study
from netlearn.survey.answers import read_answers
from netlearn.survey.attendance import read_attendance
from netlearn.survey.check import check_study
from netlearn.survey.reader import read_panel

ROOT = Path(__file__).resolve().parents[1]
STUDY = ROOT / "data" / "gentofte-cfn"
SCRIPT = ROOT / "data" / "make" / "gentofte_cfn.py"
EXPORTS = {"før": "kobo_foer.xlsx", "efter": "kobo_efter.xlsx"}
DAYS = {"før": "2018-08-27", "efter": "2019-02-11"}
UNITS = {
    "Støtte i eget hjem": 6,
    "Bofællesskabet Lindehuset": 5,
    "Bofællesskabet Åkanden": 4,
    "Træningsboligerne": 3,
    "Klubben": 3,
}


@pytest.fixture(scope="module")
def script():
    """The script as a module."""
    sys.path.insert(0, str(SCRIPT.parent))
    try:
        yield importlib.import_module("gentofte_cfn")
    finally:
        sys.path.remove(str(SCRIPT.parent))


@pytest.fixture(scope="module")
def drawn(script):
    return script.draw(script.luck_of()[0])


@pytest.fixture(scope="module")
def simulated(script, drawn):
    return script.study_data(read_study(STUDY), drawn)


@pytest.fixture(scope="module")
def many(script):
    """Further studies, as planted and with nothing planted: the same luck in both."""
    return {planted: list(script.studies(120, 2019, planted)) for planted in (True, False)}


def rows(name):
    with (STUDY / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))


def sheets(label):
    """The sheets of an export, each as a list of rows by heading."""
    book = openpyxl.load_workbook(STUDY / EXPORTS[label], read_only=True)
    found = []
    for page in book.worksheets:
        head, *told = page.iter_rows(values_only=True)
        found.append([dict(zip(head, row, strict=True)) for row in told])
    return found


def truth():
    return json.loads((STUDY / "truth.json").read_text(encoding="utf-8"))


def within(hits, count, rate):
    """Whether so many hits are no surprise at this rate: outside only once in 500 times."""
    low, high = binom.ppf([0.001, 0.999], count, rate)
    return low <= hits <= high


def test_the_script_rebuilds_the_folder_byte_for_byte(tmp_path):
    subprocess.run([sys.executable, str(SCRIPT), "--out", str(tmp_path)], check=True)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    files = [path for path in STUDY.iterdir() if path.is_file() and not path.name.startswith(".")]
    assert made == {path.name: path.read_bytes() for path in files}
    assert sum(map(len, made.values())) < 300_000
    sums = (STUDY / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    assert sums == [f"{hashlib.sha256(made[n]).hexdigest()}  {n}" for n in sorted(made) if n != "SHA256SUMS"]


def test_the_files_have_no_fault_and_every_claim_an_outcome_or_a_reason():
    assert check_study(STUDY).faults == []
    claims = read_claims(read_study(STUDY), Findings()).claims
    assert len(claims) == 6
    assert sum(not claim.outcome for claim in claims) == 3


# -- what is read is what was simulated -------------------------------------------------------------------------


@pytest.mark.parametrize("relation", ["kontakt", "råd", "planlægning"])
def test_ties_and_observed_cells_are_read_as_drawn(relation, simulated):
    panel, made = read_panel(read_study(STUDY), relation), simulated.panels[relation]
    assert panel.ids == made.ids
    assert panel.group_names == made.group_names
    assert (panel.groups == made.groups).all()
    assert (panel.statuses == made.statuses).all()
    assert dict(panel.attributes) == dict(made.attributes)
    for label in EXPORTS:
        assert np.array_equal(panel.wave(label).levels, made.wave(label).levels, equal_nan=True)
        assert (panel.wave(label).states == made.wave(label).states).all()


def test_answers_to_the_scale_are_read_as_drawn(simulated):
    by = ["wave", "item", "person"]
    read, made = (
        f.sort_values(by).reset_index(drop=True) for f in (read_answers(read_study(STUDY)), simulated.answers)
    )
    assert list(read.columns) == list(made.columns)
    assert read.drop(columns="value").equals(made.drop(columns="value"))
    assert np.array_equal(read["value"], made["value"], equal_nan=True)


@pytest.mark.parametrize("name", ["aktiviteter", "undervisning"])
def test_lists_of_attendance_are_read_as_drawn(name, simulated):
    read, made = read_attendance(read_study(STUDY), name), simulated.attendance[name]
    assert (read.people, read.staff) == (made.people, made.staff)
    assert sorted(read.frame.to_numpy().tolist()) == sorted(made.frame.to_numpy().tolist())


def test_what_is_simulated_is_what_was_drawn(drawn):
    # From the export itself, person by person, without the functions that make the panel.
    people = importlib.import_module("gentofte_people").STAFF
    for w, label in enumerate(EXPORTS):
        main, plans = sheets(label)
        last = {row["om_dig/kode"]: row for row in main}  # the whole form came after the unfinished one
        for i, key in enumerate(people.keys):
            row = last.get(key)
            contact = {j: row and row.get(f"kontakt/{people.ids[j]}") for j in range(people.n)}
            assert [bool(contact[j]) for j in contact] == drawn.told["kontakt"][w, i].tolist()
            level = {"slet_ikke": 0, "en_gang": 1, "flere_gange": 2, "hver_uge": 3}
            assert all(level[said] == drawn.levels["kontakt"][w, i, j] for j, said in contact.items() if said)
            told = drawn.told["planlægning"][w, i]
            named = {p["planlaegning/hvem"] for p in plans if row and p["_submission__uuid"] == row["_uuid"]}
            assert named == {
                people.ids[j] for j in np.flatnonzero(told & (drawn.levels["planlægning"][w, i] > 0))
            }


# -- shapes -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("label", EXPORTS)
def test_21_staff_in_five_units_at_any_time(label):
    day = DAYS[label]
    there = [p for p in rows("roster.csv") if (p["ansat_fra"] or day) <= day <= (p["ansat_til"] or day)]
    assert len(there) == 21
    assert Counter(p["enhed"] for p in there) == UNITS
    moved = Counter((p["enhed"], p["enhed_efter"]) for p in there if p["enhed_efter"])
    assert moved == {("Bofællesskabet Lindehuset", "Bofællesskabet Åkanden"): 1}
    assert sum(p["stilling"] == "leder" for p in there) == 2


def test_the_roster_holds_namesakes_and_danish_letters():
    people = rows("roster.csv")
    assert len({p["id"] for p in people}) == len({p["kode"] for p in people}) == 22
    assert [n for n, count in Counter(p["navn"] for p in people).items() if count > 1] == ["Mette Nielsen"]
    assert all(letter in "".join(p["navn"] + p["enhed"] for p in people) for letter in "æøÅ")


@pytest.mark.parametrize(("label", "sent"), [("før", 20), ("efter", 21)])
def test_who_answered_and_what_else_stands_in_the_export(label, sent):
    main, plans = sheets(label)
    keys = {p["kode"] for p in rows("roster.csv")}
    assert len(main) == sent
    assert len({row["om_dig/kode"] for row in main}) == 20
    assert {row["om_dig/kode"] for row in main} <= keys
    assert {"start", "end", "_id", "_uuid", "_submission_time", "__version__", "_index"} <= set(main[0])
    assert [row["_index"] for row in main] == list(range(1, sent + 1))
    assert {p["_parent_index"] for p in plans} <= {
        row["_index"] for row in main if row["netvaerk/planlagt"] == "ja"
    }
    listed = {name for name in main[0] if name.startswith("kontakt/")}
    assert len(listed) == 21
    for row in main:
        ticked = {
            name.rpartition("/")[2]
            for name, cell in row.items()
            if name.startswith("netvaerk/raad/") and cell == 1
        }
        assert ticked == set((row["netvaerk/raad"] or "").split())


def test_sixty_citizens_in_codes_and_a_club_that_is_new():
    people, visits = rows("borgere.csv"), rows("fremmoede.csv")
    codes = {p["borger"] for p in people}
    assert len(people) == len(codes) == 60
    assert {v["borger"] for v in visits} < codes
    first = {
        room: min(v["periode"] == "efter" for v in visits if v["aktivitet"] == room)
        for room in {v["aktivitet"] for v in visits}
    }
    assert {room for room, new in first.items() if new} == {"Spilleklub"}
    assert len(first) == 5
    spans = {label: sorted(v["dato"] for v in visits if v["periode"] == label) for label in EXPORTS}
    assert all((np.datetime64(days[-1]) - np.datetime64(days[0])).astype(int) < 56 for days in spans.values())
    assert len({(v["dato"], v["aktivitet"], v["borger"]) for v in visits}) == len(visits)


def test_eight_wednesdays_of_teaching_for_those_who_worked_there():
    days = {(r["dato"], r["gang"]) for r in rows("undervisning.csv")}
    assert len(days) == 8
    assert {np.datetime64(day).astype(object).weekday() for day, _ in days} == {2}
    people = {p["id"]: p for p in rows("roster.csv")}
    for row in rows("undervisning.csv"):
        one = people[row["medarbejder"]]
        assert (one["ansat_fra"] or "0") <= row["dato"] <= (one["ansat_til"] or "9")


# -- what was planted -------------------------------------------------------------------------------------------


def test_truth_is_what_was_planted():
    told, study = truth()["expected_change"], read_study(STUDY)
    assert list(told) == [outcome.name for outcome in (study.primary, *study.secondary)]
    # Of 21 people 346 ordered pairs lie across: 21 * 20 less 6 * 5, 5 * 4, 4 * 3, 3 * 2 and 3 * 2 within units.
    assert told["kontakt_på_tværs"] * 346 / 21 == pytest.approx(0.4, abs=1e-4)
    assert told["planlægning_på_tværs"] * 346 / 21 == pytest.approx(0.2, abs=1e-4)
    assert (told["fælles_sprog"], told["råd_på_tværs"], told["aktiviteter"]) == (0.15, 0.0, 0.8)


def test_truths_are_told_in_colleagues_per_person(script, many):
    told, expected = script.truths(), script.expected()
    assert list(told) == list(expected)
    for name, relation in (("kontakt_på_tværs", "kontakt"), ("planlægning_på_tværs", "planlægning")):
        # Colleagues about whom a person answers both times, in other studies than those that truth.json counted.
        asked = []
        for data in many[True]:
            panel = data.panels[relation]
            cells, group = panel.joint_cells(("før", "efter")), panel.group()
            asked.append((cells.dense() & (group[:, None] != group)).sum() / cells.senders.sum())
        error = np.std(asked, ddof=1) / np.sqrt(len(asked))
        assert abs(told[name] / expected[name] - np.mean(asked)) < 3.5 * error + 0.01, name
    assert (told["fælles_sprog"], told["råd_på_tværs"], told["aktiviteter"]) == (0.15, 0.0, 0.8)


def test_expected_changes_are_the_means_of_many_studies(script):
    expected = script.expected()
    study = read_study(STUDY)
    found = {name: [] for name in expected}
    for luck in np.random.SeedSequence(31).spawn(150):
        data = script.study_data(study, script.everybody(script.draw(luck)))
        for outcome in (study.primary, *study.secondary):
            found[outcome.name].append(change(data, outcome))
    for name, values in found.items():
        error = np.std(values, ddof=1) / np.sqrt(len(values))
        assert abs(np.mean(values) - expected[name]) < 3.5 * error, name


def change(data, outcome):
    """The change of an outcome, by hand."""
    if outcome.family == "network":
        panel = data.panels[outcome.relation]
        group = panel.group()
        cells = panel.joint_cells(outcome.waves).dense() & (group[:, None] != group[None, :])
        first, second = (panel.wave(label).ties[cells].mean() for label in outcome.waves)
        return second - first
    if outcome.family == "scale":
        told = data.answers.assign(
            value=data.answers["value"].where(
                ~data.answers["item"].str.endswith("5"), 6 - data.answers["value"]
            )
        )
        means = told.pivot_table(index="person", columns="wave", values="value").dropna()
        return (means["efter"] - means["før"]).mean()
    column = {"activities": "size", "visits": "sum"}[outcome.measure]
    counts = data.attendance[outcome.attendance].frame.groupby("period")["times"].agg(column)
    return (counts["efter"] - counts["før"]) / 60


@pytest.mark.parametrize("planted", [True, False])
def test_the_interval_of_the_primary_outcome_covers_the_truth_at_the_nominal_rate(planted, many, script):
    expected = script.expected()["kontakt_på_tværs"] if planted else 0.0
    changes = [run_network(data, data.study.primary, How(draws=0)) for data in many[planted]]
    assert within(sum(c.low <= expected <= c.high for c in changes), len(changes), 0.95)


def test_the_primary_outcome_can_seldom_be_decided_and_the_citizens_can_be_seen(many):
    study = read_study(STUDY)
    by_name = {outcome.name: outcome for outcome in study.secondary}
    verdicts = [run_network(data, study.primary, How(draws=0)).verdict for data in many[True]]
    assert within(verdicts.count("undecided"), len(verdicts), 0.90)
    spoken = [run_scale(data, by_name["fælles_sprog"], How()) for data in many[True]]
    assert sum(result.low <= 0 <= result.high for result in spoken) > 0.75 * len(spoken)
    seen = [run_attendance(data, by_name["aktiviteter"], How(draws=199)) for data in many[True][:40]]
    assert sum(result.verdict == "changed" for result in seen) >= 36


def test_the_shipped_study_is_a_typical_one(simulated, script):
    study, expected = read_study(STUDY), script.expected()
    primary = run_network(simulated, study.primary, How(draws=0))
    assert primary.verdict == "undecided"
    assert primary.n_people == 18
    assert abs(primary.estimate - expected["kontakt_på_tværs"]) < primary.se
    citizens = part_attendance(simulated, How()).lists[0]
    assert citizens.reach["people"].notna().all()
