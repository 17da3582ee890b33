"""A whole line: the clauses that it falls into, what each says, and what of it is words or has to be asked. Pure.

Every clause is read wholly or the line is held back. What a line says does not depend on when it is read, so an equal
line is read once; ``drafts`` places it in time.
"""

from collections.abc import Sequence
from functools import lru_cache

from painlog.domain.kinds.fields import Minutes, Name, Text
from painlog.domain.kinds.kind import Kind
from painlog.domain.language.amounts import Quantity
from painlog.domain.language.building import Building
from painlog.domain.language.carried_heads import with_head
from painlog.domain.language.choices import read_choice
from painlog.domain.language.clause_openings import (
    asks_for_number,
    is_number,
    is_of_place,
    is_only_modifiers,
    is_only_sides,
    is_score_of,
    is_well_at_end,
    opening_at,
    says_how,
    says_only_well,
    sort_of_opening,
    worded_place,
)
from painlog.domain.language.clause_times import TWO_TIMES, question_of_time
from painlog.domain.language.clauses_without_fact import LooseClause, ask_again
from painlog.domain.language.either_or import OR, question_of_choice
from painlog.domain.language.findings import Findings, Loose
from painlog.domain.language.leftovers import Leftovers
from painlog.domain.language.line_items import Item
from painlog.domain.language.name_alone import read_name
from painlog.domain.language.name_details import is_before_score, is_taken
from painlog.domain.language.name_openings import is_session_alone, says_more_of_session
from painlog.domain.language.named_clauses import ALSO, BESIDE, UNCLEAR, Names
from painlog.domain.language.nights import is_of_things, read_night
from painlog.domain.language.only_named import ask_amount_again
from painlog.domain.language.parting import WORDS, Parting, Segment, is_before_night, text_of
from painlog.domain.language.place_items import read_items
from painlog.domain.language.place_questions import question_of_left_place
from painlog.domain.language.ratings import Rating, starts_with_score
from painlog.domain.language.reading import Edit, Question, Reading
from painlog.domain.language.roles import (
    JOINED,
    follows_cause,
    night_head,
    opens_rating,
    own_score,
    passable,
    rating_head,
    text_head,
)
from painlog.domain.language.sides import resolve_places
from painlog.domain.language.slips import ask_places, ask_slips, read_slips
from painlog.domain.language.small_words import AND, Small
from painlog.domain.language.time_questions import ask_whether_shared
from painlog.domain.language.vocabulary import EXPLICIT, NOUN, Meaning, Vocabulary
from painlog.errors import BadInput

S = Small
_REMEMBERED = 10_000
_WITH = "with"  # behind a name, before what was taken with it
_GOING_ON = ("and", "&", "+", "plus", ",", "(", " ", "!", ".")


@lru_cache(_REMEMBERED)
def read_line(line: str, vocabulary: Vocabulary) -> Reading:
    """Return the best reading of a line."""
    return _Line(line, vocabulary).read()


def read_words(kind: Kind, line: str, vocabulary: Vocabulary) -> Reading:
    """Return the best reading of the words after a kind's command, as those of a clause that it opens."""
    if isinstance(kind.main, Name) and not any(isinstance(field, Quantity | Minutes) for field in kind.typed_fields):
        return read_name(kind, line, vocabulary)
    return _Line(line, vocabulary, kind).read()


