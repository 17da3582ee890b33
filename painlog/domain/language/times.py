"""When something was, as people say it: one grammar for lines, options and periods. Pure, and without a clock.

What is read is a ``When``, which says a day and a time of day as they were said; ``dates`` places it on the calendar.
"""

from collections.abc import Sequence

from painlog.domain.language import time_words as words
from painlog.domain.language.figures import Range, Tokens, length_at, low_at, plain_number, says, sort_at
from painlog.domain.language.small_words import LOOKING_BACK, TIME_UNITS, phrases
from painlog.domain.language.times_of_day import clock_at, part_named, part_of_day_at
from painlog.domain.language.when import FROM_WHEN, IS_AHEAD, Found, When, in_half
from painlog.domain.language.written_dates import ALSO_WORDS, date_at, weekday_named

_NO_TIME = "says no time; write 2h ago or yesterday"
_LONGEST_AGO = 1_000_000 * 60
_COUNTED_AGO = (*TIME_UNITS, "days", "weeks", "months", "years", "time", "nights")
_DAYS_IN = {
    "d": 1,
    "day": 1,
    "days": 1,
    "w": 7,
    "week": 7,
    "weeks": 7,
    "night": 1,
    "nights": 1,
    "fortnight": 14,
    "fortnights": 14,
}
_NEAR = {
    **dict.fromkeys(TIME_UNITS, "2h ago"),
    **dict.fromkeys(("days", "nights"), "2 days ago"),
    "weeks": "2 weeks ago",
}
_ONE_AGO = ("hour", "minute", "day", "week", "night", "fortnight")
_LABELS = phrases("blues, scaries, mornings, afternoons, evenings, nights")  # with a weekday, not a day
_WEEKS_ON = phrases("week, fortnight")  # behind a weekday: so long after it
_OR_SO = ("so", "two", "three", "2", "3", "more", "less")


def _phrase(index: dict[str, list[Sequence[str]]], tokens: Tokens, place: int) -> Sequence[str]:
    """The longest phrase of an index that stands at a place; empty where none does."""
    for phrase in index.get(low_at(tokens, place), ()):
        if len(phrase) == 1 or says(tokens, place, *phrase):
            return phrase
    return ()


def when_at(tokens: Tokens, place: int, *, front: bool = False) -> Found:
    """Read the time that stands at a place, and return it with the place after it; ``front`` where the line begins."""
    if ahead := _ahead(tokens, place):
        return ahead
    found = _one(tokens, place, front=front)
    if found and found[0].problem and found[0].open_clock:
        return _closed(tokens, found)
    while found and not found[0].problem:
        after = found[1] + (low_at(tokens, found[1]) == "," and sort_at(tokens, found[1] + 1) == "clock")
        more = None if _spans(tokens, after) else _one(tokens, after, front=False, beside=found[0])
        merged = _joined(found[0], more[0], " ".join(token.low for token in tokens[place : found[1]])) if more else None
        if more is None or merged is None:
            break
        found = merged, more[1]
    return (found[0].checked_night(), found[1]) if found else None


def _closed(tokens: Tokens, found: tuple[When, int]) -> Found:
    """A time such as at 7, with the part of the day behind it that says which half of the day it is in."""
    more = when_at(tokens, found[1])
    if not more or more[0].problem or not in_half(found[0].open_clock, more[0].part):
        return found
    merged = found[0].merged(more[0])
    return (merged.checked_night(), more[1]) if merged else found


def _spans(tokens: Tokens, place: int) -> bool:
    """Whether two times of day begin here with a dash between, which are a night: 5 days ago 23:30-5:45."""
    return (
        low_at(tokens, place + 1) in ("-", "–", "—") and [sort_at(tokens, place + i) for i in (0, 2)] == ["clock"] * 2
    )


