"""When something was, as people say it: one grammar for lines, options and periods. Pure, and without a clock.

What is read is a ``When``, which says a day and a time of day as they were said; ``dates`` places it on the calendar.
"""

from collections.abc import Sequence

from painlog.domain.language.figures import Tokens, length_at, low_at, plain_number, says, sort_at
from painlog.domain.language.small_words import LOOKING_BACK, TIME_UNITS
from painlog.domain.language.times_of_day import PARTS, clock_at, part_of_day_at, time_of_day
from painlog.domain.language.when import FROM_WHEN, Found, When, by_first
from painlog.domain.language.written_dates import ALSO_WORDS, date_at, weekday_named

VAGUE_AGO = (
    *(
        ("a", "few"),
        ("a", "couple", "of"),
        ("couple", "of"),
        ("a", "couple"),
        ("few",),
        ("some",),
        ("several",),
        ("many",),
    ),
    *(
        ("a", "bit"),
        ("a", "while"),
        ("a", "little", "while"),
        ("long",),
        ("ages",),
        ("some", "time"),
        ("a", "month"),
        ("months",),
    ),
    *(("a", "year"), ("years",), ("not", "long")),
)
UNCLEAR = (
    *(
        ("the", "other", "day"),
        ("the", "other", "night"),
        ("the", "other", "morning"),
        ("other", "day"),
        ("this", "week"),
    ),
    *(
        ("last", "week"),
        ("this", "month"),
        ("last", "month"),
        ("last", "year"),
        ("this", "year"),
        ("earlier",),
        ("at", "night"),
    ),
    *(
        ("last", "weekend"),
        ("this", "weekend"),
        ("at", "the", "weekend"),
        ("on", "the", "weekend"),
        ("overnight",),
        ("some", "days", "ago"),
    ),
    *(
        ("next", "day"),
        ("the", "next", "day"),
        ("next", "morning"),
        ("at", "bedtime"),
        ("one", "day"),
        ("the", "day", "before"),
        ("the", "night", "before"),
        ("before", "last"),
    ),
)
AHEAD = (
    *(
        ("tomorrow",),
        ("tmrw",),
        ("tmr",),
        ("next", "week"),
        ("next", "month"),
        ("next", "time"),
        ("next", "year"),
        ("next", "weekend"),
    ),
    *(("the", "day", "after", "tomorrow"), ("day", "after", "tomorrow")),
)
_LONGEST_AGO = 1_000_000 * 60
_DAY_UNITS = {"d": 1, "day": 1, "days": 1, "w": 7, "week": 7, "weeks": 7, "night": 1, "nights": 1}


_LEADING = (
    ("on", "the"),
    ("in", "the"),
    ("at", "about"),
    ("at", "around"),
    ("on",),
    ("at",),
    ("around",),
    ("about",),
    ("by",),
    ("during", "the"),
    ("by", "the"),
    ("towards", "the"),
    ("towards",),
)
_LEADS, _AHEAD, _UNCLEAR, _VAGUE = map(by_first, (_LEADING, AHEAD, UNCLEAR, VAGUE_AGO))


def _phrase(index: dict[str, list[Sequence[str]]], tokens: Tokens, place: int) -> Sequence[str]:
    """The longest phrase of an index that stands at a place; empty where none does."""
    for words in index.get(low_at(tokens, place), ()):
        if len(words) == 1 or says(tokens, place, *words):
            return words
    return ()


def when_at(tokens: Tokens, place: int, *, front: bool = False) -> Found:
    """Read the time that stands at a place, and return it with the place after it; ``front`` where the line begins."""
    if ahead := _ahead(tokens, place):
        return ahead
    found = _one(tokens, place, front=front)
    while found and not found[0].problem:
        after = found[1] + (low_at(tokens, found[1]) == "," and sort_at(tokens, found[1] + 1) == "clock")
        more = None if _spans(tokens, after) else _one(tokens, after, front=False, beside=found[0])
        merged = _joined(found[0], more[0], " ".join(token.low for token in tokens[place : found[1]])) if more else None
        if more is None or merged is None:
            break
        found = merged, more[1]
    return found


