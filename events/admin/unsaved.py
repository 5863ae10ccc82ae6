"""What is typed into a form of the desk is kept before it is saved, and offered again where it was lost.

A script of the page sends it every few seconds, and says every fifteen that the page is open: who else has it
open is told. See events/static/events/unsaved.js.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.contrib.humanize.templatetags.humanize import naturaltime
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponseRedirect, JsonResponse, QueryDict
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.views.decorators.http import require_POST

from events.admin.keys import key_in
from events.admin.once import APART
from events.models import Unsaved

TAB = "tab"
"""The field of a form that says of which page it is."""
ASKED = "unsaved"
"""In the address of a form: which row it is to be shown with."""
MOST = 400_000
"""How many characters are kept of one form."""
OPEN_FOR = timedelta(seconds=30)
KEPT_FOR = timedelta(days=30)
TOO_LONG = f"This is too long to be kept before it is saved: {MOST:,} characters at most. Save it."


class KeepsUnsaved:
    """An admin whose forms are kept and offered."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        offered = asked_for(request)
        if offered is not None:
            request.tab, typed = offered.tab, QueryDict(offered.typed, mutable=True)
            return self.shown_with(request, typed, sentence(offered), object_id, extra_context)
        response = super().changeform_view(request, object_id, form_url, extra_context)
        if request.method == "POST" and isinstance(response, HttpResponseRedirect):
            forget(request)
        return response

    def render_change_form(self, request, context, *args, **kwargs):
        context["tab"] = tab_of(request) or uuid4()
        if request.method == "GET":
            context["unsaved"] = offers(request)
        return super().render_change_form(request, context, *args, **kwargs)


@require_POST
def keep(request: Any, site: Any) -> Any:
    """Keeps what a page sends of its form, or that it is open, or throws what it names away.

    Answers as JSON with who else has it open.
    """
    address, tab = request.POST.get("address", ""), tab_of(request)
    if tab is None or not is_open_to(request, address, site):
        raise Http404
    rows = Unsaved.objects.filter(person=request.user, address=address)
    if "gone" in request.POST:
        rows.filter(tab=tab).delete()
        return HttpResponseRedirect(address)
    typed = request.POST.get("typed", "")
    if len(typed) > MOST:
        return JsonResponse({"sentence": TOO_LONG}, status=413)
    now = timezone.now()
    said: dict[str, Any] = {"here_at": now}
    if typed:
        said |= {"typed": without_tokens(typed), "typed_at": now}
    row, _ = Unsaved.objects.update_or_create(person=request.user, address=address, tab=tab, defaults=said)
    Unsaved.objects.filter(here_at__lt=now - KEPT_FOR).delete()
    return JsonResponse({"key": row.pk, **who_else(request, address, tab)})


def who_else(request: Any, address: str, tab: UUID) -> dict[str, Any]:
    """The names of others who have the form open, and whether the same person has it open once more."""
    there = Unsaved.objects.filter(address=address, here_at__gt=timezone.now() - OPEN_FOR).exclude(tab=tab)
    people = list(there.select_related("person").order_by("person"))
    others = dict.fromkeys(str(row.person) for row in people if row.person_id != request.user.pk)
    return {"others": list(others), "again": any(row.person_id == request.user.pk for row in people)}


def is_open_to(request: Any, address: str, site: Any) -> bool:
    """Whether ``address`` is that of a form of the desk which ``request.user`` may open."""
    try:
        found = resolve(address)
    except Resolver404:
        return False
    model_admin = getattr(found.func, "model_admin", None)
    if model_admin is None or model_admin.admin_site is not site:
        return False
    if found.url_name.endswith("_add"):
        return bool(model_admin.has_add_permission(request))
    key = key_in(found.kwargs.get("object_id", "")) if found.url_name.endswith("_change") else None
    row = None if key is None else model_admin.get_queryset(request).filter(pk=key).first()
    return row is not None and bool(model_admin.has_view_permission(request, row))


def tab_of(request: Any) -> UUID | None:
    """Of which page the form is that was sent; None where it does not say."""
    try:
        return getattr(request, TAB, None) or UUID(request.POST.get(TAB, ""))
    except ValueError:
        return None


def offers(request: Any) -> QuerySet[Unsaved]:
    """What ``request.user`` typed last into the form at this address and did not save."""
    rows = Unsaved.objects.filter(person=request.user, address=request.path).exclude(typed="")
    return rows.order_by("-typed_at")[:3]


def asked_for(request: Any) -> Unsaved | None:
    """The row that the form is to be shown with."""
    key = key_in(request.GET.get(ASKED, "")) if request.method == "GET" else None
    if key is None:
        return None
    return Unsaved.objects.exclude(typed="").filter(person=request.user, address=request.path, pk=key).first()


def forget(request: Any) -> None:
    """What was typed is saved now. Another page of the same person that is open keeps what is in it."""
    if "\0" in request.path:
        # No form has such an address, and what is deleted by it would spoil the transaction on PostgreSQL.
        return
    rows = Unsaved.objects.filter(person=request.user, address=request.path)
    abandoned = Q(here_at__lt=timezone.now() - OPEN_FOR)
    rows.filter(abandoned | Q(tab=tab_of(request))).delete()


def without_tokens(typed: str) -> str:
    """``typed`` but for what belongs to the page it was typed into."""
    fields = QueryDict(typed, mutable=True)
    for name in (*APART, TAB):
        fields.pop(name, None)
    return fields.urlencode()


def sentence(row: Unsaved) -> str:
    when = naturaltime(row.typed_at)
    return f"You typed this {when}, and nothing of it is saved yet: look at it, then save it."
