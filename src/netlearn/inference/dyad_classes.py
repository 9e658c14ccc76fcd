"""Change of ties between trained and untrained people, under redrawn assignments.

Every observed arc lies in one class: trained names trained, trained names untrained, untrained names trained, or
neither trained. A contrast is the mean change of some classes minus that where neither is trained. Its standard error
is dyadic-robust with the arm as the group, as in `netlearn.inference.dyadic`; here it is worked out for many drawn arms
at once from products of sparse matrices with the arms, so time and memory grow with people and ties.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from netlearn.inference.dyadic import floored_variance
from netlearn.inference.parallel import Workers
from netlearn.inference.permute import PermutationResult, rearranged, result, slack
from netlearn.inference.rearrange import Labels
from netlearn.study.cells import Cells
from netlearn.wording.shown import Shown

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
CLASSES = ("both", "sender", "receiver", "none")  # who of the two was trained
CONTRASTS = ("both", "one", "sender", "receiver")  # each minus none


@dataclass(frozen=True, eq=False)
class CrossCells:
    """The observed cells between departments as a matrix that is multiplied without being made.

    Attributes
    ----------
    senders, receivers : (n, 1) float
        1 for people who answered, and who could be named.
    department : (n, k) sparse
        1 in the column of the person's department.
    holes : (n, n) sparse
        1 in cells between departments without an answer.
    """

    senders: FloatArray
    receivers: FloatArray
    department: sparse.csr_array
    holes: sparse.csr_array

    def __matmul__(self, x: FloatArray) -> FloatArray:
        """Sum x over the cells of each sender: (n, R)."""
        named = self.receivers * x
        own = self.department @ (self.department.T @ named)
        return self.senders * (named.sum(axis=0) - own) - self.holes @ x

    @property
    def transposed(self) -> CrossCells:
        """The same cells seen from the receivers."""
        return CrossCells(self.receivers, self.senders, self.department, self.holes.T.tocsr())

    @property
    def mutual(self) -> CrossCells:
        """The cells whose reverse is observed too."""
        both = self.senders * self.receivers
        i, j = (self.holes + self.holes.T).nonzero()
        inside = (both[i, 0] > 0) & (both[j, 0] > 0)
        n = len(both)
        holes = sparse.csr_array((np.ones(int(inside.sum())), (i[inside], j[inside])), shape=(n, n))
        return CrossCells(both, both, self.department, holes)


def cross_cells(cells: Cells, group: IntArray) -> CrossCells:
    """Take the observed cells between departments."""
    n = cells.n
    i, j = cells.hole_pairs()
    cross = group[i] != group[j]
    senders, receivers = (v.astype(np.float64)[:, None] for v in (cells.senders, cells.receivers))
    holes = sparse.csr_array((np.ones(int(cross.sum())), (i[cross], j[cross])), shape=(n, n))
    department = sparse.csr_array(
        (np.ones(n), (np.arange(n), group)), shape=(n, int(group.max(initial=0)) + 1)
    )
    return CrossCells(senders, receivers, department, holes)


@dataclass(frozen=True, eq=False)
class DyadModel:
    """Contrasts between classes of arcs for any arms.

    Attributes
    ----------
    unit : (n,) int
        Place of each person's unit.
    matrices : dict
        Of the observed cells M and the changes C: "C", "M", their transposed "Ct", "Mt", and the products cell by cell
        "CC", "CCt", "CMt", "MMt".
    people : int
        People who answered, for n / (n - 1).
    """

    unit: IntArray
    matrices: dict[str, sparse.csr_array | CrossCells]
    people: int

    def __call__(self, arms: IntArray) -> FloatArray:
        """Return contrasts, then their t, for the arms of all units in each draw: (R, 8)."""
        estimates, variances = self.contrasts(arms)
        variances = np.where(variances > 0, variances, np.nan)
        return np.column_stack([estimates, estimates / np.sqrt(variances)])

    def sums(self, arms: IntArray) -> dict[str, dict[str, FloatArray]]:
        """Add up every matrix over the arcs of every class: (R,) each."""
        d = arms[:, self.unit].T.astype(float)
        found = {}
        for name, matrix in self.matrices.items():
            ones = matrix @ np.ones((len(d), 1))
            out = matrix @ d
            both = (d * out).sum(axis=0)
            sender, receiver = (d * ones).sum(axis=0) - both, out.sum(axis=0) - both
            rest = ones.sum() - both - sender - receiver
            found[name] = {"both": both, "sender": sender, "receiver": receiver, "none": rest}
            found[name]["one"] = sender + receiver
        return found

    def contrasts(self, arms: IntArray) -> tuple[FloatArray, FloatArray]:
        """Contrasts and their variances: (R, 4) each."""
        d = arms[:, self.unit].T.astype(float)
        sums = self.sums(arms)
        flows = {}
        for name in ("C", "Ct", "M", "Mt"):
            out = self.matrices[name] @ d
            flows[name] = (out, self.matrices[name] @ np.ones((len(d), 1)) - out)
        # Influence of the classes on every person (n, R), and squared over pairs (R,).
        loads, squares, means = {}, {}, {}
        for name in (*CONTRASTS, "none"):
            cells = sums["M"][name]
            size = np.where(cells > 0.5, cells, np.nan)
            means[name] = sums["C"][name] / size
            loads[name] = _loads(name, d, flows, means[name]) / size
            squares[name] = _squares(name, sums, means[name]) / size**2
        estimates = [means[name] - means["none"] for name in CONTRASTS]
        scale = self.people / max(self.people - 1, 1)
        variances = [
            scale * floored_variance(loads[name] - loads["none"], squares[name] + squares["none"])
            for name in CONTRASTS
        ]
        return np.column_stack(estimates), np.column_stack(variances)


def _loads(
    name: str, d: FloatArray, flows: dict[str, tuple[FloatArray, FloatArray]], mean: FloatArray
) -> FloatArray:
    """Sum (change - mean) over the arcs of a class that hold each person, as sender and as receiver: (n, R)."""

    def rest(out: int, which: str) -> FloatArray:
        """Sum over the others who are trained (0) or not (1), by rows of C or of its transposed."""
        return flows["C" + which][out] - mean * flows["M" + which][out]

    # trained or not, of this person and of the other; as sender (rows) and as receiver (columns)
    if name == "both":
        return d * (rest(0, "") + rest(0, "t"))
    if name == "none":
        return (1 - d) * (rest(1, "") + rest(1, "t"))
    sender = d * rest(1, "") + (1 - d) * rest(0, "t")
    receiver = (1 - d) * rest(0, "") + d * rest(1, "t")
    return {"sender": sender, "receiver": receiver, "one": sender + receiver}[name]


def _squares(name: str, sums: dict[str, dict[str, FloatArray]], mean: FloatArray) -> FloatArray:
    """Sum over pairs the squared sum of (change - mean) over those of their two arcs that are in the class: (R,)."""
    single = sums["CC"][name] - 2 * mean * sums["C"][name] + mean**2 * sums["M"][name]
    if name in ("sender", "receiver"):
        return single  # the reverse of such an arc is in the other class
    return single + sums["CCt"][name] - 2 * mean * sums["CMt"][name] + mean**2 * sums["MMt"][name]


def dyad_model(
    cells: Cells, group: IntArray, sender: IntArray, receiver: IntArray, change: FloatArray, unit: IntArray
) -> DyadModel:
    """Prepare the contrasts.

    Parameters
    ----------
    cells : Cells
        Observed in both waves.
    group : (n,) int
        Department; only arcs between departments count.
    sender, receiver : (m,) int
        Arcs with a tie in some wave, each once.
    change : (m,) float
        Later minus earlier.
    unit : (n,) int
        Place of each person's unit, 0 to u - 1.
    """
    observed = cross_cells(cells, group)
    keep = (group[sender] != group[receiver]) & (change != 0)
    i, j, c = sender[keep], receiver[keep], np.asarray(change, float)[keep]
    moved = sparse.csr_array((c, (i, j)), shape=(cells.n, cells.n))
    back = sparse.csr_array((c * cells.contains(j, i), (i, j)), shape=(cells.n, cells.n))
    matrices: dict[str, sparse.csr_array | CrossCells] = {
        "C": moved,
        "Ct": moved.T.tocsr(),
        "M": observed,
        "Mt": observed.transposed,
        "CC": moved * moved,
        "CCt": (moved * moved.T).tocsr(),
        "CMt": back,
        "MMt": observed.mutual,
    }
    return DyadModel(unit, matrices, int((cells.senders & cells.people()).sum()))


@dataclass(frozen=True, eq=False)
class Contrast(Shown):
    """Change of one class of arcs minus that where neither is trained.

    Attributes
    ----------
    name : "both", "one", "sender" or "receiver"
    estimate, se : float
        Ties per observed cell.
    low, high : float
        Estimate less and plus the largest |t| that the redrawn assignments do not exclude, times the standard error;
        infinite where they exclude nothing. It excludes 0 exactly when p <= alpha.
    result : PermutationResult
        Of the contrast over its standard error.
    """

    name: str
    estimate: float
    se: float
    low: float
    high: float
    result: PermutationResult


def redraw_classes(
    model: DyadModel,
    arms: IntArray,
    layers: IntArray,
    *,
    draws: int = 1999,
    seed: int = 0,
    alternative: str = "two-sided",
    alpha: float = 0.05,
    smallest_p: tuple[float, float] = (0.0, 0.0),
    workers: Workers = 1,
    progress: bool = False,
    keep: bool = False,
) -> dict[str, Contrast]:
    """Test every contrast under the same redrawn assignments.

    Parameters
    ----------
    arms, layers : (u,) int
        Arm and stratum of each unit.
    smallest_p : (float, float)
        From `attainable_p`: of the contrast "both", and of the others.
    """
    estimates, variances = (found[0] for found in model.contrasts(arms[None]))
    observed = model(arms[None])[0]
    made, exact = rearranged(
        Labels(arms, layers), model, draws, seed, workers=workers, progress=progress, label="assignments"
    )
    found = {}
    for k, name in enumerate(CONTRASTS):
        t, drawn = float(observed[4 + k]), made[:, 4 + k]
        tested = result(
            t, drawn, exact, "assignment_redrawn", alternative, smallest_p=smallest_p[k > 0], keep=keep
        )
        se = float(np.sqrt(variances[k])) if variances[k] > 0 else np.nan
        down, up = excluded_beyond(t, drawn, exact, alternative, alpha)
        value = float(estimates[k])
        found[name] = Contrast(name, value, se, value - down * se, value + up * se, tested)
    return found


def excluded_beyond(
    t: float, drawn: FloatArray, exact: bool, alternative: str, alpha: float
) -> tuple[float, float]:
    """Return how many standard errors below and above the estimate an effect has to be to be excluded.

    Draws that tie with the observed statistic are the same assignment, or its mirror image: they tie at any effect, so
    they never help to exclude one.

    Examples
    --------
    Twenty assignments in all, of which the observed one has t = 3; one in twenty may be as extreme:

    >>> excluded_beyond(3.0, np.array([3.0, -1.0, 2.0] + [0.0] * 17), True, "two-sided", 0.05)
    (2.0, 2.0)
    """
    allowed = alpha * len(drawn) if exact else alpha * (1 + len(drawn)) - 1
    most = int(np.floor(allowed + 1e-9)) + 1
    limits = []
    for sign in (1, -1):  # an effect below the estimate is excluded by a large t, one above by a small
        values = np.abs(drawn) if alternative == "two-sided" else sign * drawn
        here = abs(t) if alternative == "two-sided" else sign * t
        tied = np.isnan(values) | (np.abs(values - here) <= slack(here, values))
        values = np.where(tied, np.inf, values)
        limits.append(float(np.sort(values)[::-1][most - 1]) if 1 <= most <= len(values) else np.inf)
    return limits[0], limits[1]
