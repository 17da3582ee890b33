"""What follows the name of a medicine or a treatment: its amount, how often, what for. Pure."""

from collections.abc import Sequence
from functools import cache

from painlog.domain.kinds.fields import Choice, Minutes
from painlog.domain.kinds.kind import Kind
from painlog.domain.kinds.registry import KINDS
from painlog.domain.language.amounts import FORMS, Quantity, Schedule, Worded
from painlog.domain.language.building import Building
from painlog.domain.language.clause_fields import take_field, take_modifier
from painlog.domain.language.clause_times import take_when
from painlog.domain.language.line_items import Item
from painlog.domain.language.medicine_units import unit_of
from painlog.domain.language.name_openings import MOST_WORDS, Part, is_about_number, is_same_session, status_of
from painlog.domain.language.reading import Edit
from painlog.domain.language.roles import JOINED, counts, is_setting, passable, rating_head
from painlog.domain.language.small_words import Small
from painlog.domain.language.times_of_day import part_named
from painlog.domain.language.vocabulary import Vocabulary
from painlog.domain.language.when import TODAY, When

S = Small
SMALL_NUMBER = 10  # up to it a bare number may be tablets, beyond it a strength
_MOST_COUNTED = 12  # tablets at once; a larger bare number is hardly a count


def take_rest(built: Building, start: int, vocabulary: Vocabulary) -> None:  # noqa: PLR0912  (a branch a form)
    """Take what follows a name: its amount or length, how it was taken, times; a bare number is asked about."""
    quantity, minutes = quantity_of(built.kind), length_of(built.kind)
    at = start
    while at < len(built.items):
        item = built.items[at]
        if rhythm := _take_schedule(built, at) or _take_setting(built, at) or _take_about(built, at):
            at = rhythm
            continue
        if item.low in ("every", "each") and any(isinstance(field, Schedule) for field in built.kind.typed_fields):
            _ask_rhythm(built, at)
            break
        if item.sort == "quantity" and quantity:
            built.use(at)
            built.ask_thousands(quantity, item.low.split(" ")[0], item, item.value.partition(" ")[2])
            if item.glued and built.items[at - 1].low in ("-", "–"):
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
            if item.glued and built.items[at - 1].low in ("-", "–"):
                built.ask(f"-{item.low}: a length is not below 0", Edit(item.start - 1, item.end, f" {item.low}"))
            built.set(minutes, item.value, item)
        elif item.low == "for" and minutes and at + 1 < len(built.items) and built.items[at + 1].sort == "length":
            built.use(at)
        elif (status := status_of(item)) and status.kind is built.kind and status.field is not None:
            if built.is_denied:
                built.words.add(at)  # forgotten, and taken after all: it is asked about
            else:
                built.use(at)
                built.set(status.field, status.value, item)
        elif item.sort == "when":
            take_when(built, at)
        elif (after := take_field(built, at) if not _is_reason(built, at) else 0) or (after := _take_reason(built, at)):
            at = after
            continue
        elif item.sort in ("number", "range") and (quantity or minutes) and at not in built.used:
            _ask_number(built, item, at, quantity)
        elif item.is_small(S.VAGUE):
            built.ask(f"how much is {item.low}?", Edit(item.start, item.end, ""))
            built.use(at)
        elif item.as_role("place") is None and take_modifier(built, at):
            pass
        elif item.low in ("x", "×") or is_before_score(built.items, at, built.kind):
            built.use(at)
        elif not passable(item):
            at = next((i for i in range(at, len(built.items)) if built.items[i].low == JOINED), len(built.items))
        at += 1
    _take_planned_amount(built, vocabulary)


def take_part_before(built: Building, name: int) -> None:
    """Take a part of the day before a name as its day without a time, the words kept: my morning gabapentin.

    What is for the evening may be taken before the evening has come.
    """
    for at, item in enumerate(built.items[:name]):
        if item.sort == "when" and at > built.anchor:
            take_when(built, at)
        elif item.is_unknown and built.when is None and (part := part_named(item.low)):
            built.when = When(day=TODAY, part=f"{part} dose")


