"""The rows that pages list, as they stood at a moment: those that have changed since beside all others."""

from collections.abc import Callable, Iterable, Mapping
from copy import copy
from datetime import date, datetime
from heapq import nlargest, nsmallest
from operator import attrgetter, gt, itemgetter, lt
from typing import Any, TypeVar

from django.utils.functional import lazy
from pyroaring import BitMap

from chronicle.models import Entry, Term
from chronicle.models.term import named_in
from chronicle.record import cards, columns
from chronicle.site.orders import Order
from chronicle.site.sections import address
from chronicle.site.shown import OfDay, Shown
from chronicle.site.then.past import Past
from chronicle.site.then.stood import headed_then, with_words
from chronicle.site.then.versions import Version

Row = TypeVar("Row", Shown, OfDay)
Choosing = Callable[[Iterable[OfDay]], tuple[list[OfDay], list[OfDay]]]


def of_day(
    past: Past, found: Iterable[Any], among: BitMap, choose: Choosing, *, told: date | None
) -> tuple[list[OfDay], list[OfDay]]:
    """What was ``found`` of a day, with those of ``among`` that have changed since: what it lists, and its
    key events, as ``choose`` tells them apart.

    With lines for what was withdrawn of those that the day ``told`` tells.
    """
    some = [past.state.entries[pk] for pk in among if pk in past.state.entries]
    some += [version for version in past.state.lines if told and version.withdrawal.told_on == told]
    rows, said = _merged(past, found, some, OfDay)
    listed, key_events = choose(rows)
    return _printed(past, listed, said), key_events


def withdrawn_since(past: Past) -> list[OfDay]:
    """The lines of all that was withdrawn since."""
    return _told(past, [version for version in past.state.lines if version.gone], OfDay)


def in_order(
    past: Past,
    found: Iterable[Any],
    among: BitMap,
    order: Order,
    beyond: tuple[date | None, int] | None,
    *,
    descending: bool,
    most: int,
) -> list[Shown]:
    """What was ``found`` in ``order`` beyond a place, with those of ``among`` that have changed since."""
    some = [past.state.entries[pk] for pk in among & past.state.changed]
    if beyond:
        day, sk = beyond
        start = (sk,) if day is None else (day.toordinal(), sk)
        lies_beyond = lt if descending else gt
        some = [version for version in some if lies_beyond(order.place_of(version), start)]
    # Only what is on the page is read.
    first = nlargest if descending else nsmallest
    rows, said = _merged(past, found, first(most, some, key=order.place_of), Shown)
    rows.sort(key=order.place_of, reverse=descending)
    return _printed(past, rows[:most], said)


def _merged(
    past: Past, found: Iterable[Any], some: list[Version], kind: type[Row]
) -> tuple[list[Row], dict[int, Any]]:
    """The rows that were ``found`` and those of ``some``; and what those said that have another card now."""
    rows: list[Row] = []
    said = {}
    for *values, document, at in found:
        row = kind._make(values)
        if document:
            said[row.pk] = document
        rows.append(_restated(row, document, at) if at and isinstance(row, OfDay) else row)
    told = _told(past, some, kind)
    said |= {each.pk: past.state.documents[each.commitment] for each in some if each.withdrawal is None}
    return [*rows, *told], said


def _restated(row: OfDay, document: Any, at: datetime) -> OfDay:
    """A ``row`` of now with what it said then, printed ``at`` that instant."""
    return row._replace(headline=document["headline"], updated_at=at)


def _printed(past: Past, rows: list[Row], said: Mapping[int, Any]) -> list[Row]:
    """``rows`` with the cards of then, made of what those ``said`` that have another now."""
    past.on_cards.update(*(named_in(said[row.pk]) for row in rows if row.pk in said))
    return [
        row._replace(card=_card(past, said[row.pk], row.number)) if row.pk in said else row for row in rows
    ]


def _card_of(past: Past, document: Any, number: int) -> str:
    terms = terms_of(past.chronicle, past.on_cards)
    return cards.print_card(document, terms, url=address("entry", past.chronicle.slug, number))


_card = lazy(_card_of, str)
"""A card that is printed once it is shown: by then the terms that it names are read with all others."""


def _told(past: Past, some: list[Version], kind: Any) -> list[Any]:
    """The rows of a ``kind`` of what stood then, their cards apart."""
    said = past.documents([version.shown_by for version in some])
    return [kind(**_values(past, version, said[version.shown_by], kind)) for version in some]


