"""A decision on a medium that readers saw, taken back at once: they see it again as they did before."""

import re
from datetime import timedelta

import pytest

from chronicle.models import Edition
from chronicle.record.verifying import problems
from events.editorial import materials, moderation, showing_again, undoing
from events.editorial.refused import Refused
from events.press import putting_back
from media.models import Publication
from tests.support.cast import editions_of, entry_of, fresh, publish, term_of
from tests.support.factories import EventFactory, MaterialFactory, show

pytestmark = pytest.mark.django_db


@pytest.fixture
def medium(media_folder, story, editor, moderator):
    return MaterialFactory(story=story, by=editor, moderator=moderator)


@pytest.fixture
def shown(medium, moderator, editor):
    """A public event that shows the medium."""
    materials.approve(medium, by=moderator, seen=medium.version)
    event = show(EventFactory(approved=True), fresh(medium), by=editor)
    publish(event, editor)
    return event


def changed(medium, editor, **words):
    return materials.change(fresh(medium), by=editor, seen=fresh(medium).version, **words)


def reject(medium, by):
    materials.reject(medium, by=by, seen=fresh(medium).version, code="other", words="Whose is it?")


def approve(medium, by):
    materials.approve(medium, by=by, seen=fresh(medium).version)


def undo(medium, by):
    undoing.undo(fresh(medium), by=by, seen=fresh(medium).version)


def read(client, event):
    """What readers are told below its pictures, without the history of that."""
    return re.findall("(?s)<figcaption.*?</figcaption>", client.get(entry_of(event).get_absolute_url()).text)


def retract(event, by):
    source = event.citations.get().source
    moderation.retract_source(source, by=by, seen=source.version, reason="By its outlet.")


def files():
    return set(Publication.objects.values_list("filename", flat=True))


def test_what_a_rejection_took_from_readers_is_shown_again_with_counterparts(
    client, medium, shown, editor, moderator
):
    told, public, entry = read(client, shown), files(), entry_of(shown).document
    changed(medium, editor, caption="Anew")
    reject(medium, moderator)
    assert "The old bridge" in str(told)
    assert read(client, shown) == [] and not files()

    undo(medium, moderator)

    assert read(client, shown) == told
    assert files() == public
    first, _, back = editions_of(medium)
    assert back.document == {**first.document, "note": showing_again.UNDONE}
    assert entry_of(shown).document == {**entry, "note": showing_again.UNDONE}
    assert [each.action for each in editions_of(medium)] == ["first", "withdrawal", "restoration"]
    assert (fresh(medium).state, fresh(medium).taken_down_at, fresh(medium).caption) == (
        "pending",
        None,
        "Anew",
    )
    assert [each.verb for each in medium.decisions.all()[:3]] == ["undo", "take down", "reject"]
    assert list(problems()) == []


@pytest.mark.parametrize("words", [{"caption": "Anew"}, {"caption": "Anew", "credit": "B. Lima"}])
def test_of_what_was_approved_anew_readers_see_the_words_and_the_copies_of_before(
    client, medium, shown, editor, moderator, words
):
    told, public = read(client, shown), files()
    changed(medium, editor, **words)
    approve(medium, moderator)
    assert "Anew" in str(read(client, shown))
    assert (files() == public) is ("credit" not in words)

    undo(medium, moderator)

    assert read(client, shown) == told
    assert files() == public
    first, _, back = editions_of(medium)
    assert back.document == {**first.document, "note": showing_again.UNDONE}
    assert (fresh(medium).state, fresh(medium).approved_by, fresh(medium).caption) == (
        "pending",
        None,
        "Anew",
    )
    assert list(problems()) == []
    approve(medium, moderator)
    assert "Anew" in str(read(client, shown))


def test_so_is_the_whole_picture_where_parts_were_covered(medium, shown, editor, moderator):
    public = files()
    materials.cover(fresh(medium), [(0, 0, 20, 20)], by=editor, seen=fresh(medium).version)
    approve(medium, moderator)
    assert files() != public

    undo(medium, moderator)

    assert files() == public
    assert fresh(medium).shown is not None


def test_an_approval_that_printed_nothing_is_undone_with_nothing_printed(medium, shown, editor, moderator):
    changed(medium, editor, people="A boy")
    approve(medium, moderator)
    before = Edition.objects.count()

    undo(medium, moderator)

    assert (fresh(medium).state, Edition.objects.count()) == ("pending", before)


@pytest.mark.parametrize("decide", [approve, reject])
def test_it_is_undone_by_nobody_else_and_not_later(
    medium, shown, editor, moderator, other_moderator, monkeypatch, decide
):
    changed(medium, editor, caption="Anew")
    decide(medium, moderator)
    before = Edition.objects.count()

    with pytest.raises(Refused, match="too late"):
        undo(medium, other_moderator)
    monkeypatch.setattr(undoing, "UNDO_WITHIN", timedelta(0))
    with pytest.raises(Refused, match="too late"):
        undo(medium, moderator)

    assert Edition.objects.count() == before


@pytest.mark.parametrize("decide", [approve, reject])
def test_it_is_not_undone_once_something_that_showed_it_was_printed(medium, shown, editor, moderator, decide):
    changed(medium, editor, caption="Anew")
    decide(medium, moderator)
    retract(shown, moderator)

    with pytest.raises(Refused, match="something that shows it was printed since"):
        undo(medium, moderator)

    assert fresh(medium).state != "pending"


def test_control_without_that_guard_readers_lose_what_was_printed_since(
    medium, shown, editor, moderator, monkeypatch
):
    monkeypatch.setattr(putting_back, "_is_followed", lambda *given: False)
    changed(medium, editor, caption="Anew")
    reject(medium, moderator)
    retract(shown, moderator)

    undo(medium, moderator)

    assert entry_of(shown).document["citations"][0]["retracted"] == ""


def test_it_is_not_undone_once_it_was_printed_again(medium, shown, editor, moderator):
    changed(medium, editor, caption="Anew")
    approve(medium, moderator)
    materials.focus(fresh(medium), 0.5, 0.5, by=editor)

    with pytest.raises(Refused, match="printed since"):
        undo(medium, moderator)


def test_that_what_was_taken_down_is_shown_again_is_not_undone(medium, shown, moderator):
    materials.take_down(medium, by=moderator, reason="Not ours.")
    materials.reopen(fresh(medium), by=moderator, seen=fresh(medium).version)
    approve(medium, moderator)

    with pytest.raises(Refused, match="it had been taken down before"):
        undo(medium, moderator)

    assert term_of(medium).document["taken_down"] == ""


def test_what_was_taken_down_by_hand_is_not_undone(medium, shown, moderator):
    materials.take_down(medium, by=moderator, reason="Not ours.")

    with pytest.raises(Refused, match="Approve it on its own page"):
        undo(medium, moderator)
