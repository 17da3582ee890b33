"""A place whose side nobody said is a place of its own, in every count and on every figure."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from painlog.analysis.body import Place, summarize_body
from painlog.domain.periods import Period
from painlog.domain.regions import all_regions, parts_of, region_of, unsided_regions
from painlog.exchange.fhir.codes import place
from painlog.view.pictures.body import body_svg
from painlog.view.screens.body import HATCHED, body_lines
from tests.conftest import Run

TODAY = date(2026, 11, 19)
PERIOD = Period(TODAY - timedelta(days=6), TODAY)
SHADED = "\u2588"


def drawn(*named: dict[str, float | None]) -> str:
    found = summarize_body({TODAY - timedelta(days=i): one for i, one in enumerate(named)}, PERIOD)
    return "\n".join(map(str, body_lines(found, "days", 80)))


def picture(*named: dict[str, float | None]) -> str:
    return body_svg(summarize_body({TODAY - timedelta(days=i): one for i, one in enumerate(named)}, PERIOD))


def test_it_is_counted_once_and_not_with_the_sides_that_were_said() -> None:
    days: dict[date, dict[str, float | None]] = {
        TODAY: {"knee": 5.0},
        TODAY - timedelta(days=1): {"knee": None, "knee_l": 3.0},
    }
    found = summarize_body(days, PERIOD)
    assert found.named == (Place("knee", 2, 1, 5, "both"), Place("knee_l", 1, 1, 3, "both"))
    assert found.shown == {"knee": found.named[0], "knee_l": found.named[1]}


@pytest.mark.parametrize("base", unsided_regions())
def test_every_one_is_hatched_at_both_sides_and_shaded_at_none(base: str) -> None:
    """A shade at one side, or at both, would say what the person did not."""
    screen = drawn({base: 5})
    figure, _, after = screen.partition("Shade: ")
    rows = [row for row in figure.splitlines() if HATCHED in row]
    assert rows, base
    assert SHADED not in figure
    assert all(row.count(HATCHED) % 2 == 0 for row in rows), "each side is the other's mirror image"
    assert "\u2571 side not said" in after
    assert "url(#painlog-hatched-4)" in picture({base: 5})


def test_a_side_that_was_said_is_shaded_and_the_other_one_hatched() -> None:
    screen = drawn({"knee": 5}, {"knee_l": 5})
    assert SHADED in screen
    assert HATCHED in screen.partition("Shade: ")[0]


def test_a_larger_place_does_not_hide_the_one_of_most_days_within_it() -> None:
    often: list[dict[str, float | None]] = [{"low_back": 6}] * 4
    named: list[dict[str, float | None]] = [{"back": 2}, *often]
    figure, _, after = drawn(*named).partition("Shade: ")
    assert "╱╱╱" in figure
    assert "╱ side not said, up to 4" in after
    assert picture(*named).count("url(#painlog-hatched-4)") > 1


def test_a_place_within_a_larger_one_that_was_named_more_often_has_its_days() -> None:
    often: list[dict[str, float | None]] = [{"back": 2}] * 4
    screen = drawn(*often, {"low_back": 6})
    assert SHADED in screen
    assert HATCHED not in screen.partition("Shade: ")[0]


def test_where_every_side_was_said_nothing_is_said_of_it() -> None:
    for draw in (drawn, picture):
        text = draw({"knee_l": 5, "neck": 3})
        assert "side not said" not in text
        assert "hatched" not in text


def test_the_patterns_that_a_picture_refers_to_are_in_it() -> None:
    svg = picture({"knee": 1.0}, {"knee": 2.0}, {"hip": 3.0}, {"foot_l": 3.0})
    for part in {piece.partition(")")[0] for piece in svg.split("url(#painlog-hatched-")[1:]}:
        assert f'id="painlog-hatched-{part}"' in svg


def test_a_larger_place_without_a_side_has_parts_without_one() -> None:
    assert "knee" in parts_of("leg")
    assert not set(parts_of("leg")) & all_regions().keys()
    shown = summarize_body({TODAY: {"leg": 4, "knee": 6}}, PERIOD).shown
    assert (shown["knee"].score, shown["calf"].score, shown["knee"].days) == (6, 4, 1)


@pytest.mark.parametrize("id_", [*all_regions(), *unsided_regions()])
def test_a_clinic_reads_it_as_a_code_of_its_own(id_: str) -> None:
    found = place(id_)
    assert [coding["code"] for coding in found["coding"]] == [id_]
    sided = id_[-2:] in ("_l", "_r")
    assert (found["text"].endswith((" LEFT", " RIGHT"))) == sided


def test_a_place_in_own_words_has_no_code() -> None:
    assert "coding" not in place("other:scar")
    assert region_of("other:scar") is None


def test_a_table_has_the_place_as_it_was_said(run: Run) -> None:
    run("log", "knee 5, low back 7")
    long = run("export", "csv").out
    assert (",knee," in long, ",low_back," in long, "knee_l" in long) == (True, True, False)
    daily = run("export", "csv", "--layout", "daily").out
    assert "knee;low_back" in daily
    assert "none if not said" in run("export", "csv", "--dictionary").out


def test_a_bundle_says_which_places_have_no_side(run: Run) -> None:
    run("log", "knee 5")
    entries = json.loads(run("export", "fhir").out)["entry"]
    (systems,) = (e["resource"] for e in entries if e["resource"].get("name") == "PainlogRegions")
    assert systems["concept"] == [{"code": "knee", "display": "knee"}]


def test_an_importer_says_no_side_that_the_file_does_not(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "other.csv"
    file.write_text("Date,Pain Level,Place\n2026-11-01,5,knee\n2026-11-02,5,left hip; knee\n2026-11-03,4,both knees\n")
    mapped = ("--map", "Date=day", "--map", "Pain Level=pain", "--map", "Place=where")
    ran = run("import", str(file), *mapped, "--yes", "--no-backup")
    assert ran.code == 0, ran
    entries = json.loads(run("list", "--period", "all", "--json").out)["entries"]
    places = [[*entry["fields"]["where"]] for entry in entries]
    assert places == [["knee"], ["hip_l", "knee"], ["knee_l", "knee_r"]]


def test_what_is_offered_at_the_shell_has_it_beside_its_sides() -> None:
    from painlog.cli.shell.completion import _known
    from painlog.domain.kinds.pain_mood import PAIN

    offered = [*_known(PAIN.by_name["where"])]
    assert {"knee", "knee_l", "knee_r"} <= {*offered}
    assert len(offered) == len({*offered})
