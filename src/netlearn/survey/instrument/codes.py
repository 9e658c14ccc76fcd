"""Codes: what people, questions and answers are called in a survey tool, so that its export can be read back."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from netlearn.study.findings import Findings
from netlearn.study.plan import Match
from netlearn.study.roster import Roster
from netlearn.survey.instrument.form import Colleague, Form, Network, Target
from netlearn.survey.known import Known

FILE = "study.toml"
TOOLS: dict[Target, str] = {
    "xlsform": "XLSForm",
    "limesurvey": "LimeSurvey",
    "redcap": "REDCap",
    "docx": "Word",
}
CONSENT, OWN = "consent", "nl_own"
"""The question whether people take part, and a hidden one that holds the code of who answers."""


@dataclass(frozen=True)
class Rules:
    """What a survey tool takes as a name: of a question, of a colleague within one, and of an answer.

    `cased` tells whether "A" and "a" are two names; `joins` stands between a question and a colleague ("" = colleagues
    are no part of names). `respondent` is the usual column of who answered.
    """

    question: re.Pattern[str]
    item: re.Pattern[str]
    answer: re.Pattern[str]
    longest: int
    joins: str
    respondent: str
    gate: str
    cased: bool = False
    reserved: tuple[str, ...] = ()


# On paper any code will do, if it is printed in one line and no spreadsheet takes it for a formula.
_PRINTED = re.compile(r"(?![=+\-@])[^\x00-\x1f\x7f]+")
RULES: dict[Target, Rules] = {
    "xlsform": Rules(
        re.compile(r"(?!nl_)[A-Za-z][A-Za-z0-9_.\-]*"),
        re.compile(r"[A-Za-z0-9_.\-]+"),
        re.compile(r"[A-Za-z0-9_.\-]+"),
        100,
        "_",
        "respondent",
        "any_{code}",
        reserved=("meta", "instanceid", "start", "end"),
    ),
    "limesurvey": Rules(
        re.compile(r"(?!nl)[A-Za-z][A-Za-z0-9]{0,19}"),
        re.compile(r"(?!time$)[A-Za-z0-9]{1,20}"),
        re.compile(r"[A-Za-z0-9]{1,5}"),
        20,
        "",
        "token",
        "any{code}",
        reserved=("lang", "sid", "savedid", "token", "qid", "gid", "sgq", "self", "that", "this", "id"),
    ),
    "redcap": Rules(
        re.compile(r"(?!nl_)(?!.*__)[a-z][a-z0-9_]*(?<!_)"),
        re.compile(r"(?!.*__)(?!_)[a-z0-9_]+(?<!_)"),
        re.compile(r"[A-Za-z0-9_]+"),
        100,
        "_",
        "record_id",
        "any_{code}",
        reserved=("questionnaire", "questionnaire_complete"),
    ),
    "docx": Rules(_PRINTED, _PRINTED, _PRINTED, 1000, "_", "respondent", "any_{code}", cased=True),
}
SAID: dict[Target, dict[str, str]] = {
    "xlsform": {
        "question": "a-z, A-Z, 0-9, _ . -, a-z first, not nl_",
        "item": "a-z, A-Z, 0-9, _ . -",
        "answer": "a-z, A-Z, 0-9, _ . -",
    },
    "limesurvey": {
        "question": "a-z, A-Z, 0-9, a-z first, not nl, 1-20",
        "item": "a-z, A-Z, 0-9, 1-20",
        "answer": "a-z, A-Z, 0-9, 1-5",
    },
    "redcap": {
        "question": "a-z, 0-9, _, a-z first, not nl_, 1-100",
        "item": "a-z, 0-9, _",
        "answer": "a-z, A-Z, 0-9, _",
    },
    "docx": dict.fromkeys(("question", "item", "answer"), "a-z, A-Z, 0-9, …, not = + - @ first"),
}
"""The same, for messages."""


@dataclass(frozen=True, eq=False)
class Codes:
    """Names in one survey tool.

    Attributes
    ----------
    target : Target
    of : mapping id -> code
        What each person is called in columns and choices.
    match : "id", "name" or "auto"
        How the reader finds people again: by these codes if they are the ids; else by name, or by the id as wording.
    respondent : str
        Column that says who answered.
    gates : mapping relation -> str
        The question of its own that holds "nobody".
    """

    target: Target
    of: Mapping[str, str]
    match: Match
    respondent: str
    gates: Mapping[str, str]

    def column(self, question: Network, person: Colleague) -> str:
        """Return the name of the column about somebody."""
        return f"{question.code}_{self.of[person.id]}"

    def label(self, person: Colleague, department: bool = True) -> str:
        """Return how somebody is shown: exactly the name where it must be found again."""
        if self.match != "id":
            return person.name
        return person.full if department else person.shown


def make_codes(form: Form, roster: Roster, target: Target, findings: Findings) -> Codes:
    """Find names that the survey tool takes, with a fault for each that it does not.

    Ids of the roster are the codes. Where the tool does not take them, people get codes made from them and must be
    found by their wording: then everybody's must be unlike all others by the rules of the reader.
    """
    rules = RULES[target]
    gates = {q.relation: q.gate or rules.gate.format(code=q.code) for q in form.networks if q.gated}
    # LimeSurvey knows who answers by the token of the invitation alone.
    respondent = rules.respondent if target == "limesurvey" else form.respondent or rules.respondent
    of, match = _people(form, roster, target, findings)
    codes = Codes(target, of, match, respondent, gates)
    _check_answers(form, target, findings)
    _check_nobody(form, codes, roster, findings)
    _check_names(form, codes, findings)
    return codes


def _people(form: Form, roster: Roster, target: Target, findings: Findings) -> tuple[dict[str, str], Match]:
    rules, ids = RULES[target], [person.id for person in form.people]
    longest = max((len(q.code) for q in form.networks if q.shape in ("levels", "options")), default=0)
    room = rules.longest - longest - 1 if rules.joins else rules.longest
    known = Counter(text if rules.cased else text.casefold() for text in ids)
    bad = [
        text
        for text in ids
        if not rules.item.fullmatch(text)
        or len(text) > room
        or known[text if rules.cased else text.casefold()] > 1
    ]
    _check_slots(form, target, findings)
    if target == "docx":
        # What is keyed has no wording by which anybody could be found; keys are printed there, too.
        bad += [person.key for person in form.people if not rules.item.fullmatch(person.key)]
    if not bad:
        return {text: text for text in ids}, "id"
    match = None if target == "docx" else _by_wording(form, roster)
    said = SAID[target]["item"]
    if match is None or room < 8:
        findings.fault("instrument-ids", "", count=len(bad), tool=TOOLS[target], rule=said)
        return {text: text for text in ids}, "id"
    findings.note("instrument-by-label", "", tool=TOOLS[target])
    return _made(ids, roster.by_id, min(room, 12)), match


def _by_wording(form: Form, roster: Roster) -> Match | None:
    """Return by what everybody can be found again where codes are no ids; None = names do not tell people apart."""
    place = Known(roster, {})
    told = all(place.find(person.name).person == roster.by_id[person.id] for person in form.people)
    # "{" is taken apart in questionnaires, so that no tool evaluates what follows it.
    if not told or any("{" in person.name for person in form.people):
        return None
    if place.has_names:
        return "name"
    # Where "nobody" stands among colleagues, its wording is no id, and the reader refuses what it cannot compare.
    return None if any(question.shape == "ticks" for question in form.networks) else "auto"


def _made(ids: Iterable[str], taken: Mapping[str, int], room: int) -> dict[str, str]:
    """Make a code for each id that nobody has as id: one that looks like another person's would be read as hers."""
    used = {text.casefold() for text in taken} | {"time", "nobody", "none", "some", "other"}
    found = {}
    for text in sorted(ids):
        plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
        base = re.sub(r"[^a-z0-9]", "", plain)[: room - 5] or "p"
        code, number = base, 1
        while code in used:
            number += 1
            code = f"{base}x{number}"
        used.add(code)
        found[text] = code
    return found


