"""From variables of SurveyXact to columns, with the checks that structure and answers belong together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from netlearn.study.findings import Findings
from netlearn.study.rawtable import RawTable, plain
from netlearn.survey.dialects.surveyxact_matrices import MARK, Matrix, find_matrices, stem_of
from netlearn.survey.dialects.surveyxact_structure import Variable
from netlearn.survey.export import Column, Role

TICKED, NOT_TICKED = "1", "0"
_TOOL: dict[str, Role] = {"starttim": "start", "starttime": "start", "closetim": "end", "closetime": "end"}
_TOOL |= {"email": "email", "respnokk": "id"}
_TOOL |= dict.fromkeys(("survey", "responde", "respondentid", "organiza", "organization", "created"), "other")
_TOOL |= dict.fromkeys(
    ("modified", "difftime", "numberof", "numberofreturnedmail", "importgr", "importgroup"), "other"
)
_TOOL |= dict.fromkeys(("distribu", "distributionschedule", "digitald", "responsecollectsessions"), "other")
"""Columns that the tool adds; some exports cut their names to eight letters."""
_STATUS = re.compile(r"stat[a-z]*_\d+")

Labels = Mapping[str, Mapping[str, str]]


def columns_of(
    table: RawTable, variables: Mapping[str, Variable], labels: Labels, findings: Findings
) -> tuple[Column, ...]:
    """Return the columns of a table in its order."""
    if not variables:
        return tuple(_bare(at, name, labels) for at, name in enumerate(table.header))
    matrices = find_matrices(variable for variable in variables.values() if not _of_tool(variable.name))
    if matrices:
        codes = [matrix.code for matrix in matrices]
        count = sum(len(matrix.rows) for matrix in matrices)
        findings.note("surveyxact-matrices", table.file, 1, count=count, questions=codes)
    made = _of_matrices(matrices) | _typed_beside(variables)
    fronts = Counter(_front(v.name) for v in variables.values() if v.closed and not v.boxes)
    found = []
    for at, heading in enumerate(table.header):
        name = plain(heading)
        variable = variables.get(name)
        if variable is None or _of_tool(name):
            column = _bare(at, name, labels)
        else:
            column = replace(
                made.get(name, _single(variable, fronts)), at=at, answers=dict(labels.get(name, {}))
            )
        found.append(column)
    return tuple(found)


def _of_tool(name: str) -> bool:
    return bool(_STATUS.fullmatch(name) or _TOOL.get(name) not in (None, "email"))


def _bare(at: int, name: str, labels: Labels) -> Column:
    """Make a column of which only the name is known, or that the tool added."""
    role: Role = "status" if _STATUS.fullmatch(name) else _TOOL.get(name, "answer")
    return Column(at, "" if "_" in name else name, answers=dict(labels.get(name, {})), role=role)


def _single(variable: Variable, fronts: Mapping[str, int]) -> Column:
    """Make the column of a variable outside every matrix."""
    if variable.boxes:
        return Column(
            0, variable.question, variable.choice, "", variable.text.strip(), variable.label, ticks=_ticks()
        )
    role: Role = _TOOL.get(variable.name, "answer")
    # Rows of a matrix without wording of its own look like this: the code of the study file splits their names.
    rows = variable.closed and _front(variable.name) != "" and fronts[_front(variable.name)] > 1
    text = variable.text.strip()
    return Column(0, "" if rows else variable.question, text=text, label=text, role=role)


def _ticks() -> tuple[str, str]:
    return TICKED, NOT_TICKED


def _front(name: str) -> str:
    """Return a name up to its last "_"; "" without one."""
    return name.rpartition("_")[0]


def _of_matrices(matrices: list[Matrix]) -> dict[str, Column]:
    found = {}
    for matrix in matrices:
        for item, label, asked in matrix.rows:
            for variable in asked:
                column = Column(0, matrix.code, plain(item), text=matrix.text, label=label)
                if variable.boxes:
                    column = replace(
                        column, option=variable.choice, option_label=variable.label, ticks=_ticks()
                    )
                found[variable.name] = column
    return found


def _typed_beside(variables: Mapping[str, Variable]) -> dict[str, Column]:
    """Find the fields for "other": worded as a question and one of its choices."""
    asked = {(v.text.strip(), v.label): v.question for v in variables.values() if v.boxes}
    plainly = {v.text.strip(): v.question for v in variables.values() if v.closed and not v.boxes}
    found = {}
    for variable in variables.values():
        question, mark, choice = variable.text.rpartition(MARK)
        owner = asked.get((question.strip(), choice.strip())) or plainly.get(question.strip(), "")
        if not variable.closed and mark and owner:
            found[variable.name] = Column(0, owner, text=variable.text.strip(), role="comment")
    return found


def check_fit(table: RawTable, variables: Mapping[str, Variable], labels: Labels, findings: Findings) -> None:
    """Refuse a structure that lacks columns of a question, or answers that lack columns of it."""
    header = {plain(name) for name in table.header}
    described = {plain(name) for name in variables}
    stems = {stem_of(name) for name in described & header} - {""}
    unknown = sorted(name for name in header - described if name and not _of_tool(name))
    if beside := [name for name in unknown if stem_of(name) in stems]:
        findings.fault("surveyxact-not-in-structure", table.file, 1, beside[0], more=len(beside) - 1)
    if known := [name for name in unknown if stem_of(name) not in stems]:
        findings.note("surveyxact-undescribed", table.file, 1, count=len(known), names=known[:10])
    lost = [v for name, v in variables.items() if name not in header and not _STATUS.fullmatch(name)]
    if asked := [v.name for v in lost if v.closed or stem_of(v.name) in stems]:
        findings.fault("surveyxact-not-in-dataset", table.file, 1, asked[0], more=len(asked) - 1)
    elif lost:
        findings.note("surveyxact-columns-left", table.file, 1, names=[v.name for v in lost][:10])
    order = [name for name in map(plain, table.header) if name in variables]
    if order != [name for name in variables if name in header]:
        findings.note("surveyxact-order", table.file, 1)
    if strange := sorted(set(labels) - header):
        findings.note("surveyxact-labels-left", table.file, count=len(strange))
