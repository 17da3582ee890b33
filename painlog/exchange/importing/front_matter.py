"""Daily notes in Markdown as one table: a row a note, a column for each property in the front matters. Pure.

A note stands alone or among others in a zip. A property stands between the lines of ``---`` that a note begins with, as
``mood: 4``, maybe indented under another, or anywhere as ``pain:: 3``, as Obsidian's Dataview reads it. The day is that
in the note's name, else a property. The text of a note and what is the program's own (tags, aliases) are left out.
"""

import re
from collections.abc import Iterator

from painlog.exchange.importing.source import Source

_FRONT = re.compile(r"\ufeff?---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_PROPERTY = re.compile(r"(?P<indent> *)(?P<name>[^\s:#\-\[][^:#]{0,60}?):(?: +(?P<value>.*))?$")
_INLINE = re.compile(r"^(?:[-*] )?([^\s:#`|\[(][^:\n`|\[(]{0,60}?):: *(\S.*)$", re.MULTILINE)
_ITEM = re.compile(r" *- +(.+)")
_NAMED_DAY = re.compile(r"(?:19|20)\d\d-\d\d-\d\d")
_OF_THE_PROGRAM = frozenset((
    *("tags", "tag", "aliases", "alias", "cssclass", "cssclasses", "publish", "banner", "banner_y", "week", "weekday"),
    *("created", "updated", "modified", "title", "type", "up", "prev", "next"),
))
DAY = "date"


def are_notes(source: Source) -> bool:
    """Whether a file is a note with properties and a day, or a zip with one."""
    return next(_notes(source), None) is not None


def note_rows(source: Source) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a table of notes by number, the header first."""
    names = dict.fromkeys((DAY,))
    for properties in _notes(source):
        names |= dict.fromkeys(properties)
    yield 1, [*names]
    for number, properties in enumerate(_notes(source), 2):
        yield number, [properties.get(name, "") for name in names]


def _notes(source: Source) -> Iterator[dict[str, str]]:
    """The properties of each note that has a day and something else."""
    if source.is_zip:
        names = sorted(name for name in source.members if name.lower().endswith(".md") and "__MACOSX" not in name)
    else:
        names = [""]
    for name in names:
        text = source.start(name).replace("\r\n", "\n")
        if front := _FRONT.match(text):
            properties = _read(front[1]) | dict(_INLINE.findall(text[front.end() :]))
            day = _NAMED_DAY.search((name or source.path.name).rpartition("/")[2])
            stated = properties.pop("date", "") or properties.pop("day", "")
            if properties and (day or stated):
                yield {DAY: day[0] if day else stated} | properties


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
