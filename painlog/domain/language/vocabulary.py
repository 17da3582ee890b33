"""Every word that means something, with what it means: made from the declarations and from what a journal knows. Pure.

A word may mean several things; which one is meant follows from where it stands. No word is listed here: kinds and
fields say theirs, regions theirs, and ``small_words`` the small ones.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

from painlog.domain.kinds.fields import Choice, Field, Name, Number, Text, Words
from painlog.domain.kinds.kind import Kind
from painlog.domain.kinds.registry import KINDS
from painlog.domain.kinds.where import Where
from painlog.domain.language import small_words
from painlog.domain.language.small_words import Small
from painlog.domain.language.tokens import Token, tokenize

NOUN, FEELING, CONDITION, EXPLICIT, OWN, DONE, NONE = "noun", "feeling", "condition", "explicit", "own", "done", "none"
PART = "part"  # of a place whose name says more than its region does


class Meaning(NamedTuple):
    """One thing that a word may mean.

    ``role`` says what it does: head, verb, naming, option, word, field, lead, place, side or small. ``value``
    is what it stands for, ``style`` how it is said.
    """

    role: str
    kind: Kind | None = None
    field: Field | None = None
    value: Any = None
    style: str = ""


class Known(NamedTuple):
    """What a journal knows: measures of one's own, names by kind as used, what the plan has, and shortcuts.

    ``amounts`` are those in the plan by name, ``planned`` all names in it.
    """

    measures: tuple[Kind, ...] = ()
    names: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    amounts: Mapping[str, str] = MappingProxyType({})
    shortcuts: Mapping[str, str] = MappingProxyType({})
    planned: tuple[str, ...] = ()


class Vocabulary:
    """The words of one journal, and of kinds ``also`` that no line opens.

    ``slips`` are those a slip of which is seen, ``place_words`` those that name a place.
    """

    def __init__(self, known: Known | None = None, also: Iterable[Kind] = ()) -> None:
        self.known = known or Known()
        base = _base()
        self._phrases: dict[str, list[tuple[tuple[str, ...], list[Meaning]]]] = {
            first: [(said, list(means)) for said, means in found] for first, found in base.items()
        }
        self.slips: frozenset[str] = _slips()
        self.place_words = _place_words()
        for kind in also:
            for field in kind.typed_fields[1:]:
                self._add_field(kind, field)
        for kind in self.known.measures:
            for head in kind.heads:
                self._add_own(head, Meaning("head", kind, kind.main, {}, NOUN))
            for field in kind.typed_fields[1:]:
                self._add_field(kind, field)
        for name, listed in self.known.names.items():
            kind = KINDS[name]
            for each in listed:
                self._add(each, Meaning("naming", kind, kind.main, each, OWN))
                if each[-1:].isalpha() and not each.lower().endswith("s"):
                    self._add(f"{each}s", Meaning("naming", kind, kind.main, each, OWN))
        for found in self._phrases.values():
            found.sort(key=lambda pair: -len(pair[0]))

    def _add(self, phrase: str, meaning: Meaning) -> None:
        _add(self._phrases, phrase, meaning)

    def _add_own(self, phrase: str, meaning: Meaning) -> None:
        """Add a measure of one's own, which goes before a condition of the same name, such as migraine."""
        said = _words_of(phrase)
        for words, means in self._phrases.get(said[0], ()) if said else ():
            if words == said:
                means[:] = [each for each in means if each.style != CONDITION]
        self._add(phrase, meaning)

    def _add_field(self, kind: Kind, field: Field) -> None:
        _add_field(self._phrases, kind, field)

    def at(self, tokens: Sequence[Token], place: int) -> tuple[tuple[Meaning, ...], int]:
        """Return what the longest known phrase at a place means, and the place after it; nothing where none stands."""
        for said, means in self._phrases.get(tokens[place].low, ()):
            after = _match(tokens, place, said)
            if after:
                return tuple(means), after
        return (), place

    def amount_of(self, name: str) -> str:
        """Return the amount that the plan has for a name; empty where none."""
        return self.known.amounts.get(name.casefold(), "")

    def is_planned(self, name: str) -> bool:
        """Return whether a name is in the plan, which can change or stop nothing else."""
        return name.casefold() in (each.casefold() for each in self.known.planned)

    @property
    def own_names(self) -> list[str]:
        """The names this journal knows, as it spells them."""
        return [name for listed in self.known.names.values() for name in listed]


def _match(tokens: Sequence[Token], place: int, said: Sequence[str]) -> int:
    at = place + 1
    for word in said[1:]:
        if (
            at < len(tokens)
            and tokens[at].low == "-"
            and tokens[at].glued
            and at + 1 < len(tokens)
            and tokens[at + 1].glued
        ):
            at += 1
        if at >= len(tokens) or tokens[at].low != word:
            return 0
        at += 1
    return at


