from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q

from events.models.addresses import leads_to_the_web
from events.models.emptied import TAKEN_DOWN, Erasable, erased_without_words, unless_erased
from events.models.hmac import HmacField, as_words
from events.models.name import refuse_name_of_another
from events.models.story import Story, within_years

web_address = URLValidator(schemes=["http", "https"])


TOLD_OF_AN_OUTLET = (
    *("name", "nature", "country", "side", "url"),
    *("reliability", "reliability_reason", "reliability_since"),
)

UNGROUNDED = {
    "reliability_reason": "Say in a sentence why it is graded so: readers find it beside the grade.",
    "reliability_since": "Say since when it is graded so.",
}
"""What a grade lacks, by field, for whoever gives it."""


class Outlet(Erasable):
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

    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="outlets")
    name = models.CharField(max_length=120)
    nature = models.CharField("kind", max_length=12, choices=Nature, default=Nature.NEWSPAPER)
    country = models.CharField(max_length=60, blank=True)
    side = models.CharField(
        max_length=60, blank=True, help_text="Whose side it speaks from, where it has one."
    )
    reliability = models.CharField(max_length=1, choices=Reliability, default=Reliability.F)
    reliability_reason = models.CharField("reason for the grade", max_length=300, blank=True)
    reliability_since = models.DateField(
        "grade since", null=True, blank=True, validators=[within_years], help_text="When it was graded so."
    )
    url = models.URLField("address", blank=True, validators=[web_address])
    version = models.PositiveIntegerField(default=1, editable=False)
    hmac = HmacField(help_text="Of who it is, as it is now.")
    proposed: Any = None
    """What a save of it made wait instead, where it is in use: see events.editorial.guarding."""

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                name="outlet_one_a_name",
                fields=["story", "name"],
                condition=Q(erased_at__isnull=True),
                violation_error_message="This story has an outlet of that name already.",
            ),
            models.CheckConstraint(
                name="outlet_reliability_a_to_f", condition=Q(reliability__in=["A", "B", "C", "D", "E", "F"])
            ),
            leads_to_the_web("outlet_leads_to_the_web", "url"),
            models.CheckConstraint(name="outlet_has_a_name", condition=unless_erased(~Q(name=""))),
            erased_without_words("outlet"),
        ]

    def clean(self) -> None:
        """A grade says why it was given and since when; that it cannot be judged needs neither."""
        if self.reliability == self.Reliability.F:
            return
        given = {"reliability_reason": self.reliability_reason, "reliability_since": self.reliability_since}
        if missing := {name: UNGROUNDED[name] for name, value in given.items() if not value}:
            raise ValidationError(missing)

    def validate_constraints(self, exclude=None) -> None:
        """Its name is no other's, in whichever case."""
        super().validate_constraints(exclude)
        refuse_name_of_another(self, exclude)

    def words(self) -> str:
        """Who it is in its story, and how graded: what an approval of each citation is about as well."""
        return as_words((self.story_id, *(getattr(self, name) for name in TOLD_OF_AN_OUTLET)))

    def __str__(self) -> str:
        return self.name or TAKEN_DOWN
