"""The keys of all that waits, of whatever kind, in one question to the database."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import F, JSONField, QuerySet, Subquery

MOST = 100
"""How many of each kind are looked at."""


class Keys(Subquery):
    """The primary keys that a question finds, in its order."""

    template = "(SELECT json_group_array(listed.found_pk) FROM (%(subquery)s) AS listed)"
    output_field = JSONField()

    def as_postgresql(self, compiler, connection, **extra):
        template = "(SELECT jsonb_agg(listed.found_pk) FROM (%(subquery)s) AS listed)"
        return super().as_sql(compiler, connection, template=template, **extra)


def found(person: Any, asked: Mapping[str, QuerySet[Any]]) -> dict[str, list[int]]:
    """The first MOST keys of each of what is ``asked``, by its name."""
    if not asked:
        return {}
    row = get_user_model().objects.order_by().filter(pk=person.pk)
    columns = [Keys(rows.annotate(found_pk=F("pk")).values("found_pk")[:MOST]) for rows in asked.values()]
    return {name: keys or [] for name, keys in zip(asked, row.values_list(*columns).get(), strict=True)}
