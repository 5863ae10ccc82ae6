"""Two people at one form: the second save is refused, both texts are shown, and nothing is lost."""

from urllib.parse import urlencode
from uuid import uuid4

import pytest

from events.admin import versioned
from events.models import Place, Revision, Unsaved
from tests.support.cast import fresh
from tests.support.choosing import Main, choose
from tests.support.desk import Desk, errors, filled_in
from tests.support.factories import ActorFactory, PlaceFactory


@pytest.fixture
def first(editor):
    return Desk(editor)


@pytest.fixture
def second(other_editor):
    return Desk(other_editor)


def both_open(first, second, row):
    return first.open(row), second.open(row)


def asked(response):
    """The fields that are asked, each with what both made of it."""
    return {
        clash.name: (marked(clash.theirs), marked(clash.mine)) for clash in response.context["merged"].clashes
    }


def marked(pieces):
    signs = {"del": "-", "ins": "+", "same": ""}
    return " ".join(f"{signs[piece.how]}{piece.words}" for piece in pieces)


def taken(response):
    """The fields that are not asked, with whose they are."""
    return {each.label: (marked(each.pieces), each.whose) for each in response.context["merged"].settled}


def test_only_what_both_changed_is_asked(first, second, draft):
    theirs, ours = both_open(first, second, draft)
    first.save(theirs, headline="The bridge is closed", text="<p>The first text.</p>", is_key="on")

    response = second.save(ours, headline="A bridge is closed by hand", wording="after 11:00")

    assert "Not saved: editor saved a newer version in the meantime" in errors(response)
    assert asked(response) == {
        "headline": ("-A +The bridge is closed", "A bridge is closed +by hand"),
    }
    assert taken(response) == {
        "Text": ("The -city closed the bridge. +first text.", "editor"),
        "When": ("-14:30 +after 11:00", "you"),
        "Key event": ("-no +yes", "editor"),
    }
    assert fresh(draft).headline == "The bridge is closed"

    choose(second, response, headline="both")

    saved = fresh(draft)
    assert (saved.headline, saved.text) == ("The bridge is closed by hand", "<p>The first text.</p>")
    assert (saved.wording, saved.is_key, saved.version) == ("after 11:00", True, 3)


def test_theirs_mine_and_both_as_edited(first, second, draft):
    theirs, ours = both_open(first, second, draft)
    first.save(theirs, headline="Theirs", text="<p>Theirs.</p>", wording="after 10:00")
    shown = second.save(ours, headline="Mine", text="<p>Mine.</p>", wording="after 11:00")

    edited = {"both-text": "<p>Theirs, and mine.</p>"}
    answer = choose(second, shown, edited, headline="theirs", text="both", wording="mine")

    assert answer.status_code == 302
    saved = fresh(draft)
    assert (saved.headline, saved.text, saved.wording) == (
        "Theirs",
        "<p>Theirs, and mine.</p>",
        "after 11:00",
    )
    lost = Revision.objects.get(saved=False)
    assert (lost.after["headline"], lost.after["text"]) == ("Mine", "<p>Mine.</p>")
    assert Revision.objects.get(version=2, saved=True).after["headline"] == "Theirs"


def test_what_is_not_chosen_is_asked_again_and_the_rest_stays_chosen(first, second, draft):
    theirs, ours = both_open(first, second, draft)
    first.save(theirs, headline="Theirs", wording="after 10:00")
    shown = second.save(ours, headline="Mine", wording="after 11:00")

    again = choose(second, shown, {"both-headline": "Edited"}, headline="both")

    assert "Choose for each" in again.text
    assert [clash.picked for clash in again.context["merged"].clashes] == ["both", ""]
    assert "Edited</textarea>" in again.text
    choose(second, again, wording="theirs", headline="both")
    assert (fresh(draft).headline, fresh(draft).wording) == ("Edited", "after 10:00")


def test_back_in_the_form_what_was_typed_stands_and_saving_it_asks_again(first, second, draft):
    theirs, ours = both_open(first, second, draft)
    first.save(theirs, headline="Theirs", is_key="on")
    shown = second.save(ours, headline="Mine")

    form = choose(second, shown, {"_form": "1"})

    assert form.context["adminform"].form["headline"].value() == "Mine"
    assert form.context["adminform"].form["is_key"].value() is True
    assert fresh(draft).version == 2
    assert "headline" in asked(second.save(form, headline="Mine, mended"))


