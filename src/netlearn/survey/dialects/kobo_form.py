"""The XLSForm behind a KoboToolbox or ODK export: questions, choices, groups and repeats, in every language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from html import unescape

from netlearn.survey.source import Source

_BREAK = re.compile(r"</?(?:br|p|div|li|tr|td|h\d)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z!][^<>]*>")
_SELECT = re.compile(r"(select_one|select_multiple|select one|select multiple|rank)\s+(\S+).*")
_BLOCK = re.compile(r"(begin|end)[_ ](group|repeat|kobomatrix|score|rank)")
_SIDE_BY_SIDE = ("table-list", "label", "list-nolabel")
SURVEY, CHOICES = "survey", "choices"


@dataclass(frozen=True)
class Question:
    """A row of the sheet "survey".

    Attributes
    ----------
    name, kind : str
        Name and type: "select_one", "select_multiple", "repeat" or what the form says.
    labels : tuple of str
        Wording, that of the default language first.
    choices : mapping name -> labels
        What can be chosen.
    table : str
        Name of the group in which this is a row of a table; "" = none.
    group : tuple of str
        Labels of that group, in the order of languages.
    relevant : bool
        Whether the question is shown only under a condition.
    """

    name: str
    kind: str
    labels: tuple[str, ...]
    choices: Mapping[str, tuple[str, ...]]
    table: str
    group: tuple[str, ...]
    relevant: bool


@dataclass(frozen=True, eq=False)
class Form:
    """Questions by name, in order; a name that two questions have is left out, and counted."""

    questions: Mapping[str, Question]
    repeats: tuple[str, ...]
    languages: int
    ambiguous: int

    @cached_property
    def by_label(self) -> dict[str, Question]:
        """Questions by each of their labels, where it is the label of one question only."""
        found: dict[str, list[Question]] = {}
        for question in self.questions.values():
            for label in dict.fromkeys(question.labels):
                found.setdefault(label, []).append(question)
        return {label: same[0] for label, same in found.items() if label and len(same) == 1}


def said(text: str) -> str:
    """Return wording as plain text: no tags, no entities, no marks for bold, single spaces.

    Examples
    --------
    >>> said("**Bo**<br>Bak")
    'Bo Bak'
    """
    return " ".join(unescape(_TAG.sub("", _BREAK.sub(" ", text))).replace("**", "").split())


def is_form(sheets: tuple[str, ...]) -> bool:
    """Tell whether a workbook with these sheets is an XLSForm."""
    return {SURVEY, CHOICES} <= set(sheets)


def read_form(source: Source) -> Form | None:
    """Read a form, or return None with one fault."""
    if source.kind != "xlsx" or not is_form(source.sheets):
        if source.kind == "xls":
            source.records()
        else:
            source.findings.fault("kobo-form", source.file)
        return None
    sheets = {name: source.records(name) for name in (SURVEY, CHOICES)}
    settings = source.records("settings") if "settings" in source.sheets else []
    if any(records is None for records in (*sheets.values(), settings)):
        return None
    language = next((row.get("default_language", "") for row in _rows(settings)), "")
    survey, choices = _rows(sheets[SURVEY]), _rows(sheets[CHOICES])
    if not any("type" in row and "name" in row for row in survey):
        source.findings.fault("kobo-form", source.file)
        return None
    lists: dict[str, dict[str, tuple[str, ...]]] = {}
    for row in choices:
        name = row.get("list_name") or row.get("list name", "")
        lists.setdefault(name, {})[row.get("name", "")] = _labels(row, language)
    found = [question for question in _questions(survey, lists, language) if question.name]
    names = [question.name for question in found]
    once = {question.name: question for question in found if names.count(question.name) == 1}
    repeats = tuple(question.name for question in found if question.kind == "repeat")
    return Form(once, repeats, len(_label_columns(survey)), len(set(names)) - len(once))


def _rows(records: list[list[str]] | None) -> list[dict[str, str]]:
    if not records:
        return []
    header = [name.strip() for name in records[0]]
    known = [name if "::" in name or ":" in name else name.lower() for name in header]
    return [
        dict(zip(known, map(str.strip, row), strict=False)) for row in records[1:] if any(map(str.strip, row))
    ]


def _label_columns(rows: list[dict[str, str]]) -> list[str]:
    return [name for name in (rows[0] if rows else {}) if name == "label" or re.match(r"label\s*::?", name)]


def _labels(row: Mapping[str, str], language: str) -> tuple[str, ...]:
    columns = [name for name in row if name == "label" or re.match(r"label\s*::?", name)]
    default = re.compile(r"label\s*::?\s*" + re.escape(language) + r"\s*", re.IGNORECASE)
    columns.sort(key=lambda name: not (language and default.fullmatch(name)))
    return tuple(label for name in columns if (label := said(row[name])))


def _questions(
    survey: list[dict[str, str]], lists: Mapping[str, Mapping[str, tuple[str, ...]]], language: str
) -> list[Question]:
    found: list[Question] = []
    outside: tuple[str, str, tuple[str, ...]] = ("", "", ())
    groups = [outside]
    for row in survey:
        kind, name, labels = row.get("type", ""), row.get("name", ""), _labels(row, language)
        appearance = row.get("appearance", "")
        block = _BLOCK.match(kind.lower())
        if block and block[1] == "end":
            groups = groups[:-1] or [outside]
            continue
        relevant = bool(row.get("relevant", ""))
        if block:
            table = name if block[2] == "score" or "table-list" in appearance else ""
            groups.append((table, name, labels))
            if block[2] == "repeat":
                found.append(Question(name, "repeat", labels, {}, "", (), relevant))
            continue
        select = _SELECT.fullmatch(kind)
        table, group, wording = groups[-1]
        if not table and any(word in appearance for word in _SIDE_BY_SIDE):
            table = group
        choices = lists.get(select[2], {}) if select else {}
        kind = select[1].replace(" ", "_") if select else kind.lower()
        found.append(Question(name, kind, labels, choices, table, wording if table else (), relevant))
    return found
