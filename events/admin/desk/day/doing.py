"""What is sent to the page of a day: an event more, one in another place, or a deed with many.

All of it is one form. Whatever was typed and not used by what was done is in it again, after a refusal and
after a redirect.
"""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect

from events.admin import unsaved
from events.admin.desk.day import adding, rows
from events.admin.desk.day.asking import TICKS, Asked, Shown
from events.admin.desk.day.named import AFTER
from events.admin.desk.day.together import DEEDS, Deed, Outcome, do
from events.admin.keys import key_in
from events.editorial import arranging
from events.editorial.refused import Refused
from events.erasing.job import LEFT_OVER
from events.models import Event

OF_ALL = {"submit-complete": ("submit", "complete"), "publish-ready": ("publish", "ready")}
"""Buttons for what nobody ticked: the deed of each, and the field that says what was shown as fit for it."""
BUTTONS = ("deed", "order", "complete", "ready")
NOTHING_TICKED = "Tick the events that this is to be done with."
NOTHING_TYPED = "Press the button of what is to be done: nothing was."
WRONG = "Not done: what is missing or wrong stands at the foot."


def act(asked: Asked) -> HttpResponse | Shown:
    """Does what was asked for; what cannot be done is shown with what was typed."""
    sent = asked.request.POST
    deed = sent.get("deed", "")
    try:
        if "order" in sent:
            return _order(asked, sent["order"])
        if deed in ("add", "enter"):
            return _add(asked)
        if deed in DEEDS or deed in OF_ALL:
            return _together(asked, deed)
    except Refused as refused:
        messages.error(asked.request, str(refused))
        return Shown(sent)
    raise Http404


def _order(asked: Asked, sent: str) -> HttpResponse:
    """Puts one event in another place among those of its time: its key, the version shown, the place."""
    key, version, place = (*map(key_in, sent.split(":")), None, None, None)[:3]
    event = Event.objects.filter(day=asked.day, pk=key).select_related("day__story").first()
    if event is None or version is None or place is None:
        raise Http404
    arranging.arrange(event, by=asked.request.user, seen=version, to=place)
    return _go_on(asked, asked.request.POST, anchor=f"event-{key}")


def _add(asked: Asked) -> HttpResponse | Shown:
    sent = asked.request.POST
    if sent.get("deed") == "enter" and not (sent.get("headline") or sent.get("wording")):
        messages.warning(asked.request, NOTHING_TYPED)
        return Shown(sent)
    form = asked.adding(sent)
    event = adding.add(form, asked.day, by=asked.request.user)
    if event is None:
        return Shown(sent, adding=form)
    site = asked.admin.admin_site
    site.get_model_admin(Event).log_addition(asked.request, event, [{"added": {}}])
    messages.success(asked.request, adding.added_words(event))
    return _go_on(asked, without(sent, *form.fields), kind=str(event.kind_id), anchor="new_wording")


def _together(asked: Asked, name: str) -> HttpResponse | Shown:
    """A deed with each event that was ticked, or was shown as fit for it."""
    sent = asked.request.POST
    name, of_all = OF_ALL.get(name, (name, ""))
    deed = DEEDS[name]
    chosen = chosen_in(sent.get(of_all, "").split() if of_all else sent.getlist(TICKS))
    form = asked.together(sent)
    if not (form.is_for(deed) and chosen):
        messages.error(asked.request, WRONG if chosen else NOTHING_TICKED)
        return Shown(sent, together=form)
    outcome = do(deed, chosen, asked.day, form.cleaned_data, by=asked.request.user)
    _tell(asked, deed, outcome)
    return _after(asked, deed, outcome)


def _after(asked: Asked, deed: Deed, outcome: Outcome) -> HttpResponse | Shown:
    """What was refused stays ticked, with what was typed for it."""
    sent = asked.request.POST
    refused = [(event.pk, str(event), why) for event, why in outcome.refused]
    if not outcome.done:
        return Shown(sent, refused)
    rest = without(sent, TICKS, *(() if refused else deed.takes))
    again = [event for event, _ in outcome.refused] + (outcome.done if deed.keeps_ticks else [])
    rest.setlist(TICKS, [f"{event.pk}:{event.version}" for event in again])
    return _go_on(asked, rest, refused)


def _tell(asked: Asked, deed: Deed, outcome: Outcome) -> None:
    """What became of it, in numbers; each that was done has a line in the log of the desk."""
    events = asked.admin.admin_site.get_model_admin(Event)
    for event in outcome.done:
        events.log_change(asked.request, event, f"{deed.done.capitalize()} on the page of its day.")
    done = f"{len(outcome.done)} {deed.done}"
    if not outcome.refused:
        messages.success(asked.request, f"{done}.")
        return
    kept = "What you typed is kept. Below stands which, and why."
    messages.warning(asked.request, f"{done}, {len(outcome.refused)} refused. {kept}")


def chosen_in(sent: Sequence[str]) -> dict[int, int]:
    """The events that are named in ``sent``, each with the version in which it was shown."""
    found = {}
    for each in sent[: rows.MOST]:
        key, version = (*map(key_in, each.split(":")), None, None)[:2]
        if key is not None and version is not None:
            found[key] = version
    return found


def without(sent: QueryDict, *names: str) -> QueryDict:
    """``sent`` but for the fields ``names``, and whatever says where it was typed."""
    rest = QueryDict(unsaved.without_tokens(sent), mutable=True)
    for name in (*names, *(f"{each}{AFTER}" for each in names), *BUTTONS):
        rest.pop(name, None)
    return rest


def _go_on(
    asked: Asked,
    rest: QueryDict,
    refused: Sequence[tuple[int, str, str]] = (),
    *,
    kind: str = "",
    anchor: str = "",
) -> HttpResponse:
    """Back to the page, with what was typed and is not done yet."""
    request, typed = asked.request, without(rest)
    unsaved.forget(request)
    if refused or any(any(values) for _, values in typed.lists()):
        left = {"day": asked.day.pk, "typed": typed.urlencode(), "refused": list(refused)}
        request.session[LEFT_OVER] = left
    address = asked.address(kind)
    response = redirect(f"{address}#{anchor}" if anchor else address)
    unsaved.tell_browser(request, response)
    return response
