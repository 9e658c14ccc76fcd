"""Document: a report in words, tables and figures as data, before it is a page, a Word file or anything else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from netlearn.report.section import Picture, Section
from netlearn.wording import Language
from netlearn.wording.shown import Shown, ShownPlan


@dataclass(frozen=True)
class Summary(ShownPlan):
    """The first page: everything that somebody needs who reads no further.

    Attributes
    ----------
    question, finding, verdict : str
    sure : tuple of str
        What the answer rests on, and what could have been seen.
    not_shown : tuple of str
        What the answer is not.
    answered : str
        Who answered, in a sentence.
    beside : tuple of str
        What became of the secondary outcomes, and of what others have said about the programme.
    """

    question: str
    finding: str
    verdict: str
    sure: tuple[str, ...]
    not_shown: tuple[str, ...]
    answered: str
    beside: tuple[str, ...] = ()


@dataclass(frozen=True)
class Document(Shown):
    """A report in one language.

    Attributes
    ----------
    language : "en" or "da"
    title : str
        Of the study.
    simulated : str
        Said under the title where no answer is from a real person; else "".
    waves : tuple of (title, date)
    summary : Summary
    sections : tuple of Section
        In the order in which they are read; those of the appendix come last.
    source : str
        Where the data come from.
    provenance : tuple of str
        Seed, versions, how to get the same again.
    """

    language: Language
    title: str
    simulated: str
    waves: tuple[tuple[str, str], ...]
    summary: Summary
    sections: tuple[Section, ...]
    source: str
    provenance: tuple[str, ...]

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """Every figure, in the order of the report."""
        return tuple(picture for section in self.sections for picture in section.pictures)


@dataclass(frozen=True)
class Report(Shown):
    """All that is published of a study: a document per language and the tables for machines.

    Attributes
    ----------
    language : "en" or "da"
        Of the study.
    min_cell_size : int
    documents : dict language -> Document
    tables : dict name -> DataFrame
        What is left out is NaN.
    provenance : str
        JSON: hashes of the inputs, versions, seed and every transformation.
    """

    _facts = ("language", "min_cell_size", "documents", "tables")

    language: Language
    min_cell_size: int
    documents: Mapping[Language, Document]
    tables: Mapping[str, pd.DataFrame]
    provenance: str
    extras: Mapping[str, Any] = field(default_factory=dict)
