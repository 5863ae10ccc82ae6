"""What is said at the desk of the same words of one source: at forms, on the event's page, on review."""

import pytest

from events.editorial import moderation, writing
from tests.support.cast import approve_all, fresh
from tests.support.desk import Desk, filled_in
from tests.support.factories import CitationFactory

SAME = "the bridge was CLOSED"


@pytest.fixture
def desk(editor):
    return Desk(editor)


@pytest.fixture
def rejected(citation, moderator):
    moderation.reject(citation, by=moderator, seen=1, code="inexact", words="It says “shut” <b>now</b>.")
    return fresh(citation)


def said_after(response, desk):
    page = desk.client.get(response["Location"])
    return [str(message) for message in page.context["messages"]]


def approve(desk, citation):
    """Press the button as it stands on the page of ``citation``."""
    boxes = {box["verb"].name: box["form"] for box in desk.open(citation).context["verbs"]}
    typed = {field.name: field.value() for field in boxes["approve"]}
    sent = {name: value for name, value in typed.items() if value is not None}
    return desk.send(citation, "approve", **sent)


def cite(desk, event, source, quote=SAME):
    page = desk.get("events_citation_add")
    return said_after(desk.save(page, event=event.pk, source=source.pk, quote=quote), desk)


def test_saving_the_same_evidence_warns_with_the_way_to_the_other(desk, draft, citation, source):
    said = cite(desk, draft, source)[0]

    assert "Same evidence as" in said
    assert f'href="/desk/events/citation/{citation.pk}/change/"' in said
    assert "(pending): they count once." in said


def test_control_other_words_are_saved_without_a_warning(desk, draft, source):
    assert len(cite(desk, draft, source, "No car has crossed since.")) == 1


def test_so_does_a_row_of_the_event(desk, draft, citation, source):
    page = desk.open(draft)
    row = {"citations-TOTAL_FORMS": 2, "citations-1-source": source.pk, "citations-1-quote": SAME}
    rest = {"citations-1-stance": "supports", "citations-1-event": draft.pk}

    response = desk.client.post(page.request["PATH_INFO"], filled_in(page) | row | rest)

    assert "they count once" in said_after(response, desk)[0]
    assert draft.citations.count() == 2


def test_what_was_decided_on_these_words_before_is_said_in_words(desk, draft, rejected, source):
    (said, _) = cite(desk, draft, source)

    assert "Rejected: the quotation is not exact." in said
    assert "It says “shut” &lt;b&gt;now&lt;/b&gt;." in said
    assert "(moderator, " in said
    assert "inexact" not in said


def test_the_event_says_that_it_counts_once(desk, draft, citation, source, moderator):
    later = CitationFactory(event=draft, source=source, quote=SAME)
    approve_all(draft, moderator)

    page = desk.open(draft).content.decode()

    assert "2 approved; the same words of one source count once (1 more)" in page
    assert page.count("Same evidence as") == 1
    assert "Same evidence as" in desk.open(later).content.decode()
    assert "Same evidence as" not in desk.open(citation).content.decode()


def test_whoever_approves_it_is_told_that_readers_see_one(published, source, moderator):
    later = CitationFactory(event=published, source=source, quote=SAME)

    desk = Desk(moderator)

    assert "readers see one of them" in said_after(approve(desk, later), desk)[0]


def test_review_shows_what_was_decided_on_these_words_before(
    draft, rejected, source, other_moderator, editor
):
    CitationFactory(event=draft, source=source, quote=SAME)

    page = Desk(other_moderator).get("review")
    content = page.content.decode()

    (entry,) = page.context["shown"]
    assert [line["what"] for line in entry["past"]["same"]] == ["Rejected: the quotation is not exact"]
    assert [line["what"] for line in entry["past"]["own"]] == ["Submitted"]
    assert "These words were decided on before" in content
    assert "It says “shut” &lt;b&gt;now&lt;/b&gt;." in content
    assert "Quotation: The bridge was closed." in content
    assert "inexact" not in content.replace('value="inexact"', "")


def test_review_says_that_it_counts_once(draft, citation, source, moderator, other_moderator):
    moderation.approve(citation, by=moderator, seen=1)
    CitationFactory(event=draft, source=source, quote=SAME)

    content = Desk(other_moderator).get("review").content.decode()

    assert content.count("(approved): they count once.") == 1


def test_and_the_history_of_what_comes_again_with_the_words_it_was_about(rejected, editor, other_moderator):
    rejected.quote = "The bridge was shut."
    writing.save_citation(rejected, by=editor, seen=1)

    page = Desk(other_moderator).get("review")

    (entry,) = page.context["shown"]
    assert [line["what"] for line in entry["past"]["own"]] == [
        "Changed",
        "Rejected: the quotation is not exact",
        "Submitted",
    ]
    assert entry["past"]["same"] == []
    assert "Quotation: The bridge was closed." in page.content.decode()


def test_the_history_of_the_event_is_in_words_with_what_was_read(desk, draft, rejected):
    rejected.quote = "The bridge was shut."
    desk.save(desk.open(rejected), quote="The bridge was shut.")

    page = desk.open(draft).content.decode()

    assert "Rejected: the quotation is not exact" in page
    assert "Quotation: The bridge was closed." in page


def test_a_decision_on_its_own_page_is_in_words_with_what_was_read(admin_person, rejected):
    page = Desk(admin_person).open(rejected.decisions.first()).content.decode()

    assert "pending → rejected" in page
    assert "The quotation is not exact" in page
    assert "Quotation: The bridge was closed." in page
    assert "What it said then" in page


def test_of_another_moderator_nothing_is_asked_twice(desk, draft, rejected, source, moderator):
    """A control: that words were rejected before does not keep them from being decided on again."""
    cite(desk, draft, source)
    again = draft.citations.last()

    approve(Desk(moderator), again)

    assert fresh(again).state == "approved"
