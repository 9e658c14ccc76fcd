"""Questions with a column per colleague: levels, boxes, several boxes each, and tables person x person."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from netlearn.study.cells import BoolArray, IntArray
from netlearn.study.rawtable import nearest, plain
from netlearn.survey.export import ANY, Column
from netlearn.survey.items import TICKED, Items, texts
from netlearn.survey.levels import sayable_answer
from netlearn.survey.listed import check_direction, read_joined, said_nobody
from netlearn.survey.people import clean, columns_about, respondents
from netlearn.survey.place import Place
from netlearn.survey.responses import Responses, once, read_responses, rows_of_wave


def question_columns(place: Place) -> tuple[Column, ...]:
    """Return the columns of the question with the wording of its colleagues; () with a fault if there are none."""
    relation, table = place.relation, place.table
    if relation.code:
        columns = place.export.columns_of(relation.code, place.codes())
        others = {relation.nobody_column, *(item for scale in place.study.scales for item in scale.items)}
        columns = tuple(column for column in columns if table.header[column.at] not in others)
    else:
        columns = tuple(column for column in place.export.columns if _is_colleague(place, column))
    if not columns:
        roots = [re.sub(r"(\[.*|_[^_]*)$", "", name) for name in table.header]
        near = nearest(relation.code, {*place.export.questions, *roots} - {relation.code})
        example = f"{relation.code}_ID" if relation.code else "ID"
        place.fault(
            "question-not-found",
            1,
            asked=relation.code,
            relation=relation.name,
            nearest=near,
            example=example,
        )
    return _with_labels(place, columns)


def _is_colleague(place: Place, column: Column) -> bool:
    """Tell whether a column without a code is about somebody: its heading is an id, or a name."""
    heading = plain(place.table.header[column.at])
    if column.role != "answer" or heading in (place.wave.respondent, place.export.respondent):
        return False
    return heading in place.roster.by_id or (place.by_name and place.known.find(heading).person is not None)


def _with_labels(place: Place, columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Name the colleagues of columns without wording: by their heading, or as another question of the file does."""
    if not place.relation.code:
        header = place.table.header
        return tuple(replace(column, item=column.item or header[column.at]) for column in columns)
    if place.relation.labels_from is None:
        return columns
    others = place.export.columns_of(place.relation.labels_from, place.codes())
    label = {column.item: column.label for column in others if column.label}
    if [c.item for c in others] != [c.item for c in columns] or not all(c.item in label for c in columns):
        place.fault("labels-do-not-fit", 1, asked=place.relation.code, other=place.relation.labels_from)
        return ()
    return tuple(replace(column, label=label[column.item]) for column in columns)


def read_grid(place: Place) -> Items | None:
    """Read a level per colleague."""
    columns = place.export.columns_of(place.relation.code, place.codes()) if place.relation.code else ()
    if any(column.ticks for column in columns):
        # A box that is not ticked is no "no": nobody may have seen it.
        place.fault("boxes-not-levels", 1, place.shown(columns[0].at), relation=place.relation.name)
        return None
    return _read_wide(place, lambda column, cell: cell)


def read_choices(place: Place) -> Items | None:
    """Read a box per colleague, or one cell with all who were chosen."""
    columns = place.export.columns_of(place.relation.code, place.codes())
    joined = [column for column in columns if column.separator and not column.item]
    if joined and len(joined) == len(columns):
        return read_joined(place, joined)
    return _read_wide(place, _box(place))


def _box(place: Place) -> Callable[[Column, str], str]:
    """Return how a cell of a box is understood, unless the study file says how answers are written."""
    levels = place.relation.levels
    meaning = {plain(key): level for key, level in levels.items()}

    def understood(column: Column, cell: str) -> str:
        if column.separator and cell:
            found = [meaning.get(text, -1.0) for text in _said(column, cell)] if levels else [1.0]
            return cell if min(found) < 0 else TICKED if max(found) > 0 else ""
        if column.ticks is None or (levels and cell in levels):
            return cell
        ticked, not_ticked = column.ticks
        if cell == not_ticked or not cell:
            return ""
        return TICKED if ticked in (ANY, cell) else cell

    return understood


