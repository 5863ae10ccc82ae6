"""A citation is sent back: its author finds it, sees why where it is mended, and what waits again says so."""

import pytest
from playwright.sync_api import expect

from events.editorial import keeping, moderation
from tests.support.browser import open_at, sign_in
from tests.support.cast import fresh
from tests.support.factories import CitationFactory

SENTENCE = "The passage gives 40 boats, not 14. Is the 14 from the Harbour Office?"


@pytest.fixture
def sent_back(citation, moderator):
    moderation.reject(citation, by=moderator, seen=1, code="not_in_source", words=SENTENCE)
    return fresh(citation)


def test_an_author_mends_what_was_sent_back(page, live_server, editor, sent_back):
    sign_in(page, live_server, editor)
    page.click("text=Sent back to me")
    page.click("article >> text=Mend")
    assert SENTENCE in page.inner_text(".says-why")

    page.fill("[name=quote]", "Some 40 boats had broken loose.")
    page.click("[name=_save]")

    page.wait_for_selector(".messagelist .success")
    expect(page.locator(".says-why")).to_have_count(0)
    assert fresh(sent_back).state == "pending"


@pytest.mark.parametrize("width", [1280, 390])
def test_what_is_new_at_the_desk_is_for_everyone(page, live_server, both, editor, sent_back, axe, width):
    same = CitationFactory(event=sent_back.event, source=sent_back.source, by=editor)
    away = CitationFactory(event=sent_back.event, source=sent_back.source, quote="It was shut.", by=editor)
    keeping.take_back(away, by=editor, seen=1, words="A better one follows.")
    sign_in(page, live_server, both)

    for path in (
        "",
        "sent-back/",
        "review/",
        f"events/event/{sent_back.event_id}/change/",
        f"events/citation/{sent_back.pk}/change/",
        f"events/citation/{same.pk}/change/",
        f"events/citation/{away.pk}/change/",
    ):
        open_at(page, live_server, path, width)
        for summary in page.locator(".past summary, .others summary, summary:has-text('History')").all():
            summary.click()
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert axe(page) == [], path
