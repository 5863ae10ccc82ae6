"""What a picture says of itself in EXIF, IPTC and XMP, as suggestions.

Pure, and run only in a process of its own. Nothing of it is believed: it is text that a person looks at
before it goes anywhere. What cannot be read is left out.
"""

import re
import unicodedata
import warnings
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from typing import Any, BinaryIO
from xml.etree import ElementTree

from PIL import ExifTags, Image, ImageFile, IptcImagePlugin

from media.imprint import SOURCE_TYPES
from media.limits import SUGGESTED

Said = dict[str, Any]
"""What is known of creator, credit, caption, copyright, headline, alt_text, source_type, taken, latitude and
longitude."""

IPTC = {
    (2, 80): "creator",
    (2, 110): "credit",
    (2, 120): "caption",
    (2, 116): "copyright",
    (2, 105): "headline",
}
IN_UTF_8 = b"\x1b%G"
EXIF = {
    ExifTags.Base.Artist: "creator",
    ExifTags.Base.ImageDescription: "caption",
    ExifTags.Base.Copyright: "copyright",
}
XMP = {
    "{http://purl.org/dc/elements/1.1/}creator": "creator",
    "{http://ns.adobe.com/photoshop/1.0/}Credit": "credit",
    "{http://purl.org/dc/elements/1.1/}description": "caption",
    "{http://purl.org/dc/elements/1.1/}rights": "copyright",
    "{http://ns.adobe.com/photoshop/1.0/}Headline": "headline",
    "{http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/}AltTextAccessibility": "alt_text",
    "{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}DigitalSourceType": "source_type",
}
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
"""Signs that no caption has; those that turn the direction of what follows among them."""

OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)")
LARGEST_XMP = 1024 * 1024


def read(file: BinaryIO, reader: str) -> Said:
    """Suggestions of a picture. XMP, which is the newest, comes before IPTC, and that before EXIF.

    ``taken`` is in ISO 8601, with an offset from UTC only if the camera gave one; places are degrees.
    """
    said: Said = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        picture = Image.open(file, formats=[reader])
        for part in (_of_exif, _of_iptc, _of_xmp):
            said |= _whatever(part, picture)
    return said


def _whatever(
    part: Callable[[ImageFile.ImageFile], Iterator[tuple[str, Any]]], picture: ImageFile.ImageFile
) -> Said:
    """What can be read of one kind of metadata, up to where it is damaged."""
    said: Said = {}
    try:
        for name, value in part(picture):
            said[name] = value
    except MemoryError:
        raise
    except Exception:
        # Damaged metadata raises anything.
        return said
    return said


def _of_exif(picture: ImageFile.ImageFile) -> Iterator[tuple[str, Any]]:
    exif = picture.getexif()
    yield from _texts((name, _as_bytes(exif.get(tag))) for tag, name in EXIF.items())
    if taken := _taken(exif.get_ifd(ExifTags.IFD.Exif)):
        yield "taken", taken
    if place := _place(exif.get_ifd(ExifTags.IFD.GPSInfo)):
        yield from zip(("latitude", "longitude"), place, strict=True)


def _as_bytes(value: Any) -> Any:
    """What Pillow took for Latin letters, though by now it is mostly UTF-8."""
    try:
        return value.encode("latin-1") if isinstance(value, str) else value
    except UnicodeEncodeError:
        return value


def _of_iptc(picture: ImageFile.ImageFile) -> Iterator[tuple[str, Any]]:
    found = IptcImagePlugin.getiptcinfo(picture) or {}
    coded = "utf-8" if found.get((1, 90)) == IN_UTF_8 else ""
    for key, name in IPTC.items():
        value = found.get(key)
        several = value if isinstance(value, list) else [value]
        yield from _texts([(name, ", ".join(_decoded(one, coded) for one in several if one))])


def _of_xmp(picture: ImageFile.ImageFile) -> Iterator[tuple[str, Any]]:
    for element in _packet(picture).iter():
        yield from _texts((XMP[name], value) for name, value in element.attrib.items() if name in XMP)
        if element.tag in XMP:
            yield from _texts([(XMP[element.tag], _words(element))])


def _packet(picture: ImageFile.ImageFile) -> ElementTree.Element:
    """The XMP of a picture; raises ``ValueError`` where it has none that is to be read."""
    packet = picture.info.get("xmp") or picture.info.get("XML:com.adobe.xmp") or b""
    packet = packet.encode() if isinstance(packet, str) else packet
    if len(packet) > LARGEST_XMP or b"<!" in packet:
        raise ValueError("No XMP that is to be read.")
    return ElementTree.fromstring(packet.strip(b"\0 \r\n\t"))  # noqa: S314 - no declarations, and in the sandbox


def _words(element: ElementTree.Element) -> str:
    """What an element says: of words in several languages the first, of several people all."""
    items = [item.text or "" for item in element.iter() if item.tag.endswith("}li")]
    if any(child.tag.endswith("}Alt") for child in element):
        items = items[:1]
    return ", ".join(filter(None, items)) if items else element.text or ""


def _texts(found: Any) -> Iterator[tuple[str, str]]:
    for name, value in found:
        text = value if isinstance(value, str) else _decoded(value, "") if isinstance(value, bytes) else ""
        text = unicodedata.normalize("NFC", CONTROL.sub("", text)).strip()[:SUGGESTED]
        if name == "source_type":
            text = text.removeprefix(SOURCE_TYPES).removeprefix(SOURCE_TYPES.replace("http:", "https:"))
        if text:
            yield name, text


def _decoded(value: bytes, coded: str) -> str:
    if coded:
        return value.decode(coded, "replace")
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _taken(exif: dict[int, Any]) -> str:
    """When the camera says that it was, by its own clock."""
    text = str(exif.get(ExifTags.Base.DateTimeOriginal, "")).strip("\0 ")
    try:
        taken = datetime.strptime(text, "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 - its zone comes apart, if at all
    except ValueError:
        return ""
    if found := OFFSET.fullmatch(str(exif.get(ExifTags.Base.OffsetTimeOriginal, "")).strip("\0 ")):
        sign, hours, minutes = found[1], int(found[2]), int(found[3])
        offset = timedelta(hours=hours, minutes=minutes) * (-1 if sign == "-" else 1)
        if abs(offset) <= timedelta(hours=14):
            taken = taken.replace(tzinfo=timezone(offset))
    return taken.isoformat()


def _place(gps: dict[int, Any]) -> tuple[float, float] | None:
    """Latitude and longitude in degrees; none where either is missing, or both are nought as of no fix."""
    latitude = _degrees(gps, ExifTags.GPS.GPSLatitude, ExifTags.GPS.GPSLatitudeRef, "S", 90)
    longitude = _degrees(gps, ExifTags.GPS.GPSLongitude, ExifTags.GPS.GPSLongitudeRef, "W", 180)
    if latitude is None or longitude is None or latitude == longitude == 0:
        return None
    return latitude, longitude


def _degrees(gps: dict[int, Any], tag: int, sign_tag: int, negative: str, most: int) -> float | None:
    parts = gps.get(tag)
    if parts is None or len(parts) != 3:
        return None
    degrees, minutes, seconds = map(float, parts)
    found = degrees + minutes / 60 + seconds / 3600
    if not 0 <= found <= most:
        return None
    return round(-found if str(gps.get(sign_tag, "")).strip("\0 ").upper() == negative else found, 6)
