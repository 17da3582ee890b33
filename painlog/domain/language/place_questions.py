"""What is asked about places that a clause leaves over: where else it hurts, slips of a place or of its side. Pure."""

from collections.abc import Sequence

from painlog.domain.language.building import Building
from painlog.domain.language.line_items import Item
from painlog.domain.language.reading import Edit
from painlog.domain.language.roles import own_score, passable, rating_head
from painlog.domain.language.small_words import Small
from painlog.domain.language.spelling import meant_by_slip
from painlog.domain.language.vocabulary import worded_kind
from painlog.domain.regions import places_meant

S = Small
_SIDES = {"l": ("left",), "lft": ("left",), "r": ("right",), "rgt": ("right",)}
_SIDE_WORDS = frozenset(("left", "right", "both"))
_WAYS = (  # what stands before where it spreads, as does a word of TOWARDS
    *("to", "from", "through", "up", "up to", "down to", "going to"),
    *("radiates", "radiating", "spreads", "spreading", "shoots"),
)


class PlaceQuestions:
    """Asks about places, and about words that may be one, in what is left of a clause."""

    def __init__(self, line: str) -> None:
        self.line = line

    def is_asked(self, built: Building, i: int) -> bool:
        """Ask about a place that no number is of, and say whether it was asked; where a pain goes is kept as words."""
        if built.where is None or not built.items[i].as_role("place"):
            return False
        if any(each.is_small(S.NOT) for each in built.items[built.last + 1 : i]) or _spreads_to(built, i):
            return False
        number = next((u for u in sorted(built.used) if built.items[u].sort == "number"), None)
        place = self.line[_side_before(built.items, i).start : built.items[i].end]
        if any(question.text.endswith("where it hurts?") for question in built.questions):
            return True  # one answer says where; the rest stays in the note of that line
        edits = [self._edit(built, i, number)] if number is not None else []
        built.ask(f"is {place} where it hurts?", *edits)
        return True

    def _edit(self, built: Building, i: int, number: int) -> Edit:
        """The number said of the place, and the words between them and behind as a note."""
        items, score = built.items, built.items[number]
        first, last = _side_before(items, i), items[i]
        if i < number and own_score(items, built.anchor):
            return Edit(last.end, last.end, " N")
        if i > number:
            start, said, rest = score.end, f" {self.line[first.start : last.end]}", items[number + 1 :]
        else:
            stop = next((j for j in range(i + 1, number) if not rating_head(items[j])), number)
            rest = [*items[stop:number], *items[number + 1 :]]
            start = first.start
            said = f"{self.line[start : items[stop - 1].end]} {self.line[score.start : score.end]}"
        return Edit(start, items[-1].end, f"{said}{rest_as_note(self.line, rest)}")

    def is_slip_of_side(self, built: Building, i: int) -> bool:
        """Ask about a word beside a place that may be a slip of its side: knee lft 5."""
        items, item = built.items, built.items[i]
        sides = _SIDES.get(item.low) or meant_by_slip(item.low, _SIDE_WORDS)
        if not (item.is_unknown and sides and built.where is not None and _stands_beside_place(built, i)):
            return False
        if i + 1 < len(items) and items[i + 1].as_role("place"):
            built.use(i + 1)
        built.ask(f"{item.low}: did you mean {sides[0]}?", Edit(item.start, item.end, sides[0]))
        return True

    def is_slip_of_place(self, built: Building, i: int) -> bool:
        """Ask about a word that a slip may have made of a place, or of a part of it: lowr back 6, pain 6 shuolder."""
        item = built.items[i]
        if built.where is None or not item.is_unknown:
            return False
        following = built.items[i + 1] if i + 1 < len(built.items) else None
        both = places_meant([item.low, following.low]) if following is not None else []
        if both and following is not None and following.as_role("place"):
            return self._asks_meant(built, both, i, i + 1)
        before = built.items[i - 1] if i else None
        first = i - 1 if before is not None and before.is_small(S.DEGREE) and i - 1 > built.last else i
        if i <= built.anchor or not all(map(passable, built.items[built.last + 1 : first])):
            return False
        if first < i and before is not None and (placed := places_meant([before.low, item.low])):
            built.words.discard(first)
            return self._asks_meant(built, placed, first, i)
        meant = places_meant([item.low]) if first == i else []
        return self._asks_meant(built, meant or both, i, i if meant else i + 1)

    def _asks_meant(self, built: Building, meant: Sequence[str], first: int, last: int) -> bool:
        if not meant:
            return False
        if last > first:
            built.use(last)
        start, end = built.items[first].start, built.items[last].end
        built.ask(f"{self.line[start:end]}: did you mean {meant[0]}?", *(Edit(start, end, each) for each in meant[:3]))
        return True

    def check_order(self, built: Building) -> None:
        """Ask about a number between places, another one before them: which is whose in pain 6 knee 4 hip."""
        if built.where is None or built.form != "place":
            return
        numbers = [i for i, item in enumerate(built.items) if item.sort == "number" and i in built.used]
        after = [place for place in built.places if numbers and place.at > numbers[0]]
        before = {place.id for place in built.places if numbers and place.at < numbers[0]}
        after = [place for place in after if place.id not in before]
        if before and after and not any(place.rated is not None for place in after):
            place = after[0]
            first, last = built.items[numbers[0]], built.items[-1]
            noted = Edit(first.end, last.end, rest_as_note(self.line, built.items[numbers[0] + 1 :]))
            built.ask(f"how much is the {built.items[place.at].low}?", Edit(place.end, place.end, " N"), noted)


def rest_as_note(line: str, rest: Sequence[Item]) -> str:
    """Return what is left of a clause as it goes on with it: its times, then the words as a note."""
    times = "".join(f" {line[each.start : each.end]}" for each in rest if each.sort == "when")
    words = "".join(f"{'' if e.glued else ' '}{line[e.start : e.end]}" for e in rest if e.sort != "when")
    return f"{times}, {worded_kind().heads[0]} {words.strip()}"


def _spreads_to(built: Building, i: int) -> bool:
    """Whether a place is where the pain of one before it goes, and has no number: back 7 down into the leg."""
    before = next((e for e in reversed(built.items[:i]) if not (passable(e) or e.as_role("side"))), None)
    leads = before is not None and (before.is_small(S.TOWARDS) or before.low in _WAYS)
    return leads and any(place.at < i for place in built.places)


def _side_before(items: Sequence[Item], i: int) -> Item:
    """The first word of a place with the side before it."""
    return items[i - 1] if i and items[i - 1].as_role("side") else items[i]


def _stands_beside_place(built: Building, i: int) -> bool:
    """Whether a place stands next to a word, its number between them at most."""
    for step in (-1, 1):
        j = i + step
        while 0 <= j < len(built.items) and (
            (built.items[j].sort == "number" and j in built.used) or built.items[j].low in ("(", ")")
        ):
            j += step
        if 0 <= j < len(built.items) and built.items[j].as_role("place"):
            return True
    return False
