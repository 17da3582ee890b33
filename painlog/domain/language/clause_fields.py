"""What a clause says of a fact beside the word that opens it: its value and its other fields. Pure."""

from collections.abc import Sequence

from painlog.domain.kinds.fields import Choice, Flag, Minutes, Name, Number, Text, Words, YesNo
from painlog.domain.kinds.where import Where
from painlog.domain.language.building import Building, Place
from painlog.domain.language.clause_times import is_subject, take_when
from painlog.domain.language.figures import Figure, Range
from painlog.domain.language.line_items import Item
from painlog.domain.language.reading import Edit
from painlog.domain.language.roles import (
    JOINED,
    NUMBERS,
    bare_meaning,
    counts,
    is_quality,
    leads_to_place,
    passable,
    rating_head,
)
from painlog.domain.language.small_words import IN_TURN, SAID_OF_THINGS, SAID_OF_WORK, SENSATIONS, WELL, Small
from painlog.domain.language.vocabulary import CONDITION, FEELING, NONE, PART, Meaning, with_note

S = Small
_MOST_SCORE = 10
_MINUS = ("-", "–")
_LONG_TIMES = ("days", "weeks", "months", "years", "ages", "a", "the", "so", "forever")


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
    if item.sort == "range" and is_share(field):
        built.ask(f"{item.low}: by how much is that, in per cent?")
        return
    if item.sort == "range":
        _ask_which(built, item, items[at - 1] if at and items[at - 1].is_small(S.BOUND) else None)
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
            edit = Edit(item.start, items[at + 1].end, f"{figure.text}m")
            if counted := next((each for each in built.kind.typed_fields if is_counted(each, items[at + 1])), None):
                edit = Edit(items[at - 1].start, items[at + 1].end, f"{counted.name} {figure.text} times")
            built.ask(f"{figure.text} {items[at + 1].low} is no length of time", edit)
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
            Edit(item.start, item.end, "N"),
        )
        return
    if high > 100 and isinstance(field, Number) and built.ask_thousands(field, figure.text, item):
        return
    if figure.sign and low >= 0:
        why = f"is below {low:g}" if figure.sign in _MINUS else f"is that {figure.text}?"
        meant = "N" if figure.sign in _MINUS else figure.text
        built.ask(f"{figure.sign}{figure.text} {why}", Edit(item.start - 1, item.end, meant))
        return
    if counts(items, at) and not is_counted(field, items[at + 1]):
        built.ask(f"{figure.text} {items[at + 1].low} is no score", Edit(item.start, items[at + 1].end, "N"))
        return
    if at + 1 < len(items) and is_counted(field, items[at + 1]):
        built.use(at + 1)
    elif is_share(field) and figure.value <= _MOST_SCORE:
        _ask_share(built, at)
        return
    built.set(field, -figure.value if figure.sign in _MINUS else figure.value, item)  # type: ignore[arg-type]


def is_share(field: object) -> bool:
    """Whether a field's number is in per cent."""
    return isinstance(field, Number) and field.unit == "%"


def _ask_share(built: Building, at: int) -> None:
    """Ask about a small number without its sign, which may be a share or how it was then: heat eased my back 6."""
    items, number, kind = built.items, built.items[at].low, built.kind
    named = next(i for i in range(at, -1, -1) if any(is_share(m.field) for m in items[i].means))
    parts = (items[:named], items[named + 1 : at])
    before, between = (" ".join(item.low for item in part if item.low != JOINED) for part in parts)
    is_said = any(item.as_role("place") or rating_head(item) for item in items[:named])
    of_place = any(item.as_role("place") for item in items[named:at])
    bound = next((item.low for item in items[named:at] if item.is_small(S.BOUND)), "")
    between = between.removesuffix(bound)
    head = "" if is_said or of_place else kind.heads[0]
    rest = " ".join(item.low for item in items[at + 1 :])
    kept = " ".join(filter(None, ("" if is_said else before, items[named].low, bound)))
    score = " ".join(filter(None, (before if is_said else "", head, between, number, rest)))
    start, end = items[0].start, items[-1].end
    is_whole = kind.main.name not in built.data and (start == 0 or not head)  # and says no more of a fact before it
    edits = [Edit(start, end, f"{score}{with_note(kept)}")] if is_whole else []
    if not bound:
        edits.insert(0, Edit(items[at].start, items[at].end, f"{number} %"))
    built.ask(f"{items[named].low} {number}: is that {number} %?", *edits)


def is_counted(field: object, item: Item) -> bool:
    """Whether a word behind a number is what the field counts, or its unit."""
    if is_share(field) and item.low == "percent":
        return True
    return isinstance(field, Number) and (item.low in field.counts or bool(field.unit and item.low == field.unit))


def _ask_which(built: Building, item: Item, moved: Item | None) -> None:
    """Ask which of two numbers is meant; those it ``moved`` between stay in a note: up from 3 to 5."""
    found: Range = item.value
    said = [f"{end}{found.unit}" for end in (found.low, found.high)]
    edits = tuple(Edit(item.start, item.end, each) for each in said)
    question = f"which is meant, {found.low} or {found.high}?"
    if moved is not None:
        kept = f"{with_note(f'{moved.low} {item.low}')}, "
        edits = tuple(Edit(moved.start, item.end, f"{each}{kept}") for each in reversed(said))
    elif found.low.isdecimal() and found.high.endswith("m"):
        words = item.low.removeprefix(found.low).strip()
        said = [f"{found.low} at {found.high}", f"{found.low}{with_note(words)}"]
        question = f"was it {found.low} at {found.high}, or is it {found.low} now?"
        edits = tuple(Edit(item.start, item.end, each) for each in said)
    built.ask(question, *edits)


