"""Recording what one line of words says: at once where it is clear, asked about where a person can answer."""

from painlog.cli.capture import record_any
from painlog.cli.session import Session
from painlog.cli.settling import is_there_somebody, settle
from painlog.cli.typed_words import unclear, vocabulary_of
from painlog.domain.language.understanding import Present, Understood, understand


def record_line(session: Session, line: str, present: Present) -> None:
    """Record what a line says, or say what is not clear with the lines that would make it so. Raises Unclear."""
    understood = understand_line(session, line, present)
    record_any(session, understood.drafts, understood.said_beside)


def understand_line(session: Session, line: str, present: Present) -> Understood:
    """Return what a line says once it is clear, with the person's answers where there is one. Raises Unclear."""
    vocabulary = vocabulary_of(session)
    understood = understand(line, vocabulary, present)
    if not understood.is_clear and is_there_somebody():
        understood = settle(understood, vocabulary, present)
    if not understood.is_clear:
        raise unclear(understood, vocabulary, present)
    return understood
