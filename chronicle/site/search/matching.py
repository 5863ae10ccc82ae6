"""Which entries of a chronicle answer a question, on both databases alike.

They come in the order of time within a tier: 0 is what has the answer in its headline, 1 what has it in
headline and names together and is not of the first, 2 the rest. None stands for all of them.

An entry is found out of one chronicle without a look at the others: which it is of is a word of the index.
SQLite goes through all that has a word, however; where most has that one, it is left to the entry to say it.
On SQLite a walk begins at its cursor and ends with its limit: ``rowid`` of the index is ``sk``.
"""

from collections.abc import Generator, Mapping
from typing import Any

from django.db import connection

from chronicle.models import Chronicle
from chronicle.site.search import writing
from chronicle.site.search.asking import Asked

MOST = 10_000
"""How many matches are counted one by one."""

ANY = -1
"""The number of all tiers together, in a statement."""

ANYWHERE: Mapping[int | None, int | None] = {None: None}

Place = tuple[int, int]
"""Where an entry stands in time, its ``sk``, and its row id."""

# The cross join keeps SQLite to the order of the index of words.
ON_SQLITE = (
    "SELECT words.rowid AS sk, entry.id FROM chronicle_entrywords_fts words "
    "CROSS JOIN chronicle_entry entry ON entry.sk = words.rowid "
    "WHERE words.chronicle_entrywords_fts MATCH %s AND entry.chronicle_id = %s"
)
ON_POSTGRESQL = "SELECT sk, entry_id FROM chronicle_entrywords WHERE vector @@ %s::tsquery"
NEAR = "SELECT 0, found.{1} FROM ({0}) AS found UNION ALL SELECT 1, found.{1} FROM ({0}) AS found"
NEAR_ON_SQLITE = NEAR.format(ON_SQLITE, "id")
NEAR_ON_POSTGRESQL = NEAR.format(ON_POSTGRESQL, "entry_id")
ANY_ON_POSTGRESQL = "SELECT sk, entry_id FROM chronicle_entrywords_matching(%s::tsquery, %s)"


def matches(
    chronicle: Chronicle, asked: Asked, *, tier: int | None = None, most: int = MOST
) -> list[Place] | None:
    """The entries of ``tier`` that answer, in no order; None where there are more than ``most``."""
    statement = ANY_ON_POSTGRESQL if connection.vendor == "postgresql" else f"{ON_SQLITE} LIMIT %s"
    found = _found(chronicle, asked, tier, statement, [most + 1])
    return found if len(found) <= most else None


def near(chronicle: Chronicle, asked: Asked) -> dict[int, int]:
    """The tier of each entry (row id) that is of one of the first two, in one query."""
    if not asked.alternatives:
        return {}
    found = NEAR_ON_POSTGRESQL if connection.vendor == "postgresql" else NEAR_ON_SQLITE
    with connection.cursor() as cursor:
        cursor.execute(found, [value for tier in (0, 1) for value in _question(chronicle, asked, tier)])
        return {pk: tier for tier, pk in cursor.fetchall()}


def walk(
    chronicle: Chronicle,
    asked: Asked,
    *,
    limit: int,
    tiers: Mapping[int | None, int | None] = ANYWHERE,
    newest: bool = True,
) -> Generator[tuple[int | None, int, int], None, None]:
    """The first ``limit`` entries that answer: tier after tier, in each the newest or the oldest first.

    In one query: the tier, the place ``sk`` and the row id of each. Beside each of ``tiers`` stands the place
    beyond which alone it is walked, or None. SQLite looks no further than whoever takes them does.
    """
    if not asked.alternatives:
        return
    steps = [_step(chronicle, asked, tier, place, newest, limit) for tier, place in tiers.items()]
    # Both databases take one part after the other and begin none once there are enough.
    statement = f"{' UNION ALL '.join(step for step, _ in steps)} LIMIT %s"
    with connection.cursor() as cursor:
        cursor.execute(statement, [*(value for _, values in steps for value in values), limit])
        for tier, sk, pk in cursor:
            yield None if tier == ANY else tier, sk, pk


def _step(
    chronicle: Chronicle, asked: Asked, tier: int | None, beyond: int | None, newest: bool, limit: int
) -> tuple[str, list[Any]]:
    """The walk of one tier, and its values."""
    on_postgresql = connection.vendor == "postgresql"
    select, place = (ON_POSTGRESQL, "sk") if on_postgresql else (ON_SQLITE, "words.rowid")
    select = select.replace("SELECT", f"SELECT {ANY if tier is None else tier} AS tier,", 1)
    bound = "" if beyond is None else f"AND {place} {'<' if newest else '>'} %s"
    order = f"ORDER BY {place} {'DESC' if newest else 'ASC'} LIMIT %s"
    values = [*_question(chronicle, asked, tier), *([] if beyond is None else [beyond]), limit]
    # SQLite orders what is put together as a whole, unless each part is a table of its own.
    return f"SELECT * FROM ({select} {bound} {order}) AS of_tier", values  # noqa: S608 - of constants


def _found(
    chronicle: Chronicle, asked: Asked, tier: int | None, statement: str, values: list[int]
) -> list[Place]:
    """What ``statement`` finds, whose first value is the question."""
    if not asked.alternatives:
        return []
    with connection.cursor() as cursor:
        cursor.execute(statement, [*_question(chronicle, asked, tier), *values])
        return cursor.fetchall()


def _question(chronicle: Chronicle, asked: Asked, tier: int | None) -> list[Any]:
    """What a statement needs to be asked of a chronicle."""
    if connection.vendor == "postgresql":
        return [writing.for_postgresql(asked, chronicle.pk, tier)]
    scope = None if getattr(chronicle, "holds_most", False) else chronicle.pk
    return [writing.for_sqlite(asked, scope, tier), chronicle.pk]
