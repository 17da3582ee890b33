"""Numbers that no fact of a line takes: what is asked of each, with what it may be of. Pure."""

import re
from collections.abc import Callable, Sequence
from itertools import takewhile

from painlog.domain.kinds.fields import Minutes, Name
from painlog.domain.language.amounts import Quantity
from painlog.domain.language.building import Building
from painlog.domain.language.clause_openings import could_be_date, is_rated
from painlog.domain.language.line_items import Item
from painlog.domain.language.name_questions import ask_strength
from painlog.domain.language.nights import is_of_things
from painlog.domain.language.place_questions import rest_as_note
from painlog.domain.language.reading import Edit, Question, is_it_a
from painlog.domain.language.roles import (
    NOW,
    counts,
    counts_things,
    counts_what_was,
    has_places,
    in_circumstance,
    is_days_without,
    is_one_of,
    is_well,
    is_which_day,
    night_head,
    passable,
    rating_head,
    says_how_late,
    says_what_one_did,
)
from painlog.domain.language.small_words import SUPPLIES, Small
from painlog.domain.language.spelling import meant_by_slip, side_meant
from painlog.domain.language.unknown_measures import MOST_WORDS, UnknownMeasures, no_measure
from painlog.domain.language.vocabulary import (
    Vocabulary,
    named_kind,
    spanning_kind,
    spellings,
    spoken_kinds,
    with_note,
)

S = Small
HOW_LONG = "how long was the sleep?"
_SIGNS = (":", "=", "-", "–")
_NO_NAME = (S.CAUSE, S.STRETCH, S.NOT, S.BOUND, S.AHEAD)  # no part of a measure's name
_MOST_SCALE = 100  # of a score; beyond it the second number is a strength


