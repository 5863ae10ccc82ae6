"""The place of entries in time, and the terms under which they are found there. Nobody else's row is moved.

An ``sk`` ends with the low bits of its row's id, so ids are reserved before rows are inserted, and each is
written once.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from chronicle.models import Entry, EntryTerm, Term
from chronicle.models.term import facet_of, indexed_in
from chronicle.record import columns, inserting, placing

LINK = ("entry", "term", "facet", "sk")


def place(drafts: Sequence[Any], terms: Mapping[str, Term]) -> None:
    """Save the entries of ``drafts`` in their places, and the rows under which they are found.

    ``terms`` holds those that their documents name.
    """
    _insert([draft for draft in drafts if draft.is_first])
    links = []
    for draft in drafts:
        kept = set() if draft.is_first else _moved(draft, terms)
        found = sorted(indexed_in(draft.document, terms) - kept)
        links += [(draft.row.pk, terms[subject].pk, facet_of(subject), draft.row.sk) for subject in found]
    inserting.insert(EntryTerm, LINK, links)


def _insert(drafts: Sequence[Any]) -> None:
    """Insert new entries."""
    for draft, pk in zip(drafts, inserting.reserved(Entry, len(drafts)), strict=True):
        draft.row.pk, draft.row.clash = pk, 0
        draft.row.sk = columns.sk(draft.document, pk)
    placed = inserting.insert_objects(Entry, [draft.row for draft in drafts], same=["sk"])
    if placed < len(drafts):
        _insert_beside(drafts)


def _insert_beside(drafts: Sequence[Any]) -> None:
    """Insert those of new entries whose place another has: in the next that is free."""
    there = set(Entry.objects.filter(pk__in=[draft.row.pk for draft in drafts]).values_list("pk", flat=True))
    for draft in drafts:
        if draft.row.pk not in there:
            placing.save(draft.row, draft.document, force_insert=True)


def _moved(draft: Any, terms: Mapping[str, Term]) -> set[str]:
    """Save an entry that is in the record already, where its document places it now.

    Returns the terms under which it is found already, and stays; under no others is it found any more.
    """
    row, links = draft.row, EntryTerm.objects.filter(entry=draft.row)
    if columns.sk(draft.document, row.pk, row.clash) != row.sk:
        row.clash = 0
        placing.save(row, draft.document)
        links.delete()
        return set()
    # Its place is its own: no other row can have it.
    row.save(force_update=True)
    before, now = (indexed_in(each, terms) for each in (draft.before, draft.document))
    if gone := before - now:
        links.filter(term__in=[terms[subject] for subject in gone]).delete()
    return before & now
