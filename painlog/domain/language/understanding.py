"""A line at a moment: its reading placed in time as drafts, or questions with the lines that answer them. Pure."""

import re
import shlex
from collections.abc import Iterator, Sequence
from datetime import datetime, time
from typing import Any, NamedTuple

from painlog.domain.entries import Draft, place_in_time
from painlog.domain.kinds.declaration import clean_text
from painlog.domain.kinds.kind import Kind, describe
from painlog.domain.language.dates import DateAhead, Moment, moment_of
from painlog.domain.language.lines import read_line, read_words
from painlog.domain.language.reading import Edit, Fact, Question, Reading
from painlog.domain.language.small_words import AND
from painlog.domain.language.vocabulary import Vocabulary, spoken_kinds, with_note, worded_kind
from painlog.domain.language.when import IS_AHEAD, TODAY, When
from painlog.errors import BadInput

_EVENING = time(15)  # before it, tonight has not come
_MOST_OFFERS = 4
_OPEN = "N"
_STAND_INS = "5463728190"
_LONG = 2_000  # characters of a line that stay with each of several entries


class Understood(NamedTuple):
    """What a line says at a moment: the drafts of its facts, and what is not clear.

    It is to be recorded only where it ``is_clear``. ``drafts`` of an unclear line are what of it is certain.
    """

    reading: Reading
    drafts: tuple[Draft, ...]
    questions: tuple[Question, ...]

    @property
    def is_clear(self) -> bool:
        """Whether it can be recorded as it stands."""
        return bool(self.drafts) and not self.questions

    @property
    def said_beside(self) -> tuple[str, ...]:
        """What to say beside the reply: words that were kept, slips that were read as meant, amounts of the plan."""
        left = self.reading.left
        kept = (f"kept as a note: {'; '.join(left)}",) if left else ()
        return (*self.reading.notices, *(fact.filled for fact in self.reading.facts if fact.filled), *kept)


class Present(NamedTuple):
    """When a line is read: the moment that it is about where it does not say, and the present."""

    base: Moment
    at: datetime
    second: bool = False


def understand(line: str, vocabulary: Vocabulary, present: Present, typed: str = "") -> Understood:
    """Read a line and place it in time; ``typed`` is what was typed for it, where that is not the line itself."""
    return place(read_line(line, vocabulary), present, typed or line)


def place(reading: Reading, present: Present, typed: str) -> Understood:
    """Place in time what a line was read to say; what was ``typed`` stays with each of its drafts."""
    line = clean_text(typed.strip())
    if len(line) > _LONG and len(reading.facts) > 1:
        line = f"{line[:_LONG]}…"
    drafts: list[Draft] = []
    questions = list(reading.questions)
    for fact in reading.facts:
        try:
            drafts.append(_draft(fact, present, line))
        except BadInput as error:
            if not questions:
                questions.append(Question(str(error), _dated(error, reading.line), (), 0, len(reading.line)))
    if reading.facts and not questions:
        drafts += _notes(reading, present, line)
    return Understood(reading, tuple(drafts), tuple(questions))


def _dated(error: BadInput, line: str) -> tuple[Edit, ...]:
    """What gives a date that is ahead the year in which it was."""
    if not isinstance(error, DateAhead):
        return ()
    found = re.search(r"\s*".join(map(re.escape, error.text.split())), line, re.IGNORECASE)
    return (Edit(*found.span(), error.with_year),) if found else ()


def understand_words(kind: Kind, line: str, vocabulary: Vocabulary, present: Present) -> Understood:
    """Read the words after a kind's command, which are to say one entry of it."""
    reading = read_words(kind, line, vocabulary)
    found = place(reading, present, line)
    if found.questions or (len(found.drafts) == 1 and found.drafts[0].kind is kind):
        return found
    many = Question(
        "that is more than one entry; painlog log records several"
        if len(found.drafts) > 1
        else f"{kind.title} is not in it"
    )
    return found._replace(questions=(many,))


