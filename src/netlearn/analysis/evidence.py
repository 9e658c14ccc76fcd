"""`evidence`: the claims about a programme, each set against the outcome that would show it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

import pandas as pd

from netlearn.analysis.ladder import DesignRung, design_rung
from netlearn.analysis.outcome_result import SAID_YES
from netlearn.errors import NetlearnError
from netlearn.study.claims import Claim, Claims
from netlearn.study.outcome_names import outcome_names
from netlearn.study.plan import Study
from netlearn.study.planned import Outcome
from netlearn.study.told import Told
from netlearn.wording import Language, terms
from netlearn.wording import evidence as words
from netlearn.wording import outcome_names as titles
from netlearn.wording.shown import Shown

ClaimVerdict = Literal[
    "supported",
    "supported_people",
    "contrary",
    "too_small",
    "undecided",
    "undecided_holm",
    "not_by_design",
]
TABLE = [
    *("claim", "outcome", "measure", "test", "estimate", "low", "high", "unit"),
    *("n_people", "p_value", "verdict", "rung"),
]
_IN_COLLEAGUES = ("density", "cross_density", "within_density")


class Found(Protocol):
    """What is read of the result of a planned outcome; `OutcomeResult` is one."""

    @property
    def outcome(self) -> Outcome:
        """The planned outcome."""

    @property
    def role(self) -> str:
        """Primary, secondary or another."""

    @property
    def result(self) -> Any:
        """Estimate, interval, p and verdict of one outcome, whatever its family."""

    @property
    def p_holm(self) -> float:
        """Holm's p over the secondary outcomes; NaN for other roles."""

    @property
    def verdict(self) -> str:
        """The verdict of the result, given Holm."""


@dataclass(frozen=True, eq=False)
class Judged(Shown):
    """One claim and what the data say about it.

    Attributes
    ----------
    claim : Claim
    verdict : str
        supported; supported_people (the departments' own ups and downs could explain it); contrary (it moved the other
        way, or moved although nothing should); too_small (whatever happened is smaller than what matters); undecided;
        undecided_holm; not_by_design (no outcome can show it, or the figures describe only).
    outcome : Outcome or None
    waves : tuple of str
        Titles of the two waves.
    rung : str
        Of the design ladder; "" without an outcome.
    estimate, low, high : float
        In the unit that is told, whose key is `unit`. NaN without an outcome, or with too few people to be shown.
    level : float
        Of the interval.
    n_people, p_value : float
        The p is Holm's where the outcome is secondary, and NaN where the figures describe only.
    people_only : bool
        Seen at the level of people only.
    reasons : tuple of str
        Why the figures describe only.
    margin : float
        What was said beforehand to matter, where the verdict rests on it; else NaN.
    tested : (float, float)
        Interval that was held against the margin (at level 1 - 2 alpha where a test of equivalence brings its own).
    """

    claim: Claim
    verdict: ClaimVerdict
    outcome: Outcome | None = None
    waves: tuple[str, ...] = ()
    rung: DesignRung | Literal[""] = ""
    estimate: float = math.nan
    low: float = math.nan
    high: float = math.nan
    unit: str = ""
    level: float = math.nan
    n_people: float = math.nan
    p_value: float = math.nan
    people_only: bool = False
    reasons: tuple[str, ...] = ()
    margin: float = math.nan
    tested: tuple[float, float] = (math.nan, math.nan)


@dataclass(frozen=True, eq=False, repr=False)
class Evidence(Told):
    """The claims about a programme, and what these data say about each.

    Attributes
    ----------
    study : Study
    claims : Claims
    judged : tuple of Judged
        In the order of the claims.
    """

    words = staticmethod(words.summary)

    study: Study
    claims: Claims
    judged: tuple[Judged, ...]

    @property
    def rungs(self) -> tuple[DesignRung, ...]:
        """The rungs of the design ladder that the claims stand on, each once, in the order of the claims."""
        return tuple(dict.fromkeys(row.rung for row in self.judged if row.rung))

    @property
    def table(self) -> pd.DataFrame:
        """One row per claim.

        claim, outcome (its title, or what is measured), measure, test and unit in the language of the study; estimate,
        low and high in that unit; n_people; p_value (Holm's where secondary); verdict and rung as keys.
        """
        language = self.study.language
        rows = []
        for row in self.judged:
            named = ("", "", "", "")
            if row.outcome is not None:
                test = words.by_test(row.outcome.family, row.rung, language)
                unit = terms.unit(row.unit, language)
                what = titles.name(row.outcome, self.study, language)
                named = (what, row.outcome.measure, test, unit)
            numbers = (row.estimate, row.low, row.high)
            last = (row.n_people, row.p_value, row.verdict, row.rung)
            rows.append((row.claim.text, *named[:3], *numbers, named[3], *last))
        return pd.DataFrame(rows, columns=TABLE)

    def _shows(self, language: Language) -> list[Any]:
        from netlearn.analysis.shown_tables import evidence_table  # it takes what stands here

        return [evidence_table(self, language)]


