import re
from datetime import date, time, timedelta

import pytest

from tests.support.reading import count_line, headlines, links, main_of, text_of, without_data, words
from tests.support.record import (
    THIRD,
    Telling,
    make_page,
    make_source,
    make_story,
    make_term,
    print_entries,
    print_many,
)

pytestmark = pytest.mark.django_db
SECOND, SIXTH = THIRD - timedelta(days=1), date(2021, 3, 6)


@pytest.fixture
def flood():
    return make_story()


@pytest.fixture
def damage(flood):
    return make_term(flood, "kind", "Damage")


@pytest.fixture
def third(flood):
    return make_page(
        flood,
        headline="The river rises",
        sentence="It stands at the doors.",
        summary="<p>A <em>long</em> day.</p>",
        occasion="Ash Wednesday",
    )


def sections(response) -> list[tuple[str, list[str]]]:
    """Each part of the day in order: its heading and hours, and the headlines under it."""
    found = re.findall(r'<section class="part">(.*?)</section>', main_of(response), re.S)
    return [
        (
            text_of(part.split('<div class="light')[0]),
            re.findall(r'<h3[^>]*><a href="[^"]*">(.*?)</a></h3>', part),
        )
        for part in found
    ]


def pager(response) -> str:
    return text_of(re.search(r'<nav class="pager.*?</nav>', main_of(response), re.S).group())


def test_its_number_date_and_words_are_at_the_top(client, third, damage):
    print_entries(third, [Telling("A bridge is closed", damage)])

    response = client.get("/the-flood/day-3/")

    assert "Day 3 Wednesday 3 March 2021 Ash Wednesday UTC The river rises It stands at the doors." in words(
        response
    ).replace("Lisbon time (UTC)", "UTC")
    assert '<p dir="auto">A <em>long</em> day.</p>' in main_of(response)
    assert "<title>Day 3: The river rises · The flood</title>" in response.content.decode()
    assert '<meta name="description" content="It stands at the doors.">' in response.content.decode()


def test_a_day_without_words_is_called_by_its_number(client, flood, damage):
    print_entries(make_page(flood), [Telling("A bridge is closed", damage)])

    assert '<h1 dir="auto">Day 3 of The flood</h1>' in main_of(client.get("/the-flood/day-3/"))


def test_entries_stand_in_order_of_time_under_the_parts_of_the_day(client, third, damage):
    clocks = {"Late": time(23), "Early": time(1), "Noon": time(12), "Tea": time(17), "Breakfast": time(6)}
    print_entries(third, [Telling(headline, damage, at=at) for headline, at in clocks.items()])
    print_entries(third, [Telling("Some time", damage, at=None)])

    assert sections(client.get("/the-flood/day-3/")) == [
        ("Time of day not known", ["Some time"]),
        ("Night 00:00–05:59", ["Early"]),
        ("Morning 06:00–11:59", ["Breakfast"]),
        ("Afternoon 12:00–17:59", ["Noon", "Tea"]),
        ("Evening 18:00–23:59", ["Late"]),
    ]


def test_the_parts_begin_where_the_story_says(client):
    story = make_story(morning_begins=time(5, 30), evening_begins=time(21))
    kind = make_term(story, "kind", "Damage")
    print_entries(
        make_page(story), [Telling("Dawn", kind, at=time(5, 45)), Telling("Dusk", kind, at=time(20))]
    )

    assert sections(client.get("/the-flood/day-3/")) == [
        ("Morning 05:30–11:59", ["Dawn"]),
        ("Afternoon 12:00–20:59", ["Dusk"]),
    ]


def test_it_counts_entries_and_sources(client, flood, third, damage):
    one, two = make_source(flood), make_source(flood, "Evening bulletin", "Radio Estuary")
    print_entries(
        third,
        [Telling("Seen", damage, sources=[one]), Telling("Heard", damage, sources=[one, two])],
    )

    assert "2 entries from 2 sources." in words(client.get("/the-flood/day-3/"))


def test_one_entry_from_one_source_is_said_in_the_singular(client, flood, third, damage):
    print_entries(third, [Telling("Seen", damage, sources=[make_source(flood)])])

    assert "1 entry from 1 source." in words(client.get("/the-flood/day-3/"))


def test_citations_lie_folded_under_their_entry(client, flood, third, damage):
    print_entries(third, [Telling("Seen", damage, sources=[make_source(flood)])])

    html = main_of(client.get("/the-flood/day-3/"))

    assert '<details class="cites"><summary>1 citation</summary>' in html
    assert "The water stood at the doors." in text_of(html)
    assert 'href="https://post.example/river" rel="nofollow noopener noreferrer"' in html


def test_what_happened_on_another_day_is_on_both_pages(client, flood, third, damage):
    print_entries(third, [Telling("The call", damage, happened_on=SECOND, at=time(23))])

    told, happened = client.get("/the-flood/day-3/"), client.get("/the-flood/day-2/")

    assert sections(told) == [("Earlier days", ["The call"])]
    assert "The call Happened on Day 2 · 2 March , told today It was told that: The call." in words(told)
    assert sections(happened) == [("Evening 18:00–23:59", ["The call"])]
    assert "Told on Day 3 · 3 March" in words(happened)
    assert "/the-flood/day-3/" in links(happened)


