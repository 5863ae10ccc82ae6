"""The page of an event: sources by their address, names made as it is saved, its time as read, its steps."""

import pytest
from django.urls import reverse

from chronicle.models import Edition, Entry
from events.admin.desk.writing.mentions import Offer
from events.editorial import keeping
from events.models import Actor, Citation, Event, Host, HouseWord, Outlet, Place, Sent, Source
from tests.support.cast import approve_all, fresh
from tests.support.desk import Desk, told
from tests.support.factories import (
    ActorFactory,
    CitationFactory,
    EventFactory,
    KindFactory,
    MaterialFactory,
    OutletFactory,
    PersonFactory,
    PlaceFactory,
    SourceFactory,
    StoryFactory,
    show,
)

pytestmark = pytest.mark.django_db
ADDRESS = "https://post.example/river"


@pytest.fixture
def desk(editor):
    return Desk(editor)


def cited(**row):
    """What a row for a new citation is sent with."""
    told = {"quote": "Closed.", "stance": "supports", **row}
    return {"citations-TOTAL_FORMS": 1} | {f"citations-0-{name}": words for name, words in told.items()}


def written(desk, day, kind, **typed):
    """What comes of a new event."""
    words = {"day": day.pk, "kind": kind.pk, "headline": "A bridge is closed"}
    return desk.save(desk.get("events_event_add"), **words | typed)


def wrong_with(response):
    rows = response.context["inline_admin_formsets"][0].formset
    return rows.forms[0].errors


def test_a_pasted_address_is_a_source_its_outlet_known_by_its_host(desk, day, kind, editor):
    post = OutletFactory()
    Host.objects.create(outlet=post, host="post.example")
    row = {
        "address": f" {ADDRESS}?utm_source=mail ",
        "title": "The river rises",
        "published_on": "4 March 2021",
    }

    written(desk, day, kind, **cited(**row))

    source = Citation.objects.get().source
    assert (source.outlet, source.title, source.published_on) == (post, "The river rises", "2021-03-04")
    assert source.canonical_url == ADDRESS
    assert Event.objects.get().citations.get().submitted_by == editor


def test_one_that_is_known_is_cited_again(desk, day, kind):
    source = SourceFactory(url="http://www.post.example/river/")

    written(desk, day, kind, **cited(address=ADDRESS))

    assert Citation.objects.get().source == source
    assert Source.objects.count() == 1


def test_of_a_new_host_its_outlet_is_named_and_learned(desk, day, kind):
    row = {"address": ADDRESS, "title": "The river rises", "outlet_name": "Ilvar  Radio"}

    written(desk, day, kind, **cited(**row))

    assert Outlet.objects.get().name == "Ilvar Radio"
    assert Host.objects.get().host == "post.example"


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({"address": ADDRESS, "outlet_name": "The Post"}, "title"),
        ({"address": ADDRESS, "title": "The river rises"}, "outlet_name"),
        ({"address": f"{ADDRESS} https://radio.example/1", "title": "Two"}, "address"),
        ({"address": "ftp://post.example/river", "title": "A file"}, "address"),
        ({"address": "javascript:alert(1)", "title": "A script"}, "address"),
        ({"address": ADDRESS, "title": "It", "outlet_name": "It", "published_on": "soon"}, "published_on"),
        ({}, "source"),
    ],
)
def test_what_lacks_of_a_source_is_said_beside_its_field_and_nothing_is_made(desk, day, kind, row, field):
    response = written(desk, day, kind, places=["The quay"], **cited(**row))

    assert field in wrong_with(response)
    assert row.get("address", "") in response.text
    assert "The quay" in response.text
    assert not (Event.objects.exists() or Source.objects.exists() or Place.objects.exists())


def test_an_address_beside_a_source_that_is_chosen_is_not_passed_over(desk, day, kind, source):
    response = written(desk, day, kind, **cited(source=source.pk, address=ADDRESS))

    assert "clear one of both" in str(wrong_with(response)["address"])


