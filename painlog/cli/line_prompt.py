"""``painlog log`` alone on a terminal: an entry a line, what each says shown beneath while it is typed.

Nothing that is typed here is kept anywhere but in the journal. A terminal that cannot be drawn on, and a screen reader,
get plain lines.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from painlog.cli.record_line import record_line
from painlog.cli.sections import MODULES
from painlog.cli.settling import reading_lines
from painlog.cli.talk import refuse, say
from painlog.cli.typed_words import vocabulary_of
from painlog.domain.kinds.registry import KINDS
from painlog.domain.language import dates
from painlog.domain.language.own_words import opening_words
from painlog.domain.language.shortcuts import expand
from painlog.domain.language.understanding import Present, understand
from painlog.errors import PainlogError
from painlog.view.terminal import fit, term, width

if TYPE_CHECKING:
    from prompt_toolkit import PromptSession

    from painlog.cli.session import Session
    from painlog.domain.language.vocabulary import Vocabulary

SIGN = "> "
_GREETING = "An entry or several a line; an empty line ends. TAB completes, ↑ brings earlier."
_PLAIN_GREETING = "An entry or several a line; an empty line ends."
_REMEMBERED = 500  # changes of the journal whose lines ↑ brings back
_BENEATH = 3  # lines of the reading


def take_lines(session: Session, at: str | None = None, *, first: str = "", second: bool = False) -> None:
    """Take lines until an empty one or the end of the input, and record each; what is refused is said.

    ``first`` stands on the first line already; ``at`` is when, for lines that do not say.
    """

    def present() -> Present:
        now = _live(session)
        return Present(now.moment(at, second=second), now.now, second)

    read = _plain_lines if session.plain or os.environ.get("TERM", "") in ("", "dumb") else _edited_lines
    for line in read(session, present, first):
        words = line.split()
        words = words[1:] if words[0] == "painlog" else words
        words = words[1:] if words[:1] == ["log"] else words
        if words and words[0] in MODULES and words[0] not in KINDS:
            say(f"{words[0]} is a command; an empty line leads back to where commands are typed")
            continue
        try:
            record_line(_live(session), " ".join(words) if words != line.split() else line, present())
        except PainlogError as error:
            refuse(error)
        except KeyboardInterrupt:  # left one line; the next one is asked for
            continue


def _live(session: Session) -> Session:
    """The session at the present instant: a prompt may stand open for long."""
    return session._replace(now=dates.now())


def _plain_lines(session: Session, _present: Callable[[], Present], first: str) -> Iterator[str]:  # noqa: ARG001
    say(_PLAIN_GREETING)
    try:
        while line := input(f"{SIGN}{first}").strip():
            yield f"{first}{line}"
            first = ""
    except EOFError:
        return


def _edited_lines(session: Session, present: Callable[[], Present], first: str) -> Iterator[str]:
    say(_GREETING)
    with session.reading() as journal:
        known, earlier = vocabulary_of(session), [*map(term, journal.history.lines(_REMEMBERED))]
    editor = _make_editor(earlier, known, present)
    while True:
        try:
            line = editor.prompt(SIGN, default=first).strip()
        except EOFError:
            return
        except KeyboardInterrupt:
            if not editor.default_buffer.text:
                return
            continue
        if not line:
            return
        yield line
        first = ""


def _make_editor(earlier: Sequence[str], known: Vocabulary, present: Callable[[], Present]) -> PromptSession[str]:
    """Return a line editor that remembers lines in memory alone, completes the person's words and shows the reading."""
    from prompt_toolkit import PromptSession
    from prompt_toolkit.completion import WordCompleter
    from prompt_toolkit.filters import to_filter
    from prompt_toolkit.history import InMemoryHistory
    from prompt_toolkit.shortcuts import CompleteStyle
    from prompt_toolkit.styles import Style

    editor: PromptSession[str]

    def beneath() -> str:
        return "\n".join(_read_so_far(editor.default_buffer.text, known, present()))

    words = [*opening_words(known.known.measures), *known.own_names, *known.known.shortcuts]
    editor = PromptSession(
        history=InMemoryHistory([*earlier]),
        completer=WordCompleter([word for word in dict.fromkeys(words) if word.isprintable()], ignore_case=True),
        complete_while_typing=False,
        bottom_toolbar=beneath,
        style=Style([("bottom-toolbar", "noreverse")]),
        reserve_space_for_menu=0,
        complete_style=CompleteStyle.READLINE_LIKE,
    )
    for window in editor.layout.find_all_windows():
        if window.content is editor.layout.current_control:  # else it pushes the reading to the foot of the screen
            window.dont_extend_height = to_filter(True)  # noqa: FBT003
    return editor


def _read_so_far(line: str, known: Vocabulary, present: Present) -> list[str]:
    """Return in a few short lines what a line says so far."""
    if not line.strip():
        return [""]
    lines = reading_lines(understand(expand(line, known.known.shortcuts), known, present), known, present)
    return [fit(each, width() - 1) for each in lines[:_BENEATH]]
