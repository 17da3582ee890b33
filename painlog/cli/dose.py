"""``dose``: a medicine taken, and with ``--after`` alone how it was since."""

from collections.abc import Mapping
from datetime import timedelta

from painlog.cli.keep import existing
from painlog.cli.record import command
from painlog.cli.session import Session
from painlog.domain.care import DOSE
from painlog.domain.dates import Moment
from painlog.domain.entries import Draft, Entry
from painlog.domain.kind import Said
from painlog.domain.periods import Period
from painlog.errors import BadInput
from painlog.storage.journal import Journal
from painlog.view.capture import changed

LAST_FOR = timedelta(hours=24)


def _close_last(session: Session, said: dict[str, list[str]], moment: Moment) -> bool:
    """Add how it was since to the last dose, where a score after is said and no new dose: no name, or no amount."""
    if "after" not in said or "amount" in said or "before" in said:
        return False
    with existing(session) as journal:
        dose = _last_open(journal, moment, said)
        if dose is None and "name" in said:
            return False
        if dose is None:
            raise BadInput(
                "no dose of the 24 hours before has no score after yet; painlog dose NAME AMOUNT records one"
            )
        edited = journal.edit(dose, _closed(dose, said, moment))
    if edited:
        print(changed(edited, session.today))
    return True


def _last_open(journal: Journal, moment: Moment, said: Said) -> Entry | None:
    """The newest dose up to a moment, within ``LAST_FOR``, that has no score after; of a name where one is said."""
    wanted = " ".join(said.get("name", ())).casefold()
    days = Period(moment.day - timedelta(days=1), moment.day)
    doses = [dose for dose in journal.entries(days, kinds=[DOSE.name]) if "after" not in dose.data]
    named = [dose for dose in doses if wanted in ("", str(dose.data["name"]).casefold())]
    fresh = [dose for dose in named if not (dose.at and moment.at) or timedelta(0) <= moment.at - dose.at <= LAST_FOR]
    return fresh[-1] if fresh else None


def _closed(dose: Entry, said: Mapping[str, list[str]], moment: Moment) -> Draft:
    data = {field.name: dose.data[field.name] for field in DOSE.typed if field.name in dose.data}
    read = DOSE.read({"name": [dose.data["name"]], **said}, moment)
    data |= {name: value for name, value in read.items() if name != "name"}
    if dose.at and moment.at and "after_minutes" not in said:
        data["after_minutes"] = round((moment.at - dose.at).total_seconds() / 60)
    return Draft(DOSE, dose.moment, DOSE.check(data))


dose_ = command(DOSE, _close_last)
