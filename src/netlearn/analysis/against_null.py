"""`against_null`: one wave's value of a measure, set against a null model of the network. Never a test of change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from netlearn.analysis.compare import FRAME
from netlearn.analysis.joint import net
from netlearn.analysis.measure import panel_of, values
from netlearn.errors import NetlearnError
from netlearn.inference.label_null import label_null, labels_permuted, relabelled
from netlearn.inference.parallel import Workers
from netlearn.inference.permute import PermutationResult, check_draws, draw, rearranged, result, slack
from netlearn.inference.random_nets import (
    DegreesFixed,
    Mixing,
    NetSampler,
    degrees_fixed,
    mixing_of,
    random_density,
    random_dyad_census,
)
from netlearn.measures.catalogue import MeasureRow, find
from netlearn.measures.net import Net
from netlearn.study.cells import Cells
from netlearn.study.panel import Panel
from netlearn.study.planned import Alternative
from netlearn.study.told import Told
from netlearn.wording import against_null as words

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
NetNull = Literal[
    "labels_permuted", "people_relabelled", "random_density", "random_dyad_census", "degrees_fixed"
]


@dataclass(frozen=True, eq=False, repr=False)
class AgainstNull(Told):
    """A measure of one wave beside its values under a null model. It is not a test of change.

    Attributes
    ----------
    relation, measure, unit, wave : str
    result : PermutationResult
        The p with its Monte Carlo interval, draws, smallest possible p, null model; the mean and spread of the null.
    null_range : (low, high)
        Between which 95 % of the draws lie.
    below, above : float
        Share of the draws below and above the observed value, of those with a value; ties are in neither.
    constant : bool
        The null model holds the measure fixed: every draw has the same value.
    mixing : Mixing or None
        With degrees fixed.
    n_people, n_dyads : int
        People who answered, and pairs with an observed cell.
    """

    words = staticmethod(words.sentence)

    relation: str
    measure: str
    unit: str
    wave: str
    result: PermutationResult
    null_range: tuple[float, float]
    below: float
    above: float
    constant: bool
    mixing: Mixing | None
    n_people: int
    n_dyads: int

    @property
    def value(self) -> float:
        """Observed value."""
        return self.result.statistic

    @property
    def mean(self) -> float:
        """Mean under the null model."""
        return self.result.mean

    @property
    def sd(self) -> float:
        """Standard deviation under the null model."""
        return self.result.sd

    @property
    def z(self) -> float:
        """(value - mean) / sd; NaN where the null model does not vary. Not a normal deviate: the p is counted."""
        return (self.value - self.mean) / self.sd if not self.constant else float("nan")

    @property
    def p_value(self) -> float:
        """Share of networks of the null model at least as far from its mean."""
        return self.result.p_value

    @property
    def warning(self) -> str:
        """Why the draws should not be trusted, in English; empty if nothing is known against them."""
        return words.warning(self, "en")

    @property
    def table(self) -> pd.DataFrame:
        """Columns as everywhere: the observed value, and under the name of the null its mean and 95 % range."""
        people = (self.n_people, self.n_dyads)
        rows = [
            (self.measure, "network", self.unit, self.wave, self.value, np.nan, np.nan, *people),
            (self.measure, "network", self.unit, self.result.null, self.mean, *self.null_range, *people),
        ]
        return pd.DataFrame(rows, columns=FRAME)


def against_null(
    panel: Panel,
    measure: str,
    wave: str | None = None,
    null: NetNull = "labels_permuted",
    *,
    draws: int = 1999,
    seed: int = 0,
    alternative: Alternative = "two-sided",
    keep: bool = False,
    steps: int | None = None,
    workers: Workers = 1,
    progress: bool = False,
) -> AgainstNull:
    """Set a measure of one wave against a null model of the network. This is not a test of change.

    Parameters
    ----------
    panel : Panel
    measure : str
        Any measure of the catalogue with a value for the network.
    wave : str, optional
        Default: the last. All cells observed in that wave count.
    null : str
        What chance is taken to be. "labels_permuted": people change departments. "people_relabelled": the same, since
        with one network and one set of departments it does not matter which of the two is moved. "random_density":
        as many ties, anywhere. "random_dyad_census": as many mutual, one-way and empty pairs. "degrees_fixed":
        everybody names as many and is named by as many.
    draws : int
        With departments permuted, all ways are computed instead where there are no more than this.
    seed : int
    alternative : "two-sided", "greater" or "less"
        Two-sided counts the draws whose distance `|value - mean|` from the mean of the null is at least that of the
        observed value. The mean is that of the draws and the observed value together, which keeps the p valid. Ties
        count as extreme.
    keep : bool
        Keep the draws in `result.values`.
    steps : int, optional
        Moves of ties per draw with degrees fixed; default as in `degrees_fixed`.
    workers : int or str
        Processes, or the address of a dask scheduler; the numbers do not depend on it.
    progress : bool

    Returns
    -------
    AgainstNull
        NaN where the measure is undefined in the wave; a draw in which it is undefined counts as extreme.

    Raises
    ------
    NetlearnError
        Unknown measure, wave, null or alternative; a measure without a value for the network.

    Examples
    --------
    Two departments of two, all ties within: 1 of the 3 ways to split the people gives that, so p = 1/3.

    >>> import numpy as np
    >>> y = np.array([[0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]])
    >>> panel = Panel.from_arrays({"now": y}, ["A", "A", "B", "B"])
    >>> found = against_null(panel, "cross_share")
    >>> found.value, round(found.mean, 3), round(found.p_value, 3), found.result.exact
    (0.0, 0.667, 0.333, True)
    """
    row, panel = _check(measure, null, alternative, draws), panel_of(panel)
    label = panel.labels[-1] if wave is None else wave
    here = net(panel, label, panel.wave(label).cells)
    observed = _value(row, here)
    drawn, exact, mixing = _draw(here, row, null, draws, seed, steps, workers=workers, progress=progress)
    known = drawn[np.isfinite(drawn)]
    near = slack(observed, drawn)
    low, high = np.quantile(known, (0.025, 0.975)) if known.size else (np.nan, np.nan)
    cells = Cells(here.answered, here.possible, here.hole_pairs[0] * here.n + here.hole_pairs[1])
    pairs = cells.row_counts() + cells.column_counts() - cells.mutual_counts()
    return AgainstNull(
        relation=panel.relation,
        measure=measure,
        unit=row.unit,
        wave=label,
        result=_result(observed, drawn, exact, null, alternative, keep),
        null_range=(float(low), float(high)),
        below=float((known < observed - near).mean()) if known.size else np.nan,
        above=float((known > observed + near).mean()) if known.size else np.nan,
        constant=bool(known.size and np.ptp(known) <= near and len(known) == len(drawn)),
        mixing=mixing,
        n_people=int(here.answered.sum()),
        n_dyads=int(pairs.sum()) // 2,
    )


def _check(measure: str, null: str, alternative: str, draws: int) -> MeasureRow:
    check_draws(draws)
    row = find(measure)
    if not row.has("network"):
        raise NetlearnError(f"{measure} has no value for the whole network; see `netlearn.measure(by=...)`.")
    if null not in get_args(NetNull):
        raise NetlearnError(f"null must be one of {', '.join(get_args(NetNull))}; got {null!r}.")
    if alternative not in get_args(Alternative):
        raise NetlearnError(f"alternative must be two-sided, greater or less; got {alternative!r}.")
    return row


def _value(row: MeasureRow, here: Net) -> float:
    return float(values(here, row, "network")[0])


def _result(
    observed: float, drawn: FloatArray, exact: bool, null: NetNull, alternative: str, keep: bool
) -> PermutationResult:
    """Count p by the distance from the mean, and say value, mean and draws as they are."""
    known = drawn[np.isfinite(drawn)]
    together = known if exact else np.append(known, observed)
    centre = float(together.mean()) if together.size else 0.0
    gaps = np.append(drawn, observed) - centre
    gaps[np.abs(gaps) <= slack(observed, drawn)] = (
        0.0  # of a measure that is held fixed only rounding is left
    )
    made = result(gaps[-1], gaps[:-1], exact, null, alternative)
    told = None if made.histogram is None else made.histogram.moved(centre)
    return replace(
        made, statistic=observed, mean=made.mean + centre, values=drawn if keep else None, histogram=told
    )


def _draw(
    here: Net, row: MeasureRow, null: NetNull, draws: int, seed: int, steps: int | None, **how: Any
) -> tuple[FloatArray, bool, Mixing | None]:
    """Values of a measure under a null model, whether they are all there are, and how well ties were mixed."""
    if null in ("labels_permuted", "people_relabelled"):
        # Class sums by the compiled loop, other measures network by network.
        if row.kind == "classes" and row.value is not None:
            return *labels_permuted(here, row.value, draws, seed, **how), None
        ways = label_null(here).rearrangements
        return *rearranged(ways, _Labelled(here, row.name), draws, seed, **how), None
    if null == "degrees_fixed":
        sampler = degrees_fixed(here, steps)
        found = draw(_Halves(sampler, row.name), draws, seed, **how)
        return found[:, 1], False, mixing_of(sampler.steps, found[:, :2], found[:, 2:])
    dealt = random_density(here) if null == "random_density" else random_dyad_census(here)
    return draw(_Drawn(dealt, row.name), draws, seed, **how), False, None


@dataclass(frozen=True, eq=False)
class _Labelled:
    """A statistic: the measure by its name, for given departments (R, n)."""

    net: Net
    measure: str

    def __call__(self, labels: IntArray) -> FloatArray:
        row = find(self.measure)
        return np.array([_value(row, relabelled(self.net, each)) for each in labels])


@dataclass(frozen=True, eq=False)
class _Drawn:
    """A sampler: the measure by its name (functions of the catalogue cannot be sent to a worker)."""

    sampler: NetSampler
    measure: str

    def __call__(self, rng: np.random.Generator, size: int) -> FloatArray:
        row = find(self.measure)
        return np.array([_value(row, self.sampler(rng)) for _ in range(size)])


@dataclass(frozen=True, eq=False)
class _Halves:
    """A sampler: the measure after half of the steps and after all, and the shares of ties in place: (size, 4)."""

    sampler: DegreesFixed
    measure: str

    def __call__(self, rng: np.random.Generator, size: int) -> FloatArray:
        row, steps = find(self.measure), self.sampler.steps
        found = np.empty((size, 4))
        for r in range(size):
            (half, kept_half), (whole, kept) = self.sampler.stops(rng, (steps // 2, steps))
            found[r] = _value(row, half), _value(row, whole), kept_half, kept
        return found
