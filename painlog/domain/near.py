"""Near misses of a word, for a sentence that says no. Pure."""

from collections.abc import Iterable


def near(word: str, known: Iterable[str], most: int = 3, cutoff: float = 0.6) -> list[str]:
    """Return the known words that a word is nearest to, the nearest first; ``cutoff`` is how alike, from 0 to 1."""
    import difflib

    return difflib.get_close_matches(word, list(known), n=most, cutoff=cutoff)


def did_you_mean(names: Iterable[str]) -> str:
    """``; did you mean knee_l, knee_r?``, or nothing for no names."""
    listed = ", ".join(names)
    return f"; did you mean {listed}?" if listed else ""
