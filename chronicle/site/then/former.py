"""What each subject said at a moment that says something else by now.

All that was not printed anew since is as it was: only what was is read of the editions.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import Case, F, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce

from chronicle.models import Chronicle, Edition, Sheet
from chronicle.models.statements import Statement, statement_of
from chronicle.models.term import number_of
from chronicle.site.marks import DONE, LOUD
from chronicle.site.then.moment import Moment, pk_of

HOLES: dict[str, Any] = {"chronicle": -1, "size": 2_000_000_007}


@dataclass(frozen=True)
class Former:
    """The edition of ``subject`` that stood then. ``document`` is None where its words were taken down since.

    Of what was withdrawn since, at ``withdrawn_at``, it is what the withdrawal left. ``changed`` is what was
    done to it last by then, where its card tells of that.
    """

    subject: str
    edition: int
    commitment: str
    at: datetime
    document: Any
    first_at: datetime
    changed: str | None
    changed_at: datetime | None
    withdrawn_at: datetime | None
    is_gone_since: bool
    """Whether it was withdrawn since, and not by then."""
    pk: int
    """The row id of an entry, and by how much it stands aside."""
    clash: int

    @property
    def number(self) -> int:
        return number_of(self.subject)


def formers(chronicle: Chronicle, moment: Moment) -> Iterator[Former]:
    """All that was printed by ``moment`` and has changed since, in one query."""
    for row in _changed().rows({"chronicle": chronicle.pk, "size": moment.size}):
        is_withdrawn = bool(row.document) and "withdrawn" in row.document
        yield Former(
            subject=row.subject,
            edition=row.stood_edition,
            commitment=row.stood,
            at=row.stood_at,
            document=row.document,
            first_at=row.first_at,
            changed=row.done,
            changed_at=row.done_at,
            withdrawn_at=(row.gone_at or row.stood_at) if is_withdrawn else None,
            is_gone_since=is_withdrawn and row.gone_at is not None,
            pk=row.entry or 0,
            clash=row.clash or 0,
        )


@cache
def _changed() -> Statement:
    """The first edition of each subject after a size of the log, with what stood before it."""
    # In no order but one that is asked for: the usual one goes by the title of the chronicle.
    own = Edition.objects.filter(chronicle=OuterRef("chronicle"), subject=OuterRef("subject")).order_by()
    before = own.filter(edition__lt=OuterRef("edition"))
    stood = before.exclude(action="takedown").order_by("-edition")
    gone = own.filter(edition__gte=OuterRef("edition"), action="withdrawal").order_by("edition")
    again = before.filter(action="withdrawal").order_by("-edition").values("edition")[:1]
    found = Edition.objects.filter(chronicle=HOLES["chronicle"], seq__gt=HOLES["size"], edition__gt=1)
    found = found.annotate(
        was=Subquery(own.filter(edition=OuterRef("edition") - 1).values("seq")),
        first_at=Subquery(own.filter(edition=1).values("at")),
        stood=Subquery(stood.values("commitment")[:1]),
        stood_edition=Subquery(stood.values("edition")[:1]),
        stood_at=Subquery(stood.values("at")[:1]),
        gone=Subquery(gone.values("commitment")[:1]),
        gone_at=Subquery(gone.values("at")[:1]),
        began=Coalesce(Subquery(again), 1),
        entry=pk_of("subject"),
        clash=pk_of("subject", "clash"),
    ).filter(was__lte=HOLES["size"])
    done = before.filter(edition__gt=OuterRef("began"), action__in=list(DONE)).order_by(
        Case(When(action__in=list(LOUD), then=Value(0)), default=Value(1)), "-edition"
    )
    sheets = Sheet.objects.filter(commitment=OuterRef("read"))
    found = found.annotate(
        read=Coalesce(F("gone"), F("stood")),
        done=Subquery(done.values("action")[:1]),
        done_at=Subquery(done.values("at")[:1]),
    ).annotate(document=Subquery(sheets.values("document")[:1]))
    return statement_of(found.order_by(), HOLES)
