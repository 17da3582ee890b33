"""``plan``: medicines, therapies, support and goals; what is in force, and what was recorded of it."""

from typing import Annotated, Any

import typer

from painlog.analysis.report.care import PlanReview, review_plan
from painlog.cli.ahead import fetch_agenda
from painlog.cli.capture import record_drafts
from painlog.cli.options import AsJson, AtOption, FromOption, NoteOption, PeriodOption, ToOption
from painlog.cli.periods import PeriodOptions, read_period
from painlog.cli.session import Session, group
from painlog.cli.shell import completion
from painlog.cli.talk import note_text, say
from painlog.domain.entries import Draft
from painlog.domain.kinds.care import DOSE, GOAL, GOAL_CHECK, PLAN, REASON, TREATMENT
from painlog.domain.kinds.kind import TypedTexts
from painlog.domain.language.dates import Moment
from painlog.domain.plan import Item, find_item, in_force
from painlog.errors import BadInput
from painlog.view.as_json import as_json
from painlog.view.screens.ahead import ahead_lines
from painlog.view.screens.plan import plan_lines
from painlog.view.terminal import show

plan_ = group()
Words = Annotated[
    list[str],
    typer.Argument(
        metavar="NAME [AMOUNT] [HOW OFTEN]",
        help="The name, then how much and how often.",
        autocompletion=completion.plannable_names,
    ),
]
Named = Annotated[
    list[str],
    typer.Argument(
        metavar="NAME", help="What is in the plan, as painlog plan shows it.", autocompletion=completion.plan_names
    ),
]
InWords = Annotated[
    list[str],
    typer.Argument(metavar="TEXT", help="The goal in your own words.", autocompletion=completion.plan_names),
]
Reason = Annotated[str | None, typer.Option(metavar=REASON.metavar, help=REASON.help)]


@plan_.callback()
def plan(ctx: typer.Context) -> None:
    """See and change medicines, therapies, support and goals.

    \b
      painlog plan
      painlog plan start duloxetine 60mg daily
      painlog plan start physio twice a week
      painlog plan goal "Walk to the shop"
    """
    if ctx.invoked_subcommand is None:
        show_(ctx)


@plan_.command("show")
def show_(
    ctx: typer.Context,
    period: PeriodOption = None,
    start: FromOption = None,
    end: ToOption = None,
    json: AsJson = False,
) -> None:
    """Show your plan, since when, and what was recorded of it.

    \b
      painlog plan show --period 28d

    The last 28 days, unless a period is named. What was due is counted over the days with any medicine recorded:
    nothing recorded is not the same as nothing taken.
    """
    session: Session = ctx.obj
    kept = _review(session, PeriodOptions(period, start, end))
    if json:
        print(as_json("plan", kept))
        return
    with session.reading() as journal:
        ahead = [*ahead_lines(fetch_agenda(session, journal), session.today)]
    if any(each.in_force for each in kept.followed) or any(each.in_force for each in kept.goals):
        show(plan_lines(kept, session.today), plain=session.plain)
    elif not ahead:
        say("your plan is empty; painlog plan start duloxetine 60mg daily begins it")
    if ahead:
        print("\n".join(("AHEAD", *(f"  {line}" for line in ahead))))


@plan_.command("start")
def start_(
    ctx: typer.Context,
    words: Words,
    medicine: Annotated[bool, typer.Option("--medicine", help="It is a medicine.")] = False,
    therapy: Annotated[bool, typer.Option("--therapy", help="It is a therapy.")] = False,
    support: Annotated[bool, typer.Option("--support", help="It is support.")] = False,
    reason: Reason = None,
    note: NoteOption = None,
    at: AtOption = None,
) -> None:
    """Begin a medicine, a therapy or support.

    \b
      painlog plan start duloxetine 60mg daily --reason pain
      painlog plan start ibuprofen 400mg as needed
      painlog plan start "pain group" every 2 weeks --support
    """
    session: Session = ctx.obj
    moment = session.moment(at)
    sorts = [name for name, on in (("medicine", medicine), ("therapy", therapy), ("support", support)) if on]
    if len(sorts) > 1:
        raise BadInput(f"--{sorts[0]} does not go with --{sorts[1]}")
    said = _gather(session, words, moment, reason, note, **{"sort": sorts[0]} if sorts else {})
    _record(session, moment, PLAN.read(said, moment) | {"step": "start"})


@plan_.command("change")
def change_(
    ctx: typer.Context, words: Words, reason: Reason = None, note: NoteOption = None, at: AtOption = None
) -> None:
    """Change how much or how often.

    \b
      painlog plan change duloxetine 60mg
      painlog plan change physio once a week --at mon
    """
    session: Session = ctx.obj
    moment = session.moment(at)
    _record(session, moment, PLAN.read(_gather(session, words, moment, reason, note), moment) | {"step": "change"})


@plan_.command("stop")
def stop_(ctx: typer.Context, words: Named, note: NoteOption = None, at: AtOption = None) -> None:
    """End something of the plan, a goal too.

    \b
      painlog plan stop duloxetine --note "side effects"
    """
    session: Session = ctx.obj
    moment = session.moment(at)
    _record(session, moment, {"name": " ".join(words), "step": "stop"} | _noted(note))


@plan_.command("goal")
def goal_(ctx: typer.Context, words: InWords, note: NoteOption = None, at: AtOption = None) -> None:
    """Set a goal in your own words.

    \b
      painlog plan goal "Walk to the shop twice a week"
      painlog goal done

    painlog goal done, partly or not says how it went.
    """
    session: Session = ctx.obj
    moment = session.moment(at)
    if _is_check(words, [item for item in _in_force(session, moment) if item.sort == GOAL]):
        which = {"goal": " ".join(words[1:])} if words[1:] else {}
        checked = GOAL_CHECK.check({"result": words[0]} | which | _noted(note))
        record_drafts(session, [Draft(GOAL_CHECK, moment, checked)])
        return
    _record(session, moment, {"name": " ".join(words), "sort": GOAL, "step": "start"} | _noted(note))


def _is_check(words: list[str], goals: list[Item]) -> bool:
    """Whether words after ``plan goal`` say how a goal went: done, partly or not, and at most which one."""
    if words[0] not in ("done", "partly", "not"):
        return False
    try:
        return not words[1:] or bool(find_item(" ".join(words[1:]), goals))
    except BadInput:
        return False


def _gather(
    session: Session, words: list[str], moment: Moment, reason: str | None, note: str | None, **more: str
) -> TypedTexts:
    from painlog.cli.typed_words import read_clause

    said, _, _ = read_clause(session, PLAN, words, moment, also=(PLAN,))
    given = {"reason": reason, "note": None if note is None else note_text(note)} | more
    return said | {name: [text] for name, text in given.items() if text is not None}


def _noted(note: str | None) -> dict[str, str]:
    return {} if note is None else {"note": note_text(note)}


def _in_force(session: Session, moment: Moment) -> list[Item]:
    with session.reading() as journal:
        return in_force(journal.entries(kinds=[PLAN.name]), moment.day)


def _record(session: Session, moment: Moment, data: dict[str, Any]) -> None:
    record_drafts(session, [Draft(PLAN, moment, PLAN.check(data))], [moment.notice])


def _review(session: Session, asked: PeriodOptions) -> PlanReview:
    with session.reading() as journal:
        period = read_period(session, journal, asked, usual="28d")
        doses, sessions, checks = (journal.entries(period, kinds=[kind.name]) for kind in (DOSE, TREATMENT, GOAL_CHECK))
        return review_plan(journal.entries(kinds=[PLAN.name]), doses, sessions, checks, period)
