"""A kind is read by what its fields are, not by what they or it are called."""

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from painlog.domain.entries import Draft
from painlog.domain.kinds.fields import Choice, Minutes, Name, Number, Text, Words
from painlog.domain.kinds.kind import Kind, declare_rating, describe
from painlog.domain.kinds.nights import Night
from painlog.domain.kinds.registry import KINDS
from painlog.domain.kinds.where import Where
from painlog.domain.language.amounts import Quantity
from painlog.domain.language.dates import present
from painlog.errors import BadInput
from tests.conftest import NOW
from tests.support.nausea import forget
from tests.support.reading import parse_line

REMARK = Text(name="remark", help="A few words.")
_HURT = declare_rating("hurt", "None", "Most", label="throb", variable="")
ACHE = Kind(
    name="throb",
    help="An throb.",
    example="4",
    heads=("throb",),
    value="hurt",
    fields=(
        _HURT,
        Where(name="places", bare=True, rating=_HURT),
        Words(name="set_off", aliases=("following",), leads=("following",), words=("sitting", "stress")),
        REMARK,
    ),
)
INFUSION = Kind(
    name="infusion",
    help="An infusion.",
    example="saline 500ml",
    heads=("infusion",),
    verbs=("infused",),
    fields=(Name(name="fluid"), Quantity(name="volume", bare=True), REMARK),
)
STRETCH = Kind(
    name="stretch",
    help="A stretch.",
    example="yoga 20m",
    heads=("stretch",),
    verbs=("limbered",),
    fields=(Name(name="way"), Minutes(name="length", bare=True), Number(name="eased", high=10), REMARK),
)
REST = Kind(
    name="rest",
    help="A rest.",
    example="1h",
    heads=("rested", "doze"),
    variant="sort",
    fields=(
        Night(name="lain", label="rest", bare_unit="h", high=24 * 60),
        Choice(name="sort", options=("long", "doze"), bare=True),
        REMARK,
    ),
)
MADE_UP = {kind.name: kind for kind in (ACHE, INFUSION, STRETCH, REST)}


@pytest.fixture(autouse=True)
def made_up_kinds() -> Iterator[None]:
    """Put the declarations where the registry would, and forget what was derived before."""
    KINDS.update(MADE_UP)
    forget()
    yield
    for name in MADE_UP:
        del KINDS[name]
    forget()


def read(text: str) -> list[Draft]:
    return parse_line(text, present(NOW), NOW)


@pytest.mark.parametrize(
    ("made_up", "built_in"),
    [
        ("throb 6 left knee:7 following sitting", "pain 6 left knee:7 after sitting"),
        ("infused ibuprofen gel 40 mg", "took ibuprofen gel 40 mg"),
        ("limbered origami 45m, pain 4", "did origami 45m, pain 4"),
        ("rested 23:20-06:50", "slept 23:20-06:50"),
        ("rested 5h30 remark took the bus, tired", "slept 5h30 note took the bus, tired"),
        ("doze 20m", "nap 20m"),
        ("infused gel 5ml remark felt cold, took a bus", "took gel 5ml note felt cold, took a bus"),
    ],
)
def test_a_made_up_kind_is_read_as_a_built_in_one(made_up: str, built_in: str) -> None:
    """Only the names differ: what is read, and when it was, is the same."""
    mine, theirs = read(made_up), read(built_in)
    assert [draft.moment for draft in mine] == [draft.moment for draft in theirs]
    names = {"doze": "nap"}
    said = [[names.get(str(value), value) for value in draft.data.values()] for draft in mine]
    assert said == [[*draft.data.values()] for draft in theirs]


@pytest.mark.parametrize(
    ("made_up", "says"),
    [
        ("infused 2 saline", "saline is not known here; is it a fluid?"),
        ("infused b12 500", "500 of which unit?"),
        ("limbered origami 20x", "origami is not known here; is it a way?"),
        ("throb 4 kneee", "did you mean knee?"),
        ("today rested 13:00-15:00", "rest until 15:00 is ahead of now (14:05)"),
        ("throb remark tired", "how much is throb, 0 to 10?"),
        ("rested 9:00-8:00", "rest from 09:00 to 08:00 is 23 h 00, more than 16 h"),
    ],
)
def test_what_is_not_understood_is_refused_by_the_field_it_is_about(made_up: str, says: str) -> None:
    with pytest.raises(BadInput) as refused:
        read(made_up)
    assert says in str(refused.value)


