"""What painlog found, or why it cannot say: the values that screens, pages and JSON share, and their words. Pure.

All results on one screen are one family: ``judge`` gives each its Benjamini-Hochberg q and its word. A *clear* needs
q <= 0.003, since people look every week: what was said at 0.01 was seen by one in ten of those without any link within
a year (``tests/RESULTS.md``).
"""

from collections.abc import Iterator
from datetime import date
from math import ceil, floor, log10
from typing import Literal, NamedTuple, TypeVar

from painlog.analysis.patterns.inference import benjamini_hochberg
from painlog.domain.periods import DAYS_IN_WEEK, Period
from painlog.domain.variables import Variable

CLEAR, POSSIBLE = 0.003, 0.05
EVER_CLEAR = 5  # of 100 people without any link, who look every week for a year at eight results; measured
EASILY = 0.2  # p beside a straight trend, from which a step cannot be told apart from a drift
SMALL = 0.2  # an interval inside so many steps of y either way: no link, or a small one
SAME_DAY_NEEDS, NEXT_DAY_NEEDS, TREATMENT_NEEDS, WEEKS_NEEDED = 14, 28, 8, 4
SWITCHES_NEEDED = 4
MOSTLY = 0.8  # of the days logged, from which the others are too few to matter
WINDOW = 180  # days that are looked at where no period is named
_LONG_SPREAD = 45  # minutes, from which a time is spoken of in hours
LARGEST = 1e12  # a number beyond it is a slip of a program
MOST_WEEKS = 8  # on each side of a change
WEEK_ROWS = 3  # rated days that make a weekly mean
VARIED_DAYS = 5  # fewer that differ from the commonest value: hardly changed
WEEKDAY_SHARE = 0.75  # of a treatment's use that the day of the week explains
Relation = Literal["same day", "next day", "night", "next night"]
FLOORS: dict[Relation, float] = {"same day": 0.10, "next day": 0.15, "night": 0.10, "next night": 0.15}
TREATMENT_FLOOR, TURN_FLOOR = 0.3, 0.5
Verdict = Literal[
    "clear",
    "possible",
    "too small",
    "small or none",
    "no clear pattern",
    "too few",
    "hardly changed",
    "undetermined",
    "weekdays",
    "worse days",
    "foretold",
    "drift",
]
Way = Literal["higher", "lower"]
NAMED: tuple[Verdict, ...] = ("clear", "possible")


class Estimate(NamedTuple):
    """A difference of y, in its own unit (minutes for times), with its 95 % interval.

    ``p`` is for no difference at all, ``q`` the lowest false-discovery rate of its screen at which it counts (None for
    what is only pictured), ``df`` the degrees of freedom, ``phi`` the carry-over (-0.4 to 0.98), ``partial_r`` the
    partial correlation.
    """

    value: float
    low: float
    high: float
    p: float
    q: float | None
    df: int
    phi: float
    partial_r: float

    @property
    def nearest_zero(self) -> float:
        """The end of the interval nearest zero; zero where the interval holds it."""
        return 0.0 if self.low <= 0 <= self.high else min(self.low, self.high, key=abs)


class Basis(NamedTuple):
    """What a result rests on: ``used`` days (pairs of days, weeks) of ``of`` in the period, the others missing.

    At least ``needed`` of them have to be there.

    ``more_days`` is about how many more calendar days it takes at the person's pace; None where it is enough, or where
    pace or period do not let it come.
    """

    used: int
    of: int
    needed: int
    more_days: int | None = None


class Link(NamedTuple):
    """How y differs with x.

    The estimate is of y for ``per`` more of x (both in their own units): on the same day; on the day after, beyond what
    y itself would suggest; after the night; or in the night after. ``unit`` is one step of y, such as a point. ``flat``
    is the one of the two that hardly changed. ``is_borne_out`` says whether a direction stands where ratings may be
    rough, None where that was not asked; where it does not stand, the interval is wide enough for both answers.
    ``is_selective`` says that less than ``MOSTLY`` of the days were logged, and which ones goes with x or y.
    """

    question: Relation
    x: Variable
    y: Variable
    per: float
    unit: float
    basis: Basis
    estimate: Estimate | None
    verdict: Verdict
    flat: Variable | None = None
    is_borne_out: bool | None = None
    is_selective: bool = False

    @property
    def floor(self) -> float:
        """The smallest difference worth naming, in y's own unit."""
        return self.unit * (TREATMENT_FLOOR if self.x.is_answer else FLOORS[self.question])


