"""Whether this server can do its work: what ``/health/ready`` asks, one check after the other.

A check is a function without arguments, named for what it looks at: it returns why not, in a few words that
tell a stranger nothing, or nothing. ``settings.HEALTH_CHECKS`` lists them by their dotted paths, so that the
desk adds its own where it is installed.
"""

from collections.abc import Iterator
from functools import cache

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils.module_loading import import_string

FAILED = "cannot be told"
NOT_ASKED = "not asked"
"""What stands beside the checks after one that failed with an error: each would wait for the database too."""


def answers() -> Iterator[tuple[str, str]]:
    """Each check by name with why not; empty where it is well."""
    broken = False
    for path in settings.HEALTH_CHECKS:
        check = import_string(path)
        reason = NOT_ASKED
        if not broken:
            try:
                reason = check()
            except Exception:
                reason, broken = FAILED, True
        yield check.__name__, reason


def database() -> str:
    """Whether the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return ""


def migrations() -> str:
    """Whether the database has every migration that this code knows."""
    applied = MigrationRecorder(connection).applied_migrations()
    return "not all applied" if known_migrations() - applied.keys() else ""


@cache
def known_migrations() -> frozenset[tuple[str, str]]:
    """The migrations of the installed apps; read from disk once, as the code itself is."""
    return frozenset(MigrationLoader(None).graph.nodes)
