"""Kinds, fields, regions, sleep and the clause grammar: what may be recorded and how it is said."""

import itertools
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from painlog.domain.entries import draft
from painlog.domain.kinds import sleep_formulas
from painlog.domain.kinds.fields import Choice, Name, Words
from painlog.domain.kinds.kind import describe
from painlog.domain.kinds.questionnaires import Answers
from painlog.domain.kinds.registry import KINDS, VERBS
from painlog.domain.language.dates import present
from painlog.domain.regions import all_regions, lookup, near_misses, show_regions
from painlog.domain.variables import variables
from painlog.errors import BadInput, BadLines
from tests.conftest import NOW
from tests.support.reading import parse_line, parse_text

BASE = present(NOW)


def line(text: str) -> list[tuple[str, str | None, dict[str, Any]]]:
    drafts = parse_line(text, BASE, NOW)
    return [(d.kind.name, f"{d.moment.at:%d %H:%M}" if d.moment.at else None, d.data) for d in drafts]


KNEE = {"knee": None}


@pytest.mark.parametrize(
    ("text", "kind", "data"),
    [
        ("pain 6", "pain", {"score": 6}),
        ("pain 6.4", "pain", {"score": 6.4}),
        ("pain 6,4", "pain", {"score": 6.4}),
        ("pain 6/10 knee", "pain", {"score": 6, "where": KNEE}),
        ("pain 6 low back left burning", "pain", {"score": 6, "where": {"low_back_l": None}, "quality": ["burning"]}),
        ("pain 6, knee, burning", "pain", {"score": 6, "where": KNEE, "quality": ["burning"]}),
        ("pain worst 8", "pain", {"score": 8, "rating": "worst"}),
        ("pain 5 average", "pain", {"score": 5, "rating": "average"}),
        ("pain 6 in my left knee:7 and neck", "pain", {"score": 6, "where": {"knee_l": 7, "neck": None}}),
        ("pain 6 after sitting after stress", "pain", {"score": 6, "trigger": ["sitting", "stress"]}),
        ("pain 6 relief heat eased 30%", "pain", {"score": 6, "relief": ["heat"], "eased": 30}),
        (
            "pain 6 interference 7 note woke at 4, sore",
            "pain",
            {"score": 6, "interference": 7, "note": "woke at 4, sore"},
        ),
        ("pain 6 pins and needles", "pain", {"score": 6, "quality": ["pins-and-needles"]}),
        ("pain 6 pins-and-needles", "pain", {"score": 6, "quality": ["pins-and-needles"]}),
        ('pain 6 other:"left ear lobe"', "pain", {"score": 6, "where": {"other:left ear lobe": None}}),
        ("worry 6", "mood", {"worry": 6}),
        ("mood 4 worry 6 interest 3", "mood", {"score": 4, "worry": 6, "interest": 3}),
        ("slept 5h30 quality 2", "sleep", {"night": 330, "quality": 2}),
        ("slept 5 h 30 min", "sleep", {"night": 330}),
        ("slept 7", "sleep", {"night": 420}),
        ("slept 5,5h", "sleep", {"night": 330}),
        ("slept 6h woke up 3 times", "sleep", {"night": 360, "woke": 3}),
        ("nap 30 min", "sleep", {"night": 30, "type": "nap"}),
        ("pain 6 relief heat, cold", "pain", {"score": 6, "relief": ["heat", "cold"]}),
        ("hopelessness 3", "mood", {"hopeless": 3}),
        ("slept 40m nap", "sleep", {"night": 40, "type": "nap"}),
        ("slept 6h woken by pain", "sleep", {"night": 360, "woken_by_pain": True}),
        ("note Tired, but the pain was ok", "note", {"note": "Tired, but the pain was ok"}),
        ('note "Tired, pain all day"', "note", {"note": "Tired, pain all day"}),
        ("pain 6 eased by 30%", "pain", {"score": 6, "eased": 30}),
        ("pain 6 after a cold", "pain", {"score": 6, "trigger": ["cold"]}),
        ("pain 6 after sitting and stress", "pain", {"score": 6, "trigger": ["sitting", "stress"]}),
        ("slept 6h woke 3 times", "sleep", {"night": 360, "woke": 3}),
        ("pain 6 after poor sleep", "pain", {"score": 6, "trigger": ["poor-sleep"]}),
        (
            "pain 6 after sitting, stress, knee",
            "pain",
            {"score": 6, "trigger": ["sitting", "stress"], "where": KNEE},
        ),
        ("mood 4, worry 6", "mood", {"score": 4, "worry": 6}),
        ("slept 6h, sol 20m, waso 1h", "sleep", {"night": 360, "sol": 20, "waso": 60}),
        ("pain 6, interference 4", "pain", {"score": 6, "interference": 4}),
        (
            "pain 6 left knee, neck, feet",
            "pain",
            {"score": 6, "where": dict.fromkeys(("knee_l", "neck", "foot_l", "foot_r"))},
        ),
        ("pain 6 left hip and left knee", "pain", {"score": 6, "where": dict.fromkeys(("hip_l", "knee_l"))}),
        ("PAIN 6 Left Knee", "pain", {"score": 6, "where": {"knee_l": None}}),
    ],
)
def test_a_clause_is_read(text: str, kind: str, data: dict[str, Any]) -> None:
    assert line(text) == [(kind, "19 14:05", data)]


