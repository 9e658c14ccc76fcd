"""What holds for every report: what else could explain a change, how it was computed, where it is written."""

from __future__ import annotations

import math
from typing import Any

from netlearn.wording import Language
from netlearn.wording.numbers import NONE, count, number, rounded
from netlearn.wording.paragraphs import swapped
from netlearn.wording.sentences import interval_name


def _say(pair: tuple[str, str], language: Language, **values: Any) -> str:
    return pair[language == "da"].format(**values)


def limits(language: Language = "en") -> list[str]:
    """List what else could explain a change in one organisation without a comparison group."""
    listed_here = {
        "en": [
            "Everybody may have changed for another reason: season, workload, a new system, a reorganisation, a new "
            "manager, other projects in the same months.",
            "People came and left. The answer is about those who answered both times; they may differ from the rest.",
            "Who keeps silent because there is less contact to tell of makes it look as if contact had grown. No test "
            "can see that; in simulations it made false alarms in up to one of four.",
            "People may answer differently the second time: they know the questions, are more careful or more tired, "
            "or know what is hoped for.",
            "An unusual first wave moves back towards the usual by itself.",
            "A tie is what a person reports. Two people may see their contact differently.",
            "More contact is not by itself better work; nothing here measures what the contact was good for.",
        ],
        "da": [
            "Alle kan have ændret sig af en anden grund: årstid, arbejdspres, et nyt system, en omorganisering, en ny "
            "leder eller andre projekter i de samme måneder.",
            "Folk er kommet til og holdt op. Svaret handler om dem, der svarede begge gange, og de kan adskille "
            "sig fra resten.",
            "Den, der tier, fordi der er mindre kontakt at fortælle om, får det til at se ud, som om kontakten er "
            "vokset. Ingen test kan se det; i simuleringer gav det falske alarmer i op til hvert fjerde tilfælde.",
            "Folk kan svare anderledes anden gang: De kender spørgsmålene, er mere omhyggelige eller mere trætte, "
            "eller ved, hvad man håber på.",
            "En usædvanlig første måling bevæger sig af sig selv tilbage mod det sædvanlige.",
            "En forbindelse er det, en person fortæller. To personer kan se forskelligt på deres kontakt.",
            "Mere kontakt er ikke i sig selv bedre arbejde; intet her måler, hvad kontakten var god for.",
        ],
    }
    return listed_here[language]


def method(change: Any, least: int, language: Language = "en") -> list[str]:
    """Say how the numbers were computed, one point per line."""
    values = {
        "name": interval_name(1 - change.level, language),
        "df": NONE if math.isnan(change.df) else rounded(change.df, language, 0),
        "alpha": number(change.alpha, language, 2),
        "least": least,
        "n": count(change.n_cells, language),
        "whom": swapped(change, language),
    }
    points = {
        "en": [
            "Only answers given in both waves are compared: {n} of them. A question that was not asked or not "
            "answered is missing, never a no.",
            "The {name} is dyadic-robust (Fafchamps & Gubert 2007; Aronow, Samii & Assenova 2015): the influence of "
            "every answer is added up per pair and per person; the variance is the larger of what the pairs and "
            "what the people say, the latter times n / (n − 4); the quantile is t with {df} degrees of freedom, fewer "
            "the fewer people carry the change.",
            "The verdict asks both levels, people and departments, at {alpha}, because no standard error for people "
            "removes an event that struck a whole department.",
            "The wave swap tosses a coin for each {whom}, exchanges the two waves or not, and divides each change by "
            "its own standard error.",
            "One outcome is primary, named in the study file before the answers were read.",
            "Departments with fewer than {least} people who answered are pooled in every table and figure. "
            "No person is shown.",
        ],
        "da": [
            "Kun svar, der er givet ved begge målinger, sammenlignes: {n} i alt. Et spørgsmål, der ikke er stillet "
            "eller ikke er besvaret, mangler; det er aldrig et nej.",
            "{name}let er dyadisk robust (Fafchamps & Gubert 2007; Aronow, Samii & Assenova 2015): Hvert svars "
            "indflydelse summeres pr. par og pr. person; variansen er den største af det, parrene og det, personerne "
            "siger, det sidste gange n / (n − 4); fraktilen er t med {df} frihedsgrader, færre jo færre personer "
            "ændringen hviler på.",
            "Vurderingen spørger begge niveauer, personer og afdelinger, ved {alpha}, fordi ingen standardfejl for "
            "personer fjerner en hændelse, der ramte en hel afdeling.",
            "Ombytningen kaster en mønt for {whom}, bytter om på de to målinger eller ej og deler hver ændring med "
            "dens egen standardfejl.",
            "Ét udfald er primært, udpeget i undersøgelsesfilen, før svarene blev læst.",
            "Afdelinger med færre end {least}, der svarede, er slået sammen i alle tabeller og figurer. "
            "Ingen person vises.",
        ],
    }
    return [point.format(**values) for point in points[language]]


