"""Files that appear whole or not at all."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from netlearn.study.findings import Findings


def put(files: Mapping[Path, bytes], findings: Findings) -> bool:
    """Write files beside their places and rename them: all of them are there afterwards, or none.

    A file that is there with the same content stays; one with another is a fault, and nothing is written. Tell whether
    all are there.
    """
    other = [path for path, data in files.items() if path.exists() and not _same(path, data)]
    for path in other:
        findings.fault("instrument-exists", path.name)
    if other:
        return False
    made: dict[Path, Path] = {}
    there: list[Path] = []
    try:
        for path, data in files.items():
            if not path.exists():
                made[path] = _beside(path, data)
        for path, temporary in made.items():
            temporary.replace(path)
            there.append(path)
    except OSError as error:
        for path in [*(temporary for place, temporary in made.items() if place not in there), *there]:
            path.unlink(missing_ok=True)
        findings.fault("instrument-not-written", next(iter(files)).name, reason=error.strerror or str(error))
        return False
    return True


def _same(path: Path, data: bytes) -> bool:
    return path.is_file() and path.read_bytes() == data


def _beside(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".netlearn-", delete=False) as file:
        file.write(data)
        return Path(file.name)
