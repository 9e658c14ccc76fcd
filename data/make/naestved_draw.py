"""The model of data/naestved-cam: who talks to whom, what people can do and what is required, who takes which module.

Contact between units grows. What people can do grows too, and so does what they say is required of them: as much, aim
by aim. So no gap closes. Nothing binds the three parts together: neither contact nor modules have to do with
competence, and modules nothing with contact.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from functools import cache
from itertools import product

import numpy as np
from naestved_staff import NAMES, UNITS, WAVES, staff
from scipy.optimize import brentq
from scipy.stats import norm

from netlearn.planning.simulate import simulate
from netlearn.planning.worlds import World

WORLD = World(
    n=staff().n,
    groups=tuple(UNITS.values()),
    waves=tuple(WAVES),
    density=0.07,
    homophily=2.0,
    activity_sd=0.65,
    popularity_sd=0.4,
    reciprocity=0.4,
    stability=0.65,
    drift=0.4,
    effect=(0.0, 0.0265),
    nonresponse=(0.20, 0.22),
    lean=0.5,
    level_shares=(0.35, 0.3, 0.2, 0.15),
)
KINDS = ("krav", "nu")
TOP = 7


@dataclass(frozen=True)
class Aim:
    """One of the seven aims, asked by three items of each kind.

    `bound` is the share of an item's variance that the items of the aim have in common, `required` and `present` the
    middle of each item before, on the line that answers are read from, `rise` what the mean answer of both rises by.
    """

    bound: float
    required: tuple[float, float, float]
    present: tuple[float, float, float]
    rise: float = 0.43


AIMS = {
    "faglig": Aim(0.60, (5.0, 5.2, 4.9), (4.2, 4.4, 3.9)),
    "tvaer": Aim(0.65, (5.3, 5.2, 5.0), (4.1, 4.3, 3.8)),
    "udvik": Aim(0.32, (4.8, 5.0, 5.1), (4.0, 3.7, 4.3)),  # three questions about three things
    "komm": Aim(0.62, (6.5, 6.3, 6.4), (5.0, 4.6, 4.8), rise=0.2),  # hardly anything above
    "metode": Aim(0.58, (5.1, 4.7, 5.0), (4.2, 3.3, 3.9)),
    "lov": Aim(0.68, (5.4, 4.8, 5.3), (4.6, 3.5, 4.4)),
    "praksis": Aim(0.72, (5.2, 5.0, 5.1), (4.1, 4.0, 3.8)),
}
ITEMS = 3
SPREAD = {"krav": 0.95, "nu": 1.15}  # standard deviation of an item
ALIKE = 0.5  # share of what an aim's items have in common that all aims have in common
ACROSS = 0.3  # correlation of what is required and what is present, aim by aim
LASTING, ITEM_LASTING = 0.75, 0.3  # correlation of the two waves: of an aim, and of the rest of an item
TRANSFER = (3.6, 3.4, 3.1, 3.5, 2.9)  # the last is turned
TRANSFER_SPREAD, TRANSFER_BOUND = 1.0, 0.5
BLANK, UNSURE = 0.012, 0.01  # of single answers about competence
NO_IDEA = 0.01  # "don't know" about a colleague
# Of those who answer at all: answer only about competence, stop after the colleagues, tire of the list of colleagues.
SKIPPED, STOPPED, TIRED = 0.02, 0.05, 0.04
# Chance that somebody of a unit takes a module: people chose, and units sent them.
MODULES = {
    "A1": (0.45, 0.50, 0.30, 0.25, 0.10, 0.20),
    "A2": (0.50, 0.30, 0.25, 0.20, 0.15, 0.20),
    "D1": (0.20, 0.30, 0.40, 0.20, 0.25, 0.45),
    "D2": (0.20, 0.25, 0.45, 0.10, 0.60, 0.30),
    "D3": (0.30, 0.25, 0.20, 0.65, 0.20, 0.35),
}
KEEN = 0.8  # how much more often some take modules than others, in log odds
DAYS, CANCELLED = 6, 0.06


@dataclass(frozen=True, eq=False)
class Drawn:
    """All that is true in one simulated programme; people are in the order of the staff.

    Attributes
    ----------
    contact : (waves, n, n) int
        Level 0-4 of what each would have answered about each.
    told : (waves, n, n) bool
        Answers about colleagues that were given, "don't know" among them.
    no_idea : (waves, n, n) bool
        Of these, "don't know".
    competence : (waves, kinds, n, items) int
        Levels 1-7, had everybody answered everything.
    opened : (waves, n) bool
        Who answered the pages about competence.
    blank, unsure : (waves, kinds, n, items) bool
        Answers that are missing, or "don't know".
    transfer : (n, 5) int
        Levels 1-5 as they stand in the questionnaire after the programme.
    transfer_blank : (n, 5) bool
    days : (n, modules) int
        Days at each module; -1 = not on it, 0 = put down for it and never came.
    """

    contact: np.ndarray
    told: np.ndarray
    no_idea: np.ndarray
    competence: np.ndarray
    opened: np.ndarray
    blank: np.ndarray
    unsure: np.ndarray
    transfer: np.ndarray
    transfer_blank: np.ndarray
    days: np.ndarray

    @property
    def asked_transfer(self) -> np.ndarray:
        """Who was asked about transfer: those who were at a module."""
        return np.asarray((self.days > 0).any(axis=1))


def draw(luck: np.random.SeedSequence, planted: bool = True) -> Drawn:
    """Draw one programme; with `planted` = False nothing changes from the first wave to the second."""
    tie_luck, *rest = luck.spawn(5)
    answer_luck, level_luck, blank_luck, module_luck = (np.random.default_rng(child) for child in rest)
    made = simulate(WORLD if planted else replace(WORLD, effect=0.0), tie_luck)
    contact = np.array([np.nan_to_num(made.complete.wave(w).levels).astype(int) for w in WAVES])
    answered = np.array([made.panel.wave(w).cells.senders & staff().employed(w) for w in WAVES])
    kind = answer_luck.random(answered.shape)
    told, no_idea = _told(answered & (kind >= SKIPPED), kind, answer_luck)
    opened = answered & ~((kind >= SKIPPED) & (kind < SKIPPED + STOPPED))
    competence = answers(level_luck, staff().n, planted)
    missing = blank_luck.random(competence.shape)
    gaps = missing < BLANK, (missing >= BLANK) & (missing < BLANK + UNSURE)
    transfer = _transfer(level_luck)
    return Drawn(
        contact,
        told,
        no_idea,
        competence,
        opened,
        *gaps,
        transfer,
        blank_luck.random(transfer.shape) < BLANK,
        _days(module_luck),
    )


def _told(answered: np.ndarray, kind: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Tell which cells of the contact question hold an answer, and which of them "don't know"."""
    n = staff().n
    told = np.zeros((len(WAVES), n, n), bool)
    for w, wave in enumerate(WAVES):
        listed = np.array(staff().listed(wave))
        ends = rng.integers(40, 85, size=n)
        tired = (kind[w] >= SKIPPED + STOPPED) & (kind[w] < SKIPPED + STOPPED + TIRED)
        told[w][:, listed] = answered[w][:, None] & (
            ~tired[:, None] | (np.arange(len(listed)) < ends[:, None])
        )
        np.fill_diagonal(told[w], False)
    return told, told & (rng.random(told.shape) < NO_IDEA)


