from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from tqdm import tqdm

from chronicle.models import Entry
from chronicle.wording import counted
from events.demo.made import building
from events.demo.refusing import refuse_database_from_before, refuse_what_is_somebodys
from events.models import Story


class Command(BaseCommand):
    help = (
        "Print a made chronicle, all invented, of as many entries as you like: to show and to measure with."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--entries", type=int, required=True, metavar="N", help="How many entries it has."
        )
        parser.add_argument(
            "--days", type=int, metavar="D", help=f"Over how many days (about {building.A_DAY} entries each)."
        )
        parser.add_argument("--seed", type=int, default=1, help="The same seed makes the same chronicle (1).")

    def handle(self, *, entries, days, seed, **options):
        days = building.days_for(entries) if days is None else days
        refuse_production()
        refuse_numbers(entries, days)
        refuse_database_from_before()
        refuse_made_already()
        refuse_what_is_somebodys()
        call_command("migrate", verbosity=0, interactive=False)
        with tqdm(total=entries, unit="entry", desc="Pressing", file=self.stderr, disable=None) as bar:
            story = building.build(entries=entries, days=days, seed=seed, progress=bar.update)
        made = counted(entries, "entry", "entries")
        self.stdout.write(
            f"“{story.title}” has {made} over {counted(days, 'day', 'days')}, from seed {seed}."
        )


def refuse_production() -> None:
    if not settings.DEVELOPMENT:
        raise CommandError(
            "A made chronicle is for showing and measuring, not for readers. CHRONICLE_DEVELOPMENT is "
            "“false” here: unset it to make one."
        )


def refuse_numbers(entries: int, days: int) -> None:
    if entries < 1:
        raise CommandError("Make at least one entry: manage.py make_sample --entries 300")
    if not 1 <= days <= building.MOST_DAYS:
        raise CommandError(f"Spread them over 1 to {building.MOST_DAYS} days.")


def refuse_made_already() -> None:
    """It is made in one go, and never added to."""
    if Story._meta.db_table in connection.introspection.table_names() and building.exists():
        has = counted(Entry.objects.filter(chronicle__slug=building.SLUG).count(), "entry", "entries")
        raise CommandError(
            f"This database has “{building.TITLE}” already, with {has}. Point DATABASE_URL to an empty "
            "database for another, or delete the demo's own: manage.py demo --reset"
        )
