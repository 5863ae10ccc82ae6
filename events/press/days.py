"""Days: their pages, bare ones for what they tell and their own words once those are published."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from chronicle.models import Chronicle, Edition, Page
from events.models import Day
from events.press import composing, log
from events.press.classing import classify
from events.press.composing import Document
from events.press.log import NoteNeeded, Printing

WORDS = ("headline", "sentence", "summary", "occasion")


@transaction.atomic
def print_day(day: Day, *, by: Any, note: str = "") -> Edition | None:
    """Print the words of ``day`` on its page. Returns None where readers see just that already.

    Raises NoteNeeded for a second edition of the words without a note.
    """
    chronicle = log.locked(day.chronicle)
    page = Page.objects.filter(key=day.key).first() or Page(key=day.key, chronicle=chronicle)
    document = composing.day_document(day, with_words=True)
    before = page.document
    if before == document:
        return None
    if _has_words(before) and not note.strip():
        raise NoteNeeded
    _fill(page, day, document)
    page.save()
    return log.append(chronicle, [_printing(page, before, note.strip())], by=by)[0]


def _has_words(document: Document | None) -> bool:
    return document is not None and any(document[name] for name in WORDS)


def _printing(page: Page, before: Document | None, note: str) -> Printing:
    if before is None:
        return Printing(Edition.Subject.PAGE, page.pk, Edition.Action.FIRST, page.document, "")
    return Printing(
        kind=Edition.Subject.PAGE,
        subject=page.pk,
        action=classify(before, page.document),
        document=page.document,
        note=note or "The day's own words were published.",
    )


def pages_for(chronicle: Chronicle, days: Iterable[Day], *, by: Any) -> dict[int, Page]:
    """The page of each day; a day without one gets a bare one, its words being published on their own."""
    wanted = {day.key: day for day in days}
    pages = {page.key: page for page in Page.objects.filter(key__in=wanted)}
    missing = [day for key, day in wanted.items() if key not in pages]
    made = Page.objects.bulk_create([_bare_page(chronicle, day) for day in missing])
    log.append(chronicle, [_printing(page, None, "") for page in made], by=by)
    pages |= {page.key: page for page in made}
    return {day.pk: pages[key] for key, day in wanted.items()}


def _bare_page(chronicle: Chronicle, day: Day) -> Page:
    page = Page(key=day.key, chronicle=chronicle)
    _fill(page, day, composing.day_document(day, with_words=False))
    return page


def _fill(page: Page, day: Day, document: Document) -> None:
    page.date, page.document, page.updated_at = day.date, document, timezone.now()
    for column in ("number", *WORDS):
        setattr(page, column, document[column])
