"""Words about downloads of Google Forms."""

from __future__ import annotations

from netlearn.wording import Language

WORDS: dict[str, dict[Language, str]] = {
    "google-forms-time": {
        "en": "the first column does not hold the times of the answers. Expected the column that Google Forms puts "
        "first, such as Timestamp. Do: download the responses again and change no columns, or write dialect = "
        '"plain" if this is a table of your own.',
        "da": "den første kolonne indeholder ikke svarenes tidspunkter. Forventede den kolonne, som Google Forms "
        "sætter først, fx Tidsstempel. Gør: hent svarene igen uden at ændre kolonner, eller skriv dialect = "
        '"plain", hvis det er din egen tabel.',
    },
    "google-forms-zip": {
        "en": "the zip holds {count} files. Expected one table of responses. Do: unpack it and name the file with "
        "the responses.",
        "da": "zip-filen indeholder {count} filer. Forventede én tabel med besvarelser. Gør: pak den ud, og angiv "
        "filen med besvarelserne.",
    },
    "google-forms-no-heading": {
        "en": "the column holds cells and has no heading. Expected the wording of a question. Do: give it a heading, "
        "or remove it.",
        "da": "kolonnen har celler og ingen overskrift. Forventede et spørgsmåls ordlyd. Gør: giv den en overskrift, "
        "eller fjern den.",
    },
    "google-forms-joined": {
        "en": "{count} questions hold several answers in one cell.",
        "da": "{count} spørgsmål har flere svar i én celle.",
    },
    "google-forms-asked-again": {
        "en": "{count} columns have a heading that stands before; their questions are called the same with (2), (3), … "
        "behind.",
        "da": "{count} kolonner har en overskrift, der allerede står tidligere; deres spørgsmål hedder det samme med "
        "(2), (3), … bagefter.",
    },
    "google-forms-empty-rows": {
        "en": "{count} rows hold no answer; they are left out.",
        "da": "{count} rækker har intet svar; de er udeladt.",
    },
    "google-forms-untimed": {
        "en": "{count} rows with answers have no time, so they were not sent by the form; they count as answers.",
        "da": "{count} rækker med svar har intet tidspunkt, så de er ikke sendt med formularen; de tæller som svar.",
    },
    "google-forms-days-unread": {
        "en": "{count} times cannot be read for certain (day and month could be exchanged); they are not used.",
        "da": "{count} tidspunkter kan ikke læses med sikkerhed (dag og måned kan være byttet om); de er ikke brugt.",
    },
}
WHY: dict[str, dict[Language, str]] = {
    "google-forms-time": {
        "en": "the column of times that Google Forms puts first",
        "da": "kolonnen med tidspunkter, som Google Forms sætter først",
    },
    "google-forms-grid": {
        "en": "a column of times first, and headings such as Question [Row]",
        "da": "en kolonne med tidspunkter først og overskrifter som Spørgsmål [Række]",
    },
}
