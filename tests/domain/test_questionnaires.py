"""Questionnaires and the texts about whom to call: the published words, codes, limits and rules, typed by hand."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from painlog.domain.crisis import CHECKED_ON, LINES, find_country
from painlog.domain.questionnaires import QUESTIONNAIRES, Score, band, check_answers, parse_answers, score, subscales
from painlog.errors import BadInput
from painlog.view.screens import crisis as crisis_screen
from painlog.view.screens.crisis import help_now, item_nine

PHQ = ["44250-9", "44255-8", "44259-0", "44254-1", "44251-7", "44258-2", "44252-5", "44253-3", "44260-8"]
GAD = ["69725-0", "68509-9", "69733-4", "69734-2", "69735-9", "69689-8", "69736-7"]
PEG = ["75893-8", "91145-3", "91146-1"]
INTEREST, DOWN = "Little interest or pleasure in doing things", "Feeling down, depressed, or hopeless"
NERVOUS, CONTROL = "Feeling nervous, anxious or on edge", "Not being able to stop or control worrying"
SLOWLY = (
    "Moving or speaking so slowly that other people could have noticed? Or the opposite - being so fidgety or "
    "restless that you have been moving around a lot more than usual"
)
HARM = "Thoughts that you would be better off dead or of hurting yourself in some way"
AFRAID = "Feeling afraid as if something awful might happen"
AVERAGE = "What number best describes your pain on average in the past week?"
ACTIVITY = "What number best describes how, during the past week, pain has interfered with your general activity?"
LABELS = ["Not at all", "Several days", "More than half the days", "Nearly every day"]


@pytest.mark.parametrize(
    ("id_", "codes", "ends", "loinc", "figures"),  # figures: highest score, missing allowed, important change, days
    [
        ("peg", PEG, (AVERAGE, ACTIVITY), ("91148-7", "91147-9"), (10, 0, 1, 7)),
        ("phq2", PHQ[:2], (INTEREST, DOWN), ("55757-9", "55758-7"), (6, 0, None, 0)),
        ("gad2", GAD[:2], (NERVOUS, CONTROL), ("", ""), (6, 0, None, 0)),
        ("phq4", GAD[:2] + PHQ[:2], (NERVOUS, DOWN), ("69724-3", "70272-0"), (12, 0, None, 14)),
        ("phq8", PHQ[:8], (INTEREST, SLOWLY), ("", ""), (24, 2, 5, 28)),
        ("phq9", PHQ, (INTEREST, HARM), ("44249-1", "44261-6"), (27, 2, 5, 28)),
        ("gad7", GAD, (NERVOUS, AFRAID), ("69737-5", "70274-6"), (21, 2, 4, 28)),
    ],
)
def test_a_questionnaire_is_the_published_one(
    id_: str, codes: list[str], ends: tuple[str, str], loinc: tuple[str, str], figures: tuple[float | None, ...]
) -> None:
    asked = QUESTIONNAIRES[id_]
    assert [item.code for item in asked.items] == codes
    assert (asked.id, asked.items[0].text, asked.items[-1].text, asked.panel, asked.total) == (id_, *ends, *loinc)
    assert (asked.high, asked.max_missing, asked.important_change, asked.every_days) == figures
    assert score(asked, [0] * len(codes)).value == asked.low == 0
    assert score(asked, [asked.highest] * len(codes)).value == asked.high


def test_what_the_family_shares_and_what_only_one_has() -> None:
    peg, *family = QUESTIONNAIRES.values()
    assert [each.title for each in family] == ["PHQ-2", "GAD-2", "PHQ-4", "PHQ-8", "PHQ-9", "GAD-7"]
    for each in family:
        assert [option.value for option in each.options] == [0, 1, 2, 3]
        assert [option.label for option in each.options] == LABELS
        assert [option.code for option in each.options] == ["LA6568-5", "LA6569-3", "LA6570-1", "LA6571-9"]
        assert each.stem.startswith("Over the last 2 weeks, how often")
        assert each.licence.endswith("No permission required to reproduce, translate, display or distribute.")
        assert not each.mean
    assert (peg.mean, peg.highest, peg.options, peg.stem, peg.recall) == (True, 10, (), "", "past week")
    assert [item.low for item in peg.items] == ["No pain", "Does not interfere", "Does not interfere"]
    assert "Krebs EE et al. J Gen Intern Med 2009;24:733-738" in peg.licence
    assert {id_: each.safety_item for id_, each in QUESTIONNAIRES.items() if each.safety_item} == {"phq9": 8}
    assert [id_ for id_, each in QUESTIONNAIRES.items() if each.overlaps] == ["phq8", "phq9"]
    difficulty = QUESTIONNAIRES["phq9"].difficulty
    assert difficulty is not None
    assert [option.code for option in difficulty.options] == ["LA6572-7", "LA6573-5", "LA6575-0", "LA6574-3"]


PHQ_BANDS = {0: "minimal", 5: "mild", 10: "moderate", 15: "moderately severe", 20: "severe"}
CUT_OFF = {0: "below the usual cut-off", 3: "at or above the usual cut-off of 3"}


@pytest.mark.parametrize(
    ("id_", "begins"),
    [
        ("phq2", CUT_OFF),
        ("gad2", CUT_OFF),
        ("phq4", {0: "none to minimal", 3: "mild", 6: "moderate", 9: "severe"}),
        ("phq8", PHQ_BANDS),
        ("phq9", PHQ_BANDS),
        ("gad7", {0: "minimal", 5: "mild", 10: "moderate", 15: "severe"}),
    ],
)
def test_a_band_begins_exactly_at_its_published_limit(id_: str, begins: dict[int, str]) -> None:
    asked, words = QUESTIONNAIRES[id_], ""
    for value in range(int(asked.high) + 1):
        words = begins.get(value, words)
        assert band(asked, value) == band(asked, value + 0.9) == words
    ends = [*(low - 1 for low in list(begins)[1:]), int(asked.high)]
    assert asked.bands == tuple(zip(begins, ends, begins.values(), strict=True))
    assert band(QUESTIONNAIRES["peg"], 9.3) == ""


N = None


@pytest.mark.parametrize(
    ("id_", "answers", "value", "estimated"),
    [
        ("phq9", [1, 2, 3, 2, 1, 1, 2, 1, 0], 13, False),
        ("phq9", [1, 2, 3, 2, 1, 1, 2, N, 1], 14.6, True),  # 13 × 9 / 8 = 14.625
        ("phq9", [1, 2, N, 2, 1, 1, 2, N, 1], 12.9, True),  # 10 × 9 / 7 = 12.857
        ("phq9", [1, 2, 3, 2, 1, 1, 2, 1, N], None, False),  # the safety item is never filled in
        ("phq9", [1, 2, N, N, 1, 1, 2, 1, N], None, False),
        ("phq9", [1, 1, 0, 0, 0, 0, 0, N, 0], 2.3, True),  # 2.25, a half goes up
        ("phq8", [1, 1, 1, 0, 0, 0, N, N], 4, True),
        ("gad7", [1, 1, 1, 1, 1, N, N], 7, True),
        ("gad7", [3, 3, 3, 3, N, N, N], None, False),
        ("phq2", [3, N], None, False),
        ("peg", [5, 6, 6], 5.7, False),
        ("peg", [4, 5, 6], 5, False),
        ("peg", [4, 5, N], None, False),
    ],
)
def test_scores_by_hand(id_: str, answers: list[int | None], value: float | None, *, estimated: bool) -> None:
    got = score(QUESTIONNAIRES[id_], answers)
    assert got == Score(value, sum(answer is not None for answer in answers), len(answers))
    assert got.is_estimated is estimated
    assert isinstance(got.value, int) is (value == int(value) if value is not None else False)


@st.composite
def filled(draw: st.DrawFn) -> tuple[str, list[int | None]]:
    asked = QUESTIONNAIRES[draw(st.sampled_from(list(QUESTIONNAIRES)))]
    answers = st.tuples(*(st.integers(0, asked.highest) for _ in asked.items))
    skipped = draw(st.sets(st.integers(0, len(asked.items) - 1), max_size=4))
    return asked.id, [N if i in skipped else answer for i, answer in enumerate(draw(answers))]


@given(filled(), st.integers(0, 8))
def test_a_score_stays_in_range_and_rises_with_its_answers(given_: tuple[str, list[int | None]], at: int) -> None:
    asked, answers = QUESTIONNAIRES[given_[0]], given_[1]
    value, missing = score(asked, answers).value, answers.count(None)
    unsafe = asked.safety_item is not None and answers[asked.safety_item] is None
    assert (value is None) is (missing > asked.max_missing or unsafe)
    if value is None:
        return
    assert asked.low <= value <= asked.high
    raised = [N if was is None else min(was + (i == at), asked.highest) for i, was in enumerate(answers)]
    assert (score(asked, raised).value or 0) >= value


def test_subscales_are_of_complete_answers() -> None:
    phq4 = QUESTIONNAIRES["phq4"]
    assert subscales(phq4, [2, 1, 0, 3]) == {"anxiety": 3, "depression": 3}
    assert subscales(phq4, [0, N, 1, 3]) == {"depression": 4}
    assert subscales(QUESTIONNAIRES["phq9"], [1] * 9) == {}


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("1,0,2,3", [1, 0, 2, 3]),
        (" 1, 0 ,2   3 ", [1, 0, 2, 3]),
        ("1;0; 2,3", [1, 0, 2, 3]),
        ("1,-,2,-", [1, N, 2, N]),
        ("1 - 2 3", [1, N, 2, 3]),
        ("1,,2,3", [1, N, 2, 3]),
        ("1, ,,3", [1, N, N, 3]),
        (",1,2,", [N, 1, 2, N]),
        ("", "PHQ-4 has 4 answers, not 0; write - for one that is skipped"),
        ("1,2,3,3,", "PHQ-4 has 4 answers, not 5; write - for one that is skipped"),
        ("1023", "PHQ-4 has 4 answers, not 1; write - for one that is skipped"),
        ("1,2,7,3", "PHQ-4 answer 3 is 0 to 3, not 7"),
        ("1,-1,2,3", "PHQ-4 answer 2 is 0 to 3, not -1"),
        ("1,2,3,x", "PHQ-4 answer 4 is a whole number, 0 to 3; 'x' is not one"),
        ("1.5,2,3,3", "PHQ-4 answer 1 is a whole number, 0 to 3; '1.5' is not one"),
        ("٣,2,3,3", "PHQ-4 answer 1 is a whole number, 0 to 3; '٣' is not one"),
        ("-,-,-,-", "PHQ-4 has no answers; give at least 1 of 4"),
    ],
)
def test_typed_answers(text: str, answers: list[int | None] | str) -> None:
    if isinstance(answers, list):
        assert parse_answers(QUESTIONNAIRES["phq4"], text) == answers
    else:
        with pytest.raises(BadInput, match=f"^{re.escape(answers)}$"):
            parse_answers(QUESTIONNAIRES["phq4"], text)


@pytest.mark.parametrize(
    "bad", ["1,2,3", None, {}, [1, 2], [1, 2, 11], [1, True, 2], [1, 2.0, 3], [1, "2", 3], [N] * 3]
)
def test_answers_of_a_file_are_looked_over(bad: object) -> None:
    assert check_answers(QUESTIONNAIRES["peg"], [10, None, 0]) == [10, None, 0]
    with pytest.raises(BadInput, match=r"^PEG "):
        check_answers(QUESTIONNAIRES["peg"], bad)


CONTACT = "my sister Annemarie, 0171 555 0199 or at work " * 5


@pytest.mark.parametrize("contact", ["", CONTACT])
@pytest.mark.parametrize("country", ["", "elsewhere", *LINES])
def test_a_page_of_numbers_fits_and_names_the_way_out(country: str, contact: str) -> None:
    page, nine = help_now(country, contact), item_nine(country, contact)
    assert all(len(line) <= 80 for line in (page + "\n" + nine).splitlines())
    assert len(help_now(country).splitlines()) <= 24
    always = ("findahelpline.com", "local emergency number", "numbers change", CHECKED_ON, "stores nothing")
    assert all(words in " ".join(page.split()) for words in always)
    for text in (page, nine):
        assert " ".join(contact.split()) in " ".join(text.split())
        assert text.count("0171 555 0199") == contact.count("0171 555 0199")  # no number is broken in two
    assert all(known.line in page and known.emergency in page for known in LINES.values()) is (country not in LINES)
    assert ("painlog config set country" in page) is (country not in LINES)
    if country in LINES:
        known, (_, first, second, *_rest) = LINES[country], page.splitlines()
        assert known.emergency in first
        assert known.line in second
        assert ("not verified" in page) is ("not verified" in nine) is (country in {"GB", "AT", "NL", "IN"})


@pytest.mark.parametrize("country", ["", "DE"])
def test_a_plain_or_narrow_page_of_numbers_has_a_country_or_a_number_a_line(
    country: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In columns a screen reader would read it across, and a narrow terminal would break some rows and not others."""
    plain = help_now(country, "Sam 0171 5", plain=True)
    monkeypatch.setattr(crisis_screen, "line_room", lambda: 40)
    narrow = help_now(country, "Sam 0171 5")
    assert max(map(len, narrow.splitlines())) <= 40
    for page in (plain, narrow):
        assert not re.search(r"\S {2,}\S", page)
        assert "Someone you trust: Sam 0171 5" in page
        assert (("Emergency: 112" if country else "Germany: emergency 112; 0800 111 0 111") in page) is True
    assert all(" ".join(known.shown.split()) in " ".join(narrow.split()) for known in LINES.values()) or country


