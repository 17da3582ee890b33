"""A text that the person changes in their own editor: where it lies meanwhile, and what becomes of it."""

import shutil
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import typer

from painlog.cli.talk import say_notes
from painlog.errors import BadInput, FileRefused, PainlogError, reason
from painlog.exchange.files import write_file
from painlog.storage import companions
from painlog.storage.connection import salt_of
from painlog.view.terminal import term


class EditedText:
    """A text in a file of its own, in a folder that nobody else can look into, which is gone when the block ends.

    Where it ends with an error, what the person wrote stays, and its place is said. The text of an encrypted journal
    lies in memory where the machine has a place for that. Raises FileRefused.
    """

    def __init__(self, journal: Path, text: str) -> None:
        self._text, self._sealed = text, bool(salt_of(journal))
        try:
            self._folder = companions.new_draft_folder(journal, in_memory=self._sealed)
            self.path = self._folder / companions.DRAFT
            write_file(self.path, text, force=False)
        except OSError as error:
            raise FileRefused(f"cannot write a file for the editor: {reason(error)}; nothing was changed") from error

    def __enter__(self) -> Self:
        if self._sealed and not companions.is_in_memory(self._folder):
            say_notes([f"while the editor is open, what the entry says can be read in {term(str(self._folder))}"])
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None or not self._is_changed():
            shutil.rmtree(self._folder, ignore_errors=True)
            return
        self._leave_nothing_else()
        kept = f"what you wrote is kept in {term(str(self.path))}"
        if self._sealed:
            kept += ", where it can be read"
            kept += " until the machine is restarted" if companions.is_in_memory(self._folder) else ""
        if isinstance(error, PainlogError):
            raise type(error)(f"{error}; {kept}") from error
        if isinstance(error, typer.Abort | EOFError):
            raise BadInput(f"nothing was changed; {kept}") from error
        say_notes([kept])

    def _is_changed(self) -> bool:
        try:
            return self.path.read_bytes() != self._text.encode()
        except OSError:
            return False

    def _leave_nothing_else(self) -> None:
        """Remove what the editor put beside it: copies of the text that nobody looks for."""
        for each in self._folder.iterdir():
            if each != self.path:
                with suppress(OSError):
                    shutil.rmtree(each) if each.is_dir() and not each.is_symlink() else each.unlink()
