"""Traps that real exports hold: codes worded twice, pairs told in part, numbers that begin anew, nobody who says no."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from test_questions import GENERATOR, NO, ROSTER, YES, codes_of, fault_codes, states, study_of

from netlearn.analysis.ego import ego_networks
from netlearn.errors import StudyError
from netlearn.study.plan import read_study
from netlearn.survey.alters import read_egos
from netlearn.survey.check import check_study
from netlearn.survey.export import Column, Export
from netlearn.survey.source import Source

LEVELS = 'kind = "roster"\ncode = "c"\nlevels = { never = 0, often = 1 }'


def worded(monkeypatch: pytest.MonkeyPatch, second: dict[str, str]) -> None:
    """Let plain tables be read as if their codes had wordings: those of the last column differ."""
    from netlearn.survey.dialects import plain

    read = plain.read

    def with_words(source: Source) -> Export | None:
        export = read(source)
        if export is None or source.file == "roster.csv":
            return export
        first = {"1": "never", "2": "often"}
        columns = [Column(c.at, answers=first) for c in export.columns]
        columns[-1] = Column(columns[-1].at, answers=second)
        return Export("plain", export.table, tuple(columns))

    monkeypatch.setattr(plain, "read", with_words)


def test_a_code_that_two_columns_word_differently_is_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = "id,c_a1,c_a2,c_a3,c_a4,c_a5\na1,,2,1,1,1\na2,1,,1,1,2\n"
    study_of(tmp_path, before, LEVELS)
    worded(monkeypatch, {"1": "often", "2": "never"})
    assert set(fault_codes(tmp_path)) == {"wordings-differ"}
    # With levels for the codes themselves there is nothing to misread.
    study_of(tmp_path, before, 'kind = "roster"\ncode = "c"\nlevels = { "1" = 0, "2" = 1 }')
    np.testing.assert_array_equal(states(tmp_path)[0], ["", YES, NO, NO, NO])


def test_one_list_of_answers_is_read_by_its_wording(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = "id,c_a1,c_a2,c_a3,c_a4,c_a5\na1,,2,1,1,1\na2,1,,1,1,2\n"
    study_of(tmp_path, before, LEVELS)
    worded(monkeypatch, {"1": "never", "2": "often"})
    np.testing.assert_array_equal(states(tmp_path)[1], [NO, "", NO, NO, YES])


PAIRS = GENERATOR.replace('alter_ties = "tie{a}{b}"', 'alter_ties = "{pattern}"')
HEAD = "id,any,name1,name2,name3,freq1,freq2,freq3,dept1,dept2,dept3"


def test_pairs_that_were_not_told_are_no_missing_ties(tmp_path: Path) -> None:
    first = "a1,yes,Bo Holm,Mette Skov,Søren Åkjær,2,1,1,,,,1,,"
    before = f"{HEAD},t1,t2,t3\n{first}\na2,yes,Anne Dam,Mette Skov,,1,1,,,,,0,,\n"
    study_of(tmp_path, before, PAIRS.replace("{pattern}", "t{n}"))
    tables = read_egos(read_study(tmp_path), "contact")
    a1, a2, *_ = codes_of(tmp_path)
    egos = tables.egos[tables.egos["wave"] == "before"].set_index("ego")
    # a1 told of one pair of three, a2 of the only pair.
    assert egos["ties_answered"].to_dict() == {a1: False, a2: True}
    data = ego_networks(tables.egos, tables.alters, tables.ties)
    density = dict(zip(data.egos, data.values("alter_density", "before"), strict=True))
    assert np.isnan(density[a1])
    assert density[a2] == 0


def test_a_pattern_of_ties_that_is_not_that_of_the_file_is_a_fault(tmp_path: Path) -> None:
    before = f"{HEAD},t1,t2,t3\na1,yes,Bo Holm,Mette Skov,,2,1,,,,,1,,\n"
    study_of(tmp_path, before, PAIRS.replace("{pattern}", "t{a}{b}"))
    study = read_study(tmp_path)
    with pytest.raises(StudyError, match="alter_ties"):
        read_egos(study, "contact")


def test_somebody_named_twice_is_one_person_and_a_slot_can_be_left_out(tmp_path: Path) -> None:
    first = "a1,yes,Kurt Ude,Kurt Ude,Bo Holm,1,1,1,,,,1,1,1"
    before = f"{HEAD},k1,k2,k3\n{first}\na2,yes,Anne Dam,Lis Ude,,1,1,,,,,1,0,\n"
    relation = GENERATOR.replace('alter_ties = "tie{a}{b}"\n', "").replace(
        "dept{slot}", 'dept{slot}", keep = "k{slot}'
    )
    study_of(tmp_path, before, relation)
    alters = read_egos(read_study(tmp_path), "contact").alters
    a1, a2, *_ = codes_of(tmp_path)
    named = alters[alters["wave"] == "before"].groupby("ego")["alter"].apply(sorted).to_dict()
    assert named == {a1: [a2, "s1"], a2: [a1]}


def test_a_level_left_blank_gives_way_to_one_that_was_given(tmp_path: Path) -> None:
    before = "id,any,name1,name2,name3,freq1,freq2,freq3,dept1,dept2,dept3\na1,yes,Bo Holm,Bo Holm,Mette Skov,,2,1,,,\n"
    relation = GENERATOR.replace('alter_ties = "tie{a}{b}"\n', "")
    study_of(tmp_path, before, relation, after=before.replace("Mette Skov", "Søren Åkjær"))
    np.testing.assert_array_equal(states(tmp_path)[0], ["", YES, NO, NO, YES])


def test_typed_texts_of_which_none_is_a_colleague_are_a_fault(tmp_path: Path) -> None:
    relation = 'kind = "free-text"\ncode = "who"\nmatch = "name"'
    few = "id,who\n" + "".join(f"a{k},Xx Yy{k}\n" for k in range(1, 3))
    study_of(tmp_path, few, relation)
    assert "no-name-known" not in fault_codes(tmp_path)  # few texts prove nothing
    many = "id,who\n" + "".join(f'a{k},"Xx Yy{k}a; Xx Yy{k}b; Xx Yy{k}c"\n' for k in range(1, 6))
    study_of(tmp_path, many, relation)
    assert "no-name-known" in fault_codes(tmp_path)
    text = (tmp_path / "study.toml").read_text(encoding="utf-8")
    tolerant = text.replace('["self-nominations"]', '["self-nominations", "unknown-people"]')
    (tmp_path / "study.toml").write_text(tolerant, encoding="utf-8")
    assert fault_codes(tmp_path) == []


def test_a_wave_in_which_nobody_says_no_is_a_fault(tmp_path: Path) -> None:
    before = "id,c_a1,c_a2,c_a3,c_a4,c_a5\na1,,1,,,\na2,,,1,,\na3,,1,,,\n"
    study_of(tmp_path, before, 'kind = "roster"\ncode = "c"')
    assert set(fault_codes(tmp_path)) == {"no-cell-says-no"}
    study_of(tmp_path, before.replace("a3,,1,,,", "a3,0,1,,,"), 'kind = "roster"\ncode = "c"')
    assert fault_codes(tmp_path) == []


def test_numbers_that_begin_anew_for_each_respondent_are_no_ids(tmp_path: Path) -> None:
    rows = "".join(f"{ego},a{k},a{k % 5 + 1}\n" for ego in range(20) for k in range(1, 6))
    study_of(tmp_path, f"ego,from,to\n{rows}", 'kind = "nominations"')
    assert "mostly-repeated" in fault_codes(tmp_path)


def test_an_answer_that_is_a_name_is_not_repeated_in_a_message(tmp_path: Path) -> None:
    before = "id,c_a1,c_a2,c_a3,c_a4,c_a5\na1,,Mette Skov,0,0,0\na2,0,,0,oftere,1\n"
    study_of(tmp_path, before, 'kind = "roster"\ncode = "c"')
    lines = check_study(tmp_path).lines()
    assert any("'oftere'" in line for line in lines)
    assert not any("Mette" in line for line in lines)
    assert "Mette Skov" in ROSTER
