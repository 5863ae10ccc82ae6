"""Which files of the project's own run while something is done."""

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("chronicle", "events", "media")
APART = {"models", "migrations", "templatetags"}
"""Models run wherever rows are read; templates are counted nowhere."""


def files_run(act: Callable[[], object]) -> list[str]:
    """The files of the rooms of which a function ran, models apart, in the order in which they came first."""
    found: dict[str, None] = {}

    def look(frame: FrameType, event: str, argument: object) -> None:
        # A module that is only now imported has run, but had no part in it.
        if event == "call" and frame.f_code.co_name != "<module>":
            found.setdefault(frame.f_code.co_filename)

    before = sys.getprofile()
    sys.setprofile(look)
    try:
        act()
    finally:
        sys.setprofile(before)
    return [name for name in map(_of_the_rooms, found) if name]


def _of_the_rooms(filename: str) -> str:
    """The path of ``filename`` within the project, or nothing where it is not counted."""
    path = Path(filename)
    if not path.is_relative_to(ROOT):
        return ""
    parts = path.relative_to(ROOT).parts
    return "/".join(parts) if parts[0] in ROOMS and not APART & set(parts) else ""
