"""The list of citations to review."""

import pytest
from django.contrib.auth.models import Permission

from events.editorial import moderation, reading, writing
from events.editorial.moderation import KEEP, Fate
from events.models import Citation
from events.models.decision import LONGEST_NOTE
from tests.support.cast import fresh, make_event, make_person
from tests.support.desk import Desk, told
from tests.support.forms import forms_of

TYPED = "  “Shut”, he said: 'It's <b>shut</b> & \"barred\"'.\n\n['in brackets']\t&amp; Şuşa — शूशा 🜂\n "


@pytest.fixture
def desk(moderator):
    return Desk(moderator)


def decide(desk, citation, verb, seen=None, **typed):
    version = fresh(citation).version if seen is None else seen
    shown = reading.shown_of(Citation.objects.get(pk=citation.pk))
    posted = {"citation": citation.pk, "verb": verb, "seen": version, "shown": shown}
    return desk.post("review", data={**posted, **typed})


def listed(page):
    return [entry["citation"] for entry in page.context["shown"]]


def test_shows_what_the_event_says_over_what_the_source_says(desk, citation):
    content = desk.get("review").content.decode()

    for words in (
        "A bridge is closed",
        '<p dir="auto">The city closed the bridge.</p>',
        "The bridge was closed.",
        "The river rises",
        "The Harbour Post",
        "4 March 2021",
        "B: usually reliable",
    ):
        assert words in content


def test_shows_a_translation_with_who_made_it(desk, citation):
    words = {"translation": "A ponte foi fechada.", "translation_language": "pt", "translated_by": "the desk"}
    Citation.objects.update(**words)

    content = desk.get("review").content.decode()

    assert "A ponte foi fechada." in content
    assert "pt, by the desk" in content


def test_the_oldest_come_first_ten_a_page(desk, editor, day, kind, source):
    for n in range(12):
        make_event(editor, day, kind, headline=f"Event {n}", source=source)

    assert [str(citation.event) for citation in listed(desk.get("review"))] == [
        f"Event {n}" for n in range(10)
    ]
    assert len(listed(desk.get("review", page=2))) == 2


def test_approves_and_comes_back_to_the_list(desk, citation):
    response = decide(desk, citation, "approve")

    assert response.status_code == 302
    assert fresh(citation).state == "approved"
    assert listed(desk.get("review")) == []


def test_rejects_with_reason_and_words(desk, citation):
    decide(desk, citation, "reject", code="inexact", words="It says “shut”.")

    assert fresh(citation).state == "rejected"


def test_a_rejection_without_a_reason_keeps_its_words_in_the_open_form(desk, citation):
    response = decide(desk, citation, "reject", code="", words="It says “shut”.")

    assert "What is missing or wrong stands beside it" in told(response)
    assert "This field is required." in response.content.decode()
    assert "It says “shut”." in response.content.decode()
    assert "<details open>" in response.content.decode()
    assert fresh(citation).state == "pending"


def test_words_typed_about_what_somebody_else_decided_come_back(desk, citation, other_moderator):
    moderation.approve(citation, by=other_moderator, seen=1)

    response = decide(desk, citation, "reject", code="inexact", words="It says “shut”.")

    assert "it is approved" in told(response)
    assert listed(response) == [citation]
    assert "It says “shut”." in response.content.decode()


def test_refuses_to_approve_words_that_were_not_on_the_page(desk, citation, editor):
    citation.quote = "Other words."
    writing.save_citation(citation, by=editor, seen=1)

    response = decide(desk, citation, "approve", seen=1)

    assert "Somebody has changed this" in told(response)
    assert fresh(citation).state == "pending"


def test_ones_own_are_listed_apart_whoever_changed_them_last(both, editor, draft, citation):
    citation.quote = "Changed by somebody who is a moderator too."
    changed = writing.save_citation(citation, by=both, seen=1)
    changed.quote = "And changed back."
    writing.save_citation(changed, by=editor, seen=2)

    page = Desk(both).get("review")

    assert listed(page) == []
    assert list(page.context["own"]) == [citation]
    assert "Yours: another moderator decides" in page.content.decode()
    assert page.context["waiting"] == 0


