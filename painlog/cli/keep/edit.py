"""``edit``: change an entry, by options, field by field or in an editor. ``history``: what an entry was before."""

import json
import os
import shlex
import subprocess
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from painlog.cli.capture import remarks
from painlog.cli.drafts import EditedText
from painlog.cli.options import AtOption, OneId
from painlog.cli.picking import pick_one
from painlog.cli.prompts import BACK, Prompt, answers_from, ask
from painlog.cli.session import Session
from painlog.cli.talk import say, say_notes, tell
from painlog.domain.entries import Draft, Entry, place_in_time
from painlog.domain.kinds.fields import Choice, Field, Flag
from painlog.domain.kinds.kind import Kind, TypedTexts
from painlog.domain.language.corrections import parse_correction
from painlog.domain.language.dates import Moment
from painlog.domain.rules import check_not_deleted
from painlog.errors import BadInput, FileRefused, PainlogError
from painlog.exchange.files import read_text
from painlog.view.screens.capture import show_change, show_entry
from painlog.view.screens.listing import history_lines, history_plain
from painlog.view.terminal import show, term

WHEN = "when"
EMPTY = "-"


def edit_(
    ctx: typer.Context,
    id: OneId = None,
    changes: Annotated[
        list[str] | None, typer.Option("--set", metavar="FIELD=VALUE", help="A new value, such as score=5.")
    ] = None,
    clear: Annotated[list[str] | None, typer.Option(metavar="FIELD", help="A field to empty, such as trigger.")] = None,
    at: AtOption = None,
    editor: Annotated[
        str | None, typer.Option("--editor", metavar="PROGRAM", help="Open it in this editor.", show_default=False)
    ] = None,
) -> None:
    """Change an entry; undo changes it back.

    \b
      painlog edit 7f3a --set score=5 --set "where=left knee, neck"
      painlog edit last pain --clear trigger --at "yesterday 22:00"
      painlog edit

    A time alone is one of the entry's own day. Without options you are asked field by field, or it opens in your editor
    where one is set ($VISUAL or $EDITOR) or named, as a file beside the journal that is removed after (in memory, for
    an encrypted journal). painlog show names the fields.
    """
    session: Session = ctx.obj
    entry = pick_one(session, id or [])
    kind = _editable(entry)
    editor = (editor or os.environ.get("VISUAL") or os.environ.get("EDITOR") or "").strip()
    if changes or clear or at is not None:
        new = _by_options(session, entry, kind, changes or [], clear or [], at)
    elif editor:
        new = _in_editor(session, entry, kind, editor)
    else:
        new = _by_answers(session, entry, kind)
    _check_renamed(entry, new)
    with session.changing() as journal, journal.changing() as transaction:
        edited = transaction.edit(entry, new)
        notes = [new.moment.notice, *(remarks(journal, [edited]) if edited else ())]
    if edited is None:
        say("nothing was changed")
        return
    tell(show_change(edited, session.today))
    say_notes(notes)


def _editable(entry: Entry) -> Kind:
    """The kind of an entry that can be changed. Raises BadInput."""
    if entry.declaration is None:
        raise BadInput(f"this entry is {entry.text}; update painlog to change it")
    check_not_deleted(entry)
    return entry.declaration


def _check_renamed(entry: Entry, new: Draft) -> None:
    """Leave names of measures to ``track``, which knows the words that mean something else. Raises BadInput."""
    if entry.kind == "measure" and entry.data["name"] != new.data["name"]:
        raise BadInput(f"a measure is renamed with: painlog track rename {entry.data['name']!r} NEW")


def history_(ctx: typer.Context, id: OneId = None) -> None:
    """Show what an entry was before each change.

    \b
      painlog history 7f3a
    """
    session: Session = ctx.obj
    entry = pick_one(session, id or [])
    with session.reading() as journal:
        past = journal.history.of(entry)
    show((history_plain if session.plain else history_lines)(past, session.today), plain=session.plain)


def _by_options(
    session: Session, entry: Entry, kind: Kind, changes: Sequence[str], clear: Sequence[str], at: str | None
) -> Draft:
    said: dict[str, list[str]] = {_field_name(kind, name): [] for name in clear}
    for change in changes:
        name, equals, text = change.partition("=")
        if not equals:
            raise BadInput(f"{change!r} is not FIELD=VALUE, such as score=5")
        field = kind.by_name[_field_name(kind, name)]
        if field.name in said and not (field.many and said[field.name]):
            raise BadInput(f"{field.title} is given twice")
        said.setdefault(field.name, []).append(text)
    return _change(session, entry, kind, said, None if at is None else _correct(session, entry, at))


def _correct(session: Session, entry: Entry, at: str) -> Moment:
    """When an entry was instead; a time alone is one of its own day and zone. Raises BadInput."""
    if not at.strip():
        return session.moment(at)
    return parse_correction(at, entry.moment._replace(day_starts=session.settings.day_starts), session.now)


