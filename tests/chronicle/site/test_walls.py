"""Two hundred things wait on the desk beside a whole record: no public address answers otherwise by one byte.

``tests.chronicle.site.test_embargo`` tries one chronicle with what is scheduled; here everything is asked
that the map of the site has for two, by every filter, with the words and names of what waits.
"""

from datetime import date, timedelta

import pytest
from django.test import override_settings
from django.urls import Resolver404, get_resolver
from django.utils import timezone

from chronicle.models import Chronicle, Entry, Term
from events.editorial import publishing, scheduling, texts, writing
from events.models import Citation, Day, Event, Material, Source, Story
from events.press import make_ready
from media.models import Rendition
from tests.support import answers, chance
from tests.support.cast import fresh
from tests.support.factories import (
    ActorFactory,
    CitationFactory,
    DayFactory,
    EventFactory,
    KindFactory,
    OutletFactory,
    PersonFactory,
    PlaceFactory,
    SourceFactory,
    StoryFactory,
    TextFactory,
)
from tests.support.media import make_material, use

SLUGS = ["the-44-days", "the-flood", "the-drought", "nowhere"]
NUMBERED = [date(2020, 11, 8), date(2021, 3, 3)]
UNTOLD = "Xyzzy"
"""A word of all that waits, and of nothing that is printed."""

STATES = ("draft", "pending", "scheduled", "rejected")
EACH = 50
FACETS = ("kind", "place", "actor", "outlet", "source")
ASKED = 3_000
"""More than there are: a soak asks them all."""


@pytest.fixture(autouse=True)
def asked_by_name():
    with override_settings(ALLOWED_HOSTS=[answers.HOST]):
        yield


@pytest.fixture
def record(varied_once, db):
    return list(Story.objects.filter(slug__in=SLUGS).order_by("slug"))


def requests():
    """Everything that may be asked; of all that is no soak a share, with one of each pattern at least."""
    every = list(dict.fromkeys([*answers.public_requests(SLUGS, NUMBERED), *whole_record()]))
    chosen = set(chance.dice().sample(every, min(len(every), chance.tries(ASKED)))) | one_of_each(every)
    return [request for request in every if request in chosen]


def whole_record():
    """Each row of the record by its address, and the timeline by each of its filters."""
    for chronicle in Chronicle.objects.all():
        start, last = f"/{chronicle.slug}/", chronicle.calendar.number_of(chronicle.last_date)
        addresses = [f"{start}day-{number}/picture.png" for number in range(last + 2)]
        addresses += [entry.get_absolute_url() for entry in Entry.objects.filter(chronicle=chronicle)]
        addresses += [term.get_absolute_url() for term in Term.objects.filter(chronicle=chronicle)]
        addresses += [f"{start}timeline/?{query}" for query in queries(chronicle)]
        addresses += [f"{start}timeline/suggest/?{query}" for query in typed()]
        yield from (("GET", answers.HOST, address) for address in addresses)


def queries(chronicle):
    yield from answers.queries(chronicle)
    for facet in FACETS:
        known = Term.objects.filter(chronicle=chronicle, facet=facet).count()
        yield from (f"{facet}={number}&order=oldest" for number in range(1, known + answers.FURTHER + 1))
        yield f"{facet}={UNTOLD}+{facet}"
    yield from (f"stance={stance}" for stance in ("supports", "disputes", "mentions"))
    yield from (f"q={words}" for words in (UNTOLD, f"{UNTOLD[:3]}*", f"-{UNTOLD}", "the", f"the+OR+{UNTOLD}"))
    for day in [day for each in NUMBERED for day in (each, each + timedelta(days=1))]:
        yield from (f"from={day}&to={day}&by={by}" for by in ("happened", "told"))
    yield from ("key=1", "by=told", "by=told&order=oldest", f"q={UNTOLD}&order=best", "since=9")


def typed():
    yield from (f"q={start}" for start in (UNTOLD, UNTOLD[:2], "s", "the", "%D5%B7"))
    yield from (f"facet={facet}&{facet}={UNTOLD[:3]}" for facet in FACETS)


def one_of_each(every):
    """The last request of each pattern of the map."""
    return set({resolved(address): (method, host, address) for method, host, address in every}.values())


def resolved(address):
    """The name of the pattern that answers an address; empty where none does."""
    try:
        return get_resolver().resolve(address.partition("?")[0]).view_name
    except Resolver404:
        return ""


