"""A reader with every file of a report on the table cannot work out a number that few people stand behind.

Two small studies go through `netlearn run`; what was hidden is then attacked with everything that was published.
"""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog

from netlearn import read_panel, read_study
from netlearn.cli import main
from netlearn.study.panel import Panel
from netlearn.survey.excel import Workbook

DEPARTMENTS = ("East", "Middle", "North", "South", "West")
EACH, LEAST = 8, 5
PEOPLE = [f"{d[0].lower()}{i}" for d in DEPARTMENTS for i in range(EACH)]
GROUP = np.repeat(np.arange(len(DEPARTMENTS)), EACH)
EAST, MIDDLE, NORTH, SOUTH, WEST = range(5)
TARGET = NORTH * 5 + SOUTH  # a pair's place in the table, row by row
WAVES = ("before", "after")
STUDY = """\
[study]
title = "Forty people"
seed = 7
language = "{language}"
min_cell_size = 5

[roster]
file = "roster.csv"

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
levels = {{ "0" = 0, "1" = 1 }}

[primary]
relation = "contact"
measure = "cross_density"
waves = ["before", "after"]
"""


def answers(seed: int, tie: float) -> np.ndarray:
    """Random ties among forty people, denser within departments."""
    rng = np.random.default_rng(seed)
    same = GROUP[:, None] == GROUP
    ties = (rng.random(same.shape) < np.where(same, 0.5, tie)).astype(float)
    np.fill_diagonal(ties, np.nan)  # nobody is asked about themselves
    return ties


def write_study(folder: Path, waves: dict[str, np.ndarray], language: str) -> None:
    """Write a study with a roster matrix per wave: NaN = left blank, a row of NaN = not there."""
    folder.mkdir()
    roster = [f"{p},{DEPARTMENTS[g]}" for p, g in zip(PEOPLE, GROUP, strict=True)]
    (folder / "roster.csv").write_text("\n".join(["id,department", *roster, ""]), encoding="utf-8")
    (folder / "study.toml").write_text(STUDY.format(language=language), encoding="utf-8")
    for label, ties in waves.items():
        write_answers(folder / f"{label}.csv", ties)


def write_answers(file: Path, ties: np.ndarray) -> None:
    lines = [",".join(["id", *(f"contact_{p}" for p in PEOPLE)])]
    for person, row in zip(PEOPLE, ties, strict=True):
        if not np.isnan(row).all():
            lines.append(",".join([person, *("" if np.isnan(x) else f"{x:.0f}" for x in row)]))
    file.write_text("\n".join([*lines, ""]), encoding="utf-8")


@dataclass(frozen=True)
class Published:
    """The files of a report, and the panel behind it."""

    files: dict[str, bytes]
    panel: Panel

    def table(self, name: str) -> pd.DataFrame:
        return pd.read_csv(io.BytesIO(self.files[f"tables/{name}.csv"]))

    @property
    def text(self) -> str:
        """Everything that can be read as text, pictures, the Word file and the sheets of the workbook too."""
        packed = (".png", ".xlsx", ".docx")
        parts = [data.decode("utf-8") for name, data in self.files.items() if not name.endswith(packed)]
        with zipfile.ZipFile(io.BytesIO(self.files["report.docx"])) as word:
            parts += [word.read(name).decode("utf-8") for name in word.namelist() if name.endswith(".xml")]
        return "\n".join([*parts, *(cell for rows in self.sheets().values() for row in rows for cell in row)])

    def sheets(self) -> dict[str, list[list[str]]]:
        from netlearn.study.findings import Findings

        found = Findings()
        book = Workbook.open(self.files["tables.xlsx"], "tables.xlsx", found)
        assert book is not None
        return {name: book.rows(name, found) or [] for name in book.sheets}

    def words(self, picture: str) -> list[str]:
        tree = ET.fromstring(self.files[f"figures/{picture}.svg"])
        return ["".join(t.itertext()).strip() for t in tree.iter("{http://www.w3.org/2000/svg}text")]


