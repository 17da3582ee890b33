"""The engine: regression with day-to-day carry-over, averaged over how strong the carry-over may be.

Ratings of neighbouring days resemble each other. The model is ``y = X b + e`` with ``e`` a first-order autoregression
seen at unequal gaps: the correlation of two errors g days apart is ``phi ** g``. ``phi`` is not known; plugging one
estimate in makes intervals too narrow in short diaries, so every value of a grid is fitted by generalised least squares
and weighted by its restricted likelihood (Harville 1977); the variances within and between are added (Rubin 1987).

Knows arrays and no diaries.
"""

from math import sqrt
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from painlog.analysis.patterns.inference import partial_r, t_quantile, t_two_sided

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

DAILY = (*(i / 10 for i in range(-4, 10)), 0.95, 0.98)
WEEKLY = tuple(i / 10 for i in range(10))
LEVEL = 0.95
_LEVERAGE = 0.9  # HC2 divides by 1 - leverage
_NOTHING_LEFT = 1e-9  # of a column's length, once the columns before it are taken out


class Undetermined(ValueError):
    """The wanted coefficient cannot be told from the data: its column follows from others, or nothing is left over."""


class Fit(NamedTuple):
    """A coefficient with its standard error, its ``df`` degrees of freedom, and the mean carry-over (-0.4 to 0.98)."""

    estimate: float
    error: float
    df: int
    phi: float

    @property
    def interval(self) -> tuple[float, float]:
        """The two ends of the 95 % interval."""
        half = t_quantile((1 + LEVEL) / 2, self.df) * self.error
        return self.estimate - half, self.estimate + half

    @property
    def t(self) -> float:
        """The coefficient in standard errors."""
        return self.estimate / self.error

    @property
    def p(self) -> float:
        """Two-sided p-value for a coefficient of zero."""
        return t_two_sided(self.t, self.df)

    @property
    def partial_r(self) -> float:
        """The partial correlation, -1 to 1."""
        return partial_r(self.t, self.df)


def regress(
    y: "Array", columns: "Array", days: "NDArray[np.int64]", *, grid: tuple[float, ...] = DAILY, robust: bool = True
) -> Fit:
    """Fit the coefficient of the last of some columns.

    ``y`` has n values, ``columns`` is n × k with k < n, and ``days`` says on which day of a calendar each row lies, in
    increasing order. ``robust`` takes, for each ``phi``, the larger of the model's variance and HC2 (MacKinnon & White
    1985). Raises Undetermined.
    """
    rows, k = columns.shape
    _check(y, columns)
    phi = np.asarray(grid)
    carried: Any = np.power(phi[:, None], np.diff(days)[None, :].astype(float))
    left = np.sqrt(1 - carried**2)
    whole = np.column_stack([columns, y])
    white = np.empty((len(phi), rows, k + 1))
    white[:, 0] = whole[0]
    white[:, 1:] = (whole[1:] - carried[..., None] * whole[:-1]) / left[..., None]
    # In the triangle of [X y] the last column holds Q'y above the length of the residuals.
    basis, triangle = np.linalg.qr(white)
    size = np.abs(np.diagonal(triangle, axis1=1, axis2=2))
    if (size <= 0).any():
        raise Undetermined
    b = triangle[:, k - 1, k] / triangle[:, k - 1, k - 1]
    rss = size[:, k] ** 2
    within = rss / (rows - k) / size[:, k - 1] ** 2
    if robust:
        leverage = np.minimum((basis[..., :k] ** 2).sum(axis=2), _LEVERAGE)
        residuals = basis[..., k] * size[:, k, None]
        pull = basis[..., k - 1] / size[:, k - 1, None]
        within = np.maximum(within, ((pull * residuals) ** 2 / (1 - leverage)).sum(axis=1))
    likely = -np.log(left).sum(axis=1) - np.log(size[:, :k]).sum(axis=1) - 0.5 * (rows - k) * np.log(rss)
    weight = np.exp(likely - likely.max()) * (np.gradient(phi) if len(phi) > 1 else 1.0)
    weight /= weight.sum()
    estimate = float(weight @ b)
    variance = float(weight @ within + weight @ (b - estimate) ** 2)
    return Fit(estimate, sqrt(variance), rows - k, float(weight @ phi))


def is_constant(values: "Array") -> bool:
    """Whether values differ by no more than rounding."""
    return bool(np.ptp(values) <= _NOTHING_LEFT * np.abs(values).max())


def independent(columns: "list[Array]") -> "list[Array]":
    """Leave out each column that follows from those before it."""
    kept: list[Array] = []
    basis: list[Array] = []
    for column in columns:
        rest = _beyond(column, basis)
        size = float(np.linalg.norm(rest))
        if size > _NOTHING_LEFT * max(float(np.linalg.norm(column)), _NOTHING_LEFT):
            kept.append(column)
            basis.append(rest / size)
    return kept


def _beyond(column: "Array", basis: "list[Array]") -> "Array":
    """What is left of a column beside an orthonormal basis; twice, since once leaves rounding."""
    for _ in range(2):
        for one in basis:
            column = column - (one @ column) * one
    return column


def _check(y: "Array", columns: "Array") -> None:
    """Raise Undetermined where the last column follows from the others, or y from all of them."""
    size = np.abs(np.diagonal(np.linalg.qr(np.column_stack([columns, y]), mode="r")))
    if any(rest <= _NOTHING_LEFT * np.linalg.norm(one) for one, rest in ((columns[:, -1], size[-2]), (y, size[-1]))):
        raise Undetermined
