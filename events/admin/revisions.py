"""The history of a row: what each save changed, word by word, who made it and why; and a way back to each."""

from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from chronicle.site.differences import Change
from events.admin.conflict import keep_what_was_not_taken, whose_save
from events.admin.decision import told_at
from events.admin.keys import key_in
from events.admin.restoring import what_is_sent
from events.admin.wording import difference, in_order, label_of
from events.editorial.holding import note_of, story_of
from events.editorial.refused import Refused
from events.editorial.remembering import (
    KEPT,
    Words,
    changed_names,
    remember,
    revisions_of,
    words_of,
)
from events.models import Event, Revision

A_PAGE = 20
SAYING = "saying"
"""The field of a form in which somebody says why they save."""
LONGEST = 500
RESTORE = "restore"
"""In the address of a history: which revision one goes back to."""


class Remembers:
    """An admin whose saves each leave a revision."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        request.saves = request.method == "POST"
        return super().changeform_view(request, object_id, form_url, extra_context)

    def save_form(self, request, form, change):
        request.form = form
        return super().save_form(request, form, change)

    def note_before(self, request: Any, row: Any) -> None:
        """What ``row``, which is held, says before its form saves it."""
        if getattr(request, "saves", False) and isinstance(row, KEPT):
            request.before = (row.pk, words_of(row), row.version)

    def log_addition(self, request, obj, message):
        if isinstance(obj, KEPT):
            self.remember(request, obj, {}, None, message)
        return super().log_addition(request, obj, message)

    def log_change(self, request, obj, message):
        key, words, began = getattr(request, "before", (None, {}, None))
        if isinstance(obj, KEPT) and obj.pk == key:
            keep_what_was_not_taken(request, request.form)
            self.remember(request, obj, words, began, message)
        return super().log_change(request, obj, message)

    def remember(
        self,
        request: Any,
        row: Any,
        before: Words,
        began: int | None,
        message: Any = "",
        *,
        seen: str = "seen",
    ) -> None:
        """Add what ``row`` says now to its history; ``seen`` is the name that its version was sent by."""
        now = type(row)._base_manager.get(pk=row.pk)
        why = reason_of(request) or (message if isinstance(message, str) and before == {} else "")
        tells = whose_save(request, now, seen)
        remember(now, by=request.user, before=before, began=began, why=why, tells=tells)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context |= {"saying": request.POST.get(SAYING, ""), "has_histories": self.model in KEPT}
        return super().render_change_form(request, context, add, change, form_url, obj)

    def history_view(self, request, object_id, extra_context=None):
        """Only to be looked at, by whoever may look at the row."""
        if self.model not in KEPT:
            return super().history_view(request, object_id, extra_context)
        return require_safe(self.revisions_view)(request, object_id)

    def revisions_view(self, request, object_id):
        row = self.get_object(request, unquote(object_id))
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "object": row,
            "address": reverse(f"admin:events_{self.opts.model_name}_change", args=[row.pk]),
            "may_restore": self.has_change_permission(request, row),
        }
        if RESTORE in request.GET:
            return self.restore_view(request, row, context)
        page = page_of(row, request.GET.get("page"))
        told = [told_of(revision, row) for revision in page]
        context |= {"title": f"History of “{row}”", "revisions": told, "page": page}
        return TemplateResponse(request, "admin/events/revisions.html", context)

    def restore_view(self, request, row, context):
        """What the row would say again, to be confirmed; it is saved by its own form."""
        key = key_in(request.GET[RESTORE])
        revision = revisions_of(row).filter(pk=key).first() if key else None
        if revision is None:
            raise Http404
        if not context["may_restore"]:
            raise PermissionDenied
        then, now = revision.after, words_of(row)
        form = self.get_form(request, row, change=True)(instance=row)
        formsets, _ = self._create_formsets(request, row, change=True)
        sent = what_is_sent(form, formsets, {**now, **then})
        context |= {
            "title": f"Restore {str(revision).lower()} of “{row}”",
            "revision": revision,
            "when": told_at(revision.at, story_of(row)),
            "changes": changes(type(row), now, then),
            "sent": sent,
        }
        return TemplateResponse(request, "admin/events/restore.html", context)


def reason_of(request: Any) -> str:
    """Why somebody saves, as they said it with their save."""
    said = note_of(request.POST.get(SAYING, ""))
    if len(said) > LONGEST:
        raise Refused(f"Say why in at most {LONGEST} characters.")
    return said


def page_of(row: Any, number: Any) -> Page:
    """The revisions of ``row``, the last first; of an event those of its citations too."""
    found = revisions_of(row)
    if isinstance(row, Event) and (citations := list(row.citations.all())):
        found = (found | revisions_of(*citations)).order_by("-pk")
    return Paginator(found, A_PAGE).get_page(number)


def told_of(revision: Revision, row: Any) -> dict[str, Any]:
    """``revision`` as the history of ``row`` tells of it."""
    own = revision.model == row._meta.model_name
    model = type(row) if own else row._meta.get_field("citations").related_model
    return {
        "revision": revision,
        "of": "" if own else f"Citation {revision.key}",
        "when": told_at(revision.at, story_of(row)),
        "changes": changes(model, revision.before, revision.after),
        "is_own": own,
    }


def changes(model: type, before: Words, after: Words) -> list[Change]:
    """What ``after`` says otherwise than ``before``, field by field."""
    there = {each.name for each in model._meta.get_fields()}
    names = [name for name in changed_names(before, after) if name in there and name != "story"]
    found = (
        Change(label_of(model, name), difference(model, name, before.get(name), after[name]))
        for name in in_order(model, names)
    )
    return [change for change in found if change.pieces]
