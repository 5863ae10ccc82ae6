"""What pages read of days, entries and editions, each in a statement that is put together once."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from django.db.models import Case, Exists, OuterRef, Q, Subquery, Value, When
from pyroaring import BitMap

from chronicle.models import Among, Chronicle, Edition, Entry, Page
from chronicle.models.statements import Statement, statement_of
from chronicle.site import heads
from chronicle.site.marks import DONE, LOUD
from chronicle.site.orders import Order
from chronicle.site.shown import Shown
from chronicle.site.then import rows, stood, words

HOLES: dict[str, Any] = {
    "chronicle": -1,
    "among": [-2],
    "sk": -3,
    "day": date(1, 1, 3),
    "subject": "-subject-",
    # Columns that hold no number below nothing are not asked for one; no entry has a number as high as this.
    "number": 2_000_000_001,
    "subjects": ["-subjects-"],
    "last": 2_000_000_003,
    "changed": [-4],
    "renamed": [-5],
    "size": 2_000_000_007,
}
"""What stands in a statement for what is another from page to page."""


def page_of(chronicle: Chronicle, day: date) -> Any:
    """The printed words of ``day`` with ``first_at``, when they first were, and ``closed_at``, if it is;
    of now, with the ``seq`` of their edition. None where there are none."""
    if chronicle.then:
        return next(iter(words.pages(chronicle, [day])), None)
    given = {"chronicle": chronicle.pk, "day": day, "subject": Page(date=day).subject}
    return next(iter(_page().rows(given)), None)


@cache
def _page() -> Statement:
    pages = Page.objects.filter(chronicle=HOLES["chronicle"], date=HOLES["day"]).order_by()
    subject = HOLES["subject"]
    shown = Edition.objects.filter(commitment=OuterRef("commitment")).values("seq")[:1]
    asked = pages.annotate(
        first_at=heads.first_at(subject), closed_at=heads.closed_at(subject), seq=Subquery(shown)
    )
    return statement_of(asked, HOLES)


def pages_of(chronicle: Chronicle, days: Sequence[date]) -> list[Any]:
    """The printed words of a few ``days``, as many as ``FEW_DAYS``, the last first."""
    if chronicle.then:
        return words.pages(chronicle, days)
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


def since_then(chronicle: Chronicle) -> dict[str, Any]:
    """What tells the entries that were printed by then from others, and those that have changed since.

    And those whose documents are wanted, for their cards were others.
    """
    past = chronicle.then
    sets = {"changed": Among.value_of(past.state.changed), "renamed": Among.value_of(past.renamed)}
    return {"last": past.moment.last, "size": past.moment.size, **sets}


def columns_of(entries: Any, names: Sequence[str], is_past: bool) -> Any:
    """Columns of ``entries``, and of a moment the documents of those whose cards are to be made anew.

    With when these were printed, where they were restated since.
    """
    if not is_past:
        return entries.values(*names)
    said = stood.columns(HOLES["size"], HOLES["renamed"])
    return entries.annotate(**said).values(*names, *said)


def last_change(by: int | None = None) -> dict[str, Any]:
    """To annotate entries with: what was done to each last, a correction before all else, and when.

    Only of those since it was last withdrawn: what stood before is out of sight; and only ``by`` a size of
    the log, where one is given. Most entries were printed once, and cost nothing here.
    """
    gone = Edition.objects.filter(
        chronicle=OuterRef("chronicle"),
        subject=OuterRef("subject"),
        edition__gt=OuterRef("edition"),
        action="withdrawal",
    )
    changes = Edition.objects.filter(
        ~Exists(gone),
        chronicle=OuterRef("chronicle"),
        subject=heads.SUBJECT_OF_ENTRY,
        edition__gt=1,
        action__in=list(DONE),
    )
    if by is not None:
        changes = changes.filter(seq__lte=by)
    loud_first = changes.order_by(
        Case(When(action__in=list(LOUD), then=Value(0)), default=Value(1)), "-edition"
    )
    return {
        name: Case(When(edition__gt=1, then=Subquery(loud_first.values(column)[:1])), default=None)
        for name, column in (("changed", "action"), ("changed_at", "at"))
    }


def entries(among: Iterable[int]) -> list[Shown]:
    """The public ones of the entries ``among`` (row ids), in no order."""
    return list(map(Shown._make, _entries().tuples({"among": Among.value_of(among)})))


@cache
def _entries() -> Statement:
    public = Entry.objects.public().filter(pk__among=HOLES["among"]).annotate(**last_change())
    return statement_of(public.values(*Shown._fields).order_by(), HOLES)


def in_order(
    chronicle: Chronicle,
    order: Order,
    among: BitMap | None,
    beyond: tuple[date | None, int] | None,
    *,
    descending: bool,
    most: int,
) -> list[Shown]:
    """The first entries in ``order``, of those ``among`` (row ids) or, for None, of the whole chronicle with
    those that were taken down.

    Those ``beyond`` a place in it alone, where one is given: the day that tells it, and its ``sk``.
    """
    is_past = chronicle.then is not None
    statement = _in_order(order, descending, most, among is None, beyond is not None, is_past)
    day, sk = beyond or (None, None)
    given = {"chronicle": chronicle.pk, "among": among, "day": day, "sk": sk}
    if chronicle.then and among is not None:
        given |= {"among": among - chronicle.then.state.changed, **since_then(chronicle)}
    given["among"] = None if among is None else Among.value_of(given["among"])
    found = statement.tuples(given)
    if chronicle.then and among is not None:
        return rows.in_order(chronicle.then, found, among, order, beyond, descending=descending, most=most)
    return list(map(Shown._make, found))


@cache
def _in_order(
    order: Order, descending: bool, most: int, is_whole: bool, goes_on: bool, is_past: bool
) -> Statement:
    within = {"chronicle": HOLES["chronicle"]} if is_whole else {"pk__among": HOLES["among"]}
    entries = Entry.objects.listed().filter(**within)
    if goes_on:
        entries = entries.filter(_beyond(order, "lt" if descending else "gt"))
    signs = [f"-{column}" if descending else column for column in order.columns]
    # Only their places are put in order; what they say is read of those that are on the page.
    first = entries.order_by(*signs).values("pk")[:most]
    by = HOLES["size"] if is_past else None
    shown = Entry.objects.filter(pk__in=first).annotate(**last_change(by))
    return statement_of(columns_of(shown, Shown._fields, is_past).order_by(*signs), HOLES)


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


class Row(NamedTuple):
    """What has editions: the row id of its chronicle, and its subject."""

    chronicle_id: int
    subject: str


def editions_of(row: Any) -> list[Any]:
    """The editions of a subject, newest first, with their documents."""
    return _editions().rows({"chronicle": row.chronicle_id, "subject": row.subject})


def known_by_then(chronicle: Chronicle, editions: list[Any]) -> list[Any]:
    """Those of ``editions`` that were printed by the moment of ``chronicle``; all where it is of now."""
    if not chronicle.then:
        return editions
    return [edition for edition in editions if edition.seq <= chronicle.then.moment.size]


@cache
def _editions() -> Statement:
    editions = Edition.objects.filter(chronicle=HOLES["chronicle"], subject=HOLES["subject"])
    return statement_of(editions.with_document().order_by("-edition"), HOLES)


def editions_of_all(chronicle: Chronicle, subjects: Iterable[str]) -> list[Any]:
    """The editions of all ``subjects`` in the order of the log, with their documents."""
    given = {"chronicle": chronicle.pk, "subjects": Among.value_of(subjects)}
    found = sorted(_editions_of_all().rows(given), key=lambda edition: edition.seq)
    return known_by_then(chronicle, found)


@cache
def _editions_of_all() -> Statement:
    # In an order, SQLite would read all editions of the chronicle.
    editions = Edition.objects.filter(chronicle=HOLES["chronicle"], subject__among=HOLES["subjects"])
    return statement_of(editions.with_document().order_by(), HOLES)


def beside(entry: Entry) -> list[Any]:
    """The entries next before and next after one among those that its day tells, in order of time."""
    if entry.chronicle.then:
        return rows.beside(entry.chronicle.then, entry)
    return _beside().rows({"chronicle": entry.chronicle_id, "day": entry.told_on, "sk": entry.sk})


@cache
def _beside() -> Statement:
    told = Entry.objects.public().filter(chronicle=HOLES["chronicle"], told_on=HOLES["day"])
    before = told.filter(sk__lt=HOLES["sk"]).order_by("-sk").values("pk")[:1]
    after = told.filter(sk__gt=HOLES["sk"]).order_by("sk").values("pk")[:1]
    next_to_it = Entry.objects.filter(Q(pk=Subquery(before)) | Q(pk=Subquery(after)))
    return statement_of(next_to_it.only("number", "headline", "sk").order_by("sk"), HOLES)
