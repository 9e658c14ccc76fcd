"""What is true in data/kambu-aarhus: the planned outcomes had everybody answered, and their expected values.

The formulas are written out here, so that they do not lean on the package that is tried on these data.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from kambu_draw import TURNED, Drawn, draw, settings
from kambu_staff import WAVES, Staff, staff

SEED, REPLICATIONS = 20231009, 400
TOLD = {
    "contact": "colleagues per person",
    "both-trained": "ties per 100 possible",
    "one-trained": "ties per 100 possible",
    "insight": "steps of the answers",
    "areas": "share of ties",
}


def measured(drawn: Drawn) -> dict[str, float]:
    """The planned outcomes of one programme, had everybody in it answered every time."""
    people = staff()
    asked = np.array([people.asked & people.employed(wave) for wave in WAVES])
    cross = people.workplace[:, None] != people.workplace
    degree = (drawn.ties & cross).sum(axis=2)
    kinds = _by_kind(drawn, people, cross)
    return {
        "contact": over_starts(np.where(asked, degree, np.nan), drawn.start),
        "both-trained": kinds["both"] - kinds["none"],
        "one-trained": kinds["one"] - kinds["none"],
        "insight": over_starts(np.where(asked, _scores(drawn), np.nan), drawn.start),
        "areas": _areas(drawn, people),
    }


def expected(replications: int = REPLICATIONS) -> dict[str, dict[str, float]]:
    """Expected value of every planned outcome, with its simulation error.

    Who is trained is drawn by lot, so without training there is no difference between the arms to be expected: a
    difference is the mean of what it differs from the same programme, with the same luck, without what training does.
    """
    rows = []
    for luck in np.random.SeedSequence(SEED).spawn(replications):
        made, plain = (measured(draw(luck, planted)) for planted in (True, False))
        rows.append([made[name] - (0.0 if name == "areas" else plain[name]) for name in TOLD])
    values = np.array(rows)
    error = values.std(axis=0, ddof=1) / np.sqrt(len(values))
    return {
        name: {"value": round(float(mean), 4), "simulation_error": round(float(se), 4)}
        for name, mean, se in zip(TOLD, values.mean(axis=0), error, strict=True)
    }


def in_told_units(expectations: dict[str, dict[str, float]]) -> dict[str, float]:
    """Expected values in the units of the report: shares in percentage points."""
    factor = {name: 100.0 if unit == "share of ties" else 1.0 for name, unit in TOLD.items()}
    return {name: factor[name] * told["value"] for name, told in expectations.items()}


def truth(drawn: Drawn, expectations: dict[str, dict[str, float]]) -> dict[str, object]:
    """What truth.json says of a programme, but for its seed."""
    found = measured(drawn)
    return {
        "note": "Simulated. `model` holds the settings of data/make/kambu_draw.py; `expected` follows from them, by "
        "simulation, had everybody in the programme answered; `had_everybody_answered` is the luck of this programme.",
        "model": settings(),
        "expected_from": {"seed": SEED, "replications": REPLICATIONS},
        "outcomes": {
            name: {
                "unit": unit,
                "expected": expectations[name]["value"],
                "simulation_error": expectations[name]["simulation_error"],
                "had_everybody_answered": round(found[name], 4),
            }
            for name, unit in TOLD.items()
        },
    }


def over_starts(values: np.ndarray, start: np.ndarray) -> float:
    """Change of each starting group since the wave before its start less that of those not yet trained.

    The mean over groups and waves from the start on, weighted by the people of the group.
    """
    total, size = 0.0, 0
    for group in (1, 2):
        for wave in range(group, len(values)):
            change = values[wave] - values[group - 1]
            known = np.isfinite(change)
            ours, others = known & (start == group), known & (start > wave)
            total += ours.sum() * (change[ours].mean() - change[others].mean())
            size += int(ours.sum())
    return float(total / size)


def _by_kind(drawn: Drawn, people: Staff, cross: np.ndarray) -> dict[str, float]:
    """Change of ties per 100 pairs from the first wave to the last, by who of the two was trained."""
    stayed = people.employed("before") & people.employed("after")
    cells = cross & np.outer(people.asked & stayed, stayed)
    trained = drawn.start < len(WAVES)
    kinds: dict[str, Callable[[np.ndarray, np.ndarray], np.ndarray]] = {
        "both": np.logical_and,
        "one": np.logical_xor,
        "none": lambda i, j: ~(i | j),
    }
    change = drawn.ties[-1].astype(float) - drawn.ties[0]
    return {
        name: 100 * float(change[cells & kind(trained[:, None], trained[None])].mean())
        for name, kind in kinds.items()
    }


def _scores(drawn: Drawn) -> np.ndarray:
    level = drawn.level.astype(float)
    level[..., TURNED] = 6 - level[..., TURNED]
    return level.mean(axis=2)


def _areas(drawn: Drawn, people: Staff) -> float:
    """Change of the share of ties that cross areas, among people who were there both times."""
    stayed = people.employed("before") & people.employed("after")
    cells = np.outer(people.asked & stayed, stayed)
    area = people.area[people.workplace]
    elsewhere = cells & (area[:, None] != area)
    first, last = (float((ties & elsewhere).sum() / (ties & cells).sum()) for ties in drawn.ties[[0, -1]])
    return last - first
