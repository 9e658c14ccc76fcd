"""A coded copy says the same as the raw files, names nobody, and takes their place only once that is proven."""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from named import FILES, SECRETS, named_study
from studies import changed, grid, limesurvey, nominations, write
from test_withdrawn import adjacency, generator

import netlearn as nl
from netlearn import read_answers, read_panel, read_study
from netlearn.errors import StudyError
from netlearn.study.panel import Panel
from netlearn.study.plan import Study
from netlearn.survey.coded import copy as copying
from netlearn.survey.coded import folder as places
from netlearn.survey.coded.folder import check_out
from netlearn.survey.pseudonymize import Coded, pseudonymize
from netlearn.survey.withdraw import withdraw

Files = dict[str, str]


def codes_of(key: Path) -> dict[str, str]:
    """Read the key file with nothing of netlearn: id -> code."""
    rows = csv.DictReader(io.StringIO(key.read_text(encoding="utf-8-sig"), newline=""), delimiter=";")
    return {row["id"].removeprefix("'"): row["code"] for row in rows}


def people(study: Study) -> list[str]:
    """The ids in the order of the panels: drawn over the sorted ids with the seed."""
    rows = csv.DictReader(io.StringIO((study.folder / study.roster.file).read_text(encoding="utf-8-sig")))
    ids = sorted(row[study.roster.id] for row in rows)
    return [ids[at] for at in np.random.default_rng(study.seed).permutation(len(ids))]


