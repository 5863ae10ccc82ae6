from django.conf import settings
from django.db import models
from django.db.models import Q


class FactorChange(models.Model):
    """What happened to somebody's second factor, and by whom. Rows are only added."""

    class Deed(models.TextChoices):
        APP_ADDED = "app added", "An app for codes was added"
        APP_REMOVED = "app removed", "The app for codes was removed"
        PASSKEY_ADDED = "passkey added", "A passkey was added"
        PASSKEY_REMOVED = "passkey removed", "A passkey was removed"
        CODES_MADE = "codes made", "Recovery codes were made; earlier ones hold no longer"
        CODE_USED = "code used", "A recovery code was used"
        RESET = "reset", "The second factor was reset: all ways to give it were removed"

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="factor_changes"
    )
    deed = models.CharField(max_length=20, choices=Deed)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at", "-pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="factor_change_by_another_only_resets",
                condition=Q(deed="reset") | Q(by=models.F("person")),
            ),
        ]

    def __str__(self) -> str:
        return self.get_deed_display()
