"""Sources that pass on what another reported: whose report it is, and what that makes of an entry."""

import pytest

from chronicle.record.verifying import problems
from events.editorial import moderation, writing
from events.editorial.refused import Refused
from events.models import Citation
from tests.support.cast import approve_all, editions_of, entry_of, fresh, publish, term_of
from tests.support.factories import CitationFactory, EventFactory, OutletFactory, SourceFactory
from tests.support.proposals import NOTE, change


@pytest.fixture
def agency(db):
    return SourceFactory(outlet__name="The Agency", title="River over its banks")


@pytest.fixture
def papers(agency):
    """Two papers that pass on what the agency reported."""
    return [
        SourceFactory(outlet__name=name, title="Agencies: river over its banks", relays=agency)
        for name in ("The Harbour Post", "The Estuary Gazette")
    ]


def told_by(*sources):
    """A published event on which ``sources`` are cited."""
    event = EventFactory(source=sources[0], decided="approved")
    for source in sources[1:]:
        CitationFactory(approved=True, event=event, source=source)
    publish(event, event.created_by)
    return event


@pytest.fixture
def move(editor, moderator):
    """Has a source that is cited hold other values, which a moderator accepts."""
    return lambda source, **values: change(source, editor, moderator, **values)


def origins(event):
    return [citation["origin"] for citation in entry_of(event).document["citations"]]


def test_two_that_relay_one_are_one_voice(papers, agency):
    event = told_by(*papers)

    assert entry_of(event).standing == "single"
    assert set(origins(event)) == {term_of(agency.outlet).subject}
    assert [term_of(paper).document["relays"] for paper in papers] == [term_of(agency).subject] * 2


def test_one_that_relays_and_what_it_relays_are_one_voice(papers, agency):
    assert entry_of(told_by(papers[0], agency)).standing == "single"


def test_a_report_of_its_own_makes_two(papers, other_source):
    assert entry_of(told_by(papers[0], other_source)).standing == "corroborated"


def test_the_origin_is_at_the_end_of_what_is_relayed(papers, agency):
    third = SourceFactory(outlet__name="Radio Estuary", title="Papers: the river", relays=papers[0])

    event = told_by(third, agency)

    assert (entry_of(event).standing, third.origin) == ("single", agency.outlet)


def test_what_is_relayed_moves_to_another_outlet(papers, agency, move):
    third = SourceFactory(outlet__name="Radio Estuary", title="Papers: the river", relays=papers[0])
    event = told_by(third, papers[1])
    other = OutletFactory(name="The Ministry")

    move(agency, outlet=other)

    assert set(origins(event)) == {term_of(other).subject}
    assert entry_of(event).standing == "single"
    assert {fresh(one).origin for one in (agency, *papers, third)} == {other}
    assert editions_of(event)[-1].document["note"] == NOTE
    assert list(problems()) == []


def test_its_standing_changes_with_it(papers, agency, other_source, move):
    event = told_by(papers[0], other_source)
    assert entry_of(event).standing == "corroborated"

    move(agency, outlet=other_source.outlet)

    assert entry_of(event).standing == "single"


def test_one_that_relays_no_more_has_a_voice_of_its_own(papers, move):
    event = told_by(*papers)

    move(papers[0], relays=None)

    assert entry_of(event).standing == "corroborated"
    assert term_of(papers[0]).document["relays"] == ""
    assert list(problems()) == []


def test_a_circle_is_refused(papers, agency, editor):
    third = SourceFactory(outlet__name="Radio Estuary", title="Papers: the river", relays=papers[0])
    agency.relays = third

    with pytest.raises(Refused, match="The source that this one relays passes on this one itself"):
        writing.save_named(agency, by=editor, seen=1)

    agency.relays = agency
    with pytest.raises(Refused, match="passes on this one itself"):
        writing.save_named(agency, by=editor, seen=1)


def test_a_circle_of_which_two_people_tie_one_half_each_is_refused(agency, other_source, editor):
    one, two = fresh(agency), fresh(other_source)
    one.relays, two.relays = fresh(other_source), fresh(agency)
    writing.save_named(one, by=editor, seen=1)

    with pytest.raises(Refused, match="passes on this one itself"):
        writing.save_named(two, by=editor, seen=1)


def test_a_relayed_source_that_nobody_cites_is_printed_with_what_relays_it(papers, agency):
    told_by(papers[0])

    assert term_of(agency).label == "River over its banks"
    assert not hasattr(fresh(papers[1]), "printed")


def test_retracting_what_is_relayed_says_so_of_itself_alone(papers, agency, moderator, editor):
    event = told_by(papers[0], agency)

    moderation.retract_source(agency, by=moderator, seen=1, reason="The agency took it back.")

    cited = entry_of(event).document["citations"]
    assert [citation["retracted"] for citation in cited] == ["", "The agency took it back."]
    assert editions_of(agency)[-1].action == editions_of(event)[-1].action == "retraction"
    assert list(problems()) == []


def test_words_that_wait_for_review_are_not_printed_by_a_move(papers, move, other_editor, moderator):
    event = told_by(papers[0])
    changed = Citation.objects.get(event=event)
    changed.quote = "MARKER"
    writing.save_citation(changed, by=other_editor, seen=1)

    move(papers[0], title="The agency: river over its banks")

    assert "MARKER" not in str(entry_of(event).document)
    assert entry_of(event).card.count("The agency: river over its banks") == 1
    approve_all(event, moderator)
    assert entry_of(event).document["citations"][0]["quote"] == "MARKER"
