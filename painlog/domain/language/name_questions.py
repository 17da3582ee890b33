"""What is asked about names of medicines and treatments: near misses, new ones, none where one is needed. Pure."""

from collections.abc import Sequence

from painlog.domain.kinds.fields import Choice, Name
from painlog.domain.kinds.kind import Kind
from painlog.domain.language.amounts import Quantity
from painlog.domain.language.line_items import Item
from painlog.domain.language.medicine_units import unit_of
from painlog.domain.language.name_details import SMALL_NUMBER, each_or_in_all, length_of, quantity_of
from painlog.domain.language.name_openings import Part, known_name
from painlog.domain.language.reading import Edit, Question, is_it_a
from painlog.domain.language.roles import night_head, rating_head
from painlog.domain.language.small_words import HOW_ONE_FELT, NO_NAMES
from painlog.domain.language.spelling import begun_names, near_names
from painlog.domain.language.vocabulary import Meaning, Vocabulary, meeting_kind, named_kind, spellings
from painlog.errors import BadInput

_BEFORE_NAME = ("a", "an", "the", "my", "some", "also", "another", "extra", "then", "of")


class NameQuestions:
    """Asks about the names of a clause."""

    def __init__(self, items: Sequence[Item], line: str, vocabulary: Vocabulary) -> None:
        self.items, self.line, self.vocabulary = items, line, vocabulary

    def other_kind(self, place: int, at: int, status: Meaning) -> Question | None:
        """Return what is said of a known name of another kind, which has no such entry: skipped physio."""
        named = known_name(self.items[at], ()) if at < len(self.items) else None
        if named is None or named.kind is None or status.kind is None:
            return None
        item = self.items[at]
        said = self.line[self.items[place].start : item.end]
        asked = was_it_not(named.kind, item.low, self.items[place].start, item.end)
        return asked or Question(f"{item.low} is no {status.kind.main.title}; {said} is only words")

    def unknown_status(self, place: int, at: int, status: Meaning) -> Question:
        """Return what is asked of a name that nobody knows, said not to be taken: skipped lunch."""
        item = self.items[place]
        end = at
        while end < len(self.items) and (self.items[end].is_unknown or self.items[end].sort in ("quote", "mark")):
            end += 1
        said = self.text(at, end)
        edits: tuple[Edit, ...] = ()
        if near := self.near(said):
            edits = tuple(Edit(self.items[at].start, self.items[end - 1].end, name) for name in near)
        elif said and len(said.split()) <= 2:
            name = said if said.isalpha() else f'"{said}"'
            edits = (Edit(item.start, self.items[end - 1].end, f"{status.kind.name} {name} {status.value}"),)  # type: ignore[union-attr]
        return Question(f"{item.low} {said or 'what'}: is that a medicine?", edits)

    def new_name(
        self, place: int, part: Part, end: int, said: str, verbs: Sequence[Meaning]
    ) -> tuple[Question | None, bool]:
        """Return what is asked of a name that nobody knows (took floradix, did reiki), and whether beside facts too."""
        following = self.items[end] if end < len(self.items) else None
        near = self.near(said) or begun_names(said, self.vocabulary.own_names)
        start, stop = self.items[part.at].start, self.items[end - 1].end
        if near and any(quantity_of(verb.kind) for verb in verbs):
            edits = [Edit(start, stop, each) for each in near[:3]]
            taken = next(verb.kind for verb in verbs if quantity_of(verb.kind))
            if taken is not None and not any(each in self.vocabulary.own_names for each in near):
                names = (near[0], f'"{said}"')
                edits = [Edit(self.items[place].start, stop, f"{taken.name} {each}") for each in names]
            return Question(f"{said}: did you mean {' or '.join(near[:2])}?", tuple(edits)), True
        if said.split(" ", maxsplit=1)[0].lower() in NO_NAMES:
            return None, False
        if following is not None and following.as_role("naming") and " " not in said:
            return Question(f"{said} {following.low}: how much was that?"), True  # took 1 less tramadol
        number = following is not None and following.sort in ("number", "range")
        before = self.items[part.number] if part.number >= 0 else None
        ends = following is None or not following.is_unknown
        verb = verbs[0] if len(verbs) == 1 else None
        is_medicine = said.lower() in spellings()
        short = len(said.split()) <= 2 and ends and (is_medicine or not part.article)
        is_timed = before is not None and before.sort == "length"
        measure = length_of if is_timed else quantity_of
        kind = (verb or next((v for v in verbs if measure(v.kind)), verbs[0])).kind
        if kind is None:
            return None, False
        if is_timed and measure(kind) is None:
            return None, False  # took a 30 min walk
        kinds = [kind] if before is not None else [each.kind for each in verbs if each.kind is not None]
        if self.items[place].low in ("saw", "seen"):
            kinds = [meeting_kind(), kind]
        more = "," if following is not None and (rating_head(following) or night_head(following)) else ""
        lines = (f"{self._explicit_line(each, part, said)}{more}" for each in kinds)
        edits = [Edit(self.items[place].start, stop, each) for each in lines]
        titles = (each.main.title if each.verbs else each.title for each in kinds)
        question = Question(is_it_a(said, " or a ".join(titles)), tuple(edits))
        if number and following is not None and verb is not None and quantity_of(verb.kind):
            if following.sort == "number" and following.value.out_of:
                return ask_strength(self.line, self.items[place:], part.at - place, end - place, before), True
            counted = before is not None and before.sort == "number" and following.sort == "number"
            if before is not None and counted and following.value.value > SMALL_NUMBER:
                return Question(*each_or_in_all(said, before, following)), True
            unit = Edit(following.end, following.end, " mg")
            return Question(f"{following.low} of which unit?", (unit,)), True
        if is_timed:
            return question, part.article and verb is not None
        return question, short and (is_medicine or verb is not None)

    def _explicit_line(self, kind: Kind, part: Part, said: str) -> str:
        amount = self.items[part.number] if part.number >= 0 else None
        text = f" {self._show(amount)}" if amount is not None and amount.sort in ("quantity", "length") else ""
        quantity = quantity_of(kind)
        if amount is not None and amount.sort == "number" and quantity is not None:
            text = f" {amount.value.value:g} {quantity.counted}{'' if amount.value.value == 1 else 's'}"
        return f"{kind.name} {said}{text}"

    def _show(self, item: Item | None) -> str:
        return (
            item.value
            if item is not None and item.sort == "quantity"
            else f"{item.value:g}m"
            if item is not None
            else ""
        )

    def no_name_but(self, part: Part, kind: Kind | None) -> Question | None:
        """Return what is said of a clause without a name, where an amount stands in its place too."""
        if kind is None or part.number < 0:
            return no_name(kind)
        item = self.items[part.number]
        said = self.line[item.start : item.end]
        return Question(
            f"{said!r} is no {kind.main.title}; write the name first", (Edit(item.start, item.start, "NAME "),)
        )

    def carried_name(self, carried: Meaning, part: Part, end: int) -> Question | None:
        """Return what is asked of words after an and that may be one more name: took ibuprofen and 2 codeine."""
        said, kind = self.text(part.at, end), carried.kind
        start, stop = self.items[part.at].start, self.items[end - 1].end
        if near := self.near(said):
            return Question(f"did you mean {near[0]}?", tuple(Edit(start, stop, each) for each in near[:3]))
        number = self.items[part.number] if part.number >= 0 else None
        quantity = quantity_of(kind)
        if any(
            each.sort == "words" and each.low not in _BEFORE_NAME for each in self.items[: part.at] if each != number
        ):
            return None
        is_counted = number is not None and number.sort in ("number", "quantity")
        if kind is None or quantity is None or not (is_counted or _may_be_name(said)):
            return None
        amount = ""
        if number is not None and number.sort == "quantity":
            amount = f" {number.value}"
        elif number is not None and number.sort == "number":
            amount = f" {number.value.value:g} {quantity.counted}{'' if number.value.value == 1 else 's'}"
        first = number.start if number is not None else start
        status = f" {carried.value}" if carried.role == "option" else ""
        edit = Edit(first, stop, f"{kind.name} {said}{amount}{status}")
        return Question(is_it_a(said, kind.main.title), (edit,))

    def text(self, start: int, end: int) -> str:
        """Return the words from one place to another, as typed."""
        if start >= end:
            return ""
        if all(item.sort == "quote" for item in self.items[start:end]):
            return " ".join(item.value for item in self.items[start:end])
        return " ".join(self.line[self.items[start].start : self.items[end - 1].end].replace('"', "").split())

    def near(self, said: str, field: object = None) -> list[str]:
        """Return the known names that words may be a slip of, the nearest first."""
        if not said or any(item.sort == "quote" and item.value == said for item in self.items):
            return []
        known = [*self.vocabulary.own_names]
        if isinstance(field, Name):
            known += [*field.spellings, *field.words]
        else:
            known += spellings()
        return near_names(said, dict.fromkeys(known))


