"""What was sent back: a list of one's own, and the moderator's sentence at the citation itself."""

import pytest

from events.editorial import keeping, materials, moderation, writing
from tests.support.cast import fresh, make_event, make_person
from tests.support.desk import Desk
from tests.support.factories import EventFactory, MaterialFactory

SENTENCE = "It says “shut” <i>now</i>."


@pytest.fixture
def desk(editor):
    return Desk(editor)


def send_back(citation, moderator, words=SENTENCE):
    moderation.reject(citation, by=moderator, seen=citation.version, code="inexact", words=words)
    return fresh(citation)


@pytest.fixture
def sent_back(citation, moderator):
    return send_back(citation, moderator)


def titles(page, name="shown"):
    return [line["title"] for line in page.context[name]]


def test_an_empty_list_says_so(desk):
    page = desk.get("sent_back").content.decode()

    assert "Nothing was sent back to you." in page
    assert "Sent back to me" in desk.get("index").content.decode()
    assert 'class="count"' not in desk.get("index").content.decode()


def test_it_says_what_why_when_and_by_whom_and_leads_to_where_it_is_mended(desk, sent_back):
    page = desk.get("sent_back").content.decode()

    for words in (
        "1 waits for you to mend",
        "A bridge is closed",
        "The flood, day 3, 3 March 2021 · 14:30 · The Harbour Post",
        "The bridge was closed.",
        "The quotation is not exact.",
        "It says “shut” &lt;i&gt;now&lt;/i&gt;.",
        "moderator, ",
        f'href="/desk/events/citation/{sent_back.pk}/change/"',
    ):
        assert words in page
    assert "Lisbon time" in page
    assert "inexact" not in page
    today = desk.get("index").content.decode()
    for words in (
        "A bridge is closed",
        "The quotation is not exact.",
        "It says “shut” &lt;i&gt;now&lt;/i&gt;.",
    ):
        assert words in today


def test_it_is_gone_once_it_is_mended_and_back_when_it_is_sent_back_again(desk, sent_back, moderator):
    desk.save(desk.open(sent_back), quote="The bridge was shut.")
    assert titles(desk.get("sent_back")) == []

    send_back(fresh(sent_back), moderator, "Not that either.")

    page = desk.get("sent_back").content.decode()
    assert "Not that either." in page
    assert "It says “shut”" not in page
    assert titles(desk.get("sent_back")) == ["A bridge is closed"]


def test_what_one_ever_changed_is_ones_own_too_and_the_rest_is_of_others(
    desk, editor, other_editor, citation, moderator
):
    citation.quote = "Changed by somebody else."
    changed = writing.save_citation(citation, by=other_editor, seen=1)
    changed.quote = "Changed back."
    send_back(writing.save_citation(changed, by=editor, seen=2), moderator)
    third = make_person("third", "Editors")

    assert titles(Desk(other_editor).get("sent_back")) == ["A bridge is closed"]
    page = Desk(third).get("sent_back")
    assert (titles(page), titles(page, "others")) == ([], ["A bridge is closed"])
    assert "Sent back to others: 1" in page.content.decode()
    assert titles(desk.get("sent_back"), "others") == []


def test_the_last_sent_back_comes_first_twenty_a_page(desk, editor, day, kind, source, moderator):
    for number in range(22):
        event = make_event(editor, day, kind, headline=f"Event {number}", source=source)
        send_back(event.citations.get(), moderator)

    assert titles(desk.get("sent_back")) == [f"Event {number}" for number in range(21, 1, -1)]
    assert titles(desk.get("sent_back", page=2)) == ["Event 1", "Event 0"]


@pytest.mark.parametrize("many", [1, 20])
def test_it_takes_as_many_queries_for_twenty_as_for_one(
    desk, editor, source, moderator, many, django_assert_max_num_queries
):
    for number in range(many):
        event = EventFactory(by=editor, headline=f"Event {number}", source=source)
        send_back(event.citations.get(), moderator)
    desk.get("sent_back")

    with django_assert_max_num_queries(12):
        desk.get("sent_back")


def test_a_medium_is_sent_back_too(desk, editor, moderator, media_folder):
    material = MaterialFactory()
    materials.reject(material, by=moderator, seen=2, code="alt_unlike", words="It shows two bridges.")

    page = desk.get("sent_back").content.decode()
    own = desk.open(material).content.decode()

    for words in ("Its alternative text does not say what it shows.", "It shows two bridges."):
        assert words in page
        assert words in own
    assert f'href="/desk/events/material/{material.pk}/change/"' in page


def test_what_is_of_a_discarded_event_is_not_in_it(desk, sent_back, editor):
    keeping.discard(sent_back.event, by=editor, seen=1, reason="Told twice.")

    assert titles(desk.get("sent_back")) == []


def test_it_is_for_those_who_may_mend_something(moderator, sent_back):
    assert Desk(moderator).get("sent_back").status_code == 403
    assert "Sent back to me" not in Desk(moderator).get("index").content.decode()


def test_nobody_who_is_not_signed_in_sees_it(client, sent_back):
    assert client.get("/desk/sent-back/").status_code == 302


def test_the_moderators_sentence_stands_above_what_is_to_be_mended(desk, sent_back):
    for page in (desk.open(sent_back), desk.open(sent_back.event)):
        content = page.content.decode()
        verdict, field = content.index("says-why"), content.index("The bridge was closed.</textarea>")
        assert verdict < field
        assert "The quotation is not exact." in content
        assert "It says “shut” &lt;i&gt;now&lt;/i&gt;." in content
        assert "Mend it below: saving it sends it to review again." in content


def test_its_row_is_edged_and_the_others_are_not(desk, sent_back, source, editor):
    writing.save_citation(
        type(sent_back)(event=sent_back.event, source=source, quote="No car has crossed since."), by=editor
    )

    assert desk.open(sent_back.event).content.decode().count("is-back") == 1


def test_it_is_no_longer_there_once_it_is_mended(desk, sent_back):
    desk.save(desk.open(sent_back), quote="The bridge was shut.")

    for page in (desk.open(sent_back), desk.open(sent_back.event)):
        assert "says-why" not in page.content.decode()


def test_who_may_only_look_is_not_asked_to_mend(moderator, sent_back):
    page = Desk(moderator).open(sent_back.event).content.decode()

    assert "The quotation is not exact." in page
    assert "Mend it below" not in page
