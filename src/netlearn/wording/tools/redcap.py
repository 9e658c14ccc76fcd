"""Words about exports of REDCap."""

from __future__ import annotations

from netlearn.wording import Language

_FAULTS: dict[str, dict[Language, str]] = {
    "redcap-labels": {
        "en": "the headings are labels, and labels can be alike. Expected the names of the fields. Do: export again as "
        '"CSV / Microsoft Excel (raw data)", or give the data dictionary as parts = {{ dictionary = "…" }}.',
        "da": "overskrifterne er etiketter, og etiketter kan være ens. Forventede feltnavnene. Gør: eksportér igen som "
        '"CSV / Microsoft Excel (raw data)", eller angiv datakataloget som parts = {{ dictionary = "…" }}.',
    },
    "redcap-labels-differ": {
        "en": "the headings are labels, and from column number {number} on they are not those of the data dictionary. "
        "Expected the same labels in the same order. Do: export again as raw data, or download the dictionary anew.",
        "da": "overskrifterne er etiketter, og fra kolonne nummer {number} er de ikke datakatalogets. Forventede de "
        "samme etiketter i samme rækkefølge. Gør: eksportér igen som rådata, eller hent datakataloget på ny.",
    },
    "redcap-only-dictionary": {
        "en": "this is the data dictionary, which holds no answers. Expected the export of the data. Do: name the data "
        'as file, and this file as parts = {{ dictionary = "…" }}.',
        "da": "dette er datakataloget, som ikke indeholder svar. Forventede eksporten af data. Gør: angiv data som "
        'file og denne fil som parts = {{ dictionary = "…" }}.',
    },
    "redcap-dictionary": {
        "en": "this is no data dictionary of REDCap. Expected the headings Variable / Field Name, Form Name, Field "
        "Type, Field Label and Choices, or field_name, form_name, … as the API writes them. Do: download it again "
        "from the page Data Dictionary.",
        "da": "dette er ikke et datakatalog fra REDCap. Forventede overskrifterne Variable / Field Name, Form Name, "
        "Field Type, Field Label og Choices, eller field_name, form_name, … som API'et skriver dem. Gør: hent det igen "
        "fra siden Data Dictionary.",
    },
    "redcap-field-twice": {
        "en": "the field {value} stands twice in the dictionary. Expected each field once. Do: download it again from "
        "one project.",
        "da": "feltet {value} står to gange i datakataloget. Forventede hvert felt én gang. Gør: hent det igen fra ét "
        "projekt.",
    },
    "redcap-separator": {
        "en": "the columns are separated by a sign that is not read here. Expected a comma, a semicolon or a tab. Do: "
        "choose one of them as the CSV delimiter when you export.",
        "da": "kolonnerne er adskilt af et tegn, der ikke læses her. Forventede komma, semikolon eller tabulator. Gør: "
        "vælg et af dem som CSV-skilletegn ved eksporten.",
    },
    "redcap-ticks": {
        "en": "the boxes of this question hold neither 1 and 0 nor Checked and Unchecked. Expected one of these pairs. "
        "Do: export again as raw data.",
        "da": "felterne til afkrydsning i dette spørgsmål indeholder hverken 1 og 0 eller Checked og Unchecked. "
        "Forventede et af disse par. Gør: eksportér igen som rådata.",
    },
    "redcap-unknown-choice": {
        "en": "the box is ticked{more}, but the dictionary has no such choice. Expected every choice of the question "
        "in the dictionary. Do: download the dictionary of the same time as the data, or add the choice to it.",
        "da": "feltet er afkrydset{more}, men datakataloget har ikke dette valg. Forventede alle spørgsmålets valg i "
        "datakataloget. Gør: hent datakataloget fra samme tid som data, eller føj valget til det.",
    },
    "redcap-bad-status": {
        "en": "the status of the form holds something else than 0, 1 and 2. Expected one of these. Do: export again as "
        "raw data.",
        "da": "skemaets status indeholder andet end 0, 1 og 2. Forventede et af dem. Gør: eksportér igen som rådata.",
    },
    "redcap-repeats-unclear": {
        "en": "the row repeats a form, and its record has two rows of its own in this event. Expected one. Do: export "
        "the data again without merging files.",
        "da": "rækken gentager et skema, og dens post har to egne rækker i denne hændelse. Forventede én. Gør: "
        "eksportér data igen uden at flette filer.",
    },
}

