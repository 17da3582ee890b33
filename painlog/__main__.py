"""``python -m painlog``."""

import sys

from painlog.cli import run

sys.exit(run())
