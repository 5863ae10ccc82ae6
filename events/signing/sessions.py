"""Django's sessions in a table that says whose each is, so that their owner sees them and ends them.

The settings name this module as their engine. An idle session ends by the age that they give its cookie.
"""

import hashlib
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends import db
from django.db.models import QuerySet
from django.utils import timezone

from events.models import Session
from events.signing.devices import device_of, prefix_of

SEAT = "seat"
"""What is known of the browser, in the session itself."""
SEEN_EVERY = timedelta(minutes=1)
"""How exactly is kept when somebody was last here: to write it at each request would cost too much."""


class SessionStore(db.SessionStore):
    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def _validate_session_key(self, key: str | None) -> bool:
        """No key has a NUL, which PostgreSQL cannot even be asked for; a cookie may."""
        return super()._validate_session_key(key) and "\0" not in str(key)

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row: Session = super().create_model_instance(data)
        seat = data.get(SEAT, {})
        row.person_id = int(data[SESSION_KEY]) if data.get(SESSION_KEY) else None
        row.device, row.prefix = seat.get("device", ""), seat.get("prefix", "")
        row.began_at, row.seen_at = _moment(seat.get("began")), _moment(seat.get("seen"))
        return row


def begin(request: Any) -> None:
    """Write into the session that somebody signs in now, with what."""
    now = timezone.now().isoformat()
    request.session[SEAT] = {
        "device": device_of(request),
        "prefix": prefix_of(request),
        "began": now,
        "seen": now,
    }


def note_seen(request: Any) -> None:
    """Keep that the browser is in use, so that its session does not end as idle."""
    if SEAT not in request.session:
        begin(request)
    seat = request.session[SEAT]
    now = timezone.now()
    if now - datetime.fromisoformat(seat["seen"]) >= SEEN_EVERY:
        request.session[SEAT] = {**seat, "prefix": prefix_of(request), "seen": now.isoformat()}


def of(person: Any) -> QuerySet[Session]:
    """The sessions of ``person`` that go on, the one last seen first."""
    going_on = Session.objects.filter(person=person, expire_date__gt=timezone.now())
    return going_on.order_by("-seen_at", "session_key")


def name_of(session: Session) -> str:
    """What a page may call a session, of which nobody guesses the key that is its secret."""
    return hashlib.sha256(session.session_key.encode()).hexdigest()[:20]


def end_idle() -> None:
    """Delete the rows of sessions that are over."""
    Session.objects.filter(expire_date__lte=timezone.now()).delete()


def end_all(person: Any, *, but: str | None = None) -> None:
    """End each session of ``person``, except the one whose key is ``but``."""
    Session.objects.filter(person=person).exclude(session_key=but or "").delete()


def end_one(person: Any, name: str) -> bool:
    """End the session of ``person`` that pages call ``name``; whether there was one."""
    found = [row.pk for row in of(person) if name_of(row) == name]
    return bool(Session.objects.filter(pk__in=found).delete()[0])


def end_outdated(person: Any) -> None:
    """End the sessions of ``person`` that began with another password."""
    good = {person.get_session_auth_hash()}
    for row in of(person):
        if row.get_decoded().get(HASH_SESSION_KEY) not in good:
            row.delete()


def _moment(told: str | None) -> datetime | None:
    return datetime.fromisoformat(told) if told else None
