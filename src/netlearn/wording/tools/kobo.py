"""Words about exports of KoboToolbox and ODK."""

from __future__ import annotations

from netlearn.wording import Language

_FAULTS: dict[str, dict[Language, str]] = {
    "kobo-form": {
        "en": "this is no XLSForm. Expected a workbook with the sheets survey and choices, and columns type and name. "
        "Do: download the form as XLSForm (.xlsx).",
        "da": "dette er ikke en XLSForm. Forventede en projektmappe med arkene survey og choices og kolonnerne type og "
        "name. Gør: hent skemaet som XLSForm (.xlsx).",
    },
    "kobo-only-form": {
        "en": "this is the form, which holds no answers. Expected the export of the data. Do: name the data as file, "
        'and this file as parts = {{ dictionary = "…" }}.',
        "da": "dette er skemaet, som ikke indeholder svar. Forventede eksporten af data. Gør: angiv data som file og "
        'denne fil som parts = {{ dictionary = "…" }}.',
    },
    "kobo-main-table": {
        "en": "{count} tables hold submissions. Expected one, and beside it those of the repeats. Do: export one form "
        "at a time.",
        "da": "{count} tabeller indeholder besvarelser. Forventede én, og ved siden af den dem med gentagelserne. Gør: "
        "eksportér ét skema ad gangen.",
    },
    "kobo-heading-twice": {
        "en": "column number {number} has the same heading as column number {first}. Expected a heading of its own. "
        'Do: export again with "XML values and headers".',
        "da": "kolonne nummer {number} har samme overskrift som kolonne nummer {first}. Forventede en egen overskrift. "
        'Gør: eksportér igen med "XML values and headers".',
    },
    "kobo-slash": {
        "en": "the heading of column number {number} is a label with a slash: where the question ends cannot be told. "
        'Expected headings without labels. Do: export again with "XML values and headers".',
        "da": "overskriften på kolonne nummer {number} er en etiket med skråstreg: hvor spørgsmålet slutter, kan ikke "
        'ses. Forventede overskrifter uden etiketter. Gør: eksportér igen med "XML values and headers".',
    },
    "kobo-labels-joined": {
        "en": "the cells join labels with spaces, which also stand within names. Expected the codes of the choices. "
        'Do: export again with "XML values and headers", or with a column per choice.',
        "da": "cellerne sætter etiketter sammen med mellemrum, som også står inde i navne. Forventede valgenes koder. "
        'Gør: eksportér igen med "XML values and headers" eller med en kolonne pr. valg.',
    },
    "kobo-boxes-differ": {
        "en": "the joined answer and the boxes of the same question do not agree{more}. Expected the same choices in "
        "both. Do: export the data again, with the fields of all versions of the form.",
        "da": "det samlede svar og felterne i samme spørgsmål stemmer ikke overens{more}. Forventede de samme valg i "
        "begge. Gør: eksportér data igen med felterne fra alle versioner af skemaet.",
    },
    "kobo-no-parent": {
        "en": "the rows of this repeat do not say which submission they belong to. Expected _parent_index or "
        "_submission__uuid (Kobo), or PARENT_KEY (ODK). Do: export again, with these columns.",
        "da": "rækkerne i denne gentagelse siger ikke, hvilken besvarelse de hører til. Forventede _parent_index eller "
        "_submission__uuid (Kobo) eller PARENT_KEY (ODK). Gør: eksportér igen med disse kolonner.",
    },
    "kobo-parents-differ": {
        "en": "the row names two different submissions in {other}, or one that is there and one that is not. Expected "
        "one. Do: export the data again, and change no rows.",
        "da": "rækken nævner to forskellige besvarelser i {other}, eller en, der findes, og en, der ikke gør. "
        "Forventede én. Gør: eksportér data igen, og ret ikke i rækkerne.",
    },
}

