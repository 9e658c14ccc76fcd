"""The simulated study of ego networks: rebuilt to the byte, read as drawn, its null covered at the nominal rate."""

import csv
import importlib
import json
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import binom, ttest_1samp

from netlearn.analysis.data import How
from netlearn.analysis.ego_run import read_reading, run_ego
from netlearn.analysis.nonresponse import response
from netlearn.study.claims import read_claims
from netlearn.study.findings import Findings
from netlearn.study.panel import STATUSES
from netlearn.study.plan import read_study
from netlearn.survey.alters import read_egos
from netlearn.survey.answers import read_answers
from netlearn.survey.check import check_study
from netlearn.survey.reader import read_panel

ROOT = Path(__file__).resolve().parents[1]
STUDY = ROOT / "data" / "brondby"
EXPORTS = {"før": "qualtrics_foer.csv", "efter": "qualtrics_efter.csv"}


@pytest.fixture(scope="module")
def script():
    sys.path.insert(0, str(ROOT / "data" / "make"))
    try:
        yield importlib.import_module("brondby")
    finally:
        sys.path.remove(str(ROOT / "data" / "make"))


@pytest.fixture(scope="module")
def simulated(script):
    return script.study_data(read_study(STUDY), script.draw(np.random.SeedSequence(script.SEED)))


def export(label):
    """The answers of an export, by heading; the three heading rows apart."""
    with (STUDY / EXPORTS[label]).open(encoding="utf-8", newline="") as stream:
        names, texts, ids, *rows = csv.reader(stream)
    return names, texts, ids, [dict(zip(names, row, strict=True)) for row in rows]


