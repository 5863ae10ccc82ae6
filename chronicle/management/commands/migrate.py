from django.core.management.commands import migrate
from django.db import connections

from chronicle import triggers


class Command(migrate.Command):
    """Django's own, which leaves no trigger lifted where a migration fails."""

    def handle(self, *args, **options):
        connection = connections[options["database"]]
        laid = triggers.laid(connection)
        try:
            return super().handle(*args, **options)
        finally:
            triggers.lay(connection, laid)
