"""What sections of the page are made of. It knows no medium: texts of a person stand in it as they were written."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from painlog.view.page.day_tables import Digits, Table


class Facts(NamedTuple):
    """What is said of one thing, such as a medicine: its name, empty where the label says it, and a text a fact."""

    about: str
    facts: tuple[str, ...]

    @property
    def text(self) -> str:
        """All of it on a line."""
        return (f"{self.about}: " if self.about else "") + "; ".join(self.facts)


class Row(NamedTuple):
    """A row of its own; one to ``keep`` is never cut.

    ``head`` stands before it, ``name`` is what it is called where it is left out. ``facts`` are those that its text is
    made of, None where it is one sentence.
    """

    text: str
    keep: bool = False
    head: str = ""
    name: str = ""
    facts: Facts | None = None


class Phrase(NamedTuple):
    """A few words, in their midst perhaps a variable's name, which a medium may shorten."""

    before: str
    name: str = ""
    after: str = ""

    @property
    def text(self) -> str:
        """The whole of it."""
        return self.before + self.name + self.after


class Phrases(NamedTuple):
    """Phrases side by side."""

    items: tuple[Phrase, ...]
    keep: bool = False


class GridRow(NamedTuple):
    """A row of figures; one to ``keep`` is never cut."""

    cells: tuple[str, ...]
    keep: bool = False


class Grid(NamedTuple):
    """Figures in columns: the first one of names, the others aligned at their right, where ``words`` are not.

    Columns to ``spare`` are left out where there is no room for all.
    """

    heads: tuple[str, ...]
    rows: tuple[GridRow, ...]
    words: frozenset[int] = frozenset()
    spare: frozenset[int] = frozenset()


Part = Row | Phrases | Grid


class Section(NamedTuple):
    """A part of the page: its label, what stands in it or in its tables, and how many rows it has at least.

    In a free one are the person's own sentences, of any length. ``rank`` says how long it stays: rows of a lower one
    are cut first. ``one`` is what a row of it is called where some are left out; empty ones are called by their names.
    ``further`` counts rows that are not there, since no medium would have room for them. A wide one takes the whole
    width, under its label. Figures of a counted one are not called by their names.
    """

    label: str
    parts: tuple[Part, ...] = ()
    least: int = 1
    is_free: bool = False
    tables: tuple[Table, ...] = ()
    digits: Digits | None = None
    rank: int = 5
    one: str = "line"
    further: int = 0
    is_wide: bool = False
    is_counted: bool = False


def rows(found: Iterable[str | Facts], *, keep: bool = False) -> tuple[Row, ...]:
    """A row each."""
    return tuple(Row(each, keep=keep) if isinstance(each, str) else fact_row(each, keep=keep) for each in found)


def fact_row(found: Facts, *, keep: bool = False, name: str = "") -> Row:
    """Facts side by side in a row."""
    return Row(found.text, keep=keep, name=name, facts=found)


def phrases(items: Iterable[Phrase], *, keep: bool = False) -> tuple[Phrases, ...]:
    """Phrases side by side, if there are any."""
    found = Phrases(tuple(items), keep)
    return (found,) if found.items else ()


def grid(
    heads: Sequence[str], found: Iterable[GridRow], words: Iterable[int] = (), spare: Iterable[int] = ()
) -> tuple[Grid, ...]:
    """A grid, if it has rows; a column that is empty in all of them is left out."""
    kept = tuple(found)
    if not kept:
        return ()
    there = [i for i in range(len(heads)) if i == 0 or any(row.cells[i] for row in kept)]
    pick = tuple(row._replace(cells=tuple(row.cells[i] for i in there)) for row in kept)
    wordy, spared = (frozenset(there.index(i) for i in which if i in there) for which in (words, spare))
    return (Grid(tuple(heads[i] for i in there), pick, wordy, spared),)
