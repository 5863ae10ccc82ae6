"""Rows of the record, written as the press would and much faster: for tests of pages with many entries."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from chronicle.models import Chronicle, Entry, EntryTerm, Page, Sheet, Spelling, Term
from chronicle.models.term import facet_of, named_in
from chronicle.record import bitmaps, cards, columns, inserting, spellings, words

LONG_AGO = datetime(2021, 6, 1, tzinfo=UTC)
FIRST, THIRD = date(2021, 3, 1), date(2021, 3, 3)
COMMON = {"format": 1, "language": "en", "note": ""}
TERM_DOCUMENTS = {
    "kind": {"description": "", "citations_needed": None},
    "place": {"latitude": "", "longitude": "", "precision": "", "within": ""},
    "actor": {"nature": "organisation"},
    "asset": {
        **dict.fromkeys(("alt", "rights_note", "licence_ends", "shows", "taken", "place", "source"), ""),
        **{"url": "", "taken_down": "", "graphic": "none", "kind": "picture", "mime": "image/jpeg"},
        **{"credit": "Ana Reis", "rights": "CC-BY-4.0", "source_type": "digitalCapture"},
        **{"width": 800, "height": 600, "focus": None},
        "renditions": [
            {
                **{"width": 480, "height": 360, "format": "jpeg", "bytes": 30_000, "blurred": False},
                "sha256": "ab" * 32,
            }
        ],
    },
    "outlet": {
        "nature": "newspaper",
        "country": "",
        "side": "",
        "reliability": "B",
        "reliability_reason": "",
        "reliability_since": "",
        "url": "",
    },
}


def make_story(**fields) -> Chronicle:
    """A chronicle of a flood, six days long, in Lisbon."""
    key = uuid.uuid4()
    usual = {"title": "The flood", "slug": "the-flood", "zone": "Europe/Lisbon", "first_number": 1}
    days = {"first_date": FIRST, "last_date": date(2021, 3, 6)}
    seal = {"key": key, "origin": f"localhost/{key}", "language": "en", "name_style": "slash"}
    return Chronicle.objects.create(**printed({}) | usual | days | seal | fields)


def printed(document: dict) -> dict:
    """The columns of a row of the record that its first edition fills; saves its sheet."""
    sheet = Sheet.of(COMMON | document)
    sheet.save()
    return {"edition": 1, "commitment": sheet.commitment, "updated_at": LONG_AGO}


def make_term(story: Chronicle, facet: str, label: str, **document) -> Term:
    """One term of the index."""
    named = {"name": label} if facet in ("kind", "outlet") else {}
    names = [{"name": label, "language": "en", "used_by": "", "preferred": True}]
    named |= {"names": names} if facet in ("place", "actor") else {}
    named |= {"caption": label} if facet == "asset" else {}
    document = COMMON | TERM_DOCUMENTS.get(facet, {}) | named | document
    number = Term.objects.filter(chronicle=story, facet=facet).count() + 1
    term = Term(chronicle=story, facet=facet, number=number, **printed(document))
    for name, value in columns.of_term(facet, document, story).items():
        setattr(term, name, value)
    if document.get("within"):
        above = Term.objects.named(story, [document["within"]]).get()
        term.lineage = [above.number, *above.lineage]
    term.save()
    inserting.insert(Spelling, spellings.COLUMNS, spellings.rows_of(term, document))
    term.document = document
    return term


def make_source(
    story: Chronicle, title: str = "The river rises", outlet: str = "The Harbour Post", **document
) -> Term:
    """A source, and its outlet where that is new."""
    paper = Term.objects.filter(chronicle=story, facet="outlet", label=outlet).first()
    paper = paper or make_term(story, "outlet", outlet)
    return make_term(
        story,
        "source",
        title,
        **{
            "title": title,
            "outlet": paper.subject,
            "published_on": "2021-03-04",
            "url": "https://post.example/river",
            "canonical_url": "https://post.example/river",
            "archived_url": "",
            "genre": "article-newspaper",
            "language": "en",
            "relays": "",
            "retracted": "",
        }
        | document,
    )


def make_page(story: Chronicle, day: date = THIRD, **words) -> Page:
    """The printed words of a day."""
    number = story.calendar.number_of(day)
    document = {"date": day.isoformat(), "number": number, **words}
    return Page.objects.create(chronicle=story, date=day, number=number, **printed(document), **words)


@dataclass
class Telling:
    """What an entry is to say. ``at`` is local; None is some time that day."""

    headline: str
    kind: Term
    places: Sequence[Term] = ()
    actors: Sequence[Term] = ()
    sources: Sequence[Term] = ()
    media: Sequence[Term] = ()
    at: time | None = time(9)
    minutes: int = 60
    happened_on: date | None = None
    standing: str = "single"
    stance: str = "supports"
    """That of all its sources."""
    key: bool = False
    goes_on: bool = False
    """Whether it began at ``at`` and nobody says that it ended."""


def print_entries(page: Page, tellings: Iterable[Telling]) -> list[Entry]:
    """Print ``tellings`` on ``page``, in their order where they begin in the same minute."""
    story = page.chronicle
    terms = {term.subject: term for term in Term.objects.filter(chronicle=story).with_document()}
    first = Entry.objects.filter(chronicle=story).count() + 1
    entries = [_entry(page, telling, first + n, position=n % 512) for n, telling in enumerate(tellings)]
    last = Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    for pk, entry in enumerate(entries, last + 1):
        entry.pk, entry.sk = pk, columns.sk(entry.document, pk)
        entry.card = cards.print_card(entry.document, terms, url=entry.get_absolute_url())
    Sheet.objects.bulk_create([entry.sheet for entry in entries])
    Entry.objects.bulk_create(entries)
    EntryTerm.objects.bulk_create(
        EntryTerm(term=terms[subject], entry=entry, sk=entry.sk, facet=facet_of(subject))
        for entry in entries
        for subject in named_in(entry.document)
    )
    index(story, entries, terms)
    return entries


def index(story: Chronicle, entries: Sequence[Entry], terms: dict[str, Term]) -> None:
    """Let ``entries`` be found."""
    lineages = {subject: term.lineage for subject, term in terms.items()}
    changes = bitmaps.Changes()
    for entry in entries:
        changes.add(entry.pk, set(), columns.indexed_under(entry.document, entry.parts, lineages))
    bitmaps.change(story.pk, changes)
    words.save([(entry, entry.document) for entry in entries], terms)


def _entry(page: Page, telling: Telling, number: int, *, position: int) -> Entry:
    clock, day = page.chronicle.clock, telling.happened_on or page.date
    earliest, latest = clock.day_bounds(day)
    if telling.at is not None:
        earliest = clock.instant(day, telling.at)
        latest = earliest + timedelta(minutes=telling.minutes)
    document = COMMON | {
        "headline": telling.headline,
        "text": f"<p>It was told that: {telling.headline}.</p>",
        "moment": {
            "wording": "" if telling.at is None else f"{telling.at:%H:%M}",
            "earliest": earliest.astimezone(clock.zone).isoformat(),
            "latest": latest.astimezone(clock.zone).isoformat(),
            "open_start": False,
            "open_end": telling.goes_on,
            "throughout": telling.goes_on,
            "precision": columns.precision(earliest, latest, is_open=telling.goes_on, clock=clock),
            "carried": False,
            "happened_on": day.isoformat(),
            "told_on": page.date.isoformat(),
            "edtf": day.isoformat(),
        },
        "position": position,
        "key": telling.key,
        "kind": telling.kind.subject,
        "places": [{"subject": place.subject} for place in telling.places],
        "actors": [{"subject": actor.subject} for actor in telling.actors],
        "citations": [_citation(source, telling.stance) for source in telling.sources],
        "standing": telling.standing,
    }
    if telling.media:
        document["media"] = [{"subject": medium.subject, "caption": ""} for medium in telling.media]
    sheet = Sheet.of(document)
    entry = Entry(
        chronicle=page.chronicle,
        number=number,
        edition=1,
        commitment=sheet.commitment,
        updated_at=LONG_AGO,
        **columns.of_entry(document, clock),
    )
    entry.sheet, entry.document = sheet, document
    return entry


def _citation(source: Term, stance: str) -> dict:
    return {
        "key": str(uuid.uuid4()),
        "source": source.subject,
        "outlet": source.document["outlet"],
        "origin": source.document["outlet"],
        "quote": "The water stood at the doors.",
        "language": "",
        "translation": None,
        "locator": "p. 2",
        "stance": stance,
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
