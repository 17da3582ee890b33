"""The sides of the places that a clause names: left, right or both where that was said, and asked about else. Pure."""

from collections.abc import Iterator, Sequence

from painlog.domain.language.building import Building, Place
from painlog.domain.language.reading import Edit
from painlog.domain.language.roles import JOINED, in_circumstance, leads_on, passable, rating_head
from painlog.domain.language.vocabulary import with_note
from painlog.domain.regions import SIDE_NAMES, has_sides, names_with
from painlog.errors import BadInput


def resolve_places(built: Building) -> None:
    """Give each place its side, or ask which; then the field its regions."""
    field = built.where
    sides = [i for i, item in enumerate(built.items) if item.as_role("side") and i in built.used]
    if field is None or not (built.places or sides):
        return
    built.places.sort(key=lambda place: place.at)
    if not _follow_their_places(built, sides):
        for at in sides:
            _give_side(built, at)
    for at, item in enumerate(built.items):
        if item.as_role("flank"):
            _give_flank(built, at)
    _ask_about_sides(built)
    regions = {id_: place.rated for place in built.places for id_ in place.ids}
    if regions:
        try:
            built.data[field.name] = field.check({**built.data.get(field.name, {}), **regions})
        except BadInput as error:
            built.ask(str(error))


def _follow_their_places(built: Building, sides: Sequence[int]) -> bool:
    """Give each place the side behind it, where each has one: low back left knee right; false where it is otherwise."""
    places = built.places
    if len(sides) != len(places) or len(sides) < 2 or any(place.side or not has_sides(place.id) for place in places):
        return False
    if not all(place.at < side for place, side in zip(places, sides, strict=True)):
        return False
    if not all(side < place.at for place, side in zip(places[1:], sides, strict=False)):
        return False
    for place, at in zip(places, sides, strict=True):
        place.side, place.told = built.items[at].as_role("side").value, True  # type: ignore[union-attr]
    return True


def _give_side(built: Building, at: int) -> None:
    side, item = built.items[at].as_role("side").value, built.items[at]  # type: ignore[union-attr]
    before = next((place for place in reversed(built.places) if place.at < at), None)
    after = next((place for place in built.places if place.at > at), None)
    near_before = before is not None and all(
        passable(each) and each.low != JOINED for each in built.items[before.at + 1 : at]
    )
    near_after = after is not None and all(
        (passable(each) and each.low != JOINED) or leads_on(each) for each in built.items[at + 1 : after.at]
    )
    first = before if before and near_before and has_sides(before.id) and not before.told else None
    second = after if after and near_after and has_sides(after.id) and not after.told else None
    if first and second and first is not second:
        built.ask(
            f"is it the {item.low} {_words_of(first, built)} or the {item.low} {_words_of(second, built)}?",
            Edit(first.start, item.end, f"{item.low} {_words_of(first, built)} and"),
            Edit(item.start, item.start, "and "),
        )
        second.side, second.told, second.ahead = side, True, True
        return
    far = next((place for place in reversed(built.places) if has_sides(place.id) and not place.told), None)
    only = far if far and sum(has_sides(place.id) for place in built.places) == 1 and not near_after else None
    place = second or first or only
    if place is None:
        whole = Edit(item.start, item.end, f"{item.low} side")
        built.ask(f"{item.low} of what?", *(_part_edits(built, at) or [whole]), *_as_note(built, at))
        return
    if len(place.side) > 1 and place is not second and _is_behind_number(built, at):
        name = _words_of(place, built)
        built.ask(f"both {name}, or {item.low} alone?", *_as_note(built, at))
        return
    place.side, place.told, place.ahead = side, True, place is second


def _part_edits(built: Building, at: int) -> list[Edit]:
    """The places that a word behind a side may be the name of several of, as thigh is of its front and its back."""
    following = next((each for each in built.items[at + 1 : at + 2] if each.is_unknown), None)
    if following is None:
        return []
    return [Edit(following.start, following.end, name) for name in names_with(following.low)[:2]]


def _as_note(built: Building, at: int) -> Iterator[Edit]:
    """Yield what stands behind a whole fact, with a side, as a note: both knees 6 left worse."""
    if _is_behind_number(built, at):
        number = max(i for i in range(at) if _is_its_number(built, i))
        first = next(each for each in built.items[number + 1 : at + 1] if each.sort == "words")
        yield Edit(first.start, first.start, f"{with_note()} ")


def _is_behind_number(built: Building, at: int) -> bool:
    return any(_is_its_number(built, i) for i in range(at))


def _is_its_number(built: Building, at: int) -> bool:
    return built.items[at].sort == "number" and at in built.used


def _give_flank(built: Building, at: int) -> None:
    """Give the place beside words such as left side their side; they stay words where it has no sides."""
    item = built.items[at]
    side = item.as_role("flank").value  # type: ignore[union-attr]
    near = [place for place in built.places if _is_beside(built, at, place.at)]
    sided = [place for place in near if has_sides(place.id)]
    if not sided or in_circumstance(built.items, at):
        return
    open_places = [place for place in sided if not place.side]
    if len(sided) > 1 and not (len(open_places) == 1 and len({place.side for place in sided}) == 1):
        names = [_words_of(place, built) for place in sided]
        said = side_word(side)
        edits = [Edit(place.start, place.end, f"{said} {_words_of(place, built)}") for place in sided if not place.told]
        built.ask(f"{item.low} of which, {' or '.join(names)}?", *edits)
        return
    place = sided[0]
    if place.told and place.side != side:
        built.ask(f"which side is the {_words_of(place, built)}?", Edit(item.start, item.end, ""))
        return
    place.side, place.told, place.ahead = side, len(side) == 1, at < place.at
    built.words.discard(at)
    built.use(at)


def side_word(side: str) -> str:
    """Return left, right or both."""
    return SIDE_NAMES.get(side, "both")


def _is_beside(built: Building, at: int, place: int) -> bool:
    """Whether nothing but what belongs to the fact stands between words such as left side and a place."""
    low, high = sorted((at, place))
    return all(
        (passable(each) and (each.low != JOINED or each.value == ","))
        or each.as_role("place")
        or leads_on(each)
        or rating_head(each)
        or (i in built.used and each.sort == "number")
        or each.sort == "when"
        for i, each in enumerate(built.items[low + 1 : high], low + 1)
    )


def _words_of(place: Place, built: Building) -> str:
    return built.items[place.at].low


def _ask_about_sides(built: Building) -> None:
    """Left and right are confused most: a place without a side after one that has one is not guessed at."""
    for i, place in enumerate(built.places):
        if place.side or not has_sides(place.id) or built.kind.main.name not in built.data:
            continue
        before = any(other.side in ("l", "r") for other in built.places[:i])
        after = any(other.side in ("l", "r") and not other.ahead for other in built.places[i + 1 :])
        if before or after:
            name = _words_of(place, built)
            edits = [Edit(place.start, place.end, f"{word} {name}") for word in ("left", "right")]
            built.ask(f"which side is the {name}?", *edits)
