"""What a stranger gets: the files of a wheel, what it says of itself, and what ``.github`` asks of who writes there."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from painlog import __version__

ROOT = Path(__file__).parents[1]
GITHUB = ROOT / ".github"
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def load(path: Path) -> Any:
    return yaml.safe_load(path.read_text())


def files_of(folder: str) -> set[str]:
    found = (path.relative_to(ROOT) for path in (ROOT / folder).rglob("*") if path.is_file())
    return {path.as_posix() for path in found if "__pycache__" not in path.parts}


def test_the_wheel_holds_painlog_its_manual_and_nothing_else() -> None:
    wheel = pytest.importorskip("hatchling.builders.wheel")
    builder = wheel.WheelBuilder(str(ROOT))
    held = {Path(each.distribution_path).as_posix() for each in builder.recurse_included_files()}
    assert held == files_of("painlog")
    assert held >= {"painlog/py.typed", "painlog/manual/tour.md", "painlog/cli/shell/painlog.fish"}
    shared = {
        Path(source).relative_to(ROOT).as_posix(): target for source, target in builder.config.shared_data.items()
    }
    assert shared == {"painlog/manual/painlog.1": "share/man/man1/painlog.1"}
    assert builder.metadata.version == __version__


def test_the_source_archive_holds_what_tests_and_builds_it() -> None:
    sdist = pytest.importorskip("hatchling.builders.sdist")
    held = {Path(each.distribution_path).as_posix() for each in sdist.SdistBuilder(str(ROOT)).recurse_included_files()}
    assert held >= {"README.md", "LICENSE", "pyproject.toml", "painlog/manual/painlog.1", ".github/SECURITY.md"}
    assert held >= files_of("painlog") | files_of("tests")
    assert [name for name in held if re.search(r"(^|/)(\.venv|\.git|__pycache__|\.\w+_cache)/", name)] == []


def test_the_workflow_runs_every_python_that_the_classifiers_name_and_every_system() -> None:
    matrix = load(GITHUB / "workflows" / "checks.yml")["jobs"]["tests"]["strategy"]["matrix"]
    named = [re.fullmatch(r"Programming Language :: Python :: (3\.\d+)", each) for each in PROJECT["classifiers"]]
    assert matrix["python"] == [found[1] for found in named if found]
    assert PROJECT["requires-python"] == f">={matrix['python'][0]}"
    systems = {"ubuntu": "POSIX :: Linux", "macos": "MacOS", "windows": "Microsoft :: Windows"}
    assert [system.removesuffix("-latest") for system in matrix["os"]] == [*systems]
    assert {f"Operating System :: {each}" for each in systems.values()} <= {*PROJECT["classifiers"]}


@pytest.mark.parametrize("form", ["bug", "idea"])
def test_who_opens_an_issue_is_told_to_post_no_health_data_first(form: str) -> None:
    body = load(GITHUB / "ISSUE_TEMPLATE" / f"{form}.yml")["body"]
    assert "Post no health data" in body[0]["attributes"]["value"]
    assert [each["attributes"]["options"][0]["required"] for each in body if each["type"] == "checkboxes"] == [True]
    assert load(GITHUB / "ISSUE_TEMPLATE" / "config.yml")["blank_issues_enabled"] is False


def test_addresses_name_files_that_are_there() -> None:
    for address in PROJECT["urls"].values():
        _, found, place = address.partition("/main/")
        assert not found or (ROOT / place).exists(), address
    for path in (GITHUB / "CONTRIBUTING.md", GITHUB / "SECURITY.md"):
        named = re.findall(r"`((?:tests|painlog|man)/[\w./-]+)`", path.read_text())
        assert [name for name in named if not (ROOT / name).exists()] == []
