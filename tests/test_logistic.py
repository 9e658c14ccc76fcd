"""Logistic fits against R and scipy, and every compiled draw against a slow refit."""

import json
import pickle

import numpy as np
import pytest
from scipy import optimize

from netlearn.errors import NetlearnError
from netlearn.inference.logistic import logistic_fit, relabelled, semi_partial
from netlearn.inference.logit import dependent, fit_cells
from netlearn.inference.permute import p_value
from netlearn.inference.rearrange import Relabel

CASES = (
    "coleman",
    "krackhardt_hightech",
    "lazega_undirected",
    "rsiena_3401",
    "rsiena_3403",
    "s50_w1w2",
    "synth_140x12",
    "synth_26x5",
    "synth_40x4_null",
    "synth_missing_50x5",
)


def _case(shared, name):
    folder = shared / "reference" / name
    about = json.loads((folder / "case.json").read_text(encoding="utf-8"))
    listed = json.loads((folder / "reference.json").read_text(encoding="utf-8"))["values"]
    values = {entry["id"]: entry for entry in listed}

    def matrix(path):
        return np.genfromtxt(path, delimiter=",", missing_values="NA")

    y = matrix(folder / f"{about['model_y']}.csv")
    planes = [matrix(folder / f"x_{x}.csv") for x in about["model_x"]]
    X = np.array([np.ones_like(y), *planes])
    mask = ~np.isnan(y) & ~np.isnan(X).any(axis=0) & ~np.eye(len(y), dtype=bool)
    if not about["directed"]:
        mask = np.triu(mask)
    return np.nan_to_num(y), np.nan_to_num(X), mask, about["directed"], values


@pytest.mark.parametrize("name", CASES)
def test_fit_equals_r(shared, name):
    y, X, mask, _, values = _case(shared, name)
    found, theirs = logistic_fit(y, X, mask), values["model.netlogit.classical"]["value"]
    assert found.converged
    # R's glm stops while its coefficients still move in the seventh digit.
    assert found.coef == pytest.approx(np.array(theirs["coef"]), rel=1e-6, abs=1e-6)
    assert found.se == pytest.approx(np.array(theirs["se"]), rel=1e-3)
    assert found.z == pytest.approx(np.array(theirs["z"]), rel=1e-3)
    assert found.deviance == pytest.approx(theirs["deviance"], rel=1e-9)


@pytest.mark.parametrize("name", [name for name in CASES if name not in ("synth_missing_50x5",)])
def test_semi_partialling_agrees_with_r(shared, name):
    y, X, mask, directed, values = _case(shared, name)
    theirs = values["model.netlogit.qapspp"]
    draws = 60 if len(y) > 100 else 400
    orders = Relabel(np.zeros(len(y), int)).draw(np.random.default_rng(7), draws)
    z = semi_partial(y, X, mask, directed=directed)(orders)
    observed = logistic_fit(y, X, mask).z
    ours = np.array([p_value(z0, column) for z0, column in zip(observed, z.T, strict=True)])
    p = np.array(theirs["value"]["pgreqabs"], dtype=float)
    pooled = (ours * draws + p * theirs["reps"] + 1) / (draws + theirs["reps"] + 2)
    error = np.sqrt(pooled * (1 - pooled) * (1 / draws + 1 / theirs["reps"]))
    # Ours counts the observed network among the draws, which shifts p by at most 1 / (draws + 1).
    assert np.all(np.abs(ours - p) <= 3.5 * error + 1 / (draws + 1))


def test_fit_equals_a_general_optimiser():
    y, X, mask = _random(3, n=25)
    cells, planes = y[mask], X[:, mask]

    def loss(beta):
        eta = beta @ planes
        return np.logaddexp(0, eta).sum() - cells @ eta

    def slope(beta):
        return planes @ (1 / (1 + np.exp(-(beta @ planes))) - cells)

    best = optimize.root(slope, np.zeros(len(X)), tol=1e-13).x
    found = logistic_fit(y, X, mask)
    assert found.coef == pytest.approx(best, abs=1e-8)
    assert found.deviance == pytest.approx(2 * loss(best), rel=1e-12)
    share = cells.mean()
    null = -2 * (cells * np.log(share) + (1 - cells) * np.log(1 - share)).sum()
    assert found.null_deviance == pytest.approx(null, rel=1e-12)
    assert found.z == pytest.approx(found.coef / found.se)


