"""Black boxes burned into a picture: pure, and run only in a process of its own (see media.jobs)."""

import math
from io import BytesIO
from typing import Any, BinaryIO

from media.imaging import Box, Opened, Size, opened
from media.limits import DERIVED_PIXELS

Edges = tuple[int, int, int, int]
"""Left, top, right, bottom."""

OUTSIDE = "A box lies outside the picture."
BLOCK = 16
"""Pixels across of the largest block that a JPEG is made of: unfolded to fewer pixels, they run together."""

LOSSY: dict[str, Any] = {"format": "JPEG", "quality": 95, "subsampling": 0}
LOSSLESS: dict[str, Any] = {"format": "PNG", "compress_level": 4}


def redacted(file: BinaryIO, reader: str, boxes: list[Box]) -> tuple[bytes, str]:
    """The picture with ``boxes`` burned in, as it is to be seen, and the reader of it.

    Boxes are pixels of the picture as it is to be seen. They are burned into the pixels as stored, before
    anything is made of them, so that nothing of what is below reaches the pixels around; and once more at the
    end, black.
    """
    found = opened(file, reader, derived_size)
    for box in boxes:
        found.pixels.paste(0, _unfolded(found, stored_box(found, box)))
    size = derived_size(found.size)
    picture = found.fitted(size)
    for box in boxes:
        picture.paste("black", _outward(box, size[0] / found.size[0], size[1] / found.size[1]))
    content = BytesIO()
    picture.save(content, **(LOSSY if reader == "JPEG" else LOSSLESS))
    return content.getvalue(), "JPEG" if reader == "JPEG" else "PNG"


def derived_size(size: Size) -> Size:
    """How large a redacted picture is; of a very large one, a JPEG need be unfolded by half only."""
    pixels = size[0] * size[1]
    ratio = min(1, math.sqrt(DERIVED_PIXELS / pixels))
    if pixels > 2 * DERIVED_PIXELS:
        ratio = min(ratio, 0.5)
    return max(1, int(size[0] * ratio)), max(1, int(size[1] * ratio))


def _unfolded(picture: Opened, box: Box) -> Edges:
    """Where a box of the pixels in the file lies in those that were unfolded of it."""
    (wide, tall), (stored_wide, stored_tall) = picture.pixels.size, picture.stored
    if (wide, tall) != (stored_wide, stored_tall):
        x, y, w, h = box
        left, top = x // BLOCK * BLOCK - BLOCK, y // BLOCK * BLOCK - BLOCK
        box = left, top, x + w + 2 * BLOCK - left, y + h + 2 * BLOCK - top
    return _outward(box, wide / stored_wide, tall / stored_tall)


def stored_box(picture: Opened, box: Box) -> Box:
    """Where a box lies in the pixels as they are stored."""
    x, y, w, h = box
    wide, tall = picture.stored
    return {
        2: (wide - x - w, y, w, h),
        3: (wide - x - w, tall - y - h, w, h),
        4: (x, tall - y - h, w, h),
        5: (y, x, h, w),
        6: (y, tall - x - w, h, w),
        7: (wide - y - h, tall - x - w, h, w),
        8: (wide - y - h, x, h, w),
    }.get(picture.orientation, box)


def _outward(box: Box, across: float, down: float) -> Edges:
    """A box after scaling, with every pixel that it touches."""
    x, y, w, h = box
    return (
        math.floor(x * across),
        math.floor(y * down),
        math.ceil((x + w) * across),
        math.ceil((y + h) * down),
    )
