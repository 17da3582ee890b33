"""Simulated people whose truth is known: their diaries, what they do or take, and what the usual way finds in them.

A day has a state of pain, mood and sleep. Pain and mood follow a vector autoregression of order one: each carries over
to its own next day, and may do so to the other's (``Truth``). Upon that lies what makes diaries hard to read
(``Trouble``). A person is made by a generator seeded with the truth, the length and a number, and so is the same in
every run. What is rated is whole and from 0 to 10. The usual way takes days for independent of each other.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from math import sqrt
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

import numpy as np

from painlog.analysis.patterns.inference import t_quantile, t_two_sided
from painlog.analysis.patterns.question import Days
from painlog.analysis.patterns.uses import Use
from painlog.domain.periods import Period
from painlog.domain.variables import Variable, variables

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

PAIN, MOOD, SLEEP = (variables()[name] for name in ("pain", "mood", "sleep"))
MEANS = (5.0, 6.0, 6.5)  # points, points, hours
SPREADS = (1.8, 1.8, 1.2)
SLEEP_CARRIES = 0.2
TOGETHER = np.array([1.0, -1.0, -0.6])  # how a pattern shared by all three goes into each
BURN_IN = 60
BEGINS = date(2026, 1, 5)  # a Monday; the next person begins a day later
LEVELS_PAST = 45  # days between level shifts, on average


@dataclass(frozen=True)
class Truth:
    """What truly goes with what, in points per point and points per hour; 0 where nothing does.

    ``same_day`` is the correlation of what is new each day in pain and mood; with equal carry-over it is that of pain
    and mood themselves.
    """

    pain_carries: float = 0.6
    mood_carries: float = 0.6
    same_day: float = 0.0
    pain_to_mood: float = 0.0
    mood_to_pain: float = 0.0
    sleep_to_pain: float = 0.0

    @property
    def slope(self) -> float:
        """The same-day slope of mood on pain, where both carry over equally and nothing else links them."""
        return self.same_day * SPREADS[1] / SPREADS[0]


@dataclass(frozen=True)
class Trouble:
    """What makes a diary hard to read.

    Shares of days not logged at all and of days with much pain not logged. Shared by pain, mood and sleep: a straight
    trend (points from end to end), how much lower pain is at weekends, and levels of single weekdays (standard
    deviation). The mean of pain; the share of a rating's variance that is momentary noise; how far the size of what is
    new each day swings (log scale). Each series on its own: level shifts, a wandering level, and a wave (points).
    """

    missing: float = 0.0
    skipped: float = 0.0
    trend: float = 0.0
    weekend: float = 0.0
    weekdays: float = 0.0
    pain_mean: float = MEANS[0]
    noise: float = 0.0
    volatility: float = 0.0
    shifts: float = 0.0
    drift: float = 0.0
    wave: float = 0.0


@dataclass(frozen=True)
class Scenario:
    """A kind of people."""

    name: str
    truth: Truth = field(default_factory=Truth)
    trouble: Trouble = field(default_factory=Trouble)


class Diary(NamedTuple):
    """A person's days: what was logged (NaN where nothing was), the pain truly there, and each day's as rated."""

    first: date
    pain: "Floats"
    mood: "Floats"
    sleep: "Floats"
    felt: "Floats"
    rated: "Floats"

    @property
    def logged(self) -> "Flags":
        """The days with any entry."""
        return np.isfinite(self.pain)


CARRIED = tuple(Scenario(f"carry-over {phi}", Truth(phi, phi)) for phi in (0.0, 0.3, 0.6, 0.8))
UNEQUAL = (Scenario("pain 0.8, mood 0.2", Truth(0.8, 0.2)), Scenario("pain 0.2, mood 0.8", Truth(0.2, 0.8)))
MISSING = Scenario("40 % missing", trouble=Trouble(missing=0.4))
SKIPPED = Scenario("bad days skipped", trouble=Trouble(skipped=0.7))
GENTLE = Scenario("gentle trend", trouble=Trouble(trend=1.5))
TREND = Scenario("straight trend", trouble=Trouble(trend=3.0))
WEEKEND = Scenario("weekends differ", trouble=Trouble(weekend=1.5))
WEEKDAYS = Scenario("weekdays differ", trouble=Trouble(weekdays=0.4))
FLOOR = Scenario("floor", trouble=Trouble(pain_mean=0.5))
NOISE = Scenario("noisy ratings", trouble=Trouble(noise=0.4))
VOLATILE = Scenario("changing volatility", trouble=Trouble(volatility=0.5))
SHIFTS = Scenario("level shifts", trouble=Trouble(shifts=1.5))
DRIFT = Scenario("wandering level", trouble=Trouble(drift=1.2))
WAVE = Scenario("slow wave", trouble=Trouble(wave=1.5))
ALL_TROUBLES = Scenario(
    "all together",
    trouble=Trouble(
        missing=0.2, skipped=0.3, trend=1.5, weekend=0.8, weekdays=0.3, pain_mean=3.5, noise=0.3, volatility=0.3,
        shifts=0.7, drift=0.6, wave=0.5,
    ),
)  # fmt: skip
TROUBLED = (MISSING, SKIPPED, TREND, WEEKEND, WEEKDAYS, FLOOR, NOISE, VOLATILE, SHIFTS, DRIFT, WAVE, ALL_TROUBLES)
UNLINKED = (*CARRIED, *UNEQUAL, *TROUBLED)


def random_of(scenario: Scenario, length: int, number: int) -> np.random.Generator:
    """Return the source of randomness of one person."""
    return np.random.default_rng([crc32(scenario.name.encode()), length, number])


def diary(scenario: Scenario, length: int, number: int) -> Diary:
    """Return a person's diary."""
    return logged(scenario, number, *states(scenario, length, number), random_of(scenario, length, number + 10**6))


