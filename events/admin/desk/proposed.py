"""The changes of sources and outlets in use that wait for a moderator, with how far each reaches."""

from typing import Any

from django.db.models import Q, Value
from django.db.models.functions import Coalesce

from chronicle.wording import counted
from events.admin.desk.queue import NO_DAY, Queue, columns
from events.admin.proposal import WITH, AcceptForm, RejectForm, of_their_own, page_of
from events.editorial import proposing
from events.editorial.moves import ACCEPT
from events.models import Proposal


def in_full() -> Any:
    return Proposal.objects.select_related(*WITH, "claim__person", "claim__handed_by")


def beside(proposal: Proposal) -> dict[str, Any]:
    """All that its own page tells, and for how many entries it would be accepted."""
    told = page_of(proposal)
    number = told["reach"].number
    return {
        "told": told,
        "label": f"Accept for {counted(number, 'entry', 'entries')}" if number else "Accept",
    }


OUTLET_NAME = Coalesce("source__outlet__name", "outlet__name")
TITLE = Coalesce("source__title", "outlet__name")

PROPOSALS = Queue(
    name="proposal",
    permissions=(ACCEPT.permission,),
    verbs={"accept": (AcceptForm, proposing.accept), "reject": (RejectForm, proposing.reject)},
    columns=columns("proposed_at", outlet=Coalesce("source__outlet", "outlet")),
    head=(TITLE, NO_DAY, Value("a proposed change"), OUTLET_NAME),
    in_full=in_full,
    own=of_their_own,
    said=lambda proposal: str(proposal.subject),
    beside=beside,
    waits=Q(state=Proposal.State.OPEN),
    order=("proposed_at", "pk"),
    likely=lambda proposal: ("accept", "Accept"),
    apart=("note",),
)