def test_a_choice_may_meet_a_newer_version_again(first, second, draft):
    theirs, ours = both_open(first, second, draft)
    first.save(theirs, headline="Theirs")
    shown = second.save(ours, headline="Mine")
    first.save(first.open(draft), headline="Theirs, again")

    again = choose(second, shown, headline="mine")

    assert list(asked(again)) == ["headline"]
    choose(second, again, headline="mine")
    assert (fresh(draft).headline, fresh(draft).version) == ("Mine", 4)


def test_names_of_places_and_actors_are_put_together(first, second, draft, place):
    other, actor = PlaceFactory(story=draft.story), ActorFactory(story=draft.story)
    theirs, ours = both_open(first, second, draft)
    first.save(theirs, places=[place.pk])

    shown = second.save(ours, places=[other.pk], actors=[actor.pk])

    assert asked(shown) == {}
    choose(second, shown)
    assert set(fresh(draft).places.all()) == {place, other}
    assert set(fresh(draft).actors.all()) == {actor}


def test_the_other_is_told_on_their_next_page(first, second, draft):
    theirs, ours = both_open(first, second, draft)
    first.save(theirs, headline="Theirs", wording="after 10:00")
    choose(second, second.save(ours, headline="Mine"), headline="mine")

    told = first.get("index").text

    assert "saved “Mine” after you" in told
    assert "Headline" in told
    assert f"/desk/events/event/{draft.pk}/history/" in told
    assert "after you" not in first.get("index").text
    assert "after you" not in second.get("index").text


def test_without_the_guard_the_first_words_would_be_lost(first, second, draft, monkeypatch):
    """The control: what the tests above would not notice if they proved nothing."""
    monkeypatch.setattr(versioned.VersionedForm, "is_stale", lambda form: False)
    monkeypatch.setattr("events.editorial.writing.check_seen", lambda row, seen: None)
    theirs, ours = both_open(first, second, draft)
    first.save(theirs, headline="The first headline")

    second.save(ours, wording="after 11:00")

    assert fresh(draft).headline == "A bridge is closed"


def test_a_form_without_a_version_is_refused(first, draft):
    data = filled_in(first.open(draft)) | {"headline": "Sent by a script"}
    del data["seen"]

    response = first.client.post(first.open(draft).request["PATH_INFO"], data)

    assert "Not saved" in errors(response)
    assert "headline" in asked(response)
    assert fresh(draft).headline == "A bridge is closed"


def test_a_citation_below_the_form_is_asked_by_itself(first, second, draft):
    theirs, ours = both_open(first, second, draft)
    first.save(theirs, **{"citations-0-quote": "The first quote.", "citations-0-locator": "page 1"})

    shown = second.save(ours, **{"citations-0-quote": "The second quote."}, headline="The second headline")

    assert list(asked(shown)) == ["citations-0-quote"]
    assert draft.citations.get().quote == "The first quote."
    assert fresh(draft).headline == "A bridge is closed"
    assert choose(second, shown, **{"citations-0-quote": "mine"}).status_code == 302
    assert (draft.citations.get().quote, draft.citations.get().locator) == ("The second quote.", "page 1")
    assert fresh(draft).headline == "The second headline"


def test_an_approval_in_the_meantime_does_not_stand_in_the_way_of_the_event(first, draft, moderator):
    page = first.open(draft)
    Desk(moderator).press(draft.citations.get(), "approve")

    first.save(page, headline="The old bridge is closed")

    assert fresh(draft).headline == "The old bridge is closed"
    assert draft.citations.get().state == "approved"


def test_so_it_is_with_every_other_row(first, second, day, source, kind, citation):
    rows = ((day, "headline"), (source, "title"), (kind, "name"), (citation, "quote"))
    for row, field in rows:
        theirs, ours = both_open(first, second, row)
        first.save(theirs, **{field: "First"})

        shown = second.save(ours, **{field: "Second"})

        assert list(asked(shown)) == [field]
        assert getattr(fresh(row), field) == "First"
        choose(second, shown, **{field: "mine"})
        assert getattr(fresh(row), field) == "Second"


