"""What is another than it was when the log of its chronicle had a size: of one day, and of all entries.

Of a day it is said that its own words are others. A cut is a size of the log and not a time, so that two
readers who ask alike are answered alike.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from django.db.models import DateTimeField, F, IntegerField, JSONField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Substr
from pyroaring import BitMap

from chronicle.models import Edition, Entry
from chronicle.models.statements import Statement, statement_of
from chronicle.models.term import number_of
from chronicle.site import bounds, heads

LONGEST = 12
# No log is as long: a column that holds no number below nothing is not asked for one.
HOLES: dict[str, Any] = {
    "chronicle": -1,
    "day": date(1, 1, 3),
    "size": 2_000_000_002,
}


class OnDay(NamedTuple):
    """What stands on the page of a day, if only as a line: the ``seq`` of its first and its last edition."""

    first: int
    last: int


class Told(NamedTuple):
    """An edition of an entry, or that of the size; or an entry on the day now, which alone has a ``pk``.

    An entry has the ``seq`` of its last edition, and ``at`` is when it was taken from readers, if it was.
    """

    seq: int
    at: datetime | None
    subject: str
    action: str
    document: Any
    pk: int
    number: int


@dataclass(frozen=True)
class Difference:
    """What a day shows otherwise than at a cut; ``at`` is when the log had that size, if it had any."""

    size: int
    at: datetime | None = None
    new: BitMap = field(default_factory=BitMap)
    """Entries (row ids) that stand there since."""
    changed: BitMap = field(default_factory=BitMap)
    left: list[int] = field(default_factory=list)
    """The numbers of those that stood there, and stand on another day now."""

    @property
    def all(self) -> BitMap:
        return self.new | self.changed

    def word_of(self, pk: int) -> str:
        return "New" if pk in self.new else "Changed"

    def word_of_day(self, printed: Any) -> str:
        """What became of the words of the day since, as they are ``printed``; empty where nothing did."""
        if not printed or not printed.seq or printed.seq <= self.size:
            return ""
        return "changed" if printed.edition > 1 else "printed"


def size_of(written: str, chronicle: Any) -> tuple[int | None, list[str]]:
    """The size of the log that an address asks for; with a sentence where it had none such."""
    if not written:
        return None, []
    size = bounds.whole_number(written, LONGEST)
    if size is not None and size <= (chronicle.log_size or 0):
        return size, []
    return None, [
        f"“{written[:LONGEST]}” is no size that the log of this chronicle had, and was passed over."
    ]


def on_day(chronicle: Any, day: date) -> list[OnDay]:
    """Everything that stands on the page of ``day`` now."""
    return list(map(OnDay._make, _on_day().tuples({"chronicle": chronicle.pk, "day": day})))


@cache
def _on_day() -> Statement:
    return statement_of(_standing().values(*OnDay._fields).order_by(), HOLES)


def _standing() -> Any:
    # With the chronicle in each, SQLite finds each by its day instead of reading all entries.
    told = Q(chronicle=HOLES["chronicle"], told_on=HOLES["day"])
    happened = Q(chronicle=HOLES["chronicle"], happened_on=HOLES["day"])
    entries = Entry.objects.filter(told | (happened & Q(withdrawn_at__isnull=True, taken_at__isnull=True)))
    own = Edition.objects.filter(chronicle=OuterRef("chronicle"), subject=heads.SUBJECT_OF_ENTRY, edition=1)
    shown = Edition.objects.filter(commitment=OuterRef("commitment"))
    return entries.annotate(first=Subquery(own.values("seq")[:1]), last=Subquery(shown.values("seq")[:1]))


def of_day(chronicle: Any, day: date, size: int) -> Difference:
    """What the page of ``day`` shows otherwise than when the log had that ``size``, in one query."""
    now, editions = _now_and_before(chronicle, day, size)
    then = _stood(editions, day)
    changed = [each for each in now if each.seq > size]
    new = BitMap(each.pk for each in changed if each.at is None and each.number not in then)
    left = sorted(then - {each.number for each in now})
    at = next((each.at for each in editions if each.seq == size), None)
    return Difference(size, at, new, BitMap(each.pk for each in changed) - new, left)


def _now_and_before(chronicle: Any, day: date, size: int) -> tuple[list[Told], list[Told]]:
    given = {"chronicle": chronicle.pk, "day": day, "size": size}
    told = list(map(Told._make, _told().tuples(given)))
    return [each for each in told if each.pk], [each for each in told if not each.pk]


def _stood(editions: list[Told], day: date) -> set[int]:
    """The numbers of what stood on ``day`` by the last of these ``editions``."""
    stood: dict[str, bool] = {}
    for edition in sorted(editions, key=lambda each: each.seq):
        if edition.subject.startswith("entry/") and _says_something(edition):
            stood[edition.subject] = stands_on(edition.document or {}, day)
    return {number_of(subject) for subject, stands in stood.items() if stands}


@cache
def _told() -> Statement:
    """What stands on the day now, with the edition that gave the log its size, and those up to it of all
    entries that were printed since."""
    of_chronicle = Edition.objects.filter(chronicle=HOLES["chronicle"])
    again = of_chronicle.filter(seq__gt=HOLES["size"], edition__gt=1, subject__startswith="entry/")
    # By their subjects, which are few: by ``seq``, SQLite would look for them among all.
    before = of_chronicle.annotate(place=F("seq") + 0).filter(place__lt=HOLES["size"])
    before = before.filter(subject__in=again.order_by().values("subject"))
    told = ("seq", "at", "subject", "action", "document", Value(0), Value(0))
    gone_at = Coalesce("withdrawn_at", "taken_at", output_field=DateTimeField())
    now = ("last", gone_at, Value(""), Value(""), Value(None, JSONField()), "pk", "number")
    at_it, earlier = (
        editions.with_document().order_by().values_list(*told)
        for editions in (of_chronicle.filter(seq=HOLES["size"]), before)
    )
    return statement_of(at_it.union(earlier, _standing().order_by().values_list(*now), all=True), HOLES)


def _says_something(edition: Any) -> bool:
    """A takedown of old editions alone changes nothing of what stands."""
    return edition.action != "takedown" or (edition.document or {}).get("whole", False)


def stands_on(document: Any, day: date) -> bool:
    """Whether an entry with ``document`` stands on the page of ``day``; what is gone, where it was told."""
    written = day.isoformat()
    if "whole" in document:
        return bool(document.get("told_on") == written)
    moment = document.get("moment", {})
    told_on = moment.get("told_on") == written
    return told_on or ("headline" in document and moment["happened_on"] == written)


def of_chronicle(chronicle: Any, size: int) -> BitMap:
    """The entries (row ids) that were printed since the log had that ``size``, in one query."""
    return BitMap(pk for (pk,) in _printed_since().tuples({"chronicle": chronicle.pk, "size": size}))


@cache
def _printed_since() -> Statement:
    since = Edition.objects.filter(chronicle=HOLES["chronicle"], seq__gt=HOLES["size"])
    # A takedown changes nothing of what can be read still.
    told = since.filter(subject__startswith="entry/").exclude(action="takedown")
    numbers = told.order_by().annotate(number=Cast(Substr("subject", len("entry/") + 1), IntegerField()))
    entries = Entry.objects.filter(chronicle=HOLES["chronicle"], number__in=numbers.values("number"))
    return statement_of(entries.order_by().values("pk"), HOLES)
