"""Words about downloads of Qualtrics."""

from __future__ import annotations

from netlearn.wording import Language

_FAULTS: dict[str, dict[Language, str]] = {
    "qualtrics-headings": {
        "en": "this is not a download of Qualtrics: there is no row of import ids and none of the columns that "
        'Qualtrics adds. Expected headings in row 1, wordings in row 2 and {{"ImportId":…}} in row 3. Do: download '
        'the responses again as CSV and change nothing in them, or write dialect = "plain" if this is a table of '
        "your own.",
        "da": "dette er ikke en download fra Qualtrics: der er ingen række med import-id'er og ingen af de kolonner, "
        'som Qualtrics tilføjer. Forventede overskrifter i række 1, ordlyd i række 2 og {{"ImportId":…}} i række 3. '
        'Gør: hent besvarelserne igen som CSV uden at ændre noget i dem, eller skriv dialect = "plain", hvis det er '
        "din egen tabel.",
    },
    "qualtrics-rows-moved": {
        "en": "the import ids stand in this row. Expected them in row 3, under names and wordings. Do: download the "
        "responses again, and do not sort or edit the heading rows.",
        "da": "import-id'erne står i denne række. Forventede dem i række 3, under navne og ordlyd. Gør: hent "
        "besvarelserne igen, og undlad at sortere eller rette overskriftsrækkerne.",
    },
    "qualtrics-headings-again": {
        "en": "headings stand among the answers{more}: files were put under each other, or the rows were sorted. "
        "Expected answers only. Do: give each download as a file of its own, unchanged.",
        "da": "der står overskrifter blandt svarene{more}: filer er sat under hinanden, eller rækkerne er sorteret. "
        "Forventede kun svar. Gør: angiv hver download som sin egen fil, uændret.",
    },
    "qualtrics-zip": {
        "en": "the zip holds {count} files. Expected one table of responses. Do: unpack it and name the file with "
        "the responses.",
        "da": "zip-filen indeholder {count} filer. Forventede én tabel med besvarelser. Gør: pak den ud, og angiv "
        "filen med besvarelserne.",
    },
    "qualtrics-fillers": {
        "en": "boxes of question {asked} that were not ticked hold {known}. Expected one of them. Do: download "
        'again without "Recode seen but unanswered".',
        "da": "felter i spørgsmålet {asked}, der ikke er afkrydset, indeholder {known}. Forventede ét af dem. Gør: "
        'hent igen uden "Recode seen but unanswered".',
    },
}

