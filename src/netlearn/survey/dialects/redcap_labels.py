"""An export whose headings are labels: read by position, where the dictionary says the same from first to last."""

from __future__ import annotations

import re
from collections.abc import Iterator

from netlearn.study.findings import Findings
from netlearn.study.rawtable import RawTable
from netlearn.survey.dialects.redcap_dictionary import Dictionary, Field, extended, said
from netlearn.survey.dialects.redcap_forms import SYSTEM

_SYSTEM = dict(
    zip(
        ("Event Name", "Repeat Instrument", "Repeat Instance", "Data Access Group", "Survey Identifier"),
        SYSTEM,
        strict=True,
    )
)
_STATUS, _STAMP = "Complete?", "Survey Timestamp"
_CHOICE = re.compile(r".*\(choice=.*\)", re.DOTALL)

Pair = tuple[str, str]
"""A heading of labels, and the same as a name."""


def has_labels(header: tuple[str, ...]) -> bool:
    """Tell whether headings are labels as REDCap writes them."""
    return _STATUS in header or any(_CHOICE.fullmatch(name) for name in header)


def with_names(table: RawTable, dictionary: Dictionary, findings: Findings) -> RawTable | None:
    """Return the same table under the names of the fields.

    None, with a fault at the first heading that differs, unless every heading is the one that the dictionary leads
    to expect: labels can be alike, so a single skipped column would move all that follow.
    """
    left, names = list(table.header), []
    for label, name in _expected(dictionary):
        if left and _alike(left[0]) == _alike(label):
            names.append(name)
            left.pop(0)
        elif name not in SYSTEM and label != _STAMP:
            break
    if left or not names:
        findings.fault("redcap-labels-differ", table.file, 1, number=len(names) + 1)
        return None
    findings.note("redcap-labels-read", table.file, 1, count=len(names))
    return RawTable(table.file, tuple(names), table.rows, table.numbers)


def _expected(dictionary: Dictionary) -> Iterator[Pair]:
    first = next(iter(dictionary.fields))
    for form in dictionary.forms:
        if form != dictionary.forms[0]:
            yield _STAMP, f"{form}_timestamp"
        for field in dictionary.fields.values():
            if field.form == form and field.kind != "descriptive":
                yield from _of_field(field)
            if field.name == first and form == dictionary.forms[0]:
                yield from _SYSTEM.items()
                yield _STAMP, f"{form}_timestamp"
        yield _STATUS, f"{form}_complete"


def _of_field(field: Field) -> Iterator[Pair]:
    if field.kind != "checkbox":
        yield field.label, field.name
    for code, label in field.choices if field.kind == "checkbox" else ():
        yield f"{field.label} (choice={label})", f"{field.name}___{extended(code)}"


def _alike(heading: str) -> str:
    # REDCap takes tags and quotes out of headings, and with a line break the space.
    return "".join(re.sub("[\"']", "", said(heading)).split())
