"""How a line falls into clauses: at commas, stops and ands, and before what opens a fact with its number. Pure."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from painlog.domain.kinds.fields import Text
from painlog.domain.language.clause_openings import opening_at
from painlog.domain.language.either_or import OR, is_between_choices
from painlog.domain.language.line_items import Item
from painlog.domain.language.name_openings import is_same_session
from painlog.domain.language.nights import length_after, opens_night
from painlog.domain.language.reading import Edit, Question
from painlog.domain.language.roles import (
    NOW,
    counts,
    follows_cause,
    is_well,
    leads_on,
    names_place,
    night_head,
    own_score,
    passable,
    rating_head,
    text_head,
)
from painlog.domain.language.seams import start_of_denial
from painlog.domain.language.small_words import WELL, Small
from painlog.domain.language.vocabulary import EXPLICIT, NONE, Vocabulary, spanning_kind
from painlog.domain.language.when import When

S = Small
WORDS = "words"  # what joins the words behind a field of words to the fact before them
_SPLITTING = frozenset((",", ";", ".", "\n"))


class Segment(NamedTuple):
    """A clause as items, how it is joined to the one before, and whether it is the text after a word such as note.

    ``when`` is the time before that word.
    """

    items: list[Item]
    joint: str
    text: Item | None = None
    asks: bool = False
    when: Item | None = None


class Parting:
    """Parts the items of a line into clauses."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.questions: list[Question] = []
        self.front: When | None = None

    def part(self, items: list[Item], front: When | None = None) -> Iterator[Segment]:
        """Yield the clauses of a line; ``questions`` are what it leaves to ask of the whole."""
        self.front = front
        current: list[Item] = []
        joint, i = "", 0
        while i < len(items):
            item = items[i]
            if current and self._opens_text(items, i) and self._is_whole(current):
                yield from self._split(current, joint)
                current, joint = [], " "
            times = [each for each in current if each.sort == "when"]
            if _is_only_time(current) and (text_head(item) or (joint == WORDS and not current)):
                current = []
                end = self._text_end(items, i + 1)
                yield Segment(items[i + 1 : end], joint, item, when=times[0] if times else None)
                joint, i = items[end].low if end < len(items) else "", end + 1
                continue
            if current and self._notes_here(current, items, i):
                yield from self._split(current, joint)
                current, joint = [], WORDS
                continue
            if (
                item.low == "+"
                and item.glued
                and current
                and current[-1].is_numeric
                and not (i + 1 < len(items) and items[i + 1].glued)
            ):
                self._ask(current[-1], item, f"{current[-1].low} or more?", Edit(item.start, item.end, ""))
            if item.low == "," and i + 1 < len(items) and is_between_choices(current, items, i + 1):
                i += 1  # took ibuprofen 400mg, or was it tramadol 50mg
            is_choice = is_between_choices(current, items, i)
            if is_choice or (item.sort in ("stop", "joint") and not self._is_inner(items, i)):
                asks = item.low == "?"
                if current:
                    yield from self._split(current, joint, asks=asks)
                current, joint = [], OR if is_choice else items[i].low
            else:
                current.append(item)
            i += 1
        if current:
            yield from self._split(current, joint)

    def _is_inner(self, items: Sequence[Item], i: int) -> bool:
        return items[i].low == "." and bool(i) and items[i - 1].low in ("dr", "mr", "mrs", "approx", "ca")

    def _opens_text(self, items: Sequence[Item], i: int) -> bool:
        """Whether a word with a colon opens an entry of words here, and no field of the fact before it."""
        colon = i + 1 < len(items) and items[i + 1].low == ":"
        return colon and text_head(items[i]) is not None and not any(m.role == "field" for m in items[i].means)

    def _is_whole(self, current: Sequence[Item]) -> bool:
        """Whether a clause says a fact already, so that a word with a colon behind it opens another."""
        return any(opening_at(current, i) >= 0 for i in range(len(current)))

    def _notes_here(self, current: Sequence[Item], items: Sequence[Item], i: int) -> bool:
        """Whether a word such as note within a clause opens the words to its end."""
        is_field = any(m.role == "field" and isinstance(m.field, Text) for m in items[i].means)
        named = any(m.style == EXPLICIT for item in current[:1] for m in item.means)
        return (
            is_field
            and (named or not current[-1].is_unknown)
            and any(
                item.is_numeric
                or rating_head(item)
                or item.as_role("verb")
                or any(m.style == EXPLICIT for m in item.means)
                for item in current
            )
        )

    def _text_end(self, items: Sequence[Item], start: int) -> int:
        for i in range(start, len(items)):
            if items[i].low in _SPLITTING and items[i].sort in ("stop", "joint"):
                rest = list(self._until_stop(items, i + 1))
                if rest and (text_head(rest[0]) or opening_at(rest, 0) >= 0):
                    return i
        return len(items)

    def _until_stop(self, items: Sequence[Item], start: int) -> Iterator[Item]:
        for item in items[start:]:
            if item.sort in ("stop", "joint"):
                return
            yield item

    def _split(self, items: list[Item], joint: str, *, asks: bool = False) -> Iterator[Segment]:
        """Part a clause before each word that opens a fact with its number."""
        if places := _scores_first(items) or _lengths_first(items):
            for at, end in pairwise((*places, len(items))):
                yield Segment(items[at:end], joint if at == places[0] else " ", None, asks)
            return
        start, i, opened, alone = 0, 0, False, False
        while i < len(items):
            if opened and night_head(items[i]) and items[i].as_role("option") and not length_after(items, i):
                i += 1
                continue
            if opened and self._is_number_of_day(items, i):
                yield Segment(items[start:i], joint, None, asks)
                start, joint, i = i, ",", i + 2
                continue
            if opened and _is_other_side(items, i):
                yield Segment(items[start:i], joint, None, asks)
                start, joint, i = i, ",", len(items)
                continue
            scored = own_score(items, i)
            if opened and scored and not alone:
                i = scored
                continue
            end = opening_at(items, i) if not follows_cause(items[start:], i - start) else -1
            if end < 0:
                i += 1
                continue
            if _stands_between_scores(items, start, i, end) or is_same_session(items, i):
                i += 1
                continue
            if opened or any(item.is_numeric for item in items[start:i]):
                at = next((j for j in range(i + 1, end) if opened and self._is_another_time(items, j)), 0)
                at = at or self._boundary(items, start, i)
                if at > start:
                    yield Segment(items[start:at], joint, None, asks)
                    start, joint = at, "" if joint == "?" else " "
            opened, alone = True, bool(scored)
            i = max(end, i) + 1
        yield Segment(items[start:], joint, None, asks)

    def _is_another_time(self, items: Sequence[Item], at: int) -> bool:
        """Whether a time between two facts is of the second, as the line opens with another: mon pain 5 tue pain 6."""
        if items[at].sort != "when" or items[-1].sort == "when" or self.front is None:
            return False
        return self.front.merged(items[at].value) is None

    def _is_number_of_day(self, items: Sequence[Item], at: int) -> bool:
        """Whether a time between two facts has but a number of its own: mon pain 5 tue 6."""
        following = items[at + 1] if at + 1 < len(items) else None
        if following is None or following.sort not in ("number", "length") or not self._is_another_time(items, at):
            return False
        return at + 2 == len(items) or items[at + 2].sort == "when"

    def _boundary(self, items: Sequence[Item], start: int, end: int) -> int:
        if denied := start_of_denial(items, start, end):
            return denied
        at = end
        while at - 1 > start and (
            (
                items[at - 1].is_small(S.NOT, S.AHEAD, S.ABOUT, S.DEGREE)
                and not _doubts_option(items, at - 1)
                and not _says_well(items, start, at)
            )
            or (items[at - 1].low in ("started", "restarted") and items[end].as_role("verb"))
            or _is_off(items, at - 1)
            or (
                items[at - 1].is_small(S.FILLER) and items[at - 1].low in ("my", "the", "feeling", "a", "an", "i", "im")
            )
        ):
            at -= 1
        if at - 1 > start and self._is_another_time(items, at - 1):
            return at - 1
        before, denies = items[at - 1] if at > start else None, items[at].is_small(S.NOT, S.AHEAD) or _is_off(items, at)
        if before is not None and (before.is_unknown or night_head(before)) and not denies:
            return end
        return at

    def _ask(self, first: Item, last: Item, text: str, *edits: Edit) -> None:
        self.questions.append(Question(text, edits, (), first.start, last.end))


