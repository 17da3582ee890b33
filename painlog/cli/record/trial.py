"""``trial``: find out by lot whether days with something harmless differ from days without it."""

from collections.abc import Mapping
from datetime import date, timedelta
from secrets import randbits
from typing import TYPE_CHECKING, Annotated

import typer

from painlog.analysis.patterns.findings import WINDOW
from painlog.cli.capture import record_drafts
from painlog.cli.fetch.trials import Standing, fetch_known, fetch_standing
from painlog.cli.options import ONLY_SHOWN, AsJson, AtOption, DryRunOption
from painlog.cli.prompts import is_there_somebody
from painlog.cli.session import Session, group
from painlog.cli.shell import completion
from painlog.cli.talk import decide, say, say_paragraph, tell, tell_paragraph
from painlog.domain.entries import Draft
from painlog.domain.kinds.activity import (
    FEWEST_DAYS,
    MOST_DAYS,
    TRIAL,
    TRIAL_DAY,
    TRIAL_PAUSE,
    TRIAL_RESUME,
    TRIAL_STOP,
    USUAL_DAYS,
    WAS_DONE,
    WAS_NOT,
)
from painlog.domain.kinds.declaration import match_whole
from painlog.domain.language.dates import show_day
from painlog.domain.periods import Period
from painlog.domain.trial_names import EXAMPLE, Activity, judge_name, question_of
from painlog.domain.trials import NONE, check_step
from painlog.domain.variables import Variable, find_variable
from painlog.errors import BadInput
from painlog.view.as_json import as_json
from painlog.view.screens.due import draw_lines
from painlog.view.screens.trial import plan_text, result_lines, standing_text, unit_of
from painlog.view.terminal import show, term

if TYPE_CHECKING:
    from painlog.analysis.patterns.trials import TrialPlan

trial_ = group()


@trial_.callback()
def trial(ctx: typer.Context) -> None:
    """Find out by lot: days with something harmless, days without.

    \b
      painlog trial start "evening walk" --on pain --days 56
      painlog trial today done
      painlog trial result

    Each two days are drawn by lot, one with and one without; alone it says what is drawn today. Only for what is
    harmless to do and to leave, and never for medicines or supplements: for those talk to your doctor or pain team.
    """
    if ctx.invoked_subcommand is None:
        _say_today(ctx.obj)


@trial_.command("start")
def start_(
    ctx: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="NAME", help="What you do on one day of two.")],
    on: Annotated[
        str, typer.Option(metavar="VARIABLE", help="What is compared.", autocompletion=completion.variables)
    ] = "pain",
    days: Annotated[str, typer.Option(metavar="DAYS", help="How many days; 84 find more than 56.")] = str(USUAL_DAYS),
    over_days: Annotated[
        bool,
        typer.Option("--over-days", help="Its effect builds up over days, which a trial by lot cannot show."),
    ] = False,
    checked: Annotated[bool, typer.Option("--checked", help="Yes to what painlog asks before such a trial.")] = False,
    dry_run: DryRunOption = False,
) -> None:
    """Draw a trial, of 56 days unless you say otherwise.

    \b
      painlog trial start "evening walk" --on pain --days 56
      painlog trial start "heat pack" --checked --dry-run

    It first says how many days would find a difference of a point, from your own days. Rate after you did it, and on
    days without at the same hour.
    """
    session: Session = ctx.obj
    name, length = " ".join(words), _read_days(days)
    with session.reading() as journal:
        activity = judge_name(name, fetch_known(session, journal))
        outcome = find_variable(on, journal.kinds.variables())
        _refuse_late(activity, outcome, over_days=over_days)
        past = Period(session.today - timedelta(days=WINDOW - 1), session.today)
        values = {day: one.value for day, one in journal.days.values(outcome, past).items()}
        trials = journal.entries(kinds=[TRIAL.name])
    lot = f"{randbits(length // 2):x}"
    data = {"name": name, "step": "start", "outcome": outcome.name, "lasts": length, "lot": lot}
    moment = session.moment(None)
    new = Draft(TRIAL, moment, TRIAL.check(data | _ask_first(name, activity, checked=checked)))
    check_step(new, trials)
    say_paragraph(term(plan_text(_plan(values, length, outcome), outcome)))
    if dry_run:
        say(ONLY_SHOWN)
        return
    record_drafts(session, [new])
    _say_today(session)


@trial_.command("today")
def today_(
    ctx: typer.Context,
    word: Annotated[
        str | None, typer.Argument(metavar="done|not", help="Whether you did it, whatever was drawn.")
    ] = None,
    at: AtOption = None,
) -> None:
    """Say what is drawn today, or whether it was done.

    \b
      painlog trial today
      painlog trial today done
      painlog trial today not --at yesterday
    """
    session: Session = ctx.obj
    if word is None:
        _say_today(session)
        return
    if word.lower() not in (WAS_DONE, WAS_NOT):
        raise BadInput(f"say done or not, such as painlog trial today done, not {word!r}")
    moment = session.moment(at)
    record_drafts(session, [Draft(TRIAL_DAY, moment, TRIAL_DAY.check({"result": word.lower()}))])


@trial_.command("pause")
def pause_(ctx: typer.Context) -> None:
    """Rest after the pair of days under way, in a flare for example.

    \b
      painlog trial pause
    """
    _step(ctx.obj, TRIAL_PAUSE)
    say("the pair of days under way counts as drawn, whatever you do on it; then nothing is drawn until trial resume")


