"""What ``export csv`` costs beside pandas: ``python -m tests.bench.export [--entries 100000] [--rounds 5]``.

Prints the CPU time of whole processes of ``painlog export csv`` as the median of paired ratios to the CPU time of
pandas writing a frame of the same rows (``DataFrame.to_csv`` alone, the frame made before the clock starts), and the
peak memory, for a journal of one fact an entry and for one of a mixed diary.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from painlog.domain.entries import Draft, draft
from painlog.domain.kinds.registry import KINDS
from painlog.domain.language.dates import present
from painlog.storage.journal import Journal
from tests.bench.measuring import Command, Starter

PANDAS = """
import sys, time
import pandas
frame = pandas.read_csv(sys.argv[1])
start = time.process_time()
frame.to_csv(sys.argv[2], index=False)
print(time.process_time() - start, len(frame))
"""
SAID = {
    "a fact an entry": (("pain", {"score": ["{}"]}), ("mood", {"score": ["{}"]})),
    "a mixed diary": (
        ("pain", {"score": ["{}"], "where": ["low back left"], "quality": ["burning"]}),
        ("mood", {"score": ["{}"], "worry": ["3"], "interest": ["5"], "note": ["Tired, and / or = worn; Großmutter"]}),
        ("sleep", {"night": ["23:20-06:50"], "sol": ["45m"], "waso": ["60m"], "quality": ["2"]}),
        ("dose", {"name": ["ibuprofen"], "amount": ["400mg"]}),
        ("note", {"note": ["Tired {}"]}),
    ),
}
PER_DAY = 10


def drafts(which: str, count: int) -> list[Draft]:
    """So many entries up to yesterday, each written down by itself, and none of it random."""
    last = datetime.now().astimezone().replace(hour=20) - timedelta(days=1)
    made = []
    for index in range(count):
        at = last - timedelta(days=index // PER_DAY, minutes=index % PER_DAY)
        name, said = SAID[which][index % len(SAID[which])]
        texts = {field: [text.format(index * 7 % 11) for text in given] for field, given in said.items()}
        made.append(
            draft(KINDS[name], texts, present(at), last)._replace(recorded_at=at + timedelta(seconds=index % 60))
        )
    return made


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    program = str(Path(sys.executable).with_name("painlog"))
    for which in SAID:
        with tempfile.TemporaryDirectory() as place, Starter() as starter:
            journal, table = Path(place) / "journal.db", Path(place) / "long.csv"
            with Journal.open(journal, datetime.now().astimezone()) as opened:
                opened.record(drafts(which, given.entries))
            environment = {"HOME": place, "PATH": os.environ["PATH"], "TZ": "Europe/Berlin"}
            export = [program, "--journal", str(journal), "export", "csv", "--with-notes", "--force", "-o", str(table)]
            ratios, ours, theirs, peak = [], [], [], 0.0
            for _ in range(given.rounds):
                one = starter.cost(Command(export, environment))
                ran = subprocess.run(
                    [sys.executable, "-c", PANDAS, str(table), os.devnull], capture_output=True, text=True, check=True
                )
                seconds, rows = ran.stdout.split()
                ratios.append(one.cpu / 1000 / float(seconds))
                ours.append(one.cpu / 1000)
                theirs.append(float(seconds))
                peak = max(peak, one.memory)
            print(
                f"{given.entries:,} entries, {which}: {int(rows):,} rows; painlog {statistics.median(ours):.2f} s, "
                f"pandas {statistics.median(theirs):.2f} s, ratio {statistics.median(ratios):.2f} "
                f"(worst {max(ratios):.2f}); {peak:.0f} MiB"
            )


if __name__ == "__main__":
    main()
