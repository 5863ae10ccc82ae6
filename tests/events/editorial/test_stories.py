"""What may change of a chronicle once something of it is published."""

import pytest
from django.urls import reverse

from chronicle.models import Edition, Entry, Term
from chronicle.record import verifying
from events.editorial.refused import Refused
from events.editorial.stories import RELIED_ON, save_chronicle
from tests.support.cast import approve_all, fresh, publish


@pytest.mark.parametrize(
    ("field", "value"), [("slug", "high-water"), ("zone", "Asia/Baku"), ("first_number", 5)]
)
def test_what_the_record_relies_on_cannot_change(published, admin_person, story, field, value):
    setattr(story, field, value)

    with pytest.raises(Refused, match=RELIED_ON[field]):
        save_chronicle(story, by=admin_person)

    assert getattr(fresh(story), field) != value


def test_it_may_change_while_nothing_is_published(draft, admin_person, story):
    story.slug = "high-water"

    save_chronicle(story, by=admin_person)

    assert fresh(story).slug == "high-water"


def test_only_who_may_change_a_chronicle_can(story, editor):
    story.title = "Another"

    with pytest.raises(Refused):
        save_chronicle(story, by=editor)


def test_another_way_to_show_two_names_is_printed_at_once(
    draft, editor, moderator, admin_person, story, place
):
    other = place.names.create(name="Ponte Velha", language="pt", position=1)
    for name in (place.names.first(), other):
        name.preferred_in.add(story)
    draft.places.add(place)
    approve_all(draft, moderator)
    publish(draft, editor)
    assert "The old bridge / Ponte Velha" in Entry.objects.get().card

    story.name_style = "brackets"
    save_chronicle(story, by=admin_person)

    assert Term.objects.get(kind="place").label == "The old bridge (Ponte Velha)"
    assert "The old bridge (Ponte Velha)" in Entry.objects.get().card
    assert Edition.objects.latest("seq").subject_kind == "term"
    assert list(verifying.problems()) == []


def test_the_desk_shows_what_is_relied_on_without_a_field(published, admin_person, story, client):
    client.force_login(admin_person)

    page = client.get(reverse("admin:chronicle_chronicle_change", args=[story.pk])).content.decode()

    assert 'name="title"' in page
    assert 'name="slug"' not in page
    assert 'name="morning_begins"' not in page


def test_the_desk_saves_through_the_verb(published, admin_person, story, client):
    client.force_login(admin_person)
    form = {
        "title": "The great flood",
        "description": "",
        "last_date": "",
        "citations_needed": 2,
        "name_style": "slash",
    }

    client.post(reverse("admin:chronicle_chronicle_change", args=[story.pk]), form)

    assert fresh(story).title == "The great flood"
    assert fresh(story).slug == "the-flood"
