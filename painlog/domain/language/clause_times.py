"""The time that a clause says of its fact: taken, kept as words where it is of something else, or asked about. Pure."""

from collections.abc import Sequence
from itertools import takewhile

from painlog.domain.kinds.fields import Number
from painlog.domain.language.building import Building
from painlog.domain.language.line_items import Item
from painlog.domain.language.reading import Edit, Question
from painlog.domain.language.roles import has_places, passable
from painlog.domain.language.small_words import EASIER, Small
from painlog.domain.language.vocabulary import with_note
from painlog.domain.language.when import days_of_night

S = Small
TWO_TIMES = "two times are said; which is meant?"
WHICH_DAY = "which day did the night end on?"
WHOSE = "is {} when this was, or when that was?"
_MOST_SCORE = 10
_NOT_ITS_TIME = ("same", "as", "than", "like", "before", "until", "up to")


def question_of_time(item: Item) -> Question:
    """Return what is asked of a time that cannot be taken as it stands."""
    return Question(item.value.problem, tuple(Edit(item.start, item.end, each) for each in item.value.answers))


def is_subject(built: Building, place: int) -> bool:
    """Whether a day may be what a mood is about, and not when it was: worry 6 about friday."""
    item = built.items[place]
    is_day = item.value.says_day and not item.value.clock and item.value.ago is None
    behind = takewhile(lambda each: not each.is_numeric, reversed(built.items[:place]))
    is_led = item.low.startswith("about ") or any(each.low == "about" for each in behind)
    return is_led and is_day and not has_places(built.kind)


def ask_subject(built: Building, place: int, at: int) -> None:
    """Ask about a day before the number of a mood that may be what it is about: stress about friday 8."""
    items, item, number = built.items, built.items[place], built.items[at]
    first = next((i for i in range(place) if items[i].low == "about"), place)
    words = " ".join(each.low for each in items[first:at])
    noted = Edit(items[first].start, number.end, f"{number.low}{with_note(words)}")
    said = item.low.removeprefix("about ")
    built.use(place)
    built.ask(WHOSE.format(said), noted, Edit(item.start, item.end, said))


def score_at(item: Item) -> str:
    """Return the number of a time such as at 7, which may be a score, with the day beside it; empty for any other."""
    lead, number, rest = (*item.low.split(" ", 2), "", "")[:3]
    is_open = item.sort == "when" and item.value.open_clock is not None and item.value.problem
    if not is_open or lead != "at" or not number.isdecimal() or int(number) > _MOST_SCORE:
        return ""
    return f"{number} {rest}".strip()


def edits_of_number(line: str, item: Item, at: int, behind: Sequence[Item]) -> tuple[Edit, ...]:
    """The number that a rating asks for: unknown, or that of a time behind it that may be its score: pain at 7."""
    when = next((each for each in behind if score_at(each)), None)
    if when is None:
        return (Edit(at, at, " N"),)
    between = line[item.end : when.start].strip()
    first, rest = ("", with_note(between)) if between.isalpha() else (f" {between}".rstrip(" '’s"), "")
    said = (score_at(when), *(f"N {answer}" for answer in when.value.answers))
    return tuple(Edit(item.end, when.end, f"{first} {each}{rest}") for each in said)


def take_when(built: Building, place: int) -> None:
    """Take a time as that of the clause; a second one is asked about."""
    item = built.items[place]
    built.use(place)
    before = built.items[place - 1] if place else None
    if before is not None and before.low in EASIER and item.low.startswith("by "):
        built.words.add(place)  # when it was over: headache 6, fine by 10am
        return
    if item.value.ahead and (built.kind.verbs or any(each.is_small(S.AHEAD) for each in built.items)):
        built.ask(item.value.problem)
        return
    if item.value.problem and item.value.night and built.kind.main.spans:
        built.words.add(place)  # of a night, its own
        return
    if item.value.problem:
        built.ask(item.value.problem, *question_of_time(item).edits)
        return
    if before is not None and before.low == "from" and isinstance(built.kind.main, Number):
        since = Edit(before.start, before.end, "since")
        built.ask(f"from {item.low}: since then, or at that time?", since, Edit(before.start, before.end, ""))
        return
    if before is not None and (before.is_small(S.LIKE) or before.low.endswith(" than") or before.low in _NOT_ITS_TIME):
        said = f"{before.low} {item.low}"
        kept = with_note(said) if " " in before.low and item is built.items[-1] else ""
        built.ask(f"'{said}' is no time of this", Edit(before.start, item.end, f"{kept}, " if kept else ""))
        return
    if built.kind.main.spans and item.value.part.endswith("night") and not item.value.night:
        days = days_of_night(item.value)
        built.ask(f"{item.low}: {WHICH_DAY}", *(Edit(item.start, item.end, each) for each in days))
        return
    if [each.low for each in built.items[place + 1 :]] == ["same"]:
        built.ask(f"'{item.low} same' is no time of this", Edit(item.start, built.items[-1].end, ""))
        return
    merged = built.when.merged(item.value) if built.when else item.value
    if merged is None:
        built.ask(TWO_TIMES, *_both_times(built, place))
        return
    built.when = merged
    is_near = item.low.startswith(("about ", "around ", "at about ", "at around ")) or " ish" in item.low
    if is_near or (item.value.part and not (item.value.night and built.kind.main.spans)):
        built.words.add(place)


def _both_times(built: Building, place: int) -> list[Edit]:
    """What answers two times: the clause once for each where one stands beside the other, else without the second."""
    item = built.items[place]
    first = next(i for i, each in enumerate(built.items) if each.sort == "when")
    number = next((each for each in built.items[first + 1 : place] if each.sort == "number"), None)
    following = built.items[place + 1] if place + 1 < len(built.items) else None
    if number and following is not None and following.sort == "number":
        return [
            Edit(item.start, following.end, f", {item.low} {built.word} {following.low}")
        ]  # each time before its own
    if number:
        return [Edit(number.start, number.start, f", {built.word} ")]  # it has a time of its own
    if not 0 < first < place or not all(passable(each) or each.sort == "when" for each in built.items[first:place]):
        return [Edit(item.start, item.end, "")]
    before = max(i for i in range(place) if built.items[i].sort == "when")
    end = built.items[before].end
    again = " ".join(each.low for each in built.items[:first])
    return [Edit(end, item.end, f", {again} {item.low}"), Edit(end, item.end, "")]
