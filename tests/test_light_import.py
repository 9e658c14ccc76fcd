"""`import netlearn` is light: what only some users need is loaded when they need it."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

HEAVY = {
    "matplotlib", "seaborn", "pingouin", "statsmodels", "sklearn", "numba", "networkx",
    "pooch", "requests", "rdata", "xarray", "openpyxl", "jinja2", "IPython", "joblib", "dask", "distributed",
    "python_calamine", "pyreadstat", "docx", "defusedxml", "lxml",
}  # fmt: skip
ASK = "import json, sys; {}; print(json.dumps([name for name in sys.modules if '.' not in name]))"


def loaded_by(statement: str) -> set[str]:
    """The top-level modules of a fresh Python after the statement; any warning is an error."""
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", ASK.format(statement)],
        capture_output=True, text=True, encoding="utf-8", check=True, timeout=60,
    )  # fmt: skip
    return set(json.loads(run.stdout))


@pytest.mark.parametrize("module", ["netlearn", "netlearn.cli"])
def test_import_loads_nothing_heavy(module: str) -> None:
    loaded = loaded_by(f"import {module}")
    assert "netlearn" in loaded
    assert loaded & HEAVY == set()


def test_the_check_sees_a_heavy_import() -> None:
    assert loaded_by("import networkx") & HEAVY == {"networkx"}
