"""From when to when a night was, and digits that may be hours and minutes as well as a part of an hour. Pure."""

from painlog.domain.language.building import Building
from painlog.domain.language.figures import Range, is_wall_time
from painlog.domain.language.line_items import Item
from painlog.domain.language.reading import Edit

_EVENING_FROM = 18  # o'clock


def is_dotted(text: str) -> bool:
    """Whether digits such as 5.30 could be hours and minutes as well as a fraction."""
    _, point, rest = text.replace(",", ".").partition(".")
    return bool(point) and len(rest) == 2


def _is_dotted_time(found: Range) -> bool:
    """Whether an end of a span is a time written with a point, as the other or itself can be no length: 22.45-6.15."""
    ends = (found.low, found.high)
    is_time = any(_is_clear(end) or _is_clear(end.partition(".")[0]) for end in ends)
    return is_time and any(map(is_dotted, ends)) and not found.unit


def ask_dotted(built: Building, item: Item, digits: str) -> None:
    """Ask which of the two such digits are."""
    hours, _, rest = digits.replace(",", ".").partition(".")
    edits = [Edit(item.start, item.end, f"{hours}h{round(int(rest) * 0.6):02d}")]
    if int(rest) < 60:
        edits.insert(0, Edit(item.start, item.end, f"{hours}h{rest}"))
    built.ask(f"{digits}: hours and minutes, or a part of an hour?", *edits)


def take_span(built: Building, name: str, item: Item) -> None:
    """Take from when to when; bare hours only where the first is 18 to 23 and the second 4 to 11."""
    found: Range = item.value
    if _is_dotted_time(found):
        found = Range(found.low.replace(".", ":"), found.high.replace(".", ":"), is_open=True)
    low, high = _clock_of(found.low), _clock_of(found.high)
    is_by_24 = is_wall_time(found.low) and is_wall_time(found.high)
    if is_by_24 and not _is_night_by_24(found):
        evening = f"{int(low[:2]) % 12 + 12}{low[2:]}"
        starts = dict.fromkeys((low, evening))
        built.ask(f"{item.low}: from when to when?", *(Edit(item.start, item.end, f"{each}-{high}") for each in starts))
        return
    written = ":" in found.low and ":" in found.high
    halves = "m" in found.low and "m" in found.high
    plain = (
        found.low.isdecimal()
        and found.high.isdecimal()
        and not found.unit
        and _EVENING_FROM <= int(found.low) <= 23
        and 4 <= int(found.high) <= 11
    )
    mixed = not plain and low and high and (_is_clear(found.low) and _is_clear(found.high)) and not found.unit
    if low and high and (written or halves or plain or mixed or is_by_24) and not found.is_open:
        built.late[name] = f"{low}-{high}"
        return
    if found.unit == "h" and low and high and int(found.low) > int(found.high):
        built.ask(f"{item.low}: from when to when?", Edit(item.start, item.end, f"{low}-{high}"))
        return
    if found.unit or not (low and high):
        edits = [Edit(item.start, item.end, f"{end}{found.unit or 'h'}") for end in (found.low, found.high)]
        built.ask(f"which is meant, {found.low} or {found.high}?", *edits)
        return
    night = f"{_evening(found.low)}-{_morning(found.high)}"
    built.ask(
        f"{item.low}: from when to when?",
        Edit(item.start, item.end, night),
        Edit(item.start, item.end, f"{low}-{high}"),
    )


def _is_night_by_24(found: Range) -> bool:
    """Whether four digits each can only be an evening or midnight and a morning: 2245-0630, and not 1115-0645."""
    hour = int(found.low[:2])
    return (hour >= _EVENING_FROM or hour == 0) and found.high[0] == "0"


def _is_clear(text: str) -> bool:
    return (
        ":" in text
        or text.endswith("m")
        or text in ("midnight", "noon")
        or (text.isdecimal() and (int(text) > 12 or int(text) == 0))
    )


def _clock_of(text: str) -> str:
    """``HH:MM`` of one end of a span; empty where it is none."""
    if text in ("midnight", "noon"):
        return "00:00" if text == "midnight" else "12:00"
    half = text[-2:] if text.endswith(("am", "pm")) else ""
    hour, _, minute = text.removesuffix(half).partition(":")
    if is_wall_time(text):
        hour, minute = text[:2], text[2:]
    if not (hour.isdecimal() and (not minute or minute.isdecimal())):
        return ""
    number = int(hour)
    if half:
        if not 1 <= number <= 12:
            return ""
        number = number % 12 + (12 if half == "pm" else 0)
    return f"{number:02d}:{minute or '00'}" if number < 24 and int(minute or 0) < 60 else ""


def _evening(text: str) -> str:
    return f"{text}pm" if _lacks_half(text) else _clock_of(text)


def _morning(text: str) -> str:
    return f"{text}am" if _lacks_half(text) else _clock_of(text)


def _lacks_half(text: str) -> bool:
    hour = text.partition(":")[0]
    return hour.isdecimal() and 1 <= int(hour) <= 12 and text[-1].isdecimal()
