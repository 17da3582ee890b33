"""Tables that people keep by hand: general words above yes and no, odd cells among numbers, dates without a year."""

import pytest

from tests.support.importing_diaries import mapped, proposed


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("medication taken", "medication taken"),
        ("Meds", "Meds"),
        ("Took meds", "Took meds"),
        ("Medicine", "my Medicine"),
        ("Therapy", "Therapy"),
    ],
)
def test_a_yes_under_a_general_word_names_no_medicine(heading: str, name: str) -> None:
    table = f"Date,Pain (0-10),{heading}\n2026-03-02,6,yes\n2026-03-03,4,no\n2026-03-04,7,yes\n"
    found = proposed(table)
    assert found.fields[heading] == f"{name}:yes-no"
    assert {fact[0] for fact in found.facts} == {"pain", name}


def test_a_yes_in_a_list_of_medicines_is_shown_as_not_understood() -> None:
    found = proposed("Date,Pain (0-10),Meds\n2026-03-02,6,yes\n2026-03-03,4,no\n2026-03-04,7,naproxen 250 mg\n").found
    assert [fact[3]["name"] for fact in found.facts if fact[0] == "dose"] == ["naproxen"]
    assert [problem.why for problem in found.problems] == [
        "'yes' does not say which medicine; name it, as in --map \"Meds=dose:NAME\""
    ]


def test_a_yes_under_the_name_of_a_medicine_is_a_dose_where_the_person_says_dose() -> None:
    facts = mapped("Date,Naproxen\n2026-03-02,yes\n2026-03-03,no\n", {"Date": "day", "Naproxen": "dose"}).facts
    assert [(day, data["name"]) for _, day, _, data in facts] == [("2026-03-02", "Naproxen")]


@pytest.mark.parametrize(
    ("cell", "places"),
    [
        ("knee (R)", ["knee_r"]),
        ("hip (left)", ["hip_l"]),
        ("L. knee", ["knee_l"]),
        ("elbow (both)", ["elbow_l", "elbow_r"]),
        ("knee (R), hip (L)", ["knee_r", "hip_l"]),
    ],
)
def test_a_side_in_brackets_is_read(cell: str, places: list[str]) -> None:
    facts = proposed(f'Date,Pain (0-10),Location\n2026-03-02,6,"{cell}"\n').facts
    assert [list(data["where"]) for *_, data in facts] == [places]


def test_a_place_that_is_not_on_the_list_keeps_its_brackets() -> None:
    facts = proposed("Date,Pain (0-10),Location\n2026-03-02,6,scar (the old one)\n").facts
    assert [list(data["where"]) for *_, data in facts] == [["other:scar (the old one)"]]
