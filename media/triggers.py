"""What the database refuses of these tables. The project lays it: see chronicle.triggers."""

from typing import NamedTuple


class Refusal(NamedTuple):
    """As a refusal of chronicle.triggers, which this app knows nothing of."""

    table: str
    event: str
    sentence: str
    unless: str = ""
    about: str = ""


SEALED = "id collection sha256 byte_count kind mime width height frames made_from_id added_at".split()
"""Columns of an asset that never change. Its boxes, which are JSON, are compared as text."""

ERASED = "NEW.erased_at IS NOT NULL AND NEW.name = ''"
"""What becomes of a file whose name is taken from it: it never has one again."""

OF_A_DEED = "id asset_id verb by_id by_name at".split()
"""Columns of what was done with a file that stay where its note is taken down."""


def same(column: str) -> str:
    # Whether nothing equals something is unknown, and what is unknown refuses nothing.
    return f"COALESCE(NEW.{column} = OLD.{column}, NEW.{column} IS NULL AND OLD.{column} IS NULL)"


ONLY_ADDED = "What was done with a file is only added: none is changed or removed."

REFUSALS = [
    Refusal(
        "media_asset",
        "UPDATE",
        "A file that was uploaded is never changed.",
        unless=" AND ".join(
            [
                *map(same, SEALED),
                "CAST(NEW.boxes AS TEXT) = CAST(OLD.boxes AS TEXT)",
                f"(({ERASED}) OR (NEW.name = OLD.name AND NEW.erased_at IS NULL AND OLD.erased_at IS NULL))",
            ]
        ),
        about="sealed",
    ),
    Refusal(
        "media_custody",
        "UPDATE",
        ONLY_ADDED,
        unless=" AND ".join(
            [
                *map(same, OF_A_DEED),
                "CAST(NEW.hashes AS TEXT) = CAST(OLD.hashes AS TEXT)",
                "OLD.note <> '' AND NEW.note = ''",
            ]
        ),
    ),
    *(Refusal("media_custody", event, ONLY_ADDED) for event in ("DELETE", "TRUNCATE")),
]
"""Every refusal of files."""
