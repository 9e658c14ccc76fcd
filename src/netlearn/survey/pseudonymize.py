"""Pseudonymise a study: a coded copy, proven to say the same and to name nobody, with its key kept elsewhere."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from netlearn.errors import NetlearnError
from netlearn.study.findings import Finding, Findings
from netlearn.study.keyplace import check_place
from netlearn.study.keys import Keys, Person, make_keys, read_secret, write_keys
from netlearn.study.plan import Study
from netlearn.study.rawtable import RawTable, plain
from netlearn.study.studyfiles import raw_files
from netlearn.survey.coded import folder as places
from netlearn.survey.coded.copy import Raw, check_texts, copy_files, read_raw, sparing
from netlearn.survey.coded.verify import check_copy
from netlearn.survey.names_file import FILE as NAMES_FILE
from netlearn.survey.scan import add_others, of_table, scan_files
from netlearn.wording import Language, privacy_words


@dataclass(frozen=True)
class Coded:
    """What pseudonymising did.

    Attributes
    ----------
    folder : Path
        The study folder that holds codes only.
    key : Path
        The key file.
    people, new : int
        People of the roster, and lines that were added to the key file.
    replaced : bool
        Whether the raw files were replaced.
    deleted : tuple of str
        Raw files that were deleted.
    notes : tuple of Finding
        What the user should know about the copy.
    """

    folder: Path
    key: Path
    people: int
    new: int
    replaced: bool
    deleted: tuple[str, ...]
    notes: tuple[Finding, ...]

    def message(self, language: Language = "en") -> str:
        """Say where the copy and the key are, and what became of the raw files."""
        return privacy_words.coded(self, os.name == "nt", language)

    def __repr__(self) -> str:
        return self.message()


def pseudonymize(
    study: Study, key: Path, *, out: Path | None = None, replace: bool = False, secret: Path | None = None
) -> Coded:
    """Make a coded copy of a study: codes in place of people, plain tables in place of what a survey tool wrote.

    Everything is checked before anything is written; the copy is read back, compared with the raw files and searched
    for names. The same analysis of the copy gives the same numbers, up to what is drawn at random. People outside the
    roster have no code, only a place among those whom somebody named; no text that somebody typed is left. People of an
    attendance list who are not staff get codes that no file can lead back. `claims.toml` is copied as it is.

    Parameters
    ----------
    study : Study
        It must read without faults.
    key : path
        The key file, outside of any study, output folder or git work tree. If it exists its people keep their codes,
        so that waves can be linked; new people are added.
    out : path, optional
        Folder of the copy; default `<study>-coded` beside the study folder. It must not exist, or be a copy that
        nobody changed.
    replace : bool
        Put the copy in the place of the raw files, and delete them, once it is proven.
    secret : path, optional
        A file with a secret of at least 32 characters: codes are then made from ids with it (HMAC-SHA256), so that
        sites with the same secret and ids can be joined.

    Returns
    -------
    Coded

    Raises
    ------
    StudyError
        The study, the key file or the secret has faults, a place may not be used, or the copy is not proven. Raw
        files are then as they were.
    """
    source, key = study.folder.resolve(), Path(key)
    target = Path(out).resolve() if out is not None else source.with_name(f"{source.name}-coded")
    findings = Findings()
    for path in (key, secret):
        if path is not None:
            check_place(Path(path), (source, target), findings)
    _check_target(source, None if replace else target, replace and out is not None, findings)
    known = None if secret is None else read_secret(Path(secret), findings)
    findings.raise_faults(study.language)
    notes = Findings()
    raw = sparing(read_raw(study, findings), notes)
    if replace and raw.open_names:
        findings.fault("coded-names-open", NAMES_FILE, count=raw.open_names)
    keys = make_keys(key, _people(study, raw.table), raw.table.file, findings, known)
    check_texts(raw, findings)
    findings.raise_faults(study.language)
    if keys is None:
        raise NetlearnError(f"{key.name} cannot be used.")
    with _Beside(source if replace else target) as made:
        _build(made, raw, keys, places.free_name(source if replace else made), notes)
        write_keys(key, keys, findings)
        findings.raise_faults(study.language)
        if replace:
            deleted = _swap(made, source, raw, notes)
        else:
            deleted = ()
            _put(made, target, study)
    people = len(raw.roster.codes)
    folder = source if replace else target
    return Coded(folder, key, people, keys.new, replace, deleted, tuple(notes.notes))


class _Beside:
    """A folder beside the one that a copy will take, removed in the end whatever happens."""

    def __init__(self, target: Path) -> None:
        self._target = target

    def __enter__(self) -> Path:
        self._made = Path(tempfile.mkdtemp(prefix=".netlearn-", dir=self._target.parent))
        (self._made / "study").mkdir()
        return self._made / "study"

    def __exit__(self, *error: object) -> None:
        shutil.rmtree(self._made, ignore_errors=True)


def _check_target(source: Path, target: Path | None, both: bool, findings: Findings) -> None:
    if both:
        findings.fault("coded-replace-and-out")
    elif target is not None:
        places.check_out(target, source, findings)
    elif not (source / "study.toml").is_file():
        findings.fault("coded-no-plan", "study.toml")


def _people(study: Study, table: RawTable) -> list[Person]:
    plan = study.roster
    texts = [
        table.column(name) if name else [""] * len(table.rows) for name in (plan.name, plan.email, plan.key)
    ]
    ids = [plain(cell) for cell in table.column(plan.id)]
    return [
        Person(row, person, *map(plain, more))
        for row, person, *more in zip(table.numbers, ids, *texts, strict=True)
    ]


def _build(made: Path, raw: Raw, keys: Keys, tables: str, notes: Findings) -> None:
    """Write the copy, and prove that it says the same as the raw files and that nobody's name is in it."""
    findings = Findings()
    files = copy_files(raw, keys.codes, tables, findings)
    findings.raise_faults(raw.study.language)
    notes.items += findings.notes
    for name, data in files.items():
        (made / name).parent.mkdir(exist_ok=True)
        (made / name).write_bytes(data)
    check_copy(made, raw, keys.codes, findings)
    findings.raise_faults(raw.study.language)
    sensitive = of_table(raw.study, _searched(raw, keys.codes))
    add_others(sensitive, raw.study, findings)
    scanned = scan_files(sensitive, files)
    scanned.raise_faults(raw.study.language)
    notes.items += scanned.notes
    places.mark(made)


