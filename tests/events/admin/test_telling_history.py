"""What a page of history says of each save: all that became otherwise, however little, in few questions."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.admin import conflict, wording
from events.models import Revision
from tests.events.admin.test_revisions import history
from tests.support.cast import fresh
from tests.support.choosing import choose
from tests.support.desk import Desk, errors
from tests.support.factories import ActorFactory, KindFactory, PlaceFactory

TAKEN, ADDED = "del", "ins"


@pytest.fixture
def desk(editor):
    return Desk(editor)


def last_change(desk, row):
    """What the last save changed: what stayed, was taken out and was put in."""
    (change,) = history(desk, row).context["revisions"][0]["changes"]
    return [(piece.how, piece.words) for piece in change.pieces]


def names_everything(desk, draft, source):
    """Twelve saves of an event, each of which names another kind, place and actor."""
    story = draft.story
    for number in range(12):
        named = {
            "kind": KindFactory(story=story, name=f"Kind {number}").pk,
            "places": [PlaceFactory(story=story, name=f"Quay {number}").pk],
            "actors": [ActorFactory(story=story, name=f"Guard {number}").pk],
        }
        quoted = {"citations-0-quote": f"Quote {number}."} if number % 3 == 0 else {}
        desk.save(desk.open(fresh(draft)), **named, **quoted)


def questions_of_history(desk, row):
    with CaptureQueriesContext(connection) as asked:
        assert history(desk, row).status_code == 200
    return len(asked)


def test_however_many_rows_it_names_it_asks_little(desk, draft, source):
    names_everything(desk, draft, source)

    assert questions_of_history(desk, draft) <= 15


def test_control_asked_change_by_change_it_asks_much(desk, draft, source, monkeypatch):
    names_everything(desk, draft, source)
    monkeypatch.setattr("events.admin.revisions.called_today", lambda named: None)

    assert questions_of_history(desk, draft) > 60


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("<p>It is closed.</p>", "<p>It is <strong>closed</strong>.</p>", "<strong>closed</strong>."),
        (
            '<p>The <a href="https://a.example/">city</a> says so.</p>',
            '<p>The <a href="https://b.example/">city</a> says that.</p>',
            "https://b.example/>city</a>",
        ),
    ],
    ids=["bold", "a link"],
)
def test_what_is_no_word_is_marked_too(desk, draft, before, after, told):
    desk.save(desk.open(draft), text=before)
    desk.save(desk.open(draft), text=after)

    assert (ADDED, told) in last_change(desk, draft)


def test_control_by_its_words_alone_nobody_would_see_it(desk, draft, monkeypatch):
    monkeypatch.setattr(wording, "_with_tags", wording.prose.words)
    desk.save(desk.open(draft), text='<p>It is <a href="https://a.example/">closed</a>.</p>')
    desk.save(desk.open(draft), text='<p>It is <a href="https://b.example/">closed</a>.</p>')

    assert "b.example" not in str(last_change(desk, draft))


def test_lines_that_are_parted_otherwise_are_marked(desk, draft, citation):
    desk.save(desk.open(citation), quote="One.\n\nTwo.")
    desk.save(desk.open(citation), quote="One. Two.")

    assert [how for how, _ in last_change(desk, citation)] == [TAKEN, ADDED]


def test_names_with_a_comma_are_one_name(desk, draft):
    one, *others = (PlaceFactory(story=draft.story, name=name) for name in ("Paris, Texas", "Paris", "Texas"))
    desk.save(desk.open(draft), places=[one.pk])
    desk.save(desk.open(draft), places=[other.pk for other in others])

    assert last_change(desk, draft) == [(TAKEN, "Paris, Texas"), (ADDED, "Paris"), (ADDED, "Texas")]


def test_another_place_of_the_same_name_is_another(desk, draft):
    for latitude in ("1.0", "2.0"):
        place = PlaceFactory(story=draft.story, name="Newtown", latitude=latitude)
        desk.save(desk.open(draft), places=[place.pk])

    assert last_change(desk, draft) == [(TAKEN, "Newtown"), (ADDED, "Newtown")]


def test_a_revision_of_an_earlier_form_of_the_desk_is_told_and_restored(desk, draft):
    desk.save(desk.open(draft), headline="Now")
    wanted = Revision.objects.get()
    wanted.before |= {"gone_since": 1, "uses": 7, "places": None}
    wanted.after |= {"gone_since": [1], "printed": 1, "citations": "x", "uses": [{"caption": "x"}, 3]}
    wanted.save()

    assert "Now" in history(desk, draft).text
    assert history(desk, draft, restore=wanted.pk).status_code == 200


def names_of_which_one_is_gone(desk, draft, place):
    """The version that named another place, which is deleted since."""
    gone = PlaceFactory(story=draft.story, name="The old mill")
    desk.save(desk.open(draft), places=[gone.pk, place.pk], headline="Then")
    desk.save(desk.open(draft), places=[], headline="Now")
    gone.delete()
    return history(desk, draft, restore=Revision.objects.get(version=2).pk)


def test_what_is_gone_since_is_left_out_and_said(desk, draft, place):
    shown = names_of_which_one_is_gone(desk, draft, place)

    assert "Places: 1 of what it named is gone since, and not restored." in shown.text
    assert choose(desk, shown).status_code == 302
    assert (fresh(draft).headline, list(fresh(draft).places.all())) == ("Then", [place])


def test_control_sent_along_it_would_be_refused(desk, draft, place, monkeypatch):
    monkeypatch.setattr("events.admin.revisions.what_is_gone", lambda *_: {})

    answer = choose(desk, names_of_which_one_is_gone(desk, draft, place))

    assert "not one of the available choices" in errors(answer)


@pytest.fixture
def name_not_taken(desk, place, other_editor):
    """Two renamed the place at the same time, and the second took the name of the first."""
    other = Desk(other_editor)
    desk.save(desk.open(place), **{"names-1-name": "A ponte", "names-1-language": "pt"})
    ours = desk.open(fresh(place))
    other.save(other.open(fresh(place)), **{"names-0-name": "The bridge"})
    page = desk.save(ours, **{"names-0-name": "The stone bridge"}, note="By the mill.")
    choose(desk, page, **{"names-0-name": "theirs"})


def test_a_name_that_was_typed_and_not_taken_stands_in_the_history(desk, place, name_not_taken):
    kept = Revision.objects.get(saved=False)

    assert [row["name"] for row in kept.after["names"]] == ["The stone bridge", "A ponte"]
    assert "stone" in history(desk, place).text
    assert choose(desk, history(desk, place, restore=kept.pk)).status_code == 302
    assert [name.name for name in place.names.all()] == ["The stone bridge", "A ponte"]
    assert fresh(place).note == "By the mill."


def test_control_of_the_form_alone_it_would_be_lost(desk, place, request, monkeypatch):
    monkeypatch.setattr(conflict, "_rows_not_taken", lambda *_: {})
    request.getfixturevalue("name_not_taken")

    assert not Revision.objects.filter(saved=False).exists()