def is_before_score(items: Sequence[Item], at: int, kind: Kind | None) -> bool:
    """Return whether a word such as pain says of what scores of a kind behind it are: pain before 7 after 4."""
    following = items[at + 1 : at + 2]
    is_field = any(m.role == "field" and m.kind is kind for item in following for m in item.means)
    return is_field and rating_head(items[at]) is not None and following[0].is_small(S.CAUSE)


def take_number_before(built: Building, part: Part) -> None:
    """Take the number before a name: tablets where it is bare, and asked where it is a range."""
    item = built.items[part.number]
    quantity, minutes = quantity_of(built.kind), length_of(built.kind)
    if item.glued and part.number and built.items[part.number - 1].low in ("-", "–"):
        built.ask(f"-{item.low}: an amount is more than 0", Edit(item.start - 1, item.end, item.low))
    elif item.sort == "range":
        ends = (item.value.low, item.value.high)
        edits = (Edit(item.start, item.end, f"{end}{item.value.unit}") for end in ends)
        built.ask(f"which is meant, {' or '.join(ends)}?", *edits)
    elif item.sort == "quantity" and quantity:
        built.ask_thousands(quantity, item.low.split(" ")[0], item, item.value.partition(" ")[2])
        built.set(quantity, item.value, item)
    elif item.sort == "length" and minutes:
        built.set(minutes, item.value, item)
    elif item.sort == "number" and quantity and quantity.counted and not item.value.out_of and not item.value.sign:
        following = built.items[part.at + 1] if part.at + 1 < len(built.items) else None
        if following is not None and following.sort == "quantity":
            if item.value.value != 1:
                _ask_each(built, item, following)
            return
        if item.value.value < 1 and any(each.low in ("my", "the") for each in built.items[part.number : part.at]):
            start = built.items[part.at].start
            edit = Edit(item.start, start, f"{item.value.value:g} {quantity.counted} ")
            built.ask(f"{item.low} of one {quantity.counted}, or of what you take?", edit)
            return
        if item.value.value > _MOST_COUNTED:
            built.ask(f"{item.value.text} of which unit, mg?", Edit(item.end, item.end, " mg"))
            return
        built.set(quantity, f"{item.value.value:g} {quantity.counted}", item)
    elif item.sort == "number" and quantity and item.value.out_of and item.value.value < item.value.out_of:
        built.set(quantity, f"{item.value.value / item.value.out_of:.4g} {quantity.counted}", item)
    else:
        built.ask(f"what is {item.low}?", Edit(item.start, item.end, ""))


def each_or_in_all(name: str, number: Item, strength: Item) -> tuple[str, tuple[Edit, ...]]:
    """Return what is asked of a number before a name and a strength behind it, mg where it has no unit, and answers."""
    each = strength.value if strength.sort == "quantity" else f"{strength.value.text} mg"
    amount, _, unit = each.partition(" ")
    start, end = number.start, strength.end
    alone = Edit(start, end, f"{name} {each}")
    if number.value.value == 1:
        return f"{amount} of which unit, {unit}?", (alone,)
    total = f"{number.value.value * float(amount):g} {unit}"
    return f"{number.low} of {each} each, or {each} in all?", (Edit(start, end, f"{name} {total}"), alone)


def _ask_each(built: Building, item: Item, following: Item) -> None:
    question, edits = each_or_in_all(built.data[built.kind.main.name], item, following)
    built.ask(question, *edits)
    built.use(built.items.index(following))


def _take_schedule(built: Building, at: int) -> int:
    """Take the longest words that certainly are the value of a field said without its name: every 4 weeks."""
    if is_taken(built.kind) and at not in built.used and (end := counted_rhythm(built.items, at)):
        built.words.update(range(at, end))  # it is asked about
        return end
    field, end = schedule_at(built.items, built.kind, at)
    if field is None or field.name in built.data:
        return 0
    built.set(field, _words_between(built.items, at, end), built.items[at])
    built.use(*range(at, end))
    return end


