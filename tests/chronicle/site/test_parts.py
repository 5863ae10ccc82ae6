"""An entry across midnight: where it stands, and under which parts of the day it is found."""

import re

import pytest

from tests.support.cast import approve_all, make_event, publish
from tests.support.reading import choices, headlines, main_of, text_of

DAY = "/the-flood/day-3/"


@pytest.fixture
def across(editor, moderator, day, kind, source):
    """A published event from 21:00 of day 2 to 06:00 of day 3, which counts on day 3."""
    event = make_event(editor, day, kind, source=source, wording="overnight")
    approve_all(event, moderator)
    return publish(event, editor)


@pytest.mark.parametrize(("part", "found"), [("night", 1), ("morning", 0), ("afternoon", 0), ("evening", 1)])
def test_it_is_found_under_both_parts_and_no_other(client, across, part, found):
    response = client.get(f"{DAY}?part={part}")

    assert len(headlines(response)) == found
    counts = {c.value: c.count for c in choices(response) if c.facet == "part" and c.count}
    assert counts == {"night": 1, "evening": 1}


def test_it_stands_once_under_the_night_which_is_called_so_in_the_filter_too(client, across):
    response = client.get(DAY)

    headings = re.findall(r'<div class="hours">(.*?)</div>', main_of(response), re.S)
    assert [text_of(heading) for heading in headings] == ["Night 00:00–05:59"]
    assert "Night" in [choice.label for choice in choices(response) if choice.facet == "part"]
