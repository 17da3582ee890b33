"""The registry: every kind of entry and its fields, each declared once. Pure.

Capture, the clause grammar, lists, reports, charts, exports, completion and the SQL views read these declarations.
Adding a kind is one more ``Kind`` in ``KINDS`` and a migration that rebuilds the views.

The first field of a kind is its main one, positional on the command line. A kind
with a ``Choice`` named by ``variant`` has several sorts of entries (a rating now, the day's average; a night, a nap).
"""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, Literal, NamedTuple

from painlog.domain import sleep
from painlog.domain.dates import Moment
from painlog.domain.fields import (
    Choice,
    Clock,
    Declared,
    Field,
    Flag,
    Minutes,
    Night,
    Number,
    Text,
    Value,
    Where,
    Words,
)
from painlog.errors import BadInput

Said = Mapping[str, list[str]]
NOTE = Text(name="note", help="A few words, or - to read them from standard input.")


class Daily(NamedTuple):
    """How a kind's main number makes a day's value, under the variable ``name``.

    The entries of the first of ``variants`` that the day has are taken (all, if empty) and combined. ``column`` heads
    it in tables for others, with its unit.
    """

    name: str
    label: str
    column: str = ""
    variants: tuple[str, ...] = ()
    combine: Literal["mean", "last", "sum"] = "mean"


class Kind(Declared):
    """One kind of entry.

    ``heads`` are the words that open a clause of it. ``value`` names the field, main or derived, that fills the
    ``value`` column and ``days`` how days are made of it; ``formula`` computes the derived fields from the others and
    raises BadInput where they contradict. ``example`` is what follows the command's name in its help.
    """

    name: str
    help: str
    fields: tuple[Field, ...]
    example: str
    heads: tuple[str, ...] = ()
    variant: str = ""
    value: str = ""
    days: tuple[Daily, ...] = ()
    formula: Callable[[dict[str, Any]], dict[str, Any]] | None = None

    @property
    def main(self) -> Field:
        """The field that is positional on the command line."""
        return self.fields[0]

    @cached_property
    def by_name(self) -> dict[str, Field]:
        """Every field by name."""
        return {field.name: field for field in self.fields}

    @property
    def typed(self) -> tuple[Field, ...]:
        """Fields that a person gives; the others are derived from them."""
        return tuple(field for field in self.fields if not field.derived)

    def derive(self, data: dict[str, Any]) -> dict[str, Any]:
        """Return the derived fields of typed data. Raises BadInput where its parts contradict each other."""
        return self.formula(data) if self.formula else {}

    def value_of(self, data: Mapping[str, Any]) -> float | None:
        """Return the kind's main number, None where the entry has none."""
        value = data.get(self.value)
        return float(value) if isinstance(value, int | float) else None

    def variant_of(self, data: Mapping[str, Any]) -> str:
        """Return which sort of its kind an entry is; the first option where nothing else was said."""
        chooser = self.by_name.get(self.variant)
        return str(data.get(self.variant, chooser.options[0])) if isinstance(chooser, Choice) else ""

    def read(self, said: Said, moment: Moment) -> dict[str, Value]:
        """Turn typed texts by field into checked data. Raises BadInput, also where nothing but a note was said."""
        data = {}
        for name, texts in said.items():
            field = self.by_name[name]
            data[name] = field.join([field.parse(text, moment) for text in texts])
        return self.check(data)

    def check(self, data: Mapping[str, Value]) -> dict[str, Value]:
        """Look over typed data, in the order of the declaration; unknown fields are refused. Raises BadInput."""
        typed = {field.name: field for field in self.typed}
        if unknown := [name for name in data if name not in typed]:
            raise BadInput(f"{self.name} has no field {unknown[0]!r}")
        checked = {name: field.check(data[name]) for name, field in typed.items() if name in data}
        if not checked.keys() - {self.variant, *({"note"} if self.main.name != "note" else ())}:
            raise BadInput(f"{self.name} needs a value, for example: painlog {self.name} {self.example}")
        self.derive(checked)
        return checked