def _draft(fact: Fact, present: Present, line: str) -> Draft:
    kind = fact.kind
    is_main_sleep = kind.main.spans and kind.variant_of(fact.data) == kind.variant_of({})
    moment = _moment(fact.when, present, main_sleep=is_main_sleep)
    if kind.verbs and fact.when is not None and moment.at is None:
        _check_part(fact.when, moment, present)
    data: dict[str, Any] = fact.data
    if fact.late:
        parsed = {name: kind.by_name[name].parse(text, moment) for name, text in fact.late.items()}
        data = kind.check({**data, **parsed})
    return Draft(kind, place_in_time(kind, data, moment, present.at), data, line=line)


def _moment(when: When | None, present: Present, *, main_sleep: bool) -> Moment:
    if when is None:
        return present.base
    base = present.base
    part_alone = when.is_part_alone or (when.day == TODAY and when.part.startswith("earlier"))
    if base.at is None and (part_alone or (when.clock and not when.says_day)):
        days = (present.at.date() - base.day).days
        when = when._replace(day=("ago", days)) if days > 0 else when
    return moment_of(when, present.at, day_starts=base.day_starts, second=present.second, main_sleep=main_sleep)


def _check_part(when: When, moment: Moment, present: Present) -> None:
    """Refuse what was taken or done in an evening that has not come: tonight, said at noon. Raises BadInput."""
    is_evening = when.part.endswith(("tonight", "evening"))
    if is_evening and moment.day == present.at.date() and present.at.time() < _EVENING:
        raise BadInput(f"{when.part} {IS_AHEAD}")


def _notes(reading: Reading, present: Present, line: str) -> Iterator[Draft]:
    """The words that no fact of the line can hold, as a note of their own."""
    if reading.notes:
        kind = worded_kind()
        when = reading.facts[0].when if reading.facts else None
        data = kind.check({kind.main.name: "; ".join(reading.notes)})
        yield Draft(kind, _moment(when, present, main_sleep=False), data, line=line)


# ---------------------------------------------------------------- lines that answer


def offers(understood: Understood, vocabulary: Vocabulary, present: Present, kind: Kind | None = None) -> list[str]:
    """Return the lines that would record what may be meant, ready to run; the last one keeps all words as a note.

    Words after the command of a ``kind`` are offered as lines of ``log`` that open with it; none where no line does.
    """
    if kind is not None and kind not in spoken_kinds():
        return []
    if kind is not None:
        opened = f"{kind.heads[0] if kind.heads else kind.name} {understood.reading.line}"
        understood = understand(opened, vocabulary, present)
        if understood.is_clear:
            return [line_to_run(opened, present)]
    lines = [line_to_run(line, present) for line in offered_lines(understood, vocabulary, present)]
    commands = [f"painlog {shlex.join(each.split())}" for asked in understood.questions for each in asked.commands]
    rest = _with_note(understood, vocabulary, present)
    return list(dict.fromkeys([*lines[:2], *commands, *lines[2:], *rest]))


def line_to_run(line: str, present: Present) -> str:
    """Return the command that records a line at the moment that was said for it."""
    return f"painlog log {_safe(line)}{at_option(present.base, present)}"


def at_option(moment: Moment, present: Present) -> str:
    """Return the options that say a moment; empty for the present, which goes without saying."""
    if moment.at == present.at:
        return ""
    said = f"{moment.at:%Y-%m-%d %H:%M}" if moment.at else moment.day.isoformat()
    return f" --at {shlex.quote(said)}{' --second' if present.second and moment.at else ''}"


def offered_lines(understood: Understood, vocabulary: Vocabulary, present: Present) -> list[str]:
    """Return the lines that answer what is in question; ``N`` stands where only the person knows the number."""
    line = understood.reading.line
    found: dict[tuple[object, ...], str] = {}
    for answered in _answer(line, understood.questions):
        _add_offer(found, line, _tidy(answered), vocabulary, present)
    if not found:
        for answered in _deeper(line, understood.questions, vocabulary):
            _add_offer(found, line, answered, vocabulary, present)
    return [*found.values()][:_MOST_OFFERS]


