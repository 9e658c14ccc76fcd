"""People who withdrew: in the list once, out of every later run, never named, never taken back in silence."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from named import IDS as IDS_OF_NAMED
from named import SECRETS, named_study
from studies import ROSTER, grid, limesurvey, nominations, write

from netlearn import read_answers, read_panel, read_study
from netlearn.errors import NetlearnError, StudyError
from netlearn.study.findings import Findings
from netlearn.study.panel import STATUSES
from netlearn.study.withdrawn import FILE, read_withdrawn
from netlearn.survey.alters import read_egos
from netlearn.survey.withdraw import withdraw

DAY = date(2025, 2, 3)
IDS = ["a1", "a2", "14", "=x"]


def listed(folder: Path, text: str | bytes, ids: list[str] = IDS) -> tuple[dict[str, bool], list[str]]:
    """Write the list and read it: who withdrew, and code and row of each fault."""
    (folder / FILE).write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
    findings = Findings()
    found = read_withdrawn(folder, findings, ids)
    return found, [f"{fault.code}:{fault.row}" for fault in findings.faults]


def place(person: str) -> int:
    """Where somebody stands in the panels: codes are drawn over the sorted ids with the seed."""
    ids = sorted(row.split(",")[0] for row in ROSTER.splitlines()[1:])
    order = np.random.default_rng(7).permutation(len(ids)).tolist()
    return order.index(ids.index(person))


# -- the list


def test_without_a_list_nobody_withdrew(tmp_path: Path) -> None:
    findings = Findings()
    assert read_withdrawn(tmp_path, findings, IDS) == {}
    assert not findings.items


def test_a_later_line_takes_ties_out_and_never_brings_them_back(tmp_path: Path) -> None:
    lines = "id,ties,date\na1,no,2025-01-01\na2,yes,2025-01-02\na1,yes,2025-01-03\na2,no,2025-01-04\n"
    assert listed(tmp_path, lines) == ({"a1": True, "a2": True}, [])


@pytest.mark.parametrize(
    "data",
    [
        "id;ties;date\r\n14;ja;03-02-2025\r\n",
        "\ufeffid;ties;date\r\n14.0;YES;03-02-2025\r\n",
        "ties\tid\nyes\t14\n\t\n",
        'id,ties,note\n14,yes,"på orlov; ""måske"""\n'.encode("cp1252"),
    ],
)
def test_a_list_that_a_spreadsheet_saved_is_read_the_same(tmp_path: Path, data: str | bytes) -> None:
    assert listed(tmp_path, data) == ({"14": True}, [])


def test_every_line_that_is_unclear_is_a_fault_and_repeats_nobody(tmp_path: Path) -> None:
    found, faults = listed(tmp_path, "id,ties\na9@x.org,no\n\na1,maybe\na2,\n")
    assert found == {}
    assert faults == ["withdrawn-unknown:2", "withdrawn-ties-unclear:4", "withdrawn-ties-unclear:5"]
    findings = Findings()
    read_withdrawn(tmp_path, findings, IDS)
    assert "a9" not in "".join(findings.lines("en") + findings.lines("da"))


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        ("person,ties\na1,no\n", "missing-column:1"),
        ("id,ties,id\na1,no,a1\n", "duplicate-column:1"),
        ("", "missing-column:1"),
        ('id,ties\n"a1,no\n', "broken-quotes:3"),
        ("id,ties\na1,no\n".encode("utf-16"), "not-text:1"),
    ],
)
def test_a_list_that_cannot_be_read_stops_the_run(tmp_path: Path, data: str | bytes, fault: str) -> None:
    found, faults = listed(tmp_path, data)
    assert found == {}
    assert faults[0] == fault


# -- the command


def test_by_id_and_by_the_code_of_the_results(tmp_path: Path) -> None:
    study = read_study(write(tmp_path / "s", grid()))
    code = f"p{place('a2') + 1:03d}"
    told = withdraw(study, code, day=DAY)
    assert (told.roster, told.row, told.ties, told.already, told.by_result_code) == (
        "roster.csv",
        3,
        False,
        False,
        True,
    )
    assert told.files == ("after.csv", "before.csv")
    assert (study.folder / FILE).read_bytes() == b"\xef\xbb\xbfid;ties;date\r\na2;no;2025-02-03\r\n"
    assert withdraw(study, " a2 ", day=DAY).already


