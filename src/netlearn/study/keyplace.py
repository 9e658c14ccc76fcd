"""Where a key file or a secret may lie: away from the data, from version control and from what is handed on."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path

from netlearn.study.findings import Findings

CODED_MARKER, REPORT_MARKER = ".netlearn-coded", ".netlearn"
_OPEN_TO_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def check_place(path: Path, folders: Iterable[Path], findings: Findings) -> None:
    """Refuse a place for a key file or a secret that gives it away together with the data.

    Parameters
    ----------
    path : Path
        The file; it need not exist. Both where it is named and where links lead are looked at.
    folders : iterable of Path
        The study folder and the folder of the coded copy.
    findings : Findings
        One fault is added here: inside one of the folders (or any study), an output folder of netlearn, a work tree
        of git, or a folder that does not exist.
    """
    # Without following links, which `resolve` does.
    named = Path(os.path.normpath(path.absolute()))
    own = list(folders)
    for parent in dict.fromkeys([*named.parents, *named.resolve().parents]):
        if any(same_folder(parent, folder) for folder in own) or (parent / "study.toml").exists():
            findings.fault("key-in-study", path.name)
        elif (parent / ".git").exists():
            findings.fault("key-in-git", path.name)
        elif any((parent / mark).exists() for mark in (REPORT_MARKER, CODED_MARKER)):
            findings.fault("key-in-output", path.name)
        else:
            continue
        return
    if not named.parent.is_dir():
        findings.fault("key-folder-missing", path.name)


def check_private(path: Path, findings: Findings) -> bool:
    """Tell whether only its owner may read a file; a fault if others may. Windows has no such modes."""
    if os.name == "nt" or not path.exists() or not path.stat().st_mode & _OPEN_TO_OTHERS:
        return True
    findings.fault("key-not-private", path.name, mode=f"{stat.S_IMODE(path.stat().st_mode):04o}")
    return False


def same_folder(one: Path, other: Path) -> bool:
    """Tell whether two paths are one folder, however they are spelled: upper and lower case, links."""
    try:
        return one.samefile(other)
    except OSError:
        return one.resolve() == other.resolve()
