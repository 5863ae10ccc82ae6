import uuid
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from chronicle.models.chronicle import FIRST_DATE, LAST_DATE
from chronicle.models.length import at_most, limit_words
from events import moments
from events.models.actor import Actor
from events.models.day import Day
from events.models.kind import Kind
from events.models.place import Place
from events.prose_field import ProseField

LONGEST_TEXT = 20_000
FIRST_INSTANT, LAST_INSTANT = datetime(1, 1, 1, tzinfo=UTC), datetime(4000, 1, 1, tzinfo=UTC)
"""Between them lies every moment: the years 1 to 3999."""
MARGIN = timedelta(days=2)
"""What a time zone, and the day that a moment counts on, may add to a bound on either side."""
OUT_OF_YEARS = "Give a time in the years 1 to 3999."


def within_reach(bound: datetime) -> None:
    """Refuses a bound whose day, in whatever time zone, might leave the years 1 to 3999."""
    if not FIRST_INSTANT + MARGIN <= bound <= LAST_INSTANT - MARGIN:
        raise ValidationError(OUT_OF_YEARS)


class Event(models.Model):
    """One thing said to have happened, as the desk writes it; readers see its last edition instead."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        SUBMITTED = "submitted", "Submitted"
        PUBLISHED = "published", "Published"
        WITHDRAWN = "withdrawn", "Withdrawn"

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    day = models.ForeignKey(Day, on_delete=models.PROTECT, related_name="events", verbose_name="told on")
    kind = models.ForeignKey(Kind, on_delete=models.PROTECT, related_name="events")
    headline = models.CharField(max_length=200)
    text = ProseField(
        blank=True,
        validators=[at_most(LONGEST_TEXT)],
        help_text=f"{limit_words(LONGEST_TEXT)[:-1]}, formatting included.",
    )
    wording = models.CharField(
        "when",
        max_length=200,
        blank=True,
        help_text="As you would write it: 14:30, after 11:00, overnight, the day before at 23:00. "
        "Empty: some time that day.",
    )
    overruled_earliest = models.DateTimeField(
        "not before",
        null=True,
        blank=True,
        validators=[within_reach],
        help_text="Only to overrule how “when” was read. UTC.",
    )
    overruled_latest = models.DateTimeField(
        "not after",
        null=True,
        blank=True,
        validators=[within_reach],
        help_text="The first moment at which it was over. UTC.",
    )
    places = models.ManyToManyField(Place, blank=True, related_name="events")
    actors = models.ManyToManyField(Actor, blank=True, related_name="events")
    position = models.IntegerField(
        default=0,
        validators=[MinValueValidator(-1_000_000), MaxValueValidator(1_000_000)],
        help_text="Order among events of the same moment: smaller numbers come first.",
    )

    earliest = models.DateTimeField(editable=False)
    latest = models.DateTimeField(editable=False)
    happened_on = models.DateField(editable=False)
    throughout = models.BooleanField(default=False, editable=False)
    edtf = models.CharField("EDTF", max_length=60, editable=False)

    state = models.CharField(max_length=10, choices=State, default=State.DRAFT, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    published_version = models.PositiveIntegerField(default=0, editable=False)
    public_from = models.DateTimeField(null=True, editable=False)
    withdrawal_reason = models.TextField(blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["earliest", "latest", "position", "pk"]
        constraints = [
            models.CheckConstraint(name="event_begins_before_it_ends", condition=Q(earliest__lt=F("latest"))),
            models.CheckConstraint(
                name="event_overruled_on_both_sides_in_order",
                condition=Q(overruled_earliest__isnull=True, overruled_latest__isnull=True)
                | Q(
                    overruled_earliest__isnull=False,
                    overruled_latest__isnull=False,
                    overruled_earliest__lt=F("overruled_latest"),
                ),
                violation_error_message="Give both “not before” and “not after”, in that order, or neither.",
            ),
            models.CheckConstraint(
                name="event_in_years_1_to_3999",
                condition=Q(
                    earliest__gte=FIRST_INSTANT,
                    latest__lte=LAST_INSTANT,
                    happened_on__range=(FIRST_DATE, LAST_DATE),
                ),
            ),
            models.CheckConstraint(
                name="event_overruled_in_years_1_to_3999",
                condition=Q(overruled_earliest__isnull=True, overruled_latest__isnull=True)
                | Q(overruled_earliest__gte=FIRST_INSTANT, overruled_latest__lte=LAST_INSTANT),
                violation_error_message="“Not before” and “not after” lie in the years 1 to 3999.",
            ),
            models.CheckConstraint(
                name="event_state_is_known",
                condition=Q(state__in=["draft", "submitted", "published", "withdrawn"]),
            ),
            models.CheckConstraint(
                name="event_published_exactly_when_dated",
                condition=Q(state="published", public_from__isnull=False, published_version__gte=1)
                | (Q(public_from__isnull=True) & ~Q(state="published")),
            ),
            models.CheckConstraint(
                name="event_withdrawn_exactly_with_reason",
                condition=(Q(state="withdrawn") & ~Q(withdrawal_reason=""))
                | (~Q(state="withdrawn") & Q(withdrawal_reason="")),
            ),
            models.CheckConstraint(name="event_has_a_headline", condition=~Q(headline="")),
        ]
        indexes = [
            models.Index(fields=["day", "earliest", "latest", "position"], name="event_in_order"),
            models.Index(fields=["state", "changed_at"], name="event_by_state"),
        ]
        permissions = [
            ("submit_event", "Can submit an event for publication"),
            ("publish_event", "Can publish an event"),
            ("withdraw_event", "Can withdraw a published event"),
            ("import_digest", "Can import a daily digest"),
        ]

    def __str__(self) -> str:
        return self.headline

    def save(self, *args, **kwargs):
        self.read_moment()
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Reads the moment. What cannot be read is refused at the field it was typed into."""
        if self.day_id is None:
            return
        try:
            self.read_moment()
        except moments.Unreadable as refusal:
            raise ValidationError({"wording": str(refusal)}) from refusal
        if not FIRST_INSTANT <= self.earliest < self.latest <= LAST_INSTANT:
            raise ValidationError({"wording": OUT_OF_YEARS})

    def read_moment(self) -> moments.Moment:
        """Fills the columns of the moment from the wording. Raises moments.Unreadable."""
        clock = self.day.chronicle.clock
        moment = moments.read(self.wording, told_on=self.day.date, clock=clock)
        if self.overrules:
            moment = moment.overrule(self.overruled_earliest, self.overruled_latest, clock)
        self.earliest, self.latest = moment.earliest, moment.latest
        self.happened_on, self.throughout, self.edtf = moment.happened_on, moment.throughout, moment.edtf
        return moment

    @property
    def overrules(self) -> tuple[datetime, datetime] | None:
        """The bounds the editor set over those that were read. Those that no form would take are none."""
        if not (self.overruled_earliest and self.overruled_latest):
            return None
        in_reach = self.overruled_earliest >= FIRST_INSTANT + MARGIN
        in_order = self.overruled_earliest < self.overruled_latest <= LAST_INSTANT - MARGIN
        return (self.overruled_earliest, self.overruled_latest) if in_reach and in_order else None

    @property
    def staged(self) -> bool:
        """Whether it is published and has words that readers do not see yet."""
        return self.state == self.State.PUBLISHED and self.published_version != self.version

    @property
    def citations_needed(self) -> int:
        """How many approved citations its publication takes."""
        if self.kind.citations_needed is None:
            return self.day.chronicle.citations_needed
        return self.kind.citations_needed
