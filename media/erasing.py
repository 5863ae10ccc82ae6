"""Files that are taken down for good: first their rows lose what they say, then the bytes go.

What is left of a file is its hash, by which the same bytes are refused when they come again, and what was
done with it by whom. The same bytes in another collection are another file, and stay.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from media import naming, renditions, storage
from media.limits import SETTLED_AFTER
from media.models import Asset, Custody, Publication, Rendition
from media.models.rendition import EXTENSIONS


def with_redactions(assets: Iterable[Asset]) -> list[Asset]:
    """``assets``, and what was made of them by covering parts."""
    pks = [asset.pk for asset in assets]
    return list(Asset.objects.filter(pk__in=pks) | Asset.objects.filter(made_from__in=pks))


def empty(assets: Iterable[Asset], *, by: Any, at: datetime) -> None:
    """Take from ``assets``, and from what was made of them, their names, their words and their copies.

    In the transaction of the caller, and under a lock: nothing more is made of them meanwhile. Readers get
    none of their files once that is committed; :func:`remove` removes the files.
    """
    originals = Asset.objects.select_for_update().filter(pk__in=[asset.pk for asset in assets])
    for asset in with_redactions(originals.order_by("pk")):
        made = set(asset.renditions.values_list("sha256", flat=True))
        public = Publication.objects.filter(asset=asset).values_list("filename", flat=True)
        renditions.take_down([name.partition(".")[0] for name in public], asset=asset, by=by)
        # What is to be removed is told by the hashes of what was ever made.
        Custody.tell(asset, Custody.Verb.TAKEN_DOWN, by=by, hashes=sorted(made))
        Custody.objects.filter(asset=asset).exclude(note="").update(note="")
        Rendition.objects.filter(asset=asset).delete()
        Asset.objects.filter(pk=asset.pk).update(
            name="", imprint={}, focus_x=None, focus_y=None, erased_at=at
        )


def forget_notes(assets: Iterable[Asset], *, before: datetime) -> None:
    """Empty what was said, before that time, of what was done with ``assets`` and what was made of them."""
    told = Custody.objects.filter(asset__in=with_redactions(assets), at__lt=before)
    told.exclude(note="").update(note="")


def remove(assets: Iterable[Asset]) -> list[Path]:
    """Remove every file of ``assets``, which are empty, and of what was made of them; those left for now.

    Left is what somebody has put there just now: an upload of the same bytes elsewhere, whose row comes yet.
    What a row of another file names stays, and is not among them.
    """
    paths = (path for asset in with_redactions(assets) for path in _files_of(asset))
    return [path for path in paths if not _is_removed(path)]


def remove_copies(assets: Iterable[Asset], *, but: Collection[str]) -> list[Path]:
    """Remove every copy that was ever made of ``assets`` and is theirs no longer; those left for now.

    None of those in ``but``, by their hashes: somebody is told of them still. What was uploaded stays.
    """
    paths = (path for asset in with_redactions(assets) for path in _copies_of(asset, but))
    return [path for path in paths if not _is_removed(path)]


def _is_removed(path: Path) -> bool:
    if naming.is_named(path):
        return True
    storage.remove_if_old(path, seconds=SETTLED_AFTER)
    return not path.exists()


def _files_of(asset: Asset) -> Iterator[Path]:
    """Where its files lie, were they there: what was uploaded, and every copy that was ever made of it."""
    yield storage.original(asset.sha256)
    yield from _copies_of(asset)


def _copies_of(asset: Asset, but: Collection[str] = ()) -> Iterator[Path]:
    """Where its copies lie, were they there: every one that was ever made of it, but for some, by hashes."""
    told = Custody.objects.filter(asset=asset).values_list("hashes", flat=True)
    for sha256 in sorted({asset.sha256}.union(*told).difference(but)):
        for ending in EXTENSIONS.values():
            yield storage.public(f"{sha256}.{ending}")
            yield storage.rendition(f"{sha256}.{ending}")
