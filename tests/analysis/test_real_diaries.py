"""How often the engine is wrong on diaries as people keep them, and on what they use because of how the day is.

``pytest -n 2 --runs 15 -rP tests/analysis/test_real_diaries.py`` prints the tables of 100 people a cell and more. The
people are those of ``tests/support/real_diaries.py``; a bound is broken as in ``test_calibration``.
"""

from collections.abc import Iterable
from datetime import timedelta

import numpy as np

from painlog.analysis.patterns.findings import NAMED, Comparison, Estimate, Patterns
from painlog.analysis.patterns.question import Days, LinkQuestion, Question, ask_of_cycle
from painlog.analysis.patterns.search import find_patterns
from painlog.analysis.patterns.uses import Use
from painlog.domain.periods import Period
from painlog.domain.variables import variables
from tests.analysis.test_calibration import Count, Table, Tally
from tests.support import real_diaries as real
from tests.support.real_diaries import Felt, RealDiary
from tests.support.simulation import MOOD, PAIN, SLEEP, days_from

ASKED = (
    LinkQuestion("same day", PAIN, MOOD),
    LinkQuestion("next day", PAIN, MOOD),
    LinkQuestion("next day", MOOD, PAIN),
)
PEOPLE = 1  # a cell and run
FEW = 3  # where cells are few
LENGTHS = (90, 180, 365)
WORTH = -1.0  # what is useful, in points


def test_diaries_as_people_keep_them_make_few_links(runs: int) -> None:
    """Else rough ratings, seasons or days left out pass for one thing coming before another."""
    shown, named, clear = Tally(), Tally(), Tally()
    for name, (_, is_unlinked) in real.DIARIES.items():
        for length in LENGTHS:
            for number in range(PEOPLE * runs):
                links = _asked(real.make_diary(name, length, number)).links
                for link in links if is_unlinked else links[1:]:
                    key = (name, length)
                    shown.add(*key, hit=bool(link.estimate and _excludes(link.estimate, 0)))
                    named.add(*key, hit=link.verdict in NAMED)
                    clear.add(*key, hit=link.verdict == "clear")
    table = Table(
        f"Diaries as people keep them: nothing there, % of links ({PEOPLE * runs} people a cell; days {LENGTHS})",
        *("diary", "interval excludes 0", "named", "clear"),
    )
    for name in real.DIARIES:
        table.row(name, *(_course(each, name) for each in (shown, named, clear)))
        for length in LENGTHS:
            what = f"{name}, {length} days"
            if name not in real.CHOSEN:
                table.at_most(what, shown.of(name, length), 0.1)
                table.at_most(f"{what}, named", named.of(name, length), 0.08)
            table.at_most(f"{what}, clear", clear.of(name, length), 0.02)
    table.row("all", *(each.of(None, None) for each in (shown, named, clear)))
    table.at_most("mean", _sum_of(shown, {*real.NOISY, *real.STEADY}), 0.055)
    table.close()


def test_what_does_nothing_is_not_named_for_the_days_on_which_it_is_used(runs: int) -> None:
    """Else a walk on good mornings is shown to help, and heat on bad ones to harm."""
    named, clear = Tally(), Tally()
    for name in real.USELESS:
        for length in LENGTHS:
            for number in range(FEW * runs):
                person = real.make_felt(name, length, number)
                for way in ("without", "with")[: 2 - person.as_needed]:
                    found = _compared(person, before=way == "with")
                    named.add(name, way, length, hit=found.verdict in NAMED)
                    clear.add(name, way, length, hit=found.verdict == "clear")
    table = Table(
        f"Useless, used by feel, % of people ({FEW * runs} a cell; days {LENGTHS})",
        *("treatment", "no rating before: named", "clear", "with one: named", "clear"),
    )
    for name in real.USELESS:
        cells = (_course(each, name, way) for way in ("without", "with") for each in (named, clear))
        table.row(name, *cells)
        for length in LENGTHS:
            table.at_most(f"{name}, {length} days, clear", clear.of(name, "without", length), 0.001)
        table.at_most(f"{name}, 90 days", named.of(name, "without", 90), 0.4)
        table.at_most(f"{name}, with a rating before", named.of(name, "with", None), 0.08)
        table.at_most(f"{name}, with a rating before, clear", clear.of(name, "with", None), 0.02)
    table.close()


