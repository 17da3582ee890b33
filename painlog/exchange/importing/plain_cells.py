"""What stands around a number in a cell: ``~5``, ``Moderate (5)``, ``7 - Severe``, ``4 stars``. Pure."""

import re
from functools import lru_cache

from painlog.exchange.importing.date_words import fold
from painlog.exchange.importing.word_scales import is_known_word

_NUMBER = r"\d{1,3}(?:[.,]\d{1,2})?(?: ?/ ?\d{1,3}| ?%)?"
_ABOUT = re.compile(
    r"(?:~|≈|ca\.?|circa|about|approx\.?|approximately|around|etwa|ungefahr|environ|unos|cerca de) ?(?=\d)"
)
_FULL, _HOLLOW = "★⭐", "☆"
_UNIT = re.compile(rf"({_NUMBER}) ?(?:stars?|sterne?|etoiles?|estrellas?|estrelas?|stelle|sterren|★|⭐)")
_WORD_FIRST = re.compile(rf"(?P<word>[^\d(]+?) ?(?:[-–:=]? ?(?P<n>{_NUMBER})|\((?P<m>{_NUMBER})\))")
_NUMBER_FIRST = re.compile(rf"(?P<n>{_NUMBER}) ?(?:[-–:=]? ?(?P<word>[^\d()]+)|\((?P<other>[^\d()]+)\))")


@lru_cache(4_000)
def plain_number(cell: str) -> str:
    """Return the number of a cell without what stands around it; any other cell as it is.

    A word beside it must be one of a scale: ``knee (2)`` is no number.
    """
    clean = _ABOUT.sub("", fold(cell), count=1)
    if clean and set(clean) <= set(_FULL + _HOLLOW):
        return f"{sum(map(clean.count, _FULL))}"
    if found := _UNIT.fullmatch(clean):
        return found[1]
    if (found := _WORD_FIRST.fullmatch(clean)) and is_scale_word(found["word"]):
        return str(found["n"] or found["m"])
    if (found := _NUMBER_FIRST.fullmatch(clean)) and is_scale_word(found["word"] or found["other"]):
        return str(found["n"])
    return clean if clean != fold(cell) else cell


def is_scale_word(text: str) -> bool:
    """Whether a text is a word of a scale, as in ``moderate`` or ``severe pain``."""
    clean = text.strip(" .,!")
    return is_known_word(clean) or is_known_word(re.sub(r" ?\b(?:pain|schmerz(?:en)?|douleur|dolor|dor)$", "", clean))
