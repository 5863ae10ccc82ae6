"""The pictures of the sample: of its own data, and of nothing else."""

from io import BytesIO

import pytest
from PIL import Image, ImageColor

from chronicle.site.pictures import ACCENT
from events.demo import drawings
from events.demo.drawings import Frame, Mark

pytestmark = pytest.mark.no_database
MARKS = [Mark("One", 39.75, 46.75), Mark("Two", 40.0, 47.0), Mark("Three", 39.5, 46.5)]


def opened(png: bytes) -> Image.Image:
    return Image.open(BytesIO(png))


def points_of(image: Image.Image) -> int:
    """How many pixels have the colour of points and bars."""
    return sum(count for count, colour in image.getcolors(1 << 20) if colour == ImageColor.getrgb(ACCENT))


def test_the_same_data_make_the_same_bytes_and_no_metadata():
    png = drawings.locator_map("Places", MARKS)

    assert drawings.locator_map("Places", MARKS) == png
    image = opened(png)
    assert (image.format, image.size, image.info) == ("PNG", (1600, 1200), {})


def test_north_is_above_and_east_on_the_right():
    frame = Frame(39.75, 46.75, pixels=500)

    assert frame.at(40, 46.75)[1] < frame.at(39.5, 46.75)[1]
    assert frame.at(39.75, 47)[0] > frame.at(39.75, 46.5)[0]


def test_a_map_of_more_places_has_more_points():
    one, three = (points_of(opened(drawings.locator_map("Places", marks))) for marks in (MARKS[:1], MARKS))

    assert three == pytest.approx(3 * one, rel=0.1)
    assert one > 200


def test_a_bar_is_as_long_as_its_number():
    def inked(count):
        return points_of(opened(drawings.chart("Day", [("Night", count), ("Morning", 8)])))

    none = inked(0)
    assert inked(8) - none == pytest.approx(2 * (inked(4) - none), rel=0.02)
    assert none > 0
