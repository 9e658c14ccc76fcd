"""Pages in a real browser: which are tried, and what the browser noticed that it should not have."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import documents
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, Route, sync_playwright

import netlearn as nl
from netlearn.figures.drawing import drawn
from netlearn.report.document import Document
from netlearn.report.page import render
from netlearn.report.tables import Table

ROOT = Path(__file__).resolve().parents[1]
DESKTOP, PHONE = 1280, 360
Pages = dict[str, Path]
CHROMIUM = shutil.which("chromium") or ""
# Every violation of the policy is told twice: in the console, and as an event that cannot be missed.
_LISTEN = (
    "addEventListener('securitypolicyviolation', (e) => console.error('policy: ' + e.violatedDirective));"
)


def made_pages(folder: Path) -> Pages:
    """Pages by name: 12, 30 and 3 departments, a table that goes over several sheets, and a case with its figures."""
    made = {
        "da": documents.document("da", 12),
        "many": documents.document("da", 30),
        "few": documents.document("en", 3, directed=False, counted=False),
        "long": _long(),
    }
    texts = {name: render(document, documents.drawn(document)) for name, document in made.items()}
    for name, text in {**texts, "real": _real()}.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return {path.stem: path for path in folder.iterdir()}


@cache
def _real() -> str:
    results = nl.analyse(nl.read_study(ROOT / "data" / "gentofte-cfn"), draws=199)
    document = nl.report_of(results).documents["da"]
    return render(document, {picture.name: drawn(picture, "da") for picture in document.pictures})


def _long() -> Document:
    document = documents.document("da", 3)
    rows = tuple((f"række{at}", f"{at}", "ord") for at in range(120))
    table = Table("En lang tabel", ("Rækkenavn", "Antalstal", "Ordkolonne"), rows, (False, True, False))
    first, *rest = document.sections
    return replace(document, sections=(replace(first, tables=(table,)), *rest))


@dataclass
class Noticed:
    """What the console said, what failed, and which addresses were asked for."""

    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    @property
    def faults(self) -> list[str]:
        return [*self.said, *self.asked[1:]]


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium; the tests are skipped, and in CI fail, where there is none."""
    if not CHROMIUM:
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)")
    with sync_playwright() as tool:
        # In a container everybody is root, and Chromium then runs without its sandbox only.
        browser = tool.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def opened(browser: Browser, path: Path, width: int = 1280, **options: Any) -> Iterator[tuple[Page, Noticed]]:
    """A page in a window of its own; nothing may be asked of any other address."""
    context = browser.new_context(viewport={"width": width, "height": 900}, **options)
    noticed = Noticed()
    page = context.new_page()

    def answer(route: Route) -> None:
        noticed.asked.append(route.request.url)
        if route.request.url.partition("#")[0] == path.as_uri():
            route.continue_()
        else:
            route.abort()

    page.add_init_script(_LISTEN)
    page.on("console", lambda said: noticed.said.append(f"{said.type}: {said.text}"))
    page.on("pageerror", lambda error: noticed.said.append(str(error)))
    page.on("dialog", lambda dialog: (noticed.said.append(dialog.message), dialog.dismiss()))
    context.route("**/*", answer)
    page.goto(path.as_uri())
    try:
        yield page, noticed
    finally:
        context.close()


def texts(found: Locator) -> list[str]:
    """What a reader sees of each element."""
    return [text.strip() for text in found.all_inner_texts()]


def faults_of(page: Page) -> list[str]:
    """What axe-core calls serious or critical, with where it is."""
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']} ({one['impact']}): {node['html'][:120]}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]