def _spans(tokens: Tokens, place: int) -> bool:
    """Whether two times of day begin here with a dash between, which are a night: 5 days ago 23:30-5:45."""
    return (
        low_at(tokens, place + 1) in ("-", "–", "—") and [sort_at(tokens, place + i) for i in (0, 2)] == ["clock"] * 2
    )


def _ahead(tokens: Tokens, place: int) -> Found:
    """A time that has not come: tomorrow, next monday, in 2 hours."""
    if refused := _phrase(_AHEAD, tokens, place):
        clock = clock_at(tokens, place + len(refused))
        return _is_ahead(" ".join(refused)), clock[1] if clock else place + len(refused)
    if low_at(tokens, place) in ("next", "coming") and weekday_named(low_at(tokens, place + 1)) is not None:
        return _is_ahead(f"next {tokens[place + 1].low}"), place + 2
    after = _span_of_time(tokens, place + 1) if low_at(tokens, place) == "in" else 0
    return (_is_ahead("that"), after) if after and not looks_back_at(tokens, place) else None


def looks_back_at(tokens: Tokens, place: int) -> int:
    """Return the place after a length of time that something was not for, or was the best in; 0 where none stands here.

    As in havent slept in 2 days, or best day in 3 weeks.
    """
    before = tokens[max(place - 4, 0) : place]
    if low_at(tokens, place) != "in" or not any(token.low in LOOKING_BACK for token in before):
        return 0
    return _span_of_time(tokens, place + 1)


def _is_ahead(said: str) -> When:
    return When(problem=f"{said} is ahead; what was can be recorded", ahead=True, answers=("",))


def _joined(first: When, second: When, said: str) -> When | None:
    """Both together: with a part of the day, at 7 is clear; else its answers go on with what was said before."""
    if not second.problem:
        return first.merged(second)
    if not second.answers or not second.answers[0].endswith("am"):
        return second._replace(answers=tuple(f"{said} {answer}".strip() for answer in second.answers))
    half = {"morning": "am", "afternoon": "pm", "evening": "pm", "night": "pm"}.get(first.part.rpartition(" ")[2], "")
    if half and (hour := int(second.answers[0].removeprefix("at ").removesuffix("am"))):
        return first.merged(time_of_day(hour, 0, half, str(hour)))
    return second._replace(answers=tuple(f"{said} {answer}" for answer in second.answers))


def _one(tokens: Tokens, place: int, *, front: bool, beside: When | None = None) -> Found:
    if place >= len(tokens):
        return None
    lead = _phrase(_LEADS, tokens, place)
    start = place + len(lead)
    if start >= len(tokens):
        return None
    at = bool(lead) and lead[0] in ("at", "around", "about", "by")
    on = bool(lead) and lead[0] == "on"
    if found := _unclear(tokens, place) or date_at(tokens, start, on=on, front=front) or _ago(tokens, start):
        return found
    if found := _day(tokens, start, front=front, led=on):
        return found
    if found := clock_at(tokens, start, at=at and lead[0] in ("at", "by"), beside=beside):
        return found
    return part_of_day_at(tokens, place, lead, front=front, beside=beside)


def _unclear(tokens: Tokens, place: int) -> Found:
    words = _phrase(_UNCLEAR, tokens, place)
    if not words or low_at(tokens, place + len(words)) == "yesterday":
        return None
    if words == ("earlier",):
        if low_at(tokens, place + 1) == "today":
            return When(day=("ago", 0), part="earlier"), place + 2
        if low_at(tokens, place - 1) == "and":
            return None
    said = " ".join(words)
    night = ("last night", "this morning") if "night" in said else ()
    return When(problem=f"when was {said}? {FROM_WHEN}", answers=(*night, "yesterday", "today")), place + len(words)


