"""What is wrong with a file of saved results, told by whoever finds it and said once, in the reader's language."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from netlearn.wording import Language
from netlearn.wording.damage import damage

FILE = "results.json"
_LONGEST_NUMBER = 40  # digits of a whole number; longer ones are none of ours


@dataclass(eq=False)
class DamageError(Exception):
    """Something in a file is not as it was written.

    Attributes
    ----------
    what, expected : str
        Keys of `netlearn.wording.damage`.
    file : str
        Within the folder of the report; "" is `results.json`, and whoever knows another fills it in.
    place : tuple of (kind, value)
    found, wanted : str
        What stands there; what should.
    """

    what: str
    expected: str
    file: str = ""
    place: tuple[tuple[str, object], ...] = ()
    found: str = ""
    wanted: str = ""

    def text(self, folder: Path, language: Language) -> str:
        """Say it in one line."""
        file = str(folder / (self.file or FILE))
        return damage(file, self.what, self.expected, self.place, self.found, self.wanted, language)


def text_of(folder: Path, file: str) -> str:
    """Return the text of a file in UTF-8.

    Raises
    ------
    DamageError
        It is not there, closed to us, or no UTF-8.
    """
    try:
        data = (folder / file).read_bytes()
    except FileNotFoundError as error:
        raise DamageError("absent-file", "as-written", file) from error
    except OSError as error:
        raise DamageError("closed-file", "readable", file) from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DamageError("not-utf8", "as-written", file, (("line", line),)) from error


def json_of(folder: Path, file: str) -> Any:
    """Return what a file of JSON holds; a number that no computer keeps comes back infinite.

    Raises
    ------
    DamageError
        It is no JSON; the line and the character say from where on.
    """
    text = text_of(folder, file)
    try:
        return json.loads(text, parse_constant=_no_number, parse_int=_whole)
    except json.JSONDecodeError as error:
        place = (("line", error.lineno), ("character", error.colno))
        raise DamageError("not-json", "as-written", file, place) from error
    except RecursionError as error:
        raise DamageError("too-deep", "as-written", file) from error
    except DamageError as found:
        found.file, found.place = file, (("line", _line_of(text, found.found)),)
        raise


def _no_number(name: str) -> NoReturn:
    raise DamageError("found", "number", found=name)


def _line_of(text: str, word: str) -> int:
    return text.count("\n", 0, text.index(word)) + 1


def _whole(text: str) -> int | float:
    return int(text) if len(text) <= _LONGEST_NUMBER else float("inf")


def quoted(value: Any) -> str:
    """Return a value as it stands in JSON."""
    return json.dumps(value, ensure_ascii=False) if not isinstance(value, float) else str(value)
