from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from events.models.story import Story
from events.models.typed import Typed

LONGEST_REASON, LONGEST_REFERENCE = 2_000, 200
ROWS = "event day citation source outlet place actor kind text material proposal".split()
"""What of the desk can be taken down that was never printed, by the names of the models."""
DECISION = "decision"
"""Of a decision its words can be: its note, and what it was made on as it was read."""
CONFIRMED = ["erasing", "done"]
"""The states of what somebody has confirmed."""


def part_words(whole: str, editions: Iterable[int]) -> str:
    """How a part of a takedown is written: “entry/42”, or “entry/42@1,3” for single editions."""
    numbers = ",".join(map(str, editions))
    return f"{whole}@{numbers}" if numbers else whole


class Takedown(Typed):
    """That words of a story are taken down for good: asked for by one administrator, confirmed by another.

    Its reason and its order may name what nobody may: both can be erased as well. No row of it is deleted.
    """

    class State(models.TextChoices):
        ASKED = "asked", "Asked for"
        ERASING = "erasing", "Being erased"
        DONE = "done", "Done"
        TAKEN_BACK = "taken_back", "Taken back"

    class Step(models.TextChoices):
        """What the worker does next while it is being erased."""

        FILES = "files", "its files"
        SESSIONS = "sessions", "messages on their way to somebody"
        WORDS = "words", "the index of words"
        DATABASE = "database", "what the database keeps of deleted rows"
        LOG = "log", "what its log keeps of them"

    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="takedowns", editable=False)
    legal = models.BooleanField("by a legal order", default=False, editable=False)
    reason = models.TextField(blank=True, editable=False)
    order_reference = models.CharField(
        "reference of the order",
        max_length=LONGEST_REFERENCE,
        blank=True,
        editable=False,
        help_text="Court, date, file number.",
    )
    by_command = models.BooleanField(
        default=False, editable=False, help_text="Whether one person asked and confirmed on the server."
    )
    part_count = models.PositiveIntegerField(editable=False, help_text="How many parts it has, for good.")
    state = models.CharField(max_length=10, choices=State, default=State.ASKED, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    step = models.CharField(max_length=10, choices=Step, blank=True, editable=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )
    confirmed_at = models.DateTimeField(null=True, editable=False)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )
    taken_back_at = models.DateTimeField(null=True, editable=False)
    done_at = models.DateTimeField(null=True, editable=False)
    reason_erased_at = models.DateTimeField(
        null=True, editable=False, help_text="Since when it has no reason and no reference."
    )

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="takedown_state_is_known", condition=Q(state__in="asked erasing done taken_back".split())
            ),
            models.CheckConstraint(
                name="takedown_confirmed_exactly_with_by_whom_and_when",
                condition=Q(state__in=CONFIRMED, confirmed_by__isnull=False, confirmed_at__isnull=False)
                | (~Q(state__in=CONFIRMED) & Q(confirmed_by=None, confirmed_at=None)),
            ),
            models.CheckConstraint(
                name="takedown_taken_back_exactly_with_by_whom_and_when",
                condition=Q(state="taken_back", taken_back_by__isnull=False, taken_back_at__isnull=False)
                | (~Q(state="taken_back") & Q(taken_back_by=None, taken_back_at=None)),
            ),
            models.CheckConstraint(
                name="takedown_done_exactly_when",
                condition=Q(state="done", done_at__isnull=False) | (~Q(state="done") & Q(done_at=None)),
            ),
            models.CheckConstraint(
                name="takedown_has_a_step_exactly_while_it_is_erased",
                condition=Q(state="erasing", step__in="files sessions words database log".split())
                | (~Q(state="erasing") & Q(step="")),
            ),
            models.CheckConstraint(
                name="takedown_nobody_confirms_what_they_asked",
                condition=Q(confirmed_by=None) | Q(by_command=True) | ~Q(confirmed_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="takedown_refers_to_an_order_only_if_legal",
                condition=Q(legal=True) | Q(order_reference=""),
            ),
            models.CheckConstraint(
                name="takedown_erased_exactly_without_reason",
                condition=(Q(reason_erased_at=None) & ~Q(reason=""))
                | Q(reason_erased_at__isnull=False, reason="", order_reference=""),
            ),
        ]
        indexes = [models.Index(fields=["state", "asked_at"], name="takedown_queue")]
        default_permissions = ("view",)
        permissions = [
            ("ask_takedown", "Can ask for a takedown"),
            ("confirm_takedown", "Can confirm a takedown"),
        ]

    def __str__(self) -> str:
        return f"Takedown {self.pk}"


class TakedownPart(models.Model):
    """What a takedown takes: a subject of the record or single editions of it, or a row of the desk.

    ``row`` is the name of its model and its primary key: “event/42”. It holds no words. Rows are only added.
    """

    takedown = models.ForeignKey(Takedown, on_delete=models.PROTECT, related_name="parts")
    subject = models.CharField(max_length=80, blank=True)
    row = models.CharField(max_length=40, blank=True)
    editions = models.JSONField(default=list, help_text="Their numbers; none where all of it is taken.")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="takedownpart_once", fields=["takedown", "subject", "row"]),
            models.CheckConstraint(
                name="takedownpart_is_a_subject_or_a_row",
                condition=(~Q(subject="") & Q(row="")) | (Q(subject="", editions=[]) & ~Q(row="")),
            ),
        ]
        default_permissions = ()

    def __str__(self) -> str:
        return part_words(self.subject or self.row, self.editions)
