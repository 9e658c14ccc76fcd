"""Regression on matrices: against R, a loop of least squares, every relabelling, and simulation."""

import json
import pickle
from itertools import permutations

import numpy as np
import pytest

from netlearn import NetlearnError
from netlearn.inference.cell_terms import design
from netlearn.inference.matrices import matrices
from netlearn.inference.mrqap import mrqap
from netlearn.inference.rearrange import Relabel
from netlearn.inference.semipartial import Relabelled, Semipartial
from netlearn.inference.terms import difference, same


def _numbers(values):
    return np.array(values, dtype=float)


def _cases(shared):
    """Name, y, predictors, directed and values of every case with a model."""
    for folder in sorted(p for p in (shared / "reference").iterdir() if p.is_dir()):
        about = json.loads((folder / "case.json").read_text(encoding="utf-8"))
        listed = json.loads((folder / "reference.json").read_text(encoding="utf-8"))["values"]
        if about["model_y"]:
            files = {x: folder / f"x_{x}.csv" for x in about["model_x"]}
            read = {k: np.genfromtxt(f, delimiter=",", missing_values="NA") for k, f in files.items()}
            y = np.genfromtxt(folder / f"{about['model_y']}.csv", delimiter=",", missing_values="NA")
            yield folder, y, read, about["directed"], {e["id"]: e["value"] for e in listed}


def _share(found):
    """Share of the draws that were as extreme: what others call p, without the observed value among the draws."""
    draws = found.table["draws"]
    return (found.table["p_value"] * (draws + 1) - 1) / draws


def _close(found, value, draws, reps):
    """Whether a share lies within 3.5 Monte Carlo standard errors of another one."""
    value = _numbers(value)
    spread = np.maximum(value * (1 - value), 1 / min(draws, reps))
    return bool((np.abs(found - value) < 3.5 * np.sqrt(spread * (1 / draws + 1 / reps))).all())


def test_coefficients_equal_r(shared):
    compared = 0
    for folder, y, x, directed, values in _cases(shared):
        found = mrqap(y, x, draws=20, directed=directed)
        r = values["model.netlm.classical"]
        np.testing.assert_allclose(
            found.table["estimate"], _numbers(r["coef"]), rtol=1e-8, err_msg=folder.name
        )
        np.testing.assert_allclose(found.table["se"], _numbers(r["se"]), rtol=1e-8, err_msg=folder.name)
        np.testing.assert_allclose(found.table["t"], _numbers(r["tstat"]), rtol=1e-8, err_msg=folder.name)
        assert found.r_squared == pytest.approx(r["r2"], rel=1e-8)
        assert found.n_cells == r["n"]
        compared += 1
    assert compared >= 10


def test_p_values_equal_r_and_many_draws(shared):
    draws, compared = 1999, 0
    for folder, y, x, directed, values in _cases(shared):
        for method, key in (("dsp", "dsp"), ("y-permutation", "qapy")):
            many = values.get(f"model.netlm.{key}.highrep")
            if many:
                found = mrqap(y, x, draws=draws, seed=7, directed=directed, method=method)
                assert _close(_share(found), many["p_abs"], draws, 20000), (folder.name, method)
                compared += 1
                asnipe = values.get("model.mrqap.dsp.t-value")
                if asnipe and method == "dsp":
                    reps = 20 if folder.name == "synth_140x12" else 200
                    assert _close(_share(found), asnipe["P.values"], draws, reps), folder.name
    assert compared >= 18


def _group_model(folder):
    """Change between two waves on same department: a model that R loses ties in; right only as arithmetic."""
    first, second = (
        np.genfromtxt(folder / f"wave{k}.csv", delimiter=",", missing_values="NA") for k in (1, 2)
    )
    rows = (folder / "nodes.csv").read_text(encoding="utf-8").splitlines()
    column = [name.strip('"') for name in rows[0].split(",")].index("group")
    return second - first, same([row.split(",")[column] for row in rows[1:]])


