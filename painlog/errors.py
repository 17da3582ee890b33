"""Everything painlog can say no to: one fact, one sentence, one exit code each.

Lower layers raise these; only ``painlog.cli`` turns them into a line on standard error and an exit code.
"""


class PainlogError(Exception):
    """A refusal with a sentence for the person. ``exit_code`` is 1 (painlog could not) or 2 (the input was wrong)."""

    exit_code = 1


class BadInput(PainlogError):
    """Something typed or read from a file is not understood or out of range."""

    exit_code = 2


def reason(error: OSError) -> str:
    """Say in small letters what the system said."""
    return (error.strerror or str(error)).lower()


class BadLines(BadInput):
    """Some lines of a text are not understood. ``problems`` holds (line number from 1, reason) pairs."""

    def __init__(self, problems: list[tuple[int, str]], total: int) -> None:
        self.problems = problems
        one = len(problems) == 1
        super().__init__(
            f"{len(problems)} of {total} lines {'is' if one else 'are'} not understood, so nothing was recorded"
        )


class Unclear(BadInput):
    """Words that could mean several things. ``offers`` are lines to run in their place, each whole."""

    def __init__(self, sentence: str, offers: list[str]) -> None:
        self.offers = offers
        super().__init__(sentence)


class NothingToDo(PainlogError):
    """There is no entry, or no command to undo or redo."""


class FileRefused(PainlogError):
    """A file that was to be read or written is missing, in the way or not accessible."""


class PartMissing(PainlogError):
    """Something that painlog does without is not installed, and this cannot be done without it."""


class JournalRefused(PainlogError):
    """The journal file is not one painlog may or can use."""


class JournalLocked(JournalRefused):
    """The journal is encrypted, and nothing at hand opens it."""


class JournalBusy(PainlogError):
    """Another process held the journal for longer than the waiting time."""


class JournalFailed(PainlogError):
    """The disk or the file refused a read or a write; nothing was saved."""


class BackupFailed(JournalFailed):
    """There was to be a backup first, and there is none; nothing was done."""
