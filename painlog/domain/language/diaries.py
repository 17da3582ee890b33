"""A whole text of lines, such as a diary: what is clear of it, and which lines are not. Pure.

A diary says the same again and again: a date and time at the front are read apart from the words behind them, so that
equal words are read once.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from painlog.domain.entries import Draft
from painlog.domain.kinds.declaration import clean_text
from painlog.domain.language.dates import moment_of, read_when
from painlog.domain.language.lines import read_line
from painlog.domain.language.understanding import Present, Understood, place
from painlog.domain.language.vocabulary import Vocabulary
from painlog.domain.language.when import When
from painlog.errors import BadInput, BadLines

_FRONT = re.compile(r"\s*(\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d)?)(?![\w:+-])(?! ?[ap]\.?m)[ ,:]*", re.ASCII)


class UnclearLine(NamedTuple):
    """A line that is not clear, by its number from 1, and why."""

    number: int
    text: str
    why: str


def understand_text(
    text: str, vocabulary: Vocabulary, present: Present, *, step: Callable[[], None] = lambda: None
) -> Iterator[Draft | UnclearLine]:
    """Yield the drafts of a text, an entry or several a line, and its lines that are not clear.

    Empty lines and lines that open with # are passed over; ``step`` is called after each.
    """
    for number, line in enumerate(clean_text(text).split("\n"), 1):
        step()
        if not _says_something(line):
            continue
        understood = _understand(line, vocabulary, present)
        if understood.is_clear:
            yield from understood.drafts
        else:
            yield UnclearLine(number, line, why(understood))


def parse_text(
    text: str, vocabulary: Vocabulary, present: Present, *, step: Callable[[], None] = lambda: None
) -> Iterator[Draft]:
    """Yield the drafts of a text up to its first line that is not clear, and raise BadLines with all of those then.

    Nothing of it is to be kept then.
    """
    problems: list[tuple[int, str]] = []
    for found in understand_text(text, vocabulary, present, step=step):
        if isinstance(found, UnclearLine):
            problems.append((found.number, found.why))
        elif not problems:
            yield found
    if problems:
        raise BadLines(problems, sum(map(_says_something, text.splitlines())))


def _says_something(line: str) -> bool:
    """Whether a line is neither empty nor a remark."""
    return line.lstrip()[:1] not in ("", "#")


def why(understood: Understood) -> str:
    """Return in one sentence why a line is not clear."""
    questions = dict.fromkeys(question.text for question in understood.questions)
    return "; ".join(questions) or "no entry is in this line; note before it keeps the words"


def _understand(line: str, vocabulary: Vocabulary, present: Present) -> Understood:
    found = _FRONT.match(line)
    if not found or found.end() == len(line):
        return place(read_line(line.strip(), vocabulary), present, line)
    front = When(instant=found[1]) if ":" in found[1] else read_when(found[1])
    reading = read_line(line[found.end() :].strip(), vocabulary)
    if front is not None and all(fact.when is None for fact in reading.facts):
        try:
            base = moment_of(front, present.at, day_starts=present.base.day_starts, second=present.second)
        except BadInput:
            pass  # said below with what else is not clear
        else:
            return place(reading, Present(base, present.at, present.second), line)
    return place(read_line(line.strip(), vocabulary), present, line)
