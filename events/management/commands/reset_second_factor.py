from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from events.signing import factors


class Command(BaseCommand):
    help = "Take the second factor from somebody who lost it, and end their sessions; their account is told."

    def add_arguments(self, parser):
        parser.add_argument("person", metavar="USERNAME")
        parser.add_argument(
            "--by",
            required=True,
            metavar="USERNAME",
            help="The administrator who does it; also for themselves.",
        )

    def handle(self, *, person, by, **options):
        whose, who = account(person), account(by)
        if not (who.is_active and who.is_superuser):
            raise CommandError(f"“{by}” is no administrator.")
        if not factors.has_any(whose):
            raise CommandError(f"“{person}” has no second factor.")
        factors.reset(whose, by=who)
        self.stdout.write(f"The second factor of “{person}” is reset: they sign in with their password.")


def account(name: str) -> Any:
    found = get_user_model().objects.filter(username=name).first()
    if found is None:
        raise CommandError(f"There is no account “{name}”.")
    return found
