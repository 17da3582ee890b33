"""Shortcuts: a line of one's own under a short name. Pure.

A shortcut is an entry like any other, so it travels with the journal, and every change of it can be undone.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from painlog.domain.kinds.fields import Name, Text
from painlog.domain.kinds.kind import Kind
from painlog.errors import BadInput

_NAME = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


def _line(data: Mapping[str, Any]) -> str:
    return f"shortcut {data['name']}: {data.get('words', '(no words)')}"


SHORTCUT = Kind(
    name="shortcut",
    help="A line of your own under a short name.",
    by_hand="short add",
    example="dul took duloxetine 60mg",
    lasting=True,
    declares=True,
    fields=(
        Name(name="name", help="What to type.", limit=30),
        Text(name="words", label="words", help="The line that it stands for."),
    ),
    line=_line,
)
DECLARED = (SHORTCUT,)


def words_by_name(shortcuts: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return the line that each name stands for, of shortcuts' data; of two under one name the later one.

    One whose words were forgotten stands for nothing.
    """
    return {data["name"].casefold(): data["words"] for data in shortcuts if "words" in data}


def check_renamed(fields: Collection[str]) -> None:
    """Refuse a change of some fields that would give a shortcut another name, which nobody checked. Raises BadInput."""
    if "name" in fields:
        raise BadInput("a shortcut keeps its name; painlog short add adds another, short remove takes this one away")


def check_name(name: str, taken: Collection[str]) -> str:
    """Return a shortcut's name in small letters: one word that means nothing else. Raises BadInput."""
    clean = name.strip().casefold()
    if not _NAME.fullmatch(clean) or clean.isdecimal():
        raise BadInput(f"a shortcut's name is one word, such as dul, not {name!r}")
    if clean in taken:
        raise BadInput(f"{name!r} means something else to painlog already; choose another name")
    return clean
