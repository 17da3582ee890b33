"""How the night was, declared; apart from how it is, since its fields are its own. Pure."""

from painlog.domain.kinds import sleep_formulas
from painlog.domain.kinds.fields import Choice, Flag, Minutes, Number
from painlog.domain.kinds.kind import NOTE, Daily, Kind
from painlog.domain.kinds.nights import Clock, Night

SLEEP = Kind(
    name="sleep",
    help="Record a night (5h30, or 23:20-06:50) or a nap.",
    example="23:20-06:50 --sol 45m --waso 1h --quality 2",
    heads=("sleep", "slept", "nap"),
    openings={
        **{phrase: {} for phrase in ("night", "nights")},
        **{
            phrase: {"type": "nap"}
            for phrase in ("napped", "naps", "took a nap", "had a nap", "took nap", "power nap", "dozed")
        },
    },
    variant="type",
    value="tst",
    days=(
        Daily("sleep", "sleep", "sleep_tst_min", ("night",), "night"),
        Daily("nap", "nap", "nap_min", ("nap",), "sum"),
    ),
    formula=sleep_formulas.derive,
    fields=(
        Night(name="night", label="sleep", high=24 * 60, bare_unit="h", help="How long, or from when to when."),
        Choice(
            name="type",
            options=("night", "nap"),
            option_help=("The main sleep (as without any).", "A nap; kept apart from the night."),
            bare=True,
        ),
        Minutes(name="tst", label="total sleep time", help="Total sleep time.", better="high", alike=30, derived=True),
        Number(
            name="efficiency",
            alike=5,
            label="sleep efficiency",
            high=100,
            unit="%",
            variable="sleep_efficiency",
            column="sleep_se_pct",
            better="high",
            combine="night",
            derived=True,
        ),
        Minutes(
            name="sol",
            label="to fall asleep",
            help="Time to fall asleep (clinics call it SOL).",
            variable="sol",
            column="sleep_sol_min",
            better="low",
            combine="night",
        ),
        Minutes(
            name="waso",
            label="awake at night",
            aliases=("awake",),
            help="Time awake in the night (clinics call it WASO).",
            variable="waso",
            column="sleep_waso_min",
            better="low",
            combine="night",
        ),
        Number(
            name="woke",
            label="times awake",
            aliases=("woke up", "wake ups", "woken"),
            help="How often you woke.",
            high=50,
            whole=True,
            counts=("times", "time", "x"),
            variable="awakenings",
            column="sleep_awakenings",
            better="low",
            combine="night",
        ),
        Minutes(
            name="tasafa",
            label="awake at the end",
            help="Time trying to sleep on after the last waking (clinics call it TASAFA).",
            variable="tasafa",
            column="sleep_tasafa_min",
            better="low",
            combine="night",
        ),
        Clock(name="bed", label="into bed", help="When you went to bed, if before trying to sleep."),
        Clock(name="up", label="out of bed", help="When you got up, if after waking."),
        Number(
            name="quality",
            alike=0.4,
            label="sleep quality",
            help="How well you slept. 1 very poor, 5 very good.",
            low=1,
            high=5,
            low_label="Very poor",
            high_label="Very good",
            better="high",
            variable="sleep_quality",
            combine="night",
        ),
        Flag(name="woken_by_pain", help="Pain woke you."),
        NOTE,
        Minutes(name="time_in_bed", help="Time in bed.", derived=True),
        Number(name="efficiency_in_bed", label="sleep efficiency over time in bed", high=100, unit="%", derived=True),
    ),
)
DECLARED = (SLEEP,)