def test_one_line_holds_several_kinds_and_a_date_of_its_own() -> None:
    found = line("yesterday 22:00 pain 6 low back left burning, mood 4 worry 6; slept 5h30 quality 2, note long drive")
    assert [(kind, at) for kind, at, _ in found] == [(k, "18 22:00") for k in ("pain", "mood", "sleep", "note")]


def test_a_rating_of_another_kind_after_a_comma_is_an_entry_of_its_own() -> None:
    found = line("pain 6 knee, worry 5, interference 3")
    assert [(kind, data) for kind, _, data in found] == [
        ("pain", {"score": 6, "where": KNEE}),
        ("mood", {"worry": 5}),
        ("pain", {"interference": 3}),
    ]


@pytest.mark.parametrize(
    "text", ["sleep 11pm-7am", "slept from 23:00 to 07:00", "slept 23:00 until 7 am", "sleep 23:00–07:00"]
)
def test_a_span_is_read_as_people_write_it(text: str) -> None:
    assert line(text)[0][2]["night"] == "2026-11-18T23:00+01:00/2026-11-19T07:00+01:00"


def test_a_night_said_at_bedtime_begins_there() -> None:
    (night,) = parse_line("mon 23:00 sleep 23:00-06:00", BASE, NOW)
    assert night.moment.day.isoformat() == "2026-11-17"


def test_a_night_that_has_not_ended_is_refused() -> None:
    for text in ("today sleep 10:00-18:00", "2026-11-19 sleep 10:00-14:06"):
        with pytest.raises(BadInput, match="ahead of now"):
            line(text)


def test_a_night_has_one_day_however_it_is_given() -> None:
    """At half past two at night both forms of the same night belong to the date of waking."""
    night = datetime.fromisoformat("2026-11-20T02:30:00+01:00")
    for text in ("sleep 5h30", "sleep 21:00-02:30"):
        (made,) = parse_line(text, present(night), night)
        assert made.moment.day.isoformat() == "2026-11-20"
    (nap,) = parse_line("sleep 30m nap", present(night), night)
    assert nap.moment.day.isoformat() == "2026-11-19"


def test_a_night_after_the_clocks_went_back_is_placed_by_its_instant() -> None:
    night = datetime.fromisoformat("2026-10-25T02:15:00+01:00")  # the second 02:15; the first 02:30 has passed
    (made,) = parse_line("sleep 22:00-02:10", present(night), night)
    assert made.data["night"].startswith("2026-10-24T22:00+02:00/2026-10-25T02:10+02:00")


def test_a_night_given_by_its_times_belongs_to_the_day_of_waking() -> None:
    (night,) = parse_line("sleep 23:20 - 06:50 sol 45 min waso 1h woke 3", BASE, NOW)
    assert night.moment.day.isoformat() == "2026-11-19"
    assert night.data["night"] == "2026-11-18T23:20+01:00/2026-11-19T06:50+01:00"
    (earlier,) = parse_line("17 nov sleep 23:20-06:50", BASE, NOW)
    assert (earlier.moment.day.isoformat(), earlier.data["night"][:10]) == ("2026-11-17", "2026-11-16")


