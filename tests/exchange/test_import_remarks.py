"""Cells under medicines, treatments, what helped and triggers that name none."""

import pytest

from tests.support.importing_diaries import Fact, proposed


def read_cell(heading: str, cell: str) -> list[Fact]:
    """What painlog makes of one cell beside the pain, under a heading whose other cells are in order."""
    beside = {"Meds": "naproxen 250 mg", "Treatment": "massage", "Relief": "rest", "Triggers": "cold wind"}[heading]
    table = f'Date,Pain (0-10),{heading}\n2026-03-02,6,"{cell}"\n2026-03-03,4,{beside}\n2026-03-04,4,{beside}\n'
    return [fact for fact in proposed(table).facts if fact[1] == "2026-03-02"]


@pytest.mark.parametrize(
    "cell",
    [
        "missed dose",
        "no tramadol today",
        "haven’t had any yet",
        "out of stock",
        "Pas pris",
        "olvidé tomarlo",
        "heute nichts",
        "siehe Notiz",
        "wasnt able to get to the chemist",
        "ditto",
        "2 tablets",
        "3",
        "??",
    ],
)
def test_a_dose_that_was_not_taken_or_not_named_is_a_note(cell: str) -> None:
    """It was recorded as a dose of a medicine of that name."""
    assert read_cell("Meds", cell) == [("pain", "2026-03-02", "", {"score": 6, "note": f"Meds: {cell}"})]


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("No-Spa 40mg", ["No-Spa"]),
        ("naproxen 250 mg (didn't help)", ["naproxen 250 mg (didn't help)"]),
        ("co-codamol, paracetamol 1 g", ["co-codamol", "paracetamol"]),
        ("tramadol 50mg; forgot the pregabalin", ["tramadol"]),
        ("didn't take any, felt well", []),
    ],
)
def test_medicines_beside_remarks_are_doses(cell: str, names: list[str]) -> None:
    assert [data["name"] for kind, *_, data in read_cell("Meds", cell) if kind == "dose"] == names


def test_what_a_cell_says_beside_its_medicines_is_kept() -> None:
    (pain, *_) = read_cell("Meds", "tramadol 50mg; forgot the pregabalin; felt odd")
    assert pain[3]["note"] == "Meds: forgot the pregabalin, felt odd"


@pytest.mark.parametrize("cell", ["abgesagt", "therapist canceled", "couldn't go", "skipped", "none this week"])
def test_a_treatment_that_did_not_happen_is_a_note(cell: str) -> None:
    assert [fact[0] for fact in read_cell("Treatment", cell)] == ["pain"]


@pytest.mark.parametrize(
    ("heading", "cell", "expected"),
    [
        ("Relief", "nothing", {"note": "Relief: nothing"}),
        ("Relief", "nothing helped", {"note": "Relief: nothing helped"}),
        ("Triggers", "nothing obvious", {"note": "Triggers: nothing obvious"}),
        ("Relief", "have not tried", {"note": "Relief: have not tried"}),
        ("Relief", "not moving; heat", {"relief": ["not moving", "heat"]}),
        ("Triggers", "don’t know", {"note": "Triggers: don’t know"}),
        ("Triggers", "no idea", {"note": "Triggers: no idea"}),
        ("Triggers", "skipped lunch, unknown", {"trigger": ["skipped lunch"], "note": "Triggers: unknown"}),
        ("Triggers", "not enough sleep", {"trigger": ["not enough sleep"]}),
    ],
)
def test_a_word_for_none_is_no_trigger_and_no_relief(heading: str, cell: str, expected: dict[str, object]) -> None:
    ((*_, data),) = read_cell(heading, cell)
    assert data == {"score": 6} | expected