def everything(folder: Path) -> str:
    """Names and contents of all files below a folder."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return "\n".join(
        [*(str(p.relative_to(folder)) for p in files), *(p.read_text(encoding="utf-8") for p in files)]
    )


def told(panel: Panel, names: list[str]) -> dict[object, object]:
    """Every cell and every person of a panel, by name: nothing depends on their order."""
    found: dict[object, object] = {"labels": panel.labels, "directed": panel.directed, "source": panel.source}
    for at, wave in enumerate(panel.waves):
        levels, states = wave.levels, wave.states
        found[wave.label] = wave.threshold
        for i, one in enumerate(names):
            found[wave.label, one] = panel.statuses[at, i], panel.group_names[panel.groups[at, i]]
            for j, two in enumerate(names):
                found[wave.label, one, two] = states[i, j], repr(float(levels[i, j]))
    for name in panel.attributes:
        found |= {(name, one): panel.attributes[name][i] for i, one in enumerate(names)}
    return found


def compared(raw: Study, made: Coded) -> Study:
    """Compare a study with its coded copy, person by person and cell by cell; return the copy."""
    code = codes_of(made.key)
    copy = read_study(made.folder)
    first, second = people(raw), people(copy)
    for relation in raw.relations:
        one, two = read_panel(raw, relation.name), read_panel(copy, relation.name)
        assert told(one, [code[person] for person in first]) == told(two, second)
    return copy


# -- the same


def undirected(how: str) -> Callable[[], Files]:
    def files() -> Files:
        kind = 'kind = "roster"\n'
        return changed(grid(), "study.toml", kind, f'{kind}directed = false\nsymmetrize = "{how}"\n')

    return files


def with_departments() -> Files:
    """Two move, one leaves, one is hired; some are trained; cells with quotes, commas and line ends."""
    roster_keys = (
        'id = "nr"\nstart = "from"\nend = "to"\nattributes = ["id"]\ndepartments = { after = "later" }\n'
    )
    files = changed(grid(), "study.toml", 'file = "roster.csv"\n', f'file = "roster.csv"\n{roster_keys}')
    files = changed(files, "study.toml", "seed = 7", 'seed = 7\ndepartment = "current"')
    files["study.toml"] += '\n[assignment]\ncolumn = "course, given"\nby = "person"\ntrained = ["yes"]\n'
    files["roster.csv"] = (
        'nr,department,later,from,to,id,"course, given"\n'
        'a1,North,,,,"=x",yes\n'
        'a2,North,South,,,"a ""b""\n",no\n'
        "a3,North,,2020-01-01,,ø,yes\n"
        "a4,South,,,,,no\n"
        "a5,South,North,,2024-06-30,,no\n"
        "a6,South,North,2024-01-01,,,yes\n"
    )
    return files


def not_asked_and_odd_levels() -> Files:
    """Levels that are no whole numbers, cells that were not shown, somebody who was shown nothing."""
    files = changed(grid(), "study.toml", '"1" = 1, "2" = 2', '"1" = 0.1, "2" = 12345.678901234567')
    files = changed(
        files, "study.toml", 'dont_know = ["9"]', 'dont_know = ["9"]\nnot_asked = ["n/a"]\nthreshold = 0.1'
    )
    files = changed(files, "before.csv", "a3,0,0,,0,1,9", "a3,0,n/a,,n/a,1,9")
    files = changed(files, "after.csv", "a6,0,0,0,1,1,", "a6,n/a,n/a,n/a,n/a,n/a,")
    return files


def only_about_outsiders() -> Files:
    """Somebody who answered about nobody on the roster took part all the same."""
    files = changed(grid(), "study.toml", "seed = 7", 'seed = 7\ntolerate = ["unknown-people"]')
    header, *rows = files["before.csv"].splitlines()
    lines = [f"{header},contact_zz", *(row + ",0" for row in rows), "a6,,,,,,,1"]
    return files | {"before.csv": "\n".join(lines) + "\n"}


def one_relation_less() -> Files:
    """A second relation with a difficult name, that was asked once."""
    extra = '[[relations]]\nname = "Råd & hjælp/1"\ntitle = "Råd"\nkind = "roster"\ncode = "r"\n'
    files = changed(grid(), "study.toml", "[primary]", extra + 'files = { before = "" }\n\n[primary]')
    header, *rows = files["after.csv"].splitlines()
    answers = [",,1", ",0,", ",,", ",1,0", ",3,"]
    lines = [f"{header},r_a1,r_a2", *(row + more for row, more in zip(rows, answers, strict=True))]
    return files | {"after.csv": "\n".join(lines) + "\n"}


def named() -> Files:
    return dict(FILES)


def open_names() -> Files:
    """A name that may be anybody of three: the answers are a grid, with holes, and tables of networks beside it."""
    files = generator()
    names = ["Ann Bo", "Ann Dal", "Ann Fisk", "Gry Holm", "Ib Juhl", "Kai Lund"]
    files["roster.csv"] = "id,name,department\n" + "".join(
        f"a{at},{name},{'North' if at < 4 else 'South'}\n" for at, name in enumerate(names, start=1)
    )
    plan = changed(files, "study.toml", 'roster.csv"\n', 'roster.csv"\nname = "name"\n')
    return plan | {name: files[name].replace("Zed", "Ann") for name in ("before.csv", "after.csv")}


KINDS: dict[str, Callable[[], Files]] = {
    "grid": grid,
    "nominations": nominations,
    "limesurvey": limesurvey,
    "adjacency": adjacency,
    "generator": generator,
    "either": undirected("either"),
    "both": undirected("both"),
    "departments": with_departments,
    "not asked": not_asked_and_odd_levels,
    "outsiders": only_about_outsiders,
    "less": one_relation_less,
    "named": named,
    "open": open_names,
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_copy_is_the_same_panel(tmp_path: Path, kind: str) -> None:
    study = read_study(write(tmp_path / "s", KINDS[kind]()))
    copy = compared(study, pseudonymize(study, tmp_path / "key.csv"))
    assert (copy.title, copy.seed, copy.primary, copy.secondary) == (
        study.title, study.seed, study.primary, study.secondary,
    )  # fmt: skip
    assert [(r.name, r.title, r.question) for r in copy.relations] == [
        (r.name, r.title, r.question) for r in study.relations
    ]
    assert {wave.dialect for wave in copy.waves} == {"plain"}


@pytest.mark.parametrize("ties", [False, True])
@pytest.mark.parametrize("kind", ["grid", "nominations", "limesurvey", "either", "named"])
def test_who_withdrew_is_not_in_the_answers_and_stays_withdrawn(
    tmp_path: Path, kind: str, ties: bool
) -> None:
    study = read_study(write(tmp_path / "s", KINDS[kind]()))
    person = "w-1002" if kind == "named" else "a2"
    withdraw(study, person, ties)
    made = pseudonymize(study, tmp_path / "key.csv")
    compared(study, made)
    code = codes_of(made.key)[person]
    for path in (made.folder / "coded").glob("*.csv"):
        rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
        mine = [row for row in rows if row.get("id") == code] if path.name != "roster.csv" else []
        assert not any(value for row in mine for name, value in row.items() if name != "id")
        if path.name.startswith(("contact", "advice")):
            assert any(name.endswith(f"_{code}") for name in rows[0]) is not ties


@pytest.mark.parametrize("kind", ["grid", "nominations", "departments", "both", "not asked"])
def test_the_same_change(tmp_path: Path, kind: str) -> None:
    study = read_study(write(tmp_path / "s", KINDS[kind]()))
    copy = read_study(pseudonymize(study, tmp_path / "key.csv").folder)
    one, two = (nl.compare(read_panel(s, "contact"), "cross_density", draws=19) for s in (study, copy))
    # Sums over people in another order differ in the last bits.
    assert two.estimate == pytest.approx(one.estimate, abs=1e-12)
    assert two.interval == pytest.approx(one.interval, abs=1e-9, nan_ok=True)
    assert two.n_cells == one.n_cells


def test_scales_and_background_are_the_same(tmp_path: Path) -> None:
    study = read_study(named_study(tmp_path / "s"))
    made = pseudonymize(study, tmp_path / "key.csv")
    copy, code = read_study(made.folder), codes_of(made.key)
    first, second = people(study), people(copy)
    found = []
    for one, names in ((study, [code[person] for person in first]), (copy, second)):
        shown = {f"p{at:03d}": name for at, name in enumerate(names, start=1)}
        frame = read_answers(one)
        frame["person"] = frame["person"].map(shown)
        frame["answer"] = frame["answer"].where(frame["scale"] == "years", "")
        frame["value"] = frame["value"].where(frame["scale"] == "trust", 0.0).fillna(-1)
        found.append(sorted(map(tuple, frame.to_numpy().tolist())))
    assert found[0] == found[1]
    assert any(row[3:] == ("y", "answered", "12 years", 0.0) for row in found[1])


def test_ego_networks_are_a_row_of_codes_per_respondent(tmp_path: Path) -> None:
    study = read_study(write(tmp_path / "s", generator()))
    made = pseudonymize(study, tmp_path / "key.csv")
    code = codes_of(made.key)
    header, *rows = (made.folder / "coded" / "contact_before.csv").read_text(encoding="utf-8").splitlines()
    assert header == "id,to_1,to_2,about_gender_1,about_gender_2,tie_1_2,nobody"
    assert rows == sorted(
        [
            f"{code['a1']},{code['a2']},{code['a4']},f,m,1,",
            f"{code['a2']},{code['a1']},s2,f,m,0,",
            f"{code['a4']},{code['a5']},,f,,,",
        ]
    )


def test_networks_with_names_that_are_open_are_tables_beside_a_grid(tmp_path: Path) -> None:
    study = read_study(write(tmp_path / "s", open_names()))
    made = pseudonymize(study, tmp_path / "key.csv")
    code = codes_of(made.key)
    compared(study, made)
    rows = list(
        csv.DictReader(io.StringIO((made.folder / "coded" / "alters_1.csv").read_text(encoding="utf-8")))
    )
    before = {(row["ego"], row["alter"], row["gender"]) for row in rows if row["wave"] == "before"}
    assert before == {
        (code["a1"], code["a2"], "f"), (code["a1"], code["a4"], "m"), (code["a2"], code["a1"], "f"),
        (code["a2"], "s2", "m"), (code["a4"], code["a5"], "f"),
    }  # fmt: skip
    assert [row["ego"] for row in rows] == sorted(row["ego"] for row in rows)
    ties = (made.folder / "coded" / "ties_1.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert ties == [f"{code['a1']},{wave},{code['a2']},{code['a4']}" for wave in ("before", "after")]


# -- nobody is named


def test_nothing_that_tells_who_and_nothing_typed_is_left(tmp_path: Path) -> None:
    study = read_study(named_study(tmp_path / "s"))
    made = pseudonymize(study, tmp_path / "key.csv")
    text = everything(made.folder)
    assert not [secret for secret in SECRETS if secret.casefold() in text.casefold()]
    assert not [secret for secret in SECRETS if secret in made.message("en") + made.message("da")]
    # Rows tell nothing of the order of the roster or of answering.
    for path in (made.folder / "coded").glob("*.csv"):
        rows = [row[0] for row in csv.reader(io.StringIO(path.read_text(encoding="utf-8")))][1:]
        assert rows == sorted(rows)
    assert "role" in (made.folder / "coded" / "roster.csv").read_text(encoding="utf-8")
    assert (tmp_path / "s" / "before.csv").is_file()


@pytest.mark.parametrize(
    ("name", "old", "new", "code"),
    [
        ("study.toml", "Talks across units", "The plan of Søren Ågård", "left-name"),
        ("study.toml", "Years here", "Years here? Write to y.dijkstra@example.org", "left-email"),
        ("roster.csv", "2024-06-01,clerk", "2024-06-01,stand-in for Quist", "left-name-part"),
        ("before.csv", "12 years", "with Bo Li", "left-name"),
        ("before.csv", "12 years", "since ILBJ came", "left-initials"),
        ("before.csv", "12 years", "like w-1003", "left-key"),
    ],
)
def test_a_name_in_what_is_kept_stops_the_copy(
    tmp_path: Path, name: str, old: str, new: str, code: str
) -> None:
    study = read_study(write(tmp_path / "s", changed(dict(FILES), name, old, new)))
    with pytest.raises(StudyError) as error:
        pseudonymize(study, tmp_path / "key.csv")
    assert {fault.code for fault in error.value.findings.faults} == {code}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["s"]


def test_running_text_stops_the_copy(tmp_path: Path) -> None:
    study = read_study(write(tmp_path / "s", changed(dict(FILES), "before.csv", "12 years", "well " * 13)))
    with pytest.raises(StudyError, match="running text"):
        pseudonymize(study, tmp_path / "key.csv")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["s"]


def test_what_respondents_were_told_is_left_out(tmp_path: Path) -> None:
    files = named()
    files["study.toml"] += '\n[information]\ncontact = "Ymke Dijkstra"\n'
    study = read_study(write(tmp_path / "s", files))
    assert read_study(pseudonymize(study, tmp_path / "key.csv").folder).information is None


# -- keys over waves and sites


def test_the_same_people_have_the_same_codes_in_a_later_copy(tmp_path: Path) -> None:
    key = tmp_path / "key.csv"
    first = pseudonymize(read_study(write(tmp_path / "s", grid())), key)
    code = codes_of(key)
    files = grid()
    files["roster.csv"] = files["roster.csv"].replace("a3,North\n", "") + "b1,South\n"
    for name in ("before.csv", "after.csv"):
        kept = [line for line in files[name].splitlines() if not line.startswith("a3")]
        files[name] = "\n".join(kept).replace("contact_a3", "contact_b1") + "\n"
    second = pseudonymize(read_study(write(tmp_path / "t", files)), key)
    later = codes_of(key)
    assert (first.new, second.new, second.people) == (6, 1, 6)
    assert {person: later[person] for person in code} == code
    roster = (second.folder / "coded" / "roster.csv").read_text(encoding="utf-8")
    assert code["a1"] in roster
    assert later["b1"] in roster
    assert code["a3"] not in roster


def test_sites_with_one_secret_can_be_joined(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(bytes(range(40, 90)))
    secret.chmod(0o600)
    for site in ("s", "t"):
        study = read_study(write(tmp_path / site, grid()))
        compared(study, pseudonymize(study, tmp_path / f"{site}.csv", secret=secret))
    assert codes_of(tmp_path / "s.csv") == codes_of(tmp_path / "t.csv")


# -- refusals: one clear error, nothing written


def refused(study: Study, key: Path, **options: object) -> list[str]:
    before = {path: path.read_bytes() for path in study.folder.rglob("*") if path.is_file()}
    with pytest.raises(StudyError) as error:
        pseudonymize(study, key, **options)  # type: ignore[arg-type]
    after = {path: path.read_bytes() for path in study.folder.rglob("*") if path.is_file()}
    assert after == before
    return [fault.code for fault in error.value.findings.faults]


def test_places_that_may_not_be_used(tmp_path: Path) -> None:
    study = read_study(write(tmp_path / "s", grid()))
    key = tmp_path / "key.csv"
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("x")
    (tmp_path / "file").write_text("x")
    assert refused(study, tmp_path / "s" / "key.csv") == ["key-in-study"]
    assert refused(study, key, secret=tmp_path / "s" / "secret") == ["key-in-study", "unreadable-file"]
    assert refused(study, tmp_path / "copy" / "key.csv", out=tmp_path / "copy") == ["key-in-study"]
    assert refused(study, key, out=tmp_path / "s") == ["coded-inside"]
    assert refused(study, key, out=tmp_path / "s" / "a" / "b") == ["coded-inside"]
    assert refused(study, key, out=tmp_path / "full") == ["coded-exists"]
    assert refused(study, key, out=tmp_path / "file") == ["coded-exists"]
    assert refused(study, key, out=tmp_path / "none" / "copy") == ["coded-no-parent"]
    assert refused(study, key, out=tmp_path / "copy", replace=True) == ["coded-replace-and-out"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "full", "s"]


def test_a_study_with_faults_is_not_copied(tmp_path: Path) -> None:
    study = read_study(write(tmp_path / "s", changed(grid(), "before.csv", "a1,,1,0,2", "a1,,1,0,5")))
    assert refused(study, tmp_path / "key.csv") == ["unknown-level"]


def test_a_copy_is_replaced_only_as_it_was_left(tmp_path: Path) -> None:
    study, key = read_study(write(tmp_path / "s", grid())), tmp_path / "key.csv"
    made = pseudonymize(study, key)
    (made.folder / ".DS_Store").write_bytes(b"")
    pseudonymize(study, key)
    withdraw(read_study(made.folder), codes_of(key)["a2"])
    assert refused(study, key) == ["coded-exists"]
    assert (made.folder / "withdrawn.csv").is_file()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["key.csv", "s", "s-coded"]


def wrong(text: str) -> str:
    """A table in which one answer is another one."""
    return re.sub(r",0\n", ",1\n", text, count=1)


@pytest.mark.parametrize("replace_raw", [False, True])
def test_a_copy_that_differs_is_never_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, replace_raw: bool
) -> None:
    study = read_study(write(tmp_path / "s", grid()))
    right = copying.grid_text
    monkeypatch.setattr(copying, "grid_text", lambda *given: wrong(right(*given)))
    assert refused(study, tmp_path / "key.csv", replace=replace_raw) == ["coded-differs"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["s"]


def test_scales_that_differ_stop_the_copy_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    study = read_study(named_study(tmp_path / "s"))
    right = copying.scales_text
    monkeypatch.setattr(copying, "scales_text", lambda *given: right(*given).replace("dk", "5"))
    assert refused(study, tmp_path / "key.csv") == ["coded-differs"]


# -- in the place of the raw files


def test_raw_files_go_and_others_stay(tmp_path: Path) -> None:
    folder = write(tmp_path / "s", FILES)
    (folder / "names_to_check.csv").write_text("typed;decision\nSomebody Else;outside\n", encoding="utf-8")
    (folder / "minutes.txt").write_text("x")
    study = read_study(folder)
    withdraw(study, "w-1001", True)
    before, first = read_panel(study, "contact"), people(study)
    made = pseudonymize(study, tmp_path / "key.csv", replace=True)
    code = codes_of(made.key)
    assert made.folder == folder.resolve()
    assert made.deleted == ("after.csv", "before.csv", "roster.csv", "names_to_check.csv")
    assert sorted(path.name for path in folder.iterdir()) == [
        "coded",
        "minutes.txt",
        "study.toml",
        "withdrawn.csv",
    ]
    assert not [secret for secret in SECRETS if secret in everything(folder)]
    copy = read_study(folder)
    assert told(read_panel(copy, "contact"), people(copy)) == told(before, [code[person] for person in first])
    assert all(name in made.message() for name in made.deleted)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["key.csv", "s"]


def test_again_after_a_withdrawal_takes_the_answers_out(tmp_path: Path) -> None:
    study, key = read_study(write(tmp_path / "s", grid())), tmp_path / "key.csv"
    pseudonymize(study, key, replace=True)
    code = codes_of(key)
    coded = read_study(study.folder)
    withdraw(coded, code["a2"], True)
    expected = told(read_panel(coded, "contact"), people(coded))
    made = pseudonymize(coded, key, replace=True)
    assert (made.new, codes_of(key)) == (0, code)
    again = read_study(study.folder)
    assert told(read_panel(again, "contact"), people(again)) == expected
    assert sorted(path.name for path in study.folder.iterdir()) == ["coded-2", "study.toml", "withdrawn.csv"]
    rows = [
        line for path in (study.folder / "coded-2").glob("contact*") for line in path.read_text().splitlines()
    ]
    assert {line.split(",", 1)[1].replace(",", "") for line in rows if line.startswith(code["a2"])} <= {""}


def test_tables_that_the_plan_does_not_name_are_said(tmp_path: Path) -> None:
    study, key = read_study(write(tmp_path / "s", grid())), tmp_path / "key.csv"
    pseudonymize(study, key, replace=True)
    (study.folder / "coded" / "notes.csv").write_text("x")
    again = pseudonymize(read_study(study.folder), key, replace=True)
    assert again.notes[-1].code == "coded-left-beside"
    assert again.notes[-1].values["count"] == 1


def test_names_that_are_not_decided_stop_it(tmp_path: Path) -> None:
    study = read_study(named_study(tmp_path / "s"))
    assert refused(study, tmp_path / "key.csv", replace=True) == ["coded-names-open"]


def test_a_plan_under_another_name_stops_it(tmp_path: Path) -> None:
    folder = write(tmp_path / "s", grid())
    (folder / "study.toml").rename(folder / "plan.toml")
    study = read_study(folder / "plan.toml")
    assert refused(study, tmp_path / "key.csv", replace=True) == ["coded-no-plan"]


def test_what_cannot_be_put_in_place_leaves_all_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = read_study(write(tmp_path / "s", grid()))
    withdraw(study, "a1")
    right = places.write_whole

    def locked(path: Path, data: bytes) -> None:
        if path.name == "study.toml":
            raise PermissionError(13, "in use")
        right(path, data)

    monkeypatch.setattr(places, "write_whole", locked)
    assert refused(study, tmp_path / "key.csv", replace=True) == ["coded-not-put"]


def test_a_raw_file_that_cannot_be_deleted_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    study = read_study(write(tmp_path / "s", grid()))
    right = Path.unlink

    def locked(path: Path, missing_ok: bool = False) -> None:
        if path.name == "before.csv":
            raise PermissionError(13, "in use")
        right(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", locked)
    with pytest.raises(StudyError) as error:
        pseudonymize(study, tmp_path / "key.csv", replace=True)
    assert [(fault.code, fault.file) for fault in error.value.findings.faults] == [
        ("coded-not-deleted", "before.csv")
    ]
    assert read_panel(read_study(study.folder), "contact").n == 6


def test_nothing_outside_of_the_study_is_deleted(tmp_path: Path) -> None:
    write(tmp_path, {"outside.csv": "x"})
    study = read_study(write(tmp_path / "s", grid()))
    wave = replace(study.waves[0], parts={"labels": "../outside.csv"})
    pseudonymize(replace(study, waves=(wave, study.waves[1])), tmp_path / "key.csv", replace=True)
    assert (tmp_path / "outside.csv").read_text() == "x"


@pytest.mark.skipif(os.name == "nt", reason="platform: links need rights on Windows")
def test_a_copy_beside_the_study_by_a_link_is_still_inside(tmp_path: Path) -> None:
    study = read_study(write(tmp_path / "s", grid()))
    (tmp_path / "link").symlink_to(study.folder)
    from netlearn.study.findings import Findings

    findings = Findings()
    check_out(tmp_path / "link" / "copy", study.folder, findings)
    assert [fault.code for fault in findings.faults] == ["coded-inside"]


def test_four_hundred_people_take_seconds(tmp_path: Path) -> None:
    """No clock: it must only not be a matter of every pair of people in Python."""
    rng = np.random.default_rng(5)
    ids = [f"k{at:03d}" for at in range(400)]
    rows = [
        "from,to",
        *(f"{ids[i]},{ids[j]}" for i in range(400) for j in rng.choice(400, 5, replace=False) if i != j),
    ]
    files = nominations() | {name: "\n".join(rows) + "\n" for name in ("before.csv",)}
    files["after.csv"] = "\n".join([rows[0], *rows[4:]]) + "\n"
    files["roster.csv"] = "id,department\n" + "".join(
        f"{person},{'NS'[at % 2]}\n" for at, person in enumerate(ids)
    )
    study = read_study(write(tmp_path / "s", files))
    made = pseudonymize(study, tmp_path / "key.csv")
    one, two = read_panel(study, "contact"), read_panel(read_study(made.folder), "contact")
    assert [two.n_ties(label) for label in two.labels] == [one.n_ties(label) for label in one.labels]
