"""Entries as lists and details, open questions and the last visit, and a day at a glance."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby

from painlog.analysis.summary import Summary
from painlog.domain.entries import UNDATED, Entry, show_unknown
from painlog.domain.kinds.fields import Field, Number, Text
from painlog.domain.kinds.questionnaires import Answers
from painlog.domain.language.dates import show_day
from painlog.view.screens.capture import LONGEST, when
from painlog.view.terminal import (
    Styled,
    assemble,
    bold,
    columns,
    fit,
    line_room,
    pad,
    styled,
    term,
    text_room,
    times,
    wrap_text,
)
from painlog.view.values import ABSENT, BETTER_HIGH, better_end

_INDENT = 2
_LONGEST = 1_200  # characters of an entry in a list
_WIDE_FROM, _TABLE_FROM = 64, 50  # columns from which a table of values has all its room, and some
_TIME = 9
_LABELS = 14


def entry_lines(entries: Sequence[Entry], short: Mapping[str, str], width: int, today: date) -> Iterator[Styled]:
    """A heading a day; of each entry its time, its short id and all that it says, on as many lines as that takes."""
    column = _INDENT + _TIME + max((len(short[entry.id]) for entry in entries), default=0) + 2
    is_beside = column <= width // 2
    indent = " " * (column if is_beside else 2 * _INDENT)
    for day, of_day in groupby(entries, lambda entry: entry.day):
        yield bold(show_day(day, today))
        for entry in of_day:
            lines = wrap_text(_whole(entry, short[entry.id]), width, indent, f"{indent}  ")
            first = lines.pop(0)[len(indent) :] if lines and is_beside else ""
            gap = " " * (column - _INDENT - _TIME - len(short[entry.id])) if first else ""
            yield assemble(" " * _INDENT + _clock(entry).ljust(_TIME), (short[entry.id], "dim"), gap + first)
            yield from map(styled, lines)


def entry_plain(entries: Iterable[Entry], short: Mapping[str, str], today: date) -> Iterator[str]:
    """Say it for who cannot see it: a line an entry, with its day and time before and its short id behind."""
    for entry in entries:
        yield f"{when(entry, today)}: {_whole(entry, short[entry.id])}, id {short[entry.id]}"


def _whole(entry: Entry, short: str) -> str:
    """All that an entry says, but for what is as long as a letter."""
    text = term(entry.text[: _LONGEST + 1])
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}… (painlog show {short} shows all)"


def detail_lines(entry: Entry, short: str, origin: Mapping[str, str]) -> Iterator[Styled]:
    """Everything an entry holds, a line a field, with the two ends of a rating's scale, and what it was made from."""
    yield assemble((term(entry.title), "bold"), f"  [{short}]{'  (deleted)' if entry.deleted else ''}")
    rows = _details(entry, origin)
    column = max(columns(label) for label, _ in rows) + 2
    column = column if column < text_room() // 2 else _INDENT
    for label, text in rows:
        yield from _label(pad(label, column) if columns(label) < column else label, text, column)


def detail_plain(entry: Entry, short: str, origin: Mapping[str, str]) -> Iterator[str]:
    """Say it for who cannot see it: a line a field."""
    yield f"{term(entry.title)}, id {short}{', deleted' if entry.deleted else ''}"
    of = ""
    for label, text in _details(entry, origin):
        of = label or of
        yield f"{of}: {text.replace('   (', ' (')}"


def _details(entry: Entry, origin: Mapping[str, str]) -> list[tuple[str, str]]:
    """Labels and texts; a text goes on without a label."""
    kind = entry.declaration
    rows = [("when", _exact(entry))]
    for name, value in entry.data.items():
        if kind and name in kind.constants:
            continue
        field = kind.by_name.get(name) if kind else None
        rows += _field_rows(name, field, value)
    late = entry.days_late
    written = f"{show_day(entry.recorded_at.date())} {entry.recorded_at:%H:%M}"
    known = written + (f", entered {times(late, 'day')} later" if late else "")
    rows += [
        ("recorded", UNDATED if entry.is_undated else known),
        ("id", entry.id),
    ]
    if origin:
        rows.append(("from", term(": ".join(origin[part] for part in ("from", "said") if part in origin))))
    return [*rows, *_line_rows(entry)]


def _label(label: str, text: str, column: int) -> Iterator[Styled]:
    """A label and its text in the column behind it; below it, where the label is too long."""
    indent = " " * (_INDENT + column)
    first, *more = wrap_text(text, text_room(), indent, indent) or [""]
    if columns(label) > column:
        yield assemble("  ", (fit(label, text_room() - _INDENT), "dim"))
        more.insert(0, first)
    else:
        yield assemble("  ", (label, "dim"), first[len(indent) :])
    yield from map(styled, more)


def history_lines(past: Sequence[tuple[datetime, str, Entry]], today: date) -> Iterator[Styled]:
    """A line a change: when it was written, what was done, and the entry after it."""
    for written, done, text, moved, entry in _steps(past, today):
        first, *more = wrap_text("  ".join((written, done, text)) + (f"   {moved}" if moved else ""), text_room())
        head, _, rest = first.partition(done)
        yield assemble(head, (done, "bold"), rest)
        yield from map(styled, more)
        for label, line in _line_rows(entry):
            yield from _label(f"{label}: ", line, 6)


def history_plain(past: Sequence[tuple[datetime, str, Entry]], today: date) -> Iterator[str]:
    """Say it for who cannot see it: a line a change."""
    for written, done, text, moved, entry in _steps(past, today):
        yield f"{written}, {done} {text}" + (f", {moved}" if moved else "")
        yield from (f"said: {line}" for _, line in _line_rows(entry))


