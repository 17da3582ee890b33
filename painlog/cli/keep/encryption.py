"""``encrypt``, ``decrypt`` and ``rekey``: who has the file cannot read it without the passphrase."""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from painlog.cli.places import own_path
from painlog.cli.session import Session
from painlog.cli.snapshots import exports_nearby, mirrors, other_copies
from painlog.cli.talk import confirm, say, say_notes, tell
from painlog.errors import FileRefused, NothingToDo
from painlog.storage import connection
from painlog.storage.encryption.keys import KEY_COMMAND, Key, derive, forget
from painlog.storage.encryption.unlocking import check_part
from painlog.storage.recovery import backups
from painlog.view.terminal import term, times

FOR_GOOD = "without the passphrase nothing opens the journal or its backups; keep it where you will find it"
_REMAINS = (
    "what was readable before can remain on the disk, in a cloud and in backups of this machine; encrypting the whole "
    "disk covers that"
)
_ONLY_NEARBY = (
    "exports are found by painlog's own names for them (painlog-…), beside the journal and here; those that you named "
    "otherwise, or keep elsewhere, can be read as before: remove them yourself"
)
YesOption = Annotated[bool, typer.Option("--yes", "-y", help="Remove readable backups without asking.")]


def encrypt_(ctx: typer.Context, yes: YesOption = False) -> None:
    """Encrypt the journal with a passphrase.

    \b
      painlog encrypt

    The passphrase is typed, or printed by the command that PAINLOG_KEY_COMMAND names, such as a password manager's.
    Backups are encrypted too from now on. Readable backups from before are listed, and removed if you agree; so are
    exports, of which only those are found that painlog named and that lie beside the journal or here. It always asks
    about exports, since they may be another journal's.
    """
    from painlog.cli.unlock import keep, new_passphrase, passphrase_of_command

    session: Session = ctx.obj
    _check_there(session)
    if connection.salt_of(session.path):
        session.reading().close()  # the passphrase first
        _offer(session, yes=yes)
        raise NothingToDo("the journal is encrypted already; painlog rekey changes its passphrase")
    check_part()
    say_notes([FOR_GOOD])
    given = passphrase_of_command()
    key = derive(new_passphrase() if given is None else given)
    _write_anew(session, key)
    if given is None:
        keep(key)
    tell("the journal is encrypted")
    _offer(session, yes=yes)
    say_notes([_ONLY_NEARBY, *_shared_before(session), _REMAINS])


def decrypt_(ctx: typer.Context) -> None:
    """Take the encryption off the journal.

    \b
      painlog decrypt

    Backups from before stay encrypted with the passphrase that was theirs.
    """
    from painlog.storage.encryption.rewriting import PLAIN

    session: Session = ctx.obj
    salt = _salt(session)
    _write_anew(session, PLAIN)
    forget(salt)
    tell("the journal is no longer encrypted; anyone who has the file can read it")
    with session.reading() as journal:
        if journal.meta.sharing_secrets:
            say_notes(["what painlog sync writes stays sealed with the same pairing words"])


def rekey_(ctx: typer.Context) -> None:
    """Change the passphrase of an encrypted journal.

    \b
      painlog rekey

    Backups from before stay as they are: the old passphrase opens them.
    """
    from painlog.cli.unlock import keep, new_passphrase

    session: Session = ctx.obj
    salt = _salt(session)
    session.reading().close()  # the old one first
    key = derive(new_passphrase())
    _write_anew(session, key)
    forget(salt)
    notes = ["backups from before open with the old passphrase"]
    if os.environ.get(KEY_COMMAND):
        notes.append(f"the command in {KEY_COMMAND} must print the new one from now on")
    else:
        keep(key)
    tell("the journal has a new passphrase")
    say_notes(notes)


def _check_there(session: Session) -> None:
    if not session.has_journal:
        session.reading().close()  # refuses where one is lost
        raise FileRefused("there is no journal yet to encrypt; its first entry makes one: painlog pain 6")
    connection.look_over(session.path)


def _salt(session: Session) -> bytes:
    """How the encrypted journal begins. Raises NothingToDo for one that is not encrypted."""
    _check_there(session)
    if not (salt := connection.salt_of(session.path)):
        raise NothingToDo("the journal is not encrypted; painlog encrypt does it")
    return salt


def _write_anew(session: Session, key: Key) -> None:
    from painlog.storage.encryption.rewriting import rewrite

    made = rewrite(session.path, session.now, session.keys, key)
    backups.rotate(session.path, session.now, keys=session.keys, made=[made])


def _offer(session: Session, *, yes: bool) -> None:
    """Name what can still be read without the passphrase, and remove it if the person agrees."""
    own = _readable(_own_copies(session))
    exports = [each for each in _readable(exports_nearby(session.path)) if each not in own]
    _remove("file", own, yes=yes)
    _remove("export", exports, yes=False)


def _remove(what: str, readable: list[Path], *, yes: bool) -> None:
    """Name readable files, and remove them if the person agrees. Raises FileRefused."""
    from painlog.storage.encryption.rewriting import remove

    if not readable:
        return
    they, them = ("it", "it") if len(readable) == 1 else ("they", "them")
    say(f"{times(len(readable), what)} from before can be read by anyone who has {them}:")
    for each in readable:
        say(f"  {term(str(each))}")
    if what == "export":
        say(f"an export does not say which journal it is from: keep {them} if {they} may be another journal's")
    if not yes and not _is_wanted(len(readable)):
        say(f"{they} stay{'s' * (len(readable) == 1)}")
        return
    remove(readable)
    tell(f"{times(len(readable), f'readable {what}')} removed")


def _shared_before(session: Session) -> Iterator[str]:
    """What to know of the folder in the settings, where anyone can read something of it."""
    from painlog.exchange.sync import folder

    with suppress(FileRefused):
        found = folder.read(own_path(Path(session.settings.sync_dir))) if session.settings.sync_dir else None
        if found and found.good:
            there = times(len(found.good), "file")
            yield f"{there} in {term(session.settings.sync_dir)} can be read too; painlog sync --compact seals them"


def _is_wanted(count: int) -> bool:
    there = sys.stdin is not None and sys.stdin.isatty()
    return there and confirm(f"Remove {times(count, 'file')} for good?")


def _own_copies(session: Session) -> list[Path]:
    """What painlog wrote before and is this journal's: backups in both places, files set aside."""
    path = session.path
    places = [backups.folder(path), *mirrors(session.settings)]
    return [*(each for place in places for each in backups.snapshot_files(path, place)), *other_copies(path)]


def _readable(files: Iterable[Path]) -> list[Path]:
    """Those that anyone can read, each once."""
    from painlog.storage.encryption.rewriting import is_readable

    return [each for each in dict.fromkeys(map(Path.absolute, files)) if is_readable(each)]
