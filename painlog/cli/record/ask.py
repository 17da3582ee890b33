"""``ask``: a questionnaire, item by item or with all answers at once; its score, its change, what to bear in mind."""

import sys
from collections.abc import Callable, Sequence
from typing import Annotated

import typer

from painlog.analysis.report.forms import compare_forms, read_form
from painlog.cli.capture import record_drafts
from painlog.cli.options import AtOption, NoteOption
from painlog.cli.prompts import NOTHING_ANSWERED, Prompt, Source, answers_from, ask
from painlog.cli.session import Session
from painlog.cli.shell import completion
from painlog.cli.talk import note_field, say, say_paragraph, tell, tell_paragraph
from painlog.domain.crisis import NUMBERS_CHANGE
from painlog.domain.entries import draft
from painlog.domain.kinds.kind import NOTE
from painlog.domain.kinds.registry import KINDS
from painlog.domain.language.dates import Moment, show_day
from painlog.domain.questionnaires import ANSWERS_HELP, QUESTIONNAIRES, Item, Option, Questionnaire, parse_answers
from painlog.errors import BadInput
from painlog.view.page.care import change_text, overlap_caution
from painlog.view.screens.crisis import item_nine
from painlog.view.terminal import line_room, term, wrap_text

DIFFICULTY, PRIVATE = "difficulty", "item_9_private"
_SHOW_IT = "Show this answer in reports for your doctor? [Y/n] "


def ask_(
    ctx: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME",
            help="peg, phq4, phq8 …; painlog ask alone lists them.",
            autocompletion=completion.fixed_words(*QUESTIONNAIRES),
        ),
    ] = None,
    answers: Annotated[str | None, typer.Option(metavar="ANSWERS", help=ANSWERS_HELP)] = None,
    keep_private: Annotated[
        bool, typer.Option("--keep-private", help="Keep the answer to PHQ-9's item 9 out of reports.")
    ] = False,
    note: NoteOption = None,
    at: AtOption = None,
) -> None:
    """Fill in a questionnaire on pain, low mood or worry.

    \b
      painlog ask peg
      painlog ask phq8 --answers 1,0,2,1,0,1,0,0

    PEG is about pain and its effects, PHQ-4 about low mood and worry, PHQ-8 about low mood, GAD-7 about worry. A
    score is no diagnosis. Enter skips an item, < goes back, Ctrl-C leaves nothing. PHQ-9 is asked only after
    painlog config set phq9 yes; PHQ-8 is the same without its last item.
    """
    session: Session = ctx.obj
    if name is None:
        _list_all(session)
        return
    questionnaire = _find(name, session)
    moment = session.moment(at)
    if keep_private and questionnaire.safety_item is None:
        raise BadInput(f"--keep-private goes with phq9, not with {questionnaire.id}")
    if note == "-" and answers is None and not (sys.stdin and sys.stdin.isatty()):
        raise BadInput("--note - reads what the answers are read from; give them with --answers")
    noted = {name: [str(NOTE.check(text))] for name, text in note_field(note).items()}
    if answers is None:
        typed = _by_item(questionnaire, session, keep_private=keep_private)
    else:
        typed = {"answers": [answers]}
        if _is_on(questionnaire, parse_answers(questionnaire, answers)):
            say(_support(session))
            keep_private = keep_private or _ask_if_somebody_is_there()
    if not typed:
        say(NOTHING_ANSWERED)
        return
    typed |= {PRIVATE: ["yes"]} if keep_private else {}
    _record(session, questionnaire, typed | noted, moment)


def _find(name: str, session: Session) -> Questionnaire:
    clean = name.lower().replace("-", "").replace(" ", "")
    if clean not in QUESTIONNAIRES:
        raise BadInput(f"{name!r} is not a questionnaire painlog has; there are {', '.join(QUESTIONNAIRES)}")
    questionnaire = QUESTIONNAIRES[clean]
    if _is_off(questionnaire, session):
        raise BadInput(
            f"{questionnaire.title} is switched off; painlog ask phq8 asks the same without its last item; "
            "painlog config set phq9 yes switches it on"
        )
    return questionnaire


def _is_off(questionnaire: Questionnaire, session: Session) -> bool:
    return questionnaire.safety_item is not None and not session.settings.phq9


def _list_all(session: Session) -> None:
    """What there is, when it was filled in last, and by whose leave it is here."""
    with session.reading() as journal:
        last = {id_: journal.days.last(id_) for id_ in QUESTIONNAIRES}
    for id_, each in QUESTIONNAIRES.items():
        rhythm = {0: "", 7: ", weekly", 14: ", every 2 weeks", 28: ", every 4 weeks"}[each.every_days]
        day = last[id_]
        when = f"last {show_day(day, session.today)}" if day else "not filled in yet"
        state = "switched off" if _is_off(each, session) else when
        tell(f"{id_:<6}{each.about:<22}{f'{len(each.items)} items{rhythm}':<25}{state}")
    for licence in dict.fromkeys(each.licence for each in QUESTIONNAIRES.values()):
        titles = ", ".join(each.title for each in QUESTIONNAIRES.values() if each.licence == licence)
        tell("\n".join(["", *wrap_text(f"{titles}: {licence}", line_room())]))


