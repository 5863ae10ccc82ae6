import re
from datetime import date, time, timedelta

import pytest

from tests.support.reading import links, main_of, words
from tests.support.record import (
    FIRST,
    THIRD,
    Telling,
    make_page,
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
    """The shade and the words of each cell of the strip."""
    return re.findall(r'<a class="cell (n\d)"[^>]*>\s*<span class="unseen">([^<]*)</span>', main_of(response))


def test_one_that_tells_nothing_yet_shows_its_days_and_says_so(client, flood):
    response = client.get("/the-flood/")

    assert response.status_code == 200
    assert "The flood What the river did, day by day." in words(response)
    assert "6 days, 0 with entries" in words(response)
    assert cells(response) == [("n0", f"Day {n}, {n} March 2021: nothing recorded") for n in range(1, 7)]
    assert "Nothing has been published yet." in words(response)


def test_the_strip_is_darker_the_more_a_day_holds(client, flood, damage):
    full, thin = make_page(flood, THIRD), make_page(flood, FIRST)
    print_entries(full, [Telling(f"Report {n}", damage) for n in range(9)])
    print_entries(thin, [Telling("Rain", damage)])

    response = client.get("/the-flood/")

    assert cells(response)[0] == ("n3", "Day 1, 1 March 2021: 1 entry")
    assert cells(response)[2] == ("n9", "Day 3, 3 March 2021: 9 entries")
    assert links(response, "/day-")[:6] == [f"/the-flood/day-{n}/" for n in range(1, 7)]
    assert "6 days, 2 with entries" in words(response)


def test_a_day_counts_what_it_tells_and_what_happened_on_it(client, flood, damage):
    print_entries(make_page(flood), [Telling("Rain", damage, happened_on=THIRD - timedelta(days=1))])

    assert [words for _, words in cells(client.get("/the-flood/"))][1:3] == [
        "Day 2, 2 March 2021: 1 entry",
        "Day 3, 3 March 2021: 1 entry",
    ]


def test_days_that_the_chronicle_does_not_have_are_not_counted(client, flood, damage):
    elsewhere = [date(2020, 1, 1), date(2022, 1, 1), date(2021, 2, 28)]
    print_entries(make_page(flood), [Telling("Rain", damage, happened_on=day) for day in elsewhere])

    assert "6 days, 1 with entries" in words(client.get("/the-flood/"))


def test_the_latest_pages_come_first_with_their_words(client, flood, damage):
    for day, headline in ((FIRST, "It rains"), (THIRD, "The river rises")):
        page = make_page(flood, day, headline=headline, sentence=f"{headline}, they say.", occasion="Lent")
        print_entries(page, [Telling("Report", damage)])

    response = client.get("/the-flood/")

    assert re.findall(r'<h3><a href="([^"]*)">([^<]*)', main_of(response)) == [
        ("/the-flood/day-3/", "The river rises"),
        ("/the-flood/day-1/", "It rains"),
    ]
    assert "Wednesday 3 March 2021 Lent The river rises The river rises, they say. 1 entry" in words(response)


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
