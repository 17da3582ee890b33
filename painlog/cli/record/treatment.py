"""``treatment``: a session that has been, and with ``--ahead`` one that will be."""

from typing import Any

from painlog.cli.ahead import arrange
from painlog.cli.kind_commands import command
from painlog.cli.session import Session
from painlog.domain.kinds.care import TREATMENT
from painlog.domain.kinds.visits import SESSION
from painlog.errors import BadInput

_CANCELLED = "status__cancelled"


def _arrange(session: Session, words: list[str], when: str, options: dict[str, Any]) -> None:
    """Record that a session will be, or with ``--cancelled`` that it will not. Raises BadInput."""
    if not words:
        raise BadInput('which treatment? For example: painlog treatment physio --ahead "tue 10:00"')
    beside = [name for name, given in options.items() if given and name not in ("note", _CANCELLED, "status__planned")]
    if beside:
        flag = beside[0].rpartition("__")[2].replace("_", "-")
        raise BadInput(f"--{flag} does not go with --ahead; it is said when it has been")
    name = TREATMENT.main.check(" ".join(words))
    note, cancelled = options.get("note"), bool(options.get(_CANCELLED))
    arrange(session, name, when, meeting=SESSION, note=note, cancelled=cancelled)


treatment_ = command(TREATMENT, arrange=_arrange, example_ahead='physio --ahead "tue 10:00"')
