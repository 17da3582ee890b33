"""Clauses of what has a name: medicines with their amount, treatments with their length, visits. Pure."""

from collections.abc import Sequence

from painlog.domain.kinds.kind import Kind
from painlog.domain.language.building import Building
from painlog.domain.language.line_items import Item
from painlog.domain.language.name_details import (
    length_of,
    quantity_of,
    take_number_before,
    take_part_before,
    take_rest,
)
from painlog.domain.language.name_ends import end_of_explicit_name, end_of_new_name
from painlog.domain.language.name_openings import (
    MOST_WORDS,
    Part,
    after_name,
    ends_after_when,
    explicit_head,
    find_denial,
    has_field,
    is_measured,
    is_of_session,
    known_name,
    leads_to_name,
    may_stand_before,
    part_before_name,
    stands_in_words,
    status_of,
)
from painlog.domain.language.name_questions import NameQuestions, no_name, was_it_not
from painlog.domain.language.reading import Edit, Question
from painlog.domain.language.roles import counts, night_head, passable, rating_head
from painlog.domain.language.small_words import NOT_YET, PUT_OFF, Small
from painlog.domain.language.spelling import begun_names
from painlog.domain.language.times_of_day import part_named
from painlog.domain.language.vocabulary import DONE, OWN, Meaning, Vocabulary, spellings
from painlog.domain.language.when import WHAT_COMES

S = Small
UNCLEAR = "unclear"  # the style of skipped, where it is not clear what was
BESIDE = "beside"  # the style of a verb behind whose name words stand that an and may go on with: with a cuppa
ALSO = "also"  # the role of what goes on behind a name without a verb, which is no verb itself


