"""What the columns of each survey tool's export mean, one thin file per tool."""

from __future__ import annotations

from importlib import import_module
from typing import Protocol, cast, get_args

from netlearn.study.plan import Dialect
from netlearn.survey.export import Export, Guess
from netlearn.survey.source import Source

AUTO, PLAIN = "auto", "plain"
DIALECTS: tuple[str, ...] = tuple(name for name in get_args(Dialect) if name != AUTO)
SURE, CLEARLY = 0.6, 0.2


class DialectModule(Protocol):
    """What a file of this folder offers."""

    def recognise(self, source: Source) -> Guess | None:
        """Tell how sure it is that the content is of this tool; None if it is not. Adds no fault."""

    def read(self, source: Source) -> Export | None:
        """Tell what the columns are, or None with every fault in `source.findings`."""


def dialect_of(name: str) -> DialectModule:
    """Return the file of a tool."""
    return cast("DialectModule", import_module(f"netlearn.survey.dialects.{name.replace('-', '_')}"))


def guesses(source: Source) -> list[tuple[str, Guess]]:
    """Return what each dialect thinks of a file, the surest first; what they met in it is not said."""
    before = len(source.findings.items)
    found = [(name, guess) for name in DIALECTS if (guess := dialect_of(name).recognise(source)) is not None]
    del source.findings.items[before:]
    return sorted(found, key=lambda pair: -pair[1].sure)


def read_export(source: Source, stated: str) -> Export | None:
    """Read a file as the tool that study.toml states, or as the one that its content shows.

    A file that no tool claims clearly is a plain table; which tool was recognised is a note.
    """
    if stated != AUTO:
        return dialect_of(stated).read(source)
    found = guesses(source)
    sure = [pair for pair in found if pair[1].sure >= SURE]
    if len(sure) > 1 and sure[0][1].sure - sure[1][1].sure < CLEARLY:
        source.findings.fault("dialect-unclear", source.file, known=[name for name, _ in sure])
        return None
    name = sure[0][0] if sure else PLAIN
    if name != PLAIN:
        source.findings.note("recognised-dialect", source.file, dialect=name)
    return dialect_of(name).read(source)
