"""The answer at the top of a report: what was found for the primary outcome, the verdict, and what it may be called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from netlearn.analysis.compare import Change
from netlearn.analysis.detectable import detectable
from netlearn.analysis.outcome_result import OutcomeResult
from netlearn.analysis.randomization import RandomizationResult
from netlearn.wording import Language, dealt, front_page, randomization, sentences, suppressed, tiny, verdicts
from netlearn.wording.terms import pick, term

_VERDICT = ("Verdict: {}.", "Vurdering: {}.")


@dataclass(frozen=True)
class Headline:
    """What the reader sees first.

    Attributes
    ----------
    finding, verdict : str
    more : tuple of str
        What it rests on, and what could have been seen.
    """

    finding: str
    verdict: str
    more: tuple[str, ...]


def headline(found: OutcomeResult, language: Language) -> Headline:
    """Return the answer of the primary outcome.

    Parameters
    ----------
    found : OutcomeResult
        Titled.
    """
    if not found.shown:
        return Headline(suppressed.few(language), _verdict("descriptive", language), ())
    if isinstance(found.result, Change):
        return _of_network(found.result, language)
    lead, verdict, rest = found.result.headline(language)
    said = _verdict(found.verdict, language)
    if not lead:
        return Headline(rest, verdict or said, ())
    # The rest, with its p, stands beside the other comparisons.
    reading = () if found.verdict == "descriptive" else (front_page.interval(language),)
    return Headline(lead, verdict or said, (*reading, *_basis(found.result, language)))


def _basis(result: Any, language: Language) -> tuple[str, ...]:
    """Say on whom a result rests, and how it was decided who was trained."""
    found = getattr(result, "found", result)
    if not isinstance(found, RandomizationResult):
        return (front_page.basis(result.n_people, language),)
    if found.verdict == "descriptive":
        return (dealt.basis(found, language),)
    starts = found.compared == "starts"
    why = randomization.cause(
        found.randomized, language, change=starts or found.compared == "change", when=starts
    )
    return (dealt.basis(found, language), why)


def _verdict(key: str, language: Language) -> str:
    return pick(_VERDICT, language).format(term("short_verdict", key, language))


def _of_network(change: Change, language: Language) -> Headline:
    least = detectable(change)
    # A change of odds is told as a ratio, which never runs from minus to plus.
    reading = change.verdict != "descriptive" and change.measure != "cross_log_odds"
    more = (
        front_page.interval(language) if reading else "",
        sentences.levels(change, language),
        sentences.basis(change, language),
        # What could have been seen is of use where nothing was.
        "" if change.verdict.startswith("changed") else tiny.smallest(least, change, language),
        tiny.so_few(least, change, language),
    )
    finding, verdict = sentences.finding(change, language), verdicts.verdict(change, language)
    return Headline(finding, verdict, tuple(text for text in more if text))
