import json
from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import BigAutoField, CharField, ForeignKey, Lookup, PositiveIntegerField


class Among(Lookup):
    """Whether a number or a text is one of many, which go to the database as one value: ``pk__among=[…]``.

    ``pk__in`` makes a place in the statement for each of them, which costs more than to find the rows.
    """

    lookup_name = "among"
    prepare_rhs = False

    @staticmethod
    def value_of(values: Iterable[int | str]) -> Any:
        """The one value that ``values`` go to the database as."""
        # As text: a list would be made into it number by number. Both databases quote a text as JSON does.
        listed = ",".join([_quoted(each) if isinstance(each, str) else str(each) for each in values])
        return f"{{{listed}}}" if connection.vendor == "postgresql" else f"[{listed}]"

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, values = self.process_lhs(compiler, connection)
        found = f"{column} IN (SELECT value FROM json_each(%s))"  # noqa: S608 - a column of ours
        return found, [*values, self.value_of(self.rhs)]

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, values = self.process_lhs(compiler, connection)
        kind = "text" if isinstance(self.lhs.output_field, CharField) else "bigint"
        return f"{column} = ANY(%s::{kind}[])", [*values, self.value_of(self.rhs)]


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


for field in (BigAutoField, CharField, ForeignKey, PositiveIntegerField):
    field.register_lookup(Among)
