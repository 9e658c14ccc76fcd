"""A draft of study.toml from inspected exports: all that can be seen; what only people know is marked."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from netlearn.errors import NetlearnError
from netlearn.study.rawtable import RawTable, plain
from netlearn.survey.inspect import Inspected, Inspection
from netlearn.survey.inspect_questions import Question, ends_of, tie_groups, values_of
from netlearn.survey.responses import NO_PERSON
from netlearn.wording import Language
from netlearn.wording.inspection import draft_exists, draft_words

FILL = "FILL IN"
MARK = "# Draft by netlearn inspect"
_DEPARTMENT = ("department", "afdeling", "enhed", "unit", "team", "group", "funktion")
_NAME = ("name", "navn", "fullname", "full_name")
_ID = ("id", "nr", "code", "kode", "medarbejdernr")


@dataclass(frozen=True)
class _Roster:
    file: str
    id: str
    department: str
    name: str | None


def draft_study(inspection: Inspection, language: Language, roster: Path | None = None) -> str:
    """Return the text of a study file.

    `netlearn check` names every place marked "FILL IN": dates, levels, the primary outcome and what else no file tells.

    Parameters
    ----------
    inspection : Inspection
    language : "en" or "da"
        Language of comments and report.
    roster : path, optional
        The staff list.
    """
    words = draft_words(language)
    people = _roster(inspection.roster, roster)
    lines = [f"{MARK}: {words['head']}", ""]
    lines += ["[study]", f'title = "{FILL}"', f'language = "{language}"', "seed = 1", ""]
    lines += [f"# {words['roster']}", "[roster]", f"file = {_q(people.file)}", f"id = {_q(people.id)}"]
    exports = [inspected for inspected in inspection.exports if inspected.export is not None]
    keys = {_respondent(inspected, inspection.roster)[1] for inspected in exports} - {"", people.id}
    lines.append(f"department = {_q(people.department)}")
    lines += [f"name = {_q(people.name)}"] if people.name else []
    lines += [*(f"{'# ' if number else ''}key = {_q(key)}" for number, key in enumerate(sorted(keys))), ""]
    for number, inspected in enumerate(exports, start=1):
        lines += _wave(inspected, number, inspection.roster, words)
    seen: set[str] = set()
    for inspected in exports:
        for question in inspected.questions:
            if question.code not in seen and question.about_people:
                lines += _relation(inspected, question, words)
            elif question.code not in seen and question.kind == "scale":
                lines += _scale(inspected, question, words)
            seen.add(question.code)
    lines += [f"# {words['primary']}", "[primary]", f'relation = "{FILL}"', f'measure = "{FILL}"']
    labels = [f"wave{number}" for number in range(1, len(exports) + 1)]
    lines += [f"waves = {json.dumps([labels[0], labels[-1]] if len(labels) > 1 else [FILL, FILL])}", ""]
    return "\n".join(lines)


def write_draft(text: str, path: Path, language: Language) -> None:
    """Write a draft; a file that is no draft of netlearn is never replaced.

    Raises
    ------
    NetlearnError
        There is another file.
    """
    if path.exists() and not path.read_text(encoding="utf-8", errors="replace").startswith(MARK):
        raise NetlearnError(draft_exists(str(path), language))
    beside = path.with_name(f"{path.name}.part")
    beside.write_text(text, encoding="utf-8", newline="\n")
    beside.replace(path)


def _q(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _roster(table: RawTable | None, path: Path | None) -> _Roster:
    if table is None or path is None:
        return _Roster("roster.csv", "id", "department", None)
    lower = {name.casefold(): name for name in table.header}

    def column(wanted: tuple[str, ...]) -> str | None:
        return next((lower[name] for name in wanted if name in lower), None)

    return _Roster(path.name, column(_ID) or FILL, column(_DEPARTMENT) or FILL, column(_NAME))


def _wave(inspected: Inspected, number: int, roster: RawTable | None, words: dict[str, str]) -> list[str]:
    export = inspected.export
    days = sorted(day for day in export.days if day is not None) if export else []
    lines = ["[[waves]]", f'label = "wave{number}"']
    lines.append(f"date = {_day(days)}  # {words['date']}")
    lines += [f"file = {_q(inspected.file)}", f"dialect = {_q(inspected.dialect)}"]
    if inspected.parts:
        parts = ", ".join(f"{role} = {_q(file)}" for role, file in sorted(inspected.parts.items()))
        lines.append(f"parts = {{ {parts} }}")
    own = export.respondent if export else ""
    matched = _respondent(inspected, roster)[0]
    if any(question.kind in ("nominations", "adjacency") for question in inspected.questions):
        return [*lines, ""]
    lines.append(f"respondent = {_q(matched or own or FILL)}  # {words['respondent']}")
    return [*lines, ""]


def _day(days: list[date]) -> str:
    return days[len(days) // 2].isoformat() if days else f'"{FILL}"'


def _respondent(inspected: Inspected, roster: RawTable | None) -> tuple[str, str]:
    """Return the heading whose cells are mostly in one column of the roster, and that column; "" where none are."""
    if roster is None or inspected.export is None:
        return "", ""
    keys = {name: {plain(row[at]) for row in roster.rows} - {""} for at, name in enumerate(roster.header)}
    table, best = inspected.export.table, (0.5, "", "")
    roles = {column.at: column.role for column in inspected.export.columns}
    for at, name in enumerate(table.header):
        if roles.get(at) in NO_PERSON:
            continue
        cells = [plain(row[at]) for row in table.rows if row[at].strip()]
        # A column of few different values, such as a department, tells nobody apart.
        if not cells or 10 * len(set(cells)) < 9 * len(cells):
            continue
        for column, key in keys.items():
            share = sum(cell in key for cell in cells) / len(cells)
            if share > best[0]:
                best = (share, name, column)
    return best[1], best[2]


def _relation(inspected: Inspected, question: Question, words: dict[str, str]) -> list[str]:
    text = question.text
    lines = ["[[relations]]", f"name = {_q(_name(question.code))}"]
    if text:
        lines.append(f"question = {_q(text[:200])}")
    if question.kind == "group":
        lines += ['kind = "name-generator"', f"group = {_q(question.code)}"]
        ties = tie_groups(inspected.export) if inspected.export else []
        lines += [f"alter_ties = {_q(ties[0])}"] if ties else []
        return [*lines, f'columns = {{ to = "{FILL}" }}  # {words["group"]}', ""]
    lines.append(f"kind = {_q(question.kind)}")
    if question.kind == "name-generator":
        slots = max(int(column.item) for column in question.columns)
        lines += [f"n_slots = {slots}", f"columns = {{ to = {_q(question.code)} }}  # {words['slots']}"]
    elif question.kind == "nominations":
        ends = ends_of(inspected.export.table) if inspected.export else None
        lines += [] if ends is None else [f"columns = {{ from = {_q(ends[0])}, to = {_q(ends[1])} }}"]
    elif question.code:
        lines.append(f"code = {_q(question.code)}")
    lines += list(_levels(inspected, question, words))
    if question.kind in ("multiple-choice", "name-generator"):
        lines.append(f"# nobody = …  # {words['nobody']}")
    return [*lines, ""]


def _levels(inspected: Inspected, question: Question, words: dict[str, str]) -> Iterator[str]:
    """Ask for the level of each answer: codes need not be in order, so none is guessed."""
    if inspected.export is None or question.kind not in ("roster", "multiple-answer"):
        return
    if question.kind == "roster":
        values = values_of(inspected.export, question.columns)
        wording = {plain(code): text for c in question.columns for code, text in c.answers.items()}
    else:
        wording = {c.option: c.option_label for c in question.columns if c.option}
        wording = wording or dict.fromkeys(_parts(inspected, question), "")
        values = list(wording)
    yield f"# {words['levels']}"
    yield f"levels = {{ {_to_fill(values, wording)} }}"


def _parts(inspected: Inspected, question: Question) -> list[str]:
    cells = values_of(inspected.export, question.columns, most=500) if inspected.export else []
    separator = question.columns[0].separator
    return list(
        dict.fromkeys(part.strip() for cell in cells for part in cell.split(separator) if part.strip())
    )


def _scale(inspected: Inspected, question: Question, words: dict[str, str]) -> list[str]:
    header = inspected.export.table.header if inspected.export else ()
    items = ", ".join(f"{_q(header[c.at])} = {_q((c.label or c.text)[:80])}" for c in question.columns)
    values = values_of(inspected.export, question.columns) if inspected.export else []
    wording = {plain(code): text for c in question.columns for code, text in c.answers.items()}
    head = [
        f"# {words['scale']}",
        "# [[scales]]",
        f"# name = {_q(_name(question.code))}",
        f"# items = {{ {items} }}",
    ]
    # What was typed can be a name: only numbers and answers that the file words are repeated.
    values = [
        value for value in values if value in wording or value.replace(",", ".").replace(".", "").isdigit()
    ]
    return [*head, *([f"# levels = {{ {_to_fill(values, wording)} }}"] if values else []), ""]


def _to_fill(values: list[str], wording: Mapping[str, str]) -> str:
    """Return the answers with a mark in place of the level of each."""
    marks = {value: f"{FILL}: {wording[value]}" if wording.get(value) else FILL for value in values}
    return ", ".join(f"{_q(value)} = {_q(mark)}" for value, mark in marks.items())


def _name(code: str) -> str:
    return code.replace("{slot}", "").strip("_ ") or "contact"
