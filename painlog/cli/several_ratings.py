"""Several ratings in one command, such as ``pain 5 --worst 8``: which number is which is asked, never guessed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations
from typing import TYPE_CHECKING

from painlog.cli.typed_words import vocabulary_of
from painlog.domain.kinds.declaration import either
from painlog.domain.language.understanding import Present, line_to_run, understand
from painlog.errors import Unclear

if TYPE_CHECKING:
    from painlog.cli.session import Session
    from painlog.domain.kinds.kind import Kind
    from painlog.domain.language.dates import Moment


def refuse_several(session: Session, kind: Kind, numbers: Sequence[str], sorts: Sequence[str], moment: Moment) -> None:
    """Refuse numbers that options such as --worst say the sorts of: an option names what the one number is.

    Does nothing for one number, or for other words. Raises Unclear, with the lines that say which is which.
    """
    if len(numbers) < 2 or len(numbers) - len(sorts) not in (0, 1) or not all(map(_is_number, numbers)):
        return
    present = Present(moment, session.now)
    flags = either(f"--{sort}" for sort in sorts)
    why = f"which of {' and '.join(numbers)} is {flags}? an option says what the one number is"
    raise Unclear(why, [*dict.fromkeys(_lines(session, kind, numbers, sorts, present))])


def _lines(
    session: Session, kind: Kind, numbers: Sequence[str], sorts: Sequence[str], present: Present
) -> Iterator[str]:
    vocabulary = vocabulary_of(session)
    names = [*([""] if len(numbers) > len(sorts) else []), *sorts]
    for ordered in permutations(numbers):
        ratings = ", ".join(f"{name} {number}".strip() for name, number in zip(names, ordered, strict=True))
        line = f"{kind.heads[0]} {ratings}"
        if understand(line, vocabulary, present).is_clear:
            yield line_to_run(line, present)


def _is_number(word: str) -> bool:
    return word.replace(".", "", 1).isdecimal()
