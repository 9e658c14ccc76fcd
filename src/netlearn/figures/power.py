"""Power: how often a change of which size would be seen, simulated or from the standard error of a change."""

from __future__ import annotations

import textwrap
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from netlearn.analysis.compare import Change
from netlearn.analysis.detectable import chance_seen, detectable
from netlearn.errors import NetlearnError
from netlearn.figures.given import CHANGE, TRIALS, drawable
from netlearn.figures.style import INK, MARKERS, SERIES, Ticks, styled
from netlearn.figures.trials import Trials, name_of, row_of
from netlearn.wording import Language
from netlearn.wording import figures_power as words
from netlearn.wording.numbers import n_of
from netlearn.wording.outcome_names import measure
from netlearn.wording.terms import scale
from netlearn.wording.terms import unit as unit_word

NUMBERS = ["change", "power", "low", "high", "replications", "people", "alpha"]
COLUMNS = ["curve", *NUMBERS, "unit", "test", "simulated"]
ENOUGH = 0.8
DASHES = ("-", (0, (5, 2)), (0, (1, 1.2)), (0, (5, 1.5, 1, 1.5)))
LETTERS = 52


def power_frame(
    source: Change | Trials, test: str = "default", *, alpha: float = 0.05, language: Language = "en"
) -> pd.DataFrame:
    """Return how often a true change of which size is seen.

    Parameters
    ----------
    source : Change, or what was found in each world
        Worlds that differ in what people gain are points of one curve: `{w: netlearn.try_tests(w, 400) for w in
        [netlearn.world("N2", 40, gained=g) for g in (0.0, 0.5, 1.0, 1.5)]}`. Of a `Change` the curve is computed from
        its standard error, as `netlearn.detectable` is.
    test : str
        Of trials: a key of `netlearn.try_tests`.
    alpha : float
        Of trials: the one that they were made with.
    language : "en" or "da"
        Of the texts.

    Returns
    -------
    DataFrame
        One row per curve and size, by size: curve (label), change (colleagues in other departments per person in
        trials), power, low, high (95 % Monte Carlo interval; NaN where nothing was simulated), replications, people,
        alpha, unit (in words), test (its name), simulated (bool).

    Raises
    ------
    NetlearnError
        No world, a test that was not tried, or a change without a standard error.
    """
    if isinstance(source, Change):
        return _computed(source, language)
    if not source:
        raise NetlearnError("power needs one world or more; got none.")
    bare = {tried: replace(tried, effect=0.0) for tried in source}
    kinds = list(dict.fromkeys(bare.values()))
    same = len({kind.n for kind in kinds}) < len(kinds)
    rows = []
    for tried, found in source.items():
        label = n_of(tried.n, language)
        if same:
            label = f"{label}, {words.world_name(name_of(tried), language)}"
        told = row_of(found, test)
        rows.append(
            told
            | {"curve": label, "change": tried.truth()["cross_out_degree"], "people": tried.n}
            | {"power": told["rejected"], "kind": kinds.index(bare[tried])}
        )
    frame = pd.DataFrame(rows).sort_values(["kind", "change"], kind="stable", ignore_index=True)
    named = frame.assign(test=words.trial_name(test, language), alpha=alpha, simulated=True)
    return _columns(named.assign(unit=unit_word("colleagues", language)))


def _computed(change: Change, language: Language) -> pd.DataFrame:
    least = detectable(change, 0.99)
    if not np.isfinite(least) or least <= 0:
        raise NetlearnError("power needs a change with a standard error; this one cannot be computed.")
    sizes = np.linspace(0, least, 61)
    frame = pd.DataFrame({"change": sizes, "power": chance_seen(change, sizes)})
    unknown = dict.fromkeys(("low", "high", "replications"), np.nan)
    told = {"curve": n_of(change.n_people, language), "test": measure(change.measure, language)}
    numbers = {"people": change.n_people, "alpha": change.alpha, "simulated": False}
    return _columns(frame.assign(**unknown, **told, **numbers, unit=unit_word(scale(change)[1], language)))


