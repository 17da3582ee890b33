"""What may leave: names and notes redacted the same everywhere; packages that validate, and open in a spreadsheet."""

import csv
import io
import json
import re
import shutil
import subprocess
import sysconfig
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from painlog.analysis.report.own_names import OWN_WORDS_STAY, NeutralNames, neutral_kind
from painlog.domain.entries import Draft
from painlog.domain.kinds.measures import own_kind
from painlog.domain.kinds.registry import KINDS
from painlog.domain.language.dates import present
from painlog.errors import FileRefused
from painlog.exchange.csv.cells import Form
from painlog.storage.journal import Journal
from tests.conftest import NOW, Run, Write
from tests.support.exports import exported, hostile, rows

STRETCH = "2026-11-19-to-2026-11-19"
FRICTIONLESS = Path(sysconfig.get_path("scripts")) / "frictionless"
# Redacted


SECRETS = (
    "secretol",
    "reiki",
    "kravitz",
    "sister",
    "allotment",
    "ghost",
    "erna",
    "bridge",
    "pints",
    "sober",
    "spilled",
)


@pytest.fixture
def named(run: Run, write: Write) -> Run:
    """A journal with a secret wherever a person can write one."""
    run("track", "add", "pints", "--scale", "number", "--unit", "pints")
    run("track", "add", "fog of bridge", "--low", "sober bridge", "--high", "spilled", "--better", "low")
    write([
        *("2 days ago took Secretol 5mg for Erna note Secretol spilled", "2 days ago did reiki 30m side effect ghost"),
        "1 day ago took secretol 10mg, pain 5 other:ghost trigger erna relief allotment quality ghost",
        *("pints 3, fog of bridge 4, mood 5, active 20m did erna", "did physio 20m", "flare start trigger erna"),
    ])
    for line in (
        ("plan", "start", "Secretol", "5mg", "daily", "--reason", "Erna", "--at", "mon"),
        ("plan", "goal", "Walk to my sister"),
        ("goal", "done"),
        ("visit", "Dr Kravitz", "--note", "about Secretol"),
        ("treatment", "reiki", "--ahead", "tue 10:00"),
        ("treatment", "physio", "--ahead", "wed 10:00"),
        ("trial", "start", "evening walk", "--on", "fog of bridge"),
    ):
        assert run(*line).code == 0, line
    run("ask-doctor", "May I see my sister?")
    return run


def forms_of(run: Run, tmp_path: Path, *more: str) -> dict[str, str]:
    """Every rendering of an export by name."""
    found = {layout: run("export", "csv", "--layout", layout, *more).out for layout in ("long", "daily")}
    found["dictionary"] = run("export", "csv", "--dictionary", *more).out
    assert run("export", "csv", "--package", "-o", str(tmp_path), *more, "--force").code == 0
    return found | {file.name: file.read_text() for file in tmp_path.glob("painlog-*/*")}


def test_a_secret_is_there_to_be_left_out(named: Run, tmp_path: Path) -> None:
    everything = "".join(forms_of(named, tmp_path, "--with-notes").values()).lower()
    assert [secret for secret in SECRETS if secret not in everything] == []


def test_redacted_exports_hold_nothing_of_it(named: Run, tmp_path: Path) -> None:
    for name, text in forms_of(named, tmp_path, "--redact", "names,notes").items():
        found = [text[max(0, i - 60) : i + 40] for secret in SECRETS if (i := text.lower().find(secret)) >= 0]
        assert found == [], name


def test_names_are_replaced_the_same_everywhere_and_as_in_a_report(named: Run) -> None:
    found = exported(named, "--redact", "names")
    named_so = {(row["kind"], row["text_value"]) for row in found if row["variable"] in ("name", "who", "goal")}
    assert named_so == {
        *(("dose", "medicine 1"), ("plan", "medicine 1"), ("treatment", "treatment 1"), ("treatment", "physio")),
        *(("visit", "person 1"), ("measure", "own measure 1"), ("measure", "own measure 2")),
        *(("appointment", "treatment 1"), ("appointment", "physio")),  # no persons: they are sessions
    }
    assert [row["text_value"] for row in found if row["variable"] == "outcome"] == ["own measure"]
    assert "medicine 1" in named("report", "--redact", "names,notes").out
    own = {row["variable"]: (row["value"], row["unit"], row["low_label"]) for row in found if row["kind"] == "tracked"}
    assert own == {"own measure 1": ("3", "", ""), "own measure 2": ("4", "", "")}
    assert "other:place" in {row["body_region"] for row in found}
    (day,) = exported(named, "--redact", "names", "--layout", "daily", "--all-columns", "--period", "2026-11-17")
    assert (day["treatments"], day["own_measure_1"]) == ("treatment 1", "")
    assert (day["scheduled_taken"], day["scheduled_due"]) == ("1", "1")  # the plan still knows its own medicine


