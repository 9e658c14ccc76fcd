"""From the wordings of the columns of one question to what tells them apart: the names of rows and of choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

MARK, OLD_MARK = " - ", "-"
"""What Qualtrics writes between question and row, now and in its old downloads."""


def labels_of(texts: Sequence[str], mark: str = MARK, tail: bool = True) -> tuple[str, list[str], str]:
    """Return what the wordings share at the beginning, what differs, and what they share at the end.

    A mark within the question or within a name is no boundary: only what is the same in all columns is taken off.

    Parameters
    ----------
    texts : sequence of str
        One per column.
    mark : str
        What stands between the parts.
    tail : bool
        Whether something may follow the part that differs.

    Returns
    -------
    tuple of str, list of str, str
        The parts that differ are "" where the wordings tell no columns apart.

    Examples
    --------
    >>> labels_of(["Work - who? - Bo Dam", "Work - who? - Bo Krog - IT"])
    ('Work - who? - ', ['Bo Dam', 'Bo Krog - IT'], '')
    >>> labels_of(["Bo Dam - How often?", "Ida Bak - How often?"])
    ('', ['Bo Dam', 'Ida Bak'], ' - How often?')
    >>> labels_of(["Who? - ", "Who? - "])[1]
    ['', '']
    """
    texts = [_ended(text, mark) for text in texts]
    if len(set(texts)) < 2:
        return "", [""] * len(texts), ""
    start = beginning([text for text in texts if mark in text])
    start = start[: start.rfind(mark) + len(mark)] if mark in start else ""
    rest = [text[len(start) :] if text.startswith(start) else "" for text in texts]
    end = beginning([text[::-1] for text in rest if text])[::-1]
    end = end[end.index(mark) :] if tail and mark in end else ""
    if not start and not end:
        return "", [""] * len(texts), ""
    return start, [text.removesuffix(end).strip() for text in rest], end


def beginning(texts: Sequence[str]) -> str:
    """Return what all texts begin with.

    Examples
    --------
    >>> beginning(["contact_1", "contact_12", "contact_2"])
    'contact_'
    """
    first, last = min(texts, default=""), max(texts, default="")
    same = (at for at, (a, b) in enumerate(zip(first, last, strict=False)) if a != b)
    return first[: next(same, len(first))]


def mark_of(texts: Sequence[str]) -> str:
    """Return what stands before the parts that differ, of wordings of one question in an old download.

    Examples
    --------
    >>> mark_of(["Who - at work?-Bo", "Who - at work?-Ida"]), mark_of(["Who - Ann-Mai", "Who - Bo"])
    ('-', ' - ')
    """
    start = beginning(texts)
    at = start.rfind(OLD_MARK)
    return MARK if at < 0 or start[max(at - 1, 0) : at + 2] == MARK else OLD_MARK


def _ended(text: str, mark: str) -> str:
    """Give back the blanks around a name of a row that is missing, at the end or between two marks."""
    if mark == OLD_MARK:
        return text
    text = text.replace(" - - ", " -  - ")
    return f"{text} " if text.endswith(" -") else text


def crossed(
    texts: Mapping[tuple[str, str], str], mark: str = MARK
) -> tuple[str, dict[str, str], dict[str, str]]:
    """Return the question, the name of each row and of each choice, of wordings by (row, choice).

    Examples
    --------
    >>> texts = {("1", "a"): "Q - Bo - Met", ("1", "b"): "Q - Bo - None", ("2", "a"): "Q - Ida - Met"}
    >>> crossed(texts | {("2", "b"): "Q - Ida - None"})
    ('Q', {'1': 'Bo', '2': 'Ida'}, {'a': 'Met', 'b': 'None'})
    """
    rows: dict[str, set[str]] = {row: set() for row, _ in texts}
    ends: dict[str, str] = {}
    question = ""
    for choice in dict.fromkeys(choice for _, choice in texts):
        own = [row for row, other in texts if other == choice]
        start, parts, end = labels_of([texts[row, choice] for row in own], mark)
        ends[choice] = end.removeprefix(mark).strip()
        question = question or start.removesuffix(mark).strip()
        for row, part in zip(own, parts, strict=True):
            rows[row].add(part)
    # Names that depend on the choice are no names.
    names = {row: next(iter(found)) if len(found) == 1 else "" for row, found in rows.items()}
    choices = _choices(texts, mark)
    # In old downloads the mark may stand within the choices, so what follows the names is surer.
    return question, names, ends if mark == OLD_MARK or not any(choices.values()) else choices


def _choices(texts: Mapping[tuple[str, str], str], mark: str) -> dict[str, str]:
    """Return the names of the choices as the row with most of them tells."""
    by_row: dict[str, list[str]] = {}
    for row, choice in texts:
        by_row.setdefault(row, []).append(choice)
    found = dict.fromkeys((choice for _, choice in texts), "")
    row, own = max(by_row.items(), key=lambda pair: len(pair[1]))
    return found | dict(zip(own, labels_of([texts[row, choice] for choice in own], mark)[1], strict=True))
