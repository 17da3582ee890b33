# ruff: noqa: E501, FBT003, ISC004
"""The sentences of ``link`` and ``helps``: each word for word, and the words that none of them may use."""

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import painlog
from painlog.analysis.patterns.findings import (
    Basis,
    Comparison,
    Estimate,
    Link,
    Patterns,
    PlanStep,
    Turn,
    Verdict,
    judge,
)
from painlog.domain.variables import variables
from painlog.view.sentences import (
    NOT_PROOF,
    comparison_sentence,
    link_figures,
    link_sentence,
    turn_label,
    turn_sentence,
)
from tests.conftest import NOW

TODAY = NOW.date()
V = variables()
FIRM = Estimate(-0.44, -0.61, -0.22, 0.0004, 0.002, 50, 0.52, -0.47)


def link_of(verdict: Verdict = "clear", estimate: Estimate | None = FIRM, **other: object) -> Link:
    usual = Link("same day", V["pain"], V["mood"], 1, 1, Basis(58, 90, 14), estimate, verdict)
    return usual._replace(**other)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("link", "said"),
    [
        (
            link_of(),
            "Clear. On days with pain 1 point higher, mood was about 0.4 lower (worse), likely 0.2 to 0.6 (58 days). "
            "They move together; which of them comes first, this does not show.",
        ),
        (
            link_of("possible"),
            "Early sign. On days with pain 1 point higher, mood was about 0.4 lower (worse), likely 0.2 to 0.6 "
            "(58 days). This could still be chance; it will firm up or fade with more days.",
        ),
        (
            link_of("no clear pattern", FIRM._replace(high=0.13)),
            "No clear pattern: anything from 0.6 lower to 0.1 higher per point fits (58 days).",
        ),
        (link_of("no clear pattern"), "No clear pattern: anything from 0.6 to 0.2 lower per point fits (58 days)."),
        (
            link_of("small or none", FIRM._replace(low=-0.14, high=0.13)),
            "No difference, or a small one: less than 0.1 either way per point (58 days).",
        ),
        (
            link_of("too small", FIRM._replace(value=-0.04)),
            "Too small to matter: 0.04 lower per point (58 days).",
        ),
        (
            link_of(question="next day", basis=Basis(140, 179, 28)),
            "Clear. On the day after one with pain 1 point higher, mood was about 0.4 lower (worse) than the day before "
            "would suggest, likely 0.2 to 0.6 (140 pairs of days).",
        ),
        (
            link_of(question="night", x=V["sleep"], y=V["pain"], per=60, basis=Basis(70, 89, 28)),
            "Clear. After nights with sleep 1 hour longer, pain was about 0.4 lower (better), likely 0.2 to 0.6 (70 nights).",
        ),
        (
            link_of(
                question="next night", y=V["sleep"], unit=60, estimate=FIRM._replace(value=-22.0, low=-40.2, high=-3.6)
            ),
            "Clear. In the night after a day with pain 1 point higher, sleep was about 22 min shorter (worse) than the "
            "day before would suggest, likely 4 min to 40 min (58 pairs of days).",
        ),
        (
            link_of(
                x=V["work_affected"],
                y=V["steps"],
                unit=500,
                estimate=FIRM._replace(value=-1234.0, low=-2000.0, high=-400.0),
            ),
            "Clear. On days with a yes for work affected, steps were about 1,234 lower (worse), likely 400 to 2,000 (58 days). "
            "They move together; which of them comes first, this does not show.",
        ),
        (
            link_of("too few", None, basis=Basis(17, 89, 28, 12), question="next day"),
            "Not enough days yet: 17 of 28 pairs of neighbouring days with pain on the first and mood on both; about 12 days more at your pace.",
        ),
        (
            link_of("hardly changed", None, flat=V["pain"]),
            "Pain hardly changed on these 58 days, so there is nothing to compare.",
        ),
    ],
)
def test_what_is_said_of_a_link(link: Link, said: str) -> None:
    assert link_sentence(link) == said


