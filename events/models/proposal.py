from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from events.models.emptied import ERASED, TAKEN_DOWN, Erasable, erased_without_words, unless_erased
from events.models.hmac import HmacField
from events.models.outlet import Outlet
from events.models.source import Source
from events.models.story import Story

LONGEST_PUBLIC_NOTE = 200
"""Characters of what readers are told of a change, in the history of every entry that cites it."""

WITHOUT_A_DECISION = ["open", ERASED]
"""The states of what nobody has decided on, and never will where it was taken down."""


class Proposal(Erasable):
    """A change of a source or an outlet in use, which waits until somebody else accepts it. Never deleted.

    ``fields`` holds its new values by field, ``base`` what every field held that it was made from: keys of
    rows, dates in ISO 8601. ``note`` is for readers. ``version`` counts what its author changed of it.
    """

    class State(models.TextChoices):
        OPEN = "open", "Open"
        ACCEPTED = "accepted", "Accepted"
        REJECTED = "rejected", "Rejected"
        TAKEN_BACK = "taken_back", "Taken back"
        ERASED = "erased", TAKEN_DOWN

    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="proposals", editable=False)
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, related_name="proposals", editable=False
    )
    outlet = models.ForeignKey(
        Outlet, on_delete=models.PROTECT, null=True, related_name="proposals", editable=False
    )
    fields = models.JSONField(editable=False)
    base = models.JSONField(editable=False)
    note = models.TextField(blank=True, editable=False)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    hmac = HmacField(help_text="Of what it would say of what, as it is now.")
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    proposed_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )
    decided_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="proposal_is_of_a_source_or_an_outlet",
                condition=Q(source__isnull=True, outlet__isnull=False)
                | Q(source__isnull=False, outlet__isnull=True),
            ),
            models.CheckConstraint(
                name="proposal_state_is_known",
                condition=Q(state__in="open accepted rejected taken_back erased".split()),
            ),
            models.CheckConstraint(
                name="proposal_decided_exactly_with_by_whom_and_when",
                condition=Q(state__in=WITHOUT_A_DECISION, decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(state__in=WITHOUT_A_DECISION) & Q(decided_by__isnull=False, decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="proposal_nobody_decides_on_their_own_but_takes_it_back",
                condition=Q(decided_by__isnull=True)
                | Q(state="taken_back", decided_by=F("proposed_by"))
                | (~Q(state="taken_back") & ~Q(decided_by=F("proposed_by"))),
            ),
            models.CheckConstraint(
                name="proposal_accepted_with_a_note",
                condition=unless_erased(~Q(state="accepted") | ~Q(note="")),
            ),
            models.UniqueConstraint(
                name="proposal_one_open_a_source", fields=["source"], condition=Q(state="open")
            ),
            models.UniqueConstraint(
                name="proposal_one_open_an_outlet", fields=["outlet"], condition=Q(state="open")
            ),
            erased_without_words("proposal"),
        ]
        indexes = [
            models.Index(fields=["state", "proposed_at"], name="proposal_queue"),
            models.Index(fields=["proposed_at", "id"], name="proposal_listed"),
        ]
        permissions = [("accept_proposal", "Can accept or reject a proposal")]

    def __str__(self) -> str:
        return f"Change of “{self.subject}”"

    @property
    def subject(self) -> Any:
        """The source or outlet that it would change."""
        return self.source or self.outlet

    def words(self) -> str:
        """What somebody reads before deciding: of what it is, and what it would say."""
        return repr((self.source_id, self.outlet_id, sorted(self.fields.items())))
