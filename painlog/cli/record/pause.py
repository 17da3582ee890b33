"""``pause``: no questions for a while, on purpose."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Annotated

import typer

from painlog.cli.capture import record_drafts
from painlog.cli.options import NoteOption
from painlog.cli.session import Session
from painlog.cli.talk import note_field, say, tell
from painlog.domain.entries import Draft
from painlog.domain.kinds.activity import PAUSE
from painlog.domain.kinds.declaration import match_whole
from painlog.domain.language.times_ahead import parse_ahead
from painlog.domain.own_plan import last_day, pause_on
from painlog.errors import BadInput
from painlog.view.screens.capture import show_change
from painlog.view.screens.own_plan import pause_lines

ENDED = "end"
_DAYS = {"d": 1, "w": 7, "m": 30}


def pause_(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="HOW LONG [WORDS]", help="2w, 10d or a day, then what it is for; or end."),
    ] = None,
    note: NoteOption = None,
) -> None:
    """Have no questions asked for a while.

    \b
      painlog pause 2w "holiday"
      painlog pause end

    Days without an entry in a pause are shown as intended. Doses stay due: nothing recorded is not the same as nothing
    taken. You can record whatever you like meanwhile. Alone it says until when you pause.
    """
    session: Session = ctx.obj
    if not words:
        _say_until(session)
    elif [word.lower() for word in words] == [ENDED]:
        _end(session)
    else:
        days, rest = _part_length(words, session)
        if rest and note is not None:
            raise BadInput("what it is for is given twice")
        said = rest or note_field(note).get("note", "")
        data = PAUSE.check({"lasts": days} | ({"note": said} if said else {}))
        record_drafts(session, [Draft(PAUSE, session.moment(None), data)])


def _part_length(words: Sequence[str], session: Session) -> tuple[int, str]:
    """Return for how many days, as the first word says or else as many as do, and the other words. Raises BadInput."""
    for place in (1, *range(len(words), 1, -1)):
        with suppress(BadInput):
            days = _read_length(" ".join(words[:place]), session)
            if words[place - 1].lower() != "at":  # it belongs to the words after it
                return days, " ".join(words[place:])
    return _read_length(words[0], session), ""


def _read_length(text: str, session: Session) -> int:
    """Return for how many days, today included; a day is the last one of the pause. Raises BadInput."""
    if found := match_whole(r"(\d{1,6}) ?([dwm])", text.strip().lower()):
        return int(found[1]) * _DAYS[found[2]]
    try:
        until = parse_ahead(text, session.now)
    except BadInput as error:
        raise BadInput(f"{error}; a pause is a length such as 2w or 10d, or its last day") from None
    return (until.day - session.today).days + 1


def _say_until(session: Session) -> None:
    with session.reading() as journal:
        pause = pause_on(journal.entries(kinds=[PAUSE.name], until=session.today), session.today)
    if pause is None:
        say(f"no pause; painlog pause {PAUSE.example} begins one")
        return
    for line in pause_lines(last_day(pause), str(pause.data.get("note", "")), session.today):
        tell(line)


def _end(session: Session) -> None:
    """Shorten each pause of the day to the days before it; one that began today is deleted. One undo for each."""
    with session.changing() as journal, journal.changing() as transaction:
        pause = pause_on(journal.entries(kinds=[PAUSE.name], until=session.today), session.today)
        if pause is None:
            raise BadInput(f"there is no pause; painlog pause {PAUSE.example} begins one")
        lived = (session.today - pause.day) // timedelta(days=1)
        if lived:
            data = PAUSE.check(pause.typed_data | {"lasts": lived})
            changed = transaction.edit(pause, Draft(PAUSE, pause.moment, data))
        else:
            (changed,) = transaction.delete([pause])
    if changed:
        tell(show_change(changed, session.today) if lived else "the pause is taken away again\nundo: painlog undo")
