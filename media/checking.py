"""Recomputes the hash of every file, and compares what there is with what rows name."""

from collections.abc import Callable, Iterator
from pathlib import Path

from media import storage
from media.models import Asset, Publication, Rendition


def problems(progress: Callable[[], object] = lambda: None) -> Iterator[str]:
    """A sentence for each fault: an original, a rendition or a public file that is missing or changed, or
    that readers could get though nothing publishes it."""
    for check in (_originals, _renditions, _publications, _public_files):
        for wrong in check():
            if wrong:
                yield wrong
            progress()


def files_to_check() -> int:
    """How often :func:`problems` tells of its progress."""
    rows = sum(model.objects.count() for model in (Asset, Rendition, Publication))
    return rows + sum(1 for _ in storage.files(storage.PUBLIC))


def _originals() -> Iterator[str]:
    for asset in Asset.objects.order_by("pk").iterator():
        what = f"The original of asset {asset.pk}"
        yield _unlike(storage.original(asset.sha256), what, asset.sha256, asset.byte_count)


def _renditions() -> Iterator[str]:
    for row in Rendition.objects.order_by("pk").iterator():
        what = f"Rendition {row.pk} of asset {row.asset_id}"
        yield _unlike(storage.rendition(row.filename), what, row.sha256, row.byte_count)


def _publications() -> Iterator[str]:
    for row in Publication.objects.order_by("pk").iterator():
        is_there = storage.public(row.filename).is_file()
        yield "" if is_there else f"Readers cannot get {row.filename}, which asset {row.asset_id} publishes."


def _public_files() -> Iterator[str]:
    for path in storage.files(storage.PUBLIC):
        if not Publication.objects.filter(filename=path.name).exists():
            yield f"Readers can get {path.name}, which nothing publishes."
        else:
            yield _unlike(path, f"What readers get as {path.name}", path.name.partition(".")[0])


def _unlike(path: Path, what: str, sha256: str, byte_count: int | None = None) -> str:
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
