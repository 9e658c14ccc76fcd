"""What people answered in one invented survey, from which each writer makes an export and the tests the panel.

Codes of a cell: "0" = asked and no, "1", "2", "3" = a level, "?" = don't know, "" = left blank.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

YES, NO, NOT_ASKED, NOT_ANSWERED, DONT_KNOW = "yes", "no", "not asked", "not answered", "don't know"
GIVEN = (
    "Anne",
    "Bo",
    "Cæcilie",
    "Jens Peter",
    "Søren",
    "Åse",
    "Inge-Lise",
    "Ole",
    "Mette",
    "Kåre",
    "Pia",
    "Øjvind",
)
FAMILY = ("Hansen", "Bak Jensen", "Ørsted", "Møller", "Ågård", "Dam", "Holm", "Kjær", "Skov", "Vestergaard")


@dataclass(frozen=True)
class Person:
    """Somebody on the staff list; `code` is how tools with numbered choices number them (never the id)."""

    id: str
    name: str
    department: str
    email: str


@dataclass(frozen=True, eq=False)
class Truth:
    """People, who sent in an answer, and (n, n) codes of cells; the diagonal is ""."""

    people: tuple[Person, ...]
    answered: NDArray[np.bool_]
    cells: NDArray[np.object_]

    @property
    def n(self) -> int:
        return len(self.people)

    def named(self, i: int) -> list[int]:
        """The colleagues with a level over 0."""
        return [j for j in range(self.n) if self.cells[i, j] in ("1", "2", "3")]


def draw(rng: np.random.Generator, n: int = 8, names: tuple[str, ...] | None = None) -> Truth:
    """Draw a truth: about a quarter of ties, some blanks and don't knows, some people silent."""
    pairs = rng.permuted(np.arange(len(GIVEN) * len(FAMILY)))[:n]
    full = names or tuple(f"{GIVEN[p // len(FAMILY)]} {FAMILY[p % len(FAMILY)]}" for p in pairs)
    order = rng.permuted(np.arange(n))
    people = tuple(
        Person(
            f"k{order[i] + 1:02d}", full[i], ("Nord", "Syd", "Øst")[i % 3], f"k{order[i] + 1:02d}@example.org"
        )
        for i in range(n)
    )
    codes = np.array(["0", "1", "2", "3", "?", ""], dtype=object)
    cells = codes[rng.choice(6, p=[0.6, 0.12, 0.08, 0.08, 0.05, 0.07], size=(n, n))]
    np.fill_diagonal(cells, "")
    answered = rng.random(n) < 0.8
    answered[:2] = True
    cells[0, 1], cells[1, 0] = "1", "0"
    cells[~answered] = ""
    return Truth(people, answered, cells)


def roster_states(truth: Truth, asked: Callable[[int, int], bool] = lambda i, j: True) -> NDArray[np.object_]:
    """The panel of a roster question (one level per colleague): the state of each cell, "" on the diagonal."""
    n = truth.n
    states = np.full((n, n), NOT_ANSWERED, dtype=object)
    meaning = {"": NOT_ANSWERED, "?": DONT_KNOW, "0": NO, "1": YES, "2": YES, "3": YES}
    for i in range(n):
        row = {j: truth.cells[i, j] for j in range(n) if j != i}
        if any(code not in ("", "?") for code in row.values()):
            for j, code in row.items():
                states[i, j] = meaning[code] if asked(i, j) else NOT_ASKED
    np.fill_diagonal(states, "")
    return states


def choice_states(truth: Truth, said_nobody: Mapping[int, bool] | None = None) -> NDArray[np.object_]:
    """The panel of a question where colleagues are ticked or typed: who named somebody, or said "nobody", answered.

    By default everybody who sent in an answer and named nobody said so.
    """
    n = truth.n
    states = np.full((n, n), NOT_ANSWERED, dtype=object)
    for i in np.flatnonzero(truth.answered):
        named = truth.named(int(i))
        if named or said_nobody is None or said_nobody.get(int(i), False):
            states[i] = NO
            states[i, named] = YES
    np.fill_diagonal(states, "")
    return states


def roster_csv(truth: Truth) -> bytes:
    """The staff list, as a plain table."""
    buffer = io.StringIO(newline="")
    table = csv.writer(buffer, lineterminator="\n")
    table.writerow(["id", "name", "department", "email"])
    table.writerows([p.id, p.name, p.department, p.email] for p in truth.people)
    return buffer.getvalue().encode("utf-8")
