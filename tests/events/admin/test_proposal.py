"""Proposals at the desk: made on the ordinary form, listed, read with their reach, and decided on."""

import pytest
from django.urls import reverse

from chronicle.models import Edition
from events.editorial import proposing
from events.models import Outlet, Proposal
from tests.support.cast import editions_of, entry_of, fresh, make_person, term_of
from tests.support.desk import Desk, errors, filled_in, told
from tests.support.factories import CitationFactory, EventFactory, OutletFactory, SourceFactory
from tests.support.forms import forms_of
from tests.support.proposals import NOTE, propose
from tests.support.reading import text_of

TYPED = "  “Shut”, he said: 'It's <b>shut</b> & \"barred\"'.\n\n\t&amp; Şuşa — शूशा 🜂\n "


@pytest.fixture
def desk(editor):
    return Desk(editor)


@pytest.fixture
def review(moderator):
    return Desk(moderator)


@pytest.fixture
def proposal(published, source, editor):
    return propose(source, editor, title="The river falls", why="See https://post.example/corrected.")


def page(desk, proposal, **query):
    return desk.get("events_proposal_change", proposal.pk, **query)


def decide(desk, proposal, verb, **typed):
    data = {"verb": verb, "seen": fresh(proposal).version, **typed}
    return desk.post("events_proposal_change", proposal.pk, data=data)


def test_a_save_of_a_cited_source_waits_and_says_so(desk, published, source):
    before = Edition.objects.count()

    saved = desk.save(
        desk.open(source), title="The river falls", why="See there.", note="The Post corrected it."
    )

    shown = desk.client.get(saved["Location"])
    assert "Not changed yet: it waits as a proposal until a moderator other than you" in told(shown)
    assert Proposal.objects.get().fields == {"title": "The river falls"}
    assert Proposal.objects.get().note == "The Post corrected it."
    assert (fresh(source).title, Edition.objects.count()) == ("The river rises", before)
    assert "The river rises" in entry_of(published).card
    assert reverse("admin:events_proposal_change", args=[Proposal.objects.get().pk]) in shown.content.decode()


def test_so_does_one_of_an_outlet_its_name_and_grade(admin_person, published, outlet):
    desk = Desk(admin_person)

    desk.save(desk.open(outlet), name="The Harbour Gazette", reliability="A")

    assert Proposal.objects.get().fields == {"name": "The Harbour Gazette", "reliability": "A"}
    assert (fresh(outlet).name, fresh(outlet).reliability) == ("The Harbour Post", "B")
    assert term_of(outlet).label == "The Harbour Post"


def test_a_source_moved_to_another_outlet_corroborates_nothing(desk, published, source, outlet, moderator):
    second = SourceFactory(outlet=outlet, title="The river stands")
    CitationFactory(approved=True, event=published, source=second)

    desk.save(desk.open(second), outlet=OutletFactory(name="Radio Estuary").pk)

    assert (fresh(second).outlet, entry_of(published).standing) == (outlet, "single")


def test_the_form_says_before_what_will_wait(desk, published, source, other_source):
    assert "what you change here waits as a proposal" in desk.open(source).content.decode()
    assert "waits as a proposal" not in desk.open(other_source).content.decode()
    assert 'name="why"' not in desk.open(other_source).content.decode()


def test_what_nothing_rests_on_is_saved_at_once(desk, source):
    saved = desk.save(desk.open(source), title="The river falls")

    assert (saved.status_code, fresh(source).title) == (302, "The river falls")
    assert not Proposal.objects.exists()


def test_a_pop_up_is_no_way_around(desk, published, outlet):
    address = reverse("admin:events_outlet_change", args=[outlet.pk]) + "?_to_field=id&_popup=1"

    answer = desk.client.post(
        address, filled_in(desk.client.get(address)) | {"name": "Fake", "_popup": "1", "_to_field": "id"}
    )

    assert answer.status_code == 200
    assert "The Harbour Post" in answer.content.decode()
    assert (fresh(outlet).name, Proposal.objects.get().fields) == ("The Harbour Post", {"name": "Fake"})


@pytest.mark.parametrize("name", ["_saveasnew", "_continue", "_addanother"])
def test_nor_is_another_button(desk, published, source, name):
    desk.save(desk.open(source), title="Fake", **{name: "1"})

    assert fresh(source).title == "The river rises"
    assert type(source).objects.filter(title="Fake").count() == 0


def test_somebody_else_is_refused_and_finds_it_above_the_form(proposal, source, other_editor):
    other = Desk(other_editor)

    refused = other.save(other.open(source), language="pt")

    assert "editor has proposed a change of this, which is decided first" in errors(refused)
    assert reverse("admin:events_proposal_change", args=[proposal.pk]) in refused.content.decode()
    assert refused.context["adminform"].form["language"].value() == "pt"


