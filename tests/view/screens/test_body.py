"""Where it hurt: days and scores of each place, a figure whose left and right are the person's own, and the picture."""

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from rich.cells import cell_len

from painlog.analysis.body import Body, Place, summarize_body
from painlog.domain.periods import Period
from painlog.domain.regions import all_regions, parts_of, show_region
from painlog.view.body_words import VIEWS, By, View, key, level, summary
from painlog.view.pictures.body import body_svg, description
from painlog.view.pictures.figure import shapes
from painlog.view.screens.body import SIGNS, body_lines
from painlog.view.screens.figure import WIDTH, figure, heading
from tests.cli.test_processes import environment
from tests.conftest import NOW, Run
from tests.support import warm
from tests.support.terminals import check_colour_is_a_choice

TODAY = NOW.date()
PERIOD = Period(TODAY - timedelta(days=27), TODAY)
LARGER = ("head", "arm_l", "arm_r", "abdomen", "back", "leg_l", "leg_r", "all_over")
HOSTILE = "other:scar <b>&\x1b[31m\u202eevil ]]>"


def found_in(*days: Mapping[str, float | None]) -> Body:
    """What was named on some days, the last one today."""
    return summarize_body({TODAY - timedelta(days=i): named for i, named in enumerate(reversed(days))}, PERIOD)


def screen(found: Body, by: By = "days", width: int = 80) -> list[str]:
    return [str(line) for line in body_lines(found, by, width)]


def views_of(lines: list[str]) -> dict[View, list[str]]:
    """The two figures of a screen, without what stands around them."""
    top = next(i for i, line in enumerate(lines) if line.startswith("your RIGHT")) + 1
    rows = [line.ljust(80) for line in lines[top : top + len(figure("front"))]]
    return {"front": [row[:WIDTH] for row in rows], "back": [row[WIDTH + 4 : 2 * WIDTH + 4] for row in rows]}


# The figure


@pytest.mark.parametrize("region", [region.id for region in all_regions().values()])
def test_every_region_is_shaded_and_listed(region: str) -> None:
    """On the views that it is seen from, in the terminal and in the picture."""
    found = found_in({region: 5})
    lines = screen(found)
    drawn = views_of(lines)
    shaded = {view for view in VIEWS if "█" in "".join(drawn[view])}
    pictured = {view for view in VIEWS if found.shown.keys() & {shape.region for shape in shapes(view)}}
    wanted = all_regions()[region].view
    assert shaded == pictured or wanted == "both"
    for seen in (shaded, pictured):
        assert seen == {wanted} or (wanted == "both" and seen)
    assert f"{show_region(region)} " in "\n".join(lines)
    assert f"{show_region(region)} 1 day, mean pain 5.0" in description(found)
    ET.fromstring(body_svg(found))


