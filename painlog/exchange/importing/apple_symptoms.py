"""Symptoms as Apple Health names and rates them, and what they are to painlog. Pure.

Pain symptoms → ``pain`` with the place; one that is "not present" rates its place 0 and says nothing about pain as a
whole. Fatigue → ``mood --fatigue``. Other symptoms → measures of the person's own; one without a severity → a note.
"""

from painlog.domain.kinds.kind import Kind, TypedTexts
from painlog.errors import BadInput
from painlog.exchange.importing.contract import Context

SEVERITIES = {"NotPresent": "0", "Mild": "2.5", "Moderate": "5.5", "Severe": "8.5"}
PRESENCE = {"Present": "yes", "NotPresent": "no"}
PAINS = {
    "Headache": "head",
    "LowerBackPain": "low back",
    "PelvicPain": "pelvis",
    "GeneralizedBodyAche": "all_over",
    "AbdominalCramps": "abdomen",
    "BreastPain": "chest",
    "ChestTightnessOrPain": "chest",
}
PRESENT = ("MoodChanges", "SleepChanges")
OTHERS = (
    *("Bloating", "Chills", "Constipation", "Diarrhea", "Dizziness", "Fainting", "Fever", "Heartburn", "Nausea"),
    *("Vomiting", "Coughing", "Wheezing", "Acne", "AppetiteChanges", "HotFlashes", "NightSweats", "MemoryLapse"),
    *("RapidPoundingOrFlutteringHeartbeat", "ShortnessOfBreath", "SkippedHeartbeat", "SinusCongestion", "SoreThroat"),
    *("RunnyNose", "LossOfSmell", "LossOfTaste", "BladderIncontinence", "DrySkin", "HairLoss", "VaginalDryness"),
)
MIDDLES = "Symptoms: not present is 0, mild 2.5, moderate 5.5, severe 8.5, the middles of 1-4, 5-6, 7-10 (Serlin 1995)."
PLACE_ONLY = "A pain that is not present is 0 at its place only; it does not make a day free of pain."


def symptom_fields(name: str, level: str, context: Context, score: str = "") -> tuple[Kind | str, TypedTexts]:
    """Return the kind and the fields that a symptom (``LowerBackPain``) of a level (``Mild``) is. Raises BadInput.

    ``score`` is what a level of another name was said to be.
    """
    score = score or SEVERITIES.get(level, "")
    if name in PAINS and (score or level in ("Unspecified", "Present")):
        where = {"where": [f"{PAINS[name]}:{score}" if score else PAINS[name]]}
        return "pain", where | ({"score": [score]} if score and score != "0" else {})
    if name in PRESENT and level in PRESENCE:
        return context.measure(spaced(name), scale="yes-no"), {"value": [PRESENCE[level]]}
    if name == "Fatigue" and score:
        return "mood", {"fatigue": [score]}
    if score:
        own = context.measure(spaced(name), low="not present", high="severe", better="low")
        return own, {"value": [score]}
    if not level.isalpha():
        raise BadInput(f"{level!r} is no severity that painlog knows")
    return "note", {
        "note": [spaced(name) if level in ("Unspecified", "Present") else f"{spaced(name)}: {spaced(level)}"]
    }


def spaced(name: str) -> str:
    """``LowerBackPain`` → ``Lower back pain``."""
    name = name.removeprefix("RapidPoundingOr")
    return "".join(f" {c.lower()}" if c.isupper() and i else c for i, c in enumerate(name))
