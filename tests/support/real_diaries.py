"""Diaries as people really keep them, in which nothing is linked but what is said, and what is used by feel.

Written from descriptions of what breaks methods for diaries: rough ratings, days logged for how they were, seasons,
several ratings a day, and treatments that are used because of how the day is. Each person draws parameters of their
own around those named, so that no rule can be fitted to one set of them. A person is the same in every run.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

import numpy as np

from tests.support.simulation import BEGINS

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]
    Random = np.random.Generator

SPREAD = 1.8  # points, of pain and mood
WARM_UP = 80  # days before the first one


class RealDiary(NamedTuple):
    """A person's days of pain and mood, NaN where not logged; how many ratings each is the mean of, and their spread.

    The spread is the standard deviation of a single rating within a day, NaN where no day has two.
    """

    first: "date"
    pain: "Floats"
    mood: "Floats"
    counts: "Floats"
    within: tuple[float, float]


class Felt(NamedTuple):
    """A person who uses something: when days begin, what is rated later that day, and on which days it was used."""

    first: "date"
    morning: "Floats"
    pain: "Floats"
    used: "Flags"
    as_needed: bool


def random_of(name: str, length: int, number: int) -> "Random":
    """Return the source of randomness of one person."""
    return np.random.default_rng([crc32(name.encode()), length, number, 23])


def first_day(number: int) -> "date":
    """Return a first day; the next person begins a day of the week later."""
    return BEGINS + timedelta(days=number % 7)


def latent_pair(
    random: "Random",
    length: int,
    carries: tuple[float, float] = (0.6, 0.6),
    same: float = 0.0,
    onward: tuple[float, float] = (0.0, 0.0),
) -> "Floats":
    """Return n × 2 true states; ``onward`` is what each takes from the other's yesterday, the second first."""
    a, b = carries
    new = random.standard_normal((length + WARM_UP, 2))
    new[:, 1] = same * new[:, 0] + np.sqrt(1 - same**2) * new[:, 1]
    new *= np.sqrt([1 - a * a, 1 - b * b])
    x = y = 0.0
    path = []
    for one, other in new.tolist():
        x, y = a * x + onward[1] * y + one, b * y + onward[0] * x + other
        path.append((x, y))
    return np.array(path[WARM_UP:])


def rated(values: "Floats", middle: float, step: float = 1.0) -> "Floats":
    """Return states in points of a scale from 0 to 10, in steps."""
    return np.clip(step * np.rint((middle + SPREAD * values) / step), 0.0, 10.0)


def noisy(random: "Random", values: "Floats", share: float) -> "Floats":
    """Add noise of the moment that is such a ``share`` of what varies in a rating."""
    seen: Floats = values + np.sqrt(share / (1 - share)) * random.standard_normal(values.shape)
    return seen


def plain(pain: "Floats", mood: "Floats", number: int) -> RealDiary:
    """Return a diary of one rating a day."""
    return RealDiary(first_day(number), pain, mood, np.ones(len(pain)), (np.nan, np.nan))


Maker = Callable[["Random", int, int], RealDiary]


def _near(random: "Random", value: float, by: float) -> float:
    return float(random.uniform(value - by, value + by))


# No link, or on the same day only


def rough_and_fine(random: "Random", length: int, number: int) -> RealDiary:
    both = latent_pair(random, length, (_near(random, 0.8, 0.07),) * 2, _near(random, -0.6, 0.08))
    pain = rated(noisy(random, both[:, 0], _near(random, 0.5, 0.08)), 5)
    return plain(pain, rated(both[:, 1], 6, 0.1), number)


def fine_and_rough(random: "Random", length: int, number: int) -> RealDiary:
    both = latent_pair(random, length, (_near(random, 0.75, 0.1),) * 2, _near(random, -0.55, 0.1))
    mood = rated(noisy(random, both[:, 1], _near(random, 0.5, 0.1)), 6)
    return plain(rated(both[:, 0], 5, 0.5), mood, number)


def both_noisy(random: "Random", length: int, number: int) -> RealDiary:
    both = latent_pair(random, length, (_near(random, 0.6, 0.1),) * 2, _near(random, -0.6, 0.08))
    seen = noisy(random, both, _near(random, 0.4, 0.06))
    return plain(rated(seen[:, 0], 5), rated(seen[:, 1], 6), number)


