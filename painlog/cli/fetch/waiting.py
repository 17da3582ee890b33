"""What waits outside the journal."""

from pathlib import Path

from painlog.cli.session import Session


def count_waiting_lines(session: Session) -> int:
    """Return how many lines wait in the inbox of the settings; 0 where none is named or it cannot be read."""
    if not session.settings.inbox:
        return 0
    from painlog.cli.places import own_path
    from painlog.exchange.inbox import count_waiting

    return count_waiting(own_path(Path(session.settings.inbox)))
