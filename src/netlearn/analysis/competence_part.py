"""`part_competence`: every gap and scale of a study, by its parts, and how closure goes with rooms attended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from netlearn.analysis.competence import run_gap, run_scale
from netlearn.analysis.competence_change import GapChange, ScoreChange
from netlearn.analysis.competence_dose import Dose, dose
from netlearn.analysis.competence_levels import asked_waves
from netlearn.analysis.data import How, StudyData
from netlearn.analysis.outcome_result import OutcomeResult
from netlearn.analysis.scale_matrix import scale_plan, scale_range, score_matrix
from netlearn.inference.multiplicity import holm
from netlearn.inference.permute import children
from netlearn.outcomes.paired import mean_change
from netlearn.study.plan import ScalePlan
from netlearn.study.planned import Outcome
from netlearn.study.privacy import shown_share
from netlearn.wording import Language
from netlearn.wording import competence_part as words
from netlearn.wording.shown import Shown

NAMES = ("title", "subscale", "first", "second")
TOLD = ("primary", "secondary")
Planned = Mapping[tuple[Any, ...], OutcomeResult]


@dataclass(frozen=True, eq=False, repr=False)
class CompetencePart(Shown):
    """What people told of their own competence.

    Attributes
    ----------
    gaps, scales : tuple of (result, tuple of results)
        Each gap and each scale asked twice: as a whole, and its subscales.
    described : DataFrame
        Scales asked once: name, title, subscale, wave, n_people, mean, low, high, high_from, share_high. No verdict.
    doses : tuple of Dose
        Closure by rooms attended, for each gap and each attendance list of staff.
    planned : tuple of OutcomeResult
        The planned outcomes whose results stand among gaps and scales; all others have no verdict.
    alpha : float
        Of the primary outcome, and of whatever was not planned.
    language : "en" or "da"
        Of the study.
    min_cell_size : int
    """

    gaps: tuple[tuple[GapChange, tuple[GapChange, ...]], ...]
    scales: tuple[tuple[ScoreChange, tuple[ScoreChange, ...]], ...]
    described: pd.DataFrame
    doses: tuple[Dose, ...]
    planned: tuple[OutcomeResult, ...]
    alpha: float
    language: Language
    min_cell_size: int

    def outcome_of(self, result: ScoreChange) -> OutcomeResult | None:
        """Return the planned outcome that a result answers; None where it was not planned."""
        return next((found for found in self.planned if found.result is result), None)

    def gap_table(self) -> pd.DataFrame:
        """One row per gap and subscale (subscale "" = all); NaN where fewer than `min_cell_size` people are behind."""
        return self._table(self.gaps, lambda result: _gap_row(result, self.min_cell_size))

    def scale_table(self) -> pd.DataFrame:
        """One row per scale asked twice and subscale, as `gap_table`."""
        return self._table(self.scales, _score_row)

    def _table(self, families: Sequence[tuple[Any, Sequence[Any]]], row: Any) -> pd.DataFrame:
        rows = []
        for whole, parts in families:
            beside = [part for part in parts if self.outcome_of(part) is None]
            adjusted = dict(zip(map(id, beside), holm(_p(part) for part in beside), strict=True))
            for result in (whole, *parts):
                outcome = self.outcome_of(result)
                p = adjusted.get(id(result), np.nan) if outcome is None else outcome.p_holm
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

    def _says(self, language: Language) -> str:
        return words.part(self, language)


def _stacked(frames: list[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()


def part_competence(data: StudyData, how: How, done: Sequence[OutcomeResult] = ()) -> CompetencePart | None:
    """Analyse every gap, and every scale outside the gaps.

    Parameters
    ----------
    data : StudyData
    how : How
        Of the permutations of the dose.
    done : sequence of OutcomeResult
        Outcomes that were run: a planned one is told as it came out, and is not run again. What stands in none of them
        is run two-sided between the first and the last wave in which it was asked.

    Returns
    -------
    CompetencePart or None
        None where no gap and no scale was asked in two waves.
    """
    study = data.study
    planned = {_asks(f.outcome): f for f in reversed(done) if f.role in TOLD}
    gaps = []
    for plan in study.gaps:
        waves = asked_waves(data, (plan.required, plan.present))
        if len(waves) > 1:
            asked = Outcome("", "gap", (waves[0], waves[-1]), gap=plan.name)
            gaps.append(
                _family(data, run_gap, asked, scale_plan(study, plan.present).subscales, how, planned)
            )
    scales, described = _scales(data, how, planned)
    if not gaps and not scales:
        return None
    todo = [(whole, found) for whole, _ in gaps for found in data.attendance.values() if found.staff]
    seeds = children(how.seed, len(todo))
    doses = [dose(data, *pair, how, seed) for pair, seed in zip(todo, seeds, strict=True)]
    return CompetencePart(
        gaps=tuple(gaps),
        scales=tuple(scales),
        described=pd.DataFrame(described),
        doses=tuple(doses),
        planned=tuple(planned.values()),
        alpha=study.primary.alpha,
        language=study.language,
        min_cell_size=study.min_cell_size,
    )


def _scales(data: StudyData, how: How, planned: Planned) -> tuple[list[Any], list[dict[str, Any]]]:
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
            twice.append(_family(data, run_scale, asked, scale.subscales, how, planned))
        elif waves:
            alpha = data.study.primary.alpha
            once += [_described(data, scale, waves[0], part, alpha) for part in ("", *scale.subscales)]
    return twice, once


def _family(
    data: StudyData, run: Any, asked: Outcome, subscales: Any, how: How, planned: Planned
) -> tuple[Any, tuple[Any, ...]]:
    """Take a whole and its subscales as planned, else run them two-sided at the level of the primary outcome."""
    outcome = replace(asked, alpha=data.study.primary.alpha)
    plain = (replace(outcome, subscale=part) for part in subscales)
    known = ((one, planned.get(_asks(one))) for one in (outcome, *plain))
    whole, *parts = (run(data, one, how) if found is None else found.result for one, found in known)
    return whole, tuple(parts)


def _asks(outcome: Outcome) -> tuple[Any, ...]:
    """Return what an outcome is about, whatever its waves, level, direction and margin."""
    return outcome.measure, outcome.gap, outcome.scale, outcome.subscale


def _described(data: StudyData, plan: ScalePlan, wave: str, subscale: str, alpha: float) -> dict[str, Any]:
    """Mean of a scale asked once with its interval, and the share of people at the top: one step below the highest."""
    values = score_matrix(data, plan.name, subscale)[wave].dropna().to_numpy(dtype=float)
    span = scale_range(plan) if plan.score == "mean" else None
    mean, top = mean_change(values, "two-sided", alpha), np.nan if span is None else span[1] - 1
    shown = len(values) >= data.study.min_cell_size
    row = {"n_people": len(values), "mean": mean.estimate, "low": mean.low, "high": mean.high}
    high = shown_share(int((values >= top).sum()), len(values), data.study.min_cell_size)
    row |= {"share_high": high if span is not None else np.nan}
    title = next(w.title or w.label for w in data.study.waves if w.label == wave)
    named = {"name": plan.name, "title": plan.title or plan.name, "subscale": subscale, "wave": title}
    return named | {"high_from": top} | (row if shown else dict.fromkeys(row, np.nan))


def _p(result: ScoreChange) -> float:
    return _told_p(result, result.p_value)


def _told_p(result: ScoreChange, p: float) -> float:
    """Hide a p of figures that only describe: it would carry the conclusion that they cannot."""
    return np.nan if result.verdict == "descriptive" else p


def _shared(result: ScoreChange) -> dict[str, Any]:
    """Tell what gaps and scales have alike."""
    paired = result.paired
    names = ("dz", "dz_low", "dz_high", "superiority", "superiority_low", "superiority_high")
    return {
        "title": result.place.title,
        "subscale": result.place.subscale,
        "first": result.waves[0],
        "second": result.waves[1],
        "n_people": result.n_people,
        "change": result.estimate,
        "low": result.low,
        "high": result.high,
        "level": paired.level,
        "p_value": _p(result),
        **{name: getattr(paired, name) for name in names},
        "wilcoxon_p": _told_p(result, paired.wilcoxon_p),
        # Not its interval: the mean over departments would tell of those too small to be shown.
        "beyond_departments": float(result.beyond_departments),  # a number, so that it can be missing
    }


def _gap_row(result: GapChange, least: int) -> dict[str, Any]:
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
        row |= {f"{name}_low": change.low, f"{name}_high": change.high}
        row |= {f"{name}_p": _told_p(result, change.p_value)}
        row |= {f"{name}_log_odds": shift.estimate, f"{name}_log_odds_low": shift.low}
        row |= {f"{name}_log_odds_high": shift.high}
    row["level_parts"] = 1 - result.alpha  # whichever way was asked of the gap
    row |= {"gap_before": found.gap_before, "gap_after": found.gap_after}
    for name in ("share_before", "share_after"):
        yes = round(getattr(found, name) * result.n_people) if result.n_people else 0
        row[name] = shown_share(yes, result.n_people, least)
    return row


def _score_row(result: ScoreChange) -> dict[str, Any]:
    shift = result.shift
    row = {"before": result.paired.first, "after": result.paired.second}
    return row | {"log_odds": shift.estimate, "log_odds_low": shift.low, "log_odds_high": shift.high}
