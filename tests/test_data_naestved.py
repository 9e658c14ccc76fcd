"""The shipped study of contact and competences: rebuilt to the byte, read as simulated, true to what was planted."""

import importlib
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
import pyreadstat
import pytest
from openpyxl import load_workbook
from scipy.stats import binom

from netlearn.analysis.carry_out import RUNNERS, planned
from netlearn.analysis.compare import compare
from netlearn.analysis.data import How
from netlearn.outcomes.gap import gap_closure
from netlearn.outcomes.scores import scores
from netlearn.study.plan import read_study
from netlearn.survey.answers import read_answers
from netlearn.survey.attendance import read_attendance
from netlearn.survey.check import check_study
from netlearn.survey.reader import read_panel

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "data" / "naestved-cam"
MAKE = ROOT / "data" / "make"
AIMS = 7


@pytest.fixture(scope="module")
def script():
    sys.path.insert(0, str(MAKE))
    yield importlib.import_module("naestved_cam")
    sys.path.remove(str(MAKE))


@pytest.fixture(scope="module")
def study():
    return read_study(FOLDER)


@pytest.fixture(scope="module")
def drawn(script):
    return script.draw(np.random.SeedSequence(script.SEED).spawn(2)[0])


@pytest.fixture(scope="module")
def made(script, study, drawn):
    return script.study_data(study, drawn)


@pytest.fixture(scope="module")
def truth():
    return json.loads((FOLDER / "truth.json").read_text(encoding="utf-8"))


def roster():
    return pd.read_csv(FOLDER / "roster.csv", dtype=str, keep_default_na=False)


def test_the_script_rebuilds_the_folder_byte_for_byte(tmp_path):
    subprocess.run([sys.executable, str(MAKE / "naestved_cam.py"), "--out", str(tmp_path)], check=True)
    rebuilt = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    files = [path for path in FOLDER.iterdir() if path.is_file() and not path.name.startswith(".")]
    assert rebuilt == {path.name: path.read_bytes() for path in files}
    assert sum(map(len, rebuilt.values())) < 1_000_000


def test_the_files_have_no_faults(study):
    assert not check_study(study).faults


def test_what_is_read_of_contact_is_what_was_simulated(study, made):
    read, panel = read_panel(study, "kontakt"), made.panels["kontakt"]
    assert (read.ids, read.group_names) == (panel.ids, panel.group_names)
    assert dict(read.attributes) == dict(panel.attributes)
    np.testing.assert_array_equal(read.groups, panel.groups)
    np.testing.assert_array_equal(read.statuses, panel.statuses)
    for found, expected in zip(read.waves, panel.waves, strict=True):
        np.testing.assert_array_equal(found.levels, expected.levels)
        np.testing.assert_array_equal(found.states, expected.states)


def test_what_is_read_of_competences_and_modules_is_what_was_simulated(study, made):
    pd.testing.assert_frame_equal(read_answers(study), made.answers)
    read, expected = read_attendance(study, "moduler"), made.attendance["moduler"]
    assert read.people == expected.people
    pd.testing.assert_frame_equal(read.frame, expected.frame)


def test_the_roster_holds_joiners_leavers_movers_and_namesakes():
    people = roster()
    assert len(people) == people["id"].nunique() == people["adgang"].nunique() == 104
    assert people["navn"].nunique() == 103
    assert Counter(people.loc[people["vises_som"] != "", "navn"]) == {"Mette Nielsen": 2}
    assert people["vises_som"].nunique() == 3  # two, and blank
    assert (people["ansat_fra"] != "").sum() == (people["ansat_til"] != "").sum() == 4
    moved = people[people["enhed_efter"] != ""]
    assert len(moved) == 3
    assert (moved["enhed"] != moved["enhed_efter"]).all()
    assert all(letter in "".join(people["navn"]) for letter in "æøå")


