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
from painlog.domain.language.when import When
from painlog.errors import BadInput

_BULLET = re.compile(r"^\s*(?:[-*•–·◦]|\d{1,2}[.)](?=\s)|\[[ xX]?\])\s*(?:\[[ xX]?\]\s*)?")
_CLOCK_ALONE = re.compile(r"(?:at )?\d{1,2}(?:[:.]\d\d)?(?: ?[ap]\.?m\.?)?:?", re.IGNORECASE)
_NO_WORDS = re.compile(r"[\d\s./:,-]*\d[\d\s./:,-]*")
_SHORT_DATE = re.compile(r"(?:\w+,? )?\d{1,2}\.\d{1,2}")
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
        elif moment := _placed(when := _time_alone(said), changed, day_starts):
            if not _CLOCK_ALONE.fullmatch(said):
                day, header, unclear = moment, said, ""
            elif header:
                moment = _at_clock(moment, day)
            base = moment
            yield InboxLine(line, header)
        elif when or _NO_WORDS.fullmatch(said):
            unclear = said
            yield InboxLine(line, header, (), _UNCLEAR_DATE.format(said), said)
        elif unclear and not _opens_with_time(said):
            yield InboxLine(line, header, (), f"the date above it, {unclear!r}, is not clear", said)
        else:
            yield _read_line(line, said, header, vocabulary, Present(base, changed))


def _at_clock(clock: Moment, day: Moment) -> Moment:
    """Return a time of day on another day."""
    return clock._replace(day=day.day, at=clock.at + (day.day - clock.day)) if clock.at else day


def _time_alone(line: str) -> When | None:
    """Return when a line says it was that says nothing else."""
    clean = line.rstrip(": ")
    return read_when(f"{clean}." if _SHORT_DATE.fullmatch(clean) else clean)


def _placed(when: When | None, changed: datetime, day_starts: time) -> Moment | None:
    """Return the moment that was said; None where that is not clear."""
    try:
        return moment_of(when, changed, day_starts=day_starts) if when and not when.ahead else None
    except BadInput:
        return None


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
