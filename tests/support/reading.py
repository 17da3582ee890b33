"""Lines as drafts, for tests that are not about the language: what is not clear is refused."""

from collections.abc import Iterator
from datetime import datetime

from painlog.domain.entries import Draft
from painlog.domain.language import diaries
from painlog.domain.language.dates import Moment
from painlog.domain.language.diaries import why
from painlog.domain.language.understanding import Present, understand
from painlog.domain.language.vocabulary import Vocabulary, built_in_vocabulary
from painlog.errors import BadInput


def sentences(err: str) -> int:
    """Return how many lines of standard error are no lines to run, which are set in and begin with painlog."""
    return sum(not line.startswith("  painlog ") for line in err.splitlines())


def parse_line(text: str, base: Moment, present_at: datetime, vocabulary: Vocabulary | None = None) -> list[Draft]:
    """Return the drafts of a line. Raises BadInput where it is not clear."""
    understood = understand(text, vocabulary or built_in_vocabulary(), Present(base, present_at))
    if not understood.is_clear:
        raise BadInput(why(understood))
    return [*understood.drafts]


def parse_text(text: str, base: Moment, present_at: datetime) -> Iterator[Draft]:
    """Yield the drafts of a text, as ``painlog log --file`` reads it."""
    return diaries.parse_text(text, built_in_vocabulary(), Present(base, present_at))
