"""Today: what waits for an editor, a moderator and a manager, each line with its next step."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from events.editorial import moderation, policy, publishing, writing
from events.models import Event, Story
from tests.support.cast import fresh, make_member
from tests.support.desk import Desk, told
from tests.support.factories import CitationFactory, EventFactory, PersonFactory, SourceFactory
from tests.support.proposals import propose

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(editor):
    return Desk(editor)


def groups(page):
    """The groups of a page by name: the titles of the lines of each, and what their buttons say."""
    return {
        group.name: [(line.title, line.action) for line in group.lines] for group in page.context["groups"]
    }


def line_of(page, name):
    """The one line of a group."""
    (line,) = next(group for group in page.context["groups"] if group.name == name).lines
    return line


def test_a_draft_says_what_it_lacks_and_leads_to_its_form(desk, draft):
    page = desk.get("index")

    line = line_of(page, "drafts")
    assert (line.title, line.action) == ("A bridge is closed", "Write on")
    assert line.address == reverse("admin:events_event_change", args=[draft.pk])
    assert page.context["need"] == 1


def test_what_has_no_source_says_so(desk, story):
    EventFactory()

    assert line_of(desk.get("index"), "drafts").lacks == ["no source yet"]


def test_drafts_of_others_are_theirs(draft, other_editor):
    assert "drafts" not in groups(Desk(other_editor).get("index"))


def test_what_was_handed_in_waits_for_a_moderator_and_is_folded(desk):
    EventFactory(submitted=True)

    page = desk.get("index")

    assert line_of(page, "others").lacks == ["0 of 1 approval; 1 with a moderator"]
    assert (page.context["is_free"], page.context["need"]) == (True, 0)


def test_what_is_ready_is_published_from_its_line_once_and_leads_back(desk):
    event = EventFactory(approved=True)
    publishing.submit(event, by=event.created_by, seen=event.version)
    line = line_of(desk.get("index"), "ready")
    sent = {"seen": line.press.seen, "back": "today"}

    done = desk.client.post(line.press.address, sent, follow=True)

    assert done.redirect_chain == [(reverse("admin:index"), 302)]
    assert told(done) == "Published: readers see it as it is here."
    assert fresh(event).state == "published"
    assert "ready" not in groups(done)


def test_a_refusal_from_its_line_is_told_on_the_page_of_the_event(desk):
    event = EventFactory(approved=True)
    publishing.submit(event, by=event.created_by, seen=event.version)
    press = line_of(desk.get("index"), "ready").press
    writing.save_event(fresh(event), by=event.created_by, seen=event.version)

    refused = desk.client.post(press.address, {"seen": press.seen - 1, "back": "today"})

    assert refused.status_code == 200
    assert fresh(event).state == "submitted"


def test_who_may_not_publish_is_not_offered_it(story, editor):
    event = EventFactory(approved=True)
    publishing.submit(event, by=editor, seen=event.version)
    moderator = make_member("only-moderates", story, "moderator")

    assert "ready" not in groups(Desk(moderator).get("index"))


def test_what_was_sent_back_stands_there_with_the_words_of_the_moderator(desk, citation, moderator):
    moderation.reject(citation, by=moderator, seen=1, code="inexact", words="Two words are <b>missing</b>.")

    page = desk.get("index")

    line = line_of(page, "sent-back")
    assert (line.code, line.words) == ("The quotation is not exact.", "Two words are <b>missing</b>.")
    assert line.leads == reverse("admin:events_citation_change", args=[citation.pk])
    assert "Two words are &lt;b&gt;missing&lt;/b&gt;." in page.content.decode()


def test_an_approval_that_lapsed_is_its_authors(desk, published, editor):
    published.text = "<p>It was closed at noon.</p>"
    writing.save_event(published, by=editor, seen=published.version)

    assert line_of(desk.get("index"), "lapsed").state == "Lapsed for the new words"


@pytest.mark.parametrize(("hours", "group"), [(2, "urgent"), (30, "later")])
def test_what_is_due_and_lacks_something_is_urgent_when_its_time_is_near(
    desk, editor, moderator, hours, group
):
    event = EventFactory(approved=True)
    at = timezone.now() + timedelta(hours=hours)
    publishing.schedule(event, by=editor, seen=event.version, at=at)
    citation = event.citations.get()
    moderation.reopen(citation, by=moderator, seen=citation.version)

    line = line_of(desk.get("index"), group)

    assert line.lacks == ["0 of 1 approval; 1 with a moderator"]
    assert line.state.startswith("Scheduled for ")


def test_what_was_refused_at_its_time_comes_first(desk, editor):
    event = EventFactory(approved=True)
    publishing.schedule(event, by=editor, seen=event.version, at=timezone.now() + timedelta(hours=1))
    Event.objects.filter(pk=event.pk).update(schedule_refusal="It lost its source.")

    page = desk.get("index")

    assert next(iter(groups(page))) == "refused"
    assert "It lost its source." in page.content.decode()


def test_a_moderator_is_told_the_queue_in_a_sentence_and_what_it_holds_up(story, moderator):
    EventFactory(submitted=True)
    EventFactory(cited=True, headline="A road is closed")

    page = Desk(moderator).get("index")

    queue = page.context["queue"]
    assert (queue.waiting, queue.own, queue.holds_up) == (2, 0, 1)
    assert "1 holds up finished events." in " ".join(page.content.decode().split())
    assert groups(page) == {"holds-up": [("A bridge is closed", "Review")]}


def test_a_line_leads_to_its_citation_in_the_queue(moderator, draft, source):
    citations = [CitationFactory(event=draft, source=source, quote=f"Closed, {n}.") for n in range(12)]

    page = Desk(moderator).get("review", citation=citations[-1].pk)

    assert [entry["row"] for entry in page.context["shown"]] == [citations[-1]]


@pytest.mark.parametrize("typed", ["", "x", "-1", "99999999999999999999", "٣"])
def test_an_odd_citation_in_the_address_is_the_first(moderator, citation, typed):
    page = Desk(moderator).get("review", citation=typed)

    assert [entry["row"] for entry in page.context["shown"]] == [citation]


def test_what_readers_see_without_support_is_told_to_moderators(published, moderator):
    policy.set_policy(published.story, by=PersonFactory(opener=True), seen=1, citations_needed=2)

    line = line_of(Desk(moderator).get("index"), "seen")

    assert (line.title, line.state) == (str(published), "Lost its support")


def test_proposals_wait_for_whoever_decides(published, editor, moderator):
    propose(published.citations.get().source, editor, title="The bridge")

    assert line_of(Desk(moderator).get("index"), "proposals").action == "Look at it"
    assert "proposals" not in groups(Desk(editor).get("index"))


def test_a_desk_on_which_nothing_is_begun_teaches_the_first_steps(admin_person):
    page = Desk(admin_person).get("index")

    first, *later = page.context["steps"]
    assert first.address == reverse("admin:events_story_add")
    assert [step.address for step in later] == ["", "", "", ""]
    assert "Nothing waits for you" in page.content.decode()


def test_the_steps_of_a_story_are_ticked_as_they_are_taken(admin_person, story, day):
    steps = Desk(admin_person).get("index").context["steps"]

    assert [(step.title, step.is_done) for step in steps] == [
        ("A story", True),
        ("Two people", False),
        ("A day", True),
        ("Events", False),
        ("The opening", True),
    ]


def test_who_may_not_take_a_step_is_told_who_does(editor, story):
    steps = {step.title: step for step in Desk(editor).get("index").context["steps"]}

    assert (steps["Two people"].address, "Its managers invite them." in steps["Two people"].words) == (
        "",
        True,
    )
    assert steps["A day"].address == reverse("admin:events_day_add")


def test_nothing_of_a_story_without_a_role_is_told(story, draft):
    stranger = make_member("elsewhere", _another_story(), "editor")
    EventFactory(submitted=True)

    page = Desk(stranger).get("index").content.decode()

    assert "A bridge is closed" not in page
    assert "The flood" not in page


def _another_story():
    return Story.objects.create(
        title="The strike", slug="strike", first_date="2021-03-01", last_date="2021-03-02", zone="UTC"
    )


def test_it_asks_no_more_for_two_hundred_than_for_two(admin_person, editor):
    fill(2)
    few = asked(Desk(admin_person))

    fill(40)

    assert asked(Desk(admin_person)) == few
    assert few <= 15


def fill(times):
    for number in range(times):
        event = EventFactory(submitted=True, headline=f"Number {number}", by=PersonFactory(editor=True))
        CitationFactory(event=event, rejected=True, source=SourceFactory(title=f"Of {number}"))
        EventFactory(published=True, headline=f"Seen {number}")
        EventFactory(headline=f"Draft {number}")


def asked(desk):
    desk.get("index")
    with CaptureQueriesContext(connection) as queries:
        assert desk.get("index").status_code == 200
    return len(queries)