def _steps(past: Sequence[tuple[datetime, str, Entry]], today: date) -> Iterator[tuple[str, str, str, str, Entry]]:
    """Each change: when it was written, what was done, what the entry says since, and to what day and time it moved."""
    before: Entry | None = None
    for written, source, entry in past:
        is_moved = before is not None and (before.day, before.at) != (entry.day, entry.at)
        if before is None and entry.is_undated:
            local, done = "not known when", "imported:"
        else:
            local, done = f"{show_day(written.date(), today)} {written:%H:%M}", _name_step(source, before, entry)
        yield local, done, term(entry.text), _exact(entry) if is_moved else "", entry
        before = entry


def _line_rows(entry: Entry) -> Iterator[tuple[str, str]]:
    """The line of words that an entry was made from, if any."""
    for i, line in enumerate(entry.line.splitlines()):
        yield "" if i else "said", term(line)


def _name_step(source: str, before: Entry | None, after: Entry) -> str:
    if before is None:
        return "recorded:"
    if source == "forget":
        return "words forgotten:"
    again = " again" if source == "redo" else ""
    if after.deleted != before.deleted:
        if source == "undo":
            return "taken back:" if after.deleted else "brought back:"
        return f"deleted{again}:" if after.deleted else "recorded again:"
    return "changed back:" if source == "undo" else f"changed{again}:"


def question_lines(questions: Sequence[Entry], short: Mapping[str, str], today: date) -> Iterator[str]:
    """Each question with its day and short id, whole but for a very long one, on as many lines as it takes."""
    for question in questions:
        note = question.data["note"]
        text = term(note[:LONGEST]) + ("…" if len(note) > LONGEST else "")
        yield from wrap_text(f"[{short[question.id]}]  {show_day(question.day, today)}  {text}", line_room())


def visit_lines(visit: Entry, short: str, today: date) -> list[str]:
    """The visit, when it was, and how long ago."""
    days = (today - visit.day).days
    ago = "today" if days == 0 else f"{times(days, 'day')} ago"
    text = term(visit.text[:LONGEST])
    return wrap_text(f"{text}   {when(visit, today)} ({ago})   [{short}]", line_room())


def standing_lines(week: Mapping[str, Summary]) -> Iterator[str]:
    """A table of today's values beside those of the last seven days."""
    if not week:
        return
    label, cell = (26, 12) if line_room() >= _WIDE_FROM else (21, 7)
    is_table = line_room() >= _TABLE_FROM
    yield f"{'':<{label}}{'today':<{cell}}last 7 days" if is_table else "today · last 7 days"
    for figures in week.values():
        variable = figures.variable
        value = figures.by_day[-1]
        now = ABSENT if value is None else variable.show_short(value)
        mean = "too few" if figures.average is None else variable.show(figures.average)
        title, last = term(variable.title), f"{term(mean)} ({figures.days} of {figures.of} days)"
        if is_table:
            yield f"{pad(title, label - 1)} {pad(term(now), cell - 1)} {last}"
        else:
            yield from wrap_text(f"{title} {term(now)} · {last}", line_room())
    if any(figures.variable.better == "high" for figures in week.values()):
        yield BETTER_HIGH


def standing_plain(week: Mapping[str, Summary]) -> Iterator[str]:
    """Say it for who cannot see it: a line for today and one for the last seven days."""
    for figures in week.values():
        variable, value = figures.variable, figures.by_day[-1]
        name = ", ".join(filter(None, (variable.label, better_end(variable))))
        yield term(f"{name}, today: {'no entry' if value is None else variable.show_short(value)}")
        mean = "too few" if figures.average is None else variable.show(figures.average)
        yield term(f"{variable.label}, last 7 days: {mean} ({figures.days} of {figures.of} days)")


def _clock(entry: Entry) -> str:
    if entry.at is None:
        return "--:--"
    return f"{entry.at:%H:%M}" + ("+1" if entry.at.date() > entry.day else "")


def _exact(entry: Entry) -> str:
    if entry.at is None:
        return f"{show_day(entry.day)}, no time given"
    zone = f", {term(entry.zone)}" if entry.zone else ""
    own_day = "" if entry.at.date() == entry.day else f", counted to {show_day(entry.day)}"
    return f"{show_day(entry.at.date())} {entry.at:%H:%M} ({entry.at:%z}{zone}){own_day}"


def _field_rows(name: str, field: Field | None, value: object) -> Iterator[tuple[str, str]]:
    if field is None:
        yield term(name), term(show_unknown(value))
    elif isinstance(field, Answers) and isinstance(value, list):
        for i, (item, answer) in enumerate(zip(field.questionnaire.items, value, strict=True), 1):
            label = next((o.label.lower() for o in field.questionnaire.options if o.value == answer), "")
            shown = "not answered" if answer is None else f"{answer} {label}".rstrip()
            first, *more = wrap_text(f"{shown}   ({item.text})", line_room() - _LABELS)
            yield f"item {i}", first
            yield from (("", line) for line in more)
    elif isinstance(field, Text):
        lines = str(value).splitlines()
        yield field.title, term(lines[0])
        yield from (("", term(line)) for line in lines[1:])
    else:
        yield term(field.title), term(field.show(value) + _ends(field))


def _ends(field: Field) -> str:
    if not isinstance(field, Number) or not field.low_label:
        return ""
    return f"   ({field.low:g} {field.low_label.lower()}, {field.high:g} {field.high_label.lower()})"
