"""A made-up person's 90 days, for trying painlog on. Pure; the same days for the same seed, counted back from today.

Pain carries over from day to day and is worse after short nights; mood goes down as pain goes up; worry follows both. A
flare, a stretch without entries, single missed days and late entries are in it, as in life. Nobody's data are.
"""

import random
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from painlog.domain.dates import Moment, day_of, localize, zone_name
from painlog.domain.entries import Draft, draft
from painlog.domain.kind import Said
from painlog.domain.kinds import KINDS

DAYS = 90
SEED = 20
_FLARE = range(57, 63)
_AWAY = range(31, 35)
_MISSED = 0.07
_NOTES = (
    ("Long drive, sat too long", 12),
    ("Walked by the river, felt good", 20),
    ("Physio, new stretches", 26),
    ("Carried boxes for the move", 56),
    ("Could not get comfortable anywhere", 58),
    ("Cancelled dinner", 60),
    ("First day outside again", 64),
    ("Slept at my sister's", 71),
    ("Tried the pacing plan, took three breaks", 78),
    ("Good day with the children", 83),
    ("Back stiff after the desk, eased by heat", 86),
    ("Garden for half an hour", 88),
)


@dataclass
class _State:
    """What a day leaves to the next one."""

    pain: float = 5.0
    mood: float = 5.5
    worry: float = 4.5


def demo_drafts(present_at: datetime) -> list[Draft]:
    """Return the entries of ``DAYS`` days up to now, in the order they were written."""
    chance = random.Random(SEED)  # noqa: S311  (a made-up diary, not a secret)
    today = day_of(present_at)
    state, drafts = _State(), []
    for index in range(DAYS):
        day = today - timedelta(days=DAYS - 1 - index)
        slept = _slept(chance, index)
        _live_a_day(chance, state, slept, flare=index in _FLARE)
        written = _day_drafts(chance, state, slept, day)
        missed = chance.random() < _MISSED or index in _AWAY
        late = timedelta(days=chance.choices((0, 1, 2), (10, 1, 1))[0])
        if not missed:
            drafts += [_told(one, late) for one in written]
        drafts += [_told(_note(text, day), late) for text, at in _NOTES if at == index and not missed]
    return [one for one in drafts if one.recorded_at and one.recorded_at <= present_at]


def _slept(chance: random.Random, index: int) -> float:
    hours = 6.2 + chance.gauss(0, 0.9) - (1.1 if index in _FLARE else 0)
    return min(9.0, max(3.0, hours))


def _live_a_day(chance: random.Random, state: _State, slept: float, *, flare: bool) -> None:
    pull = 5.0 + (2.2 if flare else 0) - 0.45 * (slept - 6.2)
    state.pain = _bounded(pull + 0.5 * (state.pain - pull) + chance.gauss(0, 0.9))
    mood = 5.4 - 0.55 * (state.pain - 5)
    state.mood = _bounded(mood + 0.4 * (state.mood - mood) + chance.gauss(0, 0.8))
    worry = 4.2 + 0.35 * (state.pain - 5) - 0.3 * (state.mood - 5.4)
    state.worry = _bounded(worry + 0.4 * (state.worry - worry) + chance.gauss(0, 0.9))


def _day_drafts(chance: random.Random, state: _State, slept: float, day: date) -> list[Draft]:
    morning, evening = time(7, chance.randrange(60)), time(20, chance.randrange(60))
    scores = [_rating(state.pain + chance.gauss(0, 0.6)) for _ in range(2)]
    where = ["low back left"] + (["back of thigh left"] if int(scores[1]) >= 6 else [])
    pain = {"score": [scores[1]], "where": where, "quality": [chance.choice(("aching", "burning", "stiff"))]}
    trigger = {"trigger": ["sitting"]} if chance.random() < 0.3 else {}
    interference = _rating(state.pain - 0.5 + chance.gauss(0, 0.8))
    return [
        _entry("sleep", _night(chance, slept), day, morning),
        _entry("pain", {"score": [scores[0]], "where": where[:1]}, day, morning),
        _entry("pain", pain | trigger, day, evening),
        _entry("pain", {"interference": [interference]}, day, evening),
        _entry("mood", {"score": [_rating(state.mood)], "worry": [_rating(state.worry)]}, day, evening),
    ]


def _night(chance: random.Random, slept: float) -> dict[str, list[str]]:
    """Half the nights as a length, half as times with what was awake in them."""
    quality = {"quality": [str(min(5, max(1, round(slept - 3 + chance.gauss(0, 0.5)))))]}
    if chance.random() < 0.5:
        return {"night": [f"{round(slept * 4) * 15}m"], **quality}
    fell, awake = 5 * chance.randrange(3, 10), 5 * chance.randrange(2, 14)
    start = datetime(2000, 1, 2, 6, 45) - timedelta(minutes=5 * round(slept * 12) + fell + awake)  # noqa: DTZ001
    return {"night": [f"{start:%H:%M}-06:45"], "sol": [f"{fell}m"], "waso": [f"{awake}m"], **quality}


def _note(text: str, day: date) -> Draft:
    return _entry("note", {"note": [text]}, day, time(21, 5))


def _told(made: Draft, late: timedelta) -> Draft:
    at = made.moment.at
    return Draft(made.kind, made.moment, made.data, at + late + timedelta(minutes=1) if at else None)


def _entry(kind: str, said: Said, day: date, clock: time) -> Draft:
    at = localize(datetime.combine(day, clock))[0]
    return draft(KINDS[kind], said, Moment(day, at, zone_name()), at)


def _rating(value: float) -> str:
    return str(round(_bounded(value)))


def _bounded(value: float) -> float:
    return min(10.0, max(0.0, value))
