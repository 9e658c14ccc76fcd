"""claims.toml becomes Claims, and every fault of it is found at once, on its line."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import studies
from studies import grid

from netlearn.errors import NetlearnError
from netlearn.study.claims import FILE, KEYS, Claim, read_claims
from netlearn.study.findings import Findings
from netlearn.study.outcome_names import check_outcome_names, outcome_names
from netlearn.study.plan import Study, read_study
from netlearn.study.planned import Outcome
from netlearn.study.tomllines import Lines

WAVES = ("before", "after")
MORE = """
[[secondary]]
relation = "contact"
measure = "ei_index"
waves = ["before", "after"]
alternative = "greater"

[[secondary]]
name = "all_ties"
relation = "contact"
measure = "density"
waves = ["before", "after"]
margin = 0.5
"""
RIGHT = """\
[source]
title = "An article"
note = "Read in May."

[[claims]]
name = "contact"
text = "Colleagues contact each other more."
outcome = "primary"
expects = "more"

[[claims]]
text = "Nothing else moved."
outcome = "all_ties"
expects = "none"
because = "Only contact was asked about."

[[claims]]
text = "Citizens are happier."
because = "No citizen was asked."
"""


@pytest.fixture
def study(tmp_path: Path) -> Study:
    files = grid()
    return read_study(studies.write(tmp_path / "s", files | {"study.toml": files["study.toml"] + MORE}))


def read(study: Study, text: str | bytes) -> tuple[Any, Findings]:
    studies.write(study.folder, {FILE: text})
    findings = Findings()
    return read_claims(study, findings), findings


def found(findings: Findings) -> list[tuple[str, int, str]]:
    return [(f.code, f.row, f.column) for f in findings]


def test_without_the_file_there_are_no_claims_and_no_fault(study: Study) -> None:
    findings = Findings()
    assert read_claims(study, findings) is None
    assert len(findings) == 0


def test_every_key_is_read(study: Study) -> None:
    claims, findings = read(study, RIGHT)
    assert len(findings) == 0
    assert (claims.title, claims.note) == ("An article", "Read in May.")
    assert claims.claims == (
        Claim("Colleagues contact each other more.", "primary", "more", name="contact"),
        Claim("Nothing else moved.", "all_ties", "none", "Only contact was asked about."),
        Claim("Citizens are happier.", because="No citizen was asked."),
    )
    assert list(claims.table["outcome"]) == ["primary", "all_ties", ""]
    assert repr(claims) == "Claims: 3 from 'An article'"
    assert "happier" in claims._repr_html_()


def test_a_file_of_a_danish_editor_is_read(study: Study) -> None:
    text = '[source]\ntitle = "Ærø"\n\n[[claims]]\ntext = """Flere\n  kontakter"""\nbecause = "Å"\n'
    claims, findings = read(study, text.replace("\n", "\r\n").encode("utf-8-sig"))
    assert len(findings) == 0
    assert claims.claims[0].text == "Flere kontakter"


def test_all_faults_are_told_at_once_with_their_rows(study: Study) -> None:
    text = """\
[source]
titel = "An article"
note = 4

[[claims]]
name = "one"
outcome = "primry"
expects = "up"

[[claims]]
name = "one"
text = "x"
outcome = "primary"

[[claims]]
text = "y"

[[claims]]
text = 3
outcome = "secondary-1"
expects = "less"
comment = "?"

