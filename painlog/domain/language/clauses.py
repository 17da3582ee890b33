"""One clause: which fact it says, and what of it is words. Pure.

A clause is read from its anchor, the word that opens its fact: a rating, a place, a name with its verb, a night. Every
number has to belong to something; what is left over is kept where it cannot change the meaning, and asked about else.
"""

from collections.abc import Sequence

from painlog.domain.kinds.fields import Choice, Flag, Minutes, Name, Number, Text, Where, Words, YesNo
from painlog.domain.kinds.kind import Kind
from painlog.domain.language.building import Building, Place
from painlog.domain.language.durations import could_be_thousands
from painlog.domain.language.figures import Figure, Range
from painlog.domain.language.items import Item
from painlog.domain.language.reading import Edit
from painlog.domain.language.vocabulary import CONDITION, FEELING, NONE, NOUN, Meaning
from painlog.domain.language.words import Small
from painlog.domain.regions import has_sides
from painlog.errors import BadInput

S = Small
_SIGNS = (":", "=", "-", "–", "—")
_NUMBERS = ("number", "range")
JOINED = "&"  # what stands for the comma or and between clauses that are read as one


def passable(item: Item) -> bool:
    """Whether nothing is lost by passing over an item: a filler or a sign such as a colon."""
    return item.is_small(S.FILLER) or (
        item.sort == "mark" and item.low in (*_SIGNS, "!", "?", "(", ")", "/", "'", "*", "~", JOINED)
    )


def is_rating(meaning: Meaning | None) -> bool:
    """Whether a head asks for a number, a yes or a length that is no night."""
    return meaning is not None and isinstance(meaning.field, Number | YesNo | Minutes) and not meaning.field.spans


def rating_head(item: Item) -> Meaning | None:
    """Return what an item opens if it opens a rating."""
    for each in item.means:
        if each.role == "head" and is_rating(each):
            return each
    return None


def night_head(item: Item) -> Meaning | None:
    """Return what an item opens if it opens a night or a nap."""
    return next((each for each in item.means if each.role == "head" and each.field and each.field.spans), None)


def choice_head(item: Item) -> Meaning | None:
    """Return what an item opens if that is one of a few words, such as a flare's start."""
    return next((each for each in item.means if each.role == "head" and isinstance(each.field, Choice)), None)


def text_head(item: Item) -> Meaning | None:
    """Return what an item opens if all that follows are the person's words."""
    return next((each for each in item.means if each.role == "head" and isinstance(each.field, Text)), None)


def fits(field: object, item: Item) -> bool:
    """Whether an item can be the value of a rating."""
    if isinstance(field, YesNo):
        return item.low in ("yes", "no")
    if isinstance(field, Minutes):
        return item.sort in ("length", *_NUMBERS)
    return item.sort in _NUMBERS


def counts(items: Sequence[Item], place: int) -> bool:
    """Whether a number at a place counts what follows, and is no score: 3 times, 2 weeks, 50 %."""
    following = items[place + 1] if place + 1 < len(items) else None
    return (
        following is not None
        and following.is_small(S.COUNT)
        or (following is not None and following.sort == "mark" and following.low == "%")
    )


def opens_rating(items: Sequence[Item], place: int) -> int:
    """Return the place of the number of a rating that opens here with nothing strange between; 0 where none does."""
    item = items[place]
    head = rating_head(item)
    if head and head.style == NONE:
        return place or -1
    where = item.as_role("place")
    kind = head.kind if head else where.kind if where else None
    if kind is None:
        meant = next((each for each in item.means if each.role in ("side", "option", "word")), None)
        if meant is None or (meant.role != "side" and not (meant.field and meant.field.bare)):
            return 0
        kind = meant.kind
    field = head.field if head else kind.main if kind else None
    for at in range(place + 1, len(items)):
        each = items[at]
        if field is not None and fits(field, each):
            if head is None and where is None or (head is None and (counts(items, at) or each.sort == "length")):
                return 0
            return at
        other = rating_head(each)
        if other and (kind is None or other.kind is kind) and other.style != NONE:
            if head and other.field is not head.field and head.field is other.kind.main and at == place + 1:  # type: ignore[union-attr]
                head, kind, field = other, other.kind, other.field
                continue
            if (head and other.field is not head.field) or (
                head is None and where is None and not _has_places(other.kind)
            ):
                return 0
            head, kind, field = other, other.kind, other.field
        elif placed := each.as_role("place"):
            if kind is not None and placed.kind is not kind:
                return 0
            where, kind = placed, placed.kind
            field = field or (kind.main if kind else None)
        elif each.as_role("side") or (kind and (_bare(each, kind, "word") or _bare(each, kind, "option"))):
            continue
        elif kind is None and any(m.role in ("word", "option") and m.field and m.field.bare for m in each.means):
            continue
        elif not (passable(each) or each.is_small(S.DEGREE, S.ABOUT, S.BOUND, S.WITHOUT_SIDE) or each.sort == "when"):
            return 0
    return 0


