import hashlib
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q

from events.models.membership import Role
from events.models.story import Story

GOOD_FOR = timedelta(days=7)
"""How long a link can be used."""


def hash_of(token: str) -> str:
    """What is kept of the secret part of a link, which is too long to be guessed."""
    return hashlib.sha256(token.encode()).hexdigest()


class Invitation(models.Model):
    """A link that gives whoever opens it a role in a story, once and until it expires.

    The link itself is kept nowhere: who has lost it makes another.
    """

    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="invitations")
    role = models.CharField(max_length=10, choices=Role)
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    accepted_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="invitation_role_is_known", condition=Q(role__in=["editor", "moderator", "manager"])
            ),
            models.CheckConstraint(
                name="invitation_accepted_exactly_with_by_whom",
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
            ),
            models.CheckConstraint(
                name="invitation_ended_exactly_with_by_whom",
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
            models.CheckConstraint(
                name="invitation_is_accepted_or_ended_but_not_both",
                condition=Q(accepted_at__isnull=True) | Q(ended_at__isnull=True),
            ),
        ]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.story}: an invitation as {self.get_role_display().lower()}"
