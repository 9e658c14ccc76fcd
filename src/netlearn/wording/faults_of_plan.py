"""Words for faults and notes about `study.toml`."""

from __future__ import annotations

from netlearn.wording import Language

PLAN: dict[str, dict[Language, str]] = {
    "study-missing": {
        "en": "there is no study.toml in {folder}. Expected the folder of a study. Do: give the right "
        "folder, or make one with `netlearn new FOLDER`.",
        "da": "der er ingen study.toml i {folder}. Forventede mappen med en undersøgelse. Gør: angiv den "
        "rigtige mappe, eller lav en med `netlearn new MAPPE`.",
    },
    "study-not-utf8": {
        "en": "the line is not UTF-8 text. Expected a study file saved as UTF-8. Do: open it in a text "
        "editor and save it with the encoding UTF-8.",
        "da": "linjen er ikke UTF-8-tekst. Forventede en undersøgelsesfil gemt som UTF-8. Gør: åbn den i "
        "en teksteditor, og gem den med kodningen UTF-8.",
    },
    "toml-broken": {
        "en": 'this is not TOML ({message}). Expected lines such as key = "value" under a [table]. Do: '
        "correct the line; often a quote, a bracket or an equals sign is missing.",
        "da": 'dette er ikke TOML ({message}). Forventede linjer som nøgle = "værdi" under en [tabel]. '
        "Gør: ret linjen; ofte mangler der et anførselstegn, en parentes eller et lighedstegn.",
    },
    "unknown-key": {
        "en": "{table} has no key {key}.{nearest} Expected one of: {known}. Do: correct the spelling or "
        "remove the line.",
        "da": "{table} har ingen nøgle {key}.{nearest} Forventede en af: {known}. Gør: ret stavningen, "
        "eller fjern linjen.",
    },
    "missing-key": {
        "en": "the key {key} is missing in {table}. Expected {expected}. Do: add the line {key} = ….",
        "da": "nøglen {key} mangler i {table}. Forventede {expected}. Gør: tilføj linjen {key} = ….",
    },
    "missing-table": {
        "en": "the table {heading} is missing. Expected it with the keys {keys}. Do: add the table {heading}.",
        "da": "tabellen {heading} mangler. Forventede den med nøglerne {keys}. Gør: tilføj tabellen {heading}.",
    },
    "one-wave": {
        "en": "this study has one wave. Expected two or more: a claim about before and after needs two. Do: add the "
        "second [[waves]]; to describe one wave in Python, build a Panel with Panel.from_arrays or "
        "Panel.from_frames and use nl.measure.",
        "da": "undersøgelsen har én måling. Forventede to eller flere: et udsagn om før og efter kræver to. Gør: "
        "tilføj den anden [[waves]]; skal én måling beskrives i Python, så byg et Panel med Panel.from_arrays "
        "eller Panel.from_frames, og brug nl.measure.",
    },
    "design-without-assignment": {
        "en": 'the design "{design}" needs to know who was trained. Expected a table [assignment]. Do: add it with '
        "the "
        "column of the roster that says who was trained, or when.",
        "da": 'designet "{design}" skal vide, hvem der blev uddannet. Forventede en tabel [assignment]. Gør: tilføj '
        "den "
        "med den kolonne på personalelisten, der siger, hvem der blev uddannet, eller hvornår.",
    },
    "primary-ignores-assignment": {
        "en": 'with the design "{design}" the measure "{measure}" would tell the change of everybody and ignore who '
        "was "
        "trained. Expected a measure that compares the trained with the others, such as cross_out_degree. Do: name "
        "one, "
        'or write design = "pre-post" to describe the change.',
        "da": 'med designet "{design}" ville målet "{measure}" fortælle om ændringen hos alle og se bort fra, hvem '
        "der "
        "blev uddannet. Forventede et mål, der sammenligner de uddannede med de andre, såsom cross_out_degree. Gør: "
        "nævn "
        'et sådant, eller skriv design = "pre-post" for at beskrive ændringen.',
    },
    "outcome-without-assignment": {
        "en": "the measure {measure} compares the trained with the others. Expected a table [assignment]. Do: add "
        "it, or "
        "name another measure.",
        "da": "målet {measure} sammenligner de uddannede med de andre. Forventede en tabel [assignment]. Gør: "
        "tilføj den, "
        "eller nævn et andet mål.",
    },
    "outcome-key-not-used": {
        "en": "the measure {measure} does not use {key}. Expected only: {known}. Do: remove the line, or name "
        "another "
        "measure.",
        "da": "målet {measure} bruger ikke {key}. Forventede kun: {known}. Gør: fjern linjen, eller nævn et andet "
        "mål.",
    },
    "outcome-needs-generator": {
        "en": 'the measure {measure} is about the people whom a person named; this relation is of kind "{kind}". '
        "Expected "
        'a relation of kind "name-generator". Do: name one, or another measure.',
        "da": 'målet {measure} handler om de personer, som en person har nævnt; denne relation er af typen "{kind}". '
        'Forventede en relation af typen "name-generator". Gør: nævn en sådan, eller et andet mål.',
    },
    "outcome-needs-periods": {
        "en": "the measure {measure} compares two periods, but the attendance list has none. Expected the key "
        "period, a "
        "column with the labels of waves. Do: add it to [[attendance]].",
        "da": "målet {measure} sammenligner to perioder, men listen over deltagelse har ingen. Forventede nøglen "
        "period, en "
        "kolonne med målingernes navne. Gør: tilføj den under [[attendance]].",
    },
    "outcome-needs-staff": {
        "en": "the measure {measure} is about pairs of staff, but the attendance list is of others. Expected a list "
        "of "
        'staff. Do: name another list, or write of = "staff".',
        "da": "målet {measure} handler om par af medarbejdere, men listen over deltagelse er over andre. Forventede "
        "en "
        'liste over medarbejdere. Gør: nævn en anden liste, eller skriv of = "staff".',
    },
    "reversed-without-range": {
        "en": "items are counted the other way round, but nothing says between which levels. Expected range = "
        "[lowest, "
        "highest], or levels. Do: add one of them.",
        "da": "spørgsmål tælles den anden vej, men intet siger, mellem hvilke niveauer. Forventede range = [laveste, "
        "højeste] eller levels. Gør: tilføj en af dem.",
    },
    "too-many-items": {
        "en": "a score needs {value} answered items, but the scale has {count}. Expected that many or fewer. Do: "
        "write a "
        "smaller number.",
        "da": "en score kræver {value} besvarede spørgsmål, men skalaen har {count}. Forventede så mange eller "
        "færre. "
        "Gør: skriv et mindre tal.",
    },
    "gap-of-unlike-ranges": {
        "en": "the scales '{required}' and '{present}' do not have the same lowest and highest level. Expected one "
        "yardstick for what is required and what is present. Do: correct range or levels, or make no gap of them.",
        "da": "skalaerne '{required}' og '{present}' har ikke samme laveste og højeste niveau. Forventede én "
        "målestok for, "
        "hvad der kræves, og hvad der er til stede. Gør: ret range eller levels, eller lav ikke et gab af dem.",
    },
    "gap-of-unlike-scales": {
        "en": "the scales '{required}' and '{present}' differ in their number of items, or in their subscales. "
        "Expected "
        "the same items twice: what is required and what is present. Do: make the two scales alike.",
        "da": "skalaerne '{required}' og '{present}' har ikke lige mange spørgsmål eller ikke de samme delskalaer. "
        "Forventede de samme spørgsmål to gange: hvad der kræves, og hvad der er til stede. Gør: lav de to skalaer "
        "ens.",
    },
    "asked-not-found": {
        "en": "nobody has the value '{value}' in this column, by which study.toml says who was asked.{nearest} "
        "Expected one "
        "of: {known}. Do: correct `asked` in study.toml.",
        "da": "ingen har værdien '{value}' i denne kolonne, hvormed study.toml siger, hvem der blev spurgt.{nearest} "
        "Forventede en af: {known}. Gør: ret `asked` i study.toml.",
    },
    "grouping-blank": {
        "en": "the cell is blank, but this column groups people in tables or tests. Expected a value for everybody. "
        "Do: "
        "fill it in.",
        "da": "cellen er tom, men denne kolonne grupperer personer i tabeller eller test. Forventede en værdi for "
        "alle. "
        "Gør: udfyld den.",
    },
    "folder-not-empty": {
        "en": "exists and is not an empty folder; nothing was written. Expected a new or an empty folder. Do: give "
        "the name of a new folder.",
        "da": "findes og er ikke en tom mappe; intet er skrevet. Forventede en ny eller en tom mappe. Gør: angiv "
        "navnet på en ny mappe.",
    },
    "wrong-type": {
        "en": "{key} in {table} cannot be {value}. Expected {expected}. Do: write the value that way.",
        "da": "{key} i {table} kan ikke være {value}. Forventede {expected}. Gør: skriv værdien sådan.",
    },
    "bad-choice": {
        "en": "{key} in {table} cannot be '{value}'.{nearest} Expected one of: {known}. Do: write one of "
        "these.",
        "da": "{key} i {table} kan ikke være '{value}'.{nearest} Forventede en af: {known}. Gør: skriv en"
        " af dem.",
    },
    "too-small": {
        "en": "{key} in {table} is {value}. Expected {minimum} or more. Do: write a larger number.",
        "da": "{key} i {table} er {value}. Forventede {minimum} eller mere. Gør: skriv et større tal.",
    },
    "not-between": {
        "en": "{key} in {table} is {value}. Expected a number over {low} and under {high}. Do: write such"
        " a number.",
        "da": "{key} i {table} er {value}. Forventede et tal over {low} og under {high}. Gør: skriv sådan"
        " et tal.",
    },
    "duplicate-name": {
        "en": "the name '{value}' is used twice, first in row {first}. Expected a name of its own for "
        "each. Do: rename one of them.",
        "da": "navnet '{value}' er brugt to gange, første gang i række {first}. Forventede et navn til "
        "hver. Gør: omdøb den ene.",
    },
    "waves-reversed": {
        "en": "wave '{wave}' is dated {date}, but the wave '{earlier}' before it is dated {earlier_date}."
        " Expected waves in order of time. Do: correct the dates or put the waves in order.",
        "da": "målingen '{wave}' er dateret {date}, men målingen '{earlier}' før den er dateret "
        "{earlier_date}. Forventede målinger i tidsrækkefølge. Gør: ret datoerne, eller sæt "
        "målingerne i rækkefølge.",
    },
    "outcome-reversed": {
        "en": "waves in {table} are '{first}', then '{second}'. Expected two waves, the earlier one "
        "first. Do: name them in order of time.",
        "da": "målingerne i {table} er '{first}' og så '{second}'. Forventede to målinger, den tidligste "
        "først. Gør: nævn dem i tidsrækkefølge.",
    },
    "outcome-not-asked": {
        "en": "{table} compares wave '{wave}', but relation '{relation}' has no file there. Expected a "
        "file for both waves. Do: name the file, or compare other waves.",
        "da": "{table} sammenligner målingen '{wave}', men relationen '{relation}' har ingen fil dér. "
        "Forventede en fil til begge målinger. Gør: angiv filen, eller sammenlign andre målinger.",
    },
    "column-identifies": {
        "en": "{key} in {table} names the column '{value}', which tells who somebody is. Expected a column that "
        "describes people. Do: name another column, or leave it out.",
        "da": "{key} i {table} nævner kolonnen '{value}', som røber, hvem en person er. Forventede en kolonne, der "
        "beskriver personer. Gør: nævn en anden kolonne, eller udelad den.",
    },
    "trained-not-used": {
        "en": '{key} in {table} is not used with by = "start-wave": there the column says the wave. Expected one of '
        'the two. Do: remove the line, or write by = "person" or "department".',
        "da": '{key} i {table} bruges ikke sammen med by = "start-wave": dér siger kolonnen målingen. Forventede en '
        'af delene. Gør: fjern linjen, eller skriv by = "person" eller "department".',
    },
    "file-outside": {
        "en": "the file '{value}' lies outside the study folder. Expected a file inside it. Do: put the "
        "file into the folder and name it relative to study.toml.",
        "da": "filen '{value}' ligger uden for undersøgelsens mappe. Forventede en fil i mappen. Gør: læg"
        " filen i mappen, og angiv den i forhold til study.toml.",
    },
    "wave-without-file": {
        "en": "wave '{wave}' has no file. Expected a file for the wave, or one under [relations.files]. "
        'Do: add file = "…" to the wave.',
        "da": "målingen '{wave}' har ingen fil. Forventede en fil til målingen eller en under "
        '[relations.files]. Gør: tilføj file = "…" til målingen.',
    },
}
