from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from events.roles import UnknownPermission, set_up


class Command(BaseCommand):
    help = "Give each group of events/roles.py exactly the permissions that it names."

    @transaction.atomic
    def handle(self, *args, **options):
        try:
            changed = set_up()
        except UnknownPermission as unknown:
            raise CommandError(str(unknown)) from unknown
        for name, (given, taken) in changed.items():
            for label in sorted(given):
                self.stdout.write(f"{name}: given {label}")
            for label in sorted(taken):
                self.stdout.write(f"{name}: taken {label}")
        if not changed:
            self.stdout.write("Every group has exactly its permissions already.")
