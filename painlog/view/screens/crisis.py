"""The page of people to call, and what is said after PHQ-9's item 9, as lines of text.

It must load nothing but the standard library and work whatever is wrong with the journal.
"""

import re

from painlog.domain import crisis
from painlog.view.terminal import PAGE_WIDTH, line_room

_WIDE_FROM = 64  # columns from which there is room for a table


def help_now(country: str = "", contact: str = "", *, plain: bool = False) -> str:
    """The page of people to call, the person's own country first; with an unknown or no country, all of them.

    ``contact`` is the person's own words for someone they trust, unescaped. A ``plain`` page has nothing in columns.
    """
    here = crisis.line_of(country)
    own = _named("Someone you trust", _tidy(contact), plain=plain) if _tidy(contact) else []
    anywhere = [_advice(crisis.ANY_EMERGENCY) + _poison_lines(None) + own, _everywhere(plain=plain)]
    blocks = [_here(here, plain=plain) + own, _advice(here.emergency) + _poison_lines(here)] if here else anywhere
    return "\n\n".join("\n".join(block) for block in [*blocks, _footer(here)])


def item_nine(country: str = "", contact: str = "", room: int = PAGE_WIDTH) -> str:
    """What is said at once to anyone who marks thoughts of death or self-harm, whatever the rest of the answers.

    Its lines are of at most ``room`` columns.
    """
    here = crisis.line_of(country)
    filled = {
        "emergency": here.emergency if here else crisis.ANY_EMERGENCY,
        "line": f"{here.shown}. {crisis.FREE}" if here else crisis.ANY_LINE,
        "trusted": f": {_tidy(contact)}" if _tidy(contact) else "",
    }
    return "\n\n".join("\n".join(_wrap(sentence.format(**filled), room=room)) for sentence in crisis.AFTER_ITEM_NINE)


def _here(here: crisis.CrisisLine, *, plain: bool) -> list[str]:
    return [
        here.country.upper(),
        *_named("Emergency", here.emergency, plain=plain),
        *_named("Talk to someone", here.shown, plain=plain),
    ]


def _named(what: str, number: str, *, plain: bool) -> list[str]:
    """What a number is for, and the number; beside each other where they have room."""
    if plain or line_room() < _WIDE_FROM:
        return _wrap(f"{what}: {number}", later="  ")
    return _wrap(number, f"  {what:<19}")


def _advice(emergency: str) -> list[str]:
    return _wrap(crisis.ADVICE.format(emergency=emergency))


def _poison_lines(here: crisis.CrisisLine | None) -> list[str]:
    """What is said to who took too much; a number only where it was read at its source."""
    number = here.emergency if here and here.seen == "primary" else crisis.AN_AMBULANCE
    return _wrap(crisis.POISONED.format(emergency=number))


def _everywhere(*, plain: bool) -> list[str]:
    if plain or line_room() < _WIDE_FROM:
        lines = (f"{here.country}: emergency {here.emergency}; {here.shown}" for here in crisis.LINES.values())
        return [part for line in lines for part in _wrap(line, later="  ")]
    rows = [f"  {code}  {here.country:<15} {here.emergency:<11} {here.shown}" for code, here in crisis.LINES.items()]
    return [f"      {'Country':<15} {'Emergency':<11} Someone to talk to", *rows]


def _footer(here: crisis.CrisisLine | None) -> list[str]:
    """Where to find other lines, who learns of this, and how old the numbers are."""
    if here:
        recalled = [crisis.NOT_VERIFIED] if here.is_recalled else []
        said = [crisis.ELSEWHERE, *recalled, crisis.NOTHING_KEPT, crisis.NUMBERS_CHANGE]
    else:
        said = [crisis.NOT_LISTED, crisis.ALL_NOT_VERIFIED, crisis.NOTHING_KEPT]
    return [line for text in said for line in _wrap(text, later="  ")]


def _tidy(contact: str) -> str:
    """A contact on one line and without a full stop, which the sentence around it brings."""
    return " ".join(contact.split()).rstrip(".")


def _wrap(text: str, head: str = "", room: int = 0, later: str = "") -> list[str]:
    """Break a text into lines of a page, hung under ``head`` or ``later``, but no telephone number in two."""
    import textwrap

    joined = re.sub(r"(?<=\d) (?=\d)", "\xa0", text)
    hung = later or " " * len(head)
    room = room or line_room()
    lines = textwrap.wrap(joined, room, initial_indent=head, subsequent_indent=hung, break_on_hyphens=False)
    return [line.replace("\xa0", " ") for line in lines]
