"""Headings that say more than what is rated: a part of the day, a time, a place with its side, a question."""

import pytest

from painlog.errors import BadInput
from tests.support.importing_diaries import mapped, proposed


def pains(table: str, answers: dict[str, str] | None = None) -> list[tuple[object, ...]]:
    """Day, time, score, places and note of each pain; nothing else may be recorded."""
    found = proposed(table, answers)
    assert not found.found.problems
    assert {fact[0] for fact in found.facts} == {"pain"}, found.fields
    return [
        (day[-2:], at, data["score"], *data.get("where", {}), *filter(None, [data.get("note")]))
        for _, day, at, data in found.facts
    ]


@pytest.mark.parametrize(
    ("one", "other", "parts"),
    [
        ("Pain am", "Pain pm", ("am", "pm")),
        ("pain_am", "pain_pm", ("am", "pm")),
        ("PainAM", "PainPM", ("am", "pm")),
        ("morning pain", "evening pain", ("morning", "evening")),
        ("Pain (morning)", "Pain (at night)", ("morning", "at night")),
        ("Pain in the morning (0-10)", "Pain in the afternoon (0-10)", ("in the morning", "in the afternoon")),
        ("Schmerz morgens", "Schmerz am Abend", ("morgens", "am abend")),
        ("Douleur matin", "Douleur soir", ("matin", "soir")),
        ("Pain (before walk)", "Pain (after walk)", ("before walk", "after walk")),
    ],
)
def test_pain_of_a_part_of_the_day_is_pain_with_that_part_in_its_note(
    one: str, other: str, parts: tuple[str, str]
) -> None:
    table = f"Date,{one},{other}\n2026-03-21,4,7\n2026-03-22,,6\n"
    assert pains(table) == [
        ("21", "", 4, parts[0]),
        ("21", "", 7, parts[1]),
        ("22", "", 6, parts[1]),
    ]


def test_pain_under_a_time_of_day_is_at_that_time() -> None:
    table = "Date,Pain 8am,Pain 14:30,Pain at 10 pm\n2026-03-21,4,7,5\n"
    assert pains(table) == [("21", "08:00", 4), ("21", "14:30", 7), ("21", "22:00", 5)]


def test_what_a_row_says_of_its_pain_goes_with_each_part_and_its_note_with_none() -> None:
    found = proposed("Date,Pain am,Pain pm,Where,Notes\n2026-03-21,4,7,left wrist,snow all day\n")
    assert [
        (kind, data.get("score"), *data.get("where", {}), data.get("note")) for kind, _, _, data in found.facts
    ] == [
        ("pain", 4, "wrist_l", "am"),
        ("pain", 7, "wrist_l", "pm"),
        ("note", None, "snow all day"),
    ]


def test_moods_and_medicines_have_parts_of_the_day_too() -> None:
    table = "Date,Mood (morning),Mood (evening),Meds AM,Meds PM\n2026-03-21,4,7,Naproxen 250 mg,Naproxen 250 mg\n"
    found = proposed(table, {"scale Mood (morning)": "0-10"})
    assert [(kind, data.get("score", data.get("name")), data["note"]) for kind, _, _, data in found.facts] == [
        ("mood", 4, "morning"),
        ("mood", 7, "evening"),
        ("dose", "Naproxen", "am"),
        ("dose", "Naproxen", "pm"),
    ]


def test_a_measure_of_the_morning_stays_the_persons_own() -> None:
    fields = proposed("Date,Morning stiffness (min),Night sweats\n2026-03-21,45,yes\n2026-03-22,20,no\n").fields
    assert fields["Morning stiffness (min)"] == "Morning stiffness (min):number"
    assert fields["Night sweats"] == "Night sweats:yes-no"


def test_a_part_of_the_day_can_be_said() -> None:
    facts = mapped(
        "When,A,B\n2026-03-21,4,7\n", {"When": "day", "A": "pain (waking)", "B": "pain in neck (8:30):0-100"}
    )
    assert [(at, data) for _, _, at, data in facts.facts] == [
        ("", {"score": 4, "note": "waking"}),
        ("08:30", {"score": 0.7, "where": {"neck": None}}),
    ]


@pytest.mark.parametrize(
    ("heading", "places"),
    [
        ("Elbow pain (R)", ["elbow_r"]),
        ("Pain (left elbow)", ["elbow_l"]),
        ("pain left ankle", ["ankle_l"]),
        ("Ankle pain left 0-10", ["ankle_l"]),
        ("L ankle", ["ankle_l"]),
        ("R. wrist", ["wrist_r"]),
        ("wrist (L)", ["wrist_l"]),
        ("wrist_r", ["wrist_r"]),
        ("Rt. wrist", ["wrist_r"]),
        ("pain.left.wrist", ["wrist_l"]),
        ("Both wrists", ["wrist_l", "wrist_r"]),
        ("Pain level (jaw)", ["jaw"]),
    ],
)
def test_a_place_in_a_heading_has_its_side(heading: str, places: list[str]) -> None:
    assert pains(f"Date,{heading}\n2026-03-21,4\n2026-03-22,7\n") == [("21", "", 4, *places), ("22", "", 7, *places)]


