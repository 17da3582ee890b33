"""``flare``: marks where one begins and ends; at the end it asks what helped."""

from painlog.cli.kind_commands import command
from painlog.cli.prompts import is_there_somebody
from painlog.cli.session import Session
from painlog.cli.talk import read_answer, says_nothing
from painlog.domain.flares import flares
from painlog.domain.kinds.activity import FLARE
from painlog.domain.language.dates import Moment

_HELPED = "What helped? One line; Enter leaves it out:"


def _ask_what_helped(session: Session, said: dict[str, list[str]], moment: Moment) -> bool:
    """Take one line along from who sits there, where a flare that is open ends and nothing was said beside."""
    ends = "event" in said and FLARE.main.check(said["event"][-1]) == "end"
    if ends and "note" not in said and is_there_somebody() and _is_open(session, moment):
        try:
            answer = read_answer(_HELPED)
        except EOFError:
            answer = ""
        if not says_nothing(answer):
            said["note"] = [answer]
    return False


def _is_open(session: Session, moment: Moment) -> bool:
    with session.reading() as journal:
        marked = flares(journal.entries(kinds=[FLARE.name], until=moment.day))
    return bool(marked) and marked[-1].end is None


flare_ = command(FLARE, _ask_what_helped)
