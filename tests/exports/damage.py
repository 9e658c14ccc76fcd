"""What happens to files on their way: cut off, saved again by other programs, columns and rows moved, copied, lost."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import numpy as np

Rows = list[list[str]]
Damage = Callable[[bytes, np.random.Generator], bytes]


def cut_off(data: bytes, rng: np.random.Generator) -> bytes:
    return data[: int(rng.integers(0, len(data)))]


def lose_bytes(data: bytes, rng: np.random.Generator) -> bytes:
    """Lose a stretch in the middle of an archive: its check sums know."""
    at = int(rng.integers(0, len(data)))
    return data[:at] + data[at + int(rng.integers(1, 60)) :]


def encoded(data: bytes, rng: np.random.Generator) -> bytes:
    """Save in another encoding."""
    text = _text(data)
    encoding = str(rng.choice(["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1", "utf-16-le"]))
    return text.encode(encoding, errors="replace")


def garbled(data: bytes, rng: np.random.Generator) -> bytes:
    """UTF-8 taken for windows-1252 and saved again."""
    return _text(data).encode("utf-8").decode("cp1252", errors="replace").encode("utf-8")


def line_ends(data: bytes, rng: np.random.Generator) -> bytes:
    end = str(rng.choice(["\n", "\r\n"]))
    return _text(data).replace("\r\n", "\n").replace("\n", end).rstrip().encode("utf-8") + b"\n" * int(
        rng.integers(0, 4)
    )


def separated(data: bytes, rng: np.random.Generator) -> bytes:
    """Save with another separator, perhaps with the line that names it."""
    separator = str(rng.choice([",", ";", "\t"]))
    head = f"sep={separator}\n" if rng.random() < 0.3 else ""
    return head.encode() + _csv(_rows(data), separator)


def rows_moved(data: bytes, rng: np.random.Generator) -> bytes:
    """Sort the lower half of the rows in another order; headings are never there."""
    rows = _rows(data)
    half = max(4, len(rows) // 2)
    low = rows[half:]
    return _csv(rows[:half] + [low[k] for k in rng.permutation(len(low))], ",")


def columns_moved(data: bytes, rng: np.random.Generator) -> bytes:
    rows = _wide(data)
    order = rng.permutation(len(rows[0]))
    return _csv([[row[k] for k in order] for row in rows], ",")


def column_lost(data: bytes, rng: np.random.Generator) -> bytes:
    rows = _wide(data)
    at = int(rng.integers(0, len(rows[0])))
    return _csv([row[:at] + row[at + 1 :] for row in rows], ",")


def heading_lost(data: bytes, rng: np.random.Generator) -> bytes:
    rows = _wide(data)
    at = int(rng.integers(0, len(rows[0])))
    return _csv([rows[0][:at] + rows[0][at + 1 :], *rows[1:]], ",")


def column_copied(data: bytes, rng: np.random.Generator) -> bytes:
    rows = _wide(data)
    at = int(rng.integers(0, len(rows[0])))
    return _csv([[*row, row[at]] for row in rows], ",")


def row_copied(data: bytes, rng: np.random.Generator) -> bytes:
    rows = _rows(data)
    at = int(rng.integers(len(rows) // 2, len(rows)))
    return _csv([*rows, rows[at]], ",")


def empty_edges(data: bytes, rng: np.random.Generator) -> bytes:
    """Empty columns and rows, as spreadsheets leave them."""
    rows = _wide(data)
    more = int(rng.integers(1, 4))
    return _csv([[*row, *[""] * more] for row in rows] + [[""] * (len(rows[0]) + more)] * more, ";")


def cells_shifted(data: bytes, rng: np.random.Generator) -> bytes:
    """One row lost a cell, so that what follows stands under its neighbour's heading."""
    rows = _rows(data)
    at = int(rng.integers(1, len(rows)))
    place = int(rng.integers(0, max(len(rows[at]), 1)))
    rows[at] = rows[at][:place] + rows[at][place + 1 :]
    return _csv(rows, ",")


def _text(data: bytes) -> str:
    for encoding in ("utf-16", "utf-8-sig", "cp1252"):
        if encoding != "utf-16" or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                continue
    return data.decode("latin-1")


def _rows(data: bytes) -> Rows:
    text = _text(data)
    separator = max(",;\t", key=text.split("\n", 1)[0].count)
    return [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator) if row]


def _wide(data: bytes) -> Rows:
    """The rows, all as wide as the widest."""
    rows = _rows(data)
    width = max(map(len, rows))
    return [row + [""] * (width - len(row)) for row in rows]


def _csv(rows: Rows, separator: str) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=separator).writerows(rows)
    return buffer.getvalue().encode("utf-8")


TEXT: tuple[Damage, ...] = (
    cut_off,
    encoded,
    garbled,
    line_ends,
    separated,
    rows_moved,
    columns_moved,
    column_lost,
    heading_lost,
    column_copied,
    row_copied,
    empty_edges,
    cells_shifted,
)
"""What can happen to a text table."""
PACKED: tuple[Damage, ...] = (cut_off, lose_bytes)
"""What can happen to an archive."""
NETWORK: tuple[Damage, ...] = (cut_off, encoded, garbled, line_ends)
"""What can happen to a network file that is no table."""
LOSES_ROWS = (cut_off,)
"""Whole rows or their ends may be gone without a trace."""
