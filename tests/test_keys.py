"""The key file: where it may lie, who can read it, and that nobody's code ever changes in silence."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import stat
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest

from netlearn.study.findings import Findings
from netlearn.study.keyplace import CODED_MARKER, REPORT_MARKER, check_place
from netlearn.study.keys import Keys, Person, code_by_secret, make_keys, read_secret, write_keys

ALPHABET = "BCDFGHJKMNPQRSTVWXZ23456789"
PEOPLE = [
    Person(2, "w-1", "Søren Ågård", "soren@example.org", "t1"),
    Person(3, "w-2", "Inge-Lise Bak", "", "t2"),
    Person(4, "w-3", '=Ida "I" Holm; jr', "ida@example.org", ""),
]
SECRET = bytes(range(33, 33 + 40))
no_modes = pytest.mark.skipif(os.name == "nt", reason="platform: Windows has no file modes")


def keys_of(
    path: Path, people: list[Person] = PEOPLE, secret: bytes | None = None
) -> tuple[Keys | None, list[str], Findings]:
    """Make the keys and write them if there is no fault."""
    findings = Findings()
    keys = make_keys(path, people, "roster.csv", findings, secret)
    if keys is not None:
        write_keys(path, keys, findings)
    return keys, [f"{fault.code}:{fault.row}" for fault in findings.faults], findings


def codes_of(path: Path, people: list[Person] = PEOPLE, secret: bytes | None = None) -> dict[str, str]:
    keys, faults, _ = keys_of(path, people, secret)
    assert faults == []
    assert keys is not None
    return dict(keys.codes)


def place_faults(path: Path, *folders: Path) -> list[str]:
    findings = Findings()
    check_place(path, folders, findings)
    return [fault.code for fault in findings.faults]


# -- where it may lie


def test_outside_of_everything_is_fine(tmp_path: Path) -> None:
    (tmp_path / "study").mkdir()
    assert place_faults(tmp_path / "key.csv", tmp_path / "study") == []
    # A folder whose name begins alike is another folder.
    (tmp_path / "study-keys").mkdir()
    assert place_faults(tmp_path / "study-keys" / "key.csv", tmp_path / "study") == []


def test_inside_the_study_folder_however_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = tmp_path / "study"
    (study / "deep").mkdir(parents=True)
    monkeypatch.chdir(study)
    for path in (study / "key.csv", study / "deep" / "key.csv", Path("key.csv"), Path("deep/../key.csv")):
        assert place_faults(path, study) == ["key-in-study"], path
    assert place_faults(Path("../key.csv"), study) == []


def test_inside_any_study(tmp_path: Path) -> None:
    (tmp_path / "study.toml").write_text("")
    assert place_faults(tmp_path / "key.csv") == ["key-in-study"]


@pytest.mark.skipif(os.name == "nt", reason="platform: links need rights on Windows")
def test_links_lead_nowhere_else(tmp_path: Path) -> None:
    study, away = tmp_path / "study", tmp_path / "away"
    study.mkdir()
    away.mkdir()
    (tmp_path / "link").symlink_to(study)
    (study / "out").symlink_to(away)
    (away / "key.csv").symlink_to(study / "real.csv")
    assert place_faults(tmp_path / "link" / "key.csv", study) == ["key-in-study"]
    assert place_faults(study / "out" / "other.csv", study) == ["key-in-study"]
    assert place_faults(away / "key.csv", study) == ["key-in-study"]
    assert place_faults(tmp_path / "other.csv", tmp_path / "link") == []


def test_upper_and_lower_case_where_the_file_system_does_not_tell_them_apart(tmp_path: Path) -> None:
    (tmp_path / "study").mkdir()
    if not (tmp_path / "STUDY").exists():
        pytest.skip("platform: this file system tells upper and lower case apart")
    assert place_faults(tmp_path / "STUDY" / "key.csv", tmp_path / "study") == ["key-in-study"]


@pytest.mark.parametrize("kind", ["folder", "file"])
def test_inside_a_work_tree_of_git(tmp_path: Path, kind: str) -> None:
    if kind == "folder":
        (tmp_path / ".git").mkdir()
    else:
        (tmp_path / ".git").write_text("gitdir: elsewhere\n")
    (tmp_path / "a" / "b").mkdir(parents=True)
    assert place_faults(tmp_path / "a" / "b" / "key.csv") == ["key-in-git"]


@pytest.mark.parametrize("marker", [REPORT_MARKER, CODED_MARKER])
def test_inside_a_folder_that_is_handed_on(tmp_path: Path, marker: str) -> None:
    (tmp_path / "out" / "tables").mkdir(parents=True)
    (tmp_path / "out" / marker).write_text("")
    assert place_faults(tmp_path / "out" / "tables" / "key.csv") == ["key-in-output"]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert place_faults(tmp_path / "keys" / "key.csv") == ["key-folder-missing"]


# -- who can read it


@no_modes
def test_only_the_owner_reads_it_whatever_the_mask(tmp_path: Path) -> None:
    path = tmp_path / "key.csv"
    old = os.umask(0)
    try:
        codes_of(path)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        codes_of(path, [*PEOPLE, Person(5, "w-4")])
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    finally:
        os.umask(old)
    assert [file.name for file in tmp_path.iterdir()] == ["key.csv"]


@no_modes
def test_a_key_or_a_secret_that_others_can_read_is_refused(tmp_path: Path) -> None:
    path, secret = tmp_path / "key.csv", tmp_path / "secret"
    codes_of(path)
    path.chmod(0o640)
    assert keys_of(path)[1] == ["key-not-private:0"]
    secret.write_bytes(SECRET)
    secret.chmod(0o604)
    findings = Findings()
    assert read_secret(secret, findings) is None
    assert [fault.code for fault in findings.faults] == ["key-not-private"]


def test_a_place_that_cannot_be_written_is_one_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    keys = make_keys(tmp_path / "key.csv", PEOPLE, "roster.csv", Findings())
    assert keys is not None
    findings = Findings()
    write_keys(tmp_path / "file" / "key.csv", keys, findings)
    assert [fault.code for fault in findings.faults] == ["unwritable-file"]


def test_a_folder_is_no_key_file(tmp_path: Path) -> None:
    assert keys_of(tmp_path)[1] == ["unreadable-file:0"]


# -- the codes


def test_codes_are_drawn_and_tell_nothing_of_the_order(tmp_path: Path) -> None:
    people = [Person(at + 2, f"w{at}") for at in range(300)]
    one, two = codes_of(tmp_path / "1.csv", people), codes_of(tmp_path / "2.csv", people)
    assert len(set(one.values())) == 300
    assert all(re.fullmatch(f"[B-DF-HJ-NP-TV-Z][{ALPHABET}]{{5}}", code) for code in one.values())
    assert not set(one.values()) & set(two.values())
    lines = (tmp_path / "1.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    assert [line.split(";")[-1] for line in lines] == sorted(one.values())
    # By chance about 1 of 300 stays in its place.
    assert sum(line.split(";")[0] == f"w{at}" for at, line in enumerate(lines)) < 20


def test_the_file_tells_who_is_who_and_opens_in_a_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "key.csv"
    codes = codes_of(path)
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbfid;name;email;key;code\r\n")
    assert f"w-1;Søren Ågård;soren@example.org;t1;{codes['w-1']}\r\n" in data.decode("utf-8-sig")
    # A cell that would be a formula is guarded.
    assert f'w-3;"\'=Ida ""I"" Holm; jr";ida@example.org;;{codes["w-3"]}\r\n' in data.decode("utf-8-sig")


def test_nobody_gets_another_code_and_new_people_get_new_ones(tmp_path: Path) -> None:
    path = tmp_path / "key.csv"
    first = codes_of(path)
    later = codes_of(path, [PEOPLE[2], Person(3, "w-9"), PEOPLE[0]])
    assert later["w-1"] == first["w-1"]
    assert later["w-3"] == first["w-3"]
    assert later["w-9"] not in first.values()
    # Who left the roster keeps the code for a later wave.
    assert codes_of(path) == first
    assert path.read_text(encoding="utf-8-sig").count("\n") == 5


def test_a_file_without_new_people_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "key.csv"
    codes_of(path)
    before = path.read_bytes(), path.stat().st_mtime_ns
    codes_of(path, PEOPLE[:1])
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


@pytest.mark.parametrize(("separator", "encoding"), [(";", "cp1252"), (",", "utf-8"), ("\t", "utf-8-sig")])
def test_a_file_saved_by_a_spreadsheet_is_the_same(tmp_path: Path, separator: str, encoding: str) -> None:
    path, people = tmp_path / "key.csv", PEOPLE[:2]
    first = codes_of(path, people)
    text = path.read_text(encoding="utf-8-sig").replace(";", separator)
    path.write_bytes(text.encode(encoding))
    assert codes_of(path, people) == first


def test_who_is_a_code_already_keeps_it(tmp_path: Path) -> None:
    path = tmp_path / "key.csv"
    first = codes_of(path)
    again = codes_of(path, [Person(2, first["w-2"]), Person(3, first["w-1"])])
    assert again == {first["w-2"]: first["w-2"], first["w-1"]: first["w-1"]}


# -- a secret


def by_hand(person: str, secret: bytes) -> str:
    """HMAC-SHA256 in digits: the first to base 19 (letters), eleven more to base 27, the smallest first."""
    number = int(hmac.digest(secret, b"netlearn person code 1\0" + person.encode(), hashlib.sha256).hex(), 16)
    signs = [ALPHABET[number % 19]]
    number //= 19
    return "".join(signs + [ALPHABET[number // 27**place % 27] for place in range(11)])


def test_the_same_secret_and_id_give_the_same_code_everywhere(tmp_path: Path) -> None:
    one = codes_of(tmp_path / "1.csv", secret=SECRET)
    two = codes_of(tmp_path / "2.csv", [Person(9, "w-2"), Person(2, "w-7")], SECRET)
    assert one == {person.id: by_hand(person.id, SECRET) for person in PEOPLE}
    assert two["w-2"] == one["w-2"]
    assert not set(codes_of(tmp_path / "3.csv", secret=SECRET[1:]).values()) & set(one.values())


def test_how_letters_are_put_together_and_spaces_change_no_code() -> None:
    apart = unicodedata.normalize("NFD", "Å1")
    assert apart != "Å1"
    assert code_by_secret(apart, SECRET) == code_by_secret(" Å1 ", SECRET)
    assert code_by_secret("å1", SECRET) != code_by_secret("Å1", SECRET)


@pytest.mark.parametrize("secret", [b"", b"x" * 31, b"x" * 64, b"abcabcab" * 8, b" " * 40 + SECRET[:31]])
def test_a_secret_that_can_be_guessed_is_refused(tmp_path: Path, secret: bytes) -> None:
    path = tmp_path / "secret"
    path.write_bytes(secret)
    path.chmod(0o600)
    findings = Findings()
    assert read_secret(path, findings) is None
    assert [fault.code for fault in findings.faults] == ["secret-short"]


def test_a_secret_is_read_without_what_editors_add(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    path.write_bytes(b"\xef\xbb\xbf" + SECRET + b"\r\n")
    path.chmod(0o600)
    assert read_secret(path, Findings()) == SECRET


def test_a_secret_that_is_not_there(tmp_path: Path) -> None:
    findings = Findings()
    assert read_secret(tmp_path / "secret", findings) is None
    assert [fault.code for fault in findings.faults] == ["unreadable-file"]


def test_a_key_file_stays_with_its_secret(tmp_path: Path) -> None:
    drawn, made = tmp_path / "1.csv", tmp_path / "2.csv"
    codes_of(drawn)
    codes_of(made, secret=SECRET)
    assert keys_of(drawn, secret=SECRET)[1] == [f"key-other-secret:{row}" for row in (2, 3, 4)]
    assert keys_of(made)[1] == [f"key-needs-secret:{row}" for row in (2, 3, 4)]
    assert keys_of(made, secret=SECRET[1:])[1] == [f"key-other-secret:{row}" for row in (2, 3, 4)]
    assert keys_of(made, secret=SECRET)[1] == []


# -- bad key files

HEADER = "id;name;email;key;code\n"


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        (HEADER + "w-1;;;;BCDFGH\nw-1;;;;BCDFGJ\n", ["key-twice:3"]),
        (HEADER + "w-1;;;;BCDFGH\nw-2;;;;BCDFGH\n", ["key-twice:3"]),
        (HEADER + "w-1;;;;\n;;;;BCDFGH\n", ["key-blank:2", "key-blank:3"]),
        (
            HEADER + "w-1;;;;bcdfgh\nw-2;;;;2BCDFG\nw-3;;;;BCDFGHJ\n",
            [f"key-bad-code:{row}" for row in (2, 3, 4)],
        ),
        ("id;name;email;key\nw-1;;;\n", ["missing-column:1"]),
        ("\0\0", ["not-text:1"]),
        # An id that was given to somebody else: nothing that is known of the two is the same.
        (HEADER + "w-1;Bo Li;bo@example.org;t9;BCDFGH\n", ["key-contradicts:2"]),
        # Somebody who is now under another id.
        (HEADER + "w-0;Søren Ågård;SOREN@example.org;;BCDFGH\n", ["key-other-id:2"]),
        (HEADER + "w-0;;;t2;BCDFGH\n", ["key-other-id:2"]),
    ],
)
def test_what_is_wrong_with_a_key_file_is_told_by_row_and_without_names(
    tmp_path: Path, text: str, faults: list[str]
) -> None:
    path = tmp_path / "key.csv"
    path.write_bytes(text.encode("utf-8"))
    path.chmod(0o600)
    keys, found, findings = keys_of(path)
    assert keys is None
    assert found == faults
    said = "".join(findings.lines("en") + findings.lines("da"))
    assert not [
        word for word in ("Søren", "Ågård", "Li", "soren", "example", "w-1", "BCDFGH") if word in said
    ]
    assert path.read_bytes() == text.encode("utf-8")


def test_a_new_name_or_a_new_address_is_the_same_person(tmp_path: Path) -> None:
    path = tmp_path / "key.csv"
    first = codes_of(path)
    married = replace(PEOPLE[0], name="Søren Holm")
    moved = replace(PEOPLE[1], name="  inge-lise   BAK", email="il@example.org")
    assert codes_of(path, [married, moved, PEOPLE[2]]) == first


def test_a_key_file_that_appears_in_the_same_moment_is_not_written_over(tmp_path: Path) -> None:
    path, findings = tmp_path / "key.csv", Findings()
    keys = make_keys(path, PEOPLE, "roster.csv", findings)
    assert keys is not None

    class Late(type(path)):  # type: ignore[misc]
        """Says that it is not there until it is opened."""

        def exists(self, **_: object) -> bool:
            return False

    path.write_bytes(b"other")
    write_keys(Late(path), keys, findings)
    assert [fault.code for fault in findings.faults] == ["key-appeared"]
    assert path.read_bytes() == b"other"
