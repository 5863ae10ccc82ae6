"""What the database keeps of the desk's own tables by itself: see chronicle.triggers, which lays it.

``turn`` of a citation says where it stands in review, so that the queue is read from an index: 0 where
readers see it under words that it was not approved for, 1 where it was approved for what its event said
before, 2 where nobody has decided on it; none where it waits for nobody. It follows from columns of the
citation and of its event, which verbs, imports and takedowns change in many ways.

``source_total`` of an event is how many sources that stand readers see in its support, so that those that
have fewer than their policy asks for are read from an index: what each rests on is looked at in these alone.

A claim ends with the decision, by whatever way that is written.
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


def counts(citation: str) -> str:
    """Whether readers see it in support of its event, its source apart; as SQL about one row."""
    seen = f"{citation}.state = 'approved' OR ({citation}.state = 'pending' AND {citation}.keeps_approved)"
    return f"({citation}.stance = 'supports' AND ({seen}))"


SOURCE_TOTAL = (
    "(SELECT COUNT(DISTINCT c.source_id) FROM events_citation c "  # noqa: S608 - names of ours
    f"JOIN events_source s ON s.id = c.source_id WHERE c.event_id = NEW.id AND {counts('c')} "
    "AND s.retracted_at IS NULL)"
)
COUNTED_AGAIN = "UPDATE events_event SET source_total = source_total WHERE id"
"""Whatever writes the column, an old row that is saved whole among them, has the database count."""


def counting_again(table: str, event: str, ids: str, when: str) -> Upkeep:
    """That a change of ``table`` has the sources of the events ``ids`` counted again."""
    statement = f"{COUNTED_AGAIN} IN ({ids})"
    return Upkeep(table, event, "support", on_sqlite=statement, on_postgresql=statement, when=when)


OF_CITATIONS: list[Upkeep] = [
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
OF_EVENTS: list[Upkeep] = [
    Upkeep(
        "events_event",
        "UPDATE OF source_total",
        about="support",
        # Only where it is another, as the trigger fires again for what it writes.
        on_sqlite=f"UPDATE events_event SET source_total = {SOURCE_TOTAL} "  # noqa: S608 - names of ours
        f"WHERE id = NEW.id AND source_total <> {SOURCE_TOTAL}",
        on_postgresql=f"NEW.source_total := {SOURCE_TOTAL}",
        before=True,
    ),
    counting_again("events_citation", "INSERT", "NEW.event_id", counts("NEW")),
    counting_again(
        "events_citation",
        "UPDATE OF stance, state, keeps_approved, source_id, event_id",
        "NEW.event_id, OLD.event_id",
        f"{counts('NEW')} OR {counts('OLD')}",
    ),
    counting_again(
        "events_source",
        "UPDATE OF retracted_at",
        "SELECT c.event_id FROM events_citation c WHERE c.source_id = NEW.id",
        "(NEW.retracted_at IS NULL) <> (OLD.retracted_at IS NULL)",
    ),
]


def _ending_claims(table: str, columns: tuple[str, ...], key: str) -> Upkeep:
    """That a decision on a row of ``table``, and whatever else moves it, ends the claim of it."""
    statement = f"DELETE FROM events_claim WHERE {key} = NEW.id"  # noqa: S608 - names of ours
    return Upkeep(
        table,
        f"UPDATE OF {', '.join(columns)}",
        about="claim",
        on_sqlite=statement,
        on_postgresql=statement,
        when=" OR ".join(f"NEW.{column} <> OLD.{column}" for column in columns),
    )


OF_CLAIMS: list[Upkeep] = [
    _ending_claims("events_citation", ("state", "event_hmac"), "citation_id"),
    _ending_claims("events_material", ("state",), "material_id"),
    _ending_claims("events_proposal", ("state",), "proposal_id"),
]
UPKEEPS = [*OF_CITATIONS, *OF_EVENTS, *OF_CLAIMS]
"""Everything of the desk that is kept so."""
