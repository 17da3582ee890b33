"""Lines from a phone: what is clear is recorded once and moved, what is not is asked about where it stands."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from painlog.exchange import inbox as files
from tests.conftest import NOW, Run

WRITTEN = """\
- pain six in my lower back, slept badly five hours
knee hurts

Tuesday:
• mood 4 in the evening
18.11.
20:15 headache 5
remember milk
"""


@pytest.fixture
def box(tmp_path: Path) -> Path:
    """An inbox, last changed an hour ago."""
    return put(tmp_path / "box.txt", WRITTEN)


def put(path: Path, text: str, *, hours: float = 1) -> Path:
    path.write_text(text)
    os.utime(path, (NOW.timestamp() - hours * 3600,) * 2)
    return path


def recorded(run: Run) -> list[str]:
    entries = json.loads(run("list", "--period", "all", "--json").out)["entries"]
    return sorted(
        f"{entry['day'][5:]} {(entry['at'] or '')[11:16]} {entry['kind']}".replace("  ", " ") for entry in entries
    )


TAKEN = ["11-17 mood", "11-18 19:15 pain", "11-19 12:05 pain", "11-19 12:05 sleep"]  # times in UTC


def test_clear_lines_are_recorded_at_their_time_and_the_others_keep_theirs_with_a_question(run: Run, box: Path) -> None:
    ran = run("inbox", str(box))
    assert (ran.code, recorded(run)) == (1, TAKEN)
    assert "1 line says no time, and is about when the file was last changed" in " ".join(ran.err.split())
    assert box.read_text().splitlines() == [
        "2026-11-19 13:05 knee hurts",
        "# ? hurts: how much, 0 to 10?",
        "2026-11-18 remember milk",
        "# ? no entry is in this line; note before it keeps the words",
    ]
    again = run("inbox", str(box))
    assert (again.code, recorded(run)) == (1, TAKEN)
    assert box.read_text().count("2026-11-19 13:05 knee hurts") == 1
    put(box, box.read_text().replace("knee hurts", "knee hurts 4").replace("2026-11-18 remember milk", ""))
    assert (run("inbox", str(box)).code, box.read_text()) == (0, "")
    assert recorded(run)[2:] == ["11-19 12:05 pain", "11-19 12:05 pain", "11-19 12:05 sleep"]
    run("undo")
    run("undo")
    assert recorded(run) == []


def test_what_stands_below_a_date_that_is_not_clear_waits_for_it(run: Run, tmp_path: Path) -> None:
    """It would be recorded on the day of the date before."""
    lines = (
        "Mon 16.11.",
        "pain 1",
        "40 November",
        "pain 2",
        "the 12th of november",
        "pain 3",
        "7:15",
        "pain 4",
        "",
        "pain 5",
    )
    box = put(tmp_path / "box.txt", "\n".join(lines) + "\n")
    assert run("inbox", str(box)).code == 1
    assert recorded(run) == ["11-12 06:15 pain", "11-12 pain", "11-12 pain", "11-16 pain"]
    assert [line for line in box.read_text().splitlines() if line[:1] != "#"] == ["40 November", "pain 2"]
    put(box, box.read_text().replace("40 November", "14 November"))
    assert run("inbox", str(box)).code == 0
    assert (recorded(run)[3], box.read_text()) == ("11-14 pain", "")


def test_every_line_is_in_one_of_the_files_whatever_happens(run: Run, box: Path) -> None:
    run("inbox", str(box))
    kept = box.read_text() + files.recorded_place(box).read_text()
    for line in WRITTEN.splitlines():
        assert line.strip("-• ") in kept or line in ("", "Tuesday:"), line


STEPS = ("begin", "record", "finish", "end")


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("when", ["before", "after"])
def test_stopped_at_any_step_no_line_is_lost_or_taken_twice(
    step: str, when: str, run: Run, box: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from painlog.cli.record import inbox

    where, name = (inbox, "_record") if step == "record" else (files, step)
    real: Callable[..., object] = getattr(where, name)

    def stops(*given: object) -> object:
        if when == "after":
            real(*given)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(where, name, stops)
        assert run("inbox", str(box)).code == 130
    assert (run("inbox", str(box)).code, recorded(run)) == (1, TAKEN)
    assert box.read_text().count("knee hurts") == 1
    assert files.recorded_place(box).read_text().count("headache 5") == 1
    assert not [path for path in box.parent.iterdir() if path.name.startswith(f".{box.name}")]


def test_what_the_phone_adds_meanwhile_stays(run: Run, box: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = files.finish

    def adds(*given: object) -> None:
        box.write_text(box.read_text() + "mood 9\n")
        real(*given)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(files, "finish", adds)
        run("inbox", str(box))
    assert box.read_text().endswith("mood 9\n")
    assert "pain six" not in box.read_text()


@pytest.mark.parametrize("name", ["box.sync-conflict-20261119-120000-ABC.txt", "box (conflicted copy 3).txt"])
def test_a_conflict_copy_is_read_and_what_both_hold_is_taken_once(name: str, run: Run, box: Path) -> None:
    copy = put(box.with_name(name), WRITTEN + "21:00 mood 2\n", hours=2)
    beside = put(box.with_name("boxer.txt"), "pain 9\n")
    assert (run("inbox", str(box)).code, len(recorded(run))) == (1, len(TAKEN) + 1)
    assert not copy.exists()
    assert beside.read_text() == "pain 9\n"
    put(copy, WRITTEN)
    run("inbox", str(box))
    assert len(recorded(run)) == len(TAKEN) + 1, "a copy that comes late"


def test_a_link_stays_one_so_that_what_the_phone_writes_next_arrives_too(run: Run, tmp_path: Path) -> None:
    (tmp_path / "carried").mkdir()
    carried = put(tmp_path / "carried" / "box.txt", "pain 6\n")
    put(carried.with_name("box.sync-conflict-20261119-080000-ABCDEF7.txt"), "slept 7h\n")
    box = tmp_path / "box.txt"
    box.symlink_to(carried)
    assert run("inbox", str(box)).code == 0
    assert (box.is_symlink(), [each.name for each in carried.parent.iterdir()], carried.read_text()) == (
        True,
        ["box.txt"],
        "",
    )
    put(carried, "mood 4\n")
    assert run("inbox", str(box)).code == 0
    assert [line.rpartition(" ")[2] for line in recorded(run)] == ["mood", "pain", "sleep"]


def test_a_name_that_no_file_can_have_is_refused_by_that_name_and_never_in_the_way(run: Run, tmp_path: Path) -> None:
    name = str(tmp_path / ("x" * 300))
    ran = run("inbox", name)
    assert (ran.code, ran.err.startswith(f"painlog: cannot read {tmp_path}")) == (1, True), ran.err
    assert files.count_waiting(Path(name)) == 0


def test_a_refusal_leaves_all_as_it_is(run: Run, tmp_path: Path) -> None:
    box = put(tmp_path / "box.txt", "flare ended\n")
    ran = run("inbox", str(box))
    assert (ran.code != 0, box.read_text().splitlines()[0].endswith("flare ended")) == (True, True)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".box")] == []


def test_the_setting_names_it_and_the_landing_says_how_many_lines_wait(run: Run, box: Path) -> None:
    refused = run("inbox")
    assert (refused.code, "painlog config set inbox FILE" in refused.err) == (2, True)
    assert run("config", "set", "inbox", str(box)).code == 0
    assert "7 lines wait in your inbox: painlog inbox" in run("due").out
    assert run("inbox", "--dry-run").code == 0
    assert (box.read_text(), recorded(run)) == (WRITTEN, [])
    run("inbox")
    assert recorded(run) == TAKEN


@pytest.mark.parametrize("what", ["missing", "folder", "binary"])
def test_no_text_file_is_refused_in_a_sentence(what: str, run: Run, tmp_path: Path) -> None:
    box = tmp_path / "box.txt"
    if what == "folder":
        box.mkdir()
    elif what == "binary":
        box.write_bytes(bytes(range(256)))
    ran = run("inbox", str(box))
    assert "Traceback" not in ran.err
    assert ran.code in (0, 1, 2)
    assert ran.err


@pytest.mark.parametrize("name", [".", "", "/"])
def test_a_directory_is_no_inbox_and_is_said_to_be_one(name: str, run: Run) -> None:
    """Nothing waited there for ever, whatever lay in it; one without a name ended in a fault of painlog's own."""
    ran = run("inbox", name)
    assert (ran.code, ran.out, "is a directory; name the text file in it" in ran.err) == (2, "", True), ran.err


def test_an_undo_says_where_the_lines_of_the_inbox_are(run: Run, tmp_path: Path) -> None:
    """They lie neither in the inbox nor in the journal then."""
    box = tmp_path / "inbox.txt"
    put(box, "pain 3\n")
    run("inbox", str(box))
    assert "-recorded" in run("undo").err
    run("pain", "4")
    assert "-recorded" not in run("undo").err