def noisy_unequal(random: "Random", length: int, number: int) -> RealDiary:
    """Noise of unlike size, and carry-over of unlike strength."""
    both = latent_pair(random, length, (_near(random, 0.85, 0.05), _near(random, 0.5, 0.1)), _near(random, -0.6, 0.1))
    pain = rated(noisy(random, both[:, 0], _near(random, 0.45, 0.1)), 5)
    return plain(pain, rated(noisy(random, both[:, 1], _near(random, 0.2, 0.1)), 6), number)


def several_ratings(random: "Random", length: int, number: int) -> RealDiary:
    both = latent_pair(random, length, (_near(random, 0.6, 0.1),) * 2, _near(random, -0.6, 0.08))
    counts = np.clip(np.rint(2.5 + 1.6 * both[:, 0] + random.standard_normal(length)), 1, 6)
    noise = SPREAD * np.sqrt(_near(random, 0.45, 0.1) / 0.55)
    days, within = [], []
    for column, middle in ((0, 5.0), (1, 6.0)):
        true = middle + SPREAD * both[:, column]
        moments = [
            np.clip(np.rint(t + noise * random.standard_normal(int(n))), 0, 10)
            for t, n in zip(true, counts, strict=True)
        ]
        days.append(np.array([each.mean() for each in moments]))
        several = [each for each in moments if len(each) > 1]
        apart = sum(float(each.var()) * len(each) for each in several)
        within.append(float(np.sqrt(apart / sum(len(each) - 1 for each in several))))
    return RealDiary(first_day(number), days[0], days[1], counts, (within[0], within[1]))


def seasons(random: "Random", length: int, number: int) -> RealDiary:
    both = latent_pair(random, length)
    for column in (0, 1):
        turn = random.choice([365.0, 182.0]) * random.uniform(0.9, 1.1)
        both[:, column] += _near(random, 1.0, 0.3) * np.sin(2 * np.pi * (np.arange(length) / turn + random.random()))
    return plain(rated(both[:, 0], 5), rated(both[:, 1], 6), number)


def wandering(random: "Random", length: int, number: int) -> RealDiary:
    """Random walks that turn back at the ends of the scale."""
    path = np.empty((length, 2))
    at = random.uniform(3, 7, 2)
    size = _near(random, 0.6, 0.2)
    for day in range(length):
        at = at + size * random.standard_normal(2)
        at = 10 - np.abs(10 - np.abs(at))
        path[day] = at
    return plain(np.rint(path[:, 0]), np.rint(path[:, 1]), number)


def heaped(random: "Random", length: int, number: int) -> RealDiary:
    both = latent_pair(random, length)
    pain, mood = rated(both[:, 0], 5), rated(both[:, 1], 6)
    for one in (pain, mood):
        heaps = random.random(length) < 0.7
        one[heaps] = 5 * np.rint(one[heaps] / 5)
    return plain(pain, mood, number)


def ceiling(random: "Random", length: int, number: int) -> RealDiary:
    both = latent_pair(random, length, (0.7, 0.7))
    return plain(rated(both[:, 0], _near(random, 9, 0.5)), rated(both[:, 1], 2), number)


def monthly(random: "Random", length: int, number: int) -> RealDiary:
    """A cycle of about 28 days that both follow, the one some days after the other."""
    both = latent_pair(random, length)
    days, turn, lag = np.arange(length), _near(random, 28, 2), random.integers(1, 6)
    for column in (0, 1):
        both[:, column] += _near(random, 0.7, 0.2) * np.sin(2 * np.pi * (days - lag * column) / turn)
    return plain(rated(both[:, 0], 5), rated(both[:, 1], 6), number)


def flares(random: "Random", length: int, number: int) -> RealDiary:
    both = latent_pair(random, length, (0.4, 0.6))
    high = np.zeros(length)
    day = 0
    while day < length:
        day += int(random.geometric(1 / 20))
        until = day + int(random.geometric(1 / 6))
        high[day:until] = 1
        day = until
    return plain(rated(0.6 * both[:, 0] + _near(random, 2.0, 0.4) * high, 3), rated(both[:, 1], 6), number)