Phrases = dict[str, list[tuple[tuple[str, ...], list[Meaning]]]]


def _words_of(phrase: str) -> tuple[str, ...]:
    if phrase.isascii() and phrase.replace(" ", "").replace("-", "").replace("_", "").isalpha():
        return tuple(phrase.lower().replace("-", " ").split())
    return tuple(token.low for token in tokenize(phrase) if token.low != "-")


def _add(phrases: Phrases, phrase: str, meaning: Meaning) -> None:
    said = _words_of(phrase)
    if not said:
        return
    found = phrases.setdefault(said[0], [])
    for words_, means in found:
        if words_ == said:
            if meaning not in means:
                means.append(meaning)
            return
    found.append((said, [meaning]))


def spoken_kinds() -> list[Kind]:
    """Return the kinds that a line may open, in the order of the registry."""
    return [kind for kind in KINDS.values() if kind.heads]


@cache
def spanning_kind() -> Kind:
    """Return the kind whose main value is from when to when, or how long."""
    return next(kind for kind in spoken_kinds() if kind.main.spans)


@cache
def worded_kind() -> Kind:
    """Return the kind that is nothing but words."""
    return next(kind for kind in spoken_kinds() if isinstance(kind.main, Text) and kind.name == kind.main.name)


def with_note(words: str = "") -> str:
    """Return how a line goes on behind a fact with words as a note; without any, what opens those that follow."""
    return f", {worded_kind().heads[0]}{words and f' {words}'}"


@cache
def named_kind(sort: type[Field]) -> Kind:
    """Return the first kind of what has a name whose bare field is of this sort: an amount, or a length."""
    named = (kind for kind in spoken_kinds() if isinstance(kind.main, Name) and kind.verbs)
    return next(kind for kind in named if any(isinstance(field, sort) and field.bare for field in kind.typed_fields))


@cache
def meeting_kind() -> Kind:
    """Return the kind of what has only a name: whom one saw."""
    return next(kind for kind in spoken_kinds() if isinstance(kind.main, Name) and not kind.verbs)


@cache
def _base() -> Phrases:
    """The words of every journal."""
    phrases: Phrases = {}
    for kind in spoken_kinds():
        _add_kind(phrases, kind)
    _add_places(phrases)
    _add_small(phrases)
    return phrases


def _add_kind(phrases: Phrases, kind: Kind) -> None:
    main = kind.main
    for head in dict.fromkeys((*kind.heads, kind.name)):
        if head in kind.verbs:
            continue
        style = EXPLICIT if isinstance(main, Name) else NOUN
        _add(phrases, head, Meaning("head", kind, main, _sort_of(kind, head), style))
    for verb in kind.verbs:
        _add(phrases, verb, Meaning("verb", kind, main))
    for phrase, presets in kind.openings.items():
        ends_as_verb = kind.openings.get(phrase.split()[-1]) == {}
        style = CONDITION if phrase in kind.conditions else "verb" if ends_as_verb else NOUN
        _add(phrases, phrase, Meaning("head", kind, main, presets, style))
    if isinstance(main, Number) and main.negatable:
        for head in kind.heads:
            for phrase in (
                f"no {head}",
                f"nil {head}",
                f"{head} free",
                f"{head}free",
                f"{head} none",
                f"{head} nil",
                f"no {head} at all",
            ):
                _add(phrases, phrase, Meaning("head", kind, main, main.low, NONE))
    if isinstance(main, Name):
        for name in main.words:
            _add(phrases, name, Meaning("naming", kind, main, name))
        for said, name in main.synonyms.items():
            _add(phrases, said, Meaning("naming", kind, main, name, DONE if said[-2:] in ("ed", "am") else ""))
    if isinstance(main, Choice):
        _add_options(phrases, kind, main)
    for field in kind.typed_fields[1:]:
        _add_field(phrases, kind, field)
        _add_of(phrases, kind, field)


def _add_of(phrases: Phrases, kind: Kind, field: Field) -> None:
    """Add how good a kind was, said before it: quality of sleep."""
    if kind.main.spans and isinstance(field, Number) and field.low_label:
        for head in kind.heads:
            _add(phrases, f"{field.name} of {head}", Meaning("head", kind, field, {}, NOUN))
            _add(phrases, f"{field.name} of my {head}", Meaning("head", kind, field, {}, NOUN))


def _sort_of(kind: Kind, head: str) -> dict[str, str]:
    """What a head says of the sort of entry: nap, and nothing for sleep."""
    chooser = kind.by_name.get(kind.variant)
    return {kind.variant: head} if chooser and isinstance(chooser, Choice) and head in chooser.options[1:] else {}


