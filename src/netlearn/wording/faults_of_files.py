"""Words for faults and notes about the data files: any table, and the roster."""

from __future__ import annotations

from netlearn.wording import Language

TABLES: dict[str, dict[Language, str]] = {
    "place-missing": {
        "en": "department '{department}' has no row{more}. Expected a row for every department of the roster. Do: "
        "add "
        "it, spelled as in the roster.",
        "da": "afdelingen '{department}' har ingen række{more}. Forventede en række for hver afdeling på "
        "personalelisten. "
        "Gør: tilføj den, stavet som på personalelisten.",
    },
    "place-twice": {
        "en": "department '{department}' stands twice. Expected one row for each. Do: remove one.",
        "da": "afdelingen '{department}' står to gange. Forventede én række til hver. Gør: fjern den ene.",
    },
    "bad-coordinate": {
        "en": "this is not a coordinate. Expected a number, such as 12.5. Do: correct the cell.",
        "da": "dette er ikke en koordinat. Forventede et tal som 12,5. Gør: ret cellen.",
    },
    "missing-file": {
        "en": "there is no such file in the study folder.{nearest} Expected the file that study.toml "
        "names. Do: put it there or correct its name in study.toml.",
        "da": "filen findes ikke i undersøgelsens mappe.{nearest} Forventede den fil, som study.toml "
        "nævner. Gør: læg den der, eller ret navnet i study.toml.",
    },
    "empty-file": {
        "en": "the file is empty. Expected a header row and rows under it. Do: export the file again.",
        "da": "filen er tom. Forventede en overskriftsrække og rækker under den. Gør: eksportér filen igen.",
    },
    "header-only": {
        "en": "the file has a header and no rows. Expected at least one row. Do: export the file again.",
        "da": "filen har en overskrift og ingen rækker. Forventede mindst én række. Gør: eksportér filen "
        "igen.",
    },
    "old-excel": {
        "en": "this is the old Excel format (.xls). Expected .xlsx or .csv. Do: open it in Excel and save"
        " it as an Excel workbook (.xlsx).",
        "da": "dette er det gamle Excel-format (.xls). Forventede .xlsx eller .csv. Gør: åbn den i Excel,"
        " og gem den som Excel-projektmappe (.xlsx).",
    },
    "not-excel": {
        "en": "the file cannot be read as an Excel workbook ({reason}). Expected an .xlsx file without a "
        "password. Do: save it again from Excel, or name it .csv if it is text.",
        "da": "filen kan ikke læses som en Excel-projektmappe ({reason}). Forventede en .xlsx-fil uden "
        "adgangskode. Gør: gem den igen fra Excel, eller kald den .csv, hvis den er tekst.",
    },
    "excel-inside": {
        "en": "the file is an Excel workbook under another name. Expected text. Do: rename it so that it "
        "ends in .xlsx.",
        "da": "filen er en Excel-projektmappe under et andet navn. Forventede tekst. Gør: omdøb den, så "
        "den ender på .xlsx.",
    },
    "unreadable-file": {
        "en": "the file cannot be opened ({reason}). Expected a file that may be read. Do: close it in "
        "other programs and check the permissions.",
        "da": "filen kan ikke åbnes ({reason}). Forventede en fil, der må læses. Gør: luk den i andre "
        "programmer, og se efter rettighederne.",
    },
    "wrong-encoding": {
        "en": 'the file is {found}, but study.toml states encoding = "{stated}". Expected what is stated.'
        ' Do: write encoding = "{remedy}" (or "auto") under [files], or save the file again.',
        "da": 'filen er {found}, men study.toml angiver encoding = "{stated}". Forventede det angivne. '
        'Gør: skriv encoding = "{remedy}" (eller "auto") under [files], eller gem filen igen.',
    },
    "not-text": {
        "en": "the row is not text in UTF-8, windows-1252 or UTF-16 with a byte order mark. Expected one "
        "of these. Do: save the file again as CSV UTF-8.",
        "da": "rækken er ikke tekst i UTF-8, windows-1252 eller UTF-16 med byte order mark. Forventede en"
        " af dem. Gør: gem filen igen som CSV UTF-8.",
    },
    "wrong-separator": {
        "en": 'the columns are separated by "{found}", but study.toml states separator = "{stated}". '
        'Expected what is stated. Do: write separator = "{found}" (or "auto") under [files].',
        "da": 'kolonnerne er adskilt af "{found}", men study.toml angiver separator = "{stated}". '
        'Forventede det angivne. Gør: skriv separator = "{found}" (eller "auto") under [files].',
    },
    "broken-quotes": {
        "en": "the quotes in this row do not match ({reason}). Expected every opening quote to be closed."
        " Do: correct the row or export the file again.",
        "da": "anførselstegnene i rækken passer ikke sammen ({reason}). Forventede, at hvert begyndende "
        "tegn også slutter. Gør: ret rækken, eller eksportér filen igen.",
    },
    "duplicate-column": {
        "en": "two columns have this name. Expected a name of its own for each. Do: rename or remove one.",
        "da": "to kolonner hedder det samme. Forventede et navn til hver. Gør: omdøb eller fjern den ene.",
    },
    "unnamed-column": {
        "en": "column number {number} holds '{value}' but has no name. Expected a name in row 1. Do: name"
        " the column or empty it.",
        "da": "kolonne nummer {number} indeholder '{value}', men har intet navn. Forventede et navn i "
        "række 1. Gør: navngiv kolonnen, eller tøm den.",
    },
    "row-too-long": {
        "en": "the row has {found} cells under {width} column names{more}. Expected {width}. Do: name the"
        " trailing columns or remove them; put quotes around text that holds the separator.",
        "da": "rækken har {found} celler under {width} kolonnenavne{more}. Forventede {width}. Gør: "
        "navngiv eller fjern de overskydende kolonner; sæt anførselstegn om tekst, der indeholder "
        "skilletegnet.",
    },
    "row-too-short": {
        "en": "the row has {found} cells under {width} column names{more}. Expected {width}. Do: complete"
        " the row or export the file again.",
        "da": "rækken har {found} celler under {width} kolonnenavne{more}. Forventede {width}. Gør: gør "
        "rækken færdig, eller eksportér filen igen.",
    },
    "empty-columns": {
        "en": "empty cells after the last named column were left out. Expected none. Do: nothing, or "
        "remove the trailing separators.",
        "da": "tomme celler efter den sidste navngivne kolonne er udeladt. Forventede ingen. Gør: intet, "
        "eller fjern de overskydende skilletegn.",
    },
    "no-sheet": {
        "en": "the workbook has no sheet '{value}'.{nearest} Expected one of: {known}. Do: correct sheet "
        "in study.toml.",
        "da": "projektmappen har intet ark '{value}'.{nearest} Forventede et af: {known}. Gør: ret sheet "
        "i study.toml.",
    },
    "sheet-chosen": {
        "en": "the first sheet '{value}' was read; there are also: {others}. Do: name the sheet in "
        "study.toml if another is meant.",
        "da": "det første ark '{value}' er læst; der er også: {others}. Gør: angiv sheet i study.toml, "
        "hvis et andet er ment.",
    },
    "recognised-encoding": {
        "en": "read as {found}, recognised by content.",
        "da": "læst som {found}, genkendt på indholdet.",
    },
    "separator-line": {
        "en": 'a line over the header says that columns are separated by "{found}"; it is followed, and rows '
        "count without it, as Excel shows them.",
        "da": 'en linje over overskriften siger, at kolonnerne er adskilt af "{found}"; den er fulgt, og rækkerne '
        "tælles uden den, som Excel viser dem.",
    },
    "recognised-separator": {
        "en": 'columns are separated by "{found}", recognised by content.',
        "da": 'kolonnerne er adskilt af "{found}", genkendt på indholdet.',
    },
    "missing-column": {
        "en": "there is no column '{value}'.{nearest} Expected it in row 1, which has: {known}. Do: "
        "correct the name in study.toml or in the file.",
        "da": "der er ingen kolonne '{value}'.{nearest} Forventede den i række 1, som har: {known}. Gør: "
        "ret navnet i study.toml eller i filen.",
    },
}

