"""Measures of one's own: declared in the journal, and from then on like painlog's, everywhere."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from painlog.domain import rules
from painlog.storage.journal import Journal
from tests.conftest import NOW, Run
from tests.support.reading import sentences


def entries(run: Run) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = json.loads(run("list", "--period", "all", "--json").out)["entries"]
    return listed


@pytest.mark.parametrize(
    ("declared", "said", "value", "shown", "day"),
    [
        (["brain fog", "--low", "none", "--high", "cannot think"], "brain fog 6, brain fog 3", 6, "brain fog 6", 4.5),
        (["coffee", "--scale", "count"], "coffee 2, coffee 1", 2, "coffee 2", 3),
        (["reading", "--scale", "minutes"], "reading 20m, reading 1h", 20, "reading 20 min", 80),
        (["migraine", "--scale", "yes-no"], "migraine no, migraine yes", False, "migraine no", 1),
        (["weight", "--unit", "kg"], "weight 71.5, weight 72.5", 71.5, "weight 71.5 kg", 72),
        (["balance", "--scale", "number"], "balance -3.5", -3.5, "balance -3.5", -3.5),
    ],
)
def test_every_scale_goes_from_capture_to_export(
    declared: list[str], said: str, value: float, shown: str, day: float, run: Run
) -> None:
    name = declared[0]
    variable = name.replace(" ", "_")
    assert run("track", "add", *declared).code == 0
    for when in ("mon", "tue", "wed", "today"):
        for one in said.split(", "):
            assert run("log", *when.split(), *one.split()).code == 0
    first = next(entry for entry in entries(run) if entry["kind"] == "tracked")
    assert (first["fields"]["value"], type(first["fields"]["value"])) == (value, type(value))
    assert shown in run("list", "--kind", name).out
    assert name in run("today").out
    assert name in run("chart", name, "--period", "week").out
    report = json.loads(run("report", "--json").out)["report"]["measured"][variable]["figures"]
    assert (report["variable"], report["days"], report["mean"]) == (variable, 4, day)
    assert re.search(rf"^(ALSO +)?{name} ", run("report").out, re.MULTILINE)
    table = run("export", "csv", "--layout", "daily", "--period", "week", "--no-bom").out.splitlines()
    place = table[0].split(",").index(f"own_{variable}")
    assert [line.split(",")[place] for line in table[1:]][-4:] == [f"{day:g}"] * 4
    assert f",tracked,{name},{float(value):g}," in run("export", "csv", "--no-bom").out


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ("fog 11", "fog is 0 to 10, not 11"),
        ("fog maybe", "how much is fog, 0 to 10?"),
        ("coffee 1.5", "coffee is a whole number"),
        ("reading 2d", "reading"),
        ("migraine perhaps", "migraine"),
        ("fog", "how much is fog, 0 to 10?"),
        ("brain 4", "brain is no measure painlog knows"),
    ],
)
def test_wrong_values_get_one_sentence_and_save_nothing(said: str, says: str, run: Run) -> None:
    run("track", "add", "fog")
    run("track", "add", "coffee", "--scale", "count")
    run("track", "add", "reading", "--scale", "minutes")
    run("track", "add", "migraine", "--scale", "yes-no")
    before = entries(run)
    ran = run("log", *said.split())
    assert (ran.code, says in ran.err, sentences(ran.err)) == (2, True, 1), ran.err
    assert entries(run) == before


@pytest.mark.parametrize(
    ("name", "says"),
    [
        *((name, "means something else") for name in ("mood", "took", "report", "sleep quality", "Worry", "after")),
        *(
            (name, "means something else")
            for name in ("5", "2h", "the", "neck", "days", "yes", "½", "left knee", "end")
        ),
        ("yesterday", "would be read as a date"),
        ("7 pm", "would be read as a date"),
        ("fog, thick", "no comma"),
        ("!!!", "needs a letter"),
        ("FOG", "a measure of your own already"),
        ("x" * 31, "at most 30 characters"),
    ],
)
def test_a_name_that_means_something_else_is_refused(name: str, says: str, run: Run) -> None:
    run("track", "add", "fog")
    ran = run("track", "add", name)
    assert (ran.code, says in ran.err) == (2, True), ran.err
    assert len(entries(run)) == 1


def test_a_measure_stands_beside_painlogs_in_one_line(run: Run) -> None:
    run("track", "add", "brain fog")
    run("track", "add", "sleep hygiene")
    assert run("log", "yesterday 20:00 pain 6, Brain Fog 4, sleep hygiene 7, slept 6h after", "3").code == 2
    assert (
        run("log", "yesterday 20:00 pain 6 after sitting, Brain Fog 4 note thick, sleep hygiene 7, slept 6h").code == 0
    )
    kinds = [(entry["kind"], entry["fields"].get("value")) for entry in entries(run) if entry["kind"] != "measure"]
    assert sorted(kinds, key=str) == [("pain", None), ("sleep", None), ("tracked", 4), ("tracked", 7)]


def test_renaming_takes_what_was_recorded_along_and_undo_gives_the_name_back(run: Run) -> None:
    run("track", "add", "fog")
    run("log", "fog 4")
    assert run("track", "rename", "fog", "brain fog").code == 0
    assert "brain fog 4" in run("list").out
    assert (run("log", "fog 3").code, run("log", "brain fog 3").code) == (2, 0)
    run("undo")
    run("undo")
    assert "fog 4" in run("list").out
    assert run("log", "fog 3").code == 0


def test_a_retired_measure_keeps_its_entries_and_takes_no_more(run: Run) -> None:
    run("track", "add", "fog")
    run("log", "fog 4")
    run("track", "retire", "fog")
    assert run("log", "fog 5").code == 2
    assert "fog 4" in run("list", "--kind", "fog").out
    assert "retired" in run("track", "list").out
    run("undo")
    assert run("log", "fog 5").code == 0


def test_entries_of_a_deleted_measure_are_still_named(run: Run, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("track", "add", "fog")
    run("log", "fog 4")
    monkeypatch.setattr(rules, "check_delete", lambda *_: None)  # another device's deletion is merged, not refused
    with Journal.open(path, NOW) as journal:
        journal.delete(journal.entries(kinds=["measure"]))
    assert "fog 4" in run("list").out
    assert run("report").code == 0


def test_a_value_is_edited_by_the_measures_own_rules(run: Run) -> None:
    run("track", "add", "brain fog")
    run("log", "brain fog 4")
    id_ = next(entry["id"] for entry in entries(run) if entry["kind"] == "tracked")[-12:]
    assert run("edit", id_, "--set", "value=11").err == "painlog: brain fog is 0 to 10, not 11\n"
    assert run("edit", id_, "--set", "brain fog=5").code == 0
    assert "brain fog 5" in run("list").out
    measure = next(entry["id"] for entry in entries(run) if entry["kind"] == "measure")[-12:]
    for change, says in (("name=pain", "painlog track rename"), ("scale=yes-no", "keeps its scale")):
        assert says in run("edit", measure, "--set", change).err
    assert run("edit", measure, "--set", "high=cannot think").code == 0
    assert "measure" not in run("show", id_).out


def test_what_a_measure_holds_is_not_lost_with_it(run: Run) -> None:
    run("track", "add", "weight", "--unit", "kg", "--note", "very private")
    run("log", "weight 70")
    measure = next(entry["id"] for entry in entries(run) if entry["kind"] == "measure")[-12:]
    assert "painlog track retire weight keeps them" in run("delete", measure).err
    assert "keeps its scale and its unit" in run("edit", measure, "--set", "unit=lb").err
    assert "very private" not in run("report").out


def test_a_name_may_change_its_dash(run: Run) -> None:
    run("track", "add", "brain-fog")
    assert run("track", "rename", "brain-fog", "brain fog").code == 0
    assert run("list", "--kind", "brain fog").code == 0
    run("track", "add", "e-bike")
    assert (run("list", "--kind", "e-bike").code, run("list", "--kind", "PHQ-9").code) == (0, 0)


def test_a_chart_reaches_below_nothing(run: Run) -> None:
    run("track", "add", "balance", "--scale", "number")
    for day, value in (("mon", "-4"), ("tue", "-10"), ("wed", "-7")):
        run("log", day, "balance", value)
    assert run("chart", "balance", "--period", "week").out.count("●") == 4


def test_a_large_number_reads_back_as_it_was_typed(run: Run) -> None:
    run("track", "add", "cells", "--scale", "number")
    assert "cells 123456.5" in run("log", "cells 123456.5").out


def test_a_measure_travels_with_the_journal(run: Run, path: Path, tmp_path: Path) -> None:
    run("track", "add", "fog", "--better", "low")
    run("log", "fog 4")
    elsewhere = tmp_path / "elsewhere.db"
    shutil.copy(path, elsewhere)
    assert "fog 7" in run("--journal", str(elsewhere), "log", "fog 7").out


def test_a_retired_measure_says_how_to_bring_it_back(run: Run) -> None:
    assert run("track", "retire", "fog").err == "painlog: 'fog' is not a measure of your own; you have none yet\n"
    run("track", "add", "fog")
    run("track", "retire", "fog")
    told = re.search(
        r"but retired; painlog (edit \w{12} --clear retired) brings it back", run("track", "add", "Fog").err
    )
    assert told
    assert run(*told[1].split()).code == 0
    assert "retired" not in run("track", "list").out


def test_two_devices_measures_of_one_name_stay_apart(run: Run, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As after a merge: two declarations of one name give two variables, and neither hides the other's days."""
    from painlog.domain.entries import Draft
    from painlog.domain.kinds.registry import KINDS
    from tests.cli.test_care import BASE

    with monkeypatch.context() as merging, Journal.open(path, NOW) as journal:
        merging.setattr(rules, "fit_drafts", lambda drafts, _: drafts)  # what two devices did is merged, not refused
        journal.record([Draft(KINDS["measure"], BASE, {"name": "fog"}) for _ in range(2)])
    with Journal.open(path, NOW) as journal:
        assert [name for name in journal.kinds.variables() if name.startswith("fog")] == ["fog", "fog_2"]
    assert run("log", "fog 3").code == 0


