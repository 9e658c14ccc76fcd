"""The section about the scales: how consistently they measure, whether there is room at the ends, every question."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from netlearn.analysis.measurement import MeasurementPart
from netlearn.analysis.scale_matrix import scale_plan
from netlearn.outcomes.items import MOST_AT_THE_END
from netlearn.report import pictures
from netlearn.report.section import Section
from netlearn.report.tables import Table
from netlearn.study.plan import ScalePlan
from netlearn.wording import Language, suppressed
from netlearn.wording import measurement as words
from netlearn.wording.numbers import NONE, count, interval, number, percent
from netlearn.wording.sentences import quoted
from netlearn.wording.terms import pick

Row = dict[str, Any]
FEWEST = 30  # people behind a row of the tables; fewer are told in a sentence
MOST_ROWS = 24  # of the answers to one scale


def measurement_section(part: MeasurementPart, language: Language) -> Section:
    """Tell how well each scale measures, with warnings, and the tables that many people stand behind.

    Questions one by one are shown where a scale does not measure well; the tables of the part hold them all.
    """
    teller = _Teller(part, language)
    intro = words.INTRO if teller.scales else words.SINGLE
    texts = [pick(intro, language), *teller.holds(), *teller.ends(), *teller.against(), *teller.alike()]
    shown = {"how": teller.quality(), "alike": teller.departments(), "turned": teller.items()}
    tables = [table for table in (*shown.values(), *teller.answers()) if table.rows]
    small = [pick(words.NOTES[key], language) for key in teller.notes(shown)]
    if shown["how"].rows:
        reasons = {reason for row in teller.scales for reason in row["reasons"].split()}
        small += [pick(pair, language) for key, pair in words.REASONS.items() if key in reasons]
    if any(NONE in row for table in tables for row in table.rows):
        small.append(suppressed.note(part.least, language))
    told = (pick(words.HEADING, language), tuple(texts), tuple(tables), tuple(small))
    drawn = pictures.of_answers(part, teller.short(), language)
    return Section("scales", *told, pictures=drawn, appendix=True)


class _Teller:
    """The words and tables of one part in one language."""

    def __init__(self, part: MeasurementPart, language: Language) -> None:
        self.part, self.language = part, language
        self.waves = {wave.label: wave.title or wave.label for wave in part.study.waves}
        self.asked = _rows(part.scales)
        several = {row["scale"] for row in self.asked if not row["subscale"] and row["n_items"] > 1}
        # One question alone says nothing of how consistently it measures.
        self.scales = [row for row in self.asked if row["scale"] in several]

    # -- names

    def plan(self, row: Row) -> ScalePlan:
        return scale_plan(self.part.study, row["scale"])

    def title(self, row: Row) -> str:
        whole = self.plan(row).title or row["scale"]
        return f"{whole}: {row['subscale']}" if row["subscale"] else whole

    def case(self, row: Row, more: str = "") -> str:
        """Say a scale and a wave, with a number."""
        wave = self.waves[row["wave"]]
        said = f"{wave}: {more}" if more else wave
        return f"{quoted(self.title(row), self.language)} ({said})"

    def whole(self) -> dict[str, list[Row]]:
        """Rows of each scale as a whole, by its name."""
        names = dict.fromkeys(row["scale"] for row in self.scales)
        return {
            name: [row for row in self.scales if row["scale"] == name and not row["subscale"]]
            for name in names
        }

    # -- sentences

    def holds(self) -> list[str]:
        said = []
        for name, rows in self.whole().items():
            scale = quoted(self.title(rows[0]), self.language)
            for verdict in (*words.HOLDS, "few"):
                told = [
                    words.reliability(row, self.waves[row["wave"]], self.language, few=_few(row))
                    for row in rows
                    if _verdict(row) == verdict
                ]
                if told:
                    said.append(words.holds(verdict, scale, told, self.language))
            parts = [row for row in self.scales if row["scale"] == name and row["subscale"]]
            if parts:
                said.append(words.of_parts(scale, self.parts_by_verdict(parts), self.language))
        return said

    def parts_by_verdict(self, parts: list[Row]) -> dict[str, list[str]]:
        """Name the subscales of each verdict, with the waves where it is not the same in all."""
        found: dict[str, list[str]] = {verdict: [] for verdict in words.PARTS}
        for name in dict.fromkeys(row["subscale"] for row in parts):
            rows = [row for row in parts if row["subscale"] == name]
            for verdict in dict.fromkeys(row["holds"] for row in rows):
                waves = [self.waves[row["wave"]] for row in rows if row["holds"] == verdict]
                found[verdict].append(name if len(waves) == len(rows) else f"{name} ({', '.join(waves)})")
        return found

    def ends(self) -> list[str]:
        """Warnings; that there is little room to grow matters until the last time of asking."""
        said = []
        last = list(self.waves)[-1]
        for kind in words.ENDS:
            rows = [row for row in self.asked if kind in row["warnings"].split()]
            if kind == "little_room":
                cases = [self.case(row) for row in rows if row["wave"] != last]
            else:
                cases = [self.case(row, words.share_of(row, kind, self.language)) for row in rows]
            if cases:
                said.append(words.at_an_end(kind, cases, MOST_AT_THE_END, self.language))
        return said

    def against(self) -> list[str]:
        cases = []
        for row in _rows(self.part.items):
            if row["item_rest"] < 0:
                item = quoted(self.item(row), self.language)
                where = f"{self.waves[row['wave']]}: {number(row['item_rest'], self.language)}"
                cases.append(f"{item} ({where})")
        return [words.against(cases, self.language)] if cases else []

    def alike(self) -> list[str]:
        rows = [row for rows in self.whole().values() for row in rows if not math.isnan(row["icc"])]
        cases = [self.case(row, words.intraclass(row, self.language)) for row in rows if row["icc_low"] > 0]
        many = any(row["n_people"] >= FEWEST for row in rows)
        return [words.alike(cases, self.language)] if cases or many else []

    def notes(self, shown: Mapping[str, Table]) -> list[str]:
        """Name the notes of the tables that are shown."""
        turned = pick(words.TURNED, self.language)
        told = [key for key, table in shown.items() if table.rows]
        if not any(turned in cell for row in shown["turned"].rows for cell in row):
            told = [key for key in told if key != "turned"]
        return [*told, "elsewhere"]

    # -- tables

    def quality(self) -> Table:
        """How consistently scales measure; a part of a scale only where it does not, its verdict being in the text."""
        rows = []
        asked = [row for row in self.scales if not row["subscale"] or row["holds"] == "not"]
        for row in (row for row in asked if row["n_complete"] >= FEWEST):
            numbers = [count(row[key], self.language) for key in ("n_people", "n_complete", "n_items")]
            for key in ("alpha", "omega"):
                numbers += self.with_interval(row, key)
            numbers += [percent(row[key], self.language) for key in ("lowest", "highest")]
            rows.append((self.title(row), self.waves[row["wave"]], *numbers))
        kinds = ["alpha", "interval", "omega", "interval", "lowest", "highest"]
        names = ["scale", "wave", "people", "complete", "n_items", *kinds]
        return self.table("quality", names, rows, 2)

    def departments(self) -> Table:
        rows = []
        for row in (row for rows in self.whole().values() for row in rows):
            if not math.isnan(row["icc"]) and row["n_people"] >= FEWEST:
                counts = (count(row[key], self.language) for key in ("n_people", "n_departments"))
                icc, size = self.with_interval(row, "icc"), number(row["design_effect"], self.language)
                rows.append((self.title(row), self.waves[row["wave"]], *counts, *icc, size))
        names = ["scale", "wave", "people", "departments", "icc", "interval", "design_effect"]
        return self.table("alike", names, rows, 2)

    def items(self) -> Table:
        """Questions of scales that do not measure consistently enough, to find those that do not belong."""
        rows = []
        weak = {(row["scale"], row["subscale"], row["wave"]) for row in self.asked if row["holds"] == "not"}
        for row in _rows(self.part.items):
            if not weak & {(row["scale"], part, row["wave"]) for part in ("", row["subscale"])}:
                continue
            told = (count(row["n"], self.language), percent(row["missing"], self.language))
            more = (number(row[key], self.language) for key in ("mean", "item_rest", "alpha_dropped"))
            item = (
                f"{self.item(row)} {pick(words.TURNED, self.language)}" if row["reversed"] else self.item(row)
            )
            rows.append((item, self.title(row), self.waves[row["wave"]], *told, *more))
        names = ["item", "scale", "wave", "answered", "missing", "mean", "item_rest", "alpha_dropped"]
        return self.table("items", names, rows, 3)

    def short(self) -> list[str]:
        """Name the scales whose answers are few rows, most of which can be shown."""
        return [
            str(name)
            for name, of_scale in self.part.answers.groupby("scale", sort=False)
            if of_scale["share"].isna().mean() <= 0.5
            and len(of_scale[["item", "wave"]].value_counts()) <= MOST_ROWS
        ]

    def answers(self) -> list[Table]:
        """Answers by level, a table per scale that is short."""
        made = []
        for name in self.short():
            of_scale = self.part.answers[self.part.answers["scale"] == name]
            plan = scale_plan(self.part.study, name)
            rows, levels = [], list(dict.fromkeys(of_scale["level"]))
            for (item, wave), part in of_scale.groupby(["item", "wave"], sort=False):
                shares = part.set_index("level")["share"].reindex(levels)
                told = [percent(share, self.language) for share in shares]
                told.append(count(float(part["answered"].iloc[0]), self.language))
                rows.append((plan.items[str(item)] or str(item), self.waves[str(wave)], *told))
            shown = [self.level(plan, level) for level in levels]
            columns = [self.column("item"), self.column("wave"), *shown, self.column("answered")]
            scale = quoted(plan.title or plan.name, self.language)
            caption = pick(words.CAPTIONS["answers"], self.language).format(scale=scale)
            made.append(_table(caption, columns, rows, 2))
        return made

    # -- cells

    def item(self, row: Row) -> str:
        return self.plan(row).items[row["item"]] or str(row["item"])

    def level(self, plan: ScalePlan, level: float) -> str:
        """Say a level by its number, with its words where the study has them."""
        bare = number(level, self.language, 0 if level == round(level) else 1)
        said = [
            plan.answers[code] for code, of in plan.levels.items() if of == level and code in plan.answers
        ]
        return f"{bare}: {said[0]}" if said and said[0] != bare else bare

    def with_interval(self, row: Row, key: str) -> list[str]:
        span = interval(row[f"{key}_low"], row[f"{key}_high"], self.language)
        return [number(row[key], self.language), span]

    def column(self, name: str) -> str:
        return pick(words.COLUMNS[name], self.language)

    def table(self, caption: str, names: list[str], rows: list[tuple[str, ...]], words_first: int) -> Table:
        told = pick(words.CAPTIONS[caption], self.language)
        return _table(told, [self.column(name) for name in names], rows, words_first)


def _few(row: Row) -> bool:
    return bool(row["n_complete"] < FEWEST)


def _verdict(row: Row) -> str:
    """Return the verdict on a scale; "few" where it is open and more people would be needed to tell."""
    return "few" if row["holds"] == "undecided" and _few(row) else str(row["holds"])


def _table(caption: str, columns: Sequence[str], rows: Sequence[tuple[str, ...]], words_first: int) -> Table:
    numeric = tuple(at >= words_first for at in range(len(columns)))
    return Table(caption, tuple(columns), tuple(rows), numeric)


def _rows(frame: pd.DataFrame) -> list[Row]:
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]
