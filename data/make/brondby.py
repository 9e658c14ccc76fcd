"""Rebuild data/brondby: a simulated study of 26 participants in ten departments, asked before and after a course.

Run `uv run python data/make/brondby.py [--out DIR]`; the same bytes come out on every machine. `draw` and `study_data`
make further studies of the same world without files.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import tomllib
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime, time
from itertools import combinations
from pathlib import Path

import numpy as np
from brondby_people import STAFF, THERE, WAVES, write_roster
from brondby_sheets import AGREE, AMONG, OFTEN, Drawn, Sheet, draw, study_data
from brondby_world import CONTACT, SETTINGS, SLOTS, expected
from qualtrics import Question, Response, write_export

from netlearn.analysis.data import StudyData
from netlearn.analysis.ego_run import read_reading
from netlearn.analysis.scale_matrix import score_matrix
from netlearn.study.plan import Study, read_study
from netlearn.study.planned import Outcome
from netlearn.survey.names import Directory

SEED = 16
HERE = Path(__file__).resolve().parent
FILES = {"før": "qualtrics_foer.csv", "efter": "qualtrics_efter.csv"}
TEMPLATES = ("study.toml", "claims.toml", "SOURCE.md")
LEVELS = ("Slet ikke", *OFTEN)
PAIRS = tuple(combinations(range(1, SLOTS + 1), 2))
ABOUT = {
    "afdeling": ("QID5", "Hvilken afdeling arbejder ${lm://Field/1} i?"),
    "hyppighed": ("QID6", "Hvor ofte har I arbejdet sammen om en familie i den seneste måned?"),
    "let": (
        "QID7",
        "Hvor let er ${lm://Field/1} at få fat i, når du har brug for det? (1 = meget svært, 5 = meget let)",
    ),
    "kendt": ("QID8", "Kendte du ${lm://Field/1}, før forløbet begyndte?"),
}
NAMES_ASKED = (
    "Hvilke kolleger uden for dit eget team har du arbejdet sammen med om en familie i den seneste måned? Op til 10.\n"
    "Skriv fornavn og første bogstav i efternavnet, fx »Anne K.«."
)
CONTACT_ASKED = "Hvem af de andre deltagere har du haft kontakt med om dit arbejde i den seneste måned?"


def questions(label: str) -> list[Question]:
    """The columns of one wave: a question, ten names, what is asked about each in turn, pairs, people, statements."""
    found = [
        Question("nogen", "Har du i den seneste måned arbejdet sammen med kolleger om en familie?", "QID2")
    ]
    slots = range(1, SLOTS + 1)
    found += [Question(f"navn_{k}", f"{NAMES_ASKED} - Kollega {k}", f"QID3_{k}") for k in slots]
    found += [
        Question(f"{k}_{name}", text, f"{k}_{identity}")
        for k in slots
        for name, (identity, text) in ABOUT.items()
    ]
    piped = "${{q://QID3/ChoiceTextEntryValue/{}}}"
    for n, (a, b) in enumerate(PAIRS, start=1):
        text = f"Arbejder de to sammen om familier? - {piped.format(a)} og {piped.format(b)}"
        found.append(Question(f"par_{n}", text, f"QID9_{n}"))
    for person in listed(label):
        # Qualtrics numbers the rows as they were made: who came later has the last number, who left leaves a gap.
        row = person + 1
        found.append(Question(f"kontakt_{row}", f"{CONTACT_ASKED} - {STAFF.label(person)}", f"QID10_{row}"))
    ease, early = tomllib.loads((HERE / "brondby" / "study.toml").read_text(encoding="utf-8"))["scales"]
    for k, (item, text) in enumerate(ease["items"].items(), start=1):
        found.append(Question(item, f"{ease['question']} - {text}", f"QID11_{k}"))
    (item,) = early["items"]
    return [*found, Question(item, early["question"], "QID12_TEXT")]


def listed(label: str) -> list[int]:
    """The participants whom the questionnaire of a wave lists."""
    return [int(i) for i in STAFF.participants if THERE[label][i]]


def cells(sheet: Sheet) -> dict[str, str]:
    """What one person's answers look like in the export."""
    found = {"nogen": "Ja" if sheet.alters else "Nej"}
    for slot, a in enumerate(sheet.alters, start=1):
        about = {"afdeling": a.department, "hyppighed": a.often, "let": a.let, "kendt": a.known}
        found |= {f"navn_{slot}": a.text} | {f"{slot}_{name}": answer for name, answer in about.items()}
    number = {pair: n for n, pair in enumerate(PAIRS, start=1)}
    found |= {f"par_{number[pair]}": "Ja" if met else "Nej" for pair, met in sheet.pairs.items()}
    found |= {f"kontakt_{person + 1}": LEVELS[level] for person, level in sheet.contact.items()}
    found |= {f"lethed_{k + 1}": AGREE[level - 1] for k, level in sheet.agree.items()}
    return found | ({} if sheet.early is None else {"tidlig": str(sheet.early)})


def responses(label: str, drawn: Drawn, rng: np.random.Generator) -> list[Response]:
    """The rows of one wave: answers, a preview by the evaluator, somebody who only opened it or began twice."""
    sheets = drawn.given[label]
    found = [Response(STAFF.references[s.person], 100 if s.finished else 55, cells(s)) for s in sheets]
    found = [found[k] for k in rng.permuted(np.arange(len(found)))]
    silent = {s.person for s in drawn.complete[label]} - {s.person for s in sheets}
    opened = Response(STAFF.references[min(silent)], 5)
    twice = next(r for r in found[10:] if r.progress == 100 and r.answers["nogen"] == "Ja")
    begun = {name: answer for name, answer in twice.answers.items() if name in ("nogen", "navn_1")}
    preview = Response("", 100, {"nogen": "Nej", "tidlig": "0"}, status="Survey Preview")
    rows = [preview, *found[:4], Response(twice.reference, 15, begun), *found[4:9], opened, *found[9:]]
    return rows if label == "efter" else [r for r in rows if r.reference != twice.reference or r is twice]