def test_what_the_desk_knows_of_addresses_is_told_and_another_story_is_not_asked(desk, day):
    source = SourceFactory(url=ADDRESS)
    CitationFactory(source=source, event=EventFactory(day=day))
    SourceFactory(outlet=OutletFactory(story=StoryFactory(slug="another")), url="https://secret.example/1")
    pasted = f"{ADDRESS}#top\nhttps://post.example/2 https://secret.example/1"

    answer = desk.post("events_event_sources", data={"addresses": pasted, "day": day.pk}).json()

    known, of_its_host, new = answer["found"]
    assert "cited by 1 event" in known["sentence"]
    assert (of_its_host["known"], new["known"]) == (False, False)
    assert "so is its host" in new["sentence"]


def test_title_and_date_are_read_out_of_the_text_of_a_page(desk):
    page = "The night the quay went under\n\nKessmar, 12 March 2024. The water stood above the wall."

    answer = desk.post("events_event_sources", data={"text": page}).json()

    assert answer == {"title": "The night the quay went under", "published_on": "2024-03-12"}


def test_places_and_actors_are_found_by_any_name_or_made(desk, day, kind, editor):
    bridge = PlaceFactory()
    bridge.names.create(name="A ponte velha", language="pt", position=1)

    written(
        desk, day, kind, places=["a ponte VELHA; The quay", str(bridge.pk)], actors=["The Harbour Office"]
    )

    event = Event.objects.get()
    assert sorted(map(str, event.places.all())) == ["The old bridge", "The quay"]
    assert [str(actor) for actor in event.actors.all()] == ["The Harbour Office"]
    written(desk, day, kind, places=["The Quay"], headline="Another")
    assert Place.objects.count() == 2


def test_a_name_that_two_bear_is_not_guessed_at(desk, day, kind):
    for _ in range(2):
        ActorFactory(name="The mayor")

    response = written(desk, day, kind, actors=["the mayor"])

    assert "choose one from the list" in str(response.context["adminform"].form.errors["actors"])
    assert Actor.objects.count() == 2


def test_how_its_time_is_read_is_told_as_it_is_typed(desk, day):
    read = desk.get("events_event_reading", wording="after 11:00", day=day.pk).text
    either = desk.get("events_event_reading", wording="half past two", day=day.pk).text
    neither = desk.get("events_event_reading", wording="when the cows came home", day=day.pk).text

    assert "some time from 3 March 2021, 11:00 on" in read
    assert 'value="half past two at night"' in either
    assert "02:30, night" in either and "14:30, afternoon" in either
    assert "Could not read" in neither


def test_of_two_readings_the_one_that_is_pressed_is_saved(desk, draft):
    refused = desk.save(desk.open(draft), wording="half past two")
    assert "14:30, afternoon" in refused.text

    desk.save(refused, _when="half past two in the afternoon")

    assert (fresh(draft).wording, fresh(draft).earliest.hour) == ("half past two in the afternoon", 14)


def steps_of(page):
    return [(step.name, step.filled) for step in page.context["steps"]]


def test_one_button_is_filled_for_the_likely_next_step(desk, draft, moderator):
    assert steps_of(desk.get("events_event_add")) == [("_save", False), ("_submit", True)]
    assert steps_of(desk.open(draft))[-1] == ("_submit", True)

    desk.save(desk.open(draft), _submit="")
    assert fresh(draft).state == "submitted"
    assert steps_of(desk.open(draft)) == [("_publish", False), ("_save", True)]

    approve_all(draft, moderator)
    assert steps_of(desk.open(draft)) == [("_save", False), ("_publish", True)]
    desk.save(desk.open(draft), _publish="")
    assert Entry.objects.public().get().headline == draft.headline


def test_a_step_that_is_refused_leaves_what_was_saved(desk, draft):
    desk.save(desk.open(draft), headline="The old bridge is closed", _publish="")

    assert (fresh(draft).headline, fresh(draft).state) == ("The old bridge is closed", "draft")
    said = told(desk.open(draft))
    assert said.startswith("Saved. Publish now: not done.")
    assert "needs 1 more approved citation" in said


