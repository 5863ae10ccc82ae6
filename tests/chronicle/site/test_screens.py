"""Which days of a strip fit a screen, and that each screen says which it shows."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import pytest

from chronicle.site import screens

pytestmark = pytest.mark.no_database
FIRST = date(2021, 1, 20)


@dataclass
class Cell:
    number: int
    date: date


def slots(number, current):
    cells = [Cell(n + 1, FIRST + timedelta(days=n)) for n in range(number)]
    return screens.slots(cells, current)


def shown(found, screen):
    """The numbers of the days that ``screen`` shows."""
    fitting = list(screens.SCREENS)[: list(screens.SCREENS).index(screen) + 1]
    return [slot.cell.number for slot in found if slot.fits in fitting]


@pytest.mark.parametrize("current", [0, 3, 20, 30, 45, 59, 60])
@pytest.mark.parametrize(("screen", "number"), screens.SCREENS.items())
def test_each_screen_shows_as_many_days_as_fit_in_a_row_with_the_current_one(current, screen, number):
    days = shown(slots(61, current), screen)

    assert days == list(range(days[0], days[0] + number))
    assert current + 1 in days


def test_a_short_strip_is_shown_whole_on_every_screen():
    assert {slot.fits for slot in slots(6, 2)} == {"tiny"}
    assert shown(slots(12, 11), "tiny") == list(range(2, 13))


@pytest.mark.parametrize("current", [0, 30, 60])
@pytest.mark.parametrize("screen", screens.SCREENS)
def test_what_a_screen_says_of_its_days_stands_under_the_first_it_shows(current, screen):
    found = slots(61, current)

    named = [slot.cell.number for slot in found if screen in slot.ticks]
    assert named[0] == shown(found, screen)[0]
    assert set(named) <= set(shown(found, screen))
    assert min((b - a for a, b in pairwise(named)), default=9) >= screens.ROOM


def test_a_phone_names_the_last_day_too_and_a_wide_screen_the_first_of_a_month():
    found = slots(44, 20)

    assert [slot.words for slot in found if "phone right" in slot.ticks] == ["Day 27 · 15 Feb"]
    assert [slot.words for slot in found if "wide" in slot.ticks] == ["Day 1 · 20 Jan", "Day 13 · 1 Feb"]
    assert [slot.cell.number for slot in found if slot.begins_month] == [13, 41]
