"""Daily notes in Markdown: their text is what most of a day's words are, and none of it may be lost without a word."""

from pathlib import Path

from painlog.exchange.importing.mapping import check_table_mapping, mapping_importer
from painlog.exchange.importing.source import HEAD, Source
from painlog.exchange.importing.tables import find_tables
from tests.exchange.test_import_shapes import zipped
from tests.support.importing_diaries import proposed, run_on


def notes_of(text: str, name: str) -> list[tuple[str, str]]:
    """Day and words of each note in a file of this name, taken as proposed."""
    source = Source(Path(name), text.encode())
    table = find_tables(source)[0]
    found = run_on(mapping_importer(check_table_mapping(table, {"date": "day", "text": "note"})), source)
    return [(day, data["note"]) for _, day, _, data in found.facts]


def test_the_text_below_the_properties_is_the_note_of_the_day() -> None:
    text = "---\ndate: 2026-11-07\npain: 6\nsleep: 7 h\n---\n# 2026-11-07\n\nStiff all day.\n\n- walked\nmood:: 4\n"
    facts = proposed(text, {"scale pain": "0-10", "scale mood": "0-10"}).facts
    assert [data for kind, *_, data in facts if kind == "pain"] == [{"score": 6, "note": "Stiff all day.\n\n- walked"}]
    assert [data for kind, *_, data in facts if kind == "mood"] == [{"score": 4}]


def test_a_note_of_text_alone_is_of_the_day_in_its_name() -> None:
    text = "Bad night.\nNaproxen helped.\n"
    assert notes_of(text, "2026-11-07.md") == [("2026-11-07", text.strip())]
    packed = zipped(x_txt="", a_md="no day")
    assert find_tables(Source(Path("zip"), packed)) == ()


def test_each_heading_that_is_a_date_begins_a_note() -> None:
    text = "# Diary\n\n## 7 November 2026\nBad night.\n\n### Evening\nBetter.\n\n## 8 November 2026\nFine.\n"
    assert notes_of(text, "diary.md") == [("2026-11-07", "Bad night.\n\n### Evening\nBetter."), ("2026-11-08", "Fine.")]


def test_a_table_in_markdown_stays_a_table_and_other_texts_are_no_notes() -> None:
    table = "# 2026-11-07\n\n| Date | Pain |\n| --- | --- |\n| 2026-11-07 | 8 |\n"
    assert find_tables(Source(Path("a.md"), table.encode()))[0].columns[1:3] == ("Date", "Pain")
    assert find_tables(Source(Path("2026-11-07.txt"), b"words alone\nand more\n")) == ()


def test_a_diary_is_read_to_its_end_however_long_it_is() -> None:
    long = "a slow day, " * 500
    text = "".join(f"## 2026-10-{day:02d}\n{long}and the last word of {day}\n\n" for day in range(1, 29))
    assert len(text) > 2 * HEAD
    found = notes_of(text, "diary.md")
    assert [day for day, _ in found] == [f"2026-10-{day:02d}" for day in range(1, 29)]
    assert all(words.endswith(f"and the last word of {int(day[-2:])}") for day, words in found)
    assert notes_of(f"{long * 20}the end", "2026-10-04.markdown") == [("2026-10-04", f"{long * 20}the end")]


def test_notes_in_a_zip_may_end_in_markdown_too() -> None:
    packed = zipped(**{"2026-11-07_markdown": "Bad night."})
    assert find_tables(Source(Path("notes.zip"), packed))[0].example == ("2026-11-07", "Bad night.")
