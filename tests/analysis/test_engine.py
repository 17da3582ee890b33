"""The engine: against scipy, statsmodels and plain matrices, by hand, against itself, and at the edge of each rule."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from math import inf, nan
from typing import Any

import numpy as np
import pytest
import scipy.stats
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from statsmodels.stats.multitest import multipletests

from painlog.analysis.patterns import findings
from painlog.analysis.patterns.findings import Basis, Comparison, Estimate, Link, Patterns, PlanStep, Turn
from painlog.analysis.patterns.inference import benjamini_hochberg, t_quantile, t_two_sided
from painlog.analysis.patterns.question import Days, LinkQuestion, Question, ask_of_pair
from painlog.analysis.patterns.regression import DAILY, WEEKLY, regress
from painlog.analysis.patterns.rows import (
    WEEKDAYS_FROM,
    Rows,
    after_night,
    days_of,
    fit_rows,
    later,
    weekday_share,
    weekly_means,
)
from painlog.analysis.patterns.search import find_patterns
from painlog.analysis.patterns.uses import Use, find_uses, with_ratings
from painlog.domain.observations import Rating
from painlog.domain.periods import Period
from painlog.domain.variables import Variable, variables
from tests.cli.test_care import entry

Array = NDArray[np.float64]
Numbers = Sequence[float | None]
PAIN, MOOD, SLEEP, ANSWER = (variables()[name] for name in ("pain", "mood", "sleep", "work_affected"))
SAME, NEXT = LinkQuestion("same day", PAIN, MOOD), LinkQuestion("next day", PAIN, MOOD)
NIGHT, NEXT_NIGHT = LinkQuestion("night", SLEEP, PAIN), LinkQuestion("next night", PAIN, SLEEP)
START = date(2026, 1, 5)  # a Monday
SEEDS = st.integers(0, 10_000)
NO = "no clear pattern"


def day(place: int) -> date:
    return START + timedelta(days=place)


def laid(numbers: Numbers) -> dict[date, float]:
    return {day(place): value for place, value in enumerate(numbers) if value is not None}


def ratings(seed: int, length: int, logged: float = 1.0) -> list[float | None]:
    chance = np.random.default_rng(seed)
    return [float(chance.integers(0, 11)) if chance.random() < logged else None for _ in range(length)]


def found(
    values: Mapping[Variable, Numbers], asked: Question, *, opens: int = 0, length: int = 0, ongoing: bool = False
) -> Patterns:
    """The patterns of numbers a day, from the day ``opens`` on, to the last of ``length`` or of the numbers."""
    period = Period(day(opens), day(max(1, length, *map(len, values.values())) - 1))
    return find_patterns(Days(period, ongoing, {variable: laid(n) for variable, n in values.items()}, set()), asked)


def linked(asking: LinkQuestion, x: Numbers, y: Numbers, *, ongoing: bool = False) -> Link:
    return found({asking.x: x, asking.y: y}, Question(links=[asking]), ongoing=ongoing).links[0]


def used(name: str, pattern: str, *, as_needed: bool = False) -> Use:
    """A use from a mark a day: 1 used, 0 not, else unknown."""
    done, without = ({day(i) for i, each in enumerate(pattern) if each == mark} for mark in "10")
    return Use(name, as_needed, done, without)


# Oracles


def shape(seed: int, rows: int, columns: int, fans: float) -> tuple[Array, Array]:
    """Numbers whose errors spread evenly (0), or fan out with the last column (1)."""
    chance = np.random.default_rng(seed)
    x = np.column_stack([np.ones(rows), chance.normal(size=(rows, columns - 1))])
    return x.sum(axis=1) + chance.normal(size=rows) * (0.1 + x[:, -1] ** 2) ** fans, x


@pytest.mark.parametrize("far", [0, 30])
@pytest.mark.parametrize(("rows", "columns", "fans"), [(14, 2, 0), (60, 8, 0), (14, 3, 1), (40, 5, 1), (365, 10, 1)])
def test_without_carry_over_it_is_least_squares(rows: int, columns: int, fans: int, far: int) -> None:
    """With the wider of the two errors; a row ``far`` out, that decides alone, does not make HC2 endless."""
    y, x = shape(0, rows, columns, fans)
    x[-1, -1], y[-1] = (far, far - 90) if far else (x[-1, -1], y[-1])
    plain = sm.OLS(y, x).fit()
    influence = plain.get_influence()
    leverage = np.minimum(influence.hat_matrix_diag, 0.9)
    hc2 = np.sqrt(((np.linalg.pinv(x)[-1] * plain.resid) ** 2 / (1 - leverage)).sum())
    assert hc2 == pytest.approx(plain.HC2_se[-1]) if not far else plain.HC2_se[-1] > 1.01 * hc2 or rows > 100
    assert (hc2 > plain.bse[-1]) == (fans == 1) or far, "both have their turn"
    model, wider = (regress(y, x, np.arange(rows), grid=(0.0,), robust=robust) for robust in (False, True))
    assert (model.estimate, model.error, model.df) == pytest.approx((plain.params[-1], plain.bse[-1], plain.df_resid))
    assert (*model.interval, model.p) == pytest.approx((*plain.conf_int()[-1], plain.pvalues[-1]))
    assert (wider.estimate, wider.error, wider.phi) == pytest.approx((plain.params[-1], max(plain.bse[-1], hc2), 0))
    rest = [sm.OLS(column, x[:, :-1]).fit().resid for column in (y, x[:, -1])]
    assert model.partial_r == pytest.approx(np.corrcoef(*rest)[0, 1])


def by_matrices(y: Array, x: Array, days: NDArray[np.int64], grid: Sequence[float], *, robust: bool) -> list[float]:
    """The method with every matrix written out: coefficient, standard error and carry-over."""
    fits, df = [], len(y) - x.shape[1]
    for place, phi in enumerate(grid):
        alike = phi ** np.abs(days[:, None] - days[None, :])
        root = np.linalg.cholesky(alike)
        white_x, white_y = np.linalg.solve(root, x), np.linalg.solve(root, y)
        inverse = np.linalg.inv(white_x.T @ white_x)
        b = inverse @ white_x.T @ white_y
        rest = white_y - white_x @ b
        within = (rest @ rest / df * inverse)[-1, -1]
        if robust:
            leverage = np.minimum(np.diag(white_x @ inverse @ white_x.T), 0.9)
            meat = white_x.T @ np.diag(rest**2 / (1 - leverage)) @ white_x
            within = max(within, (inverse @ meat @ inverse)[-1, -1])
        logs = np.linalg.slogdet(alike)[1] - np.linalg.slogdet(inverse)[1] + df * np.log(rest @ rest)
        spacing = np.mean([abs(phi - grid[i]) for i in (place - 1, place + 1) if 0 <= i < len(grid)])
        fits.append((b[-1], within, np.log(spacing) - logs / 2, phi))
    b, within, likely, phis = np.array(fits).T
    weight = np.exp(likely - likely.max()) / np.exp(likely - likely.max()).sum()
    return [float(weight @ b), float(np.sqrt(weight @ within + weight @ (b - weight @ b) ** 2)), float(weight @ phis)]


@given(SEEDS, st.integers(12, 50), st.integers(2, 6), st.sampled_from([1, 2, 5, 40]))
def test_with_gaps_it_is_what_the_whole_matrices_say(seed: int, rows: int, columns: int, gap: int) -> None:
    chance = np.random.default_rng(seed)
    days = np.cumsum(chance.integers(1, gap + 1, rows))
    y, x = shape(seed, rows, columns, seed % 3 / 2)
    y += np.cumsum(chance.normal(size=rows)) * chance.choice([0, 0.5, 3])
    daily, weekly = (*(i / 10 for i in range(-4, 10)), 0.95, 0.98), tuple(i / 10 for i in range(10))
    assert (daily, weekly) == (DAILY, WEEKLY)
    for grid, robust in ((DAILY, True), (WEEKLY, False)):
        fit = regress(y, x, days, grid=grid, robust=robust)
        expected = by_matrices(y, x, days, grid, robust=robust)
        assert (fit.estimate, fit.error, fit.phi, fit.df) == pytest.approx((*expected, rows - columns), 1e-8, 1e-9)


@pytest.mark.parametrize("carry", [0.3, 0.6, 0.8])
def test_over_a_year_it_agrees_with_iterated_regression(carry: float) -> None:
    chance, rows = np.random.default_rng(5), 365
    x, noise = np.zeros((2, rows))
    for i in range(1, rows):
        x[i], noise[i] = carry * x[i - 1] + chance.normal(), carry * noise[i - 1] + chance.normal()
    y, columns = 2 + 0.3 * x + noise, sm.add_constant(x)
    theirs = sm.GLSAR(y, columns, rho=1)
    known = theirs.iterative_fit(maxiter=50)
    fit = regress(y, columns, np.arange(rows), robust=False)
    assert (fit.estimate, fit.error) == pytest.approx((known.params[-1], known.bse[-1]), abs=0.1 * known.bse[-1])
    assert fit.phi == pytest.approx(float(theirs.rho[0]), abs=0.03)


@given(st.floats(0, 30) | st.sampled_from([0, 1e-12, 100, 1e4]), st.integers(1, 1000), st.floats(0.5, 0.9999))
def test_students_t_is_scipys(t: float, df: int, level: float) -> None:
    if (expected := 2 * scipy.stats.t.sf(t, df)) > 1e-280:
        assert t_two_sided(t, df) == t_two_sided(-t, df) == pytest.approx(expected, rel=1e-9)
    for probability in (level, 0.975):
        assert t_quantile(probability, df) == pytest.approx(scipy.stats.t.ppf(probability, df), rel=1e-9, abs=1e-9)
    assert max(t_two_sided(inf, df), t_two_sided(1e200, df)) < 1e-100


@given(st.lists(st.floats(0, 1) | st.sampled_from([0.01, 0.05, 1.0]), max_size=12))
def test_the_false_discovery_rate_is_that_of_statsmodels(ps: list[float]) -> None:
    assert benjamini_hochberg(ps) == pytest.approx(multipletests(ps, method="fdr_bh")[1].tolist() if ps else [])


# Rows, by hand

Y = np.array([1, 2, nan, 4, 5, 6, nan, 8])
X = np.array([10, nan, 30, 40, 50, 60, 70, 80])


@pytest.mark.parametrize(
    ("rows", "days", "y", "beside", "wanted"),
    [
        pytest.param(later(Y, X, 0), [0, 3, 4, 5, 7], [1, 4, 5, 6, 8], [], [10, 40, 50, 60, 80], id="same day"),
        pytest.param(later(Y, X, 1), [1, 4, 5], [2, 5, 6], [[1, 4, 5]], [10, 40, 50], id="next day, over no gap"),
        pytest.param(later(Y, X, 3), [3, 7], [4, 8], [[1, 5]], [10, 50], id="three days on"),
        pytest.param(later(Y, X, 8), [], [], [[]], [], id="further than the calendar"),
        pytest.param(after_night(Y, X), [4, 5], [5, 6], [[4, 5]], [50, 60], id="the night that ended that day"),
        pytest.param(later(Y[:0], X[:0], 1), [], [], [[]], [], id="no days"),
    ],
)
def test_rows(rows: Rows, days: object, y: object, beside: object, wanted: object) -> None:
    assert (rows.days.tolist(), rows.y.tolist(), rows.wanted.tolist()) == (days, y, wanted)
    assert [column.tolist() for column in rows.beside] == beside


def test_days_weeks_and_the_share_of_the_weekday() -> None:
    values, period = {day(i - 1): value for i, value in enumerate((9, 1, inf, nan, 5, 9))}, Period(START, day(3))
    assert days_of(values, period).tolist() == pytest.approx([1, nan, nan, 5], nan_ok=True)
    (coverage,) = find_patterns(
        Days(period, ongoing=False, values={PAIN: values}, entry_days=set()), Question()
    ).coverage
    assert (coverage.days, coverage.of, coverage.left_out) == (2, 4, 2)
    third = [5, 6, *[nan] * 5, *(week for week in range(3, 10) for _ in range(7))]
    weeks = np.array([*[1.0] * 7, 2, 3, 4, *[nan] * 4, *third])
    for length, found_means in ((70, ([1, 3, 3, 4, 5, 6, 7], [0, 1, 3, 4, 5, 6, 7])), (3, ([1], [0])), (2, ([], []))):
        assert weekly_means(weeks[:length])[:2] == found_means
    for used, days, share in (([1, 0, 1, 0], [0, 1, 7, 8], 1), ([1, 0, 0, 1], [0, 1, 7, 8], 0), ([1, 1], [0, 1], 0)):
        assert weekday_share(np.array(used), np.array(days), START) == share


@pytest.mark.parametrize(
    ("days", "first", "terms"),
    [
        pytest.param(range(WEEKDAYS_FROM - 1), START, [[5, 6]], id="the weekend in few rows"),
        pytest.param(range(WEEKDAYS_FROM - 1), date(2026, 1, 8), [[5, 6]], id="from a Thursday on"),
        pytest.param(range(WEEKDAYS_FROM), START, [[1], [2], [3], [4], [5], [6]], id="each weekday in many"),
        pytest.param([7 * w + d for w in range(9) for d in (0, 3)], START, [], id="no weekend was ever rated"),
        pytest.param([7 * w + d for w in range(9) for d in (5, 6)], START, [], id="only weekends were"),
        pytest.param([7 * w + d for w in range(30) for d in (0, 3)], START, [[3]], id="Mondays and Thursdays"),
        pytest.param([7 * w + d for w in range(30) for d in (5, 6)], START, [[5]], id="Saturdays and Sundays"),
    ],
)
def test_the_calendar_has_the_weekdays_that_there_are(days: Sequence[int], first: date, terms: list[list[int]]) -> None:
    places, weekday = np.array(days), (np.array(days) + first.weekday()) % 7
    y, x = np.random.default_rng(1).normal(size=(2, len(days)))
    columns = [np.ones(len(days)), places, *(np.isin(weekday, term) for term in terms), x]
    by_hand, fit = regress(y, np.column_stack(columns).astype(float), places), fit_rows(Rows(places, y, (), x), first)
    assert (fit.df, fit.estimate, fit.error) == pytest.approx((by_hand.df, by_hand.estimate, by_hand.error))


# What must not matter

Case = tuple[dict[date, float], dict[date, float], Period]  # the days of a link's x and y


def put(case: Case, x: Callable[[float], float] = float, y: Callable[[float], float] = float, weeks: int = 0) -> Case:
    gap = timedelta(weeks=weeks)
    xs, ys = ({d + gap: put(v) for d, v in values.items()} for values, put in ((case[0], x), (case[1], y)))
    return xs, ys, Period(case[2].start + gap, case[2].end + gap)


CHANGED: dict[str, tuple[float, Callable[[Case], Case]]] = {
    "weeks later": (1, lambda old: put(old, weeks=53)),
    "a constant more": (1, lambda old: put(old, lambda v: v + 3, lambda v: v + 100)),
    "y in thirds": (3, lambda old: put(old, y=lambda v: 3 * v)),
    "x in quarters": (1 / 4, lambda old: put(old, lambda v: 4 * v)),
    "x the other way": (-1, lambda old: put(old, lambda v: 10 - v)),
    "y the other way": (-1, lambda old: put(old, y=lambda v: 10 - v)),
    "empty days in front": (1, lambda old: (*old[:2], Period(day(-12), old[2].end))),
    "empty days at the end": (1, lambda old: (*old[:2], Period(START, old[2].end + timedelta(17)))),
    "in another order": (1, lambda old: (dict(reversed(old[0].items())), dict(reversed(old[1].items())), old[2])),
}


@pytest.mark.parametrize("how", CHANGED)
@given(SEEDS, st.integers(30, 80), st.sampled_from([1, 0.9, 0.7]), st.sampled_from([SAME, NEXT, NIGHT, NEXT_NIGHT]))
def test_what_says_the_same_is_answered_the_same(
    how: str, seed: int, days: int, logged: float, asking: LinkQuestion
) -> None:
    times, make = CHANGED[how]
    old = (laid(ratings(seed, days, logged)), laid(ratings(seed + 1, days, logged)), Period(START, day(days - 1)))
    known = ((period, {asking.x: x, asking.y: y}) for x, y, period in (old, make(old)))
    cases = (Days(period, ongoing=False, values=values, entry_days=set()) for period, values in known)
    before, after = (find_patterns(case, Question(links=[asking])).links[0] for case in cases)
    assert (before.basis.used, before.estimate is None) == (after.basis.used, after.estimate is None)
    assert before.verdict == after.verdict or abs(times) != 1
    if (one := before.estimate) and (other := after.estimate):
        expected = (times * one.value, *sorted((times * one.low, times * one.high)), one.p, one.df, one.phi)
        seen = (other.value, other.low, other.high, other.p, other.df, other.phi)
        assert seen == pytest.approx(expected, rel=1e-6, abs=1e-9)
        assert other.partial_r == pytest.approx(np.sign(times) * one.partial_r)


@given(SEEDS, st.permutations([*ask_of_pair(PAIN, MOOD), *ask_of_pair(SLEEP, PAIN), *ask_of_pair(SLEEP, MOOD)]))
def test_the_order_of_what_is_asked_does_not_matter(seed: int, order: list[LinkQuestion]) -> None:
    values = {variable: ratings(seed + i, 60, 0.9) for i, variable in enumerate((PAIN, MOOD, SLEEP))}
    one, other = (found(values, Question(links=links)).links for links in (order, sorted(order)))
    assert sorted(map(repr, one)) == sorted(map(repr, other))


# Rules, each at its edge


@pytest.mark.parametrize(("asking", "days"), [(SAME, 14), (NEXT, 29), (NIGHT, 29), (NEXT_NIGHT, 29)])
def test_how_many_days_a_link_needs(asking: LinkQuestion, days: int) -> None:
    short, enough = (linked(asking, ratings(1, n), ratings(2, n)) for n in (days - 1, days))
    needs = 14 if asking is SAME else 28
    assert (short.verdict, short.estimate, short.basis) == ("too few", None, Basis(needs - 1, needs - 1, needs))
    assert (enough.estimate is None, enough.basis) == (False, Basis(needs, needs, needs))
    late = [None] * 40 + [4.0, None] * 10
    assert [linked(SAME, late, late, ongoing=ongoing).basis.more_days for ongoing in (True, False)] == [8, None]


@pytest.mark.parametrize("flat", [PAIN, MOOD])
def test_four_days_that_differ_are_hardly_a_change_and_five_are(flat: Variable) -> None:
    for others, verdict in ((4, "hardly changed"), (5, "no clear pattern")):
        few: Numbers = [7.0] * (40 - others) + [8.0, 3, 1, 9, 2][:others]
        link = linked(SAME, *((few, ratings(2, 40)) if flat is PAIN else (ratings(1, 40), few)))
        assert (link.verdict, link.flat) == (verdict, flat if others == 4 else None)


@pytest.mark.parametrize(
    ("pattern", "as_needed", "verdict"),
    [
        pytest.param("1000" * 7 + "0" * 9, 0, "too few", id="7 days with"),
        pytest.param("1000" * 8, 0, "", id="8 days with"),
        pytest.param("0111" * 7 + "1" * 9, 0, "too few", id="7 days without"),
        pytest.param("0111" * 8, 0, "", id="8 days without"),
        pytest.param("1000" * 7 + "001", 1, "too few", id="no day after the eighth"),
        pytest.param("1000" * 8, 1, "", id="8 days after"),
        pytest.param("0" * 9 + "1" * 9 + "0" * 9 + "1" * 9, 0, "too few", id="3 switches"),
        pytest.param("0" * 9 + "1" * 9 + "0" * 9 + "1.1" * 3, 0, "too few", id="unknown is no switch"),
        pytest.param("0" * 9 + "1" * 9 + "0" * 9 + "1" * 9 + "0", 0, "", id="4 switches"),
        pytest.param("0100100" * 6 + "00000000000100", 0, "weekdays", id="Tuesdays and Fridays but 3"),
        pytest.param("0100100" * 6 + "0" * 14, 0, "", id="but 4"),
        pytest.param("11....." * 2 + "10....." * 12, 0, "weekdays", id="weekdays explain 75 %"),
    ],
)
def test_what_a_comparison_needs(pattern: str, as_needed: int, verdict: str) -> None:
    numbers = ratings(5, len(pattern))
    use = used("physio", pattern, as_needed=as_needed > 0)
    for outcome, lag in ((PAIN, as_needed), (SLEEP, 1)):
        (seen,) = found({outcome: numbers}, Question(outcome=outcome, uses=[use])).comparisons
        rated = list(zip(pattern, numbers[lag:], strict=False))
        means = [np.array([n for each, n in rated if each == mark]) for mark in "10"]
        assert (seen.days_with, seen.days_without) == tuple(map(len, means))
        assert (seen.mean_with, seen.mean_without) == pytest.approx(tuple(mean.mean() for mean in means))
        if outcome is PAIN:
            assert (seen.estimate is None, seen.verdict) == (verdict != "", verdict or seen.verdict)


def test_not_used_is_a_day_with_an_entry_between_the_first_and_the_last_use() -> None:
    done = [("Physio", 5, "done"), ("physio", 9, "done"), ("physio", 7, "cancelled")]
    taken = [entry("treatment", day(at), name=name, status=status) for name, at, status in done]
    steps = ((3, "start"), (11, "stop"))
    plan = [entry("plan", day(at), name="physio", sort="therapy", step=step) for at, step in steps]
    for changes, without in (([], [7, 8]), (plan, [3, 4, 7, 8, 10])):
        (use,) = find_uses(taken, changes, {day(i) for i in range(15)} - {day(6)}, Period(START, day(20)))
        assert (use.days, use.without) == ({day(5), day(9)}, {day(i) for i in without})


def test_ratings_are_before_or_after_a_use_and_on_other_days_its_usual_time() -> None:
    """Else what a use may have changed is taken for how the day began."""

    def at(place: int, hour: int) -> datetime:
        return datetime(2026, 1, 5 + place, hour, tzinfo=UTC)

    taken = [entry("treatment", day(place), name="heat") for place in (0, 2, 4)]
    taken = [each._replace(at=at(i, hour)) for each, i, hour in zip(taken, (0, 2, 4), (9, 10, 20), strict=True)]
    taken[2].data["before"] = 8
    taken.append(entry("treatment", day(6), name="heat")._replace(at=None))
    told = (
        (0, 8, 5),
        (0, 9, 0),
        (0, 12, 4),
        (0, 18, 2),
        (1, 9, 6),
        (1, 7, 3),
        (1, 10, 0),
        (1, 11, 4),
        (4, 19, 6),
        (6, 8, 1),
    )
    ratings = [Rating(day(place), at(place, hour), value) for place, hour, value in told] + [Rating(day(1), None, 9)]
    uses = find_uses(taken, [], {day(i) for i in range(7)}, Period(START, day(6)))
    ((pain, other), (needed,)) = (
        with_ratings(uses, taken, ratings, of_pain=True)[:1] + with_ratings(uses, taken, ratings)[:1],
        with_ratings([uses[0]._replace(as_needed=True)], taken, ratings, of_pain=True),
    )
    assert pain.before == {day(0): 5, day(1): 6, day(4): 8}
    assert other.before == {day(0): 5, day(1): 6, day(4): 6}
    assert pain.after == other.after == {day(0): 3, day(1): 4}
    assert (needed.before, needed.after) == ({}, {})


def test_days_that_began_alike_are_compared() -> None:
    """Else heat used on bad mornings passes for harm. Made-up days: it takes a point off, on mornings above 5."""
    chance = np.random.default_rng(3)
    before = chance.integers(2, 9, 120).astype(float)
    is_used = chance.random(120) < np.where(before > 5, 0.8, 0.2)
    after = before - is_used + chance.normal(0, 0.5, 120)
    marks = "".join("10"[int(not each)] for each in is_used)
    use = used("heat", marks)._replace(before=laid(before.tolist()), after=laid(after.tolist()))
    (rated,) = found({PAIN: after.tolist()}, Question(outcome=PAIN, uses=[use])).comparisons
    (plain,) = found({PAIN: after.tolist()}, Question(outcome=PAIN, uses=[used("heat", marks)])).comparisons
    assert rated.estimate is not None
    assert plain.estimate is not None
    assert rated.estimate.low < -1 < rated.estimate.high < -0.5
    assert (rated.verdict, rated.rated_before, plain.rated_before) == ("clear", True, False)
    assert plain.estimate.low > -1
    assert plain.verdict != "clear"
    few = use._replace(before={d: v for d, v in use.before.items() if d < day(12)})
    assert not found({PAIN: after.tolist()}, Question(outcome=PAIN, uses=[few])).comparisons[0].rated_before


def test_after_what_is_taken_as_needed_a_spike_may_pass_by_itself() -> None:
    """Else a pill taken for one-day spikes is shown to help: they say less of the next day than other pain."""
    numbers = ratings(4, 100, 0.9)
    pattern = "".join("1" if (n or 0) > 6 else "0" for n in numbers)
    (after,) = found({PAIN: numbers}, Question(outcome=PAIN, uses=[used("pill", pattern, as_needed=True)])).comparisons
    pairs = [(i, *pair) for i, pair in enumerate(pairwise(numbers), 1) if None not in pair]
    places, before, y = (np.array(column, dtype=float) for column in zip(*pairs, strict=True))
    columns = (before, (before - before.mean()) ** 2)
    by_hand = fit_rows(Rows(places.astype(int), y, columns, (before > 6).astype(float)), START)
    assert after.estimate is not None
    assert (after.estimate.value, after.estimate.p) == pytest.approx((by_hand.estimate, by_hand.p))


def turned(numbers: Numbers, place: int, *more: tuple[int, str], opens: int = 0, length: int = 0) -> Turn:
    changes = [PlanStep(day(at), name, f"{name} {at}") for at, name in ((place, "a"), *more)]
    asked = Question(outcome=PAIN, changes=changes, turns=[day(place)])
    return found({PAIN: numbers}, asked, opens=opens, length=length, ongoing=length > 0).turns[0]


@pytest.mark.parametrize(
    ("before", "after", "rated", "weeks"),
    [(3, 4, 7, (3, 4)), (4, 3, 7, (4, 3)), (4, 4, 7, (4, 4)), (4, 4, 3, (4, 4)), (4, 4, 2, (0, 0)), (10, 9, 7, (8, 8))],
)
def test_a_turn_needs_four_weeks_of_three_days_each_side(before: int, after: int, rated: int, weeks: object) -> None:
    numbers = [n if i % 7 < rated else None for i, n in enumerate(ratings(3, 7 * (before + after)))]
    turn, on_the_first_day = (turned(numbers, 7 * before, opens=opens) for opens in (0, 7 * before))
    assert ((turn.weeks_before, turn.weeks_after), on_the_first_day) == (weeks, turn)
    assert (turn.estimate is None) == (turn.verdict == "too few") == (min(before, after) < 4 or rated < 3)


@pytest.mark.parametrize(
    ("more", "logged", "weeks", "others"),
    [
        pytest.param([(42, "A"), (105, "a")], 0, (4, 5), [], id="the weeks end where the same thing changed"),
        pytest.param([(70, "b"), (35, "b"), (98, "B")], 0, (5, 4), [], id="or another that changed that day"),
        pytest.param([(13, "b"), (14, "c"), (125, "d"), (126, "e")], 0, (8, 8), ["c 14", "d 125"], id="8 weeks"),
        pytest.param([(39, "a"), (38, "b"), (40, "c")], 0, (5, 8), ["c 40"], id="others than in a week cut short"),
        pytest.param([(101, "a"), (100, "b"), (102, "c")], 0, (8, 5), ["b 100"], id="or in one after"),
        pytest.param([(20, "b")], 28, (4, 8), ["b 20"], id="others beyond weeks that were not logged"),
    ],
)
def test_a_turn_ends_at_the_same_and_names_others(
    more: list[tuple[int, str]], logged: int, weeks: object, others: list[str]
) -> None:
    turn = turned([*ratings(4, 70 - logged), *[None] * logged, *ratings(5, 70)], 70, *more)
    assert ((turn.weeks_before, turn.weeks_after), [each.label for each in turn.others]) == (weeks, others)


@pytest.mark.parametrize(("rated", "length", "more"), [(77, 77, 7), (70, 77, 14), (77, 90, 7), (77, 132, None)])
def test_more_weeks_are_promised_only_while_they_can_come(rated: int, length: int, more: int | None) -> None:
    assert turned(ratings(4, rated), 56, length=length).basis.more_days == more


@pytest.mark.parametrize(
    ("numbers", "verdict", "steady"),
    [
        pytest.param([9 - i / 14 + (n or 0) / 4 for i, n in enumerate(ratings(1, 112))], "drift", False, id="drift"),
        pytest.param([7 - 3 * (i >= 56) + (i * i % 11) / 9 for i in range(112)], "clear", True, id="a step"),
        pytest.param([6.0] * 56 + [4.0] * 56, "undetermined", None, id="a step without any noise"),
        pytest.param([5.1 if i % 7 < 3 + i // 7 % 5 else None for i in range(112)], "hardly changed", None, id="flat"),
    ],
)
def test_what_was_already_under_way_is_no_turn(numbers: Numbers, verdict: str, steady: object) -> None:
    turn = turned(numbers, 56)
    beside = turn.p_beside_trend
    stands = None if turn.estimate is None else beside is not None and beside < 0.2
    assert (turn.verdict, stands, turn.word == "") == (verdict, steady, verdict != "clear")


# Words

R, Q = ratings(1, 60), ratings(2, 60)
Result = Link | Comparison | Turn
ESTIMATE = Estimate(0.5, 0.1, 0.9, p=0.001, q=1, df=50, phi=0.3, partial_r=0.3)
(LINK,) = found({PAIN: R, MOOD: Q}, Question(links=[SAME])).links
(PLAIN,) = found({PAIN: R}, Question(outcome=PAIN, uses=[used("physio", "1100" * 15)])).comparisons
COMPARISON = PLAIN._replace(rated_before=True, foretold=None)
TURN = turned(ratings(1, 112), 56)._replace(mean_before=6, mean_after=6.5, p_beside_trend=0.01)


def judged(*results: Result) -> tuple[Result, ...]:
    links = tuple(each for each in results if isinstance(each, Link))
    comparisons = tuple(each for each in results if isinstance(each, Comparison))
    turns = tuple(each for each in results if isinstance(each, Turn))
    return findings.judge(Patterns(Period(START, day(59)), 60, (), links, (), comparisons, turns)).results


def said(result: Result, **estimate: Any) -> str:
    return judged(result._replace(estimate=ESTIMATE._replace(**estimate)))[0].verdict


def test_words_at_their_limits() -> None:
    words = {0.003: "clear", 0.00301: "possible", 0.05: "possible", 0.0501: NO}
    assert {p: said(LINK, p=p) for p in words} == words
    for steady, after, p, word in ((False, 6.5, 0.05, "drift"), (False, 6.5, 0.0501, NO), (False, 7, 0.3, "drift")):
        assert said(TURN._replace(p_beside_trend=0.01 if steady else None, mean_after=after), p=p) == word
    assert said(TURN._replace(mean_after=7), p=0.3) == NO
    ends = {(-0.199, 0.199): "small or none", (-0.2, 0.1): NO, (-0.1, 0.2): NO}
    for result, unit in ((LINK, 1), (COMPARISON, 1), (TURN, 1), (LINK._replace(y=SLEEP, unit=60), 60)):
        assert {each: said(result, p=0.3, low=unit * each[0], high=unit * each[1]) for each in ends} == ends


@pytest.mark.parametrize(
    ("result", "floor"),
    [
        (LINK, 0.1),
        (LINK._replace(question="next day"), 0.15),
        (LINK._replace(question="night", x=SLEEP), 0.1),
        (LINK._replace(question="next night", y=SLEEP, unit=60), 9),
        (LINK._replace(x=ANSWER), 0.3),
        (COMPARISON, 0.3),
        (TURN, 0.5),
    ],
)
def test_what_is_too_small_to_name(result: Result, floor: float) -> None:
    for value, verdict in ((floor, "clear"), (-floor, "clear"), (0.999 * floor, "too small")):
        assert said(result, value=value) == verdict


def test_what_is_worse_after_something_taken_as_needed_is_not_for_being_taken() -> None:
    for outcome, value, word in (
        (PAIN, 1, "worse days"),
        (PAIN, -1, "possible"),
        (MOOD, 1, "possible"),
        (MOOD, -1, "worse days"),
    ):
        rated, taken = COMPARISON._replace(outcome=outcome), PLAIN._replace(as_needed=True, outcome=outcome)
        assert (said(taken, value=value), said(rated, value=value)) == (word, "clear")


@pytest.mark.parametrize(
    ("foretold", "value", "p", "word"),
    [
        (None, 1, 0.001, "possible"),
        ("higher", 1, 0.001, "foretold"),
        ("higher", -1, 0.001, "possible"),
        ("lower", -1, 0.03, "foretold"),
        ("lower", 1, 0.03, "possible"),
        ("lower", 1, 0.3, "foretold"),
    ],
)
def test_what_is_used_for_how_the_day_began_is_never_clear(foretold: Any, value: float, p: float, word: str) -> None:
    """A difference that the choice of days alone would make is not named, nor is none; one against it is."""
    chosen = PLAIN._replace(foretold=foretold)
    assert (said(chosen, value=value, p=p), said(chosen._replace(rated_before=True), value=value, p=0.001)) == (
        word,
        "clear",
    )


def test_a_screen_is_one_family() -> None:
    link, turn, other = (ESTIMATE._replace(p=p) for p in (0.004, 0.03, 0.04))
    silent, family = LINK._replace(estimate=None), (TURN._replace(estimate=turn), COMPARISON._replace(estimate=other))
    seen = [each.estimate and each.estimate.q for each in judged(LINK._replace(estimate=link), silent, *family)]
    assert seen == [pytest.approx(0.012), None, pytest.approx(0.04), pytest.approx(0.04)]


@pytest.mark.parametrize(
    ("turn", "estimate", "words"),
    [
        (TURN._replace(spread=None), (-3, -4, -2), ("much better", "better")),
        (TURN._replace(spread=None), (2, 0.5, 3.5), ("worse", "similar")),
        (TURN._replace(spread=0.1), (-1.2, -2, -0.4), ("a little better", "similar")),
        (TURN, (-0.4, -0.7, -0.1), ("", "")),
        (TURN._replace(outcome=MOOD, spread=None), (-3, -4, -2), ("much worse", "worse")),
        (TURN._replace(spread=2.5), (-3, -4, -2), ("much better", "similar")),
        (TURN._replace(p_beside_trend=None), (-3, -4, -2), ("", "")),
    ],
)
def test_a_named_change_has_the_word_that_the_page_has_for_it(
    turn: Turn, estimate: tuple[float, ...], words: object
) -> None:
    value, low, high = estimate
    (seen,) = judged(turn._replace(estimate=ESTIMATE._replace(value=value, low=low, high=high)))
    assert isinstance(seen, Turn)
    assert (seen.word, seen.cautious_word) == words


def test_steps_and_days_to_come() -> None:
    steps = {"pain": 1, "sleep_quality": 1, "eased": 10, "sleep": 60, "activity": 60, "sol": 10, "lying_down": 10}
    assert {name: findings.step(variables()[name], 3) for name in steps} == steps
    spreads = {0: 1, 4000: 2000, 3000: 2000, 2500: 1000, 0.3: 0.2, 14: 5}
    assert {n: findings.step(variables()["steps"], n) for n in spreads} == pytest.approx(spreads)
    assert findings.step(ANSWER, 0.5) == 1
    asked = [(9, 14, 9), (17, 28, 25), (7, 14, 90), (7, 14, 91), (14, 14, 20), (0, 14, 20)]
    assert [findings.more_days(*each, 180) for each in asked] == [5, 17, 90, None, None, None]


# Bad input

COUNTED: Numbers = list(map(float, range(60)))


@pytest.mark.parametrize(
    ("x", "y", "same", "after"),
    [
        pytest.param([5.0] * 60, Q, "hardly changed", "hardly changed", id="a constant"),
        pytest.param([5.1] * 60, [0.3] * 60, "hardly changed", "hardly changed", id="two constants"),
        pytest.param(
            [4, None, 3, None] * 15, [None if i % 2 else i * i % 11 for i in range(60)], "", "too few", id="gaps"
        ),
        pytest.param(R, R, "undetermined", "undetermined", id="a copy"),
        pytest.param(R, [10 - (n or 0) for n in R], "undetermined", "undetermined", id="the other way round"),
        pytest.param(R, COUNTED, "undetermined", "undetermined", id="y counts the days"),
        pytest.param(COUNTED, R, "undetermined", "undetermined", id="x counts the days"),
        pytest.param(([5.0] + [None] * 29) * 12, ([4.0] + [None] * 29) * 12, "too few", "too few", id="once a month"),
        pytest.param([inf] * 60, [-inf, nan] * 30, "too few", "too few", id="no finite numbers"),
        pytest.param([], [], "too few", "too few", id="nothing"),
    ],
)
def test_where_nothing_can_be_told_the_reason_is(x: Numbers, y: Numbers, same: str, after: str) -> None:
    links = found({PAIN: x, MOOD: y}, Question(links=[SAME, NEXT])).links
    assert [(link.estimate is None, link.verdict) for link in links] == [
        (reason != "", reason or link.verdict) for reason, link in zip((same, after), links, strict=True)
    ]


SOME = st.lists(st.sampled_from([None, None, 0.0, 0.0, 0.0, 1.0, 2.0, 7.0, inf]), min_size=25, max_size=60)


@given(st.tuples(SOME, SOME, SOME), st.text("10.", min_size=20, max_size=60), st.integers(1, 4))
def test_no_diary_gives_a_number_that_is_none(drawn: Sequence[Numbers], use: str, runs: int) -> None:
    series = [[value for value in numbers for _ in range(runs)] for numbers in drawn]
    turns = [START, day(12 * runs), day(25 * runs - 1)]
    asked = Question(
        links=[*ask_of_pair(PAIN, MOOD), *ask_of_pair(SLEEP, PAIN)],
        profiles=[(PAIN, MOOD), (SLEEP, PAIN)],
        outcome=PAIN,
        uses=[used("a", use * runs), used("b", use * runs, as_needed=True)],
        changes=[PlanStep(each, f"{i % 2}", "") for i, each in enumerate(turns)],
        turns=turns,
    )
    seen = found(dict(zip((PAIN, MOOD, SLEEP), series, strict=True)), asked, ongoing=True)
    lags = [lag for profile in seen.profiles for lag in profile.lags]
    estimates = [each.estimate for each in (*seen.results, *lags) if each.estimate]
    for numbers in (*estimates, *seen.results):
        assert np.isfinite([n for n in numbers if isinstance(n, float)]).all(), numbers
    for each in estimates:
        assert each.low < each.value < each.high
        assert 0 <= each.p <= (1 if each.q is None else each.q * (1 + 1e-12)) <= 1 + 1e-9
        assert abs(each.partial_r) <= 1