def test_rows_below_are_put_together_one_by_one(first, second, place):
    place.names.create(name="Old name", language="en", position=1)
    theirs, ours = both_open(first, second, place)
    first.save(
        theirs,
        **{"names-2-name": "A ponte velha", "names-2-language": "pt", "names-1-DELETE": "on"},
        **{"names-0-name": "The bridge"},
    )

    shown = second.save(ours, note="By the river", **{"names-0-name": "The river bridge"})

    assert list(asked(shown)) == ["names-0-name"]
    assert taken(shown)["Place names"] == ("-Old name · en +A ponte velha · pt", "editor")
    assert taken(shown)["Note"] == ("+By the river", "you")
    choose(second, shown, **{"names-0-name": "mine"})
    assert Place.objects.get().note == "By the river"
    assert set(place.names.values_list("name", flat=True)) == {"The river bridge", "A ponte velha"}


def test_a_row_that_the_other_took_out_and_one_changed_comes_back(first, second, place):
    place.names.create(name="Old name", language="en", position=1)
    theirs, ours = both_open(first, second, place)
    first.save(theirs, **{"names-1-DELETE": "on"})

    choose(second, second.save(ours, **{"names-1-name": "Older name"}))

    assert set(place.names.values_list("name", flat=True)) == {"The old bridge", "Older name"}


def test_values_of_every_sort_are_shown_in_words(first, second, draft):
    theirs, ours = both_open(first, second, draft)
    at = {"overruled_earliest_0": "2021-03-03", "overruled_latest_0": "2021-03-03"}
    first.save(theirs, **at, overruled_earliest_1="10:00", overruled_latest_1="12:00")

    shown = second.save(ours, **at, overruled_earliest_1="11:00", overruled_latest_1="12:00")

    assert asked(shown)["overruled_earliest"] == ("+3 March 2021 10:00", "+3 March 2021 11:00")
    choose(second, shown, overruled_earliest="mine")
    assert fresh(draft).overruled_earliest.astimezone(draft.story.clock.zone).hour == 11


def test_nobody_is_served_an_error_for_an_answer_of_their_own_making(first, draft):
    sent = filled_in(first.open(draft)) | {"clash": ["headline", "no-field"], "began-seen": "9" * 30}
    for pick in ("", "theirs", "both", "odd"):
        data = sent | {"pick-headline": pick, "pick-no-field": pick}
        assert first.client.post(f"/desk/events/event/{draft.pk}/change/", data).status_code in (200, 302)


def test_what_is_chosen_is_kept_before_it_is_saved(first, second, draft):
    theirs, ours = both_open(first, second, draft)
    first.save(theirs, headline="Theirs", wording="after 10:00")
    shown = second.save(ours, headline="Mine", wording="after 11:00")
    sent = Main(shown).sent | {"pick-headline": ["both"], "both-headline": ["Edited"]}
    address = f"/desk/events/event/{draft.pk}/change/"
    kept = {"address": address, "tab": sent["tab"][0], "typed": urlencode(sent, doseq=True)}
    second.client.post("/desk/unsaved/", kept)

    again = second.client.get(f"{address}?unsaved={Unsaved.objects.get().pk}")

    assert [clash.picked for clash in again.context["merged"].clashes] == ["both", ""]
    assert choose(second, again, headline="both", wording="mine").status_code == 302
    assert (fresh(draft).headline, fresh(draft).wording) == ("Edited", "after 11:00")
    assert not Unsaved.objects.exists()


def test_who_has_the_form_open_now_is_told_beside(first, second, draft):
    theirs, ours = both_open(first, second, draft)
    first.save(theirs, headline="Theirs")
    assert "Nobody else has this open now." in second.save(ours, headline="Mine").text

    first.client.post("/desk/unsaved/", {"address": ours.request["PATH_INFO"], "tab": uuid4()})

    assert "editor has this open too." in " ".join(second.save(ours, headline="Mine").text.split())
