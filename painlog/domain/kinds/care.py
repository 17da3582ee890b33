"""What is done about it: medicines taken, treatments, and the plan that they belong to, declared. Pure."""

from collections.abc import Mapping
from typing import Any

from painlog.domain.kinds.fields import Choice, Field, Minutes, Name, Value, Words
from painlog.domain.kinds.kind import NO_PAIN, NOTE, WORST_PAIN, Kind, declare_rating
from painlog.domain.kinds.medicine_names import MEDICINE_NAMES
from painlog.domain.language.amounts import (
    SAID_AS_NEEDED,
    Apart,
    MostADay,
    Quantity,
    Schedule,
    join_weekdays,
    weekday_number,
)
from painlog.errors import BadInput

SIDE_EFFECTS = Words(
    name="side_effects",
    help="What else it did, as you see it: drowsy, nausea …",
    aliases=("side effect",),
    words=(
        *("drowsy", "tired", "dizzy", "nausea", "vomiting", "constipation", "diarrhoea", "dry-mouth", "headache"),
        *("itching", "rash", "sweating", "foggy", "restless", "blurred-vision", "stomach-pain", "dissociation", "none"),
    ),
)
REASON = Words(name="reason", help="What for: pain, sleep, migraine …", aliases=("for",), leads=("for", "against"))
ROUTES = (
    *("oral", "sublingual", "nasal", "inhaled", "skin", "patch", "injection", "infusion", "rectal", "eye", "ear"),
    "other",
)
TREATMENTS = (
    *("physio", "CBT", "ACT", "MBSR", "mindfulness", "psychology", "peer support", "ketamine infusion", "nerve block"),
    *("injection", "TENS", "acupuncture", "massage", "exercise", "pain programme", "occupational therapy"),
)
MEDICINE, THERAPY, SUPPORT, GOAL = "medicine", "therapy", "support", "goal"
SCHEDULED, PRN = "scheduled", "prn"
REACHED, CHANGED, LET_GO = "reached", "changed", "let-go"
TAKEN, SKIPPED, DONE = "taken", "skipped", "done"
SESSIONS = {  # other words for a treatment: who gives it, and what one did
    **dict.fromkeys(
        ("physiotherapy", "physiotherapist", "physical therapy", "physical therapist", "pt session"), "physio"
    ),
    **dict.fromkeys(
        ("psychologist", "psychotherapy", "psychotherapist", "counselling", "counsellor", "therapist"), "psychology"
    ),
    **dict.fromkeys(("meditation", "meditated", "meditating"), "meditation"),
    **dict.fromkeys(("swimming", "swam", "swim", "a swim"), "swimming"),
    **dict.fromkeys(("ot session", "occupational therapist"), "occupational therapy"),
    **dict.fromkeys(("acupuncturist",), "acupuncture"),
    **dict.fromkeys(("masseur", "masseuse"), "massage"),
    **dict.fromkeys(("yoga", "yoga class"), "yoga"),
    **dict.fromkeys(("pilates", "pilates class"), "pilates"),
    **dict.fromkeys(("hydrotherapy",), "hydrotherapy"),
    **dict.fromkeys(("osteopath", "osteopathy"), "osteopathy"),
    **dict.fromkeys(("chiropractor", "chiropractic", "chiro"), "chiropractic"),
    **dict.fromkeys(("exercised", "exercises"), "exercise"),
}


class Classes(Words):
    """Words for the class of a medicine; a plural is its singular where that is one of the list."""

    def check(self, value: Value) -> Value:
        singular = {f"{word}s": word for word in self.words}
        return list(dict.fromkeys(singular.get(word, word) for word in super().check(value)))


CLASS = Classes(
    name="class",
    help="Its class, in your words: opioid, triptan …",
    words=(
        *("opioid", "triptan", "ergot", "combination", "simple-analgesic", "nsaid", "antidepressant"),
        *("anticonvulsant", "muscle-relaxant", "benzodiazepine", "cannabinoid", "steroid"),
    ),
)


