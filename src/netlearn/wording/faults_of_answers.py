"""Words for faults and notes about the answers: who answered, about whom, and with which level."""

from __future__ import annotations

from netlearn.wording import Language

ANSWERS: dict[str, dict[Language, str]] = {
    "missing-respondent": {
        "en": "the row does not say who answered{more}. Expected a person of the roster. Do: fill in the "
        "cell or remove the row.",
        "da": "rækken siger ikke, hvem der svarede{more}. Forventede en person fra personalelisten. Gør: "
        "udfyld cellen, eller fjern rækken.",
    },
    "unknown-respondent": {
        "en": "respondent '{value}' is not in the roster.{nearest} Expected a person of the roster. Do: "
        "correct the cell, add the person to the roster, or remove the row.",
        "da": "svarpersonen '{value}' er ikke på personalelisten.{nearest} Forventede en person fra "
        "listen. Gør: ret cellen, tilføj personen til listen, eller fjern rækken.",
    },
    "duplicate-answers": {
        "en": "'{value}' answered here and in row {first}. Expected one row per respondent. Do: keep the "
        "row that counts and remove the other.",
        "da": "'{value}' har svaret her og i række {first}. Forventede én række pr. svarperson. Gør: "
        "behold den række, der gælder, og fjern den anden.",
    },
    "respondent-not-employed": {
        "en": "'{value}' answered in wave '{wave}' but was not employed then. Expected answers from "
        "people who were. Do: correct start or end in the roster, or remove the row.",
        "da": "'{value}' svarede i målingen '{wave}', men var ikke ansat dér. Forventede svar fra "
        "ansatte. Gør: ret start eller slut på personalelisten, eller fjern rækken.",
    },
    "unknown-alter": {
        "en": "colleague '{value}' is not in the roster{more}.{nearest} Expected a person of the roster. "
        'Do: correct it, add the person to the roster, or tolerate "unknown-people".',
        "da": "kollegaen '{value}' er ikke på personalelisten{more}.{nearest} Forventede en person fra "
        'listen. Gør: ret det, tilføj personen til listen, eller tillad "unknown-people" under '
        "tolerate.",
    },
    "none-in-roster": {
        "en": "none of the {count} ids here is in column '{roster}' of the roster; for example '{value}'.{alike} "
        "Expected the ids of the roster, letter for letter. Do: correct the name of the column in study.toml, "
        "or write the ids alike in both files.",
        "da": "ingen af de {count} id'er her står i personalelistens kolonne '{roster}'; for eksempel "
        "'{value}'.{alike} Forventede personalelistens id'er, bogstav for bogstav. Gør: ret kolonnens navn i "
        "study.toml, eller skriv id'erne ens i begge filer.",
    },
    "most-not-in-roster": {
        "en": "{count} of the {total} ids here are not in column '{roster}' of the roster, first in rows {rows}; "
        "for example '{value}'.{alike} Expected the ids of the roster, letter for letter. Do: write the ids "
        "alike in both files, or add these people to the roster.",
        "da": "{count} af de {total} id'er her står ikke i personalelistens kolonne '{roster}', først i række "
        "{rows}; for eksempel '{value}'.{alike} Forventede personalelistens id'er, bogstav for bogstav. Gør: "
        "skriv id'erne ens i begge filer, eller føj personerne til personalelisten.",
    },
    "most-columns-not-in-roster": {
        "en": "{count} of the {total} colleagues of the question are not in column '{roster}' of the roster, "
        "first in columns {rows}; for example '{value}'.{alike} Expected the ids of the roster, letter for "
        "letter. Do: write the ids alike in both files, or add these people to the roster.",
        "da": "{count} af spørgsmålets {total} kolleger står ikke i personalelistens kolonne '{roster}', først i "
        "kolonne {rows}; for eksempel '{value}'.{alike} Forventede personalelistens id'er, bogstav for bogstav. "
        "Gør: skriv id'erne ens i begge filer, eller føj personerne til personalelisten.",
    },
    "alter-twice": {
        "en": "the question has two columns about '{value}'. Expected one column per colleague. Do: "
        "remove one of them.",
        "da": "spørgsmålet har to kolonner om '{value}'. Forventede én kolonne pr. kollega. Gør: fjern "
        "den ene.",
    },
    "self-nomination": {
        "en": "'{value}' named him- or herself. Expected colleagues only. Do: remove the answer, or "
        'tolerate "self-nominations".',
        "da": "'{value}' har nævnt sig selv. Forventede kun kolleger. Gør: fjern svaret, eller tillad "
        '"self-nominations" under tolerate.',
    },
    "unknown-level": {
        "en": "the answer '{value}' has no level{more}.{nearest} Expected one of: {known}. Do: correct "
        "the cell, or add the answer to levels or dont_know in study.toml.",
        "da": "svaret '{value}' har intet niveau{more}.{nearest} Forventede et af: {known}. Gør: ret "
        "cellen, eller føj svaret til levels eller dont_know i study.toml.",
    },
    "nobody-and-names": {
        "en": "'{value}' chose \"nobody\" and named colleagues too. Expected one or the other. Do: ask the "
        "person, then correct the row.",
        "da": "'{value}' valgte \"ingen\" og nævnte også kolleger. Forventede det ene eller det andet. Gør:"
        " spørg personen, og ret rækken.",
    },
    "conflicting-nominations": {
        "en": "'{sender}' names '{receiver}' with level {level} here and {other} in row {first}. Expected"
        " one answer. Do: keep the row that counts and remove the other.",
        "da": "'{sender}' nævner '{receiver}' med niveau {level} her og {other} i række {first}. "
        "Forventede ét svar. Gør: behold den række, der gælder, og fjern den anden.",
    },
    "question-not-found": {
        "en": "no column holds the question '{asked}' of relation '{relation}'.{nearest} Expected one "
        "column per colleague, such as {example}. Do: correct code or dialect in study.toml.",
        "da": "ingen kolonne indeholder spørgsmålet '{asked}' til relationen '{relation}'.{nearest} "
        "Forventede én kolonne pr. kollega, for eksempel {example}. Gør: ret code eller dialect i "
        "study.toml.",
    },
    "wave-without-answers": {
        "en": "nobody answered relation '{relation}' in wave '{wave}'. Expected answers. Do: check that "
        "this is the right file, or export it again.",
        "da": "ingen har svaret på relationen '{relation}' i målingen '{wave}'. Forventede svar. Gør: se "
        "efter, om det er den rigtige fil, eller eksportér den igen.",
    },
    "same-export": {
        "en": "wave '{wave}' holds the same rows as {other} of wave '{earlier}'. Expected one export per "
        "wave. Do: name the right file for each wave.",
        "da": "målingen '{wave}' indeholder de samme rækker som {other} fra målingen '{earlier}'. "
        "Forventede én eksport pr. måling. Gør: angiv den rigtige fil til hver måling.",
    },
    "no-wave-in-common": {
        "en": "nobody answered relation '{relation}' both in wave '{first}' and in wave '{second}'. "
        "Expected people who answered twice. Do: check the ids of the respondents in both files.",
        "da": "ingen har svaret på relationen '{relation}' både i målingen '{first}' og i målingen "
        "'{second}'. Forventede personer, der svarede to gange. Gør: se efter svarpersonernes id i "
        "begge filer.",
    },
    "waves-swapped": {
        "en": "the exports of waves {names} are swapped: their answers were given around {dates}. Expected "
        "later answers in later waves. Do: name the files in study.toml so: {right}.",
        "da": "eksporterne af målingerne {names} er byttet om: svarene er afgivet omkring {dates}. Forventede "
        "senere svar i senere målinger. Gør: angiv filerne i study.toml sådan: {right}.",
    },
    "repeated-nominations": {
        "en": "{count} rows repeat an answer given in an earlier row; each answer counts once.",
        "da": "{count} rækker gentager et svar fra en tidligere række; hvert svar tæller én gang.",
    },
    "outside-boundary": {
        "en": "{count} answers are about people who are not in the roster; they are left out of its network (personal "
        "networks count them).",
        "da": "{count} svar handler om personer, der ikke er på personalelisten; de er udeladt af netværket mellem dem "
        "på "
        "listen (personlige netværk tæller dem med).",
    },
    "self-dropped": {
        "en": "{count} people named themselves; these answers are left out.",
        "da": "{count} personer nævnte sig selv; de svar er udeladt.",
    },
    "ties-to-not-employed": {
        "en": "{count} ties to colleagues who were not employed in wave '{wave}' are left out.",
        "da": "{count} forbindelser til kolleger, der ikke var ansat ved målingen '{wave}', er udeladt.",
    },
    "partial-answers": {
        "en": "{count} respondents did not submit; what they did answer counts.",
        "da": "{count} svarpersoner har ikke indsendt skemaet; det, de nåede at svare, tæller med.",
    },
    "not-asked-about": {
        "en": "relation '{relation}' has no column about {count} people who were employed in wave "
        "'{wave}'; answers about them are missing.",
        "da": "relationen '{relation}' har ingen kolonne om {count} personer, der var ansat ved målingen "
        "'{wave}'; svar om dem mangler.",
    },
    "not-asked": {
        "en": "relation '{relation}' has no file in wave '{wave}'; it is compared without this wave.",
        "da": "relationen '{relation}' har ingen fil i målingen '{wave}'; den sammenlignes uden den måling.",
    },
    "import-counts-shown": {
        "en": "relation '{relation}', wave '{wave}': {cells} cells in the file = {answers} answers + {not_answered} "
        "not "
        "answered + {dont_know} don't know + {own} about oneself + {outside} outside the roster + {not_employed} not "
        "employed + {repeated} repeated + {not_asked} not asked.",
        "da": "relationen '{relation}', målingen '{wave}': {cells} felter i filen = {answers} svar + {not_answered} "
        "ubesvarede + {dont_know} ved ikke + {own} om én selv + {outside} uden for personalelisten + {not_employed} "
        "ikke "
        "ansat + {repeated} gentaget + {not_asked} ikke spurgt.",
    },
    "import-counts": {
        "en": "relation '{relation}', wave '{wave}': {cells} cells in the file = {ties} ties + {no_ties} "
        "without a tie + {not_answered} not answered + {dont_know} don't know + {nobody} nobody + "
        "{own} about oneself + {outside} outside the roster + {not_employed} not employed + "
        "{repeated} repeated + {not_asked} not asked.",
        "da": "relationen '{relation}', målingen '{wave}': {cells} felter i filen = {ties} forbindelser +"
        " {no_ties} uden forbindelse + {not_answered} ubesvarede + {dont_know} ved ikke + {nobody} "
        "ingen + {own} om én selv + {outside} uden for personalelisten + {not_employed} ikke ansat "
        "+ {repeated} gentaget + {not_asked} ikke spurgt.",
    },
}
