from typing import Any


def without_field(fieldsets: Any, name: str) -> list[Any]:
    """``fieldsets`` without the field ``name``."""
    return [
        (heading, {**options, "fields": tuple(field for field in options["fields"] if field != name)})
        for heading, options in fieldsets
    ]
