from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from media import checking
from media.models import Asset, Publication


class Command(BaseCommand):
    help = (
        "Recompute the hash of every original, rendition and public file, and compare them with their rows."
    )

    def handle(self, **options):
        total = checking.files_to_check()
        with tqdm(total=total, unit="file", desc="Verifying", file=self.stderr, disable=None) as bar:
            wrong = list(checking.problems(progress=bar.update))
        if wrong:
            raise CommandError("The files are not as they were.\n" + "\n".join(wrong))
        originals, public = Asset.objects.count(), Publication.objects.count()
        self.stdout.write(f"The files are whole: {originals} originals, {public} that readers get.")
