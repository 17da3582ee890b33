"""One place per fact: a kind that is declared once is found everywhere, and no sentence is written twice."""

import ast
import io
import json
import shutil
import sqlite3
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from painlog.cli import main
from painlog.cli.sections import MODULES, SECTIONS
from painlog.domain.kinds.registry import KINDS
from tests.conftest import Run, Write
from tests.support import nausea as nausea_kind
from tests.support.nausea import NAUSEA, forget
from tests.test_static import ROOT, SOURCES


@pytest.fixture
def nausea() -> Iterator[None]:
    """Put the declaration where the registry would, forget what was derived before, and take it back at the end."""
    KINDS["nausea"], MODULES["nausea"] = NAUSEA, MODULES["pain"]
    SECTIONS["Record"]["nausea"] = MODULES["pain"], ""
    forget()
    yield
    del KINDS["nausea"], MODULES["nausea"], SECTIONS["Record"]["nausea"]
    forget()


@pytest.fixture
def kept(nausea: None, run: Run, write: Write) -> Run:  # noqa: ARG001
    """Four weeks of it, beside mood."""
    days = ((day, day * 3 % 8) for day in range(28, 0, -1))
    write([f"{day} days ago nausea {felt} vomited {day % 3}, mood {9 - felt + day % 4 // 3}" for day, felt in days])
    return run


