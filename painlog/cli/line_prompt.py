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
from painlog.cli.taking_back import bring_back, take_back
from painlog.cli.talk import refuse, say
from painlog.cli.typed_words import vocabulary_of
from painlog.domain.kinds.registry import VERBS
from painlog.domain.language import dates
from painlog.domain.language.own_words import last_words, opening_words, places_said
from painlog.domain.language.shortcuts import expand
from painlog.domain.language.understanding import Present, understand
from painlog.errors import PainlogError
from painlog.view.terminal import fit, term, width

if TYPE_CHECKING:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.completion import CompleteEvent, Completer
    from prompt_toolkit.document import Document

    from painlog.cli.session import Session
    from painlog.domain.language.vocabulary import Vocabulary

SIGN = "> "
_GREETING = "An entry or several a line; an empty line ends. TAB completes, ↑ brings earlier."
_PLAIN_GREETING = "An entry or several a line; an empty line ends."
_REMEMBERED = 500  # changes of the journal whose lines ↑ brings back
_BENEATH = 3  # lines of the reading


def take_lines(session: Session, at: str | None = None, *, first: str = "", second: bool = False) -> None:
    """Take lines until an empty one or the end of the input, and record each; what is refused is said.

    ``undo`` takes back the last line that was recorded here, ``redo`` brings it back.
    ``first`` stands on the first line already; ``at`` is when, for lines that do not say.
    """

    def present() -> Present:
        now = _live(session)
        return Present(now.moment(at, second=second), now.now, second)

    plain = session.plain or os.environ.get("TERM", "") in ("", "dumb")
    recorded = taken_back = 0
    for typed in _plain_lines(first) if plain else _edited_lines(session, present, first):
        line = typed.removeprefix("painlog ").lstrip().removeprefix("log ").lstrip()
        try:
            if line == "undo" and recorded:
                take_back(_live(session))
                recorded, taken_back = recorded - 1, taken_back + 1
            elif line == "redo" and taken_back:
                bring_back(_live(session))
                recorded, taken_back = recorded + 1, taken_back - 1
            elif _is_command(session, line, present()):
                say(f"{line.split()[0]} is a command; an empty line leads back to where commands are typed")
            elif record_line(_live(session), line, present()):
                recorded, taken_back = recorded + 1, 0
        except PainlogError as error:
            refuse(error)
        except KeyboardInterrupt:  # left one line; the next one is asked for
            continue


def _is_command(session: Session, line: str, present: Present) -> bool:
    """Whether a line begins with a command that records no entry, and that no entry is said with: ``same pain 8``."""
    word = line.split(maxsplit=1)[0]
    if word not in MODULES or MODULES[word] == "kind_commands" or word in VERBS:
        return False
    understood = understand(line, vocabulary_of(session), present)
    if understood.is_clear:
        return any(left.split()[0] == word for left in understood.reading.left)
    return dates.read_when(word) is None


def _live(session: Session) -> Session:
    """The session at the present instant: a prompt may stand open for long."""
    return session._replace(now=dates.now())


def _plain_lines(first: str) -> Iterator[str]:
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
        earlier = [*map(term, journal.history.lines(_REMEMBERED))]
    while True:
        editor = _make_editor(earlier, vocabulary_of(session), present)  # a line may bring new names
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
        earlier.append(term(line))
        first = ""


def _make_editor(earlier: Sequence[str], known: Vocabulary, present: Callable[[], Present]) -> PromptSession[str]:
    """Return a line editor that remembers lines in memory alone, completes the person's words and shows the reading."""
    from prompt_toolkit import PromptSession
    from prompt_toolkit.filters import to_filter
    from prompt_toolkit.history import InMemoryHistory
    from prompt_toolkit.shortcuts import CompleteStyle
    from prompt_toolkit.styles import Style

    editor: PromptSession[str]

    def beneath() -> str:
        return "\n".join(_read_so_far(editor.default_buffer.text, known, present()))

    words = [*opening_words(known.known.measures), *known.own_names, *known.known.shortcuts, *places_said()]
    editor = PromptSession(
        history=InMemoryHistory([*earlier]),
        completer=_make_completer([word for word in dict.fromkeys(words) if word.isprintable()]),
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


def _make_completer(phrases: Sequence[str]) -> Completer:
    """Return what completes the last words of a line to a phrase, of several words too: lower b."""
    from prompt_toolkit.completion import Completer, Completion

    class PhraseCompleter(Completer):
        def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:
            for typed in last_words(document.text_before_cursor):
                found = [phrase for phrase in phrases if phrase.casefold().startswith(typed.casefold())]
                yield from (Completion(phrase, start_position=-len(typed)) for phrase in found)
                if found:
                    return

    return PhraseCompleter()


def _read_so_far(line: str, known: Vocabulary, present: Present) -> list[str]:
    """Return in a few short lines what a line says so far."""
    if not line.strip():
        return [""]
    lines = reading_lines(understand(expand(line, known.known.shortcuts), known, present), known, present)
    return [fit(each, width() - 1) for each in lines[:_BENEATH]]
