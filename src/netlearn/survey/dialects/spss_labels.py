"""Wording of SPSS variables: which stand together, and what of their labels tells them apart."""

from __future__ import annotations

import html
import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence

_TAG = re.compile(r"<[a-zA-Z/!][^<>]*>")
_STEM = re.compile(r"(.+)[_.]([^_.]+)|(.*[^\W\d])(\d+)")
_END = re.compile(r": |\? | - | – | — |\[|\| |\.\.\. |… ")
"""What ends the part of a label that siblings share."""
_FEW_WORDS, _FEW_SIBLINGS = 2, 3


def plain_text(label: str) -> str:
    """Return a label without tags, entities and line breaks.

    Examples
    --------
    >>> plain_text("<b>Kontakt</b>&nbsp;med: Bo &amp; co")
    'Kontakt med: Bo & co'
    """
    return " ".join(html.unescape(_TAG.sub(" ", label)).split())


def stem(name: str) -> tuple[str, str]:
    """Split the name of a variable into that of its question and of its item; ("", "") if it has no item.

    Examples
    --------
    >>> stem("asks_k01"), stem("contact12"), stem("age")
    (('asks', 'k01'), ('contact', '12'), ('', ''))
    """
    match = _STEM.fullmatch(name)
    if match is None:
        return "", ""
    return (match[1], match[2]) if match[1] else (match[3], match[4])


def siblings(names: Sequence[str], kinds: Sequence[Hashable]) -> dict[tuple[str, Hashable], list[int]]:
    """Return the places of variables that share a stem and are of one kind (such as the same answers); two or more."""
    found: dict[tuple[str, Hashable], list[int]] = defaultdict(list)
    for at, (name, kind) in enumerate(zip(names, kinds, strict=True)):
        if stem(name)[0]:
            found[stem(name)[0], kind].append(at)
    return {key: places for key, places in found.items() if len(places) > 1}


def own_parts(labels: Sequence[str]) -> list[str]:
    """Return what of each label tells it from its siblings: without the question in front of it or behind it.

    The question in front is text that more than half of the labels begin with, up to a sign such as ": " or " - ".
    Without such a sign words are taken off only if all labels share them and two or more words are left of each.

    Examples
    --------
    >>> own_parts(["Contact: Jens Hansen", "Contact: Jens Dam", "Nobody"])
    ['Jens Hansen', 'Jens Dam', 'Nobody']
    >>> own_parts(["Talk? [Bo Dam]", "Talk? [Pia Holm]"])
    ['Bo Dam', 'Pia Holm']
    >>> own_parts(["Anne Dam", "Anne Holm"])
    ['Anne Dam', 'Anne Holm']
    """
    often = Counter(label[: sign.end()] for label in set(labels) for sign in _END.finditer(label))
    shared = sorted((start for start, n in often.items() if 2 * n > len(set(labels))), key=len, reverse=True)
    cut = [
        _without(label, next((start for start in shared if label.startswith(start)), "")) for label in labels
    ]
    if not shared:
        cut = _without_words(cut)
    return _without_end(cut)


def question_part(label: str, own: str) -> str:
    """Return what is left of a label without its own part: the wording of the question, which names nobody.

    Examples
    --------
    >>> question_part("Talk? [Bo Dam]", "Bo Dam"), question_part("Bo Dam", "Bo Dam")
    ('Talk?', '')
    """
    return label.replace(own, " ", 1).strip(" :-–—[]|")


def _without(label: str, start: str) -> str:
    rest = label[len(start) :]
    return rest.removesuffix("]").strip() if start.endswith("[") else rest.strip()


def _shared_start(labels: Sequence[str]) -> str:
    """Return the characters that all labels begin with: those of the first and the last in order."""
    first, last = min(labels), max(labels)
    differ = (at for at, (a, b) in enumerate(zip(first, last, strict=False)) if a != b)
    return first[: next(differ, min(len(first), len(last)))]


def _without_words(labels: list[str]) -> list[str]:
    """Take off the words that all labels begin with, if that leaves names of two or more words."""
    start = _shared_start(labels).rpartition(" ")[0]
    rest = [label[len(start) :].strip() for label in labels]
    enough = len(labels) >= _FEW_SIBLINGS and all(len(text.split()) >= _FEW_WORDS for text in rest)
    return rest if start and enough else labels


def _without_end(labels: list[str]) -> list[str]:
    """Take off the question behind the item, which all labels share from a sign on."""
    end = _shared_start([label[::-1] for label in labels])[::-1]
    sign = next((match for match in _END.finditer(end) if match[0] != "["), None)
    if sign is None:
        return labels
    rest = [label[: len(label) - len(end) + sign.start()].strip() for label in labels]
    return rest if all(rest) else labels


def missing_codes(ranges: Sequence[Sequence[object]], codes: Mapping[str, object]) -> tuple[str, ...]:
    """Return the codes that lie in a range of user-missing values, ends included."""
    found = []
    for text, value in codes.items():
        for low, high in ranges:
            if isinstance(low, str) or isinstance(high, str):
                hit = text.rstrip() in (str(low).rstrip(), str(high).rstrip())
            else:
                hit = isinstance(value, float) and float(str(low)) <= value <= float(str(high))
            if hit:
                found.append(text)
                break
    return tuple(found)
