"""The page of a period as one frozen value, which every rendering shows and nothing is added to. Pure.

It begins with what the person wants to talk about and does again, then says how pain was; a clinician has a minute.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from painlog.analysis.body import Body, Scores
from painlog.analysis.report.care import MatterDays, MedicineUse, PlanReview, TreatmentUse
from painlog.analysis.report.change import Change, Measured, Run
from painlog.analysis.report.forms import FormHistory, SafetyAnswer
from painlog.analysis.report.medicine_days import ClassDays, MedicineDays
from painlog.analysis.report.nights import NightFigure, NightTimes
from painlog.analysis.report.talking_points import TalkingPoint
from painlog.analysis.report.timeline import EventOnDay, Lane
from painlog.analysis.shape import PainShape
from painlog.analysis.summary import days_for_mean
from painlog.domain.entries import Entry
from painlog.domain.flares import Flare
from painlog.domain.observations import EqualEntries, NoteOnDay, TimeOfDay
from painlog.domain.periods import Period
from painlog.domain.trials import ToDecide
from painlog.domain.variables import DayValue, Variable

if TYPE_CHECKING:
    from painlog.analysis.patterns.findings import Patterns

FEW_DAYS = 5  # that a journal has just begun with
Values = Mapping[Variable, Mapping[date, DayValue]]


class ReportInput(NamedTuple):
    """What a report is made of. ``values`` and ``values_before`` hold each variable's days in the two periods.

    ``own_averages`` counts the days whose pain the person averaged. ``highest`` is the highest single pain rating,
    ``regions`` each day's places with their scores. ``first_recorded`` says for each day with an entry on which day
    it was first written about, None where that is not known. What is ``noted`` comes in the order of days and is
    gone through once. Doses, sessions and goal checks are those of the period; plan changes and forms go back to
    the first one, flare events are all. ``baseline`` is a stretch of days with its pain, ``set_off`` and ``helped``
    count days by word, ``found`` are the links asked for. ``answered`` are the last visit's questions with their
    answers, ``agreed`` is what was agreed then. ``mattered`` are the entries of what is ``mattering`` to the
    person, ``paused`` the pauses that may reach into the period. Nothing is due after ``today`` yet, the day of
    printing. ``times_of_day`` sum up single pain ratings by the clock.

    ``values_before`` reach back over ``reach_before``: the period before, and half a year for the person's own range.
    ``values_visit`` are those of the two weeks up to the last visit, which was on the day ``visited``; ``visits`` are
    those of the period. ``ranges`` hold the lowest and highest rating of days with several pain ratings.
    ``doses_of_months`` are those of the last months that a count of medicine days takes, if the plan names one.
    ``from_first`` is true where the period was made to begin with the journal's first entry.
    """

    period: Period
    before: Period | None
    values: Values
    values_before: Values
    own_averages: int
    highest: tuple[float, date] | None
    regions: Mapping[date, Scores]
    first_recorded: Mapping[date, date | None]
    noted: Iterable[NoteOnDay]
    doses: Sequence[EqualEntries] = ()
    sessions: Sequence[EqualEntries] = ()
    goal_checks: Sequence[EqualEntries] = ()
    flare_events: Sequence[Entry] = ()
    plan_changes: Sequence[Entry] = ()
    forms: Sequence[Entry] = ()
    recipient: str = ""
    questions: Sequence[str] = ()
    goal_checks_before: Sequence[EqualEntries] = ()
    baseline: tuple[Period, Mapping[date, DayValue]] | None = None
    set_off: Mapping[str, int] = MappingProxyType({})
    helped: Mapping[str, int] = MappingProxyType({})
    found: "Patterns | None" = None
    answered: Sequence[tuple[str, str]] = ()
    agreed: Sequence[str] = ()
    mattering: Sequence[str] = ()
    mattered: Sequence[EqualEntries] = ()
    paused: Sequence[Entry] = ()
    trials: Sequence[Entry] = ()
    begins_with_life: bool = False
    today: date = date.max
    repeated: int = 0
    times_of_day: Sequence[TimeOfDay] = ()
    values_visit: Values = MappingProxyType({})
    visited: date | None = None
    visits: Sequence[Entry] = ()
    doses_before: Sequence[EqualEntries] = ()
    doses_of_months: Sequence[EqualEntries] = ()
    ranges: Mapping[date, tuple[float, float]] = MappingProxyType({})
    nights: Sequence[NightTimes] = ()
    name: str = ""
    born: date | None = None
    from_first: bool = False


class RecordKeeping(NamedTuple):
    """On how many of the period's days something was logged, and how soon; ``paused`` had no entry on purpose.

    ``repeated`` are entries whose values were taken over from the last day recorded. Of days that are ``imported``
    nothing says how soon.
    """

    days: int
    of: int
    same_day: int
    next_day: int
    later: int
    paused: int = 0
    repeated: int = 0
    imported: int = 0


class Baseline(NamedTuple):
    """Pain's change from a stretch of days further back."""

    period: Period
    change: Change