def test_a_night_across_the_change_of_clocks_has_its_true_length() -> None:
    """23:00 to 07:00 is nine hours when clocks go back and seven when they go forward."""
    for day, minutes in (("2026-10-25", 540), ("2026-03-29", 420)):
        (night,) = parse_line(f"{day} sleep 23:00-07:00", BASE, NOW)
        assert KINDS["sleep"].derive(night.data)["tst"] == minutes


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("pain 12", "pain is 0 to 10, not 12"),
        ("pain -1", "-1 is below 0"),
        ("pain nan", "how much is pain, 0 to 10?"),
        ("pain 1e1", "what is 1e1?"),
        ("pain ٥", "how much is pain, 0 to 10?"),
        ("pain", "how much is pain, 0 to 10?"),
        ("pain worst", "how much is pain, 0 to 10?"),
        ("pain note only words", "how much is pain, 0 to 10?"),
        ("pain 6 7", "what is 7?"),
        ("pain 6 my left knie", "left of what?"),
        ("pain 6 knee:11", "pain is 0 to 10, not 11"),
        ("pain 6 worst least", "rating is said twice"),
        ("pain 6 after 2 hours left knee", "is left knee where it hurts?"),
        ("pain 6 left hip and knee", "which side is the knee?"),
        ("pain 6 left shoulder, neck and arm", "which side is the arm?"),
        ("pain 6 low back left knee", "is it the left low back or the left knee?"),
        ("pain 6 wrist hand fingers right", "which side is the wrist?"),
        ("pain 6 left hip:4 and knee:3", "which side is the knee?"),
        ("pain 6 where left hip, knee", "is left hip where it hurts?"),
        ("pain at least 6", "'at least' before a number leaves open which is meant"),
        ("slept 23:00", "is 23:00 a time or a length?"),
        ("nap 20", "20 minutes or hours?"),
        ("slept 6h awake 3 times", "3 times is no length of time"),
        ("slept 5.30", "5.30: hours and minutes, or a part of an hour?"),
        ("slept badly", "how long was the sleep?"),
        ("sleep 02:45-02:45", "more than 16 h"),
        ('pain 6 "low back', "is low back where it hurts?"),
        ("mood 4 worry", "how much is worry, 0 to 10?"),
        ("sleep 26h", "sleep is 0 to 24 h, not 26 h"),
        ("sleep 23:00-22:00 waso 30h", "awake at night is 0 to 16 h, not 30 h"),
        ("sleep 23:00-07:00 waso 9h", "does not fit into a night of 8 h 00"),
        ("sleep 23:00-25:00", "which is meant, 23:00 or 25:00?"),
        ("sleep 23:00-07:00 bed 11:00 up 08:00", "in bed from 11:00"),
        ("sleep 6h quality 6", "sleep quality is 1 to 5, not 6"),
        ("sleep 6h woke 2.5", "whole number"),
        ("note", "note is empty; write the text after it"),
        ("hello", "no entry is in this line"),
        ("31 feb pain 3", "does not exist"),
        ("tomorrow pain 3", "ahead"),
    ],
)
def test_what_is_not_understood_is_refused_with_a_reason(text: str, says: str) -> None:
    with pytest.raises(BadInput) as refused:
        line(text)
    assert says in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("pain six", [("pain", {"score": 6})]),
        ("pain 6 where kne", [("pain", {"score": 6, "note": "where kne"})]),
        ("pain 6 best", [("pain", {"score": 6, "note": "best"})]),
        ("pain 6 worry 4", [("pain", {"score": 6}), ("mood", {"worry": 4})]),
        ("pain 6 mood 4", [("pain", {"score": 6}), ("mood", {"score": 4})]),
        ("pain 6 left knee 4", [("pain", {"score": 6}), ("pain", {"score": 4, "where": {"knee_l": None}})]),
        ("pain 6 yesterday", [("pain", {"score": 6})]),
        ("pain 4 8:00", [("pain", {"score": 4})]),
        ("note tired, sleep was bad", [("note", {"note": "tired, sleep was bad"})]),
    ],
)
def test_what_was_once_refused_is_read_as_it_is_said(text: str, found: list[tuple[str, dict[str, Any]]]) -> None:
    assert [(kind, data) for kind, _, data in line(text)] == found


def test_a_text_names_every_line_that_is_not_understood() -> None:
    text = "# Tuesday\n2026-11-17 08:00 pain 5\n\npain 11\r\nmood so so\n2026-11-17 pain 4 knee"
    with pytest.raises(BadLines) as refused:
        [*parse_text(text, BASE, NOW)]
    assert [number for number, _ in refused.value.problems] == [4, 5]
    assert "2 of 4 lines are not understood" in str(refused.value)


