"""What is printed, by the sheets alone: the current document of each subject, and what it says."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from html.parser import HTMLParser
from typing import Any
from zoneinfo import ZoneInfo

from chronicle import folding
from chronicle.models import Chronicle, Edition, Entry, Sheet

PRECISIONS = ["second", "minute", "under-hour", "hours-3", "hours-6", "hours-12", "day", "longer"]
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)

Texts = list[str]
"""Folded words, each text with a blank before and after every word."""


@dataclass(frozen=True)
class Told:
    """A public entry: under which values of each facet it is, its days, and its words."""

    number: int
    facets: dict[str, set[str]]
    stances: dict[str, set[str]]
    """What each of its sources says of it, by number."""
    first: date
    last: date
    happened_on: date
    told_on: date
    place: tuple[int, ...]
    """Where it stands in time: minute, exactness, second or position, and row id."""
    headline: Texts
    names: Texts
    body: Texts


@dataclass
class Printed:
    """One chronicle: its public entries, and what each term is called, by facet and number."""

    slug: str
    zone: ZoneInfo
    entries: list[Told] = field(default_factory=list)
    names: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    around: dict[str, set[str]] = field(default_factory=dict)
    """In which places each place lies, by number."""
    raw: list[str] = field(default_factory=list)
    """Texts as they were printed, to make up searches of."""

    def held(self) -> set[tuple[str, str]]:
        """The terms that have a public entry, by facet and number; a place has those of what lies in it."""
        return {
            (facet, value)
            for entry in self.entries
            for facet in ("kind", "place", "actor", "outlet", "source", "asset")
            for value in entry.facets[facet]
        }

    def numbers_of(self, facet: str, typed: str) -> list[str]:
        """The numbers of the terms that are called what was typed, from any of their words on.

        Only what holds a letter is a name, and only of what has a public entry.
        """
        if not any(character.isalpha() for character in folding.fold(typed)):
            return []
        wanted, held = folding.words(typed), self.held()
        return [
            number
            for (of, number), names in sorted(self.names.items())
            if of == facet and (of, number) in held and any(wanted in _endings(facet, name) for name in names)
        ]


def _endings(facet: str, name: str) -> list[list[str]]:
    words = folding.words(name)
    return [words[at:] for at in range(len(words))][: 1 if facet == "source" else None]


def read(slug: str) -> Printed:
    """The chronicle of that address, as its sheets have it."""
    chronicle = Chronicle.objects.get(slug=slug)
    documents = _current(chronicle)
    printed = Printed(slug, ZoneInfo(documents["chronicle"]["zone"]))
    rows = dict(Entry.objects.filter(chronicle=chronicle).values_list("number", "pk"))
    for subject, document in documents.items():
        facet, _, number = subject.partition("/")
        if facet in ("kind", "place", "actor", "outlet", "source"):
            printed.names[facet, number] = _called(document)
            printed.around |= {number: _around(subject, documents)} if facet == "place" else {}
        elif facet == "entry" and "withdrawn" not in document:
            printed.entries.append(_told(int(number), rows[int(number)], document, documents))
            printed.raw += [document["headline"], *_body(document, documents)]
    return printed


def _current(chronicle: Chronicle) -> dict[str, Any]:
    """The document of the latest edition of each subject that is no takedown."""
    editions = Edition.objects.filter(chronicle=chronicle).exclude(action="takedown").order_by("seq")
    latest = dict(editions.values_list("subject", "commitment"))
    sheets = dict(Sheet.objects.values_list("commitment", "document"))
    return {subject: sheets[commitment] for subject, commitment in latest.items()}


def _told(number: int, pk: int, document: Any, documents: dict[str, Any]) -> Told:
    moment, zone = document["moment"], ZoneInfo(documents["chronicle"]["zone"])
    earliest, latest = (datetime.fromisoformat(moment[end]) for end in ("earliest", "latest"))
    subjects = _subjects(document)
    return Told(
        number,
        _facets(document, subjects, documents)
        | {"part": set(_parts(earliest, latest, documents["chronicle"]))},
        stances=_stances(document),
        first=earliest.astimezone(zone).date(),
        last=(latest.astimezone(UTC) - timedelta.resolution).astimezone(zone).date(),
        happened_on=date.fromisoformat(moment["happened_on"]),
        told_on=date.fromisoformat(moment["told_on"]),
        place=_place(earliest, latest, document, pk),
        headline=_texts([document["headline"]]),
        names=_texts([name for subject in subjects for name in _called(documents[subject])]),
        body=_texts(_body(document, documents)),
    )


def _subjects(document: Any) -> list[str]:
    cited = [citation[what] for citation in document["citations"] for what in ("outlet", "source")]
    named = [each["subject"] for each in document["places"] + document["actors"]]
    return list(dict.fromkeys([document["kind"], *named, *cited]))


def _facets(document: Any, subjects: list[str], documents: dict[str, Any]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {facet: set() for facet in ("kind", "place", "actor", "outlet", "source")}
    for subject in subjects:
        facet, _, number = subject.partition("/")
        found[facet].add(number)
        found["place"] |= _around(subject, documents) if facet == "place" else set()
    return found | {
        "standing": {document["standing"]},
        "stance": {citation["stance"] for citation in document["citations"]},
        "key": {"1"} if document["key"] else set(),
        "media": {"yes"} if document.get("media") else set(),
        "asset": {each["subject"].partition("/")[2] for each in document.get("media", ())},
    }


def _around(place: str, documents: dict[str, Any]) -> set[str]:
    """The numbers of the places that ``place`` lies in."""
    within = documents[place]["within"]
    return {within.partition("/")[2], *_around(within, documents)} if within else set()


def _stances(document: Any) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for citation in document["citations"]:
        found.setdefault(citation["source"].partition("/")[2], set()).add(citation["stance"])
    return found


def _place(earliest: datetime, latest: datetime, document: Any, pk: int) -> tuple[int, ...]:
    moment = document["moment"]
    is_until = moment["open_start"] and not moment["open_end"]
    at = (max(earliest, latest - MINUTE) if is_until else earliest).timestamp()
    exactness = PRECISIONS.index(moment["precision"])
    within = int(at % 60) if exactness == 0 else document["position"]
    return (int(at // 60), exactness, within, pk)


def _parts(earliest: datetime, latest: datetime, chronicle: Any) -> Iterator[str]:
    """The part of the day that the clock on the wall shows, minute by minute."""
    if latest - earliest >= DAY:
        yield from ("night", "morning", "afternoon", "evening")
        return
    zone, begins = ZoneInfo(chronicle["zone"]), [("night", time(0))]
    begins += [(part, time.fromisoformat(chronicle[part])) for part in ("morning", "afternoon", "evening")]
    at = earliest.astimezone(UTC)
    while at < latest:
        shown = at.astimezone(zone).time()
        yield [part for part, begin in begins if begin <= shown][-1]
        at = at.replace(second=0, microsecond=0) + MINUTE


def _called(document: Any) -> list[str]:
    if "names" in document:
        return [name["name"] for name in document["names"]]
    return [document.get("name") or document["title"]]


def _body(document: Any, documents: dict[str, Any]) -> list[str]:
    shown = [(each["caption"], documents[each["subject"]]) for each in document.get("media", ())]
    beside = [text for caption, medium in shown for text in (caption or medium["caption"], medium["alt"])]
    quoted = [citation["quote"] for citation in document["citations"]]
    translated = [each["translation"]["text"] for each in document["citations"] if each["translation"]]
    return [_Plain.of(document["text"]), *beside, *quoted, *translated]


def _texts(plain: list[str]) -> Texts:
    return [f" {folded} " for text in plain if (folded := folding.fold(text))]


class _Plain(HTMLParser):
    """Takes the text out of an editor's HTML; only a link and emphasis part no words."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    @classmethod
    def of(cls, html: str) -> str:
        parser = cls()
        parser.feed(html)
        parser.close()
        return re.sub(r"\s+", " ", "".join(parser.found))

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.found.append("" if tag in ("a", "em", "strong") else " ")

    def handle_endtag(self, tag: str) -> None:
        self.handle_starttag(tag, None)

    def handle_data(self, data: str) -> None:
        self.found.append(data)