def publish(folder: Path, waves: dict[str, np.ndarray], language: str = "da") -> Published:
    write_study(folder, waves, language)
    out = folder / "out"
    assert main(["run", str(folder), "--quiet", "--draws", "19"]) == 0
    files = {p.relative_to(out).as_posix(): p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file()}
    return Published(files, read_panel(read_study(folder), "contact"))


def attack(
    size: int, equations: list[tuple[np.ndarray, float]], most: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The least and the most of each of `size` unknown counts that fit all equations: a program for each end."""
    left, right = np.array([w for w, _ in equations]), np.array([v for _, v in equations])
    ends = []
    for sign in (1, -1):
        found = []
        for at in range(size):
            aim = np.zeros(size)
            aim[at] = sign
            solved = linprog(aim, A_eq=left, b_eq=right, bounds=np.column_stack([np.zeros(size), most]))
            assert solved.status == 0, "the published numbers contradict each other"
            found.append(sign * solved.fun)
        ends.append(np.round(found, 6))
    return ends[0], ends[1]


# -- a department that is small in one wave only


@pytest.fixture(scope="module")
def small_once(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """In West 3 of 8 answered the second time, and everybody the first time."""
    waves = {"before": answers(1, 0.15), "after": answers(2, 0.25)}
    waves["after"][np.flatnonzero(GROUP == WEST)[:5]] = np.nan
    return publish(tmp_path_factory.mktemp("once") / "study", waves)


def test_its_name_is_in_no_file(small_once: Published) -> None:
    assert small_once.text.count("North") > 0
    assert not re.search(r"\bWest\b", small_once.text)  # an author of a source is called Westfall


def test_its_answers_cannot_be_counted(small_once: Published) -> None:
    """The response table of each wave: what are the 8 and 3 who answered, and the 8 who were employed?"""
    frame = small_once.table("response")
    for wave, truth in (("before", 8), ("after", 3)):
        rows = frame[frame["wave"] == wave].set_index("department")["answered"]
        shown = [d for d in DEPARTMENTS if d in rows.index]
        alone = [(np.eye(5)[DEPARTMENTS.index(d)], rows[d]) for d in shown]
        pooled = np.array([d not in shown for d in DEPARTMENTS], dtype=float)
        low, high = attack(
            5, [*alone, (np.ones(5), rows["all"]), (pooled, rows["(pooled)"])], np.full(5, 40.0)
        )
        assert low[WEST] <= truth <= high[WEST]
        assert high[WEST] - low[WEST] >= LEAST


def test_no_row_of_any_table_stands_for_it(small_once: Published) -> None:
    units = {d for d in DEPARTMENTS if d != "West"} | {"(pooled)", "all", "network"}
    assert set(small_once.table("response")["department"]) <= units
    assert set(small_once.table("measures")["level"]) <= units
    assert set(small_once.table("mixing")["from"]) <= units


# -- a pair of departments that few answered about


@pytest.fixture(scope="module")
def few_asked(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """The first time six of eight in North left the questions about South blank, and nobody of East was alone blank."""
    waves = {"before": answers(3, 0.2), "after": answers(4, 0.3)}
    waves["before"][np.ix_(np.flatnonzero(GROUP == NORTH)[:6], GROUP == SOUTH)] = np.nan
    return publish(tmp_path_factory.mktemp("few") / "study", waves)


def hidden_pairs(published: Published) -> set[tuple[str, str]]:
    frame = published.table("mixing")
    gone = frame[frame["density"].isna()]
    return set(zip(gone["from"], gone["to"], strict=True))


def test_the_pair_and_some_others_are_hidden_in_both_waves(few_asked: Published) -> None:
    frame = few_asked.table("mixing")
    gone = hidden_pairs(few_asked)
    assert ("North", "South") in gone
    assert 4 <= len(gone) < 20
    assert frame.groupby("wave")["density"].apply(lambda d: d.isna().sum()).tolist() == [len(gone)] * 2
    assert not any(a == b for a, b in gone)


def equations_of(published: Published, wave: str, cells: np.ndarray) -> list[tuple[np.ndarray, float]]:
    """What the files say about the ties of one wave, each as weights of the 25 pairs and a value.

    The reader is given the number of cells behind everything, which is not published.
    """
    found: list[tuple[np.ndarray, float]] = []

    def told(weights: np.ndarray, value: float) -> None:
        if not np.isnan(value):
            assert value == pytest.approx(round(value), abs=1e-6)
            found.append((weights.astype(float).ravel(), round(value)))

    place = {d: at for at, d in enumerate(DEPARTMENTS)}
    row, column = np.indices((5, 5))
    mixing = published.table("mixing").query("wave == @wave")
    for line in mixing.itertuples(index=False):
        at = (row == place[line[1]]) & (column == place[line[2]])
        told(at, line[3] * cells[at][0])
    measures = published.table("measures").query("wave == @wave").set_index(["level", "measure"])
    for department, u in place.items():
        sent, own, into = row == u, (row == u) & (column == u), column == u
        value = measures.loc[department]["estimate"]
        people = measures.loc[department]["n_people"]
        told(sent, value["density"] * cells[sent].sum())
        told(own, value["within_density"] * cells[own].sum())
        told(sent & ~own, value["cross_density"] * cells[sent & ~own].sum())
        told(sent & ~own, value["cross_out_degree"] * people["cross_out_degree"])
        told(into & ~own, value["cross_in_degree"] * people["cross_in_degree"])
    turnover = published.table("turnover").set_index("ties")
    for name, at in (("within", row == column), ("cross", row != column)):
        flows = turnover.loc[name]
        told(at, flows["kept"] + flows["dissolved" if wave == "before" else "formed"])
    return found


def truth_of(published: Published, wave: str) -> tuple[np.ndarray, np.ndarray]:
    """Ties and cells of the 25 pairs, on the answers given both times."""
    panel = published.panel
    assert panel.group_names == DEPARTMENTS
    group, shared = panel.group(), panel.joint_cells()
    i, j = panel.wave(wave).arcs(shared)
    return np.bincount(group[i] * 5 + group[j], minlength=25), shared.counts(group, 5).astype(float)


@pytest.mark.parametrize("wave", WAVES)
def test_their_ties_cannot_be_counted(few_asked: Published, wave: str) -> None:
    truth, cells = truth_of(few_asked, wave)
    assert cells[NORTH, SOUTH] == 2 * EACH  # two people answered, each about eight
    equations = equations_of(few_asked, wave, cells)
    assert len(equations) > 25
    assert all(w @ truth == v for w, v in equations)
    low, high = attack(25, equations, cells.ravel())
    assert low[TARGET] <= truth[TARGET] <= high[TARGET]
    assert high[TARGET] - low[TARGET] >= LEAST
    open_ = {(DEPARTMENTS[at // 5], DEPARTMENTS[at % 5]) for at in range(25) if high[at] > low[at]}
    assert open_ <= hidden_pairs(few_asked)


def test_the_attack_succeeds_where_the_pair_alone_is_hidden(few_asked: Published) -> None:
    """The attack must be able to succeed: here with every other pair shown."""
    truth, cells = truth_of(few_asked, "before")
    alone = [(np.eye(25)[at], float(truth[at])) for at in range(25) if at != TARGET]
    low, high = attack(25, [*alone, *equations_of(few_asked, "before", cells)], cells.ravel())
    assert low[TARGET] == high[TARGET] == truth[TARGET]


def test_every_file_hides_the_same(few_asked: Published) -> None:
    """Machine CSV, Danish CSV and Excel have the same empty cells; pictures a dash in their place."""
    gone = hidden_pairs(few_asked)
    danish = pd.read_csv(io.BytesIO(few_asked.files["tables/mixing.dk.csv"]), sep=";", decimal=",")
    machine = few_asked.table("mixing")
    assert list(danish.columns) == ["Måling", "Fra", "Til", "Tæthed"]
    pd.testing.assert_frame_equal(danish.set_axis(machine.columns, axis=1), machine)
    header, *rows = few_asked.sheets()["Hvem nævner hvem"]
    assert header == list(danish.columns)
    assert {(row[1], row[2]) for row in rows if row[3] == ""} == gone
    assert len(rows) == len(machine)
    for picture in ("mixing-earlier", "mixing-later", "mixing-change"):
        words = few_asked.words(picture)
        assert words.count("–") == len(gone)
        numbers = [w for w in words if re.fullmatch(r"[+−]?\d+", w)]
        assert len(numbers) >= 25 - len(gone)
        assert any(w.startswith("–: færre end 5 personer") for w in words)


def test_the_record_says_how_many_are_hidden(few_asked: Published) -> None:
    said = few_asked.files["provenance.json"].decode("utf-8")
    assert f"{len(hidden_pairs(few_asked))} pairs of departments hidden" in said


def test_values_of_departments_are_hidden_in_twos(few_asked: Published) -> None:
    """A value of one department would be solved from that of the whole network."""
    frame = few_asked.table("measures")
    parts = frame[frame["level"] != "network"]
    hidden = parts[parts["n_people"].isna()]
    assert hidden["estimate"].isna().all()
    assert (hidden.groupby(["measure", "wave"]).size() >= 2).all()
    assert (parts["n_people"].dropna() >= LEAST).all()


# -- nothing to hide


def test_where_all_are_many_nothing_is_hidden(tmp_path: Path) -> None:
    found = publish(tmp_path / "study", {"before": answers(5, 0.2), "after": answers(6, 0.3)}, "en")
    assert hidden_pairs(found) == set()
    assert found.table("response")["answered"].notna().all()
    assert "fewer than 5 people behind the number" not in found.text
    assert not any(name.endswith(".dk.csv") for name in found.files)


# -- three waves


def measures_with_three_waves(folder: Path, away: int) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Run a study in which some of North were away midway; return its measures, mixing and turnover."""
    waves = {"before": answers(7, 0.2), "after": answers(8, 0.3)}
    write_study(folder, waves, "en")
    midway = answers(9, 0.25)
    midway[np.flatnonzero(GROUP == NORTH)[:away]] = np.nan
    write_answers(folder / "midway.csv", midway)
    plan = (folder / "study.toml").read_text(encoding="utf-8")
    wave = '[[waves]]\nlabel = "midway"\ndate = 2024-06-01\nfile = "midway.csv"\n\n'
    last = plan.index('[[waves]]\nlabel = "after"')
    (folder / "study.toml").write_text(plan[:last] + wave + plan[last:], encoding="utf-8")
    assert main(["run", str(folder), "--quiet", "--draws", "19"]) == 0
    measures, mixing, turnover = (
        pd.read_csv(folder / "out" / "tables" / f"{name}.csv") for name in ("measures", "mixing", "turnover")
    )
    return measures, mixing, turnover


def test_all_and_departments_are_shown_on_the_answers_of_the_mixing_tables(tmp_path: Path) -> None:
    """One of North was away midway. Shown on the answers of all waves, the ties of North, or of all, would tell that
    person's by subtraction from the mixing table, or from the turnover."""
    frame, mixing, turnover = measures_with_three_waves(tmp_path / "study", 1)
    north = frame.query("level == 'North' and measure == 'within_density'").set_index("wave")["estimate"]
    assert set(north.index) == {"before", "after"}
    same = mixing.query("`from` == 'North' and `to` == 'North'").set_index("wave")["density"]
    assert north.to_dict() == same.to_dict()
    whole = frame.query("level == 'network' and measure == 'cross_out_degree'").set_index("wave")
    assert set(whole.index) == {"before", "after"}
    flows = turnover.set_index("ties").loc["cross"]
    ties = (whole["estimate"] * whole["n_people"]).round(6)
    assert ties["before"] == flows["kept"] + flows["dissolved"]
    assert ties["after"] == flows["kept"] + flows["formed"]


def test_where_many_were_away_all_waves_are_told_of_all(tmp_path: Path) -> None:
    frame, _, _ = measures_with_three_waves(tmp_path / "study", LEAST)
    whole = frame.query("level == 'network' and measure == 'cross_out_degree'").set_index("wave")
    assert set(whole.index) == {"before", "midway", "after"}
    assert set(whole["n_people"]) == {len(PEOPLE) - LEAST}
