"""Normal and Student's t distribution, as intervals and tests need them."""

from math import exp, pi, sqrt
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr, stdtr, stdtrit

Floats = npt.NDArray[np.float64]

Z95: Final = 1.959963984540054
"""Half the width of a 95 % interval in standard deviations."""
Z90: Final = 1.6448536269514722


def normal_density(x: float, mean: float, sd: float) -> float:
    """Return the density of the normal distribution at ``x``."""
    return exp(-(((x - mean) / sd) ** 2) / 2) / (sd * sqrt(2 * pi))


def normal_share_below(z: float) -> float:
    """Return the share of the standard normal distribution below ``z``."""
    return float(ndtr(z))


def t_quantile(share: float, degrees: float) -> float:
    """Return the ``share`` quantile of Student's t with ``degrees`` of freedom."""
    return float(stdtrit(degrees, share))


def t_two_tailed(t: float, degrees: float) -> float:
    """Return the chance of a deviation as large as ``t`` in either direction."""
    return 2 * float(stdtr(degrees, -abs(t)))


def t_two_tailed_of(t: Floats, degrees: float) -> Floats:
    """Return ``t_two_tailed`` of every element."""
    chances: Floats = 2 * stdtr(degrees, -np.abs(t))
    return chances


def t_upper_tail(t: float, degrees: float) -> float:
    """Return the chance of a value above ``t``."""
    return float(stdtr(degrees, -t))
