"""What is asked about places that a clause leaves over: where else it hurts, slips of a place or of its side. Pure."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from painlog.domain.language.building import Building
from painlog.domain.language.clause_openings import says_how
from painlog.domain.language.clause_times import edits_of_number, score_at
from painlog.domain.language.line_items import Item
from painlog.domain.language.reading import Edit, Question
from painlog.domain.language.roles import NOW, has_places, is_well, own_score, passable, rating_head
from painlog.domain.language.small_words import EXCEPT, LESS, Small
from painlog.domain.language.spelling import side_meant
from painlog.domain.language.vocabulary import NOUN, with_note
from painlog.domain.regions import places_meant, places_near

S = Small
_ON = ("on", "under", "underneath", "beneath", "between")
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
        items, spreads = built.items, any(place.at < i for place in built.places) and _spreads_to(built.items, i)
        denied = any(each.is_small(S.NOT) for each in items[built.last + 1 : i])
        if spreads or denied or is_well(items, i) or (i < built.anchor and _is_denied(items, i)):
            return False
        number = next((u for u in sorted(built.used) if built.items[u].sort == "number"), None)
        place = self.line[_side_before(built.items, i).start : built.items[i].end]
        if any(question.text.endswith("where it hurts?") for question in built.questions):
            return True  # one answer says where; the rest stays in the note of that line
        built.ask(f"is {place} where it hurts?", *self._list_edits(built, i, number))
        return True

    def _list_edits(self, built: Building, i: int, number: int | None) -> Iterator[Edit]:
        """The place as where it hurts, and the words with it as a note, as far as either may be meant."""
        items, anchor = built.items, built.anchor
        if number is None:
            return
        is_ahead, spreads = i < anchor and bool(built.places), _spreads_to(items, anchor)
        takes_number = is_ahead and (spreads or _is_left_out(items, anchor) or bool(own_score(items, anchor)))
        if not _is_left_out(items, i) and (takes_number or not is_ahead):
            yield self._edit(built, i, number)
        if takes_number and spreads and not rating_head(items[i + 1]):
            said, score = (self.line[items[at].start : items[at].end] for at in (i, number))
            words = self.line[items[0].start : items[number].start].strip()
            yield Edit(items[0].start, items[number].end, f"{said} {score}{with_note(words)}")
        if spreads or not takes_number:
            yield fact_and_note(self.line, items, own_start(built) if spreads else anchor, built.last)

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
            own = [j for j in range(stop, number) if rating_head(items[j]) and j in built.used]
            rest = [each for j, each in enumerate(items) if j >= stop and j not in (*own, number)]
            start = first.start
            said = f"{self.line[start : items[stop - 1].end]} {self.line[score.start : score.end]}"
        return Edit(start, items[-1].end, f"{said}{rest_as_note(self.line, rest)}")

    def is_slip_of_side(self, built: Building, i: int) -> bool:
        """Ask about a word beside a place that may be a slip of its side: knee lft 5."""
        items, item = built.items, built.items[i]
        side = side_meant(item.low)
        if not (item.is_unknown and side and built.where is not None and _stands_beside_place(built, i)):
            return False
        if i + 1 < len(items) and items[i + 1].as_role("place"):
            built.use(i + 1)
        built.use(i)
        built.ask(f"{item.low}: did you mean {side}?", Edit(item.start, item.end, side))
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
        meant = meant or (places_near(item.low) if _is_beside_side(built.items, i) else [])
        return self._asks_meant(built, meant or both, i, i if meant else i + 1)

    def _asks_meant(self, built: Building, meant: Sequence[str], first: int, last: int) -> bool:
        if not meant:
            return False
        if last > first:
            built.use(last)
        start, end = built.items[first].start, built.items[last].end
        built.ask(f"{self.line[start:end]}: did you mean {meant[0]}?", *(Edit(start, end, each) for each in meant[:3]))
        return True

    def check(self, built: Building) -> None:
        """Ask about the places of a clause that its number may not be of."""
        for ask in (self._check_order, self._check_well, self._check_shared, self._check_things):
            ask(built)

    def _check_order(self, built: Building) -> None:
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

    def _check_well(self, built: Building) -> None:
        """Ask about a place behind the number that is said to be no trouble: pain 5, knee ok."""
        items = built.items
        number = next((i for i in sorted(built.used) if items[i].sort == "number"), 0)
        for place in built.places:
            is_less = any(each.low in LESS for each in items[place.at :])  # which may hurt still
            if place.at < number or built.questions or is_less or not is_well(items, place.at):
                continue
            start = _side_before(items, place.at).start
            end = items[-1].end
            edits = (Edit(at, end, closed_note(self.line, at, end)) for at in (start, place.end))
            built.ask(f"is {self.line[start : place.end]} where it hurts?", *edits)

    def _check_shared(self, built: Building) -> None:
        """Ask about places that may not share their number: head in hands pain 8, feet numb hands 5."""
        items = built.items
        number = next((i for i in sorted(built.used) if items[i].sort == "number"), 0)
        for first, second in pairwise(built.places):
            between = items[first.at + 1 : second.at]
            is_place = items[first.at].as_role("place") and all(each.sort == "words" for each in between)
            if not is_place or second.at > number or built.questions:
                continue
            if lead := next((each for each in between if each.low in ("in", "on")), None):
                self._ask_in_place(built, lead, (first.at, second.at, number))
            elif quality := next(filter(says_how, between), None):
                self._ask_own_word(built, items[first.at], quality)

    def _ask_in_place(self, built: Building, lead: Item, at: tuple[int, int, int]) -> None:
        first, second, number = at
        edits = [Edit(lead.start, lead.end, "and")]
        if head := next((i for i in range(second, number) if rating_head(built.items[i])), 0):
            edits.append(fact_and_note(self.line, built.items, head, built.last))
        said = self.line[built.items[first].start : built.items[second].end]
        built.ask(f"is {said} where it hurts?", *edits)

    def _ask_own_word(self, built: Building, place: Item, quality: Item) -> None:
        joined = Edit(place.end, place.end, " and")
        built.ask(f"how much is the {place.low}?", Edit(quality.end, quality.end, " N,"), joined)

    def _check_things(self, built: Building) -> None:
        """Ask about a place on which something is, or on which one is, before the pain: ice on left knee pain 6."""
        items, place = built.items, next(iter(built.places), None)
        head = next((i for i in sorted(built.used) if (found := rating_head(items[i])) and found.style == NOUN), 0)
        if place is None or place.at >= head or built.questions:
            return
        lead = _word_leading_to(items, place.at)
        others = (items[i] for i in range(lead) if i not in built.used)
        is_thing = not all(map(passable, others)) or items[head - 1].low == "with"
        if items[lead].low not in _ON or not is_thing:
            return
        start, end, first = items[0].start, items[-1].end, _side_before(items, place.at).start
        thing, said = self.line[start : items[lead].start].strip(), self.line[first : items[place.at].end]
        fact, rest = self.line[items[head].start : items[built.last].end], self.line[items[built.last].end : end]
        noted = fact_and_note(self.line, items, head, built.last)
        sided = Edit(start, end, f"{said} {fact}{thing and with_note(thing)}{rest}")
        built.ask(f"is {said} where it hurts?", sided, noted)


def question_of_left_place(line: str, items: Sequence[Item], following: Sequence[Item]) -> Question | None:
    """Ask whether a place with other words is where it hurts as said behind an and: ankle swollen and sore 5."""
    place = next((i for i, item in enumerate(items) if item.as_role("place")), -1)
    opens = next((item for item in following if not passable(item)), None)
    if place < 0 or opens is None or not any(item.is_unknown for item in items[place + 1 :]):
        return None
    if any(item.is_numeric or item.as_role("verb") for item in items) or not any(map(_is_number, following)):
        return None
    is_pain = any(m.role in ("head", "word") and m.kind is not None and has_places(m.kind) for m in opens.means)
    if not is_pain or any(item.as_role("place") or item.as_role("side") for item in following):
        return None
    start, end = _side_before(items, place).start, items[-1].end
    said, fact = line[start : items[place].end], line[opens.start : following[-1].end]
    is_first = all(passable(item) for item in items[:place] if item.end <= start)
    words = f"{'' if is_first else line[items[0].start : start]}{line[items[place].end : end]}".strip()
    closing = _closing(line, following[-1].end)
    notes = with_note(words), with_note(line[items[0].start : end])
    texts = (f"{fact} {said}{notes[0]}{closing}", f"{fact}{notes[1]}{closing}")
    edits = (Edit(items[0].start, following[-1].end, text) for text in texts)
    return Question(f"is {said} where it hurts?", tuple(edits))


def _is_number(item: Item) -> bool:
    return item.sort == "number"


def _word_leading_to(items: Sequence[Item], at: int) -> int:
    """The place of the word that leads to a place of the body: on in ice on my left knee; 0 where none does."""
    at -= 1
    while at > 0 and items[at].low not in _ON and (passable(items[at]) or items[at].as_role("side")):
        at -= 1
    return max(at, 0)


def ask_score_at(line: str, items: Sequence[Item]) -> Question | None:
    """Return what is asked of a place with a time such as at 7, which may be how much it hurts: knee's at 6."""
    core = [each for each in items if not (passable(each) or each.as_role("side"))]
    if len(core) < 2 or not core[0].as_role("place") or not score_at(core[1]):
        return None
    place, when, *rest = core
    if any(each.sort != "when" for each in rest):
        return None
    return Question(f"how much is the {place.low}?", edits_of_number(line, place, place.end, [when]))


