"""Copies for readers: the only writer of their rows and files, and of what is public. Sweeps away what
nothing names.

Those of a picture are drawn anew. A document cannot be: its one copy is the file as it came.

A file is public as long as a publication names it, of whichever asset: two may have the same bytes.
"""

import hashlib
import shutil
from collections.abc import Callable, Container, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from django.db import transaction
from django.db.models import Q

from media import sandbox, storage
from media.intake import READERS, Arrival
from media.limits import ABANDONED_AFTER, SUGGESTED
from media.models import Asset, Custody, Publication, Rendition
from media.models.rendition import EXTENSIONS
from media.naming import NAMED, is_named, public
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
    given = asset.imprint if imprint is None else imprint
    words = {name: text[:SUGGESTED] for name, text in given.items()}
    made = _made(asset, words)
    with transaction.atomic():
        _replace(asset, made, words, by=by)
    asset.imprint = words
    return list(asset.renditions.all())


def make_again(asset: Asset) -> bool:
    """Make the renditions of an asset once more with the words that they have, as after an upgrade.

    Those that readers ever had stay as they were printed, and only their files are written anew: what is made
    otherwise now is named nowhere. Whether they are what is made now.
    """
    made = _made(asset, asset.imprint)
    printed = asset.custody.filter(verb=Verb.PUBLISHED).exists()
    known = set(asset.renditions.values_list("sha256", flat=True))
    if printed and known and known != {one.sha256 for one in made}:
        return False
    with transaction.atomic():
        _replace(asset, made, asset.imprint, by=None)
    for filename in public({one.filename for one in made}):
        storage.show(filename)
    return True


def draw(arrival: Arrival) -> list[Rendition]:
    """The renditions of what is not kept yet: their files are there, their rows are to be added.

    None of what is kept already and has some. It takes seconds, as :func:`make` does.
    """
    known, facts = arrival.known, arrival.facts
    if known and known.renditions.exists():
        return []
    if not arrival.reader:
        return [_as_it_came(arrival.file, facts["mime"], arrival.sha256, facts["byte_count"])]
    return _drawn(arrival.file, arrival.reader, known.imprint if known else {})


def add(asset: Asset, drawn: list[Rendition], *, by: Any) -> None:
    """Give ``asset`` what was drawn of it, unless it has renditions by now."""
    if drawn and not asset.renditions.exists():
        with transaction.atomic():
            _replace(asset, drawn, asset.imprint, by=by)


def _made(asset: Asset, words: dict[str, str]) -> list[Rendition]:
    with open(storage.original(asset.sha256), "rb") as original:
        if asset.mime in READERS:
            return _drawn(original, READERS[asset.mime], words)
        return [_as_it_came(original, asset.mime, asset.sha256, asset.byte_count)]


def _drawn(file: BinaryIO, reader: str, words: dict[str, str]) -> list[Rendition]:
    """Renditions of nothing yet, whose files are in their places."""
    answer = sandbox.run("render", file, reader=reader, words=words)
    return [
        Rendition(sha256=_stored(one["format"], content), byte_count=len(content), **one)
        for one, content in zip(answer.facts["made"], answer.parts, strict=True)
    ]


def _as_it_came(file: BinaryIO, mime: str, sha256: str, byte_count: int) -> Rendition:
    """The copy of a document; no second name of its file, which is closed to all but us."""
    copy = Rendition(format=DOCUMENTS[mime], sha256=sha256, byte_count=byte_count)
    file.seek(0)
    with storage.incoming() as incoming:
        shutil.copyfileobj(file, incoming)
        incoming.flush()
        if storage.digest(Path(incoming.name)) != (sha256, byte_count):
            raise Refused(OTHER_BYTES)
        storage.keep(incoming, storage.rendition(copy.filename))
    return copy


def _stored(format: str, content: bytes) -> str:
    sha256 = hashlib.sha256(content).hexdigest()
    filename = f"{sha256}.{EXTENSIONS[format]}"
    with storage.incoming() as file:
        file.write(content)
        # Looked at as if it were an upload: it comes from where somebody else's bytes were decoded.
        identify(file, name=filename, declared=f"image/{format}")
        storage.keep(file, storage.rendition(filename))
    return sha256


