"""Trials by lot, and what a name for one is judged by, read from a journal."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from painlog.cli.session import Session
from painlog.domain.entries import Entry
from painlog.domain.kinds.activity import TRIAL, TRIAL_DAY
from painlog.domain.kinds.care import DOSE, GOAL, MEDICINE, PLAN, TREATMENT
from painlog.domain.kinds.visits import AGREED, APPOINTMENT
from painlog.domain.periods import Period
from painlog.domain.plan import in_force
from painlog.domain.trial_names import Known, has_patch_words, judge_name
from painlog.domain.trials import Draw, Trial, draw_of, find_marks, find_trials, last_trial
from painlog.errors import BadInput
from painlog.storage.journal import Journal

_PATCH_DAYS = 90  # in which a patch that was recorded counts as worn


class Standing(NamedTuple):
    """A trial, what is drawn today, if anything is, and why it is held back, if it is."""

    trial: Trial
    marks: Mapping[date, bool]
    draw: Draw | None
    held_back: str = ""


def fetch_standing(session: Session, journal: Journal) -> Standing | None:
    """Return where the trial stands that is under way, or the last one; None, after one look, where there is none."""
    trial = last_trial(find_trials(journal.entries(kinds=[TRIAL.name], until=session.today)), session.today)
    if trial is None:
        return None
    marks = find_marks(journal.entries(kinds=[TRIAL_DAY.name], until=session.today), trial)
    draw = draw_of(trial, marks, session.today)
    return Standing(trial, marks, draw, _held_back(session, journal, trial) if draw else "")


def fetch_draw(session: Session, journal: Journal) -> Draw | None:
    """Return what is drawn today; None where nothing is, or where it is held back."""
    standing = fetch_standing(session, journal)
    return standing.draw if standing and not standing.held_back else None


def fetch_known(session: Session, journal: Journal) -> Known:
    """Return what a journal names: medicines, sessions, what was planned or agreed, and amounts."""
    doses, sessions, changes = (journal.entries(kinds=[kind.name]) for kind in (DOSE, TREATMENT, PLAN))
    planned = [change for change in changes if change.data.get("sort") not in (MEDICINE, GOAL)]
    goals = [change for change in changes if change.data.get("sort") == GOAL]
    medicines = [
        *doses,
        *(change for change in changes if change.data.get("sort") == MEDICINE or "amount" in change.data),
    ]
    agreed = [entry.data.get("note", "") for entry in journal.entries(kinds=[AGREED.name])]
    arranged = journal.entries(kinds=[APPOINTMENT.name])
    return Known(
        medicines=_each_name(medicines),
        sessions=_each_name([*sessions, *goals]),
        agreed=(
            *_each_name([*planned, *(each for each in arranged if each.data.get("meeting") == "session")]),
            *agreed,
        ),
        amounts=tuple(dict.fromkeys(entry.data["amount"] for entry in medicines if "amount" in entry.data)),
        has_patch=_has_patch(session, journal),
    )


def _held_back(session: Session, journal: Journal, trial: Trial) -> str:
    """Why a trial that was begun is not drawn any more: a patch was recorded since, or it is in the plan now.

    That it was recorded as done is no reason.
    """
    try:
        judge_name(trial.name, fetch_known(session, journal)._replace(sessions=()))
    except BadInput as error:
        return str(error)
    return ""


def _has_patch(session: Session, journal: Journal) -> bool:
    recent = Period(session.today - timedelta(days=_PATCH_DAYS), session.today)
    held = in_force(journal.entries(kinds=[PLAN.name]), session.today)
    said = [text for entry in journal.entries(recent, kinds=[DOSE.name]) for text in _texts(entry)]
    return has_patch_words([*said, *(text for item in held for text in (item.name, item.amount, item.note))])


def _texts(entry: Entry) -> Iterator[str]:
    """Where an entry may speak of a patch."""
    yield from (str(entry.data.get(name, "")) for name in ("name", "amount", "note"))
    yield from entry.data.get("route", ())


def _each_name(entries: list[Entry]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(entry.data["name"] for entry in entries if "name" in entry.data))
