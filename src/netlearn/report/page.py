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
from netlearn.analysis.results import Results
from netlearn.figures.forest import outcome_units
from netlearn.figures.style import as_bytes
from netlearn.report import tables
from netlearn.wording import Language, method, nulls, paragraphs, sentences, suppressed, verdicts
from netlearn.wording.numbers import day
from netlearn.wording.terms import term

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
    first, second = results.primary.change.waves
    drawn: dict[str, tuple[str, Axes]] = {
        "response": ("response", figures.plot_response(results, language=language)),
        "mixing-earlier": ("mixing", figures.plot_mixing(results, first, language=language)),
        "mixing-later": ("mixing", figures.plot_mixing(results, second, language=language)),
        "mixing-change": ("mixing_change", figures.plot_mixing(results, (first, second), language=language)),
        "change": ("change", figures.plot_change(results.primary.change, language=language)),
        "turnover": ("turnover", figures.plot_turnover(results, language=language)),
        "handling": ("handling", figures.plot_handling(results, language=language)),
    }
    for unit in outcome_units(results):
        name = f"outcomes-{unit.replace('_', '-')}"
        drawn[name] = ("outcomes", figures.plot_outcomes(results, unit, language=language))
    return {name: _picture(name, key, ax, language) for name, (key, ax) in drawn.items()}


def _picture(name: str, key: str, ax: Axes, language: Language) -> Picture:
    title = " ".join((ax.get_title(loc="left") or ax.get_title(loc="right")).split())
    unit = name.removeprefix("outcomes-").replace("-", "_") if key == "outcomes" else "colleagues"
    alt = term("alt", key, language).format(title=title, unit=term("unit", unit, language))
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
    study, change = results.study, results.primary.change

    def heading(key: str) -> str:
        return term("heading", key, language)

    return {
        "language": language,
        "heading": heading,
        "title": study.title,
        "waves": [(wave.title or wave.label, day(wave.date, language)) for wave in study.waves],
        "question": study.relation(study.primary.relation).question or change.relation,
        "pictures": drawn,
        "outcome_pictures": [p for name, p in drawn.items() if name.startswith("outcomes-")],
        "finding": sentences.finding(change, language),
        "verdict": verdicts.verdict(change, language),
        "basis": sentences.basis(change, language),
        "not_called": sentences.not_called(language),
        "nulls": _nulls(results, language),
        "texts": _texts(results, language),
        "tables": {
            "response": tables.response_table(results, language),
            "ladder": tables.ladder_table(results, language),
            "outcomes": tables.outcomes_table(results, language),
            "certainty": tables.certainty_table(results, language),
            "turnover": tables.turnover_table(results, language),
            "handling": tables.handling_table(results, language),
        },
        "limits": method.limits(language),
        "method": method.method(change, study.min_cell_size, language),
        # Without row numbers, which only say how the rows happened to be sorted.
        "notes": sorted({replace(note, row=0).text(language) for note in results.notes}),
        "versions": ", ".join(f"{k} {v}" for k, v in results.provenance.versions.items()),
        "source": source_paragraph(study.folder),
    }


def _nulls(results: Results, language: Language) -> list[str]:
    change = results.primary.change
    if change.verdict == "descriptive":
        return []
    return [paragraphs.person_null(change, language), paragraphs.swap_null(change, language)]


def _texts(results: Results, language: Language) -> dict[str, str]:
    study, change, cross = results.study, results.primary.change, results.turnover.loc["cross"]
    everybody = results.response.groupby("wave", sort=False).first()
    answered = [(str(w), int(r["answered"]), int(r["employed"])) for w, r in everybody.iterrows()]
    kept, formed, dissolved = (float(str(cross[name])) for name in ("kept", "formed", "dissolved"))
    return {
        "response": paragraphs.response(answered, language),
        "pooled": paragraphs.pooled(len(results.pooling.pooled), study.min_cell_size, language),
        "hidden": suppressed.note(study.min_cell_size, language) if _hidden(results) else "",
        "mixing": paragraphs.mixing(language),
        "ladder": paragraphs.ladder(language),
        "p_columns": paragraphs.p_columns(change, language),
        "behind": nulls.behind(paragraphs.swap_model(change), language),
        "holm": paragraphs.holm(len(results.secondary), language),
        "placebo": paragraphs.placebo(results.placebo.change, language) if results.placebo else "",
        "turnover": paragraphs.turnover(kept, formed, dissolved, language),
        "handling": paragraphs.handling(change, _records(results.handling), language),
        "seed": method.seed(results.provenance.seed, results.provenance.draws, language),
        "same_again": method.same_again(language),
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