def was_done(data: Mapping[str, Any]) -> bool:
    """Whether a dose was taken or a session done: not skipped, planned or cancelled."""
    return data.get("status", TAKEN) in (TAKEN, DONE)


def _declare_way(planned: str, needed: str) -> Choice:
    """Return whether it was scheduled or as needed, with the help of each."""
    return Choice(
        name="schedule",
        options=(SCHEDULED, PRN),
        option_help=(planned, needed),
        synonyms={PRN: SAID_AS_NEEDED},
        bare=True,
        has_no_default=True,
    )


def _declare_scores(what: str) -> tuple[Field, ...]:
    """Return pain before and after ``what``, and how long after it the second one was."""
    return (
        declare_rating("before", NO_PAIN, WORST_PAIN, help=f"Pain before the {what}.", variable=""),
        declare_rating("after", NO_PAIN, WORST_PAIN, help="Pain after it, or how it is now.", variable=""),
        Minutes(
            name="after_minutes",
            help=f"How long after the {what} that was, such as 90m.",
            phrase="{} later",
            high=48 * 60,
        ),
    )


def _with_its_score(data: dict[str, Any]) -> dict[str, Any]:
    """Nothing is derived; a time since goes with a score. Raises BadInput."""
    if "after_minutes" in data and "after" not in data:
        raise BadInput("how long after it goes with how it was then: --after 4 --after-minutes 90")
    return {}


class Weekdays(Field):
    """Days of the week, each once and in their order: ``mon, thu``."""

    @property
    def metavar(self) -> str:
        return "DAYS"

    def check(self, value: Value) -> Value:
        words = value.lower().replace(",", " ").replace(" and ", " ").split() if isinstance(value, str) else []
        found = {weekday_number(word) for word in words}
        if not found or None in found:
            raise BadInput(f"{self.title} are days of the week, such as mon, thu, not {value!r}")
        return join_weekdays(number for number in found if number is not None)


DOSE = Kind(
    name="dose",
    help="Record a medicine you took; with --after, how it was since.",
    example="ibuprofen 400mg --prn --before 7",
    formula=_with_its_score,
    heads=("dose", "took"),
    verbs=("took", "had", "taken", "have taken", "have had", "used", "taking"),
    variant="status",
    fields=(
        Name(name="name", help="The name as on the box, then the amount.", label="medicine", spellings=MEDICINE_NAMES),
        Choice(
            name="status",
            options=(TAKEN, SKIPPED),
            option_help=("It was taken (as without any).", "It was due and not taken."),
            synonyms={
                SKIPPED: (
                    *("skipped", "missed", "forgot", "skip", "forgot to take", "forgotten", "skipping", "forgot about"),
                    *("had to skip", "had to miss"),
                    *("missed a dose of", "skipped a dose of", "missed my dose of", "skipped my dose of"),
                )
            },
            opens=True,
        ),
        Quantity(name="amount", help="How much, such as 400mg or 2 tablets.", bare=True, counted="tablet"),
        _declare_way("Taken when it was due.", "Taken as needed (PRN)."),
        Words(name="route", help="How: oral, nasal, patch …", words=ROUTES, bare=True),
        REASON,
        *_declare_scores("dose"),
        SIDE_EFFECTS,
        NOTE,
    ),
)
TREATMENT = Kind(
    name="treatment",
    help="Record a session of a therapy or treatment: physio, CBT …",
    example="physio 45m --helped 7",
    formula=_with_its_score,
    heads=("treatment", "did"),
    verbs=("did", "had", "saw", "done", "have had", "went to", "went for", "seen", "attended", "used"),
    variant="status",
    fields=(
        Name(name="name", help="What it was, then how long.", label="treatment", words=TREATMENTS, synonyms=SESSIONS),
        Minutes(name="minutes", help="How long it took.", high=24 * 60, bare=True),
        Choice(
            name="status",
            options=(DONE, "planned", "cancelled"),
            option_help=("It was done (as without any).", "Planned for that time.", "Planned, then cancelled."),
            synonyms={"cancelled": ("cancelled", "canceled", "called off", "had to cancel")},
            bare=True,
        ),
        _declare_way("Done when it was due.", "Done as needed (PRN)."),
        *_declare_scores("session"),
        declare_rating(
            "helped", "Not at all", "As much as I could wish", better="high", help="How much it helped.", variable=""
        ),
        declare_rating("felt", "Very bad", "Very good", better="high", help="How you felt that day.", variable=""),
        declare_rating(
            "felt_next", "Very bad", "Very good", better="high", help="How you felt the day after.", variable=""
        ),
        SIDE_EFFECTS,
        NOTE,
    ),
)


