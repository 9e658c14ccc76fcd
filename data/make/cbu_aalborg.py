"""Rebuild data/cbu-aalborg: a simulated study of 140 staff in nine functions, asked three times in 2021.

Run `uv run python data/make/cbu_aalborg.py [--out DIR]`; the same bytes come out on every machine.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from pathlib import Path

import numpy as np
from limesurvey import Response, draw_tokens, write_export
from names import draw_names

from netlearn.planning.simulate import SimulatedPanel, simulate
from netlearn.planning.worlds import World
from netlearn.study.panel import Panel

SEED = 2021
HERE = Path(__file__).resolve().parent
WAVES = {"before": date(2021, 1, 18), "midway": date(2021, 6, 14), "after": date(2021, 12, 6)}
FUNCTIONS = {
    "Indsatsteam": 14,
    "Sprog og integration": 12,
    "Børneterapeutisk team": 20,
    "Psykologteam": 18,
    "Socialrådgiverteam": 16,
    "Konsulentteam": 13,
    "Sekretærer og ledelse": 12,
    "Specialbørnehaver": 21,
    "Sundhedsplejen": 20,
}
# One person leaves and another comes in each of these functions: three pairs before midway, three after it.
TURNOVER = (0, 2, 3, 4, 7, 8)
LAST_DAY = ("2021-03-31", "2021-04-30", "2021-05-31", "2021-07-31", "2021-08-31", "2021-09-30")
FIRST_DAY = ("2021-04-01", "2021-05-01", "2021-06-01", "2021-08-01", "2021-09-01", "2021-10-01")
# (function left, function joined, wave from which it counts)
MOVES = ((3, 5, "midway"), (4, 0, "after"))

# The same people and the same non-response in all three relations: only these settings differ.
STAFF = {
    "n": sum(FUNCTIONS.values()),
    "groups": tuple(FUNCTIONS.values()),
    "waves": tuple(WAVES),
    "activity_sd": 0.6,
    "popularity_sd": 0.4,
    "nonresponse": (0.15, 0.20, 0.17),
    "lean": 0.5,
}
RELATIONS = {
    "contact": World(
        **STAFF,
        density=0.05,
        homophily=2.1,
        reciprocity=0.5,
        stability=0.7,
        drift=0.1,
        effect=(0.0, 0.0085, 0.017),
        level_shares=(0.4, 0.3, 0.2, 0.1),
    ),
    "knows_task": World(
        **STAFF,
        density=0.12,
        homophily=2.6,
        reciprocity=0.4,
        stability=0.8,
        drift=0.1,
        effect=(0.0, 0.004, 0.008),
    ),
    "advice": World(**STAFF, density=0.02, homophily=2.4, reciprocity=0.2, stability=0.85, drift=0.05),
}


@dataclass(frozen=True)
class Staff:
    """The people, in the order of the simulation (function by function)."""

    ids: list[str]
    names: list[str]
    tokens: list[str]
    start: list[str]
    end: list[str]
    moved: dict[str, dict[int, int]]

    def employed(self, wave: str) -> np.ndarray:
        day = WAVES[wave].isoformat()
        came = [not first or first <= day for first in self.start]
        left = [bool(last) and last < day for last in self.end]
        return np.array(came) & ~np.array(left)


def draw_staff(rng: np.random.Generator) -> Staff:
    group = RELATIONS["contact"].group
    members = [rng.permuted(np.flatnonzero(group == k)) for k in range(len(FUNCTIONS))]
    start, end = [""] * len(group), [""] * len(group)
    for k, last, first in zip(TURNOVER, LAST_DAY, FIRST_DAY, strict=True):
        end[members[k][0]], start[members[k][1]] = last, first
    moved: dict[str, dict[int, int]] = {"midway": {}, "after": {}}
    for left, joined, wave in MOVES:
        moved[wave][int(members[left][2])] = joined
    namesakes = int(members[1][2]), int(members[8][2])
    names = draw_names(len(group), rng, namesakes)
    ids = [""] * len(group)
    for number, person in enumerate(rng.permuted(np.arange(len(group))), start=1):
        ids[person] = f"k{number:03d}"
    return Staff(ids, names, draw_tokens(len(group), rng), start, end, moved)


def write_roster(path: Path, staff: Staff) -> None:
    functions, group = list(FUNCTIONS), RELATIONS["contact"].group
    with path.open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream, lineterminator="\n")
        table.writerow(
            ["id", "name", "token", "department", "start", "end", "department_midway", "department_after"]
        )
        for i in np.argsort(staff.ids):
            later = [staff.moved[wave].get(int(i)) for wave in ("midway", "after")]
            row = [staff.ids[i], staff.names[i], staff.tokens[i], functions[group[i]], staff.start[i]]
            table.writerow([*row, staff.end[i], *("" if k is None else functions[k] for k in later)])


def write_wave(
    path: Path, label: str, staff: Staff, panels: dict[str, Panel], rng: np.random.Generator
) -> None:
    there = staff.employed(label)
    listed = sorted(np.flatnonzero(there), key=lambda i: staff.ids[i])
    codes = [staff.ids[i] for i in listed]
    columns = [f"{name}[{code}]" for name in ("contact", "knows_task") for code in codes]
    columns += [f"advice[{code}]" for code in [*codes, "NONE"]]
    answered = [i for i in listed if panels["contact"].wave(label).cells.senders[i]]
    unfinished = set(rng.permuted(answered)[:4])
    tired = set(rng.permuted([i for i in answered if i not in unfinished])[:3])
    responses = []
    for i in answered:
        answers = answers_of(i, label, listed, staff, panels, rng)
        if i in unfinished:
            answers = {column: code for column, code in answers.items() if column.startswith("contact[")}
        if i in tired:
            # The end of the long list of colleagues was left blank: missing answers, not a "no".
            blank = {f"contact[{code}]" for code in codes[int(rng.integers(70, 120)) :]}
            answers = {column: code for column, code in answers.items() if column not in blank}
        done = i not in unfinished
        responses.append(Response(staff.tokens[i], 3 if done else 1, done, answers))
    silent = [i for i in listed if i not in set(answered)]
    if label == "midway":
        responses.append(Response(staff.tokens[silent[0]], 0, False, {}))  # opened the page and left it
    write_export(path, columns, responses, datetime.combine(WAVES[label], time(8)), rng)


def answers_of(
    i: int, label: str, listed: list[int], staff: Staff, panels: dict[str, Panel], rng: np.random.Generator
) -> dict[str, str]:
    others = np.array([j for j in listed if j != i])
    codes = [staff.ids[j] for j in others]
    level = {name: dict(ties_of(panel, label, i)) for name, panel in panels.items()}
    unsure = rng.random((2, len(others))) < np.array([[0.01], [0.02]])
    answers = {}
    for j, code, (no_idea, no_clue) in zip(others, codes, unsure.T, strict=True):
        answers[f"contact[{code}]"] = "A9" if no_idea else f"A{level['contact'].get(j, 0)}"
        answers[f"knows_task[{code}]"] = "U" if no_clue else "Y" if j in level["knows_task"] else "N"
    asked = [code for j, code in zip(others, codes, strict=True) if j in level["advice"]]
    return answers | {f"advice[{code}]": "Y" for code in asked or ["NONE"]}


def ties_of(panel: Panel, label: str, i: int) -> list[tuple[int, int]]:
    wave = panel.wave(label)
    own = wave.sender == i
    return [(int(j), int(level)) for j, level in zip(wave.receiver[own], wave.level[own], strict=True)]


def truth(panels: dict[str, Panel], staff: Staff) -> dict[str, object]:
    relations = {}
    for name, world in RELATIONS.items():
        pairs = [("before", "midway"), ("midway", "after"), ("before", "after")]
        relations[name] = {
            "model": asdict(world),
            "expected_change": {
                " -> ".join(pair): {key: round(value, 6) for key, value in world.truth(pair).items()}
                for pair in pairs
            },
            "change_had_everybody_answered": {
                " -> ".join(pair): {"cross_density": round(realised(panels[name], staff, pair), 6)}
                for pair in pairs
            },
        }
    return {
        "note": "Simulated. `model` holds the settings of netlearn.planning.worlds.World; `expected_change` "
        "follows from them for everybody on the roster; the last table is the luck of this one simulation.",
        "seed": SEED,
        "relations": relations,
    }


def realised(panel: Panel, staff: Staff, pair: tuple[str, str]) -> float:
    stayed = staff.employed(pair[0]) & staff.employed(pair[1])
    cells = np.outer(stayed, stayed) & (panel.group()[:, None] != panel.group()[None, :])
    first, last = (panel.wave(label).ties[cells].mean() for label in pair)
    return float(last - first)


def draw_study() -> tuple[Staff, dict[str, SimulatedPanel], list[np.random.SeedSequence]]:
    """The staff, one simulated panel per relation, and the luck that is left for each survey."""
    people_luck, tie_luck, *wave_luck = np.random.SeedSequence(SEED).spawn(2 + len(WAVES))
    staff = draw_staff(np.random.default_rng(people_luck))
    # The same luck in each relation: those who are asked for advice are mostly among those contacted.
    return staff, {name: simulate(world, tie_luck) for name, world in RELATIONS.items()}, wave_luck


def build(out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    staff, made, wave_luck = draw_study()
    answered = {name: simulated.panel for name, simulated in made.items()}
    complete = {name: simulated.complete for name, simulated in made.items()}
    write_roster(out / "roster.csv", staff)
    for label, luck in zip(WAVES, wave_luck, strict=True):
        write_wave(out / f"survey_{label}.csv", label, staff, answered, np.random.default_rng(luck))
    for name in ("study.toml", "SOURCE.md"):
        (out / name).write_bytes((HERE / "cbu-aalborg" / name).read_bytes().replace(b"\r\n", b"\n"))
    text = json.dumps(truth(complete, staff), ensure_ascii=False, indent=2)
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
