"""A line that is not clear, settled with the person who typed it: its reading is shown, and a key says what to do."""

import sys
from collections.abc import Mapping

from painlog.cli.talk import read_answer, say, say_paragraph
from painlog.domain.language.understanding import (
    Present,
    Understood,
    answered_line,
    as_note,
    certain_line,
    certain_words,
    fill_open,
    is_open,
    offered_lines,
    show_draft,
    understand,
    unread,
)
from painlog.domain.language.vocabulary import Vocabulary
from painlog.view.terminal import term

_KEYS = "Enter saves what is read, the rest as its note; e edits; n keeps it all as a note; Ctrl-C leaves nothing:"
_KEYS_OF_WORDS = "Enter or n keeps it as a note; e edits; Ctrl-C leaves nothing:"
_KEYS_BESIDE_A_LINE = _KEYS_OF_WORDS.removeprefix(
    "Enter or "
)  # no rating is lost in a note by a key that was not chosen
_LETTERS = "abcd"


def settle(understood: Understood, vocabulary: Vocabulary, present: Present, typed: str) -> Understood:
    """Ask until the line is clear, and return it, with what was typed. Ctrl-C prints the line and goes on."""
    while not understood.is_clear:
        line = understood.reading.line
        certain = certain_line(understood.reading)
        offered = dict(zip(_LETTERS, offered_lines(understood, vocabulary, present), strict=False))
        lines = [f"  {key}  {term(each)}" for key, each in offered.items()]
        commands = [each for question in understood.questions for each in question.commands]
        lines += [f"  or leave, and type: painlog {term(each)}" for each in commands]
        for each in (*reading_lines(understood, vocabulary, present), *lines):
            say_paragraph(each)
        try:
            is_offered = any(not is_open(each) for each in offered.values())
            keys = _KEYS if certain else _KEYS_BESIDE_A_LINE if is_offered else _KEYS_OF_WORDS
            answer = read_answer(_say_keys(offered, keys))
            key = answer.lower()
            if key == "e":
                typed = _edit(line)
                understood = understand(typed, vocabulary, present)
            elif key == "n" or (key == "" and not certain and not is_offered):
                understood = as_note(understood.reading, vocabulary, present, typed)
            elif meant := _find_meant(answer, understood, offered, certain):
                understood = understand(meant, vocabulary, present, typed)
            elif " " in answer and (again := understand(answer, vocabulary, present)).is_clear:
                understood = again  # the whole line once more, in other words
            else:
                say(f"not read: {term(answer)}" if answer else "nothing is chosen yet")
        except (KeyboardInterrupt, EOFError):
            say(f"\nnothing was recorded: {term(line)}")
            raise KeyboardInterrupt from None
    return understood


def _say_keys(offered: Mapping[str, str], keys: str) -> str:
    """What may be answered, the lines that are offered before all else."""
    whole = [key for key, line in offered.items() if not is_open(line)]
    number = ["a number stands for N"] if len(whole) < len(offered) else []
    letters = [f"{' or '.join(whole)} records that line"] if whole else []
    return "; ".join([*number, *letters, keys])


def _find_meant(answer: str, understood: Understood, offered: Mapping[str, str], certain: str) -> str:
    """The line that an answer stands for; empty where it stands for none."""
    key = answer.lower()
    if not key:
        return certain
    if key in ("y", "yes") and _is_yes_or_no(understood, offered):
        key = next(iter(offered))
    return _fill(offered.get(key) or answered_line(understood, answer, [*offered.values()]))


def _is_yes_or_no(understood: Understood, offered: Mapping[str, str]) -> bool:
    """Whether yes can only mean the first line that is offered."""
    asked = understood.questions
    return len(offered) == 1 or (bool(offered) and len(asked) == 1 and len(asked[0].edits) == 1)


def _fill(line: str) -> str:
    """A line with the numbers that only the person knows, which are asked for one after the other."""
    while is_open(line):
        line = fill_open(line, read_answer(f"{term(line)}: N is"))
    return line


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
