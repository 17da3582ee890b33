"""Clauses of what has a name: medicines with their amount, treatments with their length, visits. Pure."""

from collections.abc import Sequence
from typing import NamedTuple

from painlog.domain.kinds.fields import Choice, Minutes, Name
from painlog.domain.kinds.kind import Kind
from painlog.domain.language.amounts import Quantity, Schedule
from painlog.domain.language.building import Building
from painlog.domain.language.clauses import (
    JOINED,
    counts,
    night_head,
    passable,
    rating_head,
    take_field,
    take_modifier,
    take_when,
)
from painlog.domain.language.durations import could_be_thousands
from painlog.domain.language.items import Item
from painlog.domain.language.medicine_units import unit_of
from painlog.domain.language.reading import Edit, Question
from painlog.domain.language.spelling import near_names
from painlog.domain.language.vocabulary import DONE, EXPLICIT, OWN, Meaning, Vocabulary
from painlog.domain.language.words import Small

S = Small
_MOST_WORDS = 4
_ARTICLES = ("a", "an", "the", "it", "this")
_SMALL_NUMBER = 10


class Part(NamedTuple):
    """What stands before a name: a number or an amount, and words that leave it open."""

    at: int
    number: int = -1
    vague: int = -1
    article: bool = False
    extra: int = -1
    nothing: bool = False


def opens_name(items: Sequence[Item], place: int, vocabulary: Vocabulary) -> bool:
    """Whether a dose or a session opens here for certain: a verb and a known name, or a name with its amount."""
    item = items[place]
    if _status(item) or item.as_role("verb"):
        part = _before_name(items, place + 1)
        if part.nothing or part.at >= len(items):
            return False
        if _known(items[part.at], _verb_kinds(item)) is not None:
            return True
        return bool(item.as_role("verb")) and _has_amount(items, part)
    if _known(item, ()) is not None:
        return _figure_after(items, place) >= 0
    if item.sort in ("amount", "number", "length") and not (
        counts(items, place) and items[place + 1].low not in ("x", "×")
    ):
        at = place + 1
        while at < len(items) and items[at].low in ("of", "my", "x", "×"):
            at += 1
        return at < len(items) and _known(items[at], ()) is not None
    return False


def end_of_name(items: Sequence[Item], place: int) -> int:
    """Return the place of the last item of what ``opens_name``: the name, or its amount where that follows at once."""
    named = next((i for i in range(place, len(items)) if items[i].as_role("name")), -1)
    if named < 0:
        return next((i for i in range(place, len(items)) if items[i].sort == "amount"), place)
    after = _figure_after(items, named)
    return after if after >= 0 else named


def _has_amount(items: Sequence[Item], part: Part) -> bool:
    if part.number >= 0 and items[part.number].sort == "amount":
        return True
    for item in items[part.at : part.at + _MOST_WORDS + 1]:
        if item.sort == "amount":
            return True
        if not item.is_unknown:
            return False
    return False


def _figure_after(items: Sequence[Item], place: int) -> int:
    """The place of an amount or a length right after a name; -1 where none stands."""
    for at in range(place + 1, len(items)):
        if items[at].sort in ("amount", "length"):
            return at
        if not (passable(items[at]) or items[at].low == "for"):
            return -1
    return -1


def _verb_kinds(item: Item) -> tuple[Kind, ...]:
    kinds = [each.kind for each in item.means if each.role in ("verb", "option") and each.kind is not None]
    return tuple(kinds)


def _status(item: Item) -> Meaning | None:
    for each in item.means:
        if each.role == "option" and isinstance(each.field, Choice) and each.field.opens:
            return each
    return None


def _known(item: Item, kinds: Sequence[Kind]) -> Meaning | None:
    """What an item names, of some kinds where any are given; the journal's own before all others."""
    found = [each for each in item.means if each.role == "name" and (not kinds or each.kind in kinds)]
    found.sort(key=lambda each: each.style != OWN)
    return found[0] if found else None


def _before_name(items: Sequence[Item], start: int) -> Part:
    number = vague = extra = -1
    article = False
    at = start
    while at < len(items):
        item = items[at]
        if item.sort in ("number", "amount", "length", "range") and number < 0:
            number = at
        elif item.is_small(S.VAGUE):
            vague = at
        elif item.low in ("extra", "another", "usual", "more"):
            extra = at
        elif item.is_small(S.NOT):
            return Part(at, nothing=True)
        elif item.low in _ARTICLES:
            article = article or item.low != "an" or True
        elif not (passable(item) or item.low in ("x", "×", "dose", "for")) or _known(item, ()):
            break
        at += 1
    return Part(at, number, vague, article, extra)


