from django.core.management.base import BaseCommand
from tqdm import tqdm

from chronicle.models import Entry
from chronicle.wording import counted
from events import press


class Command(BaseCommand):
    help = "Print the cards of all entries again, and fill their columns anew, as after an upgrade."

    def handle(self, **options):
        entries = Entry.objects.filter(withdrawn_at__isnull=True)
        with tqdm(total=entries.count(), unit="card", desc="Printing", file=self.stderr, disable=None) as bar:
            done = press.reprint(entries, progress=bar.update)
        self.stdout.write(f"Printed {counted(done, 'card', 'cards')} again.")
