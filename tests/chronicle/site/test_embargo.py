"""What waits on the desk leaves no trace before readers: no answer of the site differs by one byte."""

import re
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.db.models import F
from django.test import override_settings
from django.utils import timezone

from events.editorial import publishing, scheduling, texts, writing
from events.models import Day, Event, Kind, Source, Story, Text
from tests.support import chance
from tests.support.answers import HOST, answers_to, public_requests
from tests.support.cast import make_event, open_to_readers
from tests.support.factories import (
    ActorFactory,
    CitationFactory,
    DayFactory,
    EventFactory,
    KindFactory,
    MaterialFactory,
    OutletFactory,
    PersonFactory,
    PlaceFactory,
    SourceFactory,
    StoryFactory,
    TextFactory,
    fresh,
    show,
)
from tests.support.media import public_files

HOUR = timedelta(hours=1)
TOLD, OTHER = date(2020, 11, 8), date(2020, 10, 4)
SLUGS = ["the-44-days", "the-flood", "the-drought", "nowhere"]
"""One that is printed, two that are not open, and one that nobody knows."""
UNTOUCHED = SLUGS[2:]
"""Of which a control publishes nothing."""


@pytest.fixture(autouse=True)
def asked_by_name():
    with override_settings(ALLOWED_HOSTS=["chronicle.example"]):
        yield


@pytest.fixture(scope="module")
def answers_before(built_once, django_db_blocker):
    """What the sample answers, while nothing waits."""
    with django_db_blocker.unblock(), override_settings(ALLOWED_HOSTS=[HOST]):
        return answers()


@pytest.fixture
def before(answers_before, built):
    return answers_before


@pytest.fixture
def people(built):
    return PersonFactory(editor=True), PersonFactory(moderator=True)


def answers():
    return answers_to(public_requests(SLUGS, [TOLD, OTHER]))


def schedule(event, editor, moderator, source, after):
    CitationFactory(event=event, source=source, by=editor, moderator=moderator, decided="approved")
    publishing.publish(event, by=editor, seen=fresh(event).version, at=timezone.now() + after)