class Names:
    """Reads a clause of a medicine, a treatment or a visit. ``carried`` is the verb of the clause before an and."""

    def __init__(
        self, items: Sequence[Item], line: str, vocabulary: Vocabulary, carried: Meaning | None = None
    ) -> None:
        self.items, self.line, self.vocabulary, self.carried = items, line, vocabulary, carried
        self.soft: Question | None = None  # what would be asked if the line says nothing else
        self.hard: Question | None = None

    def read(self) -> Building | None:
        """Return the fact that the clause says; ``hard`` and ``soft`` are what it leaves to ask where it says none."""
        for place, item in enumerate(self.items):
            if _in_words(self.items, place):
                break
            if explicit := self._explicit(item, place):
                return self._named(place, explicit)
            if status := _status(item):
                return self._with_status(place, status)
            if item.as_role("verb"):
                if self._leads_elsewhere(place):
                    continue
                return self._with_verb(place)
            if _known(item, ()) is not None or item.sort in ("amount", "number", "length"):
                if found := self._bare(place):
                    return found
        if self.carried is not None and self.items:
            return self._carried_on()
        return None

    def _explicit(self, item: Item, place: int) -> Meaning | None:
        head = next(
            (m for m in item.means if m.role == "head" and m.style == EXPLICIT and isinstance(m.field, Name)), None
        )
        return head if head and all(passable(each) or each.sort == "when" for each in self.items[:place]) else None

    def _leads_elsewhere(self, place: int) -> bool:
        """Whether had or took only leads to a rating or a night: had a headache 6, had 5 hours of sleep."""
        for item in self.items[place + 1 :]:
            if rating_head(item) or night_head(item) or item.as_role("place"):
                return True
            if not (passable(item) or item.sort in ("number", "length") or item.is_small(S.DEGREE, S.ABOUT)):
                return False
        return False

    def _with_status(self, place: int, status: Meaning) -> Building | None:
        part = _before_name(self.items, place + 1)
        name = _known(self.items[part.at], (status.kind,)) if part.at < len(self.items) and status.kind else None
        if name is None:
            self.hard = self._ask_unknown(place, part.at, status)
            return None
        built = self._start(status.kind, place, name, part)  # type: ignore[arg-type]
        built.verb = status
        built.data[status.field.name] = status.value  # type: ignore[union-attr]
        self._go_on(built, part.at + 1)
        return built

    def _ask_unknown(self, place: int, at: int, status: Meaning) -> Question:
        item = self.items[place]
        said = " ".join(each.low for each in self.items[at:] if each.sort == "words")
        edits: tuple[Edit, ...] = ()
        if near := self._near(said):
            edits = tuple(Edit(self.items[at].start, self.items[-1].end, name) for name in near)
        elif said and len(said.split()) <= 2:
            edits = (Edit(item.start, self.items[-1].end, f'{status.kind.name} "{said}" {status.value}'),)  # type: ignore[union-attr]
        return Question(f"{item.low} {said or 'what'}: is that a medicine?", edits)

    def _with_verb(self, place: int) -> Building | None:
        verbs = [each for each in self.items[place].means if each.role == "verb"]
        kinds = [each.kind for each in verbs if each.kind is not None]
        part = _before_name(self.items, place + 1)
        if part.nothing or part.at >= len(self.items):
            self._nameless(part)
            return None
        item = self.items[part.at]
        if name := _known(item, kinds):
            if self._only_by_chance(part.at, name):
                return None
            built = self._start(name.kind, place, name, part)  # type: ignore[arg-type]
            built.verb = next(each for each in verbs if each.kind is name.kind)
            self._go_on(built, part.at + 1)
            return built
        return self._unknown(place, part, verbs)

    def _nameless(self, part: Part) -> None:
        if part.number >= 0 and self.items[part.number].sort == "amount":
            item = self.items[part.number]
            self.hard = Question(f"{item.low} of what?", (Edit(item.end, item.end, " NAME"),))

    def _only_by_chance(self, at: int, name: Meaning) -> bool:
        """Whether a word that is also a name in capitals (ACT) stands here as a word."""
        said = name.value
        if not (isinstance(said, str) and said.isupper() and name.style != OWN and len(said) < 4):
            return False
        following = self.items[at + 1] if at + 1 < len(self.items) else None
        return following is not None and following.is_unknown

    def _unknown(self, place: int, part: Part, verbs: Sequence[Meaning]) -> Building | None:
        end = part.at
        while (
            end < len(self.items)
            and end - part.at < _MOST_WORDS
            and (self.items[end].is_unknown or self.items[end].sort == "quote")
        ):
            end += 1
        if end == part.at and end < len(self.items) and self._is_done(end, part):
            end += 1
        said = self._text(part.at, end)
        amount = self._quantity_verb(verbs)
        length = next(
            (verb for verb in verbs if self._length_field(verb.kind) and self._quantity_field(verb.kind) is None), None
        )
        following = self.items[end] if end < len(self.items) else None
        if (
            following is not None
            and following.low == "for"
            and end + 1 < len(self.items)
            and self.items[end + 1].sort == "length"
        ):
            following = self.items[end + 1]
        before = self.items[part.number] if part.number >= 0 else None
        if not said:
            return None
        if amount and following is not None and following.sort == "amount" and not counts(self.items, end):
            return self._new_name(amount, place, part, end, said)
        if (
            amount
            and before is not None
            and before.sort == "amount"
            and _is_measured(before)
            and (following is None or following.sort != "words" or following.means)
        ):
            return self._new_name(amount, place, part, end, said)
        if (
            length
            and not part.article
            and (
                (following is not None and following.sort == "length")
                or (before is not None and before.sort == "length")
            )
        ):
            return self._new_name(length, place, part, end, said)
        self._ask_about_name(place, part, end, said, verbs)
        return None

    def _is_done(self, at: int, part: Part) -> bool:
        """Whether a word that is known as something to do stands here with how long: did stretching 20 min."""
        item = self.items[at]
        following = self.items[at + 1] if at + 1 < len(self.items) else None
        long = (following is not None and following.sort == "length") or (
            part.number >= 0 and self.items[part.number].sort == "length"
        )
        return long and bool(item.means) and all(m.role == "word" for m in item.means)

    def _new_name(self, verb: Meaning, place: int, part: Part, end: int, said: str) -> Building:
        name = Meaning("name", verb.kind, verb.field, said)
        built = self._start(verb.kind, place, name, part, end)  # type: ignore[arg-type]
        built.verb = verb
        if near := self._near(said, verb.field):
            start, stop = self.items[part.at].start, self.items[end - 1].end
            built.ask(f"{said}: did you mean {' or '.join(near[:2])}?", *(Edit(start, stop, each) for each in near[:3]))
        self._go_on(built, end)
        return built

    def _ask_about_name(self, place: int, part: Part, end: int, said: str, verbs: Sequence[Meaning]) -> None:
        """Ask about a name that nobody knows, where it may be one: took floradix, did reiki."""
        following = self.items[end] if end < len(self.items) else None
        near = self._near(said)
        start, stop = self.items[part.at].start, self.items[end - 1].end
        if near and any(self._quantity_field(verb.kind) for verb in verbs):
            self.hard = Question(
                f"{said}: did you mean {' or '.join(near[:2])}?", tuple(Edit(start, stop, each) for each in near[:3])
            )
            return
        number = following is not None and following.sort in ("number", "range")
        before = self.items[part.number] if part.number >= 0 else None
        ends = following is None or not following.is_unknown
        verb = verbs[0] if len(verbs) == 1 else None
        short = len(said.split()) <= 2 and ends and not part.article
        kind = (verb or next((v for v in verbs if self._quantity_field(v.kind)), verbs[0])).kind
        if kind is None:
            return
        edits = [Edit(self.items[place].start, stop, self._explicit_line(kind, part, said))]
        question = Question(f"{said} is not known here; is it a {kind.main.title}?", tuple(edits))
        if number and following is not None and verb is not None and self._quantity_field(verb.kind):
            unit = Edit(following.end, following.end, " mg")
            self.hard = Question(f"{following.low} of which unit?", (unit,))
        elif short and verb is not None and (before is None or before.sort != "length"):
            self.hard = question
        else:
            self.soft = question

    def _explicit_line(self, kind: Kind, part: Part, said: str) -> str:
        amount = self.items[part.number] if part.number >= 0 else None
        text = f" {self._shown(amount)}" if amount is not None and amount.sort in ("amount", "length") else ""
        return f"{kind.name} {said}{text}"

    def _shown(self, item: Item | None) -> str:
        return (
            item.value if item is not None and item.sort == "amount" else f"{item.value:g}m" if item is not None else ""
        )

    def _bare(self, place: int) -> Building | None:
        """A known name without a verb: with its amount or length, how it helped, or a day for what is done."""
        part = _before_name(self.items, place)
        if part.at >= len(self.items) or any(not self._may_stand_before(i) for i in range(place)):
            return None
        name = _known(self.items[part.at], ())
        if name is None or name.kind is None:
            return None
        after = self._after(part.at)
        quantity = self._quantity_field(name.kind)
        number = self.items[part.number].sort if part.number >= 0 else ""
        amount = number in ("amount", "number", "range") if quantity else number == "length"
        said = amount or (
            after is not None and after.sort in (("amount", "number", "range") if quantity else ("length", "range"))
        )
        if after is not None and (status := _status(after)) and status.kind is name.kind:
            said = True
        one = part.number < 0 and part.at > 0 and self.items[part.at - 1].low in ("a", "an") and quantity is not None
        own_field = after is not None and self._has_field(after, name.kind)
        dated = not quantity and after is not None and after.sort == "when" and self._ends_after_when(part.at)
        dated = dated or (not quantity and any(i.sort == "when" for i in self.items[:place]) and after is None)
        vague = part.vague >= 0 or (after is not None and after.is_small(S.VAGUE))
        if not (said or own_field or dated or name.style == DONE or vague or one):
            self._ask_bare(part, name, after)
            return None
        built = self._start(name.kind, place, name, part)
        self._go_on(built, part.at + 1)
        return built

    def _has_field(self, item: Item, kind: Kind) -> bool:
        """Whether an item names a field of the kind, and its number follows."""
        at = self.items.index(item)
        following = next((each for each in self.items[at + 1 :] if not passable(each)), None)
        named = any(m.role == "field" and m.kind is kind for m in item.means)
        return named and following is not None and following.sort in ("number", "range")

    def _may_stand_before(self, place: int) -> bool:
        item = self.items[place]
        return passable(item) or item.is_small(S.DEGREE) or item.sort == "when"

    def _ends_after_when(self, at: int) -> bool:
        rest = [item for item in self.items[at + 1 :] if not passable(item)]
        return len(rest) == 1 or (len(rest) > 1 and not rest[1].is_unknown)

    def _after(self, at: int) -> Item | None:
        def is_beside(item: Item) -> bool:
            return (
                passable(item)
                or item.low in ("for", "x", "×")
                or any(m.role == "option" and m.field and m.field.bare for m in item.means)
            )

        return next((item for item in self.items[at + 1 :] if not is_beside(item)), None)

    def _ask_bare(self, part: Part, name: Meaning, after: Item | None) -> None:
        if name.kind is None:
            return
        verb = next((verb for verb in name.kind.verbs), "")
        item = self.items[part.at]
        question = Question(f"was {item.low} {verb}?", (Edit(item.start, item.end, f"{verb} {item.low}"),))
        if after is None and part.at == 0:
            self.hard = question
        else:
            self.soft = question

    def _named(self, place: int, head: Meaning) -> Building | None:
        """After an explicit word (dose, treatment, visit) a name runs to its amount, or to what says something else."""
        part = _before_name(self.items, place + 1)
        kind = head.kind
        if kind is None or part.nothing or part.at >= len(self.items):
            self.hard = Question(f"{head.kind.title if head.kind else ''} of what? write the name after it")
            return None
        known = _known(self.items[part.at], (kind,))
        if known is not None and not (part.at + 1 < len(self.items) and self.items[part.at + 1].is_unknown):
            built = self._start(kind, place, known, part)
            built.verb = head
            self._go_on(built, part.at + 1)
            return built
        end = part.at
        while end < len(self.items) and self._goes_on(end, kind, part.at):
            end += 1
        said = self._text(part.at, end)
        if not said:
            self.hard = Question(f"{kind.title} of what? write the name after it")
            return None
        return self._new_name(head, place, part, end, said)

    def _goes_on(self, at: int, kind: Kind, start: int) -> bool:
        item = self.items[at]
        if item.sort == "quote":
            return True
        if item.sort not in ("words",) and not (
            item.sort == "mark" and item.glued and item.low in ("-", ".", "/", "'") and at > start
        ):
            return False
        if at > start and self._rhythm_at(kind, at)[1]:
            return False
        if at == start:
            return not any(m.role == "small" and m.value is not S.DEGREE for m in item.means)
        if any(m.kind is kind and m.role in ("option", "field", "lead") for m in item.means):
            return False
        return not item.is_small(S.CAUSE, S.STRETCH, S.NOT, S.AHEAD, S.VAGUE)

    def _carried_on(self) -> Building | None:
        """A name after an and: it goes with the verb of the clause before."""
        part = _before_name(self.items, 0)
        carried = self.carried
        if carried is None or carried.kind is None or part.nothing or part.at >= len(self.items):
            return None
        name = _known(self.items[part.at], (carried.kind,))
        if name is None:
            end = part.at
            while end < len(self.items) and end - part.at < _MOST_WORDS and self.items[end].is_unknown:
                end += 1
            following = self.items[end] if end < len(self.items) else None
            if end > part.at and following is not None and following.sort == "amount" and carried.role == "verb":
                return self._new_name(carried, part.at, part, end, self._text(part.at, end))
            if (
                end > part.at
                and following is None
                and end - part.at <= 2
                and (near := self._near(self._text(part.at, end)))
            ):
                start, stop = self.items[part.at].start, self.items[end - 1].end
                self.hard = Question(f"did you mean {near[0]}?", tuple(Edit(start, stop, each) for each in near[:3]))
            return None
        after = self._after(part.at)
        if after is not None and after.sort == "words" and not after.means:
            return None
        built = self._start(carried.kind, part.at, name, part)
        built.verb = carried
        if carried.role == "option" and carried.field is not None:
            built.data[carried.field.name] = carried.value
        self._go_on(built, part.at + 1)
        return built

    def _start(self, kind: Kind, place: int, name: Meaning, part: Part, end: int = 0) -> Building:
        built = Building(kind, self.items)
        built.anchor = place
        stop = end or part.at + 1
        built.use(place, *range(part.at, stop))
        for i in range(place, part.at):
            if passable(self.items[i]) or self.items[i].low in ("x", "×", "dose", "for"):
                built.use(i)
        built.set(kind.main, name.value, self.items[part.at])
        if part.extra >= 0:
            built.words.add(part.extra)
        if part.vague >= 0:
            item = self.items[part.vague]
            built.ask(f"how many is {item.low}?", Edit(item.start, item.end, "1"), Edit(item.start, item.end, "2"))
        if part.number >= 0:
            built.use(part.number)
            self._take_first(built, part)
        elif (
            part.extra < 0 and self._articled(part.at) and (quantity := self._quantity_field(kind)) and quantity.counted
        ):
            built.data[quantity.name] = f"1 {quantity.counted}"
        return built

    def _articled(self, at: int) -> bool:
        return at > 0 and self.items[at - 1].low in ("a", "an")

    def _take_first(self, built: Building, part: Part) -> None:
        """Take the number before a name: tablets where it is bare, and asked where it is a range."""
        item = self.items[part.number]
        quantity, minutes = self._quantity_field(built.kind), self._length_field(built.kind)
        if item.sort == "range":
            ends = (item.value.low, item.value.high)
            edits = (Edit(item.start, item.end, f"{end}{item.value.unit}") for end in ends)
            built.ask(f"which is meant, {' or '.join(ends)}?", *edits)
        elif item.sort == "amount" and quantity:
            self._ask_thousands(built, item)
            built.set(quantity, item.value, item)
        elif item.sort == "length" and minutes:
            built.set(minutes, item.value, item)
        elif item.sort == "number" and quantity and quantity.counted and not item.value.out_of and not item.value.minus:
            following = self.items[part.at + 1] if part.at + 1 < len(self.items) else None
            if following is not None and following.sort == "amount":
                self._ask_each(built, item, following)
                return
            built.set(quantity, f"{item.value.value:g} {quantity.counted}", item)
        elif item.sort == "number" and quantity and item.value.out_of and item.value.value < item.value.out_of:
            built.set(quantity, f"{item.value.value / item.value.out_of:.4g} {quantity.counted}", item)
        else:
            built.ask(f"what is {item.low}?", Edit(item.start, item.end, ""))

    def _ask_thousands(self, built: Building, item: Item) -> None:
        """Ask about digits such as 1,000, which are a thousand to some and one to others."""
        digits = item.low.split(" ")[0]
        if could_be_thousands(digits):
            whole, _, unit = item.value.partition(" ")
            edits = (f"{digits.replace(',', '').replace('.', '')} {unit}", f"{float(whole):g} {unit}")
            built.ask(
                f"{digits} could be thousands or a fraction", *(Edit(item.start, item.end, each) for each in edits)
            )

    def _ask_each(self, built: Building, item: Item, following: Item) -> None:
        number, _, unit = following.value.partition(" ")
        total = f"{item.value.value * float(number):g} {unit}"
        start = item.start
        name = built.data[built.kind.main.name]
        built.ask(
            f"{item.low} of {following.value} each, or {following.value} in all?",
            Edit(start, following.end, f"{name} {total}"),
            Edit(start, following.end, f"{name} {following.value}"),
        )
        following_at = self.items.index(following)
        built.use(following_at)

    def _go_on(self, built: Building, start: int) -> None:
        """Take what follows a name: its amount or length, how it was taken, times; a bare number is asked about."""
        quantity, minutes = self._quantity_field(built.kind), self._length_field(built.kind)
        at = start
        while at < len(self.items):
            item = self.items[at]
            if rhythm := self._take_rhythm(built, at):
                at = rhythm
                continue
            if item.sort == "amount" and quantity:
                built.use(at)
                self._ask_thousands(built, item)
                if item.glued and self.items[at - 1].low in ("-", "–"):
                    built.ask(f"-{item.low}: an amount is more than 0", Edit(item.start - 1, item.end, f" {item.low}"))
                built.set(quantity, item.value, item)
            elif (
                item.is_unknown
                and quantity
                and unit_of(item.low)
                and built.data.get(quantity.name, "").endswith(unit_of(item.low))
            ):
                built.use(at)
            elif item.sort == "length" and minutes:
                built.use(at)
                if item.glued and self.items[at - 1].low in ("-", "–"):
                    built.ask(f"-{item.low}: a length is not below 0", Edit(item.start - 1, item.end, f" {item.low}"))
                built.set(minutes, item.value, item)
            elif item.low == "for" and minutes and at + 1 < len(self.items) and self.items[at + 1].sort == "length":
                built.use(at)
            elif (status := _status(item)) and status.kind is built.kind and status.field is not None:
                built.use(at)
                built.set(status.field, status.value, item)
            elif item.sort == "when":
                take_when(built, at)
            elif after := take_field(built, at) if not self._is_reason(built, at) else 0:
                at = after
                continue
            elif after := self._take_reason(built, at):
                at = after
                continue
            elif item.sort in ("number", "range") and (quantity or minutes):
                self._ask_number(built, item, at, quantity)
            elif item.is_small(S.VAGUE):
                built.ask(f"how much is {item.low}?", Edit(item.start, item.end, ""))
                built.use(at)
            elif item.as_role("place") is None and take_modifier(built, at):
                pass
            elif item.low in ("x", "×"):
                built.use(at)
            elif not passable(item):
                break
            at += 1
        self._fill(built)

    def _take_rhythm(self, built: Building, at: int) -> int:
        """Take the longest words that certainly are the value of a field said without its name: every 4 weeks."""
        field, end = self._rhythm_at(built.kind, at)
        if field is None or field.name in built.data:
            return 0
        built.set(field, self._said(at, end), self.items[at])
        built.use(*range(at, end))
        return end

    def _rhythm_at(self, kind: Kind, at: int) -> tuple[Schedule | None, int]:
        """How often something is, as said at a place, and the place after it; nothing where none is said."""
        for field in kind.typed_fields:
            if isinstance(field, Schedule):
                for end in range(min(len(self.items), at + 7), at, -1):
                    if field.accepts(self._said(at, end)):
                        return field, end
        return None, 0

    def _said(self, start: int, end: int) -> str:
        return " ".join(item.low for item in self.items[start:end] if item.low != JOINED)

    def _is_reason(self, built: Building, at: int) -> bool:
        return any(m.role == "lead" and m.kind is built.kind for m in self.items[at].means)

    def _take_reason(self, built: Building, at: int) -> int:
        """Take what it was taken for, in the person's words to the end of the clause, if nothing else is said there."""
        lead = next(
            (m for m in self.items[at].means if m.role == "lead" and m.kind is built.kind and m.field is not None), None
        )
        rest = list(range(at + 1, len(self.items)))
        while rest and passable(self.items[rest[0]]):
            rest.pop(0)
        if lead is None or not rest or len(rest) > _MOST_WORDS or any(self.items[i].sort != "words" for i in rest):
            return 0
        if any(self.items[i].is_small(S.NOT, S.VAGUE, S.CAUSE, S.STRETCH, S.AHEAD) for i in rest):
            return 0
        line = " ".join(self.items[i].low for i in rest)
        built.set(lead.field, [line], self.items[at])  # type: ignore[arg-type]
        built.use(*range(at, len(self.items)))
        return len(self.items)

    def _ask_number(self, built: Building, item: Item, at: int, quantity: Quantity | None) -> None:
        built.use(at)
        if item.sort == "range":
            unit = item.value.unit
            built.ask(
                "which is meant?",
                *(Edit(item.start, item.end, f"{end}{unit}") for end in (item.value.low, item.value.high)),
            )
        elif quantity is None:
            built.ask(f"{item.low} what?", Edit(item.end, item.end, "m"))
        elif counts(self.items, at):
            built.ask(f"how much is {item.low} {self.items[at + 1].low}?", Edit(item.start, self.items[at + 1].end, ""))
            built.use(at + 1)
        elif at and self.items[at - 1].low in ("x", "×") and quantity.name in built.data:
            number, _, unit = str(built.data[quantity.name]).partition(" ")
            total = f"{float(number) * item.value.value:g} {unit}"
            first = next((each for each in self.items if each.sort == "amount"), item)
            built.ask(f"{total} in all?", Edit(first.start, item.end, total))
        else:
            text = item.value.text
            small = item.value.value <= _SMALL_NUMBER and quantity.counted
            edits = [Edit(item.start, item.end, f"{text} mg")]
            if small:
                edits.insert(0, Edit(item.start, item.end, f"{text} {quantity.counted}s"))
            sign = " with a sign before it" if item.value.minus else ""
            built.ask(f"{text}{sign}: of which unit, mg?", *edits)

    def _fill(self, built: Building) -> None:
        """Take the amount in the plan where none was said of what was taken."""
        quantity = self._quantity_field(built.kind)
        if quantity is None or quantity.name in built.data or built.verb is None or built.verb.role == "option":
            return
        name = str(built.data.get(built.kind.main.name, ""))
        if amount := self.vocabulary.amount_of(name):
            built.data[quantity.name] = amount
            built.filled_fields = (quantity.name,)
            built.filled = f"{name} {quantity.show(amount)}, as in your plan"

    def _text(self, start: int, end: int) -> str:
        if start >= end:
            return ""
        if all(item.sort == "quote" for item in self.items[start:end]):
            return " ".join(item.value for item in self.items[start:end])
        return " ".join(self.line[self.items[start].start : self.items[end - 1].end].replace('"', "").split())

    def _near(self, said: str, field: object = None) -> list[str]:
        if not said or any(item.sort == "quote" and item.value == said for item in self.items):
            return []
        known = [*self.vocabulary.own_names]
        if isinstance(field, Name):
            known += [*field.spellings, *field.words]
        else:
            from painlog.domain.language.vocabulary import spellings

            known += spellings()
        return near_names(said, dict.fromkeys(known))

    def _quantity_verb(self, verbs: Sequence[Meaning]) -> Meaning | None:
        return next((verb for verb in verbs if self._quantity_field(verb.kind)), None)

    def _quantity_field(self, kind: Kind | None) -> Quantity | None:
        return next((field for field in kind.typed_fields if isinstance(field, Quantity)), None) if kind else None

    def _length_field(self, kind: Kind | None) -> Minutes | None:
        return (
            next((field for field in kind.typed_fields if isinstance(field, Minutes) and field.bare), None)
            if kind
            else None
        )


def _is_measured(item: Item) -> bool:
    """Whether an amount is of mg or the like, as no cup of tea is."""
    from painlog.domain.language.medicine_units import COUNTED

    return item.value.partition(" ")[2] not in (*COUNTED, "l")


def _in_words(items: Sequence[Item], place: int) -> bool:
    """Whether a word that leads to a circumstance, or plain words, stand before."""
    return place > 0 and (
        items[place - 1].is_small(S.CAUSE, S.STRETCH, S.NOT, S.AHEAD, S.LIKE) or items[place - 1].is_unknown
    )
