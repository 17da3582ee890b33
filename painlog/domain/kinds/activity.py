"""How the days go: function, flares, ups and downs, what a person planned for them when calm, trials by lot. Pure.

The whole lot of a trial is drawn at its start and is part of the entry, so it travels and is undone with it. It is
written as one number that nobody reads a day from at a glance: who knew the days ahead could choose them.
"""

from collections.abc import Mapping
from typing import Any

from painlog.domain.kinds.declaration import clean_text, match_whole
from painlog.domain.kinds.fields import (
    WORD_LIMIT,
    Choice,
    Field,
    Flag,
    Minutes,
    Name,
    Number,
    Text,
    Value,
    Words,
    YesNo,
)
from painlog.domain.kinds.kind import NOTE, TRIGGER, Daily, Kind
from painlog.domain.language.dates import Moment
from painlog.errors import BadInput

FLARE_DEFINITION = (
    "a flare (flare-up) is a worsening of your condition that lasts from hours to weeks, is difficult to tolerate and "
    "generally affects your usual activities or emotions (Costa 2019). You mark it; painlog never does."
)
ACTIVITY = Kind(
    name="activity",
    help="Record how active you were, and work affected by pain.",
    example="45m --steps 5200 --work-affected no --did walk",
    heads=("activity", "active"),
    value="minutes",
    days=(Daily("activity", "active", "activity_min", combine="sum"),),
    fields=(
        Minutes(name="minutes", label="active", help="How long you were active.", high=24 * 60, better="high"),
        Number(
            name="steps",
            help="Steps; the day's highest count stands for it.",
            high=200_000,
            whole=True,
            alike=500,
            better="high",
            variable="steps",
            combine="max",
        ),
        YesNo(
            name="work_affected",
            help="Whether pain got in the way of work or school.",
            aliases=("work", "school"),
            variable="work_affected",
            better="low",
        ),
        Minutes(
            name="lying_down",
            help="Time lying down by day.",
            aliases=("lay down", "lying"),
            variable="lying_down",
            column="lying_down_min",
            better="low",
            high=24 * 60,
            combine="sum",
        ),
        Words(
            name="did",
            help="What you did: walk, garden, shopping …",
            words=(
                "walk",
                "stretching",
                "exercises",
                "housework",
                "shopping",
                "garden",
                "cooking",
                "work",
                "friends",
                "reading",
                "swimming",
            ),
        ),
        NOTE,
    ),
)
FLARE = Kind(
    name="flare",
    help="Mark the start or the end of a flare; you decide what is one.",
    example="start",
    heads=("flare",),
    openings={phrase: {} for phrase in ("flare up", "flareup", "flare ups")},
    variant="event",
    fields=(
        Choice(
            name="event",
            label="flare",
            options=("start", "end"),
            option_help=("It begins.", "It is over."),
            synonyms={
                "start": (
                    "start",
                    "started",
                    "starts",
                    "starting",
                    "began",
                    "begins",
                    "has started",
                    "has begun",
                    "just started",
                ),
                "end": ("end", "over", "ended", "ends", "finished", "is over", "has ended", "gone", "done", "all over"),
            },
            help="start: it begins; end: it is over.",
        ),
        TRIGGER,
        NOTE,
    ),
)
WENT_WELL = Kind(
    name="went-well",
    help="Write down what went well.",
    example="Walked to the shop and back",
    heads=("went-well", "went well"),
    fields=(Text(name="note", label="went well", help="A line, or - to read it from standard input."),),
)
SETBACK = Kind(
    name="setback",
    help="Write down a setback.",
    example="Had to cancel the evening",
    heads=("setback",),
    fields=(Text(name="note", label="setback", help="A line, or - to read it from standard input."),),
)
DIARY_NOTE = Kind(
    name="note",
    help="Write a line about the day.",
    example='"Long drive, back was bad in the evening"',
    heads=("note",),
    fields=(NOTE,),
)
FOR_FLARES, SIGNS, MATTERS = "flare", "signs", "matters"
SHEETS = {FOR_FLARES: "flare plan", SIGNS: "warning signs", MATTERS: "what matters"}
MOST_LINES = 20


class Lines(Words):
    """Lines in the person's own words, as they were written and in their order."""

    def parse(self, text: str, moment: Moment) -> Value:
        return self.check([text])

    def check(self, value: Value) -> Value:
        if (
            not isinstance(value, list)
            or not value
            or not all(isinstance(line, str) and line.strip() for line in value)
        ):
            raise BadInput(f"{self.title} is a line or several in your own words; write each in quotes")
        lines = list(dict.fromkeys(" ".join(clean_text(line).split()) for line in value))
        if len(lines) > MOST_LINES or any(len(line) > WORD_LIMIT for line in lines):
            raise BadInput(f"{self.title} has at most {MOST_LINES} lines of at most {WORD_LIMIT} characters")
        return lines

    def accepts(self, phrase: str) -> bool:
        return False

    def show(self, value: Value) -> str:
        return "; ".join(value)