class _Line:
    def __init__(self, line: str, vocabulary: Vocabulary, kind: Kind | None = None) -> None:
        self.line, self.vocabulary = line, vocabulary
        self.left = Leftovers(line, vocabulary)
        self.found = Findings(line)
        self.status: Meaning | None = None  # skipped, where what was is not clear
        self.items = read_slips(line, read_items(line, vocabulary), vocabulary, self.found)
        if kind is not None:
            style = EXPLICIT if isinstance(kind.main, Name) else NOUN
            opened = Meaning("head", kind, kind.main, {}, style)
            self.items.insert(0, Item("words", 0, 0, None, (opened,), kind.heads[0] if kind.heads else kind.name))

    def read(self) -> Reading:
        start = self._take_front()
        parting = Parting(self.vocabulary)
        segments = list(parting.part(self.items[start:], self.found.front))
        self.found.questions += parting.questions
        waiting: list[Item] = []
        early: list[list[Item]] = []
        for i, segment in enumerate(segments):
            if segment.text is not None:
                self._flush(waiting)
                waiting = []
                self._text(segment)
                continue
            ask_slips(self.line, segment.items, self.vocabulary, self.found)
            following = segments[i + 1] if i + 1 < len(segments) and segments[i + 1].text is None else None
            ask_places(self.line, segment.items, following.items if following else (), self.vocabulary, self.found)
            items = [*waiting, *segment.items]
            waiting = []
            if self._waits(items, segment, following):
                if following and _is_of_another(following.items) and (place := worded_place(items)):
                    self._ask(items, f"how much is the {place.low}?", Edit(items[-1].end, items[-1].end, " N"))
                    continue
                waiting = [*items, Item("mark", items[-1].end, items[-1].end, low=JOINED)]
                continue
            behind = following.items if following and following.joint in AND else ()
            if left := question_of_left_place(self.line, items, behind):
                self.found.ask(items, left)
                continue
            if following and is_before_night(items, segments[i + 1 :]):
                early.append(items)
                continue
            self._clause(items, segment)
            self._take_early(early)
        self._flush(waiting)
        self._take_early(early)
        return self.found.reading()

    # ---------------------------------------------------------------- falling into clauses

    def _take_front(self) -> int:
        place = 0
        while place < len(self.items) and passable(self.items[place]) and self.items[place].sort == "words":
            place += 1
        if place >= len(self.items) or self.items[place].sort != "when":
            return 0
        item = self.items[place]
        after = place + 1
        while after < len(self.items) and (
            self.items[after].low in (",", ":", "-", "–", ";", "\n") or self.items[after].sort == "when"
        ):
            if self.items[after].sort == "when":
                merged = item.value.merged(self.items[after].value)
                if merged is None:
                    break
                item = item._replace(value=merged, end=self.items[after].end)
            after += 1
        if after >= len(self.items) or self.items[after].is_small(S.STRETCH):
            return 0
        if item.value.problem:
            self.found.ask([item], question_of_time(item))
        self.found.front, self.found.front_end = item.value, item.end
        if item.value.part:
            self.found.front_part = item
        return after

    def _waits(self, items: Sequence[Item], segment: Segment, following: Segment | None) -> bool:
        """Whether a clause of places or qualities without a number belongs to the one after it: neck and shoulder 5."""
        if following is None:
            return False
        if any(map(night_head, items)) and not any(
            (item.is_numeric and not is_of_things(items, i)) or item.is_small(S.NOT) for i, item in enumerate(items)
        ):
            core = [item for item in following.items if not passable(item)]
            return segment.text is None and bool(core) and core[0].sort == "length" and not any(map(night_head, core))
        if is_session_alone(items) and says_more_of_session(following.items, items):
            return True
        if is_number(following.items) and (asks_for_number(items) or is_score_of(following.items, items)):
            return True
        if not is_only_modifiers(items) or (_is_of_another(following.items) and is_well_at_end(items)):
            return False
        if following.joint not in (*AND, ",", " "):
            return False
        if (
            self.found.built
            and self.found.built[-1].where is not None
            and self.found.built[-1].form == "number"
            and not any(map(rating_head, items))
        ) and not is_only_sides(items):
            return False
        if any(own_score(following.items, i) for i in range(len(following.items))):
            return True
        if is_well_at_end(items) and is_only_sides([each for each in following.items if each.sort != "number"]):
            return True  # which asks about the other side
        both = [*items, Item("mark", 0, 0, low=JOINED), *following.items]
        first = next((i for i, item in enumerate(both) if not passable(item)), 0)
        return opens_rating(both, first) > len(items) or (is_only_modifiers(following.items) and not self.found.built)

    def _take_early(self, early: list[list[Item]]) -> None:
        """Let clauses that stand before what they are of say more of it; none of them waits any longer."""
        while early:
            items = early.pop(0)
            self._clause(items, Segment(items, ","))

    def _flush(self, waiting: Sequence[Item]) -> None:
        if items := [item for item in waiting if item.low != JOINED or item.sort != "mark"]:
            self._clause(list(items), Segment(list(items), ","))

    # ---------------------------------------------------------------- one clause

    def _clause(self, items: list[Item], segment: Segment) -> None:
        if all(passable(item) for item in items):
            return
        built_before = self.found.built
        if segment.joint == OR and built_before:
            choice = question_of_choice(self.line, built_before[-1], items)
            built_before[-1].ask(choice.text, *choice.edits)
            return
        if question := ask_again(self.line, items, built_before) or ask_amount_again(self.line, items, built_before):
            self.found.ask(items, question)
            return
        openings = [i for i in range(len(items)) if opening_at(items, i) >= 0 and not follows_cause(items, i)]
        last = self.found.built[-1] if self.found.built else None
        is_more = bool(openings) and last is not None and own_score(items, openings[0]) > 0
        if is_more and last is not None and own_score(last.items, last.anchor):
            is_more = False  # each is a pain of its own, and neither a part of the other
        if (not openings or is_more) and self._goes_on(items, segment):
            return
        own = items
        items = with_head(items, self.found.built[-1], self.found.front) if self.found.built else items
        names = Names(items, self.line, self.vocabulary, self._find_carried(segment))
        built = self._best(items, names, openings[0] if openings else -1)
        self.status = names.status if built is None else None
        if built is not None:
            if segment.asks:
                mark = self.line.index("?", items[-1].end)
                built.ask("is that a question or an entry?", Edit(mark, mark + 1, ""))
            resolve_places(built)
            self.left.leave(built)
            self.left.places.check(built)
            self.found.give_day(built, adjoins=segment.joint == " " or items is not own)
            if segment.joint in AND:
                self.found.share_time(built)
            if follows_cause(items, built.anchor):
                built.ask(
                    "is that an entry, or what it came from?", Edit(items[0].start, items[built.anchor].start, "")
                )
            self.found.built.append(built)
        else:
            self._take_loose(items, names, segment.joint)

    def _find_carried(self, segment: Segment) -> Meaning | None:
        """The verb that goes on behind an and; where there was none, only names that are known go on so."""
        last = self.found.built[-1] if self.found.built else None
        if self.status is not None and segment.joint in AND:
            return self.status._replace(style=UNCLEAR)
        if last is None or segment.joint not in (*AND, ","):
            return None
        if last.verb is not None and any(last.items[i].low == _WITH for i in range(last.anchor, len(last.items))):
            return last.verb._replace(style=BESIDE)
        return last.verb or (
            Meaning(ALSO, last.kind, last.kind.main, style=segment.joint) if is_taken(last.kind) else None
        )

    def _best(self, items: list[Item], names: Names, opening: int) -> Building | None:
        readers = {
            "rated": lambda: Rating(items).read(),
            "slept": lambda: read_night(items),
            "chosen": lambda: read_choice(items),
            "named": names.read,
        }
        order = ["named", "slept", "chosen", "rated"]
        if opening >= 0:
            sort = sort_of_opening(items, opening)
            order = [sort, *(each for each in order if each != sort)]
        for each in order:
            if (built := readers[each]()) is not None:
                return built
            if each == "named" and names.hard:
                return None
        return None

    def _goes_on(self, items: list[Item], segment: Segment) -> bool:
        """Whether a clause only says more of the fact before it: slept 5h, quality 2."""
        if not self.found.built or segment.joint not in _GOING_ON:
            return False
        last = self.found.built[-1]
        if last.where is not None and says_only_well(items):
            return False
        if is_before_score(items, 0, last.kind):
            items = items[1:]
        if (
            last.where is not None
            and last.form == "place"
            and not any(item.sort == "number" for item in items)
            and any(item.as_role("place") for item in items)
        ):
            if is_only_modifiers(items) and not any(map(rating_head, items)):
                place = next(item for item in items if item.as_role("place"))
                self._ask(items, f"how much is the {place.low}?", Edit(place.end, place.end, " N"))
                return True
            return False
        joined = [*last.items, Item("mark", items[0].start, items[0].start, segment.joint, low=JOINED), *items]
        if any(rating_head(item) and not item.as_role("word") for item in items) or starts_with_score(items):
            return False
        names = Names(joined, self.line, self.vocabulary)
        again = self._best(joined, names, next((i for i in range(len(joined)) if opening_at(joined, i) >= 0), -1))
        if again is None or again.kind is not last.kind:
            return False
        resolve_places(again)
        core = [i for i in range(len(last.items) + 1, len(joined)) if not passable(joined[i])]
        if not core or not all(i in again.used or joined[i].is_small(S.DEGREE) for i in core):
            return False
        if not any(i in again.used for i in core):
            return False
        again.verb = again.verb or last.verb
        self.left.leave(again)
        self.left.places.check(again)
        self.found.built[-1] = again
        return True

    # ---------------------------------------------------------------- clauses that say no fact

    def _take_loose(self, items: list[Item], names: Names, joint: str) -> None:
        core = [item for item in items if not passable(item)]
        if not core:
            return
        if all(item.sort == "when" for item in core):
            self._loose_time(core)
        elif names.hard is not None:
            self.found.ask(items, names.hard)
        elif question := (clause := self._loose_clause()).question(items, core):
            self.found.ask(items, question)
        elif joint in AND and (shared := self._ask_shared(items)):
            self.found.ask(items, shared)
        else:
            soft = names.soft or clause.soft(core, self.found.front_end)
            self.found.loose.append(Loose(items, soft, len(self.found.built)))

    def _ask_shared(self, items: Sequence[Item]) -> Question | None:
        return ask_whether_shared(self.line, self.found.built[-1], items) if self.found.built else None

    def _loose_clause(self) -> LooseClause:
        """What asks about a clause without a fact behind all that was found."""
        last = self.found.loose[-1] if self.found.loose else None
        before = last.items if last is not None and last.after == len(self.found.built) else ()
        return LooseClause(self.line, self.vocabulary, self.found.built, before)

    def _loose_time(self, core: Sequence[Item]) -> None:
        last = self.found.built[-1] if self.found.built else None
        for item in core:
            if item.value.problem:
                self.found.ask(core, question_of_time(item))
                continue
            if last is None:
                self._ask(core, f"{item.low}: what was then?")
                continue
            merged = last.when.merged(item.value) if last.when else item.value
            if merged is None:
                self._ask(core, TWO_TIMES, Edit(item.start, item.end, ""))
                continue
            last.when = merged
            if item.value.part:
                last.notes.append(self.line[item.start : item.end])

    def _ask(self, items: Sequence[Item], text: str, *edits: Edit) -> None:
        self.found.ask(items, Question(text, edits))

    # ---------------------------------------------------------------- the text of a note

    def _ask_words(self, kind: Kind, item: Item, items: Sequence[Item]) -> None:
        end = items[-1].end if items else item.end
        field = kind.main if isinstance(kind.main, Text) else next(f for f in kind.fields if isinstance(f, Text))
        try:
            field.check("")
        except BadInput as error:
            self._ask([item], str(error), Edit(end, end, " WORDS"))

    def _text(self, segment: Segment) -> None:
        opener = segment.text
        assert opener is not None  # noqa: S101  (it is the text behind it)
        last = self.found.built[-1] if self.found.built else None
        head = text_head(opener)
        kind = head.kind if head else None
        items, text = segment.items, text_of(self.line, segment)
        if segment.joint == WORDS and last is not None and text:
            last.notes.append(text)
        elif kind is not None and text:
            when = segment.when
            self.found.texts.append((kind, text, when and when.value, opener))
            if when is not None and when.value.problem:
                self.found.ask([when, *items], question_of_time(when))
            elif when is None and (question := self.found.ask_day(opener.start)):
                self.found.ask([opener, *items], question)
        elif kind or last:
            self._ask_words(kind or last.kind, opener, items)  # type: ignore[union-attr]

    # ---------------------------------------------------------------- together


def _is_of_another(items: Sequence[Item]) -> bool:
    """Whether a clause has a place or a noun of its own, and does not only say how the place before it is: sore 5."""
    return any(is_of_place(item) and not says_how(item) for item in items)
