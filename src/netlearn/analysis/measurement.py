"""How well the scales of a study measure, wave by wave, in numbers that may be shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from netlearn.analysis.data import How, StudyData
from netlearn.analysis.scale_matrix import item_matrix, minimum_items, scale_items, scale_range
from netlearn.outcomes.icc import Intraclass, intraclass
from netlearn.outcomes.items import ceiling, item_analysis
from netlearn.outcomes.likert import hidden_levels, likert, mean_tells
from netlearn.outcomes.reliability import Reliability, reliability
from netlearn.outcomes.scores import FloatArray, answered_items, scores
from netlearn.study.plan import ScalePlan, Study
from netlearn.wording.shown import Shown

Row = dict[str, Any]
Holds = Literal["enough", "undecided", "not", "unknown"]
ENOUGH = 0.7
MOST_DRAWS = 999
MOST_LEVELS = 11
ANSWERS = ["scale", "wave", "item", "level", "n", "share", "answered"]
NAN = float("nan")


@dataclass(frozen=True, eq=False)
class MeasurementPart(Shown):
    """How well each scale, and each subscale, measured in each wave. Nothing of few people is in it.

    Attributes
    ----------
    study : Study
    scales : DataFrame
        One row per scale or subscale ("" = the whole scale) and wave: n_people (with a score), n_complete, n_items,
        alpha and omega with their 95 % intervals, lowest and highest (share of people at the ends), icc with its
        interval, n_departments, design_effect, holds ("enough": the intervals of alpha and omega lie at 0.70 or above;
        "not": all below; "undecided"; "unknown"), warnings and reasons (words of `outcomes`, spaces between).
    items : DataFrame
        One row per item and wave, within its subscale where it has one: reversed, n, missing (share of those who
        answered anything of that scale or subscale), mean (after turning), item_rest, alpha_dropped.
    answers : DataFrame
        One row per item, wave and level, as answered: n, share, and all that answered the item. No rows for scales with
        more than 11 levels.
    least : int
        Numbers of fewer people are NaN, and others that would give such a number away.
    """

    study: Study
    scales: pd.DataFrame
    items: pd.DataFrame
    answers: pd.DataFrame
    least: int

    def machine_tables(self) -> dict[str, pd.DataFrame]:
        """Return the frames that are written as CSV, by name."""
        return {"scale-quality": self.scales, "scale-items": self.items, "scale-answers": self.answers}

    def __repr__(self) -> str:
        names = ", ".join(dict.fromkeys(self.scales["scale"]))
        return f"MeasurementPart of {names}, waves {', '.join(dict.fromkeys(self.scales['wave']))}"


@dataclass(frozen=True, eq=False)
class _Asked:
    """A scale or subscale as it was asked in a wave: the people who answered anything of it."""

    plan: ScalePlan
    subscale: str
    wave: str
    items: tuple[str, ...]
    codes: tuple[str, ...]
    given: FloatArray
    turned: FloatArray

    @property
    def name(self) -> Row:
        """The columns that say which it is."""
        return {"scale": self.plan.name, "subscale": self.subscale, "wave": self.wave}


def part_measurement(data: StudyData, how: How) -> MeasurementPart | None:
    """Describe how well the scales of a study measure; None where it has none that were answered.

    Parameters
    ----------
    data : StudyData
    how : How
        `draws` (at most 999 are made) and `seed` are those of the intervals of omega.
    """
    least = data.study.min_cell_size
    asked = list(_asked(data))
    if not asked:
        return None
    seeds = np.random.SeedSequence(how.seed).spawn(len(asked))
    quality = [_quality(one, data, seed, how) for one, seed in zip(asked, seeds, strict=True)]
    items = chain.from_iterable(_items(one, least) for one in asked)
    answers = chain.from_iterable(_answers(one, least) for one in asked if not one.subscale)
    told = pd.DataFrame(answers, columns=ANSWERS)
    # Two decimals: more would be equations about single answers.
    of_scales, of_items = pd.DataFrame(quality).round(2), pd.DataFrame(items).round(2)
    return MeasurementPart(data.study, of_scales, of_items, told, least)


def _asked(data: StudyData) -> Iterator[_Asked]:
    for plan in data.study.scales:
        for subscale in ("", *plan.subscales) if plan.kind == "scale" else ():
            for wave in data.study.waves:
                codes, given = item_matrix(data, plan.name, wave.label, subscale)
                turned = item_matrix(data, plan.name, wave.label, subscale, turned=True)[1]
                some = answered_items(given) > 0
                if some.any():
                    who = tuple(np.array(codes)[some].tolist())
                    items = scale_items(plan, subscale)
                    yield _Asked(plan, subscale, wave.label, items, who, given[some], turned[some])


def _quality(one: _Asked, data: StudyData, seed: np.random.SeedSequence, how: How) -> Row:
    """Return the row of a scale in a wave, without numbers of few people."""
    least, minimum = data.study.min_cell_size, minimum_items(one.plan, one.subscale)
    score = scores(one.turned, minimum=minimum)
    n = int(np.isfinite(score).sum())
    row: Row = one.name | {"n_people": n if n >= least else NAN, "n_items": len(one.items)}
    draws = min(how.draws, MOST_DRAWS)
    row |= _reliability(reliability(one.turned, seed=seed, draws=draws), least)
    row |= _ends(one, minimum, least)
    department = _department_of(data, one.wave)
    known = np.array([np.nan if code not in department else 0 for code in one.codes])
    groups = [department.get(code, "") for code in one.codes]
    return row | _alike(intraclass(score + known, groups), least)


def _reliability(found: Reliability, least: int) -> Row:
    shown = found.n_people >= least
    names = ("alpha", "alpha_low", "alpha_high", "omega", "omega_low", "omega_high")
    row: Row = {"n_complete": found.n_people if shown else NAN}
    row |= {name: getattr(found, name) if shown else NAN for name in names}
    row["holds"] = _holds([row["alpha_low"], row["omega_low"]], [row["alpha_high"], row["omega_high"]])
    return row | {"reasons": " ".join(found.reasons) if shown else "few_people"}


def _holds(lows: Sequence[float], highs: Sequence[float]) -> Holds:
    low, high = [x for x in lows if not np.isnan(x)], [x for x in highs if not np.isnan(x)]
    if not low:
        return "unknown"
    return "enough" if min(low) >= ENOUGH else "not" if max(high) < ENOUGH else "undecided"


def _ends(one: _Asked, minimum: int, least: int) -> Row:
    """Return the shares at the ends. A warning is given only where its share is shown."""
    row: Row = {"lowest": NAN, "highest": NAN, "warnings": ""}
    span = scale_range(one.plan)
    found = ceiling(one.turned, range=span, minimum=minimum) if span else None
    if found is None or found.n_people < least:
        return row
    if len(one.items) == 1:  # its score is the item, whose levels and mean are told too
        levels = np.unique([*_levels(one), *one.turned[~np.isnan(one.turned)]])
        hidden = _hidden(likert(one.turned, levels.tolist()).counts[0], least, levels)
    else:
        low, high = found.n_lowest, found.n_highest
        hidden = hidden_levels([low, found.n_people - low - high, high], least)
    row |= {"lowest": NAN if hidden[0] else found.lowest, "highest": NAN if hidden[-1] else found.highest}
    quiet = {"floor": bool(hidden[0]), "ceiling": bool(hidden[-1])}
    return row | {"warnings": " ".join(name for name in found.warnings if not quiet.get(name, False))}


def _alike(found: Intraclass, least: int) -> Row:
    shown = found.n_people >= least
    numbers = {"icc": found.icc, "icc_low": found.low, "icc_high": found.high}
    numbers |= {"n_departments": found.n_departments, "design_effect": found.design_effect}
    defined = shown and not np.isnan(found.icc)
    return {name: value if defined else NAN for name, value in numbers.items()}


def _department_of(data: StudyData, wave: str) -> Mapping[str, str]:
    """Department of each person whom some network question has on its list."""
    found: dict[str, str] = {}
    for panel in data.panels.values():
        groups = panel.group(wave if wave in panel.labels else None)
        found |= {code: panel.group_names[group] for code, group in zip(panel.ids, groups, strict=True)}
    return found


def _items(one: _Asked, least: int) -> Iterator[Row]:
    """Describe items where they belong: in their subscale if they have one, else in the whole scale."""
    inside = set(chain.from_iterable(one.plan.subscales.values()))
    found = item_analysis(one.turned)
    enough = found.n_complete >= least
    levels = _levels(one)
    counts = dict(zip(one.items, likert(one.given, levels.tolist()).counts, strict=True))
    for item, row in zip(one.items, found.table.to_dict("records"), strict=True):
        if not one.subscale and item in inside:
            continue
        told = {str(name): float(row[name]) for name in ("n", "missing", "mean")}
        # With the answers of the other items they would tell those that are hidden.
        open_ = enough and not _hidden(counts[item], least, levels).any()
        told["mean"] = NAN if mean_tells(counts[item], least, levels) else told["mean"]
        more = {str(name): float(row[name]) if open_ else NAN for name in ("item_rest", "alpha_dropped")}
        shown = told["n"] >= least
        named = one.name | {"item": item, "reversed": item in one.plan.reversed}
        yield named | {name: value if shown else NAN for name, value in (told | more).items()}


def _hidden(counts: NDArray[np.int64], least: int, levels: FloatArray) -> NDArray[np.bool_]:
    """Choose the levels of an item that are hidden, all of them where its mean would tell too much.

    Its mean is left out then, but it could be had from the mean of the scale and those of the other items; a level that
    nobody chose would, shown as 0, leave the mean less to choose between.
    """
    if mean_tells(counts, least, levels):
        return np.ones(len(counts), dtype=bool)
    return hidden_levels(counts, least, levels)


def _levels(one: _Asked) -> FloatArray:
    """Levels that there are, or that were answered where the plan does not say, with both ends of the range."""
    given = one.plan.levels.values() or one.given[~np.isnan(one.given)]
    return np.unique(np.asarray([*given, *(scale_range(one.plan) or ())], dtype=float))


def _answers(one: _Asked, least: int) -> Iterator[Row]:
    """Count answers by level; where the mean of the item is told too, enough levels are hidden for that."""
    levels = _levels(one)
    if len(levels) > MOST_LEVELS:
        return
    found = likert(one.given, levels.tolist())
    for at, item in enumerate(one.items):
        n = int(found.n[at])
        few = n < least
        hidden = _hidden(found.counts[at], least, levels) | few
        for level, count, share, gone in zip(levels, found.counts[at], found.shares[at], hidden, strict=True):
            row = {"level": level, "n": NAN if gone else int(count), "share": NAN if gone else share}
            yield (
                {"scale": one.plan.name, "wave": one.wave, "item": item}
                | row
                | {"answered": NAN if few else n}
            )
