"""The second look at a direction: its likelihood against whole matrices, what it bears out, and what it does not."""

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from painlog.analysis.patterns.findings import NAMED, Link
from painlog.analysis.patterns.latent import COUNT, Seen, log_likelihood, look_again
from painlog.analysis.patterns.question import Days, LinkQuestion, Question, spread_within_days
from painlog.analysis.patterns.search import find_patterns
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
    chance = np.random.default_rng(8)
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


def test_ratings_of_one_day_say_how_rough_they_are() -> None:
    told = ((0, 4), (0, 6), (1, 3), (2, 7), (2, 7), (2, 4))
    ratings = [Rating(START + timedelta(days=day), None, value) for day, value in told]
    assert spread_within_days(ratings) == pytest.approx(np.sqrt((1 + 1 + 1 + 1 + 4) / 3))
    assert spread_within_days(ratings[2:4]) is None