def test_a_measure_loses_its_name_whatever_was_asked_of_it_before() -> None:
    """Else an export would end in a traceback where something had looked at the measure's title first."""
    fog = own_kind("an-id", {"name": "fog of bridge"}, "fog_of_bridge")
    assert (fog.title, fog.wordy) == ("fog of bridge", frozenset({"note"}))
    assert neutral_kind(fog, NeutralNames({}, {}, {"an-id": "own measure 1"})).title == "own measure 1"


def test_what_redacting_one_thing_leaves(named: Run) -> None:
    notes = named("export", "csv", "--redact", "notes")
    assert "Secretol" in notes.out
    assert {row["kind"] for row in rows(notes.out)} & {"goal"} == set()
    assert "goal" not in {row["text_value"] for row in rows(notes.out)}
    assert notes.err == ""
    names = named("export", "csv", "--with-notes", "--redact", "names")
    assert ("about Secretol" in names.out, OWN_WORDS_STAY in names.err) == (True, True)
    assert "goal 1" in names.out


# Packages


def validated(package: Path) -> dict[str, Any]:
    if not FRICTIONLESS.exists():
        pytest.skip("frictionless is not installed (pip install painlog[dev])")
    ran = subprocess.run(
        [FRICTIONLESS, "validate", "datapackage.json", "--json"],
        cwd=package,
        capture_output=True,
        text=True,
        check=False,
    )
    report: dict[str, Any] = json.loads(ran.stdout)
    return report


@pytest.mark.parametrize("more", [(), ("--excel-eu",), ("--no-bom", "--with-notes"), ("--redact", "names,notes")])
def test_frictionless_validates_a_package(more: tuple[str, ...], named: Run, tmp_path: Path) -> None:
    named("ask", "phq8", "--answers", "1,1,1,1,1,0,1,-")
    named("sleep", "23:20-06:50", "--sol", "45m")
    for _ in range(2):
        assert named("log", "active 15h").code == 0  # more in a day than one may have
    assert named("export", "csv", "--package", "-o", str(tmp_path / "exports"), *more).code == 0
    (package,) = (tmp_path / "exports").iterdir()
    report = validated(package)
    assert report["valid"], report
    assert [task["name"] for task in report["tasks"]] == ["long", "daily", "dictionary"]


def test_frictionless_finds_what_is_wrong(run: Run, tmp_path: Path) -> None:
    run("pain", "6.5")
    run("export", "csv", "--package", "-o", str(tmp_path))
    daily = tmp_path / f"painlog-{STRETCH}" / f"painlog-daily-{STRETCH}.csv"
    daily.write_bytes(daily.read_bytes().replace(b",6.5,", b",16.5,"))
    assert not validated(daily.parent)["valid"]


def test_a_package_is_a_directory_of_the_period_for_the_owner(run: Run, tmp_path: Path) -> None:
    run("pain", "6", "--note", "private")
    ran = run("export", "csv", "--package", "-o", str(tmp_path / "exports"))
    package = tmp_path / "exports" / f"painlog-{STRETCH}"
    names = {f"painlog-{table}-{STRETCH}.csv" for table in ("long", "daily", "dictionary")} | {"datapackage.json"}
    assert {file.name for file in package.iterdir()} == names
    assert {file.stat().st_mode & 0o777 for file in (package, *package.iterdir())} == {0o700, 0o600}
    assert ran.err.startswith("1 long row, 1 daily row of 19 Nov 2026 written to ")
    assert "1 note was left out" in ran.err
    first = {file.name: file.read_bytes() for file in package.iterdir()}
    run("pain", "7")
    refused = run("export", "csv", "--package", "-o", str(tmp_path / "exports"))
    assert (refused.code, "--force writes over it" in refused.err) == (1, True)
    assert {file.name: file.read_bytes() for file in package.iterdir()} == first
    assert run("export", "csv", "--package", "-o", str(tmp_path / "exports"), "--force").code == 0
    assert {file.name for file in package.iterdir()} == names
    assert (package / f"painlog-long-{STRETCH}.csv").read_bytes() != first[f"painlog-long-{STRETCH}.csv"]
    assert [file.name for file in package.parent.iterdir()] == [package.name]


