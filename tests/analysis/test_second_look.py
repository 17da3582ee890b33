"""The second look at a direction: its likelihood against whole matrices, what it bears out, and what it does not."""

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from statsmodels.sandbox.regression.gmm import IV2SLS

from painlog.analysis.patterns.findings import NAMED, Estimate, Link
from painlog.analysis.patterns.latent import COUNT, Seen, log_likelihood, look_again
from painlog.analysis.patterns.links import weigh_again
from painlog.analysis.patterns.question import Days, LinkQuestion, Question, spread_within_days
from painlog.analysis.patterns.rows import beside, fit_rows, foresee
from painlog.analysis.patterns.search import find_patterns
from painlog.analysis.patterns.uses import Use
from painlog.domain.observations import Rating
from painlog.domain.periods import Period
from painlog.view.sentences import link_figures, link_sentence
from tests.support import real_diaries
from tests.support.simulation import MOOD, PAIN

Array = NDArray[np.float64]
START = date(2026, 1, 5)
UNKNOWN = np.full(2, np.nan)


def seen_of(seed: int, length: int, logged: float = 1.0) -> Seen:
    chance = np.random.default_rng(seed)
    values = real_diaries.latent_pair(chance, length, (0.7, 0.5), -0.5)
    values[chance.random((length, 2)) > logged] = np.nan
    return Seen(values, chance.integers(1, 5, (length, 2)).astype(float), UNKNOWN)


def by_matrices(point: Array, seen: Seen) -> float:
    """The same likelihood with the covariance of every two ratings written out."""
    a, d, c, b = point[:4]
    carry, sd = np.array([[a, b], [c, d]]), np.exp(point[5:7])
    new = np.outer(sd, sd) * np.array([[1, np.tanh(point[4])], [np.tanh(point[4]), 1]])
    lasting = np.linalg.solve(np.eye(4) - np.kron(carry, carry), new.ravel()).reshape(2, 2)
    noise = 1 / (1 + np.exp(-point[7:9]))
    places = np.argwhere(np.isfinite(seen.values))
    whole = np.empty((len(places), len(places)))
    for i, (day, one) in enumerate(places):
        for j, (other_day, other) in enumerate(places):
            ahead = np.linalg.matrix_power(carry, abs(day - other_day)) @ lasting
            whole[i, j] = ahead[one, other] if day >= other_day else ahead[other, one]
        whole[i, i] += noise[one] / seen.counts[day, one]
    y = seen.values[tuple(places.T)]
    return float(-0.5 * (np.linalg.slogdet(whole)[1] + y @ np.linalg.solve(whole, y)))


@given(st.integers(0, 10_000), st.integers(1, 10), st.sampled_from([1, 0.6]))
def test_the_likelihood_is_what_the_whole_matrices_say(seed: int, length: int, logged: float) -> None:
    seen = seen_of(seed, length, logged)
    points = 0.4 * np.random.default_rng(seed + 1).normal(size=(3, COUNT))
    steady = np.abs(np.linalg.eigvals(points[:, [[0, 3], [2, 1]]])).max(axis=1) < 0.999
    expected = [by_matrices(point, seen) if calm else -1e10 for point, calm in zip(points, steady, strict=True)]
    assert log_likelihood(points, seen) == pytest.approx(expected, rel=1e-8, abs=1e-8)


def test_it_finds_the_noise_and_the_direction_that_there_are() -> None:
    """Made-up states with a direction of 0.4 from the first to the second; a third of each rating is noise."""
    chance = np.random.default_rng(4)
    states = real_diaries.latent_pair(chance, 800, (0.8, 0.7), -0.3, (0.4, 0.0))
    values = states / states.std(axis=0)
    seen = real_diaries.noisy(chance, values, 1 / 3) * np.sqrt(2 / 3)
    look = look_again(Seen(seen, np.ones_like(seen), UNKNOWN))
    assert look is not None
    onward = 0.4 * states[:, 0].std() / states[:, 1].std()
    assert abs(look.onward[0] - onward) < 2 * look.errors[0] < 0.3
    assert abs(look.onward[1]) < 2 * look.errors[1]
    assert look.noise == pytest.approx((1 / 3, 1 / 3), abs=0.15)


def asked(values: Sequence[Array]) -> tuple[Link, ...]:
    by_day = [{START + timedelta(days=i): float(v) for i, v in enumerate(each)} for each in values]
    period = Period(START, START + timedelta(days=len(values[0]) - 1))
    days = Days(period, ongoing=False, values={PAIN: by_day[0], MOOD: by_day[1]}, entry_days=set())
    links = [LinkQuestion("next day", PAIN, MOOD), LinkQuestion("next day", MOOD, PAIN)]
    return find_patterns(days, Question(links=links)).links


def test_a_direction_that_rough_ratings_make_is_not_named_and_one_that_is_there_is() -> None:
    chance = np.random.default_rng(9)
    both = real_diaries.latent_pair(chance, 365, (0.8, 0.8), -0.6)
    pain, mood = real_diaries.rated(real_diaries.noisy(chance, both[:, 0], 0.5), 5), real_diaries.rated(both[:, 1], 6)
    _, made = asked([pain, mood])
    assert made.estimate is not None
    assert (made.is_borne_out, made.verdict in NAMED) == (False, False)
    assert made.estimate.low < 0 < made.estimate.high
    assert "ratings are rough" in link_sentence(made)
    assert "not borne out" in link_figures(made)
    true = real_diaries.latent_pair(chance, 365, (0.5, 0.5), 0.0, (-0.4, 0.0))
    there, back = asked([real_diaries.rated(true[:, 0], 5), real_diaries.rated(true[:, 1], 6)])
    assert (there.is_borne_out, there.verdict, back.verdict in NAMED) == (True, "clear", False)


