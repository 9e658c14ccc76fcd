"""study.toml becomes a Study, and every fault of it is found at once, on its line."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
import studies
from studies import changed, grid, nominations

from netlearn.errors import StudyError
from netlearn.study.beyond import GapPlan, PlacesPlan
from netlearn.study.findings import Findings
from netlearn.study.plan import Assignment, Study, read_study
from netlearn.study.planned import FAMILIES, Outcome
from netlearn.study.schema import MEASURES, SCHEMA
from netlearn.study.toml import parse_study
from netlearn.study.tomllines import Lines

ROOT = Path(__file__).resolve().parents[1]

FULL = """\
[study]
title = "Everything"
language = "da"
design = "comparison"
seed = 3
min_cell_size = 6
department = "current"
tolerate = ["self-nominations", "unknown-people"]
simulated = true
notebook = "mine"

[files]
encoding = "utf-8"
separator = "tab"

[roster]
file = "roster.csv"
id = "nr"
department = "unit"
name = "who"
aliases = "also"
email = "post"
initials = "short"
key = "mail"
start = "from"
end = "to"
attributes = ["area", "years"]
shown = "area"
asked = { role = ["clerk"] }
[roster.departments]
after = "unit2"

[[waves]]
label = "before"
date = 2024-01-15
file = "before.csv"
dialect = "limesurvey"
respondent = "token"
respondent_by = "name"
parts = { structure = "after.csv" }
where = { event = "t0" }
duplicates = "last"

[[waves]]
label = "after"
date = "2024-12-01"
file = "after.csv"
sheet = "Data"

[[relations]]
name = "advice"
question = "Whom do you ask?"
kind = "multiple-choice"
code = "adv"
dont_know = ["9"]
not_asked = ["-8"]
nobody = "none"
threshold = 2
directed = false
symmetrize = "both"
files = { after = "before.csv" }
match = "name"
labels_from = "other"
answers = { Y = "yes" }
[relations.levels]
Y = 1

[[relations]]
name = "contact"
kind = "name-generator"
columns = { from = "ego", to = "alter", level = "often", relation = "what" }
nobody_column = "any"
group = "people"
n_slots = 3
slots = [ { to = "name1", unit = "unit1" } ]
alter_columns = { unit = "unit{slot}" }
alter_ties = "tie{a}{b}"
alter_tie_levels = { yes = 1, no = 0 }

[[scales]]
name = "ease"
title = "Ease"
kind = "background"
question = "How easy?"
items = { q1 = "Calling" }
levels = { "1" = 1 }
answers = { "1" = "hard" }
dont_know = ["9"]
not_asked = ["-8"]
score = "sum"
minimum_items = 1
reversed = ["q1"]
range = [1, 5]
subscales = { calls = ["q1"] }
unit = "calls"

[[scales]]
name = "wanted"
items = { w1 = "Calling" }
subscales = { calls = ["w1"] }

[[gaps]]
name = "gap"
required = "wanted"
present = "ease"
title = "The gap"

[[attendance]]
name = "rooms"
file = "before.csv"
title = "Rooms"
sheet = "List"
person = "who"
room = "where"
count = "times"
period = "wave"
where = { kind = "group" }
of = "others"
people = "after.csv"
assigned = true
strata = "area"

[places]
file = "roster.csv"
department = "unit"
x = "east"
y = "north"
unit = "m"

[information]
purpose = "To learn"
who_sees = "Two people"
withdraw = "Write"
legal_basis = "Article 6"
contact = "us@example.org"

[primary]
relation = "advice"
measure = "cross_out_degree"
group = "area"
name = "main"
title = "The main one"
waves = ["before", "after"]
alternative = "greater"
alpha = 0.1
margin = 0.5

[[secondary]]
relation = "contact"
measure = "density"
waves = ["before", "after"]

[[secondary]]
gap = "gap"
subscale = "calls"
measure = "gap"
waves = ["before", "after"]