def schedule_at(items: Sequence[Item], kind: Kind, at: int) -> tuple[Worded | None, int]:
    """How often something is, or at most, as said at a place, and the place after it; nothing where none is said."""
    for field in kind.typed_fields:
        if isinstance(field, Worded):
            for end in range(min(len(items), at + 7), at, -1):
                if field.accepts(_words_between(items, at, end)):
                    return field, end
    return None, 0


def _take_setting(built: Building, at: int) -> int:
    """Take how a session was set, or what else it is called, as words; return the place after it, 0 where none is."""
    if length_of(built.kind) is None or not (is_setting(built.items, at) or is_same_session(built.items, at)):
        return 0
    built.words.add(at)
    return at + 1


def _take_about(built: Building, at: int) -> int:
    """Take a word such as about before an amount or a length as words; return the place after it, 0 where none is."""
    quantity = quantity_of(built.kind)
    if not is_about_number(built.items, at) or (quantity and quantity.name in built.data):
        return 0
    built.words.add(at)
    return at + 1


def counted_rhythm(items: Sequence[Item], at: int) -> int:
    """Return the place after words that say how often, with their number: 3 times a day; 0 where there are none."""
    if not (items[at].sort == "number" or items[at].is_small(S.VAGUE)):
        return 0
    return schedule_at(items, planned_kind(), at)[1]


@cache
def planned_kind() -> Kind:
    """Return the kind of what is planned, which says how often."""
    return next(kind for kind in KINDS.values() if any(isinstance(field, Schedule) for field in kind.typed_fields))


def _ask_rhythm(built: Building, at: int) -> None:
    """Ask about words that begin as a rhythm does and are none: every 5 hours, every 0 days."""
    said = _words_between(built.items, at, min(len(built.items), at + 3))
    built.use(*range(at, len(built.items)))
    built.ask(f"{said}: how often is that? write {FORMS}")


def _words_between(items: Sequence[Item], start: int, end: int) -> str:
    return " ".join(item.low for item in items[start:end] if item.low != JOINED)


def _is_reason(built: Building, at: int) -> bool:
    return any(m.role == "lead" and m.kind is built.kind for m in built.items[at].means)


def _take_reason(built: Building, at: int) -> int:
    """Take what it was taken for, in the person's words to the end of the clause, if nothing else is said there."""
    lead = next(
        (m for m in built.items[at].means if m.role == "lead" and m.kind is built.kind and m.field is not None), None
    )
    rest = list(range(at + 1, len(built.items)))
    while rest and passable(built.items[rest[0]]):
        rest.pop(0)
    if lead is None or not rest or len(rest) > MOST_WORDS or any(built.items[i].sort != "words" for i in rest):
        return 0
    if any(built.items[i].is_small(S.NOT, S.VAGUE, S.CAUSE, S.STRETCH, S.AHEAD) for i in rest):
        return 0
    line = " ".join(built.items[i].low for i in rest)
    built.set(lead.field, [line], built.items[at])  # type: ignore[arg-type]
    built.use(*range(at, len(built.items)))
    return len(built.items)


