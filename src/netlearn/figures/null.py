"""What chance alone gives: the distribution of a statistic under a null model, with the observed value."""

from __future__ import annotations

import textwrap
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from netlearn.analysis.compare import Change
from netlearn.analysis.outcome_result import OutcomeResult
from netlearn.errors import NetlearnError
from netlearn.figures.given import Kind, drawable
from netlearn.figures.style import BLUE, INK, PALE, Ticks, styled
from netlearn.inference.permute import PermutationResult
from netlearn.wording import Language, nulls, outcome_names
from netlearn.wording import figures_tests as words

HOLDERS = ("result", "swap", "flips", "redrawn", "relabelled")  # where results of analyses keep their test
NUMBERS = [
    "left",
    "right",
    "count",
    "extreme",
    "observed",
    "p_value",
    "low",
    "high",
    "draws",
    "undefined",
    "n_people",
]
COLUMNS = (*NUMBERS, "exact", "statistic", "null")
STUDENTISED = ("wave_swap", "wave_swap_sender")
LETTERS = 50


def null_frame(source: Any, statistic: str | None = None, *, language: Language = "en") -> pd.DataFrame:
    """Return how often the draws of a permutation test had which value.

    Parameters
    ----------
    source : PermutationResult, or a result that holds one
        Such as Change, RandomizationResult, EgoChange, AgainstNull or Exposure.
    statistic : str, optional
        What the statistic is called; default: by what is known of the source.
    language : "en" or "da"
        Of the texts.

    Returns
    -------
    DataFrame
        One row per bin: left, right, count, extreme (those at least as extreme as observed); and the same in every row:
        observed, p_value, low, high (95 % Monte Carlo interval of p), draws, exact (bool: all rearrangements),
        undefined (draws without a value, counted as extreme), n_people (NaN if unknown), statistic, null (a sentence).

    Raises
    ------
    NetlearnError
        The source has no permutation test, one whose statistic cannot be computed, or is an OutcomeResult: give its
        `.change`, or `.result` where it is no change of a network.
    """
    if isinstance(source, OutcomeResult):  # its result may be any of those above
        held = "change" if isinstance(source.result, Change) else "result"
        raise NetlearnError(f"plot_null cannot draw an OutcomeResult. Do: give its .{held}.")
    found = _tested(source)
    drawn = None if found is None else found.histogram
    if found is None or drawn is None or not len(drawn.counts):
        raise NetlearnError("no draws to show: p comes from a formula, or the statistic cannot be computed.")
    bins = {"left": drawn.left, "right": drawn.right, "count": drawn.counts, "extreme": drawn.extreme}
    frame = pd.DataFrame(bins).assign(
        observed=found.statistic,
        p_value=found.p_value,
        low=found.low,
        high=found.high,
        draws=found.draws,
        undefined=drawn.undefined,
        n_people=getattr(source, "n_people", np.nan),
        exact=found.exact,
        statistic=statistic or _statistic(source, found, language),
        null=nulls.null_sentence(found.null, language),
    )
    return frame.astype(dict.fromkeys(NUMBERS, float))


def _tested(source: Any) -> PermutationResult | None:
    if isinstance(source, PermutationResult):
        return source
    held = (getattr(source, name, None) for name in HOLDERS)
    return next((one for one in held if isinstance(one, PermutationResult)), None)


TESTED = Kind(
    "the result of a permutation test (netlearn.compare, netlearn.against_null and others)",
    lambda source: _tested(source) is not None or any(hasattr(source, name) for name in HOLDERS),
)


def _statistic(source: Any, found: PermutationResult, language: Language) -> str:
    """Name the statistic: a change or difference over its standard error, a measure, or no more than that it is one."""
    if found.null in STUDENTISED:
        return words.statistic("change", language)
    if getattr(source, "studentised", False):
        return words.statistic("difference", language)
    if hasattr(source, "mixing"):  # a measure of one wave
        return outcome_names.measure(source.measure, language)
    return words.statistic("other", language)


