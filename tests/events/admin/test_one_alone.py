"""What one person alone once did to what readers see, tried at the desk: each is answered, none is done."""

import pytest

from events.editorial import moderation, policy
from events.models import Citation
from tests.support.cast import fresh
from tests.support.desk import Desk, told
from tests.support.factories import EventFactory, KindFactory

ENTRY = "/the-flood/entry/1/"


@pytest.fixture
def desk(editor):
    return Desk(editor)


@pytest.fixture
def review(moderator):
    return Desk(moderator)


def read(client):
    return client.get(ENTRY).content.decode()


def shown_by(page, verb):
    """What the form of ``verb`` on a page would send as it stands there."""
    (form,) = [box["form"] for box in page.context["verbs"] if box["verb"].name == verb]
    return {field.name: field.value() or "" for field in form}


def test_to_ask_for_no_citation_and_publish(desk, client, draft, kind):
    desk.save(desk.get("events_kind_change", kind.pk), citations_needed=0)

    response = desk.press(draft, "publish")

    assert fresh(kind).citations_needed is None
    assert "needs 1 more approved citation" in told(response)
    assert client.get(ENTRY).status_code == 404


@pytest.mark.parametrize(
    ("of", "typed"),
    [
        ("source", {"title": "The river falls"}),
        ("source", {"url": "https://example.org/another"}),
        ("outlet", {"name": "The Mountain Post"}),
        (
            "outlet",
            {"reliability": "A", "reliability_reason": "So I say.", "reliability_since": "2021-03-01"},
        ),
    ],
    ids=lambda one: one if isinstance(one, str) else next(iter(one)),
)
def test_to_call_what_readers_see_rest_on_otherwise(desk, client, published, source, of, typed):
    before = read(client)
    row = {"source": source, "outlet": source.outlet}[of]

    response = desk.save(desk.open(row), note="Better so.", **typed)

    page = desk.client.get(response["Location"])
    assert any("it waits as a proposal" in str(message) for message in page.context["messages"])
    assert read(client) == before


def test_to_move_a_source_so_that_one_voice_is_two(desk, client, published, source, other_source):
    desk.save(desk.open(source), outlet=other_source.outlet.pk, note="It was theirs.")

    assert fresh(source).outlet != other_source.outlet
    assert "Single source" in read(client)


def test_to_change_a_number_over_a_quotation_that_was_approved_for_another(desk, client, editor):
    event = EventFactory(published=True, headline="One civilian injured")
    desk.save(desk.open(event), headline="Two civilians injured")

    response = desk.press(event, "publish", note="Counted anew.")

    assert "A moderator confirms it first." in told(response)
    assert "One civilian injured" in read(client)


@pytest.mark.parametrize("what", ["event", "source", "outlet"])
def test_to_change_what_a_moderator_is_reading(desk, review, draft, citation, source, outlet, what):
    row, typed = {
        "event": (draft, {"headline": "Ten bridges are closed"}),
        "source": (source, {"title": "The river falls"}),
        "outlet": (outlet, {"name": "The Mountain Post"}),
    }[what]
    read_before = shown_by(review.open(citation), "approve")
    desk.save(desk.open(row), **typed)

    response = review.send(citation, "approve", **read_before)

    assert "changed" in told(response)
    assert next(iter(typed.values())) in response.content.decode()
    assert fresh(citation).state == "pending"


def test_to_stage_a_looser_kind_and_have_the_only_citation_rejected(desk, review, client, published, manager):
    loose = KindFactory(name="Rumour")
    policy.set_policy(published.story, by=manager, seen=fresh(published.story).version, needed={loose.pk: 0})
    desk.save(desk.open(published), kind=loose.pk)
    citation = published.citations.get()

    response = review.send(citation, "reopen", **shown_by(review.open(citation), "reopen"))

    assert "Say what becomes of it" in response.content.decode()
    assert fresh(citation).state == "approved"
    assert "Single source" in read(client)


def test_to_delete_what_was_rejected_and_submit_the_same_again(desk, review, citation, moderator):
    moderation.reject(citation, by=moderator, seen=1, code="inexact", words="It says “shut”.")

    gone = desk.client.post(f"/desk/events/citation/{citation.pk}/delete/", {"post": "yes"})
    page = desk.get("events_citation_add")
    desk.save(page, event=citation.event.pk, source=citation.source.pk, quote=citation.quote)

    assert gone.status_code == 403
    assert [one.state for one in Citation.objects.order_by("pk")] == ["rejected", "pending"]
    assert "It says “shut”." in review.get("review").content.decode()


def test_to_reopen_the_only_approval_and_leave_readers_a_source(review, client, published):
    citation = published.citations.get()

    asked = review.send(citation, "reopen", **shown_by(review.open(citation), "reopen"))
    assert "Say what becomes of it" in asked.content.decode()

    review.send(citation, "reopen", **shown_by(review.open(citation), "reopen") | {"fate": "keep"})
    assert fresh(citation).state == "pending"
    assert "Unsupported" in read(client)
    assert "Single source" not in read(client)
