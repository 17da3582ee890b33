"""A line that is not clear, settled with the person who typed it: its reading is shown, and a key says what to do."""

import sys

from painlog.cli.talk import say
from painlog.domain.kinds.registry import KINDS
from painlog.domain.language.understanding import Present, Understood, certain_line, shown, understand, unread
from painlog.domain.language.vocabulary import Vocabulary
from painlog.view.terminal import term

_KEYS = "Enter saves what is read, the rest as its note; e edits, n keeps it all as a note, Ctrl-C leaves nothing: "
_KEYS_OF_WORDS = "Enter or n keeps it as a note, e edits, Ctrl-C leaves nothing: "


def is_there_somebody() -> bool:
    """Whether a person sits at both ends and can be asked."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()


def settle(understood: Understood, vocabulary: Vocabulary, present: Present) -> Understood:
    """Ask until the line is clear, and return it. Ctrl-C prints the line, so that it is not lost, and goes on."""
    while not understood.is_clear:
        line = understood.reading.line
        certain = certain_line(understood.reading)
        _show(understood, vocabulary, present)
        try:
            key = _answer(_KEYS if certain else _KEYS_OF_WORDS)
            if key == "e":
                understood = understand(_edited(line), vocabulary, present)
            elif key == "n" or (key == "" and not certain):
                understood = _as_note(line, vocabulary, present)
            elif key == "":
                understood = understand(certain, vocabulary, present)
        except (KeyboardInterrupt, EOFError):
            say(f"\nnothing was recorded: {term(line)}")
            raise KeyboardInterrupt from None
    return understood


def _as_note(line: str, vocabulary: Vocabulary, present: Present) -> Understood:
    kind = KINDS["note"]
    text = " ".join(line.split()).replace('"', "'")
    return understand(f'{kind.heads[0]} "{text}"', vocabulary, present)


def _show(understood: Understood, vocabulary: Vocabulary, present: Present) -> None:
    reading = understood.reading
    certain = understand(", ".join(reading.line[start:end] for start, end in reading.spans), vocabulary, present)
    read = ", ".join(map(shown, certain.drafts)) or "nothing that is certain"
    say(f"I read: {term(read)}. Not read: {term(unread(understood.reading))}")
    for question in understood.questions:
        say(f"  {term(question.text)}")


def _answer(keys: str) -> str:
    sys.stderr.write(keys)
    sys.stderr.flush()
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line.strip().lower()


def _edited(line: str) -> str:
    """Return the line as the person makes it, beginning with what stands there."""
    try:
        import readline
    except ImportError:
        return input("> ")
    readline.set_startup_hook(lambda: readline.insert_text(line))
    try:
        return input("> ")
    finally:
        readline.set_startup_hook()
