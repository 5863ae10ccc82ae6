"""One state of the database for all that a page reads."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

BEGIN = {
    # Without it, SQLite reads each statement by itself. Not Django's own, which takes the lock for writing.
    "sqlite": "BEGIN",
    "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY",
}


@contextmanager
def snapshot() -> Iterator[None]:
    """Read everything within as it was at the first question; nothing where a transaction is open already."""
    if connection.in_atomic_block:
        yield
        return
    connection.ensure_connection()
    own = connection.connection
    own.execute(BEGIN[connection.vendor])
    try:
        yield
    finally:
        own.execute("ROLLBACK")
