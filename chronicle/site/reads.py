"""What pages read of days, entries and editions, each in a statement that is put together once."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Q, Subquery
from pyroaring import BitMap

from chronicle.models import Among, Chronicle, Edition, Entry, EntryTerm, Page
from chronicle.models.statements import Statement, statement_of
from chronicle.site import heads
from chronicle.site.orders import Order
from chronicle.site.shown import OfDay, Shown

HOLES: dict[str, Any] = {
    "chronicle": -1,
    "among": [-2],
    "sk": -3,
    "day": date(1, 1, 3),
    "subject": "-subject-",
    # Columns that hold no number below nothing are not asked for one; no entry has a number as high as this.
    "number": 2_000_000_001,
    "subjects": ["-subjects-"],
}
"""What stands in a statement for what is another from page to page."""


def page_of(chronicle: Chronicle, day: date) -> Any:
    """The printed words of ``day`` with ``first_at``, when they first were; None where there are none."""
    given = {"chronicle": chronicle.pk, "day": day, "subject": Page(date=day).subject}
    return next(iter(_page().rows(given)), None)


@cache
def _page() -> Statement:
    pages = Page.objects.filter(chronicle=HOLES["chronicle"], date=HOLES["day"]).order_by()
    return statement_of(pages.annotate(first_at=heads.first_at(HOLES["subject"])), HOLES)


def pages_of(chronicle: Chronicle, days: Sequence[date]) -> list[Any]:
    """The printed words of a few ``days``, as many as ``FEW_DAYS``, the last first."""
    asked = [*days, *[None] * (FEW_DAYS - len(days))]
    given = {f"day {place}": day for place, day in enumerate(asked)}
    pages = _pages().rows({"chronicle": chronicle.pk, **given})
    for page in pages:
        page.chronicle = chronicle
    return pages


FEW_DAYS = 10


@cache
def _pages() -> Statement:
    days = {f"day {place}": date(1, 2, 1 + place) for place in range(FEW_DAYS)}
    pages = Page.objects.filter(chronicle=HOLES["chronicle"], date__in=days.values()).order_by("-date")
    return statement_of(pages, HOLES | days)


def entries_of_day(among: Iterable[int], after: int | None, most: int) -> list[OfDay]:
    """The first of the entries ``among`` (row ids) in order of time, after a place in it where one is given.

    Those that were taken down among them.
    """
    found = _of_day(after is not None, most).tuples({"among": _one_value(among), "sk": after})
    return list(map(OfDay._make, found))


@cache
def _of_day(goes_on: bool, most: int) -> Statement:
    entries = Entry.objects.listed().filter(pk__among=HOLES["among"]).for_listing()
    if goes_on:
        entries = entries.filter(sk__gt=HOLES["sk"])
    entries = entries.annotate(first_at=heads.first_at(heads.SUBJECT_OF_ENTRY))
    return statement_of(entries.values(*OfDay._fields)[:most], HOLES)


def entries(among: Iterable[int]) -> list[Shown]:
    """The public ones of the entries ``among`` (row ids), in no order."""
    return list(map(Shown._make, _entries().tuples({"among": _one_value(among)})))


@cache
def _entries() -> Statement:
    public = Entry.objects.public().filter(pk__among=HOLES["among"])
    return statement_of(public.values(*Shown._fields).order_by(), HOLES)


def links(among: Iterable[int]) -> dict[tuple[str, int], BitMap]:
    """Which of the entries ``among`` (row ids) are under each term (row id), by its facet and itself."""
    found: dict[tuple[str, int], list[int]] = {}
    for facet, term, entry in _links().tuples({"among": _one_value(among)}):
        found.setdefault((facet, term), []).append(entry)
    return {term: BitMap(ids) for term, ids in found.items()}


@cache
def _links() -> Statement:
    rows = EntryTerm.objects.filter(entry__among=HOLES["among"]).order_by()
    return statement_of(rows.values("facet", "term_id", "entry_id"), HOLES)


def in_order(
    chronicle: Chronicle,
    order: Order,
    among: Iterable[int] | None,
    beyond: tuple[date | None, int] | None,
    *,
    descending: bool,
    most: int,
) -> list[Shown]:
    """The first entries in ``order``, of those ``among`` (row ids) or, for None, of the whole chronicle with
    those that were taken down.

    Those ``beyond`` a place in it alone, where one is given: the day that tells it, and its ``sk``.
    """
    statement = _in_order(order, descending, most, among is None, beyond is not None)
    day, sk = beyond or (None, None)
    among = None if among is None else _one_value(among)
    found = statement.tuples({"chronicle": chronicle.pk, "among": among, "day": day, "sk": sk})
    return list(map(Shown._make, found))


@cache
def _in_order(order: Order, descending: bool, most: int, is_whole: bool, goes_on: bool) -> Statement:
    within = {"chronicle": HOLES["chronicle"]} if is_whole else {"pk__among": HOLES["among"]}
    entries = Entry.objects.listed().filter(**within)
    if goes_on:
        entries = entries.filter(_beyond(order, "lt" if descending else "gt"))
    signs = [f"-{column}" if descending else column for column in order.columns]
    # Only their places are put in order; what they say is read of those that are on the page.
    first = entries.order_by(*signs).values("pk")[:most]
    shown = Entry.objects.filter(pk__in=first).values(*Shown._fields)
    return statement_of(shown.order_by(*signs), HOLES)


def _beyond(order: Order, sign: str) -> Q:
    """What lies beyond a place in the order."""
    further = {f"sk__{sign}": HOLES["sk"]}
    if order.by == "happened":
        return Q(**further)
    return Q(**{f"told_on__{sign}": HOLES["day"]}) | Q(told_on=HOLES["day"], **further)


def entry_called(chronicle: Chronicle, number: int) -> Any:
    """The entry of that number with its document; None where there is none."""
    if number >= HOLES["number"]:
        return None
    found = next(iter(_entry_called().rows({"chronicle": chronicle.pk, "number": number})), None)
    if found:
        found.chronicle = chronicle
    return found


@cache
def _entry_called() -> Statement:
    entries = Entry.objects.filter(chronicle=HOLES["chronicle"], number=HOLES["number"]).order_by()
    return statement_of(entries.with_document(), HOLES)


def editions_of(entry: Entry) -> list[Any]:
    """The editions of an entry, newest first, with their documents."""
    return _editions().rows({"chronicle": entry.chronicle_id, "subject": entry.subject})


@cache
def _editions() -> Statement:
    editions = Edition.objects.filter(chronicle=HOLES["chronicle"], subject=HOLES["subject"])
    return statement_of(editions.with_document().order_by("-edition"), HOLES)


def changes_since(
    chronicle: Chronicle, seq: int, subjects: Iterable[str], actions: Iterable[str]
) -> list[Any]:
    """The editions after ``seq`` that did any of ``actions`` to any of ``subjects``, with their documents."""
    given = {"chronicle": chronicle.pk, "subjects": _one_value(subjects)}
    found = sorted(_changes(tuple(actions)).rows(given), key=lambda edition: edition.seq)
    return [edition for edition in found if edition.seq > seq]


@cache
def _changes(actions: tuple[str, ...]) -> Statement:
    # In an order, or from a place on, SQLite would read all later editions of the chronicle.
    changes = Edition.objects.filter(
        chronicle=HOLES["chronicle"], subject__among=HOLES["subjects"], edition__gt=1, action__in=actions
    )
    return statement_of(changes.with_document().order_by(), HOLES)


def beside(entry: Entry) -> list[Any]:
    """The entries next before and next after one among those that its day tells, in order of time."""
    return _beside().rows({"chronicle": entry.chronicle_id, "day": entry.told_on, "sk": entry.sk})


@cache
def _beside() -> Statement:
    told = Entry.objects.public().filter(chronicle=HOLES["chronicle"], told_on=HOLES["day"])
    before = told.filter(sk__lt=HOLES["sk"]).order_by("-sk").values("pk")[:1]
    after = told.filter(sk__gt=HOLES["sk"]).order_by("sk").values("pk")[:1]
    next_to_it = Entry.objects.filter(Q(pk=Subquery(before)) | Q(pk=Subquery(after)))
    return statement_of(next_to_it.only("number", "headline", "sk").order_by("sk"), HOLES)


def _one_value(among: Iterable[int | str]) -> Any:
    return Among.value_of(among, connection.vendor)
