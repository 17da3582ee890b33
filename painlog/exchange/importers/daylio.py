"""Daylio: its CSV in all three layouts, and its backup (``.daylio``, a zip with JSON in base64).

A mood is a mood, with the entry's note; activities are an activity's ``did``. The five moods are 10, 7.5, 5, 2.5 and 0;
a mood of the person's own belongs to one of the five, which a backup says and a CSV file does not, so it is asked. The
column ``scales`` says things of their own: ``Pain: 6/10 points`` is a pain, ``Sleep Time: 7:30`` a night; what has no
colon stays in the note. Photos and goals are left out. An entry may have no time.

An entry is known by its minute, so a CSV file and a backup of the same diary give the same entries. Times are those of
the person's clock then and there.
"""

import base64
import html
import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any, NamedTuple, TypeGuard

from painlog.domain.entries import Draft
from painlog.errors import BadInput, FileRefused
from painlog.exchange.importing.column_meanings import Meaning, read_meaning
from painlog.exchange.importing.contract import Context, Importer, Keys, Problem, Query
from painlog.exchange.importing.guesses import Look, guess_meaning, guess_queries
from painlog.exchange.importing.source import Row, Source
from painlog.exchange.importing.typed_cells import number_text
from painlog.exchange.importing.written_dates import moment_of, read_clock, read_stamp

MOODS = ("rad", "good", "meh", "bad", "awful")
_NAMES = (MOODS, ("super", "gut", "ok", "schlecht", "lausig"))  # as the app itself calls them: English, German
_BACKUP = "backup.daylio"
_COLUMNS = {"date", "weekday", "time", "mood", "activities", "note"}
_MARKUP = re.compile(r"</?(?:p|div|b|i|u|s|em|strong|ul|ol|li|span|font)(?: [^<>]*)?>", re.IGNORECASE)
_BREAK = re.compile(r"<br ?/?>|</(?:p|div|li)>", re.IGNORECASE)


class _Entry(NamedTuple):
    """One entry of the diary; ``level`` is the place of its mood in ``MOODS``, None where it is not known."""

    wall: date
    mood: str
    level: int | None
    activities: list[str]
    note: str
    scales: tuple[tuple[str, str], ...] = ()


_Place = tuple[str, Callable[[], _Entry]]  # where an entry stands, and its reading


def _recognises(source: Source) -> bool:
    if source.is_zip:
        return bool(source.find_member(_BACKUP))
    columns = set(source.columns())
    return columns >= _COLUMNS and bool(columns & {"full_date", "year"})


def _asks(source: Source) -> Iterator[Query]:
    if source.is_zip:
        return
    moods = dict.fromkeys(row.cells.get("mood", "") for row in source.table().rows)
    for mood in moods:
        if mood and _usual_level(mood) is None:
            yield Query(f"mood {mood}", f"which of Daylio's five moods is {mood!r}?", MOODS)
    for look in _looks(source):
        yield from guess_queries(look)


def _looks(source: Source) -> list[Look]:
    """What the scales of a table show, each over all of its values."""
    found: dict[str, list[str]] = {}
    for row in [] if source.is_zip else source.table().rows:
        for name, value in _scales(row.cells.get("scales", ""))[0]:
            found.setdefault(name, []).append(value)
    return [Look(name, values) for name, values in found.items()]


def _usual_level(mood: str) -> int | None:
    """The place of one of the app's own names in ``MOODS``; None for a name of the person's."""
    return next((names.index(mood.casefold()) for names in _NAMES if mood.casefold() in names), None)


def _read(source: Source, context: Context) -> Iterator[Draft | Problem]:
    keys = Keys()
    meanings = {look.label: read_meaning(guess_meaning(look, context.answers)) for look in _looks(source)}
    for place, entry in _backup(source) if source.is_zip else _table(source, context.answers):
        try:
            read = entry()
            yield from _drafts(read, context, keys)
            for name, value in read.scales:
                yield from _scale_drafts(read, meanings[name], (name, value), context, keys)
        except BadInput as error:
            yield Problem(place, str(error))


def _drafts(entry: _Entry, context: Context, keys: Keys) -> Iterator[Draft]:
    moment, when = moment_of(context, entry.wall), _when(entry.wall)
    note = {"note": [entry.note]} if entry.note else {}
    if entry.activities:
        yield context.draft("activity", {"did": entry.activities}, moment, key=keys.of(when, "activity"))
    if entry.mood and entry.level is None:
        raise BadInput(f"the mood {entry.mood!r} is not one of Daylio's five, and which it belongs to was not said")
    if entry.level is not None:
        score = number_text(10 - 2.5 * entry.level)
        original = f"mood {entry.mood} ({5 - entry.level} of 5)"
        yield context.draft("mood", {"score": [score]} | note, moment, key=keys.of(when, "mood"), original=original)
    elif note:
        yield context.draft("note", note, moment, key=keys.of(when, "note"))


def _when(wall: date) -> str:
    return wall.isoformat(sep=" ", timespec="minutes") if isinstance(wall, datetime) else wall.isoformat()


