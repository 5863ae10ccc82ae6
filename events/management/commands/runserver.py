import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.management.commands.runserver import Command as Runserver

from events.editorial.working import Worker


class Command(Runserver):
    help = f"{Runserver.help} In development, what is scheduled is published at its time as well."

    def inner_run(self, *args: Any, **options: Any) -> None:
        """Serves. The autoreloader calls it in the process that serves, never in the one that watches."""
        with working_beside():
            super().inner_run(*args, **options)


@contextmanager
def working_beside() -> Iterator[None]:
    """A worker in a thread of its own, in development alone: elsewhere it is a service of its own.

    The thread dies with the process; what it was at is undone then.
    """
    if not settings.DEVELOPMENT:
        yield
        return
    worker = Worker("development server")
    thread = threading.Thread(target=worker.run, name="worker", daemon=True)
    thread.start()
    try:
        yield
    finally:
        worker.stop.set()
        thread.join(timeout=5)
