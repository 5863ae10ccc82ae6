"""How alike two pictures look: a difference hash of 64 bits, after Neal Krawetz's dHash.

Each bit says whether a field of a grid is brighter than its neighbour to the right. It stands the same after
scaling, saving again and small changes of light, and tells nothing of what a picture shows.
"""

from PIL import Image

COLUMNS, ROWS = 8, 8
NEAR = 10
"""Two pictures that differ in no more bits are likely one."""

SIGN = 1 << 63


def of(picture: Image.Image) -> int:
    """The hash of a picture as it is to be seen, as a signed number of 64 bits, which databases keep."""
    grey = picture.convert("L").resize((COLUMNS + 1, ROWS), Image.Resampling.BOX)
    values = grey.tobytes()
    found = 0
    for row in range(ROWS):
        for column in range(COLUMNS):
            at = row * (COLUMNS + 1) + column
            found = found << 1 | (values[at] > values[at + 1])
    return found - 2 * SIGN if found & SIGN else found


def distance(one: int, other: int) -> int:
    """In how many of 64 bits two hashes differ."""
    return ((one ^ other) & (2 * SIGN - 1)).bit_count()
