"""The history of each row: one line a save, word by word, who and why, and a way back to each version."""

import pytest
from django.utils.html import escape

from events.editorial.takedowns import Part
from events.erasing import editions
from events.models import Citation, Revision
from tests.events.admin.test_unsaved import take, take_parts
from tests.support.cast import approve_all, fresh, publish
from tests.support.choosing import choose
from tests.support.desk import Desk, errors
from tests.support.factories import ActorFactory, PersonFactory, PlaceFactory
from tests.support.proposals import accept, propose


@pytest.fixture
def desk(editor):
    return Desk(editor)


def history(desk, row, **query):
    return desk.get(f"events_{row._meta.model_name}_history", row.pk, **query)


def lines(page):
    """Each revision on the page, the last first: what it is called, and the fields that it changed."""
    return [
        (str(each["revision"]), [change.label for change in each["changes"]])
        for each in page.context["revisions"]
    ]


def test_each_save_leaves_one_line_with_who_and_why(desk, draft, place):
    desk.save(
        desk.open(draft), headline="The bridge is <closed>", places=[place.pk], saying="A reader wrote."
    )
    desk.save(desk.open(draft))
    desk.save(desk.open(draft), text="<p>The city closed the old bridge.</p>")

    page = history(desk, draft)

    assert lines(page) == [("Version 3", ["text"]), ("Version 2", ["headline", "places"])]
    assert "A reader wrote." in page.text and "editor" in page.text
    assert escape("<closed>") in page.text and "<closed>" not in page.text
    assert '<ins><span class="visually-hidden">put in: </span>old</ins>' in page.text


def test_a_new_row_begins_its_history_and_its_rows_below_stand_in_it(desk, story, moderator):
    names = {
        "names-TOTAL_FORMS": 1,
        "names-INITIAL_FORMS": 0,
        "names-0-name": "The quay",
        "names-0-position": 0,
    }
    desk.post("events_place_add", data={"story": story.pk, "note": "", **names})

    revision = Revision.objects.get()

    assert (revision.model, revision.began, revision.after["names"][0]["name"]) == ("place", None, "The quay")
    place = story.places.get()
    desk.save(desk.open(place), **{"names-0-name": "The old quay"})
    assert lines(history(desk, place)) == [("Version 2", ["place names"]), ("Version 1", ["place names"])]


def test_a_version_is_restored_as_an_ordinary_save_with_what_it_names(desk, draft, place):
    other, actor = PlaceFactory(story=draft.story), ActorFactory(story=draft.story)
    desk.save(desk.open(draft), places=[place.pk], actors=[actor.pk], headline="As it was", is_key="on")
    desk.save(
        desk.open(draft), places=[other.pk], actors=[], headline="As it is", text="<p>New.</p>", is_key=""
    )
    wanted = Revision.objects.get(version=2)

    shown = history(desk, draft, restore=wanted.pk)
    assert fresh(draft).headline == "As it is"
    answer = choose(desk, shown, {"saying": "It was right."})

    assert answer.status_code == 302
    restored = fresh(draft)
    assert (restored.headline, restored.is_key, restored.version) == ("As it was", True, 4)
    assert restored.text == "<p>The city closed the bridge.</p>"
    assert (list(restored.places.all()), list(restored.actors.all())) == ([place], [actor])
    assert Revision.objects.get(version=4).why == "It was right."
    assert draft.citations.count() == 1


def test_names_are_restored_one_by_one(desk, place):
    desk.save(desk.open(place), **{"names-1-name": "A ponte", "names-1-language": "pt"})
    then = Revision.objects.get()
    gone = place.names.get(language="pt")
    changes = {"names-0-name": "The bridge", "names-1-DELETE": "on", "names-2-name": "Die Brücke"}
    desk.save(desk.open(place), **changes, **{"names-2-language": "de"})
    assert not place.names.filter(pk=gone.pk).exists()

    choose(desk, history(desk, place, restore=then.pk))

    assert set(place.names.values_list("name", "language")) == {("The old bridge", "en"), ("A ponte", "pt")}


def test_a_restoration_over_a_newer_version_is_a_conflict_like_any(desk, draft, other_editor):
    desk.save(desk.open(draft), headline="Once")
    desk.save(desk.open(draft), headline="Now")
    shown = history(desk, draft, restore=Revision.objects.get(version=2).pk)
    other = Desk(other_editor)
    other.save(other.open(draft), headline="Meanwhile")

    answer = choose(desk, shown)

    assert [clash.name for clash in answer.context["merged"].clashes] == ["headline"]
    assert fresh(draft).headline == "Meanwhile"


def test_what_was_typed_and_not_taken_stands_there_marked(desk, draft, other_editor):
    other = Desk(other_editor)
    ours = desk.open(draft)
    other.save(other.open(draft), headline="Theirs")
    choose(desk, desk.save(ours, headline="Mine"), headline="theirs")

    page = history(desk, draft)

    assert "Typed and not saved" in page.text and "Mine" in page.text
    kept = Revision.objects.get(saved=False)
    choose(desk, history(desk, draft, restore=kept.pk))
    assert fresh(draft).headline == "Mine"


