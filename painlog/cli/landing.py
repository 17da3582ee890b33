"""What a key does on the landing screen, where ``painlog`` was typed alone."""

from painlog.cli.prompts import answers_from
from painlog.cli.session import Session
from painlog.cli.talk import say_paragraph

_LINES = {"p": "pain ", "m": "mood ", "s": "slept ", "l": ""}
_COMMANDS = {"c": ["checkin"], "r": ["same"], "u": ["undo"], "w": ["week"]}
_KEYS = "p pain, m mood, s sleep, l log, c check-in, {}r repeat, u undo, w week, q leaves"
_MEDICINES, _MEDICINES_SHOWN = "d", "d medicines, "


def take_key(session: Session, *, asks_medicines: bool = False) -> list[str]:
    """Ask for a key; record the lines that it begins, or return the words of the command that it stands for.

    One key asks for the day's medicines where some are not recorded.
    """
    try:
        with answers_from() as source:
            shown = _KEYS.format(_MEDICINES_SHOWN if asks_medicines else "")
            say_paragraph(shown)
            key = source.key()
    except KeyboardInterrupt:
        return []
    if key == _MEDICINES and asks_medicines:
        from painlog.cli.medicine_questions import ask_medicines

        ask_medicines(session)
    if key in _LINES:
        from painlog.cli.line_prompt import take_lines

        take_lines(session, first=_LINES[key])
    return _COMMANDS.get(key, [])
