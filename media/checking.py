"""Recomputes the hash of every file, and compares what there is with what names it."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from media import renditions, storage
from media.limits import ABANDONED_AFTER
from media.models import Asset, Publication, Rendition

Names = Iterable[tuple[str, str]]
"""Names of files that readers are told of, each with who tells them, in words."""


def published() -> Names:
    """What rows publish, where nothing else tells readers of a file."""
    for row in Publication.objects.order_by("pk").iterator():
        yield row.filename, f"asset {row.asset_id}"


def problems(
    named: Callable[[], Names] = published, progress: Callable[[], object] = lambda: None
) -> Iterator[str]:
    """A sentence for each fault: a file that is missing or changed, that no row names, or that readers could
    get though they are told of it nowhere.

    What is ``named`` is read at the end, and kept while it is compared: some hundred bytes for each file.
    """
    for check in (_originals, _renditions, _public_files):
        for wrong in check():
            if wrong:
                yield wrong
            progress()
    # Somebody may publish meanwhile: what is wrong only once is not wrong.
    if found := set(_unlike(named())):
        yield from (wrong for wrong in _unlike(named()) if wrong in found)


def files_to_check() -> int:
    """How often :func:`problems` tells of its progress."""
    rows = sum(model.objects.count() for model in (Asset, Rendition))
    return rows + sum(1 for _ in storage.files(storage.PUBLIC))


def _originals() -> Iterator[str]:
    for asset in Asset.objects.filter(erased_at=None).order_by("pk").iterator():
        what = f"The original of asset {asset.pk}"
        yield _changed(storage.original(asset.sha256), what, asset.sha256, asset.byte_count)


def _renditions() -> Iterator[str]:
    for row in Rendition.objects.order_by("pk").iterator():
        what = f"Rendition {row.pk} of asset {row.asset_id}"
        yield _changed(storage.rendition(row.filename), what, row.sha256, row.byte_count)


def _public_files() -> Iterator[str]:
    """Of those that could be named at all; whether they are, and are there, is another question."""
    for path in storage.files(storage.PUBLIC):
        is_named_by_bytes = storage.is_in_place(path) and path.is_file()
        yield _changed(path, f"What readers get as {path.name}", path.stem) if is_named_by_bytes else ""


def _changed(path: Path, what: str, sha256: str, byte_count: int | None = None) -> str:
    """What is wrong with a file; empty if nothing is."""
    try:
        found, count = storage.digest(path)
    except FileNotFoundError:
        return f"{what} is not there."
    except OSError as wrong:
        return f"{what} cannot be read: {wrong.strerror}."
    if found != sha256:
        return f"{what} has other bytes than it had."
    return (
        f"{what} has {count} bytes, and its row says {byte_count}." if byte_count not in (None, count) else ""
    )


def left_behind() -> int:
    """How many private files no row names, and for whose row nobody can still be waiting.

    An upload that was cut off leaves such, and so does every new credit: they are no fault.
    """
    folders = (storage.INCOMING, storage.ORIGINALS, storage.RENDITIONS)
    paths = (path for folder in folders for path in renditions.unnamed(folder))
    return sum(storage.is_old(path, seconds=ABANDONED_AFTER) for path in paths)


def _unlike(named: Names) -> Iterator[str]:
    """Where what readers are told of, what rows publish and what is public are not the same files."""
    told = dict(named)
    for filename, by in told.items():
        if not storage.is_public(filename):
            yield f"Readers cannot get {filename}, which {by} names."
    for row in Publication.objects.order_by("pk").iterator():
        if row.filename not in told:
            yield f"Asset {row.asset_id} publishes {row.filename}, of which readers are told nowhere."
    for path in renditions.unnamed(storage.PUBLIC):
        if path.name not in told or not storage.is_in_place(path):
            yield f"Readers can get {path.relative_to(storage.folder(storage.PUBLIC))}, which nothing names."
