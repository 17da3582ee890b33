"""What is said where a file holds answers to PHQ-9's item 9: how many, and the lines that keep each to oneself."""

from collections.abc import Sequence

from painlog.analysis.report.forms import tells_safety
from painlog.cli.session import Session
from painlog.cli.talk import say
from painlog.domain.periods import Period
from painlog.domain.questionnaires import QUESTIONNAIRES
from painlog.view.terminal import join_names

HOLDS_EVERY_SAFETY_ITEM = "it holds every answer to PHQ-9's item 9, those that you keep private too"
KEEP = "painlog edit {} --set item_9_private=yes"
_WITH_ITEM = [id_ for id_, form in QUESTIONNAIRES.items() if form.safety_item is not None]


def say_held(session: Session, period: Period, personal: Sequence[str] = ()) -> None:
    """Say what personal things a file of the period holds; of answers to item 9 how each is kept to oneself."""
    with session.reading() as journal:
        forms = [entry for entry in journal.entries(period, kinds=_WITH_ITEM) if tells_safety(entry)]
        short = journal.short_ids(forms)
    answers = "an answer" if len(forms) == 1 else f"{len(forms)} answers"
    held = [*personal, *([f"{answers} to PHQ-9's item 9"] if forms else ())]
    if held:
        say(f"it holds {join_names(held)}")
    if forms:
        say(f"to keep {'it' if len(forms) == 1 else 'them'} to yourself, then write the file again:")
    for form in forms:
        say(f"  {KEEP.format(short[form.id])}")
