"""The kinds of columns that are saved: what a cell of each may hold in JSON and in a CSV file, and back again."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from netlearn.study.damage import DamageError, text_of
from netlearn.study.spreadsheet import unguard

KINDS: Mapping[str, str] = {
    "bool": "flag",
    "bool or nothing": "flag",
    "int": "whole",
    "int or nothing": "whole",
    "float": "number-or-nothing",
    "float or nothing": "number-or-nothing",
    "text": "text",
    "text or nothing": "text",
}
"""Kind of a column -> what is said to be expected in it."""
DTYPES: Mapping[str, Any] = {
    "bool": bool,
    "bool or nothing": "boolean",
    "int": "int64",
    "int or nothing": "Int64",
    "float": "float64",
    "float or nothing": "Float64",
    "text": "str",
    "text or nothing": "string",
}
_INFINITE = ("inf", "-inf")
_WHOLE = re.compile(r"-?\d{1,19}")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|-?inf")


def type_of(column: pd.Series) -> str:
    """Return what a column holds; "int or nothing" is a column of whole numbers of which some are left out."""
    gaps = " or nothing" if getattr(column.dtype, "na_value", None) is pd.NA else ""
    if pd.api.types.is_bool_dtype(column):
        return f"bool{gaps}"
    if pd.api.types.is_integer_dtype(column):
        return f"int{gaps}"
    return f"float{gaps}" if pd.api.types.is_float_dtype(column) else f"text{gaps}"


def fits(value: Any, kind: str) -> bool:
    """Return whether a value of JSON belongs in a column.

    Examples
    --------
    >>> fits(None, "float"), fits("-inf", "float"), fits(None, "int"), fits(2**63, "int or nothing"), fits(1, "bool")
    (True, True, False, False, False)
    """
    base = kind.removesuffix(" or nothing")
    if value is None:
        return kind != base or base in ("float", "text")
    if base == "bool":
        return type(value) is bool
    if base == "int":
        return type(value) is int and -(2**63) <= value < 2**63
    if base == "text":
        return isinstance(value, str)
    return (
        value in _INFINITE if isinstance(value, str) else type(value) in (int, float) and math.isfinite(value)
    )


def read_table(folder: Path, file: str, types: Mapping[str, str]) -> pd.DataFrame:
    """Return a table as it was written, a float to the last digit.

    Parameters
    ----------
    folder : Path
    file : str
        Within the folder.
    types : dict
        Name of a column -> its kind.

    Raises
    ------
    DamageError
        The file is not there or no text; a column is missing or one too many; a row is too short or too long; a cell is
        not of the kind of its column.
    """
    try:
        rows = [(at, row) for at, row in _rows(text_of(folder, file)) if row]
        _check_columns([unguard(name) for name in rows[0][1]] if rows else [], list(types))
        for at, row in rows[1:]:
            if len(row) != len(types):
                raise DamageError("cells", "cells", "", (("line", at),), str(len(row)), str(len(types)))
        columns = {
            name: _column([(at, row[place]) for at, row in rows[1:]], name, kind)
            for place, (name, kind) in enumerate(types.items())
        }
    except DamageError as found:
        found.file = file
        raise
    return pd.DataFrame(columns)


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """Return the rows of a CSV file, each with the line on which it ends."""
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        return [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        raise DamageError("not-together", "as-written", "", (("line", reader.line_num),)) from error


def _check_columns(names: list[str], wanted: list[str]) -> None:
    for what, found in (
        ("absent-column", [name for name in wanted if name not in names]),
        ("other-column", [name for name in names if name not in wanted or names.count(name) > 1]),
        ("columns-moved", names if names != wanted else []),
    ):
        if found:
            raise DamageError(what, "columns", found=f'"{found[0]}"', wanted=", ".join(wanted))


def _column(cells: list[tuple[int, str]], name: str, kind: str) -> pd.Series:
    for at, cell in cells:
        if not _reads(cell, kind):
            place = (("line", at), ("column", name))
            raise DamageError("found", KINDS[kind], "", place, f'"{cell}"')
    values = pd.Series([cell or None for _, cell in cells], dtype="str")
    if kind.startswith("text"):
        return values.map(unguard, na_action="ignore").astype(DTYPES[kind])
    if kind.startswith("bool"):
        return values.map({"True": True, "False": False}).astype(DTYPES[kind])
    return values.astype(DTYPES[kind])


def _reads(cell: str, kind: str) -> bool:
    """Return whether a cell of a CSV file belongs in a column."""
    base = kind.removesuffix(" or nothing")
    if not cell:
        return fits(None, kind)
    if base == "bool":
        return cell in ("True", "False")
    if base == "int":
        return bool(_WHOLE.fullmatch(cell)) and fits(int(cell), kind)
    return base == "text" or bool(_NUMBER.fullmatch(cell))
