"""Outcome: one question to the data, and the family of tests that answers it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from netlearn.wording.shown import ShownPlan

Alternative = Literal["two-sided", "greater", "less"]
Family = Literal["network", "trained", "ego", "exposure", "scale", "gap", "attendance", "association"]

FAMILIES: dict[Family, tuple[str, ...]] = {
    "network": ("density", "cross_density", "within_density", "cross_share", "ei_index", "cross_log_odds"),
    "trained": (
        "cross_out_degree",
        "cross_in_degree",
        "within_out_degree",
        "out_degree",
        "both_trained",
        "one_trained",
        "trained_score",
    ),
    "ego": (
        "size",
        "n_departments",
        "share_elsewhere",
        "blau",
        "iqv",
        "alter_density",
        "effective_size",
        "constraint",
        "mean_score",
    ),
    "exposure": ("shared_rooms",),
    "scale": ("score",),
    "gap": ("gap",),
    "attendance": ("activities", "visits"),
    "association": ("association",),
}
"""The measures that an outcome may name, by the family of tests that answers for them."""

NEEDS: dict[Family, tuple[str, ...]] = {
    "network": ("relation",),
    "trained": ("relation",),
    "ego": ("relation",),
    "exposure": ("relation", "attendance"),
    "scale": ("scale",),
    "gap": ("gap",),
    "attendance": ("attendance",),
    "association": ("relation", "gap"),
}
"""The keys of an outcome that say what it is measured on, by family."""


def needs(measure: str) -> tuple[str, ...]:
    """Return the keys that say what a measure is measured on.

    Examples
    --------
    >>> needs("cross_density"), needs("trained_score"), needs("mean_score")
    (('relation',), ('scale',), ('relation', 'score'))
    """
    more = {"trained_score": ("scale",), "mean_score": ("relation", "score")}
    return more.get(measure) or NEEDS[family(measure)]


def family(measure: str) -> Family:
    """Return the family of tests that answers for a measure.

    Examples
    --------
    >>> family("ei_index"), family("both_trained")
    ('network', 'trained')
    """
    return next(name for name, measures in FAMILIES.items() if measure in measures)


@dataclass(frozen=True)
class Outcome(ShownPlan):
    """One question to the data: the change of a measure between two waves, or what goes with it.

    `relation`, `scale`, `gap` and `attendance` name what it is measured on: `needs` says which a measure wants.
    `margin` is the smallest change that matters: in colleagues per person for densities, else in the unit that is
    told. `name` is what a claim refers to, `title` what a reader sees. `group` is a column of the roster that counts
    in the place of departments, `score` a column of what was told about each person named, `subscale` a part of the
    scale or gap.
    """

    relation: str
    measure: str
    waves: tuple[str, str]
    alternative: Alternative = "two-sided"
    alpha: float = 0.05
    margin: float | None = None
    name: str = ""
    title: str = ""
    scale: str = ""
    gap: str = ""
    attendance: str = ""
    group: str = ""
    score: str = ""
    subscale: str = ""

    @property
    def family(self) -> Family:
        """The family of tests that answers for it."""
        return family(self.measure)

    @property
    def level(self) -> float:
        """Level of its interval: 95 % at an alpha of 5 %, or 90 % where the question is one-sided."""
        return 1 - self.alpha * (1 if self.alternative == "two-sided" else 2)
