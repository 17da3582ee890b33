"""Twenty lines that ``log`` reads, under five headings, for ``painlog help log``."""

EXAMPLES = {
    "Pain": (
        ("pain 6 low back", "a rating and where; no side that is not said"),
        ("headache 7/10, throbbing", "a place and what it feels like"),
        ("knee left 5 after stairs", "what set it off"),
        ("pain average 5, worst 8", "the day as a whole"),
    ),
    "Mood, sleep and measures of your own": (
        ("mood 4, anxious 6, tired 7", "several at once; each is 0 to 10"),
        ("slept 5h30, woke 3 times", "a night by its length"),
        ("slept 23:20-06:50 quality 2", "or by its times"),
        ("nap 20m", ""),
    ),
    "Medicines and treatments": (
        ("took ibuprofen 400mg", "a name and an amount with its unit"),
        ("took 2 ibuprofen", "recorded before: two tablets"),
        ("skipped duloxetine", "recorded before, too"),
        ("physio 45m helped 7", "how long, how much it helped"),
    ),
    "When": (
        ("yesterday 20:00 pain 7", "at the front: for the whole line"),
        ("pain 4 at 7am, mood 5", "elsewhere for its own part"),
        ("pain 3 two hours ago", ""),
        ("18 nov mood 4", "the last one, never one ahead"),
    ),
    "Ups, downs and words": (
        ("flare started", "and: flare over"),
        ("pain 5, slept badly 4h", "other words are kept as its note"),
        ('note "rain; stayed in bed"', "quotes keep words together"),
        ("ask doctor about the new tablets", "shown on top of the page"),
    ),
}


def lines() -> list[str]:
    """Return the examples as lines of at most 80 columns."""
    found = []
    for heading, examples in EXAMPLES.items():
        found += [heading, *(f"  {line:<34}{about}".rstrip() for line, about in examples), ""]
    return [
        *found,
        "What is not clear is asked about, or refused with lines that would do; nothing",
        "is guessed. painlog log alone takes lines and shows what each says. More on",
        "times: painlog help dates; on places: painlog help regions; its options:",
        "painlog log --help.",
    ]