@pytest.mark.parametrize(
    ("second", "p", "expected"),
    [
        pytest.param((0.3, (-0.05, 0.6)), 0.08, (0.1, 0.5, 0.04, True), id="one-sided, it is borne out"),
        pytest.param((0.3, (0.2, 0.4)), 0.001, (0.1, 0.5, 0.02, True), id="the larger p"),
        pytest.param((0.3, (-0.2, 0.8)), 0.12, (-0.2, 0.8, 0.06, False), id="both intervals where it is not"),
        pytest.param((-0.3, (-0.4, -0.2)), 0.001, (-0.4, 0.5, 1, False), id="the other way"),
        pytest.param((0.0, (0.0, 0.0)), 1, (0, 0.5, 1, False), id="no second look"),
    ],
)
def test_what_a_second_look_leaves_of_the_first(
    second: tuple[float, tuple[float, float]], p: float, expected: tuple[float, float, float, bool]
) -> None:
    for way in (1, -1):
        lower, upper = sorted((0.1 * way, 0.5 * way))
        first = Estimate(0.3 * way, lower, upper, 0.02, None, 50, 0.3, 0.2)
        value, ends = way * second[0], sorted(way * end for end in second[1])
        left, is_borne_out = weigh_again(first, value, (ends[0], ends[1]), p)
        low, high, *more = expected
        assert (left.value, left.low, left.high) == (first.value, *sorted((way * low, way * high)))
        assert [left.p, is_borne_out] == more


def test_what_the_day_before_says_of_a_morning_is_two_stage_least_squares() -> None:
    chance = np.random.default_rng(2)
    y, before, earlier = chance.normal(size=(3, 120)) + chance.normal(size=120)
    x = (before + chance.normal(size=120) > 0).astype(float)
    before[5] = earlier[9] = np.nan
    rows = foresee(y, before, x, earlier, START)
    known = np.isfinite(before) & np.isfinite(earlier)
    place = np.flatnonzero(known)
    weekday = [(place % 7 == each).astype(float) for each in range(1, 7)]
    calendar = [np.ones(len(place)), place / 100, *weekday, x[known]]
    oracle = IV2SLS(y[known], np.column_stack([*calendar, before[known]]), np.column_stack([*calendar, earlier[known]]))
    ours = sm.OLS(rows.y, np.column_stack([*calendar, *rows.beside])).fit()
    assert ours.params == pytest.approx(oracle.fit().params)
    assert (rows.days.tolist(), rows.wanted.tolist()) == (place.tolist(), x[known].tolist())


@pytest.mark.parametrize(("way", "worth", "word"), [(1, 0.0, None), (1, -2.0, "clear"), (-1, -2.0, "clear")])
def test_rough_ratings_before_a_use_make_no_harm_of_heat_on_bad_mornings(
    way: int, worth: float, word: str | None
) -> None:
    """Nor of a walk on good ones a help; what each truly does is still found, in a year of made-up days."""
    chance = np.random.default_rng(9)
    states = real_diaries.latent_pair(chance, 730, (0.85, 0.5))[:, 0]
    is_used = chance.random(365) < np.where(way * states[::2] > 0.3, 0.9, 0.1)
    rough = real_diaries.rated(real_diaries.noisy(chance, states, 0.4), 5)
    before, after = rough[::2], np.clip(rough[1::2] + np.where(is_used, worth, 0.0), 0, 10)
    by_day = [{START + timedelta(days=i): float(v) for i, v in enumerate(each)} for each in (before, after)]
    days = {START + timedelta(days=int(i)) for i in np.flatnonzero(is_used)}
    use = Use("it", as_needed=False, days=days, without=by_day[0].keys() - days, before=by_day[0], after=by_day[1])
    period = Period(START, START + timedelta(days=364))
    known = Days(period, ongoing=False, values={PAIN: by_day[1]}, entry_days=set())
    (compared,) = find_patterns(known, Question(outcome=PAIN, uses=[use])).comparisons
    assert compared.estimate is not None
    assert compared.rated_before
    assert compared.verdict == (word or "no clear pattern")
    alone = fit_rows(beside(after, before, is_used.astype(float)), START)
    assert alone.p < 0.001, "each would be clear without a second look"
    assert compared.estimate.value == pytest.approx(alone.estimate)
    every_other = use._replace(after={day: pain for day, pain in by_day[1].items() if day.toordinal() % 2})
    (sparse,) = find_patterns(known, Question(outcome=PAIN, uses=[every_other])).comparisons
    assert sparse.estimate is not None
    if way * worth > 0:
        assert sparse.verdict not in NAMED, "no day before says how the mornings began"
        assert sparse.estimate.low < sparse.estimate.high == 0


def test_ratings_of_one_day_say_how_rough_they_are() -> None:
    told = ((0, 4), (0, 6), (1, 3), (2, 7), (2, 7), (2, 4))
    ratings = [Rating(START + timedelta(days=day), None, value) for day, value in told]
    assert spread_within_days(ratings) == pytest.approx(np.sqrt((1 + 1 + 1 + 1 + 4) / 3))
    assert spread_within_days(ratings[2:4]) is None
