"""In a notebook: every public type shows itself, escaped, in words, and lists nobody."""

from __future__ import annotations

import dataclasses
import inspect
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Protocol, get_args, get_type_hints

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from panels import random_panel
from test_figures import made_results

import netlearn
from netlearn import Panel
from netlearn.analysis import parts
from netlearn.analysis.results import Results
from netlearn.study.findings import Findings
from netlearn.wording.cells import frame_html, is_p
from netlearn.wording.shown import LONGEST, Shown, facts_of

SCRIPT = "<script>alert(1)</script>"
DATA = Path(__file__).resolve().parents[1] / "data"


# -- which types there are


def classes_in(hint: Any) -> Iterator[type]:
    if inspect.isclass(hint) and not get_args(hint):
        yield hint
    for part in get_args(hint):
        yield from classes_in(part)


def told_by(thing: Any) -> Iterator[type]:
    """The classes that a function returns, or that the fields, properties and methods of a class hold."""
    names = {"nx": nx}
    if inspect.isclass(thing):
        hints = list(get_type_hints(thing).values())
        for name, member in inspect.getmembers(thing):
            call = member.fget if isinstance(member, property) else member
            if not name.startswith("_") and inspect.isfunction(call):
                hints.append(get_type_hints(call, {**vars(inspect.getmodule(call)), **names}).get("return"))
    else:
        hints = [get_type_hints(thing).get("return")]
    for hint in hints:
        yield from classes_in(hint)


def counts(found: type) -> bool:
    """Whether a class is a public type of the package: no error, no Protocol, not private, no tuple with names."""
    ours = found.__module__.startswith("netlearn") and not found.__name__.startswith("_")
    return ours and not issubclass(found, BaseException | tuple) and Protocol not in found.__mro__


def public_types() -> dict[str, type]:
    """Every type that somebody who calls the public functions can come to hold."""
    named = [getattr(netlearn, name) for name in netlearn.__all__]
    todo = [thing for thing in named if not inspect.ismodule(thing)]
    todo += [
        getattr(netlearn.terms, name) for name in vars(netlearn.terms) if name.islower() and name[0] != "_"
    ]
    todo += [value for name, value in vars(parts).items() if name.startswith("part_")]
    seen: dict[str, type] = {}
    while todo:
        thing = todo.pop()
        if inspect.isclass(thing) and (not counts(thing) or thing.__qualname__ + thing.__module__ in seen):
            continue
        if inspect.isclass(thing):
            seen[thing.__qualname__ + thing.__module__] = thing
        if inspect.isclass(thing) or inspect.isfunction(thing):
            todo += list(told_by(thing))
    return {f"{found.__module__}.{found.__qualname__}": found for found in seen.values()}


TYPES = public_types()


def test_the_walk_finds_results_plans_panels_and_what_is_in_them() -> None:
    found = {name.rsplit(".", 1)[1] for name in TYPES}
    assert {
        "Results",
        "Change",
        "Study",
        "WavePlan",
        "Panel",
        "Provenance",
        "TrainingPart",
        "Intraclass",
    } <= found
    assert not {"StudyError", "NetlearnError"} & found
    assert {name for name in netlearn.__all__ if inspect.isclass(getattr(netlearn, name))} - found == {
        "NetlearnError", "StudyError", "UndefinedError",
    }  # fmt: skip


@pytest.mark.parametrize("name", sorted(TYPES))
def test_every_public_type_shows_itself(name: str) -> None:
    found = TYPES[name]
    assert callable(getattr(found, "_repr_html_", None)), "make it a subclass of netlearn.wording.shown.Shown"
    assert issubclass(found, Shown)
    assert not lists_everything(found)


def lists_everything(found: type) -> bool:
    """Whether the decorator of dataclasses wrote the line: it shows every field, ids too."""
    return "__create_fn__" in inspect.unwrap(found.__repr__).__qualname__


def test_the_check_sees_a_line_that_lists_everything() -> None:
    class Kept(Shown):
        pass

    fields = [("ids", tuple[str, ...])]
    assert lists_everything(dataclasses.make_dataclass("Forgotten", fields))
    assert not lists_everything(dataclasses.make_dataclass("Remembered", fields, bases=(Kept,), repr=False))
    assert not lists_everything(dataclass(frozen=True)(Kept))


# -- what is shown


