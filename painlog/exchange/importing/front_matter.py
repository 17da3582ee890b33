"""Daily notes in Markdown as one table: a row a note, a column for each property in the front matters. Pure.

A note stands alone or among others in a zip. A property stands between the lines of ``---`` that a note begins with, as
``mood: 4``, maybe indented under another, or anywhere as ``pain:: 3``, as Obsidian's Dataview reads it. What is the
program's own (tags, aliases) is left out. The day is that in the note's name, else a property, else that of a heading,
each of which begins a note of its own. The text of a note is a column too; a note of text alone is one of Markdown.
"""

import re
from collections.abc import Iterator

from painlog.exchange.importing.source import Source
from painlog.exchange.importing.written_dates import is_stamp

_FRONT = re.compile(r"\ufeff?---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_PROPERTY = re.compile(r"(?P<indent> *)(?P<name>[^\s:#\-\[][^:#]{0,60}?):(?: +(?P<value>.*))?$")
_INLINE = re.compile(r"^(?:[-*] )?([^\s:#`|\[(][^:\n`|\[(]{0,60}?):: *(\S.*)$", re.MULTILINE)
_HEADING = re.compile(r"^#{1,6}[ \t]+(\S(?:.*\S)?)[ \t]*$", re.MULTILINE)
_TABLE = re.compile(r"^\|? *:?-{2,}:? *\|", re.MULTILINE)
_MARKDOWN = (".md", ".markdown")
_ITEM = re.compile(r" *- +(.+)")
_NAMED_DAY = re.compile(r"(?:19|20)\d\d-\d\d-\d\d")
_OF_THE_PROGRAM = frozenset((
    *("tags", "tag", "aliases", "alias", "cssclass", "cssclasses", "publish", "banner", "banner_y", "week", "weekday"),
    *("created", "updated", "modified", "title", "type", "up", "prev", "next"),
))
DAY, TEXT = "date", "text"


def are_notes(source: Source) -> bool:
    """Whether a file is a note with a day, or a zip with one."""
    return next(_notes(source), None) is not None


def note_rows(source: Source) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a table of notes by number, the header first."""
    names = dict.fromkeys((DAY,))
    for properties in _notes(source):
        names |= dict.fromkeys(properties)
    if TEXT in names:  # last
        del names[TEXT]
        names[TEXT] = None
    yield 1, [*names]
    for number, properties in enumerate(_notes(source), 2):
        yield number, [properties.get(name, "") for name in names]


def _notes(source: Source) -> Iterator[dict[str, str]]:
    """The properties of each note that has a day and something else."""
    for name in sorted(source.candidates(_MARKDOWN)):
        start, called = _with_line_feeds(source.start(name)), (name or source.path.name).rpartition("/")[2]
        is_text = called.lower().endswith(_MARKDOWN) and not _TABLE.search(start)
        if not start or not (is_text or _FRONT.match(start)):
            continue
        text = _with_line_feeds(source.text(name))
        front = _FRONT.match(text)
        body = text[front.end() :] if front else text
        properties = (_read(front[1]) if front else {}) | dict(_INLINE.findall(body))
        day = _NAMED_DAY.search(called)
        stated = properties.pop("date", "") or properties.pop("day", "")
        if stated := day[0] if day else stated:
            yield from _note(stated, properties, body)
        elif is_text:
            yield from _under_headings(body)


def _with_line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n")


def _note(day: str, properties: dict[str, str], body: str) -> Iterator[dict[str, str]]:
    """A note with its text, without the properties in it and a heading that is its day; none where nothing is left."""
    text = _INLINE.sub("", body).strip()
    if (heading := _HEADING.match(text)) and heading[1] == day:
        text = text[heading.end() :].strip()
    text = "\n".join(filter(None, (properties.get(TEXT, ""), text)))
    if said := properties | ({TEXT: text} if text else {}):
        yield {DAY: day} | said


def _under_headings(body: str) -> Iterator[dict[str, str]]:
    """A note for each heading that is a date, with what stands under it."""
    days = [found for found in _HEADING.finditer(body) if is_stamp(found[1])]
    ends = [*(found.start() for found in days[1:]), len(body)]
    for found, end in zip(days, ends, strict=False):
        part = body[found.end() : end]
        yield from _note(found[1], dict(_INLINE.findall(part)), part)


def _read(front: str) -> dict[str, str]:
    """The properties of a front matter by name; the items of a list are joined."""
    found: dict[str, str] = {}
    name = ""
    for line in front.split("\n"):
        if property_ := _PROPERTY.match(line):
            name = property_["name"].strip().strip("\"'")
            found[name] = _value(property_["value"] or "")
        elif item := _ITEM.match(line):
            found[name] = "; ".join(filter(None, (found.get(name, ""), _value(item[1]))))
        elif name and line.startswith(" "):
            found[name] = f"{found[name]} {line.strip()}".strip()
    return {name: value for name, value in found.items() if value and name.lower() not in _OF_THE_PROGRAM}


def _value(text: str) -> str:
    """A value without its quotes, comment and brackets; nothing for a sign that it goes on below."""
    clean = re.sub(r"(?:^|\s)#.*$", "", text).strip()
    if clean in ("|", ">", "|-", ">-", "null", "~"):
        return ""
    if clean.startswith("[") and clean.endswith("]"):
        return "; ".join(part.strip().strip("\"'") for part in clean[1:-1].split(",") if part.strip())
    return clean[1:-1] if len(clean) > 1 and clean[0] == clean[-1] and clean[0] in "\"'" else clean
