"""Regression over cells against plain least squares, brute-force variances, `compare` and simulation."""

import numpy as np
import pytest
from panels import random_panel
from scipy import stats

import netlearn as nl
from netlearn.errors import NetlearnError, UndefinedError
from netlearn.inference.regression import dyadic_regression


def _random(seed, n=11, *, directed=True, holes=0.15):
    rng = np.random.default_rng(seed)
    y, a, b = rng.normal(size=(3, n, n))
    a = (a > 0).astype(float)
    y = y + 0.5 * a + rng.normal(size=n)[:, None] + rng.normal(size=n)
    y[rng.random((n, n)) < holes] = np.nan
    b[rng.random((n, n)) < holes / 3] = np.nan
    if not directed:
        upper = np.triu(np.ones((n, n), bool), 1)
        y, a, b = (np.where(upper, x, x.T) for x in (y, a, b))
    return y, {"a": a, "b": b}


def _brute(y, predictors, directed):
    """Coefficients, and their variance over every two pairs that share a person and refitted without each person."""
    n = len(y)
    cells = [
        (i, j)
        for i in range(n)
        for j in range(n)
        if i != j
        and (directed or i < j)
        and not np.isnan([y[i, j], *(x[i, j] for x in predictors.values())]).any()
    ]
    X = np.array([[1.0, *(x[c] for x in predictors.values())] for c in cells])
    target = np.array([y[c] for c in cells])
    beta = np.linalg.lstsq(X, target, rcond=None)[0]
    bread = np.linalg.inv(X.T @ X)
    pairs = {}
    for cell, x, rest in zip(cells, X, target - X @ beta, strict=True):
        pair = frozenset(cell)
        pairs[pair] = pairs.get(pair, 0) + bread @ x * rest
    shared = sum(r * s for d, r in pairs.items() for e, s in pairs.items() if d & e)
    alone = sum(r**2 for r in pairs.values())
    sums = [sum(r for d, r in pairs.items() if p in d) for p in range(n)]
    left = []
    for p in range(n):
        stay = [p not in c for c in cells]
        left.append(beta - np.linalg.lstsq(X[stay], target[stay], rcond=None)[0])
    larger = (np.array(left) ** 2).sum(axis=0) / (np.array(sums) ** 2).sum(axis=0)
    return beta, np.maximum(shared * larger, alone), cells, pairs


@pytest.mark.parametrize("directed", [True, False])
@pytest.mark.parametrize("seed", range(4))
def test_variance_equals_the_double_loop_over_pairs(seed, directed):
    y, predictors = _random(seed, directed=directed)
    found = dyadic_regression(y, predictors, directed=directed)
    beta, variance, cells, pairs = _brute(y, predictors, directed)
    assert found.table["term"].tolist() == ["(intercept)", "a", "b"]
    assert found.table["estimate"].to_numpy() == pytest.approx(beta, abs=1e-12)
    assert found.table["se"].to_numpy() == pytest.approx(np.sqrt(variance), rel=1e-9)
    people = {p for c in cells for p in (c[:1] if directed else c)}
    assert (found.n_cells, found.n_dyads, found.n_people) == (len(cells), len(pairs), len(people))


def test_a_term_that_rests_on_one_person_has_no_standard_error():
    y, predictors = _random(3, holes=0)
    only = np.zeros_like(y)
    only[2, 3:6] = 1.0
    found = dyadic_regression(y, {**predictors, "only": only})
    assert np.isnan(found.term("only")["se"])
    assert np.isfinite(found.term("only")["estimate"])
    assert np.isfinite(found.term("a")["se"])


def test_interval_and_p_are_of_the_t_distribution():
    y, predictors = _random(5)
    for alternative, tail in (("two-sided", 0.025), ("greater", 0.05), ("less", 0.05)):
        table = dyadic_regression(y, predictors, alternative=alternative).table
        half = stats.t.ppf(1 - tail, table["df"]) * table["se"]
        assert table["high"].to_numpy() == pytest.approx(table["estimate"] + half)
        assert table["low"].to_numpy() == pytest.approx(table["estimate"] - half)
        beyond = {
            "two-sided": (table["low"] > 0) | (table["high"] < 0),
            "greater": table["low"] > 0,
            "less": table["high"] < 0,
        }
        assert (beyond[alternative] == (table["p_value"] <= 0.05)).all()


