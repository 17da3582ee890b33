"""Clauses that say no fact: what has to be asked of them, and what is only words. Pure."""

from collections.abc import Iterator, Sequence

from painlog.domain.kinds.fields import Number
from painlog.domain.kinds.kind import Kind
from painlog.domain.language.building import Building
from painlog.domain.language.clause_fields import is_share
from painlog.domain.language.clause_openings import option_edits
from painlog.domain.language.clause_times import edits_of_number
from painlog.domain.language.line_items import Item
from painlog.domain.language.name_questions import was_it_not
from painlog.domain.language.numbers_without_fact import HOW_LONG, StrangeNumbers
from painlog.domain.language.only_named import question_of_supply, taken_after_all
from painlog.domain.language.place_questions import ask_score_at
from painlog.domain.language.plan_questions import PlanQuestions
from painlog.domain.language.reading import Edit, Question
from painlog.domain.language.roles import (
    choice_head,
    choice_question,
    counted_by,
    counts,
    has_places,
    in_circumstance,
    is_reason,
    night_head,
    passable,
    rating_head,
    text_head,
)
from painlog.domain.language.small_words import GETTING, INTENDED, NEEDING, UNSURE, Small
from painlog.domain.language.spelling import number_meant
from painlog.domain.language.vocabulary import (
    CONDITION,
    FEELING,
    NONE,
    NOUN,
    Vocabulary,
    spanning_kind,
    with_note,
)
from painlog.domain.language.when import WHAT_COMES
from painlog.domain.regions import places_meant

S = Small
_DOING = ("do", "go", "make", "manage", "get", "attend")
_SAME, _AGAIN = ("same", "same as", "same again"), ("same",)  # words, and the command that they may mean