class Names:
    """Reads a clause of a medicine, a treatment or a visit. ``carried`` is the verb of the clause before an and."""

    def __init__(
        self, items: Sequence[Item], line: str, vocabulary: Vocabulary, carried: Meaning | None = None
    ) -> None:
        self.items, self.line, self.vocabulary, self.carried = items, line, vocabulary, carried
        self.asking = NameQuestions(items, line, vocabulary)
        self.soft: Question | None = None  # what would be asked if the line says nothing else
        self.hard: Question | None = None
        self.status: Meaning | None = None  # what was said of a name that nobody knows: skipped

    def read(self) -> Building | None:
        """Return the fact that the clause says; ``hard`` and ``soft`` are what it leaves to ask where it says none."""
        for place, item in enumerate(self.items):
            if stands_in_words(self.items, place):
                break
            if explicit := self._explicit(item, place):
                return self._take_named(place, explicit)
            if status := status_of(item):
                return self._with_status(place, status)
            if item.as_role("verb"):
                if self._leads_elsewhere(place):
                    continue
                return self._with_verb(place)
            if known_name(item, ()) is not None or leads_to_name(item):  # noqa: SIM102
                if found := self._bare(place):
                    return found
        if self.carried is not None and self.items:
            return self._take_carried()
        return None

    def _explicit(self, item: Item, place: int) -> Meaning | None:
        head = explicit_head(item)
        return head if head and all(passable(each) or each.sort == "when" for each in self.items[:place]) else None

    def _leads_elsewhere(self, place: int) -> bool:
        """Whether had or took only leads to a rating or a night: had a headache 6, had 5 hours of sleep."""
        for at, item in enumerate(self.items[place + 1 :], place + 1):
            if rating_head(item) or night_head(item) or (item.as_role("place") and not is_of_session(self.items, at)):
                return True
            if not (passable(item) or item.sort in ("number", "length") or item.is_small(S.DEGREE, S.ABOUT)):
                return False
        return False

    def _with_status(self, place: int, status: Meaning) -> Building | None:
        part = part_before_name(self.items, place + 1)
        name = known_name(self.items[part.at], (status.kind,)) if part.at < len(self.items) and status.kind else None
        if name is None and (at := self._name_behind(part.at, status)):
            part = part._replace(at=at)
            name = known_name(self.items[at], (status.kind,))  # type: ignore[arg-type]
        if name is None:
            self.status = status
            self.hard = self.asking.other_kind(place, part.at, status) or self.asking.unknown_status(
                place, part.at, status
            )
            return None
        built = self._start(status.kind, place, name, part)  # type: ignore[arg-type]
        built.verb = status
        built.data[status.field.name] = status.value  # type: ignore[union-attr]
        take_rest(built, part.at + 1, self.vocabulary)
        return built

    def _name_behind(self, start: int, status: Meaning) -> int:
        """The place of a known name behind a word or two that nobody knows, or a time: skipped lunchtime gabapentin."""
        for at in range(start, min(start + 3, len(self.items))):
            if status.kind is not None and at > start and known_name(self.items[at], (status.kind,)):
                return at
            if not (self.items[at].is_unknown or self.items[at].sort == "when"):
                break
        return 0

    def _with_verb(self, place: int) -> Building | None:
        verbs = [each for each in self.items[place].means if each.role == "verb"]
        kinds = [each.kind for each in verbs if each.kind is not None]
        part = part_before_name(self.items, place + 1)
        if part.nothing or part.at >= len(self.items):
            self._nameless(part)
            return None
        if is_of_session(self.items, part.at):
            part = part._replace(at=part.at + 1, extra=part.at)
        item = self.items[part.at]
        if name := known_name(item, kinds):
            if self._only_by_chance(part.at, name):
                return None
            built = self._start(name.kind, place, name, part)  # type: ignore[arg-type]
            built.verb = next(each for each in verbs if each.kind is name.kind)
            take_part_before(built, part.at)
            take_rest(built, part.at + 1, self.vocabulary)
            return built
        return self._unknown(place, part, verbs)

    def _nameless(self, part: Part) -> None:
        if part.number >= 0 and self.items[part.number].sort == "quantity":
            item = self.items[part.number]
            self.hard = Question(f"{item.low} of what?", (Edit(item.end, item.end, " NAME"),))
        elif part.extra >= 0 and part_named(self.items[part.extra].low):
            self.hard = Question(f"the {self.items[part.extra].low} what?")

    def _only_by_chance(self, at: int, name: Meaning) -> bool:
        """Whether a word that is also a name in capitals (ACT) stands here as a word."""
        said = name.value
        if not (isinstance(said, str) and said.isupper() and name.style != OWN and len(said) < 4):
            return False
        following = self.items[at + 1] if at + 1 < len(self.items) else None
        return following is not None and following.is_unknown

    def _unknown(self, place: int, part: Part, verbs: Sequence[Meaning]) -> Building | None:
        if part_named(self.items[part.at - 1].low) and self.items[part.at].low not in spellings():
            part = part._replace(at=part.at - 1, extra=-1)  # evening primrose oil
        end = end_of_new_name(self.items, part)
        said = self.asking.text(part.at, end)
        amount = self._quantity_verb(verbs)
        length = next((verb for verb in verbs if length_of(verb.kind) and quantity_of(verb.kind) is None), None)
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
        if amount and following is not None and following.sort == "quantity" and not counts(self.items, end):
            return self._new_name(amount, place, part, end, said)
        if (
            amount
            and before is not None
            and before.sort == "quantity"
            and is_measured(before)
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
        self._ask_about(self.asking.new_name(place, part, end, said, verbs))
        return None

    def _ask_about(self, found: tuple[Question | None, bool]) -> None:
        question, is_hard = found
        if question is not None and is_hard:
            self.hard = question
        elif question is not None:
            self.soft = question

    def _new_name(self, verb: Meaning, place: int, part: Part, end: int, said: str) -> Building:
        name = Meaning("naming", verb.kind, verb.field, said)
        built = self._start(verb.kind, place, name, part, end)  # type: ignore[arg-type]
        built.verb = verb
        begun = begun_names(said, self.vocabulary.own_names) if verb.role == "verb" else []
        if near := self.asking.near(said, verb.field) or begun:
            start, stop = self.items[part.at].start, self.items[end - 1].end
            built.ask(f"{said}: did you mean {' or '.join(near[:2])}?", *(Edit(start, stop, each) for each in near[:3]))
        take_part_before(built, part.at)
        take_rest(built, end, self.vocabulary)
        return built

    def _bare(self, place: int) -> Building | None:
        """A known name without a verb: with its amount or length, how it helped, or a day for what is done."""
        part = part_before_name(self.items, place)
        name = known_name(self.items[part.at], ()) if part.at < len(self.items) else None
        if name is None or name.kind is None or not may_stand_before(self.items[:place], name.kind):
            return None
        after = after_name(self.items, part.at)
        quantity = quantity_of(name.kind)
        if part.vague >= 0 and quantity is None:
            return None  # several sessions
        number = self.items[part.number].sort if part.number >= 0 else ""
        amount = number in ("quantity", "number", "range") if quantity else number == "length"
        said = amount or (
            after is not None and after.sort in (("quantity", "number", "range") if quantity else ("length", "range"))
        )
        if after is not None and (status := status_of(after)) and status.kind is name.kind:
            said = True
        one = part.number < 0 and part.at > 0 and self.items[part.at - 1].low in ("a", "an") and quantity is not None
        own_field = after is not None and has_field(self.items, after, name.kind)
        dated = not quantity and after is not None and after.sort == "when" and ends_after_when(self.items, part.at)
        dated = dated or (not quantity and any(i.sort == "when" for i in self.items[:place]) and after is None)
        vague = part.vague >= 0 or (after is not None and after.is_small(S.VAGUE))
        if not (said or own_field or dated or name.style == DONE or vague or one) or self._find_denial(part, name):
            self._ask_bare(place, part, name, after)
            return None
        built = self._start(name.kind, place, name, part)
        take_part_before(built, part.at)
        take_rest(built, part.at + 1, self.vocabulary)
        return built

    def _find_denial(self, part: Part, name: Meaning) -> Item | None:
        """The word beside a name that says that it was not taken or done: physio cancelled."""
        beside = self.items[: part.at + 2]
        if any(item.low in PUT_OFF for item in self.items):
            beside = self.items  # physio appointment yesterday cancelled
        return next((item for item in beside if find_denial(item, name.kind)), None)

    def _ask_bare(self, place: int, part: Part, name: Meaning, after: Item | None) -> None:
        if name.kind is None:
            return
        verb = next((verb for verb in name.kind.verbs), "")
        item = self.items[part.at]
        before = next((each for each in self.items[:place] if each.low in ("another", "extra", "more")), item)
        edits = (Edit(before.start, before.start, f"{verb} "),)
        is_put_off = any(each.low in PUT_OFF for each in self.items[part.at + 1 :])
        question = Question(f"you {verb} {item.low}?", () if is_put_off else edits)
        if after is not None and after.low in NOT_YET:
            question = Question(f"{item.low} {after.low} {WHAT_COMES}")
        if denial := self._find_denial(part, name):
            start, end = min(item.start, denial.start), max(item.end, denial.end)
            times = [each.low for each in self.items if each.sort == "when" and start < each.start < end]
            question = was_it_not(name.kind, item.low, start, end, *times) or question
        if after is None and part.at == 0:
            self.hard = question
        else:
            self.soft = question

    def _take_named(self, place: int, head: Meaning) -> Building | None:
        """After an explicit word (dose, treatment, visit) a name runs to its amount, or to what says something else."""
        part = part_before_name(self.items, place + 1)
        kind = head.kind
        if kind is None or part.nothing or part.at >= len(self.items):
            self.hard = self.asking.no_name_but(part, kind)
            return None
        known = known_name(self.items[part.at], (kind,))
        if known is not None and not (part.at + 1 < len(self.items) and self.items[part.at + 1].is_unknown):
            built = self._start(kind, place, known, part)
            built.verb = head
            take_rest(built, part.at + 1, self.vocabulary)
            return _carry_on(built)
        if known is None and self.items[part.at - 1].is_unknown:
            part = part._replace(at=part.at - 1, extra=-1)  # dose evening primrose oil
        end = end_of_explicit_name(self.items, kind, part.at)
        said = self.asking.text(part.at, end)
        if not said:
            self.hard = no_name(kind)
            return None
        return _carry_on(self._new_name(head, place, part, end, said))

    def _take_carried(self) -> Building | None:
        """A name after an and: it goes with the verb of the clause before."""
        start = next((i for i, item in enumerate(self.items) if not item.is_small(S.DEGREE)), 0)
        part = part_before_name(self.items, start)
        carried = self.carried
        if carried is None or carried.kind is None or part.nothing or part.at >= len(self.items):
            return None
        name = known_name(self.items[part.at], (carried.kind,))
        if carried.role == ALSO and not (name and self._is_whole(part)):
            if name and carried.style != ",":
                self.hard = self._ask_carried(carried, part)
            return None
        if name is None:
            end = part.at
            while end < len(self.items) and end - part.at < MOST_WORDS and self.items[end].is_unknown:
                end += 1
            following = self.items[end] if end < len(self.items) else None
            before = self.items[part.number] if part.number >= 0 else None
            amount = any(each is not None and each.sort == "quantity" for each in (before, following))
            if end > part.at and amount and carried.role == "verb":
                return self._new_name(carried, part.at, part, end, self.asking.text(part.at, end))
            if carried.style == BESIDE:
                return None  # with a cuppa and a biscuit
            if end > part.at and end - part.at <= 2 and (following is None or following.sort == "when"):
                self.hard = self.asking.carried_name(carried, part, end)
            return None
        after = after_name(self.items, part.at)
        if after is not None and after.sort == "words" and not after.means:
            self.hard = self._ask_carried(carried, part)
            return None
        built = self._start(carried.kind, part.at, name, part)
        built.verb = carried
        if carried.role == "option" and carried.field is not None:
            built.data[carried.field.name] = carried.value
            if carried.style == UNCLEAR:
                start, said = self.items[0].start, self.items[part.at].low
                built.ask(f"was {said} {carried.value} too?", Edit(start, start, f"{carried.value} "))
        take_rest(built, part.at + 1, self.vocabulary)
        return built

    def _ask_carried(self, carried: Meaning, part: Part) -> Question:
        """What is asked of a known name behind an and, with words behind it: and ibuprofen with food."""
        start, verb = self.items[0].start, carried.kind.verbs[0] if carried.kind else ""
        return Question(f"was {self.items[part.at].low} taken too?", (Edit(start, start, f"{verb} "),))

    def _is_whole(self, part: Part) -> bool:
        """Whether a clause is only a name with what is said of one that was taken: its amount, a time."""
        others = [item for i, item in enumerate(self.items) if i not in (part.at, part.number) and not passable(item)]
        return all(item.sort in ("when", "quantity") or item.is_small(S.DEGREE) for item in others)

    def _start(self, kind: Kind, place: int, name: Meaning, part: Part, end: int = 0) -> Building:
        built = Building(kind, self.items)
        built.anchor = place
        stop = end or part.at + 1
        built.use(place, *range(part.at, stop))
        for i in range(place, part.at):
            if passable(self.items[i]) or self.items[i].low in ("x", "×", "dose", "for"):
                built.use(i)
        typed = self.asking.text(part.at, stop)
        is_same = name.style == OWN and typed.casefold() == name.value.casefold() and not typed.isupper()
        built.set(kind.main, typed if is_same else name.value, self.items[part.at])
        if part.number < 0 and name.style == OWN and typed.casefold() == f"{name.value}s".casefold():
            built.ask(f"{typed}: how many?", Edit(self.items[part.at].start, self.items[part.at].end, name.value))
        if part.extra >= 0:
            built.words.add(part.extra)
        if part.vague >= 0:
            item = self.items[part.vague]
            built.ask(f"how many is {item.low}?", Edit(item.start, item.end, "1"), Edit(item.start, item.end, "2"))
        if part.number >= 0:
            built.use(part.number)
            take_number_before(built, part)
        elif part.extra < 0 and self._has_article(part.at) and (quantity := quantity_of(kind)) and quantity.counted:
            built.data[quantity.name] = f"1 {quantity.counted}"
        return built

    def _has_article(self, at: int) -> bool:
        return at > 0 and self.items[at - 1].low in ("a", "an")

    def _quantity_verb(self, verbs: Sequence[Meaning]) -> Meaning | None:
        return next((verb for verb in verbs if quantity_of(verb.kind)), None)


def _carry_on(built: Building) -> Building:
    """Let what follows an and go on with a fact's word, unless that was not taken: dose duloxetine skipped and x."""
    status = next((field for field in built.kind.typed_fields if getattr(field, "opens", False)), None)
    if status is not None and status.name in built.data:
        built.verb = None
    return built