def _add_field(phrases: Phrases, kind: Kind, field: Field) -> None:
    names = dict.fromkeys((field.name.replace("_", " "), *field.aliases))
    if field.variable == field.name:
        for name in names:
            _add(phrases, name, Meaning("head", kind, field, {}, NOUN))
    for feeling in field.feelings:
        _add(phrases, feeling, Meaning("head", kind, field, {}, FEELING))
    leads = field.leads if isinstance(field, Words) else ()
    if not (isinstance(field, Choice) and (field.bare or field.opens)):
        for name in names:
            _add(phrases, name, Meaning("lead" if name in leads else "field", kind, field))
    if isinstance(field, Words):
        for lead in leads:
            _add(phrases, lead, Meaning("lead", kind, field))
        for word in field.words if field.bare or field.leads else [w for w in field.words if "-" not in w]:
            _add(phrases, word, Meaning("word", kind, field, word))
        for said, word in field.synonyms.items():
            _add(phrases, said, Meaning("word", kind, field, word))
    if isinstance(field, Choice):
        _add_options(phrases, kind, field)


def _add_options(phrases: Phrases, kind: Kind, field: Choice) -> None:
    for option in field.options:
        for said in dict.fromkeys((option, *field.synonyms.get(option, ()))):
            _add(phrases, said, Meaning("option", kind, field, option))


def _add_places(phrases: Phrases) -> None:
    from painlog.domain.regions import all_regions, names_part, place_names

    pain = next(kind for kind in spoken_kinds() if any(isinstance(f, Where) for f in kind.typed_fields))
    where = next(field for field in pain.typed_fields if isinstance(field, Where))
    for name, (base, both) in place_names().items():
        style = PART if names_part(name) else ""
        _add(phrases, name, Meaning("place", pain, where, (base, "lr" if both else ""), style))
        if " " not in name and "_" not in name:
            for ache in (f"{name}ache", f"{name}aches"):
                _add(phrases, ache, Meaning("head", pain, pain.main, {where.name: base}, NOUN))
    for id_, region in all_regions().items():
        if region.side:
            _add(phrases, id_, Meaning("place", pain, where, (id_[:-2], region.side)))
    for said, side in small_words.SIDES.items():
        _add(phrases, said, Meaning("side", value=side))
    for said, side in small_words.FLANKS.items():
        _add(phrases, said, Meaning("flank", value=side))


def _add_small(phrases: Phrases) -> None:
    listed: tuple[tuple[Small, Iterable[str]], ...] = (
        (Small.FILLER, small_words.FILLERS),
        (Small.DEGREE, small_words.DEGREES),
        (Small.ABOUT, small_words.ABOUT),
        (Small.BOUND, small_words.BOUNDS),
        (Small.NOT, small_words.NEGATIONS),
        (Small.AHEAD, small_words.AHEAD),
        (Small.CAUSE, small_words.CAUSES),
        (Small.STRETCH, small_words.STRETCHES),
        (Small.VAGUE, small_words.VAGUE),
        (Small.TOWARDS, small_words.TOWARDS),
        (Small.OTHER, (*small_words.OTHERS, *small_words.RELATIVES)),
        (Small.USUAL, small_words.USUAL),
        (Small.COUNT, small_words.COUNTS),
        (Small.LIKE, small_words.COMPARISONS),
        (Small.WITHOUT_SIDE, small_words.NO_SIDES),
    )
    for small, said in listed:
        for word in said:
            _add(phrases, word, Meaning("small", value=small))


@cache
def _slips() -> frozenset[str]:
    """The single words of four letters or more that open a fact with a number, of which a slip is read as meant."""
    found = set()
    for first, listed in _base().items():
        for said, means in listed:
            if len(said) == 1 and len(first) >= 4 and first.isalpha():
                found |= {first for each in means if each.role in ("head", "place")}
    return frozenset(found)


@cache
def alike_words() -> dict[str, str]:
    """Return words that are near a rating, and what that is called: on edge, worry."""
    fields = ((kind, field) for kind in spoken_kinds() for field in kind.typed_fields)
    named = ((kind.heads[0] if field is kind.main else field.name, field) for kind, field in fields)
    return {word: name for name, field in named for word in field.alike_words}


@cache
def _place_words() -> tuple[str, ...]:
    """The single words that name a place."""
    from painlog.domain.regions import place_names

    return tuple(name for name in place_names() if name.isalpha())


@cache
def built_in_vocabulary() -> Vocabulary:
    """The vocabulary of a journal that knows nothing of its own."""
    return Vocabulary()


@cache
def spellings() -> tuple[str, ...]:
    """Every name that is known to tell a slip of the fingers."""
    fields = (kind.main for kind in spoken_kinds())
    return tuple(name for field in fields if isinstance(field, Name) for name in field.spellings)
