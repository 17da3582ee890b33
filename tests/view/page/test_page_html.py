"""The page as HTML and PDF: one document that asks for nothing, says what the text says, and holds no one's markup."""

import re
import subprocess
import sys
from collections.abc import Callable
from ctypes.util import find_library
from datetime import date, timedelta
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from painlog.analysis.report.page import Page
from painlog.analysis.report.timeline import EventOnDay, Lane
from painlog.domain.periods import DAYS_IN_WEEK, LONGEST_IN_WEEKS
from painlog.view.page.day_tables import day_tables
from painlog.view.page.html import lines_of_print
from painlog.view.page.layout import lay_out
from painlog.view.page.parts import Grid, Phrases, Row
from painlog.view.page.pdf import page_pdf
from painlog.view.page.sections import EVENTS, RECORD, legend, sections
from painlog.view.page.text import room_of
from painlog.view.pictures.axis import Axis
from painlog.view.pictures.lanes import draw_lane
from painlog.view.pictures.timeline import description, panels
from painlog.view.values import ABSENT
from painlog.view.visible import visible
from tests.conftest import Run
from tests.support.pages import CASES, NAMES, Make, html_of, make, recorded

__all__ = ["make"]
_VOID = {"meta", "br", "img", "link"}
_ALLOWED = {
    *("html", "head", "meta", "title", "style", "body", "header", "main", "footer", "section", "h1", "h2", "h3", "p"),
    *("ul", "li", "b", "small", "span", "div", "table", "caption", "thead", "tbody", "tr", "th", "td", "details"),
    *("svg", "g", "desc", "rect", "path", "circle", "line", "text", "polyline", "polygon", "clippath", "pattern"),
    *("summary", "defs"),
}
needs_pango = pytest.mark.skipif(find_library("pango-1.0") is None, reason="needs Pango: apt install libpangoft2-1.0-0")
anywhere = pytest.mark.parametrize("name", CASES)


class Read(HTMLParser):
    """Elements with their attributes, and the words of each kind of element; every one is closed."""

    def __init__(self, document: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: dict[str, list[str]] = {}
        self.feed(document)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)
            self.words.setdefault(tag, []).append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        for tag in set(self.open):
            self.words[tag][-1] += data

    def tags(self, *wanted: str) -> list[str]:
        return [tag for tag, _ in self.elements if tag in wanted]


def squeezed(text: str) -> str:
    return "".join(text.replace("\u200e", "").split())


@pytest.fixture(scope="module")
def pdf_of() -> Callable[..., PdfReader]:
    """Return a page's PDF, read; each sheet of each page is set once."""
    made: dict[tuple[int, str], tuple[Page, bytes]] = {}

    def pdf(page: Page, paper: str = "A4") -> PdfReader:
        key = (id(page), paper)
        if key not in made:
            made[key] = page, page_pdf(page, paper) if paper != "A4" else page_pdf(page)
        return PdfReader(BytesIO(made[key][1]))

    return pdf


def text_of(reader: PdfReader) -> str:
    """The words of all sheets, pypdf's where a font lacks a sign left out."""
    return squeezed("".join(sheet.extract_text() for sheet in reader.pages).replace("\0", ""))


def texts_of(page: Page) -> list[str]:
    """Every row and cell of the page's sections, without their spaces."""
    texts: list[str] = []
    for section in sections(page):
        for part in section.parts:
            if isinstance(part, Grid):
                texts += [cell for row in part.rows for cell in row.cells]
            elif isinstance(part, Phrases):
                texts += [phrase.text for phrase in part.items]
            else:
                texts += [part.head, part.text]
    return [squeezed(visible(text)) for text in texts if text]


def kept_of(page: Page) -> list[str]:
    """The rows that are never cut, without their spaces."""
    parts = [part for section in sections(page) for part in section.parts if isinstance(part, Row) and part.keep]
    return [squeezed(visible(part.head + part.text)) for part in parts]


# Structure


@anywhere
def test_the_document_is_whole_and_asks_for_nothing(name: str, make: Make) -> None:
    document = html_of(make(name))
    read = Read(document)
    assert set(read.tags(*(tag for tag, _ in read.elements))) <= _ALLOWED
    assert read.tags("header", "main", "footer", "h1") == ["header", "h1", "main", "footer"]
    assert read.words["title"][0].startswith("Pain, mood and sleep diary, ")
    attributes = [pair for _, given in read.elements for pair in given.items()]
    assert {key for key, _ in attributes}.isdisjoint({"src", "href", "xlink:href", "srcset", "action"})
    assert not [key for key, _ in attributes if key.startswith("on")]
    assert [value for key, value in attributes if key == "clip-path" and not str(value).startswith("url(#")] == []
    assert "@import" not in document
    assert [found for found in re.findall(r"url\((.*?)\)", document) if not found.startswith("#painlog-")] == []
    assert "://" not in document


