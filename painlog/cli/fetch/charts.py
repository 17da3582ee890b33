"""The days that a chart draws, and what stands around them."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from painlog.analysis.chart import Around
from painlog.analysis.report.timeline import list_events, list_lanes
from painlog.cli.periods import PeriodOptions, begin_with_first_entry, read_period
from painlog.cli.session import Session
from painlog.domain.flares import flares
from painlog.domain.kinds.activity import FLARE
from painlog.domain.kinds.care import DOSE, PLAN, TREATMENT
from painlog.domain.kinds.visits import VISIT
from painlog.domain.periods import Period
from painlog.domain.variables import DayValue, Variable, find_variable
from painlog.storage.journal import Journal
from painlog.view.screens.charts import scales

_RANGED = "pain"


class ChartDays(NamedTuple):
    """The day values of each variable, with the days before the period that a rolling mean takes in.

    The period may begin later than the one ``asked`` for, with the journal's first entry.
    """

    asked: Period
    period: Period
    values: Mapping[Variable, Mapping[date, DayValue]]
    around: Around


def fetch_chart(
    session: Session, names: Sequence[str], options: PeriodOptions, rolling: int = 0, *, panels: bool, any_scale: bool
) -> ChartDays:
    """Fetch the days of variables; the last 28, unless a period is named.

    Raises BadInput for an unknown name, and where scales do not go into one frame unless ``any_scale``.
    """
    with session.reading() as journal:
        variables = find_variables(journal, names)
        scales(variables, panels=any_scale)
        asked = read_period(session, journal, options, usual="28d", lived=True)
        period, from_first = begin_with_first_entry(journal, asked, options)
        reach = Period(period.start - timedelta(days=rolling), period.end) if rolling else period
        values = {variable: journal.days.values(variable, reach) for variable in variables}
        around = _around(journal, variables if panels or len(variables) == 1 else [], period)
        return ChartDays(asked, period, values, around._replace(from_first=from_first))


def find_variables(journal: Journal, names: Sequence[str]) -> list[Variable]:
    """Return the variables of these names, each once. Raises BadInput."""
    known = journal.kinds.variables()
    return list(dict.fromkeys(find_variable(name, known) for name in names))


def _around(journal: Journal, ranged: Sequence[Variable], period: Period) -> Around:
    """Flares, lanes and events as the page has them, and the days' ranges of pain if it is among the ``ranged``."""
    ranges = {one: journal.days.ranges(one.kind, period) for one in ranged if one.name == _RANGED}
    marked = [flare for flare in flares(journal.entries(kinds=[FLARE.name])) if flare.days(period)]
    changes = journal.entries(kinds=[PLAN.name], until=period.end)
    doses, sessions = (journal.reader.alike(kind.name, period) for kind in (DOSE, TREATMENT))
    lanes = list_lanes(doses, sessions, changes, period)
    events = list_events(marked, changes, journal.entries(period, kinds=[VISIT.name]), period)
    return Around(marked, lanes, events, ranges)
