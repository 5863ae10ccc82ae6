from collections.abc import Iterable
from typing import Any

from django.db.models import BigAutoField, ForeignKey, Lookup


class Among(Lookup):
    """Whether a number is one of many, which go to the database as one value: ``pk__among=[…]``.

    ``pk__in`` makes a place in the statement for each of them, which costs more than to find the rows.
    """

    lookup_name = "among"
    prepare_rhs = False

    @staticmethod
    def value_of(numbers: Iterable[int], vendor: str) -> Any:
        """The one value that ``numbers`` go to a database as."""
        # As text: a list would be made into it number by number.
        listed = ",".join(map(str, numbers))
        return f"{{{listed}}}" if vendor == "postgresql" else f"[{listed}]"

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, values = self.process_lhs(compiler, connection)
        found = f"{column} IN (SELECT value FROM json_each(%s))"  # noqa: S608 - a column of ours
        return found, [*values, self.value_of(self.rhs, connection.vendor)]

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, values = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s::bigint[])", [*values, self.value_of(self.rhs, connection.vendor)]


for field in (BigAutoField, ForeignKey):
    field.register_lookup(Among)
