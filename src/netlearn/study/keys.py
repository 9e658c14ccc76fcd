"""The key file: which random code stands for whom; with it coded copies can be linked over waves, without it not."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from netlearn.study.findings import Findings
from netlearn.study.keyplace import check_private
from netlearn.study.listfile import Line, list_bytes, read_list
from netlearn.study.rawtable import plain

COLUMNS = ("id", "name", "email", "key", "code")
# No vowels: no words, no month that a spreadsheet takes for a date. Nothing that looks like 0 or 1.
_LETTERS, _DIGITS = "BCDFGHJKMNPQRSTVWXZ", "23456789"
_SIGNS = _LETTERS + _DIGITS
_RANDOM, _BY_SECRET = 6, 12
_SHAPE = re.compile(f"[{_LETTERS}][{_SIGNS}]+")
# Codes of the same secret for other purposes must not be those of people.
_PURPOSE = b"netlearn person code 1\0"
LEAST_SECRET, _LEAST_VARIED = 32, 8


@dataclass(frozen=True)
class Person:
    """Somebody of the roster, as a key file remembers people: row of the roster and texts, "" = not known."""

    row: int
    id: str
    name: str = ""
    email: str = ""
    key: str = ""


@dataclass(frozen=True, eq=False)
class Keys:
    """Codes of the people of a roster.

    Attributes
    ----------
    codes : mapping id -> code
    lines : tuple of mapping
        All lines of the key file, people who have left the roster too.
    new : int
        How many lines are new.
    """

    codes: Mapping[str, str]
    lines: tuple[Mapping[str, str], ...]
    new: int


def code_by_secret(person: str, secret: bytes) -> str:
    """Return the code of an id that everybody with the same secret gets (HMAC-SHA256).

    Examples
    --------
    >>> code_by_secret("k1", b"x" * 32) == code_by_secret(" k1 ", b"x" * 32), len(code_by_secret("k1", b"x" * 32))
    (True, 12)
    """
    digest = hmac.new(secret, _PURPOSE + plain(person).encode("utf-8"), hashlib.sha256).digest()
    number = int.from_bytes(digest, "big")
    number, first = divmod(number, len(_LETTERS))
    signs = [_LETTERS[first]]
    for _ in range(_BY_SECRET - 1):
        number, at = divmod(number, len(_SIGNS))
        signs.append(_SIGNS[at])
    return "".join(signs)


def read_secret(path: Path, findings: Findings) -> bytes | None:
    """Read a secret of at least 32 characters; None with a fault. Line ends and spaces around it do not count."""
    try:
        secret = path.read_bytes().removeprefix(b"\xef\xbb\xbf").strip()
    except OSError as error:
        findings.fault("unreadable-file", path.name, reason=error.strerror or type(error).__name__)
        return None
    if len(secret) < LEAST_SECRET or len(set(secret)) < _LEAST_VARIED:
        findings.fault("secret-short", path.name, least=LEAST_SECRET)
        return None
    return secret if check_private(path, findings) else None


def make_keys(
    path: Path, people: Sequence[Person], roster: str, findings: Findings, secret: bytes | None = None
) -> Keys | None:
    """Give every person the code of the key file, and those who have none a new one. Nothing is written.

    Parameters
    ----------
    path : Path
        The key file; it need not exist.
    people : sequence of Person
        The roster. Whose id is a code of the key file already keeps it.
    roster : str
        Name of the roster for messages.
    findings : Findings
        Every fault is added here: of the file, and where it contradicts the roster.
    secret : bytes, optional
        New codes are made from ids with it, else drawn at random.

    Returns
    -------
    Keys or None
        None with a fault.
    """
    before = len(findings.faults)
    lines = read_list(path, COLUMNS, findings)
    if lines is None or not check_private(path, findings):
        return None
    _check_lines(path, lines, secret, findings)
    by_id = {line["id"]: (number, line) for number, line in lines}
    _check_people(path, people, by_id, roster, findings)
    if len(findings.faults) > before:
        return None
    taken = {line["code"] for _, line in lines} | {person.id.upper() for person in people}
    own = {line["code"] for _, line in lines}
    codes, added = {}, []
    for person in people:
        if plain(person.id) in by_id:
            codes[person.id] = by_id[plain(person.id)][1]["code"]
        elif person.id in own:
            codes[person.id] = person.id
        else:
            codes[person.id] = _drawn(taken) if secret is None else code_by_secret(person.id, secret)
            taken.add(codes[person.id])
            added.append({**{name: getattr(person, name) for name in COLUMNS[:-1]}, "code": codes[person.id]})
    everybody = [*({name: line[name] for name in COLUMNS} for _, line in lines), *added]
    # The order of the lines must not tell the order in which people were added.
    return Keys(codes, tuple(sorted(everybody, key=lambda line: line["code"])), len(added))


def write_keys(path: Path, keys: Keys, findings: Findings) -> None:
    """Write the key file so that only its owner can read it, from the first moment; whole or not at all.

    A file without new lines is not touched. A fault is added if it cannot be written or kept private.
    """
    if path.exists() and not keys.new:
        return
    data, old = list_bytes(COLUMNS, keys.lines), path.exists()
    try:
        if old:
            _replace(path, data)
        else:
            _create(path, data)
    except FileExistsError:
        findings.fault("key-appeared", path.name)
    except OSError as error:
        findings.fault("unwritable-file", path.name, reason=error.strerror or type(error).__name__)
    else:
        # Some network drives keep no rights: a key file that all can read is none.
        if not check_private(path, findings) and not old:
            path.unlink()


def _create(path: Path, data: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
    except OSError:
        path.unlink(missing_ok=True)
        raise


def _replace(path: Path, data: bytes) -> None:
    # mkstemp opens for the owner only, as `_create` does. A link stays a link.
    target = path.resolve()
    handle, temporary = tempfile.mkstemp(prefix=f".{target.name}-", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(temporary).replace(target)
    finally:
        Path(temporary).unlink(missing_ok=True)


def _drawn(taken: set[str]) -> str:
    while True:
        rest = (secrets.choice(_SIGNS) for _ in range(_RANDOM - 1))
        code = "".join([secrets.choice(_LETTERS), *rest])
        if code not in taken:
            return code


def _check_lines(path: Path, lines: Sequence[Line], secret: bytes | None, findings: Findings) -> None:
    first: dict[tuple[str, str], int] = {}
    for number, line in lines:
        for column in ("id", "code"):
            if not line[column]:
                findings.fault("key-blank", path.name, number, column)
            elif (earlier := first.setdefault((column, line[column]), number)) != number:
                findings.fault("key-twice", path.name, number, column, first=earlier)
        code = line["code"]
        if not code:
            continue
        if not _SHAPE.fullmatch(code) or len(code) not in (_RANDOM, _BY_SECRET):
            findings.fault("key-bad-code", path.name, number, "code")
        elif secret is None and len(code) == _BY_SECRET:
            findings.fault("key-needs-secret", path.name, number, "code")
        elif secret is not None and code != code_by_secret(line["id"], secret):
            findings.fault("key-other-secret", path.name, number, "code")


def _check_people(
    path: Path, people: Sequence[Person], by_id: Mapping[str, Line], roster: str, findings: Findings
) -> None:
    """Refuse an id that is now somebody else's, and a person who is now under another id."""
    here = {plain(person.id) for person in people}
    gone = [(number, line) for number, line in by_id.values() if line["id"] not in here]
    by_mark = {
        (column, _folded(line[column])): number for number, line in gone for column in ("email", "key")
    }
    for person in people:
        number, line = by_id.get(plain(person.id), (0, None))
        if line is not None:
            both = [(line[name], getattr(person, name)) for name in ("name", "email", "key")]
            known = [(one, other) for one, other in both if one and other]
            if known and not any(_folded(one) == _folded(other) for one, other in known):
                findings.fault("key-contradicts", path.name, number, "id", other=person.row, roster=roster)
            continue
        for column in ("email", "key"):
            mark = _folded(getattr(person, column))
            if mark and (earlier := by_mark.get((column, mark))):
                findings.fault("key-other-id", path.name, earlier, column, other=person.row, roster=roster)


def _folded(text: str) -> str:
    return "".join(plain(text).casefold().split())