def _ask_number(built: Building, item: Item, at: int, quantity: Quantity | None) -> None:
    built.use(at)
    if item.sort == "range":
        unit = item.value.unit
        built.ask(
            "which is meant?",
            *(Edit(item.start, item.end, f"{end}{unit}") for end in (item.value.low, item.value.high)),
        )
    elif at + 1 < len(built.items) and built.items[at + 1].glued and built.items[at + 1].is_unknown:
        rest = [each.low for each in built.items[at + 1 :]]
        built.use(*range(at, len(built.items)))
        built.ask(f"{item.low}{''.join(rest[:2])}: how much is that? write such as 400mg")
    elif quantity is None and (first := _length_times(built, at)):
        built.ask("how long in all?", Edit(first.start, item.end, f"{first.value * item.value.value:g} min"))
    elif quantity is None:
        built.ask(f"{item.low} what?", Edit(item.end, item.end, "m"))
    elif (times := _times_behind(built, at)) is not None:
        total = f"{item.value.value * times.value.value:g}"
        built.use(at + 1, at + 2)
        built.ask(f"{total} in all, of which unit, mg?", Edit(item.start, times.end, f"{total} mg"))
    elif counts(built.items, at):
        built.ask(f"how much is {item.low} {built.items[at + 1].low}?", Edit(item.start, built.items[at + 1].end, ""))
        built.use(at + 1)
    elif at and built.items[at - 1].low in ("x", "×") and quantity.name in built.data:
        number, _, unit = str(built.data[quantity.name]).partition(" ")
        total = f"{float(number) * item.value.value:g} {unit}"
        first = next((each for each in built.items if each.sort == "quantity"), item)
        built.ask(f"{total} in all?", Edit(first.start, item.end, total))
    elif item.value.value > SMALL_NUMBER and (counted := _count_before(built, at)):
        _ask_each(built, counted, item)
    else:
        text = item.value.text
        small = item.value.value <= SMALL_NUMBER and quantity.counted
        is_times = at > 0 and built.items[at - 1].low in ("x", "×")
        units = [f"{quantity.counted}s"] if small else []
        units += [] if small and is_times else ["mg"]
        edits = tuple(Edit(item.start, item.end, f"{text} {unit}") for unit in units)
        sign = " with a sign before it" if item.value.sign else ""
        built.ask(f"{text}{sign}: of which unit, mg?", *edits)


def _count_before(built: Building, at: int) -> Item | None:
    """The number before a name where another stands behind it: 2 ibuprofen 200."""
    number = next((each for each in built.items[:at] if each.sort == "number"), None)
    quantity = quantity_of(built.kind)
    return number if quantity is not None and quantity.name in built.data else None


def _length_times(built: Building, at: int) -> Item | None:
    """The length before an x and a number: 10 min x2."""
    is_times = at > 1 and built.items[at - 1].low in ("x", "×") and built.items[at - 2].sort == "length"
    return built.items[at - 2] if is_times else None


def _times_behind(built: Building, at: int) -> Item | None:
    """The number behind an x that is behind a number: 400 x2."""
    sign, number = (built.items[i] if i < len(built.items) else None for i in (at + 1, at + 2))
    is_times = sign is not None and sign.low in ("x", "×") and number is not None and number.sort == "number"
    return number if is_times else None


def _take_planned_amount(built: Building, vocabulary: Vocabulary) -> None:
    """Take the amount in the plan where none was said of what was taken."""
    quantity = quantity_of(built.kind)
    status = next((field for field in built.kind.typed_fields if isinstance(field, Choice) and field.opens), None)
    is_taken = status is not None and built.data.get(status.name) == status.options[0]
    if quantity is None or quantity.name in built.data or built.is_denied or not (built.verb or is_taken):
        return
    name = str(built.data.get(built.kind.main.name, ""))
    if amount := vocabulary.amount_of(name):
        built.data[quantity.name] = amount
        built.filled_fields = (quantity.name,)
        built.filled = f"{name} {quantity.show(amount)}, as in your plan"


def quantity_of(kind: Kind | None) -> Quantity | None:
    """Return the field of a kind that says how much was taken, if it has one."""
    return next((field for field in kind.typed_fields if isinstance(field, Quantity)), None) if kind else None


def is_taken(kind: Kind | None) -> bool:
    """Return whether an entry of a kind says that some amount was taken, and not only planned."""
    return kind is not None and bool(kind.verbs) and quantity_of(kind) is not None


def length_of(kind: Kind | None) -> Minutes | None:
    """Return the field of a kind that says how long, if a length without a name is it."""
    return (
        next((field for field in kind.typed_fields if isinstance(field, Minutes) and field.bare), None)
        if kind
        else None
    )
