"""Pictures that carry a canary in each place where a format has room for words: none may reach a reader.

``FILES`` has what makes each, by format and place; whatever is found of a canary, says whose it is.
"""

import struct
import zlib
from collections.abc import Callable
from functools import partial

from PIL import Image, ImageCms, TiffImagePlugin

from tests.support.pictures import saved, scene

BEGINNING = "KANARIE"


def canary(place: str) -> str:
    return f"{BEGINNING}-{place}-Wren"


def sings(content: bytes) -> bool:
    """Whether any canary is in ``content``, in one byte a letter or in two."""
    forms = (BEGINNING.encode(), BEGINNING.encode("utf-16-le"), BEGINNING.encode("utf-16-be"))
    return any(form in content for form in forms)


TEXT_TAGS = {
    "description": 0x010E,
    "document": 0x010D,
    "make": 0x010F,
    "model": 0x0110,
    "page": 0x011D,
    "software": 0x0131,
    "artist": 0x013B,
    "host": 0x013C,
    "copyright": 0x8298,
}
CAMERA_TAGS = {
    "comment": 0x9286,
    "owner": 0xA430,
    "serial": 0xA431,
    "lens": 0xA434,
    "maker": 0x927C,
    "id": 0xA420,
}
GPS_TAGS = {"method": 0x1B, "area": 0x1C, "satellites": 0x08, "datum": 0x12}


def exif(place: str) -> bytes:
    """EXIF with a canary in one tag: of the picture, of the camera or of the place."""
    found = Image.Exif()
    found[0x0112] = 1
    words = canary(f"exif-{place}")
    if place in TEXT_TAGS:
        found[TEXT_TAGS[place]] = words
    elif place in CAMERA_TAGS:
        as_bytes = place in ("comment", "maker")
        found.get_ifd(0x8769)[CAMERA_TAGS[place]] = b"ASCII\0\0\0" + words.encode() if as_bytes else words
    else:
        as_bytes = place in ("method", "area")
        found.get_ifd(0x8825)[GPS_TAGS[place]] = b"ASCII\0\0\0" + words.encode() if as_bytes else words
    return found.tobytes()


def thumbnail() -> bytes:
    """EXIF whose thumbnail, a JPEG of its own, has a comment."""
    small = saved(scene(16, 10), comment=canary("thumbnail"))
    head = b"Exif\0\0MM\0*" + struct.pack(">LHL", 8, 0, 14)
    entries = struct.pack(">HHLL", 0x0201, 4, 1, 44) + struct.pack(">HHLL", 0x0202, 4, 1, len(small))
    return head + struct.pack(">H", 2) + entries + struct.pack(">L", 0) + small


def xmp(place: str) -> bytes:
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" '
        f'photoshop:Credit="{canary(place)}"/></rdf:RDF></x:xmpmeta>'
    ).encode()


def iptc(place: str) -> bytes:
    words = canary(place).encode()
    record = b"\x1c\x02\x6e" + struct.pack(">H", len(words)) + words
    return b"8BIM\x04\x04\0\0" + struct.pack(">L", len(record)) + record + b"\0" * (len(record) % 2)


def profile(place: str) -> bytes:
    """A profile of sRGB that says something else of its copyright."""
    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    before = "No copyright".encode("utf-16-be")
    assert before in made
    return made.replace(before, f"{BEGINNING}-{place}"[:12].ljust(12, "x").encode("utf-16-be"))


def jpeg(**how: object) -> bytes:
    return saved(scene(64, 48), "JPEG", **how)


def jpeg_segment(marker: int, content: bytes) -> bytes:
    plain = jpeg()
    return plain[:2] + struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content + plain[2:]


def png(**how: object) -> bytes:
    return saved(scene(64, 48), "PNG", **how)


def png_chunk(name: bytes, content: bytes) -> bytes:
    plain = png()
    chunk = struct.pack(">L", len(content)) + name + content
    return plain[:33] + chunk + struct.pack(">L", zlib.crc32(chunk[4:])) + plain[33:]


def gif_extension(label: int, head: bytes, content: bytes) -> bytes:
    plain = saved(scene(64, 48), "GIF")
    block = bytes([0x21, label]) + head + bytes([len(content)]) + content + b"\0"
    return plain[:-1] + block + plain[-1:]


def webp_chunk(name: bytes, content: bytes) -> bytes:
    content += b"\0" * (len(content) % 2)
    body = (
        saved(scene(64, 48), "WEBP", exif=exif("make"))[12:]
        + name
        + struct.pack("<L", len(content))
        + content
    )
    return b"RIFF" + struct.pack("<L", len(body) + 4) + b"WEBP" + body


