"""The house rules that a reader of the source can check: layers, one clock, one way to write, one way out."""

import ast
import re
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

import painlog
from tests import warm

ROOT = Path(painlog.__file__).parent
SOURCES = sorted(ROOT.rglob("*.py"))
LAYERS = {
    "errors": set(),
    "domain": {"errors"},
    "storage": {"errors", "domain"},
    "analysis": {"errors", "domain"},
    "exchange": {"errors", "domain", "analysis"},
    "view": {"errors", "domain", "analysis"},
    "cli": {"errors", "domain", "storage", "analysis", "exchange", "view"},
}
THIRD_PARTY = {
    "errors": set(),
    "domain": set(),
    "storage": {"sqlite_utils", "platformdirs", "sqlcipher3", "keyring"},
    "analysis": {"pandas", "numpy"},
    "exchange": {"pandas", "pyarrow", "tomlkit"},
    "view": {"rich", "plotext", "jinja2", "weasyprint"},
    "cli": {"typer"},
}


_LOCKED = ("storage/unlocking.py", "storage/cipher.py")  # called by storage/file.py alone


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


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_layer_imports_only_from_those_above_it(source: Path) -> None:
    here = layer(source)
    if here in ("__init__", "__main__"):
        return
    own = {name.split(".")[1] for name in imports(source) if name.startswith("painlog.")}
    assert own - {here, "__version__"} <= LAYERS[here]
    outside = {name.split(".")[0] for name in imports(source)} - {"painlog"} - sys.stdlib_module_names
    assert outside <= THIRD_PARTY[here]


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
        (r"\.now\(\)\.|datetime\.now|time\.time|date\.today", ("domain/dates.py",), "one function reads the clock"),
        (
            r"sqlite3\.connect",
            ("storage/file.py", "storage/journal.py", "storage/schema.py"),
            "one module opens the journal",
        ),
        (r"dbapi2\.connect|import sqlcipher3|from sqlcipher3", ("storage/cipher.py",), "one module knows SQLCipher"),
        (r"\bconnected\(|\bsealed\(|\bunlocked\(|_begun\(", ("storage/file.py", *_LOCKED), "one module opens"),
        (r"import keyring|from keyring", ("storage/keys.py",), "one module knows the keyring"),
        (r"PRAGMA key|ATTACH", ("storage/unlocking.py", "storage/sealing.py"), "keys go to SQLCipher in two places"),
        (r"BEGIN|COMMIT|ROLLBACK|\.commit\(|\.rollback\(", ("storage/file.py",), "one function writes"),
        (r"INSERT|UPDATE |DELETE FROM", ("storage/journal.py", "storage/schema.py"), "one place changes rows"),
        (r"upsert|alter=True|replace=True\)", ("storage/schema.py",), "what loses data is not used"),
        (
            r"\.write_text\(|\.write_bytes\(|open\([^)]*[\"']w",
            ("exchange/files.py", "cli/edit.py"),
            "one function writes files",
        ),
        (r"(?<!\.)\bprint\(", tuple(f"cli/{s.name}" for s in SOURCES if layer(s) == "cli"), "only commands print"),
        (r"socket|urllib\.request|http\.client", (), "there is no network code"),
        (r"https?://", ("exchange/fhir/codes.py",), "addresses are names of code systems, in one module"),
        (r"except Exception", ("cli/__init__.py",), "the narrowest exception"),
    ],
)
def test_nothing_goes_round_the_one_place(pattern: str, allowed: tuple[str, ...], rule: str) -> None:
    assert offenders(pattern, *allowed) == [], rule


def loaded(*arguments: str, home: Path, stdout: str = "sys.stdout") -> set[str]:
    """The modules that a fresh interpreter has loaded after a command line."""
    code = f"import io, sys; sys.stdout = {stdout}; from painlog.cli import main; main({list(arguments)!r})\n"
    code += "print(*sys.modules, file=sys.stderr)"
    environment = {"HOME": str(home), "PATH": "/usr/bin:/bin", "TZ": "UTC"}
    ran = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    return set(ran.stderr.split())


def recorded(*arguments: str, home: Path) -> None:
    """Record something, where the modules that it takes are not asked for."""
    assert warm.run(arguments, {"HOME": str(home), "PATH": "/usr/bin:/bin", "TZ": "UTC"}).returncode == 0


