"""Words about the exports of Network Canvas."""

from __future__ import annotations

from netlearn.wording import Language

WORDS: dict[str, dict[Language, str]] = {
    "network-canvas-no-ego": {
        "en": "no file tells who was interviewed. Expected the ego file of each interview beside its other files. Do: "
        "name the whole zip of the export as file, or the ego file with the others as parts.",
        "da": "ingen fil siger, hvem der blev interviewet. Forventede ego-filen til hvert interview ved siden af de "
        "andre filer. Gør: angiv hele eksportens zip-fil som file, eller ego-filen med de andre som parts.",
    },
    "network-canvas-twice": {
        "en": "{count} interviews stand in more than one file of the same kind. Expected each interview once, and the "
        "type of nodes and ties in the name of each file. Do: remove the older export of these interviews, or give "
        "the files the names back under which they were exported (…_attributeList_Person.csv).",
        "da": "{count} interview står i mere end én fil af samme slags. Forventede hvert interview én gang og typen "
        "af knuder og forbindelser i hver fils navn. Gør: fjern den ældre eksport af disse interview, eller giv "
        "filerne de navne tilbage, de blev eksporteret med (…_attributeList_Person.csv).",
    },
    "network-canvas-no-interview": {
        "en": "{count} rows belong to interviews that no ego file holds. Expected the ego file of every interview. Do: "
        "add the files that are missing, or remove these rows.",
        "da": "{count} rækker hører til interview, som ingen ego-fil indeholder. Forventede ego-filen til hvert "
        "interview. Gør: tilføj de manglende filer, eller fjern disse rækker.",
    },
    "network-canvas-tie-without-end": {
        "en": "the tie leads to nobody who was named in the same interview{more}. Expected both ends in the files of "
        "nodes. Do: add the attributeList files of all types.",
        "da": "forbindelsen fører til ingen, der blev nævnt i samme interview{more}. Forventede begge ender i "
        "knudefilerne. Gør: tilføj attributeList-filerne af alle typer.",
    },
    "network-canvas-put-together": {
        "en": "{count} files with rows were put together; in messages their rows count as if they stood under each "
        "other, by name of file, the first as row 2. Groups: {known}.",
        "da": "{count} filer med rækker er lagt sammen; i beskeder tælles deres rækker, som om de stod under hinanden "
        "efter filnavn, den første som række 2. Grupper: {known}.",
    },
    "network-canvas-graphml-left-out": {
        "en": "{count} GraphML files were left out, because the same interviews are there as CSV.",
        "da": "{count} GraphML-filer er udeladt, fordi de samme interview findes som CSV.",
    },
    "network-canvas-other-files": {
        "en": "{count} files that hold neither interviews, people named nor ties were left out (such as matrices).",
        "da": "{count} filer, der hverken indeholder interview, nævnte personer eller forbindelser, er udeladt (fx "
        "matricer).",
    },
    "network-canvas-protocols": {
        "en": "the interviews come from {count} protocols. If they are different waves, write where = "
        '{{ networkCanvasProtocolName = "…" }} for each.',
        "da": "interviewene kommer fra {count} protokoller. Er det forskellige målinger, så skriv where = "
        '{{ networkCanvasProtocolName = "…" }} for hver.',
    },
    "network-canvas-nobody-named": {
        "en": "{count} interviews have no row here: nobody of this type was named, or the question was never reached; "
        "they count as not answered unless nobody_column tells otherwise.",
        "da": "{count} interview har ingen række her: ingen af denne type blev nævnt, eller spørgsmålet blev aldrig "
        "nået; de tæller som ikke besvaret, medmindre nobody_column siger andet.",
    },
    "network-canvas-encrypted": {
        "en": "cells of this column are encrypted and cannot tell who is meant.",
        "da": "celler i kolonnen er krypterede og kan ikke sige, hvem der menes.",
    },
}
WHY: dict[str, dict[Language, str]] = {
    "network-canvas-headings": {
        "en": "headings that Network Canvas gives (networkCanvasEgoUUID)",
        "da": "overskrifter, som Network Canvas giver (networkCanvasEgoUUID)",
    },
    "network-canvas-graphml": {
        "en": "GraphML with the ids of Network Canvas (networkCanvasUUID)",
        "da": "GraphML med id'er fra Network Canvas (networkCanvasUUID)",
    },
}
