"""Asks one question after the other: with keys in a terminal, with a line each from a pipe, to the same answers.

Enter takes what was typed and, where nothing was, skips; the space bar takes the last value; ``<`` goes back. In a
terminal a number is also taken by the next one's first key, so that ``6754`` and Enter answer four ratings. Nothing is
kept before the end: Ctrl-C leaves no trace, Ctrl-D or the end of the pipe ends early with what was answered.
"""

import codecs
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import NamedTuple, Protocol

from painlog.errors import BadInput
from painlog.view.terminal import join_names, line_room, term, wrap_text

BACK, SPACE = "<", " "
STOPPED = "stopped; nothing was recorded or changed"
NOTHING_ANSWERED = "nothing was answered; nothing was recorded"
_END = "\x04"
_GO_ON = "Enter goes on.\n"
_RUB_OUT = "\x7f\b"


class Prompt(NamedTuple):
    """What is asked. ``check`` refuses a text with BadInput; ``last`` is what the space bar takes.

    ``fit`` refuses a whole answer that does not go with those before it.
    With a ``scale``, such as 0 to 10, an answer is one short number, and a key that cannot go on with it belongs to the
    next prompt. One of ``keys`` is an answer at once. So many of them in one line answer this prompt and the next ones,
    ``together`` at most, and so do numbers with commas between: ``1,2,0,1``.
    """

    key: str
    text: str
    check: Callable[[str], object]
    scale: str = ""
    last: str = ""
    last_shown: str = ""
    keys: str = ""
    together: int = 1
    fit: Callable[[str], object] | None = None

    def check_whole(self, text: str) -> None:
        """Check an answer that nothing more follows. Raises BadInput."""
        self.check(text)
        if self.fit:
            self.fit(text)


class Answer(NamedTuple):
    """An answer, empty where it was skipped, and where to go: 1 on, -1 back, 0 to the end."""

    text: str
    step: int


class Source(Protocol):
    """Where answers come from. ``live`` means from a person who sees the questions and can mend an answer."""

    live: bool

    def answer(self, prompt: Prompt, earlier: str = "", *, final: bool = True) -> Answer:
        """Read one answer; ``earlier`` is what stands there from before, ``final`` means that none follows."""

    def key(self) -> str:
        """Read one key, of a line its first letter; empty for Enter and at the end."""

    def pause(self) -> None:
        """Let a person read: wait for Enter, whatever was typed before; do not wait for lines of a pipe."""


