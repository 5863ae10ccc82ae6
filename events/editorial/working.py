"""The worker: it publishes what is due, pass after pass, and says now and then that it is at work.

Any number of them may run at once: each event is published under the lock of its story, so by one of them.
One that is killed leaves nothing half: what it was at is one transaction.
"""

import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event as Signal

from django.db import Error, InterfaceError, OperationalError, close_old_connections, connection
from django.utils import timezone

from events.editorial import scheduling
from events.models import Beat

EVERY = timedelta(seconds=1)
"""From one pass to the next; what is due is public within two seconds of its time."""

BEAT_EVERY = timedelta(seconds=5)
SILENT_FOR = timedelta(seconds=60)
"""After how long without a beat nobody is at work."""

LONGEST_WAIT = timedelta(minutes=10)
"""An event whose publication fails, which no refusal does, is tried again later and later, up to this."""

logger = logging.getLogger(__name__)


@dataclass
class Worker:
    """One worker, under the ``name`` of its beats. It ends after the event at hand once ``stop`` is set."""

    name: str
    stop: Signal = field(default_factory=Signal)
    last_beat: datetime | None = None
    failing: dict[int, tuple[datetime, timedelta]] = field(default_factory=dict)
    """The events (primary keys) whose publication failed: when to try again, and how long that waits."""

    def run(self) -> None:
        """Pass after pass until ``stop`` is set. Where the database is lost it waits, and says so once."""
        lost = False
        while not self.stop.is_set():
            try:
                self.pass_once(timezone.now())
            except Error:
                if not lost:
                    logger.exception("The worker cannot use the database, and waits for it.")
                lost = True
            else:
                if lost:
                    logger.warning("The worker can use the database again.")
                lost = False
            close_old_connections()
            self.stop.wait(EVERY.total_seconds())

    def pass_once(self, now: datetime) -> int:
        """Publish what is due by ``now``, each in a transaction of its own; returns how many.

        An error in one is logged and stops none of the others. Raises django.db.Error where the database
        is lost.
        """
        self._beat(now)
        waiting = {pk for pk, (again_at, _) in self.failing.items() if again_at > now}
        published = 0
        for pk in scheduling.due(now, but=waiting):
            if self.stop.is_set():
                break
            published += self._publish(pk, now)
        return published

    def _publish(self, pk: int, now: datetime) -> bool:
        try:
            published = scheduling.publish_due(pk, now)
        except Exception as error:
            if is_lost(error):
                raise
            logger.exception(f"Event {pk} is due and could not be published. It stays scheduled.")
            self._put_off(pk, now)
            return False
        self.failing.pop(pk, None)
        return published

    def _put_off(self, pk: int, now: datetime) -> None:
        _, waited = self.failing.get(pk, (now, EVERY / 2))
        wait = min(waited * 2, LONGEST_WAIT)
        self.failing[pk] = (now + wait, wait)

    def _beat(self, now: datetime) -> None:
        if self.last_beat and now - self.last_beat < BEAT_EVERY:
            return
        Beat.objects.bulk_create(
            [Beat(name=self.name, at=now)],
            update_conflicts=True,
            update_fields=["at"],
            unique_fields=["name"],
        )
        self.last_beat = now


def is_lost(error: Exception) -> bool:
    """Whether ``error`` came of the database being out of reach, rather than of what was asked of it."""
    return isinstance(error, OperationalError | InterfaceError) and not connection.is_usable()


def worker() -> str:
    """Why nobody seems to be at work, in words for ``/health/ready``; empty where somebody is."""
    recent = Beat.objects.filter(at__gte=timezone.now() - SILENT_FOR)
    return "" if recent.exists() else "no recent beat"
