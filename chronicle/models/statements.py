"""Statements that are put together once: for what every page asks, that costs more than to find the rows."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import QuerySet

Converter = Callable[[Any], Any]


@dataclass(frozen=True)
class Statement:
    """What a queryset asks, in SQL of the database in use; ``holes`` are names in place of values."""

    model: Any
    sql: str
    values: list[Any]
    holes: dict[int, str]
    """By place among the values, the name of each that is another each time."""
    converters: dict[int, list[Converter]]
    """By place among the columns, what makes of a value what it means: SQLite has no dates of its own."""
    annotations: dict[str, list[Converter]]
    """Likewise by the name of each annotation."""

    def rows(self, given: Mapping[str, Any], called: Mapping[str, str] | None = None) -> list[Any]:
        """The rows of the queryset with these values in its holes.

        ``called`` are the names of fields by those of columns, where these are others.
        """
        found = list(self.model.objects.raw(self.sql, self._filled(given), called))
        for row in found:
            for name, converters in self.annotations.items():
                setattr(row, name, _converted(getattr(row, name), converters))
        return found

    def tuples(self, given: Mapping[str, Any]) -> list[list[Any]]:
        """Likewise of a queryset of values."""
        with connection.cursor() as cursor:
            cursor.execute(self.sql, self._filled(given))
            found = [list(row) for row in cursor.fetchall()]
        for place, converters in self.converters.items():
            for row, convert in product(found, converters):
                row[place] = convert(row[place])
        return found

    def _filled(self, given: Mapping[str, Any]) -> list[Any]:
        return [given[self.holes[n]] if n in self.holes else value for n, value in enumerate(self.values)]


def statement_of(queryset: QuerySet[Any], standing_in: Mapping[str, Any]) -> Statement:
    """The statement of ``queryset``, in which each value ``standing_in`` for a name is a hole.

    No value that stays may read as one of them does.
    """
    compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
    sql, values = compiler.as_sql()
    # SQLite is given dates and lists as text.
    names = {str(hole): name for name, hole in standing_in.items()}
    holes = {n: names[str(value)] for n, value in enumerate(values) if str(value) in names}
    columns = enumerate(expression for expression, _, _ in compiler.select)
    annotations = queryset.query.annotation_select.items()
    return Statement(queryset.model, sql, list(values), holes, _converters(columns), _converters(annotations))


def _converters(expressions: Iterable[tuple[Any, Any]]) -> dict[Any, list[Converter]]:
    """Those of each of the named ``expressions`` that has any."""
    found = {name: list(_converters_of(expression)) for name, expression in expressions}
    return {name: converters for name, converters in found.items() if converters}


def _converters_of(expression: Any) -> Iterator[Converter]:
    for convert in (*connection.ops.get_db_converters(expression), *expression.get_db_converters(connection)):
        yield lambda value, convert=convert: convert(value, expression, connection)


def _converted(value: Any, converters: list[Converter]) -> Any:
    for convert in converters:
        value = convert(value)
    return value
