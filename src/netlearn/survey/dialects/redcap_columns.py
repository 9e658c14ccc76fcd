"""What the columns of a REDCap export are: boxes, rows of a matrix, choices, and what REDCap adds itself."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from netlearn.study.findings import Findings
from netlearn.study.rawtable import RawTable
from netlearn.survey.dialects.redcap_dictionary import Dictionary, Field, extended
from netlearn.survey.dialects.redcap_forms import SYSTEM, Layout, base_of
from netlearn.survey.export import ANY, Column, Role

_TICKS = (("1", "0"), ("Checked", "Unchecked"))
# Codes that REDCap proposes for missing data; each adds a box to every question with boxes.
_MISSING = (
    *("NI", "INV", "UNK", "NASK", "ASKU", "NAV", "MSK", "NA", "NAVU"),
    *("NP", "QS", "QI", "TRC", "UNC", "DER", "PINF", "NINF", "OTH"),
)
_MISSING_BOX = re.compile("|".join([*map(str.lower, _MISSING), r"_\d+"]))
_NEGATIVE = re.compile(r"_(\d+)")
_FEW = 3


def columns_of(
    table: RawTable, layout: Layout, dictionary: Dictionary | None, findings: Findings
) -> tuple[Column, ...]:
    """Return what each column is; boxes that cannot be understood are faults."""
    ticks = _ticks(table, dictionary, findings)
    special: dict[int, Role] = {layout.record: "id"}
    special.update((at, "status") for at in layout.status.values())
    special.update((at, "end") for at in layout.stamp.values())
    items = _items(dictionary, findings, table.file)
    found = []
    for at, name in enumerate(table.header):
        field = dictionary.fields.get(base_of(name)) if dictionary else None
        if at in special or name in SYSTEM:
            found.append(Column(at, role=special.get(at, "other")))
        elif "___" in name:
            found.append(_box(table, at, field, ticks[base_of(name)], items, findings))
        else:
            found.append(_plain(table, at, field, items))
    return tuple(found)


def _plain(table: RawTable, at: int, field: Field | None, items: Mapping[str, tuple[str, str]]) -> Column:
    if field is None:
        return Column(at)
    answers = dict(field.choices)
    cells = {row[at].strip() for row in table.rows} - set(answers) if answers else set()
    # An export of labels holds the wording itself.
    answers |= {label: label for label in answers.values() if label in cells}
    missing = tuple(code for code in _MISSING if code in cells and code not in answers)
    if field.kind == "checkbox":
        # One way of exporting joins the boxes to one cell.
        return Column(at, field.name, text=field.label, answers=answers, missing=missing, separator=",")
    role: Role = "other" if field.kind in ("file", "descriptive") else "answer"
    question, item, text = (
        (field.matrix, *items[field.name]) if field.name in items else ("", "", field.label)
    )
    return Column(at, question, item, "", text, field.label, answers=answers, missing=missing, role=role)


def _box(
    table: RawTable,
    at: int,
    field: Field | None,
    ticks: tuple[str, str],
    items: Mapping[str, tuple[str, str]],
    findings: Findings,
) -> Column:
    question, _, suffix = table.header[at].partition("___")
    if field is None:
        return Column(at, question, _NEGATIVE.sub(r"-\1", suffix), ticks=ticks)
    choice = next(((code, label) for code, label in field.choices if extended(code) == suffix), None)
    if choice is None:
        return _strange_box(table, at, question, suffix, ticks, findings)
    code, label = choice
    if field.name not in items:
        return Column(at, question, code, text=field.label, label=label, ticks=ticks)
    item, text = items[field.name]
    return Column(at, field.matrix, item, code, text, field.label, label, ticks=ticks)


def _strange_box(
    table: RawTable, at: int, question: str, suffix: str, ticks: tuple[str, str], findings: Findings
) -> Column:
    """Leave out a box that is no choice of the dictionary; a fault if it is ticked and is no code for missing data."""
    ticked = [
        n for row, n in zip(table.rows, table.numbers, strict=True) if row[at].strip() not in ("", ticks[1])
    ]
    if ticked and not _MISSING_BOX.fullmatch(suffix):
        more = len(ticked) - 1
        findings.fault("redcap-unknown-choice", table.file, ticked[0], table.header[at], more=more)
    else:
        findings.note("redcap-other-box", table.file, 1, table.header[at], asked=question, count=len(ticked))
    return Column(at, role="other")


def _items(dictionary: Dictionary | None, findings: Findings, file: str) -> dict[str, tuple[str, str]]:
    """Return the item of each field that is a row of a matrix, and the wording of the matrix."""
    found: dict[str, tuple[str, str]] = {}
    for matrix, fields in (dictionary.matrices if dictionary else {}).items():
        if fields[0].kind == "checkbox" and max(len(field.choices) for field in fields) > len(fields):
            # More boxes than rows: the colleagues are the boxes, and each row asks something of its own.
            findings.note("redcap-rows-are-questions", file, value=matrix, count=len(fields))
            continue
        names = [field.name for field in fields]
        same = f"{matrix}_" if all(name.startswith(f"{matrix}_") for name in names) else _shared(names)
        text = next((field.heading for field in fields if field.heading), "")
        found |= {name: (name[len(same) :], text) for name in names}
    return found


def _shared(names: Sequence[str]) -> str:
    """Return what all names begin with, up to a "_"."""
    same = names[0][: names[0].rfind("_") + 1]
    while not all(name.startswith(same) for name in names):
        same = same[: same.rfind("_", 0, -1) + 1]
    return same


def _ticks(table: RawTable, dictionary: Dictionary | None, findings: Findings) -> dict[str, tuple[str, str]]:
    """Return how the boxes of each question are written when ticked and when not; a fault where nobody can tell."""
    boxes: dict[str, list[int]] = {}
    for at, name in enumerate(table.header):
        if "___" in name:
            boxes.setdefault(base_of(name), []).append(at)
    found = {}
    for question, places in boxes.items():
        cells = {at: {row[at].strip() for row in table.rows} - {""} for at in places}
        written = set().union(*cells.values())
        pair = next((pair for pair in _TICKS if written <= set(pair)), None)
        if pair is None and _are_labels(table, cells, dictionary):
            pair = (ANY, "")
        if pair is None:
            at = next(at for at in places if not any(cells[at] <= set(pair) for pair in _TICKS[:1]))
            findings.fault("redcap-ticks", table.file, 1, table.header[at])
        found[question] = pair or _TICKS[0]
    return found


def _are_labels(table: RawTable, cells: Mapping[int, set[str]], dictionary: Dictionary | None) -> bool:
    """Tell whether a ticked box holds the wording of its choice, as one way of exporting has it."""
    for at, written in cells.items():
        base, _, suffix = table.header[at].partition("___")
        field = dictionary.fields.get(base) if dictionary else None
        choices = field.choices if field else ()
        if not written <= {label for code, label in choices if extended(code) == suffix}:
            return False
    return True


def numbered(columns: Sequence[Column]) -> list[str]:
    """Return the questions whose boxes have no wording and the codes 1, 2, 3 that REDCap gives by itself.

    Two codes may be others, such as 0 or 99 for "nobody".

    Examples
    --------
    >>> numbered([Column(at, "asks", code, ticks=("1", "0")) for at, code in enumerate("1239")])
    ['asks']
    """
    codes: dict[str, set[str]] = {}
    for column in columns:
        if column.ticks and not column.label:
            codes.setdefault(column.question, set()).add(column.item)
    return [
        question
        for question, given in codes.items()
        if len(given) >= _FEW
        and len(given - {str(k) for k in range(1, len(given) + 1)}) <= min(2, len(given) - _FEW)
    ]
