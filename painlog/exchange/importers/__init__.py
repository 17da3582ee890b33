"""Importers, one a module: each knows one app's files by their header and turns them into entries.

A module here defines ``IMPORTER``; nothing else has to name it.
"""

import pkgutil
from collections.abc import Iterator
from importlib import import_module

from painlog.exchange.importing.contract import Importer
from painlog.exchange.importing.source import Source


def importers() -> Iterator[Importer]:
    """Every importer, by the names of their modules."""
    for module in sorted(found.name for found in pkgutil.iter_modules(__path__)):
        importer: Importer = import_module(f"{__name__}.{module}").IMPORTER
        yield importer


def importer_of(source: Source) -> Importer | None:
    """Return the importer that knows a file by its header; None where none does. Raises FileRefused."""
    return next((each for each in importers() if each.recognises(source)), None)
