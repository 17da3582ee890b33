"""``dose``: a medicine taken, and with ``--after`` alone how it was since."""

from collections.abc import Mapping
from datetime import timedelta

from painlog.cli.kind_commands import command
from painlog.cli.session import Session
from painlog.cli.talk import tell
from painlog.domain.entries import Draft, Entry
from painlog.domain.kinds.care import DOSE, was_done
from painlog.domain.kinds.fields import Text
from painlog.domain.kinds.kind import TypedTexts
from painlog.domain.language.dates import Moment
from painlog.domain.periods import Period
from painlog.errors import BadInput
from painlog.storage.journal import Journal
from painlog.view.screens.capture import show_change, when

LAST_FOR = timedelta(hours=24)


def _close_last(session: Session, said: dict[str, list[str]], moment: Moment) -> bool:
    """Add how it was since to the last dose, where a score after is said and no new dose: no name, or no amount."""
    if "after" not in said or "amount" in said or "before" in said:
        return False
    with session.changing() as journal, journal.changing() as transaction:
        dose = _last(journal, moment, said)
        if dose is None:
            of = f" of {' '.join(said['name'])}" if "name" in said else ""
            raise BadInput(f"no dose{of} is recorded in the 24 hours before; painlog dose NAME AMOUNT records one")
        named = (
            f"{dose.text}, {when(dose, session.today)} (painlog edit {journal.short_ids([dose])[dose.id]} changes it)"
        )
        if "after" in dose.data:
            raise BadInput(f"the last dose has a pain score after it already: {named}")
        edited = transaction.edit(dose, _close(dose, said, moment, named))
    if edited:
        tell(show_change(edited, session.today))
    return True


def _last(journal: Journal, moment: Moment, said: TypedTexts) -> Entry | None:
    """The last dose up to a moment, within ``LAST_FOR`` or on its day; of a name, where one is said."""
    wanted = " ".join(said.get("name", ())).casefold()
    doses = journal.entries(Period(moment.day - timedelta(days=1), moment.day), kinds=[DOSE.name])
    named = [dose for dose in doses if was_done(dose.data) and wanted in ("", str(dose.data["name"]).casefold())]
    recent = [dose for dose in named if _is_recent(dose, moment)]
    return recent[-1] if recent else None


def _is_recent(dose: Entry, moment: Moment) -> bool:
    if dose.at and moment.at:
        return timedelta(0) <= moment.at - dose.at <= LAST_FOR
    return dose.day == moment.day


def _close(dose: Entry, said: Mapping[str, list[str]], moment: Moment, named: str) -> Draft:
    """The dose with what was said since beside what it held: words and notes are added, nothing is replaced.

    Raises BadInput, with the dose as it is ``named``, for what it holds already.
    """
    data = dose.typed_data
    new = DOSE.read({"name": [dose.data["name"]], **said}, moment)
    for name in new.keys() - {"name"}:
        field = DOSE.by_name[name]
        if name not in data:
            data[name] = new[name]
        elif field.many:
            data[name] = field.join([data[name], new[name]])
        elif isinstance(field, Text):
            data[name] = f"{data[name]}\n{new[name]}"
        else:
            raise BadInput(f"the last dose has its {field.title} already: {named}")
    if dose.at and moment.at and "after_minutes" not in said:
        data["after_minutes"] = round((moment.at - dose.at).total_seconds() / 60)
    return Draft(DOSE, dose.moment, DOSE.check(data))


dose_ = command(DOSE, _close_last)
