"""Blocks of a figure, one under the other: words across the width, and some rows of marks under them."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes

from netlearn.figures.style import INK

LINE = 3.0  # mm for a line of words
ROW = 3.6  # mm for a row of marks
BETWEEN = 2.2  # mm between blocks
MOST_LINES = 3


@dataclass(frozen=True)
class Block:
    """Words, where they stand, and where the rows under them lie; mm from the top of the picture."""

    words: str
    strong: bool
    top: float
    rows: tuple[float, ...]


def blocks(
    labels: Sequence[str], strong: Sequence[bool], rows: Sequence[int], letters: int
) -> tuple[list[Block], float]:
    """Lay out blocks one under the other.

    Parameters
    ----------
    labels : sequence of str
        Written over as many lines as they need, at most three.
    strong : sequence of bool
        Written in bold.
    rows : sequence of int
        Rows of marks under each.
    letters : int
        In a line.

    Returns
    -------
    (blocks, height) : list of Block, mm
    """
    made, at = [], 0.0
    for label, bold, count in zip(labels, strong, rows, strict=True):
        words = textwrap.wrap(label, letters, max_lines=MOST_LINES, placeholder="…") or [""]
        top = at
        at += LINE * len(words) + 0.6
        made.append(Block("\n".join(words), bold, top, tuple(at + ROW * (row + 0.5) for row in range(count))))
        at += ROW * count + BETWEEN
    return made, at


def upright(ax: Axes, x: float, made: Sequence[Block], width: float, dashes: tuple[int, int]) -> None:
    """Draw a broken line at a value beside the rows of blocks, and not through their words."""
    ends = [y for block in made for y in (block.rows[0] - ROW / 2, block.rows[-1] + ROW / 2, float("nan"))]
    ends[-1:] = [ends[-2] + BETWEEN]  # down to the axis
    ax.plot([x] * len(ends), ends, color=INK, linewidth=width, linestyle=(0, dashes), zorder=1)


def write(ax: Axes, made: Sequence[Block], height: float) -> None:
    """Write the words of blocks, and set the y axis to mm from the top."""
    for block in made:
        ax.annotate(
            block.words,
            (0, block.top),
            xycoords=("axes fraction", "data"),
            va="top",
            fontsize=6.5,
            fontweight="bold" if block.strong else "normal",
            linespacing=1.1,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6},
            zorder=2.5,  # over lines across the picture, under marks
        ).set_in_layout(False)  # as wide as the picture, not as the axes
    ax.set_ylim(height, -0.5)
    ax.spines["left"].set_visible(False)
    ax.tick_params(axis="y", length=0)
