"""What a coded copy holds beside ties: attendance, places, claims, scales with parts, personal networks; and the same
numbers come out of it."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from studies import changed, write
from test_withdrawn import generator

import netlearn as nl
from netlearn import read_answers, read_panel, read_study
from netlearn.errors import StudyError
from netlearn.study.claims import read_claims
from netlearn.study.findings import Findings
from netlearn.study.plan import Study
from netlearn.study.studyfiles import raw_files
from netlearn.survey.alters import EgoTables, read_egos
from netlearn.survey.attendance import read_attendance
from netlearn.survey.coded.egos import without_typed
from netlearn.survey.pseudonymize import Coded, pseudonymize
from netlearn.survey.scan import scan_files, sensitive_words
from netlearn.survey.withdraw import withdraw

Files = dict[str, str]
N = 16

PLAN = """
[roster]
file = "roster.csv"
name = "name"
shown = "area"
attributes = ["years"]

[[waves]]
label = "before"
date = 2024-01-15
file = "before.csv"

[[waves]]
label = "after"
date = 2024-12-01
file = "after.csv"

[[relations]]
name = "contact"
kind = "roster"
code = "contact"
levels = { "0" = 0, "1" = 1 }

[[scales]]
name = "need"
items = { n1 = "One", n2 = "Two", n3 = "Three" }
levels = { low = 1, mid = 2, high = 3 }
answers = { high = "Very much" }
dont_know = ["?"]
minimum_items = 2
reversed = ["n3"]
subscales = { first = ["n1", "n2"] }

[[scales]]
name = "now"
items = { w1 = "One", w2 = "Two", w3 = "Three" }
score = "sum"
range = [1, 3]
reversed = ["w3"]
subscales = { first = ["w1", "w2"] }

[[gaps]]
name = "gap"
required = "need"
present = "now"

[[attendance]]
name = "rooms"
title = "the rooms"
file = "rooms.csv"
where = { kind = "course" }
assigned = true
strata = "stratum"

[[attendance]]
name = "club"
file = "club.csv"
person = "citizen"
room = "activity"
period = "wave"
count = "visits"
of = "others"
people = "citizens.csv"

[[attendance]]
name = "trips"
file = "trips.csv"
person = "citizen"
period = "wave"
of = "others"
people = "citizens.csv"

[places]
file = "places.csv"
x = "east"
y = "north"

[primary]
name = "across"
relation = "contact"
measure = "cross_density"
waves = ["before", "after"]

[[secondary]]
name = "areas"
relation = "contact"
measure = "cross_share"
group = "area"
waves = ["before", "after"]

[[secondary]]
name = "score"
scale = "now"
measure = "score"
subscale = "first"
waves = ["before", "after"]

[[secondary]]
name = "closing"
gap = "gap"
measure = "gap"
waves = ["before", "after"]

[[secondary]]
name = "rooms"
relation = "contact"
attendance = "rooms"
measure = "shared_rooms"
waves = ["before", "after"]

[[secondary]]
name = "visits"
attendance = "club"
measure = "visits"
waves = ["before", "after"]
"""
CLAIMS = """\
[source]
title = "An article"