@pytest.mark.parametrize("view", VIEWS)
def test_left_and_right_are_mirror_images(view: View) -> None:
    other = str.maketrans("/\\()`'", "\\/)('`")
    for row in figure(view):
        assert len(row) == WIDTH
        for i, cell in enumerate(row[: WIDTH // 2]):
            twin = row[WIDTH - 1 - i]
            assert twin.sign == cell.sign.translate(other)
            assert twin.region == _twin(cell.region)
    by_region = {shape.region: shape for shape in shapes(view)}
    for id_, shape in by_region.items():
        mirrored = {(-x, y) for x, y in by_region[_twin(id_)].points}
        assert mirrored == set(shape.points)


def _twin(region: str) -> str:
    if region.endswith("_l"):
        return region[:-2] + "_r"
    return region[:-2] + "_l" if region.endswith("_r") else region


@pytest.mark.parametrize(("view", "first"), [("front", "RIGHT"), ("back", "LEFT")])
def test_a_side_is_where_its_heading_says(view: View, first: str) -> None:
    """One who faces you has the right hand at your left; seen from behind, the left hand is there."""
    assert heading(view).split()[1] == first
    side = first[0].lower()
    for row in figure(view):
        for i, cell in enumerate(row):
            if cell.region.endswith(("_l", "_r")):
                assert (cell.region[-1] == side) == (i < WIDTH // 2), cell.region
    for shape in shapes(view):
        if shape.region.endswith(("_l", "_r")):
            assert (shape.region[-1] == side) == (shape.middle[0] < 0), shape.region


def test_the_figure_has_no_region_that_is_not_on_the_list() -> None:
    drawn = {cell.region for view in VIEWS for row in figure(view) for cell in row} - {""}
    pictured = {shape.region for view in VIEWS for shape in shapes(view)}
    assert drawn == pictured == all_regions().keys() - set(LARGER)
    for view in VIEWS:
        seen = {cell.region for row in figure(view) for cell in row} - {""}
        assert {all_regions()[id_].view for id_ in seen} <= {view, "both"}
        assert {shape.region for shape in shapes(view)} == seen


@pytest.mark.parametrize(
    ("id_", "parts"),
    [
        ("knee_l", {"knee_l"}),
        ("abdomen", {"abdomen_up", "abdomen_lo"}),
        ("back", {"upper_back_l", "upper_back_r", "mid_back", "low_back_l", "low_back_r"}),
        ("arm_l", {f"{part}_l" for part in ("shoulder", "upper_arm", "elbow", "forearm", "wrist", "hand", "fingers")}),
        ("all_over", all_regions().keys() - set(LARGER)),
        ("other:scar", {"other:scar"}),
    ],
)
def test_a_larger_region_is_made_of_parts(id_: str, parts: set[str]) -> None:
    assert set(parts_of(id_)) == parts


def test_no_larger_region_has_another_sides_parts() -> None:
    assert all(part.endswith("_r") for part in parts_of("leg_r"))
    assert {"ear_l", "ear_r", "scalp_back"} <= set(parts_of("head"))
    assert "neck" not in parts_of("head")


# The value


def test_days_and_scores_by_hand() -> None:
    found = found_in({"knee_l": 4, "knee_r": 4}, {"knee_l": 7}, {"leg_l": 2, "knee_l": None}, {}, {"other:scar": 3})
    assert found.named == (
        Place("knee_l", 3, 2, 5.5, "both"),
        Place("knee_r", 1, 1, 4, "both"),
        Place("leg_l", 1, 1, 2, "both"),
        Place("other:scar", 1, 1, 3, ""),
    )
    assert found.shown["knee_l"] == Place("knee_l", 3, 3, 13 / 3, "both")
    assert found.shown["calf_l"] == Place("calf_l", 1, 1, 2, "back")
    assert "other:scar" not in found.shown


def test_a_part_keeps_its_own_score_beside_a_larger_ones() -> None:
    found = found_in({"all_over": 3, "knee_r": 8})
    assert (found.shown["knee_r"].score, found.shown["knee_l"].score) == (8, 3)
    assert {place.days for place in found.shown.values()} == {1}


def test_a_days_score_is_made_as_a_days_pain_is(run: Run) -> None:
    """A region's own score before the entry's; own averages before ratings; the worst and the least apart."""
    for line in (
        "mon pain 6 knee_l:2 neck",
        "mon pain 4 knee_l",
        "tue pain 8 neck, pain average 5 neck",
        "wed pain worst 9 neck left hand",
        "2026-09-01 pain 1 neck",
    ):
        assert run("log", *line.split(" ", 1)).code == 0, line
    named = {p["id"]: p for p in json.loads(run("body", "--json").out)["body"]["named"]}
    assert named["neck"] == {"id": "neck", "days": 3, "rated": 2, "score": 5.5, "view": "back"}
    assert named["knee_l"] == {"id": "knee_l", "days": 1, "rated": 1, "score": 3.0, "view": "both"}
    assert named["hand_l"] == {"id": "hand_l", "days": 1, "rated": 0, "score": None, "view": "both"}


def test_the_body_as_json(run: Run) -> None:
    run("pain", "6", "--where", "neck", "--where", "other:old scar:2")
    assert json.loads(run("body", "--json", "--period", "week").out) == {
        "painlog": 1,
        "body": {
            "period": {"start": "2026-11-13", "end": "2026-11-19"},
            "days": 1,
            "of": 7,
            "named": [
                {"id": "neck", "days": 1, "rated": 1, "score": 6.0, "view": "back"},
                {"id": "other:old scar", "days": 1, "rated": 1, "score": 2.0, "view": ""},
            ],
            "shown": {"neck": {"id": "neck", "days": 1, "rated": 1, "score": 6.0, "view": "back"}},
        },
    }


# The screens


def test_the_screen_at_80_columns() -> None:
    days: list[dict[str, float | None]] = [{"low_back_l": 6, "neck": 4} for _ in range(8)]
    days += [{"low_back_l": 5, "knee_r": 7, "hand_l": None} for _ in range(4)]
    days += [{"low_back_l": 5, "foot_r": 3, "other:old scar": 2}]
    assert "\n".join(screen(found_in(*days))) == SCREEN


SCREEN = r"""Where it hurt, 23 Oct – 19 Nov 2026
A body region was named on 13 of 28 days, most often low back LEFT (13), neck
  (8), hand LEFT (4).

your RIGHT   FRONT     your LEFT    your LEFT     BACK    your RIGHT
            .------.                            .------.
          .'        `.                        .'        `.
          |          |                        |          |
          |          |                        |          |
          |          |                        |          |
           `.      .'                          `.      .'
             |    |                              |▓▓▓▓|
      __..--'      `--..__                __..--'▓▓▓▓▓▓`--..__
   .-'                    `-.          .-'                    `-.
  /                          \        /                          \
  |    |                |    |        |    |                |    |
  |   /|                |\   |        |   /|                |\   |
  |   | \              / |   |        |   | \              / |   |
  |   |  |            |  |   |        |   |  |            |  |   |
 /   /   |            |   \   \      /   /   | █████      |   \   \
 |   |  /              \  |   |      |   |  / ██████       \  |   |
/   /  /                \  \   \    /   /  /   ██           \  \   \
|   |  |                |  |   |    |   |  |                |  |   |
|   |  |       /\       |  |▒▒▒|    |▒▒▒|  |       /\       |  |   |
|   |  |      |  |      |  |   |    |   |  |      |  |      |  |   |
`--'   |      |  |      |   `--'    `--'   |      |  |      |   `--'
        \     |  |     /                    \     |  |     /
        |     |  |     |                    |     |  |     |
        |▒▒▒▒/    \    |                    |    /    \▒▒▒▒|
        |▒▒▒▒|    |    |                    |    |    |▒▒▒▒|
        |    |    |    |                    |    |    |    |
        |    |    |    |                    |    |    |    |
         \   |    |   /                      \   |    |   /
         |  /      \  |                      |  /      \  |
        .'░░|      |  `.                     |  |      |  |
       /░░░░|      |    \                   .'  |      |░░`.
      (    /        \    )                  `---'      `---'

                        days   pain                            days   pain
low back LEFT             13    5.6    knee RIGHT                 4    7.0
neck                       8    4.0    foot RIGHT                 1    3.0
hand LEFT                  4           old scar                   1    2.0

Shade: days named, ░ 1 to 3, ▒ 4 to 6, ▓ 7 to 9, █ 10 to 13.
Left and right are your own. Pain is the mean of the days' scores there, 0-10."""


def test_the_shade_is_by_score_where_asked() -> None:
    found = found_in({"neck": 9, "knee_l": 1, "hand_r": None}, {"knee_l": 2})
    lines = "\n".join(screen(found, "score"))
    assert re.search(r"days +pain +days +pain\nneck +1 +9.0 +hand RIGHT +1\nknee LEFT +2 +1.5\n", lines)
    assert "░ 0 to 2.4, ▒ 2.5 to 4.9, ▓ 5 to 7.4, █ 7.5 to 10, ? no score." in lines
    assert "???" in lines


@pytest.mark.parametrize("most", range(1, 40))
def test_the_key_says_what_each_level_stands_for(most: int) -> None:
    found = found_in(*({"neck": 5.0} if i >= 1 else {"neck": 5.0, "knee_l": 5.0} for i in range(min(most, 28))))
    most = min(most, 28)
    said = dict(key(found, "days"))
    for days in range(1, most + 1):
        low, _, high = said[level(Place("neck", days, 0, None, "back"), found, "days") or 0].partition(" to ")
        assert int(low) <= days <= int(high or low)
    assert max(said) == len(SIGNS) - 1


@pytest.mark.parametrize(("score", "expected"), [(0, 1), (2.4, 1), (2.5, 2), (5, 3), (7.4, 3), (7.5, 4), (10, 4)])
def test_levels_of_scores(score: float, expected: int) -> None:
    found = found_in({"neck": score})
    assert level(found.shown["neck"], found, "score") == expected


@pytest.mark.parametrize("width", [40, 60, 79, 80, 107, 108, 120, 200])
def test_nothing_is_wider_than_the_screen(width: int) -> None:
    everywhere: dict[str, float | None] = dict.fromkeys([*all_regions(), "other:" + "long " * 30, "other:日本" * 9], 10)
    found = found_in(*[everywhere] * 28)
    views: tuple[By, By] = ("days", "score")
    for by in views:
        lines = screen(found, by, width)
        assert max(map(cell_len, lines)) <= max(width, 40)
        assert all(f"{show_region(id_)} " in "\n".join(lines) for id_ in all_regions())


def test_what_is_said_of_the_whole() -> None:
    found = found_in({"neck": 5, "knee_l": 5}, {"neck": 5}, {"hand_l": 5, "toes_l": 1})
    assert summary(found) == (
        "A body region was named on 3 of 28 days, most often neck (2), hand LEFT (1), knee LEFT (1)."
    )
    assert "The parts of leg LEFT are shaded with it." in "\n".join(screen(found_in({"leg_l": 4})))


# The command


def test_no_place_named_is_said_and_no_journal_begun(run: Run, path: Path) -> None:
    ran = run("body")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == (
        "no body region was named in this period (23 Oct – 19 Nov 2026); painlog pain 6 --where knee_r names one\n"
    )
    assert not path.exists()
    run("pain", "5")
    assert run("body").out == ""


def test_only_days_or_score(run: Run) -> None:
    ran = run("body", "--by", "mood")
    assert (ran.code, ran.err) == (2, "painlog: --by is days or score, not 'mood'\n")


def test_a_place_in_the_persons_own_words_alone(run: Run) -> None:
    run("pain", "5", "--where", "other:scar on the shin")
    shown = run("body").out
    assert "scar on the shin" in shown
    assert "No body region that was named is on the figure." in shown
    assert not set(shown) & set(SIGNS.strip())


def test_hostile_words_are_harmless_on_both_sheets(run: Run) -> None:
    run("pain", "5", "--where", HOSTILE, "--where", "neck")
    shown = run("body")
    assert shown.code == 0
    assert "scar <b>&" in shown.out
    assert not re.search("[\x1b\u202e]", shown.out)
    picture = body_svg(found_in({HOSTILE: 5, "neck": 4}))
    assert not re.search(r"<b>|\x1b|\u202e|&(?!amp;|lt;|gt;|quot;|#x27;)", picture)
    assert "scar &lt;b&gt;&amp;" in picture


def test_colour_is_for_terminals_that_want_it(path: Path) -> None:
    assert warm.run(("pain", "6", "--where", "neck"), environment(path)).returncode == 0
    check_colour_is_a_choice(path, "body")


# The picture


def test_the_picture_has_each_places_number_of_days() -> None:
    days: list[dict[str, float | None]] = [{"low_back_l": 6, "leg_r": 4, "other:old scar": 2, "all_over": 3}] * 3
    root = ET.fromstring(body_svg(found_in(*days, {"knee_l": 5})))
    front, back = ([each.text for each in panel.findall("text")] for panel in root.findall("g"))
    assert (sorted(map(str, front)), sorted(map(str, back))) == (["1", "3"], ["1", "3", "3"])
    assert "Also: all over 3, old scar 3" in [each.text for each in root.iter("text")]
    assert root.attrib["role"] == "img"
    assert [child.tag for child in root][:2] == ["title", "desc"]
    assert root[0].text == "Where it hurt, 23 Oct – 19 Nov 2026"
    attributes = {name for each in root.iter() for name in each.attrib}
    assert attributes.isdisjoint({"href", "onload", "onclick", "src"})
    assert {each.tag for each in root.iter()}.isdisjoint({"script", "image", "use", "foreignObject", "style"})


def test_numbers_in_the_picture_do_not_lie_over_one_another() -> None:
    everywhere: dict[str, float | None] = dict.fromkeys(all_regions(), 5)
    root = ET.fromstring(body_svg(found_in(everywhere)))
    for panel in root.iter("g"):
        for anchor in ("start", "end"):
            names = [each for each in panel.findall("text") if each.attrib["text-anchor"] == anchor]
            heights = [float(each.attrib["y"]) for each in names]
            assert all(later - one >= 26 for one, later in pairwise(heights))


def test_days_outside_the_period_do_not_count() -> None:
    found = summarize_body({date(2020, 1, 1): {"neck": 4}, TODAY: {"knee_l": 2}}, PERIOD)
    assert (found.days, [place.id for place in found.named]) == (1, ["knee_l"])
