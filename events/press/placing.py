"""The place of entries in time, and the terms under which they are found there. Nobody else's row is moved.

An ``sk`` ends with the low bits of its row's id, so ids are reserved before rows are inserted, and each is
written once.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, connection, transaction

from chronicle.models import Entry, EntryTerm, Term
from chronicle.models.term import facet_of, indexed_in
from chronicle.record import columns, placing


def place(drafts: Sequence[Any], terms: Mapping[str, Term]) -> None:
    """Save the entries of ``drafts`` in their places, and the rows under which they are found.

    ``terms`` holds those that their documents name.
    """
    new = [draft for draft in drafts if draft.is_first]
    known = [draft for draft in drafts if not draft.is_first]
    _insert(new)
    for draft in known:
        _move(draft)
    if known:
        EntryTerm.objects.filter(entry__in=[draft.row for draft in known]).delete()
    links = [
        EntryTerm(entry=draft.row, term=terms[subject], facet=facet_of(subject), sk=draft.row.sk)
        for draft in drafts
        for subject in sorted(indexed_in(draft.document, terms))
    ]
    EntryTerm.objects.bulk_create(links, batch_size=200)


def _insert(drafts: Sequence[Any]) -> None:
    """Insert new entries."""
    if not drafts:
        return
    for draft, pk in zip(drafts, _reserved(len(drafts)), strict=True):
        draft.row.pk, draft.row.clash = pk, 0
        draft.row.sk = columns.sk(draft.document, pk)
    try:
        with transaction.atomic():
            Entry.objects.bulk_create([draft.row for draft in drafts], batch_size=100)
    except IntegrityError:
        for draft in drafts:
            placing.save(draft.row, draft.document, force_insert=True)


def _move(draft: Any) -> None:
    """Save an entry that is in the record already, where its document places it now."""
    if columns.sk(draft.document, draft.row.pk, draft.row.clash) != draft.row.sk:
        draft.row.clash = 0
    placing.save(draft.row, draft.document)


def _reserved(count: int) -> list[int]:
    """``count`` row ids that nobody else will be given."""
    table = Entry._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
            )
            return [pk for (pk,) in cursor.fetchall()]
        # Under the write lock of the transaction; the insert brings the sequence up to the highest id.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = (cursor.fetchone() or (0,))[0]
    return list(range(last + 1, last + 1 + count))
