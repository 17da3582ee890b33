"""The page's sections as values: texts as they were written, and each medium with room of its own."""

import pytest

from painlog.view.page import html
from painlog.view.page.html import page_html
from painlog.view.page.layout import Block, lay_out, lines_of
from painlog.view.page.sections import Phrase, Phrases, Row, Section, sections
from painlog.view.page.text import TERMINAL, page_text
from tests.support.pages import HOSTILE, Make, make

__all__ = ["make"]


def written(section: Section) -> list[str]:
    """Every text of a section, before anything is cut or escaped."""
    texts: list[str] = []
    for part in section.parts:
        texts += [part.text] if isinstance(part, Row) else ["".join(phrase) for phrase in part.items]
    return texts


def test_texts_of_a_person_stand_in_the_value_as_they_were_written(make: Make) -> None:
    """One that is escaped there would be escaped twice on its way out."""
    texts = [text for section in sections(make("hostile")) for text in written(section)]
    assert f"1. {HOSTILE}" in texts
    assert any(text.endswith(HOSTILE) for text in texts[1:])


@pytest.mark.parametrize("name", ["empty", "crowded", "long notes", "a year"])
def test_what_a_medium_has_room_for_is_all_shown(name: str, make: Make) -> None:
    found = sections(make(name))
    wide = lay_out(found, TERMINAL._replace(lines=10_000))
    assert [block.section for block in wide] == found
    assert sum(len(lines_of(block, TERMINAL)) for block in lay_out(found, TERMINAL)) <= TERMINAL.lines


def test_the_html_has_a_budget_of_its_own(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    page = make("crowded")
    text, before = page_text(page), page_html(page)
    assert "Left out" in before
    monkeypatch.setattr(html, "SHEET", html.SHEET._replace(lines=10_000))
    assert "Left out" not in page_html(page)
    assert len(page_html(page)) > len(before)
    assert page_text(page) == text


def test_opening_phrases_let_what_follows_stand_after_their_first_row() -> None:
    """The scores of a form would else stand under rows of ratings and be cut before them."""
    phrases = Phrases(tuple(Phrase("word " * 8 + str(i)) for i in range(4)), is_opening=True)
    block = lay_out([Section("Mood", (phrases, Row("a form's score")))], TERMINAL)[0]
    assert [row[-1] for row in block.rows] == ["0", "e", "1", "2", "3"]


def test_a_name_is_shortened_and_what_is_said_of_it_is_not() -> None:
    phrase = Phrase("", "a very long name of a measure of one's own", " 5.2 (3-8, 24 d)")
    rows = lay_out([Section("Own", (Phrases((phrase,)),))], TERMINAL)[0].rows
    assert rows == ("a very long name of a m… 5.2 (3-8, 24 d)",)


def test_a_brief_row_never_takes_a_second_line() -> None:
    section = Section("Pain", (Row("word " * 40, is_brief=True), Row("word " * 40)))
    block = lay_out([section], TERMINAL)[0]
    assert [len(lines_of(Block(section, (row,)), TERMINAL)) for row in block.rows] == [1, 3]
