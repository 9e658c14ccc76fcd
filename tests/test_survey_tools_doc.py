"""docs/survey-tools.md is true: each snippet reads an export of its tool, and what netlearn is said to say, it says."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from exports import (
    graphml,
    kobo,
    limesurvey,
    network_canvas,
    plain,
    qualtrics,
    reading,
    redcap,
    spss,
    surveyxact,
    ucinet,
)
from exports.truth import Truth, draw, roster_csv
from exports.written import Written

from netlearn.study.findings import Findings
from netlearn.study.plan import read_study
from netlearn.survey.alters import read_egos
from netlearn.survey.check import check_and_ask, check_study
from netlearn.survey.ledger import COUNTED
from netlearn.survey.names import Directory
from netlearn.survey.names_file import FILE as NAMES_FILE
from netlearn.survey.reader import LOG_COLUMNS, read_ledger, read_log, read_panel
from netlearn.wording.faults import FAULTS

TEXT = (Path(__file__).resolve().parents[1] / "docs" / "survey-tools.md").read_text(encoding="utf-8")
_PARTS = re.split(r"(?m)^## (.+)\n", f"## Head\n{TEXT}")[1:]
SECTIONS = dict(zip(_PARTS[::2], _PARTS[1::2], strict=True))
WORDS = {"0": "Aldrig", "1": "Sjældent", "2": "Ugentligt", "3": "Ofte", "?": "Ved ikke", "": ""}


def blocks(section: str, language: str = "toml") -> list[str]:
    """The fenced blocks of a section in one language."""
    return re.findall(rf"(?ms)^```{language}\n(.*?)^```$", SECTIONS[section])


def tables_of(snippet: str) -> dict[str, str]:
    """The tables of a snippet by their headings."""
    found = [table for table in re.split(r"(?m)^(?=\[)", snippet) if table.strip()]
    return {table.split("\n", 1)[0]: table for table in found}


def study_text(section: str, number: int) -> str:
    """A whole study file of two waves; what a snippet does not say is said by the first one of its section."""
    snippets = blocks(section)
    tables = tables_of(blocks("Head")[0]) | tables_of(snippets[0]) | tables_of(snippets[number])
    later = tables["[[waves]]"].replace("before", "after").replace("2024-08-26", "2025-06-16")
    tables["[[waves]]"] += later
    return "\n".join(
        tables[name] for name in ("[study]", "[roster]", "[[waves]]", "[[relations]]", "[primary]")
    )


# Exports that no other test writes


def asked_in(truth: Truth, i: int) -> list[str]:
    """What a person answers about each colleague."""
    return [WORDS[truth.cells[i, j]] for j in range(truth.n)]


def ticked_in(truth: Truth, i: int) -> list[str]:
    return [truth.people[j].name for j in truth.named(i)] or ["Ingen"]


def ms_forms(truth: Truth, rng: np.random.Generator, ticked: bool) -> Written:
    """A Likert question, or a choice with several answers, as Microsoft Forms writes them."""
    asked = ["Hvem har du talt med?"] if ticked else [person.name for person in truth.people]
    rows = [["ID", "Start time", "Completion time", "Email", "Name", *asked]]
    for number, i in enumerate(np.flatnonzero(truth.answered).tolist(), start=1):
        day, person = f"2024-08-{number:02d} 10:00:00", truth.people[i]
        cells = ["".join(f"{name};" for name in ticked_in(truth, i))] if ticked else asked_in(truth, i)
        rows.append([str(number), day, day, person.email, person.name, *cells])
    return Written({"forms.xlsx": plain.workbook(rows)}, "", "", "choice" if ticked else "roster")


def google_forms(truth: Truth, rng: np.random.Generator, ticked: bool) -> Written:
    """A grid, or boxes joined by a comma in a sheet, as Google Forms writes them."""
    grid = [f"Hvor ofte har du talt med [{person.name}]" for person in truth.people]
    rows = [["Timestamp", "Email Address", *(["Hvem har du talt med?"] if ticked else grid)]]
    for number, i in enumerate(np.flatnonzero(truth.answered).tolist(), start=1):
        cells = [", ".join(ticked_in(truth, i))] if ticked else asked_in(truth, i)
        rows.append([f"2024/08/{number:02d} 10:01:02 AM GMT+2", truth.people[i].email, *cells])
    return Written({"forms.csv": plain.text(rows, ",")}, "", "", "choice" if ticked else "roster")


def slots(truth: Truth, rng: np.random.Generator) -> Written:
    """Up to three names typed by each person, with how often and where; those in slots 1 and 2 know each other."""
    told = [f"{what}{slot}" for slot in (1, 2, 3) for what in ("name", "often", "unit")]
    rows = [["id", "anybody", *told, "tie_1_2", "tie_1_3", "tie_2_3"]]
    for i in np.flatnonzero(truth.answered).tolist():
        named, cells = truth.named(i), [""] * 9
        for slot, j in enumerate(named):
            person = truth.people[j]
            cells[3 * slot : 3 * slot + 3] = [person.name.upper(), truth.cells[i, j], person.department]
        ties = ["1" if len(named) > 1 else "", *["0" if len(named) > 2 else ""] * 2]
        rows.append([truth.people[i].id, "yes" if named else "no", *cells, *ties])
    return Written({"names.csv": plain.text(rows, ";")}, "", "", "choice")


def free_text(truth: Truth, rng: np.random.Generator) -> Written:
    """Names typed into one cell."""
    rows = [["id", "whom"]]
    for i in np.flatnonzero(truth.answered).tolist():
        names = [truth.people[j].name for j in truth.named(i)]
        rows.append([truth.people[i].id, (" og " if len(names) < 3 else "; ").join(names) or "ingen"])
    return Written({"names.csv": plain.text(rows, ",")}, "", "", "choice")


# Every snippet with the export that it reads


@dataclass(frozen=True)
class Case:
    """A snippet by section and number, who writes the export, and what the writer's files are called in it."""

    section: str
    number: int
    write: Callable[[Truth, np.random.Generator], Written]
    files: Mapping[str, str]

    def __str__(self) -> str:
        return f"{self.section}-{self.number}".replace(" ", "-")


