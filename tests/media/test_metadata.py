"""What a picture says of itself is a suggestion: read where it can be, and left out where not."""

from io import BytesIO

import pytest
from PIL import Image

from media import intake, metadata
from tests.support import canaries
from tests.support.pictures import saved, scene, take

GPS, CAMERA = 0x8825, 0x8769
HEAD = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" '
    'xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/" '
    'xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">'
)
FOOT = "</rdf:Description></rdf:RDF></x:xmpmeta>"


def said(**how) -> dict:
    return metadata.read(BytesIO(saved(scene(64, 48), "JPEG", **how)), "JPEG")


def exif(*, camera=None, gps=None, **tags) -> bytes:
    found = Image.Exif()
    for name, value in tags.items():
        found[canaries.TEXT_TAGS[name]] = value
    for number, given in ((CAMERA, camera), (GPS, gps)):
        for tag, value in (given or {}).items():
            found.get_ifd(number)[tag] = value
    return found.tobytes()


@pytest.mark.no_database
def test_exif_suggests_who_what_and_whose():
    assert said(exif=exif(artist="A. Person", description="A bridge", copyright="Agency")) == {
        "creator": "A. Person",
        "caption": "A bridge",
        "copyright": "Agency",
    }


@pytest.mark.no_database
@pytest.mark.parametrize("coded", ["utf-8", "latin-1"])
def test_exif_is_read_in_utf_8_and_otherwise_as_latin_letters(coded):
    words = "Jürgen Åse".encode(coded)
    content = exif(artist="x" * len(words)).replace(b"x" * len(words), words)

    assert said(exif=content)["creator"] == "Jürgen Åse"


@pytest.mark.no_database
@pytest.mark.parametrize(
    ("camera", "taken"),
    [
        ({0x9003: "2020:11:08 14:05:06"}, "2020-11-08T14:05:06"),
        ({0x9003: "2020:11:08 14:05:06", 0x9011: "+04:00"}, "2020-11-08T14:05:06+04:00"),
        ({0x9003: "2020:11:08 14:05:06", 0x9011: "-03:30"}, "2020-11-08T14:05:06-03:30"),
        ({0x9003: "2020:11:08 14:05:06", 0x9011: "+99:00"}, "2020-11-08T14:05:06"),
        ({0x9003: "2020:11:08 14:05:06", 0x9011: "   :  "}, "2020-11-08T14:05:06"),
        ({0x9003: "0000:00:00 00:00:00"}, None),
        ({0x9003: "yesterday"}, None),
        ({0x9011: "+04:00"}, None),
    ],
)
def test_when_it_was_taken_has_an_offset_only_if_the_camera_gave_one(camera, taken):
    assert said(exif=exif(camera=camera)).get("taken") == taken


@pytest.mark.no_database
@pytest.mark.parametrize(
    ("gps", "place"),
    [
        ({1: "N", 2: (39.0, 45.0, 36.0), 3: "E", 4: (46.0, 45.0, 0.0)}, (39.76, 46.75)),
        ({1: "S", 2: (33.0, 30.0, 0.0), 3: "W", 4: (70.0, 0.0, 0.0)}, (-33.5, -70.0)),
        ({1: "N", 2: (0.0, 0.0, 0.0), 3: "E", 4: (0.0, 0.0, 0.0)}, None),
        ({1: "N", 2: (91.0, 0.0, 0.0), 3: "E", 4: (4.0, 0.0, 0.0)}, None),
        ({2: (39.0, 45.0, 36.0)}, None),
        ({1: "N", 2: (39.0,), 3: "E", 4: (46.0,)}, None),
    ],
)
def test_where_it_was_taken_is_in_degrees(gps, place):
    found = said(exif=exif(gps=gps))

    assert (found.get("latitude"), found.get("longitude")) == (place or (None, None))


