"""The tables of a KoboToolbox or ODK export: the submissions, and the rows of each repeat with their submission."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from netlearn.study.findings import Findings
from netlearn.study.rawtable import RawTable, plain
from netlearn.survey.grid import as_table
from netlearn.survey.source import Source

INDEX, PARENT, PARENT_TABLE = "_index", "_parent_index", "_parent_table_name"
KEY, PARENT_KEY = "KEY", "PARENT_KEY"
# The same submission, as the main table and as a repeat name it.
_SAME = (("_uuid", "_submission__uuid"), ("_id", "_submission__id"))


@dataclass(frozen=True, eq=False)
class Tables:
    """The main table, and by name the repeats that have rows; `empty` are those that have none."""

    main: RawTable
    repeats: Mapping[str, RawTable]
    empty: tuple[str, ...]


def read_tables(source: Source) -> Tables | None:
    """Read a CSV, a workbook or a zip of tables; None with every fault."""
    findings, before = source.findings, len(source.findings.faults)
    pages = list(_pages(source))
    if len(findings.faults) > before:
        return None
    mains = [(name, page) for name, page in pages if not _is_repeat(page.header)]
    if not mains or (source.kind == "zip" and len(mains) > 1):
        findings.fault("kobo-main-table", source.file, count=len(mains))
        return None
    first = next((name for name, _ in mains if name == source.sheet), mains[0][0])
    for name, _ in mains:
        if name != first:
            findings.note("kobo-sheet-unused", source.file, value=name)
    main = next(page for name, page in mains if name == first)
    repeats = {_short(name, first): page for name, page in pages if _is_repeat(page.header)}
    return Tables(
        main,
        {name: page for name, page in repeats.items() if page.rows},
        tuple(name for name, page in repeats.items() if not page.rows),
    )


def _is_repeat(header: tuple[str, ...]) -> bool:
    return PARENT in header or PARENT_KEY in header


def _short(name: str, main: str) -> str:
    """Return the name of a repeat: the sheet, or what follows the name of the form in that of the file."""
    return name.removeprefix(f"{main}-")


def _pages(source: Source) -> Iterator[tuple[str, RawTable]]:
    if source.kind == "zip":
        for name, member in source.members.items():
            path = PurePosixPath(name)
            if path.suffix.lower() in (".csv", ".xlsx"):
                yield from ((path.stem, page) for _, page in _pages(member))
    elif source.kind == "xlsx" and len(source.sheets) > 1:
        for sheet in source.sheets:
            yield from _page(source, sheet, f"{source.file} [{sheet}]")
    elif (source.kind == "xlsx" and source.sheets) or source.kind != "xlsx":
        yield from _page(source, None, source.file)


def _page(source: Source, sheet: str | None, file: str) -> Iterator[tuple[str, RawTable]]:
    records = source.records(sheet)
    filled = [row for row in records or () if any(cell.strip() for cell in row)]
    if records is None or (sheet is not None and not filled):
        return
    header = tuple(name.strip() for name in records[0]) if records else ()
    if len(filled) == 1 and _is_repeat(header):
        # Nobody added a row to the repeat: that is no fault.
        yield sheet or "", RawTable(file, header, [], ())
        return
    table = as_table(records, file, source.form, source.findings)
    if table is not None:
        yield sheet or "", table


def parents_of(name: str, tables: Tables, findings: Findings) -> tuple[int, ...]:
    """Return for each row of a repeat the place of its submission; -1 = it is not in the file.

    A fault where a row names its submission in two ways that do not agree, or where no row names any.
    """
    page = tables.repeats[name]
    ways = [_by_key(page, tables.main), _by_submission(page, tables.main), _by_index(page, tables)]
    said = [{way[at] for way in ways if way[at] is not None} for at in range(len(page.rows))]
    if not any(said):
        findings.fault("kobo-no-parent", page.file, 1)
    for number, places in zip(page.numbers, said, strict=True):
        if len(places) > 1:
            findings.fault("kobo-parents-differ", page.file, number, other=tables.main.file)
    return tuple(max((place for place in places if place is not None), default=-1) for places in said)


Places = list[int | None]
"""For each row of a repeat the place of its submission: -1 = not in the file, None = the row does not say."""


def _found(cells: list[str], table: RawTable, column: str) -> Places:
    """Look cells up in a column; a value that stands there twice tells nothing."""
    listed = [plain(cell) for cell in table.column(column)]
    once = {value: at for at, value in enumerate(listed)}
    twice = (
        {value for value in listed if value and listed.count(value) > 1} if len(once) < len(listed) else set()
    )
    return [None if not cell or cell in twice else once.get(cell, -1) for cell in map(plain, cells)]


def _by_key(page: RawTable, main: RawTable) -> Places:
    key = next((name for name in (KEY, "meta-instanceID", "instanceID") if name in main.place), None)
    if key is None or PARENT_KEY not in page.place:
        return [None] * len(page.rows)
    # Keys of rows within rows go on after a slash.
    return _found([cell.split("/")[0] for cell in page.column(PARENT_KEY)], main, key)


def _by_submission(page: RawTable, main: RawTable) -> Places:
    for own, told in _SAME:
        if own in main.place and told in page.place:
            return _found(page.column(told), main, own)
    return [None] * len(page.rows)


def _by_index(page: RawTable, tables: Tables, depth: int = 0) -> Places:
    """Follow the numbers of rows upwards, through repeats within repeats."""
    if PARENT not in page.place or depth > len(tables.repeats):
        return [None] * len(page.rows)
    cells = page.column(PARENT)
    names = page.column(PARENT_TABLE) if PARENT_TABLE in page.place else [""] * len(cells)
    # A workbook cuts the names of sheets.
    inner = next(
        (
            t
            for name, t in tables.repeats.items()
            if t is not page and {name} == {n[: len(name)] for n in names}
        ),
        None,
    )
    above = inner or tables.main
    if INDEX not in above.place:
        return [None] * len(page.rows)
    places = _found(cells, above, INDEX)
    if inner is None:
        return places
    further = _by_index(inner, tables, depth + 1)
    return [place if place is None or place < 0 else further[place] for place in places]
