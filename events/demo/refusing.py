"""What nothing made may touch: production, a database from before, and what is somebody's."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import CommandError
from django.db import connection, connections
from django.db.migrations.recorder import MigrationRecorder

from chronicle import checks, wording
from chronicle.models import Chronicle, EntryWords
from events.demo import sample
from events.models import DeskText, Story

SOMEBODYS: tuple[tuple[Any, str, str], ...] = (
    (Story, "story", "stories"),
    (Chronicle, "printed chronicle", "printed chronicles"),
    (User, "account", "accounts"),
)
"""What a database of somebody's holds, and the words for one and for many."""


BESIDE = tuple(f"{model._meta.db_table}_fts" for model in (EntryWords, DeskText))
"""How the tables begin that SQLite itself makes, to search words in."""


def refuse_what_is_somebodys() -> None:
    """Nothing is migrated, built or deleted in a database that holds something, and not the sample."""
    tables = set(connection.introspection.table_names())
    if checks.is_from_before(connection) or (Story._meta.db_table in tables and sample.exists()):
        return
    found = [
        wording.counted(model.objects.count(), *words)
        for model, *words in SOMEBODYS
        if model._meta.db_table in tables and model.objects.exists()
    ]
    if others := _of_something_else(tables):
        found.append(f"tables of something else ({', '.join(others[:3])})")
    if found:
        own = f"{settings.VAR_DIR.name}/{settings.DEMO_DATABASE}"
        raise CommandError(
            f"This database holds {' and '.join(found)}, which the demo did not make. Point DATABASE_URL to "
            f"an empty database, or unset it: the demo works in {own}."
        )


def _of_something_else(tables: set[str]) -> list[str]:
    ours = {*connection.introspection.django_table_names(), MigrationRecorder.Migration._meta.db_table}
    return sorted(table for table in tables - ours if not table.startswith(BESIDE))


def refuse_database_from_before() -> None:
    if checks.is_from_before(connections["default"]):
        raise CommandError(f"This database cannot be used: {checks.MADE_BEFORE} {checks.START_OVER}")