class LooseClause:
    """Asks about a clause without a fact; ``built`` are the facts, ``before`` the words right before it."""

    def __init__(
        self, line: str, vocabulary: Vocabulary, built: Sequence[Building], before: Sequence[Item] = ()
    ) -> None:
        self.line, self.vocabulary, self.built = line, vocabulary, built
        self.slept = spanning_kind().heads[0]
        self.plan = PlanQuestions(line, vocabulary)
        self.numbers = StrangeNumbers(line, vocabulary, built, before)

    def question(self, items: Sequence[Item], core: Sequence[Item]) -> Question | None:
        """Return what has to be asked of a clause without a fact, also beside others; None for words that are kept."""
        return (
            self.ahead(items)
            or self.denied_fact(items)
            or self.plan.new_medicine(items)
            or self.plan.changed_medicine(items)
            or taken_after_all(self.line, core, self.built)
            or question_of_supply(core, self.built)
            or self._other_side(core)
            or self.numbers.bare_number(items, core)
            or self._unanswered(items, core)
            or self.numbers.strange_number(items)
            or self._loose_when(items)
            or self._vague_field(core)
            or self._slipped_place(core)
            or ask_score_at(self.line, items)
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
                again = _AGAIN if items[i - 1].low in _SAME else ()
                why = f"'{items[i - 1].low} {item.low}' is no time of this"
                return Question(why, (Edit(items[0].start, item.end, ""),), again)
        return None

    def _vague_field(self, core: Sequence[Item]) -> Question | None:
        """A field of the fact before it with a word that says no number: woke twice."""
        if len(core) != 2 or not core[1].is_small(S.VAGUE):
            return None
        counted = counted_by(core[0])
        kind = counted.kind if counted else None
        if kind is None or (self.built and kind is not self.built[-1].kind):
            return None
        opened = "" if self.built else f"{kind.heads[0]} "
        said = self.line[core[0].start : core[0].end]
        return Question(
            f"how often is {core[1].low}?",
            (Edit(core[0].start, core[1].end, f"{opened}{said} {often(core[1])} times"),),
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

    def ahead(self, items: Sequence[Item]) -> Question | None:
        """Return what is asked of a fact that is to come, wished for or was meant to be: will take tramadol."""
        core = [item for item in items if not passable(item)]
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
        if ahead.low == "if" and any(item.low in UNSURE for item in core):
            return None
        behind = core[core.index(ahead) + 1 :]
        if ahead.low in NEEDING and core.index(ahead) and core[core.index(ahead) - 1].is_small(S.NOT):
            return None  # didnt need tramadol
        if any(item.sort == "when" and item.value.ahead for item in core):
            return Question(f"'{ahead.low}' {WHAT_COMES}")
        named = next((item for item in core if item.as_role("naming")), told[-1])
        verb = next((m.kind.verbs[0] for m in named.means if m.role == "naming" and m.kind), "")
        amounts = [item for item in core if item.sort in ("number", "quantity", "length")]
        said = self.line[min(each.start for each in (named, *amounts)) : max(each.end for each in (named, *amounts))]
        edits = (Edit(items[0].start, items[-1].end, f"{verb} {said}".strip()),)
        if asked := next(filter(text_head, items), None):  # need to ask gp about tramadol
            said = self.line[asked.start : items[-1].end]
            edits = (Edit(items[0].start, items[-1].end, said),)
        is_none = choice_head(named) or any(item.low in GETTING for item in items)
        is_none = is_none or ahead.low in INTENDED or (bool(behind) and behind[0].low.startswith("have "))
        noted = Edit(items[0].start, items[-1].end, with_note(self.line[items[0].start : items[-1].end]))
        return Question(f"'{ahead.low}' {WHAT_COMES}", () if is_none else (noted, *edits) if self.built else edits)

    def denied_fact(self, items: Sequence[Item]) -> Question | None:
        """Return what is asked of a fact that is said not to be: no headache, didnt take gabapentin."""
        for i, item in enumerate(items):
            rest = items[i + 1 :]
            if not item.is_small(S.NOT) or (rest and rest[0].low in NEEDING):
                continue
            if item.low == "stopped" and (named := next((each for each in rest if each.as_role("naming")), None)):
                return self.plan.stopped(self.line[named.start : named.end], rest)
            verb = next((each for each in rest if each.as_role("verb")), None)
            beside = [*rest, *items[:i]] if verb is not None else rest
            name = next((each for each in beside if each.as_role("naming")), None)
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
                    end = max(name.end, verb.end if verb is not None else 0)
                    if any(each.low in UNSURE for each in rest):
                        took = f"{meaning.kind.verbs[0]} {said}"  # type: ignore[union-attr]
                        edits = (Edit(items[0].start, end, each) for each in (f"{skipped} {said}", took))
                        return Question(f"was {said} {skipped}, or taken?", tuple(edits))
                    return Question(f"was {said} {skipped}?", (Edit(items[0].start, end, f"{skipped} {said}"),))
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

    def _other_side(self, core: Sequence[Item]) -> Question | None:
        """A side with its number and no place, behind a pain with one: right knee 7, left 3."""
        said = [item for item in core if not (item.is_small(S.DEGREE) or item.sort == "when")]
        sides = [item for item in said if item.as_role("side")]
        one = next((item for item in said[1:2] if item.low == "one"), None)
        numbers = [item for item in said if item.sort == "number" and item is not one]
        placed = self.built[-1].places if self.built else []
        if not placed or (len(sides), len(numbers), len(said)) != (1, 1, 3 if one else 2):
            return None
        place, side = self.line[placed[-1].start : placed[-1].end], self.line[sides[0].start : sides[0].end]
        edit = Edit(sides[0].end, (one or sides[0]).end, f" {place}")
        return Question(f"{side}: the {side} {place}?", (edit,))

    def _no_night(self, items: Sequence[Item], i: int, night: Item) -> Question:
        """What is asked where there was no sleep, its time kept: no sleep last night."""
        head = night_head(night)
        if head is not None and head.value:
            return Question(f"no {night.low} is no entry; how long was it?", ())
        start = items[0].start if all(map(passable, items[:i])) else items[i].start
        behind = items[items.index(night) + 1 :]
        end = next((each.start for each in behind if each.sort == "when"), items[-1].end)
        tail = " " if end < items[-1].end else ""
        until = any(item.is_small(S.STRETCH) and item.low != "all" for item in behind)
        if until or any(item.is_unknown or item.is_numeric for item in behind):
            end, tail = items[-1].end, with_note(self.line[start : items[-1].end])
        said = (f"{self.slept} 0h{tail}", f"{self.slept} N h{tail}")[until:]
        return Question("no sleep at all, or little?", tuple(Edit(start, end, each) for each in said))

    def _unanswered(self, items: Sequence[Item], core: Sequence[Item]) -> Question | None:
        """A rating without its number, a flare without its start or end."""
        for i, item in enumerate(items):
            if in_circumstance(items, i):
                continue
            if (head := choice_head(item)) and head.kind and head.kind.variant:
                return Question(choice_question(item, head), tuple(self._started_or_ended(items, i)))
            head = rating_head(item)
            if head is None or head.style == NONE or not isinstance(head.field, Number) or is_share(head.field):
                continue
            before = [each for each in items[:i] if not passable(each)]
            if head.style == FEELING or is_reason(items, i):
                continue
            if (
                head.style in (NOUN, CONDITION)
                and any(each.is_unknown or each.is_small(S.VAGUE, S.NOT) for each in before)
                and len(core) > 2
            ):
                continue
            if head.kind and (head.kind.main.required or self._is_of_night(head.kind, items)):
                continue
            number = self._score_behind(items, i)
            if number is None and any(each.sort == "number" for each in items[i + 1 :]):
                text = f" N{with_note(self.line[item.end : items[-1].end].strip())}"
                return Question(f"how much is {item.low}?", (Edit(item.end, items[-1].end, text),))
            if number is not None:
                between = self.line[item.end : number.start].strip()
                if counts(items, items.index(number)):
                    text = f" N{with_note(self.line[item.end : items[-1].end].strip())}"
                    return Question(f"how much is {item.low}, 0 to 10?", (Edit(item.end, items[-1].end, text),))
                behind = items[items.index(number) + 1 : items.index(number) + 2]
                when = next((each for each in behind if each.sort == "when"), number)
                time = self.line[number.end : when.end]
                said = [f" {number.low}{time} {between}", f" {number.low}{time}{with_note(between)}"]
                if number.sort == "range":
                    ends, tail = (number.value.high, number.value.low), self.line[item.end : number.end].strip()
                    said = [f" {end}{with_note(tail)}" for end in ends]
                edits = tuple(Edit(item.end, when.end, each) for each in said)
                return Question(f"is {number.low} how much {item.low} is?", edits)
            slip = next((each for each in items[i + 1 :] if each.is_unknown), None)
            if slip is not None and (meant := number_meant(slip.low)):
                return Question(f"{slip.low}: did you mean {meant}?", (Edit(slip.start, slip.end, meant),))
            place = next((each for each in items[i + 1 :] if each.as_role("place")), None)
            at = max(item.end, place.end) if place and head.kind and head.style == "verb" else item.end
            asked = f"{item.low}: how much" if head.style == "verb" else f"how much is {item.low}"
            edits = edits_of_number(self.line, item, at, items[i + 1 :])
            return Question(f"{asked}, {head.field.low:g} to {head.field.high:g}?", edits)
        return None

    def _score_behind(self, items: Sequence[Item], i: int) -> Item | None:
        """The number behind a rating that may be its own: none that counts something, and none that is denied.

        In pain not 7, more like 5 it is the 5.
        """
        for at, item in enumerate(items[i + 1 :], i + 1):
            if item.sort in ("length", "quantity"):
                return None
            if item.sort in ("number", "range"):
                before = next((each for each in reversed(items[i + 1 : at]) if not passable(each)), None)
                if not (before is not None and before.is_small(S.NOT)) and not counts(items, at):
                    return item
        return None

    def _started_or_ended(self, items: Sequence[Item], i: int) -> Iterator[Edit]:
        """What is offered where a flare stands without its start or end; beside numbers it is a note."""
        if not any(item.is_numeric or item.is_small(S.NOT) for item in items):
            yield from option_edits(items, i)
        elif any(rating_head(item) or item.as_role("place") for item in items[i + 1 :]):
            said, words = self.line[items[i].end : items[-1].end], self.line[items[0].start : items[i].end]
            yield Edit(items[0].start, items[-1].end, f"{said}{with_note(words)}")

    def _is_of_night(self, kind: Kind, items: Sequence[Item]) -> bool:
        """Whether words of a pain only say more of the night before them: slept 5h, pain woke me."""
        night = self.built[-1].kind if self.built and self.built[-1].kind.main.spans else None
        if night is None or not has_places(kind):
            return False
        return any(item.is_unknown or item.as_role("field", night) for item in items)

    def _not_done(self, core: Sequence[Item]) -> Question | None:
        """A session that was not, in other words than cancelled: didnt go to physio."""
        at = next((i for i, item in enumerate(core) if item.is_small(S.NOT)), len(core))
        named = next((item for item in core[at:] if item.as_role("naming")), None)
        meaning = named.as_role("naming") if named else None
        if named is None or meaning is None or meaning.kind is None:
            return None
        if not any(item.low in _DOING for item in core[at : core.index(named)]):
            return None
        return was_it_not(meaning.kind, named.low, core[0].start, named.end)

    def _is_all(self, core: Sequence[Item], item: Item) -> bool:
        """Whether nothing but a place stands before a word for pain: my knee is too sore to walk."""
        before = core[: core.index(item)]
        return all(e.as_role("place") or e.as_role("side") or e.is_small(S.DEGREE) for e in before)

    def soft(self, core: Sequence[Item], front_end: int) -> Question | None:
        """What is asked of words where the line says nothing but a time before them: tired, slept badly."""
        if question := self.numbers.score_in_time(core, front_end) or self._not_done(core):
            return question
        if core[0].low in _SAME and all(item.is_small(S.DEGREE) for item in core[1:]):
            return Question("the last day's ratings again?", (), _AGAIN)
        for item in core:
            if (head := rating_head(item)) and (head.style == FEELING or self._is_all(core, item)):
                return Question(f"how {item.low}, 0 to 10?", (Edit(item.end, item.end, " N"),))
            if night_head(item) and (long := next((each for each in core if each.sort == "length"), None)):
                words = self.line[core[0].start : core[-1].end]
                text = f"{item.low} {self.line[long.start : long.end]}{with_note(words)}"
                return Question(HOW_LONG, (Edit(core[0].start, core[-1].end, text),))
            if night_head(item):
                clocks = [each.value.clock for each in core if each.sort == "when" and each.value.clock]
                head = night_head(item)
                slept = item.low if head and head.value else self.slept
                said = f"N h{with_note(self.line[core[0].start : core[-1].end])}"
                if len(clocks) == 2 and not any(each.sort == "when" and each.value.problem for each in core):
                    said = f"{clocks[0]:%H:%M}-{clocks[1]:%H:%M}"
                return Question(HOW_LONG, (Edit(core[0].start, core[-1].end, f"{slept} {said}"),))
        return None


def ask_again(line: str, items: Sequence[Item], built: Sequence[Building]) -> Question | None:
    """Return what is asked of the fact before, said to have been at another time too: and again at noon."""
    core = [item for item in items if not passable(item)]
    if len(core) != 2 or core[0].low != "again" or core[1].sort != "when" or not built:
        return None
    if not (core[1].value.clock or core[1].value.part):
        return None
    said = " ".join(line[item.start : item.end] for item in built[-1].items if item.sort != "when")
    when = line[core[1].start : core[1].end]
    return Question(f"{said}, {when} too?", (Edit(core[0].start, core[1].end, f"{said} {when}"),))


def often(item: Item) -> str:
    """Return the number that a vague word stands for, or where one belongs."""
    return {"once": "1", "twice": "2", "thrice": "3"}.get(item.low, "N")


def segment_asks(items: Sequence[Item]) -> bool:
    """Whether a clause begins as a question does: can i, should i."""
    first = next((item for item in items if not passable(item)), None)
    return first is not None and first.low in ("can i", "should i", "may", "could", "would", "is", "do")
