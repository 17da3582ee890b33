"""Medicines, treatments, flares, function and the plan: what is read, what is counted, what is refused."""

import json
import re
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from painlog.analysis.adherence import DoseCount
from painlog.analysis.report.care import count_care_days, review_plan, sum_up_medicines, sum_up_treatments
from painlog.analysis.report.forms import list_histories
from painlog.domain import flares as flares_module
from painlog.domain.entries import Draft, Entry
from painlog.domain.flares import check_flares, flares
from painlog.domain.kinds.registry import KINDS
from painlog.domain.language.amounts import Quantity, Schedule, per_day
from painlog.domain.language.dates import Moment, present
from painlog.domain.language.vocabulary import Known, Vocabulary
from painlog.domain.observations import EqualEntries
from painlog.domain.periods import Period
from painlog.domain.plan import in_force
from painlog.errors import BadInput
from tests.conftest import NOW, Run
from tests.support.reading import parse_line

BASE = present(NOW)
AMOUNT, SCHEDULE = Quantity(name="amount"), Schedule(name="schedule", label="how often")
START = date(2026, 11, 2)


def entry(kind: str, day: date = START, **data: Any) -> Entry:
    """An entry as the journal would hold it; ids rise with every one."""
    entry.count += 1  # type: ignore[attr-defined]
    checked = KINDS[kind].check(data)
    checked |= KINDS[kind].derive(checked)
    id_ = f"{entry.count:08d}"  # type: ignore[attr-defined]
    return Entry(id_, kind, day, None, "Europe/Berlin", checked, NOW, day, KINDS[kind])


entry.count = 0  # type: ignore[attr-defined]


def day(number: int) -> date:
    return START + timedelta(days=number - 1)


WEEK = Period(day(1), day(7))


@pytest.mark.parametrize(
    ("said", "stored", "shown"),
    [
        ("400mg", "400 mg", "400 mg"),
        ("400 MG", "400 mg", "400 mg"),
        ("2 tablets", "2 tablet", "2 tablets"),
        ("1 tab", "1 tablet", "1 tablet"),
        ("half a tablet", "0.5 tablet", "0.5 tablet"),
        ("1/2 tablet", "0.5 tablet", "0.5 tablet"),
        ("½ pill", "0.5 pill", "0.5 pill"),
        ("3 patches", "3 patch", "3 patches"),
        ("0,5 ml", "0.5 ml", "0.5 ml"),
        ("12 µg/h", "12 mcg/h", "12 mcg/h"),
        ("1000 IU", "1000 IU", "1000 IU"),
        ("10 drops", "10 drop", "10 drops"),
    ],
)
def test_an_amount_is_read_as_it_stands_on_the_box(said: str, stored: str, shown: str) -> None:
    assert (AMOUNT.check(said), AMOUNT.show(stored), AMOUNT.check(stored)) == (stored, shown, stored)


@pytest.mark.parametrize(
    "said", ["", "400", "mg", "10/5 mg", "7/2 tablets", "half a mg", "4 elephants", "1e3 mg", "0 mg"]
)
def test_what_is_no_amount_is_refused(said: str) -> None:
    with pytest.raises(BadInput, match="amount is"):
        AMOUNT.check(said)


@pytest.mark.parametrize(
    ("said", "stored", "rate"),
    [
        ("daily", "1 a day", 1),
        ("at night", "1 a day", 1),
        ("every morning", "1 a day", 1),
        ("twice a day", "2 a day", 2),
        ("twice daily", "2 a day", 2),
        ("3x/day", "3 a day", 3),
        ("every 8 hours", "3 a day", 3),
        ("morning and evening", "2 a day", 2),
        ("08:00 and 20:00", "at 08:00, 20:00", 2),
        ("weekly", "1 a week", 1 / 7),
        ("3 times a week", "3 a week", 3 / 7),
        ("every other day", "1 every 2 days", 0.5),
        ("every 4 weeks", "1 every 28 days", 1 / 28),
        ("once a month", "1 a month", 1 / 30),
        ("PRN", "as needed", None),
        ("when needed", "as needed", None),
    ],
)
def test_a_rhythm_is_read_as_people_say_it(said: str, stored: str, rate: float | None) -> None:
    assert (SCHEDULE.check(said), SCHEDULE.check(stored), per_day(stored)) == (stored, stored, rate)
    assert SCHEDULE.check(SCHEDULE.show(stored)) == stored


