"""Study folders from which questionnaires are made, and what people answer in those questionnaires.

Each `answer_*` reads the questionnaire itself as the survey tool does (names, codes, wording, whose row is hidden) and
writes that tool's own export. Who is meant is told by wording, never by code or place.
"""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import numpy as np
import studies
from exports import kobo
from exports.truth import Person, Truth
from openpyxl import load_workbook

from netlearn.survey.instrument import Target, read_plan, toml_for, write_instrument

Kind = Literal["levels", "options", "ticks", "slots", "repeat", "typed"]
TARGETS: tuple[Target, ...] = ("xlsform", "limesurvey", "redcap", "docx")
KINDS: tuple[Kind, ...] = ("levels", "options", "ticks", "slots", "repeat", "typed")
WORDED = '{ "0" = "Aldrig", "1" = "Sjældent", "2" = "Ugentligt", "3" = "Dagligt" }'
NUMBERED = '{ "0" = 0, "1" = 1, "2" = 2, "3" = 3 }'
ASKED = 'title = "Samtaler"\nquestion = "Hvem taler du med?"\n'
RELATIONS: dict[Kind, str] = {
    "levels": f'kind = "roster"\ncode = "contact"\nlevels = {NUMBERED}\nanswers = {WORDED}\ndont_know = ["9"]\n',
    "options": f'kind = "multiple-answer"\ncode = "contact"\nlevels = {NUMBERED}\nanswers = {WORDED}\n',
    "ticks": 'kind = "multiple-choice"\ncode = "contact"\n',
    "slots": 'kind = "name-generator"\nn_slots = 8\ncolumns = { to = "name{slot}", level = "often{slot}" }\n'
    'alter_columns = { role = "role{slot}" }\nalter_ties = "tie{a}x{b}"\n'
    f"levels = {NUMBERED}\nanswers = {WORDED}\n",
    "repeat": 'kind = "nominations"\ngroup = "contacts"\ncolumns = { to = "who", level = "often" }\n'
    f"levels = {NUMBERED}\nanswers = {WORDED}\n",
    "typed": 'kind = "free-text"\ncode = "contact"\n',
}
HEAD = """[study]
title = "Samarbejde"
language = "{language}"
seed = 7

[roster]
file = "roster.csv"
{roster}
[information]
purpose = "Vi vil vide, om flere taler sammen."
who_sees = "Kun forskerne."
withdraw = "Skriv til os."
legal_basis = "Artikel 6, stk. 1, litra e."
contact = "forskning@example.org"

"""
WAVES = """[[waves]]
label = "before"
date = 2024-08-26

[[waves]]
label = "after"
date = 2025-06-16

"""
TAIL = """
[primary]
relation = "contact"
measure = "cross_density"
waves = ["before", "after"]
"""


def study_text(
    relation: str = RELATIONS["levels"],
    roster: str = 'name = "name"\n',
    language: str = "da",
    extra: str = "",
) -> str:
    """A study file before anybody has answered."""
    named = f'[[relations]]\nname = "contact"\n{ASKED}{relation}'
    return HEAD.format(language=language, roster=roster) + WAVES + named + extra + TAIL


