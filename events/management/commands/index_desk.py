from django.core.management.base import BaseCommand
from django.db import transaction
from tqdm import tqdm

from events.finding import keeping
from events.models import DeskText


class Command(BaseCommand):
    help = "Make anew the words that the desk is searched by, out of its rows."

    def handle(self, **options):
        with (
            tqdm(unit="row", desc="Indexing", file=self.stderr, disable=None) as bar,
            transaction.atomic(),
        ):
            keeping.rebuild(bar.update)
        self.stdout.write(f"{DeskText.objects.count():,} rows of the desk are found by their words.")
