"""Headings of Qualtrics downloads without import ids: which columns belong to one question."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from netlearn.survey.dialects.qualtrics_ids import Key
from netlearn.survey.dialects.qualtrics_labels import MARK, crossed, mark_of

_OTHER = re.compile(
    r"SC\d+|Q_[A-Z].*|DO-.*|.+_DO(_.*)?"
    r"|.+_(First Click|Last Click|Page Submit|Click Count|Browser|Operating System|Resolution)"
    r"|.+ - (Topics|Parent Topics|Sentiment.*|Topic.*)"
)
_GROUP = re.compile(r"(.+_\d+_GROUP)_(x*\d+)")
_RANK = re.compile(r"(.+_\d+)_(x*\d+)_RANK")
_LOOP = re.compile(r"(\d+)_([^\W\d].*)")
_CODE = re.compile(r"x*\d+")


def keys_of(names: Sequence[str], texts: Sequence[str], old: bool) -> list[Key]:
    """Return the key of each heading; columns that only look alike stay questions of their own.

    Examples
    --------
    >>> [key.codes for key in keys_of(["Q1", "Q5_1", "Q5_2", "Q5_2_TEXT"], ["", "", "", ""], False)]
    [(), ('1',), ('2',), ('2',)]
    """
    loops: dict[str, set[str]] = defaultdict(set)
    for name in names:
        if match := _LOOP.fullmatch(name):
            loops[match[2]].add(match[1])
    turns = [(match := _LOOP.fullmatch(name)) and len(loops[match[2]]) > 1 for name in names]
    inner = [name.partition("_")[2] if turn else name for name, turn in zip(names, turns, strict=True)]
    loop = [name.partition("_")[0] if turn else "" for name, turn in zip(names, turns, strict=True)]
    grids = _grids(names, texts, old)
    sizes: dict[str, set[str]] = defaultdict(set)
    for name in inner:
        sizes[name.rpartition("_")[0]].add(name)
    return [
        _key(name, turn, names, grids, len(sizes[name.rpartition("_")[0]]) > 1)
        for name, turn in zip(inner, loop, strict=True)
    ]


def _key(name: str, loop: str, names: Sequence[str], grids: set[str], shared: bool) -> Key:
    if _OTHER.fullmatch(name):
        return Key(name, kind="other")
    if match := _GROUP.fullmatch(name):
        return Key(match[1], loop, (match[2],), box=True)
    if match := _RANK.fullmatch(name):
        return Key(f"{match[1]}_RANK", loop, (match[2],))
    if name.endswith("_TEXT"):
        bare = name.removesuffix("_TEXT")
        root, _, code = bare.rpartition("_")
        beside = bare in names or (root and _CODE.fullmatch(code))
        return Key(root, loop, (code,), "comment") if beside else Key(name, loop, (), "text")
    parts = name.rsplit("_", 2)
    if parts[0] in grids and not loop and len(parts) == 3:
        return Key(parts[0], "", (parts[1], parts[2]), box=True)
    root, _, code = name.rpartition("_")
    return Key(root, loop, (code,)) if root and shared and _CODE.fullmatch(code) else Key(name, loop)


def _grids(names: Sequence[str], texts: Sequence[str], old: bool) -> set[str]:
    """Return the beginnings of headings ROOT_ROW_CHOICE whose wordings show both the row and the choice."""
    found: dict[str, dict[tuple[str, str], str]] = defaultdict(dict)
    for name, text in zip(names, texts, strict=True):
        parts = name.rsplit("_", 2)
        if len(parts) == 3 and all(_CODE.fullmatch(code) for code in parts[1:]):
            found[parts[0]][parts[1], parts[2]] = text
    return {
        root
        for root, cells in found.items()
        if _is_grid(cells, mark_of(list(cells.values())) if old else MARK)
    }


def _is_grid(cells: dict[tuple[str, str], str], mark: str) -> bool:
    rows, choices = {row for row, _ in cells}, {choice for _, choice in cells}
    if len(rows) < 2 or len(choices) < 2 or len(cells) < len(rows) * len(choices):
        return False
    question, names, worded = crossed(cells, mark)
    return bool(question) and all(names.values()) and all(worded.values())
