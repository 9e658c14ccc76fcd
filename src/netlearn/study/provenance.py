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

PACKAGES = ("netlearn", "numpy", "pandas", "scipy", "networkx", "matplotlib", "seaborn")


@dataclass(frozen=True)
class Provenance:
    """What a reader needs to get the same numbers again. It holds no time of day, so a rerun gives the same bytes.

    `cells` counts for each file of answers what became of its cells; see `netlearn.read_ledger`.
    """

    inputs: dict[str, str]
    versions: dict[str, str]
    seed: int
    draws: int
    transformations: tuple[str, ...]
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
    cells: Iterable[dict[str, Any]] = (),
) -> Provenance:
    """Hash the input files (SHA-256) and note versions."""
    inputs = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in sorted(set(files))}
    versions = {name: metadata.version(name) for name in PACKAGES}
    versions["python"] = platform.python_version()
    # Fates that befell no cell say nothing.
    told = tuple({key: value for key, value in row.items() if value} for row in cells)
    return Provenance(inputs, versions, seed, draws, tuple(transformations), told)
