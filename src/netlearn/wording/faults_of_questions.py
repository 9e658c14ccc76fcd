"""Words for faults and notes about a question: whom its columns are about, what its answers are worth."""

from __future__ import annotations

from netlearn.wording import Language

QUESTIONS: dict[str, dict[Language, str]] = {
    "labels-missing": {
        "en": "the columns of question '{asked}' of relation '{relation}' are numbered by the survey tool, and the "
        "file "
        "does not say which colleague each is about{more}. Expected their names or ids in the file. Do: export with "
        "labels, name the file with the labels under parts, or name a question with the same colleagues under "
        "labels_from.",
        "da": "kolonnerne til spørgsmålet '{asked}' i relationen '{relation}' er nummereret af "
        "spørgeskemaværktøjet, og "
        "filen siger ikke, hvilken kollega hver handler om{more}. Forventede deres navne eller id i filen. Gør: "
        "eksportér med tekster, angiv filen med teksterne under parts, eller angiv under labels_from et spørgsmål "
        "med "
        "de samme kolleger.",
    },
    "labels-not-checked": {
        "en": "the columns of question '{asked}' of relation '{relation}' are worded, but the roster has no names to "
        "compare with. Expected a column of names, or the word that codes are ids. Do: name the column of names "
        "under "
        '[roster], or write match = "id" for the relation if the codes of the columns are ids of the roster.',
        "da": "kolonnerne til spørgsmålet '{asked}' i relationen '{relation}' har tekster, men personalelisten har "
        "ingen "
        "navne at sammenligne med. Forventede en kolonne med navne, eller besked om, at koderne er id'er. Gør: angiv "
        'kolonnen med navne under [roster], eller skriv match = "id" ved relationen, hvis kolonnernes koder er '
        "personalelistens id'er.",
    },
    "labels-do-not-fit": {
        "en": "question '{asked}' cannot take its colleagues from question '{other}': they do not have the same "
        "codes in "
        "the same order, or the other one has no wording. Expected two questions about the same list. Do: remove "
        "labels_from, and export with labels.",
        "da": "spørgsmålet '{asked}' kan ikke få sine kolleger fra spørgsmålet '{other}': de har ikke de samme "
        "koder i "
        "samme rækkefølge, eller det andet har ingen tekster. Forventede to spørgsmål om den samme liste. Gør: fjern "
        "labels_from, og eksportér med tekster.",
    },
    "nobody-not-found": {
        "en": "relation '{relation}' has no column for the answer '{value}', which says nobody. Expected one. Do: "
        "correct "
        "nobody in study.toml, or export all columns.",
        "da": "relationen '{relation}' har ingen kolonne til svaret '{value}', som siger ingen. Forventede en. Gør: "
        "ret "
        "nobody i study.toml, eller eksportér alle kolonner.",
    },
    "boxes-not-levels": {
        "en": "the question of relation '{relation}' has boxes to tick, and a box left empty is no answer. Expected "
        "a level "
        'per colleague. Do: write kind = "multiple-choice" (or "multiple-answer" where each colleague has several '
        "boxes), and name the answer that says nobody.",
        "da": "spørgsmålet til relationen '{relation}' har felter til afkrydsning, og et tomt felt er intet svar. "
        "Forventede "
        'et niveau pr. kollega. Gør: skriv kind = "multiple-choice" (eller "multiple-answer", hvor hver kollega har '
        "flere "
        "felter), og angiv det svar, der siger ingen.",
    },
    "ties-undirected": {
        "en": "the ties in this file have no direction, but relation '{relation}' has. Expected the same in both. "
        "Do: write "
        "directed = false for the relation, or export the network as directed.",
        "da": "forbindelserne i denne fil har ingen retning, men det har relationen '{relation}'. Forventede det "
        "samme begge "
        "steder. Gør: skriv directed = false ved relationen, eller eksportér netværket med retning.",
    },
    "wording-missing": {
        "en": "the file with the wording of the answers was not given: name it under parts = {{ {role} = … }} of "
        "the wave.",
        "da": "filen med svarenes tekster er ikke angivet: nævn den under målingens parts = {{ {role} = … }}.",
    },
    "wordings-differ": {
        "en": "the code '{value}' is worded differently by columns of this question: {known}. Expected one list of "
        "answers. "
        "Do: give the level of the code itself under levels, or name questions of their own as relations.",
        "da": "koden '{value}' har forskellige tekster i spørgsmålets kolonner: {known}. Forventede én liste af "
        "svar. Gør: "
        "angiv niveauet for selve koden under levels, eller angiv spørgsmålene som hver sin relation.",
    },
    "mostly-repeated": {
        "en": "{count} of {total} rows name a pair that an earlier row named. Expected a list of who named whom. "
        "Do: check "
        "that ids are those of the whole study and not numbers that begin anew for each respondent.",
        "da": "{count} af {total} rækker nævner et par, som en tidligere række har nævnt. Forventede en liste over, "
        "hvem der "
        "nævnte hvem. Gør: se efter, at id'er gælder hele undersøgelsen og ikke er numre, der begynder forfra for "
        "hver "
        "svarperson.",
    },
    "no-name-known": {
        "en": "none of the {count} names here is on the roster. Expected colleagues. Do: check that this is the "
        "question, "
        "and that the roster has the names as people write them; if people outside the roster were asked for, write "
        'design = "ego" or tolerate "unknown-people".',
        "da": "ingen af de {count} navne her er på personalelisten. Forventede kolleger. Gør: se efter, at det er "
        "det "
        "rigtige spørgsmål, og at personalelisten har navnene, som folk skriver dem; er der spurgt om personer uden "
        "for "
        'listen, så skriv design = "ego", eller tillad "unknown-people" under tolerate.',
    },
    "alter-ties-columns": {
        "en": "the pattern alter_ties gives no column of its own for slots {first} and {second}: '{value}'. "
        "Expected a column "
        "for each pair. Do: correct alter_ties; {{a}} and {{b}} are the slots, {{n}} the running number of the pair.",
        "da": "mønstret alter_ties giver ikke plads {first} og {second} en kolonne for sig: '{value}'. Forventede "
        "en kolonne "
        "til hvert par. Gør: ret alter_ties; {{a}} og {{b}} er pladserne, {{n}} parrets løbenummer.",
    },
    "no-cell-says-no": {
        "en": "relation '{relation}', wave '{wave}': nobody said \"no\" about anybody, and {count} answers are "
        "missing. Expected "
        'answers that mean "no". Do: give the level 0 to the answer that means it, or write kind = '
        '"multiple-choice" if '
        'a blank means "no" once something was chosen.',
        "da": "relationen '{relation}', målingen '{wave}': ingen har sagt \"nej\" om nogen, og {count} svar "
        "mangler. Forventede "
        'svar, der betyder "nej". Gør: giv niveau 0 til det svar, der betyder det, eller skriv kind = '
        '"multiple-choice", '
        'hvis et tomt felt betyder "nej", når noget er valgt.',
    },
    "to-is-a-number": {
        "en": "this column is the survey tool's own number of a row, which begins anew in each interview, and names "
        "nobody. "
        "Expected the column with the id or name of the colleague. Do: correct `to` under columns.",
        "da": "denne kolonne er værktøjets eget nummer på en række, som begynder forfra i hvert interview, og "
        "nævner ingen. "
        "Forventede kolonnen med kollegaens id eller navn. Gør: ret `to` under columns.",
    },
    "all-were-offered": {
        "en": "the file does not say which colleagues could be chosen: everybody on the roster counts as offered.",
        "da": "filen siger ikke, hvilke kolleger der kunne vælges: alle på personalelisten regnes for mulige.",
    },
    "alter-ties-partly": {
        "en": "{count} respondents told of some pairs only whether the two know each other; how dense these "
        "networks are is "
        "not known.",
        "da": "{count} svarpersoner har kun for nogle par fortalt, om de to kender hinanden; hvor tætte disse "
        "netværk er, "
        "vides ikke.",
    },
    "code-without-wording": {
        "en": "a code that was chosen for relation '{relation}' has no wording in the file{more}. Expected the name "
        "or id of "
        "whoever it stands for. Do: export again with all labels, or correct the dictionary.",
        "da": "en kode, der er valgt i relationen '{relation}', har ingen tekst i filen{more}. Forventede navn "
        "eller id på "
        "den, den står for. Gør: eksportér igen med alle tekster, eller ret ordbogen.",
    },
    "unknown-relation": {
        "en": "'{value}' is no relation of the study.{nearest} Expected one of: {known}. Do: correct the cell, or "
        "add the "
        "relation to study.toml.",
        "da": "'{value}' er ingen relation i undersøgelsen.{nearest} Forventede en af: {known}. Gør: ret cellen, "
        "eller tilføj "
        "relationen i study.toml.",
    },
    "nobody-word-missing": {
        "en": "relation '{relation}' has a nobody_column but no word for nobody. Expected the answer that means it. "
        "Do: write "
        'nobody = "…" for the relation.',
        "da": "relationen '{relation}' har en nobody_column, men intet ord for ingen. Forventede det svar, der "
        "betyder det. "
        'Gør: skriv nobody = "…" ved relationen.',
    },
    "slots-share-a-column": {
        "en": "two slots of relation '{relation}' have this column. Expected a column for each. Do: write {{slot}} "
        "where the "
        "number of the slot stands.",
        "da": "to pladser i relationen '{relation}' har denne kolonne. Forventede en kolonne til hver. Gør: skriv "
        "{{slot}}, "
        "hvor pladsens nummer står.",
    },
    "more-slots": {
        "en": "the file has a further slot of relation '{relation}' after the {count} that study.toml names. "
        "Expected all "
        "slots, since whoever stands there would count as not named. Do: correct n_slots.",
        "da": "filen har endnu en plads i relationen '{relation}' efter de {count}, som study.toml nævner. "
        "Forventede alle "
        "pladser, for den, der står dér, ville regnes for ikke nævnt. Gør: ret n_slots.",
    },
    "ties-of-silent-people": {
        "en": "{count} answers about people who did not answer themselves are left out: a pair without direction "
        "counts "
        "where both answered.",
        "da": "{count} svar om personer, der ikke selv har svaret, er udeladt: et par uden retning tæller, hvor "
        "begge har "
        "svaret.",
    },
    "scale-not-asked": {
        "en": "scale '{relation}' has no column in wave '{wave}'; it was not asked then.",
        "da": "skalaen '{relation}' har ingen kolonne i målingen '{wave}'; der er ikke spurgt dengang.",
    },
    "no-slots": {
        "en": "relation '{relation}' is a name generator without slots. Expected where the names stand. Do: write "
        "n_slots "
        "and columns with {{slot}}, a [[relations.slots]] table per slot, or group.",
        "da": "relationen '{relation}' er en navnegenerator uden pladser. Forventede, hvor navnene står. Gør: skriv "
        "n_slots og columns med {{slot}}, en [[relations.slots]]-tabel pr. plads, eller group.",
    },
    "slot-without-name": {
        "en": "slot {number} of relation '{relation}' does not say where the name stands. Expected `to`. Do: add to "
        "= "
        '"COLUMN".',
        "da": "plads {number} i relationen '{relation}' siger ikke, hvor navnet står. Forventede `to`. Gør: tilføj "
        "to = "
        '"KOLONNE".',
    },
    "option-without-level": {
        "en": "the option '{value}' has no level. Expected one of: {known}. Do: add it to levels in study.toml; 0 "
        "means "
        '"none of these".',
        "da": "valgmuligheden '{value}' har intet niveau. Forventede en af: {known}. Gør: føj den til levels i "
        'study.toml; 0 betyder "ingen af disse".',
    },
    "options-missing": {
        "en": "the colleague of this column has no box for {known}, as others have. Expected the same boxes for "
        "everybody. "
        "Do: export all columns of the question.",
        "da": "kollegaen i denne kolonne har intet felt til {known}, som andre har. Forventede de samme felter til "
        "alle. "
        "Gør: eksportér alle spørgsmålets kolonner.",
    },
    "none-and-options": {
        "en": 'the person chose "none of these" and an option about the same colleague. Expected one or the other. '
        "Do: "
        "ask the person, then correct the row.",
        "da": 'personen valgte "ingen af disse" og en mulighed om den samme kollega. Forventede det ene eller det '
        "andet. Gør: spørg personen, og ret rækken.",
    },
    "levels-needed": {
        "en": "the answers to relation '{relation}' have codes that need not be in order: {known}. Expected a level "
        "for "
        "each. Do: write levels (and dont_know) for the relation in study.toml.",
        "da": "svarene på relationen '{relation}' har koder, der ikke behøver stå i rækkefølge: {known}. Forventede "
        "et "
        "niveau til hver. Gør: skriv levels (og dont_know) ved relationen i study.toml.",
    },
}
