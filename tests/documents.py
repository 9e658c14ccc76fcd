"""Reports made by hand: hostile names, long Danish ones, pairs that are left out, few and many departments."""

from __future__ import annotations

import random
from typing import Any

import pandas as pd

from netlearn.figures.drawing import Drawn
from netlearn.report.document import Document, Summary
from netlearn.report.section import Picture, Section
from netlearn.report.tables import Table
from netlearn.wording import Language

HOSTILE = "<script>alert(1)</script>"
FORMULA = "=cmd()"
LONG = "Specialpædagogisk støtte- og rådgivningsenhed for førskolebørn ved Ærø Ældrecenter, afsnit Øst"
NAMES = (
    HOSTILE,
    FORMULA,
    LONG,
    "Hjemmepleje",
    "Køkken",
    "Æstetik & Ånd",
    "$x$ {a} $&",
    "Børn",
    "Unge",
    "Økonomi",
)
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="240" height="120"><style>.b{fill:#0072b2}</style>'
    b'<rect class="b" width="200" height="40"/><text x="5" y="80">A figure</text></svg>'
)

# Cells of a sortable table, in the order in which they stand, and which of them come in which place.
NUMBERS: dict[Language, tuple[str, ...]] = {
    "en": ("1,234.5", "−0.4", "–", "< 0.001", "0.03", "12.0\N{NO-BREAK SPACE}%", "−1.5 to 2.0", "2/7 (29 %)"),
    "da": (
        "1.234,5",
        "−0,4",
        "–",
        "< 0,001",
        "0,03",
        "12,0\N{NO-BREAK SPACE}%",
        "−1,5 til 2,0",
        "2/7 (29 %)",
    ),
}
ASCENDING = (6, 1, 3, 4, 7, 5, 0, 2)
DESCENDING = (0, 5, 7, 4, 3, 1, 6, 2)
WORDS = ("Ærø", "Zoo", "Ø", "Åby", "Aalborg", "afdeling 10", "afdeling 9", "–")


def widget(k: int, *, directed: bool = True, hidden: bool = True, counted: bool = True) -> dict[str, Any]:
    """The data of a department map; some pairs are left out, one has no possible ties."""
    rng = random.Random(k)
    names = [NAMES[at] if at < len(NAMES) else f"Afdeling for nævnte område {at + 1}" for at in range(k)]
    size = [rng.randint(5, 20) for _ in range(k)]
    possible: list[list[Any]] = [[size[a] * (size[b] - (a == b)) for b in range(k)] for a in range(k)]
    chance = [[0.4 if a == b else 0.1 * rng.random() ** 2 for b in range(k)] for a in range(k)]
    ties: list[Any] = [
        [
            [sum(rng.random() < p + up for _ in range(n)) for p, n in zip(*rows, strict=True)]
            for rows in zip(chance, possible, strict=True)
        ]
        for up in (0.0, 0.03)
    ]
    if not counted:
        ties[1] = [[t + 0.25 for t in row] for row in ties[1]]
    for a, b in [(0, 1), (2, 2), (1, 2)] if hidden else []:
        possible[a][b] = ties[0][a][b] = ties[1][a][b] = None
    if k > 4:
        possible[3][4], ties[0][3][4], ties[1][3][4] = 0, 0, 0
    if not directed:
        for table in (possible, *ties):
            for a in range(k):
                for b in range(a):
                    table[a][b] = table[b][a]
    told = {"kind": "departments", "names": names, "waves": ["Før <b>", "Efter"], "directed": directed}
    return told | {"possible": possible, "ties": ties, "counted": counted}


def picture(name: str) -> Picture:
    """A figure that is never drawn."""
    return Picture(name, "change", pd.DataFrame(), {}, f"Words for {name} & {HOSTILE}")


def drawn(document: Document) -> dict[str, Drawn]:
    """Something in the place of every figure."""
    return {p.name: Drawn(p.name, p.name, p.alt, SVG, b"") for p in document.pictures}


def document(language: Language = "da", k: int = 12, **options: Any) -> Document:
    """A report of k departments."""
    paragraph = (
        "Hver medarbejder nævner i gennemsnit 1,9\N{NO-BREAK SPACE}kolleger på tværs: 29,8\N{NO-BREAK SPACE}%. "
        * 3
    )
    table = Table(
        f"Tal og ord {HOSTILE}",
        ("Navn", "Tal", "En meget lang kolonneoverskrift om forbindelser"),
        tuple((word, number, paragraph[:60]) for word, number in zip(WORDS, NUMBERS[language], strict=True)),
        (False, True, False),
    )
    plain = Section("response", "Hvem svarede", (paragraph,), (table,), pictures=(picture("response"),))
    shown = Section(
        "map",
        "Hvem nævner hvem",
        (paragraph,),
        pictures=(picture("mixing"), picture("mixing-2")),
        widget=widget(k, **options),
    )
    limits = Section("limits", "Hvad dette design ikke kan vise", points=(paragraph, FORMULA))
    checks = [
        Section(key, f"Bilag {key} {LONG}", (paragraph,), (table,), ("Note.",), appendix=True)
        for key in ("turnover", "method", "notes")
    ]
    return Document(
        language=language,
        title=f"Kurset på tværs {HOSTILE} {FORMULA}",
        simulated="Alle svar er simulerede.",
        waves=(("Før", "18. januar 2021"), ("Efter", "1. december 2021")),
        summary=Summary(
            "Hvem taler du med?",
            "Folk taler med 1,9 flere.",
            "Vurdering: ændret.",
            (paragraph, paragraph),
            (paragraph,) * 3,
            "98 af 140 svarede.",
        ),
        sections=(plain, shown, limits, *checks),
        source=f"Data er fundet på. {HOSTILE}",
        provenance=("Startværdi 7.", "netlearn 0.1.0"),
    )
