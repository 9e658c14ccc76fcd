"""A sheet measured in millimetres for maps: maps at the top, a key of numbered names, notes at the bottom."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
from matplotlib.axes import Axes
from matplotlib.path import Path

from netlearn.figures.layout import FloatArray
from netlearn.figures.style import INK, people, shortened
from netlearn.wording import Language
from netlearn.wording.terms import department

WIDTH = 81.0  # mm between the margins of a column
SMALL = 5.8  # points: keys and notes
LINE = 2.9  # mm from line to line of them
LETTERS = 74  # of notes on a line
BENDS = (0.08, -0.08, 0.16, -0.16, 0.26, -0.26, 0.38, -0.38)  # of the length of a line
STEPS = np.linspace(0.03, 0.97, 40)[:, None]
NAME = 28  # letters of a name with its people on a line of the key


def millimetres(ax: Axes, height: float) -> None:
    """Measure the Axes in millimetres from the lower left, without a frame."""
    ax.set_xlim(0, WIDTH)
    ax.set_ylim(0, height)
    ax.set_aspect("equal", anchor="N")
    ax.set_axis_off()


def key_of(names: Iterable[str], n: Iterable[float], language: Language) -> list[list[str]]:
    """Lines of each name with its people: long names take two, longer ones lose their middle."""
    made = []
    for name, size in zip(names, n, strict=True):
        told = f"{shortened(department(name, language), 2 * NAME - 14)} {people(size, language)}"
        made.append(textwrap.wrap(told, NAME, break_on_hyphens=False) or [""])
    return made


def columns(key: list[list[str]]) -> tuple[list[int], float]:
    """Return where the two columns of a key start and end, and its height in mm."""
    tall = np.cumsum([0, *(len(lines) for lines in key)])
    split = int(np.argmax(tall >= tall[-1] / 2))
    return [0, split, len(key)], LINE * float(max(tall[split], tall[-1] - tall[split]))


def draw_key(ax: Axes, top: float, key: list[list[str]]) -> float:
    """Write the numbered names in two columns, and return where the key ends."""
    ends, height = columns(key)
    for column, (start, end) in enumerate(pairwise(ends)):
        x, y = WIDTH / 2 * column, top
        for at in range(start, end):
            ax.text(x + 3, y - LINE, str(at + 1), fontsize=SMALL, ha="right", fontweight="bold")
            ax.text(x + 4, y - LINE, key[at][0], fontsize=SMALL)
            for line in key[at][1:]:
                y -= LINE
                ax.text(x + 4, y - LINE, line, fontsize=SMALL)
            y -= LINE
    return top - height


def folded(notes: Sequence[str]) -> list[str]:
    """Lines of all notes, one after the other."""
    return textwrap.wrap(" ".join(note for note in notes if note), LETTERS)


def draw_notes(ax: Axes, top: float, lines: Sequence[str]) -> None:
    """Write notes from `top` downwards."""
    for at, line in enumerate(lines):
        ax.text(0, top - LINE * (at + 1), line, fontsize=SMALL, color=INK, ha="left", va="baseline")


def bow(start: FloatArray, end: FloatArray, bend: float) -> Path:
    """Return a curve between two points that bends to the right by a share of its length."""
    middle, along = (start + end) / 2, end - start
    control = middle + bend * np.array([along[1], -along[0]])
    return Path([start, control, end], [Path.MOVETO, Path.CURVE3, Path.CURVE3])


def bow_around(start: FloatArray, end: FloatArray, others: FloatArray, radius: FloatArray) -> Path:
    """Return the curve between two points, of a few bends, that hides least behind other circles: (m, 2), (m,)."""
    curves = [bow(start, end, bend) for bend in BENDS]
    hidden = []
    for curve in curves:
        a, b, c = np.asarray(curve.vertices, dtype=float)
        along = (1 - STEPS) ** 2 * a + 2 * STEPS * (1 - STEPS) * b + STEPS**2 * c
        apart = np.linalg.norm(along[:, None] - others, axis=-1)
        hidden.append(float(np.clip(radius + 0.5 - apart, 0, None).sum()))
    return curves[int(np.argmin(np.round(hidden, 6)))]


def round_number(top: float) -> float:
    """Return the largest of 1, 2, 5, 10, 20, … (or 0.1, 0.2, …) that is not over `top`.

    Examples
    --------
    >>> round_number(37.2), round_number(0.4)
    (20.0, 0.2)
    """
    if not top > 0:
        return 1.0
    power = 10.0 ** np.floor(np.log10(top))
    return float(round(max(m for m in (1, 2, 5) if m * power <= top * (1 + 1e-9)) * power, 12))