def _ahead(tokens: Tokens, place: int) -> Found:
    """A time that has not come: tomorrow, next monday, in 2 hours."""
    if refused := _phrase(words.AHEAD, tokens, place):
        clock = clock_at(tokens, place + len(refused))
        return _is_ahead(" ".join(refused)), clock[1] if clock else place + len(refused)
    if low_at(tokens, place) in ("next", "coming") and weekday_named(low_at(tokens, place + 1)) is not None:
        return _is_ahead(f"next {tokens[place + 1].low}"), place + 2
    if after := _weeks_on(tokens, place):
        return _is_ahead(" ".join(token.low for token in tokens[place:after])), after
    after = _span_of_time(tokens, place + 1) if low_at(tokens, place) == "in" else 0
    if not after or looks_back_at(tokens, place):
        return None
    return _is_ahead(" ".join(token.low for token in tokens[place:after])), after


def _weeks_on(tokens: Tokens, place: int) -> int:
    """The place after so many weeks from a weekday that comes: friday week, a week on friday; 0 where none stands."""
    day = place + (low_at(tokens, place) == "on")
    if weekday_named(low_at(tokens, day)) is not None and low_at(tokens, day + 1) in _WEEKS_ON:
        return day + 2 if sort_at(tokens, day + 2) != "number" else 0
    is_week = low_at(tokens, place) == "a" and low_at(tokens, place + 1) in _WEEKS_ON
    if is_week and low_at(tokens, place + 2) in ("on", "from") and weekday_named(low_at(tokens, place + 3)) is not None:
        return place + 4
    return 0


def looks_back_at(tokens: Tokens, place: int) -> int:
    """Return the place after a length of time that is no time ahead; 0 where none stands here.

    As in havent slept in 2 days, best day in 3 weeks, slept in 2 hour chunks.
    """
    if low_at(tokens, place) != "in" or not (after := _span_of_time(tokens, place + 1)):
        return 0
    is_several = low_at(tokens, after - 1) in _ONE_AGO and (tokens[after - 2].number or 1) > 1
    if is_several and sort_at(tokens, after) == "word":
        return after + 1
    return after if any(token.low in LOOKING_BACK for token in tokens[max(place - 4, 0) : place]) else 0


def _is_ahead(said: str) -> When:
    return When(problem=f"{said} {IS_AHEAD}", ahead=True, answers=("",))


def _joined(first: When, second: When, said: str) -> When | None:
    """Both together: with a part of the day, at 7 is clear; else its answers go on with what was said before."""
    if not second.problem or in_half(second.open_clock, first.part):
        return first.merged(second)
    return second._replace(answers=tuple(f"{said} {answer}".strip() for answer in second.answers))


def _one(tokens: Tokens, place: int, *, front: bool, beside: When | None = None) -> Found:
    if place >= len(tokens):
        return None
    lead = _phrase(words.LEADING, tokens, place)
    start = place + len(lead)
    if start >= len(tokens):
        return None
    at = bool(lead) and lead[0] in ("at", "@", "by")
    on = bool(lead) and lead[0] == "on"
    if found := _unclear(tokens, place) or _holiday(tokens, place, front=front):
        return found
    if found := date_at(tokens, start, on=on, front=front) or _ago(tokens, start):
        return found
    if found := _day(tokens, start, front=front, led=on):
        return found
    if found := clock_at(tokens, start, at=at, beside=beside):
        return found
    return part_of_day_at(tokens, place, lead, front=front, beside=beside)


def _unclear(tokens: Tokens, place: int) -> Found:
    """Words that say no day: last week, the other night, in the middle of the night."""
    if said := _phrase(words.A_NIGHT, tokens, place):
        return _which(said, place, ("last night", "this morning", "yesterday", "today"), night=True)
    the = low_at(tokens, place) == "the"
    if says(tokens, place + the, "night", "before", "last"):
        return When(day=("ago", 2), part="night"), place + the + 3
    said = _phrase(words.UNCLEAR, tokens, place)
    if not said or low_at(tokens, place + len(said)) in (*words.YESTERDAY, "ago"):
        return None
    if list(said) == ["earlier"]:
        if low_at(tokens, place + 1) == "today":
            return When(day=("ago", 0), part="earlier"), place + 2
        if low_at(tokens, place + 1) == "this":
            return part_of_day_at(tokens, place + 1, (), front=False, beside=None)
        if low_at(tokens, place - 1) == "and":
            return None
    if list(said) == ["the", "day", "before"] and any(token.low in words.YESTERDAY for token in tokens[:place]):
        return _which(said, place, ("2 days ago",))
    return _which(said, place, _answers_to(said))


