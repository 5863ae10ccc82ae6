from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from events.models.citation import Citation
from events.models.material import Material
from events.models.proposal import Proposal

LONGEST_WORD = 300
"""Characters of what is said to whom something is handed."""
OF = ("citation", "material", "proposal")
"""The columns of which one says what is claimed."""


class Claim(models.Model):
    """That somebody keeps what waits in Review for themselves, or was handed it with a word, until some time.

    One at a time of a thing. It goes with the decision, whoever makes it: see events.upkeep.
    """

    citation = models.OneToOneField(Citation, models.CASCADE, null=True, related_name="claim")
    material = models.OneToOneField(Material, models.CASCADE, null=True, related_name="claim")
    proposal = models.OneToOneField(Proposal, models.CASCADE, null=True, related_name="claim")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="claims")
    until = models.DateTimeField()
    handed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+", db_index=False
    )
    words = models.CharField(max_length=LONGEST_WORD, blank=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="claim_of_exactly_one_thing",
                condition=Q(
                    *(Q(**{f"{other}__isnull": other != one for other in OF}) for one in OF), _connector=Q.OR
                ),
            ),
            models.CheckConstraint(
                name="claim_handed_by_another_exactly_with_a_word",
                condition=Q(handed_by__isnull=True, words="")
                | (Q(handed_by__isnull=False) & ~Q(words="") & ~Q(handed_by=F("person"))),
            ),
        ]

    def __str__(self) -> str:
        return f"Claimed by {self.person}"

    @property
    def holds(self) -> bool:
        """Whether its time is not over."""
        return self.until > timezone.now()

    @property
    def of(self) -> Any:
        """What is claimed."""
        return self.citation or self.material or self.proposal
