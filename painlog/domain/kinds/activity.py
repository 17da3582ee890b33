"""How the days go: function, flares, ups and downs, declared. Pure."""

from painlog.domain.kinds.fields import Choice, Minutes, Number, Text, Words, YesNo
from painlog.domain.kinds.kind import NOTE, TRIGGER, Daily, Kind

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
DECLARED = (ACTIVITY, FLARE, WENT_WELL, SETBACK, DIARY_NOTE)
