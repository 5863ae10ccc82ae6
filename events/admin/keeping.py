"""Putting away what nobody waits for, and bringing it back: buttons, and the filters that leave it out."""

from typing import Any

from events.admin.listing import ByChoice
from events.admin.verbs import Verb, VerbForm, words_field
from events.editorial import keeping
from events.editorial.moves import (
    BRING_BACK,
    BRING_BACK_MATERIAL,
    DISCARD,
    DISCARD_MATERIAL,
    SUBMIT_AGAIN,
    TAKE_BACK,
)
from events.models import Citation, Event, Material
from events.models.emptied import ERASED


class DiscardForm(VerbForm):
    reason = words_field("Why, for the desk")


class PutAwayForm(VerbForm):
    words = words_field("Why", required=False)


def is_authors(citation: Citation, person: Any) -> bool:
    """Whether ``person`` submitted it."""
    return bool(citation.submitted_by_id == person.pk)


def is_unused_upload(material: Material, person: Any) -> bool:
    """Whether ``person`` uploaded it and no event shows it."""
    return material.submitted_by_id == person.pk and not material.uses.exists()


OF_EVENTS = (
    Verb(
        "discard",
        "Discard",
        "Discarded: nobody waits for it any more. Under “Discarded” the list of events has it, to be brought "
        "back.",
        DISCARD,
        keeping.discard,
        DiscardForm,
        when=lambda event, person: not event.published_version,
        tells="It leaves every list and count, and its citations leave review. Nothing is deleted: it can be "
        "brought back, with all that was decided.",
    ),
    Verb(
        "bring-back",
        "Bring back as a draft",
        "A draft again, with its citations as they were. Readers see nothing of it.",
        BRING_BACK,
        keeping.bring_back,
    ),
)

OF_CITATIONS = (
    Verb(
        "take-back",
        "Take back",
        "Taken back: nobody decides on it, and it counts nowhere. You can submit it again.",
        TAKE_BACK,
        keeping.take_back,
        PutAwayForm,
        when=is_authors,
        tells="It leaves review and counts nowhere. It stays in the history of its event, and you can submit "
        "it again.",
    ),
    Verb(
        "submit-again",
        "Submit again",
        "Submitted again: it waits for a moderator.",
        SUBMIT_AGAIN,
        keeping.submit_again,
        when=is_authors,
    ),
)

OF_MEDIA = (
    Verb(
        "discard",
        "Discard",
        "Discarded: it waits for nobody. Under “Discarded” the grid has it, to be brought back; uploading "
        "its file again does so too.",
        DISCARD_MATERIAL,
        keeping.discard_material,
        PutAwayForm,
        when=is_unused_upload,
        tells="It leaves the grid and review. Its files stay, sealed, and it can be brought back.",
    ),
    Verb(
        "bring-back",
        "Bring back",
        "Back: it waits for approval again.",
        BRING_BACK_MATERIAL,
        keeping.bring_back_material,
    ),
)


class ByState(ByChoice):
    """The states of rows; what was put away is listed where it is asked for."""

    put_away = "discarded"

    def queryset(self, request, queryset):
        chosen = super().queryset(request, queryset)
        return (
            chosen
            if self.lookup_kwarg in self.used_parameters
            else chosen.exclude(state__in=[self.put_away, ERASED])
        )

    def choices(self, changelist):
        every, *states = super().choices(changelist)
        words = dict(self.field.flatchoices)[self.put_away].lower()
        return [{**every, "display": f"All but {words}"}, *states]


class ByStateOfCitation(ByState):
    """Likewise of citations; those of discarded events are on the pages of these alone."""

    put_away = "taken_back"

    def queryset(self, request, queryset):
        return super().queryset(request, queryset).exclude(event__state=Event.State.DISCARDED)
