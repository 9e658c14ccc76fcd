"""The sections that every report has: who answered, every comparison, the method, what the reader counted."""

from __future__ import annotations

from dataclasses import replace

from netlearn.analysis.ego_part import EgoPart
from netlearn.analysis.ladder import design_rung
from netlearn.analysis.measurement import MeasurementPart
from netlearn.analysis.outcome_result import OutcomeResult
from netlearn.analysis.results import Results
from netlearn.report import pictures, tables
from netlearn.report.section import Section
from netlearn.wording import Language, method_box, outcome_names, paragraphs, suppressed
from netlearn.wording.p_columns import p_columns
from netlearn.wording.sources import references
from netlearn.wording.terms import pick, term


def response_section(results: Results, language: Language) -> Section:
    """Return who answered, by department and wave."""
    least = results.study.min_cell_size
    pooled = paragraphs.pooled(len(results.pooling.pooled), least, language)
    return Section(
        key="response",
        heading=term("heading", "response", language),
        texts=tuple(text for text in (answered(results, language), pooled) if text),
        pictures=pictures.of_response(results, language),
        tables=(tables.response_table(results, language),),
        small=(suppressed.note(least, language),) if results.response["answered"].isna().any() else (),
    )


def answered(results: Results, language: Language) -> str:
    """Say how many answered in each wave."""
    everybody = results.response.groupby("wave", sort=False).first()
    waves = [(str(w), int(r["answered"]), int(r["employed"])) for w, r in everybody.iterrows()]
    return paragraphs.response(waves, language, not results.study.roster.asked)


def outcomes_section(results: Results, language: Language) -> Section:
    """Return every comparison: the primary outcome, the secondary with Holm's correction, the checks."""
    placebo = results.placebo
    checked = (paragraphs.placebo(placebo.change, language),) if placebo else ()
    families = [found.outcome.family for found in results.outcomes]
    changes = [found.change for found in results.outcomes if found.outcome.family == "network"]
    small = (
        p_columns(families, next(iter(changes), None), language),
        paragraphs.holm(len(results.secondary), language),
        paragraphs.units((found.told[3] for found in results.outcomes), language),
    )
    return Section(
        key="outcomes",
        heading=term("heading", "outcomes", language),
        texts=(*_told_whole(results.primary, language), *checked),
        pictures=pictures.of_outcomes(results, language),
        tables=(tables.outcomes_table(results, language),),
        small=(" ".join(text for text in small if text),),
    )


def _told_whole(primary: OutcomeResult, language: Language) -> tuple[str, ...]:
    """Return the primary outcome with its p and its null, where no section of its own tells them."""
    if not primary.shown or primary.outcome.family == "network":
        return ()
    return (str(primary.result.sentence(language)),)


def method_section(results: Results, language: Language) -> Section:
    """Return how the study was made and computed, in paragraphs to copy into a paper, and what they cite."""
    texts = method_texts(results, language)
    return Section(
        key="method",
        heading=term("heading", "method", language),
        texts=(*texts, pick(method_box.REFERENCES, language)),
        points=references(texts),
        appendix=True,
    )


def method_texts(results: Results, language: Language) -> tuple[str, ...]:
    """Return three paragraphs: design and answers, how numbers were computed, and what was decided before."""
    study, network = results.study, results.network
    first = design_rung(study, study.primary)
    name = outcome_names.name(study.primary, study, language)
    margin = any(getattr(found.result, "equivalence", None) is not None for found in results.outcomes)
    computed = [*method_box.method(study, network, language), method_box.measures(_used(results), language)]
    return (
        f"{method_box.asked(study, first, language)} {answered(results, language)}",
        " ".join(text for text in computed if text),
        method_box.decided(study, name, results.provenance, margin, language),
    )


def _used(results: Results) -> set[str]:
    """Return the measures that stand in the report, and "reliability" where scales were examined."""
    used = {found.outcome.measure for found in results.outcomes}
    for part in results.parts:
        if isinstance(part, EgoPart):
            used |= {str(name) for picture in part.pictures for name in picture.measures["measure"]}
        if isinstance(part, MeasurementPart):
            used |= {"reliability"}
    return used


def notes_section(results: Results, language: Language) -> Section | None:
    """Return what the reader of the files counted; None where nothing was."""
    # Without row numbers, which only say how the rows happened to be sorted.
    said = sorted({replace(note, row=0).text(language) for note in results.notes})
    return (
        Section("notes", term("heading", "notes", language), points=tuple(said), appendix=True)
        if said
        else None
    )