@pytest.mark.no_database
def test_a_place_without_a_denominator_says_nothing_and_the_rest_is_read():
    content = bytearray(
        exif(artist="A. Person", gps={1: "N", 2: (39.0, 45.0, 36.0), 3: "E", 4: (46.0, 45.0, 0.0)})
    )
    at = content.index(
        b"\x00\x00\x00\x27\x00\x00\x00\x01" if content[6:8] == b"MM" else b"\x27\0\0\0\1\0\0\0"
    )
    content[at + 4 : at + 8] = b"\0\0\0\0"

    assert said(exif=bytes(content)) == {"creator": "A. Person"}


@pytest.mark.no_database
def test_xmp_is_read_in_each_way_of_writing_it():
    words = (
        "<dc:creator><rdf:Seq><rdf:li>A. Person</rdf:li><rdf:li>B. Person</rdf:li></rdf:Seq></dc:creator>"
        '<dc:description><rdf:Alt><rdf:li xml:lang="x-default">A bridge</rdf:li>'
        '<rdf:li xml:lang="de">Eine Brücke</rdf:li></rdf:Alt></dc:description>'
        "<photoshop:Credit>Agency</photoshop:Credit>"
        '<Iptc4xmpCore:AltTextAccessibility><rdf:Alt><rdf:li xml:lang="x-default">A bridge at night</rdf:li>'
        "</rdf:Alt></Iptc4xmpCore:AltTextAccessibility>"
        "<Iptc4xmpExt:DigitalSourceType>http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"
        "</Iptc4xmpExt:DigitalSourceType>"
    )

    assert said(xmp=(HEAD + words + FOOT).encode()) == {
        "creator": "A. Person, B. Person",
        "caption": "A bridge",
        "credit": "Agency",
        "alt_text": "A bridge at night",
        "source_type": "digitalCapture",
    }
    assert said(xmp=canaries.xmp("x")) == {"credit": canaries.canary("x")}


@pytest.mark.no_database
def test_iptc_is_read_and_xmp_comes_before_it_and_it_before_exif():
    content = canaries.jpeg_segment(0xED, b"Photoshop 3.0\0" + canaries.iptc("iptc"))
    assert metadata.read(BytesIO(content), "JPEG") == {"credit": canaries.canary("iptc")}

    both = Image.open(BytesIO(content))
    assert both.info["photoshop"]
    with_xmp = content[:2] + saved(scene(64, 48), xmp=canaries.xmp("xmp"))[2:]
    assert metadata.read(BytesIO(with_xmp), "JPEG")["credit"] == canaries.canary("xmp")


@pytest.mark.no_database
@pytest.mark.parametrize(
    "packet",
    [
        b"not xml",
        b"<x:xmpmeta",
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>',
        b"\xff\xfe\x00",
        b"<a>" * 5000,
    ],
)
def test_xmp_that_cannot_be_read_says_nothing_and_the_rest_is_read(packet):
    assert said(xmp=packet, exif=exif(artist="A. Person")) == {"creator": "A. Person"}


@pytest.mark.no_database
def test_words_are_cleaned_of_signs_that_nobody_sees():
    words = "<photoshop:Credit> A\u202e.\x7f Person\n</photoshop:Credit>"
    words += f"<dc:description>{'x' * 5000}</dc:description>"

    found = said(xmp=(HEAD + words + FOOT).encode())

    assert found["credit"] == "A. Person"
    assert len(found["caption"]) == 2000


@pytest.mark.no_database
def test_exif_that_is_damaged_says_nothing():
    whole = exif(artist="A. Person", gps={1: "N", 2: (39.0, 45.0, 36.0)})

    for length in range(6, len(whole), 7):
        assert set(said(exif=whole[:length])) <= {"creator", "caption"}


@pytest.mark.django_db
def test_suggestions_are_read_in_the_sandbox_and_kept_nowhere(media_folder):
    asset = take(saved(scene(64, 48), exif=exif(artist="A. Person")))

    assert intake.suggestions(asset) == {"creator": "A. Person"}
    assert intake.suggestions(take(b"words", "x.txt")) == {}
    assert "A. Person" not in str(type(asset).objects.values())
