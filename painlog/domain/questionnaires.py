"""Short questionnaires on mood, worry and pain that may be embedded in full, and how each is scored. Pure.

The PHQ and GAD family is by Kroenke, Spitzer, Williams and colleagues: PHQ-9 (2001), PHQ-2 (2003), GAD-7 (2006), GAD-2
(2007), PHQ-4 and PHQ-8 (2009); their bands and cut-offs are in those papers. PEG and its mean are Krebs 2009. A change
of 5 points on PHQ-9 matters by Löwe 2004, taken over for PHQ-8; 4 on GAD-7 by Toussaint 2020. A total with up to two
answers missing is prorated, as is published for PHQ-9 (Arrieta 2017); PHQ-8 and GAD-7 follow it by analogy.

A band is a range of scores, never a diagnosis. No missing answer gets a value of its own, the safety item least of all.
"""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Literal, NamedTuple

from painlog.domain.kinds.declaration import Declared
from painlog.domain.kinds.kind import NO_PAIN, WORST_PAIN
from painlog.errors import BadInput

ANSWERS_HELP = "All answers in order, such as 1,0,2,1; - for one that is skipped."


class Option(NamedTuple):
    """One answer to choose; ``code`` is its LOINC answer code."""

    value: int
    label: str
    code: str


class Item(Declared):
    """One question. ``code`` is LOINC's; ``low`` and ``high`` are the words at the ends of a 0 to 10 scale.

    ``options`` are its own, where they are not those of the questionnaire.
    """

    code: str
    text: str
    low: str = ""
    high: str = ""
    options: tuple[Option, ...] = ()


class Questionnaire(Declared):
    """A published set of items with one score, from ``low`` to ``high``: the sum of the answers, or their ``mean``.

    ``about`` says in a few words what it is on, ``block`` which part of the page shows it. Answers are 0 to
    ``highest``. ``bands`` are (first score, last score, words). ``panel`` and ``total`` are LOINC codes, empty where
    there is none. ``subscales`` and ``safety_item`` hold indexes from 0. ``difficulty`` is asked along but not scored.
    ``cut_off`` is the usual one of the score, ``part_cut_off`` that of each subscale. ``every_days`` is the rhythm in
    which it is offered, 0 for on request. ``overlaps`` means that pain, poor sleep and medicines alone can raise some
    of its items.
    """

    id: str
    title: str
    about: str
    block: Literal["function", "mood"]
    recall: str
    stem: str
    items: tuple[Item, ...]
    options: tuple[Option, ...] = ()
    highest: int
    mean: bool = False
    low: float = 0
    high: float
    bands: tuple[tuple[int, int, str], ...] = ()
    max_missing: int = 0
    important_change: float | None = None
    cut_off: int | None = None
    part_cut_off: int | None = None
    licence: str
    panel: str = ""
    total: str = ""
    subscales: Mapping[str, tuple[int, ...]] = MappingProxyType({})
    safety_item: int | None = None
    difficulty: Item | None = None
    every_days: int = 0
    overlaps: bool = False


class _Fortnight(Questionnaire):
    """What the PHQ and GAD questionnaires share."""

    block: Literal["function", "mood"] = "mood"
    recall: str = "last 2 weeks"
    stem: str = "Over the last 2 weeks, how often have you been bothered by any of the following problems?"
    options: tuple[Option, ...] = (
        Option(0, "Not at all", "LA6568-5"),
        Option(1, "Several days", "LA6569-3"),
        Option(2, "More than half the days", "LA6570-1"),
        Option(3, "Nearly every day", "LA6571-9"),
    )
    highest: int = 3
    licence: str = (
        "Developed by Drs. Robert L. Spitzer, Janet B.W. Williams, Kurt Kroenke and colleagues, with an educational "
        "grant from Pfizer Inc. No permission required to reproduce, translate, display or distribute."
    )


class Score(NamedTuple):
    """A score, None where too much is missing, and how many ``of`` the items it rests on."""

    value: float | None
    answered: int
    of: int

    @property
    def is_estimated(self) -> bool:
        """Whether the score is prorated for missing answers."""
        return self.value is not None and self.answered < self.of


