"""The data dictionary of a REDCap project: what each field is, in both ways of writing its headings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from html import unescape

from netlearn.study.rawtable import RawTable
from netlearn.survey.source import Source

# How the page "Data Dictionary" names what the API calls otherwise.
_LONG = {
    "variable / field name": "field_name",
    "form name": "form_name",
    "section header": "section_header",
    "field type": "field_type",
    "field label": "field_label",
    "choices, calculations, or slider labels": "select_choices_or_calculations",
    "choices or calculations": "select_choices_or_calculations",
    "text validation type or show slider number": "text_validation_type_or_show_slider_number",
    "branching logic (show field only if...)": "branching_logic",
    "matrix group name": "matrix_group_name",
}
_NEEDED = ("field_name", "form_name", "field_type", "field_label", "select_choices_or_calculations")
_BREAK = re.compile(r"</?(?:br|p|div|li|tr|td|h\d)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z!][^<>]*>")
_BUILT_IN = {"yesno": (("1", "Yes"), ("0", "No")), "truefalse": (("1", "True"), ("0", "False"))}
CHOSEN = ("radio", "dropdown", "yesno", "truefalse", "checkbox")


@dataclass(frozen=True)
class Field:
    """One field of a project.

    Attributes
    ----------
    name, form, kind : str
        Variable, instrument and field type ("checkbox", "radio", "text", …).
    label, heading : str
        Wording of the field and of the section or matrix that begins at it, without HTML.
    choices : tuple of (code, wording)
        What can be chosen, in the order of the questionnaire.
    validation, matrix : str
        Type of validation and name of the matrix group; "" = none.
    branching : bool
        Whether the field is shown only under a condition.
    """

    name: str
    form: str
    kind: str
    label: str
    heading: str
    choices: tuple[tuple[str, str], ...]
    validation: str
    matrix: str
    branching: bool


@dataclass(frozen=True, eq=False)
class Dictionary:
    """The fields of a project by name, in order."""

    fields: Mapping[str, Field]

    @cached_property
    def forms(self) -> tuple[str, ...]:
        """The instruments in the order of the project."""
        return tuple(dict.fromkeys(field.form for field in self.fields.values()))

    @cached_property
    def matrices(self) -> dict[str, tuple[Field, ...]]:
        """The rows of each matrix group."""
        found: dict[str, list[Field]] = {}
        for field in self.fields.values():
            if field.matrix:
                found.setdefault(field.matrix, []).append(field)
        return {name: tuple(rows) for name, rows in found.items()}


def said(text: str) -> str:
    """Return wording as plain text: no tags, no entities, single spaces.

    Examples
    --------
    >>> said("<b>Bo</b>&nbsp;Bak ")
    'Bo Bak'
    """
    return " ".join(unescape(_TAG.sub("", _BREAK.sub(" ", text))).split())


def choices_of(text: str) -> tuple[tuple[str, str], ...]:
    """Cut choices into code and wording; only the first comma of each separates.

    Examples
    --------
    >>> choices_of("1, Bak, Ida | 2, Ole Holm|-99, Nobody")
    (('1', 'Bak, Ida'), ('2', 'Ole Holm'), ('-99', 'Nobody'))
    """
    pairs = (part.partition(",") for part in re.split(r"[|\n]", text))
    return tuple((code.strip(), said(label)) for code, comma, label in pairs if comma)


def extended(code: str) -> str:
    """Return how REDCap writes the code of a checkbox at the end of a heading.

    Examples
    --------
    >>> extended("-1"), extended("P02.a")
    ('_1', 'p02_a')
    """
    return re.sub(r"[^a-z0-9_]", "", re.sub(r"[-.]", "_", code.lower()))


def is_dictionary(header: tuple[str, ...]) -> bool:
    """Tell whether these headings are those of a data dictionary."""
    return set(_NEEDED) <= set(_named(header))


def _named(header: tuple[str, ...]) -> list[str]:
    lowered = [" ".join(name.lower().split()) for name in header]
    return [_LONG.get(name, name) for name in lowered]


def read_dictionary(source: Source) -> Dictionary | None:
    """Read a dictionary, or return None with every fault in it."""
    table = source.table()
    if table is None:
        return None
    if not is_dictionary(table.header):
        source.findings.fault("redcap-dictionary", source.file, 1)
        return None
    place = {name: at for at, name in reversed(list(enumerate(_named(table.header))))}
    fields: dict[str, Field] = {}
    fine = True
    for row, number in zip(table.rows, table.numbers, strict=True):
        if len(row) < len(table.header):
            return None
        field = _field(table, row, place)
        if field.name in fields:
            fine = False
            source.findings.fault("redcap-field-twice", source.file, number, value=field.name)
        fields[field.name] = field
    return Dictionary(fields) if fine else None


def _field(table: RawTable, row: list[str], place: Mapping[str, int]) -> Field:
    def cell(name: str) -> str:
        text = row[place[name]].strip() if name in place else ""
        # A dictionary that went through R has NA in its empty cells.
        return "" if text == "NA" and name != "field_label" else text

    kind = cell("field_type").lower()
    choices = _BUILT_IN.get(kind) or choices_of(cell("select_choices_or_calculations"))
    return Field(
        cell("field_name"),
        cell("form_name"),
        kind,
        said(cell("field_label")),
        said(cell("section_header")),
        choices if kind in CHOSEN else (),
        cell("text_validation_type_or_show_slider_number"),
        cell("matrix_group_name"),
        bool(cell("branching_logic")),
    )
