"""DL data as whole or half matrices: a stream of values that may be cut into lines anywhere sensible."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from netlearn.study.rawtable import RawTable
from netlearn.survey.dialects.ucinet_header import Header, Token
from netlearn.survey.source import Source


@dataclass(frozen=True)
class Matrix:
    """Words of one matrix: labels of columns and rows where they stand in the data, and the values of each row."""

    columns: tuple[Token, ...]
    rows: tuple[Token, ...]
    values: tuple[tuple[Token, ...], ...]


def dense(header: Header, source: Source) -> list[Matrix] | None:
    """Cut the data into matrices; None with a fault if they do not fit the sizes."""
    lengths = _lengths(header)
    own = "rows" in header.embedded
    heads = header.columns if "columns" in header.embedded else 0
    body = sum(lengths) + own * len(lengths)
    count, n = len(header.data), header.matrices
    each = count == n * (heads + body)
    if not each and count != heads + n * body:
        line = header.data[0].line if count else 0
        due = n * (heads + body)
        source.findings.fault("ucinet-cells", source.file, line, found=count, expected=due, n=header.rows)
        return None
    at, found, starts = 0, [], []
    columns: tuple[Token, ...] = ()
    for number in range(n):
        if heads and (each or number == 0):
            columns, at = header.data[at : at + heads], at + heads
        rows: list[Token] = []
        values: list[tuple[Token, ...]] = []
        for length in lengths:
            if length or own:
                starts.append(at)
            rows += header.data[at : at + own]
            values.append(header.data[at + own : at + own + length])
            at += own + length
        found.append(Matrix(columns, tuple(rows), tuple(values)))
    return found if _lines_fit(header.data, starts, source) else None


def _lengths(header: Header) -> list[int]:
    """Return the number of values that each row has in the file."""
    n, own = header.rows, int(header.diagonal)
    if header.format == "lower":
        return [i + own for i in range(n)]
    if header.format == "upper":
        return [n - 1 - i + own for i in range(n)]
    return [header.columns - 1 + own] * n


def _lines_fit(data: Sequence[Token], starts: Sequence[int], source: Source) -> bool:
    """Tell whether each row begins a line, or all lines are of one length; else values may have slipped."""
    first = {at for at, token in enumerate(data) if at == 0 or data[at - 1].line != token.line}
    slipped = [at for at in starts if at not in first]
    widths = [after - at for at, after in pairwise([*sorted(first), len(data)])]
    if slipped and len(set(widths[:-1])) > 1:
        source.findings.fault("ucinet-rows-slipped", source.file, data[slipped[0]].line)
        return False
    return True


def cells_of(matrix: Matrix, header: Header) -> list[list[Token | None]]:
    """Return the full square of words; None where the file has no value, mirrored where it has one half."""
    n, own = header.rows, int(header.diagonal)
    square: list[list[Token | None]] = [[None] * n for _ in range(n)]
    for i, values in enumerate(matrix.values):
        if header.format == "full":
            places = [j for j in range(n) if header.diagonal or j != i]
        else:
            places = list(range(i + own)) if header.format == "lower" else list(range(i + 1 - own, n))
        for j, value in zip(places, values, strict=True):
            square[i][j] = value
            if header.format != "full":
                square[j][i] = value
    return square


def row_lines(matrix: Matrix, header: Header) -> tuple[int, ...]:
    """Return the line on which each row begins; counted from 2 where rows do not begin lines of their own."""
    begins = [(label,) for label in matrix.rows] or matrix.values
    lines = [words[0].line for words in begins if words]
    if len(lines) == header.rows and all(a < b for a, b in pairwise(lines)):
        return tuple(lines)
    return tuple(range(2, header.rows + 2))


def square_table(
    file: str,
    senders: Sequence[str],
    cells: Sequence[Sequence[str]],
    numbers: Sequence[int],
    receivers: Sequence[str],
) -> RawTable:
    """Return a table whose first column names who answered and whose heading names about whom."""
    rows = [[label, *row] for label, row in zip(senders, cells, strict=True)]
    return RawTable(file, ("", *receivers), rows, tuple(numbers))
