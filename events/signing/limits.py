"""How fast passwords and codes may be guessed: ever more slowly, and never locked out for good.

Counted in the database, which all processes share and which outlives them. Each try is counted before it is
judged, so that many at once are as slow as one after the other; what is tried while one must wait is not
judged at all.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from chronicle.wording import counted
from events.models import Attempts
from events.signing.devices import prefix_of

FORGOTTEN = timedelta(hours=1)
"""After which nobody holds wrong tries against anybody."""
FIRST, LONGEST = timedelta(seconds=5), timedelta(minutes=5)
"""The wait after the first try too many, doubled by each further one up to the longest."""


class Slowed(Exception):
    """One must wait; says how long."""

    def __init__(self, wait: timedelta) -> None:
        seconds = max(1, ceil(wait.total_seconds()))
        long = counted(seconds, "second", "seconds") if seconds < 90 else f"{ceil(seconds / 60)} minutes"
        super().__init__(
            f"Too many wrong tries. Wait {long}, then try again: nothing is looked at until then."
        )


@dataclass(frozen=True)
class Limit:
    """What tries are counted under, and how many there may be before one must wait."""

    of: str
    free: int

    def wait(self, row: Attempts, now: datetime) -> timedelta:
        """How long one must wait at ``now``; nothing or less where one need not."""
        if row.count < self.free:
            return timedelta()
        doubled = min(row.count - self.free, 16)
        return row.last_at + min(LONGEST, FIRST * 2**doubled) - now


def of_account(username: str) -> Limit:
    """Of one account, also one that does not exist. Some type their password there: it is not kept."""
    return Limit(f"account {salted_hmac('attempts', username.strip().casefold()).hexdigest()}", free=5)


def of_address(request: Any) -> Limit:
    """Of a neighbourhood of addresses, in which several people may mistype."""
    return Limit(f"address {prefix_of(request)}", free=20)


def of_factor(person: Any) -> Limit:
    """Of the second factor of one account."""
    return Limit(f"factor {person.pk}", free=5)


def of_browser(nonce: str, stage: str) -> Limit:
    """Of a browser that is known, at one stage of signing in: a password that was right says nothing of the
    codes that were tried after it."""
    return Limit(f"browser {stage} {nonce}", free=5)


def of_names(by: Any) -> Limit:
    """Of names that somebody tries who may give a role: each try tells whether there is such an account."""
    return Limit(f"names {by.pk}", free=20)


def of_invitation(invitation: Any) -> Limit:
    """Of names that are tried behind one link: each try tells whether there is such an account."""
    return Limit(f"invitation {invitation.pk}", free=20)


def count(*limits: Limit) -> None:
    """Count one try under each of ``limits``. Raises Slowed, and counts none, where one of them must wait."""
    forget_old()
    _count(limits)


@transaction.atomic
def _count(limits: tuple[Limit, ...]) -> None:
    now = timezone.now()
    rows = [_held(limit, now) for limit in limits]
    waits = [limit.wait(row, now) for limit, row in zip(limits, rows, strict=True)]
    if max(waits) > timedelta():
        raise Slowed(max(waits))
    for row in rows:
        row.count, row.last_at = row.count + 1, now
        row.save(update_fields=["count", "last_at"])


def _held(limit: Limit, now: datetime) -> Attempts:
    row, _ = Attempts.objects.select_for_update().get_or_create(of=limit.of, defaults={"last_at": now})
    if row.last_at < now - FORGOTTEN:
        row.count = 0
    return row


@transaction.atomic
def succeeded(own: Limit, *shared: Limit) -> None:
    """The try was right: one's own count begins anew, and a shared one is as it was before it."""
    Attempts.objects.filter(of=own.of).delete()
    for row in Attempts.objects.select_for_update().filter(of__in=[one.of for one in shared], count__gt=0):
        row.count -= 1
        row.save(update_fields=["count"])


def forget_old() -> None:
    """Delete what is held against nobody any longer."""
    Attempts.objects.filter(last_at__lt=timezone.now() - FORGOTTEN).delete()
