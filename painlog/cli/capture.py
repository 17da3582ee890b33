"""Recording, without the reading of a command line: what was said of a kind becomes an entry and a reply."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import chain, islice
from typing import Any, NamedTuple

from painlog.analysis.summary import summarize
from painlog.cli.session import Session
from painlog.cli.talk import decide, read_stdin, say, say_notes, tell
from painlog.domain.entries import Draft, Entry, draft
from painlog.domain.kinds.declaration import UNREADABLE
from painlog.domain.kinds.fields import Choice, Field, Flag, Name, Text
from painlog.domain.kinds.kind import Kind
from painlog.domain.language.dates import Moment, show_day
from painlog.domain.language.durations import show_minutes
from painlog.domain.periods import DAYS_IN_WEEK, Period
from painlog.domain.rules import fit_drafts
from painlog.domain.variables import Variable, variables, variables_of
from painlog.errors import BadInput, NothingToDo
from painlog.storage.journal import Journal
from painlog.view.screens.capture import LISTED, UNDO, Standing, Tally, show_recorded
from painlog.view.terminal import term, times

_CHOSEN = "__"
_DOSE = "dose"
_TOO_MUCH = 8
_AROUND = 8  # days in which another dose may be too close


class Typed(NamedTuple):
    """What was typed by field, the moment it is about, and what to say beside the reply."""

    said: dict[str, list[str]]
    moment: Moment
    beside: Sequence[str] = ()


class Option(NamedTuple):
    """An option of a kind's command: what is typed, the parameter that holds it, and whether it takes a value."""

    flag: str
    name: str
    field: Field
    help: str
    valued: bool


def options_of(kind: Kind) -> Iterator[Option]:
    """Yield the options that follow from a kind's fields; each word of a choice is one."""
    for field in kind.typed_fields[1:]:
        flag = f"--{field.name.replace('_', '-')}"
        if isinstance(field, Choice):
            for word, help_ in list(zip(field.options, field.option_help, strict=True))[not field.has_no_default :]:
                yield Option(f"--{word}", field.name + _CHOSEN + word, field, help_, valued=False)
        else:
            yield Option(flag, field.name, field, field.help, valued=not isinstance(field, Flag))


def record(session: Session, kind: Kind, typed: Typed) -> None:
    """Record one entry of what was typed by field."""
    new = draft(kind, typed.said, typed.moment, session.now)
    record_drafts(session, [new], typed.beside)


def gather_texts(session: Session, kind: Kind, words: Sequence[str], options: dict[str, Any], moment: Moment) -> Typed:
    """Gather what was typed by field, and when it was; an option that was not given, None or false, is not there."""
    said: dict[str, list[str]] = {}
    beside: Sequence[str] = ()
    if len(words) > 1 and (
        sorts := [name.partition(_CHOSEN)[2] for name, is_given in options.items() if is_given and _CHOSEN in name]
    ):
        from painlog.cli.several_ratings import refuse_several

        refuse_several(session, kind, words, sorts, moment)
    if words and _are_a_clause(kind, words):
        from painlog.cli.typed_words import read_clause

        said, moment, beside = read_clause(session, kind, words, moment, closes=options.get("after") is not None)
    elif words:
        said[kind.main.name] = [_from_stdin(kind.main, " ".join(words))]
    for option, given in options.items():
        name, _, chosen = option.partition(_CHOSEN)
        if given is None or given is False:
            continue
        if chosen and name in said:
            raise BadInput(f"--{kind.by_name[name].check(said[name][0])} does not go with --{chosen}")
        texts = [chosen] if chosen else ["yes"] if given is True else given if isinstance(given, list) else [given]
        if name in said and not kind.by_name[name].many:
            raise BadInput(f"{kind.by_name[name].title} is given twice")
        said[name] = [*said.get(name, ()), *(_from_stdin(kind.by_name[name], text) for text in texts)]
    return Typed(said, moment, beside)


