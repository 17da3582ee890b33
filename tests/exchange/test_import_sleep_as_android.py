"""Sleep as Android: a header before every record."""

import io
import zipfile

import pytest

from painlog.errors import FileRefused
from painlog.exchange.importers.sleep_as_android import IMPORTER
from tests.support.importing_diaries import chosen, run, survives

HEADER = "Id,Tz,From,To,Sched,Hours,Rating,Comment,Framerate,Snore,Noise,Cycles,DeepSleep,LenAdjust,Geo"
MEASURED, MANUAL = '"10000","-1","-1.0","5","0.3"', '"10007","-1","-1.0","-1","-1.0"'


def record(times: str, cells: str, more: str = "") -> str:
    return f"{HEADER}{times}\n{cells}\n{more}"


NIGHT = record(
    ',"23:00","23:05","Event"',
    '"1794261600000","Europe/Berlin","09. 11. 2026 23:00","10. 11. 2026 7:00","10. 11. 2026 7:00","8.0","4.0",'
    f'"Woke ""often"" \\n  #snore_2x",{MEASURED},"-50","","1.0","2.0","AWAKE_START-1794271600000"',
    ',,,,,,,,,,,,,,,"0.1","0.2"\n',
)
BY_HAND = record(
    ',"13:00"',
    '"1794312000000","Europe/Berlin","10. 11. 2026 13:00","10. 11. 2026 14:00","","1.000","0.0","Manually added",'
    f'{MANUAL},"-1.0","","0.0"',
)
TOKYO = record(
    "",
    '"1794319200000","Asia/Tokyo","10. 11. 2026 23:00","11. 11. 2026 6:00","","7.0","0.5","",' + f'{MEASURED},"0",""',
)
EXPECTED = [
    (
        "sleep",
        "2026-11-10",
        "07:00",
        {
            "night": "2026-11-09T23:00+01:00/2026-11-10T07:00+01:00",
            "waso": 50,
            "quality": 4,
            "note": 'Woke "often"\n #snore_2x',
        },
    ),
    (
        "sleep",
        "2026-11-10",
        "14:00",
        {"night": "2026-11-10T13:00+01:00/2026-11-10T14:00+01:00", "type": "nap"},
    ),
    ("sleep", "2026-11-11", "06:00", {"night": "2026-11-10T23:00+09:00/2026-11-11T06:00+09:00"}),
]


def zipped(text: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("alarms.json", "[]")
        packed.writestr("prefs.xml", "<map/>")
        packed.writestr("sleep-export.csv", text)
    return out.getvalue()


def test_each_record_is_a_sleep_in_its_zone() -> None:
    found = run(IMPORTER, NIGHT + BY_HAND + TOKYO)
    assert (found.facts, found.problems) == (EXPECTED, [])
    assert found.said == ["", "", "rating 0.5 (0.25-5)"]
    assert found.drafts[0].kind.derive(found.drafts[0].data)["tst"] == 430
    assert chosen(NIGHT) == "sleep-as-android"
    assert run(IMPORTER, zipped(NIGHT + BY_HAND + TOKYO)).facts == EXPECTED


def test_ids_hold_when_the_export_grows_or_is_sorted_otherwise() -> None:
    assert run(IMPORTER, NIGHT + BY_HAND).ids < run(IMPORTER, TOKYO + BY_HAND + NIGHT).ids


def test_thousands_of_columns_of_movement_are_no_matter() -> None:
    many = NIGHT.replace('"23:05"', ",".join(['"23:05"'] * 5_000)).replace('"2.0"', ",".join(['"2.0"'] * 5_000))
    assert run(IMPORTER, many).facts == EXPECTED[:1]


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('"8.0"', '"long"', "Hours is a number, not 'long'"),
        ('"8.0"', '"0.0"', "0.0 hours are no sleep"),
        ('"8.0"', '"30.0"', "30.0 hours are no sleep"),
        ("1794261600000", "99999999999999", "5138-11-16 is ahead"),
        ("1794261600000", "999999999999999", "1e+15 is no point in time"),
        ("Europe/Berlin", "Europe/Nowhere", "'Europe/Nowhere' is not a time zone"),
        ("Europe/Berlin", "../../etc/passwd", "'../../etc/passwd' is not a time zone"),
        ('"-50"', '"-490"', "no minute of sleep is given, only time in bed"),
    ],
)
def test_a_record_that_cannot_be_is_a_problem(old: str, new: str, why: str) -> None:
    found = run(IMPORTER, NIGHT.replace(old, new) + BY_HAND)
    assert [(each.place, each.why) for each in found.problems] == [("row 2", why)]
    assert [fact[2] for fact in found.facts] == ["14:00"]


def test_a_quote_that_is_never_closed_is_refused() -> None:
    with pytest.raises(FileRefused, match="is damaged after row"):
        run(IMPORTER, NIGHT.replace('"Europe', '"Europe"', 1) + BY_HAND)
    with pytest.raises(FileRefused, match="is damaged after row"):
        run(IMPORTER, NIGHT + BY_HAND.replace('"0.0"\n', '"0.0\n'))


def test_any_damage_ends_in_entries_problems_or_a_refusal() -> None:
    survives(IMPORTER, (NIGHT + BY_HAND + TOKYO).encode(), times=400)
    survives(IMPORTER, zipped(NIGHT + BY_HAND))


def test_a_night_ends_when_the_app_says_whatever_its_hours_are_rounded_to() -> None:
    """A third of an hour is no round number, and a start that was corrected by hand: what is written out counts."""
    cells = '"1794261900000","Europe/Berlin","09. 11. 2026 22:50","10. 11. 2026 7:10","","8.333","0.0",""'
    found = run(IMPORTER, record("", f'{cells},{MEASURED},"0",""'))
    assert [fact[3]["night"] for fact in found.facts] == ["2026-11-09T22:50+01:00/2026-11-10T07:10+01:00"]


def test_a_night_whose_times_are_of_another_zone_is_that_of_its_id() -> None:
    cells = '"1794261600000","Europe/Berlin","09. 11. 2026 17:00","10. 11. 2026 1:00","","8.0","0.0",""'
    found = run(IMPORTER, record("", f'{cells},{MEASURED},"0",""'))
    assert [fact[3]["night"] for fact in found.facts] == ["2026-11-09T23:00+01:00/2026-11-10T07:00+01:00"]