ROSTER: dict[str, dict[Language, str]] = {
    "missing-id": {
        "en": "no id. Expected an id for every person. Do: fill in the id or remove the row.",
        "da": "intet id. Forventede et id til hver person. Gør: udfyld id'et, eller fjern rækken.",
    },
    "duplicated-person": {
        "en": "person '{id}' stands here and in row {first}. Expected one row per person. Do: remove one "
        "of the rows, or give two people two ids.",
        "da": "personen '{id}' står her og i række {first}. Forventede én række pr. person. Gør: fjern "
        "den ene række, eller giv to personer hver sit id.",
    },
    "two-departments": {
        "en": "person '{id}' is in department '{department}' here and in '{other}' in row {first}. "
        "Expected one department per person and wave. Do: keep one row; write a move under "
        "[roster.departments].",
        "da": "personen '{id}' er i afdelingen '{department}' her og i '{other}' i række {first}. "
        "Forventede én afdeling pr. person og måling. Gør: behold én række; skriv et skift under "
        "[roster.departments].",
    },
    "missing-department": {
        "en": "person '{id}' has no department. Expected one for everybody, also for those who joined or "
        "left. Do: fill it in.",
        "da": "personen '{id}' har ingen afdeling. Forventede en til alle, også til dem, der kom til "
        "eller holdt op. Gør: udfyld den.",
    },
    "department-of-one": {
        "en": "department '{department}' has one person only. Expected two or more, or nothing can be "
        "said within it. Do: correct the spelling, join it to another, or tolerate "
        '"single-person-departments".',
        "da": "afdelingen '{department}' har kun én person. Forventede to eller flere, ellers kan intet "
        "siges om den indadtil. Gør: ret stavningen, læg den sammen med en anden, eller tillad "
        '"single-person-departments" under tolerate.',
    },
    "department-of-one-kept": {
        "en": "a department of one person, which the study file tolerates; nothing can be said within it.",
        "da": "en afdeling med kun én person, hvad undersøgelsens fil tillader; om den indadtil kan intet siges.",
    },
    "department-spelled-twice": {
        "en": "the department is spelled '{department}' here{more} and '{other}' in row {first}. Expected one "
        "spelling, or they count as two departments. Do: write one of them throughout.",
        "da": "afdelingen staves '{department}' her{more} og '{other}' i række {first}. Forventede én stavemåde, "
        "ellers tæller de som to afdelinger. Gør: skriv den ene af dem alle steder.",
    },
    "departments-alike": {
        "en": "the department is spelled nearly as the one in row {first}{more}; they count as two departments. "
        "If one is meant, write it the same way.",
        "da": "afdelingen staves næsten som den i række {first}{more}; de tæller som to afdelinger. Er det én "
        "afdeling, så skriv den ens.",
    },
    "bad-date": {
        "en": "'{value}' is not a date. Expected a date such as 2024-08-26, or a blank cell. Do: write it"
        " that way.",
        "da": "'{value}' er ikke en dato. Forventede en dato som 2024-08-26 eller en tom celle. Gør: "
        "skriv den sådan.",
    },
    "end-before-start": {
        "en": "the end {end} lies before the start {start}. Expected the start first. Do: correct the dates.",
        "da": "slutdatoen {end} ligger før startdatoen {start}. Forventede start før slut. Gør: ret "
        "datoerne.",
    },
    "assignment-blank": {
        "en": "the cell is blank. Expected a value for everybody: the assignment uses this column. Do: fill it in.",
        "da": "cellen er tom. Forventede en værdi til alle: fordelingen bruger kolonnen. Gør: udfyld den.",
    },
    "assignment-differs": {
        "en": "people of department '{department}' do not share a value: '{value}' here{more} and '{other}' in row "
        "{first}. Expected one value, because departments were assigned as a whole. Do: correct the cells, or "
        'write by = "person".',
        "da": "personerne i afdelingen '{department}' har ikke samme værdi: '{value}' her{more} og '{other}' i række "
        "{first}. Forventede én værdi, fordi hele afdelinger blev fordelt. Gør: ret cellerne, eller skriv "
        'by = "person".',
    },
    "nobody-untrained": {
        "en": "everybody counts as trained, so there is nobody to compare with. Expected people who were not "
        "trained. Do: "
        'correct `trained` in study.toml, or write design = "pre-post" to describe the change.',
        "da": "alle tæller som uddannede, så der er ingen at sammenligne med. Forventede personer, der ikke blev "
        "uddannet. "
        'Gør: ret `trained` i study.toml, eller skriv design = "pre-post" for at beskrive ændringen.',
    },
    "trained-not-found": {
        "en": "no row holds '{value}', which trained names in study.toml.{nearest} Expected a value of the column: "
        "{known}. Do: correct trained or the cells.",
        "da": "ingen række indeholder '{value}', som trained nævner i study.toml.{nearest} Forventede en værdi fra "
        "kolonnen: {known}. Gør: ret trained eller cellerne.",
    },
    "unknown-start-wave": {
        "en": "'{value}' is not a wave{more}.{nearest} Expected the label of the first wave in which the person "
        "counts as trained, or a blank cell for never: {known}. Do: write one of these.",
        "da": "'{value}' er ikke en måling{more}.{nearest} Forventede navnet på den første måling, hvor personen "
        "tæller som uddannet, eller en tom celle for aldrig: {known}. Gør: skriv et af dem.",
    },
    "duplicate-key": {
        "en": "the key '{value}' is also in row {first}. Expected a key of its own for each person. Do: "
        "correct one of them.",
        "da": "nøglen '{value}' står også i række {first}. Forventede en nøgle til hver person. Gør: ret "
        "den ene.",
    },
}