def rest_as_note(line: str, rest: Sequence[Item]) -> str:
    """Return what is left of a clause as it goes on with it: its times, then the words as a note."""
    ours = [i for i, each in enumerate(rest) if each.sort == "when" and not (i and rest[i - 1].is_small(S.STRETCH))]
    times = "".join(f" {line[rest[i].start : rest[i].end]}" for i in ours)
    words = "".join(f"{'' if e.glued else ' '}{line[e.start : e.end]}" for i, e in enumerate(rest) if i not in ours)
    return f"{times}{with_note(words.strip())}"


def closed_note(line: str, start: int, end: int) -> str:
    """Return words of a line as a note, which ends where the line goes on without a mark."""
    return f"{with_note(line[start:end].strip())}{_closing(line, end)}"


def _closing(line: str, end: int) -> str:
    """What ends a note at a place where the line goes on without a mark."""
    return "," if line[end : end + 2].strip().isalnum() else ""


def fact_and_note(line: str, items: Sequence[Item], first: int, last: int) -> Edit:
    """The fact of a clause as it is said, from its first item to its last, and all words beside it as a note."""
    if first and items[first - 1].low in NOW:
        first -= 1
    end = first
    while end and passable(items[end - 1]):
        end -= 1
    before = line[items[0].start : items[end - 1].end] if end else ""
    words = f"{before.strip()} {line[items[last].end : items[-1].end].strip()}".strip()
    fact = line[items[first].start : items[last].end]
    return Edit(items[0].start, items[-1].end, f"{fact}{with_note(words)}")