def is_there_somebody() -> bool:
    """Whether a person sits at both ends and can be asked."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()


@contextmanager
def answers_from() -> Iterator[Source]:
    """Read keys from the terminal, or lines where standard input is none or has no character mode."""
    if sys.stdin is None:
        raise BadInput("there is no standard input to answer from")
    try:
        with _keys_or_lines() as source:
            yield source
    except KeyboardInterrupt:
        _say(f"\n{STOPPED}\n")
        raise


@contextmanager
def _keys_or_lines() -> Iterator[Source]:
    if sys.platform == "win32":  # it has no termios
        yield _Lines(live=sys.stdin.isatty())
        return
    try:
        import termios
        import tty

        descriptor = sys.stdin.fileno()
        before = termios.tcgetattr(descriptor)
    except (ImportError, OSError, ValueError, termios.error):
        yield _Lines(live=sys.stdin.isatty())
        return
    try:
        tty.setcbreak(descriptor, termios.TCSADRAIN)
        yield _Keys(descriptor)
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)


def ask(
    prompts: Sequence[Prompt],
    source: Source,
    answers: dict[str, str],
    after: Callable[[str, str], None] = lambda _key, _text: None,
    refused: list[str] | None = None,
) -> None:
    """Ask questions in turn, and put the typed answers of those that are answered into ``answers``, by their keys.

    ``after`` is called with each answer. A wrong answer that nobody can mend is named in ``refused`` with its question,
    and the next one is asked; where that is not given it raises BadInput.
    """
    place = 0
    while place < len(prompts):
        prompt = prompts[place]
        _show(prompt, f"{place + 1}/{len(prompts)}", answers.get(prompt.key, ""))
        final = place + 1 == len(prompts)
        try:
            answer = source.answer(prompt, answers.get(prompt.key, ""), final=final)
        except BadInput as error:
            if refused is None:
                raise
            refused.append(f"{prompt.text.partition(':')[0]}: {error}")
            answer = Answer("", 1)
        if answer.step < 0:
            place = max(0, place - 1)
            continue
        answers.pop(prompt.key, None)
        if answer.text:
            answers[prompt.key] = answer.text
            after(prompt.key, answer.text)
        if answer.step == 0:
            break
        place += 1


class _Lines:
    """Reads a line for each answer; an empty one skips, one space takes the last value.

    Where parts of one line answer several prompts, the next ones take theirs without a line.
    """

    def __init__(self, *, live: bool) -> None:
        self.live = live
        self._parts: list[str] = []  # of the last line, for the prompts that follow

    def answer(self, prompt: Prompt, earlier: str = "", *, final: bool = True) -> Answer:
        if self._parts:
            return self._take_part()
        while True:
            line = sys.stdin.readline()
            if not self.live:
                _say("\n")
            text = prompt.last if line.strip("\r\n") == SPACE else line.strip()
            if text == BACK:
                return Answer("", -1)
            try:
                if parts := _parts_of(text, prompt):
                    self._parts = parts
                    return self._take_part(is_first=True)
                if text:
                    prompt.check_whole(text)
            except BadInput as error:
                if not self.live:
                    raise
                _refuse(error)
            else:
                return Answer(text or earlier, 1 if line else 0)

    def _take_part(self, *, is_first: bool = False) -> Answer:
        part, *self._parts = self._parts
        if not is_first:
            _say(f"{part}\n")
        return Answer(part, 1)

    def key(self) -> str:
        return sys.stdin.readline().strip()[:1].lower()

    def pause(self) -> None:
        if self.live:
            _say(_GO_ON)
            sys.stdin.readline()


class _Keys:
    """Reads the keys of a terminal in its character mode; what arrow and function keys send is passed over."""

    live = True

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._given_back = ""

    def answer(self, prompt: Prompt, earlier: str = "", *, final: bool = True) -> Answer:
        typed, whole, explained = "", False, False  # whole: it is the last value, of the space bar
        while True:
            key = self._next()
            if key == BACK and (prompt.scale or whole or not typed):
                _say("\n")
                return Answer("", -1)
            if key in ("\n", _END):
                if answer := self._accept(prompt, typed or earlier, 1 if key == "\n" else 0):
                    return answer
                typed, whole = "", False
            elif key in prompt.keys and not typed:
                _say(f"{key}\n")
                return Answer(key, 1)
            elif key in _RUB_OUT:
                _say("\b \b" * (len(prompt.last_shown) if whole else min(1, len(typed))))
                typed, whole, earlier = "" if whole else typed[:-1], False, earlier if typed else ""
            elif key == SPACE and not typed and prompt.last:
                typed, whole = prompt.last, True
                _say(term(prompt.last_shown))
            elif not whole and _goes_on(prompt, typed + key):
                typed += key
                _say(term(key))
            elif typed and key.isprintable() and not final:
                self._given_back = key
                if answer := self._accept(prompt, typed, 1):
                    return answer
                typed, whole = "", False
            elif key.isprintable() and not typed and not explained:
                _say(f"({prompt.scale}; {'space takes the last one, ' if prompt.last else ''}Enter skips)\n     > ")
                explained = True

    def key(self) -> str:
        key = self._next()
        return "" if key in ("\n", _END) else key.lower()

    def pause(self) -> None:
        if sys.platform != "win32":
            import termios

            termios.tcflush(self._descriptor, termios.TCIFLUSH)
        self._given_back = ""
        _say(_GO_ON)
        while self._next() not in ("\n", _END):
            pass

    def _accept(self, prompt: Prompt, text: str, step: int) -> Answer | None:
        """Return an answer if it is right; else say what is wrong, so that the person may try again."""
        text = text.strip()
        try:
            if text:
                prompt.check_whole(text)
        except BadInput as error:
            _say("\n")
            _refuse(error)
            return None
        _say("\n")
        return Answer(text, step)

    def _next(self) -> str:
        if self._given_back:
            key, self._given_back = self._given_back, ""
            return key
        while True:
            byte = os.read(self._descriptor, 1)
            if not byte:
                return _END
            if byte == b"\x1b":
                self._pass_over()
            elif key := self._decoder.decode(byte):
                return "\n" if key == "\r" else key

    def _pass_over(self) -> None:
        import select

        def next_byte() -> bytes:
            waiting = select.select([self._descriptor], [], [], 0.02)[0]
            return os.read(self._descriptor, 1) if waiting else b""

        opened = next_byte()
        if opened == b"O":
            next_byte()
        elif opened == b"[":
            while (byte := next_byte()) and not b"@" <= byte <= b"~":
                pass


def _parts_of(text: str, prompt: Prompt) -> list[str]:
    """The answers to this prompt and the next ones that one line holds; none where it is one answer."""
    numbers = text.replace(",", " ").split()
    if all(number.isdecimal() for number in numbers) and 1 < len(numbers) <= prompt.together:
        for number in numbers:
            prompt.check(number)
        return numbers
    is_letters = 1 < len(text) <= prompt.together and set(text.lower()) <= set(prompt.keys)
    return [*text.lower()] if is_letters else []


def _goes_on(prompt: Prompt, typed: str) -> bool:
    """Return whether a text may begin so: with a scale, a digit, a second one such as in 10, or a fraction."""
    if not prompt.scale:
        return typed.isprintable()
    if (
        not typed.isascii()
        or typed[-1].isspace()
        or not typed[0].isdecimal()
        or typed.count(".") + typed.count(",") > 1
    ):
        return False
    if typed[-1] in ".,":
        return len(typed) > 1
    try:
        prompt.check(typed)
    except BadInput:
        return False
    return not (typed[0] == "0" and typed[1:].isdecimal())


def read_key(text: str, keys: Mapping[str, str]) -> str:
    """Return which word an answer means, by its key or as it is. Raises BadInput."""
    clean = text.strip().lower()
    if (meant := keys.get(clean, clean)) in keys.values():
        return meant
    raise BadInput(f"{text!r} is none of {join_names([f'{key} ({word})' for key, word in keys.items()])}")


def _show(prompt: Prompt, number: str, earlier: str) -> None:
    offered = f"now {term(earlier)}" if earlier else f"space: {term(prompt.last_shown)}" if prompt.last else ""
    room = line_room(sys.stderr)
    lines = wrap_text(f"{number + ' ':<5}{prompt.text}", room)
    *above, last = wrap_text(f"{offered and f'[{offered}] '}>", room - 1, "     ", "     ")
    _say("\n".join([*lines, *above, f"{last} "]))


def _refuse(error: BadInput) -> None:
    _say("\n".join([*(f"     {line}" for line in wrap_text(term(str(error)), line_room(sys.stderr) - 6)), "     > "]))


def _say(text: str) -> None:
    print(text, end="", file=sys.stderr, flush=True)
