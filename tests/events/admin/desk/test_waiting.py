"""The numbers in the header: the statement that finds them is kept, the numbers are found anew."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from events.admin.desk import waiting
from events.editorial import claiming, moderation, people
from events.models import Claim
from tests.support.cast import make_member
from tests.support.desk import Desk
from tests.support.factories import (
    CitationFactory,
    EventFactory,
    OutletFactory,
    PersonFactory,
    SourceFactory,
    StoryFactory,
)
from tests.support.screens import OF_A_MANAGER, SCREENS

PAGE = "events_day_changelist"
"""Any page that says no more of what waits than its header."""

IN_REVIEW = re.compile(r'id="in-review">Review <b class="[^"]*">([^<]*)</b>')


@pytest.fixture(autouse=True)
def nothing_kept():
    waiting.STATEMENTS.clear()


@pytest.fixture
def header(moderator):
    """How many wait for the moderator, as the header says it."""
    desk = Desk(moderator)
    return lambda: desk.get(PAGE).context["waiting"]


def test_a_kept_statement_tells_what_waits_now(header, citation, moderator):
    assert header() == 1
    assert len(waiting.STATEMENTS) == 1

    second = CitationFactory(event=EventFactory())
    assert header() == 2
    moderation.approve(second, by=moderator, seen=second.version)
    assert header() == 1
    assert len(waiting.STATEMENTS) == 1


def test_a_claim_that_another_let_run_out_is_told_by_the_kept_statement(header, citation, other_moderator):
    claiming.claim(citation, by=other_moderator)
    assert header() == 0

    Claim.objects.update(until=timezone.now() - timedelta(seconds=1))

    assert header() == 1


def test_control_asked_for_no_moment_every_claim_would_have_run_out(header, citation, other_moderator):
    claiming.claim(citation, by=other_moderator)
    header()

    [kept] = waiting.STATEMENTS.values()
    [numbers] = kept.statement.tuples({"now": connection.ops.adapt_datetimefield_value(waiting.NOW)})

    assert dict(zip(kept.names, numbers, strict=True))["citation"] == 1


def test_whose_role_in_a_story_ends_is_told_no_more_of_it(citation):
    other = StoryFactory(slug="the-fire")
    fire = EventFactory(day__story=other, kind__story=other)
    CitationFactory(event=fire, source=SourceFactory(outlet=OutletFactory(story=other)))
    member = make_member("of-both", citation.story, "moderator")
    manager = PersonFactory(admin=True)
    membership = people.add(other, member, "moderator", by=manager)
    desk = Desk(member)
    assert desk.get(PAGE).context["waiting"] == 2

    people.end(membership, by=manager)

    assert desk.get(PAGE).context["waiting"] == 1


def test_two_people_are_told_of_what_waits_for_each(header, citation, editor):
    both = make_member("writes-and-decides", citation.story, "editor", "moderator")
    CitationFactory(event=EventFactory(), by=both)

    assert header() == 2
    assert Desk(both).get(PAGE).context["waiting"] == 1


def test_no_more_statements_are_kept_than_there_is_room_for(header, citation, other_moderator, monkeypatch):
    monkeypatch.setattr(waiting, "MOST_KEPT", 1)

    assert [header(), Desk(other_moderator).get(PAGE).context["waiting"], header()] == [1, 1, 1]
    assert len(waiting.STATEMENTS) == 1


@pytest.mark.parametrize("screen", [*SCREENS, *OF_A_MANAGER])
def test_every_screen_says_the_same_in_its_header(shown, admin_client, screen):
    """A page that tells by the same name of something else would say that instead."""
    page = admin_client.get(f"/desk/{screen.format(**shown)}")

    assert IN_REVIEW.search(page.content.decode())[1] == "3"
