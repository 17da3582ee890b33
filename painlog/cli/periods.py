"""Which period a command is about: ``--period``, ``--from`` and ``--to`` as they were typed, and what they mean."""

from typing import NamedTuple

from painlog.cli.session import Session
from painlog.domain.periods import Period, parse_period, parse_range
from painlog.errors import BadInput
from painlog.storage.journal import Journal


class PeriodOptions(NamedTuple):
    """The options as they were typed; None for what was not."""

    period: str | None = None
    start: str | None = None
    end: str | None = None

    @property
    def typed(self) -> list[str]:
        """The options that would say the same again."""
        texts = {"--period": self.period, "--from": self.start, "--to": self.end}
        return [word for option, text in texts.items() if text for word in (option, text)]


def read_period(
    session: Session, journal: Journal, options: PeriodOptions, usual: str, *, lived: bool = False
) -> Period:
    """Return the period that the options name, else ``usual``; ``lived`` leaves out what is no day lived.

    Raises BadInput.
    """
    kept = journal.days.span(lived=lived) or Period(session.today, session.today)
    if options.start or options.end:
        if options.period:
            raise BadInput("--period does not go with --from and --to")
        return parse_range(options.start or "", options.end or "", session.today, kept)
    return parse_period(options.period or usual, session.today, kept, journal.days.last("visit", until=session.today))


def begin_with_first_entry(
    journal: Journal, period: Period, options: PeriodOptions, *, lived: bool = True
) -> tuple[Period, bool]:
    """Return the period from the journal's first entry on, unless ``--from`` was typed; and whether it is shorter.

    That entry is one about a day ``lived``, or any.
    """
    whole = journal.days.span(lived=lived)
    if options.start or not whole or not period.start < whole.start <= period.end:
        return period, False
    return Period(whole.start, period.end), True
