"""The desk's page that imports a digest: paste or upload, look at what was read, untick, import.

Both steps are one address. The text travels in the page itself, from step to step: nothing of it is kept
on the server until it is imported.
"""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from chronicle.wording import zone_words_of_day
from events.admin.desk.digest_form import DigestForm
from events.admin.reach import held
from events.editorial.holding import may_at_all
from events.editorial.moves import IMPORT
from events.editorial.refused import Refused
from events.importers import preview
from events.importers.drafts import import_digest
from events.models import Event

NAME = "events_event_import_digest"


def urls(site):
    """The address of the page on ``site``; it must come before those of the events."""
    view = site.admin_view(partial(page, site=site))
    return [path("events/event/import-digest/", view, name=NAME)]


def page(request, *, site):
    """The form; its preview when POSTed; with ``step=import`` the drafts, then the list of events."""
    if not may_at_all(request.user, IMPORT, held=held(request)):
        raise PermissionDenied
    if request.method != "POST":
        return form_page(request, site, DigestForm(by=request.user))
    if request.POST.get("step") == "change":
        return form_page(request, site, DigestForm(by=request.user, initial=request.POST.dict()))
    form = DigestForm(request.POST, request.FILES, by=request.user)
    if not form.is_valid():
        return form_page(request, site, form)
    return digest_page(request, site, form)


def digest_page(request, site, form):
    """What was read with its events ticked, or, with ``step=import``, the import of what is ticked."""
    if request.POST.get("step") != "import":
        ticked = {passage.number for passage in form.digest.passages if passage.is_event}
        return preview_page(request, site, form, ticked)
    ticked = ticked_of(form.digest, request.POST.getlist("passage"))
    if request.POST.get("confirmed") != form.digest.day.isoformat():
        messages.warning(request, "The day is read differently now. Look again, then import.")
        return preview_page(request, site, form, ticked)
    return imported(request, site, form, ticked)


def ticked_of(digest, sent):
    """The numbers of the passages that were ``sent`` as ticked; what else was sent is no passage."""
    return {passage.number for passage in digest.passages if str(passage.number) in sent}


def imported(request, site, form, ticked):
    """Import, and go to the events of the day; a refusal shows the preview again, as it was ticked."""
    data = form.cleaned_data
    try:
        result = import_digest(
            form.digest,
            data["story"],
            form.article,
            by=request.user,
            wanted=ticked,
            kind=data["kind"],
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return preview_page(request, site, form, ticked)
    tell = messages.success if result.drafts else messages.info
    tell(request, result.in_words())
    events = reverse(f"{site.name}:events_event_changelist")
    listed = f"{events}?day__story__id__exact={data['story'].pk}"
    return redirect(f"{listed}&day={result.day.pk}" if result.day else listed)


def form_page(request, site, form):
    return TemplateResponse(
        request, "admin/events/import_digest.html", {**around(request, site), "form": form}
    )


def preview_page(request, site, form, ticked):
    story = form.cleaned_data["story"]
    lines = [
        (line, line.passage.number in ticked and not line.is_there)
        for line in preview.lines(form.digest, story, form.article)
    ]
    return TemplateResponse(
        request,
        "admin/events/import_preview.html",
        {
            **around(request, site),
            "form": form,
            "digest": form.digest,
            "story": story,
            "zone": zone_words_of_day(story.clock, form.digest.day),
            "article": form.article,
            "known": form.known,
            "lines": lines,
            "events": sum(line.passage.is_event for line, _ in lines),
            "were_there": sum(line.is_there for line, _ in lines),
        },
    )


def around(request, site):
    """What every page of the desk needs around its content."""
    return {**site.each_context(request), "title": "Import a digest", "opts": Event._meta}
