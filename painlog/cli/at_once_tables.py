"""What ``due`` asks where no settings are made, as the registry has it.

Written by: pytest -n 0 tests/test_at_once.py --update-tables
"""

VERSION = 3  # of the journal
DAY_STARTS = 180  # minutes after midnight
QUESTIONS = (  # what it is called, and the kind, field and sort of the entries that answer it
    ("sleep", "sleep", "night", "night"),
    ("sleep quality", "sleep", "quality", ""),
    ("pain (the day's average)", "pain", "score", "average"),
    ("pain (the day's worst)", "pain", "score", "worst"),
    ("interference", "pain", "interference", ""),
    ("mood", "mood", "score", ""),
    ("worry", "mood", "worry", ""),
    ("pain", "pain", "score", "now"),
)
HOURS = (  # which of them are asked at each hour of the day
    (0, 1, 2, 3, 4, 5, 6),  # 00
    (0, 1, 2, 3, 4, 5, 6),  # 01
    (0, 1, 2, 3, 4, 5, 6),  # 02
    (0, 1, 7),  # 03
    (0, 1, 7),  # 04
    (0, 1, 7),  # 05
    (0, 1, 7),  # 06
    (0, 1, 7),  # 07
    (0, 1, 7),  # 08
    (0, 1, 7),  # 09
    (0, 1, 7),  # 10
    (0, 1, 7),  # 11
    (0, 1),  # 12
    (0, 1),  # 13
    (0, 1),  # 14
    (0, 1),  # 15
    (0, 1),  # 16
    (0, 1),  # 17
    (0, 1, 2, 3, 4, 5, 6),  # 18
    (0, 1, 2, 3, 4, 5, 6),  # 19
    (0, 1, 2, 3, 4, 5, 6),  # 20
    (0, 1, 2, 3, 4, 5, 6),  # 21
    (0, 1, 2, 3, 4, 5, 6),  # 22
    (0, 1, 2, 3, 4, 5, 6),  # 23
)
FORMS = (  # questionnaires, what they are called, and after how many days they are due again
    ("peg", "PEG", 7),
    ("phq4", "PHQ-4", 14),
    ("phq8", "PHQ-8", 28),
    ("gad7", "GAD-7", 28),
)
