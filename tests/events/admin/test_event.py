"""Events at the desk: writing them, and the buttons beside the form."""

import pytest

from chronicle.models import Entry
from events.editorial import publishing, writing
from events.models import Event
from tests.support.cast import approve_all, confirm_all, fresh, make_event
from tests.support.desk import Desk, told


@pytest.fixture
def desk(editor):
    return Desk(editor)


def test_adds_a_draft_of_the_person_with_a_citation(desk, editor, day, kind, source, place):
    page = desk.get("events_event_add")
    rows = {
        "citations-TOTAL_FORMS": 1,
        "citations-0-source": source.pk,
        "citations-0-quote": "Closed.",
        "citations-0-stance": "supports",
    }
    words = {"day": day.pk, "kind": kind.pk, "headline": "A bridge is closed", "wording": "after 11:00"}

    desk.save(page, **words, **rows, places=[place.pk])

    event = Event.objects.get()
    assert (event.state, event.created_by, event.version) == ("draft", editor, 1)
    assert event.earliest.hour == 11
    assert list(event.places.all()) == [place]
    citation = event.citations.get()
    assert (citation.state, citation.submitted_by) == ("pending", editor)


def test_an_empty_form_asks_and_tells_nothing_of_a_state(desk, day):
    headings = [fieldset.name for fieldset in desk.get("events_event_add").context["adminform"]]

    assert headings == [None, "Where and who", "Overrule how “when” was read"]


def test_a_time_that_cannot_be_read_is_refused_beside_its_field_and_stays(desk, draft):
    response = desk.save(desk.open(draft), wording="when the cows came home")

    assert "wording" in response.context["adminform"].form.errors
    assert "when the cows came home" in response.content.decode()
    assert fresh(draft).wording == "14:30"


def test_shows_how_the_time_was_read(desk, draft):
    page = desk.open(draft)

    assert "3 March 2021, 14:30, Lisbon time (UTC); afternoon; EDTF 2021-03-03" in page.content.decode()


@pytest.mark.parametrize(
    ("wording", "read_as"),
    [
        ("after 11:00", "some time from 3 March 2021, 11:00 on, Lisbon time (UTC)"),
        ("by 18:00", "no later than 3 March 2021, 18:00, Lisbon time (UTC)"),
        ("since morning", "from 3 March 2021, 06:00 on, Lisbon time (UTC)"),
    ],
)
def test_an_open_end_is_shown_as_open(desk, draft, wording, read_as):
    desk.save(desk.open(draft), wording=wording)

    assert read_as in desk.open(draft).content.decode()


def test_a_change_counts_the_version_up_and_an_empty_save_does_not(desk, draft):
    desk.save(desk.open(draft))
    assert fresh(draft).version == 1

    desk.save(desk.open(draft), headline="The old bridge is closed")
    assert fresh(draft).version == 2


def test_places_alone_are_a_change(desk, draft, place):
    desk.save(desk.open(draft), places=[place.pk])

    assert fresh(draft).version == 2
    assert list(draft.places.all()) == [place]


def test_a_changed_row_sends_its_citation_back_to_review(desk, draft, moderator):
    approve_all(draft, moderator)

    desk.save(desk.open(draft), **{"citations-0-quote": "The old bridge was closed."})

    citation = draft.citations.get()
    assert (citation.state, citation.version, citation.quote) == ("pending", 2, "The old bridge was closed.")
    assert fresh(draft).version == 1


def test_an_untouched_row_keeps_its_approval(desk, draft, moderator):
    approve_all(draft, moderator)

    desk.save(desk.open(draft), headline="The old bridge is closed")

    assert draft.citations.get().state == "approved"


def test_submits_publishes_and_withdraws_by_buttons(desk, draft, moderator):
    desk.press(draft, "submit")
    assert fresh(draft).state == "submitted"

    approve_all(draft, moderator)
    desk.press(draft, "publish")
    assert Entry.objects.public().get().headline == draft.headline

    desk.press(draft, "withdraw", reason="It was told twice.")
    assert fresh(draft).state == "withdrawn"

    desk.press(draft, "reopen")
    assert fresh(draft).state == "draft"


