"""A kind of entry that painlog does not have, as its one file would declare it."""

import sys
from functools import _lru_cache_wrapper

from painlog.domain.kinds.fields import Number
from painlog.domain.kinds.kind import NOTE, Kind, declare_rating

NAUSEA = Kind(
    name="nausea",
    help="Record nausea.",
    example="4",
    heads=("nausea",),
    value="score",
    fields=(
        declare_rating("score", "None", "As bad as it gets", label="nausea", variable="nausea"),
        Number(name="vomited", help="How often.", high=50, whole=True, variable="vomited", better="low"),
        NOTE,
    ),
)
DECLARED = (NAUSEA,)


def forget() -> None:
    """Clear every cache of painlog's, whatever it holds."""
    for module in [module for name, module in sys.modules.items() if name.startswith("painlog.")]:
        for cached in vars(module).values():
            if isinstance(cached, _lru_cache_wrapper):
                cached.cache_clear()