@pytest.mark.parametrize(
    "said", ["", "sometimes", "0 times a day", "every 5 hours", "25:00", "every 0 weeks", "a lot", "7"]
)
def test_what_is_no_rhythm_is_refused(said: str) -> None:
    with pytest.raises(BadInput, match="how often is how often, such as"):
        SCHEDULE.check(said)


@given(st.integers(1, 20), st.sampled_from(["day", "week", "month"]), st.integers(1, 100))
def test_whole_times_are_due_and_never_more_than_the_rhythm_says(count: int, unit: str, days: int) -> None:
    planned = change(1, "duloxetine", sort="medicine", schedule=f"{count} times a {unit}")
    doses = [entry("dose", START + timedelta(days=n), name="aspirin") for n in range(days)]
    (kept,) = review_plan([planned], doses, [], [], Period(START, START + timedelta(days=days - 1))).followed
    assert (kept.due, kept.days) == (count * days // {"day": 1, "week": 7, "month": 30}[unit], days)


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("took ibuprofen 400mg", {"name": "ibuprofen", "amount": "400 mg"}),
        (
            "took ibuprofen 400 mg prn before 7",
            {"name": "ibuprofen", "amount": "400 mg", "schedule": "prn", "before": 7},
        ),
        ("took ibuprofen 400 mg as needed", {"name": "ibuprofen", "amount": "400 mg", "schedule": "prn"}),
        ("took Vitamin D 1000 IU", {"name": "Vitamin D", "amount": "1000 IU"}),
        ("took Targin 10/5 mg 1 tablet", {"name": "Targin 10/5 mg", "amount": "1 tablet"}),
        ("took half a tablet", None),
        ("took paracetamol 1g after 3", {"name": "paracetamol", "amount": "1 g", "after": 3}),
        ('took "Ibuprofen 400" 1 tablet', {"name": "Ibuprofen 400", "amount": "1 tablet"}),
        ("took ibuprofen 400", None),
        ("took 400mg", None),
        ("took my ibuprofen 400mg", {"name": "ibuprofen", "amount": "400 mg"}),
        *(
            (f"took {said}", None)
            for said in (
                "1,000 mg",
                "ibuprofen 1,000mg",
                "ibuprofen 1.000 mg",
                "2x400mg",
                "ibuprofen 400mgg",
                "2 ibuprofen",
            )
        ),
        *((f"took {said}", None) for said in ("ibuprofen and paracetamol", "ibuprofen 2 blips", "one tablet tilidine")),
        ("took digoxin 0.125 mg", {"name": "digoxin", "amount": "0.125 mg"}),
        ("did yoga tomorrow", None),
        ("did yoga -5m", None),
        ("took", None),
        ("did physio 45m helped 6", {"name": "physio", "minutes": 45, "helped": 6}),
        ("did pain programme 2h", {"name": "pain programme", "minutes": 120}),
        ("did CBT cancelled", {"name": "CBT", "status": "cancelled"}),
        ("did ketamine infusion felt 4, dizzy", {"name": "ketamine infusion", "felt": 4, "note": "dizzy"}),
        ("activity 45 min steps 5200 work affected no", {"minutes": 45, "steps": 5200, "work_affected": False}),
        ("active 1h did walk, garden", {"minutes": 60, "did": ["walk", "garden"]}),
        ("went well: saw a friend", {"note": "saw a friend"}),
        ("went-well saw a friend, at last", {"note": "saw a friend, at last"}),
        ("setback had to cancel", {"note": "had to cancel"}),
        ("flare start after overdoing", {"event": "start", "trigger": ["overdoing"]}),
        ("flare", None),
        ("goal partly walk to the shop", {"result": "partly", "goal": "walk to the shop"}),
    ],
)
def test_a_clause_of_care_is_read(text: str, data: dict[str, Any] | None) -> None:
    if data is None:
        with pytest.raises(BadInput):
            parse_line(text, BASE, NOW)
    else:
        assert [draft.data for draft in parse_line(text, BASE, NOW)] == [data]


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("took ibuprofen When  Needed", {"name": "ibuprofen", "schedule": "prn"}),
        ("took St John's wort for mood", {"name": "St John's wort", "reason": ["mood"]}),
    ],
)
def test_a_known_name_needs_no_amount(text: str, data: dict[str, Any]) -> None:
    known = Vocabulary(Known(names={"dose": ("ibuprofen", "St John's wort")}))
    assert [draft.data for draft in parse_line(text, BASE, NOW, known)] == [data]
    with pytest.raises(BadInput):
        parse_line(text, BASE, NOW)


