"""Nothing is deleted at the desk: what is put away leaves every list and count, and is brought back there."""

import pytest
from django.urls import reverse

from events.editorial import keeping
from events.models import Event, Material
from tests.support.cast import fresh, make_event
from tests.support.desk import Desk, told
from tests.support.factories import CitationFactory, MaterialFactory
from tests.support.pictures import saved, scene, upload


@pytest.fixture
def desk(editor):
    return Desk(editor)


@pytest.fixture
def discarded(draft, editor):
    keeping.discard(draft, by=editor, seen=1, reason="Told twice.")
    return fresh(draft)


def offered(page):
    return [box["verb"].name for box in page.context["verbs"]]


def listed(desk, model, **query):
    return list(desk.get(f"events_{model}_changelist", **query).context["cl"].result_list)


def test_a_button_says_what_will_happen_and_discards_with_a_reason(desk, draft):
    page = desk.open(draft)
    assert "Nothing is deleted: it can be brought back, with all that was decided." in page.content.decode()

    response = desk.press(draft, "discard", reason="Told twice.")

    assert response.status_code == 302
    assert fresh(draft).state == "discarded"
    page = desk.open(draft)
    assert "Told twice." in page.content.decode()
    assert "Discarded" in page.content.decode()
    assert offered(page) == ["bring-back"]


def test_nobody_changes_it_until_it_is_back(desk, discarded):
    page = desk.open(discarded)
    assert not page.context["has_change_permission"]
    assert desk.client.post(page.request["PATH_INFO"], {"headline": "Mine"}).status_code == 403

    desk.press(discarded, "bring-back")

    assert fresh(discarded).state == "draft"
    assert desk.open(discarded).context["has_change_permission"]


def test_it_is_offered_for_no_event_that_readers_have_seen(desk, published):
    assert "discard" not in offered(desk.open(published))


def test_it_is_in_no_list_and_no_count(desk, discarded, editor, day, kind, moderator, source):
    kept = make_event(editor, day, kind, headline="Another", source=source)

    assert listed(desk, "event") == [kept]
    assert listed(desk, "event", q="bridge") == []
    assert listed(desk, "citation") == [kept.citations.get()]
    assert [day.event_total for day in listed(desk, "day")] == [1]
    assert [(row.approved_total, row.pending_total) for row in listed(desk, "source")] == [(0, 1)]
    assert 'Review <b class="count">1</b>' in Desk(moderator).get("index").content.decode()
    review = Desk(moderator).get("review")
    assert [entry["row"].event for entry in review.context["shown"]] == [kept]


def test_the_list_finds_it_where_it_is_asked_for(desk, discarded):
    page = desk.get("events_event_changelist", state__exact="discarded")

    assert list(page.context["cl"].result_list) == [discarded]
    assert "All but discarded" in page.content.decode()


def test_it_is_not_found_by_typing(desk, discarded, editor, day, kind):
    kept = make_event(editor, day, kind, headline="Another bridge")
    asked = {"app_label": "events", "model_name": "citation", "field_name": "event", "term": "bridge"}

    found = desk.client.get(reverse("admin:autocomplete"), asked).json()["results"]

    assert [one["id"] for one in found] == [str(kept.pk)]


def test_a_citation_for_it_is_given_back_in_the_form(desk, discarded, source):
    page = desk.get("events_citation_add")

    response = desk.save(page, event=discarded.pk, source=source.pk, quote="It was shut.")

    assert "was discarded: bring it back first" in response.content.decode()
    assert discarded.citations.count() == 1


def test_its_author_takes_a_citation_back_and_submits_it_again(desk, citation, other_editor, moderator):
    assert "take-back" not in offered(Desk(other_editor).open(citation))
    assert "take-back" in offered(desk.open(citation))

    desk.press(citation, "take-back", words="A better one follows.")

    assert fresh(citation).state == "taken_back"
    assert Desk(moderator).get("review").context["shown"] == []
    assert listed(desk, "citation") == []
    assert listed(desk, "citation", state__exact="taken_back") == [citation]
    page = desk.open(citation.event).content.decode()
    assert "Taken back; submitted by editor" in page
    assert "A better one follows." in page
    desk.press(citation, "submit-again")
    assert fresh(citation).state == "pending"


def test_somebody_else_who_posts_it_is_refused(other_editor, admin_person, citation):
    for person in (other_editor, admin_person):
        response = Desk(person).press(citation, "take-back")
        assert "only editor, who submitted it, may" in told(response)
    assert fresh(citation).state == "pending"


@pytest.fixture
def material(db, media_folder):
    return MaterialFactory()


def test_a_medium_leaves_the_grid_and_review_but_for_a_filter(desk, material, other_editor, moderator):
    assert "discard" not in offered(Desk(other_editor).open(material))

    desk.press(material, "discard", words="Blurred.")

    assert fresh(material).state == "discarded"
    assert listed(desk, "material") == []
    assert listed(desk, "material", lacks="unused") == []
    assert listed(desk, "material", state__exact="discarded") == [material]
    assert Desk(moderator).get("review").context["shown"] == []
    page = desk.open(material)
    assert offered(page) == ["bring-back"]
    assert "Blurred." in page.content.decode()
    desk.press(material, "bring-back")
    assert listed(desk, "material") == [material]


def test_its_file_sent_again_brings_it_back_and_says_so(desk, story, media_folder):
    def send():
        files = {"story": story.pk, "file": [upload(saved(scene(64, 40)), "bridge.jpg")]}
        return desk.post("events_material_add", data=files).content.decode()

    send()
    material = Material.objects.get()
    desk.press(material, "discard")

    assert "It was here, discarded: it is back and waits for approval." in send()
    assert fresh(material).state == "pending"
    assert "It was here already." in send()


def test_citations_of_an_event_stay_with_it_whatever_they_are(desk, draft, source, editor):
    citation = CitationFactory(event=draft, source=source, quote="It was shut.")
    keeping.take_back(citation, by=editor, seen=1)
    desk.press(draft, "discard", reason="Told twice.")

    page = desk.open(draft).content.decode()

    assert "The bridge was closed." in page
    assert "It was shut." in page
    assert Event.objects.get().citations.count() == 2
