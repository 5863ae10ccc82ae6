"""Statements that are put together once: for what every page asks, that costs more than to find the rows."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache, partial
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import JSONField, QuerySet

from chronicle.models.among import Among

Converter = Callable[[Any], Any]

REMEMBERED = 4_096
"""So many values of a column are not made into what they mean again."""


@dataclass(frozen=True)
class Statement:
    """What a queryset asks, in SQL of the database in use; ``holes`` are names in place of values."""

    model: Any
    sql: str
    values: list[Any]
    holes: dict[int, str]
    """By place among the values, the name of each that is another each time."""
    converters: list[tuple[int, Converter]]
    """By place among the columns, what makes of a value what it means: SQLite has no dates of its own."""
    fields: list[str]
    """The fields of the model that the first columns are."""
    annotations: dict[str, int]
    """By the name of each annotation, its place among the columns."""

    def rows(self, given: Mapping[str, Any]) -> list[Any]:
        """The rows of the queryset with these values in its holes."""
        return [self.row(read) for read in self.read(given)]

    def tuples(self, given: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
        """Likewise of a queryset of values. What they are made into is shared, and not to be changed."""
        read = self.read(given)
        return [self.meant(row) for row in read] if self.converters else read

    def read(self, given: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Likewise, as the database has them."""
        # Asked for once: the one that is everywhere looks it up for each of its names.
        own = connections[DEFAULT_DB_ALIAS]
        with own.cursor() as cursor:
            if own.vendor == "postgresql":
                # Django's loader of instants is Python around Python; psycopg's own is C. Both give UTC.
                cursor.adapters.register_loader("timestamptz", _loader_of_instants())
            cursor.execute(self.sql, self._filled(given))
            return cursor.fetchall()

    def row(self, read: tuple[Any, ...]) -> Any:
        """The row of the queryset that was ``read`` so."""
        values = self.meant(read)
        found = self.model.from_db(DEFAULT_DB_ALIAS, self.fields, values[: len(self.fields)])
        for name, place in self.annotations.items():
            setattr(found, name, values[place])
        return found

    def meant(self, read: tuple[Any, ...]) -> list[Any]:
        """The values of a row that was ``read``, as Python has them."""
        values = list(read)
        for place, convert in self.converters:
            values[place] = convert(values[place])
        return values

    def _filled(self, given: Mapping[str, Any]) -> list[Any]:
        values = list(self.values)
        for place, name in self.holes.items():
            values[place] = given[name]
        return values


@cache
def _loader_of_instants() -> Any:
    psycopg = connection.Database
    return psycopg.adapters.get_loader(psycopg.adapters.types["timestamptz"].oid, psycopg.pq.Format.TEXT)


def statement_of(queryset: QuerySet[Any], standing_in: Mapping[str, Any]) -> Statement:
    """The statement of ``queryset``, in which each value ``standing_in`` for a name is a hole.

    No value that stays may read as one of them does.
    """
    compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
    sql, values = compiler.as_sql()
    names = {_as_given(hole): name for name, hole in standing_in.items()}
    holes = {n: names[str(value)] for n, value in enumerate(values) if str(value) in names}
    columns = [expression for expression, _, _ in compiler.select]
    fields = compiler.klass_info["select_fields"] if compiler.klass_info else []
    return Statement(
        queryset.model,
        sql,
        list(values),
        holes,
        [(place, convert) for place, each in enumerate(columns) for convert in _converters_of(each)],
        [columns[place].target.attname for place in fields],
        dict(compiler.annotation_col_map or {}),
    )


def _as_given(hole: Any) -> str:
    """A value as it stands in a statement: numbers are one text, and SQLite is given dates as text too."""
    if isinstance(hole, datetime):
        return str(connection.ops.adapt_datetimefield_value(hole))
    return Among.value_of(hole) if isinstance(hole, list) else str(hole)


def _converters_of(expression: Any) -> Iterator[Converter]:
    for convert in (*connection.ops.get_db_converters(expression), *expression.get_db_converters(connection)):
        called = partial(_called, convert, expression)
        # The same days and instants come again from page to page; documents are many, and of any length.
        yield called if isinstance(expression.output_field, JSONField) else lru_cache(REMEMBERED)(called)


def _called(convert: Any, expression: Any, value: Any) -> Any:
    return convert(value, expression, connection)
