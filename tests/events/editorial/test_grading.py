"""The grade of an outlet: given with a reason and since when, and sealed, read and proposed with them."""

from datetime import date

import pytest

from events.editorial import writing
from events.editorial.refused import Refused
from events.models import Outlet, Proposal
from tests.support.cast import approve_all, fresh, make_person, term_of
from tests.support.desk import Desk, errors
from tests.support.factories import OutletFactory
from tests.support.proposals import change
from tests.support.reading import text_of

WHY = "Say in a sentence why it is graded so: readers find it beside the grade."
SINCE = "Say since when it is graded so."


@pytest.fixture
def ungraded(story):
    return OutletFactory(name="Radio Estuary", reliability="F", reliability_reason="", reliability_since=None)


@pytest.mark.parametrize("grade", "ABCDE")
def test_a_grade_needs_a_reason_and_a_day_at_the_form(editor, ungraded, grade):
    desk = Desk(editor)

    refused = desk.save(desk.open(ungraded), reliability=grade)
    assert WHY in errors(refused)
    assert SINCE in errors(refused)

    desk.save(
        desk.open(ungraded),
        reliability=grade,
        reliability_reason="It was right.",
        reliability_since="2021-03-01",
    )
    saved = fresh(ungraded)
    assert (saved.reliability, saved.reliability_reason) == (grade, "It was right.")
    assert saved.reliability_since == date(2021, 3, 1)


@pytest.mark.parametrize("without", ["reliability_reason", "reliability_since"])
def test_so_it_does_without_a_form(editor, story, without):
    given = {"reliability_reason": "It was right.", "reliability_since": date(2021, 3, 1)}
    del given[without]

    with pytest.raises(Refused, match="Say "):
        writing.save_named(Outlet(story=story, name="Radio", reliability="B", **given), by=editor)


def test_that_it_cannot_be_judged_needs_neither(editor, story):
    assert writing.save_named(Outlet(story=story, name="Radio", reliability="F"), by=editor).pk


def test_of_one_in_use_they_wait_with_the_grade(editor, moderator, published, outlet):
    desk = Desk(editor)

    desk.save(desk.open(outlet), reliability="D", reliability_reason="It was wrong of the dam.")

    waiting = Proposal.objects.get()
    assert waiting.fields == {"reliability": "D", "reliability_reason": "It was wrong of the dam."}
    page = text_of(Desk(moderator).get("events_proposal_change", waiting.pk).text)
    assert "Reason for the grade" in page
    assert "B: usually reliable, since 1 February 2021: It names its sources." in page


def test_readers_find_them_beside_the_grade(client, editor, moderator, published, outlet):
    change(outlet, editor, moderator, reliability="D", reliability_reason="It was wrong of the dam.")

    page = client.get(term_of(outlet).get_absolute_url()).content.decode()

    assert "It was wrong of the dam." in page
    assert "since 1 February 2021" in page


def test_a_moderator_reads_them_with_the_citation(moderator, draft):
    page = text_of(Desk(moderator).get("review").text)

    assert "B: usually reliable, since 1 February 2021: It names its sources." in page


def test_who_gives_another_reason_does_not_approve_what_rests_on_it(draft, outlet):
    both, outlet = make_person("both", "Editors", "Moderators"), fresh(outlet)
    outlet.reliability_reason = "It was right each time."
    writing.save_named(outlet, by=both, seen=outlet.version)

    with pytest.raises(Refused, match="its source or its outlet"):
        approve_all(draft, both)
