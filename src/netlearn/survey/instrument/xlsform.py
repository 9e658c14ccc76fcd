"""XLSForm: a workbook that KoboToolbox, ODK, SurveyCTO and Enketo make a questionnaire of."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from netlearn.survey.instrument.codes import CONSENT, OWN, Codes
from netlearn.survey.instrument.form import Battery, Choice, Colleague, Form, Network, Slot
from netlearn.survey.instrument.workbook import Page, Row, workbook
from netlearn.wording import Language
from netlearn.wording.instrument import word

LANGUAGES: dict[Language, str] = {"da": "Dansk (da)", "en": "English (en)"}
_SURVEY = (
    "type",
    "name",
    "label",
    "hint",
    "required",
    "relevant",
    "constraint",
    "constraint_message",
    "appearance",
    "choice_filter",
    "calculation",
)
_CHOICES = ("list_name", "name", "label", "called", "own", "department")
_TRANSLATED = ("label", "hint", "constraint_message")
_SEARCH = "minimal autocomplete"
_PEOPLE, _RESPONDENTS, _CONSENT = "people", "respondents", "consent_answers"


@dataclass
class _Sheets:
    """The rows of the workbook while it is written."""

    form: Form
    codes: Codes
    survey: list[Row] = field(default_factory=list)
    choices: dict[str, list[Row]] = field(default_factory=dict)

    def say(self, name: str, **values: object) -> str:
        return word(name, self.form.language, **values)

    def row(self, type: str, name: str = "", label: str = "", **cells: str) -> None:
        self.survey.append({"type": type, "name": name, "label": label, **cells})

    def listed(self, name: str, choices: Iterable[Choice]) -> str:
        """Add a list of answers; return its name."""
        self.choices[name] = [{"name": choice.code, "label": safe(choice.text)} for choice in choices]
        return name


def safe(text: str) -> str:
    """Return a text of the study so that no part of it is taken for a reference to a question.

    Examples
    --------
    >>> safe("costs ${x}")
    'costs $ {x}'
    """
    return text.replace("${", "$ {")


def write(form: Form, codes: Codes) -> bytes:
    """Write the questionnaire as a workbook.

    Parameters
    ----------
    form : Form
    codes : Codes
        Of XLSForm, without faults.

    Returns
    -------
    bytes
        The same form gives the same bytes.
    """
    sheets = _Sheets(form, codes)
    _information(sheets)
    _respondent(sheets)
    for question in form.networks:
        sheets.row("begin_group", f"nl_page_{question.code}", safe(question.title), relevant=_agreed())
        _network(sheets, question)
        sheets.row("end_group")
    for number, battery in enumerate(form.batteries, start=1):
        _battery(sheets, battery, number)
    sheets.row("note", "nl_thanks", sheets.say("thanks"), relevant=_agreed())
    said = LANGUAGES[form.language]
    rows = [{"list_name": name, **row} for name, listed in sheets.choices.items() for row in listed]
    settings = {"form_title": f"{form.title} – {form.wave}", "form_id": _slug(form.name)}
    settings |= {"version": _version(sheets.survey, rows), "default_language": said, "style": "pages"}
    heads = {name: f"{name}::{said}" for name in _TRANSLATED}
    pages = [
        Page("survey", _SURVEY, sheets.survey),
        Page("choices", _CHOICES, rows),
        Page("settings", tuple(settings), [{key: safe(text) for key, text in settings.items()}]),
    ]
    return workbook(form.title, pages, heads)


def _version(*rows: list[Row]) -> str:
    """Return a text that is another as soon as the questionnaire is: servers refuse a changed form of one version."""
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()[:12]


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:60] or "questionnaire"


def _agreed() -> str:
    return f"${{{CONSENT}}} = 'yes'"


def _information(sheets: _Sheets) -> None:
    sheets.row("begin_group", "nl_about", sheets.say("about"), appearance="field-list")
    for number, told in enumerate(sheets.form.information, start=1):
        heading = f"**{told.heading}**\n" if told.heading else ""
        sheets.row("note", f"nl_about_{number}", heading + safe(told.text))
    answers = (Choice("yes", sheets.say("yes")), Choice("no", sheets.say("no")))
    sheets.row(
        f"select_one {sheets.listed(_CONSENT, answers)}", CONSENT, sheets.say("consent"), required="yes"
    )
    sheets.row("end_group")


def _respondent(sheets: _Sheets) -> None:
    """Ask who answers; the code of that person hides the own name further down."""
    form, codes, name = sheets.form, sheets.codes, sheets.codes.respondent
    sheets.choices[_RESPONDENTS] = [
        {"name": p.key, "label": safe(p.full), "own": codes.of[p.id], "department": safe(p.department)}
        for p in form.people
    ]
    sheets.choices[_PEOPLE] = [
        {"name": codes.of[p.id], "label": safe(codes.label(p)), "called": safe(p.shown)} for p in form.people
    ]
    listed = f"instance('{_RESPONDENTS}')/root/item"
    if form.by_key:
        # Keys are secret: they are typed, and the list of them is used by a question that nobody sees.
        check = {"constraint": f"count({listed}[name = current()/.]) = 1"}
        check["constraint_message"] = sheets.say("no_such_key")
        sheets.row("text", name, sheets.say("who_key"), required="yes", relevant=_agreed(), **check)
        hidden = {"relevant": "false()", "choice_filter": "true()"}
        sheets.row(f"select_one {_RESPONDENTS}", "nl_unseen", sheets.say("who"), **hidden)
    else:
        how = {"required": "yes", "relevant": _agreed(), "appearance": _SEARCH, "hint": sheets.say("search")}
        sheets.row(f"select_one {_RESPONDENTS}", name, sheets.say("who"), choice_filter="true()", **how)
    sheets.row("calculate", OWN, calculation=f"{listed}[name = ${{{name}}}]/own")


def _network(sheets: _Sheets, question: Network) -> None:
    text = safe(question.text)
    if question.shape == "ticks":
        _ticks(sheets, question, text)
        return
    gate = sheets.codes.gates[question.relation]
    sheets.row("begin_group", f"nl_start_{question.code}", text, appearance="field-list")
    answers = (Choice("some", sheets.say("some")), Choice(question.nobody, sheets.say("none")))
    sheets.row(f"select_one {sheets.listed(f'gate_{question.code}', answers)}", gate, sheets.say("anybody"))
    sheets.row("end_group")
    sheets.row("begin_group", f"nl_list_{question.code}", text, relevant=f"${{{gate}}} = 'some'")
    if question.shape in ("levels", "options"):
        _rows(sheets, question)
    elif question.shape == "typed":
        sheets.row("text", question.code, text, hint=sheets.say("type"), appearance="multiline")
    elif question.shape == "repeat":
        _repeat(sheets, question)
    else:
        _slots(sheets, question)
    sheets.row("end_group")


def _rows(sheets: _Sheets, question: Network) -> None:
    """Add a page per department, a row per colleague; one page where the reader needs the wording of one table."""
    codes, departments = sheets.codes, sheets.form.departments
    sheets.listed(f"answers_{question.code}", question.answers)
    hint = sheets.say("several" if question.shape == "options" else "each")
    pages = {f"nl_group_{question.code}_{k}": part for k, part in enumerate(departments.items(), start=1)}
    if codes.match != "id":
        pages = {question.code: ("", sheets.form.people)}
    for name, (department, people) in pages.items():
        label = safe(department) or sheets.say("colleague")
        sheets.row("begin_group", name, label, appearance="table-list", hint=hint)
        for person in people:
            _colleague(sheets, question, person)
        sheets.row("end_group")
    if question.shape == "options":
        for person in sheets.form.people:
            _highest(sheets, question, person)


def _colleague(sheets: _Sheets, question: Network, person: Colleague) -> None:
    codes = sheets.codes
    about = {"relevant": f"${{{OWN}}} != '{codes.of[person.id]}'"}
    name, kind = codes.column(question, person), "select_one"
    if question.shape == "options":
        zero = [choice for choice in question.answers if choice.code in question.zero]
        rule = " and ".join(f"not(selected(., '{choice.code}') and count-selected(.) > 1)" for choice in zero)
        about |= {"constraint": rule, "constraint_message": sheets.say("none_alone", none=safe(zero[0].text))}
        name, kind = f"nl_{name}", "select_multiple"
    label = safe(codes.label(person, department=False))
    sheets.row(f"{kind} answers_{question.code}", name, label, **about)


def _highest(sheets: _Sheets, question: Network, person: Colleague) -> None:
    """Work out the one answer that is read: of several boxes the one with the highest level."""
    name = sheets.codes.column(question, person)
    rule = "''"
    for choice in question.by_level():
        rule = f"if(selected(${{nl_{name}}}, '{choice.code}'), '{choice.code}', {rule})"
    sheets.row("calculate", name, safe(sheets.codes.label(person, department=False)), calculation=rule)


def _ticks(sheets: _Sheets, question: Network, text: str) -> None:
    nobody = question.nobody
    listed = f"people_{question.code}"
    sheets.choices[listed] = [
        {"name": nobody, "label": sheets.say("nobody")},
        *({"name": row["name"], "label": row["label"]} for row in sheets.choices[_PEOPLE]),
    ]
    sheets.row(
        f"select_multiple {listed}",
        question.code,
        text,
        hint=f"{sheets.say('tick')} {sheets.say('search')}",
        constraint=f"not(selected(., '{nobody}') and count-selected(.) > 1)",
        constraint_message=sheets.say("nobody_alone"),
        appearance=_SEARCH,
        choice_filter=f"name != ${{{OWN}}}",
    )


def _slots(sheets: _Sheets, question: Network) -> None:
    for slot in question.slots:
        earlier = [other.to for other in question.slots if other.number < slot.number]
        _slot(sheets, question, slot, sheets.say("person", slot=slot.number), earlier)
    if question.pairs:
        listed = sheets.listed(f"pairs_{question.code}", question.pair_answers)
        sheets.row("begin_group", f"nl_ties_{question.code}", sheets.say("ties"), appearance="field-list")
        to = {slot.number: slot.to for slot in question.slots}
        for pair in question.pairs:
            label = sheets.say("pair", a=f"${{nl_{to[pair.a]}_called}}", b=f"${{nl_{to[pair.b]}_called}}")
            both = f"${{{to[pair.a]}}} != '' and ${{{to[pair.b]}}} != ''"
            sheets.row(f"select_one {listed}", pair.column, label, relevant=both)
        sheets.row("end_group")


def _repeat(sheets: _Sheets, question: Network) -> None:
    sheets.row("begin_repeat", question.group, safe(question.title))
    _slot(sheets, question, question.slots[0], sheets.say("name"), [])
    sheets.row("end_repeat")


def _slot(sheets: _Sheets, question: Network, slot: Slot, label: str, earlier: list[str]) -> None:
    """One name and what is asked about it; nobody is offered twice, nor the respondent."""
    others = " and ".join(f"name != ${{{name}}}" for name in (OWN, *earlier))
    shown = {"relevant": f"${{{earlier[-1]}}} != ''"} if earlier else {}
    sheets.row("begin_group", f"nl_ask_{slot.to}", label, appearance="field-list", **shown)
    how = {"hint": sheets.say("search"), "appearance": _SEARCH, "choice_filter": others}
    sheets.row(f"select_one {_PEOPLE}", slot.to, label, **how)
    called = f"nl_{slot.to}_called"
    found = f"instance('{_PEOPLE}')/root/item[name = ${{{slot.to}}}]/called"
    sheets.row("calculate", called, calculation=found)
    named = {"relevant": f"${{{slot.to}}} != ''"}
    if slot.level:
        listed = sheets.listed(f"answers_{question.code}", question.answers)
        sheets.row(f"select_one {listed}", slot.level, f"{safe(question.text)} ${{{called}}}", **named)
    for role, column in slot.about:
        sheets.row("text", column, f"{safe(role)}: ${{{called}}}", **named)
    sheets.row("end_group")


def _battery(sheets: _Sheets, battery: Battery, number: int) -> None:
    title = safe(battery.text)
    table = {"appearance": "table-list" if battery.answers else "field-list"}
    kind = "decimal" if battery.counted else "text"
    if battery.answers:
        kind = f"select_one {sheets.listed(f'answers_{number}', battery.answers)}"
    sheets.row("begin_group", f"nl_items_{number}", title, relevant=_agreed(), **table)
    for item in battery.items:
        sheets.row(kind, item.code, safe(item.text))
    sheets.row("end_group")
