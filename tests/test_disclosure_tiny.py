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
from netlearn.analysis.nonresponse import handlings
from netlearn.cli import main
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
    made = simulate_panel(
        n=N, groups=tuple(SIZES.values()), density=0.2, stability=0.6, effect=0.05, seed=3
    ).panel
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
    silent: tuple[int, ...]

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


SILENT = {"all answered": (), "one silent": (4,)}


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Published]:
    made = {}
    for name, silent in SILENT.items():
        folder = tmp_path_factory.mktemp("tiny") / "study"
        agree = write_study(folder, silent)
        assert main(["run", str(folder), "--out", str(folder / "out"), "--draws", "99", "--quiet"]) == 0
        made[name] = Published(folder / "out", read_panel(read_study(folder), "contact"), agree, silent)
    return made


@pytest.fixture(params=list(SILENT))
def published(request: pytest.FixtureRequest, reports: dict[str, Published]) -> Published:
    return reports[request.param]


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
    away = [mixing[label, SHOWN, "(pooled)"] for label in WAVES]
    own = (away[1] - away[0]) * truth.cells[-1]
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


def test_the_departments_row_is_a_dash_in_tables_and_on_the_page(published: Published) -> None:
    ladder = published.table("ladder").query("level == 'department'")
    assert len(ladder)
    assert ladder[["estimate", "se", "low", "high", "p_value"]].isna().all(axis=None)
    assert re.search(r"Departments\s+5\s+(–\s+){4}", published.page)


# -- ties that each hidden department sent in a wave ------------------------------------------------------------


def sent(found: Published, wave: str, mixed: float, close: float) -> np.ndarray:
    """All ties across that the hidden departments can have sent, by their sums and by Gupta's Q of all five: (s, 4).

    Q is the mean share of a department's ties that stay inside, so it knows each department.
    """
    truth, w = truth_of(found.panel), WAVES.index(wave)
    # Both sums are published: the total less the department that is shown.
    inside_sum, across_sum = int(truth.within[w, :4].sum()), int(truth.across[w, :4].sum())
    inside = parts_of(inside_sum, [size * (size - 1) for size in list(SIZES.values())[:4]])
    across = parts_of(across_sum, [across_sum] * 4)
    own = truth.within[w, 4] / (truth.within[w, 4] + truth.across[w, 4])
    left = []
    for row in inside:
        q = ((row / np.maximum(row + across, 1)).sum(axis=1) + own - 1) / (len(SIZES) - 1)
        left.append(across[np.abs(q - mixed) <= close])
    return np.concatenate(left)


def parts_of(total: int, most: list[int]) -> np.ndarray:
    """All ways to write a total as four whole numbers of at most so much each: (s, 4)."""
    first = np.array(list(itertools.product(*(range(min(top, total) + 1) for top in most[:3]))))
    last = total - first.sum(axis=1)
    kept = (last >= 0) & (last <= most[3])
    return np.column_stack([first[kept], last[kept]])


def share_inside(truth: Truth, wave: int) -> float:
    """Gupta's Q by hand."""
    share = truth.within[wave] / (truth.within[wave] + truth.across[wave])
    return float((share.sum() - 1) / (len(SIZES) - 1))


def test_a_mean_of_departments_own_shares_would_tell_what_three_people_sent(
    reports: dict[str, Published],
) -> None:
    found = reports["all answered"]
    truth = truth_of(found.panel)
    whole = sent(found, "after", share_inside(truth, 1), 1e-9)
    assert np.unique(whole[:, 0]).tolist() == [truth.across[1, 0]]  # to many digits it has one solution
    rounded = sent(found, "after", round(share_inside(truth, 1), 2), 0.005)
    assert all(len(np.unique(column)) > 10 for column in rounded.T)  # to two digits it has many


def test_no_mean_of_departments_own_shares_is_told(reports: dict[str, Published]) -> None:
    for found, wave in itertools.product(reports.values(), WAVES):
        told = found.value("within_group_mixing", wave)
        if np.isfinite(told):
            left = sent(found, wave, told, max(1e-9, 0.5 * 10.0 ** -len(f"{told!r}".partition(".")[2])))
            assert all(len(np.unique(column)) > 1 for column in left.T)


def ties_of_three(found: Published, wave: str, over_expected: float) -> float:
    """Solve for all ties that the department of three sent: what is expected across goes by each one's opportunity.

    Somebody in a department of n can reach 21 - n people across, of 20: with the sums known, one unknown is left.
    """
    truth, w = truth_of(found.panel), WAVES.index(wave)
    sent_all = truth.within[w] + truth.across[w]
    expected = truth.across[w].sum() / over_expected
    shown = sent_all[4] * (N - 6) / (N - 1)
    rest = sent_all[:4].sum()
    return float((expected - shown) * (N - 1) - rest * (N - 4))


def test_ties_over_what_was_expected_would_tell_what_three_people_sent(reports: dict[str, Published]) -> None:
    found = reports["all answered"]
    truth = truth_of(found.panel)
    for w, wave in enumerate(WAVES):
        sent_all = truth.within[w] + truth.across[w]
        expected = sent_all @ (N - np.array(list(SIZES.values()))) / (N - 1)
        solved = ties_of_three(found, wave, truth.across[w].sum() / expected)
        assert solved == pytest.approx(sent_all[0], abs=1e-6)


def test_ties_over_what_was_expected_are_not_told_exactly(reports: dict[str, Published]) -> None:
    found = reports["all answered"]
    truth = truth_of(found.panel)
    for w, wave in enumerate(WAVES):
        for level in ("network", "(pooled)"):
            told = found.value("cross_over_expected", wave, level)
            if np.isnan(told):
                continue
            if level == "(pooled)":
                told = truth.across[w].sum() / (
                    truth.across[w, :4].sum() / told
                    + (truth.within[w] + truth.across[w])[4] * (N - 6) / (N - 1)
                )
            solved = ties_of_three(found, wave, told)
            assert abs(solved - (truth.within[w] + truth.across[w])[0]) > 0.01


