"""The page for everybody: by keyboard, by ear, on a phone, on paper, without its script."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import documents
import pytest
from browser import DESKTOP, PHONE, Pages, chromium, faults_of, made_pages, opened, texts
from playwright.sync_api import Browser, Locator, Page

from netlearn.report.page import render
from netlearn.report.section import Section
from netlearn.report.tables import Table

PRINTED_WIDTH = 682  # CSS pixels: A4 without its margins is 180 mm wide
needs_pdftotext = pytest.mark.skipif(
    not shutil.which("pdftotext"),
    reason="no pdftotext on this machine (Debian: apt-get install poppler-utils)",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    return made_pages(tmp_path_factory.mktemp("pages"))


def unfold(page: Page) -> None:
    for fold in page.locator(".fold").all():
        fold.click()


# -- by keyboard


def test_the_first_tab_leads_past_everything_to_the_answer(browser: Browser, pages: Pages) -> None:
    with opened(browser, pages["da"]) as (page, _):
        page.keyboard.press("Tab")
        link = page.locator("a.skip")
        box = link.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert link.evaluate("(node) => node === document.activeElement")
        page.keyboard.press("Enter")
        assert page.url.endswith("#answer")


def test_every_stop_of_the_tab_key_can_be_seen(browser: Browser, pages: Pages) -> None:
    with opened(browser, pages["da"]) as (page, _):
        met, unseen = 0, []
        page.keyboard.press("Tab")
        while page.evaluate("document.activeElement !== document.body") and met < 200:
            seen, what = page.evaluate(
                """() => { const at = document.activeElement, style = getComputedStyle(at);
                const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
                const drawn = at.querySelector("circle, .line");
                const mark = drawn && getComputedStyle(drawn);
                const own = mark && (mark.strokeWidth === "4px" || mark.stroke === "rgb(26, 26, 26)");
                const box = at.getBoundingClientRect();
                return [(ring || own) && box.bottom > 0 && box.top < innerHeight, at.outerHTML.slice(0, 80)]; }"""
            )
            met, unseen = met + 1, unseen + ([] if seen else [what])
            page.keyboard.press("Tab")
        assert unseen == []
        buttons = page.locator("button:visible").count() + page.locator("a[href]").count()
        assert buttons < met < 200


def test_the_appendix_opens_by_key_by_link_and_by_address(browser: Browser, pages: Pages) -> None:
    with opened(browser, pages["da"]) as (page, _):
        fold, inside = page.locator("#turnover .fold"), "#body-{} > p:first-child"
        assert fold.get_attribute("aria-expanded") == "false"
        assert not page.locator(inside.format("turnover")).is_visible()
        fold.focus()
        page.keyboard.press("Enter")
        assert fold.get_attribute("aria-expanded") == "true"
        assert page.locator(inside.format("turnover")).is_visible()
        page.locator(".contents a[href='#notes']").click()
        assert page.locator(inside.format("notes")).is_visible()
        page.goto(pages["da"].as_uri() + "#method")
        page.reload()
        assert page.locator(inside.format("method")).is_visible()
        assert not page.locator(inside.format("notes")).is_visible()


# -- by ear and by weak eyes


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
@pytest.mark.parametrize("name", ["da", "many", "few", "real"])
def test_axe_finds_nothing_serious(browser: Browser, pages: Pages, name: str, width: int) -> None:
    with opened(browser, pages[name], width) as (page, _):
        unfold(page)
        for view in ("1", "change"):
            page.locator(f"input[value='{view}']").check()
            page.locator("select").select_option("0")
            assert faults_of(page) == []


def test_axe_can_find_something(browser: Browser, pages: Pages) -> None:
    with opened(browser, pages["few"]) as (page, _):
        page.evaluate(
            """() => { document.documentElement.removeAttribute("lang");
            document.querySelector("caption").style.color = "#ddd"; }"""
        )
        assert {fault.partition(" ")[0] for fault in faults_of(page)} == {"html-has-lang", "color-contrast"}


# -- on a phone


@pytest.mark.parametrize("name", ["da", "many", "few", "long", "real"])
def test_a_phone_scrolls_one_way(browser: Browser, pages: Pages, name: str) -> None:
    with opened(browser, pages[name], PHONE) as (page, _):
        unfold(page)
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE
        outside = page.evaluate(
            """() => [...document.querySelectorAll("h1, h2, h3, p, li, img, svg, select, label, .fold")]
            .filter((node) => !node.closest(".scroll, .unseen") && node.getBoundingClientRect().right > innerWidth)
            .map((node) => node.outerHTML.slice(0, 80))"""
        )
        assert outside == []
        edges = page.locator("caption span:visible").evaluate_all(
            "(all) => all.map((node) => node.getBoundingClientRect().right)"
        )
        assert edges
        assert max(edges) <= PHONE


def test_the_words_of_a_row_stay_beside_its_numbers(browser: Browser, pages: Pages) -> None:
    with opened(browser, pages["many"], PHONE) as (page, _):
        box = page.locator(".heat:visible")
        box.evaluate("(node) => { node.scrollLeft = 500; }")
        assert box.evaluate("(node) => node.scrollLeft") == 500
        left = box.locator("tbody th").nth(3).evaluate("(node) => node.getBoundingClientRect().left")
        assert 0 <= left <= 20


@pytest.mark.parametrize(("name", "width"), [("many", PHONE), ("da", PHONE), ("real", PHONE), ("many", 768)])
def test_a_table_wider_than_the_page_says_so_and_can_be_reached(
    browser: Browser, pages: Pages, name: str, width: int
) -> None:
    with opened(browser, pages[name], width) as (page, _):
        unfold(page)
        seen = 0
        for edge in page.locator(".edge:has(> .scroll:visible)").all():
            box = edge.locator(".scroll")
            wide = box.evaluate("(node) => node.scrollWidth > node.clientWidth + 1")
            assert edge.locator(".sideways").is_visible() == wide
            assert box.get_attribute("tabindex") == ("0" if wide else None)
            assert box.get_attribute("role") == "region"
            assert box.get_attribute("aria-label")
            assert shaded(edge) == (wide, False)
            if wide:
                seen += 1
                box.evaluate("(node) => { node.scrollLeft = node.scrollWidth; }")
                page.wait_for_function("(edge) => edge.matches('.before')", arg=edge.element_handle())
                assert shaded(edge) == (False, True)
        assert seen > 0


def shaded(edge: Locator) -> tuple[bool, bool]:
    """Whether a shade stands at the right edge, and whether the words of the rows have a line beside them."""
    after, before = edge.evaluate(
        """(edge) => [getComputedStyle(edge, "::after").content,
        getComputedStyle(edge.querySelector("tbody th")).boxShadow]"""
    )
    return after != "none", before != "none"


def test_a_table_that_fits_has_no_hint_and_no_stop(browser: Browser, pages: Pages) -> None:
    with opened(browser, pages["da"], DESKTOP) as (page, _):
        assert page.locator(".edge").count() == page.locator(".scroll").count() > 3
        assert page.locator(".sideways:visible").count() == 0
        assert page.locator(".scroll[tabindex]:visible").count() == 0


@pytest.mark.parametrize("width", [DESKTOP, 768, PHONE])
def test_a_number_of_two_digits_has_room_in_the_contents(browser: Browser, pages: Pages, width: int) -> None:
    with opened(browser, pages["real"], width) as (page, _):
        rooms = page.locator(".contents ol").evaluate_all(
            """(lists) => lists.map((list) => {
            const said = document.createElement("span");
            said.textContent = "12.\u00a0";
            list.firstElementChild.prepend(said);
            const needed = said.getBoundingClientRect().width;
            said.remove();
            return parseFloat(getComputedStyle(list).paddingLeft) - needed; })"""
        )
        assert len(rooms) == 2
        assert min(rooms) > 0


# -- on paper


def printed(page: Page, path: Path, order: str = "-layout") -> list[str]:
    """The text of every sheet of the print, line by line over the sheet, or element by element ("-raw")."""
    page.pdf(path=path, prefer_css_page_size=True)
    read = subprocess.run(["pdftotext", order, path, "-"], capture_output=True, check=True, timeout=60)
    return read.stdout.decode("utf-8").split("\f")[:-1]


def tight(text: str) -> str:
    return re.sub(r"\s+", "", text)


@needs_pdftotext
@pytest.mark.parametrize("name", ["da", "real"])
def test_the_print_has_everything_and_no_controls(
    browser: Browser, pages: Pages, tmp_path: Path, name: str
) -> None:
    with opened(browser, pages[name]) as (page, _):
        told = [*page.locator("caption").all_text_contents(), *page.locator("h2, h3").all_text_contents()]
        sheets = printed(page, tmp_path / "page.pdf")
        text = tight("".join(printed(page, tmp_path / "page.pdf", "-raw")))
        page.emulate_media(media="print")
        boxes = page.locator("button, select, input, .canvas, .readout").evaluate_all(
            "(all) => all.flatMap((node) => [...node.getClientRects()])"
        )
        assert boxes == []
        assert page.locator("table:visible").count() == page.locator("table").count() > 3
        # Before, after and change as tables, with more digits than the pictures of the same.
        twice = page.locator("[id^=figure-mixing-]").count() if name == "real" else 0
        assert page.locator("img:visible").count() == page.locator("img").count() - twice
    assert [one for one in told if one != "Indhold" and tight(one) not in text] == []
    assert "Pegpåenstreg" not in text
    assert "\u2195" not in text
    assert [sheet.split()[-1] for sheet in sheets] == [str(at + 1) for at in range(len(sheets))]


@pytest.mark.parametrize("name", ["da", "many", "real"])
def test_no_table_runs_off_the_paper(browser: Browser, pages: Pages, name: str) -> None:
    with opened(browser, pages[name], PRINTED_WIDTH) as (page, _):
        page.emulate_media(media="print")
        wide = page.evaluate(
            "[...document.querySelectorAll('table')].map((t) => t.getBoundingClientRect().right)"
        )
        assert max(wide) <= PRINTED_WIDTH + 1


@needs_pdftotext
def test_a_table_over_several_sheets_has_its_headings_on_each(
    browser: Browser, pages: Pages, tmp_path: Path
) -> None:
    with opened(browser, pages["long"]) as (page, _):
        sheets = [sheet for sheet in printed(page, tmp_path / "page.pdf") if re.search(r"række\d", sheet)]
    assert len(sheets) > 2
    assert all("Rækkenavn" in sheet and "Antalstal" in sheet for sheet in sheets)
    assert sum(len(re.findall(r"\brække\d+", sheet)) for sheet in sheets) == 120


def straddling(folder: Path) -> Path:
    """Twelve sections, each with more text than the one before and a table of twelve rows: some lie on an edge."""
    document = documents.document("da", 3)
    first = document.sections[0]
    made = []
    for at in range(12):
        rows = tuple((f"r{at}q{row}q", f"{row}") for row in range(12))
        table = Table(f"tabel{at}q", ("Navn", "Tal"), rows, (False, True))
        text = (f"tekst{at}q " + "ord " * (40 + 35 * at)).strip()
        made.append(Section(f"s{at}", f"overskrift{at}q", (text,), (table,), (f"note{at}q",)))
    path = folder / "straddling.html"
    whole = replace(document, sections=(first, *made))
    path.write_text(render(whole, documents.drawn(whole)), encoding="utf-8")
    return path


@needs_pdftotext
def test_a_short_table_stays_whole_with_its_note_and_a_heading_with_its_text(
    browser: Browser, tmp_path: Path
) -> None:
    with opened(browser, straddling(tmp_path)) as (page, _):
        sheets = printed(page, tmp_path / "page.pdf")
    where = {word: at for at, sheet in enumerate(sheets) for word in re.findall(r"\w+\d+q(?:\d+q)?", sheet)}
    assert len({where[f"tabel{at}q"] for at in range(12)}) > 4
    for at in range(12):
        together = {where[f"tabel{at}q"], where[f"note{at}q"], *(where[f"r{at}q{row}q"] for row in range(12))}
        assert len(together) == 1, at
        assert where[f"overskrift{at}q"] == where[f"tekst{at}q"], at


def test_on_paper_the_map_is_its_figure_and_the_tables_of_all_three_views(
    browser: Browser, pages: Pages
) -> None:
    with opened(browser, pages["real"]) as (page, _):
        page.emulate_media(media="print")
        assert page.locator("#figure-departments").is_visible()
        assert page.locator(".heat:visible").count() == 3
        assert page.locator(".sideways:visible, .canvas:visible, .controls:visible").count() == 0


# -- without the script, and with a look of one's own


def test_without_the_script_the_page_is_whole(browser: Browser, pages: Pages) -> None:
    with opened(browser, pages["da"], PHONE, java_script_enabled=False) as (page, _):
        assert page.locator("table:visible").count() == page.locator("table").count() == 3 + 4
        assert page.locator("button").count() == 0
        assert page.locator("#body-notes > p").first.is_visible()


def test_a_look_of_ones_own_is_allowed_by_the_policy(browser: Browser, tmp_path: Path) -> None:
    document = documents.document("da", 3)
    own = """{% extends "page.html" %}
{% block own_style %}
main > .x, h1 { color: rgb(0, 87, 61); }
{% endblock %}"""
    path = tmp_path / "own.html"
    path.write_text(render(document, documents.drawn(document), {"template": own}), encoding="utf-8")
    with opened(browser, path) as (page, noticed):
        assert page.locator("h1").evaluate("(node) => getComputedStyle(node).color") == "rgb(0, 87, 61)"
        assert page.locator(".circle").count() == 3
        assert noticed.faults == []
        assert texts(page.locator("main > .answer h2")) == ["Svaret"]