@pytest.mark.parametrize("directed", [True, False])
@pytest.mark.parametrize("seed", range(3))
def test_change_on_an_intercept_is_compare(seed, directed):
    panel = random_panel(seed, n=24, directed=directed, movers=False)
    first, second = (panel.wave(w) for w in panel.labels)
    cross = panel.group()[:, None] != panel.group()
    known = first.observed & second.observed & cross
    change = np.where(known, second.ties.astype(float) - first.ties, np.nan)
    found = dyadic_regression(change, {}, directed=directed).term("(intercept)")
    other = nl.compare(panel, "cross_density", draws=0)
    assert found["estimate"] == pytest.approx(other.estimate, abs=1e-14)
    assert found["se"] == pytest.approx(other.se, rel=1e-12)


def test_logit_on_one_group_is_the_closed_form():
    """One 0/1 predictor: the log odds are those of the two shares, whatever the standard errors."""
    y, predictors = _random(6, holes=0)
    tie, x = (y > 0).astype(float), predictors["a"]
    found = dyadic_regression(tie, {"a": x}, family="logistic")
    off = ~np.eye(len(y), dtype=bool)
    shares = [tie[off & (x == v)].mean() for v in (0, 1)]
    log_odds = np.log(shares) - np.log1p(-np.array(shares))
    assert found.table["estimate"].to_numpy() == pytest.approx([log_odds[0], log_odds[1] - log_odds[0]])
    # Log odds of a share: influence (y - p) / (m p (1 - p)); without a person, over the information that is left.
    scores = [(tie - p) * off * (x == v) for v, p in enumerate(shares)]
    room = [off * (x == v) * p * (1 - p) for v, p in enumerate(shares)]
    influence = [s / r.sum() for s, r in zip(scores, room, strict=True)]
    left = [_of_people(s) / (r.sum() - _of_people(r)) for s, r in zip(scores, room, strict=True)]
    for term, values, lost in (
        ("(intercept)", influence[0], left[0]),
        ("a", influence[1] - influence[0], left[1] - left[0]),
    ):
        squares, alone = (_of_people(values) ** 2).sum(), (np.triu(values + values.T) ** 2).sum()
        variance = max((squares - alone) * (lost**2).sum() / squares, alone)
        assert found.term(term)["se"] == pytest.approx(np.sqrt(variance), rel=1e-8)


def _of_people(values):
    return values.sum(axis=0) + values.sum(axis=1)


def test_separation_is_named_in_words():
    y, predictors = _random(7, holes=0)
    tie = (y > 0).astype(float)
    found = dyadic_regression(tie, {"a": predictors["a"], "told": tie}, family="logistic")
    assert found.table[["estimate", "se", "p_value"]].isna().all(axis=None)
    assert "told" in found.separated
    assert "told tells without error where there is a tie" in found.sentence("en")
    assert "intet endeligt estimat" in found.sentence("da")


def test_sentence_names_every_term():
    y, predictors = _random(8)
    for language in ("en", "da"):
        text = dyadic_regression(y, predictors).sentence(language)
        assert all(f"{term}: " in text for term in ("(intercept)", "a", "b"))
    with pytest.raises(NetlearnError, match="language"):
        dyadic_regression(y, predictors).sentence("sv")


@pytest.mark.parametrize("alternative", ["greater", "less"])
def test_one_sided_sentence_names_the_level_of_its_limits(alternative):
    """One-sided at 0.95, the limits are those of the two-sided 90 % interval."""
    y, predictors = _random(8)
    one = dyadic_regression(y, predictors, alternative=alternative)
    two = dyadic_regression(y, predictors, level=0.9)
    assert one.table[["low", "high"]].to_numpy() == pytest.approx(two.table[["low", "high"]].to_numpy())
    assert one.level == pytest.approx(0.9)
    for language in ("en", "da"):
        text = one.sentence(language)
        assert "90\N{NO-BREAK SPACE}%" in text
        assert "95" not in text.replace("0.95", "")
        assert "95\N{NO-BREAK SPACE}%" in dyadic_regression(y, predictors).sentence(language)


