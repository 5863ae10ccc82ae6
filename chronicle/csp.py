"""Content-Security-Policy, with the setting name and shapes of Django 6, which will replace this module.

A policy is a dictionary of directives and their sources. ``CSP.NONCE`` among the sources stands for a
fresh nonce, made only where the page asks for it.
"""

import secrets
from enum import StrEnum
from functools import wraps

from django.conf import settings
from django.utils.functional import SimpleLazyObject, empty


class CSP(StrEnum):
    """Sources with a meaning of their own."""

    NONCE = "<CSP_NONCE_SENTINEL>"


HEADER = "Content-Security-Policy"


class ContentSecurityPolicyMiddleware:
    """Sets the header on every response: ``SECURE_CSP``, or what ``csp_override`` gave the view."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request._csp_nonce = SimpleLazyObject(secrets.token_urlsafe)
        response = self.get_response(request)
        policy = getattr(response, "_csp_config", settings.SECURE_CSP)
        if policy and HEADER not in response:
            response[HEADER] = build_policy(policy, get_nonce(request))
        return response


def get_nonce(request):
    """The nonce of this request; it enters the header once something has used it as text."""
    return getattr(request, "_csp_nonce", None)


def build_policy(policy, nonce):
    """``policy`` as the value of the header."""
    used = nonce is not None and nonce._wrapped is not empty
    directives = []
    for directive, sources in policy.items():
        asked = [source for source in sources if source != CSP.NONCE]
        if CSP.NONCE in sources and used:
            asked.append(f"'nonce-{nonce}'")
        directives.append(f"{directive} {' '.join(asked)}")
    return "; ".join(directives)


def csp_override(policy):
    """Gives the responses of a view ``policy`` instead of the site's."""

    def decorator(view):
        @wraps(view)
        def wrapped(request, *args, **kwargs):
            response = view(request, *args, **kwargs)
            response._csp_config = policy
            return response

        return wrapped

    return decorator
