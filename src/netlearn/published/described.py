"""What the package knows about a published data set besides its numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from netlearn.study.panel import Panel, Source
from netlearn.wording import Language


@dataclass(frozen=True, eq=False)
class PublishedRelation:
    """One relation of a published data set.

    Attributes
    ----------
    waves : mapping label -> date
        In order of time; the date is the first day that the sources allow.
    question : mapping language -> text
        What a tie means, as a question or a description of the measurement.
    study_threshold : float
        The level from which a study folder counts a tie; `SOURCE.md` says why.
    """

    name: str
    waves: Mapping[str, date]
    question: Mapping[Language, str]
    directed: bool = True
    source: Source = "answers"
    study_threshold: float = 1.0


@dataclass(frozen=True, eq=False)
class PublishedSet:
    """A published data set: its relations (the first is the default) and the function that reads one."""

    name: str
    title: Mapping[Language, str]
    relations: tuple[PublishedRelation, ...]
    read: Callable[[PublishedRelation], Panel]
    tolerate: tuple[str, ...] = ()
