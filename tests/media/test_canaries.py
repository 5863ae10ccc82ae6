"""Nothing that a picture carries beside its pixels reaches a reader, whatever the format and the place."""

import random
from io import BytesIO

import pytest
from PIL import Image

from media import imaging, imprint, probing, renditions, storage
from tests.support import canaries
from tests.support.chance import SEED, tries
from tests.support.pictures import files_in, read, saved, scene, take

WORDS = {"credit": "A. Person / Agency", "rights": "CC BY 4.0 & more", "source_type": "digitalCapture"}
OF_THE_FORMAT = {
    "jpeg": {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression", "dpi"},
    "webp": {"loop", "background", "timestamp", "duration"},
    "avif": {"timestamp", "duration"},
}
"""What Pillow says of a file that holds nothing but pixels."""

SIXTY_SOME = sorted(canaries.FILES)


def copies_of(content: bytes, words: bytes = b"") -> list[imaging.Made]:
    return list(imaging.renditions(BytesIO(content), probing.identify(BytesIO(content)).reader, words))


@pytest.mark.no_database
def test_there_are_a_hundred_files_of_every_format():
    assert len(canaries.FILES) > 100
    assert {format for format, _ in canaries.FILES} == {"jpeg", "png", "gif", "webp", "avif", "tiff", "bmp"}


@pytest.mark.no_database
@pytest.mark.parametrize(("format", "place"), SIXTY_SOME)
def test_a_canary_of_the_original_is_in_no_copy(format, place):
    content = canaries.FILES[format, place]()
    assert canaries.sings(content)

    made = copies_of(content)

    assert {one.format for one in made} == {"avif", "webp", "jpeg"}
    assert [one.format for one in made if canaries.sings(one.content)] == []
    for one in made:
        assert set(read(one.content).info) <= OF_THE_FORMAT[one.format]


@pytest.mark.no_database
def test_control_a_picture_that_is_opened_and_saved_carries_them_on():
    carried = set()
    for format, place in canaries.FILES:
        picture = read(canaries.FILES[format, place]())
        for into in ("JPEG", "WEBP", "AVIF"):
            content = BytesIO()
            picture.convert("RGB").save(content, into)
            if canaries.sings(content.getvalue()):
                carried.add((format, place, into))

    assert {("jpeg", "comment", "JPEG"), ("png", "profile", "AVIF"), ("tiff", "profile", "AVIF")} <= carried


@pytest.mark.django_db
def test_from_the_upload_to_the_reader_they_stay_in_the_sealed_original(media_folder):
    dice = random.Random(SEED)
    for format, place in dice.sample(SIXTY_SOME, tries(len(SIXTY_SOME))):
        content = canaries.FILES[format, place]()
        asset = take(content, f"x.{format}")
        made = renditions.make(asset)
        renditions.publish(asset, [one.sha256 for one in made])
        assert storage.original(asset.sha256).read_bytes() == content

    singing = {path for path in files_in(media_folder) if canaries.sings(path.read_bytes())}
    assert singing == set(files_in(media_folder / "originals"))


@pytest.mark.no_database
def test_the_only_words_in_a_copy_are_its_imprint():
    content = canaries.FILES["jpeg", "xmp"]()

    for one in copies_of(content, imprint.packet(**WORDS)):
        info = read(one.content).info
        assert set(info) - OF_THE_FORMAT[one.format] == {"xmp"}
        said = info["xmp"].decode()
        assert "<photoshop:Credit>A. Person / Agency</photoshop:Credit>" in said
        assert '<rdf:li xml:lang="x-default">CC BY 4.0 &amp; more</rdf:li>' in said
        assert "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture<" in said
        assert not canaries.sings(one.content)


@pytest.mark.no_database
def test_without_words_there_is_no_imprint():
    assert imprint.packet() == b""
    assert "xmp" not in read(copies_of(saved(scene()))[0].content).info


@pytest.mark.no_database
def test_a_source_type_is_one_of_the_list_alone():
    with pytest.raises(ValueError, match="no code"):
        imprint.packet(source_type="</x><script>")


@pytest.mark.no_database
def test_signs_that_xml_has_no_room_for_are_left_out():
    said = imprint.packet(credit="a\x00b\x0b<c>\ud800").decode()

    assert "<photoshop:Credit>ab&lt;c&gt;</photoshop:Credit>" in said


@pytest.mark.no_database
def test_what_is_behind_transparent_pixels_is_in_no_copy():
    picture = Image.new("RGBA", (64, 48), (255, 255, 255, 255))
    picture.paste((200, 0, 0, 0), (10, 10, 50, 40))

    for one in copies_of(saved(picture, "PNG")):
        low, _ = read(one.content).convert("L").getextrema()
        assert low > 245
