"""Ego networks from a name generator: whom each person named, from where, and who of those know each other."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from netlearn.errors import NetlearnError
from netlearn.measures.mixing import ratio
from netlearn.measures.net import BoolArray, FloatArray, IntArray
from netlearn.wording.shown import Shown

UNKNOWN = -1


@dataclass(frozen=True, eq=False)
class EgoNets(Shown):
    """The people whom each of n egos named (alters), without a network around them. Make one with `ego_nets`.

    An ego who answered and named nobody has size 0; an ego who did not answer is NaN in every measure.

    Attributes
    ----------
    department : (n,) int
        Department of each ego, below `k`; -1 unknown.
    answered, ties_known : (n,) bool
        Who answered the name generator, and the questions on ties among the alters.
    k : int
        Number of departments there are.
    ego, place : (r,) int
        Ego and department (-1 unknown) of each row of alters.
    weight : (r,) float
        Strength of the tie to each alter.
    tie_a, tie_b : (t,) int
        Ties among the alters of one ego, as rows of alters; each pair once.
    tie_weight : (t,) float
    """

    department: IntArray
    answered: BoolArray
    ties_known: BoolArray
    k: int
    ego: IntArray
    place: IntArray
    weight: FloatArray
    tie_a: IntArray
    tie_b: IntArray
    tie_weight: FloatArray

    @property
    def n(self) -> int:
        """Number of egos, whether they answered or not."""
        return len(self.department)

    @cached_property
    def places(self) -> FloatArray:
        """Alters of each ego (row) in each department (column), of those whose department is known: (n, k)."""
        known = self.place != UNKNOWN
        cell = self.ego[known] * self.k + self.place[known]
        return np.bincount(cell, minlength=self.n * self.k).reshape(self.n, self.k).astype(float)

    def by_ego(self, values: FloatArray) -> FloatArray:
        """Add up values of alters to egos: (n,); NaN for egos who did not answer."""
        sums = np.bincount(self.ego, values, minlength=self.n).astype(float)
        return np.where(self.answered, sums, np.nan)


def ego_nets(
    department: ArrayLike,
    ego: ArrayLike,
    place: ArrayLike,
    k: int,
    *,
    answered: ArrayLike | None = None,
    weight: ArrayLike | None = None,
    ties: tuple[ArrayLike, ArrayLike] | None = None,
    tie_weight: ArrayLike | None = None,
    ties_known: ArrayLike | None = None,
) -> EgoNets:
    """Build EgoNets from arrays.

    Parameters
    ----------
    department : (n,) int
        Of the egos, from 0 to k - 1 (the departments there are, named or not); -1 unknown.
    ego, place : (r,) int
        Ego and department of each alter.
    k : int
    answered : (n,) bool, optional
        Default all.
    weight, tie_weight : (r,) and (t,) float over 0, optional
        Of alters and of ties; default 1.
    ties : two (t,) int, optional
        Alter rows a and b of the same ego. A pair given twice counts once, with its larger weight.
    ties_known : (n,) bool, optional
        Who answered about ties among alters; default all who answered if `ties` is given, else nobody.

    Raises
    ------
    NetlearnError
        Lengths differ, a number is out of range, an alter belongs to an ego who did not answer, or a tie joins alters
        of two egos or an alter with itself.
    """
    home, owner = np.asarray(department, np.int64), np.asarray(ego, np.int64)
    n, rows = len(home), len(owner)
    there = np.ones(n, bool) if answered is None else np.asarray(answered, bool)
    pair = np.array(ties if ties is not None else ([], []), dtype=np.int64).reshape(2, -1)
    known = np.full(n, ties is not None) if ties_known is None else np.asarray(ties_known, bool)
    nets = EgoNets(
        home,
        there,
        known & there,
        k,
        owner,
        np.asarray(place, np.int64),
        np.ones(rows) if weight is None else np.asarray(weight, float),
        *_once(pair, np.ones(pair.shape[1]) if tie_weight is None else np.asarray(tie_weight, float), rows),
    )
    _check(nets)
    return nets


def _once(pair: IntArray, weight: FloatArray, rows: int) -> tuple[IntArray, IntArray, FloatArray]:
    """Each unordered pair once, with its largest weight."""
    if weight.shape != pair.shape[1:] or (pair.size and not 0 <= pair.min() <= pair.max() < rows):
        raise NetlearnError(f"ties must be rows of alters, 0 to {rows - 1}, with one weight each.")
    keys, which = np.unique(pair.min(axis=0) * rows + pair.max(axis=0), return_inverse=True)
    largest = np.zeros(len(keys))
    np.maximum.at(largest, which, weight)
    return keys // max(rows, 1), keys % max(rows, 1), largest


def _check(nets: EgoNets) -> None:
    r = len(nets.ego)
    by_ego, by_row = (nets.answered, nets.ties_known), (nets.place, nets.weight)
    if any(v.shape != (nets.n,) for v in by_ego) or any(v.shape != (r,) for v in by_row):
        raise NetlearnError(
            f"answered and ties_known need one entry per ego ({nets.n}), place and weight one per alter ({r})."
        )
    if r and not 0 <= nets.ego.min() <= nets.ego.max() < nets.n:
        raise NetlearnError(f"ego must be a number from 0 to {nets.n - 1}.")
    codes = np.concatenate([nets.department, nets.place])
    if ((codes < UNKNOWN) | (codes >= nets.k)).any():
        raise NetlearnError(f"departments must be numbers from 0 to {nets.k - 1}, or -1 where unknown.")
    if not nets.answered[nets.ego].all():
        raise NetlearnError("an alter has an ego who did not answer: correct `answered` or drop the row.")
    if not ((nets.weight > 0).all() and (nets.tie_weight > 0).all()):
        raise NetlearnError("weights must be over 0: leave out alters and ties without strength.")
    if (nets.ego[nets.tie_a] != nets.ego[nets.tie_b]).any() or (nets.tie_a == nets.tie_b).any():
        raise NetlearnError("a tie must join two different alters of the same ego.")


def size(nets: EgoNets) -> FloatArray:
    """Count the alters of each ego: (n,), colleagues per person; 0 for who named nobody, NaN for who is silent.

    Examples
    --------
    The second ego named nobody and the third did not answer:

    >>> nets = ego_nets([0, 0, 1], [0, 0], [0, 1], 2, answered=[True, True, False])
    >>> size(nets).tolist()
    [2.0, 0.0, nan]
    """
    return nets.by_ego(np.ones(len(nets.ego)))


def n_departments(nets: EgoNets) -> FloatArray:
    """Count the departments among the alters of each ego: (n,), 0 to k.

    Alters of unknown department are left out; NaN if there are only such alters, or no answer.

    Examples
    --------
    >>> n_departments(ego_nets([0, 0], [0, 0, 0], [0, 1, 1], 2)).tolist()
    [2.0, 0.0]
    """
    unknown = (size(nets) > 0) & (nets.places.sum(axis=1) == 0)
    return np.where(nets.answered & ~unknown, (nets.places > 0).sum(axis=1), np.nan)


def share_elsewhere(nets: EgoNets) -> FloatArray:
    """Share of the alters who are in another department than ego: (n,), 0 to 1.

    NaN for an ego who named nobody, did not answer, or whose department is unknown; alters of unknown department are
    left out.

    Examples
    --------
    >>> share_elsewhere(ego_nets([0, 0], [0, 0, 0, 0], [0, 1, 1, 1], 2)).tolist()
    [0.75, nan]
    """
    total = nets.places.sum(axis=1)
    own = nets.places[np.arange(nets.n), np.maximum(nets.department, 0)] if nets.k else total
    return np.where(nets.department == UNKNOWN, np.nan, ratio(total - own, total))


def blau(nets: EgoNets) -> FloatArray:
    """Blau's diversity of the alters' departments, 1 - sum p^2: (n,), 0 to 1 - 1/k.

    The chance that two draws among the alters come from different departments. NaN for an ego who named nobody or
    did not answer; alters of unknown department are left out.

    Source: Blau (1977), Inequality and Heterogeneity.

    Examples
    --------
    >>> blau(ego_nets([0, 0], [0, 0], [0, 1], 2)).tolist()
    [0.5, nan]
    """
    p = ratio(nets.places, nets.places.sum(axis=1, keepdims=True))
    return np.where(nets.places.any(axis=1), 1 - (p**2).sum(axis=1), np.nan)


def iqv(nets: EgoNets) -> FloatArray:
    """Index of qualitative variation of the alters' departments, Blau * k / (k - 1): (n,), 0 to 1.

    1 = spread evenly over all k departments. NaN as `blau`, and where there is one department only.

    Source: Mueller, Schuessler & Costner (1970), Statistical Reasoning in Sociology.

    Examples
    --------
    >>> iqv(ego_nets([0, 0], [0, 0], [0, 1], 2)).tolist()
    [1.0, nan]
    """
    return blau(nets) * ratio(nets.k, nets.k - 1 if nets.k else 0)


def alter_density(nets: EgoNets) -> FloatArray:
    """Share of the pairs of alters who are tied, 2 t / (s (s - 1)): (n,), 0 to 1.

    NaN with fewer than two alters, and where ties among the alters are not known.

    Examples
    --------
    >>> alter_density(ego_nets([0], [0, 0, 0], [0, 0, 1], 2, ties=([0], [1]))).round(3).tolist()
    [0.333]
    """
    s = size(nets)
    ties = np.bincount(nets.ego[nets.tie_a], minlength=nets.n)
    return np.where(nets.ties_known, ratio(2 * ties, s * (s - 1)), np.nan)


def effective_size(nets: EgoNets, *, weighted: bool = False) -> FloatArray:
    """Burt's effective size: alters less their average redundancy, s - sum over ties of (p_a m_ba + p_b m_ab).

    p_a is the share of ego's tie strength spent on a, and m_ba the tie a-b over the strongest tie of b. Without weights
    this is s - 2 t / s. With weighted=True the weights of alters and ties are used, which must then be on one scale.

    (n,), colleagues per person, 1 to s. NaN for an ego who named nobody, and where ties among alters are not known.
    Source: Burt (1992), Structural Holes; Borgatti (1997), Connections 20, 35-38.

    Examples
    --------
    Three alters, the first two tied: 3 - 2 / 3.

    >>> effective_size(ego_nets([0], [0, 0, 0], [0, 0, 1], 2, ties=([0], [1]))).round(3).tolist()
    [2.333]
    """
    w, z = _strengths(nets, weighted)
    p = w / nets.by_ego(w)[nets.ego]
    strongest = w.copy()
    a, b = nets.tie_a, nets.tie_b
    np.maximum.at(strongest, np.concatenate([a, b]), np.concatenate([z, z]))
    overlap = np.bincount(nets.ego[a], p[a] * z / strongest[b] + p[b] * z / strongest[a], minlength=nets.n)
    s = size(nets)
    return np.where(nets.ties_known & (s > 0), s - overlap, np.nan)


def constraint(nets: EgoNets, *, weighted: bool = False) -> FloatArray:
    """Burt's constraint: sum over alters j of (p_j + sum over q of p_q p_qj)^2.

    p_j is the share of ego's tie strength spent on j and p_qj the share of q's, within the ego network. With
    weighted=True the weights of alters and ties are used, which must then be on one scale.

    (n,), index over 0: 1 with one alter, 1.125 with two who are tied. NaN as `effective_size`.
    Source: Burt (1992), Structural Holes, chapter 2.

    Examples
    --------
    Two alters, not tied and tied:

    >>> nets = ego_nets([0, 0], [0, 0, 1, 1], [0, 0, 1, 1], 2, ties=([2], [3]))
    >>> constraint(nets).tolist()
    [0.5, 1.125]
    """
    w, z = _strengths(nets, weighted)
    ends, others = np.concatenate([[nets.tie_a, nets.tie_b], [nets.tie_b, nets.tie_a]], axis=1)
    both = np.concatenate([z, z])
    spent = w + np.bincount(ends, both, minlength=len(w))
    p = w / nets.by_ego(w)[nets.ego]
    detour = np.bincount(ends, p[others] * both / spent[others], minlength=len(w))
    total = nets.by_ego((p + detour) ** 2)
    return np.where(nets.ties_known & (size(nets) > 0), total, np.nan)


def _strengths(nets: EgoNets, weighted: bool) -> tuple[FloatArray, FloatArray]:
    w, z = nets.weight, nets.tie_weight
    return (w, z) if weighted else (np.ones_like(w), np.ones_like(z))


def mean_score(nets: EgoNets, score: ArrayLike) -> FloatArray:
    """Mean of a score of the alters, say how easy it is to contact them: (n,), on the scale of the score.

    score is (r,) float; NaN where not answered, which is left out. NaN for an ego who named nobody or scored nobody.

    Examples
    --------
    >>> mean_score(ego_nets([0, 0], [0, 0, 0], [0, 0, 1], 2), [5, 2, float("nan")]).tolist()
    [3.5, nan]
    """
    values = np.asarray(score, dtype=float)
    if values.shape != nets.ego.shape:
        raise NetlearnError(f"score must hold one entry for each of {len(nets.ego)} alters.")
    given = ~np.isnan(values)
    return ratio(nets.by_ego(np.where(given, values, 0.0)), nets.by_ego(given.astype(float)))
