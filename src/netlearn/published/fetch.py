"""Fetch a raw file of a published data set: from the folder in NETLEARN_DATA, the user's cache or the web."""

from __future__ import annotations

import hashlib
import os
from importlib.resources import files
from pathlib import Path
from textwrap import shorten
from typing import NamedTuple

from netlearn.errors import NetlearnError

FOLDER_VARIABLE = "NETLEARN_DATA"


class RawFile(NamedTuple):
    """One line of the registry: what the file must hash to, and where it lies."""

    sha256: str
    address: str


def registry() -> dict[str, RawFile]:
    """Read `registry.txt`: file name, sha256:hash and address on each line, as pooch writes them."""
    text = files("netlearn.published").joinpath("registry.txt").read_text(encoding="utf-8")
    rows = [line.split() for line in text.splitlines() if line.strip()]
    return {name: RawFile(known.removeprefix("sha256:"), address) for name, known, address in rows}


def data_folder() -> Path:
    """Return the folder in the environment variable NETLEARN_DATA, else the user's cache folder."""
    chosen = os.environ.get(FOLDER_VARIABLE)
    if chosen:
        return Path(chosen)
    import pooch

    return Path(pooch.os_cache("netlearn"))


def fetch(name: str) -> Path:
    """Return the path of a raw file, downloaded if it is not there yet.

    Parameters
    ----------
    name : str
        A file name in the registry.

    Returns
    -------
    Path
        The file, whose sha256 is the one in the registry.

    Raises
    ------
    NetlearnError
        The file in the folder is another one, it cannot be downloaded, or the download is another file. A
        file that is there already is never overwritten.
    """
    wanted, path = registry()[name], data_folder() / name
    if not path.exists():
        _download(wanted, path)
    elif _sha256(path) != wanted.sha256:
        raise NetlearnError(
            f"{path} is not the published file: its sha256 is {_sha256(path)}, expected {wanted.sha256}. "
            f"Move it away and run again, or set {FOLDER_VARIABLE} to another folder."
        )
    return path


def _download(wanted: RawFile, path: Path) -> None:
    import pooch

    by_hand = (
        f"Try again with a connection, or download the file by hand, save it as {path} "
        f"(or in a folder named by the environment variable {FOLDER_VARIABLE}) and run again."
    )
    try:
        pooch.retrieve(wanted.address, f"sha256:{wanted.sha256}", fname=path.name, path=path.parent)
    except ValueError as fault:  # pooch compares the hash before the file gets its name
        raise NetlearnError(
            f"{wanted.address} no longer gives the published file: expected the sha256 {wanted.sha256}. "
            f"Nothing was kept. {by_hand}"
        ) from fault
    except OSError as fault:  # no connection, no such page, no room, no right to write
        raise NetlearnError(
            f"{wanted.address} could not be downloaded ({shorten(str(fault), 160)}). {by_hand}"
        ) from fault


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
