"""Adding and removing second factors. Each page asks first whether it is they who are signed in."""

import base64
from typing import Any

from allauth.mfa.adapter import get_adapter
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from events.admin.desk.signing.account import confirmed
from events.admin.desk.signing.forms import read
from events.admin.desk.signing.onward import onward
from events.admin.keys import key_in
from events.signing import factors, sessions, stages
from events.signing.devices import device_of

SECRET = "secret_of_app"  # noqa: S105 - the name under which a session keeps it
NOT_OF_IT = "This is not the code that the app shows for this key. Type the one that it shows now."
NOT_MADE = "The passkey was not made, or the page was open too long. Try again."
LONGEST_NAME = 60


@confirmed
def app(request: Any, site: Any) -> Any:
    """An app that shows codes: its key to scan or type, and the first code as a proof."""
    secret = request.session.get(SECRET) or factors.new_secret()
    request.session[SECRET] = secret
    wrong = ""
    if request.method == "POST":
        typed = request.POST.get("code", "").translate(factors.PARTED)[:20]
        if factors.add_app(request.user, secret, typed):
            request.session.pop(SECRET)
            return added(request, site, "Codes of the app are asked for from now on.")
        wrong = NOT_OF_IT
    adapter = get_adapter()
    svg = adapter.build_totp_svg(adapter.build_totp_url(request.user, secret))
    context = site.each_context(request) | {
        "title": "An app for codes",
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "picture": f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}",
        "wrong": wrong,
        "next": onward(request, "admin:account"),
    }
    return TemplateResponse(request, "admin/events/signing/app.html", context)


@confirmed
def passkey(request: Any, site: Any) -> Any:
    """A passkey of this device, or of a key that is plugged in."""
    wrong = ""
    if request.method == "POST":
        name = request.POST.get("name", "").replace("\0", "").strip()[:LONGEST_NAME] or "Passkey"
        if factors.add_passkey(request.user, name, read(request.POST.get("credential", ""))):
            return added(request, site, f"The passkey “{name}” is asked for from now on.")
        wrong = NOT_MADE
    context = site.each_context(request) | {
        "title": "A passkey",
        "wrong": wrong,
        "options": factors.options_to_add(request.user),
        "suggested": device_of(request),
        "next": onward(request, "admin:account"),
    }
    return TemplateResponse(request, "admin/events/signing/passkey.html", context)


def added(request: Any, site: Any, said: str) -> Any:
    """A factor was added: whoever is signed in elsewhere gave none there. The first brings codes along."""
    stages.factor_was_added(request)
    end_others(request)
    messages.success(request, said)
    if factors.codes_left(request.user):
        return redirect(onward(request, "admin:account"))
    return shown(request, site, factors.make_codes(request.user))


@confirmed
def codes(request: Any, site: Any) -> Any:
    """New recovery codes, in place of those that there are."""
    if not factors.has_any(request.user):
        return redirect("admin:account")
    if request.method != "POST":
        return shown(request, site, [])
    end_others(request)
    return shown(request, site, factors.make_codes(request.user))


def end_others(request: Any) -> None:
    """Whoever has what was replaced or removed, as of a device that was stolen, may be signed in by it."""
    sessions.end_all(request.user, but=request.session.session_key)


def shown(request: Any, site: Any, made: list[str]) -> Any:
    context = site.each_context(request) | {
        "title": "Recovery codes",
        "codes": made,
        "codes_left": factors.codes_left(request.user),
        "next": onward(request, "admin:account"),
    }
    return TemplateResponse(request, "admin/events/signing/codes.html", context)


@confirmed
def remove(request: Any, site: Any) -> Any:
    """Asks once more, then removes one of one's own factors."""
    key = key_in(request.GET.get("factor", ""))
    row = factors.of(request.user).filter(pk=key).first() if key is not None else None
    if row is None:
        raise Http404
    if request.method == "POST":
        factors.remove(row)
        end_others(request)
        if not factors.has_any(request.user):
            stages.factors_are_gone(request)
        messages.success(request, "It is removed, and you are signed in here alone now.")
        return redirect("admin:account")
    context = site.each_context(request) | {
        "title": "Remove a way to sign in",
        "called": row.wrap().name if row.type == factors.Type.WEBAUTHN else "the app for codes",
        "last": factors.of(request.user).count() == 1,
    }
    return TemplateResponse(request, "admin/events/signing/remove.html", context)
