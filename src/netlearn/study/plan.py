"""Study: the plan, written in `study.toml` before anyone looks at the data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from netlearn.errors import NetlearnError
from netlearn.study.beyond import AttendancePlan, GapPlan, PlacesPlan
from netlearn.study.findings import Findings
from netlearn.study.panel import Grouping, Source
from netlearn.study.planned import Outcome
from netlearn.wording import Language
from netlearn.wording.shown import Shown, ShownPlan

Design = Literal["pre-post", "comparison", "staggered", "ego"]
Dialect = Literal[
    "auto",
    "plain",
    "limesurvey",
    "qualtrics",
    "surveyxact",
    "redcap",
    "kobo",
    "network-canvas",
    "ms-forms",
    "google-forms",
    "spss",
    "ucinet",
    "graphml",
]
QuestionKind = Literal[
    "roster", "multiple-choice", "multiple-answer", "nominations", "name-generator", "free-text", "adjacency"
]
Match = Literal["auto", "id", "name"]
Duplicates = Literal["refuse", "first", "last", "most-complete"]
ScaleKind = Literal["scale", "background"]
Tolerance = Literal["self-nominations", "unknown-people", "single-person-departments"]
Encoding = Literal["auto", "utf-8", "utf-8-sig", "cp1252", "utf-16"]
Separator = Literal["auto", ",", ";", "tab"]


@dataclass(frozen=True)
class FileFormat(ShownPlan):
    """How text files are written; "auto" recognises it by content and says so in a note."""

    encoding: Encoding = "auto"
    separator: Separator = "auto"


@dataclass(frozen=True)
class RosterPlan(ShownPlan):
    """The staff list and its columns.

    `departments` names a column per later wave (blank cell = unchanged); `attributes` the columns that are kept with
    the people. `name`, `aliases` (several with ";" between them), `email` and `initials` are columns by which people
    are found where a survey tool writes names; they are used while reading only. `shown` is the column whose values
    stand in tables and maps in the place of departments, where those are too small to be shown. `asked` names the
    values of columns that tell who was asked; the others can be named, and their silence is no missing answer.
    """

    file: str
    id: str = "id"
    department: str = "department"
    name: str | None = None
    aliases: str | None = None
    email: str | None = None
    initials: str | None = None
    key: str | None = None
    start: str | None = None
    end: str | None = None
    departments: Mapping[str, str] = field(default_factory=dict)
    attributes: tuple[str, ...] = ()
    shown: str | None = None
    asked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class WavePlan(ShownPlan):
    """One time of asking.

    `title` is what a reader of the report sees; without it the label. `parts` are files that belong to `file`, by their
    role. `respondent` is the column that says who answered, "" = the survey tool's own; `respondent_by` tells whether
    it holds a key (or id) or a typed name. `where` keeps the rows that hold these values; `duplicates` says which of
    several answers of one person counts.
    """

    label: str
    date: date
    title: str = ""
    file: str | None = None
    dialect: Dialect = "auto"
    parts: Mapping[str, str] = field(default_factory=dict)
    respondent: str = ""
    respondent_by: Literal["key", "name"] = "key"
    where: Mapping[str, str] = field(default_factory=dict)
    duplicates: Duplicates = "refuse"
    sheet: str | None = None


@dataclass(frozen=True)
class RelationPlan(ShownPlan):
    """One network question: how it was asked and which answers are a tie.

    `title` is what a reader of the report sees; without it the name. `source` tells whether people answered or their
    ties were recorded (badges, observers, logs). `files` overrides the wave's file, label by label. `columns` names
    the sender, receiver and level columns of long nominations. `levels` maps an answer to a level (0 = no); an empty
    map takes numbers as they are. `answers` words the answers for a questionnaire.

    `match` says how the colleague of a column or cell is found, `labels_from` which question's wording of colleagues
    counts here too. A name generator has `n_slots` slots, whose columns are patterns with "{slot}" in `columns` and
    `alter_columns`, or a table each in `slots`; or rows of the repeat `group`. `alter_ties` is the pattern with "{a}"
    and "{b}" of the columns about ties among those named, or the name of a group. `nobody_column` holds the answer
    `nobody` where it is a question of its own.
    """

    name: str
    title: str = ""
    question: str = ""
    source: Source = "answers"
    kind: QuestionKind = "nominations"
    code: str = ""
    levels: Mapping[str, float] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    dont_know: tuple[str, ...] = ()
    not_asked: tuple[str, ...] = ()
    nobody: str | None = None
    nobody_column: str | None = None
    match: Match = "auto"
    labels_from: str | None = None
    group: str | None = None
    n_slots: int = 0
    slots: tuple[Mapping[str, str], ...] = ()
    alter_columns: Mapping[str, str] = field(default_factory=dict)
    alter_ties: str | None = None
    alter_tie_levels: Mapping[str, float] = field(default_factory=dict)
    threshold: float = 1.0
    directed: bool = True
    symmetrize: Literal["either", "both"] = "either"
    files: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ScalePlan(ShownPlan):
    """Further questions to each respondent: a scale of several items, or background such as seniority.

    `items` maps the column (or question code) of each item to its wording; `answers`, `levels` and `dont_know` are as
    in a relation. A "background" question keeps its answers as texts. A person's score is the mean or the sum of the
    items (the sum of a person with a blank item is its mean times the number of items); who answered fewer than
    `minimum_items` (0 = half of them, rounded up) has none. `reversed` items count the other way round within
    `range`, the lowest and highest level there are (default: of `levels`). `subscales` names parts of it by their
    items.
    """

    name: str
    title: str = ""
    kind: ScaleKind = "scale"
    question: str = ""
    items: Mapping[str, str] = field(default_factory=dict)
    levels: Mapping[str, float] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    dont_know: tuple[str, ...] = ()
    not_asked: tuple[str, ...] = ()
    score: Literal["mean", "sum"] = "mean"
    minimum_items: int = 0
    reversed: tuple[str, ...] = ()
    range: tuple[float, float] | None = None
    subscales: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unit: str = ""


@dataclass(frozen=True)
class Information(ShownPlan):
    """What people are told before they answer; `legal_basis` is for the controller of the data to fill in."""

    purpose: str = ""
    who_sees: str = ""
    withdraw: str = ""
    legal_basis: str = ""
    contact: str = ""


@dataclass(frozen=True)
class Assignment(ShownPlan):
    """Who was trained, and how that was decided (used by the comparison and staggered designs).

    `trained` are the values of the column that count as trained; with "start-wave" the column holds the first wave in
    which each person counts as trained. `randomized` tells whether it was drawn by lot.
    """

    column: str
    by: Literal["person", "department", "start-wave"] = "person"
    strata: str | None = None
    trained: tuple[str, ...] = ()
    randomized: bool = False


@dataclass(frozen=True)
class Study(Shown):
    """The plan of one evaluation; read it with `netlearn.read_study`.

    Attributes
    ----------
    folder : Path
        Where `study.toml` lies; all files are named relative to it.
    primary : Outcome
        The one outcome named before the data were read; `secondary` ones get Holm's correction.
    min_cell_size : int
        Departments with fewer respondents are pooled in every output (5 or more).
    grouping : "baseline" or "current"
        Which department of a person who moved counts.
    simulated : bool
        The data are simulated, and every output says so.
    notebook : str or None
        The notebook that goes with the study; see `netlearn notebooks`.
    """

    _frames = ("table",)

    folder: Path
    title: str
    language: Language
    design: Design
    seed: int
    min_cell_size: int
    grouping: Grouping
    tolerate: tuple[Tolerance, ...]
    files: FileFormat
    roster: RosterPlan
    waves: tuple[WavePlan, ...]
    relations: tuple[RelationPlan, ...]
    primary: Outcome
    secondary: tuple[Outcome, ...] = ()
    assignment: Assignment | None = None
    scales: tuple[ScalePlan, ...] = ()
    information: Information | None = None
    gaps: tuple[GapPlan, ...] = ()
    attendance: tuple[AttendancePlan, ...] = ()
    places: PlacesPlan | None = None
    simulated: bool = False
    notebook: str | None = None

    def relation(self, name: str) -> RelationPlan:
        """Return the plan of one relation."""
        for relation in self.relations:
            if relation.name == name:
                return relation
        known = ", ".join(r.name for r in self.relations)
        raise NetlearnError(f"no relation {name!r} in the study; it has {known}.")

    def file_of(self, relation: RelationPlan, wave: WavePlan) -> str | None:
        """Return the file that holds the answers to a relation in a wave."""
        return relation.files.get(wave.label, wave.file)

    @property
    def table(self) -> pd.DataFrame:
        """The planned outcomes, the primary first."""
        rows: list[dict[str, Any]] = []
        for role, outcome in [("primary", self.primary), *(("secondary", o) for o in self.secondary)]:
            rows.append(
                {
                    "role": role,
                    "relation": outcome.relation,
                    "measure": outcome.measure,
                    "waves": " -> ".join(outcome.waves),
                    "alternative": outcome.alternative,
                    "alpha": outcome.alpha,
                }
            )
        return pd.DataFrame(rows)

    def __repr__(self) -> str:
        waves = ", ".join(f"{w.label} ({w.date})" for w in self.waves)
        relations = ", ".join(r.name for r in self.relations)
        return f"Study {self.title!r}: {self.design}, waves {waves}; relations {relations}"


def read_study(folder: str | Path) -> Study:
    """Read `study.toml` from a study folder.

    Parameters
    ----------
    folder : path
        The study folder, or the `study.toml` in it.

    Returns
    -------
    Study
        The plan. The data files are not opened yet: `check_study` and `read_panel` do that.

    Raises
    ------
    StudyError
        The file is missing, is not TOML, or has unknown keys or wrong values: all faults at once.
    """
    from netlearn.study.toml import parse_study, stated_language

    findings = Findings()
    study = parse_study(Path(folder), findings)
    findings.raise_faults(stated_language(Path(folder)))
    if study is None:  # pragma: no cover - a study is missing only together with a fault
        raise NetlearnError(f"{folder} could not be read.")
    return study
