"""The rows of the page on what was taken, done, planned and asked, in raw texts. Shows values only."""

from collections.abc import Iterator, Sequence
from datetime import date

from painlog.analysis.report.care import ItemReview, MedicineUse, PlanReview, TreatmentUse
from painlog.analysis.report.forms import FormChange, FormHistory, SafetyItem
from painlog.analysis.report.page import PlanChange
from painlog.domain.flares import Flare
from painlog.domain.kinds.care import DOSE
from painlog.domain.language.dates import show_day, show_range
from painlog.domain.language.durations import show_minutes
from painlog.domain.questionnaires import QUESTIONNAIRES, show_score
from painlog.view.adherence_words import say_adherence
from painlog.view.terminal import join_names, times

ENOUGH_RATED = 3  # fewer pairs of ratings say too little to print
_AMOUNT = DOSE.by_name["amount"]
_OVERLAPS = "some of its items can be raised by pain, poor sleep and medicines alone"


def flare_rows(flares: Sequence[Flare], end: date) -> Iterator[str]:
    """``2 marked by me: 8 Nov (overdoing); 16 Nov - open``."""
    spans = []
    for flare in flares:
        last = "open" if flare.end is None or flare.end > end else show_day(flare.end, end)
        span = show_day(flare.start, end) if flare.end == flare.start else f"{show_day(flare.start, end)} - {last}"
        why = ", ".join(flare.trigger)
        spans.append(f"{span} ({why})" if why else span)
    if spans:
        yield f"{len(spans)} marked by me: {'; '.join(spans)}"


def medicine_rows(uses: Sequence[MedicineUse], plan: PlanReview) -> Iterator[str]:
    """A medicine each: taken of due, how often, on how many days, pain before and after, side effects."""
    planned = [each for each in plan.followed if each.adherence]
    for use in uses:
        ways = (("as needed", use.as_needed), ("scheduled", use.scheduled))
        split = ", ".join(f"{count:,} {name}" for name, count in ways if count)
        parts = [f"{times(use.doses, 'dose')} on {times(use.days, 'day')}" + (f" ({split})" if split else "")]
        if use.rated >= ENOUGH_RATED and use.before is not None and use.after is not None:
            parts.append(f"pain {use.before:g} before, {use.after:g} 1-2 h after (median of {use.rated})")
        if use.side_effects:
            parts.append("noted: " + ", ".join(f"{word} {count}" for word, count in use.side_effects.items()))
        courses = [each for each in planned if each.item.key == use.name.casefold()]
        parts += [_course(each, among=len(courses)) for each in courses if each.due]
        name = f"{use.name} {'/'.join(_AMOUNT.show(amount) for amount in use.amounts)}".strip()
        yield f"{name}: {'; '.join(parts)}"


def _course(each: ItemReview, *, among: int) -> str:
    """What was recorded of a medicine, with its days where it was begun more than once in the period."""
    assert each.adherence is not None  # noqa: S101  (only those are asked for)
    days = each.adherence.period
    return (f"{show_range(days.start, days.end)}: " if among > 1 else "") + say_adherence(each.adherence)


def treatment_rows(uses: Sequence[TreatmentUse]) -> Iterator[str]:
    """A treatment each: done, planned and cancelled, how long, how much it helped."""
    for use in uses:
        counts = (("done", use.done), ("planned", use.planned), ("cancelled", use.cancelled))
        parts = [", ".join(f"{count:,} {name}" for name, count in counts if count)]
        if use.minutes:
            parts.append(f"{show_minutes(use.minutes)} in all")
        if use.helped is not None:
            parts.append(f"helped {use.helped:.1f} of 10 (+) ({times(use.rated, 'rating')})")
        yield f"{use.name}: {'; '.join(parts)}"


def change_rows(changes: Sequence[PlanChange], end: date) -> Iterator[str]:
    """A change of the plan each."""
    for change in changes:
        yield f"{show_day(change.day, end)}  {change.text}"


def form_rows(history: FormHistory, end: date) -> Iterator[str]:
    """A questionnaire's scores in the period, the last one's change, and what else must be said of them."""
    questionnaire, shown = QUESTIONNAIRES[history.questionnaire], history.filled[-3:]
    more = f"{len(history.filled) - len(shown)} earlier, then " if len(history.filled) > len(shown) else ""
    scores = ", ".join(
        f"{show_score(questionnaire, each.score, each.answered)} {show_day(each.day, end)}" for each in shown
    )
    change = f"; {change_text(history.change, end)}" if history.change else ""
    yield f"{history.title} {more}{scores}{change}"
    if history.safety:
        answers = "; ".join(f"{safety_text(each)} {show_day(each.day, end)}" for each in history.safety)
        yield f"{history.title} item {history.safety[0].number}: {answers}"


def change_text(change: FormChange, today: date) -> str:
    """``was 12 on Wed 14 Oct, 3 lower (better), less than the 5 that count as a change``."""
    was = f"was {change.before:g} on {show_day(change.since, today)}"
    if not change.difference:
        return f"{was}, the same"
    words = "higher (worse)" if change.difference > 0 else "lower (better)"
    against = {
        "matters": f", at or above the {change.important or 0:g} that counts as a change",
        "smaller": f", below the {change.important or 0:g} that counts as a change",
    }.get(change.size, "")
    return f"{was}, {abs(change.difference):g} {words}{against}"


def safety_text(safety: SafetyItem) -> str:
    """The answer to the safety item in words, or that it is kept private."""
    if safety.label is None:
        return "kept private by choice"
    return safety.label if safety.answer is None else f"{safety.label} ({safety.answer})"


def overlap_note(forms: Sequence[FormHistory]) -> str:
    """The caution that goes with some questionnaires, once."""
    titles = [form.title for form in forms if form.overlaps]
    caution = _OVERLAPS.replace("its", "their") if len(titles) > 1 else _OVERLAPS
    return f"{join_names(titles)}: {caution}" if titles else ""


def overlap_caution() -> str:
    """The same, as a sentence under one score."""
    return "Pain, poor sleep and medicines can raise some items on their own."
