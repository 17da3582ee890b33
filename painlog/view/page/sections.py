"""The page as sections of rows, as every rendering reads it: what is worth talking about and my questions first.

It knows no medium: texts of a person stand in it as they were written, and no row is cut or broken. What a medium has
room for is decided where the rows are laid out; what is never cut is said here.
"""

from collections.abc import Iterable, Iterator, Sequence

from painlog.analysis.report.care import GoalReview, MatterDays
from painlog.analysis.report.page import Note, Page
from painlog.analysis.report.talking_points import MOST
from painlog.domain.language.dates import show_day
from painlog.domain.periods import DAYS_IN_WEEK, LONGEST_IN_WEEKS, Period
from painlog.domain.questionnaires import QUESTIONNAIRES
from painlog.domain.regions import show_region
from painlog.view.page.care import (
    class_rows,
    flare_rows,
    form_facts,
    medicine_rows,
    overlap_note,
    safety_facts,
    treatment_rows,
)
from painlog.view.page.day_tables import day_digits, day_tables, lane_signs, unit
from painlog.view.page.measures import answers, few_measures, measures, night_rows, nightly, pain_rows
from painlog.view.page.parts import Facts, Phrase, Phrases, Row, Section, fact_row, phrases, rows
from painlog.view.page.words import NOTHING, event_words, first_days_words, list_points, subject_words
from painlog.view.terminal import times
from painlog.view.values import matter_facts, pause_words

FOCUSES = ("general", "pain", "sleep", "gp")
TALK, QUESTIONS, GOALS, RECORD, MEASURES = "Worth talking about", "My questions", "My goals", "Logged", "Measures"
ASKED = (QUESTIONS, "Answered", "Agreed", "Trial", GOALS, "Matters")  # what stands beside what is worth talking about
DAYS_SECTION = "By "  # and what a row or a digit stands for
EVENTS, MEDICINES, NIGHTS, WHERE = "Events", "Medicines", "Nights", "Where"
DIGITS = "Digits leave out decimals (sleep: the nearest hour); X is 10 or more."
LEGEND = ". = no entry (not zero). Means of days with entries only."
_GIVEN = ("infusion", "injection", "block", "none recorded of")  # in a treatment's row: what has to be known
FIRST_GOALS = 3  # that are never cut
MOST_NOTES = 33  # of one sort that nothing marks, where the page is not in full; a sheet has lines for no more
_LIFE = (TALK, *ASKED, "Went well")  # on a page that begins with life
_NIGHT_BY_NIGHT = "Night by night"  # stands on a page only where the focus is on it
_FOCUS = {
    "pain": (WHERE, "Pain", "Set off by", "Eased by", "My flares"),
    "sleep": (NIGHTS, _NIGHT_BY_NIGHT),
    "gp": ("Forms", MEDICINES, "Treatments", EVENTS),
}


def legend(page: Page, *, in_digits: bool = True) -> str:
    """The last line: what the signs mean; ``in_digits`` where a few weeks stand in rows of digits."""
    lanes = lane_signs(page) if page.period.length <= (LONGEST_IN_WEEKS if in_digits else DAYS_IN_WEEK) else ""
    digits = DIGITS if in_digits and DAYS_IN_WEEK < page.period.length <= LONGEST_IN_WEEKS else ""
    return " ".join(filter(None, (LEGEND, f"{lanes}." if lanes else "", digits)))


def day_label(page: Page) -> str:
    """``By day``, ``By month``."""
    return f"{DAYS_SECTION}{unit(page)}"


def sections(page: Page, focus: str = FOCUSES[0], *, in_full: bool = False) -> list[Section]:
    """Return what there is to say of a period, in the order of the page; what a focus is on stands higher and stays.

    ``in_full`` has every note.
    """
    wanted = _FOCUS.get(focus, ())
    found = [
        section
        for section in _all(page, wanted, None if in_full else MOST_NOTES)
        if section.parts or section.tables or section.digits
    ]
    if page.begins_with_life:
        found.sort(key=_place_of_life)
    first = sum(section.rank > 8 for section in found)
    ahead = [section._replace(rank=8) for section in found[first:] if section.label in wanted]
    ahead.sort(key=lambda section: wanted.index(section.label))
    others = [section for section in found[first:] if section.label not in wanted]
    return [*found[:first], *ahead, *others]


