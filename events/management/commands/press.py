from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from chronicle.wording import counted
from events.editorial.bulk import publish_submitted
from events.editorial.refused import Refused
from events.models import Event, Story


class Command(BaseCommand):
    help = "Publish every submitted event of a chronicle whose citations are approved."

    def add_arguments(self, parser):
        parser.add_argument("--chronicle", required=True, metavar="SLUG")
        parser.add_argument(
            "--by", required=True, metavar="USERNAME", help="Who publishes; needs the permission."
        )

    def handle(self, *, chronicle, by, **options):
        story = Story.objects.filter(slug=chronicle).first()
        if story is None:
            raise CommandError(f"There is no chronicle “{chronicle}”.")
        person = get_user_model().objects.filter(username=by).first()
        if person is None:
            raise CommandError(f"There is no account “{by}”.")
        waiting = Event.objects.filter(day__story=story, state=Event.State.SUBMITTED).count()
        with tqdm(total=waiting, unit="event", desc="Pressing", file=self.stderr, disable=None) as bar:
            try:
                tally = publish_submitted(story, by=person, progress=bar.update)
            except Refused as refusal:
                raise CommandError(str(refusal)) from refusal
        for sentence in tally.refused:
            self.stderr.write(sentence)
        published = counted(tally.published, "event", "events")
        done = "Published" if story.opened_at else "To be published at the opening"
        self.stdout.write(f"{done}: {published}. Still submitted: {len(tally.refused):,}.")
