"""Whom to call when it is too much: crisis lines and emergency numbers by country, and what is said with them. Pure.

It must not know the journal: these texts are shown with a missing, locked or corrupt one, and nothing of them is kept.
What a person reads here never depends on a score. Sentences leave ``{emergency}``, ``{line}`` and ``{trusted}`` open.
"""

from typing import Literal, NamedTuple

from painlog.errors import BadInput

CHECKED_ON = "2026-11-21"  # the day the table was put together; nobody has called the numbers
NUMBERS_CHANGE = f"Table made {CHECKED_ON}; numbers change; find others at findahelpline.com."
ANY_EMERGENCY = "your local emergency number"
ANY_LINE = "findahelpline.com lists lines near you. Most are free and private"
FREE = "It is free and private"
ADVICE = (
    "If you might hurt yourself or feel unsafe now, call {emergency} or go to the nearest emergency department. "
    "You need not handle this alone."
)
POISONED = (
    "Took too much, or not sure: ask a poison centre or doctor now, even if well. Hard to wake, breathing slowly: "
    "call {emergency}. (Not reviewed by a clinician)"
)
AN_AMBULANCE = "an ambulance"  # where no source of a number was read
ELSEWHERE = "Elsewhere: the local emergency number, and a line from findahelpline.com."
NOT_LISTED = "Not listed: findahelpline.com. Yours first: painlog config set country DE"
NOT_VERIFIED = "(not verified): not yet compared with the line's own page."
ALL_NOT_VERIFIED = f"(not verified): not compared with its own page. Made {CHECKED_ON}; numbers change."
NOTHING_KEPT = "painlog tells nobody that you are here, and stores nothing of this."
_THANKS = (
    "Thank you for answering that honestly. Many people living with long-term pain have thoughts like this, and "
    "you do not have to handle them alone."
)
_DANGER = (
    "If you might act on these thoughts, or feel unsafe right now, call {emergency} or go to the nearest "
    "emergency department."
)
_TALK = "You can talk to someone now: {line}. Or call someone you trust{trusted}."
_DOCTOR = (
    "painlog cannot see who you are and nobody is told about this answer. Please tell your doctor or pain team "
    "about it at your next contact, or sooner."
)
AFTER_ITEM_NINE = (_THANKS, _DANGER, _TALK, _DOCTOR)


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
        return f"{self.line} (not verified)" if self.is_recalled else self.line

    @property
    def is_recalled(self) -> bool:
        """Whether no source was seen."""
        return self.seen == "recalled"


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


def find_country(text: str) -> str:
    """Return the code that ``de``, ``Germany`` or ``uk`` stands for. Raises BadInput with the codes there are."""
    code = _code(text)
    if not code:
        raise BadInput(f"painlog has no numbers for {text!r}; it has {', '.join(LINES)}; findahelpline.com has others")
    return code


def line_of(country: str) -> CrisisLine | None:
    """Return the line of a country, None for one that painlog has no numbers for."""
    return LINES.get(_code(country))


def _code(text: str) -> str:
    """The code a text stands for, empty where it is none that painlog has numbers for."""
    said = " ".join(text.replace(".", "").lower().split())
    names = {known.country.lower(): code for code, known in LINES.items()} | _ALIASES
    return said.upper() if said.upper() in LINES else names.get(said.removeprefix("the "), "")
