"""Clauses of ratings: a pain with its places, a mood, a measure of one's own. Pure.

A clause is read from its anchor, the word that opens its fact. Every number has to belong to something; what is left
over is kept where it cannot change the meaning, and asked about else.
"""

from collections.abc import Sequence

from painlog.domain.kinds.fields import Number
from painlog.domain.language.building import Building
from painlog.domain.language.clause_fields import (
    is_share,
    take_beside,
    take_lead,
    take_modifier,
    take_presets,
    take_value,
)
from painlog.domain.language.clause_times import ask_subject, is_subject, take_when
from painlog.domain.language.figures import Figure
from painlog.domain.language.line_items import Item
from painlog.domain.language.reading import Edit
from painlog.domain.language.roles import (
    JOINED,
    counts,
    counts_things,
    fits,
    follows_cause,
    in_circumstance,
    is_well,
    leads_on,
    leads_to_place,
    opens_rating,
    passable,
    rating_head,
)
from painlog.domain.language.small_words import BAD, GOOD, Small
from painlog.domain.language.vocabulary import NONE, NOUN, Meaning, with_note, worded_kind

S = Small
_HARDLY = ("bit", "a bit", "bit of", "a little", "slightly", "slight")


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
        self._take_group(built, place, at, head)
        self._take_number(built, head, at)
        built.form = "place" if built.places else "number"
        take_beside(built, at + 1)
        self._ask_turned(built, head.field, place, at)
        return built

    def _ask_turned(self, built: Building, field: object, place: int, at: int) -> None:
        """Ask about a number that says the contrary of the word beside it, and may be turned round: bad mood 8."""
        if not (isinstance(field, Number) and field.better == "high" and self.items[at].sort == "number"):
            return
        value, middle = self.items[at].value.value, (field.low + field.high) / 2
        contrary = BAD if value > middle else GOOD if value < middle - 1 else ()
        beside = self._words_beside(place, at)
        word = next((each for each in beside if each.low in contrary), None)
        if any(each.low in _HARDLY for each in beside):
            return  # a bit flat, slightly low
        if word is None or any(each.is_small(S.NOT) for each in self.items[:at]):
            return
        start, end, kept = self.items[0].start, self.items[-1].end, worded_kind().heads[0]
        number = self.items[at].low
        said = " ".join(item.low for item in self.items if item.low != number and item.sort != "when")
        when = "".join(f" {item.low}" for item in self.items if item.sort == "when")
        built.ask(
            f"{word.low} and {number}: {field.high:g} is {field.high_label.lower()}; which is meant?",
            Edit(start, end, f"{built.word} N{when}, {kept} {said} {number}"),
            Edit(start, end, f"{built.word} {number}{when}, {kept} {said}"),
        )

    def _words_beside(self, place: int, at: int) -> list[Item]:
        """The words right before what opens a rating, up to its number, and behind it where the clause ends there."""
        last = self.items[at + 1 :]
        before = self.items[max(place - 1, 0) : at]
        is_all = all(passable(item) or item.is_small(S.DEGREE) or item.sort == "when" for item in last)
        return [*before, *last] if is_all else [*before]

    def _head(self, place: int, at: int) -> Meaning:
        heads = [head for item in self.items[place : at + 1] if (head := rating_head(item))]
        if heads:
            return next((head for head in heads if head.kind and head.field is not head.kind.main), heads[0])
        placed = next(found for item in self.items[place:] if (found := item.as_role("place")))
        return Meaning("head", placed.kind, placed.kind.main if placed.kind else None, {}, NOUN)

    def _take_group(self, built: Building, place: int, at: int, head: Meaning) -> None:
        """Take what stands between the word that opens and its number."""
        for i in range(place, at):
            item = self.items[i]
            if (other := rating_head(item)) and other.kind is built.kind:
                built.use(i)
                take_presets(built, other, i)
            elif not take_modifier(built, i):
                if item.sort == "when" and is_subject(built, i):
                    ask_subject(built, i, at)
                elif item.sort == "when":
                    take_when(built, i)
                    self._ask_what_time(built, i, at)
                elif passable(item):
                    built.use(i)
                elif item.is_small(S.ABOUT):
                    built.words.update((i, at))
                elif built.where is not None and leads_to_place(self.items, i):
                    built.words.add(i)
                elif item.is_small(S.BOUND) and (is_share(head.field) or self.items[at].sort == "range"):
                    built.use(i)  # it is asked about with the number
                elif item.is_small(S.BOUND):
                    built.ask(
                        f"'{item.low}' before a number leaves open which is meant", Edit(item.start, item.end, "")
                    )
                elif item.is_small(S.DEGREE, S.WITHOUT_SIDE):
                    built.words.add(i)

    def _ask_what_time(self, built: Building, place: int, at: int) -> None:
        """Ask about a time right behind a word that is said once more before the number: pain 5 pm pain 7."""
        first, item = self.items[place - 1], self.items[place]
        if place and any(again.low == first.low for again in self.items[place + 1 : at]):
            built.ask(f"is {item.low} a time?", Edit(first.start, first.end, ""))

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
                self._ask_none(built, place, rest)
                break
        built.form = "number"
        return built

    def _ask_none(self, built: Building, place: int, rest: Sequence[Item]) -> None:
        """Ask about none that more words follow: none in one place, or but for another (except neck 3)."""
        rest = [each for each in rest if each.low != JOINED]
        said, head = " ".join(each.low for each in rest), built.kind.heads[0]
        main, time = built.kind.main, f" {rest[0].low}" if rest[0].sort == "when" else ""
        low = f"{main.low:g}" if isinstance(main, Number) else "0"
        start, end = self.items[place].start, self.items[-1].end
        at = next((i for i, each in enumerate(rest) if each.sort == "number"), -1)
        if at >= 0:
            first = next((i for i in range(at) if rest[i].as_role("place") or rest[i].as_role("side")), at)
            words = " ".join(each.low for each in (self.items[place], *rest[:first], *rest[at + 1 :]))
            text = f"{' '.join(each.low for each in rest[first:at]) or head} {rest[at].low}{with_note(words)}, "
        elif any(each.as_role("place") for each in rest):
            text = f"{head} {low} {said}"
        else:
            text = f"{head} {low}{time}{with_note(self.items[place].low)} {said.removeprefix(time.strip()).strip()}, "
        built.ask(f"none at all, or none of that ({said})?", Edit(start, end, text))
        behind = range(place + 1, len(self.items))
        end = next((i for i in behind if self.items[i].sort == "mark" and self.items[i].low == JOINED), len(self.items))
        built.use(*range(place, end))

    def _number_first(self) -> Building | None:
        """``7/10 back pain``, ``6 out of 10 headache``: the number, then what it is."""
        for i, item in enumerate(self.items):
            if item.sort != "number" or counts(self.items, i):
                continue
            at = i + 1
            while at < len(self.items) and _leads_to_word(self.items[at]):
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
            if not _leads_to_word(item):
                break
        for j in range(start, len(self.items)):
            if found := self.items[j].as_role("place"):
                return Meaning("head", found.kind, found.kind.main if found.kind else None, {}, "bare"), j
            if not _leads_to_word(self.items[j]):
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
        if not figure.out_of and (head.style == "bare" or (word.endswith("s") and not word.endswith("ss"))):
            between = self.items[at + 1 : place + 1]
            texts = [item.low for item in between if item.sort != "when"]
            times = [item.low for item in between if item.sort == "when"]
            ends = "," if place == len(self.items) - 1 else ""
            built.ask(
                f"is {figure.text} a score or a count?",
                Edit(self.items[at].start, self.items[place].end, " ".join((*texts, figure.text, *times)) + ends),
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
            elif item.sort == "when":
                take_when(built, j)
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
            if (not head and not placed) or in_circumstance(self.items, i) or (head and head.style == NONE):
                continue
            at = next((j for j in range(i + 1, len(self.items)) if self.items[j].sort == "number"), 0)
            between = self.items[i + 1 : at]
            if not at or counts(self.items, at) or any(_blocks(each) for each in between):
                continue
            if is_well(self.items, i) and any(each.as_role("side") for each in between):
                continue  # left knee fine but right 6
            after = self.items[at + 1] if at + 1 < len(self.items) else None
            if after is not None and (after.is_unknown or after.is_small(S.NOT, S.AHEAD)):
                continue
            if between and between[-1].is_small(S.CAUSE, S.STRETCH, S.BOUND):
                continue
            first = next((each for each in between if not each.is_small(S.DEGREE)), None)
            if first is not None and first.is_unknown:
                continue  # pain killers 2, knee swelling 5: a word of its own, not how it is
            if head is None and counts_things(self.items, at):
                continue
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
            elif item.sort == "when" and is_subject(built, i):
                ask_subject(built, i, at)
            elif item.sort == "when":
                take_when(built, i)
            elif item.is_small(S.ABOUT):
                built.words.update((i, at))
            elif not passable(item):
                built.words.add(i)
        built.form = "place" if built.places else "number"
        take_beside(built, at + 1)
        return built


def starts_with_score(items: Sequence[Item]) -> bool:
    """Whether a clause is a number and then a place, which is a pain of its own: 5 hip."""
    core = [item for item in items if not (_leads_to_word(item) and item.as_role("place") is None)]
    return len(core) == 2 and core[0].sort == "number" and core[1].as_role("place") is not None


def _blocks(item: Item) -> bool:
    """Whether a number after this cannot belong to what stood before it."""
    if item.is_small(S.NOT, S.AHEAD, S.STRETCH, S.BOUND, S.LIKE, S.VAGUE) or item.sort in (
        "length",
        "quantity",
        "range",
        "quote",
    ):
        return True
    if item.sort == "mark" and item.low in "<>≤≥":
        return True
    return any(each.role in ("verb", "naming") or (each.role == "head" and each.style == NOUN) for each in item.means)


def _leads_to_word(item: Item) -> bool:
    """Whether an item may stand between a number and what it is of: 6 for pain, 6 in the evening neck."""
    return passable(item) or leads_on(item) or item.low == "for" or item.sort == "when"
