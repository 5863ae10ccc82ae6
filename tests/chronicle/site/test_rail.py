"""What the rail of a day says: how exactly a time is known, what is key, and what is still going on."""

import re
from datetime import time

import pytest

from tests.support.reading import links, main_of, text_of, words
from tests.support.record import THIRD, Telling, make_page, make_story, make_term, print_entries

pytestmark = pytest.mark.django_db
DAY = "/the-flood/day-3/"


@pytest.fixture
def damage():
    return make_term(make_story(), "kind", "Damage")


@pytest.fixture
def third(damage):
    return make_page(damage.chronicle)


def marks(response) -> dict[str, str]:
    """The marks of each entry, by its headline."""
    events = re.findall(r'<li class="event ([^"]*)" id="entry-\d+">(.*?)</li>', main_of(response))
    return {text_of(re.search("<h3.*?</h3>", html).group()): marks for marks, html in events}


def recalled(response) -> list[tuple[str, list[str]]]:
    """Each part of the day with the lines at its head that recall what goes on."""
    parts = re.findall(r'<section class="part">.*?<h2>(.*?)</h2>.*?(<ol.*?</ol>)', main_of(response))
    return [
        (label, [text_of(li) for li in re.findall('<li class="recall">.*?</li>', html)])
        for label, html in parts
    ]


def key_events(response) -> list[str]:
    found = re.search(r'<details class="keys">(.*)</details></div></header>', main_of(response))
    return [text_of(li) for li in re.findall("<li>.*?</li>", found.group(1))] if found else []


def test_an_exact_time_a_loose_one_a_key_event_and_what_goes_on_are_told_apart(client, third, damage):
    print_entries(
        third,
        [
            Telling("To the hour", damage, at=time(9), minutes=60),
            Telling("In the morning", damage, at=time(6), minutes=360),
            Telling("Some time", damage, at=None),
            Telling("Key", damage, at=time(10), key=True),
            Telling("Closed from then on", damage, at=time(11), minutes=780, goes_on=True),
        ],
    )

    assert marks(client.get(DAY)) == {
        "To the hour": "",
        "In the morning": "loose",
        "Some time": "loose",
        "Key": "key",
        "Closed from then on": "goes-on",
    }


def test_what_goes_on_is_told_once_and_recalled_at_the_head_of_each_later_part(client, third, damage):
    print_entries(
        third,
        [
            Telling("Rain", damage, at=time(7)),
            Telling("The gate is closed", damage, at=time(11), minutes=780, goes_on=True),
            Telling("A boat", damage, at=time(13)),
            Telling("A truce", damage, at=time(20)),
        ],
    )

    response = client.get(DAY)

    line = ["Since 11:00 Still going on: The gate is closed"]
    assert recalled(response) == [("Morning", []), ("Afternoon", line), ("Evening", line)]
    assert list(marks(response)) == ["Rain", "The gate is closed", "A boat", "A truce"]
    assert links(response, "#entry-") == ["#entry-2", "#entry-2"]


def test_the_next_part_begins_in_the_light_in_which_the_last_one_ended(client, third, damage):
    print_entries(third, [Telling(f"At {hour}", damage, at=time(hour)) for hour in (1, 20)])

    assert '<div class="light evening after-night"></div>' in main_of(client.get(DAY))


def test_every_entry_is_an_anchor_on_its_day(client, third, damage):
    entries = print_entries(third, [Telling(f"Report {n}", damage) for n in range(3)])

    for entry in entries:
        assert f'id="entry-{entry.number}"' in main_of(client.get(DAY))


def test_the_key_events_of_a_day_are_listed_first_and_lead_to_their_place(client, third, damage):
    print_entries(
        third,
        [
            Telling("The crest passes", damage, at=time(5, 40), minutes=1, key=True),
            Telling("The gate is closed", damage, at=time(11), minutes=780, goes_on=True, key=True),
            Telling("A truce is spoken of", damage, at=time(18), minutes=360, key=True),
            Telling("Rain", damage, at=time(3)),
        ],
    )

    response = client.get(DAY)

    assert key_events(response) == [
        "05:40 The crest passes",
        "From 11:00 The gate is closed",
        "Evening A truce is spoken of",
    ]
    assert links(response, "#entry-")[:3] == ["#entry-1", "#entry-2", "#entry-3"]
    assert words(response).count("Key event ") == 3 + 0
    filtered = client.get(DAY + "?part=night")
    assert key_events(filtered) == key_events(response)
    assert "/the-flood/entry/3/" in links(filtered)


def test_a_day_without_key_events_has_no_box_for_them(client, third, damage):
    print_entries(third, [Telling("Rain", damage)])

    assert "Key event" not in words(client.get(DAY))


def test_the_time_of_a_key_event_says_no_more_than_is_known(client, third, damage):
    before = THIRD.replace(day=2)
    print_entries(
        third,
        [
            Telling("Some time", damage, at=None, key=True),
            Telling("The day before", damage, happened_on=before, at=time(23), minutes=1, key=True),
        ],
    )

    assert key_events(client.get(DAY)) == ["Earlier The day before", "That day Some time"]
    assert key_events(client.get("/the-flood/day-2/")) == ["23:00 The day before"]
