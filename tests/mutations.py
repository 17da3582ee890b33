"""Bugs put in on purpose, and whether the short tests notice: ``python -m tests.mutations [NAME...]``.

Each is made in a copy of the package, and the tests named with it run on that. Prints a line for each; the exit code is
1 where one was not noticed.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]


class Bug(NamedTuple):
    """``old`` in a file of the package becomes ``new``; ``tests`` are what should notice."""

    file: str
    old: str
    new: str
    tests: str


BUGS = {
    "none, which nothing may notice": Bug("errors.py", "exit_code = 1", "exit_code = 1", "faults boundaries"),
    # The write path
    "sync less": Bug("storage/file.py", '"synchronous=EXTRA"', '"synchronous=FULL"', "power_cut"),
    "sync never": Bug("storage/file.py", '"synchronous=EXTRA"', '"synchronous=OFF"', "power_cut"),
    "begin late": Bug("storage/file.py", 'execute("BEGIN IMMEDIATE")', 'execute("BEGIN")', "processes backups"),
    "no rollback": Bug("storage/file.py", 'conn.execute("ROLLBACK")\n            raise', "raise", "journal"),
    "commit what failed": Bug(
        "storage/file.py", 'if conn.in_transaction:\n                conn.execute("ROLLBACK")',
        'if conn.in_transaction:\n                conn.execute("COMMIT")', "journal faults",
    ),
    "do not wait": Bug("storage/file.py", "timeout=wait", "timeout=0", "processes"),
    "no look at links": Bug("storage/file.py", "if found.st_nlink > 1:", "if False:", "journal"),
    "open to others": Bug("storage/file.py", 'getattr(os, "O_NOFOLLOW", 0), 0o600)', 'getattr(os, "O_NOFOLLOW", 0), 0o644)', "journal faults"),
    "commit line by line": Bug(
        "storage/writing.py", '            self._conn.executemany("INSERT INTO ops VALUES (?, ?, ?, ?, ?, ?, ?)", made)\n',
        '            self._conn.executemany("INSERT INTO ops VALUES (?, ?, ?, ?, ?, ?, ?)", made)\n            self._conn.execute("COMMIT"); self._conn.execute("BEGIN IMMEDIATE")\n', "power_cut bulk",
    ),
    "a new journal for a lost one": Bug("storage/journal.py", "        if found(path):", "        if False:", "backups"),
    "full disk not told": Bug("storage/file.py", 'code == sqlite3.SQLITE_FULL or name == "SQLITE_IOERR_WRITE"', "code == 999", "processes crashes"),
    # The log and the fold
    "clock goes back": Bug("storage/ops.py", "if milliseconds > self._milliseconds:", "if True:", "journal faults"),
    "first writer wins": Bug("storage/ops.py", "        state.update(changed)", "        state = changed | state", "journal edit"),
    "emptied fields stay": Bug("storage/ops.py", "if value is not None}", "}", "journal edit"),
    "fields forgotten": Bug("storage/ops.py", '        fields.update(changed.pop("fields", {}))', '        fields = changed.pop("fields", {}) or fields', "journal edit"),
    "checksum of less": Bug("storage/ops.py", "checksum(hlc, command, entry, text, recorded_at, source))", "checksum(hlc, command, entry, text, recorded_at))", "import doctor"),
    "last day wins": Bug("storage/ops.py", "recorded_at=ordered[0][1]", "recorded_at=ordered[-1][1]", "journal edit"),
    # Many at once
    "a night like any clause": Bug("domain/entries.py", "if isinstance(kind.main, Night) or any(", "if any(", "bulk"),
    "the first thousands only": Bug("storage/writing.py", "        while some := [*islice(left, AT_ONCE)]:\n            made", "        if some := [*islice(left, AT_ONCE)]:\n            made", "bulk"),
    "the first page of an undo": Bug("storage/journal.py", "        while found := [Op(*row)", "        if found := [Op(*row)", "bulk"),
    "a command for each thousands": Bug("storage/writing.py", "self.name = self.name or hlc", "self.name = hlc", "bulk"),
    "a rule before a line": Bug("domain/rules.py", "            refused = error", "            raise", "bulk"),
    "flares of now": Bug("domain/rules.py", '            held.of("flare")  # as it was before any of these\n', "", "bulk"),
    # Undo
    "undo only one": Bug("storage/journal.py", "self._ops_of(command, newest_first=True)\n", "islice(self._ops_of(command, newest_first=True), 1)\n", "journal"),
    "undo in order": Bug("storage/journal.py", "newest_first=True)", "newest_first=False)", "journal"),
    "undo counts itself": Bug("storage/undo.py", '        if verb == "undo":\n            settled', '        if False:\n            settled', "journal"),
    "redo after a record": Bug("storage/undo.py", '        elif verb != "undo":\n            return None', '        elif verb != "undo":\n            continue', "journal"),
    "undo by any device": Bug("storage/journal.py", "WHERE hlc < ? AND substr(hlc, 17) = ? ORDER", "WHERE hlc < ? AND ? <> '' ORDER", "import journal"),
    "redo stays deleted": Bug("storage/undo.py", 'return data | {"deleted": 0} if "kind" in data else data', "return data", "journal"),
    # Escaping
    "controls let through": Bug("view/terminal.py", "    return joined.translate(_made_visible())", "    return joined", "boundaries commands"),
    "C1 let through": Bug("domain/unseen.py", "*range(0x80, 0xA0),", "", "boundaries csv_cells"),
    "bidi let through": Bug("domain/unseen.py", "*(0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)),", "", "boundaries commands"),
    "a label raw": Bug("cli/helps.py", "{term(outcome.label)}", "{outcome.label}", "boundaries"),
    "a note raw": Bug("view/capture.py", "text = term(entry.text[: LONGEST + 1])", "text = entry.text[: LONGEST + 1]", "boundaries commands"),
    "a refusal raw": Bug("cli/__init__.py", "{term(message)}", "{message}", "boundaries commands"),
    "formulas in cells": Bug("exchange/csv_cells.py", '_OPENS = tuple("\'=+-@', '_OPENS = tuple("\'+-@', "csv_cells"),
    "scripts in the page": Bug("view/page_html.py", "autoescape=True", "autoescape=False", "boundaries"),
    # Import and export
    "import twice": Bug("storage/journal.py", "if id_ not in stay]", "]", "import"),
    "deleted comes again": Bug("storage/journal.py", 'if not last.get(id_, "").startswith("undo:")', "if not deleted", "import"),
    "merge unchecked": Bug("storage/merging.py", "if op.checksum != checksum(*op[:-1]):", "if False:", "import"),
    "follow a link": Bug("exchange/files.py", "            temporary.replace(path)", "            path.write_bytes(temporary.read_bytes())", "faults commands"),
    "write over": Bug("exchange/files.py", "    if not force and os.path.lexists(path):", "    if False:", "faults commands"),
    "left-over files": Bug("exchange/files.py", "            temporary.unlink(missing_ok=True)", "            pass", "commands processes"),
    "exports for all": Bug("exchange/files.py", "os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)", "os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644)", "faults commands"),
    # Backups and faults
    "half a backup": Bug("storage/backups.py", "            unfinished.unlink(missing_ok=True)", "            pass", "backups crashes"),
    "backup unchecked": Bug("storage/backups.py", "            if look_through(unfinished) == before:", "            if True:", "backups"),
    "rotation forgets": Bug("storage/backups.py", "keep = {*snapshots[:LAST],", "keep = {*snapshots[:1],", "backups"),
    "damage quoted": Bug("storage/backups.py", '.partition(" with text ")', '.partition("nothing of that")', "faults"),
    "NUL kept": Bug("domain/declared.py", r"[\x00\ud800-\udfff]", r"[\ud800-\udfff]", "faults domain"),
    "clock unsaid": Bug("storage/reading.py", "> CLOCK_SLACK", "> CLOCK_SLACK * 10**9", "faults"),
}  # fmt: skip


def noticed(bug: Bug) -> str:
    """Make a bug in a copy and run its tests; return which of them noticed, or nothing."""
    with tempfile.TemporaryDirectory(prefix="painlog-bug-") as place:
        copy = Path(place)
        copy.chmod(0o755)  # some tests become somebody else
        for name in ("painlog", "tests", "pyproject.toml", "README.md"):
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__", "golden"))
            else:
                shutil.copy(source, copy / name)
        changed = copy / "painlog" / bug.file
        text = changed.read_text()
        if text.count(bug.old) < 1:
            return "MISSING"
        changed.write_text(text.replace(bug.old, bug.new, 1))
        return _run(copy, bug.tests)


def _run(copy: Path, tests: str) -> str:
    for name in tests.split():
        ran = subprocess.run(
            [sys.executable, "-m", "pytest", "-n", "0", "-x", "-q", "-p", "no:cacheprovider", f"tests/test_{name}.py",
             "-k", "not clean and not loads and not somebody and not one_may_not"],
            cwd=copy, env=os.environ | {"PYTHONPATH": str(copy)}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if ran.returncode == 1:
            failed = [
                line.split("::")[1].split(" ")[0] for line in ran.stdout.splitlines() if line.startswith("FAILED")
            ]
            return f"{name}: {failed[0] if failed else '?'}"
        if ran.returncode not in {0, 5}:
            return f"{name}: does not run"
    return ""


def main() -> int:
    """Try the bugs named, or all."""
    missed = 0
    for name in sys.argv[1:] or BUGS:
        by = noticed(BUGS[name])
        missed += not by
        print(f"{name:<30}{by or 'NOT NOTICED'}", flush=True)  # noqa: T201
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
