"""Numbers in words."""

import pytest

from events.importers.digest.ordinals import number_in

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("first", 1),
        ("twelfth", 12),
        ("twentieth", 20),
        ("thirty-first", 31),
        ("Forty third", 43),
        ("43rd", 43),
        ("one hundred and fifth", 105),
        ("forty-four", 44),
        ("hundredth", 100),
        ("umpteenth", None),
    ],
)
def test_reads_numbers_in_words(words: str, value: int | None) -> None:
    assert number_in(words) == value
