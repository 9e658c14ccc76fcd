"""DL data as lists: a line per tie, or a line per person with all whom that person named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from netlearn.study.rawtable import RawTable
from netlearn.survey.dialects.ucinet_dense import square_table
from netlearn.survey.dialects.ucinet_header import Header, Token
from netlearn.survey.dialects.ucinet_values import check_values, value_of
from netlearn.survey.source import Source

_ONE = "1"


@dataclass(frozen=True)
class Tie:
    """Words of one tie; without a receiver it says that the sender has a line of his or her own."""

    sender: Token
    receiver: Token | None
    values: tuple[Token, ...]


def listed(header: Header, labels: Sequence[str], source: Source) -> list[RawTable] | None:
    """Return a table for each matrix, or None with every fault.

    People without a line of their own have no row: a list cannot tell whether they named nobody or did not answer.
    """
    findings, before = source.findings, len(source.findings.faults)
    if header.matrices > 1 and header.format != "edge array":
        findings.fault("ucinet-several-lists", source.file)
        return None
    ties = list(_ties(header, source))
    if not ties and len(findings.faults) == before:
        findings.fault("ucinet-no-data", source.file)
    people = _people(ties, header, labels, source)
    check_values((value for tie in ties for value in tie.values), source)
    if people is None or len(findings.faults) > before:
        return None
    cells = _cells(ties, people, source)
    first = _first_lines(ties, people)
    shown = tuple(people.values())
    if absent := header.rows - len(first):
        findings.note("ucinet-no-line", source.file, count=absent, total=header.rows)
    if len(findings.faults) > before:
        return None
    return [_table(shown, first, cells, m, header, source) for m in range(header.matrices)]


def _ties(header: Header, source: Source) -> Iterator[Tie]:
    for row, (_, group) in enumerate(groupby(header.data, key=lambda token: token.line), start=1):
        words = tuple(group)
        found = _of_line(words, row, header)
        if found is None:
            source.findings.fault("ucinet-list-line", source.file, words[0].line)
        else:
            yield from found


def _of_line(words: tuple[Token, ...], row: int, header: Header) -> list[Tie] | None:
    """Return the ties that a line tells; None if it cannot be understood."""
    line = words[0].line
    if header.format == "nodes":
        return [Tie(words[0], other, (Token(_ONE, line),)) for other in words[1:]] or [
            Tie(words[0], None, ())
        ]
    if header.format == "counted nodes":
        if words[0].text != str(len(words) - 1) or row > header.rows:
            return None
        return [Tie(Token(str(row), line), other, (Token(_ONE, line),)) for other in words[1:]]
    values = words[2:]
    if header.format == "edge array":
        return [Tie(words[0], words[1], values)] if len(values) == header.matrices else None
    if len(words) not in (2, 3):
        return None
    return [Tie(words[0], words[1], values or (Token(_ONE, line),))]


def _people(
    ties: Sequence[Tie], header: Header, labels: Sequence[str], source: Source
) -> dict[str, str] | None:
    """Return the label of each person by the word that stands for him or her in the data; None with faults."""
    embedded = bool(header.embedded & {"rows", "columns"})
    known = {label.casefold(): label for label in labels} if embedded else {}
    if not embedded:
        known = {str(at): label for at, label in enumerate(labels, start=1)}
    met = [word for tie in ties for word in (tie.sender, tie.receiver) if word is not None]
    if embedded and not _given(header):
        known = {}
        for word in met:
            known.setdefault(word.text.casefold(), word.text)
    strange = [word.line for word in met if word.text.casefold() not in known]
    if strange:
        source.findings.fault(
            "ucinet-unknown-node", source.file, strange[0], more=len(strange) - 1, n=header.rows
        )
        return None
    if header.two_kinds and not _one_kind(ties, header, embedded):
        source.findings.fault("ucinet-two-mode", source.file)
        return None
    if len(known) > header.rows:
        source.findings.fault("ucinet-too-many-names", source.file, found=len(known), n=header.rows)
        return None
    if unnamed := header.rows - len(known):
        source.findings.note("ucinet-unnamed", source.file, count=unnamed)
    return known


def _given(header: Header) -> bool:
    return "rows" in header.labels or "columns" in header.labels


def _one_kind(ties: Sequence[Tie], header: Header, embedded: bool) -> bool:
    """Tell whether rows and columns of a list for two kinds of objects are the same people after all."""
    if _given(header):
        return True
    senders = {tie.sender.text.casefold() for tie in ties}
    receivers = {tie.receiver.text.casefold() for tie in ties if tie.receiver is not None}
    return embedded and bool(senders & receivers)


def _cells(
    ties: Sequence[Tie], people: Mapping[str, str], source: Source
) -> dict[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    twice = []
    for tie in ties:
        if tie.receiver is not None:
            pair = people[tie.sender.text.casefold()], people[tie.receiver.text.casefold()]
            if pair in found:
                twice.append(tie.sender.line)
            found[pair] = tuple(value_of(value) or "" for value in tie.values)
    if twice:
        source.findings.fault("ucinet-pair-twice", source.file, twice[0], more=len(twice) - 1)
    return found


def _first_lines(ties: Sequence[Tie], people: Mapping[str, str]) -> dict[str, int]:
    """Return the line on which each sender comes first."""
    first: dict[str, int] = {}
    for tie in ties:
        first.setdefault(people[tie.sender.text.casefold()], tie.sender.line)
    return first


def _table(
    names: Sequence[str],
    first: Mapping[str, int],
    cells: Mapping[tuple[str, str], tuple[str, ...]],
    at: int,
    header: Header,
    source: Source,
) -> RawTable:
    """Write the matrix: whoever has a line said "no" about everybody whom it does not name."""
    rows = []
    for sender in first:
        row = ["" if name == sender else "0" for name in names]
        for place, name in enumerate(names):
            if (sender, name) in cells:
                row[place] = cells[sender, name][at]
        rows.append(row)
    return square_table(source.file, list(first), rows, list(first.values()), names)
