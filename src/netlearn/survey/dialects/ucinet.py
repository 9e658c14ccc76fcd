"""UCINET DL text: one matrix person x person per relation.

Read are fullmatrix, lowerhalf, upperhalf, nodelist1 (and 1b), edgelist1 and edgearray1 (two labels and a value for each
matrix per line); nodelist2 and edgelist2 where their rows and columns are the same people. Labels that stand in the
file are what the roster is compared with, numbers from 1 where it has none. Binary files (.##h, .##d), data in another
file and networks of two kinds of objects are refused, and so is Pajek (.net).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from netlearn.study.rawtable import RawTable
from netlearn.survey.dialects.ucinet_dense import (
    Matrix,
    cells_of,
    dense,
    row_lines,
    square_table,
)
from netlearn.survey.dialects.ucinet_header import Header, read_header, words_of
from netlearn.survey.dialects.ucinet_lists import listed
from netlearn.survey.dialects.ucinet_values import check_values, value_of
from netlearn.survey.export import Column, Export, Guess
from netlearn.survey.source import Source

_HEAD = 4000
_DL = re.compile(r"\s*dl\b[\s,]*(n[rcm]?[\s=]+\d|format\s*=|labels?\b|row\s+labels?\b|col)", re.IGNORECASE)
_PAJEK = re.compile(r"(\s*%[^\n]*\n)*\s*\*(vertices|network)\b", re.IGNORECASE)
_BINARY = (b"DATE:", b"V6404")


def recognise(source: Source) -> Guess | None:
    """Tell DL by its first word and a phrase after it; Pajek and binary UCINET are claimed to be refused."""
    if source.data[1:6] in _BINARY:
        return Guess(0.95, "ucinet-binary")
    if source.kind != "text":
        return None
    head = _head(source.data)
    if _DL.match(head):
        return Guess(0.97, "ucinet-dl")
    return Guess(0.9, "ucinet-pajek") if _PAJEK.match(head) else None


def _head(data: bytes) -> str:
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    return data[:_HEAD].decode("utf-16" if wide else "utf-8", errors="replace").lstrip("\ufeff")


def read(source: Source) -> Export | None:
    """Read all matrices of a file; None with every fault."""
    findings = source.findings
    if source.kind in ("binary", "xls", "sav") or source.data[1:6] in _BINARY:
        findings.fault("ucinet-binary-file", source.file)
        return None
    if _PAJEK.match(_head(source.data)):
        findings.fault("ucinet-pajek-file", source.file)
        return None
    words = words_of(source)
    if words is None:
        return None
    if not words or words[0].word != "dl":
        findings.fault("ucinet-not-dl", source.file, 1)
        return None
    header = read_header(words, source)
    if header is None:
        return None
    tables = _tables(header, source)
    return None if tables is None else _export(header, tables)


def _tables(header: Header, source: Source) -> list[RawTable] | None:
    if header.rows != header.columns or _two_kinds(header):
        source.findings.fault("ucinet-two-mode", source.file)
        return None
    given = header.labels.get("rows") or header.labels.get("columns")
    numbered = tuple(str(at) for at in range(1, header.rows + 1))
    if not given and not header.embedded & {"rows", "columns"}:
        source.findings.note("ucinet-no-labels", source.file, count=header.rows)
    if header.format not in ("full", "lower", "upper"):
        return listed(header, given or numbered, source)
    matrices = dense(header, source)
    if matrices is None:
        return None
    if header.format != "full":
        source.findings.note("ucinet-half", source.file)
    before = len(source.findings.faults)
    check_values((word for matrix in matrices for row in matrix.values for word in row), source)
    tables = [_square(matrix, header, given or numbered, source) for matrix in matrices]
    return None if len(source.findings.faults) > before else tables


def _two_kinds(header: Header) -> bool:
    """Tell whether the labels of rows and columns are not the same people."""
    rows, columns = header.labels.get("rows"), header.labels.get("columns")
    return bool(rows and columns) and _folded(rows or ()) != _folded(columns or ())


def _folded(labels: Sequence[str]) -> list[str]:
    return sorted(label.casefold() for label in labels)


def _square(matrix: Matrix, header: Header, given: Sequence[str], source: Source) -> RawTable:
    """Write one matrix as a table, with the labels that stand in the data or else those of the header."""
    rows = tuple(word.text for word in matrix.rows) or header.labels.get("rows")
    columns = tuple(word.text for word in matrix.columns) or header.labels.get("columns")
    rows, columns = rows or columns or tuple(given), columns or rows or tuple(given)
    if _folded(rows) != _folded(columns):
        source.findings.fault("ucinet-two-mode", source.file)
    if count := len(rows) - len(set(_folded(rows))):
        source.findings.fault("ucinet-label-twice", source.file, count=count)
    words = cells_of(matrix, header)
    cells = [["" if word is None else value_of(word) or "" for word in row] for row in words]
    return square_table(source.file, rows, cells, row_lines(matrix, header), columns)


def _export(header: Header, tables: list[RawTable]) -> Export:
    """Name the matrices: by their labels, else by their numbers."""
    named = header.labels.get("matrices") or tuple(str(at) for at in range(1, header.matrices + 1))
    if len(tables) > 1:
        pairs = zip(named, tables, strict=True)
        tables = [RawTable(f"{t.file} [{name}]", t.header, t.rows, t.numbers) for name, t in pairs]
    matrices = dict(zip(named, tables, strict=True))
    first = tables[0]
    columns = [Column(at, item=name, label=name) for at, name in enumerate(first.header) if at > 0]
    return Export("ucinet", first, (Column(0, role="id"), *columns), matrices=matrices)
