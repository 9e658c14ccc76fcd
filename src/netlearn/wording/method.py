"""What holds for every report: with which luck it was computed, where it is written, and what commands print."""

from __future__ import annotations

import errno
from typing import Any

from netlearn.wording import Language
from netlearn.wording.numbers import count


def _say(pair: tuple[str, str], language: Language, **values: Any) -> str:
    return pair[language == "da"].format(**values)


def simulated(language: Language = "en") -> str:
    """Say that the data are simulated."""
    said = (
        "All data in this report are simulated. Nothing here tells what the programme did.",
        "Alle data i denne rapport er simulerede. Intet her fortæller, hvad forløbet har ført til.",
    )
    return _say(said, language)


def simulated_verdict(language: Language = "en") -> str:
    """Say beside a verdict, which may be quoted alone, that the data are simulated."""
    said = ("(This holds for the simulated data only.)", "(Det gælder kun de simulerede data.)")
    return _say(said, language)


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


def closed_place(path: str, reason: str, language: Language = "en") -> str:
    """Say that nothing can be written where an output folder is asked for, and what to do."""
    said = (
        "{path} cannot be written ({reason}). Expected a folder in a place where you may write. Do: choose another "
        "place, or change the rights of this one.",
        "{path} kan ikke skrives ({reason}). Forventede en mappe på et sted, hvor du må skrive. Gør: vælg et andet "
        "sted, eller ret rettighederne til dette.",
    )
    return _say(said, language, path=path, reason=reason)


_REASONS: dict[int, tuple[str, str]] = {
    errno.EACCES: (
        "it is in use, or you have no right to it",
        "det er i brug, eller du har ikke ret til det",
    ),
    errno.EPERM: ("you have no right to it", "du har ikke ret til det"),
    errno.EROFS: ("it can only be read", "der kan kun læses"),
    errno.ENOSPC: ("the disk is full", "disken er fuld"),
    errno.ENOTDIR: ("what should be a folder is a file", "det, der skulle være en mappe, er en fil"),
    errno.EISDIR: ("what should be a file is a folder", "det, der skulle være en fil, er en mappe"),
    errno.EEXIST: ("there is something already", "der er noget i forvejen"),
    errno.ENOENT: ("there is no such place", "stedet findes ikke"),
    errno.ENAMETOOLONG: ("the name is too long", "navnet er for langt"),
    errno.EBUSY: ("another program uses it", "et andet program bruger det"),
    errno.ELOOP: ("its links lead in a circle", "dens links går i ring"),
}


def reason(number: int | None, otherwise: str, language: Language = "en") -> str:
    """Say why a system refused, by its number; `otherwise` in its own words."""
    return _REASONS.get(number or 0, (otherwise, otherwise))[language == "da"]


def no_language(given: str, language: Language = "en") -> str:
    """Say that there are no reports in a language, and in which there are."""
    said = (
        "No report is written in the language '{given}'. Expected 'da' (Danish) or 'en' (English). Do: choose one of "
        "these.",
        "Ingen rapport skrives på sproget '{given}'. Forventede 'da' (dansk) eller 'en' (engelsk). Gør: vælg et af "
        "disse.",
    )
    return _say(said, language, given=given)


def no_results(path: str, language: Language = "en") -> str:
    """Say that a folder holds no saved results, and what to do."""
    said = (
        "{path} holds no results.json. Expected the folder of a report, such as STUDY/out. Do: write one with "
        "netlearn run STUDY.",
        "{path} indeholder ingen results.json. Forventede mappen med en rapport, for eksempel STUDY/out. Gør: lav en "
        "med netlearn run STUDY.",
    )
    return _say(said, language, path=path)


def no_dress(path: str, language: Language = "en") -> str:
    """Say that there is no folder to dress a report from, and what to do."""
    said = (
        "{path} is no folder. Expected one that holds logo.png, page.html or texts such as answer.txt. Do: correct the "
        "path; without one, the report keeps what it was saved with.",
        "{path} er ikke en mappe. Forventede en med logo.png, page.html eller tekster som answer.txt. Gør: ret stien; "
        "uden en mappe beholder rapporten det, som den blev gemt med.",
    )
    return _say(said, language, path=path)


def later_results(path: str, version: str, known: int, language: Language = "en") -> str:
    """Say that saved results have a version that this netlearn does not know, and what to do."""
    said = (
        "The saved results in {path} have format version {version}; this netlearn reads version {known}. Do: use the "
        "netlearn that wrote them (provenance.json names it), or a later one.",
        "De gemte resultater i {path} har formatversion {version}; denne netlearn læser version {known}. Gør: brug den "
        "netlearn, der skrev dem (provenance.json nævner den), eller en nyere.",
    )
    return _say(said, language, path=path, version=version, known=known)


def logo_not_in_word(path: str, language: Language = "en") -> str:
    """Say that a logo is on the page only, and what to do."""
    said = (
        "{path} is on the page; the Word file has no logo, for Word shows no SVG. Put the same picture beside it as "
        "logo.png.",
        "{path} er på siden; Word-filen har intet logo, for Word viser ikke SVG. Læg det samme billede ved siden af "
        "som logo.png.",
    )
    return _say(said, language, path=path)