def _sheet_line(data: Mapping[str, Any]) -> str:
    """``flare plan: heat; half the walk``."""
    lines = OWN_PLAN.by_name["own_lines"].show(data.get("own_lines", ["(no words)"]))
    return f"{SHEETS.get(data.get('sheet', ''), 'own plan')}: {lines}"


OWN_PLAN = Kind(
    name="own-plan",
    help="What you wrote down when calm: for a flare, its signs, what matters.",
    by_hand="plan",
    example='flare "heat" "half the walk"',
    variant="sheet",
    lasting=True,
    fields=(
        Choice(
            name="sheet",
            options=tuple(SHEETS),
            option_help=("What to do in a flare.", "What tells that one may come.", "What matters to you."),
        ),
        Lines(name="own_lines", label="plan", help="A line each, in your own words."),
    ),
    line=_sheet_line,
)
MATTERED = Kind(
    name="mattered",
    help="Something that matters to you, on a day that had it.",
    by_hand="treatment",
    example="time with the children",
    fields=(
        Name(name="name", label="what matters", help="What it was, as in painlog plan matters."),
        Minutes(name="minutes", help="How long.", high=24 * 60, bare=True),
        NOTE,
    ),
)
PAUSE = Kind(
    name="pause",
    help="No questions for a while, on purpose.",
    example="2w holiday",
    value="lasts",
    lasting=True,
    fields=(
        Number(name="lasts", label="pause", help="For how many days.", low=1, high=366, whole=True, unit="days"),
        NOTE,
    ),
)
TRIAL_START, TRIAL_PAUSE, TRIAL_RESUME, TRIAL_STOP = "start", "pause", "resume", "stop"
WAS_DONE, WAS_NOT = "done", "not"
FEWEST_PAIRS, MOST_PAIRS = 6, 84
FEWEST_DAYS, MOST_DAYS, USUAL_DAYS = 2 * FEWEST_PAIRS, 2 * MOST_PAIRS, 56


class Lot(Field):
    """A lot for pairs of days, written as a hexadecimal number.

    Its bit k, counted from the lowest, says of pair k whether the first day is the one with; the other is without.
    """

    @property
    def metavar(self) -> str:
        return "LOT"

    def parse(self, text: str, moment: Moment) -> Value:
        return self.check(text.strip().lower())

    def check(self, value: Value) -> Value:
        if not isinstance(value, str) or not match_whole(rf"[0-9a-f]{{1,{MOST_PAIRS // 4}}}", value):
            raise BadInput(f"{self.title} is a number as painlog draws it, not {value!r}")
        return value

    def show(self, value: Value) -> str:
        return "drawn"


class _Length(Number):
    """A trial's length."""

    @property
    def metavar(self) -> str:
        return f"{self.low}-{self.high}"


def _trial_line(data: Mapping[str, Any]) -> str:
    """``trial start: evening walk, on pain, 56 days``; never the lot."""
    fields = TRIAL.by_name
    parts = [str(data["name"])] if "name" in data else ["(no words)"]
    parts += [f"on {data['outcome']}"] if "outcome" in data else []
    parts += [fields["lasts"].show(data["lasts"])] if "lasts" in data else []
    return f"trial {data.get('step', TRIAL_START)}: {', '.join(parts)}"


TRIAL = Kind(
    name="trial",
    help="A trial by lot: days with something and days without.",
    example='start "evening walk" --on pain --days 56',
    variant="step",
    lasting=True,
    fields=(
        Name(name="name", help="What is done on one day of each pair."),
        Choice(
            name="step",
            options=(TRIAL_START, TRIAL_PAUSE, TRIAL_RESUME, TRIAL_STOP),
            option_help=("It starts (as without any).", "It rests.", "It goes on.", "It ends before its time."),
        ),
        Name(name="outcome", help="What is compared, such as pain."),
        _Length(name="lasts", label="length", low=FEWEST_DAYS, high=MOST_DAYS, whole=True, unit="days"),
        Lot(name="lot", help="The lot as it was drawn."),
        Flag(name="was_asked", label="asked first", help="What is asked before such a trial was answered."),
    ),
    line=_trial_line,
)
TRIAL_DAY = Kind(
    name="trial-day",
    label="trial day",
    help="Say of a day of your trial whether it was done.",
    by_hand="trial today",
    example="done",
    variant="result",
    fields=(
        Choice(
            name="result",
            label="whether it was done",
            options=(WAS_DONE, WAS_NOT),
            option_help=("It was done.", "It was not done."),
        ),
        Name(name="name", help="What was done or not."),
    ),
    line=lambda data: f"trial day: {data.get('name', '(no words)')} {data.get('result', WAS_DONE)}",
)
DECLARED = (ACTIVITY, FLARE, WENT_WELL, SETBACK, DIARY_NOTE, OWN_PLAN, MATTERED, PAUSE, TRIAL, TRIAL_DAY)