def evidence(study: Study, claims: Claims, outcomes: Sequence[Found]) -> Evidence:
    """Set every claim against the outcome that would show it.

    Parameters
    ----------
    study : Study
    claims : Claims
        From `netlearn.study.claims.read_claims`.
    outcomes : sequence of Found
        Results of the planned outcomes; placebos and other waves may be among them and are passed over.

    Returns
    -------
    Evidence

    Raises
    ------
    NetlearnError
        An outcome that a claim names is not planned, or has no result.

    Examples
    --------
    A claim that no outcome can show stays open, whatever the data hold:

    >>> from types import SimpleNamespace
    >>> told = Outcome("contact", "cross_density", ("before", "after"))
    >>> plan = SimpleNamespace(primary=told, secondary=(), language="en", simulated=False)
    >>> claims = Claims("An article", (Claim("Citizens are happier.", because="No citizen was asked."),))
    >>> evidence(plan, claims, []).judged[0].verdict
    'not_by_design'
    """
    planned = outcome_names(study)
    # Of two alike the first counts, which is the primary one.
    results = {f.outcome: f for f in reversed(outcomes) if f.role in ("primary", "secondary")}
    judged = []
    for claim in claims.claims:
        if not claim.outcome:
            judged.append(Judged(claim, "not_by_design"))
            continue
        outcome = planned.get(claim.outcome)
        if outcome is None or outcome not in results:
            raise NetlearnError(
                f"there is no result for the outcome {claim.outcome!r}; expected one of {', '.join(planned)}, each "
                "with its result. Analyse the whole plan, and name an outcome of it."
            )
        judged.append(_judge(study, claim, results[outcome]))
    return Evidence(study, claims, tuple(judged))


def _judge(study: Study, claim: Claim, found: Found) -> Judged:
    result, outcome = found.result, found.outcome
    factor, unit = result.scale if hasattr(result, "scale") else terms.scale(result)
    descriptive = found.verdict == "descriptive"
    p = found.p_holm if found.role == "secondary" else result.p_value
    shown = result.n_people >= study.min_cell_size
    estimate, low, high = (
        v * factor if shown else math.nan for v in (result.estimate, result.low, result.high)
    )
    reasons: tuple[str, ...] = getattr(result, "reasons", ()) or getattr(result, "guards", ())
    verdict = claim_verdict(claim, found, (factor, unit))
    margin, *tested = _against_margin(found, (factor, unit))
    rests_on_it = shown and (verdict == "too_small" or (verdict, claim.expects) == ("supported", "none"))
    return Judged(
        claim,
        verdict,
        outcome=outcome,
        waves=tuple(w.title or w.label for at in outcome.waves for w in study.waves if w.label == at),
        rung=design_rung(study, outcome),
        estimate=estimate,
        low=low,
        high=high,
        unit=unit,
        level=outcome.level,
        n_people=result.n_people if shown else math.nan,
        p_value=p if shown and not descriptive else math.nan,
        people_only=_people_only(found),
        reasons=reasons if descriptive else (),
        margin=margin if rests_on_it else math.nan,
        tested=(tested[0], tested[1]) if rests_on_it else (math.nan, math.nan),
    )


def claim_verdict(claim: Claim, found: Found, scale: tuple[float, str]) -> ClaimVerdict:
    """Return what a result says about a claim; see `Judged`.

    Parameters
    ----------
    claim : Claim
        With an outcome.
    found : Found
        The result of that outcome.
    scale : (float, str)
        Factor that brings its estimate to the unit that is told, and the key of that unit.
    """
    if found.verdict == "descriptive":
        return "not_by_design"
    changed = found.verdict in SAID_YES
    margin, low, high = _against_margin(found, scale)
    if claim.expects == "none":
        if -margin < low and high < margin:
            return "supported"
        return "contrary" if changed else _open(found)
    way = 1 if claim.expects == "more" else -1
    if changed and way * found.result.estimate < 0:
        return "contrary"
    # Also where it changed: what is certainly too small to matter is no support.
    if (high if way > 0 else -low) < margin:
        return "too_small"
    if not changed:
        return _open(found)
    return "supported_people" if _people_only(found) else "supported"


def _people_only(found: Found) -> bool:
    """Tell whether it is seen at the level of people only; some results say so beside their verdict."""
    beyond = getattr(found.result, "beyond_departments", found.verdict != "changed_among_people")
    return found.verdict in SAID_YES and not beyond


def _open(found: Found) -> ClaimVerdict:
    return "undecided_holm" if found.verdict == "undecided_holm" else "undecided"


def _against_margin(found: Found, scale: tuple[float, str]) -> tuple[float, float, float]:
    """Return the margin and the interval that is held against it, in one unit; NaN, which is under nothing, without.

    A result with a test of equivalence brings the interval that goes with that test.
    """
    (factor, unit), margin = scale, found.outcome.margin
    other_unit = found.outcome.measure in _IN_COLLEAGUES and unit != "colleagues"
    if margin is None or other_unit:
        return math.nan, math.nan, math.nan
    tested = getattr(found.result, "equivalence", None)
    if tested is not None:
        return margin, tested.low, tested.high
    return margin, found.result.low * factor, found.result.high * factor