def offered(words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What a shell is told at TAB."""
    monkeypatch.setenv("_PAINLOG_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(len(words.split(" ")) - 1))
    assert main() == 0
    monkeypatch.delenv("_PAINLOG_COMPLETE")
    return capsys.readouterr().out.split()


@pytest.mark.usefixtures("nausea")
def test_it_is_a_command_with_its_scale_and_its_field(run: Run) -> None:
    help_ = " ".join(run("nausea", "--help").out.split())
    assert "Record nausea." in help_
    assert "--vomited 0-50" in help_
    assert "nausea 4, vomited 2" in run("nausea", "4", "--vomited", "2").out
    assert run("nausea", "11").err == "painlog: nausea is 0 to 10, not 11\n"
    assert run("nausea", "4", "--vomited", "1.5").err == "painlog: vomited is a whole number, 0 to 50, not 1.5\n"
    assert "nausea" in run("--help").out


def test_it_is_a_word_of_a_line_and_its_field_too(kept: Run) -> None:
    assert "nausea 3, vomited 2" in kept("log", "nausea 3 vomited 2, mood 4").out
    assert "vomited 1" in kept("log", "vomited 1").out


@pytest.mark.usefixtures("nausea")
def test_tab_offers_it(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for words in ("painlog naus", "painlog log naus", "painlog chart naus", "painlog list --kind naus"):
        assert offered(words, monkeypatch, capsys) == ["nausea"], words
    assert offered("painlog nausea --vom", monkeypatch, capsys) == ["--vomited"]


def test_the_checkin_asks_for_it_and_due_names_it(kept: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert kept("config", "set", "evening_questions", "nausea,", "vomited").code == 0
    assert kept("config", "set", "evening", "14:00").code == 0
    assert "nausea, vomited" in kept("due").out
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"5\n1\n")))
    asked = kept("checkin", "evening")
    assert "Nausea: 0 none … 10 as bad as it gets" in asked.err
    assert "nausea 5, vomited 1" in asked.out


@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("list --kind nausea --period all", "nausea 3, vomited 1"),
        ("today", "vomited"),
        ("chart nausea --period 28d", "nausea: 27 of 28 days"),
        ("chart nausea --by weekday", "nausea [0 none - 10 worst]"),
        ("calendar vomited", "vomited"),
        ("report --period 28d", "\nnausea "),
        ("report --period 28d --format markdown", "\nnausea "),
        ("report --period 28d --format html", "nausea"),
        ("link nausea mood", "On days with nausea 1 point higher, mood was about"),
        ("helps --on nausea", "no entries of what was taken"),
        ("export csv --period all", ",nausea,vomited,"),
        ("export csv --layout daily --period all", ",nausea,vomited"),
        ("export fhir --period all", '"code": "vomited"'),
    ],
)
def test_it_stands_wherever_numbers_stand(command: str, says: str, kept: Run) -> None:
    ran = kept(*command.split())
    assert (ran.code, says in ran.out + ran.err) == (0, True), ran.out + ran.err


def test_json_and_the_sql_views_have_it(kept: Run, path: Path) -> None:
    entry = json.loads(kept("list", "--kind", "nausea", "--json").out)["entries"][-1]
    assert (entry["kind"], entry["fields"]) == ("nausea", {"score": 3, "vomited": 1})
    measured = json.loads(kept("report", "--json").out)["report"]["measured"]
    assert measured.keys() == {"nausea", "vomited", "mood"}
    journal = sqlite3.connect(path)
    assert journal.execute("SELECT score, vomited FROM nausea ORDER BY day DESC LIMIT 1").fetchone() == (3, 1)
    assert journal.execute("SELECT nausea, vomited FROM daily ORDER BY day DESC LIMIT 1").fetchone() == (3, 1)
    journal.close()


def test_it_is_edited_shown_and_taken_back_like_any_other(kept: Run) -> None:
    id_ = json.loads(kept("list", "--kind", "nausea", "--json").out)["entries"][-1]["id"]
    assert "nausea 2, vomited 3" in kept("edit", id_, "--set", "score=2", "--set", "vomited=3").out
    assert "(0 none, 10 as bad as it gets)" in kept("show", id_).out
    assert "changed back: nausea 3, vomited 1" in kept("undo").out


ONE_LINE = '    "nausea": "nausea",\n'


def test_one_file_and_one_line_are_all_that_a_kind_takes(tmp_path: Path) -> None:
    """In a copy of painlog, on a journal that one without the kind has made."""
    shutil.copytree(ROOT, tmp_path / "painlog", ignore=shutil.ignore_patterns("__pycache__"))
    kinds = tmp_path / "painlog" / "domain" / "kinds"
    registry = (kinds / "registry.py").read_text()
    last = '    "visit": "visits",\n'
    assert last in registry

    def painlog(line: str) -> str:
        environment = {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "TZ": "UTC"}
        command = [sys.executable, "-c", "from painlog.cli import run; run()", *line.split()]
        ran = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
        return ran.stdout

    painlog("pain 6")
    shutil.copy(nausea_kind.__file__, kinds / "nausea.py")
    (kinds / "registry.py").write_text(registry.replace(last, last + ONE_LINE))
    assert "nausea 4, vomited 2" in painlog("nausea 4 --vomited 2")
    assert "nausea 3" in painlog("log nausea 3, mood 5")
    assert "Record nausea." in painlog("--help")
    assert ",nausea,vomited," in painlog("export csv --period all")
    with closing(sqlite3.connect(tmp_path / ".local/share/painlog/journal.db")) as journal:
        assert journal.execute("SELECT score, vomited FROM nausea ORDER BY id").fetchall() == [(4, 2), (3, None)]
        assert journal.execute("SELECT max(pain), max(vomited), max(mood) FROM daily").fetchall() == [(6, 2, 5)]


# Sentences


LONGEST_IN_TWO = 22  # letters that two modules may share by chance


def sentences(source: Path) -> Iterator[str]:
    """The texts of a module that people read: those with words in them, docstrings left out."""
    tree = ast.parse(source.read_text())
    bodies = (node.body for node in ast.walk(tree) if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef))
    documented = {id(body[0].value) for body in bodies if body and isinstance(body[0], ast.Expr)}
    annotated = {
        id(part)
        for node in ast.walk(tree)
        for note in (getattr(node, "annotation", None), getattr(node, "returns", None))
        if note
        for part in ast.walk(note)
        if isinstance(part, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented | annotated:
            yield node.value.strip(" ;,.:()")


def test_no_sentence_stands_in_two_modules() -> None:
    """What is said in two places comes to differ. Each label, threshold's word and message has one home."""
    homes: dict[str, set[str]] = defaultdict(set)
    for source in SOURCES:
        for text in sentences(source):
            if len(text) > LONGEST_IN_TWO and " " in text:
                homes[text].add(str(source.relative_to(ROOT)))
    assert {text: where for text, where in homes.items() if len(where) > 1} == {}
