"""Values that only say how much more or less it was than at another time: an hour less, 2 higher than usual. Pure."""

from painlog.domain.kinds.fields import Name
from painlog.domain.language.building import Building
from painlog.domain.language.line_items import Item
from painlog.domain.language.reading import Edit
from painlog.domain.language.roles import night_head
from painlog.domain.language.small_words import COMPARATIVES, DELAYS, Small
from painlog.domain.language.vocabulary import with_note

_MOVES = ("up", "down", "up from", "down from")  # on yesterday, from monday
_AMOUNTS = ("more", "less")  # sleep
_THAN = ("more than", "less than")
_CHANGES = ("better", "worse")  # behind a larger number they say how it is
_MOST_CHANGE, _MOST_DIFFERENCE, _MOST_SCORE = 2, 4, 10


def ask_difference(built: Building, line: str) -> None:
    """Ask about a value that is only how much more or less it was; what follows it is of the comparison."""
    items = built.items
    for at in sorted(built.used):
        if at + 1 < len(items) and _is_difference(built, at) and _ends_there(built, at + 1):
            _ask(built, at, line)
            return
        if items[at].as_role("naming") and at + 1 < len(items) and _is_behind_name(built, at):
            _ask_behind_name(built, at, line)
            return


def _is_behind_name(built: Building, at: int) -> bool:
    """Whether a comparison stands behind a name with its number before it: 2 tablets more than usual."""
    is_amount = at > 0 and built.items[at - 1].is_numeric
    return is_amount and built.items[at + 1].low in _THAN and _ends_there(built, at + 1)


def _ask_behind_name(built: Building, at: int, line: str) -> None:
    word, end = built.items[at + 1], built.items[-1].end
    said = with_note(line[word.start : end])
    built.ask(
        f"is {built.items[at - 1].low} all of it, or how much {word.low.removesuffix(' than')}?",
        Edit(built.items[at].end, end, said),
    )
    built.use(*range(at + 1, len(built.items)))


def _is_difference(built: Building, at: int) -> bool:
    """Whether the word behind a value makes it a difference; a score is too high for one beyond a few points."""
    value, word = built.items[at], built.items[at + 1]
    if not value.is_numeric or value.sort == "range":
        return False
    if word.low in _CHANGES:
        return value.sort == "number" and 0 < value.value.value <= _MOST_CHANGE and not value.value.out_of
    if value.sort == "number" and _MOST_DIFFERENCE < value.value.value <= _MOST_SCORE:
        return False
    is_delay = value.sort == "length" and built.kind.main.spans and word.low in DELAYS
    return is_delay or word.low in _MOVES or word.low.removesuffix(" than") in COMPARATIVES


def _ends_there(built: Building, at: int) -> bool:
    """Whether what a value is compared with follows, or a time, or nothing: less than usual, less today, less sleep."""
    word, following = built.items[at], built.items[at + 1 : at + 2]
    if not following or word.low.endswith(" than"):
        return True
    item = following[0]
    if word.low in _MOVES:
        rest = built.items[at + 1 : at + 3]
        return rest[-1].sort == "when" and (len(rest) == 1 or rest[0].sort == "when" or rest[0].low in ("on", "from"))
    if built.items[at - 1].sort == "length" and item.is_small(Small.CAUSE):
        return True
    if item.sort == "when":
        return not item.value.part or built.items[at - 1].sort == "length"
    is_head = night_head(item) is not None and built.kind.main.spans and word.low in _AMOUNTS
    return is_head or item.low in ("than", "as") or item.sort == "mark"


def _compares(word: Item) -> bool:
    """Whether a time behind a word is what it compares with: less than yesterday, up on monday."""
    return word.low.endswith(" than") or word.low in _MOVES


def _ask(built: Building, at: int, line: str) -> None:
    items = built.items
    value, word, end = items[at], items[at + 1], items[-1].end
    when = [item for item in items[at + 2 : at + 3] if item.sort == "when" and not _compares(word)]
    time = "".join(f" {line[item.start : item.end]}" for item in when)
    said, rest = (line[start : when[0].start if when else end].strip() for start in (value.start, word.start))
    unit = {"length": " h" if built.kind.main.spans else " min"}.get(value.sort, "")
    number = "" if isinstance(built.kind.main, Name) and value.sort != "length" else f"N{unit}"
    built.ask(
        f"is {line[value.start : value.end]} all of it, or how much {word.low.removesuffix(' than')}?",
        Edit(value.start, end, f"{number}{time}{with_note(said)}"),
        Edit(value.end, end, f"{time}{with_note(rest)}"),
    )
    built.use(*range(at + 1, len(items)))
