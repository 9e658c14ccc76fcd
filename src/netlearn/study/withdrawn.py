"""Who withdrew from the study: their answers are left out of every later run."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from netlearn.study.findings import Findings

FILE = "withdrawn.csv"


def read_withdrawn(folder: Path, findings: Findings, known_ids: Collection[str]) -> dict[str, bool]:
    """Return the roster ids of people who withdrew, and whether ties to them go too."""
    return {}
