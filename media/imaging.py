"""Pictures from bytes, and bytes from pictures: pure, and run only in a process of its own (see media.jobs).

A picture may hold 50 megapixels, which take 200 MB: it is never held twice. It is made smaller band by band,
and only then turned, and brought to sRGB. What is saved is built anew from the pixels, so that nothing else
comes along.
"""

import math
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any, BinaryIO

from PIL import AvifImagePlugin, Image, ImageFile, ImageFilter

from media import likeness
from media.colours import Flattener, in_srgb
from media.limits import FRAMES, PIXELS, TALLEST, WIDTHS
from media.probing import DAMAGED, Refused

Box = tuple[int, int, int, int]
"""Left, top, width, height."""

Size = tuple[int, int]

# Pillow refuses what has twice as many before it decodes, and only warns of less.
Image.MAX_IMAGE_PIXELS = PIXELS // 2
ImageFile.LOAD_TRUNCATED_IMAGES = False
# A thread would have memory of its own, and the result depend on how many there are.
AvifImagePlugin.DEFAULT_MAX_THREADS = 1

TOO_MANY_PIXELS = f"This picture has more than {PIXELS // 10**6} megapixels. Make it smaller and send that."
TOO_MANY_FRAMES = f"This picture moves, or has pages: more than {FRAMES} frames. Send one of them."

ORIENTATION = 0x0112
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""How each orientation of EXIF is undone."""

SAVED: dict[str, dict[str, Any]] = {
    "avif": {"format": "AVIF", "quality": 55, "speed": 8, "max_threads": 1},
    "webp": {"format": "WEBP", "quality": 78, "method": 4},
    "jpeg": {"format": "JPEG", "quality": 80, "optimize": True, "progressive": True},
}
"""How renditions are saved, in the order in which browsers are offered them."""

WEBP_ROOM = 20 * 1000 * 1000
"""Pixels of a WebP for which there is room in any case: its reader takes up to twenty bytes for each."""

BAND = 2 * 1000 * 1000
"""Pixels that are made smaller at a time."""

GLANCE = 256
"""Pixels across that are enough to tell how a picture looks."""

BLOTCHES = 16
"""How many blotches of colour a blurred rendition has across: no face and no wound is left of so few."""


@dataclass(frozen=True)
class Made:
    """One rendition."""

    width: int
    height: int
    format: str
    blurred: bool
    content: bytes


@dataclass(frozen=True)
class Opened:
    """A picture whose pixels were read."""

    pixels: Image.Image
    """As they are stored: not turned, and of a JPEG maybe fewer."""
    stored: Size
    """How many there are in the file."""
    orientation: int
    frames: int

    @property
    def size(self) -> Size:
        """As it is to be seen."""
        return _other_way(self.stored, self.orientation)

    def fitted(self, size: Size) -> Image.Image:
        """The picture as it is to be seen, in sRGB, as large as ``size``."""
        small = _resized(self.pixels, _other_way(size, self.orientation))
        return _turned(in_srgb(small, self.pixels.info.get("icc_profile")), self.orientation)


def opened(file: BinaryIO, reader: str, enough: Callable[[Size], Size]) -> Opened:
    """Read a picture by one of Pillow's readers; refuses what is too large, or cannot be read to its end.

    ``enough`` says how many pixels are, of a picture that is seen in a size: a JPEG is unfolded to no more
    than they need.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = _begun(file, reader)
            frames = 1 if picture.format == "MPO" else getattr(picture, "n_frames", 1)
            if frames > FRAMES:
                raise Refused(TOO_MANY_FRAMES)
            stored = picture.size
            if reader == "JPEG":
                orientation = _orientation(picture)
                needed = enough(_other_way(stored, orientation))
                picture.draft(picture.mode, _other_way(needed, orientation))
            picture.load()
            # A TIFF is turned as it is loaded. Of others EXIF is asked for only now: to ask may load a
            # picture, and what could not be loaded once passes the second time.
            stored = stored if reader == "JPEG" else picture.size
            return Opened(picture, stored, _orientation(picture), frames)
    except (Refused, MemoryError):
        raise
    except Image.DecompressionBombError:
        raise Refused(TOO_MANY_PIXELS) from None
    except Exception:
        # Readers of damaged files raise anything.
        raise Refused(DAMAGED) from None


def _begun(file: BinaryIO, reader: str) -> ImageFile.ImageFile:
    """A picture whose head was read. One of WebP is given room at once, and where there is none, that is told
    as a fault of the file."""
    pixels = math.prod(_stated_size(file)) if reader == "WEBP" else 0
    if pixels > PIXELS:
        raise Refused(TOO_MANY_PIXELS)
    try:
        return Image.open(file, formats=[reader])
    except OSError:
        if pixels > WEBP_ROOM:
            raise MemoryError from None
        raise


