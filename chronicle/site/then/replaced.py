"""What another edition has replaced, learned once by a process: of it, any moment is told.

Editions are only ever added: what is known of them is kept, and of a longer log only the rest is read. Of an
entry that was only restated nothing is learned: it is found as it was, and what it said is read with what a
page shows (``then.stood``).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from itertools import groupby
from operator import attrgetter
from sys import intern
from typing import Any, NamedTuple

from django.db.models import (
    Case,
    DateTimeField,
    Exists,
    F,
    JSONField,
    OuterRef,
    Q,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Concat
from pyroaring import BitMap

from chronicle.clock import Clock
from chronicle.models import Edition, Sheet, Term
from chronicle.models.statements import Statement, statement_of
from chronicle.record import columns
from chronicle.record.indexed import Index
from chronicle.site import remembered
from chronicle.site.marks import DONE, LOUD
from chronicle.site.then.moment import ENTRY, Moment, pk_of
from chronicle.site.then.versions import Version, Withdrawal

HOLES: dict[str, Any] = {"chronicle": -1, "size": 2_000_000_007, "since": 2_000_000_009}
WORDS_OF_DAYS = Q(subject__startswith="page/") | Q(subject__startswith="text/") | Q(subject="chronicle")
"""What is read by itself, where a page shows it."""


@dataclass
class Replaced:
    """The versions of the subjects of one chronicle that are otherwise by now than they were.

    ``under`` are the entries among them, by their places in ``versions``, under each name of the index.
    """

    since: int = 0
    """The size of the log from which on all is known."""
    size: int = 0
    """The ``seq`` of the last edition known that made a subject otherwise, or what it is known since."""
    last: str = ""
    """The commitment of that edition; empty while none is known."""
    printed: str = ""
    """The digest of the log up to which it is known."""
    versions: list[Version] = field(default_factory=list)
    of: dict[str, list[Version]] = field(default_factory=dict)
    places: Index = field(default_factory=Index)
    """In which places each place lies by now."""
    under: dict[str, BitMap] = field(default_factory=dict)

    def at(self, size: int) -> list[int]:
        """The places of the versions that stood when the log had that ``size``, one of a subject at most."""
        return [n for n, version in enumerate(self.versions) if version.since <= size < version.until]

    def until(self, subject: str) -> int:
        """The ``seq`` up to which the versions of a ``subject`` are known."""
        known = self.of.get(subject)
        return known[-1].until if known else 0

    def add(self, version: Version) -> None:
        place = len(self.versions)
        self.versions.append(version)
        self.of.setdefault(version.subject, []).append(version)
        for name in version.names:
            self.under.setdefault(name, BitMap()).add(place)


class _Edition(NamedTuple):
    seq: int
    subject: str
    edition: int
    action: str
    at: datetime
    commitment: str
    restated: bool
    document: Any
    pk_of_entry: int | None
    clash: int | None


def replaced_in(chronicle: Any, moment: Moment) -> tuple[Replaced, dict[str, Any]]:
    """What was replaced in a ``chronicle`` since a ``moment``, at least; and by commitment, what was read.

    In no query where that is known, in one where the log is longer, in two after a takedown.
    """
    printed = chronicle.printed.partition(" ")[0]
    read: list[_Edition] = []

    def learn(known: Replaced | None) -> Replaced:
        if known is None or known.size > moment.whole:
            known = Replaced(moment.size, moment.size)
        elif known.since > moment.size:
            # Who asks for one moment before all that is known may ask for any.
            known = Replaced()
        elif known.printed == printed:
            return known
        nonlocal read
        read, places = _read(chronicle, known.since, known.size)
        if not _goes_on(known, read):
            known = Replaced()
            read, places = _read(chronicle, 0, 0)
        _learn(known, read, chronicle.clock)
        known.places, known.printed = places, printed
        return known

    found: Replaced = remembered.for_good(chronicle, learn)
    return found, {each.commitment: each.document for each in read if each.document}


def _read(chronicle: Any, since: int, size: int) -> tuple[list[_Edition], Index]:
    """The editions that replaced others from a ``size`` of the log on, with those replaced; and in which
    place each place lies by now, where anything is otherwise than it was ``since`` an earlier one."""
    read: list[_Edition] = []
    places, asked = Index(), _editions()
    for row in asked.read({"chronicle": chronicle.pk, "size": size, "since": since}):
        if row[0]:
            read.append(_Edition._make(asked.meant(row)))
            continue
        # Of a place, which may be many, nothing is to be made into what it means.
        subject, within, is_taken = row[1], *row[-2:]
        places.within[subject] = f"place/{within}" if within else ""
        places.taken |= {subject} if is_taken else set()
    return read, places


@cache
def _editions() -> Statement:
    """All editions of each subject that became otherwise at a size of the log or after it.

    With the documents of those that were replaced, but of what is read by itself. Beside them all places.
    """
    # In no order but one that is asked for: the usual one goes by the title of the chronicle.
    editions = Edition.objects.filter(chronicle=HOLES["chronicle"]).exclude(WORDS_OF_DAYS).order_by()
    otherwise = editions.filter(edition__gt=1, restated=False)
    again = otherwise.filter(seq__gte=HOLES["size"]).values("subject")
    later = Edition.objects.filter(
        chronicle=OuterRef("chronicle"), subject=OuterRef("subject"), edition__gt=OuterRef("edition")
    )
    sheets = Sheet.objects.filter(commitment=OuterRef("commitment")).values("document")[:1]
    is_told = Exists(later) | Q(action="withdrawal")
    found = editions.filter(subject__in=again).annotate(
        document=Case(When(is_told, then=Subquery(sheets)), default=None),
        pk_of_entry=Case(When(edition=1, then=pk_of("subject")), default=None),
        clash=Case(When(edition=1, then=pk_of("subject", "clash")), default=None),
    )
    names = _Edition._fields
    places = _places().filter(Exists(otherwise.filter(seq__gte=HOLES["since"])))
    return statement_of(found.values(*names).union(places.values(*names), all=True), HOLES)


def _places() -> Any:
    """Each place, as an edition that is in no log: where it lies, and whether it was taken down."""
    subject = Concat(Value("place/"), Cast("number", TextField()), output_field=TextField())
    return (
        Term.objects.filter(chronicle=HOLES["chronicle"], facet="place")
        .order_by()
        .annotate(
            seq=Value(0),
            subject=subject,
            action=Value(""),
            restated=Value(False),
            at=Value(None, DateTimeField()),
            document=Value(None, JSONField()),
            pk_of_entry=F("under"),
            clash=Case(When(taken_at=None, then=0), default=1),
        )
    )


def _goes_on(known: Replaced, read: list[_Edition]) -> bool:
    """Whether ``read`` goes on from what is ``known``: in the same log, and with nothing taken down since."""
    if not known.last:
        return True
    is_same = any(each.seq == known.size and each.commitment == known.last for each in read)
    return is_same and not any(each.action == "takedown" and each.seq > known.size for each in read)


def _learn(known: Replaced, read: list[_Edition], clock: Clock) -> None:
    """Add what was ``read`` to what is ``known``."""
    found: list[Version] = []
    read = sorted(read, key=attrgetter("subject", "edition"))
    for subject, editions in groupby(read, key=attrgetter("subject")):
        own = list(editions)
        new = list(_versions(own, known.until(subject), clock))
        if subject.startswith(ENTRY):  # A medium is withdrawn too, and leaves no line.
            _withdraw([*known.of.get(subject, ()), *new], own)
        found += new
    for version in found:
        known.add(version)
    if again := [each for each in read if each.edition > 1 and not each.restated]:
        last = max(again, key=attrgetter("seq"))
        known.size, known.last = last.seq, last.commitment


def _withdraw(versions: list[Version], own: list[_Edition]) -> None:
    """Tell ``versions`` of a subject, whose editions are these, of the next withdrawal of each."""
    withdrawals = [_withdrawal(own[0], each) for each in own if each.action == "withdrawal"]
    for version in versions:
        version.gone = next((each for each in withdrawals if each.seq >= version.until), None)


def _versions(own: list[_Edition], size: int, clock: Clock) -> Iterator[Version]:
    """Those of the editions of a subject that were replaced after the log had that ``size``."""
    told = [n for n, each in enumerate(own) if each.action != "takedown"]
    ends = [own[n].seq for n in told[1:]]
    if own[-1].action == "takedown":
        ends.append(own[-1].seq)
    for place, until in zip(told, ends, strict=False):
        if until > size:
            yield _version(own, place, until, clock)


def _version(own: list[_Edition], place: int, until: int, clock: Clock) -> Version:
    each, first = own[place], own[0]
    changed = _last_change(own[: place + 1])
    version = Version(
        each.subject,
        each.seq,
        until,
        each.edition,
        each.commitment,
        each.at,
        first.at,
        changed.action if changed else None,
        changed.at if changed else None,
        each.document is not None,
    )
    if each.subject.startswith(ENTRY):
        version.pk, version.clash = first.pk_of_entry or 0, first.clash or 0
        _tell(version, each, first, clock)
    else:
        version.document = each.document
    return version


def _tell(version: Version, edition: _Edition, first: _Edition, clock: Clock) -> None:
    """Learn of the version of an entry what its ``edition`` said."""
    document = edition.document
    if not document:
        return
    if "withdrawn" in document:
        version.own = _withdrawal(first, edition)
    else:
        parts = columns.parts_of(document["moment"], clock)
        version.names = tuple(map(intern, columns.indexed_under(document, parts, columns.NOWHERE)))
    version.sk = columns.sk(document, version.pk, version.clash)
    version.told_on = date.fromisoformat(document["moment"]["told_on"])


def _withdrawal(first: _Edition, edition: _Edition) -> Withdrawal:
    found, document = Withdrawal(edition.seq, edition.at, edition.commitment), edition.document
    if document:
        found.told_on = date.fromisoformat(document["moment"]["told_on"])
        found.sk = columns.sk(document, first.pk_of_entry or 0, first.clash or 0)
        found.is_key = document.get("key", False)
    return found


def _last_change(own: list[_Edition]) -> _Edition | None:
    """What a card tells of the editions of a subject, the first first: since its last withdrawal."""
    gone = [n for n, each in enumerate(own) if each.action == "withdrawal"]
    done = [each for each in own[gone[-1] if gone else 1 :] if each.action in DONE]
    loud = [each for each in done if each.action in LOUD]
    return next(iter(reversed(loud or done)), None)
