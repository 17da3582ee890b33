"""``python -m painlog``."""

from painlog.cli import run

run()
