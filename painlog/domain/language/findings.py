"""What the clauses of a line say together: facts that belong to one, words that are kept, values said twice. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from painlog.domain.kinds.fields import Field, Number, Text
from painlog.domain.kinds.kind import Kind
from painlog.domain.language.building import Building
from painlog.domain.language.clause_times import TWO_TIMES, WHICH_DAY
from painlog.domain.language.line_items import Item
from painlog.domain.language.reading import Edit, Fact, Question, Reading
from painlog.domain.language.roles import NOW, passable
from painlog.domain.language.vocabulary import worded_kind
from painlog.domain.language.when import When, days_of_night, in_half
from painlog.errors import BadInput

_ANDS = (" and ", " & ", " + ")
_AFTERWARDS = ("then", "later", "again")  # so that each had a time of its own
_TO_ME = ("at", "on", "with", "of", "in")
_HEADS = (":", "-", "–")  # behind a day that heads all that follows, as in tue: pain 5, mood 6


class Loose(NamedTuple):
    """A clause that says no fact, and what would be asked of it if the line says nothing else."""

    items: Sequence[Item]
    question: Question | None
    after: int


class Findings:
    """What was found in a line, clause by clause.

    ``front`` is the time that the line opens with, which ends at ``front_end``, and ``front_part`` the words in it for
    a part of the day. ``later`` is another day, with which a clause behind it opened. ``texts`` are entries of only
    words, ``loose`` clauses that say no fact.
    """

    def __init__(self, line: str) -> None:
        self.line = line
        self.front: When | None = None
        self.front_part: Item | None = None
        self.front_end = 0
        self.later: Item | None = None
        self.built: list[Building] = []
        self.texts: list[tuple[Kind, str, When | None, Item]] = []
        self.loose: list[Loose] = []
        self.questions: list[Question] = []
        self.notices: list[str] = []
        self.slips: list[Edit] = []
        self.notes: list[str] = []

    def ask(self, items: Sequence[Item], question: Question) -> None:
        """Let a question about some pieces of the line hold it back."""
        self.questions.append(question._replace(start=items[0].start, end=items[-1].end))

    def reading(self) -> Reading:
        """Return what the line says, its clauses put together."""
        self._check_days()
        self._check_nights()
        for built in self.built:
            self.questions += [
                question._replace(start=built.span[0], end=built.span[1]) for question in built.questions
            ]
        spans = tuple(built.span for built in self.built if not built.questions)
        facts = self._facts()
        self._check_twice(facts)
        self._check_extremes(facts)
        if not facts and not self.questions:
            self.questions += [
                q._replace(start=each.items[0].start, end=each.items[-1].end)
                for each in self.loose
                if (q := each.question)
            ]
        if self.questions:
            self.questions.sort(key=lambda question: question.start)
        return Reading(
            self.line,
            tuple(facts),
            tuple(self.notes),
            tuple(dict.fromkeys(self.questions)),
            tuple(self.notices),
            spans,
            tuple(self.slips),
            self.front_end,
        )

    def give_day(self, built: Building, *, adjoins: bool) -> None:
        """Give a fact that ``adjoins`` a clause of a later day that day, and ask about the day of any other behind it.

        In mon pain 6 mood 4, tue pain 5 mood 6 the last mood is tuesday's.
        """
        first = next((item for item in built.items if not passable(item)), None)
        is_day = first is not None and first.sort == "when" and first.value.day and not first.value.is_part_alone
        if is_day and first is not None and self.front and self.front.own_day:
            self.later = first if first.value.day != self.front.own_day else None
        elif self.later is not None and not (built.when and built.when.says_day):
            if adjoins or self.line[self.later.end :].lstrip().startswith(_HEADS):
                built.when = whole(self.later.value, built.when)
            elif question := self.ask_day(built.span[0]):
                built.ask(question.text, *question.edits)

    def share_time(self, built: Building) -> None:
        """Give the time of a fact to those before it that one verb is said of: took ibuprofen and tramadol at 8am."""
        if built.when is None or built.has_own_verb or any(item.low in _AFTERWARDS for item in built.items):
            return
        shared: list[Building] = []
        is_open = True
        for before in reversed(self.built):
            if before.kind is not built.kind:
                return
            is_open = is_open and before.when is None
            shared += [before] if is_open else []
            if before.has_own_verb:
                for each in shared:
                    each.when = built.when
                return

    def ask_day(self, start: int) -> Question | None:
        """Return what is asked of words behind two days, neither of which is theirs for certain; None behind one."""
        if self.later is None or self.line[self.later.end :].lstrip().startswith(_HEADS):
            return None
        days = (self.line[self.later.start : self.later.end], self.line[: self.front_end].strip())
        return Question(f"is that of {' or of '.join(days)}?", tuple(Edit(start, start, f"{day} ") for day in days))

    def _facts(self) -> list[Fact]:
        self._merge()
        for each in self.loose:
            text = self.line[each.items[0].start : each.items[-1].end].strip(" ()")
            place = min(max(each.after - 1, 0), len(self.built) - 1)
            if self.built and self.built[place].text_field is not None:
                self.built[place].notes.append(text)
            elif self.built or self.texts:
                self.notes.append(text)
        facts = []
        for built in self.built:
            notes = [*self._words_left(built), *built.notes]
            when = built.when if self._is_now(built) else whole(self.front, built.when)
            own = built.when
            if self.front_part is not None and not (own and own.says_day) and not self._is_now(built):
                notes.insert(0, self.line[self.front_part.start : self.front_part.end])
            if built.text_field is None:
                self.notes += notes
                notes = []
            facts.append(self._make_fact(built, when, tuple(self._join(dict.fromkeys(notes)))))
        placed = [(built.span[0], fact) for built, fact in zip(self.built, facts, strict=True)]
        for kind, text, when, item in self.texts:
            placed.append((item.start, Fact(kind, kind.check({kind.main.name: text}), {}, whole(self.front, when))))
        return [fact for _, fact in sorted(placed, key=lambda each: each[0])]

    def _is_now(self, built: Building) -> bool:
        """Whether a clause says that it is now, and not when the line opens with: this morning pain 5, now pain 7."""
        is_untimed = built.when is None or built.when == When(ago=0.0)
        return is_untimed and any(item.low in NOW for item in built.items)

    def _check_days(self) -> None:
        """Ask which day is meant where the line opens with one and its first clause says another."""
        first = min(self.built, key=lambda each: each.span[0], default=None)
        if first is None or first.when is None or self.front is None or not (self.front.day and first.when.day):
            return
        if first.when.day == self.front.day or first.when.is_part_alone:
            return
        own = next((item for item in first.items if item.sort == "when" and item.value.day), None)
        edits = (Edit(own.start, own.end, ""),) if own else ()
        first.ask(TWO_TIMES, *edits, Edit(0, self.front_end, ""))

    def _check_nights(self) -> None:
        """Ask which day a night ended on where the line opens with an evening or a night: friday night slept 7h."""
        front = self.front
        if front is None or front.night or not front.part.endswith(("night", "evening")):
            return
        edits = tuple(Edit(0, self.front_end, each) for each in days_of_night(front))
        for built in self.built:
            if built.kind.main.spans and built.when is None and not built.data.get(built.kind.variant):
                said = self.line[: self.front_end].strip(" ,:;-")
                built.ask(f"{said}: {WHICH_DAY}", *edits)

    def _join(self, notes: Iterable[str]) -> list[str]:
        """Words that are kept, those that an and joins in the line as one: nice and quiet."""
        joined: list[str] = []
        for note in notes:
            both = next((text for each in _ANDS if joined and (text := f"{joined[-1]}{each}{note}") in self.line), "")
            joined[-1:] = [both] if both else [*joined[-1:], note]
        return joined

    def _make_fact(self, built: Building, when: When | None, notes: tuple[str, ...]) -> Fact:
        """The fact of a clause, with the words beside it as its note."""
        data, field = dict(built.data), built.text_field
        if notes and field is not None:
            data[field.name] = "; ".join(filter(None, (data.get(field.name, ""), *notes)))
        if not built.late:
            try:
                data = built.kind.check(data)
            except BadInput as error:
                if not self.questions:
                    self.questions.append(Question(str(error), (), (), *built.span))
        return Fact(built.kind, data, built.late, when, notes, built.filled, built.filled_fields)

    def _words_left(self, built: Building) -> Iterator[str]:
        """The words a clause leaves over, each run of them with the small words between and before."""
        items = built.items
        kept = set(built.words)
        for i in sorted(built.words):
            j = i - 1
            while (
                j >= 0
                and j not in kept
                and passable(items[j])
                and items[j].sort == "words"
                and not items[j].as_role("option")
            ):
                kept.add(j)
                j -= 1
        kept |= _small_words_behind(built, kept) | _to_me(items, kept)
        start: int | None = None
        for i in range(len(items) + 1):
            inside = i in kept or (
                start is not None
                and i < len(items)
                and passable(items[i])
                and any(k in kept for k in range(i + 1, len(items)))
            )
            if inside and start is None:
                start = i
            elif not inside and start is not None:
                yield self.line[items[start].start : items[i - 1].end].strip(" ()-,")
                start = None

    def _merge(self) -> None:
        """Join to a fact the ratings of the same kind and time that follow it."""
        merged: list[Building] = []
        for built in self.built:
            last = _night_begun(merged, built) or (merged[-1] if merged else None)
            if last is not None and _says_more_of(built, last):
                last.data |= built.data
                last.late |= built.late
                last.when = last.when or built.when
                last.notes += [*self._words_left(built), *built.notes]
                last.span = (last.span[0], built.span[1])
                for i, each in enumerate(self.loose):
                    if each.after > len(merged):
                        self.loose[i] = each._replace(after=each.after - 1)
            else:
                merged.append(built)
        self.built = merged

    def _check_twice(self, facts: Sequence[Fact]) -> None:
        """Ask about two values for the same thing at the same time."""
        seen: dict[object, int] = {}
        for i, fact in enumerate(fact for fact in facts if not isinstance(fact.kind.main, Text)):
            for key in _keys_of(fact):
                if key in seen and not self.questions:
                    first, second = self.built[seen[key]], self.built[i]
                    self.questions.append(
                        Question(
                            f"{fact.kind.title} is said twice; which is meant?",
                            tuple(self._noted(each) for each in (second, first)),
                            (),
                            *second.span,
                        )
                    )
                seen[key] = i

    def _noted(self, built: Building) -> Edit:
        """A clause as a note instead, apart from those beside it."""
        start, end = built.span
        before = ", " if self.line[:start].strip(" ,;.") else ""
        after = ", " if self.line[end:].strip(" ,;.") else ""
        return Edit(start, end, f"{before}{worded_kind().heads[0]} {self.line[start:end].strip()}{after}")

    def _check_extremes(self, facts: Sequence[Fact]) -> None:
        """Ask about a highest or lowest rating that another of the same time goes beyond: pain 7, worst 4."""
        of_clauses = [fact for fact in facts if not isinstance(fact.kind.main, Text)]
        rated = [each for each in zip(of_clauses, self.built, strict=False) if _is_rating(each[0])]
        for fact, built in rated:
            for other, beside in rated:
                if other.kind is not fact.kind or other.when != fact.when or _place_of(other) != _place_of(fact):
                    continue
                if self.questions or not fact.kind.is_beyond(fact.data, other.data):
                    continue
                mine, theirs = _number_of(built), _number_of(beside)
                swapped = (Edit(mine.start, mine.end, theirs.low), Edit(theirs.start, theirs.end, mine.low))
                what = f"{fact.data[fact.kind.variant]} {mine.low}"
                why = f"{what}, and {theirs.low} beside it: which is meant?"
                self.questions.append(Question(why, swapped[:1], (), *built.span))
                self.questions.append(Question(why, swapped[1:], (), *beside.span))


def _night_begun(merged: Sequence[Building], built: Building) -> Building | None:
    """A night before it that has no length yet, as its own: sleep quality 2, slept 4h."""
    nights = (each for each in merged if each.kind is built.kind and each.kind.main.spans)
    return next((each for each in nights if not _has_main(each)), None)


def _says_more_of(built: Building, last: Building) -> bool:
    """Whether a fact is of the same kind and time as one before it, and only one of them has the main number."""
    kind = built.kind
    if last.kind is not kind or kind.main.required or built.places or built.questions or last.questions:
        return False
    if _has_main(built) and not (kind.main.spans and not _has_main(last)):
        return False
    return built.when in (None, last.when) and not built.data.keys() & last.data.keys()


def _has_main(built: Building) -> bool:
    return built.kind.main.name in built.data or built.kind.main.name in built.late


def _is_rating(fact: Fact) -> bool:
    kind = fact.kind
    return isinstance(kind.main, Number) and bool(kind.variant) and fact.data.get(kind.main.name) is not None


def _place_of(fact: Fact) -> object:
    return sorted(next((value for value in fact.data.values() if isinstance(value, dict)), {}))


def _number_of(built: Building) -> Item:
    return next(item for i, item in enumerate(built.items) if item.sort == "number" and i in built.used)


def _small_words_behind(built: Building, kept: set[int]) -> set[int]:
    """The places of small words at the end of a clause that belong to words kept before them: didnt touch it."""
    end = len(built.items)
    while end and end - 1 not in built.used and end - 1 not in kept and _is_small_word(built.items[end - 1]):
        end -= 1
    return set(range(end, len(built.items))) if end and end - 1 in kept else set()


def _to_me(items: Sequence[Item], kept: set[int]) -> set[int]:
    """The places of me right behind words that are kept, and of what leads to it: is screaming at me."""
    found: set[int] = set()
    for i in kept:
        words = [each.low for each in items[i + 1 : i + 3]]
        length = 1 if words[:1] == ["me"] else 2 if words[:1] and words[0] in _TO_ME and words[1:] == ["me"] else 0
        found |= set(range(i + 1, i + 1 + length))
    return found


def _is_small_word(item: Item) -> bool:
    return passable(item) and item.low in ("me", "it", "this", "them", "the", "in", "on", "at", "with", "of", "now")


def whole(front: When | None, own: When | None) -> When | None:
    """A clause's own time, with the line's day where it says only a time or a part of the day."""
    if own is None or front is None:
        return own or front
    if front.instant:
        front = When(day=front.own_day)
    clock = in_half(own.open_clock, front.part) or own.clock
    if own.is_part_alone and front.day:
        return front._replace(clock=own.clock, part=own.part)
    if clock and not own.says_day and (front.day or front.night):
        return front._replace(clock=clock, part=front.part or own.part)
    return own


def _adds_up(kind: Kind, field: Field, variant: str) -> bool:
    """Whether two values of a day are taken together, so that a second one is no other: two cups, naps, no nights."""
    is_own = bool(kind.constants)  # a measure of the person's own, whose days are all of it
    days = [daily for daily in kind.days if is_own or not daily.variants or variant in daily.variants]
    return field.combine == "sum" or (field is kind.main and any(daily.combine == "sum" for daily in days))


def _keys_of(fact: Fact) -> Iterator[object]:
    kind = fact.kind
    variant = kind.variant_of(fact.data)
    when = None if kind.main.spans and fact.when and fact.when.night and not fact.when.clock else fact.when
    if kind.main.required:
        if isinstance(fact.data.get(kind.main.name), str) and kind.verbs:
            yield kind.name, str(fact.data[kind.main.name]).casefold(), when
        return
    where = next((value for value in fact.data.values() if isinstance(value, dict)), None)
    for field in kind.typed_fields:
        if field.name in fact.data or field.name in fact.late:
            if field is kind.main and where:
                for id_ in where:
                    yield kind.name, id_, variant, when
            elif not _adds_up(kind, field, variant) and (
                field is kind.main or (field.variable and field.variable == field.name)
            ):
                yield kind.name, field.name, variant, when, kind.label