_NOTES: dict[str, dict[Language, str]] = {
    "qualtrics-no-texts": {
        "en": "the file has no row of wordings, so it does not say which colleague a column is about.",
        "da": "filen har ingen række med ordlyd, så den siger ikke, hvilken kollega en kolonne handler om.",
    },
    "qualtrics-no-ids": {
        "en": "the file has no row of import ids; which columns belong together is told by their headings.",
        "da": "filen har ingen række med import-id'er; hvilke kolonner der hører sammen, ses på deres overskrifter.",
    },
    "qualtrics-no-labels": {
        "en": "{count} columns have no wording of their row or choice, or only its number: {questions}.",
        "da": "{count} kolonner har ingen ordlyd for deres række eller valg, eller kun dets nummer: {questions}.",
    },
    "qualtrics-loops": {
        "en": "{count} columns are asked in turns (loop and merge); they are read as the questions {questions}.",
        "da": "{count} kolonner er spurgt i omgange (loop and merge); de er læst som spørgsmålene {questions}.",
    },
    "qualtrics-question-per-choice": {
        "en": "tables whose cells hold different answers are read as a question per column of the table: {questions}.",
        "da": "tabeller, hvis celler har forskellige svar, er læst som et spørgsmål pr. kolonne i tabellen: "
        "{questions}.",
    },
    "qualtrics-joined": {
        "en": 'cells of these questions hold several answers joined by ",": {questions}.',
        "da": 'celler i disse spørgsmål har flere svar, sat sammen med ",": {questions}.',
    },
    "qualtrics-numbers": {
        "en": "{count} questions hold numbers as answers, and the file does not say what they mean. They need not be "
        "in order: say under levels what each means.",
        "da": "{count} spørgsmål har tal som svar, og filen siger ikke, hvad de betyder. De behøver ikke stå i orden: "
        "skriv under levels, hvad hvert betyder.",
    },
    "qualtrics-seen-blank": {
        "en": "{count} cells hold -99, which Qualtrics writes where a question was seen and left blank; they are read "
        "as not answered.",
        "da": "{count} celler indeholder -99, som Qualtrics skriver, hvor et spørgsmål er set og ikke besvaret; de er "
        "læst som ikke besvaret.",
    },
    "qualtrics-not-shown": {
        "en": "{count} cells are blank in questions where Qualtrics filled every cell that was seen; they are read as "
        "not shown.",
        "da": "{count} celler er tomme i spørgsmål, hvor Qualtrics har udfyldt alle celler, der blev set; de er læst "
        "som ikke vist.",
    },
    "qualtrics-typed-beside": {
        "en": "{count} cells hold what was typed beside a choice (…_TEXT); they are not read as answers.",
        "da": "{count} celler har, hvad der er skrevet ved siden af et valg (…_TEXT); de er ikke læst som svar.",
    },
    "qualtrics-other-columns": {
        "en": "{count} columns hold what Qualtrics adds (places, times, orders, analyses); they are not read.",
        "da": "{count} kolonner har, hvad Qualtrics tilføjer (steder, tider, rækkefølger, analyser); de er ikke læst.",
    },
    "qualtrics-preview-rows": {
        "en": "{count} rows are previews of the survey; they are left out.",
        "da": "{count} rækker er forhåndsvisninger af undersøgelsen; de er udeladt.",
    },
    "qualtrics-test-rows": {
        "en": "{count} rows are generated test answers; they are left out.",
        "da": "{count} rækker er genererede testsvar; de er udeladt.",
    },
    "qualtrics-spam-rows": {
        "en": "{count} rows are marked as spam by Qualtrics and came without an invitation; they are left out.",
        "da": "{count} rækker er mærket som spam af Qualtrics og kom uden invitation; de er udeladt.",
    },
    "qualtrics-spam-kept": {
        "en": "{count} rows are marked as spam by Qualtrics and came from somebody on the contact list; they count as "
        "answers.",
        "da": "{count} rækker er mærket som spam af Qualtrics og kom fra nogen på kontaktlisten; de tæller som svar.",
    },
    "qualtrics-empty-rows": {
        "en": "{count} rows hold no answer; they are left out.",
        "da": "{count} rækker har intet svar; de er udeladt.",
    },
    "qualtrics-imported-rows": {
        "en": "{count} rows were imported into Qualtrics; they count as answers.",
        "da": "{count} rækker er importeret til Qualtrics; de tæller som svar.",
    },
    "qualtrics-status-unread": {
        "en": "{count} rows have a status that is not known here; they count as answers. Look whether they are "
        "previews.",
        "da": "{count} rækker har en status, der ikke kendes her; de tæller som svar. Se efter, om de er "
        "forhåndsvisninger.",
    },
    "qualtrics-finished-unknown": {
        "en": "for {count} rows the file does not say whether they were sent in.",
        "da": "for {count} rækker siger filen ikke, om de er sendt.",
    },
    "qualtrics-days-unread": {
        "en": "{count} times cannot be read for certain (day and month could be exchanged); they are not used.",
        "da": "{count} tidspunkter kan ikke læses med sikkerhed (dag og måned kan være byttet om); de er ikke brugt.",
    },
}

WORDS: dict[str, dict[Language, str]] = _FAULTS | _NOTES
WHY: dict[str, dict[Language, str]] = {
    "qualtrics-import-ids": {
        "en": "the row of import ids that Qualtrics writes under the headings",
        "da": "rækken med import-id'er, som Qualtrics skriver under overskrifterne",
    },
    "qualtrics-named-by-ids": {
        "en": "headings that are import ids of Qualtrics",
        "da": "overskrifter, der er Qualtrics' import-id'er",
    },
    "qualtrics-numbered": {
        "en": "the columns V1, V2, … of old Qualtrics downloads",
        "da": "kolonnerne V1, V2, … i gamle downloads fra Qualtrics",
    },
    "qualtrics-columns": {
        "en": "the columns that Qualtrics adds, by their headings",
        "da": "de kolonner, som Qualtrics tilføjer, på deres overskrifter",
    },
}