def _said(column: Column, cell: str) -> list[str]:
    """Return the options in a cell that holds several, in the wording of the file where it has one."""
    parts = [plain(part) for part in cell.split(column.separator) if part.strip()]
    return [plain(column.answers.get(part, part)) for part in parts]


def _is_ticked(column: Column, cell: str) -> bool:
    """Tell whether a box is ticked; levels are about options and say nothing of it."""
    ticked, not_ticked = column.ticks or (ANY, "0")
    return bool(cell) and cell != not_ticked and cell not in column.missing and ticked in (ANY, cell)


def _read_wide(place: Place, understood: Callable[[Column, str], str]) -> Items | None:
    columns = question_columns(place)
    responses = read_responses(place)
    if not columns or responses is None:
        return None
    about = columns_about(place, columns)
    if about is None:
        return None
    answers = [[clean(place, place.table.rows[row][c.at]) for c in columns] for row in responses.rows]
    shown = [[understood(c, cell) for c, cell in zip(columns, row, strict=True)] for row in answers]
    return _wide(place, columns, about, responses, texts(cell for row in shown for cell in row))


def _wide(
    place: Place,
    columns: Sequence[Column],
    about: list[int],
    responses: Responses,
    answers: NDArray[np.object_],
) -> Items:
    """Make the items of rows x columns, answers row by row."""
    people, rows, width = responses.people, responses.rows, len(columns)
    receivers = np.array(about, dtype=np.int64)
    asked = np.zeros(place.roster.n, dtype=bool)
    asked[receivers[receivers >= 0]] = True
    return Items(
        np.repeat(people, width),
        np.tile(receivers, len(rows)),
        answers,
        np.repeat(rows, width),
        np.tile(np.array([column.at for column in columns], dtype=np.int64), len(rows)),
        asked,
        unasked=_unasked(place, columns, rows),
        said_nobody=said_nobody(place, responses),
    )


def _unasked(place: Place, columns: Sequence[Column], rows: IntArray) -> BoolArray | None:
    """Tell which cells were never shown: by question, or by the heading of a column."""
    hidden = place.export.unasked
    if not hidden:
        return None
    out = np.zeros((len(rows), len(columns)), dtype=bool)
    for at, column in enumerate(columns):
        for name in (column.question, place.table.header[column.at]):
            out[:, at] |= np.isin(rows, list(hidden.get(name, ())))
    return out.ravel()


def read_options(place: Place) -> Items | None:
    """Read several boxes per colleague: the highest level among the ticked ones is the answer."""
    columns = tuple(_with_option(place, column) for column in question_columns(place))
    responses = read_responses(place)
    if not columns or responses is None:
        return None
    first: dict[tuple[str, str], Column] = {}
    for column in columns:
        first.setdefault((column.item, column.label), column)
    about = columns_about(place, list(first.values()))
    _check_options(place, columns)
    answers = _highest(place, columns, list(first), responses)
    if answers is None or about is None:
        return None
    for column in columns:
        if column is not first[column.item, column.label]:
            place.ledger.mark(place.table, responses.rows, [column.at] * len(responses.rows), "detail")
    return _wide(place, list(first.values()), about, responses, answers)


def _with_option(place: Place, column: Column) -> Column:
    """Take the option from the end of the item where the heading does not tell them apart: ID_OPTION."""
    item, _, option = column.item.rpartition("_")
    if (
        column.option
        or column.separator
        or not item
        or plain(option) not in map(plain, place.relation.levels)
    ):
        return column
    return replace(column, item=item, option=option, ticks=column.ticks or (ANY, "0"))


def _check_options(place: Place, columns: Sequence[Column]) -> None:
    """Every colleague has the same boxes: where one is missing, columns were lost on the way."""
    options = dict.fromkeys(column.option for column in columns)
    there = {(column.item, column.label, column.option) for column in columns}
    for column in {(column.item, column.label): column for column in columns}.values():
        missing = [option for option in options if (column.item, column.label, option) not in there]
        if missing:
            place.fault("options-missing", 1, place.shown(column.at), known=missing)


