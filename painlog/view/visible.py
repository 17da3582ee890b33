"""Texts made visible, which is the first step out of every medium. It knows no medium; each escapes further for itself.

A note, a file name or a word on the command line may hold escape sequences, bidirectional overrides or line breaks.
"""

from functools import cache

LINE_BREAK = " / "


def visible(text: str) -> str:
    """Return a text on one line: line breaks become `` / ``, controls become visible signs."""
    if text.isprintable():  # what is hidden is not
        return text
    joined = LINE_BREAK.join(line.strip() for line in text.splitlines() if line.strip()) if "\n" in text else text
    return joined.translate(_signs())


@cache
def _signs() -> dict[int, str]:
    """C0 controls as their pictures; what else is unseen, and halves of characters, as the replacement character."""
    from painlog.domain.invisible_characters import HIDDEN, PICTURES

    return PICTURES | dict.fromkeys(HIDDEN, "\ufffd")
