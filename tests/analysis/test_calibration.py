"""How often the engine is wrong, and how often it finds what is there, on simulated people whose truth is known.

``pytest -n 2 --runs 60 -rP tests/analysis/test_calibration.py`` prints the tables of 400 people a cell and more. Beside
the engine stands the usual way: Pearson's correlation, ordinary least squares, Welch's test. A bound is broken where
the count would be so far beyond it less than once in a thousand times.
"""

import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from math import exp, lgamma, log, log1p, sqrt
from typing import NamedTuple

import numpy as np
import pytest

from painlog.analysis.patterns import search
from painlog.analysis.patterns.findings import NAMED, Estimate, Link, Patterns, PlanStep
from painlog.analysis.patterns.question import LinkQuestion, Question
from painlog.analysis.patterns.search import find_patterns
from tests.support import simulation as sim
from tests.support.simulation import MOOD, PAIN, SLEEP, Diary, Scenario, Trouble, Truth

PEOPLE = 4  # a cell and run
RARE = 0.001
HEADLINES = (
    LinkQuestion("same day", PAIN, MOOD),
    LinkQuestion("next day", PAIN, MOOD),
    LinkQuestion("next day", MOOD, PAIN),
    LinkQuestion("night", SLEEP, PAIN),
)
NAMES = ("same day", "pain → mood", "mood → pain", "sleep → pain")
LENGTHS = (30, 60, 90, 180, 365)
LONGER = (60, 90, 180, 365)
LOGGED, GAPS = Trouble(), Trouble(missing=0.15)


class Count(NamedTuple):
    """So many hits of so many."""

    hits: int
    of: int

    @property
    def share(self) -> float:
        return self.hits / self.of if self.of else 0.0

    def __str__(self) -> str:
        return f"{100 * self.share:.1f}" if self.of else "–"


class Tally:
    """Counts by keys of several parts."""

    def __init__(self) -> None:
        self._counts: dict[tuple[str | float, ...], Count] = defaultdict(lambda: Count(0, 0))

    def add(self, *key: str | float, hit: bool) -> None:
        hits, of = self._counts[key]
        self._counts[key] = Count(hits + hit, of + 1)

    def of(self, *key: str | float | None) -> Count:
        """The counts of all keys that agree; None agrees with any part."""
        return _sum(self.cells(*key))

    def cells(self, *key: str | float | None) -> list[Count]:
        return [
            count
            for parts, count in self._counts.items()
            if all(wanted in (None, part) for wanted, part in zip(key, parts, strict=True))
        ]


