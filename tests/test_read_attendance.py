"""Attendance lists read from files: who is meant, what is refused, and that no code or message names anybody."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
import studies

from netlearn import read_panel, read_study
from netlearn.errors import NetlearnError, StudyError
from netlearn.study.findings import Findings
from netlearn.survey.attendance import AttendanceList, attendance_list, read_attendance
from netlearn.survey.reader import read_relations

LIST = "person,room,period,times\na1,kitchen,before,1\na4,kitchen,before,2\na1,garden,after,1\na6,kitchen,after,0\n"
STAFF = """
[[attendance]]
name = "rooms"
file = "rooms.csv"
period = "period"
count = "times"
"""
OTHERS = """
[[attendance]]
name = "club"
file = "club.csv"
of = "others"
people = "citizens.csv"
period = "period"
"""
CLUB = "person,room,period\nk9,brunch,before\nk1,brunch,before\nk1,games,after\nk9,brunch,after\nk9,brunch,after\n"
CITIZENS = "person,born\nk1,1950\nk5,1960\nk9,1970\n"


def _folder(tmp_path: Path, more: str, **files: str) -> Path:
    made = studies.grid()
    made["study.toml"] += more
    return studies.write(tmp_path / "study", made | {f"{name}.csv": text for name, text in files.items()})


def _read(tmp_path: Path, more: str, **files: str) -> AttendanceList:
    study = read_study(_folder(tmp_path, more, **files))
    return read_attendance(study, study.attendance[0].name)


def _faults(tmp_path: Path, more: str, **files: str) -> list[tuple[str, str, int, str]]:
    with pytest.raises(StudyError) as caught:
        _read(tmp_path, more, **files)
    return [(f.code, f.file, f.row, f.column) for f in caught.value.findings.faults]


def _notes(tmp_path: Path, more: str, **files: str) -> tuple[AttendanceList | None, dict[str, int]]:
    study, findings = read_study(_folder(tmp_path, more, **files)), Findings()
    found = attendance_list(read_relations(study, (), findings), study.attendance[0])
    assert not findings.faults
    return found, {f.code: f.values["count"] for f in findings.notes if f.code.startswith("attendance")}


def _codes(tmp_path: Path) -> dict[str, str]:
    """The panel's code of each id, found by who was asked and answered what."""
    study = read_study(_folder(tmp_path / "codes", ""))
    roster = read_relations(study, (), Findings()).roster
    assert roster is not None
    assert roster.codes == read_panel(study, "contact").ids
    return {person: roster.codes[at] for person, at in roster.by_id.items()}


def test_staff_are_the_codes_of_the_panel_and_a_count_of_zero_is_nobody(tmp_path: Path) -> None:
    found, code = _read(tmp_path, STAFF, rooms=LIST), _codes(tmp_path)
    rows = {
        (code["a1"], "kitchen", "before", 1),
        (code["a4"], "kitchen", "before", 2),
        (code["a1"], "garden", "after", 1),
    }
    assert set(found.frame.itertuples(index=False, name=None)) == rows
    assert found.people == read_panel(read_study(tmp_path / "study"), "contact").ids
    assert found.staff
    assert found.name == "rooms"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_encodings_and_separators_are_recognised(tmp_path: Path, encoding: str) -> None:
    folder = _folder(tmp_path, STAFF)
    text = LIST.replace(",", ";").replace("kitchen", "køkken")
    (folder / "rooms.csv").write_bytes(text.encode(encoding))
    assert set(read_attendance(read_study(folder), "rooms").frame["room"]) == {"køkken", "garden"}


def test_a_sheet_of_a_workbook_is_read(tmp_path: Path) -> None:
    folder = _folder(tmp_path, STAFF.replace('rooms.csv"', 'rooms.xlsx"\nsheet = "who"'))
    book = openpyxl.Workbook()
    sheet = book.create_sheet("who")
    for row in ("person", "room", "period", "times"), ("a1", "kitchen", "before", 3):
        sheet.append(row)
    book.save(folder / "rooms.xlsx")
    assert read_attendance(read_study(folder), "rooms").frame["times"].tolist() == [3]