def test_a_made_up_span_belongs_to_the_day_on_which_it_ends() -> None:
    """The long one is of the date of waking; what is kept apart from it, such as a nap, of the person's day."""
    (night,) = read("yesterday 02:30 rested 23:00-02:00")
    (doze,) = read("yesterday doze 01:00-02:00")
    assert (night.moment.day, doze.moment.day) == (date(2026, 11, 18), date(2026, 11, 17))


def test_a_made_up_entry_is_told_in_one_line() -> None:
    def told(text: str) -> str:
        (draft,) = read(text)
        return describe(draft.kind, draft.data)

    assert told("throb 6 left knee following sitting remark x") == "throb 6, knee LEFT, set off sitting, x"
    assert told("doze 20m") == "rest doze 20 min"
    words = Kind(name="joy", help="", example="", heads=("joy",), fields=(REMARK,))
    assert describe(words, {"remark": "sun"}) == "joy: sun"


_LANGUAGE = Path(__file__).parents[2] / "painlog" / "domain" / "language"
_ORDINARY = {  # a word that is a kind's or a field's too, and what it is where the language has it
    "before": "of times: the day before",
    "after": "of times: the day after tomorrow; of causes: after gardening",
    "night": "of times: last night",
    "minutes": "of lengths: 45 minutes",
    "where": "of causes: where I fell",
    "up": "of bounds: up to 6",
    "unit": "of amounts: two units",
    "dose": "of amounts: two doses",
    "felt": "beside any number: felt like a 6",
    "score": "beside any number: score 6",
    "rating": "beside any number: rating 6",
    "better": "of degrees: a bit better",
    "class": "of names of two words: pain class",
    "relief": "of names of two words: pain relief",
    "high": "of degrees: quite high",
    "low": "of judgements: feeling low",
    "appointment": "behind a name: physio appointment moved",
    "words": "of the reader: the sort of what is no number and no time",
}
_OTHER_WORDS = "spelling.py"  # common words, of which none is a slip for another one; what they mean is not asked


def strings_of(module: Path) -> set[str]:
    """Every text that a module holds but for its docstrings, and every phrase of one with commas or lines."""
    tree = ast.parse(module.read_text())
    described = (ast.Module, ast.ClassDef, ast.FunctionDef)
    documents = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, described) and node.body and isinstance(node.body[0], ast.Expr)
    }
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documents:
            found |= {" ".join(part.split()) for part in re.split(r"[,\n]", node.value)}
    return found


def test_the_language_names_no_kind_and_no_field() -> None:
    """A reader that knows ``amount`` reads no other kind's amount; what a field is, its declaration says."""
    kinds = {name: kind for name, kind in KINDS.items() if name not in MADE_UP}
    names: set[Any] = {*kinds, *(field.name for kind in kinds.values() for field in kind.fields)}
    seen: set[str] = set()
    for module in (*_LANGUAGE.glob("*.py"), _LANGUAGE.with_name("entries.py")):
        if module.name != _OTHER_WORDS:
            found = strings_of(module) & names
            assert found <= _ORDINARY.keys(), (module, found - _ORDINARY.keys())
            seen |= found
    assert seen == _ORDINARY.keys(), "what no module says any more is no exception"


def test_words_in_a_list_are_seen(tmp_path: Path) -> None:
    """A word list in one string must not hide a field from the rule above."""
    module = tmp_path / "made_up.py"
    module.write_text('"""worry, hopeless"""\nWORDS = phrases("""\n    my, amount, trigger,\n  steps\n""")\n')
    assert {"amount", "trigger", "steps"} <= strings_of(module)
    assert not {"worry", "hopeless"} & strings_of(module)