class Comparison(NamedTuple):
    """The outcome on days with a treatment or medicine and on days without.

    ``as_needed`` ones are compared on the day after only; ``assumed`` where nothing says how a ``medicine`` is taken.
    Of the others ``rated_before`` says that the ratings after each day's use are compared beside the one before it,
    else ``foretold`` after which days it was mostly used: those with a higher or a lower outcome, None where neither
    shows. The means are plain ones over ``days_with`` and ``days_without``, of which the fewer say whether there are
    enough; the estimate allows for carry-over, trend and weekday. ``switches`` counts how often use began or stopped;
    ``weekday_share`` (0-1) is how much of its use the day of the week explains.
    """

    name: str
    as_needed: bool
    outcome: Variable
    unit: float
    days_with: int
    days_without: int
    mean_with: float | None
    mean_without: float | None
    switches: int
    weekday_share: float
    basis: Basis
    estimate: Estimate | None
    verdict: Verdict
    medicine: bool = False
    assumed: bool = False
    rated_before: bool = False
    foretold: Way | None = None

    @property
    def floor(self) -> float:
        """The smallest difference worth naming, in the outcome's own unit."""
        return self.unit * TREATMENT_FLOOR

    @property
    def is_held_back(self) -> bool:
        """Whether it would be called clear, if what is used by feel could ever be so without a rating before."""
        q = self.estimate.q if self.estimate else None
        return self.verdict == "possible" and q is not None and q <= CLEAR


class PlanStep(NamedTuple):
    """A thing of the plan that changed on a day, and the change in words."""

    day: date
    name: str
    label: str

    @property
    def key(self) -> str:
        """What tells the thing from others."""
        return self.name.casefold()


class Turn(NamedTuple):
    """The outcome in the weeks before and after a day on which something changed.

    ``changes`` are what changed that day and ``others`` what else did in the weeks compared. The
    means are of weekly means, the day itself is the first one after. ``p_beside_trend`` is the difference's p-value
    beside a straight trend, None where it loses its sign or half its size there. ``word`` names the estimate as the
    page names a change, by the person's ``spread`` of weekly means before, ``cautious_word`` the end of the interval
    nearest zero; both are empty where nothing is named.
    """

    day: date
    changes: tuple[str, ...]
    others: tuple[PlanStep, ...]
    outcome: Variable
    unit: float
    weeks_before: int
    weeks_after: int
    mean_before: float | None
    mean_after: float | None
    p_beside_trend: float | None
    spread: float | None
    basis: Basis
    estimate: Estimate | None
    verdict: Verdict
    word: str = ""
    cautious_word: str = ""

    @property
    def floor(self) -> float:
        """The smallest difference worth naming, in the outcome's own unit."""
        return self.unit * TURN_FLOOR


class Lag(NamedTuple):
    """One step of a lag profile: y so many days after x (before it, if negative), per step of the earlier one."""

    days: int
    used: int
    estimate: Estimate | None


class Profile(NamedTuple):
    """How x and y go together from three days before to three days after.

    The estimates are in steps per step; ``step_x`` and ``step_y`` say what a step is, in their own units.
    """

    x: Variable
    y: Variable
    step_x: float
    step_y: float
    lags: tuple[Lag, ...]


class Coverage(NamedTuple):
    """On how many days of the period a variable was logged; ``left_out`` are days whose value was no finite number."""

    variable: Variable
    days: int
    of: int
    left_out: int


class Patterns(NamedTuple):
    """Everything found in a period. ``days`` are those with any entry."""

    period: Period
    days: int
    coverage: tuple[Coverage, ...]
    links: tuple[Link, ...]
    profiles: tuple[Profile, ...]
    comparisons: tuple[Comparison, ...]
    turns: tuple[Turn, ...]

    @property
    def results(self) -> "tuple[Link | Comparison | Turn, ...]":
        """The whole family."""
        return (*self.links, *self.comparisons, *self.turns)


def judge(found: Patterns) -> Patterns:
    """Give each estimate its q over the whole family, and each result its word."""
    ps = [each.estimate.p for each in found.results if each.estimate]
    qs = iter(benjamini_hochberg(ps))
    return found._replace(
        links=tuple(_by_logging(_word(link, qs)) for link in found.links),
        comparisons=tuple(_by_choice(_not_for_being_taken(_word(each, qs))) for each in found.comparisons),
        turns=tuple(_name_size(_word(turn, qs)) for turn in found.turns),
    )