def _ago(tokens: Tokens, place: int) -> Found:
    if words := _phrase(_VAGUE, tokens, place):
        after = place + len(words)
        after += low_at(tokens, after) in (*TIME_UNITS, "days", "weeks", "months", "years", "time", "nights")
        if low_at(tokens, after) == "ago":
            said = " ".join(token.low for token in tokens[place : after + 1])
            return When(problem=f"{said} says no time; write 2h ago or yesterday", answers=("2h ago", "")), after + 1
    if found := length_at(tokens, place):
        if low_at(tokens, found[1]) == "ago":
            said = " ".join(token.low for token in tokens[place : found[1] + 1])
            too_long = f"{said!r}: that is no length of time" if found[0] > _LONGEST_AGO else ""
            return When(ago=found[0], problem=too_long), found[1] + 1
        return None
    number = plain_number(tokens, place) or ((1.0, place + 1) if low_at(tokens, place) == "a" else None)
    if not number:
        return None
    unit = low_at(tokens, number[1])
    is_long = low_at(tokens, place - 1) in ("for", "last", "past") or sort_at(tokens, number[1] + 2) == "number"
    if low_at(tokens, number[1] + 1) == "back" and unit in _DAY_UNITS and not is_long:
        said = " ".join(token.low for token in tokens[place : number[1] + 1])
        return When(problem=f"is {said} back when it was?", answers=(f"{said} ago",)), number[1] + 2
    if low_at(tokens, number[1] + 1) != "ago":
        return None
    per = _DAY_UNITS.get(unit)
    if per and number[0] == int(number[0]):
        return When(day=("ago", int(number[0]) * per)), number[1] + 2
    said = " ".join(token.low for token in tokens[place : number[1] + 2])
    return When(problem=f"{said} says no day; {FROM_WHEN}", answers=("",)), number[1] + 2


def _day(tokens: Tokens, place: int, *, front: bool, led: bool) -> Found:
    start = place + (low_at(tokens, place) == "the")
    if says(tokens, start, "day", "before", "yesterday"):
        return When(day=("ago", 2)), start + 3
    word = low_at(tokens, place)
    if word in ("today", "todays", "yesterday", "yesterdays", "ystd", "yday"):
        return When(day=("ago", int(not word.startswith("today")))), place + 1
    if word == "tonight":
        return When(day=("ago", 0), part="tonight"), place + 1
    if word == "last" and low_at(tokens, place + 1) in ("night", "nights", "nite"):
        return When(night=True, part="last night"), place + 2
    if word == "last" and low_at(tokens, place + 1) in ("evening", "afternoon"):
        return When(day=("ago", 1), part=f"last {tokens[place + 1].low}"), place + 2
    before = word in ("last", "this", "past")
    weekday = weekday_named(low_at(tokens, place + before))
    if weekday is None:
        return None
    name, after = low_at(tokens, place + before), place + before + 1
    if name in ALSO_WORDS and not (before or led or front or _stands_alone(tokens, place, after)):
        return None
    return When(day=("weekday", weekday, word == "last")), after


def _stands_alone(tokens: Tokens, place: int, after: int) -> bool:
    """Whether a word such as sun, which is no day as well, is one by where it stands."""
    following = low_at(tokens, after)
    ends = sort_at(tokens, after) in ("", "stop", "joint", "clock") or weekday_named(following) is not None
    return (ends or following in PARTS) and (
        place == 0 or tokens[place - 1].sort != "word" or tokens[place - 1].number is not None
    )


def _span_of_time(tokens: Tokens, place: int) -> int:
    """The place after a length of time such as 2 hours or 3 days; 0 where there is none."""
    if found := length_at(tokens, place):
        return found[1]
    number = plain_number(tokens, place) or ((1.0, place + 1) if low_at(tokens, place) in ("a", "the") else None)
    if number and low_at(tokens, number[1]).removesuffix("s") in ("day", "night", "week", "month", "year"):
        return number[1] + 1 if low_at(tokens, place) != "the" else 0
    return 0