def _columns(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[COLUMNS].astype(dict.fromkeys(NUMBERS, float))


def plot_power(
    source: Change | Trials | pd.DataFrame,
    test: str = "default",
    *,
    alpha: float = 0.05,
    language: Language = "en",
    ax: Axes | None = None,
) -> Axes:
    """Draw how often a true change of which size is seen, a curve for each number of people.

    Parameters
    ----------
    source : Change, trials by world, or the DataFrame of `power_frame`
    test, alpha
        As in `power_frame`.
    language : "en" or "da"
        Language of the words; numbers follow it.
    ax : Axes, optional
        Default: new ones on a sheet 85 mm wide.

    Returns
    -------
    Axes
        The legend says at which change a curve passes 80 %, on a straight line between points. Bands are Monte Carlo
        intervals; the panels behind a point are told below.

    Raises
    ------
    NetlearnError
        As `power_frame`.
    """
    drawable(source, "power", (CHANGE, TRIALS), COLUMNS)
    if not isinstance(source, pd.DataFrame):
        source = power_frame(source, test, alpha=alpha, language=language)
    table = source.astype(dict.fromkeys(NUMBERS, float))
    curves = [part for _, part in table.groupby("curve", sort=False)]
    labels = [_label(part, language) for part in curves]
    lines = sum(label.count("\n") + 1 for label in labels)
    panels = table["replications"]
    note = textwrap.wrap(
        words.power_note(table.iloc[0].to_dict(), panels.min(), panels.max(), language), LETTERS
    )
    alt = words.alt_power(source, language)
    with styled(ax, 56 + 3.4 * (lines + len(note)), alt) as drawn:
        drawn.axhline(100 * ENOUGH, color=INK, linewidth=0.8, linestyle=(0, (4, 2)), zorder=1)
        for at, (part, label) in enumerate(zip(curves, labels, strict=True)):
            _curve(drawn, at, part, label)
        drawn.set_ylim(0, 102)
        drawn.set_yticks([0, 20, 40, 60, 80, 100])
        drawn.set_xlim(left=min(0.0, table["change"].min()))
        drawn.margins(x=0.03)
        drawn.xaxis.set_major_formatter(Ticks(language))
        drawn.grid(axis="y", color="#e6e6e6", linewidth=0.5, zorder=0)
        drawn.set_ylabel(words.power_share(bool(table["simulated"].iloc[0]), language))
        axis = textwrap.fill(words.power_axis(str(table["unit"].iloc[0]), language), LETTERS)
        drawn.set_xlabel("\n".join([axis, *note]))
        drawn.legend(loc="lower left", bbox_to_anchor=(-0.02, 1.0), borderpad=0, handlelength=3.0)
        title = textwrap.fill(words.power_title(language), 42)
        drawn.set_title(title, pad=6 + 9.5 * lines)
    return drawn


def _label(part: pd.DataFrame, language: Language) -> str:
    reached = _reached(part["change"].to_numpy(), 100 * part["power"].to_numpy())
    return textwrap.fill(words.power_curve(str(part["curve"].iloc[0]), reached, language), 42)


def _curve(ax: Axes, at: int, part: pd.DataFrame, label: str) -> None:
    """Draw one curve with its band; curves differ in colour, dashes and marks."""
    x, y = part["change"].to_numpy(), 100 * part["power"].to_numpy()
    colour = SERIES[at % len(SERIES)]
    look: dict[str, Any] = {"color": colour, "linestyle": DASHES[at % len(DASHES)], "linewidth": 1.5}
    if part["simulated"].iloc[0]:
        look |= {"marker": MARKERS[at % len(MARKERS)], "markersize": 4}
        ax.fill_between(
            x, 100 * part["low"], 100 * part["high"], color=colour, alpha=0.18, linewidth=0, zorder=1.5
        )
    ax.plot(x, y, label=label, zorder=3, **look)


def _reached(x: np.ndarray, y: np.ndarray) -> float:
    """Return where a curve first passes 80 %; infinite where it never does, minus infinite where always."""
    over = np.flatnonzero(y >= 100 * ENOUGH)
    if not len(over):
        return np.inf
    at = int(over[0])
    if at == 0:
        return -np.inf
    return float(np.interp(100 * ENOUGH, y[at - 1 : at + 1], x[at - 1 : at + 1]))
