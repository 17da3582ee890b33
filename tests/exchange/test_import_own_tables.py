"""Tables that people keep by hand: general words above yes and no, odd cells among numbers, dates without a year."""

from pathlib import Path

import pytest

from painlog.errors import BadInput
from tests.conftest import Run
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


def test_odd_cells_among_numbers_leave_a_column_the_pain_that_its_heading_says() -> None:
    cells = ["6,5", "7-8", "kein", "4"]
    table = "Datum;Schmerz (0-10)\n" + "".join(f"0{day}.03.2026;{cell}\n" for day, cell in enumerate(cells, 1))
    found = proposed(table)
    assert found.fields["Schmerz (0-10)"] == "pain:0-10"
    assert found.asked == {"words Schmerz (0-10)": "kein 0"}
    assert [(day, data["score"]) for _, day, _, data in found.facts] == [
        ("2026-03-01", 6.5),
        ("2026-03-03", 0),
        ("2026-03-04", 4),
    ]
    assert found.found.problems == [("row 3, Schmerz (0-10)", "'7-8' is not a number")]


def test_a_cell_that_comes_often_counts_as_often() -> None:
    cells = ["3"] * 9 + ["bad", "2 or 3", "worse", "see doctor"]
    table = "Date,Pain (0-10)\n" + "".join(f"2026-03-{day:02d},{cell}\n" for day, cell in enumerate(cells, 1))
    found = proposed(table)
    assert found.fields["Pain (0-10)"] == "pain:0-10"
    assert len(found.facts) + len(found.found.problems) + found.asked["words Pain (0-10)"].count(" -") == len(cells)


def test_a_number_that_the_scale_of_the_heading_has_not_is_shown_alone() -> None:
    found = proposed("Date,Pain (0-10)\n2026-03-01,4\n2026-03-02,450\n2026-03-03,5\n2026-03-04,-7\n2026-03-05,3\n")
    assert found.fields["Pain (0-10)"] == "pain:0-10"
    assert [data["score"] for *_, data in found.facts] == [4, 5, 3]
    assert [problem.why for problem in found.found.problems] == ["pain is 0 to 10, not 450", "pain is 0 to 10, not -7"]


def test_a_column_of_remarks_with_some_numbers_stays_a_note() -> None:
    found = proposed("Date,Pain (0-10)\n2026-03-01,4\n2026-03-02,in the morning\n2026-03-03,after rain\n")
    assert found.fields["Pain (0-10)"].startswith("note")
    assert len(found.facts) == 3


def test_lengths_of_sleep_in_several_forms_are_sleep() -> None:
    cells = ["5:30", "4h", "6,5", "7", "laut"]
    table = "Datum;Schmerz (0-10);Schlaf\n" + "".join(f"0{day}.03.2026;6;{cell}\n" for day, cell in enumerate(cells, 1))
    found = proposed(table)
    assert found.fields["Schlaf"] == "sleep:hours"
    assert [data["night"] for kind, _, _, data in found.facts if kind == "sleep"] == [330, 240, 390, 420]
    assert len(found.found.problems) == 1
    assert "'laut'" in found.found.problems[0].why


@pytest.mark.parametrize(
    "days",
    [
        ("Nov 24", "Nov 25"),
        ("24 Nov", "25 Nov"),
        ("Mon, 24th November", "Tue, 25th November"),
        ("24.11.", "25.11."),
        ("24. Nov.", "25. Nov."),
        ("11/24", "11/25"),
        ("24-11", "25-11"),
    ],
)
def test_the_year_of_dates_without_one_is_asked(days: tuple[str, str]) -> None:
    table = f"Day;Pain (0-10)\n{days[0]};6\n{days[1]};4\n"
    assert proposed(table).asked == {"year": ""}
    facts = proposed(table, {"year": "2025"}).facts
    assert [(day, data["score"]) for _, day, _, data in facts] == [("2025-11-24", 6), ("2025-11-25", 4)]


def test_dates_that_run_over_a_new_year_are_not_put_into_one_year() -> None:
    with pytest.raises(BadInput, match=r"'Dec 31' and then 'Jan 1' have no year, .*write the year in the file"):
        proposed("Day,Pain (0-10)\nDec 30,6\nDec 31,4\nJan 1,5\n", {"year": "2025"})

    with pytest.raises(BadInput, match="'12/31' and then '1/1' have no year"):
        proposed("Day,Pain (0-10)\n12/31,4\n1/1,5\n", {"year": "2025"})


