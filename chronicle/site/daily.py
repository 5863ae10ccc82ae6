"""What the page of one day reads of its entries: those that it lists and its key events, in one query."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from operator import attrgetter, gt, lt
from typing import Any, NamedTuple

from django.db.models import Q
from pyroaring import BitMap

from chronicle.models import Among, Chronicle, Entry
from chronicle.models.statements import Statement, statement_of
from chronicle.record.bitmaps import NOTHING
from chronicle.site import heads, reads
from chronicle.site.keys import MOST
from chronicle.site.shown import OfDay
from chronicle.site.then import rows

HOLES = reads.HOLES | {"keys": [-6]}


class Wanted(NamedTuple):
    """The first ``most`` of the entries ``among`` (row ids) in order of time, ``after`` a place in it where
    one is given; the last of them first where the ``newest`` are. And the first key events of ``keys``.

    With those that were taken down among them, and what was withdrawn of those ``told`` by a day.
    """

    among: BitMap
    after: int | None
    most: int
    keys: BitMap = NOTHING
    told: date | None = None
    newest: bool = False

    def of(self, found: Iterable[OfDay]) -> tuple[list[OfDay], list[OfDay]]:
        """What is listed of the rows ``found``, and the key events among them."""
        in_time = sorted(found, key=attrgetter("sk"))
        key_events = [row for row in in_time if row.pk in self.keys]
        return list(filter(self._lists, in_time[:: -1 if self.newest else 1]))[: self.most], key_events[:MOST]

    def _lists(self, row: OfDay) -> bool:
        """Whether ``row`` is one of those that are listed, or beyond them."""
        lies_beyond = lt if self.newest else gt
        is_told = row.withdrawn_at is not None or row.pk in self.among
        return is_told and (self.after is None or lies_beyond(row.sk, self.after))


def read(chronicle: Chronicle, wanted: Wanted) -> tuple[list[OfDay], list[OfDay]]:
    """The entries that are ``wanted`` of a day, and its key events."""
    past = chronicle.then
    changed = past.state.changed if past else NOTHING
    given = {
        "chronicle": chronicle.pk,
        "among": Among.value_of(wanted.among - changed),
        "keys": Among.value_of(wanted.keys - changed),
        "sk": wanted.after,
        "day": wanted.told,
    }
    given |= reads.since_then(chronicle) if past else {}
    goes_on, with_withdrawn = wanted.after is not None, wanted.told is not None
    statement = _statement(
        goes_on, wanted.newest, with_withdrawn, bool(wanted.keys), past is not None, wanted.most
    )
    found = statement.tuples(given)
    if past:
        return rows.of_day(past, found, wanted.among | wanted.keys, wanted.of, told=wanted.told)
    return wanted.of(map(OfDay._make, found))


@cache
def _statement(
    goes_on: bool, newest: bool, with_withdrawn: bool, with_keys: bool, is_past: bool, most: int
) -> Statement:
    shown = Q(pk__among=HOLES["among"], withdrawn_at__isnull=True)
    if with_withdrawn:
        gone = Q(chronicle=HOLES["chronicle"], told_on=HOLES["day"], withdrawn_at__isnull=False)
        if is_past:
            gone &= Q(pk__lte=HOLES["last"]) & ~Q(pk__among=HOLES["changed"])
        shown |= gone
    entries = Entry.objects.filter(shown).order_by("-sk" if newest else "sk")
    if goes_on:
        entries = entries.filter(Q(sk__lt=HOLES["sk"]) if newest else Q(sk__gt=HOLES["sk"]))
    entries = entries[:most]
    if with_keys:
        entries = Entry.objects.filter(pk__in=_with_keys(entries)).order_by()
    by = HOLES["size"] if is_past else None
    entries = entries.annotate(first_at=heads.first_at(heads.SUBJECT_OF_ENTRY), **reads.last_change(by))
    return statement_of(reads.columns_of(entries, OfDay._fields, is_past), HOLES)


def _with_keys(entries: Any) -> Any:
    """The row ids of ``entries``, and of the first key events."""
    keys = Entry.objects.filter(pk__among=HOLES["keys"], withdrawn_at__isnull=True).order_by("sk")[:MOST]
    # SQLite takes no limit in a part of a union.
    first, others = (Entry.objects.filter(pk__in=each.values("pk")).order_by() for each in (entries, keys))
    return first.values("pk").union(others.values("pk"))