def test_a_day_before_the_story_is_named_without_a_link(client, third, damage):
    print_entries(third, [Telling("The warning", damage, happened_on=date(2021, 2, 20))])

    response = client.get("/the-flood/day-3/")

    assert "Happened on 20 February 2021, told today" in words(response)


def test_the_days_before_and_after_skip_empty_ones_and_say_how_many(client, flood, third, damage):
    for day in (date(2021, 3, 1), SIXTH):
        print_entries(make_page(flood, day), [Telling("Rain", damage)])
    print_entries(third, [Telling("Rain", damage)])

    response = client.get("/the-flood/day-3/")

    assert pager(response) == "← Day 1 · 1 Mar 1 empty day between Day 6 · 6 Mar → 2 empty days between"
    assert 'rel="next" href="/the-flood/day-6/">' in main_of(response)
    assert '<a rel="prev" href="/the-flood/day-1/">' in main_of(response)


def test_the_first_and_the_last_day_say_that_they_are(client, third, damage):
    print_entries(third, [Telling("Rain", damage)])

    assert pager(client.get("/the-flood/day-3/")) == "First day with entries Last day with entries"


def test_an_empty_day_is_not_called_the_last_or_the_first_with_entries(client, third, damage):
    print_entries(third, [Telling("Rain", damage)])

    assert "No later day with entries" in pager(client.get("/the-flood/day-5/"))
    assert "No earlier day with entries" in pager(client.get("/the-flood/day-1/"))
    for number in (1, 5):
        assert "day with entries" in pager(client.get(f"/the-flood/day-{number}/"))
        assert not re.search("(First|Last) day", pager(client.get(f"/the-flood/day-{number}/")))


def test_a_day_of_which_nothing_is_recorded_says_so_and_leads_on(client, third, damage):
    print_entries(third, [Telling("Rain", damage)])

    response = client.get("/the-flood/day-5/")

    assert response.status_code == 200
    assert '<h1 dir="auto">Nothing is recorded for this day</h1>' in main_of(response)
    assert "was told on, or happened on, 5 March 2021." in words(response)
    assert "/the-flood/day-3/" in links(response)
    assert "Filter" not in words(response)


def test_a_day_with_words_and_without_entries_keeps_them_and_says_so(client, flood):
    make_page(flood, SIXTH, headline="Nobody knows", summary="<p>Silence.</p>")

    said = words(client.get("/the-flood/day-6/"))

    assert "Nobody knows" in said
    assert "Silence. No entry stands on this day" in said


def test_the_current_day_is_marked_on_the_strip(client, flood):
    marked = re.findall(r'href="([^"]*)" aria-current="page"', main_of(client.get("/the-flood/day-3/")))

    assert marked == ["/the-flood/day-3/"]


@pytest.mark.parametrize("number", [99, 100, 101, 200, 250])
def test_a_day_of_many_entries_goes_over_pages_with_every_entry_exactly_once(client, third, number):
    printed = print_many(third, number)
    address, seen, pages = "/the-flood/day-3/", [], 0
    while address and pages < 9:
        response = client.get(address)
        assert count_line(response) == number
        seen += headlines(response)
        pages += 1
        following = re.search(r'<a rel="next" href="(\?[^"]*)"', main_of(response))
        address = following and f"/the-flood/day-3/{following.group(1)}".replace("&amp;", "&")

    assert seen == [entry.headline for entry in sorted(printed, key=lambda entry: entry.sk)]
    assert pages == -(-number // 100)


@pytest.mark.parametrize("year", [1, 1914, 1969, 1970, 2500, 3999])
def test_the_pages_of_a_day_of_any_year_hold_every_entry_exactly_once(client, year):
    day = date(year, 6, 28)
    story = make_story(first_date=day, last_date=day)
    print_many(make_page(story, day), 120)
    first = client.get("/the-flood/day-1/")
    second = client.get("/the-flood/day-1/" + links(first, "after=")[0])

    assert len(headlines(first)) == 100
    assert len(set(headlines(first) + headlines(second))) == 120


def test_later_pages_lead_back_to_the_first_and_keep_what_was_chosen(client, third):
    print_many(third, 250)
    first = client.get("/the-flood/day-3/?standing=single")
    second = client.get("/the-flood/day-3/" + links(first, "after=")[0])

    assert "/the-flood/day-3/?standing=single" in links(second)
    assert all("standing=single" in link for link in links(second, "after="))


@pytest.mark.parametrize("after", [2**62, 2**63, "9" * 19])
def test_past_the_last_entry_it_says_so(client, third, after):
    print_many(third, 5)

    response = client.get(f"/the-flood/day-3/?after={after}")

    assert "There are no more entries" in words(response)
    assert "Back to the first entries" in words(response)


@pytest.mark.parametrize("after", ["x", "-", "--1", "1" * 30, "１２", "1.5", "%00", ""])
def test_an_unreadable_place_to_go_on_from_is_no_fault(client, third, after):
    print_many(third, 3)

    assert client.get(f"/the-flood/day-3/?after={after}").status_code == 200


def test_headlines_and_texts_are_shown_as_text(client, flood, third):
    kind = make_term(flood, "kind", "<i>Kind</i>")
    print_entries(third, [Telling("<script>alert(1)</script> & Co", kind)])

    html = without_data(client.get("/the-flood/day-3/"))

    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; Co" in html
    assert "&lt;i&gt;Kind&lt;/i&gt;" in html
