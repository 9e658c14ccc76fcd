"""Who withdrew from the study: their answers are left out of every later run."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path

from netlearn.study.findings import Findings
from netlearn.study.listfile import list_bytes, read_list, write_whole
from netlearn.study.rawtable import plain

FILE = "withdrawn.csv"
COLUMNS = ("id", "ties", "date")
_TIES = {"yes": True, "ja": True, "no": False, "nej": False}


def read_withdrawn(folder: Path, findings: Findings, known_ids: Collection[str]) -> dict[str, bool]:
    """Return the roster ids of people who withdrew, and whether ties to them go too.

    Each line of `withdrawn.csv` is one withdrawal, and the file is its own log: a later line of the same person can
    take the ties to him or her out too, never bring them back.

    Parameters
    ----------
    folder : Path
        The study folder; the file need not exist.
    findings : Findings
        A fault for every line that does not say who withdrew, or how: nobody is passed over.
    known_ids : collection of str
        The ids of the roster.

    Returns
    -------
    dict of str to bool
        In the order of the file.
    """
    ids = {plain(person): person for person in known_ids}
    found: dict[str, bool] = {}
    for number, line in read_list(folder / FILE, ("id", "ties"), findings) or ():
        person, ties = ids.get(line["id"]), _TIES.get(line["ties"].casefold())
        if person is None:
            # An id can be an e-mail address, so it is not repeated here.
            findings.fault("withdrawn-unknown", FILE, number, "id")
        if ties is None:
            findings.fault("withdrawn-ties-unclear", FILE, number, "ties")
        if person is not None and ties is not None:
            found[person] = found.get(person, False) or ties
    return found


def add_withdrawal(folder: Path, person: str, ties: bool, day: date, findings: Findings) -> None:
    """Add a line to `withdrawn.csv`, which is written whole or not at all.

    Parameters
    ----------
    folder : Path
        The study folder.
    person : str
        Id in the roster.
    ties : bool
        Whether ties to the person go too.
    day : date
        Day of the withdrawal.
    findings : Findings
        A fault is added here if the file cannot be read or written.
    """
    lines = read_list(folder / FILE, ("id", "ties"), findings)
    if lines is None:
        return
    more = [name for _, line in lines[:1] for name in line if name and name not in COLUMNS]
    rows = [line for _, line in lines]
    rows.append({"id": person, "ties": "yes" if ties else "no", "date": day.isoformat()})
    try:
        write_whole(folder / FILE, list_bytes([*COLUMNS, *more], rows))
    except OSError as error:
        findings.fault("unwritable-file", FILE, reason=error.strerror or type(error).__name__)
