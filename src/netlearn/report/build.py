"""`report_of`: the results of a study as a document in each language, and as tables for machines."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from netlearn.analysis.machine_tables import machine_tables
from netlearn.analysis.results import Results
from netlearn.report import section_network, section_whole
from netlearn.report.document import Document, Report, Summary
from netlearn.report.headline import beside, doubts, headline
from netlearn.report.section import Section
from netlearn.report.section_checklist import checklist_section
from netlearn.report.sections import foremost_limits, limits_section, section_of
from netlearn.study.dress import FOLDER, read_dress
from netlearn.study.findings import Findings
from netlearn.study.missing import everyone
from netlearn.study.plan import Study
from netlearn.wording import Language, front_page, method, outcome_names, paragraphs
from netlearn.wording.numbers import day

LANGUAGES: tuple[Language, ...] = ("da", "en")


def report_of(results: Results) -> Report:
    """Return everything that is published of a study.

    Parameters
    ----------
    results : Results
        From `netlearn.analyse`.

    Returns
    -------
    Report
        With a document in Danish and one in English.
    """
    shown = results.titled()
    documents = {language: document(shown, language) for language in LANGUAGES}
    return Report(
        language=results.study.language,
        min_cell_size=results.study.min_cell_size,
        documents=documents,
        tables=machine_tables(results),
        provenance=results.provenance.to_json(),
        extras=dressed(results.study.folder / FOLDER, documents[results.study.language]),
    )


def dressed(folder: Path, told: Document) -> dict[str, Any]:
    """Return the logo, the template and the texts that a folder adds to a document.

    Raises
    ------
    StudyError
        A file is not what its name says, or belongs to no section of the document.
    """
    findings = Findings()
    found = read_dress(folder, findings)
    keys = ["answer", *(section.key for section in told.sections)]
    for name in found.get("texts", {}):
        if name not in keys:
            findings.fault("dress-no-section", f"{FOLDER}/{name}.txt", expected=", ".join(keys))
    findings.raise_faults(told.language)
    return found


def document(results: Results, language: Language) -> Document:
    """Return the report in one language; `results` are titled."""
    study, told = results.study, results.provenance
    versions = ", ".join(f"{name} {version}" for name, version in told.versions.items())
    seed = method.seed(told.seed, told.draws, language)
    return Document(
        language=language,
        title=study.title,
        simulated=method.simulated(language) if study.simulated else "",
        waves=tuple((wave.title or wave.label, day(wave.date, language)) for wave in study.waves),
        summary=_summary(results, language),
        sections=tuple(section for section in _sections(results, language) if section is not None),
        source=method.simulated(language) if study.simulated else source_paragraph(study.folder),
        provenance=(seed, method.same_again(language), versions),
    )


def _summary(results: Results, language: Language) -> Summary:
    study, answer = results.study, headline(results.primary, language)
    verdict = [answer.verdict, *([method.simulated_verdict(language)] if study.simulated else [])]
    behind = _behind(results, language)
    return Summary(
        question=_question(study, language),
        finding=answer.finding,
        verdict=" ".join(verdict),
        sure=tuple(text for text in (*answer.more, behind, doubts(results, language)) if text),
        not_shown=foremost_limits(results, bool(behind), language),
        answered=section_whole.answered(results, language),
        beside=beside(results, language),
    )


def _sections(results: Results, language: Language) -> Iterable[Section | None]:
    """Give the sections in the order in which they are read."""
    themes = [section_of(part, language) for part in results.parts]
    network = results.network
    # What the primary outcome asks comes before what stands beside it.
    led = results.study.primary.family == "network"
    yield section_whole.response_section(results, language)
    yield from [] if led else [theme for theme in themes if not theme.appendix]
    if network is not None:
        yield section_network.map_section(results, network, language)
        yield section_network.change_section(results, network, language)
    yield section_whole.outcomes_section(results, language)
    if results.evidence is not None:
        yield section_of(results.evidence, language)
    yield from [theme for theme in themes if not theme.appendix] if led else []
    yield limits_section(results, language)
    yield from [theme for theme in themes if theme.appendix]
    if network is not None:
        yield section_network.turnover_section(results, network, language)
        yield section_network.handling_section(results, network, language)
    yield section_network.certainty_section(results, language)
    yield section_whole.method_section(results, language)
    yield checklist_section(results, language)
    yield section_whole.notes_section(results, language)


def _question(study: Study, language: Language) -> str:
    """Return what was asked: of the primary outcome, and of people if it is one relation."""
    primary, titles = study.primary, {wave.label: wave.title or wave.label for wave in study.waves}
    asked = study.relation(primary.relation).question if primary.relation else ""
    name = outcome_names.name(primary, study, language)
    first, second = (titles[label] for label in primary.waves)
    return front_page.question(primary.family, name, (first, second), asked, language)


def _behind(results: Results, language: Language) -> str:
    """Say of how many of those who could have answered the change of a network tells."""
    found = results.primary.outcome
    if found.family != "network":
        return ""
    there = everyone(results.panels[found.relation], found.waves).senders
    n, could = results.primary.result.n_people, int(there.sum())
    # That a few did not answer changes little, and they are few people.
    return "" if could - n < results.study.min_cell_size else paragraphs.behind(n, could, language)


def source_paragraph(folder: Path) -> str:
    """Return the first paragraph of SOURCE.md in a study folder as plain text: it says if the data are simulated.

    Examples
    --------
    >>> source_paragraph(Path("no such folder"))
    ''
    """
    file = folder / "SOURCE.md"
    if not file.is_file():
        return ""
    blocks = file.read_text(encoding="utf-8-sig").split("\n\n")
    text = next((b for b in blocks if b.strip() and not b.lstrip().startswith("#")), "")
    return " ".join(text.replace("*", "").replace("`", "").split())
