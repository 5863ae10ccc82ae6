from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from chronicle.models import Edition
from chronicle.record import checkpoints, verifying


class Command(BaseCommand):
    help = "Recompute every hash of the record and compare each page, entry and term with its last edition."

    def add_arguments(self, parser):
        parser.add_argument("--all", action="store_true", help="Name every bad row, not only the first.")
        parser.add_argument(
            "--against",
            metavar="FILE",
            help="Also see that the record goes on from the checkpoints in FILE, which was kept elsewhere.",
        )

    def handle(self, *, all, against, **options):
        # Read first, so that nobody waits for the rest only to be told that the file is not there.
        kept = checkpoints_in(against) if against else []
        self.verify(all=all)
        self.stdout.write(f"The record is whole: {Edition.objects.count()} editions, every row as printed.")
        for checkpoint in kept:
            if wrong := checkpoints.disagreement(checkpoint):
                raise CommandError(f"The record does not go on from the checkpoint. {wrong}")
            self.stdout.write(f"It goes on from the checkpoint of {checkpoint.origin} at {checkpoint.size}.")

    def verify(self, *, all: bool) -> None:
        bar = tqdm(
            total=verifying.rows_to_check(), unit="row", desc="Verifying", file=self.stderr, disable=None
        )
        with bar:
            found = verifying.problems(progress=bar.update)
            wrong = list(found) if all else [problem for problem in [next(found, "")] if problem]
        if wrong:
            raise CommandError("The record is not as it was printed.\n" + "\n".join(wrong))


def checkpoints_in(file: str) -> list[checkpoints.Checkpoint]:
    try:
        return checkpoints.read(Path(file).read_text(encoding="utf-8"))
    except OSError as wrong:
        raise CommandError(f"Cannot read {file}: {wrong.strerror}.") from wrong
    except UnicodeDecodeError as wrong:
        raise CommandError(f"Cannot read {file}: it is not UTF-8 text.") from wrong
    except checkpoints.Unreadable as wrong:
        raise CommandError(f"Cannot read {file}. {wrong}") from wrong
