"""The rows of the page on what was taken, done, planned and asked, in raw texts. Shows values only."""

from collections.abc import Iterator, Sequence
from datetime import date

from painlog.analysis.report.care import ItemReview, MedicineUse, PlanReview, TreatmentUse
from painlog.analysis.report.forms import FormChange, FormHistory, SafetyAnswer, SafetyItem
from painlog.analysis.report.medicine_days import FOUR_WEEKS, ClassDays, MedicineDays
from painlog.domain.flares import Flare
from painlog.domain.kinds.care import DOSE, MEDICINE
from painlog.domain.kinds.declaration import tenths
from painlog.domain.language.dates import show_day, show_range
from painlog.domain.language.durations import show_minutes
from painlog.domain.questionnaires import QUESTIONNAIRES, show_score
from painlog.view.adherence_words import say_adherence
from painlog.view.page.parts import Facts
from painlog.view.page.words import PRIVATE, class_words, cut_off_words
from painlog.view.terminal import join_names, times

ENOUGH_RATED = 3  # fewer pairs of ratings say too little to print
_AMOUNT = DOSE.by_name["amount"]
_OVERLAPS = "some of its items can be raised by pain, poor sleep and medicines alone"


def flare_rows(flares: Sequence[Flare], end: date) -> Iterator[str]:
    """A flare each: ``8 Nov (overdoing)``, ``since Mon 16 Nov, not marked as over``."""
    for flare in flares:
        why = f" ({', '.join(flare.trigger)})" if flare.trigger else ""
        first = show_day(flare.start, end)
        if flare.end is None:
            yield f"since {first}, not marked as over{why}"
        elif flare.end > end:
            yield f"{first} to {show_day(flare.end, end)}, after this period{why}"
        else:
            days = times((flare.end - flare.start).days + 1, "day")
            yield (first if flare.end == flare.start else f"{first} to {show_day(flare.end, end)}, {days}") + why


def medicine_rows(
    uses: Sequence[MedicineUse], plan: PlanReview, needed: Sequence[MedicineDays] = ()
) -> Iterator[Facts]:
    """A medicine each: how often, on how many days, how often skipped, pain before and after, side effects, of due.

    ``needed`` says on how many days it was taken other than as scheduled, and in the period before. Those of the plan
    that were due and have no dose at all stand last.
    """
    before = {each.name.casefold(): each for each in needed}
    planned = [each for each in plan.followed if each.adherence]
    for use in uses:
        ways = (("as needed", use.as_needed), ("scheduled", use.scheduled))
        split = ", ".join(f"{count:,} {name}" for name, count in ways if count)
        courses = [each for each in planned if each.item.key == use.name.casefold()]
        taken_on = f"{times(use.doses, 'dose')} on {times(use.days, 'day')}" + (f" ({split})" if split else "")
        taken_or_not = ", ".join(filter(None, [taken_on if use.doses else "", _skipped(use, courses)]))
        parts = [taken_or_not] if taken_or_not else []
        if not courses and (as_needed := before.get(use.name.casefold())) and as_needed.of_before:
            parts.append(f"before: {as_needed.before:,} of {times(as_needed.of_before, 'day')} with entries")
        if use.rated >= ENOUGH_RATED and use.before is not None and use.after is not None:
            parts.append(f"pain {use.before:g} before, {use.after:g} 1-2 h after (median of {use.rated})")
        if use.side_effects:
            parts.append("noted: " + ", ".join(f"{word} {count}" for word, count in use.side_effects.items()))
        parts += [_course(each, among=len(courses)) for each in courses if each.due]
        amounts = use.amounts if use.doses or not courses else (courses[-1].item.amount,)
        name = f"{use.name} {'/'.join(map(_AMOUNT.show, amounts))}".strip()
        yield Facts(name, tuple(parts))
    taken = {use.name.casefold() for use in uses}
    for each in planned:
        if each.item.key not in taken and each.adherence and each.due:
            name = f"{each.item.name} {_AMOUNT.show(each.item.amount)}".strip()
            yield Facts(name, (say_adherence(each.adherence),))


def _skipped(use: MedicineUse, courses: Sequence[ItemReview]) -> str:
    """How many doses were skipped that the words on what was due do not count."""
    counted = sum(each.adherence.skipped for each in courses if each.due and each.adherence)
    beyond = use.skipped - counted
    return f"{beyond:,} {'more ' if counted else ''}skipped" if beyond > 0 else ""


