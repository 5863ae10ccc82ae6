import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Abs, Lower

from events.models import evidence
from events.models.emptied import TAKEN_DOWN, Erasable, erased_without_words, unless_erased
from events.models.event import Event
from events.models.hmac import HmacField, as_words
from events.models.language import language_tag
from events.models.length import at_most, limit_words
from events.models.lines import in_lines
from events.models.source import Source

LONGEST_QUOTE = 5_000


class Citation(Erasable):
    """That an event rests on a source: the unit that moderators review. ``key`` names it in the record."""

    class State(models.TextChoices):
        PENDING = "pending", "Pending"
        APPROVED = "approved", "Approved"
        REJECTED = "rejected", "Rejected"
        TAKEN_BACK = "taken_back", "Taken back"
        ERASED = "erased", TAKEN_DOWN

    class Stance(models.TextChoices):
        SUPPORTS = "supports", "supports"
        DISPUTES = "disputes", "disputes"
        MENTIONS = "mentions", "mentions"

    class Credibility(models.IntegerChoices):
        """The Admiralty grade of the information itself (NATO AJP-2.1)."""

        CONFIRMED = 1, "1: confirmed by other sources"
        PROBABLE = 2, "2: probably true"
        POSSIBLE = 3, "3: possibly true"
        DOUBTFUL = 4, "4: doubtful"
        IMPROBABLE = 5, "5: improbable"
        UNKNOWN = 6, "6: truth cannot be judged"

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="citations")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="citations")
    quote = models.TextField(
        validators=[at_most(LONGEST_QUOTE)],
        help_text="The words of the source that bear the event out, exactly as they stand there. "
        f"{limit_words(LONGEST_QUOTE)}",
    )
    language = models.CharField(
        max_length=35,
        blank=True,
        validators=[language_tag],
        help_text="Of the quotation, where it is not the source's: en, ru, az.",
    )
    translation = models.TextField(
        blank=True, validators=[at_most(LONGEST_QUOTE)], help_text=limit_words(LONGEST_QUOTE)
    )
    translation_language = models.CharField("into", max_length=35, blank=True, validators=[language_tag])
    translated_by = models.CharField(
        max_length=120, blank=True, help_text="Who made the translation: a name, the desk, a program."
    )
    locator = models.CharField(
        max_length=120, blank=True, help_text="Where in the source: paragraph 4, 00:12:30."
    )
    stance = models.CharField(max_length=10, choices=Stance, default=Stance.SUPPORTS)
    credibility = models.PositiveSmallIntegerField(choices=Credibility, null=True, blank=True)

    state = models.CharField(max_length=10, choices=State, default=State.PENDING, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    submitted_at = models.DateTimeField(auto_now_add=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    changed_at = models.DateTimeField(auto_now=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )
    approved_at = models.DateTimeField(null=True, editable=False)
    approved_version = models.PositiveIntegerField(null=True, editable=False)
    hmac = HmacField(help_text="Of what the source says, as it is now.")
    event_hmac = models.CharField(
        max_length=64,
        default="",
        editable=False,
        help_text="Of what the event said when it was approved.",
    )
    keeps_approved = models.BooleanField(
        default=False,
        editable=False,
        help_text="Whether readers keep the words that were approved before it was changed.",
    )

    turn = models.PositiveSmallIntegerField(
        null=True,
        editable=False,
        help_text="Where it stands in review, kept by the database: see events.upkeep.",
    )

    foreseen: Any = None
    """What decisions on it would come to, where it is shown among others: see events.editorial.moderation."""

    class Meta:
        ordering = ["event", "pk"]
        constraints = [
            models.CheckConstraint(
                name="citation_state_is_known",
                condition=Q(state__in="pending approved rejected taken_back erased".split()),
            ),
            models.CheckConstraint(
                name="citation_approved_exactly_with_by_whom_when_and_which_words",
                condition=Q(
                    state="approved",
                    approved_by__isnull=False,
                    approved_at__isnull=False,
                    approved_version__isnull=False,
                    approved_version=F("version"),
                )
                | (
                    ~Q(state="approved")
                    & Q(approved_by__isnull=True, approved_at__isnull=True, approved_version__isnull=True)
                ),
            ),
            models.CheckConstraint(
                name="citation_nobody_approves_their_own",
                condition=Q(approved_by__isnull=True)
                | (~Q(approved_by=F("submitted_by")) & ~Q(approved_by=F("changed_by"))),
            ),
            models.CheckConstraint(
                name="citation_credibility_1_to_6",
                condition=Q(credibility__isnull=True) | Q(credibility__gte=1, credibility__lte=6),
            ),
            models.CheckConstraint(
                name="citation_stance_is_known", condition=Q(stance__in=["supports", "disputes", "mentions"])
            ),
            models.CheckConstraint(
                name="citation_keeps_approved_words_only_while_it_waits",
                condition=Q(keeps_approved=False) | Q(state="pending"),
            ),
            models.CheckConstraint(name="citation_quotes_something", condition=unless_erased(~Q(quote=""))),
            erased_without_words("citation"),
            models.CheckConstraint(
                name="citation_translated_into_a_language_by_someone",
                condition=Q(translation="", translation_language="", translated_by="")
                | (~Q(translation="") & ~Q(translation_language="") & ~Q(translated_by="")),
                violation_error_message="A translation says into which language, and who made it.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["turn", "submitted_at", "id"], name="citation_queue", condition=Q(turn__isnull=False)
            ),
            models.Index(fields=["event"], name="citation_asked_again", condition=Q(keeps_approved=True)),
            models.Index(fields=["changed_at", "id"], name="citation_listed"),
            # See events.models.narrowing.
            models.Index(Lower("state"), "changed_at", "id", name="citation_listed_state"),
            models.Index(Lower("stance"), "changed_at", "id", name="citation_listed_stance"),
            models.Index(Abs("credibility"), "changed_at", "id", name="citation_listed_grade"),
        ]
        permissions = [
            ("approve_citation", "Can approve a citation"),
            ("reject_citation", "Can reject a citation"),
            ("reopen_citation", "Can reopen a decided citation"),
        ]

    def __str__(self) -> str:
        if self.erased_at:
            return TAKEN_DOWN
        quote = self.quote if len(self.quote) < 60 else f"{self.quote[:59]}…"
        return f"“{quote}”"

    @property
    def story(self):
        return self.event.day.story

    @property
    def lapsed(self) -> bool:
        """Whether it is approved, and its event says something else since."""
        return self.state == self.State.APPROVED and self.event_hmac != self.event.hmac

    def words(self) -> str:
        """What a moderator reads before deciding: source, quote, translation, locator, stance, grade."""
        said = (
            self.source_id,
            self.quote,
            self.language,
            self.translation,
            self.translation_language,
            self.translated_by,
            self.locator,
            self.stance,
            self.credibility,
        )
        return as_words(said)

    def as_read(self) -> str:
        """The same as a moderator reads it, in labelled lines, under the headline of its event."""
        into = f"Translation into {self.translation_language} by {self.translated_by}"
        return in_lines(
            ("Event", self.event.headline),
            ("Source", self.source),
            ("Quotation", self.quote),
            ("Language", self.language),
            (into, self.translation),
            ("Where", self.locator),
            ("Stance", self.get_stance_display()),
            ("Credibility", self.get_credibility_display()),
        )

    def tells_of(self) -> list[models.Model]:
        """The rows whose words stand in what is read of it, but for its event: it goes along with that."""
        return [self.source, self.source.outlet]

    @property
    def said(self) -> evidence.Said:
        """By what it is known for the same evidence as another: its source and stance, and its quotation."""
        return (self.source_id, self.stance), self.quote

    def evidence(self) -> str:
        """Its source and quotation, written one way whatever their case, spaces and punctuation."""
        return f"{self.source_id}: {' '.join(evidence.words_of(self.quote))}"
