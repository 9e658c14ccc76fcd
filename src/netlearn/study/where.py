"""Which study folder a notebook is about."""

from __future__ import annotations

import os
from pathlib import Path

VARIABLE = "NETLEARN_STUDY"


def study_folder(default: str | Path) -> Path:
    """Return the study folder that a notebook is run against.

    Parameters
    ----------
    default : path
        The folder that the notebook was written for.

    Returns
    -------
    Path
        The folder that `netlearn notebooks FOLDER` was called with (the environment variable NETLEARN_STUDY), else
        `default`.

    Examples
    --------
    >>> study_folder("mystudy").name
    'mystudy'
    """
    return Path(os.environ.get(VARIABLE) or default)
