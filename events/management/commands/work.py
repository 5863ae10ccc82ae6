import signal
import socket
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from events.editorial.working import Worker


class Command(BaseCommand):
    help = (
        "Publish what is scheduled when its time comes, open stories at theirs, take down media whose "
        "licence is over, and erase what was taken down for good, until stopped by SIGTERM or Ctrl+C."
    )

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="Do what is due now, and end.")
        parser.add_argument(
            "--name",
            default=socket.gethostname()[:100],
            help="The name of this worker's beats, for /health/ready (the name of this machine).",
        )

    def handle(self, *, once: bool, name: str, **options: Any) -> None:
        worker = Worker(name[:100], say=self.say)
        if once:
            self.stdout.write(f"Published: {worker.pass_once(timezone.now())}.")
            return
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: worker.stop.set())
        self.say("At work: what is scheduled is published at its time. Stop it with Ctrl+C.")
        worker.run()
        self.say("Stopped.")

    def say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()
