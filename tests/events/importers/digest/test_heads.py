"""The head of a text: its date line and its title."""

import pytest

from events.importers.digest import read_digest
from tests.support.article import FLOOD, THE_TWELFTH

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    "head",
    [
        " date 2030-03-12 \n\n\n\n",
        " date 2030-03-12 ",
        "date 2030-03-12\n",
        "The flood: 12th day, March 12, 2030\n\nThe flood: 12th day, March 12, 2030\n\n",
        "The flood: 12th day, March 12, 2030 The flood: 12th day, March 12, 2030 ",
        " date 2030-03-12 \nWater and boats\n\n",
        "Published: 12 March 2030\n\n",
        "Last updated on Tuesday, 12 March 2030 at 18:40\n\nWater and boats\n\n",
        "Water and boats\n date 2030-03-12 \nWater and boats\n\n",
        "\ufeff date 2030-03-12\r\n\r\n",
    ],
)
def test_reads_every_form_of_head(head: str) -> None:
    digest = read_digest(head + "In the morning, the bridge was closed. Nobody was hurt.", FLOOD)

    assert digest.day == THE_TWELFTH
    assert [p.text for p in digest.passages] == ["In the morning, the bridge was closed.", "Nobody was hurt."]
    assert "flood" in digest.title or "Water" in digest.title or not digest.title


def test_a_heading_with_the_first_words_of_the_text_does_not_swallow_them() -> None:
    digest = read_digest(
        "The bridge at Lom\n\nThe bridge at Lom was closed on Friday.", FLOOD, day=THE_TWELFTH
    )

    assert digest.title == "The bridge at Lom"
    assert [p.text for p in digest.passages] == ["The bridge at Lom was closed on Friday."]