def ask_strength(line: str, items: Sequence[Item], name: int, at: int, count: Item | None) -> Question:
    """Return what is asked of a name with the strength of two substances behind it: co-codamol 30/500 x2."""
    kind = named_kind(Quantity)
    counted = next(field.counted for field in kind.typed_fields if isinstance(field, Quantity))
    end = at + (at + 1 < len(items) and items[at + 1].glued and bool(unit_of(items[at + 1].low)))
    said = line[items[name].start : items[end].end]
    times = items[end + 1 : end + 3]
    if len(times) == 2 and times[0].low in ("x", "×") and times[1].sort == "number":
        count, end = times[1], end + 2
    many = f"{count.value.value:g}" if count is not None and count.sort == "number" else "N"
    text = f'{kind.name} "{said}" {many} {counted}{"" if many == "1" else "s"}'
    return Question(f"how much of {said}?", (Edit(items[0].start, items[end].end, text),))


def _may_be_name(said: str) -> bool:
    """Whether one word that nobody knows could be a name, and says not only what was done or how: rested, slowly."""
    low = said.lower()
    return " " not in said and len(said) > 3 and low not in HOW_ONE_FELT and not low.endswith(("ed", "ing", "ly"))


def was_it_not(kind: Kind, name: str, start: int, end: int, *times: str) -> Question | None:
    """Return what is asked of words that say that a session was not, such as skipped physio; None where none can be."""
    variant = kind.by_name.get(kind.variant)
    if not isinstance(variant, Choice) or not variant.bare:
        return None
    was_not = variant.options[-1]
    return Question(f"was {name} {was_not}?", (Edit(start, end, " ".join((kind.name, name, was_not, *times))),))


def no_name(kind: Kind | None) -> Question | None:
    """Return what is said of a clause without a name, as the kind's command says it."""
    try:
        _ = kind and kind.check({})
    except BadInput as error:
        return Question(str(error))
    return None
