"""For a program of the tests: Django set up for a database of its own, which it makes and removes.

Imported before any model, it chooses the database: a file in a folder of its own, or one on the PostgreSQL
server that DATABASE_URL names.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.core.management import call_command
from django.db import connection

import tests.support.environment  # noqa: F401 - it clears the person's own settings away

FOLDER = tempfile.TemporaryDirectory(prefix="chronicle-tests-")
if os.environ.get("DATABASE_URL", "sqlite:").startswith("sqlite:"):
    os.environ["DATABASE_URL"] = f"sqlite:///{Path(FOLDER.name) / 'own.sqlite3'}"
os.environ["CHRONICLE_MEDIA"] = str(Path(FOLDER.name) / "media")
os.environ["DJANGO_SETTINGS_MODULE"] = "chronicle.settings"
django.setup()


@contextmanager
def own_database() -> Iterator[None]:
    """An empty, migrated database, there until the end of the block."""
    with FOLDER:
        if connection.vendor == "sqlite":
            call_command("migrate", verbosity=0)
            yield
            connection.close()
            return
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            yield
        finally:
            connection.close()
            connection.close_pool()
            connection.creation.destroy_test_db("", verbosity=0)
