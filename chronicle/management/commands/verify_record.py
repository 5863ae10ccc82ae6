from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from chronicle.models import Edition
from chronicle.record import verifying


class Command(BaseCommand):
    help = "Recompute every hash of the record and compare each page, entry and term with its last edition."

    def add_arguments(self, parser):
        parser.add_argument("--all", action="store_true", help="Name every bad row, not only the first.")

    def handle(self, *, all, **options):
        bar = tqdm(
            total=verifying.rows_to_check(), unit="row", desc="Verifying", file=self.stderr, disable=None
        )
        with bar:
            found = verifying.problems(progress=bar.update)
            wrong = list(found) if all else [problem for problem in [next(found, "")] if problem]
        if wrong:
            raise CommandError("The record is not as it was printed.\n" + "\n".join(wrong))
        self.stdout.write(f"The record is whole: {Edition.objects.count()} editions, every row as printed.")
