"""Where a coded copy is put: a folder of its own that appears whole or not at all, or in place of the raw files."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable
from pathlib import Path

from netlearn.study.findings import Findings
from netlearn.study.keyplace import CODED_MARKER, same_folder
from netlearn.study.listfile import write_whole
from netlearn.study.withdrawn import FILE as WITHDRAWN_FILE

_MARK = "netlearn made this coded copy of a study and replaces it as a whole:"
_LEFT_BY_SYSTEMS = (".DS_Store", "Thumbs.db", "desktop.ini")


def check_out(out: Path, study: Path, findings: Findings) -> None:
    """Refuse a place for a copy that holds something else, such as a copy that was worked on since it was made."""
    if any(same_folder(place, study) for place in (out, *out.parents)):
        findings.fault("coded-inside", out.name)
    elif not out.parent.is_dir():
        findings.fault("coded-no-parent", out.name)
    elif out.exists() and not (out.is_dir() and (not any(out.iterdir()) or _untouched(out))):
        findings.fault("coded-exists", out.name)


def free_name(folder: Path) -> str:
    """Return a name for the folder of the tables that is not taken in `folder`."""
    names = ("coded", *(f"coded-{number}" for number in range(2, 10_000)))
    return next(name for name in names if not (folder / name).exists())


def mark(folder: Path) -> None:
    """Note which files a copy holds, so that it is replaced only if nobody changed it."""
    lines = [f"{digest}  {name}" for name, digest in _digests(folder).items()]
    (folder / CODED_MARKER).write_bytes("\n".join([_MARK, *lines, ""]).encode("utf-8"))


def put(made: Path, out: Path) -> None:
    """Rename a finished copy to its place; an older one goes only when the new one stands.

    Raises
    ------
    OSError
        It cannot be done; the older copy is as it was.
    """
    old = made.with_name("old")
    if out.exists():
        out.rename(old)
    try:
        made.rename(out)
    except OSError:
        if old.exists():
            old.rename(out)
        raise
    shutil.rmtree(old, ignore_errors=True)


def swap_in(made: Path, study: Path, tables: str) -> None:
    """Put the tables, the list of people who withdrew and the plan into a study folder; the plan last.

    Raises
    ------
    OSError
        It cannot be done; the study folder is as it was.
    """
    listed = study / WITHDRAWN_FILE
    before = listed.read_bytes() if listed.exists() else None
    (made / tables).rename(study / tables)
    try:
        if before is not None:
            write_whole(listed, (made / WITHDRAWN_FILE).read_bytes())
        write_whole(study / "study.toml", (made / "study.toml").read_bytes())
    except OSError:
        shutil.rmtree(study / tables, ignore_errors=True)
        if before is not None:
            write_whole(listed, before)
        raise


def delete(folder: Path, names: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...], int]:
    """Delete files of a study folder, and folders in it that are empty then.

    Returns
    -------
    tuple of str, tuple of str, int
        Which went, which could not, and how many files are left in the folders of those that went.
    """
    gone, left = [], []
    for name in names:
        path = folder / name
        inside = (
            folder.resolve() in path.parent.resolve().parents or path.parent.resolve() == folder.resolve()
        )
        if not path.is_file() and not path.is_symlink():
            continue
        try:
            if not inside:
                raise PermissionError
            path.unlink()
            gone.append(name)
        except OSError:
            left.append(name)
    beside = 0
    for place in {(folder / name).parent for name in gone} - {folder}:
        beside += sum(path.is_file() for path in place.rglob("*"))
        if not any(place.iterdir()):
            place.rmdir()
    return tuple(gone), tuple(left), beside


def _digests(folder: Path) -> dict[str, str]:
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    kept = [path for path in found if path.name not in (CODED_MARKER, *_LEFT_BY_SYSTEMS)]
    return {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in kept}


def _untouched(folder: Path) -> bool:
    path = folder / CODED_MARKER
    if not path.is_file():
        return False
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    return lines == [f"{digest}  {name}" for name, digest in _digests(folder).items()]
