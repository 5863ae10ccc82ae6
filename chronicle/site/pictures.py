"""The picture that stands beside a shared link: a number, words and the strip of days, as a PNG.

Pure: the same words and numbers give the same bytes, and nothing is asked for them.
"""

import hashlib
from dataclasses import dataclass, replace
from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageColor, ImageDraw

from chronicle.site.lettering import LEFTWARDS, SANS, SERIF, Hand, base_of, drawable, length, wrapped, write

WIDTH, HEIGHT = 1200, 630
MARGIN = 72
LOOK = 1
"""Which look the pictures have; raised when it changes, so that nobody keeps the one before."""

PAPER, INK, SOFT, RULE, ACCENT = "#fbfaf7", "#1b1a18", "#5d5952", "#e2ddd3", "#8c2f1b"
"""Those of tokens.css in the light."""

DARKNESS = (0, 35, 43, 51, 59, 67, 75, 84, 92, 100)
"""How much of the accent, in percent, each shade of the strip has; as in tokens.css."""

NAME, LABEL = Hand(SERIF, 34, 600), Hand(SANS, 25, 600)
NUMBER = Hand(SERIF, 176, 700)
HEADLINES = ((Hand(SERIF, 66, 600), 3), (Hand(SERIF, 52, 600), 4))
"""The hands of a headline and how many lines each has room for: the first in which it is not shortened."""

WIDEST_NUMBER = 400


@dataclass(frozen=True)
class Picture:
    """What is drawn. ``now`` is the place in ``shades`` of its day, where it is of one."""

    title: str
    label: str
    number: int
    date: str
    headline: str
    shades: tuple[int, ...]
    now: int | None = None

    @property
    def tag(self) -> str:
        """A tag that two pictures share only if they are the same."""
        return hashlib.sha256(f"{LOOK}{self!r}".encode()).hexdigest()[:32]


@lru_cache(maxsize=64)
def png(picture: Picture) -> bytes:
    """``picture`` as a PNG of 1200 by 630 pixels."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(image)
    _head(draw, picture)
    _headline(draw, picture, left=_number(draw, picture))
    _strip(draw, picture)
    file = BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def _head(draw: ImageDraw.ImageDraw, picture: Picture) -> None:
    """The title of the chronicle and the date, over a rule."""
    date = length(picture.date, LABEL)
    write(draw, (WIDTH - MARGIN - date, 92), picture.date, hand=LABEL, ink=SOFT)
    for line in wrapped(drawable(picture.title), NAME, width=WIDTH - 2 * MARGIN - date - 40, lines=1):
        write(draw, (MARGIN, 92), line, hand=NAME, ink=INK, base=base_of(line))
    draw.rectangle((MARGIN, 122, WIDTH - MARGIN, 124), fill=RULE)


def _number(draw: ImageDraw.ImageDraw, picture: Picture) -> float:
    """The number under its label; returns where the headline may begin."""
    number = str(picture.number)
    hand = NUMBER
    if (width := length(number, hand)) > WIDEST_NUMBER:
        hand = replace(hand, size=max(24, int(hand.size * WIDEST_NUMBER / width)))
    write(draw, (MARGIN, 192), picture.label.upper(), hand=LABEL, ink=SOFT)
    write(draw, (MARGIN, 344), number, hand=hand, ink=ACCENT)
    return MARGIN + max(length(number, hand), length(picture.label.upper(), LABEL)) + 56


def _headline(draw: ImageDraw.ImageDraw, picture: Picture, *, left: float) -> None:
    words = drawable(picture.headline)
    base = base_of(words)
    width = WIDTH - MARGIN - left
    for hand, most in HEADLINES:
        lines = wrapped(words, hand, width=width, lines=most)
        if lines and not lines[-1].endswith("…"):
            break
    for place, line in enumerate(lines):
        indent = width - length(line, hand) if base == LEFTWARDS else 0
        baseline = 180 + hand.size * 0.72 + place * hand.size * 1.16
        write(draw, (left + indent, baseline), line, hand=hand, ink=INK, base=base)


def _strip(draw: ImageDraw.ImageDraw, picture: Picture) -> None:
    """A cell a day; that of the picture stands out, one without entries is an outline."""
    cells = [_cell(place, len(picture.shades)) for place in range(len(picture.shades))]
    for cell, shade in zip(cells, picture.shades, strict=True):
        if shade:
            draw.rectangle(cell, fill=_colour(shade))
        else:
            draw.rectangle(cell, outline=RULE, width=2)
    if picture.now is not None:
        # Last of all: it reaches over the cells beside it.
        left, top, right, bottom = cells[picture.now]
        draw.rectangle((left - 5, top - 5, right + 5, bottom + 5), outline=INK, width=4)


def _cell(place: int, of: int) -> tuple[int, int, int, int]:
    """The box of one of so many cells."""
    each = (WIDTH - 2 * MARGIN) / of
    begins, ends = round(MARGIN + place * each), round(MARGIN + (place + 1) * each) - 1
    return begins, 508, max(begins, ends - (3 if each > 8 else 0)), 560


def _colour(shade: int) -> tuple[int, ...]:
    part = DARKNESS[shade] / 100
    pairs = zip(ImageColor.getrgb(ACCENT), ImageColor.getrgb(RULE), strict=True)
    return tuple(round(dark * part + light * (1 - part)) for dark, light in pairs)
