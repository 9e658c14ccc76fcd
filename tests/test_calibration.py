"""A small version of benchmarks/calibration.py: the default errs as often as it says, within Monte Carlo error."""

import importlib.util
from pathlib import Path

import pytest
from scipy import stats

PROGRAM = Path(__file__).resolve().parents[1] / "benchmarks" / "calibration.py"
COUNT = 300


@pytest.fixture(scope="module")
def calibration():
    spec = importlib.util.spec_from_file_location("calibration_benchmark", PROGRAM)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def percent(calibration, name, n):
    seeds = calibration.np.random.SeedSequence([7, n]).spawn(COUNT)
    found = calibration.replicate((name, n, seeds))
    return {m: calibration.summarise(name, n, m, found[:, k]) for k, m in enumerate(calibration.MEASURES)}


def limits(low, high):
    """Counts that a true rate inside [low, high] gives with probability 0.999 or more."""
    return stats.binom.ppf(0.0005, COUNT, low / 100), stats.binom.ppf(0.9995, COUNT, high / 100)


@pytest.mark.parametrize("name", ["N0", "N1", "N2"])
@pytest.mark.parametrize("n", [40, 140])
def test_no_change_is_seldom_called_one(calibration, name, n):
    low, high = limits(*calibration.REJECTION)
    for measure, row in percent(calibration, name, n).items():
        assert low <= row["person"] * COUNT / 100 <= high, (measure, row["person"])


@pytest.mark.parametrize("name", ["A1", "A2"])
def test_a_planted_change_is_covered(calibration, name):
    low, high = limits(*calibration.COVERAGE)
    for measure, row in percent(calibration, name, 140).items():
        assert low <= row["covered"] * COUNT / 100 <= high, (measure, row["covered"])


def test_the_two_level_verdict_holds_where_departments_have_events(calibration):
    row = percent(calibration, "N3", 140)["cross_density"]
    assert row["person"] > 15  # the person level alone is misled, and the kit says so …
    assert row["both"] * COUNT / 100 <= limits(2, 7)[1]  # … the verdict that asks for both levels is not