def _replace(asset: Asset, made: list[Rendition], imprint: dict[str, str], *, by: Any) -> None:
    """One after the other: of two who make them at once, the last is whole."""
    held = Asset.objects.select_for_update().get(pk=asset.pk)
    if held.erased_at:
        discard(made)
        return
    before = set(asset.renditions.values_list("sha256", flat=True))
    Asset.objects.filter(pk=asset.pk).update(imprint=imprint)
    if {one.sha256 for one in made} != before:
        for one in made:
            one.asset = asset
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


def _hide(filenames: set[str]) -> None:
    for filename in filenames - public(filenames):
        storage.hide(filename)
    # Meanwhile somebody may have published the same file.
    _show_again(public(filenames))


def _show_again(filenames: set[str]) -> None:
    for filename in filenames:
        if not storage.is_public(filename) and storage.rendition(filename).is_file():
            storage.show(filename)


def is_in_line(assets: Iterable[Asset], hashes: set[str]) -> bool:
    """Whether readers can get just the renditions of ``assets`` with ``hashes``, by rows and by files."""
    published, ours = _files_of(assets)
    there = {filename for filename in ours if storage.is_public(filename)}
    return {_hash_of(filename) for filename in published} == hashes and there == public(ours)


def bring_files(assets: Iterable[Asset]) -> None:
    """Once this is committed, have the files of ``assets`` be public just where a row publishes them.

    Of a file that is not there any longer nothing can be shown: ``is_in_line`` goes on saying so.
    """
    _, ours = _files_of(assets)
    transaction.on_commit(lambda: _hide(ours))


def lost(assets: Iterable[Asset]) -> set[str]:
    """The renditions of ``assets``, by their hashes, whose files are not there any longer."""
    rows = Rendition.objects.filter(asset__in=list(assets))
    return {row.sha256 for row in rows if not storage.rendition(row.filename).is_file()}


def _files_of(assets: Iterable[Asset]) -> tuple[set[str], set[str]]:
    """The files that ``assets`` publish, and all that they have."""
    assets = list(assets)
    published = set(Publication.objects.filter(asset__in=assets).values_list("filename", flat=True))
    return published, published | {each.filename for each in Rendition.objects.filter(asset__in=assets)}


def prune(
    named: Container[str] = (),
    *,
    older_than: float = ABANDONED_AFTER,
    progress: Callable[[], object] = lambda: None,
) -> list[Path]:
    """Remove every file that nothing names and that came so many seconds ago or more; the files removed.

    An upload, or a publication, leaves such files behind where it is cut off. Public ones that are ``named``
    elsewhere than in our rows stay.
    """
    removed = []
    for folder in storage.FOLDERS:
        for path in unnamed(folder, progress):
            is_told_of = path.name in named and storage.is_in_place(path)
            if not is_told_of and storage.remove_if_old(path, seconds=older_than):
                removed.append(path)
    return removed


def files_to_look_at() -> int:
    return sum(1 for folder in storage.FOLDERS for _ in storage.files(folder))


def unnamed(folder: str, progress: Callable[[], object] = lambda: None) -> Iterator[Path]:
    """The files in one of ``storage.FOLDERS`` that no row names; public ones that have no address, too."""
    files = storage.files(folder)
    while paths := list(islice(files, AT_A_TIME)):
        named = NAMED[folder]({path.name for path in paths})
        for path in paths:
            if path.name not in named or (folder == storage.PUBLIC and not storage.is_in_place(path)):
                yield path
            progress()


def discard(drawn: Iterable[Rendition]) -> None:
    """Remove the files of what was drawn and is not to be kept, but for those that a row names."""
    for path in (storage.rendition(one.filename) for one in drawn):
        if not is_named(path):
            storage.remove_if_old(path, seconds=0)


AT_A_TIME = 400
"""Files whose names the database is asked for at once."""