# -- competence -------------------------------------------------------------------------------------------------


def middles(kind: str, wave: int, planted: bool = True) -> np.ndarray:
    """(items,) middle of each item on the line that answers are read from."""
    found = [getattr(aim, {"krav": "required", "nu": "present"}[kind]) for aim in AIMS.values()]
    shift = _shifts()[kind] if wave and planted else np.zeros(len(AIMS) * ITEMS)
    return np.concatenate(found) + shift


@cache
def _shifts() -> dict[str, np.ndarray]:
    """How far each item moves on that line, so that its mean answer rises by the `rise` of its aim."""
    found: dict[str, np.ndarray] = {}
    for kind in KINDS:
        rises = np.repeat([aim.rise for aim in AIMS.values()], ITEMS)
        pairs = zip(middles(kind, 0).tolist(), rises.tolist(), strict=True)
        found[kind] = np.array([_shift(middle, rise, kind) for middle, rise in pairs])
    return found


def _shift(middle: float, rise: float, kind: str) -> float:
    wanted = mean_answer(middle, kind) + rise
    return float(brentq(lambda by: mean_answer(middle + by, kind) - wanted, 0, 3))


def mean_answer(middle: float, kind: str) -> float:
    """Mean answer of an item: the line is rounded to whole numbers, and nothing lies below 1 or above 7."""
    return 1 + float(norm.sf((np.arange(1, TOP) + 0.5 - middle) / SPREAD[kind]).sum())


