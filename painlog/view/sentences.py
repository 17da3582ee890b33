"""Findings in sentences: plain ones for the person, and one line of figures for a clinician.

No sentence says what brought something about. Differences are spoken of as lower or higher, and as better or worse
where a scale has a better end; a result that cannot be told says what is missing. Texts of a person stand in a sentence
as they were written.
"""

from collections.abc import Sequence
from datetime import date
from math import floor, log10

from painlog.analysis.patterns.findings import (
    NAMED,
    SWITCHES_NEEDED,
    TREATMENT_NEEDS,
    WEEKS_NEEDED,
    Basis,
    Comparison,
    Estimate,
    Link,
    PlanStep,
    Turn,
)
from painlog.domain.kinds.fields import Number
from painlog.domain.language.dates import show_day
from painlog.domain.periods import DAYS_IN_WEEK
from painlog.domain.variables import Variable
from painlog.view.terminal import capital, times

NOT_PROOF = "These are patterns in your own records, not proof of cause."
_EARLY = "This could still be chance; it will firm up or fade with more days."
_WITHOUT = " A day without it is one between two uses that has some other entry."
_SINCE = "The weeks before and after a day can be compared: painlog helps --since DAY."
_CHOSEN = " Which days you logged goes with what is compared, so the others may look different."
_ROUGH = " That ratings are rough could alone look like more."
_ALLOWED = "With ups and downs that last for weeks allowed for,"
_MODEL = "GLS with AR(1) errors"
_BORNE_OUT = {
    None: "",
    True: ", borne out by a state-space model with rating noise",
    False: ", not borne out by a state-space model with rating noise: interval and p are of both",
}


def link_label(link: Link) -> str:
    """``Same day``, ``Pain → next mood`` (the day after), ``Sleep → pain``, ``Pain → next sleep``."""
    x, y = link.x.in_sentence, link.y.in_sentence
    return {
        "same day": "Same night" if link.x.is_night else "Same day",
        "next day": f"{capital(x)} → next {y}",
        "night": f"{capital(x)} → {y}",
        "next night": f"{capital(x)} → next {y}",
    }[link.question]


def link_sentence(link: Link) -> str:
    """What can be said of a link."""
    if link.estimate is None:
        return _no_link(link)
    rests_on = _rests_on(link)
    plain = _say_undecided(link.verdict, link.estimate, link.y, link.unit, rests_on, _each(link))
    if plain:
        return plain + _ROUGH * (link.is_borne_out is False)
    opening = f"{_when(link)}, {_difference(link.estimate.value, link.y, link.unit)}{_beyond(link)}"
    chosen = _CHOSEN * link.is_selective
    likely = _likely(link.estimate, link.y, link.unit)
    return f"{_word(link.verdict)}{opening}, {likely} ({rests_on}).{_caution(link)}{chosen}"


def comparison_sentence(comparison: Comparison) -> str:
    """What can be said of days with and without a treatment."""
    outcome = comparison.outcome
    opening = _as_needed(comparison)
    if comparison.estimate is None:
        return opening + _no_comparison(comparison)
    rests_on = f"{times(comparison.days_with, 'day')} with, {comparison.days_without} without"
    if comparison.foretold and comparison.verdict == "foretold":
        return _foretold(comparison, rests_on)
    plain = _say_undecided(comparison.verdict, comparison.estimate, outcome, comparison.unit, rests_on)
    if plain:
        return opening + plain + _say_unrecorded(comparison)
    on, whose = ("After", "the next day's ") if comparison.as_needed else ("On", "")
    if outcome.is_night:
        on, whose = "After", "that night's "
    alike = " that began alike" if comparison.rated_before else ""
    likely = _likely(comparison.estimate, outcome, comparison.unit)
    compared = (
        f"{on} {times(comparison.days_with, 'day')} with it, {'later ' if comparison.rated_before else ''}{whose}"
        f"{_difference(comparison.estimate.value, outcome, comparison.unit)} than {on.lower()} "
        f"{times(comparison.days_without, 'day')} without{alike}, {likely}."
    )
    if comparison.verdict == "worse days":
        return f"{opening}{compared} Ratings are too rough to tell it apart from those having been worse days."
    return f"{opening}{_word(comparison.verdict)}{compared}{_doubts(comparison)}{_say_unrecorded(comparison)}"