def test_change_models_equal_r_and_keep_ties(shared):
    lost = 0
    for folder, _, _, directed, values in _cases(shared):
        r, many = values.get("change.netlm.classical"), values.get("change.netlm.qapy.highrep")
        if not r or not many:
            continue
        y, x = _group_model(folder)
        found = mrqap(y, {"same": x}, draws=1999, seed=2, method="y-permutation", directed=directed)
        np.testing.assert_allclose(found.table["estimate"], _numbers(r["coef"]), rtol=1e-8, atol=1e-12)
        np.testing.assert_allclose(found.table["t"], _numbers(r["tstat"]), rtol=1e-8)
        assert _close(_share(found), many["p_abs"], 1999, 20000), folder.name
        sna = values.get("change.netlm.qapy")
        if sna and not _close(_numbers(sna["pgreqabs"]), many["p_abs"], 1000, 20000):
            lost += 1  # the peer's p is too small where draws tie with the observed value
    assert lost >= 1


def test_nothing_changed_is_nan(shared):
    folder = shared / "reference" / "edge_complete"
    y, x = _group_model(folder)
    found = mrqap(y, {"same": x}, draws=50)
    np.testing.assert_array_equal(found.table["estimate"], [0, 0])
    assert found.table[["t", "p_value"]].isna().all(axis=None)
    assert "no p-value" in found.sentence("en")


# --- every draw against a loop of least squares -------------------------------------------------------------------


def _t(y, x):
    q, r = np.linalg.qr(x)
    b = np.linalg.solve(r, q.T @ y)
    rest = y - x @ b
    return b / np.sqrt(rest @ rest / (len(y) - x.shape[1]) * (np.linalg.inv(r) ** 2).sum(axis=1))


def _slow(given, orders, method):
    """One regression per coefficient and draw, on the cells observed before and after relabelling."""
    sites, k = given.sites, len(given.sites)
    cells = [site.mask if given.directed else np.triu(site.mask) for site in sites]
    terms = [[np.full(s.shape, float(i == a)) for i, s in enumerate(sites)] for a in range(k)]
    terms += [[site.values[c] for site in sites] for c in range(len(given.names))]
    y = [np.where(site.mask, site.values[-1], np.nan) for site in sites]

    def flat(parts, use):
        return np.concatenate([part[u] for part, u in zip(parts, use, strict=True)])

    def refit(order, parts, put):
        moved = [part[np.ix_(*(places[0] for places in site.moves(order[None])))] for part, site in parts]
        use = [c & ~np.isnan(m) for c, m in zip(cells, moved, strict=True)]
        target, columns = put(moved)
        return _t(flat(target, use), np.column_stack([flat(column, use) for column in columns]))

    x = np.column_stack([flat(term, cells) for term in terms])
    out = []
    for order in orders:
        if method == "y-permutation":
            out.append(refit(order, list(zip(y, sites, strict=True)), lambda moved: (moved, terms)))
            continue
        row = []
        for c in range(x.shape[1]):
            others = np.delete(x, c, axis=1)
            left = x[:, c] - others @ np.linalg.lstsq(others, x[:, c], rcond=None)[0]
            parts, begin = [], 0
            for site, use in zip(sites, cells, strict=True):
                part = np.full(site.shape, np.nan)
                part[use] = left[begin : begin + use.sum()]
                begin += use.sum()
                parts.append((part if given.directed else np.where(np.isnan(part), part.T, part), site))

            def put(moved, c=c):
                return y, [*terms[:c], moved, *terms[c + 1 :]]

            row.append(refit(order, parts, put)[c])
        out.append(row)
    return np.array(out)


def _world(rng, n, m, *, holes, silent, directed):
    """One site with a matrix of every form: levels, ties, full, a large mean; cells and rows missing."""
    square = n == m
    y = (rng.random((n, m)) < 0.3).astype(float)
    x = {
        "same": same(rng.integers(0, 3, n)) if square else rng.integers(0, 2, (n, m)).astype(float),
        "full": rng.normal(size=(n, m)) + 7000,
        "difference": difference(rng.integers(20, 26, n)) if square else rng.normal(size=(n, m)),
        "rare": (rng.random((n, m)) < 0.1) * rng.integers(1, 4, (n, m)).astype(float),
        "sender": np.repeat(rng.integers(0, 4, (n, 1)).astype(float), m, axis=1),
    }
    if silent:
        y[rng.permuted(np.arange(n))[:3]] = np.nan
        x["full"][:, rng.permuted(np.arange(m))[:2]] = np.nan
    if holes:
        y[rng.random((n, m)) < 0.1] = np.nan
        x["rare"][0, 3] = np.nan
    if not directed:
        y, x = y + y.T, {name: matrix + matrix.T for name, matrix in x.items()}
    return y, x