def test_a_package_of_one_layout_and_in_the_present_directory(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("pain", "6")
    monkeypatch.chdir(tmp_path)
    assert run("export", "csv", "--package", "--layout", "daily").code == 0
    package = json.loads((tmp_path / f"painlog-{STRETCH}" / "datapackage.json").read_text())
    assert [resource["name"] for resource in package["resources"]] == ["daily", "dictionary"]


def test_a_package_that_cannot_be_written_leaves_nothing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("pain", "6")
    (tmp_path / "taken").write_text("mine")
    ran = run("export", "csv", "--package", "-o", str(tmp_path / "taken"))
    assert (ran.code, ran.err.count("\n"), (tmp_path / "taken").read_text()) == (1, 1, "mine")
    from painlog.exchange import files

    written: list[Path] = []
    real = files.write_file

    def fails_at_the_third(path: Path, content: files.Content, *, force: bool) -> None:
        written.append(path)
        if len(written) == 3:
            raise FileRefused("no space left")
        real(path, content, force=force)

    monkeypatch.setattr(files, "write_file", fails_at_the_third)
    ran = run("export", "csv", "--package", "-o", str(tmp_path / "exports"))
    assert (ran.code, "no space left" in ran.err, len(written)) == (1, True, 3)
    assert list((tmp_path / "exports").iterdir()) == []


# In a spreadsheet


OPENDOCUMENT = "{urn:oasis:names:tc:opendocument:xmlns:"


def opened(table: Path, delimiter: str, language: str) -> list[list[tuple[str, str]]]:
    """What LibreOffice Calc makes of a file: rows of cells, each its type and its value; a formula fails the test."""
    profile = table.with_name("profile").as_uri()
    read_as = f"--infilter=CSV:{ord(delimiter)},34,76,1,,{language}"
    subprocess.run(
        ["soffice", f"-env:UserInstallation={profile}", "--headless", read_as,
         "--convert-to", "fods", "--outdir", str(table.parent), str(table)],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    tree = ET.parse(table.with_suffix(".fods"))
    found = []
    for row in tree.iter(f"{OPENDOCUMENT}table:1.0}}table-row"):
        cells: list[tuple[str, str]] = []
        for cell in row.iter(f"{OPENDOCUMENT}table:1.0}}table-cell"):
            assert f"{OPENDOCUMENT}table:1.0}}formula" not in cell.attrib, "".join(cell.itertext())
            repeated = int(cell.get(f"{OPENDOCUMENT}table:1.0}}number-columns-repeated", "1"))
            cells += [_cell(cell)] * min(repeated, 60)
        found.append(cells)
    return found


def _cell(cell: ET.Element) -> tuple[str, str]:
    type_ = cell.get(f"{OPENDOCUMENT}office:1.0}}value-type", "")
    names = {"float": "value", "date": "date-value", "time": "time-value"}
    value = cell.get(f"{OPENDOCUMENT}office:1.0}}{names.get(type_, '')}")
    paragraphs = cell.findall(f"{OPENDOCUMENT}text:1.0}}p")
    return type_, value if value is not None else "\n".join(_text(paragraph) for paragraph in paragraphs)


def _text(paragraph: ET.Element) -> str:
    """The text of a paragraph, in which several spaces are an element with their count."""
    text = paragraph.text or ""
    for child in paragraph:
        count = int(child.get(f"{OPENDOCUMENT}text:1.0}}c", "1")) if child.tag.endswith("}s") else 0
        text += " " * count + ("" if child.tag.endswith("}s") else _text(child)) + (child.tail or "")
    return text


def same(cell: str, made: tuple[str, str], decimal: str) -> bool:
    """Whether a cell is in the spreadsheet what it was in the file."""
    type_, value = made
    if type_ == "float":
        return float(cell.replace(decimal, ".")) == float(value)
    if type_ == "time":
        return f"PT{cell[:2]}H{cell[3:]}M00S" == value
    return cell == value


@pytest.mark.soffice
@pytest.mark.parametrize("form", [Form(), Form(european=True)])
def test_every_table_opens_in_libreoffice_with_the_same_cells(
    form: Form,
    named: Run,
    path: Path,
    tmp_path: Path,
    record: Callable[[str], None],
) -> None:
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is not installed (apt-get install libreoffice-calc)")
    texts = [text for text in hostile(2000) if text.strip() and not re.fullmatch(r"[\d\s/.,:'-]+", text)]
    drafts = [Draft(KINDS["note"], present(NOW), KINDS["note"].check({"note": text})) for text in texts]
    with Journal.open(path, NOW) as journal:
        journal.record(drafts)
    named("ask", "phq8", "--answers", "1,1,1,1,1,0,1,-")
    named("sleep", "23:20-06:50", "--sol", "45m", "--bed", "22:50")
    more = ("--excel-eu",) if form.european else ()
    assert named("export", "csv", "--package", "--with-notes", "-o", str(tmp_path), *more).code == 0
    for table in sorted(tmp_path.glob("painlog-*/*.csv")):
        written = list(csv.reader(io.StringIO(table.read_text("utf-8-sig"), newline=""), delimiter=form.delimiter))
        made = opened(table, form.delimiter, "1031" if form.european else "1033")
        assert len(made) == len(written)
        differing = [
            (cell, after)
            for row, cells in zip(written, made, strict=False)
            for cell, after in zip(row, [*cells, *[("", "")] * len(row)], strict=False)
            if not same(cell, after, form.decimal)
        ]
        assert differing == [], (table.name, differing[:20], len(differing))
        record(f"{table.name}: {len(written):,} rows, {sum(map(len, written)):,} cells")


@pytest.fixture
def record() -> Callable[[str], None]:
    """Say what was looked at, for ``tests/RESULTS.md`` (``pytest -rP``)."""
    return print
