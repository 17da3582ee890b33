"""A made-up person's 90 days, for trying painlog on. Pure; the same days for the same seed, counted back from today.

Pain carries over from day to day and is worse after short nights; mood goes down as pain goes up; worry follows both. A
flare, a stretch without entries, single missed days and late entries are in it, as in life; so are a plan, what was
taken and done of it, and questionnaires. Nobody's data are.
"""

import random
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from painlog.domain.entries import Draft, draft
from painlog.domain.kinds.kind import TypedTexts
from painlog.domain.kinds.registry import KINDS
from painlog.domain.language.dates import Moment, day_of, localize, zone_name

DAYS = 90
SEED = 20
_FLARE = range(57, 63)
_AWAY = range(31, 35)
_VISIT, _ASKED = 45, 85
_MISSED = 0.07
_PLAN = (
    (3, {"name": ["duloxetine"], "amount": ["30mg"], "schedule": ["daily"], "sort": ["medicine"]}),
    (3, {"name": ["ibuprofen"], "amount": ["400mg"], "schedule": ["as needed"], "sort": ["medicine"]}),
    (5, {"name": ["physio"], "schedule": ["weekly"], "sort": ["therapy"]}),
    (9, {"name": ["pain group"], "schedule": ["every 2 weeks"], "sort": ["support"]}),
    (9, {"name": ["Walk to the shop twice a week"], "sort": ["goal"]}),
    (45, {"name": ["duloxetine"], "amount": ["60mg"], "sort": ["medicine"], "step": ["change"]}),
)
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
    chance, care = random.Random(SEED), random.Random(SEED + 1)  # noqa: S311  (a made-up diary, not a secret)
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
        cared_for = _care_drafts(care, state, index, day)
        drafts += [_told(one, late) for one in cared_for if not missed or one.kind.name in ("plan", "flare")]
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


def _care_drafts(chance: random.Random, state: _State, index: int, day: date) -> list[Draft]:
    """What was planned, taken and done on a day."""
    bad = state.pain > 6.5
    made = [_entry("plan", said, day, time(9)) for on, said in _PLAN if on == index]
    if index > 3 and chance.random() < 0.9:
        made.append(
            _entry("dose", {"name": ["duloxetine"], "amount": ["60mg" if index >= 45 else "30mg"]}, day, time(8))
        )
    if bad and chance.random() < 0.6:
        rated = {"before": [_rating(state.pain)], "after": [_rating(state.pain - 2)], "after_minutes": ["90m"]}
        made.append(_entry("dose", {"name": ["ibuprofen"], "amount": ["400mg"], **rated}, day, time(15)))
    if index % 7 == 5:
        status = {"status": ["cancelled"]} if bad else {"minutes": ["40m"], "helped": [str(chance.randrange(4, 8))]}
        made.append(_entry("treatment", {"name": ["physio"], **status}, day, time(11)))
    if chance.random() < 0.7:
        active = str(max(5, 5 * round((60 - 7 * state.pain + chance.gauss(0, 8)) / 5)))
        made.append(
            _entry("activity", {"minutes": [active + "m"], "work_affected": ["yes" if bad else "no"]}, day, time(18))
        )
    if index > 9 and index % 4 == 1:
        result = "not" if bad else chance.choice(("done", "done", "partly"))
        made.append(_entry("goal", {"result": [result], "goal": ["Walk to the shop twice a week"]}, day, time(19)))
    return made + _marked(state, index, day)


def _marked(state: _State, index: int, day: date) -> list[Draft]:
    """The flare's two ends, a visit, a question for the next one, a weekly PEG and a monthly PHQ-8."""
    made = []
    if index == _VISIT:
        made.append(_entry("visit", {"who": ["Dr Weber"]}, day, time(10, 30)))
    if index == _ASKED:
        made.append(_entry("ask-doctor", {"note": ["Can I take the evening dose earlier?"]}, day, time(20)))
    if index in (_FLARE.start, _FLARE.stop):
        made.append(_entry("flare", {"event": ["start" if index == _FLARE.start else "end"]}, day, time(17)))
    if index % 7 == 6:
        answers = [_rating(state.pain + add) for add in (0.2, 0.8, -0.4)]
        made.append(_entry("peg", {"answers": [",".join(answers)]}, day, time(21)))
    if index % 28 == 4:
        low = round(_bounded(10 - state.mood) / 3)
        made.append(_entry("phq8", {"answers": [",".join(str(max(0, low - i % 2)) for i in range(8))]}, day, time(21)))
    return made


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


def _entry(kind: str, said: TypedTexts, day: date, clock: time) -> Draft:
    at = localize(datetime.combine(day, clock))[0]
    return draft(KINDS[kind], said, Moment(day, at, zone_name()), at)


def _rating(value: float) -> str:
    return str(round(_bounded(value)))


def _bounded(value: float) -> float:
    return min(10.0, max(0.0, value))
