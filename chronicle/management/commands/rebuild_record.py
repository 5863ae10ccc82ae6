from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from chronicle.models import Chronicle
from chronicle.record import rebuilding
from chronicle.wording import counted


class Command(BaseCommand):
    help = "Make every row that readers see anew from the editions and their sheets, as after a restore."

    def handle(self, **options):
        total = rebuilding.subjects_to_make()
        with tqdm(total=total, unit="row", desc="Rebuilding", file=self.stderr, disable=None) as bar:
            try:
                made = rebuilding.rebuild(progress=bar.update)
            except rebuilding.CannotRebuild as cannot:
                raise CommandError(f"The record cannot be rebuilt. {cannot}") from cannot
        of_them = counted(Chronicle.objects.count(), "chronicle", "chronicles")
        self.stdout.write(f"Made {made} rows of {of_them} anew.")
