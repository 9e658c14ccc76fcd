"""data/kambu-aarhus: rebuilt byte for byte, read as it was simulated, and true as it says."""

import csv
import hashlib
import json
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binom

from netlearn.analysis.carry_out import carry_out, planned
from netlearn.analysis.data import How, data_of
from netlearn.analysis.nonresponse import response
from netlearn.analysis.randomization import randomization_test
from netlearn.study.allocation import allocation
from netlearn.study.findings import Findings
from netlearn.study.plan import read_study
from netlearn.survey.answers import read_answers
from netlearn.survey.check import read_checked
from netlearn.survey.reader import read_panel

ROOT = Path(__file__).resolve().parents[1]
STUDY = ROOT / "data" / "kambu-aarhus"
SCRIPT = ROOT / "data" / "make" / "kambu_aarhus.py"
FRONTS = {"before": "foer", "midway": "midt", "after": "efter"}


@pytest.fixture(scope="module")
def made():
    """The script as a module."""
    sys.path.insert(0, str(SCRIPT.parent))
    try:
        import kambu_aarhus
    finally:
        sys.path.remove(str(SCRIPT.parent))
    return kambu_aarhus


@pytest.fixture(scope="module")
def shipped(made):
    return made.draw(made.luck_of()[0])


@pytest.fixture(scope="module")
def study():
    return read_study(STUDY)


@pytest.fixture(scope="module")
def panel(study):
    return read_panel(study, "contact")