def _all(page: Page, wanted: Sequence[str], most: int | None) -> list[Section]:
    end = page.period.end
    return [
        Section(TALK, tuple(_talk(page)), rank=10, is_wide=True),
        Section(
            QUESTIONS, rows((f"{i}. {q}" for i, q in enumerate(page.questions, 1)), keep=True), is_free=True, rank=10
        ),
        Section("Answered", rows(_list_answers(page)), is_free=True, rank=8, one="answer"),
        Section("Agreed", rows(page.agreed), is_free=True, rank=8, one="thing agreed"),
        Section("Trial", rows(_to_decide(page), keep=True), rank=8),
        Section(GOALS, _goals(page), rank=9, is_free=True, one="goal"),
        Section("Matters", rows(map(_matter, page.matters)), rank=8, one="thing that matters"),
        Section(RECORD, rows([_record_keeping(page)], keep=True), rank=9),
        Section(MEASURES, (*measures(page), *few_measures(page)), least=6, rank=9, one="measure"),
        Section("Pain", tuple(pain_rows(page)), rank=7, one="remark on pain"),
        Section(day_label(page), tables=day_tables(page), digits=day_digits(page), rank=7),
        Section(EVENTS, _events(page), rank=7),
        Section(MEDICINES, _medicines(page), rank=7),
        Section("My flares", rows(flare_rows(page.flares, end), keep=True), rank=7),
        Section("Forms", _forms(page), rank=6, one="form"),
        Section(
            WHERE, _words((show_region(id_), days) for id_, days in page.regions.items()), rank=4, one="line of places"
        ),
        Section(NIGHTS, tuple(night_rows(page)), rank=4, one="remark on nights"),
        Section(
            _NIGHT_BY_NIGHT,
            nightly(page) if _NIGHT_BY_NIGHT in wanted else (),
            rank=3,
            one="night",
            is_counted=True,
        ),
        Section("Treatments", _treatments(page), least=2, rank=5, one="treatment"),
        Section("Also", answers(page), rank=3, one="line of other answers"),
        Section("Links", rows(_links(page)), least=2, rank=5, one="link"),
        Section("Set off by", _words(page.set_off.items()), rank=2, one="line of triggers"),
        Section("Eased by", _words(page.helped.items()), rank=2, one="line of what eased it"),
        _notes("My setbacks", "setback", page.setbacks, page.period, most),
        _notes("Went well", "thing that went well", page.went_well, page.period, most),
        _notes("My notes", "note", page.notes, page.period, most),
    ]


def _list_answers(page: Page) -> Iterator[str]:
    """``May I drive? – Yes, after a week.``; of a question that was forgotten the answer alone."""
    for question, answer in page.answered:
        yield f"{question} – {answer}" if question else answer


def _to_decide(page: Page) -> Iterator[str]:
    """The trial by lot that is under way or was over lately, and which could be talked about."""
    trial, today = page.to_decide, page.period.end
    if trial is None:
        return
    what = f"to decide: {trial.name}, by lot, on {trial.outcome}"
    if trial.end is not None and trial.end < today:
        yield f"{what}, {trial.of} days until {show_day(trial.end, today)}; its result: painlog trial result"
    else:
        until = f"until {show_day(trial.end, today)}" if trial.end else "paused"
        yield f"{what}: day {trial.number} of {trial.of}, {until}; its result comes at the end"


def _place_of_life(section: Section) -> int:
    """Where a section stands on a page that begins with life: what matters, goals and what went well before pain."""
    return _LIFE.index(section.label) if section.label in _LIFE else len(_LIFE)


def _talk(page: Page) -> Iterator[Row]:
    points = list(list_points(page))
    for number, point in enumerate(points, 1):
        yield Row(point.reason, keep=True, head=f"{number}. {point.headline}", name=point.rule)
    if len(page.points) > MOST:
        more = ", ".join(dict.fromkeys(subject_words(point) for point in page.points[MOST:]))
        yield Row(f"also: {more}", keep=True)
    if page.has_just_begun:
        yield Row(first_days_words(page), keep=True)
    elif not points:
        yield Row(NOTHING, keep=True)


def _matter(each: MatterDays) -> Facts:
    return Facts(each.name, matter_facts(each))