def _has_places(kind: Kind | None) -> bool:
    return kind is not None and any(isinstance(field, Where) for field in kind.typed_fields)


def _bare(item: Item, kind: Kind, role: str) -> Meaning | None:
    meaning = item.as_role(role, kind)
    return meaning if meaning and meaning.field and meaning.field.bare else None


class Rating:
    """Reads a rating: a pain with its places, a mood, a measure of one's own."""

    def __init__(self, items: Sequence[Item]) -> None:
        self.items = items

    def read(self) -> Building | None:
        """Return the fact that the clause says, None where it says no rating with a number."""
        for place in range(len(self.items)):
            if not follows_cause(self.items, place) and (at := opens_rating(self.items, place)):
                return self._bound(place, max(at, 0) if at != -1 else 0)
        return self._number_first() or self._number_far()

    def _bound(self, place: int, at: int) -> Building:
        head = self._head(place, at)
        built = Building(head.kind, self.items)  # type: ignore[arg-type]
        built.anchor = place
        if head.style == NONE:
            return self._none(built, head, place)
        self._take_group(built, head, place, at)
        self._take_number(built, head, at)
        built.form = "place" if built.places else "number"
        take_beside(built, at + 1)
        return built

    def _head(self, place: int, at: int) -> Meaning:
        heads = [head for item in self.items[place : at + 1] if (head := rating_head(item))]
        if heads:
            return next((head for head in heads if head.kind and head.field is not head.kind.main), heads[0])
        placed = next(found for item in self.items[place:] if (found := item.as_role("place")))
        return Meaning("head", placed.kind, placed.kind.main if placed.kind else None, {}, NOUN)

    def _take_group(self, built: Building, head: Meaning, place: int, at: int) -> None:
        """Take what stands between the word that opens and its number."""
        for i in range(place, at):
            item = self.items[i]
            if (other := rating_head(item)) and other.kind is built.kind:
                built.use(i)
                take_presets(built, other, i)
            elif not take_modifier(built, i):
                if item.sort == "when":
                    take_when(built, i)
                elif passable(item):
                    built.use(i)
                elif item.is_small(S.ABOUT):
                    built.words.update((i, at))
                elif item.is_small(S.BOUND):
                    built.ask(
                        f"'{item.low}' before a number leaves open which is meant", Edit(item.start, item.end, "")
                    )
                elif item.is_small(S.DEGREE, S.WITHOUT_SIDE):
                    built.words.add(i)

    def _take_number(self, built: Building, head: Meaning, at: int) -> None:
        take_value(built, head.field, at, self.items)

    def _none(self, built: Building, head: Meaning, place: int) -> Building:
        built.use(place)
        built.data[head.field.name] = head.value  # type: ignore[union-attr]
        rest = [item for i, item in enumerate(self.items) if i > place]
        for i, item in enumerate(self.items[place + 1 :], place + 1):
            if item.sort == "when":
                take_when(built, i)
            elif passable(item) or item.is_small(S.DEGREE):
                if passable(item):
                    built.use(i)
            elif item.is_small(S.CAUSE) and item.low in ("after", "thanks to", "with"):
                break
            else:
                rest_text = " ".join(each.low for each in rest)
                main = built.kind.main
                low = f"{main.low:g}" if isinstance(main, Number) else "0"
                built.ask(
                    f"none at all, or none of that ({rest_text})?",
                    Edit(self.items[place].start, rest[-1].end, f"{built.kind.heads[0]} {low}"),
                )
                break
        built.form = "number"
        return built

    def _number_first(self) -> Building | None:
        """``7/10 back pain``, ``6 out of 10 headache``: the number, then what it is."""
        for i, item in enumerate(self.items):
            if item.sort != "number" or counts(self.items, i):
                continue
            at = i + 1
            while at < len(self.items) and (passable(self.items[at]) or _leads_on(self.items[at])):
                at += 1
            if at >= len(self.items):
                return None
            head, place = self._pain_word(i + 1)
            if head is None or any(not self._allowed_before(j) for j in range(i)):
                return None
            return self._first_bound(i, head, place)
        return None

    def _pain_word(self, start: int) -> tuple[Meaning | None, int]:
        for j in range(start, len(self.items)):
            item = self.items[j]
            if (head := rating_head(item)) and head.style != NONE:
                return head, j
            if item.as_role("place"):
                continue
            if not (passable(item) or _leads_on(item)):
                break
        for j in range(start, len(self.items)):
            if found := self.items[j].as_role("place"):
                return Meaning("head", found.kind, found.kind.main if found.kind else None, {}, "bare"), j
            if not (passable(self.items[j]) or _leads_on(self.items[j])):
                break
        return None, 0

    def _allowed_before(self, place: int) -> bool:
        item = self.items[place]
        return passable(item) or item.is_small(S.DEGREE, S.ABOUT) or item.sort == "when"

    def _first_bound(self, at: int, head: Meaning, place: int) -> Building:
        built = Building(head.kind, self.items)  # type: ignore[arg-type]
        built.anchor = at
        figure: Figure = self.items[at].value
        word = self.items[place].low
        if not figure.out_of and (head.style == "bare" or word.endswith("s") and word != "stress"):
            texts = [item.low for item in self.items[at + 1 : place + 1]]
            built.ask(
                f"is {figure.text} a score or a count?",
                Edit(self.items[at].start, self.items[place].end, f"{' '.join(texts)} {figure.text}"),
            )
        for i in range(at):
            if self.items[i].is_small(S.ABOUT):
                built.words.update((i, at))
        take_value(built, head.field, at, self.items)
        for j in range(at + 1, place + 1):
            item = self.items[j]
            if (other := rating_head(item)) and other.kind is built.kind:
                built.use(j)
                take_presets(built, other, j)
            elif not take_modifier(built, j):
                built.use(j)
        built.form = "number"
        take_beside(built, place + 1)
        return built

    def _number_far(self) -> Building | None:
        """``my back is killing me 9``: the number at the end, with words between that are kept."""
        for i, item in enumerate(self.items):
            head = rating_head(item)
            placed = item.as_role("place")
            if (not head and not placed) or _in_circumstance(self.items, i) or (head and head.style == NONE):
                continue
            at = next((j for j in range(i + 1, len(self.items)) if self.items[j].sort == "number"), 0)
            between = self.items[i + 1 : at]
            if not at or counts(self.items, at) or any(_blocks(each) for each in between):
                continue
            after = self.items[at + 1] if at + 1 < len(self.items) else None
            if after is not None and (after.is_unknown or after.is_small(S.NOT, S.AHEAD)):
                continue
            if between and between[-1].is_small(S.CAUSE, S.STRETCH, S.BOUND):
                continue
            first = next((each for each in between if not each.is_small(S.DEGREE)), None)
            if first is not None and first.is_unknown:
                continue  # pain killers 2, knee swelling 5: a word of its own, not how it is
            if head is None:
                head = Meaning("head", placed.kind, placed.kind.main, {}, NOUN)  # type: ignore[union-attr]
            if not fits(head.field, self.items[at]):
                continue
            return self._far_bound(i, head, at)
        return None

    def _far_bound(self, place: int, head: Meaning, at: int) -> Building:
        built = Building(head.kind, self.items)  # type: ignore[arg-type]
        built.anchor = place
        built.use(place)
        if not take_modifier(built, place):
            take_presets(built, head, place)
        if place and self.items[place - 1].as_role("side"):
            take_modifier(built, place - 1)
        take_value(built, head.field, at, self.items)
        contiguous = True
        for i in range(place + 1, at):
            item = self.items[i]
            contiguous = contiguous and bool(take_modifier(built, i) or passable(item) or rating_head(item))
            lead = take_lead(built, i)
            if rating_head(item):
                built.use(i)
            elif lead or i in built.used:
                continue
            elif item.sort == "when":
                take_when(built, i)
            elif item.is_small(S.ABOUT):
                built.words.update((i, at))
            elif not passable(item):
                built.words.add(i)
        built.form = "place" if built.places else "number"
        take_beside(built, at + 1)
        return built


