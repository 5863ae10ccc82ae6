from django.db import models


class Attempts(models.Model):
    """How often somebody lately tried a password or a code, of one account or from one neighbourhood."""

    of = models.CharField(max_length=80, unique=True)
    count = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "attempts"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.count} attempts"
