"""Whom to call when it is too much: crisis lines and emergency numbers by country. Pure.

It must not know the journal: these texts are shown with a missing, locked or corrupt one, and nothing of them is kept.
What a person reads here never depends on a score.
"""

import re
from typing import Literal, NamedTuple

from painlog.errors import BadInput

CHECKED_ON = "2026-11-21"  # the day the table was put together; nobody has called the numbers
NUMBERS_CHANGE = f"Table made {CHECKED_ON}; numbers change; find others at findahelpline.com."
WIDTH = 80
_LISTED = "findahelpline.com lists lines near you"


class CrisisLine(NamedTuple):
    """The line to talk to and the emergency number of a country.

    ``seen`` says where: in a ``primary`` source (who runs the line), a ``secondary`` one, or ``recalled`` without any.
    """

    country: str
    line: str
    emergency: str
    seen: Literal["primary", "secondary", "recalled"]

    @property
    def shown(self) -> str:
        """The line as people read it, with a mark where no source was seen."""
        return self.line + (" (not verified)" if self.seen == "recalled" else "")


LINES: dict[str, CrisisLine] = {
    "US": CrisisLine("United States", "call or text 988", "911", "secondary"),
    "CA": CrisisLine("Canada", "call or text 988", "911", "secondary"),
    "GB": CrisisLine("United Kingdom", "Samaritans 116 123", "999", "recalled"),
    "IE": CrisisLine("Ireland", "Samaritans 116 123", "112 or 999", "secondary"),
    "AU": CrisisLine("Australia", "Lifeline 13 11 14; text 0477 13 11 14", "000", "primary"),
    "NZ": CrisisLine("New Zealand", "call or text 1737", "111", "secondary"),
    "DE": CrisisLine("Germany", "0800 111 0 111, 0800 111 0 222", "112", "secondary"),
    "FR": CrisisLine("France", "3114", "15 or 112", "secondary"),
    "ES": CrisisLine("Spain", "024", "112", "secondary"),
    "AT": CrisisLine("Austria", "142", "112", "recalled"),
    "CH": CrisisLine("Switzerland", "143", "112", "secondary"),
    "NL": CrisisLine("Netherlands", "113", "112", "recalled"),
    "IN": CrisisLine("India", "Tele-MANAS 14416", "112", "recalled"),
}
_ALIASES = {"uk": "GB", "britain": "GB", "great britain": "GB", "usa": "US"}


def country_named(text: str) -> str:
    """Return the code that ``de``, ``Germany`` or ``uk`` stands for. Raises BadInput with the codes there are."""
    code = _code(text)
    if not code:
        raise BadInput(f"painlog has no numbers for {text!r}; it has {', '.join(LINES)}; findahelpline.com has others")
    return code


def help_now(country: str = "", contact: str = "") -> str:
    """The page of people to call, the person's own country first; with an unknown or no country, all of them.

    ``contact`` is the person's own words for someone they trust, unescaped.
    """
    here = LINES.get(_code(country))
    own = _wrapped(_tidy(contact), "  Someone you trust  ") if _tidy(contact) else []
    if here:
        blocks = [_here(here) + own, _advice(here.emergency)]
    else:
        blocks = [_advice("your local emergency number") + own, _everywhere()]
    return "\n\n".join("\n".join(block) for block in [*blocks, _footer(here)])


def item_nine(country: str = "", contact: str = "") -> str:
    """What is said at once to anyone who marks thoughts of death or self-harm, whatever the rest of the answers."""
    here = LINES.get(_code(country))
    emergency = here.emergency if here else "your local emergency number"
    free = f"{here.shown}. It is free and private" if here else f"{_LISTED}. Most are free and private"
    trusted = f": {_tidy(contact)}" if _tidy(contact) else ""
    thanks = (
        "Thank you for answering that honestly. Many people living with long-term pain have thoughts like this, and "
        "you do not have to handle them alone."
    )
    danger = (
        f"If you might act on these thoughts, or feel unsafe right now, call {emergency} or go to the nearest "
        "emergency department."
    )
    talk = f"You can talk to someone now: {free}. Or call someone you trust{trusted}."
    doctor = (
        "painlog cannot see who you are and nobody is told about this answer. Please tell your doctor or pain team "
        "about it at your next contact, or sooner."
    )
    return "\n\n".join("\n".join(_wrapped(paragraph)) for paragraph in (thanks, danger, talk, doctor))


def _code(text: str) -> str:
    """The code a text stands for, empty where it is none that painlog has numbers for."""
    said = " ".join(text.replace(".", "").lower().split())
    names = {known.country.lower(): code for code, known in LINES.items()} | _ALIASES
    return said.upper() if said.upper() in LINES else names.get(said.removeprefix("the "), "")


def _here(here: CrisisLine) -> list[str]:
    return [
        here.country.upper(),
        f"  Emergency          {here.emergency}",
        f"  Talk to someone    {here.shown}",
    ]


def _advice(emergency: str) -> list[str]:
    return _wrapped(
        f"If you might hurt yourself or feel unsafe now, call {emergency} or go to the nearest emergency department. "
        "You need not handle this alone."
    )


def _everywhere() -> list[str]:
    rows = [f"  {code}  {here.country:<15} {here.emergency:<11} {here.shown}" for code, here in LINES.items()]
    return [f"      {'Country':<15} {'Emergency':<11} Someone to talk to", *rows]


def _footer(here: CrisisLine | None) -> list[str]:
    """Where to find other lines, who learns of this, and how old the numbers are."""
    if here:
        lines = ["Elsewhere: the local emergency number, and a line from findahelpline.com."]
    else:
        lines = ["Not listed: findahelpline.com. Yours first: painlog config set country DE"]
    if not here or here.seen == "recalled":
        lines.append("(not verified): not yet compared with the line's own page.")
    return [*lines, "painlog tells nobody that you are here, and stores nothing of this.", NUMBERS_CHANGE]


def _tidy(contact: str) -> str:
    """A contact on one line and without a full stop, which the sentence around it brings."""
    return " ".join(contact.split()).rstrip(".")


def _wrapped(text: str, head: str = "") -> list[str]:
    """Break a text into lines of 80 columns, hung under ``head``, but no telephone number in two."""
    import textwrap

    joined = re.sub(r"(?<=\d) (?=\d)", "\xa0", text)
    lines = textwrap.wrap(joined, WIDTH, initial_indent=head, subsequent_indent=" " * len(head), break_on_hyphens=False)
    return [line.replace("\xa0", " ") for line in lines]