[claim]
"""
    claims, findings = read(study, text)
    assert claims is None
    assert sorted(found(findings)) == sorted(
        [
            ("unknown-key", 2, "titel"),
            ("wrong-type", 3, "note"),
            ("missing-key", 1, "title"),
            ("missing-key", 5, "text"),
            ("bad-choice", 7, "outcome"),
            ("bad-choice", 8, "expects"),
            ("duplicate-name", 11, "name"),
            ("claim-without-expects", 10, "expects"),
            ("claim-without-because", 15, "because"),
            ("wrong-type", 19, "text"),
            ("claim-asked-otherwise", 21, "expects"),
            ("unknown-key", 22, "comment"),
            ("unknown-key", 24, "claim"),
        ]
    )
    lines = findings.lines()
    assert len(lines) == 13
    assert all(
        line.startswith("claims.toml, row ") and "Expected" in line and "Do:" in line for line in lines
    )
    assert all("Forventede" in line and "Gør:" in line for line in findings.lines("da"))
    (outcome,) = [line for line in lines if "'primry'" in line]
    assert "The nearest right name is 'primary'." in outcome
    assert "primary, secondary-1, all_ties" in outcome


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [("missing-table", 0, "claims"), ("missing-table", 0, "source")]),
        ('claims = 3\nsource = "x"\n', [("wrong-type", 1, "claims"), ("wrong-type", 2, "source")]),
        ('claims = [3]\n[source]\ntitle = "x"\n', [("wrong-type", 1, "claims")]),
        ('[source]\ntitle = "x"\n[claims]\ntext = "x"\n', [("wrong-type", 3, "claims")]),
        ('[source]\ntitle = "x\n', [("toml-broken", 2, "")]),
        (b'[source]\ntitle = "\xe6"\n', [("claims-not-utf8", 2, "")]),
        ('[source]\ntitle = " "\n[[claims]]\ntext = "x"\nbecause = "y"\n', [("missing-key", 2, "title")]),
    ],
)  # fmt: skip
def test_a_file_of_another_shape(study: Study, text: str | bytes, expected: list[Any]) -> None:
    claims, findings = read(study, text)
    assert claims is None
    assert sorted(found(findings)) == expected
    for language in ("en", "da"):
        assert not any(re.search(r"\{\w+\}", line) for line in findings.lines(language))


@pytest.mark.parametrize(
    ("outcome", "expects", "codes"),
    [
        ("secondary-1", "more", []),
        ("secondary-1", "less", ["claim-asked-otherwise"]),
        ("primary", "less", []),
        ("primary", "none", ["claim-without-margin"]),
        ("all_ties", "none", []),
    ],
)
def test_what_the_data_could_never_support_is_said(
    study: Study, outcome: str, expects: str, codes: list[str]
) -> None:
    start = '[source]\ntitle = "x"\n[[claims]]\ntext = "y"\n'
    claims, findings = read(study, f'{start}outcome = "{outcome}"\nexpects = "{expects}"\n')
    assert [f.code for f in findings] == codes
    assert (claims is None) == bool(findings.faults)


def test_the_page_lists_the_keys() -> None:
    page = (Path(__file__).resolve().parents[1] / "docs" / "claims.md").read_text(encoding="utf-8")
    table = "\n".join(line for line in page.splitlines() if line.startswith("|"))
    for table_name, keys in KEYS.items():
        for key in keys:
            assert re.search(rf"\| `\[+{table_name}\]+` \| `{key}` \|", table), key


# -- names of outcomes


def made(primary: str, *secondary: str) -> Any:
    outcomes = [Outcome("contact", "density", WAVES, name=name) for name in (primary, *secondary)]
    return SimpleNamespace(primary=outcomes[0], secondary=tuple(outcomes[1:]))


def test_unnamed_outcomes_are_numbered_by_their_place() -> None:
    plan = made("", "", "ease", "")
    names = outcome_names(plan)
    assert list(names) == ["primary", "secondary-1", "ease", "secondary-3"]
    assert names["ease"] is plan.secondary[1]


def test_a_named_primary_outcome_keeps_its_other_name() -> None:
    plan = made("contact")
    assert outcome_names(plan) == {"primary": plan.primary, "contact": plan.primary}
    assert list(outcome_names(made("primary"))) == ["primary"]


@pytest.mark.parametrize(
    "names",
    [("a", "a"), ("", "b", "b"), ("", "primary"), ("", "secondary-2", "")],
)
def test_two_outcomes_of_one_name_are_refused(names: tuple[str, ...]) -> None:
    with pytest.raises(NetlearnError, match="expected a name of its own"):
        outcome_names(made(*names))


def test_the_study_file_tells_where_a_name_is_used_twice() -> None:
    text = '[primary]\nname = "a"\n[[secondary]]\nname = "b"\n[[secondary]]\nname = "a"\n[[secondary]]\nname = "b"\n'
    faults: list[Any] = []

    def fault(code: str, table: str, key: str, index: int = 0, **values: Any) -> None:
        faults.append((code, table, key, index, values))

    check_outcome_names("a", ["b", "a", "b"], fault, Lines(text))
    assert faults == [
        ("duplicate-name", "secondary", "name", 1, {"value": "a", "first": 2}),
        ("duplicate-name", "secondary", "name", 2, {"value": "b", "first": 4}),
    ]
