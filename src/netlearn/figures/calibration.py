"""Calibration: how often tests say "changed" where nothing changed, against what they promise."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from netlearn.errors import NetlearnError
from netlearn.figures.blocks import Block, blocks, upright, write
from netlearn.figures.given import COUNT, TRIALS, drawable
from netlearn.figures.style import BLUE, ORANGE, SKY, Ticks, styled
from netlearn.figures.trials import Trials, name_of, row_of
from netlearn.inference.error_rates import tried
from netlearn.inference.permute import p_interval
from netlearn.wording import Language
from netlearn.wording import figures_power as words
from netlearn.wording.numbers import n_of

NUMBERS = ["people", "rejected", "low", "high", "replications", "alpha"]
COLUMNS = ["test", "world", *NUMBERS, "told"]
TESTS = ("default", "wave_swap", "department_t")
WORLDS = ("N0", "N1", "N2", "N3")
LOOKS = {-1: ("v", SKY), 0: ("o", BLUE), 1: ("^", ORANGE)}
ALPHA = 0.05
LETTERS = 50


def calibration_frame(
    source: Trials | int = 140,
    tests: Sequence[str] | None = None,
    *,
    alpha: float = ALPHA,
    language: Language = "en",
) -> pd.DataFrame:
    """Return how often tests say "changed" where nothing changed.

    Parameters
    ----------
    source : int, or what was found in each world
        A number of people: what was measured with the package, at the nearest number that was tried
        (`docs/calibration.md`). Own trials: `{w: netlearn.try_tests(w, 400)}` of worlds w in which nothing changes.
    tests : sequence of str, optional
        Keys of `netlearn.try_tests` or `netlearn.error_rate`. Default: the interval, the wave swap and the departments
        of what was measured; every test of own trials.
    alpha : float
        What the tests promise: that of own trials, 0.05 of what was measured.
    language : "en" or "da"
        Of the texts.

    Returns
    -------
    DataFrame
        One row per test and world: test (its name), world (its letters; "–" for own settings), people, rejected (share
        of panels), low, high (its 95 % Monte Carlo interval), replications, alpha, told (what happens in the world).

    Raises
    ------
    NetlearnError
        Contact across departments changes in a world, or a test was not tried.
    """
    asked = _measured(source, tests) if isinstance(source, int) else _own(source, tests)
    if not asked:
        raise NetlearnError("calibration needs a test that was tried in one world or more; got none.")
    frame = pd.DataFrame(asked).assign(alpha=ALPHA if isinstance(source, int) else alpha)
    order = list(dict.fromkeys(frame["test"]))
    frame = frame.sort_values("test", key=lambda column: column.map(order.index), kind="stable")
    frame["test"] = [words.trial_name(str(key), language) for key in frame["test"]]
    frame["told"] = [words.world_name("" if key == OWN else str(key), language) for key in frame["world"]]
    return frame.reset_index(drop=True)[COLUMNS].astype(dict.fromkeys(NUMBERS, float))


OWN = "–"


def _measured(people: int, tests: Sequence[str] | None) -> list[dict[str, Any]]:
    rows = []
    for found in (one for test in tests or TESTS for one in tried(test, people, WORLDS)):
        count = round(found.rejected * found.replications)
        low, high = p_interval((1 + count) / (1 + found.replications), found.replications)
        rows.append(found._asdict() | {"low": low, "high": high})
    return rows


def _own(trials: Trials, tests: Sequence[str] | None) -> list[dict[str, Any]]:
    rows = []
    for world, found in trials.items():
        if abs(world.truth()["cross_density"]) > 1e-9:
            raise NetlearnError(
                "calibration needs worlds in which contact across departments does not change; "
                f"this one gains {world.truth()['cross_out_degree']:.2f} colleagues per person. See plot_power."
            )
        place = {"world": name_of(world) or OWN, "people": world.n}
        rows += [place | {"test": test} | row_of(found, test) for test in tests or found.index]
    return rows


def plot_calibration(
    source: Trials | int | pd.DataFrame = 140,
    tests: Sequence[str] | None = None,
    *,
    alpha: float = ALPHA,
    language: Language = "en",
    ax: Axes | None = None,
) -> Axes:
    """Draw how often tests say "changed" where nothing changed, beside the share that they promise.

    Parameters
    ----------
    source : int, trials by world, or the DataFrame of `calibration_frame`
    tests, alpha
        As in `calibration_frame`.
    language : "en" or "da"
        Language of the words; numbers follow it.
    ax : Axes, optional
        Default: new ones on a sheet 85 mm wide.

    Returns
    -------
    Axes
        A row per test and world. Round marks: what is promised lies within the Monte Carlo interval; triangles: more or
        fewer false alarms.

    Raises
    ------
    NetlearnError
        As `calibration_frame`.
    """
    drawable(source, "calibration", (COUNT, TRIALS), COLUMNS)
    if not isinstance(source, pd.DataFrame):
        source = calibration_frame(source, tests, alpha=alpha, language=language)
    table = source.astype(dict.fromkeys(NUMBERS, float))
    parts = [part for _, part in table.groupby("test", sort=False)]
    labels = [str(part["test"].iloc[0]) for part in parts]
    made, height = blocks(labels, [False] * len(parts), [len(part) for part in parts], LETTERS)
    said = _below(table, language)
    title = textwrap.wrap(words.calibration_title(language), 36)
    alt = words.alt_calibration(source, language)
    with styled(ax, height + 27 + 3.3 * (len(said) + len(title)), alt) as drawn:
        write(drawn, made, height)
        upright(drawn, 100 * table["alpha"].iloc[0], made, 0.8, (4, 2))
        sides = [_rows(drawn, part, block, language) for part, block in zip(parts, made, strict=True)]
        _axes(drawn, parts, made, language)
        drawn.set_xlabel("\n".join(said))
        kinds = sorted(set().union(*sides))
        drawn.set_title("\n".join(title), pad=6 + 9.5 * len(kinds))
        _key(drawn, kinds, table["alpha"].iloc[0], language)
    return drawn


def _rows(ax: Axes, part: pd.DataFrame, block: Block, language: Language) -> set[int]:
    """Draw the rows of one test; return which kinds of marks they have."""
    sides = set()
    for row, y in zip(part.to_dict("records"), block.rows, strict=True):
        side = (row["low"] > row["alpha"]) - (row["high"] < row["alpha"])
        marker, colour = LOOKS[side]
        ax.plot([100 * row["low"], 100 * row["high"]], [y, y], color=colour, linewidth=1.3, zorder=3)
        ax.plot(100 * row["rejected"], y, marker, color=colour, markersize=4.5, zorder=4, clip_on=False)
        said = words.calibration_beside(row, language)
        ax.annotate(said, (1.03, y), xycoords=("axes fraction", "data"), va="center", fontsize=6.5)
        sides.add(side)
    return sides


def _axes(ax: Axes, parts: list[pd.DataFrame], made: list[Block], language: Language) -> None:
    most = max(part[name].max() for part in parts for name in ("high", "alpha"))
    ax.set_xlim(-2 * most, 104 * most)
    ax.xaxis.set_major_formatter(Ticks(language))
    ax.grid(axis="x", color="#e6e6e6", linewidth=0.5, zorder=0)
    names = [
        f"{world}, {n_of(n, language)}"
        for part in parts
        for world, n in zip(part["world"], part["people"], strict=True)
    ]
    ax.set_yticks([y for block in made for y in block.rows], names)


def _below(table: pd.DataFrame, language: Language) -> list[str]:
    """Return the lines under the axis: what is counted, in which worlds, and behind how many panels."""
    panels = table["replications"]
    worlds = list(dict.fromkeys(f"{told}." for told in table["told"]))
    note = words.calibration_note(panels.min(), panels.max(), language)
    return [words.calibration_axis(language), *worlds, *textwrap.wrap(note, LETTERS)]


def _key(ax: Axes, sides: list[int], alpha: float, language: Language) -> None:
    for side in sides:
        marker, colour = LOOKS[side]
        label = words.calibration_mark(side, alpha, language)
        ax.plot([], [], marker, color=colour, markersize=4.5, label=label)
    ax.legend(loc="lower left", bbox_to_anchor=(-0.04, 1.0), borderpad=0, handletextpad=0.3)
