"""The settings, and which of the day's questions they ask for when. Pure, and cheap: every prompt reads them."""

from datetime import date, datetime, time
from typing import NamedTuple

from painlog.domain.clock import DAY_STARTS

_NOON = 12
_WENT_WELL = "went-well"
PAIN, LIFE = "pain", "life"  # what check-in and the page begin with


class Settings(NamedTuple):
    """The settings of one person, each checked. The defaults are what holds where nothing is set."""

    day_starts: time = DAY_STARTS
    evening: time = time(18, 0)
    morning_questions: tuple[str, ...] = ("sleep", "sleep_quality", "pain_now")
    evening_questions: tuple[str, ...] = ("pain_average", "pain_worst", "interference", "mood", "worry", "dose")
    questionnaires: tuple[str, ...] = ("peg", "phq4", "phq8", "gad7")
    phq9: bool = False
    country: str = ""
    trusted_contact: str = ""
    backup_mirror: str = ""
    sync_dir: str = ""
    inbox: str = ""
    begin_with: str = PAIN
    reminder_words: str = "Time for your journal"


def is_early(at: datetime | None, day: date) -> bool:
    """Whether an instant is in the morning of the person's day; after midnight it is still the evening before."""
    return at is not None and at.date() == day and at.hour < _NOON


def is_late(settings: Settings, at: datetime | None, day: date) -> bool:
    """Whether the evening's questions of the person's day are due at an instant."""
    return at is not None and (at.time() >= settings.evening or at.date() > day)


def names_for(settings: Settings, at: datetime | None, day: date, *, evening: bool) -> list[str]:
    """The questions of the day so far, the evening's too if asked for; how it is now is only for the morning."""
    morning = settings.morning_questions
    if not is_early(at, day):
        morning = tuple(name for name in morning if not name.endswith("_now"))
    names = list(dict.fromkeys([*morning, *(settings.evening_questions if evening else ())]))
    return life_first(names, evening=evening) if settings.begin_with == LIFE else names


def life_first(names: list[str], *, evening: bool) -> list[str]:
    """Return the questions with what went well before all else in the evening, and those on pain last."""
    others = [name for name in names if not name.startswith(PAIN)]
    pain = [name for name in names if name.startswith(PAIN)]
    return list(dict.fromkeys([*((_WENT_WELL,) if evening else ()), *others, *pain]))


def form_is_due(every: int | None, last: date | None, today: date) -> bool:
    """Whether a questionnaire of a rhythm of so many days, if it has one, is to be filled in."""
    return bool(every and (last is None or (today - last).days >= every))
