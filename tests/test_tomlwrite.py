"""The text of a plan is read back as the same plan, whatever stands in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from named import named_study
from studies import grid, limesurvey, nominations, write

from netlearn import read_study
from netlearn.study.beyond import AttendancePlan, GapPlan, PlacesPlan
from netlearn.study.findings import Findings
from netlearn.study.plan import Assignment, Information, RelationPlan, ScalePlan, Study, WavePlan
from netlearn.study.planned import Outcome
from netlearn.study.toml import parse_study
from netlearn.study.tomlwrite import study_text

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)


def again(study: Study, folder: Path) -> Study | None:
    """Write the plan beside empty files of the names in it, and read it."""
    folder.mkdir(exist_ok=True)
    files = [
        study.roster.file,
        *(w.file for w in study.waves),
        *(f for r in study.relations for f in r.files.values()),
    ]
    for file in files:
        if file:
            (folder / file).write_bytes(b"")
    (folder / "study.toml").write_bytes(study_text(study).encode("utf-8"))
    findings = Findings()
    found = parse_study(folder, findings)
    assert [fault.code for fault in findings.faults] == []
    return found


@pytest.mark.parametrize("files", [grid, nominations, limesurvey])
def test_small_studies(tmp_path: Path, files: object) -> None:
    study = read_study(write(tmp_path / "s", files()))  # type: ignore[operator]
    assert again(study, tmp_path / "t") == replace(study, folder=tmp_path / "t")


def test_a_study_with_most_of_what_there_is(tmp_path: Path) -> None:
    study = read_study(named_study(tmp_path / "s"))
    first, second = study.waves
    full = replace(
        study,
        language="da",
        design="comparison",
        grouping="current",
        min_cell_size=7,
        waves=(replace(first, where={"bølge": "1"}, title='Før "alt"\n\\n', duplicates="last"), second),
        relations=(
            *study.relations,
            RelationPlan(
                "named",
                kind="name-generator",
                slots=({"to": "A-1", "sex": 'it"s'}, {"to": "2-1"}),
                alter_tie_levels={"1,5": 1.5},
                symmetrize="both",
                directed=False,
                files={"before": ""},
                threshold=1e-7,
                dont_know=("\x7f", "\x00"),
            ),
        ),
        primary=replace(study.primary, measure="cross_out_degree", name="main", title='Det "vigtige"'),
        secondary=(
            Outcome("advice", "density", ("before", "after"), "greater", 0.01, 0.25, group="role"),
            Outcome("", "gap", ("before", "after"), gap="gap", subscale="a b"),
        ),
        scales=(
            ScalePlan(
                "need", items={"n1": "", "n2": ""}, subscales={"a b": ("n1",)}, range=(1, 7), reversed=("n2",)
            ),
            ScalePlan(
                "have", items={"h1": "", "h2": ""}, subscales={"a b": ("h1",)}, score="sum", minimum_items=2
            ),
        ),
        gaps=(GapPlan("gap", "need", "have", "Gabet"),),
        attendance=(
            AttendancePlan("rooms", "before.csv", where={"kind": "x"}, assigned=True, strata="role"),
        ),
        places=PlacesPlan("after.csv", x="east"),
        simulated=True,
        notebook="mine",
        assignment=Assignment("role", trained=("clerk", "x,y"), randomized=True),
        information=Information(purpose='To "learn"', contact="a\tb"),
    )
    assert again(full, tmp_path / "t") == replace(full, folder=tmp_path / "t")


@given(
    title=TEXTS,
    question=TEXTS,
    levels=st.dictionaries(TEXTS, st.floats(0, 1e9), max_size=4),
    items=st.dictionaries(TEXTS, TEXTS, min_size=1, max_size=3),
    seed=st.integers(0, 2**63 - 1),
    days=st.lists(st.dates(date(1900, 1, 1)), min_size=2, max_size=2, unique=True).map(sorted),
)
def test_any_text_any_number(
    tmp_path_factory: pytest.TempPathFactory,
    title: str,
    question: str,
    levels: dict[str, float],
    items: dict[str, str],
    seed: int,
    days: list[date],
) -> None:
    folder = tmp_path_factory.mktemp("s")
    study = read_study(write(folder / "s", grid()))
    waves = tuple(WavePlan(w.label, day, file=w.file) for w, day in zip(study.waves, days, strict=True))
    relation = replace(study.relations[0], question=question, levels=levels, answers=items)
    scale = ScalePlan("s", items=items, levels=levels, dont_know=(title,))
    full = replace(study, title=title, seed=seed, waves=waves, relations=(relation,), scales=(scale,))
    assert again(full, folder / "t") == replace(full, folder=folder / "t")
