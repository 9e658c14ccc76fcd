"""Questions answered with a list: long nominations, repeat groups, several names in one cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from netlearn.study.cells import BoolArray, IntArray
from netlearn.study.rawtable import RawTable, nearest, plain
from netlearn.survey.export import Column
from netlearn.survey.items import Items, texts
from netlearn.survey.named import at_columns, doubts, offered, typed, worded
from netlearn.survey.people import HIDDEN, NOBODY, NOTHING, clean, respondents
from netlearn.survey.place import Place
from netlearn.survey.responses import Responses, read_responses, rows_of_wave


def read_nominations(place: Place) -> Items | None:
    """Read a row per nomination: of a table of its own, or of a repeat group of the responses."""
    return _read_long(place) if place.relation.group is None else _read_group(place, place.relation.group)


def _names(place: Place, table: RawTable) -> tuple[dict[str, str], bool]:
    """Return the column of each role, and whether there is one with levels."""
    names = {"from": "from", "to": "to", "level": "level", **place.relation.columns}
    weighted = "level" in place.relation.columns or names["level"] in table.place
    return names, weighted


def _read_long(place: Place) -> Items | None:
    table = place.table
    names, weighted = _names(place, table)
    needed = [role for role in names if role != "level" or weighted]
    check_direction(place)
    rows = rows_of_wave(place)
    there = [table.has(names[role], place.findings) for role in needed]
    if not all(there) or rows is None:
        return None
    if "relation" in names:
        at = table.place[names["relation"]]
        _check_relations(place, rows, at)
        rows = [row for row in rows if table.rows[row][at].strip() == place.relation.name]
        place.ledger.mark(table, rows, [at] * len(rows), "detail")
    sender = table.place[names["from"]]
    found = respondents(place, sender, rows, place.roster.by_key)
    kept = [(row, who) for row, who in zip(rows, found, strict=True) if who is not None]
    gone = [row for row, who in kept if who in place.withdrawn]
    place.ledger.mark_rows(table, gone, "withdrawn")
    if gone:
        place.note("withdrawn-left-out", count=len(gone))
    kept = [(row, who) for row, who in kept if who not in place.withdrawn]
    place.ledger.mark(table, [row for row, _ in kept], [sender] * len(kept), "respondent")
    senders = [who for _, who in kept]
    return _items(place, names, weighted, [row for row, _ in kept], senders)


def _check_relations(place: Place, rows: Sequence[int], at: int) -> None:
    """Every row belongs to a relation of the study: another spelling would lose ties without a word."""
    known = [relation.name for relation in place.study.relations]
    first: dict[str, int] = {}
    for row in rows:
        first.setdefault(place.table.rows[row][at].strip(), row)
    for text, row in first.items():
        if text not in known:
            said = {"value": place.sayable(text), "known": known, "nearest": nearest(text, known)}
            place.fault("unknown-relation", place.table.numbers[row], place.shown(at), **said)


def check_direction(place: Place) -> None:
    """Refuse ties without direction where the study file says that they have one."""
    if place.export.undirected and place.relation.directed:
        place.fault("ties-undirected", 0, relation=place.relation.name)


def _items(
    place: Place, names: Mapping[str, str], weighted: bool, rows: Sequence[int], senders: Sequence[int]
) -> Items:
    """Make the items of rows that name a colleague each; a blank name says "nobody"."""
    table = place.table
    to = table.place[names["to"]]
    named = worded(place, [clean(place, table.rows[row][to]) for row in rows], to)
    receivers = typed(place, named, rows, to)
    if place.relation.group is None:
        # A row of its own that names no one says "nobody".
        receivers = [NOBODY if who == NOTHING else who for who in receivers]
    column = table.place[names["level"]] if weighted else to
    return Items(
        np.array(senders, dtype=np.int64),
        np.array(receivers, dtype=np.int64),
        texts(table.rows[row][column] for row in rows),
        np.array(rows, dtype=np.int64),
        np.full(len(rows), column, dtype=np.int64),
        offered(place, at_columns(place, [to])),
        weighted,
        listed=True,
        details=(np.full(len(rows), to, dtype=np.int64),) if column != to else (),
        doubtful=doubts(place, named, senders),
    )


def _read_group(place: Place, name: str) -> Items | None:
    """Read the rows of a repeat group; who answered is told by the row that they belong to."""
    group = place.export.groups.get(name)
    responses = read_responses(place)
    if group is None:
        place.fault("no-group", 0, value=name, known=list(place.export.groups))
        return None
    if group.view:
        place.ledger.view(group.table, place.table)
    place.ledger.open(group.table)
    names, weighted = _names(place, group.table)
    needed = ["to", "level"] if weighted else ["to"]
    there = [group.table.has(names[role], place.findings) for role in needed]
    to_at = group.table.place.get(names["to"], -1)
    if any(column.at == to_at and column.role == "id" for column in group.columns):
        place.findings.fault("to-is-a-number", group.table.file, 1, names["to"])
    if not all(there) or responses is None:
        return None
    owner = dict(zip(responses.rows.tolist(), responses.people.tolist(), strict=True))
    orphans = [at for at, parent in enumerate(group.parent) if parent < 0]
    for at in orphans[:1]:
        numbers = group.table.numbers
        place.findings.fault("row-without-response", group.table.file, numbers[at], more=len(orphans) - 1)
    inner = place.on(group.table, group.columns)
    to = group.table.place[names["to"]]
    filled = [at for at, row in enumerate(group.table.rows) if clean(place, row[to])]
    rows = [at for at in filled if group.parent[at] in owner]
    left = [at for at in range(len(group.table.rows)) if group.parent[at] not in owner]
    place.ledger.mark_rows(group.table, left, "not_response")
    named = _items(inner, names, weighted, rows, [owner[group.parent[at]] for at in rows])
    nobody = said_nobody(place, responses)
    return replace(named, said_nobody=nobody, group=group)


def said_nobody(place: Place, responses: Responses) -> IntArray:
    """Return the people who said in a column of its own that they named nobody."""
    column, word = place.relation.nobody_column, place.relation.nobody
    if column is not None and word is None:
        place.fault("nobody-word-missing", 1, column, relation=place.relation.name)
    if column is None or not place.table.has(column, place.findings):
        return np.empty(0, dtype=np.int64)
    at = place.table.place[column]
    cells = [clean(place, place.table.rows[row][at]) for row in responses.rows]
    # By its code or by its wording, as everywhere.
    here = [column.answers for column in place.export.columns if column.at == at]
    wording = {plain(code): plain(text) for listed in here for code, text in listed.items()}
    said = [bool(cell) and plain(word or "") in (cell, wording.get(cell)) for cell in cells]
    place.ledger.mark(place.table, responses.rows, [at] * len(cells), "detail")
    return responses.people[np.array(said, dtype=bool)]


def read_free_text(place: Place) -> Items | None:
    """Read cells in which several names are typed."""
    responses = read_responses(place)
    code = place.relation.code
    columns = [c for c in place.export.columns if code and code in (c.question, place.table.header[c.at])]
    if not columns:
        place.table.has(code, place.findings)
    if not columns or responses is None:
        return None
    return _split(place, columns, responses, {column.at: None for column in columns})


def read_joined(place: Place, columns: Sequence[Column]) -> Items | None:
    """Read cells that hold all who were chosen, as the tool joins them."""
    responses = read_responses(place)
    if responses is None:
        return None
    return _split(place, columns, responses, {column.at: column for column in columns})


def _split(
    place: Place, columns: Sequence[Column], responses: Responses, how: Mapping[int, Column | None]
) -> Items:
    sender: list[int] = []
    receiver: list[int] = []
    where: list[int] = []
    at_column: list[int] = []
    named: list[str] = []
    for column in columns:
        cells, rows, people = [], [], []
        for row, who in zip(responses.rows.tolist(), responses.people.tolist(), strict=True):
            parts = _parts(place, place.table.rows[row][column.at], how[column.at]) or [""]
            cells += parts
            rows += [row] * len(parts)
            people += [who] * len(parts)
        unseen = unseen_rows(place, column)
        found = typed(place, cells, rows, column.at)
        receiver += [
            HIDDEN if who == NOTHING and row in unseen else who for who, row in zip(found, rows, strict=True)
        ]
        sender += people
        named += cells
        where += rows
        at_column += [column.at] * len(rows)
    return Items(
        np.array(sender, dtype=np.int64),
        np.array(receiver, dtype=np.int64),
        texts([""] * len(sender)),
        np.array(where, dtype=np.int64),
        np.array(at_column, dtype=np.int64),
        _chosen_from(place, [column for column in how.values() if column is not None]),
        weighted=False,
        listed=True,
        said_nobody=said_nobody(place, responses),
        doubtful=doubts(place, named, sender),
    )


def unseen_rows(place: Place, column: Column) -> frozenset[int]:
    """Return the rows to which a question was never shown."""
    hidden, none = place.export.unasked, frozenset[int]()
    return hidden.get(column.question, none) | hidden.get(place.table.header[column.at], none)


def _chosen_from(place: Place, columns: Sequence[Column]) -> BoolArray:
    if columns and not any(column.answers for column in columns):
        place.note("all-were-offered")
    return offered(place, columns)


def _parts(place: Place, cell: str, column: Column | None) -> list[str]:
    """Return the names in a cell: as typed by people, or as joined by a tool."""
    text = clean(place, cell)
    nobody = plain(place.relation.nobody or "").casefold()
    if not text or (nobody and text.casefold() == nobody):
        return [text] if text else []
    if column is None:
        return place.known.split(text)
    if column.answers or "," not in column.separator:
        parts = [plain(part) for part in text.split(column.separator) if part.strip()]
        return worded(place, parts, column.at)
    return place.known.split_joined(text, column.separator)