@pytest.mark.parametrize("text", ["note done, took the bus", "went well cooked, did the dishes", "note x, did nothing"])
def test_a_comma_in_a_persons_words_makes_no_medicine(text: str) -> None:
    assert [draft.kind.main.name for draft in parse_line(text, BASE, NOW)] == ["note"]
    drafts = parse_line(f"{text}, took ibuprofen 400mg", BASE, NOW)
    assert [draft.kind.name for draft in drafts][1:] == ["dose"]


def test_one_line_holds_medicines_and_treatments_beside_ratings() -> None:
    drafts = parse_line("took ibuprofen 400mg before 7, did physio 45m, pain 4 after sitting, mood 5", BASE, NOW)
    assert [draft.kind.name for draft in drafts] == ["dose", "treatment", "pain", "mood"]


# The plan


def change(on: int, name: str, **data: Any) -> Entry:
    return entry("plan", day(on), name=name, **data)


CHANGES = [
    change(1, "duloxetine", sort="medicine", amount="30 mg", schedule="1 a day"),
    change(3, "physio", sort="therapy", schedule="2 a week"),
    change(1, "ibuprofen", sort="medicine", amount="400 mg", schedule="as needed"),
    change(4, "Duloxetine", step="change", amount="60 mg", schedule="2 a day"),
    change(6, "PHYSIO", step="stop"),
    change(2, "Walk", sort="goal"),
]


@pytest.mark.parametrize(
    ("on", "held"),
    [
        (0, []),
        (1, ["duloxetine 30 mg 1 a day", "ibuprofen 400 mg as needed"]),
        (3, ["duloxetine 30 mg 1 a day", "ibuprofen 400 mg as needed", "physio  2 a week", "Walk  "]),
        (5, ["Duloxetine 60 mg 2 a day", "ibuprofen 400 mg as needed", "physio  2 a week", "Walk  "]),
        (6, ["Duloxetine 60 mg 2 a day", "ibuprofen 400 mg as needed", "Walk  "]),
    ],
)
def test_what_is_in_force_follows_the_changes_in_the_order_of_their_days(on: int, held: list[str]) -> None:
    items = in_force(CHANGES, day(on))
    assert [f"{item.name} {item.amount} {item.schedule}" for item in items] == held
    assert in_force(CHANGES[::-1], day(on)) != [] or not held


def test_due_doses_are_counted_on_every_day_across_a_change() -> None:
    """Three days at one a day and four at two a day: 3 + 8 were due, of which those of days 1 and 5 are recorded."""
    doses = [
        entry("dose", day(1), name="duloxetine", amount="30 mg"),
        entry("dose", day(3), name="ibuprofen"),
        entry("dose", day(5), name="DULOXETINE", amount="60 mg"),
        entry("dose", day(5), name="duloxetine", schedule="prn"),
    ]
    sessions = [
        entry("treatment", day(3), name="Physio"),
        entry("treatment", day(4), name="physio", status="cancelled"),
    ]
    checks = [entry("goal", day(4), result="done", goal="walk"), entry("goal", day(5), result="not", goal="Walk")]
    kept = review_plan(CHANGES, doses, sessions, checks, WEEK)
    counted = {each.item.name: (each.done, each.due, each.days) for each in kept.followed}
    assert counted == {"Duloxetine": (2, 11, 7), "ibuprofen": (1, None, 1), "physio": (1, 0, 3)}
    assert [each.item.name for each in kept.followed if not each.in_force] == ["physio"]
    assert [(goal.done, goal.partly, goal.missed) for goal in kept.goals] == [(1, 0, 1)]
    before_it_stopped = review_plan(CHANGES, doses, sessions, checks, Period(day(1), day(5)))
    physio = before_it_stopped.followed[-1]
    assert (physio.done, physio.due, physio.days, physio.cancelled) == (1, 0, 3, 1)


