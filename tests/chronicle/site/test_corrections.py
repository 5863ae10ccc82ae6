"""Every change after the first printing in one list: what readers find in it, and what comes back by none."""

import re

from chronicle.site import corrections
from events.editorial import publishing
from tests.support.cast import fresh, retell
from tests.support.counting import MOST, queries
from tests.support.factories import EventFactory
from tests.support.proposals import change
from tests.support.reading import main_of, text_of, words

PAGE = "/the-flood/corrections/"


def items(client, query=""):
    found = re.search(r'<section class="history".*?</section>', main_of(client.get(f"{PAGE}{query}")), re.S)
    return [text_of(item) for item in re.findall(r"<li>.*?</li>", found.group(), re.S)] if found else []


def test_a_chronicle_as_first_printed_says_so(client, published):
    said = words(client.get(PAGE))

    assert (
        "Nothing has been changed All that stands in this chronicle stands as it was first printed." in said
    )
    assert f'<a href="{PAGE}"' in client.get("/the-flood/").content.decode()


def test_a_correction_stands_by_its_own_date_with_its_words_and_the_date_it_happened(
    client, published, editor, moderator, source
):
    retell(published, editor, "It was the other.", headline="The other bridge is closed")
    change(source, editor, moderator, "Its title was wrong.", title="The river falls")

    of_source, of_entry = items(client)

    assert re.match(r"Correction \d+ \w+ \d{4}, \d\d:\d\d The source “The river falls”", of_source)
    assert "taken out: rises put in: falls Its title was wrong." in of_source
    assert "The other bridge is closed Happened on Day 3 · 3 March" in of_entry
    assert "Headline: taken out: A put in: The other bridge is closed It was the other." in of_entry


def test_what_is_withdrawn_shows_its_reason_and_none_of_its_words(client, published, editor):
    retell(published, editor, "MARKER", headline="The MARKER bridge is closed")
    publishing.withdraw(fresh(published), by=editor, seen=fresh(published).version, reason="It was dry.")

    withdrawal, correction = items(client)
    assert withdrawal.endswith("Withdrawn entry Happened on Day 3 · 3 March It was dry.")
    assert correction.startswith("Correction")
    assert "MARKER" not in client.get(PAGE).content.decode()

    publishing.reopen_event(fresh(published), by=editor, seen=fresh(published).version)
    publishing.submit(fresh(published), by=editor, seen=fresh(published).version)
    retell(published, editor, "It was not.", headline="The bridge is closed")
    page = client.get(PAGE)
    assert "It was not." in words(page)
    assert "MARKER" not in page.content.decode()
    assert "It was dry." not in words(page)


def test_the_list_is_narrowed_and_paged_by_where_it_was_left(client, published, editor, place, monkeypatch):
    other = EventFactory(published=True, headline="The quay is shut", places=[place])
    for number in range(3):
        retell(published, editor, f"Again {number}.", headline=f"Bridge {number} is closed")
    retell(other, editor, "It is open.", headline="The quay is open")
    publishing.withdraw(fresh(published), by=editor, seen=fresh(published).version, reason="It was dry.")

    assert len(items(client)) == 5
    assert len(items(client, "?action=correction")) == 4
    assert [item[:6] for item in items(client, "?place=1")] == ["Correc"]
    assert len(items(client, "?day=3")) == 5
    assert items(client, "?day=2") == []
    assert "No change fits what you chose" in words(client.get(f"{PAGE}?day=2"))
    said = words(client.get(f"{PAGE}?day=x&action=first&before=-1"))
    assert "“x” is no day of this chronicle, and was passed over." in said
    assert "“first” is nothing that is done to an entry" in said

    whole = items(client)
    monkeypatch.setattr(corrections, "PER_PAGE", 2)
    walked, query = [], ""
    while True:
        page = client.get(f"{PAGE}{query}")
        walked += items(client, query)
        following = re.search(r'rel="next" href="([^"]*)"', page.content.decode())
        if not following:
            break
        query = following.group(1)
    assert walked == whole


def test_it_takes_as_many_queries_with_many_changes(client, published, editor, moderator, source, place):
    retell(published, editor, "Once.", headline="The other bridge is closed")
    change(source, editor, moderator, "Its title was wrong.", title="The river falls")
    before = queries(client, PAGE)
    for number in range(4):
        event = EventFactory(published=True, headline=f"Quay {number} is shut", places=[place])
        retell(event, editor, "Once.", headline=f"Quay {number} is open")

    assert queries(client, PAGE) == before <= MOST
