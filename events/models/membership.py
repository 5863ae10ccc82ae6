"""Who has which role in which story."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from events.models.story import Story


class Role(models.TextChoices):
    """What somebody is in a story: it allows there what the group of that name allows everywhere."""

    EDITOR = "editor", "Editor"
    MODERATOR = "moderator", "Moderator"
    MANAGER = "manager", "Manager"


class Membership(models.Model):
    """That a person has a role in a story, from when to when, and by whom. It ends, and is never deleted."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["added_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="membership_open_once",
                fields=["person", "story", "role"],
                condition=Q(ended_at__isnull=True),
            ),
            models.CheckConstraint(
                name="membership_role_is_known", condition=Q(role__in=["editor", "moderator", "manager"])
            ),
            models.CheckConstraint(
                name="membership_ended_exactly_with_by_whom",
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        ]
        default_permissions = ()
        permissions = [("manage_people", "Can say who has which role in a story")]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_role_display().lower()}"
