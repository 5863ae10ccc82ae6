from django.conf import settings
from django.db import models
from django.http import QueryDict

CALLED = "headline", "title", "name", "names-0-name", "quote"
"""The fields by which forms call what they are about, the first that is filled in before the others."""
MOST_CALLED = 80


class Unsaved(models.Model):
    """What somebody has typed into a form of the desk and not saved; without words, that they have it open.

    It is no version, counts for nobody and is checked by nothing. A row is of one page that was opened, so
    that two tabs of one person do not write over each other.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    address = models.CharField(max_length=200, help_text="Of the form, without its query.")
    tab = models.UUIDField(help_text="Of the page that was opened.")
    typed = models.TextField(blank=True, help_text="As a browser would send it.")
    typed_at = models.DateTimeField(null=True)
    here_at = models.DateTimeField(db_index=True, help_text="When the page last said that it is open.")

    class Meta:
        default_permissions = ()
        verbose_name_plural = "what is not saved"
        constraints = [
            models.UniqueConstraint(name="unsaved_once_a_page", fields=["address", "person", "tab"]),
            models.CheckConstraint(
                name="unsaved_typed_at_some_time",
                condition=models.Q(typed="", typed_at__isnull=True)
                | (~models.Q(typed="") & models.Q(typed_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.address

    @property
    def called(self) -> str:
        """What it is about, as far as its form has a name for that; of long words how they begin."""
        typed = QueryDict(self.typed)
        words = next((typed[name].strip() for name in CALLED if typed.get(name, "").strip()), "")
        return words if len(words) <= MOST_CALLED else f"{words[:MOST_CALLED].rstrip()}…"
