"""The house rules that a reader of the source can check: one clock, one way to write, one way out."""

import ast
import re
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path

import pytest

import painlog
from tests import mutations
from tests.conftest import NOW
from tests.support import warm

ROOT = Path(painlog.__file__).parent
SOURCES = sorted(ROOT.rglob("*.py"))
_FILES = ("storage/connection.py", "storage/files.py")
_LOCKED = ("storage/encryption/unlocking.py", "storage/encryption/cipher.py")  # called by storage/connection.py alone


def imports(source: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(source.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{source}: imports name their module in full"
            found.add(node.module or "")
            if node.module == "painlog":
                found |= {f"painlog.{alias.name}" for alias in node.names}
    return found


def layer(source: Path) -> str:
    return source.relative_to(ROOT).parts[0].removesuffix(".py")


def offenders(pattern: str, *allowed: str) -> list[str]:
    found = []
    for source in SOURCES:
        name = str(source.relative_to(ROOT))
        if name not in allowed:
            lines = source.read_text().splitlines()
            found += [f"{name}:{i}" for i, line in enumerate(lines, 1) if re.search(pattern, line)]
    return found


@pytest.mark.parametrize(
    ("pattern", "allowed", "rule"),
    [
        (r"\.now\(\)\.|datetime\.now|time\.time|date\.today", ("domain/clock.py",), "one function reads the clock"),
        (
            r"sqlite3\.connect",
            ("storage/connection.py", "storage/journal.py", "storage/schema.py"),
            "one module opens the journal",
        ),
        (
            r"dbapi2\.connect|import sqlcipher3|from sqlcipher3",
            ("storage/encryption/cipher.py",),
            "one module knows SQLCipher",
        ),
        (r"cipher import|\bopen_sealed\(|\bunlock\(|open_file\(", (*_FILES, *_LOCKED), "files are opened in one way"),
        (r"import keyring|from keyring", ("storage/encryption/keys.py",), "one module knows the keyring"),
        (
            r"import cryptography|from cryptography",
            ("exchange/sync/encrypted_files.py",),
            "one module seals what is shared",
        ),
        (
            r"PRAGMA key|ATTACH",
            ("storage/encryption/unlocking.py", "storage/encryption/rewriting.py"),
            "keys go to SQLCipher in two places",
        ),
        (r"BEGIN|COMMIT|ROLLBACK|\.commit\(|\.rollback\(", _FILES, "one function writes"),
        (
            r"INSERT|UPDATE |DELETE FROM",
            ("storage/writing.py", "storage/meta.py", "storage/schema.py", "storage/views.py"),
            "one place changes rows",
        ),
        (r"upsert|alter=True|replace=True\)", (), "what loses data is not used"),
        (
            r"\.write_text\(|\.write_bytes\(|open\([^)]*[\"']w",
            ("exchange/files.py",),
            "one function writes files",
        ),
        (
            r"(?<!\.)\bprint\(",
            tuple(str(s.relative_to(ROOT)) for s in SOURCES if layer(s) == "cli"),
            "only commands print",
        ),
        (r"socket|urllib\.request|http\.client", (), "there is no network code"),
        (
            r"https?://",
            ("exchange/fhir/codes.py", "view/pictures/chart_file.py"),
            "addresses are names of code systems and of SVG",
        ),
        (r"except Exception", ("cli/running.py",), "the narrowest exception"),
    ],
)
def test_nothing_goes_round_the_one_place(pattern: str, allowed: tuple[str, ...], rule: str) -> None:
    assert offenders(pattern, *allowed) == [], rule


def parents(tree: ast.AST) -> dict[ast.AST, ast.AST]:
    return {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}


def called(node: ast.AST | None) -> str:
    """The last name of what a call calls; empty for what is none."""
    function = getattr(node, "func", None)
    return str(getattr(function, "id", "") or getattr(function, "attr", ""))


def above(node: ast.AST, up: dict[ast.AST, ast.AST]) -> Iterator[tuple[ast.AST, ast.AST]]:
    """Each part of a statement that a node is in, with the part below it."""
    while node in up and not isinstance(node, ast.stmt):
        yield up[node], node
        node = up[node]


PERSONS_OWN = {"text", "note", "label", "zone", "path", "why", "origin"}  # attributes that hold what somebody wrote
MAKES_SAFE = {"term", "as_json", "markdown", "escape", "svg_text"}
ESCAPED_LATER = {  # parts of what passes through ``term`` whole, or that painlog wrote itself
    "cli/record/ask.py": {"item.text", "option.label", "item.label"},  # of the questionnaires that painlog ships
    "cli/keep/backup.py": {"each.why", "made.path"},  # small letters from a name of painlog's own; a count
    "cli/record/dose.py": {"dose.text"},  # within a refusal
    "cli/record/inbox.py": {"line.text", "line.why"},  # for the person's own files
    "cli/record/log.py": {"each.text", "each.why"},  # the same
    "cli/prompts.py": {"prompt.text"},
    "view/screens/calendar.py": {"variable.label"},
    "view/screens/capture.py": {"variable.label"},
    "view/screens/rhythm.py": {"variable.label"},
    "view/page/care.py": {"safety.label"},
    "view/page/day_tables.py": {"variable.label"},  # of pain, mood and sleep
    "view/page/explaining.py": {"rule.text", "each.variable.label", "figures.variable.label"},
    "view/page/layout.py": {"part.text"},
    "view/page/measures.py": {"variable.label", "band.label"},  # a band of pain is painlog's own words
    "view/page/plain.py": {"part.text", "section.label", "variable.label"},
    "view/page/sections.py": {"note.text", "each.text"},
    "view/page/words.py": {"event.text", "item.label", "found.variable.label"},
    "view/sentences.py": {"other.label"},
    "view/chart_words.py": {"variable.label", "event.text", "line.variable.label"},
    "view/screens/glance.py": {"figures.variable.label"},  # of pain, mood and sleep
    "view/screens/listing.py": {"item.text"},
    "view/screens/patterns.py": {
        *("pair[0].label", "pair[1].label", "variable.label", "patterns.coverage[0].variable.label")
    },
    "view/screens/preparing.py": {"change.text"},
    "view/pictures/chart_file.py": {"event.text"},  # what escapes a text of a picture takes it
    "view/pictures/timeline.py": {"figures.variable.label", "variable.label", "event.text"},
}


@pytest.mark.parametrize("source", [s for s in SOURCES if layer(s) in {"cli", "view"}], ids=lambda path: path.stem)
def test_what_somebody_wrote_is_made_safe_where_it_is_put_into_a_line(source: Path) -> None:
    """An f-string that takes a person's text takes it from ``term``, unless it is known to be passed on to that."""
    tree = ast.parse(source.read_text())
    up = parents(tree)
    raw = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in PERSONS_OWN and isinstance(node.ctx, ast.Load):
            ways = [(one, below) for one, below in above(node, up)]
            safe = any(called(one) in MAKES_SAFE and one.func is not below for one, below in ways)  # type: ignore[attr-defined]
            refused = any(isinstance(one, ast.Raise) for one, _ in ways)
            if any(isinstance(one, ast.FormattedValue) for one, _ in ways) and not safe and not refused:
                raw.add(ast.unparse(node))
    assert raw <= ESCAPED_LATER.get(str(source.relative_to(ROOT)), set())


PRINTS = {"say", "tell", "tell_paragraph", "print", "say_notes", "confirm", "wrap_text"}


def test_errors_are_said_through_term() -> None:
    """A sentence may quote a line, a name or a file: ``say``, ``tell`` and ``print`` take it from ``term`` alone."""
    found = []
    for source in (s for s in SOURCES if layer(s) == "cli"):
        tree = ast.parse(source.read_text())
        up = parents(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Name) and node.id in {"error", "problem"} and isinstance(node.ctx, ast.Load):
                calls = [called(one) for one, below in above(node, up) if getattr(one, "func", below) is not below]
                if PRINTS & {*calls} and not {"term", "reason", "type"} & {*calls}:
                    found.append(f"{source.name}:{node.lineno}")
    assert found == []


SQL_CALLS = {"execute", "executemany", "select", "each", "among", "value"}
BUILT_SQL = {  # made of the registry's own names, of numbers, or of painlog's own constants
    "storage/connection.py",
    "storage/files.py",
    "storage/schema.py",
    "storage/views.py",
    "storage/days.py",
    "storage/daily.py",
    "storage/reading.py",
    "storage/rows.py",
    "storage/log/history.py",
}


def test_sql_is_literal() -> None:
    """Values reach SQLite as parameters: a statement is a constant, but in the modules named."""
    found = []
    for source in (s for s in SOURCES if str(s.relative_to(ROOT)) not in BUILT_SQL):
        for node in ast.walk(ast.parse(source.read_text())):
            if called(node) in SQL_CALLS and isinstance(node, ast.Call) and node.args:
                first = node.args[0]
                built = isinstance(first, ast.JoinedStr | ast.BinOp) or called(first) in {"format", "join"}
                found += [f"{source.relative_to(ROOT)}: {ast.unparse(first)}"] if built else []
    assert sorted(found) == SQL_BUILT_HERE


def test_sql_takes_values_in_order_or_by_name() -> None:
    """From Python 3.14 on a numbered place (``?`` and a digit) takes no sequence."""
    assert offenders(r"\?\d.*(SELECT|WHERE|AND|BETWEEN)|(SELECT|WHERE|AND|BETWEEN).*\?\d") == []


SQL_BUILT_HERE = [  # of names in the same function
    "storage/encryption/rewriting.py: f'PRAGMA main.{name}'",
    "storage/encryption/rewriting.py: f'PRAGMA sealing.{name} = {value}'",
    "storage/encryption/rewriting.py: f'PRAGMA sealing.{setting}'",
    "storage/encryption/unlocking.py: f'PRAGMA key = \"{key.spec}\"'",
    "storage/recovery/backups.py: f'SELECT * FROM {table} ORDER BY 1'",
    "storage/recovery/checkup.py: f'PRAGMA {name}'",
    "storage/recovery/repairing.py: f'SELECT * FROM {table} NOT INDEXED ORDER BY {order} {way}'",
    "storage/writing.py: f'PRAGMA cache_size = -{_ROOM_FOR_MANY}'",
]
IN_A_TRANSACTION = {"Writer", "Transaction", "Undo", "Meta"}  # classes whose methods are only called within one
WRITES_META = {"share_with", "own_device", "rename_device", "note_taken", "note_unswept"}
WRITING = re.compile(
    r"\s*(INSERT|UPDATE|DELETE|REPLACE|CREATE|DROP|ALTER|VACUUM|BEGIN|COMMIT|ROLLBACK|ATTACH)\b", re.IGNORECASE
)


def test_what_writes_is_called_within_a_transaction_of_the_one_function() -> None:
    """What has statements that change a row is made, or called, where ``changing`` or ``transaction`` is open."""
    trees = {name: ast.parse((ROOT / "storage" / name).read_text()) for name in ("writing.py", "meta.py")}
    stated = {
        (function.name, bool(_enclosing(one, up) & {"transaction"}))
        for tree in trees.values()
        for up in (parents(tree),)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        for one in ast.walk(function)
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and WRITING.match(one.value)
    }
    within = {("write", False), ("write_arrived", False), ("hold", False), ("_put", False), ("write_all", False)}
    assert stated == within | {("export_namespace", True)}
    found = set()
    for source in SOURCES:
        up = parents(tree := ast.parse(source.read_text()))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and called(node) in {*IN_A_TRANSACTION, *WRITES_META} - {"Meta"}:
                around = _enclosing(node, up)
                assert around & {"changing", "transaction", *IN_A_TRANSACTION}, (source.name, ast.unparse(node))
                found.add(called(node))
    assert found == {*IN_A_TRANSACTION, *WRITES_META} - {"Meta"}


def _enclosing(node: ast.AST, up: dict[ast.AST, ast.AST]) -> set[str]:
    """The names of the functions and classes, and of what ``with`` opens, around a node."""
    names = set()
    while node in up:
        node = up[node]
        if isinstance(node, ast.With):
            names |= {called(item.context_expr) for item in node.items}
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
    return names


WRITES_FILES = {
    "storage/files.py": {"open", "mkdir", "replace"},
    "storage/recovery/backups.py": {"open", "mkdir", "rename", "unlink", "fdopen", "truncate", "copyfile"},
    "storage/recovery/restoring.py": {"open", "rename", "unlink"},
    "storage/recovery/repairing.py": {"open", "rename", "unlink"},
    "storage/encryption/rewriting.py": {"open", "unlink"},
    "exchange/sync/folder.py": {"mkdir", "unlink"},
    "exchange/inbox.py": {"unlink", "chmod"},
    "exchange/files.py": {"open", "replace", "mkdir", "unlink", "rmtree", "fdopen"},
    "cli/drafts.py": {"rmtree", "unlink"},
    "cli/keep/erase.py": {"unlink", "open", "rmtree"},
    "storage/companions.py": {"mkdir", "unlink"},
    "storage/recovery/withdrawing.py": {"replace"},
    "storage/recovery/replacing.py": {"open", "rename", "unlink"},
    "cli/__init__.py": {"open", "fdopen"},  # /dev/null
    "analysis/frame.py": {"rename"},  # columns of pandas
    "storage/recovery/checkup.py": {"chmod"},
    "exchange/importing/saved_answers.py": {"mkdir"},
    "exchange/config_file.py": {"mkdir"},
    "cli/reminding.py": {"mkdir"},
    "cli/keep/remind.py": {"unlink", "rmtree"},
}
WRITE_MODES = re.compile(r"[wax+]")


def test_files_are_written_in_their_modules_alone() -> None:
    """What opens a file to write, or moves or removes one, stands in a module that is meant to."""
    found: dict[str, set[str]] = {}
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text())):
            if isinstance(node, ast.Call) and _changes_a_file(node):
                found.setdefault(str(source.relative_to(ROOT)), set()).add(called(node))
    assert {name: calls - WRITES_FILES.get(name, set()) for name, calls in found.items()} == {
        name: set() for name in found
    }


