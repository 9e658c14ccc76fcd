"""What the E-I index would be by chance, and how far it could go: its expectation, its attainable range, its spread.

Tables are (k, k) as in `blocks`. What missing answers do: ties placed at random fall into observed cells only; labels
are shuffled among the people in the network, and every tie that was seen keeps its two people.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from netlearn.measures.blocks import FloatArray, Slopes, spread
from netlearn.measures.mixing import CROSS, WITHIN, ratio, within_cross
from netlearn.measures.net import Net


def ei_expected(ties: ArrayLike, cells: ArrayLike) -> float:
    """E-I index if ties fell into observed cells at random: (cross - within) / cells, -1 to 1; NaN without cells.

    Also the E-I index of the network with every observed cell tied. `ties` is not used.

    Source: Krackhardt & Stern (1988), Social Psychology Quarterly 51.

    Examples
    --------
    >>> ei_expected([[0, 0], [0, 0]], [[3, 5], [5, 3]])
    0.25
    """
    c = within_cross(cells)
    return float(ratio(c[CROSS] - c[WITHIN], c.sum()))


def ei_expected_gradient(ties: ArrayLike, cells: ArrayLike) -> Slopes:
    """Gradient of `ei_expected`."""
    c, k = within_cross(cells), len(np.asarray(ties))
    slope = ratio([-1.0, 1.0] - ei_expected(ties, cells) * np.ones(2), c.sum())
    return np.zeros((k, k)), spread(slope, k)


def ei_range(ties: ArrayLike, cells: ArrayLike) -> tuple[float, float]:
    """Lowest and highest E-I index that this number of ties can have in these observed cells; NaN without ties.

    At least ties - within cells must cross and at most all cross cells can.

    Examples
    --------
    4 ties, 3 within and 4 cross cells: from 1 cross tie to 4.

    >>> ei_range([[2, 1], [0, 1]], [[2, 2], [2, 1]])
    (-0.5, 1.0)
    """
    total, c = float(np.asarray(ties, dtype=float).sum()), within_cross(cells)
    low, high = max(0.0, total - c[WITHIN]), min(total, c[CROSS])
    return float(2 * ratio(low, total) - 1), float(2 * ratio(high, total) - 1)


def ei_rescaled(ties: ArrayLike, cells: ArrayLike) -> float:
    """E-I index as a position in its `ei_range`: -1 = as low as can be, 1 = as high; NaN if there is no room to move.

    It differs from the E-I index only where ties outnumber the within or the cross cells, as with many tiny
    departments.

    Examples
    --------
    2 cross ties where 1 to 4 are possible:

    >>> round(ei_rescaled([[2, 1], [1, 1]], [[2, 2], [2, 2]]), 3)
    -0.333
    """
    t, c = within_cross(ties), within_cross(cells)
    low, high = max(0.0, t.sum() - c[WITHIN]), min(t.sum(), c[CROSS])
    return float(2 * ratio(t[CROSS] - low, high - low) - 1)


def ei_rescaled_gradient(ties: ArrayLike, cells: ArrayLike) -> Slopes:
    """Gradient of `ei_rescaled`; where a limit just begins to bind, that of the side where it does not."""
    t, c = within_cross(ties), within_cross(cells)
    total, k = t.sum(), len(np.asarray(ties))
    forced, full = total > c[WITHIN], total > c[CROSS]
    low, high = max(0.0, total - c[WITHIN]), min(total, c[CROSS])
    share = ratio(t[CROSS] - low, high - low)
    # share = (x - low) / (high - low), each a function of within ties, cross ties, within cells, cross cells
    d_low = np.array([forced, forced, -1.0 * forced, 0.0])
    d_high = np.array([not full, not full, 0.0, full], dtype=float)
    x = np.array([0.0, 1.0, 0.0, 0.0])
    slope = 2 * ratio(x - d_low - share * (d_high - d_low), high - low)
    return spread(slope[:2], k), spread(slope[2:], k)


def falling(count: ArrayLike, power: int) -> FloatArray:
    """Multiply count x (count - 1) x ..., `power` factors: ways to draw that many people in order.

    Examples
    --------
    >>> falling([4, 1], 2).tolist()
    [12.0, 0.0]
    """
    c = np.asarray(count, dtype=float)
    return np.asarray(np.prod([c - step for step in range(power)], axis=0))


def ei_label_mean(sizes: ArrayLike) -> float:
    """Mean E-I index over all ways to deal the department labels to the people; -1 to 1, NaN below two people.

    Whatever the ties are, the two ends of a tie are a random pair of people, so only the department sizes matter.

    Parameters
    ----------
    sizes : (k,)
        People per department.

    Examples
    --------
    Two departments of two: 8 of the 12 ordered pairs cross.

    >>> round(ei_label_mean([2, 2]), 3)
    0.333
    """
    s = np.asarray(sizes, dtype=float)
    return float(1 - 2 * ratio(falling(s, 2).sum(), falling(s.sum(), 2)))


def ei_label_sd(net: Net) -> float:
    """Spread (standard deviation) of the E-I index over all ways to deal the department labels to the people.

    The people are those in the network. Exact, from the degrees: two ties can share both people, one, or none, and each
    kind has its own chance that both ties lie within. 0 or more; NaN without ties. Compare E-I minus `ei_label_mean`
    with it.

    Examples
    --------
    One tie among two departments of one and of two people: within in 1 of 3 deals, so E-I is -1, 1 or 1.

    >>> from netlearn.measures.net import net_of
    >>> round(ei_label_sd(net_of([[0, 1, 0], [0, 0, 0], [0, 0, 0]], [0, 1, 1])), 3)
    0.943
    """
    sizes = np.bincount(net.group[net.people], minlength=net.k).astype(np.int64)
    both = net.ties + net.ties.T
    same_pair = float((both.data**2).sum()) / 2
    share_one = float((np.asarray(both.sum(axis=1)) ** 2).sum()) - 2 * same_pair
    total = float(both.sum()) / 2
    kinds = np.array([same_pair, share_one, total**2 - same_pair - share_one])
    known = kinds > 0  # with three people no two ties are apart, and that chance is undefined
    second = float((kinds * _chances(sizes))[known].sum())
    mean = float(ratio(falling(sizes, 2).sum(), falling(sizes.sum(), 2))) * total
    return float(2 * ratio(np.sqrt(max(0.0, second - mean**2)), total))


def ei_label_z(net: Net) -> float:
    """Distance of the E-I index from its mean over deals of the labels, in standard deviations; below 0 = more within.

    NaN without ties, or where every deal gives the same value (one department, an empty or a complete network).

    Examples
    --------
    A tie within, where a tie is within in 1 of 3 deals: (-1 - 1/3) / 0.943.

    >>> from netlearn.measures.net import net_of
    >>> round(ei_label_z(net_of([[0, 0, 0], [0, 0, 1], [0, 0, 0]], [0, 1, 1])), 3)
    -1.414
    """
    ties, spread_of_deals = within_cross(net.tie_table), ei_label_sd(net)
    value = ratio(ties[CROSS] - ties[WITHIN], ties.sum())
    mean = ei_label_mean(np.bincount(net.group[net.people], minlength=net.k))
    # The variance is a difference of large sums: what is left of it by rounding alone is no spread.
    return float((value - mean) / spread_of_deals) if spread_of_deals > 1e-7 else float("nan")


def _chances(sizes: NDArray[np.int64]) -> FloatArray:
    """Chance that two ties both lie within, if they share both people, one, or none: (3,)."""
    pairs = falling(sizes, 2)
    apart = falling(sizes, 4).sum() + pairs.sum() ** 2 - (pairs**2).sum()
    ways = np.array([pairs.sum(), falling(sizes, 3).sum(), apart])
    return ratio(ways, [falling(sizes.sum(), power) for power in (2, 3, 4)])