class Table:
    """Rows for a reader, and what was not as it should be."""

    def __init__(self, title: str, *head: str) -> None:
        self.lines = ["", f"### {title}", "", f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
        self.misses: list[str] = []

    def row(self, *cells: object) -> None:
        self.lines.append(f"| {' | '.join(map(str, cells))} |")

    def at_most(self, what: str, count: Count, share: float) -> None:
        if _at_least(count.hits, count.of, share) < RARE:
            self.misses.append(f"{what}: {count} % of {count.of}, meant to be at most {100 * share:g} %")

    def at_least(self, what: str, count: Count, share: float) -> None:
        if not count.of or _at_least(count.of - count.hits, count.of, 1 - share) < RARE:
            self.misses.append(f"{what}: {count} % of {count.of}, meant to be at least {100 * share:g} %")

    def close(self) -> None:
        sys.stdout.write("\n".join(self.lines) + "\n")
        assert not self.misses, "\n".join(self.misses)


def test_links_that_are_not_there_are_seldom_found(runs: int) -> None:
    """Else people are told of links made of nothing but carry-over, or of a diary's troubles."""
    wrong, usual, words = Tally(), Tally(), Tally()
    for scenario, length, number in _people(sim.UNLINKED, LENGTHS, runs):
        diary = sim.diary(scenario, length, number)
        found = _headlines(diary)
        for name, link in zip(NAMES, found.links, strict=True):
            if link.estimate:
                wrong.add(scenario.name, name, length, hit=_excludes(link.estimate, 0))
                usual.add(scenario.name, name, length, hit=sim.usual(diary, name).p < 0.05)
        for word, hit in _said(found.links).items():
            words.add(scenario.name, word, length, hit=hit)
    table = Table(
        f"No link: false alarms, % ({PEOPLE * runs} people a cell)",
        "scenario", *NAMES, "worst cell", "usual way", "its worst", "clear", "worst", "possible or clear", "worst",
    )  # fmt: skip
    rows: list[str | None] = [*(scenario.name for scenario in sim.UNLINKED), None]
    for row in rows:
        table.row(
            row or "all",
            *(wrong.of(row, question, None) for question in NAMES),
            _worst(wrong.cells(row, None, None)),
            usual.of(row, None, None),
            _worst(usual.cells(row, None, None)),
            *(f(words, row, word) for word in ("clear", "named") for f in (_pooled, _worst_of)),
        )
    table.at_most("mean", wrong.of(None, None, None), 0.06)
    for scenario in sim.UNLINKED:
        for question in NAMES:
            table.at_most(f"{scenario.name}, {question}", wrong.of(scenario.name, question, None), 0.11)
            for length in LENGTHS:
                what = f"{scenario.name}, {question}, {length} days"
                table.at_most(what, wrong.of(scenario.name, question, length), 0.11)
        table.at_most(f"{scenario.name}, clear", words.of(scenario.name, "clear", None), 0.02)
        for length in LENGTHS:
            table.at_most(f"{scenario.name}, clear, {length} days", words.of(scenario.name, "clear", length), 0.02)
    table.close()


def test_days_that_vary_unequally_do_not_narrow_the_intervals(runs: int) -> None:
    """Else a few stormy weeks pass for a link: the variance that allows for them (HC2) is not in use."""
    wrong = Tally()
    for scenario, length, number in _people([replace(sim.VOLATILE, name="stormy")], (60, 180), 12 * runs):
        for name, link in zip(NAMES, _headlines(sim.diary(scenario, length, number)).links, strict=True):
            if link.estimate:
                wrong.add(name, length, hit=_excludes(link.estimate, 0))
    table = Table(f"Changing volatility: false alarms, % ({12 * PEOPLE * runs} people a cell)", "days", *NAMES, "all")
    for length in (60, 180):
        table.row(length, *(wrong.of(name, length) for name in NAMES), wrong.of(None, length))
    table.at_most("mean", wrong.of(None, None), 0.06)
    table.close()


LINKS: Mapping[str, tuple[str, float, Mapping[str, float]]] = {
    "same day": ("same_day", -0.35, {"same_day": -0.35}),
    "pain → mood": ("pain_to_mood", -0.25, {"pain_to_mood": -0.25}),
    "sleep → pain": ("sleep_to_pain", -0.5, {"sleep_to_pain": -0.5}),
}
LINKED = (*sim.CARRIED, sim.MISSING, sim.TREND, sim.WEEKEND, sim.WEEKDAYS, sim.VOLATILE)


def _look_once(runs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the second look in short runs: it takes ten times as long, and only widens intervals."""
    if runs == 1:
        monkeypatch.setattr(search, "_look_again", lambda links, _: links)


def test_intervals_hold_the_truth_where_there_is_a_link(runs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the ranges that people are shown are too narrow, or so wide that they say too little."""
    _look_once(runs, monkeypatch)
    held, usual = Tally(), Tally()
    for name, (_, size, truth) in LINKS.items():
        scenarios = [_also(scenario, **truth) for scenario in LINKED]
        for scenario, length, number in _people(scenarios, LONGER, runs):
            diary = sim.diary(scenario, length, number)
            estimate = _link(diary, name).estimate
            if estimate:
                held.add(scenario.name, name, length, hit=not _excludes(estimate, size))
                usual.add(scenario.name, name, length, hit=sim.usual(diary, name).holds(size))
    table = Table(f"Coverage of 95 % intervals, % ({PEOPLE * runs} people a cell)", "scenario", *LINKS, "usual way")
    rows: list[str | None] = [*(scenario.name for scenario in LINKED), None]
    for each in rows:
        table.row(each or "all", *(held.of(each, name, None) for name in LINKS), usual.of(each, None, None))
    cells = held.cells(None, None, None)
    table.row("lowest and highest cell", *_ends(cells), "", "")
    table.at_least("mean", held.of(None, None, None), 0.93)
    table.at_most("mean", held.of(None, None, None), 0.975)
    for scenario in LINKED:
        for name in LINKS:
            table.at_least(f"{scenario.name}, {name}", held.of(scenario.name, name, None), 0.9)
    table.close()


POWER = {
    "same day": (0.58, 0.79, 0.99, 0.99),
    "pain → mood": (0.30, 0.45, 0.80, 0.98),
    "sleep → pain": (0.49, 0.71, 0.96, 0.99),
}


def test_links_that_are_there_are_found(runs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a diary kept for months says nothing of what goes together in it."""
    _look_once(runs, monkeypatch)
    table = Table(
        f"Power, % ({2 * PEOPLE * runs} people a cell; half carry over 0.3, half 0.6)",
        "link", "days", "excludes 0", "at 0.3", "at 0.6", "possible or clear", "15 % missing", "possible or clear",
    )  # fmt: skip
    for name, (_, _, truth) in LINKS.items():
        found, said = Tally(), Tally()
        scenarios = [
            Scenario(f"power {phi}", Truth(phi, phi, **truth), trouble)
            for phi in (0.3, 0.6)
            for trouble in (LOGGED, GAPS)
        ]
        for scenario, length, number in _people(scenarios, LONGER, runs):
            link = _headlines(sim.diary(scenario, length, number)).links[NAMES.index(name)]
            key = (scenario.truth.pain_carries, scenario.trouble.missing, length)
            found.add(*key, hit=bool(link.estimate and _excludes(link.estimate, 0)))
            said.add(*key, hit=link.verdict in NAMED)
        for length, wanted in zip(LONGER, POWER[name], strict=True):
            ours = found.of(None, 0.0, length)
            each = (found.of(phi, 0.0, length) for phi in (0.3, 0.6))
            missing = (tally.of(None, GAPS.missing, length) for tally in (found, said))
            table.row(name, length, ours, *each, said.of(None, 0.0, length), *missing)
            table.at_least(f"{name}, {length} days", ours, wanted)
    table.close()


SAME_DAY_ONLY = (
    *(Scenario(f"carry-over {phi}", Truth(phi, phi, -0.35)) for phi in (0.0, 0.3, 0.6, 0.8)),
    *(Scenario(f"noise {share}", Truth(0.6, 0.6, -0.35), Trouble(noise=share)) for share in (0.3, 0.4, 0.5)),
)
BEYOND = Scenario("noise 0.4, r −0.6", Truth(0.6, 0.6, -0.6), Trouble(noise=0.4))  # where the method has its limit


def test_a_same_day_link_alone_is_seldom_taken_for_a_direction(runs: int) -> None:
    """Else people are told that pain comes before mood where the two only go together."""
    wrong, usual, named = Tally(), Tally(), Tally()
    directions = NAMES[1:3]
    for scenario, length, number in _people((*SAME_DAY_ONLY, BEYOND), LONGER, runs):
        diary = sim.diary(scenario, length, number)
        links = dict(zip(NAMES, _headlines(diary).links, strict=True))
        for name in directions:
            estimate = links[name].estimate
            if estimate:
                wrong.add(scenario.name, length, hit=_excludes(estimate, 0))
                usual.add(scenario.name, length, hit=sim.usual(diary, name).p < 0.05)
        named.add(scenario.name, length, hit=any(links[name].verdict in NAMED for name in directions))
    table = Table(
        f"A direction where there is only a same-day link, % ({PEOPLE * runs} people a cell; days {LONGER})",
        "scenario", "excludes 0", "usual way", "either possible or clear",
    )  # fmt: skip
    for scenario in (*SAME_DAY_ONLY, BEYOND):
        table.row(scenario.name, *(_course(each, scenario.name, LONGER) for each in (wrong, usual, named)))
    for scenario in SAME_DAY_ONLY:
        for length in LONGER:
            what = f"{scenario.name}, {length} days"
            table.at_most(what, wrong.of(scenario.name, length), 0.11 if length < 365 else 0.18)
            table.at_most(f"{what}, named", named.of(scenario.name, length), 0.1)
    table.close()


SUFFERERS = (
    *sim.CARRIED, sim.MISSING, sim.TREND, sim.WEEKEND, sim.NOISE, sim.VOLATILE, sim.SHIFTS, sim.DRIFT, sim.WAVE,
    sim.ALL_TROUBLES,
)  # fmt: skip
FELT = replace(sim.NOISE, name="noisy, decided by what is felt")  # where the method has its limit
COURSES = (60, 120, 240)


def test_useless_treatments_are_seldom_named(runs: int) -> None:
    """Else a pill taken on bad days, or a walk after better ones, is shown to help or to harm."""
    wrong, usual, any_named, any_usual = Tally(), Tally(), Tally(), Tally()
    for scenario, length, number in _people((*SUFFERERS, FELT), COURSES, runs):
        person = sim.treated(scenario, length, number, {}, by_felt=scenario is FELT)
        found = _compared(person)
        welch = [sim.welch_of(person.diary, use).p < 0.05 for use in person.uses.values()]
        for each, hit in zip(found.comparisons, welch, strict=True):
            usual.add(each.name, scenario.name, length, hit=hit)
            if each.estimate:
                wrong.add(each.name, scenario.name, length, hit=_excludes(each.estimate, 0))
        any_named.add(scenario.name, length, hit=any(each.verdict in NAMED for each in found.comparisons))
        any_usual.add(scenario.name, length, hit=any(welch))
    kinds = Table(
        f"Useless treatments: intervals that exclude 0, % ({PEOPLE * runs} people a cell)",
        "treatment", *map(str, COURSES), "worst cell", "usual way",
    )  # fmt: skip
    for kind in sim.KINDS:
        each_length = (wrong.of(kind, None, length) for length in COURSES)
        kinds.row(kind, *each_length, _worst(wrong.cells(kind, None, None)), usual.of(kind, None, None))
    people = Table(
        "8 useless treatments: any possible or clear, % of people", "scenario", *map(str, COURSES), "usual way"
    )
    for kind in sim.KINDS:
        by_rating = _sum(wrong.of(kind, scenario.name, None) for scenario in SUFFERERS)
        people.at_most(f"{kind}: intervals", by_rating, 0.11)
    for scenario in (*SUFFERERS, FELT):
        each_length = (any_named.of(scenario.name, length) for length in COURSES)
        people.row(scenario.name, *each_length, any_usual.of(scenario.name, None))
    for scenario in SUFFERERS:
        for length in COURSES:
            people.at_most(f"{scenario.name}, {length} days", any_named.of(scenario.name, length), 0.1)
        people.at_most(scenario.name, any_named.of(scenario.name, None), 0.1)
    people.row("all", *(any_named.of(None, length) for length in COURSES), any_usual.of(None, None))
    people.at_most("mean", any_named.of(None, None), 0.1)
    sys.stdout.write("\n".join(kinds.lines) + "\n")
    people.close()


HELPED = (*sim.CARRIED, sim.MISSING, sim.NOISE, sim.ALL_TROUBLES)
WORKING = {"on random days": -1.2, "twice a week": -1.2}


def test_of_what_is_named_little_is_useless_where_two_treatments_work(runs: int) -> None:
    """Else what truly helps lends its weight to what does not: the false-discovery rate is not kept."""
    false, share = defaultdict[int, list[float]](list), Tally()
    for scenario, length, number in _people(HELPED, COURSES, runs):
        found = _compared(sim.treated(scenario, length, number, WORKING))
        named = [each.name for each in found.comparisons if each.verdict in NAMED]
        useless = sum(name not in WORKING for name in named)
        false[length].append(useless / max(len(named), 1))
        for each in found.comparisons:
            if each.name in WORKING:
                share.add(length, hit=each.verdict in NAMED)
    table = Table("8 treatments, 2 of them worth −1.2: %", "days", "false discoveries", "of the 2 found", "people")
    for length in COURSES:
        rates = np.array(false[length])
        table.row(length, f"{100 * rates.mean():.1f}", share.of(length), len(rates))
        allowed = 0.05 + 3.1 * sqrt(0.05 / len(rates))
        if rates.mean() > allowed:
            table.misses.append(f"{length} days: {rates.mean():.3f} false, meant to be at most {allowed:.3f}")
    table.close()


SCHEDULED = ("on random days", "twice a week", "every third day", "weeks on and off")


def test_treatments_that_work_are_found(runs: int) -> None:
    """Else nothing that helps can ever be seen in a diary."""
    table = Table(
        f"A treatment worth −1.2: excludes 0, % ({2 * PEOPLE * runs} people a cell)", "treatment", *map(str, COURSES)
    )
    people = [Scenario(f"treated {phi}", Truth(phi, phi), LOGGED) for phi in (0.3, 0.6)]
    found, held = Tally(), Tally()
    for scenario, length, number in _people(people, COURSES, runs):
        for kind in SCHEDULED:
            _note(found, held, sim.treated(scenario, length, number, {kind: -1.2}), kind, length)
        _note(found, held, sim.relieved(scenario, length, number, -1.2), sim.AS_NEEDED, length)
    for kind in (*SCHEDULED, sim.AS_NEEDED):
        table.row(kind, *(found.of(kind, length) for length in COURSES))
        table.row(f"{kind}: coverage", *(held.of(kind, length) for length in COURSES))
    scheduled = [_sum(found.of(kind, length) for kind in SCHEDULED) for length in COURSES]
    table.row("mean of the scheduled", *scheduled)
    for length, count, wanted in zip(COURSES, scheduled, (0.45, 0.77, 0.98), strict=True):
        table.at_least(f"scheduled, {length} days", count, wanted)
    for length, wanted in zip(COURSES, (0.25, 0.45, 0.77), strict=True):
        table.at_least(f"as needed, {length} days", found.of(sim.AS_NEEDED, length), wanted)
    table.at_least("coverage", held.of(None, None), 0.9)
    table.close()


STEADY = (*sim.CARRIED, sim.MISSING, sim.NOISE, sim.VOLATILE, sim.GENTLE, sim.DRIFT, sim.WAVE)
SLOPES = tuple(
    Scenario(f"{points} points downhill, carry-over {phi}", Truth(phi, phi), Trouble(trend=-points))
    for points in (3, 5)
    for phi in (0.0, 0.3, 0.6)
)  # so steep that a few are always taken for a turn
STRETCHES = (56, 112, 240)


def test_a_day_on_which_nothing_happened_is_seldom_named(runs: int) -> None:
    """Else whatever someone started while pain was already on its way somewhere is shown to have moved it."""
    wrong, named, clear, usual = Tally(), Tally(), Tally(), Tally()
    for scenario, length, number in _people((*STEADY, *SLOPES), STRETCHES, 5 * runs):
        diary = sim.diary(scenario, length, number)
        turn = _turned(diary).turns[0]
        if turn.estimate:
            wrong.add(scenario.name, length, hit=_excludes(turn.estimate, 0))
            usual.add(scenario.name, length, hit=sim.before_after(diary).p < 0.05)
        named.add(scenario.name, length, hit=turn.verdict in NAMED)
        clear.add(scenario.name, length, hit=turn.verdict == "clear")
    table = Table(
        f"Before and after a day on which nothing happened, % ({5 * PEOPLE * runs} people a cell; days {STRETCHES})",
        "scenario", "excludes 0", "possible or clear", "clear", "usual way",
    )  # fmt: skip
    for scenario in (*STEADY, *SLOPES):
        table.row(scenario.name, *(_course(each, scenario.name, STRETCHES) for each in (wrong, named, clear, usual)))
        for length in STRETCHES:
            what = f"{scenario.name}, {length} days"
            table.at_most(what, named.of(scenario.name, length), 0.1)
            if scenario not in SLOPES:
                table.at_most(f"{what}, clear", clear.of(scenario.name, length), 0.02)
        table.at_most(scenario.name, named.of(scenario.name, None), 0.1)
    table.row("all", *(each.of(None, None) for each in (wrong, named, clear, usual)))
    table.at_most("intervals without a slope", _sum(wrong.of(each.name, None) for each in STEADY), 0.05)
    table.at_most("mean", named.of(None, None), 0.05)
    table.close()


def test_a_turn_of_two_and_a_half_points_is_found(runs: int) -> None:
    """Else a treatment that changed a life leaves no mark between the weeks before and after."""
    scenarios = [Scenario(f"turned {phi}", Truth(phi, phi), LOGGED) for phi in (0.3, 0.6)]
    named, held = Tally(), Tally()
    for scenario, length, number in _people(scenarios, STRETCHES, 5 * runs):
        step = np.where(np.arange(length) >= length // 2, -2.5, 0.0)
        turn = _turned(sim.with_pain(scenario, length, number, step)).turns[0]
        named.add(scenario.name, length, hit=turn.verdict in NAMED)
        if turn.estimate:
            held.add(scenario.name, length, hit=not _excludes(turn.estimate, -2.5))
    table = Table(
        f"Before and after a turn of −2.5 points, % ({5 * PEOPLE * runs} people a cell)",
        "carry-over",
        *map(str, STRETCHES),
    )
    for phi, scenario in zip((0.3, 0.6), scenarios, strict=True):
        table.row(f"{phi}: possible or clear", *(named.of(scenario.name, length) for length in STRETCHES))
        table.row(f"{phi}: coverage", *(held.of(scenario.name, length) for length in STRETCHES))
    for length, wanted in zip(STRETCHES, (0.35, 0.64, 0.65), strict=True):
        table.at_least(f"{length} days", named.of(None, length), wanted)
    table.close()


def test_the_further_lags_of_a_profile_are_as_honest(runs: int) -> None:
    """Else the profile shows waves around a link that are not there."""
    lags = (-3, -2, 2, 3)
    wrong = Tally()
    scenarios = (
        *sim.CARRIED,
        *sim.UNEQUAL,
        sim.MISSING,
        sim.TREND,
        sim.WEEKEND,
        sim.FLOOR,
        sim.SHIFTS,
        sim.ALL_TROUBLES,
    )
    for scenario, length, number in _people(scenarios, (60, 180), runs):
        found = find_patterns(sim.days_of(sim.diary(scenario, length, number)), Question(profiles=[(PAIN, MOOD)]))
        for lag in found.profiles[0].lags:
            if lag.days in lags and lag.estimate:
                wrong.add(scenario.name, lag.days, length, hit=_excludes(lag.estimate, 0))
    table = Table(
        f"Further lags without a link, % ({PEOPLE * runs} people a cell)", "scenario", *map(str, lags), "worst"
    )
    rows: list[str | None] = [*(scenario.name for scenario in scenarios), None]
    for name in rows:
        table.row(name or "all", *(wrong.of(name, lag, None) for lag in lags), _worst(wrong.cells(name, None, None)))
    table.at_most("mean", wrong.of(None, None, None), 0.06)
    for scenario in scenarios:
        table.at_most(scenario.name, wrong.of(scenario.name, None, None), 0.11)
    table.close()


# The engine, asked.


def _people(scenarios: Sequence[Scenario], lengths: Sequence[int], runs: int) -> Iterable[tuple[Scenario, int, int]]:
    return (
        (scenario, length, number) for scenario in scenarios for length in lengths for number in range(PEOPLE * runs)
    )


def _headlines(diary: Diary) -> Patterns:
    return find_patterns(sim.days_of(diary), Question(HEADLINES))


def _link(diary: Diary, name: str) -> Link:
    return find_patterns(sim.days_of(diary), Question([HEADLINES[NAMES.index(name)]])).links[0]


def _compared(person: sim.Treated) -> Patterns:
    return find_patterns(sim.days_of(person.diary, (PAIN,)), Question(outcome=PAIN, uses=list(person.uses.values())))


def _turned(diary: Diary) -> Patterns:
    """Ask of the day in the middle."""
    day = diary.first + timedelta(days=len(diary.pain) // 2)
    return find_patterns(
        sim.days_of(diary, (PAIN,)), Question(outcome=PAIN, changes=[PlanStep(day, "pill", "pill")], turns=[day])
    )


def _note(found: Tally, held: Tally, person: sim.Treated, kind: str, length: int) -> None:
    """Ask of one treatment worth -1.2."""
    estimate = None
    if kind in person.uses:
        only = person._replace(uses={kind: person.uses[kind]})
        estimate = _compared(only).comparisons[0].estimate
    found.add(kind, length, hit=bool(estimate and _excludes(estimate, 0)))
    if estimate:
        held.add(kind, length, hit=not _excludes(estimate, -1.2))


def _also(scenario: Scenario, **truth: float) -> Scenario:
    return replace(scenario, truth=replace(scenario.truth, **truth))


def _excludes(estimate: Estimate, value: float) -> bool:
    return not estimate.low <= value <= estimate.high


def _said(links: Sequence[Link]) -> dict[str, bool]:
    verdicts = {link.verdict for link in links}
    return {"clear": "clear" in verdicts, "named": bool(verdicts & set(NAMED))}


# Counts.


def _sum(counts: Iterable[Count]) -> Count:
    every = list(counts)
    return Count(sum(count.hits for count in every), sum(count.of for count in every))


def _worst(counts: Sequence[Count]) -> Count:
    """The highest share among cells of some size."""
    full = max((count.of for count in counts), default=0)
    return max((count for count in counts if 2 * count.of > full), key=lambda count: count.share, default=Count(0, 0))


def _ends(counts: Sequence[Count]) -> tuple[Count, Count]:
    lowest, *_, highest = sorted(counts, key=lambda count: count.share)
    return lowest, highest


def _pooled(tally: Tally, name: str | None, word: str) -> Count:
    return tally.of(name, word, None)


def _worst_of(tally: Tally, name: str | None, word: str) -> Count:
    return _worst(tally.cells(name, word, None))


def _course(tally: Tally, name: str, lengths: Sequence[int]) -> str:
    return " / ".join(str(tally.of(name, length)) for length in lengths)


def _at_least(hits: int, of: int, share: float) -> float:
    """The probability of at least so many hits, each as likely as ``share``."""
    if hits <= 0 or share >= 1:
        return 1.0
    whole = lgamma(of + 1)
    return sum(
        exp(whole - lgamma(k + 1) - lgamma(of - k + 1) + k * log(share) + (of - k) * log1p(-share))
        for k in range(hits, of + 1)
    )