def _leads_on(item: Item) -> bool:
    """Whether an item may stand between a number and what it is: a side, a quality, a degree."""
    return bool(item.as_role("side") or item.is_small(S.DEGREE)) or any(
        each.role in ("word", "option") and each.field is not None and each.field.bare for each in item.means
    )


def _blocks(item: Item) -> bool:
    """Whether a number after this cannot belong to what stood before it."""
    if item.is_small(S.NOT, S.AHEAD, S.STRETCH, S.BOUND, S.LIKE, S.VAGUE) or item.sort in (
        "length",
        "amount",
        "range",
        "quote",
    ):
        return True
    if item.sort == "mark" and item.low in "<>≤≥":
        return True
    return any(each.role in ("verb", "name") or (each.role == "head" and each.style == NOUN) for each in item.means)


def _in_circumstance(items: Sequence[Item], place: int) -> bool:
    """Whether a word that leads to a circumstance stands before, with nothing but words between."""
    for i in range(place - 1, -1, -1):
        item = items[i]
        if item.sort in ("number", "stop", "joint", "length", "amount", "range", "when"):
            return False
        if item.is_small(S.CAUSE, S.STRETCH, S.LIKE) and item.low not in ("with", "but", "so", "where", "from"):
            return True
    return False


def _is_quality(item: Item) -> bool:
    return any(m.role == "word" and m.field is not None and m.field.bare for m in item.means)


