"""The words that a takedown is to leave nowhere, each somewhere else, and the search for them.

See tests/support/telling.py, which tells a story with them.
"""

from pathlib import Path

PLACES = (
    *("headline", "text", "note", "quote", "translation", "locator", "rejected", "verdict", "title"),
    *("outlet", "reason", "place", "othername", "actor", "caption", "beside", "alt", "credit", "metadata"),
    *("shows", "proposed", "logged", "about", "sentence"),
)
"""Where a word stands: of the event, its citations, what these rest on, its picture, and of the desk."""

STAYS = "Kestrelstays"
"""What is told in the same story and not taken down."""


def needle(place: str) -> str:
    """What of a word is looked for: an index leaves out the beginning that it shares with another."""
    return f"{place}zwitscherq"


def word(place: str) -> str:
    return f"K{PLACES.index(place):02}{needle(place)}"


def needles() -> dict[str, bytes]:
    return {place: needle(place).encode() for place in PLACES}


def found_in(content: bytes) -> set[str]:
    """The words, by place, that are in ``content``, in whatever case."""
    lower = content.lower()
    return {place for place, sought in needles().items() if sought in lower}


def files_with_words(folder: Path) -> dict[str, set[str]]:
    """Which words are in which file below ``folder``."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    told = {str(path.relative_to(folder)): found_in(path.read_bytes()) for path in files}
    return {name: words for name, words in told.items() if words}