def test_a_place_and_a_part_of_the_day_stand_together() -> None:
    assert pains("Date,Left heel AM,Left heel PM\n2026-03-21,4,7\n") == [
        ("21", "", 4, "heel_l", "am"),
        ("21", "", 7, "heel_l", "pm"),
    ]


def test_it_is_asked_whether_a_place_alone_is_pain() -> None:
    table = "Date,Stomach\n2026-03-21,4\n2026-03-22,7\n"
    assert proposed(table).asked == {"what Stomach": "pain 0-10"}
    assert pains(table) == [("21", "", 4, "abdomen"), ("22", "", 7, "abdomen")]
    own = proposed(table, {"what Stomach": "own"})
    assert [(kind, data["value"]) for kind, _, _, data in own.facts] == [("my Stomach", 4), ("my Stomach", 7)]


def test_numbers_beyond_ten_under_a_place_with_its_side_may_be_degrees() -> None:
    assert "what Left elbow" in proposed("Date,Left elbow\n2026-03-21,95\n2026-03-22,110\n2026-03-23,8\n").asked or (
        proposed("Date,Left elbow\n2026-03-21,95\n2026-03-22,110\n").fields["Left elbow"].endswith("number")
    )


def test_a_side_of_nothing_is_no_pain_without_its_side() -> None:
    for one, other in (("left", "right"), ("links", "rechts")):
        fields = proposed(f"Date,Pain ({one}),Pain ({other})\n2026-03-21,4,7\n").fields
        assert [words.endswith(":number") for words in fields.values()] == [False, True, True]


@pytest.mark.parametrize(
    ("heading", "word"),
    [
        ("Pain (worst)", "pain_worst:0-10"),
        ("Pain (average)", "pain_average:0-10"),
        ("Pain on average", "pain_average:0-10"),
        ("Pain on a scale of 0-10", "pain:0-10"),
        ("Pain (on a scale from 0 to 10)", "pain:0-10"),
    ],
)
def test_which_pain_it_is_may_stand_in_brackets(heading: str, word: str) -> None:
    assert proposed(f"Date,{heading}\n2026-03-21,4\n2026-03-22,7\n").fields[heading] == word


def test_pains_of_one_table_are_of_one_scale() -> None:
    found = proposed("Date,Worst pain,Least pain\n2026-03-21,8,2\n2026-03-22,9,1\n")
    assert (found.asked, [fact[3]["score"] for fact in found.facts]) == ({}, [8, 2, 9, 1])


def test_the_questions_of_a_form_are_understood() -> None:
    head = "Timestamp,How bad is your pain right now?,Where does it hurt?,What medication did you take?,Any comments?"
    found = proposed(f'{head}\n2026-03-21 20:05,7,"neck, left hip",Naproxen 250 mg,"after work, cold"\n')
    assert [(kind, data) for kind, _, _, data in found.facts] == [
        ("pain", {"score": 7, "where": {"neck": None, "hip_l": None}, "note": "after work, cold"}),
        ("dose", {"name": "Naproxen", "amount": "250 mg"}),
    ]


def test_pain_in_a_circumstance_is_pain_with_it_in_its_note() -> None:
    table = "Date,Pain at rest,Pain on movement,Schmerz bei Belastung\n2026-03-21,3,7,8\n"
    assert pains(table) == [
        ("21", "", 3, "at rest"),
        ("21", "", 7, "on movement"),
        ("21", "", 8, "bei belastung"),
    ]


def test_an_intensity_beside_no_pain_is_asked_about() -> None:
    table = "Date,Location,Intensity\n2026-03-21,jaw,4\n2026-03-22,neck,7\n"
    assert proposed(table).asked == {"what Intensity": "pain 0-10"}
    assert pains(table) == [("21", "", 4, "jaw"), ("22", "", 7, "neck")]


def test_the_place_of_something_else_is_no_place_of_pain() -> None:
    found = proposed("Date,Symptom,Body part,Severity\n2026-03-21,Pain,jaw,7\n2026-03-21,Stiffness,R hip,3\n")
    assert [(kind, data) for kind, _, _, data in found.facts][:1] == [("pain", {"score": 7, "where": {"jaw": None}})]
    assert [(kind, data.get("value"), data.get("note")) for kind, _, _, data in found.facts][1:] == [
        ("Stiffness", 3, None),
        ("note", None, "Body part: R hip"),
    ]


def test_what_each_row_is_about_may_stand_in_a_column_of_any_name() -> None:
    found = proposed("date,type,value\n2026-03-21,pain,7\n2026-03-21,mood,4\n2026-03-22,pain,6\n")
    assert [(kind, data["score"]) for kind, _, _, data in found.facts] == [("pain", 7), ("mood", 4), ("pain", 6)]


def test_rows_of_weeks_are_refused_with_what_records_them_anyway() -> None:
    with pytest.raises(BadInput, match=r'each row of Week starting is of a week.*--map "Week starting=day"'):
        proposed("Week starting,Average pain\n2026-03-02,4\n2026-03-09,7\n")
    assert proposed("Date,Day of week,Pain\n2026-03-02,Mon,4\n2026-03-09,Mon,7\n").asked == {}


