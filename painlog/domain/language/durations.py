"""Lengths of time as people type them. Pure; minutes in, minutes out."""

import re

from painlog.errors import BadInput

_FORMS = (
    r"(?P<h>\d{1,6}(?:[.,]\d{1,6})?) ?(?:h|hr|hrs|hours?)",
    r"(?P<h>\d{1,6}) ?(?:h|hr|hrs|hours?|:) ?(?P<m>\d{1,2}) ?(?:m|min|mins|minutes?)?",
    r"(?P<m>\d{1,6}(?:[.,]\d{1,6})?) ?(?:m|min|mins|minutes?)",
)


def parse_minutes(text: str, *, bare: str = "") -> float:
    """Read ``5h30``, ``5:30``, ``5 h 30 min``, ``1.5 hours`` or ``45m`` as minutes.

    ``bare`` is the unit of a number without one: ``"h"``, ``"m"``, or empty to refuse it.
    Raises BadInput.
    """
    clean = " ".join(text.lower().split())
    if bare and re.fullmatch(r"\d+(?:[.,]\d+)?", clean):
        clean += bare
    for form in _FORMS:
        if found := re.fullmatch(form, clean, re.ASCII):
            parts = found.groupdict()
            hours = float((parts.get("h") or "0").replace(",", "."))
            minutes = float((parts.get("m") or "0").replace(",", "."))
            if "h" in parts and minutes >= 60:
                break
            return round(hours * 60 + minutes, 1)
    raise BadInput(f"{text!r} is not a length of time; write it as 5h30, 1.5h or 45m")


def could_be_thousands(number: str) -> bool:
    """Whether a number such as ``1,000`` or ``1.000`` could as well be a thousand as one."""
    return bool(re.fullmatch(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", number.strip()))


def refuse_thousands(title: str, number: str) -> None:
    """Refuse a number that ``could_be_thousands``. Raises BadInput."""
    if could_be_thousands(number):
        whole, part = both_readings(number)
        raise BadInput(f"{title}: {number} could be thousands or a fraction; write {whole} or {part}")


def both_readings(number: str) -> tuple[str, str]:
    """Return what a number that ``could_be_thousands`` may mean, as it can be written: ``1000`` and ``1``."""
    return number.replace(".", "").replace(",", ""), f"{float(number.replace(',', '.')):g}"


def show_clock(minutes: float) -> str:
    """``330`` → ``5:30``; ``45`` → ``0:45``; whole minutes, rounded half up."""
    whole = int(minutes + 0.5)
    return f"{whole // 60}:{whole % 60:02d}"


def show_minutes(minutes: float) -> str:
    """``330`` → ``5 h 30``; ``45`` → ``45 min``; whole minutes, rounded half up."""
    whole = int(minutes + 0.5)
    return f"{whole // 60} h {whole % 60:02d}" if whole >= 60 else f"{whole} min"
