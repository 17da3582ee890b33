"""Trials by lot: the judgement against every lot there is, and how often it is wrong and right on simulated people.

``pytest -n 0 --runs 60 -rP tests/analysis/test_trials.py`` counts 600 people a cell.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from itertools import product

import numpy as np
import pytest

from painlog.analysis.patterns.regression import DAILY
from painlog.analysis.patterns.trials import KEPT, REDRAWS, plan_trial, shift_nights, trial_of
from painlog.errors import BadInput
from tests.analysis.test_calibration import Count, Table
from tests.support.simulation import welch

PEOPLE = 10  # a cell and run
BEGINS = date(2026, 1, 5)
CARRIES, SPREAD, MISSING = 0.6, 1.8, 0.1
CELLS = {  # the true effect and the days: what is found at least, of 100
    (0.0, 56): 0.0,
    (-1.0, 28): 0.2,
    (-1.0, 56): 0.45,
    (-1.0, 84): 0.8,
    (-1.5, 56): 0.85,
}


def person(effect: float, days: int, number: int) -> tuple[dict[date, bool], dict[date, float], dict[date, bool]]:
    """What was drawn, what was rated, and what was done: 85 of 100 days with are kept, 10 of 100 ratings missing."""
    made = np.random.default_rng((number, days, round(-10 * effect)))
    state = [made.normal(0, SPREAD)]
    for _ in range(days - 1):
        state.append(CARRIES * state[-1] + made.normal(0, SPREAD * (1 - CARRIES**2) ** 0.5))
    first = made.integers(0, 2, days // 2).astype(bool)
    drawn = np.stack([first, ~first], axis=1).ravel()
    done = drawn & (made.random(days) < KEPT)
    rated = np.clip(np.rint(5 + np.array(state) + effect * done), 0, 10)
    known = made.random(days) > MISSING
    calendar = [BEGINS + timedelta(i) for i in range(days)]
    values = {day: float(value) for day, value, is_known in zip(calendar, rated, known, strict=True) if is_known}
    return dict(zip(calendar, drawn.tolist(), strict=True)), values, dict(zip(calendar, done.tolist(), strict=True))


def p_of_every_lot(drawn: Mapping[date, bool], values: Mapping[date, float]) -> float:
    """The p-value over all lots of the pairs, by weighted least squares with the covariances written out."""
    days = sorted(drawn)
    rows = [i for i, day in enumerate(days) if day in values]
    y, at = np.array([values[days[i]] for i in rows]), np.array(rows, dtype=float)
    trend = np.column_stack([np.ones(len(y)), at])

    def fitted(phi: float, columns: np.ndarray) -> tuple[np.ndarray, np.ndarray, float]:
        gaps = np.abs(at[:, None] - at[None, :])
        covariance = np.where(gaps == 0, 1.0, np.sign(phi) ** gaps * abs(phi) ** gaps)
        inverse = np.linalg.inv(covariance)
        information = columns.T @ inverse @ columns
        b = np.linalg.solve(information, columns.T @ inverse @ y)
        rest = y - columns @ b
        size = -0.5 * (np.linalg.slogdet(covariance)[1] + np.linalg.slogdet(information)[1])
        return b, np.linalg.inv(information), size - 0.5 * (len(y) - columns.shape[1]) * np.log(rest @ inverse @ rest)

    phi = max(DAILY, key=lambda each: fitted(each, trend)[2])

    def apart(lot: list[bool]) -> float:
        b, inverse, _ = fitted(phi, np.column_stack([trend, np.array([lot[i] for i in rows], dtype=float)]))
        return float(abs(b[-1]) / inverse[-1, -1] ** 0.5)

    own = apart([drawn[day] for day in days])
    lots = ([way for each in lot for way in (each, not each)] for lot in product((True, False), repeat=len(days) // 2))
    return float(np.mean([apart(lot) >= own - 1e-9 for lot in lots]))


def p_by_welch(drawn: Mapping[date, bool], values: Mapping[date, float]) -> float:
    """The usual way: Welch's test of the days with against the days without."""
    sides = [np.array([values[day] for day in values if drawn[day] == way]) for way in (True, False)]
    return welch(*sides).p


def test_six_pairs_are_judged_as_by_every_lot_there_is() -> None:
    """Two trials without gaps, and two with; 999 redraws of 64 lots come near the share of all 64."""
    for number in range(4):
        drawn, values, _ = person(-1.5, 12, number)
        values |= {day: 5.0 + number for day in drawn if day not in values} if number < 2 else {}
        exact, found = p_of_every_lot(drawn, values), trial_of(drawn, values, seed=number)
        assert found.p is not None
        assert abs(found.p - exact) <= 4 * (exact * (1 - exact) / REDRAWS) ** 0.5 + 2 / REDRAWS, (
            number,
            exact,
            found.p,
        )


