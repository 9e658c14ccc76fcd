"""How answers are spread over the levels of a scale: bars around the middle, the earlier wave over the later."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_hex, to_rgb

from netlearn.analysis.measurement import MeasurementPart
from netlearn.analysis.scale_matrix import scale_items, scale_plan
from netlearn.errors import NetlearnError
from netlearn.figures.blocks import ROW, Block, blocks, write
from netlearn.figures.given import LIKERTS, MEASUREMENT, drawable
from netlearn.figures.style import INK, shortened, styled
from netlearn.outcomes.likert import Likert, hidden_levels
from netlearn.study.plan import ScalePlan
from netlearn.wording import Language, suppressed
from netlearn.wording import figures_scales as words
from netlearn.wording.figures_tests import left_out
from netlearn.wording.numbers import n_of, number

NUMBERS = ["level", "n", "share", "answered", "side", "least"]
COLUMNS = ["title", "item", "label", "wave", "level_label", *NUMBERS]
# From the end of the scale to the middle; the lower side is hatched too, so that grey print tells the sides apart.
LOWER, HIGHER, MIDDLE = ("#a64b00", "#fbd5a8"), ("#08457e", "#b5d4ea"), "#e3e3e3"
Looks = dict[float, tuple[str, str, str]]
LETTERS = 44
NARROW = 5.5  # per cent of the width: no room for a number
APART = 5.0  # per cent between the bars and what is not shown


def likert_frame(
    source: MeasurementPart | Mapping[str, Likert],
    scale: str | None = None,
    subscale: str = "",
    *,
    items: Sequence[str] | None = None,
    levels: Mapping[float, str] | None = None,
    least: int = 0,
    language: Language = "en",
) -> pd.DataFrame:
    """Return how the answers to each item are spread over the levels.

    Parameters
    ----------
    source : MeasurementPart, or Likert by wave
        The part of `Results.parts` has what may be published: levels of few people are hidden. A researcher who has
        the answers makes `{"before": netlearn.outcomes.likert.likert(matrix, levels), "after": ...}`.
    scale : str, optional
        Of a part: name of the scale; default the first. Of `Likert`: its title.
    subscale : str
        Of a part: only the items of this subscale.
    items : sequence of str, optional
        Of `Likert`: what its items are called.
    levels : mapping of level to str, optional
        Of `Likert`: what its levels are called.
    least : int
        Of `Likert`: hide levels that fewer people chose, and as many others as hide them; 0 = hide nothing.
    language : "en" or "da"
        Of numbers in the texts.

    Returns
    -------
    DataFrame
        One row per item, wave and level: title, item, label (of the item), wave, level_label, level, n, share (NaN =
        hidden), answered (people), side (-1 below the middle of the scale, 0 in it, 1 above), least.

    Raises
    ------
    NetlearnError
        The scale was not answered, or has more than 11 levels.
    """
    if isinstance(source, MeasurementPart):
        return _published(source, scale, subscale, language)
    rows: list[dict[str, Any]] = []
    for wave, found in source.items():
        for at in range(len(found.counts)):
            label = items[at] if items else words.item(at + 1, language)
            hidden = hidden_levels(found.counts[at], least, found.levels)
            answered = float(found.n[at]) if found.n[at] >= least else np.nan
            for level, n, gone in zip(found.levels, found.counts[at], hidden, strict=True):
                told = np.nan if gone or np.isnan(answered) else float(n)
                said = (levels or {}).get(float(level), _bare(float(level), language))
                row = {"item": str(at + 1), "label": label, "wave": wave, "level": float(level)}
                row |= {"level_label": said, "n": told, "answered": answered}
                rows.append(row | {"share": told / answered if answered else np.nan})
    return _frame(rows, scale or words.likert_title(language), least)


def _published(part: MeasurementPart, scale: str | None, subscale: str, language: Language) -> pd.DataFrame:
    known = list(dict.fromkeys(part.answers["scale"]))
    name = known[0] if scale is None and known else scale
    if name not in known:
        raise NetlearnError(f"scale must be one of {', '.join(map(str, known)) or 'none'}; got {scale!r}.")
    plan = scale_plan(part.study, str(name))
    inside = scale_items(plan, subscale)
    titles = {wave.label: wave.title or wave.label for wave in part.study.waves}
    turned = set(plan.reversed)
    rows = []
    for row in part.answers[part.answers["scale"] == name].to_dict("records"):
        if row["item"] in inside:
            label = words.item_label(plan.items[row["item"]] or row["item"], row["item"] in turned, language)
            told = {key: row[key] for key in ("level", "n", "share", "answered")}
            said = _level(plan, float(row["level"]), language)
            rows.append(
                told | {"item": row["item"], "label": label, "wave": titles[row["wave"]], "level_label": said}
            )
    return _frame(rows, subscale or plan.title or plan.name, part.least)


def _level(plan: ScalePlan, level: float, language: Language) -> str:
    bare = _bare(level, language)
    said = [plan.answers[code] for code, of in plan.levels.items() if of == level and code in plan.answers]
    return f"{bare}: {said[0]}" if said and said[0] != bare else bare


def _bare(level: float, language: Language) -> str:
    return number(level, language, 0 if level == round(level) else 1)


def _frame(rows: list[dict[str, Any]], title: str, least: int) -> pd.DataFrame:
    frame = pd.DataFrame(rows)
    middle = (frame["level"].min() + frame["level"].max()) / 2
    made = frame.assign(title=title, least=least, side=np.sign(frame["level"] - middle))
    return made[COLUMNS].astype(dict.fromkeys(NUMBERS, float))


def plot_likert(
    source: MeasurementPart | Mapping[str, Likert] | pd.DataFrame,
    scale: str | None = None,
    subscale: str = "",
    *,
    language: Language = "en",
    ax: Axes | None = None,
) -> Axes:
    """Draw the answers to each item as a bar around the middle of the scale, waves one under the other.

    Parameters
    ----------
    source : MeasurementPart, Likert by wave, or the DataFrame of `likert_frame`
    scale, subscale : str
        As in `likert_frame`.
    language : "en" or "da"
        Language of the words; numbers follow it.
    ax : Axes, optional
        Default: new ones on a sheet 85 mm wide.

    Returns
    -------
    Axes
        Per cent of those who answered the item, whose number is at the right. Hidden levels are one dotted box apart at
        the right: whether they lie above or below the middle is not told. A row of too few people says so.

    Raises
    ------
    NetlearnError
        As `likert_frame`.
    """
    drawable(source, "likert", (MEASUREMENT, LIKERTS), COLUMNS)
    if not isinstance(source, pd.DataFrame):
        source = likert_frame(source, scale, subscale, language=language)
    table = source.astype(dict.fromkeys(NUMBERS, float))
    looks = _looks(table)
    parts = [
        [one for _, one in of_item.groupby("wave", sort=False)]
        for _, of_item in table.groupby("item", sort=False)
    ]
    labels = [str(of_item[0]["label"].iloc[0]) for of_item in parts]
    made, height = blocks(labels, [False] * len(labels), [len(of_item) for of_item in parts], LETTERS)
    hidden = _hidden(table)
    title = textwrap.wrap(str(table["title"].iloc[0]), 36, max_lines=3, placeholder="…")
    columns, lines = _legend([name for name, *_ in looks.values()])
    alt = words.alt_likert(source, language)
    with styled(ax, height + 20 + 3.6 * (lines + len(title)) + 6 * hidden, alt) as drawn:
        write(drawn, made, height)
        far = _far(parts)
        for of_item, block in zip(parts, made, strict=True):
            for one, y in zip(of_item, block.rows, strict=True):
                _bar(drawn, one, y, looks, far, language)
        _axes(drawn, parts, made, far, table, language)
        drawn.set_title("\n".join(title))
        _key(drawn, looks, columns, own=ax is None)
    return drawn


def _looks(table: pd.DataFrame) -> Looks:
    """Return name, colour and hatch of every level, from the lowest to the highest."""
    levels = table.drop_duplicates("level").sort_values("level")
    names = dict(zip(levels["level"], levels["level_label"].astype(str), strict=True))
    found: Looks = {}
    for side, ends in ((-1.0, LOWER), (0.0, (MIDDLE, MIDDLE)), (1.0, HIGHER)):
        of_side = sorted(levels.loc[levels["side"] == side, "level"], reverse=side > 0)
        shades = LinearSegmentedColormap.from_list("side", ends)(np.linspace(0, 1, max(len(of_side), 2)))
        found |= {
            level: (names[level], to_hex(shade), "////" if side < 0 else "")
            for level, shade in zip(of_side, shades, strict=False)
        }
    return {level: found[level] for level in names}


def _hidden(table: pd.DataFrame) -> bool:
    """Return whether some levels are hidden of an item that is told: not so where few people, or nobody, answered."""
    return bool((table["share"].isna() & (table["answered"] > 0)).any())


def _sums(one: pd.DataFrame) -> tuple[float, float, float]:
    """Return how far a bar reaches to both sides of the middle, and what of it is not shown; per cent."""
    share = 100 * one.set_index("side")["share"].fillna(0).groupby(level=0).sum().reindex(
        [-1, 0, 1], fill_value=0
    )
    below, middle, above = share.to_numpy(dtype=float)
    gone = 100 - share.sum() if _hidden(one) else 0.0
    return below + middle / 2, above + middle / 2, max(float(gone), 0.0)


def _far(parts: list[list[pd.DataFrame]]) -> tuple[float, float, float]:
    """Return the farthest that any bar reaches: to the left, to the right, and of what is not shown."""
    sums = np.array([_sums(one) for of_item in parts for one in of_item])
    low, high, gone = (float(value) for value in sums.max(axis=0))
    return max(low, 10.0), max(high, 10.0), gone


def _bar(
    ax: Axes, one: pd.DataFrame, y: float, looks: Looks, far: tuple[float, ...], language: Language
) -> None:
    answered = float(one["answered"].iloc[0])
    beside: dict[str, Any] = {"xycoords": ("axes fraction", "data"), "va": "center", "fontsize": 6.5}
    if np.isnan(answered):
        box = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}  # over the line of the middle
        ax.annotate(left_out(language, unknown=False), (0.5, y), ha="center", bbox=box, zorder=4, **beside)
        return
    ax.annotate(n_of(answered, language), (1.02, y), **beside)
    left, _, gone = _sums(one)
    width = far[0] + far[1] + (APART + far[2] if far[2] else 0)
    at = -left
    for row in one.sort_values("level").to_dict("records"):
        size = 0.0 if np.isnan(row["share"]) else 100 * row["share"]
        if size:
            _cell(ax, at, size, y, looks[row["level"]], size >= NARROW * width / 100, language)
        at += size
    if gone:
        start = far[1] + APART
        ax.barh(y, gone, 2.7, start, color="white", edgecolor=INK, linewidth=0.6, linestyle=":", zorder=2)
        text = f"{suppressed.SIGN} {number(gone, language, 0)}"
        ax.text(start + 1, y, text, fontsize=5.5, va="center", ha="left", zorder=4)


def _cell(
    ax: Axes, at: float, size: float, y: float, look: tuple[str, ...], told: bool, language: Language
) -> None:
    _, colour, hatch = look
    edge = "white" if _dark(colour) else "#7a4a1a"
    ax.barh(y, size, 2.7, at, color=colour, hatch=hatch, edgecolor=edge, linewidth=0, zorder=2)
    if told:
        ink, back = (
            ("white" if _dark(colour) else INK),
            {"facecolor": colour, "edgecolor": "none", "pad": 0.3},
        )
        ax.text(
            at + size / 2, y, number(size, language, 0), fontsize=5.5, color=ink, ha="center", va="center_baseline",
            bbox=back, zorder=4,
        )  # fmt: skip


def _dark(colour: str) -> bool:
    return sum(w * c for w, c in zip((0.299, 0.587, 0.114), to_rgb(colour), strict=True)) < 0.5


def _axes(
    ax: Axes,
    parts: list[list[pd.DataFrame]],
    made: list[Block],
    far: tuple[float, float, float],
    table: pd.DataFrame,
    language: Language,
) -> None:
    for block in made:  # not across the words
        ax.vlines(0, block.rows[0] - ROW / 2, block.rows[-1] + ROW / 2, color=INK, linewidth=0.6, zorder=3)
    ax.set_xlim(-far[0] - 1, far[1] + (APART + far[2] if far[2] else 0) + 1)
    step = 25 if max(far[:2]) > 30 else 10
    ticks = [at for at in range(-100, 101, step) if -far[0] <= at <= far[1]]
    ax.set_xticks(ticks, [number(abs(at), language, 0) for at in ticks])
    names = [shortened(str(one["wave"].iloc[0]), 15) for of_item in parts for one in of_item]
    ax.set_yticks([y for block in made for y in block.rows], names)
    said = [words.likert_axis(language)]
    if _hidden(table):
        said += textwrap.wrap(words.likert_note(int(table["least"].iloc[0]), language), 54)
    ax.set_xlabel("\n".join(said))


def _legend(names: list[str]) -> tuple[int, int]:
    """Return columns and lines of the key: as many columns as the longest name leaves room for."""
    longest = max(len(name) for name in names)
    columns = max(1, min(len(names), 60 // (min(longest, 40) + 6)))
    lines = -(-len(names) // columns)
    return columns, lines * (1 if longest <= 40 else 2)


def _key(ax: Axes, looks: Looks, columns: int, *, own: bool) -> None:
    from matplotlib.patches import Patch

    shown = []
    for name, colour, hatch in looks.values():
        edge = "white" if _dark(colour) else "#7a4a1a"
        label = textwrap.fill(name, 40, max_lines=2, placeholder="…")
        shown.append(Patch(facecolor=colour, hatch=hatch * 2, edgecolor=edge, linewidth=0, label=label))
    how: dict[str, Any] = {"handles": shown, "ncols": columns, "columnspacing": 1.2, "handlelength": 1.6}
    if own:
        ax.figure.legend(loc="outside lower center", **how)
    else:  # the rest of the caller's figure is not ours to write on
        ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.25), **how)