def test_pairs_that_vary_on_their_own_lose_a_degree_of_freedom_per_term():
    """Each pair has luck of its own and people none: then V is that of the pairs, with n_dyads - terms df."""
    rng = np.random.default_rng(3)
    found = 0
    for _ in range(20):
        y, a, b = (np.triu(x, 1) + np.triu(x, 1).T for x in rng.normal(size=(3, 8, 8)))
        table = dyadic_regression(y, {"a": a, "b": b}, directed=False).table
        *_, pairs = _brute(y, {"a": a, "b": b}, False)
        alone = np.sqrt(np.sum(np.square(list(pairs.values())), axis=0))
        floored = np.isclose(table["se"], alone)
        found += floored.sum()
        assert (table.loc[floored, "df"] == 28 - 3).all()
    assert found


def test_a_pair_known_in_one_triangle_only_is_named():
    y, predictors = _random(4, directed=False, holes=0)
    y[4, 1] = np.nan
    message = "'y' is missing in row 5, column 2, but known in row 2, column 5"
    with pytest.raises(NetlearnError, match=message):
        dyadic_regression(y, predictors, directed=False)
    y[1, 4] = np.nan
    assert dyadic_regression(y, predictors, directed=False).n_dyads == 11 * 10 / 2 - 1


def test_names_are_shown_as_text_in_html():
    y, predictors = _random(8)
    shown = dyadic_regression(y, {"<b>a</b>": predictors["a"]})._repr_html_()
    assert "<b>" not in shown
    assert "&lt;b&gt;a" in shown


def test_nothing_varies_gives_no_interval():
    found = dyadic_regression(np.ones((6, 6)), {})
    assert found.term("(intercept)")["estimate"] == pytest.approx(1.0)
    assert np.isnan(found.term("(intercept)")["p_value"])


def test_faults_are_named():
    y, predictors = _random(9)
    with pytest.raises(NetlearnError, match="'c' is a combination"):
        dyadic_regression(y, {**predictors, "c": 1 + predictors["a"]})
    with pytest.raises(NetlearnError, match="'a' has shape"):
        dyadic_regression(y, {"a": np.ones((3, 3))})
    with pytest.raises(NetlearnError, match="'y' is not symmetric"):
        dyadic_regression(np.nan_to_num(y), predictors, directed=False)
    with pytest.raises(NetlearnError, match="0 and 1"):
        dyadic_regression(y, predictors, family="logistic")
    with pytest.raises(NetlearnError, match="level"):
        dyadic_regression(y, predictors, level=1)
    with pytest.raises(NetlearnError, match="family"):
        dyadic_regression(y, predictors, family="poisson")
    with pytest.raises(NetlearnError, match="alternative"):
        dyadic_regression(y, predictors, alternative="up")
    with pytest.raises(NetlearnError, match="no term"):
        dyadic_regression(y, predictors).term("zzz")
    with pytest.raises(UndefinedError):
        dyadic_regression(np.full((4, 4), np.nan), {})


def test_error_rate_with_active_and_popular_people():
    """A predictor without effect, itself made of people's traits, among senders and receivers of unequal activity."""
    rng = np.random.default_rng(11)
    n, runs = 30, 300
    rejected = np.zeros(2)
    for _ in range(runs):
        sender, receiver, trait = rng.normal(size=(3, n))
        y = sender[:, None] + receiver + rng.normal(size=(n, n))
        x = np.abs(trait[:, None] - trait)
        found = dyadic_regression(y, {"trait": np.tile(trait, (n, 1)), "apart": x}).table
        rejected += found["p_value"].to_numpy()[1:] <= 0.05
    # Between 2 and 8 %, give or take two Monte Carlo standard errors (0.8 and 1.6 points).
    assert np.all(rejected / runs < 0.096)
    assert np.all(rejected / runs > 0.004)
