"""What follows from how a night was described. Pure. All times in minutes.

Total sleep time (TST) is the length given, or the span from trying to sleep to the final waking less the time to fall
asleep (SOL) and awake in the night (WASO) as far as they were said. Sleep efficiency is
``100 · TST / (SOL + TST + WASO + TASAFA)`` (Reed & Sacco 2016, doi 10.5664/jcsm.5498), which does not count reading or
resting in bed against the person; the older form over time in bed is kept beside it.
"""

from __future__ import annotations

from typing import Any

from painlog.domain.kinds.nights import span_ends, span_minutes
from painlog.domain.language.durations import show_minutes
from painlog.errors import BadInput

LONGEST_IN_BED = 16 * 60
BROKEN_WITHIN = 180  # two parts of a night lie less than so many minutes apart
LONGEST_NAP = 8 * 60
_MIXED_UP = "is one of the times a morning or evening time, such as 23:00 for 11:00?"


def derive(data: dict[str, Any]) -> dict[str, Any]:
    """Return ``tst``, and where enough was said ``time_in_bed``, ``efficiency`` (%) and ``efficiency_in_bed`` (%).

    Raises BadInput where the parts do not fit into the night.
    """
    night = data.get("night")
    if night is None:
        return {}
    sol, waso, tasafa = (data.get(name) for name in ("sol", "waso", "tasafa"))
    tst = _total_sleep(night, (sol or 0) + (waso or 0))
    if data.get("type") == "nap" and tst > LONGEST_NAP:
        raise BadInput(f"a nap is at most {LONGEST_NAP // 60} h, not {show_minutes(tst)}; write 20m for minutes")
    derived: dict[str, Any] = {"tst": _number(tst)}
    if sol is not None and waso is not None and tst > 0:
        derived["efficiency"] = round(100 * tst / (sol + tst + waso + (tasafa or 0)), 1)
    if isinstance(night, str) and ("bed" in data or "up" in data):
        in_bed = _time_in_bed(night, data.get("bed"), data.get("up"))
        if "bed" in data and "up" in data:
            derived |= {"time_in_bed": _number(in_bed), "efficiency_in_bed": round(100 * tst / in_bed, 1)}
    return derived


def _total_sleep(night: float | str, awake: float) -> float:
    if not isinstance(night, str):
        return night
    span = span_minutes(night)
    if awake > span:
        raise BadInput(f"{show_minutes(awake)} awake does not fit into a night of {show_minutes(span)}; {_MIXED_UP}")
    return span - awake


def _time_in_bed(night: str, bed: str | None, up: str | None) -> float:
    """Into bed is the latest such time before trying to sleep, out of bed the first after the final waking.

    Where one of them was not said it is the beginning, or the end, of the sleep. Raises BadInput for more than 16 h.
    """
    start, end = (f"{each:%H:%M}" for each in span_ends(night))
    bed, up = bed or start, up or end
    before = (_of_day(start) - _of_day(bed)) % (24 * 60)
    after = (_of_day(up) - _of_day(end)) % (24 * 60)
    minutes = before + span_minutes(night) + after
    if minutes > LONGEST_IN_BED:
        raise BadInput(f"in bed from {bed} to {up} is {show_minutes(minutes)}, more than 16 h; {_MIXED_UP}")
    return minutes


def _of_day(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


def _number(minutes: float) -> float:
    return int(minutes) if minutes == int(minutes) else round(minutes, 1)
