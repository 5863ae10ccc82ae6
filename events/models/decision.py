from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Abs, Lower

from events.models.citation import Citation
from events.models.day import Day
from events.models.event import Event
from events.models.material import Material
from events.models.proposal import Proposal
from events.models.source import Source
from events.models.story import Story
from events.models.takedown import Takedown
from events.models.text import Text

LONGEST_NOTE = 2_000
"""Characters of a note or a reason."""

SUBJECTS = ("event", "citation", "source", "day", "text", "story", "material", "proposal", "takedown")


DONE = {
    "open": "opened",
    "open again": "opened again",
    "close": "closed",
    "set opening": "opening scheduled",
    "cancel opening": "opening cancelled",
    "submit": "submitted",
    "change": "changed",
    "publish": "published",
    "publish at opening": "to be published at the opening",
    "schedule": "scheduled",
    "reschedule": "time changed",
    "unschedule": "publication cancelled",
    "withdraw": "withdrawn",
    "reopen": "reopened",
    "undo": "undone",
    "approve": "approved",
    "confirm": "confirmed",
    "reject": "rejected",
    "retract": "retracted",
    "cover": "covered in parts",
    "take down": "taken down",
    "set policy": "policy changed",
    "add member": "role given",
    "end member": "role ended",
    "reset factor": "second factor reset",
    "invite": "invitation made",
    "end invitation": "invitation ended",
    "join": "invitation accepted",
    "discard": "discarded",
    "bring back": "brought back",
    "propose": "proposed",
    "accept": "accepted",
    "take back": "taken back",
    "ask": "asked for",
    "erase reason": "reason erased",
}
"""What each verb has done, for whoever reads of it."""


class Decision(models.Model):
    """Who moved what from where to where, and when. Rows are only added; its words are ``Words``."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, null=True, related_name="decisions")
    citation = models.ForeignKey(Citation, models.PROTECT, "decisions", null=True, db_index=False)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, related_name="decisions")
    day = models.ForeignKey(Day, on_delete=models.PROTECT, null=True, related_name="decisions")
    text = models.ForeignKey(Text, on_delete=models.PROTECT, null=True, related_name="decisions")
    story = models.ForeignKey(Story, on_delete=models.PROTECT, null=True, related_name="decisions")
    material = models.ForeignKey(Material, models.PROTECT, "decisions", null=True, db_index=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, null=True, related_name="decisions")
    takedown = models.ForeignKey(Takedown, on_delete=models.PROTECT, null=True, related_name="decisions")
    told_in = models.ForeignKey(
        *(Story, models.PROTECT, "+"),
        db_index=False,
        editable=False,
        help_text="The story in which it was decided: that of its subject, which stays in it.",
    )
    verb = models.CharField(max_length=20)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        help_text="None where the worker did it: it takes down what may not be shown any longer.",
    )
    at = models.DateTimeField(auto_now_add=True)
    from_state = models.CharField(max_length=10, blank=True)
    to_state = models.CharField(max_length=10, blank=True)
    version = models.PositiveIntegerField(help_text="The version that the person saw.")
    reason_code = models.CharField(max_length=30, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="decision_has_exactly_one_subject",
                condition=Q(
                    *(Q(**{f"{other}__isnull": other != one for other in SUBJECTS}) for one in SUBJECTS),
                    _connector=Q.OR,
                ),
            ),
            models.CheckConstraint(
                name="decision_by_nobody_only_takes_down",
                condition=Q(by__isnull=False) | Q(verb="take down", material__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["citation", "by", "verb"], name="decision_on_citation"),
            models.Index(fields=["at", "id"], name="decision_listed"),
            models.Index(fields=["by", "told_in"], name="decision_by_whom"),
            models.Index(fields=["material", "by", "verb"], name="decision_on_material"),
            # See events.models.narrowing.
            models.Index(Lower("verb"), "at", "id", name="decision_listed_verb"),
            models.Index(Lower("reason_code"), "at", "id", name="decision_listed_reason"),
            models.Index(Abs("by"), "at", "id", name="decision_listed_by"),
        ]

    def __str__(self) -> str:
        return f"{self.done} on {self.at:%-d %B %Y, %H:%M} UTC"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.told_in_id is None:
            subject = self.subject
            self.told_in = subject if isinstance(subject, Story) else subject.story
        super().save(*args, **kwargs)

    @property
    def done(self) -> str:
        """What was done, in words."""
        return DONE.get(self.verb, self.verb)

    @property
    def subject(self) -> Any:
        """What was decided on."""
        return next(getattr(self, name) for name in SUBJECTS if getattr(self, f"{name}_id") is not None)

    @property
    def note(self) -> str:
        """What the person said to it; empty where it was nothing, or was taken down."""
        return self._text(Words.About.NOTE)

    @property
    def read(self) -> str:
        """What was decided on as it was read, in labelled lines; empty as the note may be."""
        return self._text(Words.About.SUBJECT)

    def _text(self, about: str) -> str:
        return next((words.text for words in self.words.all() if words.about == about), "")


def named_as(rows: Iterable[Any]) -> str:
    """How ``Words`` say that they tell of ``rows`` of the desk: “ source/3 outlet/2 ”, by model and key."""
    return "".join(f" {row._meta.model_name}/{row.pk} " for row in rows)


class Words(models.Model):
    """Words that belong to a decision, in a row of their own: a takedown deletes it, the decision stays.

    Of what was decided on stands here what was read, under the HMAC of its words; of a citation also the
    HMAC of its source and quotation alone, by which the same words are known when they come again.
    """

    class About(models.TextChoices):
        NOTE = "note", "what the person said"
        SUBJECT = "subject", "what was decided on"
        EVENT = "event", "what the event said then"
        SOURCE = "source", "what the source was then"
        OUTLET = "outlet", "what its outlet was then"
        EVIDENCE = "evidence", "its source and quotation"

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="words", db_index=False)
    about = models.CharField(max_length=10, choices=About)
    hmac = models.CharField(max_length=64)
    text = models.TextField(blank=True)
    tells_of = models.TextField(
        blank=True, help_text="The other rows of the desk whose words stand in the text: see named_as."
    )

    class Meta:
        verbose_name_plural = "words"
        constraints = [models.UniqueConstraint(name="words_once_about", fields=["decision", "about"])]
        indexes = [models.Index(fields=["hmac"], name="words_by_hmac")]

    def __str__(self) -> str:
        return self.get_about_display()