def _plan_line(data: Mapping[str, Any]) -> str:
    """``plan: duloxetine 60 mg, 1 a day (start)``."""
    shown = {name: field.show(data[name]) for name, field in PLAN.by_name.items() if name in data}
    name = " ".join(shown[part] for part in ("name", "amount") if part in shown)
    if "class" in shown:
        shown["class"] = CLASS.show_named(data["class"])
    names = ("weekdays", "schedule", "most", "spacing", "ending", "class", "reason", "note")
    parts = [name, *(shown.get(part, "") for part in names)]
    what = "goal" if data.get("sort") == GOAL else "plan"
    return f"{what} {data.get('step', 'start')}: {', '.join(part for part in parts if part)}"


PLAN = Kind(
    name="plan",
    help="A change of the plan.",
    example="start duloxetine 60mg daily",
    variant="step",
    lasting=True,
    fields=(
        Name(name="name", help="A medicine, therapy or support, or a goal in your own words."),
        Choice(
            name="step",
            options=("start", "change", "stop"),
            option_help=("It begins (as without any).", "It goes on otherwise.", "It ends."),
        ),
        Choice(
            name="sort",
            options=(MEDICINE, THERAPY, SUPPORT, GOAL),
            option_help=("A medicine.", "A therapy.", "Support.", "A goal."),
            synonyms={MEDICINE: (MEDICINE, "medication", "med")},
            has_no_default=True,
        ),
        Quantity(name="amount", help="How much at a time, such as 60mg.", bare=True),
        Schedule(name="schedule", help="How often: daily, twice a week, as needed …", bare=True),
        MostADay(name="most", label="most a day", help="How many doses a day at most.", bare=True),
        Apart(name="spacing", label="time apart", help="How long two doses are apart at least.", bare=True),
        CLASS,
        REASON,
        NOTE,
        Weekdays(name="weekdays", help="On which days of the week: mon, thu …"),
        Choice(
            name="ending",
            options=(REACHED, CHANGED, LET_GO),
            option_help=("It is reached.", "Another one takes its place.", "It is let go."),
            has_no_default=True,
            bare=True,
        ),
    ),
    line=_plan_line,
)
GOAL_CHECK = Kind(
    name="goal",
    help="Say how a goal of your plan went: done, partly or not.",
    example="done",
    heads=("goal",),
    variant="result",
    fields=(
        Choice(
            name="result",
            label="how it went",
            options=("done", "partly", "not"),
            option_help=("Done.", "Partly.", "Not this time."),
            help="done, partly, or not this time.",
        ),
        Name(name="goal", help="Which one: its number in painlog plan, or words of it.", bare=True),
        NOTE,
    ),
)
STOCK = Kind(
    name="stock",
    help="How much of a medicine of your plan there is.",
    by_hand="plan stock",
    example="duloxetine 28",
    lasting=True,
    fields=(
        Name(name="name", help="The medicine, as your plan has it.", label="medicine"),
        Quantity(name="amount", help="How much of it there is.", bare=True, counted="dose"),
    ),
)
DECLARED = (DOSE, TREATMENT, PLAN, GOAL_CHECK, STOCK)
