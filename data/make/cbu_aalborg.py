"""Rebuild data/cbu-aalborg: a simulated study of 140 staff in nine functions, asked three times in 2021.

Run `uv run python data/make/cbu_aalborg.py [--out DIR]`; the same bytes come out on every machine.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import datetime, time
from pathlib import Path

import numpy as np
from cbu_draw import FUNCTIONS, RELATIONS, WAVES, Drawn, Staff, children, draw, draw_answers
from cbu_read import study_data
from cbu_rooms import settings
from cbu_truth import expected
from limesurvey import Response, write_export

from netlearn.analysis.data import StudyData
from netlearn.study.panel import Panel
from netlearn.study.plan import Study, read_study

__all__ = ["SEED", "draw", "studies", "study_data", "truths", "write"]

SEED = 2021
HERE = Path(__file__).resolve().parent
TEMPLATES = ("study.toml", "claims.toml", "SOURCE.md")
# Of the planned outcomes: relation, waves, what is expected, unit. Sharing a room does nothing.
OUTCOMES = {
    "kontakt": ("contact", ("before", "after"), "cross_out_degree", "colleagues per person"),
    "kontakt_ei": ("contact", ("before", "after"), "ei_index", "E-I index"),
    "kontakt_odds": ("contact", ("before", "after"), "cross_log_odds", "log odds ratio"),
    "kendskab": ("knows_task", ("before", "after"), "cross_out_degree", "colleagues per person"),
    "faglige_raad": ("advice", ("before", "after"), "cross_out_degree", "colleagues per person"),
    "kontakt_midtvejs": ("contact", ("before", "midway"), "cross_out_degree", "colleagues per person"),
    "makkere": ("contact", ("before", "after"), None, "ties per 100 possible ties"),
}


# -- the files ----------------------------------------------------------------------------------------------


def write(drawn: Drawn, out: Path, luck: np.random.SeedSequence) -> None:
    """Write the roster, the rooms and the three exports; `luck` is that of the draw."""
    out.mkdir(parents=True, exist_ok=True)
    write_table(out / "roster.csv", roster_rows(drawn.staff))
    write_table(out / "rooms.csv", room_rows(drawn))
    for label, child in zip(WAVES, children(luck)[2:], strict=False):
        write_wave(out / f"survey_{label}.csv", label, drawn, np.random.default_rng(child))


def write_table(path: Path, rows: Iterable[Iterable[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)


def roster_rows(staff: Staff) -> list[list[str]]:
    functions, group = list(FUNCTIONS), RELATIONS["contact"].group
    rows = [["id", "name", "token", "department", "start", "end", "department_midway", "department_after"]]
    for i in np.argsort(staff.ids):
        later = [staff.moved[wave].get(int(i)) for wave in ("midway", "after")]
        row = [staff.ids[i], staff.names[i], staff.tokens[i], functions[group[i]], staff.start[i]]
        rows.append([*row, staff.end[i], *("" if k is None else functions[k] for k in later)])
    return rows


def room_rows(drawn: Drawn) -> list[list[str]]:
    """Room by room, in the order of the kinds."""
    kinds = list(dict.fromkeys(row.kind for row in drawn.rooms))
    ids = drawn.staff.ids
    rows = sorted((kinds.index(row.kind), row.room, ids[row.person], row.wave) for row in drawn.rooms)
    return [
        ["id", "kind", "room", "wave"],
        *([person, kinds[k], room, wave] for k, room, person, wave in rows),
    ]


def write_wave(path: Path, label: str, drawn: Drawn, rng: np.random.Generator) -> None:
    staff, answers = drawn.staff, drawn.answers[label]
    draw_answers(staff, drawn.made["contact"].panel, label, rng)  # the dates come from the luck that is left
    listed = staff.listed(label)
    codes = [staff.ids[i] for i in listed]
    columns = [f"{name}[{code}]" for name in ("contact", "knows_task") for code in codes]
    columns += [f"advice[{code}]" for code in [*codes, "NONE"]]
    responses = []
    for i in listed:
        if answers.answered[i]:
            done = bool(answers.finished[i])
            responses.append(Response(staff.tokens[i], 3 if done else 1, done, answers_of(i, label, drawn)))
    if label == "midway":
        silent = next(i for i in listed if not answers.answered[i])
        responses.append(Response(staff.tokens[silent], 0, False, {}))  # opened the page and left it
    write_export(path, columns, responses, datetime.combine(WAVES[label], time(8)), rng)


def answers_of(i: int, label: str, drawn: Drawn) -> dict[str, str]:
    staff, answers = drawn.staff, drawn.answers[label]
    others = {j: staff.ids[j] for j in staff.listed(label) if j != i}
    level = {name: dict(ties_of(made.panel, label, i)) for name, made in drawn.made.items()}
    unsure = {name: cells[i] for name, cells in answers.unsure.items()}
    found = {}
    for j, code in others.items():
        if not answers.blank[i, j]:
            found[f"contact[{code}]"] = "A9" if unsure["contact"][j] else f"A{level['contact'].get(j, 0)}"
        if answers.finished[i]:
            found[f"knows_task[{code}]"] = (
                "U" if unsure["knows_task"][j] else "Y" if j in level["knows_task"] else "N"
            )
    asked = [code for j, code in others.items() if j in level["advice"]] or ["NONE"]
    return found | {f"advice[{code}]": "Y" for code in asked if answers.finished[i]}


def ties_of(panel: Panel, label: str, i: int) -> list[tuple[int, int]]:
    wave = panel.wave(label)
    own = wave.sender == i
    return [(int(j), int(level)) for j, level in zip(wave.receiver[own], wave.level[own], strict=True)]


# -- what is true -------------------------------------------------------------------------------------------


def truth(drawn: Drawn, study: Study) -> dict[str, object]:
    relations = {}
    for name, world in RELATIONS.items():
        pairs = [("before", "midway"), ("midway", "after"), ("before", "after")]
        complete = drawn.made[name].complete
        relations[name] = {
            "model": asdict(world),
            "expected_change": {
                " -> ".join(pair): {key: round(value, 6) for key, value in world.truth(pair).items()}
                for pair in pairs
            },
            "change_had_everybody_answered": {
                " -> ".join(pair): {
                    key: round(value, 6) for key, value in realised(complete, drawn.staff, pair).items()
                }
                for pair in pairs
            },
        }
    return {
        "note": "Simulated. `model` holds the settings of netlearn.planning.worlds.World; `expected_change` "
        "follows from them for everybody on the roster; the table after it is the luck of this one simulation. "
        "`outcomes` has the expected value of every planned outcome, by its name in study.toml, in the cells that are "
        "answered both times (cbu_truth.py).",
        "seed": SEED,
        "relations": relations,
        "rooms": settings(),
        "outcomes": outcomes(study),
    }


def outcomes(study: Study) -> dict[str, dict[str, object]]:
    """The expected value of every planned outcome, as it is told."""
    asked = {name: (relation, waves, what) for name, (relation, waves, what, _) in OUTCOMES.items() if what}
    found = expected(study, asked)
    return {
        name: {"unit": told[-1], "expected": round(found.get(name, 0.0), 3)}
        for name, told in OUTCOMES.items()
    }


def truths() -> dict[str, float]:
    """Expected value of every planned outcome in the unit that it is told in; sharing a room does nothing."""
    told = json.loads((HERE.parent / "cbu-aalborg" / "truth.json").read_text(encoding="utf-8"))
    return {name: float(value["expected"]) for name, value in told["outcomes"].items()}


def realised(panel: Panel, staff: Staff, pair: tuple[str, str]) -> dict[str, float]:
    """The change among those who were there both times, had everybody answered."""
    stayed = staff.employed(pair[0]) & staff.employed(pair[1])
    cells = np.outer(stayed, stayed) & (panel.group()[:, None] != panel.group()[None, :])
    inside = np.outer(stayed, stayed) & ~cells & ~np.eye(panel.n, dtype=bool)
    (x1, w1), (x2, w2) = ((ties[cells], ties[inside]) for ties in (panel.wave(w).ties for w in pair))
    odds = [np.log(p / (1 - p)) for p in (x1.mean(), x2.mean(), w1.mean(), w2.mean())]
    index = [(x.sum() - w.sum()) / (x.sum() + w.sum()) for x, w in ((x1, w1), (x2, w2))]
    return {
        "cross_density": float(x2.mean() - x1.mean()),
        "cross_out_degree": float(x2.sum() - x1.sum()) / int(stayed.sum()),
        "ei_index": float(index[1] - index[0]),
        "cross_log_odds": float(odds[1] - odds[0] - odds[3] + odds[2]),
    }


# -- further years ------------------------------------------------------------------------------------------


def studies(count: int, seed: int, planted: bool = True) -> Iterator[StudyData]:
    """Further simulated years; with `planted` = False no tie across functions is made likelier in them.

    Ties come and go, people come and leave, some are silent and rooms are dealt in both worlds.
    """
    study = read_study(HERE.parent / "cbu-aalborg")
    for luck in np.random.SeedSequence(seed).spawn(count):
        yield study_data(study, draw(luck, planted))


# -- the folder ---------------------------------------------------------------------------------------------


def build(out: Path) -> None:
    luck = np.random.SeedSequence(SEED)
    drawn = draw(luck)
    write(drawn, out, luck)
    for name in TEMPLATES:
        (out / name).write_bytes((HERE / "cbu-aalborg" / name).read_bytes().replace(b"\r\n", b"\n"))
    text = json.dumps(truth(drawn, read_study(out)), ensure_ascii=False, indent=2)
    (out / "truth.json").write_text(text + "\n", encoding="utf-8", newline="\n")
    files = sorted(
        path for path in out.iterdir() if path.is_file() and path.name != "SHA256SUMS" and path.name[0] != "."
    )
    sums = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files]
    (out / "SHA256SUMS").write_text("".join(sums), encoding="utf-8", newline="\n")


def main() -> None:
    parser = argparse.ArgumentParser(description="Rebuild the simulated study data/cbu-aalborg.")
    parser.add_argument("--out", type=Path, default=HERE.parent / "cbu-aalborg", help="folder to write to")
    build(parser.parse_args().out)


if __name__ == "__main__":
    main()