def states(scenario: Scenario, length: int, number: int) -> "tuple[Floats, Floats]":
    """Return what a person truly has each day, a row a day (pain, mood, sleep), and its mean's course."""
    random, truth, trouble = random_of(scenario, length, number), scenario.truth, scenario.trouble
    pain = mood = sleep = 0.0
    path = []
    for new in _news(random, truth, length + BURN_IN, trouble.volatility).tolist():
        sleep = SLEEP_CARRIES * sleep + new[2]
        pain, mood = (
            truth.pain_carries * pain + truth.mood_to_pain * mood + truth.sleep_to_pain * sleep + new[0],
            truth.pain_to_mood * pain + truth.mood_carries * mood + new[1],
        )
        path.append((pain, mood, sleep))
    course = np.array([trouble.pain_mean, *MEANS[1:]]) + _course(random, trouble, length, number)
    return np.array(path[BURN_IN:]), course


def logged(scenario: Scenario, number: int, path: "Floats", course: "Floats", random: np.random.Generator) -> Diary:
    """Return what a person writes down: whole ratings from 0 to 10, sleep in steps of 5 minutes, some days nothing."""
    trouble = scenario.trouble
    felt = path + course
    noise = np.sqrt(trouble.noise / (1 - trouble.noise)) * np.array([*SPREADS[:2], 0.0])
    seen = felt + noise * random.standard_normal(felt.shape)
    pain, mood = (np.clip(np.rint(seen[:, i]), 0.0, 10.0) for i in (0, 1))
    sleep = 5 * np.rint(np.clip(seen[:, 2], 0.0, 14.0) * 12)
    bad = path[:, 0] > SPREADS[0] * 0.7
    absent = random.random(len(path)) < np.where(bad, max(trouble.skipped, trouble.missing), trouble.missing)
    rated = pain.copy()
    for values in (pain, mood, sleep):
        values[absent] = np.nan
    return Diary(BEGINS + timedelta(days=number % 7), pain, mood, sleep, felt[:, 0], rated)


def with_pain(scenario: Scenario, length: int, number: int, change: "Floats") -> Diary:
    """Return a person's diary with a change to each day's pain, in points."""
    path, course = states(scenario, length, number)
    course[:, 0] += change
    return logged(scenario, number, path, course, random_of(scenario, length, number + 10**6))


def days_of(found: Diary, of: tuple[Variable, ...] = (PAIN, MOOD, SLEEP)) -> Days:
    """Return a diary as the engine takes it; it ends today."""
    length = len(found.pain)
    kept = {PAIN: found.pain, MOOD: found.mood, SLEEP: found.sleep}
    values = {variable: days_from(found.first, kept[variable]) for variable in of}
    period = Period(found.first, found.first + timedelta(days=length - 1))
    entries = {found.first + timedelta(days=int(day)) for day in np.flatnonzero(found.logged)}
    return Days(period, ongoing=True, values=values, entry_days=entries)


