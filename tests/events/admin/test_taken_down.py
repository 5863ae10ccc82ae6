"""Rows of the desk that were taken down: their pages show no words and take none; lists leave them out."""

import pytest
from django.urls import reverse

from events.editorial import takedowns
from events.editorial.takedowns import Part
from tests.support.desk import Desk, errors, filled_in
from tests.support.factories import (
    ActorFactory,
    EventFactory,
    KindFactory,
    MaterialFactory,
    PersonFactory,
    PlaceFactory,
    fresh,
    show,
)


def take(*rows):
    parts = [Part(row=f"{row._meta.model_name}/{row.pk}") for row in rows]
    asked = takedowns.ask(rows[0].story, parts, by=PersonFactory(admin=True), reason="A court says so.")
    takedowns.confirm(asked, by=PersonFactory(username="other", is_superuser=True), seen=1)


@pytest.fixture
def gone(draft):
    take(draft)
    return fresh(draft)


def test_its_page_is_there_without_a_form(gone, editor, admin_person):
    for person in (editor, admin_person):
        page = Desk(person).open(gone)
        assert page.status_code == 200
        assert "Taken down" in page.content.decode()
        assert "A bridge is closed" not in page.content.decode()
        assert 'name="headline"' not in page.content.decode()


def test_what_was_typed_before_is_refused(draft, editor):
    page = Desk(editor).open(draft)
    sent = filled_in(page)
    take(draft)

    assert Desk(editor).client.post(page.request["PATH_INFO"], sent).status_code == 403
    assert fresh(draft).headline == ""


@pytest.mark.parametrize("what", ["day", "source", "outlet", "citation", "place", "actor", "material"])
def test_an_event_is_written_on_when_what_it_has_was_taken_down(editor, media_folder, what):
    picture = MaterialFactory()
    event = EventFactory(cited=True, places=[PlaceFactory()], actors=[ActorFactory()], by=editor)
    event = show(event, picture, by=editor)
    cited = event.citations.get()
    has = {"day": event.day, "place": event.places.get(), "actor": event.actors.get(), "material": picture}
    has |= {"citation": cited, "source": cited.source, "outlet": cited.source.outlet}
    take(has[what])

    page = Desk(editor).open(event)
    answer = Desk(editor).client.post(page.request["PATH_INFO"], filled_in(page) | {"headline": "It is open"})

    assert answer.status_code == 302, errors(answer)
    assert fresh(event).headline == "It is open"


def test_its_history_says_what_was_done_and_nothing_of_what_was_said(gone, admin_person):
    page = Desk(admin_person).get("events_event_history", gone.pk)
    assert page.status_code == 200
    assert "A bridge is closed" not in page.content.decode()


def test_lists_leave_it_out_and_those_with_states_have_it_under_its_own(gone, admin_person):
    place, kept = PlaceFactory(name="The dam"), PlaceFactory(name="The harbour")
    take(place)
    desk = Desk(admin_person)

    assert list(desk.get("events_place_changelist").context["cl"].result_list) == [kept]
    assert not desk.get("events_event_changelist").context["cl"].result_list
    under = desk.get("events_event_changelist", state__exact="erased").context["cl"].result_list
    assert list(under) == [gone]
    assert list(desk.get("events_citation_changelist", state__exact="erased").context["cl"].result_list)


def test_nobody_finds_or_chooses_it(draft, editor, admin_person):
    kind = KindFactory(name="Rescue")
    take(kind)
    page = Desk(editor).get("events_event_add").content.decode()
    assert "Taken down" not in page and "Damage" in page

    EventFactory(headline="Kept")
    take(draft)
    found = Desk(admin_person).client.get(
        reverse("admin:autocomplete"),
        {"app_label": "events", "model_name": "citation", "field_name": "event", "term": ""},
    )
    assert [each["text"] for each in found.json()["results"]] == ["Kept"]
