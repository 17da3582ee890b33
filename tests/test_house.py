"""The house: which module imports which. Imports within functions, for the type checker and by name count like others.

A module that imports a name of a package is taken to import what the name stands for; that Python loads the packages
above a module first is not counted.
"""

import ast
import pkgutil
import sys
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from importlib.util import resolve_name
from pathlib import Path

import pytest

import painlog
from painlog.cli.sections import MODULES
from painlog.exchange import importers

ROOT = Path(painlog.__file__).parent
LAYERS = {  # what each may import of painlog, beside itself, and of other projects
    "errors": ((), ()),
    "domain": (("errors",), ()),
    "storage": (("errors", "domain"), ("sqlite_utils", "sqlcipher3", "keyring")),
    "analysis": (("errors", "domain"), ("pandas", "numpy")),
    "exchange": (("errors", "domain", "analysis"), ("cryptography", "pandas", "pyarrow", "python_calamine", "tomlkit")),
    "view": (("errors", "domain", "analysis"), ("rich", "plotext", "jinja2", "weasyprint")),
    "cli": (
        ("errors", "domain", "storage", "analysis", "exchange", "view"),
        ("typer", "platformdirs", "prompt_toolkit"),
    ),
}
COMMANDS = tuple(f"painlog.cli.{folder}." for folder in ("record", "look", "keep", "begin"))
Graph = Mapping[str, AbstractSet[str]]


def modules() -> dict[str, Path]:
    """Every module of painlog by its name."""
    found = {".".join(path.relative_to(ROOT.parent).with_suffix("").parts): path for path in ROOT.rglob("*.py")}
    return {name.removesuffix(".__init__"): path for name, path in found.items()}


SOURCES = modules()
BY_NAME = {  # modules that import others by a name that they put together, and which
    "painlog.cli.app": {f"painlog.cli.{module}" for module in MODULES.values()},
    "painlog.domain.kinds.registry": {
        name
        for name, path in SOURCES.items()
        if name.startswith("painlog.domain.kinds.") and "\nDECLARED" in path.read_text()
    },
    "painlog.exchange.importers": {
        f"painlog.exchange.importers.{found.name}" for found in pkgutil.iter_modules(importers.__path__)
    },
}


def imports(name: str) -> Iterator[str]:
    """What a module imports, wherever in it that stands: a module of painlog's by its name, another's as written."""
    path = SOURCES[name]
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = resolve_name("." * node.level + (node.module or ""), package)
            for alias in node.names:
                full = f"{module}.{alias.name}"
                yield full if full in SOURCES else module
    yield from BY_NAME.get(name, ())


def graph() -> dict[str, set[str]]:
    """For each module of painlog those of painlog that it imports."""
    return {name: {other for other in imports(name) if other in SOURCES} - {name} for name in SOURCES}


def circles(of: Graph) -> list[list[str]]:
    """For each set of modules that all lead to one another a shortest way round, which ends where it began."""
    reached = {name: reach(of, name) for name in of}
    together = {frozenset(m for m in reached[name] if name in reached[m]) for name in of if name in reached[name]}
    return [min((way_round(of, name) for name in sorted(group)), key=len) for group in sorted(together, key=sorted)]


def reach(of: Graph, start: str) -> set[str]:
    """Every module that one leads to."""
    found: set[str] = set()
    left = [*of[start]]
    while left:
        if (name := left.pop()) not in found:
            found.add(name)
            left += of[name]
    return found


def way_round(of: Graph, start: str) -> list[str]:
    """The shortest way from a module back to itself."""
    ways = [[start]]
    seen: set[str] = set()
    for way in ways:  # which grows meanwhile
        for name in sorted(of[way[-1]]):
            if name == start:
                return [*way, start]
            if name not in seen:
                seen.add(name)
                ways.append([*way, name])
    return []


def shown(way: list[str]) -> str:
    return " -> ".join(way)


def layer(name: str) -> str:
    return name.split(".")[1]


def test_a_circle_is_found() -> None:
    of = {"a": {"b", "c"}, "b": {"c"}, "c": {"d"}, "d": {"b"}, "e": {"a"}, "f": {"g"}, "g": {"f", "a"}}
    assert circles(of) == [["b", "c", "d", "b"], ["f", "g", "f"]]
    assert circles({"a": {"b"}, "b": set()}) == []


def test_imports_are_found_wherever_they_stand() -> None:
    assert "painlog.cli.running" in set(imports("painlog.cli")), "within a function"
    assert "painlog.storage.encryption.keys" in set(imports("painlog.cli.session")), "for the type checker"
    assert "painlog.cli.look.link" in set(imports("painlog.cli.app")), "by name"
    assert "painlog.domain.language.dates" in set(imports("painlog.cli.session")), "a module of a package"
    assert "painlog.domain" not in set(imports("painlog.cli.session"))


def test_no_module_leads_back_to_itself() -> None:
    """No import of a module leads back to it, be it within a function, by name or for the type checker alone."""
    found = {shown(way) for way in circles(graph())}
    assert not found, "\n" + "\n".join(found)


def test_what_imports_by_name_says_what() -> None:
    """A name that is put together hides an import from who reads the source, so each such module is listed above."""
    found = {
        name
        for name, path in SOURCES.items()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Name | ast.Attribute)
        and (node.id if isinstance(node, ast.Name) else node.attr) in {"import_module", "__import__", "exec_module"}
    }
    assert found == BY_NAME.keys()
    assert set().union(*BY_NAME.values()) <= SOURCES.keys()


@pytest.mark.parametrize("name", [name for name in SOURCES if "." in name and name != "painlog.__main__"])
def test_a_layer_imports_only_from_those_above_it(name: str) -> None:
    own, others = LAYERS[layer(name)]
    found = set(imports(name))
    assert {layer(other) for other in found if other.startswith("painlog.")} <= {layer(name), *own}
    outside = {other.split(".")[0] for other in found} - {"painlog"} - sys.stdlib_module_names
    assert outside <= {*others}


def test_nothing_but_the_command_line_itself_imports_a_command() -> None:
    """What two commands share stands beside their folders, so that each command is read alone."""
    found = {
        shown([name, other])
        for name, others in graph().items()
        for other in others
        if other.startswith(COMMANDS) and name != "painlog.cli.app"
    }
    assert found == set(), "\n" + "\n".join(found)