def _doubts(comparison: Comparison) -> str:
    """What else a difference may be. Without a rating before the use more days do not make it clear."""
    differ = "Days with it may differ in other ways"
    if comparison.rated_before:
        return f"{_may_be_chance(comparison.verdict)} {differ}."
    chance = "" if comparison.verdict != "possible" or comparison.is_held_back else " This could still be chance."
    if comparison.as_needed:
        return f"{chance} A spike often passes by itself."
    return f"{chance} {differ}: they may have begun better or worse."


def _foretold(comparison: Comparison, rests_on: str) -> str:
    """That use went by how days began, and what would be needed to see past it."""
    outcome, way = comparison.outcome, comparison.foretold
    better = {"high": "higher", "low": "lower"}.get(outcome.better)
    began = "began" if not outcome.is_night else "followed nights that were"
    how = f"with {outcome.in_sentence} {way}" if better is None else "better" if way == better else "worse"
    settle = f" A rating of {outcome.in_sentence} before it, and one later, also on days without it, would."
    say = " (--before says it with the use.)" if outcome.name == "pain" else ""
    return (
        f"You mostly used it on days that {began} {how}, so these days cannot show whether it helps ({rests_on})."
        f"{'' if outcome.is_night else settle + say}{_say_unrecorded(comparison)}"
    )


def _as_needed(comparison: Comparison) -> str:
    if comparison.assumed:
        return (
            "No dose says whether it was as needed or scheduled (painlog dose --prn or --scheduled), so it is taken "
            "for one as needed: compared on the day after only. "
        )
    if comparison.as_needed:
        return (
            "What is taken as needed is taken on bad days, which cannot show whether it helps; only the day after is "
            "compared. "
        )
    return ""


def turn_label(turn: Turn, today: date) -> str:
    """``Wed 9 Oct: duloxetine changed to 60 mg``."""
    what = "; ".join(turn.changes)
    return f"{show_day(turn.day, today)}: {what}" if what else f"Since {show_day(turn.day, today)}"


def turn_sentence(turn: Turn, today: date) -> str:
    """What can be said of the weeks before and after a change."""
    outcome = turn.outcome
    if turn.mean_before is None or turn.mean_after is None or turn.verdict in ("too few", "hardly changed"):
        return _no_turn(turn)
    averaged = (
        f"{capital(outcome.in_sentence)} averaged {_value(turn.mean_before, outcome, turn.unit)} in the "
        f"{times(turn.weeks_before, 'week')} before and {_value(turn.mean_after, outcome, turn.unit)} in the "
        f"{turn.weeks_after} weeks from that day on."
    )
    return f"{averaged} {_turn_verdict(turn)}{_others(turn.others, today)}"


def link_figures(link: Link) -> str:
    """The line of figures for a clinician."""
    unit = {"same day": ("day", "days"), "next day": ("pair of days", "pairs of days")}
    used = f"n = {times(link.basis.used, *unit.get(link.question, ('night', 'nights')))}"
    lagged = {"same day": "", "next day": ", next day", "night": ", that night", "next night": ", next night"}
    beside = "" if link.question == "same day" else f", {link.y.in_sentence} of the day before"
    head = f"{link.y.in_sentence} on {link.x.in_sentence}{lagged[link.question]}"
    if link.estimate is None:
        return f"{head}: not computed ({link.verdict}), {used}"
    estimate = link.estimate
    per = f"{_sign(estimate, link.y, link.unit)} per {step_text(link.x, link.per)}"
    return (
        f"{head}: {per}, {used} of {link.basis.of:,}, {_MODEL}, {_phi(estimate)}, "
        f"adjusted for trend, weekday{beside}{_BORNE_OUT[link.is_borne_out]}; {_say_test(estimate)}"
    )