def roster_text(people: tuple[Person, ...]) -> str:
    """The staff list, with a secret key for each."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["id", "name", "department", "email", "key"])
    writer.writerows([p.id, p.name, p.department, p.email, key_of(p)] for p in people)
    return out.getvalue()


def key_of(person: Person) -> str:
    return "x" + "".join(f"{ord(sign):02x}" for sign in person.id[::-1])


def shown(text: str) -> str:
    return " ".join(text.split())


def braced(text: str) -> str:
    """Questionnaires set a space beside a brace, so that no tool evaluates what follows it."""
    return text.replace("{ ", "{").replace("$ {", "${")


@dataclass
class Answers:
    """What the people of a truth say, whatever they are asked.

    `by_key` tells whether they name themselves by their key, `gates` whether who has nobody to tell of says so at once
    and never sees the list of colleagues.
    """

    truth: Truth
    rng: np.random.Generator
    by_key: bool = False
    gates: bool = False

    def key(self, i: int) -> str:
        person = self.truth.people[i]
        return key_of(person) if self.by_key else person.id

    def meant(self, wording: str) -> int:
        """The colleague of a wording: the name, and perhaps the department behind it."""
        said = braced(wording)
        found = [i for i, p in enumerate(self.truth.people) if said in map(braced, self.worded(p))]
        assert len(found) == 1, wording
        return found[0]

    def worded(self, person: Person) -> list[str]:
        """How a colleague may be shown: by name alone only if nobody else has it."""
        name, department = shown(person.name), shown(person.department)
        same = [p for p in self.truth.people if shown(p.name).casefold() == name.casefold()]
        beside = [p for p in same if shown(p.department) == department]
        if len(beside) > 1:
            return [f"{name} ({department}, {shown(person.id)})"]
        alone = [] if len(same) > 1 else [name]
        return [*alone, f"{name} ({department})", person.id, f"{person.id} ({department})"]

    def level(self, i: int, j: int) -> str:
        if self.gates and not self.anybody(i):
            return ""
        return {"?": "9"}.get(self.truth.cells[i, j], self.truth.cells[i, j])

    def options(self, i: int, j: int) -> list[str]:
        """Several boxes of which the highest is the level."""
        level = self.level(i, j)
        lower = [code for code in "12" if level > code and self.rng.random() < 0.5]
        return [*lower, level] if level else []

    def anybody(self, i: int) -> bool:
        return bool(self.truth.named(i))

    def named(self, i: int) -> list[int]:
        """The colleagues who were named, in an order of one's own."""
        order: list[int] = (
            np.random.default_rng(i).permuted(np.array(self.truth.named(i), dtype=int)).tolist()
        )
        return order

    def who(self) -> list[int]:
        return [i for i in self.rng.permuted(np.arange(self.truth.n)).tolist() if self.truth.answered[i]]


def gate(answers: Answers, kind: Kind, i: int) -> str:
    """Who has colleagues to name goes on; in a list of levels everybody may."""
    listed = kind in ("levels", "options") and not answers.gates
    return "some" if listed or answers.anybody(i) else "none"


MOOD = """
[[scales]]
name = "mood"
question = "Hvordan går det?"
items = { mood1 = "På arbejde", mood2 = "Hjemme" }
levels = { "1" = 1, "2" = 2, "3" = 3 }
answers = { "1" = "Skidt", "2" = "Fint", "3" = "Godt" }
"""


def mood(name: str, i: int) -> str:
    """The answer to an item of a scale."""
    return str(1 + (i + int(name[-1])) % 3) if name in ("mood1", "mood2") else ""


def slot_of(name: str) -> tuple[str, int]:
    match = re.fullmatch(r"([a-z]+)(\d+)", name)
    return (match[1], int(match[2])) if match else (name, 0)


def about_slot(answers: Answers, i: int, name: str, code_of: Callable[[int], str]) -> str | None:
    """The answer to a question of a slot; None if the name is none of theirs."""
    named = answers.named(i)
    if match := re.fullmatch(r"tie(\d+)x(\d+)", name):
        both = max(int(match[1]), int(match[2])) <= len(named)
        return "1" if both else ""
    root, number = slot_of(name)
    if root not in ("name", "often", "role"):
        return None
    if number > len(named):
        return ""
    j = named[number - 1]
    return {"name": code_of(j), "often": answers.level(i, j), "role": "leder; =1"}[root]


def typed(answers: Answers, i: int) -> str:
    return "\n".join(answers.truth.people[j].name for j in answers.named(i))


# XLSForm -> KoboToolbox


def sheet_rows(path: Path, name: str) -> list[dict[str, str]]:
    book = load_workbook(path)
    header, *rows = book[name].iter_rows(values_only=True)
    heads = [str(head).split("::")[0] for head in header]
    return [{head: str(cell or "") for head, cell in zip(heads, row, strict=True)} for row in rows]