@pytest.mark.parametrize("method", ["dsp", "y-permutation"])
@pytest.mark.parametrize("silent", [False, True])
@pytest.mark.parametrize("holes", [False, True])
@pytest.mark.parametrize("shape", ["directed", "undirected", "two-mode"])
@pytest.mark.parametrize("sites", [1, 2])
def test_draws_equal_a_loop_of_least_squares(method, silent, holes, shape, sites):
    rng = np.random.default_rng(sites)
    two_mode, directed = shape == "two-mode", shape != "undirected"
    parts = [
        _world(
            rng, 14 + 3 * k, 9 + k if two_mode else 14 + 3 * k, holes=holes, silent=silent, directed=directed
        )
        for k in range(sites)
    ]
    x = {name: [part[1][name] for part in parts] for name in parts[0][1]}
    given = matrices([part[0] for part in parts], x, directed=directed, two_mode=two_mode)
    made = design(given)
    statistic = Relabelled(made) if method != "dsp" else Semipartial(made, tuple(range(len(made.terms))))
    orders = Relabel(given.strata).draw(rng, 4)
    np.testing.assert_allclose(statistic(orders), _slow(given, orders, method), rtol=1e-9, atol=1e-9)


def test_exact_equals_every_relabelling():
    rng = np.random.default_rng(12)
    y = (rng.random((5, 5)) < 0.5).astype(float)
    x = {"a": rng.random((5, 5)), "b": rng.random((5, 5))}
    found = mrqap(y, x, keep=True)
    every = _slow(matrices(y, x), np.array(list(permutations(range(5)))), "dsp")
    assert found.exact
    np.testing.assert_allclose(np.sort(found.values, axis=0), np.sort(every, axis=0), rtol=1e-9)
    expected = (np.abs(every) >= np.abs(every[0]) - 1e-9).mean(axis=0)
    np.testing.assert_allclose(found.table["p_value"], expected)
    most = (np.abs(every) >= np.abs(every).max(axis=0) - 1e-9).mean(axis=0)
    np.testing.assert_allclose(found.table["smallest_p"], most)
    together = mrqap(y[:4, :4], {"same": same(list("AABB"))}).table
    assert together["smallest_p"].iloc[1] == pytest.approx(1 / 3)


def test_monte_carlo_agrees_with_all_relabellings():
    rng = np.random.default_rng(13)
    y = (rng.random((7, 7)) < 0.5).astype(float)
    x = {"a": rng.random((7, 7)), "b": rng.random((7, 7))}
    exact, drawn = mrqap(y, x), mrqap(y, x, draws=2000, seed=1)
    assert exact.exact
    assert not drawn.exact
    assert (drawn.table["low"] <= exact.table["p_value"]).all()
    assert (exact.table["p_value"] <= drawn.table["high"]).all()


def test_relabelling_everybody_changes_nothing():
    rng = np.random.default_rng(14)
    y, a = rng.random((2, 6, 6))
    a[2, 4] = np.nan
    order = rng.permuted(np.arange(6))
    first = mrqap(y, {"a": a})
    second = mrqap(y[np.ix_(order, order)], {"a": a[np.ix_(order, order)]})
    np.testing.assert_allclose(first.table["t"], second.table["t"], rtol=1e-10)
    np.testing.assert_array_equal(first.table["p_value"], second.table["p_value"])


def test_people_change_places_with_their_like_only():
    y = np.random.default_rng(1).random((8, 8))
    y[:3] = np.nan  # three did not answer
    y[:, 7] = np.nan  # one could not be named
    strata = matrices(y, {}, strata=list("aabbaabb")).strata
    alike = {frozenset(np.flatnonzero(strata == s).tolist()) for s in strata}
    assert alike == {frozenset(s) for s in ({0, 1}, {2}, {3, 6}, {4, 5}, {7})}
    for order in Relabel(strata).draw(np.random.default_rng(2), 20):
        np.testing.assert_array_equal(np.isnan(y), np.isnan(y[np.ix_(order, order)]))


