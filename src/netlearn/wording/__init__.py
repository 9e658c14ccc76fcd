"""Every word and number that a reader sees, in Danish and English: pure functions of values."""

from __future__ import annotations

from typing import Literal

Language = Literal["da", "en"]

__all__ = ["Language"]
