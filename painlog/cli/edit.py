"""``edit``: change an entry, by options or in the person's editor. ``history``: what an entry was before."""

import json
import os
import shlex
import subprocess
import tempfile
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from painlog.cli.keep import existing
from painlog.cli.session import Session, say
from painlog.domain.dates import Moment
from painlog.domain.entries import Draft, Entry, draft
from painlog.domain.kinds import Kind, kind_named
from painlog.errors import BadInput, PainlogError
from painlog.view.capture import when
from painlog.view.listing import history_lines
from painlog.view.terminal import show, term

WHEN = "when"


def edit_(
    ctx: typer.Context,
    id: Annotated[str, typer.Argument(metavar="ID", help="Short id, as painlog list shows it.")],
    changes: Annotated[
        list[str] | None, typer.Option("--set", metavar="FIELD=VALUE", help="A new value, such as score=5.")
    ] = None,
    clear: Annotated[list[str] | None, typer.Option(metavar="FIELD", help="Take a field away.")] = None,
    at: Annotated[str | None, typer.Option(metavar="WHEN", help="When it really was.")] = None,
) -> None:
    """Change an entry; undo changes it back.

    \b
      painlog edit 7f3a --set score=5 --set "where=left knee, neck"
      painlog edit 7f3a --clear trigger --at "yesterday 22:00"
      painlog edit 7f3a

    Without options it opens in your editor ($VISUAL or $EDITOR). painlog show names the fields.
    """
    session: Session = ctx.obj
    with existing(session) as journal:
        entry = journal.find(id)
        kind = kind_named(entry.kind)
        if changes or clear or at:
            new = _by_options(session, entry, kind, changes or [], clear or [], at)
        else:
            new = _in_editor(session, entry, kind)
        edited = journal.edit(entry, new)
    if edited is None:
        say("nothing was changed")
    else:
        print(f"changed: {term(edited.text)}   {when(edited, session.today)}\nundo: painlog undo")


def history_(ctx: typer.Context, id: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """Show what an entry was before each change.

    \b
      painlog history 7f3a
    """
    session: Session = ctx.obj
    with session.reading() as journal:
        past = journal.history(journal.find(id))
    show(history_lines([(one.written, one.source, one.entry) for one in past], session.today), plain=session.plain)


def _by_options(
    session: Session, entry: Entry, kind: Kind, changes: Sequence[str], clear: Sequence[str], at: str | None
) -> Draft:
    said = _said(entry, kind)
    for name in clear:
        said.pop(_field_name(kind, name), None)
    for change in changes:
        name, equals, text = change.partition("=")
        if not equals:
            raise BadInput(f"{change!r} is not FIELD=VALUE, such as score=5")
        said[_field_name(kind, name)] = [text]
    moment = session.moment(at) if at else _moment(entry)
    return draft(kind.name, said, moment, session.now)


def _said(entry: Entry, kind: Kind) -> dict[str, list[str]]:
    """An entry's fields as they could have been typed."""
    return {field.name: field.typed(entry.data[field.name]) for field in kind.typed if field.name in entry.data}


def _moment(entry: Entry) -> Moment:
    return Moment(entry.day, entry.at, entry.zone)


def _field_name(kind: Kind, name: str) -> str:
    clean = name.strip().lower().replace("-", "_").replace(" ", "_")
    for field in kind.typed:
        if clean in (field.name, field.title.replace(" ", "_")):
            return field.name
    raise BadInput(f"{kind.name} has no field {name!r}; it has {', '.join(field.name for field in kind.typed)}")


def _in_editor(session: Session, entry: Entry, kind: Kind) -> Draft:
    """Let the person change a small TOML file until it is understood, or they give up. Raises BadInput then."""
    at = f"{entry.at:%Y-%m-%d %H:%M}" if entry.at else entry.day.isoformat()
    lines = [f"{WHEN} = {json.dumps(at)}"]
    for name, texts in _said(entry, kind).items():
        value = texts if kind.by_name[name].many else texts[0]
        lines.append(f"{name} = {json.dumps(value, ensure_ascii=False)}")
    others = [field.name for field in kind.typed if field.name not in entry.data]
    text = "\n".join([
        f"# {kind.name}; a line taken away takes its field away",
        *lines,
        f"# also: {', '.join(others)}",
        "",
    ])
    with tempfile.TemporaryDirectory(prefix="painlog-") as place:
        path = Path(place) / "entry.toml"
        path.write_text(text, encoding="utf-8")
        while True:
            _open_editor(path)
            try:
                return _from_toml(session, entry, kind, path.read_text(encoding="utf-8"))
            except PainlogError as error:
                say(f"painlog: {term(str(error))}")
                if not typer.confirm("Edit again?", default=True, err=True):
                    raise


def _open_editor(path: Path) -> None:
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    try:
        subprocess.run([*shlex.split(editor), str(path)], check=True)  # noqa: S603  (the person's own editor)
    except (OSError, ValueError, subprocess.CalledProcessError) as error:
        raise BadInput(f"the editor {editor!r} did not work ({type(error).__name__}); nothing was changed") from error


def _from_toml(session: Session, entry: Entry, kind: Kind, text: str) -> Draft:
    try:
        read = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"the file is not understood: {error}") from None
    old_at = f"{entry.at:%Y-%m-%d %H:%M}" if entry.at else entry.day.isoformat()
    new_at = str(read.pop(WHEN, old_at))
    moment = _moment(entry) if new_at == old_at else session.moment(new_at)
    said = {_field_name(kind, name): _texts(value) for name, value in read.items()}
    return draft(kind.name, said, moment, session.now)


def _texts(value: object) -> list[str]:
    """A TOML value as texts: true is yes, a list is several."""
    if isinstance(value, list):
        return [text for one in value for text in _texts(one)]
    return ["yes" if value is True else str(value)]
