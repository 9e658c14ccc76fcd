"""Words for faults and notes about making a questionnaire."""

from __future__ import annotations

from netlearn.wording import Language

INSTRUMENT: dict[str, dict[Language, str]] = {
    "instrument-holds-names": {
        "en": "the file holds {count} names and is personal data: keep it where the roster is kept.",
        "da": "filen indeholder {count} navne og er personoplysninger: opbevar den dér, hvor personalelisten "
        "ligger.",
    },
    "instrument-who-answers": {
        "en": "{tool} knows who answers by {what}: before people are invited, everybody on its list needs the roster's "
        "{key} there.",
        "da": "{tool} ved, hvem der svarer, fra {what}: før folk inviteres, skal alle på dets liste have "
        "personalelistens {key} dér.",
    },
    "instrument-ties-not-asked": {
        "en": "the relation {relation} is asked without ties among those named: alter_ties has no {{a}} and {{b}} for "
        "the slots.",
        "da": "relationen {relation} stilles uden forbindelser mellem de nævnte: alter_ties har ingen {{a}} og {{b}} "
        "til pladserne.",
    },
    "instrument-keys-inside": {
        "en": "the form holds everybody's key, and whoever opens it can read them: they keep answers apart, not "
        "secret.",
        "da": "formularen indeholder alles nøgler, og den, der åbner den, kan læse dem: de holder svar adskilt, "
        "ikke hemmelige.",
    },
    "instrument-placeholder": {
        "en": "{key} under [information] is empty. Expected a text that people read before they answer. Do: fill "
        "it in (the legal basis is for the data controller to say); until then the questionnaire shows a "
        "placeholder in capitals.",
        "da": "{key} under [information] er tom. Forventede en tekst, som folk læser, før de svarer. Gør: udfyld "
        "den (retsgrundlaget skal den dataansvarlige angive); indtil da viser spørgeskemaet en pladsholder med "
        "store bogstaver.",
    },
    "instrument-ids-shown": {
        "en": "{count} people have no name in the roster and are shown by their id.",
        "da": "{count} personer har intet navn på personalelisten og vises med deres id.",
    },
    "instrument-same-names": {
        "en": "{count} people share their name with another; department or id is shown beside it.",
        "da": "{count} personer har samme navn som en anden; afdeling eller id vises ved siden af.",
    },
    "instrument-left-out": {
        "en": "the relation {relation} is left out: it is not asked in a questionnaire ({reason}).",
        "da": "relationen {relation} er udeladt: den stilles ikke i et spørgeskema ({reason}).",
    },
    "instrument-by-label": {
        "en": "ids of the roster cannot be codes in {tool}, so people get other codes and are found by name when "
        "the answers are read: study.toml must name this file under parts, as the lines for it say.",
        "da": "personalelistens id'er kan ikke være koder i {tool}, så personerne får andre koder og findes på "
        "navn, når svarene læses: study.toml skal nævne denne fil under parts, som linjerne dertil viser.",
    },
    "instrument-own-name-shown": {
        "en": "{tool} cannot hide the respondent's own name in {relation}; a line asks people to leave themselves "
        "out.",
        "da": "{tool} kan ikke skjule svarpersonens eget navn i {relation}; en linje beder folk om at udelade sig "
        "selv.",
    },
    "instrument-no-wave": {
        "en": "there is no wave {value}.{nearest} Expected one of: {known}. Do: name one of them.",
        "da": "der er ingen måling {value}.{nearest} Forventede en af: {known}. Gør: angiv en af dem.",
    },
    "instrument-too-few": {
        "en": "{count} people were employed in the wave {wave}. Expected two or more. Do: correct the dates in "
        "the roster or the date of the wave.",
        "da": "{count} personer var ansat ved målingen {wave}. Forventede to eller flere. Gør: ret datoerne på "
        "personalelisten eller målingens dato.",
    },
    "instrument-nothing-asked": {
        "en": "no relation is asked in the wave {wave}. Expected one of kind roster, multiple-choice, "
        "multiple-answer, name-generator or free-text. Do: write kind = … for the question.",
        "da": "ingen relation stilles ved målingen {wave}. Forventede en af slagsen roster, multiple-choice, "
        "multiple-answer, name-generator eller free-text. Gør: skriv kind = … for spørgsmålet.",
    },
    "instrument-no-answers": {
        "en": "{name} has no answers to choose from. Expected answers = {{ code = wording }}. Do: write them in "
        "study.toml.",
        "da": "{name} har ingen svar at vælge imellem. Forventede answers = {{ kode = ordlyd }}. Gør: skriv dem i "
        "study.toml.",
    },
    "instrument-answer-without-level": {
        "en": "the answer {value} of {name} is neither in levels nor in dont_know.{nearest} Expected every answer "
        "to mean something when it is read. Do: add it to one of them.",
        "da": "svaret {value} til {name} står hverken i levels eller dont_know.{nearest} Forventede, at hvert "
        "svar betyder noget, når det læses. Gør: tilføj det til en af dem.",
    },
    "instrument-box-without-level": {
        "en": "{name} has several boxes for each colleague, and the box {value} has no level. Expected boxes with "
        "a level only: who ticks none of them did not answer. Do: remove it from answers.",
        "da": "{name} har flere felter for hver kollega, og feltet {value} har intet niveau. Forventede kun "
        "felter med et niveau: den, der intet felt krydser af, svarede ikke. Gør: fjern det fra answers.",
    },
    "instrument-no-zero": {
        "en": "no answer of {name} has level 0. Expected one, such as “never”: who has no contact must be able to "
        "say so. Do: add an answer of level 0 to answers and levels.",
        "da": "intet svar til {name} har niveau 0. Forventede et, såsom “aldrig”: den, der ingen kontakt har, "
        "skal kunne sige det. Gør: tilføj et svar med niveau 0 til answers og levels.",
    },
    "instrument-no-slots": {
        "en": "{name} is a name generator without columns for its names. Expected n_slots = 5, say, and columns = "
        '{{ to = "name{{slot}}" }}, or slots, or a group. Do: write them in study.toml.',
        "da": "{name} er en navnegenerator uden kolonner til navnene. Forventede for eksempel n_slots = 5 og "
        'columns = {{ to = "name{{slot}}" }}, eller slots, eller en group. Gør: skriv dem i study.toml.',
    },
    "instrument-group": {
        "en": "{tool} has no repeated group here (group of {name}). Expected a fixed number of names. Do: write "
        "n_slots and columns instead of group, or make an XLSForm.",
        "da": "{tool} har ingen gentaget gruppe her (group for {name}). Forventede et fast antal navne. Gør: "
        "skriv n_slots og columns i stedet for group, eller lav en XLSForm.",
    },
    "instrument-name": {
        "en": "{value} cannot be the name of a question in {tool}. Expected {rule}. Do: choose another in "
        "study.toml.",
        "da": "{value} kan ikke være navnet på et spørgsmål i {tool}. Forventede {rule}. Gør: vælg et andet i "
        "study.toml.",
    },
    "instrument-name-twice": {
        "en": "two questions would be named {value} in {tool}. Expected a name of its own for each. Do: change "
        "one of them in study.toml.",
        "da": "to spørgsmål ville hedde {value} i {tool}. Forventede et navn til hver. Gør: ret den ene i "
        "study.toml.",
    },
    "instrument-answer-code": {
        "en": "{value}, an answer of {name}, cannot be a code in {tool}. Expected {rule}. Do: write the answer as "
        "answers = {{ code = wording }} with a short code, and use the code in levels and dont_know.",
        "da": "{value}, et svar til {name}, kan ikke være en kode i {tool}. Forventede {rule}. Gør: skriv svaret "
        "som answers = {{ kode = ordlyd }} med en kort kode, og brug koden i levels og dont_know.",
    },
    "instrument-ids": {
        "en": "{count} ids cannot be codes in {tool}, and names do not tell everybody apart. Expected ids of "
        "{rule}. Do: give the roster a column with such ids and name it as id.",
        "da": "{count} id'er kan ikke være koder i {tool}, og navnene skelner ikke mellem alle. Forventede id'er "
        "af {rule}. Gør: giv personalelisten en kolonne med sådanne id'er, og angiv den som id.",
    },
    "instrument-ids-of-slots": {
        "en": "{count} ids cannot be codes in {tool}, where the answer to {name} is a code. Expected ids of "
        "{rule}. Do: give the roster a column with such ids and name it as id.",
        "da": "{count} id'er kan ikke være koder i {tool}, hvor svaret til {name} er en kode. Forventede id'er af "
        "{rule}. Gør: giv personalelisten en kolonne med sådanne id'er, og angiv den som id.",
    },
    "instrument-keys": {
        "en": "{count} people have no key, so they could not say who they are. Expected a key for each who is "
        "asked. Do: fill in the column.",
        "da": "{count} personer har ingen nøgle og kan derfor ikke sige, hvem de er. Forventede en nøgle til "
        "hver, der spørges. Gør: udfyld kolonnen.",
    },
    "instrument-nobody": {
        "en": "the code {value} for “nobody” is the id of somebody. Expected a code that nobody has. Do: write "
        "another as nobody in study.toml.",
        "da": "koden {value} for “ingen” er en persons id. Forventede en kode, som ingen har. Gør: skriv en anden "
        "som nobody i study.toml.",
    },
    "instrument-exists": {
        "en": "there is another file of this name already. Expected none, so that changes made by hand are not "
        "lost. Do: remove it, or name another with --out.",
        "da": "der er allerede en anden fil med dette navn. Forventede ingen, så ændringer lavet i hånden ikke "
        "går tabt. Gør: fjern den, eller angiv en anden med --out.",
    },
    "instrument-ending": {
        "en": "the file must end in {ending} to be a questionnaire for {tool}. Expected that ending. Do: name the "
        "file so.",
        "da": "filen skal ende på {ending} for at være et spørgeskema til {tool}. Forventede den endelse. Gør: "
        "giv filen det navn.",
    },
    "instrument-not-written": {
        "en": "the file cannot be written ({reason}). Expected a folder that may be written to. Do: close the "
        "file in other programs and check the permissions.",
        "da": "filen kan ikke skrives ({reason}). Forventede en mappe, der må skrives i. Gør: luk filen i andre "
        "programmer, og se efter rettighederne.",
    },
}