def _values(past: Past, version: Version, document: Any, kind: Any) -> dict[str, Any]:
    values = columns.of_entry(document, past.chronicle.clock) | {
        "pk": version.pk,
        "number": version.number,
        "sk": columns.sk(document, version.pk, version.clash),
        "card": "",
        "taken_at": None,
        "changed": version.changed,
        "changed_at": version.changed_at,
        "withdrawn_at": version.withdrawal.at if version.withdrawal else None,
        "updated_at": version.at,
        "first_at": version.first_at,
    }
    return {name: values[name] for name in kind._fields}


def terms_of(chronicle: Any, subjects: Iterable[str]) -> Mapping[str, Term]:
    """The terms with ``subjects``, with their documents, as they are or were then."""
    if not chronicle.then:
        return cards.terms_of(chronicle, subjects)
    read: dict[str, Term] = chronicle.then.state.read
    for term in cards.terms_of(chronicle, set(subjects) - read.keys()).values():
        chronicle.then.keep(term)
    return read


def key_events(past: Past, kind: Any, most: int) -> list[Any]:
    """The last key events among what has changed since, as rows of a ``kind``; of the withdrawn no words."""
    read = [(each.sk, each) for each in map(past.state.entries.get, past.state.under("key")) if each]
    gone = [(line.withdrawal.sk, line) for line in past.state.lines if line.withdrawal.is_key]
    last = nlargest(most, [*read, *gone], key=itemgetter(0))
    return _told(past, [version for _, version in last], kind)


def beside(past: Past, entry: Entry) -> list[Any]:
    """The entries next before and next after one among those of its day, in order of time, in two queries."""
    told = Entry.objects.public().filter(chronicle=past.chronicle, told_on=entry.told_on)
    stayed = told.filter(pk__lte=past.moment.last).exclude(pk__among=past.state.changed).order_by()
    stayed = with_words(stayed, past.moment.size).only("number", "headline", "sk")
    changed = [past.state.entries[pk] for pk in past.state.under(f"told/{entry.told_on}")]
    others: list[Any] = sorted([*stayed, *changed], key=attrgetter("sk"))
    before = [each for each in others if each.sk < entry.sk]
    after = [each for each in others if each.sk > entry.sk]
    return _called(past, [*before[-1:], *after[:1]])


def _called(past: Past, some: list[Any]) -> list[Any]:
    """Entries as they stood, by their headlines of then."""
    said = past.documents([each.commitment for each in some if isinstance(each, Version)])
    return [
        Entry(number=each.number, headline=said[each.commitment]["headline"], sk=each.sk)
        if isinstance(each, Version)
        else headed_then(each)
        for each in some
    ]


def entry_of(now: Entry, editions: list[Any]) -> tuple[Any, list[Any]] | None:
    """An entry as it was, with those of its ``editions``, the newest first, that were printed by then.

    What was withdrawn or taken down since is as that left it. None where it was not printed by then.
    """
    size = now.chronicle.then.moment.size
    known = [edition for edition in editions if edition.seq <= size]
    if now.taken_at or not known:
        return (now, editions) if known else None
    return _as_it_stood(copy(now), editions, known)


def _as_it_stood(entry: Any, editions: list[Any], known: list[Any]) -> tuple[Any, list[Any]]:
    since = editions[: len(editions) - len(known)][::-1]
    withdrawal = _first(since, "withdrawal")
    shown = withdrawal or next(edition for edition in known if edition.action != "takedown")
    if not shown.document:
        entry.taken_at = _first(since, "takedown").at
        return entry, editions
    _tell(entry, shown)
    return entry, editions if withdrawal else known


def _first(editions: list[Any], action: str) -> Any:
    return next((edition for edition in editions if edition.action == action), None)


def _tell(entry: Any, shown: Any) -> None:
    """Have ``entry`` be as the edition ``shown`` left it."""
    document = shown.document
    for name, value in columns.of_entry(document, entry.chronicle.clock).items():
        setattr(entry, name, value)
    entry.withdrawn_at = shown.at if "withdrawn" in document else None
    entry.sk = columns.sk(document, entry.pk, entry.clash)
    entry.document, entry.edition, entry.commitment = document, shown.edition, shown.commitment
    entry.updated_at = shown.at
