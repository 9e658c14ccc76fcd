"""Rebuild data/naestved-cam: a simulated study of a job centre with 100 staff in six units, asked before and after.

Run `uv run python data/make/naestved_cam.py [--out DIR]`; the same bytes come out on every machine. `draw` and
`study_data` make further studies of the same people and model without files.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
from naestved_draw import KINDS, WORLD, Drawn, answers, draw, mean_answer, middles, settings
from naestved_export import write_attendance, write_first, write_second
from naestved_items import AIMS, study_file
from naestved_read import study_data
from naestved_staff import NAMES, WAVES, staff

from netlearn.analysis.carry_out import RUNNERS, planned
from netlearn.analysis.data import How, StudyData
from netlearn.study.plan import read_study

SEED = 11
HERE = Path(__file__).resolve().parent
TEMPLATES = HERE / "naestved-cam"


def write(drawn: Drawn, out: Path, luck: np.random.SeedSequence) -> None:
    """Write the roster, both exports, the modules, the study file and the claims."""
    out.mkdir(parents=True, exist_ok=True)
    write_roster(out / "roster.csv")
    first, second, third = (np.random.default_rng(child) for child in luck.spawn(3))
    write_first(out / "svar_foer.sav", drawn, first)
    write_second(out / "svar_efter.xlsx", drawn, second)
    write_attendance(out / "modules.xlsx", drawn, third)
    put(out / "study.toml", study_file(TEMPLATES / "study.toml"))
    for name in ("claims.toml", "SOURCE.md"):
        put(out / name, (TEMPLATES / name).read_text(encoding="utf-8"))


def put(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def write_roster(path: Path) -> None:
    people = staff()
    with path.open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream, lineterminator="\n")
        table.writerow(
            [
                "id",
                "navn",
                "vises_som",
                "adgang",
                "enhed",
                "anciennitet",
                "ansat_fra",
                "ansat_til",
                "enhed_efter",
            ]
        )
        for i in np.argsort(people.ids).tolist():
            moved = NAMES[people.moved[i]] if i in people.moved else ""
            who = [
                people.ids[i],
                people.names[i],
                people.list_names[i],
                people.tokens[i],
                NAMES[people.unit[i]],
            ]
            table.writerow([*who, people.seniority[i], people.first[i], people.last[i], moved])


# -- what is true -----------------------------------------------------------------------------------------------


def expected() -> dict[str, float]:
    """The value of every planned outcome that follows from the model."""
    of_ties = WORLD.truth()
    risen = {}
    for kind in KINDS:
        before, after = ([mean_answer(middle, kind) for middle in middles(kind, w)] for w in (0, 1))
        risen[kind] = np.array(after) - np.array(before)
    closed = risen["nu"] - risen["krav"]
    at = [*AIMS].index("kendskab til centrale metoder") * 3
    return {
        "kontakt_på_tværs": of_ties["cross_density"],
        "afstand": float(closed.mean()) + 0.0,
        "afstand_metoder": float(closed[at : at + 3].mean()) + 0.0,
        "kunnen": float(risen["nu"].mean()),
        "følges_ad": 0.0,
        "særlig_på_tværs": of_ties["cross_log_odds"],
        "fælles_moduler": 0.0,
    }


def as_told() -> dict[str, float]:
    """The same in the unit that is told: colleagues per person, percentage points, steps of the scale."""
    told = expected()
    told["kontakt_på_tværs"] *= colleagues_seen()
    told["fælles_moduler"] *= 100
    return told


def colleagues_seen() -> float:
    """Colleagues elsewhere whom a person judges in both surveys, on average, from 100 simulated programmes."""
    elsewhere = staff().unit[:, None] != staff().unit[None, :]
    found = []
    for luck in np.random.SeedSequence(2017).spawn(100):
        drawn = draw(luck)
        known = (drawn.told & ~drawn.no_idea).all(axis=0)
        found.append((known & elsewhere).sum() / known.any(axis=1).sum())
    return float(np.mean(found))


def realised(data: StudyData) -> dict[str, float]:
    """The estimate of every planned outcome, computed as in a report but without permutations."""
    found = {}
    for _, outcome in planned(data.study):
        result = RUNNERS[outcome.family](data, outcome, How(draws=19))
        found[outcome.name] = round(float(result.estimate), 6) + 0.0
    return found


def everybody(drawn: Drawn) -> Drawn:
    """The same draw, had everybody who was employed answered everything."""
    there = np.array([staff().employed(wave) for wave in WAVES])
    told = there[:, :, None] & there[:, None, :] & ~np.eye(staff().n, dtype=bool)
    nothing = np.zeros_like(drawn.blank)
    return replace(
        drawn,
        told=told,
        no_idea=np.zeros_like(told),
        opened=there,
        blank=nothing,
        unsure=nothing,
        transfer_blank=np.zeros_like(drawn.transfer_blank),
    )


def alphas() -> dict[str, dict[str, float]]:
    """Cronbach's alpha of every aim before the programme, from 100,000 simulated people."""
    levels = answers(np.random.default_rng(7), 100_000)[0].astype(float)
    found: dict[str, dict[str, float]] = {}
    for at, aim in enumerate(AIMS):
        items = levels[:, :, 3 * at : 3 * at + 3]
        found[aim] = {kind: round(_alpha(items[k]), 2) for k, kind in enumerate(KINDS)}
    return found


