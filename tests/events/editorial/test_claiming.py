"""What waits in Review is claimed by one, handed on with a word, and free again with the decision."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from events.editorial import claiming, moderation, proposing, writing
from events.editorial.refused import Refused
from events.models import Claim
from tests.support.cast import fresh, make_member
from tests.support.factories import CitationFactory, EventFactory, MaterialFactory, PersonFactory
from tests.support.proposals import propose

WORD = "You read Portuguese."


def refused(words):
    return pytest.raises(Refused, match=words)


@pytest.fixture(params=["citation", "medium", "proposal"])
def item(request, editor, citation, source, media_folder):
    if request.param == "citation":
        return citation
    if request.param == "medium":
        return MaterialFactory(by=editor)
    EventFactory(published=True, source=source)
    return propose(source, editor, title="The river falls")


def test_one_claims_it_others_are_refused_until_it_is_released_or_its_time_is_over(
    item, moderator, other_moderator
):
    claiming.claim(item, by=moderator)
    with refused("moderator has claimed this"):
        claiming.claim(item, by=other_moderator)
    with refused("moderator has claimed this"):
        claiming.release(item, by=other_moderator)
    with refused("moderator has claimed this"):
        claiming.hand(item, to=other_moderator, words=WORD, by=PersonFactory(admin=True))

    claiming.claim(item, by=moderator)
    claiming.release(item, by=moderator)
    claiming.claim(item, by=other_moderator)
    Claim.objects.update(until=timezone.now())
    claiming.claim(item, by=moderator)

    assert Claim.objects.get().person == moderator
    assert Claim.objects.get().of == item


def test_it_is_handed_on_with_a_word_to_who_may_decide_and_wrote_none_of_it(
    item, story, moderator, other_moderator, editor, both
):
    for to, words, why in (
        (other_moderator, " ", "Say in a few words"),
        (other_moderator, "x" * 301, "at most 300"),
        (moderator, WORD, "to yourself"),
        (editor, WORD, "does not decide on this"),
        (make_member("manager-here", story, "manager"), WORD, "does not decide on this"),
    ):
        with refused(why):
            claiming.hand(item, to=to, words=words, by=moderator)

    claiming.hand(item, to=other_moderator, words=f" {WORD} ", by=moderator)

    claim = Claim.objects.get()
    assert (claim.person, claim.handed_by, claim.words) == (other_moderator, moderator, WORD)
    with refused("You may not decide on this"):
        claiming.claim(item, by=editor)


def test_nobody_is_given_or_claims_what_they_wrote(citation, both, moderator):
    citation.quote = "Said by somebody who is a moderator too."
    writing.save_citation(citation, by=both, seen=1)

    with refused("You wrote words of this"):
        claiming.claim(citation, by=both)
    with refused("both wrote words of this"):
        claiming.hand(citation, to=both, words=WORD, by=moderator)


def test_a_decision_of_whomever_ends_it_and_nothing_that_is_decided_is_claimed(
    published, citation, source, editor, moderator, other_moderator
):
    waiting = CitationFactory(event=published, source=source, quote="It was shut.", by=editor)
    proposal = propose(source, editor, title="The river falls")
    for item in (waiting, proposal):
        claiming.claim(item, by=moderator)

    moderation.approve(waiting, by=other_moderator, seen=1)
    proposing.reject(proposal, by=other_moderator, seen=1, code="other", words="No.")

    assert not Claim.objects.exists()
    with refused("waits for nobody"):
        claiming.claim(fresh(waiting), by=moderator)


def test_to_confirm_ends_it_too(published, editor, moderator, other_moderator):
    published.headline = "Something else altogether"
    writing.save_event(published, by=editor, seen=published.version)
    citation = published.citations.get()
    claiming.claim(citation, by=moderator)

    moderation.confirm(fresh(citation), by=other_moderator, seen=1)

    assert not Claim.objects.exists()


def test_who_signs_out_is_at_nothing_any_more_and_keeps_what_was_handed_to_them(
    citation, editor, day, kind, source, moderator, other_moderator
):
    handed = CitationFactory(event=citation.event, source=source, quote="It was shut.", by=editor)
    claiming.claim(citation, by=moderator)
    claiming.hand(handed, to=moderator, words=WORD, by=other_moderator)
    client = Client()
    client.force_login(moderator)

    client.post("/desk/logout/")

    assert [claim.of for claim in Claim.objects.all()] == [handed]


@pytest.mark.only_on("postgresql")
@pytest.mark.django_db(transaction=True)
def test_of_two_who_claim_it_at_once_one_has_it(citation, moderator, other_moderator):
    people, barrier = (moderator, other_moderator), Barrier(2)

    def attempt(person):
        try:
            barrier.wait(timeout=10)
            claiming.claim(citation, by=person)
        except Refused as refusal:
            return str(refusal)
        finally:
            connections.close_all()
        return "claimed"

    with ThreadPoolExecutor(2) as pool:
        ends = sorted(pool.map(attempt, people))

    (kept,) = Claim.objects.all()
    assert ends == sorted(["claimed", f"{kept.person} has claimed this."])


def test_control_a_claim_that_is_over_holds_nobody_off(citation, moderator):
    claiming.claim(citation, by=moderator)

    claim = Claim.objects.get()
    assert claim.holds
    claim.until -= timedelta(hours=1)
    assert not claim.holds
