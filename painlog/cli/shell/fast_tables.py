"""What ``due`` asks, as the registry has it.

Written by: pytest -n 0 tests/cli/test_at_once.py --update-tables
"""

QUESTIONS = {  # what each is called, and the kind, field and sort of what answers it; None is never due
    "pain_average": ("pain (the day's average)", "pain", "score", "average"),
    "pain_worst": ("pain (the day's worst)", "pain", "score", "worst"),
    "pain_least": ("pain (the day's least)", "pain", "score", "least"),
    "pain_now": ("pain", "pain", "score", "now"),
    "dose": None,
    "note": None,
    "went-well": None,
    "setback": None,
    "pain": ("pain", "pain", "score", "average"),
    "eased": ("eased by", "pain", "eased", ""),
    "interference": ("interference", "pain", "interference", ""),
    "mood": ("mood", "mood", "score", ""),
    "worry": ("worry", "mood", "worry", ""),
    "hopeless": ("hopelessness", "mood", "hopeless", ""),
    "interest": ("interest", "mood", "interest", ""),
    "fatigue": ("fatigue", "mood", "fatigue", ""),
    "stress": ("stress", "mood", "stress", ""),
    "confidence": ("confidence", "mood", "confidence", ""),
    "sleep": ("sleep", "sleep", "night", "night"),
    "nap": ("nap", "sleep", "night", "nap"),
    "sol": ("to fall asleep", "sleep", "sol", ""),
    "waso": ("awake at night", "sleep", "waso", ""),
    "awakenings": ("times awake", "sleep", "woke", ""),
    "tasafa": ("awake at the end", "sleep", "tasafa", ""),
    "sleep_quality": ("sleep quality", "sleep", "quality", ""),
    "activity": ("active", "activity", "minutes", ""),
    "steps": ("steps", "activity", "steps", ""),
    "work_affected": ("work affected", "activity", "work_affected", ""),
    "lying_down": ("lying down", "activity", "lying_down", ""),
}
FORMS = {  # what each is called, after how many days it is due, and whether it asks about self-harm
    "peg": ("PEG", 7, False),
    "phq2": ("PHQ-2", 0, False),
    "gad2": ("GAD-2", 0, False),
    "phq4": ("PHQ-4", 14, False),
    "phq8": ("PHQ-8", 28, False),
    "phq9": ("PHQ-9", 28, True),
    "gad7": ("GAD-7", 28, False),
}
