"""The pictures of the sample, drawn from its own data: where its places lie, and what a day tells when.

Pure: the same data give the same bytes. A map shows points and degrees, no border and no name that the sample
does not have.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from math import ceil, cos, floor, radians

from PIL import Image, ImageDraw

from chronicle.site.lettering import SANS, SERIF, Hand, length, write
from chronicle.site.pictures import ACCENT, INK, PAPER, RULE, SOFT

WIDTH, HEIGHT = 1600, 1200
MARGIN = 80
LEFT, TOP, RIGHT, BOTTOM = MARGIN + 140, MARGIN + 70, WIDTH - MARGIN, HEIGHT - MARGIN
"""Where the map lies under its title."""

TITLE, SMALL, NAME = Hand(SERIF, 56, 600), Hand(SANS, 38, 500), Hand(SERIF, 48, 600)
"""Large enough to be read where the picture is a third as wide, as in a list."""

KILOMETRES_A_DEGREE = 111.2
"""Of latitude; of longitude as many times the cosine of the latitude."""

STEP = 0.5
"""Between the lines of the grid, in degrees."""

SCALE = 20
"""How many kilometres the scale is long."""

DOT, CLEAR = 13, 19
"""How far a point reaches from its middle, and how far away no name of another begins."""


@dataclass(frozen=True)
class Mark:
    """A point of a map, in degrees (WGS 84), and what it is called there."""

    name: str
    latitude: float
    longitude: float


Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Frame:
    """What a map shows: the middle of it, and how many pixels a degree of latitude is long."""

    latitude: float
    longitude: float
    pixels: float

    @property
    def pixels_east(self) -> float:
        """How many pixels a degree of longitude is long there."""
        return self.pixels * cos(radians(self.latitude))

    def at(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Where a point lies in the picture."""
        x = (LEFT + RIGHT) / 2 + (longitude - self.longitude) * self.pixels_east
        return x, (TOP + BOTTOM) / 2 - (latitude - self.latitude) * self.pixels

    @property
    def meridians(self) -> list[float]:
        """The longitudes of the grid."""
        reach = (RIGHT - LEFT) / 2 / self.pixels_east
        return _steps(self.longitude - reach, self.longitude + reach)

    @property
    def parallels(self) -> list[float]:
        """The latitudes of the grid."""
        reach = (BOTTOM - TOP) / 2 / self.pixels
        return _steps(self.latitude - reach, self.latitude + reach)


def _steps(begin: float, end: float) -> list[float]:
    return [n * STEP for n in range(ceil(begin / STEP), floor(end / STEP) + 1)]


def locator_map(title: str, marks: Sequence[Mark]) -> bytes:
    """A map of ``marks`` as a PNG, with lines of latitude and longitude and a scale."""
    frame = _frame_about(marks)
    image, draw = _sheet(title)
    _grid(draw, frame)
    _scale(draw, frame)
    taken: list[Box] = []
    for mark in sorted(marks, key=lambda mark: (-mark.latitude, mark.longitude)):
        x, y = frame.at(mark.latitude, mark.longitude)
        draw.ellipse((x - DOT, y - DOT, x + DOT, y + DOT), fill=ACCENT)
        taken.append((x - CLEAR, y - CLEAR, x + CLEAR, y + CLEAR))
    for mark in marks:
        # Only once all points are drawn is it known where a name would stand on one.
        taken.append(_named(draw, mark, frame.at(mark.latitude, mark.longitude), taken))
    return _png(image)


def _frame_about(marks: Sequence[Mark]) -> Frame:
    """All marks, with room about them for their names."""
    south, north = min(mark.latitude for mark in marks), max(mark.latitude for mark in marks)
    west, east = min(mark.longitude for mark in marks), max(mark.longitude for mark in marks)
    latitude = (south + north) / 2
    high = (BOTTOM - TOP - 160) / max(north - south, STEP)
    wide = (RIGHT - LEFT - 800) / (max(east - west, STEP) * cos(radians(latitude)))
    return Frame(latitude, (west + east) / 2, min(high, wide))


def _sheet(title: str) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(image)
    write(draw, (MARGIN, MARGIN), title, hand=TITLE, ink=INK)
    return image, draw


def _grid(draw: ImageDraw.ImageDraw, frame: Frame) -> None:
    for longitude in frame.meridians:
        x, _ = frame.at(frame.latitude, longitude)
        draw.line((x, TOP, x, BOTTOM), fill=RULE, width=2)
        words = f"{longitude:.1f}° E"
        write(draw, (x - length(words, SMALL) / 2, BOTTOM + 50), words, hand=SMALL, ink=SOFT)
    for latitude in frame.parallels:
        _, y = frame.at(latitude, frame.longitude)
        draw.line((LEFT, y, RIGHT, y), fill=RULE, width=2)
        words = f"{latitude:.1f}° N"
        write(draw, (LEFT - 20 - length(words, SMALL), y + 13), words, hand=SMALL, ink=SOFT)


def _scale(draw: ImageDraw.ImageDraw, frame: Frame) -> None:
    """A line of so many kilometres, above on the right."""
    wide, right, y = SCALE / KILOMETRES_A_DEGREE * frame.pixels, RIGHT, MARGIN - 4
    draw.line((right - wide, y, right, y), fill=INK, width=4)
    for x in (right - wide, right):
        draw.line((x, y - 10, x, y + 10), fill=INK, width=4)
    write(draw, (right - wide, y - 24), f"{SCALE} km", hand=SMALL, ink=INK)


def _named(draw: ImageDraw.ImageDraw, mark: Mark, at: tuple[float, float], taken: Iterable[Box]) -> Box:
    """Write the name of ``mark`` beside its point, on the first side where nothing else stands."""
    width, (x, y) = length(mark.name, NAME), at
    places = [(x + 26, y + 16), (x - 26 - width, y + 16), (x - width / 2, y - 30), (x - width / 2, y + 64)]
    boxes = [(left, base - 40, left + width, base + 10) for left, base in places]
    box = next((box for box in boxes if not any(_meet(box, other) for other in taken)), boxes[0])
    write(draw, (box[0], box[3] - 10), mark.name, hand=NAME, ink=INK)
    return box


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def chart(title: str, counts: Sequence[tuple[str, int]]) -> bytes:
    """A bar for each of ``counts`` as a PNG: what it is of on its left, the number at its end."""
    image, draw = _sheet(title)
    begins = MARGIN + max(length(words, NAME) for words, _ in counts) + 40
    room = (HEIGHT - 2 * MARGIN - 120) / len(counts)
    a_unit = (WIDTH - MARGIN - begins - 90) / max(1, *(count for _, count in counts))
    tops = [MARGIN + 110 + n * room for n in range(len(counts) + 1)]
    for (words, count), (top, below) in zip(counts, pairwise(tops), strict=True):
        middle = (top + below) / 2
        write(draw, (MARGIN, middle + 16), words, hand=NAME, ink=INK)
        ends = begins + count * a_unit
        draw.rectangle((begins, top + 18, ends, below - 18), fill=ACCENT if count else RULE)
        write(draw, (ends + 20, middle + 16), str(count), hand=NAME, ink=SOFT)
    draw.line((begins, MARGIN + 110, begins, tops[-1]), fill=INK, width=3)
    return _png(image)


def _png(image: Image.Image) -> bytes:
    file = BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()
