"""The words of days as they stood at a moment."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db.models import JSONField, Value

from chronicle.models import Among, Chronicle, Edition, Page
from chronicle.models.statements import Statement, statement_of
from chronicle.record import rows
from chronicle.site.then.changing import on_day

HOLES: dict[str, Any] = {
    "chronicle": -1,
    "subjects": ["-subjects-"],
    "subject": "-subject-",
    "day": date(1, 1, 3),
}


def pages(chronicle: Chronicle, days: Iterable[date]) -> list[Any]:
    """The words of ``days`` at the moment of ``chronicle``, the last first, each as ``reads.page_of`` has it.

    None of those whose words were taken down since.
    """
    subjects = Among.value_of([Page(date=day).subject for day in days])
    found = _pages(chronicle, _editions().rows({"chronicle": chronicle.pk, "subjects": subjects}))
    return sorted(found, key=lambda page: page.date, reverse=True)


def page_with_changes(chronicle: Chronicle, day: date) -> tuple[Any, list[int]]:
    """The words of ``day`` likewise, None where there are none; and the sizes of the log at which its page
    changed, in one query."""
    subject = Page(date=day).subject
    changes = _changes().rows({"chronicle": chronicle.pk, "day": day, "subject": subject})
    own = (each for each in changes if each.subject == subject)
    return next(_pages(chronicle, own), None), sorted({each.seq for each in changes})


def _pages(chronicle: Chronicle, editions: Iterable[Any]) -> Iterator[Any]:
    """The words that those of ``editions`` left which were printed by the moment of ``chronicle``."""
    own: dict[str, list[Any]] = {}
    known = (each for each in editions if each.seq <= chronicle.then.moment.size)
    for edition in sorted(known, key=lambda edition: edition.seq):
        own.setdefault(edition.subject, []).append(edition)
    yield from filter(None, (_page(chronicle, each) for each in own.values()))


@cache
def _editions() -> Statement:
    # By ``seq`` as well, SQLite would look for them among all.
    editions = Edition.objects.filter(chronicle=HOLES["chronicle"], subject__among=HOLES["subjects"])
    return statement_of(editions.with_document().order_by(), HOLES)


@cache
def _changes() -> Statement:
    editions = Edition.objects.filter(chronicle=HOLES["chronicle"]).order_by()
    own = editions.filter(subject=HOLES["subject"]).with_document()
    unread = Value(None, output_field=JSONField())
    # Each by its index: with either in one condition, a database looks at every edition, or every entry.
    others = (
        editions.filter(which).annotate(document=unread) for which in on_day(HOLES["chronicle"], HOLES["day"])
    )
    return statement_of(own.union(*others, all=True), HOLES)


def _page(chronicle: Any, editions: list[Any]) -> Page | None:
    """The words of a day as its ``editions`` left them, the oldest first, with what ``reads.page_of`` tells.

    None where they were taken down since; where they were by then, that they were.
    """
    last = editions[-1]
    told = [edition for edition in editions if edition.action != "takedown"]
    shown = told[-1]
    document = shown.document
    if last.document and last.document.get("whole"):
        shown, document = last, last.document
    if not document:
        return None
    page: Any = Page(chronicle=chronicle, updated_at=shown.at)
    for name, value in rows.columns_of(shown.subject, document, chronicle).items():
        setattr(page, name, value)
    page.edition, page.commitment = shown.edition, shown.commitment
    page.taken_at = rows.taken_at(document, shown.at)
    page.first_at = editions[0].at
    page.closed_at = _closed_at(told) if page.closed else None
    return page


def _closed_at(editions: list[Any]) -> datetime | None:
    """When the day was closed that its last edition has closed."""
    since = None
    for edition in reversed(editions):
        if edition.document and not edition.document["closed"]:
            break
        since = edition.at
    return since