def _which(said: Sequence[str], place: int, answers: Sequence[str], *, night: bool = False) -> Found:
    text = " ".join(said)
    return When(problem=f"{text}: when was that? {FROM_WHEN}", answers=tuple(answers), night=night), place + len(said)


def _answers_to(said: Sequence[str]) -> tuple[str, ...]:
    """The days that words may mean; none for a week or more, of which they are but a part."""
    if said[-1] in ("week", "month", "year") or said[-2:] in (["before", "last"], ("before", "last")):
        return ()
    if weekday_named(said[-1]) is not None:
        return (said[-1],)
    if said[-1] == "weekend":
        return "saturday", "sunday"
    night = () if "night" not in said else ("last night",) if "last" in said else ("last night", "this morning")
    return *night, "yesterday", "today"


def _holiday(tokens: Tokens, place: int, *, front: bool) -> Found:
    """A holiday, of which it is asked in which year it was; in other words (halloween party) it is none."""
    said = _phrase(words.HOLIDAYS, tokens, place)
    if not said or not (len(said) > 1 or front or _ends(tokens, place + 1)):
        return None
    date = words.date_of_holiday(said)
    return _which(said, place, (date,) if date else ())


def _ago(tokens: Tokens, place: int) -> Found:
    if vague := _phrase(words.VAGUE_AGO, tokens, place):
        after = place + len(vague)
        after += low_at(tokens, after) in _COUNTED_AGO
        if low_at(tokens, after) == "ago":
            said = " ".join(token.low for token in tokens[place : after + 1])
            near = _NEAR.get(low_at(tokens, after - 1), "")
            return When(problem=f"{said} {_NO_TIME}", answers=(near,) if near else ()), after + 1
    if about := _about_ago(tokens, place):
        return about
    found = _length_ago(tokens, place)
    if not found:
        return None
    when, after = found
    said = " ".join(token.low for token in tokens[place:after])
    is_long = low_at(tokens, place - 1) in ("for", "last", "past") or sort_at(tokens, after + 1) == "number"
    if low_at(tokens, after) == "back" and low_at(tokens, after - 1) in _DAYS_IN and not is_long:
        return When(problem=f"is {said} back when it was?", answers=(f"{said} ago",)), after + 1
    is_open = low_at(tokens, after) == "or" and low_at(tokens, after + 1) in _OR_SO
    if low_at(tokens, after + 2 * is_open) != "ago":
        return None
    if is_open:
        one = f"1 {said}" if low_at(tokens, place) in _ONE_AGO else said
        more = f"{said} or {low_at(tokens, after + 1)} ago"
        return When(problem=f"{more} {_NO_TIME}", answers=(f"{one} ago",)), after + 3
    if when.problem:
        when = when._replace(problem=f"{said} ago{when.problem}")
    return when, after + 1


def _about_ago(tokens: Tokens, place: int) -> Found:
    """How long ago, where a word behind the number leaves it open: 20 or so minutes ago, 2ish hours ago."""
    number = low_at(tokens, place) if sort_at(tokens, place) == "number" else ""
    after = place + (3 if says(tokens, place + 1, "or", "so") else 2 if low_at(tokens, place + 1) == "ish" else 0)
    unit = low_at(tokens, after)
    if not number or after == place or unit not in (*TIME_UNITS, *_DAYS_IN) or low_at(tokens, after + 1) != "ago":
        return None
    said = " ".join(token.low for token in tokens[place : after + 2])
    return When(problem=f"{said} {_NO_TIME}", answers=(f"{number} {unit} ago",)), after + 2


def _length_ago(tokens: Tokens, place: int) -> Found:
    """How long ago something was, without the ago: 2 hours, 3 days, a week; ``problem`` is what is wrong with it."""
    if found := length_at(tokens, place):
        return When(ago=found[0], problem=" is no length of time" if found[0] > _LONGEST_AGO else ""), found[1]
    number = plain_number(tokens, place) or ((1.0, place + 1) if low_at(tokens, place) in ("a", "an") else None)
    number = number or ((1.0, place) if low_at(tokens, place) in _ONE_AGO else None)
    if not number:
        return None
    unit = low_at(tokens, number[1])
    if unit == "fortnight" and number[0] != 1:
        return None
    if minutes := TIME_UNITS.get(unit):
        return When(ago=number[0] * minutes), number[1] + 1
    if unit in _DAYS_IN and number[0] == int(number[0]):
        return When(day=("ago", int(number[0]) * _DAYS_IN[unit])), number[1] + 1
    if unit not in _COUNTED_AGO:
        return None
    return When(problem=f" says no day; {FROM_WHEN}", answers=("",)), number[1] + 1


