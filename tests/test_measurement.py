"""How well scales measure: the answers as a matrix, the part of the results, its words; nothing of few people in it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from netlearn import NetlearnError, Panel
from netlearn.analysis.data import ANSWERS, How, StudyData
from netlearn.analysis.measurement import part_measurement
from netlearn.analysis.scale_matrix import item_matrix, minimum_items, scale_plan, scale_range, score_matrix
from netlearn.outcomes.icc import intraclass
from netlearn.outcomes.reliability import reliability
from netlearn.report.section_measurement import measurement_section
from netlearn.study.plan import FileFormat, RelationPlan, RosterPlan, ScalePlan, Study, WavePlan
from netlearn.study.planned import Outcome
from netlearn.wording import measurement as words

NAN = float("nan")
WAVES = ("before", "after")
LEVELS = {str(level): float(level) for level in range(1, 6)}
PLAN = ScalePlan(
    "words",
    title="Shared words",
    items={"a": "Item A", "b": "Item B", "c": "Item C", "d": ""},
    levels=LEVELS,
    answers={"1": "never", "5": "always"},
    reversed=("d",),
    subscales={"first": ("a", "b", "c")},
)


def study_of(*plans, least=5):
    dates = (date(2024, 1, 1), date(2025, 1, 1))
    waves = tuple(
        WavePlan(label, when, title=label.title()) for label, when in zip(WAVES, dates, strict=True)
    )
    outcome = Outcome("contact", "density", WAVES)
    files = (FileFormat(), RosterPlan("roster.csv"), waves, (RelationPlan("contact"),), outcome)
    return Study(Path(), "Made", "da", "pre-post", 1, least, "baseline", (), *files, scales=plans)


def rows_of(plan, wave, table, codes):
    for code, person in zip(codes, table, strict=True):
        for item, value in zip(plan.items, person, strict=True):
            state = "not answered" if np.isnan(value) else "answered"
            # a level beside another state is no answer
            yield (code, wave, plan.name, item, state, "", 3.0 if np.isnan(value) else value)


def data_of(plan, tables, groups=None, *, codes=None, least=5):
    n = len(tables["before"])
    codes = codes or [f"p{i}" for i in range(n)]
    rows = [row for wave, table in tables.items() for row in rows_of(plan, wave, np.asarray(table), codes)]
    panels = {}
    if groups is not None:
        panels["contact"] = Panel.from_arrays({w: np.zeros((n, n)) for w in WAVES}, groups, ids=codes)
    return StudyData(study_of(plan, least=least), panels, answers=pd.DataFrame(rows, columns=ANSWERS))


def drawn(n=80, seed=1, *, level=3.0, missing=0.05):
    rng = np.random.default_rng(seed)
    table = level + 0.9 * rng.normal(size=(n, 1)) + 0.6 * rng.normal(size=(n, 4))
    table[:, 3] = 6 - table[:, 3]
    table = np.clip(np.round(table), 1, 5)
    table[rng.random(table.shape) < missing] = NAN
    return table


@pytest.fixture(scope="module")
def data():
    tables = {"before": drawn(seed=1), "after": drawn(seed=2, level=4.4)}
    return data_of(PLAN, tables, [f"d{i % 6}" for i in range(80)])


@pytest.fixture(scope="module")
def part(data):
    return part_measurement(data, How(draws=99))


# -- the answers as a matrix


def test_item_matrix_keeps_people_and_items_in_order():
    table = [[1, 2, 3, 4], [NAN, 5, 1, 2]]
    data = data_of(PLAN, {"before": table}, codes=["z", "a"])
    codes, matrix = item_matrix(data, "words", "before")
    assert codes == ("z", "a")
    np.testing.assert_array_equal(matrix, table)
    np.testing.assert_array_equal(item_matrix(data, "words", "before", "first")[1], np.array(table)[:, :3])
    turned = item_matrix(data, "words", "before", turned=True)[1]
    np.testing.assert_array_equal(turned[:, 3], [2, 4])
    assert item_matrix(data, "words", "after")[1].shape == (0, 4)


def test_score_matrix_by_hand():
    data = data_of(PLAN, {"before": [[1, 2, 3, 4], [NAN, 5, 1, 2], [NAN, NAN, NAN, 2]]})
    found = score_matrix(data, "words")
    assert list(found.columns) == list(WAVES)
    np.testing.assert_allclose(found["before"], [2.0, 10 / 3, NAN])  # the last item turned: 2, 4
    assert found["after"].isna().all()
    np.testing.assert_allclose(score_matrix(data, "words", "first")["before"], [2, 3, NAN])
    summed = replace(data, study=study_of(replace(PLAN, score="sum", minimum_items=4)))
    np.testing.assert_allclose(score_matrix(summed, "words")["before"], [8, NAN, NAN])
    assert minimum_items(summed.study.scales[0], "first") == 3


def test_unknown_names_and_ranges():
    data = data_of(PLAN, {"before": [[1, 2, 3, 4]]})
    with pytest.raises(NetlearnError, match="no scale 'x'"):
        scale_plan(data.study, "x")
    with pytest.raises(NetlearnError, match="no subscale 'x'"):
        score_matrix(data, "words", "x")
    assert scale_range(PLAN) == (1, 5)
    assert scale_range(replace(PLAN, range=(0, 10))) == (0, 10)


# -- the part


def test_numbers_are_those_of_the_functions(data, part):
    row = part.scales.query("subscale == '' and wave == 'before'").iloc[0]
    matrix = item_matrix(data, "words", "before", turned=True)[1]
    own = reliability(matrix, draws=0)
    assert row["alpha"] == round(own.alpha, 2)
    assert row["omega"] == round(own.omega, 2)
    assert row["n_complete"] == own.n_people
    assert row["omega_low"] < row["omega"] < row["omega_high"]
    score = score_matrix(data, "words")["before"]
    assert row["n_people"] == score.notna().sum()
    assert row["icc"] == round(intraclass(score, np.arange(80) % 6).icc, 2)


def test_each_item_stands_where_it_belongs(part):
    assert part.items.query("wave == 'before'")[["subscale", "item"]].to_numpy().tolist() == [
        ["", "d"],
        ["first", "a"],
        ["first", "b"],
        ["first", "c"],
    ]
    assert part.items["reversed"].tolist() == [True, True, *[False] * 6]
    shown = part.items["item_rest"].dropna()
    assert len(shown) >= 1
    assert (shown > 0.3).all()
    # Told together with the answers of the others, it would give away levels that few people chose.
    hidden = part.answers.groupby(["item", "wave"])["n"].apply(lambda n: n.isna().any())
    asked = part.items.set_index(["item", "wave"])["item_rest"].isna()
    assert (asked == hidden.reindex(asked.index)).all()


def test_a_scale_at_its_top_is_warned_of(part):
    at_the_top = part.scales.query("wave == 'after'")
    assert all("ceiling" in told.split() for told in at_the_top["warnings"])
    assert not part.scales.query("wave == 'before'")["warnings"].str.contains("ceiling").any()


def test_the_same_seed_gives_the_same_numbers(data, part):
    pd.testing.assert_frame_equal(part_measurement(data, How(draws=99)).scales, part.scales)
    other = part_measurement(data, How(draws=99, seed=1)).scales
    assert (other["omega_low"] != part.scales["omega_low"]).all()
    assert (other["alpha_low"] == part.scales["alpha_low"]).all()


def test_no_scale_no_part():
    background = replace(PLAN, kind="background", subscales={})
    assert part_measurement(data_of(background, {"before": drawn()}), How()) is None
    assert part_measurement(data_of(PLAN, {"before": np.full((8, 4), NAN)}), How()) is None


def test_without_departments_there_is_no_icc():
    part = part_measurement(data_of(PLAN, {"before": drawn()}), How(draws=0))
    assert part.scales["icc"].isna().all()
    assert len(measurement_section(part, "en").tables) == 2  # how consistent, and the answers


# -- few people


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("n", [3, 7, 21, 60])
def test_no_number_of_few_people(n, seed):
    table = drawn(n, seed, missing=0.15)
    part = part_measurement(
        data_of(PLAN, {"before": table}, ["x", "y"] * (n // 2) + ["x"] * (n % 2)), How(draws=20)
    )
    for frame, name in (
        (part.answers, "n"),
        (part.answers, "answered"),
        (part.items, "n"),
        (part.scales, "n_people"),
    ):
        told = frame[name].dropna()
        assert ((told == 0) | (told >= 5)).all()
    for name in ("lowest", "highest"):
        told = (part.scales[name] * part.scales["n_people"]).dropna().round(6)
        assert ((told == 0) | (told >= 5)).all()
    few = part.scales["n_complete"].isna()
    assert part.scales.loc[few, ["alpha", "omega", "alpha_low", "omega_low"]].isna().all(axis=None)
    assert (part.scales.loc[~few, "n_complete"] >= 5).all()
    if n < 5:
        numbers = part.scales.drop(columns="n_items").select_dtypes("number")
        assert numbers.isna().all(axis=None)
        assert part.items.select_dtypes("number").isna().all(axis=None)


def test_hidden_levels_are_more_than_one(part):
    for _, item in part.answers.groupby(["item", "wave"]):
        assert item["n"].isna().sum() != 1


def test_one_item_is_hidden_as_its_levels_are():
    """Three at the lowest level: with the mean told, the highest must not be what gives them away."""
    plan = replace(PLAN, items={"a": "A"}, reversed=(), subscales={})
    part = part_measurement(data_of(plan, {"before": np.repeat([[1], [2], [5]], [3, 9, 9], axis=0)}), How())
    shown = part.answers.set_index("level")["n"]
    assert np.isnan(part.scales["lowest"][0])
    assert np.isnan(part.scales["highest"][0]) == np.isnan(shown[5.0])


def test_an_item_that_its_scale_would_tell_shows_no_level():
    """Three of 21 chose 1, the rest 2. With the other items and the mean of the scale its mean is known; were 0 shown
    at the other levels, that would leave one solution."""
    plan = replace(PLAN, items={"a": "A", "b": "B", "c": "C"}, reversed=(), subscales={})
    spread = np.repeat([1, 3, 5], 7)
    given = np.column_stack([np.repeat([1, 2], [3, 18]), spread, np.roll(spread, 4)])
    part = part_measurement(data_of(plan, {"before": given}), How())
    shown = part.answers[part.answers["item"] == "a"]
    assert shown[["n", "share"]].isna().all(axis=None)
    assert (shown["answered"] == 21).all()
    assert np.isnan(part.items.set_index("item").loc["a", "mean"])
    fits = [
        c
        for c in product(range(22), repeat=4)
        if sum(c) <= 21 and np.dot(c, [1, 2, 3, 4]) + 5 * (21 - sum(c)) == 39
    ]
    assert len({c[0] for c in fits}) > 5
    assert part.answers[part.answers["item"] == "b"]["n"].notna().all()


# -- the words


@pytest.mark.parametrize("language", ["en", "da"])
def test_the_section_says_what_the_frames_hold(part, language):
    section = measurement_section(part, language)
    text = " ".join(section.texts)
    row = part.scales.query("subscale == '' and wave == 'before'").iloc[0]
    alpha = f"{row['alpha']:.2f}".replace(".", "," if language == "da" else ".")
    assert f"{alpha} (95" in text
    assert "Shared words" in text
    assert "Before" in text
    assert len(section.tables) == 3  # every question alone is shown where a scale does not measure well
    for table in section.tables:
        assert len(table.columns) == len(table.numeric)
        assert all(len(cells) == len(table.columns) for cells in table.rows)
    said = " ".join([section.heading, text, *section.small, *(t.caption for t in section.tables)])
    assert not re.search(r"signif|effekt af|\beffect of|\{|\}|nan|p0", said)
    assert [t.columns for t in section.tables][-1][2] == ("1: never")


def test_verdicts_by_the_intervals(part):
    scales = part.scales
    lows, highs = (scales[[f"alpha_{end}", f"omega_{end}"]] for end in ("low", "high"))
    for verdict, low, high in zip(scales["holds"], lows.min(axis=1), highs.max(axis=1), strict=True):
        assert verdict == ("enough" if low >= 0.7 else "not" if high < 0.7 else "undecided")


def test_an_item_that_was_not_turned_is_told():
    plan = replace(PLAN, reversed=(), subscales={})
    part = part_measurement(data_of(plan, {"before": drawn(400, missing=0)}), How(draws=0))
    assert part.items["item_rest"].notna().all()
    told = measurement_section(part, "da").texts
    assert any("går imod de øvrige" in text and "»d«" in text for text in told)


def test_noise_is_not_called_a_scale():
    noise = np.random.default_rng(4).integers(1, 6, (120, 4))
    part = part_measurement(data_of(replace(PLAN, subscales={}), {"before": noise}), How(draws=99))
    assert part.scales["holds"].tolist() == ["not"]
    section = measurement_section(part, "da")
    assert "måler ikke ensartet nok" in " ".join(section.texts)
    (items,) = [table for table in section.tables if table.caption == "Spørgsmålene hver for sig"]
    assert [row[0] for row in items.rows] == ["Item A", "Item B", "Item C", "d (vendt)"]
    assert any("vendt" in note for note in section.small)


def test_of_few_people_a_sentence_and_no_tables():
    part = part_measurement(data_of(PLAN, {"before": drawn(22, 3), "after": drawn(22, 4)}), How(draws=50))
    parts = replace(part, scales=part.scales.assign(holds="undecided"))
    section = measurement_section(parts, "da")
    assert "Med så få personer kan det ikke siges med sikkerhed" in " ".join(section.texts)
    assert "omega" not in " ".join(section.texts[1:])
    captions = " ".join(table.caption for table in section.tables)
    assert "måler" not in captions
    assert "hver for sig" not in captions
    assert "tabeller" in section.small[-1] or "tabeller" in section.small[0]
    assert len(part.machine_tables()["scale-items"]) == 8


def test_answers_that_are_mostly_hidden_or_many_are_not_on_the_page():
    part = part_measurement(data_of(PLAN, {"before": drawn()}), How(draws=0))
    section = measurement_section(part, "en")
    assert "Answers" in section.tables[-1].caption
    (picture,) = section.pictures
    assert picture.frame["n"].dropna().tolist() == part.answers["n"].dropna().tolist()
    hidden = part.answers.assign(share=part.answers["share"].where(part.answers.index % 2 == 0))
    half = hidden["share"].isna().mean()
    for answers in (hidden, pd.concat([part.answers.assign(wave=f"w{k}") for k in range(7)])):
        section = measurement_section(replace(part, answers=answers), "en")
        assert "Answers" not in section.tables[-1].caption
        assert section.pictures == ()
    assert half > 0.5


def test_one_question_alone_is_no_scale():
    plan = replace(PLAN, items={"a": "A"}, reversed=(), subscales={})
    table = np.random.default_rng(2).integers(1, 6, (40, 1))
    section = measurement_section(part_measurement(data_of(plan, {"before": table}), How()), "da")
    assert section.texts[0].startswith("Der er kun spurgt med ét spørgsmål om hver ting")
    assert not any("kan ikke beregnes" in text for text in section.texts)
    assert [t.caption for t in section.tables] == ["Svar på »Shared words«"]


def test_few_people_are_told_as_too_few():
    part = part_measurement(data_of(PLAN, {"before": drawn(4)}), How())
    assert "for få personer" in " ".join(measurement_section(part, "da").texts)


def test_every_word_is_in_both_languages():
    groups = [words.HOLDS, words.PARTS, words.ENDS, words.ALIKE, words.CAPTIONS, words.COLUMNS, words.NOTES]
    alone = {"few": words.FEW, "single": words.SINGLE}
    for pair in [pair for group in [*groups, words.REASONS, alone] for pair in group.values()]:
        english, danish = pair
        assert english
        assert danish
        assert sorted(re.findall(r"{\w+}", english)) == sorted(re.findall(r"{\w+}", danish))
