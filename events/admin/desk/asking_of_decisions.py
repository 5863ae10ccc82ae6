"""The page on which somebody asks that words of decisions be taken down: their notes, and what they were on.

Words that were staged on something printed, decided on, and changed back before readers saw them stand
nowhere else. What was decided stands.
"""

from typing import Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from events.admin import signed_out
from events.admin.decision import SUBJECTS, read_of, told
from events.admin.desk.asking import WhyForm, command_for
from events.admin.keys import key_in
from events.admin.takable import MOST_DECISIONS as MOST
from events.editorial import takedowns
from events.editorial.moves import ASK_TAKEDOWN
from events.editorial.reach import within
from events.editorial.refused import Refused
from events.editorial.takedowns import Part
from events.erasing.rows import name_of
from events.models import Decision, Takedown

SEVERAL = "These were decided in several chronicles. Choose those of one: each has a takedown of its own."
NO_MORE = f"These are more than {MOST}. Choose at most {MOST} at once."
STAYS = "Each decision stays, with who made it, when, and what it decided."


def urls(site: Any) -> list[Any]:
    """The address of the page on ``site``; it must come before those of the rows."""

    def view(request: Any) -> Any:
        return page(request, site=site)

    return [path("events/decision/take-down/", site.admin_view(view), name="decisions_take_down")]


def page(request: Any, *, site: Any) -> Any:
    """What would go with the decisions named in the address; with a POST, asks for it."""
    decisions = _named(request)
    parts, story = [Part(row=name_of(each)) for each in decisions], decisions[0].told_in
    against = _against(decisions, parts)
    form = WhyForm(signed_out.sent_to(request))
    if request.method == "POST" and not against and (made := _asked(request, story, parts, form)):
        return redirect("admin:takedown", made.pk)
    others = takedowns.others_who_confirm(request.user)
    context = {
        **site.each_context(request),
        "title": "Take words of decisions down for good",
        "row": "Decisions",
        "shown": [told(each, story) | {"name": name_of(each), "read": read_of(each)} for each in decisions],
        "against": against,
        "stays": STAYS,
        "form": form,
        "others": others,
        "command": "" if others else command_for(story, parts, request.user),
        "opts": Decision._meta,
        "address": reverse("admin:events_decision_changelist"),
    }
    return TemplateResponse(request, "admin/events/take_down_decisions.html", context)


def _named(request: Any) -> list[Decision]:
    """The decisions that the address names, those whose takedown ``request.user`` may ask for.

    Of many that were chosen in a list, those that have no words need not go; a single one is refused.
    """
    keys = [key for key in map(key_in, request.GET.getlist("decision")[: MOST + 1]) if key is not None]
    open_to = within(Decision.objects.all(), request.user, ASK_TAKEDOWN).filter(pk__in=keys)
    found = open_to.select_related("by", "story", *SUBJECTS).prefetch_related("words").order_by("pk")
    if not found:
        raise Http404
    with_words = [each for each in found if any(words.text for words in each.words.all())]
    return with_words or list(found)


def _against(decisions: list[Decision], parts: list[Part]) -> str:
    """Why that cannot be asked for; empty where it can."""
    if len(decisions) > MOST:
        return NO_MORE
    if len({each.told_in_id for each in decisions}) > 1:
        return SEVERAL
    try:
        takedowns.check_parts(decisions[0].told_in, parts)
    except Refused as refused:
        return str(refused)
    return ""


def _asked(request: Any, story: Any, parts: list[Part], form: WhyForm) -> Takedown | None:
    """Asks for what was sent; says so, or why not."""
    if not form.is_valid():
        messages.error(request, "Not asked for. What is missing or wrong stands beside it.")
        return None
    try:
        made = takedowns.ask(story, parts, by=request.user, **form.told())
    except Refused as refused:
        messages.error(request, str(refused))
        return None
    messages.success(request, "Asked for. Nothing is taken before another administrator confirms it.")
    return made
