"""Boxes burned in: nothing of what is below is left, in whatever way a picture is stored."""

import random
from io import BytesIO

import pytest
from PIL import Image

from media import imaging, intake, probing, redaction, renditions, storage
from media.limits import DERIVED_PIXELS
from media.models import Asset
from media.probing import Refused
from tests.media.test_imaging import AS_HELD, held
from tests.support.chance import SEED
from tests.support.factories import PersonFactory
from tests.support.pictures import files_in, read, saved, scene, take

BLACK = (0, 0, 0)


def redacted(content: bytes, *boxes: tuple[int, int, int, int]) -> Image.Image:
    made, _ = redaction.redacted(BytesIO(content), probing.identify(BytesIO(content)).reader, list(boxes))
    return read(made).convert("RGB")


def secret(mode: str = "RGB", size=(120, 80), box=(30, 20, 40, 30)) -> Image.Image:
    """White, with a secret of bright red in a box."""
    picture = Image.new("RGB", size, "white")
    picture.paste("red", (box[0], box[1], box[0] + box[2], box[1] + box[3]))
    return picture.quantize(4) if mode == "P" else picture.convert(mode)


def reddest(picture: Image.Image) -> int:
    """How much redder than green its reddest pixel is."""
    return max(red - green for red, green, _ in picture.get_flattened_data())


@pytest.mark.no_database
@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "CMYK", "YCbCr"])
def test_nothing_is_left_of_what_is_under_a_box(mode):
    content = saved(secret(mode), "TIFF")

    made = redacted(content, (30, 20, 40, 30))

    assert made.size == (120, 80)
    assert made.getpixel((50, 35)) == BLACK
    assert reddest(made) < 10
    assert made.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.no_database
@pytest.mark.parametrize("mode", ["1", "L", "LA", "I;16"])
def test_nor_of_what_is_grey(mode):
    picture = Image.new("L", (120, 80), 255)
    picture.paste(0, (30, 20, 70, 50))
    picture = (
        picture.convert("I").point(lambda value: value * 257).convert(mode) if mode == "I;16" else picture
    )
    content = saved(picture.convert(mode), "TIFF" if mode == "I;16" else "PNG")

    made = redacted(content, (25, 15, 50, 40)).convert("L")

    assert made.crop((25, 15, 75, 55)).getextrema() == (0, 0)
    assert made.getpixel((10, 10)) > 250


@pytest.mark.no_database
def test_control_painted_over_only_at_the_end_something_shows_at_the_edge():
    """Made smaller, what is below a box reaches over its edge, unless it was burned in before."""
    picture = secret(size=(6_000, 4_002), box=(1_501, 1_001, 2_000, 1_000))
    small = picture.resize(redaction.derived_size(picture.size), Image.Resampling.LANCZOS)
    ratio = small.width / picture.width
    small.paste("black", [round(at * ratio) for at in (1_501, 1_001, 3_501, 2_001)])

    assert reddest(small) > 50
    assert reddest(redacted(saved(picture, "PNG", compress_level=1), (1_501, 1_001, 2_000, 1_000))) < 10


@pytest.mark.no_database
@pytest.mark.parametrize("orientation", AS_HELD)
@pytest.mark.parametrize("format", ["JPEG", "PNG", "TIFF"])
def test_a_box_lies_where_it_was_drawn_however_the_picture_is_stored(format, orientation):
    """The box covers the red corner, left above, and nothing else."""
    made = redacted(held(orientation, format), (0, 0, 30, 20))

    assert made.size == (120, 80)
    assert made.crop((0, 0, 30, 20)).convert("L").getextrema()[1] < 12
    assert reddest(made.crop((90, 60, 120, 80))) < 30
    assert made.getpixel((100, 5))[1] > 200
    assert made.getpixel((5, 70))[2] > 200