def test_what_readers_have_seen_is_printed_again_with_its_note(desk, published):
    desk.save(desk.open(published), position=3, _publish="", note="Put in its place.")

    assert Edition.objects.latest("seq").action == "update"
    assert fresh(published).staged is False


def test_a_preview_shows_what_is_typed_and_keeps_nothing(desk, draft, place):
    CitationFactory(event=draft, source=SourceFactory(broadcast=True), rejected=True, quote="Not so.")
    before = (Edition.objects.count(), Event.objects.get().version, Sent.objects.count())
    typed = {
        "headline": "Typed and not saved",
        "places": ["The quay"],
        "once": "6b0a5f2c-3f5c-4f6e-9a51-0d5a0c1b2a3d",
    }

    page = desk.save(desk.open(draft), _preview="", **typed)

    inside = page.context["inside"]
    assert "Typed and not saved" in inside
    assert "The quay" in inside and "The Harbour Post" in inside
    assert "Not so." not in inside
    assert page.context["found"].waiting == 1
    assert (Edition.objects.count(), Event.objects.get().version, Sent.objects.count()) == before
    assert not Place.objects.filter(names__name="The quay").exists()
    assert list(desk.open(draft).context["messages"]) == []


def test_a_preview_needs_no_story_that_is_open(unopened, desk, draft):
    assert "A bridge is closed" in desk.save(desk.open(draft), _preview="").context["inside"]


def test_aside_and_bar_are_asked_for_by_themselves(desk, draft, moderator):
    page = desk.get("events_event_beside", draft.pk)
    assert "0 of 1 approval" in page.text

    approve_all(draft, moderator)

    page = desk.get("events_event_beside", draft.pk)
    assert "All that readers need to see it" in page.text
    assert 'class="button leading" name="_publish"' in page.text
    looked_at = Desk(moderator).get("events_event_beside", draft.pk)
    assert "leading" not in looked_at.text


def test_two_who_name_something_new_at_once_lose_neither(desk, draft):
    other = Desk(PersonFactory(editor=True, username="jonas"))
    page, theirs = desk.open(draft), other.open(draft)
    other.save(theirs, headline="Theirs", places=["The quay"])

    asked = desk.save(page, places=["The lock"])
    merged = asked.context["merged"].data

    assert "The lock" in merged.getlist("places")
    assert len(merged.getlist("places")) == 2


def test_what_its_prose_names_is_offered_and_taken_with_one_press(desk, draft, story):
    bridge, quay = PlaceFactory(), PlaceFactory(name="The quay")
    bridge.names.create(name="Ponte", language="pt", position=1)
    council, post = ActorFactory(name="The council"), ActorFactory(name="Post")
    for _ in range(2):
        PlaceFactory(name="The lock")
    HouseWord.objects.create(story=story, say="shut", instead_of="closed")
    says = "<p>Ponte, says the council, and the old bridge at the quay. A post floats by the lock.</p>"
    sent = {"headline": "A bridge is closed", "text": says, "day": draft.day_id, "places": quay.pk}

    told = desk.post("events_event_mentions", data=sent)
    assert told.context["offered"] == [
        {"field": "places", "offers": [Offer(bridge.pk, "Ponte")]},
        {"field": "actors", "offers": [Offer(council.pk, "The council")]},
    ]
    assert "Say “shut”, not “closed”" in told.text
    assert "Post" not in told.text and post

    page = desk.save(desk.open(draft), text=says)
    page = desk.save(desk.open(draft), text=says, _name=f"actors:{council.pk}")
    assert page.status_code == 302
    assert list(draft.actors.all()) == [council]
    assert f"actors:{council.pk}" not in desk.open(draft).text
    assert desk.save(desk.open(draft), _name="actors:x").status_code == 302


def test_a_name_in_the_longest_of_texts_is_offered(desk, draft):
    bridge = PlaceFactory(name="Ponte & Söhne")
    PlaceFactory(name="Söhne")
    words = [f"{number:x}" for number in range(3_900)]

    sent = {"text": f"<p>{' '.join(words)}, PONTE &amp; SÖHNE.</p>", "day": draft.day_id}
    told = desk.post("events_event_mentions", data=sent)

    [places, _] = told.context["offered"]
    assert [offer.key for offer in places["offers"]] == [bridge.pk]


