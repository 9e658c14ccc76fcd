"""Words of `netlearn inspect`: what was recognised, and the comments in a draft of study.toml."""

from __future__ import annotations

from netlearn.wording import Language
from netlearn.wording.tools import RECOGNISED

_DRAFT: dict[str, dict[Language, str]] = {
    "head": {
        "en": "fill in every FILL IN, then run `netlearn check`; keys are explained in docs/study-file.md",
        "da": "udfyld alle FILL IN, og kør `netlearn check`; nøglerne er forklaret i docs/study-file.md",
    },
    "roster": {
        "en": "The staff list: everybody who was employed, whether they answered or not.",
        "da": "Personalelisten: alle ansatte, uanset om de har svaret.",
    },
    "date": {"en": "the day that stands for the wave", "da": "den dag, der står for målingen"},
    "respondent": {
        "en": "the column that says who answered; it is matched with the key or id of the roster",
        "da": "den kolonne, der siger, hvem der svarede; den sammenlignes med personalelistens key eller id",
    },
    "levels": {
        "en": "What each answer counts as: 0 = no, 1 or more = a tie; put don't know in dont_know instead.",
        "da": "Hvad hvert svar tæller som: 0 = nej, 1 eller mere = en forbindelse; skriv ved ikke i dont_know i "
        "stedet.",
    },
    "nobody": {
        "en": 'the answer that says "nobody", if it was asked',
        "da": 'det svar, der siger "ingen", hvis der er spurgt om det',
    },
    "slots": {
        "en": "add level = … for how often, and alter_columns for what was told about each person",
        "da": "tilføj level = … for hvor ofte, og alter_columns for det, der er fortalt om hver person",
    },
    "group": {
        "en": "the column that names the colleague; add level = … for how often",
        "da": "den kolonne, der nævner kollegaen; tilføj level = … for hvor ofte",
    },
    "scale": {
        "en": "Perhaps a scale; remove the # signs to read it.",
        "da": "Måske en skala; fjern #-tegnene for at læse den.",
    },
    "primary": {
        "en": "The one outcome you will judge by. Choose it before you look at the answers.",
        "da": "Det ene udfald, I vil dømme efter. Vælg det, før I ser på svarene.",
    },
}
_LINE: dict[str, dict[Language, str]] = {
    "tool": {
        "en": "{file}: {dialect} ({sure} sure: {why}).",
        "da": "{file}: {dialect} ({sure} sikker: {why}).",
    },
    "parts": {"en": "  with {parts}", "da": "  sammen med {parts}"},
    "written": {
        "en": "  text in {encoding}, columns separated by {separator}",
        "da": "  tekst i {encoding}, kolonner adskilt af {separator}",
    },
    "size": {
        "en": "  {rows} rows, {columns} columns; {dropped} rows are no responses; {sent} were sent in, {open} were "
        "not.",
        "da": "  {rows} rækker, {columns} kolonner; {dropped} rækker er ingen besvarelser; {sent} er indsendt, "
        "{open} er "
        "ikke.",
    },
    "respondent": {"en": "  who answered: column {column}", "da": "  hvem der svarede: kolonne {column}"},
    "question": {
        "en": "  {code}: {kind}, {columns} columns{people}{text}",
        "da": "  {code}: {kind}, {columns} kolonner{people}{text}",
    },
    "people": {"en": ", {share} of its items are people", "da": ", {share} af leddene er personer"},
    "look": {"en": ", {share} of its items look like names", "da": ", {share} af leddene ligner navne"},
    "single": {
        "en": "  and {count} further questions of one column",
        "da": "  og {count} andre spørgsmål med én kolonne",
    },
    "draft": {
        "en": "{path} is a draft: fill in every FILL IN, save it as study.toml, and run `netlearn check`.",
        "da": "{path} er et udkast: udfyld alle FILL IN, gem det som study.toml, og kør `netlearn check`.",
    },
    "exists": {
        "en": "{path} is there already and is no draft of netlearn. Do: name another file with --out.",
        "da": "{path} findes allerede og er intet udkast fra netlearn. Gør: angiv en anden fil med --out.",
    },
}


def draft_words(language: Language) -> dict[str, str]:
    """Return the comments of a draft."""
    return {key: words[language] for key, words in _DRAFT.items()}


def line(key: str, language: Language, **values: object) -> str:
    """Return one line of what `netlearn inspect` prints."""
    return _LINE[key][language].format(**values)


def why(code: str, language: Language) -> str:
    """Say by what a tool was recognised."""
    return RECOGNISED[code][language]


def draft_exists(path: str, language: Language) -> str:
    """Say that a file of the user's own is in the way."""
    return line("exists", language, path=path)