def _changes_a_file(node: ast.Call) -> bool:
    name = called(node)
    if name == "open":
        modes = [a.value for a in [*node.args, *(k.value for k in node.keywords)] if isinstance(a, ast.Constant)]
        flags = "O_WRONLY" in ast.unparse(node) or "O_CREAT" in ast.unparse(node)
        return flags or any(isinstance(mode, str) and len(mode) < 4 and WRITE_MODES.search(mode) for mode in modes)
    if name == "replace":  # of a path: one argument; of a text: two
        return len(node.args) == 1 and not node.keywords
    return name in {"write_text", "write_bytes", "touch", "unlink", "rename", "rmtree", "mkdir", "chmod", "truncate"}


def loaded(*arguments: str, home: Path, stdout: str = "sys.stdout", **more: str) -> set[str]:
    """The modules that a fresh interpreter has loaded after a command line."""
    code = f"import io, sys; sys.stdout = {stdout}; from painlog.cli import main; main({list(arguments)!r})\n"
    code += "print(*sys.modules, file=sys.stderr)"
    environment = {"HOME": str(home), "PATH": "/usr/bin:/bin", "TZ": "UTC"} | more
    ran = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    return set(ran.stderr.split())


def recorded(*arguments: str, home: Path, zone: str = "UTC") -> None:
    """Record something, where the modules that it takes are not asked for."""
    assert warm.run(arguments, {"HOME": str(home), "PATH": "/usr/bin:/bin", "TZ": zone}).returncode == 0


