"""Rows of the record, written as the press would and much faster: for tests of pages with many entries."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.utils.text import slugify

from chronicle.models import Chronicle, Entry, EntryTerm, Page, Term
from chronicle.record import cards, columns

LONG_AGO = datetime(2021, 6, 1, tzinfo=UTC)
FIRST, THIRD = date(2021, 3, 1), date(2021, 3, 3)
TERM_DOCUMENTS = {
    "kind": {},
    "place": {"names": []},
    "actor": {"names": []},
    "outlet": {"kind": "newspaper", "country": "", "side": "", "reliability": "B"},
}


def make_story(**fields) -> Chronicle:
    """A chronicle of a flood, six days long, in Lisbon."""
    usual = {"title": "The flood", "slug": "the-flood", "zone": "Europe/Lisbon"}
    days = {"first_date": FIRST, "last_date": date(2021, 3, 6)}
    return Chronicle.objects.create(**usual | days | fields)


def make_term(story: Chronicle, kind: str, label: str, **document) -> Term:
    """One term of the index."""
    return Term.objects.create(
        chronicle=story,
        kind=kind,
        key=uuid.uuid4(),
        slug=slugify(label, allow_unicode=True),
        label=label,
        document=TERM_DOCUMENTS.get(kind, {}) | document,
    )


def make_source(story: Chronicle, title: str = "The river rises", outlet: str = "The Harbour Post") -> Term:
    """A source, and its outlet where that is new."""
    paper = Term.objects.filter(chronicle=story, kind="outlet", label=outlet).first()
    paper = paper or make_term(story, "outlet", outlet)
    return make_term(
        story,
        "source",
        title,
        title=title,
        outlet=paper.pk,
        published_on="2021-03-04",
        url="https://post.example/river",
        archived_url="",
        genre="article",
        language="en",
        retracted="",
    )


def make_page(story: Chronicle, day: date = THIRD, **words) -> Page:
    """The printed words of a day."""
    return Page.objects.create(
        key=uuid.uuid4(),
        chronicle=story,
        date=day,
        number=story.calendar.number_of(day),
        document={},
        updated_at=LONG_AGO,
        **words,
    )


@dataclass
class Telling:
    """What an entry is to say. ``at`` is local; None is some time that day."""

    headline: str
    kind: Term
    places: Sequence[Term] = ()
    actors: Sequence[Term] = ()
    sources: Sequence[Term] = ()
    at: time | None = time(9)
    minutes: int = 60
    happened_on: date | None = None
    standing: str = "single"
    public_from: datetime = LONG_AGO


def print_entries(page: Page, tellings: Iterable[Telling]) -> list[Entry]:
    """Print ``tellings`` on ``page``, in their order where they begin in the same minute."""
    story = page.chronicle
    entries = [_entry(page, telling) for telling in tellings]
    taken = set(Entry.objects.values_list("sk", flat=True))
    for entry in entries:
        entry.sk = columns.minute_of(entry.earliest) << 12
        while entry.sk in taken:
            entry.sk += 1
        taken.add(entry.sk)
    Entry.objects.bulk_create(entries)
    terms = {term.pk: term for term in Term.objects.filter(chronicle=story)}
    for entry in entries:
        entry.card = cards.print_card(entry.document, terms, url=entry.get_absolute_url())
    Entry.objects.bulk_update(entries, ["card"], batch_size=200)
    EntryTerm.objects.bulk_create(
        EntryTerm(term_id=pk, entry=entry, sk=entry.sk, role=role)
        for entry in entries
        for role, ids in columns.roles(entry.document).items()
        for pk in ids
    )
    return entries


def _entry(page: Page, telling: Telling) -> Entry:
    clock, day = page.chronicle.clock, telling.happened_on or page.date
    earliest, latest = clock.day_bounds(day)
    if telling.at is not None:
        earliest = clock.instant(day, telling.at)
        latest = earliest + timedelta(minutes=telling.minutes)
    document = {
        "headline": telling.headline,
        "text": f"<p>It was told that: {telling.headline}.</p>",
        "when": "" if telling.at is None else f"{telling.at:%H:%M}",
        "earliest": f"{earliest:%Y-%m-%dT%H:%M:%SZ}",
        "latest": f"{latest:%Y-%m-%dT%H:%M:%SZ}",
        "throughout": False,
        "edtf": day.isoformat(),
        "happened_on": day.isoformat(),
        "reported_on": page.date.isoformat(),
        "kind": telling.kind.pk,
        "places": [place.pk for place in telling.places],
        "actors": [actor.pk for actor in telling.actors],
        "citations": [_citation(n, source) for n, source in enumerate(telling.sources, 1)],
        "standing": telling.standing,
        "position": 0,
        "public_from": telling.public_from.isoformat(),
    }
    entry = Entry(
        key=uuid.uuid4(),
        chronicle=page.chronicle,
        page=page,
        document=document,
        updated_at=LONG_AGO,
    )
    columns.fill(entry, clock)
    return entry


def _citation(n: int, source: Term) -> dict:
    return {
        "id": n,
        "source": source.pk,
        "outlet": source.document["outlet"],
        "quote": "The water stood at the doors.",
        "locator": "p. 2",
        "stance": "supports",
        "credibility": 2,
        "retracted": "",
    }


def print_many(page: Page, number: int) -> list[Entry]:
    """``number`` entries through the day of ``page``, under three kinds, four places and two actors."""
    story = page.chronicle
    kinds = [make_term(story, "kind", name) for name in ("Damage", "Rescue", "Statement")]
    places = [make_term(story, "place", name) for name in ("Bridge", "Harbour", "Mill", "Tower")]
    actors = [make_term(story, "actor", name) for name in ("City", "Fire brigade")]
    source = make_source(story)
    return print_entries(
        page,
        [
            Telling(
                headline=f"Report {n:03}",
                kind=kinds[n % 3],
                places=[places[n % 4]],
                actors=[actors[n % 2]],
                sources=[source],
                at=time(n * 7 // 60 % 24, n * 7 % 60),
            )
            for n in range(number)
        ],
    )
