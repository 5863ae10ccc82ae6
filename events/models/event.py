from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from chronicle.formless import formless
from chronicle.prose import words
from chronicle.record.columns import MOST_POSITIONS
from chronicle.wording import bounds_words, day_words
from events import moments
from events.models.actor import Actor
from events.models.day import Day
from events.models.emptied import TAKEN_DOWN, Erasable, erased_without_words, unless_erased
from events.models.hmac import HmacField
from events.models.imported import Imported
from events.models.kind import Kind
from events.models.length import at_most, limit_words
from events.models.place import Place
from events.models.scheduled import Scheduled, scheduled_whole
from events.models.story import FIRST_DATE, LAST_DATE
from events.prose_field import ProseField

LONGEST_TEXT = 20_000
FIRST_INSTANT, LAST_INSTANT = datetime(1, 1, 1, tzinfo=UTC), datetime(4000, 1, 1, tzinfo=UTC)
"""Between them lies every moment: the years 1 to 3999."""
MARGIN = timedelta(days=2)
"""What a time zone, and the day that a moment counts on, may add to a bound on either side."""
OUT_OF_YEARS = "Give a time in the years 1 to 3999."
READ_FROM = ("wording", "day_id", "overruled_earliest", "overruled_latest")
"""What the moment of an event is read from, besides the clock of its story."""


def within_reach(bound: datetime) -> None:
    """Refuses a bound whose day, in whatever time zone, might leave the years 1 to 3999."""
    if not FIRST_INSTANT + MARGIN <= bound <= LAST_INSTANT - MARGIN:
        raise ValidationError(OUT_OF_YEARS)


