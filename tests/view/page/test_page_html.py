"""The page as HTML and PDF: one document that asks for nothing, says what the text says, and holds no one's markup."""

import re
import subprocess
import sys
from collections.abc import Callable
from ctypes.util import find_library
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from painlog.analysis.report.page import Page
from painlog.domain.periods import DAYS_IN_WEEK, LONGEST_IN_WEEKS
from painlog.view.page.day_tables import day_tables
from painlog.view.page.layout import Block, lay_out, lines_of
from painlog.view.page.pdf import page_pdf
from painlog.view.page.sections import legend, sections
from painlog.view.page.text import TERMINAL
from painlog.view.pictures.chart import chart_of, chart_svg, description
from painlog.view.values import ABSENT
from tests.conftest import Run
from tests.support.pages import CASES, NAMES, Make, html_of, make, recorded

__all__ = ["make"]
_VOID = {"meta", "br", "img", "link"}
_ALLOWED = {
    *("html", "head", "meta", "title", "style", "body", "header", "main", "footer", "section", "h1", "h2", "p"),
    *("ul", "ol", "li", "b", "span", "div", "table", "caption", "thead", "tbody", "tr", "th", "td", "figure"),
    *("figcaption", "svg", "g", "desc", "rect", "path", "circle", "text", "polyline", "polygon", "clippath", "pattern"),
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
    assert len(reader.pages) == 1
    return squeezed(reader.pages[0].extract_text().replace("\0", ""))  # pypdf, where a font lacks a sign


def blocks(page: Page) -> list[Block]:
    """The sections as the text page has room for them."""
    return lay_out(sections(page), TERMINAL)


def rows_of(page: Page) -> list[str]:
    """Rows as the text page shows them, without their spaces."""
    return [
        squeezed("".join(lines_of(block._replace(rows=(row,)), TERMINAL)))
        for block in blocks(page)
        if not block.section.tables
        for row in block.rows
    ]


# Structure


@anywhere
def test_the_document_is_whole_and_asks_for_nothing(name: str, make: Make) -> None:
    document = html_of(make(name))
    read = Read(document)
    assert set(read.tags(*(tag for tag, _ in read.elements))) <= _ALLOWED
    assert read.tags("header", "main", "footer", "h1") == ["header", "h1", "main", "footer"]
    assert read.words["title"][0].startswith("Painlog summary, ")
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
    read = Read(html_of(make("five weeks")))
    ids = [given["id"] for _, given in read.elements if "id" in given]
    assert len(ids) == len(set(ids)) == 2
    pictures = [given for tag, given in read.elements if tag == "svg"]
    assert [given["role"] for given in pictures] == ["img", "img"]
    chart, body = read.words["desc"]
    assert "pain: " in chart
    assert "sleep: " in chart
    assert "low back LEFT" in body


@anywhere
def test_headings_stand_in_order(name: str, make: Make) -> None:
    page = make(name)
    read = Read(html_of(page))
    shown = [heading for heading in read.words["h2"] if heading != "In pictures"]
    assert shown == [block.section.label for block in blocks(page)]
    assert len(read.words["h2"]) == len(read.tags("section"))


# The same words as the text


@anywhere
def test_every_row_of_the_text_is_in_the_html(name: str, make: Make) -> None:
    page = make(name)
    read = Read(html_of(page))
    shown = [squeezed(row).lstrip("0123456789") for row in read.words.get("li", ())]
    expected = [row.lstrip("0123456789") for row in rows_of(page)]
    assert len(shown) == len(expected)
    for row, text in zip(shown, expected, strict=True):
        if "…" in (row[-1], text[-1]) or "WWW…" in row:
            assert row.split("…")[0][:60] == text[: len(row.split("…")[0][:60])]
        else:
            assert row == text
    assert legend(page) in read.words["footer"][0]


@needs_pango
@pytest.mark.parametrize("name", [name for name in CASES if name not in ("names", "crowded", "long notes")])
def test_every_row_of_the_text_is_in_the_pdf(name: str, make: Make, pdf_of: Callable[..., PdfReader]) -> None:
    page = make(name)
    text = text_of(pdf_of(page))
    for row in rows_of(page):
        ascii_only = re.sub(r"[^ -~]", " ", row).split()
        assert all(part in text for part in ascii_only), row
    assert squeezed(legend(page)) in text


@needs_pango
@pytest.mark.parametrize(("paper", "sides"), [("A4", [595, 842]), ("letter", [612, 792])])
@pytest.mark.parametrize("name", ["names", "crowded", "long notes"])
def test_the_pdf_is_one_sheet_whatever_it_holds(
    name: str, paper: str, sides: list[int], make: Make, pdf_of: Callable[..., PdfReader]
) -> None:
    reader = pdf_of(make(name), paper)
    assert "RECORD" in text_of(reader)
    assert [round(side) for side in reader.pages[0].mediabox[2:]] == sides
    assert reader.metadata is not None
    assert (reader.metadata.title or "").startswith("Painlog summary, ")
    assert reader.metadata.author is None


@pytest.mark.parametrize(
    "name", ["only sleep", "week", "twenty days", "five weeks", "redacted", "a year", "five years", "hostile"]
)
def test_tables_hold_the_days_of_the_text(name: str, make: Make) -> None:
    page = make(name)
    rows = next(block.rows for block in blocks(page) if block.section.tables)
    tables = day_tables(page)
    shown = [cell for table in tables for row in table.rows for cell in row.cells]
    if DAYS_IN_WEEK < page.period.length <= LONGEST_IN_WEEKS:
        text = " ".join(row[10:] for row in rows)
        expected = [each for part in text.split("weekly means") for each in re.findall(r"\d+ h \d\d|[\d.]+", part)]
        assert sorted(filter(None, shown)) == sorted(expected)
    else:
        text = " ".join(row[12:] for row in rows[1:] if "left out" not in row)
        assert shown == re.findall(r"\d+ h \d\d \(.*?\)|(?:too few|[\d.]+) \(.*?\)|[\d.:]+", text)


def test_a_month_held_in_part_is_named_by_its_days(make: Make) -> None:
    page = make("a year")
    assert '<th scope="row">1-19 Nov 26</th>' in html_of(page)
    assert any(row.startswith("1-19 Nov 26 ") for block in blocks(page) for row in block.rows)


def test_a_day_without_an_entry_is_said_in_words_too(make: Make) -> None:
    page = make("three days")
    read = Read(html_of(page))
    table = next(iter(day_tables(page)))
    assert [cell for row in table.rows for cell in row.cells].count(ABSENT) == 25 + 4
    assert sum("no entry" in cell for cell in read.words["td"]) == 25 + 4


# The chart


def test_gaps_are_gaps_and_changes_are_numbered_as_the_plan_lists_them(make: Make) -> None:
    page = make("changes")
    found = chart_of(page)
    assert found is not None
    drawn = chart_svg(found)
    dashed, solid = ((drawn.count(f'stroke-dasharray="{dashes}"')) for dashes in ("4 2.5", "none"))
    assert (solid, dashed) == (1 + 2, 1 + 1)  # one in the legend; pain has a gap, mood has none
    labels = re.findall(r'font-weight="bold">([^<]*)<', drawn)
    assert labels == ["1–2", "3"]
    read = Read(html_of(page))
    changes = [row for row in read.words["li"] if "plan start" in row]
    assert [(row[0], row.split(": ")[1]) for row in changes] == [
        ("1", "alpha 5 mg"),
        ("2", "beta 5 mg"),
        ("3", "gamma 5 mg"),
    ]


def test_a_long_period_is_drawn_in_means_of_weeks(make: Make) -> None:
    found = chart_of(make("a year"))
    assert found is not None
    assert found.step == DAYS_IN_WEEK
    assert description(found).startswith("Each point is the mean of 7 days. pain: ")
    longer = chart_of(make("five years"))
    assert longer is not None
    assert longer.step == 4 * DAYS_IN_WEEK


@pytest.mark.parametrize("name", ["empty", "one day"])
def test_what_makes_no_line_makes_no_chart(name: str, make: Make) -> None:
    page = make(name)
    assert chart_of(page) is None
    assert "Painlog summary" in html_of(page)


# Texts of a person


def test_hostile_texts_are_words(make: Make) -> None:
    page = make("hostile")
    document = html_of(page)
    read = Read(document)
    assert "<script>alert(1)</script>" in read.words["li"][0]
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
