"""How numbers are shown: halves go up, as on a calculator, of whatever a float makes of them."""

import re

import pytest

from painlog.domain.kinds.declaration import round_half_up, tenths, whole
from painlog.domain.variables import variables
from tests.conftest import Run


@pytest.mark.parametrize(
    ("value", "shown"),
    [(4.25, "4.3"), (4.35, "4.4"), (0.05, "0.1"), (-4.25, "-4.3"), (-0.04, "0.0"), (4.2499, "4.2"), (9.95, "10.0")],
)
def test_a_half_of_a_tenth_goes_up(value: float, shown: str) -> None:
    assert tenths(value) == shown


def test_halves_go_up_in_whole_numbers_and_in_means() -> None:
    assert [whole(value) for value in (0.5, 2.5, 12.49, 9499.5)] == ["1", "3", "12", "9,500"]
    assert round_half_up(-2.5) == -3
    assert [round_half_up(huge, 1) for huge in (1e300, -1e300, float("inf"))] == [1e300, -1e300, float("inf")]
    known = variables()
    assert (known["mood"].show(4.25), known["steps"].show(2.5)) == ("4.3", "3")


def test_the_page_shows_a_mean_as_a_calculator_does(run: Run) -> None:
    for score, day in zip(("6", "5", "2", "4"), ("mon", "tue", "wed", "today"), strict=True):
        run("mood", score, "--at", day)
    assert re.search(r"mood .* 4\.3 ", run("report").out)
    assert "mean 4.3" in run("chart", "mood").out