def _add_offer(
    found: dict[tuple[object, ...], str], line: str, offered: str, vocabulary: Vocabulary, present: Present
) -> None:
    """Add a line that is clear, or is so once a number stands where only the person knows it; each meaning once.

    A number that only the person knows may be in no words, and of one night no two lengths are offered.
    """
    number = _stand_in(offered)
    understood = understand(_with_number(offered, number), vocabulary, present)
    if not offered or offered == _tidy(line) or not understood.is_clear:
        return
    drafts = understood.drafts
    texts = [str(each.data.get(name, "")) for each in drafts for name in each.kind.texts]
    nights = [each.moment.day for each in drafts if each.kind.main.spans and each.kind.main.name in each.data]
    if any(re.search(rf"\b{number}\b", text) for text in texts if is_open(offered)) or len(nights) > len({*nights}):
        return
    found.setdefault(tuple((each.kind.name, str(each.data), each.moment) for each in drafts), offered)


def answered_line(understood: Understood, answer: str, offered: Sequence[str]) -> str:
    """Return the line with a question answered in words, or an open line with its number; empty where it is neither.

    Words answer a question where they are, begin or end just one of what would make it clear: pm, left, 6, mg.
    """
    said = " ".join(answer.casefold().split())
    for question in understood.questions:
        texts = {edit: edit.text.strip(" ,").casefold() for edit in question.edits}
        beside = rf"(\b|\d){re.escape(said)}$|^{re.escape(said)}(?![\d.,:])"
        meant = [edit for edit, text in texts.items() if text == said]
        meant = meant or [edit for edit, text in texts.items() if said and re.search(beside, text)]
        if len(meant) == 1:
            return _tidy(_edit(understood.reading.line, meant))
    first = next(filter(is_open, offered), "")
    return fill_open(first, answer) if said[:1].isdecimal() else ""


def is_open(line: str) -> bool:
    """Whether a line has a place for a number that only the person knows."""
    return bool(re.search(rf"\b{_OPEN}\b", line))


def fill_open(line: str, number: str) -> str:
    """Return a line with a number in the first such place."""
    return re.sub(rf"\b{_OPEN}\b", lambda _: number, line, count=1)


def _answer(line: str, questions: Sequence[Question]) -> Iterator[str]:
    """The line with each question answered in turn, the others by their first answer."""
    first = [question.edits[0] for question in questions if question.edits]
    most = max((len(question.edits) for question in questions), default=0)
    for i in range(most):
        for question in questions:
            if i < len(question.edits):
                others = [edit for edit in first if edit not in question.edits]
                yield _edit(line, [question.edits[i], *others])


def _deeper(line: str, questions: Sequence[Question], vocabulary: Vocabulary) -> Iterator[str]:
    """Lines with one more answer to what is in question then."""
    for answered in _answer(line, questions):
        once = _tidy(answered)
        number = _stand_in(once)
        for twice in _answer(once, read_line(_with_number(once, number), vocabulary).questions):
            clean = _tidy(re.sub(rf"\b{number}\b", _OPEN, twice) if is_open(once) else twice)
            if clean and _holds_words(clean, once):
                yield clean


def _holds_words(line: str, other: str) -> bool:
    """Whether no word of another line is lost; at 4 may become at 4am."""
    low = line.lower()
    return all(word in low for word in re.findall(r"\w+", other.lower()) if word not in AND)


def _edit(line: str, edits: Sequence[Edit]) -> str:
    end = len(line) + 1
    for edit in sorted(set(edits), reverse=True):
        if edit.end > end:
            continue
        line = f"{line[: edit.start]}{edit.text}{line[edit.end :]}"
        end = edit.start
    return line


def _tidy(line: str) -> str:
    clean = " ".join(line.split())
    for mark in (",", ";", ".", "!", "?"):
        clean = clean.replace(f" {mark} ", f"{mark} ")
    clean = re.sub(r",(?: ?,)+", ",", clean).replace(",.", ".").replace(",;", ";")
    return clean.replace(", and ", " and ").strip(" ,;")


def _stand_in(line: str) -> str:
    """A number that stands nowhere in a line, to try what it says once the person has said theirs."""
    return next((digit for digit in _STAND_INS if not re.search(rf"\b{digit}\b", line)), _STAND_INS[0])


def _with_number(line: str, number: str) -> str:
    return re.sub(rf"\b{_OPEN}\b", number, line)