def is_direction(link: Link) -> bool:
    """Whether a link says that one day comes before the next, and its interval holds no zero."""
    return link.question in ("next day", "next night") and link.estimate is not None and link.estimate.p < POSSIBLE


def step(variable: Variable, spread: float) -> float:
    """Return the difference of a variable that its sentences speak of, in its own unit.

    One point of a rating or a score, 10 of a percentage, an hour of a long time and 10 minutes of a short one, yes
    against no; of an open scale a round number near half the ``spread`` (standard deviation) of the person's values.
    """
    if variable.is_time:
        return 60 if variable.in_hours or spread >= _LONG_SPREAD else 10
    if variable.span:
        return 10 if variable.field.unit == "%" else 1
    return _round_number(spread / 2)


def more_days(used: int, needed: int, span: int, window: int) -> int | None:
    """Return how many calendar days it takes to have ``needed`` at the pace of ``used`` in ``span`` days.

    None where it is enough, where there is no pace, or where ``window`` days never hold as many.
    """
    if used >= needed or used == 0 or needed * span > window * used:
        return None
    return ceil((needed - used) * span / used)


Result = TypeVar("Result", Link, Comparison, Turn)


def _word(result: Result, qs: Iterator[float]) -> Result:
    if result.estimate is None:
        return result
    estimate, q = result.estimate, next(qs)
    verdict = _verdict(estimate, q, result.floor, SMALL * result.unit)
    return result._replace(estimate=estimate._replace(q=q), verdict=verdict)


def _verdict(estimate: Estimate, q: float, floor: float, small: float) -> Verdict:
    if q <= POSSIBLE:
        if abs(estimate.value) < floor:
            return "too small"
        return "clear" if q <= CLEAR else "possible"
    return "small or none" if -small < estimate.low and estimate.high < small else "no clear pattern"


def _by_logging(found: Link) -> Link:
    """Call nothing clear where the days that were logged were chosen by what is compared."""
    return found._replace(verdict="possible") if found.is_selective and found.verdict == "clear" else found


def _not_for_being_taken(found: Comparison) -> Comparison:
    """Call "worse days" what is worse after something taken as needed.

    Ratings are rough, so the days on which it is taken were worse than they say, and so is what follows them: only a
    difference for the better stands against that.
    """
    if not (found.as_needed and found.estimate and found.verdict in NAMED and found.outcome.better):
        return found
    is_better = found.outcome.better == ("high" if found.estimate.value > 0 else "low")
    return found if is_better else found._replace(verdict="worse days")


def _by_choice(found: Comparison) -> Comparison:
    """Allow for days being chosen: without a rating before the use nothing is clear.

    Where earlier days foretell the use, the days with it began higher or lower, and a difference that way, or none, is
    what would be seen of a thing that does nothing, or of one that does the opposite.
    """
    if found.estimate is None or found.rated_before:
        return found
    against = found.estimate.value > 0 if found.foretold == "lower" else found.estimate.value < 0
    if found.foretold and not (found.verdict in NAMED and against):
        return found._replace(verdict="foretold")
    return found._replace(verdict="possible") if found.verdict == "clear" else found


def _name_size(turn: Turn) -> Turn:
    """Say "drift" where a straight trend takes half the difference, and name a change by the page's words."""
    if turn.estimate is None or turn.mean_before is None or turn.mean_after is None:
        return turn
    plain = turn.mean_after - turn.mean_before
    beside = 1.0 if turn.p_beside_trend is None else turn.p_beside_trend
    stands_out = turn.verdict in (*NAMED, "too small") or not turn.estimate.low <= plain <= turn.estimate.high
    if stands_out and beside >= EASILY:
        return turn._replace(verdict="drift")
    if turn.verdict not in NAMED:
        return turn
    from painlog.analysis.report.change import name_change  # a calendar, which draws the same, does not wait for it

    days = DAYS_IN_WEEK * min(turn.weeks_before, turn.weeks_after)
    word, cautious = (
        name_change(turn.outcome, turn.mean_before, end, days, turn.spread)[0]
        for end in (turn.estimate.value, turn.estimate.nearest_zero)
    )
    verdict: Verdict = turn.verdict if beside <= POSSIBLE else "possible"
    return turn._replace(verdict=verdict, word=word, cautious_word=cautious)


def _round_number(value: float) -> float:
    """The nearest of 1, 2 and 5 times a power of ten; 1 for no spread."""
    if value <= 0:
        return 1.0
    power = 10.0 ** floor(log10(value))
    return min((1, 2, 5, 10), key=lambda n: abs(log10(n * power / value))) * power
