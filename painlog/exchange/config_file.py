"""The settings as a file, ``config.toml``: read on every run, so never in the way; changed with its comments kept.

Knows TOML and its two libraries; not what a setting means.
"""

from __future__ import annotations

import os
import re
import stat
from typing import TYPE_CHECKING, Any

from painlog.domain.setting_types import find_setting, make_settings
from painlog.domain.settings import Settings
from painlog.errors import FileRefused, reason

if TYPE_CHECKING:
    from pathlib import Path

MOST_BYTES = 1_000_000
_KEY = r"(?:[\w-]+|\"[^\"]*\"|'[^']*')"
_DOTTED = rf"{_KEY}(?:\s*\.\s*{_KEY})*"
_LINE = rf"\s*(?:\[\[?\s*(?P<table>{_DOTTED})\s*\]|(?P<key>{_DOTTED})\s*=)"


def read_config(path: Path | str) -> tuple[Settings, list[str]]:
    """Return the settings, and one sentence for everything in the file that is not right. Raises nothing.

    Where there is no file, or none that can be read, every setting has its default.
    """
    try:
        text, values = _parsed(path)
    except FileRefused as error:
        return Settings(), [f"{error}; every setting is at its default"]
    settings, problems = make_settings(values)
    return settings, [f"{os.path.basename(path)}{_at(_line_of(key, text))}: {sentence}" for key, sentence in problems]


def names_set(path: Path) -> set[str]:
    """Return the names of the settings that the file gives a right value. Raises nothing."""
    try:
        values = _parsed(path)[1]
    except FileRefused:
        return set()
    return set(values) - {key.partition(".")[0] for key, _ in make_settings(values)[1]}


def change_config(path: Path, name: str, value_text: str | None) -> bool:
    """Set one setting to the value that a text means, or with None take it out of the file; say whether it changed.

    Everything else in the file stays, but for a comment behind a value that is taken out. A link to the file stays
    one. Raises BadInput for an unknown name or a bad value, FileRefused for a file that is no TOML or cannot be
    written.
    """
    setting = find_setting(name)
    value = None if value_text is None else setting.to_toml(setting.read(value_text))
    text, values = _parsed(path)
    if value is None and name not in values:
        return False
    wanted = {key: kept for key, kept in values.items() if key != name} | ({} if value is None else {name: value})
    changed = _edited(text, name, value)
    if not _says(changed, wanted):
        raise FileRefused(f"{path} could not be changed without touching other lines; edit it by hand")
    if changed != text:
        _write(path, changed)
    return changed != text


def _edited(text: str, name: str, value: Any) -> str:
    """Return TOML with one key set or, with None, removed; empty for what the library cannot read."""
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(text)
        if value is None:
            document.remove(name)
        else:
            document[name] = value
        return tomlkit.dumps(document)
    except (TOMLKitError, RecursionError):
        return ""


def _says(text: str, wanted: dict[str, Any]) -> bool:
    import tomllib

    try:
        return tomllib.loads(text) == wanted
    except (ValueError, RecursionError):
        return False


def _write(path: Path, text: str) -> None:
    from painlog.exchange.files import write_file

    target = path.resolve()
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise FileRefused(f"cannot write {path}: {reason(error)}; nothing was written") from error
    write_file(target, text, force=True)


def _parsed(path: Path | str) -> tuple[str, dict[str, Any]]:
    """Return a file's text and what it says. Raises FileRefused, with the line, for what is not TOML."""
    text = _text(path)
    if not text.strip():
        return text, {}
    import tomllib

    try:
        return text, tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise FileRefused(_not_toml(path, text, error)) from error


def _text(path: Path | str) -> str:
    """Read UTF-8 of an ordinary size; nothing where there is no file. Raises FileRefused."""
    try:
        found = os.stat(path)
        if not stat.S_ISREG(found.st_mode):
            return _nothing(path)
        if found.st_size > MOST_BYTES:
            raise FileRefused(f"{path} is too large for a settings file")
        with open(path, "rb") as file:
            raw = file.read()
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise FileRefused(f"cannot read {path}: {reason(error)}") from error
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise FileRefused(f"{os.path.basename(path)} line {line}: not a text in UTF-8") from error


def _nothing(path: Path | str) -> str:
    """The null device is an empty file; what else is no plain file might never end. Raises FileRefused."""
    if str(path) != os.devnull:
        raise FileRefused(f"{path} is not a plain file")
    return ""


def _not_toml(path: Path | str, text: str, error: ValueError | RecursionError) -> str:
    name = os.path.basename(path)
    if isinstance(error, RecursionError):
        return f"{name}: nested too deeply"
    message, _, place = str(error).rpartition(" (at ")
    if not message:
        return f"{name}: not TOML: {error}"
    found = re.match(r"line (\d+), column (\d+)\)", place)
    line = int(found[1]) if found else text.rstrip().count("\n") + 1
    column = f" (column {found[2]})" if found else ""
    return f"{name}{_at(line)}: not TOML, {message[0].lower()}{message[1:]}{column}"


def _at(line: int | None) -> str:
    return f" line {line}" if line else ""


def _line_of(name: str, text: str) -> int | None:
    """Find the line, from 1, of a key as ``make_settings`` names it, by looking through the text."""
    table = ""
    for number, line in enumerate(text.split("\n"), 1):
        if not (found := re.match(_LINE, line)):
            continue
        if found["table"]:
            table = f"{_plain(found['table'])}."
        here = table.removesuffix(".") if found["table"] else table + _plain(found["key"])
        if here == name or here.startswith(f"{name}."):
            return number
    return None


def _plain(key: str) -> str:
    """A dotted key without quotes and spaces around its parts."""
    return ".".join(part.strip("\"'") for part in re.findall(_KEY, key))
