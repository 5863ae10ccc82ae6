"""The media that wait for a moderator: the picture and the words, just as they are approved."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Exists, F, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce, NullIf

from events.admin.decision import told
from events.admin.desk.media.files import LARGE, address_of
from events.admin.desk.queue import FINISHED, NOTHING, Queue, columns
from events.admin.verbs import VerbForm, words_field
from events.editorial import materials
from events.editorial.arranging import LEFT_OUT
from events.editorial.moves import APPROVE_MATERIAL, REJECT_MATERIAL
from events.editorial.showing import given_as_it_is, missing, today
from events.models import Author, Decision, Material, Use

PENDING = "It is not approved yet."


class RejectMediumForm(VerbForm):
    code = forms.ChoiceField(label="Reason", choices=materials.REASONS, widget=forms.RadioSelect)
    words = words_field("In a few words, for its author")


def of_their_own(person: Any) -> Q:
    """The media that ``person`` ever uploaded, changed or covered."""
    changed = Decision.objects.filter(material=OuterRef("pk"), verb__in=materials.CHANGES, by=person)
    wrote = Author.objects.filter(person=person, hmac=OuterRef("hmac"))
    return Q(submitted_by=person) | Q(changed_by=person) | Exists(changed) | Exists(wrote)


def in_full() -> Any:
    """Media with all that is shown of each."""
    people = ("submitted_by", "changed_by", "claim__person", "claim__handed_by")
    uses = Prefetch("uses", Use.objects.select_related("event__day__story"))
    related = ("story", "asset", "shown", "source__outlet", "place", *people)
    return Material.objects.select_related(*related).prefetch_related(uses, "place__names")


def beside(material: Material) -> dict[str, Any]:
    """Its picture, what is to be known of a document, and what it lacks."""
    return {
        "picture": address_of(material.printable, material, LARGE),
        "given": given_as_it_is(material),
        "lacks": lacks(material),
    }


def lacks(material: Material) -> list[str]:
    """What keeps it from readers, its approval apart, which its badge tells."""
    return [sentence for sentence in missing(material, today(material.story)) if sentence != PENDING]


def likely(material: Material) -> tuple[str, str]:
    """What a moderator probably does with it."""
    return "approve", "Approve, and let it be shown again" if material.taken_down_at else "Approve"


def past_of(media: Sequence[Material]) -> dict[int, dict[str, Any]]:
    """What was done with each of ``media``."""
    rows = Decision.objects.filter(material__in=media).select_related("by").prefetch_related("words")
    found: dict[int, list[Decision]] = {medium.pk: [] for medium in media}
    for row in rows:
        found[row.material_id].append(row)
    return {medium.pk: {"own": [told(row, medium.story) for row in found[medium.pk]]} for medium in media}


HELD_UP = Use.objects.filter(material=OuterRef("pk"), event__state__in=FINISHED)
"""That a finished event shows it."""

SHOWING = Use.objects.filter(material=OuterRef("pk")).exclude(event__state__in=LEFT_OUT)
IN_TIME = SHOWING.order_by("event__day__date", "event__day")
"""The uses of a medium, by the days that tell the events which show it: it is found under the first."""

TITLE = Coalesce(NullIf("caption", NOTHING), F("asset__name"))
OUTLET = Coalesce("source__outlet__name", NOTHING)

MEDIA = Queue(
    name="medium",
    permissions=(APPROVE_MATERIAL.permission, REJECT_MATERIAL.permission),
    verbs={"approve": (VerbForm, materials.approve), "reject": (RejectMediumForm, materials.reject)},
    columns=columns(
        "submitted_at",
        day=Subquery(IN_TIME.values("event__day")[:1]),
        outlet=F("source__outlet"),
        finished=Exists(HELD_UP),
    ),
    head=(
        TITLE,
        Subquery(IN_TIME.values("event__day__date")[:1]),
        NOTHING,
        Coalesce("source__outlet__name", NOTHING),
    ),
    in_full=in_full,
    own=of_their_own,
    beside=beside,
    likely=likely,
    past=past_of,
)
