"""Review: citations, media and proposed changes that wait for a moderator."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from events.admin.desk import queue
from events.editorial import moderation, reading, undoing, writing
from events.editorial.moderation import KEEP, Fate
from events.models import Citation
from events.models.decision import LONGEST_NOTE
from tests.support.cast import fresh, make_event, make_person
from tests.support.copying import like
from tests.support.desk import Desk, told
from tests.support.factories import (
    CitationFactory,
    EventFactory,
    MaterialFactory,
    OutletFactory,
    SourceFactory,
)
from tests.support.forms import forms_of
from tests.support.proposals import propose

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
    return [entry["row"] for entry in page.context["shown"]]


def test_shows_what_the_event_says_over_what_the_source_says(desk, citation):
    content = desk.get("review").content.decode()

    for words in (
        "A bridge is closed",
        "The city <mark>closed</mark> the <mark>bridge</mark>.",
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


def test_the_oldest_comes_first_and_the_others_stand_beside_it(desk, editor, day, kind, source):
    for n in range(12):
        make_event(editor, day, kind, headline=f"Event {n}", source=source)

    page = desk.get("review")

    assert [line.head.title for line in page.context["queue"]] == [f"Event {n}" for n in range(12)]
    assert [str(citation.event) for citation in listed(page)] == ["Event 0"]


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
    assert '<details class="rejecting" open>' in response.content.decode()
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
    assert [line.one.pk for line in page.context["own"]] == [citation.pk]
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


def test_takes_as_many_queries_for_many_as_for_one(
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
    chosen = {"code": typed["code"]} if typed["code"] else {}
    assert back == {"citation": str(citation.pk), "words": typed["words"], "seen": "1", **chosen}


def test_a_decision_leads_to_the_next_and_offers_to_undo_it(desk, editor, day, kind, source):
    first, second = (make_event(editor, day, kind, headline=f"Event {n}", source=source) for n in range(2))
    citation = first.citations.get()

    page = follow(desk, decide(desk, citation, "approve"))

    assert [str(shown.event) for shown in listed(page)] == ["Event 1"]
    assert told(page) == "Approved: “Event 0”."
    assert page.context["undoable"]["pk"] == citation.pk
    undone = follow(desk, decide(desk, citation, "undo"))
    assert fresh(citation).state == "pending"
    assert listed(undone) == [citation]
    assert citation.decisions.first().verb == "undo"
    assert second.citations.get().state == "pending"


def follow(desk, response):
    assert response.status_code == 302
    return desk.client.get(response["Location"])


def test_it_cannot_be_undone_later_or_by_somebody_else(desk, citation, other_moderator, monkeypatch):
    decide(desk, citation, "approve")

    other = follow(desk, decide(Desk(other_moderator), citation, "undo"))
    assert fresh(citation).state == "approved"
    monkeypatch.setattr(undoing, "UNDO_WITHIN", timedelta(0))
    late = follow(desk, decide(desk, citation, "undo"))

    assert "It is too late to undo this." in late.content.decode()
    assert other.status_code == 200
    assert fresh(citation).state == "approved"


def test_what_readers_saw_before_is_not_undone_by_hiding_it(desk, asked_again):
    decide(desk, asked_again, "approve")

    page = follow(desk, decide(desk, asked_again, "undo"))

    assert "it had been approved before, and readers would lose" in told(page)
    assert fresh(asked_again).state == "approved"


def test_to_undo_an_approval_that_was_printed_prints_its_counterpart(desk, client, published, source, editor):
    citation = CitationFactory(event=published, source=source, quote="It was shut at noon.", by=editor)
    decide(desk, citation, "approve")
    assert "It was shut at noon." in client.get("/the-flood/entry/1/").content.decode()

    decide(desk, citation, "undo")

    page = client.get("/the-flood/entry/1/").content.decode()
    assert "A decision on a citation was undone at once." in page
    assert fresh(citation).state == "pending"


@pytest.mark.parametrize(
    ("verb", "typed"),
    [("reject", {"code": "unfounded", "words": "By whom?"}), ("accept", {"note": "The Post corrected it."})],
)
def test_what_is_decided_of_a_proposal_is_undone_by_its_button(desk, published, source, editor, verb, typed):
    proposal = propose(source, editor, title="The river falls")

    page = follow(desk, decide_on(desk, proposal, verb, **typed))
    assert 'value="undo"' in page.text
    undone = follow(desk, decide_on(desk, proposal, "undo"))

    assert told(undone) == "Undone: “The Harbour Post: The river rises” waits again."
    assert (fresh(proposal).state, fresh(source).title) == ("open", "The river rises")
    assert proposal.decisions.first().verb == "undo"


def decide_on(desk, proposal, verb, **typed):
    sent = {"proposal": proposal.pk, "verb": verb, "seen": fresh(proposal).version}
    return desk.post("review", data=sent | typed)


@pytest.mark.parametrize("of", ["holds-up", "day-{day}", "outlet-{outlet}"])
def test_the_queue_is_narrowed(desk, draft, outlet, day, of):
    EventFactory(submitted=True, headline="Handed in")
    of = of.format(day=day.pk, outlet=outlet.pk)

    page = desk.get("review", of=of)

    lines = [line.head.title for line in page.context["queue"]]
    assert lines == (["Handed in"] if of == "holds-up" else ["Handed in", str(draft)])
    assert of in {one.name for group in page.context["choices"].values() for one in group}


@pytest.mark.parametrize("of", ["", "x", "day-", "day-x", "outlet-999999999999999999999", "day-٣", "-"])
def test_what_is_no_way_to_narrow_it_is_left_out_or_leaves_nothing(desk, citation, of):
    assert desk.get("review", of=of).status_code == 200


def test_it_tells_how_the_outlet_fared_and_what_the_policy_asks(desk, draft, source, citation):
    CitationFactory(event=draft, source=source, quote="Closed by noon.", rejected=True)

    content = " ".join(desk.get("review").content.decode().split())

    assert "2 citations: 0 approved, 1 waiting, 1 rejected." in content
    assert "1 approved citation in its support needed; 0 so far; this one would meet it." in content


@pytest.fixture
def all_kinds(editor, citation, source, media_folder):
    """A citation, a medium and a proposed change that wait, in the order in which they are read."""
    medium = MaterialFactory(by=editor, caption="The quay")
    EventFactory(published=True, source=source, headline="A road is closed")
    return citation, propose(source, editor, title="The river falls"), medium


def decided_by_keys(desk, page, verb, **typed):
    """What pressing the button of ``verb`` sends, as the page has it; and the page that comes then."""
    (form,) = [held for _, held in forms_of(page) if verb in _verbs(page, held)]
    return follow(desk, desk.post("review", data={**form, "verb": verb, **typed}))


def _verbs(page, held):
    entry = page.context["shown"][0]
    # What was decided before may be undone by a form of its own.
    is_shown = held.get(entry["of"]) == str(entry["row"].pk)
    return ("reject",) if "words" in held else (entry["verb"],) if "seen" in held and is_shown else ()


def test_citations_proposals_and_media_are_decided_in_one_queue(desk, all_kinds):
    citation, proposal, medium = all_kinds

    page = desk.get("review")
    assert [line.group for line in page.context["queue"]] == [
        "Proposed changes",
        "Not decided yet",
        "Not decided yet",
    ]
    assert page.context["shown"][0]["label"] == "Accept for 2 entries"
    page = decided_by_keys(desk, page, "accept", note="The Post corrected its title.")
    assert fresh(proposal).state == "accepted"
    assert listed(page) == [citation]
    page = decided_by_keys(desk, page, "approve")
    assert listed(page) == [medium]
    page = decided_by_keys(desk, page, "reject", code="may_harm", words="A face.")

    assert (fresh(citation).state, fresh(medium).state) == ("approved", "rejected")
    assert "Nothing waits for you." in page.content.decode()


def test_who_decides_on_media_alone_is_shown_media_alone(all_kinds):
    page = Desk(reader("approve_material")).get("review")

    assert listed(page) == [all_kinds[2]]
    assert page.context["waiting"] == 1


def test_nobody_accepts_their_own_change(both, source):
    EventFactory(published=True, source=source)
    propose(source, both, title="The river falls")

    page = Desk(both).get("review")

    assert listed(page) == []
    assert [line.head.title for line in page.context["own"]] == ["The river rises"]


@pytest.mark.parametrize(
    ("of", "left"),
    [
        ("citations", 1),
        ("media", 1),
        ("proposals", 1),
        ("over-a-day", 1),
        ("over-a-week", 0),
        ("lapsed", 0),
        ("seen", 0),
    ],
)
def test_it_is_narrowed_by_kind_and_by_age(desk, all_kinds, of, left):
    Citation.objects.filter(pk=all_kinds[0].pk).update(submitted_at=timezone.now() - timedelta(days=2))

    page = desk.get("review", of=of)

    assert (page.context["total"], len(page.context["queue"])) == (left, left)


def copies(row, number, **values):
    """So many more of ``row``, which differ in their words."""
    said = "quote" if isinstance(row, Citation) else "headline"
    more = [like(row, **values, **{said: f"It is said, {at}."}) for at in range(number)]
    for one in more:
        if hasattr(one, "key"):
            one.key = uuid4()
    return type(row).objects.bulk_create(more)


def test_five_thousand_wait_and_all_can_be_narrowed_to_behind_those_that_are_counted(
    desk, citation, monkeypatch, django_assert_max_num_queries
):
    events = copies(citation.event, 100)
    for event in events:
        copies(citation, 50, event_id=event.pk)
    other = CitationFactory(event=citation.event, source=SourceFactory(outlet=OutletFactory(name="Far")))
    desk.get("review")

    with django_assert_max_num_queries(15):
        page = desk.get("review")
    assert (str(page.context["total"]), str(page.context["waiting"])) == ("1,001+", "1,001+")
    with django_assert_max_num_queries(15):
        far = desk.get("review", of=f"outlet-{other.source.outlet_id}")
    assert listed(far) == [other]
    assert str(far.context["total"]) == "1"
    Citation.objects.filter(pk=other.pk).update(event=copies(citation.event, 1, state="submitted")[0])
    assert listed(desk.get("review", of="holds-up")) == [other]

    monkeypatch.setattr(queue, "MOST_WAITING", 6_000)
    page = desk.get("review")
    assert page.context["total"] == page.context["waiting"] == 5_002
    assert str(page.context["total"]) == "5,002"


def test_what_is_for_who_asks_is_found_behind_whatever_of_their_own_waits_first(
    desk, citation, moderator, draft, source, monkeypatch
):
    monkeypatch.setattr(queue, "MOST_WAITING", 2)
    own = [citation, *copies(citation, 3)]
    Citation.objects.filter(pk__in=[one.pk for one in own]).update(submitted_by=moderator)
    other = CitationFactory(event=draft, source=source, quote="It was shut.")

    page = desk.get("review")
    assert listed(page) == [other]
    assert str(page.context["total"]) == "1"
    assert {line.one.pk for line in page.context["own"]} < {one.pk for one in own}


def test_what_was_handed_to_somebody_stands_first_however_much_waits_before_it(
    desk, other_moderator, citation, draft, source, monkeypatch
):
    copies(citation, 3)
    last = CitationFactory(event=draft, source=source, quote="It was shut.")
    sent = {"citation": last.pk, "verb": "hand", "hand-to": other_moderator.pk, "hand-words": "Yours."}
    desk.post("review", data=sent)
    monkeypatch.setattr(queue, "MOST_WAITING", 2)

    page = Desk(other_moderator).get("review")
    assert listed(page) == [last]
    assert page.context["queue"][0].group == "Handed to you"
    assert last.pk not in {line.one.pk for line in desk.get("review").context["queue"]}
    narrowed = Desk(other_moderator).get("review", of="handed")
    assert int(narrowed.context["total"]) == 1


@pytest.mark.parametrize("of", ["day-0", "outlet-999999999999999999", "day-x", "outlet-", "holds-up"])
def test_what_nothing_can_be_narrowed_to_leaves_nothing_or_all(
    desk, citation, draft, source, monkeypatch, of
):
    CitationFactory(event=draft, source=source, quote="It was shut.")
    told_of_all = desk.get("review", of=of).context["total"]
    monkeypatch.setattr(queue, "MOST_WAITING", 1)

    page = desk.get("review", of=of)

    assert page.status_code == 200
    assert int(page.context["total"]) == told_of_all
    assert told_of_all in (0, 2)


def test_what_another_claimed_is_passed_over_and_told_and_can_be_read(
    desk, other_moderator, citation, draft, source
):
    second = CitationFactory(event=draft, source=source, quote="It was shut.")
    other = Desk(other_moderator)
    page = follow(other, other.post("review", data={"citation": citation.pk, "verb": "claim"}))
    assert told(page) == "Claimed: “A bridge is closed”."
    assert "Release" in page.content.decode()

    page = desk.get("review")
    assert listed(page) == [second]
    assert (page.context["total"], page.context["waiting"]) == (1, 1)
    assert [line.one.keeper for line in page.context["kept"]] == ["other-moderator"]
    page = desk.get("review", citation=citation.pk)
    assert listed(page) == [citation]
    assert "Claimed by other-moderator" in page.content.decode()
    refusal = follow(desk, desk.post("review", data={"citation": citation.pk, "verb": "claim"}))
    assert "other-moderator has claimed this" in told(refusal)

    other.post("review", data={"citation": citation.pk, "verb": "release"})
    assert desk.get("review").context["total"] == 2


def test_what_is_handed_on_stands_first_with_its_word_on_today_and_in_review(
    desk, other_moderator, citation, draft, source
):
    second = CitationFactory(event=draft, source=source, quote="It was shut.")
    sent = {"citation": second.pk, "verb": "hand", "hand-to": other_moderator.pk}

    missing = desk.post("review", data=sent | {"hand-to": "", "hand-words": "You read it."})
    assert "say in a few words why" in told(missing)
    assert 'class="handing" open' in missing.text
    assert 'value="You read it."' in missing.text
    page = follow(desk, desk.post("review", data=sent | {"hand-words": "You read Portuguese."}))
    assert told(page) == "Handed to other-moderator: “A bridge is closed”."
    assert listed(page) == [citation]

    other = Desk(other_moderator)
    page = other.get("review")
    assert [line.group for line in page.context["queue"]] == ["Handed to you", "Not decided yet"]
    assert "You read Portuguese." in page.content.decode()
    (group,) = [one for one in other.get("index").context["groups"] if one.name == "handed"]
    assert [(line.words, line.by) for line in group.lines] == [("You read Portuguese.", "moderator")]
    assert other.client.get(group.lines[0].address).context["shown"][0]["row"] == second