def test_the_order_of_a_day_and_a_month_is_asked_where_both_fit() -> None:
    table = "Day,Pain (0-10)\n1/3,6\n9/3,4\n"
    assert proposed(table).asked == {"date order": "", "year": ""}
    found = proposed(table, {"date order": "day first", "year": "2026"}).facts
    assert [day for _, day, _, _ in found] == ["2026-03-01", "2026-03-09"]
    with pytest.raises(BadInput, match="'1/3' and then '9/3' have no year"):
        proposed(table, {"date order": "month first", "year": "2026"})


def test_a_day_and_a_month_as_a_number_with_a_stop_are_refused_with_the_reason() -> None:
    with pytest.raises(BadInput, match=r"'24\.11' has no year; write each date in the file with its year"):
        proposed("Day,Pain (0-10)\n24.11,6\n25.11,4\n")


def test_the_year_of_one_file_is_not_taken_for_the_next(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "notebook.csv"
    file.write_text("Day,Pain (0-10)\nMar 3,6\nMar 4,4\n")
    assert run("import", str(file), "--yes", "--answer", "year=2025").code == 0
    file.write_text("Day,Pain (0-10)\nMar 7,6\nMar 8,4\n")
    again = run("import", str(file), "--yes")
    assert again.code != 0
    assert "'Mar 7' in your file has no year" in again.err
    assert "--answer year=" in again.err


def test_moods_as_faces_are_asked_about_with_a_proposal() -> None:
    found = proposed("Date,Mood\n2026-03-02,🙂\n2026-03-03,😭\n2026-03-04,☹️\n")
    assert found.asked == {"words Mood": "🙂 7.5, 😭 0, ☹️ 2.5"}
    assert [data["score"] for *_, data in found.facts] == [7.5, 0, 2.5]


def test_how_much_of_a_medicine_may_stand_in_a_column_of_its_own() -> None:
    table = 'Date,Medicine,Dose\n2026-03-02,Naproxen,250 mg\n2026-03-03,"Naproxen, Codeine","2x250mg, 15 mg"\n'
    found = proposed(table)
    assert [(data["name"], data["amount"]) for *_, data in found.facts] == [
        ("Naproxen", "250 mg"),
        ("Naproxen", "500 mg"),
        ("Codeine", "15 mg"),
    ]
    unclear = proposed('Date,Medicine,Dose\n2026-03-02,"Naproxen, Codeine",250 mg\n')
    assert [data for *_, data in unclear.facts] == [{"name": "Naproxen", "note": "250 mg"}, {"name": "Codeine"}]


def test_a_column_of_amounts_that_is_called_after_a_medicine_is_doses_of_it() -> None:
    found = proposed("Date,Naproxen,Water\n2026-03-02,250 mg,500 ml\n2026-03-03,2x250mg,700 ml\n")
    assert found.fields["Water"] == "note:Water"
    assert [data["amount"] for kind, _, _, data in found.facts if kind == "dose"] == ["250 mg", "500 mg"]


def test_columns_that_are_numbered_are_several_of_one_thing() -> None:
    table = "Date,Pain site 1,Pain score 1,Pain site 2,Pain score 2,Med 1,Dose 1,Med 2,Dose 2\n"
    table += "2026-03-02,left hip,3,neck,7,Naproxen,250 mg,Codeine,15 mg\n2026-03-03,right hip,2,,,,,,\n"
    assert [data for *_, data in proposed(table).facts] == [
        {"score": 3, "where": {"hip_l": None}},
        {"name": "Naproxen", "amount": "250 mg"},
        {"score": 7, "where": {"neck": None}},
        {"name": "Codeine", "amount": "15 mg"},
        {"score": 2, "where": {"hip_r": None}},
    ]


def test_a_third_column_of_one_name_is_read_as_the_second_is() -> None:
    found = proposed("Date,Pain,Pain,Pain\n2026-03-02,2,4,7\n")
    assert (found.asked, [data["score"] for *_, data in found.facts]) == ({}, [2, 4, 7])


def test_numbers_in_names_of_other_things_are_part_of_the_name() -> None:
    fields = proposed("Date,Vitamin B1,Vitamin B2,Dose 1,Dose 2\n2026-03-02,5,9,3,4\n").fields
    assert [fields[name].rpartition(":")[0] for name in ("Vitamin B1", "Vitamin B2", "Dose 1", "Dose 2")] == [
        "Vitamin B1",
        "Vitamin B2",
        "my Dose 1",
        "my Dose 2",
    ]


def test_going_to_bed_and_getting_up_are_of_the_night() -> None:
    found = proposed("Date,Bedtime,Got up\n2026-03-02,22:45,7:15\n2026-03-03,23:10,6:50\n")
    assert [data for *_, data in found.facts] == [{"bed": "22:45", "up": "07:15"}, {"bed": "23:10", "up": "06:50"}]


@pytest.mark.parametrize("columns", ["Bedtime,Tea\n2026-03-02,22:45,two cups", "Bedtime,Got up\n2026-03-02,10:45,7:15"])
def test_a_bedtime_of_which_the_night_or_the_half_of_the_day_is_not_said_is_a_note(columns: str) -> None:
    assert proposed(f"Date,{columns}\n").fields["Bedtime"] == "note:Bedtime"


def test_two_places_joined_by_and_are_two() -> None:
    facts = proposed("Date,Pain (0-10),Where\n2026-03-02,6,R hip & L hip\n2026-03-03,6,neck and jaw\n").facts
    assert [list(data["where"]) for *_, data in facts] == [["hip_r", "hip_l"], ["neck", "jaw"]]


def test_a_medicine_has_the_time_that_stands_beside_it() -> None:
    table = 'Date,Meds\n2026-03-02,"Naproxen 250mg 8am, Codeine 15mg at 14:30"\n2026-03-03,Naproxen (9 pm)\n'
    assert [(at, data) for _, _, at, data in proposed(table).facts] == [
        ("08:00", {"name": "Naproxen", "amount": "250 mg"}),
        ("14:30", {"name": "Codeine", "amount": "15 mg"}),
        ("21:00", {"name": "Naproxen"}),
    ]


def test_columns_of_several_medicines_and_parts_of_the_day_are_doses_each() -> None:
    found = proposed("Date,Naproxen am,Naproxen pm,Codeine\n2026-03-02,250mg,500mg,15mg\n")
    assert [(data["name"], data["amount"], data.get("note")) for *_, data in found.facts] == [
        ("Naproxen", "250 mg", "am"),
        ("Naproxen", "500 mg", "pm"),
        ("Codeine", "15 mg", None),
    ]


def test_two_numbers_in_a_cell_are_no_number_of_a_scale() -> None:
    found = proposed("Date,Pain morning/evening\n2026-03-02,4/6\n2026-03-03,5/7\n2026-03-04,3/8\n")
    assert [data["note"][-3:] for *_, data in found.facts] == ["4/6", "5/7", "3/8"]


def test_a_measure_without_a_value_is_not_declared(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "odd.csv"
    file.write_text("Date,Weight\n2026-03-02,abc\n")
    ran = run("import", str(file), "--yes", "--map", "Date=day", "--map", "Weight=weight:number kg")
    assert (ran.code, "no entries" in ran.out) == (1, True)
    assert '"entries": []' in run("list", "--json", "--period", "all").out


def test_the_unit_of_an_amount_may_stand_in_its_heading() -> None:
    found = proposed("Date,Med,Dose (mg),Weight (kg)\n2026-03-02,Naproxen,250,70\n2026-03-03,Codeine,15,71\n")
    assert [(data["name"], data["amount"]) for kind, _, _, data in found.facts if kind == "dose"] == [
        ("Naproxen", "250 mg"),
        ("Codeine", "15 mg"),
    ]


def nights_of(table: str) -> list[tuple[str, object]]:
    return [(day, data.get("night")) for kind, day, _, data in proposed(table).facts if kind == "sleep"]


def test_a_night_that_stands_in_several_rows_of_its_day_is_one_night() -> None:
    """Counted once for each check-in of the day, seven hours would become twenty-one."""
    rows = "2026-03-02,07:30,4,7,5\n2026-03-02,13:00,5,7,5\n2026-03-02,21:00,6,7,5\n2026-03-03,07:30,2,7,6\n"
    table = f"Date,Time,Pain (0-10),Sleep (h),Sleep quality (0-10)\n{rows}"
    assert nights_of(table) == [("2026-03-02", 420), ("2026-03-03", 420)]
    assert nights_of("Date,Pain (0-10),Sleep (h)\n2026-03-02,4,6\n2026-03-02,4,6\n") == [("2026-03-02", 360)]
    spans = "Date,Time,Mood (0-10),Fell asleep,Woke up\n2026-03-02,8:00,5,23:00,7:00\n2026-03-02,20:00,6,23:00,7:00\n"
    assert len(nights_of(spans)) == 1


def test_sleeps_of_one_day_that_may_be_two_stay_two() -> None:
    alone = "Date,Time,Sleep (h)\n2026-03-02,07:30,3\n2026-03-02,16:00,3\n"
    assert [night for _, night in nights_of(alone)] == [180, 180]
    differing = "Date,Pain (0-10),Sleep (h)\n2026-03-02,4,6\n2026-03-02,4,2\n"
    assert [night for _, night in nights_of(differing)] == [360, 120]


def test_what_a_repeated_night_says_anew_is_kept() -> None:
    rows = "2026-03-02,07:30,4,7,3\n2026-03-02,13:00,5,7,4\n"
    found = proposed(f"Date,Time,Pain (0-10),Sleep (h),Sleep quality (1-5)\n{rows}")
    assert [data for kind, *_, data in found.facts if kind == "sleep"][1:] == [{"quality": 4}]


COUNTED = "2026-03-02,4,naproxen,250mg,2\n2026-03-03,5,codeine,15 mg,1\n2026-03-04,6,naproxen,250mg,0\n"


@pytest.mark.parametrize(
    ("table", "heading", "amounts"),
    [
        (f"Date,Pain (0-10),Med,Dose,Qty\n{COUNTED}", "Qty", ["500 mg", "15 mg"]),
        ("Date,Pain (0-10),Medicine,Tablets\n2026-03-02,4,naproxen 250mg,1.5\n", "Tablets", ["375 mg"]),
        ("Date;Schmerz (0-10);Medikament;Dosis (mg);Anzahl\n02.03.2026;4;Codein;15;2\n", "Anzahl", ["30 mg"]),
    ],
)
def test_how_many_were_taken_multiplies_the_amount_of_one(table: str, heading: str, amounts: list[str]) -> None:
    """Two tablets of 250 mg are 500 mg, unless the amount beside them is that of both, which is asked."""
    key = f"amount {heading}"
    found = proposed(table)
    assert found.asked[key] == "one"
    assert [data["amount"] for kind, *_, data in found.facts if kind == "dose"] == amounts
    of_all = proposed(table, {key: "all together"}).facts
    assert next(data["note"] for kind, *_, data in of_all if kind == "pain").startswith(f"{heading}: ")


def test_one_count_beside_several_medicines_multiplies_none_of_them() -> None:
    rows = '2026-03-02,4,"naproxen 250mg, codeine 15mg",2\n2026-03-03,4,,3\n'
    facts = proposed(f"Date,Pain (0-10),Meds,How many tablets\n{rows}").facts
    assert [data["amount"] for kind, *_, data in facts if kind == "dose"] == ["250 mg", "15 mg"]
    notes = [data["note"] for kind, *_, data in facts if kind == "pain"]
    assert notes == ["How many tablets: 2", "How many tablets: 3"]


def doses_of(table: str) -> list[dict[str, object]]:
    return [data for kind, *_, data in proposed(table).facts if kind == "dose"]


def test_a_column_of_a_medicine_is_doses_of_it_in_numbers_too() -> None:
    """Numbers were a measure of the person's own, and amounts among numbers a note."""
    rows = "2026-03-02,5,250,2 x 15mg,400\n2026-03-03,4,0,1,\n2026-03-04,4,,no,200\n"
    assert doses_of(f"Date,Pain (0-10),Naproxen (mg),Codeine,ibuprofen_mg\n{rows}") == [
        {"name": "Naproxen", "amount": "250 mg"},
        {"name": "Codeine", "amount": "30 mg"},
        {"name": "ibuprofen", "amount": "400 mg"},
        {"name": "Codeine"},
        {"name": "ibuprofen", "amount": "200 mg"},
    ]
    tablets = proposed("Date,Pain (0-10),Naproxen 250 mg\n2026-03-02,5,2\n2026-03-03,5,1\n")  # of which there were two
    assert tablets.fields["Naproxen 250 mg"] == "Naproxen 250 mg:number"
    lab = proposed("Date,Pain (0-10),Magnesium (mmol/l)\n2026-03-02,5,0.8\n2026-03-03,5,0.9\n")
    assert {kind for kind, *_ in lab.facts} == {"pain", "Magnesium (mmol/l)"}


def test_a_medicine_missed_in_its_own_column_is_a_note() -> None:
    taken = "".join(f"2026-03-0{day},250 mg\n" for day in range(2, 6))
    found = proposed(f"Date,Naproxen\n{taken}2026-03-06,forgot\n")
    assert found.facts[-1][1:] == ("2026-03-06", "", {"note": "Naproxen: forgot"})
    assert found.found.problems == []


def test_how_much_in_words_of_ones_own_goes_with_the_medicine() -> None:
    rows = "02.03.2026;4;Codein;15 mg\n03.03.2026;5;Codein;1-0-1\n"
    assert doses_of(f"Datum;Schmerz (0-10);Medikament;Dosis\n{rows}") == [
        {"name": "Codein", "amount": "15 mg"},
        {"name": "Codein", "note": "1-0-1"},
    ]


def test_an_attack_rated_by_its_intensity_begins_and_ends_too() -> None:
    table = "Date,Start,End,Intensity\n2026-03-02,10:00,14:30,7\n2026-03-04,22:00,,9\n"
    found = proposed(table, {"what Intensity": "pain 0-10"})
    assert [(at, data.get("note")) for _, _, at, data in found.facts] == [("10:00", "until 14:30"), ("22:00", None)]