def comparison_figures(comparison: Comparison) -> str:
    """The line of figures for a clinician."""
    lagged = ", that night" if comparison.outcome.is_night else ", next day" if comparison.as_needed else ""
    head = f"{comparison.outcome.in_sentence} by {comparison.name}{lagged}"
    counts = f"{comparison.days_with} d with, {comparison.days_without} d without, {comparison.switches} switches"
    if comparison.estimate is None:
        return f"{head}: not computed ({comparison.verdict}), {counts}"
    beside = ", the day's own value" if comparison.as_needed else ", the rating before it" * comparison.rated_before
    foretold = f", use foretold by {comparison.foretold} days" if comparison.foretold else ""
    return (
        f"{head}: {_sign(comparison.estimate, comparison.outcome, comparison.unit)}, {counts}, {_MODEL}, "
        f"{_phi(comparison.estimate)}, adjusted for trend, weekday{beside}{foretold}; {_say_test(comparison.estimate)}"
    )


def turn_figures(turn: Turn, today: date) -> str:
    """The line of figures for a clinician."""
    head = f"{turn.outcome.in_sentence} from {show_day(turn.day, today)}"
    counts = f"weekly means, {turn.weeks_before} before, {turn.weeks_after} after"
    if turn.estimate is None:
        return f"{head}: not computed ({turn.verdict}), {counts}"
    beside = "sign or half lost" if turn.p_beside_trend is None else f"p {_p(turn.p_beside_trend)}"
    return (
        f"{head}: {_sign(turn.estimate, turn.outcome, turn.unit)}, {counts}, {_MODEL}, "
        f"{_phi(turn.estimate)} per week, beside a straight trend {beside}; {_say_test(turn.estimate)}"
    )


def step_text(variable: Variable, size: float) -> str:
    """Write a step of a variable: ``1 point``, ``1 hour``, ``10 min``, ``10 %``."""
    if variable.is_answer:
        return "yes against no"
    if variable.is_time:
        return "1 hour" if size == 60 else f"{size:g} min"
    unit = variable.field.unit
    if not unit:
        return "1 point" if size == 1 and variable.span else f"{size:,g}"
    return f"{size:,g} {unit}"


def amount(value: float, variable: Variable, unit: float) -> str:
    """Write a difference without its sign, with as many decimals as a step of its variable calls for."""
    if variable.is_answer:
        return f"{100 * abs(value):.0f} %"
    if variable.is_time:
        return variable.show(round(abs(value)))
    decimals = max(0, 1 - floor(log10(unit)))
    if round(abs(value), decimals) == 0 and value:
        decimals += 1
    suffix = f" {variable.field.unit}" if variable.field.unit else ""
    return f"{abs(value):,.{decimals}f}{suffix}"


def _no_link(link: Link) -> str:
    if link.verdict == "hardly changed":
        flat = capital((link.flat or link.y).in_sentence)
        return f"{flat} hardly changed on these {_rests_on(link)}, so there is nothing to compare."
    if link.verdict == "undetermined":
        return "One of the two follows from the other or from the date alone, so there is nothing to compare."
    basis = link.basis
    x, y = link.x.in_sentence, link.y.in_sentence
    counted = {
        "same day": f"days with both {x} and {y}",
        "next day": f"pairs of neighbouring days with {x} on the first and {y} on both",
        "night": f"nights with {y} on the day before and after",
        "next night": f"days with {x} between two nights",
    }[link.question]
    return f"Not enough days yet: {basis.used} of {basis.needed} {counted}{_pace(basis)}."


