"""The days that a chart draws, and what stands around them."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from painlog.analysis.chart import Around
from painlog.analysis.patterns.uses import plan_steps
from painlog.cli.periods import PeriodOptions, read_period
from painlog.cli.session import Session
from painlog.domain.flares import flares
from painlog.domain.kinds.activity import FLARE
from painlog.domain.kinds.care import PLAN
from painlog.domain.periods import Period
from painlog.domain.variables import DayValue, Variable, find_variable
from painlog.storage.journal import Journal
from painlog.view.screens.charts import scales

_RANGED = "pain"


class ChartDays(NamedTuple):
    """The day values of each variable, with the days before the period that a rolling mean takes in."""

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
        period = read_period(session, journal, options, usual="28d", lived=True)
        reach = Period(period.start - timedelta(days=rolling), period.end) if rolling else period
        values = {variable: journal.days.values(variable, reach) for variable in variables}
        return ChartDays(period, values, _around(journal, variables if panels or len(variables) == 1 else [], period))


def find_variables(journal: Journal, names: Sequence[str]) -> list[Variable]:
    """Return the variables of these names, each once. Raises BadInput."""
    known = journal.kinds.variables()
    return list(dict.fromkeys(find_variable(name, known) for name in names))


def _around(journal: Journal, ranged: Sequence[Variable], period: Period) -> Around:
    """Flares, changes of the plan, and the days' ranges of pain if it is among the ``ranged``."""
    ranges = {one: journal.days.ranges(one.kind, period) for one in ranged if one.name == _RANGED}
    marked = flares(journal.entries(kinds=[FLARE.name], until=period.end))
    return Around(marked, plan_steps(journal.entries(kinds=[PLAN.name], until=period.end)), ranges)
