"""How much of anything a file may be or take. Numbers alone."""

import os
from dataclasses import dataclass

MIB = 1024 * 1024

LARGEST = 50 * 1000 * 1000
"""Bytes of an upload."""

TOGETHER = 4 * LARGEST
"""Bytes of all files that one request brings."""

REQUEST = 20 * LARGEST
"""Bytes of a request that is read at all, though what is too much is thrown away."""

PIXELS = 50 * 1000 * 1000
"""Pixels of a picture, as its header gives them."""

FRAMES = 100
"""Frames of a moving picture, or pages of one that has several."""

WIDTHS = (480, 960, 1600)
"""Pixels across of what readers get."""

TALLEST = 3
"""How many times as tall as wide a rendition is at most: what is taller is made narrower."""

DERIVED_PIXELS = 12 * 1000 * 1000
"""Pixels of a redacted picture; readers never see as many."""

BOXES = 100
"""Boxes of one redaction."""

NAME = 255
"""Characters of a file's name."""

SUGGESTED = 2_000
"""Characters of a suggestion read out of a file."""

ABANDONED_AFTER = 60 * 60
"""Seconds after which a file that no row names is nobody's: no upload takes as long."""

SETTLED_AFTER = 60
"""Seconds after which whoever puts a file in its place has written the row that names it, or never will."""

AT_ONCE = max(1, (os.cpu_count() or 1) // 2)
"""Files that are decoded on one machine at a time: the other half of its cores is for readers."""

WAITING = 2
"""Files that wait for a turn. More are sent back at once: each that waits keeps a thread from readers."""

PATIENCE = 10.0
"""Seconds that a file waits for its turn."""

ANSWER_WITHIN = 25.0
"""Seconds that all decoding for one request may take, with waiting for it: a server takes a worker that is
silent for 30 for dead."""


@dataclass(frozen=True)
class Limits:
    """What a decoding process may take. ``memory`` is bytes beyond those of Python and Pillow themselves."""

    memory: int | None = 400 * MIB
    seconds: int | None = 5
    """Of the processor."""
    written: int | None = 64 * MIB
    """Bytes of its answer, the only file it can write to."""
    open_files: int | None = 16
    wall: float = 15.0
    """Seconds by the clock, which go on while others have the processor."""


USUAL = Limits()