class StrangeNumbers:
    """Asks about the numbers of a clause without a fact; ``built`` are the facts of the line before it.

    ``before`` are the words right before it that say none.
    """

    def __init__(
        self, line: str, vocabulary: Vocabulary, built: Sequence[Building], before: Sequence[Item] = ()
    ) -> None:
        self.line, self.vocabulary, self.built, self.before = line, vocabulary, built, before
        self.slept = spanning_kind().heads[0]
        self.unknown = UnknownMeasures(line, vocabulary)

    def bare_number(self, items: Sequence[Item], core: Sequence[Item]) -> Question | None:
        """Return what is asked of a clause that is nothing but numbers."""
        known = [item for item in core if item.sort != "when" and not item.is_small(S.ABOUT, S.DEGREE, S.LIKE, S.COUNT)]
        if not known or not all(item.is_numeric for item in known):
            return None
        item = known[0]
        if says_how_late(items, items.index(item)) or is_one_of(items, items.index(item)):
            return None
        said = self.line[item.start : item.end]
        before = items[: items.index(item)]
        if item.sort == "number" and before and (question := self.unknown.of_alike(before, before[-1])):
            return question
        if item.sort == "number":
            last = (self.built[-1].word,) if self.built and is_rated(self.built[-1].kind) else ()
            instead = self._instead(items)
            timed = any(each.sort == "when" for each in items)
            kinds = (
                last if last and (instead or timed or self.built[-1].rated is None) else () if last else _list_rated()
            )
            instead = instead or ([] if timed or len(known) < len(core) else self._swapped(item))
            edits = (*(Edit(item.start, item.end, f"{kind} {said}") for kind in kinds), *instead)
            if place := next((each for each in self.before if each.as_role("place")), None):
                words = self.line[place.end : self.before[-1].end].strip()
                edits = (Edit(place.end, item.end, f" {said}{with_note(words)}"), *edits)
            if could_be_date(said):
                edits = (Edit(item.start, item.end, f"{said}."),)
            return Question(f"{said} of what?", edits)
        if item.sort == "length" or (item.sort == "range" and not item.value.low.isdecimal()):
            return Question(f"{said} of what?", (Edit(item.start, item.end, f"{self.slept} {said}"),))
        return Question(f"{said} of what?", (Edit(item.end, item.end, " NAME"),))

    def _instead(self, items: Sequence[Item]) -> list[Edit]:
        """What keeps the rating before a number as a note, for the number to take its place: pain 8 at first, 5 now."""
        last = self.built[-1] if self.built else None
        if last is None or last.rated is None or not any(item.low in NOW for item in items):
            return []
        said, before = self.line[items[0].start : items[-1].end], self.line[last.span[0] : last.span[1]]
        return [Edit(last.span[0], items[-1].end, f"{last.word} {said}{with_note(before)}")]

    def _swapped(self, item: Item) -> list[Edit]:
        """A second number alone as that of the rating before it, whose own is a note: pain 4 and 7."""
        last = self.built[-1] if self.built else None
        if last is None or last.rated is None:
            return []
        number = next((each for i, each in enumerate(last.items) if i in last.used and each.sort == "number"), None)
        if number is None:
            return []
        said, rest = self.line[item.start : item.end], self.line[number.end : last.span[1]]
        return [Edit(number.start, item.end, f"{said}{rest}{with_note(self.line[number.start : number.end])}")]

    def score_in_time(self, core: Sequence[Item], front_end: int) -> Question | None:
        """Return what is asked of a place behind a time whose number may be its score: 6 in the evening neck."""
        found = re.search(r"\b(\d|10)( in the \w+)\W*$", self.line[:front_end])
        if found is None or not all(item.as_role("place") or item.as_role("side") for item in core):
            return None
        said, end = self.line[core[0].start : core[-1].end], core[-1].end
        edits = (Edit(found.start(), end, f"{said} {found[1]}{found[2]}"), Edit(end, end, " N"))
        return Question(f"is {found[1]} how much it hurts, or when it was?", edits)

    def strange_number(self, items: Sequence[Item]) -> Question | None:
        """Return what is asked of a number that belongs to nothing known: a slip, a new name, a measure to be added."""
        for at, item in enumerate(items):
            if item.is_numeric and (question := self._strange_at(items, at)):
                return question
        return None

    def _strange_at(self, items: Sequence[Item], at: int) -> Question | None:
        item = items[at]
        before = [each for each in items[:at] if not passable(each)]
        after = [each for each in items[at + 1 :] if not passable(each) and each.sort != "when"]
        if _is_in_words(items, at, before, after) or (not after and self._ends_with_one(item, before)):
            return None
        if is_which_day(items, at) or is_days_without(items, at):
            return None
        if question := self._of_known_name(items, item):
            return question
        if says_how_late(items, at):
            return None
        words = [each for each in before if each.sort == "words" and not each.is_small(S.ABOUT)]
        if item.sort == "number" and (question := self._of_place(items, words, at)):
            return question
        question = self._of_strength(items, at) or self._known_number(items, before, after, item)
        if question := question or self._counted(items, after, item):
            return question
        meant = any(m.role in ("place", "head", "naming", "side") for each in before for m in each.means)
        noun = bool(after) and (after[0].is_unknown or after[0].is_small(S.OTHER) or counts(items, at))
        if item.sort == "number" and after and after[0].low in spellings() and not counts(items, at):
            kind = named_kind(Quantity)
            counted = next(field.counted for field in kind.typed_fields if isinstance(field, Quantity))
            much = f"{item.value.value:g} {counted}{'' if item.value.value <= 1 else 's'}"
            edit = Edit(item.start, after[0].end, f"{kind.name} {after[0].low} {much}")
            return Question(is_it_a(after[0].low, kind.main.title), (edit,))
        is_done = len(words) == 1 and says_what_one_did(words[0])
        if item.sort == "number" and noun and not meant and (len(words) != 1 or counts(items, at) or is_done):
            return None  # three people came
        if item.sort == "number" and not after and _names_a_lack(words):
            said = self.line[words[0].start : words[-1].end]
            return self.unknown.of_alike(items[:at], words[-1]) or no_measure(said)
        if not words or len(words) > 3 or any(each.is_small(*_NO_NAME) for each in words):
            return self._of_named(items, at) or self._of_what(item, after)
        if item.sort == "number" and counts(items, at) and before[-1].is_unknown:
            return None  # off sick 3 weeks
        if any(map(night_head, words)):
            text = f"{self.slept} N h{with_note(self.line[words[0].start : items[-1].end])}"
            return Question(HOW_LONG, (Edit(words[0].start, items[-1].end, text),))
        return self.unknown.question(items, words, item)

    def _of_named(self, items: Sequence[Item], at: int) -> Question | None:
        """A score at the end behind words of which just one is a place or a rating: back isnt too bad 3."""
        named = [i for i in range(at) if items[i].as_role("place") or rating_head(items[i])]
        if len(named) != 1 or items[at].sort != "number" or items[-1] is not items[at]:
            return None
        if items[at - 1].is_small(S.STRETCH, S.CAUSE, S.BOUND):
            return None
        place = named[0]
        start = place - (place > 0 and items[place - 1].as_role("side") is not None)
        others = [(i, each) for i, each in enumerate(items[:at]) if not start <= i <= place and each.sort != "mark"]
        times = [i for i, each in others if each.sort == "when" and not (i and items[i - 1].is_small(S.LIKE))]
        said, number = self.line[items[start].start : items[place].end], self.line[items[at].start : items[at].end]
        time = "".join(f" {self.line[items[i].start : items[i].end]}" for i in times)
        words = " ".join(self.line[each.start : each.end] for i, each in others if i not in times)
        edit = Edit(items[0].start, items[at].end, f"{said} {number}{time}{with_note(words)}, ")
        return Question(f"is {number} how much {items[place].low} is?", (edit,))

    def _of_strength(self, items: Sequence[Item], at: int) -> Question | None:
        """A strength of two substances behind words that may be a medicine's name: co-codamol 30/500."""
        item = items[at]
        is_strength = item.sort == "number" and item.value.out_of > max(_MOST_SCALE, item.value.value)
        if not is_strength or (name := self._name_before(items, at)) < 0:
            return None
        count = next((each for each in items[:name] if each.sort == "number"), None)
        return ask_strength(self.line, items, name, at, count)

    def _name_before(self, items: Sequence[Item], at: int) -> int:
        """The place of the words that nobody knows right before a place, which may be a name; -1 where none stand."""
        start = at
        while start and (items[start - 1].is_unknown or (items[start - 1].low == "-" and items[start - 1].glued)):
            start -= 1
        return start if start < at else -1

    def _of_known_name(self, items: Sequence[Item], item: Item) -> Question | None:
        """A number or a length beside a known name that is not said to be taken: no tramadol, just ibuprofen 400mg."""
        named = min((each for each in items if each.as_role("naming")), key=_apart(item), default=None)
        meaning = named.as_role("naming") if named else None
        if named is None or meaning is None or meaning.kind is None or not meaning.kind.verbs:
            return None
        verb = meaning.kind.verbs[0]
        start = min(named.start, item.start) if item.sort != "length" else named.start
        before = [each for each in items if each.end <= start and not passable(each)]
        question = Question(f"you {verb} {named.low}?")
        if before and not before[-1].is_small(S.DEGREE):
            return question
        words = self.line[items[0].start : start].strip()
        note = with_note(words) if before else ""
        text = f"{verb} {self.line[start : items[-1].end]}{note}"
        return question._replace(edits=(Edit(items[0].start, items[-1].end, text),))

    def _of_what(self, item: Item, after: Sequence[Item]) -> Question:
        said = self.line[item.start : item.end]
        edits: tuple[Edit, ...] = ()
        name = [*takewhile(lambda each: each.is_unknown, after)]
        if name and name[0].low in spellings():
            name = name[:1]
        if item.sort in ("length", "quantity") and 0 < len(name) <= MOST_WORDS:
            kind = named_kind(Minutes if item.sort == "length" else Quantity).name
            words = self.line[name[0].start : name[-1].end]
            edits = (Edit(item.start, name[-1].end, f"{kind} {words} {said}"),)
        return Question(f"{said} of what?", edits)

    def _counted(self, items: Sequence[Item], after: Sequence[Item], item: Item) -> Question | None:
        """A number before what it counts, with other words before it: walked 2000 steps."""
        head = rating_head(after[0]) if after and item.sort == "number" else None
        if head is None or head.kind is None or is_rated(head.kind):
            return None
        words = self.line[items[0].start : item.start].strip()
        edit = Edit(items[0].start, after[0].end, f"{after[0].low} {item.low}{with_note(words)}")
        return Question(f"is {item.low} {after[0].low} an entry?", (edit,))

    def _known_number(
        self, items: Sequence[Item], before: Sequence[Item], after: Sequence[Item], item: Item
    ) -> Question | None:
        """A number beside a word that is known, in a form that is not read: woke 3 times, worst 8, slept poorly 5."""
        said = self.line[item.start : item.end]
        field = next(
            (
                m
                for each in before
                for m in each.means
                if m.role == "field" and m.kind and m.kind.heads and not each.as_role("small")
            ),
            None,
        )
        if field is not None and field.kind is not None and any(map(night_head, before)):
            start = next(each.start for each in before if field in each.means)
            text = f"{self.slept} {self.line[start : items[-1].end]}{with_note(self.line[items[0].start : start])}"
            return Question(f"{said} of what?", (Edit(items[0].start, items[-1].end, text),))
        is_named = any(each.as_role("naming") for each in before)
        if field is not None and field.kind is not None and not is_named:
            head, words = field.kind.heads[0], self.line[before[0].start : item.end]
            edit = Edit(items[0].start, items[0].start, f"{head} ")
            edits = () if isinstance(field.kind.main, Name) else (edit,)  # a name would be missing
            return Question(f"is '{words}' about {head}?", edits)
        like = (m for m in (before[0].means if before else ()) if m.role == "word" and m.field and m.field.bare)
        quality = next((m for m in like if has_places(m.kind)), None)
        if quality is not None and quality.kind is not None and item.sort == "number":
            head = quality.kind.heads[0]
            return Question(f"is {said} how much it hurts?", (Edit(before[0].start, before[0].start, f"{head} "),))
        if any(map(night_head, before)) and item.sort in ("number", "length") and not after:
            if item.sort == "number" and before[-1].is_small(S.STRETCH):
                return Question(f"{said}: how long was it?")
            long = f"{item.value.text}h" if item.sort == "number" else said
            return Question(
                f"is {said} how long it was?", (Edit(items[0].start, items[-1].end, f"{self.slept} {long}"),)
            )
        chosen = next(
            (
                m
                for each in before
                for m in each.means
                if m.role == "option" and m.kind and m.field and m.field.name == m.kind.variant and is_rated(m.kind)
            ),
            None,
        )
        if chosen is not None and chosen.kind is not None:
            return Question(
                f"{before[0].low} of what?", (Edit(items[0].start, items[0].start, f"{chosen.kind.heads[0]} "),)
            )
        return None

    def _of_place(self, items: Sequence[Item], words: Sequence[Item], at: int) -> Question | None:
        """Ask whether a number is how much a place hurts, with words between, which are offered as a note."""
        item, placed = items[at], next((each for each in words if each.as_role("place")), None)
        before = words[: words.index(placed)] if placed else ()
        if placed is None or any(each.is_small(S.CAUSE, S.STRETCH, S.NOT, S.BOUND) for each in before):
            return None
        last, behind = words[-1], items[at + 1] if at + 1 < len(items) else None
        if last.as_role("side") and is_well(items, items.index(placed)):
            other = Edit(last.end, item.end if item.low == "one" else last.end, f" {placed.low}")
            return Question(f"{last.low}: the {last.low} {placed.low}?", (other,))
        if behind is not None and behind.glued and behind.sort == "words":
            return None
        side = side_meant(last.low) if last.is_unknown else ""
        if side and words[-2] is placed:
            return Question(f"{last.low}: did you mean {side}?", (Edit(last.start, last.end, side),))
        end = at + 1
        while end < len(items) and (items[end].as_role("side") or items[end].sort == "when" or passable(items[end])):
            end += 1
        between = [each for each in items[items.index(placed) + 1 : at] if each.low not in _SIGNS]
        more = rest_as_note(self.line, between) if any(not passable(each) for each in between) else ""
        if any(each.is_small(S.LIKE) for each in between):
            more = with_note(self.line[between[0].start : between[-1].end])  # with the time that it is beside
        score = self.line[item.start : items[end - 1].end]
        text = f"{self.line[words[0].start : placed.end]} {score}{more}"
        new = (f"track add {self.line[words[0].start : last.end]}",) if more and len(words) <= 3 else ()
        edit = Edit(words[0].start, items[end - 1].end, text)
        return Question(f"is {item.low} how much the {placed.low} hurts?", (edit,), new)

    def _ends_with_one(self, item: Item, before: Sequence[Item]) -> bool:
        """Whether one stands for a thing, behind a word that is no slip of painlog's own: the next one."""
        if item.low != "one" or not before or not before[-1].is_unknown:
            return False
        return not meant_by_slip(before[-1].low, self.vocabulary.slips)