def test_a_refused_publication_is_a_message(desk, draft):
    response = desk.press(draft, "publish")

    assert "needs 1 more approved citation" in told(response)
    assert fresh(draft).state == "draft"


def test_a_refused_withdrawal_gives_the_words_back(desk, published, editor):
    publishing.withdraw(published, by=editor, seen=published.version, reason="First.")

    response = desk.press(published, "withdraw", reason="It was told twice.")

    assert "it is withdrawn" in told(response)
    assert "It was told twice." in response.content.decode()
    assert fresh(published).withdrawal_reason == "First."


def test_a_verb_on_an_old_version_is_refused_and_asks_again_about_the_new_one(desk, draft, editor):
    desk.save(desk.open(draft), headline="The old bridge is closed")

    response = desk.send(draft, "submit", seen=1)

    assert "Somebody has changed this since you opened it" in told(response)
    assert fresh(draft).state == "draft"
    assert '<input type="hidden" name="seen" value="2" id="submit_seen">' in response.content.decode()


def test_a_second_edition_asks_for_a_note(desk, published):
    desk.save(desk.open(published), headline="The old bridge is closed")
    confirm_all(published)

    without = desk.press(published, "publish", note="")
    assert "say in a note what you changed" in told(without)

    desk.press(published, "publish", note="Named the bridge.")
    assert Entry.objects.get().headline == "The old bridge is closed"


def test_a_moderator_may_look_at_an_event_and_not_change_it(moderator, draft):
    desk = Desk(moderator)
    page = desk.open(draft)

    assert page.context["verbs"] == []
    assert '<p dir="auto">The city closed the bridge.</p>' in page.content.decode()
    assert desk.client.post(page.request["PATH_INFO"], {"headline": "Mine"}).status_code == 403
    assert "You may not submit this" in told(desk.press(draft, "submit"))


def test_finds_an_event_by_any_name_of_its_places(desk, editor, day, kind, place):
    place.names.create(name="A ponte velha", language="pt", position=1)
    event = make_event(editor, day, kind, headline="Traffic is turned back")
    make_event(editor, day, kind, headline="Something else")
    event.places.add(place)

    found = desk.get("events_event_changelist", q="ponte velha").context["cl"].result_list

    assert list(found) == [event]


@pytest.mark.parametrize("many", [3, 30])
def test_the_list_takes_as_many_queries_for_thirty_as_for_three(
    desk, editor, day, kind, source, many, django_assert_max_num_queries
):
    for n in range(many):
        make_event(editor, day, kind, headline=f"Event {n}", source=source)

    with django_assert_max_num_queries(13):
        desk.get("events_event_changelist")


@pytest.mark.parametrize("person", ["editor", "admin_person"])
def test_no_draft_is_deleted_not_even_one_on_which_nothing_was_decided(request, person, editor, day, kind):
    draft = make_event(editor, day, kind)
    desk = Desk(request.getfixturevalue(person))

    assert desk.post("events_event_delete", draft.pk, data={"post": "yes"}).status_code == 403
    assert desk.get("events_event_delete", draft.pk).status_code == 403
    assert Event.objects.get() == draft


def test_filters_by_day(desk, draft, editor, story, kind):
    other = writing.save_day(type(draft.day)(story=story, date=story.last_date), by=editor)
    make_event(editor, other, kind, headline="Another day")

    response = desk.get("events_event_changelist", day=draft.day.pk)

    assert list(response.context["cl"].result_list) == [draft]
    assert "Day 6, 6 Mar 2021" in response.content.decode()


def test_a_key_event_is_marked_where_its_words_are_written(desk, day, kind):
    page = desk.get("events_event_add")
    first = next(iter(page.context["adminform"]))

    assert "is_key" in first.fields
    assert "One of those that the story is told in" in page.content.decode()
    desk.save(page, day=day.pk, kind=kind.pk, headline="A dam breaks", wording="14:30", is_key=True)
    assert Event.objects.get().is_key