def test_a_medicine_as_needed_has_the_days_on_which_it_was_taken_itself(run: Run) -> None:
    run("plan", "start", "naproxen", "500mg", "as", "needed", "--at", "6 days ago")
    for at in ("3 days ago 08:00", "3 days ago 18:00", "yesterday 09:00"):
        run("dose", "naproxen", "500mg", "--at", at)
    run("dose", "ibuprofen", "400mg")
    run("dose", "naproxen", "--skipped")
    assert "3 doses on 2 days" in run("plan").out


def test_a_weekly_medicine_is_counted_over_the_calendar(run: Run) -> None:
    """Over days with a dose alone, three weekly doses would be three of none due."""
    planned = [change(1, "methotrexate", sort="medicine", schedule="1 a week")]
    doses = [entry("dose", day(n), name="methotrexate") for n in (1, 8, 15)]
    (kept,) = review_plan(planned, doses, [], [], Period(day(1), day(28))).followed
    assert (kept.done, kept.due, kept.days) == (3, 4, 28)
    run("plan", "start", "methotrexate", "10mg", "weekly")
    run("dose", "methotrexate", "10mg")
    assert "1 dose (1 day)" in run("plan").out


def test_changes_of_one_day_hold_in_the_order_of_their_times() -> None:
    def at(clock: str, **data: Any) -> Entry:
        made = change(1, "duloxetine", sort="medicine", **data)
        return made._replace(at=NOW.replace(day=2, hour=int(clock)))

    changes = [at("20", amount="30 mg"), at("08", step="stop"), at("09", amount="60 mg")]
    assert [item.amount for item in in_force(changes, day(1))] == ["30 mg"]


def test_an_end_before_a_later_change_is_refused(run: Run) -> None:
    run("plan", "start", "morphine", "10mg", "daily", "--at", "1 nov")
    run("plan", "change", "morphine", "20mg", "--at", "10 nov")
    ran = run("plan", "stop", "morphine", "--at", "8 nov")
    assert (
        ran.code,
        "was changed later, on Tue 10 Nov; delete that change first (painlog list --kind plan)" in ran.err,
    ) == (2, True)
    assert run("plan", "stop", "morphine", "--at", "12 nov").code == 0
    assert run("plan").err.startswith("your plan is empty")
    assert "plan stop: morphine" in run("list", "--period", "all").out


@pytest.mark.parametrize(
    ("ended", "begun"), [("16 nov", "16 nov"), ("16 nov 10:00", "16 nov"), ("16 nov", "16 nov 09:00")]
)
def test_what_was_begun_anew_on_the_day_of_its_end_is_in_the_plan(ended: str, begun: str, run: Run) -> None:
    """Else a medicine at a new dose would be recorded, said to be recorded, and be in no plan."""
    run("plan", "start", "naproxen", "250mg", "twice a day", "--at", "2 nov")
    run("plan", "stop", "naproxen", "--at", ended)
    assert run("plan", "start", "Naproxen", "500mg", "daily", "--at", begun).code == 0
    assert "Naproxen 500 mg once a day Mon 16 Nov" in " ".join(run("plan").out.split())
    assert run("plan", "stop", "naproxen", "--at", "16 nov").code == 0
    assert "500 mg" not in run("plan").out


def test_a_number_after_plan_means_a_goal_as_plan_counts_them(run: Run) -> None:
    run("plan", "start", "duloxetine", "60mg", "daily", "--at", "mon")
    for goal in ("Walk to the shop", "Read a book"):
        run("plan", "goal", goal, "--at", "mon")
    run("plan", "change", "Read a book", "--note", "evenings")
    assert "  1 Walk to the shop" in run("plan").out
    assert "goal done, Walk to the shop" in run("goal", "done", "1").out
    assert "plan stop: duloxetine" not in run("plan", "stop", "1").out
    assert "duloxetine 60 mg" in run("plan").out