def test_scale_of_a_predictor_changes_its_unit_alone():
    y, X, mask = _random(4)
    scaled = X * np.array([1, 1e6, 1e-7, 1])[:, None, None]
    plain, found = logistic_fit(y, X, mask), logistic_fit(y, scaled, mask)
    assert found.z == pytest.approx(plain.z, rel=1e-8)
    orders = Relabel(np.zeros(len(y), int)).draw(np.random.default_rng(1), 5)
    draws = semi_partial(y, X, mask)(orders), semi_partial(y, scaled, mask)(orders)
    assert draws[1] == pytest.approx(draws[0], rel=1e-6)


def _random(seed, n=18, *, directed=True, holes=0.0):
    """Ties that depend on one of three predictors, and the mask; with blank cells if asked."""
    rng = np.random.default_rng(seed)
    x = np.array([np.ones((n, n)), rng.random((n, n)) < 0.3, rng.normal(size=(n, n)), rng.random((n, n))])
    y = (rng.random((n, n)) < 1 / (1 + np.exp(1.5 - x[1] - 0.5 * x[2]))).astype(float)
    mask = (rng.random((n, n)) >= holes) & ~np.eye(n, dtype=bool)
    if not directed:
        upper = np.triu(np.ones((n, n), bool), 1)
        x = np.where(upper, x, x.transpose(0, 2, 1))
        y, mask = np.where(upper, y, y.T), np.where(upper, mask, mask.T)
    return y, x.astype(float), mask


def _slow_z(y, planes):
    """Iteratively reweighted least squares, from 0."""
    beta = np.zeros(len(planes))
    for _ in range(40):
        p = 1 / (1 + np.exp(-(beta @ planes)))
        information = np.linalg.inv((planes * p * (1 - p)) @ planes.T)
        beta = beta + information @ (planes @ (y - p))
    return beta / np.sqrt(np.diag(information))


def _slow_dsp(y, X, mask, order, directed):
    cells = mask if directed else np.triu(mask)
    z = []
    for k in range(len(X)):
        others = np.delete(X, k, axis=0)
        beta = np.linalg.lstsq(others[:, cells].T, X[k][cells], rcond=None)[0]
        residual = X[k] - np.tensordot(beta, others, 1)
        both = cells & mask[np.ix_(order, order)]
        planes = X.copy()
        planes[k] = residual[np.ix_(order, order)]
        z.append(_slow_z(y[both], planes[:, both])[k])
    return z


@pytest.mark.parametrize("directed", [True, False])
@pytest.mark.parametrize("holes", [0.0, 0.15])
def test_draws_equal_slow_refits(directed, holes):
    y, X, mask = _random(5, directed=directed, holes=holes)
    orders = Relabel(np.zeros(len(y), int)).draw(np.random.default_rng(2), 12)
    given = mask if directed else np.triu(mask)
    z = semi_partial(y, X, given, directed=directed)(orders)
    slow = np.array([_slow_dsp(y, X, mask, order, directed) for order in orders])
    assert z == pytest.approx(slow, abs=1e-6)


@pytest.mark.parametrize("directed", [True, False])
def test_relabelled_outcomes_equal_slow_refits(directed):
    y, X, mask = _random(6, directed=directed, holes=0.1)
    orders = Relabel(np.zeros(len(y), int)).draw(np.random.default_rng(3), 12)
    given = mask if directed else np.triu(mask)
    z = relabelled(y, X, given, directed=directed)(orders)
    for row, order in zip(z, orders, strict=True):
        both = given & mask[np.ix_(order, order)]
        assert row == pytest.approx(_slow_z(y[np.ix_(order, order)][both], X[:, both]), abs=1e-6)


def test_nobody_relabelled_gives_the_fit():
    y, X, mask = _random(7, holes=0.1)
    same = np.arange(len(y))[None]
    found = logistic_fit(y, X, mask)
    assert semi_partial(y, X, mask)(same)[0] == pytest.approx(found.z, abs=1e-6)
    assert relabelled(y, X, mask)(same)[0] == pytest.approx(found.z, abs=1e-6)


