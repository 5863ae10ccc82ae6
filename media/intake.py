"""An upload becomes an asset: whole, or not at all."""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO
from uuid import UUID

from django.db import IntegrityError, transaction

from media import probing, sandbox, storage
from media.limits import BOXES, LARGEST, NAME
from media.models import Asset, Custody
from media.probing import Refused
from media.receiving import TOO_MANY_BYTES
from media.redaction import OUTSIDE

NO_BOXES = f"Draw a box at least, and {BOXES} at most."
NO_PICTURE = "Boxes can be drawn on pictures alone."
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
READERS = {one.mime: one.reader for one in probing.FORMATS if one.reader}
UNNAMED = "unnamed"
TAKEN_DOWN = "This file was taken down for good: it is not taken in again."
NOTHING_OF_IT = "This picture was taken down for good: nothing is made of it."

Verb = Custody.Verb


@dataclass(frozen=True)
class Arrival:
    """A file that was received and looked at, and that nothing names yet."""

    file: BinaryIO
    reader: str
    """Of Pillow's readers; none for a document."""
    collection: UUID
    sha256: str
    facts: dict[str, Any]

    @property
    def known(self) -> Asset | None:
        """The asset of the same bytes in the same collection."""
        return Asset.objects.filter(collection=self.collection, sha256=self.sha256).first()

    def keep(self, *, by: Any, note: str = "") -> Asset:
        """The file in its place, then its row: of two that come at once, the database lets one in.

        Refused where these bytes were taken down in the meantime.
        """
        _refuse_erased(self.collection, self.sha256)
        storage.keep(self.file, storage.original(self.sha256))
        if known := self.known:
            return known
        try:
            with transaction.atomic():
                asset = Asset.objects.create(collection=self.collection, sha256=self.sha256, **self.facts)
                Custody.tell(asset, Verb.ADDED, by=by, note=note)
        except IntegrityError:
            known = self.known
            if known is None:
                raise
            return known
        return asset


@contextmanager
def arriving(upload: Any, *, collection: UUID, name: str) -> Iterator[Arrival]:
    """``upload``, which has ``chunks()``, until it is kept; gone at the end of the block unless it was.

    Refused with a sentence, and without a trace, where it is no file that is taken. It decodes a picture,
    which takes seconds: call it outside of a transaction. Its turn at decoding lasts as long as the block.
    """
    name, declared = cleaned(name), getattr(upload, "content_type", "") or ""
    with storage.incoming() as file, ExitStack() as stack:
        sha256, count = _received(upload, file)
        _refuse_erased(collection, sha256)
        found = probing.identify(file, name=name, declared=declared)
        facts = {"kind": found.kind, "mime": found.mime, "name": name, "byte_count": count}
        if found.reader:
            stack.enter_context(sandbox.turn())
            facts |= _looked_at(file, found.reader)
        yield Arrival(file, found.reader, collection, sha256, facts)


def take(upload: Any, *, collection: UUID, by: Any, name: str) -> Asset:
    """The asset of ``upload``; of the same bytes in one collection it is the same. See :func:`arriving`."""
    with arriving(upload, collection=collection, name=name) as arrival:
        return arrival.keep(by=by)


def _refuse_erased(collection: UUID, sha256: str) -> None:
    if Asset.objects.filter(collection=collection, sha256=sha256, erased_at__isnull=False).exists():
        raise Refused(TAKEN_DOWN)


def _looked_at(file: BinaryIO, reader: str) -> dict[str, Any]:
    """The facts of a picture, and nothing else that the process might say that decodes it."""
    said = sandbox.run("look", file, reader=reader).facts
    return {name: int(said[name]) for name in ("width", "height", "frames", "likeness")}


def _received(upload: Any, file: BinaryIO) -> tuple[str, int]:
    """Write what comes into ``file``: its SHA-256, and how many bytes it has."""
    count, digest = 0, hashlib.sha256()
    for chunk in upload.chunks():
        count += len(chunk)
        if count > LARGEST:
            raise Refused(TOO_MANY_BYTES)
        digest.update(chunk)
        file.write(chunk)
    file.flush()
    return digest.hexdigest(), count


