"""A trial by lot: what its days show, and how long one would have to be. Pure; arrays and days in, frozen values out.

Days count as they were drawn, not as they were done. Whether a difference is more than chance is judged by the lot
itself (Fisher 1935): the same ratings are set beside ``REDRAWS`` other lots of the same pairs, and the share of lots
with a difference as large is the p-value, exact whatever the ratings are like. So that fewer days suffice, carry-over
from day to day and a straight trend are taken out first; how strong the carry-over is follows from the ratings alone,
which would be the same under any lot if what is drawn did nothing.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from math import sqrt
from random import Random
from statistics import NormalDist
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from painlog.analysis.patterns.findings import LARGEST
from painlog.analysis.patterns.inference import t_quantile
from painlog.analysis.patterns.regression import DAILY, Undetermined, is_constant
from painlog.analysis.patterns.rows import Rows, fit_rows
from painlog.domain.kinds.activity import FEWEST_DAYS, FEWEST_PAIRS, MOST_DAYS
from painlog.errors import BadInput

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from painlog.analysis.patterns.regression import Array

REDRAWS = 999
CHANCE = 0.04  # a p-value above it: these days cannot tell
WANTED = 0.8  # share of trials that should find one unit
KEPT = 0.85  # share of the days with that people mostly keep
RATED_NEEDS = 4  # rated days with, and without
PLAN_NEEDS = 28  # rated days, from which a trial's length is worked out
_PLANNED = 200  # lots that a plan rests on
_SAME = 1e-9


class TrialResult(NamedTuple):
    """What a trial's days show; differences are of days with against days without, in the outcome's own unit.

    ``days`` were drawn, ``days_with`` and ``days_without`` of them have a value, with the plain means over them. The
    ``estimate`` and its 95 % interval from ``low`` to ``high`` come from the same regression as links; ``p`` (0-1) is
    the share of lots with a difference as large. ``least`` is the difference from which a result would have stood out,
    ``power`` (0-1) the share of trials, kept as this one was, in which one ``unit`` would have. All are None where too
    few days have a value or all are alike. It was said of ``marked`` days whether it was done; ``kept`` of them were as
    drawn.
    """

    days: int
    days_with: int
    days_without: int
    mean_with: float | None
    mean_without: float | None
    estimate: float | None
    low: float | None
    high: float | None
    p: float | None
    least: float | None
    power: float | None
    unit: float
    marked: int
    kept: int

    @property
    def stands_out(self) -> bool:
        """Whether at most 4 in 100 lots would do as much."""
        return self.p is not None and self.p <= CHANCE


class TrialPlan(NamedTuple):
    """How long a trial would have to be, from a person's own days.

    ``rated`` days were looked at. ``needed`` days find one ``unit`` in 8 of 10 trials, if it is kept on 85 of 100 days
    with; None where even the longest does not, or where too few days are rated, and then ``power`` is None too: the
    share (0-1) in which a trial of ``days`` finds it.
    """

    rated: int
    days: int
    unit: float
    needed: int | None
    power: float | None


def trial_of(
    drawn: Mapping[date, bool],
    values: Mapping[date, float],
    *,
    done: Mapping[date, bool] | None = None,
    unit: float = 1.0,
    seed: int = 0,
) -> TrialResult:
    """Return what a trial by lot shows.

    ``drawn`` says of each day of the trial whether it was drawn with; in their order each two are a pair, one with and
    one without. ``values`` are the outcome by day, in its own unit; a day without one is left out. ``done`` says on
    which days it was done, as far as that is known; days count as drawn all the same. ``unit`` is the difference that
    ``power`` is about. One ``seed`` gives one result. Raises BadInput where days are no pairs, or fewer than 6.
    """
    days = sorted(drawn)
    _check_pairs([drawn[day] for day in days])
    known = [i for i, day in enumerate(days) if abs(values.get(day, np.nan)) <= LARGEST]
    y = np.array([values[days[i]] for i in known], dtype=float)
    with_it = np.array([drawn[days[i]] for i in known], dtype=bool)
    at = np.array([(days[i] - days[0]).days for i in known], dtype=np.int64)
    marks = {day: mark for day, mark in (done or {}).items() if day in drawn}
    estimate = low = high = p = least = power = None
    if min(with_it.sum(), (~with_it).sum()) >= RATED_NEEDS and not is_constant(y):
        lots = _redraw(len(days) // 2, REDRAWS, seed)[:, known]
        p, least, power = _judge(y, with_it - 0.5, lots, at, unit * _kept_share(drawn, marks))
        try:
            fit = fit_rows(Rows(at, y, (), with_it.astype(float)), days[0])
            estimate, (low, high) = fit.estimate, fit.interval
        except Undetermined:
            p = least = power = None
    return TrialResult(
        days=len(days),
        days_with=int(with_it.sum()),
        days_without=int((~with_it).sum()),
        mean_with=float(y[with_it].mean()) if with_it.any() else None,
        mean_without=float(y[~with_it].mean()) if (~with_it).any() else None,
        estimate=estimate,
        low=low,
        high=high,
        p=p,
        least=least,
        power=power,
        unit=unit,
        marked=len(marks),
        kept=sum(mark == drawn[day] for day, mark in marks.items()),
    )


def plan_trial(values: Mapping[date, float], days: int, unit: float = 1.0) -> TrialPlan:
    """Return how long a trial would have to be, from the outcome on a person's own days.

    Lots are laid over those days as they are, with their ups and downs and their gaps; how far such a lot alone puts
    days with and days without apart shrinks with the root of the trial's length.
    """
    known = sorted(day for day, value in values.items() if abs(value) <= LARGEST)
    y = np.array([values[day] for day in known], dtype=float)
    if len(known) < PLAN_NEEDS or is_constant(y):
        return TrialPlan(len(known), days, unit, None, None)
    at = np.array([(day - known[0]).days for day in known], dtype=np.int64)
    span = int(at[-1]) + 1
    lots = _redraw((span + 1) // 2, _PLANNED, seed=len(known))[:, at]
    spread = float(np.std(_white(y, at).differences(lots)[0])) * sqrt(span)
    length = next((each for each in range(FEWEST_DAYS, MOST_DAYS + 1, 2) if _power(unit, spread, each) >= WANTED), None)
    return TrialPlan(len(known), days, unit, length, _power(unit, spread, days))


def shift_nights(drawn: Mapping[date, bool]) -> dict[date, bool]:
    """Return the draws by the day on which the night after each ended, where a night's values belong."""
    return {day + timedelta(days=1): with_it for day, with_it in drawn.items()}


