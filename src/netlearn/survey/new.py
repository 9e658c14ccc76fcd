"""Write a small study that runs at once: simulated people, two waves, a study file with comments."""

from __future__ import annotations

import csv
import shutil
import tempfile
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from netlearn.study.findings import Findings
from netlearn.wording import Language

DEPARTMENTS: dict[Language, tuple[str, ...]] = {
    "en": ("Advice", "Day care", "Health", "Schools"),
    "da": ("Dagtilbud", "Rådgivning", "Skole", "Sundhed"),
}
_PER_DEPARTMENT, _SEED = 6, 20240826
_WITHIN, _CROSS_BEFORE, _CROSS_AFTER = 0.45, 0.10, 0.18


def new_study(folder: str | Path, language: Language = "en") -> Path:
    """Write a study folder that `netlearn check` and `netlearn run` accept as it is.

    It holds 24 simulated people in 4 departments and two waves of long nominations, in which contact across
    departments grows. The folder appears whole or not at all.

    Parameters
    ----------
    folder : path
        Where to put it. It must not exist, or be empty.
    language : "en" or "da"
        Language of the comments, the departments and the report.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    StudyError
        The folder holds files already, or its name is a file's.
    """
    target = Path(folder).resolve()
    if target.exists() and not (target.is_dir() and not any(target.iterdir())):
        findings = Findings()
        findings.fault("folder-not-empty", str(folder))
        findings.raise_faults(language)
    target.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=".netlearn-", dir=target.parent))
    try:
        _write(made / "study", language)
        if target.exists():
            target.rmdir()
        (made / "study").rename(target)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return target


def _write(folder: Path, language: Language) -> None:
    folder.mkdir()
    template = files("netlearn.survey") / "templates" / f"study.{language}.toml"
    with (folder / "study.toml").open("w", encoding="utf-8", newline="\n") as file:
        file.write(template.read_text(encoding="utf-8"))
    rng = np.random.default_rng(_SEED)
    department = np.repeat(np.arange(len(DEPARTMENTS[language])), _PER_DEPARTMENT)
    ids = [f"a{number:02d}" for number in range(1, len(department) + 1)]
    names = [DEPARTMENTS[language][k] for k in department]
    _table(folder / "roster.csv", ["id", "department"], zip(ids, names, strict=True))
    before = _answers(rng, department, _CROSS_BEFORE, None)
    after = _answers(rng, department, _CROSS_AFTER, before)
    for name, level, silent in (("before", before, (3, 20)), ("after", after, (9,))):
        _table(folder / f"{name}.csv", ["from", "to", "level"], _rows(level, ids, silent))


def _answers(
    rng: np.random.Generator, department: NDArray[np.int64], cross: float, earlier: NDArray[np.int64] | None
) -> NDArray[np.int64]:
    """Draw who names whom (1 = now and then, 2 = weekly, 3 = daily); most pairs keep their earlier answer."""
    n = len(department)
    share = np.where(department[:, None] == department[None, :], _WITHIN, cross)
    level = np.where(rng.random((n, n)) < share, rng.integers(1, 4, size=(n, n)), 0)
    np.fill_diagonal(level, 0)
    return level if earlier is None else np.where(rng.random((n, n)) < 0.5, earlier, level)


def _rows(level: NDArray[np.int64], ids: list[str], silent: tuple[int, ...]) -> list[tuple[str, str, str]]:
    """List the ties; who named nobody has one row with a blank colleague, who was silent has none."""
    rows = []
    for i, person in enumerate(ids):
        named = [(person, ids[j], str(level[i, j])) for j in np.flatnonzero(level[i])]
        rows += [] if i in silent else named or [(person, "", "")]
    return rows


def _table(path: Path, header: list[str], rows: object) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)  # type: ignore[arg-type]