def weeks_of_zero(random: "Random", length: int, number: int) -> RealDiary:
    both = latent_pair(random, length, (0.8, 0.7))
    slow = latent_pair(random, length, (0.95, 0.9))[:, 0]
    return plain(rated(both[:, 0] + 1.2 * slow, 0.5), rated(both[:, 1], 6), number)


def silent_after_bad(random: "Random", length: int, number: int) -> RealDiary:
    both = latent_pair(random, length)
    pain, mood = rated(both[:, 0], 5), rated(both[:, 1], 6)
    after_bad = np.concatenate([[False], both[:-1, 0] > 0.6])
    absent = random.random(length) < np.where(after_bad, 0.7, 0.05)
    pain[absent] = mood[absent] = np.nan
    return plain(pain, mood, number)


def heavy_tails(random: "Random", length: int, number: int) -> RealDiary:
    both = latent_pair(random, length, (0.5, 0.5))
    jumps = (random.random(both.shape) < 0.06) * 2.5 * random.standard_normal(both.shape)
    return plain(rated(0.6 * both[:, 0] + jumps[:, 0], 4), rated(0.6 * both[:, 1] + jumps[:, 1], 6), number)


def holidays(random: "Random", length: int, number: int) -> RealDiary:
    """Weeks off in which both are better."""
    both = latent_pair(random, length)
    off = np.zeros(length)
    for at in random.integers(0, length, max(1, length // 120)):
        off[at : at + 12] = 1
    return plain(rated(both[:, 0] - 0.8 * off, 5), rated(both[:, 1] + 0.8 * off, 6), number)


def one_step(random: "Random", length: int, number: int) -> RealDiary:
    both = latent_pair(random, length)
    later = np.arange(length) > length * random.uniform(0.25, 0.75)
    return plain(rated(both[:, 0] - 1.2 * later, 5), rated(both[:, 1] + 1.2 * later, 6), number)


def repeated(random: "Random", length: int, number: int) -> RealDiary:
    """Yesterday's numbers typed again on a third of days."""
    both = latent_pair(random, length, (0.5, 0.5))
    pain, mood = rated(both[:, 0], 5), rated(both[:, 1], 6)
    for day in np.flatnonzero(random.random(length) < 0.33):
        if day:
            pain[day], mood[day] = pain[day - 1], mood[day - 1]
    return plain(pain, mood, number)


def backfilled(random: "Random", length: int, number: int) -> RealDiary:
    """Weeks written from memory: one number for several days."""
    both = latent_pair(random, length)
    pain, mood = rated(both[:, 0], 5), rated(both[:, 1], 6)
    for at in random.integers(0, length, length // 25):
        until = at + 5
        pain[at:until], mood[at:until] = np.rint(pain[at:until].mean()), np.rint(mood[at:until].mean())
    return plain(pain, mood, number)


def rare_yes(random: "Random", length: int, number: int) -> RealDiary:
    """Pain is high on some days and else nothing."""
    both = latent_pair(random, length)
    return plain(np.where(both[:, 0] > 1.3, 8.0, 1.0), rated(both[:, 1], 6), number)


def other_hours(random: "Random", length: int, number: int) -> RealDiary:
    """Ratings follow the hour, and the hour differs from day to day."""
    both = latent_pair(random, length)
    pain_hour, mood_hour = random.uniform(-1, 1, (2, length))
    return plain(rated(both[:, 0] + 0.5 * pain_hour, 5), rated(both[:, 1] + 0.5 * mood_hour, 6), number)


def chosen_days(random: "Random", length: int, number: int) -> RealDiary:
    """Logged mostly when pain is high or mood is low; the two have nothing to do with each other."""
    both = latent_pair(random, length, (_near(random, 0.6, 0.15),) * 2)
    wish = np.maximum(both[:, 0], -both[:, 1]) > _near(random, 0.35, 0.15)
    absent = random.random(length) > np.where(wish, 0.95, _near(random, 0.2, 0.1))
    pain, mood = rated(both[:, 0], 5), rated(both[:, 1], 6)
    pain[absent] = mood[absent] = np.nan
    return plain(pain, mood, number)


# name: how it is made, and whether the same day is without a link too
NOISY: dict[str, tuple[Maker, bool]] = {
    "pain rough, mood fine, same day −0.6": (rough_and_fine, False),
    "pain fine, mood rough, same day −0.55": (fine_and_rough, False),
    "both 40 % noise, same day −0.6": (both_noisy, False),
    "unequal noise and carry-over, same day −0.6": (noisy_unequal, False),
    "1 to 6 ratings a day, same day −0.6": (several_ratings, False),
}
STEADY: dict[str, tuple[Maker, bool]] = {
    "seasons": (seasons, True),
    "bounded random walks": (wandering, True),
    "heaped at 0, 5, 10": (heaped, True),
    "ceiling": (ceiling, True),
    "a month's cycle in both": (monthly, False),
    "flares": (flares, True),
    "weeks of zero": (weeks_of_zero, True),
    "not logged after a bad day": (silent_after_bad, True),
    "heavy tails": (heavy_tails, True),
    "holidays": (holidays, False),
    "one step in both": (one_step, False),
    "numbers repeated": (repeated, False),
    "days filled in later": (backfilled, True),
    "a rare yes": (rare_yes, True),
    "ratings at other hours": (other_hours, True),
}
CHOSEN: dict[str, tuple[Maker, bool]] = {"logged when bad": (chosen_days, True)}
DIARIES = {**NOISY, **STEADY, **CHOSEN}


def make_diary(name: str, length: int, number: int) -> RealDiary:
    """Return a person's diary of one of ``DIARIES``."""
    return DIARIES[name][0](random_of(name, length, number), length, number)


# What is used because of how the day is. A day begins (``morning``), and is rated later; both carry on from yesterday.


def half_days(
    random: "Random", length: int, carry: float, used_by: Callable[["Floats", float], bool], effect: float
) -> "tuple[Floats, Floats, Flags]":
    """Return mornings and days in spreads, and on which days something was used: by the morning and the past days."""
    within = 0.8  # of the morning that the day keeps
    over = carry / within
    mornings, days = np.zeros(length + WARM_UP), np.zeros(length + WARM_UP)
    used = np.zeros(length + WARM_UP, dtype=bool)
    news = random.standard_normal((length + WARM_UP, 2)) * np.sqrt([1 - over**2, 1 - within**2])
    for day in range(1, length + WARM_UP):
        mornings[day] = over * days[day - 1] + news[day, 0]
        used[day] = used_by(days[max(0, day - 10) : day], float(mornings[day]))
        days[day] = within * mornings[day] + news[day, 1] + effect / SPREAD * used[day]
    return mornings[WARM_UP:], days[WARM_UP:], used[WARM_UP:]


def by_the_morning(
    random: "Random", length: int, number: int, way: float, effect: float = 0.0, *, is_rough: bool = False
) -> Felt:
    """Used on mornings that begin badly (``way`` > 0) or well (< 0), by what is felt, where ratings may be rough."""
    steep, limit = way * _near(random, 2.5, 0.7), _near(random, 0.4, 0.3)
    found = half_days(
        random,
        length,
        _near(random, 0.6, 0.08),
        lambda _, morning: random.random() < 1 / (1 + np.exp(-(steep * morning - abs(steep) * limit))),
        effect,
    )
    mornings, days, used = found
    if is_rough:
        mornings, days = (noisy(random, each, _near(random, 0.2, 0.1)) for each in (mornings, days))
    return _felt(random, mornings, days, used, number, as_needed=False)


def at_random(random: "Random", length: int, number: int, effect: float = 0.0) -> Felt:
    share = _near(random, 0.4, 0.1)
    found = half_days(random, length, _near(random, 0.5, 0.1), lambda *_: random.random() < share, effect)
    return _felt(random, *found, number, as_needed=False)


def in_courses(random: "Random", length: int, number: int, effect: float = 0.0) -> Felt:
    """Ten days, begun after a bad week."""
    left, rest, limit = 0, 0, _near(random, 0.35, 0.15)

    def goes_on(past: "Floats", _: float) -> bool:
        nonlocal left, rest
        if left == 0 and rest <= 0 and len(past) > 6 and past[-7:].mean() > limit:
            left, rest = int(random.integers(8, 13)), 16
        rest -= 1
        left = max(0, left - 1)
        return left > 0

    found = half_days(random, length, _near(random, 0.65, 0.08), goes_on, effect)
    return _felt(random, *found, number, as_needed=False)


def on_weekdays(random: "Random", length: int, number: int, effect: float = 0.0) -> Felt:
    """Two fixed days of the week, kept 85 times in 100."""
    chosen = random.permutation(7)[:2]
    day = -WARM_UP

    def due(*_: object) -> bool:
        nonlocal day
        day += 1
        return bool((day + number) % 7 in chosen) == bool(random.random() < 0.85)

    found = half_days(random, length, _near(random, 0.6, 0.1), due, effect)
    return _felt(random, *found, number, as_needed=False)


def for_spikes(random: "Random", length: int, number: int) -> Felt:
    """A pill taken as needed on bad days that last one day."""
    spike = random.random(length) < _near(random, 0.12, 0.03)
    calm = latent_pair(random, length, (_near(random, 0.4, 0.1), 0.5))[:, 0]
    used = np.where(spike, random.random(length) < 0.85, random.random(length) < 0.03)
    pain = rated(0.7 * calm + _near(random, 1.8, 0.3) * spike, 4)
    return Felt(first_day(number), np.full(length, np.nan), pain, used, as_needed=True)


def by_the_peak(random: "Random", length: int, number: int) -> Felt:
    """A pill by the day's worst moment, where the day's rating is of all of it."""
    state = latent_pair(random, length, (_near(random, 0.6, 0.1), 0.5))[:, 0]
    peak = state + 0.5 * np.abs(random.standard_normal(length))
    used = random.random(length) < 1 / (1 + np.exp(-3 * (peak - 1)))
    return Felt(first_day(number), np.full(length, np.nan), rated(state, 5), used, as_needed=True)


def against_noise(random: "Random", length: int, number: int) -> Felt:
    """A pill by what is felt, where ratings are rough."""
    state = latent_pair(random, length, (_near(random, 0.6, 0.1), 0.5))[:, 0]
    used = random.random(length) < 1 / (1 + np.exp(-2.5 * (state - 0.5)))
    pain = rated(noisy(random, state, _near(random, 0.35, 0.1)), 5)
    return Felt(first_day(number), np.full(length, np.nan), pain, used, as_needed=True)


def _felt(random: "Random", mornings: "Floats", days: "Floats", used: "Flags", number: int, *, as_needed: bool) -> Felt:
    """What is rated of it; one morning in ten and one day in ten are not."""
    morning, pain = rated(mornings, 5), rated(days, 5)
    morning[random.random(len(morning)) < 0.1] = np.nan
    pain[random.random(len(pain)) < 0.1] = np.nan
    return Felt(first_day(number), morning, pain, used, as_needed)


USELESS: dict[str, Callable[["Random", int, int], Felt]] = {
    "a walk on mornings that begin well": lambda random, length, number: by_the_morning(random, length, number, -1),
    "heat on mornings that begin badly": lambda random, length, number: by_the_morning(random, length, number, 1),
    "the same walk, rough ratings": lambda random, length, number: by_the_morning(
        random, length, number, -1, is_rough=True
    ),
    "the same heat, rough ratings": lambda random, length, number: by_the_morning(
        random, length, number, 1, is_rough=True
    ),
    "courses begun after a bad week": in_courses,
    "a pill for spikes of a day": for_spikes,
    "a pill by the day's peak": by_the_peak,
    "a pill where ratings are rough": against_noise,
    "fixed days of the week": on_weekdays,
    "on random days": at_random,
}
USEFUL: dict[str, Callable[["Random", int, int], Felt]] = {
    "heat on bad mornings": lambda random, length, number: by_the_morning(random, length, number, 1, -1.0),
    "a walk on good mornings": lambda random, length, number: by_the_morning(random, length, number, -1, -1.0),
    "on random days": lambda random, length, number: at_random(random, length, number, -1.0),
}


def make_felt(name: str, length: int, number: int, *, useful: bool = False) -> Felt:
    """Return a person who uses something that does nothing, or is worth one point less of pain."""
    random = random_of(f"{name}, {useful}", length, number)
    return (USEFUL if useful else USELESS)[name](random, length, number)