def answers(rng: np.random.Generator, n: int, planted: bool = True) -> np.ndarray:
    """(waves, kinds, n, items) levels of n people."""
    aims = len(AIMS)
    own = _normal(rng, n, aims)
    shared = np.repeat(_normal(rng, n, 1), aims, axis=-1)
    common = np.sqrt(ALIKE) * shared + np.sqrt(1 - ALIKE) * own
    rest = _lasting(rng.standard_normal((2, 2, n, aims * ITEMS)), ITEM_LASTING)
    bound = np.repeat([aim.bound for aim in AIMS.values()], ITEMS)
    line = np.sqrt(bound) * np.repeat(common, ITEMS, axis=-1) + np.sqrt(1 - bound) * rest
    spread = np.array([SPREAD[kind] for kind in KINDS])[None, :, None, None]
    middle = np.array([[middles(kind, w, planted) for kind in KINDS] for w in (0, 1)])[:, :, None, :]
    return np.clip(np.floor(middle + spread * line + 0.5), 1, TOP).astype(int)


def _normal(rng: np.random.Generator, n: int, count: int) -> np.ndarray:
    """(waves, kinds, n, count) standard normal, correlated between kinds and between waves."""
    plain, both = rng.standard_normal((2, 2, n, count)), rng.standard_normal((2, 1, n, count))
    return _lasting(np.sqrt(ACROSS) * both + np.sqrt(1 - ACROSS) * plain, LASTING)


def _lasting(values: np.ndarray, share: float) -> np.ndarray:
    """Make the second wave correlate with the first."""
    return np.stack([values[0], share * values[0] + np.sqrt(1 - share**2) * values[1]])


def _transfer(rng: np.random.Generator) -> np.ndarray:
    n, count = staff().n, len(TRANSFER)
    common, rest = rng.standard_normal((n, 1)), rng.standard_normal((n, count))
    sign = np.array([1, 1, 1, 1, -1])
    line = np.sqrt(TRANSFER_BOUND) * common * sign + np.sqrt(1 - TRANSFER_BOUND) * rest
    return np.clip(np.floor(np.array(TRANSFER) + TRANSFER_SPREAD * line + 0.5), 1, 5).astype(int)


# -- modules ------------------------------------------------------------------------------------------------------


def _days(rng: np.random.Generator) -> np.ndarray:
    """(n, modules) days at each module."""
    people = staff()
    chance = np.array(list(MODULES.values()))[:, people.unit].T
    odds = chance / (1 - chance) * np.exp(KEEN * rng.standard_normal((people.n, 1)))
    on = rng.random(chance.shape) < odds / (1 + odds)
    # Who left took the first two modules only, and who came later the last two.
    for person, module in product(range(people.n), range(len(MODULES))):
        on[person, module] &= not (people.last[person] and module > 1) and not (
            people.first[person] and module < 3
        )
    came = np.where(rng.random(on.shape) < CANCELLED, 0, 1 + rng.binomial(DAYS - 1, 0.9, size=on.shape))
    return np.where(on, came, -1)


def settings() -> dict[str, object]:
    """The settings of the model, for truth.json."""
    return {
        "contact": asdict(WORLD),
        "aims": {name: asdict(aim) for name, aim in AIMS.items()},
        "spread_of_items": SPREAD,
        "common_to_all_aims": ALIKE,
        "required_with_present": ACROSS,
        "lasting": {"aims": LASTING, "rest of items": ITEM_LASTING},
        "modules": {name: dict(zip(NAMES, chances, strict=True)) for name, chances in MODULES.items()},
        "contact_with_modules": 0.0,
        "contact_with_competence": 0.0,
        "modules_with_competence": 0.0,
    }
