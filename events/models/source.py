import uuid

from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q

from chronicle.models.chronicle import FIRST_DATE, LAST_DATE, within_years

web_address = URLValidator(schemes=["http", "https"])


class Outlet(models.Model):
    """Who publishes. Reliability is the Admiralty grade of the outlet (NATO AJP-2.1): A to F."""

    class Nature(models.TextChoices):
        NEWSPAPER = "newspaper"
        AGENCY = "agency", "news agency"
        BROADCASTER = "broadcaster"
        OFFICIAL = "official", "official body"
        ORGANISATION = "organisation"
        SOCIAL = "social", "social media account"
        PERSON = "person"
        OTHER = "other"

    class Reliability(models.TextChoices):
        A = "A", "A: completely reliable"
        B = "B", "B: usually reliable"
        C = "C", "C: fairly reliable"
        D = "D", "D: not usually reliable"
        E = "E", "E: unreliable"
        F = "F", "F: reliability cannot be judged"

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=120, unique=True)
    nature = models.CharField("kind", max_length=12, choices=Nature, default=Nature.NEWSPAPER)
    country = models.CharField(max_length=60, blank=True)
    side = models.CharField(
        max_length=60, blank=True, help_text="Whose side it speaks from, where it has one."
    )
    reliability = models.CharField(max_length=1, choices=Reliability, default=Reliability.F)
    url = models.URLField("address", blank=True, validators=[web_address])
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="outlet_reliability_a_to_f", condition=Q(reliability__in=["A", "B", "C", "D", "E", "F"])
            ),
            models.CheckConstraint(name="outlet_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name


class Source(models.Model):
    """One article, statement, broadcast, post, document or interview of an outlet."""

    class Genre(models.TextChoices):
        """CSL item types, in words."""

        ARTICLE = "article-newspaper", "news article"
        STATEMENT = "statement", "official statement"
        BROADCAST = "broadcast", "broadcast"
        POST = "post", "post"
        DOCUMENT = "document", "document"
        INTERVIEW = "interview", "interview"

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    outlet = models.ForeignKey(Outlet, on_delete=models.PROTECT, related_name="sources")
    title = models.CharField(max_length=300)
    genre = models.CharField(max_length=20, choices=Genre, default=Genre.ARTICLE)
    published_on = models.DateField(null=True, blank=True, validators=[within_years])
    url = models.URLField("address", max_length=500, blank=True, validators=[web_address])
    archived_url = models.URLField("archived copy", max_length=500, blank=True, validators=[web_address])
    language = models.CharField(max_length=35, blank=True, help_text="A BCP 47 tag: en, ru, az.")
    fingerprint = models.CharField(
        max_length=64, blank=True, editable=False, help_text="SHA-256 of the text it was imported from."
    )
    retracted_at = models.DateTimeField(null=True, editable=False)
    retraction_reason = models.TextField(blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["-published_on", "title"]
        constraints = [
            models.CheckConstraint(
                name="source_retracted_exactly_with_reason",
                condition=Q(retracted_at__isnull=True, retraction_reason="")
                | (Q(retracted_at__isnull=False) & ~Q(retraction_reason="")),
            ),
            models.UniqueConstraint(
                name="source_imported_once", fields=["fingerprint"], condition=~Q(fingerprint="")
            ),
            models.CheckConstraint(
                name="source_in_years_1_to_3999",
                condition=Q(published_on__isnull=True) | Q(published_on__range=(FIRST_DATE, LAST_DATE)),
                violation_error_message="The date of publication lies in the years 1 to 3999.",
            ),
            models.CheckConstraint(name="source_has_a_title", condition=~Q(title="")),
        ]
        permissions = [("retract_source", "Can record that a source was retracted")]

    def __str__(self) -> str:
        return f"{self.outlet}: {self.title}"