def _check_pairs(drawn: Sequence[bool]) -> None:
    if len(drawn) < FEWEST_DAYS or len(drawn) % 2:
        raise BadInput(f"a trial has at least {FEWEST_PAIRS} pairs of days; {len(drawn)} days are none")
    if any(first == second for first, second in zip(drawn[::2], drawn[1::2], strict=True)):
        raise BadInput("of each two days of a trial one is drawn with and one without")


def _kept_share(drawn: Mapping[date, bool], marks: Mapping[date, bool]) -> float:
    """Return how much of a difference is left where not every day was as drawn; ``KEPT`` where few days say it."""
    of = {way: [mark for day, mark in marks.items() if drawn[day] == way] for way in (True, False)}
    if min(map(len, of.values())) < FEWEST_PAIRS:
        return KEPT
    return max(0.0, sum(of[True]) / len(of[True]) - sum(of[False]) / len(of[False]))


def _redraw(pairs: int, times: int, seed: int) -> "Array":
    """Lots for so many pairs, a row each: 0.5 for a day with, -0.5 for one without."""
    bits = Random(seed).getrandbits(pairs * times)  # noqa: S311  (redraws, not the lot itself)
    text = np.frombuffer(format(bits, f"0{pairs * times}b").encode(), dtype=np.uint8)
    first = (text.reshape(times, pairs) == ord("1")) - 0.5
    return np.stack([first, -first], axis=2).reshape(times, 2 * pairs)


class _White(NamedTuple):
    """Ratings freed of carry-over and trend: ``left`` of them, and what does the same to a lot."""

    matrix: "Array"
    basis: "Array"
    left: "Array"

    def free(self, lots: "Array") -> "Array":
        """Lots in the same shape, a row each."""
        white = lots @ self.matrix.T
        white -= (white @ self.basis) @ self.basis.T
        return white

    def differences(self, lots: "Array") -> "tuple[Array, Array]":
        """The difference that each lot makes of the ratings, and each lot's size, by which differences compare."""
        free = self.free(lots)
        size = np.maximum((free**2).sum(axis=1), _SAME)
        return free @ self.left / size, np.sqrt(size)


def _white(y: "Array", at: "NDArray[np.int64]") -> _White:
    """Free ratings of the carry-over that fits them best by restricted likelihood, and of a straight trend."""
    columns = np.column_stack([np.ones(len(y)), (at - at.mean()) / max(float(np.ptp(at)), 1.0)])
    return max((_with_carry_over(phi, y, columns, at) for phi in DAILY), key=lambda found: found[0])[1]


def _with_carry_over(phi: float, y: "Array", columns: "Array", at: "NDArray[np.int64]") -> tuple[float, _White]:
    carried = phi ** np.diff(at).astype(float)
    left = np.sqrt(1 - carried**2)
    matrix = np.diag(np.append(1.0, 1 / left)) - np.diag(carried / left, -1)
    basis, triangle = np.linalg.qr(matrix @ columns)
    rest = matrix @ y
    rest -= basis @ (basis.T @ rest)
    likely = -np.log(left).sum() - np.log(np.abs(np.diagonal(triangle))).sum()
    likely -= 0.5 * (len(y) - columns.shape[1]) * np.log(max(float(rest @ rest), _SAME))
    return float(likely), _White(matrix, basis, rest)


def _judge(y: "Array", lot: "Array", lots: "Array", at: "NDArray[np.int64]", unit: float) -> tuple[float, float, float]:
    """The p-value, the difference from which one would stand out, and the share of trials in which ``unit`` would."""
    white = _white(y, at)
    (made,), (size,) = white.differences(lot[None])
    others, sizes = white.differences(lots)
    p = (1 + int((np.abs(others * sizes) >= abs(made * size) - _SAME).sum())) / (1 + len(lots))
    without = _White(white.matrix, white.basis, white.left - made * white.free(lot[None])[0])
    chance, _ = without.differences(lots)
    least = float(np.quantile(np.abs(chance), 1 - CHANCE))
    return p, least, _share_found(without, lots, unit)


def _share_found(white: _White, lots: "Array", unit: float) -> float:
    """In which share of lots one ``unit`` more on days with would stand out from the other lots."""
    free = white.free(lots)
    sizes = np.sqrt(np.maximum((free**2).sum(axis=1), _SAME))
    chance = (free @ white.left / sizes)[:, None]
    apart = np.abs(chance + unit * (free @ free.T) / sizes[:, None])  # a column for each lot that could have been
    own = np.diagonal(apart)
    p = (apart >= own - _SAME).mean(axis=0)
    return float((p <= CHANCE).mean())


def _power(unit: float, spread: float, days: int) -> float:
    """In which share of trials of so many days one ``unit`` is found."""
    seen = KEPT * unit / (max(spread, _SAME) / sqrt(days))
    return float(NormalDist().cdf(seen - t_quantile(1 - CHANCE / 2, days / 2)))
