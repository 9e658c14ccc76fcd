"""What a writer of exports hands back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Written:
    """Files of one wave and how study.toml reads them.

    `wave` are the TOML lines of [[waves]] after label and date, `relation` those of [[relations]] after its name;
    `kind` tells which states of the truth are expected.
    """

    files: Mapping[str, bytes]
    wave: str
    relation: str
    kind: Literal["roster", "choice"]
