"""Rebuild data/kambu-aarhus: 420 administrative staff at 125 workplaces, of whom 112 were trained in turns.

Run `uv run python data/make/kambu_aarhus.py [--out DIR]`; the same bytes come out on every machine. With `--expected`
the expected value of every planned outcome is worked out anew by simulation first, which takes two minutes.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
from kambu_draw import ITEMS, SLOTS, Drawn, draw
from kambu_staff import AREAS, WAVES, Staff, staff
from kambu_truth import REPLICATIONS, expected, in_told_units, truth
from surveyxact import COMPLETED, DISTRIBUTED, DROPPED, NEW, SOME, Layout, Response, Variable, write_export

from netlearn.analysis.data import ANSWERS, StudyData
from netlearn.study.cells import Cells
from netlearn.study.panel import STATUSES, Panel
from netlearn.study.plan import Study, read_study
from netlearn.study.wave import Wave

SEED = 2056
HERE = Path(__file__).resolve().parent
TEMPLATES = HERE / "kambu-aarhus"
FRONT = {"before": "foer", "midway": "midt", "after": "efter"}
LAYOUTS: dict[str, Layout] = {"before": "semicolon", "midway": "utf16", "after": "comma"}
AGREE = ("Helt uenig", "Uenig", "Hverken enig eller uenig", "Enig", "Helt enig")
# The tool numbers answers in the order in which somebody typed them: codes are not in order.
CODES = ("3", "4", "1", "5", "2")
UNSURE = "6", "Ved ikke"
NOBODY = "1000", "Ingen af dem"
QUESTION = "Hvilke administrative kolleger har du haft faglig kontakt med inden for de seneste fire uger?"
SCALE = "Hvor enig er du i følgende?"
NEVER = ""


# -- the same data as the files hold, without files ---------------------------------------------------------


def study_data(study: Study, drawn: Drawn) -> StudyData:
    """Return a draw in the shape of what is read from its files."""
    people = staff()
    order = order_of(study, people)
    panel = panel_of(study, drawn, drawn.named, order)
    answers = answers_of(study, drawn, order)
    places = {name: (x, y) for name, (x, y) in zip(people.workplaces, people.xy.tolist(), strict=True)}
    return StudyData(study, {"contact": panel}, answers=answers, places=places)


def order_of(study: Study, people: Staff) -> np.ndarray:
    """Return whom each code stands for: codes are dealt over the sorted ids with the seed of the study."""
    return np.argsort(people.ids)[np.random.default_rng(study.seed).permutation(people.n)]


def panel_of(study: Study, drawn: Drawn, named: np.ndarray, order: np.ndarray) -> Panel:
    """Return the ties of those who named anybody, or nobody."""
    people = staff()
    known = np.unique(people.workplaces)
    waves, statuses, groups = [], [], []
    for index, label in enumerate(WAVES):
        there, answered = people.employed(label)[order], named[index][order]
        i, j = np.nonzero(drawn.ties[index][np.ix_(order, order)] & answered[:, None])
        cells = Cells(answered, there, np.empty(0, np.int64))
        waves.append(Wave(label, i, j, np.ones(len(i)), cells, unasked_people=~there))
        *told, gone = (STATUSES.index(s) for s in ("took_part", "no_answer", "not_asked", "not_employed"))
        statuses.append(np.select([answered, there & people.asked[order], there], told, gone))
        groups.append(np.searchsorted(known, np.array(people.workplaces)[people.workplace_at(label)[order]]))
    return Panel(
        tuple(waves),
        codes(people.n),
        np.array(groups),
        tuple(known.tolist()),
        np.array(statuses, dtype=np.int8),
        relation="contact",
        attributes={name: [values[i] for i in order] for name, values in columns(people, drawn).items()},
    )


def codes(n: int) -> tuple[str, ...]:
    return tuple(f"p{number:03d}" for number in range(1, n + 1))


def columns(people: Staff, drawn: Drawn) -> dict[str, list[str]]:
    """The columns of the roster that describe people."""
    labels = [*WAVES, NEVER]
    return {
        "area": [AREAS[people.area[k]] for k in people.workplace],
        "type": [people.kind[k] for k in people.workplace],
        "team": [f"hold {team}" if team else "" for team in drawn.team],
        "questionnaire": ["ja" if asked else "nej" for asked in people.asked],
        "first_wave": [labels[start] for start in drawn.start],
        "stratum": list(people.strata),
    }


def answers_of(study: Study, drawn: Drawn, order: np.ndarray) -> pd.DataFrame:
    """Return the answers to the scale, as `netlearn.read_answers` does."""
    people, parts = staff(), []
    code = np.array(codes(people.n))
    texts = np.array(["", *AGREE], dtype=object)
    for index, label in enumerate(WAVES):
        there = people.employed(label)[order]
        opened = drawn.opened[index][order]
        for item in range(len(ITEMS)):
            level, blank, unsure = (
                v[index, :, item][order] for v in (drawn.level, drawn.blank, drawn.unsure)
            )
            answered = opened & ~blank & ~unsure
            said = opened & unsure
            part = {
                "person": code,
                "wave": label,
                "scale": "insight",
                "item": f"ind_{item + 1}",
                "state": np.select([answered, said], ["answered", "don't know"], "not answered"),
                "answer": np.where(answered, texts[level], np.where(said, UNSURE[1], "")),
                "value": np.where(answered, level, np.nan),
            }
            parts.append(pd.DataFrame(part, columns=ANSWERS)[there])
    return pd.concat(parts, ignore_index=True)


# -- the files ----------------------------------------------------------------------------------------------


def write(drawn: Drawn, out: Path, luck: np.random.SeedSequence) -> None:
    """Write the roster, the workplaces and the three exports."""
    people = staff()
    out.mkdir(parents=True, exist_ok=True)
    write_table(out / "roster.csv", roster_rows(people, drawn))
    rows = zip(people.workplaces, people.kind, people.area, people.xy.tolist(), strict=True)
    listed = sorted([name, kind, AREAS[area], f"{x:g}", f"{y:g}"] for name, kind, area, (x, y) in rows)
    write_table(out / "workplaces.csv", [["workplace", "type", "area", "x_km", "y_km"], *listed])
    for index, (label, child) in enumerate(zip(WAVES, luck.spawn(len(WAVES)), strict=True)):
        there = np.flatnonzero(people.employed(label))
        listing = sorted(there, key=lambda i: (people.names[i], people.ids[i]))
        number = {int(i): str(at) for at, i in enumerate(listing, start=1)}
        responses = responses_of(people, drawn, index, number, np.random.default_rng(child))
        write_export(out, FRONT[label], variables(people, number), responses, LAYOUTS[label])


def write_table(path: Path, rows: Iterable[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)


def roster_rows(people: Staff, drawn: Drawn) -> list[list[str]]:
    told = columns(people, drawn)
    head = ["id", "name", "list_name", "workplace", "start", "end", "workplace_after", *told]
    rows = [head]
    for i in np.argsort(people.ids).tolist():
        moved = people.moved.get(i)
        row = [people.ids[i], people.names[i], people.list_names[i], people.workplaces[people.workplace[i]]]
        row += [people.first[i], people.last[i], "" if moved is None else people.workplaces[moved]]
        rows.append([*row, *(values[i] for values in told.values())])
    return rows


def variables(people: Staff, number: dict[int, str]) -> list[Variable]:
    """The questionnaire: four items, and 15 places with the whole staff list to choose from in each."""
    agree = dict([*zip(CODES, AGREE, strict=True), UNSURE])
    listing = {code: people.list_names[i] or people.names[i] for i, code in number.items()}
    listing |= dict([NOBODY])
    items = [Variable(f"ind_{k}", f"{SCALE} - {text}", agree) for k, text in enumerate(item_texts(), start=1)]
    slots = [Variable(f"kol_{k}", f"{QUESTION} - {k}. kollega", listing) for k in range(1, SLOTS + 1)]
    return [Variable("id", "Baggrund - id"), *items, *slots]


def item_texts() -> list[str]:
    """The items as the study file words them."""
    lines = (TEMPLATES / "study.toml").read_text(encoding="utf-8").splitlines()
    return [line.split('"')[1] for line in lines if line.startswith("ind_")]


def responses_of(
    people: Staff, drawn: Drawn, index: int, number: dict[int, str], rng: np.random.Generator
) -> list[Response]:
    """One row for everybody in the programme who is employed, in the order in which the tool listed them."""
    found = []
    asked = [i for i in number if people.asked[i]]
    first = datetime.combine(list(WAVES.values())[index], time(8))
    for i in rng.permutation(asked).tolist():
        day = int(rng.integers(10))  # ten working days from a Monday on
        began = first + timedelta(days=day + 2 * (day // 5), minutes=int(rng.integers(480)))
        closed = began + timedelta(minutes=int(rng.integers(4, 25)), seconds=int(rng.integers(60)))
        luck = rng.random()
        if drawn.named[index, i]:
            cells = items_of(drawn, index, i) | slots_of(drawn, index, i, number, rng)
            response = Response(cells, COMPLETED, str(began), str(closed))
        elif drawn.stopped[index, i]:
            response = Response(items_of(drawn, index, i), SOME, str(began))
        else:
            response = Response({}, NEW if luck < 0.1 else DROPPED if luck < 0.2 else DISTRIBUTED)
        found.append(
            Response(
                {"id": people.ids[i], **response.cells}, response.status, response.started, response.closed
            )
        )
    return found


def items_of(drawn: Drawn, index: int, i: int) -> dict[str, str]:
    found = {}
    for item in range(len(ITEMS)):
        if not drawn.blank[index, i, item]:
            unsure, level = drawn.unsure[index, i, item], drawn.level[index, i, item]
            found[f"ind_{item + 1}"] = UNSURE[0] if unsure else CODES[level - 1]
    return found


def slots_of(
    drawn: Drawn, index: int, i: int, number: dict[int, str], rng: np.random.Generator
) -> dict[str, str]:
    """Names in an order of their own; some leave a place empty in between, and some choose a colleague twice."""
    chosen = [number[j] for j in rng.permutation(np.flatnonzero(drawn.ties[index, i])).tolist()]
    if not chosen:
        return {"kol_1": NOBODY[0]}
    left = SLOTS - len(chosen)
    slip = rng.random()
    if left and slip < 0.02:
        chosen.append(chosen[0])
    elif left and slip < 0.06:
        chosen.insert(int(rng.integers(len(chosen))), "")
    return {f"kol_{k}": code for k, code in enumerate(chosen, start=1)}


# -- the folder ---------------------------------------------------------------------------------------------


def luck_of() -> tuple[np.random.SeedSequence, np.random.SeedSequence]:
    """The luck of the programme that is shipped, and that of its files."""
    programme, files = np.random.SeedSequence(SEED).spawn(2)
    return programme, files


def studies(count: int, seed: int, planted: bool = True) -> Iterator[StudyData]:
    """Further simulated programmes with the same staff; without what is planted, all contact grows as it does."""
    study = read_study(HERE.parent / "kambu-aarhus")
    for luck in np.random.SeedSequence(seed).spawn(count):
        yield study_data(study, draw(luck, planted))


def truths() -> dict[str, float]:
    """Expected value of each planned outcome under the model, in the unit that it is told in."""
    return in_told_units(json.loads((TEMPLATES / "expected.json").read_text(encoding="utf-8")))


def build(out: Path) -> None:
    programme, files = luck_of()
    drawn = draw(programme)
    write(drawn, out, files)
    expectations = json.loads((TEMPLATES / "expected.json").read_text(encoding="utf-8"))
    for name in ("study.toml", "claims.toml", "SOURCE.md"):
        text = (TEMPLATES / name).read_text(encoding="utf-8")
        if name == "SOURCE.md":
            text = filled(text, expectations)
        write_text(out / name, text)
    write_text(out / "truth.json", dumped({"seed": SEED, **truth(drawn, expectations)}))
    listed = sorted(p for p in out.iterdir() if p.is_file() and p.name != "SHA256SUMS" and p.name[0] != ".")
    sums = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in listed]
    write_text(out / "SHA256SUMS", "".join(sums))


def filled(text: str, expectations: dict[str, dict[str, float]]) -> str:
    """Put the expected values into the text."""
    for name, told in expectations.items():
        value = round(told["value"], 2)
        text = text.replace(f"{{{name}}}", f"{value:+.2f}" if value else "0.00")
    return text.replace("{replications}", str(REPLICATIONS))


def dumped(values: object) -> str:
    return json.dumps(values, ensure_ascii=False, indent=2) + "\n"


def write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def main() -> None:
    parser = argparse.ArgumentParser(description="Rebuild the simulated study data/kambu-aarhus.")
    parser.add_argument("--out", type=Path, default=HERE.parent / "kambu-aarhus", help="folder to write to")
    parser.add_argument("--expected", action="store_true", help="work out the expected values anew first")
    chosen = parser.parse_args()
    if chosen.expected:
        write_text(TEMPLATES / "expected.json", dumped(expected()))
    build(chosen.out)


if __name__ == "__main__":
    main()