def test_again_with_ties_adds_a_line_and_again_without_changes_nothing(tmp_path: Path) -> None:
    study = read_study(write(tmp_path / "s", grid()))
    told = [withdraw(study, "a2", ties, day=DAY) for ties in (False, False, True, True, False)]
    assert [one.already for one in told] == [False, True, False, True, True]
    assert [one.ties for one in told] == [False, False, True, True, True]
    lines = (study.folder / FILE).read_text(encoding="utf-8-sig").split()
    assert lines == ["id;ties;date", "a2;no;2025-02-03", "a2;yes;2025-02-03"]


def test_columns_and_lines_of_the_user_stay(tmp_path: Path) -> None:
    study = read_study(write(tmp_path / "s", grid()))
    (study.folder / FILE).write_text("id,ties,date,asked by\na1,no,2025-01-01,phone\n", encoding="utf-8")
    withdraw(study, "a2", day=DAY)
    lines = (study.folder / FILE).read_text(encoding="utf-8-sig").splitlines()
    assert lines == ["id;ties;date;asked by", "a1;no;2025-01-01;phone", "a2;no;2025-02-03;"]


@pytest.mark.parametrize("code", ["Søren Ågård", "w-9", "", "id:p001", "code:w-1001", "p999"])
def test_a_code_of_nobody_is_refused_without_repeating_it(tmp_path: Path, code: str) -> None:
    study = read_study(named_study(tmp_path / "s"))
    with pytest.raises(NetlearnError) as error:
        withdraw(study, code)
    assert not code or code not in str(error.value).replace("a code such as p001", "")
    assert not (study.folder / FILE).exists()


def test_a_text_that_means_two_people_is_refused_until_it_is_said_which(tmp_path: Path) -> None:
    files = {
        name: text.replace("a", "p00") if name == "roster.csv" else text for name, text in grid().items()
    }
    files["roster.csv"] = "id,department\n" + "".join(f"p00{k},{'NS'[k > 3]}\n" for k in range(1, 7))
    study = read_study(write(tmp_path / "s", files))
    order = np.random.default_rng(7).permutation(6).tolist()
    # The person at place k of the panel has the id p00(order[k] + 1).
    moved = next(k for k in range(6) if order[k] != k)
    text = f"p00{moved + 1}"
    with pytest.raises(NetlearnError, match=f"id:{text}"):
        withdraw(study, text)
    assert withdraw(study, f"id:{text}", day=DAY).row == moved + 2
    assert withdraw(study, f"code:{text}", day=DAY).row == order[moved] + 2


def test_the_list_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    study = read_study(write(tmp_path / "s", grid()))
    withdraw(study, "a1", day=DAY)
    before = (study.folder / FILE).read_bytes()
    (study.folder / f"{FILE}.tmp").mkdir()
    with pytest.raises((StudyError, OSError)):
        withdraw(study, "a2", day=DAY)
    assert (study.folder / FILE).read_bytes() == before


def test_a_list_with_faults_is_not_added_to(tmp_path: Path) -> None:
    study = read_study(write(tmp_path / "s", grid()))
    (study.folder / FILE).write_text("id,ties\nzz,no\n", encoding="utf-8")
    with pytest.raises(StudyError, match="row 2"):
        withdraw(study, "a2", day=DAY)
    assert (study.folder / FILE).read_text(encoding="utf-8") == "id,ties\nzz,no\n"


@pytest.mark.parametrize("language", ["en", "da"])
def test_the_message_names_the_files_that_still_hold_the_answers_and_nobody(
    tmp_path: Path, language: str
) -> None:
    study = read_study(named_study(tmp_path / "s"))
    told = withdraw(study, "w-1003", True, day=DAY)
    for said in (told.message(language), withdraw(study, "w-1003").message(language)):  # type: ignore[arg-type]
        assert "after.csv, before.csv" in said
        assert "pseudonymize" in said
        assert {"en": "row 4", "da": "række 4"}[language] in said
        assert not [secret for secret in SECRETS if secret in said]


# -- later runs


def adjacency() -> dict[str, str]:
    """The grid as tables person x person."""
    files = grid()
    files["study.toml"] = files["study.toml"].replace(
        'kind = "roster"\ncode = "contact"', 'kind = "adjacency"'
    )
    return files | {name: files[name].replace("contact_", "") for name in ("before.csv", "after.csv")}