def test_the_head_names_the_language_and_a_policy_without_scripts(make: Make) -> None:
    read = Read(html_of(make("week")))
    named = {given.get("name") or given.get("http-equiv"): given.get("content") for tag, given in read.elements[:9]}
    assert read.elements[0] == ("html", {"lang": "en"})
    assert str(named["Content-Security-Policy"]).startswith("default-src 'none'; style-src 'unsafe-inline';")
    assert named["viewport"] == "width=device-width, initial-scale=1"
    assert named["referrer"] == "no-referrer"
    assert str(named["robots"]).startswith("noindex")


def test_ids_are_unique_and_pictures_have_words(make: Make) -> None:
    page = make("five weeks")
    read = Read(html_of(page))
    ids = [given["id"] for _, given in read.elements if "id" in given]
    assert len(ids) == len(set(ids)) == 4
    pictures = [given for tag, given in read.elements if tag == "svg"]
    assert all(("role" in given) != ("aria-hidden" in given) for given in pictures)
    assert len([given for given in pictures if given.get("role") == "img"]) == len(read.words["svg"]) - len([
        given for given in pictures if "aria-hidden" in given
    ])
    titles = [title for title in read.words["title"] if title.startswith(("pain, ", "mood, ", "sleep: "))]
    assert [title.split(":")[0] for title in titles] == ["pain, higher is worse", "mood, higher is better", "sleep"]
    assert "low back LEFT" in read.words["desc"][0]
    assert description(page) in "".join(read.words["p"])


@anywhere
def test_headings_stand_in_order(name: str, make: Make) -> None:
    page = make(name)
    read = Read(html_of(page))
    apart = ("Day by day", "Week by week")
    shown = [heading.split(" by fixed")[0] for heading in read.words["h2"] if not heading.startswith(apart)]
    expected = [s.label for s in sections(page) if s.label not in (RECORD, EVENTS) and not s.label.startswith("By ")]
    assert shown == expected


# The same words as the text


@anywhere
def test_everything_of_the_page_is_in_the_html(name: str, make: Make) -> None:
    page = make(name)
    read = Read(html_of(page))
    shown = squeezed("|".join(read.words["body"]))
    for text in texts_of(page):
        assert text.lstrip("0123456789.") in shown
    assert legend(page, in_digits=False) in read.words["footer"][0]


@anywhere
def test_everything_of_the_page_is_in_the_text_in_full(name: str, make: Make) -> None:
    page = make(name)
    room = room_of(400, in_full=True)._replace(columns=100_000, name_columns=1000)
    shown = squeezed("".join(line.text for block in lay_out(sections(page), room) for line in block.rows))
    for text in texts_of(page):
        assert text in shown


@needs_pango
@pytest.mark.parametrize("name", ["empty", "five weeks", "a year"])
def test_what_is_never_cut_is_in_the_pdf(name: str, make: Make, pdf_of: Callable[..., PdfReader]) -> None:
    page = make(name)
    reader = pdf_of(page)
    text = text_of(reader)
    assert len(reader.pages) == 1
    for row in kept_of(page):
        ascii_only = re.sub(r"[^ -~]", " ", row).split()
        assert all(part in text for part in ascii_only), row
    assert squeezed(legend(page, in_digits=False)) in text


@needs_pango
@pytest.mark.parametrize(
    ("name", "paper", "sides"),
    [
        ("names", "A4", [595, 842]),
        ("long notes", "letter", [612, 792]),
    ],
)
def test_the_pdf_takes_another_sheet_only_for_what_is_never_cut(
    name: str, paper: str, sides: list[int], make: Make, pdf_of: Callable[..., PdfReader]
) -> None:
    page = make(name)
    reader, lines = pdf_of(page, paper), lines_of_print(page)
    assert (len(reader.pages) > 1) == (lines.kept > lines.sheet)
    assert len(reader.pages) <= 2 + lines.kept // 30  # they are as long as they come
    assert "dayslogged" in text_of(reader)
    for sheet in reader.pages[1:]:
        assert "continued" in sheet.extract_text()
    assert [round(side) for side in reader.pages[0].mediabox[2:]] == sides
    assert reader.metadata is not None
    assert (reader.metadata.title or "").startswith("Pain, mood and sleep diary, ")
    assert reader.metadata.author is None