def corrected_line(reading: Reading) -> str:
    """Return a line with the slips in it written as they were read."""
    return _edit(reading.line, reading.slips)


def certain_line(reading: Reading) -> str:
    """Return a line of what is certain, the rest of it as a note; empty where nothing is certain."""
    return _noted(certain_words(reading), unread(reading))


def lines_without_one(reading: Reading) -> Iterator[str]:
    """Yield a line that does not go with the journal, each time with another of its clauses as a note instead."""
    for span in reading.spans if len(reading.spans) > 1 else ():
        rest = tuple(each for each in reading.spans if each != span)
        left = reading._replace(spans=rest)
        if line := _noted(certain_words(left), unread(left)):
            yield line


def _noted(certain: str, rest: str) -> str:
    """Clauses with other words as their note, in quotes where these would fall into clauses; empty where one lacks."""
    if not certain or not rest or '"' in rest:
        return ""
    words = f'"{rest}"' if set(rest) & set(",;.+&") or " and " in rest else rest
    return _tidy(f"{certain}{with_note(words)}")


def certain_words(reading: Reading) -> str:
    """Return the clauses of a line that are certain, with the time that it opens with; empty where none is."""
    clauses = ", ".join(reading.line[start:end].strip() for start, end in reading.spans)
    return clauses and f"{reading.line[: reading.front_end]} {clauses}".strip()


def unread(reading: Reading) -> str:
    """Return the words of a line that are in no certain clause."""
    return _outside(reading.line, [*reading.spans, (0, reading.front_end)] if reading.spans else [])


def _with_note(understood: Understood, vocabulary: Vocabulary, present: Present) -> Iterator[str]:
    """What is certain with the rest as its note, and all of it as a note."""
    reading = understood.reading
    line = "" if _asks_front(reading) else certain_line(reading)
    if line and understand(line, vocabulary, present).is_clear:
        yield line_to_run(line, present)
    at = at_option(present.base, present)
    if front := _clear_front(reading, vocabulary, present):
        moments = [each.moment for each in as_note(reading, vocabulary, present, "").drafts] if at else []
        at = at_option(moments[0], present) if moments else f" --at {shlex.quote(front)}"
    yield f"painlog {worded_kind().command} {_safe(' '.join(reading.line.split()))}{at}"


def as_note(reading: Reading, vocabulary: Vocabulary, present: Present, typed: str) -> Understood:
    """Return all of a line as a note, at the time that the line opens with."""
    text = " ".join(reading.line.split()).replace('"', "'")
    front = _clear_front(reading, vocabulary, present)
    return understand(f'{front} {worded_kind().heads[0]} "{text}"'.strip(), vocabulary, present, typed)


def _clear_front(reading: Reading, vocabulary: Vocabulary, present: Present) -> str:
    """The time that a line opens with; empty where it opens with none, or that is in question."""
    front = "" if _asks_front(reading) else reading.line[: reading.front_end].strip(" ,:;-")
    is_clear = front and understand(f"{front} {worded_kind().heads[0]} x", vocabulary, present).is_clear
    return front if is_clear else ""


def _asks_front(reading: Reading) -> bool:
    """Whether the time that a line opens with is itself in question."""
    return any(question.end <= reading.front_end for question in reading.questions)


def _outside(line: str, spans: Sequence[tuple[int, int]]) -> str:
    rest, at = [], 0
    for start, end in sorted(spans):
        rest.append(line[at:start])
        at = max(at, end)
    rest.append(line[at:])
    clean = [" ".join(part.split()).strip(" ,;.") for part in rest]
    return ", ".join(
        part.removeprefix("and ").removesuffix(" and") for part in clean if part not in ("", "and", "&", "+")
    )


def _safe(text: str) -> str:
    """Return words as they can stand on a command line: bare where a shell takes them as they are."""
    bare = all(word == shlex.quote(word) or word.rstrip(",") == shlex.quote(word.rstrip(",")) for word in text.split())
    return text if bare and not text.startswith("-") else shlex.quote(text)


def show_draft(draft: Draft) -> str:
    """Return one line that says what a draft is."""
    return describe(draft.kind, draft.data)