def test_people_can_be_named_by_the_key_too(tmp_path: Path) -> None:
    files = studies.grid()
    roster = "id,department,login\n" + "".join(
        f"a{i},{'North' if i < 4 else 'South'},log{i}\n" for i in range(1, 7)
    )
    toml = (
        files["study.toml"].replace('file = "roster.csv"\n', 'file = "roster.csv"\nkey = "login"\n') + STAFF
    )
    answers = {name: files[name].replace("\na", "\nlog") for name in ("before.csv", "after.csv")}
    rooms = LIST.replace("\na", "\nlog")
    by_key = studies.write(
        tmp_path / "key", answers | {"study.toml": toml, "roster.csv": roster, "rooms.csv": rooms}
    )
    found = read_attendance(read_study(by_key), "rooms")
    assert found.frame.equals(_read(tmp_path, STAFF, rooms=LIST).frame)


def test_all_faults_at_once_with_their_places(tmp_path: Path) -> None:
    bad = (
        "person,room,period,times\n,kitchen,before,1\na1,,before,1\na1,kitchen,,1\na1,kitchen,before,\n"
        "a9,kitchen,before,1\na1,kitchen,later,1\na1,kitchen,before,1.5\na1,kitchen,before,-1\na9,garden,before,1\n"
        "a1,kitchen,later,2\n"
    )
    assert _faults(tmp_path, STAFF, rooms=bad) == [
        ("attendance-blank-cell", "rooms.csv", 2, "person"),
        ("attendance-blank-cell", "rooms.csv", 3, "room"),
        ("attendance-blank-cell", "rooms.csv", 4, "period"),
        ("attendance-blank-cell", "rooms.csv", 5, "times"),
        ("attendance-stranger", "rooms.csv", 6, "person"),
        ("attendance-period", "rooms.csv", 7, "period"),
        ("attendance-count", "rooms.csv", 8, "times"),
        ("attendance-count", "rooms.csv", 9, "times"),
    ]


@pytest.mark.parametrize("language", ["en", "da"])
def test_no_message_names_a_person(tmp_path: Path, language: str) -> None:
    study, findings = (
        read_study(_folder(tmp_path, OTHERS, club=CLUB + "Jens Ek,games,after\n", citizens=CITIZENS)),
        Findings(),
    )
    assert attendance_list(read_relations(study, (), findings), study.attendance[0]) is None
    said = "\n".join(findings.lines(language))  # type: ignore[arg-type]
    assert "citizens.csv" in said
    assert "Jens" not in said
    assert not any(code in said for code in ("k1", "k5", "k9"))


def test_missing_columns_and_files(tmp_path: Path) -> None:
    assert _faults(tmp_path / "1", STAFF, rooms="person,place\na1,kitchen\n") == [
        ("missing-column", "rooms.csv", 1, name) for name in ("period", "room", "times")
    ]
    assert [fault[0] for fault in _faults(tmp_path / "2", STAFF)] == ["missing-file"]
    assert [fault[0] for fault in _faults(tmp_path / "3", OTHERS, club=CLUB)] == ["missing-file"]


def test_a_wrong_column_of_people_is_one_fault(tmp_path: Path) -> None:
    text = LIST.replace("\na", "\nz")
    assert _faults(tmp_path, STAFF, rooms=text) == [("attendance-nobody-known", "rooms.csv", 0, "person")]


def test_strangers_are_left_out_where_that_is_tolerated(tmp_path: Path) -> None:
    more = STAFF.lstrip("\n")
    files = studies.grid()
    toml = (
        files["study.toml"].replace("seed = 7\n", 'seed = 7\ntolerate = ["unknown-people"]\n') + "\n" + more
    )
    folder = studies.write(
        tmp_path / "study", files | {"study.toml": toml, "rooms.csv": LIST + "x,garden,after,1\n"}
    )
    study, findings = read_study(folder), Findings()
    found = attendance_list(read_relations(study, (), findings), study.attendance[0])
    assert found is not None
    assert len(found.frame) == 3
    assert [f.values["count"] for f in findings.notes if f.code == "attendance-outside"] == [1]


