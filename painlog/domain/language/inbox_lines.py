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
from painlog.errors import BadInput

_BULLET = re.compile(r"^\s*(?:[-*•–·◦]|\d{1,2}[.)](?=\s)|\[[ xX]?\])\s*(?:\[[ xX]?\]\s*)?")
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
    """Yield every line of an inbox that was last changed at an instant; what says no time is about that instant."""
    base, header = now_at(changed, day_starts), ""
    for line in clean_text(text).split("\n"):
        said = _BULLET.sub("", line.translate(_QUOTES)).strip()
        if not said or said.startswith("#"):
            yield InboxLine(line, header)
        elif (moment := _date_alone(said, changed, day_starts)) is not None:
            base, header = moment, said
            yield InboxLine(line, header)
        else:
            yield _read_line(line, said, header, vocabulary, Present(base, changed))


def _date_alone(line: str, changed: datetime, day_starts: time) -> Moment | None:
    """Return when a line is that says nothing else."""
    when = read_when(line.rstrip(": "))
    try:
        return moment_of(when, changed, day_starts=day_starts) if when and not when.ahead else None
    except BadInput:
        return None


def _read_line(line: str, said: str, header: str, vocabulary: Vocabulary, present: Present) -> InboxLine:
    understood = understand(said, vocabulary, present, _BULLET.sub("", line))
    tokens = tokenize(said)
    has_when = any(fact.when for fact in understood.reading.facts) or when_at(tokens, 0, front=True) is not None
    about = present.base.at.replace(tzinfo=None).isoformat(" ", "minutes") if present.base.at else present.base.day
    dated = said if has_when else f"{about} {said}"
    if understood.is_clear:
        return InboxLine(line, header, understood.drafts, "", dated, not header and not has_when)
    return InboxLine(line, header, (), why(understood), dated)