class Event(Imported, Scheduled, Erasable):
    """One thing said to have happened, as the desk writes it; readers see its last edition instead.

    The columns of its moment are as they were when its words were read last: they are read again when
    its wording, its day, its overruled bounds or the clock of its story change, and never otherwise.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        SUBMITTED = "submitted", "Submitted"
        SCHEDULED = "scheduled", "Scheduled"
        PUBLISHED = "published", "Published"
        WITHDRAWN = "withdrawn", "Withdrawn"
        DISCARDED = "discarded", "Discarded"
        ERASED = "erased", TAKEN_DOWN

    day = models.ForeignKey(Day, models.PROTECT, "events", verbose_name="told on", db_index=False)
    kind = models.ForeignKey(Kind, models.PROTECT, "events", db_index=False)
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
    position = models.PositiveSmallIntegerField(
        default=0,
        validators=[MaxValueValidator(MOST_POSITIONS - 1)],
        help_text="Order among events of the same moment: smaller numbers come first, 0 to 511.",
    )
    is_key = models.BooleanField(
        "key event", default=False, help_text="One of those that the story is told in."
    )

    earliest = models.DateTimeField(editable=False)
    latest = models.DateTimeField(editable=False)
    open_start = models.BooleanField(default=False, editable=False)
    open_end = models.BooleanField(default=False, editable=False)
    happened_on = models.DateField(editable=False)
    throughout = models.BooleanField(default=False, editable=False)
    edtf = models.CharField("EDTF", max_length=60, editable=False)

    state = models.CharField(max_length=10, choices=State, default=State.DRAFT, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    published_version = models.PositiveIntegerField(default=0, editable=False)
    hmac = HmacField(help_text="Of its words and its time, as they are now.")
    published_hmac = models.CharField(
        max_length=64, default="", editable=False, help_text="Of those that readers see."
    )
    published_kind = models.ForeignKey(
        *(Kind, models.PROTECT, "+"),
        null=True,
        db_index=False,
        editable=False,
        help_text="By which it was published: what it needs to stay so.",
    )
    source_total = models.PositiveIntegerField(
        default=0,
        editable=False,
        help_text="How many sources readers see in its support, kept by the database: see events.upkeep.",
    )
    withdrawal_reason = models.TextField(blank=True, editable=False)
    created_by = models.ForeignKey(
        *(settings.AUTH_USER_MODEL, models.PROTECT, "+"),
        db_index=False,
        editable=False,
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
                name="event_position_0_to_511", condition=Q(position__gte=0, position__lt=MOST_POSITIONS)
            ),
            models.CheckConstraint(
                name="event_state_is_known",
                condition=Q(
                    state__in="draft submitted scheduled published withdrawn discarded erased".split()
                ),
            ),
            models.CheckConstraint(
                name="event_published_in_a_version_it_had",
                condition=Q(published_version__lte=F("version"))
                & (~Q(state="published") | Q(published_version__gte=1)),
            ),
            scheduled_whole("event_scheduled_exactly_by_whom_and_which_version"),
            models.CheckConstraint(
                name="event_published_by_a_kind",
                condition=~Q(state="published") | Q(published_kind__isnull=False),
            ),
            models.CheckConstraint(
                name="event_withdrawn_exactly_with_reason",
                condition=(Q(state="withdrawn") & ~Q(withdrawal_reason=""))
                | (~Q(state="withdrawn") & Q(withdrawal_reason="")),
            ),
            models.CheckConstraint(
                name="event_discarded_was_never_published",
                condition=~Q(state="discarded") | Q(published_version=0),
            ),
            models.CheckConstraint(name="event_has_a_headline", condition=unless_erased(~Q(headline=""))),
            erased_without_words("event"),
        ]
        indexes = [
            models.Index(fields=["day", "earliest", "latest", "position"], name="event_in_order"),
            models.Index(fields=["state", "changed_at"], name="event_by_state"),
            models.Index(fields=["state", "publish_at"], name="event_due"),
            models.Index(fields=["created_by", "state", "changed_at"], name="event_begun"),
            models.Index(fields=["earliest", "latest", "position", "id"], name="event_listed"),
            models.Index(Lower("state"), "earliest", "latest", "position", "id", name="event_listed_state"),
            models.Index(fields=["kind", "earliest", "latest", "position", "id"], name="event_listed_kind"),
            models.Index(fields=["published_kind", "source_total"], name="event_supported"),
        ]
        permissions = [
            ("submit_event", "Can submit an event for publication"),
            ("publish_event", "Can publish an event"),
            ("withdraw_event", "Can withdraw a published event"),
            ("import_digest", "Can import a daily digest"),
        ]

    def __str__(self) -> str:
        return self.headline or TAKEN_DOWN

    def clean(self) -> None:
        """Reads the moment where it changes. What cannot be read is refused at its field."""
        saved = type(self).objects.filter(pk=self.pk).first()
        if self.day_id is None or (saved and not self.is_read_otherwise(saved)):
            return
        try:
            self.read_moment()
        except moments.Unreadable as refusal:
            field = "overruled_earliest" if self.overrules else "wording"
            raise ValidationError({field: str(refusal)}) from refusal

    def is_read_otherwise(self, saved: "Event") -> bool:
        """Whether anything that the moment is read from is unlike what was ``saved``."""
        return any(getattr(self, name) != getattr(saved, name) for name in READ_FROM)

    def read_moment(self) -> moments.Moment:
        """Fills the columns of the moment from the wording. Raises moments.Unreadable."""
        clock = self.day.story.clock
        moment = moments.read(self.wording, told_on=self.day.date, clock=clock)
        if self.overrules:
            moment = moment.overrule(self.overruled_earliest, self.overruled_latest, clock)
        if not FIRST_INSTANT <= moment.earliest < moment.latest <= LAST_INSTANT:
            raise moments.Unreadable(OUT_OF_YEARS)
        self.earliest, self.latest = moment.earliest, moment.latest
        self.open_start, self.open_end = moment.open_start, moment.open_end
        self.happened_on, self.throughout, self.edtf = moment.happened_on, moment.throughout, moment.edtf
        return moment

    def words(self) -> str:
        """What an approval of its citations is about, besides these: in its story, its words and its time."""
        words = (formless(self.headline), formless(self.text), formless(self.wording))
        bounds = (self.earliest.astimezone(UTC), self.latest.astimezone(UTC), self.open_start, self.open_end)
        return repr((self.day.story_id, *words, *bounds, self.throughout, self.happened_on, self.day.date))

    def told(self) -> str:
        """Its words and its time as a moderator reads them: plain text, each on a line of its own."""
        zone = self.day.story.clock.zone
        when = bounds_words(
            self.earliest, self.latest, zone, open_start=self.open_start, open_end=self.open_end
        )
        told_on = f"Told on {day_words(self.day.date)}."
        lines = (self.headline, f"{self.wording or 'Some time that day'}: {when}.", told_on, words(self.text))
        return "\n".join(filter(None, lines))

    @property
    def story(self):
        return self.day.story

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
        return self.kind.needs_of(self.day.story)

    @property
    def citations_needed_by_readers(self) -> int:
        """How many approved citations it takes for what readers see, whatever kind is staged."""
        return (self.published_kind or self.kind).needs_of(self.day.story)
