from django.db import models
from django.utils import timezone


class Sent(models.Model):
    """That what somebody sent from a page of the desk was done, and where that led; kept for a while.

    What was sent is known by a fingerprint of all of it and of the token of its page, which nobody keeps: no
    words can be guessed from it.
    """

    fingerprint = models.CharField(max_length=64, primary_key=True)
    led_to = models.CharField(max_length=200, help_text="An address of the desk, without its query.")
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        default_permissions = ()
        verbose_name_plural = "what was sent"

    def __str__(self) -> str:
        return self.led_to
