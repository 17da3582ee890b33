"""``checkin``: the daily set as short questions, each answered with a key or two."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import permutations, takewhile
from typing import Annotated

import typer

from painlog.cli.capture import record_drafts
from painlog.cli.life_questions import drafts_of, find_open_goals, find_open_matters, goal_prompts, matter_prompts
from painlog.cli.medicine_questions import doses_of, find_unrecorded, medicine_prompts
from painlog.cli.options import AtOption
from painlog.cli.prompts import NOTHING_ANSWERED, Prompt, answers_from, ask
from painlog.cli.session import Session
from painlog.cli.shell import completion
from painlog.cli.talk import say, says_nothing
from painlog.cli.typed_words import read_clause
from painlog.domain.daily_questions import Question, find_questions, is_answered
from painlog.domain.entries import Draft, draft
from painlog.domain.kinds.activity import WENT_WELL
from painlog.domain.kinds.care import DOSE, PRN
from painlog.domain.kinds.fields import Field, Minutes, Name, Number, Text, YesNo
from painlog.domain.kinds.nights import Night
from painlog.domain.language.dates import Moment, show_day
from painlog.domain.settings import LIFE, is_early, life_first, names_for
from painlog.errors import BadInput, Unclear
from painlog.storage.journal import Journal
from painlog.view.terminal import term

NEWEST = 30
MORNING, EVENING = "morning", "evening"


def checkin_(
    ctx: typer.Context,
    part: Annotated[
        str | None,
        typer.Argument(
            metavar="morning|evening",
            help="Which questions; alone, those not answered yet.",
            autocompletion=completion.fixed_words("morning", "evening"),
        ),
    ] = None,
    at: AtOption = None,
) -> None:
    """Answer the day's questions, a key or two each.

    \b
      painlog checkin
      painlog checkin evening --at yesterday

    Enter skips, the space bar takes the last value, < goes back. A rating is taken by the next key, so 6754 answers
    four of them; type 1 Enter for one. Ctrl-C leaves nothing, Ctrl-D ends early. Without a part it asks what is not
    answered yet, and for the medicines that your plan has for the day. painlog config set evening_questions
    pain_average,mood chooses the questions.
    """
    session: Session = ctx.obj
    moment = session.moment(at)
    with session.reading() as journal:
        is_paused = part is None and journal.days.is_paused(moment.day)
        asked = {} if is_paused else _asked(session, journal, part, moment)
        given: dict[str, str] = {}
        questions = [_question(journal, name, asked, given, moment, session) for name in asked]
        due = find_unrecorded(journal, moment)
        is_asked = part == EVENING or (part is None and not is_early(moment.at, moment.day) and not is_paused)
        matters = find_open_matters(journal, moment) if is_asked else []
        goals = find_open_goals(journal, moment) if is_asked else []
    of_life = [*matter_prompts(matters), *goal_prompts(goals)]
    if session.settings.begin_with == LIFE:
        went_well = sum(question.key == WENT_WELL.name for question in questions[:1])
        questions[went_well:went_well] = [*of_life, *medicine_prompts(due)]
    else:
        questions += [*medicine_prompts(due), *of_life]
    if not questions and is_paused:
        say("you pause, so nothing is asked; painlog pause end goes on, painlog checkin evening asks all the same")
        return
    if not questions:
        say("all of today's questions are answered; painlog checkin evening asks them again")
        return
    day = "" if moment.day == session.today else f"About {show_day(moment.day, session.today)}. "
    say(f"{day}Enter skips, space takes the last value, < goes back, Ctrl-C leaves nothing.")
    refused: list[str] = []
    with answers_from() as source:
        ask(questions, source, given, refused=refused)
    for why in refused:
        say(f"painlog: not recorded: {why}")
    answered = {name: text for name, text in given.items() if name in asked}
    drafts = [*_drafts(_meant(answered, asked), moment, session), *doses_of(given, due, moment)]
    drafts += drafts_of(given, matters, goals, moment)
    if drafts:
        record_drafts(session, drafts, source="checkin")
    else:
        say(NOTHING_ANSWERED)
    if refused:
        raise typer.Exit(1)


def _asked(session: Session, journal: Journal, part: str | None, moment: Moment) -> dict[str, Question]:
    """The questions of a part of the day; without one, those of the day so far that have no answer yet.

    A measure that was retired is no longer asked for.
    """
    if part not in (None, MORNING, EVENING):
        raise BadInput(f"a part of the day is morning or evening, not {part!r}")
    settings = session.settings
    parts = {MORNING: settings.morning_questions, EVENING: settings.evening_questions}
    late = not is_early(moment.at, moment.day)
    names = list(parts[part]) if part else names_for(settings, moment.at, moment.day, evening=late)
    if part and settings.begin_with == LIFE:
        names = life_first(names, evening=part == EVENING)
    kept, unknown = find_questions(names, list(journal.kinds.own.values()))
    for name in unknown:
        say(
            f"{term(repr(name))} in your settings is not a question of this journal, and is left out; "
            "painlog config list shows the questions"
        )
    if part:
        return kept
    return {
        name: asked
        for name, asked in kept.items()
        if asked.kind is DOSE or not is_answered(asked, journal.days, moment.day)
    }


def _meant(given: Mapping[str, str], asked: Mapping[str, Question]) -> dict[Question, str]:
    """The answers that say something: no medicine is none."""
    return {asked[key]: text for key, text in given.items() if asked[key].kind is not DOSE or not says_nothing(text)}


def _question(  # its answer must go with those given before
    journal: Journal,
    name: str,
    asked: Mapping[str, Question],
    given: Mapping[str, str],
    moment: Moment,
    session: Session,
) -> Prompt:
    one = asked[name]
    field = one.field
    last, last_shown = _last(journal, one)

    def check(text: str) -> object:
        same_kind = {key: said for key, said in given.items() if key in asked and asked[key].kind is one.kind}
        return _drafts(_meant(same_kind | {name: text}, asked), moment, session)

    def fit(text: str) -> None:
        before = {key: given[key] for key in takewhile(lambda key: key != name, asked) if key in given}
        of_kind = {key: said for key, said in before.items() if asked[key].kind is one.kind}
        _check_extremes(_drafts(_meant(of_kind | {name: text}, asked), moment, session))

    return Prompt(
        key=name,
        text=term(f"{one.label[0].upper()}{one.label[1:]}: {_scale(field)}".removesuffix(": ")),
        check=check,
        fit=fit,
        scale=f"{field.low:g} to {field.high:g}"
        if isinstance(field, Number) and 0 <= field.low < field.high <= 10
        else "",
        last=last,
        last_shown=last_shown,
    )


def _check_extremes(drafts: Sequence[Draft]) -> None:
    """Refuse a day's worst that is under another rating of it, or a least above one. Raises BadInput."""
    for one, other in permutations(drafts, 2):
        if one.kind is other.kind and one.kind.is_beyond(one.data, other.data):
            ratings = (f"{each.kind.variant_of(each.data)} {each.kind.value_of(each.data):g}" for each in (one, other))
            raise BadInput(f"{' does not go with '.join(ratings)}; < goes back")