NINE = """\
Thank you for answering that honestly. Many people living with long-term pain have thoughts like this, and you do not
have to handle them alone. If you might act on these thoughts, or feel unsafe right now, call {} or go to the nearest
emergency department. You can talk to someone now: {}. Or call someone you trust{}. painlog
cannot see who you are and nobody is told about this answer. Please tell your doctor or pain team about it at your next
contact, or sooner."""


@pytest.mark.parametrize(
    ("country", "contact", "filled_in"),
    [
        ("DE", "Sam 0171 5", ("112", "0800 111 0 111, 0800 111 0 222. It is free and private", ": Sam 0171 5")),
        ("uk", "{}.", ("999", "Samaritans 116 123 (not verified). It is free and private", ": {}")),
        (
            "",
            " ",
            (
                "your local emergency number",
                "findahelpline.com lists lines near you. Most are free and private",
                "",
            ),
        ),
    ],
)
def test_the_words_after_item_nine(country: str, contact: str, filled_in: tuple[str, ...]) -> None:
    assert item_nine(country, contact).split() == NINE.format(*filled_in).split()


def test_countries_and_their_numbers() -> None:
    said = ["de", "Germany", "uk", "U.K.", "GB", "the netherlands", " new  Zealand "]
    assert [find_country(text) for text in said] == ["DE", "DE", "GB", "GB", "GB", "NL", "NZ"]
    digits = "; ".join(" ".join(re.findall(r"\d+", f"{known.emergency} / {known.line}")) for known in LINES.values())
    assert digits == (
        "911 988; 911 988; 999 116 123; 112 999 116 123; 000 13 11 14 0477 13 11 14; 111 1737; "
        "112 0800 111 0 111 0800 111 0 222; 15 112 3114; 112 024; 112 142; 112 143; 112 113; 112 14416"
    )
    for text in ("", "XX", "Sweden"):
        with pytest.raises(BadInput, match="US, CA, GB, IE, AU, NZ, DE, FR, ES, AT, CH, NL, IN"):
            find_country(text)