def wait(stories, each=EACH):
    """Put on the desk what nobody has read: so many of each state, under terms old and new."""
    editor = PersonFactory(editor=True)
    for story in stories:
        terms = named(story)
        days = [*story.days.all()[:2], DayFactory(story=story, date=story.last_date)]
        for number in range(each * len(STATES) // len(stories)):
            tell(STATES[number % len(STATES)], number, days, terms, editor)
        change(story, editor)
        show(story)


def show(story):
    """Media that nobody has read of, approved and waiting; and other words of those that are printed."""
    words = {"caption": f"{UNTOLD} caption", "alt": UNTOLD, "credit": UNTOLD, "shows": UNTOLD}
    ready = [make_material(story, width=200 + n, place=story.places.last(), **words) for n in range(2)]
    waiting = make_material(story, width=210, approved=False, **words)
    for material in ready:
        make_ready(material)
    for event in (Event.objects.filter(day__story=story, state=s).first() for s in ("draft", "published")):
        if event:
            use(event, *ready, waiting, caption=UNTOLD)
    nobodys = {"approved_by": None, "approved_at": None, "approved_version": None}
    Material.objects.filter(story=story, printed__isnull=False).update(
        caption=f"{UNTOLD} changed", state="pending", **nobodys
    )


def named(story):
    """For each facet a term that is printed and one that nobody has read of, under a new place."""
    outer = PlaceFactory(story=story, name=f"{UNTOLD} outer place")
    inner = PlaceFactory(story=story, name=f"{UNTOLD} place", within=outer)
    outlet = OutletFactory(story=story, name=f"{UNTOLD} outlet")
    return {
        "kind": [story.kinds.first(), KindFactory(story=story, name=f"{UNTOLD} kind")],
        "place": [story.places.first(), inner],
        "actor": [story.actors.first(), ActorFactory(story=story, name=f"{UNTOLD} actor")],
        "source": [
            Source.objects.filter(story=story).first(),
            SourceFactory(story=story, outlet=outlet, title=f"{UNTOLD} source"),
        ],
    }


def tell(state, number, days, terms, editor):
    """One thing that waits: an event of its own, or a citation of one that is printed."""
    decided = {"scheduled": "approved", "rejected": "rejected"}.get(state, "")
    source = terms["source"][number // 2 % 2]
    printed = Event.objects.filter(day__story=days[0].story, state="published")
    if state in ("pending", "rejected") and number % 3 == 0:
        event = printed[number % printed.count()]
        CitationFactory(event=event, source=source, quote=f"{UNTOLD} {number}", decided=decided)
        return
    event = EventFactory(
        day=days[number % len(days)],
        kind=terms["kind"][number // 4 % 2],
        headline=f"{UNTOLD} headline {number}",
        text=f"<p>{UNTOLD} text</p>",
        wording=["", f"{number % 24}:30", "1–3 March 2021", "since 10:00"][number // 3 % 4],
        places=[terms["place"][number // 8 % 2]],
        actors=[terms["actor"][number // 16 % 2]],
        source=None if state == "draft" else source,
        quote=f"{UNTOLD} quote",
        decided=decided,
        is_key=number % 5 == 0,
    )
    if state == "pending":
        publishing.submit(event, by=editor, seen=event.version)
    if state == "scheduled":
        later = timezone.now() + timedelta(hours=1 + number % 3)
        publishing.publish(event, by=editor, seen=event.version, at=later)


def change(story, editor):
    """Change the words of an event, a day and a text that are printed, and keep the change."""
    event = Event.objects.filter(day__story=story, state="published").last()
    event.headline, event.is_key = f"{UNTOLD} staged", True
    writing.save_event(event, by=editor, seen=event.version)
    day = Day.objects.filter(story=story).first()
    day.headline = f"{UNTOLD} day"
    writing.save_day(day, by=editor, seen=day.version)
    text = story.texts.first() or TextFactory(story=story)
    text.title, text.text = f"{UNTOLD} about", f"<p>{UNTOLD}</p>"
    texts.save_text(text, by=PersonFactory(admin=True), seen=text.version)


def different(before, after):
    return [request for request in before if before[request] != after[request]]


def test_two_hundred_things_that_wait_change_no_answer(record):
    asked = requests()
    before = answers.answers_to(asked)
    assert {status for status, _, _ in before.values()} >= {200, 302, 404}

    wait(record)
    StoryFactory(unopened=True, title=f"{UNTOLD} drought", slug="the-drought")

    events = Event.objects.filter(headline__startswith=f"{UNTOLD} headline")
    citations = Citation.objects.filter(quote__startswith=UNTOLD)
    assert {event.state for event in events} == {"draft", "submitted", "scheduled"}
    assert {citation.state for citation in citations} == {"pending", "approved", "rejected"}
    own = citations.filter(event__state="published").count()
    assert events.count() + own >= EACH * len(STATES)
    after = answers.answers_to(asked)
    assert different(before, after) == []
    bodies = [body for address, (_, _, body) in after.items() if UNTOLD not in address[2]]
    assert not [body for body in bodies if UNTOLD.encode() in body]
    private = [each.filename for each in Rendition.objects.filter(asset__material__alt=UNTOLD)]
    assert len(private) >= EACH / 10
    told = answers.answers_to(("GET", answers.HOST, f"/media/{name[:2]}/{name}") for name in private)
    assert {status for status, _, _ in told.values()} == {404}


def test_control_publishing_one_changes_what_lists_it(record):
    [story] = [story for story in record if story.slug == "the-flood"]
    wait([story], each=16)
    scheduled = Event.objects.filter(state="scheduled", kind__name=f"{UNTOLD} kind")
    event = scheduled.filter(places__names__name=f"{UNTOLD} place")[0]
    asked = [
        ("GET", answers.HOST, f"/the-flood/{path}")
        for path in (
            "",
            "timeline/",
            f"timeline/?q={UNTOLD}",
            f"timeline/?kind={UNTOLD}+kind",
            f"timeline/suggest/?q={UNTOLD}",
            "timeline/?by=told&order=oldest",
            f"day-{story.calendar.number_of(event.day.date)}/",
            f"day-{story.calendar.number_of(event.day.date)}/picture.png",
            "picture.png",
            "days/",
            "sitemap-3.xml",
        )
    ]
    before = answers.answers_to(asked)

    assert scheduling.publish_due(event.pk, timezone.now() + timedelta(hours=9))

    assert different(before, answers.answers_to(asked)) == asked
    assert fresh(event).state == "published"


def test_every_pattern_of_the_map_has_an_example(record):
    named_there = {pattern.name for _, pattern in answers.patterns(get_resolver().url_patterns)}

    assert {resolved(address) for _, _, address in requests()} >= named_there


def test_control_a_pattern_without_an_example_is_noticed(record, monkeypatch):
    monkeypatch.delitem(answers.VALUES, "suggest")

    with pytest.raises(LookupError, match="suggest"):
        requests()