def test_how_many_departments_are_in_contact_is_not_told(published: Published) -> None:
    assert all(np.isnan(published.value("departments_in_contact", wave)) for wave in WAVES)
    for wave in WAVES:  # beside the shown units only: pairs of the two that stand in every table
        assert published.value("departments_in_contact", wave, SHOWN) in (0.0, 0.5, 1.0)


# -- what one silent person answered, and what others said of that person -------------------------------------------


def test_other_handlings_would_tell_what_others_said_of_the_silent(reports: dict[str, Published]) -> None:
    found = reports["one silent"]
    panel, truth = found.panel, truth_of(found.panel)
    change = compare(panel, "cross_density", draws=0)
    whole = handlings(panel, change).set_index("handling")
    silent = int(np.flatnonzero(~panel.joint_cells(WAVES).senders)[0])
    colleagues = N - int((panel.group() == panel.group()[silent]).sum())
    pairs_only = round(whole.loc["complete_pairs", "estimate"] * (truth.cells.sum() - colleagues))
    said = [panel.wave(label).ties[panel.group() != panel.group()[silent], silent].sum() for label in WAVES]
    assert truth.net.sum() - pairs_only == said[1] - said[0]


def test_other_handlings_are_not_told_where_few_were_silent(reports: dict[str, Published]) -> None:
    shown = reports["one silent"].table("handling").set_index("handling")
    others = shown.drop("two_wave_respondents")
    assert len(others) == 3
    assert others.isna().all(axis=None)
    assert (
        reports["all answered"].table("handling").set_index("handling").loc["complete_pairs"].notna().sum()
        > 3
    )


def counted_ties(found: Published, wave: str) -> list[int]:
    """Numbers of ties that the log of the report tells of the file of a wave."""
    told = [
        row[name]
        for row in found.log["cells"]
        for name in ("ties",)
        if row.get("file", wave).startswith(wave) and name in row
    ]
    for note in found.log["import_log"]:
        if note["file"].startswith(wave):
            told += [int(x) for x in re.findall(r"(\d+) ties", note["text"])]
    return told


def test_the_log_does_not_tell_the_answers_of_the_silent(reports: dict[str, Published]) -> None:
    found = reports["one silent"]
    turned = found.table("turnover").set_index("ties").loc["all"]
    joint = int(turned["kept"] + turned["dissolved"])
    silent = ~found.panel.joint_cells(WAVES).senders
    own = int(found.panel.wave("before").ties[silent].sum())
    assert own > 0
    assert own not in [ties - joint for ties in counted_ties(found, "before")]


# -- answers to a scale, activities of citizens ---------------------------------------------------------------------


@pytest.mark.parametrize("wave", WAVES)
@pytest.mark.parametrize("item", ITEMS)
def test_hidden_answers_to_an_item_have_more_than_one_solution(
    item: str, wave: str, published: Published
) -> None:
    shown = (
        published.table("scale-answers").query("item == @item and wave == @wave").sort_values("level")["n"]
    )
    row = published.table("scale-items").query("item == @item and wave == @wave").iloc[0]
    n = int(row["n"])
    known = shown.to_numpy()
    tried = np.array([c for c in itertools.product(range(n + 1), repeat=4) if sum(c) <= n])
    tried = np.column_stack([tried, n - tried.sum(axis=1)])
    kept = (tried == known) | (np.isnan(known) & (tried > 0))  # a level that nobody chose is shown
    kept[:, 0] &= np.abs(tried @ LEVELS / n - row["mean"]) <= 0.005
    left = tried[kept.all(axis=1)]
    gave = np.setdiff1d(range(N), published.silent if wave == "after" else ())
    truth = np.bincount(published.agree[WAVES.index(wave), gave, ITEMS.index(item)], minlength=6)[1:]
    assert (left == truth).all(axis=1).any()
    assert all(len(np.unique(left[:, k])) > 1 for k in np.flatnonzero(np.isnan(known)))
    assert np.isnan(known).any()
    assert row[["item_rest", "alpha_dropped"]].isna().all()


def test_numbers_of_the_scale_have_two_digits(published: Published) -> None:
    for name in ("scale-quality", "scale-items"):
        numbers = published.table(name).select_dtypes("number").to_numpy(float)
        assert np.allclose(numbers, numbers.round(2), equal_nan=True, atol=0)


def visitors(found: Published) -> np.ndarray:
    """All ways how many citizens took part in 0, 1, 2 and 3 activities before, by the tables: (s, 4)."""
    told = found.table("attendance-distribution").query("period == 'before'")
    shown, most = told["people"].to_numpy(), len(told) - 1  # the last row is "most or more"
    rooms = found.table("attendance-activities").query("period == 'before' and activity.notna()")[
        "participants"
    ]
    tried = np.array(
        [c for c in itertools.product(range(len(CITIZENS) + 1), repeat=4) if sum(c) == len(CITIZENS)]
    )
    merged = np.column_stack([tried[:, :most], tried[:, most:].sum(axis=1)])
    kept = ((merged == shown) | (np.isnan(shown) & (merged > 0))).all(axis=1)
    if rooms.notna().all():
        kept &= tried @ np.arange(4) == rooms.sum()
    return tried[kept]


def test_few_citizens_cannot_be_solved_from_two_tables(reports: dict[str, Published]) -> None:
    left = visitors(reports["all answered"])
    assert (left == CAME["before"]).all(axis=1).any()
    assert len(np.unique(left[:, 3])) > 1