KINDS = {"grid": grid, "nominations": nominations, "limesurvey": limesurvey, "adjacency": adjacency}


@pytest.mark.parametrize("ties", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_answers_are_gone_from_every_later_run(tmp_path: Path, kind: str, ties: bool) -> None:
    study = read_study(write(tmp_path / "s", KINDS[kind]()))
    me, other = place("a2"), place("a1")
    before = read_panel(study, "contact")
    withdraw(study, "a2", ties, day=DAY)
    panel = read_panel(read_study(study.folder), "contact")
    assert panel.ids == before.ids
    for wave, old, statuses in zip(panel.waves, before.waves, panel.statuses, strict=True):
        assert STATUSES[statuses[me]] == "withdrew"
        assert not wave.observed[me].any()
        rest = [i for i in range(6) if i != me]
        # a1 named a2 both times.
        assert (wave.states[other, me] == "yes") is not ties
        columns = rest if ties else list(range(6))
        assert (wave.states[np.ix_(rest, columns)] == old.states[np.ix_(rest, columns)]).all()
        if ties:
            assert set(wave.states[rest, me]) == {"not asked"}


def test_with_ties_nothing_is_told_about_the_person_not_even_that_somebody_did_not_know(
    tmp_path: Path,
) -> None:
    study = read_study(write(tmp_path / "s", grid()))
    withdraw(study, "a6", True, day=DAY)
    states = read_panel(study, "contact").wave("before").states
    assert set(np.delete(states[:, place("a6")], place("a6"))) == {"not asked"}


GENERATOR = """\
kind = "name-generator"
n_slots = 2
columns = { to = "n{slot}" }
alter_columns = { gender = "g{slot}" }
alter_ties = "t_{a}_{b}"
"""
NAMED = "id,n1,n2,g1,g2,t_1_2\na1,a2,a4,f,m,1\na2,a1,Zed,f,m,0\na4,a5,,f,,\n"


def generator() -> dict[str, str]:
    """Three people who name colleagues and tell about them; one of those named is not on the roster."""
    files = grid()
    start, end = files["study.toml"].split('kind = "roster"\n')
    study = start + GENERATOR + end[end.index("\n[primary]") :]
    study = study.replace("seed = 7", 'seed = 7\ntolerate = ["unknown-people"]')
    return files | {"study.toml": study, "before.csv": NAMED, "after.csv": NAMED.replace("a5", "a6")}


def test_ego_networks_lose_the_respondent(tmp_path: Path) -> None:
    study = read_study(write(tmp_path / "s", generator()))
    withdraw(study, "a2", day=DAY)
    egos = read_egos(study, "contact")
    me = f"p{place('a2') + 1:03d}"
    assert me not in set(egos.egos["ego"]) | set(egos.alters["ego"]) | set(egos.ties["ego"])
    assert list(egos.alters["alter"]).count(me) == 2


def test_ego_networks_lose_ties_to_the_person(tmp_path: Path) -> None:
    study = read_study(write(tmp_path / "s", generator()))
    withdraw(study, "a2", True, day=DAY)
    egos = read_egos(study, "contact")
    me = f"p{place('a2') + 1:03d}"
    assert me not in {*egos.alters["alter"], *egos.ties["alter_a"], *egos.ties["alter_b"]}
    assert len(egos.alters) == 4
    assert egos.ties.empty


def test_answers_to_scales_and_typed_names_are_gone_too(tmp_path: Path) -> None:
    study = read_study(named_study(tmp_path / "s"))
    me = np.random.default_rng(7).permutation(6).tolist().index(IDS_OF_NAMED.index("w-1001"))
    withdraw(study, "w-1001", True, day=DAY)
    frame = read_answers(study)
    mine = frame[frame["person"] == f"p{me + 1:03d}"]
    assert len(mine) == 6
    assert set(mine["state"]) == {"not answered"}
    for relation in ("contact", "advice"):
        for wave in read_panel(study, relation).waves:
            assert not wave.observed[me].any()
            assert not wave.observed[:, me].any()


def test_a_withdrawn_person_may_be_anybody_who_answered_last(tmp_path: Path) -> None:
    files = grid()
    files["before.csv"] = "\n".join(files["before.csv"].splitlines()[:2]) + "\n"
    study = read_study(write(tmp_path / "s", files))
    withdraw(study, "a1", day=DAY)
    with pytest.raises(StudyError, match=r"before\.csv"):
        read_panel(study, "contact")
