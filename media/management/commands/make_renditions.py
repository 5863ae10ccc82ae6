from collections.abc import Callable, Iterable

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from media import renditions
from media.models import Asset
from media.probing import Refused


class Command(BaseCommand):
    help = "Make the copies for readers of every picture and document that has none."

    def add_arguments(self, parser):
        parser.add_argument(
            "--all",
            action="store_true",
            help="Make those of all again, as after an upgrade of Pillow, or to have lost files back. What "
            "readers ever had stays as it was printed, until it is approved with other words.",
        )

    def handle(self, *, all, **options):
        assets = Asset.objects.filter(erased_at=None).order_by("pk")
        if not all:
            self.each(assets.filter(renditions=None), renditions.make)
            self.stdout.write("Every picture and document has its copies.")
            return
        as_printed = [asset for asset, is_new in self.each(assets, renditions.make_again) if not is_new]
        self.stdout.write("Every picture and document has its copies.")
        if as_printed:
            self.stdout.write(f"Of {len(as_printed)} they stay as printed, and would be others now.")

    def each(self, wanted: Iterable[Asset], do: Callable[[Asset], object]) -> list[tuple[Asset, object]]:
        """What became of each. Raises CommandError once all were tried, where it is nothing."""
        done, failed = [], []
        for asset in tqdm(list(wanted), unit="file", desc="Making", file=self.stderr, disable=None):
            try:
                done.append((asset, do(asset)))
            except FileNotFoundError:
                failed.append(f"Asset {asset.pk}: its original is not there.")
            except (Refused, OSError) as wrong:
                failed.append(f"Asset {asset.pk}: {wrong}")
        if failed:
            raise CommandError("Some have none, or none that are new.\n" + "\n".join(failed))
        return done
