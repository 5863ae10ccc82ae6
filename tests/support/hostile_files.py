"""Files that are made to do harm: those that unfold without end, and those that are two things at once.

None of it is a program that harms: each script says in a page of its own that it ran, and nothing else.
"""

import random
import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Any

from PIL import Image

CALL = "window.ran&&ran(self.origin)"
"""What each script does: it tells whoever listens that it ran, and where. Nothing listens but a test."""

PAGE = f"<!doctype html><html><script>{CALL}</script><img src=x onerror='{CALL}'></html>".encode()
XML_CALL = CALL.replace("&", "&amp;")
DRAWING = (
    f'<svg xmlns="http://www.w3.org/2000/svg" onload="{XML_CALL}"><script>{XML_CALL}</script></svg>'
).encode()


def saved(picture: Image.Image, format: str, **how: Any) -> bytes:
    content = BytesIO()
    picture.save(content, format, **how)
    return content.getvalue()


def unfolding(width: int, height: int, *, whole: bool = True) -> bytes:
    """A PNG of one colour, tiny as a file: a bomb where it is large."""
    header = struct.pack(">LLBBBBB", width, height, 8, 2, 0, 0, 0)
    packer = zlib.compressobj(1)
    row = b"\0" + b"\x55" * (3 * width)
    packed = b"".join(packer.compress(row) for _ in range(height if whole else 1)) + packer.flush()
    return png(("IHDR", header), ("IDAT", packed), ("IEND", b""))


def png(*parts: tuple[str, bytes]) -> bytes:
    chunks = (
        struct.pack(">L", len(content))
        + name.encode()
        + content
        + struct.pack(">L", zlib.crc32(name.encode() + content))
        for name, content in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def packed_words(name: str, before: bytes) -> bytes:
    """A PNG whose words, or whose profile, unfold to 200 MB."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b"a" * 10**6) for _ in range(200)) + packer.flush()
    plain = noise(64, 48, "PNG")
    return plain[:33] + png((name, before + packed))[8:] + plain[33:]


def noise(width: int, height: int, format: str, **how: Any) -> bytes:
    return saved(Image.effect_noise((width, height), 80).convert("RGB"), format, **how)


def moving(frames: int, size: int) -> bytes:
    first, *rest = [Image.effect_noise((size, size), 80).convert("P") for _ in range(frames)]
    return saved(first, "GIF", save_all=True, append_images=rest)


def huge_tiff() -> bytes:
    """A TIFF of a few bytes that says that it has 60,000 times 60,000 pixels."""
    tags = (
        (256, 60_000),
        (257, 60_000),
        (258, 8),
        (259, 1),
        (262, 1),
        (273, 8),
        (277, 1),
        (278, 60_000),
        (279, 9),
    )
    entries = b"".join(struct.pack("<HHLL", tag, 4, 1, value) for tag, value in tags)
    return b"II*\0" + struct.pack("<L", 8) + struct.pack("<H", len(tags)) + entries + bytes(4)


def garbled(content: bytes, seed: int) -> bytes:
    """``content`` with a hundred of its bytes past the head turned into others."""
    dice, found = random.Random(seed), bytearray(content)
    for _ in range(100):
        found[dice.randrange(min(600, len(found) // 2), len(found))] = dice.randrange(256)
    return bytes(found)


HEAVY: dict[str, Callable[[], bytes]] = {
    "bomb.png": lambda: unfolding(13_000, 13_000),
    "huge.tiff": huge_tiff,
    "words.png": lambda: packed_words("zTXt", b"Comment\0\0"),
    "tall.png": lambda: unfolding(20, 200_000),
    "garbled.avif": lambda: garbled(noise(400, 300, "AVIF", speed=10), 4),
    "too-many.gif": lambda: moving(140, 60),
    "fifty.png": lambda: unfolding(10_000, 5_000),
    "fifty-again.png": lambda: unfolding(7_000, 7_000),
    "noise.png": lambda: noise(2_000, 6_000, "PNG", compress_level=1),
    "noise.jpg": lambda: noise(6_000, 6_000, "JPEG", quality=30, progressive=True),
    "noise.webp": lambda: noise(3_000, 3_000, "WEBP", method=0),
    "noise.tiff": lambda: noise(2_400, 2_400, "TIFF", compression="tiff_lzw"),
    "noise.bmp": lambda: noise(4_000, 3_000, "BMP"),
    "moving.gif": lambda: moving(100, 300),
    "profile.png": lambda: packed_words("iCCP", b"sRGB\0\0"),
    "more-words.png": lambda: packed_words("iTXt", b"Comment\0\1\0\0\0"),
    "cut.jpg": lambda: noise(3_000, 2_000, "JPEG")[:-2_000],
    "garbled.jpg": lambda: garbled(noise(2_000, 2_000, "JPEG"), 1),
    "garbled.webp": lambda: garbled(noise(1_000, 1_000, "WEBP"), 2),
    "garbled.png": lambda: garbled(noise(1_000, 1_000, "PNG"), 3),
}
"""Twenty files that take the most of whoever reads them, by their names."""


def script_of_a_gif() -> bytes:
    """A picture so wide that its width begins a comment, for who reads it as a script."""
    wide = Image.new("P", (int.from_bytes(b"/*", "little"), 20))
    return saved(wide, "GIF") + f"*/=1;{CALL}".encode()


def paper() -> bytes:
    """A PDF that runs a script as it is opened, where whoever reads it does so."""
    action = f"/OpenAction << /S /JavaScript /JS ({CALL}; app.alert(1)) >>"
    objects = (
        f"<< /Type /Catalog /Pages 2 0 R {action} >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] >>",
    )
    body = "".join(f"{number} 0 obj {words} endobj\n" for number, words in enumerate(objects, 1))
    return f"%PDF-1.4\n{body}trailer << /Root 1 0 R /Size 4 >>\n".encode() + b" " * 1100 + PAGE + b"\n%%EOF\n"


def picture(format: str, **how: Any) -> bytes:
    return noise(90, 60, format, **how)


def named_words() -> bytes:
    plain = picture("PNG")
    return plain[:33] + png(("tEXt", b"Comment\0" + PAGE))[8:] + plain[33:]


POLYGLOTS: dict[str, Callable[[], bytes]] = {
    "comment.jpg": lambda: picture("JPEG", comment=PAGE),
    "after.jpg": lambda: picture("JPEG") + PAGE,
    "script.gif": script_of_a_gif,
    "words.png": named_words,
    "after.png": lambda: picture("PNG") + DRAWING,
    "after.webp": lambda: picture("WEBP") + PAGE,
    "after.avif": lambda: picture("AVIF", speed=10) + PAGE,
    "after.bmp": lambda: picture("BMP") + PAGE,
    "script.pdf": paper,
    "late.txt": lambda: b"Words. " * 700 + PAGE,
    f'"><script>{CALL}<!--.jpg': lambda: noise(91, 60, "JPEG") + PAGE,
    "page.html\\page.svg.jpg": lambda: noise(92, 60, "JPEG") + PAGE,
    "..%2f..%2fpage.html%00.jpg": lambda: noise(93, 60, "JPEG") + PAGE,
}
"""Files that are taken, and are a page or a script as well, by their names."""
