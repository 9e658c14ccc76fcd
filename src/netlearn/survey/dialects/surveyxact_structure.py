"""Structure and labels of a SurveyXact export: what each variable asks, and the wording of its codes."""

from __future__ import annotations

from dataclasses import dataclass

from netlearn.study.findings import Findings
from netlearn.study.rawtable import plain
from netlearn.survey.dialects.limesurvey_headings import flat
from netlearn.survey.dialects.surveyxact_files import Part, is_label

_FIELDS = (
    "questionname",
    "variablename",
    "questiontype",
    "subtype",
    "questiontext",
    "choicevalue",
    "choicetext",
)


@dataclass(frozen=True)
class Variable:
    """One variable.

    Attributes
    ----------
    name, question : str
        Name of the column, and of the question it belongs to.
    boxes : bool
        Whether it is one box of a question with several answers.
    closed : bool
        Whether answers are chosen from a list.
    text : str
        Wording; of a row of a matrix "question - row".
    choice, label : str
        Code and wording of the choice that a box stands for.
    """

    name: str
    question: str
    boxes: bool
    closed: bool
    text: str
    choice: str = ""
    label: str = ""


def read_variables(part: Part, findings: Findings) -> dict[str, Variable]:
    """Return the variables by name, in order; rows that cannot be read are faults.

    Some exports write one more, empty, field in the rows than in the heading.
    """
    header = [cell.strip().casefold() for cell in part.records[0]]
    at = {name: header.index(name) for name in _FIELDS if name in header}
    lacking = [name for name in _FIELDS if name not in at]
    if lacking:
        findings.fault("surveyxact-structure-columns", part.file, 1, known=lacking)
        return {}
    found: dict[str, Variable] = {}
    for number, row in enumerate(part.records[1:], start=2):
        if not any(cell.strip() for cell in row):
            continue
        cells = {name: row[place].strip() if place < len(row) else "" for name, place in at.items()}
        if len(row) < len(header) or any(cell.strip() for cell in row[len(header) :]) or _is_shifted(cells):
            findings.fault("surveyxact-structure-row", part.file, number, fields=len(row), width=len(header))
            continue
        variable = _variable({name: row[place] for name, place in at.items()})
        if found.get(variable.name, variable) != variable:
            findings.fault("surveyxact-variable-twice", part.file, number, value=variable.name)
        found[variable.name] = variable
    return found


def _is_shifted(cell: dict[str, str]) -> bool:
    """Tell whether fields moved because text holds the separator: only a box has a choice, and its code is a number."""
    boxes = cell["subtype"].casefold() == "multiple"
    return not cell["choicevalue"].lstrip("-").isdigit() if boxes else bool(cell["choicevalue"])


def _variable(cell: dict[str, str]) -> Variable:
    name = plain(cell["variablename"])
    return Variable(
        name,
        plain(cell["questionname"]) or name,
        cell["subtype"].strip().casefold() == "multiple",
        cell["questiontype"].strip().casefold() == "closed",
        spaced(cell["questiontext"]),
        plain(cell["choicevalue"]),
        flat(cell["choicetext"]),
    )


def spaced(text: str) -> str:
    """Return wording as plain text that still shows a question without wording: " - row".

    Examples
    --------
    >>> spaced("  - Anne  Dam "), spaced("Hvem?  - Bo")
    (' - Anne Dam', 'Hvem? - Bo')
    """
    found = flat(text)
    return f" {found}" if found.startswith("- ") and text[:1].isspace() else found


def read_labels(part: Part, findings: Findings) -> dict[str, dict[str, str]]:
    """Return for each variable code -> wording, in the order of the file.

    The file has no headings; a first row that is no label is taken for one, which is a note.
    """
    found: dict[str, dict[str, str]] = {}
    for number, row in enumerate(part.records, start=1):
        cells = [cell.strip() for cell in row]
        if not any(cells):
            continue
        if number == 1 and not is_label(row):
            findings.note("surveyxact-labels-heading", part.file, 1)
            continue
        if not is_label(row):
            findings.fault("surveyxact-label-row", part.file, number, fields=len(cells))
            continue
        codes = found.setdefault(plain(cells[0]), {})
        code, text = plain(cells[1]), flat(cells[2])
        if codes.get(code, text) != text:
            findings.fault("surveyxact-code-twice", part.file, number, cells[0], value=code)
        codes[code] = text
    return found