def _alpha(items: np.ndarray) -> float:
    covariance = np.cov(items.T)
    m = len(covariance)
    return float(m / (m - 1) * (1 - np.trace(covariance) / covariance.sum()))


def truth(data: StudyData) -> dict[str, object]:
    """The settings, the expected value of each outcome, and the value had everybody answered (`data`)."""
    return {
        "note": "Simulated. `model` holds the settings of data/make/naestved_draw.py and of netlearn.planning.worlds. "
        "`expected_change` follows from them; `expected_as_told` is the same in the unit that a report tells. "
        "`change_had_everybody_answered` is the luck of this one simulation. Densities are shares; "
        "gaps and scores are steps of the scale, a gap that closed being positive.",
        "seed": SEED,
        "model": settings(),
        "expected_change": {name: round(value, 6) + 0.0 for name, value in expected().items()},
        "expected_as_told": {name: round(value, 6) + 0.0 for name, value in as_told().items()},
        "change_had_everybody_answered": realised(data),
        "cronbachs_alpha_before": alphas(),
    }


def truths() -> dict[str, float]:
    """Expected value of every planned outcome in the unit that it is told in."""
    told = json.loads((HERE.parent / "naestved-cam" / "truth.json").read_text(encoding="utf-8"))
    return dict(told["expected_as_told"])


def studies(count: int, seed: int, planted: bool = True) -> Iterator[StudyData]:
    """Further simulated studies of the same people and model; with `planted` = False nothing changes in them."""
    study = read_study(HERE.parent / "naestved-cam")
    for luck in np.random.SeedSequence(seed).spawn(count):
        yield study_data(study, draw(luck, planted))


def build(out: Path) -> None:
    draw_luck, file_luck = np.random.SeedSequence(SEED).spawn(2)
    drawn = draw(draw_luck)
    write(drawn, out, file_luck)
    data = study_data(read_study(out), everybody(drawn))
    put(out / "truth.json", json.dumps(truth(data), ensure_ascii=False, indent=2) + "\n")
    files = sorted(p for p in out.iterdir() if p.is_file() and p.name != "SHA256SUMS" and p.name[0] != ".")
    put(
        out / "SHA256SUMS",
        "".join(f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.name}\n" for p in files),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Rebuild the simulated study data/naestved-cam.")
    parser.add_argument("--out", type=Path, default=HERE.parent / "naestved-cam", help="folder to write to")
    build(parser.parse_args().out)


if __name__ == "__main__":
    main()
