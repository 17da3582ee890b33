"""Where a name ends that the journal does not know, behind a verb or behind a word such as dose. Pure."""

from collections.abc import Sequence

from painlog.domain.kinds.kind import Kind
from painlog.domain.language.line_items import Item
from painlog.domain.language.medicine_units import unit_of
from painlog.domain.language.name_details import schedule_at
from painlog.domain.language.name_openings import MOST_WORDS, Part
from painlog.domain.language.small_words import Small

S = Small


def end_of_new_name(items: Sequence[Item], part: Part) -> int:
    """Return the place after the words behind a verb that may be a name; where it begins if there are none."""
    end = part.at
    while end < len(items) and end - part.at < MOST_WORDS and _is_of_new_name(items, end, part):
        end += 1
    if end == part.at and end < len(items) and _is_done(items, end, part):
        end += 1
    return _past_strength(items, part.at, end)


def end_of_explicit_name(items: Sequence[Item], kind: Kind, start: int) -> int:
    """Return the place after the name behind a word such as dose: it runs on to what says something else."""
    end = start
    while end < len(items) and _goes_on(items, end, kind, start):
        end += 1
    return end


def _is_of_new_name(items: Sequence[Item], at: int, part: Part) -> bool:
    if items[at].is_unknown or items[at].sort == "quote":
        return True
    return at > part.at and (_is_done(items, at, part) or _is_hyphen(items, at))


def _is_hyphen(items: Sequence[Item], at: int) -> bool:
    """Whether a hyphen stands within a name, as in co-codamol."""
    following = items[at + 1] if at + 1 < len(items) else None
    return items[at].low == "-" and items[at].glued and following is not None and following.glued


def _past_strength(items: Sequence[Item], start: int, end: int) -> int:
    """The end of a name with the strength of two substances in it, as in Targin 10/5 mg 1 tablet."""
    rest = items[end : end + 3]
    if end == start or len(rest) < 3 or rest[0].sort != "number" or not rest[0].value.out_of:
        return end
    return end + 2 if unit_of(rest[1].low) and rest[2].sort == "quantity" else end


def _is_done(items: Sequence[Item], at: int, part: Part) -> bool:
    """Whether a word that is known as something to do stands here with how long: did stretching 20 min."""
    following = items[at + 1] if at + 1 < len(items) else None
    is_long = following is not None and following.sort == "length"
    is_long = is_long or (part.number >= 0 and items[part.number].sort == "length")
    return is_long and bool(items[at].means) and all(m.role == "word" for m in items[at].means)


def _goes_on(items: Sequence[Item], at: int, kind: Kind, start: int) -> bool:
    item = items[at]
    if item.sort == "quote":
        return True
    is_joint = item.sort == "mark" and item.glued and item.low in ("-", ".", "/", "'") and at > start
    if item.sort != "words" and not is_joint:
        return False
    if at > start and schedule_at(items, kind, at)[1]:
        return False
    if at == start:
        return not any(m.role == "small" and m.value is not S.DEGREE for m in item.means)
    if any(m.kind is kind and m.role in ("option", "field", "lead") for m in item.means):
        return False
    return not item.is_small(S.CAUSE, S.STRETCH, S.NOT, S.AHEAD, S.VAGUE)
