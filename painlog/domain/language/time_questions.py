"""What is asked about the times that a clause leaves over: whether they are its own, or of what stands beside. Pure."""

from collections.abc import Sequence

from painlog.domain.kinds.kind import Kind
from painlog.domain.kinds.nights import Clock
from painlog.domain.language.building import Building
from painlog.domain.language.clause_times import WHOSE, is_subject, take_when
from painlog.domain.language.line_items import Item
from painlog.domain.language.place_questions import closed_note
from painlog.domain.language.reading import Edit, Question
from painlog.domain.language.roles import has_places, in_circumstance, passable
from painlog.domain.language.small_words import Small
from painlog.domain.language.vocabulary import with_note
from painlog.domain.language.when import TODAY

S = Small
_ALL = ("all", "most of", "half of", "whole day", "the whole day", "the whole night", "whole night", "throughout")


class TimeQuestions:
    """Goes through the times that are left of a clause."""

    def __init__(self, line: str) -> None:
        self.line = line

    def leave(self, built: Building, i: int) -> None:
        """Take a time that a clause leaves over as its own, keep it as words, or ask whose it is."""
        items, item = built.items, built.items[i]
        before = next((each for each in reversed(items[:i]) if not (passable(each) and each.sort == "mark")), None)
        if whole := self._whole_of(built, i):
            built.questions.append(whole)
            return
        stretch = any(each.is_small(S.STRETCH) for each in items[max(0, i - 3) : i])
        if stretch or (before is not None and before.is_small(S.STRETCH)):
            built.words.add(i)
            built.used.discard(i)
            return
        if is_subject(built, i) and i == built.last + 1:
            said, first, last = item.low.removeprefix("about "), items[built.last].end, items[-1].end
            noted = Edit(first, last, closed_note(self.line, first, last))
            built.ask(WHOSE.format(said), noted, Edit(item.start, item.end, said))
            return
        if item.low.startswith(("about ", "around ")) and not has_places(built.kind) and i > built.last + 1:
            built.words.add(i)
            return
        if before is not None and before.is_small(S.ABOUT) and not has_places(built.kind) and before.low == "about":
            built.words.add(i)
            return
        if i < built.anchor and item.value.day != TODAY and _is_of_others(items[:i], built.kind):
            self._ask_whose(built, i)
            return
        if self._has_words_of_its_own(built, i):
            built.ask(
                WHOSE.format(item.low),
                Edit(items[built.last].end, item.end, self._with_time_first(built, i)),
                Edit(items[built.last].end, items[built.last].end, with_note()),
            )
            return
        between = [each for each in items[built.last + 1 : i] if not passable(each)]
        leads_from = any(each.low == "from" for each in between[:-1])
        if (in_circumstance(items, i) or leads_from) and any(each.is_unknown or each.means for each in between):
            cause = next((e for e in reversed(items[:i]) if e.is_small(S.CAUSE, S.LIKE)), None)
            if cause is not None and cause.low not in ("with", "but", "so"):
                end = items[built.last].end
                time, words = self.line[item.start : item.end], self.line[end : item.start].strip()
                built.ask(
                    WHOSE.format(item.low),
                    Edit(end, end, with_note()),
                    Edit(end, item.end, f" {time}{with_note(words)}"),
                )
                return
        take_when(built, i)

    def _whole_of(self, built: Building, i: int) -> Question | None:
        """What is asked of a stretch of another day, which is no circumstance of now: all day yesterday."""
        items, item = built.items, built.items[i]
        at = next((j for j in range(max(0, i - 3), i) if items[j].low in _ALL), -1)
        if at < 0 or item.value.day == TODAY or not (item.value.says_day or item.value.problem):
            return None
        time, start, end = self.line[item.start : item.end], items[at].start, items[-1].end
        words = self.line[start : item.end]
        rest = f"{self.line[item.end : end]}{with_note(words)}"
        edits = [Edit(start, end, each) for each in ((rest,) if item.value.problem else (f"{time} {rest}", rest))]
        return Question(f"{words}: was it so then, or is it now?", tuple(edits), (), *built.span)

    def _has_words_of_its_own(self, built: Building, i: int) -> bool:
        """Whether words that nobody knows stand right behind the fact, so that a time may be theirs: scan on friday."""
        between = [each for each in built.items[built.last + 1 : i] if not (passable(each) and each.sort == "mark")]
        between = between[1:] if between and between[0].low in ("then", "to") else between
        if not between or built.items[i].value.day == TODAY or built.items[i].low == "now":
            return False
        return _is_other(between[0], built.kind) and not any(each.sort == "when" for each in between)

    def _with_time_first(self, built: Building, i: int) -> str:
        """The words between a fact and a time, the time before them."""
        item = built.items[i]
        words = self.line[built.items[built.last].end : item.start].rstrip()
        return f" {self.line[item.start : item.end]}{words}"

    def _ask_whose(self, built: Building, i: int) -> None:
        """Ask whether a time behind words with which a clause begins is of the fact or of them: fell at 7am knee 7."""
        items, item = built.items, built.items[i]
        start, end = items[0].start, items[built.anchor].start
        first, behind = self.line[start : item.start].strip(), self.line[item.end : end].strip()
        time = self.line[item.start : item.end]
        verb = next(
            (m.kind.verbs[0] for each in items[:i] if (m := each.as_role("naming")) and m.kind and m.kind.verbs), ""
        )
        done = (Edit(start, end, f", {verb} {first} {time} {behind}, "),) if verb else ()
        built.ask(
            WHOSE.format(item.low),
            *done,
            Edit(start, end, f", {time} {first} {behind} "),
            Edit(start, end, f"{with_note(f'{first} {time} {behind}')}, "),
        )


def ask_whether_shared(line: str, last: Building, items: Sequence[Item]) -> Question | None:
    """Ask whose a day behind an and is, where one verb may be said of both: did yoga and walked home yesterday."""
    time = items[-1]
    if last.when is not None or not last.has_own_verb or time.sort != "when" or not time.value.says_day:
        return None
    if time.value.problem or time.value.day == TODAY or any(each.sort == "when" for each in items[:-1]):
        return None
    said, words, start = line[time.start : time.end], line[items[0].start : time.start].strip(), last.span[1]
    texts = (f" {said}{with_note(words)}", with_note(f"{words} {said}"))
    return Question(WHOSE.format(time.low), tuple(Edit(start, time.end, text) for text in texts))


def _is_other(item: Item, kind: Kind, roles: Sequence[str] = ("option", "verb")) -> bool:
    """Whether a word is nobody's, or one of another kind that may have a time of its own: then bed at 9pm."""
    own_time = (m.role in roles or (m.role == "field" and isinstance(m.field, Clock)) for m in item.means)
    return item.sort == "words" and all(own_time) and all(m.kind is not kind for m in item.means)


def _is_of_others(before: Sequence[Item], kind: Kind) -> bool:
    """Whether a time behind these words, with which a clause begins, may be of something else: fell at 7am knee 7."""
    named = (item for item in before if (m := item.as_role("naming")) and m.kind is not kind)
    return any(named) or any(_is_other(item, kind, ("option", "word")) or item.is_small(S.BOUND) for item in before)
