"""How a list is narrowed by a column of few values: by an expression, which has an index of its own.

An index that begins with the column itself would be taken, on SQLite, for any question that names the column
beside a key: that knows nothing of how many rows have a value, and would walk half of the table.
"""

from typing import Any

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Abs, Coalesce, Lower
from django.db.models.lookups import Exact


def is_one_of(model: Any, column: str, values: Any) -> Q:
    """That ``column``, a code in small letters or a number above zero, is one of ``values``."""
    field = model._meta.get_field(column)
    is_code = isinstance(field, models.CharField)
    expression: Any = Lower(F(column)) if is_code else Abs(F(column))
    return Q(*(Exact(expression, value if is_code else int(value)) for value in values), _connector=Q.OR)


def is_besides(column: str, value: str) -> Exact:
    """That ``column`` is ``value``, of rows that are found by something else: no index is taken for it."""
    return Exact(Coalesce(F(column), Value("")), value)