def _check_slots(form: Form, target: Target, findings: Findings) -> None:
    """Where the answer is a code of a person, it is read without wording: it must be the id."""
    rule = RULES[target].answer
    for question in form.networks:
        if question.shape in ("slots", "repeat"):
            bad = sum(not rule.fullmatch(person.id) for person in form.people)
            if bad:
                said: dict[str, Any] = {"tool": TOOLS[target], "rule": SAID[target]["answer"]}
                findings.fault("instrument-ids-of-slots", count=bad, name=question.relation, **said)
        if question.shape == "repeat" and target != "xlsform":
            findings.fault("instrument-group", FILE, 0, "group", tool=TOOLS[target], name=question.relation)


def _check_answers(form: Form, target: Target, findings: Findings) -> None:
    rule = RULES[target].answer
    given = [(q.relation, choice) for q in form.networks for choice in (*q.answers, *q.pair_answers)]
    given += [(battery.name, choice) for battery in form.batteries for choice in battery.answers]
    for name, choice in dict.fromkeys(given):
        if not rule.fullmatch(choice.code):
            said = {"tool": TOOLS[target], "rule": SAID[target]["answer"]}
            findings.fault("instrument-answer-code", FILE, 0, "answers", value=choice.code, name=name, **said)


def _check_nobody(form: Form, codes: Codes, roster: Roster, findings: Findings) -> None:
    rules = RULES[codes.target]
    taken = {text.casefold() for text in (*roster.by_id, *codes.of.values())}
    for question in form.networks:
        rule = rules.answer if question.gated else rules.item
        if question.nobody.casefold() in taken:
            findings.fault("instrument-nobody", FILE, 0, "nobody", value=question.nobody)
        if not rule.fullmatch(question.nobody):
            said = SAID[codes.target]["answer" if question.gated else "item"]
            named = {"value": question.nobody, "name": question.relation, "tool": TOOLS[codes.target]}
            findings.fault("instrument-answer-code", FILE, 0, "nobody", rule=said, **named)