def rating(name: str, low_label: str, high_label: str, *, better: str = "low", help: str = "", **more: Any) -> Number:
    """A 0-10 rating with its two end labels; ``better`` is the better end."""
    ends = f"0 {low_label.lower()}, 10 {high_label[0].lower() + high_label[1:]}"
    asked = f"{help} {ends}." if help else f"{ends}."
    more.setdefault("series", name)
    return Number(name=name, low_label=low_label, high_label=high_label, better=better, help=asked, **more)  # type: ignore[arg-type]


_PAIN_SCORE = rating("score", "No pain", "Pain as bad as you can imagine", label="pain", series="")
PAIN = Kind(
    name="pain",
    help="Record how much it hurts.",
    example='6 --where "low back left" --quality burning',
    heads=("pain",),
    variant="rating",
    value="score",
    days=(
        Daily("pain", "pain", variants=("average", "now")),
        Daily("pain_worst", "worst pain", variants=("worst",)),
        Daily("pain_least", "least pain", variants=("least",)),
    ),
    fields=(
        _PAIN_SCORE,
        Choice(
            name="rating",
            options=("now", "average", "worst", "least"),
            option_help=(
                "How it is now (as without any).",
                "The day's average.",
                "The day's worst.",
                "The day's least.",
            ),
            bare=True,
        ),
        Where(
            name="where",
            help='Where it hurts, such as "low back left" or knee_r:4 with a score of its own.',
            bare=True,
            rating=_PAIN_SCORE,
        ),
        Words(
            name="quality",
            help="What it feels like: burning, stabbing, dull … or your own word.",
            bare=True,
            words=(
                *("aching", "throbbing", "sharp", "stabbing", "shooting", "burning", "electric", "tingling", "numb"),
                *(
                    "pins-and-needles",
                    "itching",
                    "cramping",
                    "squeezing",
                    "tight",
                    "heavy",
                    "pressing",
                    "tender",
                    "dull",
                ),
                *("gnawing", "splitting", "cold", "hot-to-touch", "stiff", "deep", "surface", "constant"),
                *("comes-and-goes", "tiring", "sickening", "frightening", "touch-hurts"),
            ),
        ),
        Words(
            name="trigger",
            help="What set it off, as you see it: sitting, stress, weather …",
            aliases=("triggers", "after"),
            words=(
                *("overdoing", "sitting", "standing", "walking", "lifting", "bending", "poor-sleep", "stress"),
                *("conflict", "low-mood", "weather", "cold", "illness", "period", "travel", "food", "missed-dose"),
                "unknown",
            ),
        ),
        Words(
            name="relief",
            help="What eased it, as you see it: heat, rest, walking …",
            aliases=("relieved by",),
            words=(
                *("rest", "pacing", "heat", "cold", "medicine", "stretching", "walking", "massage", "breathing"),
                *("mindfulness", "distraction", "company", "tens", "sleep", "nothing"),
            ),
        ),
        Number(
            name="eased",
            help="By how much it eased, in per cent.",
            high=100,
            unit="%",
            label="eased by",
            aliases=("eased by",),
            alike=10,
            series="eased",
            column="pain_eased_pct",
            better="high",
        ),
        rating("interference", "Did not get in the way", "Stopped me completely", help="How much it got in the way."),
        NOTE,
    ),
)
MOOD = Kind(
    name="mood",
    help="Record your mood, and worry, hope, interest or energy.",
    example="4 --worry 6 --interest 5",
    heads=("mood",),
    value="score",
    fields=(
        rating("score", "Very low", "Very good", better="high", label="mood", series="mood"),
        rating("worry", "None", "Constant"),
        rating(
            "hopeless",
            "Not at all",
            "Extremely",
            help="How hopeless it felt.",
            label="hopelessness",
            aliases=("hopelessness",),
        ),
        rating("interest", "No interest or enjoyment", "As much as ever", better="high"),
        rating("fatigue", "None", "As bad as you can imagine"),
        rating("stress", "None", "As bad as you can imagine"),
        rating("confidence", "Not at all", "Completely sure I can do what matters despite pain", better="high"),
        NOTE,
    ),
)
SLEEP = Kind(
    name="sleep",
    help="Record a night (5h30, or 23:20-06:50) or a nap.",
    example="23:20-06:50 --sol 45m --waso 1h --quality 2",
    heads=("sleep", "slept", "nap"),
    variant="type",
    value="tst",
    days=(
        Daily("sleep", "sleep", "sleep_tst_min", ("night",), "last"),
        Daily("nap", "nap", "nap_min", ("nap",), "sum"),
    ),
    formula=sleep.derive,
    fields=(
        Night(name="night", label="sleep", high=24 * 60, bare_unit="h", help="How long, or from when to when."),
        Choice(
            name="type",
            options=("night", "nap"),
            option_help=("The main sleep (as without any).", "A nap; kept apart from the night."),
            bare=True,
        ),
        Minutes(name="tst", label="total sleep time", help="Total sleep time.", better="high", derived=True),
        Number(
            name="efficiency",
            alike=5,
            label="sleep efficiency",
            high=100,
            unit="%",
            series="sleep_efficiency",
            column="sleep_se_pct",
            better="high",
            combine="last",
            derived=True,
        ),
        Minutes(
            name="sol",
            label="to fall asleep",
            help="Time to fall asleep (SOL).",
            series="sol",
            column="sleep_sol_min",
            better="low",
            combine="last",
        ),
        Minutes(
            name="waso",
            label="awake at night",
            aliases=("awake",),
            help="Time awake in the night (WASO).",
            series="waso",
            column="sleep_waso_min",
            better="low",
            combine="last",
        ),
        Number(
            name="woke",
            label="times awake",
            aliases=("woke up",),
            help="How often you woke.",
            high=50,
            whole=True,
            series="awakenings",
            column="sleep_awakenings",
            better="low",
            combine="last",
        ),
        Minutes(
            name="tasafa",
            label="awake at the end",
            help="Time trying to sleep on after the last waking (TASAFA).",
            series="tasafa",
            column="sleep_tasafa_min",
            better="low",
            combine="last",
        ),
        Clock(name="bed", label="into bed", help="When you went to bed, if before trying to sleep."),
        Clock(name="up", label="out of bed", help="When you got up, if after waking."),
        Number(
            name="quality",
            alike=0.4,
            label="sleep quality",
            help="1 very poor to 5 very good.",
            low=1,
            high=5,
            low_label="Very poor",
            high_label="Very good",
            better="high",
            series="sleep_quality",
            combine="last",
        ),
        Flag(name="woken_by_pain", help="Pain woke you."),
        NOTE,
        Minutes(name="time_in_bed", help="Time in bed.", derived=True),
        Number(name="efficiency_in_bed", label="sleep efficiency over time in bed", high=100, unit="%", derived=True),
    ),
)
DIARY_NOTE = Kind(
    name="note",
    help="Write a line about the day.",
    example='"Long drive, back was bad in the evening"',
    heads=("note",),
    fields=(NOTE,),
)
KINDS: dict[str, Kind] = {kind.name: kind for kind in (PAIN, MOOD, SLEEP, DIARY_NOTE)}