def test_an_attack_between_two_times_begins_at_the_first() -> None:
    found = proposed("Date,Start,End,Pain\n2026-03-21,08:00,12:30,8\n")
    assert [(at, data) for _, _, at, data in found.facts] == [("08:00", {"score": 8, "note": "until 12:30"})]


def test_an_hour_from_one_to_another_is_no_scale() -> None:
    assert (
        "7-8" not in proposed("Date,Pain 7-8am\n2026-03-21,3\n2026-03-22,8\n").fields["Pain 7-8am"].rpartition(":")[2]
    )


def test_a_scale_that_one_heading_says_is_that_of_all_pains() -> None:
    assert pains("Date,Neck pain (0-10),Jaw pain\n2026-03-21,4,2\n2026-03-22,3,1\n")[1] == ("21", "", 2, "jaw")


def test_questions_about_sleep_tell_hours_from_how_well() -> None:
    fields = proposed("Date,How well did you sleep? (1-5),How many hours did you sleep?\n2026-03-21,2,6.5\n").fields
    assert list(fields.values())[1:] == ["sleep quality:1-5", "sleep:hours"]


def test_ends_whose_heading_is_in_one_word_are_kept() -> None:
    found = proposed("start_time,end_time,pain_level\n2026-03-21 08:00,2026-03-21 11:00,8\n")
    assert found.facts[0][3] == {"score": 8, "note": "until 2026-03-21 11:00"}


def test_two_headings_are_told_apart_by_what_stands_in_their_brackets() -> None:
    assert pains("Date,Pain (work),Pain (home) (0-10),Pain\n2026-03-21,4,7,5\n") == [
        ("21", "", 4, "work"),
        ("21", "", 7, "home"),
        ("21", "", 5),
    ]
    assert pains("Date,Pain (NRS)\n2026-03-21,4\n2026-03-22,7\n") == [("21", "", 4), ("22", "", 7)]


def test_a_sign_of_per_cent_is_no_part_of_a_name() -> None:
    fields = proposed("Date,Fatigue %,Pain (%)\n2026-03-21,60,40\n2026-03-22,30,80\n").fields
    assert list(fields.values())[1:] == ["fatigue:0-100", "pain:0-100"]


@pytest.mark.parametrize("offset", ["GMT+1", "GMT+01:00", "UTC+0100", "UTC +1"])
def test_an_offset_of_one_number_is_read(offset: str) -> None:
    """As forms write their stamps; were it not read, each row would be left out."""
    table = f"Timestamp,Pain level (0-10)\n2026/05/10 9:14:22 PM {offset},6\n"
    assert [(day, at) for _, day, at, _ in proposed(table).facts] == [("2026-05-10", "21:14")]


def test_a_comma_in_the_brackets_of_a_heading_moves_no_column() -> None:
    """Counted as a column, it would bring each cell behind it under the heading of another."""
    table = "Date,Pain (0 = none, 10 = worst),Medicine\n2026-05-10,6,naproxen\n2026-05-11,4,\n"
    found = proposed(table, {"scale Pain (0 = none, 10 = worst)": "0-10"})
    assert [(kind, data.get("score", data.get("name"))) for kind, _, _, data in found.facts] == [
        ("pain", 6),
        ("dose", "naproxen"),
        ("pain", 4),
    ]


def test_a_refused_table_of_weeks_names_columns_that_it_has() -> None:
    with pytest.raises(BadInput, match=r'--map "Week of=day" --map "Mean \(0-10\)=pain_average"'):
        proposed("Week of,Mean (0-10)\n2026-05-04,4\n2026-05-11,5\n")
    with pytest.raises(BadInput, match=r"its days stand across the columns \(Mon, Tue, Wed …\)"):
        proposed("Week,Mon,Tue,Wed\n2026-05-04,4,5,6\n2026-05-11,5,5,5\n")


def test_tables_with_one_header_are_one_table_whatever_stands_between() -> None:
    """As the sheets of several months are; of all but the first nothing was read."""
    may = "Date,Pain (0-10)\n2026-05-04,4\n2026-05-05,6\n"
    found = proposed(f"{may}\nMonth,Mean\nMay,5\n\n{may.replace('-05-', '-06-')}")
    assert [day for _, day, _, _ in found.facts] == ["2026-05-04", "2026-05-05", "2026-06-04", "2026-06-05"]
    assert found.found.problems == []


@pytest.mark.parametrize("title", ["March 2026,,", "Week 12,,", "2026,,"])
def test_a_title_below_the_header_leaves_it_the_header(title: str) -> None:
    """The table was said to have no header."""
    table = f"Date,Pain (0-10),Fatigue (0-10)\n{title}\n2026-03-21,4,7\n2026-03-22,6,6\n{title}\n2026-03-23,8,5\n"
    found = proposed(table)
    assert [data["score"] for kind, *_, data in found.facts if kind == "pain"] == [4, 6, 8]
    assert [problem.place for problem in found.found.problems] == ["row 2", "row 5"]