@pytest.mark.parametrize(
    "name", ["only sleep", "week", "twenty days", "five weeks", "redacted", "a year", "five years"]
)
def test_tables_hold_the_values_of_the_days(name: str, make: Make) -> None:
    page = make(name)
    cells = [cell for table in day_tables(page) for row in table.rows for cell in row.cells]
    read = Read(html_of(page))
    shown = [cell for cell in read.words["td"] if cell]
    expected = ["." + "no entry" if cell == ABSENT else cell for cell in cells if cell]
    first = next(i for i in range(len(shown)) if shown[i : i + len(expected)] == expected)
    assert first >= 0
    if page.period.length <= DAYS_IN_WEEK:
        values = (
            page.measured["pain"].figures.by_day if "pain" in page.measured else page.measured["sleep"].figures.by_day
        )
        assert sum(value is None for value in values) <= cells.count(ABSENT)
    elif page.period.length <= LONGEST_IN_WEEKS:
        days = [cell for table in day_tables(page) for row in table.rows for cell in row.cells[:-1] if cell]
        assert len(days) == page.period.length * len(day_tables(page))


def test_tables_of_weeks_have_the_decimals_that_the_page_s_figures_rest_on(run: Run) -> None:
    """Of 4.67 and 6 h 30 a digit cuts off one and rounds up the other."""
    for n in range(14):
        for pain in (4, 4, 6):
            run("log", f"{n} days ago pain {pain}")
        run("sleep", "6h30", "--at", f"{n} days ago")
    html = run("report", "--period", "28d", "--format", "html").out
    assert [html.count(f"<td>{cell}</td>") for cell in ("4.7", "6:30", "4", "7")] == [14, 14, 0, 0]
    assert "Digits leave out" not in html


def test_a_month_held_in_part_is_named_by_its_days(make: Make) -> None:
    assert '<th scope="row">1-19 Nov 26</th>' in html_of(make("a year"))


def test_a_day_without_an_entry_is_said_in_words_too(make: Make) -> None:
    page = make("three days")
    read = Read(html_of(page))
    table = next(iter(day_tables(page)))
    assert [cell for row in table.rows for cell in row.cells].count(ABSENT) == 7 + 2
    assert sum("no entry" in cell for cell in read.words["td"]) == 7 + 2


# The timeline


def test_only_signs_that_are_drawn_are_explained(run: Run) -> None:
    for back in range(9):
        run("log", f"{back} days ago pain {back}")
    week, days = (
        Read(run("report", "--format", "html", *asked).out).words["small"] for asked in ((), ("--period", "9d"))
    )
    assert any("dot: a day" in each and "median" not in each and "bar" not in each for each in week)
    assert "dot: a day; line: median of 7 days" in days
    run("log", "pain 2 at 8:00, pain 7 at 9:00")
    run("plan", "start", "duloxetine", "60mg", "daily", "--at", "2 days ago")
    signs = "dot: a day; grey bar: its lowest to highest; open box: not recorded"
    assert signs in Read(run("report", "--format", "html").out).words["small"]


def test_gaps_are_gaps_and_events_have_the_numbers_of_their_list(make: Make) -> None:
    page = make("changes")
    drawn = {panel.name: panel.svg for panel in panels(page)}
    days, middles = 14, 14 - 3  # the median of seven days begins with the fourth
    assert (drawn["pain"].count("<circle"), drawn["mood"].count("<circle")) == (days - 1, days)
    assert drawn["mood"].count(' stroke-width="2"') == middles - 1
    assert re.findall(r'font-weight="bold"[^>]*>([^<]*)<', drawn["events"]) == ["1–2", "3"]
    read = Read(html_of(page))
    changes = [row for row in read.words["li"] if "plan start" in row]
    assert [(row[0], row.split(": ")[1]) for row in changes] == [
        ("1", "alpha 5 mg"),
        ("2", "beta 5 mg"),
        ("3", "gamma 5 mg"),
    ]


