"""Slips of words: what a fitting number follows is read as meant, that on which all depends is asked. Pure."""

from collections.abc import Sequence

from painlog.domain.language.clause_openings import is_number_near
from painlog.domain.language.findings import Findings
from painlog.domain.language.line_items import Item
from painlog.domain.language.nights import opens_night
from painlog.domain.language.place_items import read_items
from painlog.domain.language.reading import Edit, Question
from painlog.domain.language.roles import has_places, opens_rating, passable, rating_head
from painlog.domain.language.small_words import Small
from painlog.domain.language.spelling import OTHER_WORDS, day_meant, distance, meant_by_slip, side_meant
from painlog.domain.language.vocabulary import NONE, NOUN, Vocabulary
from painlog.domain.regions import SIDE_NAMES, place_names, places_meant, places_near

_SHORT = 3  # letters; of a shorter word too many are one letter off


def read_slips(line: str, items: list[Item], vocabulary: Vocabulary, found: Findings) -> list[Item]:
    """Read a word that a slip made of one of painlog's own as meant, where a fitting number follows."""
    for i, item in enumerate(items):
        if not item.is_unknown or not (meant := meant_by_slip(item.low, vocabulary.slips)):
            continue
        read = [read_items(each, vocabulary)[0] for each in meant]
        if any(_first_head(each) != _first_head(read[0]) for each in read):
            continue
        slipped = [*items[:i], item._replace(means=read[0].means), *items[i + 1 :]]
        if (opens_rating(slipped, i) or opens_night(slipped, i)) and is_number_near(slipped, i):
            _note_slip(line, items[:i], item, meant[0], found)
            items[i] = slipped[i]
    return items


def ask_slips(line: str, items: list[Item], vocabulary: Vocabulary, found: Findings) -> None:
    """Ask about words on which all depends: a slip of a day, and a side in brackets; read on with the day meant."""
    for i, item in enumerate(items):
        day = day_meant(item.low) if item.is_unknown else ""
        if not day and i and items[i - 1].low == "last" and distance(item.low, "night", 1) == 1:
            day = "night"
        if day:
            found.ask([item], _did_you_mean(item.low, day, Edit(item.start, item.end, day)))
            meant = read_items(day, vocabulary)[0]
            items[i] = meant._replace(start=item.start, end=item.end, low=item.low)
        side = SIDE_NAMES.get(item.low, "")
        if side and line[item.start - 1 : item.end + 1] == f"({line[item.start : item.end]})":
            found.ask([item], _did_you_mean(item.low, side, Edit(item.start - 1, item.end + 1, side)))


def ask_places(
    line: str, items: list[Item], following: Sequence[Item], vocabulary: Vocabulary, found: Findings
) -> None:
    """Ask about a word that a slip may have made of a place, and read on with it: left shouldr and hip 6.

    It stands where only a place can be meant: before a word for pain, or beside a place of the clause that follows.
    """
    for i, item in enumerate(items):
        if not item.is_unknown or not all(map(_goes_with_place, items[:i])):
            continue
        if (side := side_meant(item.low)) and _opens_place(items[i + 1 :]) and _opens_place(following):
            found.ask([item], _did_you_mean(item.low, side, Edit(item.start, item.end, side)))
            items[i] = read_items(side, vocabulary)[0]._replace(start=item.start, end=item.end)
            return
        behind = next((each for each in items[i + 1 :] if not (passable(each) or each.is_small(Small.DEGREE))), None)
        if behind is not None and not _is_pain(behind):
            continue
        if behind is None and not _opens_place(following):
            continue
        first = i - 1 if i and items[i - 1].is_small(Small.DEGREE) else i
        meant = places_meant([each.low for each in items[first : i + 1]]) or places_meant([item.low])
        if not meant and (_feels(behind) or any(each.as_role("side") for each in items[:i])):
            meant = places_near(item.low) if len(item.low) > _SHORT and item.low not in OTHER_WORDS else []
        if not meant:
            continue
        first = first if " " in meant[0] else i
        start, end = items[first].start, item.end
        edits = tuple(Edit(start, end, each) for each in meant[:3])
        found.ask(items[first : i + 1], Question(f"{line[start:end]}: did you mean {meant[0]}?", edits))
        read = read_items(meant[0], vocabulary)[0]
        items[first : i + 1] = [read._replace(start=start, end=end, low=line[start:end].lower())]
        return


def _goes_with_place(item: Item) -> bool:
    """Whether a word may stand before a place with nothing but the two said: my left, low."""
    return passable(item) or any(item.as_role(role) for role in ("side", "place")) or item.is_small(Small.DEGREE)


def _opens_place(items: Sequence[Item]) -> bool:
    """Whether a clause begins with a place, or with a side or the like before one."""
    return bool(items) and _goes_with_place(items[0]) and any(each.as_role("place") for each in items)


def _is_pain(item: Item) -> bool:
    head = rating_head(item)
    return head is not None and has_places(head.kind) and head.style != NONE


def _feels(item: Item | None) -> bool:
    """Whether a word says of what stands before it how it feels: hurts, is sore."""
    head = rating_head(item) if item is not None else None
    return head is not None and head.style != NOUN


def _note_slip(line: str, before: Sequence[Item], item: Item, meant: str, found: Findings) -> None:
    """Say how a slip was read, or ask where the word before makes it part of another place: lower bakc."""
    said, edit = line[item.start : item.end], Edit(item.start, item.end, meant)
    if before and f"{before[-1].low} {meant}" in place_names():
        low = before[-1].low
        found.ask([before[-1], item], _did_you_mean(f"{low} {said}", f"{low} {meant}", edit))
        return
    found.notices.append(f"{said} read as {meant}")
    found.slips.append(edit)


def _did_you_mean(said: str, meant: str, edit: Edit) -> Question:
    return Question(f"{said}: did you mean {meant}?", (edit,))


def _first_head(item: Item) -> object:
    """What a word opens, to tell whether two open the same."""
    head = next((m for m in item.means if m.role in ("head", "place")), None)
    return head and (head.role, head.kind, head.field, str(head.value) if head.role == "place" or head.value else "")