def test_a_change_of_nothing_is_none_whatever_the_plan_has(run: Run) -> None:
    run("plan", "start", "dul", "60mg", "daily")
    ran = run("plan", "change", "dul")
    assert (ran.code, ran.out) == (2, "")
    assert "what changes? For example: painlog plan change dul twice a day" in ran.err


def test_a_medicine_of_the_plan_goes_by_its_whole_name(run: Run) -> None:
    run("plan", "start", "ibuprofen gel", "2g", "daily")
    for command in (("change", "ibuprofen", "400mg"), ("stop", "e")):
        assert "is not in your plan on that day; there are ibuprofen gel" in run("plan", *command).err


def test_a_stop_on_the_day_of_an_untimed_start_ends_it(run: Run) -> None:
    run("plan", "start", "duloxetine", "30mg", "daily", "--at", "today")
    run("plan", "change", "duloxetine", "60mg")
    assert "duloxetine 60 mg" in run("plan").out
    run("plan", "stop", "duloxetine")
    assert run("plan").err.startswith("your plan is empty")


def test_what_ended_within_the_period_is_still_counted(run: Run) -> None:
    run("plan", "goal", "Read", "--at", "10 nov")
    run("goal", "done", "--at", "12 nov")
    run("plan", "stop", "Read")
    assert "MY GOALS      Read: done 1 of 1" in run("report", "--period", "28d").out


def test_nothing_recorded_is_not_nothing_taken() -> None:
    dulox, ibu, _ = review_plan(CHANGES, [], [], [], WEEK).followed
    assert [(each.done, each.due, each.days) for each in (dulox, ibu)] == [(0, 11, 7), (0, None, 0)]
    assert dulox.adherence
    assert (dulox.adherence.unrecorded, dulox.adherence.skipped) == (11, 0)
    assert ibu.adherence is None


def test_a_medicine_is_as_needed_where_the_dose_or_else_the_plan_says_so() -> None:
    doses = [
        entry("dose", day(5), name="ibuprofen", amount="400 mg", before=7, after=4, after_minutes=90),
        entry("dose", day(5), name="Ibuprofen", schedule="scheduled", before=8, after=2, after_minutes=121),
        entry("dose", day(6), name="ibuprofen", amount="200 mg", before=5, after=5, after_minutes=60),
        entry("dose", day(6), name="aspirin", side_effects=["nausea"]),
    ]
    ibu, aspirin = sum_up_medicines(doses, CHANGES)
    assert (ibu.doses, ibu.days, ibu.as_needed, ibu.scheduled) == (3, 2, 2, 1)
    assert (ibu.amounts, ibu.rated, ibu.before, ibu.after) == (("400 mg", "200 mg"), 2, 6, 4.5)
    assert (aspirin.as_needed, aspirin.scheduled, aspirin.rated, aspirin.before) == (0, 0, 0, None)
    assert aspirin.side_effects == {"nausea": 1}


SAID: list[dict[str, Any]] = [
    {"name": "ibuprofen", "amount": "400 mg", "schedule": "prn"},
    {"name": "ibuprofen", "before": 7, "after": 4, "after_minutes": 90, "side_effects": ["nausea"]},
    {"name": "duloxetine"},
    {"name": "duloxetine", "amount": "60 mg", "side_effects": ["dry mouth", "nausea"]},
    {"name": "physio", "minutes": 30, "helped": 6},
    {"name": "physio", "status": "cancelled"},
]


@given(st.lists(st.tuples(st.integers(1, 9), st.sampled_from(SAID)), max_size=30))
def test_it_is_the_same_whether_entries_are_summed_up_one_by_one_or_those_alike_together(
    said: list[tuple[int, dict[str, Any]]],
) -> None:
    in_order = sorted(said, key=lambda each: each[0])
    kinds = [("dose", False), ("treatment", True)]
    doses, sessions = (
        [entry(kind, day(number), **data) for number, data in in_order if (data["name"] == "physio") == is_session]
        for kind, is_session in kinds
    )
    taken, done = _alike(doses), _alike(sessions)
    assert sum_up_medicines(taken, CHANGES) == sum_up_medicines(doses, CHANGES)
    assert sum_up_treatments(done) == sum_up_treatments(sessions)
    assert review_plan(CHANGES, taken, done, [], WEEK) == review_plan(CHANGES, doses, sessions, [], WEEK)


