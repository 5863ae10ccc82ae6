"""What the database keeps of the desk's own tables by itself: see chronicle.triggers, which lays it.

``turn`` of a citation says where it stands in review, so that the queue is read from an index: 0 where
readers see it under words that it was not approved for, 1 where it was approved for what its event said
before, 2 where nobody has decided on it; none where it waits for nobody. It follows from columns of the
citation and of its event, which verbs, imports and takedowns change in many ways.
"""

from chronicle.triggers import Upkeep

RECHECKED_AS_PUBLISHED, RECHECKED, UNDECIDED = 0, 1, 2

CITATION = "state", "event_hmac", "event_id"
EVENT = "state", "hmac", "published_hmac"
"""The columns that it follows from."""


def turn(citation: str, event: str) -> str:
    """What ``turn`` is, as SQL about two rows."""
    return (
        f"CASE WHEN {citation}.state = 'pending' AND {event}.state <> 'discarded' THEN {UNDECIDED} "
        f"WHEN {citation}.state = 'approved' AND {citation}.event_hmac <> {event}.hmac "
        f"AND {event}.state NOT IN ('withdrawn', 'discarded') "
        f"THEN CASE WHEN {event}.state = 'published' AND {event}.published_hmac = {event}.hmac "
        f"THEN {RECHECKED_AS_PUBLISHED} ELSE {RECHECKED} END END"
    )


OF_NEW = f"(SELECT {turn('NEW', 'e')} FROM events_event e WHERE e.id = NEW.event_id)"  # noqa: S608 - names of ours
CHANGED = " OR ".join(f"NEW.{column} <> OLD.{column}" for column in EVENT)
OF_ITS_CITATIONS = (
    f"UPDATE events_citation SET turn = {turn('events_citation', 'NEW')} "  # noqa: S608 - names of ours
    "WHERE event_id = NEW.id"
)
UPKEEPS: list[Upkeep] = [
    *(
        Upkeep(
            "events_citation",
            event,
            about="turn",
            on_sqlite=f"UPDATE events_citation SET turn = {OF_NEW} WHERE id = NEW.id",  # noqa: S608 - names of ours
            on_postgresql=f"NEW.turn := {OF_NEW}",
            before=True,
        )
        for event in ("INSERT", f"UPDATE OF {', '.join(CITATION)}")
    ),
    Upkeep(
        "events_event",
        f"UPDATE OF {', '.join(EVENT)}",
        about="turn",
        on_sqlite=OF_ITS_CITATIONS,
        on_postgresql=OF_ITS_CITATIONS,
        when=CHANGED,
    ),
]
"""Everything of the desk that is kept so."""
