"""The report as text, 80 columns wide. Shows what the value holds and computes nothing."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from painlog.analysis.care import GoalKept
from painlog.analysis.figures import SEVERE, Change, Figures
from painlog.analysis.report import Measured, Note, Report
from painlog.domain.dates import show_day
from painlog.domain.kinds import KINDS
from painlog.domain.measures import TRACKED
from painlog.domain.periods import DAYS_IN_WEEK, LONGEST_IN_MONTHS, LONGEST_IN_WEEKS, Period
from painlog.domain.regions import show_region
from painlog.domain.series import Variable
from painlog.view.care import flare_line, form_lines, medicine_lines, overlap_note, treatment_lines
from painlog.view.terminal import PAGE_WIDTH, fit, pad, term, wrapped

if TYPE_CHECKING:
    from rich.text import Text as Styled

LABEL = 9
NAME = 10
NAME_WIDTH = 24
COLUMN = 18
MOST_REGIONS = 8
MOST_NOTES = 14
ABSENT = "."
_BY_DAY = ("pain", "mood", "sleep")
Row = tuple[str, str]


def report_rows(report: Report) -> list[Row]:
    """Return the report as (label, text) pairs that stand side by side; a block's further lines have a blank label."""
    rows = [
        ("PAINLOG SUMMARY", f"  {report.period} ({_days(report.period.length)})"),
        ("", "Recorded by the patient; not a diagnosis. High = worse, unless marked (+)."),
        ("", ""),
        *_labelled("RECORD", [_kept(report)]),
    ]
    for kind in KINDS.values():
        present = [each for each in report.measured.values() if each.figures.variable.kind == kind.name]
        lines = _pain_lines(report) if kind.name == "pain" and "pain" in report.measured else []
        lines += _table([_figure_cells(each, report) for each in present if each.figures.variable.name != "pain"])
        rows += _labelled("OWN" if kind.name == TRACKED.name else kind.name.upper(), lines)
    rows += _care_rows(report)
    unit = "DAY" if report.period.length <= LONGEST_IN_WEEKS else "MONTH" if _in_months(report) else "YEAR"
    rows += _labelled(f"BY {unit}", list(_by_day(report)))
    rows += _labelled("WHERE", _where(report))
    for label, notes in (("WELL", report.went_well), ("SETBACK", report.setbacks), ("NOTES", report.notes)):
        rows += _labelled(label, list(_notes(notes, report.period)))
    rows += [("", ""), ("", f"{ABSENT} = no entry (not zero). Averages use logged days only.")]
    if DAYS_IN_WEEK < report.period.length <= LONGEST_IN_WEEKS:
        rows.append(("", "Under BY DAY each day is rounded to a whole number, sleep to hours."))
    return rows


def report_lines(report: Report) -> "Iterator[Styled]":
    """The report's lines for a terminal, labels in bold."""
    from rich.text import Text as Styled

    for label, text in report_rows(report):
        yield Styled.assemble((label, "bold"), term(text))


def report_text(report: Report) -> str:
    """The whole report as plain text."""
    return "".join(f"{label}{term(text)}".rstrip() + "\n" for label, text in report_rows(report))


def _labelled(label: str, lines: Sequence[str]) -> list[Row]:
    return [((label if i == 0 else "").ljust(LABEL), line) for i, line in enumerate(lines)]


def _kept(report: Report) -> str:
    kept = report.kept
    soon = {"same day": kept.same_day, "next day": kept.next_day, "from memory": kept.later}
    split = ", ".join(f"{count} {name}" for name, count in soon.items() if count)
    return f"{kept.days} of {_days(kept.of)} logged" + (f": {split}" if split else "")


def _pain_lines(report: Report) -> list[str]:
    pain = report.measured["pain"]
    figures = pain.figures
    if not figures.enough:
        lines = [_too_few("", figures, report.period)]
    else:
        variable = figures.variable
        middle = f"mean {variable.show(figures.mean or 0)}  median {_trimmed(figures.median or 0)}"
        lines = [f"{middle}  range {_range(variable, figures)}  ({_days(figures.days)})"]
        if pain.change:
            lines += _change_lines(pain.change, report.period)
    if report.highest:
        share = f" ({int(100 * report.severe_days / figures.days + 0.5)} %)" if figures.enough else ""
        lines.append(
            f"highest rating {report.highest.score:g} ({show_day(report.highest.day, report.period.end)}); "
            f"days at {SEVERE} or more: {report.severe_days} of {figures.days}{share}"
        )
    return [*lines, _sources(report.own_averages, figures.days)]


