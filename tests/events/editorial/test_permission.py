"""Who may do what is asked in one place."""

import re
from pathlib import Path

import pytest

from events.editorial import holding, moves
from events.editorial.refused import Refused
from tests.support.cast import make_person

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
def test_a_move_is_for_whoever_has_its_permission(move, editor, moderator, story):
    asked = [holding.may(person, move.permission, story) for person in (editor, moderator)]

    assert asked == [move in EDITORS, move in MODERATORS]
    assert holding.may_at_all(editor, move.permission) == (move in EDITORS)


EDITORS = {
    moves.SUBMIT,
    moves.PUBLISH,
    moves.SCHEDULE,
    moves.RESCHEDULE,
    moves.UNSCHEDULE,
    moves.WITHDRAW,
    moves.REOPEN_EVENT,
    moves.PUBLISH_DAY,
    moves.CHANGE_MATERIAL,
    moves.COVER_MATERIAL,
    moves.TAKE_DOWN,
}
MODERATORS = {
    moves.APPROVE,
    moves.CONFIRM,
    moves.REJECT,
    moves.REOPEN,
    moves.RETRACT,
    moves.APPROVE_MATERIAL,
    moves.REJECT_MATERIAL,
    moves.REOPEN_MATERIAL,
    moves.TAKE_DOWN,
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
    monkeypatch.setattr(holding, "may", lambda by, verb, story: True)

    holding.insist(make_person("reader"), moves.PUBLISH.permission, None, "publish this")
