"""Where the figures of a page come from: what is said of a questionnaire is what holds of it."""

import pytest

from painlog.view.page.explaining import form_source

SAID = {
    "peg": ["change 1"],
    "phq2": ["cut-off 3"],
    "gad2": ["cut-off 3"],
    "phq4": ["cut-off 3 of each half, none of its total"],
    "phq8": ["cut-off 10", "change 5"],
    "phq9": ["cut-off 10", "change 5"],
    "gad7": ["cut-off 10", "change 4"],
}


@pytest.mark.parametrize("form", SAID)
def test_a_questionnaire_has_the_marks_that_were_published_of_it_and_who_did(form: str) -> None:
    """Else a total of PHQ-4 would have a cut-off that nobody published."""
    stated = [part.partition(": ") for part in form_source(form).split("; ")]
    assert [mark for mark, _, _ in stated] == SAID[form]
    assert all(
        source.strip()[-4:].isdigit() or "doi" in source or "PMC" in source or "of PHQ-9" in source
        for _, _, source in stated
    )
