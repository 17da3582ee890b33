"""Clauses that say no fact: what has to be asked of them, and what is only words. Pure."""

from collections.abc import Sequence

from painlog.domain.kinds.fields import Minutes, Number
from painlog.domain.kinds.kind import Kind
from painlog.domain.language.amounts import Quantity
from painlog.domain.language.building import Building
from painlog.domain.language.clause_openings import could_be_date, is_rated, option_edits
from painlog.domain.language.line_items import Item
from painlog.domain.language.name_details import quantity_of
from painlog.domain.language.reading import Edit, Question, is_it_a
from painlog.domain.language.roles import (
    choice_head,
    counts,
    has_places,
    in_circumstance,
    night_head,
    passable,
    rating_head,
)
from painlog.domain.language.small_words import Small
from painlog.domain.language.spelling import distance, near_names
from painlog.domain.language.vocabulary import (
    CONDITION,
    FEELING,
    NONE,
    NOUN,
    Vocabulary,
    alike_words,
    named_kind,
    spanning_kind,
    spellings,
    spoken_kinds,
    worded_kind,
)
from painlog.domain.regions import place_names, places_meant

S = Small
_NUMERIC = ("number", "range", "length", "quantity")


class LooseClause:
    """Asks about a clause without a fact; ``built`` are the facts of the line before it."""

    def __init__(self, line: str, vocabulary: Vocabulary, built: Sequence[Building]) -> None:
        self.line, self.vocabulary, self.built = line, vocabulary, built
        self.slept = spanning_kind().heads[0]
        self.took = named_kind(Quantity).verbs[0]
        self.note = worded_kind().heads[0]

    def question(self, items: Sequence[Item], core: Sequence[Item]) -> Question | None:
        """Return what has to be asked of a clause without a fact, also beside others; None for words that are kept."""
        return (
            self._ahead(items, core)
            or self.denied_fact(items)
            or self._new_medicine(items)
            or self._taken_after_all(core)
            or self._bare_number(items, core)
            or self._unanswered(items, core)
            or self._strange_number(items, core)
            or self._loose_when(items)
            or self._vague_field(core)
            or self._slipped_place(core)
        )

    def _loose_when(self, items: Sequence[Item]) -> Question | None:
        """A comparison with another time, which is not the time of what stands before it: same as yesterday."""
        for i, item in enumerate(items):
            if (
                item.sort == "when"
                and i
                and (items[i - 1].is_small(S.LIKE) or items[i - 1].low.endswith(("same", "as", " than")))
                and len(items) <= 4
            ):
                return Question(
                    f"'{items[i - 1].low} {item.low}' is no time of this", (Edit(items[0].start, item.end, ""),)
                )
        return None

    def _vague_field(self, core: Sequence[Item]) -> Question | None:
        """A field of the fact before it with a word that says no number: woke twice."""
        if len(core) != 2 or not core[1].is_small(S.VAGUE):
            return None
        counted = [m for m in core[0].means if m.role == "field" and isinstance(m.field, Number) and m.field.counts]
        kind = counted[0].kind if counted else None
        if kind is None or (self.built and kind is not self.built[-1].kind):
            return None
        opened = "" if self.built else f"{kind.heads[0]} "
        said = self.line[core[0].start : core[0].end]
        return Question(
            f"how often is {core[1].low}?",
            (Edit(core[0].start, core[1].end, f"{opened}{said} {_often(core[1])} times"),),
        )

    def _slipped_place(self, core: Sequence[Item]) -> Question | None:
        """Words behind a fact that has places, which a slip may have made of one more: pain 6 knees and lowr bak."""
        words = [item for item in core if not item.as_role("side") and item.sort != "when"]
        if not self.built or self.built[-1].where is None or not any(item.is_unknown for item in words):
            return None
        meant = places_meant([item.low for item in words])
        start, end = words[0].start, words[-1].end
        edits = tuple(Edit(start, end, each) for each in meant[:3])
        return Question(f"{self.line[start:end]}: did you mean {meant[0]}?", edits) if meant else None

    def _ahead(self, items: Sequence[Item], core: Sequence[Item]) -> Question | None:
        ahead = next((item for item in core if item.is_small(S.AHEAD)), None)
        ahead = ahead or next((item for item in core if item.sort == "when" and item.value.ahead), None)
        told = [
            item
            for item in core
            if item.as_role("naming")
            or item.as_role("verb")
            or any(m.role == "head" and m.style != FEELING for m in item.means)
        ]
        if ahead is None or not told or segment_asks(items):
            return None
        if any(item.sort == "when" and item.value.ahead for item in core):
            return Question(f"'{ahead.low}' is what comes; what was can be recorded")
        named = next((item for item in core if item.as_role("naming")), told[-1])
        verb = next((m.kind.verbs[0] for m in named.means if m.role == "naming" and m.kind), "")
        said = self.line[named.start : named.end]
        return Question(
            f"'{ahead.low}' is what comes; what was can be recorded",
            (Edit(items[0].start, items[-1].end, f"{verb} {said}".strip()),),
        )

    def denied_fact(self, items: Sequence[Item]) -> Question | None:
        """Return what is asked of a fact that is said not to be: no headache, didnt take gabapentin."""
        for i, item in enumerate(items):
            if not item.is_small(S.NOT):
                continue
            rest = items[i + 1 :]
            if item.low == "stopped" and (named := next((each for each in rest if each.as_role("naming")), None)):
                said = self.line[named.start : named.end]
                return Question(f"was {said} stopped for good?", (), (f"plan stop {said}{_at(rest)}",))
            verb = next((each for each in rest if each.as_role("verb") or each.low == "take"), None)
            name = next((each for each in rest if each.as_role("naming")), None)
            if name is not None and (verb is not None or any(each.low in ("take", "taken", "had") for each in rest)):
                meaning = name.as_role("naming")
                status = (
                    next((f for f in meaning.kind.typed_fields if getattr(f, "opens", False)), None)
                    if meaning and meaning.kind
                    else None
                )
                said = self.line[name.start : name.end]
                if status is not None:
                    skipped = status.show(status.options[1])  # type: ignore[attr-defined]
                    return Question(f"was {said} {skipped}?", (Edit(items[0].start, name.end, f"{skipped} {said}"),))
            for each in rest:
                if (
                    (head := rating_head(each))
                    and isinstance(head.field, Number)
                    and not in_circumstance(items, items.index(each))
                ):
                    if any(e.is_unknown for e in rest[: rest.index(each)]):
                        break
                    words = " ".join(e.low for e in rest[: rest.index(each) + 1])
                    if any(m.role == "head" and m.style == FEELING for m in each.means):
                        break
                    return Question(f"no {words}: is that 0?", (Edit(item.start, each.end, f"{words} 0"),))
                if night_head(each):
                    return self._no_night(items, i, each)
                if not (passable(each) or each.as_role("place") or each.as_role("side") or each.as_role("word")):
                    break
        return None

    def _new_medicine(self, items: Sequence[Item]) -> Question | None:
        """A medicine that was started, which is of the plan: started pregabalin 75mg twice a day."""
        at = next((i for i, item in enumerate(items) if not passable(item)), len(items))
        rest = [each for each in items[at + 1 :] if not passable(each) and each.low not in ("taking", "on")]
        if at == len(items) or items[at].low not in ("started", "restarted") or not rest:
            return None
        kind = named_kind(Quantity)
        meant = rest[0].as_role("naming", kind) or rest[0].low in spellings()
        amount = next((i for i, each in enumerate(rest) if each.sort == "quantity"), 0)
        if not (meant or (0 < amount <= 2 and all(each.is_unknown for each in rest[:amount]))):
            return None
        told = next((i for i, each in enumerate(rest) if each.sort == "when"), len(rest))
        text = self.line[rest[0].start : rest[told - 1].end]
        return Question(f"is {rest[0].low} new in the plan?", (), (f"plan start {text}{_at(rest)}",))

    def _taken_after_all(self, core: Sequence[Item]) -> Question | None:
        """What is asked of words that take up the medicine before them: forgot gabapentin, took it at noon."""
        last = self.built[-1] if self.built else None
        if last is None or quantity_of(last.kind) is None or not core or not core[0].as_role("verb", last.kind):
            return None
        if not self.line[core[0].end :].lower().startswith((" it", " them")) or not any(i.sort == "when" for i in core):
            return None
        text = f"{self.line[core[0].start : core[0].end]} {last.data[last.kind.main.name]}"
        end = core[0].end + self.line[core[0].end :].lower().index("t") + 1
        return Question("was it taken after all?", (Edit(last.span[0], end, text), Edit(core[0].start, end, text)))

    def _no_night(self, items: Sequence[Item], i: int, night: Item) -> Question:
        """What is asked where there was no sleep, its time kept: no sleep last night."""
        head = night_head(night)
        if head is not None and head.value:
            return Question(f"no {night.low} is no entry; how long was it?", ())
        start = items[0].start if all(map(passable, items[:i])) else items[i].start
        behind = items[items.index(night) + 1 :]
        end = next((each.start for each in behind if each.sort == "when"), items[-1].end)
        tail = " " if end < items[-1].end else ""
        said = (f"{self.slept} 0h{tail}", f"{self.slept} 0-10 h{tail}")
        return Question("no sleep at all, or little?", tuple(Edit(start, end, each) for each in said))

    def _bare_number(self, items: Sequence[Item], core: Sequence[Item]) -> Question | None:
        known = [item for item in core if item.sort != "when" and not item.is_small(S.ABOUT, S.DEGREE, S.LIKE, S.COUNT)]
        if not known or any(item.sort not in _NUMERIC for item in known):
            return None
        item = known[0]
        said = self.line[item.start : item.end]
        if item.sort == "number":
            last = (self.built[-1].kind.heads[0],) if self.built and is_rated(self.built[-1].kind) else ()
            kinds = dict.fromkeys((*last, *_numbered()))
            edits = tuple(Edit(item.start, item.end, f"{kind} {said}") for kind in kinds)
            if could_be_date(said):
                edits = (Edit(item.start, item.end, f"{said}."),)
            if self.built:
                edits = (*edits, Edit(self.built[-1].span[1], item.end, ""))
            return Question(f"{said} of what?", edits)
        if item.sort == "length":
            return Question(f"{said} of what?", (Edit(item.start, item.end, f"{self.slept} {said}"),))
        return Question(f"{said} of what?", (Edit(item.end, item.end, " NAME"),))

    def _unanswered(self, items: Sequence[Item], core: Sequence[Item]) -> Question | None:
        """A rating without its number, a flare without its start or end."""
        for i, item in enumerate(items):
            if in_circumstance(items, i):
                continue
            if (head := choice_head(item)) and head.kind and head.kind.variant:
                return Question(f"{item.low}: did one start or end?", tuple(option_edits(item)))
            head = rating_head(item)
            if head is None or head.style == NONE or not isinstance(head.field, Number):
                continue
            before = [each for each in items[:i] if not passable(each)]
            if head.style == FEELING:
                continue
            if (
                head.style in (NOUN, CONDITION)
                and any(each.is_unknown or each.is_small(S.VAGUE, S.NOT) for each in before)
                and len(core) > 2
            ):
                continue
            if head.kind and (head.kind.main.required or self._is_of_night(head.kind, items)):
                continue
            number = next((each for each in items[i + 1 :] if each.sort in ("number", "range")), None)
            end = self._value_end(items, i)
            if number is not None:
                return Question(
                    f"is {number.low} how much {item.low} is?", (Edit(item.end, number.end, f" {number.low}"),)
                )
            place = next((each for each in items[i + 1 :] if each.as_role("place")), None)
            at = max(item.end, place.end) if place and head.kind and head.style == "verb" else item.end
            return Question(
                f"how much is {item.low}, 0 to 10?", (Edit(at if end is None else item.end, end or at, " 0-10"),)
            )
        return None

    def _is_of_night(self, kind: Kind, items: Sequence[Item]) -> bool:
        """Whether words of a pain only say more of the night before them: slept 5h, pain woke me."""
        night = self.built[-1].kind if self.built and self.built[-1].kind.main.spans else None
        if night is None or not has_places(kind):
            return False
        return any(item.is_unknown or item.as_role("field", night) for item in items)

    def _value_end(self, items: Sequence[Item], i: int) -> int | None:
        """The end of a word that stands for a value, as in mood low; None where none does."""
        rest = [item for item in items[i + 1 :] if not passable(item)]
        return rest[0].end if len(rest) == 1 and rest[0].sort == "words" and not rest[0].as_role("place") else None

    def _strange_number(self, items: Sequence[Item], core: Sequence[Item]) -> Question | None:
        """A number that belongs to nothing known: a slip, a name that nobody knows, a measure that could be added."""
        for at, item in enumerate(items):
            if item.sort in (*_NUMERIC, "quantity") and (question := self._strange_at(items, at)):
                return question
        return None

    def _strange_at(self, items: Sequence[Item], at: int) -> Question | None:
        item = items[at]
        before = [each for each in items[:at] if not passable(each)]
        after = [each for each in items[at + 1 :] if not passable(each) and each.sort != "when"]
        told = bool(after) and (after[0].is_unknown or after[0].is_small(S.COUNT, S.DEGREE) or counts(items, at))
        if (
            in_circumstance(items, at)
            and not (before and before[-1].is_small(S.ABOUT))
            and (item.sort != "number" or told)
        ):
            return None
        if question := self._known_number(items, before, after, item):
            return question
        words = [each for each in before if each.sort == "words" and not each.is_small(S.ABOUT)]
        meant = any(m.role in ("place", "head", "naming", "side") for each in before for m in each.means)
        noun = bool(after) and (after[0].is_unknown or counts(items, at))
        if item.sort == "number" and noun and not meant and (len(words) != 1 or counts(items, at)):
            return None  # three people came
        if not words or len(words) > 3 or any(each.is_small(S.CAUSE, S.STRETCH, S.NOT, S.BOUND) for each in words):
            return self._of_what(items, item, after)
        return self._unknown_measure(items, words, item)

    def _of_what(self, items: Sequence[Item], item: Item, after: Sequence[Item]) -> Question:
        said = self.line[item.start : item.end]
        edits: tuple[Edit, ...] = ()
        if (
            item.sort in ("length", "quantity")
            and after
            and all(each.sort == "words" for each in after)
            and len(after) <= 3
        ):
            kind = named_kind(Minutes if item.sort == "length" else Quantity).name
            name = self.line[after[0].start : after[-1].end]
            edits = (Edit(item.start, after[-1].end, f"{kind} {name} {said}"),)
        elif self.built:
            edits = (Edit(self.built[-1].span[1], items[-1].end, ""),)
        return Question(f"{said} of what?", edits)

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
        if field is not None and field.kind is not None:
            return Question(f"{said} of what?", (Edit(items[0].start, items[0].start, f"{field.kind.heads[0]} "),))
        quality = (
            next((m for m in before[0].means if m.role == "word" and m.field and m.field.bare), None)
            if before
            else None
        )
        if quality is not None and quality.kind is not None and item.sort == "number":
            head = quality.kind.heads[0]
            return Question(f"is {said} how much it hurts?", (Edit(before[0].start, before[0].start, f"{head} "),))
        if any(map(night_head, before)) and item.sort in ("number", "length") and not after:
            if item.sort == "number" and before[-1].is_small(S.STRETCH):
                return Question(f"{said}: how long was it?")
            unit = "h" if item.sort == "number" else ""
            return Question(
                f"is {said} how long it was?", (Edit(items[0].start, items[-1].end, f"{self.slept} {said}{unit}"),)
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

    def _unknown_measure(self, items: Sequence[Item], words: Sequence[Item], item: Item) -> Question | None:
        said = self.line[words[0].start : words[-1].end]
        last = words[-1]
        side = {"l": "left", "r": "right"}.get(last.low, "")
        if side and len(words) > 1 and words[-2].as_role("place"):
            return Question(f"{last.low}: did you mean {side}?", (Edit(last.start, last.end, side),))
        inner = last.low.split(" ")[-1]
        if inner != last.low and inner in self.vocabulary.slips:
            return Question(f"is {item.low} how much {inner} is?", (Edit(words[0].start, last.end, inner),))
        did = next(
            (
                m
                for m in last.means
                if m.role == "word"
                and m.kind
                and m.field
                and isinstance(m.kind.main, Minutes)
                and not m.kind.main.spans
            ),
            None,
        )
        if item.sort == "length" and did is not None and did.kind is not None and did.field is not None:
            text = f"{did.kind.heads[0]} {self.line[item.start : item.end]} {did.field.name} {did.value}"
            return Question(f"was {last.low} something you did?", (Edit(words[0].start, item.end, text),))
        near = [
            known for known in sorted(self.vocabulary.slips) if len(last.low) >= 4 and distance(last.low, known, 1) == 1
        ]
        near = sorted(near, key=lambda known: (len(known) != len(last.low), known[0] != last.low[0]))[:2]
        edits = tuple(Edit(last.start, last.end, known) for known in near)
        if item.sort == "length":
            if len(words) > 2 or any(each.as_role("verb") for each in words):
                return None
            kind = named_kind(Minutes)
            edits = (*edits, Edit(words[0].start, last.end, f"{kind.heads[0]} {said}"))
            return Question(is_it_a(said, kind.title), edits)
        if item.sort == "quantity":
            meant = near_names(last.low, (*self.vocabulary.own_names, *spellings()))
            if named := next((each for each in words if each.as_role("naming")), None):
                verb = next(m.kind.verbs[0] for m in named.means if m.role == "naming" and m.kind)
                name = self.line[named.start : named.end]
                return Question(f"was {name} {verb}?", (Edit(words[0].start, last.end, f"{verb} {name}"),))
            edits = (
                *(
                    Edit(last.start, last.end, f"{self.took} {name}" if not self._knows(name) else name)
                    for name in meant[:2]
                ),
                Edit(words[0].start, last.end, f"{named_kind(Quantity).name} {said}"),
            )
            return Question(is_it_a(said, named_kind(Quantity).main.title), edits)
        if len(words) > 3:
            return Question(f"{item.low} of what?", ()) if item.sort == "number" and items[-1] is item else None

        if item.sort == "number" and last.low in spellings():
            return Question(
                f"{item.low} of which unit, mg?", (Edit(items[0].start, item.end, f"{self.took} {said} {item.low} mg"),)
            )
        part = next((each for each in reversed(words) if not each.as_role("side")), last)
        by_base = {
            base: name for name, (base, _) in place_names().items() if part.low in name.split() and "_" not in name
        }
        if item.sort == "number" and (placed := next((each for each in words if each.as_role("place")), None)):
            told = self.line[words[0].start : placed.end]
            more = self.line[placed.end : last.end].strip()
            text = f"{told} {self.line[item.start : item.end]}, {self.note} {more}"
            edits = (Edit(words[0].start, item.end, text), *edits)
            return Question(f"is {item.low} how much the {placed.low} hurts?", edits, (f"track add {said}",))
        likely = [*by_base.values()] or near_names(last.low, self.vocabulary.place_words)
        places = likely if item.sort == "number" else []
        edits = (*edits, *(Edit(part.start, part.end, name) for name in places[:2]))
        near += places[:2]
        known = f"; did you mean {' or '.join(near)}?" if near else ""
        if alike := self._alike(items[: items.index(item)]):
            said, rating = alike
            start = last.end - len(said)
            return Question(f"{said}: is that {rating}?", (Edit(start, last.end, rating),), (f"track add {said}",))
        if any(m.role != "small" for m in last.means):
            return Question(f"{item.low} of what?", edits)
        return Question(f"{said} is no measure painlog knows{known}", edits, (f"track add {said}",))

    def _alike(self, before: Sequence[Item]) -> tuple[str, str] | None:
        """The last words before a number that are near a rating, and that rating; None where they are near none."""
        words = self.line[before[0].start : before[-1].end].rstrip(" :=-").split()
        known = alike_words()
        ends = (" ".join(words[i:]) for i in range(len(words)))
        return next(((each, known[each.lower()]) for each in ends if each.lower() in known), None)

    def _knows(self, name: str) -> bool:
        return name in self.vocabulary.own_names

    def soft(self, core: Sequence[Item]) -> Question | None:
        """What is asked of words where the line says nothing else: tired, slept badly."""
        for item in core:
            if (head := rating_head(item)) and head.style == FEELING:
                return Question(f"how {item.low}, 0 to 10?", (Edit(item.end, item.end, " 0-10"),))
            if night_head(item) and (long := next((each for each in core if each.sort == "length"), None)):
                words = self.line[core[0].start : core[-1].end]
                text = f"{item.low} {self.line[long.start : long.end]}, {self.note} {words}"
                return Question("how long was the sleep?", (Edit(core[0].start, core[-1].end, text),))
            if night_head(item):
                return Question(
                    "how long was the sleep?",
                    (
                        Edit(
                            core[0].start,
                            core[-1].end,
                            f"{self.slept} 0-10 h, {self.note} {self.line[core[0].start : core[-1].end]}",
                        ),
                    ),
                )
        return None


def _often(item: Item) -> str:
    return {"once": "1", "twice": "2", "thrice": "3"}.get(item.low, "0-10")


def _at(items: Sequence[Item]) -> str:
    """The option for a time of one word said among items, such as yesterday."""
    when = next((each for each in items if each.sort == "when" and not each.value.problem), None)
    return f" --at {when.low}" if when is not None and " " not in when.low else ""


def segment_asks(items: Sequence[Item]) -> bool:
    """Whether a clause begins as a question does: can i, should i."""
    first = next((item for item in items if not passable(item)), None)
    return first is not None and first.low in ("can i", "should i", "may", "could", "would", "is", "do")


def _numbered() -> tuple[str, ...]:
    return tuple(kind.heads[0] for kind in spoken_kinds() if is_rated(kind))