def _scale(field: Field) -> str:
    """What an answer looks like: the two ends of a rating, else an example."""
    if isinstance(field, Number):
        ends = (field.low_label.lower(), field.high_label.lower()) if field.low_label else ("", "")
        return f"{field.low:g} {ends[0]} … {field.high:g} {ends[1]}" if ends[0] else "a number"
    examples = {Night: "such as 5h30 or 23:20-06:50", Minutes: "such as 45m", YesNo: "yes or no"}
    return "such as ibuprofen 400mg" if isinstance(field, Name) else examples.get(type(field), "")


def _last(journal: Journal, asked: Question) -> tuple[str, str]:
    """The last answer as it could be typed and as it is shown; nobody's words are offered again."""
    if asked.kind is DOSE:
        doses = (dose.data for dose in journal.entries(kinds=[DOSE.name], newest=NEWEST)[::-1])
        dose = next((data for data in doses if data.get("schedule") == PRN), {})
        text = " ".join(dose[name] for name in ("name", "amount") if name in dose)
        return text, text
    value = journal.reader.newest(asked.kind, asked.field.name, asked.variant).get(asked.field.name)
    if value is None or isinstance(asked.field, Text):
        return "", ""
    return asked.field.as_typed(value)[0], asked.field.show(value)


def _gather(asked: Question, answers: dict[Question, str], moment: Moment, session: Session) -> dict[str, list[str]]:
    said = {name: [text] for name, text in asked.beside}
    for one, text in answers.items():
        said |= _read(one, text, moment, session)
    return said


def _read(asked: Question, text: str, moment: Moment, session: Session) -> dict[str, list[str]]:
    """Read an answer as its field does, or else as words of the language. Raises BadInput: it is asked again."""
    field = asked.field
    if isinstance(field, Name):
        return _read_words(asked, text, moment, session)
    try:
        field.parse(text, moment)
    except BadInput:
        if any(map(str.isalpha, text)):  # a number is tried at each of its keys, and is no words
            line = text if field is asked.kind.main else f"{field.title} {text}"
            with suppress(BadInput):
                if field.name in (said := _read_words(asked, line, moment, session)):
                    return said
        raise
    return {field.name: [text]}


def _read_words(asked: Question, line: str, moment: Moment, session: Session) -> dict[str, list[str]]:
    """Read words about a question's kind. Raises BadInput, without lines to run."""
    try:
        return read_clause(session, asked.kind, [line], moment)[0]
    except Unclear as error:
        raise BadInput(str(error)) from None


def _drafts(answers: dict[Question, str], moment: Moment, session: Session) -> list[Draft]:
    """One entry for each kind and sort of entry; what says no sort of its own joins the first of its kind."""
    grouped: dict[Question, dict[Question, str]] = {}
    for asked, text in answers.items():
        same = (one for one in grouped if one.kind is asked.kind and asked.beside in ((), one.beside))
        joined = asked.field is not asked.kind.main or not asked.kind.variant
        home = next(same, asked) if joined and not asked.kind.constants else asked
        grouped.setdefault(home, {})[asked] = text
    after_midnight = moment.at is not None and moment.at.date() != moment.day
    days_night = moment._replace(at=None) if after_midnight else moment  # asked of the day that is ending
    moments = {home: days_night if isinstance(home.kind.main, Night) else moment for home in grouped}
    return [
        draft(home.kind, _gather(home, parts, moments[home], session), moments[home], session.now)
        for home, parts in grouped.items()
    ]
