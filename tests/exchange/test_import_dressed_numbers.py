"""Numbers with something around them, scales in words, and headings that say a pain in other words."""

import pytest

from tests.support.importing_diaries import proposed


@pytest.mark.parametrize(
    ("heading", "cells", "expected"),
    [
        ("Pain", ["Moderate (6)", "severe pain (8)", "Mild (1)"], [6, 8, 1]),
        ("Pain (0-10)", ["7 - Severe", "3: mild", "0 (none)"], [7, 3, 0]),
        ("Pain (0-10)", ["~6", "ca. 4", "about 7"], [6, 4, 7]),
        ("Pain (0-10)", ["Severe 8", "2 mild", "5/10 (moderate)"], [8, 2, 5]),
        ("Schmerz (0-10)", ["stark: 8", "leicht - 2", "etwa 5"], [8, 2, 5]),
    ],
)
def test_a_number_with_its_word_is_the_number(heading: str, cells: list[str], expected: list[float]) -> None:
    """The whole column was notes."""
    found = proposed(f"Date;{heading}\n" + "".join(f"2026-03-0{at};{cell}\n" for at, cell in enumerate(cells, 2))).found
    assert [data["score"] for *_, data in found.facts] == expected
    assert found.said == [f"{heading} {cell}" for cell in cells]


def test_stars_of_sleep_are_its_quality() -> None:
    found = proposed("Date,Sleep quality\n2026-03-02,4 stars\n2026-03-03,★☆☆☆☆\n2026-03-04,5 stars\n")
    assert [data["quality"] for *_, data in found.facts] == [4, 1, 5]


@pytest.mark.parametrize("cell", ["knee (2)", "naproxen (500)", "room 7 - north"])
def test_a_number_beside_other_words_is_none_of_a_scale(cell: str) -> None:
    assert proposed(f"Date,Thing\n2026-03-02,{cell}\n2026-03-03,{cell}\n").fields["Thing"] == "note:Thing"


def test_unsure_numbers_are_left_out_alone() -> None:
    """They made notes of the plain numbers beside them."""
    rows = "".join(f"2026-03-{at:02d},{cell}\n" for at, cell in enumerate(["4", "5-7", "6", "3?", "8+", "2/10"], 2))
    found = proposed(f"Date,Pain (0-10)\n{rows}").found
    assert [data["score"] for *_, data in found.facts] == [4, 6, 2]
    assert [problem.place for problem in found.problems] == [f"row {row}, Pain (0-10)" for row in (3, 5, 6)]


def test_from_one_number_to_another_alone_is_a_note() -> None:
    found = proposed("Date,Pain (0-10)\n2026-03-02,4-5\n2026-03-03,5-7\n2026-03-04,3\n")
    assert found.fields["Pain (0-10)"] == "note:Pain (0-10)"


@pytest.mark.parametrize(
    ("heading", "options"),
    [
        ("Sleep quality (1 best - 6 worst)", "6-1"),
        ("Sleep quality (1=very good to 6=terrible)", "6-1"),
        ("Sleep quality (1 awful - 6 great)", "1-6"),
        ("Mood (0 sehr gut, 4 sehr schlecht)", "4-0"),
    ],
)
def test_a_scale_whose_ends_are_words_is_offered_both_ways(heading: str, options: str) -> None:
    """School marks of 1 to 6 could not be answered at all."""
    table = f'Date;"{heading}"\n2026-03-02;2\n2026-03-03;1\n2026-03-04;4\n'
    found = proposed(table)
    assert found.asked == {f"scale {heading}": options}
    turned = proposed(table, {f"scale {heading}": options[::-1]})
    assert list(turned.fields.values())[1].endswith(f":{options[::-1]}")


def test_a_scale_from_no_pain_is_not_asked_about_and_one_from_the_worst_is() -> None:
    rows = "2026-03-02;2\n2026-03-03;9\n"
    assert not proposed(f"Date;Pain (0 no pain - 10 worst)\n{rows}").asked
    assert proposed(f"Date;Pain (0 worst - 10 none)\n{rows}").asked


@pytest.mark.parametrize(
    ("heading", "places"),
    [
        ("Kopfschmerzen (0-10)", ["head"]),
        ("Nackenschmerz", ["neck"]),
        ("Knieschmerz links (0-10)", ["knee_l"]),
        ("Mal au dos", ["back"]),
        ("Douleur à l'épaule droite", ["shoulder_r"]),
        ("Dolor de cabeza", ["head"]),
        ("Dor nas costas (0-10)", ["back"]),
        ("Mal di testa", ["head"]),
        ("Hoofdpijn", ["head"]),
        ("Niveau de douleur (0-10)", []),
        ("Nivel de dolor", []),
    ],
)
def test_a_heading_says_a_pain_and_its_place_in_other_languages(heading: str, places: list[str]) -> None:
    """It was a measure of the person's own, beside pains without a score."""
    facts = proposed(f"Date;{heading}\n2026-03-02;2\n2026-03-03;9\n").facts
    assert [(kind, list(data.get("where", {}))) for kind, *_, data in facts] == [("pain", places)] * 2


def test_the_worst_beside_a_pain_is_its_worst() -> None:
    rows = "2026-03-02,2,7,1\n2026-03-03,4,9,0\n"
    beside = proposed(f"Date,Pain (0-10),Worst,Least (0-10)\n{rows}").fields
    assert (beside["Worst"], beside["Least (0-10)"]) == ("pain_worst:0-10", "pain_least:0-10")
    assert proposed(f"Date,Mood (0-10),Worst,Steps\n{rows}").fields["Worst"].startswith("my Worst")
