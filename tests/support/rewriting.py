"""Changes to the record that agree with all that is left of it: only a checkpoint kept elsewhere tells."""

import random

from chronicle.models import Chronicle, Edition
from chronicle.record import rebuilding
from tests.support.forging import Made, forged, keys_of, replace, seal_anew
from tests.support.tampering import raw


def rewrite_history(_: None, dice: random.Random) -> Made:
    """An edition, its leaf, the log and every row, all in agreement."""
    edition, sheet = forged(dice)
    replace(edition, sheet)
    seal_anew(edition)
    rebuilding.rebuild_chronicle(edition.chronicle_id)
    return Made(f"edition {edition.seq}")


def cut_the_tail(_: None, dice: random.Random) -> Made:
    """The last editions with their sheets, and the log and every row wound back to what is left."""
    chronicle = Chronicle.objects.get(slug="the-44-days")
    size = Edition.objects.filter(chronicle=chronicle).count()
    left = size - dice.choice([1, 2, 5, dice.randrange(1, size)])
    lost = f"chronicle_edition WHERE chronicle_id = {chronicle.pk} AND seq > {left}"
    raw(f"DELETE FROM chronicle_sheet WHERE commitment IN (SELECT commitment FROM {lost})")
    raw(f"DELETE FROM {lost}")
    rebuilding.rebuild_chronicle(chronicle.pk)
    return Made(f"after edition {left} of {size}")


def remove_a_chronicle(_: None, dice: random.Random) -> Made:
    """With all that belongs to it."""
    pk = dice.choice(keys_of(Chronicle))
    editions = f"SELECT id FROM chronicle_edition WHERE chronicle_id = {pk}"
    entries = f"SELECT id FROM chronicle_entry WHERE chronicle_id = {pk}"
    sheets = f"SELECT commitment FROM chronicle_edition WHERE chronicle_id = {pk}"
    raw(f"DELETE FROM chronicle_removal WHERE edition_id IN ({editions})")
    raw(f"DELETE FROM chronicle_entryterm WHERE entry_id IN ({entries})")
    raw(f"DELETE FROM chronicle_sheet WHERE commitment IN ({sheets})")
    for table in ("entrywords", "bitmap", "spelling", "entry", "term", "page", "text", "log", "edition"):
        raw(f"DELETE FROM chronicle_{table} WHERE chronicle_id = {pk}")
    raw(f"DELETE FROM chronicle_chronicle WHERE id = {pk}")
    return Made(f"chronicle {pk}")


OUTSIDE = (rewrite_history, cut_the_tail, remove_a_chronicle)
"""What agrees with all that is left: only a checkpoint kept elsewhere tells."""
