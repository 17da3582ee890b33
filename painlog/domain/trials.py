"""Trials by lot: which there are, which of their days are drawn with and which without, and where each stands. Pure.

Days are drawn in pairs, one with and one without. A pause begins with the next pair: the pair under way counts as drawn
to its end, since who rests on the days that they do not like would choose by how the day is. A trial ends when all its
pairs are lived, so a pause moves the end.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from painlog.domain.entries import Draft, Event
from painlog.domain.kinds.activity import TRIAL, TRIAL_PAUSE, TRIAL_RESUME, TRIAL_START, TRIAL_STOP, WAS_DONE
from painlog.domain.language.dates import show_day
from painlog.errors import BadInput

_DAY = timedelta(days=1)
DECIDED_WITHIN = timedelta(days=28)
NONE = 'there is no trial; painlog trial start "evening walk" --on pain --days 56 begins one'


class Step(NamedTuple):
    """A pause, its end, or the end before the time."""

    day: date
    step: str


class Trial(NamedTuple):
    """What is drawn, what is compared by the name of a variable, the first day and the lot for so many pairs."""

    name: str
    outcome: str
    start: date
    pairs: int
    lot: int
    steps: tuple[Step, ...] = ()

    @property
    def days(self) -> int:
        """How many days are drawn in all."""
        return 2 * self.pairs

    @property
    def stopped(self) -> date | None:
        """The day on which it was ended before its time; None where it was not."""
        return next((step.day for step in self.steps if step.step == TRIAL_STOP), None)

    def is_paused(self, day: date) -> bool:
        """Whether no pair begins on a day; a pause takes hold of the day after it was said, its end at once."""
        paused = False
        for step in self.steps:
            if step.day < day or (step.day == day and step.step == TRIAL_RESUME):
                paused = step.step == TRIAL_PAUSE
        return paused

    def draws(self, until: date) -> dict[date, bool]:
        """Return the days up to one, and whether each was drawn with; none after the day on which it was stopped."""
        found: dict[date, bool] = {}
        day, last = self.start, until if self.stopped is None else min(until, self.stopped)
        for pair in range(self.pairs):
            while day <= last and self.is_paused(day):
                day += _DAY
            first = bool(self.lot >> pair & 1)
            for drawn in (first, not first):
                if day > last:
                    return found
                found[day] = drawn
                day += _DAY
        return found

    def end(self, today: date) -> date | None:
        """Return its last day as things stand; None while it is paused, when that cannot be known."""
        lived = self.draws(today)
        if len(lived) == self.days:
            return max(lived)
        reach = max(today, self.start) + (self.days + 1) * _DAY
        ahead = self.draws(reach)
        return max(ahead) if len(ahead) == self.days else None

    def is_over(self, today: date) -> bool:
        """Whether all its days are lived, the present one not counted."""
        return len(self.draws(today - _DAY)) == self.days

    def is_open(self, today: date) -> bool:
        """Whether it is under way or paused: begun, neither over nor stopped."""
        return self.start <= today and self.stopped is None and not self.is_over(today)


class Draw(NamedTuple):
    """What is drawn for a day: the ``number`` of it, of so many, and whether it was done, None where nobody said."""

    name: str
    day: date
    with_it: bool
    number: int
    of: int
    done: bool | None


def find_trials(entries: Iterable[Event]) -> list[Trial]:
    """Return the trials that entries make, in the order they were begun; a step of none of them says nothing."""
    found: list[Trial] = []
    for entry in _in_order(entries):
        data = entry.data
        if data.get("step", TRIAL_START) == TRIAL_START:
            found += _read_start(entry)
            continue
        for place in range(len(found) - 1, -1, -1):
            if found[place].name.casefold() == str(data.get("name", "")).casefold():
                found[place] = found[place]._replace(steps=(*found[place].steps, Step(entry.day, data["step"])))
                break
    return found


def _read_start(entry: Event) -> list[Trial]:
    """The trial that an entry begins; none where another device or a forgotten word left no whole one."""
    try:
        data = TRIAL.check({name: value for name, value in entry.data.items() if name in TRIAL.by_name})
    except BadInput:
        return []
    if not {"name", "outcome", "lasts", "lot"} <= data.keys():
        return []
    return [Trial(data["name"], data["outcome"], entry.day, int(data["lasts"]) // 2, int(data["lot"], 16))]


def open_trial(trials: Sequence[Trial], today: date) -> Trial | None:
    """Return the trial that is under way or paused, the last begun one of several; None where there is none."""
    return next((trial for trial in reversed(trials) if trial.is_open(today)), None)


def last_trial(trials: Sequence[Trial], today: date) -> Trial | None:
    """Return the trial under way, else the last one that was not stopped, else the last one; None without any."""
    whole = [trial for trial in trials if trial.stopped is None] or trials
    return open_trial(trials, today) or (whole[-1] if whole else None)


def find_marks(entries: Iterable[Event], trial: Trial) -> dict[date, bool]:
    """Return whether it was done, on the days of which that was said; of two words on one day the later one."""
    named = [
        entry for entry in _in_order(entries) if str(entry.data.get("name", "")).casefold() == trial.name.casefold()
    ]
    return {entry.day: entry.data.get("result") == WAS_DONE for entry in named if entry.day >= trial.start}


def draw_of(trial: Trial, marks: Mapping[date, bool], day: date) -> Draw | None:
    """Return what is drawn for a day; None where it is none of the trial's."""
    draws = trial.draws(day)
    if day not in draws or not trial.is_open(day):
        return None
    return Draw(trial.name, day, draws[day], len(draws), trial.days, marks.get(day))


