from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from events.editorial import takedowns
from events.editorial.going import going_with
from events.editorial.holding import insist
from events.editorial.moves import ASK_TAKEDOWN
from events.editorial.refused import Refused
from events.editorial.takedowns import ASKING
from events.erasing import job
from events.models import Story, Takedown

WAITS = "It is erased once nobody reads or uploads what it takes: manage.py work goes on with it."


class Command(BaseCommand):
    help = (
        "Take words down for good: subjects of the record (entry/42), single editions (entry/42@1,3), or "
        "rows of the desk that readers never saw (--row event/7), or the words of a decision "
        "(--row decision/12). Where somebody else may confirm it, it is asked for; where nobody else is "
        "there, it is confirmed as well, by whoever runs this on the server."
    )

    def add_arguments(self, parser):
        parser.add_argument("chronicle", metavar="SLUG")
        parser.add_argument("subjects", nargs="*", metavar="SUBJECT[@EDITION,…]")
        parser.add_argument("--row", action="append", default=[], metavar="MODEL/KEY")
        parser.add_argument("--reason", required=True, help="Why, for the desk. Readers are not told.")
        parser.add_argument("--legal", metavar="REFERENCE", help="By this order of a court: readers get 451.")
        parser.add_argument("--by", required=True, metavar="USERNAME")
        parser.add_argument("--yes", action="store_true", help="Ask nothing: for scripts.")

    def handle(self, *, chronicle, subjects, row, reason, legal, by, yes, **options):
        story = Story.objects.filter(slug=chronicle).first()
        if story is None:
            raise CommandError(f"There is no chronicle “{chronicle}”.")
        person = get_user_model().objects.filter(username=by).first()
        if person is None:
            raise CommandError(f"There is no account “{by}”.")
        try:
            parts = [takedowns.part_of(each) for each in subjects]
            parts += [takedowns.part_of(each, on_the_desk=True) for each in row]
            insist(person, ASK_TAKEDOWN, story, ASKING)
            self.show(story, parts)
            if not (yes or self.is_meant(story)):
                raise CommandError("Nothing was taken down.")
            self.take(story, parts, person, reason, legal)
        except Refused as refused:
            raise CommandError(str(refused)) from refused

    def show(self, story: Story, parts: list[takedowns.Part]) -> None:
        self.stdout.write(f"To be taken down in “{story}”, for good:")
        for going in going_with(story, parts):
            self.stdout.write(f"  {going.name}: {going.said}")
            for also in going.along:
                self.stdout.write(f"    {also}")
            for copy in going.copies:
                self.stdout.write(f"    {copy}: it holds words copied out of it")

    def is_meant(self, story: Story) -> bool:
        try:
            return input(f"Type {story.slug} to go on: ").strip() == story.slug
        except EOFError:
            raise CommandError("Nobody is there to be asked: say --yes where it is meant.") from None

    def take(self, story: Story, parts: Any, person: Any, reason: str, legal: str | None) -> None:
        others = takedowns.others_who_confirm(person)
        asked = takedowns.ask(
            story,
            parts,
            by=person,
            reason=reason,
            legal=legal is not None,
            order_reference=legal or "",
            by_command=not others,
        )
        if others:
            who = ", ".join(str(other) for other in others)
            self.stdout.write(f"{asked} is asked for. On the desk somebody else confirms it: {who}.")
            return
        self.erase(takedowns.confirm(asked, by=person, seen=asked.version, by_command=True))

    def erase(self, takedown: Takedown) -> None:
        """Carry out the steps, of which the last rewrites the database."""
        self.stdout.write(f"{takedown} is taken down. Readers see none of it.")
        with tqdm(total=len(job.STEPS), unit="step", desc="Erasing", file=self.stderr, disable=None) as bar:
            said = job.erase(takedown.pk, timezone.now(), progress=bar.update)
        self.stdout.write(said or WAITS)
