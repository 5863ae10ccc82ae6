"""The desk's page that imports a digest: paste or upload, look at what was read, change it, import.

An import that is begun is kept on the server, at an address of its own, until it is done or thrown away. Each
button sends the whole page; what comes of it is kept, and the page is shown again from there. So each works
without JavaScript, Back shows what stood there last, and another tab is another import.
"""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from chronicle.wording import zone_words_of_day
from events.admin import signed_out
from events.admin.desk import import_kept
from events.admin.desk.digest_form import DigestForm, day_in
from events.admin.desk.import_boxes import boxes_of, checks_of, cited, taken
from events.admin.desk.import_rows import Table
from events.admin.desk.import_state import acted
from events.admin.form_at import IMPORT_PAGE as NAME
from events.admin.keys import key_in
from events.admin.once import APART
from events.admin.reach import held
from events.admin.unsaved import AFTER, ASKED, TAB, is_saved, tell_browser
from events.editorial.holding import may_at_all
from events.editorial.moves import IMPORT
from events.editorial.refused import Refused
from events.importers.drafts import import_rows
from events.models import Event

BEGUN = f"{NAME}_begun"
TABS = (
    "Another tab has gone on with this import, or it is done: what you sent here is kept as one of its own."
)
GONE = "This import is done, or was thrown away."
COMPLETE = "A row is complete with a kind, a place and a certain time, and marked as a quotation."
SUBMITS = "submit"
IMPORTS = ("import", SUBMITS)
"""The steps that make drafts; one of them submits what is complete."""


def urls(site):
    """The addresses of the page on ``site``; they must come before those of the events."""
    return [
        path("events/event/import-digest/", site.admin_view(partial(page, site=site)), name=NAME),
        path(
            "events/event/import-digest/<int:key>/",
            site.admin_view(partial(begun_page, site=site)),
            name=BEGUN,
        ),
    ]


def page(request, *, site):
    """An empty form, with the imports that are begun; POSTed, the import as it is after the button."""
    insist(request)
    if request.method == "POST":
        response = sent(request, site, request.POST, request.FILES)
        if is_saved(response):
            tell_browser(request, response)
        return response
    typed = signed_out.taken_up(request)
    if typed is not None:
        messages.warning(request, signed_out.sentence(typed))
        typed["step"] = "read"
        return kept_page(request, site, typed)
    if ASKED in request.GET:
        return redirect(address_of(site, key_in(request.GET[ASKED]) or 0))
    return form_page(request, site, DigestForm(by=request.user), QueryDict(mutable=True))


def begun_page(request, key, *, site):
    """The import ``key`` as it was left: its rows, or its form where that is still wrong."""
    insist(request)
    row = import_kept.found(request, address_of(site), key_in(str(key)))
    if row is None:
        return gone(request, site)
    state = QueryDict(row.typed, mutable=True)
    state[AFTER] = str(row.tab)
    if state.get("step") == "change":
        return form_page(request, site, DigestForm(by=request.user, initial=state.dict()), state)
    form = DigestForm(state, by=request.user)
    if not form.is_valid():
        return form_page(request, site, form, state)
    return preview_page(request, site, form, table_of(form, state))


def gone(request, site):
    messages.info(request, GONE)
    return redirect(address_of(site))


def insist(request):
    if not may_at_all(request.user, IMPORT, held=held(request)):
        raise PermissionDenied


def sent(request, site, posted, files):
    """Keeps what was sent as it is after the button that was pressed, and goes on from there."""
    state, key = acted(posted)
    called = state.pop("called", [])
    if not (files or called or state.get("step") in IMPORTS):
        return kept_page(request, site, state, key)
    form = DigestForm(state, files, by=request.user)
    is_read = form.is_valid()
    state = form.data.copy()
    if "file" in form.errors:
        # A browser does not keep a chosen file, so that what is wrong with it is said at once or never.
        row, _ = import_kept.kept(request, address_of(site), state)
        state[AFTER] = str(row.tab)
    if form.errors.keys() & {"file", "story"}:
        return form_page(request, site, form, state)
    if is_read and state.get("step") in IMPORTS:
        return imported(request, site, form, state)
    if is_read:
        table = table_of(form, state)
        for choice in called:
            table.call(str(choice))
        state = table.state
    return kept_page(request, site, state, key)


