"""How far a proposed change reaches: told before anybody accepts it, and so it comes."""

import pytest

from events.editorial import moderation, writing
from events.editorial.guarding import named_by
from events.editorial.reaching import reach_of
from tests.support.cast import entry_of, fresh, publish
from tests.support.factories import CitationFactory, EventFactory, OutletFactory, SourceFactory
from tests.support.proposals import accept, propose


def reach_now(proposal):
    return reach_of(proposal, named_by(proposal))


def touched(reach):
    return {str(each.event): (each.now, each.then) for each in reach.touched(reach.events)}


@pytest.fixture
def told(published, source, other_source, moderator, editor):
    """One that two sources support, one that one does, and a draft of which no citation is approved."""
    CitationFactory(approved=True, event=published, source=other_source)
    EventFactory(published=True, source=source, headline="A road is closed", wording="09:00")
    EventFactory(source=source, headline="A ford is closed", wording="08:00")
    return published


def test_a_change_of_words_touches_all_that_cite_it_and_no_standing(told, source, editor):
    reach = reach_now(propose(source, editor, title="The river falls"))

    assert touched(reach) == {
        "A ford is closed": ("unsupported", "unsupported"),
        "A road is closed": ("single source", "single source"),
        "A bridge is closed": ("corroborated", "corroborated"),
    }
    assert (reach.number, reach.public, reach.sentences) == (3, 2, [])


def test_another_outlet_changes_standings_which_come_first(told, source, other_source, editor):
    reach = reach_now(propose(source, editor, outlet=other_source.outlet))

    assert next(iter(touched(reach).items())) == ("A bridge is closed", ("corroborated", "single source"))
    assert reach.sentences == ["1 entry goes from “corroborated” to “single source”"]


def test_so_does_what_it_relays_with_all_that_relay_it(told, source, other_source, editor, moderator):
    paper = SourceFactory(outlet__name="The Gazette", title="The Post: river", relays=source)
    event = EventFactory(published=True, source=paper, headline="A mill is closed")
    CitationFactory(approved=True, event=event, source=other_source)
    proposal = propose(source, editor, relays=other_source)

    reach = reach_now(proposal)

    assert reach.sentences == ["2 entries go from “corroborated” to “single source”"]
    accept(proposal, moderator)
    for each in reach.touched(reach.events):
        if each.event.state == "published":
            assert entry_of(each.event).get_standing_display().lower() == each.then


def test_a_change_of_an_outlet_touches_what_cites_its_sources_and_what_passes_them_on(
    told, source, other_source, editor, moderator
):
    paper = SourceFactory(outlet__name="The Gazette", title="The Post: river", relays=source)
    EventFactory(published=True, source=paper, headline="A mill is closed")

    reach = reach_now(propose(source.outlet, editor, reliability="F"))

    assert (reach.number, reach.sentences) == (4, [])


def test_what_only_a_rejected_citation_names_is_not_touched(published, source, editor, moderator):
    other = EventFactory(source=source, headline="A ford is closed")
    moderation.reject(other.citations.get(), by=moderator, seen=1, code="inexact", words="Otherwise.")

    reach = reach_now(propose(source, editor, title="The river falls"))

    assert list(touched(reach)) == ["A bridge is closed"]


def test_what_readers_still_read_it_under_is_touched(published, source, other_source, editor):
    citation = published.citations.get()
    citation.source = other_source
    writing.save_citation(citation, by=editor, seen=1)

    reach = reach_now(propose(source, editor, outlet=OutletFactory(name="Radio")))

    assert touched(reach) == {"A bridge is closed": ("single source", "single source")}


def test_approved_words_that_are_looked_at_again_count_as_readers_see_them(
    told, source, other_source, editor, moderator
):
    citation = told.citations.get(source=source)
    citation.quote = "It was said otherwise."
    writing.save_citation(citation, by=editor, seen=citation.version)

    reach = reach_now(propose(other_source, editor, outlet=source.outlet))

    assert touched(reach)["A bridge is closed"] == ("corroborated", "single source")


def test_it_takes_as_many_statements_for_many_entries_as_for_few(
    told, source, other_source, editor, moderator, django_assert_num_queries
):
    proposal = propose(source, editor, outlet=other_source.outlet)

    def read():
        reach = reach_now(fresh(proposal))
        return len(reach.touched(reach.events[:20]))

    with django_assert_num_queries(8) as few:
        read()
    for n in range(20):
        publish(EventFactory(approved=True, source=source, headline=f"Bridge {n}"), editor)
    with django_assert_num_queries(len(few)):
        assert read() == 20