def test_a_citation_has_its_own_and_stands_in_that_of_its_event(desk, draft):
    desk.save(desk.open(draft), **{"citations-0-quote": "Another quote."})
    citation = Citation.objects.get()

    assert lines(history(desk, citation)) == [("Version 2", ["quote"])]
    assert "Citation" in history(desk, draft).text and "Another" in history(desk, draft).text


def test_only_who_sees_the_row_sees_its_history_and_only_who_changes_it_restores(desk, draft, moderator):
    desk.save(desk.open(draft), headline="Now")
    wanted = Revision.objects.get()

    assert history(Desk(PersonFactory()), draft).status_code in (302, 403)
    assert "Restore this version" in history(desk, draft).text
    assert history(desk, draft, restore=wanted.pk + 1).status_code == 404
    assert history(desk, draft, restore="\0x").status_code == 404
    looks = Desk(moderator)
    assert "Restore this version" not in history(looks, draft).text
    assert history(looks, draft, restore=wanted.pk).status_code == 403


def test_a_reason_that_is_too_long_is_refused_with_the_rest_typed(desk, draft):
    refused = desk.save(desk.open(draft), headline="Typed", saying="x" * 501)

    assert "Say why in at most 500 characters." in errors(refused)
    assert refused.context["adminform"].form["headline"].value() == "Typed"
    assert not Revision.objects.exists()


def test_a_takedown_deletes_it_with_that_of_what_goes_along(desk, draft):
    desk.save(desk.open(draft), headline="Named", **{"citations-0-quote": "Named too."})
    assert {each.model for each in Revision.objects.all()} == {"event", "citation"}

    take(draft)

    assert not Revision.objects.exists()


@pytest.fixture
def told_thrice(desk, published, editor):
    """An entry of three editions, of which the second has a name that is gone from the third; typed since
    was something else."""
    for headline in ("Named", "Told without"):
        desk.save(desk.open(fresh(published)), headline=headline)
        publish(fresh(published), editor, note="Told otherwise.")
    desk.save(desk.open(fresh(published)), headline="Told since")
    return fresh(published)


def headlines():
    """What stands in the histories, of each save before and after it."""
    return [(row.before["headline"], row.after["headline"]) for row in Revision.objects.order_by("pk")]


def test_a_takedown_of_single_editions_deletes_what_was_written_until_the_next_that_stays(told_thrice):
    take_editions(told_thrice, 2)

    assert headlines() == [("Told without", "Told since")]


def test_control_of_an_earlier_edition_it_leaves_what_was_written_since(told_thrice):
    take_editions(told_thrice, 1)

    assert headlines() == [("Named", "Told without"), ("Told without", "Told since")]


def test_control_histories_that_nobody_forgets_hold_the_words(told_thrice, monkeypatch):
    monkeypatch.setattr(editions, "_forget_history", lambda *_: None)

    take_editions(told_thrice, 2)

    assert headlines()[0][1] == "Named"


def take_editions(event, *numbers):
    take_parts(event.story, Part("entry/1", numbers))


@pytest.fixture
def renamed_twice(desk, draft, place, editor, moderator):
    """A place of three editions, each printed as it was saved; the first had a name that is to go."""
    desk.save(desk.open(draft), places=[place.pk])
    approve_all(fresh(draft), moderator)
    publish(fresh(draft), editor)
    old = desk.open(place)
    for name in ("Renamed", "Renamed again"):
        desk.save(desk.open(place), **{"names-0-name": name})
    # Somebody chose those over what they had typed into an old page.
    page = desk.save(old, **{"names-0-name": "Typed"}, note="By the mill.")
    choose(desk, page, **{"names-0-name": "theirs"})
    return place


def names_before():
    return [row.before["names"][0]["name"] for row in Revision.objects.filter(model="place").order_by("pk")]


def test_a_takedown_of_editions_reaches_what_each_save_that_printed_came_from(renamed_twice):
    assert names_before() == ["The old bridge", "Renamed", "The old bridge", "Renamed again"]

    take_parts(renamed_twice.story, Part("place/1", (1,)))

    assert names_before() == ["Renamed", "Renamed again"]


def test_control_by_the_time_alone_it_would_stay(renamed_twice, monkeypatch):
    monkeypatch.setattr(editions, "PRINTED_AS_SAVED", ())

    take_parts(renamed_twice.story, Part("place/1", (1,)))

    assert "The old bridge" in names_before()


def test_what_was_changed_elsewhere_stands_there_too(desk, source, citation, moderator):
    """By a proposal that is accepted, whose author is named."""
    Desk(moderator).press(citation, "approve")
    accept(propose(source, citation.submitted_by, language="pt"), moderator, "Its language.")

    assert lines(history(desk, source)) == [("Version 2", ["language"])]
    assert Revision.objects.get(model="source").why == f"Proposed by {citation.submitted_by}. Its language."
