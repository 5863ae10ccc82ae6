"""What an import makes of a digest, and what a second one adds."""

import hashlib
import re
from collections import Counter
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chronicle.models import Edition, Entry
from events.editorial import writing
from events.editorial.refused import Refused
from events.importers.articles import Article, known_source
from events.importers.drafts import import_digest
from events.models import Citation, Day, Event, Kind, Outlet, Revision, Source, Story
from tests.support.cast import fresh, make_person
from tests.support.factories import StoryFactory
from tests.support.importing import FROM, TEXT, everything, read

ARTICLE = "000_3faeb99ef4243e15.txt"


def test_each_happening_becomes_a_draft_in_the_order_of_the_text(story, editor):
    outcome = import_digest(read(story), story, FROM, by=editor)

    drafts = Event.objects.order_by("position")
    assert list(outcome.drafts) == list(drafts)
    assert [(draft.headline, draft.wording) for draft in drafts] == [
        ("The river rose by two metres", "overnight"),
        ("The mayor, Maria Duarte, closed the old bridge", "in the morning"),
        ("The baker’s shop was under water", "in the morning"),
        ("A dam had been opened the day before at 23:00", "the day before at 23:00"),
        ("The army set up a kitchen in Belém", "after 11:00 am"),
        ("The rain stopped", "late in the evening"),
    ]
    assert {str(draft.day) for draft in drafts} == {"The flood: day 3, 3 March 2021"}
    assert [draft.happened_on.day for draft in drafts] == [3, 3, 3, 2, 3, 3]


def test_everything_arrives_as_a_draft_of_the_importer_and_nothing_is_approved_or_published(story, editor):
    import_digest(read(story), story, FROM, by=editor)

    assert set(Event.objects.values_list("state", "created_by")) == {("draft", editor.pk)}
    assert set(Citation.objects.values_list("state", "submitted_by", "approved_by")) == {
        ("pending", editor.pk, None)
    }
    assert not Entry.objects.exists()
    assert not Edition.objects.exclude(action="opening").exists()


def test_a_passage_that_cannot_be_quoted_is_refused_by_its_number_and_leaves_nothing(story, editor):
    text = TEXT.replace("closed the old bridge.", "closed the old bridge" + " and the new one" * 400 + ".")

    with pytest.raises(Refused, match=r"^Passage \d, “The mayor, Maria Duarte, closed") as refusal:
        import_digest(read(story, text), story, FROM, by=editor)

    assert "at most 5,000 fit" in str(refusal.value)
    assert not Event.objects.exists()
    assert not Source.objects.exists()


def test_a_draft_quotes_its_sentences_in_one_citation_to_one_source(story, editor):
    import_digest(read(story), story, FROM, by=editor)

    draft = Event.objects.get(headline__startswith="The mayor")
    citation = draft.citations.get()
    assert citation.quote == (
        "In the morning the mayor, Maria Duarte, closed the old bridge. She said that it might not stand."
    )
    assert citation.quote in draft.text
    assert str(Source.objects.get()) == "The Harbour Post: Water over the old town"
    assert re.fullmatch("[0-9a-f]{64}", citation.source.fingerprint)
    assert draft.kind.name == "Unsorted"


def test_places_and_actors_are_linked_by_any_of_their_names(story, editor, known_names):
    import_digest(read(story), story, FROM, by=editor)

    closed = Event.objects.get(headline__startswith="The mayor")
    kitchen = Event.objects.get(headline__startswith="The army")
    assert list(closed.places.all()) == [known_names["bridge"]]
    assert list(closed.actors.all()) == [known_names["mayor"]]
    assert list(kitchen.places.all()) == [known_names["belem"]]


def test_what_is_no_event_can_be_wanted_too(story, editor):
    digest = read(story)
    total = next(passage for passage in digest.passages if passage.why_not == "a total")

    import_digest(digest, story, FROM, by=editor, wanted={total.number})

    assert Event.objects.get().headline == "In the first three days 40 houses were lost"


def test_nothing_wanted_is_refused(story, editor):
    with pytest.raises(Refused, match="nothing to import"):
        import_digest(read(story), story, FROM, by=editor, wanted=set())


