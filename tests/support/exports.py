"""What tests of exports share: reading a CSV back, and strings made to break it."""

import csv
import io
import random

from tests.conftest import Run

HOSTILE = (
    *"'=+-@\t\n\x1b\x00\x7f\x85\u202e\u2028\u200b\u2066\ufeff\u00ad＝＋－＠␛␀␡;,\"/ aé漢1F",
    *(" / ", "␛1B;", "\U000e0041", "=1+1", "=cmd|' /C calc'!A0", "''=", "\r\n", "👩‍🦽", "\ud800"),
)
Rows = list[dict[str, str]]


def rows(text: str, delimiter: str = ",") -> Rows:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=delimiter))


def exported(run: Run, *more: str) -> Rows:
    ran = run("export", "csv", *more)
    assert ran.code == 0, ran.err
    return rows(ran.out, ";" if "--excel-eu" in more else ",")


def hostile(count: int) -> list[str]:
    chance = random.Random(7)
    return ["".join(chance.choices(HOSTILE, k=chance.randrange(1, 14))) for _ in range(count)]
