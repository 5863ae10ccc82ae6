"""Two people at one form: the second save is refused, both texts are shown, and nothing is lost."""

import pytest

from events.admin import versioned
from events.models import Place
from tests.support.cast import fresh
from tests.support.desk import Desk, errors, filled_in


@pytest.fixture
def first(editor):
    return Desk(editor)


@pytest.fixture
def second(other_editor):
    return Desk(other_editor)


def both_open(first, second, row):
    return first.open(row), second.open(row)


def test_a_save_over_a_newer_event_is_refused_with_both_texts(first, second, draft):
    theirs, ours = both_open(first, second, draft)
    first.save(theirs, headline="The first headline", text="<p>The first text.</p>")

    response = second.save(ours, headline="The second headline", wording="after 11:00")

    form = response.context["adminform"].form
    assert "editor saved a newer version in the meantime" in errors(response)
    assert form.errors["headline"] == ["Saved in the meantime by editor: The first headline"]
    assert form.errors["text"] == ["Saved in the meantime by editor: The first text."]
    assert form["headline"].value() == "The second headline"
    assert fresh(draft).headline == "The first headline"


def test_saving_again_after_seeing_both_goes_through(first, second, draft):
    theirs, ours = both_open(first, second, draft)
    first.save(theirs, headline="The first headline")
    refused = second.save(ours, headline="The second headline")

    second.save(refused)

    assert fresh(draft).headline == "The second headline"
    assert fresh(draft).version == 3


def test_without_the_guard_the_first_words_would_be_lost(first, second, draft, monkeypatch):
    """The control: what the test above would not notice if it proved nothing."""
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
    assert fresh(draft).headline == "A bridge is closed"


def test_a_row_that_somebody_changed_is_refused_beside_its_field(first, second, draft):
    theirs, ours = both_open(first, second, draft)
    first.save(theirs, **{"citations-0-quote": "The first quote."})

    response = second.save(ours, **{"citations-0-quote": "The second quote."}, headline="The second headline")

    assert "Saved in the meantime by editor: The first quote." in errors(response)
    content = response.content.decode()
    assert "The second quote." in content
    assert "The second headline" in content
    assert draft.citations.get().quote == "The first quote."
    assert fresh(draft).headline == "A bridge is closed"


def test_an_approval_in_the_meantime_does_not_stand_in_the_way_of_the_event(first, draft, moderator):
    page = first.open(draft)
    Desk(moderator).press(draft.citations.get(), "approve")

    first.save(page, headline="The old bridge is closed")

    assert fresh(draft).headline == "The old bridge is closed"
    assert draft.citations.get().state == "approved"


def test_a_citation_on_its_own_page_is_guarded_too(first, second, citation):
    theirs, ours = both_open(first, second, citation)
    first.save(theirs, quote="The first quote.")

    response = second.save(ours, quote="The second quote.")

    assert "Saved in the meantime by editor: The first quote." in errors(response)
    assert fresh(citation).quote == "The first quote."


def test_so_are_days_sources_and_kinds(first, second, day, source, kind):
    for row, field in ((day, "headline"), (source, "title"), (kind, "name")):
        theirs, ours = both_open(first, second, row)
        first.save(theirs, **{field: "First"})

        response = second.save(ours, **{field: "Second"})

        assert "Saved in the meantime by editor: First" in errors(response)
        assert getattr(fresh(row), field) == "First"


def test_names_that_somebody_added_are_shown(first, second, place):
    theirs, ours = both_open(first, second, place)
    first.save(theirs, **{"names-1-name": "A ponte velha", "names-1-language": "pt"})

    response = second.save(ours, note="By the river")

    assert "The old bridge (en), A ponte velha (pt)" in errors(response)
    assert Place.objects.get().note == ""


def test_values_of_every_sort_are_shown_in_words(first, second, draft, place):
    theirs, ours = both_open(first, second, draft)
    first.save(
        theirs,
        places=[place.pk],
        overruled_earliest_0="2021-03-03",
        overruled_earliest_1="10:00",
        overruled_latest_0="2021-03-03",
        overruled_latest_1="12:00",
    )

    response = second.save(ours)

    shown = errors(response)
    assert "by editor: The old bridge" in shown
    assert "by editor: 3 March 2021 10:00" in shown