_NOTES: dict[str, dict[Language, str]] = {
    "kobo-sheet-unused": {
        "en": "the sheet {value} is neither the submissions nor a repeat; it is not read.",
        "da": "arket {value} er hverken besvarelserne eller en gentagelse; det læses ikke.",
    },
    "kobo-repeat": {
        "en": "{count} rows are read as the group {value}.",
        "da": "{count} rækker læses som gruppen {value}.",
    },
    "kobo-empty-repeat": {
        "en": "the repeat {value} has no rows: nobody added any.",
        "da": "gentagelsen {value} har ingen rækker: ingen tilføjede nogen.",
    },
    "kobo-rows-without-submission": {
        "en": "{count} rows belong to submissions that are not in the file.",
        "da": "{count} rækker hører til besvarelser, der ikke er i filen.",
    },
    "kobo-repeats-missing": {
        "en": "the form seems to have repeats that are not in the file: {value}. A CSV leaves them out: export as XLS, "
        "or take the whole zip.",
        "da": "skemaet ser ud til at have gentagelser, der ikke er i filen: {value}. En CSV udelader dem: eksportér "
        "som XLS, eller tag hele zip-filen.",
    },
    "kobo-boxes-alone": {
        "en": "{count} columns are read as the boxes of one question, because each row has all of them filled or none.",
        "da": "{count} kolonner læses som felterne i ét spørgsmål, fordi hver række har dem alle udfyldt eller ingen.",
    },
    "kobo-boxes-blank": {
        "en": "in {count} rows the boxes are blank beside an answer, as where the question allowed one choice at "
        "first: the joined answer is read, and the boxes are not.",
        "da": "i {count} rækker er felterne blanke ved siden af et svar, som hvor spørgsmålet først tillod ét valg: "
        "det samlede svar læses, og felterne ikke.",
    },
    "kobo-joined-unchecked": {
        "en": "the joined answer is written in labels and the boxes in codes: only whether anything was chosen was "
        "compared.",
        "da": "det samlede svar er skrevet med etiketter og felterne med koder: kun om noget blev valgt, er "
        "sammenlignet.",
    },
    "kobo-names-joined": {
        "en": "column number {number} seems to join several labels with spaces, which cannot be taken apart again. To "
        'use it, export with "XML values and headers", or with a column per choice.',
        "da": "kolonne nummer {number} ser ud til at sætte flere etiketter sammen med mellemrum, og det kan ikke "
        'skilles ad igen. For at bruge den: eksportér med "XML values and headers" eller med en kolonne pr. valg.',
    },
    "kobo-no-form": {
        "en": "read without the XLSForm: types, labels and conditions of questions are not known, and an empty cell "
        "may be a question that was never shown.",
        "da": "læst uden XLSForm: spørgsmålenes typer, etiketter og betingelser er ikke kendt, og en tom celle kan "
        "være et spørgsmål, der aldrig blev vist.",
    },
    "kobo-relevant": {
        "en": "{count} questions are shown only under a condition: an empty cell may be a question that was not shown.",
        "da": "{count} spørgsmål vises kun på en betingelse: en tom celle kan være et spørgsmål, der ikke blev vist.",
    },
    "kobo-languages": {
        "en": "the form has labels in {count} languages; those of its default language are used, else the first.",
        "da": "skemaet har etiketter på {count} sprog; standardsprogets bruges, ellers det første.",
    },
    "kobo-names-twice": {
        "en": "{count} names stand for several questions of the form; of these only the export is read.",
        "da": "{count} navne står for flere spørgsmål i skemaet; for dem læses kun eksporten.",
    },
    "kobo-not-approved": {
        "en": "{count} submissions were not approved and are read all the same; choose others with where for the wave.",
        "da": "{count} besvarelser blev ikke godkendt og læses alligevel; vælg andre med where for målingen.",
    },
}

WORDS: dict[str, dict[Language, str]] = _FAULTS | _NOTES
WHY: dict[str, dict[Language, str]] = {
    "kobo-system-columns": {
        "en": "columns such as _uuid, _submission_time and _parent_index, which Kobo writes",
        "da": "kolonner som _uuid, _submission_time og _parent_index, som Kobo skriver",
    },
    "kobo-odk-columns": {
        "en": "columns such as KEY and SubmissionDate, which ODK writes",
        "da": "kolonner som KEY og SubmissionDate, som ODK skriver",
    },
    "kobo-is-form": {
        "en": "a workbook with the sheets survey and choices",
        "da": "en projektmappe med arkene survey og choices",
    },
    "kobo-boxes": {
        "en": "a column with several choices and the same choices as boxes named question/choice",
        "da": "en kolonne med flere valg og de samme valg som felter, der hedder spørgsmål/valg",
    },
}