def test_what_helps_is_found_where_there_is_a_rating_before_it(runs: int) -> None:
    """Else heat on bad mornings, which takes a point off, can never be seen to."""
    held, shown, named = Tally(), Tally(), Tally()
    for name in real.USEFUL:
        for length in LENGTHS:
            for number in range(FEW * runs):
                found = _compared(real.make_felt(name, length, number, useful=True), before=True)
                if found.estimate:
                    held.add(name, length, hit=not _excludes(found.estimate, WORTH))
                shown.add(name, length, hit=bool(found.estimate and _excludes(found.estimate, 0)))
                named.add(name, length, hit=found.verdict in NAMED)
    table = Table(
        f"Worth −1, with a rating before, % of people ({FEW * runs} a cell; days {LENGTHS})",
        *("treatment", "interval holds it", "excludes 0", "named"),
    )
    for name in real.USEFUL:
        table.row(name, *(_course(each, name) for each in (held, shown, named)))
        table.at_least(f"{name}: interval", held.of(name, None), 0.93)
    table.close()


def test_within_a_year_of_looking_every_week_few_see_a_clear_link_by_chance(runs: int) -> None:
    """Else what --explain says of it is not so. One look in four, where the runs are few."""
    ever, claimed = Tally(), Tally()
    worry, length = variables()["worry"], 365
    for number in range(max(1, PEOPLE * runs)):
        random = real.random_of("every week", length, number)
        days = real.latent_pair(random, length), real.latent_pair(random, length, (0.6, 0.2))
        logged = {
            PAIN: real.rated(days[0][:, 0], 5),
            MOOD: real.rated(days[0][:, 1], 6),
            worry: real.rated(days[1][:, 0], 4),
            SLEEP: 5 * np.rint(12 * np.clip(6.5 + 1.2 * days[1][:, 1], 0, 14)),
        }
        first = real.first_day(number)
        values = {variable: days_from(first, numbers) for variable, numbers in logged.items()}
        verdicts = set()
        for last in range(20, length, 7 if runs > 1 else 28):
            period = Period(first + timedelta(days=max(0, last - 179)), first + timedelta(days=last))
            asked = Question(ask_of_cycle({variable.name: variable for variable in values}))
            found = find_patterns(Days(period, ongoing=True, values=values, entry_days=set()), asked)
            verdicts |= {link.verdict for link in found.links}
        ever.add(0, hit="clear" in verdicts)
        claimed.add(0, hit=bool(verdicts & set(NAMED)))
    table = Table(
        f"A year of looking every week at eight results without a link, % of {PEOPLE * runs} people",
        *("ever clear", "ever any claim"),
    )
    table.row(ever.of(None), claimed.of(None))
    table.at_most("ever clear", ever.of(None), 0.05)
    table.close()


def _sum_of(tally: Tally, names: Iterable[str]) -> Count:
    counts = [tally.of(name, None) for name in names]
    return Count(sum(count.hits for count in counts), sum(count.of for count in counts))


def _course(tally: Tally, *key: str) -> str:
    return " / ".join(str(tally.of(*key, length)) for length in LENGTHS)


def _asked(diary: RealDiary) -> Patterns:
    values = {PAIN: days_from(diary.first, diary.pain), MOOD: days_from(diary.first, diary.mood)}
    period = Period(diary.first, diary.first + timedelta(days=len(diary.pain) - 1))
    several = dict.fromkeys(values, days_from(diary.first, diary.counts))
    within = {variable: spread for variable, spread in zip(values, diary.within, strict=True) if spread > 0}
    return find_patterns(
        Days(period, ongoing=True, values=values, entry_days=set(), counts=several, within=within), Question(ASKED)
    )


def _compared(person: Felt, *, before: bool) -> Comparison:
    """Ask of what a person uses, with the mornings as a rating before it, or without."""
    length = len(person.pain)
    days = [person.first + timedelta(days=day) for day in range(length)]
    logged = np.isfinite(person.pain) | np.isfinite(person.morning)
    on = np.flatnonzero(person.used)
    span = range(int(on.min(initial=length)), int(on.max(initial=-1)) + 1)
    pain = days_from(person.first, person.pain)
    use = Use(
        name="it",
        as_needed=person.as_needed,
        days={days[day] for day in on},
        without={days[day] for day in span if logged[day] and not person.used[day]},
        before=days_from(person.first, person.morning) if before else {},
        after=pain if before else {},
    )
    asked = Question(outcome=PAIN, uses=[use])
    known = Days(Period(days[0], days[-1]), ongoing=True, values={PAIN: pain}, entry_days=set())
    return find_patterns(known, asked).comparisons[0]


def _excludes(estimate: Estimate, value: float) -> bool:
    return not estimate.low <= value <= estimate.high
