"""What is done with an event next: the buttons at the foot of its page, one of them filled; what it lacks."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages

from chronicle import wording
from events.admin.desk.today import work
from events.admin.desk.writing.needing import Check
from events.admin.desk.writing.previewing import ASKED
from events.editorial import publishing
from events.editorial.refused import Refused
from events.models import Citation, Event

STEPS = {
    "_submit": ("submit", "Save and submit"),
    "_publish": ("publish", "Save and publish"),
    "_at_opening": ("publish-at-opening", "Save and publish at the opening"),
}
"""By the name of a button, the verb that it carries out once the form is saved, and what it says."""
OF_THE_BAR = {verb for verb, _ in STEPS.values()}


@dataclass(frozen=True)
class Step:
    """A button that saves, and carries out the verb of its ``name``."""

    name: str
    label: str
    filled: bool = False

    @property
    def verb(self) -> str:
        return STEPS[self.name][0] if self.name in STEPS else ""


def bar(event: Event | None, offered: Collection[str], lacking: Sequence[str]) -> list[Step]:
    """The buttons for ``event``, None while it is only being written, the likely next step last and filled.

    ``offered`` are the verbs that who asks may carry out, ``lacking`` what keeps readers from it.
    """
    found = [Step("_save", "Save draft" if event is None or event.state == Event.State.DRAFT else "Save")]
    found += [Step(name, label) for name, (verb, label) in STEPS.items() if verb in offered]
    likely = _likely(event, [step.name for step in found], lacking)
    others = [step for step in found if step.name != likely]
    return [*others, *(Step(step.name, step.label, filled=True) for step in found if step.name == likely)]


def _likely(event: Event | None, names: list[str], lacking: Sequence[str]) -> str:
    prints = next((name for name in names if name in ("_publish", "_at_opening")), None)
    if event is not None and prints and not lacking:
        return prints
    return "_submit" if "_submit" in names else "_save"


def asked(data: Any) -> str:
    """Which verb is to follow the save that ``data`` asks for; empty where none is."""
    return next((verb for name, (verb, _) in STEPS.items() if name in data), "")


def take(model_admin: Any, request: Any, event: Event, name: str) -> None:
    """Carry out the verb ``name`` on ``event``, saved just now, and say what came of it: saved it stays."""
    event = model_admin.get_queryset(request).get(pk=event.pk)
    verb = next(verb for verb in model_admin.verbs if verb.name == name)
    form = verb.bound(event, {"seen": event.version, "note": request.POST.get("note", "")})
    try:
        if not form.is_valid():
            raise Refused(" ".join(str(error) for errors in form.errors.values() for error in errors))
        verb.run(event, by=request.user, **form.cleaned_data)
    except Refused as refused:
        messages.warning(request, f"Saved. {verb.label}: not done. {refused}")
        return
    # The save has its revision already.
    request.before = (None, {}, None)
    model_admin.log_change(request, event, verb.label)
    messages.success(request, verb.said(model_admin.get_queryset(request).get(pk=event.pk)))


def checks(event: Event, lacking: Sequence[str]) -> list[Check]:
    """What is there of ``event`` and what it lacks."""
    places = len(event.places.all())
    found = [Check("Headline, kind, time", is_there=True)]
    found.append(Check("A place", is_there=True) if places else Check("No place", help="It may have none."))
    if not lacking:
        found.append(Check("All that readers need to see it", is_there=True))
    return [*found, *(Check(words[:1].upper() + words[1:]) for words in lacking)]


def of_a_new_one() -> dict[str, Any]:
    """What is done with an event that is only being written."""
    return {"steps": bar(None, ("submit",), ()), "preview": ASKED}


def lacking(event: Event, citations: Sequence[Citation], materials: Sequence[Any]) -> list[str]:
    """What there is to do before readers see ``event``, besides a press of a button."""
    back = sum(citation.state == Citation.State.REJECTED for citation in citations)
    mend = [f"mend {wording.counted(back, 'citation', 'citations')} sent back"] if back else []
    return [*mend, *work.lacks(event, citations, materials)]


def rests_on(event: Event, citations: Sequence[Citation]) -> str:
    """How much it rests on, and what its policy asks."""
    sound, needed = len(publishing.sound_of(event, citations)), event.citations_needed
    return f"{sound} of {needed} approved" if needed else f"{sound} approved; none is needed"