def test_logistic_is_the_logit_of_all_sites():
    rng = np.random.default_rng(15)
    y = [(rng.random((n, n)) < p).astype(float) for n, p in ((12, 0.3), (9, 0.6))]
    x = [rng.normal(size=m.shape) for m in y]
    found = mrqap(y, {"x": x}, family="logistic", draws=40)
    assert found.table.columns[3] == "z"
    off = [~np.eye(len(m), dtype=bool) for m in y]
    seen = np.concatenate([m[o] for m, o in zip(y, off, strict=True)])
    site = np.repeat([0, 1], [o.sum() for o in off])
    planes = np.stack([site == 0, site == 1, np.concatenate([m[o] for m, o in zip(x, off, strict=True)])])
    p = 1 / (1 + np.exp(-found.table["estimate"].to_numpy() @ planes))
    np.testing.assert_allclose(planes @ (seen - p), 0, atol=1e-6)  # the score of the likelihood
    se = np.sqrt(np.diag(np.linalg.inv((planes * (p * (1 - p))) @ planes.T)))
    np.testing.assert_allclose(found.table["se"], se, rtol=1e-6)


def test_logistic_counts_a_pair_once():
    rng = np.random.default_rng(16)
    y = np.triu(rng.random((12, 12)) < 0.4, 1).astype(float)
    y, x = y + y.T, difference(rng.normal(size=12))
    once = mrqap(y, {"x": x}, family="logistic", draws=30, directed=False)
    twice = mrqap(y, {"x": x}, family="logistic", draws=30)
    np.testing.assert_allclose(once.table["estimate"], twice.table["estimate"], rtol=1e-6)
    np.testing.assert_allclose(once.table["z"] * np.sqrt(2), twice.table["z"], rtol=1e-6)
    assert once.n_cells == 66


# --- what is refused, and what is said ----------------------------------------------------------------------------


def _refused(match, y, x, **options):
    with pytest.raises(NetlearnError, match=match):
        mrqap(y, x, draws=10, **options)


def test_faults_are_named():
    rng = np.random.default_rng(17)
    y, a, b = rng.random((3, 6, 6))
    both = {"x1": a, "x2": b, "x3": 2 * a - b + 1}
    _refused("predictor 'x3' is a linear combination of 'x1', 'x2' and the intercept", y, both)
    _refused("predictor 'flat' is the same in every observed cell", y, {"flat": np.ones((6, 6))})
    _refused("predictor 'short' has shape", y, {"short": np.ones((5, 5))})
    _refused("y must be people x people", y[:4], {"a": a[:4]})
    _refused("predictor 'a' has 1 matrices; y has 2", [y, y], {"a": a})
    _refused("infinite", y, {"a": np.where(a > 0.5, np.inf, a)})
    _refused("matrix of numbers", y, {"a": [["x", "y"], ["z"]]})
    _refused("at least one name", y, {})
    _refused("family must be one of linear, logistic", y, {"a": a}, family="probit")
    _refused("method must be one of", y, {"a": a}, method="lstsq")
    _refused("0 and 1 only", y, {"a": a}, family="logistic")
    _refused("no undirected form", y, {"a": a}, two_mode=True, directed=False)
    _refused("strata must give one label per row", y, {"a": a}, strata=[1, 2])
    _refused("nobody who can change places", y, {"a": a}, strata=range(6))
    silent = y.copy()
    silent[1:] = np.nan
    _refused("nobody who can change places", silent, {"a": a})
    _refused("too few", y[:2, :2], {"a": a[:2, :2], "b": b[:2, :2]})


def test_a_predictor_that_is_a_difference_of_sites_is_named():
    rng = np.random.default_rng(18)
    y = list(rng.random((2, 6, 6)))
    _refused(
        "'site' is a linear combination of the intercepts", y, {"site": [np.zeros((6, 6)), np.ones((6, 6))]}
    )


