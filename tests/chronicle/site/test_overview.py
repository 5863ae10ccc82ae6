import re
from datetime import date, time, timedelta

import pytest

from chronicle.site import heat
from events.editorial import publishing
from tests.support.factories import EventFactory
from tests.support.reading import main_of, text_of, words
from tests.support.record import (
    FIRST,
    THIRD,
    Telling,
    make_page,
    make_source,
    make_story,
    make_term,
    print_entries,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def flood():
    return make_story(description="What the river did, day by day.")


@pytest.fixture
def damage(flood):
    return make_term(flood, "kind", "Damage")


def cells(response) -> list[tuple[str, str]]:
    """The shade and the words of each day of the calendar."""
    found = (
        r'<td><a class="(n\d)"[^>]*><span aria-hidden="true">\d+</span><span class="unseen">([^<]*)</span>'
    )
    return re.findall(found, main_of(response))


def bars(response, heading) -> list[str]:
    """The lines of the tally under ``heading``."""
    tally = re.search(rf"<h2[^>]*>{heading}</h2>.*?</ol>", main_of(response)).group()
    return [text_of(line) for line in re.findall("<li>.*?</li>", tally)]


def test_one_that_tells_nothing_yet_shows_its_days_and_says_so(client, flood):
    response = client.get("/the-flood/")

    assert response.status_code == 200
    assert "The flood What the river did, day by day." in words(response)
    assert "0 entries on 0 of 6 days, from 0 sources of 0 outlets." in words(response)
    assert cells(response) == [("n0", f"Day {n}, {n} March 2021: nothing recorded") for n in range(1, 7)]
    assert "Nothing has been published yet." in words(response)


def test_the_calendar_is_darker_the_more_a_day_holds(client, flood, damage):
    full, thin = make_page(flood, THIRD), make_page(flood, FIRST)
    print_entries(full, [Telling(f"Report {n}", damage) for n in range(9)])
    print_entries(thin, [Telling("Rain", damage)])

    response = client.get("/the-flood/")

    assert cells(response)[0] == ("n3", "Day 1, 1 March 2021: 1 entry")
    assert cells(response)[2] == ("n9", "Day 3, 3 March 2021: 9 entries")
    calendar = re.search('<table class="cal">.*?</table>', main_of(response)).group()
    assert re.findall('href="(.*?)"', calendar) == [f"/the-flood/day-{n}/" for n in range(1, 7)]
    assert "10 entries on 2 of 6 days" in words(response)


def test_a_day_counts_what_it_tells_and_what_happened_on_it(client, flood, damage):
    print_entries(make_page(flood), [Telling("Rain", damage, happened_on=THIRD - timedelta(days=1))])

    assert [words for _, words in cells(client.get("/the-flood/"))][1:3] == [
        "Day 2, 2 March 2021: 1 entry",
        "Day 3, 3 March 2021: 1 entry",
    ]


def test_days_that_the_chronicle_does_not_have_are_not_counted(client, flood, damage):
    elsewhere = [date(2020, 1, 1), date(2022, 1, 1), date(2021, 2, 28)]
    print_entries(make_page(flood), [Telling("Rain", damage, happened_on=day) for day in elsewhere])

    assert "3 entries on 1 of 6 days" in words(client.get("/the-flood/"))


def test_the_latest_pages_come_first_with_their_words(client, flood, damage):
    for day, headline in ((FIRST, "It rains"), (THIRD, "The river rises")):
        page = make_page(flood, day, headline=headline, sentence=f"{headline}, they say.", occasion="Lent")
        print_entries(page, [Telling("Report", damage)])

    response = client.get("/the-flood/")

    assert re.findall(r'<h3[^>]*><a href="([^"]*)">([^<]*)', main_of(response)) == [
        ("/the-flood/day-3/", "The river rises"),
        ("/the-flood/day-1/", "It rains"),
    ]
    assert "Wednesday 3 March 2021 Lent · 1 entry The river rises The river rises, they say." in words(
        response
    )


def test_a_day_without_a_headline_is_called_by_its_number(client, flood, damage):
    print_entries(make_page(flood), [Telling("Report", damage)])

    assert ">Day 3</a></h3>" in main_of(client.get("/the-flood/"))


def test_one_that_goes_on_ends_with_its_last_day_with_entries(client):
    story = make_story(last_date=None, first_number=10)
    kind = make_term(story, "kind", "Damage")
    print_entries(make_page(story, date(2021, 3, 2)), [Telling("Rain", kind, at=time(0, 1))])

    response = client.get("/the-flood/")

    assert [said for _, said in cells(response)] == [
        "Day 10, 1 March 2021: nothing recorded",
        "Day 11, 2 March 2021: 1 entry",
    ]
    assert "going on" in words(response)


def test_the_story_so_far_is_told_in_key_events_the_last_first(client, flood, damage):
    for day, n in ((FIRST, 6), (THIRD, 6)):
        told = [Telling(f"Key {day.day}-{hour}", damage, at=time(hour), key=True) for hour in range(n)]
        print_entries(make_page(flood, day), [*told, Telling("Of no weight", damage, at=time(12))])

    response = client.get("/the-flood/")

    story = re.search(r'<ol class="story" id="story-so-far">.*?</ol>', main_of(response)).group()
    assert re.findall("<h3.*?>([^<]*)</a></h3>", story) == [
        *(f"Key 3-{hour}" for hour in range(5, -1, -1)),
        "Key 1-5",
        "Key 1-4",
    ]
    assert text_of(story).startswith("3 Wed 3 March 2021 Key 3-5")


def test_without_key_events_there_is_no_story_and_more_days(client, flood, damage):
    print_entries(make_page(flood), [Telling("Rain", damage)])

    assert "The story so far" not in words(client.get("/the-flood/"))


def test_it_says_whom_it_cites_most_and_how_well_it_stands(client, flood, damage):
    post, radio = make_source(flood), make_source(flood, "Bulletin", "Radio Estuary")
    other = make_source(flood, "The river falls")
    told = [
        Telling("One", damage, sources=[post, other]),
        Telling("Two", damage, sources=[post, radio], standing="corroborated"),
    ]
    print_entries(make_page(flood), told)

    response = client.get("/the-flood/")

    assert "2 entries on 1 of 6 days, from 3 sources of 2 outlets." in words(response)
    assert bars(response, "Who is cited") == ["The Harbour Post 2 entries", "Radio Estuary 1 entry"]
    assert bars(response, "How well it stands") == ["Single source 1 entry", "Corroborated 1 entry"]


def test_what_was_withdrawn_counts_nowhere(client, db, editor):
    event = EventFactory(published=True, is_key=True)
    publishing.withdraw(event, by=editor, seen=event.version, reason="It was dry.")

    said = words(client.get("/the-flood/"))

    assert "0 entries on 0 of 6 days, from 0 sources of 0 outlets." in said
    assert "The Harbour Post" not in said
    assert "A bridge is closed" not in said


def test_a_long_one_is_drawn_by_years_with_each_month_a_link(client):
    story = make_story(first_date=date(2019, 11, 29), last_date=date(2021, 2, 2))
    kind = make_term(story, "kind", "Damage")
    for day, n in ((date(2019, 12, 31), 4), (date(2020, 2, 29), 1), (date(2020, 3, 1), 1)):
        print_entries(
            make_page(story, day), [Telling(f"Rain {hour}", kind, at=time(hour)) for hour in range(n)]
        )

    response = client.get("/the-flood/")

    assert cells(response) == []
    drawn = re.search('<div class="years">.*?<p class="legend"', main_of(response)).group()
    assert "2019 1 of 33 days 2020 2 of 366 days 2021 0 of 33 days" in text_of(drawn)
    assert '<path class="n9" d="M364 0h1v26h-1z"/>' in drawn  # the last day of 2019
    assert '<path class="n4" d="M59 0h2v26h-2z"/>' in drawn  # the 29th of February and the day after
    table = re.search('<details class="table">.*?</details>', main_of(response)).group()
    assert (
        "2019 November 0 of 2 days December 1 of 31 days 2020 January 0 of 31 days February 1 of 29 days"
        in text_of(table)
    )
    months = re.findall('href="(.*?)"', table)
    assert len(months) == 2 + 12 + 2
    for address in months:
        page, _, anchor = address.partition("#")
        assert f'id="{anchor}"' in client.get(page).content.decode()
    assert re.findall('href="([^"]*)" tabindex="-1"', drawn) == months


def test_of_very_many_years_the_last_are_drawn(client):
    make_story(first_date=date(1001, 1, 1), last_date=date(2000, 12, 31))

    response = client.get("/the-flood/")

    assert main_of(response).count("<svg") == heat.MOST_YEARS
    assert len(response.content) < 200_000
