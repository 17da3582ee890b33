"""Which words TAB offers. Shells paste them into the command line, and some evaluate them. Imports nothing.

A word with a character that means something to a shell is not offered.
"""

from __future__ import annotations

from collections.abc import Iterable

LONGEST = 60
ACTIVE = set("\\`$\"'*?[]{}()<>|&;!#~^")


def match_words(words: Iterable[str], incomplete: str) -> list[str]:
    """Return the words that go on from what was typed, each once."""
    start = incomplete.casefold()
    fitting = (word for word in words if word.casefold().startswith(start))
    return [
        word
        for word in dict.fromkeys(fitting)
        if word.isprintable() and not ACTIVE & set(word) and len(word) <= LONGEST
    ]
