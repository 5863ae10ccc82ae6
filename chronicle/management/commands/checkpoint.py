from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from chronicle.models import Chronicle
from chronicle.record import checkpoints


class Command(BaseCommand):
    help = (
        "Print a checkpoint of each chronicle: origin, size and root of its log, signed where "
        "CHRONICLE_LOG_KEY is set. Keep it elsewhere: verify_record --against FILE tells whether the record "
        "still goes on from it."
    )

    def add_arguments(self, parser):
        parser.add_argument("--chronicle", metavar="SLUG", help="Only of the chronicle at this address.")

    def handle(self, *, chronicle, **options):
        chronicles = Chronicle.objects.filter(log__isnull=False).order_by("slug")
        wanted = [each for each in chronicles if chronicle in (None, each.slug)]
        if not wanted:
            raise CommandError(f"There is no chronicle “{chronicle}”." if chronicle else NOTHING)
        key = settings.CHRONICLE_LOG_KEY
        notes = [checkpoints.signed(checkpoints.checkpoint_of(each), key) for each in wanted]
        self.stdout.write("\n".join(notes), ending="")


NOTHING = "Nothing is printed yet, so there is no checkpoint."
