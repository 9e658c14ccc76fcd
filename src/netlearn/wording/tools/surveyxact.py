"""Words about exports of SurveyXact."""

from __future__ import annotations

from netlearn.wording import Language

WORDS: dict[str, dict[Language, str]] = {
    "surveyxact-no-dataset": {
        "en": "no table of answers is found. Expected the dataset of SurveyXact, with names of variables as headings. "
        "Do: give the dataset as file, and structure and labels as parts.",
        "da": "der er ingen tabel med svar. Forventede SurveyXacts datasæt med variabelnavne som overskrifter. Gør: "
        "angiv datasættet som file, og structure og labels som parts.",
    },
    "surveyxact-wordings": {
        "en": "the headings are wordings and the answers are texts (the complete file). Expected the dataset, which has"
        " codes. Do: export dataset, structure and labels, and give the dataset as file.",
        "da": "overskrifterne er ordlyd, og svarene er tekst (den komplette fil). Forventede datasættet, som har koder."
        " Gør: eksportér dataset, structure og labels, og angiv datasættet som file.",
    },
    "surveyxact-other-file": {
        "en": "this file is not what parts says. Expected the {expected_part} of SurveyXact. Do: correct parts of this "
        "wave in study.toml.",
        "da": "denne fil er ikke, hvad parts siger. Forventede SurveyXacts {expected_part}. Gør: ret parts for målingen"
        " i study.toml.",
    },
    "surveyxact-structure-columns": {
        "en": "the structure lacks columns: {known}. Expected the headings that SurveyXact writes. Do: export the "
        "structure again.",
        "da": "opbygningen mangler kolonner: {known}. Forventede de overskrifter, som SurveyXact skriver. Gør: "
        "eksportér structure igen.",
    },
    "surveyxact-structure-row": {
        "en": "the row of the structure has {fields} fields that do not fit the {width} headings. Expected a field per "
        "heading, and a choice for boxes only. Do: export the structure again, or put quotes around text that "
        "holds the separator.",
        "da": "rækken i opbygningen har {fields} felter, der ikke passer til de {width} overskrifter. Forventede et "
        "felt per overskrift, og et valg kun ved afkrydsning. Gør: eksportér structure igen, eller sæt "
        "anførselstegn om tekst med skilletegnet.",
    },
    "surveyxact-variable-twice": {
        "en": "the variable {value} is described twice, differently. Expected one description. Do: export the structure"
        " again.",
        "da": "variablen {value} er beskrevet to gange og forskelligt. Forventede én beskrivelse. Gør: eksportér "
        "structure igen.",
    },
    "surveyxact-label-row": {
        "en": "the row has {fields} fields. Expected three: variable, code, wording. Do: export the labels again, or "
        "put quotes around text that holds the separator.",
        "da": "rækken har {fields} felter. Forventede tre: variabel, kode, ordlyd. Gør: eksportér labels igen, eller "
        "sæt anførselstegn om tekst med skilletegnet.",
    },
    "surveyxact-code-twice": {
        "en": "the code {value} of this variable has two wordings. Expected one. Do: export the labels again.",
        "da": "koden {value} i denne variabel har to ordlyde. Forventede én. Gør: eksportér labels igen.",
    },
    "surveyxact-not-in-structure": {
        "en": "the structure does not describe this column{more}, but others whose names begin alike. Expected all "
        "columns of a question. Do: export dataset and structure together.",
        "da": "opbygningen beskriver ikke denne kolonne{more}, men andre, hvis navne begynder ens. Forventede alle "
        "kolonner i et spørgsmål. Gør: eksportér dataset og structure sammen.",
    },
    "surveyxact-not-in-dataset": {
        "en": "the structure describes this column{more}, and the dataset does not have it. Expected it in both. Do: "
        "export dataset and structure together.",
        "da": "opbygningen beskriver denne kolonne{more}, og datasættet har den ikke. Forventede den begge steder. Gør:"
        " eksportér dataset og structure sammen.",
    },
    "surveyxact-sheets-shifted": {
        "en": "{count} rows have answers though their status is new or distributed, so that the sheets do not seem to "
        "have the same respondent in the same row. Expected them to. Do: export the workbook again, and sort none"
        " of its sheets.",
        "da": "{count} rækker har svar, selv om deres status er ny eller distribueret, så arkene ser ikke ud til at "
        "have samme respondent i samme række. Forventede det. Gør: eksportér projektmappen igen, og sortér ingen "
        "af arkene.",
    },
    "surveyxact-sheets-differ": {
        "en": "the cell differs from the same column in {other}. Expected the same respondent in the same row of all "
        "sheets. Do: export the workbook again, and sort none of its sheets.",
        "da": "cellen er en anden end samme kolonne i {other}. Forventede samme respondent i samme række på alle ark. "
        "Gør: eksportér projektmappen igen, og sortér ingen af arkene.",
    },
    "surveyxact-side-by-side": {
        "en": "the sheet is put beside {other}, row by row; columns that both have and that agree: {shared}.",
        "da": "arket er sat ved siden af {other}, række for række; kolonner, som begge har, og som stemmer: {shared}.",
    },
    "surveyxact-no-structure": {
        "en": "there is no structure, so the file does not say what columns ask or whom they are about. Do: export it "
        'and write parts = {{ structure = "…", labels = "…" }} for this wave.',
        "da": "der er ingen opbygning, så filen siger ikke, hvad kolonner spørger om, eller hvem de handler om. Gør: "
        'eksportér den, og skriv parts = {{ structure = "…", labels = "…" }} for målingen.',
    },
    "surveyxact-matrices": {
        "en": "{count} questions are read as rows of matrices, by what their wordings share; the matrices are "
        "{questions}.",
        "da": "{count} spørgsmål er læst som rækker i matricer ud fra det, deres ordlyd har fælles; matricerne er "
        "{questions}.",
    },
    "surveyxact-tables-left": {
        "en": "tables that are no part of the export were left out: {names}.",
        "da": "tabeller, som ikke hører til eksporten, er udeladt: {names}.",
    },
    "surveyxact-labels-heading": {
        "en": "the first row is no label; it is taken for headings.",
        "da": "den første række er ikke en label; den er læst som overskrifter.",
    },
    "surveyxact-undescribed": {
        "en": "the structure does not describe {count} columns: {names}.",
        "da": "opbygningen beskriver ikke {count} kolonner: {names}.",
    },
    "surveyxact-columns-left": {
        "en": "the structure describes columns to type in that the dataset does not have: {names}.",
        "da": "opbygningen beskriver felter til at skrive i, som datasættet ikke har: {names}.",
    },
    "surveyxact-order": {
        "en": "the columns stand in another order than in the structure, as if somebody had moved or renamed some; they"
        " are read by name.",
        "da": "kolonnerne står i en anden rækkefølge end i opbygningen, som om nogen har flyttet eller omdøbt dem; de "
        "er læst efter navn.",
    },
    "surveyxact-labels-left": {
        "en": "the labels word {count} variables that the dataset does not have.",
        "da": "labels har ordlyd til {count} variable, som datasættet ikke har.",
    },
    "surveyxact-no-status": {
        "en": "the file does not say how far respondents came (stato_1 to stato_5).",
        "da": "filen siger ikke, hvor langt respondenterne kom (stato_1 til stato_5).",
    },
    "surveyxact-status-unclear": {
        "en": "{count} rows have no status or several; theirs is not known.",
        "da": "{count} rækker har ingen eller flere statusser; deres kendes ikke.",
    },
    "surveyxact-statuses": {
        "en": "status of the rows: new {new}, distributed {distributed}, some answers {some}, completed {completed}, "
        "dropped {dropped}.",
        "da": "rækkernes status: ny {new}, distribueret {distributed}, nogen svar {some}, gennemført {completed}, "
        "frafaldet {dropped}.",
    },
    "surveyxact-not-answered": {
        "en": "{count} rows belong to people who did not answer (new, distributed, or dropped without answers); they "
        "are no responses.",
        "da": "{count} rækker er personer, der ikke har svaret (ny, distribueret eller frafaldet uden svar); de er ikke"
        " besvarelser.",
    },
    "surveyxact-answers-early": {
        "en": "{count} rows have answers though their status is new or distributed; they count as not completed.",
        "da": "{count} rækker har svar, selv om deres status er ny eller distribueret; de tæller som ikke gennemført.",
    },
    "surveyxact-days-unread": {
        "en": "{count} times are not written as year-month-day; they are not used.",
        "da": "{count} tidspunkter er ikke skrevet som år-måned-dag; de er ikke brugt.",
    },
}
WHY: dict[str, dict[Language, str]] = {
    "surveyxact-structure": {
        "en": "a structure with variableName and questionText beside the answers",
        "da": "en opbygning med variableName og questionText ved siden af svarene",
    },
    "surveyxact-status": {"en": "the columns stato_1 to stato_5", "da": "kolonnerne stato_1 til stato_5"},
    "surveyxact-part": {
        "en": "a file that belongs to an export of SurveyXact",
        "da": "en fil, der hører til en eksport fra SurveyXact",
    },
    "surveyxact-names": {
        "en": "names of variables such as s_1 and v_1_3",
        "da": "variabelnavne som s_1 og v_1_3",
    },
}
