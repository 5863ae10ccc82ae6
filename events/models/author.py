from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.lookups import IsNull

from events.models.decision import Decision, Words

APPROVING = ("approve", "confirm", "accept")
CHANGES = ("submit", "change")
READ_BESIDE = {
    Words.About.EVENT: "event__hmac",
    Words.About.SOURCE: "source__hmac",
    Words.About.OUTLET: "source__outlet__hmac",
}
"""Where, of a citation, the words are that are approved with it."""


class Author(models.Model):
    """That somebody wrote words of these, which nobody else had approved yet when they did.

    It goes by the words: taking them out and putting them in again frees nobody. Rows are only added.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    hmac = models.CharField(max_length=64, help_text="Of the words: see events.models.hmac.")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="author_once_of_the_same_words", fields=["hmac", "person"]),
            models.CheckConstraint(name="author_of_words", condition=~models.Q(hmac="")),
        ]

    def __str__(self) -> str:
        return str(self.person)


def of_their_own(person: Any) -> Q:
    """The citations that ``person`` may not decide on: what they say is theirs, or what is read beside.

    Who wrote the words of an event, a source or an outlet counts for each citation until somebody else has
    approved those words with one of them.
    """
    changed = Decision.objects.filter(citation=OuterRef("pk"), verb__in=CHANGES, by=person)
    own = Q(submitted_by=person) | Q(changed_by=person) | _any(changed) | _written_by(person, "hmac")
    for about, path in READ_BESIDE.items():
        own |= _written_by(person, path) & ~_approved_as(about, path)
    return own


def _written_by(person: Any, path: str) -> Q:
    return _any(Author.objects.filter(person=person, hmac=OuterRef(path)))


def _approved_as(about: str, path: str) -> Q:
    return _any(Words.objects.filter(hmac=OuterRef(path), about=about, decision__verb__in=APPROVING))


def _any(rows: Any) -> Q:
    """That there is one of ``rows``, looked up for each row by itself: of EXISTS beside an “or” PostgreSQL
    would first read all that the person ever decided."""
    return Q(IsNull(Subquery(rows.order_by().values("pk")[:1]), False))
