"""What a file is, from its bytes: nothing is believed of its name, nor of what it was sent as.

Pure: reads no database and decodes no picture, which only a process of its own does (see media.sandbox).
"""

import codecs
import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

HEAD, TAIL = 4096, 2048
"""Bytes at either end that are looked at."""

HEIC = (
    "This is a HEIC picture, which few programs can read. On the telephone, choose “Most compatible” or "
    "share it as JPEG, and send that."
)
SVG = "This is an SVG drawing, which can carry programs. Export it as PNG."
HTML = "This is a web page, which can carry programs. Save it as PDF, or take a picture of it."
EMPTY = "This file is empty."
UNKNOWN = (
    "This is no picture, PDF or plain text in UTF-8. "
    "Pictures may be JPEG, PNG, GIF, WebP, AVIF, TIFF or BMP; "
    "save a text as UTF-8."
)
PDF_CUT = "This PDF is cut short: its end is missing."
PDF_AND_PAGE = "This PDF begins with a web page, which can carry programs."
DAMAGED = "This picture is damaged or cut short: it cannot be read to its end."


class Refused(Exception):
    """A file is not taken; the sentence says why, and what to do where that is known."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Format:
    """A kind of file that is taken: ``reader`` is Pillow's name for it, none for a document."""

    mime: str
    words: str
    endings: tuple[str, ...]
    reader: str = ""
    also: tuple[str, ...] = ()
    """Other names under which programs send it."""

    @property
    def kind(self) -> str:
        return "picture" if self.reader else "document"


JPEG = Format(
    "image/jpeg", "a JPEG picture", ("jpg", "jpeg", "jpe", "jfif"), "JPEG", ("image/jpg", "image/pjpeg")
)
PNG = Format("image/png", "a PNG picture", ("png", "apng"), "PNG", ("image/apng", "image/x-png"))
GIF = Format("image/gif", "a GIF picture", ("gif",), "GIF")
WEBP = Format("image/webp", "a WebP picture", ("webp",), "WEBP")
AVIF = Format("image/avif", "an AVIF picture", ("avif", "avifs"), "AVIF")
TIFF = Format("image/tiff", "a TIFF picture", ("tif", "tiff"), "TIFF")
BMP = Format("image/bmp", "a BMP picture", ("bmp", "dib"), "BMP", ("image/x-ms-bmp", "image/x-bmp"))
PDF = Format("application/pdf", "a PDF", ("pdf",), also=("application/x-pdf",))
TEXT = Format(
    "text/plain", "plain text", ("txt", "text", "md", "csv", "log"), also=("text/markdown", "text/csv")
)
FORMATS = (JPEG, PNG, GIF, WEBP, AVIF, TIFF, BMP, PDF, TEXT)

BEGINNINGS = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"II*\0", TIFF),
    (b"MM\0*", TIFF),
    (b"II+\0", TIFF),
    (b"MM\0+", TIFF),
    (b"%PDF-", PDF),
)
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"}
AVIF_BRANDS = {b"avif", b"avis"}
BMP_HEADERS = {12, 40, 52, 56, 64, 108, 124}

PAGE = re.compile(rb"<\s*(!doctype\s+html|html|head|body|script|iframe|object|embed)\b", re.IGNORECASE)
DRAWING = re.compile(rb"<\s*(\w+:)?svg\b|<!doctype\s+svg", re.IGNORECASE)
BEGINS_AS_PAGE = re.compile(rb"[\xef\xbb\xbf\xff\xfe\s]*<[a-z!?/]", re.IGNORECASE)
"""How a browser that is told nothing takes a text for a page; past a byte order mark, too."""

WORDLESS = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
"""Control signs that no plain text has; a form feed and an escape some do."""

FOREIGN = frozenset(
    "html htm xhtml shtml mht svg svgz xml xsl js mjs css json php exe dll com bat cmd sh py jar apk "
    "zip gz rar 7z iso doc docx xls xlsx ppt pptx odt ods odp rtf eps ps psd ai "
    "raw dng cr2 nef arw heic heif jp2 jxl ico tga mp4 mov avi mkv webm mp3 wav ogg m4a swf".split()
)
"""Endings of what is not taken."""


def identify(file: BinaryIO, *, name: str = "", declared: str = "") -> Format:
    """What ``file`` is; refuses what is not taken, or is not what its name or ``declared`` type says."""
    file.seek(0, 2)
    size = file.tell()
    head, tail = _part(file, 0, HEAD), _part(file, max(0, size - TAIL), TAIL)
    if not size:
        raise Refused(EMPTY)
    found = _by_beginning(head)
    if found is None:
        _refuse_mark_up(head)
        found = _text(file)
    if found is PDF:
        _refuse_pdf(head, tail)
    _refuse_pretence(found, name=name, declared=declared)
    return found


def _part(file: BinaryIO, start: int, length: int) -> bytes:
    file.seek(start)
    return file.read(length)


def _by_beginning(head: bytes) -> Format | None:
    if head[4:8] == b"ftyp":
        return _by_brand(head)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head.startswith(b"BM"):
        return BMP if int.from_bytes(head[14:18], "little") in BMP_HEADERS else None
    return next((found for beginning, found in BEGINNINGS if head.startswith(beginning)), None)


def _by_brand(head: bytes) -> Format:
    """What a file of boxes is: AVIF and HEIC differ by their brands alone."""
    length = min(int.from_bytes(head[:4], "big"), len(head))
    brands = {head[8:12], *(head[start : start + 4] for start in range(16, length, 4))}
    if brands & AVIF_BRANDS:
        return AVIF
    if brands & HEIC_BRANDS or head[8:12] in (b"mif1", b"msf1"):
        raise Refused(HEIC)
    raise Refused(UNKNOWN)


def _refuse_mark_up(head: bytes) -> None:
    # In two bytes a sign, too.
    plain = head.replace(b"\0", b"")
    if DRAWING.search(plain):
        raise Refused(SVG)
    if PAGE.search(plain) or BEGINS_AS_PAGE.match(plain):
        raise Refused(HTML)


def _text(file: BinaryIO) -> Format:
    """Plain text in UTF-8, to its last byte."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    file.seek(0)
    try:
        while chunk := file.read(HEAD * 16):
            if WORDLESS.search(decoder.decode(chunk)):
                raise Refused(UNKNOWN)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        raise Refused(UNKNOWN) from None
    return TEXT


def _refuse_pdf(head: bytes, tail: bytes) -> None:
    if b"%%EOF" not in tail:
        raise Refused(PDF_CUT)
    if PAGE.search(head[:1024]) or DRAWING.search(head[:1024]):
        raise Refused(PDF_AND_PAGE)


def _refuse_pretence(found: Format, *, name: str, declared: str) -> None:
    """Refuse what says of itself that it is something else, by its ending or the type it was sent as."""
    ending = PurePosixPath(name).suffix.lower().removeprefix(".")
    sent = declared.partition(";")[0].strip().lower()
    said = [one for one in FORMATS if ending in one.endings or sent in (one.mime, *one.also)]
    mend = f"Save it as what it is, or give it the ending .{found.endings[0]}."
    for other in said:
        if other is not found:
            raise Refused(f"This file says that it is {other.words}, and is {found.words}. {mend}")
    if ending in FOREIGN:
        raise Refused(f"This file ends in .{ending}, and is {found.words}. {mend}")
    if not said and sent.startswith(("image/", "video/", "audio/", "text/html", "application/xhtml")):
        raise Refused(f"This file was sent as {sent[:40]}, and is {found.words}. {mend}")