def answer_xlsform(path: Path, answers: Answers, kind: Kind) -> tuple[str, bytes]:
    survey = [
        row for row in sheet_rows(path, "survey") if row["type"].split("_")[0] not in ("begin", "end", "note")
    ]
    lists: dict[str, dict[str, str]] = {}
    for row in sheet_rows(path, "choices"):
        lists.setdefault(row["list_name"], {})[row["name"]] = row["label"]
    table = []
    inner = [row for row in survey if kind == "repeat" and row["name"] in ("who", "nl_who_called", "often")]
    for number, i in enumerate(answers.who(), start=1):
        row = {"start": "2024-08-26T10:00:00.000+02:00", "end": "2024-08-26T10:05:00.000+02:00"}
        for question in (q for q in survey if q not in inner):
            row |= xlsform_cells(question, lists, answers, kind, i, row)
        table.append(row | {"_id": str(700 + number), "_uuid": f"u{i}", "_index": str(number)})
    main = [list(table[0]), *(list(row.values()) for row in table)]
    if kind != "repeat":
        return "kobo.csv", kobo.text(main, ";").encode("utf-8")
    people = {answers.meant(label): code for code, label in lists["people"].items()}
    repeat = [["who", "nl_who_called", "often", "_index", "_parent_table_name", "_parent_index"]]
    for parent, row in enumerate(table, start=1):
        i = int(row["_uuid"][1:])
        for j in answers.named(i):
            cells = [people[j], answers.truth.people[j].name, answers.level(i, j)]
            repeat.append([*cells, str(len(repeat)), "main", str(parent)])
    return "kobo.xlsx", kobo.workbook({"main": main, "contacts": repeat})


def xlsform_cells(
    question: dict[str, str],
    lists: dict[str, dict[str, str]],
    answers: Answers,
    kind: Kind,
    i: int,
    row: dict[str, str],
) -> dict[str, str]:
    sort, name = question["type"].split()[0], question["name"]
    choices = lists[question["type"].split()[1]] if sort.startswith("select") else {}
    codes = {answers.meant(label): code for code, label in lists["people"].items()}
    ticked: list[str] = []
    own = re.fullmatch(r"\$\{nl_own\} != '(.+)'", question["relevant"])
    about = re.fullmatch(r"(?:nl_)?contact_.+", name) is not None
    if own:
        # The rule that hides a row stands on the row of this person.
        assert own[1] == codes[answers.meant(question["label"])]
    if about and not (own and own[1] == codes[i]) and answers.meant(question["label"]) != i:
        j = answers.meant(question["label"])
        ticked = answers.options(i, j) if sort == "select_multiple" else [answers.level(i, j)]
        if sort == "calculate":
            # Of the boxes that were ticked the first that the rule looks for.
            order = re.findall(r"selected\(\$\{nl_[^}]+\}, '([^']+)'\)", question["calculation"])
            ticked = [next((code for code in order if code in row[f"nl_{name}"].split()), "")]
    elif name == "contact" and sort == "select_multiple":
        by_person = {answers.meant(label): code for code, label in choices.items() if code != "nobody"}
        ticked = [by_person[j] for j in answers.named(i)] or ["nobody"]
        assert set(ticked) <= set(choices)
    else:
        slot = about_slot(answers, i, name, codes.__getitem__)
        called = {"any_contact": gate(answers, kind, i), "consent": "yes", "respondent": answers.key(i)}
        called |= {"contact": typed(answers, i), "nl_own": codes[i]}
        ticked = [called.get(name, mood(name, i)) if slot is None else slot]
    joined = " ".join(ticked) if sort == "select_multiple" else ticked[0] if ticked else ""
    boxes = {f"{name}/{code}": str(int(code in ticked)) if ticked else "" for code in choices}
    return {name: joined} | (boxes if sort == "select_multiple" else {})


# LimeSurvey


@dataclass
class Question:
    """A question of the structure with its rows, columns and answers, as (code, wording)."""

    kind: str
    name: str
    rows: list[tuple[str, str]]
    columns: list[tuple[str, str]]
    answers: list[tuple[str, str]]
    hidden: dict[str, str]
    exclusive: str


def limesurvey_questions(path: Path) -> list[Question]:
    found: list[Question] = []
    for row in limesurvey_rows(path):
        text = html.unescape(row["text"])
        if row["class"] == "Q":
            found.append(Question(row["type/scale"], row["name"], [], [], [], {}, row["exclude_all_others"]))
        elif row["class"] == "SQ" and row["type/scale"] == "1":
            found[-1].columns.append((row["name"], text))
        elif row["class"] == "SQ":
            found[-1].rows.append((row["name"], text))
            if match := re.fullmatch(r"TOKEN:\w+ != '(.+)'", row["relevance"]):
                found[-1].hidden[row["name"]] = match[1]
        elif row["class"] == "A":
            found[-1].answers.append((row["name"], text))
    return found


