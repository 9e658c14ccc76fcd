"""Import ids of Qualtrics: what they tell about a column, whatever its heading was renamed to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["answer", "text", "comment", "other"]

_IMPORT = re.compile(r"""["']ImportId["']\s*:\s*["']([^"']*)["']""")
_CHOICE = re.compile(r"""["']choiceId["']\s*:\s*["']?([^"',}]*)""")
_COPY = re.compile(r"""["']isLabelsColumn["']""", re.IGNORECASE)
_QUESTION = re.compile(r"(?:(x*\d+)_)?(QID\d+(?:#\d+)?)(?:[-_](.*))?")
_CODE = re.compile(r"x*\d+")
_GROUP = re.compile(r"(\d+_GROUP)(?:_(x*\d+))?")
_RANK = re.compile(r"(G\d+)_(x*\d+)(_RANK)")


@dataclass(frozen=True)
class Key:
    """What an import id tells.

    Attributes
    ----------
    base : str
        The question: "QID5", "QID12#1" for a column of a side-by-side table.
    loop : str
        Turn of a loop; "" outside of loops.
    codes : tuple of str
        Of the row, and of the choice where a column stands for one.
    kind : str
        "answer"; "text" of a question that asks for text; "comment" typed beside a choice; "other" for times, orders
        and analyses.
    box : bool
        Whether the last code is a choice that could be ticked among others.
    """

    base: str
    loop: str = ""
    codes: tuple[str, ...] = ()
    kind: Kind = "answer"
    box: bool = False


def import_id(cell: str) -> tuple[str, str] | None:
    """Return import id and choice of a cell of the third heading row; None if it is no such cell.

    Examples
    --------
    >>> import_id('{"ImportId":"QID7_14","choiceId":"4"}'), import_id("{'ImportId': 'QID5-3'}"), import_id("QID5")
    (('QID7_14', '4'), ('QID5-3', ''), None)
    """
    match = _IMPORT.search(cell)
    if match is None:
        return None
    # A copy of answers in words beside their numbers is no question of its own.
    if _COPY.search(cell):
        return "", ""
    choice = _CHOICE.search(cell)
    return match[1], choice[1].strip() if choice else ""


def key_of(identity: str, choice: str = "") -> Key | None:
    """Return what an import id tells about a question; None if it belongs to none.

    Examples
    --------
    >>> key_of("QID7_14", "4")
    Key(base='QID7', loop='', codes=('14', '4'), kind='answer', box=True)
    >>> key_of("2_QID5_3").loop, key_of("QID2_TEXT").kind, key_of("QID1_5_TEXT").kind, key_of("startDate")
    ('2', 'text', 'comment', None)
    """
    match = _QUESTION.fullmatch(identity)
    if match is None:
        return None
    loop, base, rest = match[1] or "", match[2], match[3] or ""
    chosen = (choice,) if choice else ()
    if rest == "TEXT":
        return Key(base, loop, (), "text")
    if found := _GROUP.fullmatch(rest):
        # The group counts as part of the question, so that people in two groups stay apart.
        code = (found[2],) if found[2] else chosen
        return Key(f"{base}_{found[1]}", loop, code, box=bool(code))
    if found := _RANK.fullmatch(rest):
        return Key(f"{base}_{found[1]}{found[3]}", loop, (found[2],))
    beside = rest.endswith("_TEXT")
    codes = tuple(re.split("[-_]", rest.removesuffix("_TEXT"))) if rest else ()
    if not all(_CODE.fullmatch(code) for code in codes):
        return Key(base, loop, (), "other")
    if beside:
        return Key(base, loop, codes, "comment")
    return Key(base, loop, codes + chosen, box=bool(chosen))