def follows_cause(items: Sequence[Item], place: int) -> bool:
    """Whether what stands here is itself the circumstance: because of pain 7, after taking ibuprofen 400mg."""
    for i in range(place - 1, -1, -1):
        item = items[i]
        if item.is_small(S.CAUSE, S.STRETCH, S.LIKE) and not item.is_small(S.ABOUT):
            return item.low not in ("with", "but", "so", "where")
        beside = (
            rating_head(item)
            or item.as_role("place")
            or item.as_role("verb")
            or _is_quality(item)
            or item.as_role("side")
            or item.is_small(S.DEGREE, S.VAGUE)
        )
        if not (passable(item) or beside) or item.sort in ("number", "when"):
            return False
    return False


def take_presets(built: Building, head: Meaning, place: int) -> None:
    """Take what a word that opens says besides: headache its place, nap its sort; keep it where it says more."""
    for name, text in dict(head.value or {}).items():
        field = built.kind.by_name[name]
        if isinstance(field, Where):
            built.places.append(Place(text, "", place, built.items[place]))
        else:
            built.data[name] = field.check(text)
    if head.style == CONDITION:
        built.words.add(place)


def take_value(built: Building, field: object, at: int, items: Sequence[Item]) -> None:
    """Take a number, a length or a yes as the value of a field, or ask which is meant."""
    item = items[at]
    built.use(at)
    if item.sort == "range":
        _ask_which(built, item)
        return
    if isinstance(field, YesNo):
        built.set(field, item.low == "yes", item)
        return
    if item.sort == "length":
        built.set(field, item.value, item)  # type: ignore[arg-type]
        return
    take_figure(built, field, at, items)