def _are_a_clause(kind: Kind, words: Sequence[str]) -> bool:
    """Whether words are read as ``log`` reads them: a name, a choice, or a value with more behind it."""
    return isinstance(kind.main, Name | Choice) or (len(words) > 1 and not isinstance(kind.main, Text))


def _from_stdin(field: Field, text: str) -> str:
    return read_stdin(f"Write the {field.title}") if text == "-" and isinstance(field, Text) else text


def _say_it_begins(session: Session) -> None:
    from painlog.storage.sync_folders import synced_by

    say(f"Your journal begins: {term(str(session.path))} (only you can read it)")
    if program := synced_by(session.path):
        say_notes([f"{program} seems to carry this folder to other machines, which can damage a journal; move it out"])


def record_drafts(
    session: Session, drafts: Sequence[Draft], beside: Sequence[str] = (), *, source: str = "cli"
) -> list[Entry]:
    """Write drafts as one command, say what was recorded, and return it; ``beside`` is said too.

    A dose that is recorded already is asked about. Raises NothingToDo where it is not to be recorded again.
    """
    again = _confirm_repeated(session, drafts) if any(draft.kind.name == _DOSE for draft in drafts) else []
    if any(draft.data.get("event") == "start" for draft in drafts):
        _show_flare_plan(session)
    if begins := not session.has_journal:
        _check_first(session, drafts)
    with session.writing() as journal, journal.changing() as transaction:
        was = journal.clock_was()
        entries = transaction.record(drafts, source)
        short = journal.short_ids(entries[:LISTED])
        lines = show_recorded(entries, short, _standing(journal, entries), session.today)
        noted = [*(draft.moment.notice for draft in drafts), *beside, *again, *_clock_moved(was)]
        noted += remarks(journal, entries) if len(entries) <= LISTED else ()
        noted += _beyond_limits(journal, entries) if any(entry.kind == _DOSE for entry in entries) else ()
    tell("\n".join(lines))
    say_notes(noted)
    if begins:
        _say_it_begins(session)
    return entries


def record_any(session: Session, drafts: Iterable[Draft], beside: Sequence[str] = ()) -> bool:
    """Write however many drafts as one command, made as they are asked for, and say what was recorded, if any was."""
    left = iter(drafts)
    first = [*islice(left, LISTED + 1)]
    if len(first) <= LISTED:
        return bool(first and record_drafts(session, first, beside))
    many: Iterable[Draft] = chain(first, left)
    if begins := not session.has_journal:
        all_ = [*many]
        _check_first(session, all_)
        many = hand_on(all_)
    tally, notices = Tally(), dict[str, None]()
    with session.writing() as journal, journal.changing() as transaction:
        was = journal.clock_was()
        transaction.record_many(_gather_notices(tally.count_all(many), notices))
    tell("\n".join([*tally.lines, UNDO]))
    say_notes([*notices, *_clock_moved(was)])
    if begins:
        _say_it_begins(session)
    return True


def _confirm_repeated(session: Session, drafts: Sequence[Draft]) -> list[str]:
    """Ask whether doses that were recorded minutes ago are to be recorded again; return what to say to nobody there.

    In a pipe they are recorded, as two may have been taken and what was typed is not lost. Raises NothingToDo.
    """
    from painlog.cli.prompts import is_there_somebody
    from painlog.domain.repeated_doses import find_repeated, say_repeated

    doses = [draft for draft in drafts if draft.kind.name == _DOSE and draft.at]
    with session.reading() as journal:
        around = {
            day: journal.entries(Period(day - timedelta(days=1), day + timedelta(days=1)), kinds=[_DOSE])
            for day in dict.fromkeys(draft.day for draft in doses)
        }
    pairs = [(draft, entry) for draft in doses if (entry := find_repeated(draft, around[draft.day]))]
    repeated = [say_repeated(*pair) for pair in pairs]
    if not (repeated and is_there_somebody()):
        return [f"{term(text)}; if this is the same one: painlog undo" for text in repeated]
    if not decide(f"{term('; '.join(repeated))}. Record it again?"):
        typed = next(filter(None, (draft.line for draft in drafts)), ", ".join(draft.text for draft in drafts))
        raise NothingToDo(f"nothing was recorded: {typed}")
    return []