@pytest.mark.parametrize("label", ["før", "efter"])
def test_a_hundred_staff_in_six_units_of_whom_a_fifth_to_a_quarter_are_silent(made, label):
    panel = made.panels["kontakt"]
    status = np.array(panel.status(label))
    assert (status != "not_employed").sum() == 100
    assert 0.20 <= (status == "no_answer").sum() / 100 <= 0.25
    units = panel.groups[panel.index(label)]
    answered = np.bincount(units[status == "took_part"], minlength=6)
    assert len(panel.group_names) == len(answered) == 6
    assert answered.min() >= 5


def test_spss_words_its_codes_and_has_user_missing_values():
    cells, about = pyreadstat.read_sav(FOLDER / "svar_foer.sav", user_missing=True)
    contact = [name for name in cells if name.startswith("kontakt_")]
    assert len(contact) == 100
    # The code of "never" is 1: a reader of numbers would see a contact in every cell.
    assert about.variable_value_labels[contact[0]][1] == "Slet ikke"
    assert set(np.unique(cells[contact].to_numpy())[:-1]) >= {1, 2, 3, 4, 5, 6, 99}
    assert about.missing_ranges[contact[0]] == [{"lo": 99, "hi": 99}]
    assert all(about.column_names_to_labels[name] for name in cells)
    assert about.creation_time.year == 2000


def test_the_workbook_has_the_same_questions_in_words():
    cells, _ = pyreadstat.read_sav(FOLDER / "svar_foer.sav")
    sheet = load_workbook(FOLDER / "svar_efter.xlsx")["Svar"]
    heading, *rows = sheet.iter_rows(values_only=True)
    questions = [name for name in cells if name.startswith(("krav_", "nu_"))]
    assert len(questions) == 2 * 3 * AIMS
    assert [name for name in heading if name.startswith(("krav_", "nu_"))] == questions
    column = [row[heading.index(questions[0])] for row in rows]
    assert {type(cell) for cell in column} >= {int}
    words = {row[at] for row in rows for at, name in enumerate(heading) if name.startswith("kontakt_")}
    assert words == {
        "Slet ikke",
        "En enkelt gang",
        "Flere gange",
        "Hver uge",
        "Næsten hver dag",
        "Ved ikke",
        None,
    }


def test_some_answer_in_part(drawn, made):
    contact = drawn.told.any(axis=2)
    assert (contact & ~drawn.opened).sum() > 0  # stopped after the list of colleagues
    assert (~contact & drawn.opened).sum() > 0  # answered about competences only
    answers = made.answers[made.answers["scale"].isin(["krav", "nu"])]
    told = answers[answers.groupby(["person", "wave"])["value"].transform("count") > 0]
    shares = told["state"].value_counts(normalize=True)
    assert 0.006 < shares["not answered"] < 0.024
    assert 0.005 < shares["don't know"] < 0.02


def test_transfer_is_asked_afterwards_of_those_who_were_at_a_module(made):
    rows = made.answers[made.answers["scale"] == "brug"]
    assert set(rows["wave"]) == {"efter"}
    there = set(made.attendance["moduler"].frame["person"])
    hidden = rows[rows["state"] == "not asked"]
    assert len(hidden) > 0
    assert not set(hidden["person"]) & there


