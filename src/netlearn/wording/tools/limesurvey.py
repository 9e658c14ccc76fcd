"""Words about exports of LimeSurvey."""

from __future__ import annotations

from netlearn.wording import Language

WORDS: dict[str, dict[Language, str]] = {
    "limesurvey-cut-headings": {
        "en": "{count} headings are wordings that LimeSurvey shortened, so that questions and colleagues cannot be told"
        " apart. Expected codes or whole wordings. Do: export again with question codes as headings.",
        "da": "{count} overskrifter er ordlyd, som LimeSurvey har forkortet, så spørgsmål og kolleger ikke kan kendes "
        "fra hinanden. Forventede koder eller hele ordlyden. Gør: eksportér igen med spørgsmålskoder som "
        "overskrifter.",
    },
    "limesurvey-no-heading": {
        "en": "the column holds answers and has no heading. Expected the heading that LimeSurvey writes. Do: export "
        "again.",
        "da": "kolonnen har svar og ingen overskrift. Forventede den overskrift, som LimeSurvey skriver. Gør: eksportér"
        " igen.",
    },
    "limesurvey-not-structure": {
        "en": "this is not the structure of a LimeSurvey questionnaire. Expected columns {known}. Do: export the "
        "questionnaire as tab-separated values (*.txt), or leave structure out of parts.",
        "da": "dette er ikke opbygningen af et LimeSurvey-skema. Forventede kolonnerne {known}. Gør: eksportér skemaet "
        "som tabulatorseparerede værdier (*.txt), eller udelad structure i parts.",
    },
    "limesurvey-structure-lss": {
        "en": "the structure is given as XML (.lss). Expected tab-separated values. Do: export the questionnaire as "
        "tab-separated values (*.txt), or leave structure out of parts.",
        "da": "opbygningen er givet som XML (.lss). Forventede tabulatorseparerede værdier. Gør: eksportér skemaet som "
        "tabulatorseparerede værdier (*.txt), eller udelad structure i parts.",
    },
    "limesurvey-vv": {
        "en": "this is LimeSurvey's VV format, which has two rows of headings. Expected the export of responses. Do: "
        "export the responses as CSV with question codes as headings.",
        "da": "dette er LimeSurveys VV-format, som har to rækker overskrifter. Forventede eksporten af besvarelser. "
        "Gør: eksportér besvarelserne som CSV med spørgsmålskoder som overskrifter.",
    },
    "limesurvey-two-scales": {
        "en": "{count} columns have two scales per row; they are read as the questions {questions}.",
        "da": "{count} kolonner har to skalaer per række; de er læst som spørgsmålene {questions}.",
    },
    "limesurvey-rows-by-columns": {
        "en": "{count} columns are read as rows by columns: {questions}.",
        "da": "{count} kolonner er læst som rækker gange kolonner: {questions}.",
    },
    "limesurvey-labels-cut": {
        "en": "{count} headings hold a wording that LimeSurvey shortened; only their codes are used.",
        "da": "{count} overskrifter har en ordlyd, som LimeSurvey har forkortet; kun deres koder er brugt.",
    },
    "limesurvey-underscores": {
        "en": 'no wording in the headings has a space; every "_" in them is read as one.',
        "da": 'ingen ordlyd i overskrifterne har mellemrum; hvert "_" i dem er læst som et.',
    },
    "limesurvey-wordings": {
        "en": "the headings are wordings without codes; {count} questions are known by their wording.",
        "da": "overskrifterne er ordlyd uden koder; {count} spørgsmål kendes på deres ordlyd.",
    },
    "limesurvey-typed-beside": {
        "en": '{count} cells hold what was typed beside an answer ("other", comments); they are not read as answers.',
        "da": '{count} celler har, hvad der er skrevet ved siden af et svar ("andet", kommentarer); de er ikke læst som'
        " svar.",
    },
    "limesurvey-not-shown": {
        "en": '{count} cells say "N/A": the question was not shown.',
        "da": '{count} celler siger "N/A": spørgsmålet blev ikke vist.',
    },
    "limesurvey-never-reached": {
        "en": "{count} boxes of rows that were not sent in count as not shown: old versions of LimeSurvey say no for "
        "pages that nobody reached.",
        "da": "{count} afkrydsningsfelter i rækker, der ikke er sendt, tæller som ikke vist: gamle versioner af "
        "LimeSurvey siger nej på sider, som ingen nåede til.",
    },
    "limesurvey-empty-rows": {
        "en": "{count} rows were opened and neither answered nor sent in; they are left out.",
        "da": "{count} rækker er åbnet og hverken besvaret eller sendt; de er udeladt.",
    },
    "limesurvey-no-submitdate": {
        "en": "the file does not say which responses were sent in (no column submitdate).",
        "da": "filen siger ikke, hvilke besvarelser der er sendt (ingen kolonne submitdate).",
    },
    "limesurvey-anonymised": {
        "en": "{count} rows have 1980-01-01 as their day: dates were anonymised, so days are not used.",
        "da": "{count} rækker har dagen 1980-01-01: datoer er anonymiseret, så dage er ikke brugt.",
    },
    "limesurvey-days-unread": {
        "en": "{count} rows were sent in on a day that is not written as year-month-day; it is not used.",
        "da": "{count} rækker er sendt på en dag, der ikke er skrevet som år-måned-dag; den er ikke brugt.",
    },
}
WHY: dict[str, dict[Language, str]] = {
    "limesurvey-system": {
        "en": "the columns submitdate, lastpage and startlanguage, which LimeSurvey adds",
        "da": "kolonnerne submitdate, lastpage og startlanguage, som LimeSurvey tilføjer",
    },
    "limesurvey-wording": {
        "en": "the columns that LimeSurvey adds, by their wording",
        "da": "de kolonner, som LimeSurvey tilføjer, på deres ordlyd",
    },
    "limesurvey-front": {
        "en": "response number, time of sending, last page and language side by side",
        "da": "besvarelsens nummer, tidspunkt, sidste side og sprog side om side",
    },
    "limesurvey-vv": {
        "en": "a second row of headings with submitdate and lastpage",
        "da": "en anden række overskrifter med submitdate og lastpage",
    },
    "limesurvey-brackets": {"en": "headings such as Q1[SQ001]", "da": "overskrifter som Q1[SQ001]"},
}
