"""Words about SPSS files."""

from __future__ import annotations

from netlearn.wording import Language

WORDS: dict[str, dict[Language, str]] = {
    "spss-damaged": {
        "en": "the file cannot be read as an SPSS file ({reason}). Expected a whole .sav or .zsav file. Do: open it in "
        "SPSS and save it again as .sav (Unicode), or export it as CSV.",
        "da": "filen kan ikke læses som en SPSS-fil ({reason}). Forventede en hel .sav- eller .zsav-fil. Gør: åbn den "
        "i SPSS, og gem den igen som .sav (Unicode), eller eksportér den som CSV.",
    },
    "spss-portable": {
        "en": "this is a portable SPSS file (.por). Expected .sav. Do: open it in SPSS and save it as .sav.",
        "da": "dette er en portabel SPSS-fil (.por). Forventede .sav. Gør: åbn den i SPSS, og gem den som .sav.",
    },
    "spss-no-sav": {
        "en": "the file does not begin as an SPSS file. Expected .sav or .zsav. Do: save it as .sav, or state another "
        "dialect.",
        "da": "filen begynder ikke som en SPSS-fil. Forventede .sav eller .zsav. Gør: gem den som .sav, eller angiv en "
        "anden dialect.",
    },
    "spss-encoding": {
        "en": "the texts are not in the encoding that the file states; they were read as windows-1252.",
        "da": "teksterne er ikke i den tegnkodning, filen angiver; de er læst som windows-1252.",
    },
    "spss-rows-unknown": {
        "en": "the file does not state how many cases it has; {count} were read. Compare with SPSS, because a file cut "
        "short would look the same.",
        "da": "filen angiver ikke, hvor mange cases den har; {count} er læst. Sammenlign med SPSS, for en afkortet fil "
        "ville se ligesådan ud.",
    },
    "spss-labels-cut": {
        "en": "text that sibling variables share was taken off {count} labels, so that the name of the colleague is "
        "left.",
        "da": "tekst, som søskendevariable har fælles, er taget af {count} etiketter, så kollegaens navn er tilbage.",
    },
    "spss-set-incomplete": {
        "en": "this multiple-response set names variables that the file does not have; the others were read.",
        "da": "dette multiple-response-sæt nævner variable, som filen ikke har; de andre er læst.",
    },
    "spss-set-unclear": {
        "en": "this variable of a multiple-response set holds several codes beside the counted one, so it is no box; "
        "state its levels in study.toml.",
        "da": "denne variabel i et multiple-response-sæt har flere koder ud over den talte, så den er ingen boks; "
        "angiv dens niveauer i study.toml.",
    },
}
WHY: dict[str, dict[Language, str]] = {
    "spss-bytes": {"en": "the first bytes of an SPSS file", "da": "de første byte i en SPSS-fil"},
    "spss-por": {"en": "the head of a portable SPSS file", "da": "hovedet på en portabel SPSS-fil"},
}
