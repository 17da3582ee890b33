"""What every command shares: the journal it is about, the present, and how to print."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from painlog.cli.load_settings import load_settings
from painlog.cli.places import config_place, default_place, own_place
from painlog.cli.talk import removal_note, say, say_notes
from painlog.domain.language import dates
from painlog.domain.language.dates import Moment
from painlog.domain.settings import Settings
from painlog.errors import BadInput, FileRefused
from painlog.storage.connection import WAIT_SECONDS, is_there
from painlog.storage.journal import Journal
from painlog.view.terminal import term

if TYPE_CHECKING:
    from pathlib import Path

    import typer

    from painlog.cli.unlock import Keeper
    from painlog.exchange.files import Content
    from painlog.storage.encryption.keys import Key


SHORT_WAIT = 1.0  # seconds that a prompt and a glance wait for one who writes


class Keys:
    """The keys of one run. Who finds further ones is loaded where a file turns out to be encrypted."""

    def __init__(self, *, asks: bool = True) -> None:
        self.known: dict[bytes, Key] = {}
        self.asks = asks
        self._keeper: Keeper | None = None

    def candidates(self, path: Path | str, salt: bytes) -> Iterator[Key]:
        """Yield keys that may open a file, as ``unlock.Keeper`` finds them."""
        from painlog.cli.unlock import Keeper

        self._keeper = Keeper()
        return self._keeper.candidates(path, salt, self)

    def accept(self, key: Key) -> None:
        """Hear that a key opened a file, and know it from then on."""
        self.known[key.salt] = key
        if self._keeper:
            self._keeper.accept(key)


class Session(NamedTuple):
    """One run of painlog. ``plain`` asks for output without colour."""

    journal: Path | str | None
    plain: bool
    now: datetime
    settings: Settings
    keys: Keys

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
        return _say_cleared(
            Journal.open(
                self.place, self.now, self.settings.day_starts, keys=self.keys, first_of_day=self._back_up_daily
            )
        )

    def _back_up_daily(self, journal: Journal) -> None:
        from painlog.cli.snapshots import back_up_daily

        back_up_daily(self.settings, journal)

    def reading(self, wait: float = WAIT_SECONDS) -> Journal:
        """Open the journal to read, waiting so long for one who writes."""
        return _say_cleared(Journal.look(self.place, self.now, self.settings.day_starts, wait, keys=self.keys))

    def changing(self) -> Journal:
        """Open the journal to change what is there; where there is none, none is begun."""
        return self.writing() if self.has_journal else self.reading()

    def is_own(self, path: Path) -> bool:
        """Whether a path is the journal's; false where that cannot be told, which is said by what opens it."""
        try:
            return path.samefile(self.path)
        except OSError:
            return False

    def hand_over(self, target: Path, content: Content, *, what: str | Callable[[], str] = "", force: bool) -> None:
        """Write a file for others, and say so. Raises FileRefused; the journal is never written over, forced or not."""
        from painlog.exchange.files import STANDARD_OUTPUT, write_file

        if target == STANDARD_OUTPUT:
            raise BadInput("this is not for standard output; -o takes the name of a file, or . for one in this folder")
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

    def moment(self, at: str | None, *, second: bool | None = None) -> Moment:
        """Read ``--at``, now where it is not given; ``second`` is None of a command without that option."""
        if at is not None and not at.strip():
            raise BadInput("--at is empty; say when, such as 07:30 or yesterday 22:00")
        found = dates.parse_at(at or "now", self.now, day_starts=self.settings.day_starts, second=bool(second))
        return found if second is not None else found._replace(notice=found.notice.removesuffix(dates.PICKS_OTHER))


def _say_cleared(journal: Journal) -> Journal:
    """Say what was removed that an interrupted command had left beside the journal; it could hold all of it."""
    say_notes([removal_note(each) for each in journal.cleared])
    return journal


def begin_session(journal: Path | str | None, *, plain: bool, warns: bool = True) -> Session:
    """Begin a run: the clock, the settings and what is wrong with them, the keys."""
    settings, problems = load_settings()
    for problem in problems if warns else ():
        say(f"painlog: {term(problem)}")
    return Session(journal, plain, dates.now(), settings, Keys())


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