def _by_item(questionnaire: Questionnaire, session: Session, *, keep_private: bool) -> dict[str, list[str]]:
    """Ask the items one by one; return what was answered, typed by field, nothing where nothing was."""
    if questionnaire.stem:
        say_paragraph(questionnaire.stem)
    private = keep_private
    with answers_from() as source:
        given: dict[str, str] = {}
        ask(_questions(questionnaire), source, given, _after(questionnaire, session, source))
        if not given:
            return {}
        answers = [given.get(str(i), "-") for i in range(len(questionnaire.items))]
        typed = {"answers": [",".join(answers)]}
        if questionnaire.difficulty and any(answer not in ("-", "0") for answer in answers):
            extra: dict[str, str] = {}
            ask([_difficulty(questionnaire.difficulty)], source, extra)
            typed |= {name: [text] for name, text in extra.items()}
        if _is_on(questionnaire, parse_answers(questionnaire, ",".join(answers))) and not private:
            private = _ask_to_keep(source)
    return typed | ({PRIVATE: ["yes"]} if private and questionnaire.safety_item is not None else {})


def _questions(questionnaire: Questionnaire) -> list[Prompt]:
    return [
        Prompt(
            str(i),
            _item_text(questionnaire, item),
            _checker(questionnaire.highest),
            scale=f"0 to {questionnaire.highest}",
            together=len(questionnaire.items) - i,
        )
        for i, item in enumerate(questionnaire.items)
    ]


def _item_text(questionnaire: Questionnaire, item: Item) -> str:
    ends = f"0 {item.low} … 10 {item.high}" if item.low else _choices(questionnaire.options)
    return f"{item.text}: {ends}"


def _choices(options: Sequence[Option]) -> str:
    return ", ".join(f"{option.value} {option.label.lower()}" for option in options)


def _checker(highest: int) -> Callable[[str], object]:
    answers = {str(answer) for answer in range(highest + 1)}

    def check(text: str) -> None:
        if text not in answers:
            raise BadInput(f"an answer is 0 to {highest}, not {text!r}")

    return check


def _difficulty(item: Item) -> Prompt:
    highest = len(item.options) - 1
    text = f"{item.text} {_choices(item.options)}"
    return Prompt(DIFFICULTY, text, _checker(highest), scale=f"0 to {highest}")


def _after(questionnaire: Questionnaire, session: Session, source: Source) -> Callable[[str, str], None]:
    """After the safety item, at once and before anything else: whom to talk to; in a terminal, Enter goes on."""

    def after(key: str, text: str) -> None:
        if key == str(questionnaire.safety_item) and text != "0":
            say(f"\n{_support(session)}\n")
            source.pause()

    return after


def _support(session: Session) -> str:
    room = line_room(sys.stderr)
    text = item_nine(session.settings.country, session.settings.trusted_contact, room)
    return "\n".join([*(term(line) for line in text.splitlines()), *wrap_text(NUMBERS_CHANGE, room)])


def _is_on(questionnaire: Questionnaire, answers: Sequence[int | None]) -> bool:
    return questionnaire.safety_item is not None and bool(answers[questionnaire.safety_item])


def _ask_to_keep(source: Source) -> bool:
    """Ask once whether reports show the answer; yes unless a no is typed, or Ctrl-D in a terminal."""
    say(_SHOW_IT)
    taken = source.answer(Prompt("", "", lambda _: None))
    given_up = source.live and taken.step == 0 and not taken.text
    return given_up or taken.text.lower().startswith("n")


def _ask_if_somebody_is_there() -> bool:
    """The same for answers given all at once; without a terminal it is only said how to keep the answer."""
    if sys.stdin is None or not sys.stdin.isatty():
        say("--keep-private keeps this answer out of reports.")
        return False
    with answers_from() as source:
        source.pause()
        return _ask_to_keep(source)


def _record(session: Session, questionnaire: Questionnaire, typed: dict[str, list[str]], moment: Moment) -> None:
    kind = KINDS[questionnaire.id]
    (entry,) = record_drafts(session, [draft(kind, typed, moment, session.now)], source="ask")
    with session.reading() as journal:
        earlier = [one for one in journal.entries(kinds=[kind.name], until=entry.day) if one.id != entry.id]
    scored = [one for one in earlier if "score" in one.data]
    last = read_form(questionnaire, entry)
    if scored and (moved := compare_forms(questionnaire, scored[-1], entry)):
        tell(change_text(moved, session.today))
    for name, value in last.subscales.items():
        tell(f"{name} {value} of 6 (3 or more is the usual cut-off)")
    caution = f" {overlap_caution()}" if questionnaire.overlaps else ""
    tell_paragraph(f"A score is no diagnosis.{caution}")
