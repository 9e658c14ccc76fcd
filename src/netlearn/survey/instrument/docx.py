"""Word: a questionnaire to be printed, with a sheet of codes for keying the answers into a plain table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from netlearn.survey.instrument.codes import CONSENT, Codes
from netlearn.survey.instrument.form import Battery, Choice, Colleague, Form, Network
from netlearn.survey.instrument.paper import BOX, Paper
from netlearn.survey.instrument.people import flat
from netlearn.wording.instrument import word

_CODE_WIDTH, _NAME_WIDTH, _BOX_WIDTH, _LINES = 18, 55, 12, 8


def write(form: Form, codes: Codes, keying: str) -> tuple[bytes, bytes]:
    """Write the questionnaire as a document, and the table to key the answers into.

    Parameters
    ----------
    form : Form
    codes : Codes
        Of paper, without faults.
    keying : str
        Name of the table, for the sheet of codes.

    Returns
    -------
    (bytes, bytes)
        The document, and the table with a heading CODE_ID per colleague and a row for everybody who is asked. The same
        form gives the same bytes.
    """
    before, between, after = _page(form)
    paper = Paper(f"{form.title} – {form.wave}", form.language, (before, between, after))
    _front(paper, form)
    for number, question in enumerate(form.networks, start=1):
        paper.heading(f"{number}. {question.title}", 1)
        _network(paper, form, codes, question)
    for number, battery in enumerate(form.batteries, start=len(form.networks) + 1):
        paper.heading(f"{number}. {battery.title}", 1)
        _battery(paper, form, battery)
    paper.text(word("thanks", form.language), bold=True)
    _keying(paper, form, codes, keying)
    return paper.bytes(), _template(form, codes)


def _page(form: Form) -> tuple[str, str, str]:
    before, rest = word("page", form.language).split("{at}")
    between, after = rest.split("{all}")
    return before, between, after


def _front(paper: Paper, form: Form) -> None:
    paper.heading(form.title, 0)
    paper.text(form.wave, bold=True)
    paper.text(f"{word('your_code', form.language)} ________________")
    paper.heading(word("about", form.language), 1)
    for told in form.information:
        if told.heading:
            paper.heading(told.heading, 2)
        paper.text(told.text, bold=not told.filled)
    paper.text(word("consent", form.language), bold=True)
    paper.boxes([word("yes", form.language), word("no", form.language)])


def _network(paper: Paper, form: Form, codes: Codes, question: Network) -> None:
    language = form.language
    if question.text != question.title:
        paper.text(question.text, bold=True)
    if question.shape == "ticks":
        paper.text(f"{word('tick', language)} {word('not_yourself', language)}")
        paper.boxes([word("nobody", language)])
        _tables(paper, form, codes, [("", _BOX_WIDTH)])
        return
    paper.text(word("anybody", language))
    paper.boxes([word("some", language), word("none", language)])
    if question.shape == "typed":
        paper.text(word("type", language))
        paper.lines(_LINES)
    elif question.shape == "slots":
        paper.text(f"{word('upto', language, n=len(question.slots))} {word('not_yourself', language)}")
        _slots(paper, form, question)
    else:
        each = word("several" if question.shape == "options" else "each", language)
        paper.text(f"{each} {word('not_yourself', language)}")
        _tables(paper, form, codes, [(choice.text, 0) for choice in question.answers])


def _tables(paper: Paper, form: Form, codes: Codes, columns: list[tuple[str, int]]) -> None:
    """Add a table per department: boxes for each colleague, and the code that is keyed."""
    language = form.language
    heads = [word("colleague", language), *(text for text, _ in columns), word("code", language)]
    ticks = columns[0][1] > 0
    widths = [0 if ticks else _NAME_WIDTH, *(width for _, width in columns), _CODE_WIDTH]
    for department, people in form.departments.items():
        paper.heading(department, 2)
        rows = [[p.shown, *[BOX] * len(columns), flat(codes.of[p.id])] for p in people]
        told = word("colleagues_of", language, department=department)
        paper.table(heads, rows, widths, (told, word("row_boxes", language)))


def _slots(paper: Paper, form: Form, question: Network) -> None:
    language = form.language
    level = any(slot.level for slot in question.slots)
    about = [role for role, _ in question.slots[0].about]
    answers = [choice.text for choice in question.answers] if level else []
    heads = ["", word("name", language), *answers, *about]
    blank = [BOX] * len(answers) + [""] * len(about)
    rows = [[str(slot.number), "", *blank] for slot in question.slots]
    told = (question.title, word("row_boxes", language))
    paper.table(heads, rows, [8, _NAME_WIDTH, *[0] * (len(answers) + len(about))], told, high=True)
    if question.pairs:
        paper.text(word("ties", language), bold=True)
        heads = ["", *(choice.text for choice in question.pair_answers)]
        pairs = [
            [word("pair", language, a=pair.a, b=pair.b), *[BOX] * len(question.pair_answers)]
            for pair in question.pairs
        ]
        told = (word("ties", language), word("row_boxes", language))
        paper.table(heads, pairs, [_NAME_WIDTH, *[25] * len(question.pair_answers)], told)


def _battery(paper: Paper, form: Form, battery: Battery) -> None:
    if battery.text != battery.title:
        paper.text(battery.text, bold=True)
    if not battery.answers:
        for item in battery.items:
            paper.text(item.text)
            paper.lines(1)
    elif len(battery.items) == 1:
        paper.text(battery.items[0].text)
        paper.boxes([choice.text for choice in battery.answers])
    else:
        heads = ["", *(choice.text for choice in battery.answers)]
        rows = [[item.text, *[BOX] * len(battery.answers)] for item in battery.items]
        told = (battery.title, word("row_boxes", form.language))
        paper.table(heads, rows, [_NAME_WIDTH, *[0] * len(battery.answers)], told)


def _keying(paper: Paper, form: Form, codes: Codes, keying: str) -> None:
    language = form.language
    paper.new_page()
    paper.heading(word("keying", language), 1)
    paper.text(word("keying_how", language, file=keying))
    if any(question.shape == "options" for question in form.networks):
        paper.text(word("keying_highest", language))
    paper.heading(word("codes", language), 2)
    heads = [word(name, language) for name in ("question", "columns", "code", "answer")]
    told = (word("codes", language), word("keying_how", language, file=keying))
    paper.table(heads, list(_answers(form, codes)), [0, 50, 25, 45], told)
    paper.heading(word("people", language), 2)
    heads = [word(name, language) for name in ("code", "name", "department")]
    rows = [[flat(p.id), p.shown, p.department] for p in form.people]
    paper.table(heads, rows, [40, 0, 50], (word("people", language), word("people", language)))


def _answers(form: Form, codes: Codes) -> Iterator[list[str]]:
    """List for each question its columns, the codes that are keyed, and what they mean."""
    language = form.language
    consent = [Choice("yes", word("yes", language)), Choice("no", word("no", language))]
    yield from _coded(word("consent", language), CONSENT, consent)
    person, written = [Choice("…", word("person_code", language))], [Choice("…", word("written", language))]
    for question in form.networks:
        if question.gated:
            gate = [Choice("some", word("some", language)), Choice(question.nobody, word("none", language))]
            yield from _coded(question.title, codes.gates[question.relation], gate)
        if question.shape == "ticks":
            ticked = [Choice(question.answers[0].code, word("tick_code", language))]
            yield from _coded(question.title, f"{question.code}_…", ticked)
            yield from _coded(word("nobody", language), f"{question.code}_{question.nobody}", ticked)
        elif question.shape == "typed":
            yield from _coded(question.title, question.code, written)
        elif question.shape in ("levels", "options"):
            yield from _coded(question.title, f"{question.code}_…", question.by_level())
        for slot in question.slots:
            yield from _coded(question.title, slot.to, person)
            if slot.level:
                yield from _coded(question.title, slot.level, list(question.answers))
            for role, column in slot.about:
                yield from _coded(role, column, written)
        if question.pairs:
            columns = ", ".join(pair.column for pair in question.pairs)
            yield from _coded(word("ties", language), columns, list(question.pair_answers))
    for battery in form.batteries:
        for item in battery.items:
            yield from _coded(item.text, item.code, list(battery.answers) or written)


def _coded(text: str, columns: str, answers: list[Choice]) -> Iterator[list[str]]:
    for number, choice in enumerate(answers):
        yield [text if number == 0 else "", columns if number == 0 else "", choice.code, choice.text]


def columns(form: Form, codes: Codes) -> list[str]:
    """Return the headings of the table into which answers are keyed."""
    found = [codes.respondent, CONSENT]
    for question in form.networks:
        found += (
            [codes.gates[question.relation]] if question.gated else [f"{question.code}_{question.nobody}"]
        )
        if question.shape in ("levels", "options", "ticks"):
            found += [codes.column(question, person) for person in form.people]
        elif question.shape == "typed":
            found.append(question.code)
        for slot in question.slots:
            found += [slot.to, *([slot.level] if slot.level else []), *(column for _, column in slot.about)]
        found += [pair.column for pair in question.pairs]
    return found + [item.code for battery in form.batteries for item in battery.items]


def _template(form: Form, codes: Codes) -> bytes:
    """Write the table: a row for everybody, with the key by which the reader knows this person."""
    heads = columns(form, codes)
    out = io.StringIO()
    # Danish Excel opens semicolons, English Excel commas; the reader recognises both.
    writer = csv.writer(out, delimiter=";" if form.language == "da" else ",", lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([person.key, *[""] * (len(heads) - 1)] for person in sorted(form.people, key=_by_key))
    return out.getvalue().encode("utf-8-sig")


def _by_key(person: Colleague) -> str:
    return person.key
