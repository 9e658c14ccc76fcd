"""REDCap: a data dictionary, to be uploaded to a new project."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape

from netlearn.survey.instrument.codes import CONSENT, Codes
from netlearn.survey.instrument.form import Battery, Choice, Form, Network, Slot
from netlearn.wording.instrument import word

INSTRUMENT = "questionnaire"
_COLUMNS = (
    "Variable / Field Name",
    "Form Name",
    "Section Header",
    "Field Type",
    "Field Label",
    "Choices, Calculations, OR Slider Labels",
    "Field Note",
    "Text Validation Type OR Show Slider Number",
    "Text Validation Min",
    "Text Validation Max",
    "Identifier?",
    "Branching Logic (Show field only if...)",
    "Required Field?",
    "Custom Alignment",
    "Question Number (surveys only)",
    "Matrix Group Name",
    "Matrix Ranking?",
    "Field Annotation",
)
_PLACE = {
    "section": 2,
    "choices": 5,
    "note": 6,
    "validation": 7,
    "identifier": 10,
    "branching": 11,
    "required": 12,
    "matrix": 15,
    "annotation": 17,
}
MOST_HIDDEN = 150
"""Up to so many people the own name is hidden in lists: REDCap works out a condition for each whenever a page opens."""
_QUOTABLE = re.compile(r"[^'\"\[\]\\\r\n]+")


@dataclass
class _Rows:
    """The rows of the dictionary while it is written."""

    form: Form
    codes: Codes
    rows: list[list[str]] = field(default_factory=list)

    def say(self, name: str, **values: object) -> str:
        return word(name, self.form.language, **values)

    def field(self, name: str, kind: str, label: str, **cells: str) -> None:
        row = [""] * len(_COLUMNS)
        row[0], row[1], row[3], row[4] = name, INSTRUMENT, kind, label
        for column, text in cells.items():
            row[_PLACE[column]] = text
        self.rows.append(row)


def html(text: str) -> str:
    """Return a text of the study as HTML in which nothing is piped or divides choices, and no spreadsheet evaluates.

    Examples
    --------
    >>> html("<script>, [x] | y"), html("=cmd()")
    ('&lt;script&gt;, &#91;x&#93; &#124; y', '&#61;cmd()')
    """
    safe = escape(text)
    for sign in "|[]{}":
        safe = safe.replace(sign, f"&#{ord(sign)};")
    return f"&#{ord(safe[0])};{safe[1:]}" if safe[:1] in ("=", "+", "-", "@") and safe else safe


def choices(listed: Iterable[Choice]) -> str:
    """Return answers as REDCap writes them: code, wording | code, wording."""
    return " | ".join(f"{choice.code}, {html(choice.text)}" for choice in listed)


def quotable(form: Form) -> bool:
    """Tell whether keys can stand in a condition."""
    return all(_QUOTABLE.fullmatch(person.key) for person in form.people)


def hides_own(form: Form, question: Network) -> bool:
    """Tell whether the respondent is left out: as a row always, as a choice among not too many people."""
    rows = question.shape in ("levels", "options")
    return quotable(form) and (rows or len(form.people) <= MOST_HIDDEN)


def shows_own(form: Form) -> list[str]:
    """Return the relations in which people see their own name."""
    return [q.relation for q in form.networks if q.shape != "typed" and not hides_own(form, q)]


def write(form: Form, codes: Codes) -> bytes:
    """Write the questionnaire as a data dictionary, UTF-8.

    Parameters
    ----------
    form : Form
    codes : Codes
        Of REDCap, without faults.

    Returns
    -------
    bytes
        The same form gives the same bytes.
    """
    rows = _Rows(form, codes)
    rows.field(codes.respondent, "text", html(rows.say("code")), identifier="y")
    _information(rows)
    for question in form.networks:
        _network(rows, question)
    for number, battery in enumerate(form.batteries, start=1):
        _battery(rows, battery, number)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    writer.writerows(rows.rows)
    return out.getvalue().encode("utf-8")


def _agreed(*more: str) -> str:
    return " and ".join((f"[{CONSENT}] = 'yes'", *more))


def _information(rows: _Rows) -> None:
    parts = [
        (f"<h5>{html(told.heading)}</h5>" if told.heading else "") + f"<p>{html(told.text)}</p>"
        for told in rows.form.information
    ]
    rows.field("nl_about", "descriptive", "".join(parts), section=html(rows.say("about")))
    answers = choices((Choice("yes", rows.say("yes")), Choice("no", rows.say("no"))))
    rows.field(CONSENT, "radio", html(rows.say("consent")), choices=answers, required="y")


def _network(rows: _Rows, question: Network) -> None:
    section = html(
        question.title if question.title == question.text else f"{question.title}: {question.text}"
    )
    if question.shape == "ticks":
        _ticks(rows, question, section)
        return
    gate = rows.codes.gates[question.relation]
    answers = choices((Choice("some", rows.say("some")), Choice(question.nobody, rows.say("none"))))
    about = {"section": section, "choices": answers, "branching": _agreed()}
    rows.field(gate, "radio", html(rows.say("anybody")), **about)
    shown = _agreed(f"[{gate}] = 'some'")
    if question.shape == "typed":
        note = html(rows.say("type"))
        rows.field(question.code, "notes", html(question.text), note=note, branching=shown)
    elif question.shape == "slots":
        _slots(rows, question, shown)
    else:
        _matrix(rows, question, shown)


def _matrix(rows: _Rows, question: Network, shown: str) -> None:
    several = question.shape == "options"
    about = {"choices": choices(question.answers), "matrix": question.code}
    if several:
        about["annotation"] = f"@NONEOFTHEABOVE='{','.join(question.zero)}'"
    hint = [rows.say("several" if several else "each")]
    if not hides_own(rows.form, question):
        hint.append(rows.say("not_yourself"))
    about["section"] = html(f"{question.text} {' '.join(hint)}")
    for person in rows.form.people:
        own = [f"[record-name] <> '{person.key}'"] if hides_own(rows.form, question) else []
        name, label = rows.codes.column(question, person), html(rows.codes.label(person))
        branching = " and ".join((shown, *own))
        rows.field(name, "checkbox" if several else "radio", label, branching=branching, **about)
        about["section"] = ""


def _ticks(rows: _Rows, question: Network, section: str) -> None:
    codes = rows.codes
    listed = [Choice(question.nobody, rows.say("nobody"))]
    listed += [Choice(codes.of[person.id], codes.label(person)) for person in rows.form.people]
    tags = " ".join((f"@NONEOFTHEABOVE='{question.nobody}'", *_hidden(rows, question)))
    hint = [rows.say("tick"), *_leave_out(rows, question), rows.say("find")]
    about = {"section": section, "branching": _agreed(), "annotation": tags, "note": html(" ".join(hint))}
    rows.field(question.code, "checkbox", html(question.text), choices=choices(listed), **about)


def _hidden(rows: _Rows, question: Network) -> list[str]:
    """Return a tag per person that hides this person's own name."""
    if not hides_own(rows.form, question):
        return []
    of = rows.codes.of
    return [f"@IF([record-name]='{p.key}', @HIDECHOICE='{of[p.id]}', '')" for p in rows.form.people]


