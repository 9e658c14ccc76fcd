"""names_to_check.csv: the typed names that no rule resolves, and what the user decided about them."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from netlearn.study.findings import Findings
from netlearn.study.rawtable import RawTable, plain
from netlearn.study.spreadsheet import guard, unguard
from netlearn.survey.names_alike import SHOWN
from netlearn.survey.names_fold import as_typed
from netlearn.survey.text import decode, split

FILE = "names_to_check.csv"
OUTSIDE_WORD = "outside"
_CANDIDATES = tuple(f"candidate_{place}" for place in range(1, SHOWN + 1))
COLUMNS = ("file", "row", "column", "typed", *_CANDIDATES, "decision")


@dataclass(frozen=True)
class Unresolved:
    """A typed name that stands for nobody yet.

    Attributes
    ----------
    file, row, column : str, int, str
        Where it was typed.
    typed : str
        The text.
    candidates : tuple of str
        Whom the user may have in mind, up to three, each as `candidate` shows a person.
    """

    file: str
    row: int
    column: str
    typed: str
    candidates: tuple[str, ...] = ()


def candidate(person: str, name: str) -> str:
    """Show a person of the roster as "id: name".

    Examples
    --------
    >>> candidate("p07", "Ida Bak")
    'p07: Ida Bak'
    """
    return f"{person}: {name}"


def read_decisions(path: Path, findings: Findings, known_ids: Collection[str]) -> dict[str, str]:
    """Read what the user decided.

    Parameters
    ----------
    path : Path
        The file; it need not exist. Any separator and encoding in which Excel saves text.
    findings : Findings
        Every fault is added here.
    known_ids : collection of str
        The ids of the roster.

    Returns
    -------
    dict of str to str
        Typed text (as `names_fold.as_typed` gives it) -> id of the roster or `OUTSIDE_WORD`. A decision may also be
        one of the candidates, copied whole. Undecided texts and those with a fault are left out.
    """
    table = _read(path, findings)
    ids = {plain(person): person for person in known_ids}
    found: dict[str, tuple[str, int]] = {}
    for number, cells in _lines(table):
        typed, decision = as_typed(cells["typed"]), cells["decision"].strip()
        if not decision:
            continue
        person = _decided(decision, [cells.get(column, "") for column in _CANDIDATES], ids)
        earlier, first = found.get(typed, (person, 0))
        if not typed:
            findings.fault("decision-without-text", path.name, number, "typed")
        elif not person:
            findings.fault("unknown-decision", path.name, number, "decision", outside=OUTSIDE_WORD)
        elif earlier != person:
            findings.fault("two-decisions", path.name, number, "decision", first=first)
        else:
            found.setdefault(typed, (person, number))
    return {typed: person for typed, (person, _) in found.items()}


def write_unresolved(path: Path, rows: Iterable[Unresolved], findings: Findings) -> None:
    """Write the names that are left to decide, beside all that was decided before.

    A text has one row, however often it was typed. Rows with a decision stay as they are, also if the text no longer
    occurs; rows without one go when the text is resolved. The file is written whole or not at all, and not touched if
    it would be the same.

    Parameters
    ----------
    path : Path
        The file. An existing one that cannot be read is left as it is.
    rows : iterable of Unresolved
        All names of the run that are unresolved.
    findings : Findings
        A fault is added here if the file cannot be read or written.
    """
    before = len(findings.faults)
    table = _read(path, findings)
    if len(findings.faults) > before:
        return
    left: dict[str, Unresolved] = {}
    for row in rows:
        left.setdefault(as_typed(row.typed), row)
    written = [*_kept(table, left), *({"typed": typed} | _cells(row) for typed, row in left.items())]
    if written or table is not None:
        _replace(path, _as_csv(written, table), findings)


def _kept(table: RawTable | None, left: dict[str, Unresolved]) -> list[dict[str, str]]:
    """Return the rows of the file that stay, and take their texts out of those left to add."""
    old = [cells for _, cells in _lines(table)]
    decided = {as_typed(cells["typed"]) for cells in old if cells["decision"].strip()}
    for typed in decided:
        left.pop(typed, None)
    kept = []
    for cells in old:
        typed = as_typed(cells["typed"])
        if cells["decision"].strip():
            kept.append(cells)
        elif typed in left:
            kept.append(cells | _cells(left.pop(typed)))
    return kept


def _cells(row: Unresolved) -> dict[str, str]:
    candidates = (*row.candidates, *[""] * SHOWN)[:SHOWN]
    where = {"file": row.file, "row": str(row.row), "column": row.column}
    return where | dict(zip(_CANDIDATES, candidates, strict=True))


def _decided(decision: str, candidates: Iterable[str], ids: dict[str, str]) -> str:
    """Return the id that is meant, OUTSIDE_WORD, or "" if the decision says neither or both."""
    word = decision.casefold() == OUTSIDE_WORD
    if word or plain(decision) in ids:
        return "" if word and plain(decision) in ids else ids.get(plain(decision), OUTSIDE_WORD)
    if as_typed(decision) in {as_typed(text) for text in candidates}:
        beginning = [ids[key] for key in ids if plain(decision).startswith(candidate(key, ""))]
        return beginning[0] if len(beginning) == 1 else ""
    return ""


def _read(path: Path, findings: Findings) -> RawTable | None:
    """Return the table of an existing file; None without one, or with a fault."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        findings.fault("unreadable-file", path.name, reason=error.strerror)
        return None
    if (text := decode(data, "auto", path.name, findings)) is None:
        return None
    records = split(text, "auto", path.name, findings)
    return None if records is None else _table(path.name, records, findings)


def _table(file: str, records: list[list[str]], findings: Findings) -> RawTable | None:
    header = [name.strip() for name in records[0]] if records else []
    while header and not header[-1]:
        header.pop()
    before = len(findings.faults)
    for name in sorted({name for name in header if name and header.count(name) > 1}):
        findings.fault("duplicate-column", file, 1, name)
    filled = [(at, row) for at, row in enumerate(records[1:], start=2) if any(cell.strip() for cell in row)]
    for number, row in filled:
        if any(cell.strip() for cell in row[len(header) :]):
            findings.fault("row-too-long", file, number, found=len(row), width=len(header), more=0)
    # Excel leaves out blank cells at the end of a row.
    rows = [[*row, *[""] * len(header)][: len(header)] for _, row in filled]
    table = RawTable(file, tuple(header), rows, tuple(number for number, _ in filled))
    found = [table.has(name, findings) for name in ("typed", "decision")]
    return table if all(found) and len(findings.faults) == before else None


def _lines(table: RawTable | None) -> list[tuple[int, dict[str, str]]]:
    """Return row number and cells by column, without the guards against formulas."""
    if table is None:
        return []
    named = [dict(zip(table.header, map(unguard, row), strict=True)) for row in table.rows]
    return list(zip(table.numbers, named, strict=True))


def _as_csv(rows: list[dict[str, str]], table: RawTable | None) -> bytes:
    """Return the file as a Danish Excel opens it; columns of the user's own stay at the end."""
    more = [name for name in (table.header if table else ()) if name not in COLUMNS]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow([*COLUMNS, *more])
    for row in rows:
        writer.writerow([guard(row.get(name, "")) for name in (*COLUMNS, *more)])
    return out.getvalue().encode("utf-8-sig")


def _replace(path: Path, data: bytes, findings: Findings) -> None:
    try:
        if path.is_file() and path.read_bytes() == data:
            return
        temporary = path.with_name(f"{path.name}.tmp")
        try:
            temporary.write_bytes(data)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        findings.fault("unwritable-file", path.name, reason=error.strerror)
