"""The secrets of sealed change files: drawn where a journal is encrypted, handed on as pairing words, typed unseen."""

import sys
from collections.abc import Set as AbstractSet
from pathlib import Path

from painlog.cli import unlock
from painlog.cli.session import Session
from painlog.cli.talk import read_stdin, say, say_notes, say_paragraph, tell
from painlog.errors import BadInput, FileRefused, NothingToDo
from painlog.exchange.sync import encrypted_files, folder, pairing_words
from painlog.exchange.sync.folder import Folder
from painlog.storage import connection
from painlog.storage.journal import Journal
from painlog.view.terminal import term

OTHER_WORDS = "it is sealed with other pairing words; painlog sync --pair takes them"


def is_encrypted(session: Session) -> bool:
    """Whether the journal is. Not within a transaction. Raises JournalRefused."""
    return session.has_journal and bool(connection.look_over(session.path))


def show_words(session: Session) -> None:
    """Show the words that let another device read what this one shares. Raises NothingToDo where nothing is sealed."""
    encrypted = is_encrypted(session)
    with session.changing() as journal:
        if encrypted:
            _draw(journal)
        known = journal.meta.sharing_secrets
    if not known:
        raise NothingToDo("what this journal shares is not sealed; painlog encrypt seals it, and all that sync writes")
    tell(pairing_words.spell(known[0]))
    say_notes(["who has these words and the folder can read it; painlog sync --pair takes them on your other device"])


def open_folder(journal: Journal, shared: Path, *, encrypted: bool, pair: bool) -> tuple[Folder, list[bytes]]:
    """Read a folder with the secrets that the journal knows, the one to seal with first; none where it seals nothing.

    Asks for pairing words where something there is sealed and the journal knows no secret yet, or they are offered
    (``pair``). A journal that knows one goes on with it, so that no file that strays in keeps it from healing others.
    Raises FileRefused, BadInput, PartMissing.
    """
    found, known = folder.read(shared), journal.meta.sharing_secrets
    if not (found.locked or known or encrypted or pair):
        return found, []
    encrypted_files.cipher(b"")  # refuses where a part is missing, before anybody is asked
    found = folder.decrypt_files(found, known)
    strange = {encrypted_files.mark_in(raw) for raw in found.locked.values()}
    if pair or (strange and not known):
        secret = _words_for(shared, strange, pair=pair)
        with journal.changing():
            journal.meta.share_with(secret)
    elif encrypted:
        _draw(journal)
    return folder.decrypt_files(found, journal.meta.sharing_secrets), journal.meta.sharing_secrets


def _draw(journal: Journal) -> None:
    with journal.changing():
        if not journal.meta.sharing_secrets:
            journal.meta.share_with(encrypted_files.new_secret())


def _words_for(shared: Path, strange: AbstractSet[str], *, pair: bool) -> bytes:
    """Return the secret that somebody types, or hands over on standard input. Raises FileRefused, BadInput."""
    if pair and sys.stdin is not None and not sys.stdin.isatty():
        secret = pairing_words.read_secret(pairing_words.split_groups(read_stdin("Pairing words")))
    else:
        secret = _ask_groups(shared)
    if strange and encrypted_files.mark_of(secret) not in strange:
        raise BadInput(f"these are not the pairing words of what is in {shared}; nothing was changed")
    return secret


def _ask_groups(shared: Path) -> bytes:
    """Ask for one group after the other, unseen; all at once are taken too. Raises FileRefused."""
    if not unlock.has_terminal():
        raise FileRefused(
            f"what is in {shared} is sealed, and nobody is here to type its pairing words; painlog sync --pair takes "
            "them from standard input too"
        )
    asks = f"painlog sync --words on the device that sealed {term(str(shared))} shows its pairing words; type them here"
    say_paragraph(asks)
    groups: list[str] = []
    while (count := len(groups) + 1) <= pairing_words.GROUPS:
        for number, group in enumerate(
            pairing_words.split_groups(unlock.read_passphrase(f"Group {count} of {pairing_words.GROUPS}: ")), count
        ):
            try:
                pairing_words.check_group(group, number)
            except BadInput as error:
                say(term(str(error)))
                break
            groups.append(group)
    return pairing_words.read_secret(groups)
