"""jrnl: what ``jrnl --format json`` writes, a journal of texts, and its text itself: ``[2026-11-03 08:30] Title``.

Each entry → ``note`` at its minute: the title, and the text under it. Tags stand in the texts; stars are left out of
JSON. Times are those of the person's clock.
"""

import re
from collections.abc import Iterator
from typing import Any

from painlog.domain.entries import Draft
from painlog.errors import BadInput
from painlog.exchange.importing.contract import Context, Importer, Keys, Problem
from painlog.exchange.importing.shapes import as_text, get_inside, holds_records, read_objects
from painlog.exchange.importing.source import Source
from painlog.exchange.importing.written_dates import moment_of, read_stamp

NAMES = ('"tags"', '"entries"', '"title"', '"body"', '"starred"')
_STAMP = re.compile(r"^\[(\d{4}-\d\d-\d\d)[ T](\d{1,2}:\d\d(?::\d\d)?(?: ?[AaPp]\.?[Mm]\.?)?)\] ?", re.MULTILINE)


def _is_text(source: Source) -> bool:
    return not source.is_zip and bool(_STAMP.match(source.start().lstrip()))


def _recognises(source: Source) -> bool:
    return _is_text(source) or (not source.is_zip and holds_records(source.start(), NAMES))


def _read(source: Source, context: Context) -> Iterator[Draft | Problem]:
    keys = Keys()
    if _is_text(source):
        parts = _STAMP.split(source.text().replace("\r\n", "\n"))[1:]
        entries = [{"date": d, "time": t, "title": text} for d, t, text in zip(*[iter(parts)] * 3, strict=True)]
    else:
        entries = [entry for _, entry in read_objects(get_inside(source.json(), "entries"), str(source.path))]
    for at, entry in enumerate(entries, 1):
        try:
            yield _note(entry, context, keys)
        except BadInput as error:
            yield Problem(f"entry {at}", str(error))


def _note(entry: dict[str, Any], context: Context, keys: Keys) -> Draft:
    day, clock = as_text(entry.get("date")), as_text(entry.get("time"))
    texts = (as_text(entry.get(name)) for name in ("title", "body"))
    text = "\n".join(filter(None, texts))
    if not text:
        raise BadInput("it holds no words")
    return context.draft("note", {"note": [text]}, moment_of(context, read_stamp(day), clock), key=keys.of(day, clock))


IMPORTER = Importer("jrnl", "jrnl (JSON, or its text)", _recognises, _read)
