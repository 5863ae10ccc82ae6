import re
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from chronicle.fields import WORDLESS
from chronicle.record.cards import published_words
from events.models.addresses import canonical, leads_to_the_web
from events.models.emptied import TAKEN_DOWN, Erasable, erased_without_words, unless_erased
from events.models.hmac import HmacField, as_words
from events.models.language import language_tag
from events.models.outlet import Outlet, web_address
from events.models.story import Story

EDTF_DATE = re.compile(r"(?P<year>[0-3]\d{3})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?")


def edtf_date(value: str) -> None:
    """Refuses what is no calendar date, month or year of the years 1 to 3999 in EDTF (level 0)."""
    found = EDTF_DATE.fullmatch(value)
    try:
        if found is None:
            raise ValueError
        date(int(found["year"]), int(found["month"] or 1), int(found["day"] or 1))
    except ValueError:
        raise ValidationError(
            "“%(value)s” is no date. Write 2020-11-08, or 2020-11 where only the month is known, or 2020.",
            params={"value": value},
        ) from None


TOLD_OF_A_SOURCE = ("title", "genre", "published_on", "url", "archived_url", "language")


class Source(Erasable):
    """One article, statement, broadcast, post, document or interview of an outlet; it may relay another.

    ``canonical_url`` is the address in the one form by which two of one document are known for one, and
    ``origin`` the outlet whose report it is: its own, or that of the source at the end of what it relays.
    """

    class Genre(models.TextChoices):
        """CSL item types, in words."""

        ARTICLE = "article-newspaper", "news article"
        STATEMENT = "statement", "official statement"
        BROADCAST = "broadcast", "broadcast"
        POST = "post", "post"
        DOCUMENT = "document", "document"
        INTERVIEW = "interview", "interview"

    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="sources")
    outlet = models.ForeignKey(Outlet, on_delete=models.PROTECT, related_name="sources")
    title = models.CharField(max_length=300)
    genre = models.CharField(max_length=20, choices=Genre, default=Genre.ARTICLE)
    published_on = models.CharField(
        max_length=10,
        blank=True,
        validators=[edtf_date],
        help_text="2020-11-08; 2020-11 or 2020 where no more is known (EDTF).",
    )
    url = models.URLField("address", max_length=500, blank=True, validators=[web_address])
    canonical_url = models.CharField(max_length=501, blank=True, editable=False)
    archived_url = models.URLField("archived copy", max_length=500, blank=True, validators=[web_address])
    language = models.CharField(
        max_length=35, blank=True, validators=[language_tag], help_text="A BCP 47 tag: en, ru, az."
    )
    relays = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="relayed_by",
        help_text="The source whose report this one passes on: both count as one voice.",
    )
    origin = models.ForeignKey(Outlet, on_delete=models.PROTECT, related_name="+", editable=False)
    fingerprint = models.CharField(
        max_length=64, blank=True, editable=False, help_text="SHA-256 of the text it was imported from."
    )
    retracted_at = models.DateTimeField(null=True, editable=False)
    retraction_reason = models.TextField(blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    hmac = HmacField(help_text="Of what it is, as it is now.")
    proposed: Any = None
    """What a save of it made wait instead, where it is in use: see events.editorial.guarding."""

    class Meta:
        ordering = ["-published_on", "title"]
        constraints = [
            models.CheckConstraint(
                name="source_retracted_exactly_with_reason",
                condition=Q(retracted_at__isnull=True, retraction_reason="")
                | unless_erased(Q(retracted_at__isnull=False) & ~Q(retraction_reason="")),
            ),
            models.UniqueConstraint(
                name="source_imported_once", fields=["story", "fingerprint"], condition=~Q(fingerprint="")
            ),
            models.UniqueConstraint(
                name="source_one_an_address",
                fields=["story", "canonical_url"],
                condition=~Q(canonical_url=""),
                violation_error_message="This story has a source of that address already.",
            ),
            leads_to_the_web("source_leads_to_the_web", "url", "archived_url"),
            models.CheckConstraint(name="source_has_a_title", condition=unless_erased(~Q(title=""))),
            erased_without_words("source"),
            models.CheckConstraint(
                name="source_does_not_relay_itself",
                condition=Q(relays__isnull=True) | ~Q(relays=F("id")),
                violation_error_message="A source cannot relay itself.",
            ),
        ]
        indexes = [
            models.Index(fields=["-published_on", "title", "-id"], name="source_listed"),
            models.Index(fields=["genre", "-published_on", "title", "-id"], name="source_listed_genre"),
            models.Index(fields=["outlet", "-published_on", "title", "-id"], name="source_listed_outlet"),
            models.Index(fields=["language", "-published_on", "title", "-id"], name="source_listed_language"),
            models.Index(
                fields=["-published_on", "title", "-id"],
                name="source_listed_retracted",
                condition=Q(retracted_at__isnull=False),
            ),
        ]
        permissions = [("retract_source", "Can record that a source was retracted")]

    def __str__(self) -> str:
        return TAKEN_DOWN if self.erased_at else f"{self.outlet}: {self.title}"

    def save(self, *args, **kwargs):
        self.canonical_url = canonical(self.url)
        self.origin = self.relays.origin if self.relays else self.outlet
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Fills in what an address is compared by."""
        self.canonical_url = canonical(self.url)

    def words(self) -> str:
        """What it is: what an approval of each citation of it is about as well."""
        named = (self.outlet_id, self.relays_id)
        return as_words((*named, *(getattr(self, name) for name in TOLD_OF_A_SOURCE)))

    @property
    def published_words(self) -> str:
        """Its date as it is read: 8 November 2021, November 2021, 2021."""
        return published_words(self.published_on)

    @property
    def retracted_for(self) -> str:
        """Why it was taken back, as citations say it; empty where it was not."""
        return WORDLESS if self.erased_at and self.retracted_at else self.retraction_reason

    def relaying(self) -> list["Source"]:
        """The sources that relay this one, at whatever remove."""
        found, above = [], [self.pk]
        while above:
            below = list(Source.objects.filter(relays__in=above).select_related("outlet", "story"))
            found += below
            above = [source.pk for source in below]
        return found