def _leave_out(rows: _Rows, question: Network) -> list[str]:
    return [] if hides_own(rows.form, question) else [rows.say("not_yourself")]


def _slots(rows: _Rows, question: Network, shown: str) -> None:
    people = choices(Choice(rows.codes.of[p.id], rows.codes.label(p)) for p in rows.form.people)
    tags = " ".join(_hidden(rows, question))
    for slot in question.slots:
        _slot(rows, question, slot, shown, people, tags)
        shown = _agreed(f"[{slot.to}] <> ''")
    to = {slot.number: slot.to for slot in question.slots}
    section = html(rows.say("ties"))
    for pair in question.pairs:
        label = rows.say("pair", a=f"[{to[pair.a]}]", b=f"[{to[pair.b]}]")
        both = _agreed(f"[{to[pair.a]}] <> ''", f"[{to[pair.b]}] <> ''")
        about = {"section": section, "branching": both, "choices": choices(question.pair_answers)}
        rows.field(pair.column, "radio", label, **about)
        section = ""


def _slot(rows: _Rows, question: Network, slot: Slot, shown: str, people: str, tags: str) -> None:
    hint = " ".join((rows.say("search"), rows.say("chosen"), *_leave_out(rows, question)))
    about = {"choices": people, "note": html(hint), "validation": "autocomplete", "annotation": tags}
    rows.field(slot.to, "dropdown", html(rows.say("person", slot=slot.number)), branching=shown, **about)
    filled = {"branching": _agreed(f"[{slot.to}] <> ''")}
    if slot.level:
        label = f"{html(question.text)} [{slot.to}]"
        rows.field(slot.level, "radio", label, choices=choices(question.answers), **filled)
    for role, column in slot.about:
        rows.field(column, "text", f"{html(role)}: [{slot.to}]", **filled)


def _battery(rows: _Rows, battery: Battery, number: int) -> None:
    about = {"section": html(battery.text), "branching": _agreed()}
    if battery.answers:
        about["choices"] = choices(battery.answers)
    if battery.counted:
        about["validation"] = "number"
    if battery.answers and len(battery.items) > 1:
        about["matrix"] = f"nl_items_{number}"
    for item in battery.items:
        rows.field(item.code, "radio" if battery.answers else "text", html(item.text), **about)
        about["section"] = ""
