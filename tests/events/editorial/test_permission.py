"""Who may do what is asked in one place."""

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.editorial import bulk, holding, moves, people, stories, texts, writing
from events.editorial.refused import Refused
from events.models.membership import Role
from tests.support.cast import make_member, make_person
from tests.support.factories import EventFactory, PersonFactory, StoryFactory

ROOM = Path(holding.__file__).parent.parent
MOVES = [move for move in vars(moves).values() if isinstance(move, moves.Move)]
ASKING = re.compile(r"\bhas_perms?\(|\bperms\.")


def test_nothing_else_asks_django_for_a_permission():
    asking = {
        str(path.relative_to(ROOM))
        for suffix in ("py", "html")
        for path in ROOM.rglob(f"*.{suffix}")
        if ASKING.search(path.read_text())
    }

    assert asking == {"editorial/holding.py"}


@pytest.mark.parametrize("move", MOVES, ids=lambda move: f"{move.permission} {move.verb}")
def test_a_move_is_for_whoever_has_its_permission(move, editor, moderator, manager, story):
    asked = [holding.may(person, move.permission, story) for person in (editor, moderator, manager)]

    assert asked == [move in EDITORS, move in MODERATORS, move in MANAGERS]
    assert holding.may_at_all(editor, move.permission) == (move in EDITORS)


@pytest.mark.parametrize("move", MOVES, ids=lambda move: f"{move.permission} {move.verb}")
def test_or_for_whoever_has_a_role_in_the_story_and_there_alone(move, story):
    members = [make_member(f"our-{role}", story, role) for role in Role.values]
    elsewhere = StoryFactory(slug="the-fire")

    here = [holding.may(person, move.permission, story) for person in members]

    assert here == [move in EDITORS, move in MODERATORS, move in MANAGERS]
    assert not any(holding.may(person, move.permission, elsewhere) for person in members)
    assert not any(holding.may(person, move.permission, None) for person in members)
    assert [holding.may_at_all(person, move.permission) for person in members] == here


def test_a_role_that_ended_and_an_account_that_is_closed_allow_nothing(story, admin_person):
    person = make_member("ours", story, "editor")
    publishes = moves.PUBLISH.permission
    assert holding.may(person, publishes, story)

    User.objects.filter(pk=person.pk).update(is_active=False)
    assert not holding.may(person, publishes, story)
    User.objects.filter(pk=person.pk).update(is_active=True)
    people.end(person.memberships.get(), by=admin_person)

    assert not holding.may(person, publishes, story)
    assert not holding.may_at_all(person, publishes)


def asked(person, verb, story):
    with CaptureQueriesContext(connection) as sent:
        assert holding.may(person, verb, story)
    return len(sent)


def test_a_role_takes_one_statement_and_a_permission_everywhere_none(editor, story):
    publishes, member = moves.PUBLISH.permission, make_member("ours", story, "editor")
    holding.may(member, publishes, None)
    editor.has_perm(publishes)

    assert (asked(member, publishes, story), asked(editor, publishes, story)) == (1, 0)


VERBS = {
    "save an event": lambda rows, by: writing.save_event(rows["event"], by=by, seen=1),
    "save a day": lambda rows, by: writing.save_day(rows["day"], by=by, seen=1),
    "save a place": lambda rows, by: writing.save_named(rows["place"], by=by, seen=1),
    "save a text": lambda rows, by: texts.save_text(rows["text"], by=by, seen=1),
    "save a story": lambda rows, by: stories.save_story(rows["story"], by=by, seen=1),
    "publish all": lambda rows, by: bulk.publish_submitted(rows["story"], by=by),
}


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_asks_once_it_holds_the_story(draft, text, place, verb, monkeypatch):
    """Somebody's role ends while they wait for the lock: what they wanted to do is not done."""
    rows = {"event": draft, "day": draft.day, "place": place, "text": text, "story": draft.story}
    person, boss = make_member("ours", draft.story, "editor"), PersonFactory(admin=True)
    EventFactory(submitted=True)
    lock = holding.hold_story_of

    def wait(row):
        held = lock(row)
        person.memberships.filter(ended_at=None).update(ended_at=timezone.now(), ended_by=boss)
        return held

    for module in (holding, writing):
        monkeypatch.setattr(module, "hold_story_of", wait)

    with pytest.raises(Refused, match="You may not"):
        VERBS[verb](rows, person)


EDITORS = {
    moves.SUBMIT,
    moves.PUBLISH,
    moves.SCHEDULE,
    moves.RESCHEDULE,
    moves.UNSCHEDULE,
    moves.WITHDRAW,
    moves.REOPEN_EVENT,
    moves.PUBLISH_DAY,
    moves.CLOSE_DAY,
    moves.OPEN_DAY,
    moves.KEEP_DAY,
    moves.CHANGE_MATERIAL,
    moves.COVER_MATERIAL,
    moves.TAKE_DOWN,
    moves.DISCARD,
    moves.BRING_BACK,
    moves.TAKE_BACK,
    moves.SUBMIT_AGAIN,
    moves.DISCARD_MATERIAL,
    moves.BRING_BACK_MATERIAL,
    moves.UPLOAD_AGAIN,
    moves.TAKE_BACK_PROPOSAL,
}
MODERATORS = {
    moves.APPROVE,
    moves.CONFIRM,
    moves.REJECT,
    moves.REOPEN,
    moves.UNDO,
    moves.UNDO_OF_CONFIRMATION,
    moves.UNDO_OF_MATERIAL,
    moves.UNDO_OF_PROPOSAL,
    moves.RETRACT,
    moves.APPROVE_MATERIAL,
    moves.REJECT_MATERIAL,
    moves.REOPEN_MATERIAL,
    moves.TAKE_DOWN,
    moves.ACCEPT,
    moves.REJECT_PROPOSAL,
    moves.TAKE_BACK_PROPOSAL,
}


# Who may look at proposals may take back their own.
MANAGERS = {
    moves.PUBLISH_TEXT,
    moves.KEEP_TEXT,
    moves.SET_POLICY,
    moves.OPEN,
    moves.SET_OPENING,
    moves.CANCEL_OPENING,
    moves.TAKE_BACK_PROPOSAL,
}


def test_who_may_not_is_told_what(story, db):
    with pytest.raises(Refused, match="You may not publish this"):
        holding.insist(make_person("reader"), moves.PUBLISH.permission, story, "publish this")


def test_every_row_knows_its_story(published, citation, day, story, place, source, text):
    rows = (published, citation, day, story, place, source, published.kind, source.outlet, text)

    assert [holding.story_of(row) for row in rows] == [story] * len(rows)
    assert holding.story_of(None) is None


def test_without_the_question_anybody_could_publish(published, monkeypatch):
    """The control: what the tests of every verb would not notice if they proved nothing."""
    monkeypatch.setattr(holding, "may", lambda by, verb, story, held=None: True)

    holding.insist(make_person("reader"), moves.PUBLISH.permission, None, "publish this")