def _sources(own: int, days: int) -> str:
    if not own:
        return "daily values: the mean of each day's ratings"
    if own == days:
        return "daily values: own average of each day"
    plural = "" if own == 1 else "s"
    return f"daily values: {own:,} own average{plural}, else mean of the day's ratings ({days - own:,})"


def _change_lines(change: Change, period: Period) -> Iterator[str]:
    percent = f", {change.percent:+.0f} %" if change.percent is not None else ""
    yield (
        f"{_days(period.length)} before {change.before:.1f} -> {change.now:.1f} "
        f"({round(change.now, 1) - round(change.before, 1):+.1f}{percent}): {change.direction}"
    )
    if change.size:
        yield f"the size of the change: {change.size}"
    if period.length <= DAYS_IN_WEEK and change.direction != "similar":
        yield "a point or so from week to week is often chance"


def _figure_cells(each: Measured, report: Report) -> list[str]:
    figures = each.figures
    variable = figures.variable
    title = fit(term(variable.title), NAME_WIDTH)
    if variable.is_answer:
        yes = round((figures.mean or 0) * figures.days)
        return [f"{title}: yes on {yes:,} of {figures.days:,} {_unit(variable, figures.days)} with an answer"]
    if not figures.enough:
        return [_too_few(f"{title}: ", figures, report.period)]
    before = ""
    if each.change:
        was = _short(variable, each.change.before) if variable.is_time else f"{each.change.before:.1f}"
        before = f"was {was}, {each.change.direction}"
    counted = f"{figures.days:,} {_unit(variable, figures.days)}"
    return [title, variable.show(figures.mean or 0), _range(variable, figures), counted, before]


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    full = [row for row in rows if len(row) > 1]
    widths = [max(len(row[i]) for row in full) for i in range(len(full[0]))] if full else []
    return [
        "  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=False)).rstrip() if len(row) > 1 else row[0]
        for row in rows
    ]


def _too_few(title: str, figures: Figures, period: Period) -> str:
    variable = figures.variable
    known = [
        f"{day.day} {day:%b} {_short(variable, value)}"
        for day, value in zip(period.days(), figures.by_day, strict=True)
        if value is not None
    ]
    listed = ", ".join(known[:3]) + (" …" if len(known) > 3 else "")
    few = f"{title}too few {_unit(variable, 2)} to average ({figures.days} of {figures.of}): {listed}"
    return fit(few, PAGE_WIDTH - LABEL)


def _range(variable: Variable, figures: Figures) -> str:
    return f"{_short(variable, figures.low or 0)}-{_short(variable, figures.high or 0)}"


def _by_day(report: Report) -> Iterator[str]:
    shown = [report.measured[name] for name in _BY_DAY if name in report.measured]
    if report.period.length <= DAYS_IN_WEEK:
        yield from _week_table(report, shown)
    elif report.period.length <= LONGEST_IN_WEEKS:
        for each in shown:
            yield from _digits(each)
    else:
        yield from _parts_table(report, shown)


def _in_months(report: Report) -> bool:
    return report.period.length <= LONGEST_IN_MONTHS


def _week_table(report: Report, shown: Sequence[Measured]) -> Iterator[str]:
    days = list(report.period.days())
    if not shown:
        return
    yield " " * 12 + "".join(f"{day:%a} {day.day}".rjust(8) for day in days)
    for each in shown:
        variable = each.figures.variable
        cells = [ABSENT if v is None else _short(variable, v) for v in each.figures.by_day]
        yield variable.title.ljust(12) + "".join(cell.rjust(8) for cell in cells)


def _digits(each: Measured) -> Iterator[str]:
    """The days as digits that survive a fax, in weeks; hours of sleep as digits too."""
    variable = each.figures.variable
    cells = [ABSENT if v is None else _digit(variable, v) for v in each.figures.by_day]
    size = max(map(len, cells))
    weeks = [" ".join(c.rjust(size) for c in cells[i : i + DAYS_IN_WEEK]) for i in range(0, len(cells), DAYS_IN_WEEK)]
    a_line = 4 if size == 1 else 2
    for i in range(0, len(weeks), a_line):
        yield pad(variable.title if i == 0 else "", NAME) + " | ".join(weeks[i : i + a_line])
    means = " ".join(variable.show(p.mean) if p.enough and p.mean is not None else ABSENT for p in each.by_part)
    yield " " * NAME + f"weekly means {means}"


