"""The printed cards of entries: made from documents and terms, and made again when either changes."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction

from chronicle.models import Chronicle, Entry, Term
from chronicle.record import cards, columns

BATCH = 200


def print_cards(entries: Iterable[Entry]) -> None:
    """Set the card of each of ``entries``, which must be saved once; the caller saves the card."""
    entries = list(entries)
    wanted = set().union(*(columns.term_ids(entry.document) for entry in entries))
    terms = Term.objects.in_bulk(list(wanted))
    for entry in entries:
        entry.card = cards.print_card(entry.document, terms, url=entry.get_absolute_url())


def reprint(entries: Any, *, progress: Callable[[int], None] = lambda done: None) -> int:
    """Print the cards of the public words of ``entries`` again, and fill columns that are not as their
    documents have them, a batch at a time; returns how many cards.

    ``progress`` is told how many more were done. Each batch is a transaction that holds the lock of
    its chronicle, so that no printing slips between reading a document and writing what is made of it.
    """
    done = 0
    keys = list(
        entries.filter(withdrawn_at__isnull=True)
        .values_list("chronicle_id", "pk")
        .order_by("chronicle", "pk")
    )
    for start in range(0, len(keys), BATCH):
        batch = keys[start : start + BATCH]
        with transaction.atomic():
            chronicles = sorted({chronicle for chronicle, _ in batch})
            list(Chronicle.objects.select_for_update(no_key=True).filter(pk__in=chronicles).order_by("pk"))
            found = Entry.objects.filter(pk__in=[pk for _, pk in batch], withdrawn_at__isnull=True)
            rows = list(found.select_related("chronicle"))
            print_cards(rows)
            Entry.objects.bulk_update(rows, ["card"])
            refilled = [row for row in rows if columns.fill(row, row.chronicle.clock)]
            Entry.objects.bulk_update(refilled, columns.COLUMNS)
        done += len(batch)
        progress(len(batch))
    return done
