"""What a clause leaves over: kept where it cannot change the meaning, asked about where it could. Pure."""

from collections.abc import Iterator, Sequence

from painlog.domain.kinds.fields import Choice, Minutes, Name, Number
from painlog.domain.language.building import Building
from painlog.domain.language.clause_fields import is_share
from painlog.domain.language.clause_openings import is_of_place, option_edits
from painlog.domain.language.clauses_without_fact import LooseClause, often
from painlog.domain.language.differences import ask_difference
from painlog.domain.language.either_or import ask_which_side, doubts_choice, is_between_sides
from painlog.domain.language.line_items import Item
from painlog.domain.language.name_details import counted_rhythm, is_taken, quantity_of
from painlog.domain.language.name_openings import find_denial
from painlog.domain.language.named_clauses import Names
from painlog.domain.language.nights import is_of_things
from painlog.domain.language.only_named import ask_if_taken, taken_after_all
from painlog.domain.language.place_questions import PlaceQuestions, closed_note, fact_and_note, is_way, own_start
from painlog.domain.language.reading import Edit, Question
from painlog.domain.language.roles import (
    choice_head,
    choice_question,
    counted_by,
    counts_things,
    has_places,
    in_circumstance,
    is_days_without,
    is_reason,
    is_which_day,
    leads_to_place,
    night_head,
    passable,
    rating_head,
    says_how_late,
    says_what_one_did,
    text_head,
)
from painlog.domain.language.second_numbers import SecondNumbers, joins_numbers
from painlog.domain.language.small_words import DOUBTS, IN_TURN, NEEDING, NOT_YET, WISHES, Small
from painlog.domain.language.time_questions import TimeQuestions
from painlog.domain.language.vocabulary import FEELING, NOUN, Meaning, Vocabulary, spellings, with_note
from painlog.domain.language.when import WHAT_COMES
from painlog.domain.language.whose import ask_whose, is_perhaps_of_another
from painlog.domain.language.words_beside import ask_name_before, is_stretch, is_wished, says_value

S = Small
_TAKE = ("take", "have", "do")


