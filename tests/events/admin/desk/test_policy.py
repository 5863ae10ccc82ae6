"""The page of a story's policy: who is led to it, and what it says is published below it."""

import pytest
from django.urls import reverse

from events.editorial import moderation
from events.models import Decision
from tests.support.cast import fresh, make_member
from tests.support.desk import Desk
from tests.support.factories import CitationFactory, StoryFactory
from tests.support.reading import text_of


@pytest.fixture
def desk(story):
    return Desk(make_member("our-manager", story, "manager"))


def test_the_desk_leads_a_manager_to_it(desk, story):
    other = StoryFactory(slug="the-fire", title="The fire")
    address, others = (reverse("admin:policy", args=[each.pk]) for each in (story, other))

    index = desk.get("index").text
    assert f'href="{address}"' in index
    assert f'href="{others}"' not in index
    assert f'href="{address}"' in desk.open(story).text


@pytest.mark.parametrize("who", ["editor", "moderator"])
def test_nobody_else_is_led_to_it(request, who, story):
    desk = Desk(request.getfixturevalue(who))

    assert "/policy/" not in desk.get("index").text + desk.open(story).text


def test_the_same_evidence_twice_is_listed_as_below_it(desk, published, citation, source, editor, moderator):
    story = published.story
    again = CitationFactory(by=editor, event=published, source=source, quote=citation.quote.upper())
    moderation.approve(again, by=moderator, seen=1)

    sent = {
        "seen": fresh(story).version,
        "citations_needed": 2,
        "recheck": "before",
        f"kind-{published.kind_id}": "",
    }
    assert desk.post("policy", story.pk, data=sent).status_code == 302
    page = text_of(desk.get("policy", story.pk).text)

    assert "1 event that readers see has fewer approved citations than this asks for." in page
    assert "A bridge is closed 1 of 2" in page
    assert Decision.objects.get(story=story, verb="set policy").by.username == "our-manager"
