from django.core.management.base import BaseCommand
from tqdm import tqdm

from media import renditions


class Command(BaseCommand):
    help = (
        "Remove files that nothing names: what was left behind where an upload or a publication was cut off."
    )

    def handle(self, **options):
        total = renditions.files_to_look_at()
        with tqdm(total=total, unit="file", desc="Looking", file=self.stderr, disable=None) as bar:
            removed = renditions.prune(progress=bar.update)
        self.stdout.write(f"Removed {len(removed)} of {total} files.")
