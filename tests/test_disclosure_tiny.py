"""Twenty-one people in departments of 3, 4, 4, 4 and 6: what a reader of the whole report can work out about the small.

A study goes through `netlearn run`. Each hidden number is then solved for from everything that was published: all whole
numbers that agree with it are tried, and more than one must be left. The same attacks are run on tables in which
nothing is hidden, to show that they would find the truth there.
"""

from __future__ import annotations

import itertools
import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from netlearn import compare, read_panel, read_study, simulate_panel
from netlearn.cli import main
from netlearn.measures.blocks import within_group_mixing
from netlearn.study.panel import Panel

SIZES = {"Alfa": 3, "Beta": 4, "Delta": 4, "Gamma": 4, "Omega": 6}
HIDDEN, SHOWN, LEAST = list(SIZES)[:4], "Omega", 5
PEOPLE = [f"{name[0].lower()}{i}" for name, size in SIZES.items() for i in range(size)]
UNIT = np.repeat(np.arange(len(SIZES)), list(SIZES.values()))
N = len(PEOPLE)
WAVES = ("before", "after")
ITEMS, LEVELS = ("q1", "q2", "q3"), np.arange(1, 6)
CITIZENS = [f"x{i:03d}" for i in range(30)]
# Citizens by number of the three activities in each period: few came to all three before.
CAME = {"before": (8, 12, 7, 3), "after": (6, 9, 8, 7)}
STUDY = f"""\
[study]
title = "Twenty-one people"
seed = 7
min_cell_size = {LEAST}

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

[[scales]]
name = "words"
levels = {{ "1" = 1, "2" = 2, "3" = 3, "4" = 4, "5" = 5 }}

[scales.items]
q1 = "We mean the same"
q2 = "We have words in common"
q3 = "I am understood"

[[attendance]]
name = "activities"
file = "visits.csv"
person = "who"
room = "what"
period = "when"
of = "others"
people = "citizens.csv"

[primary]
name = "contact"
relation = "contact"
measure = "cross_density"
waves = ["before", "after"]

[[secondary]]
name = "words"
scale = "words"
measure = "score"
waves = ["before", "after"]

[[secondary]]
name = "activities"
attendance = "activities"
measure = "activities"
waves = ["before", "after"]
"""


def write_study(folder: Path, silent: tuple[int, ...]) -> np.ndarray:
    """Write a study in which some people did not answer the second time; return the answers to the scale."""
    made = simulate_panel(n=N, groups=tuple(SIZES.values()), density=0.2, stability=0.6, effect=0.05, seed=3).panel
    rng = np.random.default_rng(5)
    agree = np.clip(rng.normal(3.2, 1.0, (2, N, len(ITEMS))).round(), 1, 5).astype(int)
    folder.mkdir()
    rows = [f"{p},{list(SIZES)[g]}" for p, g in zip(PEOPLE, UNIT, strict=True)]
    (folder / "roster.csv").write_text("\n".join(["id,department", *rows, ""]), encoding="utf-8")
    for w, label in enumerate(WAVES):
        lines = [",".join(["id", *(f"contact_{p}" for p in PEOPLE), *ITEMS])]
        for i, person in enumerate(PEOPLE):
            if w == 0 or i not in silent:
                ties = ["" if i == j else str(int(made.wave(label).ties[i, j])) for j in range(N)]
                lines.append(",".join([person, *ties, *map(str, agree[w, i])]))
        (folder / f"{label}.csv").write_text("\n".join([*lines, ""]), encoding="utf-8")
    (folder / "citizens.csv").write_text("\n".join(["who", *CITIZENS, ""]), encoding="utf-8")
    (folder / "visits.csv").write_text("\n".join(["who,what,when", *visits(), ""]), encoding="utf-8")
    (folder / "study.toml").write_text(STUDY, encoding="utf-8")
    return agree