def _stated_size(file: BinaryIO) -> Size:
    """The size that the head of a WebP gives: of all its frames, with loss, or without."""
    head = file.read(30)
    file.seek(0)
    if head[12:16] == b"VP8X":
        return 1 + int.from_bytes(head[24:27], "little"), 1 + int.from_bytes(head[27:30], "little")
    if head[12:16] == b"VP8L":
        both = int.from_bytes(head[21:25], "little")
        return 1 + (both & 0x3FFF), 1 + (both >> 14 & 0x3FFF)
    return int.from_bytes(head[26:28], "little") & 0x3FFF, int.from_bytes(head[28:30], "little") & 0x3FFF


def _orientation(picture: Image.Image) -> int:
    if picture.format == "AVIF" and "exif" not in picture.info:
        # It says so in its own way, which Pillow puts into EXIF; what is left is XMP, which no browser heeds.
        return 1
    try:
        found = picture.getexif().get(ORIENTATION, 1)
    except Exception:
        # What cannot be read does not say that the picture is turned.
        return 1
    return found if found in TURNS else 1


def _other_way(size: Size, orientation: int) -> Size:
    return size[::-1] if orientation in (5, 6, 7, 8) else size


def _turned(picture: Image.Image, orientation: int) -> Image.Image:
    return picture.transpose(TURNS[orientation]) if orientation in TURNS else picture


def _resized(picture: Image.Image, size: Size) -> Image.Image:
    """Make flat and smaller, band by band, exactly as if it were done at once."""
    (width, height), (into_width, into_height) = picture.size, size
    flattener, ratio = Flattener(picture), height / into_height
    around = math.ceil(3 * max(ratio, 1)) + 1
    rows = max(1, int(BAND / width / ratio))
    made = Image.new(flattener.mode, size)
    for top in range(0, into_height, rows):
        bottom = min(into_height, top + rows)
        begin, end = top * ratio, bottom * ratio
        first, last = max(0, math.floor(begin) - around), min(height, math.ceil(end) + around)
        band = flattener.flat(picture.crop((0, first, width, last)))
        box = (0, begin - first, width, min(end, height) - first)
        made.paste(band.resize((into_width, bottom - top), Image.Resampling.LANCZOS, box), (0, top))
    return made


def _shrunk(size: Size, width: int) -> Size:
    """As large as ``size`` at most, so wide and no taller than a rendition may be; at least one pixel."""
    ratio = min(1, width / size[0], width * TALLEST / size[1])
    return max(1, round(size[0] * ratio)), max(1, round(size[1] * ratio))


def sizes(size: Size) -> list[Size]:
    """The sizes of the renditions of a picture, from the smallest on: never larger than itself."""
    return sorted({made[0]: made for made in (_shrunk(size, width) for width in WIDTHS)}.values())


def looked_at(file: BinaryIO, reader: str) -> tuple[Opened, int]:
    """A picture that can be read to its end, and its likeness."""
    found = opened(file, reader, _glance)
    return found, likeness.of(found.fitted(_glance(found.size)))


def _glance(size: Size) -> Size:
    return _shrunk(size, GLANCE)


def renditions(file: BinaryIO, reader: str, imprint: bytes) -> Iterator[Made]:
    """What readers get of a picture, with ``imprint``, which is XMP, as the only words in it."""
    found = opened(file, reader, lambda size: sizes(size)[-1])
    *smaller, full = sizes(found.size)
    picture = found.fitted(full)
    for size in (*smaller, full):
        small = picture if size == full else picture.resize(size, Image.Resampling.LANCZOS)
        yield from _saved(small, imprint, blurred=False)
        if size == min(smaller, default=full):
            yield from _saved(_blurred(small), imprint, blurred=True)


def _saved(picture: Image.Image, imprint: bytes, *, blurred: bool) -> Iterator[Made]:
    words: dict[str, Any] = {"xmp": imprint} if imprint else {}
    for name, how in SAVED.items():
        content = BytesIO()
        picture.save(content, **how, **words)
        yield Made(*picture.size, name, blurred, content.getvalue())


def _blurred(picture: Image.Image) -> Image.Image:
    """Rebuilt from so few blotches that no sharpening brings anything back."""
    few = picture.resize(
        (BLOTCHES, max(1, round(BLOTCHES * picture.height / picture.width))), Image.Resampling.BOX
    )
    again = few.resize(picture.size, Image.Resampling.BICUBIC)
    return again.filter(ImageFilter.GaussianBlur(picture.width / BLOTCHES / 2))