def _no_comparison(comparison: Comparison) -> str:
    name = comparison.name
    if comparison.verdict == "weekdays":
        return (
            f"{capital(name)} is almost always on the same days of the week, so it cannot be told apart from them "
            f"({times(comparison.days_with, 'day')} with, {comparison.days_without} without)."
        )
    if comparison.verdict == "hardly changed":
        return f"{capital(comparison.outcome.in_sentence)} hardly changed, so there is nothing to compare."
    if comparison.verdict == "undetermined":
        return f"{capital(name)} cannot be told apart from the date alone."
    counted = f"{times(comparison.days_with, 'day')} with it and {comparison.days_without} without"
    missing = _missing_counts(comparison)
    if comparison.medicine:  # no number to reach here: nobody shall leave out a dose for it
        few = f"Too few days {' or '.join(missing)}" if missing else "Too even a use"
        return f"{few} to compare: {counted}.{_say_unrecorded(comparison)} {_SINCE}"
    if missing:
        more = " and ".join(f"{count} more {where}" for where, count in missing.items())
        return f"Not enough days to compare: {counted}; it takes {more}.{_WITHOUT * ('without it' in missing)}"
    return (
        f"Not begun and stopped often enough to compare: {comparison.switches} of {SWITCHES_NEEDED} times ({counted}). "
        f"{_SINCE}"
    )


def _missing_counts(comparison: Comparison) -> dict[str, int]:
    """How many days with it and without it are missing, where any are."""
    counts = {"with it": comparison.days_with, "without it": comparison.days_without}
    return {where: TREATMENT_NEEDS - days for where, days in counts.items() if days < TREATMENT_NEEDS}


def _say_unrecorded(comparison: Comparison) -> str:
    return " Not recorded is not the same as not taken." if comparison.medicine else ""


def _no_turn(turn: Turn) -> str:
    counted = f"{times(turn.weeks_before, 'week')} before and {turn.weeks_after} after"
    if turn.verdict == "hardly changed":
        return f"{capital(turn.outcome.in_sentence)} hardly changed, so there is nothing to compare."
    more = f"; it takes {times(turn.basis.more_days // DAYS_IN_WEEK, 'week')} more" if turn.basis.more_days else ""
    return f"Not enough weeks to compare: {counted}; {WEEKS_NEEDED} of each are needed{more}."


def _turn_verdict(turn: Turn) -> str:
    weeks, estimate = f"{turn.basis.used} weeks", turn.estimate
    if estimate is None:
        return "These weeks are too even to say how sure that is."
    if turn.verdict == "drift":
        return f"{capital(turn.outcome.in_sentence)} was already changing before, so the two cannot be told apart."
    plain = _say_undecided(turn.verdict, estimate, turn.outcome, turn.unit, weeks)
    if plain:
        return f"{_ALLOWED} {plain[0].lower()}{plain[1:]}"
    difference = _by_how_much(estimate.value, turn.outcome, turn.unit, quality=False)
    return (
        f"{_word(turn.verdict)}{_ALLOWED} that is {difference}, {_likely(estimate, turn.outcome, turn.unit)}: "
        f"{_name_change(turn)}.{_may_be_chance(turn.verdict)} Other things may have changed too."
    )


def _name_change(turn: Turn) -> str:
    """The word of a change and of its interval's end nearest zero: ``better, similar at the cautious end``."""
    is_same = turn.cautious_word == turn.word
    return f"{turn.word}, " + ("at the cautious end too" if is_same else f"{turn.cautious_word} at the cautious end")


def _others(others: Sequence[PlanStep], today: date) -> str:
    listed = "; ".join(f"{other.label} ({show_day(other.day, today)})" for other in others)
    return f" In the same weeks: {listed}." if listed else ""


def _say_undecided(verdict: str, estimate: Estimate, y: Variable, unit: float, rests_on: str, each: str = "") -> str:
    """The sentence of an estimate that is not named; nothing for one that is. ``each`` says per what."""
    if verdict in (*NAMED, "worse days"):
        return ""
    if verdict == "too small":
        return f"Too small to matter: {_by_how_much(estimate.value, y, unit, quality=False)}{each} ({rests_on})."
    if verdict == "small or none":
        most = max(abs(estimate.low), abs(estimate.high))
        return f"No difference, or a small one: less than {amount(most, y, unit)} either way{each} ({rests_on})."
    low, high = (_by_how_much(end, y, unit, quality=False) for end in (estimate.low, estimate.high))
    if estimate.low * estimate.high > 0:
        low = amount(estimate.low, y, unit)
    return f"No clear pattern: anything from {low} to {high}{each} fits ({rests_on})."