def text_of(line: str, segment: Segment) -> str:
    """Return the text behind a word such as note, without the quotes or the colon that it stands behind."""
    items = segment.items
    if not items:
        return ""
    if len(items) == 1 and items[0].sort == "quote":
        return str(items[0].value).strip()
    start = items[0].end if _leads_to_text(items) else segment.text.end if segment.text else items[0].start
    text = line[start : items[-1].end].strip()
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] == '"' and text.count('"') == 2 else text


def _leads_to_text(items: Sequence[Item]) -> bool:
    """Whether a mark stands between a word such as note and its text, and does not open the text: note =1+1."""
    mark = items[0]
    is_between = mark.sort == "mark" and mark.low in (":", "-", "–", "=")
    return is_between and (mark.glued or len(items) == 1 or items[1].start > mark.end)


def _is_other_side(items: Sequence[Item], at: int) -> bool:
    """Whether a side behind a number has a number of its own, and no place: left knee 5 right 7."""
    if not items[at].as_role("side"):
        return False
    before = next((each for each in reversed(items[:at]) if not passable(each)), None)
    behind = [each for each in items[at + 1 :] if not (passable(each) or each.low == "one" or each.is_small(S.DEGREE))]
    sorts = [each.sort for each in behind]
    return before is not None and before.sort == "number" and sorts in (["number"], ["number", "when"])


