"""The words of days as they stood at a moment."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from typing import Any

from chronicle.models import Among, Chronicle, Edition, Page
from chronicle.models.statements import Statement, statement_of
from chronicle.record import rows

HOLES: dict[str, Any] = {"chronicle": -1, "subjects": ["-subjects-"]}


def pages(chronicle: Chronicle, days: Iterable[date]) -> list[Any]:
    """The words of ``days`` at the moment of ``chronicle``, the last first, each as ``reads.page_of`` has it.

    None of those whose words were taken down since.
    """
    subjects = Among.value_of([Page(date=day).subject for day in days])
    given = {"chronicle": chronicle.pk, "subjects": subjects}
    editions: dict[str, list[Any]] = {}
    known = (each for each in _editions().rows(given) if each.seq <= chronicle.then.moment.size)
    for edition in sorted(known, key=lambda edition: edition.seq):
        editions.setdefault(edition.subject, []).append(edition)
    found = filter(None, (_page(chronicle, each) for each in editions.values()))
    return sorted(found, key=lambda page: page.date, reverse=True)


@cache
def _editions() -> Statement:
    # By ``seq`` as well, SQLite would look for them among all.
    editions = Edition.objects.filter(chronicle=HOLES["chronicle"], subject__among=HOLES["subjects"])
    return statement_of(editions.with_document().order_by(), HOLES)


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