@trial_.command("resume")
def resume_(ctx: typer.Context) -> None:
    """Go on after a pause; the end moves by as many days.

    \b
      painlog trial resume
    """
    _step(ctx.obj, TRIAL_RESUME)
    _say_today(ctx.obj)


@trial_.command("stop")
def stop_(ctx: typer.Context) -> None:
    """End a trial at any time, without a result.

    \b
      painlog trial stop
    """
    session: Session = ctx.obj
    standing = _standing(session)
    if not standing.trial.is_open(session.today):
        raise BadInput(standing_text(standing.trial, session.today))
    _step(session, TRIAL_STOP)


@trial_.command("result")
def result_(ctx: typer.Context, json: AsJson = False) -> None:
    """Show what a trial showed, once its last day is over.

    \b
      painlog trial result
    """
    session: Session = ctx.obj
    standing = _standing(session)
    drawn, today = standing.trial, session.today
    if drawn.stopped is not None or not drawn.is_over(today):
        raise BadInput(_not_yet(standing, today))
    from painlog.analysis.patterns.trials import shift_nights, trial_of

    with session.reading() as journal:
        outcome = find_variable(drawn.outcome, journal.kinds.variables())
        draws = drawn.draws(today)
        days = shift_nights(draws) if outcome.is_night else draws
        values = {day: one.value for day, one in journal.days.values(outcome, Period(min(days), max(days))).items()}
    marks = shift_nights(standing.marks) if outcome.is_night else standing.marks
    found = trial_of(days, values, done=marks, unit=unit_of(outcome, [*values.values()]), seed=drawn.lot)
    if json:
        print(as_json("trial", found, title=drawn.name, outcome=outcome.name, start=drawn.start, end=max(draws)))
    else:
        show(result_lines(drawn, found, outcome, max(draws), today), plain=session.plain)


def _standing(session: Session) -> Standing:
    """Where the last trial stands. Raises BadInput where there is none."""
    with session.reading() as journal:
        standing = fetch_standing(session, journal)
    if standing is None:
        raise BadInput(NONE)
    return standing


def _say_today(session: Session) -> None:
    """Say what is drawn today, or where the trial stands; never what is drawn on a day ahead."""
    with session.reading() as journal:
        standing = fetch_standing(session, journal)
    if standing is None:
        say(NONE)
    elif standing.held_back:
        say_paragraph(term(f"nothing is drawn today: {standing.held_back} (painlog trial stop ends this one)"))
    elif standing.draw:
        tell("\n".join(draw_lines(standing.draw)))
    else:
        tell_paragraph(term(standing_text(standing.trial, session.today)))


def _not_yet(standing: Standing, today: date) -> str:
    """Why there is no result."""
    drawn = standing.trial
    if drawn.stopped is not None:
        return standing_text(drawn, today)
    end = drawn.end(today)
    when = f"on {show_day(end + timedelta(days=1), today)}" if end else "after its last day (it is paused)"
    return f"a trial has one look, at its end: the result is there {when}; painlog trial says what is drawn today"


def _step(session: Session, step: str) -> None:
    standing = _standing(session)
    draft = Draft(TRIAL, session.moment(None), TRIAL.check({"name": standing.trial.name, "step": step}))
    record_drafts(session, [draft])


def _read_days(text: str) -> int:
    """Return a length in days. Raises BadInput."""
    found = match_whole(r"(\d{1,4})( ?(d|days?|w|weeks?))?", text.strip().lower())
    days = int(found[1]) * (7 if found[3] and found[3][0] == "w" else 1) if found else 0
    if not found or days > MOST_DAYS or days % 2:
        raise BadInput(f"a trial has an even number of days, {FEWEST_DAYS} to {MOST_DAYS}, not {text}: {EXAMPLE}")
    if days < FEWEST_DAYS:
        raise BadInput(f"{days} days are too few to tell anything; 6 pairs are the least, so: --days {FEWEST_DAYS}")
    return days


def _refuse_late(activity: Activity, outcome: Variable, *, over_days: bool) -> None:
    """Refuse what is not thought to show on the same day, or in the night after it. Raises BadInput."""
    if over_days or not activity.acts_at_once:
        raise BadInput(
            "what builds up over days carries over into the days without it, so days drawn one by one would hide it: "
            'even 84 find it in about 2 of 10 trials; weeks can be compared instead: painlog helps --since "9 nov"'
        )
    if activity.is_for_the_night and not outcome.is_night:
        raise BadInput(
            f"it comes when the day's {outcome.in_sentence} is over, so only the night after can show it: --on sleep"
        )


def _ask_first(name: str, activity: Activity, *, checked: bool) -> dict[str, bool]:
    """Return that what has to be asked was answered with yes. Raises BadInput where it was not."""
    question = question_of(activity)
    if not question:
        return {}
    if checked or (is_there_somebody() and decide(f"{question[0].upper()}{question[1:]}")):
        return {"was_asked": True}
    raise BadInput(f'{question} If so: painlog trial start "{name}" --checked; if not, please choose something else')


def _plan(values: Mapping[date, float], days: int, outcome: Variable) -> "TrialPlan":
    from painlog.analysis.patterns.trials import plan_trial

    return plan_trial(values, days, unit_of(outcome, [*values.values()]))
