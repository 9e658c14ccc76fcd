"""The page on paper: the whole answer is on the first sheet of A4, whatever was planned beside it."""

from __future__ import annotations

from pathlib import Path

import pytest
from browser import ROOT, chromium, opened

import netlearn as nl
from netlearn.figures.drawing import drawn
from netlearn.report.page import render

MM = 96 / 25.4  # CSS pixels
WIDE, HIGH = (210 - 2 * 15) * MM, (297 - 2 * 16) * MM  # what @page of page.css leaves


@pytest.mark.parametrize("case", ["gentofte-cfn", "naestved-cam"])
def test_the_answer_is_on_one_sheet(tmp_path: Path, case: str) -> None:
    results = nl.analyse(nl.read_study(ROOT / "data" / case), draws=199)
    document = nl.report_of(results).documents["da"]
    assert len(document.summary.beside) > 3  # a plan with several verdicts beside it
    path = tmp_path / "report.html"
    path.write_text(render(document, {p.name: drawn(p, "da") for p in document.pictures}), encoding="utf-8")
    with chromium() as browser, opened(browser, path, round(WIDE)) as (page, _):
        page.emulate_media(media="print")
        place = page.evaluate("document.querySelector('#answer').getBoundingClientRect().toJSON()")
        assert place["height"] > 0.4 * HIGH  # it is drawn, and drawn for paper
        assert place["bottom"] <= HIGH
        assert "page" in page.evaluate("getComputedStyle(document.querySelector('#answer')).breakAfter")
