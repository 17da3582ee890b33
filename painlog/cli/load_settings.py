"""Reads the person's settings, for every command and a prompt; where there is no file, nothing more is loaded."""

from __future__ import annotations

import os

from painlog.cli.places import config_place
from painlog.domain.settings import Settings
from painlog.errors import PainlogError


def load_settings() -> tuple[Settings, list[str]]:
    """Return the settings, and what is wrong with them."""
    try:
        place = config_place()
        os.lstat(place)
    except PainlogError as error:
        return Settings(), [str(error)]
    except FileNotFoundError:
        return Settings(), []
    except OSError:
        pass  # said by what reads it
    from painlog.exchange.config_file import read_config

    return read_config(place)