def limesurvey_rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig")), delimiter="\t"))


def answer_limesurvey(path: Path, answers: Answers, kind: Kind) -> tuple[str, bytes]:
    """What hides the own row is exported from the list of participants; if nothing does, all of it is."""
    questions = limesurvey_questions(path)
    rules = [row["relevance"] for row in limesurvey_rows(path)]
    used = {found.lower() for rule in rules for found in re.findall(r"TOKEN:(\w+)", rule)}
    table = []
    for number, i in enumerate(answers.who(), start=1):
        day = f"2024-08-26 10:{number:02d}:00"
        row = {"id": str(number), "submitdate": day, "lastpage": "3", "startlanguage": "da", "token": "tk"}
        row |= dict.fromkeys(used or ("token", "email", "attribute_1"), answers.key(i))
        for question in questions:
            row |= dict(limesurvey_cells(question, answers, kind, i))
        table.append(row)
    rows = [list(table[0]), *(list(row.values()) for row in table)]
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
    return "limesurvey.csv", out.getvalue().encode("utf-8-sig")


def limesurvey_cells(question: Question, answers: Answers, kind: Kind, i: int) -> Iterator[tuple[str, str]]:
    name = question.name
    if question.kind == "X":
        return
    if question.kind not in ("F", "M", ":"):
        codes = {answers.meant(text): code for code, text in question.answers} if question.kind == "!" else {}
        slot = about_slot(answers, i, name, codes.get)  # type: ignore[arg-type]
        called = {"anycontact": gate(answers, kind, i), "consent": "yes", "contact": typed(answers, i)}
        yield name, called.get(name, mood(name, i)) if slot is None else slot
        return
    for code, text in question.rows:
        if code == "nobody":
            assert question.exclusive == code
            yield f"{name}[{code}]", "" if answers.anybody(i) else "Y"
            continue
        j = answers.meant(text)
        hidden = question.hidden.get(code) == answers.key(i)
        # Exactly the own row is hidden, if any is; otherwise people leave themselves out.
        assert hidden == (i == j and bool(question.hidden))
        hidden = i == j
        if question.kind == ":":
            ticked = [] if hidden else answers.options(i, j)
            yield from (
                (f"{name}[{code}_{option}]", "1" if option in ticked else "")
                for option, _ in question.columns
            )
        elif question.kind == "M":
            yield f"{name}[{code}]", "Y" if not hidden and j in answers.truth.named(i) else ""
        else:
            yield f"{name}[{code}]", "" if hidden else answers.level(i, j)


# REDCap


def redcap_rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))


def choices_of(field: dict[str, str]) -> list[tuple[str, str]]:
    parts = field["Choices, Calculations, OR Slider Labels"].split(" | ")
    pairs = [part.split(",", 1) for part in parts if part]
    return [(code.strip(), html.unescape(text.strip())) for code, text in pairs]


def answer_redcap(path: Path, answers: Answers, kind: Kind) -> tuple[str, bytes]:
    """Everybody has a record; who did not answer never opened the questionnaire."""
    fields = [f for f in redcap_rows(path) if f["Field Type"] != "descriptive"]
    table = []
    for i in answers.rng.permuted(np.arange(answers.truth.n)).tolist():
        row: dict[str, str] = {}
        for field in fields:
            row |= dict(redcap_cells(field, answers, kind, i))
        if not answers.truth.answered[i]:
            row = {name: "0" if "___" in name else "" for name in row} | {"record_id": answers.key(i)}
        table.append(row | {"questionnaire_complete": "2" if answers.truth.answered[i] else ""})
    rows = [list(table[0]), *(list(row.values()) for row in table)]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return "redcap.csv", out.getvalue().encode("utf-8")