def take_modifier(built: Building, place: int) -> bool:
    """Take a word that says more of the fact without naming a field: a place, a side, a quality, which rating."""
    item, kind = built.items[place], built.kind
    if built.where is not None:
        if placed := item.as_role("place"):
            id_, side = placed.value
            built.places.append(Place(id_, side, place, item))
            built.use(place)
            if placed.style == PART:
                built.words.add(place)
            return True
        if item.as_role("side"):
            built.use(place)
            return True
    for role in ("option", "word"):
        meaning = bare_meaning(item, kind, role)
        if meaning and meaning.field and meaning.field is not kind.main:
            if role == "option" and isinstance(kind.main, Number) and _compares_long(built.items, place):
                return False
            if role == "word" and _is_of_something_else(built.items, place):
                return False
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


def _compares_long(items: Sequence[Item], place: int) -> bool:
    """Whether a word such as worst says how it is beside a long time, and not which rating: worst in months."""
    first, second = (items[i].low if i < len(items) else "" for i in (place + 1, place + 2))
    return first in ("ever", "yet") or (first == "in" and (second in _LONG_TIMES or not second))


def _is_of_something_else(items: Sequence[Item], place: int) -> bool:
    """Whether a word such as cold says not what it feels like: cold weather, worse in the cold, burning gone."""
    return _is_surroundings(items, place) or _is_gone(items, place) or _is_of_thing(items, place)


def _is_of_thing(items: Sequence[Item], place: int) -> bool:
    """Whether a word for what it feels like is said of the thing right behind it: tight shoes, heavy day."""
    following = items[place + 1] if place + 1 < len(items) else None
    if following is None or items[place].low not in SAID_OF_THINGS:
        return False
    is_word = following.is_unknown or (following.as_role("word") is not None and not is_quality(following))
    no_thing = ("ly",) if items[place].low in SAID_OF_WORK else ("ly", "ing")
    is_thing = is_word and following.low not in SENSATIONS and not following.low.endswith(no_thing)
    return is_thing or (following.is_small(S.COUNT) and following.low in IN_TURN)


def _is_gone(items: Sequence[Item], place: int) -> bool:
    """Whether a word behind what it feels like says that it does so no more: burning gone."""
    following = next((item for item in items[place + 1 :] if not passable(item)), None)
    return following is not None and following.low in WELL and not following.is_small(S.DEGREE)


def _is_surroundings(items: Sequence[Item], place: int) -> bool:
    """Whether a word such as cold says what it is like around, and not what it feels like: worse in the cold."""
    at = place - 1
    while at > 0 and items[at].low in ("the", "this"):
        at -= 1
    following = next((item for item in items[place + 1 :] if not passable(item)), None)
    is_of_body = following is not None and (
        following.as_role("place") or following.as_role("side") or rating_head(following)
    )
    return at > 0 and items[at].low == "in" and not is_of_body


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
            built.set(field, True, item)  # noqa: FBT003
            built.use(place)
            return place + 1
        at = place + 1
        if isinstance(field, Where) and (at == len(built.items) or built.items[at].low != ":"):
            continue
        while at < len(built.items) and (passable(built.items[at]) or built.items[at].low in ("by", "for")):
            at += 1
        if at < len(built.items) and (after := _field_value(built, field, at, item)):
            built.use(*range(place, after))
            return _take_more(built, field, after) if isinstance(field, Words) else after
    return 0


def _field_value(built: Building, field: object, at: int, named: Item) -> int:  # noqa: PLR0912  (a branch a form)
    item = built.items[at]
    if isinstance(field, Number):
        if item.sort in NUMBERS and not (
            counts(built.items, at) and not is_counted(field, built.items[at + 1]) and field.unit != "%"
        ):
            following = built.items[at + 1] if at + 1 < len(built.items) else None
            if following is not None and following.is_unknown and not field.counts and named.as_role("small"):
                return 0  # after 2 beers
            take_value(built, field, at, built.items)
            return at + 1 + (following is not None and is_counted(field, following))
    elif isinstance(field, Minutes):
        if (
            item.sort in ("length", *NUMBERS)
            and not field.spans
            and not (item.sort == "number" and counts(built.items, at))
        ):
            take_value(built, field, at, built.items)
            return at + 1
    elif isinstance(field, Where):
        return at if item.as_role("place") or item.as_role("side") else 0
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
    """Take what follows the value for as long as each word says something of the fact, and again behind a comma."""
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
        if head and head.kind is built.kind and _is_main_said(built, head) and head.style not in (NONE, FEELING):
            built.use(at)
            take_presets(built, head, at)
        elif take_modifier(built, at) or passable(item):
            if at not in built.used and _is_followed(built, at):
                built.use(at)
        elif item.sort == "when" and not is_subject(built, at):
            take_when(built, at)
        elif (built.where and built.form == "number" and leads_to_place(built.items, at)) or (
            item.low == "ish" and item.glued
        ):
            built.words.add(at)
        elif not item.is_small(S.DEGREE, S.WITHOUT_SIDE):
            at = next((i for i in range(at, len(built.items)) if built.items[i].low == JOINED), len(built.items))
        at += 1


def _is_main_said(built: Building, head: Meaning) -> bool:
    """Whether a word names the main rating of a fact that has a number for it: 6 pain, but not tired 8 mood."""
    return head.field is built.kind.main and built.kind.main.name in built.data


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
    built.places[-1].rated = number.value.value
    built.use(place, place + 1)
    return place + 2