@given(st.text(max_size=60))
def test_no_line_whatsoever_breaks_the_reader(text: str) -> None:
    for opening in ("", "pain 6 ", "sleep ", "note ", "mood 4 worry "):
        try:
            drafts = parse_line(opening + text, BASE, NOW)
        except BadInput as refused:
            assert str(refused)  # noqa: PT017  (any other exception is the failure)
        else:
            assert all(d.kind.check(d.data) == d.data for d in drafts)


@given(
    st.lists(
        st.sampled_from([*all_regions(), "left", "both", "burning", "6", "after", "sitting", ",", ":4"]), max_size=8
    )
)
def test_no_mixture_of_known_words_breaks_the_reader(words: list[str]) -> None:
    try:
        parse_line("pain " + " ".join(words), BASE, NOW)
    except BadInput as refused:
        assert str(refused)  # noqa: PT017


# Regions


@pytest.mark.parametrize(
    ("said", "ids"),
    [
        ("low back left", ("low_back_l",)),
        ("left knee", ("knee_l",)),
        ("both knees", ("knee_l", "knee_r")),
        ("knee", ("knee",)),
        ("knees", ("knee_l", "knee_r")),
        ("knee_r", ("knee_r",)),
        ("my left foot", ("foot_l",)),
        ("feet", ("foot_l", "foot_r")),
        ("Back of thigh right", ("thigh_back_r",)),
        ("lower back", ("low_back",)),
        ("neck", ("neck",)),
        ("stomach", ("abdomen",)),
        ("neck left", ()),
        ("left right knee", ()),
        ("kne", ()),
    ],
)
def test_a_region_is_found_as_people_say_it(said: str, ids: tuple[str, ...]) -> None:
    assert lookup(said) == ids


def test_every_region_is_found_by_its_id_and_by_its_label() -> None:
    for id_, region in all_regions().items():
        assert lookup(id_) == (id_,)
        side = {"l": "left", "r": "right", "": ""}[region.side]
        assert lookup(f"{region.label} {side}") == (id_,)


def test_the_list_has_as_many_regions_as_was_agreed() -> None:
    fine = [
        r for r in all_regions() if r not in ("head", "arm_l", "arm_r", "abdomen", "back", "leg_l", "leg_r", "all_over")
    ]
    assert (len(fine), len(all_regions())) == (68, 76)
    assert {r.quadrant for r in all_regions().values()} == {"LU", "RU", "LL", "RL", "AX", ""}


def test_near_misses_are_offered() -> None:
    assert near_misses("sholder") == "; did you mean shoulder, shoulder_l, shoulder_r?"
    assert near_misses("xyzzy") == ""


def test_left_and_right_of_the_same_score_are_shown_as_both() -> None:
    assert show_regions({"knee_l": 4, "knee_r": 4, "low_back_l": None}) == "knee both 4, low back LEFT"
    assert show_regions({"knee_r": None, "knee_l": 2}) == "knee RIGHT, knee LEFT 2"


# Sleep


def test_the_worked_example_of_a_night() -> None:
    data = {
        "night": "2025-03-04T23:20+01:00/2025-03-05T06:50+01:00",
        "sol": 45,
        "waso": 60,
        "bed": "23:00",
        "up": "07:15",
    }
    assert sleep_formulas.derive(data) == {
        "tst": 345,
        "efficiency": 76.7,
        "time_in_bed": 495,
        "efficiency_in_bed": 69.7,
    }


def test_efficiency_is_not_computed_where_being_awake_was_not_described() -> None:
    """A missing time awake is not a time awake of zero."""
    assert sleep_formulas.derive({"night": 330}) == {"tst": 330}
    assert "efficiency" not in sleep_formulas.derive({"night": 330, "sol": 20})
    assert sleep_formulas.derive({"night": 0, "sol": 0, "waso": 0}) == {"tst": 0}


def test_trying_to_sleep_on_lowers_the_efficiency() -> None:
    night = {"night": 345, "sol": 45, "waso": 60}
    assert sleep_formulas.derive(night | {"tasafa": 30})["efficiency"] == round(100 * 345 / 480, 1)


# The registry


