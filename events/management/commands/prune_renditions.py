from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from chronicle.record import files
from chronicle.wording import counted
from events.editorial import mending
from media import renditions

LEFT = (
    "Readers cannot get every file that they are told of. Run manage.py make_renditions --all, then this "
    "again; what is still missing then can be had from a backup, or printed anew."
)


class Command(BaseCommand):
    help = (
        "Have readers get just the files that the record names, and remove those that nothing names: what "
        "was left behind where an upload or a publication was cut off."
    )

    def handle(self, **options):
        left = self.mend()
        removed, total = self.prune()
        self.stdout.write(f"Removed {len(removed)} of {total} files. Those of the last hour stay.")
        if left:
            raise CommandError("\n".join([LEFT, *left]))

    def mend(self) -> list[str]:
        """Mend what can be; the media of which something is missing still."""
        found = []
        total = mending.printed_media()
        with tqdm(total=total, unit="medium", desc="Mending", file=self.stderr, disable=None) as bar:
            found.extend(mending.mend_files(bar.update))
        mended = sum(is_mended for _, is_mended in found)
        if mended:
            self.stdout.write(f"Mended what readers get of {counted(mended, 'medium', 'media')}.")
        return [what for what, is_mended in found if not is_mended]

    def prune(self):
        named = {filename for filename, _ in files.named()}
        total = renditions.files_to_look_at()
        with tqdm(total=total, unit="file", desc="Looking", file=self.stderr, disable=None) as bar:
            return renditions.prune(named, progress=bar.update), total
