from django.conf import settings
from django.db import models
from django.db.models import F, Q

UNSCHEDULED = {
    **{f"{name}__isnull": True for name in ("publish_at", "scheduled_by", "scheduled_version")},
    **dict.fromkeys(("schedule_note", "schedule_refusal"), ""),
}


class Scheduled(models.Model):
    """Words that may wait for a time, or for the opening of their story: in whose name, in which version."""

    publish_at = models.DateTimeField(null=True, editable=False, help_text="Empty: at the opening.")
    scheduled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )
    scheduled_version = models.PositiveIntegerField(null=True, editable=False)
    schedule_note = models.TextField(blank=True, editable=False)
    schedule_refusal = models.TextField(
        blank=True, editable=False, help_text="Why it was not published at its time."
    )

    state: str
    """“scheduled” while it waits."""
    version: int
    """Of its words."""

    class Meta:
        abstract = True

    @property
    def changed_since_scheduled(self) -> bool:
        """Whether its words are not those that were scheduled."""
        return self.state == "scheduled" and self.scheduled_version != self.version


def scheduled_whole(name: str) -> models.CheckConstraint:
    """That it waits in a version that it had, in somebody's name, while that is its state; else that nothing
    is said of it."""
    something = Q(
        state="scheduled",
        scheduled_by__isnull=False,
        scheduled_version__isnull=False,
        scheduled_version__lte=F("version"),
    )
    return models.CheckConstraint(name=name, condition=something | (~Q(state="scheduled") & Q(**UNSCHEDULED)))
