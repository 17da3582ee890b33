"""The one clock. Apart from the other dates, which a prompt does without."""

from datetime import datetime, time

DAY_STARTS = time(3, 0)


def now() -> datetime:
    """Read the clock: the current instant, aware, in the machine's own offset. The only function that does."""
    return datetime.now().astimezone()