_PHQ = (
    Item(code="44250-9", text="Little interest or pleasure in doing things"),
    Item(code="44255-8", text="Feeling down, depressed, or hopeless"),
    Item(code="44259-0", text="Trouble falling or staying asleep, or sleeping too much"),
    Item(code="44254-1", text="Feeling tired or having little energy"),
    Item(code="44251-7", text="Poor appetite or overeating"),
    Item(
        code="44258-2",
        text="Feeling bad about yourself - or that you are a failure or have let yourself or your family down",
    ),
    Item(
        code="44252-5",
        text="Trouble concentrating on things, such as reading the newspaper or watching television",
    ),
    Item(
        code="44253-3",
        text="Moving or speaking so slowly that other people could have noticed? Or the opposite - being so fidgety or "
        "restless that you have been moving around a lot more than usual",
    ),
    Item(code="44260-8", text="Thoughts that you would be better off dead or of hurting yourself in some way"),
)
_DIFFICULTY = Item(
    code="69722-7",
    text="If you checked off any problems, how difficult have these problems made it for you to do your work, take "
    "care of things at home, or get along with other people?",
    options=(
        Option(0, "Not difficult at all", "LA6572-7"),
        Option(1, "Somewhat difficult", "LA6573-5"),
        Option(2, "Very difficult", "LA6575-0"),
        Option(3, "Extremely difficult", "LA6574-3"),
    ),
)
_GAD = (
    Item(code="69725-0", text="Feeling nervous, anxious or on edge"),
    Item(code="68509-9", text="Not being able to stop or control worrying"),
    Item(code="69733-4", text="Worrying too much about different things"),
    Item(code="69734-2", text="Trouble relaxing"),
    Item(code="69735-9", text="Being so restless that it is hard to sit still"),
    Item(code="69689-8", text="Becoming easily annoyed or irritable"),
    Item(code="69736-7", text="Feeling afraid as if something awful might happen"),
)
_PEG = (
    Item(
        code="75893-8",
        text="What number best describes your pain on average in the past week?",
        low=NO_PAIN,
        high=WORST_PAIN,
    ),
    Item(
        code="91145-3",
        text="What number best describes how, during the past week, pain has interfered with your enjoyment of life?",
        low="Does not interfere",
        high="Completely interferes",
    ),
    Item(
        code="91146-1",
        text="What number best describes how, during the past week, pain has interfered with your general activity?",
        low="Does not interfere",
        high="Completely interferes",
    ),
)
_CUT_OFF_3 = ((0, 2, "below the usual cut-off"), (3, 6, "at or above the usual cut-off of 3"))
_PHQ_BANDS = ((0, 4, "minimal"), (5, 9, "mild"), (10, 14, "moderate"), (15, 19, "moderately severe"))

_ALL = (
    Questionnaire(
        id="peg",
        title="PEG",
        about="pain and its effects",
        block="function",
        recall="past week",
        stem="",
        items=_PEG,
        highest=10,
        mean=True,
        high=10,
        important_change=1.0,
        licence="Public domain; cite Krebs EE et al. J Gen Intern Med 2009;24:733-738.",
        panel="91148-7",
        total="91147-9",
        every_days=7,
    ),
    _Fortnight(
        id="phq2",
        title="PHQ-2",
        about="low mood",
        items=_PHQ[:2],
        high=6,
        bands=_CUT_OFF_3,
        cut_off=3,
        panel="55757-9",
        total="55758-7",
    ),
    _Fortnight(id="gad2", title="GAD-2", about="worry", items=_GAD[:2], high=6, bands=_CUT_OFF_3, cut_off=3),
    _Fortnight(
        id="phq4",
        title="PHQ-4",
        about="low mood and worry",
        items=_GAD[:2] + _PHQ[:2],
        high=12,
        bands=((0, 2, "none to minimal"), (3, 5, "mild"), (6, 8, "moderate"), (9, 12, "severe")),
        panel="69724-3",
        total="70272-0",
        subscales={"anxiety": (0, 1), "depression": (2, 3)},
        part_cut_off=3,
        every_days=14,
    ),
    _Fortnight(
        id="phq8",
        title="PHQ-8",
        about="low mood",
        items=_PHQ[:8],
        high=24,
        bands=(*_PHQ_BANDS, (20, 24, "severe")),
        max_missing=2,
        important_change=5,
        cut_off=10,
        every_days=28,
        overlaps=True,
    ),
    _Fortnight(
        id="phq9",
        title="PHQ-9",
        about="low mood",
        items=_PHQ,
        high=27,
        bands=(*_PHQ_BANDS, (20, 27, "severe")),
        max_missing=2,
        important_change=5,
        cut_off=10,
        panel="44249-1",
        total="44261-6",
        safety_item=8,
        difficulty=_DIFFICULTY,
        every_days=28,
        overlaps=True,
    ),
    _Fortnight(
        id="gad7",
        title="GAD-7",
        about="worry",
        items=_GAD,
        high=21,
        bands=((0, 4, "minimal"), (5, 9, "mild"), (10, 14, "moderate"), (15, 21, "severe")),
        max_missing=2,
        important_change=4,
        cut_off=10,
        panel="69737-5",
        total="70274-6",
        every_days=28,
    ),
)
QUESTIONNAIRES: dict[str, Questionnaire] = {each.id: each for each in _ALL}