def take_figure(built: Building, field: object, at: int, items: Sequence[Item]) -> None:
    """Take a plain number as a field's value; its scale has to be the field's."""
    item, figure = items[at], items[at].value
    assert isinstance(figure, Figure)  # noqa: S101  (the sort says so)
    if isinstance(field, Minutes):
        per = 60 if field.bare_unit == "h" else 1
        if counts(items, at):
            built.ask(
                f"{figure.text} {items[at + 1].low} is no length of time",
                Edit(item.start, items[at + 1].end, f"{figure.text}m"),
            )
            return
        if figure.out_of:
            built.ask(
                f"is {item.low} a score? {field.title} is a length of time",
                Edit(item.start, item.end, f"{figure.text}h"),
            )
            return
        built.set(field, figure.value * per, item)
        return
    high = field.high if isinstance(field, Number) else 10
    low = field.low if isinstance(field, Number) else 0
    if figure.out_of and figure.out_of != high:
        built.ask(
            f"{item.low} is not on painlog's scale, {low:g} to {high:g}",
            Edit(item.start, item.end, f"{low:g}-{high:g}"),
        )
        return
    if high > 100 and could_be_thousands(figure.text):
        whole = figure.text.replace(",", "").replace(".", "")
        built.ask(f"{figure.text} could be thousands or a fraction", Edit(item.start, item.end, whole))
        return
    if figure.minus and low >= 0:
        built.ask(f"-{figure.text} is below {low:g}", Edit(item.start - 1, item.end, figure.text))
        return
    if counts(items, at) and not _counted(field, items[at + 1]):
        built.ask(
            f"{figure.text} {items[at + 1].low} is no score", Edit(item.start, items[at + 1].end, f"{low:g}-{high:g}")
        )
        return
    if at + 1 < len(items) and _counted(field, items[at + 1]):
        built.use(at + 1)
    built.set(field, figure.value, item)  # type: ignore[arg-type]


def _counted(field: object, item: Item) -> bool:
    return isinstance(field, Number) and (item.low in field.counts or bool(field.unit and item.low == field.unit))


def _ask_which(built: Building, item: Item) -> None:
    found: Range = item.value
    edits = tuple(Edit(item.start, item.end, f"{end}{found.unit}") for end in (found.low, found.high))
    built.ask(f"which is meant, {found.low} or {found.high}?", *edits)


def take_when(built: Building, place: int) -> None:
    """Take a time as that of the clause; a second one is asked about."""
    item = built.items[place]
    built.use(place)
    before = built.items[place - 1] if place else None
    if item.value.problem:
        built.ask(item.value.problem, *(Edit(item.start, item.end, answer) for answer in item.value.answers))
        return
    if before is not None and (
        before.is_small(S.LIKE) or before.low in ("same", "as", "than", "like", "before", "until")
    ):
        built.ask(f"'{before.low} {item.low}' is no time of this", Edit(before.start, item.end, ""))
        return
    if built.kind.main.spans and item.value.part.endswith("night") and not item.value.night:
        built.ask(
            f"{item.low}: which day did the night end on?", Edit(item.start, item.end, item.low.rpartition(" ")[0])
        )
        return
    merged = built.when.merged(item.value) if built.when else item.value
    if merged is None:
        built.ask("two times are said; which is meant?", Edit(item.start, item.end, ""))
        return
    built.when = merged
    if item.value.part and not (item.value.night and built.kind.main.spans):
        built.words.add(place)


def take_modifier(built: Building, place: int) -> bool:
    """Take a word that says more of the fact without naming a field: a place, a side, a quality, which rating."""
    item, kind = built.items[place], built.kind
    if built.where is not None:
        if placed := item.as_role("place"):
            id_, side = placed.value
            built.places.append(Place(id_, side, place, item))
            built.use(place)
            return True
        if item.as_role("side"):
            built.use(place)
            return True
    for role in ("option", "word"):
        meaning = _bare(item, kind, role)
        if meaning and meaning.field and meaning.field is not kind.main:
            if (
                isinstance(meaning.field, Choice)
                and item.is_small(S.FILLER)
                and meaning.value == meaning.field.options[0]
            ):
                return False  # it goes without saying
            built.set(meaning.field, [meaning.value] if isinstance(meaning.field, Words) else meaning.value, item)
            built.use(place)
            return True
    return False


def take_lead(built: Building, place: int) -> int:
    """Take a known word after what leads to it (after sitting); return the place after it, 0 where there is none."""
    item = built.items[place]
    for meaning in item.means:
        if meaning.role != "lead" or meaning.kind is not built.kind or not isinstance(meaning.field, Words):
            continue
        at = place + 1
        while at < len(built.items) and (passable(built.items[at]) or built.items[at].is_small(S.DEGREE)):
            at += 1
        word = (
            next((m for m in built.items[at].means if m.role == "word" and m.field is meaning.field), None)
            if at < len(built.items)
            else None
        )
        if word is None or (at + 1 < len(built.items) and built.items[at + 1].is_unknown):
            continue
        built.set(meaning.field, [word.value], built.items[at])
        built.use(*range(place, at + 1))
        return _take_more(built, meaning.field, at + 1)
    return 0