@pytest.mark.parametrize("hour", [1, 14])
def test_recording_loads_nothing_heavy(hour: int, tmp_path: Path) -> None:
    """The command of ten times a day must not wait for libraries that it does not use; nor at night."""
    zone = f"THERE{(NOW.astimezone(UTC).hour - hour) % 24}"  # where it is that hour
    recorded("pain", "5", home=tmp_path, zone=zone)  # makes the journal, which takes more
    modules = loaded("pain", "6", home=tmp_path, TZ=zone)
    assert modules.isdisjoint({"pandas", "numpy", "sqlite_utils", "plotext", "jinja2", "rich", "pydantic", "textual"})
    assert modules.isdisjoint({"typer", "platformdirs", "textwrap", "inspect", "dataclasses", "subprocess", "shutil"})
    assert modules.isdisjoint({"pathlib"}), "it costs a third of SQLite"
    sealed = {"sqlcipher3", "keyring", "cryptography", "ctypes", "hashlib", "getpass"}
    sealed |= {f"painlog.storage.encryption.{name}" for name in ("keys", "cipher", "unlocking", "rewriting")}
    assert modules.isdisjoint(sealed), "a plain journal pays nothing for encryption"


def test_an_encrypted_journal_costs_a_recording_little_more() -> None:
    """What opens it with a key that is kept; Typer or OpenSSL would come to more than the encryption."""
    code = "import painlog.cli.unlock, painlog.storage.encryption.unlocking, sys; print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    modules = set(ran.stdout.split())
    assert modules.isdisjoint({"typer", "hashlib", "subprocess", "textwrap", "uuid", "keyring", "pathlib"})


