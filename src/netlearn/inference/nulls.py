"""The null models by name; `netlearn.wording.nulls` says of each, in a sentence, what is held fixed and what varies."""

from __future__ import annotations

from typing import Literal

Null = Literal[
    "people_relabelled",
    "labels_permuted",
    "wave_swap",
    "wave_swap_sender",
    "sign_flip",
    "random_density",
    "random_dyad_census",
    "degrees_fixed",
    "assignment_redrawn",
    "seats_redrawn",
]
