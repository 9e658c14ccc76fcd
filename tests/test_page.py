"""The page as text: a user's template and its faults, what authors add, what the script is given, shaded tables."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path
from typing import Any

import documents
import numpy as np
import pandas as pd
import pytest
from test_figures import made_results
from test_figures_network import hiding
from test_report import Page

from netlearn.errors import StudyError
from netlearn.report.build import document
from netlearn.report.explore import laid_out, with_figures
from netlearn.report.heat import heat_tables
from netlearn.report.page import embedded, render
from netlearn.report.section import Picture
from netlearn.report.sorting import Sorting, sortings
from netlearn.wording import Language, page_words

DOCUMENT = documents.document("da", 6)
DRAWN = documents.drawn(DOCUMENT)
MINE = '{% extends "page.html" %}\n'
DOCS = Path(__file__).resolve().parents[1] / "docs"


def page(**extras: Any) -> str:
    return render(DOCUMENT, DRAWN, extras)


def data_of(raw: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="page-data">(.*?)</script>', raw, re.DOTALL)
    assert found
    told: dict[str, Any] = json.loads(found[1])
    return told


# -- what the authors add


def test_remarks_stand_in_their_section_and_are_text() -> None:
    raw = page(texts={"answer": ["<b>Vi</b> siger"], "limits": ["Ét.", "To."]})
    found = Page(raw)
    assert found.faults == []
    assert "<b>Vi</b> siger" in found.text
    assert "<b>Vi" not in raw
    assert raw.index('id="limits"') < raw.index("Ét.") < raw.index("To.") < raw.index('id="turnover"')
    assert found.text.count("Forfatternes bemærkninger") == 2
    assert "Forfatternes bemærkninger" not in Page(page()).text


def test_a_logo_stands_above_the_title() -> None:
    raw = page(logo="data:image/png;base64,AAAA")
    assert [img for img in Page(raw).all("img") if img["src"] == "data:image/png;base64,AAAA"]
    assert raw.index("data:image/png") < raw.index("<h1>")


# -- a template of the user's own


def test_a_template_of_ones_own_changes_what_it_names_and_keeps_the_rest() -> None:
    raw = page(
        template=MINE + "{% block header %}<header><h1>Kommunens {{ d.title }}</h1></header>{% endblock %}"
    )
    assert Page(raw).text.count("Kommunens Kurset på tværs <script>alert(1)</script> =cmd()") == 1
    assert raw.partition("<main>")[2] == page().partition("<main>")[2]


@pytest.mark.parametrize(
    ("template", "line"),
    [
        (MINE + "{% block header %}\n{{ d.titel }}\n{% endblock %}", 3),
        (MINE + "{% block header %}\n{% if %}\n{% endblock %}", 3),
        (MINE + "{% block header %}\n\n{{ d.title + 1 }}{% endblock %}", 4),
        (MINE + "{% block header %}{{ titel }}{% endblock %}", 2),
        ('{% include "other.html" %}', 1),
        ("{{ d.title.__class__.__mro__ }}", 1),
        ("\n{{ policy.__globals__ }}", 2),
        ("{% for i in range(1000000000) %}x{% endfor %}", 1),
        ("{{ 1 / 0 }}", 1),
    ],
)
@pytest.mark.parametrize("language", ["da", "en"])
def test_a_template_that_fails_is_one_fault_with_its_line(
    template: str, line: int, language: Language
) -> None:
    document = documents.document(language, 3)
    with pytest.raises(StudyError) as fault:
        render(document, documents.drawn(document), {"template": template})
    [found] = fault.value.findings.faults
    assert (found.code, found.file, found.row) == ("dress-template", "report/page.html", line)
    assert str(fault.value) == found.text(language)
    assert "docs/report-template.md" in str(fault.value)
    assert ("Gør: ret" if language == "da" else "Do: correct") in str(fault.value)


def test_a_template_can_change_nothing_that_it_is_given() -> None:
    for told in ("{{ d.update({'title': 1}) }}", "{{ d.sections.append(1) }}"):
        with pytest.raises(StudyError):
            page(template=told)


def test_a_fault_of_ours_is_not_laid_on_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(KeyError):
        render(DOCUMENT, {})


def test_the_variables_that_a_template_may_use_are_all_told() -> None:
    told = (DOCS / "report-template.md").read_text(encoding="utf-8")
    for name in ("d", "heading", "logo", "texts", "policy", "style", "script", "data"):
        assert f"`{name}" in told, name
    own = MINE + "{% block footer %}{{ d | tojson }}{% endblock %}"
    document = documents.document("en", 3)
    raw = render(document, documents.drawn(document), {"template": own})
    view = json.loads(raw.partition("</main>")[2].partition("<script")[0])
    for key in {*view, *view["summary"], *view["sections"][0], *view["sections"][0]["tables"][0]}:
        assert re.search(rf"`[^`]*\b{key}\b[^`]*`", told), key
    blocks = re.findall(r"{% block (\w+) %}", page_source("page.html"))
    assert blocks
    assert all(f"`{block}`" in told for block in blocks)
    macros = re.findall(r"{% from .* import ([\w, ]+) with context %}", page_source("page.html"))[0].split(
        ", "
    )
    assert all(f"`{macro}(" in told for macro in macros)


def page_source(name: str) -> str:
    return (DOCS.parent / "src" / "netlearn" / "report" / name).read_text(encoding="utf-8")


# -- what the script is given


def test_data_can_end_no_element_and_come_back_whole() -> None:
    nasty = {"a": "</script><!--<script>&\u2028", "b": [None, 1.5]}
    text = embedded(nasty)
    assert not set("<>&\u2028") & set(text)
    assert json.loads(text) == nasty


def test_the_script_is_given_what_the_tables_show_and_nothing_that_is_left_out() -> None:
    given = data_of(page())["maps"]["map"]
    widget = DOCUMENT.sections[1].widget
    assert widget is not None
    assert {key: given[key] for key in widget} == widget
    assert set(given) - set(widget) == {"places", "bends", "sized"}
    for a, b in [(0, 1), (2, 2), (1, 2)]:
        assert [given["possible"][a][b], *(table[a][b] for table in given["ties"])] == [None] * 3


def test_what_is_hidden_in_results_is_nothing_in_the_map_and_a_dash_in_its_tables(tmp_path: Path) -> None:
    results = hiding(made_results(tmp_path), 1, 3)
    [widget] = [section.widget for section in document(results, "en").sections if section.widget]
    cells = results.everybody.mixing_cells.to_numpy()
    for table, of in [(widget["possible"], cells), *zip(widget["ties"], [cells] * 2, strict=True)]:
        assert [(a, b) for a, row in enumerate(table) for b, one in enumerate(row) if one is None] == [(1, 3)]
        assert np.isnan(of[1, 3])
    # What is shown is the counts behind the tables of the results.
    for table, shares in zip(widget["ties"], results.everybody.mixing.values(), strict=True):
        counts = shares.to_numpy() * cells
        assert table[0][2] == pytest.approx(counts[0, 2]) != 0
    for table in heat_tables(widget, "en"):
        dashes = [
            (a, b) for a, row in enumerate(table["rows"]) for b, one in enumerate(row) if one["text"] == "–"
        ]
        assert dashes == [(1, 3)]
        assert table["rows"][1][3]["shade"] == "none"


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_word_that_the_script_asks_for_is_there_and_all_are_used(language: Language) -> None:
    asked = set(re.findall(r"\bW\.(\w+)", page_source("page.js")))
    asked |= {"original", "ascending", "descending"}  # chosen by the way of sorting
    assert asked == set(page_words.script_words(language))


# -- the shaded tables


def test_a_shaded_table_tells_shares_and_points_by_hand() -> None:
    widget = {
        "names": ["A", "B"],
        "waves": ["før", "efter"],
        "directed": True,
        "possible": [[20, 40], [None, 0]],
        "ties": [[[10, 0], [None, 0]], [[5, 4], [None, 0]]],
    }
    first, second, change = heat_tables(widget, "da")
    texts = [[[cell["text"] for cell in row] for row in table["rows"]] for table in (first, second, change)]
    assert texts == [
        [["50,0", "0,0"], ["–", "–"]],
        [["25,0", "10,0"], ["–", "–"]],
        [["−25,0", "+10,0"], ["–", "–"]],
    ]
    shades = [[cell["shade"] for row in table["rows"] for cell in row] for table in (first, second, change)]
    # One scale for both waves: 9 levels up to the largest, by the square root.
    assert shades[0] == ["s9", "s0", "none", "none"]
    assert shades[1] == [
        f"s{math.ceil(9 * math.sqrt(0.5))}",
        f"s{math.ceil(9 * math.sqrt(0.2))}",
        "none",
        "none",
    ]
    assert shades[2] == ["down5", f"up{math.ceil(5 * math.sqrt(0.4))}", "none", "none"]
    assert [table["view"] for table in (first, second, change)] == ["0", "1", "change"]


def test_the_scale_of_shades_ends_at_the_largest_share_of_either_wave() -> None:
    ties = [[[1, 0], [0, 0]], [[4, 0], [0, 0]]]
    widget = small_map() | {"ties": ties, "possible": [[20, 40], [40, 30]]}
    for given, shades in ((ties, ["s5", "s9"]), (ties[::-1], ["s9", "s5"])):  # 9 x sqrt(1 / 4) = 4.5
        tables = heat_tables(widget | {"ties": given}, "en")
        assert [table["rows"][0][0]["shade"] for table in tables[:2]] == shades


def test_nothing_known_gives_tables_of_dashes() -> None:
    empty = [[None, None], [None, None]]
    widget = {
        "names": ["A", "B"],
        "waves": ["1", "2"],
        "directed": False,
        "possible": empty,
        "ties": [empty] * 2,
    }
    cells = [cell for table in heat_tables(widget, "en") for row in table["rows"] for cell in row]
    assert {(cell["text"], cell["shade"]) for cell in cells} == {("–", "none")}


# -- what the figures beside a map tell


def mixing(waves: list[str], notes: list[str], changed: list[bool]) -> Picture:
    """A heat map of A and B, as `mixing_frame` gives its numbers."""
    ends = [("A", "A"), ("A", "B"), ("B", "A"), ("B", "B")]
    rows: list[dict[str, Any]] = [
        {"what": "cell", "text": "", "from": a, "to": b, "value": 1.0, "hidden": False, "changed": beyond}
        for (a, b), beyond in zip(ends, changed, strict=True)
    ]
    rows += [{"what": "wave", "text": wave, "changed": False} for wave in waves]
    rows += [{"what": "note", "text": note, "changed": False} for note in notes]
    return Picture("x", "mixing", pd.DataFrame(rows), {}, "")


def small_map() -> dict[str, Any]:
    ties = [[10, 2], [4, 3]]
    return {
        "names": ["A", "B"],
        "waves": ["før", "efter"],
        "directed": True,
        "possible": [[20, 40], [40, 30]],
        "ties": [ties, [[5, 4], [9, 3]]],
    }


def test_what_a_figure_outlines_and_notes_the_shaded_table_of_the_same_view_does_too() -> None:
    pictures = [
        mixing(["efter"], ["– er udeladt."], [False] * 4),
        mixing(["før", "efter"], ["– er udeladt.", "Indrammet: 3 af de 4."], [False, False, True, False]),
    ]
    first, second, change = heat_tables(with_figures(small_map(), pictures), "da")
    assert [t["notes"] for t in (first, second, change)] == [
        [],
        ["– er udeladt."],
        ["– er udeladt.", "Indrammet: 3 af de 4."],
    ]
    assert [[cell["beyond"] for cell in row] for row in change["rows"]] == [[False, False], [True, False]]
    assert not any(cell["beyond"] for table in (first, second) for row in table["rows"] for cell in row)


def test_a_map_without_figures_has_no_outline_and_no_note() -> None:
    tables = heat_tables(with_figures(small_map(), ()), "en")
    assert all(table["notes"] == [] for table in tables)
    assert not any(cell["beyond"] for table in tables for row in table["rows"] for cell in row)


# -- by what columns sort


def sorted_by(
    cells: list[str],
    language: Language = "da",
    *,
    numeric: bool = True,
    head: str = "Tal",
    first: str = "Navn",
) -> Sorting:
    """How a column beside the names of the rows sorts."""
    rows = tuple((f"række {at}", cell) for at, cell in enumerate(cells))
    table = {"caption": "x", "columns": (first, head), "rows": rows, "numeric": (False, numeric)}
    return sortings(table, language)[1]


@pytest.mark.parametrize(
    ("language", "cells"),
    [
        (
            "da",
            [
                "–",
                "vises ikke",
                "1.234",
                "12\N{NO-BREAK SPACE}%",
                "−0,031",
                "3 af 10",
                "",
                "< 0,001",
                "+2,5 til 3",
            ],
        ),
        (
            "en",
            [
                "–",
                "not shown",
                "1,234",
                "12\N{NO-BREAK SPACE}%",
                "−0.031",
                "3 of 10",
                "",
                "< 0.001",
                "+2.5 to 3",
            ],
        ),
    ],
)
def test_every_way_of_writing_a_number_has_its_size_as_key(language: Language, cells: list[str]) -> None:
    found = sorted_by(cells, language)
    assert found.kind == "number"
    assert found.keys == (None, None, 1234, 12, -0.031, 0.3, None, pytest.approx(0.001), 2.5)
    below = found.keys[7]
    assert below is not None
    assert below < 0.001


@pytest.mark.parametrize(
    "hidden", ["vises ikke (under 5)", "færre end 5", "–", "", "ikke 1", "1.1", "1.23.4", "0/0 (0 %)"]
)
def test_what_is_hidden_or_no_number_has_no_key(hidden: str) -> None:
    assert sorted_by([hidden, "2"]).keys == (None, 2)


def test_a_share_sorts_as_a_share_and_the_end_of_an_interval_not_at_all() -> None:
    assert sorted_by(["2/7 (29 %)", "1/2 (50 %)", "10/10 (100 %)"]).keys == (2 / 7, 0.5, 1)
    assert sorted_by(["−0,16 til 0,60", "1.000,5 til 2.000"]).keys == (-0.16, 1000.5)
    assert sorted_by(["3,8 (n = 53)", "5,0 (n = 9)"]).keys == (3.8, 5)


def test_rows_with_several_units_offer_no_order_but_people_and_p_do() -> None:
    rows = (
        (
            "a",
            "2,3 kolleger pr. person",
            "1,7 til 3,0",
            "83",
            "7.459",
            "0,001",
            "79\N{NO-BREAK SPACE}%",
            "ja",
        ),
        ("b", "0,13 point", "0 til 1", "–", "9", "< 0,001", "–", "nej"),
    )
    heads = ("Udfald", "Resultat", "Interval", "Personer", "Par", "p, Holm", "Svarede", "Vurdering")
    numeric = (False, False, True, True, True, True, True, False)
    table = {"caption": "x", "columns": heads, "rows": rows, "numeric": numeric}
    kinds = [one.kind for one in sortings(table, "da")]
    assert kinds == ["text", "", "", "number", "number", "number", "number", "text"]
    one_unit = tuple((row[0], "2 point", *row[2:]) for row in rows)
    assert [one.kind for one in sortings(table | {"rows": one_unit}, "da")][:3] == [
        "text",
        "number",
        "number",
    ]


@pytest.mark.parametrize(("language", "head"), [("da", "Mål"), ("en", "Measure")])
def test_where_each_row_is_a_measure_of_its_own_sizes_are_not_compared(language: Language, head: str) -> None:
    comma = "," if language == "da" else "."
    assert sorted_by([f"5{comma}64", f"0{comma}66"], language, first=head).kind == ""
    assert sorted_by(["22", "18"], language, first=head).kind == "number"
    assert (
        sorted_by([f"0{comma}76", f"0{comma}1"], language, first=head, head="dz (interval)").kind == "number"
    )


def test_an_empty_column_offers_no_order_and_takes_none_from_the_others() -> None:
    table = {
        "caption": "x",
        "columns": ("Skala", "Alfa", "Top"),
        "rows": (("a", "0,76", "–"), ("b", "0,7", "–")),
        "numeric": (False, True, True),
    }
    assert [one.kind for one in sortings(table, "da")] == ["text", "number", ""]


def test_names_of_rows_sort_by_number_only_if_they_are_numbers() -> None:
    def kind(names: list[str]) -> str:
        rows = tuple((name, "1") for name in names)
        table = {"caption": "x", "columns": ("Antal", "Tal"), "rows": rows, "numeric": (False, True)}
        return sortings(table, "da")[0].kind

    assert kind(["0", "1", "10", "3+"]) == "number"
    assert kind(["1.1 Data", "1.10 Etik"]) == "text"
    assert kind(["op til 4,7 km", "op til 11,3 km"]) == "text"
    assert kind(["– fælles niveau", "–"]) == "text"


# -- where departments stand on the map


def map_figure() -> Picture:
    """Three departments on a map of 39 mm, in an order that is not theirs; the second lies between the others."""
    places = [(3, 36.0, 19.5, 3.0), (1, 3.0, 19.5, 2.0), (2, 19.5, 19.5, 4.0)]
    rows = [{"what": "department", "number": n, "x": x, "y": y, "radius": r} for n, x, y, r in places]
    return Picture("departments", "departments", pd.DataFrame([*rows, {"what": "wave"}]), {}, "")


def test_departments_stand_and_lines_bend_as_on_the_figure_seen_from_above() -> None:
    widget = {"names": ["A", "B", "C"]}
    figure = map_figure()
    figure.frame.loc[0, "y"] = 29.25  # the third stands higher: three quarters up is one quarter down
    told = laid_out(widget, [mixing(["x"], [], [False] * 4), figure])
    assert told["names"] == ["A", "B", "C"]
    assert told["sized"]
    for found, (x, y, r) in zip(
        told["places"], [(1 / 13, 0.5, 2 / 39), (0.5, 0.5, 4 / 39), (12 / 13, 0.25, 1 / 13)], strict=True
    ):
        assert found[:2] == pytest.approx([x, y], abs=1e-4)
        assert found[2] == pytest.approx(r, abs=1e-4)


def test_a_line_bends_around_the_department_between() -> None:
    told = laid_out({"names": ["A", "B", "C"]}, [map_figure()])
    pairs = dict(zip([(0, 1), (0, 2), (1, 2)], told["bends"], strict=True))
    # A curve is half way to the point that it bends towards: more than the radius of the one between, 4 of 39 mm.
    assert abs(pairs[0, 2][1] - 0.5) / 2 > 4 / 39
    for pair in ((0, 1), (1, 2)):
        assert abs(pairs[pair][1] - 0.5) < 0.05


@pytest.mark.parametrize("k", [1, 2, 3, 12, 30])
def test_without_a_figure_departments_stand_on_a_ring_apart_and_inside(k: int) -> None:
    told = laid_out({"names": ["x"] * k}, ())
    assert not told["sized"]
    places = told["places"]
    assert len(places) == k
    assert len(told["bends"]) == k * (k - 1) // 2
    for at, (x, y, r) in enumerate(places):
        assert min(x, y, 1 - x, 1 - y) >= r > 0
        assert all(math.dist((x, y), other[:2]) > 2 * r for other in places[:at])
