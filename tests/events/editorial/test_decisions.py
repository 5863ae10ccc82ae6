"""What was decided stays, on one subject, by whom and when; its words stand apart and can be taken down."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from events.editorial import guarding, moderation, moves, publishing, takedowns, writing
from events.models import Citation, Decision, Source, Words
from events.models.author import CHANGES
from events.models.decision import DONE, SUBJECTS
from events.models.hmac import hmac_of
from tests.support.cast import fresh


def test_each_decision_is_on_exactly_one_subject(published, citation, source, day, editor, moderator, story):
    publishing.publish_day(day, by=editor, seen=1, note="Its words.")
    moderation.retract_source(source, by=moderator, seen=1, reason="Taken back.")

    subjects = [
        [name for name in SUBJECTS if getattr(decision, f"{name}_id")] for decision in Decision.objects.all()
    ]
    assert sorted(subjects) == [["citation"], ["citation"], ["day"], ["event"], ["source"], ["story"]]


def test_every_verb_is_told_in_words():
    verbs = {move.verb for move in vars(moves).values() if isinstance(move, moves.Move)}
    verbs |= {moves.AT_OPENING, takedowns.ASKED}

    of_people = {"add member", "end member", "invite", "end invitation", "join", "reset factor"}
    assert verbs | {*CHANGES, *guarding.CHANGES} | of_people == DONE.keys()


def test_its_words_are_in_a_row_of_their_own_with_their_fingerprint(published, editor):
    publishing.withdraw(published, by=editor, seen=1, reason=" Told twice. ")

    decision = Decision.objects.get(verb="withdraw")
    words = decision.words.get()
    assert (words.about, words.text, words.hmac) == ("note", "Told twice.", hmac_of("Told twice."))
    assert decision.note == "Told twice."


def test_without_a_note_there_are_no_words(published):
    assert not Decision.objects.get(verb="publish").words.exists()


def test_of_a_citation_what_was_read_stands_in_lines_under_the_fingerprint_of_its_words(published):
    decision, citation = Decision.objects.get(verb="approve"), published.citations.get()

    words = decision.words.get(about="subject")
    assert decision.read == words.text
    assert words.text == (
        "Event: A bridge is closed\nSource: The Harbour Post: The river rises\n"
        "Quotation: The bridge was closed.\nStance: supports"
    )
    assert words.hmac == hmac_of(citation.words())
    assert decision.words.get(about="evidence").hmac == hmac_of(citation.evidence())


def test_words_have_one_fingerprint_whether_they_are_only_typed_or_read_again(published):
    citation = published.citations.get()
    typed = Citation(source=citation.source, quote=citation.quote)
    source = Source(outlet=citation.source.outlet, title="The river rises", published_on="2021-03-04")

    assert typed.words() == citation.words()
    assert source.words() == citation.source.words()
    assert {words.hmac for words in Words.objects.filter(about="subject")} == {hmac_of(citation.words())}


def test_what_was_read_stays_when_the_citation_says_something_else(published, editor):
    citation = published.citations.get()
    citation.quote, citation.locator = "The bridge was shut.", "paragraph 4"
    writing.save_citation(citation, by=editor, seen=1)

    reads = {row.verb: row.read for row in Decision.objects.filter(citation=citation)}
    assert "Quotation: The bridge was closed." in reads["approve"]
    assert "Quotation: The bridge was shut.\nWhere: paragraph 4" in reads["change"]


def test_with_it_go_those_of_what_is_read_beside_and_what_the_event_said(published):
    citation = published.citations.get()
    read = {words.about: words for words in Decision.objects.get(verb="approve").words.all()}

    assert read["event"].hmac == published.hmac == citation.event_hmac
    assert read["source"].hmac == citation.source.hmac
    assert read["outlet"].hmac == citation.source.outlet.hmac
    assert read["event"].text.startswith("A bridge is closed\n")


def test_a_fingerprint_is_of_this_desk_alone(settings):
    here = hmac_of("Told twice.")

    settings.DESK_KEY = "another"

    assert hmac_of("Told twice.") != here
    assert len(here) == 64


def test_its_words_can_be_deleted_and_it_stays(published, editor):
    publishing.withdraw(published, by=editor, seen=1, reason="Told twice.")
    decisions = list(Decision.objects.values())

    Words.objects.all().delete()

    assert list(Decision.objects.values()) == decisions
    assert Decision.objects.get(verb="withdraw").note == ""


@pytest.mark.parametrize(
    "change",
    [
        lambda: Decision.objects.update(verb="other"),
        lambda: Decision.objects.first().delete(),
        lambda: Words.objects.update(text="other"),
    ],
    ids=["change", "delete", "words"],
)
def test_neither_is_ever_changed(published, editor, change):
    publishing.withdraw(published, by=editor, seen=1, reason="Told twice.")

    with pytest.raises(IntegrityError), transaction.atomic():
        change()


def test_what_was_decided_on_is_protected(published, source, moderator, admin_person, story):
    moderation.retract_source(source, by=moderator, seen=1, reason="Taken back.")

    for row in (published, published.citations.get(), source, moderator):
        with pytest.raises(ProtectedError):
            fresh(row).delete()