def test_a_medicine_is_named_as_it_was_written_last() -> None:
    doses = [entry("dose", day(n), name=name) for n, name in ((1, "Ibuprofen"), (2, "ibuprofen"), (3, "Ibuprofen"))]
    assert [use.name for use in (*sum_up_medicines(doses, []), *sum_up_medicines(_alike(doses), []))] == [
        "Ibuprofen"
    ] * 2


def _alike(entries: list[Entry]) -> list[EqualEntries]:
    days: dict[str, list[date]] = {}
    for each in entries:
        days.setdefault(json.dumps(each.data), []).append(each.day)
    return [EqualEntries("", json.loads(data), on, None) for data, on in days.items()]


def test_a_cancelled_session_adds_no_minutes_and_no_rating() -> None:
    (use,) = sum_up_treatments([
        entry("treatment", name="physio", minutes=45, helped=6),
        entry("treatment", name="Physio", minutes=30, helped=9, status="cancelled"),
        entry("treatment", name="physio", helped=4),
    ])
    assert (use.done, use.cancelled, use.minutes, use.rated, use.helped) == (2, 1, 45, 2, 5)


# Flares


def test_flares_are_what_the_person_marked_and_an_open_one_goes_on() -> None:
    events = [
        entry("flare", day(n), event=event) for n, event in ((2, "start"), (3, "start"), (4, "end"), (6, "start"))
    ]
    found = flares(events)
    assert [(flare.start, flare.end) for flare in found] == [(day(2), day(4)), (day(6), None)]
    assert [d.day for flare in found for d in flare.days(WEEK)] == [3, 4, 5, 7, 8]
    assert flares(events[::-1]) == found


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (["flare", "start"], "a flare has been open since Mon 16 Nov; painlog flare end closes it"),
        (["flare", "end", "--at", "15 nov"], "no flare is open on Sun 15 Nov"),
        (["log", "flare start"], "a flare has been open since Mon 16 Nov"),
    ],
)
def test_a_flare_is_not_opened_twice_nor_closed_unopened(typed: list[str], says: str, run: Run) -> None:
    run("flare", "start", "--at", "mon")
    ran = run(*typed)
    assert (ran.code, says in ran.err) == (2, True)
    assert len(json.loads(run("list", "--json").out)["entries"]) == 1


def test_what_is_refused_begins_no_journal(run: Run, path: Path) -> None:
    assert [run(*line.split()).code for line in ("flare end", "goal done", "dose --after 4", "plan stop x")] == [2] * 4
    assert not path.exists()


def test_several_flares_in_one_file_are_checked_in_their_own_order(run: Run, tmp_path: Any) -> None:
    diary = tmp_path / "flares.txt"
    diary.write_text("2026-11-02 flare start\n2026-11-04 flare end\n2026-11-08 flare start\n")
    assert run("log", "--file", str(diary)).code == 0
    shown = " ".join(run("report", "--period", "28d").out.split())
    assert "MY FLARES Mon 2 Nov to Wed 4 Nov, 3 days since Sun 8 Nov, not marked as over" in shown