def test_a_kind_that_is_given_is_used(story, editor, kind):
    import_digest(read(story), story, FROM, by=editor, kind=kind)

    assert set(Event.objects.values_list("kind__name", flat=True)) == {"Damage"}
    assert not Kind.objects.filter(name="Unsorted").exists()


@pytest.mark.parametrize("groups", [(), ("Moderators",)])
def test_who_may_not_import_is_refused(story, db, groups):
    person = make_person("somebody", *groups)

    with pytest.raises(Refused, match="may not import"):
        import_digest(read(story), story, FROM, by=person)


@pytest.mark.parametrize(
    "wrong",
    [
        Article(outlet="The Harbour Post", title="Water", url="javascript:alert(1)"),
        Article(outlet="The Harbour Post", title="W" * 301),
        Article(outlet="T" * 121, title="Water"),
        Article(outlet="", title="Water"),
        Article(outlet="The Harbour Post", title=""),
    ],
)
def test_an_article_that_no_form_would_take_is_refused(story, editor, wrong):
    before = everything()

    with pytest.raises(Refused, match="cannot be saved"):
        import_digest(read(story), story, wrong, by=editor)

    assert everything() == before


def test_a_failure_at_the_last_passage_leaves_nothing(story, editor):
    before = everything()
    done = []

    def fail_at_the_end(more):
        done.append(more)
        if sum(done) == 6:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_digest(read(story), story, FROM, by=editor, progress=fail_at_the_end)

    assert sum(done) == 6
    assert everything() == before


def test_a_second_run_adds_nothing(story, editor):
    import_digest(read(story), story, FROM, by=editor)
    before = everything()

    outcome = import_digest(read(story), story, FROM, by=editor)

    assert (outcome.drafts, outcome.were_there) == ((), 6)
    assert "Nothing added" in outcome.in_words()
    assert everything() == before


def test_a_second_run_knows_the_article_by_its_words_under_another_title_and_outlet(story, editor):
    import_digest(read(story), story, FROM, by=editor)
    again = "Another title\n\n" + TEXT.partition("\n\n")[2].replace(" ", "  ").replace("’", "'")

    import_digest(read(story, again), story, Article("Radio Estuary", "Another title"), by=editor)

    assert Source.objects.count() == 1
    assert not Outlet.objects.filter(name="Radio Estuary").exists()


def test_a_second_run_adds_nothing_where_an_editor_has_changed_quote_and_event(story, editor):
    import_digest(read(story), story, FROM, by=editor)
    citation = Citation.objects.get(quote__contains="bridge")
    citation.quote = "The mayor closed the old bridge."
    writing.save_citation(citation, by=editor, seen=citation.version)
    event = citation.event
    event.headline, event.wording = "The old bridge is closed", "8:00"
    writing.save_event(event, by=editor, seen=event.version)

    outcome = import_digest(read(story), story, FROM, by=editor)

    assert outcome.drafts == ()


def test_a_second_run_adds_what_was_left_out_the_first_time(story, editor):
    digest = read(story)
    import_digest(digest, story, FROM, by=editor, wanted={3, 4})

    outcome = import_digest(digest, story, FROM, by=editor)

    assert (len(outcome.drafts), outcome.were_there) == (4, 2)
    assert "4 drafts" in outcome.in_words()
    assert Day.objects.count() == Source.objects.count() == 1


@pytest.fixture
def other(db):
    """Another story of the same days."""
    return StoryFactory(slug="the-city", title="The city")


def test_another_story_gets_drafts_source_outlet_and_kind_of_its_own(story, other, editor):
    import_digest(read(story), story, FROM, by=editor)

    outcome = import_digest(read(other), other, FROM, by=editor)

    assert len(outcome.drafts) == 6
    assert {draft.story for draft in outcome.drafts} == {other}
    assert {draft.kind.story for draft in outcome.drafts} == {other}
    assert (outcome.source.story, outcome.source.outlet.story) == (other, other)
    assert Source.objects.count() == 2


