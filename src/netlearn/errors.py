"""The errors that netlearn raises: all are `ValueError`s whose message says what, where and what to do."""

from __future__ import annotations

from typing import Any


class NetlearnError(ValueError):
    """Something the caller gave cannot be used; the message names the value and the remedy."""


class StudyError(NetlearnError):
    """The files of a study have faults; `findings` lists every one of them."""

    def __init__(self, message: str, findings: Any = None) -> None:
        super().__init__(message)
        self.findings = findings


class UndefinedError(NetlearnError):
    """The data do not hold what the question needs (one wave only, nobody answered twice, …)."""
