"""Days: their pages, bare ones for what they tell and their own words once those are published."""

from collections.abc import Iterable
from typing import Any

from chronicle.models import Edition, Page
from chronicle.record import columns
from events.models import Day, Printed
from events.press import log
from events.press.classing import classify, compare_ahead, same
from events.press.framing import day_document
from events.press.log import Document, Draft, Held, NoteNeeded, TakenDown

WORDS = ("headline", "sentence", "summary", "occasion")


def compare_summary(day: Day) -> None:
    """Compare the summary of a published ``day`` with what readers have, before its story is locked."""
    story = Printed.objects.filter(page=day).values("story__key")
    for page in Page.objects.filter(chronicle__key__in=story, date=day.date).with_document():
        compare_ahead(page.document, {"summary": day.summary})


def print_day(day: Day, *, by: Any, note: str = "") -> Edition | None:
    """Print the words of ``day`` on its page. Returns None where readers see just those already.

    Raises NoteNeeded for a second edition of the words without a note, and NoRecord.
    """
    held = log.held_open(day.story, by=by)
    document = day_document(day, with_words=True)
    page = Page.objects.filter(chronicle=held.chronicle.pk, date=day.date).with_document().first()
    if page is None:
        _draft_first(held, day, document)
        return log.append(held)[-1]
    if page.taken_at:
        raise TakenDown("This day")
    before = page.document
    if same(before, document):
        return None
    document["note"] = _note(before, note.strip())
    _fill(page, document)
    action = classify(before, document, facet="page")
    held.drafts.append(Draft(page.subject, action, document, page, before))
    return log.append(held)[-1]


def print_closing(day: Day, *, by: Any, note: str) -> Edition | None:
    """Print on the page of ``day``, where it has one, whether it is closed; its words stay as they are there.

    Raises NoRecord and TakenDown.
    """
    held = log.held_open(day.story, by=by)
    page = Page.objects.filter(chronicle=held.chronicle.pk, date=day.date).with_document().first()
    if page is None:
        return None
    if page.taken_at:
        raise TakenDown("This day")
    document = {**page.document, "closed": day.closed_at is not None, "note": note}
    _fill(page, document)
    held.drafts.append(Draft(page.subject, "update", document, page, page.document))
    return log.append(held)[-1]


def _note(before: Document, note: str) -> str:
    """The note of an edition after ``before``; the first words of a bare page need none of the editor's."""
    if any(before[name] for name in WORDS) and not note:
        raise NoteNeeded
    return note or "The day's own words were published."


def print_first(held: Held, days: Iterable[Day]) -> None:
    """Draft a bare page for each of ``days``, which have none; their words are published on their own."""
    for day in days:
        _draft_first(held, day, day_document(day, with_words=False))


def _draft_first(held: Held, day: Day, document: Document) -> None:
    page = Page(chronicle=held.chronicle)
    _fill(page, document)
    held.drafts.append(Draft(page.subject, "first", document, page))
    held.links.append(Printed(story=held.story, facet="page", number=day.number, page=day))


def _fill(page: Page, document: Document) -> None:
    for name, value in columns.of_page(document).items():
        setattr(page, name, value)
