"""The worker: it opens and publishes what is due, takes down what may not be shown any longer, and erases
what was taken down for good, pass after pass. It says now and then that it is at work.

Any number of them may run at once: all is published under the lock of its story, so by one of them.
One that is killed leaves nothing half: what it was at is one transaction.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event as Signal
from typing import Any

from django.db import Error, InterfaceError, OperationalError, close_old_connections, connection
from django.utils import timezone

from events.editorial import ending, opening, scheduling
from events.erasing import job
from events.models import Beat

EVERY = timedelta(seconds=1)
"""From one pass to the next; what is due is public within two seconds of its time."""

BEAT_EVERY = timedelta(seconds=5)
SILENT_FOR = timedelta(seconds=60)
"""After how long without a beat nobody is at work."""

LONGEST_WAIT = timedelta(minutes=10)
"""What fails, which no refusal does, is tried again later and later, up to this."""

EVENT, MEDIUM, STORY, TAKEDOWN = "event", "medium", "story", "takedown"
FAILED = {
    STORY: "Story {} could not be opened, or not what waits for that printed. It stays as it is.",
    EVENT: "Event {} is due and could not be published. It stays scheduled.",
    MEDIUM: "Medium {} may not be shown any longer and could not be taken down.",
    TAKEDOWN: "Takedown {} could not be erased as far as it should be.",
}

logger = logging.getLogger(__name__)


@dataclass
class Worker:
    """One worker, under the ``name`` of its beats. It ends after the event at hand once ``stop`` is set."""

    name: str
    stop: Signal = field(default_factory=Signal)
    last_beat: datetime | None = None
    say: Callable[[str], object] = logger.info
    """Told, in a sentence, of each medium that was taken down, and of each takedown that is done."""
    failing: dict[tuple[str, int], tuple[datetime, timedelta]] = field(default_factory=dict)
    """What failed, and the primary key: when to try again, and how long that waits."""

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
        """Take down what is over, open what is due, then publish what is; returns how much was published.

        Each is a transaction of its own. An error in one is logged and stops none of the others. Raises
        django.db.Error where the database is lost.
        """
        if self._beat(now):
            self._take_down_ended(now)
            self._erase(now)
        published = self._open_due(now)
        for pk in scheduling.due(now, but=self._waiting(EVENT, now)):
            if self.stop.is_set():
                break
            published += bool(self._attempt(EVENT, pk, scheduling.publish_due, now))
        return published

    def _open_due(self, now: datetime) -> int:
        """Open the stories whose time has come, and print what waited for an opening; returns how much."""
        put_off = self._waiting(STORY, now)
        printed = 0
        for pk in opening.at_hand(now):
            if pk not in put_off:
                opened = self._attempt(STORY, pk, opening.open_due, now)
                printed += 0 if opened is None else self._print_waiting(pk, now)
        return printed

    def _print_waiting(self, pk: int, now: datetime) -> int:
        printed = 0
        while not self.stop.is_set():
            batch = self._attempt(STORY, pk, opening.print_waiting, now)
            if batch is None:
                break
            printed += batch.printed
            self._beat(timezone.now())
        return printed

    def _take_down_ended(self, now: datetime) -> None:
        """As often as it beats: a licence ends with a day, and nobody waits for that second."""
        for pk in ending.ended(now, but=self._waiting(MEDIUM, now)):
            if said := self._attempt(MEDIUM, pk, ending.take_down_ended, now):
                self.say(said)

    def _erase(self, now: datetime) -> None:
        """What waits for somebody who reads or uploads is looked at again with the next beat."""
        for pk in job.erasing_now(but=self._waiting(TAKEDOWN, now)):
            if said := self._attempt(TAKEDOWN, pk, job.erase, now):
                self.say(said)

    def _waiting(self, what: str, now: datetime) -> set[int]:
        """The keys of what failed and is not to be tried again yet."""
        return {pk for (kind, pk), (again_at, _) in self.failing.items() if kind == what and again_at > now}

    def _attempt(self, what: str, pk: int, deed: Callable[[int, datetime], Any], now: datetime) -> Any:
        """What ``deed`` returns; None where it failed, which is logged and tried again later."""
        try:
            done = deed(pk, now)
        except Exception as error:
            if is_lost(error):
                raise
            logger.exception(FAILED[what].format(pk))
            self._put_off((what, pk), now)
            return None
        self.failing.pop((what, pk), None)
        return done

    def _put_off(self, key: tuple[str, int], now: datetime) -> None:
        _, waited = self.failing.get(key, (now, EVERY / 2))
        wait = min(waited * 2, LONGEST_WAIT)
        self.failing[key] = (now + wait, wait)

    def _beat(self, now: datetime) -> bool:
        if self.last_beat and now - self.last_beat < BEAT_EVERY:
            return False
        Beat.objects.bulk_create(
            [Beat(name=self.name, at=now)],
            update_conflicts=True,
            update_fields=["at"],
            unique_fields=["name"],
        )
        self.last_beat = now
        return True


def is_lost(error: Exception) -> bool:
    """Whether ``error`` came of the database being out of reach, rather than of what was asked of it."""
    return isinstance(error, OperationalError | InterfaceError) and not connection.is_usable()


def worker() -> str:
    """Why nobody seems to be at work, in words for ``/health/ready``; empty where somebody is."""
    recent = Beat.objects.filter(at__gte=timezone.now() - SILENT_FOR)
    return "" if recent.exists() else "no recent beat"