def test_it_says_what_stands_beside_it_how_long_it_is_and_how_to_discard_it(desk, draft, day):
    early, late = EventFactory(day=day, wording="02:00"), EventFactory(day=day, wording="23:00")
    gone = EventFactory(day=day, wording="01:00")
    keeping.discard(gone, by=gone.created_by, seen=gone.version, reason="Told twice.")

    page = desk.open(draft)

    assert page.context["around"] == {"before": early, "after": late}
    assert "18 of 200" in page.text
    assert 'href="#verb-discard"' in page.text
    assert "#verb-discard" not in desk.open(EventFactory(published=True)).text


@pytest.mark.parametrize("many", [2, 12])
def test_the_page_takes_as_many_queries_for_many_as_for_few(
    desk, both, draft, story, many, django_assert_max_num_queries
):
    """With all that it can have: media, a word list, and places that others are called as."""
    for number in range(many):
        CitationFactory(event=draft, source=SourceFactory(outlet=OutletFactory(name=f"Outlet {number}")))
        CitationFactory(event=draft, rejected=True)
        draft.places.add(PlaceFactory())
        draft.actors.add(ActorFactory())
    show(draft, *(MaterialFactory() for _ in range(many)))
    HouseWord.objects.create(story=story, say="shut", instead_of="closed")
    desk.open(draft)

    for one in (desk, Desk(both)):
        with django_assert_max_num_queries(15):
            one.open(draft)
    with django_assert_max_num_queries(15):
        desk.client.get(reverse("admin:events_event_beside", args=[draft.pk]))


def said_of(page):
    """What the aside says is there, what it says is not, and how much the bar says is lacking."""
    checks = page.context["checks"]
    there, not_there = ([one.words for one in checks if one.is_there is found] for found in (True, False))
    return there, not_there, page.context["lack"]


def test_what_a_new_one_needs_is_told_of_what_is_typed_and_nothing_is_kept(
    desk, day, kind, django_assert_max_num_queries
):
    source = SourceFactory()
    before = desk.get("events_event_add")
    assert said_of(before) == (
        ["The day that tells it"],
        ["Headline", "No time", "Kind", "No text", "A citation"],
        "3 things lack",
    )

    typed = {
        "day": day.pk,
        "kind": kind.pk,
        "headline": "A bridge is closed",
        "wording": "after 11:00",
        "text": "<p>Closed.</p>",
        **cited(source=source.pk),
    }
    with django_assert_max_num_queries(15):
        told = desk.post("events_event_needs", data=typed)

    there = ["Headline", "Time", "Kind", "The day that tells it", "Text", "A citation"]
    assert said_of(told) == (there, [], "")
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    ("typed", "help"),
    [
        ({"wording": "half past two"}, "“When” can be two times: choose one."),
        ({"wording": "when the cows come home"}, "See below “when”."),
        ({"citations-0-quote": "Closed."}, "Choose the source of the quotation, or paste its address."),
        ({"citations-0-address": ADDRESS}, "Quote what its source says."),
        ({"text": "<p> </p>"}, "It may have none."),
    ],
)
def test_half_of_what_a_new_one_needs_is_told_as_such(desk, day, typed, help):
    rows = {"citations-0-quote": "", "day": day.pk}

    told = desk.post("events_event_needs", data=rows | typed)

    assert help in [check.help for check in told.context["checks"]]


def test_where_its_kind_needs_no_citation_none_is_lacking(desk, day):
    kind = KindFactory(citations_needed=0)

    told = desk.post("events_event_needs", data={"day": day.pk, "kind": kind.pk, "headline": "Dawn"})

    assert told.context["lack"] == ""
    assert "This kind needs none." in told.text


def test_what_was_typed_and_refused_is_told_of_without_a_script(desk, day, kind):
    page = written(desk, day, kind, wording="half past two", **cited(quote="Closed."))

    assert "“When” can be two times: choose one." in page.text
    assert page.context["lack"] == "2 things lack"
