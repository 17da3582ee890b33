"""Write a file like Apple Health's export, of any size; or measure its import: ``python -m tests.bench.health_export``.

Prints how fast painlog imports it and with how much memory, beside Python's own streaming parsers on the same file,
each in a process of its own.
"""

import argparse
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE HealthData [
<!-- HealthKit Export Version: 14 -->
<!ELEMENT HealthData (ExportDate,Me,(Record|Correlation|Workout|ActivitySummary)*)>
<!ATTLIST HealthData locale CDATA #REQUIRED>
<!ELEMENT Record ((MetadataEntry|HeartRateVariabilityMetadataList)*)>
<!ATTLIST Record type CDATA #REQUIRED unit CDATA #IMPLIED value CDATA #IMPLIED sourceName CDATA #REQUIRED>
]>
<HealthData locale="en_DE">
 <ExportDate value="2026-11-18 20:00:00 +0100"/>
 <Me HKCharacteristicTypeIdentifierBloodType="HKBloodTypeNotSet"/>
"""
TAIL = "</HealthData>\n"
HOME = timezone(timedelta(hours=1))
LAST = datetime(2026, 11, 18, tzinfo=HOME)
STAGES = ("Core", "Deep", "Core", "REM", "Core", "Deep", "REM", "Core")


def record(name: str, value: str, start: datetime, minutes: float, source: str = "Watch") -> str:
    """One record, on a line of its own."""
    begin, end = (f"{at:%Y-%m-%d %H:%M:%S} +0100" for at in (start, start + timedelta(minutes=minutes)))
    return (
        f' <Record type="{name}" sourceName="{source}" sourceVersion="11.1" device="&lt;&lt;HKDevice: 0x30&gt;, '
        f'name:Apple Watch, manufacturer:Apple Inc., model:Watch, hardware:Watch6,7, software:11.1&gt;" '
        f'creationDate="{end}" startDate="{begin}" endDate="{end}" value="{value}"/>\n'
    )


def day_records(midnight: datetime, pulses: int) -> Iterator[str]:
    """A day's records: so many heart rates and steps, a night seen by a watch and a phone, and two symptoms."""
    for index in range(pulses):
        at = midnight + timedelta(seconds=index * 86_000 / max(1, pulses))
        yield record("HKQuantityTypeIdentifierHeartRate", str(50 + index % 60), at, 0)
        yield record("HKQuantityTypeIdentifierStepCount", str(index % 90), at, 5, "iPhone")
    night = midnight - timedelta(minutes=50)
    sleep, state = "HKCategoryTypeIdentifierSleepAnalysis", "HKCategoryValueSleepAnalysis"
    yield record(sleep, state + "InBed", night - timedelta(minutes=15), 460, "iPhone")
    for index, stage in enumerate(STAGES):
        yield record(sleep, f"{state}Asleep{stage}", night + timedelta(minutes=50 * index), 48)
    severity = ("Mild", "Moderate", "Severe")[midnight.day % 3]
    for name, hour in (("LowerBackPain", 9), ("Fatigue", 18)):
        at = midnight + timedelta(hours=hour)
        yield record(f"HKCategoryTypeIdentifier{name}", f"HKCategoryValueSeverity{severity}", at, 0, "Health")


def write_export(path: Path, size: int, days: int = 1_500) -> None:
    """Write an export of about so many bytes over so many days."""
    pulses = max(0, (size // days - 13 * 350) // 690)
    with path.open("w", encoding="utf-8") as file:
        file.write(HEAD)
        for day in range(days, 0, -1):
            file.writelines(day_records(LAST - timedelta(days=day), pulses))
        file.write(TAIL)


def run_import(path: Path) -> str:
    """Import it as far as entries, which are counted and not kept."""
    from datetime import time as wall

    from painlog.errors import PainlogError
    from painlog.exchange.importers import importer_of
    from painlog.exchange.importing.contract import Context, Problem
    from painlog.exchange.importing.source import Source

    source = Source(path)
    importer = importer_of(source)
    if importer is None:
        raise PainlogError("no importer knows the file")
    context = Context(importer.name, LAST + timedelta(days=1), wall(3), {}, {})
    found = [isinstance(each, Problem) for each in importer.read(source, context)]
    return f"{len(found) - sum(found)} entries, {sum(found)} problems"


def run_expat(path: Path) -> str:
    """Only call a function of Python's at each element."""
    from xml.parsers import expat

    names: dict[str, int] = {}

    def start(name: str, _attributes: dict[str, str]) -> None:
        names[name] = names.get(name, 0) + 1

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    with path.open("rb") as file:
        parser.ParseFile(file)
    return f"{sum(names.values())} elements"


def run_iterparse(path: Path) -> str:
    """The usual way with ElementTree: elements are cleared as they end."""
    from xml.etree import ElementTree as ET

    count, root = 0, None
    for event, element in ET.iterparse(path, ("start", "end")):
        root = element if root is None else root
        if event == "end" and element.tag == "Record":
            count += 1
            root.clear()
    return f"{count} records"


WAYS = {"import": run_import, "expat": run_expat, "iterparse": run_iterparse}


def measure(path: Path, way: str) -> None:
    """Print what one way took, in this process."""
    start = time.process_time()
    what = WAYS[way](path)
    seconds, peak = time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rate = path.stat().st_size / 1e6 / seconds
    print(f"{way:10} {seconds:7.1f} s CPU {rate:7.1f} MB/s  peak {peak:6.1f} MiB  {what}")


def main() -> None:
    """Write the file if it is not there, then measure each way in turn."""
    parser = argparse.ArgumentParser()
    parser.add_argument("path", type=Path)
    parser.add_argument("--size", type=int, default=1_000_000_000, help="Bytes to write where there is no file yet.")
    parser.add_argument("--way", choices=WAYS, help="Measure one way only.")
    given = parser.parse_args()
    if not given.path.exists():
        write_export(given.path, given.size)
    if given.way:
        measure(given.path, given.way)
        return
    for way in WAYS:
        command = [sys.executable, "-m", "tests.bench.health_export", str(given.path), "--way", way]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
