"""A kind of entry that painlog does not have, as its one file would declare it."""

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
