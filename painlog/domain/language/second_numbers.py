"""A number in a clause that has one already: what is asked of it, with what it may be of. Pure."""

from collections.abc import Sequence

from painlog.domain.language.building import Building
from painlog.domain.language.clause_openings import could_be_date, could_be_time
from painlog.domain.language.line_items import Item
from painlog.domain.language.name_details import length_of, quantity_of
from painlog.domain.language.place_questions import closed_note, rest_as_note
from painlog.domain.language.reading import Edit
from painlog.domain.language.roles import NOW, has_places, night_head, passable, rating_head
from painlog.domain.language.small_words import Small
from painlog.domain.language.vocabulary import spoken_kinds, with_note

S = Small


class SecondNumbers:
    """Asks about a number that a clause leaves over."""

    def __init__(self, line: str) -> None:
        self.line = line
        self.pain = next(kind for kind in spoken_kinds() if has_places(kind)).heads[0]

    def ask(self, built: Building, i: int) -> None:
        """Ask what a number is that nothing in its clause takes."""
        items, item = built.items, built.items[i]
        last = max((u for u in built.used if items[u].is_numeric and u < i), default=-1)
        commands: tuple[str, ...] = ()
        edits: list[Edit] = []
        if item.sort == "number" and could_be_date(item.low):
            edits = [Edit(item.start, item.end, f"{item.low}.")]
        elif item.sort == "number" and could_be_time(item.low):
            edits = [Edit(item.start, item.end, item.low.replace(".", ":"))]
        elif quantity_of(built.kind) and item.sort == "number" and self._is_score(built, i):
            said = self.line[items[built.last].end : item.end].strip()
            edits = [Edit(items[built.last].end, item.end, f", {self.pain} {said}"), self._rest_noted(built)]
        elif last < 0 and item.sort == "length" and length_of(built.kind) is not None:
            end, said = items[max(u for u in built.used if u < i)].end, self.line[item.start : item.end]
            edits = [Edit(end, item.end, f" {said}{self.line[end : item.start].rstrip()}")]
        elif last >= 0:
            edits = self._of_another(built, last, i) or self._beside(built, last, i)
            if not (edits or built.questions) and _is_of_words(items, last, i):
                edits = [Edit(items[last].end, items[last].end, with_note())]
            is_new = items[i - 1].is_unknown and not edits
            commands = (f"track add {items[i - 1].low}",) if is_new else ()
            edits = edits or self._instead(items, last, i)
        built.ask(f"what is {self.line[item.start : item.end]}?", *edits, commands=commands)

    def _of_another(self, built: Building, last: int, i: int) -> list[Edit]:
        """What a number is that is of another time, or of another rating: 5 (was 7 yesterday), 3 because pain 7."""
        items = built.items
        if cause := self._caused_by(built, last, i):
            return [cause]
        following = items[i + 1 : i + 2]
        if following and following[0].sort == "when" and all(map(passable, items[last + 1 : i])):
            rest = self.line[items[i].start : items[-1].end].strip(" ()")
            return [Edit(items[last].end, items[-1].end, f", {built.word} {rest}")]
        if opened := next((at for at in range(last + 1, i) if items[at].low == "("), 0):
            return [self._in_brackets(built, last, opened, i)]
        times = [each for each in items[last + 1 : i] if each.sort == "when"]
        if not times and any(each.low in NOW for each in items[last + 1 :]):
            said, rest = (
                self.line[items[i].start : items[-1].end],
                self.line[items[0].start : items[i].start].strip(" ,"),
            )
            return [Edit(items[0].start, items[-1].end, f"{built.word} {said}{with_note(rest)}")]
        return self._with_times(built, last, i, times) if times else []

    def _in_brackets(self, built: Building, last: int, opened: int, i: int) -> Edit:
        """What a number in brackets is, a rating of another time or a note: mood 5 (yesterday 3), pain 6 (was 8)."""
        items, end = built.items, built.items[-1].end
        inside = self.line[items[opened + 1].start : end].rstrip(" )")
        time = next((self.line[e.start : e.end] for e in items[opened:i] if e.sort == "when"), "")
        said = self.line[items[i].start : items[i].end]
        return Edit(items[last].end, end, f", {time} {built.word} {said}" if time else with_note(inside))

    def _beside(self, built: Building, last: int, i: int) -> list[Edit]:
        """What a number is that is of another sort than the first, or behind an arrow."""
        items = built.items
        if items[last].sort != items[i].sort:
            return [self._rest_noted(built)]
        if i - 1 > last and joins_numbers(items, i - 1):
            rest = rest_as_note(self.line, items[last:])
            return [Edit(items[last].start, items[-1].end, f"{each.low}{rest}") for each in (items[i], items[last])]
        return []

    def _rest_noted(self, built: Building) -> Edit:
        end, close = built.items[built.last].end, built.items[-1].end
        return Edit(end, close, closed_note(self.line, end, close))

    def _caused_by(self, built: Building, last: int, i: int) -> Edit | None:
        """What makes an entry of its own of a rating that is said as a cause: mood 3 because pain 7."""
        items = built.items
        named = next((at for at in range(i - 1, last, -1) if not passable(items[at])), last)
        head = rating_head(items[named])
        if named == last or head is None or head.kind is built.kind or not items[named - 1].is_small(S.CAUSE):
            return None
        return Edit(items[named - 1].start, items[named].start, ", ")

    def _instead(self, items: Sequence[Item], last: int, i: int) -> list[Edit]:
        """What is offered for a second number: with words of its own it is a note; else one of the two."""
        first, second, between = items[last], items[i], items[last + 1 : i]
        if any(each.is_small(S.BOUND) and each.low.endswith("to") for each in between):
            said, rest = self.line[second.start : items[-1].end], self.line[first.start : second.start].strip(" ,")
            return [Edit(first.start, items[-1].end, f"{said}{with_note(rest)}"), self._noted(items, last)]
        if items[i - 1].is_unknown or any(each.is_small(S.BOUND) for each in between):
            return [self._noted(items, last)]
        beside = [*between, *items[i + 1 : i + 2]]
        noted = Edit(first.end, first.end, with_note())
        if any(each.is_unknown for each in between) or any(each.is_small(S.CAUSE, S.STRETCH) for each in beside):
            return [noted]
        if any(m.role in ("word", "option") for each in between for m in each.means):
            said, rest = self.line[second.start : items[-1].end], self.line[first.start : second.start].strip(" ,")
            return (
                [noted]
                if second.sort != "number"
                else [noted, Edit(first.start, items[-1].end, f"{said}{with_note(rest)}")]
            )
        is_kept = any(each.as_role("naming") for each in between)
        words = self.line[first.end : second.start].rstrip() if is_kept else ""
        return [
            Edit(first.end, second.end, words),
            Edit(first.start, second.end, f"{self.line[second.start : second.end]}{words}"),
        ]

    def _noted(self, items: Sequence[Item], last: int) -> Edit:
        """What follows the first number as a note."""
        return Edit(items[last].end, items[-1].end, f"{rest_as_note(self.line, items[last + 1 :])}, ")

    def _is_score(self, built: Building, i: int) -> bool:
        """Whether a number behind a medicine and words such as still may be how it hurts."""
        between = built.items[built.last + 1 : i]
        return any(not passable(each) for each in between) and built.items[i].value.value <= 10

    def _with_times(self, built: Building, last: int, i: int, times: Sequence[Item]) -> list[Edit]:
        """What a second number may be behind a time, the time kept: pain 5 yesterday 7."""
        first, second = built.items[last], built.items[i]
        if i + 1 < len(built.items) and (built.items[i + 1].sort == "when" or built.items[i + 1].low in NOW):
            return [Edit(second.start, second.start, f", {built.word} ")]
        said = self.line[second.start : second.end]
        between = self.line[first.end : second.start].rstrip()
        time = self.line[times[-1].start : times[-1].end]
        alone = Edit(times[-1].start, second.end, f", {time} {built.word} {said}")
        if len(times) > 1 or any(each.sort == "when" for each in built.items[:last]):
            return [alone, Edit(second.start, second.end, "")]
        return [Edit(first.end, second.end, between), Edit(first.start, second.end, f"{said}{between}"), alone]


def _is_of_words(items: Sequence[Item], last: int, i: int) -> bool:
    """Whether a number counts what follows, whatever that is, or is not how it was: had 2 panic attacks, would be 7."""
    following = next((each for each in items[i + 1 :] if not each.is_small(S.DEGREE)), None)
    is_counted = following is not None and (
        following.is_unknown or following.is_small(S.COUNT, S.OTHER) or night_head(following) is not None
    )
    return is_counted or any(each.is_small(S.AHEAD, S.COUNT) for each in items[last + 1 : i])


def joins_numbers(items: Sequence[Item], i: int) -> bool:
    """Return whether an arrow stands between two numbers: pain 6 -> 4."""
    if i + 1 >= len(items) or items[i].low not in (">", "→") or items[i + 1].sort != "number":
        return False
    before = items[i - 2] if items[i - 1].low in ("-", "=") and i > 1 else items[i - 1]
    return before.sort == "number"
