"""Name generators: slots with a name each, what is told about the person named, and ties among those named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from netlearn.survey.items import Items, texts
from netlearn.survey.listed import read_nominations, said_nobody, unseen_rows
from netlearn.survey.named import at_columns, doubts, offered, typed, worded
from netlearn.survey.people import HIDDEN, NOTHING, clean
from netlearn.survey.place import Place
from netlearn.survey.responses import read_responses

KEEP = "keep"
"""Name of a column of `alter_columns` that tells whether a slot counts."""
_LEFT_OUT = ("0", "0.0")


@dataclass(frozen=True)
class Slot:
    """Where a slot stands: positions of its name, of its level (or None) and of what is told about the person."""

    number: int
    to: int
    level: int | None
    about: Mapping[str, int]


def slot_columns(place: Place) -> list[Slot] | None:
    """Return the slots of a name generator, by pattern or as the study file lists them; None with faults."""
    relation, table = place.relation, place.table
    listed = [dict(slot) for slot in relation.slots] or [
        _filled({**relation.columns, **relation.alter_columns}, number)
        for number in range(1, min(relation.n_slots, len(table.header)) + 1)
    ]
    if not listed:
        place.fault("no-slots", 0, relation=relation.name)
        return None
    fine = [table.has(column, place.findings) for slot in listed for column in slot.values()]
    without = [number for number, slot in enumerate(listed, start=1) if "to" not in slot]
    for number in without:
        place.fault("slot-without-name", 0, number=number, relation=relation.name)
    if without or not all(fine) or not _check_slots(place, listed):
        return None
    at = table.place
    return [
        Slot(
            number,
            at[slot["to"]],
            at[slot["level"]] if "level" in slot else None,
            {role: at[column] for role, column in slot.items() if role not in ("to", "level")},
        )
        for number, slot in enumerate(listed, start=1)
    ]


def _filled(patterns: Mapping[str, str], number: int) -> dict[str, str]:
    return {role: pattern.replace("{slot}", str(number)) for role, pattern in patterns.items()}


def names_in(place: Place, slot: Slot, rows: Sequence[int]) -> list[str]:
    """Return the name in a slot for each row, "" where the slot does not count (0 in its column `keep`)."""
    cells = place.table.rows
    names = worded(place, [clean(place, cells[row][slot.to]) for row in rows], slot.to)
    keep = slot.about.get(KEEP)
    if keep is None:
        return names
    return [
        "" if clean(place, cells[row][keep]) in _LEFT_OUT else n for row, n in zip(rows, names, strict=True)
    ]


def _check_slots(place: Place, listed: Sequence[Mapping[str, str]]) -> bool:
    """Every slot has columns of its own, and the file has no further slot; tell whether so."""
    names = [slot.get("to", "") for slot in listed]
    twice = {name for name in names if names.count(name) > 1}
    for name in sorted(twice - {""}):
        place.fault("slots-share-a-column", 1, name, relation=place.relation.name)
    plan = place.relation
    following = _filled(plan.columns, plan.n_slots + 1).get("to") if not plan.slots else None
    if following is not None and not twice and following in place.table.place:
        place.fault("more-slots", 1, following, count=plan.n_slots, relation=plan.name)
        return False
    return not twice - {""}


def read_generator(place: Place) -> Items | None:
    """Read the slots of each respondent; empty slots are no answer, somebody named makes the others a "no"."""
    if place.relation.group is not None:
        return read_nominations(place)
    slots, responses = slot_columns(place), read_responses(place)
    if slots is None or responses is None:
        return None
    rows, people = responses.rows.tolist(), responses.people.tolist()
    receivers, answers, details, typed_in = [], [], [], []
    for slot in slots:
        names = names_in(place, slot, rows)
        found = typed(place, names, rows, slot.to)
        typed_in += names
        unseen = unseen_rows(place, at_columns(place, [slot.to])[0])
        receivers.append(
            [HIDDEN if w == NOTHING and row in unseen else w for w, row in zip(found, rows, strict=True)]
        )
        answers += ["" if slot.level is None else place.table.rows[row][slot.level] for row in rows]
        # The answer stands in the column of the level, where there is one; the name beside it.
        details.append([slot.to if slot.level is not None else -1] * len(rows))
        for column in slot.about.values():
            place.ledger.mark(place.table, rows, [column] * len(rows), "detail")
    return Items(
        np.tile(np.array(people, dtype=np.int64), len(slots)),
        np.array(receivers, dtype=np.int64).ravel(),
        texts(answers),
        np.tile(np.array(rows, dtype=np.int64), len(slots)),
        np.repeat(np.array([s.to if s.level is None else s.level for s in slots], dtype=np.int64), len(rows)),
        offered(place, at_columns(place, [slot.to for slot in slots])),
        weighted=any(slot.level is not None for slot in slots),
        listed=True,
        details=(np.array(details, dtype=np.int64).ravel(),),
        said_nobody=said_nobody(place, responses),
        doubtful=doubts(place, typed_in, people * len(slots)),
    )


def alter_tie_columns(place: Place, slots: int) -> dict[tuple[int, int], int]:
    """Return the position of the column about the tie of each pair of slots (a < b).

    "{n}" in the pattern is the running number of the pair: (1, 2), (1, 3), …, (2, 3), … A column that is missing, or
    that two pairs share, is a fault: then the pattern is not that of the file.
    """
    pattern, found = place.relation.alter_ties, dict[tuple[int, int], int]()
    if pattern is None:
        return found
    for n, (a, b) in enumerate(combinations(range(1, slots + 1), 2), start=1):
        name = pattern.replace("{a}", str(a)).replace("{b}", str(b)).replace("{n}", str(n))
        at = place.table.place.get(name, -1)
        if at < 0 or at in found.values():
            place.fault("alter-ties-columns", 1, value=name, first=a, second=b)
            return {}
        found[a, b] = at
    return found