[[secondary]]
scale = "ease"
measure = "score"
waves = ["before", "after"]

[[secondary]]
attendance = "rooms"
measure = "visits"
waves = ["before", "after"]

[[secondary]]
relation = "contact"
measure = "mean_score"
score = "unit"
waves = ["before", "after"]

[assignment]
column = "team"
by = "department"
strata = "area"
trained = ["yes", "partly"]
randomized = true
"""


def parse(folder: Path, files: studies.Files) -> tuple[Study | None, Findings]:
    findings = Findings()
    return parse_study(studies.write(folder, files), findings), findings


def test_every_key_reaches_the_plan(tmp_path: Path) -> None:
    study, findings = parse(tmp_path, grid() | {"study.toml": FULL})
    assert findings.lines() == []
    assert study is not None
    assert (study.title, study.language, study.design, study.seed) == ("Everything", "da", "comparison", 3)
    assert (study.min_cell_size, study.grouping) == (6, "current")
    assert study.tolerate == ("self-nominations", "unknown-people")
    assert (study.files.encoding, study.files.separator) == ("utf-8", "tab")
    roster = study.roster
    assert (roster.id, roster.department, roster.name, roster.key) == ("nr", "unit", "who", "mail")
    assert (roster.start, roster.end, roster.departments) == ("from", "to", {"after": "unit2"})
    assert roster.attributes == ("area", "years")
    assert [w.date for w in study.waves] == [date(2024, 1, 15), date(2024, 12, 1)]
    assert [(w.dialect, w.respondent, w.sheet) for w in study.waves] == [
        ("limesurvey", "token", None),
        ("auto", "", "Data"),
    ]
    before = study.waves[0]
    assert (before.respondent_by, before.parts, before.where) == (
        "name",
        {"structure": "after.csv"},
        {"event": "t0"},
    )
    assert (before.duplicates, study.waves[1].duplicates) == ("last", "refuse")
    assert (roster.aliases, roster.email, roster.initials) == ("also", "post", "short")
    advice, contact = study.relations
    assert (advice.match, advice.labels_from, advice.answers) == ("name", "other", {"Y": "yes"})
    assert (contact.nobody_column, contact.group, contact.n_slots) == ("any", "people", 3)
    assert contact.slots == ({"to": "name1", "unit": "unit1"},)
    assert (contact.alter_columns, contact.alter_ties) == ({"unit": "unit{slot}"}, "tie{a}{b}")
    assert contact.alter_tie_levels == {"yes": 1, "no": 0}
    ease, wanted = study.scales
    assert (ease.score, ease.minimum_items, ease.reversed, ease.range) == ("sum", 1, ("q1",), (1, 5))
    assert (ease.subscales, ease.unit) == ({"calls": ("q1",)}, "calls")
    assert (wanted.score, wanted.minimum_items, wanted.reversed, wanted.range) == ("mean", 0, (), None)
    assert study.gaps == (GapPlan("gap", "wanted", "ease", "The gap"),)
    (rooms,) = study.attendance
    assert (rooms.name, rooms.file, rooms.title, rooms.sheet) == ("rooms", "before.csv", "Rooms", "List")
    assert (rooms.person, rooms.room, rooms.count, rooms.period) == ("who", "where", "times", "wave")
    assert (rooms.where, rooms.of, rooms.people) == ({"kind": "group"}, "others", "after.csv")
    assert (rooms.assigned, rooms.strata) == (True, "area")
    assert study.places == PlacesPlan("roster.csv", "unit", "east", "north", "m")
    assert (study.simulated, study.notebook, roster.shown) == (True, "mine", "area")
    assert roster.asked == {"role": ("clerk",)}
    assert (ease.name, ease.title, ease.kind, ease.question) == ("ease", "Ease", "background", "How easy?")
    assert (ease.items, ease.levels, ease.answers) == ({"q1": "Calling"}, {"1": 1}, {"1": "hard"})
    assert (ease.dont_know, ease.not_asked, advice.not_asked) == (("9",), ("-8",), ("-8",))
    told = study.information
    assert told is not None
    assert (told.purpose, told.who_sees, told.withdraw) == ("To learn", "Two people", "Write")
    assert (told.legal_basis, told.contact) == ("Article 6", "us@example.org")
    assert (advice.kind, advice.code, advice.nobody, advice.threshold) == (
        "multiple-choice",
        "adv",
        "none",
        2.0,
    )
    assert (advice.directed, advice.symmetrize, advice.dont_know) == (False, "both", ("9",))
    assert (advice.levels, advice.files) == ({"Y": 1}, {"after": "before.csv"})
    assert contact.columns == {"from": "ego", "to": "alter", "level": "often", "relation": "what"}
    pair = ("before", "after")
    main = {"name": "main", "title": "The main one", "group": "area"}
    assert study.primary == Outcome("advice", "cross_out_degree", pair, "greater", 0.1, 0.5, **main)
    assert study.secondary == (
        Outcome("contact", "density", pair),
        Outcome("", "gap", pair, gap="gap", subscale="calls"),
        Outcome("", "score", pair, scale="ease"),
        Outcome("", "visits", pair, attendance="rooms"),
        Outcome("contact", "mean_score", pair, score="unit"),
    )
    assert study.assignment == Assignment("team", "department", "area", ("yes", "partly"), True)


def test_defaults(tmp_path: Path) -> None:
    study, _ = parse(tmp_path, nominations())
    assert study is not None
    assert (study.language, study.design, study.min_cell_size, study.grouping) == (
        "en",
        "pre-post",
        5,
        "baseline",
    )
    assert (study.tolerate, study.files.encoding, study.files.separator) == ((), "auto", "auto")
    assert (study.roster.id, study.roster.department, study.roster.key) == ("id", "department", None)
    assert (study.waves[0].dialect, study.waves[0].respondent) == ("auto", "")
    assert (study.relations[0].threshold, study.relations[0].directed) == (1.0, True)
    assert (study.primary.alternative, study.primary.alpha, study.primary.margin) == ("two-sided", 0.05, None)
    assert (study.roster.attributes, study.assignment) == ((), None)


def test_the_folder_and_the_file_are_the_same_study(tmp_path: Path) -> None:
    folder = studies.write(tmp_path, grid())
    assert repr(read_study(folder)) == repr(read_study(folder / "study.toml"))


def test_a_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    text = grid()["study.toml"].replace("\n", "\r\n").encode("utf-8-sig")
    study, findings = parse(tmp_path, grid() | {"study.toml": text})  # type: ignore[arg-type]
    assert study is not None
    assert findings.lines() == []


def test_all_faults_at_once_with_their_lines(tmp_path: Path) -> None:
    text = FULL.replace("seed = 3", "seed = -3").replace('"comparison"', '"comparisn"')
    text = text.replace("respondent =", "respondant =").replace("alpha = 0.1", "alpha = 1.0")
    text = text.replace("Y = 1", "Y = true").replace('column = "team"\n', "").replace("seed", "seed", 1)
    _, findings = parse(tmp_path, grid() | {"study.toml": text})
    lines = text.splitlines()
    expected = {
        ("bad-choice", lines.index('design = "comparisn"') + 1),
        ("too-small", lines.index("seed = -3") + 1),
        ("unknown-key", lines.index('respondant = "token"') + 1),
        ("wrong-type", lines.index("[relations.levels]") + 1),
        ("not-between", lines.index("alpha = 1.0") + 1),
        ("missing-key", lines.index("[assignment]") + 1),
    }
    assert {(f.code, f.row) for f in findings.faults} == expected
    assert len(findings.faults) == len(expected)


@pytest.mark.parametrize(
    ("old", "new", "right"),
    [
        ("seed = 7", "seed = 7\nmin_cel_size = 5", "min_cell_size"),
        ('code = "contact"', 'code = "contact"\ntreshold = 1', "threshold"),
        ("[primary]", "[[secondry]]\n[primary]", "secondary"),
        ('"cross_density"', '"cross_densty"', "cross_density"),
        ('["before", "after"]', '["befor", "after"]', "before"),
    ],
)
def test_a_wrong_name_is_answered_with_the_nearest_right_one(
    old: str, new: str, right: str, tmp_path: Path
) -> None:
    _, findings = parse(tmp_path, changed(grid(), "study.toml", old, new))
    assert [f.values["nearest"] for f in findings.faults] == [right]
    assert f"The nearest right name is {right!r}." in findings.faults[0].text("en")
    assert f"Det nærmeste rigtige navn er {right!r}." in findings.faults[0].text("da")


def test_a_missing_file_is_answered_with_the_nearest_one(tmp_path: Path) -> None:
    for wrong, right in [("aftr.csv", "after.csv"), ("after.xlsx", "after.csv"), ("midway.csv", "")]:
        _, findings = parse(tmp_path, changed(grid(), "study.toml", '"after.csv"', f'"{wrong}"'))
        assert [(f.file, f.values["nearest"]) for f in findings.faults] == [(wrong, right)]


@pytest.mark.parametrize("name", [".", "sub/x.csv", "sub"])
def test_a_file_that_is_no_file_is_missing(name: str, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    _, findings = parse(tmp_path, changed(grid(), "study.toml", '"after.csv"', f'"{name}"'))
    assert [(f.code, f.file) for f in findings.faults] == [("missing-file", name)]


@pytest.mark.parametrize("name", ["/etc/x.csv", "C:\\\\data\\\\x.csv", "..\\\\x.csv", "sub/../../x.csv"])
def test_files_outside_are_refused_on_every_system(name: str, tmp_path: Path) -> None:
    _, findings = parse(tmp_path, changed(grid(), "study.toml", '"after.csv"', f'"{name}"'))
    assert [f.code for f in findings.faults] == ["file-outside"]


def test_broken_toml_has_row_and_column(tmp_path: Path) -> None:
    # "seed = " fills seven columns; the value is missing in the eighth.
    with pytest.raises(StudyError, match=r"^study\.toml, row 3, column 8: this is not TOML"):
        read_study(studies.write(tmp_path, changed(grid(), "study.toml", "seed = 7", "seed = ")))


def test_the_message_comes_in_the_language_of_the_study(tmp_path: Path) -> None:
    files = changed(grid(), "study.toml", "seed = 7", 'seed = 7\nsede = 8\nlanguage = "da"')
    with pytest.raises(
        StudyError, match=r"^study\.toml, række 4, kolonne sede: \[study\] har ingen nøgle sede"
    ):
        read_study(studies.write(tmp_path, files))


LISTED = '[[attendance]]\nname = "rooms"\nfile = "before.csv"\n'


@pytest.mark.parametrize(
    ("outcome", "more", "code", "column"),
    [
        ('measure = "visits"\nattendance = "rooms"', LISTED, "outcome-needs-periods", "attendance"),
        (
            'measure = "shared_rooms"\nrelation = "contact"\nattendance = "rooms"',
            f'{LISTED}of = "others"\npeople = "after.csv"\n',
            "outcome-needs-staff",
            "attendance",
        ),
        ('measure = "visits"\nattendance = "rom"', LISTED, "bad-choice", "attendance"),
        ('measure = "score"\nscale = "ease"\nrelation = "contact"', "", "outcome-key-not-used", "relation"),
        ('measure = "cross_out_degree"\nrelation = "contact"', "", "outcome-without-assignment", "measure"),
        ('measure = "size"\nrelation = "contact"', "", "outcome-needs-generator", "relation"),
        ('measure = "score"', "", "missing-key", "scale"),
    ],
)
def test_an_outcome_names_what_its_measure_needs(
    outcome: str, more: str, code: str, column: str, tmp_path: Path
) -> None:
    scale = '[[scales]]\nname = "ease"\nitems = { q1 = "Calling" }\n'
    extra = f'\n{scale}{more}\n[[secondary]]\n{outcome}\nwaves = ["before", "after"]\n'
    files = grid()
    files["study.toml"] += extra
    _, findings = parse(tmp_path, files)
    (fault,) = findings.faults
    assert (fault.code, fault.column) == (code, column)
    assert fault.row > files["study.toml"].splitlines().index("[[secondary]]")
    assert "Expected" in fault.text()
    assert "Gør:" in fault.text("da")


def test_the_two_scales_of_a_gap_share_one_yardstick(tmp_path: Path) -> None:
    scales = [
        f'[[scales]]\nname = "{name}"\nitems = {{ {name} = "x" }}\nrange = [1, {top}]\n'
        for name, top in (("need", 7), ("have", 10))
    ]
    gap = '[[gaps]]\nname = "gap"\nrequired = "need"\npresent = "have"\n'
    files = grid()
    files["study.toml"] += "\n" + "\n".join([*scales, gap])
    _, findings = parse(tmp_path, files)
    (fault,) = findings.faults
    assert (fault.code, fault.column) == ("gap-of-unlike-ranges", "present")


def test_faults_of_a_danish_study_file_are_told_in_danish(tmp_path: Path) -> None:
    text = (
        grid()["study.toml"].replace("seed = 7", 'seed = 7\nlanguage = "da"').replace("cross_density", "crss")
    )
    with pytest.raises(StudyError, match="Forventede en af"):
        read_study(studies.write(tmp_path, grid() | {"study.toml": text}))


def test_limesurvey_columns_need_a_code(tmp_path: Path) -> None:
    files = changed(studies.limesurvey(), "study.toml", 'code = "contact"\n', "")
    _, findings = parse(tmp_path, files)
    assert [(f.code, f.column) for f in findings.faults] == [("missing-key", "code")]


def test_rows_of_keys_in_sub_tables_and_repeated_tables() -> None:
    lines = Lines("# top\n[[a]]\nx = 1\n[a.map]\ny = 2\n[[a]]\n'x' = 3\nmap.y = 4\n")
    assert [lines.row("a", 0, "x"), lines.row("a", 1, "x")] == [3, 7]
    assert [lines.row("a", 0, "map"), lines.row("a", 1, "map")] == [4, 8]
    assert [lines.row("a", 1, "absent"), lines.row("b", 0, "x")] == [6, 0]


def test_measures_of_a_network_are_those_of_the_conventions() -> None:
    text = (ROOT / "CONVENTIONS.md").read_text(encoding="utf-8")
    assert all(f"| `{name}` |" in text for name in FAMILIES["network"])


def test_every_measure_of_an_outcome_is_in_the_reference() -> None:
    text = (ROOT / "docs" / "study-file.md").read_text(encoding="utf-8")
    table = text.split("| measure | needs |")[1].split("\n\n")[0]
    assert set(re.findall(r"`(\w+)`", "".join(row.split("|")[1] for row in table.splitlines()[2:]))) == set(
        MEASURES
    )


def test_the_reference_names_every_key_with_its_default() -> None:
    """docs/study-file.md has one table row per key: | `key` | type | default | meaning |."""
    text = (ROOT / "docs" / "study-file.md").read_text(encoding="utf-8")
    for table, keys in SCHEMA.items():
        if not table:
            assert all(f"`[{name}]`" in text or f"`[[{name}]]`" in text for name in keys)
            continue
        title = f"`[[{table}]]`" if SCHEMA[""][table].type == "tables" else f"`[{table}]`"
        section = text.split(f"## {title}")[1].split("\n## ")[0]
        rows = [line.split("|") for line in section.splitlines() if line.startswith("| `")]
        documented = {row[1].strip().strip("`"): row for row in rows}
        assert set(documented) == set(keys), table
        for key, spec in keys.items():
            assert _default(spec.required, spec.default) == documented[key][3].strip(), (table, key)


def _default(required: bool, value: object) -> str:
    if required:
        return "required"
    if value is None or value in ((), {}, ""):
        return "none"
    shown = (
        str(value).lower() if isinstance(value, bool) else f'"{value}"' if isinstance(value, str) else value
    )
    return f"`{shown}`"


ONE = 'date = 2024-12-01\nfile = "after.csv"\n'
PRIMARY = studies.STUDY[studies.STUDY.index("[primary]") :]
SECONDARY = PRIMARY.replace("[primary]", "[[secondary]]")


@pytest.mark.parametrize(
    "change",
    [
        ("", ""),
        ('["before", "after"]', '["before"]'),
        ('["before", "after"]', '["before", "before"]'),
        ('waves = ["before", "after"]\n', ""),
        (PRIMARY, ""),
        (PRIMARY, PRIMARY + SECONDARY),
        ('code = "contact"', 'code = "contact"\nfiles = { after = "after.csv" }'),
    ],
)
def test_one_wave_is_one_fault(change: tuple[str, str], tmp_path: Path) -> None:
    files = changed(grid(), "study.toml", f'[[waves]]\nlabel = "after"\n{ONE}\n', "")
    files["study.toml"] = files["study.toml"].replace(*change) if change[0] else files["study.toml"]
    _, findings = parse(tmp_path, files)
    (fault,) = findings.faults
    assert (fault.code, fault.file, fault.row) == ("one-wave", "study.toml", 8)
    assert fault.text() == (
        "study.toml, row 8: this study has one wave. Expected two or more: a claim about before and after needs "
        "two. Do: add the second [[waves]]; to describe one wave in Python, build a Panel with Panel.from_arrays "
        "or Panel.from_frames and use nl.measure."
    )
    assert "Gør: tilføj den anden [[waves]]; skal én måling beskrives i Python" in fault.text("da")


def test_one_wave_does_not_hide_other_faults(tmp_path: Path) -> None:
    files = changed(grid(), "study.toml", f'[[waves]]\nlabel = "after"\n{ONE}\n', "")
    files = changed(files, "study.toml", '"cross_density"', '"cross_densty"')
    files = changed(files, "study.toml", '"contact"\nmeasure', '"contakt"\nmeasure')
    _, findings = parse(tmp_path, files)
    assert {(f.code, f.column) for f in findings.faults} == {
        ("one-wave", ""),
        ("bad-choice", "measure"),
        ("bad-choice", "relation"),
    }


@pytest.mark.parametrize(
    ("table", "heading"),
    [
        ("study", "[study]"),
        ("roster", "[roster]"),
        ("waves", "[[waves]]"),
        ("relations", "[[relations]]"),
        ("primary", "[primary]"),
    ],
)
def test_a_missing_table_is_asked_for_as_a_table(table: str, heading: str, tmp_path: Path) -> None:
    kept = [part for part in re.split(r"(?m)^(?=\[)", studies.STUDY) if not part.startswith(heading)]
    _, findings = parse(tmp_path, grid() | {"study.toml": "".join(kept)})
    (fault,) = findings.faults
    assert fault.column == table
    assert fault.text().endswith(f"Do: add the table {heading}.")
    assert fault.text("da").endswith(f"Gør: tilføj tabellen {heading}.")


@pytest.mark.parametrize("table", ["roster", "study", "primary"])
def test_an_empty_table_lacks_its_keys(table: str, tmp_path: Path) -> None:
    text = grid()["study.toml"]
    start = text.index(f"[{table}]\n") + len(table) + 3
    end = text.index("\n\n", start) if "\n\n" in text[start:] else len(text)
    _, findings = parse(tmp_path, grid() | {"study.toml": text[:start] + text[end:]})
    required = {key for key, spec in SCHEMA[table].items() if spec.required}
    assert {(f.code, f.column) for f in findings.faults} == {("missing-key", key) for key in required}
