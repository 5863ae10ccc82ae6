from django.core.management.base import BaseCommand
from tqdm import tqdm

from chronicle.models import Chronicle, Entry
from chronicle.wording import counted
from events import press


class Command(BaseCommand):
    help = "Print the cards of all entries again, as after an upgrade."

    def handle(self, **options):
        total, done = Entry.objects.public().count(), 0
        with tqdm(total=total, unit="card", desc="Printing", file=self.stderr, disable=None) as bar:
            for chronicle in Chronicle.objects.order_by("pk"):
                done += press.reprint(chronicle, progress=bar.update)
        self.stdout.write(f"Printed {counted(done, 'card', 'cards')} again.")
