"""From the study file to a Form: which questions are asked in a wave, and whether their answers can be read back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from itertools import combinations

from netlearn.study.findings import Findings
from netlearn.study.plan import Information, RelationPlan, ScalePlan, Study, WavePlan
from netlearn.study.rawtable import nearest, plain
from netlearn.study.tomllines import Lines
from netlearn.survey.instrument.form import (
    Battery,
    Choice,
    Colleague,
    Form,
    Network,
    Pair,
    Shape,
    Slot,
    Told,
)
from netlearn.survey.instrument.people import flat
from netlearn.wording import Language
from netlearn.wording.instrument import word

FILE = "study.toml"
_MOST_ANSWERS = 11
NOBODY, NONE, TICKED = "nobody", "none", "Y"
_SHAPES: dict[str, Shape] = {
    "roster": "levels",
    "multiple-answer": "options",
    "multiple-choice": "ticks",
    "name-generator": "slots",
    "free-text": "typed",
}
# Short texts that a survey gives anyway do not stand for what the controller of the data must say.
_TOLD = ("purpose", "who_sees", "withdraw", "legal_basis", "contact")


@dataclass(frozen=True)
class Making:
    """What the functions of this file hand to each other."""

    study: Study
    wave: WavePlan
    language: Language
    findings: Findings
    lines: Lines

    def fault(self, code: str, table: str, index: int, key: str, **values: object) -> None:
        """Add a fault at the line of a key of the study file."""
        self.findings.fault(code, FILE, self.lines.row(table, index, key), key, **values)


def make_form(
    study: Study, wave: WavePlan, people: tuple[Colleague, ...], language: Language, findings: Findings
) -> Form:
    """Describe the questionnaire of a wave.

    Parameters
    ----------
    study, wave : Study, WavePlan
    people : tuple of Colleague
        Those who are asked, and asked about.
    language : "en" or "da"
        Of the words that the study file does not give.
    findings : Findings
        Every fault of the study file that would make answers unreadable is added, and notes about what is left out.

    Returns
    -------
    Form
        Usable if no fault was added.
    """
    path = study.folder / FILE
    # A study made in Python has no file to point into.
    text = path.read_text(encoding="utf-8-sig") if path.is_file() else ""
    making = Making(study, wave, language, findings, Lines(text))
    networks = tuple(_networks(making))
    if not networks:
        making.fault("instrument-nothing-asked", "relations", 0, "kind", wave=wave.label)
    return Form(
        language,
        flat(study.title),
        flat(wave.title or wave.label),
        f"{study.title} {wave.label}",
        wave.respondent,
        study.roster.key is not None,
        people,
        tuple(_information(making)),
        networks,
        tuple(_battery(making, index, scale) for index, scale in enumerate(study.scales)),
    )


def _information(making: Making) -> Iterable[Told]:
    given, language = making.study.information or Information(), making.language
    for key in [field.name for field in fields(given) if field.name in _TOLD]:
        heading, text = word(key, language), flat(getattr(given, key))
        if text:
            yield Told(heading, text)
            continue
        row = making.lines.row("information", 0, key)
        making.findings.note("instrument-placeholder", FILE, row, key, key=key)
        yield Told(heading, word("placeholder", language, what=heading), filled=False)
    yield Told("", word("small", language, least=making.study.min_cell_size))
    yield Told("", word("blank", language))


def _networks(making: Making) -> Iterable[Network]:
    for index, plan in enumerate(making.study.relations):
        reason = _not_asked(plan, making.wave)
        if reason:
            making.findings.note("instrument-left-out", FILE, 0, "", relation=plan.name, reason=reason)
        else:
            yield _network(making, index, plan)


def _not_asked(plan: RelationPlan, wave: WavePlan) -> str:
    """Return why a relation is no question of this wave; "" if it is one."""
    if plan.source == "records":
        return 'source = "records"'
    if plan.files.get(wave.label) == "":
        return f'files.{wave.label} = ""'
    asked = plan.kind in _SHAPES or (plan.kind == "nominations" and plan.group is not None)
    return "" if asked else f'kind = "{plan.kind}"'


def _network(making: Making, index: int, plan: RelationPlan) -> Network:
    shape = "repeat" if plan.group is not None else _SHAPES[plan.kind]
    slots = _slots(making, index, plan) if shape == "slots" else ()
    weighted = "level" in plan.columns if shape == "repeat" else any(slot.level for slot in slots)
    answers: tuple[Choice, ...] = ()
    if shape in ("levels", "options") or weighted:
        answers = _answers(making, index, plan)
    if shape == "ticks":
        ticked = next((code for code, level in plan.levels.items() if level > 0), TICKED)
        answers = (Choice(plain(ticked), word("yes", making.language)),)
    zero = any(choice.level == 0 for choice in answers)
    if shape in ("levels", "options") and answers and not zero:
        making.fault("instrument-no-zero", "relations", index, "answers", name=plan.name)
    pairs = _pairs(plan, slots)
    if plan.alter_ties and not pairs:
        making.findings.note("instrument-ties-not-asked", FILE, relation=plan.name)
    if shape == "repeat":
        level = plan.columns.get("level", "") if weighted else ""
        slots = (Slot(0, plan.columns.get("to", "to"), level, tuple(plan.alter_columns.items())),)
    return Network(
        plan.name,
        shape,
        plan.code or plan.name,
        flat(plan.title or plan.question or plan.name),
        flat(plan.question or plan.title or plan.name),
        answers,
        plan.nobody or (NOBODY if shape == "ticks" else NONE),
        plan.nobody_column or "",
        slots,
        pairs,
        _pair_answers(making, plan) if pairs else (),
        plan.group or "",
    )


def _slots(making: Making, index: int, plan: RelationPlan) -> tuple[Slot, ...]:
    patterns = {**plan.columns, **plan.alter_columns}
    numbers = range(1, plan.n_slots + 1)
    listed = [dict(slot) for slot in plan.slots] or [
        {role: pattern.replace("{slot}", str(number)) for role, pattern in patterns.items()}
        for number in numbers
    ]
    named = [slot["to"] for slot in listed if slot.get("to")]
    if not listed or len(set(named)) < len(listed):
        making.fault("instrument-no-slots", "relations", index, "columns", name=plan.name)
        return ()
    return tuple(
        Slot(
            number,
            slot["to"],
            slot.get("level", ""),
            tuple(
                (role, column)
                for role, column in slot.items()
                if role not in ("to", "level", "from", "relation")
            ),
        )
        for number, slot in enumerate(listed, start=1)
    )


def _pairs(plan: RelationPlan, slots: tuple[Slot, ...]) -> tuple[Pair, ...]:
    pattern = plan.alter_ties or ""
    if "{n}" not in pattern and ("{a}" not in pattern or "{b}" not in pattern):
        return ()
    pairs = combinations([slot.number for slot in slots], 2)
    return tuple(
        Pair(a, b, pattern.replace("{a}", str(a)).replace("{b}", str(b)).replace("{n}", str(n)))
        for n, (a, b) in enumerate(pairs, start=1)
    )


def _pair_answers(making: Making, plan: RelationPlan) -> tuple[Choice, ...]:
    levels = plan.alter_tie_levels or {"1": 1.0, "0": 0.0}
    said = [word("no" if level == 0 else "yes", making.language) for level in levels.values()]
    # Two answers are yes and no; more of them are told apart by how the study file writes them.
    return tuple(
        Choice(code, text if len(set(said)) == len(said) else code)
        for code, text in zip(levels, said, strict=True)
    )


def _answers(making: Making, index: int, plan: RelationPlan) -> tuple[Choice, ...]:
    if not plan.answers and not plan.levels:
        making.fault("instrument-no-answers", "relations", index, "answers", name=plan.name)
        return ()
    found = _choices(making, plan)
    _check_levels(making, plan, found, "relations", index)
    if plan.kind != "multiple-answer":
        return found
    # Among several boxes only what has a level can be read; a row without a tick is missing anyway.
    for choice in found:
        if choice.level is None and choice.code in {plain(code) for code in plan.answers}:
            making.fault(
                "instrument-box-without-level",
                "relations",
                index,
                "answers",
                value=choice.code,
                name=plan.name,
            )
    return tuple(choice for choice in found if choice.level is not None)


def _choices(making: Making, plan: RelationPlan | ScalePlan) -> tuple[Choice, ...]:
    """Return the answers in the order in which the study file words them; those it does not word come last."""
    found = {plain(code): flat(text) or plain(code) for code, text in plan.answers.items()}
    for code in plan.levels or _of_range(plan):
        found.setdefault(plain(code), plain(code))
    for code in plan.dont_know:
        found.setdefault(plain(code), word("dont_know", making.language))
    return tuple(Choice(code, text, _level(plan, code)) for code, text in found.items())


def _of_range(plan: RelationPlan | ScalePlan) -> list[str]:
    """Return the answers of a scale that names only its lowest and highest level, if they are few whole numbers."""
    low, high = (plan.range if isinstance(plan, ScalePlan) else None) or (0.0, float("inf"))
    whole = low == round(low) and high - low < _MOST_ANSWERS
    return [str(level) for level in range(int(low), int(high) + 1)] if whole else []


def _check_levels(
    making: Making, plan: RelationPlan | ScalePlan, choices: Iterable[Choice], table: str, index: int
) -> None:
    known = [plain(code) for code in (*plan.levels, *plan.dont_know)]
    for choice in choices:
        if choice.level is None and choice.code not in known:
            value = {"value": choice.code, "nearest": nearest(choice.code, known), "name": plan.name}
            making.fault("instrument-answer-without-level", table, index, "answers", **value)


def _level(plan: RelationPlan | ScalePlan, code: str) -> float | None:
    """Return what an answer counts as: its level, or without levels its number; None = nothing that is known."""
    if code in {plain(text) for text in plan.dont_know}:
        return None
    levels = {plain(text): level for text, level in plan.levels.items()}
    if levels:
        return levels.get(code)
    return float(code) if code.isascii() and code.replace(".", "", 1).isdigit() else None


def _battery(making: Making, index: int, plan: ScalePlan) -> Battery:
    answers = _choices(making, plan)
    # One question without answers asks for a number, such as how many families.
    counted = plan.kind == "scale" and not any(choice.level is not None for choice in answers)
    if counted and len(plan.items) == 1 and not plan.levels and not plan.answers:
        answers = ()
    elif plan.kind == "scale" and not answers:
        making.fault("instrument-no-answers", "scales", index, "answers", name=plan.name)
    if plan.kind == "scale":
        _check_levels(making, plan, answers, "scales", index)
    counted &= not answers
    items = tuple(Choice(column, flat(text) or column) for column, text in plan.items.items())
    title = flat(plan.title or plan.question or plan.name)
    return Battery(plan.name, title, flat(plan.question or title), items, answers, counted)
