"""No public page asks the database more than eight questions, and none asks more for holding more.

What is asked of hundreds of entries is in test_budget_of_many.py.
"""

import pytest

from chronicle.documents import TEXTS
from events.editorial import publishing, texts, writing
from events.models import Citation
from tests.support.cast import approve_all, fresh, make_event, publish
from tests.support.counting import MOST, queries
from tests.support.factories import TextFactory
from tests.support.record import make_page, make_story, print_many


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/sitemap.xml"])
def test_what_is_of_all_chronicles_takes_as_many_queries_with_one_more(client, address):
    counts = []
    make_story(title="Another", slug="another")
    for number in (5, 200):
        story = make_story(title=f"The flood in {number} reports", slug=f"flood-{number}")
        print_many(make_page(story, headline="The river rises"), number)
        counts.append(queries(client, address))

    assert counts[0] == counts[1] <= MOST


@pytest.mark.django_db
def test_the_address_by_date_takes_one_query(client):
    make_story()

    assert queries(client, "/the-flood/2021-03-03/", status=301) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/the-flood/day-99/", "/nowhere/", "/the-flood/entry/1/", "/the-flood/about/"]
)
def test_a_missing_page_is_cheap(client, address):
    make_story()

    assert queries(client, address, status=404) <= 2


def test_an_entry_takes_as_many_queries_with_many_citations_and_editions(
    client, day, kind, editor, moderator, source, other_source
):
    counts = []
    for copies in (1, 20):
        event = make_event(editor, day, kind, headline=f"A bridge, {copies}")
        for n in range(copies):
            citation = Citation(event=event, source=(source, other_source)[n % 2], quote=f"Quotation {n}.")
            writing.save_citation(citation, by=editor)
        approve_all(event, moderator)
        publish(event, editor)
        for n in range(copies - 1):
            event = fresh(event)
            event.headline = f"A bridge, said {n} times"
            writing.save_event(event, by=editor, seen=event.version)
            publish(event, editor, note=f"Said once more: {n}.")
        counts.append(queries(client, f"/the-flood/entry/{fresh(event).printed.number}/"))

    assert counts[0] == counts[1] <= MOST


def test_a_text_takes_as_many_queries_with_many_editions(client, text, admin_person):
    counts = []
    for number in (1, 20):
        for _ in range(number):
            text = fresh(text)
            text.title = f"Told {text.version} times"
            texts.save_text(text, by=admin_person, seen=text.version)
            texts.publish_text(text, by=admin_person, seen=text.version, note="Once more.")
        counts.append(queries(client, "/the-flood/about/"))

    assert counts[0] == counts[1] == 3


@pytest.mark.parametrize("address", ["/the-flood/", "/the-flood/day-3/", "/the-flood/entry/1/"])
def test_the_links_to_texts_take_no_query(client, published, admin_person, address):
    before = queries(client, address)
    for name in TEXTS:
        TextFactory(name=name, published=True)

    assert queries(client, address) == before


def test_a_tombstone_keeps_to_the_budget(client, published, editor):
    publishing.withdraw(published, by=editor, seen=published.version, reason="It was another bridge.")

    assert queries(client, f"/the-flood/entry/{published.printed.number}/", status=410) <= MOST