def test_where_keeps_rows_of_one_list(tmp_path: Path) -> None:
    text = "person,room,kind\na1,r1,group\na2,r1,group\na1,r9,partner\n"
    toml = '\n[[attendance]]\nname = "groups"\nfile = "rooms.csv"\nwhere = { kind = "KIND" }\n'
    found = _read(tmp_path / "1", toml.replace("KIND", "group"), rooms=text)
    assert found.frame["room"].tolist() == ["r1", "r1"]
    assert set(found.frame["period"]) == {""}
    none = _faults(tmp_path / "2", toml.replace("KIND", "grup"), rooms=text)
    assert none == [("attendance-no-rows", "rooms.csv", 0, "kind")]


def test_repeated_rows_are_added_up_and_said(tmp_path: Path) -> None:
    found, notes = _notes(tmp_path, STAFF, rooms=LIST + "a4,kitchen,before,3\n")
    assert found is not None
    assert sorted(found.frame["times"]) == [1, 1, 5]
    assert notes == {"attendance-read": 5, "attendance-summed": 1}


def test_withdrawn_people_are_left_out(tmp_path: Path) -> None:
    code = _codes(tmp_path)
    found, notes = _notes(tmp_path, STAFF, rooms=LIST, withdrawn="id,ties,date\na1,yes,2024-05-01\n")
    assert found is not None
    assert set(found.frame["person"]) == {code["a4"]}
    assert set(found.people) == set(code.values()) - {code["a1"]}
    assert notes["attendance-withdrawn"] == 2


def test_others_get_codes_of_their_own_that_do_not_follow_the_file(tmp_path: Path) -> None:
    found = _read(tmp_path / "1", OTHERS, club=CLUB, citizens=CITIZENS)
    turned = "person,born\nk9,1970\nk1,1950\nk5,1960\n"
    again = _read(tmp_path / "2", OTHERS, club=CLUB, citizens=turned)
    assert found.people == ("c001", "c002", "c003")
    assert not found.staff
    assert found.frame.equals(again.frame)
    # k9: brunch before, brunch twice after; k1: brunch before, games after.
    by_person = [
        sorted(part.itertuples(index=False, name=None))
        for _, part in found.frame.drop(columns="person").groupby(found.frame["person"])
    ]
    nine, one = (
        [("brunch", "after", 2), ("brunch", "before", 1)],
        [("brunch", "before", 1), ("games", "after", 1)],
    )
    assert sorted(by_person) == sorted([nine, one])


def test_faults_of_others(tmp_path: Path) -> None:
    assert _faults(
        tmp_path / "1", OTHERS, club=CLUB + "k7,games,after\nk7,brunch,after\n", citizens=CITIZENS
    ) == [("attendance-not-listed", "club.csv", 7, "person")]
    assert _faults(
        tmp_path / "2", OTHERS, club=CLUB + ",games,after\n", citizens=CITIZENS + "k1,1940\n,1930\n"
    ) == [
        ("attendance-person-twice", "citizens.csv", 5, "person"),
        ("attendance-blank-cell", "citizens.csv", 6, "person"),
        ("attendance-blank-cell", "club.csv", 7, "person"),
    ]


def test_unknown_people_are_never_tolerated_among_others(tmp_path: Path) -> None:
    files = studies.grid()
    toml = files["study.toml"].replace("seed = 7\n", 'seed = 7\ntolerate = ["unknown-people"]\n') + OTHERS
    made = files | {"study.toml": toml, "club.csv": CLUB + "k7,games,after\n", "citizens.csv": CITIZENS}
    with pytest.raises(StudyError, match=r"citizens\.csv"):
        read_attendance(read_study(studies.write(tmp_path / "study", made)), "club")


def test_a_list_that_is_not_there(tmp_path: Path) -> None:
    study = read_study(_folder(tmp_path, STAFF, rooms=LIST))
    with pytest.raises(NetlearnError, match="it has rooms"):
        read_attendance(study, "partners")


def test_a_bad_roster_and_a_bad_list_are_both_said(tmp_path: Path) -> None:
    files = studies.grid() | {
        "rooms.csv": LIST.replace("before,1", "before,one"),
        "roster.csv": "id,department\n,North\n",
    }
    files["study.toml"] += STAFF
    with pytest.raises(StudyError) as caught:
        read_attendance(read_study(studies.write(tmp_path / "study", files)), "rooms")
    assert {f.code for f in caught.value.findings.faults} == {"missing-id", "attendance-count"}