XACT = {f"{part}.csv": f"before-{part}.csv" for part in ("dataset", "structure", "labels")}
RED = {"redcap.csv": "before.csv", "dictionary.csv": "before-dictionary.csv"}
PLAIN = "Plain tables and Excel"
CASES = (
    Case("LimeSurvey", 0, limesurvey.write, {"limesurvey.csv": "before.csv"}),
    Case("LimeSurvey", 1, partial(limesurvey.write, kind="choice"), {"limesurvey.csv": "before.csv"}),
    Case("Qualtrics", 0, qualtrics.write, {"qualtrics.csv": "before.csv"}),
    Case("Qualtrics", 1, partial(qualtrics.write, style="boxes"), {"qualtrics.csv": "before.csv"}),
    Case("SurveyXact", 0, surveyxact.write, XACT),
    Case("SurveyXact", 1, partial(surveyxact.write, kind="choice"), XACT),
    Case("REDCap", 0, partial(redcap.write, style="boxes"), RED),
    Case("REDCap", 1, partial(redcap.write, style="levels"), RED),
    Case("KoboToolbox and ODK", 0, kobo.write, {"net.csv": "before.csv"}),
    Case(
        "KoboToolbox and ODK",
        1,
        partial(kobo.write, style="repeat", shape="kobo-xlsx"),
        {"net.xlsx": "before.xlsx"},
    ),
    Case("Network Canvas", 0, network_canvas.write, {"export.zip": "before.zip"}),
    Case("Microsoft Forms", 0, partial(ms_forms, ticked=False), {"forms.xlsx": "before.xlsx"}),
    Case("Microsoft Forms", 1, partial(ms_forms, ticked=True), {"forms.xlsx": "before.xlsx"}),
    Case("Google Forms", 0, partial(google_forms, ticked=False), {"forms.csv": "before.csv"}),
    Case("Google Forms", 1, partial(google_forms, ticked=True), {"forms.csv": "before.csv"}),
    Case("SPSS", 0, spss.write, {"wave.sav": "before.sav"}),
    Case("UCINET", 0, ucinet.write, {"net.dl": "before.dl"}),
    Case("GraphML", 0, graphml.write, {"net.graphml": "before.graphml"}),
    Case("GraphML", 1, partial(graphml.write, style="gephi"), {"net.graphml": "before.graphml"}),
    Case(PLAIN, 0, partial(plain.write, style="book"), {"answers.xlsx": "before.xlsx"}),
    Case(PLAIN, 1, partial(plain.write, style="nominations"), {"answers.csv": "before.csv"}),
    Case(PLAIN, 2, partial(plain.write, style="adjacency"), {"answers.csv": "before.csv"}),
    Case(PLAIN, 3, slots, {"names.csv": "before.csv"}),
    Case(PLAIN, 4, free_text, {"names.csv": "before.csv"}),
)


