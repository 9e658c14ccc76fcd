"""What the commands say that keep people safe: withdraw, pseudonymize, scan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from netlearn.wording import Language
from netlearn.wording.numbers import count

_SAID: dict[str, dict[Language, str]] = {
    "withdrawn": {
        "en": "The answers of the person in row {row} of {roster} are left out of every later run{ties}. This stands "
        "in {log}, without a name.",
        "da": "Svarene fra personen i række {row} af {roster} udelades af hver senere kørsel{ties}. Det står i {log}, "
        "uden navn.",
    },
    "ties": {
        "en": ", and nobody counts as asked about this person",
        "da": ", og ingen tæller som spurgt om denne person",
    },
    "already": {
        "en": "The person in row {row} of {roster} had withdrawn already{ties}; nothing was changed.",
        "da": "Personen i række {row} af {roster} havde allerede trukket sig{ties}; intet er ændret.",
    },
    "by_result_code": {
        "en": "Result codes change with the roster and the seed: look that row {row} is the right person. If not, "
        "remove the last line of {log}.",
        "da": "Resultatkoder ændrer sig med personalelisten og startværdien: se efter, at række {row} er den rigtige "
        "person. Er den ikke det, så fjern den sidste linje i {log}.",
    },
    "still_there": {
        "en": "The answers still stand in the files of the survey tool ({files}), and in reports made before. Do: "
        "delete them in the survey tool; make coded copies without them and delete the raw files with netlearn "
        "pseudonymize STUDY --key PATH --replace; run the study again.",
        "da": "Svarene står stadig i spørgeskemaværktøjets filer ({files}) og i rapporter, der er lavet før. Gør: slet "
        "dem i spørgeskemaværktøjet; lav kodede kopier uden dem, og slet de rå filer, med netlearn pseudonymize STUDY "
        "--key PATH --replace; kør undersøgelsen igen.",
    },
    "still_listed": {
        "en": "What the person took part in still stands in attendance lists ({lists}): it is not counted any more. "
        "Do: take the person out of them, or delete them with pseudonymize as above.",
        "da": "Hvad personen har deltaget i, står stadig på deltagerlister ({lists}), men tælles ikke længere med. "
        "Gør: tag personen af dem, eller slet dem med pseudonymize som ovenfor.",
    },
    "unknown_code": {
        "en": "this code is nobody's. Expected an id of the roster, or a code such as p001 from the results. Do: look "
        "it up in the roster or the key file; a name is no code.",
        "da": "koden er ingens. Forventede et id fra personalelisten eller en kode som p001 fra resultaterne. Gør: slå "
        "den op på personalelisten eller i nøglefilen; et navn er ikke en kode.",
    },
    "ambiguous_code": {
        "en": "this is the id of one person and the result code of another. Expected one person. Do: write {by_id} or "
        "{by_code}.",
        "da": "dette er én persons id og en andens resultatkode. Forventede én person. Gør: skriv {by_id} eller "
        "{by_code}.",
    },
    "coded": {
        "en": "Made a coded copy of the study in {folder}: {people} people, read back and the same as the raw files, "
        "no name left. People who withdrew have no answers in it.",
        "da": "Lavede en kodet kopi af undersøgelsen i {folder}: {people} personer, læst tilbage og det samme som de "
        "rå filer, ingen navne tilbage. Personer, der har trukket sig, har ingen svar i den.",
    },
    "key": {
        "en": "The key is {key} ({new} new codes): keep it apart from the data, with a backup; without it nobody can "
        "be linked to later waves. Coded data are still personal data.",
        "da": "Nøglen er {key} ({new} nye koder): gem den adskilt fra data, med en sikkerhedskopi; uden den kan ingen "
        "kobles til senere målinger. Kodede data er stadig personoplysninger.",
    },
    "key_windows": {
        "en": "Windows has no file modes: give only yourself access to the key (Properties, Security).",
        "da": "Windows har ingen filrettigheder af den slags: giv kun dig selv adgang til nøglen (Egenskaber, "
        "Sikkerhed).",
    },
    "deleted": {
        "en": "Deleted the raw files: {files}. They may still be in backups, in version control, in the trash and in "
        "the survey tool.",
        "da": "Slettede de rå filer: {files}. De kan stadig være i sikkerhedskopier, i versionsstyring, i papirkurven "
        "og i spørgeskemaværktøjet.",
    },
    "still_raw": {
        "en": "The raw files are as they were, names and all; --replace deletes them.",
        "da": "De rå filer er, som de var, med navne; --replace sletter dem.",
    },
    "clean": {
        "en": "Nobody of the roster was found in any file below {folder}.",
        "da": "Ingen fra personalelisten er fundet i nogen fil under {folder}.",
    },
}


def withdrawn(told: Any, language: Language = "en") -> str:
    """Say what a withdrawal did, and honestly what it did not."""
    ties = _say("ties", language) if told.ties else ""
    named = {"row": told.row, "roster": told.roster, "ties": ties, "log": told.log}
    parts = [_say("already" if told.already else "withdrawn", language, **named)]
    if told.by_result_code and not told.already:
        parts.append(_say("by_result_code", language, **named))
    if told.files:
        parts.append(_say("still_there", language, files=", ".join(told.files)))
    if told.lists:
        parts.append(_say("still_listed", language, lists=", ".join(told.lists)))
    return "\n".join(parts)


def unknown_code(language: Language = "en") -> str:
    """Say that a code is nobody's, without repeating it."""
    return _say("unknown_code", language)


def ambiguous_code(by_id: str, by_code: str, language: Language = "en") -> str:
    """Say that a code means two people, and how to say which."""
    return _say("ambiguous_code", language, by_id=by_id, by_code=by_code)


def coded(told: Any, windows: bool, language: Language = "en") -> str:
    """Say where a coded copy is, where its key is, and what became of the raw files."""
    parts = [_say("coded", language, folder=told.folder, people=count(told.people, language))]
    parts.append(_say("key", language, key=told.key, new=count(told.new, language)))
    if windows:
        parts.append(_say("key_windows", language))
    parts.append(_of_raw_files(told.replaced, told.deleted, language))
    return "\n".join(parts)


def _of_raw_files(replaced: bool, deleted: Sequence[str], language: Language) -> str:
    return _say("deleted", language, files=", ".join(deleted)) if replaced else _say("still_raw", language)


def clean(folder: str, language: Language = "en") -> str:
    """Say that a scan found nobody."""
    return _say("clean", language, folder=folder)


def _say(said: str, language: Language, **values: Any) -> str:
    return _SAID[said][language].format(**values)
