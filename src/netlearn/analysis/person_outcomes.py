"""One value per person and wave: colleagues named, or named by, elsewhere, at home or in all."""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from netlearn.errors import NetlearnError
from netlearn.study.cells import Cells
from netlearn.study.panel import Panel

FloatArray = NDArray[np.float64]
PersonOutcome = Literal["cross_out_degree", "cross_in_degree", "within_out_degree", "out_degree"]
PERSON_OUTCOMES: tuple[PersonOutcome, ...] = get_args(PersonOutcome)


def person_outcome(panel: Panel, name: PersonOutcome, label: str, cells: Cells | None = None) -> FloatArray:
    """Count the colleagues of each person in one wave, as far as the answers tell: (n,) float.

    Parameters
    ----------
    panel : Panel
    name : "cross_out_degree", "cross_in_degree", "within_out_degree" or "out_degree"
        Colleagues in other departments whom a person names, or by whom a person is named; in the own department; in
        all.
    label : str
        The wave.
    cells : Cells, optional
        Count in these cells only, such as those observed in both of two waves; default those observed in the wave.

    Returns
    -------
    (n,) float
        Colleagues per person. The share of a person's observed cells that hold a tie, times the colleagues there are to
        name: with every cell answered that is the plain count, and a blank cell is taken to be like the person's other
        cells, never as a zero. NaN for people without an observed cell. Silent colleagues cannot name anybody, so a
        count of being named is filled up in the same way.

    Examples
    --------
    Of four people, A answers about both colleagues in the other department and names one; B answered about one of them
    only, and names that one; C and D, of the other department, did not answer:

    >>> import numpy as np
    >>> ties = np.array([[0, 1, 1, 0], [0, 0, 1, 0], [0, 0, 0, 0], [0, 0, 0, 0]])
    >>> answered = np.array([[1, 1, 1, 1], [1, 1, 1, 0], [0, 0, 0, 0], [0, 0, 0, 0]], bool)
    >>> panel = Panel.from_arrays({"now": ties}, ["x", "x", "y", "y"], {"now": answered})
    >>> person_outcome(panel, "cross_out_degree", "now").tolist()
    [1.0, 2.0, nan, nan]
    """
    if name not in PERSON_OUTCOMES:
        raise NetlearnError(f"outcome must be one of {', '.join(PERSON_OUTCOMES)}; got {name!r}.")
    wave, group = panel.wave(label), panel.group(label)
    shown = wave.cells if cells is None else cells
    i, j = wave.arcs(shown)
    kept = {"c": group[i] != group[j], "w": group[i] == group[j], "o": np.ones(len(i), bool)}[name[0]]
    who = j if name == "cross_in_degree" else i
    ties = np.bincount(who[kept], minlength=panel.n)
    observed, possible = _room(shown, group, name)
    share = np.divide(ties, observed, out=np.full(panel.n, np.nan), where=observed > 0)
    return share * possible


def _room(cells: Cells, group: NDArray[np.int64], name: PersonOutcome) -> tuple[FloatArray, FloatArray]:
    """Observed cells of each person, and colleagues there are: two (n,) vectors."""
    into = name == "cross_in_degree"
    mine, others = (cells.receivers, cells.senders) if into else (cells.senders, cells.receivers)
    total = cells.column_counts() if into else cells.row_counts()
    k = int(group.max(initial=0)) + 1
    i, j = cells.hole_pairs()
    lost = np.bincount((j if into else i)[group[i] == group[j]], minlength=cells.n)
    own = np.where(mine, np.bincount(group[others], minlength=k)[group] - others, 0) - lost
    named = np.bincount(group[cells.receivers], minlength=k)
    at_home, everywhere = named[group] - cells.receivers, int(cells.receivers.sum()) - cells.receivers
    observed = {"c": total - own, "w": own, "o": total}[name[0]]
    possible = {"c": everywhere - at_home, "w": at_home, "o": everywhere}[name[0]]
    return observed.astype(float), possible.astype(float)