class Cells(HTMLParser):
    """The elements of a piece of HTML, its cells, and what is not closed."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.rows: list[list[str]] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in ("td", "th"):
            self.rows[-1][-1] += data


def named_panel(seed: int = 3) -> Panel:
    """A panel whose people and departments would be found anywhere."""
    panel = random_panel(seed, movers=False)
    ids = tuple(f"secretperson{at}" for at in range(panel.n))
    return dataclasses.replace(panel, ids=ids, group_names=(SCRIPT, "d1", "d2", "d3"))


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    return made_results(tmp_path_factory.mktemp("study"))


def made_alone() -> list[Any]:
    """Values of many types that need no study."""
    panel, rng = named_panel(), np.random.default_rng(1)
    wide = random_panel(5, n=24, movers=False)
    lots = netlearn.Allocation.from_arrays(rng.permutation([True] * 12 + [False] * 12))
    before, after = rng.normal(size=(2, 20))
    answers = rng.integers(1, 6, size=(30, 4)).astype(float)
    y, x = (rng.random((2, 12, 12)) < 0.3).astype(float)
    person, room = [f"secretperson{at}" for at in range(12)], [SCRIPT, "b", "c"] * 4
    rooms = netlearn.attendance(pd.DataFrame({"person": person, "room": room}))
    together = np.arange(24)[:, None] % 5 == np.arange(24) % 5
    egos = netlearn.simulate_egos(seed=1)
    told = netlearn.ego_networks(egos.egos, egos.alters, egos.ties)
    simulated = netlearn.simulate_panel(30, 3, seed=1)
    findings = Findings()
    findings.fault("empty-file", SCRIPT)
    return [
        panel, panel.wave("before"), panel.wave("before").cells, lots, findings, *findings, rooms, rooms.data, told,
        told.nets[0], egos, egos.world, simulated, simulated.world,
        netlearn.compare(panel, "cross_density"),
        netlearn.compare_department_pairs(wide, draws=19, seed=1),
        netlearn.compare_egos(told, "size", draws=19, seed=1),
        netlearn.compare_exposure(wide, together, draws=19, seed=1),
        netlearn.against_null(wide, "density", "before", draws=19, seed=1),
        netlearn.randomization_test(wide, "cross_out_degree", lots, draws=19, seed=1),
        netlearn.spillover(wide, lots, draws=19, seed=1),
        netlearn.design_limit(wide, lots),
        netlearn.qap_correlation(y, x, draws=19, seed=1, keep=True),
        netlearn.mrqap(y, {SCRIPT: x}, draws=19, seed=1),
        netlearn.dyadic_regression(y, {SCRIPT: x}),
        netlearn.distance_decay(wide, rng.random((24, 2)), "before"),
        netlearn.paired_change(before, after),
        netlearn.gap_closure((before, before), (after, before)),
        netlearn.partial_association(before, after, draws=19),
        netlearn.reliability(answers, draws=19), netlearn.item_analysis(answers),
        netlearn.intraclass(before, np.arange(20) % 4),
    ]  # fmt: skip


def made_with(results: Results) -> list[Any]:
    """Everything that hangs on results."""
    report, study = netlearn.report_of(results), results.study
    danish = report.documents["da"]
    return [
        results, *results.outcomes, *(one.result for one in results.outcomes), results.everybody, results.data,
        *results.panels.values(), results.pooling, results.provenance, study, study.primary, study.roster, study.files,
        *study.waves, *study.relations, *study.scales, *study.gaps, *study.attendance, *results.parts, *results.notes,
        *([results.evidence, *results.evidence.judged] if results.evidence else []),
        report, danish, danish.summary, *danish.sections, *danish.pictures,
    ]  # fmt: skip


@pytest.fixture(scope="module")
def made(results: Results) -> list[Any]:
    cases = [
        netlearn.analyse(netlearn.read_study(DATA / name), draws=19)
        for name in ("naestved-cam", "kambu-aarhus")
    ]
    return [*made_alone(), *(one for held in (results, *cases) for one in made_with(held))]


def test_many_types_are_looked_at(made: list[Any]) -> None:
    assert len({type(one) for one in made} & set(TYPES.values())) >= 60


def test_every_value_shows_itself_safely(made: list[Any]) -> None:
    for one in made:
        shown = one._repr_html_()
        found = Cells(shown)
        assert found.open == [], type(one)
        assert found.tags <= {
            "p",
            "br",
            "h3",
            "ul",
            "li",
            "table",
            "caption",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
            "small",
        }
        assert SCRIPT not in shown
        assert not {"NaN", "nan", "None", "<NA>", "NaT"} & {cell for row in found.rows for cell in row}, type(
            one
        )


def test_the_name_of_a_department_is_text(made: list[Any]) -> None:
    showing = {type(one).__name__ for one in made if "&lt;script&gt;" in one._repr_html_()}
    assert {"Mrqap", "DyadicRegression", "Findings"} <= showing
    assert "&lt;script&gt;" in frame_html("", pd.DataFrame({SCRIPT: [SCRIPT]}))


def test_no_person_is_listed(made: list[Any]) -> None:
    people = {str(code) for one in made if isinstance(one, Panel) for code in one.ids}
    assert len(people) > 200
    for one in made:
        words = set(re.findall(r"\w+", one._repr_html_() + repr(one)))
        assert not {code for code in people & words if not code.isdigit()}, type(one)


def test_a_line_is_short_and_its_facts_are_whole(made: list[Any]) -> None:
    for one in made:
        if type(one).__repr__ is Shown.__repr__:
            assert len(repr(one)) <= 2 * LONGEST + 2
            assert "\n" not in repr(one)
            assert "0x" not in repr(one)
            assert "array(" not in repr(one)


def test_no_p_stands_alone(made: list[Any]) -> None:
    """Wherever facts or a table give a p, they give what it is the p of."""
    for one in made:
        names = [name for name, _ in facts_of(one)] if type(one).__repr__ is Shown.__repr__ else []
        if any(is_p(name.replace(" ", "_")) for name in names):
            assert {"estimate", "icc", "margin"} & set(names), type(one)
    for one in made:
        for shown in one._shows("en"):
            if isinstance(shown, tuple) and any(is_p(str(name)) for name in shown[1].columns):
                told = {"estimate", "change", "difference", "statistic", "closure", "observed"}
                assert told & {str(name) for name in shown[1].columns}, (type(one), list(shown[1].columns))


# -- in words


def test_what_is_missing_is_a_dash_and_numbers_are_those_of_the_language() -> None:
    frame = pd.DataFrame({
        "estimate": [0.25, math.nan], "n_people": [1200, math.nan], "p_value": [0.0, math.nan],
        "measure": ["x", None], "changed": [True, False],
    })  # fmt: skip
    assert Cells(frame_html("", frame, "da")).rows == [
        ["Resultat", "Personer bag", "p-værdi", "Mål", "Ændret"],
        ["0,25", "1.200", "< 0,001", "x", "ja"],
        ["–", "–", "–", "–", "nej"],
    ]
    assert Cells(frame_html("", frame)).rows[:2] == [
        ["estimate", "n_people", "p_value", "measure", "changed"],
        ["0.25", "1,200", "< 0.001", "x", "yes"],
    ]


def test_a_long_table_says_how_much_more_there_is() -> None:
    shown = frame_html("", pd.DataFrame({"n": range(1, 101)}))
    assert len(Cells(shown).rows) == 31
    assert "… 70\N{NO-BREAK SPACE}more rows" in shown


def test_an_interval_stands_beside_its_estimate() -> None:
    @dataclass(frozen=True)
    class Told(Shown):
        estimate: float = 0.5
        low: float = -0.25
        high: float = 1.25
        dz: float = math.nan
        dz_low: float = 0.1
        dz_high: float = 0.2
        p_value: float = 0.0
        p_low: float = 0.0
        p_high: float = 0.5
        ids: tuple[str, ...] = ("Anna", "Bo")
        waves: tuple[str, str] = ("before", "after")
        values: Any = dataclasses.field(default_factory=lambda: np.zeros((3, 4)))

    assert facts_of(Told()) == [
        ("estimate", "0.50 (−0.2 to 1.2)"),
        ("dz", "– (0.10 to 0.20)"),
        ("p value", "< 0.001"),
        ("p interval", "< 0.001 – 0.500"),
        ("ids", "2\N{NO-BREAK SPACE}entries"),
        ("waves", "before, after"),
        ("values", "3 × 4\N{NO-BREAK SPACE}numbers"),
    ]
    assert repr(Told()).startswith("Told: estimate 0.50 (−0.2 to 1.2); dz –")


def test_results_are_told_in_the_language_of_the_study(results: Results) -> None:
    shown = results._repr_html_()
    assert results.study.language == "da"
    assert {"Udfald", "Personer", "Vurdering"} <= set(Cells(shown).rows[0])
    assert "kolleger pr. person" in shown
    assert "Resultat" in Cells(results.evidence._repr_html_() if results.evidence else shown).rows[0][2]
    english = dataclasses.replace(results.data, study=dataclasses.replace(results.study, language="en"))
    assert "colleagues per person" in dataclasses.replace(results, data=english)._repr_html_()


def test_a_change_is_told_in_natural_units() -> None:
    found = netlearn.compare(named_panel(), "cross_density")
    head, *rows = Cells(found._repr_html_()).rows
    person = next(row for row in rows if row[0] == "person")
    ends = [float(person[head.index(end)].replace("−", "-")) for end in ("low", "high")]
    assert ends == pytest.approx(list(found.natural[1:]), abs=0.06)
    assert ends[1] > 2 * found.high
    assert rows[0][head.index("unit")] == "colleagues per person"


def test_an_outcome_of_few_people_keeps_its_numbers(results: Results) -> None:
    hidden = dataclasses.replace(results.primary, shown=False)
    head, row = Cells(hidden._repr_html_()).rows[-2:]
    assert head[:3] == ["estimate", "low", "high"]
    assert {told for name, told in zip(head, row, strict=True) if name != "unit"} == {"–"}
    assert hidden.result.sentence("en")[:40] not in hidden._repr_html_()


def test_the_na_of_pandas_is_a_dash() -> None:
    frame = pd.DataFrame(
        {"changed": pd.array([True, None], dtype="boolean"), "n": pd.array([None, 7], dtype="Int64")}
    )
    told = frame_html("pairs", frame, "da")
    assert told.count(">–<") == 2
    assert ">ja<" in told