def test_every_variable_field_and_head_has_one_meaning() -> None:
    series = [v.name for v in variables().values()]
    columns = [v.column for v in variables().values()]
    heads = [head for kind in KINDS.values() for head in kind.heads]
    for names in (series, columns, heads):
        assert len(names) == len(set(names))
    for kind in (KINDS[name] for name in VERBS):
        choices = [field for field in kind.fields[1:] if isinstance(field, Choice)]
        options = [f.name for f in kind.typed_fields] + [o for f in choices for o in f.options[not f.has_no_default :]]
        assert len(options) == len(set(options)), kind.name


def test_no_word_stands_for_two_fields_of_a_kind() -> None:
    for kind in KINDS.values():
        names = [n for f in kind.typed_fields for n in {f.name, f.name.replace("_", " "), f.title, *f.aliases}]
        assert len(names) == len(set(names)), kind.name


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("pain", {"score": 10**400}),
        ("pain", {"score": True}),
        ("pain", {"score": "6"}),
        ("pain", {"score": float("inf")}),
        ("pain", {"where": {"other:": None}}),
        ("pain", {"where": {"other:\0": None}}),
        ("pain", {"where": {"other:" + "x" * 300: None}}),
        ("pain", {"where": ["knee_l"]}),
        ("pain", {"quality": "burning"}),
        ("pain", {"score": 6, "rating": "best"}),
        ("sleep", {"night": "2026-11-18T23:00/2026-11-19T07:00"}),
        ("sleep", {"night": 1500}),
        ("sleep", {"night": 300, "woken_by_pain": False}),
        ("note", {"note": 5}),
    ],
)
def test_data_from_elsewhere_is_held_to_the_same_rules(kind: str, data: dict[str, Any]) -> None:
    with pytest.raises(BadInput):
        KINDS[kind].check(data)


def test_ratings_say_both_ends_and_which_is_better() -> None:
    rated = [f for kind in KINDS.values() for f in kind.fields if getattr(f, "low_label", "")]
    assert len(rated) >= 10
    assert all(f.high_label and f.better in ("low", "high") for f in rated)


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_what_is_stored_checks_as_what_was_typed(kind: Any) -> None:
    """The same rules serve capture and import: a typed value that was accepted must be accepted as data."""
    values = {"0-10": "7", "NUMBER": "14", "TEXT": "a note", "WORD": "burning, stiff", "HH:MM": "22:50", "1-5": "3"}
    values |= {"NAME": "some words", "AMOUNT": "half a tablet", "HOW OFTEN": "twice a day", "yes|no": "no"}
    values |= {
        "0-3": "2",
        "REGION[:SCORE]": "left knee:4",
        "DURATION": "20m",
        "0-100": "30",
        "0-50": "2",
        "DURATION|SPAN": "6h",
        "DAYS": "mon, thu",
        "WHEN": "2026-12-20 10:30",
        "N": "3",
        "LOT": "2c",
        "1-52": "2",
        "12-168": "56",
    }
    for field in kind.typed_fields:
        if isinstance(field, Answers):
            values["ANSWERS"] = ",".join(["1"] * len(field.questionnaire.items))
        options = getattr(field, "options", None)
        text = "yes" if type(field).__name__ == "Flag" else options[-1] if options else values[field.metavar]
        value = field.parse(text, BASE)
        assert field.check(value) == value
        assert field.show(value)
        assert field.join([field.parse(one, BASE) for one in field.as_typed(value)]) == value


def test_an_unknown_field_is_refused() -> None:
    with pytest.raises(BadInput, match="no field 'tst'"):
        KINDS["sleep"].check({"night": 330, "tst": 330})


def test_describe_says_everything_that_was_typed() -> None:
    made = draft(
        KINDS["pain"],
        {"score": ["6"], "where": ["low back left"], "quality": ["burning"], "interference": ["4"]},
        BASE,
        NOW,
    )
    assert describe(KINDS["pain"], made.data) == "pain 6, low back LEFT, burning, interference 4"
    assert describe(KINDS["mood"], {"worry": 6}) == "worry 6"


def test_every_word_list_is_without_doubles() -> None:
    lists = [f.words for kind in KINDS.values() for f in kind.fields if isinstance(f, Words | Name) and f.words]
    assert all(len(words) == len(set(words)) for words in lists)
    assert all(len(list(itertools.chain(words))) > 10 for words in lists)
