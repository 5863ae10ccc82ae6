"""Copies for readers: the only writer of their rows and files, and of what is public. Sweeps away what
nothing names.

Those of a picture are drawn anew. A document cannot be: its one copy is the file as it came.

A file is public as long as a publication names it, of whichever asset: two may have the same bytes.
"""

import hashlib
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Q

from media import sandbox, storage
from media.intake import READERS
from media.limits import ABANDONED_AFTER, SUGGESTED
from media.models import Asset, Custody, Publication, Rendition
from media.models.rendition import EXTENSIONS
from media.probing import Refused, identify

Verb = Custody.Verb
DOCUMENTS = {"application/pdf": "pdf", "text/plain": "txt"}
"""The format of the copy of a document, by what it is."""

OTHER_BYTES = "The original of this document has other bytes than it had when it was uploaded."


def make(asset: Asset, *, by: Any = None, imprint: dict[str, str] | None = None) -> list[Rendition]:
    """The renditions of an asset, made where they are not what they would be.

    ``imprint`` has the credit, the rights and the source_type (a code of IPTC's) that are written into those
    of a picture, and is kept for the next time. The same picture with the same imprint gives the same bytes.
    It takes seconds: call it outside of a transaction. Raises ``Refused``, and ``OSError`` where the original
    is not there.
    """
    if asset.kind == Asset.Kind.PICTURE:
        return _of_picture(asset, imprint, by=by)
    with transaction.atomic():
        _replace(asset, [_of_document(asset)], by=by)
    return list(asset.renditions.all())


def _of_document(asset: Asset) -> Rendition:
    copy = Rendition(
        asset=asset, format=DOCUMENTS[asset.mime], sha256=asset.sha256, byte_count=asset.byte_count
    )
    # A copy, and no second name: an original is closed to all but us, and what readers get is not.
    with storage.incoming() as file, open(storage.original(asset.sha256), "rb") as original:
        shutil.copyfileobj(original, file)
        file.flush()
        if storage.digest(Path(file.name)) != (asset.sha256, asset.byte_count):
            raise Refused(OTHER_BYTES)
        storage.keep(file, storage.rendition(copy.filename))
    return copy


def _of_picture(asset: Asset, imprint: dict[str, str] | None, *, by: Any) -> list[Rendition]:
    given = asset.imprint if imprint is None else imprint
    words = {name: text[:SUGGESTED] for name, text in given.items()}
    with open(storage.original(asset.sha256), "rb") as original:
        answer = sandbox.run("render", original, reader=READERS[asset.mime], words=words)
    made = [
        Rendition(asset=asset, sha256=_stored(one["format"], content), byte_count=len(content), **one)
        for one, content in zip(answer.facts["made"], answer.parts, strict=True)
    ]
    with transaction.atomic():
        Asset.objects.filter(pk=asset.pk).update(imprint=words)
        _replace(asset, made, by=by)
    asset.imprint = words
    return list(asset.renditions.all())


def _stored(format: str, content: bytes) -> str:
    sha256 = hashlib.sha256(content).hexdigest()
    filename = f"{sha256}.{EXTENSIONS[format]}"
    with storage.incoming() as file:
        file.write(content)
        # Looked at as if it were an upload: it comes from where somebody else's bytes were decoded.
        identify(file, name=filename, declared=f"image/{format}")
        storage.keep(file, storage.rendition(filename))
    return sha256


def _replace(asset: Asset, made: list[Rendition], *, by: Any) -> None:
    """One after the other: of two who make them at once, the last is whole."""
    Asset.objects.select_for_update().get(pk=asset.pk)
    before = set(asset.renditions.values_list("sha256", flat=True))
    if {one.sha256 for one in made} != before:
        asset.renditions.all().delete()
        Rendition.objects.bulk_create(made)
        Custody.tell(asset, Verb.RENDERED, by=by, hashes=[one.sha256 for one in made])


def publish(asset: Asset, hashes: Iterable[str], *, by: Any = None) -> None:
    """Let readers get renditions of ``asset``, by their hashes; ``ValueError`` where one is none of its.

    Their files are there before this returns. If the transaction around it fails, ``prune`` removes them.
    """
    wanted = set(hashes)
    found = {one.filename for one in asset.renditions.filter(sha256__in=wanted)}
    if {_hash_of(filename) for filename in found} != wanted:
        raise ValueError("A hash names no rendition of this asset.")
    with transaction.atomic():
        new = sorted(found - set(asset.publications.values_list("filename", flat=True)))
        rows = [Publication(asset=asset, filename=filename) for filename in new]
        Publication.objects.bulk_create(rows, ignore_conflicts=True)
        if new:
            Custody.tell(asset, Verb.PUBLISHED, by=by, hashes=[_hash_of(filename) for filename in new])
        for filename in sorted(found):
            storage.show(filename)
        # Meanwhile somebody may have taken down the last that was public of the same file.
        transaction.on_commit(lambda: _show_again(found))


def take_down(hashes: Iterable[str], *, asset: Asset | None = None, by: Any = None, note: str = "") -> None:
    """Let readers get renditions no longer, for ``asset``, or for every one that published them.

    Their files go once this is committed, unless another asset publishes them as well.
    """
    named = Q()
    for sha256 in set(hashes):
        named |= Q(filename__startswith=f"{sha256}.")
    if not named:
        return
    with transaction.atomic():
        rows = Publication.objects.filter(named, **({"asset": asset} if asset else {}))
        about: dict[Asset, list[str]] = {}
        for row in rows.select_related("asset").order_by("filename"):
            about.setdefault(row.asset, []).append(row.filename)
        rows.delete()
        for each, filenames in about.items():
            gone = [_hash_of(filename) for filename in filenames]
            Custody.tell(each, Verb.TAKEN_DOWN, by=by, hashes=gone, note=note)
        files = {filename for filenames in about.values() for filename in filenames}
        transaction.on_commit(lambda: _hide(files))


def _hash_of(filename: str) -> str:
    return filename.partition(".")[0]


def _public(filenames: set[str]) -> set[str]:
    return set(Publication.objects.filter(filename__in=filenames).values_list("filename", flat=True))


def _hide(filenames: set[str]) -> None:
    for filename in filenames - _public(filenames):
        storage.hide(filename)
    # Meanwhile somebody may have published the same file.
    _show_again(_public(filenames))


def _show_again(filenames: set[str]) -> None:
    for filename in filenames:
        if not storage.public(filename).exists():
            storage.show(filename)


def prune(
    *, older_than: float = ABANDONED_AFTER, progress: Callable[[], object] = lambda: None
) -> list[Path]:
    """Remove every file that nothing names and that came so many seconds ago or more; the files removed.

    An upload, or a publication, leaves such files behind where it is cut off.
    """
    removed = []
    for folder, is_named in NAMED.items():
        for path in storage.files(folder):
            if not is_named(path.name) and storage.remove_if_old(path, seconds=older_than):
                removed.append(path)
            progress()
    return removed


def files_to_look_at() -> int:
    return sum(1 for folder in NAMED for _ in storage.files(folder))


NAMED: dict[str, Callable[[str], bool]] = {
    storage.INCOMING: lambda name: False,
    storage.ORIGINALS: lambda name: Asset.objects.filter(sha256=name).exists(),
    storage.RENDITIONS: lambda name: (
        Rendition.objects.filter(sha256=_hash_of(name)).exists() or bool(_public({name}))
    ),
    storage.PUBLIC: lambda name: bool(_public({name})),
}
"""What says whether anything names a file, for each folder."""
