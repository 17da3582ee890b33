"""What was recorded of a scheduled medicine, in words that every screen and page shares. Raw texts: nothing is escaped.

A ratio stands first only where at least half of what was due is recorded.
"""

from painlog.analysis.adherence import Adherence
from painlog.view.terminal import times

_MOST_LETTERS = 40  # of a reason


def say_adherence(each: Adherence, since: str = "") -> str:
    """``2 of 4 due, 2 extra, 2 not recorded (4 days)``; ``since`` says from when, where that is not clear."""
    return f"{_count(each)}{f', since {since}' if since else ''} ({times(each.days, 'day')})"


def _count(each: Adherence) -> str:
    if not (each.taken or each.skipped or each.extra):
        return f"none recorded of {each.due} due" if each.due else "none recorded"
    beside = [
        f"{each.extra} extra" if each.extra else "",
        _skipped(each) if each.skipped else "",
        f"{each.unrecorded} not recorded" if each.unrecorded else "",
    ]
    if not each.due:
        first = times(each.taken, "dose") if each.taken else ""
    elif each.is_mostly_unrecorded:
        first = f"mostly not recorded: {each.taken} taken"
    else:
        first = f"{each.taken:,} of {each.due:,} due"
    return ", ".join(filter(None, [first, *beside]))


def _skipped(each: Adherence) -> str:
    reasons = "; ".join(
        (why if len(why) <= _MOST_LETTERS else f"{why[:_MOST_LETTERS]}…") + (f" {count}" if count > 1 else "")
        for why, count in each.reasons.items()
    )
    return f"{each.skipped} skipped" + (f" ({' '.join(reasons.split())})" if reasons else "")