@pytest.mark.parametrize("command", [("--version",), ("due", "--short"), ()], ids=["version", "due", "words at TAB"])
def test_what_a_prompt_and_tab_ask_loads_next_to_nothing(command: tuple[str, ...], tmp_path: Path) -> None:
    recorded("dose", "ibuprofen", home=tmp_path)
    asked = {} if command else {"_PAINLOG_COMPLETE": "complete_bash", "_PAINLOG_ASKS": "dose:name"}
    modules = loaded(*command, home=tmp_path, **asked)
    assert modules.isdisjoint({"dataclasses", "pathlib", "typer", "painlog.cli.running"})
    faces = {"painlog", *(f"painlog.{name}" for name in ("cli", "cli.shell", "domain", "domain.kinds", "storage"))}
    own = {name for name in modules - faces if name.startswith("painlog")}
    if command == ("due", "--short"):  # which asks what ``due`` asks, by the declarations, without the whole journal
        own = {name for name in own if not name.startswith("painlog.domain.")}
    assert len(own) <= 6


def test_a_prompt_with_settings_loads_what_reads_them_and_no_more(tmp_path: Path) -> None:
    recorded("pain", "5", home=tmp_path)
    (tmp_path / "settings.toml").write_text('evening = "19:30"\n')
    modules = loaded("due", "--short", home=tmp_path, PAINLOG_CONFIG=str(tmp_path / "settings.toml"))
    assert modules.isdisjoint({
        "pathlib",
        "json",
        "typer",
        "shutil",
        "painlog.cli.running",
        "painlog.storage.journal",
    })


