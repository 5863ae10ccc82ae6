"""Whether what each database searches is what the table of words holds."""

from collections.abc import Iterator

from django.db import DatabaseError, connection, transaction
from django.db.models import BooleanField, F
from django.db.models.expressions import RawSQL

from chronicle.models import EntryWords

VECTOR = "chronicle_entrywords_vector(chronicle_id, headline, names, body)"
REMEDY = "Run manage.py rebuild_record."


def broken_index() -> Iterator[str]:
    """A sentence for each thing that the database's own index of words has otherwise than the table."""
    return _on_postgresql() if connection.vendor == "postgresql" else _on_sqlite()


def mend_index() -> None:
    """Make what the database searches anew out of the table of words, where it is not of that table."""
    if not any(broken_index()):
        return
    if connection.vendor == "postgresql":
        # The vector of a row is made anew whenever the row is written.
        EntryWords.objects.update(body=F("body"))
        return
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO chronicle_entrywords_fts(chronicle_entrywords_fts) VALUES ('rebuild')")


def _on_sqlite() -> Iterator[str]:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            # With 1 it reads the table as well.
            cursor.execute(
                "INSERT INTO chronicle_entrywords_fts(chronicle_entrywords_fts, rank) "
                "VALUES ('integrity-check', 1)"
            )
    except DatabaseError as problem:
        yield f"The index of words is not that of the table chronicle_entrywords ({problem}). {REMEDY}"


def _on_postgresql() -> Iterator[str]:
    unlike = RawSQL(f"vector IS DISTINCT FROM {VECTOR}", [], BooleanField())  # noqa: S611 - no value is in it
    for sk in EntryWords.objects.filter(unlike).order_by("sk").values_list("sk", flat=True):
        yield f"chronicle_entrywords {sk}: its vector is not that of its words. {REMEDY}"