def roster():
    with (STUDY / "roster.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_script_rebuilds_the_folder_byte_for_byte(tmp_path):
    script = ROOT / "data" / "make" / "brondby.py"
    subprocess.run([sys.executable, str(script), "--out", str(tmp_path)], check=True)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    files = [path for path in STUDY.iterdir() if path.is_file() and not path.name.startswith(".")]
    assert made == {path.name: path.read_bytes() for path in files}
    assert not any(b"\r" in content for content in made.values())
    assert sum(map(len, made.values())) < 1_000_000


def test_the_files_have_no_fault_and_no_name_is_left_to_decide():
    findings = check_study(STUDY)
    assert findings.faults == []
    assert "names-to-check" not in {note.code for note in findings.notes}


def test_every_claim_names_an_outcome_or_says_why_not():
    claims = read_claims(read_study(STUDY), Findings())
    assert len(claims.claims) == 7
    assert [bool(claim.outcome) for claim in claims.claims].count(False) == 1


# -- what is read is what was simulated -------------------------------------------------------------------------


@pytest.mark.parametrize("relation", ["samarbejde", "deltagerkontakt"])
def test_ties_and_observed_cells_are_read_as_drawn(relation, simulated):
    panel, drawn = read_panel(read_study(STUDY), relation), simulated.panels[relation]
    assert panel.ids == drawn.ids
    assert panel.group_names == drawn.group_names
    assert (panel.groups == drawn.groups).all()
    assert (panel.statuses == drawn.statuses).all()
    assert dict(panel.attributes) == dict(drawn.attributes)
    for label in EXPORTS:
        assert np.array_equal(panel.wave(label).levels, drawn.wave(label).levels, equal_nan=True)


@pytest.mark.parametrize("table", ["egos", "alters", "ties"])
def test_ego_networks_are_read_as_drawn(table, simulated):
    def rows(tables):
        frame = getattr(tables, table)
        return sorted(tuple(map(str, row)) for row in frame[columns].to_numpy(dtype=object))

    read, drawn = read_egos(read_study(STUDY), "samarbejde"), simulated.egos["samarbejde"]
    columns = list(getattr(read, table).columns)
    assert set(getattr(drawn, table).columns) == set(columns)
    assert rows(read) == rows(drawn)


def test_answers_to_the_scales_are_read_as_drawn(simulated):
    read = read_answers(read_study(STUDY))
    assert list(read.columns) == list(simulated.answers.columns)
    by = ["wave", "scale", "item", "person"]
    first, second = (frame.sort_values(by).reset_index(drop=True) for frame in (read, simulated.answers))
    assert first.drop(columns="value").equals(second.drop(columns="value"))
    assert np.array_equal(first["value"], second["value"], equal_nan=True)


def test_leaders_can_be_named_and_were_not_asked():
    study = read_study(STUDY)
    panel = read_panel(study, "samarbejde")
    leaders = np.array(panel.attributes["rolle"]) == "leder"
    asked = response(panel).query("department == 'all'")
    assert asked["employed"].tolist() == [26, 26]
    assert asked["answered"].tolist() == [25, 24]
    for at, wave in enumerate(panel.waves):
        said = np.array(STATUSES)[panel.statuses[at]]
        assert set(said[leaders]) == {"not_asked", "not_employed"}
        assert "not_asked" not in said[~leaders]
        assert np.nansum(wave.levels[:, leaders]) > 0


# -- shapes -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("label", "day"), [("før", "2022-08-29"), ("efter", "2023-03-13")])
def test_26_participants_in_ten_departments_and_12_leaders_at_any_time(label, day):
    there = [p for p in roster() if (p["fra"] or day) <= day <= (p["til"] or day)]
    participants = [p for p in there if p["rolle"] == "deltager"]
    assert len(participants) == 26
    assert len(there) == 38
    assert len({p["afdeling"] for p in participants}) == 10
    areas = [p["område"] for p in participants]
    assert min(map(areas.count, set(areas))) >= 8


def test_the_roster_holds_joiners_leavers_a_mover_and_namesakes():
    people = roster()
    assert len(people) == len({p["id"] for p in people}) == len({p["reference"] for p in people}) == 40
    assert sum(p["fra"] != "" for p in people) == sum(p["til"] != "" for p in people) == 2
    assert [p["rolle"] for p in people if p["afdeling_efter"]] == ["deltager"]
    twins = [p for p in people if p["kaldes_også"]]
    assert len(twins) == 2
    assert len({p["navn"] for p in people}) == 39
    assert all(p["kaldes_også"] == f"{p['navn']} ({p['afdeling']})" for p in twins)
    assert all(letter in "".join(p["navn"] for p in people) for letter in "æøå")


@pytest.mark.parametrize(("label", "answered"), [("før", 25), ("efter", 24)])
def test_who_answered_and_what_else_stands_in_the_export(label, answered):
    names, texts, ids, rows = export(label)
    assert all(json.loads(cell).keys() == {"ImportId"} for cell in ids)
    assert texts[names.index("nogen")].startswith("Har du")
    assert sum(row["Status"] == "Survey Preview" for row in rows) == 1
    people = [row for row in rows if row["Status"] == "IP Address"]
    opened = [row for row in people if not row["nogen"]]
    assert len(opened) == 1
    references = [row["ExternalReference"] for row in people if row["nogen"]]
    assert len(set(references)) == answered
    assert len(references) - answered == (label == "efter")  # one began twice
    participants = {p["reference"] for p in roster() if p["rolle"] == "deltager"}
    assert set(references) <= participants


@pytest.mark.parametrize("label", EXPORTS)
def test_slots_are_filled_from_the_first_and_pairs_are_told_of_those_named(label):
    pairs = dict(enumerate(combinations(range(1, 11), 2), start=1))
    for row in export(label)[3]:
        if row["Progress"] != "100" or row["Status"] != "IP Address":
            continue
        named = [k for k in range(1, 11) if row[f"navn_{k}"]]
        assert named == list(range(1, len(named) + 1))
        assert (row["nogen"] == "Nej") == (not named)
        assert len({row[f"navn_{k}"] for k in named}) == len(named)
        assert all((row[f"{k}_afdeling"] != "") == (k in named) for k in range(1, 11))
        assert all(set(pairs[n]) <= set(named) for n in pairs if row[f"par_{n}"])


def test_most_colleagues_are_outside_the_roster_and_typed_short():
    alters = read_egos(read_study(STUDY), "samarbejde").alters
    assert 0.7 < (~alters["on_roster"].astype(bool)).mean() < 0.95
    typed = [row[f"navn_{k}"] for label in EXPORTS for row in export(label)[3] for k in range(1, 11)]
    outside = {p["navn"] for p in roster()}
    short = [name for name in typed if name and name not in outside and " " in name]
    assert sum(len(name.split()[-1].rstrip(".")) == 1 for name in short) > 0.8 * len(short)


# -- what was planted -------------------------------------------------------------------------------------------


def test_truth_is_what_was_planted(script):
    told = json.loads((STUDY / "truth.json").read_text(encoding="utf-8"))["expected_change"]
    study = read_study(STUDY)
    assert list(told) == [outcome.name for outcome in (study.primary, *study.secondary)]
    # A tenth of 0.12 in each of ten places; 0.90 of the cross cells are open and form a tie with chance 0.05.
    assert told["antal_kolleger"] == pytest.approx(10 * 0.12)
    assert told["deltagernes_kontakt"] == pytest.approx(0.90 * 0.05)
    assert told["andel_andre_afdelinger"] == told["tidlig_inddragelse"] == 0


def test_the_truth_as_told_is_in_the_units_of_the_report(script):
    told, bare = script.truths(), script.expected()
    # A person answers both times about the 22.08 of 25 who stayed and sit elsewhere, less a few who were left blank.
    assert 0.96 < told["deltagernes_kontakt"] / (22.08 * bare["deltagernes_kontakt"]) < 1
    others = [name for name in bare if name != "deltagernes_kontakt"]
    assert [told[name] for name in others] == pytest.approx([bare[name] for name in others], abs=1e-4)


def test_expected_changes_are_the_means_of_many_studies(script):
    study, expected = read_study(STUDY), script.expected()
    planned = (study.primary, *study.secondary)
    made = [
        script.study_data(study, script.draw(luck), complete=True)
        for luck in np.random.SeedSequence(31).spawn(30)
    ]
    for outcome in planned:
        found = np.array([script.realised(data, outcome) for data in made])
        error = found.std(ddof=1) / np.sqrt(len(found))
        assert abs(found.mean() - expected[outcome.name]) < 3.5 * error, outcome.name


def interval(data):
    """The t interval over people of the change of the share elsewhere, without what else `run_ego` computes."""
    nets = read_reading(data, "samarbejde").data
    before, after = (nets.values("share_elsewhere", label) for label in EXPORTS)
    return ttest_1samp(after - before, 0, nan_policy="omit").confidence_interval()


def test_the_interval_of_the_primary_outcome_covers_its_null_at_the_nominal_rate(script):
    study, count, covered = read_study(STUDY), 100, 0
    for data in script.studies(count, seed=2024):
        low, high = interval(data)
        covered += low <= 0 <= high
    told = run_ego(data, study.primary, How(draws=0))
    assert (told.low, told.high) == pytest.approx((low, high))
    # Were the coverage 95 %, the count would fall outside these bounds once in 500 times.
    low, high = binom.ppf([0.001, 0.999], count, 0.95)
    assert low <= covered <= high
