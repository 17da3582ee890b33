"""The cells of a calendar: which sign stands for a value, and how dark it is."""

from datetime import date

import pytest

from painlog.view.screens.cells import digit_cells, full_cells
from painlog.view.shades import LEVELS, shade
from tests.support.calendars import laid_out


@pytest.mark.parametrize(
    ("name", "high", "value", "text", "legend"),
    [
        ("steps", 12_400, 5200, "3", "a digit is 2,000, rounded"),
        ("sol", 45, 30, "6", "a digit is 5 min, rounded"),
        ("sleep", 600, 330, "6", "a digit is 1 h, rounded, X is ten of them"),
        ("sleep_efficiency", 93, 84.6, "8", "a digit is 10 %, rounded"),
        ("phq8", 20, 9, "2", "a digit is 5, rounded"),
        ("work_affected", 1, 1, "y", "y is yes, n is no"),
    ],
)
def test_one_column_holds_a_digit(name: str, high: float, value: float, text: str, legend: str) -> None:
    cells = digit_cells(laid_out(name, [high, value] * 90, date(2026, 1, 1)))
    assert (cells.text(value), cells.legend) == (text, legend)


def test_equal_signs_have_equal_shades() -> None:
    cells = full_cells(laid_out("pain", [0, 10], date(2026, 1, 1)))
    for value in range(40, 80):
        assert cells.level(value / 10) == cells.level(float(cells.text(value / 10)))
    assert [cells.level(value) for value in (0, 2, 4, 6, 8, 10)] == [0, 1, 2, 3, 4, 4]


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("better", ["low", "high", ""])
def test_shades_darken_and_can_be_read_on(better: str) -> None:
    """WCAG 2 contrast of 4.5, and a scale that survives a printer without colour."""
    light = [luminance(shade(level, better).paper) for level in range(LEVELS + 1)]
    assert light == sorted(light, reverse=True)
    for level in range(LEVELS + 1):
        one, other = sorted(luminance(colour) for colour in shade(level, better))
        assert (other + 0.05) / (one + 0.05) >= 4.5