def class_rows(found: Sequence[ClassDays]) -> Iterator[Facts]:
    """The days with any medicine as needed, and with each class: ``opioid (codeine, tramadol): 11 of 28 days``."""
    for each in found:
        rate = f", {tenths(each.in_four_weeks)} in {FOUR_WEEKS}" if each.of > FOUR_WEEKS else ""
        needed = f", as needed on {each.needed}" if each.name and 0 < each.needed < each.days else ""
        before = [f"before: {each.before:,} of {times(each.of_before, 'day')} with entries"] if each.of_before else []
        name = f"{class_words(each.name)} ({', '.join(each.medicines)})" if each.name else "any as needed"
        yield Facts(name, (f"{each.days:,} of {times(each.of, 'day')}{rate}{needed}", *before))


def _course(each: ItemReview, *, among: int) -> str:
    """What was recorded of a medicine, with its days where it was begun more than once in the period."""
    assert each.adherence is not None  # noqa: S101  (only those are asked for)
    days = each.adherence.period
    return (f"{show_range(days.start, days.end)}: " if among > 1 else "") + say_adherence(each.adherence)


def treatment_rows(uses: Sequence[TreatmentUse], plan: PlanReview) -> Iterator[Facts]:
    """A treatment each: done, of how many of the plan, planned and cancelled, how long, how much it helped.

    Those of the plan that have no session at all stand last.
    """
    planned = {each.item.key: each for each in plan.followed if each.item.sort != MEDICINE and each.due}
    for use in uses:
        counts = (("done", use.done), ("planned", use.planned), ("cancelled", use.cancelled))
        parts = [", ".join(f"{count:,} {name}" for name, count in counts if count)]
        if use.minutes:
            parts.append(f"{show_minutes(use.minutes)} in all")
        if use.helped is not None:
            parts.append(f"helped {tenths(use.helped)} of 10, higher is better ({times(use.rated, 'rating')})")
        if followed := planned.pop(use.name.casefold(), None):
            parts.append(f"{followed.due} due by the plan")
        yield Facts(use.name, tuple(parts))
    for each in planned.values():
        yield Facts(each.item.name, (f"none recorded of {each.due} due by the plan",))


def form_facts(history: FormHistory, end: date) -> Facts:
    """A questionnaire's scores in the period, and the last one's change."""
    questionnaire, shown = QUESTIONNAIRES[history.questionnaire], history.filled[-3:]
    earlier = len(history.filled) - len(shown)
    more = f" ({times(earlier, 'earlier form')})" if earlier else ""
    scores = ", ".join(
        f"{show_score(questionnaire, each.score, each.answered)} on {show_day(each.day, end)}" for each in shown
    )
    scale = f"{questionnaire.low:g}-{questionnaire.high:g}, higher is worse"
    cut_off = [cut_off_words(questionnaire)] if history.last.at_cut_off else []
    changes = (change_text(change, end) for change in history.changes)
    return Facts(f"{history.title} ({scale})", (f"{scores}{more}", *cut_off, *changes))


def safety_facts(safety: SafetyAnswer, end: date) -> Facts:
    """The highest and the latest answer to the safety item, with their days, or that it is kept private."""
    private = (
        f"{PRIVATE} on {', '.join(show_day(day, end) for day in safety.kept_private)}" if safety.kept_private else ""
    )
    answers: list[str] = []
    if safety.highest and safety.latest:
        highest, latest = (
            f"{safety_text(each)} on {show_day(each.day, end)}" for each in (safety.highest, safety.latest)
        )
        answers = [latest] if safety.highest == safety.latest else [f"highest answer {highest}", f"latest {latest}"]
    return Facts(f"{safety.title} item 9", tuple(filter(None, [*answers, private])))


def change_text(change: FormChange, today: date) -> str:
    """``was 12 on Wed 14 Oct, 3 lower: no important change (5 or more counts)``."""
    was = f"was {change.before:g} on {show_day(change.since, today)}"
    if not change.difference:
        return f"{was}, the same"
    moved = f"{was}, {abs(change.difference):g} {'higher' if change.difference > 0 else 'lower'}"
    if not change.word:
        return f"{moved}, where lower is better"
    return f"{moved}: {change.word} ({change.important or 0:g} or more counts)"


def safety_text(safety: SafetyItem) -> str:
    """The answer to the safety item in words, or that it is kept private."""
    if safety.label is None:
        return PRIVATE
    return safety.label if safety.answer is None else f"{safety.label} ({safety.answer})"


def overlap_note(forms: Sequence[FormHistory]) -> str:
    """The caution that goes with some questionnaires, once."""
    titles = [form.title for form in forms if form.overlaps]
    caution = _OVERLAPS.replace("its", "their") if len(titles) > 1 else _OVERLAPS
    return f"{join_names(titles)}: {caution}" if titles else ""


def overlap_caution() -> str:
    """The same, as a sentence under one score."""
    return "Pain, poor sleep and medicines can raise some items on their own."