def scheduled_events(people):
    """Thirty on two days of the sample, in kinds, places and of actors and sources new and known."""
    editor, moderator = people
    story = Story.objects.get(slug="the-44-days")
    days = [Day.objects.get(story=story, date=TOLD)]
    days.append(writing.save_day(Day(story=story, date=OTHER, headline="A day"), by=editor))
    kinds = [Kind.objects.filter(story=story).first(), KindFactory(story=story, name="A new kind")]
    places = [*story.places.all()[:1], PlaceFactory(story=story, name="A new place")]
    actors = [*story.actors.all()[:1], ActorFactory(story=story, name="A new actor")]
    sources = [
        Source.objects.get(story=story),
        SourceFactory(outlet=OutletFactory(story=story, name="A new outlet"), title="A new source"),
    ]
    for number in range(30):
        event = make_event(
            editor,
            days[number % 2],
            kinds[number // 2 % 2],
            headline=f"Embargo {number}",
            wording=f"{number % 24}:30",
            places=[places[number // 4 % 2]],
            actors=[actors[number // 8 % 2]],
        )
        schedule(event, editor, moderator, sources[number // 16 % 2], HOUR * (1 + number % 3))
    return list(Event.objects.filter(headline__startswith="Embargo").order_by("pk"))


def scheduled_elsewhere(people):
    """Nine of a story that is not open, and a restoration of what is withdrawn."""
    editor, moderator = people
    flood = StoryFactory(unopened=True)
    for number in range(9):
        event = EventFactory(headline=f"Flood {number}", by=editor)
        assert event.story == flood
        schedule(event, editor, moderator, SourceFactory(), HOUR)
    gone = Event.objects.filter(state="withdrawn").first()
    publishing.reopen_event(gone, by=editor, seen=gone.version)
    publishing.publish(gone, by=editor, seen=gone.version, at=timezone.now() + HOUR, note="Sure again.")


def drafts(people):
    """And whatever else the desk has: drafts, words not published yet, citations that wait."""
    editor, _ = people
    StoryFactory(unopened=True, title="The drought", slug="the-drought")
    day = Day.objects.get(date=TOLD)
    make_event(editor, day, Kind.objects.filter(story=day.story).first(), headline="A draft")
    staged = Event.objects.filter(state="published").first()
    staged.headline = "Staged words"
    writing.save_event(staged, by=editor, seen=staged.version)
    CitationFactory(event=staged, source=Source.objects.get(title="A new source"), by=editor)
    day.headline = "Words of a day that wait"
    writing.save_day(day, by=editor, seen=day.version)
    staged_texts()


def unopened_story(people):
    """Forty events of a story that is not open, some of them key events, with pictures, a day and a text."""
    editor, _ = people
    drought = Story.objects.get(slug="the-drought")
    rows = {"by": editor, "kind__story": drought, "source__outlet__story": drought}
    day = DayFactory(story=drought, by=editor, headline="A dry day", published=True)
    for number in range(40):
        event = EventFactory(
            headline=f"Drought {number}", day=day, wording=f"{number % 24}:15", is_key=not number % 8, **rows
        )
        if not number % 10:
            show(event, MaterialFactory(story=drought, by=editor, approved=True))
        CitationFactory(event=event, source=SourceFactory(outlet__story=drought), by=editor, approved=True)
        publishing.publish(fresh(event), by=editor, seen=fresh(event).version)
    TextFactory(story=drought, name="contact", published=True)
    return drought


def staged_texts():
    """A text that readers know, changed since, and one of a story that nobody knows."""
    admin = PersonFactory(admin=True)
    text = Text.objects.get(story__slug="the-44-days", name="policy")
    text.title, text.text = "Another policy", "<p>Not yet.</p>"
    texts.save_text(text, by=admin, seen=text.version)
    TextFactory(story=Story.objects.get(slug="the-drought"))


def test_with_forty_things_scheduled_and_a_story_not_open_every_answer_is_the_same(before, people):
    files = public_files()
    assert len(before) > 500
    assert {status for status, _, _ in before.values()} >= {200, 301, 302, 400, 404, 405, 410}

    events = scheduled_events(people)
    scheduled_elsewhere(people)
    drafts(people)
    drought = unopened_story(people)

    assert Event.objects.filter(state="scheduled", publish_at__isnull=False).count() == 40
    assert Event.objects.filter(state="scheduled", publish_at=None).count() == 40
    assert different(before, answers()) == []
    assert public_files() == files
    refused(events, before)
    opened(drought, before)


def opened(drought, before):
    """The control: its opening changes what it should."""
    named = {"/", "/the-drought/", "/the-drought/contact/", "/sitemap.xml"}
    open_to_readers(drought)

    changed = {address for _, host, address in changes(before, some(before, named)) if host == HOST}
    assert named <= changed
    assert not [address for address in changed if "the-44-days" in address or "the-flood" in address]


def some(requests, named, words=()):
    """Of ``requests`` what is ``named``, what has one of the ``words``, and a tenth of all; in soak all."""
    drawn = set(chance.dice().sample(sorted(requests), chance.tries(len(requests))))
    return [
        request
        for request in requests
        if request in drawn
        or (request[1] == HOST and request[2] in named)
        or any(word in request[2] for word in words)
    ]


def refused(events, before):
    """What could not be published at its time is as unseen as what waits for it."""
    with transaction.atomic():
        Event.objects.filter(publish_at__isnull=False).update(scheduled_version=0)
        later = timezone.now() + 5 * HOUR
        assert not any(scheduling.publish_due(pk, later) for pk in scheduling.due(later))
        # Those of a story that is not open are not even looked at.
        assert Event.objects.exclude(schedule_refusal="").count() == 31
        asked = chance.dice().sample(sorted(before), chance.tries(len(before)))
        assert different(before, answers_to(asked)) == []
        transaction.set_rollback(True)


def said(answers, request):
    """What was answered, but for the tag: that of every page of a story is another after each printing."""
    status, headers, body = answers.get(request, (0, (), b""))
    return status, [(name, value) for name, value in headers if name != "ETag"], body


def different(one, other):
    """The requests of ``other`` that ``one`` answers otherwise, or not at all."""
    return [request for request in other if other[request] != one.get(request)]


def changes(before, asked):
    """Those of ``asked`` that are answered otherwise now."""
    return different(before, answers_to(asked))


@pytest.mark.once
def test_control_publishing_one_changes_what_it_should(before, people):
    """One of a story that readers know, and one of a story that is opened first."""
    event = scheduled_events(people)[0]
    scheduled_elsewhere(people)
    flood = Event.objects.get(headline="Flood 0")
    open_to_readers(flood.story)

    assert scheduling.publish_due(event.pk, timezone.now() + 5 * HOUR)
    assert scheduling.publish_due(flood.pk, timezone.now() + 5 * HOUR)

    changing = {
        "GET /",
        f"GET /the-44-days/entry/{fresh(event).printed.number}/",
        "GET /the-44-days/day-43/",
        "GET /the-44-days/day-43/?part=night",
        "GET /the-44-days/day-43/?standing=single",
        "HEAD /the-44-days/day-43/",
        "GET /the-44-days/",
        "GET /the-flood/",
        "HEAD /the-flood/",
        "GET /the-flood/entry/1/",
    }
    asked = some(before, {request.partition(" ")[2] for request in changing}, UNTOUCHED)
    changed = {f"{method} {address}" for method, host, address in changes(before, asked) if host == HOST}
    assert changing <= changed
    assert not [request for request in changed if any(slug in request for slug in UNTOUCHED)]


GOES_BY_THE_LOG = re.compile(r"/log/|/day-\d+/|/corrections/feed|/time(map|gate)/|[?&]as_of=")
"""What proves an edition, an open day, a feed and what was known then say how far the log goes."""


@pytest.mark.once
def test_control_publishing_a_text_changes_its_page_and_a_first_one_every_footer(people):
    """One that readers know, told among its corrections alone, and the first of a story that has none."""
    StoryFactory(title="The drought", slug="the-drought")
    staged_texts()
    known = {
        "/the-44-days/policy/",
        "/the-44-days/policy/changes/",
        "/the-44-days/corrections/",
        "/the-44-days/sitemap-1.xml",
    }
    named = known | {"/the-drought/", "/the-drought/about/"}
    asked = some(list(public_requests(SLUGS, [TOLD, OTHER])), named)
    before, admin = answers_to(asked), PersonFactory(admin=True)

    for text in Text.objects.filter(published_version__lt=F("version")):
        texts.publish_text(text, by=admin, seen=text.version, note="Now.")

    now = answers_to(asked)
    changed = {
        request[2]
        for request in different(now, before)
        if request[1] == HOST and said(now, request) != said(before, request)
    }
    assert named <= changed
    ours = {
        address for address in changed if "the-44-days" in address and not GOES_BY_THE_LOG.search(address)
    }
    assert {address.partition("?")[0] for address in ours} == known