def test_places_and_actors_of_another_story_are_not_linked(story, other, editor, known_names):
    outcome = import_digest(read(other), other, FROM, by=editor)

    assert [(list(draft.places.all()), list(draft.actors.all())) for draft in outcome.drafts] == [
        ([], [])
    ] * 6


def test_a_kind_of_another_story_is_refused(other, kind, editor):
    before = everything()

    with pytest.raises(Refused, match="belongs to another story"):
        import_digest(read(other), other, FROM, by=editor, kind=kind)

    assert everything() == before


def test_the_source_of_an_article_that_an_editor_entered_by_hand_is_used(story, editor, source):
    article = Article(outlet=source.outlet.name.upper(), title=source.title)

    import_digest(read(story), story, article, by=editor)

    assert Source.objects.count() == 1
    assert fresh(source).fingerprint
    assert fresh(source).version == 2


def test_articles_of_a_series_with_one_title_are_several_sources(story, source):
    digest = read(story)

    def known(published_on):
        return known_source(
            digest.fingerprint, story, Article("The Harbour Post", source.title, "", published_on)
        )

    assert known(date(2021, 3, 4)) == source
    assert known(date(2021, 3, 5)) is None


@pytest.fixture
def article(shared):
    path = shared / ARTICLE
    if not path.exists():
        pytest.skip(f"The shared data has no {ARTICLE}.")
    return path


@pytest.fixture
def war(db):
    return Story.objects.create(
        title="The 44 days",
        slug="the-44-days",
        first_date=date(2020, 9, 27),
        last_date=date(2020, 11, 9),
        zone="Asia/Baku",
    )


def test_the_given_text_tells_of_8_november_day_43(article, war):
    digest = read(war, article.read_text())

    assert (digest.day, digest.day_number) == (date(2020, 11, 8), 43)
    assert digest.evidence == "On the 43rd day of the war, November 8"
    assert digest.head_date == date(2021, 11, 8)


def test_the_cues_of_the_given_text_are_found_in_order(article, war):
    digest = read(war, article.read_text())

    found = [passage.cue.casefold() for passage in digest.passages if passage.cue and not passage.carried]
    assert found == [
        "overnight",
        "in the morning",
        "after 11:00 am",
        "in the afternoon",
        "in the evening",
        "late in the evening",
    ]


def test_the_given_text_becomes_drafts_once_and_the_call_lies_the_day_before(article, war, editor):
    vestnik = Article("Vestnik Kavkaza", "The 43rd day", "", date(2021, 11, 8))
    digest = read(war, article.read_text())

    first = import_digest(digest, war, vestnik, by=editor)
    second = import_digest(digest, war, vestnik, by=editor)

    assert (len(first.drafts), second.drafts, second.were_there) == (13, (), 13)
    call = Event.objects.get(citations__quote__contains="telephone conversation")
    assert (call.happened_on, call.day.date) == (date(2020, 11, 7), date(2020, 11, 8))
    assert set(Event.objects.values_list("state", "citations__state")) == {("draft", "pending")}
    assert Source.objects.count() == 1


def test_the_fingerprint_is_of_the_words_alone(story):
    digest = read(story, "Word one. Word two.", day=date(2021, 3, 3))

    assert digest.fingerprint == hashlib.sha256(b"Word one. Word two.").hexdigest()


def test_the_history_of_all_that_is_made_begins_with_the_import(known_names, story, editor):
    outcome = import_digest(read(story), story, FROM, by=editor)

    begun = Counter(Revision.objects.filter(began=None, why="Imported.").values_list("model", flat=True))
    made = {"event": 6, "citation": 6, "source": 1, "outlet": 1, "kind": 1, "day": 1}
    assert (begun, Revision.objects.count()) == (made, sum(made.values()))
    closed = outcome.drafts[1]
    said = Revision.objects.get(model="event", key=closed.pk).after
    assert (said["headline"], said["actors"]) == (closed.headline, [known_names["mayor"].pk])


def test_histories_are_begun_together_however_many_there_are(story, editor):
    with CaptureQueriesContext(connection) as sent:
        import_digest(read(story), story, FROM, by=editor)

    assert sum('INSERT INTO "events_revision"' in each["sql"] for each in sent.captured_queries) == 6
