"""Words for faults and notes about attendance lists."""

from __future__ import annotations

from netlearn.wording import Language

ATTENDANCE: dict[str, dict[Language, str]] = {
    "attendance-blank-cell": {
        "en": "the cell is empty. Expected a value in every row of an attendance list. Do: fill it in, or remove the "
        "row.",
        "da": "cellen er tom. Forventede en værdi i alle rækker på en deltagerliste. Gør: udfyld den, eller fjern "
        "rækken.",
    },
    "attendance-no-rows": {
        "en": "no row holds {value!r}. Expected rows of this attendance list. Do: correct `where` under "
        "[[attendance]] in study.toml.",
        "da": "ingen række indeholder {value!r}. Forventede rækker til denne deltagerliste. Gør: ret `where` under "
        "[[attendance]] i study.toml.",
    },
    "attendance-stranger": {
        "en": "this person{more} is not on the roster. Expected the id or key of a member of staff. Do: correct it, "
        'add the person to the roster, or write tolerate = ["unknown-people"] to leave such rows out.',
        "da": "denne person{more} står ikke på personalelisten. Forventede id eller nøgle på en medarbejder. Gør: ret "
        'det, føj personen til personalelisten, eller skriv tolerate = ["unknown-people"] for at udelade den slags '
        "rækker.",
    },
    "attendance-nobody-known": {
        "en": "none of the {count} people in the list can be found among those who could take part. Expected the same "
        "ids as there. Do: name the right column as `person` under [[attendance]], or write the ids in the same way.",
        "da": "ingen af listens {count} personer kan findes blandt dem, der kunne deltage. Forventede de samme id'er "
        "som dér. Gør: nævn den rigtige kolonne som `person` under [[attendance]], eller skriv id'erne på samme måde.",
    },
    "attendance-not-listed": {
        "en": "this person{more} is not in {people}. Expected everybody who could take part there, also those who "
        "never came. Do: add the person to that file, or correct the id.",
        "da": "denne person{more} står ikke i {people}. Forventede, at alle, der kunne deltage, står dér, også dem, "
        "der aldrig kom. Gør: føj personen til den fil, eller ret id'et.",
    },
    "attendance-person-twice": {
        "en": "this person stands here and in row {first}. Expected one row per person. Do: remove one of the rows, "
        "or give two people two ids.",
        "da": "denne person står her og i række {first}. Forventede én række pr. person. Gør: fjern en af rækkerne, "
        "eller giv to personer hver sit id.",
    },
    "attendance-period": {
        "en": "the period{more} is no wave of the study.{nearest} Expected one of: {known}. Do: write the label of "
        "the wave to which the row belongs.",
        "da": "perioden{more} er ikke en måling i undersøgelsen.{nearest} Forventede en af: {known}. Gør: skriv "
        "navnet på den måling, som rækken hører til.",
    },
    "attendance-count": {
        "en": "this does not tell how many times. Expected a whole number, 0 or more. Do: correct the cell.",
        "da": "dette fortæller ikke, hvor mange gange. Forventede et helt tal, 0 eller mere. Gør: ret cellen.",
    },
    "attendance-outside": {
        "en": "{count} rows of people who are not on the roster are left out, as study.toml allows.",
        "da": "{count} rækker med personer, der ikke står på personalelisten, er udeladt, sådan som study.toml "
        "tillader.",
    },
    "attendance-withdrawn": {
        "en": "{count} rows of people who withdrew are left out.",
        "da": "{count} rækker med personer, der har trukket sig, er udeladt.",
    },
    "attendance-summed": {
        "en": "{count} rows repeat a person, a room and a period; their times are added up.",
        "da": "{count} rækker gentager en person, et rum og en periode; gangene er lagt sammen.",
    },
    "attendance-read": {
        "en": "{count} rows read to the attendance list {list!r}.",
        "da": "{count} rækker læst til deltagerlisten {list!r}.",
    },
}
