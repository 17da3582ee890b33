"""A number, a length or an amount behind words that nobody knows: a slip, a new name, a measure to be added. Pure."""

from collections.abc import Sequence

from painlog.domain.kinds.fields import Minutes, Words
from painlog.domain.language.amounts import Quantity
from painlog.domain.language.line_items import Item
from painlog.domain.language.reading import Edit, Question, is_it_a
from painlog.domain.language.roles import has_places
from painlog.domain.language.small_words import NO_NAMES, Small
from painlog.domain.language.spelling import begun_names, near_names, words_meant
from painlog.domain.language.vocabulary import (
    Meaning,
    Vocabulary,
    alike_words,
    named_kind,
    spellings,
    spoken_kinds,
    with_note,
)
from painlog.domain.regions import names_with, places_meant, places_near

S = Small
MOST_WORDS = 3  # of a name that may be new


class UnknownMeasures:
    """Asks what the words before a number are, which are no name that is known."""

    def __init__(self, line: str, vocabulary: Vocabulary) -> None:
        self.line, self.vocabulary = line, vocabulary
        self.hurts = next(kind for kind in spoken_kinds() if has_places(kind)).heads[0]
        self.took = named_kind(Quantity).verbs[0]

    def question(self, items: Sequence[Item], words: Sequence[Item], item: Item) -> Question | None:
        """Return what is asked of a number behind some words of the items; None where it is of none of them."""
        last, said = words[-1], self.line[words[0].start : words[-1].end]
        if question := self._retired(said):
            return question
        inner = last.low.split(" ")[-1]
        if inner != last.low and inner in self.vocabulary.slips:
            return Question(f"is {item.low} how much {inner} is?", (Edit(words[0].start, last.end, inner),))
        did = _done(last)
        if item.sort == "length" and did is not None and did.kind is not None and did.field is not None:
            text = f"{did.kind.heads[0]} {self.line[item.start : item.end]} {did.field.name} {did.value}"
            session = Edit(words[0].start, last.end, f"{named_kind(Minutes).heads[0]} {said}")
            return Question(f"was {last.low} something you did?", (Edit(words[0].start, item.end, text), session))
        is_meant = bool(last.as_role("side")) or any(each.is_small(S.LIKE) for each in words)
        near = [] if is_meant else words_meant(last.low, self.vocabulary.slips)
        edits = tuple(Edit(last.start, last.end, known) for known in near)
        if item.sort == "length":
            return self._new_session(words, item, edits)
        if item.sort == "quantity":
            return self._unknown_amount(items, words, item)
        if item.sort == "number" and (question := self._without_unit(items, words, item)):
            return question
        return self._new_measure(items, words, item, edits)

    def _retired(self, said: str) -> Question | None:
        """What is asked of a measure of one's own that is no longer recorded."""
        for kind in self.vocabulary.known.measures:
            if not kind.heads and kind.title.lower() == said.lower():
                bring_back = f"edit {str(kind.constants[kind.variant])[-12:]} --clear retired"
                return Question(f"{said} is a measure of your own, but retired; bring it back first", (), (bring_back,))
        return None

    def _without_unit(self, items: Sequence[Item], words: Sequence[Item], item: Item) -> Question | None:
        """A number behind a medicine's name, whole or begun, that is not the journal's own: naproxen 500."""
        last, said = words[-1], self.line[words[0].start : words[-1].end]
        if last.low in spellings():
            edit = Edit(items[0].start, item.end, f"{self.took} {said} {item.low} mg")
            return Question(f"{item.low} of which unit, mg?", (edit,))
        if begun := begun_names(last.low, self.vocabulary.own_names):
            taken = tuple(Edit(last.start, item.end, f"{self.took} {name} {item.low} mg") for name in begun[:2])
            return Question(f"{last.low}: did you mean {begun[0]}?", taken)
        return None

    def _new_measure(
        self, items: Sequence[Item], words: Sequence[Item], item: Item, edits: tuple[Edit, ...]
    ) -> Question | None:
        """A rating that nobody knows; ``edits`` put near words in its place."""
        last, said = words[-1], self.line[words[0].start : words[-1].end]
        placed = self._place_edits(words) if item.sort == "number" else []
        near = [*dict.fromkeys(each.text for each in (*edits, *placed))]
        edits = (*edits, *placed)
        is_sided = any(each.as_role("side") for each in words) and any(each.is_unknown for each in words)
        if item.sort == "number" and not edits and is_sided:
            text = f"{self.hurts} {self.line[item.start : item.end]}{with_note(said)}"
            edits = (Edit(words[0].start, item.end, text),)
        if question := self.of_alike(items[: items.index(item)], last) or self._of_kind(words, item):
            return question
        if any(m.role not in ("small", "word") for m in last.means):
            return Question(f"{item.low} of what?", edits)
        if said.split(" ")[-1].lower() in NO_NAMES:
            return Question(f"{said}: which medicine was it?")
        return no_measure(said, near, edits)

    def _place_edits(self, words: Sequence[Item]) -> list[Edit]:
        """The places that words before a number may be a part or a slip of; beside a side any near one: left keen 5."""
        plain = [each for each in words if not each.as_role("side")]
        if not plain or plain[-1].means:
            return []
        first, part = plain[0], plain[-1]
        known = self.vocabulary.place_words
        named = names_with(part.low) or near_names(part.low, known)
        if not named and len(plain) < len(words):
            named = places_near(part.low)
        whole = [] if named else places_meant([each.low for each in plain])
        start = first.start if whole else part.start
        return [Edit(start, part.end, name) for name in [*named, *whole][:2]]

    def _unknown_amount(self, items: Sequence[Item], words: Sequence[Item], item: Item) -> Question:
        """What is asked of an amount behind words that may be a medicine's name, or have it at their end."""
        last, said = words[-1], self.line[words[0].start : words[-1].end]
        own, kind = self.vocabulary.own_names, named_kind(Quantity)
        if len(words) > 1 and last.low in spellings() and not any(each.low == "-" for each in items):
            told = self.line[items[0].start : last.start].strip()
            text = f"{kind.name} {self.line[last.start : items[-1].end]}{with_note(told)}"
            return Question(f"did you have {last.low}?", (Edit(items[0].start, items[-1].end, text),))
        meant = near_names(last.low, (*own, *spellings())) or begun_names(last.low, own)
        taken = (name if name in own else f"{self.took} {name}" for name in meant[:2])
        edits = (
            *(Edit(last.start, last.end, each) for each in taken),
            Edit(words[0].start, last.end, f"{kind.name} {said}"),
        )
        return Question(is_it_a(said, kind.main.title), edits)

    def _new_session(self, words: Sequence[Item], item: Item, edits: tuple[Edit, ...]) -> Question | None:
        """A length behind words that may be a treatment's name."""
        if words[-1].as_role("place"):
            return Question(f"{self.line[item.start : item.end]} of what?")
        if len(words) > 2 or any(each.as_role("verb") for each in words):
            return None
        kind, said = named_kind(Minutes), self.line[words[0].start : words[-1].end]
        edits = (*edits, Edit(words[0].start, words[-1].end, f"{kind.heads[0]} {said}"))
        return Question(is_it_a(said, kind.title), edits)

    def of_alike(self, before: Sequence[Item], last: Item) -> Question | None:
        """Return what is asked of a number behind words that are near a rating: on edge 6."""
        alike = _alike(self.line, before)
        if alike is None:
            return None
        said, rating = alike
        edits = (Edit(last.end - len(said), last.end, rating),)
        return Question(f"{said}: is that {rating}?", edits, (f"track add {said}",))

    def _of_kind(self, words: Sequence[Item], item: Item) -> Question | None:
        """A number behind a word for how it hurts that has another before it: period cramps 6."""
        last, said = words[-1], self.line[words[0].start : words[-1].end]
        kind = next((m.kind for m in last.means if m.role == "word" and m.field and m.field.bare), None)
        if kind is None or len(words) < 2:
            return None
        what = self.line[words[0].start : last.start].strip()
        text = f"{kind.heads[0]} {item.low} {last.low}{with_note(what)}"
        edits = (Edit(words[0].start, item.end, text),)
        return Question(f"is {item.low} how much it hurts?", edits, (f"track add {said}",))


def no_measure(said: str, near: Sequence[str] = (), edits: tuple[Edit, ...] = ()) -> Question:
    """Return what is asked of words that are no measure; ``edits`` put those that are near in their place."""
    known = f"; did you mean {' or '.join(near)}?" if near else ""
    return Question(f"{said} is no measure painlog knows{known}", edits, (f"track add {said}",))


def _alike(line: str, before: Sequence[Item]) -> tuple[str, str] | None:
    """The last words before a number that are near a rating, and that rating; None where they are near none."""
    words = line[before[0].start : before[-1].end].rstrip(" :=-").split()
    known = alike_words()
    ends = (" ".join(words[i:]) for i in range(len(words)))
    return next(((each, known[each.lower()]) for each in ends if each.lower() in known), None)


def _done(item: Item) -> Meaning | None:
    """What a word says that one did, for a length beside it, also as it is said of the past: walk, walked."""
    for kind in spoken_kinds():
        if isinstance(kind.main, Minutes) and not kind.main.spans:
            lists = (field for field in kind.typed_fields if isinstance(field, Words) and not field.leads)
            for field in lists:
                if word := next((each for each in field.words if item.low in (each, f"{each}ed")), ""):
                    return Meaning("word", kind, field, word)
    return None