def redcap_cells(field: dict[str, str], answers: Answers, kind: Kind, i: int) -> Iterator[tuple[str, str]]:
    name, sort, choices = field["Variable / Field Name"], field["Field Type"], choices_of(field)
    label = html.unescape(field["Field Label"])
    hidden = re.findall(r"\[record-name\] <> '([^']+)'", field["Branching Logic (Show field only if...)"])
    if field["Matrix Group Name"] == "contact":
        j = answers.meant(label)
        assert (answers.key(i) in hidden) == (i == j)
        if sort == "radio":
            yield name, "" if i == j else answers.level(i, j)
            return
        ticked = [] if i == j else answers.options(i, j)
    elif sort == "checkbox":
        listed = {answers.meant(text): code for code, text in choices if code != "nobody"}
        tags = dict(
            re.findall(
                r"@IF\(\[record-name\]='([^']+)', @HIDECHOICE='([^']+)', ''\)", field["Field Annotation"]
            )
        )
        assert not tags or tags[answers.key(i)] == listed[i]
        ticked = [listed[j] for j in answers.named(i)] or ["nobody"]
    else:
        codes = {answers.meant(text): code for code, text in choices} if sort == "dropdown" else {}
        slot = about_slot(answers, i, name, codes.get)  # type: ignore[arg-type]
        called = {"record_id": answers.key(i), "any_contact": gate(answers, kind, i), "consent": "yes"}
        called["contact"] = typed(answers, i)
        yield name, called.get(name, mood(name, i)) if slot is None else slot
        return
    for code, _ in choices:
        yield f"{name}___{code.lower()}", str(int(code in ticked))


# Paper, keyed by hand


def answer_docx(path: Path, answers: Answers, kind: Kind) -> tuple[str, bytes]:
    """The rows of the table beside the document are filled in; who did not answer keeps an empty row."""
    text = path.with_name(path.stem + ".keying.csv").read_text("utf-8-sig")
    header, *blank = csv.reader(io.StringIO(text), delimiter=";")
    by_key = {answers.key(i): i for i in range(answers.truth.n)}
    rows = [header]
    for row in blank:
        i = by_key[row[0]]
        rows.append(
            [row[0], *(keyed(name, answers, kind, i) for name in header[1:])]
            if answers.truth.answered[i]
            else row
        )
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(rows)
    return "keyed.csv", out.getvalue().encode("utf-8-sig")


def keyed(name: str, answers: Answers, kind: Kind, i: int) -> str:
    if name == "contact_nobody":
        return "" if answers.anybody(i) else "Y"
    if name.startswith("contact_"):
        ids = [person.id for person in answers.truth.people]
        j = ids.index(name.removeprefix("contact_"))
        if i == j:
            return ""
        return ("Y" if j in answers.truth.named(i) else "") if kind == "ticks" else answers.level(i, j)
    slot = about_slot(answers, i, name, lambda j: answers.truth.people[j].id)
    called = {"any_contact": gate(answers, kind, i), "consent": "yes", "contact": typed(answers, i)}
    return called.get(name, mood(name, i)) if slot is None else slot


ANSWER: dict[Target, Callable[[Path, Answers, Kind], tuple[str, bytes]]] = {
    "xlsform": answer_xlsform,
    "limesurvey": answer_limesurvey,
    "redcap": answer_redcap,
    "docx": answer_docx,
}


def answered_study(
    folder: Path,
    target: Target,
    kind: Kind,
    truth: Truth,
    rng: np.random.Generator,
    roster: str = 'name = "name"\n',
    later: Truth | None = None,
    gates: bool = False,
    extra: str = "",
) -> Path:
    """Make the questionnaire of both waves, let people answer it, and write the study file that reads the answers."""
    studies.write(
        folder,
        {
            "study.toml": study_text(RELATIONS[kind], roster, extra=extra),
            "roster.csv": roster_text(truth.people),
        },
    )
    plan = read_plan(folder)
    lines = toml_for(plan, target)
    for wave, people in (("before", truth), ("after", later or truth)):
        form = write_instrument(plan, target, wave=wave)
        answers = Answers(people, rng, by_key="key =" in roster, gates=gates)
        name, data = ANSWER[target](form, answers, kind)
        (folder / f"{wave}-{name}").write_bytes(data)
        lines = re.sub(rf'(label = "{wave}"\n)', rf'\1file = "{wave}-{name}"\n', lines)
    text = HEAD.format(language="da", roster=roster) + lines + extra + TAIL
    (folder / "study.toml").write_text(text, encoding="utf-8")
    return folder


def without_dont_know(truth: Truth) -> Truth:
    """Several boxes have none for "don't know"."""
    return replace(truth, cells=np.where(truth.cells == "?", "", truth.cells))