def _goals(page: Page) -> tuple[Row, ...]:
    past = {goal.item.key: goal for goal in page.plan_before.goals} if page.plan_before else {}
    found: list[Row] = []
    days = times(page.period.length, "day")
    for goal in page.plan.goals:
        now, before = _goal(goal), _goal(past[goal.item.key]) if goal.item.key in past else ""
        text = (now or "nothing recorded") + (f" ({days} before: {before})" if before else "")
        found.append(fact_row(Facts(goal.item.name, (text,)), keep=len(found) < FIRST_GOALS))
    return tuple(found)


def _goal(goal: GoalReview) -> str:
    checks = goal.done + goal.partly + goal.missed
    others = ", ".join(f"{count} {name}" for count, name in ((goal.partly, "partly"), (goal.missed, "not")) if count)
    return (f"done {goal.done} of {checks}" + (f", {others}" if others else "")) if checks else ""


def _record_keeping(page: Page) -> Facts:
    kept = page.kept
    soon = {"the same day": kept.same_day, "the next day": kept.next_day, "entered later": kept.later}
    soon["imported (not known how soon)"] = kept.imported
    split = ", ".join(f"{count} {name}" for name, count in soon.items() if count)
    logged = f"{kept.days:,} of {times(kept.of, 'day')} logged" + (f": {split}" if split else "")
    paused = pause_words(kept.paused) if kept.paused else ""
    same = (
        f"{times(kept.repeated, 'entry', 'entries')} as on the last day recorded (painlog same)"
        if kept.repeated
        else ""
    )
    return Facts("", tuple(filter(None, (logged, paused, same))))


def _events(page: Page) -> tuple[Row, ...]:
    plan = {event.number for event in page.events if event.sort == "plan"}
    return tuple(
        Row(each.what, keep=each.number in plan, head=f"{each.number}  {each.when}", name=f"event {each.number}")
        for each in event_words(page)
    )


def _medicines(page: Page) -> tuple[Row, ...]:
    found = medicine_rows(page.medicines, page.plan, page.medicine_days)
    return rows((*found, *class_rows(page.class_days)), keep=True)


def _treatments(page: Page) -> tuple[Row, ...]:
    """A row a treatment; what was put into the body, and planned sessions that never were, are never cut."""
    found = treatment_rows(page.treatments, page.plan)
    return tuple(fact_row(each, keep=any(word in each.text.casefold() for word in _GIVEN)) for each in found)


def _forms(page: Page) -> tuple[Row, ...]:
    end = page.period.end
    found = [fact_row(safety_facts(page.safety, end), keep=True)] if page.safety else []
    found += [fact_row(form_facts(form, end), keep=form.stands_out, name=form.title) for form in page.forms]
    caution = overlap_note([form for form in page.forms if QUESTIONNAIRES[form.questionnaire].overlaps])
    return (*found, *([Row(caution, name="a caution on forms")] if caution else ()))


def _links(page: Page) -> Iterator[str]:
    if page.found is None:
        return
    from painlog.analysis.patterns.findings import NAMED
    from painlog.view.sentences import NOT_PROOF, link_sentence

    named = [link_sentence(link).partition(" They move")[0] for link in page.found.links if link.verdict in NAMED]
    days = "1 day" if page.found.days == 1 else f"these {page.found.days:,} days"
    first, *others = named or [f"None that {days} can show ({page.found.period})."]
    yield f"{NOT_PROOF} {first}"
    yield from others


def _words(counted: Iterable[tuple[str, int]]) -> tuple[Phrases, ...]:
    return phrases(Phrase(f"{word} {times(days, 'day')}") for word, days in counted)


def _notes(label: str, one: str, notes: Sequence[Note], period: Period, most: int | None) -> Section:
    """A row a note, of so many at most; setbacks and what was marked first, which are never cut."""
    keep_all = one == "setback"
    ordered = sorted(notes, key=lambda note: not (keep_all or note.marked))
    must = sum(keep_all or note.marked for note in notes)
    found = []
    for note in ordered[: None if most is None else max(must, most)]:
        when = show_day(note.days[0], period.end) if len(note.days) == 1 else times(len(note.days), "day")
        text = f"{note.about}: {note.text}" if note.about else note.text
        found.append(Row(text, keep=keep_all or note.marked, head=when))
    return Section(label, tuple(found), is_free=True, rank=1, one=one, further=len(notes) - len(found))
