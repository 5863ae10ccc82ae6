from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from chronicle.record import files
from chronicle.wording import counted
from media import checking
from media.models import Asset, Publication


class Command(BaseCommand):
    help = (
        "Recompute the hash of every original, rendition and public file, and compare the files that there "
        "are with their rows and with those that the record tells readers of."
    )

    def handle(self, **options):
        total = checking.files_to_check()
        with tqdm(total=total, unit="file", desc="Verifying", file=self.stderr, disable=None) as bar:
            wrong = list(checking.problems(files.named, progress=bar.update))
        if wrong:
            raise CommandError("The files are not as they were.\n" + "\n".join(wrong))
        originals = Asset.objects.filter(erased_at=None).count()
        public = Publication.objects.values("filename").distinct().count()
        self.stdout.write(f"The files are whole: {originals} originals, {public} that readers get.")
        if spare := checking.left_behind():
            left = counted(spare, "file", "files")
            self.stdout.write(f"Besides, nothing names {left}: prune_renditions removes such.")