def _highest(
    place: Place, columns: Sequence[Column], keys: list[tuple[str, str]], responses: Responses
) -> NDArray[np.object_] | None:
    """Return the chosen option of the highest level per row and colleague, "" where none was; None with faults."""
    levels, before = place.relation.levels, len(place.findings.faults)
    best = np.full((len(responses.rows), len(keys)), "", dtype=object)
    top, low = np.full(best.shape, -1.0), np.full(best.shape, np.inf)
    meaning = {plain(key): key for key in levels}
    place_of = {key: at for at, key in enumerate(keys)}
    rows = [place.table.rows[row] for row in responses.rows.tolist()]
    for column in columns:
        at, cells = place_of[column.item, column.label], [row[column.at] for row in rows]
        # Few different cells fill many rows: each is understood once.
        options = {cell: _chosen(place, column, cell, meaning) for cell in dict.fromkeys(cells)}
        chosen = {cell: found for cell, found in options.items() if found}
        for r, cell in enumerate(cells):
            for option in chosen.get(cell, ()):
                low[r, at] = min(low[r, at], levels[option])
                if levels[option] > top[r, at]:
                    best[r, at], top[r, at] = option, levels[option]
    for r, at in np.argwhere((low == 0) & (top > 0)).tolist():
        column = next(c for c in columns if (c.item, c.label) == keys[at])
        place.fault("none-and-options", place.table.numbers[int(responses.rows[r])], place.shown(column.at))
    return best.ravel() if len(place.findings.faults) == before else None


def _chosen(place: Place, column: Column, cell: str, meaning: Mapping[str, str]) -> list[str]:
    """Return the keys of `levels` that a cell chooses; a fault for a choice that has none."""
    cell = clean(place, cell)
    if column.separator or not column.option:
        # A cell that could hold several holds one where nobody chose more.
        parts = cell.split(column.separator) if column.separator else [cell]
        said = [plain(part) for part in parts if part.strip()]
        texts_of = [(part, plain(column.answers.get(part, part))) for part in said]
    elif _is_ticked(column, cell):
        texts_of = [(plain(column.option), plain(column.option_label))]
    else:
        return []
    found = []
    for pair in texts_of:
        keys = [meaning[text] for text in pair if text in meaning]
        found += keys[:1]
        if not keys:
            shown = sayable_answer(place, pair[1] or pair[0])
            known = list(place.relation.levels)
            place.fault("option-without-level", 1, place.shown(column.at), value=shown, known=known)
    return found


def read_adjacency(place: Place) -> Items | None:
    """Read a table with a person per row and per column."""
    matrices = place.export.matrices
    name = place.relation.code or place.relation.name
    if len(matrices) > 1 and name not in matrices:
        near = nearest(name, matrices)
        place.fault("no-matrix", 0, value=name, known=list(matrices), nearest=near)
        return None
    check_direction(place)
    table = matrices.get(name, place.table)
    place = place.on(table)
    columns = [Column(at, item=heading) for at, heading in enumerate(table.header) if at > 0]
    rows = rows_of_wave(place)
    about = columns_about(place, columns)
    if rows is None or about is None:
        return None
    people = _row_people(place, rows)
    kept = [(row, who) for row, who in people.items() if who not in place.withdrawn]
    gone = [row for row, who in people.items() if who in place.withdrawn]
    place.ledger.mark_rows(table, gone, "withdrawn")
    if gone:
        place.note("withdrawn-left-out", count=len(gone))
    place.ledger.mark(table, [row for row, _ in kept], [0] * len(kept), "respondent")
    senders = np.array([who for _, who in kept], dtype=np.int64)
    responses = Responses(np.array([row for row, _ in kept], dtype=np.int64), senders)
    answers = texts(clean(place, table.rows[row][c.at]) for row, _ in kept for c in columns)
    return _wide(place, columns, about, responses, answers)


def _row_people(place: Place, rows: Sequence[int]) -> dict[int, int]:
    """Return whose row each is, found by id, or by name where no row holds an id."""
    ids = any(plain(place.table.rows[row][0]) in place.roster.by_id for row in rows)
    wave = replace(place.wave, respondent_by="name" if place.by_name and not ids else "key")
    found = respondents(replace(place, wave=wave), 0, rows, place.roster.by_id)
    return once(place, 0, {row: who for row, who in zip(rows, found, strict=True) if who is not None})