def _show_flare_plan(session: Session) -> None:
    """Show what the person wrote down for a flare, before anything else."""
    from painlog.cli.own_plan import fetch_flare_plan

    with session.reading() as journal:
        for line in fetch_flare_plan(session, journal):
            say(line)


def _beyond_limits(journal: Journal, entries: Sequence[Entry]) -> list[str]:
    """Say of the last recorded dose of each medicine that the person's own plan has fewer, or wider apart."""
    from painlog.domain.limits import say_beyond

    changes = journal.entries(kinds=["plan"])
    if not changes:
        return []
    said = {}
    for dose in (entry for entry in entries if entry.kind == _DOSE):
        around = Period(dose.day - timedelta(days=_AROUND), dose.day + timedelta(days=_AROUND))
        if beyond := say_beyond(dose, journal.entries(around, kinds=[_DOSE]), changes):
            said[str(dose.data["name"]).casefold(), dose.day] = beyond
    return [*said.values()]


def _check_first(session: Session, drafts: Iterable[Draft]) -> None:
    """Raise BadInput for drafts that a new journal's rules refuse, so that none begins for them."""
    with session.reading() as empty:
        for _ in fit_drafts(drafts, empty.reader):
            pass


def hand_on(drafts: list[Draft]) -> Iterator[Draft]:
    """Yield drafts and let each go, so that many are not in memory beside what is written of them."""
    drafts.reverse()
    while drafts:
        yield drafts.pop()


def _gather_notices(drafts: Iterable[Draft], notices: dict[str, None]) -> Iterator[Draft]:
    for made in drafts:
        if made.moment.notice:
            notices[made.moment.notice] = None
        yield made


def _clock_moved(was: datetime | None) -> Iterator[str]:
    if was:
        yield f"the clock moved: the last change was written on {show_day(was.date())}, which is ahead"


def remarks(journal: Journal, entries: Sequence[Entry]) -> Iterator[str]:
    """Say what a person should know of what they just recorded: a second night of a day, a pain without a score."""
    if any(UNREADABLE in entry.text for entry in entries):
        yield f"a character could not be read; {UNREADABLE} stands in its place"
    for entry in entries:
        if _is_night(entry):
            yield _beside_other_nights(journal, entry)
        elif any(score is not None for score in entry.data.get("where", {}).values()) and "score" not in entry.data:
            yield "only body regions have a score here, so the day's pain has none from this; painlog pain 6 adds one"
        elif entry.data.get("event") == "start" and not journal.entries(kinds=["own-plan"], newest=1):
            from painlog.domain.kinds.activity import FLARE_DEFINITION

            yield f"{FLARE_DEFINITION} painlog plan flare keeps your own plan for the next one."
        elif entry.kind == "visit":
            yield _say_closed(journal, entry)
        elif more := _beyond_extreme(journal, entry) or _beside_other_averages(journal, entry):
            yield more
        elif entry.data.get("hopeless", 0) >= _TOO_MUCH:
            yield "if today feels like too much: painlog help-now"


def _beyond_extreme(journal: Journal, entry: Entry) -> str:
    """Say that a day has a rating beyond its worst or its least, where this one is one of the two; else empty."""
    kind = entry.declaration
    if kind is None or kind.variant not in kind.by_name or kind.variant not in entry.data or kind.main.spans:
        return ""
    of_day = journal.entries(Period(entry.day, entry.day), kinds=[entry.kind])
    so_far = [one for one in of_day if not (one.at and entry.at and one.at > entry.at)]
    for end in so_far:
        of_end = [one for one in so_far if kind.variant_of(one.data) == kind.variant_of(end.data)]
        if any(kind.is_beyond(end.data, one.data) for one in of_end):
            continue  # another worst of the day is worse
        for other in so_far if end == entry else (entry,):
            if other not in of_end and kind.is_beyond(end.data, other.data):
                ratings = (f"{kind.variant_of(one.data)} {kind.value_of(one.data):g}" for one in (end, other))
                day = show_day(entry.day, journal.present_at.date())
                return f"{day} has {' and '.join(ratings)}, which do not go together; undo takes this one back"
    return ""