class Leftovers:
    """Goes through what is left of the clauses of a line."""

    def __init__(self, line: str, vocabulary: Vocabulary) -> None:
        self.line, self.vocabulary = line, vocabulary
        self.places, self.times = PlaceQuestions(line), TimeQuestions(line)
        self.second = SecondNumbers(line)

    def leave(self, built: Building) -> None:  # noqa: PLR0912  (a branch a form)
        """Go through what a clause leaves over: keep what cannot change the meaning, ask about the rest."""
        ask_difference(built, self.line)
        items = built.items
        for i, item in enumerate(items):
            if i in built.used or i in built.words:
                continue
            if item.is_numeric:
                self._leave_number(built, i)
            elif item.low in NOT_YET and built.kind.verbs and i > built.anchor:
                built.ask(f"'{item.low}' {WHAT_COMES}")
                return
            elif item.sort == "when":
                self.times.leave(built, i)
            elif item.as_role("verb") and i < built.anchor and all(map(passable, items[i + 1 : built.anchor])):
                built.use(i)
            elif built.where is not None and (leads_to_place(items, i) or is_way(built, i)):
                built.words.add(i)
            elif item.is_small(S.BOUND) and (
                (i < built.anchor and all(map(passable, items[i + 1 : built.anchor])) and not _is_denied(items[:i]))
                or (i > built.anchor and all(map(passable, items[i + 1 :])) and items[i - 1].is_numeric)
            ):
                self._ask_bound(built, i)
            elif item.sort == "mark" and item.low in "<>≤≥→":
                if joins_numbers(items, i):
                    continue
                built.ask(f"'{item.low}' leaves open which is meant", Edit(item.start, item.end, ""))
            elif is_between_sides(built, i):
                ask_which_side(built, i, self.line)
            elif doubts_choice(built, i):
                built.doubt(item)
            elif isinstance(built.kind.main, Choice) and _is_uncertain(built, i):
                rest = self.line[item.start : items[-1].end]
                edits = [Edit(item.start, items[-1].end, f"{with_note(rest)}, ")] if item.is_small(S.ABOUT) else []
                built.doubt(item, *edits)
            elif item.is_small(S.ABOUT) and i < built.anchor and not isinstance(built.kind.main, Number | Minutes):
                built.doubt(item, Edit(item.start, item.end, ""))
            elif is_perhaps_of_another(built, i):
                ask_whose(built, i, self.line)
            elif item.is_small(S.USUAL) and i == len(items) - 1:
                built.ask(f"'{item.low}': was it so now?", Edit(item.start, item.end, ""))
            elif is_wished(built, i) or (item.is_small(S.NOT, S.AHEAD) and not item.as_role("option", built.kind)):
                self._leave_small(built, i)
            elif item.is_unknown and item.glued and item.low != "ish" and i and items[i - 1].sort == "number":
                built.ask(f"what is {self.line[items[i - 1].start : item.end]}?", Edit(item.start, item.end, ""))
            elif self._is_doubt(built, i) or ask_name_before(built, i, self.line):
                pass
            elif not passable(item):
                built.words.add(i)
        ask_if_taken(built, self.line)

    def _ask_bound(self, built: Building, i: int) -> None:
        """Ask about a word such as almost before what was, or was not: nearly forgot it says that it was taken."""
        item, anchor = built.items[i], built.items[built.anchor]
        edit = Edit(item.start, item.end, "")
        if built.is_denied and i < built.anchor:
            if any(each.as_role("verb", built.kind) for each in built.items[built.anchor + 1 :]):
                built.words.add(i)
                return
            edit = Edit(item.start, anchor.end, built.kind.verbs[0])
        built.ask(f"'{item.low}' before it: was it, or was it not?", edit)

    def _leave_number(self, built: Building, i: int) -> None:
        items, item = built.items, built.items[i]
        if _is_number_of_words(items, i):
            built.words.add(i)
            return
        is_rate = is_taken(built.kind) and counted_rhythm(items, i) > 0
        if is_rate or says_how_late(items, i) or (built.kind.main.spans and is_of_things(items, i)):
            built.words.add(i)
            return
        if item.sort == "quantity" and isinstance(built.kind.main, Name) and not quantity_of(built.kind):
            built.words.add(i)  # of a session, which has no amount: ketamine infusion 40 mg
            return
        self.second.ask(built, i)

    def _leave_small(self, built: Building, i: int) -> None:
        item = built.items[i]
        if i < built.anchor:
            built.ask(
                f"'{item.low}' before it: was it, or was it not?",
                *self._edit_denied(built, i),
            )
        elif item.low == "later" and i == len(built.items) - 1:
            built.ask("later than what? say when it was", Edit(item.start, item.end, ""))
        elif (
            item.low in ("if", "unless")
            or (i + 1 < len(built.items) and built.items[i + 1].sort == "when")
            or (i == len(built.items) - 1 and i > built.last and not self._ends_words(built, i))
        ):
            end = built.items[-1].end
            words = with_note(self.line[item.start : end])
            built.ask(f"'{item.low}' after it: was it so?", Edit(item.start, end, words))
        elif question := self._named_beside(built, i):
            built.questions.append(question)
        else:
            built.words.add(i)

    def _ends_words(self, built: Building, i: int) -> bool:
        """Whether a word such as nothing ends words of their own: tramadol 50mg did nothing."""
        before = built.items[i - 1]
        return built.items[i].low == "nothing" and i - 1 > built.last and not passable(before)

    def _named_beside(self, built: Building, i: int) -> Question | None:
        """What is asked where a fact goes on with what was not taken, or will be: pain 7 didnt take ibuprofen."""
        rest = built.items[i:]
        if built.kind.verbs or in_circumstance(built.items, i) or not any(item.as_role("naming") for item in rest):
            return None
        clause = LooseClause(self.line, self.vocabulary, ())
        if rest[0].low in NEEDING and built.items[i - 1].is_small(S.NOT):
            return None
        if rest[0].is_small(S.NOT):
            question = clause.denied_fact(rest)
        else:
            question = clause.ahead(rest) if _leads_to_taking(rest) else None
        if question is None:
            return None
        joined = tuple(edit._replace(text=f", {edit.text}") for edit in question.edits)
        noted = Edit(rest[0].start, rest[-1].end, with_note(self.line[rest[0].start : rest[-1].end]))
        return question._replace(edits=joined if rest[0].is_small(S.NOT) else (noted, *joined))

    def _edit_denied(self, built: Building, i: int) -> Iterator[Edit]:
        items, start = built.items, own_start(built) if built.where is not None else built.anchor
        status = next((f for f in built.kind.typed_fields if getattr(f, "opens", False)), None)
        if status is not None:
            name = str(built.data.get(built.kind.main.name, ""))
            yield Edit(items[i].start, items[-1].end, f"{status.show(status.options[1])} {name}")  # type: ignore[attr-defined]
        elif items[i].low in WISHES and isinstance(built.kind.main, Number):
            return
        elif items[i].is_small(S.AHEAD):
            if not any(each.is_unknown for each in items[i + 1 : start]):
                plain = all(map(passable, items[i + 1 : start]))
                yield Edit(items[i].start, items[start].start if plain else items[i].end, "")
        elif i + 1 < start <= built.anchor and all(_says_how_much(each) for each in items[i + 1 : built.anchor]):
            yield Edit(items[i].start, items[built.anchor].start, "")
        elif built.where is not None and i + 1 < start:
            noted = fact_and_note(self.line, items, start, built.last)
            head = next((j for j in range(i + 1, start) if rating_head(items[j])), 0)
            if head and built.where is not None and all(is_of_place(each) for each in items[i + 1 : head]):
                said, fact = (self.line[items[a].start : items[b].end] for a, b in ((i + 1, head), (start, built.last)))
                yield noted._replace(text=f"{said} 0, {fact}")
            yield noted
        elif i + 1 < built.anchor:
            start, end = items[built.anchor].start, items[-1].end
            words = self.line[items[i].start : start].strip()
            yield Edit(items[i].start, end, f"{self.line[start:end]}{with_note(words)}")

    def _is_doubt(self, built: Building, i: int) -> bool:
        """Whether a word left over could be more of a fact; asks about it where it could."""
        items, item = built.items, built.items[i]
        if in_circumstance(items, i) or item.is_small(S.CAUSE):
            return False
        near = (
            all(
                passable(each) or j in built.used or each.is_small(S.ABOUT, S.DEGREE)
                for j, each in enumerate(items[:i])
                if j >= built.anchor
            )
            if i > built.anchor
            else i == 0 or all(map(passable, items[:i]))
        )
        if item.is_small(S.VAGUE) and i and (count := counted_by(items[i - 1])) and count.kind is built.kind:
            built.use(i, *((i + 1,) if i + 1 < len(items) and items[i + 1].is_small(S.COUNT) else ()))
            built.ask(f"how often is {item.low}?", Edit(item.start, items[built.last].end, f"{often(item)} times"))
            return True
        if item.is_small(S.VAGUE):
            if item.low in ("twice", "thrice", "double", "a couple") or (
                near and item.low != "some" and i == len(items) - 1
            ):
                built.ask(f"how much is {item.low}?", Edit(item.start, item.end, ""))
                return True
            return False
        if head := next((m for m in item.means if m.role == "head"), None):
            return self._is_doubtful_head(built, i, head, near=near)
        if item.as_role("place") and i < built.anchor and any(each.is_small(S.NOT) for each in items[:i]):
            return True  # what is said not to be is asked about already
        if item.as_role("place"):
            return self.places.is_asked(built, i)
        if item.as_role("verb") or any(m.role == "option" and getattr(m.field, "opens", False) for m in item.means):
            return self._is_doubtful_verb(built, i)
        if (named := item.as_role("naming")) and near and i > built.anchor:
            self._ask_named(built, i, named)
            return True
        if self.places.is_slip_of_side(built, i):
            return True
        if quantity_of(built.kind) and i > built.anchor and item.is_unknown and item.low in spellings():
            built.ask(f"was {item.low} taken too?", Edit(item.start, item.start, f", {built.kind.name} "))
            return True
        return self.places.is_slip_of_place(built, i)

    def _ask_named(self, built: Building, i: int, named: Meaning) -> None:
        """Ask whether a name behind a fact is of an entry; it is only words where it was not, or is still to come."""
        item, kind, behind = built.items[i], named.kind, built.items[i + 1 :]
        ahead = [i + 1 + at for at, each in enumerate(behind) if each.sort == "when" and each.value.ahead]
        edits: list[Edit] = []
        if not ahead and not any(find_denial(each, kind) for each in behind):
            done = f", {kind.verbs[0] if kind and kind.verbs else ''} "
            edits = [Edit(item.start, item.start, each) for each in (done, ", after ")]
        built.words.update(ahead)
        built.ask(f"was {item.low} taken or done?", *edits, self._rest_noted(built))

    def _rest_noted(self, built: Building) -> Edit:
        """All behind a fact as its note."""
        first, last = built.items[built.last].end, built.items[-1].end
        return Edit(first, last, closed_note(self.line, first, last))

    def _is_doubtful_verb(self, built: Building, i: int) -> bool:
        """Whether what a word such as took opens within a clause may be an entry of its own; asks about it."""
        item = built.items[i]
        names = Names(built.items[i:], self.line, self.vocabulary)
        if names.read() is not None or names.hard:
            question = names.hard or Question(
                f"is {item.low} an entry of its own?", (Edit(item.start, item.start, ", "),)
            )
            edits = tuple(
                edit._replace(text=f", {edit.text}") if edit.start == item.start and edit.end > edit.start else edit
                for edit in question.edits
            )
            edits = (*edits, self._rest_noted(built)) if i > built.last else edits
            built.questions.append(question._replace(edits=edits, start=built.span[0], end=built.span[1]))
            return True
        if built.is_denied and (after_all := taken_after_all(self.line, built.items[i:], (built,))):
            built.questions.append(after_all)
            return True
        return False

    def _is_doubtful_head(self, built: Building, i: int, head: Meaning, *, near: bool) -> bool:
        items, item, kind, style, field = built.items, built.items[i], head.kind, head.style, head.field
        if (
            any(each.style == FEELING for each in item.means)
            or night_head(item)
            or text_head(item)
            or is_reason(items, i)
        ):
            return False
        if (choice := choice_head(item)) and kind is not built.kind:
            if i and items[i - 1].is_small(S.NOT):
                if i > built.anchor:
                    words = self.line[items[i - 1].start : items[-1].end]
                    edit = Edit(items[i - 1].start, items[-1].end, with_note(words))
                    built.ask(f"'{items[i - 1].low} {item.low}': is that words?", edit)
                return True
            built.ask(choice_question(item, choice), *option_edits(items, i))
            return True
        if not rating_head(item) or not isinstance(field, Number):
            return False
        is_said = kind is built.kind and field.name in built.data
        if (
            style == NOUN
            and not (has_places(kind) or is_said)
            and says_value(items, i, is_named=built.kind.main.required)
        ):
            built.ask(f"how much is {item.low}, 0 to 10?", *self._edit_rating(built, i))
            if not any(each.is_numeric for each in items[i + 1 :]):
                built.words.update(range(i + 1, len(items)))  # which are its own: mood better than yesterday
            return True
        if kind is built.kind and (field is built.kind.main and style != NOUN):
            return False
        if kind is built.kind and i > built.anchor and (field is built.kind.main or is_share(field)):
            return False
        if kind is built.kind and any(each.as_role("place") for each in items[i + 1 : built.anchor]):
            return False  # it is asked about with that place
        if built.kind.main.spans or not (near or (style == "verb" and not self._after_words(built, i))):
            return False
        if built.where is None and built.kind.main.required:
            return False  # words about what was taken or done
        built.ask(f"how much is {item.low}, 0 to 10?", *self._edit_rating(built, i))
        return True

    def _edit_rating(self, built: Building, i: int) -> Iterator[Edit]:
        """A rating without its number: with one, or with its words as a note of the fact beside it."""
        items, item = built.items, built.items[i]
        yield Edit(item.end, item.end, " N")
        start = own_start(built) if built.where is not None else built.anchor
        if i < start:
            yield fact_and_note(self.line, items, start, len(items) - 1)
        elif i > built.last:
            yield self._rest_noted(built)

    def _after_words(self, built: Building, i: int) -> bool:
        return any(each.is_unknown for each in built.items[:i])