def test_ready_draws_survive_pickling_and_do_not_depend_on_the_block():
    y, X, mask = _random(8)
    orders = Relabel(np.zeros(len(y), int)).draw(np.random.default_rng(4), 6)
    ready = pickle.loads(pickle.dumps(semi_partial(y, X, mask)))
    assert np.array_equal(np.vstack([ready(orders[:2]), ready(orders[2:])]), semi_partial(y, X, mask)(orders))


def test_separation_is_named_and_shows_no_numbers():
    y, X, mask = _random(9)
    X[1] = y  # tells ties from non-ties without error
    found = logistic_fit(y, X, mask)
    assert not found.converged
    assert np.isnan(found.coef).all()
    assert np.isnan(found.se).all()
    assert found.separated[1]
    assert not found.separated[2]


def test_half_separation_is_named():
    y, X, mask = _random(10)
    X[1] = (np.random.default_rng(1).random(y.shape) < 0.2) & (y == 1)  # only ever 1 where there is a tie
    found = logistic_fit(y, X, mask)
    assert not found.converged
    assert found.separated.tolist() == [False, True, False, False]


@pytest.mark.parametrize("value", [0.0, 1.0])
def test_no_tie_or_every_tie_has_no_estimate(value):
    _, X, mask = _random(11)
    found = logistic_fit(np.full(mask.shape, value), X, mask)
    assert not found.converged
    assert np.isnan(found.z).all()


def test_draws_without_an_estimate_are_nan():
    n = 12
    y = np.zeros((n, n))
    y[0, 1] = 1.0  # one tie: most predictors separate it
    x = np.zeros((n, n))
    x[0], x[:, 1] = 1.0, 1.0
    X = np.array([np.ones((n, n)), x])
    orders = Relabel(np.zeros(n, int)).draw(np.random.default_rng(5), 20)
    z = relabelled(y, X, ~np.eye(n, dtype=bool))(orders)
    on = np.array([x[np.argsort(order)[0], np.argsort(order)[1]] for order in orders])
    # The only tie lies either where x is 1 (no tie elsewhere) or where it is 0: separated both times.
    assert set(on) == {0.0, 1.0}
    assert np.isnan(z).all()


def test_careful_steps_find_a_far_maximum():
    """An outcome so lopsided that whole Newton steps from the middle overshoot."""
    rng = np.random.default_rng(12)
    n = 30
    x = np.exp(rng.normal(size=(n, n)) * 2)
    y = (rng.random((n, n)) < 1 / (1 + np.exp(6 - 0.2 * x))).astype(float)
    X, mask = np.array([np.ones((n, n)), x]), ~np.eye(n, dtype=bool)
    z = semi_partial(y, X, mask)(np.arange(n)[None])
    assert z[0] == pytest.approx(logistic_fit(y, X, mask).z, abs=1e-6)


def test_faults_are_named():
    y, X, mask = _random(13)
    with pytest.raises(NetlearnError, match="predictor 3 is a combination"):
        logistic_fit(y, np.array([*X[:3], 2 * X[1] - X[0]]), mask)
    with pytest.raises(NetlearnError, match="0 and 1"):
        logistic_fit(y * 2, X, mask)
    with pytest.raises(NetlearnError, match="predictor 1 is a combination"):
        fit_cells(y[mask], np.array([X[0][mask], np.zeros(mask.sum())]))
    with pytest.raises(NetlearnError, match="missing"):
        logistic_fit(y, np.where(X[2] == X, np.nan, X), mask)


def test_what_varies_little_around_a_large_mean_is_no_combination():
    """Years around 10 million: a share of 1e-14 of the squares, but all of the variance."""
    x = np.arange(12.0) % 5
    planes = np.array([np.ones(12), 1e7 + x, x**2, 3e7 + 2 * x + x**2])
    assert dependent(planes[:3]) is None
    assert dependent(planes) == 3
    assert dependent(np.array([np.ones(12), np.full(12, 0.1), x])) == 1
    assert dependent(np.array([x, 2 * x])) == 1
