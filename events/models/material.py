import re
import uuid
from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from events.models.addresses import leads_to_the_web
from events.models.emptied import TAKEN_DOWN, Erasable, erased_without_words
from events.models.event import Event
from events.models.hmac import HmacField, as_words
from events.models.length import at_most, limit_words
from events.models.lines import in_lines
from events.models.outlet import web_address
from events.models.place import Place
from events.models.rights import Consent, Graphic, Rights, SourceType
from events.models.source import Source, edtf_date
from events.models.story import Story
from media.models import Asset

LONGEST_WORDS = 1_000
WITH_A_TIME = re.compile(r"[0-3]\d{3}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?")


def edtf_instant(value: str) -> None:
    """Refuses what is neither a date, month or year in EDTF nor a date with a time of day."""
    if "T" not in value:
        edtf_date(value)
        return
    try:
        if not WITH_A_TIME.fullmatch(value):
            raise ValueError
        datetime.fromisoformat(value)
    except ValueError:
        raise ValidationError(
            "“%(value)s” is no time. Write 2020-11-08T05:40+04:00, with the offset of its clock from UTC.",
            params={"value": value},
        ) from None


class Material(Erasable):
    """What is known of a medium: what it shows, where it comes from, and by what right it may be printed.

    It is reviewed as a citation is: ``version`` counts its words and its picture. ``shown`` is the file that
    readers get, where it is another than what was uploaded: with parts of it covered.
    """

    class State(models.TextChoices):
        PENDING = "pending", "Pending"
        APPROVED = "approved", "Approved"
        REJECTED = "rejected", "Rejected"
        DISCARDED = "discarded", "Discarded"
        ERASED = "erased", f"{TAKEN_DOWN} for good"

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="materials")
    asset = models.OneToOneField(
        Asset, on_delete=models.PROTECT, related_name="material", editable=False, verbose_name="file"
    )
    shown = models.OneToOneField(
        Asset,
        on_delete=models.PROTECT,
        null=True,
        related_name="material_shown",
        editable=False,
        help_text="Where it is another than the file: the one with parts covered.",
    )

    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, blank=True, related_name="materials"
    )
    url = models.URLField("address", max_length=500, blank=True, validators=[web_address])
    obtained = models.CharField(
        "how it was obtained", max_length=300, blank=True, help_text="Sent by its maker, copied from a page."
    )
    taken = models.CharField(
        "taken when",
        max_length=35,
        blank=True,
        validators=[edtf_instant],
        help_text="2020-11-08, 2020-11 or 2020 (EDTF), or with a time: 2020-11-08T05:40+04:00.",
    )
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, blank=True, related_name="materials"
    )
    latitude = models.DecimalField(
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text="Where exactly, in degrees (WGS 84). Never printed.",
    )
    longitude = models.DecimalField(
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )

    shows = models.TextField(
        "what it shows", blank=True, validators=[at_most(LONGEST_WORDS)], help_text=limit_words(LONGEST_WORDS)
    )
    caption = models.CharField(max_length=300, blank=True)
    alt = models.TextField(
        "alternative text",
        blank=True,
        validators=[at_most(LONGEST_WORDS)],
        help_text="What somebody who cannot see it needs to know of it.",
    )
    credit = models.CharField(max_length=200, blank=True, help_text="As it is to be printed beside it.")
    rights = models.CharField(max_length=20, choices=Rights, blank=True)
    rights_note = models.CharField(
        max_length=300, blank=True, help_text="Of a contract or a permission: with or by whom, and when."
    )
    licence_ends = models.DateField(null=True, blank=True, help_text="The last day on which it may be shown.")
    people = models.CharField("people shown", max_length=300, blank=True, help_text="Never printed.")
    consent = models.CharField(max_length=10, choices=Consent, default=Consent.UNKNOWN)
    consent_note = models.CharField(
        max_length=300, blank=True, help_text="By whom, when, how. Never printed."
    )
    graphic = models.CharField(max_length=10, choices=Graphic, default=Graphic.NONE)
    source_type = models.CharField(
        "digital source type", max_length=45, choices=SourceType, blank=True, help_text="If it is known."
    )

    state = models.CharField(max_length=10, choices=State, default=State.PENDING, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    taken_down_at = models.DateTimeField(null=True, editable=False)
    taken_down_reason = models.CharField(max_length=300, blank=True, editable=False)
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
    hmac = HmacField(help_text="Of the picture and all that is said of it, as it is now.")

    class Meta:
        ordering = ["-submitted_at", "-pk"]
        verbose_name = "medium"
        verbose_name_plural = "media"
        constraints = [
            leads_to_the_web("material_leads_to_the_web", "url"),
            models.CheckConstraint(
                name="material_state_is_known",
                condition=Q(state__in="pending approved rejected discarded erased".split()),
            ),
            models.CheckConstraint(
                name="material_approved_exactly_with_by_whom_when_and_which_words",
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
                name="material_nobody_approves_their_own",
                condition=Q(approved_by__isnull=True)
                | (~Q(approved_by=F("submitted_by")) & ~Q(approved_by=F("changed_by"))),
            ),
            models.CheckConstraint(
                name="material_is_somewhere_exactly_or_nowhere",
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__isnull=False, longitude__isnull=False),
                violation_error_message="Give both latitude and longitude, or neither.",
            ),
            models.CheckConstraint(
                name="material_taken_down_exactly_with_reason",
                condition=Q(taken_down_at=None, taken_down_reason="")
                | (Q(taken_down_at__isnull=False) & ~Q(taken_down_reason="")),
            ),
            models.CheckConstraint(
                name="material_shows_another_file", condition=Q(shown=None) | ~Q(shown=F("asset"))
            ),
            erased_without_words("material"),
        ]
        indexes = [
            models.Index(fields=["state", "submitted_at"], name="material_queue"),
            models.Index(fields=["submitted_at", "id"], name="material_listed"),
            # See events.models.narrowing.
            models.Index(Lower("state"), "changed_at", "id", name="material_listed_state"),
        ]
        permissions = [
            ("approve_material", "Can approve a medium"),
            ("reject_material", "Can reject a medium"),
            ("reopen_material", "Can reopen a decided medium"),
            ("take_down_material", "Can take a medium down"),
            ("open_original", "Can open the original of a medium"),
        ]

    def __str__(self) -> str:
        return self.caption or self.asset.name or TAKEN_DOWN

    @property
    def printable(self) -> Asset:
        """The file whose renditions readers get."""
        return self.shown or self.asset

    def words(self) -> str:
        """What a moderator sees before deciding: the picture, and all that is said of it, by events too."""
        seen = (_plain(getattr(self, name)) for name in SEEN)
        return as_words((self.printable.sha256, *seen, *self._captions()))

    def as_read(self) -> str:
        """The same as a moderator reads it, in labelled lines."""
        told = ((self._meta.get_field(name), name.removesuffix("_id")) for name in SEEN)
        said = ((field.verbose_name.capitalize(), self._in_words(name)) for field, name in told)
        captions = (("Caption in an event", caption) for caption in self._captions())
        return in_lines(("SHA-256", self.printable.sha256), *said, *captions)

    def tells_of(self) -> list[models.Model]:
        """The rows whose words stand in what is read of it: its source, its place, and events by captions."""
        outlet = self.source.outlet if self.source else None
        captioned = Use.objects.filter(material=self.pk).exclude(caption="").select_related("event")
        named = filter(None, (self.source, outlet, self.place))
        return [*named, *(use.event for use in captioned)]

    def _in_words(self, name: str) -> object:
        """What ``name`` holds, a code as it is called."""
        display = getattr(self, f"get_{name}_display", None)
        return display() if display else getattr(self, name)

    def _captions(self) -> list[str]:
        """Those that events give it."""
        uses = Use.objects.filter(material=self.pk).exclude(caption="")
        return sorted(uses.values_list("caption", flat=True))


def _plain(value: object) -> object:
    """``value`` written one way: a coordinate however many noughts it ends with, a choice as its code."""
    if isinstance(value, models.TextChoices):
        return value.value
    return value.normalize() if isinstance(value, Decimal) else value


SEEN = (
    *(
        "source_id",
        "url",
        "obtained",
        "taken",
        "place_id",
        "latitude",
        "longitude",
        "shows",
        "caption",
        "alt",
    ),
    *("credit", "rights", "rights_note", "licence_ends", "people", "consent", "consent_note", "graphic"),
    "source_type",
)
"""The fields that an approval of a medium is about."""


class Use(models.Model):
    """That an event shows a medium, in the order of ``position``, under its own caption or the medium’s."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="uses")
    material = models.ForeignKey(
        Material, on_delete=models.PROTECT, related_name="uses", verbose_name="medium"
    )
    position = models.PositiveSmallIntegerField(default=0)
    caption = models.CharField(max_length=300, blank=True, help_text="In place of the medium’s own.")

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(name="use_once_in_an_event", fields=["event", "material"])]

    def __str__(self) -> str:
        return self.caption or str(self.material)