def score(questionnaire: Questionnaire, answers: Sequence[int | None]) -> Score:
    """Score answers as ``check_answers`` returns them: the mean to one decimal (PEG), or the sum.

    A sum with up to ``max_missing`` answers missing is prorated, sum × items / answered, to one decimal, halves up;
    not where the safety item is the missing one, which is never filled in.
    """
    given = [answer for answer in answers if answer is not None]
    count, of = len(given), len(questionnaire.items)
    safety = questionnaire.safety_item
    if of - count > questionnaire.max_missing or (safety is not None and answers[safety] is None):
        return Score(None, count, of)
    scaled = sum(given) * (1 if questionnaire.mean else of)
    tenths = (20 * scaled + count) // (2 * count)  # whole numbers, so that a half is exactly a half
    return Score(tenths / 10 if tenths % 10 else tenths // 10, count, of)


def band(questionnaire: Questionnaire, value: float) -> str:
    """Return the words for a score, empty where there are no bands; 14.6, between two bands, is in the lower one."""
    begun = [words for low, _, words in questionnaire.bands if value >= low]
    return begun[-1] if begun else ""


def show_score(questionnaire: Questionnaire, value: float | None, answered: int) -> str:
    """``12 (moderate)``, ``14.6 (moderate; estimated, 8 of 9 answered)``, or how little was answered."""
    of = len(questionnaire.items)
    if value is None:
        return f"no score ({answered} of {of} answered)"
    estimated = f"estimated, {answered} of {of} answered" if answered < of else ""
    named = "; ".join(filter(None, [band(questionnaire, value), estimated]))
    return f"{value:g}" + (f" ({named})" if named else "")


def subscales(questionnaire: Questionnaire, answers: Sequence[int | None]) -> dict[str, int]:
    """Sum each subscale that is answered in full."""
    sums = {}
    for name, indexes in questionnaire.subscales.items():
        given = [answer for index in indexes if (answer := answers[index]) is not None]
        if len(given) == len(indexes):
            sums[name] = sum(given)
    return sums


def parse_answers(questionnaire: Questionnaire, text: str) -> list[int | None]:
    """Read ``1,0,2,3``, also with spaces or semicolons; ``-`` or an empty place is not answered. Raises BadInput."""
    places = re.split(r"\s*[,;]\s*|\s+", text.strip()) if text.strip() else []
    return check_answers(questionnaire, [_typed(place) for place in places])


def _typed(place: str) -> int | str | None:
    """Turn a place into a number or None where it is one, else leave it for ``check_answers`` to refuse."""
    if place in ("", "-"):
        return None
    return int(place) if re.fullmatch(r"-?[0-9]{1,9}", place) else place


def check_answers(questionnaire: Questionnaire, answers: object) -> list[int | None]:
    """Look over answers that are already typed: a whole number or None for each item. Raises BadInput."""
    title, wanted = questionnaire.title, len(questionnaire.items)
    if not isinstance(answers, list):
        raise BadInput(f"{title} is a list of {wanted} answers, not {answers!r}")
    if len(answers) != wanted:
        raise BadInput(f"{title} has {wanted} answers, not {len(answers)}; write - for one that is skipped")
    checked = [_checked(questionnaire, number, answer) for number, answer in enumerate(answers, 1)]
    if all(answer is None for answer in checked):
        raise BadInput(f"{title} has no answers; give at least 1 of {wanted}")
    return checked


def _checked(questionnaire: Questionnaire, number: int, answer: object) -> int | None:
    """Look over the answer to the item of that number, from 1. Raises BadInput."""
    if answer is None:
        return None
    name, range_ = f"{questionnaire.title} answer {number}", f"0 to {questionnaire.highest}"
    if isinstance(answer, bool) or not isinstance(answer, int):
        raise BadInput(f"{name} is a whole number, {range_}; {answer!r} is not one")
    if not 0 <= answer <= questionnaire.highest:
        raise BadInput(f"{name} is {range_}, not {answer}")
    return answer