def test_recording_loads_nothing_heavy(tmp_path: Path) -> None:
    """The command of ten times a day must not wait for libraries that it does not use."""
    recorded("pain", "5", home=tmp_path)  # makes the journal, which takes sqlite_utils once
    modules = loaded("pain", "6", home=tmp_path)
    assert modules.isdisjoint({"pandas", "numpy", "sqlite_utils", "plotext", "jinja2", "rich", "pydantic", "textual"})
    assert len(modules) <= 200
    sealed = {"sqlcipher3", "keyring", "ctypes", "hashlib", "getpass"}
    sealed |= {f"painlog.storage.{name}" for name in ("keys", "kernel_keys", "cipher", "unlocking", "sealing")}
    assert modules.isdisjoint(sealed), "a plain journal pays nothing for encryption"


@pytest.mark.parametrize(
    "command", [("today",), ("list",), ("week",), ("report", "--json"), ("undo",), ("export", "csv")]
)
def test_looking_loads_no_pandas(command: tuple[str, ...], tmp_path: Path) -> None:
    recorded("pain", "5", home=tmp_path)
    modules = loaded(*command, home=tmp_path)
    assert modules.isdisjoint({"pandas", "numpy", "sqlite_utils", "plotext", "jinja2", "weasyprint"})


@pytest.mark.parametrize(("format", "needed"), [("text", set()), ("markdown", set()), ("html", {"jinja2"})])
def test_a_page_loads_what_its_format_needs(format: str, needed: set[str], tmp_path: Path) -> None:
    recorded("pain", "5", home=tmp_path)
    modules = loaded("report", "--format", format, home=tmp_path)
    assert modules & {"jinja2", "weasyprint", "pandas", "numpy", "sqlite_utils", "plotext"} == needed


@pytest.mark.parametrize("command", [("chart", "pain"), ("chart", "pain", "sleep", "--panels")], ids=" ".join)
def test_a_chart_loads_plotext_and_no_pandas(command: tuple[str, ...], tmp_path: Path) -> None:
    recorded("pain", "5", home=tmp_path)
    modules = loaded(*command, home=tmp_path)
    assert "plotext" in modules
    assert modules.isdisjoint({"pandas", "numpy", "sqlite_utils"})


def test_one_module_knows_plotext() -> None:
    assert [source.name for source in SOURCES if "plotext" in imports(source)] == ["charts.py"]


def test_today_at_a_glance_loads_nothing_heavy(tmp_path: Path) -> None:
    recorded("pain", "5", home=tmp_path)
    modules = loaded(home=tmp_path, stdout="type('Tty', (io.StringIO,), {'isatty': lambda self: True})()")
    assert "painlog.view.glance" in modules
    assert modules.isdisjoint({"pandas", "numpy", "sqlite_utils", "plotext", "jinja2"})


@pytest.mark.parametrize("command", [("link",), ("link", "--explain"), ("helps",)])
def test_a_link_loads_numpy_alone(command: tuple[str, ...], tmp_path: Path) -> None:
    """pandas costs more than everything else that ``link`` does; days are few enough to lay out without it."""
    for line in ("pain 5, mood 5", "took ibuprofen 400mg"):
        recorded("log", line, home=tmp_path)
    modules = loaded(*command, home=tmp_path)
    assert "numpy" in modules
    assert modules.isdisjoint({"pandas", "sqlite_utils", "scipy", "statsmodels"})


def test_the_help_of_all_commands_loads_nothing_heavy(tmp_path: Path) -> None:
    assert loaded("--help", home=tmp_path).isdisjoint({"pandas", "numpy", "sqlite_utils", "plotext", "jinja2"})


@pytest.mark.parametrize("tool", [("ruff", "check"), ("ruff", "format", "--check"), ("mypy",)], ids=" ".join)
def test_the_source_is_clean(tool: tuple[str, ...]) -> None:
    program = Path(sysconfig.get_path("scripts")) / tool[0]
    ran = subprocess.run([program, *tool[1:]], cwd=ROOT.parent, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_the_default_place_is_the_platforms(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from painlog.storage.file import default_path

    assert default_path() == tmp_path / "home" / ".local" / "share" / "painlog" / "journal.db"
    monkeypatch.setenv("PAINLOG_JOURNAL", "~/elsewhere.db")
    assert default_path() == tmp_path / "home" / "elsewhere.db"