def test_each_of_many_flares_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the import of a few thousand flares would take minutes: each was set beside all before it."""
    days = (NOW.date() - timedelta(days=back) for back in range(400))
    marked = [
        Draft(KINDS["flare"], Moment(day, None, ""), {"event": "end" if i % 2 == 0 else "start"})
        for i, day in enumerate(days)
    ]
    looked = Mock(side_effect=flares_module._order)
    monkeypatch.setattr(flares_module, "_order", looked)
    check_flares(marked[:300], marked[300:])
    assert looked.call_count == len(marked)
    with pytest.raises(BadInput, match="a flare has been open since"):
        check_flares([marked[1]], marked)


def test_a_day_is_no_flare_day_only_where_something_was_recorded() -> None:
    events = flares([entry("flare", day(2), event="start"), entry("flare", day(3), event="end")])
    doses = [entry("dose", day(5), name="ibuprofen"), entry("dose", day(1), name="duloxetine")]
    rows = count_care_days(doses, CHANGES, events, {}, WEEK)
    assert {d.day: (row.flare, row.prn_doses, row.scheduled_taken) for d, row in rows.items()} == {
        2: (0, 0, 1),
        3: (1, None, None),
        4: (1, None, None),
        6: (0, 1, 0),
    }


def test_what_was_due_is_there_on_days_without_an_entry_too() -> None:
    doses = [entry("dose", day(1), name="duloxetine")]
    followed: dict[date, Counter[DoseCount]] = {day(1): Counter({"due": 1}), day(2): Counter({"due": 2})}
    rows = count_care_days(doses, CHANGES, [], followed, WEEK)
    assert {d.day: (row.doses, row.scheduled_due, row.flare) for d, row in rows.items()} == {
        day(1).day: (1, 1, 0),
        day(2).day: (None, 2, None),
    }


# dose --after


def test_a_score_after_closes_the_last_dose_with_the_minutes_since(run: Run, at: Callable[[str], None]) -> None:
    at("2026-11-19T10:00:00+01:00")
    run("dose", "ibuprofen", "400mg", "--before", "7")
    run("dose", "paracetamol", "1g", "--at", "09:30")
    at("2026-11-19T11:15:00+01:00")
    assert "ibuprofen, 400 mg, before 7, after 4, 1 h 15 later" in run("dose", "--after", "4").out
    assert "paracetamol, 1 g, after 3, 1 h 30 later" in run("dose", "paracetamol", "--after", "3", "--at", "11:00").out
    assert run("undo").code == 0
    assert len(json.loads(run("list", "--json").out)["entries"]) == 2
    ran = run("dose", "--after", "5")
    assert (ran.code, "the last dose has a pain score after it already: dose ibuprofen" in ran.err) == (2, True)


def test_a_dose_as_needed_reads_back_in_words_and_is_stored_as_prn(run: Run) -> None:
    for command in (["ibuprofen", "400mg", "as", "needed"], ["ibuprofen", "400mg", "--prn"]):
        assert run("dose", *command).out.startswith("dose ibuprofen, 400 mg, as needed ")
    said = json.loads(run("list", "--json").out)["entries"]
    assert [entry["fields"]["schedule"] for entry in said] == ["prn", "prn"]
    assert "as needed, before 5" in run("edit", said[0]["id"], "--set", "before=5").out
    assert "scheduled" in run("edit", said[0]["id"], "--set", "schedule=scheduled").out
    assert "as needed" in run("edit", said[0]["id"], "--set", "schedule=as needed").out
    ran = run("dose", "ibuprofen", "as", "needed", "--scheduled")
    assert (ran.code, ran.err) == (2, "painlog: --prn does not go with --scheduled\n")


def test_closing_a_dose_adds_and_never_replaces(run: Run) -> None:
    run("dose", "ibuprofen", "400mg", "--note", "empty stomach", "--side-effects", "nausea", "--scheduled")
    ran = run("dose", "--after", "4", "--prn")
    assert re.search(r"has its schedule already: dose ibuprofen, .* \(painlog edit \w{4} changes it\)\n", ran.err)
    closed = " ".join(run("dose", "--after", "4", "--note", "dizzy", "--side-effects", "drowsy").out.split())
    assert "side effects nausea, drowsy" in closed
    assert "empty stomach / dizzy" in closed


def test_a_score_after_a_medicine_that_was_not_taken_makes_no_dose(run: Run) -> None:
    run("dose", "ibuprofen", "400mg")
    ran = run("dose", "ibu", "--after", "3")
    assert (ran.code, "no dose of ibu is recorded in the 24 hours before" in ran.err) == (2, True)


def test_an_edit_leaves_no_end_without_its_start(run: Run) -> None:
    run("flare", "start", "--at", "10 nov")
    run("flare", "end", "--at", "12 nov")
    start = json.loads(run("list", "--json").out)["entries"][0]["id"][-12:]
    assert "an end without its start" in run("edit", start, "--at", "14 nov").err
    assert "an end without its start" in run("delete", start).err
    assert run("edit", start, "--at", "11 nov").code == 0
    assert "MY FLARES     Wed 11 Nov to Thu 12 Nov, 2 days" in run("report", "--period", "28d").out
    both = [entry["id"][-12:] for entry in json.loads(run("list", "--json").out)["entries"]]
    assert run("delete", *both).code == 0


def test_a_form_cannot_lose_its_answers(run: Run) -> None:
    run("config", "set", "phq9", "yes")
    run("ask", "phq9", "--answers", "1,0,0,0,0,0,0,0,0", "--keep-private")
    id_ = json.loads(run("list", "--json").out)["entries"][0]["id"][-12:]
    assert "PHQ-9 needs its answers" in run("edit", id_, "--clear", "answers").err
    assert run("list").code == 0


def test_goals_in_ones_own_words_leave_only_with_the_notes(run: Run) -> None:
    run("plan", "goal", "Forgive my sister")
    run("goal", "done")
    assert "sister" not in run("export", "csv").out
    assert run("export", "csv", "--with-notes").out.count("Forgive my sister") == 2


def test_a_dose_of_long_ago_is_not_closed(run: Run) -> None:
    run("dose", "ibuprofen", "400mg", "--at", "yesterday 10:00")
    ran = run("dose", "--after", "4")
    assert (ran.code, "painlog dose NAME AMOUNT" in ran.err) == (2, True)


def test_a_dose_with_its_name_and_amount_is_a_new_one_whatever_is_open(run: Run) -> None:
    run("dose", "ibuprofen", "400mg", "--at", "13:00")
    run("dose", "ibuprofen", "400mg", "--after", "4", "--at", "08:00")
    assert len(json.loads(run("list", "--json").out)["entries"]) == 2


# Questionnaires over time


def test_a_change_counts_from_the_published_size_on_and_between_whole_forms() -> None:
    def word(before: list[int | None], now: list[int | None], kind: str = "peg") -> str:
        pair = [entry(kind, day(1), answers=before), entry(kind, day(6), answers=now)]
        (history,) = list_histories(pair, Period(day(5), day(7)))
        assert history.change
        return history.change.word

    assert word([6, 6, 6], [5, 5, 5]) == "better"
    assert word([6, 6, 6], [5, 5, 6]) == "no important change"
    assert word([0] * 7, [0, 0, 0, 0, 0, 2, 2], "gad7") == "worse"
    assert word([2] * 7, [2, 2, 2, 2, 2, 1, 0], "gad7") == "no important change"
    assert word([2] * 8, [1, 1, 1, 1, 1, 2, 2, 2], "phq8") == "better"
    assert word([2] * 8, [1, 1, 1, 1, 1, 1, None, 1], "phq8") == ""
    assert word([1, 1], [3, 3], "phq2") == ""


def test_a_private_answer_stays_out_of_the_report() -> None:
    answers = [1, 1, 1, 1, 1, 1, 1, 1, 2]
    (shown,) = list_histories([entry("phq9", day(2), answers=answers)], WEEK)
    (hidden,) = list_histories([entry("phq9", day(2), answers=answers, item_9_private=True)], WEEK)
    assert [(item.answer, item.label) for item in shown.safety] == [(2, "More than half the days")]
    assert [(item.answer, item.label) for item in hidden.safety] == [(None, None)]


def test_a_draft_says_what_it_will_be() -> None:
    assert Draft(KINDS["peg"], BASE, {"answers": [5, 6, 7]}).text == "PEG 6"
    assert Draft(KINDS["phq8"], BASE, {"answers": [1] * 5 + [None] * 3}).text == "PHQ-8 no score (5 of 8 answered)"


def test_a_line_offers_only_what_the_plan_can_do(run: Run) -> None:
    """A command that would be refused is no offer: what is not in the plan can be started, and not changed."""
    run("plan", "start", "duloxetine", "60mg", "daily")
    run("log", "took tramadol 50mg")
    assert "painlog plan stop duloxetine" in run("log", "stopped duloxetine").err
    assert "painlog plan change duloxetine 90mg" in run("log", "duloxetine upped to 90mg").err
    assert "plan stop" not in run("log", "stopped tramadol").err
    assert "painlog plan start tramadol 100mg" in run("log", "tramadol upped to 100mg").err