def _beside_other_averages(journal: Journal, entry: Entry) -> str:
    """Say that a day has several ratings of all of it, such as an average, and what counts; empty where it has one."""
    kind = entry.declaration
    variant = entry.data.get(kind.variant) if kind else None
    if kind is None or not any(variant in daily.variants[:1] and daily.combine == "mean" for daily in kind.days):
        return ""
    of_day = journal.entries(Period(entry.day, entry.day), kinds=[entry.kind])
    same = [one.data for one in of_day if one.data.get(kind.variant) == variant]
    several = [data[kind.main.name] for data in same if kind.main.name in data]
    if len(several) < 2:
        return ""
    from painlog.view.values import trim

    day = show_day(entry.day, journal.present_at.date())
    mean = trim(sum(several) / len(several))
    rating = f"{variant} {kind.title}" if kind.variant in kind.by_name else term(kind.title)
    return f"{day} has {rating} {len(several)} times, so their mean counts, {mean}; undo takes this one back"


def _beside_other_nights(journal: Journal, entry: Entry) -> str:
    """Say what a night is beside others of its day: a part of one, or the one that counts; empty where it is alone."""
    around = Period(entry.day, entry.day + timedelta(days=1))
    sleep, awake = (journal.days.values(variables()[name], around) for name in ("sleep", "waso"))
    for day, night in sleep.items():
        if night.n > 1:
            asleep, waso = show_minutes(night.value), show_minutes(awake[day].value)
            day_name = show_day(day, journal.present_at.date())
            return f"{day_name}: a night in {night.n} parts, {asleep} asleep, {waso} awake"
    nights = journal.entries(Period(entry.day, entry.day), kinds=[entry.kind])
    if sum(_is_night(one) for one in nights) < 2:
        return ""
    return (
        f"{show_day(entry.day, journal.present_at.date())} has more than one night; "
        "the one recorded last counts. Parts of one night are spans less than 3 h apart, a nap is --nap"
    )


def _say_closed(journal: Journal, visit: Entry) -> str:
    """Say how many questions are open no more for a visit; empty where none are."""
    from painlog.domain.kinds.visits import ASK_DOCTOR, VISIT, open_questions

    questions, visits = journal.entries(kinds=[ASK_DOCTOR.name]), journal.entries(kinds=[VISIT.name])
    others = [one for one in visits if one.id != visit.id]
    count = len(open_questions(questions, others)) - len(open_questions(questions, visits))
    closed = times(count, "question from before this visit is", "questions from before this visit are")
    return f"{closed} closed (painlog list --kind ask-doctor)" if count else ""


def _is_night(entry: Entry) -> bool:
    kind = entry.declaration
    return kind is not None and kind.variant_of(entry.data) == "night" and kind.value_of(entry.data) is not None


def _standing(journal: Journal, entries: Sequence[Entry]) -> Standing | None:
    """Where the first number of a single entry stands among the seven days up to it."""
    variable = _variable_of(entries[0]) if len(entries) == 1 else None
    if variable is None:
        return None
    day = entries[0].day
    week = Period(day - timedelta(days=DAYS_IN_WEEK - 1), day)
    found = summarize(variable, journal.days.values(variable, week), week)
    return Standing(variable, day, found) if found.by_day[-1] is not None else None


def _variable_of(entry: Entry) -> Variable | None:
    """The variable that an entry adds to: that of its main number, else of its first other one."""
    kind = entry.declaration
    if kind is None or not kind.heads:
        return None
    for variable in variables_of([kind]).values():
        if variable.source != "value":
            value = entry.data.get(variable.source)
        else:
            counts = not variable.variants or kind.variant_of(entry.data) in variable.variants
            value = kind.value_of(entry.data) if counts else None
        if value is not None:
            return variable
    return None
