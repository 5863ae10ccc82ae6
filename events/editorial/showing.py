"""What keeps a medium from being shown, and with it the event that shows it. Only read here."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.utils import timezone

from chronicle.wording import day_words
from events.models import Event, Material, Story, Use
from events.models.rights import NEEDS_NOTE, NO_BASIS, Consent
from media.models import Asset


def today(story: Story) -> date:
    """The day that it is by the clock of ``story``."""
    return day_in(story, timezone.now())


def day_in(story: Story, at: datetime) -> date:
    return at.astimezone(story.clock.zone).date()


def missing(material: Material, on: date) -> list[str]:
    """What keeps ``material`` from being shown on that day of its story, a sentence each."""
    sentences = (
        *unsaid(material),
        over(material, on),
        _UNDECIDED.get(material.state, ""),
        f"It was taken down: {material.taken_down_reason}" if material.taken_down_at else "",
    )
    return [sentence for sentence in sentences if sentence]


def unsaid(material: Material) -> list[str]:
    """What is not said of ``material`` that readers are to be told, a sentence each."""
    sentences = (
        "" if material.credit.strip() else "It has no credit.",
        _without_right(material),
        "" if material.alt.strip() or not is_picture(material) else "It has no alternative text.",
    )
    return [sentence for sentence in sentences if sentence]


_UNDECIDED: dict[str, str] = {
    Material.State.PENDING: "It is not approved yet.",
    Material.State.REJECTED: "It was rejected on review.",
    Material.State.DISCARDED: "It was discarded.",
    Material.State.ERASED: "It was taken down for good.",
}


GIVEN_AS_THEY_ARE = {
    "application/pdf": (
        "Readers get a PDF as it is, with all that is written in it: who made it, when and with what, "
        "earlier versions, what is attached, words below black bars. Take out first what must stay private."
    ),
    "text/plain": "Readers get a text as it is, every word of it.",
}


def given_as_it_is(material: Material) -> str:
    """What whoever uploads, changes or approves a document needs to know: it is not made anew for readers.

    Empty of a picture, which is.
    """
    return GIVEN_AS_THEY_ARE.get(material.asset.mime, "")


def is_picture(material: Material) -> bool:
    return material.asset.kind == Asset.Kind.PICTURE


def _without_right(material: Material) -> str:
    if not material.rights:
        return "It does not say by what right it may be shown."
    if material.rights in NO_BASIS:
        return f"“{material.get_rights_display()}” is no right to show it."
    if material.rights in NEEDS_NOTE and not material.rights_note.strip():
        return f"“{material.get_rights_display()}” does not say with or by whom, and when."
    return ""


def over(material: Material, on: date) -> str:
    """That its licence or the consent of those shown is over on that day, in a sentence; else empty."""
    if material.consent == Consent.WITHDRAWN:
        return "The consent of those shown was withdrawn."
    return licence_over(material, material.licence_ends, on)


def licence_over(material: Material, last: date | None, on: date) -> str:
    """Likewise of a licence whose ``last`` day that is."""
    if last and last < on:
        ends = "ended" if last < today(material.story) else "ends"
        return f"Its licence {ends} on {day_words(last)}."
    return ""


def kept_back(headline: str, materials: Collection[Material], on: date) -> str:
    """Sentences on those of ``materials`` that an event of that headline may not show; else empty."""
    said = [f"“{material}”: {' '.join(found)}" for material in materials if (found := missing(material, on))]
    if not said:
        return ""
    them = "a medium" if len(said) == 1 else f"{len(said)} media"
    return f"“{headline}” shows {them} that readers may not see. {' '.join(said)}"


def uses_of(events: Iterable[Event]) -> dict[int, list[Material]]:
    """The media of each of ``events`` (by primary key), in their order, in one query."""
    found: dict[int, list[Material]] = {event.pk: [] for event in events}
    for use in Use.objects.filter(event__in=found).select_related("material__asset", "material__story"):
        found[use.event_id].append(use.material)
    return found
