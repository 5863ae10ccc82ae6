"""Where a log stood at a moment, and its chronicle as it was printed by then."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, Subquery, TextField, Value, When
from django.db.models.functions import Cast, Concat, Substr

from chronicle.documents import TEXTS
from chronicle.models import Edition, Entry, Log, Page
from chronicle.models.statements import Statement, statement_of
from chronicle.record import columns
from chronicle.site import owners, strip
from chronicle.site.then.asking import Asked

LONG_AGO = datetime(1, 1, 3, tzinfo=UTC)
HOLES: dict[str, Any] = {"slug": strip.ANY_SLUG, "size": 2_000_000_007, "at": LONG_AGO}
ENTRY = "entry/"


@dataclass(frozen=True)
class Moment:
    """The log of a chronicle at ``size``, of ``whole`` editions by now.

    ``number`` and ``last`` are the number and the row id of the last entry that was printed by then: row ids
    of entries rise as they are first printed (docs/decisions/0041-feeds.md).
    """

    size: int
    at: datetime
    whole: int
    number: int
    last: int
    told: date | None
    """The day that tells it by now."""
    before: datetime | None
    """When the edition before it was printed, and in ``after`` the one that came next."""
    after: datetime | None
    first: datetime
    """When the first edition of all was printed, and in ``last_at`` the last."""
    last_at: datetime
    asked: datetime | None = None
    sentence: str = ""


def moment_of(slug: str, asked: Asked) -> tuple[Moment, Any] | None:
    """The moment ``asked`` for, and the chronicle with that slug as it was then, in one query.

    None where nothing was printed by then, or there is no such chronicle.
    """
    at = connection.ops.adapt_datetimefield_value(asked.at)
    given = {"slug": slug, "size": asked.size, "at": at}
    found = next(iter(_asking(by_time=asked.at is not None).rows(given)), None)
    if found is None:
        return None
    moment = Moment(
        size=found.seq,
        at=found.at,
        whole=found.whole,
        **_last_entry(found.entry),
        before=found.before,
        after=found.after,
        first=found.first,
        last_at=found.last_at,
        asked=asked.at,
        sentence=asked.sentence,
    )
    return moment, _chronicle(found)


def _last_entry(read: str | None) -> dict[str, Any]:
    """What a moment tells of the last entry that was printed by then, of what was ``read`` of it."""
    if read is None:
        return {"number": 0, "last": 0, "told": None}
    number, pk, told = read.split()
    return {"number": int(number), "last": int(pk), "told": date.fromisoformat(told)}


def _chronicle(found: Any) -> Any:
    """The chronicle as it was once the edition ``found`` was printed, at the address that it has now."""
    then = owners.chronicle_of(found)
    # Where its words of then were taken down, those of now stand for them.
    known = columns.of_chronicle(found.document) if found.document else {}
    for name in known.keys() - {"slug", "origin"}:
        setattr(then, name, known[name])
    then.last_page = found.last_page_then
    taken = then.texts_taken.split()
    then.texts_printed = "".join(f"{name} " for name in TEXTS if getattr(found, name) and name not in taken)
    then.printed = f"{then.printed} log:{found.seq}"
    return then


@cache
def _asking(*, by_time: bool) -> Statement:
    editions = owners.with_chronicle(Edition.objects.filter(chronicle__slug=strip.ANY_SLUG))
    if by_time:
        editions = editions.filter(at__lte=HOLES["at"]).order_by("-at", "-seq")
    else:
        editions = editions.filter(seq=HOLES["size"]).order_by()
    own = Edition.objects.filter(chronicle=OuterRef("chronicle")).order_by()
    logs = Log.objects.filter(chronicle=OuterRef("chronicle"))
    until = own.filter(seq__lte=OuterRef("seq"))
    printed = until.filter(edition=1)
    said = _own(own).filter(place__lte=OuterRef("seq")).exclude(action="takedown").order_by("-edition")
    found = editions.annotate(
        whole=Subquery(logs.values("size")),
        last_at=Subquery(logs.values("last_at")),
        first=Subquery(own.filter(seq=1).values("at")),
        before=Subquery(own.filter(seq=OuterRef("seq") - 1).values("at")),
        after=Subquery(own.filter(seq=OuterRef("seq") + 1).values("at")),
        entry=Subquery(_last()),
        document=Subquery(said.with_document().values("document")[:1]),
        last_page_then=_last_page(own),
        **{name: Exists(printed.filter(subject=f"text/{name}")) for name in TEXTS},
    )
    return statement_of(found[:1], HOLES)


def _last() -> Any:
    """What ``_last_entry`` reads of the last entry that was printed by an outer edition.

    Whatever was printed since that entry is passed over to find it: once, as all is told in one text.
    """
    # Two steps out: an entry is looked up by what is found, and not each asked whether it is that.
    until = {"chronicle": OuterRef(OuterRef("chronicle")), "seq__lte": OuterRef(OuterRef("seq"))}
    printed = Edition.objects.filter(**until, edition=1, subject__startswith=ENTRY)
    last = _entry(Subquery(printed.order_by("-seq").values("subject")[:1]))
    number, pk, told = (Cast(column, TextField()) for column in ("number", "pk", "told_on"))
    return last.values(what=Concat(number, Value(" "), pk, Value(" "), told, output_field=TextField()))


def _own(editions: Any) -> Any:
    """Those of the chronicle itself, which are few; by ``seq``, SQLite would look for them among all."""
    return editions.filter(subject="chronicle").annotate(place=F("seq") + 0)


def _last_page(own: Any) -> Case:
    """The last day of which words were printed by an outer edition of ``own``, where its chronicle was open.

    To find it takes a look at every later one.
    """
    is_as_then = ~Exists(_own(own).filter(place__gt=OuterRef("seq")))
    ended = Q(is_as_then, chronicle__last_date__isnull=False)
    return Case(When(ended, then=None), default=Subquery(_pages().values("date")[:1]))


def _pages() -> Any:
    """The pages of an outer edition's chronicle that were printed by then, the last day first."""
    subject = Concat(Value("page/"), Cast(OuterRef("date"), TextField()), output_field=TextField())
    printed = Edition.objects.filter(
        chronicle=OuterRef("chronicle"), subject=subject, edition=1, seq__lte=OuterRef(OuterRef("seq"))
    )
    pages = Page.objects.filter(Exists(printed), chronicle=OuterRef("chronicle"))
    return pages.order_by("-date")


def pk_of(column: str, wanted: str = "pk") -> Case:
    """A column of the entry whose subject stands in ``column`` of an outer row; null of what is no entry."""
    found = Subquery(_entry(OuterRef(column)).values(wanted))
    return Case(When(Q(**{f"{column}__startswith": ENTRY}), then=found), default=None)


def _entry(subject: Any) -> Any:
    """The entry of an outer edition's chronicle with that subject."""
    number = Cast(Substr(subject, len(ENTRY) + 1), IntegerField())
    return Entry.objects.filter(chronicle=OuterRef("chronicle"), number=number).order_by()[:1]
