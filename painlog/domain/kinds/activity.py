"""How the days go: function, flares, ups and downs, and what a person planned for them when calm; declared. Pure."""

from collections.abc import Mapping
from typing import Any

from painlog.domain.kinds.declaration import clean_text
from painlog.domain.kinds.fields import WORD_LIMIT, Choice, Minutes, Name, Number, Text, Value, Words, YesNo
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
    line=lambda data: str(data.get(NOTE.name)),
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
DECLARED = (ACTIVITY, FLARE, WENT_WELL, SETBACK, DIARY_NOTE, OWN_PLAN, MATTERED, PAUSE)
