"""Near misses of a word, for a sentence that says no. Pure."""

from collections.abc import Iterable


def suggest(word: str, known: Iterable[str], most: int = 3, cutoff: float = 0.6) -> list[str]:
    """Return the known words that a word is nearest to, the nearest first; ``cutoff`` is how alike, from 0 to 1.

    One of the same letters is the nearest: two that changed places are the commonest slip.
    """
    import difflib

    names = list(dict.fromkeys(known))
    found = difflib.get_close_matches(word, names, n=len(names) or 1, cutoff=cutoff)
    return sorted(found, key=lambda each: sorted(each) != sorted(word))[:most]


def did_you_mean(names: Iterable[str]) -> str:
    """``; did you mean knee_l, knee_r?``, or nothing for no names."""
    listed = ", ".join(names)
    return f"; did you mean {listed}?" if listed else ""


def shorten(text: str) -> str:
    """Return a text on one line, cut to what fits a sentence."""
    clean = " ".join(text.split())
    return clean if len(clean) <= 60 else clean[:59] + "…"
