"""A chronicle that is read with a row of its own, in the same query."""

from typing import Any

from django.db.models import F

from chronicle.models import Chronicle
from chronicle.site import strip

OF = "its_"
SEALS = ("key", "origin", "edition", "commitment", "updated_at")
FIELDS = [field for field in Chronicle._meta.concrete_fields if field.name not in SEALS]
"""What of a chronicle its pages show."""


def with_chronicle(rows: Any) -> Any:
    """``rows``, each read with its chronicle as ``strip.chronicles`` has it."""
    rows = rows.annotate(**strip.shown_everywhere("chronicle"))
    return rows.annotate(**{OF + field.attname: F(f"chronicle__{field.attname}") for field in FIELDS})


def chronicle_of(row: Any) -> Any:
    """The chronicle whose columns were read with ``row``, as a statement of no model gives them."""
    known = {field.attname: field.to_python(getattr(row, OF + field.attname)) for field in FIELDS}
    chronicle: Any = Chronicle(**known)
    for name in strip.SHOWN_EVERYWHERE:
        setattr(chronicle, name, getattr(row, name))
    return chronicle