class ToDecide(NamedTuple):
    """A trial on a page: which day of how many its end is at, and the last day, None while it is paused."""

    name: str
    outcome: str
    start: date
    number: int
    of: int
    end: date | None


def trial_to_decide(entries: Iterable[Event], day: date) -> ToDecide | None:
    """Return the trial that is under way on a day, or was over at most ``DECIDED_WITHIN`` before; None without any."""
    trial = last_trial(find_trials(entry for entry in entries if entry.day <= day), day)
    if trial is None or trial.stopped is not None:
        return None
    end = trial.end(day)
    if end is not None and day - end > DECIDED_WITHIN:
        return None
    return ToDecide(trial.name, trial.outcome, trial.start, len(trial.draws(day)), trial.days, end)


def check_step(draft: Draft, entries: Iterable[Event]) -> Draft:
    """Return a draft of a trial with its name as it was begun, where it goes with what is there. Raises BadInput."""
    day, step = draft.day, draft.data.get("step", TRIAL_START)
    current = open_trial(find_trials(entries), day)
    if step == TRIAL_START:
        if current:
            raise BadInput(
                f"a trial of {current.name} is under way; one at a time tells most, so wait for its end, or end it "
                "now: painlog trial stop"
            )
        return draft
    if current is None:
        raise BadInput(NONE)
    if step in (TRIAL_PAUSE, TRIAL_RESUME) and current.is_paused(day + _DAY) == (step == TRIAL_PAUSE):
        other = TRIAL_RESUME if step == TRIAL_PAUSE else TRIAL_PAUSE
        state = "is paused already" if step == TRIAL_PAUSE else "is not paused"
        raise BadInput(f"the trial of {current.name} {state}; painlog trial {other} is the other way")
    return draft._replace(data=draft.data | {"name": current.name})


def check_mark(draft: Draft, entries: Iterable[Event]) -> Draft:
    """Return what was said of a day with its trial's name. Raises BadInput where the day is none of a trial's."""
    trials = find_trials(entries)
    drawn = [trial for trial in trials if draft.day in trial.draws(draft.day)]
    if not drawn:
        raise BadInput(
            f"{show_day(draft.day)} is no day of a trial; painlog trial says what there is" if trials else NONE
        )
    return draft._replace(data=draft.data | {"name": drawn[-1].name})


def refuse_edit() -> None:
    """Refuse to change a trial, which stays as it was drawn. Raises BadInput."""
    raise BadInput(
        "a trial stays as it was drawn; painlog trial stop ends it, and painlog undo takes back the last step"
    )


def _in_order(entries: Iterable[Event]) -> list[Event]:
    """By day and by when it was written down; what is about to be comes last of its day."""
    of_trials = [entry for entry in entries if not getattr(entry, "deleted", False)]
    return sorted(of_trials, key=lambda entry: (entry.day, entry.id or "~"))
