"""The history of a row: what each save changed, word by word, who made it and why; and a way back to each."""

from collections.abc import Iterator
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
from events.admin.restoring import what_is_gone, what_is_sent
from events.admin.wording import Called, called_today, difference, in_order, label_of, named_in
from events.editorial.holding import note_of, story_of
from events.editorial.refused import Refused
from events.editorial.remembering import (
    BELOW,
    KEPT,
    Words,
    changed_names,
    columns_of,
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

    def construct_change_message(self, request, form, formsets, add=False):
        """Asked for once all is saved, and before it is noted."""
        request.forms_saved = form, formsets
        return super().construct_change_message(request, form, formsets, add)

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
            keep_what_was_not_taken(request, *request.forms_saved)
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
        told = told_of(list(page), row)
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
        form = self.get_form(request, row, change=True)(instance=row)
        gone = what_is_gone(form, revision.after)
        then, now = {**revision.after, **{name: kept for name, (kept, _) in gone.items()}}, words_of(row)
        formsets, _ = self._create_formsets(request, row, change=True)
        sent = what_is_sent(form, formsets, {**now, **then})
        context |= {
            "title": f"Restore {str(revision).lower()} of “{row}”",
            "revision": revision,
            "when": told_at(revision.at, story_of(row)),
            "changes": changes(type(row), now, then),
            "gone": [(label_of(type(row), name), number) for name, (_, number) in gone.items()],
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


def told_of(revisions: list[Revision], row: Any) -> list[dict[str, Any]]:
    """``revisions`` as the history of ``row`` tells of them."""
    models = [_model_of(revision, row) for revision in revisions]
    sides = [(revision.before, revision.after) for revision in revisions]
    found = zip(models, sides, strict=True)
    called = called_today(one for model, both in found for one in _named(model, *both))
    return [
        {
            "revision": revision,
            "of": "" if model is type(row) else f"Citation {revision.key}",
            "when": told_at(revision.at, story_of(row)),
            "changes": changes(model, *both, called),
            "is_own": model is type(row),
        }
        for revision, model, both in zip(revisions, models, sides, strict=True)
    ]


def _model_of(revision: Revision, row: Any) -> Any:
    own = revision.model == row._meta.model_name
    return type(row) if own else row._meta.get_field("citations").related_model


def changes(model: type, before: Words, after: Words, called: Called | None = None) -> list[Change]:
    """What ``after`` says otherwise than ``before``, field by field; ``called`` knows what either names."""
    found = (
        Change(label_of(model, name), difference(model, name, before.get(name), after[name], called=called))
        for name in in_order(model, _changed(model, before, after))
    )
    return [change for change in found if change.pieces]


def _changed(model: Any, before: Words, after: Words) -> list[str]:
    """What there still is to be said otherwise."""
    columns = [*columns_of(model), *model._meta.many_to_many]
    there = {each.name for each in columns if each.name != "story"} | {BELOW.get(model, ("", ""))[0]}
    return [name for name in changed_names(before, after) if name in there]


def _named(model: Any, before: Words, after: Words) -> Iterator[tuple[Any, int]]:
    """The rows that are named where the two differ."""
    for name in _changed(model, before, after):
        field = model._meta.get_field(name)
        yield from (one for words in (before, after) for one in named_in(field, words.get(name)))
