"""The page's sections as values: texts as they were written, each medium with room of its own, some never cut."""

import pytest

from painlog.view.page.html import page_html
from painlog.view.page.layout import LEFT_OUT, Block, Line, Room, fold, lay_out, left_out, lines_of, next_cut, rows_of
from painlog.view.page.parts import Grid, GridRow, Phrase, Phrases, Row, Section
from painlog.view.page.sections import sections
from painlog.view.page.text import page_text, room_of
from tests.support.pages import HOSTILE, Make, make

__all__ = ["make"]
TERMINAL = room_of(80)


def written(section: Section) -> list[str]:
    """Every text of a section, before anything is cut or escaped."""
    texts: list[str] = []
    for part in section.parts:
        if isinstance(part, Row):
            texts.append(part.text)
        elif isinstance(part, Phrases):
            texts += [phrase.text for phrase in part.items]
        else:
            texts += [cell for row in part.rows for cell in row.cells]
    return texts


def left_out_of(found: list[Section], rows: int) -> str:
    """What is said to be left out where there is room for so many rows."""
    blocks = [Block(section, rows_of(section, TERMINAL)) for section in found]
    shown = list(blocks)
    while sum(len(block.rows) for block in shown) > rows and (place := next_cut(shown)):
        kept = [line for i, line in enumerate(shown[place[0]].rows) if i != place[1]]
        shown[place[0]] = shown[place[0]]._replace(rows=tuple(kept))
    (said,) = left_out(blocks, shown, TERMINAL)
    return said.rows[0].text.split(" (")[0]


def test_texts_of_a_person_stand_in_the_value_as_they_were_written(make: Make) -> None:
    """One that is escaped there would be escaped twice on its way out."""
    texts = [text for section in sections(make("hostile")) for text in written(section)]
    assert f"1. {HOSTILE}" in texts
    assert any(text.endswith(HOSTILE) for text in texts[1:])


@pytest.mark.parametrize("name", ["empty", "crowded", "long notes", "a year"])
def test_a_medium_without_sheets_shows_every_section(name: str, make: Make) -> None:
    found = sections(make(name))
    wide = [block for block in lay_out(found, TERMINAL) if block.section.label != LEFT_OUT]
    assert [block.section for block in wide] == found


def test_the_html_leaves_out_nothing_on_a_screen_and_names_what_paper_has_no_room_for(make: Make) -> None:
    page = make("crowded")
    text, document = page_text(page), page_html(page)
    assert 'class="left-out"' in document
    assert document.count("beyond") > page_html(page, in_full=True).count("beyond")
    assert 'class="left-out"' not in page_html(page, in_full=True)
    assert page_text(page) == text


def test_nights_that_are_left_out_are_counted_not_called_by_their_days() -> None:
    nights = Grid(("night to", "up"), tuple(GridRow((f"{i} Nov", "06:45")) for i in range(1, 9)))
    section = Section("Night by night", (nights, Row("of what", name="a remark")), one="night", is_counted=True)
    assert left_out_of([section], 1) == "8 nights, a remark"


def test_what_is_left_out_is_named_by_what_it_is() -> None:
    notes = Section("My notes", tuple(Row(f"Mon 2 Nov  note {i}") for i in range(9)), is_free=True, rank=1, one="note")
    grid = Grid(("", "now"), tuple(GridRow((name, "5")) for name in ("worry", "physical strain")))
    found = [Section("Measures", (grid,), rank=9), notes]
    assert left_out_of(found, 6) == "6 notes"
    assert left_out_of(found, 1) == "9 notes, worry, physical strain"


def test_a_name_is_shortened_and_what_is_said_of_it_is_not() -> None:
    phrase = Phrase("", "a very long name of a measure of one's own", " 5.2 (3-8, 24 d)")
    rows = lay_out([Section("Own", (Phrases((phrase,)),))], TERMINAL)[0].rows
    assert [row.text for row in rows] == ["a very long name of a m… 5.2 (3-8, 24 d)"]


def test_figures_stand_in_columns_and_in_sentences_where_there_are_no_columns_for_them() -> None:
    grid = Grid(
        ("", "higher is", "now", "since then"), (GridRow(("mood", "better", "4.9", "similar")),), frozenset({1, 3})
    )
    section = Section("Measures", (grid,))
    wide = [line for block in lay_out([section], room_of(80)) for line in lines_of(block, room_of(80))]
    assert wide == [f"{'':13}higher       since", f"{'':13}is      now  then", "mood         better  4.9  similar"]
    narrow = Room(20, None, None, 24)
    lines = [line for block in lay_out([section], narrow) for line in lines_of(block, narrow)]
    assert " ".join(" ".join(lines).split()) == "mood: higher is better, now 4.9, since then similar"


def test_a_row_that_is_never_cut_takes_as_many_lines_as_it_needs() -> None:
    section = Section("My setbacks", is_free=True)
    assert len(fold(Line("word " * 80), section, TERMINAL)) == 2
    assert len(fold(Line("word " * 80, keep=True), section, TERMINAL)) == 7


@pytest.mark.parametrize("columns", [40, 50, 80])
def test_every_day_of_a_week_stands_on_a_narrow_terminal(columns: int, make: Make) -> None:
    """The last days were cut with an ellipsis."""
    page = make("week")
    room = room_of(columns)
    days = next(block for block in lay_out(sections(page), room) if block.section.label == "By day")
    text = "\n".join(lines_of(days, room))
    assert all(f"{day:%a} {day.day}" in text for day in page.period.days())
    assert max(map(len, text.splitlines())) <= columns


def test_a_row_takes_four_lines_at_most_on_a_terminal() -> None:
    section = Section("Pain", (Row("word " * 20), Row("word " * 200)))
    block = lay_out([section], TERMINAL)[0]
    assert [len(fold(row, section, TERMINAL)) for row in block.rows] == [2, 4]