@pytest.mark.no_database
def test_a_very_large_jpeg_is_unfolded_in_part_and_shows_nothing_of_it():
    size = (6_016, 4_512)
    dice = random.Random(SEED)
    box = (
        dice.randrange(16, 4_000),
        dice.randrange(16, 3_000),
        dice.randrange(40, 2_000),
        dice.randrange(40, 1_500),
    )
    content = saved(secret(size=size, box=box), quality=92)

    made = redacted(content, box)

    assert made.size == (3_008, 2_256)
    assert reddest(made) < 25


@pytest.mark.no_database
@pytest.mark.parametrize("size", [(10_000, 5_000), (4_000, 3_000), (5_000, 4_800), (1, 50_000), (3, 3)])
def test_a_redacted_picture_is_no_larger_than_may_be(size):
    width, height = redaction.derived_size(size)

    assert 0 < width * height <= DERIVED_PIXELS
    assert width <= size[0] and height <= size[1]


@pytest.mark.django_db
def test_a_redaction_is_an_asset_of_its_own_that_leads_to_its_original(media_folder):
    original, editor = take(saved(secret(), "PNG"), "x.png"), PersonFactory(editor=True)
    intake.focus(original, 0.2, 0.3, by=editor)
    before = storage.original(original.sha256).read_bytes()

    made = intake.redact(original, [(30, 20, 40, 30)], by=editor)

    made.refresh_from_db()
    assert (made.made_from, made.boxes, made.collection) == (
        original,
        [[30, 20, 40, 30]],
        original.collection,
    )
    assert (made.mime, made.width, made.height, made.focus_x) == ("image/png", 120, 80, 0.2)
    assert storage.original(original.sha256).read_bytes() == before
    assert original.custody.last().verb == "redacted"
    assert [told.verb for told in made.custody.all()] == ["added"]
    assert reddest(read(storage.original(made.sha256).read_bytes()).convert("RGB")) < 10
    for copy in renditions.make(made):
        assert reddest(read(storage.rendition(copy.filename).read_bytes()).convert("RGB")) < 25


@pytest.mark.django_db
def test_the_same_boxes_give_the_same_asset(media_folder):
    original = take(saved(secret(), "PNG"), "x.png")

    first, again = (intake.redact(original, [(1, 2, 30, 40)], by=None) for _ in range(2))

    assert first == again
    assert Asset.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("boxes", "sentence"),
    [
        ([], intake.NO_BOXES),
        ([(0, 0, 1, 1)] * 101, intake.NO_BOXES),
        ([(-1, 0, 5, 5)], redaction.OUTSIDE),
        ([(0, 0, 121, 5)], redaction.OUTSIDE),
        ([(0, 79, 5, 2)], redaction.OUTSIDE),
        ([(0, 0, 0, 5)], redaction.OUTSIDE),
        ([(0, 0, 5, -5)], redaction.OUTSIDE),
    ],
)
def test_boxes_that_cannot_be_are_refused_without_a_trace(media_folder, boxes, sentence):
    original = take(saved(secret(), "PNG"), "x.png")

    with pytest.raises(Refused) as refused:
        intake.redact(original, boxes, by=None)

    assert refused.value.sentence == sentence
    assert len(list(files_in(media_folder))) == 1


@pytest.mark.django_db
def test_boxes_are_drawn_on_pictures_alone(media_folder):
    with pytest.raises(Refused, match="pictures alone"):
        intake.redact(take(b"words", "x.txt"), [(0, 0, 1, 1)], by=None)


@pytest.mark.no_database
def test_a_redacted_picture_carries_no_words():
    content = saved(scene(64, 48), comment="a comment", xmp=b"<x/>")

    made, _ = redaction.redacted(BytesIO(content), "JPEG", [(0, 0, 5, 5)])

    assert b"comment" not in made
    assert not {"comment", "xmp", "exif", "icc_profile"} & set(read(made).info)
    assert imaging.looked_at(BytesIO(made), "JPEG")[0].size == (64, 48)
