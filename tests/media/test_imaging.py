"""Copies of pictures: as they are to be seen, in sRGB, in sizes that fit, the same bytes each time."""

from io import BytesIO

import pytest
from PIL import Image, ImageChops, ImageCms, ImageStat

from media import imaging, likeness, probing
from media.probing import Refused
from tests.support.pictures import read, saved, scene

pytestmark = pytest.mark.no_database

RED, GREEN, BLUE, YELLOW = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0)


def copies_of(content: bytes) -> list[imaging.Made]:
    return list(imaging.renditions(BytesIO(content), reader_of(content), b""))


def reader_of(content: bytes) -> str:
    return probing.identify(BytesIO(content)).reader


def copy_of(content: bytes, format: str = "webp") -> Image.Image:
    """The largest copy."""
    sharp = [one for one in copies_of(content) if one.format == format and not one.blurred]
    return read(sharp[-1].content).convert("RGB")


def corners(picture: Image.Image) -> list[tuple[int, int, int]]:
    """What colour each corner has: left above, right above, left below, right below."""
    width, height = picture.size
    places = [
        (x, y) for y in (height // 12, height - height // 12) for x in (width // 12, width - width // 12)
    ]
    return [nearest(picture.getpixel(place)) for place in places]


def nearest(colour):
    return min(
        (RED, GREEN, BLUE, YELLOW), key=lambda one: sum(abs(a - b) for a, b in zip(one, colour, strict=True))
    )


def alike(one: Image.Image, other: Image.Image) -> float:
    """How far two pictures differ, from 0 to 255."""
    return max(ImageStat.Stat(ImageChops.difference(one, other)).mean)


AS_HELD = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""How a camera stores what it is held for, by the orientation that it writes."""


def held(orientation: int, format: str) -> bytes:
    """The scene, as a camera that is turned stores it."""
    picture = scene(120, 80)
    if AS_HELD[orientation] is not None:
        picture = picture.transpose(AS_HELD[orientation])
    exif = Image.Exif()
    exif[0x0112] = orientation
    return saved(picture, format, exif=exif)


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
@pytest.mark.parametrize("orientation", AS_HELD)
def test_a_picture_is_turned_as_the_camera_held_it(format, orientation):
    content = held(orientation, format)

    made = copy_of(content)
    found, _ = imaging.looked_at(BytesIO(content), format)

    assert (made.size, found.size) == ((120, 80), (120, 80))
    assert corners(made) == [RED, GREEN, BLUE, YELLOW]


def test_control_opened_as_it_is_stored_it_lies_on_its_side():
    assert corners(read(held(6, "JPEG"))) != [RED, GREEN, BLUE, YELLOW]


def test_a_large_jpeg_that_is_unfolded_in_part_is_turned_too():
    picture = scene(2400, 1600).transpose(Image.Transpose.ROTATE_90)
    exif = Image.Exif()
    exif[0x0112] = 6

    made = copy_of(saved(picture, exif=exif))

    assert made.size == (1600, 1067)
    assert corners(made) == [RED, GREEN, BLUE, YELLOW]


def test_an_orientation_that_is_none_says_nothing():
    exif = Image.Exif()
    exif[0x0112] = 77

    assert corners(copy_of(saved(scene(120, 80), exif=exif))) == [RED, GREEN, BLUE, YELLOW]


@pytest.mark.parametrize(
    ("size", "sizes"),
    [
        ((4000, 3000), [(480, 360), (960, 720), (1600, 1200)]),
        ((1600, 900), [(480, 270), (960, 540), (1600, 900)]),
        ((700, 400), [(480, 274), (700, 400)]),
        ((480, 10), [(480, 10)]),
        ((100, 50), [(100, 50)]),
        ((1, 1), [(1, 1)]),
        ((5000, 1), [(480, 1), (960, 1), (1600, 1)]),
        ((1000, 10000), [(144, 1440), (288, 2880), (480, 4800)]),
    ],
)
def test_no_copy_is_larger_than_the_picture_or_very_tall(size, sizes):
    assert imaging.sizes(size) == sizes


def test_each_size_comes_in_three_formats_and_the_smallest_blurred_too():
    made = copies_of(saved(scene(1000, 600)))

    assert {(one.width, one.height, one.blurred) for one in made} == {
        (480, 288, False),
        (480, 288, True),
        (960, 576, False),
        (1000, 600, False),
    }
    assert len(made) == 4 * 3
    for one in made:
        picture = read(one.content)
        assert (picture.size, picture.format.lower()) == ((one.width, one.height), one.format)


def test_the_same_picture_gives_the_same_bytes():
    content = saved(scene(700, 500))

    assert copies_of(content) == copies_of(content)


def test_a_blurred_copy_shows_nothing():
    picture = Image.new("RGB", (480, 320), "white")
    for x in range(0, 480, 16):
        picture.paste("black", (x, 0, x + 8, 320))

    [blurred] = [one for one in copies_of(saved(picture, "PNG")) if one.blurred and one.format == "webp"]

    low, high = read(blurred.content).convert("L").getextrema()
    assert high - low < 30


MODES = {
    "1": lambda: scene().convert("1"),
    "L": lambda: scene().convert("L"),
    "LA": lambda: scene().convert("LA"),
    "P": lambda: scene().quantize(64),
    "RGB": scene,
    "RGBA": lambda: scene().convert("RGBA"),
    "CMYK": lambda: scene().convert("CMYK"),
    "YCbCr": lambda: scene().convert("YCbCr"),
    "I;16": lambda: _stretched("I;16", 257),
    "I": lambda: _stretched("I", 257),
    "F": lambda: _stretched("F", 0.5),
}


def _stretched(mode: str, factor: float) -> Image.Image:
    """The grey scene with more than eight bits."""
    whole = scene().convert("L").convert("I").point(lambda value: value * factor)
    return (
        scene().convert("L").convert("F").point(lambda value: value * factor)
        if mode == "F"
        else whole.convert(mode)
    )


@pytest.mark.parametrize("mode", MODES)
def test_pixels_of_every_kind_look_as_before(mode):
    made = copy_of(saved(MODES[mode](), "TIFF"))

    wanted = scene() if mode in ("P", "RGB", "RGBA", "CMYK", "YCbCr") else scene().convert("L").convert("RGB")
    assert made.size == wanted.size
    # Made small, so that dots count as grey; a palette is coarse, and what has no bounds is stretched.
    assert alike(made.resize((32, 20)), wanted.resize((32, 20))) < (16 if mode in ("F", "P") else 8)


def test_sixteen_bits_of_a_png_are_not_cut_off():
    assert alike(copy_of(saved(_stretched("I;16", 257), "PNG")), scene().convert("L").convert("RGB")) < 6


@pytest.mark.parametrize("mode", ["P", "L", "RGB"])
def test_one_transparent_colour_stands_on_white(mode):
    picture = Image.new("RGB", (64, 48), (200, 0, 0))
    picture = picture.quantize(2) if mode == "P" else picture.convert(mode)
    clear = picture.getpixel((0, 0))

    assert nearest_to_white(copy_of(saved(picture, "PNG", transparency=clear)))


def nearest_to_white(picture: Image.Image) -> bool:
    return min(low for low, _ in picture.getextrema()) > 245


def test_colours_of_a_profile_are_brought_to_srgb():
    """A profile in which red and green are exchanged, so that nobody can miss whether it was used."""
    plain = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = plain.replace(b"rXYZ", b"????", 1).replace(b"gXYZ", b"rXYZ", 1).replace(b"????", b"gXYZ", 1)
    red = Image.new("RGB", (64, 48), (255, 0, 0))

    assert nearest(copy_of(saved(red, "PNG", icc_profile=swapped)).getpixel((30, 20))) == GREEN
    assert nearest(copy_of(saved(red, "PNG", icc_profile=plain)).getpixel((30, 20))) == RED


@pytest.mark.parametrize("profile", [b"no profile at all", b"\0" * 200])
def test_a_profile_that_is_none_is_left_aside(profile):
    assert corners(copy_of(saved(scene(120, 80), icc_profile=profile))) == [RED, GREEN, BLUE, YELLOW]


def test_a_profile_of_other_pixels_is_left_aside():
    rgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

    made = copy_of(saved(scene().convert("CMYK"), "TIFF", icc_profile=rgb))

    assert alike(made, scene()) < 6


def test_of_a_moving_picture_the_first_frame_is_shown():
    frames = [scene(120, 80), Image.new("RGB", (120, 80), "black")]
    content = saved(frames[0], "GIF", save_all=True, append_images=frames[1:])

    found, _ = imaging.looked_at(BytesIO(content), "GIF")

    assert found.frames == 2
    assert corners(copy_of(content)) == [RED, GREEN, BLUE, YELLOW]


def test_a_jpeg_of_several_pictures_is_its_first_and_does_not_move():
    """As telephones write it, with a preview or the depth behind it."""
    content = saved(scene(1200, 800), "MPO", save_all=True, append_images=[Image.new("RGB", (120, 80))])
    assert read(content).format == "MPO"

    found, _ = imaging.looked_at(BytesIO(content), reader_of(content))

    assert (found.size, found.frames) == ((1200, 800), 1)
    assert corners(copy_of(content)) == [RED, GREEN, BLUE, YELLOW]


def test_an_avif_may_move_too():
    frames = [scene(64, 48), Image.new("RGB", (64, 48), "black")]
    content = saved(frames[0], "AVIF", save_all=True, append_images=frames[1:], speed=10)

    assert imaging.looked_at(BytesIO(content), reader_of(content))[0].frames == 2


def test_a_jpeg_for_print_looks_as_before():
    assert alike(copy_of(saved(scene().convert("CMYK"), "JPEG", quality=95)), scene()) < 8


def test_a_damaged_picture_is_refused_though_it_is_asked_for_its_orientation():
    """Pillow loads a PNG to read its EXIF, and what failed once passes the second time."""
    content = bytearray(saved(scene(128, 128), "PNG"))
    content[content.index(b"IDAT") + 6] = 0b111

    twice = Image.open(BytesIO(bytes(content)))
    with pytest.raises(OSError, match="data stream"):
        twice.getexif()
    twice.load()
    with pytest.raises(Refused, match="damaged"):
        imaging.looked_at(BytesIO(bytes(content)), "PNG")


def test_in_bands_it_comes_out_as_at_once(monkeypatch):
    content = saved(scene(900, 700), "PNG")
    at_once = copies_of(content)

    monkeypatch.setattr(imaging, "BAND", 20_000)

    assert copies_of(content) == at_once


def test_a_picture_is_like_itself_in_other_sizes_and_formats():
    looked = imaging.looked_at(BytesIO(saved(scene(1200, 800))), "JPEG")[1]
    smaller = imaging.looked_at(BytesIO(saved(scene(300, 200), "PNG")), "PNG")[1]
    other = imaging.looked_at(BytesIO(saved(scene().transpose(Image.Transpose.ROTATE_180), "PNG")), "PNG")[1]

    assert likeness.distance(looked, smaller) <= 3
    assert likeness.distance(looked, other) > likeness.NEAR
    assert (likeness.distance(looked, looked), likeness.distance(-1, 0)) == (0, 64)


def test_a_likeness_is_a_number_that_databases_keep():
    right_to_left = Image.linear_gradient("L").rotate(-90).resize((90, 80))

    assert likeness.of(right_to_left) in (-1, 0)
    assert likeness.of(right_to_left.rotate(180)) in (-1, 0)
    assert likeness.of(right_to_left) != likeness.of(right_to_left.rotate(180))


@pytest.mark.parametrize("format", ["JPEG", "PNG", "GIF", "WEBP", "AVIF", "TIFF", "BMP"])
def test_a_file_that_is_cut_short_is_refused(format):
    content = saved(scene(640, 400), format)

    for part in (0.3, 0.6, 0.9):
        with pytest.raises(Refused, match="cut short"):
            imaging.looked_at(BytesIO(content[: int(len(content) * part)]), format)