def _change(session: Session, entry: Entry, kind: Kind, said: TypedTexts, moment: Moment | None) -> Draft:
    """An entry with the fields that were said anew, none for one to be emptied; all else stays as it is stored."""
    data = entry.typed_data
    about = moment or Moment(entry.day, None, entry.zone, "", session.settings.day_starts)
    for name, texts in said.items():
        field = kind.by_name[name]
        data.pop(name, None)
        if texts and not (isinstance(field, Flag) and field.is_denied(texts[-1])):
            data[name] = field.join([field.parse(text, about) for text in texts])
    checked = kind.check(data)
    if kind.main.span(data.get(kind.main.name)):  # a night given by its times says itself when it was
        if moment:
            raise BadInput(
                f"a night given by its times is moved by them: --set {kind.main.name}=23:20-06:50, or delete it"
            )
        if kind.main.name not in said:
            return Draft(kind, entry.moment, checked)
        return Draft(kind, place_in_time(kind, checked, about, session.now), checked)
    return Draft(kind, place_in_time(kind, checked, moment, session.now) if moment else entry.moment, checked)


def _field_name(kind: Kind, name: str) -> str:
    clean = name.strip().lower().replace("-", "_").replace(" ", "_")
    for field in kind.typed_fields:
        if clean in (field.name, field.title.replace(" ", "_")):
            return field.name
    raise BadInput(f"{kind.title} has no field {name!r}; it has {', '.join(field.name for field in kind.typed_fields)}")


def _by_answers(session: Session, entry: Entry, kind: Kind) -> Draft:
    """Ask for each field anew: Enter leaves it as it is, ``-`` empties it. Raises BadInput."""
    before = {name: ", ".join(texts) for name, texts in _texts_of(entry, kind).items()}
    prompts = [
        Prompt(field.name, _question(field), _check_of(session, entry, kind, field)) for field in kind.typed_fields
    ]
    prompts.append(Prompt(WHEN, "When was it?", lambda text: _correct(session, entry, text)))
    answers = dict(before)
    with answers_from() as source:
        if source.live:
            say(f"{show_entry(entry)}. Enter leaves a field as it is, {EMPTY} empties it, {BACK} goes back.")
        ask(prompts, source, answers)
    said = {
        name: answers.get(name, EMPTY) for name in (*before, *answers) if answers.get(name, EMPTY) != before.get(name)
    }
    when = said.pop(WHEN, None)
    texts = {name: [] if text == EMPTY else [text] for name, text in said.items()}
    return _change(session, entry, kind, texts, _correct(session, entry, when) if when else None)


def _question(field: Field) -> str:
    about = ", ".join(field.options) if isinstance(field, Choice) else field.help
    return f"{field.title[:1].upper()}{field.title[1:]}: {about}"


def _check_of(session: Session, entry: Entry, kind: Kind, field: Field) -> Callable[[str], object]:
    return lambda text: _change(session, entry, kind, {field.name: [] if text == EMPTY else [text]}, None)


def _in_editor(session: Session, entry: Entry, kind: Kind, editor: str) -> Draft:
    """Let the person change a small TOML file until it is understood, or they give up; what they wrote is kept then."""
    before = _texts_of(entry, kind)
    with EditedText(session.path, _as_toml(before, kind)) as text:
        while True:
            _open_editor(editor, text.path)
            try:
                return _from_toml(session, entry, kind, before, text.path)
            except PainlogError as error:
                say(f"painlog: {term(str(error))}")
                if not typer.confirm("Edit again?", default=True, err=True):
                    raise BadInput("nothing was changed") from error


def _texts_of(entry: Entry, kind: Kind) -> dict[str, list[str]]:
    """When an entry was and its fields, as they could have been typed."""
    at = entry.at.isoformat(" ", timespec="minutes") if entry.at else entry.day.isoformat()
    fields = {name: kind.by_name[name].as_typed(value) for name, value in entry.typed_data.items()}
    return {WHEN: [at]} | fields


def _as_toml(texts: dict[str, list[str]], kind: Kind) -> str:
    lines = [f"# {kind.title}; remove a line to empty its field"]
    for name, values in texts.items():
        many = name != WHEN and kind.by_name[name].many
        lines.append(
            f"{name} = {json.dumps(values if many else values[0], ensure_ascii=False)}".replace("\x7f", "\\u007f")
        )
    others = ", ".join(field.name for field in kind.typed_fields if field.name not in texts)
    return "\n".join([*lines, f"# also: {others}", ""])


def _open_editor(editor: str, path: Path) -> None:
    try:
        subprocess.run([*shlex.split(editor), str(path)], check=True)  # noqa: S603  (the person's own editor)
    except (OSError, ValueError, subprocess.CalledProcessError) as error:
        raise FileRefused(f"the editor {editor!r} did not work; nothing was changed") from error


def _from_toml(session: Session, entry: Entry, kind: Kind, before: dict[str, list[str]], path: Path) -> Draft:
    try:
        read = tomllib.loads(read_text(path))
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"the file is not understood: {error}") from None
    texts = {name if name == WHEN else _field_name(kind, name): _texts(value) for name, value in read.items()}
    said = {
        name: texts.get(name, []) for name in before | texts if name != WHEN and texts.get(name) != before.get(name)
    }
    new_when = texts.get(WHEN, before[WHEN])
    return _change(
        session, entry, kind, said, None if new_when == before[WHEN] else _correct(session, entry, "".join(new_when))
    )


def _texts(value: object) -> list[str]:
    """A TOML value as texts: true is yes, false is no, a list is several, and "" and [] are none."""
    if isinstance(value, list):
        return [text for one in value for text in _texts(one)]
    if value == "":
        return []
    return ["yes" if value is True else "no" if value is False else str(value)]
