"""Form: a questionnaire described without any survey tool; the writers beside turn it into files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from netlearn.wording import Language

Target = Literal["xlsform", "limesurvey", "redcap", "docx"]
Shape = Literal["levels", "options", "ticks", "slots", "repeat", "typed"]
"""One answer per colleague, several per colleague, a tick per colleague, a fixed number of names, as many names as
people like, names typed into one field."""


@dataclass(frozen=True)
class Choice:
    """An answer: the code that is stored, the wording that people read, and the level (None = it has none)."""

    code: str
    text: str
    level: float | None = None


@dataclass(frozen=True)
class Colleague:
    """Somebody on the questionnaire.

    Attributes
    ----------
    id, key : str
        Id in the roster, and what this person says who they are by (the id if the roster names no key).
    name : str
        What is written on the staff list: the name, else the id.
    shown : str
        The same, told apart from others of this name.
    department : str
    """

    id: str
    key: str
    name: str
    shown: str
    department: str

    @property
    def full(self) -> str:
        """Name and department."""
        return self.shown if self.department in self.shown else f"{self.shown} ({self.department})"


@dataclass(frozen=True)
class Slot:
    """Columns of one name: its name, its level ("" = not asked), and what is told about the person."""

    number: int
    to: str
    level: str = ""
    about: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Pair:
    """The column that tells whether the people of two slots know each other."""

    a: int
    b: int
    column: str


@dataclass(frozen=True)
class Network:
    """A question about colleagues.

    Attributes
    ----------
    relation : str
        Name in the study file.
    shape : Shape
    code : str
        Name of the question in the survey tool.
    title, text : str
        What is asked.
    answers : tuple of Choice
        Levels or options; of ticks the one code of a tick that is keyed by hand; () where a name is all.
    nobody : str
        Code of the answer "nobody".
    gate : str
        Question of its own that holds it, as the study file names it; "" = the tool's usual name.
    slots, pairs : tuple of Slot, tuple of Pair
        Of a name generator.
    pair_answers : tuple of Choice
    group : str
        Name of the repeated group.
    """

    relation: str
    shape: Shape
    code: str
    title: str
    text: str
    answers: tuple[Choice, ...] = ()
    nobody: str = ""
    gate: str = ""
    slots: tuple[Slot, ...] = ()
    pairs: tuple[Pair, ...] = ()
    pair_answers: tuple[Choice, ...] = ()
    group: str = ""

    @property
    def zero(self) -> tuple[str, ...]:
        """Codes of answers that mean "no"."""
        return tuple(choice.code for choice in self.answers if choice.level == 0)

    def by_level(self) -> list[Choice]:
        """Return the answers from the lowest level to the highest; those without a level first."""
        return sorted(self.answers, key=lambda choice: -1.0 if choice.level is None else choice.level)

    @property
    def gated(self) -> bool:
        """Whether "nobody" is a question of its own; where colleagues are ticked it is a box among them."""
        return self.shape != "ticks"


@dataclass(frozen=True)
class Battery:
    """Questions about the respondent: items that share their answers.

    Without answers people write: what they like, or a number if `counted`.
    """

    name: str
    title: str
    text: str
    items: tuple[Choice, ...]
    answers: tuple[Choice, ...] = ()
    counted: bool = False


@dataclass(frozen=True)
class Told:
    """A paragraph of the information; `filled` is False for a placeholder."""

    heading: str
    text: str
    filled: bool = True


@dataclass(frozen=True, eq=False)
class Form:
    """A questionnaire of one wave.

    Attributes
    ----------
    language : "en" or "da"
    title, wave, name : str
        Title of the study and of the wave, and a name for files and settings.
    respondent : str
        Column that says who answered, as the study file names it; "" = the tool's usual one.
    by_key : bool
        Whether people say who they are by a key of their own instead of their id.
    people : tuple of Colleague
        Department by department, by name.
    information : tuple of Told
    networks : tuple of Network
    batteries : tuple of Battery
    """

    language: Language
    title: str
    wave: str
    name: str
    respondent: str
    by_key: bool
    people: tuple[Colleague, ...]
    information: tuple[Told, ...]
    networks: tuple[Network, ...]
    batteries: tuple[Battery, ...]

    @cached_property
    def departments(self) -> dict[str, tuple[Colleague, ...]]:
        """The people of each department, in order."""
        found: dict[str, list[Colleague]] = {}
        for person in self.people:
            found.setdefault(person.department, []).append(person)
        return {name: tuple(people) for name, people in found.items()}

    def columns(self) -> Iterator[str]:
        """Names that the study file gives to single questions, in order of the questionnaire."""
        for question in self.networks:
            for slot in question.slots:
                yield slot.to
                yield from [slot.level] if slot.level else []
                yield from (column for _, column in slot.about)
            yield from (pair.column for pair in question.pairs)
            yield from [question.group] if question.group else []
            if not question.slots:
                yield question.code
        for battery in self.batteries:
            yield from (item.code for item in battery.items)
