from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from media import renditions
from media.models import Asset
from media.probing import Refused


class Command(BaseCommand):
    help = "Make the copies for readers of every picture that has none."

    def add_arguments(self, parser):
        parser.add_argument(
            "--all",
            action="store_true",
            help="Make those of every picture again, as after an upgrade of Pillow.",
        )

    def handle(self, *, all, **options):
        pictures = Asset.objects.filter(kind=Asset.Kind.PICTURE).order_by("pk")
        wanted = pictures if all else pictures.filter(renditions=None)
        failed = []
        for asset in tqdm(list(wanted), unit="picture", desc="Making", file=self.stderr, disable=None):
            try:
                renditions.make(asset)
            except (Refused, OSError) as wrong:
                failed.append(f"Asset {asset.pk}: {wrong}")
        if failed:
            raise CommandError("Some pictures have none.\n" + "\n".join(failed))
        self.stdout.write("Every picture has its copies.")
