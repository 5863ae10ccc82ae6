"""Stories at the desk: the zone that is chosen, what the first printing fixes, what a new clock moves."""

from html import unescape

import pytest

from events.admin.story import MOST_TOLD
from events.models import Story
from tests.support.cast import chronicle_of, fresh, make_event
from tests.support.desk import Desk, errors

WORDS = {"title": "The strike", "slug": "the-strike", "first_date": "2022-05-01"}


@pytest.fixture
def desk(admin_person):
    return Desk(admin_person)


def test_a_zone_has_no_default_and_is_asked_for(desk, db):
    page = desk.get("events_story_add")
    response = desk.save(page, **WORDS)

    assert page.context["adminform"].form["zone"].value() is None
    assert response.context["adminform"].form.errors["zone"] == ["This field is required."]
    assert not Story.objects.exists()


def test_every_zone_is_offered_as_one_types_without_a_script(desk, db):
    page = desk.get("events_story_add").content.decode()

    assert 'list="zone-zones"' in page
    assert '<datalist id="zone-zones">' in page
    assert '<option value="Asia/Baku"></option>' in page


@pytest.mark.parametrize(
    ("zone", "meant"),
    [
        ("lisb", "Did you mean Europe/Lisbon?"),
        ("lisbon", "Did you mean Europe/Lisbon?"),
        ("Petersburg", "Did you mean America/Indiana/Petersburg?"),
        ("San Juan", "Did you mean America/Argentina/San_Juan?"),
        ("Lissabon", "Did you mean Europe/Lisbon?"),
        ("Asia/Bakuu", "Did you mean Asia/Baku?"),
        ("Istanbul", "Did you mean Asia/Istanbul or Europe/Istanbul?"),
        ("los", "Did you mean America/Los_Angeles?"),
        ("GMT+3", "Name a city"),
        ("localtime", "Name a city"),
        ("../etc/passwd", "Name a city"),
    ],
)
def test_a_zone_that_is_none_is_refused_in_words_and_nothing_typed_is_lost(desk, db, zone, meant):
    response = desk.save(desk.get("events_story_add"), **WORDS, zone=zone)

    assert f"“{zone}” is not a time zone. {meant}" in unescape(errors(response))
    typed = response.context["adminform"].form
    assert {name: typed[name].value() for name in ("zone", *WORDS)} == {"zone": zone, **WORDS}
    assert not Story.objects.exists()


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("europe/lisbon", "Europe/Lisbon"),
        ("America/Los  Angeles", "America/Los_Angeles"),
        ("utc", "UTC"),
    ],
)
def test_a_name_is_understood_in_small_letters_too(desk, db, typed, zone):
    desk.save(desk.get("events_story_add"), **WORDS, zone=typed)

    assert Story.objects.get().zone == zone


def test_a_story_is_added_with_its_zone(desk, db):
    desk.save(desk.get("events_story_add"), **WORDS, zone="Asia/Baku")

    assert Story.objects.get().clock.zone.key == "Asia/Baku"


def test_before_its_opening_the_form_says_what_that_fixes(desk, unopened):
    page = desk.open(unopened)

    assert "Its opening fixes this for good: address, time zone, first day" in page.content.decode()
    assert "zone" in page.context["adminform"].form.fields


def test_after_it_these_are_read_only_and_the_rest_is_printed_with_a_note(desk, published):
    story = published.story
    page = desk.open(story)
    desk.save(page, title="The great flood", zone="Asia/Baku", slug="another", note="As all call it.")

    fixed = {"slug", "zone", "first_date", "first_number", "morning_begins"}
    assert not fixed & page.context["adminform"].form.fields.keys()
    assert "It is open: all but its last day is fixed" in page.content.decode()
    assert '<div class="readonly">06:00</div>' in page.content.decode()
    saved = fresh(story)
    assert (saved.title, saved.zone, saved.slug) == ("The great flood", "Europe/Lisbon", "the-flood")
    printed = chronicle_of(story)
    assert (printed.title, printed.document["note"]) == ("The great flood", "As all call it.")


def test_a_new_zone_says_which_drafts_moved(desk, unopened, draft):
    after = desk.client.get(desk.save(desk.open(draft.story), zone="Asia/Tokyo")["Location"])

    said = [str(message) for message in after.context["messages"]]
    moved = "Read again by the new clock: “A bridge is closed”, told on 3 March 2021: now 3 Mar 14:30–14:31."
    assert moved in said
    assert fresh(draft).earliest.hour == 5


@pytest.mark.parametrize(
    ("wording", "shown"),
    [("by evening", "3 Mar 19:00 or earlier"), ("since morning", "3 Mar 05:00 or later")],
)
def test_the_bound_of_an_open_end_is_not_told_as_one(desk, unopened, editor, day, kind, wording, shown):
    make_event(editor, day, kind, wording=wording)

    page = desk.open(day.story)
    after = desk.client.get(desk.save(page, morning_begins="05:00", evening_begins="19:00")["Location"])

    [said] = [str(message) for message in after.context["messages"] if "Read again" in str(message)]
    assert said.endswith(f"now {shown}.")


def test_of_many_the_first_are_named_and_the_rest_counted(desk, unopened, editor, day, kind):
    for n in range(MOST_TOLD + 2):
        make_event(editor, day, kind, headline=f"Event {n}", wording="14:30")

    after = desk.client.get(desk.save(desk.open(day.story), zone="Asia/Tokyo")["Location"])

    said = [str(message) for message in after.context["messages"]]
    assert len([one for one in said if one.startswith("Read again by the new clock")]) == MOST_TOLD
    assert "So were 2 more." in said


def test_times_of_decisions_stand_in_its_zone_with_the_offset(desk, draft, citation, moderator, source):
    Story.objects.update(zone="Asia/Baku")
    Desk(moderator).press(citation, "approve")
    Desk(moderator).press(source, "retract", reason="Taken back.")

    for row in (draft, citation, source):
        assert ", Baku time (UTC+4)" in desk.open(row).content.decode()
    assert ", Baku time (UTC+4)" in desk.get("events_decision_changelist").content.decode()
