"""The words for times that say no day of their own accord: which are read, and which have to be asked about. Pure."""

from collections.abc import Iterable, Sequence

from painlog.domain.clock import WEEKDAYS
from painlog.domain.language.small_words import phrases
from painlog.domain.language.when import by_first


def _index(listed: Iterable[str]) -> dict[str, list[Sequence[str]]]:
    return by_first([each.split() for each in listed])


VAGUE_AGO = _index(
    phrases("""
        a few, quite a few, a good few, few, a couple of, couple of, a couple, couple, a coupla, coupla, some, several,
        many, various, a number of, a handful of, a bit, a while, a good while, a short while, a little while,
        a long time, a short time, long, not long, ages, some time, hours, minutes, mins, hrs, days, nights, weeks,
        months, years, a month, a year, a decade, decades, a century
    """)
)
A_NIGHT = _index(  # one of which it is not said which; of a night it is that one
    phrases("""
        at night, overnight, middle of the night, in the middle of the night, through the night, thru the night,
        throughout the night, all through the night, all thru the night, half the night, half of the night,
        dead of night, in the dead of night, in the dead of the night, in the small hours, in the early hours
    """)
)
UNCLEAR = _index(
    phrases("""
        the other day, the other night, the other morning, other day, this week, last week, this month, last month,
        last year, this year, earlier, last weekend, this weekend, at the weekend, on the weekend, over the weekend,
        during the weekend, all last night, most of last night, some days ago, next day, the next day, next morning,
        at bedtime, one day, the day before, the night before, before last, the other week, the other weekend,
        the other afternoon, the other evening, the other month, other week, other night, the week before last,
        the weekend before last, the month before last,
        the previous day,
        the previous night, the previous week, the previous month
    """)
    + tuple(f"the other {day}" for day in WEEKDAYS)
)
AHEAD = _index(
    phrases("""
        tomorrow, tomoz, tmrw, tmr, 2moro, 2morrow, 2mrw, next week, next month, next time, next year, next weekend,
        the day after tomorrow, day after tomorrow, by tonight
    """)
)
LEADING = _index(
    phrases("""
        on the, in the, at about, at around, on, at, @, around, about, by, during the, by the, towards the, towards
    """)
)
_FEASTS = {"christmas": "25 dec", "xmas": "25 dec", "easter": "", "halloween": "31 oct", "my birthday": ""}
_DATES = {  # of holidays, where it is the same each year
    **{f"{lead} {feast}": date for feast, date in _FEASTS.items() for lead in ("at", "on", "over", "last")},
    **dict.fromkeys(("christmas day", "xmas day"), "25 dec"),
    **dict.fromkeys(("christmas eve", "xmas eve"), "24 dec"),
    "boxing day": "26 dec",
    **dict.fromkeys(("new years eve", "new year eve", "nye"), "31 dec"),
    **dict.fromkeys(("new years day", "new year day"), "1 jan"),
    **dict.fromkeys(("valentines", "valentines day", "valentine day"), "14 feb"),
    "halloween": "31 oct",
    **dict.fromkeys(phrases("thanksgiving, thanksgiving day, good friday, easter sunday, easter monday"), ""),
    **dict.fromkeys(phrases("bank holiday, bank holiday monday, mothers day, mother day, fathers day, father day"), ""),
}
HOLIDAYS = _index(_DATES)
TODAY = phrases("today, todays, 2day")
YESTERDAY = phrases("yesterday, yesterdays, ystd, yday, yest, yesty, yester, ystday")
TONIGHT = phrases("tonight, tonite, 2nite, 2night")
LAST_NIGHT = phrases("lastnight, lastnite")
THROUGH = phrases("to, -, –, till, til, until, through, thru")  # between the first and the last of several days
OPENINGS = frozenset((
    *(word for index in (VAGUE_AGO, A_NIGHT, UNCLEAR, AHEAD, LEADING, HOLIDAYS) for word in index),
    *(*TODAY, *YESTERDAY, *TONIGHT, *LAST_NIGHT),
))


def date_of_holiday(words: Sequence[str]) -> str:
    """Return the date of a holiday, empty where it is another each year."""
    return _DATES[" ".join(words)]