def visits() -> list[str]:
    """Rows of the attendance list: citizens in turn take part in none, one, two or three of the activities."""
    rooms = ("food", "games", "choir")
    found = []
    for label, counts in CAME.items():
        times = np.repeat(range(len(counts)), counts).tolist()
        for i, (who, many) in enumerate(zip(CITIZENS, times, strict=True)):
            found += [f"{who},{rooms[(i + k) % 3]},{label}" for k in range(many)]
    return found


@dataclass(frozen=True)
class Published:
    """A report, and what is behind it."""

    out: Path
    panel: Panel
    agree: np.ndarray

    def table(self, name: str) -> pd.DataFrame:
        return pd.read_csv(self.out / "tables" / f"{name}.csv")

    def value(self, measure: str, wave: str, level: str = "network") -> float:
        rows = self.table("measures").query("measure == @measure and wave == @wave and level == @level")
        return float(rows["estimate"].iloc[0])

    @cached_property
    def log(self) -> dict[str, object]:
        return json.loads((self.out / "provenance.json").read_text(encoding="utf-8"))

    @cached_property
    def page(self) -> str:
        return re.sub(r"<[^>]+>", " ", (self.out / "report.html").read_text(encoding="utf-8"))


@pytest.fixture(scope="module", params=[(), (4,)], ids=["all answered", "one silent"])
def published(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Published:
    folder = tmp_path_factory.mktemp("tiny") / "study"
    agree = write_study(folder, request.param)
    assert main(["run", str(folder), "--out", str(folder / "out"), "--draws", "99", "--quiet"]) == 0
    return Published(folder / "out", read_panel(read_study(folder), "contact"), agree)


@dataclass(frozen=True)
class Truth:
    """Ties and cells that the departments send, jointly observed: (wave, department)."""

    within: np.ndarray
    across: np.ndarray
    cells: np.ndarray

    @property
    def net(self) -> np.ndarray:
        """Net change of the ties across, by department."""
        return self.across[1] - self.across[0]


def truth_of(panel: Panel) -> Truth:
    seen = panel.joint_cells(WAVES).dense()
    group = panel.group()
    home = np.array([panel.group_names.index(name) for name in SIZES])[:, None] == group
    other = group[:, None] != group
    ties = np.array([panel.wave(label).ties & seen for label in WAVES])
    sums = [[(home @ np.where(other == away, y, 0).sum(axis=1)) for y in ties] for away in (False, True)]
    return Truth(np.array(sums[0]), np.array(sums[1]), home @ (seen & other).sum(axis=1))


# -- what each hidden department changed ------------------------------------------------------------------------


def net_changes(found: Published, ladder: pd.DataFrame, most: int = 25) -> np.ndarray:
    """All net changes of the four hidden departments that agree with totals, mixing tables and ladder: (s, 4).

    The reader knows how many work in each department and who was silent, so the cells too: the hardest case.
    """
    truth, turned = truth_of(found.panel), found.table("turnover").set_index("ties").loc["cross"]
    mixing = found.table("mixing").set_index(["wave", "from", "to"])["density"]
    away = mixing.xs(SHOWN, level="from").drop(SHOWN, level="to").unstack("wave")
    own = (away["after"] - away["before"]).sum() * truth.cells[-1]  # one other column: everybody else pooled
    rest = int(turned["formed"] - turned["dissolved"]) - round(own)
    span = np.arange(-most, most + 1)
    a, b, c = (x.ravel() for x in np.meshgrid(span, span, span, indexing="ij"))
    tried = np.column_stack([a, b, c, rest - a - b - c])
    tried = tried[np.abs(tried[:, 3]) <= most]
    shares = np.column_stack([tried / truth.cells[:4], np.full(len(tried), round(own) / truth.cells[-1])])
    row = ladder.query("role == 'primary' and level == 'department'").iloc[0]
    se = shares.std(axis=1, ddof=1) / len(SIZES) ** 0.5
    p = 2 * stats.t.sf(np.abs(shares.mean(axis=1)) / np.where(se > 0, se, np.nan), len(SIZES) - 1)
    agrees = np.ones(len(tried), bool)
    for column, values in (("estimate", shares.mean(axis=1)), ("se", se), ("p_value", p)):
        if np.isfinite(row[column]):
            agrees &= np.isclose(values, row[column], rtol=1e-7, atol=1e-12)
    return tried[agrees]


def test_the_change_of_a_hidden_department_cannot_be_solved_for(published: Published) -> None:
    left = net_changes(published, published.table("ladder"))
    assert (left == truth_of(published.panel).net[:4]).all(axis=1).any()  # the attack is a right one
    assert all(len(np.unique(column)) > 5 for column in left.T)


def test_with_the_departments_own_row_it_could(published: Published) -> None:
    open_ = compare(published.panel, "cross_density", draws=0).ladder.assign(role="primary")
    left = net_changes(published, open_)
    assert (left == truth_of(published.panel).net[:4]).all(axis=1).any()
    assert len(np.unique(left[:, 0])) == 1  # the department of three, whose cells are like no other's


def test_the_departments_row_is_a_dash_on_the_page_and_in_every_outcome(published: Published) -> None:
    ladder = published.table("ladder").query("level == 'department'")
    assert len(ladder)
    assert ladder[["estimate", "se", "low", "high", "p_value"]].isna().all(axis=None)
    change = compare(published.panel, "cross_density", draws=0).ladder.set_index("level").loc["department"]
    assert not re.search(rf"\b0\.{round(change['p_value'] * 1000):03d}\b", published.page)


# -- ties that each hidden department sent in a wave ------------------------------------------------------------


def sent(found: Published, wave: str, mixed: float, places: int) -> np.ndarray:
    """All (ties within, ties across) of the hidden departments that agree with their sums and Gupta's Q: (s, 2, 4)."""
    truth, w = truth_of(found.panel), WAVES.index(wave)
    sums = truth.within[w, :4].sum(), truth.across[w, :4].sum()  # both are published: total less the shown department
    most = np.array([size * (size - 1) for size in SIZES.values()])[:4]
    inside = compositions(int(sums[0]), most.tolist())
    outside = compositions(int(sums[1]), [int(sums[1])] * 4)
    own = truth.within[w, 4] / (truth.within[w, 4] + truth.across[w, 4])
    found_ = []
    for row in inside:
        q = ((row / np.maximum(row + outside, 1)).sum(axis=1) + own - 1) / (len(SIZES) - 1)
        hits = outside[np.abs(q - mixed) <= 0.5 * 10.0**-places]
        found_ += [np.stack([np.broadcast_to(row, hits.shape), hits], axis=1)]
    return np.concatenate(found_)


def compositions(total: int, most: list[int]) -> np.ndarray:
    """All ways to write a total as four whole numbers of at most so much each, none of the sums zero."""
    first = itertools.product(*(range(top + 1) for top in most[:3]))
    rows = np.array([row for row in first if 0 <= total - sum(row) <= most[3]])
    return np.column_stack([rows, total - rows.sum(axis=1)])


@pytest.mark.parametrize("wave", WAVES)
def test_no_share_of_departments_own_ties_tells_what_each_sent(published: Published, wave: str) -> None:
    told = published.value("within_group_mixing", wave)
    if np.isnan(told):
        return  # not published: nothing to solve with
    left = sent(published, wave, told, 9)
    truth = truth_of(published.panel)
    assert (left[:, 1] == truth.across[WAVES.index(wave), :4]).all(axis=1).any()
    assert all(len(np.unique(left[:, 1, k])) > 1 for k in range(4))


def test_the_enumeration_knows_the_measure(published: Published) -> None:
    seen = published.panel.joint_cells(WAVES)
    ties, _ = (
        np.array([[(published.panel.wave("before").ties & seen.dense())[np.ix_(a, b)].sum() for b in groups] for a in groups])
        for groups in [[published.panel.group() == k for k in range(5)]] * 2
    )
    truth = truth_of(published.panel)
    share = truth.within[0] / (truth.within[0] + truth.across[0])
    assert (share.sum() - 1) / 4 == pytest.approx(within_group_mixing(ties, ties))
