"""Alpha by hand, by a published table and by Feldt's formula; omega by its closed form; intervals by simulation."""

from __future__ import annotations

import numpy as np
import pingouin
import pytest
from scipy import optimize, stats

from netlearn.outcomes import pg
from netlearn.outcomes.reliability import omega_of, one_factor, reliability

NAN = float("nan")


def one_dimension(rng, n, loadings):
    """Normal answers with one common factor and variance 1."""
    weight = np.asarray(loadings)
    return rng.normal(size=(n, 1)) * weight + rng.normal(size=(n, len(weight))) * np.sqrt(1 - weight**2)


# -- alpha


def test_the_wrapper_is_written_for_the_version_that_is_installed():
    assert pingouin.__version__.split(".")[:2] == ["0", "7"]


def test_alpha_by_hand():
    # variances 20/12, 19/12 and 3/12; sums 4, 6, 7, 11 with variance 26/3: 3/2 (1 - 42/12 / (26/3)) = 93/104
    alpha, low, high = pg.cronbach_alpha([[1, 1, 2], [2, 2, 2], [3, 2, 2], [4, 4, 3]])
    assert alpha == pytest.approx(93 / 104)
    assert low < alpha < high


def test_alpha_of_a_published_table():
    """Twelve people, eleven items, as `psych::alpha(use = "complete.obs")` gives it (in the manual of pingouin)."""
    items = pingouin.read_dataset("cronbach_wide_missing").to_numpy()
    found = reliability(items, draws=0)
    assert found.n_people == 9
    assert found.alpha == pytest.approx(0.8016949152542373)


def test_the_interval_of_alpha_is_feldts():
    items = one_dimension(np.random.default_rng(1), 30, [0.7] * 4)
    for level in (0.9, 0.95):
        alpha, low, high = pg.cronbach_alpha(items, level)
        ends = [1 - (1 - alpha) * stats.f.ppf(q, 29, 87) for q in ((1 + level) / 2, (1 - level) / 2)]
        np.testing.assert_allclose([low, high], ends, atol=6e-4)


def test_incomplete_people_are_left_out_of_the_degrees_of_freedom_too():
    items = one_dimension(np.random.default_rng(2), 30, [0.7] * 4)
    gaps = np.vstack([items, np.full((50, 4), NAN), [[1, NAN, 1, 1]]])
    whole, with_gaps = reliability(items, draws=50), reliability(gaps, draws=50)
    assert (whole.n_people, with_gaps.n_people) == (30, 30)
    for name in ("alpha", "alpha_low", "alpha_high", "omega", "omega_low", "omega_high"):
        assert getattr(whole, name) == pytest.approx(getattr(with_gaps, name), abs=1e-12)


# -- omega


@pytest.mark.parametrize(
    ("loadings", "own"),
    [
        ([0.9, 0.8, 0.7], [0.19, 0.36, 0.51]),
        ([2.0, 1.0, 0.5, 1.5], [1.0, 3.0, 0.2, 2.0]),
        ([0.3, 0.3, 0.4, 0.6, 0.2, 0.5], [1.0, 0.5, 0.9, 1.1, 0.7, 0.8]),
        ([1.0, 1.0, -0.5, 1.0], [1.0, 1.0, 1.0, 1.0]),
    ],
)
def test_omega_of_known_loadings(loadings, own):
    weight, left = np.array(loadings), np.array(own)
    omega, reason = omega_of(np.outer(weight, weight) + np.diag(left))
    assert reason is None
    assert omega == pytest.approx(weight.sum() ** 2 / (weight.sum() ** 2 + left.sum()), abs=2e-6)


def test_omega_is_alpha_where_all_items_are_alike():
    covariance = np.full((5, 5), 0.4) + np.diag([0.6] * 5)
    assert omega_of(covariance)[0] == pytest.approx(5 / 4 * (1 - 5 / covariance.sum()), abs=1e-6)


@pytest.mark.parametrize("m", [3, 5, 9])
def test_the_fit_leaves_as_little_as_a_general_minimiser(m):
    rng = np.random.default_rng(m)
    correlations = np.array(
        [np.corrcoef(one_dimension(rng, 40, rng.uniform(0.3, 0.9, m)), rowvar=False) for _ in range(3)]
    )
    upper = np.triu_indices(m, 1)

    def left(weight, matrix):
        return float(((matrix - np.outer(weight, weight))[upper] ** 2).sum())

    loadings, settled = one_factor(correlations)
    assert settled.all()
    for found, matrix in zip(loadings, correlations, strict=True):
        fits = [
            optimize.minimize(left, rng.uniform(-0.9, 0.9, m), args=(matrix,), bounds=[(-1, 1)] * m)
            for _ in range(3)
        ]
        assert left(found, matrix) <= min(fit.fun for fit in fits) + 1e-6


def test_an_impossible_loading_gives_no_omega():
    # r12 r13 / r23 = 1.2 would be the square of a loading
    omega, reason = omega_of([[1, 0.6, 0.6], [0.6, 1, 0.3], [0.6, 0.3, 1]])
    assert np.isnan(omega)
    assert reason == "heywood"


def test_an_item_that_does_not_vary_adds_nothing():
    items = one_dimension(np.random.default_rng(3), 60, [0.8] * 4)
    more = np.column_stack([items, np.full(60, 3.0)])
    assert reliability(more, draws=0).omega == pytest.approx(reliability(items, draws=0).omega, abs=1e-6)
    assert reliability(more, draws=20).omega_low > 0


@pytest.mark.parametrize(
    ("items", "reason"),
    [
        ([[1, 2, 3], [2, 3, 4]], "few_people"),
        ([[1.0], [2.0], [3.0]], "few_items"),
        ([[1, 3, 2], [2, 2, 2], [3, 1, 2]], "no_variance"),
        ([[1, 3], [2, 2], [3, 2]], "two_items"),
        (np.zeros((0, 4)), "few_people"),
    ],
)
def test_why_there_is_none(items, reason):
    found = reliability(items)
    assert found.reasons == (reason,)
    assert np.isnan(found.omega)
    assert np.isnan(found.alpha) == (reason != "two_items")


# -- intervals


def test_the_seed_alone_decides():
    items = one_dimension(np.random.default_rng(4), 50, [0.6] * 5)
    first, again, other = (reliability(items, seed=seed, draws=450) for seed in (1, 1, 2))
    assert (first.omega_low, first.omega_high) == (again.omega_low, again.omega_high)
    assert first.omega_low != other.omega_low
    assert first.omega == other.omega


def test_intervals_hold_the_truth():
    """Loadings .7, four items: alpha = omega = 7.84 / (7.84 + 2.04). 250 samples, so about +-3 points."""
    rng, truth = np.random.default_rng(5), 2.8**2 / (2.8**2 + 4 * 0.51)
    held = []
    for sample in range(250):
        found = reliability(one_dimension(rng, 60, [0.7] * 4), seed=sample, draws=199)
        held.append(
            [found.alpha_low <= truth <= found.alpha_high, found.omega_low <= truth <= found.omega_high]
        )
    alpha, omega = np.mean(held, axis=0)
    assert 0.92 <= alpha <= 0.98
    assert 0.90 <= omega <= 0.98