[[claims]]
text = "People talk more across."
outcome = "across"
expects = "more"
"""
IDS = [f"k-{at:03d}" for at in range(1, N + 1)]
GIVEN = ["Zitelle", "Ymkje", "Quintus", "Xaver"]
FAMILY = ["Qvistorff", "Vandborgmand", "Zwickysen", "Jylfing"]
NAMES = [f"{given} {family}" for given in GIVEN for family in FAMILY]
CITIZENS = [f"cit{at:04d}" for at in range(7, 37)]


def table(header: list[str], rows: list[list[object]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([header, *rows])
    return out.getvalue()


def answers(rng: np.random.Generator, density: float) -> str:
    """Everybody but the last two answered."""
    rows: list[list[object]] = []
    for at, person in enumerate(IDS[:-2]):
        ties = (rng.random(N) < density).astype(int).tolist()
        need = rng.choice(["low", "mid", "high", "?", ""], 3).tolist()
        now = rng.choice(["1", "2", "3", ""], 3).tolist()
        rows.append([person, *("" if j == at else tie for j, tie in enumerate(ties)), *need, *now])
    return table(["id", *(f"contact_{i}" for i in IDS), *["n1", "n2", "n3", "w1", "w2", "w3"]], rows)


def rich() -> Files:
    """Sixteen people in three departments and two areas, with everything that a study file can name."""
    rng = np.random.default_rng(11)
    places = [("North", "A"), ("South", "A"), ("West", "B"), ("West", "B")]
    people = [
        [person, name, *places[at % 4], f"s{at % 2}", 3 + at % 5]
        for at, (person, name) in enumerate(zip(IDS, NAMES, strict=True))
    ]
    rooms = [[IDS[at], f"room {at % 3}", "course"] for at in range(N)] + [[IDS[0], "lunch", "other"]]
    club = [
        [one, room, wave, int(rng.integers(0, 4))]
        for one in CITIZENS[:-3]
        for room in ("brunch", "games")
        for wave in ("before", "after")
    ]
    trips = [[one, "sea", "after"] for one in CITIZENS[::2]]
    return {
        "study.toml": '[study]\ntitle = "Sixteen"\nseed = 7\nsimulated = true\nnotebook = "sixteen"\n' + PLAN,
        "roster.csv": table(["id", "name", "department", "area", "stratum", "years"], people),
        "before.csv": answers(rng, 0.2),
        "after.csv": answers(rng, 0.4),
        "rooms.csv": table(["person", "room", "kind"], rooms),
        "club.csv": table(["citizen", "activity", "wave", "visits"], club),
        "trips.csv": table(["citizen", "room", "wave"], trips),
        "citizens.csv": table(["citizen", "called"], [[one, f"Person {one}"] for one in CITIZENS]),
        "places.csv": 'department,east,north\nNorth,0.5,1\nSouth,"2,25",0\nWest,7,7\nEast,1,1\n',
        "claims.toml": CLAIMS,
    }


def coded(folder: Path) -> tuple[Study, Coded, Study]:
    study = read_study(folder)
    made = pseudonymize(study, folder.parent / "key.csv")
    return study, made, read_study(made.folder)


def codes_of(key: Path) -> dict[str, str]:
    rows = csv.DictReader(io.StringIO(key.read_text(encoding="utf-8-sig"), newline=""), delimiter=";")
    return {row["id"]: row["code"] for row in rows}


def ids(study: Study) -> list[str]:
    """The ids in the order of the panels: drawn over the sorted ids with the seed."""
    rows = list(csv.DictReader(io.StringIO((study.folder / study.roster.file).read_text(encoding="utf-8"))))
    known = sorted(row[study.roster.id] for row in rows)
    return [known[at] for at in np.random.default_rng(study.seed).permutation(len(known))]


def by_id(study: Study, codes: dict[str, str]) -> dict[str, str]:
    """What results show -> the code of the copy, for a study or its copy."""
    return {f"p{at:03d}": codes.get(one, one) for at, one in enumerate(ids(study), start=1)}


# -- the same numbers


def test_the_analysis_of_the_copy_gives_the_same_numbers(tmp_path: Path) -> None:
    raw, _, copy = coded(write(tmp_path / "s", rich()))
    one, two = (nl.analyse(study, draws=19) for study in (raw, copy))
    assert [found.outcome for found in one.outcomes] == [found.outcome for found in two.outcomes]
    for a, b in zip(one.outcomes, two.outcomes, strict=True):
        assert a.result.n_people == b.result.n_people, a.outcome.name
        assert b.result.estimate == pytest.approx(a.result.estimate, abs=1e-9), a.outcome.name
    assert np.isfinite([found.result.estimate for found in one.outcomes]).all()
    for part, other in zip(one.parts, two.parts, strict=True):
        tables = part.machine_tables(), other.machine_tables()
        assert tables[0].keys() == tables[1].keys()
        for name, frame in tables[0].items():
            drawn = [c for c in frame.columns if c.startswith("p_") or re.search("low|high|_se", c)]
            pd.testing.assert_frame_equal(frame.drop(columns=drawn), tables[1][name].drop(columns=drawn))


def test_the_plan_of_the_copy_is_that_of_the_study(tmp_path: Path) -> None:
    raw, _, copy = coded(write(tmp_path / "s", rich()))
    assert (copy.primary, copy.secondary, copy.gaps) == (raw.primary, raw.secondary, raw.gaps)
    assert (copy.simulated, copy.notebook, copy.seed) == (True, "sixteen", 7)
    assert (copy.roster.shown, copy.roster.attributes, copy.roster.name) == ("area", ("years",), None)
    need, now = copy.scales
    assert (need.levels, need.answers) == ({"1": 1.0, "2": 2.0, "3": 3.0}, {"3": "Very much"})
    # Numbers that happened to be given are no range, and no levels.
    assert (now.levels, now.range, now.score, now.reversed) == ({}, (1.0, 3.0), "sum", ("w3",))
    assert [(s.minimum_items, s.subscales) for s in copy.scales] == [
        (s.minimum_items, s.subscales) for s in raw.scales
    ]
    kept = [(a.name, a.title, a.of, a.assigned, a.strata) for a in copy.attendance]
    assert kept == [(a.name, a.title, a.of, a.assigned, a.strata) for a in raw.attendance]
    assert read_panel(copy, "contact").attributes.keys() == {"years", "area", "stratum"}


# -- attendance


def test_staff_have_the_codes_of_the_copy_in_attendance_lists(tmp_path: Path) -> None:
    raw, made, copy = coded(write(tmp_path / "s", rich()))
    codes = codes_of(made.key)
    rows = (copy.folder / copy.attendance[0].file).read_text(encoding="utf-8").splitlines()
    expected = sorted(f"{codes[person]},room {at % 3},1" for at, person in enumerate(IDS))
    assert rows == ["person,room,times", *expected]
    one, two = read_attendance(raw, "rooms"), read_attendance(copy, "rooms")
    assert {by_id(raw, codes)[p] for p in one.people} == {by_id(copy, {})[p] for p in two.people}


def test_others_get_new_codes_that_no_file_leads_back_from(tmp_path: Path) -> None:
    raw, made, copy = coded(write(tmp_path / "s", rich()))
    rows = list(
        csv.DictReader(io.StringIO((copy.folder / copy.attendance[1].file).read_text(encoding="utf-8")))
    )
    people = (copy.folder / "coded" / "people_1.csv").read_text(encoding="utf-8").split()[1:]
    assert len(people) == len(CITIZENS) == 30
    assert all(re.fullmatch("x[0-9a-f]{6}", code) for code in people)
    assert not {code for code in people if code in made.key.read_text(encoding="utf-8-sig")}
    # Each citizen's row of visits, whoever it is; the two lists are of the same people.
    visits: dict[str, list[tuple[str, str, str]]] = {code: [] for code in people}
    for row in rows:
        visits[row["person"]].append((row["room"], row["period"], row["times"]))
    for line in (copy.folder / copy.attendance[2].file).read_text(encoding="utf-8").splitlines()[1:]:
        person, room, period, _ = line.split(",")
        visits[person].append((room, period, ""))
    files = rich()
    expected: dict[str, list[tuple[str, str, str]]] = {code: [] for code in CITIZENS}
    for row in csv.DictReader(io.StringIO(files["club.csv"])):
        if row["visits"] != "0":
            expected[row["citizen"]].append((row["activity"], row["wave"], row["visits"]))
    for person in CITIZENS[::2]:
        expected[person].append(("sea", "after", ""))
    assert sorted(map(sorted, visits.values())) == sorted(map(sorted, expected.values()))
    again = pseudonymize(raw, made.key)
    assert not set(people) & set((again.folder / "coded" / "people_1.csv").read_text("utf-8").split()[1:])


def test_who_withdrew_is_on_no_attendance_list(tmp_path: Path) -> None:
    study = read_study(write(tmp_path / "s", rich()))
    told = withdraw(study, IDS[2])
    assert told.lists == ("rooms.csv",)
    assert told.files == ("after.csv", "before.csv")
    for language in ("en", "da"):
        assert "rooms.csv" in told.message(language)
        assert "club.csv" not in told.message(language)
    me = f"p{ids(study).index(IDS[2]) + 1:03d}"
    before = read_attendance(study, "rooms")
    assert me not in before.people
    assert me not in set(before.frame["person"])
    assert set(read_answers(study).query("person == @me")["state"]) == {"not answered"}
    made = pseudonymize(study, tmp_path / "key.csv")
    text = (made.folder / "coded" / "attendance_1.csv").read_text(encoding="utf-8")
    assert codes_of(made.key)[IDS[2]] not in text
    assert len(read_attendance(read_study(made.folder), "rooms").people) == N - 1


def test_a_list_that_only_people_who_withdrew_are_on_is_still_a_list(tmp_path: Path) -> None:
    files = rich() | {"rooms.csv": f"person,room,kind\n{IDS[2]},room 1,course\n"}
    study = read_study(write(tmp_path / "s", files))
    withdraw(study, IDS[2])
    copy = read_study(pseudonymize(study, tmp_path / "key.csv").folder)
    assert read_attendance(copy, "rooms").frame.empty
    assert len(read_attendance(copy, "rooms").people) == N - 1


# -- places, claims, files that go


def test_places_and_claims_are_carried(tmp_path: Path) -> None:
    raw, made, copy = coded(write(tmp_path / "s", rich()))
    assert (made.folder / "coded" / "places.csv").read_text(encoding="utf-8").splitlines() == [
        "department,x,y", "East,1.0,1.0", "North,0.5,1.0", "South,2.25,0.0", "West,7.0,7.0",
    ]  # fmt: skip
    assert (made.folder / "claims.toml").read_text(encoding="utf-8") == CLAIMS
    findings = Findings()
    one, two = (read_claims(study, findings) for study in (raw, copy))
    assert one is not None
    assert two is not None
    assert one.claims == two.claims


@pytest.mark.parametrize(
    ("name", "old", "new", "code"),
    [
        ("claims.toml", "People talk", "Ymkje Vandborgmand says that people talk", "left-name"),
        ("rooms.csv", "lunch,other", "lunch with Zitelle,course", "left-name-part"),
        ("trips.csv", "cit0007,sea", "cit0007,to cit0009's house", "left-key"),
    ],
)
def test_a_person_in_what_is_carried_stops_the_copy(
    tmp_path: Path, name: str, old: str, new: str, code: str
) -> None:
    study = read_study(write(tmp_path / "s", changed(rich(), name, old, new)))
    with pytest.raises(StudyError) as error:
        pseudonymize(study, tmp_path / "key.csv")
    assert {fault.code for fault in error.value.findings.faults} == {code}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["s"]


def test_raw_lists_go_when_coded_ones_take_their_place(tmp_path: Path) -> None:
    study = read_study(write(tmp_path / "s", rich()))
    assert {"rooms.csv", "club.csv", "trips.csv", "citizens.csv", "places.csv"} <= set(raw_files(study))
    made = pseudonymize(study, tmp_path / "key.csv", replace=True)
    assert sorted(path.name for path in study.folder.iterdir()) == ["claims.toml", "coded", "study.toml"]
    assert set(made.deleted) == set(raw_files(study))
    assert nl.check_study(study.folder).faults == []
    again = pseudonymize(read_study(study.folder), tmp_path / "key.csv", replace=True)
    assert again.new == 0
    assert sorted(path.name for path in study.folder.iterdir()) == ["claims.toml", "coded-2", "study.toml"]
    assert nl.check_study(study.folder).faults == []


def test_ids_of_others_are_looked_for_and_said_by_their_file(tmp_path: Path) -> None:
    study = read_study(write(tmp_path / "s", rich()))
    sensitive = sensitive_words(study)
    data = {"out.csv": b"a,b\nc001,cit0009\nx,Person\n"}
    (fault,) = scan_files(sensitive, data).faults
    assert (fault.code, fault.row, fault.values["person"], fault.values["roster"]) == (
        "left-key", 2, 4, "citizens.csv",
    )  # fmt: skip
    assert "cit0009" not in "".join(scan_files(sensitive, data).lines("en"))
    short = rich()
    short = {
        name: text.replace("cit00", "c0") if name != "study.toml" else text for name, text in short.items()
    }
    found = scan_files(sensitive_words(read_study(write(tmp_path / "t", short))), {"a.csv": b"c007"})
    assert not found.faults
    assert [(n.file, n.values["count"]) for n in found.notes] == [("citizens.csv", 30)]


# -- personal networks


def ego_study() -> Files:
    """Three respondents; two people outside the roster; departments and remarks of which one was typed."""
    files = generator()
    plan = files["study.toml"].replace("seed = 7", 'seed = 7\ndesign = "ego"')
    plan = plan.replace("{ gender", '{ department = "d{slot}", ease = "e{slot}", gender')
    plan = plan.replace('measure = "cross_density"', 'measure = "size"')
    plan = plan.replace("n_slots = 2", 'n_slots = 3\nnobody_column = "any"\nnobody = "none"')
    header = "id,any,n1,n2,n3,d1,d2,d3,e1,e2,e3,g1,g2,g3,t_1_2,t_1_3,t_2_3\n"
    before = (
        "a1,,a2,,Zed,,,Far,3,,1,f,,m,,1,\n"
        "a2,,Zed,a1,a4,Far,,,2,5,4,m,f,f,0,1,\n"
        "a4,,Ida,,,At Ida's,,,4,,,kind to me,,,,,\n"
        "a5,none,,,,,,,,,,,,,,,\n"
        "a6,,,,,,,,,,,,,,,,\n"
    )
    after = (
        "a1,,a2,Zed,,,Far,,3,2,,f,m,,1,,\na2,,a4,,,,,,1,,,f,,,,,\na6,,a1,a2,Ida,,,North,5,5,5,f,f,m,0,0,0\n"
    )
    return files | {"study.toml": plan, "before.csv": header + before, "after.csv": header + after}


def picture(egos: EgoTables, names: dict[str, str]) -> dict[tuple[str, str], object]:
    """What each respondent told, by name; people outside the roster have none."""
    alters, ties = egos.alters.fillna(""), egos.ties
    found: dict[tuple[str, str], object] = {}
    for row in egos.egos.to_dict("records"):
        key = (names[row["ego"]], row["wave"])
        mine = alters[(alters["ego"] == row["ego"]) & (alters["wave"] == row["wave"])]
        tied = ties[(ties["ego"] == row["ego"]) & (ties["wave"] == row["wave"])]
        place = {person: at for at, person in enumerate(mine["alter"])}
        told = mine.assign(alter=[names.get(one, "") for one in mine["alter"]]).drop(columns=["ego", "wave"])
        pairs = sorted((place[a], place[b]) for a, b in zip(tied["alter_a"], tied["alter_b"], strict=True))
        flags = row["department"], row["answered"], row["ties_answered"]
        found[key] = flags, sorted(told.columns), told[sorted(told.columns)].to_numpy().tolist(), pairs
    return found


def test_personal_networks_are_read_back_the_same(tmp_path: Path) -> None:
    raw, made, copy = coded(write(tmp_path / "s", ego_study()))
    names = by_id(raw, codes_of(made.key)), by_id(copy, {})
    one, two = read_egos(raw, "contact"), read_egos(copy, "contact")
    typed = {"At Ida's": "other-1", "kind to me": "other-1", "Far": "Far"}
    kept = EgoTables(one.egos, one.alters.replace(typed), one.ties)
    assert picture(kept, names[0]) == picture(two, names[1])
    assert copy.relation("contact").n_slots == 3
    notes = {(n.column, n.values["count"]) for n in made.notes if n.code == "coded-rare-answers"}
    assert notes == {("department", 1), ("gender", 1)}
    text = "".join(path.read_text(encoding="utf-8") for path in (copy.folder / "coded").iterdir())
    assert not [word for word in ("Zed", "Ida", "kind to me") if word in text]


def test_personal_networks_of_who_withdrew_and_of_those_who_named_them(tmp_path: Path) -> None:
    for ties in (False, True):
        study = read_study(write(tmp_path / f"s{ties}", ego_study()))
        withdraw(study, "a2", ties)
        made = pseudonymize(study, tmp_path / f"key{ties}.csv")
        text = (made.folder / "coded" / "contact_after.csv").read_text(encoding="utf-8")
        code = codes_of(made.key)["a2"]
        # a1 and a6 named a2 after; a2's own row is gone.
        assert text.count(code) == (0 if ties else 2)
        assert not [line for line in text.splitlines() if line.startswith(code)]


@pytest.mark.parametrize(
    "measure", ["size", "n_departments", "share_elsewhere", "effective_size", "alter_density"]
)
def test_measures_of_personal_networks_are_the_same(tmp_path: Path, measure: str) -> None:
    files = ego_study()
    files["study.toml"] = files["study.toml"].replace('measure = "size"', f'measure = "{measure}"')
    raw, _, copy = coded(write(tmp_path / "s", files))
    one, two = (nl.analyse(study, draws=19).primary.result for study in (raw, copy))
    assert two.estimate == pytest.approx(one.estimate, abs=1e-12, nan_ok=True)
    assert two.n_people == one.n_people


def test_names_that_are_open_stop_a_copy_of_personal_networks(tmp_path: Path) -> None:
    files = ego_study()
    files["study.toml"] = files["study.toml"].replace(
        'file = "roster.csv"', 'file = "roster.csv"\nname = "name"'
    )
    files["study.toml"] = files["study.toml"].replace("n_slots = 3", 'n_slots = 3\nmatch = "name"')
    people = ["Ann Bo", "Ann Dal", "Eva Fisk", "Gry Holm", "Ib Juhl", "Kai Lund"]
    rows = [f"a{at},{name},{'North' if at < 4 else 'South'}" for at, name in enumerate(people, start=1)]
    files["roster.csv"] = "\n".join(["id,name,department", *rows]) + "\n"
    files["before.csv"] = files["before.csv"].replace("Ida,", "Ann,")
    files["after.csv"] = files["after.csv"].replace("Ida,", "Somebody Else,")
    study = read_study(write(tmp_path / "s", files))
    with pytest.raises(StudyError) as error:
        pseudonymize(study, tmp_path / "key.csv")
    assert [f.code for f in error.value.findings.faults] == ["coded-egos-open"]
    # Where no outcome needs them the copy is made, with a grid, and says so.
    plain = files["study.toml"].replace('design = "ego"\n', "").replace('"size"', '"cross_density"')
    other = read_study(write(tmp_path / "t", files | {"study.toml": plain}))
    made = pseudonymize(other, tmp_path / "key.csv")
    assert "coded-as-grid" in [note.code for note in made.notes]
    assert read_study(made.folder).relation("contact").kind == "roster"
    assert read_study(made.folder).relation("contact").n_slots == 3
    assert (made.folder / "coded" / "alters_1.csv").is_file()
    decided = "typed;decision\nAnn;a1\nZed;outside\nSomebody Else;outside\n"
    (tmp_path / "s" / "names_to_check.csv").write_text(decided, encoding="utf-8")
    made = pseudonymize(study, tmp_path / "key2.csv", replace=True)
    assert read_study(made.folder).relation("contact").kind == "name-generator"


def test_people_who_could_not_be_chosen_stop_a_copy_of_personal_networks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where a tool's list of names leaves somebody out."""
    from netlearn.survey import generator as reading

    def without_first(place: object, columns: object) -> np.ndarray:
        return np.arange(6) > 0

    monkeypatch.setattr(reading, "offered", without_first)
    study = read_study(write(tmp_path / "s", ego_study()))
    with pytest.raises(StudyError) as error:
        pseudonymize(study, tmp_path / "key.csv")
    assert [f.code for f in error.value.findings.faults] == ["coded-egos-not-offered"]


def test_what_is_typed_is_replaced_and_what_is_chosen_stays() -> None:
    alters = pd.DataFrame(
        {
            "ego": ["a", "a", "b", "b", "c"],
            "wave": "before",
            "alter": ["s1", "s2", "s1", "p001", "s1"],
            "on_roster": [False, False, False, True, False],
            "department": ["Hall", "Shop", "Shop", "North", "North"],
            "often": ["daily", "daily", "daily", "weekly", "3,5"],
            "known": ["Ja", "", "other-4", "He is my uncle", "-2"],
        }
    )
    egos = EgoTables(pd.DataFrame(), alters, pd.DataFrame())
    found, counts = without_typed(egos, {"North", "South"})
    assert found.alters["department"].tolist() == ["other-1", "Shop", "Shop", "North", "North"]
    assert found.alters["often"].tolist() == ["daily", "daily", "daily", "other-1", "3,5"]
    assert found.alters["known"].tolist() == ["Ja", "", "other-4", "other-1", "-2"]
    assert counts == {"department": 1, "often": 1, "known": 1}
    assert without_typed(found, {"North", "South"})[1] == {}
