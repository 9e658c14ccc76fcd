"""Tables that a spreadsheet opens as they are meant: no text is run as a formula, and numbers stay numbers."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd

from netlearn.wording import Language, codes
from netlearn.wording.columns import heading

# What a spreadsheet takes for the beginning of a formula, in the wide and small forms of East Asian keyboards too.
_RISKY = "[=+@＝＋－＠﹦﹢﹣﹫-]"
# What it may pass over before: blanks, invisible characters, and apostrophes, so that a guard can be guarded.
_BEFORE = "[\\s\\x00-\\x1f\\x7f\\xad\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2069\\ufeff']*"
# A cell begins where the text begins, and where a spreadsheet with another separator would cut the line.
_CUT = "[;,|\\t\\r\\n]"
_UNGUARDED = re.compile(f"(?:^|(?<={_CUT}))(?={_BEFORE}{_RISKY})|^(?='*[\\t\\r\\n])")
_GUARDED = re.compile(f"(?:^|(?<={_CUT}))'(?={_BEFORE}{_RISKY})|^'(?='*[\\t\\r\\n])")
_SMALL, _LARGE = 1e-15, 1e15
_BREAKS = str.maketrans("\r\n\t", "   ")


def guard(text: str) -> str:
    r"""Put an apostrophe before whatever a spreadsheet could run as a formula; any other text stays as it is.

    A formula begins with = + - or @ (or a wide form of these), perhaps after blanks; a text that begins with a tab or a
    line break is guarded too. So is what stands after a separator: a file with ";" may be opened as one with ",".

    Examples
    --------
    >>> guard("=1+1"), guard(" @x"), guard("a - b"), guard("R;=1")
    ("'=1+1", "' @x", 'a - b', "R;'=1")
    """
    return _UNGUARDED.sub("'", text)


def unguard(text: str) -> str:
    """Return the text that `guard` was given.

    Examples
    --------
    >>> unguard("'=1+1"), unguard("'quoted'"), unguard(guard("'=1"))
    ('=1+1', "'quoted'", "'=1")
    """
    return _GUARDED.sub("", text)


def safe_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table with every text guarded and on one line: cells, headings, and an index that says something.

    Such an index becomes the first columns. Numbers are left alone, negative ones too.
    """
    table = _with_index(frame).copy()
    for at in range(table.shape[1]):
        if not pd.api.types.is_numeric_dtype(table.dtypes.iloc[at]):
            table.isetitem(at, [_one_line(cell) for cell in table.iloc[:, at]])
    return table.set_axis([_one_line(str(name)) for name in table.columns], axis=1)


def headed(frame: pd.DataFrame, name: str = "", language: Language = "en") -> pd.DataFrame:
    """Return a table under the headings of a reader; names that nobody has translated stay.

    Parameters
    ----------
    frame : DataFrame
    name : str
        Of the table.
    language : "en" or "da"
    """
    table = _with_index(frame)
    return table.set_axis([heading(str(column), name, language) for column in table.columns], axis=1)


def worded(frame: pd.DataFrame, name: str = "", language: Language = "en") -> pd.DataFrame:
    """Return a table whose codes are in words, yes or no among them; numbers and words of the study stay.

    Parameters
    ----------
    frame : DataFrame
    name : str
        Of the table.
    language : "en" or "da"
    """
    table = _with_index(frame).copy(deep=False)
    for at, column in enumerate(map(str, table.columns)):
        told = [codes.in_words(cell, column, name, language) for cell in table.iloc[:, at].tolist()]
        if any(isinstance(cell, str) for cell in told):
            table.isetitem(at, told)
    return table


def _with_index(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table with an index that says something as its first columns."""
    plain = isinstance(frame.index, pd.RangeIndex) and frame.index.name is None
    return frame if plain else frame.reset_index()


def _one_line(cell: object) -> object:
    return guard(cell.translate(_BREAKS)) if isinstance(cell, str) else cell


def machine_csv(frame: pd.DataFrame, path: Path) -> None:
    """Write comma, UTF-8, decimal points and line feeds: the same bytes on every system; what is missing is empty."""
    path.write_bytes(safe_frame(frame).to_csv(index=False, lineterminator="\n").encode("utf-8"))


def danish_csv(frame: pd.DataFrame, path: Path, name: str = "") -> None:
    """Write what a Danish Excel opens by a double click: semicolon, decimal comma, UTF-8 with a byte order mark.

    Headings are Danish where the columns of a table with that name have Danish words, and so are codes. Numbers have
    all their digits, whole ones no decimals.

    Raises
    ------
    OSError
        The file cannot be written.
    """
    table = safe_frame(headed(worded(frame, name, "da"), name, "da"))
    for at in range(table.shape[1]):
        if not pd.api.types.is_integer_dtype(table.dtypes.iloc[at]):
            table.isetitem(at, [_with_comma(cell) for cell in table.iloc[:, at]])
    text = table.to_csv(index=False, sep=";", lineterminator="\r\n")
    path.write_bytes(text.encode("utf-8-sig"))


def _with_comma(cell: object) -> object:
    """Write a number with all its digits and a comma, never in powers of ten; a whole number as such."""
    if not isinstance(cell, float) or pd.isna(cell):
        return cell
    plain = not cell or _SMALL < abs(cell) < _LARGE  # else hundreds of digits
    return (np.format_float_positional(cell, trim="-") if plain else repr(cell)).replace(".", ",")
