"""Recording what one line of words says: at once where it is clear, asked about where a person can answer."""

import shlex
from collections.abc import Sequence
from contextlib import suppress

from painlog.cli.capture import record_any
from painlog.cli.prompts import is_there_somebody
from painlog.cli.session import Session
from painlog.cli.settling import settle
from painlog.cli.typed_words import known_at_once, unclear, vocabulary_of
from painlog.domain.language.shortcuts import expand
from painlog.domain.language.understanding import (
    Present,
    Understood,
    at_option,
    corrected_line,
    lines_without_one,
    understand,
)
from painlog.domain.language.vocabulary import Vocabulary
from painlog.domain.rules import fit_drafts
from painlog.errors import BadInput, Unclear


def record_line(session: Session, line: str, present: Present) -> bool:
    """Record what a line says and return whether that was anything. Raises Unclear with lines that would be clear."""
    understood = understand_line(session, line, present)
    try:
        return record_any(session, understood.drafts, understood.said_beside)
    except Unclear:
        raise
    except BadInput as error:  # what it says does not go with the journal, such as the end of a flare that never began
        at = at_option(present.base, present)
        lines = [f"{each}{at}" for each in _lines_that_go(session, understood, present)]
        raise Unclear(str(error), [*lines, f"painlog note {shlex.quote(line.strip())}{at}"]) from None


def _lines_that_go(session: Session, understood: Understood, present: Present) -> list[str]:
    """The line with the one of its clauses that the journal refuses as a note, where all else goes with it."""
    vocabulary = vocabulary_of(session)
    for line in lines_without_one(understood.reading):
        found = understand(line, vocabulary, present)
        with session.reading() as journal, suppress(BadInput):
            drafts = [*fit_drafts(found.drafts, journal.reader)]
            return [f"painlog log {shlex.quote(line)}"] if drafts and found.is_clear else []
    return []


def understand_line(session: Session, line: str, present: Present, *, asks: bool = True) -> Understood:
    """Return what a line says once it is clear, with the person's answers where one ``asks``. Raises Unclear."""
    vocabulary = vocabulary_of(session)
    understood = understand(expand(line, vocabulary.known.shortcuts), vocabulary, present, line)
    if asks and not understood.is_clear and is_there_somebody():
        understood = settle(understood, vocabulary, present, line)
    if not understood.is_clear:
        raise unclear(understood, vocabulary, present)
    return understood


def line_without_command(session: Session, words: Sequence[str]) -> list[str]:
    """Return the command for words that begin with none but are a line of ``log``, a shortcut's name too.

    Empty where they are no such line. A mistyped command asks for no passphrase and waits for nobody. Raises Unclear
    where a part of them would only be kept as a note.
    """
    if any(word.startswith("-") for word in words):
        return []
    vocabulary = Vocabulary(known_at_once(session))
    if " ".join(words).casefold() in vocabulary.known.shortcuts:
        return ["log", *words]
    line = expand(" ".join(words), vocabulary.known.shortcuts)
    present = Present(session.moment(None), session.now)
    understood = understand(line, vocabulary, present)
    if not understood.is_clear and line.isdecimal():
        raise unclear(understood, vocabulary, present)
    if not understood.is_clear:
        return []
    if understood.said_beside:
        typed = corrected_line(understood.reading) if understood.reading.slips else shlex.join(words)
        if understood.reading.slips and shlex.join(typed.split()) != typed:
            typed = shlex.quote(typed)
        raise Unclear(f"{words[0]!r} is not a command", [f"painlog log {typed}"])
    return ["log", *words]