def own_start(built: Building) -> int:
    """The place of the words that the number of a clause is of, with its side: pain in cat on my feet pain 4."""
    items = built.items
    number = next((i for i in sorted(built.used) if items[i].sort == "number"), 0)
    named = (i for i in range(number - 1, -1, -1) if rating_head(items[i]) or items[i].as_role("place"))
    start = next(named, built.anchor)
    before = items[start - 1] if start else None
    if before is not None and before.as_role("place") and items[_word_leading_to(items, start - 1)].low not in _ON:
        start -= 1
    return start - 1 if start and items[start - 1].as_role("side") else start


def _is_left_out(items: Sequence[Item], i: int) -> bool:
    """Whether a place is said to be where it does not hurt: everywhere except my head."""
    before = _word_before(items, i)
    return before is not None and before.low in EXCEPT


def _is_denied(items: Sequence[Item], i: int) -> bool:
    """Whether a place is said not to be it, which is asked about as that: no back pain but hip 6."""
    before = _word_before(items, i)
    return before is not None and before.is_small(S.NOT)


def _spreads_to(items: Sequence[Item], i: int) -> bool:
    """Whether a place is where the pain of one before it goes, and has no number: back 7 down into the leg."""
    before = _word_before(items, i)
    return before is not None and (before.is_small(S.TOWARDS) or before.low in _WAYS)


def is_way(built: Building, i: int) -> bool:
    """Whether a word leads from a place to the one that a number is of: from back to left leg 7."""
    anchor = built.anchor
    if i >= anchor or built.items[i].low not in _WAYS or not any(e.as_role("place") for e in built.items[:i]):
        return False
    return all(passable(each) or each.as_role("side") for each in built.items[i + 1 : anchor])


def _word_before(items: Sequence[Item], i: int) -> Item | None:
    return next((each for each in reversed(items[:i]) if not (passable(each) or each.as_role("side"))), None)


def _side_before(items: Sequence[Item], i: int) -> Item:
    """The first word of a place with the side before it."""
    return items[i - 1] if i and items[i - 1].as_role("side") else items[i]


def _is_beside_side(items: Sequence[Item], i: int) -> bool:
    return any(each.as_role("side") for each in (*items[max(i - 1, 0) : i], *items[i + 1 : i + 2]))


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