def names_in(form: Form, codes: Codes) -> Iterator[str]:
    """Return the name of every question in the tool that is no row of another."""
    yield codes.respondent
    yield CONSENT
    yield from codes.gates.values()
    yield from form.columns()


def _check_names(form: Form, codes: Codes, findings: Findings) -> None:
    rules, tool = RULES[codes.target], TOOLS[codes.target]
    names = list(names_in(form, codes))
    own = [question.code for question in form.networks if question.shape in ("levels", "options", "ticks")]
    for name in dict.fromkeys(names):
        # A tool's own column of who answered is no question that we name.
        if name == rules.respondent:
            continue
        within = re.fullmatch(r"(\w+)\[(\w+)\]", name) if codes.target == "limesurvey" else None
        parts = [within[1]] if within else [name]
        fine = all(rules.question.fullmatch(part) and len(part) <= rules.longest for part in parts)
        if not fine or name.casefold() in rules.reserved:
            rule = SAID[codes.target]["question"]
            findings.fault("instrument-name", FILE, 0, "", value=name, tool=tool, rule=rule)
        begins = [code for code in own if rules.joins and name.startswith(f"{code}_")]
        if begins:
            rule = f"≠ {begins[0]}_…"
            findings.fault("instrument-name", FILE, 0, "", value=name, tool=tool, rule=rule)
    said = Counter(name if rules.cased else name.casefold() for name in names)
    for name, count in said.items():
        if count > 1:
            findings.fault("instrument-name-twice", FILE, 0, "", value=name, tool=tool)