def test_a_trial_says_what_it_rests_on() -> None:
    """Days count as drawn and not as done; the figures are plain means, and one seed gives one result."""
    drawn = {BEGINS + timedelta(i): i % 4 in (0, 3) for i in range(24)}
    values = {day: 3.0 + (i % 3) if with_it else 6.0 + (i % 2) for i, (day, with_it) in enumerate(drawn.items())}
    found = trial_of(drawn, values, done=dict.fromkeys(list(drawn)[:4], True) | {BEGINS - timedelta(1): True}, seed=5)
    assert found == trial_of(dict(reversed(drawn.items())), values, done=dict.fromkeys(list(drawn)[:4], True), seed=5)
    assert (found.days, found.days_with, found.days_without, found.marked, found.kept) == (24, 12, 12, 4, 2)
    assert found.mean_with == pytest.approx(np.mean([values[day] for day in drawn if drawn[day]]))
    assert found.estimate is not None
    assert found.low is not None
    assert found.high is not None
    assert found.low < found.estimate < found.high < -1
    assert found.p == 0.001
    turned = trial_of({day: not with_it for day, with_it in drawn.items()}, values, seed=5)
    assert turned.estimate == pytest.approx(-found.estimate)
    scaled = trial_of(drawn, {day: 60 * value for day, value in values.items()}, unit=60, seed=5)
    assert (scaled.p, scaled.power) == (found.p, found.power)
    assert scaled.least == pytest.approx(60 * (found.least or 0))
    nights = shift_nights(drawn)
    assert (min(nights), [*nights.values()]) == (BEGINS + timedelta(1), [*drawn.values()])


def test_too_few_or_alike_say_nothing_and_what_is_no_trial_is_refused() -> None:
    drawn = {BEGINS + timedelta(i): not i % 2 for i in range(12)}
    for values in ({}, dict.fromkeys(drawn, 4.0), {day: float(day.day) for day in list(drawn)[:7]}):
        found = trial_of(drawn, values)
        assert (found.p, found.estimate, found.power) == (None, None, None)
    assert trial_of(drawn, {day: float("nan") for day in drawn}).days_with == 0
    for broken in (dict(list(drawn.items())[:11]), dict(list(drawn.items())[:10]), dict.fromkeys(drawn, True)):
        with pytest.raises(BadInput):
            trial_of(broken, {})
    assert plan_trial(dict.fromkeys(drawn, 4.0), 56).power is None
    assert plan_trial({BEGINS + timedelta(i): 4.0 for i in range(60)}, 56).needed is None


def test_a_trial_is_seldom_wrong_and_finds_what_is_there(runs: int, report: Callable[[str], None]) -> None:
    """What does nothing is found in 5 of 100 at most; a point by the lengths that the plan of a trial speaks of."""
    table = Table(
        f"Trials by lot, % ({PEOPLE * runs} people a cell)",
        "effect", "days", "found", "Welch", "95 % excludes 0", "said power", "mean estimate",
    )  # fmt: skip
    for (effect, days), least in CELLS.items():
        people = [person(effect, days, number)[:2] for number in range(PEOPLE * runs)]
        results = [trial_of(*each, seed=number) for number, each in enumerate(people)]
        usual = Count(sum(p_by_welch(*each) < 0.05 for each in people), len(people))
        known = [each for each in results if each.p is not None]
        found = Count(sum(each.stands_out for each in known), len(results))
        apart = Count(sum((each.low or 0) > 0 or (each.high or 0) < 0 for each in known), len(results))
        powers, estimates = ([getattr(each, name) for each in known] for name in ("power", "estimate"))
        table.row(effect, days, found, usual, apart, f"{100 * np.mean(powers):.0f}", f"{np.mean(estimates):.2f}")
        if effect:
            table.at_least(f"{effect} in {days} days", found, least)
        else:
            table.at_most("found without effect", found, 0.05)
            table.at_most("95 % interval without effect", apart, 0.05)
    report("\n".join(table.lines))
    table.close()


def test_a_planned_length_finds_a_point_in_eight_of_ten(runs: int, report: Callable[[str], None]) -> None:
    """Planned from 120 days of the same people without anything, then drawn so long."""
    lengths, hits = [], 0
    for number in range(4 * runs):
        plan = plan_trial(person(0.0, 120, number)[1], 56)
        assert plan.needed is not None
        lengths.append(plan.needed)
        found = trial_of(*person(-1.0, plan.needed, number)[:2], seed=number)
        hits += found.stands_out
    report(f"planned lengths {np.quantile(lengths, (0.1, 0.5, 0.9))}, found in {Count(hits, len(lengths))} %")
    assert 40 <= np.median(lengths) <= 90
    if runs > 1:
        assert 0.7 <= hits / len(lengths) <= 0.92