def _word(verdict: str) -> str:
    return "Clear. " if verdict == "clear" else "Early sign. "


def _may_be_chance(verdict: str) -> str:
    return f" {_EARLY}" if verdict == "possible" else ""


def _caution(link: Link) -> str:
    if link.verdict == "possible":
        return _may_be_chance(link.verdict)
    return " They move together; which of them comes first, this does not show." if link.question == "same day" else ""


def _when(link: Link) -> str:
    more = f"a yes for {link.x.in_sentence}" if link.x.is_answer else f"{link.x.in_sentence} {_more(link)}"
    return {
        "same day": f"On days with {more}",
        "next day": f"On the day after one with {more}",
        "night": f"After nights with {more}",
        "next night": f"In the night after a day with {more}",
    }[link.question]


def _more(link: Link) -> str:
    """``1 point higher``, ``1 hour longer``."""
    return f"{step_text(link.x, link.per)} {'longer' if link.x.is_time else 'higher'}"


def _each(link: Link) -> str:
    """`` per point``, `` per hour``, `` per 10 min``."""
    return "" if link.x.is_answer else f" per {step_text(link.x, link.per).removeprefix('1 ')}"


def _beyond(link: Link) -> str:
    return " than the day before would suggest" if link.question in ("next day", "next night") else ""


def _difference(value: float, y: Variable, unit: float) -> str:
    was = "was yes on" if y.is_answer else _was(y)
    return f"{y.in_sentence} {was} about {_by_how_much(value, y, unit)}"


def _by_how_much(value: float, y: Variable, unit: float, *, quality: bool = True) -> str:
    """``0.5 lower (worse)``; a time is shorter or longer, and without ``quality`` neither better nor worse."""
    words = ("more of the days", "fewer of the days") if y.is_answer else ("higher", "lower")
    words = ("longer", "shorter") if y.is_time else words
    way = words[0] if value > 0 else words[1]
    if not y.better or not quality:
        return f"{amount(value, y, unit)} {way}"
    return f"{amount(value, y, unit)} {way} ({'better' if (value > 0) == (y.better == 'high') else 'worse'})"


def _likely(estimate: Estimate, y: Variable, unit: float) -> str:
    ends = sorted((abs(estimate.low), abs(estimate.high)))
    return f"likely {amount(ends[0], y, unit)} to {amount(ends[1], y, unit)}"


def _rests_on(link: Link) -> str:
    used = link.basis.used
    if link.question == "same day":
        return times(used, "day")
    return f"{used} nights" if link.question == "night" else f"{used} pairs of days"


def _pace(basis: Basis) -> str:
    return f"; about {times(basis.more_days, 'day')} more at your pace" if basis.more_days else ""


def _value(value: float, variable: Variable, unit: float) -> str:
    return variable.show(value) if variable.is_answer else amount(value, variable, unit)


def _sign(estimate: Estimate, y: Variable, unit: float) -> str:
    decimals = 0 if y.is_time else max(0, 2 - floor(log10(unit)))
    value, low, high = (f"{each:+.{decimals}f}" for each in (estimate.value, estimate.low, estimate.high))
    shown = " min" if y.is_time else f" {y.field.unit}" if y.field.unit else ""
    return f"{value}{shown} (95 % CI {low} to {high})"


def _phi(estimate: Estimate) -> str:
    return f"phi {round(estimate.phi, 2) + 0.0:.2f}"


def _say_test(estimate: Estimate) -> str:
    return f"p {_p(estimate.p)}, q {_p(estimate.q or 0.0)}, partial r {estimate.partial_r:+.2f}"


def _p(value: float) -> str:
    return "< .001" if value < 0.001 else f"= {value:.3f}".replace("0.", ".")


def _was(variable: Variable) -> str:
    """``was``, or ``were`` for a count such as steps."""
    several = variable.label.split()[0].endswith("s") and isinstance(variable.field, Number) and variable.field.whole
    return "were" if several else "was"
