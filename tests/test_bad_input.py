"""Every kind of bad input gives one clear fault that names the file and the row, and changes nothing on disk."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
import studies
from studies import AFTER, BEFORE, HEADER, ROSTER, Files, changed, grid

from netlearn.errors import StudyError
from netlearn.study.plan import read_study
from netlearn.survey.check import check_study
from netlearn.survey.reader import read_panel

THIRD = '[[waves]]\nlabel = "before"\ndate = 2025-03-01\nfile = "roster.csv"\n\n[[relations]]'


def stated(files: Files, encoding: str = "auto", separator: str = "auto") -> Files:
    """State encoding and separator in the study file."""
    form = f'[files]\nencoding = "{encoding}"\nseparator = "{separator}"\n\n[roster]'
    return changed(files, "study.toml", "[roster]", form)


def without(files: Files, name: str) -> Files:
    return {key: text for key, text in files.items() if key != name}


def toml(old: str, new: str) -> Files:
    return changed(grid(), "study.toml", old, new)


def before(old: str, new: str) -> Files:
    return changed(grid(), "before.csv", old, new)


def roster(old: str, new: str) -> Files:
    return changed(grid(), "roster.csv", old, new)


def long(name: str, old: str, new: str) -> Files:
    return changed(studies.nominations(), name, old, new)


def lime(old: str, new: str) -> Files:
    return changed(studies.limesurvey(), "before.csv", old, new)


def multiple(rows: str) -> Files:
    """A multiple-choice question in which nobody is a box of its own."""
    header = HEADER.rstrip("\n") + ",contact_none\n"
    study = grid()["study.toml"].replace('kind = "roster"', 'kind = "multiple-choice"\nnobody = "none"')
    study = study.replace('levels = { "0" = 0, "1" = 1, "2" = 2 }\n', "")
    after = header + "a1,,Y,,Y,,,\na2,Y,,,,,,\n"
    return grid() | {"study.toml": study, "before.csv": header + rows, "after.csv": after}


SWAPPED = studies.limesurvey() | {
    "before.csv": studies.limesurvey()["after.csv"],
    "after.csv": studies.limesurvey()["before.csv"],
}
LATIN = ROSTER.replace("North", "Børn")
STARTS = "id,department,start,end\n" + "".join(f"{row},,\n" for row in ROSTER.splitlines()[1:])


def dated(row: str) -> Files:
    """A roster with dates, in which the line of a2 is `row`."""
    study = changed(grid(), "study.toml", '"roster.csv"', '"roster.csv"\nstart = "start"\nend = "end"')
    return study | {"roster.csv": STARTS.replace("a2,North,,", row)}


# name of the case: (files, code of the fault, its file, its row)
CASES: dict[str, tuple[dict[str, str | bytes], str, str, int]] = {
    # the study file
    "no study file": (without(grid(), "study.toml"), "study-missing", "study.toml", 0),
    "broken TOML": (toml("seed = 7", "seed ="), "toml-broken", "study.toml", 3),
    "unknown key": (toml("seed = 7", "seed = 7\nsede = 8"), "unknown-key", "study.toml", 4),
    "missing key": (toml("seed = 7\n", ""), "missing-key", "study.toml", 1),
    "wrong type": (toml("seed = 7", 'seed = "7"'), "wrong-type", "study.toml", 3),
    "bad choice": (toml("seed = 7", 'seed = 7\ndesign = "prepost"'), "bad-choice", "study.toml", 4),
    "cell size under five": (toml("seed = 7", "seed = 7\nmin_cell_size = 4"), "too-small", "study.toml", 4),
    "alpha in percent": (
        toml('["before", "after"]', '["before", "after"]\nalpha = 5'),
        "not-between",
        "study.toml",
        29,
    ),
    "reversed waves": (toml("2024-12-01", "2023-12-01"), "waves-reversed", "study.toml", 15),
    "two waves of one name": (
        toml("[[relations]]", THIRD),
        "duplicate-name",
        "study.toml",
        19,
    ),
    "outcome reversed": (
        toml('["before", "after"]', '["after", "before"]'),
        "outcome-reversed",
        "study.toml",
        28,
    ),
    "outcome of no relation": (
        toml('relation = "contact"', 'relation = "advice"'),
        "bad-choice",
        "study.toml",
        26,
    ),
    "outcome of no measure": (toml('"cross_density"', '"cross_densty"'), "bad-choice", "study.toml", 27),
    "outcome not asked": (
        toml('code = "contact"', 'code = "contact"\nfiles = { "after" = "" }'),
        "outcome-not-asked",
        "study.toml",
        29,
    ),
    "file outside": (toml('"roster.csv"', '"../roster.csv"'), "file-outside", "study.toml", 6),
    "wave without a file": (toml('file = "after.csv"\n', ""), "wave-without-file", "study.toml", 13),
    "study file not UTF-8": (
        grid() | {"study.toml": grid()["study.toml"].replace("Six people", "Før").encode("cp1252")},
        "study-not-utf8",
        "study.toml",
        2,
    ),
    # any table
    "missing file": (without(grid(), "after.csv"), "missing-file", "after.csv", 0),
    "missing roster": (without(grid(), "roster.csv"), "missing-file", "roster.csv", 0),
    "empty file": (grid() | {"after.csv": ""}, "empty-file", "after.csv", 0),
    "header only": (grid() | {"after.csv": HEADER}, "header-only", "after.csv", 1),
    "not UTF-8 as stated": (
        stated(grid(), "utf-8") | {"roster.csv": LATIN.encode("cp1252")},
        "wrong-encoding",
        "roster.csv",
        2,
    ),
    "BOM against stated utf-8": (
        stated(grid(), "utf-8") | {"roster.csv": ROSTER.encode("utf-8-sig")},
        "wrong-encoding",
        "roster.csv",
        1,
    ),
    "UTF-8 against stated cp1252": (
        stated(grid(), "cp1252") | {"roster.csv": LATIN.encode("utf-8")},
        "wrong-encoding",
        "roster.csv",
        2,
    ),
    "UTF-16 against stated utf-8": (
        stated(grid(), "utf-8") | {"roster.csv": ROSTER.encode("utf-16")},
        "wrong-encoding",
        "roster.csv",
        1,
    ),
    "no text at all": (
        grid() | {"roster.csv": ROSTER.encode() + b"\x81\x8d\xff"},
        "not-text",
        "roster.csv",
        8,
    ),
    "; against stated ,": (
        stated(grid(), "auto", ",") | {"before.csv": BEFORE.replace(",", ";")},
        "wrong-separator",
        "before.csv",
        1,
    ),
    "trailing columns": (
        grid() | {"before.csv": HEADER + BEFORE.removeprefix(HEADER).replace("\n", ",7\n")},
        "row-too-long",
        "before.csv",
        2,
    ),
    "short row": (before("a4,1,0,0,,1,0", "a4,1,0,0"), "row-too-short", "before.csv", 5),
    "two columns of one name": (before("contact_a5", "contact_a4"), "duplicate-column", "before.csv", 1),
    "open quote": (before("a4,1", 'a4,"1'), "broken-quotes", "before.csv", 5),
    "column without a name": (before("contact_a3", ""), "unnamed-column", "before.csv", 2),
    "old Excel": (
        changed(grid(), "study.toml", "before.csv", "before.xls") | {"before.xls": b"\xd0\xcf\x11\xe0rest"},
        "old-excel",
        "before.xls",
        0,
    ),
    "no workbook": (
        changed(grid(), "study.toml", "before.csv", "before.xlsx") | {"before.xlsx": BEFORE},
        "not-excel",
        "before.xlsx",
        0,
    ),
    "a workbook named csv": (grid() | {"before.csv": b"PK\x03\x04rest"}, "excel-inside", "before.csv", 0),
    # the roster
    "roster column missing": (roster("department", "dept"), "missing-column", "roster.csv", 1),
    "duplicated person": (roster("a3,North", "a3,North\na3,North"), "duplicated-person", "roster.csv", 5),
    "person in two departments": (
        roster("a3,North", "a3,North\na3,South"),
        "two-departments",
        "roster.csv",
        5,
    ),
    "department missing": (roster("a3,North", "a3,"), "missing-department", "roster.csv", 4),
    "department of one": (roster("a3,North", "a3,West"), "department-of-one", "roster.csv", 4),
    "id missing": (roster("a3,North", ",North"), "missing-id", "roster.csv", 4),
    "date in words": (dated("a2,North,1. maj 2023,"), "bad-date", "roster.csv", 3),
    "end before start": (dated("a2,North,2023-05-01,2023-01-01"), "end-before-start", "roster.csv", 3),
    "key twice": (
        changed(grid(), "study.toml", '"roster.csv"', '"roster.csv"\nkey = "mail"')
        | {
            "roster.csv": "id,department,mail\na1,N,a1\na2,N,a2\na3,N,a3\na4,S,a4\na5,S,a5\na6,S,a6\na7,S,a6\n"
        },
        "duplicate-key",
        "roster.csv",
        8,
    ),
    # the answers
    "unknown respondent": (before("a4,1,0", "b4,1,0"), "unknown-respondent", "before.csv", 5),
    "respondent missing": (before("a4,1,0", ",1,0"), "missing-respondent", "before.csv", 5),
    "answered twice": (before("a4,1,0", "a2,1,0"), "duplicate-answers", "before.csv", 5),
    "answered while away": (dated("a2,North,2024-02-01,"), "respondent-not-employed", "before.csv", 3),
    "unknown alter": (before("contact_a5", "contact_b5"), "unknown-alter", "before.csv", 1),
    "unknown alter in a list": (long("before.csv", "a3,a5,1", "a3,b5,1"), "unknown-alter", "before.csv", 5),
    "self-nomination": (before("a4,1,0,0,,", "a4,1,0,0,1,"), "self-nomination", "before.csv", 5),
    "self-nomination in a list": (
        long("before.csv", "a3,a5,1", "a3,a3,1"),
        "self-nomination",
        "before.csv",
        5,
    ),
    "unknown level": (before("a4,1,0", "a4,3,0"), "unknown-level", "before.csv", 5),
    "conflicting rows": (
        long("before.csv", "a3,a5,1", "a1,a2,2"),
        "conflicting-nominations",
        "before.csv",
        5,
    ),
    "question not found": (
        grid() | {"before.csv": BEFORE.replace("contact_", "contakt_")},
        "question-not-found",
        "before.csv",
        1,
    ),
    "no column for level": (
        changed(
            studies.nominations(),
            "study.toml",
            "[primary]",
            '[relations.columns]\nlevel = "often"\n[primary]',
        )
        | {"before.csv": studies.LONG_BEFORE, "after.csv": studies.LONG_AFTER.replace("level", "often")},
        "missing-column",
        "before.csv",
        1,
    ),
    "wave without answers": (
        grid() | {"after.csv": HEADER + "a1,,,,,,\na2,9,,,,,\n"},
        "wave-without-answers",
        "after.csv",
        0,
    ),
    "same export twice": (grid() | {"after.csv": BEFORE}, "same-export", "after.csv", 0),
    "exports swapped": (SWAPPED, "waves-swapped", "after.csv", 0),
    "no wave in common": (
        grid() | {"before.csv": HEADER + "a1,,1,0,2,0,0\n", "after.csv": HEADER + "a2,1,,0,0,0,0\n"},
        "no-wave-in-common",
        "",
        0,
    ),
    "nobody and somebody": (multiple("a1,,Y,,,,,Y\na2,Y,,,,,,\n"), "nobody-and-names", "before.csv", 2),
    "one colleague twice": (lime("contact[a3]", "contact[ a2]"), "alter-twice", "before.csv", 1),
}


@pytest.mark.parametrize("case", CASES)
def test_bad_input_gives_one_fault_with_file_and_row(case: str, tmp_path: Path) -> None:
    files, code, file, row = CASES[case]
    folder = studies.write(tmp_path / "study", files)
    faults = check_study(folder).faults
    assert [(f.code, f.file, f.row) for f in faults] == [(code, file, row)], [f.text() for f in faults]
    for language, word in (("en", "Do: "), ("da", "Gør: ")):
        text = faults[0].text(language)
        assert text.startswith(file)
        assert word in text
        assert "\n" not in text
        assert not row or f" {row}" in text


@pytest.mark.parametrize("case", CASES)
def test_bad_input_stops_the_reading_and_leaves_nothing_behind(case: str, tmp_path: Path) -> None:
    folder = studies.write(tmp_path / "study", CASES[case][0])
    with pytest.raises(StudyError) as caught:
        read_panel(read_study(folder), "contact")
    assert [f.code for f in caught.value.findings.faults] == [CASES[case][1]]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["study"]
    assert sorted(p.name for p in folder.iterdir()) == sorted(CASES[case][0])


def capitals(files: Files) -> Files:
    """Ids in capitals in both files of answers."""
    upper = {
        name: files[name].replace("a", "A").replace("contAct", "contact")
        for name in ("before.csv", "after.csv")
    }
    return files | upper


def zeros(files: Files) -> Files:
    """Ids 01 … 06 in the roster, from which a spreadsheet took the zeros in the answers."""
    found = {name: text.replace("a1", "01") for name, text in files.items()}
    for k in range(2, 7):
        found = {name: text.replace(f"a{k}", f"0{k}") for name, text in found.items()}
    for name in ("before.csv", "after.csv"):
        found[name] = re.sub(r"(?m)(^|_|,)0(?=[1-6]\b)(?!,?$)", r"\1", found[name])
    return found


def wrong_column(files: Files) -> Files:
    rows = files["roster.csv"].splitlines()
    numbered = [f"{row},{number}" for number, row in enumerate(rows[1:], start=101)]
    files = files | {"roster.csv": "\n".join([f"{rows[0]},number", *numbered, ""])}
    return changed(files, "study.toml", '"roster.csv"', '"roster.csv"\nid = "number"')


@pytest.mark.parametrize("shape", [grid, studies.nominations])
@pytest.mark.parametrize(
    ("change", "column", "value", "alike"),
    [(capitals, "id", "A1", "a1"), (zeros, "id", "1", "01"), (wrong_column, "number", "a1", "101")],
)
def test_nobody_in_the_roster_is_one_fault_per_file(
    change: Callable[[Files], Files],
    column: str,
    value: str,
    alike: str,
    shape: Callable[[], Files],
    tmp_path: Path,
) -> None:
    """Respondents and colleagues are compared with the same column, so one fault tells both."""
    faults = check_study(studies.write(tmp_path, change(shape()))).faults
    assert [(f.code, f.file) for f in faults] == [
        ("none-in-roster", "after.csv"),
        ("none-in-roster", "before.csv"),
    ]
    english, danish = faults[1].text(), faults[1].text("da")
    assert f"here is in column '{column}' of the roster; for example '{value}'." in english
    assert f"her står i personalelistens kolonne '{column}'; for eksempel '{value}'." in danish
    if change is not wrong_column:
        assert f" The nearest in the roster is '{alike}'." in english
        assert f" Den nærmeste på personalelisten er '{alike}'." in danish


def test_respondents_by_a_wrong_key_are_one_fault_of_their_column(tmp_path: Path) -> None:
    files = changed(grid(), "study.toml", '"roster.csv"', '"roster.csv"\nkey = "mail"')
    rows = studies.ROSTER.splitlines()
    files["roster.csv"] = "".join(
        f"{row},{f'{row[:2]}@x' if at else 'mail'}\n" for at, row in enumerate(rows)
    )
    faults = check_study(studies.write(tmp_path, files)).faults
    assert [(f.code, f.file, f.row, f.column) for f in faults] == [
        ("none-in-roster", "after.csv", 0, "id"),
        ("none-in-roster", "before.csv", 0, "id"),
    ]
    assert (
        faults[1]
        .text()
        .startswith(
            # An e-mail address is somebody's: the nearest one is not told.
            "before.csv, column id: none of the 5 ids here is in column 'mail' of the roster; for example 'a1'. "
            "Expected the ids"
        )
    )


def test_tolerated_strangers_are_no_fault_while_somebody_is_known(tmp_path: Path) -> None:
    """Twelve colleagues whom the roster does not know: one fault if they are all, none if one is known."""
    files = changed(
        studies.nominations(), "study.toml", "seed = 7", 'seed = 7\ntolerate = ["unknown-people"]'
    )
    strangers = "from,to\n" + "".join(f"a1,b{k}\n" for k in range(12))
    files |= {"after.csv": "from,to\na1,a2\n", "before.csv": strangers}
    faults = check_study(studies.write(tmp_path / "all", files)).faults
    assert [(f.code, f.file, f.column, f.values["count"]) for f in faults] == [
        ("none-in-roster", "before.csv", "to", 12)
    ]
    files["before.csv"] += "a1,a2\n"
    assert check_study(studies.write(tmp_path / "but one", files)).faults == []


def twelve(known: int) -> Files:
    """Twelve respondents and twelve columns; of each, the first `known` are in the roster of twelve."""
    ids = [f"a{k:02d}" for k in range(12)]
    named = [*ids[:known], *(f"x{k:02d}" for k in range(known, 12))]
    roster = "id,department\n" + "".join(f"{i},{'North' if k < 6 else 'South'}\n" for k, i in enumerate(ids))
    header = "id," + ",".join(f"contact_{i}" for i in ids) + "\n"
    rows = "".join(f"{i}," + ",".join("" if j == i else "1" for j in ids) + "\n" for i in ids)
    after = "id," + ",".join(f"contact_{i}" for i in named) + "\n" + rows
    before = header + "".join(
        f"{i}" + row[3:] + "\n" for i, row in zip(named, rows.splitlines(), strict=True)
    )
    return grid() | {"roster.csv": roster, "before.csv": before, "after.csv": after}


def test_half_of_many_unknown_is_one_fault_with_the_first_three(tmp_path: Path) -> None:
    faults = check_study(studies.write(tmp_path, twelve(known=6))).faults
    assert [(f.code, f.file, f.row, f.column) for f in faults] == [
        ("most-columns-not-in-roster", "after.csv", 1, ""),
        ("most-not-in-roster", "before.csv", 8, "id"),
    ]
    columns, rows = faults
    assert (
        "6 of the 12 colleagues of the question are not in column 'id' of the roster, first in columns "
        in columns.text()
    )
    assert "contact_x06, contact_x07, contact_x08; for example 'x06'." in columns.text()
    assert (
        "6 of the 12 ids here are not in column 'id' of the roster, first in rows 8, 9, 10; for"
        in rows.text()
    )
    assert (
        "6 af spørgsmålets 12 kolleger står ikke i personalelistens kolonne 'id', først i kolonne "
        in columns.text("da")
    )
    assert (
        "6 af de 12 id'er her står ikke i personalelistens kolonne 'id', først i række 8, 9, 10;"
        in rows.text("da")
    )


def test_less_than_half_unknown_is_a_fault_for_each(tmp_path: Path) -> None:
    codes = Counter(f.code for f in check_study(studies.write(tmp_path, twelve(known=7))).faults)
    assert codes == {"unknown-alter": 5, "unknown-respondent": 5}


def three_waves(exports: dict[str, str]) -> Files:
    """Three LimeSurvey waves A, B, C; `exports` tells whose answers the file of each wave holds."""
    files = studies.limesurvey()
    day = {"A": "2024-01-20", "B": "2024-06-20", "C": "2024-12-03"}
    dates = {"A": "2024-01-15", "B": "2024-06-15", "C": "2024-12-01"}
    waves = "".join(
        f'[[waves]]\nlabel = "{label}"\ndate = {when}\nfile = "{label}.csv"\ndialect = "limesurvey"\n'
        'respondent = "token"\n\n'
        for label, when in dates.items()
    )
    study = files["study.toml"]
    study = study[: study.index("[[waves]]")] + waves + study[study.index("[[relations]]") :]
    study = study.replace('["before", "after"]', '["A", "C"]').replace(
        '"roster.csv"', '"roster.csv"\nstart = "start"'
    )
    answers = files["after.csv"].replace("2024-12-03", "{}")
    # a6 came in May: before that, no answer of a6 fits.
    roster = "id,department,start\n" + "".join(f"{row},\n" for row in ROSTER.splitlines()[1:])
    roster = roster.replace("a6,South,", "a6,South,2024-05-01")
    made = {"study.toml": study, "roster.csv": roster}
    for label, whose in exports.items():
        text = answers.replace("{}", day[whose])
        made[f"{label}.csv"] = text[: text.index("a6,")] if whose == "A" else text
        # Each export has an answer of its own.
        made[f"{label}.csv"] = made[f"{label}.csv"].replace(",1,,0,0,1,0", f",1,,0,0,{'ABC'.index(whose)},0")
    return made


@pytest.mark.parametrize(
    ("exports", "names", "right", "file"),
    [
        ("BAC", "A, B", "A: B.csv, B: A.csv", "B.csv"),
        ("CBA", "A, C", "A: C.csv, C: A.csv", "C.csv"),
        ("ACB", "B, C", "B: C.csv, C: B.csv", "C.csv"),
        ("BCA", "A, B, C", "A: C.csv, B: A.csv, C: B.csv", "C.csv"),
    ],
)
def test_swapped_exports_name_the_right_waves_and_nothing_else(
    exports: str, names: str, right: str, file: str, tmp_path: Path
) -> None:
    """A file in the wrong wave has people who were not employed then; that is not said besides."""
    files = three_waves(dict(zip("ABC", exports, strict=True)))
    findings = check_study(studies.write(tmp_path, files))
    (fault,) = findings.faults
    assert (fault.code, fault.file) == ("waves-swapped", file)
    assert f"the exports of waves {names} are swapped: their answers were given around 2024-" in fault.text()
    assert fault.text().endswith(f"Do: name the files in study.toml so: {right}.")
    assert f"eksporterne af målingerne {names} er byttet om" in fault.text("da")
    assert fault.text("da").endswith(f"Gør: angiv filerne i study.toml sådan: {right}.")
    assert {note.file for note in findings.notes} <= {f"{label}.csv" for label in "ABC" if label not in names}


def test_exports_in_order_of_time_are_no_fault(tmp_path: Path) -> None:
    assert check_study(studies.write(tmp_path, three_waves({"A": "A", "B": "B", "C": "C"}))).faults == []


def test_all_faults_of_all_files_come_at_once(tmp_path: Path) -> None:
    files = toml("seed = 7", "seed = 7\nsede = 8")
    files = changed(files, "roster.csv", "a3,North", "a3,")
    files = changed(files, "before.csv", "a4,1,0", "a4,3,0") | {"after.csv": AFTER.replace("a6,", "b6,")}
    found = [(f.file, f.row, f.code) for f in check_study(studies.write(tmp_path, files)).faults]
    assert found == [
        ("after.csv", 6, "unknown-respondent"),
        ("before.csv", 5, "unknown-level"),
        ("roster.csv", 4, "missing-department"),
        ("study.toml", 4, "unknown-key"),
    ]


TOLERATED = {
    "self-nominations": (before("a4,1,0,0,,", "a4,1,0,0,1,"), "self-dropped"),
    "unknown-people": (before("contact_a5", "contact_b5"), "outside-boundary"),
    "single-person-departments": (roster("a3,North", "a3,West"), "department-of-one-kept"),
}


@pytest.mark.parametrize("tolerance", TOLERATED)
def test_what_the_study_tolerates_becomes_a_note(tolerance: str, tmp_path: Path) -> None:
    files, code = TOLERATED[tolerance]
    files = changed(files, "study.toml", "seed = 7", f'seed = 7\ntolerate = ["{tolerance}"]')
    findings = check_study(studies.write(tmp_path, files))
    assert findings.faults == []
    assert code in [note.code for note in findings.notes]
