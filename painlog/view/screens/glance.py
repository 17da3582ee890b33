"""What ``painlog`` alone shows on a terminal: today, the last seven days as rows of digits, and where to go on."""

from collections.abc import Iterator, Sequence

from painlog.analysis.glance import Glance, last_days
from painlog.analysis.summary import Summary
from painlog.domain.entries import Entry
from painlog.domain.flares import CLOSE_IT, Flare
from painlog.domain.kinds.declaration import round_half_up
from painlog.domain.language.dates import show_day
from painlog.view.screens.capture import show_entry
from painlog.view.terminal import MOST_WIDTH, TextLine, bold, fit, wrap_text
from painlog.view.values import ABSENT, BETTER_HIGH, better_end, short

MOST_ENTRIES = 8
_LEVELS = "▁▂▃▄▅▆▇█"
_MOST_SLEEP = 600  # minutes that fill a bar
_WIDE_FROM = 78  # columns from which there is room for bars and means
_LABEL, _CELL = 11, 6
_NARROW_LABEL, _NARROW_CELL = 5, 5
WELCOME = (
    "A private journal of pain, mood and sleep. It stays on this machine, in one file that only you can read.",
    "",
    "  painlog pain 6      the first entry, 0 to 10; it begins your journal",
    "  painlog demo        look around in a made-up journal first",
    "  painlog --help      everything painlog can do",
    "",
)
CRISIS = "Too much today? painlog help-now"


def glance_lines(glance: Glance, due: Sequence[str], width: int, *, plain: bool = False) -> Iterator[TextLine]:
    """Today's entries, the week, an open flare, what is ``due`` (lines that are safe), and how to go on.

    A ``plain`` one has entries and the week in lines of words.
    """
    width = min(width, MOST_WIDTH)
    yield bold(f"Today, {show_day(glance.today, glance.today)}")
    yield from _entries(glance.entries, None if plain else width)
    yield ""
    yield from _week_in_words(glance) if plain else _week(glance, width)
    if glance.flare:
        yield ""
        yield from wrap_text(_flare(glance.flare, glance), width)
    if due:
        yield ""
        for line in due:
            yield from wrap_text(line, width)
    yield ""
    yield from closing_lines(width)


def welcome_lines(width: int) -> Iterator[TextLine]:
    """Where there is no journal yet."""
    yield bold("painlog")
    for line in WELCOME:
        yield from [line] if len(line) <= width and line.startswith(" ") else wrap_text(line, width) or [""]
    yield from wrap_text(CRISIS, width)


def closing_lines(width: int) -> Iterator[str]:
    """How to record, where everything is, and whom to call."""
    yield from wrap_text("Record: painlog log pain 6, mood 4, slept 5h30 - all commands: painlog --help", width)
    yield from wrap_text(CRISIS, width)


def _entries(entries: Sequence[Entry], width: int | None) -> Iterator[str]:
    """The day's last entries, a line each of so many columns; None for whole ones."""
    if not entries:
        yield "  no entry yet"
    if earlier := len(entries[:-MOST_ENTRIES]):
        yield f"  {earlier:,} earlier (painlog today)"
    for entry in entries[-MOST_ENTRIES:]:
        clock, text = f"{entry.at:%H:%M}" if entry.at else "", show_entry(entry)
        if width is None:
            yield f"{clock}: {text}" if clock else text
        else:
            yield f"  {clock or '--:--'}  {fit(text, width - 9)}"


def _week(glance: Glance, width: int) -> Iterator[TextLine]:
    """A row a variable: its label, a value a day, a bar a day, the mean and what it rests on."""
    wide = width >= _WIDE_FROM
    label, cell = (_LABEL, _CELL) if wide else (_NARROW_LABEL, _NARROW_CELL)
    days = "".join(f"{day:%a}".rjust(cell) for day in last_days(glance.today).days())
    yield bold(f"{'7 days' if wide else '':<{label}}{days}" + (f"{'':<12}mean" if wide else ""))
    for figures in glance.week:
        name = figures.variable.title if wide else figures.variable.label
        values = "".join(_value(figures, value).rjust(cell) for value in figures.by_day)
        yield f"{name:<{label}}{values}" + (f"   {_bars(figures)}  {_mean(figures)}" if wide else "")
    if wide and any(figures.variable.better == "high" for figures in glance.week):
        yield BETTER_HIGH


def _week_in_words(glance: Glance) -> Iterator[str]:
    for figures in glance.week:
        name = f"{figures.variable.label}, {better_end(figures.variable)}"
        yield f"{name}, mean of 7 days: {_mean(figures).strip().replace(f'{ABSENT} (', 'too few (')}"
        for day, value in zip(last_days(glance.today).days(), figures.by_day, strict=True):
            if value is not None:
                yield f"{figures.variable.label}, {show_day(day, glance.today)}: {short(figures.variable, value)}"


def _value(figures: Summary, value: float | None) -> str:
    return ABSENT if value is None else short(figures.variable, value)


def _bars(figures: Summary) -> str:
    low, high = figures.variable.span or (0, _MOST_SLEEP)
    return "".join(ABSENT if value is None else _level((value - low) / (high - low)) for value in figures.by_day)


def _level(share: float) -> str:
    """One of eight heights for a share of the scale, 0 to 1; what lies beyond is at an end."""
    return _LEVELS[min(len(_LEVELS) - 1, max(0, int(share * len(_LEVELS))))]


def _mean(figures: Summary) -> str:
    mean = None if figures.average is None else round_half_up(figures.average, 1)
    return f"{_value(figures, mean):>4} ({figures.days} of {figures.of})"


def _flare(flare: Flare, glance: Glance) -> str:
    number = (glance.today - flare.start).days + 1
    return f"Flare since {show_day(flare.start, glance.today)}, day {number:,} ({CLOSE_IT})"