def test_what_is_said_of_no_change_comes_back(desk, published, source):
    refused = desk.save(desk.open(source), note=TYPED)

    assert "Nothing would change by this" in errors(refused)
    assert refused.context["adminform"].form["note"].value() == TYPED


def test_a_stale_form_is_refused_as_ever(desk, published, source, moderator):
    opened = desk.open(source)
    Desk(moderator).press(source, "retract", reason="Taken back.")

    refused = desk.save(opened, title="The river falls", note="A note.")

    assert "saved a newer version in the meantime" in errors(refused)
    assert refused.context["adminform"].form["note"].value() == "A note."
    assert not Proposal.objects.exists()


def test_the_page_has_now_and_proposed_side_by_side_and_its_reach(review, proposal, published):
    shown = text_of(page(review, proposal).content.decode())

    assert "Title The river taken out: rises The river put in: falls" in shown
    assert "Stays as it is: outlet, genre, published on, address, archived copy, language, relays." in shown
    assert "A bridge is closed Day 3, 14:30 Published Single source, as before" in shown
    assert "Accept for 1 entry" in shown
    assert "Any moderator but editor, who proposes it." in shown
    assert "See https://post.example/corrected ." in shown


def test_changed_standings_come_first_and_are_counted(
    review, published, source, other_source, editor, moderator
):
    CitationFactory(approved=True, event=published, source=other_source)
    EventFactory(published=True, source=source, headline="A road is closed", wording="09:00")

    shown = text_of(page(review, propose(source, editor, relays=other_source)).content.decode())

    assert "1 entry goes from “corroborated” to “single source”." in shown
    assert "A bridge is closed Day 3, 14:30 Published Corroborated → Single source" in shown
    assert shown.index("A bridge is closed Day") < shown.index("A road is closed Day")
    assert "Relays nothing put in: Radio Estuary: Evening bulletin" in shown


def test_more_than_twenty_entries_are_paged(review, proposal, source):
    for n in range(24):
        EventFactory(source=source, headline=f"Bridge {n}")

    first, second = page(review, proposal), page(review, proposal, page=2)

    assert "1 to 20 of 25 entries" in text_of(first.content.decode())
    assert (len(first.context["touched"]), len(second.context["touched"])) == (20, 5)
    assert "Accept for 25 entries" in text_of(second.content.decode())
    assert "Readers see it in 1 published entry at once. The others are not public." in text_of(
        second.content.decode()
    )


def test_a_moderator_accepts_it_with_the_note_as_they_leave_it(review, proposal, published, source):
    (form,) = [held for _, held in forms_of(page(review, proposal)) if "note" in held]
    assert form["note"] == NOTE

    answer = decide(review, proposal, "accept", note="Its title was corrected.")

    assert answer.status_code == 302
    assert fresh(source).title == "The river falls"
    assert editions_of(source)[-1].document["note"] == "Its title was corrected."
    assert "Accepted" in text_of(page(review, proposal).content.decode())


def test_who_proposed_it_has_no_button_and_is_refused(both, published, source):
    desk = Desk(both)
    own = propose(source, both, title="The river falls")
    shown = page(desk, own).content.decode()
    assert 'value="accept"' not in shown
    assert "You proposed this: another moderator decides." in shown

    refused = decide(desk, own, "accept", note=NOTE)

    assert "another moderator must decide" in told(refused)
    assert fresh(source).title == "The river rises"


def test_so_is_an_editor_who_may_look_at_it(proposal, other_editor, source):
    desk = Desk(other_editor)
    assert 'value="accept"' not in page(desk, proposal).content.decode()

    for verb, typed in (("accept", {"note": NOTE}), ("reject", {"code": "other", "words": "x"})):
        assert "You may not" in told(decide(desk, proposal, verb, **typed))

    assert fresh(proposal).state == "open"


def test_who_has_no_role_sees_nothing_of_it(proposal):
    desk = Desk(make_person("nobody"))

    assert page(desk, proposal).status_code == 403
    assert decide(desk, proposal, "accept", note=NOTE).status_code == 403
    assert desk.get("events_proposal_changelist").status_code == 403


def test_its_author_takes_it_back(desk, proposal):
    assert 'value="take_back"' in page(desk, proposal).content.decode()

    decide(desk, proposal, "take_back")

    assert fresh(proposal).state == "taken_back"


def test_a_rejection_needs_a_reason_and_gives_back_what_was_typed(review, proposal):
    refused = decide(review, proposal, "reject", code="", words=TYPED)

    assert "What is missing or wrong stands beside it" in told(refused)
    (back,) = [held for _, held in forms_of(refused) if "words" in held]
    assert back["words"] == TYPED
    assert "<details open>" in refused.content.decode()
    decide(review, proposal, "reject", code="unfounded", words="Where?")
    assert "Nothing shows that this is so." in text_of(page(review, proposal).content.decode())


