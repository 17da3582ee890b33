"""What a person's shortcuts stand for in a line. Pure."""

from collections.abc import Iterable, Mapping

from painlog.domain.entries import Event


def words_by_name(shortcuts: Iterable[Event]) -> dict[str, str]:
    """Return the line that each name stands for; of two under one name the later one."""
    return {each.data["name"].casefold(): each.data["words"] for each in shortcuts}


def expand(line: str, by_name: Mapping[str, str]) -> str:
    """Return a line with each clause that is a shortcut's name replaced by the line it stands for."""
    return ",".join(by_name.get(clause.strip().casefold(), clause) for clause in line.split(",")) if by_name else line
