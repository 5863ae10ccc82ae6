from typing import Any

NO_RECORD = (
    "This story was opened to readers, and its record is not here. Restore the record that belongs to it."
)
LOST_FILE = (
    "A file of a medium that this shows is lost on the server. An administrator finds it by “verify_media”, "
    "and has it made again by “make_renditions --all”."
)
ANOTHER_DESK = (
    "The record was printed from a desk that is not here: it holds this already, and this desk does not know "
    "as what. Restore the desk that belongs to the record, or begin a story at another address."
)
NO_WORDS = "This was taken down: it has no words any more, and gets none again."

BUSY = (
    "Not saved: others are saving just now, and it took too long to wait for them. What you typed is kept "
    "here; try once more."
)


class Refused(Exception):
    """A verb that may not be carried out. Its text is a sentence for the person who asked for it."""


class Busy(Refused):
    """Others save, and it took too long to wait for them."""

    def __init__(self) -> None:
        super().__init__(BUSY)


class Stale(Refused):
    """Somebody else saved a newer version after the person looked."""


def insist_on_words(row: Any) -> None:
    """Refuses what is done with a row that was taken down."""
    if getattr(row, "erased_at", None):
        raise Refused(NO_WORDS)
