"""One's own account: second factors, the sessions that go on, and the page that asks who one is."""

from typing import Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.debug import sensitive_post_parameters

from events.admin.desk.signing.forms import FactorForm
from events.admin.desk.signing.onward import onward, with_next
from events.models import FactorChange
from events.signing import factors, sessions, stages

LATELY = 8
"""Changes that are told."""


def page(request: Any, site: Any) -> Any:
    """How one signs in, and where one is signed in; POSTed, sessions are ended."""
    if request.method == "POST":
        return ended(request)
    person = request.user
    rows = list(factors.of(person))
    context = site.each_context(request) | {
        "title": "Set up a second factor" if stages.must_set_up(request) else "Your account",
        "must_set_up": stages.must_set_up(request),
        "next": onward(request, "admin:account"),
        "app": next((row for row in rows if row.type == factors.Type.TOTP), None),
        "passkeys": [
            {"row": row, "name": row.wrap().name, "is_enough": row.wrap().is_passwordless}
            for row in rows
            if row.type == factors.Type.WEBAUTHN
        ],
        "codes_left": factors.codes_left(person) if rows else 0,
        "has_any": bool(rows),
        "sessions": told(request),
        "changes": FactorChange.objects.filter(person=person).select_related("by")[:LATELY],
    }
    return TemplateResponse(request, "admin/events/signing/account.html", context)


def told(request: Any) -> list[dict[str, Any]]:
    """The sessions of who asks, this one first."""
    here = request.session.session_key
    rows = [
        {"row": row, "name": sessions.name_of(row), "this": row.session_key == here}
        for row in sessions.of(request.user)
    ]
    return sorted(rows, key=lambda one: not one["this"])


def ended(request: Any) -> Any:
    """One session of one's own ends, or all but this one."""
    name = request.POST.get("session", "")
    if name == "others":
        sessions.end_all(request.user, but=request.session.session_key)
        messages.success(request, "You are signed in here alone now.")
    elif sessions.end_one(request.user, name):
        messages.success(request, "That session is ended.")
    else:
        raise Http404
    return redirect("admin:account")


@sensitive_post_parameters()
def confirm(request: Any, site: Any) -> Any:
    """Asks who is signed in for their password or their second factor, before ways to sign in are changed."""
    person, further = request.user, onward(request, "admin:account")
    form = FactorForm(
        request, person, or_password=True, data=request.POST if request.method == "POST" else None
    )
    if form.is_valid():
        stages.confirm(request)
        return redirect(further)
    context = site.each_context(request) | {
        "title": "Is it you?",
        "form": form,
        "next": further,
        "has_any": factors.has_any(person),
        "options": factors.options_to_use(person),
    }
    return TemplateResponse(request, "admin/events/signing/confirm.html", context)


def confirmed(view: Any) -> Any:
    """``view`` for who has lately shown that it is they; others are asked first, and come back."""

    def asked(request: Any, site: Any) -> Any:
        if stages.is_confirmed(request):
            return view(request, site)
        return redirect(with_next("account_confirm", request.get_full_path()))

    return asked