def _is_uncertain(built: Building, i: int) -> bool:
    """Whether a word beside a start or an end says that it is only thought, hoped or feared, or is still to come.

    Behind it, it does so where nothing follows (flare over soon i hope), and a feeling never: flare started, worried.
    """
    item, behind = built.items[i], built.items[i + 1 :]
    if i < built.anchor:
        return item.low in DOUBTS or item.is_small(S.AHEAD)
    if any(m.role == "head" for m in item.means) or not (item.low in DOUBTS or item.is_small(S.ABOUT)):
        return False
    return all(passable(each) or each.is_small(S.DEGREE, S.ABOUT) or each.low in DOUBTS for each in behind)


def _leads_to_taking(items: Sequence[Item]) -> bool:
    """Whether only take, have or do stands between what is to come and the name of it: will take tramadol."""
    between = items[1 : next(i for i, item in enumerate(items) if item.as_role("naming"))]
    is_taking = any(each.low in _TAKE for each in between)
    return is_taking and all(each.low in _TAKE or passable(each) or each.is_numeric for each in between)


def _is_number_of_words(items: Sequence[Item], i: int) -> bool:
    """Whether a number belongs to words, which keep it: after 2 beers, on 3 pillows, a bad one."""
    item, following = items[i], items[i + 1] if i + 1 < len(items) else None
    told = following is not None and (following.is_unknown or following.is_small(S.COUNT, S.DEGREE, S.OTHER))
    if in_circumstance(items, i) and (item.sort in ("length", "quantity") or told):
        return True
    if i and items[i - 1].is_small(S.STRETCH, S.CAUSE) and (item.sort == "length" or told):
        return True
    if i and i == len(items) - 1 and items[i - 1].low in IN_TURN and items[i - 1].low != "night":
        return True  # day 4
    if is_days_without(items, i) or is_which_day(items, i) or is_stretch(items, i):
        return True
    if told and i and says_what_one_did(items[i - 1]):
        return True
    return (told and counts_things(items, i)) or (item.low == "one" and i > 0 and items[i - 1].is_small(S.DEGREE))


def _is_denied(before: Sequence[Item]) -> bool:
    """Whether a word of a bound belongs to words that say what was not: cant get up pain 9."""
    return any(item.is_small(S.NOT) for item in before) and not passable(before[-1])


def _says_how_much(item: Item) -> bool:
    """Whether a word behind not goes with it: not much, not so bad."""
    return item.is_small(S.DEGREE, S.VAGUE) or item.low in ("much", "any") or passable(item)