def test_some_were_put_down_for_a_module_and_never_came(made):
    sheet = load_workbook(FOLDER / "modules.xlsx")["Deltagelse"]
    days = [row[2] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert len(made.attendance["moduler"].frame) == len(days) - days.count(0) < len(days)
    assert made.attendance["moduler"].frame["room"].nunique() == 5
    assert max(days) <= 6


def test_the_scales_are_as_reliable_as_they_are_said_to_be(truth):
    # Three items whose shared part is r of their spread have alpha = 3 r / (1 + 2 r); rounding takes a little off.
    bound = [aim["bound"] for aim in truth["model"]["aims"].values()]
    for r, alphas in zip(bound, truth["cronbachs_alpha_before"].values(), strict=True):
        for alpha in alphas.values():
            assert 3 * r / (1 + 2 * r) - 0.07 < alpha < 3 * r / (1 + 2 * r)
    low = [name for name, a in truth["cronbachs_alpha_before"].items() if max(a.values()) < 0.6]
    assert low == ["udvikling og refleksion på tværs af enheder"]


def test_truth_is_what_was_planted(truth):
    change = truth["expected_change"]
    # An open cross cell (0.93 of them) forms a tie with chance 0.0265.
    assert change["kontakt_på_tværs"] == pytest.approx(0.93 * 0.0265, abs=1e-6)
    # Of a hundred colleagues some eighty are elsewhere; about 74 of them are judged in both surveys.
    assert truth["expected_as_told"]["kontakt_på_tværs"] == pytest.approx(74 * 0.93 * 0.0265, abs=0.02)
    # Six aims rise by 0.43 and one by 0.2.
    assert change["kunnen"] == pytest.approx((6 * 0.43 + 0.2) / 7, abs=1e-6)
    for name in ("afstand", "afstand_metoder", "følges_ad", "fælles_moduler"):
        assert change[name] == 0


def test_required_and_present_rise_alike_in_a_large_sample(script):
    levels = script.answers(np.random.default_rng(3), 40_000).mean(axis=2)
    rise = (levels[1] - levels[0]).reshape(2, AIMS, 3).mean(axis=2)
    np.testing.assert_allclose(rise[0], rise[1], atol=0.03)
    np.testing.assert_allclose(rise[0], [0.43, 0.43, 0.43, 0.2, 0.43, 0.43, 0.43], atol=0.03)


def test_one_required_aim_stands_near_the_top(script):
    levels = script.answers(np.random.default_rng(4), 20_000)
    top = (levels[:, 0] == 7).mean(axis=1).reshape(2, AIMS, 3).mean(axis=2)
    assert (top[:, 3] > 0.35).all()
    assert (np.delete(top, 3, axis=1) < 0.25).all()


def test_the_network_changed_and_the_gap_did_not_close(made, truth):
    found = {}
    for _, outcome in planned(made.study):
        if outcome.name in ("kontakt_på_tværs", "afstand", "kunnen"):
            found[outcome.name] = RUNNERS[outcome.family](made, outcome, How(draws=99, seed=1))
    assert found["kontakt_på_tværs"].verdict == "changed_beyond_departments"
    assert found["kunnen"].verdict == "changed"
    assert found["afstand"].verdict == "undecided"
    assert found["afstand"].high < 0.3  # smaller than what matters by the plan
    assert found["afstand"].gap.required.low > 0  # the yardstick moved
    for name, result in found.items():
        assert result.low <= truth["expected_change"][name] <= result.high


@pytest.mark.parametrize("planted", [True, False])
def test_the_interval_of_the_primary_outcome_covers_the_truth_at_the_nominal_rate(script, study, planted):
    reading = importlib.import_module("naestved_read")
    count, expected = 120, script.expected()["kontakt_på_tværs"] if planted else 0.0
    order, covered = reading.order_of(study), 0
    for luck in np.random.SeedSequence(2019).spawn(count):
        panel = reading.panel_of(script.draw(luck, planted), order)
        change = compare(panel, "cross_density", draws=0)
        covered += change.low <= expected <= change.high
    # Were the coverage 95 %, the count would fall outside these bounds once in 500 times.
    low, high = binom.ppf([0.001, 0.999], count, 0.95)
    assert low <= covered <= high


def test_the_interval_of_the_gap_covers_no_change_at_the_nominal_rate(script):
    count, covered = 120, 0
    for luck in np.random.SeedSequence(2020).spawn(count):
        drawn = script.draw(luck)
        told = drawn.opened[:, None, :, None] & ~drawn.blank & ~drawn.unsure
        levels = np.where(told, drawn.competence, np.nan)
        (wanted, had), (wanted_later, had_later) = [[scores(kind) for kind in wave] for wave in levels]
        found = gap_closure((wanted, wanted_later), (had, had_later)).closure
        covered += found.low <= 0 <= found.high
    low, high = binom.ppf([0.001, 0.999], count, 0.95)
    assert low <= covered <= high