def rows(name):
    with (STUDY / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def truth():
    return json.loads((STUDY / "truth.json").read_text(encoding="utf-8"))


def test_the_script_rebuilds_the_folder_byte_for_byte(tmp_path):
    subprocess.run([sys.executable, str(SCRIPT), "--out", str(tmp_path)], check=True)
    files = [path for path in STUDY.iterdir() if path.is_file() and not path.name.startswith(".")]
    rebuilt = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert rebuilt == {path.name: path.read_bytes() for path in files}
    assert sum(len(content) for content in rebuilt.values()) < 3_000_000
    sums = (STUDY / "SHA256SUMS").read_text().splitlines()
    assert sums == [
        f"{hashlib.sha256(rebuilt[name]).hexdigest()}  {name}"
        for name in sorted(rebuilt)
        if name != "SHA256SUMS"
    ]


def test_ties_that_are_read_are_those_that_were_simulated(made, shipped, study, panel):
    simulated = made.study_data(study, shipped).panels["contact"]
    assert panel.ids == simulated.ids
    assert panel.group_names == simulated.group_names
    assert (panel.groups == simulated.groups).all()
    assert (panel.statuses == simulated.statuses).all()
    assert dict(panel.attributes) == dict(simulated.attributes)
    for read, drawn in zip(panel.waves, simulated.waves, strict=True):
        assert (read.ties == drawn.ties).all()
        assert (read.levels[read.observed] == drawn.levels[drawn.observed]).all()
        assert (read.states == drawn.states).all()


def test_answers_that_are_read_are_those_that_were_simulated(made, shipped, study):
    simulated = made.study_data(study, shipped).answers
    pd.testing.assert_frame_equal(read_answers(study), simulated, check_dtype=False)


def test_planned_outcomes_are_the_same_from_files_and_from_the_simulation(made, shipped, study):
    read, simulated = (
        carry_out(data, planned(study), How(draws=19, seed=1), iter)
        for data in (data_of(read_checked(study, Findings())), made.study_data(study, shipped))
    )
    for one, other in zip(read, simulated, strict=True):
        assert one.outcome.name in truth()["outcomes"]
        assert (one.result.estimate, one.result.p_value) == (other.result.estimate, other.result.p_value)
        # Typical: within two thirds of the interval's half width of what was planted.
        told = truth()["outcomes"][one.outcome.name]["expected"]
        assert abs(one.result.estimate - told) < (one.result.high - one.result.low) / 3


def test_what_is_simulated_is_what_was_drawn(made, shipped, study):
    # Person by person from the draw, without the functions that make the panel.
    people = made.staff()
    simulated = made.study_data(study, shipped)
    panel, ids = simulated.panels["contact"], sorted(people.ids)
    code_of = np.random.default_rng(study.seed).permutation(len(ids))  # as the roster deals codes
    place = [people.ids.index(ids[k]) for k in code_of]
    for index, label in enumerate(made.WAVES):
        wave = panel.wave(label)
        for at, person in enumerate(place[:60]):
            named = (
                set(np.flatnonzero(shipped.ties[index, person])) if shipped.named[index, person] else set()
            )
            assert {place[j] for j in np.flatnonzero(wave.ties[at])} == named
            assert people.names[person] in {
                r["name"] for r in rows("roster.csv") if r["id"] == ids[code_of[at]]
            }


def test_the_sizes_are_those_of_the_article():
    people, places = rows("roster.csv"), rows("workplaces.csv")
    assert len(people) == len({p["id"] for p in people}) == 420
    assert Counter(p["type"] for p in places) == {"daginstitution": 79, "skole": 46}
    assert {p["workplace"] for p in people} == {p["workplace"] for p in places}
    asked = [p for p in people if p["stratum"] != "uden for forløbet"]
    assert len(asked) == 230
    assert asked == [p for p in people if p["questionnaire"] == "ja"]
    assert Counter(p["first_wave"] for p in asked) == {"midway": 56, "after": 56, "": 118}
    assert Counter(p["team"] for p in asked if p["team"]) == {f"hold {k}": 28 for k in (1, 2, 3, 4)}
    assert not any(p["first_wave"] or p["team"] for p in people if p not in asked)
    size = Counter(p["workplace"] for p in people)
    assert (min(size.values()), max(size.values())) == (1, 8)
    assert sum(n == 1 for n in size.values()) == 18


def test_the_roster_holds_joiners_leavers_movers_and_namesakes():
    people = rows("roster.csv")
    assert sum(p["start"] != "" for p in people) == 12
    assert sum(p["end"] != "" for p in people) == 13
    assert sum(p["workplace_after"] not in ("", p["workplace"]) for p in people) == 4
    namesakes = [name for name, count in Counter(p["name"] for p in people).items() if count > 1]
    assert namesakes == ["Mette Nielsen"]
    assert len({p["list_name"] for p in people if p["name"] == "Mette Nielsen"}) == 2
    assert all(letter in "".join(p["name"] for p in people) for letter in "æøåØÅ")


def test_training_was_dealt_within_strata():
    asked = [p for p in rows("roster.csv") if p["stratum"] != "uden for forløbet"]
    strata = Counter(p["stratum"] for p in asked)
    assert len(strata) == 14
    assert all(p["stratum"] == f"{p['area']}, {p['type']}" for p in asked)
    trained = Counter(p["stratum"] for p in asked if p["first_wave"])
    assert all(abs(trained[s] - n * 112 / 230) < 1 for s, n in strata.items())


def test_the_lot_gives_everybody_of_a_stratum_the_same_chance(made):
    people, count = made.staff(), 400
    import kambu_draw

    rng = np.random.default_rng(3)
    starts = np.array([kambu_draw.draw_lot(people, rng)[0] for _ in range(count)])
    assert (starts[:, ~people.asked] == 3).all()
    assert (np.sort(starts[:, people.asked], axis=1) == np.sort(starts[0, people.asked])).all()
    share = (starts < 3).mean(axis=0)
    for stratum in np.unique(people.stratum[people.asked]):
        here = share[people.stratum == stratum]
        # Five standard errors of a share of 400 lots around that of the stratum.
        assert np.abs(here - here.mean()).max() < 5 * 0.5 / np.sqrt(count)


def test_who_answered(panel, shipped, made):
    answered = [int(wave.cells.senders.sum()) for wave in panel.waves]
    assert answered == sorted(answered, reverse=True)
    assert answered[0] > 0.95 * 230
    assert answered[2] > 0.75 * 230
    # In the autumn everybody answered the first page.
    assert int(shipped.opened[0].sum()) == 230
    asked = np.array(panel.attributes["stratum"]) != "uden for forløbet"
    for label, wave in zip(panel.labels, panel.waves, strict=True):
        status = np.array(panel.status(label))
        assert set(status[~asked]) == {"not_asked", "not_employed"}
        assert not (status[asked] == "not_asked").any()
        # They can be named.
        assert wave.ties[:, ~asked].any()


def test_the_response_is_told_of_those_who_were_asked(panel):
    table = response(panel)
    asked = [p for p in rows("roster.csv") if p["questionnaire"] == "ja"]
    for label, day in (("before", "2022-10-10"), ("midway", "2023-03-20"), ("after", "2023-10-09")):
        row = table[(table["wave"] == label) & (table["department"] == "all")].iloc[0]
        assert row["employed"] == sum(not p["end"] or p["end"] >= day for p in asked)
        assert row["answered"] == panel.wave(label).cells.senders.sum()
        assert row["share"] > 0.75


def test_fifteen_places_are_full_for_some_and_never_more(panel):
    degree = np.array([wave.ties.sum(axis=1) for wave in panel.waves])
    assert degree.max() == 15
    assert 3 <= (degree == 15).sum() < 0.08 * (degree > 0).sum()


@pytest.mark.parametrize(("front", "encoding"), [("foer", "cp1252"), ("midt", "utf-16"), ("efter", "cp1252")])
def test_exports_are_written_as_the_tool_writes_them(front, encoding):
    texts = {}
    for part in ("dataset", "structure", "labels"):
        data = (STUDY / f"{front}-{part}.csv").read_bytes()
        assert data.startswith(b"\xff\xfe") == (encoding == "utf-16")
        texts[part] = data.decode(encoding)
    separator = {"foer": ";", "midt": "\t", "efter": ","}[front]
    table = list(csv.reader(texts["dataset"].splitlines(), delimiter=separator))
    assert [f"kol_{k}" for k in range(1, 16)] == [name for name in table[0] if name.startswith("kol_")]
    status = [row[-5:].index("1") + 1 for row in table[1:]]
    assert all(row[-5:].count("1") == 1 for row in table[1:])
    assert status.count(4) > 170
    labels = list(csv.reader(texts["labels"].splitlines(), delimiter=separator))
    assert ["kol_7", "1000", "Ingen af dem"] in labels
    # Codes are not in order.
    assert [row[1:] for row in labels if row[0] == "ind_1"][:2] == [["3", "Helt uenig"], ["4", "Uenig"]]
    structure = list(csv.reader(texts["structure"].splitlines(), delimiter=separator))
    assert {len(row) for row in structure} == ({7, 8} if front == "efter" else {7})


def test_claims_name_outcomes_of_the_plan(study):
    claims = tomllib.loads((STUDY / "claims.toml").read_text(encoding="utf-8"))["claims"]
    names = {outcome.name for outcome in (study.primary, *study.secondary)}
    assert {claim["outcome"] for claim in claims if "outcome" in claim} == names
    assert all(("outcome" in claim) != ("because" in claim) for claim in claims)
    assert 5 <= len(claims) <= 7


def test_training_makes_ties_among_pairs_who_were_both_trained_and_no_others(made):
    import kambu_draw

    people, gained, lost = made.staff(), np.zeros(4), np.zeros(4)
    for luck in np.random.SeedSequence(4).spawn(5):
        with_it, without = (kambu_draw.draw(luck, planted) for planted in (True, False))
        assert (with_it.start == without.start).all()
        assert (with_it.named == without.named).all()
        for wave in range(3):
            trained = (with_it.start <= wave).astype(int)
            kind = trained[:, None] + trained  # people of the pair who were trained
            kind[people.workplace[:, None] == people.workplace] = 3
            new, gone = (np.bincount(kind[change], minlength=4) for change in changes(with_it, without, wave))
            gained, lost = gained + new, lost + gone
    assert gained[2] > 400
    assert gained[[0, 1, 3]].sum() == 0
    # A few are crowded out of the 15 places.
    assert lost.sum() < 0.05 * gained[2]


def changes(with_it, without, wave):
    one, other = with_it.ties[wave], without.ties[wave]
    return one & ~other, other & ~one


def test_expected_values_come_out_again(made):
    import kambu_truth

    told = truth()["outcomes"]
    found = kambu_truth.expected(20)
    assert set(found) == set(told)
    for name, value in found.items():
        error = np.hypot(value["simulation_error"], told[name]["simulation_error"])
        assert abs(value["value"] - told[name]["expected"]) < 4 * error


def test_re_simulated_programmes_go_through_the_plan_and_have_a_truth(made, study):
    truths = made.truths()
    outcomes = [study.primary, *study.secondary]
    assert set(truths) == {outcome.name for outcome in outcomes}
    assert truths["areas"] == pytest.approx(100 * truth()["outcomes"]["areas"]["expected"])
    assert truths["contact"] == truth()["outcomes"]["contact"]["expected"]
    first, second = made.studies(2, 5)
    plain, _ = made.studies(2, 5, planted=False)
    assert first.panels["contact"].attributes == plain.panels["contact"].attributes  # the same lot
    assert (first.panels["contact"].statuses == plain.panels["contact"].statuses).all()
    assert first.panels["contact"].attributes != second.panels["contact"].attributes
    done = carry_out(first, planned(study), How(draws=19, seed=1), iter)
    assert all(np.isfinite(found.told[0]) for found in done)


def test_what_was_planted_is_what_source_says():
    told = {name: outcome["expected"] for name, outcome in truth()["outcomes"].items()}
    assert 0.8 < told["contact"] < 1.1
    assert 0.9 < told["both-trained"] < 1.2
    assert 0.2 < told["insight"] < 0.4
    # As good as none: under a tenth of what the intervals can tell.
    assert abs(told["one-trained"]) < 0.02
    assert abs(told["areas"]) < 0.003
    assert "+0.91 colleagues" in (STUDY / "SOURCE.md").read_text(encoding="utf-8")


def test_the_shipped_programme_is_a_typical_one(study, panel):
    told = truth()["outcomes"]["contact"]
    found = randomization_test(panel, assignment=study.assignment, draws=199, regression=False)
    assert found.verdict == "differs"
    assert found.low < told["expected"] < found.high
    assert abs(found.estimate - told["expected"]) < 0.15
    assert abs(found.estimate - told["had_everybody_answered"]) < 0.3


def test_the_interval_of_the_primary_outcome_covers_what_was_planted(made, study):
    expected, count = truth()["outcomes"]["contact"]["expected"], 60
    covered = found = 0
    for at, luck in enumerate(np.random.SeedSequence(2056).spawn(count + 2)[2:]):
        panel = made.study_data(study, made.draw(luck)).panels["contact"]
        dealt = allocation(panel, study.assignment)
        result = randomization_test(panel, assignment=dealt, draws=99, seed=at, regression=False)
        covered += result.low <= expected <= result.high
        found += result.p_value <= 0.05
    # Were the coverage 95 %, the count would fall outside these bounds once in 500 times; so for power of 80 to 95 %.
    assert binom.ppf(0.001, count, 0.95) <= covered
    assert binom.ppf(0.001, count, 0.80) <= found <= binom.ppf(0.999, count, 0.95)
