"""Loop Habit Tracker: its zip of tables, ``Habits.csv`` and ``Checkmarks.csv`` with a folder for each habit.

A habit becomes a measure of the person's own by the same name: yes or no, or a number with its unit (Loop writes
thousandths). Only what the person marked is taken: not a day that Loop counted as done by itself, a skipped or an
unknown one. A note goes with its day's value, and is a note where there is none.
"""

from collections.abc import Iterator
from typing import NamedTuple

from painlog.domain.entries import Draft
from painlog.errors import BadInput
from painlog.exchange.importing.column_meanings import Meaning, measure_names
from painlog.exchange.importing.contract import CellProblem, Context, Importer, Problem, read_rows
from painlog.exchange.importing.source import Row, Source
from painlog.exchange.importing.typed_cells import number_text, read_number
from painlog.exchange.importing.written_dates import moment_of, read_stamp

_HABITS, _MARKS = "habits.csv", "checkmarks.csv"
_ANSWERS = {"YES_MANUAL": "yes", "NO": "no", "2": "yes"}
_SILENT = ("", "YES_AUTO", "UNKNOWN", "SKIP", "0", "1", "-1", "3")


class _Habit(NamedTuple):
    name: str
    meaning: Meaning
    is_number: bool
    notes: dict[str, str]


def _recognises(source: Source) -> bool:
    if not source.is_zip:
        return False
    habits, marks = _top(source, _HABITS), _top(source, _MARKS)
    if not (habits and marks):
        return False
    return set(source.columns(habits)) >= {"Name", "Question"} and source.columns(marks)[:1] == ("Date",)


def _top(source: Source, name: str) -> str:
    """The member of this name that is in no habit's folder; empty where there is none."""
    found = [each for each in source.members if each.lower().rpartition("/")[2] == name]
    return min(found, key=lambda each: each.count("/"), default="")


def _read(source: Source, context: Context) -> Iterator[Draft | Problem]:
    table = source.table(_top(source, _MARKS))
    habits = _habits(source)
    for name in sorted({name for name in table.columns if table.columns.count(name) > 1} - {""}):
        yield Problem(name, "two habits have this name, and only the last one can be told")
    yield from read_rows(table.rows, lambda row: _day(row, habits, context))


def _day(row: Row, habits: dict[str, _Habit], context: Context) -> Iterator[Draft | Problem]:
    day = row.cells.get("Date", "")
    moment = moment_of(context, read_stamp(day))
    for name, cell in row.cells.items():
        if name not in habits:
            continue
        try:
            habit = habits[name]
            note = {"note": [habit.notes[day]]} if habit.notes.get(day) else {}
            readings = habit.meaning.read(context, name, _value(habit, cell))
            if readings:
                yield context.draft(readings[0].kind, readings[0].texts | note, moment, key=f"{name}\x1f{day}")
            elif note:
                yield context.draft("note", {"note": [f"{name}: {note['note'][0]}"]}, moment, key=f"{name}\x1f{day}")
        except BadInput as error:
            yield CellProblem(f"row {row.number}, {name}", str(error))


def _value(habit: _Habit, cell: str) -> str:
    """A cell as an answer or a number; empty where the person marked nothing. Raises BadInput."""
    if habit.is_number:
        return "" if cell in ("", "NO", "UNKNOWN", "SKIP", "-1") else number_text(read_number(cell) / 1000)
    if cell not in _ANSWERS and cell not in _SILENT:
        raise BadInput(f"{cell!r} is nothing that Loop writes for yes or no")
    return _ANSWERS.get(cell, "")


def _habits(source: Source) -> dict[str, _Habit]:
    rows = [row.cells for row in source.table(_top(source, _HABITS)).rows if row.cells.get("Name")]
    names = measure_names([cells["Name"] for cells in rows], "Loop")
    return {cells["Name"]: _habit(cells, names[cells["Name"]], source) for cells in rows}


def _habit(cells: dict[str, str], own: str, source: Source) -> _Habit:
    is_number = cells.get("Type", "").upper().startswith("NUM")
    unit = cells.get("Unit", "")
    hint = ("number " + unit[:12]).strip() if is_number else "yes-no"
    return _Habit(cells["Name"], Meaning("", own, hint=hint), is_number, _notes(source, cells.get("Position", "")))


def _notes(source: Source, position: str) -> dict[str, str]:
    """Notes by day from a habit's own folder, whose name begins with its position."""
    for member in source.members:
        folder, _, name = member.rpartition("/")
        if position and name.lower() == _MARKS and folder.rpartition("/")[2].startswith(f"{position.zfill(3)} "):
            return {row.cells.get("Date", ""): row.cells.get("Notes", "") for row in source.table(member).rows}
    return {}


IMPORTER = Importer(
    "loop",
    "Loop Habit Tracker",
    _recognises,
    _read,
    rules=("numbers of Loop are in thousandths, and are divided by 1,000",),
)
