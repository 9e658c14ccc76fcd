"""The questionnaire of data/naestved-cam: seven aims with three items each, and their lines of the study file."""

from __future__ import annotations

from pathlib import Path

AIMS = {
    "fælles fagligt niveau": (
        "faglig",
        "At bruge de samme fagord om det samme i hele centret",
        "At begrunde mine faglige valg, så kolleger i andre enheder kan følge dem",
        "At kende formålet med de reformer, vi arbejder efter",
    ),
    "samarbejde på tværs af faggrupper": (
        "tvaer",
        "At inddrage kolleger fra andre enheder, når en borgers sag kræver det",
        "At vide, hvem i centret der kan hjælpe mig videre",
        "At planlægge et forløb sammen med kolleger fra andre enheder",
    ),
    "udvikling og refleksion på tværs af enheder": (
        "udvik",
        "At tale med kolleger i andre enheder om, hvad der virker",
        "At afprøve nye måder at arbejde på",
        "At lære af sager, der gik skævt",
    ),
    "kommunikation med borgere, virksomheder og hinanden": (
        "komm",
        "At føre samtaler, hvor borgeren er med til at sætte målet",
        "At aftale med virksomheder, hvad de kan forvente",
        "At give en sag videre, så en kollega kan arbejde videre med det samme",
    ),
    "kendskab til centrale metoder": (
        "metode",
        "At bruge coachende samtaler",
        "At kende sygedagpengeområdets metoder ved siden af mit eget områdes",
        "At vælge metoder, som der er belæg for",
    ),
    "kendskab til lovgivning": (
        "lov",
        "At kende reglerne på mit eget område",
        "At kende hovedreglerne på de andre områder i centret",
        "At forklare borgeren reglerne, så de er til at forstå",
    ),
    "omsætning til praksis": (
        "praksis",
        "At bruge det, jeg har lært, i konkrete sager",
        "At ændre en vane i mit arbejde",
        "At skaffe mig plads i hverdagen til at arbejde på nye måder",
    ),
}
ITEMS = {f"{code}_{k}": text for code, *texts in AIMS.values() for k, text in enumerate(texts, start=1)}
QUESTIONS = {"krav": "Kræver dine opgaver dette?", "nu": "Kan du dette i dag?"}
CONTACT = "Kontakt de seneste fire uger om en borger eller en opgave"
TRANSFER = (
    "Jeg bruger det, jeg lærte, i mine sager",
    "Jeg har talt med mine kolleger om det, jeg lærte",
    "Min leder har fulgt op på, hvad jeg lærte",
    "Jeg gør noget anderledes i dag end før modulet",
    "Hverdagen giver ikke plads til at bruge det, jeg lærte",
)


def study_file(template: Path) -> str:
    """The study file, with the items of both scales written in."""
    text = template.read_text(encoding="utf-8")
    for kind in QUESTIONS:
        items = [f'{kind}_{item} = "{wording}"' for item, wording in ITEMS.items()]
        parts = []
        for name, (code, *texts) in AIMS.items():
            named = ", ".join(f'"{kind}_{code}_{k}"' for k in range(1, len(texts) + 1))
            parts.append(f'"{name}" = [{named}]')
        text = text.replace(f"@{kind}@", "\n".join(items)).replace(f"@{kind}_parts@", "\n".join(parts))
    for k, wording in enumerate(TRANSFER, start=1):
        text = text.replace(f"@brug_{k}@", wording)
    return text
