"""The form at an address of the desk: whether there is one, and who may open it."""

from typing import Any

from django.urls import Resolver404, ResolverMatch, resolve

from events.admin.keys import key_in
from events.admin.reach import held
from events.editorial.holding import may, may_at_all
from events.editorial.moves import IMPORT, SET_POLICY
from events.editorial.reach import stories_of

IMPORT_PAGE = "events_event_import_digest"
WORD_LIST_PAGE = "words"


def is_open_to(request: Any, address: str, site: Any) -> bool:
    """Whether ``address`` is that of a form of the desk which ``request.user`` may open."""
    try:
        found = resolve(address)
    except Resolver404:
        return False
    if found.namespace != site.name:
        return False
    if found.url_name == IMPORT_PAGE:
        return may_at_all(request.user, IMPORT, held=held(request))
    if found.url_name == WORD_LIST_PAGE:
        story = stories_of(request.user, "events.view_story").filter(pk=found.kwargs["pk"]).first()
        return story is not None and may(request.user, SET_POLICY.permission, story)
    return _is_of_a_row(request, found, site)


def _is_of_a_row(request: Any, found: ResolverMatch, site: Any) -> bool:
    model_admin = getattr(found.func, "model_admin", None)
    if model_admin is None or model_admin.admin_site is not site:
        return False
    if found.url_name.endswith("_add"):
        return bool(model_admin.has_add_permission(request))
    key = _key_of(found)
    row = None if key is None else model_admin.get_queryset(request).filter(pk=key).first()
    if row is None or getattr(row, "erased_at", None) is not None:
        return False
    return bool(model_admin.has_view_permission(request, row))


def _key_of(found: ResolverMatch) -> int | None:
    """The key of the row whose form, or whose page with one, stands at an address; None for any other."""
    if found.url_name.endswith("_desk"):
        return int(found.kwargs["pk"])
    return key_in(found.kwargs["object_id"]) if found.url_name.endswith("_change") else None
