"""Reading rows that may hold anything: a value that makes no sense is told by row and column."""

import json
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import islice
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import DatabaseError, connections
from django.db.models import TextField
from django.db.models.functions import Cast
from django.urls import NoReverseMatch

BATCH = 200
SENSELESS = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    RecursionError,
    ValidationError,
    DatabaseError,
    NoReverseMatch,
)
"""What reading a value, or working with it, can raise where it is none that could be there."""

TYPES: dict[str, type] = {
    "BigAutoField": int,
    "BigIntegerField": int,
    "BinaryField": bytes,
    "BooleanField": bool,
    "CharField": str,
    "DateField": date,
    "DateTimeField": datetime,
    "PositiveBigIntegerField": int,
    "PositiveIntegerField": int,
    "PositiveSmallIntegerField": int,
    "SlugField": str,
    "TextField": str,
    "TimeField": time,
    "UUIDField": UUID,
}
"""What a column of each kind holds. SQLite keeps any value in any of them."""


TEXT = "text_of_"


def spelled(value: Any) -> Any:
    """``value`` so that 5.0 is told from 5, and true from 1, which are equal to Python."""
    return json.dumps(value, sort_keys=True) if isinstance(value, dict | list) else value


def batches(rows: Any, order: str = "pk") -> Iterator[list[Any]]:
    """The rows of a queryset in lists of at most ``BATCH``, in that order.

    Rows that hold a value without sense are left out.
    """
    for keys in _keys(rows, order):
        read = {row.pk: row for row in _read(rows, keys)}
        yield [read[key] for key in keys if key in read]


def each(rows: Any, order: str = "pk") -> Iterator[Any]:
    """The rows of ``batches`` one by one."""
    for batch in batches(rows, order):
        yield from batch


def senseless(rows: Any) -> Iterator[str]:
    """A sentence for each value among ``rows`` that makes no sense."""
    rows = _with_texts(rows)
    for keys in _keys(rows, "pk"):
        read = {row.pk for row in _read(rows, keys) if _is_as_written(row)}
        for key in keys:
            if key not in read:
                yield from _columns_without_sense(rows, key)


def _keys(rows: Any, order: str) -> Iterator[list[Any]]:
    keys = rows.order_by(order).values_list("pk", flat=True).iterator(BATCH)
    while batch := list(islice(keys, BATCH)):
        yield batch


def _read(rows: Any, keys: list[Any]) -> list[Any]:
    # In no order: the usual one of some goes by their chronicle, and would leave out those without one.
    rows = rows.order_by()
    try:
        found = list(rows.filter(pk__in=keys))
    except SENSELESS:
        found = [row for key in keys for row in _one(rows, key)]
    return [row for row in found if _makes_sense(row)]


def _one(rows: Any, key: Any) -> list[Any]:
    try:
        return list(rows.filter(pk=key))
    except SENSELESS:
        return []


def _makes_sense(row: Any) -> bool:
    """Whether each column that was read of ``row`` holds a value of its type."""
    read = row.__dict__
    fields = (field for field in row._meta.concrete_fields if field.attname in read)
    return all(_holds(field, read[field.attname]) for field in fields)


def _holds(field: Any, value: Any) -> bool:
    if value is None:
        return bool(field.null)
    kept = field.target_field if field.is_relation else field
    wanted = TYPES.get(kept.get_internal_type(), object)
    return isinstance(value, wanted) and (wanted is not int or not isinstance(value, bool))


def _with_texts(rows: Any) -> Any:
    """``rows`` with the text that SQLite keeps of each column that is read from text.

    Reading forgives what a query does not: any other text than 1 is read as false, and most as no date.
    """
    if connections[rows.db].vendor != "sqlite":
        return rows
    names = [field.attname for field in rows.model._meta.concrete_fields if _is_read_from_text(field)]
    return rows.annotate(**{TEXT + name: Cast(name, TextField()) for name in names})


def _is_read_from_text(field: Any) -> bool:
    return TYPES.get(field.get_internal_type()) in (bool, date, datetime, time, UUID)


def _is_as_written(row: Any) -> bool:
    """Whether SQLite keeps each column that was read of ``row`` in the one way in which it is written."""
    read = row.__dict__
    fields = [field for field in row._meta.concrete_fields if field.attname in read]
    return all(
        read[TEXT + field.attname] == _written(row, field) for field in fields if TEXT + field.attname in read
    )


def _written(row: Any, field: Any) -> str | None:
    value = field.get_db_prep_value(getattr(row, field.attname), connections[row._state.db])
    return None if value is None else str(int(value) if isinstance(value, bool) else value)


def _columns_without_sense(rows: Any, key: Any) -> Iterator[str]:
    pk, table = rows.model._meta.pk, rows.model._meta.db_table
    wrong = [field for field in rows.model._meta.concrete_fields if not _reads(rows, key, field)]
    for field in wrong if _holds(pk, key) else [pk]:
        yield f"{table} {key}: its {field.column} holds a value that makes no sense."


def _reads(rows: Any, key: Any, field: Any) -> bool:
    try:
        found = list(rows.filter(pk=key).order_by().only(field.attname))
    except SENSELESS:
        return False
    return all(_makes_sense(row) and _is_as_written(row) for row in found)
