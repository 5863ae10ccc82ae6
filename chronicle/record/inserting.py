"""Rows that are written many at once, in few statements and without a handful of calls for each value."""

from collections.abc import Callable, Iterable, Sequence
from itertools import chain, islice
from typing import Any

from django.db import connection
from django.db.models import JSONField

Row = Sequence[Any]
PLAIN = (str, int, bool, type(None))

MOST = 20_000
"""How many values one statement holds at most: SQLite takes 32,766."""

FEW = 10
"""Below it, an ordinary statement costs less than to ask for row ids first, or than COPY."""


def insert(
    model: Any,
    names: Sequence[str],
    rows: Iterable[Row],
    *,
    same: Sequence[str] = (),
    put: Sequence[str] = (),
) -> int:
    """Insert ``rows``, each the values of the fields ``names`` as the database takes them.

    What has the fields ``same`` in common with a row that is there is left out, or, where ``put`` names
    fields, has these put in that row. Returns how many rows were inserted or changed.
    """
    columns = _columns(model, names)
    into = f"INSERT INTO {_quoted([model._meta.db_table])} ({_quoted(columns)}) VALUES "  # noqa: S608 - names of models
    end = _where_there(model, same, put) if same else ""
    marks, at_once, written = f"({', '.join(['%s'] * len(columns))})", MOST // len(columns), 0
    rows, is_copied = iter(rows), connection.vendor == "postgresql" and not same
    with connection.cursor() as cursor:
        while batch := list(islice(rows, at_once)):
            if is_copied and len(batch) >= FEW:
                written += _copy(cursor, model, columns, batch)
                continue
            statement = f"{into}{', '.join([marks] * len(batch))}{end}"
            cursor.execute(statement, list(chain.from_iterable(batch)))
            written += cursor.rowcount
    return written


def _copy(cursor: Any, model: Any, columns: Sequence[str], rows: Sequence[Row]) -> int:
    """Insert ``rows`` on PostgreSQL, which reads them faster than a statement with thousands of values."""
    with cursor.copy(f"COPY {_quoted([model._meta.db_table])} ({_quoted(columns)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
    return len(rows)


def insert_objects(model: Any, objects: Iterable[Any], *, same: Sequence[str] = ()) -> int:
    """Insert objects that are saved nowhere; those without a primary key are told none."""
    fields = [field for field in model._meta.concrete_fields if not _is_given(field, objects)]
    tellers = [_teller(field) for field in fields]
    rows = ([tell(each) for tell in tellers] for each in objects)
    written = insert(model, [field.name for field in fields], rows, same=same)
    for each in objects:
        each._state.adding = False
    return written


def _teller(field: Any) -> Callable[[Any], Any]:
    """What tells the value of ``field`` in an object, as the database takes it."""
    # Words and numbers are taken as they are; only JSON writes these too in a way of its own.
    plain = () if isinstance(field, JSONField) else PLAIN

    def tell(each: Any) -> Any:
        value = field.pre_save(each, True)
        return value if type(value) in plain else field.get_db_prep_save(value, connection)

    return tell


def insert_numbered(model: Any, objects: Sequence[Any]) -> None:
    """Insert objects that are saved nowhere, each with a row id of its own from then on."""
    if len(objects) < FEW:
        # The database tells their ids as it inserts them, in one statement.
        model.objects.bulk_create(objects)
        return
    for each, pk in zip(objects, reserved(model, len(objects)), strict=True):
        each.pk = pk
    insert_objects(model, objects)


def reserved(model: Any, count: int) -> list[int]:
    """``count`` row ids that nobody else will be given. On SQLite until the transaction writes others."""
    if not count:
        return []
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
            )
            return [pk for (pk,) in cursor.fetchall()]
        # Under the write lock of the transaction; the insert brings the sequence up to the highest id.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = (cursor.fetchone() or (0,))[0]
    return list(range(last + 1, last + 1 + count))


def _is_given(field: Any, objects: Iterable[Any]) -> bool:
    """Whether the database gives the value of ``field``: of a primary key that no object has."""
    return bool(field.primary_key) and any(each.pk is None for each in objects)


def _where_there(model: Any, same: Sequence[str], put: Sequence[str]) -> str:
    """What becomes of a row that is there already."""
    there = f" ON CONFLICT ({_quoted(_columns(model, same))}) DO"
    if not put:
        return f"{there} NOTHING"
    changed = map(connection.ops.quote_name, _columns(model, put))
    return f"{there} UPDATE SET {', '.join(f'{each} = EXCLUDED.{each}' for each in changed)}"


def _columns(model: Any, names: Iterable[str]) -> list[str]:
    return [model._meta.get_field(name).column for name in names]


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(map(connection.ops.quote_name, names))
