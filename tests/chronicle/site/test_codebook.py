"""What marks mean is told on one page, to which every mark leads, with how that changed."""

import re

import pytest

from chronicle.documents import ACTIONS
from chronicle.models import Standing
from chronicle.site import codebook
from events.editorial import policy, texts
from tests.support.cast import fresh
from tests.support.counting import MOST, queries
from tests.support.factories import KindFactory, TextFactory
from tests.support.proposals import change
from tests.support.reading import words

CODEBOOK = "/the-flood/codebook/"


@pytest.mark.no_database
def test_each_standing_and_each_action_has_a_meaning():
    assert codebook.STANDINGS.keys() == set(Standing.values)
    assert codebook.DONE.keys() == ACTIONS.keys()


def test_every_mark_leads_to_what_it_means(client, published, source, editor, moderator, admin_person):
    change(source, editor, moderator, "Its title was wrong.", title="The river falls")
    there = set(re.findall(r' id="(\w+)"', client.get(CODEBOOK).content.decode()))

    led = {
        address: set(
            re.findall(rf'href="{CODEBOOK}#(\w+)"', client.get(address, follow=True).content.decode())
        )
        for address in ("/the-flood/day-3/", "/the-flood/entry/1/", "/the-flood/corrections/")
    }

    assert led["/the-flood/day-3/"] == {"single", "outlets"}
    assert led["/the-flood/entry/1/"] == {"single", "outlets", "first", "correction"}
    assert led["/the-flood/corrections/"] == {"correction"}
    assert set().union(*led.values()) <= there
    assert f'"{CODEBOOK}#outlets"' in client.get("/the-flood/outlet/1/", follow=True).content.decode()


def test_the_story_says_there_what_it_goes_by_and_its_own_words_with_their_editions(
    client, published, admin_person
):
    assert "An entry is published once 1 citation in its support is approved" in words(client.get(CODEBOOK))
    kind, story = fresh(published).kind, fresh(published.story)
    policy.set_policy(story, by=admin_person, seen=story.version, citations_needed=2, needed={kind.pk: 1})
    KindFactory(story=story, name="Nobody knows")
    text = TextFactory(name="codebook", published=True, title="Our marks", text="<p>Weighed by two.</p>")
    text.text = "<p>Weighed by three.</p>"
    texts.save_text(text, by=admin_person, seen=1)
    texts.publish_text(fresh(text), by=admin_person, seen=2, note="One more.")

    page = client.get(CODEBOOK)

    told = words(page)
    assert "Our marks Weighed by three." in told
    assert "once 2 citations in its support are approved" in told
    assert "Otherwise it is with these kinds: Damage (1)." in told
    assert "Nobody knows" not in told
    order = ["Correction", "put in: three.", "One more.", "Citations that an entry needs:", "Opened"]
    found = [told.rindex(each) for each in order]
    assert found == sorted(found)
    assert f'href="{CODEBOOK}changes/#compare"' in page.content.decode()
    assert "Weighed by taken out: two. put in: three." in words(client.get(f"{CODEBOOK}changes/"))
    assert queries(client, CODEBOOK) <= MOST
