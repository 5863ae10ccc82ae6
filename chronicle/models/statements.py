"""Statements that are put together once: for what every page asks, that costs more than to find the rows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
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
    converters: dict[str, list[Converter]]
    """What makes of the value of each annotation what it stands for: SQLite has no dates of its own."""

    def rows(self, given: Mapping[str, Any], called: Mapping[str, str] | None = None) -> list[Any]:
        """The rows of the queryset with these values in its holes.

        ``called`` are the names of fields by those of columns, where these are others.
        """
        found = list(self.model.objects.raw(self.sql, self._filled(given), called))
        for row in found:
            for name, converters in self.converters.items():
                setattr(row, name, _converted(getattr(row, name), converters))
        return found

    def tuples(self, given: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Likewise of a queryset of values, each as the database has it."""
        with connection.cursor() as cursor:
            cursor.execute(self.sql, self._filled(given))
            return cursor.fetchall()

    def _filled(self, given: Mapping[str, Any]) -> list[Any]:
        return [given[self.holes[n]] if n in self.holes else value for n, value in enumerate(self.values)]


def statement_of(queryset: QuerySet[Any], standing_in: Mapping[str, Any]) -> Statement:
    """The statement of ``queryset``, in which each value ``standing_in`` for a name is a hole.

    No value that stays may read as one of them does.
    """
    sql, values = queryset.query.sql_with_params()
    # SQLite is given dates and lists as text.
    names = {str(hole): name for name, hole in standing_in.items()}
    holes = {n: names[str(value)] for n, value in enumerate(values) if str(value) in names}
    annotations = queryset.query.annotation_select.items()
    converters = {name: _converters_of(expression) for name, expression in annotations}
    return Statement(queryset.model, sql, list(values), holes, {n: c for n, c in converters.items() if c})


def _converters_of(expression: Any) -> list[Converter]:
    found = [*connection.ops.get_db_converters(expression), *expression.get_db_converters(connection)]
    return [lambda value, convert=convert: convert(value, expression, connection) for convert in found]


def _converted(value: Any, converters: list[Converter]) -> Any:
    for convert in converters:
        value = convert(value)
    return value
