"""pingouin in one place: its functions and columns change their names from version to version, ours do not.

Written for pingouin 0.7. It is loaded when first asked for, because it brings statsmodels and scikit-learn with it.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from netlearn.errors import NetlearnError


def cronbach_alpha(items: ArrayLike, level: float = 0.95) -> tuple[float, float, float]:
    """Return Cronbach's alpha and its interval by Feldt's F distribution.

    Parameters
    ----------
    items : (n, m) float
        Complete answers of 2 or more people to 2 or more items, whose sum varies.
    level : float
        Confidence of the interval, 0 to 1.

    Returns
    -------
    (alpha, low, high)
        At most 1, and below 0 where items go against each other. The ends come with three decimals.

    Raises
    ------
    NetlearnError
        pingouin is not installed.

    Source: Feldt (1965), Psychometrika 30; Feldt, Woodruff & Salih (1987), Applied Psychological Measurement 11.

    Examples
    --------
    Two items with variances 1 and 1 and covariance 1/2: alpha = 2 (1 - 2 / 3) = 2 / 3.

    >>> round(cronbach_alpha([[1, 1], [2, 3], [3, 2]])[0], 6)
    0.666667
    """
    try:
        from pingouin import cronbach_alpha as alpha_of
    except ImportError as missing:
        raise NetlearnError(
            "Cronbach's alpha needs the package pingouin. Install it: pip install pingouin."
        ) from missing
    alpha, (low, high) = alpha_of(data=pd.DataFrame(np.asarray(items, dtype=float)), ci=level)
    return float(alpha), float(low), float(high)
