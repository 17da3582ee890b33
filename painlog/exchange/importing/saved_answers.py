"""What a person said of other apps' files, kept for the next time: answers by app, and columns by header. One file.

It is no part of the journal, and losing it costs only the asking.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from painlog.errors import BadInput, FileRefused, reason
from painlog.exchange.files import read_text, write_file
from painlog.exchange.importing.mapping import ColumnMapping, load_mapping
from painlog.exchange.importing.source import Source


class SavedAnswers:
    """The file of answers. A damaged one counts as empty."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._saved = _read(path)

    def of(self, app: str, columns: ColumnMapping | None = None) -> dict[str, str]:
        """Return the answers to an app's questions; of a table's, only where it has the header that they were of."""
        before = self._saved.get("columns", {}).get(app)
        if columns and isinstance(before, dict) and before.get("header") != list(columns.header):
            return {}
        found = self._saved.get("answers", {}).get(app, {})
        return {key: text for key, text in found.items() if isinstance(text, str)} if isinstance(found, dict) else {}

    def columns(self, source: Source) -> tuple[str, ColumnMapping] | None:
        """Return the name and the columns that were said of tables with this file's header; None where none were."""
        for name, data in self._saved.get("columns", {}).items():
            try:
                columns = load_mapping(data)
            except BadInput:
                continue
            if columns.fits(source):
                return name, columns
        return None

    def keep(self, app: str, answers: Mapping[str, str], columns: ColumnMapping | None) -> None:
        """Write answers and columns down beside those that are there. Raises FileRefused."""
        saved = {part: dict(self._saved.get(part, {})) for part in ("answers", "columns")}
        if said := self.of(app, columns) | dict(answers):
            saved["answers"][app] = said
        else:
            saved["answers"].pop(app, None)
        if columns:
            saved["columns"][app] = columns.as_dict()
        if saved in ({"answers": {}, "columns": {}}, self._saved):
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise FileRefused(f"cannot keep your answers in {self.path}: {reason(error)}") from error
        write_file(self.path, json.dumps(saved, ensure_ascii=False, indent=2) + "\n", force=True)


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(read_text(path))
    except (FileRefused, ValueError, RecursionError):
        return {}
    parts = ("answers", "columns")
    return found if isinstance(found, dict) and all(isinstance(found.get(part, {}), dict) for part in parts) else {}
