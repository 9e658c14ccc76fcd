"""Words for faults and notes about opening an export, recognising its tool, and which rows are responses."""

from __future__ import annotations

from netlearn.wording import Language

SOURCES: dict[str, dict[Language, str]] = {
    "no-such-file": {
        "en": "there is no such file. Expected an export. Do: check its name and folder.",
        "da": "filen findes ikke. Forventede en eksport. Gør: se efter navn og mappe.",
    },
    "unsafe-archive": {
        "en": "the file is packed in a way that is not opened ({reason}). Expected an export as the survey tool "
        "writes it. Do: export it again, or unpack it yourself and name the files one by one.",
        "da": "filen er pakket på en måde, der ikke åbnes ({reason}). Forventede en eksport, som "
        "spørgeskemaværktøjet skriver den. Gør: eksportér den igen, eller pak den selv ud, og angiv filerne en for "
        "en.",
    },
    "damaged-member": {
        "en": "this file in the zip cannot be unpacked. Expected a whole file. Do: export again, without a password.",
        "da": "denne fil i zip-filen kan ikke pakkes ud. Forventede en hel fil. Gør: eksportér igen, uden "
        "adgangskode.",
    },
    "file-too-large": {
        "en": "the file is larger than {most} MB. Expected an export of one survey. Do: export fewer columns.",
        "da": "filen er større end {most} MB. Forventede eksporten af én undersøgelse. Gør: eksportér færre "
        "kolonner.",
    },
    "dialect-unclear": {
        "en": "the content fits several tools: {known}. Expected one. Do: write dialect = … for "
        "this wave in study.toml.",
        "da": "indholdet passer til flere værktøjer: {known}. Forventede ét. Gør: skriv dialect = … for denne "
        "måling i "
        "study.toml.",
    },
    "first-column-unnamed": {
        "en": "the first column has no name; it is taken for names of rows, which only a table person x person uses.",
        "da": "den første kolonne har intet navn; den regnes for navne på rækker, som kun en tabel person x person "
        "bruger.",
    },
    "blank-rows": {
        "en": "{count} empty rows between others are left out.",
        "da": "{count} tomme rækker mellem andre er udeladt.",
    },
    "recognised-dialect": {
        "en": "read as an export of {dialect}, recognised by content.",
        "da": "læst som en eksport fra {dialect}, genkendt på indholdet.",
    },
    "respondent-is-a-number": {
        "en": "this column is the survey tool's own, such as the number of a response, and says of nobody who it "
        "is. Expected "
        "a column with a key, an e-mail address or a name. Do: correct respondent in study.toml.",
        "da": "denne kolonne er værktøjets egen, såsom besvarelsens nummer, og siger ikke, hvem nogen er. "
        "Forventede en "
        "kolonne med en nøgle, en e-mailadresse eller et navn. Gør: ret respondent i study.toml.",
    },
    "respondent-unclear": {
        "en": "the name typed here is not certainly one person of the roster. Expected one person. Do: run `netlearn "
        "check`, decide in names_to_check.csv, and run again.",
        "da": "navnet, der er skrevet her, er ikke med sikkerhed én person på personalelisten. Forventede én person. "
        "Gør: kør `netlearn check`, afgør det i names_to_check.csv, og kør igen.",
    },
    "garbled-name": {
        "en": "letters of the name in this cell are garbled: the file was saved in another encoding on its way. "
        "Expected "
        "the letters as people wrote them. Do: export again and do not open and save the file in between, or save "
        "it as "
        "CSV UTF-8.",
        "da": "bogstaver i navnet i denne celle er ødelagt: filen er gemt i en anden tegnkodning undervejs. "
        "Forventede "
        "bogstaverne, som de blev skrevet. Gør: eksportér igen uden at åbne og gemme filen ind imellem, eller gem "
        "den "
        "som CSV UTF-8.",
    },
    "no-final-line-end": {
        "en": "the last line has no end; if the file was cut off on its way, rows are missing.",
        "da": "den sidste linje har ingen afslutning; er filen skåret af undervejs, mangler der rækker.",
    },
    "part-twice": {
        "en": "this file is of the same sort ({role}) as another one. Expected one. Do: inspect the exports of one "
        "wave at a "
        "time, or give the zip that the tool made.",
        "da": "filen er af samme slags ({role}) som en anden. Forventede én. Gør: se på eksporterne fra én måling "
        "ad gangen, "
        "eller angiv den zip-fil, som værktøjet lavede.",
    },
    "outside-respondents": {
        "en": "{count} rows were answered by people who are not in the roster, as decided in names_to_check.csv; "
        "they "
        "are left out.",
        "da": "{count} rækker er besvaret af personer, der ikke er på personalelisten, som afgjort i "
        "names_to_check.csv; de er udeladt.",
    },
    "withdrawn-left-out": {
        "en": "{count} rows of people who withdrew are left out.",
        "da": "{count} rækker fra personer, der har trukket sig, er udeladt.",
    },
    "duplicate-left-out": {
        "en": 'the person answered twice; row {kept} counts (duplicates = "{reason}"), this row is left out.',
        "da": 'personen har svaret to gange; række {kept} tæller (duplicates = "{reason}"), denne række er udeladt.',
    },
    "no-row-of-wave": {
        "en": "no row holds '{value}' as `where` of the wave asks. Expected rows of this wave. Do: correct where in "
        "study.toml, or name the right file.",
        "da": "ingen række indeholder '{value}', som målingens `where` kræver. Forventede rækker fra målingen. Gør: "
        "ret "
        "where i study.toml, eller angiv den rigtige fil.",
    },
    "names-to-check": {
        "en": "{count} typed names are not certainly one person of the roster; they count as outside it. Run "
        "`netlearn "
        "check` and decide in names_to_check.csv.",
        "da": "{count} skrevne navne er ikke med sikkerhed én person på personalelisten; de tæller som uden for "
        "den. Kør "
        "`netlearn check`, og afgør det i names_to_check.csv.",
    },
    "no-group": {
        "en": "the export has no repeat group '{value}'. Expected one of: {known}. Do: correct group in study.toml; "
        "a CSV "
        "export may leave repeats out, so export as XLSX.",
        "da": "eksporten har ingen gentaget gruppe '{value}'. Forventede en af: {known}. Gør: ret group i "
        "study.toml; en "
        "CSV-eksport kan udelade gentagelser, så eksportér som XLSX.",
    },
    "row-without-response": {
        "en": "the row belongs to no response{more}. Expected the number of a response. Do: export all tables of the "
        "survey at the same time.",
        "da": "rækken hører ikke til nogen besvarelse{more}. Forventede nummeret på en besvarelse. Gør: eksportér "
        "alle "
        "undersøgelsens tabeller på samme tid.",
    },
    "no-matrix": {
        "en": "the file holds no matrix '{value}'.{nearest} Expected one of: {known}. Do: write its name as code of "
        "the "
        "relation.",
        "da": "filen indeholder ingen matrix '{value}'.{nearest} Forventede en af: {known}. Gør: skriv dens navn som "
        "relationens code.",
    },
}