class Highest(NamedTuple):
    """The highest single rating and its (latest) day."""

    score: float
    day: date


class Note(NamedTuple):
    """What the person wrote, and on which days; the same words on several days are one note.

    It is ``marked`` where it begins with an exclamation mark. ``about`` names the kind of entry that it was written
    with, empty where it is an entry of its own.
    """

    text: str
    days: tuple[date, ...]
    marked: bool = False
    about: str = ""


class Answered(NamedTuple):
    """A question of the last visit and its answer, in the person's words."""

    question: str
    answer: str


class PlanChange(NamedTuple):
    """A change of the plan within the period, in the words of its entry."""

    day: date
    text: str


class Page(NamedTuple):
    """A period at a glance.

    ``measured`` holds every variable with a value in the period, in the registry's order. ``severe_days`` are those
    with pain at ``SEVERE`` or more. ``parts`` are the weeks, months or years of a longer period. ``regions`` counts
    days, the most first; ``knee_both`` stands for days on which both sides were named, ``knee`` for those on which none
    was said; ``body`` has their scores too, and is None where no place was named. ``points`` are worth talking about,
    the most serious first. ``runs`` are weeks of the period that differ from the rest. ``ranges`` are the lowest and
    highest rating of a day with several. Everything is as recorded by the person.
    """

    period: Period
    before: Period | None
    recipient: str
    questions: tuple[str, ...]
    parts: tuple[Period, ...]
    kept: RecordKeeping
    measured: Mapping[str, Measured]
    baseline: Baseline | None
    severe_days: int
    own_averages: int
    highest: Highest | None
    regions: Mapping[str, int]
    body: Body | None
    flares: tuple[Flare, ...]
    medicines: tuple[MedicineUse, ...]
    treatments: tuple[TreatmentUse, ...]
    plan: PlanReview
    plan_before: PlanReview | None
    plan_changes: tuple[PlanChange, ...]
    forms: tuple[FormHistory, ...]
    set_off: Mapping[str, int]
    helped: Mapping[str, int]
    went_well: tuple[Note, ...]
    setbacks: tuple[Note, ...]
    notes: tuple[Note, ...]
    found: "Patterns | None"
    points: tuple[TalkingPoint, ...]
    safety: SafetyAnswer | None
    runs: tuple[Run, ...]
    medicine_days: tuple[MedicineDays, ...]
    class_days: tuple[ClassDays, ...]
    visited: date | None
    printed: date
    name: str
    born: date | None
    lanes: tuple[Lane, ...]
    events: tuple[EventOnDay, ...]
    nights: tuple[NightTimes, ...]
    night_times: tuple[NightFigure, ...]
    ranges: Mapping[date, tuple[float, float]]
    answered: tuple[Answered, ...] = ()
    agreed: tuple[str, ...] = ()
    matters: tuple[MatterDays, ...] = ()
    begins_with_life: bool = False
    shape: PainShape | None = None
    to_decide: ToDecide | None = None
    from_first: bool = False

    @property
    def days_for_mean(self) -> int:
        """How many days a mean takes: half of the period, of a journal that has just begun those of half a week."""
        return days_for_mean(self.period, from_first=self.from_first)

    @property
    def has_just_begun(self) -> bool:
        """Whether these are the first few days of a journal."""
        return self.from_first and self.kept.days <= FEW_DAYS
