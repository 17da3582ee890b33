"""A line that is not clear, settled with the person who typed it: its reading is shown, and a key says what to do."""

import sys

from painlog.cli.talk import read_answer, say
from painlog.domain.language.understanding import (
    Present,
    Understood,
    certain_line,
    certain_words,
    show_draft,
    understand,
    unread,
)
from painlog.domain.language.vocabulary import Vocabulary, worded_kind
from painlog.view.terminal import term, width, wrap_text

_KEYS = "Enter saves what is read, the rest as its note; e edits; n keeps it all as a note; Ctrl-C leaves nothing:"
_KEYS_OF_WORDS = "Enter or n keeps it as a note; e edits; Ctrl-C leaves nothing:"


def settle(understood: Understood, vocabulary: Vocabulary, present: Present, typed: str) -> Understood:
    """Ask until the line is clear, and return it, with what was typed. Ctrl-C prints the line and goes on."""
    while not understood.is_clear:
        line = understood.reading.line
        certain = certain_line(understood.reading)
        for each in reading_lines(understood, vocabulary, present):
            say("\n".join(wrap_text(each, width(sys.stderr))))
        try:
            answer = read_answer(_KEYS if certain else _KEYS_OF_WORDS)
            key = answer.lower()
            if key == "e":
                typed = _edit(line)
                understood = understand(typed, vocabulary, present)
            elif key == "n" or (key == "" and not certain):
                understood = _as_note(line, vocabulary, present, typed)
            elif key == "":
                understood = understand(certain, vocabulary, present, typed)
            else:
                say(f"not read: {term(answer)}")
        except (KeyboardInterrupt, EOFError):
            say(f"\nnothing was recorded: {term(line)}")
            raise KeyboardInterrupt from None
    return understood


def _as_note(line: str, vocabulary: Vocabulary, present: Present, typed: str) -> Understood:
    kind = worded_kind()
    text = " ".join(line.split()).replace('"', "'")
    return understand(f'{kind.heads[0]} "{text}"', vocabulary, present, typed)


def reading_lines(understood: Understood, vocabulary: Vocabulary, present: Present) -> list[str]:
    """Return what a line was read to say, what was not read, and what is in question; safe for a terminal."""
    reading = understood.reading
    if understood.is_clear:
        return [f"I read: {term(', '.join(map(show_draft, understood.drafts)))}", *map(term, understood.said_beside)]
    certain = understand(certain_words(reading), vocabulary, present)
    read = ", ".join(map(show_draft, certain.drafts)) or "nothing that is certain"
    questions = [f"  {term(question.text)}" for question in understood.questions]
    return [f"I read: {term(read)}. Not read: {term(unread(reading))}", *questions]


def _edit(line: str) -> str:
    """Return the line as the person makes it, beginning with what stands there."""
    if sys.platform == "win32":  # it has no readline
        return input("> ")
    try:
        import readline
    except ImportError:
        return input("> ")
    readline.set_startup_hook(lambda: readline.insert_text(line))
    try:
        return input("> ")
    finally:
        readline.set_startup_hook()