def test_the_line_for_a_clinician_names_the_model() -> None:
    assert link_figures(link_of()) == (
        "mood on pain: -0.44 (95 % CI -0.61 to -0.22) per 1 point, n = 58 days of 90, GLS with AR(1) errors, phi 0.52, "
        "adjusted for trend, weekday; p < .001, q = .002, partial r -0.47"
    )


def comparison_of(verdict: Verdict, estimate: Estimate | None = None, **other: object) -> Comparison:
    usual = Comparison("yoga", False, V["pain"], 1, 31, 92, 4.1, 5.2, 40, 0.1, Basis(123, 180, 16), estimate, verdict)
    return usual._replace(**other)  # type: ignore[arg-type]


AS_NEEDED = (
    "What is taken as needed is taken on bad days, which cannot show whether it helps; only the day after is compared. "
)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (
            comparison_of("worse days", FIRM._replace(value=0.44, low=0.22, high=0.61), as_needed=True),
            AS_NEEDED
            + "After 31 days with it, the next day's pain was about 0.4 higher (worse) than after 92 days without, "
            "likely 0.2 to 0.6. Ratings are too rough to tell it apart from those having been worse days.",
        ),
        (
            comparison_of("too few", as_needed=True, medicine=True, assumed=True, days_with=3),
            "No dose says whether it was as needed or scheduled (painlog dose --prn or --scheduled), so it is taken for "
            "one as needed: compared on the day after only. Too few days with it to compare: 3 days with it and 92 without. "
            "Not recorded is not the same as not taken. The weeks before and after a day can be compared: painlog helps "
            "--since DAY.",
        ),
        (
            comparison_of("clear", FIRM, rated_before=True),
            "Clear. On 31 days with it, later pain was about 0.4 lower (better) than on 92 days without that began "
            "alike, likely 0.2 to 0.6. Days with it may differ in other ways.",
        ),
        (
            comparison_of("possible", FIRM._replace(q=0.03)),
            "Early sign. On 31 days with it, pain was about 0.4 lower (better) than on 92 days without, likely 0.2 to 0.6. "
            "This could still be chance. Days with it may differ in other ways: they may have begun better or worse.",
        ),
        (
            comparison_of("foretold", FIRM, foretold="higher"),
            "You mostly used it on days that began worse, so these days cannot show whether it helps (31 days with, 92 "
            "without). A rating of pain before it, and one later, also on days without it, would. (--before says it with "
            "the use.)",
        ),
        (
            comparison_of("foretold", FIRM, foretold="higher", outcome=V["mood"]),
            "You mostly used it on days that began better, so these days cannot show whether it helps (31 days with, 92 "
            "without). A rating of mood before it, and one later, also on days without it, would.",
        ),
        (
            comparison_of("possible", FIRM, as_needed=True),
            AS_NEEDED
            + "Early sign. After 31 days with it, the next day's pain was about 0.4 lower (better) than after "
            "92 days without, likely 0.2 to 0.6. A spike often passes by itself.",
        ),
        (
            comparison_of("weekdays", weekday_share=0.9),
            "Yoga is almost always on the same days of the week, so it cannot be told apart from them (31 days with, 92 without).",
        ),
        (
            comparison_of("too few", days_with=3),
            "Not enough days to compare: 3 days with it and 92 without; it takes 5 more with it.",
        ),
        (
            comparison_of("too few", days_with=1, days_without=0),
            "Not enough days to compare: 1 day with it and 0 without; it takes 7 more with it and 8 more without it. A day "
            "without it is one between two uses that has some other entry.",
        ),
        (
            comparison_of("too few", switches=2),
            "Not begun and stopped often enough to compare: 2 of 4 times (31 days with it and 92 without). The weeks before "
            "and after a day can be compared: painlog helps --since DAY.",
        ),
    ],
)
def test_what_is_said_of_a_treatment(found: Comparison, said: str) -> None:
    assert comparison_sentence(found) == said


def turn_of(verdict: Verdict = "clear", estimate: Estimate | None = None, **other: object) -> Turn:
    usual = Turn(
        *(date(2026, 8, 3), ("duloxetine changed to 60 mg",), (), V["pain"], 1, 8, 8, 6.1, 4.3, 0.01, None),
        basis=Basis(16, 16, 8),
        estimate=estimate or Estimate(-1.8, -3.1, -0.5, 0.002, 0.003, 14, 0.3, -0.6),
        verdict=verdict,
    )
    return usual._replace(**other)  # type: ignore[arg-type]


