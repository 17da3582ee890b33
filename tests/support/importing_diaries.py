"""Running an importer over texts and bytes, for the tests of single apps."""

import random
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import time
from pathlib import Path
from typing import Any, NamedTuple

from painlog.domain.entries import Draft
from painlog.errors import BadInput, FileRefused
from painlog.exchange.importers import importer_of
from painlog.exchange.importing.contract import Context, Importer, Problem
from painlog.exchange.importing.mapping import check_table_mapping, mapping_importer
from painlog.exchange.importing.proposal import propose
from painlog.exchange.importing.source import Source
from painlog.exchange.importing.tables import find_tables, table_with
from tests.conftest import NOW

Fact = tuple[str, str, str, dict[str, Any]]


class Imported(NamedTuple):
    """What an importer made of a file, and the measures that it declared."""

    drafts: list[Draft]
    problems: list[Problem]
    new_measures: list[Draft]

    @property
    def facts(self) -> list[Fact]:
        """Kind or measure, day, local time or nothing, and data."""
        return [_fact(draft) for draft in self.drafts]

    @property
    def ids(self) -> set[str]:
        assert len({draft.id for draft in self.drafts}) == len(self.drafts), "two entries have one id"
        return {draft.id for draft in self.drafts}

    @property
    def by_id(self) -> set[tuple[str, str]]:
        """Each id with what is known by it: a later export must not bring another fact under an old id."""
        assert len(self.ids) == len(self.drafts)
        return {(draft.id, str(_fact(draft))) for draft in self.drafts}

    @property
    def said(self) -> list[str]:
        """What the file said of each draft where it was not the same."""
        return [(draft.origin or {}).get("said", "") for draft in self.drafts]

    @property
    def measures(self) -> list[dict[str, Any]]:
        return [draft.data for draft in self.new_measures]


def _fact(draft: Draft) -> Fact:
    data = {name: value for name, value in draft.data.items() if name not in draft.kind.constants}
    return (draft.kind.title, f"{draft.day}", f"{draft.at:%H:%M}" if draft.at else "", data)


def source_of(content: str | bytes, name: str = "file") -> Source:
    """A file of this content, under a name that says nothing."""
    path = Path(tempfile.mkdtemp()) / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return Source(path)


def run(importer: Importer, content: str | bytes, answers: Mapping[str, str] | None = None) -> Imported:
    """Import a file that the importer must recognise, as the only one of all."""
    source = source_of(content)
    assert importer.recognises(source)
    return run_on(importer, source, answers)


def run_on(importer: Importer, source: Source, answers: Mapping[str, str] | None = None) -> Imported:
    context = Context(importer.name, NOW, time(3), {}, answers or {})
    found = list(importer.read(source, context))
    drafts = [each for each in found if isinstance(each, Draft)]
    return Imported(drafts, [each for each in found if isinstance(each, Problem)], context.new_measures)


class Proposed(NamedTuple):
    """What painlog would take an unknown table's columns for, what it asks, and the entries that come of that."""

    fields: dict[str, str]
    asked: dict[str, str]
    found: Imported

    @property
    def facts(self) -> list[Fact]:
        return self.found.facts


def proposed(content: str | bytes, answers: Mapping[str, str] | None = None) -> Proposed:
    """Take what is proposed for a table that no importer knows, and each question's usual answer if none is given.

    Nothing is read where a question without a usual answer stays open.
    """
    raw = content.encode() if isinstance(content, str) else content
    source, given = Source(Path("table"), raw), dict(answers or {})
    assert importer_of(source) is None
    proposal = propose(source)
    assert proposal is not None, "no table is found"
    queries = list(proposal.queries())
    given = {query.key: query.usual for query in queries} | given
    importer = mapping_importer(columns := proposal.mapping(given))
    more = importer.asks(source)
    given = {query.key: query.usual for query in more} | given
    is_open = any(not given[query.key] for query in more)
    found = Imported([], [], []) if is_open else run_on(importer, source, given)
    return Proposed(columns.fields, {query.key: query.usual for query in (*queries, *more)}, found)


def mapped(content: str | bytes, fields: Mapping[str, str], answers: Mapping[str, str] | None = None) -> Imported:
    """Import a table by what is said of its columns, as the command does."""
    source = source_of(content)
    table = table_with(source, fields) or find_tables(source)[0]
    return run_on(mapping_importer(check_table_mapping(table, fields)), source, answers)


def chosen(content: str | bytes) -> str:
    """The name of the importer that painlog takes for a file; empty for none."""
    found = importer_of(source_of(content))
    return found.name if found else ""


def survives(
    importer: Importer,
    content: bytes,
    answers: Mapping[str, str] | None = None,
    pack: Callable[[bytes], bytes] = bytes,
    times: int = 150,
) -> None:
    """Damage one byte of a text, or cut it, at many places, and pack it: it is read, or refused in a sentence."""
    noise = random.Random(len(content))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        for _ in range(times):
            place = noise.randrange(len(content))
            other = bytes([noise.choice((0, 10, 34, 44, 57, 91, 123, 128, 255, noise.randrange(256)))])
            damaged = noise.choice((content[:place], content[:place] + other + content[place + 1 :]))
            path.write_bytes(pack(damaged))
            with suppress(FileRefused, BadInput):
                source = Source(path)
                if importer.recognises(source):
                    importer.asks(source)
                    run_on(importer, source, answers)