def seed(value: int, draws: int, language: Language = "en") -> str:
    """Say the seed and the number of draws."""
    said = (
        "Seed {seed}; {draws} random draws per comparison.",
        "Startværdi {seed}; {draws} tilfældige udtræk pr. sammenligning.",
    )
    return _say(said, language, seed=value, draws=count(draws, language))


def same_again(language: Language = "en") -> str:
    """Say where the hashes are, and that the same input gives the same report."""
    said = (
        "The same files and the same seed give the same report. Checksums of the files, and every step done to them, "
        "are in provenance.json.",
        "De samme filer og den samme startværdi giver den samme rapport. Filernes kontrolsummer og hvert trin, de har "
        "været igennem, står i provenance.json.",
    )
    return _say(said, language)


def no_faults(language: Language = "en") -> str:
    """Say that a check found nothing wrong."""
    return _say(("No faults.", "Ingen fejl."), language)


def names_to_check(path: str, language: Language = "en") -> str:
    """Say where the names stand that a person must decide about."""
    said = (
        'Typed names to decide about are in {path}: write the id of the person, or "outside", in the last column.',
        'Skrevne navne, der skal afgøres, står i {path}: skriv personens id eller "outside" i den sidste kolonne.',
    )
    return _say(said, language, path=path)


def read_so(path: str, toml: str, language: Language = "en") -> str:
    """Say where a questionnaire was written, and how its export is read."""
    said = (
        "Wrote {path}. Its export is read with these lines of study.toml:\n\n{toml}",
        "Skrev {path}. Eksporten fra det læses med disse linjer i study.toml:\n\n{toml}",
    )
    return _say(said, language, path=path, toml=toml)


def made_study(path: str, language: Language = "en") -> str:
    """Say that a study folder was made, and what comes next."""
    said = ("Made {path}. Next: netlearn run {path}", "Lavede {path}. Næste skridt: netlearn run {path}")
    return _say(said, language, path=path)


def foreign_folder(path: str, language: Language = "en") -> str:
    """Say that an output folder is not netlearn's own, and what to do."""
    said = (
        "{path} exists and was not made by netlearn, so it is left alone. Expected a new or an empty folder, or an "
        "earlier report. Do: choose another folder with --out, or move this one away.",
        "{path} findes og er ikke lavet af netlearn, så den er ladt i fred. Forventede en ny eller en tom mappe, eller "
        "en tidligere rapport. Gør: vælg en anden mappe med --out, eller flyt denne.",
    )
    return _say(said, language, path=path)


def foreign_files(path: str, names: list[str], language: Language = "en") -> str:
    """Say that somebody put files of their own into an earlier report, and what to do."""
    said = (
        "{path} holds files that netlearn did not make ({names}), so it is left alone. Expected an earlier report as "
        "it was written. Do: move these files away, or choose another folder with --out.",
        "{path} indeholder filer, som netlearn ikke har lavet ({names}), så den er ladt i fred. Forventede en "
        "tidligere rapport, som den blev skrevet. Gør: flyt filerne, eller vælg en anden mappe med --out.",
    )
    return _say(said, language, path=path, names=", ".join(names[:5]))


def locked_folder(path: str, reason: str, language: Language = "en") -> str:
    """Say that an output folder cannot be replaced, and what to do."""
    said = (
        "{path} cannot be replaced ({reason}); it is as it was. Do: close the files of the folder in other programs, "
        "then run again.",
        "{path} kan ikke erstattes ({reason}); den er, som den var. Gør: luk mappens filer i andre programmer, og kør "
        "igen.",
    )
    return _say(said, language, path=path, reason=reason)