def test_statistics_can_be_sent_to_workers():
    rng = np.random.default_rng(19)
    y, a = rng.random((2, 10, 10))
    made = design(matrices(y, {"a": a}))
    orders = rng.permuted(np.tile(np.arange(10), (3, 1)), axis=1)
    for statistic in (Semipartial(made, (0, 1)), Relabelled(made)):
        np.testing.assert_array_equal(pickle.loads(pickle.dumps(statistic))(orders), statistic(orders))


def test_a_predictor_may_be_called_as_intercepts_are():
    y, x, z = np.random.default_rng(2).random((3, 7, 7))
    for site in (
        mrqap(y, {"intercept": x, "intercept 2": z}, draws=19),
        mrqap([y, y], {"x": [x, z]}, draws=19),
    ):
        names = site.table["term"].tolist()[site.n_sites :]
        assert site.n_sites == len(site.table) - len(names)
        said = repr(site).split(" cells of")[0]
        assert [term.split(":")[0] for term in said.split("); ")] == names


def test_sentences():
    rng = np.random.default_rng(20)
    y = (rng.random((9, 9)) < 0.4).astype(float)
    found = mrqap(y, {"<same>": same(list("aaabbbccc"))}, draws=99)
    english, danish = found.sentence("en"), found.sentence("da")
    row = found.table.iloc[1]
    assert f"<same>: {row['estimate']:+.3f}, p = {row['p_value']:.3f} (99 draws, Monte Carlo" in english
    told = (
        f"interval {row['low']:.3f} to {row['high']:.3f}; smallest possible p 0.010). 72 cells of 9 people."
    )
    assert told in english
    assert "If nothing but chance were at work: people change places" in english
    assert "not of a change" in english
    assert told.replace(".", ",")[: len("interval 0.000 to 0.000")].replace(" to ", " til ") in danish
    assert "mindst mulige p-værdi 0,010). 72 felter fra 9 personer." in danish
    assert "intercept" not in english
    assert "ikke om en ændring" in danish
    assert "&lt;same&gt;" in found._repr_html_()
    with pytest.raises(NetlearnError, match="language"):
        found.sentence("de")


# --- how often the test errs ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("missing", ["rows", "cells", "rows and cells"])
def test_size_with_missing_cells(missing):
    """Unequal activity, popularity and homophily; a predictor of nothing that goes together by row and column."""
    rng = np.random.default_rng(21)
    n, trials, draws, rejected = 24, 300, 99, 0
    for _ in range(trials):
        group = rng.integers(0, 4, n)
        eta = rng.normal(-2, 1, (n, 1)) + rng.normal(0, 1, n) + 1.5 * same(group)
        y = (rng.random((n, n)) < 1 / (1 + np.exp(-eta))).astype(float)
        x = rng.normal(size=(n, 1)) + rng.normal(size=n) + rng.normal(size=(n, n))
        if "rows" in missing:
            y[rng.permuted(np.arange(n))[: n // 3]] = np.nan
        if "cells" in missing:
            y[rng.random((n, n)) < 0.1] = np.nan
        given = matrices(y, {"same": same(group), "x": x})
        statistic = Semipartial(design(given), (2,))
        observed = abs(statistic(np.arange(n)[None])[0, 0])
        null = np.abs(statistic(Relabel(given.strata).draw(rng, draws))[:, 0])
        rejected += (1 + (null >= observed).sum()) / (1 + draws) <= 0.05
    # 3 to 7 % is what must hold; 300 trials blur it by 2.5 points either way at most.
    assert 0.015 <= rejected / trials <= 0.085


@pytest.mark.parametrize(
    ("language", "said"), [("en", "same tells without error"), ("da", "same afgør fejlfrit")]
)
def test_a_predictor_that_separates_is_named(language, said):
    rng = np.random.default_rng(1)
    alike = same(np.arange(20) % 4)
    y = ((rng.random((20, 20)) < 0.3) & (alike == 0)).astype(float)
    found = mrqap(y, {"same": alike, "x": rng.random((20, 20))}, family="logistic", draws=19)
    assert found.separated == ("same",)
    assert said in found.sentence(language)
