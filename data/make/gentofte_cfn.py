"""Rebuild data/gentofte-cfn: a simulated study of 21 staff in five units, and of 60 citizens in their activities.

Run `uv run python data/make/gentofte_cfn.py [--out DIR]`; the same bytes come out on every machine. `draw` and
`study_data` make further studies of the same people and model without files.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import numpy as np
from gentofte_draw import ACTIVITIES, SESSIONS, WORLDS, Drawn, as_told, draw, everybody, expected, settings
from gentofte_people import STAFF, THERE, WAVES, write_citizens, write_roster
from gentofte_read import AGREE, ITEMS, said, study_data
from kobo import Form, Submission, write_export

from netlearn.analysis.carry_out import RUNNERS, planned
from netlearn.analysis.data import How, StudyData
from netlearn.study.plan import read_study

SEED = 26
HERE = Path(__file__).resolve().parent
TEMPLATES = HERE / "gentofte-cfn"
FILES = {"før": "kobo_foer.xlsx", "efter": "kobo_efter.xlsx"}
VERSIONS = {"før": "vKx3TqLmZ8sRwYd2nHbPfe", "efter": "vR7cWjUa5gQeMxNt4kZyLs"}
KEY, ADVICE, ANY_PLANS, PLANS = "om_dig/kode", "netvaerk/raad", "netvaerk/planlagt", "planlaegning"
OFTEN = ("slet_ikke", "en_gang", "flere_gange", "hver_uge")
PLANNED_OFTEN = ("en_gang", "flere_gange")
# First day of the eight weeks of each period, and the days of the week (Monday = 0) on which an activity is held.
STARTS = {"før": date(2018, 7, 2), "efter": date(2019, 2, 4)}
HELD = {
    "Lørdagsbrunch": [7 * week + 5 for week in range(8)],
    "Onsdag: mad og spil": [7 * week + 2 for week in range(8)],
    "Eventhold": [14 * turn + 3 for turn in range(4)],
    "Spilleklub": [7 * week + 1 for week in range(8)],
    "Sæsonarrangementer": [20, 48],
}


# -- the files ----------------------------------------------------------------------------------------------------


def listed(label: str) -> list[int]:
    """The people whom the form of a wave lists, in the order of their ids."""
    return sorted(np.flatnonzero(THERE[label]).tolist(), key=lambda i: STAFF.ids[i])


def form(label: str) -> Form:
    """The form of a wave: who came later is in the second only, who left in the first."""
    ids = [STAFF.ids[i] for i in listed(label)]
    boxes = [ADVICE, *(f"{ADVICE}/{i}" for i in ids), f"{ADVICE}/ingen"]
    headings = [KEY, *(f"kontakt/{i}" for i in ids), *boxes, ANY_PLANS, *ITEMS]
    repeats = {PLANS: (f"{PLANS}/hvem", f"{PLANS}/hvor_tit")}
    return Form(f"Netværk {label} forløbet", VERSIONS[label], headings, repeats, 2 if label == "før" else 1)


def submission(label: str, person: int, drawn: Drawn, rng: np.random.Generator) -> Submission:
    """What one person sent in."""
    w = list(WAVES).index(label)
    others = [j for j in listed(label) if j != person]
    told = {name: [j for j in others if drawn.told[name][w, person, j]] for name in WORLDS}
    level = {name: drawn.levels[name][w, person] for name in WORLDS}
    answers: dict[str, str | int] = {KEY: STAFF.keys[person]}
    answers |= {f"kontakt/{STAFF.ids[j]}": OFTEN[level["kontakt"][j]] for j in told["kontakt"]}
    if told["råd"]:
        chosen = [STAFF.ids[j] for j in rng.permutation(others).tolist() if level["råd"][j]] or ["ingen"]
        ids = [*(STAFF.ids[j] for j in listed(label)), "ingen"]
        answers |= {ADVICE: " ".join(chosen)} | {f"{ADVICE}/{i}": int(i in chosen) for i in ids}
    plans: list[dict[str, str]] = []
    if told["planlægning"]:
        named = [j for j in rng.permutation(others).tolist() if level["planlægning"][j]]
        answers[ANY_PLANS] = "ja" if named else "nej"
        often = {j: PLANNED_OFTEN[level["planlægning"][j] - 1] for j in named}
        plans = [{f"{PLANS}/hvem": STAFF.ids[j], f"{PLANS}/hvor_tit": often[j]} for j in named]
    for k, item in enumerate(ITEMS):
        if drawn.agreed[w, person, k]:
            answers[item] = AGREE[said(int(drawn.agree[w, person, k]), k) - 1]
    return Submission(answers, {PLANS: plans})


def submissions(label: str, drawn: Drawn, rng: np.random.Generator) -> list[Submission]:
    """All forms of a wave in the order of arrival; in the second somebody sent an unfinished one first."""
    w = list(WAVES).index(label)
    gave = [i for i in listed(label) if drawn.told["kontakt"][w, i].any()]
    sent = [submission(label, i, drawn, rng) for i in rng.permutation(gave).tolist()]
    if label == "efter":
        again = sent[9].answers
        begun = {name: cell for name, cell in again.items() if name == KEY or name.startswith("kontakt/")}
        sent.insert(5, Submission(dict(list(begun.items())[:8])))
    return sent


def write(drawn: Drawn, out: Path, luck: np.random.SeedSequence) -> None:
    """Write the staff list, both exports, the lists of attendance, the study file and the claims."""
    out.mkdir(parents=True, exist_ok=True)
    write_roster(out / "roster.csv")
    write_citizens(out / "borgere.csv")
    write_teaching(out / "undervisning.csv", drawn)
    *waves, visits = (np.random.default_rng(child) for child in luck.spawn(len(WAVES) + 1))
    for (label, day), rng in zip(WAVES.items(), waves, strict=True):
        sent = submissions(label, drawn, rng)
        write_export(out / FILES[label], form(label), sent, datetime.combine(day, time(8)), rng)
    write_visits(out / "fremmoede.csv", drawn, visits)
    for name in ("study.toml", "claims.toml", "SOURCE.md"):
        put(out / name, (TEMPLATES / name).read_text(encoding="utf-8"))


def put(path: Path, text: str) -> None:
    """Write a text with one kind of line end on every machine."""
    path.write_text(text, encoding="utf-8", newline="\n")


def write_teaching(path: Path, drawn: Drawn) -> None:
    """Write who of the staff was at which teaching session."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream, delimiter=";", lineterminator="\n")
        table.writerow(["dato", "gang", "medarbejder"])
        for k, day in enumerate(SESSIONS):
            there = sorted(STAFF.ids[i] for i in np.flatnonzero(drawn.present[:, k]))
            table.writerows([day.isoformat(), f"gang {k + 1}", person] for person in there)


