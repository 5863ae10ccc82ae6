"""What is typed to sign in: each try is counted before it is judged."""

import json
from typing import Any

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm, AdminPasswordChangeForm
from django.core.exceptions import ValidationError
from django.db import transaction

from events.signing import factors, known, limits, twice

WRONG_CODE = "This is no code of yours, or it was used before. Type the next one that the app shows."
WRONG_PASSKEY = (
    "That passkey is none of yours here, counts fewer uses than before, as a copy would, or the page was "
    "open too long. Try again."
)
NOT_BY_ITSELF = (
    "That passkey lets nobody in by itself. Sign in with your password: you are asked for it then."
)
WRONG_PASSWORD = "This is not your password."  # noqa: S105 - a sentence


def counted(*kinds: limits.Limit) -> None:
    """Count a try. Raises ValidationError, in words, where one must wait."""
    try:
        limits.count(*kinds)
    except limits.Slowed as slowed:
        raise ValidationError(str(slowed)) from None


def tries_of(request: Any, username: str, own: limits.Limit, stage: str) -> tuple[limits.Limit, ...]:
    """What a try to sign in is counted under: a known browser by itself, any other with all that try the same
    account, which is ``own``, or come from the same neighbourhood."""
    if nonce := known.nonce_of(request, username):
        return (limits.of_browser(nonce, stage),)
    return own, limits.of_address(request)


class SignInForm(AdminAuthenticationForm):
    """User name and password, which are asked of nobody whose account or neighbourhood must wait."""

    def clean(self) -> Any:
        name, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if not name or not password:
            return self.cleaned_data
        tries = tries_of(self.request, name, limits.of_account(name), "password")
        counted(*tries)
        cleaned = super().clean()
        limits.succeeded(*tries)
        return cleaned


class PasswordForm(AdminPasswordChangeForm):
    """Another password for who is signed in, and knows the present one."""

    def clean_old_password(self) -> str:
        own = limits.of_account(self.user.get_username())
        counted(own)
        typed = super().clean_old_password()
        limits.succeeded(own)
        return str(typed)


class PasskeyForm(forms.Form):
    """What a passkey answered by which one signs in, and which says whose it is."""

    credential = forms.CharField(max_length=20_000)

    def __init__(self, request: Any, data: Any = None) -> None:
        self.request, self.person = request, None
        super().__init__(data)

    def clean(self) -> Any:
        shared = limits.of_address(self.request)
        counted(shared)
        self.person = factors.whose_passkey(read(self.cleaned_data.get("credential", "")))
        if self.person is None:
            raise ValidationError(NOT_BY_ITSELF)
        limits.succeeded(limits.of_factor(self.person), shared)
        return self.cleaned_data


class FactorForm(forms.Form):
    """A code of an app, a recovery code, or what a passkey answered; for who is signed in a password, too."""

    code = forms.CharField(max_length=60, required=False, strip=True)
    credential = forms.CharField(max_length=20_000, required=False)
    password = forms.CharField(max_length=1_000, required=False, strip=False)

    def __init__(self, request: Any, person: Any, *, or_password: bool, data: Any = None) -> None:
        self.request, self.person, self.or_password = request, person, or_password
        super().__init__(data)

    def clean(self) -> Any:
        sent = self.cleaned_data
        if not (sent.get("code") or sent.get("credential") or (self.or_password and sent.get("password"))):
            raise ValidationError("Type a code, or use a passkey.")
        tries = self._tries()
        counted(*tries)
        with transaction.atomic():
            if wrong := self._wrong(sent):
                raise ValidationError(wrong)
            # A second click waits for the code that the first uses up, and finds this then.
            twice.note(self.request)
        limits.succeeded(*tries)
        return sent

    def _tries(self) -> tuple[limits.Limit, ...]:
        if self.or_password:
            return self._own(), limits.of_address(self.request)
        return tries_of(self.request, self.person.get_username(), self._own(), "factor")

    def _own(self) -> limits.Limit:
        sent = self.cleaned_data
        # As it is judged: a password that stands beside a code is not looked at.
        by_password = not (sent.get("credential") or sent.get("code"))
        return limits.of_account(self.person.get_username()) if by_password else limits.of_factor(self.person)

    def _wrong(self, sent: dict[str, Any]) -> str:
        """What is wrong with what was sent, in a sentence; nothing where nothing is."""
        if sent.get("credential"):
            return "" if factors.takes_passkey(self.person, read(sent["credential"])) else WRONG_PASSKEY
        if sent.get("code"):
            return "" if factors.takes_code(self.person, sent["code"]) else WRONG_CODE
        return "" if self.person.check_password(sent["password"]) else WRONG_PASSWORD


def read(sent: str) -> Any:
    """What a browser said of a passkey; nothing where it is no JSON, which no passkey is."""
    try:
        return json.loads(sent)
    except (ValueError, RecursionError):
        return {}