def kept_page(request, site, state, key=""):
    """Keeps ``state`` and shows the import, at its row ``key``."""
    row, apart = import_kept.kept(request, address_of(site), state)
    if apart:
        messages.info(request, TABS)
    return HttpResponseRedirect(f"{address_of(site, row.pk)}{f'#row-{key}' if key else ''}")


def table_of(form, state):
    data = form.cleaned_data
    return Table(data["story"], form.known, form.days, state)


def sure_of(table):
    """The days that are confirmed. Where the text tells one alone, it is before the page is shown."""
    if table.is_new:
        return {table.digest.day} if len(table.days) == 1 else set()
    return set(filter(None, map(day_in, table.state.getlist("sure"))))


def imported(request, site, form, state):
    """Import, and go to the page of the day; a refusal shows the page again, as it was sent."""
    data, table = form.cleaned_data, table_of(form, state)
    sure = sure_of(table)
    try:
        submits = state["step"] == SUBMITS
        check(boxes_of(table, sure), submits=submits)
        wanted = table.wanted(sure, submits=submits)
        result = import_rows(wanted, table.fingerprint, data["story"], form.article, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        state["step"] = "read"
        return kept_page(request, site, state)
    import_kept.forget(request, address_of(site), state)
    tell = messages.success if result.drafts or result.cited else messages.info
    tell(request, result.in_words())
    if result.day:
        return redirect(f"{site.name}:events_day_desk", result.day.pk)
    events = reverse(f"{site.name}:events_event_changelist")
    return redirect(f"{events}?day__story__id__exact={data['story'].pk}")


def check(boxes, *, submits):
    """Refuses what would leave out a row that somebody ticked, or submit nothing, without a word."""
    if not any(box.is_taken for box in boxes):
        raise Refused("No day is confirmed yet: look at each, and tick “This is the day”.")
    for row in taken(boxes):
        if row.wrong:
            raise Refused(f"Row {row.number}, “{row.passage.headline}”: {row.wrong}")
    if submits and not any(row.is_complete for row in taken(boxes)):
        raise Refused(f"No row is complete. {COMPLETE}")


def form_page(request, site, form, state):
    """The form of the article; what was changed of its rows is taken along in it."""
    left_out = {*form.fields, *APART, TAB, AFTER, "step"}
    return TemplateResponse(
        request,
        "admin/events/import_digest.html",
        {
            **around(request, site),
            "form": form,
            "begun": [] if state else import_kept.begun(request, address_of(site)),
            "after": state.get(AFTER, ""),
            "along": [
                (name, value) for name, values in state.lists() for value in values if name not in left_out
            ],
        },
    )


def preview_page(request, site, form, table):
    story = form.cleaned_data["story"]
    boxes = boxes_of(table, sure_of(table))
    return TemplateResponse(
        request,
        "admin/events/import_preview.html",
        {
            **around(request, site),
            "form": form,
            "table": table,
            "digest": table.digest,
            "story": story,
            "zone": zone_words_of_day(story.clock, table.digest.day),
            "article": form.article,
            "known": form.known,
            "boxes": boxes,
            "facets": (("place", "Place"), ("actor", "Actor"), ("neither", "Neither")),
            "checks": checks_of(table, boxes),
            "taken": len(taken(boxes)),
            "what_is_complete": COMPLETE,
            "complete": sum(row.is_complete for row in taken(boxes)),
            "cited": len(cited(boxes)),
            "were_there": sum(row.is_there for row in table.rows),
            "lists": {name: table.state.getlist(name) for name in ("joined", "cut", "whole", "name")},
            "chosen": [(name, table.state[name]) for name in table.state if name.startswith("date-")],
            "after": table.state.get(AFTER, ""),
        },
    )


def address_of(site, key=None):
    """Of the form, or of one import that is begun."""
    if key is None:
        return reverse(f"{site.name}:{NAME}")
    return reverse(f"{site.name}:{BEGUN}", args=[key])


def around(request, site):
    """What every page of the desk needs around its content."""
    return {
        **site.each_context(request),
        "title": "Import a digest",
        "opts": Event._meta,
        "address": address_of(site),
        "tab": import_kept.new_page(),
    }