def use_of(name: str, found: Diary, used: "Flags") -> Use | None:
    """Return what was logged of a treatment; None where that is nothing."""
    days = sorted(found.first + timedelta(days=int(day)) for day in np.flatnonzero(used & found.logged))
    if not days:
        return None
    other = {found.first + timedelta(days=int(day)) for day in np.flatnonzero(~used & found.logged)}
    return Use(name, name == AS_NEEDED, set(days), {day for day in other if days[0] <= day <= days[-1]})


# What people do and take.

AS_NEEDED = "a pill on bad days"
AFTER_GOOD = "walk after better days"
INDEPENDENT = ("on random days", "weeks on and off", "every third day", "twice a week", "less and less", "rarely")
KINDS = (*INDEPENDENT, AS_NEEDED, AFTER_GOOD)


def planned(kind: str, length: int, random: np.random.Generator) -> "Flags":
    """Return the days of a treatment that pain has no say in."""
    days, chance = np.arange(length), random.random(length)
    if kind == "weeks on and off":
        edges = np.cumsum(random.integers(5, 18, size=length // 5 + 1))
        return np.asarray((np.searchsorted(edges, days, side="right") + random.integers(2)) % 2 == 0)
    if kind == "every third day":
        return np.asarray(((days % 3 == 0) & (chance > 0.15)) | (chance > 0.95))
    if kind == "twice a week":
        weeks = [random.permutation(7) < 2 for _ in range(length // 7 + 1)]
        return np.concatenate(weeks)[:length]
    share = {"on random days": np.full(length, 0.4), "rarely": np.full(length, 0.12)}
    return np.asarray(chance < share.get(kind, np.linspace(0.8, 0.1, length)))


def driven(kind: str, pain: "Floats", random: np.random.Generator) -> "Flags":
    """Return the days of a treatment that pain has a say in: that day's, or the day's before."""
    beyond = (pain - pain.mean()) / SPREADS[0]
    wish = 2.5 * (beyond - 0.5) if kind == AS_NEEDED else -1.5 * np.concatenate([[0.0], beyond[:-1]])
    return np.asarray(random.random(len(pain)) < 1 / (1 + np.exp(-wish)))


class Treated(NamedTuple):
    """A diary and the treatments in it."""

    diary: Diary
    uses: Mapping[str, Use]


def treated(
    scenario: Scenario, length: int, number: int, works: Mapping[str, float], *, by_felt: bool = False
) -> Treated:
    """Return a person with all kinds of treatments, some of which work on the day: so many points of pain.

    The person decides by the pain that is rated, or ``by_felt``: by what a noisy rating may miss.
    """
    random = random_of(replace(scenario, name=f"{scenario.name}, treated"), length, number)
    used = {kind: planned(kind, length, random) for kind in INDEPENDENT}
    change = np.zeros(length)
    for kind, points in works.items():
        change += points * used[kind]
    found = with_pain(scenario, length, number, change)
    used |= {kind: driven(kind, found.felt if by_felt else found.rated, random) for kind in (AS_NEEDED, AFTER_GOOD)}
    uses = {kind: use_of(kind, found, days) for kind, days in used.items()}
    return Treated(found, {kind: use for kind, use in uses.items() if use})


def relieved(scenario: Scenario, length: int, number: int, points: float) -> Treated:
    """Return a person whose pill on bad days changes the next day's pain."""
    random = random_of(replace(scenario, name=f"{scenario.name}, relieved"), length, number)
    path, course = states(scenario, length, number)
    middle = scenario.trouble.pain_mean
    used = np.zeros(length, dtype=bool)
    for day in range(length):
        course[day, 0] += points * (day > 0 and used[day - 1])
        wish = 2.5 * ((path[day, 0] + course[day, 0] - middle) / SPREADS[0] - 0.5)
        used[day] = random.random() < 1 / (1 + np.exp(-wish))
    found = logged(scenario, number, path, course, random_of(scenario, length, number + 10**6))
    use = use_of(AS_NEEDED, found, used)
    return Treated(found, {AS_NEEDED: use} if use else {})


# The usual way.


class Usual(NamedTuple):
    """What is found where days are taken for independent."""

    value: float
    error: float
    df: float

    @property
    def p(self) -> float:
        """Two-sided."""
        return t_two_sided(self.value / self.error, self.df) if self.error else 1.0

    def holds(self, value: float) -> bool:
        """Whether the 95 % interval holds a value."""
        return abs(value - self.value) <= t_quantile(0.975, self.df) * self.error


def usual(found: Diary, name: str) -> Usual:
    """Pearson's correlation as a slope, over the days that have both."""
    x, y = {
        "same day": (found.pain, found.mood),
        "pain → mood": (found.pain[:-1], found.mood[1:]),
        "mood → pain": (found.mood[:-1], found.pain[1:]),
        "sleep → pain": (found.sleep / 60, found.pain),
    }[name]
    both = np.isfinite(x) & np.isfinite(y)
    away, up = x[both] - x[both].mean(), y[both] - y[both].mean()
    df = int(both.sum()) - 2
    slope = float(away @ up / (away @ away))
    rest = up - slope * away
    return Usual(slope, sqrt(float(rest @ rest) / df / float(away @ away)), df)


def welch(a: "Floats", b: "Floats") -> Usual:
    """Welch's test of the difference of two means; nothing where one has no spread to speak of."""
    if min(len(a), len(b)) < 2:
        return Usual(0.0, 0.0, 1.0)
    parts = [float(values.var(ddof=1)) / len(values) for values in (a, b)]
    df = sum(parts) ** 2 / sum(p**2 / (len(v) - 1) for p, v in zip(parts, (a, b), strict=True)) if any(parts) else 1.0
    return Usual(float(a.mean() - b.mean()), sqrt(sum(parts)), df)


def welch_of(found: Diary, use: Use) -> Usual:
    """The days with a treatment against those without."""
    used = np.zeros(len(found.pain), dtype=bool)
    used[[(day - found.first).days for day in use.days]] = True
    return welch(found.pain[used & found.logged], found.pain[~used & found.logged])


def before_after(found: Diary) -> Usual:
    """The days of the second half against those of the first."""
    middle = len(found.pain) // 2
    before, after = found.pain[:middle], found.pain[middle:]
    return welch(after[np.isfinite(after)], before[np.isfinite(before)])


def _news(random: np.random.Generator, truth: Truth, length: int, volatility: float) -> "Floats":
    """What is new each day: pain and mood correlated, sized so that each varies as ``SPREADS`` say."""
    sizes = np.array(SPREADS) * np.sqrt(1 - np.array([truth.pain_carries, truth.mood_carries, SLEEP_CARRIES]) ** 2)
    news = random.standard_normal((length, 3))
    news[:, 1] = truth.same_day * news[:, 0] + np.sqrt(1 - truth.same_day**2) * news[:, 1]
    swing = volatility * _carried(random, length, 0.95) if volatility else np.zeros(length)
    return np.asarray(news * sizes * np.exp(swing - volatility**2)[:, None])


def _course(random: np.random.Generator, trouble: Trouble, length: int, number: int) -> "Floats":
    """How the means of pain, mood and sleep go, a row a day."""
    days = np.arange(length)
    weekday = (days + number) % 7
    shared = trouble.trend * (days / length - 0.5) - trouble.weekend * (weekday >= 5)
    shared = shared + trouble.weekdays * random.standard_normal(7)[weekday]
    own = np.zeros((length, 3))
    for column in range(3):
        shifted = np.cumsum(random.random(length) < 1 / LEVELS_PAST)
        own[:, column] += trouble.shifts * random.standard_normal(length + 1)[shifted]
        if trouble.drift:
            own[:, column] += trouble.drift * _carried(random, length, 0.98)
        turns = days / random.uniform(40, 90) + random.random()
        own[:, column] += trouble.wave * np.sin(2 * np.pi * turns)
    return np.asarray(shared[:, None] * TOGETHER + own * np.abs(TOGETHER))


def _carried(random: np.random.Generator, length: int, phi: float) -> "Floats":
    """A first-order autoregression of unit variance."""
    value = float(random.standard_normal())
    values = []
    for new in (sqrt(1 - phi**2) * random.standard_normal(length)).tolist():
        value = phi * value + new
        values.append(value)
    return np.array(values)


def days_from(first: date, values: "Floats") -> dict[date, float]:
    """Return the days that have a number."""
    return {first + timedelta(days=int(day)): float(values[day]) for day in np.flatnonzero(np.isfinite(values))}
