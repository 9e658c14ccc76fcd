"""Ego networks from a name generator: from tidy tables to measures per person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from netlearn.errors import NetlearnError
from netlearn.measures import ego as measures
from netlearn.measures.ego import UNKNOWN, EgoNets, ego_nets
from netlearn.wording.shown import Shown

FloatArray = NDArray[np.float64]

_MEASURES: dict[str, tuple[str, Callable[[EgoNets], FloatArray]]] = {
    "size": ("colleagues per person", measures.size),
    "n_departments": ("departments per person", measures.n_departments),
    "share_elsewhere": ("share of colleagues named", measures.share_elsewhere),
    "blau": ("chance that two draws differ in department", measures.blau),
    "iqv": ("index, 0 to 1", measures.iqv),
    "alter_density": ("share of pairs of colleagues named", measures.alter_density),
    "effective_size": ("colleagues per person", measures.effective_size),
    "constraint": ("index", measures.constraint),
}
SCORE = "mean_score"
EGO_MEASURES: tuple[str, ...] = (*_MEASURES, SCORE)


@dataclass(frozen=True, eq=False)
class EgoData(Shown):
    """Ego networks of the same people in ordered waves; make one with `ego_networks`.

    Attributes
    ----------
    waves, egos, departments : tuple of str
    nets : tuple of EgoNets
        One per wave; row i is egos[i], not answered where the person has no row in that wave.
    scores : tuple of (r,) float
        Per wave, the score of each alter; NaN where none was given.
    """

    waves: tuple[str, ...]
    egos: tuple[str, ...]
    departments: tuple[str, ...]
    nets: tuple[EgoNets, ...]
    scores: tuple[FloatArray, ...]

    def values(self, measure: str, wave: str) -> FloatArray:
        """Return a measure of every ego in a wave: (n,), NaN where undefined."""
        unit_of(measure)
        if wave not in self.waves:
            raise NetlearnError(f"no wave {wave!r}; there are {', '.join(self.waves)}.")
        index = self.waves.index(wave)
        if measure == SCORE:
            return measures.mean_score(self.nets[index], self.scores[index])
        return _MEASURES[measure][1](self.nets[index])

    def __repr__(self) -> str:
        rows = [
            f"  {wave}: {int(nets.answered.sum())} answered, {len(nets.ego)} colleagues named"
            for wave, nets in zip(self.waves, self.nets, strict=True)
        ]
        return "\n".join([f"Ego networks of {len(self.egos)} people", *rows])


def unit_of(measure: str) -> str:
    """Return the unit of an ego measure; an unknown name is an error."""
    if measure not in EGO_MEASURES:
        raise NetlearnError(f"no ego measure {measure!r}; there are {', '.join(EGO_MEASURES)}.")
    return "score" if measure == SCORE else _MEASURES[measure][0]


def ego_networks(
    egos: pd.DataFrame,
    alters: pd.DataFrame,
    ties: pd.DataFrame | None = None,
    *,
    waves: Sequence[str] | None = None,
    departments: Sequence[str] | None = None,
    score: str | None = None,
) -> EgoData:
    """Read ego networks.

    Parameters
    ----------
    egos : DataFrame
        One row per person and wave: ego, wave, department; optional answered (default True) and ties_answered (the
        questions on ties among the alters; default True if `ties` is given). An empty department is unknown.
    alters : DataFrame
        One row per colleague named: ego, wave, alter, department, and the column of `score`.
    ties : DataFrame, optional
        One row per tie among the colleagues of one person: ego, wave, alter_a, alter_b.
    waves : labels, optional
        In order of time; default as they come in `egos`.
    departments : names, optional
        All there are, named or not (the index of qualitative variation asks how many); default those in the tables.
    score : str, optional
        Column of `alters` with a number, say how easy it is to contact them.

    Raises
    ------
    NetlearnError
        A column is missing or a code empty, a row stands twice, an alter has no ego who answered, a tie names somebody
        who was not named.

    Examples
    --------
    >>> egos = pd.DataFrame({"ego": ["a", "b"], "wave": "before", "department": ["A", "B"]})
    >>> alters = pd.DataFrame({"ego": ["a", "a"], "wave": "before", "alter": [1, 2], "department": ["A", "B"]})
    >>> measure_egos(ego_networks(egos, alters), ["size", "blau"])["estimate"].tolist()
    [2.0, 0.0, 0.5, nan]
    """
    people = _clean(egos, "egos", ["ego", "wave"], ["department"])
    named = _clean(alters, "alters", ["ego", "wave", "alter"], ["department", *([score] if score else [])])
    if score and not pd.api.types.is_numeric_dtype(named[score]):
        raise NetlearnError(
            f"column {score!r} of alters must hold numbers; turn its answers into numbers first."
        )
    tied = None if ties is None else _clean(ties, "ties", ["ego", "wave", "alter_a", "alter_b"], [])
    labels = tuple(dict.fromkeys(people["wave"])) if waves is None else tuple(map(str, waves))
    _check_waves((people, named, tied), labels)
    ids = pd.Index(list(dict.fromkeys(people["ego"])))
    places = _departments(people, named, departments)
    nets, scores = [], []
    for label in labels:
        here, rows = (frame[frame["wave"] == label] for frame in (people, named))
        pairs = None if tied is None else tied[tied["wave"] == label]
        nets.append(_one_wave(here, rows, pairs, ids, places, label))
        scores.append(rows[score].to_numpy(float) if score else np.full(len(rows), np.nan))
    return EgoData(labels, tuple(ids), tuple(places), tuple(nets), tuple(scores))


def _clean(frame: pd.DataFrame, table: str, codes: list[str], others: list[str]) -> pd.DataFrame:
    """Check the columns, and read the codes as text: each combination once."""
    for column in (*codes, *others):
        if column not in frame:
            have = ", ".join(map(str, frame.columns))
            raise NetlearnError(f"no column {column!r} in {table}; it has {have}. Rename or add it.")
    for column in codes:
        if frame[column].isna().any():
            row = int(frame[column].isna().to_numpy().argmax()) + 1
            raise NetlearnError(f"column {column!r} of {table} is empty in data row {row}; fill it in.")
    clean = frame.assign(**{column: frame[column].astype(str) for column in codes})
    again = clean.duplicated(codes).to_numpy()
    if again.any():
        which = ", ".join(f"{c} {clean[c].iloc[int(again.argmax())]}" for c in codes)
        raise NetlearnError(f"{table} holds {which} twice; keep one row.")
    return clean


def _check_waves(frames: tuple[pd.DataFrame | None, ...], labels: tuple[str, ...]) -> None:
    for table, frame in zip(("egos", "alters", "ties"), frames, strict=True):
        strange = set() if frame is None else set(frame["wave"]) - set(labels)
        if strange:
            known = ", ".join(labels)
            raise NetlearnError(f"column 'wave' of {table} holds {min(strange)!r}; the waves are {known}.")


def _departments(egos: pd.DataFrame, alters: pd.DataFrame, given: Sequence[str] | None) -> pd.Index:
    found = {str(d) for frame in (egos, alters) for d in frame["department"].dropna()}
    strange = found - set(map(str, given)) if given is not None else set()
    if strange:
        raise NetlearnError(f"column 'department' holds {min(strange)!r}; add it to departments=.")
    return pd.Index(sorted(found) if given is None else [str(d) for d in given])


def _one_wave(egos: Any, alters: Any, ties: Any, ids: pd.Index, places: pd.Index, label: str) -> EgoNets:
    row = ids.get_indexer(egos["ego"])
    answered, ties_known = np.zeros(len(ids), bool), np.zeros(len(ids), bool)
    answered[row] = _flags(egos, "answered", True)
    ties_known[row] = _flags(egos, "ties_answered", ties is not None)
    home = np.full(len(ids), UNKNOWN)
    home[row] = _place(egos, places)
    owner = ids.get_indexer(alters["ego"])
    silent = (owner < 0) | ~answered[owner]
    if silent.any():
        raise NetlearnError(
            f"alters: wave {label} has an alter of {alters['ego'].iloc[int(silent.argmax())]!r}, who did not answer "
            "there; give that ego a row in egos with answered True, or drop the alter."
        )
    pairs, where = None if ties is None else _pairs(alters, ties), _place(alters, places)
    return ego_nets(home, owner, where, len(places), answered=answered, ties=pairs, ties_known=ties_known)


def _flags(egos: pd.DataFrame, column: str, default: bool) -> np.ndarray:
    if column not in egos:
        return np.full(len(egos), default)
    if not egos[column].isin([True, False]).all():  # 1 and 0 are equal to them
        raise NetlearnError(
            f"column {column!r} of egos must hold True or False (or 1 and 0), and no empty cell."
        )
    return egos[column].to_numpy(dtype=bool)


def _place(frame: pd.DataFrame, places: pd.Index) -> np.ndarray:
    """Department numbers; an empty department is found nowhere, so -1."""
    return places.get_indexer(pd.Index(frame["department"].map(str, na_action="ignore")))


def _pairs(alters: pd.DataFrame, ties: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    rows = pd.MultiIndex.from_frame(alters[["ego", "alter"]])
    found = []
    for column in ("alter_a", "alter_b"):
        position = rows.get_indexer(pd.MultiIndex.from_frame(ties[["ego", column]]))
        if (position < 0).any():
            bad = ties.iloc[int((position < 0).argmax())]
            raise NetlearnError(
                f"column {column!r} of ties holds {bad[column]!r}, whom {bad['ego']!r} did not name in wave "
                f"{bad['wave']}; add the alter or drop the tie."
            )
        found.append(position)
    return found[0], found[1]


def measure_egos(data: EgoData, measures: str | Sequence[str] | None = None) -> pd.DataFrame:
    """Compute measures of every ego in every wave.

    Returns
    -------
    DataFrame
        ego, wave, measure, unit, estimate; NaN for who did not answer, and where undefined. `measures` are names from
        `EGO_MEASURES`, default all.
    """
    names = [measures] if isinstance(measures, str) else list(measures or EGO_MEASURES)
    frames = []
    for wave in data.waves:
        for name in names:
            columns = {"ego": data.egos, "wave": wave, "measure": name, "unit": unit_of(name)}
            frames.append(pd.DataFrame(columns | {"estimate": data.values(name, wave)}))
    return pd.concat(frames, ignore_index=True)
