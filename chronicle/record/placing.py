"""How an entry is saved in its place in time: nobody else's row is moved for it.

Where another row has the place already, which takes two million entries between two of one minute, the next
free one is taken and the difference noted as the row's ``clash``.
"""

from typing import Any

from django.db import IntegrityError, transaction

from chronicle.models import Entry
from chronicle.record import columns


def save(entry: Entry, document: Any, **how: Any) -> None:
    """Save ``entry``, which has a row id, in the first place that is free for it."""
    while True:
        entry.sk = columns.sk(document, entry.pk, entry.clash)
        try:
            with transaction.atomic():
                entry.save(**how)
            return
        except IntegrityError:
            if not Entry.objects.filter(sk=entry.sk).exclude(pk=entry.pk).exists():
                raise
            entry.clash += 1
