"""Attributes: what is known of people besides their department, such as area, seniority, who was trained."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from netlearn.errors import NetlearnError


class Attributes(Mapping[str, tuple[Any, ...]]):
    """Values by name of the attribute, one per person; nobody can write to it, and it can be pickled.

    Parameters
    ----------
    values : mapping name -> n values
    n : int
        Number of people.

    Raises
    ------
    NetlearnError
        An attribute does not have one value per person.

    Examples
    --------
    >>> Attributes({"area": ["east", "west"]}, 2)["area"]
    ('east', 'west')
    """

    def __init__(self, values: Mapping[str, Any], n: int) -> None:
        made = {str(name): _listed(given) for name, given in values.items()}
        for name, listed in made.items():
            if len(listed) != n:
                raise NetlearnError(
                    f"attribute {name!r} needs one value per person: {n}; it has {len(listed)}."
                )
        self._values = made

    def __getitem__(self, name: str) -> tuple[Any, ...]:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        # Names only: the values are about people.
        return f"attributes {', '.join(self) or 'none'}"


def _listed(given: Any) -> tuple[Any, ...]:
    if isinstance(given, str):
        raise NetlearnError(f"an attribute needs one value per person, got the text {given!r}.")
    # Arrays and columns give plain Python values.
    return tuple(given.tolist() if hasattr(given, "tolist") else given)
