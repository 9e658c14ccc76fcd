"""The page of a report: the template filled with sentences, tables and figures of one language."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from netlearn import figures
from netlearn.analysis.compare import Change
from netlearn.analysis.network import Network
from netlearn.analysis.results import Results
from netlearn.figures.forest import outcome_units
from netlearn.figures.style import as_bytes
from netlearn.report import tables
from netlearn.report.headline import headline
from netlearn.report.sections import limits_section, section_of
from netlearn.study.missing import everyone
from netlearn.study.plan import Study
from netlearn.wording import Language, method, method_box, nulls, outcome_names, paragraphs, suppressed
from netlearn.wording.handling import handling
from netlearn.wording.numbers import day
from netlearn.wording.p_columns import p_columns
from netlearn.wording.terms import term
from netlearn.wording.terms import unit as unit_word

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True)
class Picture:
    """A drawn figure: its files, and the words that stand for it."""

    name: str
    alt: str
    svg: bytes
    png: bytes

    @property
    def source(self) -> str:
        """The figure inside the page, as a data address."""
        return f"data:image/svg+xml;base64,{base64.b64encode(self.svg).decode('ascii')}"


def pictures(results: Results, language: Language) -> dict[str, Picture]:
    """Draw every figure of the report, by name."""
    drawn: dict[str, tuple[str, Axes]] = {
        "response": ("response", figures.plot_response(results, language=language))
    }
    if results.network is not None:
        drawn |= _of_network(results, results.network, language)
    for unit in outcome_units(results):
        name = f"outcomes-{unit.replace('_', '-')}"
        drawn[name] = ("outcomes", figures.plot_outcomes(results, unit, language=language))
    return {name: _picture(name, key, ax, language) for name, (key, ax) in drawn.items()}


def _of_network(results: Results, network: Network, language: Language) -> dict[str, tuple[str, Axes]]:
    change = network.outcome.change
    first, second = change.waves
    return {
        "mixing-earlier": ("mixing", figures.plot_mixing(results, first, language=language)),
        "mixing-later": ("mixing", figures.plot_mixing(results, second, language=language)),
        "mixing-change": ("mixing_change", figures.plot_mixing(results, (first, second), language=language)),
        "change": ("change", figures.plot_change(change, language=language)),
        "turnover": ("turnover", figures.plot_turnover(results, language=language)),
        "handling": ("handling", figures.plot_handling(results, language=language)),
    }


def _picture(name: str, key: str, ax: Axes, language: Language) -> Picture:
    title = " ".join((ax.get_title(loc="left") or ax.get_title(loc="right")).split())
    unit = name.removeprefix("outcomes-").replace("-", "_") if key == "outcomes" else "colleagues"
    alt = term("alt", key, language).format(title=title, unit=unit_word(unit, language))
    return Picture(name, alt, as_bytes(ax, "svg", title, alt), as_bytes(ax, "png", title, alt))


def render(results: Results, drawn: Mapping[str, Picture], language: Language) -> str:
    """Fill the template; every value is escaped."""
    import jinja2

    here = resources.files("netlearn.report")
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    template = environment.from_string(here.joinpath("page.html").read_text(encoding="utf-8"))
    style = here.joinpath("page.css").read_text(encoding="utf-8")
    return template.render(_context(results, drawn, language), style=style) + "\n"


def _context(results: Results, drawn: Mapping[str, Picture], language: Language) -> dict[str, Any]:
    study = results.study
    sections = [section_of(part, language) for part in results.parts]
    # What the primary outcome asks comes before what stands beside it.
    led = study.primary.family == "network"

    def heading(key: str) -> str:
        return term("heading", key, language)

    return {
        "language": language,
        "heading": heading,
        "title": study.title,
        "simulated": method.simulated(language) if study.simulated else "",
        "simulated_verdict": method.simulated_verdict(language),
        "waves": [(wave.title or wave.label, day(wave.date, language)) for wave in study.waves],
        "question": _question(study, language),
        "pictures": drawn,
        "outcome_pictures": [p for name, p in drawn.items() if name.startswith("outcomes-")],
        "answer": headline(results.primary, language),
        "behind": _behind(results, language),
        "evidence": None if results.evidence is None else section_of(results.evidence, language),
        "sections_first": [] if led else sections,
        "sections_later": sections if led else [],
        "network": results.network is not None,
        "nulls": _nulls(results, language),
        "texts": _texts(results, language) | _texts_of_network(results, language),
        "tables": {
            "response": tables.response_table(results, language),
            "outcomes": tables.outcomes_table(results, language),
            "certainty": tables.certainty_table(results, language),
        }
        | _tables_of_network(results, language),
        "limits": limits_section(results, language).texts,
        "method": method_box.method(study, results.network, language),
        # Without row numbers, which only say how the rows happened to be sorted.
        "notes": sorted({replace(note, row=0).text(language) for note in results.notes}),
        "versions": ", ".join(f"{k} {v}" for k, v in results.provenance.versions.items()),
        "source": method.simulated(language) if study.simulated else source_paragraph(study.folder),
    }


def _question(study: Study, language: Language) -> str:
    """Return what was asked: the title of the primary outcome, and the question to people if it is one relation."""
    asked = study.relation(study.primary.relation).question if study.primary.relation else ""
    named = outcome_names.name(study.primary, study, language)
    if study.primary.family == "network" and not study.primary.title:
        return asked or named
    return f"{named}. {asked}".strip() if asked else named


def _behind(results: Results, language: Language) -> str:
    """Say of how many of those who could have answered the change of a network tells."""
    found = results.primary.outcome
    if found.family != "network":
        return ""
    panel = results.panels[found.relation]
    there = everyone(panel, found.waves).senders
    return paragraphs.behind(results.primary.result.n_people, int(there.sum()), language)


def _nulls(results: Results, language: Language) -> list[str]:
    if results.network is None or results.network.outcome.change.verdict == "descriptive":
        return []
    change = results.network.outcome.change
    return [paragraphs.person_null(change, language), paragraphs.swap_null(change, language)]


def _texts(results: Results, language: Language) -> dict[str, str]:
    everybody = results.response.groupby("wave", sort=False).first()
    answered = [(str(w), int(r["answered"]), int(r["employed"])) for w, r in everybody.iterrows()]
    least = results.study.min_cell_size
    return {
        "response": paragraphs.response(answered, language, not results.study.roster.asked),
        "pooled": paragraphs.pooled(len(results.pooling.pooled), least, language),
        "hidden": suppressed.note(least, language) if _hidden(results) else "",
        "holm": paragraphs.holm(len(results.secondary), language),
        "p_columns": _p_columns(results, language),
        "units": paragraphs.units((found.told[3] for found in results.outcomes), language),
        "placebo": paragraphs.placebo(results.placebo.change, language) if results.placebo else "",
        "seed": method.seed(results.provenance.seed, results.provenance.draws, language),
        "same_again": method.same_again(language),
    }


def _p_columns(results: Results, language: Language) -> str:
    changes = [found.change for found in results.outcomes if found.outcome.family == "network"]
    families = [found.outcome.family for found in results.outcomes]
    return p_columns(families, next(iter(changes), None), language)


def _texts_of_network(results: Results, language: Language) -> dict[str, str]:
    if results.network is None:
        return {}
    network = results.network
    change, cross = network.outcome.change, network.turnover.loc["cross"]
    kept, formed, dissolved = (float(str(cross[name])) for name in ("kept", "formed", "dissolved"))
    beside = network.outcome.role != "primary"
    return {
        "beside": paragraphs.beside(change, language) if beside else "",
        "not_told": suppressed.departments(results.study.min_cell_size, language)
        if _no_departments(change)
        else "",
        "mixing": paragraphs.mixing(language, shown=results.study.roster.shown is not None),
        "ladder": paragraphs.ladder(language),
        "behind": nulls.behind(paragraphs.swap_model(change), language),
        "turnover": paragraphs.turnover(kept, formed, dissolved, language),
        "handling": handling(change, _records(network.handling), language),
    }


def _no_departments(change: Change) -> bool:
    """Tell whether the numbers of the department level are left out."""
    return bool(change.ladder.loc[change.ladder["level"] == "department", "estimate"].isna().all())


def _told_otherwise(results: Results) -> bool:
    """Tell whether another way of handling missing answers is told."""
    return int(results.everybody.handling["n_people"].notna().sum()) > 1


def _tables_of_network(results: Results, language: Language) -> dict[str, tables.Table | None]:
    if results.network is None:
        return {}
    return {
        "ladder": tables.ladder_table(results, language),
        "turnover": tables.turnover_table(results, language),
        "handling": tables.handling_table(results, language) if _told_otherwise(results) else None,
    }


def _hidden(results: Results) -> bool:
    """Tell whether a number is left out of a table of the page; the pictures say so themselves."""
    return bool(results.response["answered"].isna().any())


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


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
