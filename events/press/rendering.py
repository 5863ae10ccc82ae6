"""The printed cards of entries, and the words that they are found by: made from documents and terms, and made
again when either changes.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction

from chronicle.models import Chronicle, Entry, Log
from chronicle.models.term import facet_of, named_in, number_of
from chronicle.record import cards, words

BATCH = 200


def reprint(
    chronicle: Chronicle, *, under: str = "", progress: Callable[[int], None] = lambda done: None
) -> int:
    """Print the cards of public entries again, all or those ``under`` a subject, and note their words.

    Returns how many.

    ``progress`` is told how many more were done. Each batch is a transaction that holds the log, so that
    no printing slips between reading a document and writing its card.
    """
    entries = Entry.objects.public().filter(chronicle=chronicle)
    if under:
        entries = entries.filter(
            entry_terms__term__facet=facet_of(under), entry_terms__term__number=number_of(under)
        )
    return reprint_entries(chronicle, entries.order_by("pk").values_list("pk", flat=True), progress=progress)


def reprint_entries(
    chronicle: Chronicle, keys: Iterable[int], *, progress: Callable[[int], None] = lambda done: None
) -> int:
    """Likewise those of ``keys`` (row ids) that are public."""
    keys = list(keys)
    for start in range(0, len(keys), BATCH):
        batch = keys[start : start + BATCH]
        _reprint_batch(chronicle, batch)
        progress(len(batch))
    return len(keys)


@transaction.atomic
def _reprint_batch(chronicle: Chronicle, keys: list[int]) -> None:
    log = Log.objects.select_for_update(no_key=True).get(chronicle=chronicle)
    entries: list[Any] = list(Entry.objects.public().filter(pk__in=keys).with_document())
    named = set().union(*(named_in(entry.document) for entry in entries))
    terms = cards.terms_of(chronicle, named)
    changed = []
    for entry in entries:
        entry.chronicle = chronicle
        card = cards.print_card(entry.document, terms, url=entry.get_absolute_url())
        if card != entry.card:
            entry.card = card
            changed.append(entry)
    Entry.objects.bulk_update(changed, ["card"], batch_size=100)
    renewed = words.renew([(entry, entry.document) for entry in entries], terms)
    if changed or renewed:
        log.present_anew()