def either_ago(tokens: Tokens, found: tuple[Range, int]) -> Found:
    """How long ago, where two numbers are said for it, of which one may be meant: 2 or 3 hours ago."""
    ends, after = found
    unit = ends.unit or low_at(tokens, after)
    after += not ends.unit
    if unit not in (*TIME_UNITS, *_DAYS_IN) or low_at(tokens, after) != "ago":
        return None
    answers = tuple(f"{end} {unit} ago" for end in (ends.low, ends.high))
    return When(problem=f"which is meant, {' or '.join(answers)}?", answers=answers), after + 1


def _day(tokens: Tokens, place: int, *, front: bool, led: bool) -> Found:
    start = place + (low_at(tokens, place) == "the")
    if says(tokens, start, "day", "before") and low_at(tokens, start + 2) in words.YESTERDAY:
        return When(day=("ago", 2)), start + 3
    word, following = low_at(tokens, place), low_at(tokens, place + 1)
    if word in words.TODAY or word in words.YESTERDAY:
        return When(day=("ago", int(word in words.YESTERDAY))), place + 1
    if word in words.TONIGHT:
        return When(day=("ago", 0), part="tonight"), place + 1
    if word in words.LAST_NIGHT or (word == "last" and (part_named(following) == "night" or following == "nights")):
        return When(night=True, part="last night"), place + 1 + (word == "last")
    if word == "last" and part_named(following) in ("evening", "afternoon"):
        return When(day=("ago", 1), part=f"last {part_named(following)}"), place + 2
    return _weekday(tokens, place, front=front, led=led)


def _weekday(tokens: Tokens, place: int, *, front: bool, led: bool) -> Found:
    before = low_at(tokens, place) in ("last", "this", "past")
    name, after = low_at(tokens, place + before), place + before + 1
    weekday = weekday_named(name)
    if weekday is None:
        return None
    if low_at(tokens, after) in _LABELS:
        return None
    if name in ALSO_WORDS and not (before or led or front or _stands_alone(tokens, place, after)):
        return None
    if says(tokens, after, "before", "last"):
        return _which((*(token.low for token in tokens[place:after]), "before", "last"), place, ())
    if low_at(tokens, after) in words.THROUGH and weekday_named(low_at(tokens, after + 1)) is not None:
        said = [token.low for token in tokens[place : after + 2]]
        problem = f"which is meant, {name} or {said[-1]}?"
        return When(problem=problem, answers=(" ".join(said[:-2]), said[-1])), after + 2
    return When(day=("weekday", weekday, low_at(tokens, place) == "last")), after


def _stands_alone(tokens: Tokens, place: int, after: int) -> bool:
    """Whether a word such as sun, which is no day as well, is one by where it stands."""
    following = low_at(tokens, after)
    ends = _ends(tokens, after) or weekday_named(following) is not None
    return (ends or bool(part_named(following)) or following in ("am", "pm")) and (
        place == 0 or tokens[place - 1].sort != "word" or tokens[place - 1].number is not None
    )


def _ends(tokens: Tokens, place: int) -> bool:
    """Whether a clause ends at a place, or goes on with a time of day."""
    return sort_at(tokens, place) in ("", "stop", "joint", "clock")


def _span_of_time(tokens: Tokens, place: int) -> int:
    """The place after a length of time such as 2 hours or 3 days; 0 where there is none."""
    if found := length_at(tokens, place):
        return found[1]
    number = plain_number(tokens, place) or ((1.0, place + 1) if low_at(tokens, place) in ("a", "the") else None)
    if number and low_at(tokens, number[1]).removesuffix("s") in ("day", "night", "week", "fortnight", "month", "year"):
        return number[1] + 1 if low_at(tokens, place) != "the" else 0
    return 0
