"""What a file is, by its bytes; and what is refused before anything is decoded."""

import codecs
from io import BytesIO

import pytest

from media import probing
from media.probing import Refused
from tests.support.pictures import saved, scene

pytestmark = pytest.mark.no_database

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
PAGE = b"<!DOCTYPE html><html><script>alert(1)</script></html>"


def identified(content: bytes, name: str = "", declared: str = "") -> str:
    return probing.identify(BytesIO(content), name=name, declared=declared).mime


def said_of(content: bytes, name: str = "", declared: str = "") -> str:
    with pytest.raises(Refused) as refused:
        identified(content, name, declared)
    assert refused.value.sentence == str(refused.value)
    return refused.value.sentence


@pytest.mark.parametrize(
    ("format", "mime", "name"),
    [
        ("JPEG", "image/jpeg", "x.jpg"),
        ("PNG", "image/png", "x.PNG"),
        ("GIF", "image/gif", "x.gif"),
        ("WEBP", "image/webp", "x.webp"),
        ("AVIF", "image/avif", "x.avif"),
        ("TIFF", "image/tiff", "x.tif"),
        ("BMP", "image/bmp", "x.bmp"),
    ],
)
def test_a_picture_is_known_by_its_bytes(format, mime, name):
    content = saved(scene(20, 10), format)

    assert identified(content) == mime
    assert identified(content, name, mime) == mime
    assert identified(content, "x.unknown", "application/octet-stream") == mime


@pytest.mark.parametrize(
    ("content", "mime"),
    [
        (PDF, "application/pdf"),
        (b"One line.\r\n\tAnother.\f", "text/plain"),
        (codecs.BOM_UTF8 + "Բարեւ".encode(), "text/plain"),
        (b"1 < 2, and a <b> is no page.", "text/plain"),
        (b"BMW is a maker of cars.", "text/plain"),
        ("é".encode() * 70_000, "text/plain"),
    ],
)
def test_documents_are_pdf_and_plain_text(content, mime):
    assert identified(content) == mime


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", probing.EMPTY),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", probing.SVG),
        (b"<?xml version='1.0'?>\n<!-- x --><svg:svg/>", probing.SVG),
        ("<svg/>".encode("utf-16"), probing.SVG),
        (codecs.BOM_UTF8 + b"  \n<SVG onload=alert(1)>", probing.SVG),
        (PAGE, probing.HTML),
        (b"\n\n  <hTmL>", probing.HTML),
        (b"words first <script>alert(1)</script>", probing.HTML),
        (b"<!-- a comment --><p>", probing.HTML),
        (b"<?php system('id');", probing.HTML),
        (PAGE.decode().encode("utf-16-le"), probing.HTML),
        (b"%PDF-1.7\n1 0 obj", probing.PDF_CUT),
        (b"%PDF-1.7\n" + PAGE + b"\n%%EOF", probing.PDF_AND_PAGE),
        (b"%PDF-1.7\n<svg onload=alert(1)>\n%%EOF", probing.PDF_AND_PAGE),
        (b" %PDF-1.7\n\x00%%EOF", probing.UNKNOWN),
        (b"PK\x03\x04\x14\x00\x00", probing.UNKNOWN),
        (b"MZ\x90\x00\x03", probing.UNKNOWN),
        (b"\x7fELF\x02\x01", probing.UNKNOWN),
        (b"\xff\xfb\x90\x00", probing.UNKNOWN),
        (b"Latin one: \xe9t\xe9", probing.UNKNOWN),
        ("two bytes a sign".encode("utf-16-le"), probing.UNKNOWN),
        (b"cut off in a sign: \xe2\x82", probing.UNKNOWN),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 50, probing.HEIC),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1miaf" + b"\0" * 50, probing.HEIC),
        (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"\0" * 50, probing.UNKNOWN),
    ],
)
def test_what_is_not_taken_is_refused_with_a_sentence(content, sentence):
    assert said_of(content) == sentence


def test_a_heic_picture_is_refused_with_what_to_do():
    assert "Most compatible" in probing.HEIC
    assert "JPEG" in probing.HEIC


@pytest.mark.parametrize(
    ("name", "declared", "sentence"),
    [
        ("x.png", "", "This file says that it is a PNG picture, and is a JPEG picture. "),
        ("x.jpg", "image/png", "This file says that it is a PNG picture, and is a JPEG picture. "),
        ("x.pdf", "image/jpeg", "This file says that it is a PDF, and is a JPEG picture. "),
        ("x.txt", "", "This file says that it is plain text, and is a JPEG picture. "),
        ("x.svg", "", "This file ends in .svg, and is a JPEG picture. "),
        ("x.jpg.html", "", "This file ends in .html, and is a JPEG picture. "),
        ("IMG_1.HEIC", "", "This file ends in .heic, and is a JPEG picture. "),
        ("x", "image/svg+xml", "This file was sent as image/svg+xml, and is a JPEG picture. "),
        ("x", "text/html; charset=utf-8", "This file was sent as text/html, and is a JPEG picture. "),
        ("x", "video/mp4", "This file was sent as video/mp4, and is a JPEG picture. "),
    ],
)
def test_a_file_that_says_it_is_something_else_is_refused(name, declared, sentence):
    said = said_of(saved(scene(20, 10)), name, declared)

    assert said == sentence + "Save it as what it is, or give it the ending .jpg."


@pytest.mark.parametrize("name", ["x.html", "x.js", "x.jpg", "x.svg"])
def test_text_that_says_it_is_something_else_is_refused_too(name):
    assert "is plain text" in said_of(b"alert(1)", name)


@pytest.mark.parametrize(
    "added",
    [PAGE, b"PK\x03\x04" + b"\0" * 60, b"*/=1;alert(1);/*", b"%PDF-1.4 trailer"],
    ids=["page", "zip", "js", "pdf"],
)
def test_what_comes_after_a_picture_makes_it_nothing_else(added):
    """Readers get its pixels alone."""
    assert identified(saved(scene(20, 10)) + added, "x.jpg", "image/jpeg") == "image/jpeg"


def test_the_position_in_the_file_does_not_matter():
    file = BytesIO(saved(scene(20, 10)))
    file.seek(30)

    assert probing.identify(file).mime == "image/jpeg"
