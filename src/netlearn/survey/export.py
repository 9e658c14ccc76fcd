"""Export: what the files of a survey tool hold, said in one way for all tools."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Literal

from netlearn.study.rawtable import RawTable, plain
from netlearn.wording.shown import Shown

Role = Literal["answer", "id", "email", "name", "start", "end", "status", "comment", "other"]
ANY = "*"
"""As what ticks a box: whatever is written in the cell."""


@dataclass(frozen=True)
class Column(Shown):
    """One column of a table, or one answer that its cells can hold.

    Attributes
    ----------
    at : int
        Position in the header of the table.
    question : str
        Code by which `study.toml` names the question; "" where the heading alone does not tell it from the item.
        The reader then splits the heading at "_" with the codes of the study file.
    item : str
        What tells the columns of one question apart: the code of a row of a matrix or of a choice, the number of a
        slot.
    option : str
        Code of the one answer that the column stands for in a matrix with several answers per row.
    text, label, option_label : str
        Wording of the question, of the item (such as the name of a colleague) and of the option; "" = not in the file.
    answers : mapping text -> text
        Wording of each code that a cell can hold; empty where the file does not tell it.
    missing : tuple of str
        Cells that the tool itself marks as no answer (user-missing values of SPSS).
    ticks : tuple of (text, text) or None
        How a box is written when it is ticked and when it is not, such as ("1", "0"); `ANY` as the first: whatever is
        written. None: the column is no box.
    separator : str
        Where a cell holds several answers: what stands between them; "" = a cell holds one.
    role : str
        "answer" for a question, otherwise what the tool wrote: "id", "email", "name" of the respondent, "start" and
        "end" of answering, "status", a "comment" to an answer, "other".
    """

    _facts = ("at", "role")  # its texts may be names of people

    at: int
    question: str = ""
    item: str = ""
    option: str = ""
    text: str = ""
    label: str = ""
    option_label: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    ticks: tuple[str, str] | None = None
    separator: str = ""
    role: Role = "answer"


@dataclass(frozen=True, eq=False)
class Group(Shown):
    """A table whose rows belong to rows of the main table: a repeat group, the colleagues a person named, their ties.

    Attributes
    ----------
    name : str
        As `study.toml` names it.
    table : RawTable
    parent : tuple of int
        For each row of `table` the place of its row in `Export.table.rows`; -1 = there is none.
    columns : tuple of Column
    view : bool
        Whether its cells are cells of the main table, under the same headings and row numbers.
    """

    _facts = ("table", "columns", "view")

    name: str
    table: RawTable
    parent: tuple[int, ...]
    columns: tuple[Column, ...]
    view: bool = False


@dataclass(frozen=True, eq=False)
class Export(Shown):
    """The answers of one wave as a survey tool wrote them; no meaning yet.

    Attributes
    ----------
    dialect : str
        Name of the tool.
    table : RawTable
        One row per response, without the rows that are headings. Its header may hold a name twice: columns are told
        apart by position.
    columns : tuple of Column
        At least one per position of the header, in its order; several where a cell can hold several answers.
    dropped : mapping int -> str
        Places in `table.rows` that are no responses, and why: "preview", "test", "empty", "screened", "repeat" (rows of
        a repeat group, which count as responses where `where` of the study file names a column of repeats).
    complete : tuple of (bool or None)
        Per row: was it sent in? None = the file does not tell.
    days : tuple of (date or None)
        Per row: the day it was answered; None = not known, or anonymised.
    unasked : mapping str -> frozenset of int
        Per question (`Column.question`, or a heading): the rows to which it was never shown.
    groups : mapping str -> Group
    matrices : mapping str -> RawTable
        Relations that the file holds as tables person x person, the first column and the header naming them.
    codes_are_ids : bool
        Whether the codes of items were chosen by who made the questionnaire, so that they can be ids of the roster.
        False where the tool numbers them: then only labels can tell who is meant.
    respondent : str
        Heading of the column that says who answered, where the tool has one of its own; "" = the study file names it.
    undirected : bool
        Whether ties have no direction: each is there both ways.
    guard : str
        What the tool writes before cells that begin like a formula, such as "'"; "" = nothing.
    wording : str
        Role of the file that has the wording of answers ("labels", "dictionary") where it was not given; "" = none is
        missing.
    """

    _facts = ("dialect", "table", "columns", "groups", "undirected")

    dialect: str
    table: RawTable
    columns: tuple[Column, ...]
    dropped: Mapping[int, str] = field(default_factory=dict)
    complete: tuple[bool | None, ...] = ()
    days: tuple[date | None, ...] = ()
    unasked: Mapping[str, frozenset[int]] = field(default_factory=dict)
    groups: Mapping[str, Group] = field(default_factory=dict)
    matrices: Mapping[str, RawTable] = field(default_factory=dict)
    codes_are_ids: bool = True
    respondent: str = ""
    undirected: bool = False
    guard: str = ""
    wording: str = ""

    @cached_property
    def questions(self) -> dict[str, tuple[Column, ...]]:
        """The columns of each question that the headings tell, in order of the file."""
        found: dict[str, list[Column]] = {}
        for column in self.columns:
            if column.role == "answer" and column.question:
                found.setdefault(column.question, []).append(column)
        return {code: tuple(columns) for code, columns in found.items()}

    def columns_of(self, code: str, others: tuple[str, ...] = ()) -> tuple[Column, ...]:
        """Return the columns of a question: as the tool tells them, else those whose heading is CODE_ITEM.

        `others` are codes of further questions, which may begin like this one.
        """
        return self.questions.get(code, ()) or tuple(self._underscored(code, others))

    def _underscored(self, code: str, others: tuple[str, ...]) -> Iterator[Column]:
        longer = tuple(f"{other}_" for other in others if other.startswith(f"{code}_"))
        for column in self.columns:
            name = self.table.header[column.at]
            if column.role != "answer" or column.question or not name.startswith(f"{code}_"):
                continue
            if not (longer and name.startswith(longer)):
                yield replace(column, question=code, item=plain(name[len(code) + 1 :]))


@dataclass(frozen=True)
class Guess(Shown):
    """How sure a dialect is that files are its own.

    Attributes
    ----------
    sure : float
        0 to 1: over 0.9 no other tool writes so; about 0.5 others could.
    why : str
        Key in `netlearn.wording.tools.RECOGNISED`, which says by what it was recognised.
    """

    sure: float
    why: str
