"""The page on which one changes one's own password; whoever signed in with the old one is signed out."""

from http import HTTPStatus
from typing import Any

from django.contrib.auth.views import PasswordChangeView
from django.urls import reverse

from events.admin.desk.signing.forms import PasswordForm
from events.signing import known


def change(request: Any, site: Any) -> Any:
    """Django's page, on which wrong old passwords are counted."""
    response = PasswordChangeView.as_view(
        form_class=PasswordForm,
        success_url=reverse("admin:password_change_done"),
        template_name="admin/events/signing/password.html",
        extra_context=site.each_context(request) | {"title": "Change the password"},
    )(request)
    is_changed = response.status_code == HTTPStatus.FOUND
    return known.remember(request, response, request.user) if is_changed else response
