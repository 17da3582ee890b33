"""What a key costs at the prompt of ``painlog log``: ``python -m tests.bench.keys [--entries 10000] [--names 500]``.

Reads lines as they grow letter by letter, with the words of a journal of so many entries and so many names of its own
more, and prints the CPU time of a key's reading as a ratio to the floor of the bench: the median, one key in ten, and
the worst with what was typed until then.
"""

import argparse
import gc
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from painlog.cli import line_prompt
from painlog.cli.typed_words import known_of
from painlog.domain.language import dates
from painlog.domain.language.understanding import Present
from painlog.domain.language.vocabulary import Known, Vocabulary
from painlog.storage.journal import Journal
from tests.bench.__main__ import floor_at
from tests.bench.journals import build
from tests.bench.measuring import Starter

LINES = (
    "pain 6 low back left burning, mood 4 worry 6, slept 5h30, took ibuprofen 400mg, did physio 45m",
    "headache 6 after sitting, took 2 ibuprofen and duloxtine 60mg, very tired",
    "yesterday evening shoulder and neck 7, went for a walk with anna and it hurt a lot afterwards",
)
FLOORS = 15


def known_in(place: Path, names: int) -> Known:
    """What the journal there knows, and so many medicines more."""
    with Journal.open(place / "journal.db", dates.now()) as journal:
        known = known_of(journal)
    syllables = ("ba", "co", "di", "fu", "lo", "me", "ni", "ra", "so", "ty")
    more = (f"{syllables[i // 100 % 10]}{syllables[i // 10 % 10]}{syllables[i % 10]}ol" for i in range(names))
    return known._replace(names={**known.names, "dose": (*known.names["dose"], *more)})


def keys(known: Known) -> list[tuple[float, str]]:
    """CPU milliseconds of each key, with what was typed until then."""
    gc.disable()  # as painlog does
    now, vocabulary = dates.now(), Vocabulary(known)
    present = Present(dates.present(now), now)
    line_prompt._read_so_far("mood", vocabulary, present)  # what only the first key waits for
    found = []
    for line in LINES:
        for end in range(1, len(line) + 1):
            start = time.process_time()
            line_prompt._read_so_far(line[:end], vocabulary, present)
            found.append((1000 * (time.process_time() - start), line[:end]))
    return sorted(found)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=10_000)
    parser.add_argument("--names", type=int, default=500)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name, Starter() as starter:
        build(Path(name) / "journal.db", given.entries, dates.now())
        command = floor_at(Path(name))
        floor = statistics.median(starter.cost(command).cpu for _ in range(FLOORS))
        found = keys(known_in(Path(name), given.names))
    median, tenth, (worst, typed) = found[len(found) // 2][0], found[-len(found) // 10][0], found[-1]
    print(f"a floor is {floor:.0f} ms; {len(found)} keys, {given.entries:,} entries, {given.names} names more")
    print(f"median {median / floor:.3f}, one in ten {tenth / floor:.3f}, worst {worst / floor:.3f} at {typed!r}")


if __name__ == "__main__":
    main()
