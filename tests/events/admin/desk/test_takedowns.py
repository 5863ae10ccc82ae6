"""The screens of takedowns: asking for one, the list of them, and the page on which another confirms it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from chronicle.models import Edition
from events.admin.desk import takedowns as takedowns_page
from events.admin.takable import MOST_DECISIONS
from events.editorial import policy, takable, takedowns, writing
from events.editorial.takedowns import Part
from events.erasing import job
from events.models import Decision, Takedown
from events.models.takedown import ROWS
from tests.support.cast import publish
from tests.support.desk import Desk, told
from tests.support.factories import (
    ActorFactory,
    CitationFactory,
    EventFactory,
    KindFactory,
    MaterialFactory,
    PersonFactory,
    PlaceFactory,
    StoryFactory,
    TextFactory,
    fresh,
)
from tests.support.proposals import propose
from tests.support.reading import text_of

WORDS = "Canarybird"
"""In what is taken down."""


@pytest.fixture
def boss(db):
    return PersonFactory(admin=True)


@pytest.fixture
def other(db):
    return PersonFactory(username="other-boss", is_superuser=True)


@pytest.fixture
def desk(boss):
    return Desk(boss)


@pytest.fixture
def event(db):
    """Published."""
    return EventFactory(published=True, headline=f"{WORDS} sings", quote=f"It was a {WORDS}.")


def address_of(row):
    return reverse(f"admin:events_{row._meta.model_name}_take_down", args=[row.pk])


def ask(desk, row, **typed):
    sent = {"seen": fresh(row).version, "what": "whole", "reason": "A court says so.", **typed}
    return desk.client.post(address_of(row), sent, follow=True)


def send(desk, takedown, deed, **typed):
    data = {"deed": deed, "seen": fresh(takedown).version, "slug": takedown.story.slug, **typed}
    return desk.client.post(f"/desk/takedowns/{takedown.pk}/", data, follow=True)


def said(response):
    return text_of(response.content.decode())


def asked_for(row, by, **how):
    part = takable.part_of_row(row)
    return takedowns.ask(row.story, [part], by=by, **{"reason": "A court says so."} | how)


def confirmed(row, by, other):
    return takedowns.confirm(asked_for(row, by), by=other, seen=1)


def test_nothing_yet_is_said_so(desk):
    assert "Nothing was ever taken down here" in said(desk.get("takedowns"))


@pytest.fixture
def corrected(event, editor):
    """The event, published anew in other words: what stood in its first edition is in no other."""
    seen = fresh(event)
    seen.headline = "A bridge is closed"
    writing.save_event(seen, by=editor, seen=seen.version)
    publish(fresh(event), editor, note="Said otherwise.")
    return fresh(event)


def rows(event):
    """A row of each model that can be taken down."""
    citation = CitationFactory(event=event, source=event.citations.get().source, quote="It is new.")
    source = citation.source
    return {
        "event": event,
        "day": event.day,
        "citation": citation,
        "source": source,
        "outlet": source.outlet,
        "place": PlaceFactory(name="The dam"),
        "actor": ActorFactory(),
        "kind": event.kind,
        "text": TextFactory(),
        "material": MaterialFactory(),
        "proposal": propose(source, PersonFactory(editor=True), title="Otherwise"),
    }


def test_every_row_that_can_go_leads_to_where_one_asks(desk, event, editor, media_folder):
    found = rows(event)
    assert set(found) == set(ROWS)
    for row in found.values():
        assert f'href="{address_of(row)}"' in desk.open(row).content.decode()
        assert f'href="{address_of(row)}"' not in Desk(editor).open(row).content.decode()
        page = desk.client.get(address_of(row))
        assert (page.status_code, page.context["against"]) == (200, "")


def test_what_was_taken_down_leads_nowhere_and_says_why(desk, event, boss, other):
    confirmed(event, boss, other)

    assert "Take down for good" not in desk.open(event).content.decode()
    page = desk.client.get(address_of(event))
    assert "This was taken down" in said(page)
    assert 'name="reason"' not in page.content.decode()
    assert "This was taken down" in told(ask(desk, event))


def test_only_administrators_come_in(editor, moderator, manager, event, boss):
    made = asked_for(KindFactory(name="Rescue"), boss)
    for person in (editor, moderator, manager):
        desk = Desk(person)
        assert desk.get("takedowns").status_code == 403
        assert desk.get("takedown", made.pk).status_code == 404
        assert desk.client.get(address_of(event)).status_code == 404
        assert desk.client.post(address_of(event), {"reason": "No."}).status_code == 404
        assert send(desk, made, "confirm").status_code == 404
        assert "Takedowns" not in said(desk.get("index"))
    assert Takedown.objects.get().state == "asked"


def test_it_says_what_would_go_and_what_is_not_reached(desk, event, other):
    CitationFactory(event=event, source=event.citations.get().source, quote="It stayed open.")

    page = said(desk.client.get(address_of(event)))

    assert f"entry/1: {WORDS} sings" in page
    assert "“It stayed open.”" in page
    assert "backups, archived logs and replicas" in page
    assert "Another administrator confirms it: other-boss" in page


def test_one_asks_for_all_of_it(desk, event, other):
    page = ask(desk, event, legal="on", order_reference="4 O 12/26")

    assert told(page) == "Asked for. Nothing is taken before another administrator confirms it."
    made = Takedown.objects.get()
    assert page.redirect_chain[-1][0] == f"/desk/takedowns/{made.pk}/"
    assert (made.legal, made.order_reference, made.reason) == (True, "4 O 12/26", "A court says so.")
    assert [str(part) for part in made.parts.all()] == ["entry/1"]
    assert "Another administrator confirms it: other-boss . You asked for it." in said(page)


def test_one_asks_for_what_readers_never_saw_by_its_row(desk, draft):
    page = ask(desk, draft)

    assert [str(part) for part in Takedown.objects.get().parts.all()] == [f"event/{draft.pk}"]
    assert "What goes" not in said(desk.client.get(address_of(draft)))
    assert f"event/{draft.pk} as a whole" in said(page)


def test_one_asks_for_editions_but_not_for_the_latest(desk, corrected):
    page = desk.client.get(address_of(corrected))
    assert "the latest, which readers see: correct it first" in said(page)
    assert page.content.decode().count(" disabled") == 1

    response = ask(desk, corrected, what="editions", editions=["2"])
    assert told(response).startswith("Edition 2 of “entry/1” is its latest")
    assert "A court says so." in response.content.decode()

    assert "edition 1 alone" in said(ask(desk, corrected, what="editions", editions=["1"]))
    assert Takedown.objects.get().parts.get().editions == [1]


def test_an_edition_that_was_taken_is_not_offered_again(desk, corrected, boss, other):
    asked = takedowns.ask(corrected.story, [Part("entry/1", (1,))], by=boss, reason="A court says so.")
    takedowns.confirm(asked, by=other, seen=1)

    assert "(taken down already)" in said(desk.client.get(address_of(corrected)))
    assert "has no edition 1" in told(ask(desk, corrected, what="editions", editions=["1"]))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"reason": " "}, "This field is required."),
        ({"what": "editions"}, "Check which editions go."),
        ({"editions": ["1"]}, "Editions are checked below"),
        ({"what": "editions", "editions": ["9"]}, "9 is not one of the available choices"),
        ({"what": "editions", "editions": ["x"]}, "not one of the available choices"),
        ({"order_reference": "4 O 12/26"}, "Only a takedown by a legal order refers to one."),
        ({"seen": "77"}, "Somebody has changed this since you opened it"),
        ({"reason": "x" * 2001}, "2,000"),
        ({"reason": "Kept\0here"}, "Null characters are not allowed"),
    ],
)
def test_what_is_refused_comes_back_with_why_and_what_was_typed(desk, corrected, typed, sentence):
    response = ask(desk, corrected, **{"reason": "Kept as typed.", **typed})

    assert sentence in said(response)
    assert typed.get("reason", "Kept as typed.").strip("\0 ")[:4] in response.content.decode()
    assert f'name="seen" value="{corrected.version}"' in response.content.decode() or "seen" not in typed
    assert not Takedown.objects.exists()


def test_a_citation_that_readers_saw_goes_with_its_event(desk, event):
    citation = event.citations.get()
    page = desk.client.get(address_of(citation))
    assert "Readers saw it as a citation of entry/1" in said(page)
    assert "Readers saw it as a citation of entry/1" in told(ask(desk, citation))


def test_whoever_is_alone_is_told_the_command(desk, event):
    command = "manage.py take_down the-flood entry/1 --reason '…' --by admin"
    assert command in said(desk.client.get(address_of(event)))

    page = said(ask(desk, event))
    assert "There is no other administrator who could confirm it." in page
    assert command in page


def test_another_confirms_by_typing_of_which_story_it_is(desk, event, boss, other):
    ask(desk, event)
    made, second = Takedown.objects.get(), Desk(other)
    assert 'name="slug"' not in desk.get("takedown", made.pk).content.decode()
    assert told(send(desk, made, "confirm")) == takedowns.OWN

    wrong = send(second, made, "confirm", slug="the-fire")
    assert "That is not the story: type the-flood" in said(wrong)
    assert 'value="the-fire"' in wrong.content.decode()
    assert fresh(made).state == "asked"

    page = send(second, made, "confirm")
    assert told(page).startswith("Confirmed: readers and the desk see none of it.")
    assert "0 of 5 steps are done" in said(page)
    assert "No worker is running" in said(page)
    assert "events/progress.js" in page.content.decode()
    assert Edition.objects.latest("seq").action == "takedown"


def test_it_is_taken_back_by_either(desk, event, other):
    for who in (desk, Desk(other)):
        ask(desk, event)
        made = Takedown.objects.latest("pk")
        assert told(send(who, made, "take-back", seen=9)).startswith("Somebody has changed this")
        page = send(who, made, "take-back")
        assert told(page) == "Taken back: nothing was taken down."
        assert 'value="confirm"' not in page.content.decode()
        assert "You cannot confirm this takedown" in told(send(Desk(other), made, "confirm"))


def test_why_can_be_erased_once_it_is_done(desk, event, boss, other):
    made = confirmed(event, boss, other)
    assert "Erase why" not in said(desk.get("takedown", made.pk))
    Takedown.objects.update(state="done", step="", done_at=timezone.now())
    assert "Done" in said(desk.get("takedown", made.pk))

    page = send(desk, made, "erase-reason")

    assert told(page).startswith("Erased:")
    assert "A court says so." not in page.content.decode()
    assert (fresh(made).reason, fresh(made).state) == ("", "erasing")


@pytest.mark.django_db(transaction=True)
def test_the_worker_brings_it_to_its_end(desk, event, boss, other):
    made = confirmed(event, boss, other)
    job.erase(made.pk, timezone.now())

    page = desk.get("takedown", made.pk)
    assert "the words are in no row and no file of this server" in said(page)
    assert "<progress" not in page.content.decode()
    assert "progress.js" not in page.content.decode()


def test_no_page_has_a_word_of_it_once_it_is_confirmed(desk, event, boss, other):
    asked = asked_for(event, boss)
    pages = [reverse("admin:takedowns"), f"/desk/takedowns/{asked.pk}/", address_of(event), "/desk/"]
    first = [desk.client.get(page).content.decode() for page in pages]
    # Control: what would go is shown to who asks, and nowhere else.
    assert [WORDS in page for page in first] == [False, False, True, False]

    answers = [send(Desk(other), asked, "confirm"), *(desk.client.get(page) for page in pages)]

    assert not any(WORDS in answer.content.decode() for answer in answers)


def test_what_is_not_there_is_not_found(desk, event, boss):
    assert desk.get("takedown", 99).status_code == 404
    assert desk.client.get(f"/desk/events/event/{event.pk + 99}/take-down/").status_code == 404
    made = asked_for(KindFactory(name="Rescue"), boss)
    assert send(desk, made, "burn").status_code == 404


def test_the_list_has_them_by_their_state(desk, boss, other, event):
    kinds = [KindFactory(name=f"{WORDS} {number}") for number in range(4)]
    asked = [asked_for(kind, boss, legal=kind == kinds[0]) for kind in kinds]
    takedowns.confirm(asked[1], by=other, seen=1)
    takedowns.take_back(asked[2], by=boss, seen=1)
    takedowns.confirm(asked[3], by=other, seen=1)
    Takedown.objects.filter(pk=asked[3].pk).update(state="done", step="", done_at=timezone.now())

    page = said(desk.get("takedowns"))

    places = [
        page.index(words)
        for words in ("Waiting for another", "Being erased", "0 of 5 steps", "Done Takedown", "Taken back")
    ]
    assert places == sorted(places)
    assert "by a legal order" in page
    assert WORDS not in page


def test_the_list_has_pages(desk, boss, django_assert_max_num_queries):
    for number in range(21):
        asked_for(KindFactory(name=f"Kind {number}"), boss)

    with django_assert_max_num_queries(20):
        first = desk.get("takedowns")
    assert "Page 1 of 2 Older" in said(first)
    assert len(first.context["shown"]) == 20

    last = desk.get("takedowns", page=2)
    assert "Newer Page 2 of 2" in said(last)
    assert [line["takedown"] for line in last.context["shown"]] == [Takedown.objects.earliest("pk")]


def test_the_header_counts_what_waits_for_a_second_administrator(desk, boss, other, editor):
    asked_for(KindFactory(name="Rescue"), boss)

    assert desk.get("index").context.get("waiting_takedowns", 0) == 0
    assert Desk(other).get("index").context["waiting_takedowns"] == 1
    assert "Takedowns 1" in said(Desk(other).get("events_event_changelist"))
    assert Desk(editor).get("index").context.get("waiting_takedowns", 0) == 0


def test_the_pages_cost_the_same_however_much_rests_on_it(desk, event, boss, django_assert_max_num_queries):
    source = event.citations.get().source
    for number in range(8):
        CitationFactory(event=event, source=source, quote=f"Quote {number}.")
    with django_assert_max_num_queries(40):
        desk.client.get(address_of(event))
    made = asked_for(event, boss)
    with django_assert_max_num_queries(40):
        desk.get("takedown", made.pk)


def test_the_decisions_tell_of_it(desk, boss):
    made = asked_for(KindFactory(name="Rescue"), boss)
    assert f"Takedown {made.pk}" in said(desk.get("events_decision_changelist"))
    assert desk.open(made.decisions.get()).status_code == 200


def test_where_readers_have_it_is_named_by_its_address(story):
    assert [takedowns_page.address_of(story, subject) for subject in SUBJECTS] == [
        "/the-flood/entry/4/",
        "/the-flood/day-3/",
        "/the-flood/about/",
        "/the-flood/place/2/",
        "/the-flood/asset/1/",
        "",
    ]


SUBJECTS = ("entry/4", "page/2021-03-03", "text/about", "place/2", "asset/1", "")


def address_of_decisions(*decisions):
    return f"/desk/events/decision/take-down/?{'&'.join(f'decision={each.pk}' for each in decisions)}"


def with_words(event):
    """The decisions on its citation, which keep what that said."""
    return list(event.citations.get().decisions.filter(words__text__contains=WORDS).distinct().order_by("pk"))


def test_words_of_decisions_are_chosen_in_their_list_and_asked_for_at_once(desk, event, boss, other):
    decisions = with_words(event)
    keys = [each.pk for each in decisions]
    listed = "/desk/events/decision/"
    assert f'href="{address_of_decisions(decisions[0])}"' in desk.open(decisions[0]).content.decode()

    chosen = {"action": "take_words_down", "_selected_action": keys}
    page = desk.client.post(listed, chosen, follow=True)
    assert f"It was a {WORDS}." in said(page)
    [[address, _]] = page.redirect_chain
    page = desk.client.post(address, {"reason": "A court says so."}, follow=True)

    assert told(page) == "Asked for. Nothing is taken before another administrator confirms it."
    made = Takedown.objects.get()
    assert [part.row for part in made.parts.all()] == [f"decision/{key}" for key in sorted(keys)]
    assert f"decision/{keys[0]} its words" in said(page)
    assert told(send(Desk(other), made, "confirm")).startswith("Confirmed")
    assert not with_words(event)
    assert "taken down already, or never had words" in said(desk.client.get(address))
    assert "take-down" not in desk.open(decisions[0]).content.decode()


def test_words_of_decisions_are_for_who_may_ask(event, boss, editor, manager):
    [decision, *_] = with_words(event)
    for person in (editor, manager):
        page = Desk(person).client.get("/desk/events/decision/")
        assert (page.status_code, "take_words_down" in page.content.decode()) == (200, False)
        assert Desk(person).client.get(address_of_decisions(decision)).status_code == 404
    assert "take_words_down" in Desk(boss).client.get("/desk/events/decision/").content.decode()


def test_what_names_no_decision_is_not_found(desk):
    for asked in ("", "?decision=0", "?decision=x", "?decision=" + "9" * 30):
        assert desk.client.get(f"/desk/events/decision/take-down/{asked}").status_code == 404


def test_decisions_of_one_chronicle_at_once(desk, event):
    another = StoryFactory(slug="another")
    policy.set_policy(another, by=PersonFactory(admin=True), seen=another.version, citations_needed=2)
    both = [*with_words(event), another.decisions.get(verb="set policy")]
    assert "in several chronicles" in said(desk.client.get(address_of_decisions(*both)))


def test_no_more_decisions_at_once_than_a_page_shows(desk, event, monkeypatch):
    monkeypatch.setattr("events.admin.desk.asking_of_decisions.MOST", 1)
    assert "more than" in said(desk.client.get(address_of_decisions(*with_words(event))))


def test_of_many_that_are_chosen_none_with_words_is_left_out(desk, event, editor):
    Decision.objects.bulk_create(
        Decision(event=event, told_in=event.story, verb="submit", by=editor, version=1)
        for _ in range(MOST_DECISIONS + 1)
    )
    decisions = with_words(event)
    chosen = {"action": "take_words_down", "select_across": "1", "_selected_action": [decisions[0].pk]}

    page = said(desk.client.post("/desk/events/decision/", chosen, follow=True))

    assert [each for each in decisions if f"decision/{each.pk}:" not in page] == []


def test_what_is_missing_when_asking_for_decisions_is_said_beside_it(desk, event):
    [decision, *_] = with_words(event)
    page = desk.client.post(address_of_decisions(decision), {"reason": " ", "legal": "on"})
    assert "This field is required." in said(page)
    assert not Takedown.objects.exists()
