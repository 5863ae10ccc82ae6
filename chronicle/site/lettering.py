"""Words as pictures have them: each letter in a face that has it, and never an empty box.

Right-to-left scripts need to be shaped and turned round, which Pillow does where it finds raqm and fribidi.
Where it does not, and for scripts of which there is no face, the words are left out as a whole. The faces are
from the fontsource packages, with their licences beside them; FreeType reads WOFF2 as browsers do.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from PIL import ImageDraw, ImageFont, features

SITE = Path(__file__).resolve().parent
OF_PAGES, OF_PICTURES = SITE.parent / "static" / "chronicle" / "fonts", SITE / "fonts"

SERIF = (
    OF_PAGES / "source-serif-4-latin-wght-normal.woff2",
    OF_PAGES / "source-serif-4-latin-ext-wght-normal.woff2",
    OF_PAGES / "source-serif-4-cyrillic-wght-normal.woff2",
    OF_PICTURES / "source-serif-4-cyrillic-ext-wght-normal.woff2",
    OF_PICTURES / "source-serif-4-greek-wght-normal.woff2",
    OF_PICTURES / "source-serif-4-vietnamese-wght-normal.woff2",
    OF_PICTURES / "noto-serif-armenian-wght-normal.woff2",
    OF_PICTURES / "noto-serif-georgian-wght-normal.woff2",
    OF_PICTURES / "noto-serif-hebrew-wght-normal.woff2",
    OF_PICTURES / "noto-naskh-arabic-wght-normal.woff2",
)
"""The faces of what people write. Of several that have a letter, it is written in the first."""

SANS = (OF_PAGES / "inter-latin-wght-normal.woff2",)
"""The face of our own few words."""

SHAPES = features.check("raqm")
"""Whether right-to-left words can be drawn here."""

NOWHERE = "\U0010fffd"
"""A character that no face has: what is drawn for it is the empty box."""

JOINERS = "\u200c\u200d"
RIGHTWARDS, LEFTWARDS = "ltr", "rtl"
_DIRECTIONS = {"L": RIGHTWARDS, "R": LEFTWARDS, "AL": LEFTWARDS}


@dataclass(frozen=True)
class Hand:
    """How words are written: the faces to choose from, the size in pixels, and the weight."""

    faces: tuple[Path, ...]
    size: int
    weight: int


@dataclass(frozen=True)
class Run:
    """Letters of one face and one direction that follow each other."""

    text: str
    face: Path
    direction: str


@lru_cache(maxsize=256)
def font(face: Path, size: int, weight: int) -> ImageFont.FreeTypeFont:
    """A face at a size in pixels, its weight as near to ``weight`` as it has it."""
    found = ImageFont.truetype(str(face), size)
    [axis] = found.get_variation_axes()
    found.set_variation_by_axes([min(max(weight, axis["minimum"]), axis["maximum"])])
    return found


@lru_cache(maxsize=8192)
def has(face: Path, letter: str) -> bool:
    """Whether ``face`` has ``letter``, by what it draws for it."""
    of_its_own = ImageFont.truetype(str(face), 40, layout_engine=ImageFont.Layout.BASIC)
    try:
        drawn, box = of_its_own.getmask(letter), of_its_own.getmask(NOWHERE)
    except OSError:
        # A ligature of a whole sentence is too wide to be drawn.
        return False
    return (drawn.size, bytes(drawn)) != (box.size, bytes(box))


def drawable(words: str, faces: tuple[Path, ...] = SERIF) -> str:
    """``words`` without the signs that no face has; empty where a letter of them is missing."""
    kept = []
    for letter in " ".join(words.split()):
        if not _is_to_be_seen(letter):
            continue
        if any(has(face, letter) for face in faces) and (SHAPES or _direction(letter) != LEFTWARDS):
            kept.append(letter)
        elif unicodedata.category(letter)[0] in "LNM":
            return ""
    return " ".join("".join(kept).split())


def runs(words: str, faces: tuple[Path, ...], base: str) -> Iterator[Run]:
    """``words``, which are drawable, in runs from left to right as they stand on one line.

    ``base`` is the direction of the whole that the line is of.
    """
    parts = [list(part) for _, part in groupby(_directed(words, base), key=lambda each: each[1])]
    for part in parts if base == RIGHTWARDS else reversed(parts):
        faced = list(_faced([letter for letter, _ in part], faces))
        direction = part[0][1]
        of_a_face = [(face, list(group)) for face, group in groupby(faced, key=lambda each: each[1])]
        for face, group in of_a_face if direction == RIGHTWARDS else reversed(of_a_face):
            yield Run("".join(letter for letter, _ in group), face, direction)


def base_of(words: str) -> str:
    """The direction in which ``words`` are read: that of the first letter which has one."""
    return next((found for letter in words if (found := _direction(letter))), RIGHTWARDS)


def length(words: str, hand: Hand) -> float:
    """How many pixels wide ``words`` are on one line."""
    return sum(
        font(run.face, hand.size, hand.weight).getlength(run.text, **_shaped(run))
        for run in runs(words, hand.faces, RIGHTWARDS)
    )


def write(
    draw: ImageDraw.ImageDraw,
    at: tuple[float, float],
    words: str,
    *,
    hand: Hand,
    ink: str,
    base: str = RIGHTWARDS,
) -> None:
    """Write ``words`` on one line. ``at`` is the left end of its baseline."""
    x, y = at
    for run in runs(words, hand.faces, base):
        of_run = font(run.face, hand.size, hand.weight)
        draw.text((x, y), run.text, fill=ink, font=of_run, anchor="ls", **_shaped(run))
        x += of_run.getlength(run.text, **_shaped(run))


def wrapped(words: str, hand: Hand, *, width: float, lines: int) -> list[str]:
    """``words`` in lines of at most ``width`` pixels; the last ends with an ellipsis where more is left."""
    found: list[str] = []
    left = words.split()
    while left and len(found) < lines:
        line, left = _line(left, hand, width)
        found.append(line)
    if left:
        found[-1] = _shortened(found[-1], hand, width)
    return found


def _line(words: list[str], hand: Hand, width: float) -> tuple[str, list[str]]:
    """As many of ``words`` as go on one line, and those left; of a word longer than a line, its beginning."""
    taken = 1
    while taken < len(words) and length(" ".join(words[: taken + 1]), hand) <= width:
        taken += 1
    line = " ".join(words[:taken])
    if length(line, hand) <= width:
        return line, words[taken:]
    cut = len(line) - 1
    while cut > 1 and length(line[:cut], hand) > width:
        cut -= 1
    return line[:cut], [line[cut:], *words[taken:]]


def _shortened(line: str, hand: Hand, width: float) -> str:
    while line and length(f"{line}…", hand) > width:
        line = line[:-1].rstrip(" ,.;:–—-")
    return f"{line}…"


def _is_to_be_seen(letter: str) -> bool:
    return letter in JOINERS or unicodedata.category(letter)[0] != "C"


def _direction(letter: str) -> str:
    """That of a letter; empty for what goes with the letters about it, as figures do."""
    return _DIRECTIONS.get(unicodedata.bidirectional(letter), "")


def _directed(words: str, base: str) -> list[tuple[str, str]]:
    """Each character with its direction: one without goes with two letters that agree, else with ``base``."""
    own = [_direction(letter) for letter in words]
    before, found = base, []
    for place, direction in enumerate(own):
        if direction:
            before = direction
        after = next((each for each in own[place:] if each), base)
        found.append((words[place], direction or (before if before == after else base)))
    return found


def _faced(letters: list[str], faces: tuple[Path, ...]) -> Iterator[tuple[str, Path]]:
    """Each character with its face: signs stay in that of the letters before them, if it has them."""
    current = None
    for letter in letters:
        if current is None or letter.isalpha() or not has(current, letter):
            current = next((face for face in faces if has(face, letter)), current or faces[0])
        yield letter, current


def _shaped(run: Run) -> dict[str, str]:
    # Without raqm there is one direction, and Pillow refuses to be told of any.
    return {"direction": run.direction} if SHAPES else {}
