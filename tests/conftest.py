"""What all tests share: the house beside the project, a quiet matplotlib, and no silent skips under CI."""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
PLATFORM = "platform: "  # a skip whose reason starts so is allowed under CI too

# Named, not imported: a test that draws nothing never pays for matplotlib.
os.environ.setdefault("MPLBACKEND", "Agg")
# Published data are read from the folder beside the project if it is there, else downloaded once.
if (SHARED / "published" / "raw").is_dir():
    os.environ.setdefault("NETLEARN_DATA", str(SHARED / "published" / "raw"))


@pytest.fixture(scope="session")
def root() -> Path:
    """The root of the project."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with published data and reference numbers; it does not come with the project."""
    if not SHARED.is_dir():
        pytest.skip("the folder with published data and reference numbers is not beside the project")
    return SHARED


def _refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Turn a skip into a failure under CI: there, what does not run is not known to hold."""
    if not os.environ.get("CI") or report.outcome != "skipped" or hasattr(report, "wasxfail"):
        return
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    reason = reason.removeprefix("Skipped: ")
    if not reason.startswith(PLATFORM):
        report.outcome = "failed"
        report.longrepr = f"skipped under CI: {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Look at the report of every test."""
    report = yield
    _refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Look at modules that skip themselves as a whole."""
    report = yield
    _refuse_skip(report)
    return report