def two_waves(seed: int) -> tuple[Truth, Truth]:
    """The same people twice, the same of them silent; nobody names more than three colleagues."""
    one, other = (draw(np.random.default_rng([seed, wave])) for wave in (1, 2))
    silent = ~(one.answered & other.answered)
    for truth in (one, other):
        for i in range(truth.n):
            truth.cells[i, truth.named(i)[3:]] = "0"
        truth.answered[silent] = False
        truth.cells[silent] = ""
    return one, replace(other, people=one.people)


def put(folder: Path, case: Case, truths: tuple[Truth, Truth]) -> Written:
    """Write the study of a snippet: the export of each wave, named as the snippet names it."""
    files = {
        "roster.csv": roster_csv(truths[0]),
        "study.toml": study_text(case.section, case.number).encode(),
    }
    for label, truth in zip(("before", "after"), truths, strict=True):
        # The same luck in both waves, so that they were answered on the same days.
        written = case.write(truth, np.random.default_rng(7))
        assert written.files.keys() == case.files.keys()
        for name, data in written.files.items():
            # Two writers word a level with a comma in it, which no page needs.
            data = data.replace(b"Af og til, mest ude", b"Ugentligt")
            files[case.files[name].replace("before", label)] = data
    reading.write(folder, files)
    return written


def test_every_snippet_is_read() -> None:
    """None is left out: the head, and those of the tools."""
    found = {(name, number) for name in SECTIONS for number, _ in enumerate(blocks(name))}
    assert found == {("Head", 0), *((case.section, case.number) for case in CASES)}


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_snippet_reads_the_export_of_its_tool(tmp_path: Path, case: Case, seed: int) -> None:
    truths = two_waves(seed)
    written = put(tmp_path, case, truths)
    findings = check_study(tmp_path)
    assert [fault.text("en") for fault in findings.faults] == []
    panel = read_panel(read_study(tmp_path), "contact")
    for label, truth in zip(("before", "after"), truths, strict=True):
        found = reading.states_of(panel, tmp_path, truth, label)
        wanted = reading.expected(truth, written)
        # REDCap tells that a form was never opened, so that those people were not asked.
        wanted[(found == "not asked") & (wanted == "not answered") & ~truth.answered[:, None]] = "not asked"
        assert found.tolist() == wanted.tolist()


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_log_adds_up_as_the_page_says(tmp_path: Path, case: Case) -> None:
    put(tmp_path, case, two_waves(2))
    study = read_study(tmp_path)
    ledger, log = read_ledger(study), read_log(study)
    assert list(ledger.columns) == ["file", *COUNTED]
    assert (ledger["cells"] == ledger[list(COUNTED[1:])].sum(axis=1)).all()
    assert (log["cells"] == log[list(LOG_COLUMNS[1:])].sum(axis=1)).all()


def test_the_page_lists_the_parts_of_the_log() -> None:
    told = re.search(r"`cells` = (.*?)\.\n", SECTIONS["The import log"], re.DOTALL)
    assert told is not None
    assert sorted(re.findall(r"`(\w+)`", told[1])) == sorted(LOG_COLUMNS[1:])