def _scale_drafts(
    entry: _Entry, meaning: Meaning, said: tuple[str, str], context: Context, keys: Keys
) -> Iterator[Draft]:
    name, value = said
    for reading in meaning.read(context, name, value):
        moment = moment_of(context, entry.wall)
        if reading.kind.name == "sleep" and isinstance(entry.wall, datetime):
            moment = context.day(entry.wall.date())
        key = keys.of(_when(entry.wall), "scale", name)
        original = reading.original or f"{name} {value}"
        yield context.draft(reading.kind, reading.texts, moment, key=key, original=original)


def _scales(cell: str) -> tuple[list[tuple[str, str]], str]:
    """The scales of an entry by name, and the words of those that have none."""
    parts = [" ".join(part.split()) for part in cell.split("|") if part.strip()]
    named = [part.partition(":") for part in parts]
    found = [(name.strip(), value.strip()) for name, colon, value in named if colon and value.strip()]
    return found, " | ".join(
        part for part, (_, colon, value) in zip(parts, named, strict=True) if not (colon and value)
    )


def _table(source: Source, answers: Mapping[str, str]) -> Iterator[_Place]:
    for row in source.table().rows:
        yield f"row {row.number}", partial(_of_row, row, answers)


def _of_row(row: Row, answers: Mapping[str, str]) -> _Entry:
    cells = row.cells
    day = read_stamp(cells.get("full_date") or f"{cells.get('date', '')} {cells.get('year', '')}")
    mood = cells.get("mood", "")
    called, usual = answers.get(f"mood {mood}", ""), _usual_level(mood)
    named, words = _scales(cells.get("scales", ""))
    scales = f"scales: {words}" if words else ""
    return _Entry(
        datetime.combine(day, read_clock(cells.get("time", ""))),
        mood,
        usual if usual is not None else MOODS.index(called) if called in MOODS else None,
        [part.strip().replace(",", " ") for part in cells.get("activities", "").split("|") if part.strip()],
        _plain_text(cells.get("note_title", ""), cells.get("note", ""), scales),
        tuple(named),
    )


def _backup(source: Source) -> Iterator[_Place]:
    raw = source.read(source.find_member(_BACKUP))
    try:
        data = json.loads(raw if raw.lstrip().startswith(b"{") else base64.b64decode(raw))
    except (ValueError, RecursionError) as error:
        raise FileRefused(f"{source.path} is damaged: no whole backup of Daylio is in it") from error
    if not isinstance(data, dict) or not isinstance(data.get("dayEntries"), list):
        raise FileRefused(f"{source.path} holds no entries of Daylio")
    moods = {mood.get("id"): _mood(mood) for mood in _objects(data, "customMoods") if _is_key(mood.get("id"))}
    tags = {tag.get("id"): tag.get("name") for tag in _objects(data, "tags") if _is_key(tag.get("id"))}
    for number, entry in enumerate(data["dayEntries"], 1):
        yield f"entry {number}", partial(_of_backup, entry, moods, tags)


def _of_backup(entry: Any, moods: Mapping[Any, tuple[str, int | None]], tags: Mapping[Any, Any]) -> _Entry:
    if not isinstance(entry, dict):
        raise BadInput("this is no entry")
    named = entry.get("tags") if isinstance(entry.get("tags"), list) else []
    found = (tags.get(tag) for tag in named or () if _is_key(tag))
    mood = entry.get("mood")
    name, level = moods.get(mood, (f"number {mood}", None)) if _is_key(mood) else ("", None)
    activities = [name.strip().replace(",", " ") for name in found if isinstance(name, str) and name.strip()]
    texts = (entry.get("note_title"), entry.get("note"))
    note = _plain_text(*(text for text in texts if isinstance(text, str)))
    return _Entry(_wall(entry), name, level, activities, note)


def _wall(entry: Mapping[str, Any]) -> date:
    """The wall time of an entry, whose months are counted from 0, or its day where it has no time. Raises BadInput."""
    parts = [entry.get(name) for name in ("year", "month", "day", "hour", "minute")]
    year, month, day, hour, minute = (part if _is_key(part) else -1 for part in parts)
    try:
        if entry.get("hour") == entry.get("minute") == -1:
            return date(year, month + 1, day)
        return datetime(year, month + 1, day, hour, minute)  # noqa: DTZ001  (a wall time, as the diary shows it)
    except (ValueError, OverflowError):
        raise BadInput("its date or time does not exist") from None


def _mood(mood: Mapping[str, Any]) -> tuple[str, int | None]:
    """A mood's name and place in ``MOODS``; its group says the place, 1 being the best."""
    group, usual, name = mood.get("mood_group_id"), mood.get("predefined_name_id"), mood.get("custom_name")
    level = group - 1 if _is_key(group) and 1 <= group <= len(MOODS) else None
    if isinstance(name, str) and name.strip():
        return name.strip(), level
    place = usual - 1 if _is_key(usual) and 1 <= usual <= len(MOODS) else level
    return (MOODS[place] if place is not None else "without a name"), level


def _objects(data: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    found = data.get(name)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _is_key(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _plain_text(*texts: str) -> str:
    """Join texts by lines, without the markup that newer notes hold."""
    lines = (html.unescape(_MARKUP.sub("", _BREAK.sub("\n", text))).strip() for text in texts)
    return "\n".join(line for line in lines if line)


IMPORTER = Importer(
    "daylio",
    "Daylio",
    _recognises,
    _read,
    lambda source: tuple(_asks(source)),
    ("Daylio's five moods, from rad to awful, are taken to 10, 7.5, 5, 2.5 and 0",),
)