def words_of(turn: Turn) -> str:
    """The sentence of a turn that is its screen's only result."""
    alone = Patterns((turn.day, turn.day), 0, (), (), (), (), (turn,))  # type: ignore[arg-type]
    return turn_sentence(judge(alone).turns[0], TODAY)


AVERAGED = "Pain averaged 6.1 in the 8 weeks before and 4.3 in the 8 weeks from that day on. "


@pytest.mark.parametrize(
    ("turn", "said"),
    [
        (
            turn_of(),
            "Clear. With ups and downs that last for weeks allowed for, that is 1.8 lower, likely 0.5 to 3.1: "
            "a little better, similar at the cautious end. "
            "Other things may have changed too.",
        ),
        (
            turn_of(estimate=Estimate(3.1, 2.0, 4.2, 0.02, 0.02, 14, 0.3, 0.6)),
            "Early sign. With ups and downs that last for weeks allowed for, that is 3.1 higher, likely 2.0 to 4.2: "
            "much worse, worse at the cautious end. "
            "This could still be chance; it will firm up or fade with more days. Other things may have changed too.",
        ),
        (
            turn_of(p_beside_trend=0.1),
            "Early sign. With ups and downs that last for weeks allowed for, that is 1.8 lower, likely 0.5 to 3.1: "
            "a little better, similar at the cautious end. "
            "This could still be chance; it will firm up or fade with more days. Other things may have changed too.",
        ),
        (turn_of(p_beside_trend=None), "Pain was already changing before, so the two cannot be told apart."),
        (
            turn_of(
                others=(PlanStep(date(2026, 8, 10), "yoga", "yoga started"),),
                estimate=Estimate(-1.8, -4.0, 0.4, 0.1, 0.1, 14, 0.3, -0.6),
            ),
            "With ups and downs that last for weeks allowed for, no clear pattern: anything from 4.0 lower to 0.4 higher fits (16 weeks). In the same weeks: yoga started (Mon 10 Aug).",
        ),
    ],
)
def test_what_is_said_of_a_change_of_the_plan(turn: Turn, said: str) -> None:
    assert words_of(turn) == AVERAGED + said
    assert turn_label(turn, TODAY) == "Mon 3 Aug: duloxetine changed to 60 mg"


FORBIDDEN = r"\b(because|effective\w*|works|cures?|cured|you should|leads? to|due to|proves?|caus(?:e|es|ed|ing|al))\b"
FHIR_ELEMENTS = ("effectiveDateTime", "effectivePeriod")
ROOT = Path(painlog.__file__).parent
PEOPLES_WORDS = ("domain/language/small_words.py", "exchange/importing/header_words.py")  # what is typed, not said


def messages() -> Iterator[tuple[str, str]]:
    """Every text of the package that can be printed: strings, and in cli docstrings, which are the help."""
    for source in sorted({*ROOT.rglob("*.py")} - {ROOT / place for place in PEOPLES_WORDS}):
        tree = ast.parse(source.read_text())
        places = [n for n in ast.walk(tree) if isinstance(n, ast.Module | ast.FunctionDef | ast.ClassDef)]
        quiet = {
            id(node.body[0].value)
            for node in places
            if node.body and isinstance(node.body[0], ast.Expr) and (source.parent.name != "cli" or _private(node))
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in quiet:
                yield f"{source.relative_to(ROOT)}:{node.lineno}", node.value


def _private(node: ast.AST) -> bool:
    return getattr(node, "name", "").startswith("_")


def test_no_message_claims_that_one_thing_brings_about_another() -> None:
    """Patterns in one person's records show no cause; the one line that says so is the only place for the word."""
    found = [(place, text) for place, text in messages() if re.search(FORBIDDEN, text, re.IGNORECASE)]
    assert [(place.partition(":")[0], text) for place, text in found if text not in {NOT_PROOF, *FHIR_ELEMENTS}] == []
    assert len([text for _, text in found if text == NOT_PROOF]) == 1
