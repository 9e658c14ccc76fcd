"""RawTable: one file as text cells, with the row numbers that a spreadsheet shows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path

from netlearn.study.findings import Findings
from netlearn.wording.shown import Shown

_SHORT = re.compile(r"[a-z0-9_][\w.\-\[\]]*")
_WHOLE = re.compile(r"(-?\d+)\.0+")


@dataclass(frozen=True, eq=False)
class RawTable(Shown):
    """The cells of a file.

    Attributes
    ----------
    file : str
        Name of the file, as study.toml gives it.
    header : tuple of str
        Column names (row 1).
    rows : list of lists of str
        Cells under the header; every row is as long as the header. Wholly empty rows are left out.
    numbers : tuple of int
        Spreadsheet row number of each row.
    """

    _facts = ("file", "rows")

    file: str
    header: tuple[str, ...]
    rows: list[list[str]]
    numbers: tuple[int, ...]

    @cached_property
    def place(self) -> dict[str, int]:
        """Position of each column by name."""
        return {name: at for at, name in enumerate(self.header)}

    def column(self, name: str) -> list[str]:
        """Return the cells of one column, stripped; the column must exist."""
        at = self.place[name]
        return [row[at].strip() for row in self.rows]

    def has(self, name: str, findings: Findings) -> bool:
        """Tell whether a column exists; add a fault with the nearest name if it does not."""
        if name in self.place:
            return True
        # Headings of several words can be wording, or name people: they are not repeated.
        short = [heading for heading in self.header if _SHORT.fullmatch(heading)]
        known = [*short[:12], *(["…"] if len(self.header) > len(short[:12]) else [])]
        findings.fault(
            "missing-column", self.file, 1, name, value=name, known=known, nearest=nearest(name, short)
        )
        return False


def plain(text: str) -> str:
    """Return a cell as it is compared: stripped, one form per letter, whole numbers without ".0".

    Examples
    --------
    >>> plain(" 14.0 "), plain("p014")
    ('14', 'p014')
    """
    text = text.strip()
    if text.isascii():
        match = _WHOLE.fullmatch(text)
        return match[1] if match else text
    return unicodedata.normalize("NFC", text)


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the known name that is spelled most like `name`, or "" if none is.

    Examples
    --------
    >>> nearest("departmnt", ["id", "department"])
    'department'
    """
    found = get_close_matches(name, sorted(known), n=1, cutoff=0.6)
    return found[0] if found else ""


def file_is_there(folder: Path, name: str, findings: Findings) -> bool:
    """Tell whether the study folder holds a file; add a fault with the nearest name if it does not."""
    if (folder / name).is_file():
        return True
    # Endings are alike in all files, so only the rest of the name tells which one was meant.
    near = {p.stem: p for p in sorted((folder / Path(name).parent).glob("*")) if p.is_file()}
    meant = near.get(nearest(Path(name).stem, near))
    shown = meant.relative_to(folder).as_posix() if meant else ""
    findings.fault("missing-file", name, nearest=shown)
    return False
