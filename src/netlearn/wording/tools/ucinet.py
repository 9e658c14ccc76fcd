"""Words about UCINET files."""

from __future__ import annotations

from netlearn.wording import Language

WORDS: dict[str, dict[Language, str]] = {
    "ucinet-binary-file": {
        "en": "this is a binary file of UCINET (.##h or .##d). Expected DL text. Do: in UCINET choose Data, Export, "
        "DL, full matrix, and name that file.",
        "da": "dette er en binær fil fra UCINET (.##h eller .##d). Forventede DL-tekst. Gør: vælg Data, Export, DL, "
        "full matrix i UCINET, og angiv den fil.",
    },
    "ucinet-pajek-file": {
        "en": "this is a Pajek network (.net). Expected DL text of UCINET or GraphML. Do: open it in UCINET, visone or "
        "Gephi and export it as DL or GraphML.",
        "da": "dette er et Pajek-netværk (.net). Forventede DL-tekst fra UCINET eller GraphML. Gør: åbn det i UCINET, "
        "visone eller Gephi, og eksportér det som DL eller GraphML.",
    },
    "ucinet-not-dl": {
        "en": "the first word is not DL. Expected a DL file of UCINET. Do: export it again as DL, or state another "
        "dialect.",
        "da": "det første ord er ikke DL. Forventede en DL-fil fra UCINET. Gør: eksportér den igen som DL, eller angiv "
        "en anden dialect.",
    },
    "ucinet-no-size": {
        "en": "the header does not say how many people there are. Expected n = …, and nm = 1 or more. Do: write it "
        "after DL.",
        "da": "hovedet siger ikke, hvor mange personer der er. Forventede n = … og nm = 1 eller mere. Gør: skriv det "
        "efter DL.",
    },
    "ucinet-too-large": {
        "en": "the header states more than {most} people. Expected the network of one workplace. Do: correct n, or "
        "export fewer people.",
        "da": "hovedet angiver mere end {most} personer. Forventede netværket på én arbejdsplads. Gør: ret n, eller "
        "eksportér færre personer.",
    },
    "ucinet-no-data": {
        "en": "there is nothing after the header. Expected the word data: and the network under it. Do: export the "
        "file again.",
        "da": "der er intet efter hovedet. Forventede ordet data: og netværket under det. Gør: eksportér filen igen.",
    },
    "ucinet-format": {
        "en": "the format of the data is not one that is read. Expected one of: {known}. Do: export as fullmatrix.",
        "da": "dataenes format er ikke et, der læses. Forventede et af: {known}. Gør: eksportér som fullmatrix.",
    },
    "ucinet-external": {
        "en": "the data stand in another file. Expected them under the word data:. Do: export header and data as one "
        "DL file.",
        "da": "data står i en anden fil. Forventede dem under ordet data:. Gør: eksportér hoved og data som én "
        "DL-fil.",
    },
    "ucinet-header": {
        "en": "a word of the header cannot be understood. Expected n, nm, format, diagonal, labels or data. Do: put "
        "labels that hold spaces in quotes, and remove what does not belong there.",
        "da": "et ord i hovedet kan ikke forstås. Forventede n, nm, format, diagonal, labels eller data. Gør: sæt "
        "navne med mellemrum i anførselstegn, og fjern det, der ikke hører til.",
    },
    "ucinet-label-count": {
        "en": "there are {found} labels here. Expected {expected}. Do: write one label for each, in quotes where it "
        "holds spaces.",
        "da": "der er {found} navne her. Forventede {expected}. Gør: skriv ét navn til hver, i anførselstegn hvor det "
        "indeholder mellemrum.",
    },
    "ucinet-label-twice": {
        "en": "{count} labels occur more than once (capital letters do not count). Expected a label of its own for "
        "each person. Do: use ids as labels.",
        "da": "{count} navne forekommer mere end én gang (store bogstaver tæller ikke). Forventede et navn til hver "
        "person. Gør: brug id'er som navne.",
    },
    "ucinet-label-blank": {
        "en": "a label is blank. Expected one for each person. Do: write it.",
        "da": "et navn er tomt. Forventede et til hver person. Gør: skriv det.",
    },
    "ucinet-cells": {
        "en": "there are {found} words of data. Expected {expected} for {n} people. Do: export the file again, and "
        'write "labels embedded" if labels stand among the values.',
        "da": "der er {found} ord i data. Forventede {expected} til {n} personer. Gør: eksportér filen igen, og skriv "
        '"labels embedded", hvis navne står mellem værdierne.',
    },
    "ucinet-rows-slipped": {
        "en": "a row of the matrix begins in the middle of this line, and lines are of different lengths. Expected "
        "each row to begin a line, or values may have slipped to other people. Do: correct the line.",
        "da": "en række i matricen begynder midt i denne linje, og linjerne er ikke lige lange. Forventede, at hver "
        "række begynder en linje, ellers kan værdier være gledet til andre personer. Gør: ret linjen.",
    },
    "ucinet-bad-value": {
        "en": "a value is no number{more}. Expected numbers, or NA where a value is missing. Do: correct it, or write "
        '"labels embedded" if it is a label.',
        "da": "en værdi er ikke et tal{more}. Forventede tal eller NA, hvor en værdi mangler. Gør: ret den, eller "
        'skriv "labels embedded", hvis det er et navn.',
    },
    "ucinet-two-mode": {
        "en": "rows and columns are not the same people (a two-mode network). Expected a matrix person x person. Do: "
        "export the network of people; attendance of events is read from a plain table.",
        "da": "rækker og kolonner er ikke de samme personer (et tomode-netværk). Forventede en matrix person x person. "
        "Gør: eksportér netværket af personer; deltagelse i arrangementer læses fra en almindelig tabel.",
    },
    "ucinet-several-lists": {
        "en": "the file holds several matrices as lists, and where one ends is not defined. Expected one matrix per "
        "list. Do: export each as a file of its own, or all as fullmatrix.",
        "da": "filen indeholder flere matricer som lister, og det er ikke fastlagt, hvor en slutter. Forventede én "
        "matrix pr. liste. Gør: eksportér hver som sin egen fil eller alle som fullmatrix.",
    },
    "ucinet-list-line": {
        "en": "the line does not have the words that the format needs. Expected sender, receiver and value (or, per "
        "person, all whom he or she named). Do: correct the line.",
        "da": "linjen har ikke de ord, som formatet kræver. Forventede afsender, modtager og værdi (eller pr. person "
        "alle, som personen nævnte). Gør: ret linjen.",
    },
    "ucinet-unknown-node": {
        "en": "the line names somebody who is neither a label nor a number from 1 to {n}{more}. Expected people of the "
        'header. Do: correct the line, or write "labels embedded" if the data hold labels.',
        "da": "linjen nævner en, der hverken er et navn eller et tal fra 1 til {n}{more}. Forventede personer fra "
        'hovedet. Gør: ret linjen, eller skriv "labels embedded", hvis data indeholder navne.',
    },
    "ucinet-too-many-names": {
        "en": "the data hold {found} different labels. Expected at most {n}, as n says. Do: correct n or the labels.",
        "da": "data indeholder {found} forskellige navne. Forventede højst {n}, som n siger. Gør: ret n eller navnene.",
    },
    "ucinet-pair-twice": {
        "en": "the pair stands in an earlier line too{more}. Expected each pair once. Do: remove one of the lines.",
        "da": "parret står også i en tidligere linje{more}. Forventede hvert par én gang. Gør: fjern en af linjerne.",
    },
    "ucinet-no-labels": {
        "en": "the file has no labels; the {count} people are called 1, 2, … in its order. They are right only if the "
        "ids of the roster are these numbers.",
        "da": "filen har ingen navne; de {count} personer kaldes 1, 2, … i dens rækkefølge. Det er kun rigtigt, hvis "
        "id'erne på personalelisten er disse tal.",
    },
    "ucinet-half": {
        "en": "the file holds one half of a symmetric matrix; each value was read both ways. The relation needs "
        "directed = false in study.toml.",
        "da": "filen indeholder den ene halvdel af en symmetrisk matrix; hver værdi er læst begge veje. Relationen "
        "skal have directed = false i study.toml.",
    },
    "ucinet-missing": {
        "en": "{count} values are marked as missing; they count as not answered.",
        "da": "{count} værdier er markeret som manglende; de tæller som ikke besvaret.",
    },
    "ucinet-no-line": {
        "en": "{count} of {total} people have no line of their own. A list cannot tell whether they named nobody or "
        "did not answer; they count as not answered. A full matrix with NA would tell it.",
        "da": "{count} af {total} personer har ingen linje. En liste kan ikke sige, om de ikke nævnte nogen, eller om "
        "de ikke svarede; de tæller som ikke besvaret. En fuld matrix med NA ville sige det.",
    },
    "ucinet-unnamed": {
        "en": "{count} people of the header occur nowhere in the data and have no label; nothing is known of them.",
        "da": "{count} personer fra hovedet forekommer ingen steder i data og har intet navn; om dem vides intet.",
    },
    "ucinet-comments": {
        "en": "{count} lines that begin with ! or # were left out as comments, this one first.",
        "da": "{count} linjer, der begynder med ! eller #, er udeladt som kommentarer, denne først.",
    },
}
WHY: dict[str, dict[Language, str]] = {
    "ucinet-dl": {"en": "the word DL and phrases of UCINET", "da": "ordet DL og UCINETs vendinger"},
    "ucinet-pajek": {
        "en": "*Vertices, as Pajek begins a network",
        "da": "*Vertices, som Pajek begynder et netværk",
    },
    "ucinet-binary": {
        "en": "the first bytes of a binary UCINET file",
        "da": "de første byte i en binær UCINET-fil",
    },
}
