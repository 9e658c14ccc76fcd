"""`part_competence`: every gap and scale of a study, by its parts, and how closure goes with rooms attended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from netlearn.analysis.competence import run_gap, run_scale
from netlearn.analysis.competence_change import GapChange, ScoreChange
from netlearn.analysis.competence_dose import Dose, dose
from netlearn.analysis.competence_levels import asked_waves
from netlearn.analysis.data import How, StudyData
from netlearn.analysis.scale_matrix import scale_plan, scale_range, score_matrix
from netlearn.inference.multiplicity import holm
from netlearn.inference.permute import children
from netlearn.outcomes.paired import mean_change
from netlearn.study.plan import ScalePlan
from netlearn.study.planned import Outcome
from netlearn.wording import Language
from netlearn.wording import competence_part as words

NAMES = ("title", "subscale", "first", "second")


@dataclass(frozen=True, eq=False, repr=False)
class CompetencePart:
    """What people told of their own competence.

    Attributes
    ----------
    gaps, scales : tuple of (result, tuple of results)
        Each gap and each scale asked twice: as a whole, and its subscales.
    described : DataFrame
        Scales asked once: name, title, subscale, wave, n_people, mean, low, high, high_from, share_high. No verdict.
    doses : tuple of Dose
        Closure by rooms attended, for each gap and each attendance list of staff.
    language : "en" or "da"
        Of the study.
    min_cell_size : int
    """

    gaps: tuple[tuple[GapChange, tuple[GapChange, ...]], ...]
    scales: tuple[tuple[ScoreChange, tuple[ScoreChange, ...]], ...]
    described: pd.DataFrame
    doses: tuple[Dose, ...]
    language: Language
    min_cell_size: int

    def gap_table(self) -> pd.DataFrame:
        """One row per gap and subscale (subscale "" = all); NaN where fewer than `min_cell_size` people are behind."""
        return self._table(self.gaps, _gap_row)

    def scale_table(self) -> pd.DataFrame:
        """One row per scale asked twice and subscale, as `gap_table`."""
        return self._table(self.scales, _score_row)

    def _table(self, families: Sequence[tuple[Any, Sequence[Any]]], row: Any) -> pd.DataFrame:
        rows = []
        for whole, parts in families:
            adjusted = [np.nan, *holm(_p(part) for part in parts)]
            for result, p in zip((whole, *parts), adjusted, strict=True):
                rows.append(_shared(result) | row(result) | {"p_holm": p})
        frame = pd.DataFrame(rows)
        if len(frame):
            hidden = frame["n_people"] < self.min_cell_size
            frame = frame.astype({"n_people": float})
            frame.loc[hidden, [name for name in frame if name not in NAMES]] = np.nan
        return frame

    def machine_tables(self) -> dict[str, pd.DataFrame]:
        """Return the frames that are written as CSV, by name; empty ones are left out."""
        made = {
            "competence-gaps": self.gap_table(),
            "competence-scales": self.scale_table(),
            "competence-described": self.described,
            "competence-dose": _stacked([d.table for d in self.doses]),
            "competence-dose-correlation": _stacked([d.correlation for d in self.doses]),
        }
        return {name: frame for name, frame in made.items() if len(frame)}

    def __repr__(self) -> str:
        return words.part(self, "en")


def _stacked(frames: list[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()


def part_competence(data: StudyData, how: How) -> CompetencePart | None:
    """Analyse every gap, and every scale outside the gaps.

    Parameters
    ----------
    data : StudyData
    how : How
        Of the permutations of the dose.

    Returns
    -------
    CompetencePart or None
        None where no gap and no scale was asked in two waves.
    """
    study = data.study
    gaps = []
    for plan in study.gaps:
        waves = asked_waves(data, (plan.required, plan.present))
        if len(waves) > 1:
            asked = Outcome("", "gap", (waves[0], waves[-1]), gap=plan.name)
            gaps.append(_family(data, run_gap, asked, scale_plan(study, plan.present).subscales, how))
    scales, described = _scales(data, how)
    if not gaps and not scales:
        return None
    todo = [(whole, found) for whole, _ in gaps for found in data.attendance.values() if found.staff]
    seeds = children(how.seed, len(todo))
    doses = [dose(data, *pair, how, seed) for pair, seed in zip(todo, seeds, strict=True)]
    told = pd.DataFrame(described)
    return CompetencePart(tuple(gaps), tuple(scales), told, tuple(doses), study.language, study.min_cell_size)


def _scales(data: StudyData, how: How) -> tuple[list[Any], list[dict[str, Any]]]:
    """Analyse scales outside the gaps: those asked twice, and those asked once, which are described."""
    inside = {name for plan in data.study.gaps for name in (plan.required, plan.present)}
    # Where the trained are set against the others, the change of all of them is another and weaker answer.
    outcomes = (data.study.primary, *data.study.secondary)
    inside |= {outcome.scale for outcome in outcomes if outcome.measure == "trained_score"}
    twice: list[Any] = []
    once: list[dict[str, Any]] = []
    for scale in data.study.scales:
        if scale.kind != "scale" or scale.name in inside:
            continue
        waves = asked_waves(data, (scale.name,))
        if len(waves) > 1:
            asked = Outcome("", "score", (waves[0], waves[-1]), scale=scale.name)
            twice.append(_family(data, run_scale, asked, scale.subscales, how))
        elif waves:
            alpha = data.study.primary.alpha
            once += [_described(data, scale, waves[0], part, alpha) for part in ("", *scale.subscales)]
    return twice, once


def _family(
    data: StudyData, run: Any, asked: Outcome, subscales: Any, how: How
) -> tuple[Any, tuple[Any, ...]]:
    """Run a whole and its subscales as they were planned, else two-sided at the level of the primary outcome."""
    study = data.study
    outcome = replace(asked, alpha=study.primary.alpha)
    plain = (replace(outcome, subscale=part) for part in subscales)
    planned = {_asks(o): o for o in (*study.secondary, study.primary)}
    whole, *parts = (run(data, planned.get(_asks(one), one), how) for one in (outcome, *plain))
    return whole, tuple(parts)


def _asks(outcome: Outcome) -> tuple[Any, ...]:
    """Return what an outcome asks, whatever its level, direction and margin."""
    return outcome.measure, outcome.gap, outcome.scale, outcome.subscale, outcome.waves


def _described(data: StudyData, plan: ScalePlan, wave: str, subscale: str, alpha: float) -> dict[str, Any]:
    """Mean of a scale asked once with its interval, and the share of people at the top: one step below the highest."""
    values = score_matrix(data, plan.name, subscale)[wave].dropna().to_numpy(dtype=float)
    span = scale_range(plan) if plan.score == "mean" else None
    mean, top = mean_change(values, "two-sided", alpha), np.nan if span is None else span[1] - 1
    shown = len(values) >= data.study.min_cell_size
    row = {"n_people": len(values), "mean": mean.estimate, "low": mean.low, "high": mean.high}
    row |= {"share_high": float((values >= top).mean()) if shown and span is not None else np.nan}
    title = next(w.title or w.label for w in data.study.waves if w.label == wave)
    named = {"name": plan.name, "title": plan.title or plan.name, "subscale": subscale, "wave": title}
    return named | {"high_from": top} | (row if shown else dict.fromkeys(row, np.nan))


def _p(result: ScoreChange) -> float:
    return np.nan if result.verdict == "descriptive" else result.p_value


def _shared(result: ScoreChange) -> dict[str, Any]:
    """Tell what gaps and scales have alike."""
    paired = result.paired
    names = ("dz", "dz_low", "dz_high", "superiority", "superiority_low", "superiority_high", "wilcoxon_p")
    return {
        "title": result.place.title,
        "subscale": result.place.subscale,
        "first": result.waves[0],
        "second": result.waves[1],
        "n_people": result.n_people,
        "change": result.estimate,
        "low": result.low,
        "high": result.high,
        # A p would carry the conclusion that descriptive figures cannot.
        "p_value": _p(result),
        **{name: getattr(paired, name) for name in names},
        # Not its interval: the mean over departments would tell of those too small to be shown.
        "beyond_departments": float(result.beyond_departments),  # a number, so that it can be missing
    }


def _gap_row(result: GapChange) -> dict[str, Any]:
    found = result.gap
    row: dict[str, Any] = {}
    for name, change, shift in (
        ("required", found.required, result.required_shift),
        ("present", found.present, result.shift),
    ):
        row |= {
            f"{name}_before": change.first,
            f"{name}_after": change.second,
            f"{name}_change": change.estimate,
        }
        row |= {f"{name}_low": change.low, f"{name}_high": change.high, f"{name}_p": change.p_value}
        row |= {f"{name}_log_odds": shift.estimate, f"{name}_log_odds_low": shift.low}
        row |= {f"{name}_log_odds_high": shift.high}
    row |= {"gap_before": found.gap_before, "gap_after": found.gap_after}
    return row | {"share_before": found.share_before, "share_after": found.share_after}


def _score_row(result: ScoreChange) -> dict[str, Any]:
    shift = result.shift
    row = {"before": result.paired.first, "after": result.paired.second}
    return row | {"log_odds": shift.estimate, "log_odds_low": shift.low, "log_odds_high": shift.high}