def test_own_measures_come_back_through_the_editor(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run("track", "add", "walks", "--scale", "count")
    run("log", "walks 2")
    id_ = next(entry["id"] for entry in entries(run) if entry["kind"] == "tracked")[-12:]
    monkeypatch.setenv("EDITOR", """sed -i 's/= "2"/= "5"/'""")
    monkeypatch.delenv("VISUAL", raising=False)
    assert run("edit", id_).code == 0
    assert "walks 5" in run("list").out


@pytest.mark.usefixtures("any_name")
def test_a_hostile_name_reaches_no_screen_raw(run: Run) -> None:
    name = "fog [/b] \x1b[31m \u202eevil =c|"
    assert run("track", "add", name, "--unit", "\x1b[2J").code == 0
    with_name = name.lower()
    assert run("log", with_name, "3").code == 0
    for command in (("today",), ("list",), ("report",), ("week",), ("track", "list")):
        out = run(*command).out
        assert "\x1b" not in out.replace("\x1b[0m", ""), command
        assert "\u202e" not in out
    shown = run("show", entries(run)[-1]["id"][-12:]).out
    assert "\x1b" not in shown.replace("\x1b[0m", "")
    chart = run("chart", "fog_b_31m_evil_c").out
    assert "\x1b[2J" not in chart
    assert "\x1b[31m \u202e" not in chart


def test_a_second_value_of_a_day_is_said_by_the_measures_name(run: Run) -> None:
    run("track", "add", "steadiness", "--better", "high")
    run("log", "steadiness", "2")
    assert run("log", "steadiness", "5").err.startswith("note: Thu 19 Nov has steadiness 2 times, so their mean counts")


def test_a_value_of_a_retired_measure_offers_to_bring_it_back(run: Run) -> None:
    """``track add`` would refuse the name."""
    run("track", "add", "steadiness")
    run("log", "steadiness", "2")
    run("track", "retire", "steadiness")
    said = run("log", "steadiness", "5").err
    offered = re.search(r"painlog (edit \w+ --clear retired)", said)
    assert offered is not None
    assert "track add" not in said
    assert run(*offered[1].split()).code == run("log", "steadiness", "5").code == 0
