"""The states of the desk and the moves between them, as one table."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Move:
    """One verb: who may, from which states, to which. An empty target leaves the state alone.

    ``deed`` is what it does as its button says it, for a sentence: “You may not” cancel its publication.
    Where it is empty, it is the verb with “this”.
    """

    verb: str
    permission: str
    sources: tuple[str, ...] = ()
    target: str = ""
    deed: str = ""


SUBMIT = Move("submit", "events.submit_event", ("draft",), "submitted")
PUBLISH = Move(
    "publish", "events.publish_event", ("draft", "submitted", "scheduled", "published"), "published"
)
SCHEDULE = Move("schedule", "events.publish_event", ("draft", "submitted"), "scheduled")
RESCHEDULE = Move("reschedule", "events.publish_event", ("scheduled",), "scheduled", "change its time")
UNSCHEDULE = Move("unschedule", "events.publish_event", ("scheduled",), "submitted", "cancel its publication")
WITHDRAW = Move("withdraw", "events.withdraw_event", ("scheduled", "published"), "withdrawn")
REOPEN_EVENT = Move(
    "reopen", "events.withdraw_event", ("submitted", "withdrawn"), "draft", "reopen this as a draft"
)
PUBLISH_DAY = Move("publish", "events.publish_day")
PUBLISH_TEXT = Move("publish", "events.publish_text")
APPROVE = Move("approve", "events.approve_citation", ("pending",), "approved")
REJECT = Move("reject", "events.reject_citation", ("pending",), "rejected")
REOPEN = Move("reopen", "events.reopen_citation", ("approved", "rejected"), "pending")
RETRACT = Move("retract", "events.retract_source")

IMPORT = "events.import_digest"
"""The permission to make drafts of a digest, which is no move of one row."""
