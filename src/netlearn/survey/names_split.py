"""Several names in one cell: where one ends and the next begins."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from functools import cache

Known = Callable[[str], bool]

# Not inside parentheses, as in "Ida Bak (IT/HR)".
_OUTSIDE = r"(?![^()]*\))"
# Blanks are looked at, not taken in, so that a cell full of them is read in one go.
_LINES = re.compile(
    r"^[^\S\n]*[-–—*](?=\s)"  # a list with hyphens
    r"|(?:^|(?<=\s))\d{1,3}[.)](?=\s)|^[^\S\n]*\d{1,3}[.)](?=[^\W\d])"  # 1. 2) 3.
    r"|[•‣▪●◦∙]|(?:^|(?<=\s))·(?=\s)"
    r"|[\n\v\f\t\u2028\u2029;]",
    re.MULTILINE,
)
_SIGNS = re.compile(r"(?:(?<=\s)(?:og|&)(?=\s)|/)" + _OUTSIDE, re.IGNORECASE)
# On its own, after the others: Anders And is a name.
_AND = re.compile(r"(?<=\s)and(?=\s)" + _OUTSIDE, re.IGNORECASE)
_COMMA = re.compile("," + _OUTSIDE)
_EDGES = " ,\u00a0\u200b"


def pieces(text: str, known: Known) -> list[str]:
    """Cut a cell into names.

    Parameters
    ----------
    text : str
        The cell.
    known : callable
        Tells whether a text stands for somebody on the roster (for one person or, unresolved, for several). What it
        knows is never cut.

    Returns
    -------
    list of str
        In the order of the cell. Where the commas can be read in two ways, or in none, the piece stays whole: it then
        fits nobody and is asked about.

    Examples
    --------
    >>> pieces("1. Ida Bak og Ole Holm; Bo Krogh", {"Ida Bak"}.__contains__)
    ['Ida Bak', 'Ole Holm', 'Bo Krogh']
    >>> pieces("Bak, Ida, Holm, Ole", {"Bak, Ida", "Holm, Ole"}.__contains__)
    ['Bak, Ida', 'Holm, Ole']
    """
    known = cache(known)
    found = [text]
    for marks in (_LINES, _SIGNS, _AND):
        found = [name for piece in found for name in _cut(marks, piece, known)]
    return [name for piece in found for name in ([piece] if known(piece) else _between_commas(piece, known))]


def joined(text: str, separator: str, options: Collection[str]) -> list[str] | None:
    """Cut a text into the options that were ticked, if it can be done in one way only.

    Parameters
    ----------
    text : str
        Options joined by the separator, which may also stand within an option.
    separator : str
        Such as ", ".
    options : collection of str
        Every text that could be ticked.

    Examples
    --------
    >>> joined("Bak, Ida, Holm, Ole", ", ", ["Holm, Ole", "Bak, Ida"])
    ['Bak, Ida', 'Holm, Ole']
    >>> joined("Bak, Ida", ", ", ["Bak, Ida", "Bak", "Ida"]) is None
    True
    """
    if not text:
        return []
    parts, allowed = text.split(separator), set(options)
    longest = max((option.count(separator) + 1 for option in allowed), default=0)
    ways, last = [1] + [0] * len(parts), [0] * (len(parts) + 1)
    for end in range(1, len(parts) + 1):
        for start in range(max(end - longest, 0), end):
            if ways[start] and separator.join(parts[start:end]) in allowed:
                # Two is enough to know.
                ways[end], last[end] = min(ways[end] + ways[start], 2), start
    return _walk(parts, last, separator) if ways[-1] == 1 else None


def _cut(marks: re.Pattern[str], text: str, known: Known) -> list[str]:
    text = text.strip()
    if known(text):
        return [text]
    names = [piece for part in marks.split(text) if (piece := part.strip(_EDGES))]
    # "n/a" is no list of names.
    whole = marks is not _LINES and any(sum(map(str.isalpha, name)) < 2 and not known(name) for name in names)
    return [text] if whole else names


def _between_commas(text: str, known: Known) -> list[str]:
    """Cut at commas so that the fewest pieces are unknown; a comma may also stand in "Last, First".

    An unknown piece must have two words, because a single one may be half of a name, and somebody must be known.
    """
    parts = [piece for part in _COMMA.split(text) if (piece := part.strip())]
    strange, ways, last = [0], [1], [0]
    for end in range(1, len(parts) + 1):
        found = []
        if known(parts[end - 1]) or len(parts[end - 1].split()) > 1:
            found.append((strange[end - 1] + (not known(parts[end - 1])), end - 1))
        if end > 1 and known(", ".join(parts[end - 2 : end])):
            found.append((strange[end - 2], end - 2))
        least = min((cost for cost, start in found if ways[start]), default=0)
        best = [start for cost, start in found if ways[start] and cost == least]
        strange.append(least)
        ways.append(min(sum(ways[start] for start in best), 2))
        last.append(best[0] if best else 0)
    names = _walk(parts, last, ", ") if ways[-1] == 1 else [text]
    return names if any(known(name) for name in names) else [text]


def _walk(parts: list[str], last: list[int], separator: str) -> list[str]:
    """Return the pieces from the place where each of them begins, going back from the end."""
    found, end = [], len(parts)
    while end:
        found.append(separator.join(parts[last[end] : end]))
        end = last[end]
    return found[::-1]
