"""Where a result comes from: hashes of the inputs, versions, seed and every transformation."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from netlearn.study.findings import Finding
from netlearn.wording.shown import Shown

PACKAGES = ("netlearn", "numpy", "pandas", "scipy", "networkx", "matplotlib", "seaborn")


@dataclass(frozen=True)
class Provenance(Shown):
    """What a reader needs to get the same numbers again. It holds no time of day, so a rerun gives the same bytes.

    `import_log` holds every guess, drop and count of the reader, with its reason, file, row and column; `cells` counts
    what became of the cells of all files of answers (`netlearn.read_ledger` tells it of each file).
    """

    inputs: dict[str, str]
    versions: dict[str, str]
    seed: int
    draws: int
    transformations: tuple[str, ...]
    import_log: tuple[dict[str, Any], ...] = ()
    cells: tuple[dict[str, Any], ...] = ()

    def to_json(self) -> str:
        """Return indented JSON with sorted inputs."""
        return json.dumps(asdict(self), indent=2, ensure_ascii=False) + "\n"


def provenance(
    folder: Path,
    files: Iterable[str],
    seed: int,
    draws: int,
    transformations: Iterable[str],
    notes: Iterable[Finding] = (),
    cells: Iterable[dict[str, Any]] = (),
) -> Provenance:
    """Hash the input files (SHA-256) and note versions."""
    inputs = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in sorted(set(files))}
    versions = {name: metadata.version(name) for name in PACKAGES}
    versions["python"] = platform.python_version()
    # Fates that befell no cell say nothing.
    told = tuple({key: value for key, value in row.items() if value} for row in cells)
    log = tuple(
        {
            "reason": note.code,
            "file": note.file,
            "row": note.row,
            "column": note.column,
            "text": note.text("en"),
        }
        for note in notes
    )
    return Provenance(inputs, versions, seed, draws, tuple(transformations), log, told)
