"""The files of an inbox: the one that is carried, its conflict copies, what is being taken, and what was recorded.

What is to be taken is written down whole before anything is recorded, and only removed when all is in its place. So
whatever stops in between is gone through again to the same end: no line is lost, and none is taken twice.
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from painlog.errors import FileRefused, reason
from painlog.exchange.files import read_text, write_file

_MARK = "# taken "


class Batch(NamedTuple):
    """What one file held when it was read: its text, and when it was last changed, in seconds since 1970."""

    path: str
    text: str
    changed: float

    @property
    def id(self) -> str:
        """What tells it from every other batch."""
        return sha256(f"{self.path}\x1f{self.changed}\x1f{self.text}".encode("utf-8", "replace")).hexdigest()[:16]


def find_batches(inbox: Path) -> list[Batch]:
    """Return what waits: what an interrupted run had begun to take first, else the inbox and its conflict copies.

    Raises FileRefused.
    """
    if _is_file(_pending(inbox)):
        try:
            return [Batch(**each) for each in json.loads(read_text(_pending(inbox)))]
        except (ValueError, TypeError) as error:
            raise FileRefused(f"{_pending(inbox)} is not what painlog wrote; look into it, and remove it") from error
    return [_read(path) for path in _files(inbox)]


def count_waiting(inbox: Path) -> int:
    """Return how many lines wait in the inbox; 0 where it cannot be read."""
    with suppress(FileRefused):
        lines = (line for path in _files(inbox) for line in read_text(path).splitlines())
        return sum(bool(line.strip()) and not line.lstrip().startswith("#") for line in lines)
    return 0


def begin(inbox: Path, batches: Sequence[Batch]) -> None:
    """Write down what is about to be taken. Raises FileRefused."""
    write_file(_pending(inbox), json.dumps([each._asdict() for each in batches]), force=True)


def finish(inbox: Path, batch: Batch, taken: Sequence[str], left: str, when: str) -> None:
    """Add the lines that were taken to the file of recorded ones, and leave the others. Raises FileRefused.

    ``left`` is the text with what was taken away. What was written to the file meanwhile stays in it, and a link to it
    stays one: what it leads to is what a phone goes on writing to.
    """
    recorded = recorded_place(inbox)
    text = read_text(recorded) if recorded.exists() else ""
    mark = f"{_MARK}{batch.id}"
    if taken and mark not in text:
        write_file(recorded, "\n".join([text.rstrip("\n"), f"{mark} {when}", *taken, ""]).lstrip("\n"), force=True)
    path = Path(batch.path)
    now = _read(path).text if path.exists() else ""
    if now != batch.text:  # written to meanwhile, or this is done a second time
        left += _without(now, f"{batch.text}\n{left}")
    if left.strip() or path == inbox:
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o600
        write_file(path.resolve(), left, force=True)
        path.chmod(mode)
    else:
        path.unlink(missing_ok=True)


def end(inbox: Path) -> None:
    """Say that all is in its place."""
    _pending(inbox).unlink(missing_ok=True)


def recorded_place(inbox: Path) -> Path:
    """Return the file that recorded lines are moved to."""
    return inbox.with_name(f"{inbox.stem}-recorded{inbox.suffix}")


def count_recorded(inbox: Path) -> "Counter[str]":
    """Return how often each line was recorded before. Raises FileRefused."""
    place = recorded_place(inbox)
    lines = read_text(place).splitlines() if place.exists() else []
    return Counter(line.strip() for line in lines if not line.startswith("#"))


def is_copy(batch: Batch, inbox: Path) -> bool:
    """Whether a batch is a conflict copy's."""
    return Path(batch.path) != inbox


def _pending(inbox: Path) -> Path:
    return inbox.with_name(f".{inbox.name}.taking")


def _files(inbox: Path) -> list[Path]:
    """The inbox and its conflict copies, as far as they are there. Raises FileRefused."""
    return [path for path in (inbox, *_copies(inbox)) if _is_file(path)]


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError as error:
        raise FileRefused(f"cannot read {path}: {reason(error)}") from error


def _copies(inbox: Path) -> list[Path]:
    """Copies that a carrier made where two sides wrote: Syncthing's, Dropbox's, Nextcloud's and their like.

    They lie beside the file itself, which the inbox may be a link to.
    """
    try:
        file = inbox.resolve() if inbox.is_symlink() else inbox
        beside = sorted(file.parent.iterdir())
    except OSError as error:
        raise FileRefused(f"cannot read {inbox.parent}: {reason(error)}") from error
    return [
        path
        for path in beside
        if path != file
        and path.suffix == file.suffix
        and path.name.startswith(file.stem)
        and "conflict" in path.name.removeprefix(file.stem).lower()
    ]


def _read(path: Path) -> Batch:
    try:
        changed = path.stat().st_mtime
    except OSError as error:
        raise FileRefused(f"cannot read {path}: {reason(error)}") from error
    return Batch(str(path), read_text(path), changed)


def _without(now: str, before: str) -> str:
    """Return the lines of a text that were not in an earlier one, each as often as it is there more."""
    there = Counter(before.splitlines())
    return "".join(f"{line}\n" for line in _beyond(now.splitlines(), there))


def _beyond(lines: Iterable[str], there: "Counter[str]") -> Iterable[str]:
    for line in lines:
        if there[line]:
            there[line] -= 1
        else:
            yield line
