"""What every command shares: the journal it is about, the present, and how to print."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from painlog.cli.load_settings import load_settings
from painlog.domain.language import dates
from painlog.domain.language.dates import Moment
from painlog.domain.settings import Settings
from painlog.errors import BadInput, FileRefused
from painlog.storage.connection import KEYS, WAIT_SECONDS, config_place, default_place, is_there, own_place
from painlog.storage.journal import Journal
from painlog.view.terminal import PAGE_WIDTH, term

if TYPE_CHECKING:
    from pathlib import Path

    import typer

    from painlog.exchange.files import Content
    from painlog.storage.connection import Keeper
    from painlog.storage.encryption.keys import Key


SHORT_WAIT = 1.0  # seconds that a prompt and a glance wait for one who writes


class _LateKeeper:
    """The keeper of keys, loaded where a file turns out to be encrypted."""

    def __init__(self, *, asks: bool) -> None:
        self.asks = asks
        self._keeper: Keeper | None = None

    def candidates(self, path: Path | str, salt: bytes) -> Iterator[Key]:
        from painlog.cli import unlock

        self._keeper = unlock.Keeper(asks=self.asks)
        return self._keeper.candidates(path, salt)

    def opened(self, key: Key) -> None:
        if self._keeper:
            self._keeper.opened(key)


def use_keys(*, asks: bool = True) -> None:
    """Let encrypted files be opened with the person's keys; one who may not be asked is left alone."""
    KEYS.known.clear()
    KEYS.keeper = _LateKeeper(asks=asks)


class Session(NamedTuple):
    """One run of painlog. ``plain`` asks for output without colour."""

    journal: Path | str | None
    plain: bool
    now: datetime
    settings: Settings = Settings()

    @property
    def path(self) -> Path:
        """Where the journal is."""
        from pathlib import Path

        return Path(self.place)

    @property
    def place(self) -> str:
        """The same, for what does without ``pathlib``."""
        return own_place(str(self.journal)) if self.journal else default_place()

    @property
    def config_path(self) -> Path:
        """Where the settings are."""
        from pathlib import Path

        return Path(config_place())

    @property
    def today(self) -> date:
        """The person's present day."""
        return dates.day_of(self.now, self.settings.day_starts)

    @property
    def has_journal(self) -> bool:
        """Whether there is a journal, or anything else at its place."""
        return is_there(self.place)

    def writing(self) -> Journal:
        """Open the journal to write, beginning it where there is none."""
        journal = Journal.open(self.place, self.now, self.settings.day_starts)
        try:
            if journal.rested():
                from painlog.cli.snapshots import back_up_daily

                back_up_daily(self, journal)
        except BaseException:
            journal.close()
            raise
        return journal

    def reading(self, wait: float = WAIT_SECONDS) -> Journal:
        """Open the journal to read, waiting so long for one who writes."""
        return Journal.look(self.place, self.now, self.settings.day_starts, wait=wait)

    def is_own(self, path: Path) -> bool:
        """Whether a path is the journal's; false where that cannot be told, which is said by what opens it."""
        try:
            return path.samefile(self.path)
        except OSError:
            return False

    def hand_over(self, target: Path, content: Content, *, what: str | Callable[[], str] = "", force: bool) -> None:
        """Write a file for others, and say so. Raises FileRefused; the journal is never written over, forced or not."""
        from painlog.exchange.files import write_file

        if self.is_own(target):
            raise FileRefused(f"{target} is the journal itself; name another file")
        write_file(target, content, force=force)
        said = what if isinstance(what, str) else what()
        say(f"{said}written to {term(str(target))} (anyone who has the file can read it)")

    def hand_over_directory(
        self, target: Path, files: Mapping[str, Content], *, what: Callable[[], str], force: bool
    ) -> None:
        """Write a directory of files for others, and say so. Raises FileRefused."""
        from painlog.exchange.files import write_directory

        write_directory(target, files, force=force)
        say(f"{what()}written to {term(str(target))} (anyone who has these {len(files)} files can read them)")

    def changing(self) -> AbstractContextManager[Journal]:
        """Open the journal to change what is there, in one transaction; where there is none, none is begun."""

        @contextmanager
        def opened() -> Iterator[Journal]:
            with self.writing() if self.has_journal else self.reading() as journal, journal.changing():
                yield journal

        return opened()

    def moment(self, at: str | None, *, second: bool = False) -> Moment:
        """Read ``--at``, now where it is not given."""
        if at is not None and not at.strip():
            raise BadInput("--at is empty; say when, such as 07:30 or yesterday 22:00")
        return dates.parse_at(at or "now", self.now, day_starts=self.settings.day_starts, second=second)


def begun(journal: Path | str | None, *, plain: bool, warns: bool = True) -> Session:
    """Begin a run: the clock, the settings and what is wrong with them, the keys."""
    settings, problems = load_settings()
    use_keys()
    for problem in problems if warns else ():
        say(f"painlog: {term(problem)}")
    return Session(journal, plain, dates.now(), settings)


def group() -> typer.Typer:
    """Make a command that has commands of its own, and does something without any."""
    import typer

    return typer.Typer(
        invoke_without_command=True,
        no_args_is_help=False,
        rich_markup_mode=None,
        add_completion=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )


def agreed(question: str) -> bool:
    """Ask a person who is there. Raises BadInput where nobody is."""
    if sys.stdin is None or not sys.stdin.isatty():
        raise BadInput("nobody is here to be asked; --yes does it, --dry-run only shows it")
    import typer

    return typer.confirm(question, err=True)


def say(text: str) -> None:
    """Talk to the person, beside the data: on standard error."""
    print(text, file=sys.stderr)


def say_notes(notes: Iterable[str]) -> None:
    """Say what a person should know beside what was done, each thing once."""
    for note in filter(None, dict.fromkeys(notes)):
        from textwrap import fill

        say(fill(f"note: {note}", PAGE_WIDTH, break_on_hyphens=False))


def note_text(note: str) -> str:
    """Return a note as it was given, or for ``-`` what standard input holds."""
    return read_stdin("Write the note") if note == "-" else note


def read_stdin(what: str) -> str:
    """Read all of standard input as text, with a word to a person who sits before it."""
    from painlog.exchange.files import decode

    if sys.stdin is None:
        raise FileRefused("there is no standard input to read")
    if sys.stdin.isatty():
        say(f"{what}, then Ctrl-D:")
    return decode(sys.stdin.buffer.read(), "standard input")
