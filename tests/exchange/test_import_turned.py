"""Tables whose days or times stand across the columns."""

import pytest

from painlog.errors import BadInput
from painlog.exchange.importing.tables import read_rows
from tests.support.importing_diaries import mapped, proposed, source_of


def test_days_across_the_columns_are_turned() -> None:
    table = 'Diary of Jo,,,\n,2026-11-14,2026-11-15,2026-11-16\n,Sat,Sun,Mon\nPain,4,7,\nNotes,,"a, b",c\n'
    assert [(day, data) for _, day, _, data in proposed(table).facts] == [
        ("2026-11-14", {"score": 4}),
        ("2026-11-15", {"score": 7, "note": "a, b"}),
        ("2026-11-16", {"note": "c"}),
    ]


def test_dates_in_several_columns_of_rows_are_not_turned() -> None:
    table = "Attack,2026-11-14,2026-11-15\nAttack,2026-11-16,2026-11-18\n"
    assert [number for number, _ in read_rows(source_of(table))] == [1, 2]
    assert [cells[0] for _, cells in read_rows(source_of(table))] == ["Attack", "Attack"]


@pytest.mark.parametrize(
    ("table", "why"),
    [
        ("Pain 2026,Jan,Feb,Mar\n1,4,7,6\n2,5,5,5\n", r"stand across the columns \(Jan, Feb, Mar"),
        ("Week 9,Mon,Tue,Wed\nPain,4,7,6\n", r"stand across the columns \(Mon, Tue, Wed"),
        ("Day,1,2,3,4\nPain,4,7,6,5\n", r"stand across the columns \(1, 2, 3"),
        ("March,,\nDay,Pain,Notes\n1,4,a\n2,7,b\nApril,,\nDay,Pain,Notes\n1,5,c\n2,5,d\n", "day without its month"),
    ],
)
def test_days_and_times_that_are_not_clear_are_refused_with_what_to_do(table: str, why: str) -> None:
    with pytest.raises(BadInput, match=why):
        proposed(table)


def test_it_is_asked_what_was_rated_at_a_time() -> None:
    table = "Date,8:00,20:00,Evening\n2026-11-14,4,7,5\n2026-11-15,6,8,6\n"
    found = proposed(table, {"what Evening": "own"})
    assert found.asked == {"what 8:00": "pain 0-10", "what 20:00": "pain 0-10", "what Evening": "pain 0-10"}
    assert found.fields["Evening"].endswith("Evening:number")
    assert [(at, data["score"]) for kind, _, at, data in found.facts if kind == "pain"] == [
        ("08:00", 4),
        ("20:00", 7),
        ("08:00", 6),
        ("20:00", 8),
    ]


def test_what_was_rated_at_a_time_can_be_said() -> None:
    said = {"Date": "day", "8:00": "pain (8:00)", "20:00": "mood (20:00)"}
    facts = mapped("Date,8:00,20:00\n2026-11-14,4,7\n", said).facts
    assert [(kind, at, data["score"]) for kind, _, at, data in facts] == [("pain", "08:00", 4), ("mood", "20:00", 7)]


def test_questions_and_answers_in_rows_are_each_a_measure() -> None:
    rows = "2026-11-14,Felt stiff?,yes\n2026-11-14,Drank coffee?,no\n2026-11-15,Felt stiff?,no\n"
    found = proposed(f"Date,Question,Answer\n{rows}")
    assert [(kind, *data.values())[:2] for kind, _, _, data in found.facts] == [
        ("Felt stiff?", True),
        ("Drank coffee?", False),
        ("Felt stiff?", False),
    ]