def cleaned(name: str) -> str:
    """A file's name without folders, control signs and signs that turn its direction; its ending stays."""
    name = (
        unicodedata.normalize("NFC", CONTROL.sub("", name)).replace("\\", "/").rpartition("/")[2].strip(" .")
    )
    stem, dot, ending = name.rpartition(".")
    if len(name) > NAME and dot and len(ending) < 10:
        name = stem[: NAME - len(ending) - 1] + dot + ending
    return name[:NAME] or UNNAMED


def redact(asset: Asset, boxes: list[tuple[int, int, int, int]], *, by: Any) -> Asset:
    """An asset made from ``asset``, with ``boxes`` burned in: [x, y, width, height] in its pixels as seen."""
    _check(asset, boxes)
    with open(storage.original(asset.sha256), "rb") as original:
        made = sandbox.run("redact", original, reader=READERS[asset.mime], boxes=boxes)
    [content] = made.parts
    mime = next(one.mime for one in probing.FORMATS if one.reader == made.facts["reader"])
    with storage.incoming() as file:
        file.write(content)
        file.flush()
        facts = _looked_at(file, made.facts["reader"])
        facts |= {"kind": asset.kind, "mime": mime, "name": asset.name, "byte_count": len(content)}
        facts |= {"made_from": asset, "boxes": boxes, "imprint": asset.imprint}
        facts |= {"focus_x": asset.focus_x, "focus_y": asset.focus_y}
        sha256 = hashlib.sha256(content).hexdigest()
        arrival = Arrival(file, made.facts["reader"], asset.collection, sha256, facts)
        with transaction.atomic():
            _hold_whole(asset)
            derived = arrival.keep(by=by, note=f"Made from {asset.pk}.")
            Custody.tell(asset, Verb.REDACTED, by=by, note=f"Made into {derived.pk}.")
    return derived


def _hold_whole(asset: Asset) -> None:
    """Lock ``asset``, so that nobody takes it down without what is made of it. Refused where somebody has."""
    if Asset.objects.select_for_update().get(pk=asset.pk).erased_at:
        raise Refused(NOTHING_OF_IT)


def _check(asset: Asset, boxes: list[tuple[int, int, int, int]]) -> None:
    if asset.kind != Asset.Kind.PICTURE:
        raise Refused(NO_PICTURE)
    if not 0 < len(boxes) <= BOXES:
        raise Refused(NO_BOXES)
    for x, y, width, height in boxes:
        inside = x >= 0 and y >= 0 and x + width <= asset.width and y + height <= asset.height
        if not inside or width < 1 or height < 1:
            raise Refused(OUTSIDE)


def suggestions(asset: Asset) -> dict[str, Any]:
    """What a picture says of itself: see media.metadata. Private, as everything in the original."""
    if asset.kind != Asset.Kind.PICTURE:
        return {}
    with open(storage.original(asset.sha256), "rb") as original:
        return sandbox.run("suggest", original, reader=READERS[asset.mime]).facts


def open_original(asset: Asset, *, by: Any, verb: str = Verb.OPENED) -> BinaryIO:
    """The sealed file, to be read; that it was opened, or copied, is written down first."""
    Custody.tell(asset, verb, by=by)
    return open(storage.original(asset.sha256), "rb")


def focus(asset: Asset, x: float | None, y: float | None, *, by: Any) -> None:
    """Say where to look in a picture, from 0 at the left or the top to 1; None for nowhere in particular."""
    with transaction.atomic():
        Asset.objects.filter(pk=asset.pk).update(focus_x=x, focus_y=y)
        Custody.tell(asset, Verb.FOCUS, by=by, note="" if x is None else f"{x:.3f}, {y:.3f}")
    asset.focus_x, asset.focus_y = x, y
