"""The states of the desk and the moves between them, as one table."""

from dataclasses import dataclass
from typing import Any


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
    unopened: "Move | None" = None
    """What it comes to in a story that is not open to readers; None where that is the same."""


SUBMIT = Move("submit", "events.submit_event", ("draft",), "submitted")
AT_OPENING = "publish at opening"
PUBLISH = Move(
    "publish",
    "events.publish_event",
    ("draft", "submitted", "scheduled", "published"),
    "published",
    unopened=Move(
        AT_OPENING, "events.publish_event", ("draft", "submitted", "scheduled"), "scheduled", "publish this"
    ),
)
SCHEDULE = Move("schedule", "events.publish_event", ("draft", "submitted"), "scheduled")
RESCHEDULE = Move("reschedule", "events.publish_event", ("scheduled",), "scheduled", "change its time")
UNSCHEDULE = Move("unschedule", "events.publish_event", ("scheduled",), "submitted", "cancel its publication")
WITHDRAW = Move("withdraw", "events.withdraw_event", ("scheduled", "published"), "withdrawn")
REOPEN_EVENT = Move(
    "reopen", "events.withdraw_event", ("submitted", "withdrawn"), "draft", "reopen this as a draft"
)
PUBLISH_DAY = Move(
    "publish",
    "events.publish_day",
    unopened=Move(AT_OPENING, "events.publish_day", deed="publish this"),
)
CLOSE_DAY = Move("close", "events.publish_day", deed="close this day")
OPEN_DAY = Move("open again", "events.publish_day", deed="open this day again")
PUBLISH_TEXT = Move(
    "publish",
    "events.publish_text",
    unopened=Move(AT_OPENING, "events.publish_text", deed="publish this"),
)
KEEP_DAY = Move("unschedule", "events.publish_day", deed="cancel its publication")
KEEP_TEXT = Move("unschedule", "events.publish_text", deed="cancel its publication")
APPROVE = Move("approve", "events.approve_citation", ("pending",), "approved")
CONFIRM = Move("confirm", "events.approve_citation", ("approved",), "approved", "say that this still holds")
REJECT = Move("reject", "events.reject_citation", ("pending", "approved"), "rejected")
REOPEN = Move("reopen", "events.reopen_citation", ("approved", "rejected"), "pending")
UNDO = Move("undo", "events.approve_citation", ("approved", "rejected"), "pending")
UNDO_OF_CONFIRMATION = Move("undo", "events.approve_citation", ("approved",), "approved")
UNDO_OF_MATERIAL = Move("undo", "events.approve_material", ("approved", "rejected"), "pending")
UNDO_OF_PROPOSAL = Move("undo", "events.accept_proposal", ("accepted", "rejected"), "open")
RETRACT = Move("retract", "events.retract_source")
IN_USE = ("pending", "approved", "rejected")
CHANGE_MATERIAL = Move("change", "events.change_material", IN_USE, "pending", "change this medium")
COVER_MATERIAL = Move("cover", "events.change_material", IN_USE, "pending", "cover parts of this medium")
APPROVE_MATERIAL = Move("approve", "events.approve_material", ("pending",), "approved")
REJECT_MATERIAL = Move("reject", "events.reject_material", ("pending",), "rejected")
REOPEN_MATERIAL = Move("reopen", "events.reopen_material", ("approved", "rejected"), "pending")
TAKE_DOWN = Move("take down", "events.take_down_material", deed="take this down")
ACCEPT = Move("accept", "events.accept_proposal", ("open",), "accepted", "accept this proposal")
REJECT_PROPOSAL = Move("reject", "events.accept_proposal", ("open",), "rejected", "reject this proposal")
TAKE_BACK_PROPOSAL = Move(
    "take back", "events.view_proposal", ("open",), "taken_back", "take this proposal back"
)

DISCARD = Move("discard", "events.change_event", ("draft", "submitted"), "discarded")
BRING_BACK = Move("bring back", "events.change_event", ("discarded",), "draft", "bring this back")
TAKE_BACK = Move("take back", "events.change_citation", ("pending",), "taken_back", "take this back")
SUBMIT_AGAIN = Move("submit", "events.change_citation", ("taken_back",), "pending", "submit this again")
DISCARD_MATERIAL = Move("discard", "events.change_material", ("pending",), "discarded")
BRING_BACK_MATERIAL = Move(
    "bring back", "events.change_material", ("discarded",), "pending", "bring this back"
)
UPLOAD_AGAIN = Move("submit", "events.add_material", ("discarded",), "pending", "upload this again")
OPEN = Move("open", "events.open_story", deed="open this story")
SET_OPENING = Move("set opening", "events.open_story", deed="say when this story is opened")
CANCEL_OPENING = Move("cancel opening", "events.open_story", deed="cancel its opening")
SET_POLICY = Move("set policy", "events.set_policy_story", deed="change the policy")
CONFIRM_TAKEDOWN = Move("confirm", "events.confirm_takedown", ("asked",), "erasing", "confirm this takedown")
TAKE_BACK_TAKEDOWN = Move(
    "take back", "events.ask_takedown", ("asked",), "taken_back", "take this takedown back"
)
ERASE_REASON = Move(
    "erase reason", "events.confirm_takedown", ("taken_back", "done"), deed="erase why this was taken down"
)

ASK_TAKEDOWN = "events.ask_takedown"
"""The permission to ask for a takedown, which is no move of a row."""

ADD_MATERIAL = "events.add_material"
OPEN_ORIGINAL = "events.open_original"
"""The permissions to upload, and to open what was uploaded as it came, which are no moves of a row."""

IMPORT = "events.import_digest"
"""The permission to make drafts of a digest, which is no move of one row."""

MANAGE_PEOPLE = "events.manage_people"
"""The permission to say who has which role in a story, which is no move of a row."""


def state_of(row: Any, move: Move) -> str:
    """The state that keeps ``row`` from ``move``, for a sentence: “a draft”, “approved already”."""
    words = "a draft" if row.state == "draft" else row.get_state_display().lower()
    return f"{words} already" if row.state == move.target else words
