"""The page in a real browser: nothing is asked of others, and a reader by mouse, by keyboard or by ear finds it all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import documents
import pandas as pd
import pytest
from browser import DESKTOP, PHONE, Pages, chromium, made_pages, opened, texts
from playwright.sync_api import Browser, Page

from netlearn.report.page import render
from netlearn.report.section import Picture
from netlearn.report.tables import Table
from netlearn.wording.numbers import number, percent

HARD = "\N{NO-BREAK SPACE}"
WIDGET = documents.widget(12)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    return made_pages(tmp_path_factory.mktemp("pages"))


# -- nothing from elsewhere, no fault


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
@pytest.mark.parametrize("name", ["da", "many", "few", "real"])
def test_a_reader_who_tries_everything_meets_no_fault(
    browser: Browser, pages: Pages, name: str, width: int
) -> None:
    with opened(browser, pages[name], width) as (page, noticed):
        for button in page.locator("button").all():
            button.click()
        for choice in page.locator("input[type=radio]").all():
            choice.check()
            for place in page.locator(".circle, .link").all()[:6]:
                place.focus()
        page.locator("select").select_option("1")
        page.locator("a[href='#method']").click()
        assert noticed.asked == [pages[name].as_uri()]
        assert noticed.faults == []


@pytest.mark.parametrize(
    ("foreign", "says"),
    [
        ('<img src="https://example.org/x.png" alt="x">', "policy: img-src"),
        ('<p style="color:red">x</p>', "policy: style-src-attr"),
        ("<script>console.log(1)</script>", "policy: script-src-elem"),
        ('<img src="data:," alt="x" onerror="alert(1)">', "policy: script-src-attr"),
        ('<iframe src="https://example.org" title="x"></iframe>', "policy: frame-src"),
    ],
)
def test_what_is_foreign_is_stopped_and_noticed(
    browser: Browser, pages: Pages, tmp_path: Path, foreign: str, says: str
) -> None:
    path = tmp_path / "foreign.html"
    path.write_text(pages["few"].read_text(encoding="utf-8").replace("<main>", f"<main>{foreign}"), "utf-8")
    with opened(browser, path) as (page, noticed):
        page.wait_for_timeout(100)
        assert [said for said in noticed.said if says in said]
        assert noticed.asked == [path.as_uri()]


def test_a_page_is_small_enough_to_be_sent(pages: Pages) -> None:
    assert max(path.stat().st_size for path in pages.values()) < 6_000_000


def test_letters_and_spaces_arrive_and_names_stay_text(browser: Browser, pages: Pages) -> None:
    with opened(browser, pages["da"]) as (page, _):
        said = page.locator("body").text_content() or ""
        assert f"29,8{HARD}%" in said
        assert page.locator("html").get_attribute("lang") == "da"
        assert page.locator("script").count() == 2
        assert page.locator("main b, caption b, label b").count() == 0
        assert texts(page.locator("option"))[1:3] == [f"1 {documents.HOSTILE}", f"2 {documents.FORMULA}"]
        named = [circle.get_attribute("aria-label") for circle in page.locator(".circle").all()]
        assert named == WIDGET["names"]


# -- columns that sort


@pytest.mark.parametrize(("name", "language"), [("da", "da"), ("few", "en")])
def test_a_column_of_numbers_sorts_by_size(browser: Browser, pages: Pages, name: str, language: str) -> None:
    given = [text.replace(" ", " ") for text in documents.NUMBERS[language]]
    with opened(browser, pages[name]) as (page, _):
        table = page.locator("table.sortable").first
        head, cells = table.locator("thead th").nth(1), table.locator("tbody tr td:nth-child(2)")
        orders = {
            "ascending": documents.ASCENDING,
            "descending": documents.DESCENDING,
            None: range(len(given)),
        }
        for way, order in orders.items():
            head.locator("button").click()
            assert head.get_attribute("aria-sort") == way
            assert [text.replace(HARD, " ") for text in texts(cells)] == [
                given[at].replace(HARD, " ") for at in order
            ]
            news = page.locator(".unseen[role=status]").text_content() or ""
            assert "Tal og ord <script>" in news
            assert "Tal" in news


def test_words_sort_as_danes_do_and_by_keyboard(browser: Browser, pages: Pages) -> None:
    with opened(browser, pages["da"]) as (page, _):
        table = page.locator("table.sortable").first
        heads = table.locator("thead th")
        heads.first.locator("button").focus()
        page.keyboard.press("Enter")
        words = table.locator("tbody th")
        rising = ["afdeling 9", "afdeling 10", "Zoo", "Ærø", "Ø", "Åby", "Aalborg"]
        assert texts(words) == [*rising, "–"]
        page.keyboard.press("Space")
        assert texts(words) == [*reversed(rising), "–"]
        heads.nth(1).locator("button").click()
        assert [head.get_attribute("aria-sort") for head in heads.all()] == [None, "ascending", None]


def test_hidden_cells_come_last_both_ways_and_mixed_units_offer_no_button(
    browser: Browser, tmp_path: Path
) -> None:
    document = documents.document("da", 3)
    first, *rest = document.sections
    cells = ["–", "1.234", "vises ikke", "12\N{NO-BREAK SPACE}%", "−0,031", "", "3 af 10"]
    results = ["2 point", "3 kolleger", "1 point", "9 kolleger", "8 point", "7 point", "6 point"]
    rows = tuple(
        (f"r{at}", cell, result) for at, (cell, result) in enumerate(zip(cells, results, strict=True))
    )
    table = Table("Blandet", ("Navn", "Procent", "Resultat"), rows, (False, True, False))
    path = tmp_path / "mixed.html"
    document = replace(document, sections=(replace(first, tables=(table,)), *rest))
    path.write_text(render(document, documents.drawn(document)), encoding="utf-8")
    with opened(browser, path) as (page, _):
        heads = page.locator("table.sortable").first.locator("thead th")
        assert [head.locator("button").count() for head in heads.all()] == [1, 0, 0]
    units = replace(
        table, rows=tuple(row[:2] for row in rows), columns=table.columns[:2], numeric=(False, True)
    )
    document = replace(document, sections=(replace(first, tables=(units,)), *rest))
    path.write_text(render(document, documents.drawn(document)), encoding="utf-8")
    with opened(browser, path) as (page, _):
        head = page.locator("table.sortable thead th").nth(1)
        for way, order in (("ascending", [4, 6, 3, 1]), ("descending", [1, 3, 6, 4])):
            head.locator("button").click()
            assert head.get_attribute("aria-sort") == way
            names = texts(page.locator("table.sortable").first.locator("tbody th"))
            assert names == [f"r{at}" for at in (*order, 0, 2, 5)]
            assert page.locator("[aria-sort]").count() == 1


# -- the map


def amounts(wave: int, a: int, b: int) -> tuple[int, int] | None:
    """Ties and possible ties between two departments, both ways, None where one is left out."""
    cells = [(WIDGET["ties"][wave][x][y], WIDGET["possible"][x][y]) for x, y in ((a, b), (b, a))]
    return None if None in cells[0] + cells[1] else (cells[0][0] + cells[1][0], cells[0][1] + cells[1][1])


def told(a: int, b: int) -> str:
    """What the page should say of two departments."""
    found = [amounts(wave, a, b) for wave in (0, 1)]
    label = f"{WIDGET['names'][a]} og {WIDGET['names'][b]}"
    if None in found:
        return f"{label}: udeladt, "
    parts, shares = [], []
    for amount, wave, words in zip(found, WIDGET["waves"], (" mulige forbindelser", ""), strict=True):
        assert amount is not None
        shares.append(amount[0] / amount[1])
        parts.append(
            f"{wave}: {number(amount[0], 'da', 0)} af {number(amount[1], 'da', 0)}{words} "
            f"({percent(shares[-1], 'da', 1)})."
        )
    by = number(100 * (shares[1] - shares[0]), "da", 1, signed=True)
    return f"{label}. {' '.join(parts)} Ændring: {by} procentpoint."


def linked(wave: int) -> set[frozenset[int]]:
    pairs = [(a, b) for a in range(12) for b in range(a + 1, 12)]
    return {frozenset(pair) for pair in pairs if (amounts(wave, *pair) or (0, 0))[0]}


def drawn_links(page: Page) -> set[frozenset[int]]:
    names = WIDGET["names"]
    labels = [
        link.get_attribute("aria-label") or "" for link in page.locator(".link:not(:has(.hidden-pair))").all()
    ]
    pairs = {f"{names[a]} og {names[b]}": frozenset((a, b)) for a in range(12) for b in range(12) if a != b}
    return {pairs[label] for label in labels}


@pytest.mark.parametrize(("wave", "choice"), [(0, "Før <b>"), (1, "Efter")])
def test_the_filter_shows_every_line_of_a_department_and_no_other(
    browser: Browser, pages: Pages, wave: int, choice: str
) -> None:
    with opened(browser, pages["da"]) as (page, _):
        page.get_by_label(choice, exact=True).check()
        everything = drawn_links(page)
        assert everything < linked(wave)  # the widest only
        assert len(everything) == 24
        page.get_by_label("Afdeling", exact=True).select_option(label="4 Hjemmepleje")
        mine = {pair for pair in linked(wave) if 3 in pair}
        assert drawn_links(page) == mine
        on = page.locator(f".heat[data-view='{wave}'] td.on").count()
        assert on == 2 * 12 - 1
        assert texts(page.locator(f".heat[data-view='{wave}'] .chosen .at")) == ["4"]
        assert page.locator(f".heat[data-view='{wave}'] thead .chosen").text_content() == "4Hjemmepleje"
        page.get_by_label("Afdeling", exact=True).select_option(label="Alle afdelinger")
        assert drawn_links(page) == everything
        assert page.locator("td.on, th.chosen, .filtered").count() == 0


def test_a_pair_that_is_left_out_is_dotted_and_told_without_a_number(browser: Browser, pages: Pages) -> None:
    with opened(browser, pages["da"]) as (page, _):
        page.locator("select").select_option("0")
        hidden = page.locator(".link:has(.hidden-pair)")
        assert hidden.count() == 1
        hidden.first.focus()
        said = page.locator(".readout").text_content() or ""
        assert said.startswith(told(0, 1))
        assert not re.search(r"\d", said.replace(documents.HOSTILE, ""))


def test_lines_and_circles_tell_in_natural_units_when_pointed_at(browser: Browser, pages: Pages) -> None:
    with opened(browser, pages["da"]) as (page, _):
        page.locator("select").select_option("3")
        readout = page.locator(".readout")
        link = page.locator(".link[aria-label='Hjemmepleje og Unge']")
        link.scroll_into_view_if_needed()
        middle = link.locator(".line").evaluate(
            """(path) => { const p = path.getPointAtLength(path.getTotalLength() / 2);
            const q = p.matrixTransform(path.getScreenCTM()); return [q.x, q.y]; }"""
        )
        page.mouse.move(*middle)
        assert readout.text_content() == told(3, 8)
        page.locator(".circle[aria-label='Børn']").hover()
        said = readout.text_content() or ""
        inside = [(WIDGET["ties"][wave][7][7], WIDGET["possible"][7][7]) for wave in (0, 1)]
        across = [[amounts(wave, 7, b) for b in range(12) if b != 7] for wave in (0, 1)]
        sums = [[sum(pair[at] for pair in wave if pair) for at in (0, 1)] for wave in across]
        assert said.startswith("Inden for Børn. ")
        for ties, possible in [*inside, *sums]:
            assert f"{number(ties, 'da', 0)} af {number(possible, 'da', 0)} " in said


def test_a_circle_filters_by_click_and_by_keyboard(browser: Browser, pages: Pages) -> None:
    with opened(browser, pages["da"]) as (page, _):
        circle = page.locator(".circle[aria-label='Økonomi']")
        circle.click()
        assert circle.get_attribute("aria-pressed") == "true"
        assert page.locator("select").input_value() == "9"
        page.keyboard.press("Enter")  # the focus stays where it was
        assert circle.get_attribute("aria-pressed") == "false"
        assert page.locator("select").input_value() == ""
        page.keyboard.press("ArrowLeft")
        assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Unge"
        outline = page.locator(".circle:focus circle").evaluate(
            "(node) => getComputedStyle(node).strokeWidth"
        )
        assert outline == "4px"


@pytest.mark.parametrize("name", ["da", "few"])
def test_every_cell_says_in_words_the_number_that_it_shows(browser: Browser, pages: Pages, name: str) -> None:
    """The script writes numbers as Python does: a cell is written by one, its words by the other."""
    with opened(browser, pages[name]) as (page, _):
        for view in ("0", "1", "change"):
            page.locator(f"input[value='{view}']").check()
            assert page.locator(".heat:visible").count() == 1
            cells = page.locator(".heat:visible tbody td")
            pairs = cells.evaluate_all(
                """(cells) => cells.map((cell) => { cell.dispatchEvent(new Event("pointerenter"));
                return [cell.textContent, document.querySelector(".readout").textContent]; })"""
            )
            for shown, said in pairs:
                number_said = {
                    "0": re.findall(r"([\d.,]+)\s%", said)[:1],
                    "1": re.findall(r"([\d.,]+)\s%", said)[1:],
                    "change": re.findall(r": ([−+]?[\d.,]+) p", said),
                }[view]
                assert number_said == ([] if shown == "–" else [shown]), said


def test_the_keys_move_through_the_shaded_table(browser: Browser, pages: Pages) -> None:
    with opened(browser, pages["da"]) as (page, _):
        cells = page.locator(".heat:visible tbody td")
        assert page.locator(".heat:visible tbody td[tabindex='0']").count() == 1
        cells.first.focus()
        for key in (
            "ArrowUp",
            "ArrowLeft",
            "ArrowRight",
            "ArrowRight",
            "ArrowDown",
            "ArrowDown",
            "ArrowDown",
        ):
            page.keyboard.press(key)
        assert cells.nth(3 * 12 + 2).evaluate("(cell) => cell === document.activeElement")
        said = page.locator(".readout").text_content() or ""
        assert said.startswith(f"Hjemmepleje nævner {documents.LONG}. ")
        style = cells.nth(3 * 12 + 2).evaluate("(cell) => getComputedStyle(cell).outline")
        assert "solid 3px" in style


SAMPLES = """(rows) => rows.map((row) => [row.textContent,
parseFloat(row.querySelector("line").getAttribute("stroke-width"))])"""


@pytest.mark.parametrize("view", ["0", "1", "change"])
def test_two_widths_are_told_and_the_lines_of_the_map_have_them(
    browser: Browser, pages: Pages, view: str
) -> None:
    unit = " procentpoint" if view == "change" else f"{HARD}% af de mulige forbindelser"
    with opened(browser, pages["da"]) as (page, _):
        page.locator(f"input[value='{view}']").check()
        samples = page.locator(".widths li").evaluate_all(SAMPLES)
        drawn = page.locator(".link:not(:has(.hidden-pair))").evaluate_all(
            """(links) => links.map((link) => [link.getAttribute("aria-label"),
            parseFloat(link.querySelector(".line").getAttribute("stroke-width"))])"""
        )
        kinds = page.locator(".widths .less, .widths .more").count()
    told = [(float(text.removesuffix(unit).replace(",", ".")), width) for text, width in samples[:2]]
    assert told[1][0] == 2 * told[0][0]
    assert f"{told[1][0]:.0e}"[0] in "125"
    assert [text for text, _ in samples[2:]] == (
        ["flere end før", "færre end før"] if view == "change" else []
    )
    assert kinds == (4 if view == "change" else 0)
    points = {label: abs(by) for label, by in of_links(view).items()}
    # The round number is as large as it can be: the next one, twice or two and a half times as much, is too large.
    assert told[1][0] <= max(of_scale(view)) < 2.5 * told[1][0]
    per_point = told[1][1] / told[1][0]
    assert told[0][1] == pytest.approx(per_point * told[0][0])
    assert len(drawn) > 15
    for label, width in drawn:
        assert width == pytest.approx(max(0.7, per_point * points[label]), rel=1e-6), label


def of_links(view: str) -> dict[str, float]:
    """What the line of each pair tells, in per cent or percentage points, counted by hand."""
    names, told = WIDGET["names"], {}
    for a in range(12):
        for b in range(a + 1, 12):
            found = [amounts(wave, a, b) for wave in (0, 1)]
            shares = [100 * amount[0] / amount[1] for amount in found if amount and amount[1]]
            if len(shares) == 2:
                by = shares[1] - shares[0] if view == "change" else shares[int(view)]
                told[f"{names[a]} og {names[b]}"] = by
    return told


def of_scale(view: str) -> list[float]:
    """What the widest line could be: both waves are on one scale."""
    views = ["change"] if view == "change" else ["0", "1"]
    return [abs(by) for one in views for by in of_links(one).values()]


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
@pytest.mark.parametrize("name", ["real", "many"])
def test_the_map_has_the_places_that_it_is_given_whatever_is_shown(
    browser: Browser, pages: Pages, name: str, width: int
) -> None:
    where = """(circles) => circles.map((one) => { const side = one.ownerSVGElement.viewBox.baseVal.width;
    return ["cx", "cy", "r"].map((key) => Number(one.getAttribute(key)) / side); })"""
    with opened(browser, pages[name], width) as (page, _):
        data = page.evaluate("JSON.parse(document.getElementById('page-data').textContent).maps.map")
        assert data["sized"] == (name == "real")
        for view in ("0", "1", "change"):
            page.locator(f"input[value='{view}']").check()
            found = page.locator(".circle circle").evaluate_all(where)
            assert len(found) == len(data["places"]) == len(data["names"])
            for spot, place in zip(found, data["places"], strict=True):
                assert spot == pytest.approx(place, abs=1e-6)
        assert texts(page.locator(".names li")) == [name.strip() for name in data["names"]]
        notes = page.locator(".key .small").inner_text()
        assert ("Cirkler: areal efter antal personer." in notes) == (name == "real")
        assert "Linjer: begge retninger samlet." in notes


def test_before_and_after_show_the_same_pairs(browser: Browser, pages: Pages) -> None:
    """A line that is only among the widest later would else look new."""
    with opened(browser, pages["da"]) as (page, _):
        shown = []
        for view in ("0", "1"):
            page.locator(f"input[value='{view}']").check()
            shown.append(drawn_links(page))
    assert len(shown[0] | shown[1]) == 24
    assert shown[0] & linked(1) <= shown[1]
    assert shown[1] & linked(0) <= shown[0]


# -- an outline and a choice


def outlined(folder: Path) -> Path:
    """A page whose figure of the change outlines what the first of three departments says of the second."""
    document = documents.document("da", 3, hidden=False)
    first, shown, *rest = document.sections
    names = ["a", "b", "c"]
    cells = pd.DataFrame([{"what": "cell", "text": "", "from": a, "to": b} for a in names for b in names])
    cells["changed"] = [at == 1 for at in range(9)]
    others = [("wave", "Før <b>"), ("wave", "Efter"), ("note", "Indrammet: 5 af de 9 viste par.")]
    more = pd.DataFrame([{"what": what, "text": text, "changed": False} for what, text in others])
    figure = Picture("change", "mixing", pd.concat([cells, more], ignore_index=True), {}, "Words")
    document = replace(document, sections=(first, replace(shown, pictures=(figure,)), *rest))
    path = folder / "outlined.html"
    path.write_text(render(document, documents.drawn(document)), encoding="utf-8")
    return path


LOOK = """(cell) => { const style = getComputedStyle(cell);
return [style.outlineStyle, style.backgroundColor, style.color, Number(style.fontWeight), style.boxShadow]; }"""


def test_only_what_is_beyond_chance_is_outlined_whatever_department_is_chosen(
    browser: Browser, tmp_path: Path
) -> None:
    with opened(browser, outlined(tmp_path)) as (page, noticed):
        assert page.locator(".heat td.beyond").count() == 1
        page.get_by_label("Ændring", exact=True).check()
        heat = page.locator(".heat:visible")
        assert heat.locator("p").inner_text() == "Indrammet: 5 af de 9 viste par."
        cells = heat.locator("tbody td")
        for chosen in ("", "0", "2"):
            page.locator("select").select_option(chosen)
            outlines = [cells.nth(at).evaluate(LOOK)[0] for at in range(9)]
            assert outlines == ["none", "solid", *["none"] * 7]
        cells.nth(1).hover()
        assert (page.locator(".readout").text_content() or "").endswith("se noten under tabellen.")
        cells.nth(2).hover()
        assert "indrammet" not in (page.locator(".readout").text_content() or "")
        assert noticed.faults == []


def test_the_department_chosen_is_bold_with_a_bar_and_the_rest_is_without_colour(
    browser: Browser, tmp_path: Path
) -> None:
    with opened(browser, outlined(tmp_path)) as (page, _):
        page.locator("select").select_option("2")
        heat = page.locator(".heat:visible")
        heads = [
            heat.locator(f"{part} th").nth(at).evaluate(LOOK)
            for part in ("thead", "tbody")
            for at in range(3)
        ]
        assert [head[3] >= 700 and head[4] != "none" for head in heads[3:]] == [False, False, True]
        assert [head[4] != "none" for head in heads] == [False, False, True] * 2
        for at in range(9):
            _, background, ink, *_ = heat.locator("tbody td").nth(at).evaluate(LOOK)
            mine = at // 3 == 2 or at % 3 == 2
            assert (background, ink) == ("rgb(255, 255, 255)", "rgb(85, 85, 85)") or mine
        shade = heat.locator("tbody td").nth(8).evaluate(LOOK)[1]
        assert shade != "rgb(255, 255, 255)"
        page.emulate_media(
            media="print"
        )  # on paper every colour is there, and the bar still tells what was chosen
        first = page.locator(".heat").first.locator("tbody td").first.evaluate(LOOK)[1]
        assert first != "rgb(255, 255, 255)"
        assert page.locator(".heat tbody .chosen").first.evaluate(LOOK)[4] != "none"
