"""Signing in: the password, then the second factor where there is one; and what a form asks afterwards."""

from typing import Any

from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from events.admin.desk.signing.forms import FactorForm, PasskeyForm, SignInForm
from events.admin.desk.signing.onward import onward, with_next
from events.signing import factors, known, stages, twice

AGAIN = (
    "Begin again with your password: you typed it too long ago, or have no second factor any more that could "
    "follow it."
)


@sensitive_post_parameters()
def sign_in(request: Any, site: Any) -> Any:
    """The page that asks for user name and password, or for a passkey alone."""
    further = onward(request)
    if request.method != "POST" and "anew" not in request.GET and site.has_permission(request):
        return redirect(further)
    if "credential" in request.POST:
        passkey = PasskeyForm(request, data=request.POST)
        if passkey.is_valid():
            stages.passkey_was_right(request, passkey.person)
            return known.remember(request, redirect(further), passkey.person)
        return sign_in_page(request, site, SignInForm(request), passkey.non_field_errors())
    form = SignInForm(request, data=request.POST if request.method == "POST" else None)
    if form.is_valid():
        if stages.password_was_right(request, form.get_user()):
            return known.remember(request, redirect(further), form.get_user())
        return redirect(with_next("second_factor", further))
    return sign_in_page(request, site, form)


def sign_in_page(request: Any, site: Any, form: SignInForm, wrong: Any = ()) -> Any:
    further = onward(request)
    context = site.each_context(request) | {
        "title": "Sign in",
        "form": form,
        "wrong": " ".join(wrong),
        "next": further,
        "asks": reverse("admin:passkey_options"),
        "in_window": further == reverse("admin:signed_in"),
        "too_late": request.GET.get("again") == "1" and request.method != "POST",
        "again": AGAIN,
        # Signed in, but with an account that may not enter the desk, or to go on as somebody else.
        "stranger": request.user.get_username(),
        "is_anew": site.has_permission(request),
        # The page is that of nobody yet.
        "has_permission": False,
    }
    return TemplateResponse(request, "admin/events/signing/sign_in.html", context)


@require_POST
def passkey_options(request: Any, site: Any) -> JsonResponse:
    """What a browser uses a passkey by, asked for as its button is pressed: a page keeps nothing before."""
    return JsonResponse(factors.options_for_anybody())


@sensitive_post_parameters()
def second_factor(request: Any, site: Any) -> Any:
    """The page that asks who gave their password for a code or a passkey."""
    person, further = stages.pending(request), onward(request)
    if person is None:
        is_in = twice.is_done(request) or site.has_permission(request)
        return redirect(further if is_in else f"{with_next('login', further)}&again=1")
    form = FactorForm(
        request, person, or_password=False, data=request.POST if request.method == "POST" else None
    )
    if form.is_valid():
        stages.factor_was_right(request, person)
        return known.remember(request, redirect(further), person)
    if form.errors and twice.is_done(request):
        return redirect(further)
    context = site.each_context(request) | {
        "title": "Second factor",
        "form": form,
        "person": person,
        "next": further,
        "has_app": factors.of(person).filter(type=factors.Type.TOTP).exists(),
        "options": factors.options_to_use(person),
    }
    return TemplateResponse(request, "admin/events/signing/second_factor.html", context)


def signed_in(request: Any, site: Any) -> Any:
    """The page at which a window of its own ends: it tells the page that opened it, and closes."""
    if stages.must_set_up(request):
        return redirect(with_next("account", reverse("admin:signed_in")))
    context = site.each_context(request) | {"title": "You are signed in"}
    return TemplateResponse(request, "admin/events/signing/signed_in.html", context)


def csrf(request: Any, site: Any) -> JsonResponse:
    """A token for the form that is open in another window, and whose it is: it may be another person now."""
    if not site.has_permission(request) or stages.must_set_up(request):
        return JsonResponse({"signed_in": False, "why": "You are not signed in."}, status=403)
    person = request.user
    return JsonResponse({"signed_in": True, "token": get_token(request), "who": person.get_username()})