def _take_more(built: Building, field: Words, at: int) -> int:
    """Take the words that a list goes on with: after sitting, stress."""
    while at + 1 < len(built.items) and built.items[at].low == JOINED:
        following = at + 1 + bool(built.items[at + 1].as_role("lead"))
        item = built.items[following] if following < len(built.items) else None
        word = next((m for m in item.means if m.role == "word" and m.field is field), None) if item else None
        if word is None or item is None:
            break
        built.set(field, [word.value], item)
        built.use(*range(at, following + 1))
        at = following + 1
    return at


def take_field(built: Building, place: int) -> int:
    """Take a named field with its value (helped 6, quality 2, sol 45m); return the place after it, 0 for none."""
    item = built.items[place]
    for meaning in item.means:
        field = meaning.field
        if (
            meaning.role not in ("field", "lead", "head")
            or meaning.kind is not built.kind
            or field is None
            or field is built.kind.main
        ):
            continue
        if isinstance(field, Flag):
            built.set(field, True, item)
            built.use(place)
            return place + 1
        at = place + 1
        while at < len(built.items) and (passable(built.items[at]) or built.items[at].low in ("by", "for")):
            at += 1
        if at < len(built.items) and (after := _field_value(built, field, at, item)):
            built.use(*range(place, after))
            return _take_more(built, field, after) if isinstance(field, Words) else after
    return 0


def _field_value(built: Building, field: object, at: int, named: Item) -> int:
    item = built.items[at]
    if isinstance(field, Number):
        if item.sort in _NUMBERS and not (
            counts(built.items, at) and not _counted(field, built.items[at + 1]) and field.unit != "%"
        ):
            following = built.items[at + 1] if at + 1 < len(built.items) else None
            if following is not None and following.is_unknown and not field.counts and named.as_role("small"):
                return 0  # after 2 beers
            take_value(built, field, at, built.items)
            percent = following is not None and following.low in ("%", "percent") and field.unit == "%"
            return at + 1 + (percent or (following is not None and _counted(field, following)))
    elif isinstance(field, Minutes):
        if (
            item.sort in ("length", *_NUMBERS)
            and not field.spans
            and not (item.sort == "number" and counts(built.items, at))
        ):
            take_value(built, field, at, built.items)
            return at + 1
    elif isinstance(field, YesNo):
        if item.low in ("yes", "no"):
            built.set(field, item.low == "yes", item)
            return at + 1
    elif isinstance(field, Words):
        for length in (3, 2, 1):
            said = " ".join(each.low for each in built.items[at : at + length] if each.low != "-")
            if at + length <= len(built.items) and field.accepts(said):
                built.set(field, [said], item)
                return at + length
        if item.is_unknown and not named.as_role("small"):
            built.set(field, [item.low], item)
            return at + 1
    elif isinstance(field, Choice):
        option = next((m for m in item.means if m.role == "option" and m.field is field), None)
        if option is not None:
            built.set(field, option.value, item)
            return at + 1
    elif item.sort == "when" and item.value.clock and not item.value.day and not isinstance(field, Text | Name):
        built.set(field, f"{item.value.clock:%H:%M}", item)  # type: ignore[arg-type]
        return at + 1
    return 0


def take_beside(built: Building, start: int) -> None:
    """Take what follows the value for as long as each word says something of the fact."""
    at = start
    while at < len(built.items):
        item = built.items[at]
        if after := take_lead(built, at) or take_field(built, at):
            at = after
            continue
        number = _own_score(built, at)
        if number:
            at = number
            continue
        head = rating_head(item)
        if head and head.kind is built.kind and head.field is built.kind.main and head.style not in (NONE, FEELING):
            built.use(at)
            take_presets(built, head, at)
        elif take_modifier(built, at) or passable(item):
            if at not in built.used and _is_followed(built, at):
                built.use(at)
        elif item.sort == "when":
            take_when(built, at)
        elif item.is_small(S.TOWARDS) and _leads_to_place(built, at):
            built.words.add(at)
        elif not item.is_small(S.DEGREE, S.WITHOUT_SIDE):
            return
        at += 1


