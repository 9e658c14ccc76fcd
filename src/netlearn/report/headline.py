"""The answer at the top of a report: what was found for the primary outcome, the verdict, and what it may be called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from netlearn.analysis.compare import Change
from netlearn.analysis.detectable import detectable
from netlearn.analysis.outcome_result import SAID_YES, OutcomeResult
from netlearn.analysis.randomization import RandomizationResult
from netlearn.analysis.results import Results
from netlearn.analysis.shown_tables import verdict_of
from netlearn.wording import (
    Language,
    dealt,
    evidence,
    front_page,
    handling,
    outcome_names,
    randomization,
    sentences,
    suppressed,
    tiny,
    verdicts,
)
from netlearn.wording.estimates import estimate
from netlearn.wording.sentences import quoted
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
    reading = () if found.verdict == "descriptive" else (front_page.interval(*found.told[1:3], language),)
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
        front_page.interval(change.low, change.high, language) if reading else "",
        sentences.levels(change, language),
        sentences.basis(change, language),
        # What could have been seen is of use where nothing was.
        "" if change.verdict.startswith("changed") else tiny.smallest(least, change, language),
        tiny.so_few(least, change, language),
    )
    finding, verdict = sentences.finding(change, language), verdicts.verdict(change, language)
    return Headline(finding, verdict, tuple(text for text in more if text))


def beside(results: Results, language: Language) -> tuple[str, ...]:
    """Return what stands beside the answer: what changed, what did not clearly change, and how many claims hold.

    Parameters
    ----------
    results : Results
        Titled.
    """
    told, open_ = [], dict[str, list[str]]()
    for found in results.secondary:
        name = quoted(outcome_names.name(found.outcome, results.study, language), language)
        verdict = verdict_of(found, language)
        if found.verdict in SAID_YES and found.shown:
            size = estimate(found.told[:3], found.told[3], found.outcome.level, found.n_people, language)
            told.append((verdict, [f"{name} {size}"]))
        else:
            open_.setdefault(verdict, []).append(name)
    claims = results.evidence
    heading = pick(evidence.HEADING, language)
    said = () if claims is None else (f"{heading}: {claims.sentence(language)}",)
    return *front_page.secondary([*told, *open_.items()], language), *said


def doubts(results: Results, language: Language) -> str:
    """Say it where another way of handling missing answers would leave the direction of the answer open."""
    network = results.network
    if network is None or network.outcome.role != "primary" or not results.primary.shown:
        return ""
    rows = [{str(name): value for name, value in row.items()} for row in network.handling.to_dict("records")]
    return handling.doubts(network.outcome.change, rows, language)
