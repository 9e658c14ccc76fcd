"""Attendance lists: people x learning rooms (or citizens x activities), from a tidy table to tidy tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from netlearn.errors import NetlearnError
from netlearn.measures import twomode
from netlearn.measures.twomode import Mode, Weights
from netlearn.study.panel import Panel
from netlearn.wording.shown import Shown


@dataclass(frozen=True, eq=False)
class TwoMode(Shown):
    """Who took part in which activity; make one with `attendance`.

    Attributes
    ----------
    people, rooms : tuple of str
        The rows and columns of `data`.
    data : Attendance
        `data.times`, (n, m) sparse: how often row took part in column; `data.could`: who could.
    """

    people: tuple[str, ...]
    rooms: tuple[str, ...]
    data: twomode.Attendance

    @property
    def matrix(self) -> sparse.csr_array:
        """(n, m) sparse: how often row took part in column."""
        return self.data.times

    def __repr__(self) -> str:
        met = self.data.present.count_nonzero()
        return f"TwoMode of {len(self.people)} people and {len(self.rooms)} activities, {met} took part"


def attendance(
    frame: pd.DataFrame,
    *,
    person: str = "person",
    room: str = "room",
    count: str | None = None,
    people: Iterable[object] | None = None,
    rooms: Iterable[object] | None = None,
    could: pd.Series | pd.DataFrame | None = None,
) -> TwoMode:
    """Read an attendance list.

    Parameters
    ----------
    frame : DataFrame
        One row each time somebody took part.
    person, room : str
        Its columns.
    count : str, optional
        Column that says how many times; without it every row is one time.
    people, rooms : codes, optional
        Everybody and everything that the list is about, also those who never came; default those in the list.
    could : bool Series by person, or DataFrame people x rooms, optional
        False where somebody could not take part, or where it is not known. Default everybody in everything.

    Raises
    ------
    NetlearnError
        A column is missing, a cell is empty, a person or room is not among `people` or `rooms`, somebody took part
        who could not.

    Examples
    --------
    >>> frame = pd.DataFrame({"person": ["a", "b", "a"], "room": ["x", "x", "y"]})
    >>> attendance(frame, people=["a", "b", "c"]).matrix.toarray().tolist()
    [[1.0, 1.0], [1.0, 0.0], [0.0, 0.0]]
    """
    for column in (person, room, *([count] if count else [])):
        _check_column(frame, column)
    row_names, i = _codes(frame[person], person, people, "people")
    column_names, j = _codes(frame[room], room, rooms, "rooms")
    times = (
        np.ones(len(frame)) if count is None else pd.to_numeric(frame[count], errors="coerce").to_numpy(float)
    )
    if not (np.isfinite(times) & (times >= 0)).all():
        raise NetlearnError(f"column {count!r} must hold counts of 0 or more.")
    matrix = sparse.csr_array((times, (i, j)), shape=(len(row_names), len(column_names)))
    mask = None if could is None else _mask(could, row_names, column_names)
    return TwoMode(row_names, column_names, twomode.attendance_of(matrix, mask))


def _check_column(frame: pd.DataFrame, column: str) -> None:
    if column not in frame:
        raise NetlearnError(
            f"no column {column!r} in the attendance list; it has {', '.join(map(str, frame.columns))}. "
            "Name the columns with person=, room= and count=."
        )
    if frame[column].isna().any():
        row = int(frame[column].isna().to_numpy().argmax())
        raise NetlearnError(f"column {column!r} is empty in data row {row + 1}; fill it in or drop the row.")


def _codes(
    values: pd.Series, column: str, known: Iterable[object] | None, option: str
) -> tuple[tuple[str, ...], np.ndarray]:
    """All names in order, and the position of each value among them."""
    texts = values.astype(str)
    names = pd.Index(sorted(set(texts)) if known is None else [str(name) for name in known])
    if not names.is_unique:
        raise NetlearnError(f"{option} holds {names[names.duplicated()][0]!r} twice; give each once.")
    position = names.get_indexer(pd.Index(texts))
    if (position < 0).any():
        stranger = texts.to_numpy()[position < 0][0]
        raise NetlearnError(f"column {column!r} holds {stranger!r}, which is not in {option}=; add it there.")
    return tuple(names), position


def _mask(could: pd.Series | pd.DataFrame, people: tuple[str, ...], rooms: tuple[str, ...]) -> np.ndarray:
    if not isinstance(could, pd.Series | pd.DataFrame):
        raise NetlearnError("could= must be a Series by person or a table of person by room.")
    table = could.rename(index=str)
    missing = [name for name in people if name not in table.index]
    if isinstance(table, pd.DataFrame):
        table = table.rename(columns=str)
        missing += [name for name in rooms if name not in table.columns]
    if missing:
        raise NetlearnError(
            f"could= says nothing about {', '.join(missing[:5])}; give True or False for all."
        )
    chosen = table.loc[list(people), list(rooms)] if isinstance(table, pd.DataFrame) else table[list(people)]
    if chosen.isna().to_numpy().any():
        raise NetlearnError("could= has empty cells; give False where it is not known who took part.")
    if not chosen.isin([True, False]).to_numpy().all():
        raise NetlearnError("could= must hold True or False (or 1 or 0) only.")
    return chosen.to_numpy(dtype=bool)


def co_attendance(data: TwoMode, weights: Weights = "count") -> pd.DataFrame:
    """List the pairs of people who met: one row per pair that shared an activity.

    Returns
    -------
    DataFrame
        person, other, shared: shared activities, or Newman's weight of them with weights="newman".

    Examples
    --------
    >>> frame = pd.DataFrame({"person": ["a", "b", "a", "c"], "room": ["x", "x", "y", "y"]})
    >>> co_attendance(attendance(frame)).to_numpy().tolist()
    [['a', 'b', 1.0], ['a', 'c', 1.0]]
    """
    pairs = sparse.triu(twomode.co_attendance(data.data, weights)).tocsr().tocoo()
    names = np.array(data.people, dtype=object)
    return pd.DataFrame({"person": names[pairs.row], "other": names[pairs.col], "shared": pairs.data})


def exposure(data: TwoMode, panel: Panel, weights: Weights = "count") -> sparse.csr_array:
    """Shared activities of the people of a panel: (n, n) sparse, in the panel's order.

    People on the list who are not in the panel are left out, but count in the size of a room.

    Raises
    ------
    NetlearnError
        A person of the panel is not in `data`: silence is no 0.

    Examples
    --------
    >>> frame = pd.DataFrame({"person": ["1", "2", "9"], "room": ["x", "x", "x"]})
    >>> panel = Panel.from_arrays({"now": np.zeros((2, 2))}, ["A", "B"])
    >>> exposure(attendance(frame), panel, "newman").toarray().tolist()
    [[0.0, 0.5], [0.5, 0.0]]
    """
    position = pd.Index(data.people).get_indexer(pd.Index(panel.ids))
    if (position < 0).any():
        absent = [name for name, at in zip(panel.ids, position, strict=True) if at < 0]
        raise NetlearnError(
            f"the attendance list knows nothing of {', '.join(absent[:5])}; give people= when you read it, with "
            "everybody who could take part, and could= for those who could not."
        )
    return sparse.csr_array(twomode.co_attendance(data.data, weights)[position][:, position])


def participation(data: TwoMode, of: Mode = "person") -> pd.DataFrame:
    """One row per person (or activity): count, times, possible and share; NaN for one that could not.

    Examples
    --------
    >>> frame = pd.DataFrame({"person": ["a", "b", "a"], "room": ["x", "x", "y"]})
    >>> participation(attendance(frame))["share"].tolist()
    [1.0, 0.5]
    """
    found = twomode.participation(data.data, of)
    columns = {name: getattr(found, name) for name in ("count", "times", "possible", "share")}
    return pd.DataFrame({of: data.people if of == "person" else data.rooms} | columns)


def mixing_of_rooms(data: TwoMode, department: Mapping[str, str], weights: Weights = "count") -> pd.DataFrame:
    """Department-by-department table of shared activities; a pair within a department counts once.

    Parameters
    ----------
    data : TwoMode
    department : mapping or Series person -> department
        Of everybody in `data`.
    weights : "count" or "newman"

    Returns
    -------
    DataFrame
        (k, k), symmetric: a pair across departments stands in both triangles.

    Examples
    --------
    >>> frame = pd.DataFrame({"person": ["a", "b", "c"], "room": ["x", "x", "x"]})
    >>> mixing_of_rooms(attendance(frame), {"a": "A", "b": "A", "c": "B"}).to_numpy().tolist()
    [[1.0, 2.0], [2.0, 0.0]]
    """
    home = pd.Series(data.people, dtype=object).map({str(p): d for p, d in dict(department).items()})
    if home.isna().any():
        stranger = data.people[int(home.isna().to_numpy().argmax())]
        raise NetlearnError(f"no department for {stranger!r}; give department= an entry for everybody.")
    codes, names = pd.factorize(home, sort=True)
    table = twomode.co_attendance_table(data.data, codes, len(names), weights)
    table -= np.diag(np.diag(table) / 2)
    return pd.DataFrame(table, index=pd.Index(names, name="from"), columns=pd.Index(names, name="to"))


def reach(data: TwoMode, people: Iterable[object], earlier: TwoMode | None = None) -> pd.DataFrame:
    """How many of some people were reached, for instance of those without ties before.

    Parameters
    ----------
    data : TwoMode
    people : codes
        Some of the people in `data`.
    earlier : TwoMode, optional
        The same people in an earlier period: count only those who did not take part then.

    Returns
    -------
    DataFrame
        One row: people (given), known (could take part; not before, if `earlier` is given), took_part, share (NaN if
        nobody is known).

    Examples
    --------
    >>> frame = pd.DataFrame({"person": ["a"], "room": ["x"]})
    >>> reach(attendance(frame, people=["a", "b", "c"]), ["a", "b"])["share"].tolist()
    [0.5]
    """
    if isinstance(people, str):
        raise NetlearnError(f"give a list of people, not one text {people!r}.")
    names = {str(person) for person in people}
    chosen = pd.Index(data.people).isin(names)
    if earlier is not None and earlier.people != data.people:
        raise NetlearnError("both periods must list the same people; give people= when you read each list.")
    strangers = names - set(data.people)
    if strangers:
        raise NetlearnError(
            f"{min(strangers)!r} is not on the attendance list; give people= when you read it."
        )
    reached = twomode.took_part(data.data) if earlier is None else twomode.newcomers(earlier.data, data.data)
    known = reached[chosen & ~np.isnan(reached)]
    row = (int(chosen.sum()), len(known), int(known.sum()), twomode.reach(reached, chosen))
    return pd.DataFrame([row], columns=["people", "known", "took_part", "share"])
