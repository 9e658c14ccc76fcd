"""LimeSurvey: the structure of a survey as tab-separated values, to be imported as a new survey."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape

from netlearn.survey.instrument.codes import CONSENT, Codes
from netlearn.survey.instrument.form import Battery, Choice, Colleague, Form, Network, Pair, Slot
from netlearn.wording.instrument import word

_COLUMNS = (
    "class",
    "type/scale",
    "name",
    "relevance",
    "text",
    "help",
    "language",
    "validation",
    "mandatory",
    "other",
    "default",
    "same_default",
    "exclude_all_others",
    "em_validation_q",
    "em_validation_q_tip",
    "multiflexible_checkbox",
    "repeat_headings",
)
_TEXT, _RADIO, _DROPDOWN, _BOXES, _ARRAY, _GRID, _SHORT, _LONG = "X", "L", "!", "M", "F", ":", "S", "T"
_TEXTS, _NUMBER, _NUMBERS = "Q", "N", "K"
_REPEAT_HEADINGS = "15"
_TOKEN = re.compile(r"[A-Za-z0-9_~\-]{1,36}")
_QUOTABLE = re.compile(r"[^'\"\\{}\t\r\n]+")
WITHIN = re.compile(r"(\w+)\[(\w+)\]")
"""How the study file names an item that is a row of a question."""

Row = dict[str, str]


@dataclass
class _Rows:
    """The rows of the file while it is written."""

    form: Form
    codes: Codes
    rows: list[Row] = field(default_factory=list)
    groups: int = 0

    def say(self, name: str, **values: object) -> str:
        return word(name, self.form.language, **values)

    def line(self, sort: str, kind: str, name: str, text: str, **cells: str) -> None:
        said = {"class": sort, "type/scale": kind, "name": name, "text": text}
        self.rows.append({**said, "language": self.form.language, **cells})

    def group(self, title: str, text: str = "", relevance: str = "1") -> None:
        self.groups += 1
        self.line(
            "G", f"G{self.groups}", html(title), html("" if text == title else text), relevance=relevance
        )

    def question(self, kind: str, name: str, text: str, **cells: str) -> None:
        self.line("Q", kind, name, text, **{"relevance": "1", "mandatory": "N", "other": "N", **cells})

    def answers(self, choices: Iterable[Choice]) -> None:
        for choice in choices:
            self.line("A", "0", choice.code, html(choice.text))


def html(text: str) -> str:
    """Return a text of the study as HTML in which nothing is an expression, and which no spreadsheet evaluates.

    Examples
    --------
    >>> html("<script> {SID}"), html("=cmd()")
    ('&lt;script&gt; { SID}', '&#61;cmd()')
    """
    # A brace before a space is no expression; as an entity it would become one when the tool cleans the text.
    text = re.sub(r"\{(?=\S)", "{ ", text)
    safe = escape(text).replace("\\", "&#92;").replace("|", "&#124;")
    return f"&#{ord(safe[0])};{safe[1:]}" if safe[:1] in ("=", "+", "-", "@") and safe else safe


def identified_by(form: Form) -> str:
    """Return what of the list of participants holds the keys: tokens, e-mails, or an attribute of its own."""
    if all(_TOKEN.fullmatch(person.key) for person in form.people):
        return "token"
    return "email" if all("@" in person.key for person in form.people) else "attribute_1"


def hides_own(form: Form) -> bool:
    """Tell whether the respondent can be left out of the lists: keys can stand in an expression."""
    return all(_QUOTABLE.fullmatch(person.key) for person in form.people)


def shows_own(form: Form) -> list[str]:
    """Return the relations in which people see their own name: an answer of a list can only be refused, by its id."""
    refused = hides_own(form) and not form.by_key
    own = {"slots": refused, "typed": True}
    return [q.relation for q in form.networks if not own.get(q.shape, hides_own(form))]


def write(form: Form, codes: Codes) -> bytes:
    """Write the questionnaire as the structure of a survey, UTF-8 with a byte order mark.

    Parameters
    ----------
    form : Form
    codes : Codes
        Of LimeSurvey, without faults.

    Returns
    -------
    bytes
        The same form gives the same bytes.
    """
    rows = _Rows(form, codes)
    _settings(rows)
    _information(rows)
    for question in form.networks:
        rows.group(question.title, question.text, f"{CONSENT}.NAOK == 'yes'")
        _network(rows, question)
    for number, battery in enumerate(form.batteries, start=1):
        rows.group(battery.title, battery.text, f"{CONSENT}.NAOK == 'yes'")
        _battery(rows, battery, number)
    lines = ["\t".join(_COLUMNS), *("\t".join(row.get(c, "") for c in _COLUMNS) for row in rows.rows)]
    return b"\xef\xbb\xbf" + "".join(f"{line}\r\n" for line in lines).encode("utf-8")


def _settings(rows: _Rows) -> None:
    """Answers stay tied to who was invited, a page per group, and an answer can be taken back."""
    settings = {
        "language": rows.form.language,
        "anonymized": "N",
        "format": "G",
        "datestamp": "Y",
        "allowprev": "Y",
    }
    settings |= {"shownoanswer": "Y", "listpublic": "N", "allowregister": "N", "tokenanswerspersistence": "Y"}
    for name, value in settings.items():
        rows.rows.append({"class": "S", "name": name, "text": value})
    title, end = f"{rows.form.title} – {rows.form.wave}", rows.say("thanks")
    for name, text in (("surveyls_title", title), ("surveyls_endtext", end)):
        rows.line("SL", "", name, html(text))


def _information(rows: _Rows) -> None:
    rows.group(rows.say("about"))
    parts = [
        (f"<h3>{html(told.heading)}</h3>" if told.heading else "") + f"<p>{html(told.text)}</p>"
        for told in rows.form.information
    ]
    rows.question(_TEXT, "nlabout", "".join(parts))
    rows.question(_RADIO, CONSENT, html(rows.say("consent")), mandatory="Y")
    rows.answers((Choice("yes", rows.say("yes")), Choice("no", rows.say("no"))))


def _network(rows: _Rows, question: Network) -> None:
    if question.shape == "ticks":
        _ticks(rows, question)
        return
    gate = rows.codes.gates[question.relation]
    rows.question(_RADIO, gate, html(rows.say("anybody")))
    rows.answers((Choice("some", rows.say("some")), Choice(question.nobody, rows.say("none"))))
    shown = f"{gate}.NAOK == 'some'"
    if question.shape == "typed":
        rows.question(_LONG, question.code, html(question.text), help=html(rows.say("type")), relevance=shown)
    elif question.shape == "slots":
        _slots(rows, question, shown)
    else:
        _array(rows, question, shown)


def _array(rows: _Rows, question: Network, shown: str) -> None:
    """Add a row per colleague, with one answer or several boxes."""
    several = question.shape == "options"
    hint = [rows.say("several" if several else "each"), *_leave_out(rows), rows.say("find")]
    cells = {"relevance": shown, "help": html(" ".join(hint)), "repeat_headings": _REPEAT_HEADINGS}
    if several:
        cells["multiflexible_checkbox"] = "1"
    rows.question(_GRID if several else _ARRAY, question.code, html(question.text), **cells)
    _people(rows)
    for choice in question.answers if several else ():
        rows.line("SQ", "1", choice.code, html(choice.text))
    if not several:
        rows.answers(question.answers)


def _people(rows: _Rows) -> None:
    for person in rows.form.people:
        own = _not_own(rows, person)
        rows.line("SQ", "0", rows.codes.of[person.id], html(rows.codes.label(person)), relevance=own)


def _not_own(rows: _Rows, person: Colleague) -> str:
    if not hides_own(rows.form):
        return "1"
    return f"TOKEN:{identified_by(rows.form).upper()} != '{person.key}'"


def _leave_out(rows: _Rows) -> list[str]:
    return [] if hides_own(rows.form) else [rows.say("not_yourself")]


def _ticks(rows: _Rows, question: Network) -> None:
    hint = [rows.say("tick"), *_leave_out(rows), rows.say("find")]
    cells = {"help": html(" ".join(hint)), "exclude_all_others": question.nobody}
    rows.question(_BOXES, question.code, html(question.text), **cells)
    rows.line("SQ", "0", question.nobody, html(rows.say("nobody")), relevance="1")
    _people(rows)


def _slots(rows: _Rows, question: Network, shown: str) -> None:
    """Add lists to choose from; an answer of a list cannot be hidden, so the own name is refused when it is chosen."""
    to = {slot.number: slot.to for slot in question.slots}
    for slot in question.slots:
        _slot(rows, question, slot, shown)
        shown = f"!is_empty({slot.to}.NAOK)"
    for number, pair in enumerate(question.pairs):
        _pair(rows, question, pair, to, first=number == 0)


def _slot(rows: _Rows, question: Network, slot: Slot, shown: str) -> None:
    chosen = f"{slot.to}.NAOK"
    others = [f"{chosen} != {other.to}.NAOK" for other in question.slots if other.number < slot.number]
    if not rows.form.by_key and hides_own(rows.form):
        others.append(f"{chosen} != TOKEN:{identified_by(rows.form).upper()}")
    cells = {"relevance": shown, "help": html(f"{rows.say('chosen')} {rows.say('not_yourself')}")}
    if others:
        cells["em_validation_q"] = f"is_empty({chosen}) || ({' && '.join(others)})"
        cells["em_validation_q_tip"] = cells["help"]
    rows.question(_DROPDOWN, slot.to, html(rows.say("person", slot=slot.number)), **cells)
    rows.answers(Choice(rows.codes.of[p.id], rows.codes.label(p)) for p in rows.form.people)
    filled = {"relevance": f"!is_empty({chosen})"}
    called = f"{{{slot.to}.shown}}"
    if slot.level:
        rows.question(_RADIO, slot.level, f"{html(question.text)} {called}", **filled)
        rows.answers(question.answers)
    for role, column in slot.about:
        rows.question(_SHORT, column, f"{html(role)}: {called}", **filled)


def _pair(rows: _Rows, question: Network, pair: Pair, to: dict[int, str], first: bool) -> None:
    a, b = to[pair.a], to[pair.b]
    text = rows.say("pair", a=f"{{{a}.shown}}", b=f"{{{b}.shown}}")
    above = html(rows.say("ties")) + "<br>" if first else ""
    both = {"relevance": f"!is_empty({a}.NAOK) && !is_empty({b}.NAOK)"}
    rows.question(_RADIO, pair.column, above + text, **both)
    rows.answers(question.pair_answers)


def _battery(rows: _Rows, battery: Battery, number: int) -> None:
    """Items named CODE[ITEM] are the rows of one question; others are questions of their own."""
    rowed: dict[str, list[Choice]] = {}
    for item in battery.items:
        within = WITHIN.fullmatch(item.code)
        if within:
            rowed.setdefault(within[1], []).append(Choice(within[2], item.text))
        elif battery.answers:
            rows.question(_RADIO, item.code, html(item.text))
            rows.answers(battery.answers)
        else:
            rows.question(_NUMBER if battery.counted else _SHORT, item.code, html(item.text))
    for code, items in rowed.items():
        several = _NUMBERS if battery.counted else _TEXTS
        rows.question(_ARRAY if battery.answers else several, code, html(battery.text))
        for item in items:
            rows.line("SQ", "0", item.code, html(item.text), relevance="1")
        rows.answers(battery.answers)