@pytest.mark.parametrize("verb", ["accept", "reject"])
def test_what_was_changed_since_is_refused_with_what_was_typed(review, proposal, source, editor, verb):
    typed = {"accept": {"note": "A note."}, "reject": {"code": "other", "words": "A note."}}[verb]
    propose(source, editor, title="MARKER")

    refused = decide(review, proposal, verb, **typed, seen=1)

    assert "Somebody has changed this since you opened it" in told(refused)
    assert "A note." in refused.content.decode()
    assert "MARKER" in refused.content.decode()
    assert fresh(source).title == "The river rises"


def test_what_somebody_decided_in_the_meantime_shows_what_was_typed(
    review, proposal, other_moderator, source
):
    proposing.reject(proposal, by=other_moderator, seen=1, code="other", words="No.")

    refused = decide(review, proposal, "accept", note="A note of mine.")

    assert "You cannot accept this proposal: it is rejected" in told(refused)
    assert "A note of mine." in refused.content.decode()
    assert fresh(source).title == "The river rises"


def test_a_source_retracted_since_is_told_before_anybody_presses(review, proposal, source, moderator):
    review.press(source, "retract", reason="It was another river.")

    shown = text_of(page(review, proposal).content.decode())

    assert "Changed since this was proposed, so that it cannot be accepted as it is." in shown
    assert "retraction reason: “” is now “It was another river.”" in shown


def test_the_list_shows_what_is_open_and_what_was_decided_where_asked_for(
    review, proposal, outlet, editor, moderator
):
    decided = propose(outlet, editor, reliability="C")
    decide(review, decided, "accept", note=NOTE)

    def listed(**query):
        return list(review.get("events_proposal_changelist", **query).context["cl"].result_list)

    assert listed() == [proposal]
    assert listed(state="decided") == [decided]
    assert set(listed(state="all")) == {proposal, decided}


def test_an_empty_list_says_how_one_is_made(review, story):
    assert (
        "make it on the form of that source or outlet"
        in review.get("events_proposal_changelist").content.decode()
    )


def test_how_many_wait_stands_in_the_header_and_on_the_list_of_what_to_review(review, desk, proposal):
    assert 'Review <b class="count">1</b>' in review.get("index").content.decode()
    assert "Proposed changes" in review.get("review").content.decode()
    assert "/desk/review/" not in desk.get("index").content.decode()


def test_nobody_adds_changes_or_deletes_one_past_the_verbs(admin_person, proposal):
    desk = Desk(admin_person)

    assert desk.post("events_proposal_add", data={"state": "accepted"}).status_code == 403
    assert desk.post("events_proposal_delete", proposal.pk, data={"post": "yes"}).status_code == 403
    forged = {"seen": 1, "state": "accepted", "fields": "{}", "proposed_by": "1", "decided_by": "1"}
    assert desk.post("events_proposal_change", proposal.pk, data=forged).status_code == 404
    assert (fresh(proposal).state, fresh(proposal).fields) == ("open", {"title": "The river falls"})


def test_the_history_of_a_source_tells_who_proposed_and_who_accepted(review, proposal, source):
    decide(review, proposal, "accept", note=NOTE)

    shown = text_of(review.open(source).content.decode())

    assert "Accepted: proposed by editor" in shown


def test_what_a_row_was_last_saved_by_is_who_accepted(review, desk, proposal, source):
    opened = desk.open(source)
    decide(review, proposal, "accept", note=NOTE)

    refused = desk.save(opened, title="Another")

    assert "moderator saved a newer version in the meantime" in errors(refused)


def test_user_text_is_escaped(review, published, outlet, editor):
    proposal = propose(outlet, editor, name="<script>alert(1)</script>", why="<b>bold</b>", note="<i>n</i>")

    answers = page(review, proposal), review.get("events_proposal_changelist"), review.open(outlet)

    for answer in answers:
        shown = answer.content.decode()
        assert not [found for found in ("<script>alert", "<b>bold", "<i>n") if found in shown]
    assert Outlet.objects.get().name == "The Harbour Post"


@pytest.mark.parametrize("person", ["moderator", "admin_person"])
def test_a_page_takes_as_many_statements_for_many_entries(
    request, person, published, source, editor, django_assert_max_num_queries
):
    """Here and in Review, where it changes whose report the source is."""
    for n in range(30):
        EventFactory(source=source, headline=f"Bridge {n}")
    first = SourceFactory(title="First", outlet=OutletFactory(name="Elsewhere"))
    proposal = propose(source, editor, title="Other", outlet=OutletFactory(name="Third"), relays=first)
    desk = Desk(request.getfixturevalue(person))
    page(desk, proposal)

    with django_assert_max_num_queries(15):
        assert "Elsewhere: First" in page(desk, proposal).text
    with django_assert_max_num_queries(15):
        desk.get("review", proposal=proposal.pk)