def _is_in_words(items: Sequence[Item], at: int, before: Sequence[Item], after: Sequence[Item]) -> bool:
    """Whether a number is of a circumstance, or counts things around a night: slept after 2 beers, on 2 pillows."""
    item, is_of_night = items[at], any(map(night_head, before))
    is_named = any(each.as_role("naming") for each in before)
    if item.sort == "quantity" and after and after[0].low in SUPPLIES and not is_named:
        return True  # what there is: 2 spoons left
    if counts_what_was(items, at):
        return True
    if is_of_night and (is_of_things(items, at) or in_circumstance(items, at)):
        return True  # how long it was is asked
    is_other = bool(after) and after[0].is_small(S.COUNT, S.DEGREE, S.OTHER)
    told = is_other or (bool(after) and (after[0].is_unknown or counts(items, at)))
    if told and counts_things(items, at):
        return True
    is_near = bool(before) and before[-1].is_small(S.ABOUT)
    return in_circumstance(items, at) and not is_near and (item.sort != "number" or told)


def _apart(item: Item) -> Callable[[Item], int]:
    """How far another piece of a line is from one."""
    return lambda other: abs(other.start - item.start)


def _names_a_lack(words: Sequence[Item]) -> bool:
    """Whether words say what was missing or would not go, which can be a measure's name: cant concentrate 7."""
    return 1 < len(words) <= 3 and words[0].is_small(S.NOT) and all(each.is_unknown for each in words[1:])


def _list_rated() -> tuple[str, ...]:
    return tuple(kind.heads[0] for kind in spoken_kinds() if is_rated(kind))
