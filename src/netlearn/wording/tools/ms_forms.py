"""Words about exports of Microsoft Forms."""

from __future__ import annotations

from netlearn.wording import Language

WORDS: dict[str, dict[Language, str]] = {
    "ms-forms-headings": {
        "en": "the first columns are not those of Microsoft Forms. Expected ID, Start time, Completion time, Email and "
        "Name, in the language of the form. Do: open the responses in Excel from Forms and save them unchanged, or "
        'write dialect = "plain" if this is a table of your own.',
        "da": "de første kolonner er ikke Microsoft Forms'. Forventede ID, Starttidspunkt, Fuldførelsestidspunkt, Mail "
        "og Navn, på formularens sprog. Gør: åbn svarene i Excel fra Forms, og gem dem uændret, eller skriv dialect = "
        '"plain", hvis det er din egen tabel.',
    },
    "ms-forms-no-heading": {
        "en": "the column holds answers and has no heading. Expected the wording of a question. Do: open the responses "
        "in Excel from Forms again.",
        "da": "kolonnen har svar og ingen overskrift. Forventede et spørgsmåls ordlyd. Gør: åbn svarene i Excel fra "
        "Forms igen.",
    },
    "ms-forms-heading-twice": {
        "en": "the heading is the same as that of column {first}, but for blanks. Expected a heading per question. Do: "
        "give one of them another heading.",
        "da": "overskriften er den samme som i kolonne {first}, bortset fra mellemrum. Forventede én overskrift pr. "
        "spørgsmål. Gør: giv en af dem en anden overskrift.",
    },
    "ms-forms-joined": {
        "en": '{count} questions hold several answers in one cell, joined by ";".',
        "da": '{count} spørgsmål har flere svar i én celle, sat sammen med ";".',
    },
    "ms-forms-repeated": {
        "en": "{count} columns belong to a list that is asked more than once (the same wordings with a digit behind "
        "them); the lists are read as the questions {questions}, 1 being the first.",
        "da": "{count} kolonner hører til en liste, der er spurgt om flere gange (samme ordlyd med et ciffer "
        "bagefter); listerne er læst som spørgsmålene {questions}, hvor 1 er den første.",
    },
    "ms-forms-empty-rows": {
        "en": "{count} rows hold no answer; they are left out.",
        "da": "{count} rækker har intet svar; de er udeladt.",
    },
    "ms-forms-anonymous": {
        "en": "{count} rows were answered without signing in; Forms does not say by whom.",
        "da": "{count} rækker er besvaret uden at logge ind; Forms siger ikke, af hvem.",
    },
    "ms-forms-days-unread": {
        "en": "{count} times cannot be read for certain (day and month could be exchanged); they are not used.",
        "da": "{count} tidspunkter kan ikke læses med sikkerhed (dag og måned kan være byttet om); de er ikke brugt.",
    },
}
WHY: dict[str, dict[Language, str]] = {
    "ms-forms-headings": {
        "en": "the columns ID, Start time and Completion time that Microsoft Forms puts first",
        "da": "kolonnerne ID, Starttidspunkt og Fuldførelsestidspunkt, som Microsoft Forms sætter først",
    },
    "ms-forms-cells": {
        "en": "first columns with a number, two times and an address, as Microsoft Forms writes them",
        "da": "første kolonner med et nummer, to tidspunkter og en adresse, som Microsoft Forms skriver dem",
    },
}
