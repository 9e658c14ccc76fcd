"""Words for faults about names_to_check.csv, in which the user decides whom a typed name stands for."""

from __future__ import annotations

from netlearn.wording import Language

NAMES: dict[str, dict[Language, str]] = {
    "unknown-decision": {
        "en": 'the decision is no id of the roster. Expected an id of the roster, "{outside}" for somebody who is not '
        "on it, or a blank cell. Do: write one of these.",
        "da": 'afgørelsen er ikke et id fra personalelisten. Forventede et id fra listen, "{outside}" om en, der ikke '
        "står på den, eller en tom celle. Gør: skriv et af dem.",
    },
    "two-decisions": {
        "en": "the same typed text is decided in another way in row {first}. Expected one decision per text: it holds "
        "for all files. Do: make the decisions the same, or remove one of the rows.",
        "da": "den samme indtastede tekst er afgjort på en anden måde i række {first}. Forventede én afgørelse pr. "
        "tekst: den gælder for alle filer. Gør: gør afgørelserne ens, eller fjern den ene række.",
    },
    "decision-without-text": {
        "en": "there is a decision, but no typed text. Expected the text that was decided about. Do: remove the row; "
        "if the text was lost, run again and decide anew.",
        "da": "der er en afgørelse, men ingen indtastet tekst. Forventede den tekst, der er afgjort. Gør: fjern "
        "rækken; er teksten gået tabt, så kør igen, og afgør den på ny.",
    },
    "unwritable-file": {
        "en": "the file cannot be written ({reason}); it is as it was. Expected a file that may be replaced. Do: close "
        "it in other programs, check the permissions and run again.",
        "da": "filen kan ikke skrives ({reason}); den er, som den var. Forventede en fil, der må erstattes. Gør: luk "
        "den i andre programmer, se efter rettighederne, og kør igen.",
    },
}
