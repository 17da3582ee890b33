"""Where the journal and the settings are by default, and how a person's name for a file is read.

Every prompt asks this, so it loads neither ``pathlib`` nor ``platformdirs`` where it can do without.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from painlog.errors import JournalRefused

if TYPE_CHECKING:
    from pathlib import Path

JOURNAL = ("XDG_DATA_HOME", "/.local/share", "journal.db")
CONFIG = ("XDG_CONFIG_HOME", "/.config", "config.toml")


def default_place() -> str:
    """Return ``journal.db`` in the platform's data directory, or what ``PAINLOG_JOURNAL`` names."""
    return _named("PAINLOG_JOURNAL") or usual_place()


def usual_place() -> str:
    """Return ``journal.db`` in the platform's data directory, whatever ``PAINLOG_JOURNAL`` names."""
    return _platforms_place(JOURNAL, "user_data_path")


def config_place() -> str:
    """Return ``config.toml`` in the platform's configuration directory, or what ``PAINLOG_CONFIG`` names."""
    return _named("PAINLOG_CONFIG") or _platforms_place(CONFIG, "user_config_path")


def _named(variable: str) -> str:
    return own_place(os.environ.get(variable, ""))


def _platforms_place(usual: tuple[str, str, str], platforms: str) -> str:
    if plain := plain_place(*usual):
        return plain
    import platformdirs

    return str(getattr(platformdirs, platforms)("painlog", appauthor=False) / usual[-1])


def plain_place(variable: str, below: str, name: str) -> str:
    """Return where ``platformdirs``, whose import costs as much as SQLite's, would have a file on a plain Linux.

    Empty wherever that takes more than an absolute ``HOME`` and an absolute ``XDG_…`` directory, if one is set.
    """
    home, named = os.environ.get("HOME", ""), os.environ.get(variable, "")
    if sys.platform != "linux" or "ANDROID_DATA" in os.environ or home[:1] != "/":
        return ""
    if named and (named[:1] != "/" or named != named.strip()):
        return ""
    return f"{named or home.rstrip('/') + below}/painlog/{name}"


def own_place(named: str) -> str:
    """Return the name of a file with ``~`` written out, as ``own_path`` does."""
    if named[:1] != "~":
        return named
    from pathlib import Path

    return str(own_path(Path(named)))


def own_path(path: Path) -> Path:
    """Return a path with ``~`` written out. Raises JournalRefused for somebody whose home is not known."""
    try:
        return path.expanduser()
    except RuntimeError:
        raise JournalRefused(f"cannot tell whose home {path} means; write the whole path") from None