def _parts_table(report: Report, shown: Sequence[Measured]) -> Iterator[str]:
    if not shown:
        return
    yield " " * 12 + "".join(each.figures.variable.title.rjust(COLUMN) for each in shown)
    for i, part in enumerate(report.parts):
        cells = [_part_cell(each.figures.variable, each.by_part[i]) for each in shown]
        if any(cell != ABSENT for cell in cells):
            label = f"{part.start:%b %Y}" if _in_months(report) else f"{part.start:%Y}"
            yield label.ljust(12) + "".join(cell.rjust(COLUMN) for cell in cells)


def _part_cell(variable: Variable, figures: Figures) -> str:
    if not figures.days:
        return ABSENT
    counted = f"({_days(figures.days)})"
    return f"{variable.show(figures.mean or 0)} {counted}" if figures.enough else f"too few {counted}"


def _where(report: Report) -> list[str]:
    named = [f"{term(show_region(id_))} {_days(days)}" for id_, days in list(report.regions.items())[:MOST_REGIONS]]
    return list(_filled(named)) if named else []


def _filled(parts: Sequence[str]) -> Iterator[str]:
    line = ""
    for part in parts:
        if line and len(line) + 2 + len(part) > PAGE_WIDTH - LABEL - 1:
            yield line + ","
            line = part
        else:
            line = f"{line}, {part}" if line else part
    yield line


def _care_rows(report: Report) -> list[Row]:
    """What was marked, taken, done, planned and asked."""
    room, end = PAGE_WIDTH - LABEL, report.period.end
    goals = [line for goal in report.plan.goals for line in _goal_lines(goal, room)]
    changes = [f"{show_day(c.day, end)}  {term(c.text)}" for c in report.plan_changes]
    forms = [line for form in report.forms for line in form_lines(form, end, room)]
    caution = wrapped(overlap_note(report.forms), room)
    return [
        *_labelled("FLARES", wrapped(flare_line(report.flares, end), room)),
        *_labelled("MEDICINE", list(medicine_lines(report.medicines, room))),
        *_labelled("TREATED", list(treatment_lines(report.treatments, room))),
        *_labelled("PLAN", [line for change in changes for line in wrapped(change, room)]),
        *_labelled("GOALS", goals),
        *_labelled("FORMS", forms + caution),
    ]


def _goal_lines(goal: GoalKept, room: int) -> list[str]:
    said = goal.done + goal.partly + goal.missed
    others = ", ".join(f"{count} {name}" for count, name in ((goal.partly, "partly"), (goal.missed, "not")) if count)
    split = f" ({others})" if others else ""
    return wrapped(f"{term(goal.item.name)}: done {goal.done} of {said}{split}", room) if said else []


def _notes(notes: Sequence[Note], period: Period) -> Iterator[str]:
    shown = notes[:MOST_NOTES]
    heads = [show_day(n.days[0], period.end) if len(n.days) == 1 else _days(len(n.days)) for n in shown]
    column = max(map(len, heads), default=0) + 2
    for head, note in zip(heads, shown, strict=True):
        yield head.ljust(column) + fit(term(note.text), PAGE_WIDTH - LABEL - column)
    if (more := len(notes) - MOST_NOTES) > 0:
        yield f"and {more} more (painlog list --from {period.start} --to {period.end})"


def _unit(variable: Variable, count: int) -> str:
    return ("night" if variable.kind == "sleep" else "day") + ("" if count == 1 else "s")


def _short(variable: Variable, value: float) -> str:
    if variable.is_time:
        return f"{int(value + 0.5) // 60}:{int(value + 0.5) % 60:02d}"
    return _trimmed(value)


def _digit(variable: Variable, value: float) -> str:
    return str(int((value / 60 if variable.is_time else value) + 0.5))


def _trimmed(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _days(count: int) -> str:
    return f"{count:,} day{'' if count == 1 else 's'}"