def test_circles_of_events_do_not_touch_where_a_panel_is_400_pixels_wide(make: Make) -> None:
    page = make("crowded")
    days = [page.period.start + timedelta(days=i) for i in (0, 1, 2, 3, 5, 9, 10, 12, 20, 27)]
    found = tuple(EventOnDay(number, on, "plan", f"{number}") for number, on in enumerate(days, 8))
    (events,) = (panel.svg for panel in panels(page._replace(events=found)) if panel.sort == "events")
    middles = [4 * float(x) for x in re.findall(r'<text x="([\d.]+)%"', events)]
    widths = [float(wide) for wide in re.findall(r'<rect x="[^"]*" y="0.5" width="(\d+)"', events)]
    texts = re.findall(r">([\d–]+)</text>", events)
    assert texts[0] == "8–10"
    assert texts[-1] == "17"
    for i in range(1, len(middles)):
        assert middles[i] - middles[i - 1] >= (widths[i] + widths[i - 1]) / 2


def test_a_long_period_is_drawn_in_weeks(make: Make) -> None:
    page = make("a year")
    drawn = {panel.name: panel.svg for panel in panels(page)}
    assert drawn["pain"].count("<circle") == 0
    assert 40 < drawn["pain"].count(' stroke-width="2"') <= 52
    assert drawn["sleep"].count("<rect") <= 54
    assert "Week by week" in html_of(page)


def test_doses_of_a_long_period_are_drawn_together_where_no_gap_would_be_seen() -> None:
    start = date(2026, 1, 1)
    axis = Axis(start, 1000, 7)
    taken = {start + timedelta(days=i): 1 for i in (0, 1, 2, 500, 998, 999)}
    panel = draw_lane(Lane("ibuprofen", taken, (), is_session=False), (), axis)
    boxes = re.findall(r'<rect x="([\d.]+)%" y="3" width="([\d.]+)%"', panel.svg)
    assert boxes == [("0.00", "0.35"), ("50.00", "0.15"), ("99.80", "0.20")]
    assert "ibuprofen: 6 days" in panel.svg


@pytest.mark.parametrize("name", ["empty", "one day"])
def test_what_makes_no_line_makes_no_panels(name: str, make: Make) -> None:
    page = make(name)
    assert panels(page) == []
    assert "Pain, mood and sleep diary" in html_of(page)


# Texts of a person


def test_hostile_texts_are_words(make: Make) -> None:
    page = make("hostile")
    document = html_of(page)
    read = Read(document)
    assert "<script>alert(1)</script>" in "".join(read.words["li"])
    assert "{{ 7*7 }}" in "".join(read.words["li"])
    assert "\x1b" not in document
    assert "\x07" not in document


def test_names_of_every_script_stay_whole(make: Make) -> None:
    document = html_of(make("names"))
    assert f"{NAMES[0]}\u200e 400 mg" in document  # else the amount would stand before the name
    read = Read(document)
    assert [name for name in NAMES if name not in "".join(read.words["li"] + read.words["p"])] == []


def test_a_redacted_page_holds_nothing_of_it(make: Make) -> None:
    page = make("redacted")
    assert "Secret" not in html_of(page)


# Where it goes


@needs_pango
def test_a_pdf_goes_to_a_file_and_html_to_the_screen(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    recorded(CASES["week"], run, tmp_path)
    assert run("report", "--format", "html").out.startswith("<!DOCTYPE html>")
    ran = run("report", "--format", "pdf")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.startswith("written to painlog-2026-11-13-to-2026-11-19.pdf (")
    assert Path("painlog-2026-11-13-to-2026-11-19.pdf").read_bytes().startswith(b"%PDF-")
    assert run("report", "-o", "page.pdf").code == 0
    assert Path("page.pdf").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("missing", ["weasyprint", "weasyprint.text.ffi"])
def test_without_weasyprint_a_sentence_says_what_to_install(missing: str, tmp_path: Path) -> None:
    error = "ImportError" if missing == "weasyprint" else "OSError"
    code = (
        "import sys, importlib.abc\n"
        "class Missing(importlib.abc.MetaPathFinder):\n"
        "    def find_spec(self, name, path, target=None):\n"
        f"        if name == {missing!r}:\n"
        f"            raise {error}('cannot load library')\n"
        "sys.meta_path.insert(0, Missing())\n"
        "from painlog.cli import main\n"
        "sys.exit(main(['report', '--format', 'pdf']))\n"
    )
    environment = {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "TZ": "UTC"}
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "pip install 'painlog[pdf]'" in ran.stderr
    assert "apt install libpango-1.0-0" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert list(tmp_path.glob("*.pdf")) == []