def kind_named(name: str) -> Kind:
    """Return a kind by name. Raises BadInput."""
    clean = name.strip().lower()
    if clean not in KINDS:
        raise BadInput(f"{name!r} is not a kind of entry; there are {', '.join(KINDS)}")
    return KINDS[clean]


def describe(kind: Kind, data: Mapping[str, Any]) -> str:
    """One line for an entry: ``pain 6, low back LEFT, burning``. Derived fields are left to the reports."""
    named = any(isinstance(kind.by_name.get(name), Number) and name != kind.main.name for name in data)
    parts = [] if named and kind.main.name not in data else [_head(kind, data)]
    for field in kind.fields[1:]:
        if field.name in data and not field.derived and field.name != kind.variant:
            shown = field.title if isinstance(field, Flag) else field.show(data[field.name])
            parts.append(shown if field.bare or isinstance(field, Flag | Text) else f"{field.title} {shown}")
    return ", ".join(part for part in parts if part)


def _head(kind: Kind, data: Mapping[str, Any]) -> str:
    main = data.get(kind.main.name)
    variant = kind.variant_of(data)
    sort = f" {variant}" if kind.variant in data else ""
    if isinstance(kind.main, Text):
        return kind.main.show(main)
    computed = (
        f" ({kind.by_name[kind.value].show(data[kind.value])})" if isinstance(main, str) and kind.value in data else ""
    )
    return f"{kind.name}{sort}" + ("" if main is None else f" {kind.main.show(main)}{computed}")