def test_one_module_knows_plotext() -> None:
    assert [source.name for source in SOURCES if "plotext" in imports(source)] == ["charts.py"]


def test_today_at_a_glance_loads_nothing_heavy(tmp_path: Path) -> None:
    recorded("pain", "5", home=tmp_path)
    modules = loaded(home=tmp_path, stdout="type('Tty', (io.StringIO,), {'isatty': lambda self: True})()")
    assert "painlog.view.screens.glance" in modules
    assert modules.isdisjoint({"pandas", "numpy", "sqlite_utils", "plotext", "jinja2"})


def test_no_test_reads_the_machines_clock() -> None:
    """Else it fails on another day. The bench has to do with programs that have the machine's clock too."""
    sources = [each for each in (ROOT.parent / "tests").rglob("*.py") if "bench" not in each.parts]
    reads = re.compile(r"datetime\.now\(|\.today\(\)|time\.time\(\)|utcnow\(|localtime\(\)")
    assert [each.name for each in sources if reads.search(each.read_text())] == ["any_day.py"]


@pytest.mark.parametrize("tool", [("ruff", "check"), ("ruff", "format", "--check"), ("mypy",)], ids=" ".join)
def test_the_source_is_clean(tool: tuple[str, ...]) -> None:
    program = Path(sysconfig.get_path("scripts")) / tool[0]
    ran = subprocess.run([program, *tool[1:]], cwd=ROOT.parent, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_the_default_place_is_the_platforms(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from painlog.cli.places import default_place

    assert Path(default_place()) == tmp_path / "home" / ".local" / "share" / "painlog" / "journal.db"
    monkeypatch.setenv("PAINLOG_JOURNAL", "~/elsewhere.db")
    assert Path(default_place()) == tmp_path / "home" / "elsewhere.db"


def test_every_seeded_bug_fits_the_source() -> None:
    """One that does not would never be made, and count as noticed by nobody."""
    assert {name: mutations.problem(bug) for name, bug in mutations.BUGS.items() if mutations.problem(bug)} == {}
