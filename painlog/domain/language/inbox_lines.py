"""The lines of an inbox, as a phone's notes or voice typing write them: what each says, and when. Pure."""

import re
from collections.abc import Iterator
from datetime import datetime, time
from typing import NamedTuple

from painlog.domain.entries import Draft
from painlog.domain.kinds.declaration import clean_text
from painlog.domain.language.dates import Moment, moment_of, read_when
from painlog.domain.language.dates import present as now_at
from painlog.domain.language.diaries import why
from painlog.domain.language.times import when_at
from painlog.domain.language.tokens import tokenize
from painlog.domain.language.understanding import Present, understand
from painlog.domain.language.vocabulary import Vocabulary
from painlog.domain.language.written_dates import weekday_named
from painlog.errors import BadInput

_BULLET = re.compile(r"^\s*(?:[-*•–·◦]|\d{1,2}[.)](?=\s)|\[[ xX]?\])\s*(?:\[[ xX]?\]\s*)?")
_ORDINAL = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)\b", re.IGNORECASE)
_CLOCK_ALONE = re.compile(r"(?:at )?\d{1,2}(?:[:.]\d\d)?(?: ?[ap]\.?m\.?)?:?", re.IGNORECASE)
_DATE_WORDS = re.compile(
    r"(?=.*(?:\d|day|morrow))(?:(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun|yester|to)(?:day)?|tomorrow|last|next"
    r"|this|the|of|on|in|morning|evening|night|afternoon|jan\w*|feb\w*|mar\w*|apr\w*|may|june?|july?|aug\w*|sep\w*"
    r"|oct\w*|nov\w*|dec\w*|\d{1,4}(?:st|nd|rd|th)?)[\s,./:-]*)+",
    re.IGNORECASE,
)
_UNCLEAR_DATE = "which day is {!r}? Write it as 2026-11-24; what stands below it waits for that"
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "’": "'", "‘": "'", "\u00a0": " "})


class InboxLine(NamedTuple):
    """A line of an inbox. ``header`` is the date above it as it is written, empty where none.

    It holds ``drafts`` where it is clear, else ``why`` says what is not; ``dated`` is the line as it says the same
    alone and later. ``is_undated`` means that neither it nor a line above says when. A line that is no entry, such as
    a date or a comment, has neither drafts nor a why.
    """

    text: str
    header: str = ""
    drafts: tuple[Draft, ...] = ()
    why: str = ""
    dated: str = ""
    is_undated: bool = False

    @property
    def is_entry(self) -> bool:
        """Whether it is to be recorded or asked about."""
        return bool(self.drafts or self.why)


def read_lines(text: str, vocabulary: Vocabulary, changed: datetime, day_starts: time) -> Iterator[InboxLine]:
    """Yield every line of an inbox that was last changed at an instant; what says no time is about that instant.

    A date alone holds for the lines below it, a time alone for those up to an empty one. Where a line is a date that is
    not clear, those below it are held back up to the next one that is.
    """
    day = base = now_at(changed, day_starts)
    header = unclear = ""
    for line in clean_text(text).split("\n"):
        said = _BULLET.sub("", line.translate(_QUOTES)).strip()
        if not said or said.startswith("#"):
            base = base if said else day
            yield InboxLine(line, header)
        elif (moment := _date_alone(said, changed, day_starts)) is not None:
            if not _CLOCK_ALONE.fullmatch(said):
                day, header, unclear = moment, said, ""
            elif header:
                moment = moment_of_clock(moment, day)
            base = moment
            yield InboxLine(line, header)
        elif _DATE_WORDS.fullmatch(said):
            unclear = said
            yield InboxLine(line, header, (), _UNCLEAR_DATE.format(said), said)
        elif unclear and not _opens_with_time(said):
            yield InboxLine(line, header, (), f"the date above it, {unclear!r}, is not clear", said)
        else:
            yield _read_line(line, said, header, vocabulary, Present(base, changed))


def moment_of_clock(clock: Moment, day: Moment) -> Moment:
    """Return a time of day on another day."""
    if clock.at is None:
        return day
    return clock._replace(day=day.day, at=clock.at + (day.day - clock.day))


def _date_alone(line: str, changed: datetime, day_starts: time) -> Moment | None:
    """Return when a line is that says nothing else; None where that is not clear."""
    clean = _ORDINAL.sub(r"\1", line.rstrip(": "))
    clean = " ".join(word for word in clean.split() if word.lower() not in ("the", "of"))
    clean = f"{clean}." if re.fullmatch(r"(?:\w+,? )?\d{1,2}\.\d{1,2}", clean) else clean
    named, _, rest = clean.partition(" ")
    weekday = weekday_named(named.strip(",").lower()) if rest[:1].isdigit() or rest[-1:].isdigit() else None
    when = read_when(clean) or (read_when(rest) if weekday is not None else None)
    try:
        moment = moment_of(when, changed, day_starts=day_starts) if when and not when.ahead else None
    except BadInput:
        return None
    return moment if moment and (weekday is None or moment.day.weekday() == weekday) else None


def _opens_with_time(said: str) -> bool:
    return when_at(tokenize(said), 0, front=True) is not None


def _read_line(line: str, said: str, header: str, vocabulary: Vocabulary, present: Present) -> InboxLine:
    understood = understand(said, vocabulary, present, _BULLET.sub("", line))
    has_when = any(fact.when for fact in understood.reading.facts) or _opens_with_time(said)
    about = present.base.at.replace(tzinfo=None).isoformat(" ", "minutes") if present.base.at else present.base.day
    dated = said if has_when else f"{about} {said}"
    if understood.is_clear:
        return InboxLine(line, header, understood.drafts, "", dated, not header and not has_when)
    return InboxLine(line, header, (), why(understood), dated)
