"""Everything has one address; what was never printed answers like what never was."""

import pytest

from chronicle.models import Entry
from tests.support.cast import approve_all, fresh, make_event
from tests.support.factories import EventFactory
from tests.support.reading import choices, words
from tests.support.record import make_story

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        ("/the-flood/day-003/", "/the-flood/day-3/"),
        ("/the-flood/day-03/?place=1&place=2&part=night", "/the-flood/day-3/?place=1&place=2&part=night"),
        ("/the-flood/entry/01/", "/the-flood/entry/1/"),
        ("/the-flood/entry/0000000001/", "/the-flood/entry/1/"),
        ("/the-flood/2021-03-03/", "/the-flood/day-3/"),
    ],
)
def test_another_spelling_leads_to_the_one_address_for_good(client, published, asked, address):
    response = client.get(asked)

    assert (response.status_code, response["Location"]) == (301, address)
    assert client.get(address).status_code == 200


def test_another_spelling_of_a_withdrawn_entry_leads_to_its_tombstone(client):
    EventFactory(withdrawn=True)

    assert client.get("/the-flood/entry/01/", follow=True).redirect_chain == [("/the-flood/entry/1/", 301)]
    assert client.get("/the-flood/entry/1/").status_code == 410


@pytest.mark.parametrize("asked", ["/the-flood/day-099/", "/the-flood/entry/099/", "/the-flood/entry/0/"])
def test_another_spelling_of_what_is_not_there_leads_nowhere(client, published, asked):
    assert client.get(asked).status_code == 404


def test_numbers_are_the_chronicles_own_and_no_row_ids(
    client, published, editor, moderator, day, kind, source
):
    other = make_story(slug="another", title="Another")
    second = make_event(editor, day, kind, "A road is closed", source)
    approve_all(second, moderator)

    assert client.get("/the-flood/entry/2/").status_code == 404
    assert fresh(published).printed.number == 1
    assert client.get(f"/{other.slug}/entry/1/").status_code == 404


def test_a_draft_answers_like_what_never_was(client, published, editor, day, kind, source):
    make_event(editor, day, kind, "Nobody knows this yet", source)
    assert Entry.objects.count() == 1

    draft, nothing = (client.get(f"/the-flood/entry/{number}/") for number in (2, 77))

    assert (draft.status_code, nothing.status_code) == (404, 404)
    assert draft.content == nothing.content


def asked_for(client, number: int) -> list[tuple[str, str, int]]:
    """How the page of the day shows the kind ``number`` when it is chosen."""
    response = client.get(f"/the-flood/day-3/?kind={number}")
    return [(choice.value, choice.label, choice.count) for choice in choices(response) if choice.ticked]


def test_a_term_whose_only_entry_was_withdrawn_answers_like_one_that_never_was(client, published):
    gone = EventFactory(withdrawn=True, kind__name="Rumour", headline="They say so")
    hidden = fresh(gone.kind).printed.number

    assert asked_for(client, hidden) == [(f"{hidden}", f"{hidden}", 0)]
    assert asked_for(client, 77) == [("77", "77", 0)]


def test_control_a_term_of_a_public_entry_is_named(client, published):
    assert "Damage" in words(client.get("/the-flood/day-3/?kind=1&part=night"))
