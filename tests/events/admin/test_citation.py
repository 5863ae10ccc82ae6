"""Citations on their own pages: approve, reject, reopen."""

import pytest

from events.editorial import moderation, writing
from tests.support.cast import fresh
from tests.support.desk import Desk, told


@pytest.fixture
def desk(moderator):
    return Desk(moderator)


def test_approves_and_reopens_by_buttons(desk, citation, moderator):
    desk.press(citation, "approve")
    assert (fresh(citation).state, fresh(citation).approved_by) == ("approved", moderator)

    desk.press(citation, "reopen", words="On second thoughts.")
    assert fresh(citation).state == "pending"


def test_rejects_with_a_reason_and_words(desk, citation):
    desk.press(citation, "reject", code="inexact", words="It says “shut”.")

    assert fresh(citation).state == "rejected"
    decision = citation.decisions.first()
    assert (decision.reason_code, decision.note) == ("inexact", "It says “shut”.")


def test_a_rejection_without_a_reason_gives_the_words_back(desk, citation):
    response = desk.press(citation, "reject", code="", words="It says “shut”.")

    assert fresh(citation).state == "pending"
    assert "It says “shut”." in response.content.decode()


def test_an_author_is_not_offered_approval_and_refused_it(both, draft, citation):
    desk = Desk(both)
    desk.save(desk.open(citation), quote="Their own words.")

    offered = [box["verb"].name for box in desk.open(citation).context["verbs"]]
    response = desk.press(citation, "approve")

    assert offered == []
    assert "Another moderator must decide" in told(response)
    assert fresh(citation).state == "pending"


def test_words_changed_since_they_were_seen_are_not_approved(desk, citation, editor):
    Desk(editor).save(Desk(editor).open(citation), quote="Other words.")

    response = desk.send(citation, "approve", seen=1)

    assert "Somebody has changed this" in told(response)
    assert fresh(citation).state == "pending"


def test_an_editor_may_not_approve(editor, other_editor, citation):
    response = Desk(other_editor).press(citation, "approve")

    assert "You may not approve this" in told(response)
    assert fresh(citation).state == "pending"


def test_state_and_people_are_not_fields(editor, citation):
    desk = Desk(editor)

    desk.save(desk.open(citation), state="approved", approved_by=editor.pk, version=9, event=99, quote="New.")

    saved = fresh(citation)
    assert (saved.state, saved.version, saved.approved_by, saved.event) == (
        "pending",
        2,
        None,
        citation.event,
    )


@pytest.mark.parametrize("person", ["editor", "admin_person"])
def test_none_is_deleted_in_whatever_state(request, person, citation, desk):
    theirs = Desk(request.getfixturevalue(person))
    desk.press(citation, "reject", code="inexact", words="It says “shut”.")

    assert theirs.post("events_citation_delete", citation.pk, data={"post": "yes"}).status_code == 403
    assert fresh(citation).decisions.filter(verb="reject").exists()


def test_its_history_stands_below_it_and_below_no_new_one(moderator, citation, editor):
    moderation.reject(citation, by=moderator, seen=1, code="inexact", words="It says “shut”.")

    assert "It says “shut”." in Desk(editor).open(citation).content.decode()
    assert "decisions-group" not in Desk(editor).get("events_citation_add").content.decode()


@pytest.mark.parametrize(("fate", "state"), [("keep", "published"), ("withdraw", "withdrawn")])
def test_a_lapsed_approval_is_rejected_with_what_becomes_of_its_event(
    desk, published, citation, editor, fate, state
):
    published.headline = "Two bridges are closed"
    writing.save_event(published, by=editor, seen=published.version)
    typed = {"code": "inexact", "words": "It says one.", "fate_reason": "No source says so."}

    assert 'name="fate"' in desk.open(citation).text
    desk.press(citation, "reject", fate=fate, **typed)

    assert (fresh(citation).state, fresh(published).state) == ("rejected", state)