def test_the_count_stands_in_the_header_of_every_page(desk, citation):
    assert 'Review <b class="count">1</b>' in desk.get("index").content.decode()


def test_it_is_not_for_editors(editor):
    desk = Desk(editor)

    assert desk.get("review").status_code == 403
    assert "Review" not in desk.get("index").content.decode()


@pytest.mark.parametrize(
    "data", [{}, {"citation": "x", "verb": "approve"}, {"citation": "1", "verb": "publish"}]
)
def test_what_is_no_decision_is_not_found(desk, citation, data):
    assert desk.post("review", data=data).status_code == 404


def test_takes_as_many_queries_for_ten_as_for_one(
    desk, editor, day, kind, source, django_assert_max_num_queries
):
    for n in range(10):
        make_event(editor, day, kind, headline=f"Event {n}", source=source)
    desk.get("review")
    assert Citation.objects.count() == 10

    with django_assert_max_num_queries(15):
        desk.get("review")


@pytest.fixture
def asked_again(published, editor):
    """A citation of what readers see, which they see as it was approved: its editor quoted anew."""
    citation = published.citations.get()
    citation.quote = "The bridge is shut."
    return writing.save_citation(citation, by=editor, seen=1)


def test_to_reject_what_an_event_rests_on_asks_what_becomes_of_it(desk, client, asked_again):
    typed = {"code": "inexact", "words": "It says “shut”."}

    response = decide(desk, asked_again, "reject", **typed)
    assert "Unsupported" not in client.get("/the-flood/entry/1/").content.decode()

    assert "What is missing or wrong stands beside it" in told(response)
    assert "What becomes of it?" in response.content.decode()
    assert fresh(asked_again).state == "pending"

    assert decide(desk, asked_again, "reject", fate="keep", **typed).status_code == 302
    assert fresh(asked_again).state == "rejected"
    assert "Unsupported" in client.get("/the-flood/entry/1/").content.decode()


def test_to_withdraw_it_in_the_same_step_takes_a_reason_for_readers(desk, client, asked_again):
    typed = {"code": "inexact", "words": "It says “shut”.", "fate": "withdraw"}

    response = decide(desk, asked_again, "reject", fate_reason="", **typed)

    assert "Say why, in a sentence that readers will see in its place." in response.content.decode()
    assert client.get("/the-flood/entry/1/").status_code == 200

    decide(desk, asked_again, "reject", fate_reason="No source says so.", **typed)
    page = client.get("/the-flood/entry/1/")
    assert page.status_code == 410
    assert "No source says so." in page.content.decode()


def reader(codename):
    person = make_person("reader")
    person.user_permissions.add(Permission.objects.get(codename=codename))
    return person


@pytest.mark.parametrize(
    ("sentence", "sent"),
    [
        ("Somebody has changed this", {"seen": 0}),
        ("You may not reject this", {}),
        ("it is approved", {}),
        ("stands beside it", {"seen": "x"}),
        ("stands beside it", {"seen": "9" * 5_000}),
        ("stands beside it", {"code": ""}),
        ("stands beside it", {"words": " \n "}),
        ("stands beside it", {"words": "before\0after"}),
        ("stands beside it", {"words": TYPED * LONGEST_NOTE}),
    ],
)
def test_a_refused_rejection_gives_back_what_was_typed(moderator, published, sentence, sent):
    citation, person = published.citations.get(), moderator
    if "approved" not in sentence:
        moderation.reopen(citation, by=moderator, seen=1, fate=Fate(KEEP))
    if "may not" in sentence:
        person = reader("approve_citation")
    typed = {"seen": 1, "code": "inexact", "words": TYPED, **sent}

    response = decide(Desk(person), citation, "reject", **typed)

    assert sentence in told(response)
    (back,) = [held for _, held in forms_of(response) if "words" in held]
    assert back.pop("shown")
    assert back == {"citation": str(citation.pk), "code": typed["code"], "words": typed["words"], "seen": "1"}
