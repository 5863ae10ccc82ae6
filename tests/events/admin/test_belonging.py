"""Several stories at one desk: what is of another is refused beside its field, and choices say of which."""

from html import unescape

import pytest
from django.urls import reverse

from events.admin.event import EventForm
from events.models import Citation, Day, Event, Kind
from tests.support.cast import fresh
from tests.support.desk import Desk, errors
from tests.support.factories import (
    ActorFactory,
    DayFactory,
    KindFactory,
    OutletFactory,
    PlaceFactory,
    SourceFactory,
    StoryFactory,
)

ELSEWHERE = "belongs to another story. Choose one of “The flood”, or add it there."


@pytest.fixture
def desk(editor):
    return Desk(editor)


@pytest.fixture(autouse=True)
def story(unopened):
    """One that nobody has opened, so that it may be taken away again."""
    return unopened


@pytest.fixture
def other(story):
    """Another story beside that of the flood."""
    return StoryFactory(unopened=True, slug="the-city", title="The city")


@pytest.fixture
def theirs(other):
    """One row of each kind in the other story."""
    outlet = OutletFactory(story=other, name="The City Post")
    return {
        "day": DayFactory(story=other),
        "kind": KindFactory(story=other, name="Politics"),
        "places": PlaceFactory(story=other, name="The town hall"),
        "actors": ActorFactory(story=other, name="The mayor"),
        "outlet": outlet,
        "source": SourceFactory(outlet=outlet, title="A vote"),
    }


def refusals(response, field):
    return response.context["adminform"].form.errors[field]


@pytest.mark.parametrize("field", ["day", "kind", "places", "actors"])
def test_an_event_is_refused_what_is_of_another_story_beside_its_field(desk, draft, theirs, field):
    chosen = theirs[field].pk

    response = desk.save(
        desk.open(draft), headline="Typed with care", **{field: [chosen] if field.endswith("s") else chosen}
    )

    assert refusals(response, field) == [f"“{theirs[field]}” {ELSEWHERE}"]
    assert "Typed with care" in response.content.decode()
    assert fresh(draft).headline == "A bridge is closed"


def test_control_without_the_form_only_the_verb_refuses_it_and_beside_no_field(
    desk, draft, theirs, monkeypatch
):
    monkeypatch.setattr(EventForm, "names", ())

    response = desk.save(desk.open(draft), kind=theirs["kind"].pk)

    assert "kind" not in response.context["adminform"].form.errors
    assert ELSEWHERE in unescape(errors(response))
    assert fresh(draft).kind == draft.kind


def test_so_is_a_new_one_by_the_story_of_its_day(desk, day, theirs):
    page = desk.get("events_event_add")

    response = desk.save(page, day=day.pk, kind=theirs["kind"].pk, headline="New", wording="")

    assert ELSEWHERE in refusals(response, "kind")[0]
    assert not Event.objects.exists()


def test_a_citation_is_refused_a_source_of_another_story_in_its_row(desk, draft, theirs):
    response = desk.save(desk.open(draft), **{"citations-0-source": theirs["source"].pk})

    formset = response.context["inline_admin_formsets"][0].formset
    assert formset.forms[0].errors["source"] == [f"“{theirs['source']}” {ELSEWHERE}"]


def test_so_is_one_in_a_new_row_of_a_new_event(desk, day, kind, theirs):
    row = {
        "citations-TOTAL_FORMS": 1,
        "citations-0-source": theirs["source"].pk,
        "citations-0-quote": "Closed.",
        "citations-0-stance": "supports",
    }
    page = desk.get("events_event_add")

    response = desk.save(page, day=day.pk, kind=kind.pk, headline="New", wording="", **row)

    formset = response.context["inline_admin_formsets"][0].formset
    assert ELSEWHERE in formset.forms[0].errors["source"][0]
    assert not Event.objects.exists()


def test_so_is_one_on_its_own_page(desk, citation, theirs):
    response = desk.save(desk.open(citation), source=theirs["source"].pk)

    assert ELSEWHERE in refusals(response, "source")[0]
    assert Citation.objects.get().source == citation.source


@pytest.mark.parametrize("field", ["outlet", "relays"])
def test_a_source_is_refused_an_outlet_and_a_report_of_another_story(desk, source, theirs, field):
    row = theirs["outlet"] if field == "outlet" else theirs["source"]

    response = desk.save(desk.open(source), **{field: row.pk})

    assert ELSEWHERE in refusals(response, field)[0]


def test_a_place_does_not_lie_in_one_of_another_story(desk, place, theirs):
    response = desk.save(desk.open(place), within=theirs["places"].pk)

    assert ELSEWHERE in refusals(response, "within")[0]
    assert fresh(place).within is None


def found(desk, model, field, term):
    query = {"app_label": "events", "model_name": model, "field_name": field, "term": term}
    return [one["text"] for one in desk.client.get(reverse("admin:autocomplete"), query).json()["results"]]


IN_SEVERAL = {
    ("event", "places", "town"): "The town hall (The city)",
    ("event", "actors", "mayor"): "The mayor (The city)",
    ("citation", "source", "vote"): "The City Post: A vote (The city)",
    ("source", "outlet", "City Post"): "The City Post (The city)",
    ("event", "day", "2021-03-03"): "The city: day 3, 3 March 2021",
}
"""What is found for what is typed into which field, where there are several stories."""


@pytest.mark.parametrize("typed", IN_SEVERAL, ids="-".join)
def test_what_is_found_by_typing_names_its_story_only_where_there_are_several(desk, theirs, story, typed):
    named = IN_SEVERAL[typed]
    assert found(desk, *typed) == [named]

    story.delete()
    assert found(desk, *typed) == [named.removesuffix(" (The city)")]


def test_the_kinds_of_an_event_name_their_story(desk, draft, theirs):
    page = desk.open(draft).content.decode()

    assert ">Politics (The city)<" in page
    assert ">Damage (The flood)<" in page


@pytest.mark.parametrize(
    ("name", "said", "alone"),
    [
        ("event", "Damage (The flood)", "Damage"),
        ("source", "The Harbour Post (The flood)", "The Harbour Post"),
    ],
)
def test_a_list_is_narrowed_by_rows_with_their_story(desk, draft, theirs, name, said, alone):
    def narrowing():
        changelist = desk.get(f"events_{name}_changelist").context["cl"]
        return {choice["display"] for one in changelist.filter_specs for choice in one.choices(changelist)}

    assert said in narrowing()
    assert alone not in narrowing()


def test_what_was_chosen_is_shown_with_its_story(desk, draft, place, other):
    draft.places.add(place)

    assert ">The old bridge (The flood)<" in desk.open(draft).content.decode()


@pytest.mark.parametrize("name", ["day", "kind", "place", "actor", "outlet", "source"])
def test_with_one_story_nothing_asks_for_it_or_shows_it(desk, draft, place, name, other):
    ActorFactory()
    rows = {"day": Day, "kind": Kind}

    several = desk.get(f"events_{name}_add").context["adminform"].form
    several_columns = desk.get(f"events_{name}_changelist").context["cl"].list_display
    other.delete()
    alone = desk.get(f"events_{name}_add").context["adminform"].form
    columns = desk.get(f"events_{name}_changelist").context["cl"].list_display
    row = rows.get(name)

    assert not several["story"].is_hidden
    assert alone["story"].is_hidden
    assert alone["story"].value() == draft.story.pk
    assert ("story" in several_columns) == (name != "source")
    assert "story" not in columns
    if row:
        assert "field-story" not in desk.open(row.objects.get()).content.decode()
