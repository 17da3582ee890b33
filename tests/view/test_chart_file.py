"""A chart as a file: the drawing of the page's days, whole by itself, with the person's words made safe."""

import xml.etree.ElementTree as ET
from pathlib import Path

from tests.conftest import Run


def test_a_chart_is_a_picture_of_the_days_by_the_pages_own_drawing(run: Run, tmp_path: Path) -> None:
    for line in (
        ("plan", "start", "dulox & <b>", "60mg", "daily", "--at", "10 nov"),
        ("track", "add", "fog <i>"),
        ("track", "add", "weight", "--unit", "kg"),
        ("log", "12 nov pain 5, mood 4"),
        ("log", "pain 7, slept 5h30"),
        ("pain", "3"),
        ("fog <i>", "4"),
        ("weight", "71.5"),
        ("ask", "phq8", "--answers", "1,1,1,1,1,1,1,1"),
        ("flare", "start", "--trigger", "a < b"),
    ):
        assert run(*line).code == 0, (line, run(*line).err)
    asked = ("pain", "mood", "sleep", "fog <i>", "weight", "phq8")
    written = tmp_path / "chart.svg"
    assert run("chart", *asked, "--from", "23 oct", "-o", str(written)).code == 0
    picture = written.read_text()
    texts = " ".join(node.text or "" for node in ET.fromstring(picture).iter() if node.tag.endswith("text"))
    for shown in ("pain", "mood", "sleep", "fog <i>", "weight", "PHQ-8", "dulox & <b>", "flare begins (a < b)"):
        assert shown in texts, shown
    assert "href" not in picture
    page = tmp_path / "page.html"
    assert run("report", "--from", "23 oct", "-o", str(page)).code == 0
    drawn = picture[picture.index("<circle") :]
    assert drawn[: drawn.index("</svg>")] in page.read_text()
    assert run("chart", "pain", "-o", str(tmp_path)).code == 0
    assert [file.name for file in tmp_path.glob("painlog-chart-*")] == ["painlog-chart-2026-11-12-to-2026-11-19.svg"]
    for wrong, says in (("x.png", "in .svg: painlog chart pain -o"), ("y.svg --period today", "two days at least")):
        ran = run("chart", "pain", "-o", *wrong.split())
        assert (ran.code, says in ran.err) == (2, True), ran.err


def test_a_picture_of_a_year_explains_its_weeks(run: Run, tmp_path: Path) -> None:
    for back in (0, 1, 2, 200):
        run("log", f"{back} days ago pain {back % 7}")
    written = tmp_path / "year.svg"
    assert run("chart", "pain", "--period", "1y", "-o", str(written)).code == 0
    assert "line: median of each week</text>" in written.read_text()
    assert "dot: a day" not in written.read_text()