def _stands_between_scores(items: Sequence[Item], start: int, place: int, end: int) -> bool:
    """Whether a place could be of the number before it or of one behind a time: pain 6 knee yesterday 4."""
    if place == start or items[place - 1].sort != "number" or any(item.as_role("place") for item in items[start:place]):
        return False
    timed = any(item.sort == "when" or item.low in NOW for item in items[place:end])
    return timed and not any(map(rating_head, items[place:end]))


def _is_off(items: Sequence[Item], at: int) -> bool:
    """Whether a word says that the name behind it was not taken: 3 days off tramadol 50mg."""
    return items[at].low == "off" and at + 1 < len(items) and items[at + 1].as_role("naming") is not None


def _says_well(items: Sequence[Item], start: int, end: int) -> bool:
    """Whether a word such as fine ends what is said of a place or a rating before it: pain 4 knee fine mood 6."""
    named = (i for i in range(start, end - 1) if names_place(items[i]) or rating_head(items[i]))
    return items[end - 1].low in WELL and any(is_well(items[:end], i) for i in named)


def _doubts_option(items: Sequence[Item], at: int) -> bool:
    """Whether a word such as i think stands right behind a start or an end, and may be of it: flare over i think."""
    return items[at].is_small(S.ABOUT) and any(
        m.role == "option" and m.kind and m.field is m.kind.main for m in items[at - 1].means
    )


def _is_only_time(items: Sequence[Item]) -> bool:
    """Whether nothing but a time stands in a clause so far."""
    return all(passable(item) or item.sort == "when" for item in items) and sum(i.sort == "when" for i in items) <= 1


def _scores_first(items: Sequence[Item]) -> list[int]:
    """Where each rating begins in a clause whose numbers all stand before what they are of: 6 back 4 knee."""
    starts: list[int] = []
    named = True
    for i, item in enumerate(items):
        if item.sort == "number" and named and not counts(items, i):
            starts.append(i if starts else 0)
            named = False
        elif item.as_role("place") or ((head := rating_head(item)) is not None and head.style != NONE):
            if not starts:
                return []
            named = True
        elif not (passable(item) or leads_on(item) or item.sort == "when"):
            return []
    return starts if named and len(starts) > 1 else []


def _lengths_first(items: Sequence[Item]) -> list[int]:
    """Where each begins of nights and naps whose lengths all stand before their words: 6h sleep 2h nap."""
    core = [i for i, item in enumerate(items) if not passable(item)]
    lengths, words = core[::2], core[1::2]
    if len(words) < 2 or len(lengths) != len(words):
        return []
    is_so = all(items[i].sort == "length" for i in lengths) and all(night_head(items[i]) for i in words)
    return [0, *lengths[1:]] if is_so else []


def is_before_night(items: Sequence[Item], following: Sequence[Segment]) -> bool:
    """Return whether a clause only says more of a night that is said after it: woke 3 times, slept 6h."""
    core = next((item for item in items if not passable(item)), None)
    if core is None or not any(m.role == "field" and m.kind is spanning_kind() for m in core.means):
        return False
    if any(map(night_head, items)) or not following or following[0].text is not None:
        return False
    here = following[0].items
    return any(opens_night(here, i) for i in range(len(here))) or is_before_night(here, following[1:])