def tiff(tags: dict[int, object]) -> bytes:
    directory = TiffImagePlugin.ImageFileDirectory_v2()
    for tag, value in tags.items():
        directory.tagtype[tag] = 2 if isinstance(value, str) else 7
        directory[tag] = value
    return saved(scene(64, 48), "TIFF", tiffinfo=directory)


def box(name: bytes, content: bytes) -> bytes:
    return struct.pack(">L", len(content) + 8) + name + content


def bmp_with_a_gap(words: bytes) -> bytes:
    """Words between the header and the pixels, which the header says begin later."""
    plain = saved(scene(64, 48), "BMP")
    begin = struct.unpack("<L", plain[10:14])[0]
    return plain[:10] + struct.pack("<L", begin + len(words)) + plain[14:begin] + words + plain[begin:]


Make = Callable[[], bytes]
EVERYWHERE = {"jpeg": jpeg, "png": png, "webp": partial(saved, scene(64, 48), "WEBP")}
EVERYWHERE["avif"] = partial(saved, scene(64, 48), "AVIF", speed=10)

FILES: dict[tuple[str, str], Make] = {}
for _format, _make in EVERYWHERE.items():
    for _place in (*TEXT_TAGS, *CAMERA_TAGS, *GPS_TAGS):
        FILES[_format, f"exif-{_place}"] = lambda make=_make, place=_place: make(exif=exif(place))
    # A PNG packs both.
    if _format != "png":
        FILES[_format, "profile"] = lambda make=_make: make(icc_profile=profile("icc"))
        FILES[_format, "xmp"] = lambda make=_make: make(xmp=xmp("xmp"))
    FILES[_format, "after"] = lambda make=_make: make() + canary("after").encode()
for _place, _tag in TEXT_TAGS.items():
    FILES["tiff", _place] = lambda tag=_tag: tiff({tag: canary("tiff")})
FILES |= {
    ("jpeg", "comment"): lambda: jpeg(comment=canary("comment")),
    ("jpeg", "thumbnail"): lambda: jpeg(exif=thumbnail()),
    ("jpeg", "iptc"): lambda: jpeg_segment(0xED, b"Photoshop 3.0\0" + iptc("iptc")),
    ("jpeg", "segment 4"): lambda: jpeg_segment(0xE4, canary("app4").encode()),
    ("jpeg", "credentials"): lambda: jpeg_segment(
        0xEB, b"JP\0\1\0\0\0\1" + box(b"jumb", canary("c2pa").encode())
    ),
    ("png", "text"): lambda: png_chunk(b"tEXt", b"Comment\0" + canary("text").encode()),
    ("png", "packed text"): lambda: png_chunk(
        b"zTXt", b"Author\0\0" + zlib.compress(canary("ztxt").encode(), 0)
    ),
    ("png", "profile"): lambda: png_chunk(
        b"iCCP", canary("name").encode() + b"\0\0" + zlib.compress(profile("icc"), 0)
    ),
    ("png", "xmp"): lambda: png_chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + xmp("itxt")),
    ("png", "a chunk of its own"): lambda: png_chunk(b"prVt", canary("private").encode()),
    ("gif", "comment"): lambda: gif_extension(0xFE, b"", canary("gif").encode()),
    ("gif", "application"): lambda: gif_extension(0xFF, b"\x0bXMP DataXMP", canary("gif-xmp").encode()),
    ("gif", "after"): lambda: saved(scene(64, 48), "GIF") + canary("after").encode(),
    ("webp", "a chunk of its own"): lambda: webp_chunk(b"prVt", canary("private").encode()),
    ("avif", "free"): lambda: saved(scene(64, 48), "AVIF", speed=10) + box(b"free", canary("free").encode()),
    ("avif", "uuid"): lambda: (
        saved(scene(64, 48), "AVIF", speed=10) + box(b"uuid", b"1" * 16 + canary("u").encode())
    ),
    ("tiff", "xmp"): lambda: tiff({700: xmp("tiff-xmp")}),
    ("tiff", "iptc"): lambda: tiff({33723: iptc("tiff-iptc")[12:]}),
    ("tiff", "photoshop"): lambda: tiff({34377: iptc("tiff-photoshop")}),
    ("tiff", "a tag of its own"): lambda: tiff({65000: canary("private")}),
    ("tiff", "profile"): lambda: saved(scene(64, 48), "TIFF", icc_profile=profile("icc")),
    ("tiff", "after"): lambda: saved(scene(64, 48), "TIFF") + canary("after").encode(),
    ("bmp", "gap"): lambda: bmp_with_a_gap(canary("gap").encode()),
    ("bmp", "after"): lambda: saved(scene(64, 48), "BMP") + canary("after").encode(),
}