def write_visits(path: Path, drawn: Drawn, rng: np.random.Generator) -> None:
    """Write a row for each time a citizen came, on one of the days on which the activity was held."""
    rows = []
    for person, room, period, times in drawn.visits.itertuples(index=False):
        days = HELD[room][: ACTIVITIES[room].sessions[list(WAVES).index(period)]]
        for day in rng.choice(days, times, replace=False).tolist():
            rows.append(((STARTS[period] + timedelta(days=day)).isoformat(), room, person, period))
    with path.open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream, delimiter=";", lineterminator="\n")
        table.writerow(["dato", "aktivitet", "borger", "periode"])
        table.writerows(sorted(rows))


# -- what is true -------------------------------------------------------------------------------------------------


def realised(data: StudyData) -> dict[str, float]:
    """The estimate of every planned outcome, computed as in a report but with few permutations."""
    found = {}
    for _, outcome in planned(data.study):
        result = RUNNERS[outcome.family](data, outcome, How(draws=19))
        found[outcome.name] = round(float(result.estimate), 6) + 0.0
    return found


def truth(data: StudyData) -> dict[str, object]:
    """The settings, the expected change of each outcome, and the change had everybody answered (`data`)."""
    return {
        "note": "Simulated. `model` holds the settings of data/make/gentofte_draw.py, netlearn.planning.worlds and "
        "netlearn.planning.attendance. `expected_change` follows from them exactly; `expected_as_told` is the same in "
        "the units of a report, where a density is told as colleagues per person, averaged over who is silent. "
        "`change_had_everybody_answered` is the luck of this one simulation. Densities are shares of possible ties, "
        "the scale has steps from 1 to 5, activities and visits are numbers per citizen.",
        "seed": SEED,
        "model": settings(),
        "expected_change": {name: round(value, 6) + 0.0 for name, value in expected().items()},
        "expected_as_told": {name: round(value, 4) + 0.0 for name, value in as_told().items()},
        "change_had_everybody_answered": realised(data),
    }


def luck_of() -> tuple[np.random.SeedSequence, np.random.SeedSequence]:
    """The luck of the study that is shipped, and of its files."""
    draw_luck, file_luck = np.random.SeedSequence(SEED).spawn(2)
    return draw_luck, file_luck


def truths() -> dict[str, float]:
    """Expected value of every planned outcome in the unit that it is told in."""
    told = json.loads((HERE.parent / "gentofte-cfn" / "truth.json").read_text(encoding="utf-8"))
    return dict(told["expected_as_told"])


def studies(count: int, seed: int, planted: bool = True) -> Iterator[StudyData]:
    """Further simulated studies of the same people and model; with `planted` False nothing changes but by chance."""
    study = read_study(HERE.parent / "gentofte-cfn")
    for luck in np.random.SeedSequence(seed).spawn(count):
        yield study_data(study, draw(luck, planted))


def build(out: Path) -> None:
    """Write the whole folder."""
    draw_luck, file_luck = luck_of()
    drawn = draw(draw_luck)
    write(drawn, out, file_luck)
    data = study_data(read_study(out), everybody(drawn))
    put(out / "truth.json", json.dumps(truth(data), ensure_ascii=False, indent=2) + "\n")
    files = sorted(p for p in out.iterdir() if p.is_file() and p.name != "SHA256SUMS" and p.name[0] != ".")
    sums = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files]
    put(out / "SHA256SUMS", "".join(sums))


def main() -> None:
    """Read the arguments and build."""
    parser = argparse.ArgumentParser(description="Rebuild the simulated study data/gentofte-cfn.")
    parser.add_argument("--out", type=Path, default=HERE.parent / "gentofte-cfn", help="folder to write to")
    build(parser.parse_args().out)


if __name__ == "__main__":
    main()