def test_network_canvas_is_read_as_ego_networks(tmp_path: Path) -> None:
    """The same lines with another kind, as the page says."""
    case = next(case for case in CASES if case.section == "Network Canvas")
    truths = two_waves(4)
    put(tmp_path, case, truths)
    path = tmp_path / "study.toml"
    text = path.read_text(encoding="utf-8")
    lines = 'kind = "name-generator"\nalter_ties = "Knows"'
    path.write_text(text.replace('kind = "nominations"', lines), encoding="utf-8")
    read = read_egos(read_study(tmp_path), "contact")
    named = [len(truth.named(int(i))) for truth in truths for i in np.flatnonzero(truth.answered)]
    assert len(read.egos) == len(named)
    assert len(read.alters) == sum(named)
    assert len(read.ties) == sum(n * (n - 1) // 2 for n in named)


def test_slots_are_read_as_ego_networks(tmp_path: Path) -> None:
    case = next(case for case in CASES if (case.section, case.number) == (PLAIN, 3))
    truths = two_waves(5)
    put(tmp_path, case, truths)
    read = read_egos(read_study(tmp_path), "contact")
    named = [len(truth.named(int(i))) for truth in truths for i in np.flatnonzero(truth.answered)]
    assert len(read.alters) == sum(named)
    assert len(read.ties) == sum(n > 1 for n in named)
    assert read.alters["on_roster"].all()


# What netlearn says


def spoken() -> list[tuple[str, str]]:
    """Everything in quotes in the second column of the tables of what goes wrong, with its section."""
    rows = [
        (name, row.split("|")[2])
        for name, text in SECTIONS.items()
        for table in re.findall(r"(?m)^\| what goes wrong \|.*\n\|.*\n((?:\|.*\n)+)", text)
        for row in table.splitlines()
    ]
    return [(name, said) for name, cell in rows for said in re.findall(r'"([^"]+)"', cell)]


def test_what_netlearn_is_said_to_say_it_says() -> None:
    known = [re.sub(r"\s+", " ", words["en"]) for words in FAULTS.values()]
    found = spoken()
    assert len(found) > 25
    assert [pair for pair in found if not any(pair[1] in text for text in known)] == []


def test_every_tool_says_what_goes_wrong() -> None:
    assert {case.section for case in CASES} == {name for name, _ in spoken()} | {"SPSS", PLAIN}


# Names


def people() -> list[dict[str, str]]:
    """The staff list on the page."""
    return list(csv.DictReader(io.StringIO(blocks("How names are matched", "text")[0])))


def typed_on_page() -> list[tuple[str, str]]:
    rows = re.findall(r"(?m)^\| (.+?) \| (p\d\d|to check) \|", SECTIONS["How names are matched"])
    assert len(rows) > 10
    return rows


@pytest.mark.parametrize(("typed", "read"), typed_on_page())
def test_names_are_matched_as_the_page_says(typed: str, read: str) -> None:
    staff = people()
    aliases = [[row["aliases"]] if row["aliases"] else [] for row in staff]
    directory = Directory.of(
        [row["name"] for row in staff],
        aliases,
        [row["email"] for row in staff],
        [row["initials"] for row in staff],
        [row["id"] for row in staff],
    )
    person = directory.match(typed).person
    assert ("to check" if person is None else staff[person]["id"]) == read


HEAD = """[study]
title = "Names"
seed = 1
tolerate = ["single-person-departments"]

[roster]
file = "roster.csv"
name = "name"
aliases = "aliases"
email = "email"
initials = "initials"

"""
TAIL = """[[relations]]
name = "contact"
kind = "free-text"
code = "whom"
nobody = "ingen"

[primary]
relation = "contact"
measure = "density"
waves = ["before", "after"]
"""


def names_study(folder: Path) -> Path:
    """A study in which p01 typed a text that may mean two people, and somebody from outside."""
    waves = "".join(
        f'[[waves]]\nlabel = "{label}"\ndate = {day}\nfile = "{label}.csv"\nrespondent = "id"\n\n'
        for label, day in (("before", "2024-08-26"), ("after", "2025-06-16"))
    )
    files = {"study.toml": HEAD + waves + TAIL, "roster.csv": blocks("How names are matched", "text")[0]}
    files["before.csv"] = "id,whom\np01,Bo Ågård; J. Hansen; Lise fra IT\np02,Anne Dam\n"
    files["after.csv"] = "id,whom\np01,Bo Ågård\np02,ingen\n"
    return reading.write(folder, {name: text.encode() for name, text in files.items()})


def states_of(folder: Path) -> dict[str, str]:
    """What became of the cells of p01 in the first wave, by the id of the colleague."""
    panel = read_panel(read_study(folder), "contact")
    truth = draw(np.random.default_rng(1), 7)
    staff = [replace(p, id=row["id"]) for p, row in zip(truth.people, people(), strict=True)]
    found = reading.states_of(panel, folder, replace(truth, people=tuple(staff)))
    return {row["id"]: found[0, at] for at, row in enumerate(people())}


def decide(folder: Path, decisions: Mapping[str, str]) -> list[str]:
    """Fill in the column of decisions, and return the texts that were asked about."""
    path = folder / NAMES_FILE
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")), delimiter=";"))
    for row in rows:
        row["decision"] = decisions.get(row["typed"], row["decision"])
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8-sig")
    return [row["typed"] for row in rows]


def test_undecided_is_missing_and_outside_is_no(tmp_path: Path) -> None:
    folder = names_study(tmp_path)
    assert check_and_ask(folder, Findings()) == folder / NAMES_FILE
    undecided = states_of(folder)
    assert undecided["p02"] == "yes"
    # J. Hansen may be either of these, and nobody else.
    assert [id for id, state in undecided.items() if state == "not answered"] == ["p03", "p04"]
    assert decide(folder, {"J. Hansen": "p04", "Lise fra IT": "outside"}) == ["J. Hansen", "Lise fra IT"]
    findings = Findings()
    check_and_ask(folder, findings)
    assert findings.faults == []
    assert [note for note in findings.items if note.code == "names-to-check"] == []
    assert states_of(folder) == {"p01": "", "p02": "yes", "p04": "yes"} | dict.fromkeys(
        ("p03", "p05", "p06", "p07"), "no"
    )
    assert read_log(read_study(folder)).set_index("wave")["outside"].tolist() == [1, 0]
    assert len(decide(folder, {})) == 2


def test_a_candidate_copied_whole_is_a_decision(tmp_path: Path) -> None:
    folder = names_study(tmp_path)
    check_and_ask(folder, Findings())
    decide(folder, {"J. Hansen": "p03: Jens Hansen"})
    assert states_of(folder)["p03"] == "yes"


def test_ids_from_outside_are_a_fault_unless_tolerated(tmp_path: Path) -> None:
    folder = names_study(tmp_path)
    (folder / "before.csv").write_text("id,whom\np01,p02; p99\np02,p01\n", encoding="utf-8")
    (folder / "after.csv").write_text("id,whom\np01,p02\np02,ingen\n", encoding="utf-8")
    path = folder / "study.toml"
    text = path.read_text(encoding="utf-8").replace('kind = "free-text"', 'kind = "free-text"\nmatch = "id"')
    path.write_text(text, encoding="utf-8")
    assert [fault.code for fault in check_study(folder).faults] == ["unknown-alter"]
    path.write_text(text.replace('departments"]', 'departments", "unknown-people"]'), encoding="utf-8")
    assert check_study(folder).faults == []


def test_a_respondent_from_outside_is_left_out_only_by_decision(tmp_path: Path) -> None:
    folder = names_study(tmp_path)
    (folder / "before.csv").write_text("id,whom\nAnne Dam,ingen\nLise fra IT,Bo Ågård\n", encoding="utf-8")
    (folder / "after.csv").write_text("id,whom\nDam Anne,Bo Ågård\n", encoding="utf-8")
    path = folder / "study.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('= "id"\n', '= "id"\nrespondent_by = "name"\n'), encoding="utf-8")
    findings = Findings()
    check_and_ask(folder, findings)
    assert [fault.code for fault in findings.faults] == ["respondent-unclear"]
    assert decide(folder, {"Lise fra IT": "outside"}) == ["Lise fra IT"]
    found = check_study(folder)
    assert found.faults == []
    assert [note.values["count"] for note in found if note.code == "outside-respondents"] == [1]
