"""`teaching_rows`: popular tests of the same change beside the one that holds, each with its measured error rate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, get_args

import numpy as np
import pandas as pd

from netlearn.analysis.compare import compare
from netlearn.analysis.estimate import by_influence
from netlearn.analysis.joint import FloatArray, IntArray, Joint, joint, net
from netlearn.errors import NetlearnError, UndefinedError
from netlearn.inference import teaching as popular
from netlearn.inference.error_rates import NULL_WORLDS, error_rate
from netlearn.inference.label_null import relabelled
from netlearn.inference.mrqap import mrqap
from netlearn.inference.parallel import Workers
from netlearn.inference.permute import check_draws
from netlearn.inference.qap import qap_correlation
from netlearn.measures.catalogue import find
from netlearn.measures.mixing import CROSS, WITHIN, ratio
from netlearn.study.cells import add_up
from netlearn.study.panel import Panel, two_waves
from netlearn.wording import Language
from netlearn.wording import teaching as words

Found = tuple[float, float]  # estimate, p
COLUMNS = ["test", "question", "estimate", "unit", "p_value", "verdict", "error_rate", "why"]


def teaching_rows(
    panel: Panel,
    waves: tuple[str, str] | None = None,
    *,
    draws: int = 1999,
    seed: int = 0,
    language: Language = "en",
    workers: Workers = 1,
) -> pd.DataFrame:
    """Compute tests that are often used for change in a network, to see how far they go astray. Never the answer.

    Parameters
    ----------
    panel : Panel
    waves : (earlier, later), optional
        Default: the first and the last.
    draws : int
        Of each permutation test and of the bootstrap.
    seed : int
    language : "en" or "da"
    workers : int or str
        See `netlearn.inference.parallel.run_jobs`.

    Returns
    -------
    DataFrame
        A row per test, by its key; the first, "default", is the test that holds. Columns: test, question, estimate,
        unit, p_value, verdict (valid, anti-conservative, invalid, wastes power, wrong scale, tests something else),
        error_rate (measured share of false alarms at p <= 0.05 without change, at about this number of people; of
        directed relations), why. NaN where a test cannot be computed. Of an undirected relation the rows on out-degree
        and on in- plus out-degree are one: those on out-degree are left out.

    Raises
    ------
    UndefinedError
        The panel has one wave.
    NetlearnError
        Unknown wave or language; draws is no whole number of at least 1.
    """
    if language not in get_args(Language):
        raise NetlearnError(f"language must be one of {', '.join(get_args(Language))}; got {language!r}.")
    check_draws(draws)
    pair = two_waves(panel, waves)
    given = _Given(panel, pair, joint(panel, *pair), draws, seed, workers)
    rows = {}
    for key, found in _TESTS.items():
        if not panel.directed and key.endswith("_out"):
            continue
        estimate, p = _tried(found, given)
        # Growth of all ties alike is no change that is specific to crossing departments.
        worlds = (*NULL_WORLDS, "N4") if key == "raw_did" else NULL_WORLDS
        rate = error_rate(key, given.view.n_senders, worlds)
        rows[key] = {"estimate": estimate, "p_value": p, **words.row(key, rate, language)}
    return pd.DataFrame.from_dict(rows, orient="index", columns=COLUMNS)


@dataclass(frozen=True)
class _Given:
    """What the tests share."""

    panel: Panel
    waves: tuple[str, str]
    view: Joint
    draws: int
    seed: int
    workers: Workers

    def stream(self, number: int) -> np.random.SeedSequence:
        """Seed of one of the tests that draw."""
        return np.random.SeedSequence(self.seed, spawn_key=(number,))

    @cached_property
    def group(self) -> IntArray:
        """Department at the first of the waves."""
        return self.view.departments[0]

    @cached_property
    def cross(self) -> Any:
        """Which arcs cross departments in both waves."""
        i, j = self.view.sender, self.view.receiver
        return (self.group[i] != self.group[j]) & (self.view.departments[1][i] != self.view.departments[1][j])

    def degrees(self, *, both: bool) -> FloatArray:
        """Change in colleagues across departments: of those who answered, named; or of all, named or named by."""
        view, n = self.view, self.panel.n
        gained = (view.second - view.first) * self.cross
        out = add_up(view.sender, gained, n)
        if not both:
            return out[view.cells.senders & view.cells.people()]
        # Undirected ties stand in both directions, so that the sum over one of them is the degree.
        degree = out + add_up(view.receiver, gained, n) if self.panel.directed else out
        return degree[view.cells.people()]

    def matrix(self, values: FloatArray) -> FloatArray:
        """Square matrix with a value per arc, 0 elsewhere, NaN where not observed in both waves."""
        made = np.where(self.view.cells.dense(), 0.0, np.nan)
        made[self.view.sender, self.view.receiver] = values
        return made

    def crossing(self) -> FloatArray:
        """Square matrix: 1 where two people are in different departments."""
        return (self.group[:, None] != self.group).astype(float)


def _tried(found: Callable[[_Given], Found], given: _Given) -> Found:
    try:
        return found(given)
    except UndefinedError:  # nobody can change places, or a predictor is the same everywhere
        return float("nan"), float("nan")


def _default(given: _Given) -> Found:
    change = compare(given.panel, "cross_density", given.waves, draws=0)
    # Where people moved, as in the rows below: colleagues who are across in both waves.
    told = _mean(given.degrees(both=False)) if change.natural is None else change.natural[0]
    return told, change.p_value


def _paired_t_out(given: _Given) -> Found:
    d = given.degrees(both=False)
    return _mean(d), popular.paired_t(d)


def _sign_flip_out(given: _Given) -> Found:
    found = popular.sign_flip(given.degrees(both=False), given.draws, given.stream(0), workers=given.workers)
    return found.statistic, found.p_value


def _paired_t_both(given: _Given) -> Found:
    d = given.degrees(both=True)
    return _mean(d), popular.paired_t(d)


def _wilcoxon_both(given: _Given) -> Found:
    d = given.degrees(both=True)
    return float(np.median(d)) if len(d) else float("nan"), popular.wilcoxon(d)


def _mcnemar(given: _Given) -> Found:
    view = given.view
    once = given.cross if given.panel.directed else given.cross & (view.sender < view.receiver)
    formed = int((once & (view.second > view.first)).sum())
    dissolved = int((once & (view.second < view.first)).sum())
    return float(formed - dissolved), popular.mcnemar(formed, dissolved)


def _vertex_bootstrap(given: _Given) -> Found:
    view = given.view
    moved = given.cross & (view.first != view.second)
    sampler = popular.Resampled(
        view.cells,
        given.group,
        view.n_departments,
        view.sender[moved],
        view.receiver[moved],
        (view.second - view.first)[moved],
    )
    estimate, _, p = popular.vertex_bootstrap(sampler, given.draws, given.stream(1), workers=given.workers)
    return 100 * estimate, p


def _qap_change(given: _Given) -> Found:
    change = given.matrix(given.view.second - given.view.first)
    found = qap_correlation(change, given.crossing(), **_drawn(given, 2))
    return found.statistic, found.p_value


def _ei_labels(given: _Given) -> Found:
    first, second = (relabelled(net(given.panel, w, given.view.cells), given.group) for w in given.waves)
    found = popular.ei_labels_permuted(first, second, given.draws, given.stream(3), workers=given.workers)
    return found.statistic, found.p_value


def _raw_did(given: _Given) -> Found:
    row = replace(find("cross_density"), value=_across_less_within, gradient=_across_less_within_gradient)
    found = by_influence(given.view, row, 0.05, "two-sided", 0, 0)
    return 100 * found.estimate, found.rungs["person"].p_value


def _mrqap_lagged(given: _Given) -> Found:
    predictors = {"before": given.matrix(given.view.first), "cross": given.crossing()}
    table = mrqap(given.matrix(given.view.second), predictors, **_drawn(given, 4)).table
    row = table["term"].tolist().index("cross")
    return 100 * float(table["estimate"].iloc[row]), float(table["p_value"].iloc[row])


def _drawn(given: _Given, number: int) -> dict[str, Any]:
    options = {"draws": given.draws, "seed": given.stream(number), "workers": given.workers}
    return options | {"directed": given.panel.directed}


def _mean(differences: FloatArray) -> float:
    return float(differences.mean()) if len(differences) else float("nan")


def _across_less_within(ties: FloatArray, cells: FloatArray) -> FloatArray:
    densities = ratio(ties, cells)
    return np.asarray(densities[..., CROSS] - densities[..., WITHIN])


def _across_less_within_gradient(ties: FloatArray, cells: FloatArray) -> tuple[FloatArray, FloatArray]:
    sign = np.array([-1.0, 1.0])  # within, cross
    slope = sign * ratio(np.ones_like(cells), cells)
    return slope, -slope * ratio(ties, cells)


_TESTS: dict[str, Callable[[_Given], Found]] = {
    "default": _default,
    "paired_t_out": _paired_t_out,
    "sign_flip_out": _sign_flip_out,
    "paired_t_both": _paired_t_both,
    "wilcoxon_both": _wilcoxon_both,
    "mcnemar": _mcnemar,
    "vertex_bootstrap": _vertex_bootstrap,
    "qap_change": _qap_change,
    "ei_labels": _ei_labels,
    "raw_did": _raw_did,
    "mrqap_lagged": _mrqap_lagged,
}