def write(drawn: Drawn, out: Path) -> None:
    """Write roster, exports and the decisions about names."""
    out.mkdir(parents=True, exist_ok=True)
    write_roster(out / "roster.csv")
    for (label, day), luck in zip(WAVES.items(), drawn.luck.spawn(len(WAVES)), strict=True):
        rng = np.random.default_rng(luck)
        rows = responses(label, drawn, rng)
        opened = datetime.combine(day, time(8))
        write_export(out / FILES[label], questions(label), rows, opened, int(rng.integers(2**31)))
    write_decisions(out / "names_to_check.csv", drawn)
    for name in TEMPLATES:
        (out / name).write_bytes((HERE / "brondby" / name).read_bytes().replace(b"\r\n", b"\n"))


def write_decisions(path: Path, drawn: Drawn) -> None:
    """Write what the evaluator decided: a first name and a letter, or initials, are nobody certain on the roster."""
    aliases = [[STAFF.label(i)] if i in STAFF.namesakes else [] for i in range(STAFF.n)]
    directory = Directory.of(STAFF.names, aliases)
    texts = {a.text for sheets in drawn.given.values() for s in sheets for a in s.alters}
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        table = csv.writer(stream, delimiter=";", lineterminator="\n")
        table.writerow(["typed", "decision"])
        table.writerows([text, "outside"] for text in sorted(texts) if directory.match(text).person is None)


# -- what is true --------------------------------------------------------------------------------------------


def truth(data: StudyData) -> dict[str, object]:
    """The settings, the expected change of each outcome, and the change had everybody answered (`data`)."""
    planned = (data.study.primary, *data.study.secondary)
    return {
        "note": "Simulated. `model` holds the settings of data/make/brondby_world.py and of netlearn.planning.worlds. "
        "`expected_change` follows from them, for people who were there both times: shares as shares, not percentage "
        "points. `expected_as_told` is the same in the units of the report. The last table is the luck of this one "
        "simulation.",
        "seed": SEED,
        "model": {"circles": asdict(SETTINGS), "deltagerkontakt": asdict(CONTACT)},
        "expected_change": {name: round(value, 6) for name, value in expected().items()},
        "expected_as_told": as_told(data.study),
        "change_had_everybody_answered": {o.name: round(realised(data, o), 6) for o in planned},
    }


def as_told(study: Study) -> dict[str, float]:
    """The expected changes in the units of the report: percentage points, and colleagues per person for densities."""
    room = np.mean(
        [
            colleagues_asked_about(study_data(study, draw(luck)))
            for luck in np.random.SeedSequence(7).spawn(100)
        ]
    )
    factor = {"andel_andre_afdelinger": 100.0, "deltagernes_kontakt": room}
    return {name: round(float(factor.get(name, 1.0) * value), 4) for name, value in expected().items()}


def colleagues_asked_about(data: StudyData) -> float:
    """Participants elsewhere about whom a person answered both times, on average."""
    panel = data.panels[AMONG]
    cells, group = panel.joint_cells(tuple(WAVES)).dense(), panel.group()
    return float((cells & (group[:, None] != group)).sum() / cells.any(axis=1).sum())


def truths() -> dict[str, float]:
    """Expected change of each planned outcome under the model, in the unit that it is told in."""
    told = json.loads((HERE.parent / "brondby" / "truth.json").read_text(encoding="utf-8"))
    return dict(told["expected_as_told"])


def realised(data: StudyData, outcome: Outcome) -> float:
    """The change among those who were there both times."""
    if outcome.family == "network":
        cells = data.panels[outcome.relation].joint_cells(outcome.waves).dense()
        group = data.panels[outcome.relation].group()
        cross = cells & (group[:, None] != group[None, :])
        before, after = (
            data.panels[outcome.relation].wave(label).ties[cross].mean() for label in outcome.waves
        )
        return float(after - before)
    if outcome.family == "scale":
        table = score_matrix(data, outcome.scale)
        return float((table[outcome.waves[1]] - table[outcome.waves[0]]).mean())
    nets = read_reading(data, outcome.relation, outcome.score).data
    before, after = (nets.values(outcome.measure, label) for label in outcome.waves)
    return float(np.nanmean(after - before))


def studies(count: int, seed: int, planted: bool = True) -> Iterator[StudyData]:
    """Further simulated studies of the same people and world."""
    study = read_study(HERE.parent / "brondby")
    for luck in np.random.SeedSequence(seed).spawn(count):
        yield study_data(study, draw(luck, planted))


def build(out: Path) -> None:
    drawn = draw(np.random.SeedSequence(SEED))
    write(drawn, out)
    data = study_data(read_study(out), drawn, complete=True)
    text = json.dumps(truth(data), ensure_ascii=False, indent=2)
    (out / "truth.json").write_text(text + "\n", encoding="utf-8", newline="\n")
    files = sorted(p for p in out.iterdir() if p.is_file() and p.name != "SHA256SUMS" and p.name[0] != ".")
    sums = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files]
    (out / "SHA256SUMS").write_text("".join(sums), encoding="utf-8", newline="\n")


def main() -> None:
    parser = argparse.ArgumentParser(description="Rebuild the simulated study data/brondby.")
    parser.add_argument("--out", type=Path, default=HERE.parent / "brondby", help="folder to write to")
    build(parser.parse_args().out)


if __name__ == "__main__":
    main()