def _leads_to_place(built: Building, at: int) -> bool:
    """Whether the next word that counts is a place: behind the left eye."""
    following = (item for item in built.items[at + 1 :] if not passable(item) and not item.as_role("side"))
    item = next(following, None)
    return built.where is not None and item is not None and item.as_role("place") is not None


def _is_followed(built: Building, place: int) -> bool:
    """Whether a filler leads to something that is understood, and is not the first of words to keep."""
    for item in built.items[place + 1 :]:
        if passable(item):
            continue
        return not (item.is_unknown or item.is_small(S.NOT, S.AHEAD, S.CAUSE, S.STRETCH, S.VAGUE, S.DEGREE))
    return True


def _own_score(built: Building, place: int) -> int:
    """Take the score of one region that is glued to it with a colon: ``knee_r:4``."""
    items = built.items
    if not (built.places and place + 1 < len(items) and items[place].low == ":" and items[place].glued):
        return 0
    number = items[place + 1]
    if number.sort != "number" or not number.glued or built.where is None or built.kind.main.name not in built.data:
        return 0
    built.places[-1].score = number.value.value
    built.use(place, place + 1)
    return place + 2


def resolve_places(built: Building) -> None:
    """Give each place its side, or ask which; then the field its regions."""
    field = built.where
    sides = [i for i, item in enumerate(built.items) if item.as_role("side") and i in built.used]
    if field is None or not (built.places or sides):
        return
    built.places.sort(key=lambda place: place.at)
    for at in sides:
        _give_side(built, at)
    _ask_about_sides(built)
    regions = {id_: place.score for place in built.places for id_ in place.ids}
    if regions:
        try:
            built.data[field.name] = field.check({**built.data.get(field.name, {}), **regions})
        except BadInput as error:
            built.ask(str(error))


def _give_side(built: Building, at: int) -> None:
    side, item = built.items[at].as_role("side").value, built.items[at]  # type: ignore[union-attr]
    before = next((place for place in reversed(built.places) if place.at < at), None)
    after = next((place for place in built.places if place.at > at), None)
    near_before = before is not None and all(
        passable(each) and each.low != JOINED for each in built.items[before.at + 1 : at]
    )
    near_after = after is not None and all(passable(each) or _leads_on(each) for each in built.items[at + 1 : after.at])
    first = before if before and near_before and has_sides(before.id) and not before.told else None
    second = after if after and near_after and has_sides(after.id) and not after.told else None
    if first and second and first is not second:
        built.ask(
            f"is it the {item.low} {_said(first, built)} or the {item.low} {_said(second, built)}?",
            Edit(first.start, item.end, f"{item.low} {_said(first, built)} and"),
            Edit(item.start, item.start, "and "),
        )
        second.side, second.told, second.ahead = side, True, True
        return
    far = next((place for place in reversed(built.places) if has_sides(place.id) and not place.told), None)
    only = far if far and sum(has_sides(place.id) for place in built.places) == 1 and not near_after else None
    place = second or first or only
    if place is None:
        built.ask(f"{item.low} of what?", Edit(item.start, item.end, f"{item.low} side"))
        return
    place.side, place.told, place.ahead = side, True, place is second


def _said(place: Place, built: Building) -> str:
    return built.items[place.at].low


def _ask_about_sides(built: Building) -> None:
    """Left and right are confused most: a place without a side after one that has one is not guessed at."""
    for i, place in enumerate(built.places):
        if place.side or not has_sides(place.id) or built.kind.main.name not in built.data:
            continue
        before = any(other.side in ("l", "r") for other in built.places[:i])
        after = any(other.side in ("l", "r") and not other.ahead for other in built.places[i + 1 :])
        if before or after:
            name = _said(place, built)
            edits = [Edit(place.start, place.end, f"{word} {name}") for word in ("left", "right")]
            built.ask(f"which side is the {name}?", *edits)