def plot_null(
    source: Any, statistic: str | None = None, *, language: Language = "en", ax: Axes | None = None
) -> Axes:
    """Draw how often chance alone gives which value, and where the observed value lies.

    Parameters
    ----------
    source : PermutationResult, a result that holds one, or the DataFrame of `null_frame`
    statistic : str, optional
        As in `null_frame`.
    language : "en" or "da"
        Language of the words; numbers follow it.
    ax : Axes, optional
        Default: new ones on a sheet 85 mm wide.

    Returns
    -------
    Axes
        Hatched: draws at least as extreme as the observed value, whose share is the p-value. p with its Monte Carlo
        interval stands above, the null model in a sentence below; where all rearrangements were counted it says so.

    Raises
    ------
    NetlearnError
        As `null_frame`.
    """
    drawable(source, "null", (TESTED,), COLUMNS)
    frame = source if isinstance(source, pd.DataFrame) else null_frame(source, statistic, language=language)
    table = frame.astype(dict.fromkeys(NUMBERS, float))
    told = {str(key): value for key, value in table.iloc[0].to_dict().items()}
    said = textwrap.wrap(str(told["null"]), LETTERS)
    head = textwrap.wrap(words.null_p(told, language), LETTERS, break_on_hyphens=False)
    alt = words.alt_null(table, language)
    with styled(ax, 56 + 3 * len(said) + 3.4 * len(head), alt) as ax:
        _bars(ax, table, told, language)
        ax.axvline(told["observed"], color=INK, linewidth=1.4, zorder=4)
        _observed(ax, told, language)
        ax.set_ylim(0, 1.22 * table["count"].max())
        ax.xaxis.set_major_formatter(Ticks(language))
        ax.yaxis.set_major_formatter(Ticks(language))
        ax.locator_params(axis="y", integer=True, nbins=5)
        ax.set_ylabel(words.null_count(bool(told["exact"]), language))
        ax.set_xlabel("\n".join([textwrap.fill(str(told["statistic"]), 50), *said]))
        ax.set_title(textwrap.fill(words.null_title(told["n_people"], language), 42), pad=20 + 9 * len(head))
        above: dict[str, Any] = {"xycoords": "axes fraction", "textcoords": "offset points", "va": "bottom"}
        ax.annotate("\n".join(head), (0, 1), xytext=(0, 15), **above)
        ax.legend(loc="lower left", bbox_to_anchor=(0, 1.0), borderpad=0, borderaxespad=0.2, handlelength=1.6)
    return ax


def _bars(ax: Axes, table: pd.DataFrame, told: dict[str, Any], language: Language) -> None:
    width = table["right"] - table["left"]
    middle = (table["left"] + table["right"]) / 2
    thin = (
        0.75
        if len(table) < 2 or (table["left"].iloc[1:].to_numpy() > table["right"].iloc[:-1]).any()
        else 1.0
    )
    other = table["count"] - table["extreme"]
    look: dict[str, Any] = {"width": width * thin, "linewidth": 0.4, "edgecolor": "white", "zorder": 2}
    ax.bar(middle, other, color="#a6a6a6", **look)
    said = words.null_extreme(told, language)
    ax.bar(middle, table["extreme"], bottom=other, color=BLUE, hatch="//////", label=said, **look)


def _observed(ax: Axes, told: dict[str, Any], language: Language) -> None:
    """Name the observed value at its line, on the side where there is room."""
    low, high = ax.get_xlim()
    right = told["observed"] < (low + high) / 2
    where: Any = {
        "xycoords": ("data", "axes fraction"),
        "textcoords": "offset points",
        "va": "top",
        "zorder": 5,
    }
    look: Any = {"fontweight": "bold", "fontsize": 6.5, "ha": "left" if right else "right"}
    box: Any = {"facecolor": "white", "edgecolor": PALE, "linewidth": 0.4, "pad": 1.0}
    said = words.null_observed(told["observed"], language)
    ax.annotate(said, (told["observed"], 1), xytext=(3 if right else -3, -2), bbox=box, **where, **look)
