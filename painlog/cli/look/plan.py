"""``plan``: medicines, therapies, support and goals; what is in force, and what was recorded of it."""

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from painlog.analysis.report.care import PlanReview, review_plan
from painlog.cli.capture import record_drafts
from painlog.cli.fetch.agenda import fetch_agenda
from painlog.cli.fetch.medicines import fetch_stocks
from painlog.cli.options import AsJson, AtOption, FromOption, NoteOption, PeriodOption, ToOption
from painlog.cli.own_plan import fetch_own_plan
from painlog.cli.periods import PeriodOptions, read_period
from painlog.cli.session import Session, group
from painlog.cli.shell import completion
from painlog.cli.talk import note_field, say, say_paragraph, tell
from painlog.domain.entries import Draft
from painlog.domain.kinds.activity import FOR_FLARES, MATTERS, OWN_PLAN, SIGNS
from painlog.domain.kinds.care import (
    CHANGED,
    CLASS,
    DOSE,
    GOAL,
    GOAL_CHECK,
    LET_GO,
    PLAN,
    REACHED,
    REASON,
    STOCK,
    TREATMENT,
)
from painlog.domain.kinds.kind import TypedTexts
from painlog.domain.language.dates import Moment
from painlog.domain.own_plan import lines_of
from painlog.domain.plan import Item, find_item, in_force, take_sort
from painlog.domain.stock import Stock, read_count
from painlog.errors import BadInput
from painlog.storage.journal import Journal
from painlog.view.as_json import as_json
from painlog.view.screens.ahead import ahead_lines
from painlog.view.screens.due import stock_line
from painlog.view.screens.own_plan import no_sheet, own_plan_lines, pause_lines, sheet_lines
from painlog.view.screens.plan import plan_lines, plan_plain
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
OwnLines = Annotated[
    list[str] | None, typer.Argument(metavar="TEXT", help=OWN_PLAN.by_name["own_lines"].help, show_default=False)
]
Anew = Annotated[bool, typer.Option("--anew", help="In place of what stands there.")]
Reason = Annotated[str | None, typer.Option(metavar=REASON.metavar, help=REASON.help)]
Class = Annotated[
    str | None,
    typer.Option(
        "--class", metavar=CLASS.metavar, help=CLASS.help, autocompletion=completion.fixed_words(*CLASS.words)
    ),
]


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

    The last 28 days, unless a period is named. What was due is counted dose by dose, from the day on which each was
    begun: what is not recorded is not the same as not taken.
    """
    session: Session = ctx.obj
    with session.reading() as journal:
        review, stocks = _review(session, journal, PeriodOptions(period, start, end))
        agenda, written = fetch_agenda(session, journal), fetch_own_plan(session, journal, review.period)
    if json:
        print(as_json("plan", review, stocks=stocks, **agenda._asdict(), **written._asdict()))
        return
    ahead = [*ahead_lines(agenda, session.today, indent="  ")]
    own = [*own_plan_lines(written.flare, written.signs, written.matters)]
    if paused := written.pause:
        show(pause_lines(paused.end, paused.note, session.today), plain=session.plain)
    if any(each.in_force for each in review.followed) or any(each.in_force for each in review.goals):
        lines = (plan_plain if session.plain else plan_lines)(review, session.today, stocks)
        show(lines, plain=session.plain)
    elif not (ahead or own):
        say("your plan is empty; painlog plan start duloxetine 60mg daily begins it")
    if ahead:
        tell("\n".join(("AHEAD", *ahead)))
    if own:
        show(own, plain=session.plain)


@plan_.command("start")
def start_(
    ctx: typer.Context,
    words: Words,
    medicine: Annotated[bool, typer.Option("--medicine", help="It is a medicine.")] = False,
    therapy: Annotated[bool, typer.Option("--therapy", help="It is a therapy.")] = False,
    support: Annotated[bool, typer.Option("--support", help="It is support.")] = False,
    class_: Class = None,
    reason: Reason = None,
    note: NoteOption = None,
    at: AtOption = None,
) -> None:
    """Begin a medicine, a therapy or support.

    \b
      painlog plan start duloxetine 60mg daily --reason pain
      painlog plan start tramadol 50mg as needed --class opioid
      painlog plan start "pain group" every 2 weeks --support
    """
    session: Session = ctx.obj
    moment = session.moment(at)
    named, words = take_sort(words)
    asked = (("medicine", medicine), ("therapy", therapy), ("support", support))
    sorts = [name for name, on in asked if on or name == named]
    if len(sorts) > 1:
        raise BadInput(f"--{sorts[0]} does not go with --{sorts[1]}")
    more = {"class": class_, "reason": reason, "sort": sorts[0] if sorts else None}
    said, moment = _gather(session, words, moment, note, more)
    _record(session, moment, PLAN.read(said, moment) | {"step": "start"})


@plan_.command("stock")
def stock_(
    ctx: typer.Context,
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="NAME NUMBER", help="The medicine, and how much of it.", autocompletion=completion.plan_names
        ),
    ],
    at: AtOption = None,
) -> None:
    """Say how much of a medicine there is; it tells how long that lasts by the plan.

    \b
      painlog plan stock duloxetine 28

    A bare number counts tablets or the like where your plan does, else doses. painlog due says it a week before the
    end. It is reckoned by the plan, not by what was taken; count anew whenever you like.
    """
    session: Session = ctx.obj
    moment = session.moment(at)
    counted = STOCK.check(read_count(" ".join(words), _in_force(session, moment)))
    record_drafts(session, [Draft(STOCK, moment, counted)])
    with session.reading() as journal:
        (stock,) = (each for each in fetch_stocks(journal, moment.day) if each.name == counted["name"])
    say_paragraph(stock_line(stock, session.today))


@plan_.command("change")
def change_(
    ctx: typer.Context,
    words: Words,
    class_: Class = None,
    reason: Reason = None,
    note: NoteOption = None,
    at: AtOption = None,
) -> None:
    """Change how much or how often.

    \b
      painlog plan change duloxetine 60mg
      painlog plan change physio once a week --at mon
    """
    session: Session = ctx.obj
    moment = session.moment(at)
    said, moment = _gather(session, words, moment, note, {"class": class_, "reason": reason})
    _record(session, moment, PLAN.read(said, moment) | {"step": "change"})


@plan_.command("stop")
def stop_(
    ctx: typer.Context,
    words: Named,
    reached: Annotated[bool, typer.Option("--reached", help="A goal that is reached.")] = False,
    let_go: Annotated[bool, typer.Option("--let-go", help="A goal that is let go.")] = False,
    note: NoteOption = None,
    at: AtOption = None,
) -> None:
    """End something of the plan, a goal too.

    \b
      painlog plan stop duloxetine --note "side effects"
      painlog plan stop walk --reached --note "to the shop and back"

    The note of a goal says what came of it. painlog plan goal … --instead-of puts another one in its place.
    """
    session: Session = ctx.obj
    moment = session.moment(at)
    if reached and let_go:
        raise BadInput("--reached does not go with --let-go")
    name, ending = " ".join(words), REACHED if reached else LET_GO if let_go else ""
    if ending:
        name = find_item(name, [item for item in _in_force(session, moment) if item.sort == GOAL]).name
    data = {"name": name, "step": "stop"} | ({"ending": ending} if ending else {})
    _record(session, moment, data | note_field(note))


@plan_.command("flare")
def flare_(ctx: typer.Context, lines: OwnLines = None, anew: Anew = False) -> None:
    """Write down, when calm, what to do in a flare.

    \b
      painlog plan flare "heat" "half the walk" "text M."

    painlog flare start shows it first. Lines are added; --anew writes it anew. Alone it shows the plan.
    """
    _keep_sheet(ctx.obj, FOR_FLARES, lines, anew=anew)


@plan_.command("signs")
def signs_(ctx: typer.Context, lines: OwnLines = None, anew: Anew = False) -> None:
    """Write down what tells you that a flare may come.

    \b
      painlog plan signs "sleep under 5 h" "cancelling things"

    They are shown and never worked out: painlog raises no alarm.
    """
    _keep_sheet(ctx.obj, SIGNS, lines, anew=anew)


@plan_.command("matters")
def matters_(ctx: typer.Context, lines: OwnLines = None, anew: Anew = False) -> None:
    """Write down what matters to you.

    \b
      painlog plan matters "time with the children"
      painlog log did time with the children

    The days that had it are counted beside pain; what that means is yours to say.
    """
    _keep_sheet(ctx.obj, MATTERS, lines, anew=anew)


@plan_.command("goal")
def goal_(
    ctx: typer.Context,
    words: InWords,
    on: Annotated[str | None, typer.Option("--on", metavar="DAYS", help="Days of the week: mon, thu …")] = None,
    often: Annotated[
        str | None, typer.Option("--often", metavar="HOW OFTEN", help="daily, twice a week, every 2 weeks …")
    ] = None,
    instead_of: Annotated[
        str | None, typer.Option("--instead-of", metavar="GOAL", help="The goal whose place it takes.")
    ] = None,
    note: NoteOption = None,
    at: AtOption = None,
) -> None:
    """Set a goal in your own words.

    \b
      painlog plan goal "Walk to the shop" --often "twice a week"
      painlog plan goal "Call a friend" --on sun
      painlog goal done

    The evening's check-in asks for it on its days, or until it was done so often in seven days; without either it is
    not asked. painlog goal done, partly or not says how it went, painlog plan stop how it ended.
    """
    session: Session = ctx.obj
    moment = session.moment(at)
    goals = [item for item in _in_force(session, moment) if item.sort == GOAL]
    if on is None and often is None and instead_of is None and _is_check(words, goals):
        which = {"goal": " ".join(words[1:])} if words[1:] else {}
        checked = GOAL_CHECK.check({"result": words[0]} | which | note_field(note))
        record_drafts(session, [Draft(GOAL_CHECK, moment, checked)])
        return
    rhythm = {name: text for name, text in (("weekdays", on), ("schedule", often)) if text is not None}
    data = {"name": " ".join(words), "sort": GOAL, "step": "start"} | rhythm
    if instead_of is None:
        _record(session, moment, data | note_field(note))
        return
    ended = {"name": find_item(instead_of, goals).name, "step": "stop", "ending": CHANGED} | note_field(note)
    drafts = [Draft(PLAN, moment, PLAN.check(each)) for each in (ended, data)]
    record_drafts(session, drafts)


def _keep_sheet(session: Session, sheet: str, lines: list[str] | None, *, anew: bool) -> None:
    """Write a sheet with further lines, or anew; show it where there are none."""
    with session.reading() as journal:
        before = lines_of(sheet, journal.entries(kinds=[OWN_PLAN.name]))
    if lines:
        data = {"sheet": sheet, "own_lines": [*(() if anew else before), *lines]}
        record_drafts(session, [Draft(OWN_PLAN, session.moment(None), OWN_PLAN.check(data))])
    elif before:
        show(sheet_lines(sheet, before), plain=session.plain)
    else:
        say(no_sheet(sheet))


def _is_check(words: list[str], goals: list[Item]) -> bool:
    """Whether words after ``plan goal`` say how a goal went: done, partly or not, and at most which one."""
    if words[0] not in ("done", "partly", "not"):
        return False
    try:
        return not words[1:] or bool(find_item(" ".join(words[1:]), goals))
    except BadInput:
        return False


def _gather(
    session: Session, words: list[str], moment: Moment, note: str | None, more: Mapping[str, str | None]
) -> tuple[TypedTexts, Moment]:
    """Read a step of the plan: texts by field, and when it was, as the words say or else as the option does."""
    from painlog.cli.typed_words import read_clause

    said, moment, _ = read_clause(session, PLAN, words, moment, closes=True, also=(PLAN,))
    given = {**more, **note_field(note)}
    return said | {name: [text] for name, text in given.items() if text is not None}, moment


def _in_force(session: Session, moment: Moment) -> list[Item]:
    with session.reading() as journal:
        return in_force(journal.entries(kinds=[PLAN.name]), moment.day)


def _record(session: Session, moment: Moment, data: dict[str, Any]) -> None:
    record_drafts(session, [Draft(PLAN, moment, PLAN.check(data))])


def _review(session: Session, journal: Journal, asked: PeriodOptions) -> tuple[PlanReview, list[Stock]]:
    period = read_period(session, journal, asked, usual="28d")
    doses, sessions, checks = (journal.entries(period, kinds=[kind.name]) for kind in (DOSE, TREATMENT, GOAL_CHECK))
    review = review_plan(journal.entries(kinds=[PLAN.name]), doses, sessions, checks, period, session.today)
    return review, fetch_stocks(journal, period.end)
