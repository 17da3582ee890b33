"""Which names a measure of one's own may have, and which words open an entry. Pure."""

from collections.abc import Iterable

from painlog.domain.kinds.kind import Kind
from painlog.domain.language.line_items import Item
from painlog.domain.language.place_items import read_items
from painlog.domain.language.small_words import Small
from painlog.domain.language.vocabulary import CONDITION, built_in_vocabulary, spoken_kinds

_MEANT = ("head", "verb", "place", "side", "option", "field", "lead")
_HARMLESS = (Small.DEGREE, Small.OTHER, Small.USUAL, Small.TOWARDS)


def means_something(name: str) -> bool:
    """Whether a measure of the person's own could not be told by this name: a number, or a word of the language."""
    items = read_items(name, built_in_vocabulary())
    if not any(sum(letter.isalpha() for letter in word) > 1 for word in name.split()):
        return True
    return all(_is_meant(item) for item in items)


def _is_meant(item: Item) -> bool:
    """Whether a word or number means something that it would not mean any more as a name."""
    if item.sort != "words" or item.low in ("yes", "no", "and"):
        return True
    meant = (each for each in item.means if each.style != CONDITION)
    return any(each.role in _MEANT or (each.role == "small" and each.value not in _HARMLESS) for each in meant)


def opening_words(measures: Iterable[Kind] = ()) -> list[str]:
    """Return the words that open an entry, those of a journal's own measures last."""
    kinds = spoken_kinds()
    heads = [head for kind in kinds for head in (*kind.heads, *kind.verbs)]
    ratings = [field.name for kind in kinds for field in kind.typed_fields if field.variable == field.name]
    own = [head for kind in measures for head in kind.heads]
    return list(dict.fromkeys((*heads, *(name.replace("_", " ") for name in ratings), *own)))


def places_said() -> list[str]:
    """Return the places of the body as people name them, of several words or one."""
    from painlog.domain.regions import listed_names

    return listed_names()


def last_words(text: str) -> list[str]:
    """Return the ends of a text that may begin a phrase, the longest of at most three words first: lower b, b.

    The last one is empty behind a space.
    """
    words = text.split(" ")
    return [" ".join(words[-count:]) for count in range(min(3, len(words)), 0, -1) if count == 1 or words[-count]]