_NOTES: dict[str, dict[Language, str]] = {
    "redcap-labels-read": {
        "en": "the headings are labels; all {count} agree with the data dictionary and are read as its field names, "
        "which study.toml uses.",
        "da": "overskrifterne er etiketter; alle {count} stemmer med datakataloget og læses som dets feltnavne, som "
        "study.toml bruger.",
    },
    "redcap-other-box": {
        "en": "the box is none of the choices of {asked}, such as a code for missing data; it is left out, ticked in "
        "{count} rows.",
        "da": "feltet er ikke et af valgene i {asked}, fx en kode for manglende data; det er udeladt, afkrydset i "
        "{count} rækker.",
    },
    "redcap-rows-are-questions": {
        "en": "the matrix {value} has more boxes than rows: each of its {count} rows is read as a question of its own, "
        "whose boxes are the colleagues.",
        "da": "matricen {value} har flere felter end rækker: hver af dens {count} rækker læses som et spørgsmål for "
        "sig, hvis felter er kollegerne.",
    },
    "redcap-no-own-row": {
        "en": "{count} records have rows of repeating forms and no row of their own (in that event): the first of them "
        "stands for the record.",
        "da": "{count} poster har rækker af gentagne skemaer og ingen egen række (i den hændelse): den første af dem "
        "står for posten.",
    },
    "redcap-repeats": {
        "en": "{count} rows of the repeating form {value} are read as the group {value}.",
        "da": "{count} rækker af det gentagne skema {value} læses som gruppen {value}.",
    },
    "redcap-repeated-events": {
        "en": "{count} rows are of an event that repeats. Each is an answer of its own: choose one with where = "
        '{{ redcap_repeat_instance = "1" }} for the wave.',
        "da": "{count} rækker hører til en hændelse, der gentages. Hver er et svar for sig: vælg en med where = "
        '{{ redcap_repeat_instance = "1" }} for målingen.',
    },
    "redcap-events": {
        "en": "the file holds {count} events. Choose one with where = {{ redcap_event_name = … }} for the wave.",
        "da": "filen indeholder {count} hændelser. Vælg en med where = {{ redcap_event_name = … }} for målingen.",
    },
    "redcap-forms-by-order": {
        "en": "which form a question belongs to is told by the order of the columns: the {count} columns named "
        "…_complete each end a form.",
        "da": "hvilket skema et spørgsmål hører til, er set på kolonnernes rækkefølge: de {count} kolonner, der hedder "
        "…_complete, slutter hver et skema.",
    },
    "redcap-no-status": {
        "en": "no column …_complete: a form that was never opened cannot be told from one without ticks.",
        "da": "ingen kolonne …_complete: et skema, der aldrig blev åbnet, kan ikke skelnes fra et uden krydser.",
    },
    "redcap-no-record": {
        "en": "the record id is not in the file: study.toml must name the column that says who answered.",
        "da": "postens id er ikke i filen: study.toml skal nævne den kolonne, der siger, hvem der svarede.",
    },
    "redcap-record-numbers": {
        "en": "the records are numbered 1, 2, 3, …, as REDCap does by itself in the order of answers: study.toml must "
        "name the column that says who answered (this one, if you gave the numbers).",
        "da": "posterne er nummereret 1, 2, 3, …, som REDCap selv gør det i svarenes rækkefølge: study.toml skal nævne "
        "den kolonne, der siger, hvem der svarede (denne, hvis du gav numrene).",
    },
    "redcap-no-dictionary": {
        "en": "read without the data dictionary: what choices mean is not known.",
        "da": "læst uden datakataloget: hvad valgene betyder, vides ikke.",
    },
    "redcap-numbered": {
        "en": "the choices are numbered 1, 2, 3, …{more}, as REDCap does by itself: without the dictionary the numbers "
        "are not taken for ids of people.",
        "da": "valgene er nummereret 1, 2, 3, …{more}, som REDCap selv gør det: uden datakataloget tages numrene ikke "
        "for personers id.",
    },
    "redcap-unknown-fields": {
        "en": "{count} fields are not in the data dictionary; they are read by their names alone.",
        "da": "{count} felter er ikke i datakataloget; de læses alene efter deres navne.",
    },
    "redcap-branching": {
        "en": "{count} questions are shown only under a condition. Where it did not hold, an empty cell or a box with 0"
        " looks like a question that was passed over.",
        "da": "{count} spørgsmål vises kun på en betingelse. Hvor den ikke gjaldt, ligner en tom celle eller et felt "
        "med 0 et spørgsmål, der blev sprunget over.",
    },
    "redcap-comma-decimals": {
        "en": "some numbers are written with a decimal comma, calculated ones beside them with a point; both are read.",
        "da": "nogle tal er skrevet med decimalkomma, beregnede tal ved siden af med punktum; begge læses.",
    },
    "redcap-missing-codes": {
        "en": "{count} columns hold codes for missing data (such as NI or UNK); they count as not answered.",
        "da": "{count} kolonner indeholder koder for manglende data (fx NI eller UNK); de regnes som ikke besvaret.",
    },
    "redcap-unopened": {
        "en": "the form was never opened, or left empty, in {count} rows: its questions count as not asked there.",
        "da": "skemaet blev aldrig åbnet, eller stod tomt, i {count} rækker: dets spørgsmål regnes der som ikke "
        "stillet.",
    },
    "redcap-empty-rows": {
        "en": "{count} rows hold no answer to anything; they are left out.",
        "da": "{count} rækker indeholder intet svar på noget; de er udeladt.",
    },
}

WORDS: dict[str, dict[Language, str]] = _FAULTS | _NOTES
WHY: dict[str, dict[Language, str]] = {
    "redcap-system-columns": {
        "en": "columns named redcap_…, which only REDCap writes",
        "da": "kolonner, der hedder redcap_…, som kun REDCap skriver",
    },
    "redcap-is-dictionary": {
        "en": "the headings of a data dictionary",
        "da": "overskrifterne i et datakatalog",
    },
    "redcap-label-headings": {
        "en": 'headings such as "Complete?" and "… (choice=…)"',
        "da": 'overskrifter som "Complete?" og "… (choice=…)"',
    },
    "redcap-status": {
        "en": "columns …_complete that hold 0, 1 and 2 only",
        "da": "kolonner …_complete, der kun indeholder 0, 1 og 2",
    },
    "redcap-boxes": {
        "en": "boxes named field___code",
        "da": "felter til afkrydsning, der hedder felt___kode",
    },
}
