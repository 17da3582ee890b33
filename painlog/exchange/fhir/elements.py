"""FHIR's data types as plain dicts: texts, times, references, quantities. Knows no resource."""

import json
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from painlog.domain.entries import UNDATED, Entry

Json = dict[str, Any]
Named = tuple[str, Json]  # a resource and the fullUrl it stands under
UUID_URN = "urn:uuid:"
FURTHEST = timedelta(hours=14)  # the largest offset that FHIR writes
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class Names(NamedTuple):
    """The names of a journal's resources: the same thing has the same one in every export of that journal alone."""

    namespace: UUID

    def url(self, *of: str) -> str:
        """Return the ``fullUrl`` of what ``of`` tells from everything else."""
        return f"{UUID_URN}{uuid5(self.namespace, json.dumps(of))}"

    @property
    def patient(self) -> Json:
        """A reference to the person."""
        return {"reference": self.url("patient")}


def fhir_text(text: str) -> str:
    """Make a text safe as a FHIR string: no control characters but line breaks and tabs, never empty."""
    return _CONTROLS.sub("\ufffd", text).strip() or "\ufffd"


def instant(at: datetime) -> str:
    """Write an aware instant to the second, in its own offset where FHIR has that, else in UTC."""
    offset = at.utcoffset()
    if offset is None:
        raise ValueError("FHIR has no time without an offset")
    if abs(offset) > FURTHEST or offset % timedelta(minutes=1):
        at = at.astimezone(UTC)
    return at.isoformat(timespec="seconds")


def days(start: date, end: date | None = None) -> Json:
    """A Period of whole days, both included; it goes on where there is no end.

    A calendar day has no hour in it: painlog's turns over when the person says it does.
    """
    return {"start": start.isoformat()} | ({"end": end.isoformat()} if end else {})


def moment(entry: Entry) -> str:
    """When an entry was: its instant, or its day where only that was said."""
    return instant(entry.at) if entry.at else entry.day.isoformat()


def plain(value: float) -> float:
    """A number without a fraction of nothing: 400, not 400.0."""
    return int(value) if value == int(value) else value


def words(text: str) -> Json:
    """A CodeableConcept without a code."""
    return {"text": fhir_text(text)}


def notes(texts: Iterable[str]) -> Json:
    """The element ``note`` with a text each; nothing where all are empty."""
    found = [words(text) for text in texts if text]
    return {"note": found} if found else {}


def lateness(entry: Entry) -> str:
    """Say that an entry was not written down on its own day, or that this is not known; empty where it was."""
    if entry.is_undated:
        return UNDATED
    late = entry.days_late
    return "" if not late else "written down the day after" if late == 1 else f"written down {late} days after"
