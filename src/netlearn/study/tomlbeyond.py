"""What the tables about scales, gaps and attendance lists of a study file must hold together."""

from __future__ import annotations

from netlearn.study.tomlcheck import Entries, Entry, Fault, check_known, check_names, describes
from netlearn.study.tomllines import Lines


def check_beyond(
    scales: Entries, gaps: Entries, attendance: Entries, roster: Entry, fault: Fault, lines: Lines
) -> None:
    """Names differ; what a scale, gap or list names is there."""
    for table, entries in (("scales", scales), ("gaps", gaps), ("attendance", attendance)):
        check_names(table, "name", entries, fault, lines)
        check_names(table, "title", entries, fault, lines)
    for index, (entry, _) in enumerate(scales):
        _check_scale(entry, index, fault)
    by_name = {entry["name"]: entry for entry, _ in scales}
    for index, (entry, _) in enumerate(gaps):
        _check_gap(entry, index, by_name, fault)
    for index, (entry, _) in enumerate(attendance):
        if entry["of"] == "others" and not entry["people"]:
            fault("missing-key", "attendance", "people", index, expected="text")
        if entry["strata"]:
            describes(entry["strata"], roster, "attendance", "strata", fault, index)


def _check_scale(entry: Entry, index: int, fault: Fault) -> None:
    items = list(entry["items"] or ())
    for item in entry["reversed"]:
        check_known(item, items, "scales", "reversed", index, fault)
    for named in entry["subscales"].values():
        for item in named:
            check_known(item, items, "scales", "subscales", index, fault)
    if entry["reversed"] and entry["range"] is None and not entry["levels"]:
        fault("reversed-without-range", "scales", "reversed", index)
    if entry["minimum_items"] > len(items):
        fault(
            "too-many-items", "scales", "minimum_items", index, value=entry["minimum_items"], count=len(items)
        )


def _check_gap(entry: Entry, index: int, scales: dict[str, Entry], fault: Fault) -> None:
    """Both scales are there, with as many items, and the same subscales with as many items."""
    keys = ("required", "present")
    there = [check_known(entry[key], list(scales), "gaps", key, index, fault) for key in keys if entry[key]]
    if len(there) < 2 or not all(there):
        return
    shapes = []
    for key in keys:
        scale = scales[entry[key]]
        parts = {name: len(items) for name, items in scale["subscales"].items()}
        shapes.append((len(scale["items"] or ()), parts))
    named = {"required": entry["required"], "present": entry["present"]}
    if shapes[0] != shapes[1]:
        fault("gap-of-unlike-scales", "gaps", "present", index, **named)
    spans = [_span(scales[entry[key]]) for key in keys]
    if None not in spans and spans[0] != spans[1]:
        fault("gap-of-unlike-ranges", "gaps", "present", index, **named)


def _span(scale: Entry) -> tuple[float, float] | None:
    """Return the lowest and highest level of a scale, if the study file says them."""
    levels = (scale["levels"] or {}).values()
    return scale["range"] or ((min(levels), max(levels)) if levels else None)
