"""What a person's shortcuts stand for in a line. Pure."""

from collections.abc import Mapping


def expand(line: str, by_name: Mapping[str, str]) -> str:
    """Return a line with each clause that is a shortcut's name replaced by the line it stands for."""
    return ",".join(by_name.get(clause.strip().casefold(), clause) for clause in line.split(",")) if by_name else line
