"""The place of an entry in time: one whole number that orders every entry of the site."""

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Q

from chronicle.models import Entry, EntryTerm
from chronicle.record.columns import minute_of

PLACES_A_MINUTE = 1 << 12


class MinuteIsFull(Exception):
    """More entries begin in one minute than its places can tell apart."""


def place(entries: Sequence[Entry]) -> None:
    """Give each of ``entries`` its ``sk``, and renumber the entries they share a minute with.

    Within a minute the order is: latest, then the editor's order, then the order of first printing.
    Saved neighbours are updated here; ``entries`` themselves are left to the caller to save.
    Raises MinuteIsFull.
    """
    minutes: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        minutes[minute_of(entry.earliest)].append(entry)
    ours = {entry.pk for entry in entries if entry.pk}
    for saved in _neighbours(minutes, ours):
        minutes[saved.sk >> 12].append(saved)
    moved = [entry for minute, together in minutes.items() for entry in _ordered(minute, together)]
    _move([entry for entry in moved if entry.pk])


def _ordered(minute: int, together: list[Entry]) -> list[Entry]:
    """Give the entries of one minute their places; returns those whose place is another than before."""
    if len(together) > PLACES_A_MINUTE:
        raise MinuteIsFull(f"More than {PLACES_A_MINUTE} entries begin in the same minute.")
    together.sort(key=lambda entry: (entry.latest, entry.document.get("position", 0), entry.pk or 1 << 62))
    moved = []
    for n, entry in enumerate(together):
        sk = minute << 12 | n
        if entry.sk != sk:
            entry.sk = sk
            moved.append(entry)
    return moved


def _neighbours(minutes: dict[int, list[Entry]], ours: set[int]) -> list[Entry]:
    found: list[Entry] = []
    wanted = sorted(minutes)
    for start in range(0, len(wanted), 100):
        spans = Q()
        for minute in wanted[start : start + 100]:
            spans |= Q(sk__gte=minute << 12, sk__lt=(minute + 1) << 12)
        found += [entry for entry in Entry.objects.filter(spans) if entry.pk not in ours]
    return found


def _move(moved: list[Entry]) -> None:
    """Two steps, because ``sk`` is unique at every moment: out of the way, then to the new places."""
    if not moved:
        return
    settled = {entry.pk: entry.sk for entry in moved}
    for entry in moved:
        entry.sk = -(1 << 62) - entry.pk
    Entry.objects.bulk_update(moved, ["sk"], batch_size=200)
    for entry in moved:
        entry.sk = settled[entry.pk]
    Entry.objects.bulk_update(moved, ["sk"], batch_size=200)
    links = list(EntryTerm.objects.filter(entry_id__in=settled))
    for link in links:
        link.sk = settled[link.entry_id]
    EntryTerm.objects.bulk_update(links, ["sk"], batch_size=200)
