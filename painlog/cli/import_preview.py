"""What an import shows before it records: what columns are taken for, what the file holds, what is there already."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from painlog.cli.talk import tell, tell_paragraph
from painlog.domain.entries import Draft
from painlog.domain.language.dates import show_day, show_range
from painlog.exchange.importing.contract import CellProblem, Importer, Problem, Repeated
from painlog.exchange.importing.mapping import ColumnMapping
from painlog.exchange.importing.proposal import Proposal
from painlog.storage.completing import Known
from painlog.view.terminal import term, times

SHOWN, ROWS_SHOWN = 5, 3


class ReadFile(NamedTuple):
    """What a file holds: entries, and rows that were not understood."""

    drafts: list[Draft]
    problems: list[Problem]


def show_proposal(proposal: Proposal, columns: ColumnMapping) -> None:
    """Say what each column is taken for, and which are left out."""
    if proposal.table.is_headless:
        tell_paragraph("the first row looks like data, so the columns have no names of their own")
    tell_paragraph("This table is not one that painlog knows. Its columns would be taken as:")
    for column, field in columns.fields.items():
        tell_paragraph(f"  {term(column)} = {term(field)}")
    if left := proposal.left_out(columns):
        tell_paragraph(f"  left out: {', '.join(map(term, left))}")
    for other in proposal.others:
        named = ", ".join(map(term, other.columns[:6]))
        tell_paragraph(f"  not read, a further table of the file: {named}; to read it, say its columns with --map")


def show_rows(drafts: Sequence[Draft]) -> None:
    """Show the entries of the first three moments, as they would be recorded."""
    moments = list(dict.fromkeys((draft.day, draft.at) for draft in drafts if draft.kind.name != "measure"))[
        :ROWS_SHOWN
    ]
    for day, at in moments:
        texts = [term(draft.text).replace("\n", " / ") for draft in drafts if (draft.day, draft.at) == (day, at)]
        when = f"{show_day(day)}{f' {at:%H:%M}' if at else ''}"
        tell_paragraph(f"  {when}: {'; '.join(texts)}")


def show_preview(importer: Importer, read: ReadFile, known: Sequence[Known]) -> None:
    """Say what the file holds: counts by kind, the period, how scales were turned, what was not understood."""
    tell_paragraph(f"{importer.title}: {_count_kinds(read.drafts)}")
    for rule in importer.rules:
        tell_paragraph(f"  {term(rule)}")
    _show_changes([each for each in known if each.edit])
    rows = [problem for problem in read.problems if not isinstance(problem, CellProblem | Repeated)]
    cells = [problem for problem in read.problems if isinstance(problem, CellProblem)]
    _list(rows, f"{times(len(rows), 'row')} not understood, left out:")
    again = [problem for problem in read.problems if isinstance(problem, Repeated)]
    _list(again, f"{times(len(again), 'row')} with the sleep of a row above:")
    _list(cells, f"{times(len(cells), 'cell')} not understood, left out; the rest of the row is taken:")


def _show_changes(changed: Sequence[Known]) -> None:
    """Say what is completed, and what is corrected from which value to which."""
    if not changed:
        return
    tell_paragraph(f"{times(len(changed), 'entry', 'entries')} there already, completed or corrected:")
    for each in changed[:SHOWN]:
        parts = [_change(each, name, value) for name, value in each.edit.data["fields"].items()] if each.edit else []
        tell_paragraph(f"  {show_day(each.draft.day)}, {term(each.draft.kind.title)}: {', '.join(parts)}")
    _say_more(len(changed))


def _change(known: Known, name: str, value: object) -> str:
    field = known.draft.kind.by_name[name]
    before = known.before.get(name)
    now = term(field.show(value))
    return f"{field.title} {now}" if before is None else f"{field.title} {term(field.show(before))} becomes {now}"


def _list(problems: Sequence[Problem], title: str) -> None:
    if not problems:
        return
    tell(title)
    for problem in problems[:SHOWN]:
        tell_paragraph(f"  {term(problem.place)}: {term(problem.why)}")
    _say_more(len(problems))


def _say_more(count: int) -> None:
    if count > SHOWN:
        tell(f"  and {count - SHOWN:,} more")


def _count_kinds(drafts: Sequence[Draft]) -> str:
    counts = Counter(draft.kind.title for draft in drafts)
    days = [draft.day for draft in drafts if draft.kind.name != "measure"]
    listed = ", ".join(f"{count:,} {term(title)}" for title, count in counts.most_common())
    if not days:
        return "no entries"
    return f"{times(len(drafts), 'entry', 'entries')} ({listed}), {show_range(min(days), max(days))}"
