from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from chronicle.wording import at_words, counted
from events.editorial import foreseeing, opening
from events.editorial.refused import Refused
from events.models import Story


class Command(BaseCommand):
    help = "Open a story to readers, which is for good, and print what waits for that."

    def add_arguments(self, parser):
        parser.add_argument("story", metavar="SLUG")
        parser.add_argument(
            "--by", required=True, metavar="USERNAME", help="Who opens it; needs the permission."
        )
        parser.add_argument(
            "--domain",
            default="",
            metavar="NAME",
            help="The domain that its seals name from then on, for good. Asked for at a terminal.",
        )
        parser.add_argument(
            "--at",
            metavar="TIME",
            help="Not now but then, by the clock of the story: 2026-12-03T12:00. The worker opens it.",
        )

    def handle(self, *, story, by, domain, at, **options):
        row = Story.objects.filter(slug=story).first()
        if row is None:
            raise CommandError(f"There is no story “{story}”.")
        person = get_user_model().objects.filter(username=by).first()
        if person is None:
            raise CommandError(f"There is no account “{by}”.")
        self.tell(row)
        try:
            domain = opening.domain_of(domain or self.asked_domain())
            self.open(row, person, domain, read_time(at, row))
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal

    def tell(self, story: Story) -> None:
        """What would be printed, and what held back."""
        now = timezone.now()
        held = foreseeing.held_back(story, now).count() + len(foreseeing.words_held_back(story))
        waiting = foreseeing.count_awaiting(story, now)
        self.stdout.write(f"“{story}”: waiting for it {waiting:,}, of which held back as they are {held:,}.")

    def asked_domain(self) -> str:
        """The domain, typed by whoever sits there; the setting where nobody does, or who types nothing."""
        if not self.stderr.isatty():
            return ""
        return input(f"The domain in its seals, for good [{settings.CHRONICLE_ORIGIN}]: ")

    def open(self, story: Story, person: Any, domain: str, at: datetime | None) -> None:
        if at is not None:
            opening.set_opening(story, by=person, seen=story.version, at=at, domain=domain)
            self.stdout.write(f"It opens on {at_words(at, story.clock.zone)}.")
            return
        if story.opened_at is None:
            opening.open_story(story, by=person, seen=story.version, domain=domain)
            self.stdout.write(f"Open to readers, known as {domain}.")
        self.print_waiting(story)

    def print_waiting(self, story: Story) -> None:
        now = timezone.now()
        printed, held_back = 0, []
        waiting = foreseeing.count_awaiting(story, now)
        with tqdm(total=waiting, unit="row", desc="Printing", file=self.stderr, disable=None) as bar:
            while batch := opening.print_waiting(story.pk, now):
                printed += batch.printed
                held_back += batch.held_back
                bar.update(batch.printed + len(batch.held_back))
        for sentence in held_back:
            self.stderr.write(sentence)
        self.stdout.write(f"Printed: {counted(printed, 'row', 'rows')}. Held back: {len(held_back):,}.")


def read_time(typed: str | None, story: Story) -> datetime | None:
    """``typed`` by the clock of ``story``. Raises Refused."""
    if not typed:
        return None
    try:
        at = datetime.fromisoformat(typed)
    except ValueError:
        raise Refused(f"“{typed}” is no time. Give it as 2026-12-03T12:00.") from None
    return at if at.tzinfo else at.replace(tzinfo=story.clock.zone)
