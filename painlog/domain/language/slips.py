"""Slips of words: what a fitting number follows is read as meant, that on which all depends is asked. Pure."""

from collections.abc import Sequence

from painlog.domain.language.clause_openings import is_number_near
from painlog.domain.language.findings import Findings
from painlog.domain.language.line_items import Item
from painlog.domain.language.nights import opens_night
from painlog.domain.language.place_items import read_items
from painlog.domain.language.reading import Edit, Question
from painlog.domain.language.roles import opens_rating
from painlog.domain.language.spelling import day_meant, distance, meant_by_slip
from painlog.domain.language.vocabulary import Vocabulary
from painlog.domain.regions import SIDE_NAMES, place_names


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