def _searched(raw: Raw, codes: Mapping[str, str]) -> RawTable:
    """Return the roster to search for; where ids are codes already, they may stand in the copy."""
    table, at = raw.table, raw.table.place[raw.study.roster.id]
    rows = [list(row) for row in table.rows]
    for row in rows:
        if codes[plain(row[at])] == plain(row[at]):
            row[at] = ""
    return RawTable(table.file, table.header, rows, table.numbers)


def _put(made: Path, target: Path, study: Study) -> None:
    try:
        places.put(made, target)
    except OSError as error:
        _raise_not_put(target, error, study)


def _swap(made: Path, source: Path, raw: Raw, notes: Findings) -> tuple[str, ...]:
    """Put the copy in the place of the raw files and delete these; return which were deleted."""
    study, findings = raw.study, Findings()
    (tables,) = [path.name for path in made.iterdir() if path.is_dir()]
    try:
        places.swap_in(made, source, tables)
    except OSError as error:
        _raise_not_put(source, error, study)
    gone, left, beside = places.delete(source, [*raw_files(study), NAMES_FILE])
    for name in left:
        findings.fault("coded-not-deleted", name)
    findings.raise_faults(study.language)
    if beside:
        notes.note("coded-left-beside", source.name, count=beside)
    return gone


def _raise_not_put(place: Path, error: OSError, study: Study) -> None:
    findings = Findings()
    findings.fault("coded-not-put", place.name, reason=error.strerror or type(error).__name__)
    findings.raise_faults(study.language)
