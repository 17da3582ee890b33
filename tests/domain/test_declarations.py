"""What a declaration refuses: a field it does not know, one that is missing, and any change."""

import copy
from collections.abc import Callable
from datetime import time
from functools import partial

import pytest

from painlog.domain.kinds.care import DOSE
from painlog.domain.kinds.declaration import Declared
from painlog.domain.kinds.fields import Choice, Minutes, Number, Text, Words, YesNo
from painlog.domain.kinds.kind import NOTE, Kind, declare_rating
from painlog.domain.kinds.measures import own_kind
from painlog.domain.kinds.nights import Night
from painlog.domain.kinds.pain_mood import MOOD, PAIN
from painlog.domain.kinds.where import Where
from painlog.domain.questionnaires import QUESTIONNAIRES, Item
from painlog.domain.setting_types import ClockTime, Setting
from painlog.domain.variables import variables_of

SHORT = {"name": "x", "help": "", "example": ""}


@pytest.mark.parametrize(
    ("declare", "values", "says"),
    [
        (Number, {"name": "score", "hihg": 10}, "Number 'score' has no field 'hihg'"),
        (Number, {"name": "score", "title": "a property"}, "Number 'score' has no field 'title'"),
        (partial(declare_rating, "score", "None", "Most"), {"varaible": "x"}, "Number 'score' has no field 'varaible'"),
        (Words, {"name": "trigger", "options": ("a",)}, "Words 'trigger' has no field 'options'"),
        (Night, {"name": "night", "LONGEST_SPAN": 3}, "Night 'night' has no field 'LONGEST_SPAN'"),
        (Kind, {**SHORT, "fields": (NOTE,), "head": ("x",)}, "Kind 'x' has no field 'head'"),
        (ClockTime, {**SHORT, "lastest": time(12)}, "ClockTime 'x' has no field 'lastest'"),
        (Item, {"code": "1", "text": "", "hihg": ""}, "Item '1' has no field 'hihg'"),
        (Number, {"low": 1}, "Number '' needs 'name'"),
        (Where, {"name": "where"}, "Where 'where' needs 'rating'"),
        (Kind, SHORT, "Kind 'x' needs 'fields'"),
        (Setting, {"name": "x", "help": ""}, "Setting 'x' needs 'example'"),
    ],
)
def test_a_misspelled_and_a_missing_field_are_refused_where_they_are_declared(
    declare: Callable[..., object], values: dict[str, object], says: str
) -> None:
    """Else a misspelled ``hihg`` would be stored, read by nobody, and the default would stand without a word."""
    with pytest.raises(TypeError) as refused:
        declare(**values)
    assert str(refused.value) == says


@pytest.mark.parametrize("declared", [PAIN, PAIN.main, NOTE, QUESTIONNAIRES["peg"], QUESTIONNAIRES["phq9"].items[0]])
def test_what_is_declared_stays_as_it_is(declared: Declared) -> None:
    before = repr(declared)
    for name in ("name", "title", "anything"):
        with pytest.raises(AttributeError, match=f"'{name}' of {type(declared).__name__} is declared"):
            setattr(declared, name, "other")
        with pytest.raises(AttributeError, match=f"'{name}' of {type(declared).__name__} is declared"):
            delattr(declared, name)
    assert repr(declared) == before


def test_what_is_left_out_is_as_the_nearest_class_has_it() -> None:
    assert (Number(name="x").high, Minutes(name="x").high, Number(name="x", high=5).high) == (10, 16 * 60, 5)
    assert (Choice(name="x").required, YesNo(name="x").combine, Text(name="x").required) == (True, "max", False)
    assert (Night(name="x").unit, Night(name="x").title) == ("min", "x")


class _Counted(Number):
    """A number with a field of its own, and another default of one that it inherits."""

    every: int
    high: float = 3


def test_a_subclass_adds_fields_and_defaults_of_its_own() -> None:
    field = _Counted(name="x", every=2)
    assert (field.every, field.high, field.low, field.show(2)) == (2, 3, 0, "2")
    with pytest.raises(TypeError, match="_Counted 'x' needs 'every'"):
        _Counted(name="x")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="Number 'x' has no field 'every'"):
        Number(name="x", every=2)  # type: ignore[call-arg]


def test_declarations_are_values() -> None:
    """A measure of one's own is declared anew by each journal that is opened; what is read must not depend on which."""
    assert Number(name="x", high=10) == Number(name="x") != Number(name="x", high=9)
    assert Number(name="x") != Minutes(name="x")
    assert {Number(name="x"): 1}[Number(name="x", low=0)] == 1
    assert copy.deepcopy(DOSE.fields[1]) == DOSE.fields[1]
    one, other = (own_kind("a", {"name": "brain fog", "scale": "count"}, "brain_fog") for _ in range(2))
    assert (one, hash(one), variables_of([one])) == (other, hash(other), variables_of([other]))
    assert own_kind("b", {"name": "brain fog", "scale": "count"}, "brain_fog") != one
    assert len({PAIN, MOOD, one, other}) == 3


def test_it_shows_what_it_was_declared_with() -> None:
    number = Number(name="woke", high=50, whole=True)
    assert repr(number) == "Number(name='woke', high=50, whole=True)"
    assert PAIN.by_name  # remembered with the declaration, and no part of it
    assert repr(PAIN).startswith("Kind(name='pain', help='Record how much it hurts.', example=")
    assert "by_name" not in repr(PAIN)
